/* SPDX-License-Identifier: MIT */
/**
 * @file terway.h
 * Nodes and pods of a Terway cluster: what the vSwitches of each zone hold, and the limit that
 * decides.
 *
 *      pod vSwitch 192.168.32.0/19     2^(32 - 19) - 4 = 8,188 usable addresses
 *      ecs.c7.4xlarge, shared ENI      210 of them for each node
 *      nodes                           trunc(8,188 / 210) = 38, and 38 * 210 = 7,980 pods
 *
 * Terway takes the addresses of pods from the vSwitches of the node's own zone, so zones are
 * computed one by one and then added. In each zone, with
 *
 *      a   single addresses that the pods of one node take
 *      p   /28 prefixes that they take, in IP prefix mode
 *      t   a + 16 * p
 *
 * the nodes are the least of
 *
 *      pod_vswitch_addresses   free pod addresses / t, and those that are not reserved / a
 *      pod_vswitch_prefixes    free /28 blocks of the pod vSwitches / p
 *      pod_vswitch_enis        what the ENIs find, each in one vSwitch
 *      node_vswitch_addresses  free node addresses, one for each node
 *      zone_addresses          addresses free in the zone altogether / (t + 1), and what the blocks
 *                              leave of a vSwitch that serves nodes too
 *
 * vswitch.h says what a vSwitch has free. A zone without a pod vSwitch takes the addresses of pods
 * from its node vSwitches, but for Lingjun nodes.
 *
 * An ENI takes all of its addresses from one vSwitch:
 *
 *      11 pod vSwitches with 20 free addresses, a node of 7 ENIs that hold 30 addresses each
 *      7 * 20 = 140 addresses, although the node wants 210 and 220 are free
 *
 * So the free addresses of each vSwitch are cut into shares of one ENI, full ones and a rest. The
 * largest shares, as many as the nodes have ENIs, must hold what the nodes need: no placing finds
 * more. For one node, and for nodes that fill their ENIs, that is exact; others may not find the
 * rests as evenly spread as they need them. And Terway chooses among the vSwitches when it creates
 * an ENI, not always the best. With several pod vSwitches in a zone the answer is therefore the
 * best case, and says so.
 *
 * Sources: ACK documentation, March 2026 (zones, quotas); ECS documentation, 2026 (security
 * groups); Terway source, July 2026 (pools, bursts, prefixes, ENIs). The sums are our arithmetic.
 */
#ifndef CNICALC_TERWAY_H
#define CNICALC_TERWAY_H

#include "cnicalc/base.h"
#include "cnicalc/instance.h"
#include "cnicalc/node.h"
#include "cnicalc/quota.h"
#include "cnicalc/vswitch.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Nodes ---- */

/** Idle addresses that Terway keeps on a node by default, its max_pool_size. */
#define CNICALC_TERWAY_DEFAULT_POOL 5

/** How a node is used. All of it may be 0. */
typedef struct cnicalc_terway_use {
    uint64_t pods_per_node;  /**< pods with an address of their own that are planned; 0: as many as
                                  run, schedulable_pods of cnicalc_node_solve() */
    uint64_t idle_addresses; /**< held beside those of the pods: Terway's pool. It is no limit on
                                  pods, but takes addresses of the vSwitch. */
    uint64_t burst_pods;     /**< new pods that start on the node at one time; 0: none */
    uint64_t min_pool_size;  /**< Terway's, which a burst takes too; its default is 0 */
    uint64_t reserved[2];    /**< zero */
} cnicalc_terway_use;

/** What one node takes from the vSwitches of its zone and from its security group. A caller may
 *  fill it by hand; a quantity that is left 0 binds nothing. */
