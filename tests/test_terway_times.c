/* SPDX-License-Identifier: MIT */
/* A Terway cluster whose nodes hold more than at rest: with the idle pool, in a burst, and while
 * nodes are replaced. */
#include "terway_support.h"

/* Terway source, July 2026, max_pool_size 5: 30 pods per node on a /19 are 272 nodes without a
 * pool, 233 with the default one.
 */
START_TEST(the_default_pool)
{
    cnicalc_vswitch vswitch = vswitch_at(0, 19, 1, POD, 0);
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_node node;
    ck_ok(from_pods(30, CNICALC_MODE_SHARED_ENI, 0, &node));
    cnicalc_terway_result result = solve_terway(&vswitch, 1, &node, &options);
    ck_assert_uint_eq(result.max_nodes, 272);
    ck_assert_uint_eq(result.max_nodes_with_default_pool, 233);
    ck_assert_uint_eq(result.max_nodes_with_burst, 272);
    ck_assert_uint_eq(result.held_addresses, 272 * 31);
    ck_assert_uint_eq(result.burst_addresses, 0);
    cnicalc_terway_pool pool = pool_of(node, 233, 1);
    const cnicalc_terway_cluster cluster = {&vswitch, 1, &pool, 1};
    ck_assert_uint_eq(fit_terway(&cluster, &options).fits_with_default_pool, 1);
    pool.count = 234;
    ck_assert_uint_eq(fit_terway(&cluster, &options).fits_with_default_pool, 0);
    ck_assert_uint_eq(fit_terway(&cluster, &options).fits, 1);
    /* A full node has no room for idle addresses. */
    node = node_of_type("ecs.c7.4xlarge", CNICALC_MODE_SHARED_ENI, 0);
    result = solve_terway(&vswitch, 1, &node, &options);
    ck_assert_uint_eq(result.max_nodes_with_default_pool, result.max_nodes);
}
END_TEST

/* 10 new pods on each node take 20 addresses more for a while. */
START_TEST(a_burst)
{
    cnicalc_vswitch vswitch = vswitch_at(0, 19, 1, POD, 0);
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_use use = use_of(30, 0);
    cnicalc_terway_node node;
    use.burst_pods = 10;
    ck_ok(cnicalc_terway_node_from_pods(&use, CNICALC_MODE_SHARED_ENI, &node));
    cnicalc_terway_result result = solve_terway(&vswitch, 1, &node, &options);
    ck_assert_uint_eq(result.max_nodes, 272);
    ck_assert_uint_eq(result.max_nodes_with_burst, 8188 / 50);
    ck_assert_uint_eq(result.burst_addresses, 272 * 20);
    cnicalc_terway_pool pools[] = {pool_of(node, 163, 1), pool_of(node, 0, 1)};
    const cnicalc_terway_cluster cluster = {&vswitch, 1, pools, 2};
    cnicalc_terway_fit_result fitted = fit_terway(&cluster, &options);
    ck_assert_uint_eq(fitted.fits_with_burst, 1);
    ck_assert_uint_eq(fitted.burst_addresses, 163 * 20);
    pools[0].count = 164;
    ck_assert_uint_eq(fit_terway(&cluster, &options).fits_with_burst, 0);
    /* What is not known is not 0, and matters only where there are nodes. */
    node.addresses_in_burst = node.addresses_with_pool = CNICALC_UNKNOWN_COUNT;
    result = solve_terway(&vswitch, 1, &node, &options);
    ck_assert_uint_eq(result.max_nodes_with_burst, CNICALC_UNKNOWN_COUNT);
    ck_assert_uint_eq(result.max_nodes_with_default_pool, CNICALC_UNKNOWN_COUNT);
    ck_assert_uint_eq(result.burst_addresses, CNICALC_UNKNOWN_COUNT);
    pools[1].node = node;
    fitted = fit_terway(&cluster, &options);
    ck_assert_uint_eq(fitted.fits_with_burst, 0);
    pools[0].count = 163;
    fitted = fit_terway(&cluster, &options);
    ck_assert_uint_eq(fitted.fits_with_burst, 1);
    ck_assert_uint_eq(fitted.burst_addresses, 163 * 20);
    pools[1].count = 1;
    fitted = fit_terway(&cluster, &options);
    ck_assert_uint_eq(fitted.fits_with_burst, CNICALC_UNKNOWN);
    ck_assert_uint_eq(fitted.fits_with_default_pool, CNICALC_UNKNOWN);
    ck_assert_uint_eq(fitted.burst_addresses, CNICALC_UNKNOWN_COUNT);
    /* Fewer than at rest count as those at rest. */
    node.addresses_in_burst = node.addresses_with_pool = 3;
    result = solve_terway(&vswitch, 1, &node, &options);
    ck_assert_uint_eq(result.max_nodes_with_burst, 272);
    ck_assert_uint_eq(result.burst_addresses, 0);
}
END_TEST

