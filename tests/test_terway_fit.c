/* SPDX-License-Identifier: MIT */
#include "terway_support.h"

static cnicalc_terway_fit_result fit(const cnicalc_vswitch *vswitches, size_t vswitch_count,
                                     const cnicalc_terway_pool *pools, size_t pool_count,
                                     const cnicalc_terway_options *options)
{
    const cnicalc_terway_cluster cluster = {vswitches, vswitch_count, pools, pool_count};
    return fit_terway(&cluster, options);
}

START_TEST(one_pool)
{
    cnicalc_vswitch vswitch = vswitch_at(0, 19, 1, POD, 0);
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_node node = node_of_type("ecs.c7.4xlarge", CNICALC_MODE_SHARED_ENI, 0);
    cnicalc_terway_pool pool = pool_of(node, 38, 1);
    cnicalc_terway_fit_result result = fit(&vswitch, 1, &pool, 1, &options);
    ck_assert_uint_eq(result.fits, 1);
    ck_assert_uint_eq(result.bound_by, LIMIT(NONE));
    ck_assert_uint_eq(result.nodes, 38);
    ck_assert_uint_eq(result.pods, 7980);
    ck_assert_uint_eq(result.zone_count, 1);
    static const cnicalc_limit_row rows[] = {
        ROW(POD_VSWITCH_ADDRESSES, ADDRESSES, 7980, 8188),
        ROW(POD_VSWITCH_PREFIXES, PREFIXES, 0, 510),
        ROW(POD_VSWITCH_ENIS, ADDRESSES, 7980, 7980),
        ROW(NODE_VSWITCH_ADDRESSES, ADDRESSES, 38, CNICALC_NO_LIMIT),
        ROW(ZONE_ADDRESSES, ADDRESSES, 38 * 211, CNICALC_NO_LIMIT),
        ROW(ZONES, ZONES, 1, 1),
        ROW(VPC_ADDRESS_QUOTA, ADDRESSES, 38 * 211, 300000),
        ROW(SECURITY_GROUP_QUOTA, ENIS, 38 * 8, 65536),
        ROW(NODE_QUOTA, NODES, 38, 5000),
        ROW(MIN_PODS_TO_JOIN, NODES, 38, 38),
        ROW(POD_QUOTA, PODS, 7980, 150000),
        ROW(IPVLAN_POD_QUOTA, PODS, 7980, CNICALC_NO_LIMIT),
    };
    ck_rows(result.limits, result.limit_count, rows, COUNT(rows));
    vswitch.used_addresses = 5;
    options.ceilings.vpc_address_quota = CNICALC_NO_LIMIT; /* which addresses in use do not lower */
    result = fit(&vswitch, 1, &pool, 1, &options);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(VPC_ADDRESS_QUOTA)), CNICALC_NO_LIMIT);
    vswitch.used_addresses = 0;
    pool.count = 39;
    result = fit(&vswitch, 1, &pool, 1, &options);
    ck_assert_uint_eq(result.fits, 0);
    ck_assert_uint_eq(result.bound_by, LIMIT(POD_VSWITCH_ADDRESSES));
    ck_assert_uint_eq(NEEDED(result, LIMIT(POD_VSWITCH_ADDRESSES)), 8190);
}
END_TEST

/* Shared, exclusive and prefix nodes side by side in two zones, added by hand:
 * zone 1: 3 * 210 + 10 * 7 = 700 of 1,020 addresses, 13 of 28 node addresses;
 * zone 2: 4 * (14 prefixes and two addresses) = 56 of 62 blocks, 904 of 1,020 addresses. */
