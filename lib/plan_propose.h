/* SPDX-License-Identifier: MIT */
/* A request on its way to a proposal: plan_request.c reads it, plan_bin.c and plan_pack.c find the
 * sizes of its vSwitches, plan_place.c their places. */
#ifndef CNICALC_LIB_PLAN_PROPOSE_H
#define CNICALC_LIB_PLAN_PROPOSE_H

#include "plan.h"
#include "vswitch.h"

/* A request that is known to be well-formed, and what follows from it. */
typedef struct cnicalc__request {
    const cnicalc_plan *in_use; /* with the VPC */
    const cnicalc_plan_propose_options *options;
    uint64_t nodes; /* with growth, as all below */
    uint64_t pods;
    uint64_t services;
    uint32_t service_mask;
    uint32_t pods_factor; /* addresses for each pod: twice or once; 0 with Flannel */
    uint32_t pod_mask;    /* of the pod CIDR; 0 with Terway */
    uint32_t node_mask;
    const cnicalc_cidr *vpc_ipv6; /* NULL: none */
    const cnicalc_cidr *of_dual;  /* from which vSwitches take a /64; NULL: no dual stack */
    uint32_t at;                  /* the block in use that is looked at, or at fault */
    uint32_t other;               /* what it is at odds with */
    uint32_t zones_with[2];       /* bits: those that have an IPv4 vSwitch for nodes, an IPv6 one */
    uint64_t used_addresses;      /* of these vSwitches */
    uint32_t vpc_count;
    const cnicalc_cidr *vpc[CNICALC_PLAN_VPC_BLOCKS_MAX]; /* of IPv4, as given */
    cnicalc__plan_nodes all;                              /* the nodes; without pods with Flannel */
    uint64_t node_free[CNICALC_PLAN_ZONES_MAX]; /* addresses of these vSwitches in each zone */
} cnicalc__request;

/* The nodes of a zone: spread evenly, the first zones taking one more. */
static inline uint64_t cnicalc__zone_nodes(const cnicalc__request *request, uint32_t zone)
{
    uint32_t zones = request->options->zones;
    return request->nodes / zones + (zone < request->nodes % zones);
}

/* Checks the question of cnicalc_plan_propose(), whose statuses it has, and writes the request.
 * Only where the status is CNICALC_OK is the request to be used. */
cnicalc_status cnicalc__plan_check_request(const cnicalc_plan *in_use,
                                           const cnicalc_plan_propose_options *options,
                                           cnicalc_fault *out_fault, cnicalc__request *request);

/* ---- Sizes (plan_bin.c, plan_pack.c) ---- */

/* vSwitches of a proposal: how many of each level a zone has for nodes, for pods, for both. */
enum { CNICALC__FOR_NODES, CNICALC__FOR_PODS, CNICALC__FOR_BOTH, CNICALC__PURPOSES };

typedef struct cnicalc__shape {
    uint64_t count[CNICALC__PURPOSES][CNICALC_PLAN_ZONES_MAX][CNICALC__LEVELS + 1];
} cnicalc__shape;

/* One vSwitch for each purpose of a zone, the smallest that does; where it would have to be larger
 * than a vSwitch can be, several. */
void cnicalc__plan_single(const cnicalc__request *request, cnicalc__shape *shape);

/* Finds vSwitches for a request among the free blocks of each level: several for each purpose of a
 * zone, else some that serve nodes and pods. 0 when nothing was found. */
int cnicalc__plan_pack(const cnicalc__request *request, const uint32_t *free_blocks,
                       cnicalc__shape *shape);

/* ---- Places (plan_place.c) ---- */

/* Most vSwitches of a proposal: as many as one for each purpose of a zone can be, and those of /16
 * that fill a /8 and the secondary blocks. */
#define CNICALC__VSWITCHES_MAX (2 * CNICALC_PLAN_ZONES_MAX + 256 + CNICALC_PLAN_VPC_BLOCKS_MAX - 1)

/* Most blocks that are in use, with those of the VPC. */
#define CNICALC__IN_USE_MAX (CNICALC_PLAN_OTHERS_MAX + CNICALC_PLAN_VPC_BLOCKS_MAX + 1)

/* Places that are taken, and the proposal as it grows. */
typedef struct cnicalc__placing {
    cnicalc_plan_block *blocks; /* NULL while they are only counted */
    size_t used_count;
    size_t block_count;
    size_t vswitch_count;    /* of those blocks */
    uint32_t pod_prefix_len; /* of the largest vSwitch for pods */
    /* Addresses of what was to be placed, and of what found a place: */
    uint64_t vpc_needed;
    uint64_t vpc_available;
    uint64_t private_needed;
    uint64_t private_available;
    uint64_t ipv6_needed; /* vSwitches, not addresses */
    uint64_t ipv6_available;
    cnicalc_cidr used[CNICALC__IN_USE_MAX + 2 * CNICALC__VSWITCHES_MAX];
} cnicalc__placing;

/* Places all blocks: with the vSwitches of a shape. */
void cnicalc__plan_place_all(const cnicalc__request *request, const cnicalc__shape *shape,
                             cnicalc__placing *placing);

/* How many blocks of each level the VPC has beside what is in use, larger ones not counted with the
 * smaller. Overwrites used. */
void cnicalc__plan_free_blocks(const cnicalc__request *request, cnicalc__placing *placing,
                               uint32_t *out_free_blocks);

/* How many vSwitches of pod_prefix_len find a place beside those that are placed. Overwrites used.
 */
uint64_t cnicalc__plan_count_room(const cnicalc__request *request, cnicalc__placing *placing);

#endif
