/* SPDX-License-Identifier: MIT */
/* What a vSwitch has left, and whether vSwitches are legal. */
#include "vswitch.h"

#include "internal_cidr.h"

/* Whether two valid IPv4 blocks share an address: each is asked about all others. */
static int overlap(const cnicalc_cidr *a, const cnicalc_cidr *b)
{
    uint32_t prefix_len = a->prefix_len < b->prefix_len ? a->prefix_len : b->prefix_len;
    return (a->lo ^ b->lo) >> (32 - prefix_len) == 0;
}

cnicalc_vswitch_room cnicalc__vswitch_room(const cnicalc_vswitch *vswitch)
{
    uint64_t reserved = vswitch->reserved_prefixes;
    uint64_t usable = cnicalc__vswitch_addresses(vswitch->cidr.prefix_len);
    uint64_t blocks = reserved != 0 ? reserved : cnicalc__vswitch_blocks(vswitch->cidr.prefix_len);
    /* Addresses in use fill the room outside the blocks first, then reach into one after another.
     */
    uint64_t outside = usable - blocks * CNICALC__ADDRESSES_PER_PREFIX;
    uint64_t inside = cnicalc__subtract_or_0(vswitch->used_addresses, outside);
    uint64_t used_blocks =
        (inside + CNICALC__ADDRESSES_PER_PREFIX - 1) / CNICALC__ADDRESSES_PER_PREFIX;
    cnicalc_vswitch_room room;
    memset(&room, 0, sizeof room);
    room.usable_addresses = usable;
    room.free_addresses = usable - vswitch->used_addresses;
    room.free_prefixes = blocks - used_blocks;
    room.single_addresses = reserved != 0 ? cnicalc__subtract_or_0(outside, vswitch->used_addresses)
                                          : room.free_addresses;
    return room;
}

static cnicalc_status check_vswitch_cidr(const cnicalc_cidr *block)
{
    cnicalc_status status = cnicalc_cidr_check(block);
    if (status != CNICALC_OK) {
        return status;
    }
    if (block->family != CNICALC_FAMILY_IPV4) {
        return CNICALC_ERR_VSWITCH_FAMILY;
    }
    return block->prefix_len < CNICALC__VSWITCH_PREFIX_LEN_MIN ||
                   block->prefix_len > CNICALC__VSWITCH_PREFIX_LEN_MAX
               ? CNICALC_ERR_VSWITCH_MASK
               : CNICALC_OK;
}

cnicalc_status cnicalc__vswitch_check_one(const cnicalc_vswitch *vswitch)
{
    if (cnicalc__any_set(vswitch->reserved, sizeof vswitch->reserved)) {
        return CNICALC_ERR_RESERVED;
    }
    cnicalc_status status = check_vswitch_cidr(&vswitch->cidr);
    if (status != CNICALC_OK) {
        return status;
    }
    if (vswitch->roles == 0 || (vswitch->roles & ~(uint32_t)CNICALC_VSWITCH_BOTH) != 0) {
        return CNICALC_ERR_VSWITCH_ROLES;
    }
    if (vswitch->reserved_prefixes > cnicalc__vswitch_blocks(vswitch->cidr.prefix_len)) {
        return CNICALC_ERR_VSWITCH_RESERVATION;
    }
    return vswitch->used_addresses > cnicalc__vswitch_addresses(vswitch->cidr.prefix_len)
               ? CNICALC_ERR_VSWITCH_USED
               : CNICALC_OK;
}

