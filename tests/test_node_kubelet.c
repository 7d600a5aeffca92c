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

/* maxPods is that of shared ENI mode and 3, whatever runs on the host network; what does run there
 * takes from it (ACK documentation, March 2026). */
START_TEST(host_network_pods)
{
    static const struct {
        uint32_t mode, host_pods;
        uint64_t kubelet, schedulable;
        uint32_t bound_by;
    } nodes[] = {
        {CNICALC_MODE_SHARED_ENI, 0, 213, 210, CNICALC_LIMIT_ENI_QUANTITY},
        {CNICALC_MODE_SHARED_ENI, 3, 210, 210, CNICALC_LIMIT_ENI_QUANTITY},
        {CNICALC_MODE_SHARED_ENI, 4, 209, 209, CNICALC_LIMIT_KUBELET_MAX_PODS},
        {CNICALC_MODE_SHARED_ENI, 6, 207, 207, CNICALC_LIMIT_KUBELET_MAX_PODS},
        {CNICALC_MODE_SHARED_ENI, 213, 0, 0, CNICALC_LIMIT_KUBELET_MAX_PODS},
        {CNICALC_MODE_SHARED_ENI, UINT32_MAX, 0, 0, CNICALC_LIMIT_KUBELET_MAX_PODS},
        {CNICALC_MODE_IP_PREFIX, 6, 207, 207, CNICALC_LIMIT_KUBELET_MAX_PODS},
        {CNICALC_MODE_EXCLUSIVE_ENI, 6, 207, 7, CNICALC_LIMIT_ENI_QUANTITY},
        {CNICALC_MODE_EXCLUSIVE_ENI, 207, 6, 6, CNICALC_LIMIT_KUBELET_MAX_PODS},
    };
    cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    for (size_t i = 0; i < COUNT(nodes); i++) {
        cnicalc_node_options options = options_of(nodes[i].mode);
        options.host_network_pods = nodes[i].host_pods;
        cnicalc_node_result result = solve_node(&type, &options);
        ck_assert_uint_eq(result.kubelet_max_pods, 213);
        ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_KUBELET_MAX_PODS), nodes[i].kubelet);
        ck_assert_uint_eq(result.schedulable_pods, nodes[i].schedulable);
        ck_assert_uint_eq(result.schedulable_bound_by, nodes[i].bound_by);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("node_kubelet");
    add_tests(suite, "limits", trunk_pods, kubelet_by_hand, host_network_pods, NULL);
    return run_suite(suite);
}
