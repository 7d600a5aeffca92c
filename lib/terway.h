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
    uint32_t falls_back;         /* 1: pods use node vSwitches, for want of others */
    uint32_t pod_vswitches;      /* vSwitches with addresses for pods */
    uint64_t pod_free;           /* addresses of the pod vSwitches */
    uint64_t pod_blocks;         /* /28 blocks among them */
    uint64_t pod_only_blocks;    /* those that nodes cannot take */
    uint64_t reserved_blocks;    /* those that prefixes alone can take */
    uint64_t node_free;          /* addresses of the node vSwitches */
    uint64_t all_free;           /* of both, a vSwitch with both roles counted once */
    const cnicalc_vswitch *vswitches; /* of all zones; NULL: what ENIs find is not asked */
    size_t vswitch_count;
} cnicalc__zone;

/* What ENIs of one node hold, in addresses or in prefixes. */
typedef struct cnicalc__eni_need {
    uint64_t units;
    uint64_t enis; /* that may share them; 0: not known */
    uint64_t per_eni;
    int of_prefixes;
} cnicalc__eni_need;

/* a + b, where CNICALC_NO_LIMIT stays what it is. */
static inline uint64_t cnicalc__add_limits(uint64_t a, uint64_t b)
{
    uint64_t sum;
    return cnicalc__add_overflows(a, b, &sum) ? CNICALC_NO_LIMIT : sum;
}

/* What some nodes, or one, take from a zone and of quotas. */
typedef struct cnicalc__load {
    uint64_t nodes;
    uint64_t prefixes;        /* /28 blocks for pods */
    uint64_t pod_addresses;   /* single ones for pods, and 16 for each prefix; together with nodes
                                 they do not exceed 64 bits */
    uint64_t group_addresses; /* of a basic security group */
    uint64_t group_enis;      /* of an advanced one */
    uint64_t eni_addresses;   /* of pod_addresses, those that known ENIs hold */
    uint64_t eni_lack;        /* and how many of these the ENIs do not find */
    cnicalc__eni_need need;   /* of one node alone */
    uint32_t needs_pod_vswitch;
    uint32_t has_choice; /* 1: an ENI takes several addresses of the vSwitch that it is in */
} cnicalc__load;

/* Whether some vSwitch of a cluster serves nodes, whose own addresses count then. */
int cnicalc__terway_counts_nodes(const cnicalc_terway_cluster *cluster);

/* Addresses of its vSwitches that are in use, and those that are not. */
uint64_t cnicalc__terway_used(const cnicalc_terway_cluster *cluster);
uint64_t cnicalc__terway_free(const cnicalc_terway_cluster *cluster);

/* A zone without a vSwitch, to add some to. */
cnicalc__zone cnicalc__zone_begin(uint32_t zone, int counts_nodes);

/* Adds a legal vSwitch in some roles. The sums cannot overflow as long as vSwitches are disjoint
 * blocks. */
void cnicalc__zone_add(cnicalc__zone *zone, const cnicalc_vswitch *vswitch, uint32_t roles);

/* Whether the vSwitches of a zone, which serve these roles together, serve pods for want of others.
 */
static inline int cnicalc__zone_falls_back(uint32_t roles)
{
    return (roles & CNICALC_VSWITCH_POD) == 0;
}

/* A zone of a cluster. Where it has no pod vSwitch, pods use the others if they can fall back. */
cnicalc__zone cnicalc__zone_of(const cnicalc_terway_cluster *cluster, uint32_t zone,
                               int can_fall_back);

/* The number of the next zone in the order in which they first appear: searches from *at, which is
 * 0 at first, and leaves it after what was found. Returns 0 when there is no further zone. */
int cnicalc__zone_next(const cnicalc_terway_cluster *cluster, size_t *at, uint32_t *out_zone);

/* How many nodes a zone holds, each of which takes the load of one: the answer of
 * cnicalc_terway_zones(), max_nodes and rows in nodes. */
void cnicalc__zone_hold(const cnicalc__zone *zone, const cnicalc__load *one,
                        cnicalc_terway_zone *out_zone);

