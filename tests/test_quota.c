/* SPDX-License-Identifier: MIT */
#include <cnicalc/quota.h>

#include "support.h"

#include <string.h>

#define NONE CNICALC_UNKNOWN_COUNT

/* The published ceilings, typed in from the pages a second time. */
#define ROW(edition, plugin, what, default_value, raised_value)                                    \
    {                                                                                              \
        CNICALC_EDITION_##edition, CNICALC_PLUGIN_##plugin, CNICALC_QUOTA_##what, default_value,   \
            raised_value                                                                           \
    }

static const struct ceiling {
    uint32_t edition;
    uint32_t plugin;
    uint32_t what;
    uint64_t default_value;
    uint64_t raised_value;
} published[] = {
    ROW(PRO, TERWAY, NODES, 5000, 15000),
    ROW(PRO, FLANNEL, NODES, 200, 1000),
    ROW(PRO, ANY, PODS, 150000, NONE),
    ROW(PRO, ANY, SERVICES, 10000, NONE),
    ROW(BASIC, TERWAY, NODES, 10, NONE),
    ROW(BASIC, FLANNEL, NODES, 10, NONE),
    ROW(BASIC, ANY, PODS, 300, NONE),
    ROW(BASIC, ANY, SERVICES, 100, NONE),
    ROW(DEDICATED, TERWAY, NODES, 5000, 15000),
    ROW(DEDICATED, FLANNEL, NODES, 200, 1000),
    ROW(DEDICATED, ANY, PODS, 150000, NONE),
    ROW(DEDICATED, ANY, SERVICES, 10000, NONE),
    ROW(EDGE_PRO, FLANNEL, NODES, 1000, NONE),
    ROW(EDGE_BASIC, FLANNEL, NODES, 10, NONE),
    ROW(PRO, TERWAY, IPVLAN_PODS, 50000, NONE),
    ROW(PRO, TERWAY, IPVLAN_SERVICE_PODS, 64000, NONE),
    ROW(ANY, ANY, BASIC_SECURITY_GROUP_ADDRESSES, 6000, NONE),
    ROW(ANY, ANY, ADVANCED_SECURITY_GROUP_ENIS, 65536, NONE),
    ROW(ANY, ANY, BASIC_SECURITY_GROUP_ADVISED, 2000, NONE),
    ROW(ANY, ANY, VPC_ADDRESSES, 300000, NONE),
    ROW(ANY, ANY, VPC_ROUTES, 200, 1000),
    ROW(ANY, ANY, VPC_SECONDARY_BLOCKS, 5, NONE),
    ROW(ANY, ANY, NODE_MIN_VCPUS, 4, NONE),
    ROW(ANY, ANY, NODE_MIN_MEMORY_GIB, 8, NONE),
    ROW(ANY, ANY, VPC_VSWITCHES, 150, NONE),
    ROW(ANY, ANY, VPC_ROUTE_TABLES, 9, NONE),
    ROW(BASIC, ANY, NODE_POOLS, 10, NONE),
    ROW(PRO, ANY, NODE_POOLS, 100, NONE),
    ROW(ANY, ANY, NODE_POOL_NODES, 2000, NONE),
    ROW(BASIC, ANY, CLUSTERS, 2, NONE),
    ROW(PRO, ANY, CLUSTERS, 100, NONE),
    ROW(ANY, ANY, CLB_BACKENDS, 200, NONE),
    ROW(ANY, ANY, ONE_ZONE_NODES, 100, NONE),
};

static int is_row(const cnicalc_quota *row, const struct ceiling *expected)
{
    return row->edition == expected->edition && row->plugin == expected->plugin &&
           row->what == expected->what;
}

START_TEST(every_published_ceiling_is_one_row)
{
    ck_assert_uint_eq(cnicalc_quota_count(), COUNT(published));
    for (size_t i = 0; i < COUNT(published); i++) {
        int found = 0;
        for (uint32_t at = 0; at < cnicalc_quota_count(); at++) {
            cnicalc_quota row;
            ck_ok(cnicalc_quota_at(at, &row));
            if (is_row(&row, &published[i])) {
                ck_assert_uint_eq(row.default_value, published[i].default_value);
                ck_assert_uint_eq(row.raised_value, published[i].raised_value);
                ck_assert_uint_eq(row.reserved[0] | row.reserved[1], 0);
                found++;
            }
        }
        ck_assert_msg(found == 1, "ceiling %zu is in the table %d times", i, found);
    }
}
END_TEST

