/* SPDX-License-Identifier: MIT */
#include "terway_support.h"

static cnicalc_terway_pool pool_of(cnicalc_terway_node node, uint64_t count, uint32_t zone)
{
    cnicalc_terway_pool pool;
    memset(&pool, 0, sizeof pool);
    pool.node = node;
    pool.count = count;
    pool.zone = zone;
    return pool;
}

static cnicalc_terway_fit_result fit(const cnicalc_terway_vswitch *vswitches, size_t vswitch_count,
                                     const cnicalc_terway_pool *pools, size_t pool_count,
                                     const cnicalc_terway_options *options)
{
    cnicalc_terway_fit_result result;
    fill_pattern(&result, sizeof result);
    ck_ok(cnicalc_terway_fit(vswitches, vswitch_count, pools, pool_count, options, &result, NULL, 0,
                             NULL));
    for (size_t i = 0; i < COUNT(result.reserved); i++) {
        ck_assert_uint_eq(result.reserved[i], 0);
    }
    return result;
}

START_TEST(one_pool)
{
    cnicalc_terway_vswitch vswitch = vswitch_at(0, 19, 1, POD, 0);
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_node node = node_of_type("ecs.c7.4xlarge", CNICALC_MODE_SHARED_ENI, 0);
    cnicalc_terway_pool pool = pool_of(node, 38, 1);
    cnicalc_terway_fit_result result = fit(&vswitch, 1, &pool, 1, &options);
    ck_assert_uint_eq(result.fits, 1);
    ck_assert_uint_eq(result.bound_by, LIMIT(NONE));
    ck_assert_uint_eq(result.nodes, 38);
    ck_assert_uint_eq(result.pods, 7980);
    static const uint64_t needed[CNICALC_TERWAY_LIMIT_COUNT] = {0,        7980, 0,  38,   1,
                                                                38 * 211, 38,   38, 7980, 7980};
    static const uint64_t available[CNICALC_TERWAY_LIMIT_COUNT] = {
        CNICALC_NO_LIMIT, 8188, 510, CNICALC_NO_LIMIT, 1,
        300000,           5000, 38,  150000,           CNICALC_NO_LIMIT};
    ck_assert_mem_eq(result.needed, needed, sizeof needed);
    ck_assert_mem_eq(result.available, available, sizeof available);
    vswitch.used_addresses = 5;
    options.vpc_address_quota = CNICALC_NO_LIMIT; /* which addresses in use do not lower */
    result = fit(&vswitch, 1, &pool, 1, &options);
    ck_assert_uint_eq(result.available[LIMIT(VPC_ADDRESSES)], CNICALC_NO_LIMIT);
    vswitch.used_addresses = 0;
    pool.count = 39;
    result = fit(&vswitch, 1, &pool, 1, &options);
    ck_assert_uint_eq(result.fits, 0);
    ck_assert_uint_eq(result.bound_by, LIMIT(POD_VSWITCH));
    ck_assert_uint_eq(result.needed[LIMIT(POD_VSWITCH)], 8190);
}
END_TEST

/* Shared, exclusive and prefix nodes side by side in two zones, added by hand:
 * zone 1: 3 * 210 + 10 * 7 = 700 of 1,020 addresses, 13 of 28 node addresses;
 * zone 2: 4 * (14 prefixes and an address) = 56 of 62 blocks, 900 of 1,020 addresses. */
