/* SPDX-License-Identifier: MIT */
/* Whether given pools fit in a Terway cluster. */
#include "terway.h"

static int is_null(const cnicalc_terway_cluster *cluster)
{
    return cnicalc__terway_is_null(cluster) || (cluster->pools == NULL && cluster->pool_count != 0);
}

/* What some pools take together. */
struct load {
    cnicalc__load zone; /* of the vSwitches */
    uint64_t joining_nodes;
    uint64_t pods;
};

/* *sum += count * each; 1 when that exceeds 64 bits. */
static int grow(uint64_t *sum, uint64_t count, uint64_t each)
{
    uint64_t product;
    return cnicalc__mul_overflows(count, each, &product) ||
           cnicalc__add_overflows(*sum, product, sum);
}

static cnicalc_status add_pool(const cnicalc_terway_pool *pool, struct load *load)
{
    cnicalc__load one;
    cnicalc_status status = cnicalc__terway_load_of(&pool->node, &one);
    if (status != CNICALC_OK) {
        return status;
    }
    uint64_t together;
    int overflows = grow(&load->zone.nodes, pool->count, 1);
    overflows |= grow(&load->joining_nodes, pool->count, pool->node.joins);
    overflows |= grow(&load->pods, pool->count, pool->node.pods_per_node);
    overflows |= grow(&load->zone.prefixes, pool->count, one.prefixes);
    overflows |= grow(&load->zone.pod_addresses, pool->count, one.pod_addresses);
    overflows |= cnicalc__add_overflows(load->zone.nodes, load->zone.pod_addresses, &together);
    return overflows ? CNICALC_ERR_OVERFLOW : CNICALC_OK;
}

/* The pools of one zone, of which check_pools() found that their sums fit in 64 bits. */
static struct load load_of_zone(const cnicalc_terway_cluster *cluster, uint32_t zone)
{
    struct load load = {{0, 0, 0}, 0, 0};
    for (size_t i = 0; i < cluster->pool_count; i++) {
        if (cluster->pools[i].zone == zone) {
            (void)add_pool(&cluster->pools[i], &load);
        }
    }
    return load;
}

static int has_zone(const cnicalc_terway_cluster *cluster, uint32_t zone)
{
    for (size_t i = 0; i < cluster->vswitch_count; i++) {
        if (cluster->vswitches[i].zone == zone) {
            return 1;
        }
    }
    return 0;
}

/* Checks the vSwitches and the pools, and adds up all pools. */
static cnicalc_status check_cluster(const cnicalc_terway_cluster *cluster, struct load *load,
                                    cnicalc_fault *out_fault)
{
    cnicalc_status status =
        cnicalc_vswitch_check(cluster->vswitches, cluster->vswitch_count, out_fault);
    memset(load, 0, sizeof *load);
    for (size_t i = 0; status == CNICALC_OK && i < cluster->pool_count; i++) {
        const cnicalc_terway_pool *pool = &cluster->pools[i];
        if (pool->reserved != 0) {
            status = CNICALC_ERR_RESERVED;
        } else if (pool->count != 0 && !has_zone(cluster, pool->zone)) {
            status = CNICALC_ERR_TERWAY_POOL_ZONE;
        } else {
            status = add_pool(pool, load);
        }
        if (status != CNICALC_OK) {
            return cnicalc__fault(status, CNICALC_ARRAY_POOLS, i, CNICALC_UNKNOWN, out_fault);
        }
    }
    return status;
}

struct zone_counts {
    uint32_t all;
    uint32_t in_use;  /* pools have nodes there */
    uint32_t holding; /* and there is room for them */
};

static struct zone_counts judge_zones(const cnicalc_terway_cluster *cluster)
{
    struct zone_counts counts = {0, 0, 0};
    cnicalc__zone zone;
    size_t at = 0;
    while (cnicalc__zone_next(cluster->vswitches, cluster->vswitch_count, &at, &zone)) {
        struct load load = load_of_zone(cluster, zone.zone);
        cnicalc_terway_zone answer;
        cnicalc__zone_judge(&zone, &load.zone, &answer);
        counts.all++;
        counts.in_use += load.zone.nodes != 0;
        counts.holding += load.zone.nodes != 0 && answer.fits;
    }
    return counts;
}

static void add_row(cnicalc_terway_fit_result *result, uint32_t limit, uint64_t needed,
                    uint64_t available)
{
    cnicalc__add_judged_row(result->limits, &result->limit_count, limit, needed, available);
}

