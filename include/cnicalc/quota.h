/* SPDX-License-Identifier: MIT */
/**
 * @file quota.h
 * Ceilings of ACK clusters, VPCs and security groups: by edition and network plugin, the default
 * and the value after a quota increase, with the page that says so.
 *
 * The table is data; every solver takes a ceiling from it unless the caller's options name another.
 *
 * Sources: ACK, VPC and ECS documentation, 2026; cnicalc_quota_source() names the page of each row.
 */
#ifndef CNICALC_QUOTA_H
#define CNICALC_QUOTA_H

#include "cnicalc/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Cluster editions. ANY marks a ceiling that does not depend on the edition. */
enum cnicalc_edition {
    CNICALC_EDITION_ANY = 0,
    CNICALC_EDITION_PRO = 1,       /**< ACK managed cluster Pro */
    CNICALC_EDITION_BASIC = 2,     /**< ACK managed cluster Basic */
    CNICALC_EDITION_DEDICATED = 3, /**< ACK dedicated cluster, no longer sold */
    CNICALC_EDITION_EDGE_PRO = 4,  /**< ACK Edge cluster Pro */
    CNICALC_EDITION_EDGE_BASIC = 5 /**< ACK Edge cluster Basic */
};

#define CNICALC_EDITION_COUNT 6

/** Network plugins. ANY marks a ceiling that does not depend on the plugin. */
enum cnicalc_plugin {
    CNICALC_PLUGIN_ANY = 0,
    CNICALC_PLUGIN_TERWAY = 1,
    CNICALC_PLUGIN_FLANNEL = 2
};

#define CNICALC_PLUGIN_COUNT 3

/** What a ceiling counts. */
enum cnicalc_quota_what {
    CNICALC_QUOTA_NODES = 1,                          /**< nodes of a cluster */
    CNICALC_QUOTA_PODS = 2,                           /**< pods of a cluster */
    CNICALC_QUOTA_SERVICES = 3,                       /**< Services of a cluster */
    CNICALC_QUOTA_VPC_ROUTES = 4,                     /**< custom routes of a VPC route table */
    CNICALC_QUOTA_VPC_ADDRESSES = 5,                  /**< private addresses of a VPC */
    CNICALC_QUOTA_VPC_SECONDARY_BLOCKS = 6,           /**< secondary IPv4 blocks of a VPC */
    CNICALC_QUOTA_BASIC_SECURITY_GROUP_ADDRESSES = 7, /**< private addresses */
    CNICALC_QUOTA_ADVANCED_SECURITY_GROUP_ENIS = 8,   /**< ENIs */
    CNICALC_QUOTA_IPVLAN_PODS = 9,                    /**< pods with IPVLAN at 5,000 nodes */
    CNICALC_QUOTA_IPVLAN_SERVICE_PODS = 10,           /**< Service-to-pod mappings, also there */
    CNICALC_QUOTA_NODE_MIN_VCPUS = 11,                /**< least vCPUs of a node sold to ACK */
    CNICALC_QUOTA_NODE_MIN_MEMORY_GIB = 12,           /**< least GiB of a node sold to ACK */
    CNICALC_QUOTA_BASIC_SECURITY_GROUP_ADVISED = 13,  /**< private addresses that another page
                                                           has; more than these draw a warning */
    CNICALC_QUOTA_VPC_VSWITCHES = 14,                 /**< vSwitches of a VPC */
    CNICALC_QUOTA_VPC_ROUTE_TABLES = 15,              /**< route tables of a VPC */
    CNICALC_QUOTA_NODE_POOLS = 16,                    /**< node pools of a cluster */
    CNICALC_QUOTA_NODE_POOL_NODES = 17,               /**< nodes of a node pool */
    CNICALC_QUOTA_CLUSTERS = 18,                      /**< clusters of an account */
    CNICALC_QUOTA_CLB_BACKENDS = 19,                  /**< backends of a CLB: ready pods of a
                                                           LoadBalancer Service, with Terway */
    CNICALC_QUOTA_ONE_ZONE_NODES = 20 /**< nodes of a cluster; as many or more should
                                           be in two zones or more */
};

#define CNICALC_QUOTA_COUNT 21

/** The security group of the nodes. ACK creates an advanced one unless it is told otherwise. */
enum cnicalc_security_group {
    CNICALC_SECURITY_GROUP_BASIC = 1,   /**< its quota counts every address and prefix of every ENI,
                                             IPv4 and IPv6 */
    CNICALC_SECURITY_GROUP_ADVANCED = 2 /**< its quota counts ENIs */
};

