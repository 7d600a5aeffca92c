/* SPDX-License-Identifier: MIT */
/* The nodes of one type that a workload needs. */
#include "workload.h"

#include "cnicalc/terway.h"
#include "flannel.h"

/* ---- Rows ---- */

static void add_pods_row(cnicalc_workload_result *result, uint32_t limit, uint64_t pods)
{
    cnicalc__add_row(result->limits, &result->limit_count, limit, CNICALC_COUNTS_PODS_PER_NODE, 0,
                     pods);
}

/* The limits on addresses, CNICALC_NO_LIMIT where the node does not have one. */
static void add_address_rows(cnicalc_workload_result *result, const cnicalc__mix *mix,
                             uint64_t daemon_pods, const cnicalc_node_result *node)
{
    static const uint8_t limits[] = {CNICALC_LIMIT_ENI_QUANTITY,      CNICALC_LIMIT_ENI_CAP,
                                     CNICALC_LIMIT_MAX_ENI,           CNICALC_LIMIT_ERDMA,
                                     CNICALC_LIMIT_IPV4_PREFIX_COUNT, CNICALC_LIMIT_IPV6_PREFIX,
                                     CNICALC_LIMIT_NODE_MASK};
    for (size_t i = 0; i < sizeof limits; i++) {
        const cnicalc_limit_row *row =
            cnicalc_limit_find(node->limits, node->limit_count, limits[i]);
        uint64_t available = row == NULL ? CNICALC_NO_LIMIT : row->available;
        cnicalc__room room = cnicalc__room_after(available, daemon_pods);
        add_pods_row(result, limits[i], cnicalc__mix_pods(mix, CNICALC__POD_ADDRESS, room));
    }
}

static void add_node_rows(cnicalc_workload_result *result, const cnicalc__mix *mix,
                          uint64_t daemon_pods, const cnicalc_node_result *node,
                          const cnicalc__room *rooms)
{
    add_pods_row(result, CNICALC_LIMIT_CPU, rooms[CNICALC__CPU].pods);
    add_pods_row(result, CNICALC_LIMIT_MEMORY, rooms[CNICALC__MEMORY].pods);
    add_address_rows(result, mix, daemon_pods, node);
    add_pods_row(result, CNICALC_LIMIT_KUBELET_MAX_PODS, rooms[CNICALC__POD_SLOT].pods);
}

/* What the rows so far need, and those of the cluster. A request that no nodes hold needs one pod
 * of each workload on a node. */
static void add_cluster_rows(cnicalc_workload_result *result,
                             const cnicalc__workload_question *question)
{
    const cnicalc__mix *mix = &question->mix;
    uint64_t pods = result->pods;
    uint64_t per_node = result->nodes == CNICALC_NO_LIMIT
                            ? mix->count
                            : cnicalc__mix_spread(mix, CNICALC__POD_SLOT, result->nodes);
    for (uint32_t i = 0; i < result->limit_count; i++) {
        result->limits[i].needed = per_node;
    }
    (void)cnicalc__workload_pods_overflow(question, result->nodes, &pods); /* did not before */
    cnicalc__add_judged_row(result->limits, &result->limit_count, CNICALC_LIMIT_MIN_PODS_TO_JOIN,
                            result->nodes, result->joins ? CNICALC_NO_LIMIT : 0);
    cnicalc__add_judged_row(result->limits, &result->limit_count, CNICALC_LIMIT_NODE_QUOTA,
                            result->nodes, question->node_quota);
    cnicalc__add_judged_row(result->limits, &result->limit_count, CNICALC_LIMIT_ROUTE_QUOTA,
                            result->nodes, question->route_quota);
    cnicalc__add_judged_row(result->limits, &result->limit_count, CNICALC_LIMIT_POD_QUOTA, pods,
                            question->pod_quota);
}

/* ---- Addresses ---- */

/* Those that pods of one node take from the vSwitches; 0 pods would ask for a full node. */
static cnicalc_status find_vswitch_addresses(const cnicalc_instance *instance,
                                             const cnicalc_node_options *options, uint64_t pods,
                                             uint64_t *out_addresses)
{
    const cnicalc_terway_use use = {pods, 0, 0, 0, {0, 0}};
    cnicalc_status status = CNICALC_OK;
    cnicalc_terway_node node;
    memset(&node, 0, sizeof node);
    if (pods != 0) {
        status = cnicalc_terway_node_from_type(instance, options, &use, &node);
    }
    *out_addresses = node.addresses + node.prefixes * CNICALC__ADDRESSES_PER_PREFIX;
    return status;
}