/* Whether a zone holds a load: the answer of cnicalc_terway_fit_zones(), fits and rows with what is
 * needed and available. bound_by is the first that is short, or NONE. */
void cnicalc__zone_judge(const cnicalc__zone *zone, const cnicalc__load *load,
                         cnicalc_terway_zone *out_zone);

/* ---- ENIs, each in one vSwitch (terway_eni.c) ---- */

cnicalc__eni_need cnicalc__eni_need_of(const cnicalc_terway_node *node);

/* How many nodes of this need find ENIs in a zone; CNICALC_NO_LIMIT where ENIs are not known. */
uint64_t cnicalc__eni_nodes(const cnicalc__zone *zone, const cnicalc__eni_need *need);

/* What ENIs of a need find in a zone beyond a share that each has already. *share becomes the next
 * larger one that a vSwitch leaves of an ENI; 0 when there is none. */
uint64_t cnicalc__eni_room(const cnicalc__zone *zone, const cnicalc__eni_need *need,
                           uint64_t *share);

/* What ENIs that hold per_eni units find beyond a share in a vSwitch that has some units: full
 * ENIs, and a rest. */
static inline uint64_t cnicalc__eni_found(uint64_t units, uint64_t per_eni, uint64_t share)
{
    return units / per_eni * (per_eni - share) + cnicalc__subtract_or_0(units % per_eni, share);
}

/* What a node needs beyond a share of each of its ENIs. */
static inline uint64_t cnicalc__eni_rest(const cnicalc__eni_need *need, uint64_t share)
{
    return cnicalc__subtract_or_0(need->units, need->enis * share);
}

/* ---- Questions; the statuses are those of cnicalc_terway_solve() ---- */

/* Whether a cluster, or its array of vSwitches, is NULL. */
int cnicalc__terway_is_null(const cnicalc_terway_cluster *cluster);

cnicalc_status cnicalc__terway_check_options(const cnicalc_terway_options *options);

/* One of the ceilings of checked options; CNICALC_NO_LIMIT where none is published, and that of
 * IPVLAN where it was not asked for. */
uint64_t cnicalc__terway_ceiling(const cnicalc_terway_options *options, uint32_t limit);

/* What the security group of checked options counts of a load. */
static inline uint64_t cnicalc__terway_group_of(const cnicalc_terway_options *options,
                                                const cnicalc__load *load)
{
    return options->ceilings.security_group == CNICALC_SECURITY_GROUP_BASIC ? load->group_addresses
                                                                            : load->group_enis;
}

/* What a basic security group counts: each single address, those of nodes among them, and its IPv6
 * one; each prefix once. 1 when that exceeds 64 bits. */
static inline int cnicalc__group_overflows(uint64_t singles, uint64_t prefixes, uint32_t dual_stack,
                                           uint64_t *out_addresses)
{
    return cnicalc__mul_overflows(singles, 1 + dual_stack, out_addresses) ||
           cnicalc__add_overflows(*out_addresses, prefixes, out_addresses);
}

/* Checks a node and reduces it to what it takes. */
cnicalc_status cnicalc__terway_load_of(const cnicalc_terway_node *node, cnicalc__load *out_one);

/* The node when it holds this number of addresses, at least those at rest. */
cnicalc_terway_node cnicalc__terway_node_with(const cnicalc_terway_node *node, uint64_t addresses);

/* The node while new pods start on it. */
cnicalc_terway_node cnicalc__terway_node_in_burst(const cnicalc_terway_node *node,
                                                  uint32_t new_pods);

/* Addresses that the pods of a node take when they start elsewhere: none where prefixes have room.
 */
uint64_t cnicalc__terway_restarted(const cnicalc_terway_node *node);

/* Addresses that are held beside while `surge` further nodes are there, and the pods of those
 * that are out; 1 when they exceed 64 bits. */
int cnicalc__terway_replacing_overflows(const cnicalc_terway_node *node, uint64_t surge,
                                        uint64_t unavailable, uint64_t *out_addresses);

#endif