START_TEST(every_published_ceiling_is_answered)
{
    for (size_t i = 0; i < COUNT(published); i++) {
        const struct ceiling *row = &published[i];
        uint64_t value;
        ck_ok(cnicalc_quota_value(row->edition, row->plugin, row->what, 0, &value));
        ck_assert_uint_eq(value, row->default_value);
        ck_ok(cnicalc_quota_value(row->edition, row->plugin, row->what, 1, &value));
        ck_assert_uint_eq(value,
                          row->raised_value == NONE ? row->default_value : row->raised_value);
    }
}
END_TEST

static int answers(const struct ceiling *row, uint32_t edition, uint32_t plugin, uint32_t what)
{
    return row->what == what && (row->edition == CNICALC_EDITION_ANY || row->edition == edition) &&
           (row->plugin == CNICALC_PLUGIN_ANY || row->plugin == plugin);
}

/* Every question there is: the literal table answers it, or the status says that nothing does. */
START_TEST(what_is_not_published_is_unknown)
{
    int unknown = 0;
    for (uint32_t edition = 0; edition <= CNICALC_EDITION_EDGE_BASIC; edition++) {
        for (uint32_t plugin = 0; plugin <= CNICALC_PLUGIN_FLANNEL; plugin++) {
            for (uint32_t what = 0; what <= CNICALC_QUOTA_COUNT; what++) {
                const struct ceiling *row = NULL;
                for (size_t i = 0; i < COUNT(published); i++) {
                    row = answers(&published[i], edition, plugin, what) ? &published[i] : row;
                }
                uint64_t value;
                fill_pattern(&value, sizeof value);
                cnicalc_status status = cnicalc_quota_value(edition, plugin, what, 0, &value);
                if (row != NULL) {
                    ck_ok(status);
                    ck_assert_uint_eq(value, row->default_value);
                } else {
                    ck_status(status, CNICALC_ERR_QUOTA_UNKNOWN);
                    ck_untouched(value);
                    unknown++;
                }
            }
        }
    }
    ck_assert_int_gt(unknown, 0);
    uint64_t value;
    ck_status(
        cnicalc_quota_value(CNICALC_EDITION_PRO, CNICALC_PLUGIN_TERWAY, UINT32_MAX, 0, &value),
        CNICALC_ERR_QUOTA_UNKNOWN);
}
END_TEST

START_TEST(sources_name_a_page_and_its_year)
{
    for (uint32_t i = 0; i < cnicalc_quota_count(); i++) {
        const char *source = cnicalc_quota_source(i);
        cnicalc_quota row;
        ck_ok(cnicalc_quota_at(i, &row));
        int is_vpc =
            row.what == CNICALC_QUOTA_VPC_ROUTES || row.what == CNICALC_QUOTA_VPC_ADDRESSES ||
            row.what == CNICALC_QUOTA_VPC_SECONDARY_BLOCKS ||
            row.what == CNICALC_QUOTA_VPC_VSWITCHES || row.what == CNICALC_QUOTA_VPC_ROUTE_TABLES;
        int is_of_no_page =
            row.what == CNICALC_QUOTA_CLB_BACKENDS || row.what == CNICALC_QUOTA_ONE_ZONE_NODES ||
            row.what == CNICALC_QUOTA_NODE_POOLS || row.what == CNICALC_QUOTA_NODE_POOL_NODES ||
            row.what == CNICALC_QUOTA_CLUSTERS;
        int is_ecs = row.what == CNICALC_QUOTA_BASIC_SECURITY_GROUP_ADDRESSES ||
                     row.what == CNICALC_QUOTA_ADVANCED_SECURITY_GROUP_ENIS;
        int is_edge =
            row.edition == CNICALC_EDITION_EDGE_PRO || row.edition == CNICALC_EDITION_EDGE_BASIC;
        const char *begins = is_vpc          ? "VPC "
                             : is_ecs        ? "ECS "
                             : is_of_no_page ? "Alibaba Cloud "
                             : is_edge       ? "ACK Edge "
                                             : "ACK ";
        ck_assert_msg(strncmp(source, begins, strlen(begins)) == 0, "row %u: %s", i, source);
        ck_assert_ptr_nonnull(strstr(source, "documentation"));
        ck_assert_ptr_nonnull(strstr(source, ", 2026"));
    }
    ck_assert_str_eq(cnicalc_quota_source(0), "ACK documentation, quotas and limits, 2026");
    ck_assert_str_eq(cnicalc_quota_source(cnicalc_quota_count()), "");
    ck_assert_str_eq(cnicalc_quota_source(UINT32_MAX), "");
}
END_TEST

