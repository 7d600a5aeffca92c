/* SPDX-License-Identifier: MIT */
/* What kubelet keeps of a node's CPU, memory and disk, and what it leaves: published values,
 * running nodes to the KiB, and the corners of the rules. */
#include "node_support.h"

#define UNKNOWN_COUNT CNICALC_UNKNOWN_COUNT

/* Running nodes as `kubectl describe node` shows them, to the KiB. */
START_TEST(published_nodes)
{
    static const struct {
        uint32_t vcpus, minor;
        uint64_t capacity_kib, reserved_mib, millicores, left_kib;
    } nodes[] = {
        {16, 28, 31555380, 2598, 15890, 28587828},
        {16, 0, 31555380, 2598, 15890, 28587828},
        {4, 27, 7925980, 1752, 3900, 5824732},
        {UNKNOWN, 26, 16117896, 2596, UNKNOWN_COUNT, 13152392},
        {192, 26, 2112881480, 48188, 189280, 2063229768},
    };
    for (size_t i = 0; i < COUNT(nodes); i++) {
        cnicalc_instance type = instance_of(8, 30); /* maxPods 213 */
        type.vcpus = nodes[i].vcpus;
        type.memory_mib = 1; /* which the node's capacity overrides */
        cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
        options.kubernetes_minor = nodes[i].minor;
        options.memory_capacity_kib = nodes[i].capacity_kib;
        cnicalc_node_result result = solve_node(&type, &options);
        ck_assert_uint_eq(result.kubelet_max_pods, 213);
        ck_assert_uint_eq(result.allocatable_cpu_millicores, nodes[i].millicores);
        ck_assert_uint_eq(result.kubelet_reserved_memory_mib, nodes[i].reserved_mib);
        ck_assert_uint_eq(result.allocatable_memory_kib, nodes[i].left_kib);
        ck_assert_uint_eq(result.allocatable_memory_mib, nodes[i].left_kib / 1024);
    }
}
END_TEST

/* A type that does not run yet: from its 32 GiB, 16 vCPU and 213 pods. */
START_TEST(published_types)
{
    cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    cnicalc_node_result result = solve_mode(&type, CNICALC_MODE_SHARED_ENI);
    ck_assert_uint_eq(result.kubelet_reserved_cpu_millicores, 110);
    ck_assert_uint_eq(result.allocatable_cpu_millicores, 15890);
    ck_assert_uint_eq(result.kubelet_reserved_memory_mib, 2598);
    ck_assert_uint_eq(result.allocatable_memory_mib, 29870); /* 32768 - 2598 - 300 */
    ck_assert_uint_eq(result.allocatable_memory_kib, 30586880);
    type = instance_named("ecs.g7.4xlarge");
    result = solve_mode(&type, CNICALC_MODE_IP_PREFIX);
    ck_assert_uint_eq(result.allocatable_cpu_millicores, 15890);
}
END_TEST

static cnicalc_node_result solve_cores(uint32_t vcpus, uint32_t minor)
{
    cnicalc_instance type = instance_of(8, 30);
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
    type.vcpus = vcpus;
    options.kubernetes_minor = minor;
    return solve_node(&type, &options);
}

START_TEST(reserved_cpu)
{
    static const uint64_t cores[][2] = {
        /* ACK documentation */
        {2, 70},
        {4, 80},
        {8, 90},
        {16, 110},
        {32, 150},
        {64, 230},
        {104, 330},
        {128, 390},
        {192, 550},
        /* and its steps; an odd number of cores is cut */
        {0, 0},
        {1, 60},
        {3, 75},
        {5, 82},
        {6, 85},
        {7, 87},
        {UNKNOWN - 1, UINT64_C(10737418305)}, /* 80 + (2^32 - 6) * 2.5 */
        {UNKNOWN, UNKNOWN_COUNT},
    };
    static const uint32_t minors[] = {0, 28, 29, 35, UINT32_MAX};
    for (size_t i = 0; i < COUNT(cores); i++) {
        for (size_t j = 0; j < COUNT(minors); j++) {
            cnicalc_node_result result = solve_cores((uint32_t)cores[i][0], minors[j]);
            uint64_t left = cores[i][1] == UNKNOWN_COUNT ? UNKNOWN_COUNT
                            : cores[i][0] == 0           ? 0
                                                         : cores[i][0] * 1000 - cores[i][1];
            ck_assert_uint_eq(result.kubelet_reserved_cpu_millicores, cores[i][1]);
            ck_assert_uint_eq(result.allocatable_cpu_millicores, left);
        }
    }
}
END_TEST

