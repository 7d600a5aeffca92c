/* SPDX-License-Identifier: MIT */
/* The zones of a Terway cluster: what each has free, how many nodes it holds, whether it holds
 * given ones. The rule is at the top of cnicalc/terway.h. */
#include "terway.h"

#include "vswitch.h"

static uint64_t addresses_in(uint64_t blocks)
{
    return blocks * CNICALC__ADDRESSES_PER_PREFIX;
}

/* ---- What is free ---- */

cnicalc__zone cnicalc__zone_begin(uint32_t zone, int counts_nodes)
{
    cnicalc__zone begun;
    memset(&begun, 0, sizeof begun);
    begun.zone = zone;
    begun.counts_nodes = (uint32_t)counts_nodes;
    begun.vswitches = NULL;
    return begun;
}

void cnicalc__zone_add(cnicalc__zone *zone, const cnicalc_vswitch *vswitch, uint32_t roles)
{
    cnicalc_vswitch_room room = cnicalc__vswitch_room(vswitch);
    int serves_nodes = (roles & CNICALC_VSWITCH_NODE) != 0;
    zone->node_free += serves_nodes ? room.single_addresses : 0;
    if ((roles & CNICALC_VSWITCH_POD) == 0) {
        zone->all_free += room.single_addresses;
        return;
    }
    uint64_t reserved_blocks = cnicalc__vswitch_closed(vswitch, &room);
    uint64_t free_addresses = room.single_addresses + addresses_in(reserved_blocks);
    zone->all_free += free_addresses;
    zone->has_pod_vswitch = 1;
    zone->has_shared_vswitch |= (uint32_t)serves_nodes;
    zone->pod_vswitches += free_addresses != 0;
    zone->pod_free += free_addresses;
    zone->pod_blocks += room.free_prefixes;
    zone->pod_only_blocks += serves_nodes ? reserved_blocks : room.free_prefixes;
    zone->reserved_blocks += reserved_blocks;
}

int cnicalc__terway_counts_nodes(const cnicalc_terway_cluster *cluster)
{
    for (size_t i = 0; i < cluster->vswitch_count; i++) {
        if ((cluster->vswitches[i].roles & CNICALC_VSWITCH_NODE) != 0) {
            return 1;
        }
    }
    return 0;
}

uint64_t cnicalc__terway_used(const cnicalc_terway_cluster *cluster)
{
    uint64_t used = 0;
    for (size_t i = 0; i < cluster->vswitch_count; i++) {
        used += cluster->vswitches[i].used_addresses;
    }
    return used;
}

uint64_t cnicalc__terway_free(const cnicalc_terway_cluster *cluster)
{
    uint64_t free_addresses = 0;
    for (size_t i = 0; i < cluster->vswitch_count; i++) {
        const cnicalc_vswitch *vswitch = &cluster->vswitches[i];
        cnicalc_vswitch_room room = cnicalc__vswitch_room(vswitch);
        free_addresses +=
            room.single_addresses + addresses_in(cnicalc__vswitch_closed(vswitch, &room));
    }
    return free_addresses;
}

static uint32_t roles_in(const cnicalc_terway_cluster *cluster, uint32_t zone)
{
    uint32_t roles = 0;
    for (size_t i = 0; i < cluster->vswitch_count; i++) {
        const cnicalc_vswitch *vswitch = &cluster->vswitches[i];
        roles |= vswitch->zone == zone ? vswitch->roles : 0;
    }
    return roles;
}

cnicalc__zone cnicalc__zone_of(const cnicalc_terway_cluster *cluster, uint32_t number,
                               int can_fall_back)
{
    cnicalc__zone zone = cnicalc__zone_begin(number, cnicalc__terway_counts_nodes(cluster));
    zone.falls_back = can_fall_back && cnicalc__zone_falls_back(roles_in(cluster, number));
    zone.vswitches = cluster->vswitches;
    zone.vswitch_count = cluster->vswitch_count;
    for (size_t i = 0; i < cluster->vswitch_count; i++) {
        const cnicalc_vswitch *vswitch = &cluster->vswitches[i];
        if (vswitch->zone == number) {
            cnicalc__zone_add(&zone, vswitch,
                              zone.falls_back ? CNICALC_VSWITCH_BOTH : vswitch->roles);
        }
    }
    return zone;
}

/* Whether no vSwitch before this one is in its zone. */
static int opens_zone(const cnicalc_terway_cluster *cluster, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (cluster->vswitches[i].zone == cluster->vswitches[index].zone) {
            return 0;
        }
    }
    return 1;
}

int cnicalc__zone_next(const cnicalc_terway_cluster *cluster, size_t *at, uint32_t *out_zone)
{
    size_t first = *at;
    while (first < cluster->vswitch_count && !opens_zone(cluster, first)) {
        first++;
    }
    if (first == cluster->vswitch_count) {
        return 0;
    }
    *out_zone = cluster->vswitches[first].zone;
    *at = first + 1;
    return 1;
}

/* ---- What nodes take of it ---- */

/* Nodes that a supply holds when each takes this much of it. */
static uint64_t nodes_by(uint64_t supply, uint64_t taken)
{
    return taken == 0 ? CNICALC_NO_LIMIT : supply / taken;
}

/* Addresses of a load that are in no prefix. */
static uint64_t singles_of(const cnicalc__load *load)
{
    return load->pod_addresses - addresses_in(load->prefixes);
}

