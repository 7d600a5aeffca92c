/* SPDX-License-Identifier: MIT */
/* How many nodes and pods a Terway cluster holds. */
#include "terway.h"

#include "quota.h"

cnicalc_status cnicalc_terway_options_init(cnicalc_terway_options *options, size_t struct_size)
{
    cnicalc_status status = cnicalc__options_begin(options, struct_size, sizeof *options);
    if (status == CNICALC_OK) {
        cnicalc__ceilings_begin(&options->ceilings);
    }
    return status;
}

cnicalc_status cnicalc__terway_check_options(const cnicalc_terway_options *options)
{
    cnicalc_status status =
        cnicalc__options_check(options->struct_size, sizeof *options,
                               cnicalc__any_set(options->reserved, sizeof options->reserved));
    if (status != CNICALC_OK) {
        return status;
    }
    if (options->ipvlan > 1) {
        return CNICALC_ERR_FLAG;
    }
    status = cnicalc__ceilings_check(&options->ceilings);
    if (status != CNICALC_OK) {
        return status;
    }
    uint64_t node_quota;
    return cnicalc__ceiling_find(&options->ceilings, CNICALC_PLUGIN_TERWAY,
                                 CNICALC_LIMIT_NODE_QUOTA, &node_quota);
}

uint64_t cnicalc__terway_ceiling(const cnicalc_terway_options *options, uint32_t limit)
{
    return limit == CNICALC_LIMIT_IPVLAN_POD_QUOTA && !options->ipvlan
               ? CNICALC_NO_LIMIT
               : cnicalc__ceiling(&options->ceilings, CNICALC_PLUGIN_TERWAY, limit);
}

int cnicalc__terway_is_null(const cnicalc_terway_cluster *cluster)
{
    return cluster == NULL || (cluster->vswitches == NULL && cluster->vswitch_count != 0);
}

/* All that can be wrong with the vSwitches and the node. */
static cnicalc_status check_question(const cnicalc_terway_cluster *cluster,
                                     const cnicalc_terway_node *node, cnicalc__load *out_one,
                                     cnicalc_fault *out_fault)
{
    cnicalc_status status = cnicalc__terway_load_of(node, out_one);
    return status == CNICALC_OK
               ? cnicalc_vswitch_check(cluster->vswitches, cluster->vswitch_count, out_fault)
               : cnicalc__whole_fault(status, out_fault);
}

/* a + b, where CNICALC_NO_LIMIT stays what it is. */
static uint64_t add_limits(uint64_t a, uint64_t b)
{
    uint64_t sum;
    return cnicalc__add_overflows(a, b, &sum) ? CNICALC_NO_LIMIT : sum;
}

/* Adds the rows of a zone to those of the cluster, whose row of ZONE_ADDRESSES is what the zones
 * hold by all of them. */
static void add_zone(const cnicalc_terway_zone *zone, cnicalc_terway_result *result)
{
    for (uint32_t i = 0; i < zone->limit_count; i++) {
        const cnicalc_limit_row *row = &zone->limits[i];
        uint64_t nodes =
            row->limit == CNICALC_LIMIT_ZONE_ADDRESSES ? zone->max_nodes : row->available;
        result->limits[i].limit = row->limit;
        result->limits[i].counts = row->counts;
        result->limits[i].available = add_limits(result->limits[i].available, nodes);
    }
    result->limit_count = zone->limit_count;
}

static void add_zones(const cnicalc_terway_cluster *cluster, const cnicalc__load *one,
                      const cnicalc__zone *all, cnicalc_terway_result *result)
{
    /* A zone without addresses adds nothing but what is no limit in any zone. */
    cnicalc__zone zone = cnicalc__zone_begin(0, (int)all->counts_nodes);
    cnicalc_terway_zone answer;
    size_t at = 0;
    cnicalc__zone_hold(&zone, one, &answer);
    add_zone(&answer, result);
    while (cnicalc__zone_next(cluster->vswitches, cluster->vswitch_count, &at, &zone)) {
        cnicalc__zone_hold(&zone, one, &answer);
        add_zone(&answer, result);
        result->zone_count++;
    }
    result->pod_addresses = all->pod_free;
    result->pod_prefixes = all->pod_blocks;
    result->node_addresses = all->counts_nodes ? all->node_free : CNICALC_NO_LIMIT;
}

static void add_row(cnicalc_terway_result *result, uint32_t limit, uint32_t counts,
                    uint64_t available)
{
    cnicalc__add_row(result->limits, &result->limit_count, limit, counts, 0, available);
}

