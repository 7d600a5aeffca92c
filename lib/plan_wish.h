/* SPDX-License-Identifier: MIT */
/* A wish on its way to a proposal. */
#ifndef CNICALC_LIB_PLAN_WISH_H
#define CNICALC_LIB_PLAN_WISH_H

#include "plan.h"

/* A question that is known to be well-formed, and what follows from it. */
typedef struct cnicalc__plan_wish {
    const cnicalc_cidr *vpc;
    const cnicalc_plan_block *others;
    size_t other_count;
    const cnicalc_plan_propose_options *options;
    uint64_t nodes; /* with growth, as all below */
    uint64_t pods;
    uint64_t services;
    uint32_t service_mask;
    uint32_t pod_mask; /* of the pod CIDR; 0 with Terway */
    uint32_t node_mask;
} cnicalc__plan_wish;

/* Places that are taken, and the proposal as it grows. */
typedef struct cnicalc__plan_placing {
    cnicalc_cidr used[CNICALC_PLAN_OTHERS_MAX + 1 + CNICALC_PLAN_PROPOSAL_BLOCKS_MAX];
    size_t used_count;
    cnicalc_plan_block *blocks; /* NULL while they are only counted */
    size_t block_count;
} cnicalc__plan_placing;

/* Places all blocks, and adds to needed and available of the two limits on space. */
void cnicalc__plan_place_all(const cnicalc__plan_wish *wish, cnicalc__plan_placing *placing,
                             cnicalc_plan_proposal *proposal);

/* The mask of the largest pod vSwitch. */
uint32_t cnicalc__plan_room_mask(const cnicalc__plan_wish *wish);

/* How many blocks of a mask, not shorter than its own, the VPC has beside those that are used; used
 * is spoilt. */
uint64_t cnicalc__plan_count_room(const cnicalc_cidr *vpc, uint32_t mask,
                                  cnicalc__plan_placing *placing);

#endif