typedef struct cnicalc_terway_node {
    uint64_t pods_per_node; /**< pods with an address of their own that run at one time */
    uint64_t addresses;     /**< single addresses for pods, idle ones and those of ENIs included */
    uint64_t prefixes;      /**< /28 prefixes for pods, IP prefix mode only */
    uint64_t addresses_with_pool; /**< addresses when CNICALC_TERWAY_DEFAULT_POOL or more are idle,
                                       or CNICALC_UNKNOWN_COUNT; it counts as at least addresses */
    uint64_t addresses_in_burst;  /**< the same while new pods start */
    uint64_t trunk_pods;          /**< of the pods, those with a member ENI of their own */
    uint64_t enis;     /**< ENIs that the node has: its primary one, those in use for pods, those of
                            eRDMA and of trunk pods; 0: not known */
    uint32_t pod_enis; /**< ENIs that can hold its addresses or prefixes; 0: not known */
    uint32_t addresses_per_eni; /**< that each of those can hold; 0: not known */
    uint32_t mode;              /**< enum cnicalc_mode */
    uint32_t joins;             /**< 1, or 0: ACK refuses the node, which has too few pods */
    uint32_t dual_stack;        /**< 1: beside each single address is an IPv6 one; or 0 */
    uint32_t needs_pod_vswitch; /**< 1: its pods never use node vSwitches, as on Lingjun; or 0 */
    uint32_t reserved[4];       /**< zero */
} cnicalc_terway_node;

/**
 * The node of an instance type, full or with a planned number of pods.
 *
 *  - Shared ENI: one address for each pod and each idle one, at most those of the ENIs. On Windows,
 *    one more for each ENI in use.
 *  - Trunk: the same, and one for each trunk pod.
 *  - Exclusive ENI: one address for each pod. It has no pool.
 *  - IP prefix: ipv4_prefix_count prefixes, whatever the pods; where it is not given, ceil(pods /
 *    16), at most those of the ENIs. One address for each ENI in use: a new one starts with at most
 *    10 prefixes, so min(ENIs, ceil(prefixes / min(10, I - 1))). It has no pool. An IPv6-only node
 *    takes one address, and none where it has no prefix.
 *  - In a burst, n new pods take up to 2 * n + min_pool_size addresses, or the idle ones where
 *    these are more, until Terway trims its pool two minutes later. In exclusive mode they take n,
 *    in prefix mode none.
 *
 * The ENIs that serve eRDMA count in enis; their addresses do not count. On Lingjun the ENIs are
 * not known.
 *
 * @return what cnicalc_node_solve() returns for the same question, or
 *         CNICALC_ERR_RESERVED        also when a reserved word of use is not zero
 *         CNICALC_ERR_LIMITS_UNKNOWN  also when the trunk pods are not published and would count
 *         CNICALC_ERR_OVERFLOW        also when pods and idle addresses exceed 64 bits, or pods and
 *                                     what a burst takes
 *         CNICALC_ERR_TERWAY_PODS_PER_NODE  the type runs fewer pods than pods_per_node
 *
 * Example: ecs.c7.4xlarge, shared, pods 0, idle 0 -> pods_per_node 210, addresses 210, enis 8
 * Example: ecs.c7.4xlarge, shared, pods 60, idle 5 -> pods_per_node 60, addresses 65, enis 4
 * Example: ecs.c7.4xlarge, prefix, pods 0, idle 0 -> pods_per_node 210, prefixes 14, addresses 2
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_terway_node_from_type(const cnicalc_instance *instance, const cnicalc_node_options *options,
                              const cnicalc_terway_use *use, cnicalc_terway_node *out_node);

/**
 * The node of a planned number of pods. It says nothing about the instance type, so joins is 1, and
 * its ENIs are not known but in exclusive mode, where each pod has one.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL                 a pointer is NULL
 *         CNICALC_ERR_RESERVED             a reserved word of use is not zero
 *         CNICALC_ERR_NODE_MODE            mode is none of enum cnicalc_mode
 *         CNICALC_ERR_TERWAY_PODS_PER_NODE pods_per_node is 0
 *         CNICALC_ERR_LIMITS_UNKNOWN       IP prefix mode, which needs the ENIs of a type
 *         CNICALC_ERR_OVERFLOW             pods and idle addresses exceed 64 bits, or pods and what
 * a burst takes
 *
 * Example: 50 pods, shared, idle 5 -> addresses 55
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_terway_node_from_pods(
    const cnicalc_terway_use *use, uint32_t mode, cnicalc_terway_node *out_node);

/* ---- The cluster ---- */

/** Some equal nodes of one zone. */
typedef struct cnicalc_terway_pool {
    cnicalc_terway_node node;
    uint64_t count;    /**< nodes */
    uint32_t zone;     /**< the caller's number; a vSwitch must have it */
    uint32_t reserved; /**< zero */
} cnicalc_terway_pool;

/** The caller's arrays of a question. An array may be NULL when its count is 0. */
typedef struct cnicalc_terway_cluster {
    const cnicalc_vswitch *vswitches;
    size_t vswitch_count;
    const cnicalc_terway_pool *pools; /**< cnicalc_terway_fit() alone reads them */
    size_t pool_count;
} cnicalc_terway_cluster;

