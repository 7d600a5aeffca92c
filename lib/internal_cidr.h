/* SPDX-License-Identifier: MIT */
/* The 128-bit arithmetic under the cidr topic.
 *
 * An IPv4 address is handled as the low 32 bits of a 128-bit word, and its prefix length as 96 bits
 * more ("depth"), so that one piece of arithmetic serves both families. */
#ifndef CNICALC_LIB_INTERNAL_CIDR_H
#define CNICALC_LIB_INTERNAL_CIDR_H

#include "cnicalc/cidr.h"
#include "internal.h"

struct cnicalc__bits {
    uint64_t hi;
    uint64_t lo;
};

/* The numbers from 0 to 255 as text, each with a dot after it and zero bytes after that. */
extern const char cnicalc__numbers[256][4];

/* The private ranges, lowest first within a family and those of IPv4 first. */
#define CNICALC__PRIVATE_RANGES_IPV4 3
#define CNICALC__PRIVATE_RANGES      4
const cnicalc_cidr *cnicalc__private_ranges(void);

/* Whether a valid block is in one of them. */
int cnicalc__is_private(const cnicalc_cidr *block);

/* Bits that an IPv6 address has before those of an IPv4 address. */
static inline uint32_t cnicalc__depth(uint32_t family, uint32_t prefix_len)
{
    return prefix_len + (family == CNICALC_FAMILY_IPV4 ? 96 : 0);
}

static inline uint32_t cnicalc__width(uint32_t family)
{
    return family == CNICALC_FAMILY_IPV4 ? 32 : 128;
}

/* The bits below a prefix of that depth, 0..128. Which half is cut is a matter of the family, and
 * predictable; where, is not, and so it is no branch: 64 is reached by two shifts. */
static inline struct cnicalc__bits cnicalc__host_mask(uint32_t depth)
{
    struct cnicalc__bits mask;
    if (depth < 64) {
        mask.hi = UINT64_MAX >> depth;
        mask.lo = UINT64_MAX;
    } else {
        uint32_t half = (depth - 64) / 2;
        mask.hi = 0;
        mask.lo = UINT64_MAX >> half >> (depth - 64 - half);
    }
    return mask;
}

/* Whether bits below the prefix are set. */
static inline int cnicalc__has_host_bits(const cnicalc_cidr *cidr)
{
    struct cnicalc__bits mask = cnicalc__host_mask(cnicalc__depth(cidr->family, cidr->prefix_len));
    return ((cidr->hi & mask.hi) | (cidr->lo & mask.lo)) != 0;
}

/* What makes a block invalid before its host bits are looked at. */
static inline cnicalc_status cnicalc__check_shape(uint64_t hi, uint64_t lo, uint32_t family,
                                                  uint32_t prefix_len)
{
    if (family != CNICALC_FAMILY_IPV4 && family != CNICALC_FAMILY_IPV6) {
        return CNICALC_ERR_CIDR_FAMILY;
    }
    if (prefix_len > cnicalc__width(family)) {
        return CNICALC_ERR_CIDR_PREFIX_LEN;
    }
    if (family == CNICALC_FAMILY_IPV4 && (hi | lo >> 32) != 0) {
        return CNICALC_ERR_CIDR_INVALID;
    }
    return CNICALC_OK;
}

static inline cnicalc_status cnicalc__check_cidr(const cnicalc_cidr *cidr)
{
    cnicalc_status status =
        cnicalc__check_shape(cidr->hi, cidr->lo, cidr->family, cidr->prefix_len);
    if (status != CNICALC_OK) {
        return status;
    }
    return cnicalc__has_host_bits(cidr) ? CNICALC_ERR_CIDR_HOST_BITS : CNICALC_OK;
}

static inline cnicalc_status cnicalc__check_address(const cnicalc_address *address)
{
    if (address->reserved != 0) {
        return CNICALC_ERR_RESERVED;
    }
    return cnicalc__check_shape(address->hi, address->lo, address->family, 0);
}

/* Whether a valid block can be cut to a length. */
static inline cnicalc_status cnicalc__check_cut(const cnicalc_cidr *block, uint32_t prefix_len)
{
    return prefix_len < block->prefix_len || prefix_len > cnicalc__width(block->family)
               ? CNICALC_ERR_CIDR_PREFIX_LEN
               : CNICALC_OK;
}

/* What every question checks first: about a block; about its parts; about a block and the blocks
 * used in it. */
cnicalc_status cnicalc__check_block(const cnicalc_cidr *block, const void *out);
cnicalc_status cnicalc__check_split(const cnicalc_cidr *block, uint32_t prefix_len,
                                    const void *out);