static void add_vswitches(const struct load *load, const struct zone_counts *zones,
                          const cnicalc__zone *all, cnicalc_terway_fit_result *result)
{
    add_row(result, CNICALC_LIMIT_POD_VSWITCH_ADDRESSES, load->zone.pod_addresses, all->pod_free);
    add_row(result, CNICALC_LIMIT_POD_VSWITCH_PREFIXES, load->zone.prefixes, all->pod_blocks);
    add_row(result, CNICALC_LIMIT_NODE_VSWITCH_ADDRESSES, load->zone.nodes,
            all->counts_nodes ? all->node_free : CNICALC_NO_LIMIT);
    add_row(result, CNICALC_LIMIT_ZONES, zones->in_use, zones->holding);
}

static void add_quotas(const struct load *load, const cnicalc_terway_options *options,
                       uint64_t used, cnicalc_terway_fit_result *result)
{
    uint64_t vpc = cnicalc__terway_ceiling(options, CNICALC_LIMIT_VPC_ADDRESS_QUOTA);
    add_row(result, CNICALC_LIMIT_VPC_ADDRESS_QUOTA, load->zone.nodes + load->zone.pod_addresses,
            cnicalc__remaining(vpc, used));
    add_row(result, CNICALC_LIMIT_NODE_QUOTA, load->zone.nodes,
            cnicalc__terway_ceiling(options, CNICALC_LIMIT_NODE_QUOTA));
    add_row(result, CNICALC_LIMIT_MIN_PODS_TO_JOIN, load->zone.nodes, load->joining_nodes);
    add_row(result, CNICALC_LIMIT_POD_QUOTA, load->pods,
            cnicalc__terway_ceiling(options, CNICALC_LIMIT_POD_QUOTA));
    add_row(result, CNICALC_LIMIT_IPVLAN_POD_QUOTA, load->pods,
            cnicalc__terway_ceiling(options, CNICALC_LIMIT_IPVLAN_POD_QUOTA));
}

cnicalc_status cnicalc_terway_fit(const cnicalc_terway_cluster *cluster,
                                  const cnicalc_terway_options *options,
                                  cnicalc_terway_fit_result *out_result, cnicalc_fault *out_fault)
{
    if (is_null(cluster) || options == NULL || out_result == NULL) {
        return CNICALC_ERR_NULL;
    }
    struct load load;
    cnicalc_status status = cnicalc__terway_check_options(options);
    if (status != CNICALC_OK) {
        return cnicalc__whole_fault(status, out_fault);
    }
    status = check_cluster(cluster, &load, out_fault);
    if (status != CNICALC_OK) {
        return status;
    }
    struct zone_counts zones = judge_zones(cluster);
    cnicalc__zone all = cnicalc__zone_of_all(cluster->vswitches, cluster->vswitch_count);
    memset(out_result, 0, sizeof *out_result);
    add_vswitches(&load, &zones, &all, out_result);
    add_quotas(&load, options, all.used, out_result);
    out_result->nodes = load.zone.nodes;
    out_result->pods = load.pods;
    out_result->zone_count = zones.all;
    out_result->bound_by = cnicalc__first_shortage(out_result->limits, out_result->limit_count);
    out_result->fits = out_result->bound_by == CNICALC_LIMIT_NONE;
    return CNICALC_OK;
}

cnicalc_status cnicalc_terway_fit_zones(const cnicalc_terway_cluster *cluster,
                                        cnicalc_terway_zone *out_zones, size_t capacity,
                                        size_t *out_count, cnicalc_fault *out_fault)
{
    if (is_null(cluster) || (out_zones == NULL && capacity != 0) || out_count == NULL) {
        return CNICALC_ERR_NULL;
    }
    struct load load;
    cnicalc_status status = check_cluster(cluster, &load, out_fault);
    if (status == CNICALC_OK) {
        status = cnicalc__terway_count_zones(cluster, capacity, out_count, out_fault);
    }
    if (status != CNICALC_OK) {
        return status;
    }
    cnicalc__zone zone;
    size_t at = 0;
    while (cnicalc__zone_next(cluster->vswitches, cluster->vswitch_count, &at, &zone)) {
        load = load_of_zone(cluster, zone.zone);
        cnicalc__zone_judge(&zone, &load.zone, out_zones++);
    }
    return CNICALC_OK;
}
