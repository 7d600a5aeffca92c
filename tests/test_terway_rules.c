/* SPDX-License-Identifier: MIT */
/* The rules that stop clusters, with their published numbers: security groups, zones without a pod
 * vSwitch, reservations. */
#include "terway_support.h"

/* A /16 for pods in each of two zones. */
static size_t wide(cnicalc_vswitch vswitches[2])
{
    vswitches[0] = vswitch_at(0, 16, 1, POD, 0);
    vswitches[1] = vswitch_at(1, 16, 2, POD, 0);
    return 2;
}

/* ---- Security groups ---- */

/* ECS documentation, 2026: full nodes until the basic group is full, trunc(6000 / (P + 1)); until
 * the advanced one is, trunc(65536 / E). */
START_TEST(full_nodes_of_a_security_group)
{
    static const struct {
        const char *type;
        uint64_t basic, advanced;
    } rows[] = {{"ecs.c7.2xlarge", 130, 65536 / 4},
                {"ecs.c7.4xlarge", 28, 65536 / 8},
                /* The rules say 17, which is 6000 / (350 + 1), a node of 350 pods; the same rules'
                 * table has 8 ENIs of 30 addresses for the type: 210 pods, so 28. */
                {"ecs.c7.16xlarge", 28, 65536 / 8}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        cnicalc_vswitch vswitches[2];
        size_t count = wide(vswitches);
        cnicalc_terway_options options = default_terway();
        cnicalc_terway_node node = node_of_type(rows[i].type, CNICALC_MODE_SHARED_ENI, 0);
        cnicalc_terway_result result = solve_terway(vswitches, count, &node, &options);
        ck_assert_uint_ne(result.bound_by, LIMIT(SECURITY_GROUP_QUOTA));
        ck_assert_uint_eq(AVAILABLE(result, LIMIT(SECURITY_GROUP_QUOTA)), rows[i].advanced);
        ck_assert_uint_eq(result.security_group_held, result.max_nodes * node.enis);
        options.ceilings.security_group = CNICALC_SECURITY_GROUP_BASIC;
        result = solve_terway(vswitches, count, &node, &options);
        ck_assert_uint_eq(result.max_nodes, rows[i].basic);
        ck_assert_uint_eq(result.bound_by, LIMIT(SECURITY_GROUP_QUOTA));
        ck_assert_uint_eq(result.security_group_held, rows[i].basic * (node.pods_per_node + 1));
    }
}
END_TEST

/* What others hold, an own quota, the second family and prefixes, with a pencil. */
START_TEST(what_a_security_group_counts)
{
    cnicalc_vswitch vswitches[2];
    size_t count = wide(vswitches);
    cnicalc_terway_options options = default_terway();
    options.ceilings.security_group = CNICALC_SECURITY_GROUP_BASIC;
    cnicalc_terway_node node = node_taking(9, 9, 0);
    ck_assert_uint_eq(solve_terway(vswitches, count, &node, &options).max_nodes, 600);
    options.ceilings.security_group_used = 5000;
    ck_assert_uint_eq(solve_terway(vswitches, count, &node, &options).max_nodes, 100);
    options.ceilings.security_group_quota = 7009;
    ck_assert_uint_eq(solve_terway(vswitches, count, &node, &options).max_nodes, 200);
    node.dual_stack = 1;
    ck_assert_uint_eq(solve_terway(vswitches, count, &node, &options).max_nodes, 100);
    /* A prefix counts once, of each family: 1 + 3 ENIs + 42, and 2 * (1 + 3) + 42. */
    options = default_terway();
    options.ceilings.security_group = CNICALC_SECURITY_GROUP_BASIC;
    node = node_taking(500, 3, 42);
    ck_assert_uint_eq(
        AVAILABLE(solve_terway(vswitches, count, &node, &options), LIMIT(SECURITY_GROUP_QUOTA)),
        6000 / 46);
    node.dual_stack = 1;
    ck_assert_uint_eq(
        AVAILABLE(solve_terway(vswitches, count, &node, &options), LIMIT(SECURITY_GROUP_QUOTA)),
        6000 / 50);
    /* ENIs that are not known bind nothing. */
    options = default_terway();
    ck_assert_uint_eq(
        AVAILABLE(solve_terway(vswitches, count, &node, &options), LIMIT(SECURITY_GROUP_QUOTA)),
        CNICALC_NO_LIMIT);
    node.enis = 3;
    options.ceilings.security_group_quota = 10;
    cnicalc_terway_result result = solve_terway(vswitches, count, &node, &options);
    ck_assert_uint_eq(result.max_nodes, 3);
    ck_assert_uint_eq(result.security_group_held, 9);
    options.ceilings.security_group_quota = CNICALC_NO_LIMIT;
    ck_assert_uint_eq(
        AVAILABLE(solve_terway(vswitches, count, &node, &options), LIMIT(SECURITY_GROUP_QUOTA)),
        CNICALC_NO_LIMIT);
}
END_TEST