START_TEST(names_are_these)
{
    const char *const whats[] = {"unknown",
                                 "nodes",
                                 "pods",
                                 "services",
                                 "vpc-routes",
                                 "vpc-addresses",
                                 "vpc-secondary-blocks",
                                 "basic-security-group-addresses",
                                 "advanced-security-group-enis",
                                 "ipvlan-pods",
                                 "ipvlan-service-pods",
                                 "node-min-vcpus",
                                 "node-min-memory-gib",
                                 "basic-security-group-advised",
                                 "vpc-vswitches",
                                 "vpc-route-tables",
                                 "node-pools",
                                 "node-pool-nodes",
                                 "clusters",
                                 "clb-backends",
                                 "one-zone-nodes",
                                 "unknown"};
    const char *const editions[] = {"any",      "pro",        "basic",  "dedicated",
                                    "edge-pro", "edge-basic", "unknown"};
    const char *const plugins[] = {"any", "terway", "flannel", "unknown"};
    const char *const groups[] = {"unknown", "basic", "advanced", "unknown"};
    for (uint32_t i = 0; i < COUNT(whats); i++) {
        ck_assert_str_eq(cnicalc_quota_what_name(i), whats[i]);
    }
    for (uint32_t i = 0; i < COUNT(editions); i++) {
        ck_assert_str_eq(cnicalc_edition_name(i), editions[i]);
    }
    for (uint32_t i = 0; i < COUNT(plugins); i++) {
        ck_assert_str_eq(cnicalc_plugin_name(i), plugins[i]);
    }
    for (uint32_t i = 0; i < COUNT(groups); i++) {
        ck_assert_str_eq(cnicalc_security_group_name(i), groups[i]);
    }
    ck_assert_str_eq(cnicalc_security_group_name(UINT32_MAX), "unknown");
    ck_assert_str_eq(cnicalc_quota_what_name(UINT32_MAX), "unknown");
    ck_assert_str_eq(cnicalc_edition_name(UINT32_MAX), "unknown");
    ck_assert_str_eq(cnicalc_plugin_name(UINT32_MAX), "unknown");
}
END_TEST

START_TEST(names_parse_back)
{
    for (uint32_t i = 1; i <= CNICALC_EDITION_EDGE_BASIC; i++) {
        uint32_t edition = 0;
        const char *name = cnicalc_edition_name(i);
        ck_ok(cnicalc_edition_parse(name, strlen(name), &edition));
        ck_assert_uint_eq(edition, i);
    }
    for (uint32_t i = 1; i <= CNICALC_PLUGIN_FLANNEL; i++) {
        uint32_t plugin = 0;
        const char *name = cnicalc_plugin_name(i);
        ck_ok(cnicalc_plugin_parse(name, strlen(name), &plugin));
        ck_assert_uint_eq(plugin, i);
    }
    for (uint32_t i = 1; i <= CNICALC_SECURITY_GROUP_ADVANCED; i++) {
        uint32_t group = 0;
        const char *name = cnicalc_security_group_name(i);
        ck_ok(cnicalc_security_group_parse(name, CNICALC_NUL_TERMINATED, &group));
        ck_assert_uint_eq(group, i);
    }
    /* The length ends the text, and no NUL need follow. */
    uint32_t edition = 0;
    ck_ok(cnicalc_edition_parse("edge-probable", 8, &edition));
    ck_assert_uint_eq(edition, CNICALC_EDITION_EDGE_PRO);
}
END_TEST