cnicalc_status cnicalc__check_block_and_set(const cnicalc_cidr *block, const cnicalc_cidr *used,
                                            size_t used_count, const void *out);

/* The block of prefix_len bits around an address. */
static inline cnicalc_cidr cnicalc__block_at(uint64_t hi, uint64_t lo, uint32_t family,
                                             uint32_t prefix_len)
{
    struct cnicalc__bits mask = cnicalc__host_mask(cnicalc__depth(family, prefix_len));
    cnicalc_cidr block;
    block.hi = hi & ~mask.hi;
    block.lo = lo & ~mask.lo;
    block.family = family;
    block.prefix_len = prefix_len;
    return block;
}

/* The same of a block or what may have host bits, for those who ask seldom: one copy is enough. */
cnicalc_cidr cnicalc__cut(const cnicalc_cidr *cidr, uint32_t prefix_len);

static inline struct cnicalc__bits cnicalc__first_of(const cnicalc_cidr *block)
{
    struct cnicalc__bits first = {block->hi, block->lo};
    return first;
}

struct cnicalc__bits cnicalc__last_of(const cnicalc_cidr *block);

/* Whether a is below b. */
static inline int cnicalc__below(struct cnicalc__bits a, struct cnicalc__bits b)
{
    return a.hi != b.hi ? a.hi < b.hi : a.lo < b.lo;
}

static inline struct cnicalc__bits cnicalc__plus_one(struct cnicalc__bits a)
{
    a.lo += 1;
    a.hi += a.lo == 0;
    return a;
}

static inline struct cnicalc__bits cnicalc__minus_one(struct cnicalc__bits a)
{
    a.hi -= a.lo == 0;
    a.lo -= 1;
    return a;
}

/* Whether an address of a family is in a block. */
static inline int cnicalc__holds(const cnicalc_cidr *block, uint64_t hi, uint64_t lo,
                                 uint32_t family)
{
    struct cnicalc__bits mask =
        cnicalc__host_mask(cnicalc__depth(block->family, block->prefix_len));
    uint64_t differs = ((block->hi ^ hi) & ~mask.hi) | ((block->lo ^ lo) & ~mask.lo);
    return (differs | (block->family ^ family)) == 0;
}

/* Whether inner is in outer, or equals it. */
int cnicalc__contains(const cnicalc_cidr *outer, const cnicalc_cidr *inner);

/* Whether two are the same, bit by bit: the struct has no padding. */
int cnicalc__equal(const cnicalc_cidr *a, const cnicalc_cidr *b);

/* Whether two blocks share an address. */
int cnicalc__overlap(const cnicalc_cidr *a, const cnicalc_cidr *b);

/* The order of cnicalc_cidr_compare(). */
static inline int cnicalc__before(const cnicalc_cidr *a, const cnicalc_cidr *b)
{
    if (a->family != b->family) {
        return a->family < b->family;
    }
    if (a->hi != b->hi) {
        return a->hi < b->hi;
    }
    if (a->lo != b->lo) {
        return a->lo < b->lo;
    }
    return a->prefix_len < b->prefix_len;
}

/* The fewest blocks for first..last, of one family and in order: how many there are. They are only
 * counted where out_blocks is NULL. */
size_t cnicalc__cover(uint32_t family, struct cnicalc__bits first, struct cnicalc__bits last,
                      cnicalc_cidr *out_blocks);

/* Whether every block of an array is valid. NULL is, when count is 0. */
cnicalc_status cnicalc__check_set(const cnicalc_cidr *blocks, size_t count);

/* Sorts valid blocks. */
void cnicalc__sort(cnicalc_cidr *blocks, size_t count);

/* cnicalc_cidr_merge() of valid blocks: how many are left. */
size_t cnicalc__merge(cnicalc_cidr *blocks, size_t count);

/* cnicalc_cidr_first_free() of valid blocks and a length that the block can be cut to: 0 when
 * nothing is free, and then *out_block is not written. */
uint32_t cnicalc__first_free(const cnicalc_cidr *block, uint32_t prefix_len, cnicalc_cidr *used,
                             size_t used_count, cnicalc_cidr *out_block);

/* cnicalc_cidr_count_free() of valid blocks and a length that the block can be cut to. What is used
 * is merged, each block at least as large as those that are counted: counts of shorter lengths may
 * go on with it. */
uint64_t cnicalc__count_free(const cnicalc_cidr *block, uint32_t prefix_len, cnicalc_cidr *used,
                             size_t *used_count);

#endif /* CNICALC_LIB_INTERNAL_CIDR_H */
