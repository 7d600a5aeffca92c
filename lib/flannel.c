/* SPDX-License-Identifier: MIT */
/* The Flannel split of a pod CIDR, forwards and backwards. */
#include "flannel.h"

#include "internal.h"
#include "internal_cidr.h"
#include "quota.h"

#include <string.h>

/* The network address, the bridge's gateway and the broadcast address of a node's block. */
#define ADDRESSES_NO_POD_GETS 3

uint32_t cnicalc_flannel_options_size(void)
{
    return (uint32_t)sizeof(cnicalc_flannel_options);
}

uint32_t cnicalc_flannel_result_size(void)
{
    return (uint32_t)sizeof(cnicalc_flannel_result);
}

const char *cnicalc_flannel_limit_name(uint32_t limit)
{
    switch ((enum cnicalc_flannel_limit)limit) {
    case CNICALC_FLANNEL_LIMIT_NONE:
        return "none";
    case CNICALC_FLANNEL_LIMIT_CIDR:
        return "cidr";
    case CNICALC_FLANNEL_LIMIT_ROUTES:
        return "routes";
    case CNICALC_FLANNEL_LIMIT_EDITION:
        return "edition";
    case CNICALC_FLANNEL_LIMIT_EDITION_PODS:
        return "edition_pods";
    case CNICALC_FLANNEL_LIMIT_NODE_MASK:
        return "node_mask";
    }
    return "unknown";
}

cnicalc_status cnicalc_flannel_options_init(cnicalc_flannel_options *options, size_t struct_size)
{
    cnicalc_status status = cnicalc__options_begin(options, struct_size, sizeof *options);
    if (status != CNICALC_OK) {
        return status;
    }
    options->edition = CNICALC_EDITION_PRO;
    return CNICALC_OK;
}

static cnicalc_status check_options(const cnicalc_flannel_options *options)
{
    cnicalc_status status =
        cnicalc__options_check(options->struct_size, sizeof *options,
                               options->reserved0 | cnicalc__or4(options->reserved));
    if (status != CNICALC_OK) {
        return status;
    }
    if (options->raised > 1) {
        return CNICALC_ERR_FLAG;
    }
    return cnicalc__is_edition(options->edition) ? CNICALC_OK : CNICALC_ERR_EDITION;
}

static cnicalc_status check_pod_cidr(const cnicalc_cidr *pod_cidr)
{
    cnicalc_status status = cnicalc__check_cidr(pod_cidr);
    if (status != CNICALC_OK) {
        return status;
    }
    return pod_cidr->family == CNICALC_FAMILY_IPV4 && cnicalc__is_private(pod_cidr)
               ? CNICALC_OK
               : CNICALC_ERR_FLANNEL_POD_CIDR_RANGE;
}

static uint64_t block_addresses(uint32_t node_mask)
{
    return UINT64_C(1) << (32 - node_mask);
}

