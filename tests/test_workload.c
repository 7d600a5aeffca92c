/* SPDX-License-Identifier: MIT */
/* Nodes for one workload: the arithmetic by hand, one rule after the other. */
#include "workload_support.h"

/* ACK documentation, March 2026: of 16 vCPUs kubelet keeps 110 millicores; of 32 GiB, with maxPods
 * 213, 11 * 213 + 255 = 2,598 MiB and 300 MiB that stay free. */
START_TEST(memory_binds)
{
    cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    cnicalc_workload_options options = workload_options();
    cnicalc_workload pods = pods_of(3000, 500, GIB);
    cnicalc_workload_result result = solve_pods(&type, &pods, &options);
    ck_assert_uint_eq(result.kubelet_max_pods, 213);
    ck_assert_uint_eq(result.allocatable_cpu_millicores, 15890);
    ck_assert_uint_eq(result.pod_cpu_millicores, 15890);
    ck_assert_uint_eq(result.allocatable_memory_kib, 29870 * 1024); /* 32768 - 2598 - 300 */
    ck_assert_uint_eq(result.pod_memory_bytes, 29870 * MIB);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_CPU), 31);    /* 15890 / 500 = 31.8 */
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_MEMORY), 29); /* 29870 / 1024 = 29.2 */
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_ENI_QUANTITY), 210);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_KUBELET_MAX_PODS), 210);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_NODE_MASK), NO_LIMIT);
    ck_assert_uint_eq(result.pods_per_node, 29);
    ck_assert_uint_eq(result.bound_by, CNICALC_LIMIT_MEMORY);
    ck_assert_uint_eq(result.nodes, 104); /* 3000 / 29 = 103.4 */
    ck_assert_uint_eq(result.fits, 1);
    ck_assert_uint_eq(result.joins, 1);
    /* 104 * 29870 - 3000 * 1024 = 34480 MiB of 3106480, and 152560 of 1652560 millicores. */
    ck_assert_uint_eq(result.idle_memory_kib, 34480 * 1024);
    ck_assert_uint_eq(result.idle_memory_thousandths, 11);
    ck_assert_uint_eq(result.idle_cpu_millicores, 152560);
    ck_assert_uint_eq(result.idle_cpu_thousandths, 92);
    ck_assert_uint_eq(result.pod_addresses, 3016); /* 104 * 29 */
    ck_assert_uint_eq(NEEDED(result, CNICALC_LIMIT_CPU), 29);
    ck_assert_uint_eq(NEEDED(result, CNICALC_LIMIT_NODE_QUOTA), 104);
    ck_assert_uint_eq(NEEDED(result, CNICALC_LIMIT_POD_QUOTA), 3000);
}
END_TEST

/* 2 vCPUs: 2000 - 70 millicores; 4 GiB: 4096 - min(11 * 15 + 255, 1024) - 300 MiB. */
START_TEST(enis_bind)
{
    cnicalc_instance type = instance_named("ecs.c7.large");
    cnicalc_workload_options options = workload_options();
    cnicalc_workload pods = pods_of(3000, 10, 32 * MIB);
    cnicalc_workload_result result = solve_pods(&type, &pods, &options);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_CPU), 193);    /* 1930 / 10 */
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_MEMORY), 105); /* 3376 / 32 = 105.5 */
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_ENI_QUANTITY), 12);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_KUBELET_MAX_PODS), 12);
    ck_assert_uint_eq(result.bound_by, CNICALC_LIMIT_ENI_QUANTITY); /* the first of equals */
    ck_assert_uint_eq(result.nodes, 250);
}
END_TEST

