/* SPDX-License-Identifier: MIT */
/* What one Terway node takes, and every way to ask a malformed question. */
#include "terway_support.h"

START_TEST(nodes_of_a_real_type)
{
    static const struct {
        uint32_t mode;
        uint64_t pods, addresses, prefixes;
    } rows[] = {
        {CNICALC_MODE_SHARED_ENI, 210, 210, 0},
        {CNICALC_MODE_SHARED_ENI_TRUNK, 210, 210, 0},
        {CNICALC_MODE_EXCLUSIVE_ENI, 7, 7, 0},
        {CNICALC_MODE_IP_PREFIX, 210, 1, 14},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        cnicalc_terway_node node = node_of_type("ecs.c7.4xlarge", rows[i].mode, 0);
        ck_assert_uint_eq(node.pods_per_node, rows[i].pods);
        ck_assert_uint_eq(node.addresses, rows[i].addresses);
        ck_assert_uint_eq(node.prefixes, rows[i].prefixes);
        ck_assert_uint_eq(node.mode, rows[i].mode);
        ck_assert_uint_eq(node.joins, 1);
    }
}
END_TEST

/* Worked with a pencil from 8 ENIs of 30 addresses: 7 secondary ones hold 210. */
START_TEST(nodes_of_every_mode)
{
    enum { SHARED = 1, TRUNK = 2, EXCLUSIVE = 3, PREFIX = 4 };
    static const struct {
        uint32_t mode, windows, kubelet_max_pods, prefix_count;
        uint64_t idle, pods, addresses, prefixes;
    } rows[] = {
        {SHARED, 0, 0, 0, 5, 210, 210, 0},
        {SHARED, 0, 0, 0, UINT32_MAX, 210, 210, 0},
        {SHARED, 0, 53, 0, 0, 50, 50, 0},
        {SHARED, 0, 53, 0, 5, 50, 55, 0},
        {SHARED, 0, 3, 0, 0, 0, 0, 0},
        /* Windows: 29 pods to an ENI, whose own address comes on top. */
        {SHARED, 1, 0, 0, 0, 203, 210, 0},
        {SHARED, 1, 53, 0, 0, 50, 52, 0},
        {SHARED, 1, 53, 0, 8, 50, 60, 0},
        {SHARED, 1, 53, 0, 9, 50, 62, 0},
        {SHARED, 1, 53, 0, 999, 50, 210, 0},
        {SHARED, 1, 3, 0, 0, 0, 0, 0},
        /* Trunk: T - E = 27 more pods, when kubelet lets them run. */
        {TRUNK, 0, 0, 0, 0, 210, 210, 0},
        {TRUNK, 0, 0, 0, 5, 210, 215, 0},
        {TRUNK, 0, 300, 0, 0, 237, 237, 0},
        {TRUNK, 0, 300, 0, 5, 237, 237, 0},
        {TRUNK, 0, 13, 0, 5, 10, 15, 0},
        {TRUNK, 0, 13, 0, 999, 10, 220, 0},
        {EXCLUSIVE, 0, 0, 0, 0, 7, 7, 0},
        {EXCLUSIVE, 0, 0, 0, 3, 7, 7, 0},
        {EXCLUSIVE, 0, 6, 0, 2, 3, 5, 0},
        /* Prefixes: 16 pods each, 29 to an ENI. */
        {PREFIX, 0, 0, 0, 0, 210, 1, 14},
        {PREFIX, 0, 0, 0, 14, 210, 1, 14},
        {PREFIX, 0, 0, 0, 15, 210, 1, 15},
        {PREFIX, 0, 3251, 0, 0, 3248, 7, 203},
        {PREFIX, 0, 3251, 0, 99, 3248, 7, 203},
        {PREFIX, 0, 1003, 0, 0, 1000, 3, 63},
        {PREFIX, 0, 467, 0, 0, 464, 1, 29},
        {PREFIX, 0, 468, 0, 0, 465, 2, 30},
        {PREFIX, 0, 1003, 20, 0, 320, 1, 20},
        {PREFIX, 0, 1003, 20, 99, 320, 1, 20},
        {PREFIX, 0, 3, 0, 0, 0, 0, 0},
    };
    cnicalc_instance instance = able_instance_of(8, 30);
    instance.eni_total_quantity = 35;
    instance.eni_trunk_supported = 1;
    for (size_t i = 0; i < COUNT(rows); i++) {
        cnicalc_node_options options = options_of(rows[i].mode);
        cnicalc_terway_node node;
        options.windows = rows[i].windows;
        options.kubelet_max_pods = rows[i].kubelet_max_pods;
        options.ipv4_prefix_count = rows[i].prefix_count;
        fill_pattern(&node, sizeof node);
        ck_ok(cnicalc_terway_node_from_type(&instance, &options, rows[i].idle, &node));
        ck_assert_uint_eq(node.reserved[0] | node.reserved[1] | node.reserved[3], 0);
        ck_assert_msg(node.pods_per_node == rows[i].pods, "row %u", (unsigned)i);
        ck_assert_msg(node.addresses == rows[i].addresses, "row %u: %u", (unsigned)i,
                      (unsigned)node.addresses);
        ck_assert_msg(node.prefixes == rows[i].prefixes, "row %u", (unsigned)i);
    }
}
END_TEST

