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
 *      pod_vswitch_addresses   free pod addresses / t
 *      pod_vswitch_prefixes    free aligned /28 blocks of the pod vSwitches / p
 *      node_vswitch_addresses  free node addresses, one for each node
 *      zone_addresses          addresses free in the zone altogether / (t + 1), and what the blocks
 *                              leave of a vSwitch that serves nodes too
 *
 * A vSwitch of mask m has 2^(32 - m) - 4 usable addresses: its first and its last three are
 * reserved. It has 2^(28 - m) - 2 aligned /28 blocks that a prefix can take, the first and the last
 * being the ones that hold reserved addresses. Addresses in use are taken to lie outside those
 * blocks as long as there is room, then to fill whole blocks: what is scattered leaves fewer.
 * From which of a zone's vSwitches an ENI draws is not modelled; they are added. Nor is it that a
 * prefix needs a reservation in its vSwitch, with a mask longer than the vSwitch's and at most /28.
 *
 * Sources: VPC documentation, 2026 (reserved addresses); ACK documentation, March 2026 (zones,
 * quotas); Terway source, July 2026 (pools, prefixes). The sums are our arithmetic.
 */
#ifndef CNICALC_TERWAY_H
#define CNICALC_TERWAY_H

#include "cnicalc/base.h"
#include "cnicalc/cidr.h"
#include "cnicalc/instance.h"
#include "cnicalc/node.h"
#include "cnicalc/quota.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- vSwitches ---- */

/** Legal masks of a vSwitch, both ends included. */
#define CNICALC_VSWITCH_PREFIX_LEN_MIN 16
#define CNICALC_VSWITCH_PREFIX_LEN_MAX 29

/** What a vSwitch serves: bits of cnicalc_terway_vswitch.roles. */
enum cnicalc_vswitch_role {
    CNICALC_VSWITCH_POD = 1, /**< addresses of pods */
    CNICALC_VSWITCH_NODE = 2 /**< addresses of nodes */
};

/** A vSwitch of the cluster. One that serves both is one entry with both roles. */
typedef struct cnicalc_terway_vswitch {
    cnicalc_cidr cidr;       /**< IPv4, mask 16..29 */
    uint64_t used_addresses; /**< usable addresses that others hold; the reserved do not count */
    uint32_t zone;           /**< the caller's number of the zone */
    uint32_t roles;          /**< CNICALC_VSWITCH_POD, CNICALC_VSWITCH_NODE or both */
    uint32_t reserved[2];    /**< zero */
} cnicalc_terway_vswitch;

/**
 * Whether vSwitches are legal, as cnicalc_terway_solve() wants them, and which one is not.
 *
 * Time grows with the square of the count.
 *
 * @param vswitches  may be NULL when vswitch_count is 0
 * @param out_index  written with every error but CNICALC_ERR_NULL: the first vSwitch at fault
 * @param out_other  likewise: with an overlap the vSwitch before it that it overlaps, else the same
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL                    a pointer is NULL
 *         CNICALC_ERR_RESERVED                a reserved word of a vSwitch is not zero
 *         CNICALC_ERR_CIDR_FAMILY, _INVALID, _PREFIX_LEN, _HOST_BITS   cidr is no block
 *         CNICALC_ERR_TERWAY_VSWITCH_FAMILY   cidr is not IPv4
 *         CNICALC_ERR_TERWAY_VSWITCH_MASK     prefix_len is not in 16..29
 *         CNICALC_ERR_TERWAY_VSWITCH_ROLES    roles is 0 or has an unknown bit
 *         CNICALC_ERR_TERWAY_VSWITCH_USED     used_addresses exceeds the usable ones
 *         CNICALC_ERR_TERWAY_VSWITCH_OVERLAP  two entries overlap, or are the same block
 *
 * Example: {10.0.0.0/20, 10.0.0.0/24} -> CNICALC_ERR_TERWAY_VSWITCH_OVERLAP, index 1, other 0
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_terway_check_vswitches(const cnicalc_terway_vswitch *vswitches, size_t vswitch_count,
                               uint64_t *out_index, uint64_t *out_other);

/* ---- Nodes ---- */

/** What one node takes from the vSwitches of its zone. A caller may fill it by hand. */
typedef struct cnicalc_terway_node {
    uint64_t pods_per_node; /**< pods with an address of their own that run at one time */
    uint64_t addresses;     /**< single addresses for pods, idle ones and those of ENIs included */
    uint64_t prefixes;      /**< /28 prefixes for pods, IP prefix mode only */
    uint32_t mode;          /**< enum cnicalc_mode */
    uint32_t joins;         /**< 1, or 0: ACK refuses the node, which has too few pods */
    uint32_t reserved[4];   /**< zero */
} cnicalc_terway_node;

