/* SPDX-License-Identifier: MIT */
/* Places for the blocks of a proposal.
 *
 * Blocks are placed by falling size. Every free place of some size then holds whole numbers of all
 * that comes later, so whichever place is taken, a plan is found when there is one. */
#include "plan_propose.h"

#include "vswitch.h"

/* What is in use: outside the VPC it is the VPC, too, and what a summary holds. */
static void take_others(const cnicalc__request *request, cnicalc__placing *placing, int is_inside)
{
    placing->used_count = 0;
    for (size_t i = 0; i < request->in_use->block_count; i++) {
        const cnicalc_plan_block *block = &request->in_use->blocks[i];
        if (!is_inside ||
            (block->role != CNICALC_PLAN_ROLE_VPC && block->role != CNICALC_PLAN_ROLE_SUMMARY)) {
            placing->used[placing->used_count++] = block->cidr;
        }
    }
}

/* Those of the VPC stay in the order in which they are added. */
static int goes_before(const cnicalc_plan_block *a, const cnicalc_plan_block *b)
{
    if (a->role != b->role || a->role == CNICALC_PLAN_ROLE_VPC) {
        return a->role < b->role;
    }
    return a->zone != b->zone ? a->zone < b->zone : cnicalc__before(&a->cidr, &b->cidr);
}

/* Puts a block at its place in the proposal: by role, zone and address. */
static void add_block(cnicalc__placing *placing, const cnicalc_cidr *cidr, uint32_t role,
                      uint32_t zone)
{
    const cnicalc_plan_block added = {*cidr, role, zone, 0, 0, {0}};
    size_t at = placing->block_count++;
    if (placing->blocks == NULL) {
        return;
    }
    while (at > 0 && goes_before(&added, &placing->blocks[at - 1])) {
        at--;
    }
    memmove(&placing->blocks[at + 1], &placing->blocks[at],
            (placing->block_count - 1 - at) * sizeof added);
    placing->blocks[at] = added;
}

/* Takes the lowest free block of a mask in a range; 0 when there is none. */
static int place(cnicalc__placing *placing, const cnicalc_cidr *range, uint32_t mask, uint32_t role,
                 uint32_t zone)
{
    cnicalc_cidr block;
    if (mask < range->prefix_len ||
        !cnicalc__first_free(range, mask, placing->used, placing->used_count, &block)) {
        return 0;
    }
    placing->used[placing->used_count++] = block;
    add_block(placing, &block, role, zone);
    return 1;
}

/* ---- Beside the VPC ---- */

/* The first private range of a family that has room; an IPv6 block has as many addresses as an IPv4
 * one of the mask. */
static void place_private(cnicalc__placing *placing, uint32_t family, uint32_t mask, uint32_t role)
{
    const cnicalc_cidr *ranges = cnicalc__private_ranges();
    uint64_t addresses = UINT64_C(1) << (32 - mask);
    placing->private_needed += addresses;
    for (size_t i = 0; i < CNICALC__PRIVATE_RANGES; i++) {
        if (ranges[i].family == family &&
            place(placing, &ranges[i], mask + cnicalc__width(family) - 32, role, CNICALC_UNKNOWN)) {
            placing->private_available += addresses;
            return;
        }
    }
}

/* The larger one first; of equals the pod CIDR. */
static void place_outside_vpc(const cnicalc__request *request, cnicalc__placing *placing)
{
    int pods_first = request->service_mask >= request->pod_mask;
    take_others(request, placing, 0);
    for (int i = 0; i < 2; i++) {
        int is_of_pods = (i == 0) == pods_first;
        uint32_t mask = is_of_pods ? request->pod_mask : request->service_mask;
        if (mask != 0) {
            place_private(placing, CNICALC_FAMILY_IPV4, mask,
                          is_of_pods ? CNICALC_PLAN_ROLE_POD_CIDR : CNICALC_PLAN_ROLE_SERVICE_CIDR);
        }
    }
    if (request->options->dual_stack) {
        place_private(placing, CNICALC_FAMILY_IPV6, request->service_mask,
                      CNICALC_PLAN_ROLE_SERVICE_CIDR);
    }
}

/* ---- Inside the VPC ---- */

/* Takes a place in the first block of the VPC that has one. */
static int place_in_vpc(const cnicalc__request *request, cnicalc__placing *placing,
                        const cnicalc_plan_block *like)
{
    for (uint32_t i = 0; i < request->vpc_count; i++) {
        if (place(placing, request->vpc[i], like->cidr.prefix_len, like->role, like->zone)) {
            return 1;
        }
    }
    return 0;
}

