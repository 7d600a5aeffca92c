/* SPDX-License-Identifier: MIT */
/* Ranges cut into the fewest blocks.
 *
 * All addresses of a range are alike down to some bit. The first of those that have this bit set is
 * its middle. From the first address up to the middle there is a block for each bit of the number
 * of addresses, smaller ones first, and the same from the middle to the last address, larger ones
 * first. */
#include "cnicalc/cidr.h"
#include "internal_cidr.h"
#include "word.h"

static struct cnicalc__bits add(struct cnicalc__bits a, struct cnicalc__bits b)
{
    a.lo += b.lo;
    a.hi += b.hi + (a.lo < b.lo);
    return a;
}

static struct cnicalc__bits subtract(struct cnicalc__bits a, struct cnicalc__bits b)
{
    a.hi -= b.hi + (a.lo < b.lo);
    a.lo -= b.lo;
    return a;
}

static uint32_t count_bits(struct cnicalc__bits bits)
{
    return cnicalc__count_bits(bits.lo) + (bits.hi != 0 ? cnicalc__count_bits(bits.hi) : 0);
}

/* The bits from the highest one in which two addresses differ on. */
CNICALC__INLINE struct cnicalc__bits find_difference(struct cnicalc__bits a, struct cnicalc__bits b)
{
    struct cnicalc__bits bits = {cnicalc__fill_down(a.hi ^ b.hi), UINT64_MAX};
    if (bits.hi == 0) {
        bits.lo = cnicalc__fill_down(a.lo ^ b.lo);
    }
    return bits;
}

/* Writes blocks of the sizes that are set, smallest first: forwards from an address on, or
 * backwards below it. */
static void cut(struct cnicalc__bits sizes, struct cnicalc__bits at, uint32_t family,
                int is_backwards, cnicalc_cidr *out)
{
    cnicalc_cidr block = {0, 0, family, 0};
    while ((sizes.hi | sizes.lo) != 0) {
        struct cnicalc__bits size = {sizes.lo != 0 ? 0 : sizes.hi & (~sizes.hi + 1),
                                     sizes.lo & (~sizes.lo + 1)};
        uint32_t host_bits =
            size.lo != 0 ? cnicalc__lowest_bit(size.lo) : 64 + cnicalc__lowest_bit(size.hi);
        if (is_backwards) {
            at = subtract(at, size);
        }
        block.hi = at.hi;
        block.lo = at.lo;
        block.prefix_len = cnicalc__width(family) - host_bits;
        *out = block;
        if (is_backwards) {
            out--;
        } else {
            at = add(at, size);
            out++;
        }
        sizes = subtract(sizes, size);
    }
}

size_t cnicalc__cover(uint32_t family, struct cnicalc__bits first, struct cnicalc__bits last,
                      cnicalc_cidr *out_blocks)
{
    struct cnicalc__bits all = find_difference(first, last);
    struct cnicalc__bits half = {all.hi >> 1, all.lo >> 1 | all.hi << 63};
    struct cnicalc__bits before = {~first.hi & half.hi, ~first.lo & half.lo};
    struct cnicalc__bits after = {last.hi & half.hi, last.lo & half.lo};
    if (((first.hi | ~last.hi) & all.hi) == 0 && ((first.lo | ~last.lo) & all.lo) == 0) {
        if (out_blocks != NULL) {
            *out_blocks = cnicalc__block_at(first.hi, first.lo, family,
                                            cnicalc__width(family) - count_bits(all));
        }
        return 1;
    }
    before = cnicalc__plus_one(before);
    after = cnicalc__plus_one(after);
    size_t count = count_bits(before) + count_bits(after);
    if (out_blocks != NULL) {
        cut(before, first, family, 0, out_blocks);
        cut(after, cnicalc__plus_one(last), family, 1, out_blocks + count - 1);
    }
    return count;
}

cnicalc_status cnicalc_cidr_from_range(const cnicalc_address *first, const cnicalc_address *last,
                                       cnicalc_cidr *out_blocks, size_t capacity, size_t *out_count)
{
    if (first == NULL || last == NULL || out_count == NULL ||
        (out_blocks == NULL && capacity != 0)) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = cnicalc_address_check(first);
    if (status == CNICALC_OK) {
        status = cnicalc_address_check(last);
    }
    if (status != CNICALC_OK) {
        return status;
    }
    if (first->family != last->family) {
        return CNICALC_ERR_CIDR_FAMILY_MIXED;
    }
    struct cnicalc__bits from = {first->hi, first->lo};
    struct cnicalc__bits to = {last->hi, last->lo};
    if (cnicalc__below(to, from)) {
        return CNICALC_ERR_CIDR_RANGE;
    }
    *out_count = cnicalc__cover(first->family, from, to, NULL);
    if (*out_count > capacity) {
        return CNICALC_ERR_CAPACITY;
    }
    (void)cnicalc__cover(first->family, from, to, out_blocks);
    return CNICALC_OK;
}