/** Choices of the question. Begin with cnicalc_terway_options_init(). */
typedef struct cnicalc_terway_options {
    uint32_t struct_size;
    uint32_t ipvlan;          /**< 1: pods are bounded by IPVLAN's ceiling too; default 0 */
    uint32_t surge;           /**< further nodes while nodes are replaced; default 0 */
    uint32_t max_unavailable; /**< nodes out at one time while nodes are replaced, whose pods start
                                   elsewhere; default 1 */
    uint32_t roomy;         /**< 1: vSwitches that cnicalc_terway_grow() adds for pods are as large
                                 as advised where there is room; default 0 */
    uint32_t reserved[3];   /**< zero */
    uint64_t present_nodes; /**< that the cluster has beside those of its pools: their addresses are
                                 in use, and the quota of nodes counts them in
                                 cnicalc_terway_fit() and cnicalc_terway_grow(); default 0 */
    uint64_t present_pods;  /**< that these run when full, for the quotas of pods; default 0 */
    cnicalc_ceilings ceilings; /**< node_quota, pod_quota, vpc_address_quota, ipvlan_pod_quota and
                                    those of the security group are read; cnicalc_terway_grow()
                                  reads vswitch_quota too */
} cnicalc_terway_options;

/**
 * The answer for one zone, by its addresses alone.
 *
 * Its rows, in this order: POD_VSWITCH_ADDRESSES, POD_VSWITCH_PREFIXES, POD_VSWITCH_ENIS, which is
 * CNICALC_NO_LIMIT where the ENIs are not known, NODE_VSWITCH_ADDRESSES and ZONE_ADDRESSES, which
 * is CNICALC_NO_LIMIT where no vSwitch serves both pods and nodes. An answer of
 * cnicalc_terway_zones() counts nodes in all of them.
 *
 * An answer of cnicalc_terway_fit_zones() counts addresses, and /28 blocks of prefixes:
 *
 *  - POD_VSWITCH_ADDRESSES: those of pods, prefixes included. Reserved blocks that no prefix takes
 *    are not available. Where nodes need a pod vSwitch, there is none and their pods need no
 *    address, each node is short of one.
 *  - POD_VSWITCH_ENIS: those of nodes whose ENIs are known, and how many of them the ENIs find; all
 *    of them where no more is missing than the rows above say.
 *  - NODE_VSWITCH_ADDRESSES: one for each node.
 *  - ZONE_ADDRESSES: those of pods and nodes, of all that are free in the zone. Where prefixes need
 *    more blocks than the pure pod vSwitches have, the addresses outside the blocks of these are
 *    available to single addresses alone.
 */
typedef struct cnicalc_terway_zone {
    uint32_t zone;       /**< the caller's number */
    uint32_t bound_by;   /**< enum cnicalc_limit: which one decided max_nodes; of a fit the first
                              that is exceeded, or NONE */
    uint32_t fits;       /**< 1: the zone holds the nodes of its pools, or none were asked for */
    uint32_t falls_back; /**< 1: it has no pod vSwitch, and pods use those of nodes */
    uint32_t best_case;  /**< 1: several vSwitches have addresses for pods, and the answer is the
                            best  that ENIs find; 0 too where each ENI has one address */
    uint32_t limit_count;
    uint64_t nodes;            /**< of its pools; 0 where none were asked for */
    uint64_t max_nodes;        /**< CNICALC_NO_LIMIT when a node takes no address; 0 in a fit */
    uint64_t usable_addresses; /**< free in the vSwitches that pods use */
    uint64_t usable_prefixes;  /**< free /28 blocks among them */
    uint64_t node_addresses;   /**< free in the node vSwitches, or CNICALC_NO_LIMIT: the cluster
                                    has none */
    uint64_t reserved[3];
    cnicalc_limit_row limits[CNICALC_LIMIT_ROWS];
} cnicalc_terway_zone;

/**
 * Fills options with the defaults.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL         options is NULL
 *         CNICALC_ERR_STRUCT_SIZE  struct_size is not sizeof(cnicalc_terway_options)
 *
 * Example: cnicalc_terway_options_init(&options, sizeof options) -> ipvlan 0, max_unavailable 1
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_terway_options_init(cnicalc_terway_options *options, size_t struct_size);

/* ---- How many nodes ---- */