START_TEST(names_that_are_none)
{
    const char *const texts[] = {"",       "any",      "unknown", "Pro",  "pro ",
                                 " pro",   "pr",       "prob",    "edge", "edge_pro",
                                 "TERWAY", "flannels", "f",       "1",    "terway\n"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        uint32_t value;
        fill_pattern(&value, sizeof value);
        ck_status(cnicalc_edition_parse(texts[i], strlen(texts[i]), &value), CNICALC_ERR_EDITION);
        ck_status(cnicalc_plugin_parse(texts[i], strlen(texts[i]), &value), CNICALC_ERR_PLUGIN);
        ck_status(cnicalc_security_group_parse(texts[i], strlen(texts[i]), &value),
                  CNICALC_ERR_SECURITY_GROUP);
        ck_untouched(value);
    }
    uint32_t value;
    fill_pattern(&value, sizeof value);
    ck_status(cnicalc_edition_parse("pro\0x", 5, &value), CNICALC_ERR_EDITION);
    ck_status(cnicalc_edition_parse("pro", 4, &value), CNICALC_ERR_EDITION);
    ck_status(cnicalc_plugin_parse("terway", 7, &value), CNICALC_ERR_PLUGIN);
    ck_status(cnicalc_edition_parse(NULL, 0, &value), CNICALC_ERR_NULL);
    ck_status(cnicalc_plugin_parse(NULL, 0, &value), CNICALC_ERR_NULL);
    ck_status(cnicalc_security_group_parse(NULL, 0, &value), CNICALC_ERR_NULL);
    ck_untouched(value);
    ck_status(cnicalc_edition_parse("pro", 3, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_plugin_parse("terway", 6, NULL), CNICALC_ERR_NULL);
}
END_TEST

START_TEST(bad_questions_leave_the_answer_alone)
{
    static const struct {
        uint32_t edition, plugin, raised;
        cnicalc_status status;
    } bad[] = {
        {CNICALC_EDITION_EDGE_BASIC + 1, CNICALC_PLUGIN_TERWAY, 0, CNICALC_ERR_EDITION},
        {UINT32_MAX, CNICALC_PLUGIN_TERWAY, 0, CNICALC_ERR_EDITION},
        {CNICALC_EDITION_PRO, CNICALC_PLUGIN_FLANNEL + 1, 0, CNICALC_ERR_PLUGIN},
        {CNICALC_EDITION_PRO, UINT32_MAX, 0, CNICALC_ERR_PLUGIN},
        {CNICALC_EDITION_PRO, CNICALC_PLUGIN_TERWAY, 2, CNICALC_ERR_FLAG},
        {CNICALC_EDITION_PRO, CNICALC_PLUGIN_TERWAY, UINT32_MAX, CNICALC_ERR_FLAG},
    };
    uint64_t value;
    fill_pattern(&value, sizeof value);
    for (size_t i = 0; i < COUNT(bad); i++) {
        ck_status(cnicalc_quota_value(bad[i].edition, bad[i].plugin, CNICALC_QUOTA_NODES,
                                      bad[i].raised, &value),
                  bad[i].status);
        ck_untouched(value);
    }
    ck_status(cnicalc_quota_value(CNICALC_EDITION_PRO, CNICALC_PLUGIN_TERWAY, CNICALC_QUOTA_NODES,
                                  0, NULL),
              CNICALC_ERR_NULL);
}
END_TEST

START_TEST(rows_end_where_the_count_says)
{
    cnicalc_quota row;
    ck_ok(cnicalc_quota_at(cnicalc_quota_count() - 1, &row));
    fill_pattern(&row, sizeof row);
    ck_status(cnicalc_quota_at(cnicalc_quota_count(), &row), CNICALC_ERR_INDEX);
    ck_status(cnicalc_quota_at(UINT32_MAX, &row), CNICALC_ERR_INDEX);
    ck_untouched(row);
    ck_status(cnicalc_quota_at(0, NULL), CNICALC_ERR_NULL);
}
END_TEST

/* An increase never takes anything away. */
START_TEST(raised_is_never_lower)
{
    for (uint32_t i = 0; i < cnicalc_quota_count(); i++) {
        cnicalc_quota row;
        ck_ok(cnicalc_quota_at(i, &row));
        ck_assert_uint_gt(row.default_value, 0);
        ck_assert_uint_gt(row.raised_value, row.default_value);
    }
}
END_TEST

/* ---- The ceilings of a question ---- */

static cnicalc_ceilings default_ceilings(void)
{
    cnicalc_ceilings ceilings;
    fill_pattern(&ceilings, sizeof ceilings);
    ck_ok(cnicalc_ceilings_init(&ceilings, sizeof ceilings));
    return ceilings;
}

static uint64_t value_of(const cnicalc_ceilings *ceilings, uint32_t plugin, uint32_t limit)
{
    uint64_t value = 0;
    ck_ok(cnicalc_ceiling_value(ceilings, plugin, limit, &value));
    return value;
}

START_TEST(ceilings_are_the_published_ones)
{
    cnicalc_ceilings ceilings = default_ceilings();
    const uint32_t terway = CNICALC_PLUGIN_TERWAY;
    const uint32_t flannel = CNICALC_PLUGIN_FLANNEL;
    ck_assert_uint_eq(ceilings.edition, CNICALC_EDITION_PRO);
    ck_assert_uint_eq(value_of(&ceilings, terway, CNICALC_LIMIT_NODE_QUOTA), 5000);
    ck_assert_uint_eq(value_of(&ceilings, flannel, CNICALC_LIMIT_NODE_QUOTA), 200);
    ck_assert_uint_eq(value_of(&ceilings, terway, CNICALC_LIMIT_POD_QUOTA), 150000);
    ck_assert_uint_eq(value_of(&ceilings, terway, CNICALC_LIMIT_SERVICE_QUOTA), 10000);
    ck_assert_uint_eq(value_of(&ceilings, terway, CNICALC_LIMIT_IPVLAN_POD_QUOTA), 50000);
    ck_assert_uint_eq(value_of(&ceilings, flannel, CNICALC_LIMIT_VPC_ADDRESS_QUOTA), 300000);
    ck_assert_uint_eq(value_of(&ceilings, flannel, CNICALC_LIMIT_ROUTE_QUOTA), 200);
    ck_assert_uint_eq(value_of(&ceilings, terway, CNICALC_LIMIT_ROUTE_QUOTA), CNICALC_NO_LIMIT);
    /* ENIs of an advanced group, addresses of a basic one. */
    ck_assert_uint_eq(ceilings.security_group, CNICALC_SECURITY_GROUP_ADVANCED);
    ck_assert_uint_eq(value_of(&ceilings, terway, CNICALC_LIMIT_SECURITY_GROUP_QUOTA), 65536);
    ceilings.security_group = CNICALC_SECURITY_GROUP_BASIC;
    ck_assert_uint_eq(value_of(&ceilings, terway, CNICALC_LIMIT_SECURITY_GROUP_QUOTA), 6000);
    ck_assert_uint_eq(value_of(&ceilings, flannel, CNICALC_LIMIT_SECURITY_GROUP_QUOTA), 6000);
    ceilings.raised = 1;
    ck_assert_uint_eq(value_of(&ceilings, terway, CNICALC_LIMIT_NODE_QUOTA), 15000);
    ck_assert_uint_eq(value_of(&ceilings, flannel, CNICALC_LIMIT_ROUTE_QUOTA), 1000);
    ceilings.edition = CNICALC_EDITION_EDGE_PRO; /* VXLAN takes no routes */
    ck_assert_uint_eq(value_of(&ceilings, flannel, CNICALC_LIMIT_ROUTE_QUOTA), CNICALC_NO_LIMIT);
    ceilings.edition = CNICALC_EDITION_BASIC;
    ck_assert_uint_eq(value_of(&ceilings, flannel, CNICALC_LIMIT_ROUTE_QUOTA), 1000);
    ceilings.edition = CNICALC_EDITION_DEDICATED;
    ck_assert_uint_eq(value_of(&ceilings, flannel, CNICALC_LIMIT_ROUTE_QUOTA), 1000);
    ceilings.edition = CNICALC_EDITION_EDGE_BASIC;
    ck_assert_uint_eq(value_of(&ceilings, flannel, CNICALC_LIMIT_ROUTE_QUOTA), CNICALC_NO_LIMIT);
}
END_TEST

START_TEST(own_ceilings_and_what_is_used)
{
    const uint32_t flannel = CNICALC_PLUGIN_FLANNEL;
    cnicalc_ceilings ceilings = default_ceilings();
    ceilings.node_quota = 1;
    ceilings.pod_quota = 2;
    ceilings.service_quota = 3;
    ceilings.route_quota = 40;
    ceilings.vpc_address_quota = 5;
    ceilings.ipvlan_pod_quota = 6;
    ck_assert_uint_eq(value_of(&ceilings, flannel, CNICALC_LIMIT_NODE_QUOTA), 1);
    ck_assert_uint_eq(value_of(&ceilings, flannel, CNICALC_LIMIT_POD_QUOTA), 2);
    ck_assert_uint_eq(value_of(&ceilings, flannel, CNICALC_LIMIT_SERVICE_QUOTA), 3);
    ck_assert_uint_eq(value_of(&ceilings, flannel, CNICALC_LIMIT_ROUTE_QUOTA), 40);
    ck_assert_uint_eq(value_of(&ceilings, flannel, CNICALC_LIMIT_VPC_ADDRESS_QUOTA), 5);
    ck_assert_uint_eq(value_of(&ceilings, flannel, CNICALC_LIMIT_IPVLAN_POD_QUOTA), 6);
    ceilings.routes_used = 39;
    ck_assert_uint_eq(value_of(&ceilings, flannel, CNICALC_LIMIT_ROUTE_QUOTA), 1);
    ceilings.routes_used = 41;
    ck_assert_uint_eq(value_of(&ceilings, flannel, CNICALC_LIMIT_ROUTE_QUOTA), 0);
    ceilings.route_quota = CNICALC_NO_LIMIT;
    ck_assert_uint_eq(value_of(&ceilings, flannel, CNICALC_LIMIT_ROUTE_QUOTA), CNICALC_NO_LIMIT);
    ceilings.security_group_used = 65500;
    ck_assert_uint_eq(value_of(&ceilings, flannel, CNICALC_LIMIT_SECURITY_GROUP_QUOTA), 36);
    ceilings.security_group_quota = 70000;
    ck_assert_uint_eq(value_of(&ceilings, flannel, CNICALC_LIMIT_SECURITY_GROUP_QUOTA), 4500);
    ceilings.security_group = CNICALC_SECURITY_GROUP_BASIC;
    ceilings.security_group_used = 69999;
    ck_assert_uint_eq(value_of(&ceilings, flannel, CNICALC_LIMIT_SECURITY_GROUP_QUOTA), 1);
    ceilings.security_group_quota = 0;
    ck_assert_uint_eq(value_of(&ceilings, flannel, CNICALC_LIMIT_SECURITY_GROUP_QUOTA), 0);
}
END_TEST

START_TEST(bad_ceilings_leave_the_answer_alone)
{
    const cnicalc_ceilings good = default_ceilings();
    cnicalc_ceilings ceilings = good;
    uint64_t value;
    const uint32_t limit = CNICALC_LIMIT_NODE_QUOTA;
    fill_pattern(&value, sizeof value);
    ck_status(cnicalc_ceiling_value(NULL, 1, limit, &value), CNICALC_ERR_NULL);
    ck_status(cnicalc_ceiling_value(&good, 1, limit, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_ceiling_value(&good, 0, limit, &value), CNICALC_ERR_PLUGIN);
    ck_status(cnicalc_ceiling_value(&good, 3, limit, &value), CNICALC_ERR_PLUGIN);
    for (uint32_t other = 0; other <= CNICALC_LIMIT_COUNT; other++) {
        if (cnicalc_ceiling_value(&good, 1, other, &value) != CNICALC_OK) {
            ck_status(cnicalc_ceiling_value(&good, 1, other, &value), CNICALC_ERR_LIMIT);
        } else {
            ck_assert_ptr_nonnull(strstr(cnicalc_limit_name(other), "_quota"));
            fill_pattern(&value, sizeof value);
        }
    }
    ceilings.edition = CNICALC_EDITION_EDGE_PRO;
    ck_status(cnicalc_ceiling_value(&ceilings, 1, limit, &value), CNICALC_ERR_QUOTA_UNKNOWN);
    ceilings.edition = CNICALC_EDITION_ANY;
    ck_status(cnicalc_ceiling_value(&ceilings, 1, limit, &value), CNICALC_ERR_EDITION);
    ceilings.edition = CNICALC_EDITION_COUNT;
    ck_status(cnicalc_ceiling_value(&ceilings, 1, limit, &value), CNICALC_ERR_EDITION);
    ceilings = good;
    ceilings.raised = 2;
    ck_status(cnicalc_ceiling_value(&ceilings, 1, limit, &value), CNICALC_ERR_FLAG);
    ceilings = good;
    ceilings.struct_size++;
    ck_status(cnicalc_ceiling_value(&ceilings, 1, limit, &value), CNICALC_ERR_STRUCT_SIZE);
    ceilings = good;
    ceilings.security_group = 0;
    ck_status(cnicalc_ceiling_value(&ceilings, 1, limit, &value), CNICALC_ERR_SECURITY_GROUP);
    ceilings.security_group = CNICALC_SECURITY_GROUP_COUNT;
    ck_status(cnicalc_ceiling_value(&ceilings, 1, limit, &value), CNICALC_ERR_SECURITY_GROUP);
    for (size_t i = 0; i < COUNT(ceilings.reserved); i++) {
        ceilings = good;
        ceilings.reserved[i] = UINT64_C(1) << 63;
        ck_status(cnicalc_ceiling_value(&ceilings, 1, limit, &value), CNICALC_ERR_RESERVED);
    }
    ck_untouched(value);
    fill_pattern(&ceilings, sizeof ceilings);
    ck_status(cnicalc_ceilings_init(&ceilings, sizeof ceilings + 8), CNICALC_ERR_STRUCT_SIZE);
    ck_untouched(ceilings);
    ck_status(cnicalc_ceilings_init(NULL, sizeof ceilings), CNICALC_ERR_NULL);
}
END_TEST

/* A row of the table names the limit whose ceiling it is. */
START_TEST(rows_name_their_limit)
{
    cnicalc_quota row;
    uint32_t bound = 0;
    for (uint32_t i = 0; i < cnicalc_quota_count(); i++) {
        ck_ok(cnicalc_quota_at(i, &row));
        if (row.what == CNICALC_QUOTA_NODES) {
            ck_assert_uint_eq(row.limit, CNICALC_LIMIT_NODE_QUOTA);
        } else if (row.what == CNICALC_QUOTA_VPC_ROUTES) {
            ck_assert_uint_eq(row.limit, CNICALC_LIMIT_ROUTE_QUOTA);
        } else if (row.what == CNICALC_QUOTA_BASIC_SECURITY_GROUP_ADDRESSES ||
                   row.what == CNICALC_QUOTA_ADVANCED_SECURITY_GROUP_ENIS) {
            ck_assert_uint_eq(row.limit, CNICALC_LIMIT_SECURITY_GROUP_QUOTA);
        } else if (row.what == CNICALC_QUOTA_NODE_MIN_VCPUS) {
            ck_assert_uint_eq(row.limit, CNICALC_LIMIT_NONE);
        }
        bound += row.limit != CNICALC_LIMIT_NONE;
    }
    ck_assert_uint_eq(bound, 20);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("quota");
    add_tests(suite, "known", ceilings_are_the_published_ones, own_ceilings_and_what_is_used,
              rows_name_their_limit, every_published_ceiling_is_one_row,
              every_published_ceiling_is_answered, sources_name_a_page_and_its_year,
              names_are_these, names_parse_back, NULL);
    add_tests(suite, "limits", what_is_not_published_is_unknown, rows_end_where_the_count_says,
              NULL);
    add_tests(suite, "hostile", bad_ceilings_leave_the_answer_alone, names_that_are_none,
              bad_questions_leave_the_answer_alone, NULL);
    add_tests(suite, "properties", raised_is_never_lower, NULL);
    return run_suite(suite);
}