static void add_quotas(const cnicalc_terway_options *options, const cnicalc_terway_node *node,
                       const cnicalc__load *one, uint64_t used, cnicalc_terway_result *result)
{
    uint64_t vpc =
        cnicalc__remaining(cnicalc__terway_ceiling(options, CNICALC_LIMIT_VPC_ADDRESS_QUOTA), used);
    add_row(result, CNICALC_LIMIT_VPC_ADDRESS_QUOTA, CNICALC_COUNTS_NODES,
            vpc == CNICALC_NO_LIMIT ? vpc : vpc / (one->pod_addresses + 1));
    add_row(result, CNICALC_LIMIT_NODE_QUOTA, CNICALC_COUNTS_NODES,
            cnicalc__terway_ceiling(options, CNICALC_LIMIT_NODE_QUOTA));
    add_row(result, CNICALC_LIMIT_MIN_PODS_TO_JOIN, CNICALC_COUNTS_NODES,
            node->joins ? CNICALC_NO_LIMIT : 0);
    add_row(result, CNICALC_LIMIT_POD_QUOTA, CNICALC_COUNTS_PODS,
            cnicalc__terway_ceiling(options, CNICALC_LIMIT_POD_QUOTA));
    add_row(result, CNICALC_LIMIT_IPVLAN_POD_QUOTA, CNICALC_COUNTS_PODS,
            cnicalc__terway_ceiling(options, CNICALC_LIMIT_IPVLAN_POD_QUOTA));
}

/* What the rows come to. */
static cnicalc_status bind_rows(uint64_t pods_per_node, cnicalc_terway_result *result)
{
    const cnicalc_limit_row *rows = result->limits;
    const cnicalc_limit_row *nodes =
        &rows[cnicalc__bind(rows, result->limit_count, CNICALC_COUNTS_NODES)];
    const cnicalc_limit_row *pods =
        &rows[cnicalc__bind(rows, result->limit_count, CNICALC_COUNTS_PODS)];
    result->pods_per_node = pods_per_node;
    result->max_nodes = nodes->available;
    result->bound_by = nodes->limit;
    result->max_pods_bound_by = nodes->limit;
    if (cnicalc__mul_overflows(nodes->available, pods_per_node, &result->max_pods)) {
        return CNICALC_ERR_OVERFLOW;
    }
    if (pods->available < result->max_pods) {
        result->max_pods = pods->available;
        result->max_pods_bound_by = pods->limit;
    }
    return CNICALC_OK;
}

cnicalc_status cnicalc_terway_solve(const cnicalc_terway_cluster *cluster,
                                    const cnicalc_terway_node *node,
                                    const cnicalc_terway_options *options,
                                    cnicalc_terway_result *out_result, cnicalc_fault *out_fault)
{
    if (cnicalc__terway_is_null(cluster) || node == NULL || options == NULL || out_result == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc__load one;
    cnicalc_status status = cnicalc__terway_check_options(options);
    if (status != CNICALC_OK) {
        return cnicalc__whole_fault(status, out_fault);
    }
    status = check_question(cluster, node, &one, out_fault);
    if (status != CNICALC_OK) {
        return status;
    }
    cnicalc_terway_result result;
    cnicalc__zone all = cnicalc__zone_of_all(cluster->vswitches, cluster->vswitch_count);
    memset(&result, 0, sizeof result);
    add_zones(cluster, &one, &all, &result);
    add_quotas(options, node, &one, all.used, &result);
    status = bind_rows(node->pods_per_node, &result);
    if (status != CNICALC_OK) {
        return cnicalc__whole_fault(status, out_fault);
    }
    *out_result = result;
    return CNICALC_OK;
}

cnicalc_status cnicalc_terway_zones(const cnicalc_terway_cluster *cluster,
                                    const cnicalc_terway_node *node, cnicalc_terway_zone *out_zones,
                                    size_t capacity, size_t *out_count, cnicalc_fault *out_fault)
{
    if (cnicalc__terway_is_null(cluster) || node == NULL || (out_zones == NULL && capacity != 0) ||
        out_count == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc__load one;
    cnicalc_status status = check_question(cluster, node, &one, out_fault);
    if (status == CNICALC_OK) {
        status = cnicalc__terway_count_zones(cluster, capacity, out_count, out_fault);
    }
    if (status != CNICALC_OK) {
        return status;
    }
    cnicalc__zone zone;
    size_t at = 0;
    while (cnicalc__zone_next(cluster->vswitches, cluster->vswitch_count, &at, &zone)) {
        cnicalc__zone_hold(&zone, &one, out_zones++);
    }
    return CNICALC_OK;
}