/* While nodes are replaced: surge * (1 + running + max_pool_size) + max_unavailable * running. */
START_TEST(nodes_that_are_replaced)
{
    cnicalc_vswitch vswitch = vswitch_at(0, 19, 1, POD, 0);
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_node node;
    ck_ok(from_pods(30, CNICALC_MODE_SHARED_ENI, 5, &node));
    cnicalc_terway_result result = solve_terway(&vswitch, 1, &node, &options);
    ck_assert_uint_eq(result.max_nodes, 233); /* 8,155 of 8,188 */
    ck_assert_uint_eq(result.surge_addresses, 30);
    ck_assert_uint_eq(result.max_nodes_with_surge, 233);
    options.surge = 2;
    result = solve_terway(&vswitch, 1, &node, &options);
    ck_assert_uint_eq(result.surge_addresses, 2 * 36 + 30);
    ck_assert_uint_eq(result.max_nodes_with_surge, 231);
    options.max_unavailable = 2; /* 233 * 35 + 60 are too many */
    ck_assert_uint_eq(solve_terway(&vswitch, 1, &node, &options).max_nodes_with_surge, 230);
    options.max_unavailable = 0;
    result = solve_terway(&vswitch, 1, &node, &options);
    ck_assert_uint_eq(result.surge_addresses, 72);
    ck_assert_uint_eq(result.max_nodes_with_surge, 231);
    options.surge = 234;
    ck_assert_uint_eq(solve_terway(&vswitch, 1, &node, &options).max_nodes_with_surge, 0);
    /* Prefixes have room for pods that start elsewhere. */
    options = default_terway();
    node = node_taking(100, 1, 10);
    result = solve_terway(&vswitch, 1, &node, &options);
    ck_assert_uint_eq(result.surge_addresses, 0);
    ck_assert_uint_eq(result.max_nodes_with_surge, result.max_nodes);
}
END_TEST

/* Each of the ceilings that hold addresses decides once: 10 pods per node, one node out. */
START_TEST(what_replacing_leaves)
{
    static const struct {
        uint32_t prefix_len, roles, is_basic, dual_stack;
        uint64_t own_vpc, own_group, own_nodes, nodes, with_surge;
    } rows[] = {
        /* 252 / 10 = 25, 2 are left; one node out wants 10 of them. */
        {24, POD, 0, 0, 0, 0, 0, 25, 24},
        /* 252 / 11 = 22, 10 are left */
        {24, BOTH, 0, 0, 0, 0, 0, 22, 22},
        /* 124 / 11 = 11, 3 are left */
        {25, BOTH, 0, 0, 0, 0, 0, 11, 10},
        {16, POD, 0, 0, 1109, 0, 0, 100, 99},
        {16, POD, 0, 0, 1110, 0, 0, 100, 100},
        {16, POD, 1, 0, 0, 1109, 0, 100, 99},
        {16, POD, 1, 0, 0, 1110, 0, 100, 100},
        {16, POD, 1, 1, 0, 2219, 0, 100, 99},
        {16, POD, 1, 1, 0, 2220, 0, 100, 100},
        {16, POD, 0, 0, 0, 300, 0, 100, 100}, /* ENIs of an advanced group are there */
        {16, POD, 0, 0, 0, 0, 100, 100, 100},
        {16, POD, 0, 0, CNICALC_NO_LIMIT, CNICALC_NO_LIMIT, CNICALC_NO_LIMIT, 6553, 6552},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        cnicalc_vswitch vswitch = vswitch_at(0, rows[i].prefix_len, 1, rows[i].roles, 0);
        cnicalc_terway_options options = default_terway();
        cnicalc_terway_node node = node_taking(10, 10, 0);
        node.enis = 3;
        node.dual_stack = rows[i].dual_stack;
        options.ceilings.security_group =
            rows[i].is_basic ? CNICALC_SECURITY_GROUP_BASIC : CNICALC_SECURITY_GROUP_ADVANCED;
        options.ceilings.vpc_address_quota = rows[i].own_vpc;
        options.ceilings.security_group_quota = rows[i].own_group;
        options.ceilings.node_quota = rows[i].own_nodes;
        cnicalc_terway_result result = solve_terway(&vswitch, 1, &node, &options);
        ck_assert_msg(result.max_nodes == rows[i].nodes &&
                          result.max_nodes_with_surge == rows[i].with_surge,
                      "row %u: %u, %u", (unsigned)i, (unsigned)result.max_nodes,
                      (unsigned)result.max_nodes_with_surge);
        if (rows[i].own_nodes == 100) {
            options.surge = 7;
            ck_assert_uint_eq(solve_terway(&vswitch, 1, &node, &options).max_nodes_with_surge, 93);
        }
    }
    /* Nodes that take nothing have no end. */
    cnicalc_vswitch vswitch = vswitch_at(0, 24, 1, POD, 0);
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_node node = node_taking(0, 0, 0);
    options.ceilings.vpc_address_quota = options.ceilings.node_quota = CNICALC_NO_LIMIT;
    options.surge = 5;
    ck_assert_uint_eq(solve_terway(&vswitch, 1, &node, &options).max_nodes_with_surge,
                      CNICALC_NO_LIMIT);
}
END_TEST

