/* SPDX-License-Identifier: MIT */
/**
 * @file plan.h
 * The address plan of a cluster: checks one, and proposes one.
 *
 * A plan is an array of blocks, each with the role that it plays. cnicalc_plan_check() reports all
 * that is wrong or unwise with it, at once; cnicalc_plan_propose() makes one that the check
 * accepts. What vSwitches hold is judged zone by zone, as by cnicalc_terway_zones().
 *
 *      VPC block       192.168.0.0/16      a plan of the ACK documentation: Terway in one zone
 *        vSwitch       192.168.0.0/19      for nodes
 *        pod vSwitch   192.168.32.0/19     8,192 addresses as published, 8,188 without the reserved
 *      Service CIDR    172.21.0.0/20       outside the VPC
 *
 * The rules, from the ACK and VPC documentation, March 2026. A rule for one family names it:
 *
 *      VPC block      IPv4 mask 8..28, inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 unless a
 *                     whitelist allows more, never in 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16,
 *                     224.0.0.0/4, 0.0.0.0/8 or 240.0.0.0/4; one primary and at most 5 secondary
 *                     blocks, of mask 16..28. IPv6 mask 56
 *
 *      vSwitch        IPv4 mask 16..29, IPv6 mask 64, inside one VPC block; at most 150 of a VPC.
 *                     The first and the last three addresses are reserved: 2^(32 - mask) - 4 can be
 *                     used
 *
 *      pod vSwitch    Terway: IPv4 mask 16..25, 19 or shorter recommended, in a zone that has a
 *                     vSwitch for nodes. It may be that vSwitch, and it is where the zone has no
 *                     other. Twice the pods is recommended
 *
 *      pod CIDR       Flannel: inside the three ranges, as in cnicalc/flannel.h
 *
 *      Service CIDR   IPv4 mask 16..24 inside the three ranges; 2^(32 - mask) - 2 addresses, of
 *                     which `kubernetes` takes one. It can never change: where no number of
 *                     Services is asked for, one for each 15 pods is advised, as the ceilings of
 *                     Pro are (150,000 pods, 10,000 Services), at most what a /20 has, which
 *                     CreateCluster takes. IPv6 mask 112..120 inside fc00::/7, with an address for
 *                     each Service and one more
 *
 *      dual stack     an IPv6 VPC block, an IPv6 vSwitch in each zone for what its IPv4 ones serve,
 *                     an IPv6 Service CIDR; Terway
 *
 *      overlap        VPC blocks, pod CIDR and Service CIDR exclude each other and every network
 *                     that is connected. The Service CIDRs of two clusters of one VPC may overlap
 *
 * An IPv4 block never overlaps an IPv6 block. Capacities are counted in IPv4.
 */
#ifndef CNICALC_PLAN_H
#define CNICALC_PLAN_H

#include "cnicalc/base.h"
#include "cnicalc/cidr.h"
#include "cnicalc/flannel.h"
#include "cnicalc/quota.h"
#include "cnicalc/terway.h"
#include "cnicalc/vswitch.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Most blocks of a plan; the time of a check is quadratic in them. */
#define CNICALC_PLAN_BLOCKS_MAX 1024

/** What a block is for. The order of blocks in a plan never matters. */
enum cnicalc_plan_role {
    CNICALC_PLAN_ROLE_VPC = 1,                /**< a block of the VPC, primary or secondary */
    CNICALC_PLAN_ROLE_NODE_VSWITCH = 2,       /**< a vSwitch for nodes */
    CNICALC_PLAN_ROLE_POD_VSWITCH = 3,        /**< a vSwitch for pods (Terway) */
    CNICALC_PLAN_ROLE_VSWITCH = 4,            /**< a vSwitch for nodes and pods (Terway) */
    CNICALC_PLAN_ROLE_POD_CIDR = 5,           /**< the pod CIDR (Flannel) */
    CNICALC_PLAN_ROLE_SERVICE_CIDR = 6,       /**< the Service CIDR */
    CNICALC_PLAN_ROLE_OTHER = 7,              /**< a connected VPC or data centre, or the pod CIDR
                                                   of another cluster */
    CNICALC_PLAN_ROLE_OTHER_SERVICE_CIDR = 8, /**< of another cluster in this VPC */
    CNICALC_PLAN_ROLE_OTHER_VSWITCH = 9,      /**< a vSwitch of this VPC that others use */
    CNICALC_PLAN_ROLE_SUMMARY = 10            /**< a route to many networks, which may hold the VPC:
                                                   the pod CIDR and the Service CIDR alone stay out
                                                   of it */
};