cnicalc_status cnicalc_vswitch_solve(const cnicalc_vswitch *vswitch, cnicalc_vswitch_room *out_room)
{
    if (vswitch == NULL || out_room == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = cnicalc__vswitch_check_one(vswitch);
    if (status == CNICALC_OK) {
        *out_room = cnicalc__vswitch_room(vswitch);
    }
    return status;
}

/* ---- Reservations ---- */

#define BITS_BELOW_VSWITCH 2 /* VPC documentation, 2026: at least, of a reservation by mask */

static int is_by_mask(const cnicalc_cidr *reservation)
{
    return reservation->family == 0;
}

/* Whether a block lies in a vSwitch, beside the addresses that the VPC keeps at both ends. */
static int is_inside(const cnicalc_cidr *block, const cnicalc_cidr *vswitch)
{
    uint64_t last = block->lo + (UINT64_C(1) << (32 - block->prefix_len)) - 1;
    uint64_t usable = cnicalc__vswitch_addresses(vswitch->prefix_len);
    return block->lo > vswitch->lo && last <= vswitch->lo + usable;
}

static cnicalc_status check_reservation(const cnicalc_cidr *reservation,
                                        const cnicalc_cidr *vswitch)
{
    if (is_by_mask(reservation)) {
        return reservation->prefix_len < vswitch->prefix_len + BITS_BELOW_VSWITCH ||
                       reservation->prefix_len > CNICALC__PREFIX_LEN
                   ? CNICALC_ERR_VSWITCH_RESERVATION_MASK
                   : CNICALC_OK;
    }
    cnicalc_status status = cnicalc_cidr_check(reservation);
    if (status != CNICALC_OK) {
        return status;
    }
    return reservation->family == CNICALC_FAMILY_IPV4 && is_inside(reservation, vswitch)
               ? CNICALC_OK
               : CNICALC_ERR_VSWITCH_RESERVATION;
}

static uint64_t prefixes_in(const cnicalc_cidr *reservation)
{
    return reservation->prefix_len > CNICALC__PREFIX_LEN
               ? 0
               : UINT64_C(1) << (CNICALC__PREFIX_LEN - reservation->prefix_len);
}

/* Adds the blocks of a reservation; *other is an earlier one that it overlaps. */
static cnicalc_status add_reservation(const cnicalc_vswitch *vswitch,
                                      const cnicalc_cidr *reservations, size_t index,
                                      uint64_t *prefixes, size_t *other)
{
    const cnicalc_cidr *reservation = &reservations[index];
    cnicalc_status status = check_reservation(reservation, &vswitch->cidr);
    if (status != CNICALC_OK) {
        return status;
    }
    for (size_t i = 0; i < index && !is_by_mask(reservation); i++) {
        if (!is_by_mask(&reservations[i]) && overlap(&reservations[i], reservation)) {
            *other = i;
            return CNICALC_ERR_VSWITCH_RESERVATION;
        }
    }
    *prefixes += prefixes_in(reservation);
    return *prefixes > cnicalc__vswitch_blocks(vswitch->cidr.prefix_len)
               ? CNICALC_ERR_VSWITCH_RESERVATION
               : CNICALC_OK;
}

cnicalc_status cnicalc_vswitch_reserve(const cnicalc_vswitch *vswitch,
                                       const cnicalc_cidr *reservations, size_t count,
                                       uint64_t *out_prefixes, cnicalc_fault *out_fault)
{
    if (vswitch == NULL || (reservations == NULL && count != 0) || out_prefixes == NULL) {
        return CNICALC_ERR_NULL;
    }
    uint64_t prefixes = 0;
    cnicalc_status status = check_vswitch_cidr(&vswitch->cidr);
    if (status != CNICALC_OK) {
        return cnicalc__whole_fault(status, out_fault);
    }
    for (size_t i = 0; i < count; i++) {
        size_t other = CNICALC_UNKNOWN;
        status = add_reservation(vswitch, reservations, i, &prefixes, &other);
        if (status != CNICALC_OK) {
            return cnicalc__fault(status, CNICALC_ARRAY_RESERVATIONS, i, other, out_fault);
        }
    }
    *out_prefixes = prefixes;
    return CNICALC_OK;
}

cnicalc_status cnicalc_vswitch_check(const cnicalc_vswitch *vswitches, size_t count,
                                     cnicalc_fault *out_fault)
{
    if (vswitches == NULL && count != 0) {
        return CNICALC_ERR_NULL;
    }
    for (size_t i = 0; i < count; i++) {
        cnicalc_status status = cnicalc__vswitch_check_one(&vswitches[i]);
        if (status != CNICALC_OK) {
            return cnicalc__fault(status, CNICALC_ARRAY_VSWITCHES, i, CNICALC_UNKNOWN, out_fault);
        }
        for (size_t j = 0; j < i; j++) {
            if (overlap(&vswitches[i].cidr, &vswitches[j].cidr)) {
                return cnicalc__fault(CNICALC_ERR_VSWITCH_OVERLAP, CNICALC_ARRAY_VSWITCHES, i, j,
                                      out_fault);
            }
        }
    }
    return CNICALC_OK;
}

/* ---- Room for further vSwitches ---- */

void cnicalc__vswitch_free_blocks(const cnicalc_cidr *block, cnicalc_cidr *used, size_t used_count,
                                  uint32_t *free_blocks)
{
    for (uint32_t level = 1; level <= CNICALC__LEVELS; level++) {
        uint32_t mask = CNICALC__LEVEL_MASK(level);
        uint32_t room = mask < block->prefix_len
                            ? 0
                            : (uint32_t)cnicalc__count_free(block, mask, used, &used_count);
        free_blocks[level] += room;
        free_blocks[level - 1] -= level > 1 ? 2 * room : 0;
    }
}

int cnicalc__vswitch_can_place(const uint32_t *free_blocks, const uint32_t *taken)
{
    int64_t left = 0;
    for (uint32_t level = CNICALC__LEVELS; level > 0 && left >= 0; level--) {
        left = 2 * left + free_blocks[level] - taken[level];
    }
    return left >= 0;
}