/* The nodes of each pool are replaced in turn, in its zone. */
START_TEST(pools_that_are_replaced)
{
    cnicalc_vswitch vswitches[] = {vswitch_at(0, 24, 1, POD, 0), vswitch_at(1, 24, 2, POD, 0)};
    cnicalc_terway_options options = default_terway();
    /* Zone 1: 200 of 252. Zone 2: 230 of 252. */
    cnicalc_terway_pool pools[] = {pool_of(node_taking(10, 10, 0), 20, 1),
                                   pool_of(node_taking(23, 23, 0), 10, 2),
                                   pool_of(node_taking(200, 200, 0), 0, 1)};
    const cnicalc_terway_cluster cluster = {vswitches, 2, pools, 3};
    cnicalc_terway_fit_result result = fit_terway(&cluster, &options);
    ck_assert_uint_eq(result.fits, 1);
    ck_assert_uint_eq(result.fits_with_surge, 0); /* 230 + 23 */
    ck_assert_uint_eq(result.surge_addresses, 23);
    options.max_unavailable = 0;
    ck_assert_uint_eq(fit_terway(&cluster, &options).fits_with_surge, 1);
    options.surge = 1; /* 230 + 23 */
    ck_assert_uint_eq(fit_terway(&cluster, &options).fits_with_surge, 0);
    pools[1].count = 9;
    result = fit_terway(&cluster, &options);
    ck_assert_uint_eq(result.fits_with_surge, 1);
    ck_assert_uint_eq(result.surge_addresses, 24);
    options.max_unavailable = 1; /* 207 + 23 + 23 */
    ck_assert_uint_eq(fit_terway(&cluster, &options).fits_with_surge, 0);
    pools[1].count = 8;
    ck_assert_uint_eq(fit_terway(&cluster, &options).fits_with_surge, 1);
    /* No more nodes are out than a pool has. */
    options.max_unavailable = 1000;
    options.surge = 0;
    pools[0].count = 12;
    pools[1].count = 5;
    result = fit_terway(&cluster, &options);
    ck_assert_uint_eq(result.fits_with_surge, 1);
    ck_assert_uint_eq(result.surge_addresses, 120);
    /* Surge nodes are nodes, but their pods are those that are there. */
    options = default_terway();
    options.surge = 2;
    options.ceilings.node_quota = 18;
    ck_assert_uint_eq(fit_terway(&cluster, &options).fits_with_surge, 0);
    options.ceilings.node_quota = 19;
    options.ceilings.pod_quota = 12 * 10 + 5 * 23;
    ck_assert_uint_eq(fit_terway(&cluster, &options).fits_with_surge, 1);
    /* The basic group counts the addresses of pods that start elsewhere: 12 * 11 + 5 * 24 = 252,
     * and with the second pool replaced 2 * 24 + 23 more. */
    options.ceilings.security_group = CNICALC_SECURITY_GROUP_BASIC;
    options.ceilings.security_group_quota = 252 + 71;
    ck_assert_uint_eq(fit_terway(&cluster, &options).fits_with_surge, 1);
    options.ceilings.security_group_quota--;
    ck_assert_uint_eq(fit_terway(&cluster, &options).fits_with_surge, 0);
    pools[1].node.dual_stack = 1; /* 12 * 11 + 5 * 48, and 2 * 48 + 46 more */
    options.ceilings.security_group_quota = 132 + 240 + 142;
    ck_assert_uint_eq(fit_terway(&cluster, &options).fits_with_surge, 1);
    options.ceilings.security_group_quota--;
    ck_assert_uint_eq(fit_terway(&cluster, &options).fits_with_surge, 0);
}
END_TEST

