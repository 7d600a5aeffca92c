/* SPDX-License-Identifier: MIT */
/* How many nodes and pods a Terway cluster holds. The rule stands at the top of terway.h. */
#include "cnicalc/terway.h"

#include "internal.h"
#include "terway_terms.h"

#include <string.h>

/* What one node takes from its zone. */
struct demand {
    uint64_t prefixes;
    uint64_t prefix_addresses; /* 16 to a prefix */
    uint64_t pod_addresses;    /* these and the single ones; below CNICALC_NO_LIMIT */
};

uint32_t cnicalc_terway_vswitch_size(void)
{
    return (uint32_t)sizeof(cnicalc_terway_vswitch);
}

uint32_t cnicalc_terway_options_size(void)
{
    return (uint32_t)sizeof(cnicalc_terway_options);
}

uint32_t cnicalc_terway_result_size(void)
{
    return (uint32_t)sizeof(cnicalc_terway_result);
}

uint32_t cnicalc_terway_zone_size(void)
{
    return (uint32_t)sizeof(cnicalc_terway_zone);
}

const char *cnicalc_terway_limit_name(uint32_t limit)
{
    switch ((enum cnicalc_terway_limit)limit) {
    case CNICALC_TERWAY_LIMIT_NONE:
        return "none";
    case CNICALC_TERWAY_LIMIT_POD_VSWITCH:
        return "pod_vswitch_addresses";
    case CNICALC_TERWAY_LIMIT_POD_PREFIXES:
        return "pod_vswitch_prefixes";
    case CNICALC_TERWAY_LIMIT_NODE_VSWITCH:
        return "node_vswitch_addresses";
    case CNICALC_TERWAY_LIMIT_ZONES:
        return "zone_addresses";
    case CNICALC_TERWAY_LIMIT_VPC_ADDRESSES:
        return "vpc_addresses";
    case CNICALC_TERWAY_LIMIT_EDITION:
        return "edition";
    case CNICALC_TERWAY_LIMIT_JOIN_FLOOR:
        return "join_floor";
    case CNICALC_TERWAY_LIMIT_EDITION_PODS:
        return "edition_pods";
    case CNICALC_TERWAY_LIMIT_IPVLAN_PODS:
        return "ipvlan_pods";
    }
    return "unknown";
}

cnicalc_status cnicalc_terway_options_init(cnicalc_terway_options *options, size_t struct_size)
{
    cnicalc_status status = cnicalc__options_begin(options, struct_size, sizeof *options);
    if (status != CNICALC_OK) {
        return status;
    }
    options->edition = CNICALC_EDITION_PRO;
    return CNICALC_OK;
}

static cnicalc_status find_demand(const cnicalc_terway_node *node, struct demand *demand)
{
    demand->prefixes = node->prefixes;
    if (cnicalc__mul_overflows(node->prefixes, CNICALC__ADDRESSES_PER_PREFIX,
                               &demand->prefix_addresses) ||
        cnicalc__add_overflows(node->addresses, demand->prefix_addresses, &demand->pod_addresses)) {
        return CNICALC_ERR_OVERFLOW;
    }
    return demand->pod_addresses == UINT64_MAX ? CNICALC_ERR_OVERFLOW : CNICALC_OK;
}

/* How many nodes a supply holds; where they take none of it, or it has no limit, they have none. */
static uint64_t nodes_by(uint64_t supply, uint64_t taken)
{
    return taken == 0 || supply == CNICALC_NO_LIMIT ? CNICALC_NO_LIMIT : supply / taken;
}

/* How many nodes a zone holds where a vSwitch can serve pods and nodes: all of its addresses, and
 * what prefixes beyond the blocks of pure pod vSwitches leave to the nodes. */
static uint64_t nodes_by_sharing(const cnicalc__zone *zone, const struct demand *demand)
{
    if (zone->node_free == CNICALC_NO_LIMIT) {
        return CNICALC_NO_LIMIT;
    }
    uint64_t nodes = zone->all_free / (demand->pod_addresses + 1);
    uint64_t beside_blocks =
        (zone->node_free + zone->pod_only_blocks * CNICALC__ADDRESSES_PER_PREFIX) /
        (demand->prefix_addresses + 1);
    return demand->prefixes == 0 ? nodes : cnicalc__min(nodes, beside_blocks);
}