#define CNICALC_PLAN_ROLE_COUNT 11

/** One block of a plan. */
typedef struct cnicalc_plan_block {
    cnicalc_cidr cidr; /**< bits below the prefix may be set: a check reports them, and goes on with
                            the block that they lie in */
    uint32_t role;     /**< enum cnicalc_plan_role */
    uint32_t zone;     /**< of a vSwitch: the caller's number, or CNICALC_UNKNOWN, which is taken
                            for any: capacities are then those of all zones together. Not read for
                            other roles */
    uint64_t used_addresses; /**< of a vSwitch of the cluster: usable addresses that are in use. Not
                                  read for other roles */
    uint64_t reserved_prefixes; /**< of an IPv4 vSwitch for pods: /28 blocks that are reserved for
                                     prefixes, as of cnicalc_vswitch; at most as many as it has. Not
                                     read for other roles */
    uint32_t reserved[2];       /**< zero */
} cnicalc_plan_block;

/** A caller's plan. */
typedef struct cnicalc_plan {
    const cnicalc_plan_block *blocks; /**< may be NULL when block_count is 0 */
    size_t block_count;
} cnicalc_plan;

/* ---- Check ---- */

/** How bad a finding is. A plan without errors is legal and large enough. */
enum cnicalc_plan_severity {
    CNICALC_PLAN_ERROR = 1,
    CNICALC_PLAN_WARNING = 2, /**< legal, but against a recommendation */
    CNICALC_PLAN_NOTE = 3     /**< a capacity, or what could not be judged */
};

#define CNICALC_PLAN_SEVERITY_COUNT 4

/**
 * What a finding says. Each code has one severity, and says for which blocks it is (subject, then
 * other) and what value, bound and block hold; what is not named is CNICALC_UNKNOWN, 0 or a block
 * of family 0. "Nearest" is the nearest legal block with the same beginning, or mask; it has family
 * 0 where it would be an error in this plan.
 */
enum cnicalc_plan_code {
    /* Any block */
    CNICALC_PLAN_HOST_BITS = 1, /**< error. A block; the corrected block */
    CNICALC_PLAN_OVERLAP = 2,   /**< error. Two blocks: by role, then by address, as in all pairs */

    /* VPC blocks */
    CNICALC_PLAN_NO_VPC = 20,          /**< error. No IPv4 VPC block */
    CNICALC_PLAN_VPC_MASK = 21,        /**< error. A block; its mask, the nearest, its block */
    CNICALC_PLAN_VPC_FORBIDDEN = 22,   /**< error. A block; the forbidden range it overlaps */
    CNICALC_PLAN_VPC_BLOCK_COUNT = 23, /**< error. IPv4 blocks, most */
    CNICALC_PLAN_VPC_NOT_PRIVATE = 24, /**< warning. A block */
    CNICALC_PLAN_VPC_SECONDARY_MASK =
        25, /**< error. Two blocks, both larger than a secondary one can be */
    CNICALC_PLAN_NO_VPC_IPV6 = 26, /**< error. Dual stack without an IPv6 VPC block */

    /* vSwitches, those for pods included */
    CNICALC_PLAN_VSWITCH_MASK = 40,  /**< error. A block; its mask, the nearest, its block */
    CNICALC_PLAN_OUTSIDE_VPC = 41,   /**< error. A vSwitch, a VPC block that it reaches out of */
    CNICALC_PLAN_VSWITCH_ZONE = 42,  /**< error. Two vSwitches that are one block, in two zones */
    CNICALC_PLAN_NO_VSWITCH = 43,    /**< warning. No IPv4 vSwitch for nodes */
    CNICALC_PLAN_VSWITCH_USED = 44,  /**< error. A vSwitch; addresses in use, usable ones */
    CNICALC_PLAN_OTHER_MASK = 45,    /**< warning. A vSwitch of others; its mask, the nearest, its
                                          block */
    CNICALC_PLAN_OTHER_OVERLAP = 46, /**< warning. Two vSwitches of others that overlap */
    CNICALC_PLAN_VSWITCH_ROUTE =
        47, /**< error. A vSwitch that is a Flannel node's block, the pod CIDR */
    CNICALC_PLAN_NO_IPV6_VSWITCH = 48, /**< error. Dual stack with an IPv6 VPC block: an IPv4
                                          vSwitch in a zone that has no IPv6 one for the same use */
    CNICALC_PLAN_VPC_IPV6_UNUSED = 49, /**< warning. An IPv6 VPC block, without dual stack and
                                          without an IPv6 vSwitch */

