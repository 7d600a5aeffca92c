/* SPDX-License-Identifier: MIT */
/**
 * @file flannel.h
 * The Flannel split of a pod CIDR: pods per node, nodes, and the inverse.
 *
 *      pod CIDR 172.16.0.0/20, node mask 24
 *      |<------ 2^(24 - 20) = 16 nodes ------>|
 *      each node: 2^(32 - 24) = 256 addresses, published as 256 pods per node
 *
 * A pod can really get 2^(32 - mask) - 3 of them: the network address, the bridge's gateway and the
 * broadcast address are taken. Both figures are answered. Each node takes one custom route of the
 * VPC, except on ACK Edge, whose VXLAN backend needs none. The pod CIDR cannot be extended after
 * the cluster exists. kubelet's maxPods is the published figure, and pods on the node's own address
 * count inside it.
 *
 * Sources: ACK documentation, 2026 (masks, pods per node, routes, ranges); the usable addresses are
 * our arithmetic. There is no default node mask: sources name 24, 25 and 26.
 */
#ifndef CNICALC_FLANNEL_H
#define CNICALC_FLANNEL_H

#include "cnicalc/base.h"
#include "cnicalc/cidr.h"
#include "cnicalc/quota.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Choices of the question. Begin with cnicalc_flannel_options_init(). */
typedef struct cnicalc_flannel_options {
    uint32_t struct_size;
    uint32_t node_mask;        /**< bits, 24..28, or 0: pods_per_node decides */
    uint32_t pods_per_node;    /**< 16, 32, 64, 128 or 256, or 0: node_mask decides */
    uint32_t reserved[5];      /**< zero */
    cnicalc_ceilings ceilings; /**< node_quota, pod_quota, route_quota and routes_used are read */
} cnicalc_flannel_options;

/** The answer. Its rows: POD_CIDR, ROUTE_QUOTA and NODE_QUOTA count nodes, POD_QUOTA counts pods,
 *  NODE_MASK counts pods per node. */
typedef struct cnicalc_flannel_result {
    uint64_t pods_per_node;     /**< published: 2^(32 - node_mask) */
    uint64_t usable_pod_ips;    /**< addresses that pods of one node can really get: 3 fewer */
    uint64_t max_nodes;         /**< the smallest of the limits on nodes */
    uint64_t max_pods;          /**< max_nodes * pods_per_node, at most the limit on pods */
    uint32_t pod_prefix_len;    /**< bits, of the pod CIDR */
    uint32_t node_mask;         /**< bits, of each node's block */
    uint32_t bound_by;          /**< enum cnicalc_limit: which one decided max_nodes */
    uint32_t max_pods_bound_by; /**< which one decided max_pods */
    uint32_t fits;              /**< 1; 0: what cnicalc_flannel_fit() or _grow() is asked for
                                     does not fit */
    uint32_t limit_count;
    uint32_t reserved[8];
    cnicalc_limit_row limits[CNICALC_LIMIT_ROWS];
} cnicalc_flannel_result;