START_TEST(nodes_out_of_the_ordinary)
{
    cnicalc_terway_node node;
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
    cnicalc_instance instance = able_instance_of(3, 4);
    ck_ok(cnicalc_terway_node_from_type(&instance, &options, 0, &node));
    ck_assert_uint_eq(node.pods_per_node, 8);
    ck_assert_uint_eq(node.joins, 0);

    instance = able_instance_of(1, 1);
    for (uint32_t mode = CNICALC_MODE_SHARED_ENI; mode <= CNICALC_MODE_IP_PREFIX; mode++) {
        options = options_of(mode);
        options.windows = mode == CNICALC_MODE_SHARED_ENI;
        instance.eni_trunk_supported = 0;
        ck_ok(cnicalc_terway_node_from_type(&instance, &options, 9, &node));
        ck_assert_uint_eq(node.addresses + node.prefixes + node.pods_per_node, 0);
    }
    instance = able_instance_of(8, 30);
    options = options_of(CNICALC_MODE_IP_PREFIX);
    options.ip_stack = CNICALC_IP_STACK_IPV6;
    ck_ok(cnicalc_terway_node_from_type(&instance, &options, 100, &node));
    ck_assert_uint_eq(node.pods_per_node, 210);
    ck_assert_uint_eq(node.addresses, 1);
    ck_assert_uint_eq(node.prefixes, 0);
    instance.eni_ipv6_address_quantity = 0;
    ck_ok(cnicalc_terway_node_from_type(&instance, &options, 0, &node));
    ck_assert_uint_eq(node.addresses, 0);

    instance = able_instance_of(UNKNOWN, UNKNOWN);
    instance.leni_quota = 5;
    options = options_of(CNICALC_MODE_EXCLUSIVE_ENI);
    ck_ok(cnicalc_terway_node_from_type(&instance, &options, 1, &node));
    ck_assert_uint_eq(node.pods_per_node, 4);
    ck_assert_uint_eq(node.addresses, 4);
}
END_TEST

