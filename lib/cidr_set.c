/* SPDX-License-Identifier: MIT */
/* Sets of blocks in the caller's arrays: union, difference, overlaps. */
#include "cnicalc/cidr.h"
#include "internal_cidr.h"

/* ---- Union and difference ---- */

/* Whether two blocks in order are the halves of one block. */
static int are_halves(const cnicalc_cidr *a, const cnicalc_cidr *b)
{
    if (a->prefix_len != b->prefix_len || a->prefix_len == 0) {
        return 0;
    }
    cnicalc_cidr parent = *a; /* but for its last bit */
    parent.prefix_len--;
    return cnicalc__contains(&parent, b);
}

size_t cnicalc__merge(cnicalc_cidr *blocks, size_t count)
{
    struct cnicalc__bits last = {0, 0}; /* of the block that was kept last */
    size_t kept = 0;
    cnicalc__sort(blocks, count);
    for (size_t i = 0; i < count; i++) {
        struct cnicalc__bits first = cnicalc__first_of(&blocks[i]);
        int is_alike = kept > 0 && blocks[kept - 1].family == blocks[i].family;
        if (is_alike && !cnicalc__below(last, first)) {
            continue;
        }
        is_alike = is_alike && last.lo + 1 == first.lo; /* else they are no halves */
        last = cnicalc__last_of(&blocks[i]);
        blocks[kept++] = blocks[i];
        while (is_alike && kept > 1 && are_halves(&blocks[kept - 2], &blocks[kept - 1])) {
            kept--;
            blocks[kept - 1].prefix_len--;
        }
    }
    return kept;
}

cnicalc_status cnicalc_cidr_merge(cnicalc_cidr *blocks, size_t count, size_t *out_count)
{
    if (out_count == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = cnicalc__check_set(blocks, count);
    if (status == CNICALC_OK) {
        *out_count = cnicalc__merge(blocks, count);
    }
    return status;
}

/* The fewest blocks for what the sorted used ones leave of a block: how many there are. They are
 * only counted where out_blocks is NULL. */
static size_t cover_remainder(const cnicalc_cidr *block, const cnicalc_cidr *used,
                              size_t used_count, cnicalc_cidr *out_blocks)
{
    struct cnicalc__bits from = cnicalc__first_of(block);
    struct cnicalc__bits end = cnicalc__last_of(block);
    size_t count = 0;
    for (size_t i = 0; i < used_count; i++) {
        struct cnicalc__bits first = cnicalc__first_of(&used[i]);
        struct cnicalc__bits last = cnicalc__last_of(&used[i]);
        if (used[i].family != block->family || cnicalc__below(last, from)) {
            continue;
        }
        if (cnicalc__below(end, first)) {
            break;
        }
        if (cnicalc__below(from, first)) {
            count += cnicalc__cover(block->family, from, cnicalc__minus_one(first),
                                    out_blocks != NULL ? out_blocks + count : NULL);
        }
        if (!cnicalc__below(last, end)) {
            return count;
        }
        from = cnicalc__plus_one(last);
    }
    return count +
           cnicalc__cover(block->family, from, end, out_blocks != NULL ? out_blocks + count : NULL);
}

cnicalc_status cnicalc_cidr_exclude(const cnicalc_cidr *block, cnicalc_cidr *used,
                                    size_t used_count, cnicalc_cidr *out_blocks, size_t capacity,
                                    size_t *out_count)
{
    if (out_blocks == NULL && capacity != 0) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = cnicalc__check_block_and_set(block, used, used_count, out_count);
    if (status != CNICALC_OK) {
        return status;
    }
    cnicalc__sort(used, used_count);
    *out_count = cover_remainder(block, used, used_count, NULL);
    if (*out_count > capacity) {
        return CNICALC_ERR_CAPACITY;
    }
    (void)cover_remainder(block, used, used_count, out_blocks);
    return CNICALC_OK;
}

/* ---- Overlaps ---- */

/* What questions about pairs check first: their indexes have 32 bits. */
static cnicalc_status check_pairs(const cnicalc_cidr *blocks, size_t count)
{
    /* In two shifts: size_t may have no more than 32 bits. */
    return count >> 16 >> 16 != 0 ? CNICALC_ERR_OVERFLOW : cnicalc__check_set(blocks, count);
}

cnicalc_status cnicalc_cidr_first_overlap(cnicalc_cidr *blocks, size_t count, uint32_t *out_found,
                                          cnicalc_cidr_pair *out_pair)
{
    if (out_found == NULL || out_pair == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = check_pairs(blocks, count);
    if (status != CNICALC_OK) {
        return status;
    }
    cnicalc__sort(blocks, count);
    *out_found = 0;
    for (size_t i = 1; i < count; i++) {
        /* What is inside a block follows it directly, so neighbours are enough. */
        if (cnicalc__contains(&blocks[i - 1], &blocks[i])) {
            out_pair->outer = (uint32_t)(i - 1);
            out_pair->inner = (uint32_t)i;
            *out_found = 1;
            break;
        }
    }
    return CNICALC_OK;
}

/* How many of the sorted blocks that follow blocks[0] lie in it: a run, so its end is searched by
 * doubling and halving. */
static size_t count_inside(const cnicalc_cidr *blocks, size_t count)
{
    size_t inside = 0;
    size_t step = 1;
    while (step < count && cnicalc__contains(blocks, &blocks[step])) {
        inside = step;
        step = step < count / 2 ? step * 2 : count;
    }
    while (step - inside > 1) {
        size_t middle = inside + (step - inside) / 2;
        if (cnicalc__contains(blocks, &blocks[middle])) {
            inside = middle;
        } else {
            step = middle;
        }
    }
    return inside;
}

cnicalc_status cnicalc_cidr_overlap_pairs(cnicalc_cidr *blocks, size_t count,
                                          cnicalc_cidr_pair *out_pairs, size_t capacity,
                                          uint64_t *out_count)
{
    if (out_count == NULL || (out_pairs == NULL && capacity != 0)) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = check_pairs(blocks, count);
    if (status != CNICALC_OK) {
        return status;
    }
    cnicalc__sort(blocks, count);
    uint64_t needed = 0;
    for (size_t i = 0; i < count; i++) {
        needed += count_inside(&blocks[i], count - i);
    }
    *out_count = needed;
    if (needed > capacity) {
        return CNICALC_ERR_CAPACITY;
    }
    for (size_t i = 0; needed != 0; i++) {
        for (size_t j = i + 1; j < count && cnicalc__contains(&blocks[i], &blocks[j]); j++) {
            out_pairs->outer = (uint32_t)i;
            out_pairs->inner = (uint32_t)j;
            out_pairs++;
            needed--;
        }
    }
    return CNICALC_OK;
}