/* The longest legal node mask whose block publishes this many pods, or the shortest there is. */
static uint32_t mask_for_pods(uint64_t pods_per_node)
{
    uint32_t mask = CNICALC_FLANNEL_NODE_MASK_MAX;
    while (mask > CNICALC_FLANNEL_NODE_MASK_MIN && block_addresses(mask) < pods_per_node) {
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
    if (mask < CNICALC_FLANNEL_NODE_MASK_MIN || mask > CNICALC_FLANNEL_NODE_MASK_MAX) {
        return CNICALC_ERR_FLANNEL_NODE_MASK;
    }
    if (options->pods_per_node != 0 && options->pods_per_node != block_addresses(mask)) {
        return CNICALC_ERR_FLANNEL_PODS_PER_NODE;
    }
    *out_mask = mask;
    return CNICALC_OK;
}

static uint64_t ceiling(uint64_t own, const cnicalc_flannel_options *options, uint32_t what)
{
    return cnicalc__ceiling(own, options->edition, CNICALC_PLUGIN_FLANNEL, what, options->raised);
}

static uint64_t free_routes(const cnicalc_flannel_options *options)
{
    if (!cnicalc__flannel_takes_routes(options->edition)) {
        return CNICALC_NO_LIMIT;
    }
    return cnicalc__remaining(ceiling(options->route_quota, options, CNICALC_QUOTA_VPC_ROUTES),
                              options->routes_used);
}

/* All of a split whose masks are known to be legal. */
static void solve_split(uint32_t pod_prefix_len, uint32_t node_mask,
                        const cnicalc_flannel_options *options, cnicalc_flannel_result *result)
{
    uint64_t *limits = result->limits;
    memset(result, 0, sizeof *result);
    result->pod_prefix_len = pod_prefix_len;
    result->node_mask = node_mask;
    result->pods_per_node = block_addresses(node_mask);
    result->usable_pod_ips = result->pods_per_node - ADDRESSES_NO_POD_GETS;
    result->fits = 1;
    limits[CNICALC_FLANNEL_LIMIT_NONE] = CNICALC_NO_LIMIT;
    limits[CNICALC_FLANNEL_LIMIT_CIDR] = UINT64_C(1) << (node_mask - pod_prefix_len);
    limits[CNICALC_FLANNEL_LIMIT_ROUTES] = free_routes(options);
    limits[CNICALC_FLANNEL_LIMIT_EDITION] =
        ceiling(options->node_quota, options, CNICALC_QUOTA_NODES);
    limits[CNICALC_FLANNEL_LIMIT_EDITION_PODS] =
        ceiling(options->pod_quota, options, CNICALC_QUOTA_PODS);
    limits[CNICALC_FLANNEL_LIMIT_NODE_MASK] = CNICALC_FLANNEL_PODS_PER_NODE_MAX;

    result->bound_by =
        cnicalc__smallest_limit(limits, CNICALC_FLANNEL_LIMIT_CIDR, CNICALC_FLANNEL_LIMIT_EDITION);
    result->max_nodes = limits[result->bound_by];
    result->max_pods = result->max_nodes * result->pods_per_node;
    result->max_pods_bound_by = result->bound_by;
    if (limits[CNICALC_FLANNEL_LIMIT_EDITION_PODS] < result->max_pods) {
        result->max_pods = limits[CNICALC_FLANNEL_LIMIT_EDITION_PODS];
        result->max_pods_bound_by = CNICALC_FLANNEL_LIMIT_EDITION_PODS;
    }
}

cnicalc_status cnicalc_flannel_solve(const cnicalc_cidr *pod_cidr,
                                     const cnicalc_flannel_options *options,
                                     cnicalc_flannel_result *out_result)
{
    if (pod_cidr == NULL || options == NULL || out_result == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = check_options(options);
    if (status != CNICALC_OK) {
        return status;
    }
    status = check_pod_cidr(pod_cidr);
    if (status != CNICALC_OK) {
        return status;
    }
    uint32_t node_mask;
    status = find_node_mask(options, &node_mask);
    if (status != CNICALC_OK) {
        return status;
    }
    if (pod_cidr->prefix_len > node_mask) {
        return CNICALC_ERR_FLANNEL_POD_MASK;
    }
    solve_split(pod_cidr->prefix_len, node_mask, options, out_result);
    return CNICALC_OK;
}

void cnicalc__flannel_masks(uint64_t nodes, uint64_t pods_per_node, uint32_t *out_pod_mask,
                            uint32_t *out_node_mask)
{
    uint32_t node_mask = mask_for_pods(pods_per_node);
    uint32_t pod_mask = node_mask;
    while (pod_mask > CNICALC__POD_CIDR_MASK_MIN && UINT64_C(1) << (node_mask - pod_mask) < nodes) {
        pod_mask--;
    }
    *out_pod_mask = pod_mask;
    *out_node_mask = node_mask;
}

cnicalc_status cnicalc_flannel_fit(uint64_t nodes, uint64_t pods_per_node,
                                   const cnicalc_flannel_options *options,
                                   cnicalc_flannel_result *out_result)
{
    if (options == NULL || out_result == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = check_options(options);
    if (status != CNICALC_OK) {
        return status;
    }
    if (nodes == 0) {
        return CNICALC_ERR_FLANNEL_NODES;
    }
    if (pods_per_node == 0) {
        return CNICALC_ERR_FLANNEL_PODS_PER_NODE;
    }
    uint32_t pod_mask;
    uint32_t node_mask;
    int mask_fits = pods_per_node <= CNICALC_FLANNEL_PODS_PER_NODE_MAX;
    cnicalc__flannel_masks(nodes, pods_per_node, &pod_mask, &node_mask);
    solve_split(pod_mask, node_mask, options, out_result);
    if (!mask_fits) {
        out_result->bound_by = CNICALC_FLANNEL_LIMIT_NODE_MASK;
    }
    out_result->fits = mask_fits && out_result->max_nodes >= nodes;
    return CNICALC_OK;
}
