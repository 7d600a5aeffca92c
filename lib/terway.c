/* SPDX-License-Identifier: MIT */
/* How many nodes and pods a Terway cluster holds. */
#include "terway.h"

#include "quota.h"

cnicalc_status cnicalc_terway_options_init(cnicalc_terway_options *options, size_t struct_size)
{
    cnicalc_status status = cnicalc__ceiled_begin(options, struct_size, sizeof *options,
                                                  offsetof(cnicalc_terway_options, ceilings));
    if (status == CNICALC_OK) {
        options->max_unavailable = 1;
    }
    return status;
}

cnicalc_status cnicalc__terway_check_options(const cnicalc_terway_options *options)
{
    cnicalc_status status = cnicalc__options_check(options, sizeof *options, options->reserved,
                                                   sizeof options->reserved);
    if (status != CNICALC_OK) {
        return status;
    }
    if (options->ipvlan > 1 || options->roomy > 1) {
        return CNICALC_ERR_FLAG;
    }
    return cnicalc__ceilings_check(&options->ceilings);
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
static cnicalc_status check_cluster_question(const cnicalc_terway_cluster *cluster,
                                             const cnicalc_terway_node *node,
                                             cnicalc__load *out_one, cnicalc_fault *out_fault)
{
    cnicalc_status status = cnicalc__terway_load_of(node, out_one);
    return status == CNICALC_OK
               ? cnicalc_vswitch_check(cluster->vswitches, cluster->vswitch_count, out_fault)
               : cnicalc__whole_fault(status, out_fault);
}

/* ---- The nodes ---- */

struct cluster_question {
    const cnicalc_terway_cluster *cluster;
    const cnicalc_terway_options *options;
    const cnicalc_terway_node *node;
    cnicalc__load one; /* of the node */
    uint64_t vpc_left; /* of the VPC's quota */
};

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
        result->limits[i].available = cnicalc__add_limits(result->limits[i].available, nodes);
    }
    result->limit_count = zone->limit_count;
    result->pod_addresses += zone->usable_addresses;
    result->pod_prefixes += zone->usable_prefixes;
    result->node_addresses = cnicalc__add_limits(result->node_addresses, zone->node_addresses);
}

static void add_zones(const struct cluster_question *question, cnicalc_terway_result *result)
{
    const cnicalc_terway_cluster *cluster = question->cluster;
    /* A zone without addresses adds nothing but what is no limit in any zone. */
    cnicalc__zone zone = cnicalc__zone_begin(0, cnicalc__terway_counts_nodes(cluster));
    cnicalc_terway_zone answer;
    uint32_t number;
    size_t at = 0;
    cnicalc__zone_hold(&zone, &question->one, &answer);
    add_zone(&answer, result);
    while (cnicalc__zone_next(cluster, &at, &number)) {
        zone = cnicalc__zone_of(cluster, number, !question->node->needs_pod_vswitch);
        cnicalc__zone_hold(&zone, &question->one, &answer);
        add_zone(&answer, result);
        result->best_case |= answer.best_case;
        result->zone_count++;
    }
}

static void add_cluster_row(cnicalc_terway_result *result, uint32_t limit, uint32_t counts,
                            uint64_t available)
{
    cnicalc__add_row(result->limits, &result->limit_count, limit, counts, 0, available);
}

static void add_ceiling_row(const struct cluster_question *question, uint32_t limit,
                            uint32_t counts, cnicalc_terway_result *result)
{
    add_cluster_row(result, limit, counts, cnicalc__terway_ceiling(question->options, limit));
}

/* Nodes for which this much is left when each takes so much. */
static uint64_t nodes_within(uint64_t left, uint64_t taken)
{
    return left == CNICALC_NO_LIMIT || taken == 0 ? CNICALC_NO_LIMIT : left / taken;
}

