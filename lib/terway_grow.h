/* SPDX-License-Identifier: MIT */
/* What is added to a cluster: terway_grow.c reads the question, terway_grow_search.c finds the
 * sizes of the vSwitches, terway_grow_place.c their places. */
#ifndef CNICALC_LIB_TERWAY_GROW_H
#define CNICALC_LIB_TERWAY_GROW_H

#include "terway_fit.h"
#include "vswitch.h"

/* A vSwitch to add. */
typedef struct cnicalc__addition {
    uint8_t zone; /* index in the zones that are short */
    uint8_t role; /* enum cnicalc_vswitch_role */
    uint8_t level;
} cnicalc__addition;

/* The zones that lack something, and vSwitches that cure it, the largest first. */
typedef struct cnicalc__growth {
    uint32_t zone_count;
    uint32_t count;
    int gave_up;                        /* 1: none were found, and others might have been */
    uint64_t lack;                      /* addresses that they must have at the least */
    uint32_t zones[CNICALC__ZONES_MAX]; /* the caller's numbers */
    cnicalc__addition additions[CNICALC_TERWAY_GROW_MAX];
} cnicalc__growth;

/* Whether the question, or one of its arrays, is NULL. */
int cnicalc__growth_is_null(const cnicalc_terway_growth *growth);

/* ---- Sizes (terway_grow_search.c) ---- */

/* Finds the fewest vSwitches, and of these the smallest, that can be placed among the free blocks
 * of each level and make the zones of growth hold their nodes; 0 when none were found. vswitches
 * are those of the question's cluster, with room for additions. */
int cnicalc__grow_search(const cnicalc__fit *question, cnicalc_vswitch *vswitches,
                         const uint32_t *free_blocks, cnicalc__growth *growth);

/* Makes vSwitches for pods as large as advised, as long as they can be placed. */
void cnicalc__grow_widen(const uint32_t *free_blocks, cnicalc__growth *growth);

/* Addresses of the vSwitches to add; of those among them that find a place, by falling size. */
uint64_t cnicalc__grow_size(const cnicalc__growth *growth);
uint64_t cnicalc__grow_placed(const cnicalc__growth *growth, const uint32_t *free_blocks);

/* ---- Places (terway_grow_place.c) ---- */

typedef struct cnicalc__places {
    const cnicalc_terway_growth *question;
    size_t used_count;
    uint32_t block_count;
    cnicalc_cidr blocks[CNICALC_TERWAY_GROW_VPC_BLOCKS_MAX]; /* to add to the VPC */
    cnicalc_cidr used[CNICALC_TERWAY_GROW_BLOCKS_MAX + CNICALC_TERWAY_GROW_MAX +
                      CNICALC_TERWAY_GROW_VPC_BLOCKS_MAX];
} cnicalc__places;

/* How many blocks of each level the VPC has free. */
void cnicalc__grow_free_blocks(cnicalc__places *places, uint32_t *out_free_blocks);

/* Adds the largest block that the VPC can have, of this mask or a longer one, and its levels to the
 * free blocks; 0 when the VPC can have no further one. */
int cnicalc__grow_add_block(cnicalc__places *places, uint32_t mask, uint32_t *free_blocks);

/* Makes the last block that was added as small as the vSwitches allow; free_blocks are those
 * without it. */
void cnicalc__grow_trim_block(cnicalc__places *places, const uint32_t *free_blocks,
                              const cnicalc__growth *growth);

/* Writes the vSwitches, each at the lowest free place of the first block of the VPC that has one.
 */
void cnicalc__grow_place(cnicalc__places *places, const cnicalc__growth *growth,
                         cnicalc_vswitch *out_vswitches);

#endif
