/* SPDX-License-Identifier: MIT */
/* Workloads together: how many of their pods a node holds, and how many nodes they take. */
#include "workload.h"

#define PODS_MAX UINT32_MAX /* of one workload: a share of another's fits in 64 bits */

static uint64_t taken_by(const cnicalc_workload *pod, enum cnicalc__resource resource)
{
    if (resource == CNICALC__CPU) {
        return pod->cpu_millicores;
    }
    if (resource == CNICALC__MEMORY) {
        return pod->memory_bytes;
    }
    return resource == CNICALC__POD_SLOT || !pod->host_network;
}

/* ---- The question ---- */

static cnicalc_status check_workload(const cnicalc_workload *workload)
{
    if (cnicalc__any_set(workload->reserved, sizeof workload->reserved)) {
        return CNICALC_ERR_RESERVED;
    }
    if (workload->host_network > 1) {
        return CNICALC_ERR_FLAG;
    }
    return workload->pods == 0 || workload->pods > PODS_MAX ? CNICALC_ERR_WORKLOAD_PODS
                                                            : CNICALC_OK;
}

static cnicalc_status add_workload(cnicalc__mix *mix, const cnicalc_workload *workload)
{
    for (uint32_t i = 0; i < CNICALC__RESOURCE_COUNT; i++) {
        uint64_t taken = taken_by(workload, (enum cnicalc__resource)i);
        if (cnicalc__mul_overflows(workload->pods, taken, &taken) ||
            cnicalc__add_overflows(mix->total[i], taken, &mix->total[i])) {
            return CNICALC_ERR_OVERFLOW;
        }
    }
    return CNICALC_OK;
}

cnicalc_status cnicalc__mix_begin(const cnicalc_workload *workloads, size_t count,
                                  cnicalc__mix *out_mix, cnicalc_fault *out_fault)
{
    const cnicalc__mix none = {workloads, count, {0}, {0}};
    *out_mix = none;
    if (count == 0) {
        return cnicalc__whole_fault(CNICALC_ERR_WORKLOAD_PODS, out_fault);
    }
    for (uint32_t i = 0; i < CNICALC__RESOURCE_COUNT; i++) {
        out_mix->first[i] = taken_by(workloads, (enum cnicalc__resource)i);
    }
    for (size_t i = 0; i < count; i++) {
        cnicalc_status status = check_workload(&workloads[i]);
        if (status == CNICALC_OK) {
            status = add_workload(out_mix, &workloads[i]);
        }
        if (status != CNICALC_OK) {
            return cnicalc__fault(status, CNICALC_ARRAY_WORKLOADS, i, CNICALC_UNKNOWN, out_fault);
        }
    }
    return CNICALC_OK;
}

/* ---- Pods on a node ----
 *
 * A node is filled in steps: the step at which one workload has count pods holds as large a part of
 * each other one, rounded up. */

/* ceil(count * pods / of_pods), where the last two do not exceed PODS_MAX. */
static int part_overflows(uint64_t count, uint64_t pods, uint64_t of_pods, uint64_t *out_part)
{
    uint64_t whole;
    return cnicalc__mul_overflows(count / of_pods, pods, &whole) ||
           cnicalc__add_overflows(whole, cnicalc__divide_up(count % of_pods * pods, of_pods),
                                  out_part);
}

/* What a step takes of a resource, or more than 64 bits. */
static int step_overflows(const cnicalc__mix *mix, enum cnicalc__resource resource, uint64_t count,
                          uint64_t of_pods, uint64_t *out_taken)
{
    *out_taken = 0;
    for (size_t i = 0; i < mix->count; i++) {
        const cnicalc_workload *workload = &mix->workloads[i];
        uint64_t each = taken_by(workload, resource);
        uint64_t part;
        if (each != 0 && (part_overflows(count, workload->pods, of_pods, &part) ||
                          cnicalc__mul_overflows(part, each, &part) ||
                          cnicalc__add_overflows(*out_taken, part, out_taken))) {
            return 1;
        }
    }
    return 0;
}

