/* SPDX-License-Identifier: MIT */
/* Whether given node pools fit in a Terway cluster. */
#include "internal.h"
#include "terway_terms.h"

#include <string.h>

uint32_t cnicalc_terway_pool_size(void)
{
    return (uint32_t)sizeof(cnicalc_terway_pool);
}

uint32_t cnicalc_terway_fit_result_size(void)
{
    return (uint32_t)sizeof(cnicalc_terway_fit_result);
}

uint32_t cnicalc_terway_fit_zone_size(void)
{
    return (uint32_t)sizeof(cnicalc_terway_fit_zone);
}

/* What some pools take together. */
struct load {
    uint64_t nodes;
    uint64_t joining_nodes;
    uint64_t pods;
    uint64_t prefixes;
    uint64_t pod_addresses; /* single ones and those of the prefixes */
    uint64_t all_addresses; /* and one for each node */
    int overflows;          /* whether one of them exceeds 64 bits */
};

/* *sum += count * each; 1 when that exceeds 64 bits. */
static int grow(uint64_t *sum, uint64_t count, uint64_t each)
{
    uint64_t product;
    return cnicalc__mul_overflows(count, each, &product) ||
           cnicalc__add_overflows(*sum, product, sum);
}

static void add_pool(const cnicalc_terway_pool *pool, struct load *load)
{
    const cnicalc_terway_node *node = &pool->node;
    uint64_t addresses = node->addresses;
    load->overflows |= grow(&addresses, node->prefixes, CNICALC__ADDRESSES_PER_PREFIX);
    load->overflows |= grow(&load->nodes, pool->count, 1);
    load->overflows |= grow(&load->joining_nodes, pool->count, node->joins);
    load->overflows |= grow(&load->pods, pool->count, node->pods_per_node);
    load->overflows |= grow(&load->prefixes, pool->count, node->prefixes);
    load->overflows |= grow(&load->pod_addresses, pool->count, addresses);
    load->overflows |= grow(&load->all_addresses, pool->count, 1);
    load->overflows |= grow(&load->all_addresses, pool->count, addresses);
}

/* The pools of one zone, whose sums were found to fit in 64 bits before. */
static struct load load_of_zone(const cnicalc_terway_pool *pools, size_t pool_count, uint32_t zone)
{
    struct load load = {0, 0, 0, 0, 0, 0, 0};
    for (size_t i = 0; i < pool_count; i++) {
        if (pools[i].zone == zone) {
            add_pool(&pools[i], &load);
        }
    }
    return load;
}

static int has_zone(const cnicalc_terway_vswitch *vswitches, size_t count, uint32_t zone)
{
    for (size_t i = 0; i < count; i++) {
        if (vswitches[i].zone == zone) {
            return 1;
        }
    }
    return 0;
}

/* Checks the pools and adds all of them up. */
static cnicalc_status check_pools(const cnicalc_terway_vswitch *vswitches, size_t vswitch_count,
                                  const cnicalc_terway_pool *pools, size_t pool_count,
                                  struct load *load)
{
    for (size_t i = 0; i < pool_count; i++) {
        const cnicalc_terway_pool *pool = &pools[i];
        if (pool->reserved != 0) {
            return CNICALC_ERR_RESERVED;
        }
        cnicalc_status status = cnicalc__terway_check_node(&pool->node);
        if (status != CNICALC_OK) {
            return status;
        }
        if (pool->count != 0 && !has_zone(vswitches, vswitch_count, pool->zone)) {
            return CNICALC_ERR_TERWAY_POOL_ZONE;
        }
        add_pool(pool, load);
        if (load->overflows) {
            return CNICALC_ERR_OVERFLOW;
        }
    }
    return CNICALC_OK;
}

/* What a zone is short of first, or NONE. The last case is that of vSwitches that serve pods and
 * nodes: prefixes beyond the blocks of the pure pod vSwitches take room from the nodes. */
