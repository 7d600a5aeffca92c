/* SPDX-License-Identifier: MIT */
/* One zone of a Terway cluster: what it has free, and the one judgement of what nodes take from it.
 * Solve, fit and the check of a plan all ask here. */
#ifndef CNICALC_LIB_TERWAY_H
#define CNICALC_LIB_TERWAY_H

#include "cnicalc/terway.h"
#include "internal.h"

/* What is free in one zone. */
typedef struct cnicalc__zone {
    uint32_t zone;               /* the caller's number */
    uint32_t has_pod_vswitch;    /* 1, or 0: it holds no node */
    uint32_t has_shared_vswitch; /* 1: a vSwitch serves pods and nodes */
    uint32_t counts_nodes;       /* 1: nodes take addresses of node vSwitches, of which the cluster
                                    has some in this zone or another */
    uint64_t pod_free;           /* addresses of the pod vSwitches */
    uint64_t pod_blocks;         /* aligned /28 blocks among them */
    uint64_t pod_only_blocks;    /* those in vSwitches that serve no nodes */
    uint64_t node_free;          /* addresses of the node vSwitches */
    uint64_t all_free;           /* of both, a vSwitch with both roles counted once */
    uint64_t used;               /* addresses in use */
} cnicalc__zone;

/* What some nodes, or one, take from a zone. */
typedef struct cnicalc__load {
    uint64_t nodes;
    uint64_t prefixes;      /* /28 blocks for pods */
    uint64_t pod_addresses; /* single ones for pods, and 16 for each prefix; together with nodes
                               they do not exceed 64 bits */
} cnicalc__load;

/* A zone without a vSwitch, to add some to. */
cnicalc__zone cnicalc__zone_begin(uint32_t zone, int counts_nodes);

/* Adds a legal vSwitch. The sums cannot overflow as long as vSwitches are disjoint blocks. */
void cnicalc__zone_add(cnicalc__zone *zone, const cnicalc_vswitch *vswitch);

/* All vSwitches as if they were one zone. */
cnicalc__zone cnicalc__zone_of_all(const cnicalc_vswitch *vswitches, size_t count);

/* The next zone in the order in which they first appear: searches from *at, which is 0 at first,
 * and leaves it after what was found. Returns 0 when there is no further zone. */
int cnicalc__zone_next(const cnicalc_vswitch *vswitches, size_t count, size_t *at,
                       cnicalc__zone *out_zone);

/* How many nodes a zone holds, each of which takes the load of one: the answer of
 * cnicalc_terway_zones(), max_nodes and rows in nodes. */
void cnicalc__zone_hold(const cnicalc__zone *zone, const cnicalc__load *one,
                        cnicalc_terway_zone *out_zone);

/* Whether a zone holds a load: the answer of cnicalc_terway_fit_zones(), fits and rows with what is
 * needed and available. bound_by is the first that is short, or NONE. */
void cnicalc__zone_judge(const cnicalc__zone *zone, const cnicalc__load *load,
                         cnicalc_terway_zone *out_zone);

/* ---- Questions; the statuses are those of cnicalc_terway_solve() ---- */

/* Whether a cluster, or its array of vSwitches, is NULL. */
int cnicalc__terway_is_null(const cnicalc_terway_cluster *cluster);

cnicalc_status cnicalc__terway_check_options(const cnicalc_terway_options *options);

/* One of the ceilings of checked options; CNICALC_NO_LIMIT where none is published, and that of
 * IPVLAN where it was not asked for. */
uint64_t cnicalc__terway_ceiling(const cnicalc_terway_options *options, uint32_t limit);

/* Checks a node and reduces it to what it takes. */
cnicalc_status cnicalc__terway_load_of(const cnicalc_terway_node *node, cnicalc__load *out_one);

/* Writes how many zones there are; CNICALC_ERR_CAPACITY when that is more than capacity. */
cnicalc_status cnicalc__terway_count_zones(const cnicalc_terway_cluster *cluster, size_t capacity,
                                           size_t *out_count, cnicalc_fault *out_fault);

#endif