static cnicalc_status set_addresses(const cnicalc__workload_question *question,
                                    const cnicalc_instance *instance,
                                    cnicalc_workload_result *result)
{
    const cnicalc_workload_options *options = question->options;
    cnicalc_status status = CNICALC_OK;
    uint64_t of_node = 0;
    result->pod_addresses = CNICALC_UNKNOWN_COUNT;
    if (result->nodes == CNICALC_NO_LIMIT) {
        return CNICALC_OK;
    }
    if (options->plugin == CNICALC_PLUGIN_FLANNEL) {
        of_node = cnicalc__flannel_block_addresses(options->node_mask);
    } else {
        uint64_t pods = cnicalc__mix_spread(&question->mix, CNICALC__POD_ADDRESS, result->nodes);
        status =
            find_vswitch_addresses(instance, &options->node, pods + options->daemon_pods, &of_node);
    }
    return cnicalc__mul_overflows(result->nodes, of_node, &result->pod_addresses)
               ? CNICALC_ERR_OVERFLOW
               : status;
}

/* ---- The question ---- */

/* *out_column is what the instance lacks, with CNICALC_ERR_LIMITS_UNKNOWN of what the workload asks
 * for beyond the node question. */
static cnicalc_status solve_type(const cnicalc__workload_question *question,
                                 const cnicalc_instance *instance, cnicalc_workload_result *result,
                                 uint32_t *out_column)
{
    const cnicalc_workload_options *options = question->options;
    cnicalc_node_result node;
    cnicalc__room rooms[CNICALC__RESOURCE_COUNT];
    memset(result, 0, sizeof *result);
    *out_column = CNICALC_UNKNOWN;
    cnicalc_status status = cnicalc__workload_node(instance, options, &node);
    if (status == CNICALC_OK) {
        status = cnicalc__workload_find(question, instance, &node, rooms, result, out_column);
    }
    if (status != CNICALC_OK) {
        return status;
    }
    cnicalc__workload_set_thousandths(&node, result);
    result->pods = question->mix.total[CNICALC__POD_SLOT];
    result->nodes_at_least = cnicalc__mix_nodes_at_least(&question->mix, rooms);
    result->kubelet_max_pods = node.kubelet_max_pods;
    result->allocatable_cpu_millicores = node.allocatable_cpu_millicores;
    result->allocatable_memory_kib = node.allocatable_memory_kib;
    result->pod_cpu_millicores = rooms[CNICALC__CPU].left;
    result->pod_memory_bytes = rooms[CNICALC__MEMORY].left;
    add_node_rows(result, &question->mix, options->daemon_pods, &node, rooms);
    add_cluster_rows(result, question);
    return set_addresses(question, instance, result);
}

cnicalc_status cnicalc_workload_solve(const cnicalc_instance *instance,
                                      const cnicalc_workload *workloads, size_t workload_count,
                                      const cnicalc_workload_options *options,
                                      cnicalc_workload_result *out_result, cnicalc_fault *out_fault)
{
    cnicalc__workload_question question;
    cnicalc_workload_result result;
    uint32_t column;
    if (instance == NULL || options == NULL || out_result == NULL ||
        (workloads == NULL && workload_count != 0)) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status =
        cnicalc__workload_begin(workloads, workload_count, options, &question, out_fault);
    if (status != CNICALC_OK) {
        return status;
    }
    status = solve_type(&question, instance, &result, &column);
    if (status != CNICALC_OK) {
        return cnicalc__whole_fault(status, out_fault);
    }
    *out_result = result;
    return CNICALC_OK;
}

cnicalc_status cnicalc_workload_missing_column(const cnicalc_instance *instance,
                                               const cnicalc_workload *workloads,
                                               size_t workload_count,
                                               const cnicalc_workload_options *options,
                                               uint32_t *out_column)
{
    cnicalc__workload_question question;
    cnicalc_workload_result result;
    uint32_t column;
    if (instance == NULL || options == NULL || out_column == NULL ||
        (workloads == NULL && workload_count != 0)) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status =
        cnicalc__workload_begin(workloads, workload_count, options, &question, NULL);
    if (status != CNICALC_OK) {
        return status;
    }
    status = solve_type(&question, instance, &result, &column);
    if (status == CNICALC_ERR_LIMITS_UNKNOWN) {
        if (column == CNICALC_UNKNOWN) {
            return cnicalc_node_missing_column(instance, &options->node, out_column);
        }
        status = CNICALC_OK;
    }
    if (status == CNICALC_OK) {
        *out_column = column;
    }
    return status;
}
