/* SPDX-License-Identifier: MIT */
/* Free space in a block: the lowest free one of a length, and how many there are. */
#include "cnicalc/cidr.h"
#include "internal_cidr.h"

uint32_t cnicalc__first_free(const cnicalc_cidr *block, uint32_t prefix_len, cnicalc_cidr *used,
                             size_t used_count, cnicalc_cidr *out_block)
{
    cnicalc_cidr candidate = *block;
    struct cnicalc__bits end = cnicalc__last_of(block);
    cnicalc__sort(used, used_count);
    candidate.prefix_len = prefix_len;
    for (size_t i = 0; i < used_count; i++) {
        struct cnicalc__bits last = cnicalc__last_of(&used[i]);
        if (used[i].family != block->family ||
            cnicalc__below(last, cnicalc__first_of(&candidate))) {
            continue;
        }
        struct cnicalc__bits candidate_last = cnicalc__last_of(&candidate);
        if (cnicalc__below(candidate_last, cnicalc__first_of(&used[i]))) {
            break;
        }
        /* Blocks nest: what is taken ends with the larger of the two. */
        last = cnicalc__below(last, candidate_last) ? candidate_last : last;
        if (!cnicalc__below(last, end)) {
            return 0;
        }
        last = cnicalc__plus_one(last);
        candidate.hi = last.hi;
        candidate.lo = last.lo;
    }
    *out_block = candidate;
    return 1;
}

cnicalc_status cnicalc_cidr_first_free(const cnicalc_cidr *block, uint32_t prefix_len,
                                       cnicalc_cidr *used, size_t used_count, uint32_t *out_found,
                                       cnicalc_cidr *out_block)
{
    if (out_found == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = cnicalc__check_block_and_set(block, used, used_count, out_block);
    if (status == CNICALC_OK) {
        status = cnicalc__check_cut(block, prefix_len);
    }
    if (status != CNICALC_OK) {
        return status;
    }
    *out_found = cnicalc__first_free(block, prefix_len, used, used_count, out_block);
    return CNICALC_OK;
}

uint64_t cnicalc__count_free(const cnicalc_cidr *block, uint32_t prefix_len, cnicalc_cidr *used,
                             size_t *used_count)
{
    uint64_t room = UINT64_C(1) << (prefix_len - block->prefix_len);
    for (size_t i = 0; i < *used_count; i++) {
        if (used[i].family == block->family && used[i].prefix_len > prefix_len) {
            used[i] = cnicalc__cut(&used[i], prefix_len);
        }
    }
    *used_count = cnicalc__merge(used, *used_count);
    for (size_t i = 0; i < *used_count; i++) {
        if (cnicalc__contains(block, &used[i])) {
            room -= UINT64_C(1) << (prefix_len - used[i].prefix_len);
        } else if (cnicalc__contains(&used[i], block)) {
            return 0;
        }
    }
    return room;
}

cnicalc_status cnicalc_cidr_count_free(const cnicalc_cidr *block, uint32_t prefix_len,
                                       cnicalc_cidr *used, size_t used_count, uint64_t *out_count)
{
    cnicalc_status status = cnicalc__check_block_and_set(block, used, used_count, out_count);
    if (status == CNICALC_OK) {
        status = cnicalc__check_cut(block, prefix_len);
    }
    if (status != CNICALC_OK) {
        return status;
    }
    if (prefix_len - block->prefix_len > 63) {
        return CNICALC_ERR_OVERFLOW;
    }
    *out_count = cnicalc__count_free(block, prefix_len, used, &used_count);
    return CNICALC_OK;
}