/* One after the other, each with just enough of the others. */
START_TEST(every_limit_binds)
{
    cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    cnicalc_workload pods = pods_of(1000, 0, 0);
    cnicalc_workload_options options = workload_options();
    type.eni_ipv6_address_quantity = 30;
    type.eri_quantity = 2;
    ck_assert_uint_eq(solve_pods(&type, &pods, &options).bound_by, CNICALC_LIMIT_ENI_QUANTITY);
    options.node.eni_cap_shift = -1;
    cnicalc_workload_result result = solve_pods(&type, &pods, &options);
    ck_assert_uint_eq(result.bound_by, CNICALC_LIMIT_ENI_CAP);
    ck_assert_uint_eq(result.pods_per_node, 180);
    options.node.max_eni = 5;
    ck_assert_uint_eq(solve_pods(&type, &pods, &options).bound_by, CNICALC_LIMIT_MAX_ENI);
    options.node.erdma = 1;
    ck_assert_uint_eq(solve_pods(&type, &pods, &options).bound_by, CNICALC_LIMIT_ERDMA);
    options = workload_options();
    options.node.mode = CNICALC_MODE_IP_PREFIX;
    ck_assert_uint_eq(solve_pods(&type, &pods, &options).bound_by, CNICALC_LIMIT_KUBELET_MAX_PODS);
    options.node.ipv4_prefix_count = 5;
    result = solve_pods(&type, &pods, &options);
    ck_assert_uint_eq(result.bound_by, CNICALC_LIMIT_IPV4_PREFIX_COUNT);
    ck_assert_uint_eq(result.pods_per_node, 80);
    options.node.ip_stack = CNICALC_IP_STACK_IPV6;
    options.node.kubelet_max_pods = 100000;
    pods.pods = 100000;
    result = solve_pods(&type, &pods, &options);
    ck_assert_uint_eq(result.bound_by, CNICALC_LIMIT_IPV6_PREFIX);
    ck_assert_uint_eq(result.nodes, 2);
    options = flannel_options(26);
    options.node.host_network_pods = 0;
    ck_assert_uint_eq(solve_pods(&type, &pods, &options).bound_by, CNICALC_LIMIT_NODE_MASK);
    pods.cpu_millicores = 1000;
    ck_assert_uint_eq(solve_pods(&type, &pods, &options).bound_by, CNICALC_LIMIT_CPU);
}
END_TEST

/* maxPods of a Flannel node is the size of its block: 256 - 3 pods with an address, 256 less the
 * host network's. Memory: 32768 - (11 * 256 + 255) - 300 MiB. */
START_TEST(flannel_nodes)
{
    cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    cnicalc_workload_options options = flannel_options(24);
    cnicalc_workload pods = pods_of(2000, 50, 128 * MIB);
    cnicalc_workload_result result = solve_pods(&type, &pods, &options);
    ck_assert_uint_eq(result.kubelet_max_pods, 256);
    ck_assert_uint_eq(result.allocatable_memory_kib, (32768 - 3071 - 300) * UINT64_C(1024));
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_MEMORY), 229); /* 29397 / 128 = 229.7 */
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_NODE_MASK), 253);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_KUBELET_MAX_PODS), 253);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_ENI_QUANTITY), NO_LIMIT);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_ROUTE_QUOTA), 200);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_NODE_QUOTA), 200);
    ck_assert_uint_eq(result.nodes, 9);
    ck_assert_uint_eq(result.pod_addresses, 9 * 256);
    ck_assert_uint_eq(result.joins, 1);
    for (uint32_t mask = 24; mask <= 28; mask++) {
        options = flannel_options(mask);
        options.node.mode = CNICALC_MODE_EXCLUSIVE_ENI; /* of Terway alone */
        pods = pods_of(2000, 0, 0);
        result = solve_pods(&type, &pods, &options);
        ck_assert_uint_eq(result.pods_per_node, (UINT64_C(1) << (32 - mask)) - 3);
        options.node.host_network_pods = 6;
        result = solve_pods(&type, &pods, &options);
        ck_assert_uint_eq(result.pods_per_node, (UINT64_C(1) << (32 - mask)) - 6);
        ck_assert_uint_eq(result.bound_by, CNICALC_LIMIT_KUBELET_MAX_PODS);
        options.node.kubelet_max_pods = 15;
        result = solve_pods(&type, &pods, &options);
        ck_assert_uint_eq(result.kubelet_max_pods, 15);
        ck_assert_uint_eq(result.pods_per_node, 9);
    }
    type = instance_of(CNICALC_UNKNOWN, CNICALC_UNKNOWN); /* whose ENIs do not matter */
    options = flannel_options(26);
    ck_assert_uint_eq(solve_pods(&type, &pods, &options).pods_per_node, 61);
}
END_TEST