START_TEST(mixed_pools)
{
    cnicalc_terway_vswitch vswitches[] = {
        vswitch_at(0, 22, 1, POD, 0), vswitch_at(1, 27, 1, NODE, 0), vswitch_at(2, 22, 2, POD, 0),
        vswitch_at(3, 29, 2, NODE, 0)};
    const char *type = "ecs.c7.4xlarge";
    cnicalc_terway_pool pools[] = {
        pool_of(node_of_type(type, CNICALC_MODE_SHARED_ENI, 0), 3, 1),
        pool_of(node_of_type(type, CNICALC_MODE_IP_PREFIX, 0), 4, 2),
        pool_of(node_of_type(type, CNICALC_MODE_EXCLUSIVE_ENI, 0), 10, 1)};
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_fit_result result;
    cnicalc_terway_fit_zone zones[2];
    size_t count;
    fill_pattern(zones, sizeof zones);
    ck_ok(cnicalc_terway_fit(vswitches, 4, pools, 3, &options, &result, zones, 2, &count));
    ck_assert_uint_eq(zones[0].reserved0 | zones[0].reserved[0] | zones[1].reserved[1], 0);
    ck_assert_uint_eq(count, 2);
    ck_assert_uint_eq(result.fits, 1);
    ck_assert_uint_eq(result.nodes, 17);
    ck_assert_uint_eq(result.pods, 630 + 70 + 840);
    ck_assert_uint_eq(result.needed[LIMIT(POD_VSWITCH)], 1600);
    ck_assert_uint_eq(result.needed[LIMIT(POD_PREFIXES)], 56);
    ck_assert_uint_eq(result.needed[LIMIT(ZONES)], 2);
    ck_assert_uint_eq(result.available[LIMIT(ZONES)], 2);
    ck_assert_uint_eq(result.available[LIMIT(NODE_VSWITCH)], 32);
    ck_assert_uint_eq(zones[0].needed_addresses, 700);
    ck_assert_uint_eq(zones[0].available_addresses, 1020);
    ck_assert_uint_eq(zones[0].nodes, 13);
    ck_assert_uint_eq(zones[0].node_addresses, 28);
    ck_assert_uint_eq(zones[1].needed_prefixes, 56);
    ck_assert_uint_eq(zones[1].available_prefixes, 62);
    ck_assert_uint_eq(zones[1].needed_addresses, 900);
    ck_assert_uint_eq(zones[1].fits, 1);

    pools[1].count = 5; /* zone 2 lacks addresses, though the sum of both zones has enough */
    ck_ok(cnicalc_terway_fit(vswitches, 4, pools, 3, &options, &result, zones, 2, &count));
    ck_assert_uint_eq(result.fits, 0);
    ck_assert_uint_eq(result.bound_by, LIMIT(ZONES));
    ck_assert_uint_eq(result.available[LIMIT(ZONES)], 1);
    ck_assert_uint_eq(zones[0].fits, 1);
    ck_assert_uint_eq(zones[0].bound_by, LIMIT(NONE));
    ck_assert_uint_eq(zones[1].fits, 0);
    ck_assert_uint_eq(zones[1].bound_by, LIMIT(POD_VSWITCH));
}
END_TEST