/** The answer. Its rows, in this order: POD_VSWITCH_ADDRESSES, POD_VSWITCH_PREFIXES,
 *  POD_VSWITCH_ENIS, NODE_VSWITCH_ADDRESSES, ZONE_ADDRESSES, VPC_ADDRESS_QUOTA,
 *  SECURITY_GROUP_QUOTA, NODE_QUOTA and MIN_PODS_TO_JOIN count nodes, POD_QUOTA and
 *  IPVLAN_POD_QUOTA count pods. */
typedef struct cnicalc_terway_result {
    uint64_t max_nodes;      /**< the smallest of the limits on nodes */
    uint64_t max_pods;       /**< max_nodes * pods_per_node, at most the limits on pods */
    uint64_t pods_per_node;  /**< of the node that was asked for */
    uint64_t pod_addresses;  /**< free in the vSwitches that pods use */
    uint64_t pod_prefixes;   /**< free /28 blocks among them */
    uint64_t node_addresses; /**< free in the node vSwitches, or CNICALC_NO_LIMIT: none is given */
    uint64_t max_nodes_with_default_pool; /**< where each holds addresses_with_pool, or
                                               CNICALC_UNKNOWN_COUNT */
    uint64_t max_nodes_with_burst;        /**< where each holds addresses_in_burst, or
                                               CNICALC_UNKNOWN_COUNT */
    uint64_t max_nodes_with_surge;        /**< that leave room to replace nodes */
    uint64_t held_addresses;              /**< of max_nodes nodes and their pods */
    uint64_t burst_addresses;     /**< that they hold beside in a burst, or CNICALC_UNKNOWN_COUNT */
    uint64_t surge_addresses;     /**< that are held beside while nodes are replaced */
    uint64_t security_group_held; /**< by max_nodes nodes: addresses and prefixes of a basic group,
                                       ENIs of an advanced one, 0 where these are not known */
    uint32_t bound_by;            /**< enum cnicalc_limit: which one decided max_nodes */
    uint32_t max_pods_bound_by;   /**< which one decided max_pods */
    uint32_t zone_count;          /**< how many zones the vSwitches are in */
    uint32_t best_case;           /**< 1: it is 1 in some zone */
    uint32_t limit_count;
    uint32_t reserved0;
    uint64_t reserved[8];
    cnicalc_limit_row limits[CNICALC_LIMIT_ROWS];
} cnicalc_terway_result;