/* How many nodes find addresses for their pods: of all, and single ones of what is not reserved. */
static uint64_t nodes_by_pods(const cnicalc__zone *zone, const cnicalc__load *one)
{
    uint64_t open = zone->pod_free - addresses_in(zone->reserved_blocks);
    return zone->has_pod_vswitch ? cnicalc__min(nodes_by(zone->pod_free, one->pod_addresses),
                                                nodes_by(open, singles_of(one)))
                                 : 0;
}

/* How many nodes a zone holds where a vSwitch serves pods and nodes: by all of its addresses, by
 * those that are not reserved, and by what prefixes leave to the nodes beyond the blocks that nodes
 * cannot take. */
static uint64_t nodes_by_sharing(const cnicalc__zone *zone, const cnicalc__load *one)
{
    uint64_t open = zone->all_free - addresses_in(zone->reserved_blocks);
    uint64_t nodes =
        cnicalc__min(zone->all_free / (one->pod_addresses + 1), open / (singles_of(one) + 1));
    uint64_t block_addresses = addresses_in(one->prefixes);
    uint64_t beside_blocks =
        (zone->node_free + addresses_in(zone->pod_only_blocks)) / (block_addresses + 1);
    return one->prefixes == 0 ? nodes : cnicalc__min(nodes, beside_blocks);
}

/* Addresses of reserved blocks that no prefix of a load takes. */
static uint64_t left_reserved(const cnicalc__zone *zone, const cnicalc__load *load)
{
    return addresses_in(cnicalc__subtract_or_0(zone->reserved_blocks, load->prefixes));
}

/* What a zone has for nodes and pods together, without the addresses that this load cannot use:
 * when its prefixes need more than the blocks that nodes cannot take, what is outside those blocks
 * serves single addresses alone. */
static uint64_t usable_together(const cnicalc__zone *zone, const cnicalc__load *load)
{
    uint64_t outside = zone->all_free - zone->node_free - addresses_in(zone->pod_only_blocks);
    return load->prefixes > zone->pod_only_blocks
               ? zone->all_free - cnicalc__subtract_or_0(outside, singles_of(load))
               : zone->all_free - left_reserved(zone, load);
}

/* What pods need of a zone. One without a pod vSwitch holds no node: where pods need no address,
 * each node is short of one. */
static uint64_t pod_addresses_needed(const cnicalc__zone *zone, const cnicalc__load *load)
{
    return zone->has_pod_vswitch || load->pod_addresses != 0 ? load->pod_addresses : load->nodes;
}

/* ---- The answers ---- */

static void begin_answer(const cnicalc__zone *zone, const cnicalc__load *load,
                         cnicalc_terway_zone *answer)
{
    memset(answer, 0, sizeof *answer);
    answer->zone = zone->zone;
    answer->falls_back = zone->falls_back;
    answer->best_case = load->has_choice && zone->pod_vswitches > 1;
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
    begin_answer(zone, one, out_zone);
    add_nodes_row(out_zone, CNICALC_LIMIT_POD_VSWITCH_ADDRESSES, nodes_by_pods(zone, one));
    add_nodes_row(out_zone, CNICALC_LIMIT_POD_VSWITCH_PREFIXES,
                  nodes_by(zone->pod_blocks, one->prefixes));
    add_nodes_row(out_zone, CNICALC_LIMIT_POD_VSWITCH_ENIS, cnicalc__eni_nodes(zone, &one->need));
    add_nodes_row(out_zone, CNICALC_LIMIT_NODE_VSWITCH_ADDRESSES, out_zone->node_addresses);
    add_nodes_row(out_zone, CNICALC_LIMIT_ZONE_ADDRESSES,
                  zone->has_shared_vswitch ? nodes_by_sharing(zone, one) : CNICALC_NO_LIMIT);
    const cnicalc_limit_row *row =
        cnicalc__bind(out_zone->limits, out_zone->limit_count, CNICALC_COUNTS_NODES);
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
    begin_answer(zone, load, out_zone);
    add_judged_row(out_zone, CNICALC_LIMIT_POD_VSWITCH_ADDRESSES, pod_addresses_needed(zone, load),
                   zone->pod_free - left_reserved(zone, load));
    add_judged_row(out_zone, CNICALC_LIMIT_POD_VSWITCH_PREFIXES, load->prefixes, zone->pod_blocks);
    add_judged_row(out_zone, CNICALC_LIMIT_POD_VSWITCH_ENIS, load->eni_addresses,
                   load->eni_addresses != 0 ? load->eni_addresses - load->eni_lack
                                            : CNICALC_NO_LIMIT);
    add_judged_row(out_zone, CNICALC_LIMIT_NODE_VSWITCH_ADDRESSES, load->nodes,
                   out_zone->node_addresses);
    add_judged_row(out_zone, CNICALC_LIMIT_ZONE_ADDRESSES, load->nodes + load->pod_addresses,
                   zone->has_shared_vswitch ? usable_together(zone, load) : CNICALC_NO_LIMIT);
    out_zone->nodes = load->nodes;
    out_zone->bound_by = cnicalc__first_shortage(out_zone->limits, out_zone->limit_count);
    out_zone->fits = out_zone->bound_by == CNICALC_LIMIT_NONE;
}