START_TEST(mixed_pools)
{
    cnicalc_vswitch vswitches[] = {vswitch_at(0, 22, 1, POD, 0), vswitch_at(1, 27, 1, NODE, 0),
                                   vswitch_at(2, 22, 2, POD, 0), vswitch_at(3, 29, 2, NODE, 0)};
    const char *type = "ecs.c7.4xlarge";
    cnicalc_terway_pool pools[] = {
        pool_of(node_of_type(type, CNICALC_MODE_SHARED_ENI, 0), 3, 1),
        pool_of(node_of_type(type, CNICALC_MODE_IP_PREFIX, 0), 4, 2),
        pool_of(node_of_type(type, CNICALC_MODE_EXCLUSIVE_ENI, 0), 10, 1)};
    cnicalc_terway_options options = default_terway();
    const cnicalc_terway_cluster cluster = {vswitches, 4, pools, 3};
    cnicalc_terway_fit_result result = fit_terway(&cluster, &options);
    cnicalc_terway_zone zones[2];
    ck_assert_uint_eq(fit_zones(&cluster, zones, 2), 2);
    ck_assert_uint_eq(result.fits, 1);
    ck_assert_uint_eq(result.nodes, 17);
    ck_assert_uint_eq(result.pods, 630 + 70 + 840);
    ck_assert_uint_eq(NEEDED(result, LIMIT(POD_VSWITCH_ADDRESSES)), 1604);
    ck_assert_uint_eq(NEEDED(result, LIMIT(POD_VSWITCH_PREFIXES)), 56);
    ck_assert_uint_eq(NEEDED(result, LIMIT(ZONES)), 2);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(ZONES)), 2);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(NODE_VSWITCH_ADDRESSES)), 32);
    static const cnicalc_limit_row first[] = {
        ROW(POD_VSWITCH_ADDRESSES, ADDRESSES, 700, 1020),
        ROW(POD_VSWITCH_PREFIXES, PREFIXES, 0, 62),
        ROW(POD_VSWITCH_ENIS, ADDRESSES, 700, 700),
        ROW(NODE_VSWITCH_ADDRESSES, ADDRESSES, 13, 28),
        ROW(ZONE_ADDRESSES, ADDRESSES, 713, CNICALC_NO_LIMIT),
    };
    ck_rows(zones[0].limits, zones[0].limit_count, first, COUNT(first));
    ck_assert_uint_eq(zones[0].nodes, 13);
    ck_assert_uint_eq(zones[0].max_nodes, 0);
    ck_assert_uint_eq(zones[0].usable_addresses, 1020);
    ck_assert_uint_eq(zones[0].node_addresses, 28);
    static const cnicalc_limit_row second[] = {
        ROW(POD_VSWITCH_ADDRESSES, ADDRESSES, 904, 1020),
        ROW(POD_VSWITCH_PREFIXES, PREFIXES, 56, 62),
        ROW(POD_VSWITCH_ENIS, ADDRESSES, 904, 904),
        ROW(NODE_VSWITCH_ADDRESSES, ADDRESSES, 4, 4),
        ROW(ZONE_ADDRESSES, ADDRESSES, 908, CNICALC_NO_LIMIT),
    };
    ck_rows(zones[1].limits, zones[1].limit_count, second, COUNT(second));
    ck_assert_uint_eq(zones[1].fits, 1);

    pools[1].count = 5; /* zone 2 lacks addresses, though the sum of both zones has enough */
    result = fit_terway(&cluster, &options);
    ck_assert_uint_eq(fit_zones(&cluster, zones, 2), 2);
    ck_assert_uint_eq(result.fits, 0);
    ck_assert_uint_eq(result.bound_by, LIMIT(POD_VSWITCH_ADDRESSES));
    ck_assert_uint_eq(NEEDED(result, LIMIT(POD_VSWITCH_ADDRESSES)), 5 * 226);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(POD_VSWITCH_ADDRESSES)), 1020);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(ZONES)), 1);
    ck_assert_uint_eq(zones[0].fits, 1);
    ck_assert_uint_eq(zones[0].bound_by, LIMIT(NONE));
    ck_assert_uint_eq(zones[1].fits, 0);
    ck_assert_uint_eq(zones[1].bound_by, LIMIT(POD_VSWITCH_ADDRESSES));
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
        {24, 24, NODE, CNICALC_EDITION_PRO, 26, 10, 10, 0, 0, 0, 0, LIMIT(POD_VSWITCH_ADDRESSES)},
        {26, 24, NODE, CNICALC_EDITION_PRO, 2, 16, 1, 1, 0, 0, 0, LIMIT(NONE)},
        {26, 24, NODE, CNICALC_EDITION_PRO, 3, 16, 1, 1, 0, 0, 0, LIMIT(POD_VSWITCH_PREFIXES)},
        {24, 28, NODE, CNICALC_EDITION_PRO, 12, 10, 10, 0, 0, 0, 0, LIMIT(NONE)},
        {24, 28, NODE, CNICALC_EDITION_PRO, 13, 10, 10, 0, 0, 0, 0, LIMIT(NODE_VSWITCH_ADDRESSES)},
        {16, 16, NODE, CNICALC_EDITION_PRO, 90, 10, 10, 0, 990, 0, 0, LIMIT(NONE)},
        {16, 16, NODE, CNICALC_EDITION_PRO, 90, 10, 10, 0, 989, 0, 0, LIMIT(VPC_ADDRESS_QUOTA)},
        {24, 24, NODE, CNICALC_EDITION_BASIC, 10, 2, 2, 0, 0, 0, 0, LIMIT(NONE)},
        {24, 24, NODE, CNICALC_EDITION_BASIC, 11, 2, 2, 0, 0, 0, 0, LIMIT(NODE_QUOTA)},
        {16, 16, NODE, CNICALC_EDITION_BASIC, 10, 30, 30, 0, 0, 0, 0, LIMIT(NONE)},
        {16, 16, NODE, CNICALC_EDITION_BASIC, 10, 31, 31, 0, 0, 0, 0, LIMIT(POD_QUOTA)},
        {16, 16, NODE, CNICALC_EDITION_PRO, 10, 31, 31, 0, 0, 309, 0, LIMIT(POD_QUOTA)},
        {16, 16, NODE, CNICALC_EDITION_PRO, 10, 31, 31, 0, 0, 0, 309, LIMIT(IPVLAN_POD_QUOTA)},
        {16, 16, NODE, CNICALC_EDITION_PRO, 10, 31, 31, 0, 0, 0, 310, LIMIT(NONE)},
        /* One vSwitch for both: 124 = 11 * 11 + 3. */
        {29, 25, BOTH, CNICALC_EDITION_PRO, 11, 10, 10, 0, 0, 0, 0, LIMIT(NONE)},
        {29, 25, BOTH, CNICALC_EDITION_PRO, 12, 10, 10, 0, 0, 0, 0, LIMIT(ZONE_ADDRESSES)},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        cnicalc_vswitch vswitches[] = {vswitch_at(0, rows[i].pod_len, 1, POD, 0),
                                       vswitch_at(1, rows[i].node_len, 1, rows[i].roles, 0)};
        cnicalc_terway_options options = default_terway();
        options.ceilings.edition = rows[i].edition;
        options.ceilings.vpc_address_quota = rows[i].own_vpc;
        options.ceilings.pod_quota = rows[i].own_pods;
        options.ipvlan = rows[i].own_ipvlan != 0;
        options.ceilings.ipvlan_pod_quota = rows[i].own_ipvlan;
        cnicalc_terway_pool pool = pool_of(
            node_taking(rows[i].pods, rows[i].addresses, rows[i].prefixes), rows[i].count, 1);
        size_t first = rows[i].roles == BOTH; /* without the pod vSwitch then */
        cnicalc_terway_fit_result result = fit(&vswitches[first], 2 - first, &pool, 1, &options);
        ck_assert_msg(result.bound_by == rows[i].bound_by, "row %u: %s", (unsigned)i,
                      cnicalc_limit_name(result.bound_by));
        ck_assert_uint_eq(result.fits, rows[i].bound_by == LIMIT(NONE));
    }
}
END_TEST