/**
 * The node of an instance type, when it is full.
 *
 * pods_per_node is schedulable_pods of cnicalc_node_solve().
 *
 *  - Shared and exclusive ENI: one address for each pod and each idle one, at most those of the
 *    ENIs. On Windows, one more for each ENI in use.
 *  - Trunk: likewise, and one for each trunk pod.
 *  - IP prefix: ceil((pods + idle) / 16) prefixes, at most those of the ENIs, and one address for
 *    each ENI that holds them, I - 1 to an ENI. An IPv6-only node takes that one address alone,
 * with or without pods.
 *
 * ENIs that serve eRDMA are not counted.
 *
 * @param idle_addresses  addresses that the node holds beyond those of its pods: Terway's pool,
 *                        from min_pool_size (default 0) to max_pool_size (default 5). It is no
 *                        limit on pods, but takes addresses of the vSwitch.
 * @return what cnicalc_node_solve() returns for the same question, or
 *         CNICALC_ERR_LIMITS_UNKNOWN  also when the trunk pods are not published and would count
 *         CNICALC_ERR_OVERFLOW        also when pods and idle addresses exceed 64 bits
 *
 * Example: ecs.c7.4xlarge, shared, idle 0 -> pods_per_node 210, addresses 210
 * Example: ecs.c7.4xlarge, prefix, idle 0 -> pods_per_node 210, prefixes 14, addresses 1
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_terway_node_from_type(const cnicalc_instance *instance, const cnicalc_node_options *options,
                              uint64_t idle_addresses, cnicalc_terway_node *out_node);

/**
 * The node of a planned number of pods. It says nothing about the instance type, so joins is 1.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL                 out_node is NULL
 *         CNICALC_ERR_NODE_MODE            mode is none of enum cnicalc_mode
 *         CNICALC_ERR_TERWAY_PODS_PER_NODE pods_per_node is 0
 *         CNICALC_ERR_LIMITS_UNKNOWN       IP prefix mode, which needs the ENIs of a type
 *         CNICALC_ERR_OVERFLOW             pods_per_node + idle_addresses exceeds 64 bits
 *
 * Example: cnicalc_terway_node_from_pods(50, CNICALC_MODE_SHARED_ENI, 5, &node) -> addresses 55
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_terway_node_from_pods(
    uint64_t pods_per_node, uint32_t mode, uint64_t idle_addresses, cnicalc_terway_node *out_node);

/* ---- How many nodes ---- */

/** What can limit a Terway cluster; an index into limits, needed and available. */
enum cnicalc_terway_limit {
    CNICALC_TERWAY_LIMIT_NONE = 0,
    CNICALC_TERWAY_LIMIT_POD_VSWITCH = 1,   /**< nodes: addresses of the pod vSwitches */
    CNICALC_TERWAY_LIMIT_POD_PREFIXES = 2,  /**< nodes: /28 blocks of the pod vSwitches */
    CNICALC_TERWAY_LIMIT_NODE_VSWITCH = 3,  /**< nodes: addresses of the node vSwitches */
    CNICALC_TERWAY_LIMIT_ZONES = 4,         /**< nodes: what each zone holds of all three, added */
    CNICALC_TERWAY_LIMIT_VPC_ADDRESSES = 5, /**< nodes: the VPC's quota of private addresses */
    CNICALC_TERWAY_LIMIT_EDITION = 6,       /**< nodes: the edition's quota */
    CNICALC_TERWAY_LIMIT_JOIN_FLOOR = 7,    /**< nodes: 0 when the type cannot join */
    CNICALC_TERWAY_LIMIT_EDITION_PODS = 8,  /**< pods: the edition's quota */
    CNICALC_TERWAY_LIMIT_IPVLAN_PODS = 9    /**< pods: the ceiling of IPVLAN at 5,000 nodes */
};

#define CNICALC_TERWAY_LIMIT_COUNT 10

/** Choices of the question. Begin with cnicalc_terway_options_init(). */
typedef struct cnicalc_terway_options {
    uint32_t struct_size;
    uint32_t edition;           /**< enum cnicalc_edition; default pro */
    uint32_t raised;            /**< 1: ceilings after a quota increase; default 0 */
    uint32_t ipvlan;            /**< 1: pods are bounded by IPVLAN's ceiling too; default 0 */
    uint64_t node_quota;        /**< own ceiling of nodes; 0, the default: the published one;
                                     CNICALC_NO_LIMIT: none */
    uint64_t pod_quota;         /**< own ceiling of pods, likewise */
    uint64_t ipvlan_pod_quota;  /**< own ceiling of pods with IPVLAN, likewise */
    uint64_t vpc_address_quota; /**< own ceiling of private addresses of the VPC, likewise */
    uint32_t reserved[4];
} cnicalc_terway_options;

