/* SPDX-License-Identifier: MIT */
/* The table of ceilings, and what a question makes of it. A number that a page may change is here.
 */
#include "quota.h"

#include "internal.h"

#include <stddef.h>
#include <string.h>

#define SOURCE_LIST(X)                                                                             \
    X(ACK_QUOTAS, "ACK documentation, quotas and limits, 2026")                                    \
    X(ACK_EDGE_QUOTAS, "ACK Edge documentation, quotas and limits, 2026")                          \
    X(ACK_TERWAY, "ACK documentation, Terway, 2026")                                               \
    X(ACK_NODES, "ACK documentation, instance types of nodes, 2026")                               \
    X(ACK_CREATE_CLUSTER, "ACK documentation, CreateCluster, 2026")                                \
    X(CLOUD, "Alibaba Cloud documentation, 2026") /* the page is not known */                      \
    X(VPC_LIMITS, "VPC documentation, limits and quotas, 2026")                                    \
    X(ECS_SECURITY_GROUPS, "ECS documentation, security groups, 2026")

#define SOURCE(source, text) SOURCE_##source,
enum { SOURCE_LIST(SOURCE) };

struct quota_row {
    uint8_t edition;
    uint8_t plugin;
    uint8_t what;
    uint8_t source;
    uint32_t default_value;
    uint32_t raised_value; /* CNICALC_UNKNOWN: no increase is published */
};

#define ROW(edition, plugin, what, default_value, raised_value, source)                            \
    {                                                                                              \
        CNICALC_EDITION_##edition, CNICALC_PLUGIN_##plugin, CNICALC_QUOTA_##what, SOURCE_##source, \
            default_value, raised_value                                                            \
    }
#define FIXED CNICALC_UNKNOWN

/* clang-format off */
static const struct quota_row table[] = {
    ROW(PRO,        TERWAY,  NODES,                            5000, 15000, ACK_QUOTAS),
    ROW(PRO,        FLANNEL, NODES,                             200,  1000, ACK_QUOTAS),
    ROW(PRO,        ANY,     PODS,                           150000, FIXED, ACK_QUOTAS),
    ROW(PRO,        ANY,     SERVICES,                        10000, FIXED, ACK_QUOTAS),
    ROW(PRO,        TERWAY,  IPVLAN_PODS,                     50000, FIXED, ACK_TERWAY),
    ROW(PRO,        TERWAY,  IPVLAN_SERVICE_PODS,             64000, FIXED, ACK_TERWAY),
    ROW(BASIC,      TERWAY,  NODES,                              10, FIXED, ACK_QUOTAS),
    ROW(BASIC,      FLANNEL, NODES,                              10, FIXED, ACK_QUOTAS),
    ROW(BASIC,      ANY,     PODS,                              300, FIXED, ACK_QUOTAS),
    ROW(BASIC,      ANY,     SERVICES,                          100, FIXED, ACK_QUOTAS),
    ROW(DEDICATED,  TERWAY,  NODES,                            5000, 15000, ACK_QUOTAS),
    ROW(DEDICATED,  FLANNEL, NODES,                             200,  1000, ACK_QUOTAS),
    ROW(DEDICATED,  ANY,     PODS,                           150000, FIXED, ACK_QUOTAS),
    ROW(DEDICATED,  ANY,     SERVICES,                        10000, FIXED, ACK_QUOTAS),
    ROW(EDGE_PRO,   FLANNEL, NODES,                            1000, FIXED, ACK_EDGE_QUOTAS),
    ROW(EDGE_BASIC, FLANNEL, NODES,                              10, FIXED, ACK_EDGE_QUOTAS),
    ROW(ANY,        ANY,     VPC_ROUTES,                        200,  1000, VPC_LIMITS),
    ROW(ANY,        ANY,     VPC_ADDRESSES,                  300000, FIXED, VPC_LIMITS),
    ROW(ANY,        ANY,     VPC_SECONDARY_BLOCKS,                5, FIXED, VPC_LIMITS),
    ROW(ANY,        ANY,     BASIC_SECURITY_GROUP_ADDRESSES,   6000, FIXED, ECS_SECURITY_GROUPS),
    ROW(ANY,        ANY,     ADVANCED_SECURITY_GROUP_ENIS,    65536, FIXED, ECS_SECURITY_GROUPS),
    ROW(ANY,        ANY,     BASIC_SECURITY_GROUP_ADVISED,     2000, FIXED, ACK_CREATE_CLUSTER),
    ROW(ANY,        ANY,     NODE_MIN_VCPUS,                      4, FIXED, ACK_NODES),
    ROW(ANY,        ANY,     NODE_MIN_MEMORY_GIB,                 8, FIXED, ACK_NODES),
    ROW(ANY,        ANY,     VPC_VSWITCHES,                     150, FIXED, VPC_LIMITS),
    ROW(ANY,        ANY,     VPC_ROUTE_TABLES,                    9, FIXED, VPC_LIMITS),
    ROW(PRO,        ANY,     NODE_POOLS,                        100, FIXED, CLOUD),
    ROW(BASIC,      ANY,     NODE_POOLS,                         10, FIXED, CLOUD),
    ROW(ANY,        ANY,     NODE_POOL_NODES,                  2000, FIXED, CLOUD),
    ROW(PRO,        ANY,     CLUSTERS,                          100, FIXED, CLOUD),
    ROW(BASIC,      ANY,     CLUSTERS,                            2, FIXED, CLOUD),
    ROW(ANY,        ANY,     CLB_BACKENDS,                      200, FIXED, CLOUD),
    ROW(ANY,        ANY,     ONE_ZONE_NODES,                    100, FIXED, CLOUD),
};
/* clang-format on */