/* Two /28 blocks are in the vSwitch that serves nodes too, none in the small pure ones: what the
 * prefixes take there, nodes cannot have, however much is free beside them. */
START_TEST(prefixes_crowd_out_nodes)
{
    cnicalc_vswitch vswitches[] = {vswitch_at(0, 26, 1, BOTH, 0), vswitch_at(1, 27, 1, POD, 0),
                                   vswitch_at(2, 27, 1, POD, 0)};
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_pool pools[] = {pool_of(node_taking(32, 0, 2), 1, 1),
                                   pool_of(node_taking(0, 0, 0), 27, 1)};
    ck_assert_uint_eq(fit(vswitches, 3, pools, 2, &options).fits, 1);
    pools[1].count = 28;
    cnicalc_terway_fit_result result = fit(vswitches, 3, pools, 2, &options);
    ck_assert_uint_eq(result.fits, 0);
    ck_assert_uint_eq(result.bound_by, LIMIT(ZONE_ADDRESSES));
    const cnicalc_terway_cluster cluster = {vswitches, 3, pools, 2};
    cnicalc_terway_zone zone;
    ck_assert_uint_eq(fit_zones(&cluster, &zone, 1), 1);
    ck_assert_uint_eq(zone.fits, 0);
    ck_assert_uint_eq(zone.bound_by, LIMIT(ZONE_ADDRESSES));
    /* 60 + 28 + 28 are free, but the 56 of the small ones serve no prefix and no node. */
    ck_assert_uint_eq(NEEDED(zone, LIMIT(ZONE_ADDRESSES)), 29 + 32);
    ck_assert_uint_eq(AVAILABLE(zone, LIMIT(ZONE_ADDRESSES)), 60);
    /* Single addresses of pods find room there. */
    pools[0].node.addresses = 56;
    pools[1].count = 27;
    ck_assert_uint_eq(fit_zones(&cluster, &zone, 1), 1);
    ck_assert_uint_eq(zone.fits, 1);
    ck_assert_uint_eq(NEEDED(zone, LIMIT(ZONE_ADDRESSES)), 28 + 32 + 56);
    ck_assert_uint_eq(AVAILABLE(zone, LIMIT(ZONE_ADDRESSES)), 60 + 56);
    pools[0].node.addresses = 57;
    ck_assert_uint_eq(fit_zones(&cluster, &zone, 1), 1);
    ck_assert_uint_eq(zone.bound_by, LIMIT(ZONE_ADDRESSES));
    /* As long as a pure vSwitch has the blocks, all that is free is available. */
    pools[0].node.addresses = 0;
    vswitches[1].cidr.prefix_len = 26;
    ck_assert_uint_eq(fit_zones(&cluster, &zone, 1), 1);
    ck_assert_uint_eq(AVAILABLE(zone, LIMIT(ZONE_ADDRESSES)), 60 + 60 + 28);
}
END_TEST