START_TEST(daemon_sets_and_headroom)
{
    cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    cnicalc_workload_options options = workload_options();
    cnicalc_workload pods = pods_of(3000, 500, GIB);
    options.daemon_cpu_millicores = 500;
    options.daemon_memory_bytes = 512 * MIB;
    options.daemon_pods = 4;
    options.node.host_network_pods = 5;
    cnicalc_workload_result result = solve_pods(&type, &pods, &options);
    ck_assert_uint_eq(result.pod_cpu_millicores, 15390);
    ck_assert_uint_eq(result.pod_memory_bytes, (29870 - 512) * MIB);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_CPU), 30);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_MEMORY), 28);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_ENI_QUANTITY), 206);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_KUBELET_MAX_PODS), 204); /* 213 - 5 - 4 */
    ck_assert_uint_eq(result.nodes, 108);
    ck_assert_uint_eq(result.pod_addresses, 108 * 32); /* 28 and the DaemonSets' 4 */
    ck_assert_uint_eq(NEEDED(result, CNICALC_LIMIT_POD_QUOTA), 3000 + 108 * 4);
    /* What DaemonSets request is not idle. */
    ck_assert_uint_eq(result.idle_cpu_millicores, 108 * (15890 - 500) - 3000 * 500);
    ck_assert_uint_eq(result.idle_memory_kib, (108 * (29870 - 512) - 3000 * 1024) * 1024);
    options.headroom_percent = 15;
    result = solve_pods(&type, &pods, &options);
    ck_assert_uint_eq(result.pod_cpu_millicores, 13506 - 500); /* 15890 * 0.85 = 13506.5 */
    ck_assert_uint_eq(result.pod_memory_bytes, 29870 * MIB * 85 / 100 - 512 * MIB);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_ENI_QUANTITY), 206);
    options.headroom_percent = 100;
    result = solve_pods(&type, &pods, &options);
    ck_assert_uint_eq(result.nodes, NO_LIMIT);
    ck_assert_uint_eq(result.short_of, CNICALC_LIMIT_CPU);
}
END_TEST

/* A node that does not hold its DaemonSets holds no pod, even one that requests nothing. */
START_TEST(daemon_sets_do_not_fit)
{
    cnicalc_instance type = instance_named("ecs.c7.large"); /* 1930m, 3376 MiB, 12 pods */
    cnicalc_workload pods = pods_of(10, 0, 0);
    for (int enough = 0; enough < 2; enough++) {
        cnicalc_workload_options options = workload_options();
        options.daemon_cpu_millicores = enough ? 1930 : 1931;
        cnicalc_workload_result result = solve_pods(&type, &pods, &options);
        ck_assert_uint_eq(result.short_of, enough ? CNICALC_LIMIT_NONE : CNICALC_LIMIT_CPU);
        options = workload_options();
        options.daemon_memory_bytes = 3376 * MIB + !enough;
        result = solve_pods(&type, &pods, &options);
        ck_assert_uint_eq(result.short_of, enough ? CNICALC_LIMIT_NONE : CNICALC_LIMIT_MEMORY);
        options = workload_options();
        options.daemon_pods = enough ? 11 : 12;
        result = solve_pods(&type, &pods, &options);
        ck_assert_uint_eq(result.short_of,
                          enough ? CNICALC_LIMIT_NONE : CNICALC_LIMIT_ENI_QUANTITY);
    }
}
END_TEST

/* They take a place of kubelet and no address. */
START_TEST(pods_on_the_host_network)
{
    cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    cnicalc_workload_options options = workload_options();
    cnicalc_workload pods = pods_of(70, 100, 0);
    options.node.mode = CNICALC_MODE_EXCLUSIVE_ENI;
    pods.host_network = 1;
    cnicalc_workload_result result = solve_pods(&type, &pods, &options);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_ENI_QUANTITY), NO_LIMIT);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_KUBELET_MAX_PODS), 210);
    ck_assert_uint_eq(result.pods_per_node, 158);
    ck_assert_uint_eq(result.pod_addresses, 0);
    pods.host_network = 0;
    result = solve_pods(&type, &pods, &options);
    ck_assert_uint_eq(result.pods_per_node, 7);
    ck_assert_uint_eq(result.pod_addresses, 70);
    pods.host_network = 1;
    options.daemon_pods = 8; /* which the 7 ENIs do not hold */
    ck_assert_uint_eq(solve_pods(&type, &pods, &options).bound_by, CNICALC_LIMIT_ENI_QUANTITY);
    options = flannel_options(28);
    result = solve_pods(&type, &pods, &options);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_NODE_MASK), NO_LIMIT);
    ck_assert_uint_eq(result.pods_per_node, 13);
    ck_assert_uint_eq(result.pod_addresses, 6 * 16);
}
END_TEST

