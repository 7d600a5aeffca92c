/* SPDX-License-Identifier: MIT */
/* Every way to ask a malformed question of cnicalc_terway_solve() and cnicalc_terway_zones(). */
#include "terway_support.h"

/* Both forms of the question must fail alike, with the same place, and leave their outputs alone.
 */
static cnicalc_fault solve_fails(const cnicalc_terway_cluster *cluster,
                                 const cnicalc_terway_node *node, cnicalc_status expected)
{
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_result result;
    cnicalc_terway_zone zones[4];
    cnicalc_fault fault;
    cnicalc_fault zones_fault;
    size_t count;
    fill_pattern(&result, sizeof result);
    fill_pattern(zones, sizeof zones);
    fill_pattern(&count, sizeof count);
    fill_pattern(&fault, sizeof fault);
    fill_pattern(&zones_fault, sizeof zones_fault);
    ck_status(cnicalc_terway_solve(cluster, node, &options, &result, &fault), expected);
    ck_status(cnicalc_terway_zones(cluster, node, zones, 4, &count, &zones_fault), expected);
    ck_assert_mem_eq(&fault, &zones_fault, sizeof fault);
    ck_status(cnicalc_terway_solve(cluster, node, &options, &result, NULL), expected);
    ck_status(cnicalc_terway_zones(cluster, node, zones, 4, &count, NULL), expected);
    ck_untouched(result);
    ck_untouched(zones);
    ck_untouched(count);
    return fault;
}

START_TEST(missing_pointers)
{
    cnicalc_vswitch vswitch = vswitch_at(0, 24, 1, POD, 0);
    cnicalc_terway_cluster good = cluster_of(&vswitch, 1);
    cnicalc_terway_cluster bad = cluster_of(NULL, 1);
    cnicalc_terway_node node = node_taking(1, 1, 0);
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_result result;
    cnicalc_terway_zone zone;
    cnicalc_fault fault = solve_fails(NULL, &node, CNICALC_ERR_NULL);
    size_t count;
    fill_pattern(&result, sizeof result);
    fill_pattern(&count, sizeof count);
    ck_untouched(fault);
    fault = solve_fails(&bad, &node, CNICALC_ERR_NULL);
    ck_untouched(fault);
    fault = solve_fails(&good, NULL, CNICALC_ERR_NULL);
    ck_untouched(fault);
    ck_status(cnicalc_terway_solve(&good, &node, NULL, &result, &fault), CNICALC_ERR_NULL);
    ck_status(cnicalc_terway_solve(&good, &node, &options, NULL, &fault), CNICALC_ERR_NULL);
    ck_status(cnicalc_terway_zones(&good, &node, NULL, 1, &count, &fault), CNICALC_ERR_NULL);
    ck_status(cnicalc_terway_zones(&good, &node, &zone, 1, NULL, &fault), CNICALC_ERR_NULL);
    ck_untouched(fault);
    ck_untouched(result);
    ck_untouched(count);
}
END_TEST

static void options_fail(const cnicalc_terway_options *options, cnicalc_status expected)
{
    cnicalc_vswitch vswitch = vswitch_at(0, 24, 1, POD, 0);
    cnicalc_terway_cluster cluster = cluster_of(&vswitch, 1);
    cnicalc_terway_node node = node_taking(1, 1, 0);
    cnicalc_terway_result result;
    cnicalc_fault fault;
    fill_pattern(&result, sizeof result);
    ck_status(cnicalc_terway_solve(&cluster, &node, options, &result, &fault), expected);
    ck_fault(fault, NONE, UNKNOWN, UNKNOWN);
    ck_untouched(result);
}

START_TEST(malformed_options)
{
    cnicalc_terway_options good = default_terway();
    cnicalc_terway_options options;
#define FAILS(change, status)                                                                      \
    options = good;                                                                                \
    options.change;                                                                                \
    options_fail(&options, status)
    FAILS(struct_size += 4, CNICALC_ERR_STRUCT_SIZE);
    FAILS(ceilings.struct_size = 0, CNICALC_ERR_STRUCT_SIZE);
    for (size_t i = 0; i < COUNT(good.reserved); i++) {
        FAILS(reserved[i] = 1, CNICALC_ERR_RESERVED);
    }
    FAILS(ceilings.reserved[7] = 1, CNICALC_ERR_RESERVED);
    FAILS(ceilings.raised = 2, CNICALC_ERR_FLAG);
    FAILS(ipvlan = 2, CNICALC_ERR_FLAG);
    FAILS(ceilings.security_group = 3, CNICALC_ERR_SECURITY_GROUP);
    FAILS(ceilings.edition = CNICALC_EDITION_ANY, CNICALC_ERR_EDITION);
    FAILS(ceilings.edition = CNICALC_EDITION_COUNT, CNICALC_ERR_EDITION);
#undef FAILS
}
END_TEST

static void node_fails(const cnicalc_terway_node *node, cnicalc_status expected)
{
    cnicalc_vswitch vswitch = vswitch_at(0, 24, 1, POD, 0);
    cnicalc_terway_cluster cluster = cluster_of(&vswitch, 1);
    cnicalc_fault fault = solve_fails(&cluster, node, expected);
    ck_fault(fault, NONE, UNKNOWN, UNKNOWN);
}