START_TEST(pools_in_a_security_group)
{
    cnicalc_vswitch vswitches[2];
    size_t count = wide(vswitches);
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_pool pools[] = {
        pool_of(node_of_type("ecs.c7.4xlarge", CNICALC_MODE_SHARED_ENI, 0), 20, 1),
        pool_of(node_of_type("ecs.c7.2xlarge", CNICALC_MODE_SHARED_ENI, 0), 38, 2)};
    const cnicalc_terway_cluster cluster = {vswitches, count, pools, 2};
    cnicalc_terway_fit_result result = fit_terway(&cluster, &options);
    const cnicalc_limit_row *row =
        cnicalc_limit_find(result.limits, result.limit_count, LIMIT(SECURITY_GROUP_QUOTA));
    ck_assert_uint_eq(row->counts, CNICALC_COUNTS_ENIS);
    ck_assert_uint_eq(row->needed, 20 * 8 + 38 * 4);
    ck_assert_uint_eq(row->available, 65536);
    options.ceilings.security_group = CNICALC_SECURITY_GROUP_BASIC;
    result = fit_terway(&cluster, &options);
    row = cnicalc_limit_find(result.limits, result.limit_count, LIMIT(SECURITY_GROUP_QUOTA));
    ck_assert_uint_eq(row->counts, CNICALC_COUNTS_ADDRESSES);
    ck_assert_uint_eq(row->needed, 20 * 211 + 38 * 46);
    ck_assert_uint_eq(result.fits, 1);
    pools[1].count = 39;
    result = fit_terway(&cluster, &options);
    ck_assert_uint_eq(result.bound_by, LIMIT(SECURITY_GROUP_QUOTA));
    options.ceilings.security_group_quota = 20 * 211 + 39 * 46;
    ck_assert_uint_eq(fit_terway(&cluster, &options).fits, 1);
    options.ceilings.security_group_used = 1;
    ck_assert_uint_eq(fit_terway(&cluster, &options).fits, 0);
    char text[CNICALC_SHORTAGE_TEXT_SIZE];
    result = fit_terway(&cluster, &options);
    row = cnicalc_limit_find(result.limits, result.limit_count, LIMIT(SECURITY_GROUP_QUOTA));
    ck_ok(cnicalc_shortage_format(row, text, sizeof text));
    ck_assert_ptr_nonnull(strstr(text, "6014"));
    ck_assert_ptr_nonnull(strstr(text, "6013"));
}
END_TEST

/* ---- Zones and reservations ---- */

/* I has a /19 for both beside a /24 for nodes, J a /24 for nodes alone, which pods use.
 */
