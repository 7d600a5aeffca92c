/* SPDX-License-Identifier: MIT */
/* What runs beside the pods of the ENIs, and what kubelet makes of all of them. */
#ifndef CNICALC_LIB_NODE_KUBELET_H
#define CNICALC_LIB_NODE_KUBELET_H

#include "internal.h"
#include "node_rules.h"

/* In trunk mode, the pods with a member ENI: T - E, and Terway's theoretical T - 2. */
CNICALC__INLINE void set_trunk(const cnicalc_instance *instance,
                               const cnicalc_node_options *options, cnicalc_node_result *result)
{
    uint32_t total = instance->eni_total_quantity;
    uint32_t supported = instance->eni_trunk_supported;
    uint64_t applies = ones_if(RULES[options->mode].is_trunk & (supported != 0));
    uint64_t unknown = ones_if((supported == CNICALC_UNKNOWN) | (total == CNICALC_UNKNOWN));
    result->trunk_pods =
        (cnicalc__subtract_or_0(total, instance->eni_quantity) | unknown) & applies;
    result->max_trunk_pods = (cnicalc__subtract_or_0(total, 2) | unknown) & applies;
}

/* kubelet's maxPods: what is set by hand, or the pods of shared ENI mode and the host network's;
 * and what that leaves to the pods with an address. */
CNICALC__INLINE void set_kubelet_pods(const cnicalc_instance *instance,
                                      const cnicalc_node_options *options,
                                      cnicalc_node_result *result)
{
    uint64_t addresses = instance->eni_private_ip_address_quantity;
    uint64_t host = options->host_network_pods;
    uint64_t pods = result->secondary_enis *
                    (options->windows ? cnicalc__subtract_or_0(addresses, 1) : addresses);
    uint64_t max_pods = pods + host;
    if (options->kubelet_max_pods != 0) {
        max_pods = options->kubelet_max_pods;
        pods = cnicalc__subtract_or_0(max_pods, host);
    } else if (addresses == CNICALC_UNKNOWN || is_lingjun(instance)) {
        max_pods = CNICALC_UNKNOWN_COUNT;
        pods = CNICALC_NO_LIMIT;
    }
    result->kubelet_max_pods = max_pods;
    result->limits[CNICALC_NODE_LIMIT_KUBELET] = pods;
}

/* min(11 * maxPods + 255, a quarter of the memory) MiB, Kubernetes 1.28 and later. */
CNICALC__INLINE uint64_t reserved_memory_mib(uint64_t max_pods, uint32_t memory_mib)
{
    if (max_pods == CNICALC_UNKNOWN_COUNT || memory_mib == CNICALC_UNKNOWN) {
        return CNICALC_UNKNOWN_COUNT;
    }
    uint64_t quarter = memory_mib / 4;
    /* A maxPods that reaches the quarter may be too large to be multiplied. */
    return cnicalc__min(11 * cnicalc__min(max_pods, quarter) + 255, quarter);
}

/* How many pods can run at one time. kubelet's limit decides alone when max_pods reaches it; above
 * that, unknown trunk pods leave the answer open. */
CNICALC__INLINE void set_schedulable(const cnicalc_node_options *options,
                                     cnicalc_node_result *result)
{
    uint64_t kubelet = result->limits[CNICALC_NODE_LIMIT_KUBELET];
    int trunk_unknown = result->trunk_pods == CNICALC_UNKNOWN_COUNT;
    int trunk_open = trunk_unknown & (kubelet > result->max_pods);
    /* kubelet never lowers exclusive mode, whose ENIs have an address each. */
    int kubelet_open =
        (result->kubelet_max_pods == CNICALC_UNKNOWN_COUNT) & !RULES[options->mode].is_exclusive;
    uint64_t open = ones_if(trunk_open | kubelet_open);
    uint64_t pods = (result->max_pods + result->trunk_pods) | ones_if(trunk_unknown);
    uint32_t by_kubelet = (uint32_t)ones_if(kubelet < pods);
    uint32_t bound_by =
        (result->bound_by & ~by_kubelet) | (CNICALC_NODE_LIMIT_KUBELET & by_kubelet);
    result->schedulable_pods = cnicalc__min(pods, kubelet) | open;
    result->schedulable_bound_by = bound_by & ~(uint32_t)open; /* CNICALC_NODE_LIMIT_NONE is 0 */
}

/* Everything that follows from kubelet's maxPods. All sums are of 32-bit factors and summands. */
CNICALC__INLINE void set_kubelet(const cnicalc_instance *instance,
                                 const cnicalc_node_options *options, cnicalc_node_result *result)
{
    set_kubelet_pods(instance, options, result);
    result->kubelet_reserved_memory_mib =
        reserved_memory_mib(result->kubelet_max_pods, instance->memory_mib);
    set_schedulable(options, result);
}

#endif