/* Finds max_nodes, and all that it follows from. */
static void find_nodes(const struct cluster_question *question, cnicalc_terway_result *result)
{
    const cnicalc_terway_options *options = question->options;
    memset(result, 0, sizeof *result);
    add_zones(question, result);
    add_cluster_row(result, CNICALC_LIMIT_VPC_ADDRESS_QUOTA, CNICALC_COUNTS_NODES,
                    nodes_within(question->vpc_left, question->one.pod_addresses + 1));
    add_cluster_row(
        result, CNICALC_LIMIT_SECURITY_GROUP_QUOTA, CNICALC_COUNTS_NODES,
        nodes_within(cnicalc__terway_ceiling(options, CNICALC_LIMIT_SECURITY_GROUP_QUOTA),
                     cnicalc__terway_group_of(options, &question->one)));
    add_ceiling_row(question, CNICALC_LIMIT_NODE_QUOTA, CNICALC_COUNTS_NODES, result);
    add_cluster_row(result, CNICALC_LIMIT_MIN_PODS_TO_JOIN, CNICALC_COUNTS_NODES,
                    question->node->joins ? CNICALC_NO_LIMIT : 0);
    const cnicalc_limit_row *row =
        cnicalc__bind(result->limits, result->limit_count, CNICALC_COUNTS_NODES);
    result->max_nodes = row->available;
    result->bound_by = row->limit;
}

/* ---- Their pods ---- */

static cnicalc_status find_cluster_pods(const struct cluster_question *question,
                                        cnicalc_terway_result *result)
{
    add_ceiling_row(question, CNICALC_LIMIT_POD_QUOTA, CNICALC_COUNTS_PODS, result);
    add_ceiling_row(question, CNICALC_LIMIT_IPVLAN_POD_QUOTA, CNICALC_COUNTS_PODS, result);
    const cnicalc_limit_row *row =
        cnicalc__bind(result->limits, result->limit_count, CNICALC_COUNTS_PODS);
    result->pods_per_node = question->node->pods_per_node;
    result->max_pods_bound_by = result->bound_by;
    if (cnicalc__mul_overflows(result->max_nodes, result->pods_per_node, &result->max_pods)) {
        return CNICALC_ERR_OVERFLOW;
    }
    if (row->available < result->max_pods) {
        result->max_pods = row->available;
        result->max_pods_bound_by = row->limit;
    }
    return CNICALC_OK;
}

/* ---- What they hold, and at other times ---- */

/* max_nodes when each node holds this number of addresses; at_rest is that of the node at rest. */
static uint64_t max_nodes_with(const struct cluster_question *question, uint64_t addresses,
                               uint64_t at_rest)
{
    struct cluster_question then = *question;
    cnicalc_terway_node node = cnicalc__terway_node_with(question->node, addresses);
    cnicalc_terway_result result;
    if (addresses == CNICALC_UNKNOWN_COUNT) {
        return CNICALC_UNKNOWN_COUNT;
    }
    if (node.addresses == question->node->addresses) {
        return at_rest;
    }
    then.node = &node;
    (void)cnicalc__terway_load_of(&node, &then.one); /* as of the node at rest */
    find_nodes(&then, &result);
    return result.max_nodes;
}

/* Nodes for which this much is left beside what `surge` further ones, and pods elsewhere, take. */
static uint64_t nodes_beside(uint64_t left, uint64_t taken, uint64_t surge, uint64_t elsewhere)
{
    uint64_t beside;
    if (left == CNICALC_NO_LIMIT) {
        return left;
    }
    return cnicalc__mul_overflows(surge, taken, &beside) ||
                   cnicalc__add_overflows(beside, elsewhere, &beside)
               ? 0
               : nodes_within(cnicalc__subtract_or_0(left, beside), taken);
}

static uint64_t max_nodes_with_surge(const struct cluster_question *question,
                                     const cnicalc_terway_result *result)
{
    const cnicalc_terway_options *options = question->options;
    const cnicalc__load *one = &question->one;
    uint64_t surge = options->surge;
    /* surge_addresses has it too, in 64 bits. */
    uint64_t elsewhere = options->max_unavailable * cnicalc__terway_restarted(question->node);
    uint64_t in_group = 0;
    if (options->ceilings.security_group == CNICALC_SECURITY_GROUP_BASIC) {
        in_group = cnicalc__add_limits(elsewhere, question->node->dual_stack ? elsewhere : 0);
    }
    uint64_t nodes = result->max_nodes == CNICALC_NO_LIMIT
                         ? CNICALC_NO_LIMIT
                         : cnicalc__subtract_or_0(result->max_nodes, surge);
    nodes = cnicalc__min(nodes,
                         nodes_beside(result->pod_addresses, one->pod_addresses, surge, elsewhere));
    if (cnicalc__terway_counts_nodes(question->cluster)) {
        nodes = cnicalc__min(nodes, nodes_beside(cnicalc__terway_free(question->cluster),
                                                 one->pod_addresses + 1, surge, elsewhere));
    }
    nodes = cnicalc__min(
        nodes, nodes_beside(question->vpc_left, one->pod_addresses + 1, surge, elsewhere));
    return cnicalc__min(
        nodes, nodes_beside(cnicalc__terway_ceiling(options, CNICALC_LIMIT_SECURITY_GROUP_QUOTA),
                            cnicalc__terway_group_of(options, one), surge, in_group));
}

