/* SPDX-License-Identifier: MIT */
/* IP prefix mode: what a node takes when it joins, what fits, and IPv6 alone. */
#include "node_support.h"

/* What ecs.c7.4xlarge, 8 ENIs of 30 addresses, makes of ipv4_prefix_count: at most 10 prefixes of a
 * new ENI in one call, 29 of one in all (Terway source, July 2026). */
START_TEST(prefixes_are_a_target)
{
    static const struct {
        uint32_t count;
        uint64_t pods, enis, addresses, schedulable;
        uint32_t bound_by, joins;
    } nodes[] = {
        {0, 0, 0, 0, 0, CNICALC_LIMIT_IPV4_PREFIX_COUNT, 0},
        {1, 16, 1, 17, 16, CNICALC_LIMIT_IPV4_PREFIX_COUNT, 1},
        {5, 80, 1, 81, 80, CNICALC_LIMIT_IPV4_PREFIX_COUNT, 1},
        {10, 160, 1, 161, 160, CNICALC_LIMIT_IPV4_PREFIX_COUNT, 1},
        {11, 176, 2, 178, 176, CNICALC_LIMIT_IPV4_PREFIX_COUNT, 1},
        {14, 224, 2, 226, 210, CNICALC_LIMIT_IPV4_PREFIX_COUNT, 1},
        {70, 1120, 7, 1127, 210, CNICALC_LIMIT_IPV4_PREFIX_COUNT, 1},
        {71, 1136, 7, 1143, 210, CNICALC_LIMIT_IPV4_PREFIX_COUNT, 1},
        {203, 3248, 7, 3255, 210, CNICALC_LIMIT_ENI_QUANTITY, 1},
        {204, 3248, 7, 3255, 210, CNICALC_LIMIT_ENI_QUANTITY, 1},
        {UNKNOWN, 3248, 7, 3255, 210, CNICALC_LIMIT_ENI_QUANTITY, 1},
    };
    cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    for (size_t i = 0; i < COUNT(nodes); i++) {
        cnicalc_node_options options = options_of(CNICALC_MODE_IP_PREFIX);
        options.ipv4_prefix_count = nodes[i].count;
        cnicalc_node_result result = solve_node(&type, &options);
        ck_assert_uint_eq(result.max_pods, nodes[i].pods);
        ck_assert_uint_eq(result.secondary_enis, nodes[i].enis);
        ck_assert_uint_eq(result.ipv4_addresses, nodes[i].addresses);
        ck_assert_uint_eq(result.schedulable_pods, nodes[i].schedulable);
        ck_assert_uint_eq(result.kubelet_max_pods, 213);
        ck_assert_uint_eq(result.bound_by, nodes[i].bound_by);
        ck_assert_uint_eq(result.joins, nodes[i].joins);
    }
}
END_TEST

/* An ENI of few slots starts with what it holds, and no more ENIs take part than a cap leaves. */
START_TEST(enis_of_prefixes)
{
    static const struct {
        uint32_t enis, addresses, max_eni, count;
        uint64_t taken, taken_enis;
    } nodes[] = {
        {4, 10, 0, 9, 9, 1},   {4, 10, 0, 10, 10, 2}, {4, 10, 0, 27, 27, 3}, {4, 11, 0, 10, 10, 1},
        {4, 11, 0, 11, 11, 2}, {4, 12, 0, 11, 11, 2}, {4, 2, 0, 3, 3, 3},    {4, 1, 0, 3, 0, 0},
        {4, 0, 0, 3, 0, 0},    {1, 30, 0, 3, 0, 0},   {8, 30, 1, 14, 14, 1}, {8, 30, 1, 30, 29, 1},
    };
    for (size_t i = 0; i < COUNT(nodes); i++) {
        cnicalc_instance type = instance_of(nodes[i].enis, nodes[i].addresses);
        cnicalc_node_options options = options_of(CNICALC_MODE_IP_PREFIX);
        options.ipv4_prefix_count = nodes[i].count;
        options.max_eni = nodes[i].max_eni;
        cnicalc_node_result result = solve_node(&type, &options);
        ck_assert_uint_eq(result.max_pods, nodes[i].taken * 16);
        ck_assert_uint_eq(result.secondary_enis, nodes[i].taken_enis);
        ck_assert_uint_eq(result.ipv4_addresses, nodes[i].taken * 16 + nodes[i].taken_enis);
    }
}
END_TEST

