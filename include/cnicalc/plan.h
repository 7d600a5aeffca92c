/* SPDX-License-Identifier: MIT */
/**
 * @file plan.h
 * The address plan of a cluster: is it legal, does it hold what is wanted, and what plan would.
 *
 * A plan is an array of blocks, each with the role that it plays. cnicalc_plan_check() reports all
 * that is wrong or unwise with it, at once; cnicalc_plan_propose() makes one that it accepts.
 *
 *      VPC block       192.168.0.0/16      a plan of the ACK documentation: Terway in one zone
 *        vSwitch       192.168.0.0/19      for nodes
 *        pod vSwitch   192.168.32.0/19     8,192 addresses as published, 8,188 without the reserved
 *      Service CIDR    172.21.0.0/20       outside the VPC
 *
 * The rules, from the ACK and VPC documentation, March 2026; where they speak of one family only,
 * it is named:
 *
 *      VPC block      IPv4 mask 8..28, inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 unless a
 *                     whitelist allows more, never in 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16 or
 *                     224.0.0.0/4; one primary and at most 5 secondary blocks. IPv6 mask 56
 *      vSwitch        IPv4 mask 16..29, IPv6 mask 64, inside one VPC block. The first and the last
 *                     three addresses are reserved: 2^(32 - mask) - 4 can be used
 *      pod vSwitch    Terway: IPv4 mask 16..25, 19 or shorter recommended, in a zone that has a
 *                     vSwitch for nodes. It may be that vSwitch. Twice the pods is recommended
 *      pod CIDR       Flannel: inside the three ranges, as in cnicalc/flannel.h
 *      Service CIDR   IPv4 mask 16..24 inside the three ranges; 2^(32 - mask) - 2 addresses, of
 *                     which `kubernetes` takes one. IPv6 mask 112..120 inside fc00::/7
 *      overlap        VPC blocks, pod CIDR and Service CIDR exclude each other and every network
 *                     that is connected. The Service CIDRs of two clusters of one VPC may overlap
 *
 * IPv4 and IPv6 blocks never meet. Capacities are counted in IPv4.
 */
#ifndef CNICALC_PLAN_H
#define CNICALC_PLAN_H

#include "cnicalc/base.h"
#include "cnicalc/cidr.h"
#include "cnicalc/flannel.h"
#include "cnicalc/quota.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Most blocks of a plan; the time of a check is quadratic in them. */
#define CNICALC_PLAN_BLOCKS_MAX 1024

/** What a block is there for. The order of blocks in a plan never matters. */
enum cnicalc_plan_role {
    CNICALC_PLAN_ROLE_VPC = 1,                /**< a block of the VPC, primary or secondary */
    CNICALC_PLAN_ROLE_VSWITCH = 2,            /**< a vSwitch for nodes */
    CNICALC_PLAN_ROLE_POD_VSWITCH = 3,        /**< a vSwitch for pods (Terway) */
    CNICALC_PLAN_ROLE_POD_CIDR = 4,           /**< the pod CIDR (Flannel) */
    CNICALC_PLAN_ROLE_SERVICE_CIDR = 5,       /**< the Service CIDR */
    CNICALC_PLAN_ROLE_OTHER = 6,              /**< a connected VPC or data centre, or the pod CIDR
                                                   of another cluster */
    CNICALC_PLAN_ROLE_OTHER_SERVICE_CIDR = 7, /**< of another cluster in this VPC */
    CNICALC_PLAN_ROLE_OTHER_VSWITCH = 8       /**< a vSwitch of this VPC that others use */
};

/** One block of a plan. */
typedef struct cnicalc_plan_block {
    cnicalc_cidr cidr; /**< bits below the prefix may be set: a check reports them, and goes on with
                            the block that they lie in */
    uint32_t role;     /**< enum cnicalc_plan_role */
    uint32_t zone;     /**< of a vSwitch: the caller's number, or CNICALC_UNKNOWN, which is taken
                            for any; not read for other roles */
    uint32_t reserved[2];
} cnicalc_plan_block;

/* ---- Check ---- */

/** How bad a finding is; a plan without errors is legal and holds what is wanted. */
enum cnicalc_plan_severity {
    CNICALC_PLAN_ERROR = 1,
    CNICALC_PLAN_WARNING = 2, /**< legal, against a recommendation */
    CNICALC_PLAN_NOTE = 3     /**< a capacity, or what could not be judged */
};