#define ROW_COUNT ((uint32_t)(sizeof table / sizeof table[0]))

/* The limits that a row of the table bounds, and where the caller's own ceiling is. A limit of
 * several rows is that of the first where nothing says which. */
struct ceiling {
    uint8_t limit;
    uint8_t what;
    uint8_t own_offset;
};

#define CEILING(limit, what, member)                                                               \
    {                                                                                              \
        CNICALC_LIMIT_##limit, CNICALC_QUOTA_##what, offsetof(cnicalc_ceilings, member)            \
    }

static const struct ceiling ceiling_table[] = {
    CEILING(NODE_QUOTA, NODES, node_quota),
    CEILING(POD_QUOTA, PODS, pod_quota),
    CEILING(SERVICE_QUOTA, SERVICES, service_quota),
    CEILING(ROUTE_QUOTA, VPC_ROUTES, route_quota),
    CEILING(VPC_ADDRESS_QUOTA, VPC_ADDRESSES, vpc_address_quota),
    CEILING(IPVLAN_POD_QUOTA, IPVLAN_PODS, ipvlan_pod_quota),
    CEILING(SECURITY_GROUP_QUOTA, ADVANCED_SECURITY_GROUP_ENIS, security_group_quota),
    CEILING(SECURITY_GROUP_QUOTA, BASIC_SECURITY_GROUP_ADDRESSES, security_group_quota),
    CEILING(VSWITCH_QUOTA, VPC_VSWITCHES, vswitch_quota),
};

#define CEILING_COUNT (sizeof ceiling_table / sizeof ceiling_table[0])

uint32_t cnicalc_quota_count(void)
{
    return ROW_COUNT;
}

static uint64_t widen(uint32_t value)
{
    return value == CNICALC_UNKNOWN ? CNICALC_UNKNOWN_COUNT : value;
}

cnicalc_status cnicalc_quota_at(uint32_t index, cnicalc_quota *out_quota)
{
    if (out_quota == NULL) {
        return CNICALC_ERR_NULL;
    }
    if (index >= ROW_COUNT) {
        return CNICALC_ERR_INDEX;
    }
    const struct quota_row *row = &table[index];
    memset(out_quota, 0, sizeof *out_quota);
    out_quota->default_value = row->default_value;
    out_quota->raised_value = widen(row->raised_value);
    out_quota->edition = row->edition;
    out_quota->plugin = row->plugin;
    out_quota->what = row->what;
    for (size_t i = 0; i < CEILING_COUNT; i++) {
        if (ceiling_table[i].what == row->what) {
            out_quota->limit = ceiling_table[i].limit;
        }
    }
    return CNICALC_OK;
}