    /* vSwitches for pods */
    CNICALC_PLAN_NO_POD_VSWITCH = 60,      /**< error. Terway without an IPv4 pod vSwitch */
    CNICALC_PLAN_POD_VSWITCH_FLANNEL = 61, /**< error. A vSwitch that serves pods, with Flannel */
    CNICALC_PLAN_POD_VSWITCH_ZONE = 62,    /**< error. One in a zone without node vSwitch, where no
                                                nodes are wanted or no zone has one */
    CNICALC_PLAN_POD_VSWITCH_MASK = 63,    /**< error. A block; its mask, the nearest, its block */
    CNICALC_PLAN_POD_VSWITCH_SMALL = 64,   /**< warning. A block; its mask, the longest advised */
    CNICALC_PLAN_ZONE_WITHOUT_PODS = 65,   /**< note. An IPv4 node vSwitch in a zone without one for
                                                pods, which use it */
    CNICALC_PLAN_POD_VSWITCH_CAPACITY = 66, /**< note. A block; addresses that pods can use, less
                                                 those in use; all addresses */
    CNICALC_PLAN_POD_VSWITCH_IDLE = 67, /**< warning. One in a zone without node vSwitch, where the
                                             nodes are judged in other zones */

    /* The pod CIDR */
    CNICALC_PLAN_NO_POD_CIDR = 80,       /**< error. Flannel without a pod CIDR */
    CNICALC_PLAN_NO_NODE_MASK = 81,      /**< error. Flannel without a node mask */
    CNICALC_PLAN_POD_CIDR_TERWAY = 82,   /**< error. A pod CIDR, with Terway */
    CNICALC_PLAN_POD_CIDR_REPEATED = 83, /**< error. Two pod CIDRs of one family */
    CNICALC_PLAN_POD_CIDR_RANGE = 84,    /**< error. A pod CIDR outside the three ranges */
    CNICALC_PLAN_NODE_MASK = 85,         /**< error. The node mask, the nearest */
    CNICALC_PLAN_POD_CIDR_MASK = 86,    /**< error. A block; its mask, the node mask, the nearest */
    CNICALC_PLAN_NODE_MASK_TERWAY = 87, /**< warning. The node mask, with Terway */
    CNICALC_PLAN_POD_CIDR_CAPACITY = 88, /**< note. A block; addresses that pods can get, those
                                              published */
    CNICALC_PLAN_ROUTES_TERWAY = 90,     /**< warning. A quota of routes, or routes in use, with
                                              Terway */
    CNICALC_PLAN_QUOTAS_TO_RAISE = 89,   /**< note. Nodes of raised ceilings; those above which the
                                            quotas of nodes and of routes must both be raised */

    /* The Service CIDR */
    CNICALC_PLAN_NO_SERVICE_CIDR = 100,       /**< error. No IPv4 Service CIDR */
    CNICALC_PLAN_SERVICE_CIDR_REPEATED = 101, /**< error. Two Service CIDRs of one family */
    CNICALC_PLAN_SERVICE_CIDR_RANGE = 102,    /**< error. A Service CIDR that is not private */
    CNICALC_PLAN_SERVICE_CIDR_MASK = 103, /**< error. A block; its mask, the nearest, its block */
    CNICALC_PLAN_SERVICE_CIDR_FLANNEL = 104, /**< error. An IPv6 Service CIDR, with Flannel */
    CNICALC_PLAN_SERVICE_CIDR_SHARED = 105,  /**< warning. It overlaps another cluster's */
    CNICALC_PLAN_SERVICE_CIDR_SMALL = 106,   /**< warning. A block; Services that it has addresses
                                                  for besides `kubernetes`, those advised */
    CNICALC_PLAN_NO_IPV6_SERVICE_CIDR = 107, /**< error. Dual stack without an IPv6 Service CIDR */
    CNICALC_PLAN_DUAL_STACK_FLANNEL = 108,   /**< error. Dual stack, with Flannel */