/* Counts of what is held that 64 bits do not hold. */
START_TEST(too_much_to_count)
{
    cnicalc_vswitch vswitch = vswitch_at(0, 24, 1, POD, 0);
    const cnicalc_terway_cluster solved = cluster_of(&vswitch, 1);
    cnicalc_terway_options good = default_terway();
    good.ceilings.node_quota = good.ceilings.vpc_address_quota = CNICALC_NO_LIMIT;
    good.ceilings.security_group_quota = CNICALC_NO_LIMIT;
    cnicalc_terway_result result;
    cnicalc_fault fault;
    cnicalc_terway_node node;
    cnicalc_terway_options options;
    fill_pattern(&result, sizeof result);
#define FAILS(change)                                                                              \
    node = node_taking(0, 0, 0);                                                                   \
    options = good;                                                                                \
    change;                                                                                        \
    ck_status(cnicalc_terway_solve(&solved, &node, &options, &result, &fault),                     \
              CNICALC_ERR_OVERFLOW);                                                               \
    ck_fault(fault, NONE, UNKNOWN, UNKNOWN);                                                       \
    ck_untouched(result)
    FAILS(node.enis = 2);
    FAILS(node.addresses = 1; options.surge = 1; node.pods_per_node = UINT64_MAX; node.joins = 0);
    FAILS(node.addresses = UINT64_MAX / 2; options.surge = 2; node.joins = 0);
    FAILS(node.pods_per_node = UINT64_MAX; options.max_unavailable = 2; node.joins = 0);
    FAILS(node.addresses = UINT64_MAX - 1; options.surge = 1; node.pods_per_node = 1;
          node.joins = 0);
    FAILS(node.addresses_in_burst = 2);
#undef FAILS
    cnicalc_terway_pool pool = pool_of(node_taking(0, 0, 0), 1, 1);
    const cnicalc_terway_cluster fitted = {&vswitch, 1, &pool, 1};
    cnicalc_terway_fit_result fit;
    fill_pattern(&fit, sizeof fit);
    pool.node.addresses = UINT64_MAX / 2;
    options = good;
    options.surge = 3;
    ck_status(cnicalc_terway_fit(&fitted, &options, &fit, &fault), CNICALC_ERR_OVERFLOW);
    ck_fault(fault, NONE, UNKNOWN, UNKNOWN);
    pool.node = node_taking(0, 0, 0);
    pool.node.addresses_in_burst = UINT64_MAX / 2;
    pool.count = 3;
    ck_status(cnicalc_terway_fit(&fitted, &options, &fit, NULL), CNICALC_ERR_OVERFLOW);
    ck_untouched(fit);
    /* What would exceed 64 bits does not fit. */
    pool.node = node_taking(0, 0, 0);
    pool.node.addresses_with_pool = UINT64_MAX / 2;
    ck_assert_uint_eq(fit_terway(&fitted, &options).fits_with_default_pool, 0);
    pool.node = node_taking(0, 0, 0);
    pool.count = UINT64_MAX / 2;
    options.surge = 0;
    cnicalc_terway_fit_result many = fit_terway(&fitted, &options);
    ck_assert_uint_eq(many.fits, 1);
    ck_assert_uint_eq(many.fits_with_surge, 1);
    pool.count = UINT64_MAX - 1;
    options.surge = 5;
    ck_assert_uint_eq(fit_terway(&fitted, &options).fits_with_surge, 0);
    options.surge = 0;
    options.ceilings.pod_quota = CNICALC_NO_LIMIT;
    pool.count = 1;
    for (uint32_t i = 0; i < 3; i++) { /* addresses; a basic group; its second family */
        pool.node = node_taking(i == 2 ? UINT64_MAX / 2 + 1 : UINT64_MAX, i == 0, 0);
        pool.node.dual_stack = i == 2;
        ck_assert_uint_eq(fit_terway(&fitted, &options).fits, 1);
        ck_assert_uint_eq(fit_terway(&fitted, &options).fits_with_surge, 0);
    }
    /* The group counts both families, and so may exceed 64 bits where addresses do not. */
    node = node_taking(UINT64_MAX / 2 + 1, UINT64_MAX / 4, 0);
    node.dual_stack = 1;
    node.joins = 0;
    options.ceilings.security_group = CNICALC_SECURITY_GROUP_BASIC;
    options.ceilings.security_group_quota = UINT64_MAX - 1;
    options.max_unavailable = 1;
    for (options.surge = 0; options.surge <= 2; options.surge++) {
        ck_assert_uint_eq(solve_terway(&vswitch, 1, &node, &options).max_nodes_with_surge, 0);
        options.max_unavailable = options.surge == 0;
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terway_times");
    add_tests(suite, "known", the_default_pool, a_burst, nodes_that_are_replaced,
              what_replacing_leaves, pools_that_are_replaced, NULL);
    add_tests(suite, "limits", too_much_to_count, NULL);
    return run_suite(suite);
}