START_TEST(a_zone_without_a_pod_vswitch)
{
    cnicalc_vswitch vswitches[] = {vswitch_at(0, 19, 'I', BOTH, 0), vswitch_at(1, 24, 'I', NODE, 0),
                                   vswitch_at(2, 24, 'J', NODE, 0)};
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_node node = node_of_type("ecs.c7.4xlarge", CNICALC_MODE_SHARED_ENI, 0);
    cnicalc_terway_result result = solve_terway(vswitches, 3, &node, &options);
    cnicalc_terway_zone zones[2];
    ck_assert_uint_eq(result.max_nodes, 39);
    ck_assert_uint_eq(result.pod_addresses, 8188 + 252);
    ck_assert_uint_eq(solve_zones(vswitches, 3, &node, zones, 2), 2);
    ck_assert_uint_eq(zones[0].max_nodes, 38);
    ck_assert_uint_eq(zones[0].falls_back, 0);
    ck_assert_uint_eq(zones[1].max_nodes, 1);
    ck_assert_uint_eq(zones[1].falls_back, 1);
    ck_assert_uint_eq(zones[1].usable_addresses, 252);
    ck_assert_uint_eq(zones[1].usable_prefixes, 14);
    /* Not on Lingjun. */
    node.needs_pod_vswitch = 1;
    ck_assert_uint_eq(solve_terway(vswitches, 3, &node, &options).max_nodes, 38);
    ck_assert_uint_eq(solve_zones(vswitches, 3, &node, zones, 2), 2);
    ck_assert_uint_eq(zones[1].max_nodes, 0);
    ck_assert_uint_eq(zones[1].falls_back, 0);
    ck_assert_uint_eq(zones[1].bound_by, LIMIT(POD_VSWITCH_ADDRESSES));
    /* Where one of the pools needs a pod vSwitch, the zone is judged without those of nodes. */
    cnicalc_terway_pool pools[] = {pool_of(node_taking(10, 10, 0), 5, 'J'), pool_of(node, 0, 'J'),
                                   pool_of(node, 1, 'I')};
    const cnicalc_terway_cluster cluster = {vswitches, 3, pools, 3};
    ck_assert_uint_eq(fit_terway(&cluster, &options).fits, 1);
    pools[1].count = 1;
    ck_assert_uint_eq(fit_zones(&cluster, zones, 2), 2);
    ck_assert_uint_eq(zones[0].fits, 1);
    ck_assert_uint_eq(zones[1].falls_back, 0);
    ck_assert_uint_eq(NEEDED(zones[1], LIMIT(POD_VSWITCH_ADDRESSES)), 50 + 210);
    ck_assert_uint_eq(AVAILABLE(zones[1], LIMIT(POD_VSWITCH_ADDRESSES)), 0);
}
END_TEST

/* 42 prefixes on each g9i.2xlarge in a /16 are 97 nodes by its 4,094
 * blocks, and 24 by the 1,024 of a /18 reserved in it; c7.4xlarge with 16 are 254 by addresses, 16
 * * 16 + 2 of 65,532. */
START_TEST(prefix_nodes_take_their_count)
{
    static const struct {
        const char *type;
        uint32_t count;
        uint64_t reserved, nodes;
        uint32_t bound_by;
    } rows[] = {{"ecs.g9i.2xlarge", 42, 0, 97, LIMIT(POD_VSWITCH_ADDRESSES)},
                {"ecs.g9i.2xlarge", 42, 1024, 24, LIMIT(POD_VSWITCH_PREFIXES)},
                {"ecs.c7.4xlarge", 16, 0, 254, LIMIT(POD_VSWITCH_ADDRESSES)},
                {"ecs.c7.4xlarge", 0, 0, 0, LIMIT(MIN_PODS_TO_JOIN)}};
    cnicalc_terway_options options = default_terway();
    for (size_t i = 0; i < COUNT(rows); i++) {
        cnicalc_vswitch vswitch = vswitch_at(0, 16, 1, POD, 0);
        cnicalc_instance instance = instance_named(rows[i].type);
        cnicalc_node_options prefix = options_of(CNICALC_MODE_IP_PREFIX);
        cnicalc_terway_node node;
        prefix.ipv4_prefix_count = rows[i].count;
        vswitch.reserved_prefixes = rows[i].reserved;
        ck_ok(from_type(&instance, &prefix, 0, 0, &node));
        cnicalc_terway_result result = solve_terway(&vswitch, 1, &node, &options);
        ck_assert_msg(result.max_nodes == rows[i].nodes, "row %u: %u", (unsigned)i,
                      (unsigned)result.max_nodes);
        ck_assert_uint_eq(result.bound_by, rows[i].bound_by);
    }
}
END_TEST

/* What is reserved serves prefixes alone: of a /24 with 14 reserved blocks 28 addresses are left.
 */
