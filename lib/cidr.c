/* SPDX-License-Identifier: MIT */
/* Facts and arithmetic of single blocks, and of two. */
#include "cnicalc/cidr.h"
#include "internal.h"
#include "internal_cidr.h"

static cnicalc_address address_of(struct cnicalc__bits bits, uint32_t family)
{
    cnicalc_address address = {bits.hi, bits.lo, family, 0};
    return address;
}

cnicalc_status cnicalc__check_block(const cnicalc_cidr *block, const void *out)
{
    return block == NULL || out == NULL ? CNICALC_ERR_NULL : cnicalc__check_cidr(block);
}

cnicalc_status cnicalc__check_split(const cnicalc_cidr *block, uint32_t prefix_len, const void *out)
{
    cnicalc_status status = cnicalc__check_block(block, out);
    return status == CNICALC_OK ? cnicalc__check_cut(block, prefix_len) : status;
}

cnicalc_status cnicalc__check_block_and_set(const cnicalc_cidr *block, const cnicalc_cidr *used,
                                            size_t used_count, const void *out)
{
    cnicalc_status status = cnicalc__check_block(block, out);
    return status == CNICALC_OK ? cnicalc__check_set(used, used_count) : status;
}

/* What every question about two blocks checks first. */
static cnicalc_status check_two(const cnicalc_cidr *a, const cnicalc_cidr *b, const void *out)
{
    if (a == NULL || b == NULL || out == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = cnicalc__check_cidr(a);
    return status != CNICALC_OK ? status : cnicalc__check_cidr(b);
}

/* ---- Facts of one block ---- */

cnicalc_cidr cnicalc__cut(const cnicalc_cidr *cidr, uint32_t prefix_len)
{
    return cnicalc__block_at(cidr->hi, cidr->lo, cidr->family, prefix_len);
}

struct cnicalc__bits cnicalc__last_of(const cnicalc_cidr *block)
{
    struct cnicalc__bits last =
        cnicalc__host_mask(cnicalc__depth(block->family, block->prefix_len));
    last.hi |= block->hi;
    last.lo |= block->lo;
    return last;
}

cnicalc_status cnicalc_cidr_check(const cnicalc_cidr *cidr)
{
    return cidr == NULL ? CNICALC_ERR_NULL : cnicalc__check_cidr(cidr);
}

cnicalc_status cnicalc_address_check(const cnicalc_address *address)
{
    return address == NULL ? CNICALC_ERR_NULL : cnicalc__check_address(address);
}

cnicalc_status cnicalc_cidr_from_address(const cnicalc_address *address, uint32_t prefix_len,
                                         cnicalc_cidr *out_block)
{
    if (address == NULL || out_block == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = cnicalc__check_address(address);
    if (status != CNICALC_OK) {
        return status;
    }
    if (prefix_len > cnicalc__width(address->family)) {
        return CNICALC_ERR_CIDR_PREFIX_LEN;
    }
    *out_block = cnicalc__block_at(address->hi, address->lo, address->family, prefix_len);
    return CNICALC_OK;
}

cnicalc_status cnicalc_cidr_first(const cnicalc_cidr *block, cnicalc_address *out_address)
{
    cnicalc_status status = cnicalc__check_block(block, out_address);
    if (status == CNICALC_OK) {
        *out_address = address_of(cnicalc__first_of(block), block->family);
    }
    return status;
}

cnicalc_status cnicalc_cidr_last(const cnicalc_cidr *block, cnicalc_address *out_address)
{
    cnicalc_status status = cnicalc__check_block(block, out_address);
    if (status == CNICALC_OK) {
        *out_address = address_of(cnicalc__last_of(block), block->family);
    }
    return status;
}

cnicalc_status cnicalc_cidr_netmask(const cnicalc_cidr *block, cnicalc_address *out_mask)
{
    cnicalc_status status = cnicalc__check_block(block, out_mask);
    if (status != CNICALC_OK) {
        return status;
    }
    struct cnicalc__bits mask =
        cnicalc__host_mask(cnicalc__depth(block->family, block->prefix_len));
    if (block->family == CNICALC_FAMILY_IPV4) {
        mask.lo ^= UINT32_MAX;
    } else {
        mask.hi = ~mask.hi;
        mask.lo = ~mask.lo;
    }
    *out_mask = address_of(mask, block->family);
    return CNICALC_OK;
}

cnicalc_status cnicalc_cidr_address_count(const cnicalc_cidr *block, uint64_t *out_count)
{
    cnicalc_status status = cnicalc__check_block(block, out_count);
    if (status != CNICALC_OK) {
        return status;
    }
    uint32_t host_bits = cnicalc__width(block->family) - block->prefix_len;
    if (host_bits >= 64) {
        return CNICALC_ERR_OVERFLOW;
    }
    *out_count = UINT64_C(1) << host_bits;
    return CNICALC_OK;
}

const cnicalc_cidr *cnicalc__private_ranges(void)
{
    static const cnicalc_cidr ranges[CNICALC__PRIVATE_RANGES] = {
        {0, UINT64_C(0x0a000000), CNICALC_FAMILY_IPV4, 8},          /* RFC 1918 */
        {0, UINT64_C(0xac100000), CNICALC_FAMILY_IPV4, 12},         /* RFC 1918 */
        {0, UINT64_C(0xc0a80000), CNICALC_FAMILY_IPV4, 16},         /* RFC 1918 */
        {UINT64_C(0xfc00000000000000), 0, CNICALC_FAMILY_IPV6, 7}}; /* RFC 4193 */
    return ranges;
}

int cnicalc__is_private(const cnicalc_cidr *block)
{
    int is_private = 0;
    for (size_t i = 0; i < CNICALC__PRIVATE_RANGES; i++) {
        is_private |= cnicalc__contains(&cnicalc__private_ranges()[i], block);
    }
    return is_private;
}

cnicalc_status cnicalc_cidr_is_private(const cnicalc_cidr *block, uint32_t *out_is_private)
{
    cnicalc_status status = cnicalc__check_block(block, out_is_private);
    if (status == CNICALC_OK) {
        *out_is_private = (uint32_t)cnicalc__is_private(block);
    }
    return status;
}

/* ---- Two blocks ---- */

int cnicalc__contains(const cnicalc_cidr *outer, const cnicalc_cidr *inner)
{
    return outer->prefix_len <= inner->prefix_len &&
           cnicalc__holds(outer, inner->hi, inner->lo, inner->family);
}

int cnicalc__equal(const cnicalc_cidr *a, const cnicalc_cidr *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

/* Blocks nest. */
int cnicalc__overlap(const cnicalc_cidr *a, const cnicalc_cidr *b)
{
    return cnicalc__contains(a, b) | cnicalc__contains(b, a);
}

cnicalc_status cnicalc_cidr_contains(const cnicalc_cidr *outer, const cnicalc_cidr *inner,
                                     uint32_t *out_contains)
{
    cnicalc_status status = check_two(outer, inner, out_contains);
    if (status == CNICALC_OK) {
        *out_contains = (uint32_t)cnicalc__contains(outer, inner);
    }
    return status;
}

cnicalc_status cnicalc_cidr_contains_address(const cnicalc_cidr *block,
                                             const cnicalc_address *address, uint32_t *out_contains)
{
    if (address == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = cnicalc__check_block(block, out_contains);
    if (status == CNICALC_OK) {
        status = cnicalc__check_address(address);
    }
    if (status == CNICALC_OK) {
        const cnicalc_cidr host = {address->hi, address->lo, address->family,
                                   cnicalc__width(address->family)};
        *out_contains = (uint32_t)cnicalc__contains(block, &host);
    }
    return status;
}

cnicalc_status cnicalc_cidr_overlaps(const cnicalc_cidr *a, const cnicalc_cidr *b,
                                     uint32_t *out_overlaps)
{
    cnicalc_status status = check_two(a, b, out_overlaps);
    if (status == CNICALC_OK) {
        *out_overlaps = (uint32_t)cnicalc__overlap(a, b);
    }
    return status;
}

cnicalc_status cnicalc_cidr_equal(const cnicalc_cidr *a, const cnicalc_cidr *b, uint32_t *out_equal)
{
    cnicalc_status status = check_two(a, b, out_equal);
    if (status == CNICALC_OK) {
        *out_equal = (uint32_t)cnicalc__equal(a, b);
    }
    return status;
}

cnicalc_status cnicalc_cidr_compare(const cnicalc_cidr *a, const cnicalc_cidr *b,
                                    int32_t *out_order)
{
    cnicalc_status status = check_two(a, b, out_order);
    if (status == CNICALC_OK) {
        *out_order = cnicalc__before(b, a) - cnicalc__before(a, b);
    }
    return status;
}

/* How many of the upper bits are equal in both; 64 when all are. */
static uint32_t common_bits(uint64_t a, uint64_t b)
{
    uint32_t count = 64;
    for (uint64_t differs = a ^ b; differs != 0; differs >>= 1) {
        count--;
    }
    return count;
}

cnicalc_status cnicalc_cidr_common(const cnicalc_cidr *a, const cnicalc_cidr *b,
                                   cnicalc_cidr *out_block)
{
    cnicalc_status status = check_two(a, b, out_block);
    if (status != CNICALC_OK) {
        return status;
    }
    if (a->family != b->family) {
        return CNICALC_ERR_CIDR_FAMILY_MIXED;
    }
    uint32_t common = a->hi == b->hi ? 64 + common_bits(a->lo, b->lo) : common_bits(a->hi, b->hi);
    uint64_t prefix_len = cnicalc__min(a->prefix_len, b->prefix_len);
    prefix_len = cnicalc__min(prefix_len, common - (128 - cnicalc__width(a->family)));
    *out_block = cnicalc__cut(a, (uint32_t)prefix_len);
    return CNICALC_OK;
}

/* ---- Parts, neighbours, supernets ---- */

cnicalc_status cnicalc_cidr_subnet_count(const cnicalc_cidr *block, uint32_t prefix_len,
                                         uint64_t *out_count)
{
    cnicalc_status status = cnicalc__check_split(block, prefix_len, out_count);
    if (status != CNICALC_OK) {
        return status;
    }
    if (prefix_len - block->prefix_len >= 64) {
        return CNICALC_ERR_OVERFLOW;
    }
    *out_count = UINT64_C(1) << (prefix_len - block->prefix_len);
    return CNICALC_OK;
}

cnicalc_status cnicalc_cidr_index_of(const cnicalc_cidr *block, uint32_t prefix_len,
                                     const cnicalc_address *address, uint64_t *out_index)
{
    if (address == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = cnicalc__check_split(block, prefix_len, out_index);
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

cnicalc_status cnicalc_cidr_next(const cnicalc_cidr *block, cnicalc_cidr *out_block)
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
    const cnicalc_cidr found = {next.hi, next.lo, block->family, block->prefix_len};
    *out_block = found;
    return CNICALC_OK;
}

cnicalc_status cnicalc_cidr_previous(const cnicalc_cidr *block, cnicalc_cidr *out_block)
{
    cnicalc_status status = cnicalc__check_block(block, out_block);
    if (status != CNICALC_OK) {
        return status;
    }
    if ((block->hi | block->lo) == 0) {
        return CNICALC_ERR_CIDR_EDGE;
    }
    struct cnicalc__bits before = cnicalc__minus_one(cnicalc__first_of(block));
    const cnicalc_cidr last = {before.hi, before.lo, block->family, block->prefix_len};
    *out_block = cnicalc__cut(&last, block->prefix_len);
    return CNICALC_OK;
}

cnicalc_status cnicalc_cidr_supernet(const cnicalc_cidr *block, uint32_t prefix_len,
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
