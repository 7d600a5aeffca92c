/* SPDX-License-Identifier: MIT */
/* What kubelet keeps of a node for the system, and what it leaves to pods. */
#include "node.h"

#define FIRST_MINOR_OF_PODS 28  /* from Kubernetes 1.28 on, maxPods decides on the memory kept */
#define LEAST_OLD_CORES     4   /* no node of fewer was seen before that */
#define EVICTION_MIB        300 /* kubelet evicts pods when no more memory is free */
#define WINDOWS_MILLICORES  1500
#define WINDOWS_MIB         2560 /* "2.5 GB" */
#define KIB_PER_MIB         1024

/* A part of the cores or of the memory: where it begins, what is kept of all before it, and how
 * many parts of each unit in it: of a millicore of a core, of a MiB of a MiB. The sums are cut. */
struct part {
    uint32_t from;
    uint32_t kept_before;
    uint32_t parts;
};

/* From Kubernetes 1.28 on: ACK documentation. Before: derived from running nodes. */
#define PARTS_OF_CORES  2
#define PARTS_OF_MEMORY 100
static const struct part CORES[] = {{0, 0, 120}, {1, 60, 20}, {2, 70, 10}, {4, 80, 5}};
static const struct part OLD_CORES[] = {{0, 0, 50}, {64, 1600, 25}, {128, 2400, 10}};
static const struct part OLD_MEMORY[] = {
    {0, 0, 25}, {4096, 1024, 20}, {8192, 1843, 10}, {16384, 2662, 6}, {131072, 9543, 2}};

/* What is kept of an amount that may reach into the last of these parts. */
CNICALC__INLINE uint64_t kept(const struct part *last, uint64_t amount, uint64_t parts)
{
    while (amount < last->from) {
        last--;
    }
    return last->kept_before + (amount - last->from) * last->parts / parts;
}

#define KEPT(list, amount, parts) kept(&(list)[sizeof(list) / sizeof *(list)-1], amount, parts)

CNICALC__INLINE void set_cpu(uint32_t vcpus, uint64_t reserved, cnicalc_node_result *result)
{
    result->kubelet_reserved_cpu_millicores = reserved;
    result->allocatable_cpu_millicores =
        vcpus != CNICALC_UNKNOWN && reserved != CNICALC_UNKNOWN_COUNT
            ? cnicalc__subtract_or_0(UINT64_C(1000) * vcpus, reserved)
            : CNICALC_UNKNOWN_COUNT;
}

CNICALC__INLINE void set_memory(int is_known, uint64_t kib, uint64_t reserved,
                                cnicalc_node_result *result)
{
    result->kubelet_reserved_memory_mib = reserved;
    result->allocatable_memory_kib = CNICALC_UNKNOWN_COUNT;
    result->allocatable_memory_mib = CNICALC_UNKNOWN_COUNT;
    if (is_known && reserved != CNICALC_UNKNOWN_COUNT) {
        kib = cnicalc__subtract_or_0(kib, (reserved + EVICTION_MIB) * KIB_PER_MIB);
        result->allocatable_memory_kib = kib;
        result->allocatable_memory_mib = kib / KIB_PER_MIB;
    }
}

/* On Windows, and before Kubernetes 1.28. */
CNICALC__COLD static void set_other(uint32_t vcpus, int is_known, uint64_t kib,
                                    const cnicalc_node_options *options,
                                    cnicalc_node_result *result)
{
    uint64_t millicores = WINDOWS_MILLICORES;
    uint64_t mib = WINDOWS_MIB;
    if (!options->windows) {
        millicores = vcpus == CNICALC_UNKNOWN || vcpus < LEAST_OLD_CORES
                         ? CNICALC_UNKNOWN_COUNT
                         : KEPT(OLD_CORES, vcpus, PARTS_OF_CORES);
        mib = is_known ? KEPT(OLD_MEMORY, kib / KIB_PER_MIB, PARTS_OF_MEMORY) / 2 * 2
                       : CNICALC_UNKNOWN_COUNT;
    }
    set_cpu(vcpus, millicores, result);
    set_memory(is_known, kib, mib, result);
}

void cnicalc__node_set_allocatable(const cnicalc_instance *instance,
                                   const cnicalc_node_options *options, cnicalc_node_result *result)
{
    uint32_t vcpus = instance->vcpus;
    uint64_t kib = options->memory_capacity_kib;
    int is_known = kib != 0 || instance->memory_mib != CNICALC_UNKNOWN;
    if (kib == 0) {
        kib = (uint64_t)instance->memory_mib * KIB_PER_MIB;
    }
    if (options->windows || options->kubernetes_minor - 1 < FIRST_MINOR_OF_PODS - 1) { /* 0: new */
        set_other(vcpus, is_known, kib, options, result);
        return;
    }
    if (vcpus != CNICALC_UNKNOWN) {
        set_cpu(vcpus, KEPT(CORES, vcpus, PARTS_OF_CORES), result);
    } else {
        set_cpu(vcpus, CNICALC_UNKNOWN_COUNT, result);
    }
    uint64_t pods = result->kubelet_max_pods;
    if (is_known && pods != CNICALC_UNKNOWN_COUNT) {
        /* A maxPods that reaches the quarter may be too large to be multiplied. */
        uint64_t quarter = kib / KIB_PER_MIB / 4;
        set_memory(1, kib, cnicalc__min(11 * cnicalc__min(pods, quarter) + 255, quarter), result);
    } else {
        set_memory(is_known, kib, CNICALC_UNKNOWN_COUNT, result);
    }
}

/* ---- Disk ---- */

/* A tenth as a 32-bit float is 13421773 / 2^27. */
uint64_t cnicalc_node_allocatable_storage_bytes(uint64_t capacity_bytes)
{
    const uint64_t tenth = 13421773;
    const uint64_t whole = UINT64_C(1) << 27;
    uint64_t kept_bytes = capacity_bytes / whole * tenth + capacity_bytes % whole * tenth / whole;
    return capacity_bytes - kept_bytes;
}
