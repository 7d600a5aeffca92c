/* SPDX-License-Identifier: MIT */
/* The numbers that a Terway cluster comes down to: terway_terms.c finds them, terway.c solves for
 * nodes from them, terway_fit.c holds given nodes against them. */
#ifndef CNICALC_LIB_TERWAY_TERMS_H
#define CNICALC_LIB_TERWAY_TERMS_H

#include "cnicalc/terway.h"
#include "node_terms.h"

/* Each address of a /28 serves a pod. */
#define CNICALC__ADDRESSES_PER_PREFIX CNICALC__PODS_PER_PREFIX

/* What is free in one zone. */
typedef struct cnicalc__zone {
    uint32_t zone;
    uint32_t has_pod_vswitch;
    uint64_t pod_free;        /* addresses of the pod vSwitches */
    uint64_t pod_blocks;      /* aligned /28 blocks among them */
    uint64_t pod_only_blocks; /* those in vSwitches that serve no nodes */
    uint64_t node_free;       /* addresses of the node vSwitches, or CNICALC_NO_LIMIT */
    uint64_t all_free;        /* of both, a vSwitch with both roles counted once */
} cnicalc__zone;

/* The ceilings of a question, published or the caller's own. */
typedef struct cnicalc__ceilings {
    uint64_t nodes;
    uint64_t pods;        /* CNICALC_NO_LIMIT: not published */
    uint64_t ipvlan_pods; /* CNICALC_NO_LIMIT: not asked for, or not published */
    uint64_t vpc_addresses;
} cnicalc__ceilings;

static inline int cnicalc__is_mode(uint32_t mode)
{
    return mode >= CNICALC_MODE_SHARED_ENI && mode <= CNICALC_MODE_IP_PREFIX;
}

/* Struct size, reserved words, flags and edition; the statuses are those of
 * cnicalc_terway_solve(), here and below. */
cnicalc_status cnicalc__terway_check_options(const cnicalc_terway_options *options);

cnicalc_status cnicalc__terway_check_node(const cnicalc_terway_node *node);

/* The vSwitches without the place of the fault. */
cnicalc_status cnicalc__terway_check_vswitches(const cnicalc_terway_vswitch *vswitches,
                                               size_t count);

cnicalc_status cnicalc__terway_ceilings(const cnicalc_terway_options *options,
                                        cnicalc__ceilings *ceilings);

/* How many zones the vSwitches are in. */
size_t cnicalc__terway_zone_count(const cnicalc_terway_vswitch *vswitches, size_t count);

/* Whether no vSwitch before this one is in its zone. */
int cnicalc__terway_opens_zone(const cnicalc_terway_vswitch *vswitches, size_t index);

/* Whether some vSwitch, in any zone, serves nodes. */
int cnicalc__terway_has_node_vswitch(const cnicalc_terway_vswitch *vswitches, size_t count);

/* Adds up the zone of the vSwitch at an index. */
cnicalc__zone cnicalc__terway_zone_at(const cnicalc_terway_vswitch *vswitches, size_t count,
                                      size_t index);

/* Addresses in use in all vSwitches. */
uint64_t cnicalc__terway_used(const cnicalc_terway_vswitch *vswitches, size_t count);

#endif