START_TEST(pools_that_do_not_join)
{
    cnicalc_vswitch vswitch = vswitch_at(0, 24, 1, POD, 0);
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_pool pools[] = {pool_of(node_taking(20, 20, 0), 3, 1),
                                   pool_of(node_taking(8, 8, 0), 2, 1)};
    pools[1].node.joins = 0;
    cnicalc_terway_fit_result result = fit(&vswitch, 1, pools, 2, &options);
    ck_assert_uint_eq(result.bound_by, LIMIT(MIN_PODS_TO_JOIN));
    ck_assert_uint_eq(NEEDED(result, LIMIT(MIN_PODS_TO_JOIN)), 5);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(MIN_PODS_TO_JOIN)), 3);
}
END_TEST

START_TEST(empty_pools_and_bare_zones)
{
    cnicalc_vswitch vswitches[] = {vswitch_at(0, 24, 1, POD, 0), vswitch_at(1, 24, 2, NODE, 0)};
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_fit_result result = fit(vswitches, 2, NULL, 0, &options);
    ck_assert_uint_eq(result.fits, 1);
    ck_assert_uint_eq(NEEDED(result, LIMIT(ZONES)), 0);
    ck_assert_uint_eq(fit(NULL, 0, NULL, 0, &options).fits, 1);
    cnicalc_terway_pool pool = pool_of(node_taking(10, 10, 0), 0, 77);
    ck_assert_uint_eq(fit(vswitches, 2, &pool, 1, &options).fits, 1);
    /* Without a pod vSwitch pods use that of the nodes, unless these need one. */
    pool = pool_of(node_taking(10, 10, 0), 1, 2);
    ck_assert_uint_eq(fit(vswitches, 2, &pool, 1, &options).fits, 1);
    pool.node = node_taking(0, 0, 0);
    pool.node.needs_pod_vswitch = 1;
    result = fit(vswitches, 2, &pool, 1, &options);
    ck_assert_uint_eq(result.fits, 0);
    ck_assert_uint_eq(result.bound_by, LIMIT(POD_VSWITCH_ADDRESSES));
    /* Without a node vSwitch a zone holds none, when another zone has one. */
    pool = pool_of(node_taking(10, 10, 0), 1, 1);
    result = fit(vswitches, 2, &pool, 1, &options);
    ck_assert_uint_eq(result.fits, 0);
    ck_assert_uint_eq(result.bound_by, LIMIT(NODE_VSWITCH_ADDRESSES));
    ck_assert_uint_eq(fit(vswitches, 1, &pool, 1, &options).fits, 1);
}
END_TEST