/** The answer. */
typedef struct cnicalc_terway_result {
    uint64_t max_nodes;      /**< the smallest of the limits on nodes */
    uint64_t max_pods;       /**< max_nodes * pods_per_node, at most the limits on pods */
    uint64_t pods_per_node;  /**< of the node that was asked for */
    uint64_t pod_addresses;  /**< free in the pod vSwitches */
    uint64_t pod_prefixes;   /**< free /28 blocks among them */
    uint64_t node_addresses; /**< free in the node vSwitches, or CNICALC_NO_LIMIT: none is given */
    uint64_t limits[CNICALC_TERWAY_LIMIT_COUNT]; /**< by each limit, or CNICALC_NO_LIMIT */
    uint32_t bound_by;          /**< enum cnicalc_terway_limit: which one decided max_nodes */
    uint32_t max_pods_bound_by; /**< likewise max_pods */
    uint32_t reserved[4];
} cnicalc_terway_result;

/** The answer for one zone, by its addresses alone. */
typedef struct cnicalc_terway_zone {
    uint32_t zone;     /**< the caller's number */
    uint32_t bound_by; /**< enum cnicalc_terway_limit: POD_VSWITCH, POD_PREFIXES, NODE_VSWITCH, or
                            ZONES where pods and nodes share a vSwitch */
    uint64_t usable_addresses; /**< free in the pod vSwitches */
    uint64_t usable_prefixes;  /**< free /28 blocks among them */
    uint64_t node_addresses;   /**< free in the node vSwitches, or CNICALC_NO_LIMIT */
    uint64_t max_nodes;        /**< CNICALC_NO_LIMIT when a node takes no address */
    uint32_t reserved[2];
} cnicalc_terway_zone;

/** sizeof in the library, for bindings. */
CNICALC_API uint32_t cnicalc_terway_vswitch_size(void);
CNICALC_API uint32_t cnicalc_terway_node_size(void);
CNICALC_API uint32_t cnicalc_terway_options_size(void);
CNICALC_API uint32_t cnicalc_terway_result_size(void);
CNICALC_API uint32_t cnicalc_terway_zone_size(void);

/**
 * Fills options with the defaults.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL         options is NULL
 *         CNICALC_ERR_STRUCT_SIZE  struct_size is not sizeof(cnicalc_terway_options)
 *
 * Example: cnicalc_terway_options_init(&options, sizeof options) -> edition 1, raised 0
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_terway_options_init(cnicalc_terway_options *options, size_t struct_size);

/**
 * How many equal nodes the vSwitches and quotas hold, and how many pods.
 *
 * max_nodes is the smallest of the limits on nodes and bound_by names it (the first of equals).
 *
 *  - POD_VSWITCH, POD_PREFIXES and NODE_VSWITCH add up what the zones would hold by this one alone;
 *    ZONES adds up what they hold, and is below the others where one zone lacks what another has.
 *  - Without any node vSwitch the nodes' own addresses do not limit. With one, a zone that has none
 *    holds no node. A zone without a pod vSwitch holds no node.
 *  - VPC_ADDRESSES: (the VPC's quota - used addresses) / (1 + t).
 *  - EDITION_PODS and IPVLAN_PODS bound max_pods, not max_nodes. They are CNICALC_UNKNOWN_COUNT
 *    where no ceiling is published, which bounds nothing.
 *
 * @param vswitches       may be NULL when vswitch_count is 0, which holds no node
 * @param out_zones       zone_capacity elements, in the order in which zones first appear; NULL
 *                        when zones are not asked for
 * @param out_zone_count  the number of zones; written with CNICALC_ERR_CAPACITY too; may be NULL
 *                        when out_zones is
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL         a pointer is NULL
 *         CNICALC_ERR_STRUCT_SIZE  options were not initialised
 *         CNICALC_ERR_RESERVED     a reserved word of options or node is not zero
 *         CNICALC_ERR_FLAG         raised, ipvlan or joins is neither 0 nor 1
 *         CNICALC_ERR_EDITION      edition is none of enum cnicalc_edition, or ANY
 *         CNICALC_ERR_NODE_MODE    mode of node is none of enum cnicalc_mode
 *         any of cnicalc_terway_check_vswitches()
 *         CNICALC_ERR_QUOTA_UNKNOWN  no Terway node quota is published for the edition, and
 *                                    node_quota is 0
 *         CNICALC_ERR_OVERFLOW     the addresses of a node, or max_nodes times its pods, exceed 64
 *                                  bits, whatever the quota of pods
 *         CNICALC_ERR_CAPACITY     there are more zones than zone_capacity
 *
 * Example: 192.168.32.0/19 for pods, ecs.c7.4xlarge shared -> max_nodes 38, max_pods 7980
 * Example: 192.168.96.0/19 in a second zone too -> max_nodes 76, bound_by pod_vswitch_addresses
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_terway_solve(
    const cnicalc_terway_vswitch *vswitches, size_t vswitch_count, const cnicalc_terway_node *node,
    const cnicalc_terway_options *options, cnicalc_terway_result *out_result,
    cnicalc_terway_zone *out_zones, size_t zone_capacity, size_t *out_zone_count);

/**
 * The name of a limit: static, never NULL, "unknown" outside the enum.
 *
 * Example: cnicalc_terway_limit_name(CNICALC_TERWAY_LIMIT_ZONES) -> "zone_addresses"
 */
