/* SPDX-License-Identifier: MIT */
/* What the topics above ask of a vSwitch. */
#ifndef CNICALC_LIB_VSWITCH_H
#define CNICALC_LIB_VSWITCH_H

#include "cnicalc/vswitch.h"
#include "internal.h"

/* VPC documentation, 2026: the first address of a vSwitch and the last three. */
#define CNICALC__VSWITCH_RESERVED 4

/* Addresses that the reserved ones leave of an IPv4 block; 0 where they leave none. */
static inline uint64_t cnicalc__vswitch_addresses(uint32_t prefix_len)
{
    return cnicalc__subtract_or_0(UINT64_C(1) << (32 - prefix_len), CNICALC__VSWITCH_RESERVED);
}

/* Aligned /28 blocks of an IPv4 block: all but the first and the last, which hold reserved
 * addresses. */
static inline uint64_t cnicalc__vswitch_blocks(uint32_t prefix_len)
{
    return prefix_len > CNICALC__PREFIX_LEN
               ? 0
               : cnicalc__subtract_or_0(UINT64_C(1) << (CNICALC__PREFIX_LEN - prefix_len), 2);
}

/* Whether one vSwitch is legal by itself; the statuses are those of cnicalc_vswitch_check(). */
cnicalc_status cnicalc__vswitch_check_one(const cnicalc_vswitch *vswitch);

/* What a legal vSwitch has left. */
cnicalc_vswitch_room cnicalc__vswitch_room(const cnicalc_vswitch *vswitch);

/* The /28 blocks of it that prefixes alone can have. */
static inline uint64_t cnicalc__vswitch_closed(const cnicalc_vswitch *vswitch,
                                               const cnicalc_vswitch_room *room)
{
    return vswitch->reserved_prefixes != 0 ? room->free_prefixes : 0;
}

/* Sizes of a vSwitch: level 1 is the smallest, /29, and 14 the largest, /16. A block of a level is
 * two of the level below. */
#define CNICALC__LEVEL_MASK(level) (CNICALC__VSWITCH_PREFIX_LEN_MAX + 1 - (level))
#define CNICALC__LEVELS            CNICALC__LEVEL_MASK(CNICALC__VSWITCH_PREFIX_LEN_MIN)

/* /25 and /19: the smallest vSwitch that serves pods, and the smallest that is advised. */
#define CNICALC__POD_LEVEL     CNICALC__LEVEL_MASK(CNICALC__POD_VSWITCH_PREFIX_LEN_MAX)
#define CNICALC__ADVISED_LEVEL CNICALC__LEVEL_MASK(CNICALC__POD_VSWITCH_ADVISED)

/* Addresses that a vSwitch of a level gives. */
static inline uint64_t cnicalc__level_addresses(uint32_t level)
{
    return cnicalc__vswitch_addresses(CNICALC__LEVEL_MASK(level));
}

/* Adds how many free blocks of each level a block has beside those that are used, larger ones not
 * counted with the smaller. A block larger than a vSwitch counts as blocks of the last level.
 * Overwrites used. */
void cnicalc__vswitch_free_blocks(const cnicalc_cidr *block, cnicalc_cidr *used, size_t used_count,
                                  uint32_t *free_blocks);

/* Whether a number of blocks of each level can be placed among the free ones, larger ones split. */
int cnicalc__vswitch_can_place(const uint32_t *free_blocks, const uint32_t *taken);

#endif