START_TEST(addresses_of_modes)
{
    cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    cnicalc_workload_options options = workload_options();
    cnicalc_workload pods = pods_of(290, 500, GIB); /* 10 nodes of 29 */
    static const uint64_t expected[CNICALC_MODE_COUNT] = {
        [CNICALC_MODE_SHARED_ENI] = 290,
        [CNICALC_MODE_SHARED_ENI_TRUNK] = 290,
        [CNICALC_MODE_EXCLUSIVE_ENI] = 42 * 7, /* 290 / 7 = 41.4 */
        [CNICALC_MODE_IP_PREFIX] = 10 * (2 * 16 + 1),
    };
    for (uint32_t mode = CNICALC_MODE_SHARED_ENI; mode < CNICALC_MODE_COUNT; mode++) {
        options.node.mode = mode;
        cnicalc_workload_result result = solve_pods(&type, &pods, &options);
        ck_assert_uint_eq(result.pod_addresses, expected[mode]);
    }
}
END_TEST

START_TEST(quotas)
{
    cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    cnicalc_workload_options options = workload_options();
    cnicalc_workload pods = pods_of(3000, 500, GIB);
    options.ceilings.edition = CNICALC_EDITION_BASIC; /* 10 nodes, 300 pods */
    cnicalc_workload_result result = solve_pods(&type, &pods, &options);
    ck_assert_uint_eq(result.short_of, CNICALC_LIMIT_NODE_QUOTA);
    ck_assert_uint_eq(result.nodes, 104);
    ck_assert_uint_eq(result.bound_by, CNICALC_LIMIT_MEMORY);
    options.ceilings.node_quota = 104;
    result = solve_pods(&type, &pods, &options);
    ck_assert_uint_eq(result.short_of, CNICALC_LIMIT_POD_QUOTA);
    options.ceilings.pod_quota = 3000;
    ck_assert_uint_eq(solve_pods(&type, &pods, &options).fits, 1);
    options.ceilings.pod_quota = 2999;
    ck_assert_uint_eq(solve_pods(&type, &pods, &options).fits, 0);
    options = flannel_options(26);
    options.ceilings.routes_used = 101;
    options.ceilings.node_quota = 100;
    result = solve_pods(&type, &pods, &options);
    ck_assert_uint_eq(result.nodes, 100); /* (32768 - 11 * 64 - 255 - 300) / 1024 = 30.8 */
    ck_assert_uint_eq(result.short_of, CNICALC_LIMIT_ROUTE_QUOTA); /* 200 - 101 */
    options.ceilings.routes_used = 100;
    ck_assert_uint_eq(solve_pods(&type, &pods, &options).fits, 1);
    /* Not published: no quota of pods on ACK Edge. */
    options.ceilings.edition = CNICALC_EDITION_EDGE_PRO;
    result = solve_pods(&type, &pods, &options);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_POD_QUOTA), NO_LIMIT);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_ROUTE_QUOTA), NO_LIMIT);
}
END_TEST

/* Too few pods to join is said, and the nodes are counted all the same. */
START_TEST(nodes_that_do_not_join)
{
    cnicalc_instance type = instance_named("ecs.c7.large");
    cnicalc_workload_options options = workload_options();
    cnicalc_workload pods = pods_of(100, 10, MIB);
    options.node.mode = CNICALC_MODE_EXCLUSIVE_ENI;
    cnicalc_workload_result result = solve_pods(&type, &pods, &options);
    ck_assert_uint_eq(result.joins, 0);
    ck_assert_uint_eq(result.nodes, 50);
    ck_assert_uint_eq(result.short_of, CNICALC_LIMIT_MIN_PODS_TO_JOIN);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_MIN_PODS_TO_JOIN), 0);
    ck_assert_uint_eq(NEEDED(result, CNICALC_LIMIT_MIN_PODS_TO_JOIN), 50);
    options.node.min_pods_to_join = 2;
    ck_assert_uint_eq(solve_pods(&type, &pods, &options).fits, 1);
}
END_TEST