/**
 * Fills options with the defaults. The caller then sets node_mask or pods_per_node.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL         options is NULL
 *         CNICALC_ERR_STRUCT_SIZE  struct_size is not sizeof(cnicalc_flannel_options)
 *
 * Example: cnicalc_flannel_options_init(&options, sizeof options) -> node_mask 0
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_flannel_options_init(cnicalc_flannel_options *options, size_t struct_size);

/**
 * Nodes and pods of a pod CIDR.
 *
 * max_nodes is the smallest of POD_CIDR (its blocks), ROUTE_QUOTA (free routes) and NODE_QUOTA, and
 * bound_by names it (the first of equals, in that order). max_pods_bound_by is the same, or
 * POD_QUOTA where that is below max_nodes * pods_per_node. On Edge, ROUTE_QUOTA is CNICALC_NO_LIMIT
 * and routes_used and route_quota are not read; its quota of pods is not published, so pods are
 * limited there by the caller's pod_quota alone.
 *
 * @param pod_cidr  an IPv4 block inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL         a pointer is NULL
 *         CNICALC_ERR_STRUCT_SIZE  options were not initialised
 *         CNICALC_ERR_RESERVED     a reserved word of options or ceilings is not zero
 *         CNICALC_ERR_FLAG         raised is neither 0 nor 1
 *         CNICALC_ERR_EDITION      edition is none of enum cnicalc_edition, or ANY
 *         CNICALC_ERR_SECURITY_GROUP  security_group is none of its enum
 *         CNICALC_ERR_CIDR_FAMILY, _INVALID, _PREFIX_LEN, _HOST_BITS   pod_cidr is no block
 *         CNICALC_ERR_FLANNEL_POD_CIDR_RANGE  pod_cidr is outside the three ranges
 *         CNICALC_ERR_FLANNEL_NODE_MASK       node_mask is not in 24..28, or neither it nor
 *                                             pods_per_node is set
 *         CNICALC_ERR_FLANNEL_PODS_PER_NODE   pods_per_node is no legal size, or not node_mask's
 *         CNICALC_ERR_FLANNEL_POD_MASK        the pod CIDR is smaller than one node's block
 *
 * Example: 172.16.0.0/20, node_mask 24 -> max_nodes 16, pods_per_node 256, usable_pod_ips 253
 * Example: 10.0.0.0/8, node_mask 24, pro -> max_nodes 200, bound_by route_quota
 * Example: 172.16.0.0/12, node_mask 24, pro, raised, routes_used 100 -> max_nodes 900
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_flannel_solve(const cnicalc_cidr *pod_cidr, const cnicalc_flannel_options *options,
                      cnicalc_flannel_result *out_result);

/**
 * The inverse: the smallest pod CIDR and the longest node mask for a number of nodes with a number
 * of pods each. Pods are rounded up to a legal size; node_mask and pods_per_node of options are not
 * read. Sizes are the published ones: a node of 256 pods has 253 addresses for them, see
 * usable_pod_ips.
 *
 * fits is about nodes and pods per node. The quota of pods of the whole cluster does not change it;
 * it caps max_pods, and max_pods_bound_by says so. needed of each row is what the request takes.
 *
 * When the request does not fit, fits is 0: bound_by is NODE_MASK for more than 256 pods, else the
 * smallest of POD_CIDR (no range is longer than /8), ROUTE_QUOTA and NODE_QUOTA; the split is then
 * the nearest legal one, and max_nodes what it can have.
 *
 * @return CNICALC_OK, CNICALC_ERR_NULL, CNICALC_ERR_STRUCT_SIZE, CNICALC_ERR_RESERVED,
 *         CNICALC_ERR_FLAG, _EDITION or _SECURITY_GROUP as in cnicalc_flannel_solve()
 *         CNICALC_ERR_FLANNEL_NODES          nodes is 0
 *         CNICALC_ERR_FLANNEL_PODS_PER_NODE  pods_per_node is 0
 *
 * Example: 100 nodes, 100 pods -> node_mask 25, pod_prefix_len 18, max_nodes 128
 * Example: 300 nodes, 64 pods, pro -> fits 0, bound_by route_quota, max_nodes 200
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_flannel_fit(uint64_t nodes, uint64_t pods_per_node, const cnicalc_flannel_options *options,
                    cnicalc_flannel_result *out_result);

/**
 * Whether further nodes fit in a cluster that exists. Its pod CIDR can never be extended, so they
 * fit as long as it has free node blocks, the route table free routes, and the quota of nodes is
 * not reached: max_nodes less the nodes that there are is how many fit.
 *
 * needed of the rows that count nodes is the nodes that there are and the further ones; the rows of
 * pods need nothing. Routes of these nodes are not among routes_used.
 *
 * @param nodes  that the cluster has
 * @param more   further ones
 * @return any status of cnicalc_flannel_solve(), or
 *         CNICALC_ERR_FLANNEL_NODES  more is 0
 *         CNICALC_ERR_OVERFLOW       nodes and more exceed 64 bits
 *
 * Example: 172.16.0.0/18, node_mask 25, 100 nodes, 28 more -> fits 1, max_nodes 128
 * Example: 172.16.0.0/18, node_mask 25, 100 nodes, 29 more -> fits 0, bound_by pod_cidr
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_flannel_grow(const cnicalc_cidr *pod_cidr, uint64_t nodes, uint64_t more,
                     const cnicalc_flannel_options *options, cnicalc_flannel_result *out_result);

#ifdef __cplusplus
}
#endif

#endif /* CNICALC_FLANNEL_H */