START_TEST(each_limit_is_exceeded)
{
    static const struct {
        uint32_t pod_len, node_len, roles, edition;
        uint64_t count, pods, addresses, prefixes, own_vpc, own_pods, own_ipvlan;
        uint32_t bound_by;
    } rows[] = {
        {24, 24, NODE, CNICALC_EDITION_PRO, 25, 10, 10, 0, 0, 0, 0, LIMIT(NONE)},
        {24, 24, NODE, CNICALC_EDITION_PRO, 26, 10, 10, 0, 0, 0, 0, LIMIT(POD_VSWITCH)},
        {26, 24, NODE, CNICALC_EDITION_PRO, 2, 16, 1, 1, 0, 0, 0, LIMIT(NONE)},
        {26, 24, NODE, CNICALC_EDITION_PRO, 3, 16, 1, 1, 0, 0, 0, LIMIT(POD_PREFIXES)},
        {24, 28, NODE, CNICALC_EDITION_PRO, 12, 10, 10, 0, 0, 0, 0, LIMIT(NONE)},
        {24, 28, NODE, CNICALC_EDITION_PRO, 13, 10, 10, 0, 0, 0, 0, LIMIT(NODE_VSWITCH)},
        {16, 16, NODE, CNICALC_EDITION_PRO, 90, 10, 10, 0, 990, 0, 0, LIMIT(NONE)},
        {16, 16, NODE, CNICALC_EDITION_PRO, 90, 10, 10, 0, 989, 0, 0, LIMIT(VPC_ADDRESSES)},
        {24, 24, NODE, CNICALC_EDITION_BASIC, 10, 2, 2, 0, 0, 0, 0, LIMIT(NONE)},
        {24, 24, NODE, CNICALC_EDITION_BASIC, 11, 2, 2, 0, 0, 0, 0, LIMIT(EDITION)},
        {16, 16, NODE, CNICALC_EDITION_BASIC, 10, 30, 30, 0, 0, 0, 0, LIMIT(NONE)},
        {16, 16, NODE, CNICALC_EDITION_BASIC, 10, 31, 31, 0, 0, 0, 0, LIMIT(EDITION_PODS)},
        {16, 16, NODE, CNICALC_EDITION_PRO, 10, 31, 31, 0, 0, 309, 0, LIMIT(EDITION_PODS)},
        {16, 16, NODE, CNICALC_EDITION_PRO, 10, 31, 31, 0, 0, 0, 309, LIMIT(IPVLAN_PODS)},
        {16, 16, NODE, CNICALC_EDITION_PRO, 10, 31, 31, 0, 0, 0, 310, LIMIT(NONE)},
        /* One vSwitch for both: 124 = 11 * 11 + 3. */
        {29, 25, BOTH, CNICALC_EDITION_PRO, 11, 10, 10, 0, 0, 0, 0, LIMIT(NONE)},
        {29, 25, BOTH, CNICALC_EDITION_PRO, 12, 10, 10, 0, 0, 0, 0, LIMIT(ZONES)},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        cnicalc_terway_vswitch vswitches[] = {vswitch_at(0, rows[i].pod_len, 1, POD, 0),
                                              vswitch_at(1, rows[i].node_len, 1, rows[i].roles, 0)};
        cnicalc_terway_options options = default_terway();
        options.edition = rows[i].edition;
        options.vpc_address_quota = rows[i].own_vpc;
        options.pod_quota = rows[i].own_pods;
        options.ipvlan = rows[i].own_ipvlan != 0;
        options.ipvlan_pod_quota = rows[i].own_ipvlan;
        cnicalc_terway_pool pool = pool_of(
            node_taking(rows[i].pods, rows[i].addresses, rows[i].prefixes), rows[i].count, 1);
        size_t first = rows[i].roles == BOTH; /* without the pod vSwitch then */
        cnicalc_terway_fit_result result = fit(&vswitches[first], 2 - first, &pool, 1, &options);
        ck_assert_msg(result.bound_by == rows[i].bound_by, "row %u: %s", (unsigned)i,
                      cnicalc_terway_limit_name(result.bound_by));
        ck_assert_uint_eq(result.fits, rows[i].bound_by == LIMIT(NONE));
    }
}
END_TEST

/* Two /28 blocks stand in the vSwitch that serves nodes too, none in the small pure ones: what the
 * prefixes take there, nodes cannot have, however much is free beside them. */
START_TEST(prefixes_crowd_out_nodes)
{
    cnicalc_terway_vswitch vswitches[] = {
        vswitch_at(0, 26, 1, BOTH, 0), vswitch_at(1, 27, 1, POD, 0), vswitch_at(2, 27, 1, POD, 0)};
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_pool pools[] = {pool_of(node_taking(32, 0, 2), 1, 1),
                                   pool_of(node_taking(0, 0, 0), 27, 1)};
    ck_assert_uint_eq(fit(vswitches, 3, pools, 2, &options).fits, 1);
    pools[1].count = 28;
    cnicalc_terway_fit_result result = fit(vswitches, 3, pools, 2, &options);
    ck_assert_uint_eq(result.fits, 0);
    ck_assert_uint_eq(result.bound_by, LIMIT(ZONES));
    cnicalc_terway_fit_zone zone;
    size_t zone_count = 0;
    ck_ok(cnicalc_terway_fit(vswitches, 3, pools, 2, &options, &result, &zone, 1, &zone_count));
    ck_assert_uint_eq(zone.fits, 0);
    ck_assert_uint_eq(zone.bound_by, LIMIT(ZONES));
}
END_TEST

