/* SPDX-License-Identifier: MIT */
/**
 * @file plugin.h
 * What Terway and Flannel can do, and which of them fits a need.
 *
 * Eighteen features: twelve that a cluster may need ("choices", which a plugin has or has not), and
 * six facts that say what a plugin is like. The plugin of a cluster cannot be changed later, so it
 * must be chosen before the cluster exists.
 *
 * Source: ACK documentation, Terway and Flannel compared, March 2026. Node ceilings come from the
 * table of quota.h.
 */
#ifndef CNICALC_PLUGIN_H
#define CNICALC_PLUGIN_H

#include "cnicalc/base.h"
#include "cnicalc/quota.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The features. Which are choices and which are facts, cnicalc_feature_is_choice() tells. */
enum cnicalc_feature {
    CNICALC_FEATURE_NETWORKPOLICY = 1,         /**< Kubernetes NetworkPolicy */
    CNICALC_FEATURE_DUAL_STACK = 2,            /**< IPv4 and IPv6 on a pod */
    CNICALC_FEATURE_SOURCE_IP = 3,             /**< the VPC sees the pod's own address */
    CNICALC_FEATURE_EXCLUSIVE_ENI = 4,         /**< an ENI for each pod */
    CNICALC_FEATURE_DATAPATH_V2 = 5,           /**< eBPF bypass inside the cluster */
    CNICALC_FEATURE_POD_VSWITCH = 6,           /**< own vSwitch and security group for a pod */
    CNICALC_FEATURE_STATIC_POD_IP = 7,         /**< a pod keeps its address */
    CNICALC_FEATURE_SESSION_PERSISTENCE = 8,   /**< sessions outlive changes of other pods */
    CNICALC_FEATURE_MULTI_CLUSTER = 9,         /**< pods of several clusters talk directly */
    CNICALC_FEATURE_ALB_CLUSTERIP = 10,        /**< ALB Ingress to ClusterIP Services */
    CNICALC_FEATURE_EXTENSIBLE_POD_CIDR = 11,  /**< pod addresses can be added later */
    CNICALC_FEATURE_INDEPENDENT_POD_CIDR = 12, /**< pods take no addresses of the VPC */
    CNICALC_FEATURE_BEST_FOR = 13,
    CNICALC_FEATURE_MAX_NODES_PRO = 14,
    CNICALC_FEATURE_MAX_NODES_BASIC = 15,
    CNICALC_FEATURE_NODE_LIMIT = 16,   /**< what limits the nodes */
    CNICALC_FEATURE_PERFORMANCE = 17,  /**< against community Flannel */
    CNICALC_FEATURE_PLUGIN_CHANGE = 18 /**< whether the plugin can be changed later */
};

#define CNICALC_FEATURE_COUNT 19

/** The bit of a feature in a mask. */
#define CNICALC_FEATURE_BIT(feature) (UINT32_C(1) << (feature))

/**
 * How many features there are; they are numbered from 1.
 *
 * Example: cnicalc_feature_count() -> 18
 */
CNICALC_API uint32_t cnicalc_feature_count(void);

/**
 * The name of a feature: static, never NULL, "unknown" outside the enum.
 *
 * Example: cnicalc_feature_name(CNICALC_FEATURE_DATAPATH_V2) -> "datapath-v2"
 */
CNICALC_API const char *cnicalc_feature_name(uint32_t feature);

/**
 * The feature with this name, choice or fact.
 *
 * @return CNICALC_OK, CNICALC_ERR_NULL, or CNICALC_ERR_FEATURE when no feature has the name
 *
 * Example: cnicalc_feature_parse("dual-stack", 10, &feature) -> CNICALC_FEATURE_DUAL_STACK
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_feature_parse(const char *name, size_t name_len,
                                                                 uint32_t *out_feature);

/**
 * Whether a feature is one that a cluster may need: 1, or 0 for a fact and outside the enum.
 *
 * Example: cnicalc_feature_is_choice(CNICALC_FEATURE_SOURCE_IP) -> 1
 */
CNICALC_API uint32_t cnicalc_feature_is_choice(uint32_t feature);

/**
 * Whether a plugin has a feature.
 *
 * @return CNICALC_OK, and 1 or 0 in out_supported
 *         CNICALC_ERR_NULL          out_supported is NULL
 *         CNICALC_ERR_FEATURE       feature is none of the enum
 *         CNICALC_ERR_FEATURE_FACT  feature is a fact, which is neither had nor lacked
 *         CNICALC_ERR_PLUGIN        plugin is neither Terway nor Flannel
 *
 * Example: cnicalc_feature_supported(CNICALC_FEATURE_NETWORKPOLICY, CNICALC_PLUGIN_FLANNEL,
 *          &supported) -> 0
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_feature_supported(uint32_t feature,
                                                                     uint32_t plugin,
                                                                     uint32_t *out_supported);

/** Room for any text of cnicalc_feature_text(), its NUL included. */
#define CNICALC_FEATURE_TEXT_SIZE 96

/**
 * What a table of features shows for a plugin: "yes" or "no" for a choice, else the fact. Ceilings
 * are those of quota.h, the default first.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL      out_text is NULL
 *         CNICALC_ERR_FEATURE   feature is none of the enum
 *         CNICALC_ERR_PLUGIN    plugin is neither Terway nor Flannel
 *         CNICALC_ERR_CAPACITY  capacity is too small; CNICALC_FEATURE_TEXT_SIZE never is
 *
 * Example: cnicalc_feature_text(CNICALC_FEATURE_NETWORKPOLICY, CNICALC_PLUGIN_TERWAY, text,
 *          sizeof text) -> "yes"
 * Example: cnicalc_feature_text(CNICALC_FEATURE_MAX_NODES_PRO, CNICALC_PLUGIN_TERWAY, text,
 *          sizeof text) -> "5000, raised 15000"
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_feature_text(uint32_t feature, uint32_t plugin,
                                                                char *out_text, size_t capacity);

/**
 * A remark on a feature, beyond yes and no: static, never NULL, "" outside the enum.
 *
 * Example: cnicalc_feature_note(CNICALC_FEATURE_NETWORKPOLICY) -> "Terway: not on exclusive nodes"
 */