/**
 * What a finding says. Each code has one severity, and says for which blocks it stands (subject,
 * then other) and what value, limit and block hold; what is not named is CNICALC_UNKNOWN, 0 or a
 * block of family 0. "Nearest" is the nearest legal block with the same beginning, or mask.
 */
enum cnicalc_plan_code {
    /* Any block */
    CNICALC_PLAN_HOST_BITS = 1, /**< error. A block; the corrected block */
    CNICALC_PLAN_OVERLAP = 2,   /**< error. Two blocks, the lower role first */

    /* VPC blocks */
    CNICALC_PLAN_NO_VPC = 20,          /**< error. No IPv4 VPC block */
    CNICALC_PLAN_VPC_MASK = 21,        /**< error. A block; its mask, the nearest, its block */
    CNICALC_PLAN_VPC_FORBIDDEN = 22,   /**< error. A block; the forbidden range it overlaps */
    CNICALC_PLAN_VPC_BLOCK_COUNT = 23, /**< error. IPv4 blocks, most */
    CNICALC_PLAN_VPC_NOT_PRIVATE = 24, /**< warning. A block */

    /* vSwitches, those for pods included */
    CNICALC_PLAN_VSWITCH_MASK = 40, /**< error. A block; its mask, the nearest, its block */
    CNICALC_PLAN_OUTSIDE_VPC = 41,  /**< error. A vSwitch, a VPC block that it reaches out of */
    CNICALC_PLAN_VSWITCH_ZONE = 42, /**< error. Two vSwitches that are one block, in two zones */
    CNICALC_PLAN_NO_VSWITCH = 43,   /**< warning. No IPv4 vSwitch for nodes */

    /* vSwitches for pods */
    CNICALC_PLAN_NO_POD_VSWITCH = 60,       /**< error. Terway without an IPv4 pod vSwitch */
    CNICALC_PLAN_POD_VSWITCH_FLANNEL = 61,  /**< error. A pod vSwitch, with Flannel */
    CNICALC_PLAN_POD_VSWITCH_ZONE = 62,     /**< error. A pod vSwitch in a zone without vSwitch */
    CNICALC_PLAN_POD_VSWITCH_MASK = 63,     /**< error. A block; its mask, the nearest, its block */
    CNICALC_PLAN_POD_VSWITCH_SMALL = 64,    /**< warning. A block; its mask, the longest advised */
    CNICALC_PLAN_ZONE_WITHOUT_PODS = 65,    /**< warning. A vSwitch in a zone without pod vSwitch */
    CNICALC_PLAN_POD_VSWITCH_CAPACITY = 66, /**< note. A block; addresses to use, all addresses */

    /* The pod CIDR */
    CNICALC_PLAN_NO_POD_CIDR = 80,       /**< error. Flannel without a pod CIDR */
    CNICALC_PLAN_NO_NODE_MASK = 81,      /**< error. Flannel without a node mask */
    CNICALC_PLAN_POD_CIDR_TERWAY = 82,   /**< error. A pod CIDR, with Terway */
    CNICALC_PLAN_POD_CIDR_REPEATED = 83, /**< error. Two pod CIDRs of one family */
    CNICALC_PLAN_POD_CIDR_RANGE = 84,    /**< error. A pod CIDR outside the three ranges */
    CNICALC_PLAN_NODE_MASK = 85,         /**< error. The node mask, the nearest */
    CNICALC_PLAN_POD_CIDR_MASK = 86,    /**< error. A block; its mask, the node mask, the nearest */
    CNICALC_PLAN_NODE_MASK_TERWAY = 87, /**< warning. The node mask, with Terway */
    CNICALC_PLAN_POD_CIDR_CAPACITY = 88, /**< note. A block; addresses pods can get, published */

    /* The Service CIDR */
    CNICALC_PLAN_NO_SERVICE_CIDR = 100,       /**< error. No IPv4 Service CIDR */
    CNICALC_PLAN_SERVICE_CIDR_REPEATED = 101, /**< error. Two Service CIDRs of one family */
    CNICALC_PLAN_SERVICE_CIDR_RANGE = 102,    /**< error. A Service CIDR that is not private */
    CNICALC_PLAN_SERVICE_CIDR_MASK = 103, /**< error. A block; its mask, the nearest, its block */
    CNICALC_PLAN_SERVICE_CIDR_FLANNEL = 104, /**< error. An IPv6 Service CIDR, with Flannel */
    CNICALC_PLAN_SERVICE_CIDR_SHARED = 105,  /**< warning. It overlaps another cluster's */