START_TEST(reserved_cpu_before_1_28)
{
    static const uint64_t cores[][2] = {
        /* Derived from running nodes, exact on each */
        {4, 100},
        {8, 200},
        {16, 400},
        {64, 1600},
        {128, 2400},
        {192, 2720},
        /* and the steps of it */
        {5, 125},
        {65, 1612},
        {66, 1625},
        {129, 2405},
        {UNKNOWN - 1, UINT64_C(21474838230)}, /* 2400 + (2^32 - 130) * 5 */
        {0, UNKNOWN_COUNT},
        {3, UNKNOWN_COUNT},
        {UNKNOWN, UNKNOWN_COUNT},
    };
    for (size_t i = 0; i < COUNT(cores); i++) {
        for (uint32_t minor = 1; minor < 28; minor += 13) {
            cnicalc_node_result result = solve_cores((uint32_t)cores[i][0], minor);
            uint64_t left =
                cores[i][1] == UNKNOWN_COUNT ? UNKNOWN_COUNT : cores[i][0] * 1000 - cores[i][1];
            ck_assert_uint_eq(result.kubelet_reserved_cpu_millicores, cores[i][1]);
            ck_assert_uint_eq(result.allocatable_cpu_millicores, left);
        }
    }
}
END_TEST

/* 213 pods reserve 11 * 213 + 255 = 2,598 MiB, or a quarter of a smaller node. */
START_TEST(reserved_memory)
{
    const uint64_t memory[][3] = {
        {32768, 2598, 29870},
        {10396, 2598, 7498},
        {10392, 2598, 7494},
        {10391, 2597, 7494},
        {8192, 2048, 5844},
        {852, 213, 339},
        {400, 100, 0},
        {401, 100, 1},
        {4, 1, 0},
        {3, 0, 0},
        {0, 0, 0},
        {UNKNOWN, UNKNOWN_COUNT, UNKNOWN_COUNT},
    };
    cnicalc_instance type = instance_of(8, 30);
    for (size_t i = 0; i < COUNT(memory); i++) {
        type.memory_mib = (uint32_t)memory[i][0];
        cnicalc_node_result result = solve_mode(&type, CNICALC_MODE_SHARED_ENI);
        ck_assert_uint_eq(result.kubelet_reserved_memory_mib, memory[i][1]);
        ck_assert_uint_eq(result.allocatable_memory_mib, memory[i][2]);
    }
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
    type.memory_mib = 32768;
    options.host_network_pods = 0; /* which does not move maxPods */
    ck_assert_uint_eq(solve_node(&type, &options).kubelet_reserved_memory_mib, 2598);
    options.kubelet_max_pods = 64;
    ck_assert_uint_eq(solve_node(&type, &options).kubelet_reserved_memory_mib, 11 * 64 + 255);
    options.kubelet_max_pods = UINT32_MAX;
    ck_assert_uint_eq(solve_node(&type, &options).kubelet_reserved_memory_mib, 8192);
    type = instance_of(4292975233, 3125062025); /* eleven times their product exceed 64 bits */
    type.memory_mib = UNKNOWN - 1;
    ck_assert_uint_eq(solve_mode(&type, CNICALC_MODE_SHARED_ENI).kubelet_reserved_memory_mib,
                      1073741823);
}
END_TEST

/* Each part is cut, and the sum is cut to an even number. */
START_TEST(reserved_memory_before_1_28)
{
    const uint64_t memory[][2] = {
        {0, 0},         {3, 0},         {4, 0},          {7, 0},           {8, 2},
        {4096, 1024},   {8192, 1842},   {16384, 2662},   {131072, 9542},   {262144, 12164},
        {131121, 9542}, {131122, 9544}, {524288, 17406}, {1048576, 27892}, {UNKNOWN, UNKNOWN_COUNT},
    };
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
    options.kubernetes_minor = 27;
    options.kubelet_max_pods = 1000; /* which is not read */
    for (size_t i = 0; i < COUNT(memory); i++) {
        cnicalc_instance type = instance_of(8, 30);
        type.memory_mib = (uint32_t)memory[i][0];
        ck_assert_uint_eq(solve_node(&type, &options).kubelet_reserved_memory_mib, memory[i][1]);
    }
}
END_TEST

/* The node's own memory counts in whole MiB, and overrides an unknown type's. */
START_TEST(memory_capacity)
{
    cnicalc_instance type = instance_of(8, 30);
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
    options.memory_capacity_kib = 8 * 1024 * 1024 + 1023;
    cnicalc_node_result result = solve_node(&type, &options);
    ck_assert_uint_eq(result.kubelet_reserved_memory_mib, 2048);
    ck_assert_uint_eq(result.allocatable_memory_kib, (8192 - 2048 - 300) * 1024 + 1023);
    ck_assert_uint_eq(result.allocatable_memory_mib, 8192 - 2048 - 300);
    ck_assert_uint_eq(result.allocatable_cpu_millicores, UNKNOWN_COUNT);
    options.memory_capacity_kib = 1;
    result = solve_node(&type, &options);
    ck_assert_uint_eq(result.kubelet_reserved_memory_mib, 0);
    ck_assert_uint_eq(result.allocatable_memory_kib, 0);
    options.memory_capacity_kib = UINT64_MAX;
    result = solve_node(&type, &options);
    ck_assert_uint_eq(result.kubelet_reserved_memory_mib, 2598);
    ck_assert_uint_eq(result.allocatable_memory_kib, UINT64_MAX - UINT64_C(2898) * 1024);
    options.kubelet_max_pods = UINT32_MAX;
    result = solve_node(&type, &options);
    ck_assert_uint_eq(result.kubelet_reserved_memory_mib, UINT64_C(11) * UINT32_MAX + 255);
    options.kubernetes_minor = 1;
    result = solve_node(&type, &options); /* 2 % of 2^54 - 1 MiB, less one of 131,072, and 9,543 */
    ck_assert_uint_eq(result.kubelet_reserved_memory_mib, UINT64_C(360287970196560));
}
END_TEST