    /* What is wanted: value; what there is: bound; limit names which */
    CNICALC_PLAN_SHORTAGE = 120,       /**< error. The block, where POD_CIDR, NODE_MASK or
                                            SERVICE_CIDR is short; the zone, where one is */
    CNICALC_PLAN_PODS_TWICE = 121,     /**< warning. The zone; addresses that twice the pods take,
                                            those there are */
    CNICALC_PLAN_PODS_ADDRESSES = 122, /**< warning. The pod CIDR; pods, addresses they can get */
    CNICALC_PLAN_QUOTA_UNKNOWN = 123,  /**< note. A quota that is not published */
    CNICALC_PLAN_SECURITY_GROUP_LARGE =
        124, /**< warning. Addresses of a basic group, those that another page allows */
    CNICALC_PLAN_NODE_POOLS = 125,  /**< note. Node pools that the nodes take, nodes of one */
    CNICALC_PLAN_ONE_ZONE = 126,    /**< note. Nodes, all in one zone; as many should be in two */
    CNICALC_PLAN_SURGE = 127,       /**< warning. The zone, where one is short; what is taken while
                                         nodes are replaced, what there is */
    CNICALC_PLAN_BURST = 128,       /**< warning. The zone; addresses that are taken while new pods
                                         start, those there are */
    CNICALC_PLAN_ZONES_NODES = 129, /**< note. Nodes that several zones hold together, those wanted:
                                         the shortages of the zones are alternatives */
    CNICALC_PLAN_ZONES_PODS = 130   /**< note. The same of pods */
};

/** All codes are below it; not every number below it is one. */
#define CNICALC_PLAN_CODE_END 131

/** The request that a plan is judged by. Begin with cnicalc_plan_check_options_init(). */
typedef struct cnicalc_plan_check_options {
    uint32_t struct_size;
    uint32_t plugin;     /**< CNICALC_PLUGIN_TERWAY or CNICALC_PLUGIN_FLANNEL; the caller sets it */
    uint32_t node_mask;  /**< bits, of each Flannel node's block; 0, the default: none is planned */
    uint32_t dual_stack; /**< 1: pods and Services have IPv6 addresses as well; default 0 */
    uint64_t nodes;      /**< wanted, in total; 0, the default: not asked */
    uint64_t pods;       /**< wanted, in total; 0, the default: not asked */
    uint64_t services;   /**< wanted besides `kubernetes`; 0, the default: not asked */
    uint32_t surge;      /**< further nodes while nodes are replaced; 0, the default: not asked */
    uint32_t burst_pods; /**< new pods that start on each node at one time; 0, the default: not
                              asked */
    uint32_t reserved[2];      /**< zero */
    cnicalc_terway_node node;  /**< what a node of a type takes, of cnicalc_terway_node_from_type();
                                    all zero, the default: not known. A node runs the pods of the
                                    plan: it takes its prefixes and addresses whatever they are, or
                                    where it has no prefixes an address for each, and those that
                                    addresses has beyond pods_per_node. Where enis is 0, the least
                                    are counted: two of a node that runs Terway pods, else one.
                                    Whether it joins is judged, dual_stack is not read */
    uint64_t node_max_pods;    /**< what one node of the type runs, as pods_per_node of
                                    cnicalc_terway_node_from_type(); 0, the default: not judged */
    cnicalc_ceilings ceilings; /**< all but ipvlan_pod_quota are read */
} cnicalc_plan_check_options;

/** One finding about a plan. */
typedef struct cnicalc_plan_finding {
    uint32_t severity; /**< enum cnicalc_plan_severity */
    uint32_t code;     /**< enum cnicalc_plan_code */
    uint32_t subject;  /**< index of a block, or CNICALC_UNKNOWN */
    uint32_t other;    /**< index of a block, or CNICALC_UNKNOWN */
    uint32_t zone;     /**< the caller's number of the zone that is short, or CNICALC_UNKNOWN */
    uint32_t limit;    /**< enum cnicalc_limit: what is short or unknown, or NONE */
    uint64_t value;    /**< as the code says, like bound and block */
    uint64_t bound;
    cnicalc_cidr block;
    uint32_t reserved[4];
} cnicalc_plan_finding;