START_TEST(malformed_nodes)
{
    cnicalc_vswitch vswitch = vswitch_at(0, 24, 1, POD, 0);
    cnicalc_terway_cluster cluster = cluster_of(&vswitch, 1);
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_result result;
    cnicalc_terway_node node;
    for (size_t i = 0; i < 4; i++) {
        node = node_taking(1, 1, 0);
        node.reserved[i] = 1;
        node_fails(&node, CNICALC_ERR_RESERVED);
    }
    node = node_taking(1, 1, 0);
    node.joins = 2;
    node_fails(&node, CNICALC_ERR_FLAG);
    node.joins = 1;
    node.dual_stack = 2;
    node_fails(&node, CNICALC_ERR_FLAG);
    node.dual_stack = 0;
    node.needs_pod_vswitch = 2;
    node_fails(&node, CNICALC_ERR_FLAG);
    node.needs_pod_vswitch = 0;
    node.mode = 0;
    node_fails(&node, CNICALC_ERR_NODE_MODE);
    node.mode = CNICALC_MODE_COUNT;
    node_fails(&node, CNICALC_ERR_NODE_MODE);
    node = node_taking(1, UINT64_MAX, 0);
    node_fails(&node, CNICALC_ERR_OVERFLOW);
    node = node_taking(1, 0, UINT64_MAX / 16 + 1);
    node_fails(&node, CNICALC_ERR_OVERFLOW);
    node = node_taking(1, 16, UINT64_MAX / 16);
    node_fails(&node, CNICALC_ERR_OVERFLOW);
    node = node_taking(UINT64_MAX, UINT64_MAX - 1, 0);
    ck_assert_uint_eq(solve_terway(&vswitch, 1, &node, &options).max_nodes, 0);
    /* The pods of all nodes are counted in the answer for the cluster alone. */
    node = node_taking(UINT64_MAX, 1, 0);
    cnicalc_fault fault;
    fill_pattern(&result, sizeof result);
    ck_status(cnicalc_terway_solve(&cluster, &node, &options, &result, &fault),
              CNICALC_ERR_OVERFLOW);
    ck_fault(fault, NONE, UNKNOWN, UNKNOWN);
    ck_untouched(result);
}
END_TEST

START_TEST(malformed_vswitches)
{
    cnicalc_vswitch vswitches[] = {vswitch_at(0, 24, 1, POD, 0), vswitch_at(1, 24, 1, NODE, 0),
                                   vswitch_at(2, 24, 1, NODE, 253)};
    cnicalc_terway_cluster cluster = cluster_of(vswitches, 3);
    cnicalc_terway_node node = node_taking(1, 1, 0);
    cnicalc_fault fault = solve_fails(&cluster, &node, CNICALC_ERR_VSWITCH_USED);
    ck_fault(fault, VSWITCHES, 2, UNKNOWN);
    vswitches[2] = vswitches[1];
    fault = solve_fails(&cluster, &node, CNICALC_ERR_VSWITCH_OVERLAP);
    ck_fault(fault, VSWITCHES, 2, 1);
}
END_TEST

START_TEST(room_for_zones)
{
    cnicalc_vswitch vswitches[] = {vswitch_at(0, 24, 5, POD, 0), vswitch_at(1, 24, 4, POD, 0),
                                   vswitch_at(2, 24, 5, POD, 0), vswitch_at(3, 24, 3, POD, 0)};
    cnicalc_terway_cluster cluster = cluster_of(vswitches, 4);
    cnicalc_terway_node node = node_taking(1, 1, 0);
    cnicalc_terway_zone zones[3];
    cnicalc_fault fault;
    size_t count = 0;
    fill_pattern(zones, sizeof zones);
    ck_status(cnicalc_terway_zones(&cluster, &node, zones, 2, &count, &fault),
              CNICALC_ERR_CAPACITY);
    ck_fault(fault, NONE, UNKNOWN, UNKNOWN);
    ck_assert_uint_eq(count, 3);
    ck_untouched(zones);
    count = 0;
    ck_status(cnicalc_terway_zones(&cluster, &node, NULL, 0, &count, NULL), CNICALC_ERR_CAPACITY);
    ck_assert_uint_eq(count, 3);
    ck_assert_uint_eq(solve_zones(vswitches, 4, &node, zones, 3), 3);
    ck_assert_uint_eq(zones[0].zone, 5);
    ck_assert_uint_eq(zones[0].usable_addresses, 504);
    ck_assert_uint_eq(zones[1].zone, 4);
    ck_assert_uint_eq(zones[2].zone, 3);
}
END_TEST

START_TEST(init)
{
    cnicalc_terway_options options;
    fill_pattern(&options, sizeof options);
    ck_status(cnicalc_terway_options_init(NULL, sizeof options), CNICALC_ERR_NULL);
    ck_status(cnicalc_terway_options_init(&options, sizeof options - 4), CNICALC_ERR_STRUCT_SIZE);
    ck_untouched(options);
    ck_ok(cnicalc_terway_options_init(&options, sizeof options));
    cnicalc_ceilings ceilings;
    ck_ok(cnicalc_ceilings_init(&ceilings, sizeof ceilings));
    ck_assert_uint_eq(options.struct_size, sizeof options);
    ck_assert_uint_eq(options.ipvlan, 0);
    ck_assert_uint_eq(options.surge, 0);
    ck_assert_uint_eq(options.max_unavailable, 1);
    ck_assert_mem_eq(&options.ceilings, &ceilings, sizeof ceilings);
    const uint32_t zeros[COUNT(options.reserved)] = {0};
    ck_assert_mem_eq(options.reserved, zeros, sizeof zeros);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terway_hostile");
    add_tests(suite, "hostile", missing_pointers, malformed_options, malformed_nodes,
              malformed_vswitches, room_for_zones, init, NULL);
    return run_suite(suite);
}
