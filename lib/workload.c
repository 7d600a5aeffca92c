/* SPDX-License-Identifier: MIT */
/* Pods on a node and nodes for all of them: what an answer about one type and about many share. */
#include "workload.h"

#include "quota.h"

/* ---- The question ---- */

cnicalc_status cnicalc_workload_options_init(cnicalc_workload_options *options, size_t struct_size)
{
    cnicalc_status status = cnicalc__ceiled_begin(options, struct_size, sizeof *options,
                                                  offsetof(cnicalc_workload_options, ceilings));
    if (status == CNICALC_OK) {
        options->plugin = CNICALC_PLUGIN_TERWAY;
        status = cnicalc_node_options_init(&options->node, sizeof options->node);
    }
    return status;
}

static cnicalc_status check_workload_options(const cnicalc_workload_options *options)
{
    cnicalc_status status = cnicalc__options_check(options, sizeof *options, options->reserved,
                                                   sizeof options->reserved);
    if (status != CNICALC_OK) {
        return status;
    }
    if (!cnicalc__is_plugin(options->plugin)) {
        return CNICALC_ERR_PLUGIN;
    }
    if (options->headroom_percent > 100) {
        return CNICALC_ERR_WORKLOAD_HEADROOM;
    }
    if (options->plugin == CNICALC_PLUGIN_FLANNEL &&
        (options->node_mask < CNICALC__NODE_MASK_MIN ||
         options->node_mask > CNICALC__NODE_MASK_MAX)) {
        return CNICALC_ERR_FLANNEL_NODE_MASK;
    }
    return cnicalc__ceilings_check(&options->ceilings);
}

cnicalc_status cnicalc__workload_begin(const cnicalc_workload *workloads, size_t count,
                                       const cnicalc_workload_options *options,
                                       cnicalc__workload_question *out_question,
                                       cnicalc_fault *out_fault)
{
    cnicalc_status status = check_workload_options(options);
    if (status != CNICALC_OK) {
        return cnicalc__whole_fault(status, out_fault);
    }
    const cnicalc_ceilings *ceilings = &options->ceilings;
    out_question->options = options;
    out_question->node_quota =
        cnicalc__ceiling(ceilings, options->plugin, CNICALC_LIMIT_NODE_QUOTA);
    out_question->route_quota =
        cnicalc__ceiling(ceilings, options->plugin, CNICALC_LIMIT_ROUTE_QUOTA);
    out_question->pod_quota = cnicalc__ceiling(ceilings, options->plugin, CNICALC_LIMIT_POD_QUOTA);
    return cnicalc__mix_begin(workloads, count, &out_question->mix, out_fault);
}

/* ---- One node ---- */

/* What is not published is not requested either. */
CNICALC__INLINE cnicalc__room room_after_headroom(uint64_t allocatable, uint64_t daemons,
                                                  uint32_t headroom_percent)
{
    if (allocatable == CNICALC_UNKNOWN_COUNT) {
        return cnicalc__room_after(CNICALC_NO_LIMIT, 0);
    }
    if (headroom_percent != 0) {
        uint64_t percent = 100 - headroom_percent;
        allocatable = allocatable / 100 * percent + allocatable % 100 * percent / 100;
    }
    return cnicalc__room_after(allocatable, daemons);
}

CNICALC__INLINE uint64_t pods_by_kubelet(const cnicalc_node_result *node,
                                         const cnicalc_node_options *options)
{
    return cnicalc__remaining(node->kubelet_max_pods, options->host_network_pods);
}

CNICALC__INLINE cnicalc_status find_rooms(const cnicalc__workload_question *question,
                                          const cnicalc_node_result *node, cnicalc__room *rooms)
{
    const cnicalc_workload_options *options = question->options;
    uint64_t bytes = CNICALC_UNKNOWN_COUNT;
    if (node->allocatable_memory_kib != CNICALC_UNKNOWN_COUNT &&
        cnicalc__mul_overflows(node->allocatable_memory_kib, CNICALC__BYTES_PER_KIB, &bytes)) {
        return CNICALC_ERR_OVERFLOW;
    }
    rooms[CNICALC__CPU] =
        room_after_headroom(node->allocatable_cpu_millicores, options->daemon_cpu_millicores,
                            options->headroom_percent);
    rooms[CNICALC__MEMORY] =
        room_after_headroom(bytes, options->daemon_memory_bytes, options->headroom_percent);
    rooms[CNICALC__POD_ADDRESS] = cnicalc__room_after(node->max_pods, options->daemon_pods);
    rooms[CNICALC__POD_SLOT] =
        cnicalc__room_after(pods_by_kubelet(node, &options->node), options->daemon_pods);
    return CNICALC_OK;
}

CNICALC__INLINE void bind_pods(const cnicalc__mix *mix, enum cnicalc__resource resource,
                               cnicalc__room *rooms, uint32_t limit,
                               cnicalc_workload_result *result)
{
    uint64_t pods = cnicalc__mix_pods(mix, resource, rooms[resource]);
    rooms[resource].pods = pods;
    if (pods < result->pods_per_node) {
        result->pods_per_node = pods;
        result->bound_by = limit;
    }
}

