/* SPDX-License-Identifier: MIT */
/* What one Terway node holds at other times than at rest, its prefixes, ENIs and families. */
#include "terway_support.h"

/* ACK documentation and Terway source, 2026: ipv4_prefix_count is a target. c7.4xlarge has 8 ENIs
 * of 30 addresses. */
START_TEST(prefixes_are_a_target)
{
    static const struct {
        uint32_t count;
        uint64_t pods, addresses, prefixes, enis;
    } rows[] = {
        {0, 0, 0, 0, 1},     {5, 80, 1, 5, 2},      {14, 210, 2, 14, 3},   {16, 210, 2, 16, 3},
        {42, 210, 5, 42, 6}, {203, 210, 7, 203, 8}, {204, 210, 7, 203, 8},
    };
    cnicalc_instance instance = instance_named("ecs.c7.4xlarge");
    cnicalc_node_options options = options_of(CNICALC_MODE_IP_PREFIX);
    for (size_t i = 0; i < COUNT(rows); i++) {
        cnicalc_terway_node node;
        options.ipv4_prefix_count = rows[i].count;
        ck_ok(from_type(&instance, &options, 0, 3, &node));
        ck_assert_uint_eq(node.pods_per_node, rows[i].pods);
        ck_assert_uint_eq(node.addresses, rows[i].addresses);
        ck_assert_uint_eq(node.prefixes, rows[i].prefixes);
        ck_assert_uint_eq(node.enis, rows[i].enis);
        ck_assert_uint_eq(node.addresses_with_pool, rows[i].addresses);
        ck_assert_uint_eq(node.addresses_in_burst, rows[i].addresses);
    }
    /* Whatever the pods. */
    cnicalc_terway_node node;
    options.ipv4_prefix_count = 16;
    ck_ok(from_type(&instance, &options, 1, 0, &node));
    ck_assert_uint_eq(node.pods_per_node, 1);
    ck_assert_uint_eq(node.prefixes, 16);
}
END_TEST

/* At rest a node holds min(P, running + 5) addresses by default; a burst of n new pods takes up to
 * 2 n + min_pool_size, at most P (Terway source, July 2026). */
START_TEST(addresses_at_other_times)
{
    enum { SHARED = 1, TRUNK = 2, EXCLUSIVE = 3 };
    static const struct {
        uint32_t mode, windows;
        uint64_t pods, idle, burst, least;
        uint64_t addresses, with_pool, in_burst;
    } rows[] = {
        {SHARED, 0, 30, 0, 0, 0, 30, 35, 30},
        {SHARED, 0, 30, 0, 0, 9, 30, 35, 30}, /* without a burst min_pool_size takes nothing */
        {SHARED, 0, 30, 3, 0, 0, 33, 35, 33},
        {SHARED, 0, 30, 8, 0, 0, 38, 38, 38},
        {SHARED, 0, 30, 0, 10, 0, 30, 35, 50},
        {SHARED, 0, 30, 5, 10, 4, 35, 35, 54},
        {SHARED, 0, 30, 25, 10, 4, 55, 55, 55}, /* more is idle than the burst takes */
        {SHARED, 0, 200, 0, 10, 0, 200, 205, 210},
        {SHARED, 0, 0, 0, 10, 0, 210, 210, 210},
        {SHARED, 0, 0, 5, 0, 0, 210, 210, 210},
        /* Windows: 29 pods to an ENI, whose own address comes on top. */
        {SHARED, 1, 26, 0, 2, 0, 27, 33, 32},
        {TRUNK, 0, 30, 0, 100, 0, 30, 35, 230},
        {TRUNK, 0, 30, 0, 200, 0, 30, 35, 237},
        {EXCLUSIVE, 0, 3, 5, 2, 1, 3, 3, 5},
        {EXCLUSIVE, 0, 3, 5, 9, 1, 3, 3, 7},
    };
    cnicalc_instance instance = able_instance_of(8, 30);
    instance.eni_total_quantity = 35;
    instance.eni_trunk_supported = 1;
    for (size_t i = 0; i < COUNT(rows); i++) {
        cnicalc_node_options options = options_of(rows[i].mode);
        cnicalc_terway_use use = use_of(rows[i].pods, rows[i].idle);
        cnicalc_terway_node node;
        options.windows = rows[i].windows;
        use.burst_pods = rows[i].burst;
        use.min_pool_size = rows[i].least;
        ck_ok(cnicalc_terway_node_from_type(&instance, &options, &use, &node));
        ck_assert_msg(node.addresses == rows[i].addresses &&
                          node.addresses_with_pool == rows[i].with_pool &&
                          node.addresses_in_burst == rows[i].in_burst,
                      "row %u: %u, %u, %u", (unsigned)i, (unsigned)node.addresses,
                      (unsigned)node.addresses_with_pool, (unsigned)node.addresses_in_burst);
        if (rows[i].pods != 0 && rows[i].mode == EXCLUSIVE) {
            ck_ok(cnicalc_terway_node_from_pods(&use, EXCLUSIVE, &node));
            ck_assert_uint_eq(node.addresses_in_burst, rows[i].pods + rows[i].burst);
        } else if (rows[i].pods != 0 && rows[i].pods < 200 && !rows[i].windows &&
                   rows[i].burst < 100) {
            ck_ok(cnicalc_terway_node_from_pods(&use, rows[i].mode, &node));
            ck_assert_uint_eq(node.addresses_with_pool, rows[i].with_pool);
            ck_assert_uint_eq(node.addresses_in_burst, rows[i].in_burst);
        }
    }
}
END_TEST