static uint32_t shortage(const cnicalc__zone *zone, const struct load *load)
{
    if (load->pod_addresses > zone->pod_free || (load->nodes != 0 && !zone->has_pod_vswitch)) {
        return CNICALC_TERWAY_LIMIT_POD_VSWITCH;
    }
    if (load->prefixes > zone->pod_blocks) {
        return CNICALC_TERWAY_LIMIT_POD_PREFIXES;
    }
    if (zone->node_free == CNICALC_NO_LIMIT) {
        return CNICALC_TERWAY_LIMIT_NONE;
    }
    if (load->nodes > zone->node_free) {
        return CNICALC_TERWAY_LIMIT_NODE_VSWITCH;
    }
    uint64_t shared_blocks = cnicalc__subtract_or_0(load->prefixes, zone->pod_only_blocks);
    return load->all_addresses > zone->all_free ||
                   load->nodes + shared_blocks * CNICALC__ADDRESSES_PER_PREFIX > zone->node_free
               ? CNICALC_TERWAY_LIMIT_ZONES
               : CNICALC_TERWAY_LIMIT_NONE;
}

/* Holds each zone against its pools, and adds up what the zones have. */
static void add_zones(const cnicalc_terway_vswitch *vswitches, size_t vswitch_count,
                      const cnicalc_terway_pool *pools, size_t pool_count,
                      cnicalc_terway_fit_result *result)
{
    uint64_t *available = result->available;
    int has_nodes = cnicalc__terway_has_node_vswitch(vswitches, vswitch_count);
    for (size_t i = 0; i < vswitch_count; i++) {
        if (!cnicalc__terway_opens_zone(vswitches, i)) {
            continue;
        }
        cnicalc__zone zone = cnicalc__terway_zone_at(vswitches, vswitch_count, i);
        struct load load = load_of_zone(pools, pool_count, zone.zone);
        available[CNICALC_TERWAY_LIMIT_POD_VSWITCH] += zone.pod_free;
        available[CNICALC_TERWAY_LIMIT_POD_PREFIXES] += zone.pod_blocks;
        available[CNICALC_TERWAY_LIMIT_NODE_VSWITCH] += has_nodes ? zone.node_free : 0;
        if (load.nodes != 0) {
            result->needed[CNICALC_TERWAY_LIMIT_ZONES]++;
            available[CNICALC_TERWAY_LIMIT_ZONES] +=
                shortage(&zone, &load) == CNICALC_TERWAY_LIMIT_NONE;
        }
    }
    if (!has_nodes) {
        available[CNICALC_TERWAY_LIMIT_NODE_VSWITCH] = CNICALC_NO_LIMIT;
    }
}

/* The rest of needed and available, and whether the one exceeds the other. */
static void judge(const struct load *load, const cnicalc__ceilings *ceilings, uint64_t used,
                  cnicalc_terway_fit_result *result)
{
    uint64_t *needed = result->needed;
    uint64_t *available = result->available;
    needed[CNICALC_TERWAY_LIMIT_POD_VSWITCH] = load->pod_addresses;
    needed[CNICALC_TERWAY_LIMIT_POD_PREFIXES] = load->prefixes;
    needed[CNICALC_TERWAY_LIMIT_NODE_VSWITCH] = load->nodes;
    needed[CNICALC_TERWAY_LIMIT_VPC_ADDRESSES] = load->all_addresses;
    needed[CNICALC_TERWAY_LIMIT_EDITION] = load->nodes;
    needed[CNICALC_TERWAY_LIMIT_JOIN_FLOOR] = load->nodes;
    needed[CNICALC_TERWAY_LIMIT_EDITION_PODS] = load->pods;
    needed[CNICALC_TERWAY_LIMIT_IPVLAN_PODS] = load->pods;
    available[CNICALC_TERWAY_LIMIT_NONE] = CNICALC_NO_LIMIT;
    available[CNICALC_TERWAY_LIMIT_VPC_ADDRESSES] =
        cnicalc__remaining(ceilings->vpc_addresses, used);
    available[CNICALC_TERWAY_LIMIT_EDITION] = ceilings->nodes;
    available[CNICALC_TERWAY_LIMIT_JOIN_FLOOR] = load->joining_nodes;
    available[CNICALC_TERWAY_LIMIT_EDITION_PODS] = ceilings->pods;
    available[CNICALC_TERWAY_LIMIT_IPVLAN_PODS] = ceilings->ipvlan_pods;
    result->nodes = load->nodes;
    result->pods = load->pods;
    result->bound_by = cnicalc__first_shortage(needed, available, CNICALC_TERWAY_LIMIT_COUNT);
    result->fits = result->bound_by == CNICALC_TERWAY_LIMIT_NONE;
}