/* Exactly enough for one pod, and one unit less. */
START_TEST(one_pod_fits_or_not)
{
    cnicalc_instance type = instance_named("ecs.c7.large");
    cnicalc_workload_options options = workload_options();
    for (uint64_t extra = 0; extra < 2; extra++) {
        cnicalc_workload pods = pods_of(7, 1930 + extra, 0);
        cnicalc_workload_result result = solve_pods(&type, &pods, &options);
        ck_assert_uint_eq(result.pods_per_node, 1 - extra);
        ck_assert_uint_eq(result.nodes, extra ? NO_LIMIT : 7);
        ck_assert_uint_eq(result.short_of, extra ? CNICALC_LIMIT_CPU : CNICALC_LIMIT_NONE);
        ck_assert_uint_eq(NEEDED(result, CNICALC_LIMIT_CPU), 1);
        ck_assert_uint_eq(NEEDED(result, CNICALC_LIMIT_NODE_QUOTA), result.nodes);
        ck_assert_uint_eq(result.pod_addresses, extra ? CNICALC_UNKNOWN_COUNT : 7);
        ck_assert_uint_eq(result.idle_cpu_thousandths, extra ? CNICALC_UNKNOWN : 0);
        ck_assert_uint_eq(result.idle_cpu_millicores, extra ? CNICALC_UNKNOWN_COUNT : 0);
        ck_assert_uint_eq(result.idle_memory_thousandths, extra ? CNICALC_UNKNOWN : 1000);
        pods = pods_of(7, 0, 3376 * MIB + extra);
        result = solve_pods(&type, &pods, &options);
        ck_assert_uint_eq(result.short_of, extra ? CNICALC_LIMIT_MEMORY : CNICALC_LIMIT_NONE);
        ck_assert_uint_eq(result.idle_memory_kib, extra ? CNICALC_UNKNOWN_COUNT : 0);
    }
}
END_TEST

/* Of nothing, nothing is idle. */
START_TEST(no_memory_at_all)
{
    cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    cnicalc_workload_options options = workload_options();
    cnicalc_workload pods = pods_of(10, 1, 0);
    options.node.memory_capacity_kib = 1;
    cnicalc_workload_result result = solve_pods(&type, &pods, &options);
    ck_assert_uint_eq(result.nodes, 1);
    ck_assert_uint_eq(result.idle_memory_kib, 0);
    ck_assert_uint_eq(result.idle_memory_thousandths, 0);
}
END_TEST

/* The version and a running node's memory change what is allocatable. */
START_TEST(versions_and_running_nodes)
{
    cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    cnicalc_workload_options options = workload_options();
    cnicalc_workload pods = pods_of(1, 1, 1);
    options.node.memory_capacity_kib = 31555380;
    ck_assert_uint_eq(solve_pods(&type, &pods, &options).allocatable_memory_kib, 28587828);
    options = workload_options();
    options.node.kubernetes_minor = 27;
    cnicalc_workload_result result = solve_pods(&type, &pods, &options);
    ck_assert_uint_eq(result.allocatable_cpu_millicores, 15600);
    /* 1024 + 819 + 819 + 983 = 3645, cut to an even number */
    ck_assert_uint_eq(result.allocatable_memory_kib, (32768 - 3644 - 300) * UINT64_C(1024));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("workload");
    add_tests(suite, "by hand", memory_binds, enis_bind, every_limit_binds, flannel_nodes,
              daemon_sets_and_headroom, daemon_sets_do_not_fit, pods_on_the_host_network,
              addresses_of_modes, quotas, nodes_that_do_not_join, one_pod_fits_or_not,
              no_memory_at_all, versions_and_running_nodes, NULL);
    return run_suite(suite);
}
