/* SPDX-License-Identifier: MIT */
/* Places for the blocks of a proposal.
 *
 * Blocks are placed by falling size. Every free place of some size then holds whole numbers of all
 * that comes later, so whichever place is taken, a plan is found when there is one. */
#include "plan_wish.h"

#include "vswitch.h"

/* Addresses that one vSwitch of the shortest legal mask can give. */
#define VSWITCH_ADDRESSES_MAX cnicalc__vswitch_addresses(CNICALC_VSWITCH_PREFIX_LEN_MIN)

static void take_others(const cnicalc__plan_wish *wish, cnicalc__plan_placing *placing)
{
    for (size_t i = 0; i < wish->other_count; i++) {
        placing->used[i] = wish->others[i].cidr;
    }
    placing->used_count = wish->other_count;
}

static int goes_before(const cnicalc_plan_block *a, const cnicalc_plan_block *b)
{
    if (a->role != b->role) {
        return a->role < b->role;
    }
    return a->zone != b->zone ? a->zone < b->zone : cnicalc__before(&a->cidr, &b->cidr);
}

/* Puts a block at its place in the proposal: by role, zone and address. */
static void add_block(cnicalc__plan_placing *placing, const cnicalc_cidr *cidr, uint32_t role,
                      uint32_t zone)
{
    const cnicalc_plan_block added = {*cidr, role, zone, {0, 0}};
    size_t at = placing->block_count++;
    if (placing->blocks == NULL) {
        return;
    }
    while (at > 0 && goes_before(&added, &placing->blocks[at - 1])) {
        placing->blocks[at] = placing->blocks[at - 1];
        at--;
    }
    placing->blocks[at] = added;
}

/* Takes the lowest free block of a mask in a range; 0 when there is none. */
static int place(cnicalc__plan_placing *placing, const cnicalc_cidr *range, uint32_t mask,
                 uint32_t role, uint32_t zone)
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

/* Places a block in the private ranges, and counts it as needed and, with a place, as available. */
static void place_private(cnicalc__plan_placing *placing, cnicalc_plan_proposal *proposal,
                          uint32_t mask, uint32_t role)
{
    uint64_t addresses = UINT64_C(1) << (32 - mask);
    proposal->needed[CNICALC_PLAN_LIMIT_PRIVATE_SPACE] += addresses;
    for (size_t i = 0; i < CNICALC__PRIVATE_RANGES_IPV4; i++) {
        if (place(placing, &cnicalc__private_ranges()[i], mask, role, CNICALC_UNKNOWN)) {
            proposal->available[CNICALC_PLAN_LIMIT_PRIVATE_SPACE] += addresses;
            return;
        }
    }
}

static void place_outside_vpc(const cnicalc__plan_wish *wish, cnicalc__plan_placing *placing,
                              cnicalc_plan_proposal *proposal)
{
    int service_first = wish->service_mask < wish->pod_mask;
    take_others(wish, placing);
    placing->used[placing->used_count++] = *wish->vpc;
    if (service_first) {
        place_private(placing, proposal, wish->service_mask, CNICALC_PLAN_ROLE_SERVICE_CIDR);
    }
    if (wish->pod_mask != 0) {
        place_private(placing, proposal, wish->pod_mask, CNICALC_PLAN_ROLE_POD_CIDR);
    }
    if (!service_first) {
        place_private(placing, proposal, wish->service_mask, CNICALC_PLAN_ROLE_SERVICE_CIDR);
    }
}

/* How many vSwitches of a mask a number of addresses takes: as many of the largest as are filled,
 * and one for the rest. */
static uint64_t count_of_mask(uint64_t addresses, uint32_t mask, uint32_t mask_max)
{
    uint64_t filled = addresses / VSWITCH_ADDRESSES_MAX;
    uint64_t rest = addresses % VSWITCH_ADDRESSES_MAX;
    uint32_t rest_mask = mask_max;
    while (cnicalc__vswitch_addresses(rest_mask) < rest) {
        rest_mask--;
    }
    int has_rest = rest != 0 || filled == 0;
    return (mask == CNICALC_VSWITCH_PREFIX_LEN_MIN ? filled : 0) + (has_rest && mask == rest_mask);
}