/* The most pods of a workload at a step that fits. */
static uint64_t last_step(const cnicalc__mix *mix, enum cnicalc__resource resource, uint64_t left,
                          const cnicalc_workload *workload)
{
    uint64_t low = 0;
    uint64_t high = left / taken_by(workload, resource);
    while (low < high) {
        uint64_t middle = high - (high - low) / 2;
        uint64_t taken;
        if (step_overflows(mix, resource, middle, workload->pods, &taken) || taken > left) {
            high = middle - 1;
        } else {
            low = middle;
        }
    }
    return low;
}

/* The last step that fits is that of the workload which comes farthest. */
uint64_t cnicalc__mixed_pods(const cnicalc__mix *mix, enum cnicalc__resource resource,
                             uint64_t left)
{
    uint64_t most = 0;
    for (size_t i = 0; i < mix->count; i++) {
        const cnicalc_workload *workload = &mix->workloads[i];
        uint64_t pods = 0;
        if (taken_by(workload, resource) != 0 &&
            step_overflows(mix, CNICALC__POD_SLOT, last_step(mix, resource, left, workload),
                           workload->pods, &pods)) {
            return CNICALC_NO_LIMIT;
        }
        most = pods > most ? pods : most;
    }
    return most;
}

/* ---- Nodes ---- */

uint64_t cnicalc__mix_spread(const cnicalc__mix *mix, enum cnicalc__resource resource,
                             uint64_t nodes)
{
    uint64_t pods = 0;
    for (size_t i = 0; i < mix->count; i++) {
        if (taken_by(&mix->workloads[i], resource) != 0) {
            pods += cnicalc__divide_up(mix->workloads[i].pods, nodes);
        }
    }
    return pods;
}

/* Rounding up adds less than a pod of each workload to a node: with that many pods fewer on each,
 * the nodes are enough. */
uint64_t cnicalc__mixed_nodes(const cnicalc__mix *mix, uint64_t pods_per_node)
{
    uint64_t pods = mix->total[CNICALC__POD_SLOT];
    if (pods_per_node < mix->count) {
        return CNICALC_NO_LIMIT;
    }
    uint64_t low = cnicalc__divide_up(pods, pods_per_node);
    uint64_t high = cnicalc__divide_up(pods, pods_per_node - mix->count + 1);
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (cnicalc__mix_spread(mix, CNICALC__POD_SLOT, middle) <= pods_per_node) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

/* Of one workload without the others. */
static uint64_t nodes_alone(const cnicalc_workload *workload, const cnicalc__room *rooms)
{
    uint64_t pods = CNICALC_NO_LIMIT;
    for (uint32_t i = 0; i < CNICALC__RESOURCE_COUNT; i++) {
        uint64_t each = taken_by(workload, (enum cnicalc__resource)i);
        if (rooms[i].is_too_low) {
            pods = 0;
        } else if (each != 0 && rooms[i].left != CNICALC_NO_LIMIT) {
            pods = cnicalc__min(pods, rooms[i].left / each);
        }
    }
    return pods == 0 ? CNICALC_NO_LIMIT : cnicalc__divide_up(workload->pods, pods);
}

uint64_t cnicalc__mix_nodes_at_least(const cnicalc__mix *mix, const cnicalc__room *rooms)
{
    uint64_t most = 1;
    for (uint32_t i = 0; i < CNICALC__RESOURCE_COUNT; i++) {
        uint64_t nodes = cnicalc__divide_up(mix->total[i], rooms[i].left);
        most = nodes > most ? nodes : most;
    }
    for (size_t i = 0; i < mix->count; i++) {
        uint64_t nodes = nodes_alone(&mix->workloads[i], rooms);
        most = nodes > most ? nodes : most;
    }
    return most;
}