CNICALC_API const char *cnicalc_terway_limit_name(uint32_t limit);

/* ---- Whether given nodes fit ---- */

/** Some equal nodes of one zone. */
typedef struct cnicalc_terway_pool {
    cnicalc_terway_node node;
    uint64_t count;    /**< nodes */
    uint32_t zone;     /**< the caller's number; a vSwitch must have it */
    uint32_t reserved; /**< zero */
} cnicalc_terway_pool;

/**
 * The answer for all pools. What needed and available count: addresses for POD_VSWITCH,
 * NODE_VSWITCH and VPC_ADDRESSES; /28 blocks for POD_PREFIXES; zones in use, and those that hold
 * their nodes, for ZONES; nodes for EDITION and JOIN_FLOOR, of which those that join are available;
 * pods for EDITION_PODS and IPVLAN_PODS.
 */
typedef struct cnicalc_terway_fit_result {
    uint64_t nodes;    /**< of all pools */
    uint64_t pods;     /**< they run when full */
    uint32_t fits;     /**< 1: nothing needed exceeds what is available */
    uint32_t bound_by; /**< enum cnicalc_terway_limit: the first that is exceeded, or NONE */
    uint64_t needed[CNICALC_TERWAY_LIMIT_COUNT];
    uint64_t available[CNICALC_TERWAY_LIMIT_COUNT]; /**< or CNICALC_NO_LIMIT */
    uint32_t reserved[4];
} cnicalc_terway_fit_result;

/** The answer for one zone, by its addresses alone. */
typedef struct cnicalc_terway_fit_zone {
    uint32_t zone;                /**< the caller's number */
    uint32_t fits;                /**< 1: the zone holds its nodes */
    uint32_t bound_by;            /**< as in cnicalc_terway_zone: the first exceeded, or NONE */
    uint32_t reserved0;           /**< zero */
    uint64_t nodes;               /**< of its pools, one node address each */
    uint64_t needed_addresses;    /**< for pods, prefixes included */
    uint64_t available_addresses; /**< free in the pod vSwitches */
    uint64_t needed_prefixes;     /**< /28 blocks */
    uint64_t available_prefixes;  /**< free /28 blocks of the pod vSwitches */
    uint64_t node_addresses;      /**< free in the node vSwitches, or CNICALC_NO_LIMIT */
    uint32_t reserved[2];
} cnicalc_terway_fit_zone;

/** sizeof in the library, for bindings. */
CNICALC_API uint32_t cnicalc_terway_pool_size(void);
CNICALC_API uint32_t cnicalc_terway_fit_result_size(void);
CNICALC_API uint32_t cnicalc_terway_fit_zone_size(void);

/**
 * Whether node pools, of any modes together, fit in their zones and in the quotas.
 *
 * @param pools      may be NULL when pool_count is 0
 * @param out_zones  every zone of the vSwitches, as in cnicalc_terway_solve()
 * @return any status of cnicalc_terway_solve(), or
 *         CNICALC_ERR_TERWAY_POOL_ZONE  a pool with nodes is in a zone that has no vSwitch
 *
 * Example: 38 ecs.c7.4xlarge in 192.168.32.0/19 -> fits 1, needed[POD_VSWITCH] 7980,
 *          available[POD_VSWITCH] 8188
 * Example: 39 of them -> fits 0, bound_by pod_vswitch_addresses,
 *          needed[POD_VSWITCH] 8190, available[POD_VSWITCH] 8188
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_terway_fit(
    const cnicalc_terway_vswitch *vswitches, size_t vswitch_count, const cnicalc_terway_pool *pools,
    size_t pool_count, const cnicalc_terway_options *options, cnicalc_terway_fit_result *out_result,
    cnicalc_terway_fit_zone *out_zones, size_t zone_capacity, size_t *out_zone_count);

#ifdef __cplusplus
}
#endif

#endif /* CNICALC_TERWAY_H */
