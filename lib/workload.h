/* SPDX-License-Identifier: MIT */
/* A workload question in numbers: workload_node.c finds what a node has, workload_mix.c fills it
 * with pods, workload.c counts nodes, workload_answer.c and workload_batch.c answer about one
 * type and about many. The statuses are those of cnicalc_workload_solve(). */
#ifndef CNICALC_LIB_WORKLOAD_H
#define CNICALC_LIB_WORKLOAD_H

#include "cnicalc/workload.h"
#include "internal.h"

#define CNICALC__BYTES_PER_KIB 1024

/* ---- What pods take ---- */

enum cnicalc__resource {
    CNICALC__CPU,         /* millicores */
    CNICALC__MEMORY,      /* bytes */
    CNICALC__POD_ADDRESS, /* one that is not the node's own */
    CNICALC__POD_SLOT     /* one of kubelet's maxPods */
};

#define CNICALC__RESOURCE_COUNT 4

/* Checked workloads, and what all their pods take. */
typedef struct cnicalc__mix {
    const cnicalc_workload *workloads;
    size_t count;
    uint64_t total[CNICALC__RESOURCE_COUNT]; /* of CNICALC__POD_SLOT: pods */
    uint64_t first[CNICALC__RESOURCE_COUNT]; /* what one pod of the first workload takes */
} cnicalc__mix;

cnicalc_status cnicalc__mix_begin(const cnicalc_workload *workloads, size_t count,
                                  cnicalc__mix *out_mix, cnicalc_fault *out_fault);

/* ---- What a node has ---- */

/* Of a resource, for pods: what DaemonSets leave of it. */
typedef struct cnicalc__room {
    uint64_t left;       /* CNICALC_NO_LIMIT: it does not limit */
    uint64_t pods;       /* of the mix that it holds, once that is found */
    uint32_t is_too_low; /* 1: not even the DaemonSets fit, and left is 0 */
} cnicalc__room;

static inline cnicalc__room cnicalc__room_after(uint64_t available, uint64_t daemons)
{
    cnicalc__room room = {cnicalc__remaining(available, daemons), 0, available < daemons};
    return room;
}

/* A Terway node as cnicalc_node_solve() has it, or a Flannel node with its block in place of ENIs.
 */
cnicalc_status cnicalc__workload_node(const cnicalc_instance *instance,
                                      const cnicalc_workload_options *options,
                                      cnicalc_node_result *node);

/* Whether all is known that pods and DaemonSets ask for. With CNICALC_ERR_LIMITS_UNKNOWN,
 * *out_column is what the instance lacks. */
cnicalc_status cnicalc__workload_check_known(const cnicalc_instance *instance,
                                             const cnicalc__mix *mix,
                                             const cnicalc_workload_options *options,
                                             const cnicalc_node_result *node, uint32_t *out_column);

/* ---- Pods on a node ---- */

/* The same as cnicalc__mix_pods() for several workloads and a resource that they take. */
uint64_t cnicalc__mixed_pods(const cnicalc__mix *mix, enum cnicalc__resource resource,
                             uint64_t left);

/* The pods of a mix that one resource of a node holds, in proportion; 0 if not one of each, and
 * CNICALC_NO_LIMIT where they take none of it or are more than 64 bits count. */
CNICALC__INLINE uint64_t cnicalc__mix_pods(const cnicalc__mix *mix, enum cnicalc__resource resource,
                                           cnicalc__room room)
{
    if (room.is_too_low) {
        return 0;
    }
    if (room.left == CNICALC_NO_LIMIT || mix->total[resource] == 0) {
        return CNICALC_NO_LIMIT;
    }
    if (mix->count > 1) {
        return cnicalc__mixed_pods(mix, resource, room.left);
    }
    return mix->first[resource] == 1 ? room.left : room.left / mix->first[resource];
}

/* ---- Nodes for all pods ---- */

/* What one of equal nodes runs of a mix: ceil(pods / nodes) of each workload that takes the
 * resource. */
uint64_t cnicalc__mix_spread(const cnicalc__mix *mix, enum cnicalc__resource resource,
                             uint64_t nodes);

/* The same as cnicalc__mix_nodes() for several workloads. */
uint64_t cnicalc__mixed_nodes(const cnicalc__mix *mix, uint64_t pods_per_node);

/* The fewest equal nodes that hold the mix, each of which has room for pods_per_node of it in
 * proportion; CNICALC_NO_LIMIT where that is 0. */
CNICALC__INLINE uint64_t cnicalc__mix_nodes(const cnicalc__mix *mix, uint64_t pods_per_node)
{
    if (mix->count > 1) {
        return cnicalc__mixed_nodes(mix, pods_per_node);
    }
    return pods_per_node == 0 ? CNICALC_NO_LIMIT
                              : cnicalc__divide_up(mix->total[CNICALC__POD_SLOT], pods_per_node);
}

/* The nodes that no arrangement passes, or CNICALC_NO_LIMIT. rooms are by resource. */
uint64_t cnicalc__mix_nodes_at_least(const cnicalc__mix *mix, const cnicalc__room *rooms);

/* ---- The question ---- */

typedef struct cnicalc__workload_question {
    cnicalc__mix mix;
    const cnicalc_workload_options *options;
    uint64_t node_quota; /* what the ceilings leave, as the two below; or CNICALC_NO_LIMIT */
    uint64_t route_quota;
    uint64_t pod_quota;
} cnicalc__workload_question;

/* Checks what is no one type's business. */
cnicalc_status cnicalc__workload_begin(const cnicalc_workload *workloads, size_t count,
                                       const cnicalc_workload_options *options,
                                       cnicalc__workload_question *out_question,
                                       cnicalc_fault *out_fault);

/* The members of an answer that count nodes, pods per node, and what is idle, and the verdict: all
 * but its rows, thousandths, and what follows from the type alone; and what the node has of each
 * resource, of addresses by the smallest of their limits. *out_column is as above. */
cnicalc_status cnicalc__workload_find(const cnicalc__workload_question *question,
                                      const cnicalc_instance *instance,
                                      const cnicalc_node_result *node, cnicalc__room *rooms,
                                      cnicalc_workload_result *result, uint32_t *out_column);

/* What is idle in thousandths, after that. */
void cnicalc__workload_set_thousandths(const cnicalc_node_result *node,
                                       cnicalc_workload_result *result);

/* The pods of the question, and those DaemonSet pods that ACK's quota counts too. */
int cnicalc__workload_pods_overflow(const cnicalc__workload_question *question, uint64_t nodes,
                                    uint64_t *out_pods);

#endif