/* Trunk pods that are not published are an error where they would count, and only there. */
START_TEST(unknown_trunk_pods)
{
    cnicalc_terway_node node;
    cnicalc_instance instance = able_instance_of(8, 30);
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI_TRUNK);
    ck_ok(cnicalc_terway_node_from_type(&instance, &options, 0, &node));
    ck_assert_uint_eq(node.addresses, 210);
    fill_pattern(&node, sizeof node);
    ck_status(cnicalc_terway_node_from_type(&instance, &options, 1, &node),
              CNICALC_ERR_LIMITS_UNKNOWN);
    options.kubelet_max_pods = 214;
    ck_status(cnicalc_terway_node_from_type(&instance, &options, 0, &node),
              CNICALC_ERR_LIMITS_UNKNOWN);
    ck_untouched(node);
    options.kubelet_max_pods = 203;
    ck_ok(cnicalc_terway_node_from_type(&instance, &options, 10, &node));
    ck_assert_uint_eq(node.addresses, 210);
    options.kubelet_max_pods = 3; /* all of them on the host network */
    ck_ok(cnicalc_terway_node_from_type(&instance, &options, UINT64_MAX, &node));
    ck_assert_uint_eq(node.pods_per_node, 0);
    ck_assert_uint_eq(node.addresses, 210);
}
END_TEST