/* What unknown trunk pods would decide is unknown. */
START_TEST(addresses_that_are_unknown)
{
    cnicalc_terway_node node;
    cnicalc_instance instance = able_instance_of(8, 30);
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI_TRUNK);
    cnicalc_terway_use use = use_of(203, 0);
    ck_ok(cnicalc_terway_node_from_type(&instance, &options, &use, &node));
    ck_assert_uint_eq(node.addresses, 203);
    ck_assert_uint_eq(node.addresses_with_pool, 208);
    use.burst_pods = 4;
    ck_ok(cnicalc_terway_node_from_type(&instance, &options, &use, &node));
    ck_assert_uint_eq(node.addresses_in_burst, CNICALC_UNKNOWN_COUNT);
    use = use_of(206, 0);
    ck_ok(cnicalc_terway_node_from_type(&instance, &options, &use, &node));
    ck_assert_uint_eq(node.addresses_with_pool, CNICALC_UNKNOWN_COUNT);
    ck_assert_uint_eq(node.addresses_in_burst, 206);
    /* A number that 64 bits do not hold is none either. */
    ck_ok(from_pods(UINT64_MAX - 3, CNICALC_MODE_SHARED_ENI, 0, &node));
    ck_assert_uint_eq(node.addresses_with_pool, CNICALC_UNKNOWN_COUNT);
    ck_ok(from_pods(UINT64_MAX, CNICALC_MODE_EXCLUSIVE_ENI, 0, &node));
    ck_assert_uint_eq(node.enis, CNICALC_UNKNOWN_COUNT);
}
END_TEST

/* ENIs by hand: the primary one, eRDMA, those that hold addresses, and one of each trunk pod. */
START_TEST(enis_of_a_node)
{
    enum { SHARED = 1, TRUNK = 2, EXCLUSIVE = 3, PREFIX = 4 };
    static const struct {
        uint32_t mode, windows, erdma, max_eni;
        uint64_t pods, idle, enis;
        uint32_t pod_enis, addresses_per_eni;
    } rows[] = {
        {SHARED, 0, 0, 0, 0, 0, 8, 7, 30},   {SHARED, 0, 0, 0, 60, 0, 3, 7, 30},
        {SHARED, 0, 0, 0, 60, 1, 4, 7, 30},  {SHARED, 0, 1, 0, 60, 0, 4, 6, 30},
        {SHARED, 0, 0, 3, 60, 0, 3, 3, 30},  {SHARED, 1, 0, 0, 29, 0, 2, 7, 30},
        {SHARED, 1, 0, 0, 30, 0, 3, 7, 30},  {TRUNK, 0, 0, 0, 40, 0, 1 + 27 + 1, 7, 30},
        {TRUNK, 0, 0, 0, 0, 0, 35, 7, 30},   {EXCLUSIVE, 0, 0, 0, 0, 5, 8, 7, 1},
        {EXCLUSIVE, 0, 1, 0, 2, 0, 4, 6, 1}, {PREFIX, 0, 0, 0, 0, 0, 3, 7, 30},
        {PREFIX, 0, 0, 0, 16, 0, 2, 7, 30},
    };
    cnicalc_instance instance = able_instance_of(8, 30);
    instance.eni_total_quantity = 35;
    instance.eni_trunk_supported = 1;
    instance.eri_quantity = 1;
    for (size_t i = 0; i < COUNT(rows); i++) {
        cnicalc_node_options options = options_of(rows[i].mode);
        cnicalc_terway_node node;
        options.windows = rows[i].windows;
        options.erdma = rows[i].erdma;
        options.max_eni = rows[i].max_eni;
        options.kubelet_max_pods = rows[i].mode == TRUNK ? 240 : 0;
        ck_ok(from_type(&instance, &options, rows[i].pods, rows[i].idle, &node));
        ck_assert_msg(node.enis == rows[i].enis, "row %u: %u", (unsigned)i, (unsigned)node.enis);
        ck_assert_uint_eq(node.pod_enis, rows[i].pod_enis);
        ck_assert_uint_eq(node.addresses_per_eni, rows[i].addresses_per_eni);
        ck_assert_uint_eq(node.needs_pod_vswitch, 0);
        ck_assert_uint_eq(node.trunk_pods, rows[i].mode == TRUNK ? 27 : 0);
    }
    instance.leni_quota = 5; /* Lingjun: what a LENI is to a security group is not published */
    cnicalc_node_options options = options_of(CNICALC_MODE_EXCLUSIVE_ENI);
    cnicalc_terway_node node;
    ck_ok(from_type(&instance, &options, 0, 0, &node));
    ck_assert_uint_eq(node.needs_pod_vswitch, 1);
    ck_assert_uint_eq(node.enis + node.pod_enis + node.addresses_per_eni, 0);
}
END_TEST