START_TEST(reserved_blocks_serve_prefixes_alone)
{
    cnicalc_vswitch vswitches[] = {vswitch_at(0, 24, 1, POD, 0), vswitch_at(1, 24, 1, NODE, 0)};
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_node single = node_taking(7, 7, 0);
    cnicalc_terway_node prefix = node_taking(32, 1, 2);
    vswitches[0].reserved_prefixes = 14;
    cnicalc_terway_result result = solve_terway(vswitches, 2, &single, &options);
    ck_assert_uint_eq(result.max_nodes, 4);
    ck_assert_uint_eq(result.bound_by, LIMIT(POD_VSWITCH_ADDRESSES));
    ck_assert_uint_eq(result.pod_addresses, 252);
    ck_assert_uint_eq(solve_terway(vswitches, 2, &prefix, &options).max_nodes, 7);
    prefix.addresses = 5; /* 28 / 5 */
    ck_assert_uint_eq(solve_terway(vswitches, 2, &prefix, &options).max_nodes, 5);
    /* Nodes do not use them either: 28 of 252 are left for 4 nodes, or 3 of 7 pods each. */
    vswitches[0].roles = BOTH;
    cnicalc_terway_zone zone;
    ck_assert_uint_eq(solve_zones(vswitches, 1, &single, &zone, 1), 1);
    ck_assert_uint_eq(zone.node_addresses, 28);
    ck_assert_uint_eq(zone.max_nodes, 3);
    ck_assert_uint_eq(zone.bound_by, LIMIT(ZONE_ADDRESSES));
    /* Nor do they in a vSwitch for nodes alone. */
    vswitches[0].roles = NODE;
    vswitches[1].roles = POD;
    ck_assert_uint_eq(solve_zones(vswitches, 2, &single, &zone, 1), 1);
    ck_assert_uint_eq(zone.node_addresses, 28);
    /* Pools: 10 of the blocks are taken, and 4 are no room for the others. */
    vswitches[0].roles = BOTH;
    cnicalc_terway_pool pools[] = {pool_of(node_taking(32, 0, 2), 5, 1), pool_of(single, 2, 1)};
    const cnicalc_terway_cluster cluster = {vswitches, 1, pools, 2};
    ck_assert_uint_eq(fit_zones(&cluster, &zone, 1), 1);
    ck_assert_uint_eq(zone.fits, 1);
    ck_assert_uint_eq(AVAILABLE(zone, LIMIT(POD_VSWITCH_ADDRESSES)), 252 - 64);
    ck_assert_uint_eq(AVAILABLE(zone, LIMIT(ZONE_ADDRESSES)), 252 - 64);
    pools[1].count = 3;
    ck_assert_uint_eq(fit_zones(&cluster, &zone, 1), 1);
    ck_assert_uint_eq(zone.bound_by, LIMIT(ZONE_ADDRESSES));
    ck_assert_uint_eq(NEEDED(zone, LIMIT(ZONE_ADDRESSES)), 8 + 160 + 21);
}
END_TEST

/* 20 nodes of 12 pods in a /24 for both take 260 of 252 addresses. */
START_TEST(a_shared_vswitch_that_is_too_small)
{
    cnicalc_vswitch vswitches[] = {vswitch_at(0, 24, 1, BOTH, 0), vswitch_at(1, 16, 2, BOTH, 0)};
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_pool pool = pool_of(node_taking(12, 12, 0), 20, 1);
    const cnicalc_terway_cluster cluster = {vswitches, 2, &pool, 1};
    cnicalc_terway_fit_result result = fit_terway(&cluster, &options);
    ck_assert_uint_eq(result.bound_by, LIMIT(ZONE_ADDRESSES));
    ck_assert_uint_eq(NEEDED(result, LIMIT(ZONE_ADDRESSES)), 260);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(ZONE_ADDRESSES)), 252);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(ZONES)), 0);
    pool.count = 19; /* what fits is that of all zones */
    result = fit_terway(&cluster, &options);
    ck_assert_uint_eq(result.fits, 1);
    ck_assert_uint_eq(NEEDED(result, LIMIT(ZONE_ADDRESSES)), 19 * 13);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(ZONE_ADDRESSES)), 252 + 65532);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terway_rules");
    add_tests(suite, "known", full_nodes_of_a_security_group, what_a_security_group_counts,
              pools_in_a_security_group, a_zone_without_a_pod_vswitch,
              prefix_nodes_take_their_count, reserved_blocks_serve_prefixes_alone,
              a_shared_vswitch_that_is_too_small, NULL);
    return run_suite(suite);
}