START_TEST(pools_that_do_not_join)
{
    cnicalc_terway_vswitch vswitch = vswitch_at(0, 24, 1, POD, 0);
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_pool pools[] = {pool_of(node_taking(20, 20, 0), 3, 1),
                                   pool_of(node_taking(8, 8, 0), 2, 1)};
    pools[1].node.joins = 0;
    cnicalc_terway_fit_result result = fit(&vswitch, 1, pools, 2, &options);
    ck_assert_uint_eq(result.bound_by, LIMIT(JOIN_FLOOR));
    ck_assert_uint_eq(result.needed[LIMIT(JOIN_FLOOR)], 5);
    ck_assert_uint_eq(result.available[LIMIT(JOIN_FLOOR)], 3);
}
END_TEST

START_TEST(empty_pools_and_bare_zones)
{
    cnicalc_terway_vswitch vswitches[] = {vswitch_at(0, 24, 1, POD, 0),
                                          vswitch_at(1, 24, 2, NODE, 0)};
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_fit_result result = fit(vswitches, 2, NULL, 0, &options);
    ck_assert_uint_eq(result.fits, 1);
    ck_assert_uint_eq(result.needed[LIMIT(ZONES)], 0);
    ck_assert_uint_eq(fit(NULL, 0, NULL, 0, &options).fits, 1);
    cnicalc_terway_pool pool = pool_of(node_taking(10, 10, 0), 0, 77);
    ck_assert_uint_eq(fit(vswitches, 2, &pool, 1, &options).fits, 1);
    /* A zone without pod vSwitch holds no node, even one that takes no pod address. */
    pool = pool_of(node_taking(0, 0, 0), 1, 2);
    result = fit(vswitches, 2, &pool, 1, &options);
    ck_assert_uint_eq(result.fits, 0);
    ck_assert_uint_eq(result.bound_by, LIMIT(ZONES));
    /* Nor does one without node vSwitch, when another zone has one. */
    pool = pool_of(node_taking(10, 10, 0), 1, 1);
    result = fit(vswitches, 2, &pool, 1, &options);
    ck_assert_uint_eq(result.fits, 0);
    ck_assert_uint_eq(result.bound_by, LIMIT(ZONES));
    ck_assert_uint_eq(fit(vswitches, 1, &pool, 1, &options).fits, 1);
}
END_TEST

static void must_fail(const cnicalc_terway_vswitch *vswitch, const cnicalc_terway_pool *pools,
                      size_t pool_count, const cnicalc_terway_options *options,
                      cnicalc_status expected)
{
    cnicalc_terway_fit_result result;
    cnicalc_terway_fit_zone zones[2];
    size_t count;
    fill_pattern(&result, sizeof result);
    fill_pattern(zones, sizeof zones);
    fill_pattern(&count, sizeof count);
    ck_status(cnicalc_terway_fit(vswitch, 1, pools, pool_count, options, &result, zones, 2, &count),
              expected);
    ck_untouched(result);
    ck_untouched(zones);
    ck_untouched(count);
}