/* The IPv6 block of a vSwitch. */
static void place_ipv6(const cnicalc__request *request, cnicalc__placing *placing, uint32_t role,
                       uint32_t zone)
{
    uint32_t mask = cnicalc__bound_nearest(CNICALC_BOUND_VSWITCH_IPV6_PREFIX_LEN, 0);
    placing->ipv6_needed++;
    placing->ipv6_available += (uint64_t)place(placing, request->of_dual, mask, role, zone);
}

/* Places count vSwitches. Where one finds no place, no further one of its mask does. */
static void place_vswitches(const cnicalc__request *request, cnicalc__placing *placing,
                            uint64_t count, uint32_t purpose, const cnicalc_plan_block *like)
{
    uint64_t addresses = UINT64_C(1) << (32 - like->cidr.prefix_len);
    placing->vpc_needed += count * addresses;
    for (uint64_t i = 0; i < count; i++) {
        if (!place_in_vpc(request, placing, like)) {
            return;
        }
        placing->vpc_available += addresses;
        placing->vswitch_count++;
        if (request->of_dual != NULL) {
            place_ipv6(request, placing, like->role, like->zone);
        }
        if (purpose != CNICALC__FOR_NODES && placing->pod_prefix_len == 0) {
            placing->pod_prefix_len = like->cidr.prefix_len; /* the first is the largest */
        }
    }
}

static void place_inside_vpc(const cnicalc__request *request, const cnicalc__shape *shape,
                             cnicalc__placing *placing)
{
    static const uint8_t roles[CNICALC__PURPOSES] = {
        [CNICALC__FOR_NODES] = CNICALC_PLAN_ROLE_NODE_VSWITCH,
        [CNICALC__FOR_PODS] = CNICALC_PLAN_ROLE_POD_VSWITCH,
        [CNICALC__FOR_BOTH] = CNICALC_PLAN_ROLE_VSWITCH,
    };
    cnicalc_plan_block like = {{0, 0, 0, 0}, 0, 0, 0, 0, {0}};
    take_others(request, placing, 1);
    for (uint32_t level = CNICALC__LEVELS; level > 0; level--) {
        like.cidr.prefix_len = CNICALC__LEVEL_MASK(level);
        for (like.zone = 0; like.zone < request->options->zones; like.zone++) {
            for (uint32_t purpose = 0; purpose < CNICALC__PURPOSES; purpose++) {
                like.role = roles[purpose];
                place_vswitches(request, placing, shape->count[purpose][like.zone][level], purpose,
                                &like);
            }
        }
    }
}

void cnicalc__plan_place_all(const cnicalc__request *request, const cnicalc__shape *shape,
                             cnicalc__placing *placing)
{
    placing->block_count = 0;
    placing->vswitch_count = 0;
    placing->pod_prefix_len = 0;
    placing->vpc_needed = placing->vpc_available = 0;
    placing->private_needed = placing->private_available = 0;
    placing->ipv6_needed = placing->ipv6_available = 0;
    for (uint32_t i = 0; i < request->vpc_count; i++) {
        add_block(placing, request->vpc[i], CNICALC_PLAN_ROLE_VPC, CNICALC_UNKNOWN);
    }
    if (request->vpc_ipv6 != NULL) {
        add_block(placing, request->vpc_ipv6, CNICALC_PLAN_ROLE_VPC, CNICALC_UNKNOWN);
    }
    place_outside_vpc(request, placing);
    place_inside_vpc(request, shape, placing);
}

/* ---- What is free ---- */

void cnicalc__plan_free_blocks(const cnicalc__request *request, cnicalc__placing *placing,
                               uint32_t *out_free_blocks)
{
    memset(out_free_blocks, 0, (CNICALC__LEVELS + 1) * sizeof *out_free_blocks);
    for (uint32_t i = 0; i < request->vpc_count; i++) {
        take_others(request, placing, 1);
        cnicalc__vswitch_free_blocks(request->vpc[i], placing->used, placing->used_count,
                                     out_free_blocks);
    }
}

uint64_t cnicalc__plan_count_room(const cnicalc__request *request, cnicalc__placing *placing)
{
    uint64_t room = 0;
    for (uint32_t i = 0; i < request->vpc_count; i++) {
        room += placing->pod_prefix_len < request->vpc[i]->prefix_len
                    ? 0
                    : cnicalc__count_free(request->vpc[i], placing->pod_prefix_len, placing->used,
                                          &placing->used_count);
    }
    return room;
}
