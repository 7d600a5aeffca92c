/* SPDX-License-Identifier: MIT */
/* What the vSwitches of a proposal have to give. A bin is what several vSwitches serve together:
 * pods or nodes of a zone, or both, where small blocks, which cannot serve pods, serve nodes. A bin
 * has several needs, each met when its vSwitches give as much: addresses, those of pods, /28
 * blocks, and what ENIs find beyond a share, since each ENI is in one vSwitch (terway_eni.c). Of
 * any, a block gives at least what its halves give together. */
#ifndef CNICALC_LIB_PLAN_BIN_H
#define CNICALC_LIB_PLAN_BIN_H

#include "plan_propose.h"

/* What bins need, in this order; then what ENIs find beyond a share, for each level of pods. */
enum { CNICALC__BIN_ADDRESSES, CNICALC__BIN_OF_PODS, CNICALC__BIN_BLOCKS, CNICALC__BIN_BEYOND };
#define CNICALC__BIN_NEEDS (CNICALC__BIN_BEYOND + CNICALC__LEVELS - CNICALC__POD_LEVEL + 1)

typedef struct cnicalc__bin_need {
    int64_t each;                       /* of the pods of one node */
    int64_t given[CNICALC__LEVELS + 1]; /* by a vSwitch of a level */
} cnicalc__bin_need;

typedef struct cnicalc__bin {
    int64_t needs[CNICALC__BIN_NEEDS];
    uint32_t zone;
    uint32_t purpose;
    uint32_t taken[CNICALC__LEVELS + 1];
} cnicalc__bin;

/* The needs of a request. */
typedef struct cnicalc__bin_needs {
    const cnicalc__request *request;
    uint32_t count;
    cnicalc__bin_need needs[CNICALC__BIN_NEEDS];
} cnicalc__bin_needs;

/* Blocks that meet a need when each gives as much, which is not 0. */
static inline int64_t cnicalc__bin_blocks_for(int64_t need, int64_t given)
{
    return ((need > 0 ? need : 0) + given - 1) / given;
}

void cnicalc__bin_find_needs(const cnicalc__request *request, cnicalc__bin_needs *out_needs);

/* The bin of a purpose in a zone, without blocks. */
cnicalc__bin cnicalc__bin_of(const cnicalc__bin_needs *needs, uint32_t purpose, uint32_t zone);

/* What of a need the blocks of a bin leave. */
int64_t cnicalc__bin_lacks(const cnicalc__bin_needs *needs, const cnicalc__bin *bin, uint32_t need);

int cnicalc__bin_is_met(const cnicalc__bin_needs *needs, const cnicalc__bin *bin);

/* Adds the smallest block that meets what a bin lacks, or the largest. Returns its level. */
uint32_t cnicalc__bin_put_block(const cnicalc__bin_needs *needs, cnicalc__bin *bin);

#endif
