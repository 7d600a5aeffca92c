/* SPDX-License-Identifier: MIT */
/* Places for the vSwitches that a cluster gets, and further blocks for its VPC. */
#include "internal_cidr.h"
#include "terway_grow.h"

static void take_in_use(cnicalc__places *places)
{
    const cnicalc_terway_growth *question = places->question;
    places->used_count = 0;
    for (size_t i = 0; i < question->cluster->vswitch_count; i++) {
        places->used[places->used_count++] = question->cluster->vswitches[i].cidr;
    }
    for (size_t i = 0; i < question->taken_count; i++) {
        places->used[places->used_count++] = question->taken[i];
    }
}

void cnicalc__grow_free_blocks(cnicalc__places *places, uint32_t *out_free_blocks)
{
    const cnicalc_terway_growth *question = places->question;
    places->block_count = 0;
    memset(out_free_blocks, 0, (CNICALC__LEVELS + 1) * sizeof *out_free_blocks);
    for (size_t i = 0; i < question->vpc_block_count; i++) {
        take_in_use(places);
        cnicalc__vswitch_free_blocks(&question->vpc_blocks[i], places->used, places->used_count,
                                     out_free_blocks);
    }
}

/* ---- Further blocks of the VPC ---- */

/* The lowest place of the private ranges for a block of a mask beside all that is in use. */
static int find_block(cnicalc__places *places, uint32_t mask, cnicalc_cidr *out_block)
{
    const cnicalc_terway_growth *question = places->question;
    take_in_use(places);
    for (size_t i = 0; i < question->vpc_block_count; i++) {
        places->used[places->used_count++] = question->vpc_blocks[i];
    }
    for (uint32_t i = 0; i < places->block_count; i++) {
        places->used[places->used_count++] = places->blocks[i];
    }
    for (size_t i = 0; i < CNICALC__PRIVATE_RANGES_IPV4; i++) {
        if (cnicalc__first_free(&cnicalc__private_ranges()[i], mask, places->used,
                                places->used_count, out_block)) {
            return 1;
        }
    }
    return 0;
}

int cnicalc__grow_add_block(cnicalc__places *places, uint32_t mask, uint32_t *free_blocks)
{
    if (places->question->vpc_block_count + places->block_count >
        CNICALC_TERWAY_GROW_VPC_BLOCKS_MAX) {
        return 0;
    }
    while (mask <= CNICALC__VPC_PREFIX_LEN_MAX &&
           !find_block(places, mask, &places->blocks[places->block_count])) {
        mask++;
    }
    if (mask > CNICALC__VPC_PREFIX_LEN_MAX) {
        return 0;
    }
    places->block_count++;
    free_blocks[CNICALC__LEVEL_MASK(mask)]++;
    return 1;
}

void cnicalc__grow_trim_block(cnicalc__places *places, const uint32_t *free_blocks,
                              const cnicalc__growth *growth)
{
    cnicalc_cidr *block = &places->blocks[--places->block_count];
    uint32_t mask = block->prefix_len;
    uint32_t with[CNICALC__LEVELS + 1];
    uint64_t size = cnicalc__grow_size(growth);
    for (uint32_t longer = CNICALC__VPC_PREFIX_LEN_MAX; longer > mask; longer--) {
        memcpy(with, free_blocks, sizeof with);
        with[CNICALC__LEVEL_MASK(longer)]++;
        if (cnicalc__grow_placed(growth, with) == size) {
            mask = longer;
            break;
        }
    }
    /* There is room for a longer mask where there was for this one. */
    (void)find_block(places, mask, block);
    places->block_count++;
}

/* ---- vSwitches ---- */

/* A block of the grown VPC. */
static const cnicalc_cidr *block_of_place(const cnicalc__places *places, size_t index)
{
    const cnicalc_terway_growth *question = places->question;
    return index < question->vpc_block_count ? &question->vpc_blocks[index]
                                             : &places->blocks[index - question->vpc_block_count];
}

/* Takes the lowest free block of a mask in the first block of the VPC that has one: one has. */
static cnicalc_cidr take_place(cnicalc__places *places, uint32_t mask)
{
    cnicalc_cidr place;
    const cnicalc_cidr *block;
    size_t index = 0;
    do {
        block = block_of_place(places, index++);
    } while (mask < block->prefix_len ||
             !cnicalc__first_free(block, mask, places->used, places->used_count, &place));
    places->used[places->used_count++] = place;
    return place;
}

void cnicalc__grow_place(cnicalc__places *places, const cnicalc__growth *growth,
                         cnicalc_vswitch *out_vswitches)
{
    take_in_use(places);
    for (uint32_t level = CNICALC__LEVELS; level > 0; level--) {
        for (uint32_t i = 0; i < growth->count; i++) {
            const cnicalc__addition *addition = &growth->additions[i];
            if (addition->level == level) {
                memset(out_vswitches, 0, sizeof *out_vswitches);
                out_vswitches->cidr = take_place(places, CNICALC__LEVEL_MASK(level));
                out_vswitches->zone = growth->zones[addition->zone];
                out_vswitches->roles = addition->role;
                out_vswitches++;
            }
        }
    }
}
