/* SPDX-License-Identifier: MIT */
/* The zones of a Terway cluster: what each has free, how many nodes it holds, whether it holds
 * given ones. The rule is at the top of cnicalc/terway.h. */
#include "terway.h"

#include "vswitch.h"

/* ---- What is free ---- */

cnicalc__zone cnicalc__zone_begin(uint32_t zone, int counts_nodes)
{
    const cnicalc__zone begun = {zone, 0, 0, (uint32_t)counts_nodes, 0, 0, 0, 0, 0, 0};
    return begun;
}

void cnicalc__zone_add(cnicalc__zone *zone, const cnicalc_vswitch *vswitch)
{
    cnicalc_vswitch_room room = cnicalc__vswitch_room(vswitch);
    int serves_nodes = (vswitch->roles & CNICALC_VSWITCH_NODE) != 0;
    zone->all_free += room.free_addresses;
    zone->used += vswitch->used_addresses;
    zone->node_free += serves_nodes ? room.free_addresses : 0;
    if ((vswitch->roles & CNICALC_VSWITCH_POD) != 0) {
        zone->has_pod_vswitch = 1;
        zone->has_shared_vswitch |= (uint32_t)serves_nodes;
        zone->pod_free += room.free_addresses;
        zone->pod_blocks += room.free_prefixes;
        zone->pod_only_blocks += serves_nodes ? 0 : room.free_prefixes;
    }
}

/* Whether some vSwitch, in any zone, serves nodes. */
static int has_node_vswitch(const cnicalc_vswitch *vswitches, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if ((vswitches[i].roles & CNICALC_VSWITCH_NODE) != 0) {
            return 1;
        }
    }
    return 0;
}

cnicalc__zone cnicalc__zone_of_all(const cnicalc_vswitch *vswitches, size_t count)
{
    cnicalc__zone zone = cnicalc__zone_begin(0, has_node_vswitch(vswitches, count));
    for (size_t i = 0; i < count; i++) {
        cnicalc__zone_add(&zone, &vswitches[i]);
    }
    return zone;
}

/* Whether no vSwitch before this one is in its zone. */
static int opens_zone(const cnicalc_vswitch *vswitches, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (vswitches[i].zone == vswitches[index].zone) {
            return 0;
        }
    }
    return 1;
}

int cnicalc__zone_next(const cnicalc_vswitch *vswitches, size_t count, size_t *at,
                       cnicalc__zone *out_zone)
{
    size_t first = *at;
    while (first < count && !opens_zone(vswitches, first)) {
        first++;
    }
    if (first == count) {
        return 0;
    }
    *out_zone = cnicalc__zone_begin(vswitches[first].zone, has_node_vswitch(vswitches, count));
    for (size_t i = first; i < count; i++) {
        if (vswitches[i].zone == out_zone->zone) {
            cnicalc__zone_add(out_zone, &vswitches[i]);
        }
    }
    *at = first + 1;
    return 1;
}

cnicalc_status cnicalc__terway_count_zones(const cnicalc_terway_cluster *cluster, size_t capacity,
                                           size_t *out_count, cnicalc_fault *out_fault)
{
    size_t count = 0;
    for (size_t i = 0; i < cluster->vswitch_count; i++) {
        count += (size_t)opens_zone(cluster->vswitches, i);
    }
    *out_count = count;
    return count > capacity ? cnicalc__whole_fault(CNICALC_ERR_CAPACITY, out_fault) : CNICALC_OK;
}

/* ---- What nodes take of it ---- */

/* Nodes that a supply holds when each takes this much of it. */
static uint64_t nodes_by(uint64_t supply, uint64_t taken)
{
    return taken == 0 ? CNICALC_NO_LIMIT : supply / taken;
}

/* How many nodes a zone holds where a vSwitch serves pods and nodes: by all of its addresses, and
 * by what prefixes beyond the blocks of pure pod vSwitches leave to the nodes. */
static uint64_t nodes_by_sharing(const cnicalc__zone *zone, const cnicalc__load *one)
{
    uint64_t nodes = zone->all_free / (one->pod_addresses + 1);
    uint64_t block_addresses = one->prefixes * CNICALC__ADDRESSES_PER_PREFIX;
    uint64_t beside_blocks =
        (zone->node_free + zone->pod_only_blocks * CNICALC__ADDRESSES_PER_PREFIX) /
        (block_addresses + 1);
    return one->prefixes == 0 ? nodes : cnicalc__min(nodes, beside_blocks);
}