#define CNICALC_SECURITY_GROUP_COUNT 3

/** One row of the table. */
typedef struct cnicalc_quota {
    uint64_t default_value; /**< the ceiling of a new account */
    uint64_t raised_value;  /**< after an increase; CNICALC_UNKNOWN_COUNT: none is published */
    uint32_t edition;       /**< enum cnicalc_edition */
    uint32_t plugin;        /**< enum cnicalc_plugin */
    uint32_t what;          /**< enum cnicalc_quota_what */
    uint32_t limit;         /**< enum cnicalc_limit: what it binds, or CNICALC_LIMIT_NONE */
    uint32_t reserved[2];
} cnicalc_quota;

/**
 * How many rows the table has.
 *
 * Example: cnicalc_quota_count() -> 33
 */
CNICALC_API uint32_t cnicalc_quota_count(void);

/**
 * One row.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL   out_quota is NULL
 *         CNICALC_ERR_INDEX  index is not below cnicalc_quota_count()
 *
 * Example: cnicalc_quota_at(0, &quota) -> edition pro, plugin terway, what nodes,
 *          default_value 5000, raised_value 15000
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_quota_at(uint32_t index,
                                                            cnicalc_quota *out_quota);

/**
 * The page that a row comes from, and its year: static, never NULL, "" outside the table.
 *
 * Example: cnicalc_quota_source(0) -> "ACK documentation, quotas and limits, 2026"
 */
CNICALC_API const char *cnicalc_quota_source(uint32_t index);

/**
 * One ceiling. A row for any edition or any plugin answers for each of them; asking with ANY finds
 * only such rows.
 *
 * @param raised  0: the default; 1: after a quota increase, or the default where none is published
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL           out_value is NULL
 *         CNICALC_ERR_EDITION        edition is none of enum cnicalc_edition
 *         CNICALC_ERR_PLUGIN         plugin is none of enum cnicalc_plugin
 *         CNICALC_ERR_FLAG           raised is neither 0 nor 1
 *         CNICALC_ERR_QUOTA_UNKNOWN  the ceiling is not published, or what is no ceiling
 *
 * Example: cnicalc_quota_value(CNICALC_EDITION_PRO, CNICALC_PLUGIN_TERWAY, CNICALC_QUOTA_NODES, 1,
 *          &value) -> 15000
 * Example: cnicalc_quota_value(CNICALC_EDITION_EDGE_PRO, CNICALC_PLUGIN_FLANNEL,
 *          CNICALC_QUOTA_PODS, 0, &value) -> CNICALC_ERR_QUOTA_UNKNOWN
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_quota_value(uint32_t edition, uint32_t plugin,
                                                               uint32_t what, uint32_t raised,
                                                               uint64_t *out_value);

/* ---- The ceilings of a question ---- */

/**
 * The ceilings that a question is judged by, and what others already use of them. It is a member of
 * the options of every question that has ceilings, and their init fills it.
 *
 * An own ceiling has the name of its limit. 0, the default, is the published one;
 * CNICALC_NO_LIMIT is none. A question reads those that it judges and ignores the others.
 */
typedef struct cnicalc_ceilings {
    uint32_t struct_size;
    uint32_t edition;        /**< enum cnicalc_edition; default pro */
    uint32_t raised;         /**< 1: the published ceilings after a quota increase; default 0 */
    uint32_t security_group; /**< enum cnicalc_security_group; default advanced */
    uint64_t node_quota;
    uint64_t pod_quota;
    uint64_t service_quota;
    uint64_t route_quota; /**< custom routes of the VPC's fullest route table, all of them */
    uint64_t vpc_address_quota;
    uint64_t ipvlan_pod_quota;
    uint64_t security_group_quota; /**< addresses of a basic group, ENIs of an advanced one */
    uint64_t routes_used;          /**< custom routes of that table that others hold, other Flannel
                                        clusters included; default 0 */
    uint64_t security_group_used;  /**< of the security group's quota, by others; default 0 */
    uint64_t vswitch_quota;        /**< vSwitches of the VPC */
    uint64_t reserved[8];          /**< zero */
} cnicalc_ceilings;