const char *cnicalc_quota_source(uint32_t index)
{
    static const char sources[] = SOURCE_LIST(CNICALC__TEXT);
    return index < ROW_COUNT ? cnicalc__nth_text(sources, table[index].source) : "";
}

static int answers(uint8_t row_key, uint32_t key)
{
    return row_key == 0 || row_key == key;
}

cnicalc_status cnicalc_quota_value(uint32_t edition, uint32_t plugin, uint32_t what,
                                   uint32_t raised, uint64_t *out_value)
{
    if (out_value == NULL) {
        return CNICALC_ERR_NULL;
    }
    if (edition >= CNICALC_EDITION_COUNT) {
        return CNICALC_ERR_EDITION;
    }
    if (plugin >= CNICALC_PLUGIN_COUNT) {
        return CNICALC_ERR_PLUGIN;
    }
    if (raised > 1) {
        return CNICALC_ERR_FLAG;
    }
    for (uint32_t i = 0; i < ROW_COUNT; i++) {
        const struct quota_row *row = &table[i];
        if (row->what == what && answers(row->edition, edition) && answers(row->plugin, plugin)) {
            uint32_t value =
                raised && row->raised_value != FIXED ? row->raised_value : row->default_value;
            *out_value = value;
            return CNICALC_OK;
        }
    }
    return CNICALC_ERR_QUOTA_UNKNOWN;
}

/* ---- The ceilings of a question ---- */

void cnicalc__ceilings_begin(cnicalc_ceilings *ceilings)
{
    memset(ceilings, 0, sizeof *ceilings);
    ceilings->struct_size = sizeof *ceilings;
    ceilings->edition = CNICALC_EDITION_PRO;
    ceilings->security_group = CNICALC_SECURITY_GROUP_ADVANCED;
}

cnicalc_status cnicalc__ceiled_begin(void *options, size_t struct_size, size_t own_size,
                                     size_t ceilings_at)
{
    cnicalc_status status = cnicalc__options_begin(options, struct_size, own_size);
    if (status == CNICALC_OK) {
        void *ceilings = (char *)options + ceilings_at;
        cnicalc__ceilings_begin(ceilings);
    }
    return status;
}

cnicalc_status cnicalc_ceilings_init(cnicalc_ceilings *ceilings, size_t struct_size)
{
    return cnicalc__ceiled_begin(ceilings, struct_size, sizeof *ceilings, 0);
}

cnicalc_status cnicalc__ceilings_check(const cnicalc_ceilings *ceilings)
{
    cnicalc_status status = cnicalc__options_check(ceilings, sizeof *ceilings, ceilings->reserved,
                                                   sizeof ceilings->reserved);
    if (status != CNICALC_OK) {
        return status;
    }
    if (ceilings->raised > 1) {
        return CNICALC_ERR_FLAG;
    }
    if (!cnicalc__is_edition(ceilings->edition)) {
        return CNICALC_ERR_EDITION;
    }
    return ceilings->security_group == CNICALC_SECURITY_GROUP_BASIC ||
                   ceilings->security_group == CNICALC_SECURITY_GROUP_ADVANCED
               ? CNICALC_OK
               : CNICALC_ERR_SECURITY_GROUP;
}

cnicalc_status cnicalc__ceiled_check(const void *options, size_t own_size,
                                     const cnicalc_ceilings *ceilings, const void *reserved,
                                     size_t reserved_size)
{
    cnicalc_status status = cnicalc__options_check(options, own_size, reserved, reserved_size);
    return status == CNICALC_OK ? cnicalc__ceilings_check(ceilings) : status;
}

/* Whether each node takes a route of the VPC: the VXLAN backend of ACK Edge needs none, and Terway
 * has none. */
static int takes_routes(uint32_t edition, uint32_t plugin)
{
    /* Editions were checked, so no way leads past the cases. */
    switch ((enum cnicalc_edition)edition) { /* GCOVR_EXCL_BR_LINE */
    case CNICALC_EDITION_PRO:
    case CNICALC_EDITION_BASIC:
    case CNICALC_EDITION_DEDICATED:
        return plugin == CNICALC_PLUGIN_FLANNEL;
    case CNICALC_EDITION_EDGE_PRO:
    case CNICALC_EDITION_EDGE_BASIC:
    case CNICALC_EDITION_ANY:
        break;
    }
    return 0;
}

