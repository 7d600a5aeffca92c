/* SPDX-License-Identifier: MIT */
/* Blocks cut into equal parts, neighbours and supernets, and ranges cut into blocks. */
#include "cnicalc/cidr.h"
#include "internal.h"
#include "internal_cidr.h"

/* A block and the length of its sub-blocks. */
static cnicalc_status check_split(const cnicalc_cidr *block, uint32_t prefix_len)
{
    cnicalc_status status = cnicalc__check_cidr(block);
    if (status != CNICALC_OK) {
        return status;
    }
    if (prefix_len < block->prefix_len || prefix_len > cnicalc__width(block->family)) {
        return CNICALC_ERR_CIDR_PREFIX_LEN;
    }
    return CNICALC_OK;
}

/* ---- Splitting ---- */

CNICALC__COLD cnicalc_status cnicalc_cidr_subnet_count(const cnicalc_cidr *block,
                                                       uint32_t prefix_len, uint64_t *out_count)
{
    cnicalc_status status;
    if (block == NULL || out_count == NULL) {
        return CNICALC_ERR_NULL;
    }
    status = check_split(block, prefix_len);
    if (status != CNICALC_OK) {
        return status;
    }
    if (prefix_len - block->prefix_len >= 64) {
        return CNICALC_ERR_OVERFLOW;
    }
    *out_count = UINT64_C(1) << (prefix_len - block->prefix_len);
    return CNICALC_OK;
}

/* The sub-block of an index that is known to be in range, so that nothing is shifted out. */
static cnicalc_cidr sub_block(const cnicalc_cidr *block, uint32_t prefix_len, uint64_t index)
{
    uint32_t host_bits = cnicalc__width(block->family) - prefix_len;
    cnicalc_cidr sub = *block;
    sub.prefix_len = prefix_len;
    if (host_bits == 0) {
        sub.lo |= index;
    } else if (host_bits < 64) {
        sub.lo |= index << host_bits;
        sub.hi |= index >> (64 - host_bits);
    } else if (host_bits < 128) {
        sub.hi |= index << (host_bits - 64);
    }
    return sub;
}

cnicalc_status cnicalc_cidr_nth(const cnicalc_cidr *block, uint32_t prefix_len, uint64_t index,
                                cnicalc_cidr *out_block)
{
    uint32_t index_bits;
    cnicalc_status status;
    if (block == NULL || out_block == NULL) {
        return CNICALC_ERR_NULL;
    }
    status = check_split(block, prefix_len);
    if (status != CNICALC_OK) {
        return status;
    }
    index_bits = prefix_len - block->prefix_len;
    if (index_bits < 64 && index >> index_bits != 0) {
        return CNICALC_ERR_INDEX;
    }
    *out_block = sub_block(block, prefix_len, index);
    return CNICALC_OK;
}

cnicalc_status cnicalc_cidr_split(const cnicalc_cidr *block, uint32_t prefix_len,
                                  uint64_t first_index, size_t count, cnicalc_cidr *out_blocks)
{
    uint32_t index_bits;
    uint64_t last_index;
    size_t i;
    cnicalc_status status;
    if (block == NULL || (out_blocks == NULL && count != 0)) {
        return CNICALC_ERR_NULL;
    }
    status = check_split(block, prefix_len);
    if (status != CNICALC_OK) {
        return status;
    }
    index_bits = prefix_len - block->prefix_len;
    last_index = cnicalc__low_ones(index_bits < 64 ? index_bits : 64);
    if (count != 0 && (first_index > last_index || count - 1 > last_index - first_index)) {
        return CNICALC_ERR_INDEX;
    }
    for (i = 0; i < count; i++) {
        out_blocks[i] = sub_block(block, prefix_len, first_index + i);
    }
    return CNICALC_OK;
}

CNICALC__COLD cnicalc_status cnicalc_cidr_index_of(const cnicalc_cidr *block, uint32_t prefix_len,
                                                   const cnicalc_address *address,
                                                   uint64_t *out_index)
{
    struct cnicalc__bits offset;
    uint32_t host_bits;
    cnicalc_status status;
    if (block == NULL || address == NULL || out_index == NULL) {
        return CNICALC_ERR_NULL;
    }
    status = check_split(block, prefix_len);
    if (status != CNICALC_OK) {
        return status;
    }
    status = cnicalc__check_address(address);
    if (status != CNICALC_OK) {
        return status;
    }
    if (!cnicalc__holds(block, address->hi, address->lo, address->family)) {
        return CNICALC_ERR_CIDR_NOT_INSIDE;
    }
    offset.hi = address->hi ^ block->hi;
    offset.lo = address->lo ^ block->lo;
    host_bits = cnicalc__width(block->family) - prefix_len;
    if (host_bits >= 64) {
        *out_index = host_bits == 128 ? 0 : offset.hi >> (host_bits - 64);
        return CNICALC_OK;
    }
    if (offset.hi >> host_bits != 0) {
        return CNICALC_ERR_OVERFLOW;
    }
    *out_index = offset.lo >> host_bits | (host_bits == 0 ? 0 : offset.hi << (64 - host_bits));
    return CNICALC_OK;
}