    /* What is wanted: value; what there is: limit */
    CNICALC_PLAN_NODES_VSWITCH = 120,  /**< error. Nodes, addresses of the vSwitches */
    CNICALC_PLAN_NODES_QUOTA = 121,    /**< error. Nodes, the edition's quota */
    CNICALC_PLAN_NODES_ROUTES = 122,   /**< error. Nodes, free VPC routes (Flannel) */
    CNICALC_PLAN_NODES_POD_CIDR = 123, /**< error. The pod CIDR; nodes, its blocks */
    CNICALC_PLAN_PODS_VSWITCH = 140,   /**< error. Pods, addresses that nodes leave them */
    CNICALC_PLAN_PODS_QUOTA = 141,     /**< error. Pods, the edition's quota */
    CNICALC_PLAN_PODS_POD_CIDR = 142,  /**< error. The pod CIDR; pods, those that its blocks hold
                                            as published, on the wanted nodes if given */
    CNICALC_PLAN_PODS_VSWITCH_TWICE = 143, /**< warning. As 140, less than twice the pods */
    CNICALC_PLAN_PODS_ADDRESSES = 144,     /**< warning. As 142, addresses that pods can get */
    CNICALC_PLAN_SERVICES_ADDRESSES = 160, /**< error. The Service CIDR; Services, addresses */
    CNICALC_PLAN_SERVICES_QUOTA = 161,     /**< error. Services, the edition's quota */
    CNICALC_PLAN_VPC_ADDRESSES = 180,      /**< error. Addresses that nodes and, with Terway, pods
                                                take; the VPC's quota */
    CNICALC_PLAN_QUOTA_UNKNOWN = 181       /**< note. enum cnicalc_quota_what: not published */
};

/** What is wanted of a plan. Begin with cnicalc_plan_options_init(). */
typedef struct cnicalc_plan_options {
    uint32_t struct_size;
    uint32_t plugin;    /**< CNICALC_PLUGIN_TERWAY or CNICALC_PLUGIN_FLANNEL; the caller sets it */
    uint32_t edition;   /**< enum cnicalc_edition; default pro */
    uint32_t raised;    /**< 1: ceilings after a quota increase; default 0 */
    uint32_t node_mask; /**< bits, of each Flannel node's block; 0, the default: none is planned */
    uint32_t reserved0;
    uint64_t nodes;             /**< wanted, in total; 0, the default: not asked */
    uint64_t pods;              /**< wanted, in total, likewise */
    uint64_t services;          /**< wanted besides `kubernetes`, likewise */
    uint64_t routes_used;       /**< custom routes of the VPC that others hold; default 0 */
    uint64_t node_quota;        /**< own ceiling of nodes; 0, the default: the published one;
                                     CNICALC_NO_LIMIT: none */
    uint64_t pod_quota;         /**< own ceiling of pods, likewise */
    uint64_t service_quota;     /**< own ceiling of Services, likewise */
    uint64_t route_quota;       /**< own ceiling of custom routes, likewise */
    uint64_t vpc_address_quota; /**< own ceiling of private addresses of the VPC, likewise */
    uint32_t reserved[4];
} cnicalc_plan_options;

/** One thing to say about a plan. */
typedef struct cnicalc_plan_finding {
    uint32_t severity; /**< enum cnicalc_plan_severity */
    uint32_t code;     /**< enum cnicalc_plan_code */
    uint32_t subject;  /**< index of a block, or CNICALC_UNKNOWN */
    uint32_t other;    /**< index of a block, or CNICALC_UNKNOWN */
    uint64_t value;    /**< as the code says, like all below */
    uint64_t limit;
    cnicalc_cidr block;
    uint32_t reserved[2];
} cnicalc_plan_finding;

/** sizeof in the library, for bindings. */
CNICALC_API uint32_t cnicalc_plan_block_size(void);
CNICALC_API uint32_t cnicalc_plan_options_size(void);
CNICALC_API uint32_t cnicalc_plan_finding_size(void);