START_TEST(malformed_questions)
{
    cnicalc_terway_vswitch vswitch = vswitch_at(0, 24, 1, POD, 0);
    cnicalc_terway_vswitch bad_vswitch = vswitch_at(0, 30, 1, POD, 0);
    cnicalc_terway_pool good = pool_of(node_taking(1, 1, 0), 1, 1);
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_fit_result result;
    cnicalc_terway_fit_zone zone;
    size_t count;
    must_fail(NULL, &good, 1, &options, CNICALC_ERR_NULL);
    must_fail(&vswitch, NULL, 1, &options, CNICALC_ERR_NULL);
    must_fail(&vswitch, &good, 1, NULL, CNICALC_ERR_NULL);
    must_fail(&bad_vswitch, &good, 1, &options, CNICALC_ERR_TERWAY_VSWITCH_MASK);
    ck_status(cnicalc_terway_fit(&vswitch, 1, &good, 1, &options, NULL, &zone, 1, &count),
              CNICALC_ERR_NULL);
    fill_pattern(&result, sizeof result);
    ck_status(cnicalc_terway_fit(&vswitch, 1, &good, 1, &options, &result, &zone, 1, NULL),
              CNICALC_ERR_NULL);
    fill_pattern(&zone, sizeof zone);
    ck_status(cnicalc_terway_fit(&vswitch, 1, &good, 1, &options, &result, &zone, 0, &count),
              CNICALC_ERR_CAPACITY);
    ck_assert_uint_eq(count, 1);
    ck_untouched(zone);
    ck_untouched(result);
    options.edition = CNICALC_EDITION_EDGE_BASIC;
    must_fail(&vswitch, &good, 1, &options, CNICALC_ERR_QUOTA_UNKNOWN);
    options.edition = CNICALC_EDITION_ANY;
    must_fail(&vswitch, &good, 1, &options, CNICALC_ERR_EDITION);
    options = default_terway();
    options.struct_size = 1;
    must_fail(&vswitch, &good, 1, &options, CNICALC_ERR_STRUCT_SIZE);
    options = default_terway();
    options.reserved[3] = 1;
    must_fail(&vswitch, &good, 1, &options, CNICALC_ERR_RESERVED);
    options = default_terway();
    options.ipvlan = 7;
    must_fail(&vswitch, &good, 1, &options, CNICALC_ERR_FLAG);
}
END_TEST

START_TEST(malformed_pools)
{
    cnicalc_terway_vswitch vswitch = vswitch_at(0, 24, 1, POD, 0);
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_pool good = pool_of(node_taking(1, 1, 0), 1, 1);
    cnicalc_terway_pool pools[] = {good, good};
#define FAILS(change, status)                                                                      \
    pools[1] = good;                                                                               \
    pools[1].change;                                                                               \
    must_fail(&vswitch, pools, 2, &options, status)
    FAILS(reserved = 1, CNICALC_ERR_RESERVED);
    FAILS(node.reserved[2] = 1, CNICALC_ERR_RESERVED);
    FAILS(node.joins = 2, CNICALC_ERR_FLAG);
    FAILS(node.mode = 0, CNICALC_ERR_NODE_MODE);
    FAILS(zone = 2, CNICALC_ERR_TERWAY_POOL_ZONE);
    /* Each sum of nodes, pods, prefixes and addresses may overflow by itself. */
    FAILS(count = UINT64_MAX, CNICALC_ERR_OVERFLOW);
    FAILS(count = UINT64_MAX; pools[1].node.joins = 0; pools[1].node.pods_per_node = 0;
          pools[1].node.addresses = 0, CNICALC_ERR_OVERFLOW);
    FAILS(node.pods_per_node = UINT64_MAX, CNICALC_ERR_OVERFLOW);
    FAILS(node.prefixes = UINT64_MAX / 16 + 1, CNICALC_ERR_OVERFLOW);
    FAILS(node.addresses = UINT64_MAX, CNICALC_ERR_OVERFLOW);
    FAILS(node.addresses = UINT64_MAX - 2, CNICALC_ERR_OVERFLOW);
    FAILS(node.addresses = UINT64_MAX / 2; pools[1].count = 3, CNICALC_ERR_OVERFLOW);
#undef FAILS
    ck_assert_uint_eq(cnicalc_terway_pool_size(), sizeof(cnicalc_terway_pool));
    ck_assert_uint_eq(cnicalc_terway_fit_result_size(), sizeof(cnicalc_terway_fit_result));
    ck_assert_uint_eq(cnicalc_terway_fit_zone_size(), sizeof(cnicalc_terway_fit_zone));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terway_fit");
    add_tests(suite, "known", one_pool, mixed_pools, NULL);
    add_tests(suite, "limits", each_limit_is_exceeded, prefixes_crowd_out_nodes,
              pools_that_do_not_join, empty_pools_and_bare_zones, NULL);
    add_tests(suite, "hostile", malformed_questions, malformed_pools, NULL);
    return run_suite(suite);
}
