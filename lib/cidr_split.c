/* SPDX-License-Identifier: MIT */
/* Blocks cut into equal parts, neighbours and supernets. */
#include "cnicalc/cidr.h"
#include "internal.h"
#include "internal_cidr.h"

/* What questions about the sub-blocks of a block check first. */
CNICALC__INLINE cnicalc_status check_split(const cnicalc_cidr *block, uint32_t prefix_len,
                                           const void *out)
{
    cnicalc_status status = cnicalc__check_block(block, out);
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
    cnicalc_status status = check_split(block, prefix_len, out_count);
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
    cnicalc_status status = check_split(block, prefix_len, out_block);
    if (status != CNICALC_OK) {
        return status;
    }
    uint32_t index_bits = prefix_len - block->prefix_len;
    if (index_bits < 64 && index >> index_bits != 0) {
        return CNICALC_ERR_INDEX;
    }
    *out_block = sub_block(block, prefix_len, index);
    return CNICALC_OK;
}

/* The last number of index_bits bits, or the last that a caller can give. */
static uint64_t last_index_of(uint32_t index_bits)
{
    return index_bits < 64 ? (UINT64_C(1) << index_bits) - 1 : UINT64_MAX;
}

cnicalc_status cnicalc_cidr_split(const cnicalc_cidr *block, uint32_t prefix_len,
                                  uint64_t first_index, size_t count, cnicalc_cidr *out_blocks)
{
    const void *out = count != 0 ? out_blocks : block; /* no block goes out when count is 0 */
    cnicalc_status status = check_split(block, prefix_len, out);
    if (status != CNICALC_OK) {
        return status;
    }
    uint64_t last_index = last_index_of(prefix_len - block->prefix_len);
    if (count != 0 && (first_index > last_index || count - 1 > last_index - first_index)) {
        return CNICALC_ERR_INDEX;
    }
    for (size_t i = 0; i < count; i++) {
        out_blocks[i] = sub_block(block, prefix_len, first_index + i);
    }
    return CNICALC_OK;
}

CNICALC__COLD cnicalc_status cnicalc_cidr_index_of(const cnicalc_cidr *block, uint32_t prefix_len,
                                                   const cnicalc_address *address,
                                                   uint64_t *out_index)
{
    if (address == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = check_split(block, prefix_len, out_index);
    if (status == CNICALC_OK) {
        status = cnicalc_address_check(address);
    }
    if (status != CNICALC_OK) {
        return status;
    }
    if (!cnicalc__holds(block, address->hi, address->lo, address->family)) {
        return CNICALC_ERR_CIDR_NOT_INSIDE;
    }
    struct cnicalc__bits offset = {address->hi ^ block->hi, address->lo ^ block->lo};
    uint32_t host_bits = cnicalc__width(block->family) - prefix_len;
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
    cnicalc_status status = cnicalc__check_block(block, out_block);
    if (status != CNICALC_OK) {
        return status;
    }
    struct cnicalc__bits next = cnicalc__plus_one(cnicalc__last_of(block));
    if ((next.hi | next.lo) == 0 ||
        (block->family == CNICALC_FAMILY_IPV4 && next.lo > UINT32_MAX)) {
        return CNICALC_ERR_CIDR_EDGE;
    }
    *out_block = cnicalc__block_at(next.hi, next.lo, block->family, block->prefix_len);
    return CNICALC_OK;
}

CNICALC__COLD cnicalc_status cnicalc_cidr_previous(const cnicalc_cidr *block,
                                                   cnicalc_cidr *out_block)
{
    cnicalc_status status = cnicalc__check_block(block, out_block);
    if (status != CNICALC_OK) {
        return status;
    }
    if ((block->hi | block->lo) == 0) {
        return CNICALC_ERR_CIDR_EDGE;
    }
    struct cnicalc__bits before = cnicalc__minus_one(cnicalc__first_of(block));
    *out_block = cnicalc__block_at(before.hi, before.lo, block->family, block->prefix_len);
    return CNICALC_OK;
}

CNICALC__COLD cnicalc_status cnicalc_cidr_supernet(const cnicalc_cidr *block, uint32_t prefix_len,
                                                   cnicalc_cidr *out_block)
{
    cnicalc_status status = cnicalc__check_block(block, out_block);
    if (status != CNICALC_OK) {
        return status;
    }
    if (prefix_len > block->prefix_len) {
        return CNICALC_ERR_CIDR_PREFIX_LEN;
    }
    *out_block = cnicalc__cut(block, prefix_len);
    return CNICALC_OK;
}
