/* SPDX-License-Identifier: MIT */
/* What one Terway node takes. */
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
        {CNICALC_MODE_IP_PREFIX, 210, 2, 14},
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
        {EXCLUSIVE, 0, 6, 0, 2, 3, 3, 0}, /* without a pool */
        /* Prefixes: 16 pods each, 10 on a new ENI, and no pool. */
        {PREFIX, 0, 0, 0, 0, 210, 2, 14},
        {PREFIX, 0, 0, 0, 15, 210, 2, 14},
        {PREFIX, 0, 3251, 0, 0, 3248, 7, 203},
        {PREFIX, 0, 3251, 0, 99, 3248, 7, 203},
        {PREFIX, 0, 963, 0, 0, 960, 6, 60},
        {PREFIX, 0, 1003, 0, 0, 1000, 7, 63},
        {PREFIX, 0, 467, 0, 0, 464, 3, 29},
        {PREFIX, 0, 1003, 20, 0, 320, 2, 20},
        {PREFIX, 0, 1003, 21, 99, 336, 3, 21},
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
        if (rows[i].prefix_count != 0) {
            options.ipv4_prefix_count = rows[i].prefix_count;
        }
        fill_pattern(&node, sizeof node);
        ck_ok(from_type(&instance, &options, 0, rows[i].idle, &node));
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
    ck_ok(from_type(&instance, &options, 0, 0, &node));
    ck_assert_uint_eq(node.pods_per_node, 8);
    ck_assert_uint_eq(node.joins, 0);

    instance = able_instance_of(1, 1);
    for (uint32_t mode = CNICALC_MODE_SHARED_ENI; mode <= CNICALC_MODE_IP_PREFIX; mode++) {
        options = options_of(mode);
        options.windows = mode == CNICALC_MODE_SHARED_ENI;
        instance.eni_trunk_supported = 0;
        ck_ok(from_type(&instance, &options, 0, 9, &node));
        ck_assert_uint_eq(node.addresses + node.prefixes + node.pods_per_node, 0);
    }
    instance = able_instance_of(8, 30);
    options = options_of(CNICALC_MODE_IP_PREFIX);
    options.ip_stack = CNICALC_IP_STACK_IPV6;
    ck_ok(from_type(&instance, &options, 0, 100, &node));
    ck_assert_uint_eq(node.pods_per_node, 210);
    ck_assert_uint_eq(node.addresses, 1);
    ck_assert_uint_eq(node.prefixes, 0);
    instance.eni_ipv6_address_quantity = 0;
    ck_ok(from_type(&instance, &options, 0, 0, &node));
    ck_assert_uint_eq(node.addresses, 0);

    instance = able_instance_of(UNKNOWN, UNKNOWN);
    instance.leni_quota = 5;
    options = options_of(CNICALC_MODE_EXCLUSIVE_ENI);
    ck_ok(from_type(&instance, &options, 0, 1, &node));
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
    ck_ok(from_type(&instance, &options, 0, 0, &node));
    ck_assert_uint_eq(node.addresses, 210);
    fill_pattern(&node, sizeof node);
    ck_status(from_type(&instance, &options, 0, 1, &node), CNICALC_ERR_LIMITS_UNKNOWN);
    options.kubelet_max_pods = 214;
    ck_status(from_type(&instance, &options, 0, 0, &node), CNICALC_ERR_LIMITS_UNKNOWN);
    ck_untouched(node);
    options.kubelet_max_pods = 203;
    ck_ok(from_type(&instance, &options, 0, 10, &node));
    ck_assert_uint_eq(node.addresses, 210);
    options.kubelet_max_pods = 3; /* all of them on the host network */
    ck_ok(from_type(&instance, &options, 0, UINT64_MAX, &node));
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
    ck_status(from_type(NULL, &options, 0, 0, &node), CNICALC_ERR_NULL);
    ck_status(from_type(&instance, NULL, 0, 0, &node), CNICALC_ERR_NULL);
    ck_status(from_type(&instance, &options, 0, 0, NULL), CNICALC_ERR_NULL);
    ck_status(from_type(&instance, &options, 0, UINT64_MAX, &node), CNICALC_ERR_OVERFLOW);
    options.mode = CNICALC_MODE_COUNT;
    ck_status(from_type(&instance, &options, 0, 0, &node), CNICALC_ERR_NODE_MODE);
    options = options_of(CNICALC_MODE_SHARED_ENI);
    instance = able_instance_of(8, UNKNOWN);
    ck_status(from_type(&instance, &options, 0, 0, &node), CNICALC_ERR_LIMITS_UNKNOWN);
    ck_untouched(node);
}
END_TEST

