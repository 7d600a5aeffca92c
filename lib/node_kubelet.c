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
 * many hundredths of each unit in it: of a millicore of a core, of a MiB of a MiB. The sums are
 * cut. */
struct part {
    uint32_t from;
    uint32_t kept_before;
    uint32_t hundredths;
};

/* From Kubernetes 1.28 on: ACK documentation. Before: derived from running nodes. */
static const struct part CORES[] = {{0, 0, 6000}, {1, 60, 1000}, {2, 70, 500}, {4, 80, 250}};
static const struct part OLD_CORES[] = {{0, 0, 2500}, {64, 1600, 1250}, {128, 2400, 500}};
static const struct part OLD_MEMORY[] = {
    {0, 0, 25}, {4096, 1024, 20}, {8192, 1843, 10}, {16384, 2662, 6}, {131072, 9543, 2}};

/* What is kept of an amount that may reach into the last of these parts. */
static uint64_t kept(const struct part *last, uint64_t amount)
{
    while (amount < last->from) {
        last--;
    }
    return last->kept_before + (amount - last->from) * last->hundredths / 100;
}

#define KEPT(parts, amount) kept(&(parts)[sizeof(parts) / sizeof *(parts)-1], amount)

static int is_old(const cnicalc_node_options *options)
{
    return options->kubernetes_minor != 0 && options->kubernetes_minor < FIRST_MINOR_OF_PODS;
}

static uint64_t reserved_millicores(uint32_t vcpus, const cnicalc_node_options *options)
{
    if (options->windows) {
        return WINDOWS_MILLICORES;
    }
    if (is_old(options)) {
        return vcpus < LEAST_OLD_CORES ? CNICALC_UNKNOWN_COUNT : KEPT(OLD_CORES, vcpus);
    }
    return KEPT(CORES, vcpus);
}

/* Of a node with this memory. */
static uint64_t reserved_mib(uint64_t mib, uint64_t max_pods, const cnicalc_node_options *options)
{
    if (options->windows) {
        return WINDOWS_MIB;
    }
    if (is_old(options)) {
        return KEPT(OLD_MEMORY, mib) / 2 * 2;
    }
    if (max_pods == CNICALC_UNKNOWN_COUNT) {
        return CNICALC_UNKNOWN_COUNT;
    }
    /* A maxPods that reaches the quarter may be too large to be multiplied. */
    return cnicalc__min(11 * cnicalc__min(max_pods, mib / 4) + 255, mib / 4);
}

static void set_cpu(uint32_t vcpus, const cnicalc_node_options *options,
                    cnicalc_node_result *result)
{
    if (vcpus == CNICALC_UNKNOWN) {
        result->kubelet_reserved_cpu_millicores =
            options->windows ? WINDOWS_MILLICORES : CNICALC_UNKNOWN_COUNT;
        result->allocatable_cpu_millicores = CNICALC_UNKNOWN_COUNT;
        return;
    }
    uint64_t reserved = reserved_millicores(vcpus, options);
    result->kubelet_reserved_cpu_millicores = reserved;
    result->allocatable_cpu_millicores =
        reserved != CNICALC_UNKNOWN_COUNT ? cnicalc__subtract_or_0(UINT64_C(1000) * vcpus, reserved)
                                          : CNICALC_UNKNOWN_COUNT;
}

static void set_memory(uint32_t memory_mib, const cnicalc_node_options *options,
                       cnicalc_node_result *result)
{
    uint64_t kib = options->memory_capacity_kib;
    int is_known = kib != 0 || memory_mib != CNICALC_UNKNOWN;
    kib = kib != 0 ? kib : (uint64_t)memory_mib * KIB_PER_MIB;
    uint64_t reserved = is_known || options->windows
                            ? reserved_mib(kib / KIB_PER_MIB, result->kubelet_max_pods, options)
                            : CNICALC_UNKNOWN_COUNT;
    result->kubelet_reserved_memory_mib = reserved;
    if (!is_known || reserved == CNICALC_UNKNOWN_COUNT) {
        result->allocatable_memory_kib = CNICALC_UNKNOWN_COUNT;
        result->allocatable_memory_mib = CNICALC_UNKNOWN_COUNT;
        return;
    }
    kib = cnicalc__subtract_or_0(kib, (reserved + EVICTION_MIB) * KIB_PER_MIB);
    result->allocatable_memory_kib = kib;
    result->allocatable_memory_mib = kib / KIB_PER_MIB;
}

void cnicalc__node_set_allocatable(const cnicalc_instance *instance,
                                   const cnicalc_node_options *options, cnicalc_node_result *result)
{
    set_cpu(instance->vcpus, options, result);
    set_memory(instance->memory_mib, options, result);
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