/* What a zone has for nodes and pods together, without the addresses that this load cannot use:
 * when its prefixes need more than the blocks of pure pod vSwitches, what is outside those blocks
 * serves single addresses alone. */
static uint64_t usable_together(const cnicalc__zone *zone, const cnicalc__load *load)
{
    uint64_t singles = load->pod_addresses - load->prefixes * CNICALC__ADDRESSES_PER_PREFIX;
    uint64_t outside =
        zone->all_free - zone->node_free - zone->pod_only_blocks * CNICALC__ADDRESSES_PER_PREFIX;
    return load->prefixes > zone->pod_only_blocks
               ? zone->all_free - cnicalc__subtract_or_0(outside, singles)
               : zone->all_free;
}

/* What pods need of a zone. One without a pod vSwitch holds no node: where pods need no address,
 * each node is short of one. */
static uint64_t pod_addresses_needed(const cnicalc__zone *zone, const cnicalc__load *load)
{
    return zone->has_pod_vswitch || load->pod_addresses != 0 ? load->pod_addresses : load->nodes;
}

/* ---- The answers ---- */

static void begin_answer(const cnicalc__zone *zone, cnicalc_terway_zone *answer)
{
    memset(answer, 0, sizeof *answer);
    answer->zone = zone->zone;
    answer->usable_addresses = zone->pod_free;
    answer->usable_prefixes = zone->pod_blocks;
    answer->node_addresses = zone->counts_nodes ? zone->node_free : CNICALC_NO_LIMIT;
}

static void add_nodes_row(cnicalc_terway_zone *answer, uint32_t limit, uint64_t nodes)
{
    cnicalc__add_row(answer->limits, &answer->limit_count, limit, CNICALC_COUNTS_NODES, 0, nodes);
}

void cnicalc__zone_hold(const cnicalc__zone *zone, const cnicalc__load *one,
                        cnicalc_terway_zone *out_zone)
{
    begin_answer(zone, out_zone);
    add_nodes_row(out_zone, CNICALC_LIMIT_POD_VSWITCH_ADDRESSES,
                  zone->has_pod_vswitch ? nodes_by(zone->pod_free, one->pod_addresses) : 0);
    add_nodes_row(out_zone, CNICALC_LIMIT_POD_VSWITCH_PREFIXES,
                  nodes_by(zone->pod_blocks, one->prefixes));
    add_nodes_row(out_zone, CNICALC_LIMIT_NODE_VSWITCH_ADDRESSES, out_zone->node_addresses);
    add_nodes_row(out_zone, CNICALC_LIMIT_ZONE_ADDRESSES,
                  zone->has_shared_vswitch ? nodes_by_sharing(zone, one) : CNICALC_NO_LIMIT);
    const cnicalc_limit_row *row =
        &out_zone
             ->limits[cnicalc__bind(out_zone->limits, out_zone->limit_count, CNICALC_COUNTS_NODES)];
    out_zone->bound_by = row->limit;
    out_zone->max_nodes = row->available;
    out_zone->fits = 1;
}

static void add_judged_row(cnicalc_terway_zone *answer, uint32_t limit, uint64_t needed,
                           uint64_t available)
{
    cnicalc__add_judged_row(answer->limits, &answer->limit_count, limit, needed, available);
}

void cnicalc__zone_judge(const cnicalc__zone *zone, const cnicalc__load *load,
                         cnicalc_terway_zone *out_zone)
{
    begin_answer(zone, out_zone);
    add_judged_row(out_zone, CNICALC_LIMIT_POD_VSWITCH_ADDRESSES, pod_addresses_needed(zone, load),
                   zone->pod_free);
    add_judged_row(out_zone, CNICALC_LIMIT_POD_VSWITCH_PREFIXES, load->prefixes, zone->pod_blocks);
    add_judged_row(out_zone, CNICALC_LIMIT_NODE_VSWITCH_ADDRESSES, load->nodes,
                   out_zone->node_addresses);
    add_judged_row(out_zone, CNICALC_LIMIT_ZONE_ADDRESSES, load->nodes + load->pod_addresses,
                   zone->has_shared_vswitch ? usable_together(zone, load) : CNICALC_NO_LIMIT);
    out_zone->nodes = load->nodes;
    out_zone->bound_by = cnicalc__first_shortage(out_zone->limits, out_zone->limit_count);
    out_zone->fits = out_zone->bound_by == CNICALC_LIMIT_NONE;
}