/**
 * How many equal nodes the vSwitches and quotas hold, and how many pods.
 *
 * max_nodes is the smallest of the limits on nodes and bound_by names it (the first of equals).
 *
 *  - POD_VSWITCH_ADDRESSES, POD_VSWITCH_PREFIXES, POD_VSWITCH_ENIS and NODE_VSWITCH_ADDRESSES add
 *    up what the zones would hold by this one alone; ZONE_ADDRESSES adds up what they hold, and is
 *    below the others where one zone lacks what another has.
 *  - Without any node vSwitch the nodes' own addresses do not limit. With one, a zone that has none
 *    holds no node. A zone without a pod vSwitch holds no node that needs one.
 *  - VPC_ADDRESS_QUOTA: (the VPC's quota - used addresses) / (1 + t).
 *  - SECURITY_GROUP_QUOTA: a basic group counts every address and prefix of every ENI, (1 + a) + p
 *    of a node, and with dual stack 2 * (1 + a) + p: beside each single address is an IPv6 one, or
 *    the /80 of an ENI that holds prefixes. An advanced group counts ENIs.
 *  - MIN_PODS_TO_JOIN: 0 nodes where the type cannot join.
 *  - POD_QUOTA and IPVLAN_POD_QUOTA bound max_pods, not max_nodes. They are CNICALC_UNKNOWN_COUNT
 *    where no ceiling is published, which bounds nothing.
 *
 * While nodes are replaced, surge nodes are there beside the others, and the pods of
 * max_unavailable nodes start elsewhere: surge * (1 + t) + max_unavailable * pods_per_node
 * addresses, the latter not in prefix mode, where prefixes have room. max_nodes_with_surge leaves
 * room for the nodes, and for these addresses in the pod vSwitches, in all vSwitches where those of
 * nodes count, in the VPC and in a basic group, wherever in them it is.
 *
 * @param out_fault  may be NULL
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL         a pointer is NULL
 *         CNICALC_ERR_STRUCT_SIZE  options were not initialised
 *         CNICALC_ERR_RESERVED     a reserved word of options, ceilings or node is not zero
 *         CNICALC_ERR_FLAG         raised, ipvlan, roomy, joins, dual_stack or needs_pod_vswitch
 *                                  is neither 0 nor 1
 *         CNICALC_ERR_EDITION      edition is none of enum cnicalc_edition, or ANY
 *         CNICALC_ERR_SECURITY_GROUP  security_group is none of its enum
 *         CNICALC_ERR_NODE_MODE    mode of node is none of enum cnicalc_mode
 *         any of cnicalc_vswitch_check()
 *         CNICALC_ERR_OVERFLOW     the addresses of a node, max_nodes times its pods, or what they
 *                                  hold exceed 64 bits, whatever the quota of pods
 *
 * Example: 192.168.32.0/19 for pods, ecs.c7.4xlarge shared -> max_nodes 38, max_pods 7980
 * Example: 192.168.96.0/19 in a second zone too -> max_nodes 76, bound_by pod_vswitch_addresses
 * Example: the same, a basic security group -> max_nodes 28, bound_by security_group_quota
 * Example: 192.168.32.0/19 for pods, 30 pods per node -> max_nodes 272,
 *          max_nodes_with_default_pool 233
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_terway_solve(const cnicalc_terway_cluster *cluster, const cnicalc_terway_node *node,
                     const cnicalc_terway_options *options, cnicalc_terway_result *out_result,
                     cnicalc_fault *out_fault);

/**
 * The same zone by zone: how many nodes the addresses of each hold.
 *
 * @param out_zones  capacity elements, in the order in which zones first appear; may be NULL when
 *                   capacity is 0
 * @param out_count  the number of zones; written with CNICALC_ERR_CAPACITY too
 * @param out_fault  may be NULL
 * @return any status of cnicalc_terway_solve() that does not concern options, or
 *         CNICALC_ERR_CAPACITY     there are more zones than capacity
 *
 * Example: 192.168.32.0/19 for pods, ecs.c7.4xlarge shared -> count 1, max_nodes 38,
 *          usable_addresses 8188
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_terway_zones(
    const cnicalc_terway_cluster *cluster, const cnicalc_terway_node *node,
    cnicalc_terway_zone *out_zones, size_t capacity, size_t *out_count, cnicalc_fault *out_fault);

/* ---- Whether given nodes fit ---- */

/** The answer for all pools. Its rows, in this order: POD_VSWITCH_ADDRESSES counts addresses,
 *  POD_VSWITCH_PREFIXES /28 blocks, POD_VSWITCH_ENIS, NODE_VSWITCH_ADDRESSES and ZONE_ADDRESSES
 *  addresses, ZONES the zones in use and those of them that hold their nodes, VPC_ADDRESS_QUOTA
 *  addresses, SECURITY_GROUP_QUOTA addresses of a basic group or ENIs of an advanced one,
 *  NODE_QUOTA nodes, MIN_PODS_TO_JOIN nodes and those of them that join, POD_QUOTA and
 *  IPVLAN_POD_QUOTA pods, present ones included. A row of addresses or blocks is that of the first
 * zone that is short of it, or of all zones together. */
typedef struct cnicalc_terway_fit_result {
    uint64_t nodes;           /**< of all pools */
    uint64_t pods;            /**< they run when full */
    uint64_t burst_addresses; /**< held beside in a burst, or CNICALC_UNKNOWN_COUNT */
    uint64_t surge_addresses; /**< held beside while the nodes of one pool are replaced, the most */
    uint32_t fits;            /**< 1: nothing needed exceeds what is available */
    uint32_t bound_by;        /**< enum cnicalc_limit: the first that is exceeded, or NONE */
    uint32_t fits_with_default_pool; /**< where each node holds addresses_with_pool, or
                                          CNICALC_UNKNOWN */
    uint32_t fits_with_burst;        /**< where each holds addresses_in_burst, or CNICALC_UNKNOWN */
    uint32_t fits_with_surge;        /**< while the nodes of any one pool are replaced */
    uint32_t best_case;              /**< 1: it is 1 in some zone */
    uint32_t zone_count;             /**< how many zones the vSwitches are in */
    uint32_t limit_count;
    uint64_t reserved[8];
    cnicalc_limit_row limits[CNICALC_LIMIT_ROWS];
} cnicalc_terway_fit_result;

