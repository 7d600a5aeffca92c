/* SPDX-License-Identifier: MIT */
/* What the pods and nodes of a proposal need of vSwitches, and one vSwitch for each purpose. */
#include "plan_bin.h"

#include "terway.h"

/* More vSwitches of the last level than IPv4 has room for. */
#define NEVER (INT64_C(1) << CNICALC__VSWITCH_PREFIX_LEN_MIN)

/* ---- What is needed ---- */

/* What a vSwitch of a level has for ENIs, or for single addresses. */
static uint64_t units_of_level(uint32_t level, int of_prefixes)
{
    uint32_t mask = CNICALC__LEVEL_MASK(level);
    return of_prefixes ? cnicalc__vswitch_blocks(mask) : cnicalc__vswitch_addresses(mask);
}

/* Adds a need of what ENIs find beyond a share in vSwitches of a level and larger ones. */
static void add_need(cnicalc__bin_needs *needs, const cnicalc__eni_need *enis, uint64_t share,
                     uint64_t each, uint32_t smallest)
{
    cnicalc__bin_need *need = &needs->needs[needs->count++];
    memset(need, 0, sizeof *need);
    need->each = (int64_t)each;
    for (uint32_t level = smallest; level <= CNICALC__LEVELS; level++) {
        need->given[level] = (int64_t)cnicalc__eni_found(units_of_level(level, enis->of_prefixes),
                                                         enis->per_eni, share);
    }
}

/* Beyond no share, an ENI without end finds all that there is. The shares are those that vSwitches
 * have, the rests that they leave of ENIs. */
void cnicalc__bin_find_needs(const cnicalc__request *request, cnicalc__bin_needs *needs)
{
    const cnicalc__eni_need singles = {0, 0, UINT64_MAX, 0};
    const cnicalc__eni_need prefixes = {0, 0, UINT64_MAX, 1};
    const cnicalc_terway_node *node = &request->all.node;
    cnicalc_terway_node planned = *node;
    cnicalc__load one;
    if (request->pods_factor > 1) {
        planned = cnicalc__plan_node(&request->options->node,
                                     request->pods_factor * node->pods_per_node, node->dual_stack);
    }
    (void)cnicalc__terway_load_of(&planned, &one); /* as checked */
    needs->request = request;
    needs->count = 0;
    add_need(needs, &singles, 0, one.pod_addresses, 1);
    add_need(needs, &singles, 0, one.pod_addresses, CNICALC__POD_LEVEL);
    add_need(needs, &prefixes, 0, one.prefixes, CNICALC__POD_LEVEL);
    for (uint32_t i = CNICALC__POD_LEVEL; i <= CNICALC__LEVELS && one.need.enis != 0; i++) {
        uint64_t share = units_of_level(i, one.need.of_prefixes) % one.need.per_eni;
        uint64_t rest = cnicalc__eni_rest(&one.need, share);
        if (share != 0 && rest != 0) {
            add_need(needs, &one.need, share, rest, CNICALC__POD_LEVEL);
        }
    }
}

cnicalc__bin cnicalc__bin_of(const cnicalc__bin_needs *needs, uint32_t purpose, uint32_t zone)
{
    int64_t nodes = (int64_t)cnicalc__zone_nodes(needs->request, zone);
    cnicalc__bin bin;
    memset(&bin, 0, sizeof bin);
    bin.zone = zone;
    bin.purpose = purpose;
    for (uint32_t i = 0; i < needs->count && purpose != CNICALC__FOR_NODES; i++) {
        bin.needs[i] = nodes * needs->needs[i].each;
    }
    if (purpose != CNICALC__FOR_PODS) { /* nodes find addresses in vSwitches that are there */
        int64_t found = (int64_t)needs->request->node_free[zone];
        bin.needs[CNICALC__BIN_ADDRESSES] += nodes > found ? nodes - found : 0;
    }
    return bin;
}

int64_t cnicalc__bin_lacks(const cnicalc__bin_needs *needs, const cnicalc__bin *bin, uint32_t need)
{
    int64_t left = bin->needs[need];
    for (uint32_t level = 1; level <= CNICALC__LEVELS; level++) {
        left -= bin->taken[level] * needs->needs[need].given[level];
    }
    return left;
}

int cnicalc__bin_is_met(const cnicalc__bin_needs *needs, const cnicalc__bin *bin)
{
    for (uint32_t i = 0; i < needs->count; i++) {
        if (cnicalc__bin_lacks(needs, bin, i) > 0) {
            return 0;
        }
    }
    return 1;
}

uint32_t cnicalc__bin_put_block(const cnicalc__bin_needs *needs, cnicalc__bin *bin)
{
    uint32_t level = bin->purpose == CNICALC__FOR_PODS ? CNICALC__POD_LEVEL : 1;
    bin->taken[level]++;
    while (level < CNICALC__LEVELS && !cnicalc__bin_is_met(needs, bin)) {
        bin->taken[level++]--;
        bin->taken[level]++;
    }
    return level;
}

/* ---- One vSwitch ---- */

/* As many of the largest as leave something, and the smallest that meets it. */
static void find_single(const cnicalc__bin_needs *needs, cnicalc__bin bin, cnicalc__shape *shape)
{
    uint64_t *count = shape->count[bin.purpose][bin.zone];
    int64_t filled = 0;
    for (uint32_t i = 0; i < needs->count; i++) {
        int64_t given = needs->needs[i].given[CNICALC__LEVELS];
        int64_t beyond = bin.needs[i] - given;
        int64_t needed = given != 0   ? cnicalc__bin_blocks_for(beyond, given)
                         : beyond > 0 ? NEVER
                                      : 0;
        filled = needed > filled ? needed : filled;
    }
    for (uint32_t i = 0; i < needs->count; i++) {
        bin.needs[i] -= filled * needs->needs[i].given[CNICALC__LEVELS];
    }
    count[CNICALC__LEVELS] = (uint64_t)filled;
    count[cnicalc__bin_put_block(needs, &bin)]++;
}

void cnicalc__plan_single(const cnicalc__request *request, cnicalc__shape *shape)
{
    cnicalc__bin_needs needs;
    cnicalc__bin_find_needs(request, &needs);
    memset(shape, 0, sizeof *shape);
    for (uint32_t zone = 0; zone < request->options->zones; zone++) {
        const cnicalc__bin nodes = cnicalc__bin_of(&needs, CNICALC__FOR_NODES, zone);
        if (nodes.needs[CNICALC__BIN_ADDRESSES] != 0 || (request->zones_with[0] >> zone & 1) == 0) {
            find_single(&needs, nodes, shape);
        }
        if (request->options->plugin == CNICALC_PLUGIN_TERWAY) {
            find_single(&needs, cnicalc__bin_of(&needs, CNICALC__FOR_PODS, zone), shape);
        }
    }
}
