/* SPDX-License-Identifier: MIT */
/* What a vSwitch has left, and whether vSwitches are legal. */
#include "vswitch.h"

#include "internal_cidr.h"

/* Aligned /28 blocks: all but the first and the last, which hold reserved addresses. */
static uint64_t blocks_of(uint32_t prefix_len)
{
    return prefix_len > CNICALC__PREFIX_LEN
               ? 0
               : cnicalc__subtract_or_0(UINT64_C(1) << (CNICALC__PREFIX_LEN - prefix_len), 2);
}

cnicalc_vswitch_room cnicalc__vswitch_room(const cnicalc_vswitch *vswitch)
{
    uint64_t usable = cnicalc__vswitch_addresses(vswitch->cidr.prefix_len);
    uint64_t blocks = blocks_of(vswitch->cidr.prefix_len);
    /* Addresses in use fill the room outside the blocks first, then reach into one after another.
     */
    uint64_t outside = usable - blocks * CNICALC__ADDRESSES_PER_PREFIX;
    uint64_t inside = cnicalc__subtract_or_0(vswitch->used_addresses, outside);
    uint64_t used_blocks =
        (inside + CNICALC__ADDRESSES_PER_PREFIX - 1) / CNICALC__ADDRESSES_PER_PREFIX;
    const cnicalc_vswitch_room room = {usable, usable - vswitch->used_addresses,
                                       blocks - used_blocks, 0};
    return room;
}

cnicalc_status cnicalc__vswitch_check_one(const cnicalc_vswitch *vswitch)
{
    if (cnicalc__any_set(vswitch->reserved, sizeof vswitch->reserved)) {
        return CNICALC_ERR_RESERVED;
    }
    cnicalc_status status = cnicalc_cidr_check(&vswitch->cidr);
    if (status != CNICALC_OK) {
        return status;
    }
    if (vswitch->cidr.family != CNICALC_FAMILY_IPV4) {
        return CNICALC_ERR_VSWITCH_FAMILY;
    }
    if (vswitch->cidr.prefix_len < CNICALC__VSWITCH_PREFIX_LEN_MIN ||
        vswitch->cidr.prefix_len > CNICALC__VSWITCH_PREFIX_LEN_MAX) {
        return CNICALC_ERR_VSWITCH_MASK;
    }
    if (vswitch->roles == 0 || (vswitch->roles & ~(uint32_t)CNICALC_VSWITCH_BOTH) != 0) {
        return CNICALC_ERR_VSWITCH_ROLES;
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
            if (cnicalc__overlaps(&vswitches[i].cidr, &vswitches[j].cidr)) {
                return cnicalc__fault(CNICALC_ERR_VSWITCH_OVERLAP, CNICALC_ARRAY_VSWITCHES, i, j,
                                      out_fault);
            }
        }
    }
    return CNICALC_OK;
}