/**
 * Fills ceilings with the defaults: those that are published for ACK managed Pro.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL         ceilings is NULL
 *         CNICALC_ERR_STRUCT_SIZE  struct_size is not sizeof(cnicalc_ceilings)
 *
 * Example: cnicalc_ceilings_init(&ceilings, sizeof ceilings) -> edition 1, security_group 2
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_ceilings_init(cnicalc_ceilings *ceilings,
                                                                 size_t struct_size);

/**
 * What a ceiling leaves: the own one or the published one, less what others use of it.
 *
 * Only Flannel nodes take routes, and none on ACK Edge, whose VXLAN backend needs none: elsewhere
 * ROUTE_QUOTA is CNICALC_NO_LIMIT. SECURITY_GROUP_QUOTA is addresses of a basic group and ENIs of
 * an advanced one.
 *
 * @param limit  NODE_QUOTA, POD_QUOTA, SERVICE_QUOTA, ROUTE_QUOTA, VPC_ADDRESS_QUOTA,
 *               IPVLAN_POD_QUOTA, SECURITY_GROUP_QUOTA or VSWITCH_QUOTA of enum cnicalc_limit
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL           a pointer is NULL
 *         CNICALC_ERR_STRUCT_SIZE    ceilings was not initialised
 *         CNICALC_ERR_RESERVED       a reserved word is not zero
 *         CNICALC_ERR_FLAG           raised is neither 0 nor 1
 *         CNICALC_ERR_EDITION        edition is none of enum cnicalc_edition, or ANY
 *         CNICALC_ERR_SECURITY_GROUP security_group is none of its enum
 *         CNICALC_ERR_PLUGIN         plugin is neither Terway nor Flannel
 *         CNICALC_ERR_LIMIT          limit is none of these
 *         CNICALC_ERR_QUOTA_UNKNOWN  there is no own ceiling, and none is published
 *
 * Example: pro, flannel, ROUTE_QUOTA, routes_used 20 -> 180
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_ceiling_value(const cnicalc_ceilings *ceilings,
                                                                 uint32_t plugin, uint32_t limit,
                                                                 uint64_t *out_value);

/* ---- Names ---- */

/**
 * The name of what a ceiling counts: static, never NULL, "unknown" outside the enum.
 *
 * Example: cnicalc_quota_what_name(CNICALC_QUOTA_NODES) -> "nodes"
 */
CNICALC_API const char *cnicalc_quota_what_name(uint32_t what);

/**
 * The name of an edition: static, never NULL, "unknown" outside the enum.
 *
 * Example: cnicalc_edition_name(CNICALC_EDITION_EDGE_PRO) -> "edge-pro"
 */
CNICALC_API const char *cnicalc_edition_name(uint32_t edition);

/**
 * The edition with this name; "any" is none.
 *
 * @return CNICALC_OK, CNICALC_ERR_NULL, or CNICALC_ERR_EDITION when no edition has the name
 *
 * Example: cnicalc_edition_parse("basic", 5, &edition) -> CNICALC_EDITION_BASIC
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_edition_parse(const char *name, size_t name_len,
                                                                 uint32_t *out_edition);

/**
 * The name of a kind of security group: static, never NULL, "unknown" outside the enum.
 *
 * Example: cnicalc_security_group_name(CNICALC_SECURITY_GROUP_BASIC) -> "basic"
 */
CNICALC_API const char *cnicalc_security_group_name(uint32_t security_group);

/**
 * The kind of security group with this name.
 *
 * @return CNICALC_OK, CNICALC_ERR_NULL, or CNICALC_ERR_SECURITY_GROUP when none has the name
 *
 * Example: cnicalc_security_group_parse("advanced", 8, &group) -> CNICALC_SECURITY_GROUP_ADVANCED
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_security_group_parse(const char *name, size_t name_len, uint32_t *out_security_group);

/**
 * The name of a plugin: static, never NULL, "unknown" outside the enum.
 *
 * Example: cnicalc_plugin_name(CNICALC_PLUGIN_TERWAY) -> "terway"
 */
CNICALC_API const char *cnicalc_plugin_name(uint32_t plugin);

/**
 * The plugin with this name; "any" is none.
 *
 * @return CNICALC_OK, CNICALC_ERR_NULL, or CNICALC_ERR_PLUGIN when no plugin has the name
 *
 * Example: cnicalc_plugin_parse("flannel", 7, &plugin) -> CNICALC_PLUGIN_FLANNEL
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_plugin_parse(const char *name, size_t name_len,
                                                                uint32_t *out_plugin);

#ifdef __cplusplus
}
#endif

#endif /* CNICALC_QUOTA_H */