/* Worked with a pencil from 8 ENIs of 30 addresses, 27 trunk pods and a kubelet set by hand. */
START_TEST(planned_pods_on_a_type)
{
    enum { SHARED = 1, TRUNK = 2, EXCLUSIVE = 3, PREFIX = 4 };
    static const struct {
        uint32_t mode, windows, kubelet_max_pods;
        uint64_t pods, idle, addresses, prefixes;
        cnicalc_status status;
    } rows[] = {
        {SHARED, 0, 0, 60, 0, 60, 0, CNICALC_OK},
        {SHARED, 0, 0, 60, 5, 65, 0, CNICALC_OK},
        {SHARED, 0, 0, 210, 5, 210, 0, CNICALC_OK},
        {SHARED, 0, 0, 1, 0, 1, 0, CNICALC_OK},
        {SHARED, 0, 0, 211, 0, 0, 0, CNICALC_ERR_TERWAY_PODS_PER_NODE},
        {SHARED, 0, 0, UINT64_MAX, UINT64_MAX, 0, 0, CNICALC_ERR_TERWAY_PODS_PER_NODE},
        {SHARED, 0, 0, 60, UINT64_MAX - 59, 0, 0, CNICALC_ERR_OVERFLOW},
        {SHARED, 0, 53, 50, 0, 50, 0, CNICALC_OK},
        {SHARED, 0, 53, 51, 0, 0, 0, CNICALC_ERR_TERWAY_PODS_PER_NODE},
        {SHARED, 0, 3, 1, 0, 0, 0, CNICALC_ERR_TERWAY_PODS_PER_NODE},
        {SHARED, 1, 0, 50, 9, 62, 0, CNICALC_OK},
        /* Of 10 pods that run, 10 may be trunk pods; the other addresses are those of ENIs. */
        {TRUNK, 0, 0, 10, 999, 220, 0, CNICALC_OK},
        {TRUNK, 0, 300, 237, 0, 237, 0, CNICALC_OK},
        {TRUNK, 0, 300, 238, 0, 0, 0, CNICALC_ERR_TERWAY_PODS_PER_NODE},
        {EXCLUSIVE, 0, 0, 3, 2, 3, 0, CNICALC_OK},
        {EXCLUSIVE, 0, 0, 8, 0, 0, 0, CNICALC_ERR_TERWAY_PODS_PER_NODE},
        {PREFIX, 0, 0, 16, 0, 1, 1, CNICALC_OK},
        {PREFIX, 0, 0, 17, 0, 1, 2, CNICALC_OK},
        {PREFIX, 0, 0, 16, 1, 1, 1, CNICALC_OK},
        {PREFIX, 0, 3251, 465, 0, 3, 30, CNICALC_OK},
        {PREFIX, 0, 3251, 3249, 0, 0, 0, CNICALC_ERR_TERWAY_PODS_PER_NODE},
    };
    cnicalc_instance instance = able_instance_of(8, 30);
    instance.eni_total_quantity = 35;
    instance.eni_trunk_supported = 1;
    for (size_t i = 0; i < COUNT(rows); i++) {
        cnicalc_node_options options = options_of(rows[i].mode);
        cnicalc_terway_node node;
        options.windows = rows[i].windows;
        options.kubelet_max_pods = rows[i].kubelet_max_pods;
        fill_pattern(&node, sizeof node);
        cnicalc_status status = from_type(&instance, &options, rows[i].pods, rows[i].idle, &node);
        ck_assert_msg(status == rows[i].status, "row %u: %s", (unsigned)i,
                      cnicalc_status_name(status));
        if (status != CNICALC_OK) {
            ck_untouched(node);
            continue;
        }
        ck_assert_msg(node.pods_per_node == rows[i].pods, "row %u", (unsigned)i);
        ck_assert_msg(node.addresses == rows[i].addresses, "row %u: %u", (unsigned)i,
                      (unsigned)node.addresses);
        ck_assert_msg(node.prefixes == rows[i].prefixes, "row %u", (unsigned)i);
        ck_assert_uint_eq(node.joins, 1);
    }
}
END_TEST