/* Nodes whose pods take nothing, in a zone without the pod vSwitch that they need: each is short of
 * an address. */
START_TEST(a_bare_zone_is_short)
{
    cnicalc_vswitch vswitch = vswitch_at(0, 24, 2, NODE, 0);
    cnicalc_terway_pool pool = pool_of(node_taking(0, 0, 0), 3, 2);
    pool.node.needs_pod_vswitch = 1;
    const cnicalc_terway_cluster cluster = {&vswitch, 1, &pool, 1};
    cnicalc_terway_zone zone;
    ck_assert_uint_eq(fit_zones(&cluster, &zone, 1), 1);
    ck_assert_uint_eq(zone.bound_by, LIMIT(POD_VSWITCH_ADDRESSES));
    ck_assert_uint_eq(NEEDED(zone, LIMIT(POD_VSWITCH_ADDRESSES)), 3);
    ck_assert_uint_eq(AVAILABLE(zone, LIMIT(POD_VSWITCH_ADDRESSES)), 0);
    pool.node.addresses = 7;
    ck_assert_uint_eq(fit_zones(&cluster, &zone, 1), 1);
    ck_assert_uint_eq(NEEDED(zone, LIMIT(POD_VSWITCH_ADDRESSES)), 21);
    pool.count = 0;
    ck_assert_uint_eq(fit_zones(&cluster, &zone, 1), 1);
    ck_assert_uint_eq(zone.fits, 1);
}
END_TEST

/* Both forms of the question must fail alike, with the same place, and leave their outputs alone.
 */
static cnicalc_fault fit_fails(const cnicalc_terway_cluster *cluster, cnicalc_status expected)
{
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_fit_result result;
    cnicalc_terway_zone zones[2];
    cnicalc_fault fault;
    cnicalc_fault zones_fault;
    size_t count;
    fill_pattern(&result, sizeof result);
    fill_pattern(zones, sizeof zones);
    fill_pattern(&count, sizeof count);
    fill_pattern(&fault, sizeof fault);
    fill_pattern(&zones_fault, sizeof zones_fault);
    ck_status(cnicalc_terway_fit(cluster, &options, &result, &fault), expected);
    ck_status(cnicalc_terway_fit_zones(cluster, zones, 2, &count, &zones_fault), expected);
    ck_assert_mem_eq(&fault, &zones_fault, sizeof fault);
    ck_status(cnicalc_terway_fit(cluster, &options, &result, NULL), expected);
    ck_status(cnicalc_terway_fit_zones(cluster, zones, 2, &count, NULL), expected);
    ck_untouched(result);
    ck_untouched(zones);
    ck_untouched(count);
    return fault;
}

static void options_fail(const cnicalc_terway_options *options, cnicalc_status expected)
{
    cnicalc_terway_cluster empty = cluster_of(NULL, 0);
    cnicalc_terway_fit_result result;
    cnicalc_fault fault;
    fill_pattern(&result, sizeof result);
    ck_status(cnicalc_terway_fit(&empty, options, &result, &fault), expected);
    ck_fault(fault, NONE, UNKNOWN, UNKNOWN);
    ck_untouched(result);
}