/**
 * Fills options with the defaults. The caller then sets the plugin.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL         options is NULL
 *         CNICALC_ERR_STRUCT_SIZE  struct_size is not sizeof(cnicalc_plan_check_options)
 *
 * Example: cnicalc_plan_check_options_init(&options, sizeof options) -> plugin 0, nodes 0
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_plan_check_options_init(cnicalc_plan_check_options *options, size_t struct_size);

/**
 * All findings about a plan, the most serious first, then by code, subject, other, zone and limit.
 * The order of the blocks changes nothing but indexes. Each fact is reported once: an overlap for
 * the pair, and for a vSwitch inside the VPC through its VPC block. A block that the plugin does
 * not use is reported as such, and not judged further. A zone with an IPv6 block alone has neither
 * nodes nor pods.
 *
 * Terway nodes are judged zone by zone. N nodes run ceil(pods / N) pods each, in any zone that
 * holds them. With pods alone, any number of nodes may run them, at least one in each zone that
 * runs any; with nodes alone, only node addresses are needed. When the zones together hold fewer
 * than N nodes, the share of each zone is N less what the others hold, and each limit that is short
 * of the share is a finding with the zone. The warning about twice the pods is the same question
 * for twice the pods per node; it names the limits on pod addresses that are not short already.
 * Where node says what its ENIs hold, each of them takes its addresses from one vSwitch, as in
 * terway.h, and what the ENIs of N nodes do not find is a finding too.
 *
 * So are the warnings about what N nodes take at other times, where that is asked: in a burst each
 * takes two addresses more for each new pod, one in exclusive mode, at most those of its ENIs,
 * which limits pod addresses; while nodes are replaced,
 * surge nodes are there beside, and the pods of one that is out start elsewhere. For those
 * addresses all zones are judged together, without a zone.
 *
 * Addresses in use do not count as free. A vSwitch for nodes and pods may be one block of that
 * role, or the same block once for each; the greater of their addresses in use counts.
 *
 * With Flannel, nodes take addresses of all node vSwitches together, routes, and blocks of the pod
 * CIDR; with pods alone, as many nodes are judged as hold them.
 *
 * Where no vSwitch serves nodes, or none serves pods, the addresses of that kind are not judged. A
 * vSwitch with an illegal mask counts with the addresses that it has.
 *
 * @param out_findings  capacity entries; NULL when capacity is 0, which asks for the count alone
 * @param out_count     how many findings there are; written with CNICALC_ERR_CAPACITY too
 * @param out_fault     may be NULL
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL         a pointer is NULL
 *         CNICALC_ERR_STRUCT_SIZE  options were not initialised
 *         CNICALC_ERR_RESERVED     a reserved word of options, node, ceilings or a block is not
 *                                  zero
 *         CNICALC_ERR_FLAG         raised, dual_stack or a flag of node is neither 0 nor 1
 *         CNICALC_ERR_PLUGIN       plugin is neither Terway nor Flannel
 *         CNICALC_ERR_NODE_MODE    node is not all zero, and its mode none of enum cnicalc_mode
 *         CNICALC_ERR_EDITION      edition is none of enum cnicalc_edition, or ANY
 *         CNICALC_ERR_SECURITY_GROUP  security_group is none of its enum
 *         CNICALC_ERR_OVERFLOW     the addresses of nodes and twice their pods exceed 64 bits, or
 *                                  those in a burst or while nodes are replaced, or the Services do
 *                                  with `kubernetes`
 *         CNICALC_ERR_PLAN_BLOCKS  block_count exceeds CNICALC_PLAN_BLOCKS_MAX
 *         CNICALC_ERR_PLAN_ROLE    the role of a block is none of enum cnicalc_plan_role
 *         CNICALC_ERR_CIDR_FAMILY, _INVALID, _PREFIX_LEN   a block is none, whatever its last bits
 *         CNICALC_ERR_CAPACITY     more findings than capacity; out_findings is not written
 *
 * Example: the plan at the top of this file, Terway -> count 1, severity note,
 *          code pod-vswitch-capacity, value 8188, bound 8192
 * Example: the same with pods 5000 -> count 2, severity warning, code pods-twice, value 10000,
 *          bound 8188
 * Example: the same with Service CIDR 192.168.64.0/20 -> count 2, severity error, code overlap
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_plan_check(const cnicalc_plan *plan, const cnicalc_plan_check_options *options,
                   cnicalc_plan_finding *out_findings, size_t capacity, size_t *out_count,
                   cnicalc_fault *out_fault);

/** Bytes that hold the sentence of any finding, NUL included. */
#define CNICALC_PLAN_TEXT_SIZE 320

/**
 * A finding as a sentence for people, with the blocks, the rule and the nearest legal value. Zones
 * are left out, because the caller alone knows their names.
 *
 * @param plan      the plan that was checked
 * @param out_text  capacity bytes; CNICALC_PLAN_TEXT_SIZE are always enough
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL          a pointer is NULL
 *         CNICALC_ERR_INDEX         subject or other is no index of blocks, or is missing
 *         CNICALC_ERR_LIMIT         a shortage of a limit that is never short
 *         CNICALC_ERR_PLAN_FINDING  the code is none of enum cnicalc_plan_code
 *         CNICALC_ERR_PLAN_ROLE     the role of a block is none of enum cnicalc_plan_role
 *         CNICALC_ERR_CIDR_FAMILY, _INVALID, _PREFIX_LEN   a block is none
 *         CNICALC_ERR_CAPACITY      the text and its NUL need more than capacity bytes
 *
 * Example: host bits in 10.0.0.1/8 -> "VPC block 10.0.0.1/8 has host bits set; the block is
 *          10.0.0.0/8"
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_plan_finding_format(
    const cnicalc_plan_finding *finding, const cnicalc_plan *plan, char *out_text, size_t capacity);

/**
 * The name of a code: static, never NULL, "unknown" outside the enum.
 *
 * Example: cnicalc_plan_code_name(CNICALC_PLAN_OUTSIDE_VPC) -> "outside-vpc"
 */