/**
 * Fills options with the defaults. The caller then sets the plugin.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL         options is NULL
 *         CNICALC_ERR_STRUCT_SIZE  struct_size is not sizeof(cnicalc_plan_options)
 *
 * Example: cnicalc_plan_options_init(&options, sizeof options) -> edition 1, plugin 0, nodes 0
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_plan_options_init(cnicalc_plan_options *options,
                                                                     size_t struct_size);

/**
 * All that there is to say about a plan, most serious first, then by code, subject and other. The
 * order of the blocks changes nothing but indexes. Each fact is reported once: an overlap for the
 * pair, and for a vSwitch inside the VPC through its VPC block; a block that the plugin has no use
 * for is said to be one and not looked at further; an illegal mask is not followed into capacities.
 *
 * @param blocks        NULL when block_count is 0
 * @param out_findings  capacity entries; NULL when capacity is 0, which asks for the count alone
 * @param out_count     how many findings there are; written with CNICALC_ERR_CAPACITY too
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL         a pointer is NULL
 *         CNICALC_ERR_STRUCT_SIZE  options were not initialised
 *         CNICALC_ERR_RESERVED     a reserved word of options or of a block is not zero
 *         CNICALC_ERR_FLAG         raised is neither 0 nor 1
 *         CNICALC_ERR_PLUGIN       plugin is neither Terway nor Flannel
 *         CNICALC_ERR_EDITION      edition is none of enum cnicalc_edition, or ANY
 *         CNICALC_ERR_OVERFLOW     nodes and pods together exceed 64 bits
 *         CNICALC_ERR_PLAN_BLOCKS  block_count exceeds CNICALC_PLAN_BLOCKS_MAX
 *         CNICALC_ERR_PLAN_ROLE    the role of a block is none of enum cnicalc_plan_role
 *         CNICALC_ERR_CIDR_FAMILY, _INVALID, _PREFIX_LEN   a block is none, whatever its last bits
 *         CNICALC_ERR_CAPACITY     more findings than capacity; out_findings is not written
 *
 * Example: the plan at the top of this file, Terway -> count 1, severity note,
 *          code pod-vswitch-capacity, value 8188, limit 8192
 * Example: the same with pods 5000 -> count 2, severity warning, code pods-vswitch-twice,
 *          value 5000, limit 8188
 * Example: the same with Service CIDR 192.168.64.0/20 -> count 2, severity error, code overlap
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_plan_check(const cnicalc_plan_block *blocks,
                                                              size_t block_count,
                                                              const cnicalc_plan_options *options,
                                                              cnicalc_plan_finding *out_findings,
                                                              size_t capacity, size_t *out_count);

/** Bytes that hold the sentence of any finding, NUL included. */
#define CNICALC_PLAN_TEXT_SIZE 320

/**
 * A finding as a sentence for people, with the blocks, the rule and the nearest legal value. Zones
 * are left out, because the caller alone knows their names.
 *
 * @param blocks    the plan that was checked; NULL when block_count is 0
 * @param out_text  capacity bytes; CNICALC_PLAN_TEXT_SIZE are always enough
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL          a pointer is NULL
 *         CNICALC_ERR_INDEX         subject or other is no index of blocks, or is missing
 *         CNICALC_ERR_PLAN_FINDING  the code is none of enum cnicalc_plan_code
 *         CNICALC_ERR_PLAN_ROLE     the role of a block is none of enum cnicalc_plan_role
 *         CNICALC_ERR_CIDR_FAMILY, _INVALID, _PREFIX_LEN   a block is none
 *         CNICALC_ERR_CAPACITY      the text and its NUL need more than capacity bytes
 *
 * Example: host bits in 10.0.0.1/8 -> "VPC block 10.0.0.1/8 has host bits set; the block is
 *          10.0.0.0/8"
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_plan_finding_format(const cnicalc_plan_finding *finding, const cnicalc_plan_block *blocks,
                            size_t block_count, char *out_text, size_t capacity);

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

/* ---- Propose ---- */

/** Most zones of a proposal. */
#define CNICALC_PLAN_ZONES_MAX 32

/** Most blocks in use that a proposal can look at. */
#define CNICALC_PLAN_OTHERS_MAX 512

/** Entries that hold any proposal: a VPC of /8 has 256 vSwitches of /16; two smaller ones for each
 *  zone; the VPC itself, the pod CIDR and the Service CIDR. */
#define CNICALC_PLAN_PROPOSAL_BLOCKS_MAX 323