CNICALC__COLD cnicalc_status cnicalc_cidr_next(const cnicalc_cidr *block, cnicalc_cidr *out_block)
{
    struct cnicalc__bits last;
    cnicalc_status status;
    if (block == NULL || out_block == NULL) {
        return CNICALC_ERR_NULL;
    }
    status = cnicalc__check_cidr(block);
    if (status != CNICALC_OK) {
        return status;
    }
    last = cnicalc__plus_one(cnicalc__last_of(block));
    if ((last.hi | last.lo) == 0 ||
        (block->family == CNICALC_FAMILY_IPV4 && last.lo > UINT32_MAX)) {
        return CNICALC_ERR_CIDR_EDGE;
    }
    *out_block = cnicalc__block_at(last.hi, last.lo, block->family, block->prefix_len);
    return CNICALC_OK;
}

CNICALC__COLD cnicalc_status cnicalc_cidr_previous(const cnicalc_cidr *block,
                                                   cnicalc_cidr *out_block)
{
    struct cnicalc__bits first;
    cnicalc_status status;
    if (block == NULL || out_block == NULL) {
        return CNICALC_ERR_NULL;
    }
    status = cnicalc__check_cidr(block);
    if (status != CNICALC_OK) {
        return status;
    }
    first.hi = block->hi;
    first.lo = block->lo;
    if ((first.hi | first.lo) == 0) {
        return CNICALC_ERR_CIDR_EDGE;
    }
    first = cnicalc__minus_one(first);
    *out_block = cnicalc__block_at(first.hi, first.lo, block->family, block->prefix_len);
    return CNICALC_OK;
}

CNICALC__COLD cnicalc_status cnicalc_cidr_supernet(const cnicalc_cidr *block, uint32_t prefix_len,
                                                   cnicalc_cidr *out_block)
{
    cnicalc_status status;
    if (block == NULL || out_block == NULL) {
        return CNICALC_ERR_NULL;
    }
    status = cnicalc__check_cidr(block);
    if (status != CNICALC_OK) {
        return status;
    }
    if (prefix_len > block->prefix_len) {
        return CNICALC_ERR_CIDR_PREFIX_LEN;
    }
    *out_block = cnicalc__block_at(block->hi, block->lo, block->family, prefix_len);
    return CNICALC_OK;
}

/* ---- Ranges ---- */

static uint32_t trailing_zeros(struct cnicalc__bits bits)
{
    uint32_t count = 0;
    uint64_t word = bits.lo;
    if (word == 0) {
        count = 64;
        word = bits.hi;
    }
    while (count < 128 && (word & 1) == 0) {
        word >>= 1;
        count++;
    }
    return count;
}

/* The largest block that begins at first and does not reach beyond last. */
static cnicalc_cidr largest_block(uint32_t family, struct cnicalc__bits first,
                                  struct cnicalc__bits last)
{
    uint32_t width = cnicalc__width(family);
    uint32_t aligned = trailing_zeros(first);
    cnicalc_cidr block =
        cnicalc__block_at(first.hi, first.lo, family, aligned < width ? width - aligned : 0);
    while (cnicalc__below(last, cnicalc__last_of(&block))) {
        block.prefix_len++;
    }
    return block;
}

CNICALC__COLD void cnicalc__cover(struct cnicalc__list *list, uint32_t family,
                                  struct cnicalc__bits first, struct cnicalc__bits last)
{
    for (;;) {
        cnicalc_cidr block = largest_block(family, first, last);
        struct cnicalc__bits end = cnicalc__last_of(&block);
        if (list->count < list->capacity) {
            list->blocks[list->count] = block;
        }
        list->count++;
        if (!cnicalc__below(end, last)) {
            return;
        }
        first = cnicalc__plus_one(end);
    }
}

CNICALC__COLD cnicalc_status cnicalc_cidr_from_range(const cnicalc_address *first,
                                                     const cnicalc_address *last,
                                                     cnicalc_cidr *out_blocks, size_t capacity,
                                                     size_t *out_count)
{
    struct cnicalc__bits from;
    struct cnicalc__bits to;
    struct cnicalc__list counted = {NULL, 0, 0};
    struct cnicalc__list list = {NULL, 0, 0};
    cnicalc_status status;
    if (first == NULL || last == NULL || out_count == NULL ||
        (out_blocks == NULL && capacity != 0)) {
        return CNICALC_ERR_NULL;
    }
    status = cnicalc__check_address(first);
    if (status == CNICALC_OK) {
        status = cnicalc__check_address(last);
    }
    if (status != CNICALC_OK) {
        return status;
    }
    if (first->family != last->family) {
        return CNICALC_ERR_CIDR_FAMILY_MIXED;
    }
    from.hi = first->hi;
    from.lo = first->lo;
    to.hi = last->hi;
    to.lo = last->lo;
    if (cnicalc__below(to, from)) {
        return CNICALC_ERR_CIDR_RANGE;
    }
    cnicalc__cover(&counted, first->family, from, to);
    *out_count = counted.count;
    if (counted.count > capacity) {
        return CNICALC_ERR_CAPACITY;
    }
    list.blocks = out_blocks;
    list.capacity = capacity;
    cnicalc__cover(&list, first->family, from, to);
    return CNICALC_OK;
}