START_TEST(most_prefixes)
{
    cnicalc_instance type = instance_of(4, 10);
    cnicalc_node_options options = options_of(CNICALC_MODE_IP_PREFIX);
    ck_assert_uint_eq(solve_node(&type, &options).max_pods, 432); /* 3 * 9 * 16 */
    options.ipv4_prefix_count = 26;
    cnicalc_node_result result = solve_node(&type, &options);
    ck_assert_uint_eq(result.max_pods, 416);
    ck_assert_uint_eq(result.ipv4_addresses, 419);
    ck_assert_uint_eq(result.bound_by, CNICALC_LIMIT_IPV4_PREFIX_COUNT);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_ENI_QUANTITY), 432);
    options.ipv4_prefix_count = 27;
    ck_assert_uint_eq(solve_node(&type, &options).bound_by, CNICALC_LIMIT_ENI_QUANTITY);
    options.ipv4_prefix_count = UINT32_MAX - 1;
    ck_assert_uint_eq(solve_node(&type, &options).max_pods, 432);
    ck_assert_uint_eq(solve_node(&type, &options).ipv4_addresses, 435);
    options.mode = CNICALC_MODE_SHARED_ENI; /* where it says nothing */
    options.ipv4_prefix_count = 1;
    ck_assert_uint_eq(solve_node(&type, &options).max_pods, 30);
    type.eni_private_ip_address_quantity = 0;
    ck_assert_uint_eq(solve_mode(&type, CNICALC_MODE_IP_PREFIX).max_pods, 0);
}
END_TEST

START_TEST(prefixes_for_pods)
{
    const uint64_t pods[][2] = {
        {0, 0}, {1, 1}, {15, 1}, {16, 1}, {17, 2}, {33, 3}, {UINT64_MAX, UINT64_C(1) << 60}};
    for (size_t i = 0; i < COUNT(pods); i++) {
        ck_assert_uint_eq(cnicalc_node_prefixes_for_pods(pods[i][0]), pods[i][1]);
    }
}
END_TEST

START_TEST(ipv6_alone_is_one_prefix)
{
    cnicalc_instance type = instance_of(8, UNKNOWN);
    type.eni_ipv6_address_quantity = 1;
    cnicalc_node_options options = options_of(CNICALC_MODE_IP_PREFIX);
    options.ip_stack = CNICALC_IP_STACK_IPV6;
    options.ipv4_prefix_count = 1; /* not read */
    cnicalc_node_result result = solve_node(&type, &options);
    ck_assert_uint_eq(result.max_pods, 65536);
    ck_assert_uint_eq(result.ipv4_addresses, 7);
    ck_assert_uint_eq(result.bound_by, CNICALC_LIMIT_IPV6_PREFIX);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_IPV4_PREFIX_COUNT), CNICALC_NO_LIMIT);
    ck_assert_uint_eq(result.dual_stack, 0);
    /* kubelet's limit is I for each ENI, and I is not published. */
    ck_assert_uint_eq(result.kubelet_max_pods, CNICALC_UNKNOWN_COUNT);
    ck_assert_uint_eq(result.schedulable_pods, CNICALC_UNKNOWN_COUNT);
    ck_assert_uint_eq(result.schedulable_bound_by, CNICALC_LIMIT_NONE);
    ck_assert_uint_eq(result.kubelet_reserved_memory_mib, CNICALC_UNKNOWN_COUNT);
    options.kubelet_max_pods = 256;
    ck_assert_uint_eq(solve_node(&type, &options).schedulable_pods, 253);
    type.eni_quantity = 2;
    ck_assert_uint_eq(solve_node(&type, &options).bound_by, CNICALC_LIMIT_ENI_QUANTITY);
    type.eni_quantity = 1;
    ck_assert_uint_eq(solve_node(&type, &options).max_pods, 0);
    type.eni_quantity = 8;
    type.eni_ipv6_address_quantity = 0;
    ck_assert_uint_eq(solve_node(&type, &options).max_pods, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("node_prefix");
    add_tests(suite, "known", prefixes_are_a_target, enis_of_prefixes, prefixes_for_pods, NULL);
    add_tests(suite, "limits", most_prefixes, ipv6_alone_is_one_prefix, NULL);
    return run_suite(suite);
}
