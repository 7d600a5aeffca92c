/* SPDX-License-Identifier: MIT */
/* The Flannel split of a pod CIDR, forwards and backwards. */
#include "flannel.h"

#include "internal.h"
#include "internal_cidr.h"
#include "quota.h"

#include <string.h>

cnicalc_status cnicalc_flannel_options_init(cnicalc_flannel_options *options, size_t struct_size)
{
    return cnicalc__ceiled_begin(options, struct_size, sizeof *options,
                                 offsetof(cnicalc_flannel_options, ceilings));
}

static cnicalc_status check_flannel_options(const cnicalc_flannel_options *options)
{
    return cnicalc__ceiled_check(options, sizeof *options, &options->ceilings, options->reserved,
                                 sizeof options->reserved);
}

static cnicalc_status check_pod_cidr(const cnicalc_cidr *pod_cidr)
{
    cnicalc_status status = cnicalc_cidr_check(pod_cidr);
    if (status != CNICALC_OK) {
        return status;
    }
    return pod_cidr->family == CNICALC_FAMILY_IPV4 && cnicalc__is_private(pod_cidr)
               ? CNICALC_OK
               : CNICALC_ERR_FLANNEL_POD_CIDR_RANGE;
}

uint64_t cnicalc__flannel_block_addresses(uint32_t node_mask)
{
    return UINT64_C(1) << (32 - node_mask);
}

/* The longest legal node mask whose block publishes this many pods, or the shortest there is. */
static uint32_t mask_for_pods(uint64_t pods_per_node)
{
    uint32_t mask = CNICALC__NODE_MASK_MAX;
    while (mask > CNICALC__NODE_MASK_MIN &&
           cnicalc__flannel_block_addresses(mask) < pods_per_node) {
        mask--;
    }
    return mask;
}

/* The node mask that options ask for, by itself or as pods per node. */
static cnicalc_status find_node_mask(const cnicalc_flannel_options *options, uint32_t *out_mask)
{
    uint32_t mask = options->node_mask;
    if (mask == 0 && options->pods_per_node != 0) {
        mask = mask_for_pods(options->pods_per_node);
    }
    if (mask < CNICALC__NODE_MASK_MIN || mask > CNICALC__NODE_MASK_MAX) {
        return CNICALC_ERR_FLANNEL_NODE_MASK;
    }
    if (options->pods_per_node != 0 &&
        options->pods_per_node != cnicalc__flannel_block_addresses(mask)) {
        return CNICALC_ERR_FLANNEL_PODS_PER_NODE;
    }
    *out_mask = mask;
    return CNICALC_OK;
}

static void add_row(cnicalc_flannel_result *result, uint32_t limit, uint64_t needed,
                    uint64_t available)
{
    cnicalc__add_judged_row(result->limits, &result->limit_count, limit, needed, available);
}

/* All of a split whose masks are known to be legal. nodes and pods_per_node are those wanted, or
 * 0. */
static void solve_split(uint32_t pod_prefix_len, uint32_t node_mask, uint64_t nodes,
                        uint64_t pods_per_node, const cnicalc_flannel_options *options,
                        cnicalc_flannel_result *result)
{
    const cnicalc_ceilings *ceilings = &options->ceilings;
    uint64_t routes = cnicalc__ceiling(ceilings, CNICALC_PLUGIN_FLANNEL, CNICALC_LIMIT_ROUTE_QUOTA);
    uint64_t node_quota =
        cnicalc__ceiling(ceilings, CNICALC_PLUGIN_FLANNEL, CNICALC_LIMIT_NODE_QUOTA);
    uint64_t pod_quota =
        cnicalc__ceiling(ceilings, CNICALC_PLUGIN_FLANNEL, CNICALC_LIMIT_POD_QUOTA);
    uint64_t pods;
    memset(result, 0, sizeof *result);
    result->pod_prefix_len = pod_prefix_len;
    result->node_mask = node_mask;
    result->pods_per_node = cnicalc__flannel_block_addresses(node_mask);
    result->usable_pod_ips = result->pods_per_node - CNICALC__ADDRESSES_NO_POD_GETS;
    result->fits = 1;
    if (cnicalc__mul_overflows(nodes, pods_per_node, &pods)) {
        pods = UINT64_MAX; /* above every quota */
    }
    add_row(result, CNICALC_LIMIT_POD_CIDR, nodes, UINT64_C(1) << (node_mask - pod_prefix_len));
    add_row(result, CNICALC_LIMIT_ROUTE_QUOTA, nodes, routes);
    add_row(result, CNICALC_LIMIT_NODE_QUOTA, nodes, node_quota);
    add_row(result, CNICALC_LIMIT_POD_QUOTA, pods, pod_quota);
    add_row(result, CNICALC_LIMIT_NODE_MASK, pods_per_node, CNICALC__PODS_PER_NODE_MAX);

    const cnicalc_limit_row *bound =
        cnicalc__bind(result->limits, result->limit_count, CNICALC_COUNTS_NODES);
    result->bound_by = bound->limit;
    result->max_nodes = bound->available;
    result->max_pods = result->max_nodes * result->pods_per_node;
    result->max_pods_bound_by = result->bound_by;
    if (pod_quota < result->max_pods) {
        result->max_pods = pod_quota;
        result->max_pods_bound_by = CNICALC_LIMIT_POD_QUOTA;
    }
}