static const struct ceiling *find_ceiling(uint32_t limit)
{
    for (size_t i = 0; i < CEILING_COUNT; i++) {
        if (ceiling_table[i].limit == limit) {
            return &ceiling_table[i];
        }
    }
    return NULL;
}

/* What others use of a limit. */
static uint64_t used_by_others(const cnicalc_ceilings *ceilings, uint32_t limit)
{
    if (limit == CNICALC_LIMIT_ROUTE_QUOTA) {
        return ceilings->routes_used;
    }
    return limit == CNICALC_LIMIT_SECURITY_GROUP_QUOTA ? ceilings->security_group_used : 0;
}

cnicalc_status cnicalc__ceiling_find(const cnicalc_ceilings *ceilings, uint32_t plugin,
                                     uint32_t limit, uint64_t *out_value)
{
    const struct ceiling *ceiling = find_ceiling(limit);
    uint64_t value;
    if (ceiling == NULL) {
        return CNICALC_ERR_LIMIT;
    }
    uint32_t what = ceiling->what;
    *out_value = CNICALC_NO_LIMIT;
    if (limit == CNICALC_LIMIT_ROUTE_QUOTA && !takes_routes(ceilings->edition, plugin)) {
        return CNICALC_OK;
    }
    if (limit == CNICALC_LIMIT_SECURITY_GROUP_QUOTA &&
        ceilings->security_group == CNICALC_SECURITY_GROUP_BASIC) {
        what = CNICALC_QUOTA_BASIC_SECURITY_GROUP_ADDRESSES;
    }
    memcpy(&value, (const char *)ceilings + ceiling->own_offset, sizeof value);
    if (value == 0) {
        cnicalc_status status =
            cnicalc_quota_value(ceilings->edition, plugin, what, ceilings->raised, &value);
        if (status != CNICALC_OK) {
            return status;
        }
    }
    *out_value = cnicalc__remaining(value, used_by_others(ceilings, limit));
    return CNICALC_OK;
}

uint64_t cnicalc__ceiling(const cnicalc_ceilings *ceilings, uint32_t plugin, uint32_t limit)
{
    uint64_t value;
    return cnicalc__ceiling_find(ceilings, plugin, limit, &value) == CNICALC_OK ? value
                                                                                : CNICALC_NO_LIMIT;
}