CNICALC__INLINE void find_pods_per_node(const cnicalc__mix *mix, const cnicalc_node_result *node,
                                        cnicalc__room *rooms, cnicalc_workload_result *result)
{
    result->pods_per_node = CNICALC_NO_LIMIT;
    result->bound_by = CNICALC_LIMIT_NONE;
    bind_pods(mix, CNICALC__CPU, rooms, CNICALC_LIMIT_CPU, result);
    bind_pods(mix, CNICALC__MEMORY, rooms, CNICALC_LIMIT_MEMORY, result);
    bind_pods(mix, CNICALC__POD_ADDRESS, rooms, node->bound_by, result);
    bind_pods(mix, CNICALC__POD_SLOT, rooms, CNICALC_LIMIT_KUBELET_MAX_PODS, result);
}

/* ---- All nodes ---- */

int cnicalc__workload_pods_overflow(const cnicalc__workload_question *question, uint64_t nodes,
                                    uint64_t *out_pods)
{
    /* Both factors are below 2^32. */
    uint64_t daemons = nodes == CNICALC_NO_LIMIT ? 0 : nodes * question->options->daemon_pods;
    return cnicalc__add_overflows(question->mix.total[CNICALC__POD_SLOT], daemons, out_pods);
}

/* The first limit that is exceeded. */
CNICALC__INLINE uint32_t shortage(const cnicalc__workload_question *question, uint64_t pods,
                                  const cnicalc_workload_result *result)
{
    if (result->nodes == CNICALC_NO_LIMIT) {
        return result->bound_by;
    }
    if (!result->joins) {
        return CNICALC_LIMIT_MIN_PODS_TO_JOIN;
    }
    if (result->nodes > question->node_quota) {
        return CNICALC_LIMIT_NODE_QUOTA;
    }
    if (result->nodes > question->route_quota) {
        return CNICALC_LIMIT_ROUTE_QUOTA;
    }
    return pods > question->pod_quota ? CNICALC_LIMIT_POD_QUOTA : CNICALC_LIMIT_NONE;
}

/* What of a resource is idle on all nodes: pods and DaemonSets fit, so they request no more than
 * there is. unit: how many of what they request are one of allocatable. */
CNICALC__INLINE cnicalc_status find_idle(uint64_t nodes, uint64_t allocatable, uint64_t daemons,
                                         uint64_t pods, uint64_t unit, uint64_t *out_idle)
{
    uint64_t all;
    *out_idle = CNICALC_UNKNOWN_COUNT;
    if (nodes == CNICALC_NO_LIMIT || allocatable == CNICALC_UNKNOWN_COUNT) {
        return CNICALC_OK;
    }
    if (cnicalc__mul_overflows(nodes, allocatable, &all)) {
        return CNICALC_ERR_OVERFLOW;
    }
    uint64_t parts = nodes * (daemons % unit) + pods % unit;
    uint64_t idle = all - nodes * (daemons / unit) - pods / unit - cnicalc__divide_up(parts, unit);
    if (idle > UINT64_MAX / 1000) {
        return CNICALC_ERR_OVERFLOW; /* its thousandths would */
    }
    *out_idle = idle;
    return CNICALC_OK;
}

/* What is idle in thousandths of what is allocatable on all nodes. */
CNICALC__INLINE uint32_t thousandths_of(uint64_t idle, uint64_t nodes, uint64_t allocatable)
{
    if (idle == CNICALC_UNKNOWN_COUNT) {
        return CNICALC_UNKNOWN;
    }
    return nodes * allocatable == 0 ? 0 : (uint32_t)(idle * 1000 / (nodes * allocatable));
}

/* The members of an answer that cnicalc__workload_find() sets. */
CNICALC__INLINE cnicalc_status find_answer(const cnicalc__workload_question *question,
                                           const cnicalc_node_result *node, cnicalc__room *rooms,
                                           cnicalc_workload_result *result)
{
    const cnicalc__mix *mix = &question->mix;
    const cnicalc_workload_options *options = question->options;
    uint64_t pods;
    find_pods_per_node(mix, node, rooms, result);
    result->joins = node->joins;
    result->nodes = cnicalc__mix_nodes(mix, result->pods_per_node);
    if (cnicalc__workload_pods_overflow(question, result->nodes, &pods)) {
        return CNICALC_ERR_OVERFLOW;
    }
    result->short_of = shortage(question, pods, result);
    result->fits = result->short_of == CNICALC_LIMIT_NONE;
    cnicalc_status status =
        find_idle(result->nodes, node->allocatable_cpu_millicores, options->daemon_cpu_millicores,
                  mix->total[CNICALC__CPU], 1, &result->idle_cpu_millicores);
    return status != CNICALC_OK
               ? status
               : find_idle(result->nodes, node->allocatable_memory_kib,
                           options->daemon_memory_bytes, mix->total[CNICALC__MEMORY],
                           CNICALC__BYTES_PER_KIB, &result->idle_memory_kib);
}

cnicalc_status cnicalc__workload_find(const cnicalc__workload_question *question,
                                      const cnicalc_instance *instance,
                                      const cnicalc_node_result *node, cnicalc__room *rooms,
                                      cnicalc_workload_result *result, uint32_t *out_column)
{
    cnicalc_status status = cnicalc__workload_check_known(instance, &question->mix,
                                                          question->options, node, out_column);
    if (status == CNICALC_OK) {
        status = find_rooms(question, node, rooms);
    }
    return status == CNICALC_OK ? find_answer(question, node, rooms, result) : status;
}

void cnicalc__workload_set_thousandths(const cnicalc_node_result *node,
                                       cnicalc_workload_result *result)
{
    result->idle_cpu_thousandths = thousandths_of(result->idle_cpu_millicores, result->nodes,
                                                  node->allocatable_cpu_millicores);
    result->idle_memory_thousandths =
        thousandths_of(result->idle_memory_kib, result->nodes, node->allocatable_memory_kib);
}