static cnicalc_status find_other_times(const struct cluster_question *question,
                                       cnicalc_terway_result *result)
{
    const cnicalc_terway_node *node = question->node;
    const cnicalc_terway_options *options = question->options;
    uint64_t in_burst = cnicalc__subtract_or_0(node->addresses_in_burst, node->addresses);
    /* Nodes whose pods take addresses find no more than there are. */
    result->held_addresses = result->max_nodes * (question->one.pod_addresses + 1);
    if (cnicalc__mul_overflows(result->max_nodes, cnicalc__terway_group_of(options, &question->one),
                               &result->security_group_held) ||
        cnicalc__terway_replacing_overflows(node, options->surge, options->max_unavailable,
                                            &result->surge_addresses)) {
        return CNICALC_ERR_OVERFLOW;
    }
    result->max_nodes_with_default_pool =
        max_nodes_with(question, node->addresses_with_pool, result->max_nodes);
    result->max_nodes_with_burst =
        max_nodes_with(question, node->addresses_in_burst, result->max_nodes);
    result->max_nodes_with_surge = max_nodes_with_surge(question, result);
    if (node->addresses_in_burst == CNICALC_UNKNOWN_COUNT) {
        result->burst_addresses = CNICALC_UNKNOWN_COUNT;
        return CNICALC_OK;
    }
    return cnicalc__mul_overflows(result->max_nodes, in_burst, &result->burst_addresses)
               ? CNICALC_ERR_OVERFLOW
               : CNICALC_OK;
}

cnicalc_status cnicalc_terway_solve(const cnicalc_terway_cluster *cluster,
                                    const cnicalc_terway_node *node,
                                    const cnicalc_terway_options *options,
                                    cnicalc_terway_result *out_result, cnicalc_fault *out_fault)
{
    if (cnicalc__terway_is_null(cluster) || node == NULL || options == NULL || out_result == NULL) {
        return CNICALC_ERR_NULL;
    }
    struct cluster_question question;
    cnicalc_terway_result result;
    cnicalc_status status = cnicalc__terway_check_options(options);
    if (status != CNICALC_OK) {
        return cnicalc__whole_fault(status, out_fault);
    }
    status = check_cluster_question(cluster, node, &question.one, out_fault);
    if (status != CNICALC_OK) {
        return status;
    }
    question.cluster = cluster;
    question.options = options;
    question.node = node;
    question.vpc_left =
        cnicalc__remaining(cnicalc__terway_ceiling(options, CNICALC_LIMIT_VPC_ADDRESS_QUOTA),
                           cnicalc__terway_used(cluster));
    find_nodes(&question, &result);
    status = find_cluster_pods(&question, &result);
    if (status == CNICALC_OK) {
        status = find_other_times(&question, &result);
    }
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
    cnicalc_status status = check_cluster_question(cluster, node, &one, out_fault);
    if (status != CNICALC_OK) {
        return status;
    }
    uint32_t number;
    size_t at = 0;
    *out_count = 0;
    while (cnicalc__zone_next(cluster, &at, &number)) {
        (*out_count)++;
    }
    if (*out_count > capacity) {
        return cnicalc__whole_fault(CNICALC_ERR_CAPACITY, out_fault);
    }
    at = 0;
    while (cnicalc__zone_next(cluster, &at, &number)) {
        cnicalc__zone zone = cnicalc__zone_of(cluster, number, !node->needs_pod_vswitch);
        cnicalc__zone_hold(&zone, &one, out_zones++);
    }
    return CNICALC_OK;
}