/* Without maxPods nothing is known of the memory from Kubernetes 1.28 on, and all before. */
START_TEST(unknown_max_pods)
{
    cnicalc_instance type = instance_of(UNKNOWN, UNKNOWN);
    cnicalc_node_options options = options_of(CNICALC_MODE_EXCLUSIVE_ENI);
    type.leni_quota = 20;
    type.vcpus = 16;
    type.memory_mib = 16384;
    cnicalc_node_result result = solve_node(&type, &options);
    ck_assert_uint_eq(result.kubelet_max_pods, UNKNOWN_COUNT);
    ck_assert_uint_eq(result.kubelet_reserved_memory_mib, UNKNOWN_COUNT);
    ck_assert_uint_eq(result.allocatable_memory_kib, UNKNOWN_COUNT);
    ck_assert_uint_eq(result.allocatable_memory_mib, UNKNOWN_COUNT);
    ck_assert_uint_eq(result.allocatable_cpu_millicores, 15890);
    options.kubernetes_minor = 27;
    result = solve_node(&type, &options);
    ck_assert_uint_eq(result.kubelet_reserved_memory_mib, 2662);
    ck_assert_uint_eq(result.allocatable_memory_mib, 16384 - 2662 - 300);
}
END_TEST

/* ACK documentation: 1.5 vCPU and 2.5 GB of a Windows node, in any version. */
START_TEST(windows_nodes)
{
    static const uint32_t minors[] = {0, 26};
    for (size_t i = 0; i < COUNT(minors); i++) {
        cnicalc_instance type = instance_of(8, 30);
        cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
        options.windows = 1;
        options.kubernetes_minor = minors[i];
        cnicalc_node_result result = solve_node(&type, &options);
        ck_assert_uint_eq(result.kubelet_reserved_cpu_millicores, 1500);
        ck_assert_uint_eq(result.kubelet_reserved_memory_mib, 2560);
        ck_assert_uint_eq(result.allocatable_cpu_millicores, UNKNOWN_COUNT);
        ck_assert_uint_eq(result.allocatable_memory_kib, UNKNOWN_COUNT);
        ck_assert_uint_eq(result.allocatable_memory_mib, UNKNOWN_COUNT);
        type.vcpus = 4;
        type.memory_mib = 8192;
        result = solve_node(&type, &options);
        ck_assert_uint_eq(result.allocatable_cpu_millicores, 2500);
        ck_assert_uint_eq(result.allocatable_memory_mib, 8192 - 2560 - 300);
        type.vcpus = 1;
        type.memory_mib = 2048;
        result = solve_node(&type, &options);
        ck_assert_uint_eq(result.allocatable_cpu_millicores, 0);
        ck_assert_uint_eq(result.allocatable_memory_kib, 0);
    }
}
END_TEST

/* Worked with exact fractions from the float next to a tenth, 13421773 / 2^27. */
START_TEST(storage)
{
    static const uint64_t disks[][2] = {
        {UINT64_C(126692048896), UINT64_C(114022843818)},
        {0, 0},
        {9, 9},
        {10, 9},
        {134217727, 120795955},
        {134217728, 120795955},
        {134217729, 120795956},
        {UINT64_C(42949672960), UINT64_C(38654705600)},
        {UINT64_MAX, UINT64_C(16602069638850805760)},
    };
    for (size_t i = 0; i < COUNT(disks); i++) {
        ck_assert_uint_eq(cnicalc_node_allocatable_storage_bytes(disks[i][0]), disks[i][1]);
    }
    /* As kubelet computes it: below 2^29 the product is exact. */
    const float tenth = 0.1F;
    for (uint64_t disk = 1; disk < UINT64_C(1) << 29; disk = disk * 3 / 2 + 1) {
        uint64_t kept = (uint64_t)((double)disk * (double)tenth);
        ck_assert_uint_eq(cnicalc_node_allocatable_storage_bytes(disk), disk - kept);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("node_allocatable");
    add_tests(suite, "known", published_nodes, published_types, reserved_cpu,
              reserved_cpu_before_1_28, windows_nodes, storage, NULL);
    add_tests(suite, "limits", reserved_memory, reserved_memory_before_1_28, memory_capacity,
              unknown_max_pods, NULL);
    return run_suite(suite);
}