/**
 * Whether the pools of a cluster, of any modes together, fit in their zones and in the quotas.
 *
 * Where nodes of different ENIs are in one zone, POD_VSWITCH_ENIS counts all ENIs as large as the
 * largest. While the nodes of a pool are replaced, surge of them are there beside in its zone, and
 * the pods of max_unavailable, but of no more than there are, start elsewhere in it. They are the
 * pods that are there already, so no quota of pods counts them again.
 *
 * @param out_fault  may be NULL
 * @return any status of cnicalc_terway_solve(), or
 *         CNICALC_ERR_TERWAY_POOL_ZONE  a pool with nodes is in a zone that has no vSwitch
 *
 * Example: 38 ecs.c7.4xlarge in 192.168.32.0/19 -> fits 1, POD_VSWITCH_ADDRESSES needed 7980,
 *          available 8188
 * Example: 39 of them -> fits 0, bound_by pod_vswitch_addresses, needed 8190, available 8188
 * Example: 20 nodes of 12 pods in 192.168.0.0/24, which serves both -> fits 0, bound_by
 *          zone_addresses, needed 260, available 252
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_terway_fit(const cnicalc_terway_cluster *cluster,
                                                              const cnicalc_terway_options *options,
                                                              cnicalc_terway_fit_result *out_result,
                                                              cnicalc_fault *out_fault);

/**
 * The same zone by zone, by addresses alone: every zone of the vSwitches.
 *
 * @param out_zones, out_count, out_fault  as in cnicalc_terway_zones()
 * @return any status of cnicalc_terway_fit() that does not concern options, or CNICALC_ERR_CAPACITY
 *
 * Example: 39 ecs.c7.4xlarge in 192.168.32.0/19 -> count 1, fits 0, bound_by pod_vswitch_addresses
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_terway_fit_zones(const cnicalc_terway_cluster *cluster, cnicalc_terway_zone *out_zones,
                         size_t capacity, size_t *out_count, cnicalc_fault *out_fault);

/* ---- What to add, so that further nodes fit ---- */

/** Most vSwitches that are added. */
#define CNICALC_TERWAY_GROW_MAX 256

/** Most blocks that are added to a VPC: the secondary ones that it can have. */
#define CNICALC_TERWAY_GROW_VPC_BLOCKS_MAX 5

/** Most vSwitches, blocks of the VPC and blocks that are taken. */
#define CNICALC_TERWAY_GROW_BLOCKS_MAX 1024

/** The caller's arrays of a question about growth. An array may be NULL when its count is 0. */
typedef struct cnicalc_terway_growth {
    const cnicalc_terway_cluster *cluster; /**< its vSwitches; its pools are the further nodes, and
                                                may be in zones without a vSwitch */
    const cnicalc_cidr *vpc_blocks;        /**< IPv4, the primary one first */
    size_t vpc_block_count;
    const cnicalc_cidr *taken; /**< what no new vSwitch may overlap, as those of others, and no new
                                    block of the VPC, as Service CIDRs and connected networks */
    size_t taken_count;
} cnicalc_terway_growth;

/** The answer. Its rows, in this order: VPC_SPACE counts the addresses of the vSwitches to add and
 *  of those that find a place, VSWITCH_QUOTA vSwitches of the VPC; the others are those of
 *  cnicalc_terway_fit() for the grown cluster, or, where nothing is added, for the present one.
 */
typedef struct cnicalc_terway_grow_result {
    uint64_t nodes;    /**< of all pools */
    uint64_t pods;     /**< they run when full */
    uint32_t fits;     /**< 1: they fit in the grown cluster */
    uint32_t fits_now; /**< 1: they fit and nothing is to be added */
    uint32_t bound_by; /**< enum cnicalc_limit: the first that is exceeded, or NONE */
    uint32_t limit_count;
    uint32_t vswitch_count;   /**< of the grown cluster; as now where they do not fit */
    uint32_t vpc_block_count; /**< blocks to add to the VPC */
    uint32_t gave_up;         /**< 1: the search ended before it found vSwitches or that none are
                                   possible. fits is 0 and bound_by VPC_SPACE, whose row is
                                   CNICALC_UNKNOWN_COUNT: whether there is room is not known */
    uint32_t reserved0;
    cnicalc_cidr vpc_blocks[CNICALC_TERWAY_GROW_VPC_BLOCKS_MAX];
    uint64_t reserved[7];
    cnicalc_limit_row limits[CNICALC_LIMIT_ROWS];
} cnicalc_terway_grow_result;