/** What can stand against a wish; an index into needed and available of cnicalc_plan_proposal. */
enum cnicalc_plan_limit {
    CNICALC_PLAN_LIMIT_NONE = 0,
    CNICALC_PLAN_LIMIT_NODE_QUOTA = 1,        /**< nodes: the edition's quota */
    CNICALC_PLAN_LIMIT_ROUTES = 2,            /**< nodes: free custom routes of the VPC (Flannel) */
    CNICALC_PLAN_LIMIT_POD_QUOTA = 3,         /**< pods: the edition's quota */
    CNICALC_PLAN_LIMIT_SERVICE_QUOTA = 4,     /**< Services: the edition's quota */
    CNICALC_PLAN_LIMIT_VPC_ADDRESS_QUOTA = 5, /**< addresses of nodes and, with Terway, pods */
    CNICALC_PLAN_LIMIT_NODE_MASK = 6,     /**< pods per node: the shortest node mask (Flannel) */
    CNICALC_PLAN_LIMIT_POD_CIDR = 7,      /**< nodes: blocks in the largest pod CIDR (Flannel) */
    CNICALC_PLAN_LIMIT_SERVICE_CIDR = 8,  /**< Services: addresses of the largest Service CIDR */
    CNICALC_PLAN_LIMIT_VPC_SPACE = 9,     /**< addresses of vSwitches: those that find a place */
    CNICALC_PLAN_LIMIT_PRIVATE_SPACE = 10 /**< addresses of the pod CIDR and the Service CIDR,
                                               outside the VPC and of what is in use, likewise */
};

#define CNICALC_PLAN_LIMIT_COUNT 11

/** A wish. Begin with cnicalc_plan_propose_options_init(). */
typedef struct cnicalc_plan_propose_options {
    uint32_t struct_size;
    uint32_t plugin;         /**< CNICALC_PLUGIN_TERWAY or CNICALC_PLUGIN_FLANNEL; the caller's */
    uint32_t edition;        /**< enum cnicalc_edition; default pro */
    uint32_t raised;         /**< 1: ceilings after a quota increase; default 0 */
    uint32_t zones;          /**< 1..CNICALC_PLAN_ZONES_MAX; default 1 */
    uint32_t growth_percent; /**< by which nodes, pods and Services grow; default 0 */
    uint64_t nodes;          /**< at least 1; the caller sets it */
    uint64_t pods_per_node;  /**< at least 1; the caller sets it */
    uint64_t services;       /**< besides `kubernetes`; 0, the default: the smallest Service CIDR */
    uint64_t routes_used;    /**< custom routes of the VPC that others hold; default 0 */
    uint64_t node_quota;     /**< own ceiling of nodes; 0, the default: the published one;
                                  CNICALC_NO_LIMIT: none */
    uint64_t pod_quota;      /**< own ceiling of pods, likewise */
    uint64_t service_quota;  /**< own ceiling of Services, likewise */
    uint64_t route_quota;    /**< own ceiling of custom routes, likewise */
    uint64_t vpc_address_quota; /**< own ceiling of private addresses of the VPC, likewise */
    uint32_t reserved[4];
} cnicalc_plan_propose_options;

/** What a proposal holds, or what it is short of. */
typedef struct cnicalc_plan_proposal {
    uint64_t nodes;                               /**< wanted, with growth, rounded up */
    uint64_t pods;                                /**< nodes * pods per node */
    uint64_t services;                            /**< wanted, with growth, rounded up */
    uint64_t room_pod_vswitches;                  /**< Terway: further pod vSwitches of room_mask
                                                       that the VPC has room for */
    uint64_t needed[CNICALC_PLAN_LIMIT_COUNT];    /**< of each limit, what the wish takes */
    uint64_t available[CNICALC_PLAN_LIMIT_COUNT]; /**< what there is, or CNICALC_NO_LIMIT */
    uint32_t fits;                                /**< 1, or 0: there is no proposal */
    uint32_t bound_by;  /**< enum cnicalc_plan_limit: the first that is exceeded; NONE if fits */
    uint32_t node_mask; /**< Flannel: bits, of each node's block; else 0 */
    uint32_t room_mask; /**< Terway: bits, of the largest pod vSwitch proposed; else 0 */
    uint32_t reserved[4];
} cnicalc_plan_proposal;

/** sizeof in the library, for bindings. */
CNICALC_API uint32_t cnicalc_plan_propose_options_size(void);
CNICALC_API uint32_t cnicalc_plan_proposal_size(void);