/* The nodes of one zone by each of POD_VSWITCH to ZONES, the last being the smallest; returns which
 * one decides. */
static uint32_t solve_zone(const cnicalc__zone *zone, const struct demand *demand, uint64_t *limits)
{
    limits[CNICALC_TERWAY_LIMIT_POD_VSWITCH] =
        zone->has_pod_vswitch ? nodes_by(zone->pod_free, demand->pod_addresses) : 0;
    limits[CNICALC_TERWAY_LIMIT_POD_PREFIXES] = nodes_by(zone->pod_blocks, demand->prefixes);
    limits[CNICALC_TERWAY_LIMIT_NODE_VSWITCH] = zone->node_free;
    limits[CNICALC_TERWAY_LIMIT_ZONES] = nodes_by_sharing(zone, demand);
    uint32_t bound_by = cnicalc__smallest_limit(limits, CNICALC_TERWAY_LIMIT_POD_VSWITCH,
                                                CNICALC_TERWAY_LIMIT_ZONES);
    limits[CNICALC_TERWAY_LIMIT_ZONES] = limits[bound_by];
    return bound_by;
}

/* a + b, where CNICALC_NO_LIMIT stays what it is. */
static uint64_t add_limits(uint64_t a, uint64_t b)
{
    uint64_t sum;
    return cnicalc__add_overflows(a, b, &sum) ? CNICALC_NO_LIMIT : sum;
}

/* Adds up the zones: what is free, and POD_VSWITCH to ZONES of the limits. */
static void add_zones(const cnicalc_terway_vswitch *vswitches, size_t count,
                      const struct demand *demand, cnicalc_terway_result *result)
{
    int has_nodes = cnicalc__terway_has_node_vswitch(vswitches, count);
    result->node_addresses = has_nodes ? 0 : CNICALC_NO_LIMIT;
    result->limits[CNICALC_TERWAY_LIMIT_NODE_VSWITCH] = result->node_addresses;
    result->limits[CNICALC_TERWAY_LIMIT_POD_PREFIXES] =
        demand->prefixes == 0 ? CNICALC_NO_LIMIT : 0;
    for (size_t i = 0; i < count; i++) {
        if (!cnicalc__terway_opens_zone(vswitches, i)) {
            continue;
        }
        uint64_t limits[CNICALC_TERWAY_LIMIT_COUNT];
        cnicalc__zone zone = cnicalc__terway_zone_at(vswitches, count, i);
        solve_zone(&zone, demand, limits);
        for (uint32_t j = CNICALC_TERWAY_LIMIT_POD_VSWITCH; j <= CNICALC_TERWAY_LIMIT_ZONES; j++) {
            result->limits[j] = add_limits(result->limits[j], limits[j]);
        }
        result->pod_addresses += zone.pod_free;
        result->pod_prefixes += zone.pod_blocks;
        result->node_addresses = add_limits(result->node_addresses, zone.node_free);
    }
}

/* The rest of the limits, and what they come to. */
static cnicalc_status bound(const cnicalc__ceilings *ceilings, const cnicalc_terway_node *node,
                            const struct demand *demand, uint64_t used,
                            cnicalc_terway_result *result)
{
    uint64_t *limits = result->limits;
    limits[CNICALC_TERWAY_LIMIT_NONE] = CNICALC_NO_LIMIT;
    limits[CNICALC_TERWAY_LIMIT_VPC_ADDRESSES] =
        nodes_by(cnicalc__remaining(ceilings->vpc_addresses, used), demand->pod_addresses + 1);
    limits[CNICALC_TERWAY_LIMIT_EDITION] = ceilings->nodes;
    limits[CNICALC_TERWAY_LIMIT_JOIN_FLOOR] = node->joins ? CNICALC_NO_LIMIT : 0;
    limits[CNICALC_TERWAY_LIMIT_EDITION_PODS] = ceilings->pods;
    limits[CNICALC_TERWAY_LIMIT_IPVLAN_PODS] = ceilings->ipvlan_pods;

    result->pods_per_node = node->pods_per_node;
    result->bound_by = cnicalc__smallest_limit(limits, CNICALC_TERWAY_LIMIT_POD_VSWITCH,
                                               CNICALC_TERWAY_LIMIT_JOIN_FLOOR);
    result->max_nodes = limits[result->bound_by];
    if (cnicalc__mul_overflows(result->max_nodes, node->pods_per_node, &result->max_pods)) {
        return CNICALC_ERR_OVERFLOW;
    }
    result->max_pods_bound_by = result->bound_by;
    uint32_t pods_by = cnicalc__smallest_limit(limits, CNICALC_TERWAY_LIMIT_EDITION_PODS,
                                               CNICALC_TERWAY_LIMIT_IPVLAN_PODS);
    if (limits[pods_by] < result->max_pods) {
        result->max_pods = limits[pods_by];
        result->max_pods_bound_by = pods_by;
    }
    return CNICALC_OK;
}