START_TEST(malformed_types)
{
    cnicalc_terway_node node;
    cnicalc_instance instance = able_instance_of(8, 30);
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
    fill_pattern(&node, sizeof node);
    ck_status(cnicalc_terway_node_from_type(NULL, &options, 0, &node), CNICALC_ERR_NULL);
    ck_status(cnicalc_terway_node_from_type(&instance, NULL, 0, &node), CNICALC_ERR_NULL);
    ck_status(cnicalc_terway_node_from_type(&instance, &options, 0, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_terway_node_from_type(&instance, &options, UINT64_MAX, &node),
              CNICALC_ERR_OVERFLOW);
    options.mode = 5;
    ck_status(cnicalc_terway_node_from_type(&instance, &options, 0, &node), CNICALC_ERR_NODE_MODE);
    options = options_of(CNICALC_MODE_SHARED_ENI);
    instance = able_instance_of(8, UNKNOWN);
    ck_status(cnicalc_terway_node_from_type(&instance, &options, 0, &node),
              CNICALC_ERR_LIMITS_UNKNOWN);
    ck_untouched(node);
}
END_TEST

START_TEST(planned_pods)
{
    cnicalc_terway_node node;
    for (uint32_t mode = CNICALC_MODE_SHARED_ENI; mode < CNICALC_MODE_IP_PREFIX; mode++) {
        fill_pattern(&node, sizeof node);
        ck_ok(cnicalc_terway_node_from_pods(50, mode, 5, &node));
        ck_assert_uint_eq(node.reserved[0] | node.reserved[1] | node.reserved[3], 0);
        ck_assert_uint_eq(node.pods_per_node, 50);
        ck_assert_uint_eq(node.addresses, 55);
        ck_assert_uint_eq(node.prefixes, 0);
        ck_assert_uint_eq(node.mode, mode);
        ck_assert_uint_eq(node.joins, 1);
    }
    fill_pattern(&node, sizeof node);
    ck_status(cnicalc_terway_node_from_pods(50, 1, 0, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_terway_node_from_pods(50, 0, 0, &node), CNICALC_ERR_NODE_MODE);
    ck_status(cnicalc_terway_node_from_pods(50, 5, 0, &node), CNICALC_ERR_NODE_MODE);
    ck_status(cnicalc_terway_node_from_pods(0, 1, 5, &node), CNICALC_ERR_TERWAY_PODS_PER_NODE);
    ck_status(cnicalc_terway_node_from_pods(50, 4, 0, &node), CNICALC_ERR_LIMITS_UNKNOWN);
    ck_status(cnicalc_terway_node_from_pods(2, 1, UINT64_MAX - 1, &node), CNICALC_ERR_OVERFLOW);
    ck_untouched(node);
}
END_TEST

static void solve_fails(const cnicalc_terway_vswitch *vswitches, size_t count,
                        const cnicalc_terway_node *node, const cnicalc_terway_options *options,
                        cnicalc_status expected)
{
    cnicalc_terway_result result;
    cnicalc_terway_zone zones[4];
    size_t zone_count;
    fill_pattern(&result, sizeof result);
    fill_pattern(zones, sizeof zones);
    fill_pattern(&zone_count, sizeof zone_count);
    ck_status(cnicalc_terway_solve(vswitches, count, node, options, &result, zones, 4, &zone_count),
              expected);
    ck_untouched(result);
    ck_untouched(zones);
    ck_untouched(zone_count);
}

START_TEST(malformed_questions)
{
    cnicalc_terway_vswitch vswitch = vswitch_at(0, 24, 1, POD, 0);
    cnicalc_terway_node node = node_taking(1, 1, 0);
    cnicalc_terway_options good = default_terway();
    cnicalc_terway_options options;
    cnicalc_terway_result result;
    cnicalc_terway_zone zone;
    size_t count;
    solve_fails(NULL, 1, &node, &good, CNICALC_ERR_NULL);
    solve_fails(&vswitch, 1, NULL, &good, CNICALC_ERR_NULL);
    solve_fails(&vswitch, 1, &node, NULL, CNICALC_ERR_NULL);
    ck_status(cnicalc_terway_solve(&vswitch, 1, &node, &good, NULL, &zone, 1, &count),
              CNICALC_ERR_NULL);
    fill_pattern(&result, sizeof result);
    ck_status(cnicalc_terway_solve(&vswitch, 1, &node, &good, &result, &zone, 1, NULL),
              CNICALC_ERR_NULL);
    ck_untouched(result);
    options = good;
    options.struct_size += 4;
    solve_fails(&vswitch, 1, &node, &options, CNICALC_ERR_STRUCT_SIZE);
    for (size_t i = 0; i < 4; i++) {
        options = good;
        options.reserved[i] = 1;
        solve_fails(&vswitch, 1, &node, &options, CNICALC_ERR_RESERVED);
    }
    options = good;
    options.raised = 2;
    solve_fails(&vswitch, 1, &node, &options, CNICALC_ERR_FLAG);
    options = good;
    options.ipvlan = 2;
    solve_fails(&vswitch, 1, &node, &options, CNICALC_ERR_FLAG);
    options = good;
    options.edition = CNICALC_EDITION_ANY;
    solve_fails(&vswitch, 1, &node, &options, CNICALC_ERR_EDITION);
    options.edition = 6;
    solve_fails(&vswitch, 1, &node, &options, CNICALC_ERR_EDITION);
}
END_TEST

START_TEST(malformed_nodes)
{
    cnicalc_terway_vswitch vswitch = vswitch_at(0, 24, 1, POD, 0);
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_node node;
    for (size_t i = 0; i < 4; i++) {
        node = node_taking(1, 1, 0);
        node.reserved[i] = 1;
        solve_fails(&vswitch, 1, &node, &options, CNICALC_ERR_RESERVED);
    }
    node = node_taking(1, 1, 0);
    node.joins = 2;
    solve_fails(&vswitch, 1, &node, &options, CNICALC_ERR_FLAG);
    node.joins = 1;
    node.mode = 0;
    solve_fails(&vswitch, 1, &node, &options, CNICALC_ERR_NODE_MODE);
    node.mode = 5;
    solve_fails(&vswitch, 1, &node, &options, CNICALC_ERR_NODE_MODE);
    node = node_taking(1, UINT64_MAX, 0);
    solve_fails(&vswitch, 1, &node, &options, CNICALC_ERR_OVERFLOW);
    node = node_taking(1, 0, UINT64_MAX / 16 + 1);
    solve_fails(&vswitch, 1, &node, &options, CNICALC_ERR_OVERFLOW);
    node = node_taking(1, 16, UINT64_MAX / 16);
    solve_fails(&vswitch, 1, &node, &options, CNICALC_ERR_OVERFLOW);
    node = node_taking(UINT64_MAX, 1, 0);
    solve_fails(&vswitch, 1, &node, &options, CNICALC_ERR_OVERFLOW);
    node = node_taking(UINT64_MAX, UINT64_MAX - 1, 0);
    ck_assert_uint_eq(solve_terway(&vswitch, 1, &node, &options).max_nodes, 0);
}
END_TEST

static void vswitches_fail(const cnicalc_terway_vswitch *vswitches, size_t count,
                           cnicalc_status expected, uint64_t index, uint64_t other)
{
    cnicalc_terway_node node = node_taking(1, 1, 0);
    cnicalc_terway_options options = default_terway();
    uint64_t at;
    uint64_t with;
    ck_status(cnicalc_terway_check_vswitches(vswitches, count, &at, &with), expected);
    ck_assert_uint_eq(at, index);
    ck_assert_uint_eq(with, other);
    solve_fails(vswitches, count, &node, &options, expected);
}

START_TEST(malformed_vswitches)
{
    cnicalc_terway_vswitch good[] = {vswitch_at(0, 24, 1, POD, 0), vswitch_at(1, 24, 1, NODE, 0)};
    cnicalc_terway_vswitch bad[2];
#define FAILS(change, status)                                                                      \
    memcpy(bad, good, sizeof bad);                                                                 \
    bad[1].change;                                                                                 \
    vswitches_fail(bad, 2, status, 1, 1)
    FAILS(reserved[0] = 1, CNICALC_ERR_RESERVED);
    FAILS(reserved[1] = 1, CNICALC_ERR_RESERVED);
    FAILS(cidr.family = 5, CNICALC_ERR_CIDR_FAMILY);
    FAILS(cidr.hi = 1, CNICALC_ERR_CIDR_INVALID);
    FAILS(cidr.prefix_len = 33, CNICALC_ERR_CIDR_PREFIX_LEN);
    FAILS(cidr.lo++, CNICALC_ERR_CIDR_HOST_BITS);
    FAILS(cidr.lo <<= 32; bad[1].cidr.family = CNICALC_FAMILY_IPV6, CNICALC_ERR_CIDR_HOST_BITS);
    FAILS(cidr.hi = bad[1].cidr.lo << 32; bad[1].cidr.lo = 0;
          bad[1].cidr.family = CNICALC_FAMILY_IPV6, CNICALC_ERR_TERWAY_VSWITCH_FAMILY);
    FAILS(cidr.prefix_len = 30, CNICALC_ERR_TERWAY_VSWITCH_MASK);
    FAILS(cidr.lo = 0; bad[1].cidr.prefix_len = 15, CNICALC_ERR_TERWAY_VSWITCH_MASK);
    FAILS(cidr.lo = 0; bad[1].cidr.prefix_len = 0, CNICALC_ERR_TERWAY_VSWITCH_MASK);
    FAILS(roles = 0, CNICALC_ERR_TERWAY_VSWITCH_ROLES);
    FAILS(roles = 4, CNICALC_ERR_TERWAY_VSWITCH_ROLES);
    FAILS(used_addresses = 253, CNICALC_ERR_TERWAY_VSWITCH_USED);
    FAILS(used_addresses = UINT64_MAX, CNICALC_ERR_TERWAY_VSWITCH_USED);
#undef FAILS
    uint64_t index;
    uint64_t other;
    ck_status(cnicalc_terway_check_vswitches(NULL, 1, &index, &other), CNICALC_ERR_NULL);
    ck_status(cnicalc_terway_check_vswitches(good, 2, NULL, &other), CNICALC_ERR_NULL);
    ck_status(cnicalc_terway_check_vswitches(good, 2, &index, NULL), CNICALC_ERR_NULL);
    fill_pattern(&index, sizeof index);
    fill_pattern(&other, sizeof other);
    ck_ok(cnicalc_terway_check_vswitches(good, 2, &index, &other));
    ck_ok(cnicalc_terway_check_vswitches(NULL, 0, &index, &other));
    ck_untouched(index);
    ck_untouched(other);
}
END_TEST

/* The same block, one inside the other either way round, and neighbours that only touch. */
START_TEST(overlapping_vswitches)
{
    cnicalc_terway_vswitch three[] = {vswitch_at(9, 24, 1, POD, 0), vswitch_at(0, 24, 1, POD, 0),
                                      vswitch_at(0, 24, 2, NODE, 0)};
    vswitches_fail(three, 3, CNICALC_ERR_TERWAY_VSWITCH_OVERLAP, 2, 1);
    vswitches_fail(&three[1], 2, CNICALC_ERR_TERWAY_VSWITCH_OVERLAP, 1, 0);
    three[2].cidr.prefix_len = 16;
    vswitches_fail(three, 3, CNICALC_ERR_TERWAY_VSWITCH_OVERLAP, 2, 1);
    three[2].cidr.prefix_len = 29;
    three[2].cidr.lo += 248;
    vswitches_fail(three, 3, CNICALC_ERR_TERWAY_VSWITCH_OVERLAP, 2, 1);
    three[2].cidr.lo += 8;
    uint64_t index;
    uint64_t other;
    ck_ok(cnicalc_terway_check_vswitches(three, 3, &index, &other));
}
END_TEST

START_TEST(room_for_zones)
{
    cnicalc_terway_vswitch vswitches[] = {
        vswitch_at(0, 24, 5, POD, 0), vswitch_at(1, 24, 4, POD, 0), vswitch_at(2, 24, 5, POD, 0),
        vswitch_at(3, 24, 3, POD, 0)};
    cnicalc_terway_node node = node_taking(1, 1, 0);
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_result result;
    cnicalc_terway_zone zones[3];
    size_t count = 0;
    fill_pattern(&result, sizeof result);
    fill_pattern(zones, sizeof zones);
    ck_status(cnicalc_terway_solve(vswitches, 4, &node, &options, &result, zones, 2, &count),
              CNICALC_ERR_CAPACITY);
    ck_assert_uint_eq(count, 3);
    ck_untouched(result);
    ck_untouched(zones);
    count = 0;
    ck_ok(cnicalc_terway_solve(vswitches, 4, &node, &options, &result, NULL, 0, &count));
    ck_assert_uint_eq(count, 3);
    ck_ok(cnicalc_terway_solve(vswitches, 4, &node, &options, &result, zones, 3, &count));
    ck_assert_uint_eq(zones[0].zone, 5);
    ck_assert_uint_eq(zones[0].usable_addresses, 504);
    ck_assert_uint_eq(zones[2].zone, 3);
}
END_TEST

START_TEST(init_and_sizes)
{
    cnicalc_terway_options options;
    fill_pattern(&options, sizeof options);
    ck_status(cnicalc_terway_options_init(NULL, sizeof options), CNICALC_ERR_NULL);
    ck_status(cnicalc_terway_options_init(&options, sizeof options - 4), CNICALC_ERR_STRUCT_SIZE);
    ck_untouched(options);
    ck_ok(cnicalc_terway_options_init(&options, sizeof options));
    ck_assert_uint_eq(options.edition, CNICALC_EDITION_PRO);
    ck_assert_uint_eq(options.raised + options.ipvlan, 0);
    ck_assert_uint_eq(cnicalc_terway_vswitch_size(), sizeof(cnicalc_terway_vswitch));
    ck_assert_uint_eq(cnicalc_terway_node_size(), sizeof(cnicalc_terway_node));
    ck_assert_uint_eq(cnicalc_terway_options_size(), sizeof(cnicalc_terway_options));
    ck_assert_uint_eq(cnicalc_terway_result_size(), sizeof(cnicalc_terway_result));
    ck_assert_uint_eq(cnicalc_terway_zone_size(), sizeof(cnicalc_terway_zone));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terway_node");
    add_tests(suite, "known", nodes_of_a_real_type, nodes_of_every_mode, planned_pods, NULL);
    add_tests(suite, "limits", nodes_out_of_the_ordinary, unknown_trunk_pods, room_for_zones, NULL);
    add_tests(suite, "hostile", malformed_types, malformed_questions, malformed_nodes,
              malformed_vswitches, overlapping_vswitches, init_and_sizes, NULL);
    return run_suite(suite);
}