/* Places count vSwitches. Where one finds no place, no further one of its mask does. */
static void place_vswitches(const cnicalc__plan_wish *wish, cnicalc__plan_placing *placing,
                            cnicalc_plan_proposal *proposal, uint64_t count,
                            const cnicalc_plan_block *like)
{
    uint32_t mask = like->cidr.prefix_len;
    uint64_t addresses = UINT64_C(1) << (32 - mask);
    proposal->needed[CNICALC_PLAN_LIMIT_VPC_SPACE] += count * addresses;
    for (uint64_t i = 0; i < count; i++) {
        if (!place(placing, wish->vpc, mask, like->role, like->zone)) {
            return;
        }
        proposal->available[CNICALC_PLAN_LIMIT_VPC_SPACE] += addresses;
    }
}

static void place_inside_vpc(const cnicalc__plan_wish *wish, cnicalc__plan_placing *placing,
                             cnicalc_plan_proposal *proposal)
{
    const cnicalc_plan_propose_options *options = wish->options;
    cnicalc_plan_block like = {{0, 0, 0, 0}, 0, 0, {0, 0}};
    take_others(wish, placing);
    for (uint32_t mask = CNICALC_VSWITCH_PREFIX_LEN_MIN; mask <= CNICALC_VSWITCH_PREFIX_LEN_MAX;
         mask++) {
        like.cidr.prefix_len = mask;
        for (like.zone = 0; like.zone < options->zones; like.zone++) {
            uint64_t nodes =
                wish->nodes / options->zones + (like.zone < wish->nodes % options->zones);
            like.role = CNICALC_PLAN_ROLE_VSWITCH;
            place_vswitches(wish, placing, proposal,
                            count_of_mask(nodes, mask, CNICALC_VSWITCH_PREFIX_LEN_MAX), &like);
            if (options->plugin == CNICALC_PLUGIN_TERWAY) {
                uint64_t pods = nodes * options->pods_per_node * CNICALC__PODS_TO_PLAN_FOR;
                like.role = CNICALC_PLAN_ROLE_POD_VSWITCH;
                place_vswitches(wish, placing, proposal,
                                count_of_mask(pods, mask, CNICALC__POD_VSWITCH_MASK_MAX), &like);
            }
        }
    }
}

/* How many blocks of a mask the VPC has beside those that are used. */
uint64_t cnicalc__plan_count_room(const cnicalc_cidr *vpc, uint32_t mask,
                                  cnicalc__plan_placing *placing)
{
    uint64_t room = UINT64_C(1) << (mask - vpc->prefix_len);
    for (size_t i = 0; i < placing->used_count; i++) {
        cnicalc_cidr *used = &placing->used[i];
        if (used->family == CNICALC_FAMILY_IPV4 && used->prefix_len > mask) {
            *used = cnicalc__block_at(used->hi, used->lo, used->family, mask);
        }
    }
    size_t kept = cnicalc__merge(placing->used, placing->used_count);
    for (size_t i = 0; i < kept; i++) {
        if (cnicalc__contains(&placing->used[i], vpc)) {
            return 0;
        }
        if (cnicalc__contains(vpc, &placing->used[i])) {
            room -= UINT64_C(1) << (mask - placing->used[i].prefix_len);
        }
    }
    return room;
}

/* The mask of the largest pod vSwitch: the first zone has most nodes. */
uint32_t cnicalc__plan_room_mask(const cnicalc__plan_wish *wish)
{
    uint64_t nodes = wish->nodes / wish->options->zones + (wish->nodes % wish->options->zones != 0);
    uint64_t pods = nodes * wish->options->pods_per_node * CNICALC__PODS_TO_PLAN_FOR;
    uint32_t mask = CNICALC_VSWITCH_PREFIX_LEN_MIN;
    while (count_of_mask(pods, mask, CNICALC__POD_VSWITCH_MASK_MAX) == 0) {
        mask++;
    }
    return mask;
}

void cnicalc__plan_place_all(const cnicalc__plan_wish *wish, cnicalc__plan_placing *placing,
                             cnicalc_plan_proposal *proposal)
{
    placing->block_count = 0;
    add_block(placing, wish->vpc, CNICALC_PLAN_ROLE_VPC, CNICALC_UNKNOWN);
    place_outside_vpc(wish, placing, proposal);
    place_inside_vpc(wish, placing, proposal);
}