static void write_zones(const cnicalc_terway_vswitch *vswitches, size_t vswitch_count,
                        const cnicalc_terway_pool *pools, size_t pool_count,
                        cnicalc_terway_fit_zone *out_zones)
{
    size_t written = 0;
    for (size_t i = 0; i < vswitch_count; i++) {
        if (!cnicalc__terway_opens_zone(vswitches, i)) {
            continue;
        }
        cnicalc__zone zone = cnicalc__terway_zone_at(vswitches, vswitch_count, i);
        struct load load = load_of_zone(pools, pool_count, zone.zone);
        cnicalc_terway_fit_zone *out = &out_zones[written++];
        memset(out, 0, sizeof *out);
        out->zone = zone.zone;
        out->bound_by = shortage(&zone, &load);
        out->fits = out->bound_by == CNICALC_TERWAY_LIMIT_NONE;
        out->nodes = load.nodes;
        out->needed_addresses = load.pod_addresses;
        out->available_addresses = zone.pod_free;
        out->needed_prefixes = load.prefixes;
        out->available_prefixes = zone.pod_blocks;
        out->node_addresses = zone.node_free;
    }
}

static cnicalc_status check_question(const cnicalc_terway_vswitch *vswitches, size_t vswitch_count,
                                     const cnicalc_terway_pool *pools, size_t pool_count,
                                     const cnicalc_terway_options *options,
                                     cnicalc__ceilings *ceilings, struct load *load)
{
    cnicalc_status status = cnicalc__terway_check_options(options);
    if (status != CNICALC_OK) {
        return status;
    }
    status = cnicalc__terway_check_vswitches(vswitches, vswitch_count);
    if (status != CNICALC_OK) {
        return status;
    }
    status = check_pools(vswitches, vswitch_count, pools, pool_count, load);
    return status == CNICALC_OK ? cnicalc__terway_ceilings(options, ceilings) : status;
}

cnicalc_status cnicalc_terway_fit(const cnicalc_terway_vswitch *vswitches, size_t vswitch_count,
                                  const cnicalc_terway_pool *pools, size_t pool_count,
                                  const cnicalc_terway_options *options,
                                  cnicalc_terway_fit_result *out_result,
                                  cnicalc_terway_fit_zone *out_zones, size_t zone_capacity,
                                  size_t *out_zone_count)
{
    if (options == NULL || out_result == NULL || (vswitches == NULL && vswitch_count != 0) ||
        (pools == NULL && pool_count != 0) || (out_zone_count == NULL && out_zones != NULL)) {
        return CNICALC_ERR_NULL;
    }
    cnicalc__ceilings ceilings;
    struct load load = {0, 0, 0, 0, 0, 0, 0};
    cnicalc_status status =
        check_question(vswitches, vswitch_count, pools, pool_count, options, &ceilings, &load);
    if (status != CNICALC_OK) {
        return status;
    }
    size_t zone_count = cnicalc__terway_zone_count(vswitches, vswitch_count);
    if (out_zone_count != NULL) {
        *out_zone_count = zone_count;
    }
    if (out_zones != NULL && zone_count > zone_capacity) {
        return CNICALC_ERR_CAPACITY;
    }
    if (out_zones != NULL) {
        write_zones(vswitches, vswitch_count, pools, pool_count, out_zones);
    }
    memset(out_result, 0, sizeof *out_result);
    add_zones(vswitches, vswitch_count, pools, pool_count, out_result);
    judge(&load, &ceilings, cnicalc__terway_used(vswitches, vswitch_count), out_result);
    return CNICALC_OK;
}
