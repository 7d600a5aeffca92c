/* SPDX-License-Identifier: MIT */
/* Trunk pods, kubelet's maxPods and what runs at one time. */
#include "node_support.h"

START_TEST(trunk_pods)
{
    static const struct {
        uint32_t total, supported;
        uint64_t pods, most;
    } nodes[] = {{20, 1, 12, 18},
                 {20, 0, 0, 0},
                 {UNKNOWN, 0, 0, 0},
                 {8, 1, 0, 6},
                 {7, 1, 0, 5},
                 {1, 1, 0, 0},
                 {0, 1, 0, 0},
                 {UNKNOWN, 1, CNICALC_UNKNOWN_COUNT, CNICALC_UNKNOWN_COUNT},
                 {20, UNKNOWN, CNICALC_UNKNOWN_COUNT, CNICALC_UNKNOWN_COUNT}};
    for (size_t i = 0; i < COUNT(nodes); i++) {
        cnicalc_instance type = instance_of(8, 30);
        type.eni_total_quantity = nodes[i].total;
        type.eni_trunk_supported = nodes[i].supported;
        cnicalc_node_result result = solve_mode(&type, CNICALC_MODE_SHARED_ENI_TRUNK);
        ck_assert_uint_eq(result.trunk_pods, nodes[i].pods);
        ck_assert_uint_eq(result.max_trunk_pods, nodes[i].most);
        ck_assert_uint_eq(result.max_pods, 210);
        ck_assert_uint_eq(result.kubelet_max_pods, 213);
        ck_assert_uint_eq(result.schedulable_pods, 210);
        ck_assert_uint_eq(result.schedulable_bound_by, nodes[i].pods == 0
                                                           ? CNICALC_LIMIT_ENI_QUANTITY
                                                           : CNICALC_LIMIT_KUBELET_MAX_PODS);
        result = solve_mode(&type, CNICALC_MODE_SHARED_ENI);
        ck_assert_uint_eq(result.trunk_pods, 0);
        ck_assert_uint_eq(result.max_trunk_pods, 0);
    }
}
END_TEST

/* kubelet's maxPods by hand decides what runs at one time, unless trunk pods are unknown. */
START_TEST(kubelet_by_hand)
{
    static const struct {
        uint32_t total, max_pods, host_pods;
        uint64_t kubelet, schedulable;
        uint32_t bound_by;
    } nodes[] = {
        {20, 110, 3, 107, 107, CNICALC_LIMIT_KUBELET_MAX_PODS},
        {20, 2, 5, 0, 0, CNICALC_LIMIT_KUBELET_MAX_PODS},
        {20, 224, 3, 221, 221, CNICALC_LIMIT_KUBELET_MAX_PODS},
        {20, 225, 3, 222, 222, CNICALC_LIMIT_ENI_QUANTITY}, /* 210 + 12 */
        {20, UINT32_MAX, 0, UINT32_MAX, 222, CNICALC_LIMIT_ENI_QUANTITY},
        {UNKNOWN, 213, 3, 210, 210, CNICALC_LIMIT_KUBELET_MAX_PODS},
        {UNKNOWN, 214, 3, 211, CNICALC_UNKNOWN_COUNT, CNICALC_LIMIT_NONE},
    };
    for (size_t i = 0; i < COUNT(nodes); i++) {
        cnicalc_instance type = instance_of(8, 30);
        type.eni_total_quantity = nodes[i].total;
        type.eni_trunk_supported = 1;
        cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI_TRUNK);
        options.kubelet_max_pods = nodes[i].max_pods;
        options.host_network_pods = nodes[i].host_pods;
        cnicalc_node_result result = solve_node(&type, &options);
        ck_assert_uint_eq(result.max_pods, 210);
        ck_assert_uint_eq(result.kubelet_max_pods, nodes[i].max_pods);
        ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_KUBELET_MAX_PODS), nodes[i].kubelet);
        ck_assert_uint_eq(result.schedulable_pods, nodes[i].schedulable);
        ck_assert_uint_eq(result.schedulable_bound_by, nodes[i].bound_by);
    }
}
END_TEST

/* 213 pods reserve 11 * 213 + 255 = 2,598 MiB, or a quarter of a smaller node. */
START_TEST(reserved_memory)
{
    const uint64_t memory[][2] = {{32768, 2598}, {10396, 2598},
                                  {10392, 2598}, {10391, 2597},
                                  {8192, 2048},  {852, 213},
                                  {4, 1},        {3, 0},
                                  {0, 0},        {UNKNOWN, CNICALC_UNKNOWN_COUNT}};
    cnicalc_instance type = instance_of(8, 30);
    for (size_t i = 0; i < COUNT(memory); i++) {
        type.memory_mib = (uint32_t)memory[i][0];
        ck_assert_uint_eq(solve_mode(&type, CNICALC_MODE_SHARED_ENI).kubelet_reserved_memory_mib,
                          memory[i][1]);
    }
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
    type.memory_mib = 32768;
    options.host_network_pods = 0;
    ck_assert_uint_eq(solve_node(&type, &options).kubelet_reserved_memory_mib, 11 * 210 + 255);
    options.kubelet_max_pods = 64;
    ck_assert_uint_eq(solve_node(&type, &options).kubelet_reserved_memory_mib, 11 * 64 + 255);
    options.kubelet_max_pods = UINT32_MAX;
    ck_assert_uint_eq(solve_node(&type, &options).kubelet_reserved_memory_mib, 8192);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("node_kubelet");
    add_tests(suite, "limits", trunk_pods, kubelet_by_hand, reserved_memory, NULL);
    return run_suite(suite);
}