/* N planned pods take what a node takes whose kubelet lets N run. */
START_TEST(planned_pods_are_those_of_kubelet)
{
    uint32_t cases = 0;
    cnicalc_instance instance = able_instance_of(5, 10);
    instance.eni_total_quantity = 12;
    instance.eni_trunk_supported = 1;
    for (uint32_t mode = CNICALC_MODE_SHARED_ENI; mode < CNICALC_MODE_COUNT; mode++) {
        for (uint32_t pods = 1; pods <= 60; pods++) {
            for (uint64_t idle = 0; idle <= 40; idle += 8) {
                cnicalc_node_options options = options_of(mode);
                cnicalc_terway_node planned;
                cnicalc_terway_node limited;
                options.kubelet_max_pods = 63;
                cnicalc_status status = from_type(&instance, &options, pods, idle, &planned);
                options.kubelet_max_pods = pods + 3;
                ck_ok(from_type(&instance, &options, 0, idle, &limited));
                if (status == CNICALC_OK) {
                    ck_assert_mem_eq(&planned, &limited, sizeof planned);
                    cases++;
                } else {
                    ck_status(status, CNICALC_ERR_TERWAY_PODS_PER_NODE);
                    ck_assert_uint_lt(limited.pods_per_node, pods);
                }
            }
        }
    }
    ck_assert_uint_gt(cases, 700);
}
END_TEST

/* How many pods run may be unknown where it is known that those that are planned do. */
START_TEST(planned_pods_where_all_are_unknown)
{
    cnicalc_terway_node node;
    cnicalc_instance instance = able_instance_of(8, 30); /* trunk pods are not published */
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI_TRUNK);
    options.kubelet_max_pods = 300;
    ck_ok(from_type(&instance, &options, 210, 0, &node));
    ck_assert_uint_eq(node.pods_per_node, 210);
    ck_assert_uint_eq(node.addresses, 210);
    fill_pattern(&node, sizeof node);
    ck_status(from_type(&instance, &options, 211, 0, &node), CNICALC_ERR_LIMITS_UNKNOWN);
    ck_status(from_type(&instance, &options, 210, 1, &node), CNICALC_ERR_LIMITS_UNKNOWN);
    /* Without the addresses of an ENI, kubelet's maxPods is unknown. */
    instance.eni_private_ip_address_quantity = CNICALC_UNKNOWN;
    options = options_of(CNICALC_MODE_IP_PREFIX);
    options.ip_stack = CNICALC_IP_STACK_IPV6;
    ck_status(from_type(&instance, &options, 0, 0, &node), CNICALC_ERR_LIMITS_UNKNOWN);
    ck_status(from_type(&instance, &options, 1, 0, &node), CNICALC_ERR_LIMITS_UNKNOWN);
    ck_untouched(node);
    options.kubelet_max_pods = 100;
    ck_ok(from_type(&instance, &options, 97, 0, &node));
    ck_assert_uint_eq(node.addresses, 1);
}
END_TEST

START_TEST(planned_pods)
{
    cnicalc_terway_node node;
    for (uint32_t mode = CNICALC_MODE_SHARED_ENI; mode < CNICALC_MODE_IP_PREFIX; mode++) {
        fill_pattern(&node, sizeof node);
        ck_ok(from_pods(50, mode, 5, &node));
        int has_pool = mode != CNICALC_MODE_EXCLUSIVE_ENI;
        ck_assert_uint_eq(node.reserved[0] | node.reserved[1] | node.reserved[3], 0);
        ck_assert_uint_eq(node.pods_per_node, 50);
        ck_assert_uint_eq(node.addresses, has_pool ? 55 : 50);
        ck_assert_uint_eq(node.prefixes, 0);
        ck_assert_uint_eq(node.enis, has_pool ? 0 : 51);
        ck_assert_uint_eq(node.pod_enis | node.addresses_per_eni | node.trunk_pods, 0);
        ck_assert_uint_eq(node.dual_stack | node.needs_pod_vswitch, 0);
        ck_assert_uint_eq(node.mode, mode);
        ck_assert_uint_eq(node.joins, 1);
    }
    fill_pattern(&node, sizeof node);
    ck_status(from_pods(50, 1, 0, NULL), CNICALC_ERR_NULL);
    ck_status(from_pods(50, 0, 0, &node), CNICALC_ERR_NODE_MODE);
    ck_status(from_pods(50, CNICALC_MODE_COUNT, 0, &node), CNICALC_ERR_NODE_MODE);
    ck_status(from_pods(0, 1, 5, &node), CNICALC_ERR_TERWAY_PODS_PER_NODE);
    ck_status(from_pods(50, 4, 0, &node), CNICALC_ERR_LIMITS_UNKNOWN);
    ck_status(from_pods(2, 1, UINT64_MAX - 1, &node), CNICALC_ERR_OVERFLOW);
    ck_untouched(node);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terway_node");
    add_tests(suite, "known", nodes_of_a_real_type, nodes_of_every_mode, planned_pods,
              planned_pods_on_a_type, NULL);
    add_tests(suite, "properties", planned_pods_are_those_of_kubelet, NULL);
    add_tests(suite, "limits", nodes_out_of_the_ordinary, unknown_trunk_pods,
              planned_pods_where_all_are_unknown, NULL);
    add_tests(suite, "hostile", malformed_types, NULL);
    return run_suite(suite);
}
