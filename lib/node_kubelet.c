/* SPDX-License-Identifier: MIT */
/* What kubelet lets run on a node, what it keeps for the system, and what it leaves to pods. */
#include "node.h"

#define EXTRA_PODS          3   /* ACK documentation, March 2026: (8-1)*30 + 3 = 213 */
#define FIRST_MINOR_OF_PODS 28  /* from Kubernetes 1.28 on, maxPods decides on the memory kept */
#define LEAST_OLD_CORES     4   /* no node of fewer was seen before that */
#define EVICTION_MIB        300 /* kubelet evicts pods when no more memory is free */
#define WINDOWS_MILLICORES  1500
#define WINDOWS_MIB         2560 /* "2.5 GB" */
#define KIB_PER_MIB         1024

/* ---- Pods ---- */

/* maxPods: what is set by hand, or the pods of shared ENI mode and a constant, all of
 * 32-bit factors. Returns what the pods of the host network leave to those with an address. */
static uint64_t set_kubelet_max_pods(const cnicalc__node *node, cnicalc_node_result *result)
{
    const cnicalc_node_options *options = node->options;
    uint64_t addresses = node->instance->eni_private_ip_address_quantity;
    result->kubelet_max_pods = options->kubelet_max_pods;
    if (options->kubelet_max_pods == 0) {
        if (addresses == CNICALC_UNKNOWN || (node->mode.traits & CNICALC__LINGJUN) != 0) {
            result->kubelet_max_pods = CNICALC_UNKNOWN_COUNT;
            return CNICALC_NO_LIMIT;
        }
        result->kubelet_max_pods =
            node->pod_enis * cnicalc__subtract_or_0(addresses, options->windows) + EXTRA_PODS;
    }
    return cnicalc__subtract_or_0(result->kubelet_max_pods, options->host_network_pods);
}

/* How many pods can run at one time. kubelet's limit decides alone when max_pods reaches it; above
 * that, unknown trunk pods leave the answer open. It never lowers a mode of whole ENIs. */
static void set_schedulable(uint64_t by_kubelet, uint32_t traits, cnicalc_node_result *result)
{
    uint64_t pods = result->max_pods + result->trunk_pods;
    int trunk_unknown = result->trunk_pods == CNICALC_UNKNOWN_COUNT;
    int kubelet_unknown =
        result->kubelet_max_pods == CNICALC_UNKNOWN_COUNT && (traits & CNICALC__WHOLE_ENIS) == 0;
    if (kubelet_unknown || (trunk_unknown && by_kubelet > result->max_pods)) {
        result->schedulable_pods = CNICALC_UNKNOWN_COUNT;
        result->schedulable_bound_by = CNICALC_LIMIT_NONE;
    } else if (trunk_unknown || by_kubelet < pods) {
        result->schedulable_pods = by_kubelet;
        result->schedulable_bound_by = CNICALC_LIMIT_KUBELET_MAX_PODS;
    } else {
        result->schedulable_pods = pods;
        result->schedulable_bound_by = result->bound_by;
    }
}

/* ---- CPU and memory ---- */

/* A part of the cores or of the memory. Of each unit in it kubelet keeps this many hundredths: of a
 * millicore of a core, of a MiB of a MiB. */
struct part {
    uint64_t size;
    uint64_t hundredths;
};

#define THE_REST UINT64_MAX

/* From Kubernetes 1.28 on: ACK documentation. Before: derived from running nodes. */
static const struct part CORES[] = {{1, 6000}, {1, 1000}, {2, 500}, {THE_REST, 250}};
static const struct part OLD_CORES[] = {{64, 2500}, {64, 1250}, {THE_REST, 500}};
static const struct part OLD_MEMORY[] = {
    {4096, 25}, {4096, 20}, {8192, 10}, {114688, 6}, {THE_REST, 2}};

/* What is kept of each part, cut and summed. */
static uint64_t kept(const struct part *part, uint64_t amount)
{
    uint64_t sum = 0;
    for (; amount != 0; part++) {
        uint64_t size = cnicalc__min(amount, part->size);
        sum += size * part->hundredths / 100;
        amount -= size;
    }
    return sum;
}

static int is_old(const cnicalc_node_options *options)
{
    return options->kubernetes_minor != 0 && options->kubernetes_minor < FIRST_MINOR_OF_PODS;
}

static uint64_t reserved_millicores(uint32_t vcpus, const cnicalc_node_options *options)
{
    if (options->windows) {
        return WINDOWS_MILLICORES;
    }
    if (vcpus == CNICALC_UNKNOWN || (is_old(options) && vcpus < LEAST_OLD_CORES)) {
        return CNICALC_UNKNOWN_COUNT;
    }
    return kept(is_old(options) ? OLD_CORES : CORES, vcpus);
}

/* Of a node with this memory. */
static uint64_t reserved_mib(uint64_t mib, uint64_t max_pods, const cnicalc_node_options *options)
{
    if (options->windows) {
        return WINDOWS_MIB;
    }
    if (is_old(options)) {
        return kept(OLD_MEMORY, mib) / 2 * 2;
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
    uint64_t reserved = reserved_millicores(vcpus, options);
    int is_known = vcpus != CNICALC_UNKNOWN && reserved != CNICALC_UNKNOWN_COUNT;
    result->kubelet_reserved_cpu_millicores = reserved;
    result->allocatable_cpu_millicores =
        is_known ? cnicalc__subtract_or_0(UINT64_C(1000) * vcpus, reserved) : CNICALC_UNKNOWN_COUNT;
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

void cnicalc__node_set_kubelet(const cnicalc__node *node, cnicalc_node_result *result)
{
    uint64_t kubelet = set_kubelet_max_pods(node, result);
    cnicalc__node_add_row(result, CNICALC_LIMIT_KUBELET_MAX_PODS, CNICALC_COUNTS_SCHEDULABLE_PODS,
                          kubelet);
    set_schedulable(kubelet, node->mode.traits, result);
    cnicalc__node_set_allocatable(node->instance, node->options, result);
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