static void write_zones(const cnicalc_terway_vswitch *vswitches, size_t count,
                        const struct demand *demand, cnicalc_terway_zone *out_zones)
{
    size_t written = 0;
    for (size_t i = 0; i < count; i++) {
        if (!cnicalc__terway_opens_zone(vswitches, i)) {
            continue;
        }
        uint64_t limits[CNICALC_TERWAY_LIMIT_COUNT];
        cnicalc__zone zone = cnicalc__terway_zone_at(vswitches, count, i);
        cnicalc_terway_zone *out = &out_zones[written++];
        memset(out, 0, sizeof *out);
        out->zone = zone.zone;
        out->bound_by = solve_zone(&zone, demand, limits);
        out->usable_addresses = zone.pod_free;
        out->usable_prefixes = zone.pod_blocks;
        out->node_addresses = zone.node_free;
        out->max_nodes = limits[CNICALC_TERWAY_LIMIT_ZONES];
    }
}

/* All that can be wrong with the question but the capacity. */
static cnicalc_status check_question(const cnicalc_terway_vswitch *vswitches, size_t vswitch_count,
                                     const cnicalc_terway_node *node,
                                     const cnicalc_terway_options *options,
                                     cnicalc__ceilings *ceilings, struct demand *demand)
{
    cnicalc_status status = cnicalc__terway_check_options(options);
    if (status != CNICALC_OK) {
        return status;
    }
    status = cnicalc__terway_check_node(node);
    if (status != CNICALC_OK) {
        return status;
    }
    status = cnicalc__terway_check_vswitches(vswitches, vswitch_count);
    if (status != CNICALC_OK) {
        return status;
    }
    status = cnicalc__terway_ceilings(options, ceilings);
    return status == CNICALC_OK ? find_demand(node, demand) : status;
}

cnicalc_status cnicalc_terway_solve(const cnicalc_terway_vswitch *vswitches, size_t vswitch_count,
                                    const cnicalc_terway_node *node,
                                    const cnicalc_terway_options *options,
                                    cnicalc_terway_result *out_result,
                                    cnicalc_terway_zone *out_zones, size_t zone_capacity,
                                    size_t *out_zone_count)
{
    if (node == NULL || options == NULL || out_result == NULL ||
        (vswitches == NULL && vswitch_count != 0) ||
        (out_zone_count == NULL && out_zones != NULL)) {
        return CNICALC_ERR_NULL;
    }
    cnicalc__ceilings ceilings;
    struct demand demand;
    cnicalc_status status =
        check_question(vswitches, vswitch_count, node, options, &ceilings, &demand);
    if (status != CNICALC_OK) {
        return status;
    }
    cnicalc_terway_result result;
    memset(&result, 0, sizeof result);
    add_zones(vswitches, vswitch_count, &demand, &result);
    status =
        bound(&ceilings, node, &demand, cnicalc__terway_used(vswitches, vswitch_count), &result);
    if (status != CNICALC_OK) {
        return status;
    }
    size_t zone_count = cnicalc__terway_zone_count(vswitches, vswitch_count);
    if (out_zone_count != NULL) {
        *out_zone_count = zone_count;
    }
    if (out_zones != NULL) {
        if (zone_count > zone_capacity) {
            return CNICALC_ERR_CAPACITY;
        }
        write_zones(vswitches, vswitch_count, &demand, out_zones);
    }
    *out_result = result;
    return CNICALC_OK;
}