START_TEST(malformed_questions)
{
    cnicalc_vswitch vswitches[] = {vswitch_at(0, 24, 1, POD, 0), vswitch_at(1, 30, 1, POD, 0)};
    cnicalc_terway_pool pool = pool_of(node_taking(1, 1, 0), 1, 1);
    cnicalc_terway_cluster cluster = {vswitches, 2, &pool, 1};
    cnicalc_fault fault = fit_fails(&cluster, CNICALC_ERR_VSWITCH_MASK);
    ck_fault(fault, VSWITCHES, 1, UNKNOWN);
    vswitches[1].cidr.lo = vswitches[0].cidr.lo;
    vswitches[1].cidr.prefix_len = 20;
    fault = fit_fails(&cluster, CNICALC_ERR_VSWITCH_OVERLAP);
    ck_fault(fault, VSWITCHES, 1, 0);

    cnicalc_terway_options options = default_terway();
    options.ceilings.edition = CNICALC_EDITION_ANY;
    options_fail(&options, CNICALC_ERR_EDITION);
    options = default_terway();
    options.struct_size = 1;
    options_fail(&options, CNICALC_ERR_STRUCT_SIZE);
    options = default_terway();
    options.reserved[2] = 1;
    options_fail(&options, CNICALC_ERR_RESERVED);
    options = default_terway();
    options.ipvlan = 7;
    options_fail(&options, CNICALC_ERR_FLAG);
}
END_TEST

START_TEST(missing_pointers)
{
    cnicalc_vswitch vswitch = vswitch_at(0, 24, 1, POD, 0);
    cnicalc_terway_pool pool = pool_of(node_taking(1, 1, 0), 1, 1);
    const cnicalc_terway_cluster good = {&vswitch, 1, &pool, 1};
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_fit_result result;
    cnicalc_terway_zone zone;
    cnicalc_fault fault;
    size_t count;
    fill_pattern(&fault, sizeof fault);
    fill_pattern(&result, sizeof result);
    fill_pattern(&zone, sizeof zone);
    fill_pattern(&count, sizeof count);
    const cnicalc_terway_cluster *const bad[] = {
        NULL,
        &(const cnicalc_terway_cluster){NULL, 1, &pool, 1},
        &(const cnicalc_terway_cluster){&vswitch, 1, NULL, 1},
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        ck_status(cnicalc_terway_fit(bad[i], &options, &result, &fault), CNICALC_ERR_NULL);
        ck_status(cnicalc_terway_fit_zones(bad[i], &zone, 1, &count, &fault), CNICALC_ERR_NULL);
    }
    ck_status(cnicalc_terway_fit(&good, NULL, &result, &fault), CNICALC_ERR_NULL);
    ck_status(cnicalc_terway_fit(&good, &options, NULL, &fault), CNICALC_ERR_NULL);
    ck_status(cnicalc_terway_fit_zones(&good, NULL, 1, &count, &fault), CNICALC_ERR_NULL);
    ck_status(cnicalc_terway_fit_zones(&good, &zone, 1, NULL, &fault), CNICALC_ERR_NULL);
    ck_untouched(fault);
    ck_untouched(result);
    ck_untouched(count);
    ck_status(cnicalc_terway_fit_zones(&good, NULL, 0, &count, &fault), CNICALC_ERR_CAPACITY);
    ck_fault(fault, NONE, UNKNOWN, UNKNOWN);
    ck_assert_uint_eq(count, 1);
    ck_status(cnicalc_terway_fit_zones(&good, &zone, 0, &count, NULL), CNICALC_ERR_CAPACITY);
    ck_untouched(zone);
}
END_TEST

