/* SPDX-License-Identifier: MIT */
/* Blocks cut into equal parts. */
#include "cnicalc/cidr.h"
#include "internal.h"
#include "internal_cidr.h"

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
    if (block == NULL || out_block == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = cnicalc__check_cidr(block);
    if (status == CNICALC_OK) {
        status = cnicalc__check_cut(block, prefix_len);
    }
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
    cnicalc_status status = cnicalc__check_split(block, prefix_len, out);
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