START_TEST(a_second_family)
{
    static const struct {
        uint32_t mode, ip_stack, ipv6, dual_stack;
    } rows[] = {
        {1, CNICALC_IP_STACK_IPV4, 30, 0},      {1, CNICALC_IP_STACK_DUAL, 30, 1},
        {1, CNICALC_IP_STACK_DUAL, 1, 0}, /* it runs IPv4 alone */
        {1, CNICALC_IP_STACK_DUAL, UNKNOWN, 1}, {4, CNICALC_IP_STACK_IPV6, 1, 1},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        cnicalc_instance instance = able_instance_of(8, 30);
        cnicalc_node_options options = options_of(rows[i].mode);
        cnicalc_terway_node node;
        instance.eni_ipv6_address_quantity = rows[i].ipv6;
        options.ip_stack = rows[i].ip_stack;
        ck_ok(from_type(&instance, &options, 0, 0, &node));
        ck_assert_msg(node.dual_stack == rows[i].dual_stack, "row %u", (unsigned)i);
    }
}
END_TEST

START_TEST(malformed_uses)
{
    cnicalc_instance instance = able_instance_of(8, 30);
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
    cnicalc_terway_node node;
    fill_pattern(&node, sizeof node);
    ck_status(cnicalc_terway_node_from_type(&instance, &options, NULL, &node), CNICALC_ERR_NULL);
    ck_status(cnicalc_terway_node_from_pods(NULL, 1, &node), CNICALC_ERR_NULL);
    for (size_t i = 0; i < 2; i++) {
        cnicalc_terway_use use = use_of(10, 0);
        use.reserved[i] = UINT64_C(1) << 63;
        ck_status(cnicalc_terway_node_from_type(&instance, &options, &use, &node),
                  CNICALC_ERR_RESERVED);
        ck_status(cnicalc_terway_node_from_pods(&use, 1, &node), CNICALC_ERR_RESERVED);
    }
    static const uint64_t bursts[][2] = {{UINT64_MAX, 0},
                                         {UINT64_MAX / 2 + 1, 0},
                                         {1, UINT64_MAX},
                                         {UINT64_MAX / 2 - 4, 0},
                                         {1, UINT64_MAX - 11}};
    for (size_t i = 0; i < COUNT(bursts); i++) {
        cnicalc_terway_use use = use_of(10, 0);
        use.burst_pods = bursts[i][0];
        use.min_pool_size = bursts[i][1];
        ck_status(cnicalc_terway_node_from_type(&instance, &options, &use, &node),
                  CNICALC_ERR_OVERFLOW);
        ck_status(cnicalc_terway_node_from_pods(&use, 1, &node), CNICALC_ERR_OVERFLOW);
    }
    ck_untouched(node);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terway_use");
    add_tests(suite, "known", prefixes_are_a_target, addresses_at_other_times, enis_of_a_node,
              a_second_family, NULL);
    add_tests(suite, "limits", addresses_that_are_unknown, NULL);
    add_tests(suite, "hostile", malformed_uses, NULL);
    return run_suite(suite);
}