cnicalc_status cnicalc_ceiling_value(const cnicalc_ceilings *ceilings, uint32_t plugin,
                                     uint32_t limit, uint64_t *out_value)
{
    uint64_t value;
    if (ceilings == NULL || out_value == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = cnicalc__ceilings_check(ceilings);
    if (status != CNICALC_OK) {
        return status;
    }
    if (!cnicalc__is_plugin(plugin)) {
        return CNICALC_ERR_PLUGIN;
    }
    status = cnicalc__ceiling_find(ceilings, plugin, limit, &value);
    if (status == CNICALC_OK) {
        *out_value = value;
    }
    return status;
}

/* ---- Names ---- */

#define WHAT_LIST(X)                                                                               \
    X(CNICALC_QUOTA_NODES, "nodes")                                                                \
    X(CNICALC_QUOTA_PODS, "pods")                                                                  \
    X(CNICALC_QUOTA_SERVICES, "services")                                                          \
    X(CNICALC_QUOTA_VPC_ROUTES, "vpc-routes")                                                      \
    X(CNICALC_QUOTA_VPC_ADDRESSES, "vpc-addresses")                                                \
    X(CNICALC_QUOTA_VPC_SECONDARY_BLOCKS, "vpc-secondary-blocks")                                  \
    X(CNICALC_QUOTA_BASIC_SECURITY_GROUP_ADDRESSES, "basic-security-group-addresses")              \
    X(CNICALC_QUOTA_ADVANCED_SECURITY_GROUP_ENIS, "advanced-security-group-enis")                  \
    X(CNICALC_QUOTA_IPVLAN_PODS, "ipvlan-pods")                                                    \
    X(CNICALC_QUOTA_IPVLAN_SERVICE_PODS, "ipvlan-service-pods")                                    \
    X(CNICALC_QUOTA_NODE_MIN_VCPUS, "node-min-vcpus")                                              \
    X(CNICALC_QUOTA_NODE_MIN_MEMORY_GIB, "node-min-memory-gib")                                    \
    X(CNICALC_QUOTA_BASIC_SECURITY_GROUP_ADVISED, "basic-security-group-advised")                  \
    X(CNICALC_QUOTA_VPC_VSWITCHES, "vpc-vswitches")                                                \
    X(CNICALC_QUOTA_VPC_ROUTE_TABLES, "vpc-route-tables")                                          \
    X(CNICALC_QUOTA_NODE_POOLS, "node-pools")                                                      \
    X(CNICALC_QUOTA_NODE_POOL_NODES, "node-pool-nodes")                                            \
    X(CNICALC_QUOTA_CLUSTERS, "clusters")                                                          \
    X(CNICALC_QUOTA_CLB_BACKENDS, "clb-backends")                                                  \
    X(CNICALC_QUOTA_ONE_ZONE_NODES, "one-zone-nodes")

const char *cnicalc_quota_what_name(uint32_t what)
{
    static const uint8_t values[] = {WHAT_LIST(CNICALC__VALUE)};
    static const char names[] = WHAT_LIST(CNICALC__TEXT) "unknown";
    return cnicalc__text_of(values, sizeof values, names, what);
}

#define EDITION_LIST(X)                                                                            \
    X(CNICALC_EDITION_ANY, "any")                                                                  \
    X(CNICALC_EDITION_PRO, "pro")                                                                  \
    X(CNICALC_EDITION_BASIC, "basic")                                                              \
    X(CNICALC_EDITION_DEDICATED, "dedicated")                                                      \
    X(CNICALC_EDITION_EDGE_PRO, "edge-pro")                                                        \
    X(CNICALC_EDITION_EDGE_BASIC, "edge-basic")

const char *cnicalc_edition_name(uint32_t edition)
{
    static const uint8_t values[] = {EDITION_LIST(CNICALC__VALUE)};
    static const char names[] = EDITION_LIST(CNICALC__TEXT) "unknown";
    return cnicalc__text_of(values, sizeof values, names, edition);
}

#define SECURITY_GROUP_LIST(X)                                                                     \
    X(CNICALC_SECURITY_GROUP_BASIC, "basic")                                                       \
    X(CNICALC_SECURITY_GROUP_ADVANCED, "advanced")

const char *cnicalc_security_group_name(uint32_t security_group)
{
    static const uint8_t values[] = {SECURITY_GROUP_LIST(CNICALC__VALUE)};
    static const char names[] = SECURITY_GROUP_LIST(CNICALC__TEXT) "unknown";
    return cnicalc__text_of(values, sizeof values, names, security_group);
}

#define PLUGIN_LIST(X)                                                                             \
    X(CNICALC_PLUGIN_ANY, "any")                                                                   \
    X(CNICALC_PLUGIN_TERWAY, "terway")                                                             \
    X(CNICALC_PLUGIN_FLANNEL, "flannel")

const char *cnicalc_plugin_name(uint32_t plugin)
{
    static const uint8_t values[] = {PLUGIN_LIST(CNICALC__VALUE)};
    static const char names[] = PLUGIN_LIST(CNICALC__TEXT) "unknown";
    return cnicalc__text_of(values, sizeof values, names, plugin);
}

cnicalc_status cnicalc_edition_parse(const char *name, size_t name_len, uint32_t *out_edition)
{
    return cnicalc__name_parse(cnicalc_edition_name, CNICALC_EDITION_COUNT - 1, CNICALC_ERR_EDITION,
                               name, name_len, out_edition);
}

cnicalc_status cnicalc_security_group_parse(const char *name, size_t name_len,
                                            uint32_t *out_security_group)
{
    return cnicalc__name_parse(cnicalc_security_group_name, CNICALC_SECURITY_GROUP_COUNT - 1,
                               CNICALC_ERR_SECURITY_GROUP, name, name_len, out_security_group);
}

cnicalc_status cnicalc_plugin_parse(const char *name, size_t name_len, uint32_t *out_plugin)
{
    return cnicalc__name_parse(cnicalc_plugin_name, CNICALC_PLUGIN_COUNT - 1, CNICALC_ERR_PLUGIN,
                               name, name_len, out_plugin);
}
