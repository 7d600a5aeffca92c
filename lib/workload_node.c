/* SPDX-License-Identifier: MIT */
/* What one node has for the pods of a workload. */
#include "flannel.h"
#include "internal_instance.h"
#include "node.h"
#include "workload.h"

/* A Flannel node as the answer of a node question: its block in place of ENIs. */
static cnicalc_status solve_flannel(const cnicalc_instance *instance,
                                    const cnicalc_workload_options *options,
                                    cnicalc_node_result *node)
{
    const cnicalc_node_options *own = &options->node;
    cnicalc_status status =
        cnicalc__options_check(own, sizeof *own, own->reserved, sizeof own->reserved);
    if (status != CNICALC_OK || own->windows > 1) {
        return status != CNICALC_OK ? status : CNICALC_ERR_FLAG;
    }
    uint64_t addresses = cnicalc__flannel_block_addresses(options->node_mask);
    memset(node, 0, sizeof *node);
    node->max_pods = addresses - CNICALC__ADDRESSES_NO_POD_GETS;
    node->bound_by = CNICALC_LIMIT_NODE_MASK;
    node->joins = 1;
    node->kubelet_max_pods = own->kubelet_max_pods != 0 ? own->kubelet_max_pods : addresses;
    cnicalc__node_set_allocatable(instance, own, node);
    cnicalc__add_row(node->limits, &node->limit_count, CNICALC_LIMIT_NODE_MASK, CNICALC_COUNTS_PODS,
                     0, node->max_pods);
    cnicalc__add_row(node->limits, &node->limit_count, CNICALC_LIMIT_KUBELET_MAX_PODS,
                     CNICALC_COUNTS_SCHEDULABLE_PODS, 0,
                     cnicalc__subtract_or_0(node->kubelet_max_pods, own->host_network_pods));
    return CNICALC_OK;
}

cnicalc_status cnicalc__workload_node(const cnicalc_instance *instance,
                                      const cnicalc_workload_options *options,
                                      cnicalc_node_result *node)
{
    return options->plugin == CNICALC_PLUGIN_FLANNEL
               ? solve_flannel(instance, options, node)
               : cnicalc_node_solve(instance, &options->node, node);
}

cnicalc_status cnicalc__workload_check_known(const cnicalc_instance *instance,
                                             const cnicalc__mix *mix,
                                             const cnicalc_workload_options *options,
                                             const cnicalc_node_result *node, uint32_t *out_column)
{
    int lacks_cpu = node->allocatable_cpu_millicores == CNICALC_UNKNOWN_COUNT &&
                    (mix->total[CNICALC__CPU] | options->daemon_cpu_millicores) != 0;
    int lacks_memory = node->allocatable_memory_kib == CNICALC_UNKNOWN_COUNT &&
                       (mix->total[CNICALC__MEMORY] | options->daemon_memory_bytes) != 0;
    int lacks_max_pods =
        node->kubelet_max_pods == CNICALC_UNKNOWN_COUNT && !cnicalc__node_is_lingjun(instance);
    *out_column = CNICALC_UNKNOWN;
    if (lacks_cpu && instance->vcpus == CNICALC_UNKNOWN) {
        *out_column = CNICALC__COLUMN_OF(vcpus);
    } else if (lacks_memory && instance->memory_mib == CNICALC_UNKNOWN &&
               options->node.memory_capacity_kib == 0) {
        *out_column = CNICALC__COLUMN_OF(memory_mib);
    } else if (lacks_max_pods &&
               (lacks_memory || node->schedulable_pods == CNICALC_UNKNOWN_COUNT)) {
        *out_column = CNICALC__COLUMN_OF(eni_private_ip_address_quantity);
    }
    if (*out_column != CNICALC_UNKNOWN) {
        return CNICALC_ERR_LIMITS_UNKNOWN;
    }
    return lacks_cpu || lacks_memory ? CNICALC_ERR_WORKLOAD_ALLOCATABLE : CNICALC_OK;
}