/* Checks a question about a pod CIDR. */
static cnicalc_status check_question(const cnicalc_cidr *pod_cidr,
                                     const cnicalc_flannel_options *options,
                                     uint32_t *out_node_mask)
{
    cnicalc_status status = check_flannel_options(options);
    if (status == CNICALC_OK) {
        status = check_pod_cidr(pod_cidr);
    }
    if (status == CNICALC_OK) {
        status = find_node_mask(options, out_node_mask);
    }
    if (status != CNICALC_OK) {
        return status;
    }
    return pod_cidr->prefix_len > *out_node_mask ? CNICALC_ERR_FLANNEL_POD_MASK : CNICALC_OK;
}

cnicalc_status cnicalc_flannel_solve(const cnicalc_cidr *pod_cidr,
                                     const cnicalc_flannel_options *options,
                                     cnicalc_flannel_result *out_result)
{
    if (pod_cidr == NULL || options == NULL || out_result == NULL) {
        return CNICALC_ERR_NULL;
    }
    uint32_t node_mask;
    cnicalc_status status = check_question(pod_cidr, options, &node_mask);
    if (status == CNICALC_OK) {
        solve_split(pod_cidr->prefix_len, node_mask, 0, 0, options, out_result);
    }
    return status;
}

cnicalc_status cnicalc_flannel_grow(const cnicalc_cidr *pod_cidr, uint64_t nodes, uint64_t more,
                                    const cnicalc_flannel_options *options,
                                    cnicalc_flannel_result *out_result)
{
    if (pod_cidr == NULL || options == NULL || out_result == NULL) {
        return CNICALC_ERR_NULL;
    }
    uint32_t node_mask;
    uint64_t all;
    cnicalc_status status = check_question(pod_cidr, options, &node_mask);
    if (status != CNICALC_OK) {
        return status;
    }
    if (more == 0) {
        return CNICALC_ERR_FLANNEL_NODES;
    }
    if (cnicalc__add_overflows(nodes, more, &all)) {
        return CNICALC_ERR_OVERFLOW;
    }
    solve_split(pod_cidr->prefix_len, node_mask, all, 0, options, out_result);
    out_result->fits = all <= out_result->max_nodes;
    return CNICALC_OK;
}

void cnicalc__flannel_masks(uint64_t nodes, uint64_t pods_per_node, uint32_t *out_pod_prefix_len,
                            uint32_t *out_node_mask)
{
    uint32_t node_mask = mask_for_pods(pods_per_node);
    uint32_t pod_prefix_len = node_mask;
    while (pod_prefix_len > CNICALC__POD_CIDR_PREFIX_LEN_MIN &&
           UINT64_C(1) << (node_mask - pod_prefix_len) < nodes) {
        pod_prefix_len--;
    }
    *out_pod_prefix_len = pod_prefix_len;
    *out_node_mask = node_mask;
}

cnicalc_status cnicalc_flannel_fit(uint64_t nodes, uint64_t pods_per_node,
                                   const cnicalc_flannel_options *options,
                                   cnicalc_flannel_result *out_result)
{
    if (options == NULL || out_result == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = check_flannel_options(options);
    if (status != CNICALC_OK) {
        return status;
    }
    if (nodes == 0) {
        return CNICALC_ERR_FLANNEL_NODES;
    }
    if (pods_per_node == 0) {
        return CNICALC_ERR_FLANNEL_PODS_PER_NODE;
    }
    uint32_t pod_prefix_len;
    uint32_t node_mask;
    int mask_fits = pods_per_node <= CNICALC__PODS_PER_NODE_MAX;
    cnicalc__flannel_masks(nodes, pods_per_node, &pod_prefix_len, &node_mask);
    solve_split(pod_prefix_len, node_mask, nodes, pods_per_node, options, out_result);
    if (!mask_fits) {
        out_result->bound_by = CNICALC_LIMIT_NODE_MASK;
    }
    out_result->fits = mask_fits && out_result->max_nodes >= nodes;
    return CNICALC_OK;
}