/**
 * Fills a wish with the defaults. The caller then sets plugin, nodes and pods_per_node.
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
 * The smallest plan that holds a wish, or what the wish is short of.
 *
 * Nodes are spread evenly over zones 0, 1, ..., the first zones taking one more where they do not
 * divide. Each zone gets a vSwitch for its nodes and, with Terway, one for twice its pods, each the
 * smallest that holds them; more than 65,532 addresses take several vSwitches of /16. Flannel gets
 * the pod CIDR and the node mask of cnicalc_flannel_fit(). The Service CIDR and the pod CIDR lie in
 * 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, outside the VPC and all that is in use, the Service
 * CIDRs of other clusters included. Larger blocks are placed first, each as low as it can, so that
 * nothing is wasted and what is left of the VPC lies together.
 *
 * The proposal is the VPC, then the blocks by role, zone and address. cnicalc_plan_check() finds no
 * error in it, together with others, for the nodes, pods and Services of the result and the same
 * ceilings.
 *
 * A wish that does not fit has fits 0 and no blocks; bound_by names the first limit that it
 * exceeds, and needed - available says by how much it exceeds each.
 *
 * @param vpc         a valid IPv4 block, mask 8..28, that overlaps no forbidden range
 * @param others      what is in use: of role OTHER, OTHER_SERVICE_CIDR or OTHER_VSWITCH, without
 *                    host bits; NULL when other_count is 0
 * @param out_blocks  capacity entries; NULL when capacity is 0
 * @param out_count   how many blocks the proposal has; written with CNICALC_ERR_CAPACITY too
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL                a pointer is NULL
 *         CNICALC_ERR_STRUCT_SIZE         options were not initialised
 *         CNICALC_ERR_RESERVED            a reserved word of options or of others is not zero
 *         CNICALC_ERR_FLAG                raised is neither 0 nor 1
 *         CNICALC_ERR_PLUGIN              plugin is neither Terway nor Flannel
 *         CNICALC_ERR_EDITION             edition is none of enum cnicalc_edition, or ANY
 *         CNICALC_ERR_PLAN_ZONES          zones is not in 1..CNICALC_PLAN_ZONES_MAX
 *         CNICALC_ERR_PLAN_NODES          nodes is 0
 *         CNICALC_ERR_PLAN_PODS_PER_NODE  pods_per_node is 0
 *         CNICALC_ERR_CIDR_FAMILY, _INVALID, _PREFIX_LEN, _HOST_BITS   vpc or an other is no block
 *         CNICALC_ERR_PLAN_VPC            vpc is no block that a VPC can have
 *         CNICALC_ERR_PLAN_BLOCKS         other_count exceeds CNICALC_PLAN_OTHERS_MAX
 *         CNICALC_ERR_PLAN_ROLE           an other has another role
 *         CNICALC_ERR_PLAN_OTHER          a vSwitch in use lies outside the VPC, or another network
 *                                         overlaps the VPC
 *         CNICALC_ERR_OVERFLOW            the wish with growth exceeds 64 bits
 *         CNICALC_ERR_CAPACITY            more blocks than capacity; nothing else is written
 *
 * Example: 192.168.0.0/16, Terway, 100 nodes, 40 pods -> vswitch 192.168.32.0/25,
 *          pod-vswitch 192.168.0.0/19, service-cidr 10.0.0.0/24
 * Example: 192.168.0.0/16, Flannel, 100 nodes, 100 pods -> vswitch 192.168.0.0/25, node_mask 25,
 *          pod-cidr 10.0.0.0/18, service-cidr 10.0.64.0/24
 * Example: 192.168.0.0/16, Terway, 1000 nodes, 40 pods -> fits 0, bound_by vpc_space,
 *          needed[VPC_SPACE] 82944, available[VPC_SPACE] 65536
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_plan_propose(
    const cnicalc_cidr *vpc, const cnicalc_plan_block *others, size_t other_count,
    const cnicalc_plan_propose_options *options, cnicalc_plan_proposal *out_proposal,
    cnicalc_plan_block *out_blocks, size_t capacity, size_t *out_count);

/**
 * The name of a limit: static, never NULL, "unknown" outside the enum.
 *
 * Example: cnicalc_plan_limit_name(CNICALC_PLAN_LIMIT_VPC_SPACE) -> "vpc_space"
 */
CNICALC_API const char *cnicalc_plan_limit_name(uint32_t limit);

#ifdef __cplusplus
}
#endif

#endif /* CNICALC_PLAN_H */