CNICALC_API const char *cnicalc_plan_code_name(uint32_t code);

/**
 * The severity that all findings of a code have; 0 outside the enum.
 *
 * Example: cnicalc_plan_code_severity(CNICALC_PLAN_OVERLAP) -> CNICALC_PLAN_ERROR
 */
CNICALC_API uint32_t cnicalc_plan_code_severity(uint32_t code);

/**
 * The name of a severity: static, never NULL, "unknown" outside the enum.
 *
 * Example: cnicalc_plan_severity_name(CNICALC_PLAN_WARNING) -> "warning"
 */
CNICALC_API const char *cnicalc_plan_severity_name(uint32_t severity);

/**
 * The name of a role: static, never NULL, "unknown" outside the enum.
 *
 * Example: cnicalc_plan_role_name(CNICALC_PLAN_ROLE_POD_VSWITCH) -> "pod-vswitch"
 */
CNICALC_API const char *cnicalc_plan_role_name(uint32_t role);

/**
 * What a role is of a vSwitch of the cluster: CNICALC_VSWITCH_POD, CNICALC_VSWITCH_NODE or both; 0
 * for every other role.
 *
 * Example: cnicalc_plan_role_serves(CNICALC_PLAN_ROLE_VSWITCH) -> CNICALC_VSWITCH_BOTH
 */
CNICALC_API uint32_t cnicalc_plan_role_serves(uint32_t role);

/* ---- Propose ---- */

/** Most zones of a proposal. */
#define CNICALC_PLAN_ZONES_MAX 32

/** Most IPv4 blocks of a VPC: the primary and the secondary ones. */
#define CNICALC_PLAN_VPC_BLOCKS_MAX 6

/** Most blocks in use that a proposal can look at, beside those of the VPC. */
#define CNICALC_PLAN_OTHERS_MAX 500

/** Entries that hold any proposal: at most 256 vSwitches with as many IPv6 ones, or 325 without,
 * such as 261 of /16 in a /8 and secondary blocks, and two smaller ones for each zone; the blocks
 * of the VPC, the pod CIDR and the Service CIDRs. */
#define CNICALC_PLAN_PROPOSAL_BLOCKS_MAX 521

/** A request. Begin with cnicalc_plan_propose_options_init(). */
typedef struct cnicalc_plan_propose_options {
    uint32_t struct_size;
    uint32_t plugin;           /**< CNICALC_PLUGIN_TERWAY or CNICALC_PLUGIN_FLANNEL; the caller's */
    uint32_t zones;            /**< 1..CNICALC_PLAN_ZONES_MAX; default 1 */
    uint32_t growth_percent;   /**< by which nodes, pods and Services grow; default 0 */
    uint64_t nodes;            /**< at least 1; the caller sets it */
    uint64_t pods_per_node;    /**< at least 1; the caller sets it */
    uint64_t services;         /**< besides `kubernetes`; 0, the default: a /20, as CreateCluster
                                    takes, or the largest there is room for */
    uint64_t node_max_pods;    /**< what one node of the type runs, as pods_per_node of
                                    cnicalc_terway_node_from_type(); 0, the default: not judged */
    uint32_t dual_stack;       /**< 1: pods and Services have IPv6 addresses as well; default 0 */
    uint32_t reserved[3];      /**< zero */
    cnicalc_terway_node node;  /**< as of cnicalc_plan_check_options; default zero */
    cnicalc_ceilings ceilings; /**< all but ipvlan_pod_quota are read */
} cnicalc_plan_propose_options;

/** What a proposal holds, or what it is short of. Its rows: NODE_QUOTA, ROUTE_QUOTA and POD_CIDR
 *  count nodes, POD_QUOTA pods, SERVICE_QUOTA (with `kubernetes`) and SERVICE_CIDR (without)
 *  Services, VPC_ADDRESS_QUOTA, VPC_SPACE and PRIVATE_SPACE addresses, NODE_MASK (those with an
 *  address) and NODE_MAX_PODS pods per node, MIN_PODS_TO_JOIN nodes, VSWITCH_QUOTA vSwitches, those
 *  of others included, VPC_IPV6_SPACE IPv6 vSwitches. */