START_TEST(malformed_pools)
{
    cnicalc_vswitch vswitch = vswitch_at(0, 24, 1, POD, 0);
    cnicalc_terway_pool good = pool_of(node_taking(1, 1, 0), 1, 1);
    cnicalc_terway_pool pools[] = {good, good};
    const cnicalc_terway_cluster cluster = {&vswitch, 1, pools, 2};
    cnicalc_fault fault;
#define FAILS(change, status)                                                                      \
    pools[1] = good;                                                                               \
    pools[1].change;                                                                               \
    fault = fit_fails(&cluster, status);                                                           \
    ck_fault(fault, POOLS, 1, UNKNOWN)
    FAILS(reserved = 1, CNICALC_ERR_RESERVED);
    FAILS(node.reserved[2] = 1, CNICALC_ERR_RESERVED);
    FAILS(node.joins = 2, CNICALC_ERR_FLAG);
    FAILS(node.dual_stack = 2, CNICALC_ERR_FLAG);
    FAILS(node.needs_pod_vswitch = 2, CNICALC_ERR_FLAG);
    FAILS(node.mode = 0, CNICALC_ERR_NODE_MODE);
    FAILS(zone = 2, CNICALC_ERR_TERWAY_POOL_ZONE);
    /* Each sum of nodes, pods, prefixes and addresses may overflow by itself. */
    FAILS(count = UINT64_MAX, CNICALC_ERR_OVERFLOW);
    FAILS(count = UINT64_MAX; pools[1].node.joins = 0; pools[1].node.pods_per_node = 0;
          pools[1].node.addresses = 0, CNICALC_ERR_OVERFLOW);
    FAILS(node.pods_per_node = UINT64_MAX, CNICALC_ERR_OVERFLOW);
    FAILS(node.prefixes = UINT64_MAX / 16 + 1, CNICALC_ERR_OVERFLOW);
    FAILS(node.prefixes = UINT64_MAX / 16; pools[1].count = 17, CNICALC_ERR_OVERFLOW);
    FAILS(node.prefixes = UINT64_MAX / 2; pools[1].count = 0, CNICALC_ERR_OVERFLOW);
    FAILS(node.enis = UINT64_MAX; pools[1].count = 2, CNICALC_ERR_OVERFLOW);
    FAILS(node.dual_stack = 1; pools[1].count = UINT64_MAX / 2; pools[1].node.addresses = 0;
          pools[1].node.pods_per_node = 0, CNICALC_ERR_OVERFLOW);
    FAILS(node.addresses_with_pool = UINT64_MAX - 1;
          pools[1].node.dual_stack = 1, CNICALC_ERR_OVERFLOW);
    FAILS(node.addresses_in_burst = UINT64_MAX - 1;
          pools[1].node.prefixes = 1, CNICALC_ERR_OVERFLOW);
    /* 2^63 - 1 addresses count twice with dual stack, and 3 prefixes more exceed 64 bits. */
    FAILS(node.addresses = UINT64_MAX / 2 - 1; pools[1].node.prefixes = 3;
          pools[1].node.dual_stack = 1, CNICALC_ERR_OVERFLOW);
    FAILS(node.addresses = UINT64_MAX, CNICALC_ERR_OVERFLOW);
    FAILS(node.addresses = UINT64_MAX - 2, CNICALC_ERR_OVERFLOW);
    FAILS(node.addresses = UINT64_MAX / 2; pools[1].count = 3, CNICALC_ERR_OVERFLOW);
    FAILS(node.addresses = UINT64_MAX / 2; pools[1].count = 2, CNICALC_ERR_OVERFLOW);
    FAILS(node.addresses = UINT64_MAX / 2; pools[1].count = 2;
          pools[1].node.pod_enis = pools[1].node.addresses_per_eni = 9, CNICALC_ERR_OVERFLOW);
    /* 2^64 - 2 addresses of pods are a number, and those of two nodes beside no more. */
    pools[0].node.prefixes = UINT64_MAX / 16;
    pools[0].node.addresses = 13;
    FAILS(node.joins = 1, CNICALC_ERR_OVERFLOW);
#undef FAILS
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terway_fit");
    add_tests(suite, "known", one_pool, mixed_pools, NULL);
    add_tests(suite, "limits", each_limit_is_exceeded, prefixes_crowd_out_nodes,
              pools_that_do_not_join, empty_pools_and_bare_zones, a_bare_zone_is_short, NULL);
    add_tests(suite, "hostile", malformed_questions, missing_pointers, malformed_pools, NULL);
    return run_suite(suite);
}