/**
 * The vSwitches that make room for further nodes: as few as possible, then as small as possible,
 * each at the lowest free place.
 *
 *      VPC 10.10.0.0/16, pods of zone i 10.10.0.0/20, 4,050 addresses in use
 *      150 nodes of 30 pods          4,500 addresses; 4,092 - 4,050 = 42 are free
 *      to add                        10.10.32.0/19, where 10.10.16.0/20 is in use as well
 *
 * What pods lack goes to vSwitches for pods, /16 to /25, what nodes lack to vSwitches for nodes,
 * /16 to /29; where both share vSwitches, what they lack together goes to either. Nodes count where
 * the cluster has a vSwitch for nodes. A zone that has none for pods gets one for all pods of its
 * further nodes, unless they fit as it is. A roomy answer makes the vSwitches for pods /19, the
 * longest mask advised, as long as the VPC has room.
 *
 * Where the VPC has no room, it gets as few secondary blocks as possible, of these the last as
 * small as possible, at the lowest free place of 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16.
 *
 * Terway chooses the vSwitch of an ENI when it creates the ENI: a node whose ENIs are all attached
 * keeps its vSwitches, and a new one serves new nodes and new ENIs.
 *
 * The search is exact while there is room, and in VPCs that are nearly full as far as 1,024 steps
 * reach: beyond them it may take more vSwitches than needed, or give up.
 *
 * @param out_vswitches  the grown cluster: the vSwitches that there are, then those to add, the
 *                       largest first; capacity elements
 * @param capacity       at least the vSwitches that there are and CNICALC_TERWAY_GROW_MAX
 * @param out_fault      may be NULL. BLOCKS are those of the VPC, TAKEN those that are taken
 * @return any status of cnicalc_terway_fit() but CNICALC_ERR_TERWAY_POOL_ZONE, or
 *         CNICALC_ERR_CIDR_FAMILY, _INVALID, _PREFIX_LEN, _HOST_BITS   a block is none
 *         CNICALC_ERR_TERWAY_VPC          a block of the VPC is no IPv4 block of mask 8..28, or
 *                                         overlaps another; or there is none, or more than 6
 *         CNICALC_ERR_TERWAY_OUTSIDE_VPC  a vSwitch of the cluster is in no block of the VPC
 *         CNICALC_ERR_TERWAY_GROW_SIZE    more than CNICALC_TERWAY_GROW_BLOCKS_MAX blocks, or more
 *                                         than 32 zones that lack something
 *         CNICALC_ERR_CAPACITY            capacity is too small
 *
 * Example: VPC 10.10.0.0/16, 10.10.0.0/20 with 4,050 in use, 150 nodes of 30 pods -> fits 1,
 *          vswitch_count 2, added 10.10.32.0/19
 * Example: VPC 10.10.0.0/16, 10.10.0.0/20 with 4,050 in use, 75 nodes of 30 pods -> fits 1,
 *          added 10.10.16.0/20
 * Example: the same, present_nodes 4,926 -> fits 0, bound_by node_quota, needed 5001, available
 * 5000
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_terway_grow(const cnicalc_terway_growth *growth, const cnicalc_terway_options *options,
                    cnicalc_terway_grow_result *out_result, cnicalc_vswitch *out_vswitches,
                    size_t capacity, cnicalc_fault *out_fault);

/**
 * What each zone has now for the further nodes: as cnicalc_terway_fit_zones(), and zones of pools
 * that have no vSwitch yet, after the others.
 *
 * @param out_zones, out_count, out_fault  as in cnicalc_terway_zones()
 * @return any status of cnicalc_terway_fit_zones() but CNICALC_ERR_TERWAY_POOL_ZONE
 *
 * Example: 10.10.0.0/20 with 4,050 in use, 150 nodes of 30 pods -> count 1, fits 0, nodes 150,
 *          usable_addresses 42
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_terway_grow_zones(const cnicalc_terway_growth *growth, cnicalc_terway_zone *out_zones,
                          size_t capacity, size_t *out_count, cnicalc_fault *out_fault);

#ifdef __cplusplus
}
#endif

#endif /* CNICALC_TERWAY_H */