CNICALC_API const char *cnicalc_feature_note(uint32_t feature);

/* ---- The choice ---- */

/** Which plugin fits. TERWAY and FLANNEL have the numbers of enum cnicalc_plugin. */
enum cnicalc_choice {
    CNICALC_CHOICE_TERWAY = 1,
    CNICALC_CHOICE_FLANNEL = 2,
    CNICALC_CHOICE_EITHER = 3,
    CNICALC_CHOICE_NONE = 4
};

#define CNICALC_CHOICE_COUNT 5

/** Entries that arrays by enum cnicalc_plugin have. */
#define CNICALC_PLUGIN_ROOM 4

/** The need. Begin with cnicalc_plugin_choose_options_init(). */
typedef struct cnicalc_plugin_choose_options {
    uint32_t struct_size;
    uint32_t needed_features;                 /**< CNICALC_FEATURE_BIT of choices; default 0 */
    uint64_t nodes;                           /**< wanted nodes; 0, the default: not asked */
    uint64_t node_quota[CNICALC_PLUGIN_ROOM]; /**< own ceiling of a plugin's nodes, by enum
                                   cnicalc_plugin; 0, the default: ceilings.node_quota */
    uint32_t reserved[8];                     /**< zero */
    cnicalc_ceilings ceilings;                /**< edition, raised and node_quota are read */
} cnicalc_plugin_choose_options;

/** How one plugin does. */
typedef struct cnicalc_plugin_candidate {
    uint32_t fits;                 /**< 1: it lacks no needed feature and can have the nodes */
    uint32_t needs_quota_increase; /**< 1: it fits, but not by the quota in force */
    uint32_t missing_features;     /**< mask: needed, and the plugin lacks it */
    uint32_t has_nodes;            /**< 1: it can have the nodes, by its raised ceiling */
    uint64_t max_nodes;            /**< raised ceiling, or CNICALC_UNKNOWN_COUNT: not published */
} cnicalc_plugin_candidate;

/** The answer. */
typedef struct cnicalc_plugin_choose_result {
    uint32_t plugin;               /**< enum cnicalc_choice */
    uint32_t deciding_features;    /**< mask: needed, and at least one plugin lacks it */
    uint32_t conflicting_features; /**< mask: needed, but no Terway node has all of them */
    uint32_t nodes_decide;         /**< 1: a plugin is out by its ceiling, or has none published */
    cnicalc_plugin_candidate candidates[CNICALC_PLUGIN_ROOM]; /**< by enum cnicalc_plugin */
    uint32_t reserved[8];
} cnicalc_plugin_choose_result;

/**
 * Fills options with the defaults: a Pro cluster that needs nothing.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL         options is NULL
 *         CNICALC_ERR_STRUCT_SIZE  struct_size is not sizeof(cnicalc_plugin_choose_options)
 *
 * Example: cnicalc_plugin_choose_options_init(&options, sizeof options)
 *          -> edition 1, needed_features 0
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_plugin_choose_options_init(cnicalc_plugin_choose_options *options, size_t struct_size);

/**
 * Which plugin has the needed features and can have the nodes.
 *
 * Nodes are judged against the ceiling after a quota increase, and needs_quota_increase says that
 * the one in force would not do; with raised it is in force. An own ceiling replaces both. A plugin
 * whose ceiling is not published for the edition, Terway on ACK Edge, is not offered, whatever the
 * features; its max_nodes is then CNICALC_UNKNOWN_COUNT.
 *
 * conflicting_features are a warning and decide nothing: a node in exclusive ENI mode has neither
 * NetworkPolicy nor DataPath V2, so that a cluster with both has them on different nodes.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL          a pointer is NULL
 *         CNICALC_ERR_STRUCT_SIZE   options were not initialised
 *         CNICALC_ERR_RESERVED      a reserved word of options is not zero
 *         CNICALC_ERR_EDITION       edition is none of enum cnicalc_edition, or ANY
 *         CNICALC_ERR_SECURITY_GROUP  security_group is none of its enum
 *         CNICALC_ERR_FEATURE       needed_features has a bit that is no feature's
 *         CNICALC_ERR_FEATURE_FACT  needed_features has the bit of a fact
 *
 * Example: pro, 500 nodes -> plugin either, candidates[FLANNEL].needs_quota_increase 1
 * Example: pro, networkpolicy -> plugin terway, deciding_features networkpolicy
 * Example: pro, 2000 nodes, independent-pod-cidr -> plugin none
 * Example: edge-pro, 100 nodes -> plugin flannel, candidates[TERWAY].max_nodes
 *          CNICALC_UNKNOWN_COUNT
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_plugin_choose(
    const cnicalc_plugin_choose_options *options, cnicalc_plugin_choose_result *out_result);

/**
 * The name of a choice: static, never NULL, "unknown" outside the enum.
 *
 * Example: cnicalc_choice_name(CNICALC_CHOICE_EITHER) -> "either"
 */
CNICALC_API const char *cnicalc_choice_name(uint32_t choice);

#ifdef __cplusplus
}
#endif

#endif /* CNICALC_PLUGIN_H */