typedef struct cnicalc_plan_proposal {
    uint64_t nodes;              /**< wanted, with growth, rounded up */
    uint64_t pods;               /**< nodes * pods per node */
    uint64_t services;           /**< wanted, with growth, rounded up */
    uint64_t room_pod_vswitches; /**< Terway: further pod vSwitches of room_prefix_len that the VPC
                                      has room for */
    uint32_t room_prefix_len;    /**< Terway: bits, of the largest vSwitch proposed for pods; else
                                      0 */
    uint32_t node_mask;          /**< Flannel: bits, of each node's block; else 0 */
    uint32_t block_count;        /**< of the proposal; 0 where the request does not fit */
    uint32_t fits;               /**< 1, or 0: there is no proposal */
    uint32_t bound_by; /**< enum cnicalc_limit: the first that is exceeded; NONE if fits */
    uint32_t limit_count;
    uint32_t pods_factor; /**< Terway: addresses for each pod: 2, or 1 where the VPC has no room for
                               twice the pods; else, and with prefixes, 0 */
    uint32_t reserved0;
    uint64_t reserved[7];
    cnicalc_limit_row limits[CNICALC_LIMIT_ROWS];
} cnicalc_plan_proposal;

/**
 * Fills a request with the defaults. The caller then sets plugin, nodes and pods_per_node.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL         options is NULL
 *         CNICALC_ERR_STRUCT_SIZE  struct_size is not sizeof(cnicalc_plan_propose_options)
 *
 * Example: cnicalc_plan_propose_options_init(&options, sizeof options) -> zones 1, growth_percent 0
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_plan_propose_options_init(cnicalc_plan_propose_options *options, size_t struct_size);

/**
 * The smallest plan that holds a request, or what the request is short of.
 *
 * Nodes are spread evenly over zones 0, 1, ..., the first zones taking one more where they do not
 * divide. Each zone gets a vSwitch for its nodes and, with Terway, one for twice its pods, each the
 * smallest that holds them; more than 65,532 addresses take several vSwitches of /16. Where the VPC
 * has no room for that, a zone gets several smaller vSwitches for nodes and for pods, and where it
 * has none for those, vSwitches that serve both. They are as many as the ENIs of the nodes need,
 * each of which is in one vSwitch, where node says what ENIs hold; with prefixes, as the nodes take
 * whatever their pods. Where none of these holds twice the pods, all are tried for the pods once,
 * about which a check warns. Flannel gets the pod CIDR and the node mask
 * with which each pod has an address: 62 pods per node take a /25. The Service CIDR and the pod
 * CIDR lie in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, outside the VPC and all that is in use,
 * the Service CIDRs of other clusters included. Larger blocks are placed first, each as low as
 * possible in the first block of the VPC that has room for it, in the order given, so that nothing
 * is wasted and what is left of the VPC is in one piece.
 *
 * Nodes take what vSwitches for nodes that are there have free, and their zone gets one for the
 * others; a zone whose nodes all find an address gets none. Pods get vSwitches of their own: this
 * is a plan for a new cluster. cnicalc_terway_grow() is about one that runs.
 *
 * With dual_stack each vSwitch has a /64 of the IPv6 block of the VPC as well, which the cloud has
 * assigned, and an IPv6 Service CIDR in fc00::/7 has as many addresses as the IPv4 one.
 *
 * The proposal is the VPC as given, then the blocks by role, zone and address. Together with what
 * is in use, and for the nodes, pods and Services of the result and the same ceilings,
 * cnicalc_plan_check() finds no error in it.
 *
 * A request that does not fit has fits 0 and no blocks. bound_by names the first limit that it
 * exceeds, and each row says by how much; the row of VPC_SPACE is about one vSwitch for each
 * purpose of a zone, and what the VPC has free; where that is enough but in pieces, what finds a
 * place. In a VPC that is cut into hundreds of pieces, a plan without any room to spare
 * may be missed.
 *
 * @param in_use         1 to CNICALC_PLAN_VPC_BLOCKS_MAX blocks of role VPC, the primary one first:
 *                       valid IPv4, mask 8..28, all but one 16 or longer, that overlap neither each
 *                       other nor a forbidden range; at most one of IPv6, mask 56, which dual_stack
 *                       needs; what is in use: OTHER, OTHER_SERVICE_CIDR, OTHER_VSWITCH or SUMMARY;
 *                       and vSwitches that nodes of the cluster may use: NODE_VSWITCH, in a zone of
 *                       the plan, with used_addresses. None has host bits
 * @param out_proposal   written with CNICALC_ERR_CAPACITY too: block_count says how many entries
 *                       out_blocks needs
 * @param out_blocks     capacity entries; NULL when capacity is 0
 * @param out_fault      may be NULL
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL                a pointer is NULL
 *         CNICALC_ERR_STRUCT_SIZE         options were not initialised
 *         CNICALC_ERR_RESERVED            a reserved word of options, node, ceilings or a block is
 *                                         not zero
 *         CNICALC_ERR_FLAG                raised, dual_stack or a flag of node is neither 0 nor 1
 *         CNICALC_ERR_NODE_MODE           node is not all zero, and its mode none of enum
 *                                         cnicalc_mode
 *         CNICALC_ERR_PLUGIN              plugin is neither Terway nor Flannel, or Flannel with
 *                                         dual_stack
 *         CNICALC_ERR_EDITION             edition is none of enum cnicalc_edition, or ANY
 *         CNICALC_ERR_SECURITY_GROUP      security_group is none of its enum
 *         CNICALC_ERR_PLAN_ZONES          zones is not in 1..CNICALC_PLAN_ZONES_MAX, or a vSwitch
 *                                         for nodes is in none of them
 *         CNICALC_ERR_PLAN_NODES          nodes is 0
 *         CNICALC_ERR_PLAN_PODS_PER_NODE  pods_per_node is 0
 *         CNICALC_ERR_CIDR_FAMILY, _INVALID, _PREFIX_LEN, _HOST_BITS   a block is none
 *         CNICALC_ERR_PLAN_VPC            there is no VPC block, or none of IPv6 for dual_stack, or
 *                                         a VPC cannot have it, or not beside the other one
 *         CNICALC_ERR_PLAN_BLOCKS         there are more than CNICALC_PLAN_OTHERS_MAX blocks and
 *                                         those that a VPC can have
 *         CNICALC_ERR_PLAN_ROLE           a block has another role
 *         CNICALC_ERR_PLAN_OTHER          a vSwitch in use lies in no block of the VPC, or another
 *                                         network overlaps one; or with dual_stack the zone of a
 *                                         vSwitch for nodes has none of IPv6
 *         CNICALC_ERR_VSWITCH_MASK, _USED, _OVERLAP   a vSwitch for nodes is not legal, or overlaps
 *                                         another vSwitch
 *         CNICALC_ERR_OVERFLOW            the request with growth exceeds 64 bits
 *         CNICALC_ERR_CAPACITY            more blocks than capacity; out_blocks is not written
 *
 * Example: 192.168.0.0/16, Terway, 100 nodes, 40 pods -> node-vswitch 192.168.32.0/25,
 *          pod-vswitch 192.168.0.0/19, service-cidr 10.0.0.0/20
 * Example: 192.168.0.0/16, Flannel, 100 nodes, 100 pods -> node-vswitch 192.168.0.0/25,
 *          node_mask 25, pod-cidr 10.0.0.0/18, service-cidr 10.0.64.0/20
 * Example: 192.168.0.0/16, Terway, 1000 nodes, 40 pods -> pods_factor 1
 * Example: 192.168.0.0/16, Terway, 1000 nodes, 65 pods -> fits 0, bound_by vpc_space, needed 66560,
 *          available 65536
 * Example: 192.168.0.0/24, Terway, 10 nodes, 10 pods -> vswitch 192.168.0.0/24
 * Example: 192.168.0.0/24 and 10.0.0.0/16, Terway, 10 nodes, 20 pods -> node-vswitch
 *          192.168.0.0/28, pod-vswitch 10.0.0.0/23
 * Example: 192.168.0.0/16 with node vSwitch 192.168.0.0/24, Terway, 300 nodes, 10 pods ->
 *          node-vswitch 192.168.1.0/26, pod-vswitch 192.168.32.0/19
 * Example: 192.168.0.0/24 and 2001:db8::/56, Terway, dual_stack, 10 nodes, 10 pods -> vswitch
 *          2001:db8::/64, service-cidr fc00::/116
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_plan_propose(const cnicalc_plan *in_use, const cnicalc_plan_propose_options *options,
                     cnicalc_plan_proposal *out_proposal, cnicalc_plan_block *out_blocks,
                     size_t capacity, cnicalc_fault *out_fault);

#ifdef __cplusplus
}
#endif

#endif /* CNICALC_PLAN_H */
