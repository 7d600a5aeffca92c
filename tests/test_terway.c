/* SPDX-License-Identifier: MIT */
#include "terway_support.h"

/* 192.168.0.0/16 as in the published plans: block third is the third octet. */
static cnicalc_vswitch published(uint32_t third, uint32_t zone, uint32_t roles)
{
    cnicalc_vswitch vswitch = vswitch_at(0, 19, zone, roles, 0);
    vswitch.cidr.lo = UINT64_C(0xc0a80000) + (uint64_t)third * 256;
    return vswitch;
}

START_TEST(one_zone)
{
    cnicalc_vswitch vswitch = published(32, 1, POD);
    cnicalc_terway_node node = node_of_type("ecs.c7.4xlarge", CNICALC_MODE_SHARED_ENI, 0);
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_result result = solve_terway(&vswitch, 1, &node, &options);
    ck_assert_uint_eq(result.max_nodes, 38);
    ck_assert_uint_eq(result.max_pods, 7980);
    ck_assert_uint_eq(result.pods_per_node, 210);
    ck_assert_uint_eq(result.bound_by, LIMIT(POD_VSWITCH_ADDRESSES));
    ck_assert_uint_eq(result.max_pods_bound_by, LIMIT(POD_VSWITCH_ADDRESSES));
    ck_assert_uint_eq(result.pod_addresses, 8188);
    ck_assert_uint_eq(result.pod_prefixes, 510);
    ck_assert_uint_eq(result.node_addresses, CNICALC_NO_LIMIT);
    ck_assert_uint_eq(result.zone_count, 1);
    static const cnicalc_limit_row rows[] = {
        ROW(POD_VSWITCH_ADDRESSES, NODES, 0, 38),
        ROW(POD_VSWITCH_PREFIXES, NODES, 0, CNICALC_NO_LIMIT),
        ROW(POD_VSWITCH_ENIS, NODES, 0, 38),
        ROW(NODE_VSWITCH_ADDRESSES, NODES, 0, CNICALC_NO_LIMIT),
        ROW(ZONE_ADDRESSES, NODES, 0, 38),
        ROW(VPC_ADDRESS_QUOTA, NODES, 0, 300000 / 211),
        ROW(SECURITY_GROUP_QUOTA, NODES, 0, 65536 / 8),
        ROW(NODE_QUOTA, NODES, 0, 5000),
        ROW(MIN_PODS_TO_JOIN, NODES, 0, CNICALC_NO_LIMIT),
        ROW(POD_QUOTA, PODS, 0, 150000),
        ROW(IPVLAN_POD_QUOTA, PODS, 0, CNICALC_NO_LIMIT),
    };
    ck_rows(result.limits, result.limit_count, rows, COUNT(rows));
}
END_TEST

START_TEST(one_zone_by_itself)
{
    cnicalc_vswitch vswitch = published(32, 1, POD);
    cnicalc_terway_node node = node_of_type("ecs.c7.4xlarge", CNICALC_MODE_SHARED_ENI, 0);
    cnicalc_terway_zone zone;
    ck_assert_uint_eq(solve_zones(&vswitch, 1, &node, &zone, 1), 1);
    ck_assert_uint_eq(zone.zone, 1);
    ck_assert_uint_eq(zone.bound_by, LIMIT(POD_VSWITCH_ADDRESSES));
    ck_assert_uint_eq(zone.fits, 1);
    ck_assert_uint_eq(zone.nodes, 0);
    ck_assert_uint_eq(zone.usable_addresses, 8188);
    ck_assert_uint_eq(zone.usable_prefixes, 510);
    ck_assert_uint_eq(zone.node_addresses, CNICALC_NO_LIMIT);
    ck_assert_uint_eq(zone.max_nodes, 38);
    static const cnicalc_limit_row alone[] = {
        ROW(POD_VSWITCH_ADDRESSES, NODES, 0, 38),
        ROW(POD_VSWITCH_PREFIXES, NODES, 0, CNICALC_NO_LIMIT),
        ROW(POD_VSWITCH_ENIS, NODES, 0, 38),
        ROW(NODE_VSWITCH_ADDRESSES, NODES, 0, CNICALC_NO_LIMIT),
        ROW(ZONE_ADDRESSES, NODES, 0, CNICALC_NO_LIMIT),
    };
    ck_rows(zone.limits, zone.limit_count, alone, COUNT(alone));
    vswitch.roles = BOTH;
    ck_assert_uint_eq(solve_zones(&vswitch, 1, &node, &zone, 1), 1);
    static const cnicalc_limit_row shared[] = {
        ROW(POD_VSWITCH_ADDRESSES, NODES, 0, 38),
        ROW(POD_VSWITCH_PREFIXES, NODES, 0, CNICALC_NO_LIMIT),
        ROW(POD_VSWITCH_ENIS, NODES, 0, 38),
        ROW(NODE_VSWITCH_ADDRESSES, NODES, 0, 8188),
        ROW(ZONE_ADDRESSES, NODES, 0, 8188 / 211),
    };
    ck_rows(zone.limits, zone.limit_count, shared, COUNT(shared));
}
END_TEST

/* The published plan for two zones, with its node vSwitches. */
START_TEST(two_zones)
{
    cnicalc_vswitch vswitches[] = {published(32, 'I', POD), published(0, 'I', NODE),
                                   published(96, 'J', POD), published(64, 'J', NODE)};
    cnicalc_terway_node node = node_of_type("ecs.c7.4xlarge", CNICALC_MODE_SHARED_ENI, 0);
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_result result = solve_terway(vswitches, 4, &node, &options);
    cnicalc_terway_zone zones[2];
    size_t count = solve_zones(vswitches, 4, &node, zones, 2);
    ck_assert_uint_eq(result.max_nodes, 76);
    ck_assert_uint_eq(result.max_pods, 2 * 7980);
    ck_assert_uint_eq(result.bound_by, LIMIT(POD_VSWITCH_ADDRESSES));
    ck_assert_uint_eq(result.node_addresses, 2 * 8188);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(NODE_VSWITCH_ADDRESSES)), 2 * 8188);
    ck_assert_uint_eq(count, 2);
    ck_assert_uint_eq(zones[0].zone, 'I');
    ck_assert_uint_eq(zones[1].zone, 'J');
    ck_assert_uint_eq(zones[1].max_nodes, 38);
    ck_assert_uint_eq(zones[1].node_addresses, 8188);
}
END_TEST

START_TEST(each_limit_decides)
{
    enum { TWO_ZONES = 99 };
    static const struct {
        uint32_t pod_len, node_len, node_zone, edition, raised;
        uint64_t pods, addresses, prefixes, own_vpc, max_nodes;
        uint32_t bound_by;
    } rows[] = {
        /* 252 / 10 */
        {24, 24, 1, CNICALC_EDITION_PRO, 0, 10, 10, 0, 0, 25, LIMIT(POD_VSWITCH_ADDRESSES)},
        /* 14 blocks, 2 each; 252 addresses would do for 7.6 */
        {24, 24, 1, CNICALC_EDITION_PRO, 0, 32, 1, 2, 0, 7, LIMIT(POD_VSWITCH_ADDRESSES)},
        {24, 24, 1, CNICALC_EDITION_PRO, 0, 16, 1, 1, 0, 14, LIMIT(POD_VSWITCH_ADDRESSES)},
        /* 2 blocks, 60 addresses / 17 = 3 */
        {26, 24, 1, CNICALC_EDITION_PRO, 0, 16, 1, 1, 0, 2, LIMIT(POD_VSWITCH_PREFIXES)},
        {24, 28, 1, CNICALC_EDITION_PRO, 0, 10, 10, 0, 0, 12, LIMIT(NODE_VSWITCH_ADDRESSES)},
        /* One zone has no node vSwitch; in the other, pods use that of the nodes: 252 / 11. */
        {24, 24, TWO_ZONES, CNICALC_EDITION_PRO, 0, 10, 10, 0, 0, 22, LIMIT(ZONE_ADDRESSES)},
        /* 1000 / 11 */
        {16, 16, 1, CNICALC_EDITION_PRO, 0, 10, 10, 0, 1000, 90, LIMIT(VPC_ADDRESS_QUOTA)},
        {16, 16, 1, CNICALC_EDITION_PRO, 0, 10, 10, 0, 0, 5000, LIMIT(NODE_QUOTA)},
        {16, 16, 1, CNICALC_EDITION_PRO, 1, 10, 10, 0, 0, 6553, LIMIT(POD_VSWITCH_ADDRESSES)},
        {16, 16, 1, CNICALC_EDITION_PRO, 1, 3, 3, 0, 0, 15000, LIMIT(NODE_QUOTA)},
        {16, 16, 1, CNICALC_EDITION_BASIC, 1, 10, 10, 0, 0, 10, LIMIT(NODE_QUOTA)},
        {16, 16, 1, CNICALC_EDITION_DEDICATED, 0, 10, 10, 0, 0, 5000, LIMIT(NODE_QUOTA)},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        cnicalc_vswitch vswitches[] = {vswitch_at(0, rows[i].pod_len, 1, POD, 0),
                                       vswitch_at(1, rows[i].node_len, rows[i].node_zone, NODE, 0)};
        cnicalc_terway_options options = default_terway();
        options.ceilings.edition = rows[i].edition;
        options.ceilings.raised = rows[i].raised;
        options.ceilings.vpc_address_quota = rows[i].own_vpc;
        cnicalc_terway_node node = node_taking(rows[i].pods, rows[i].addresses, rows[i].prefixes);
        cnicalc_terway_result result = solve_terway(vswitches, 2, &node, &options);
        ck_assert_msg(result.max_nodes == rows[i].max_nodes, "row %u: %u", (unsigned)i,
                      (unsigned)result.max_nodes);
        ck_assert_msg(result.bound_by == rows[i].bound_by, "row %u: %s", (unsigned)i,
                      cnicalc_limit_name(result.bound_by));
    }
}
END_TEST

START_TEST(pods_have_limits_of_their_own)
{
    cnicalc_vswitch vswitches[] = {vswitch_at(0, 16, 1, POD, 0), vswitch_at(1, 16, 1, POD, 0),
                                   vswitch_at(2, 16, 1, POD, 0)};
    cnicalc_terway_node node = node_taking(100, 100, 0);
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_result result = solve_terway(vswitches, 3, &node, &options);
    ck_assert_uint_eq(result.max_nodes, 3 * 65532 / 100);
    ck_assert_uint_eq(result.max_pods, 150000);
    ck_assert_uint_eq(result.max_pods_bound_by, LIMIT(POD_QUOTA));
    ck_assert_uint_eq(result.bound_by, LIMIT(POD_VSWITCH_ADDRESSES));
    options.ipvlan = 1;
    result = solve_terway(vswitches, 3, &node, &options);
    ck_assert_uint_eq(result.max_nodes, 3 * 65532 / 100);
    ck_assert_uint_eq(result.max_pods, 50000);
    ck_assert_uint_eq(result.max_pods_bound_by, LIMIT(IPVLAN_POD_QUOTA));
    options.ceilings.ipvlan_pod_quota = 60000;
    ck_assert_uint_eq(solve_terway(vswitches, 3, &node, &options).max_pods, 60000);
    options.ceilings.pod_quota = 999;
    result = solve_terway(vswitches, 3, &node, &options);
    ck_assert_uint_eq(result.max_pods, 999);
    ck_assert_uint_eq(result.max_pods_bound_by, LIMIT(POD_QUOTA));
    options = default_terway();
    options.ceilings.node_quota = 7;
    result = solve_terway(vswitches, 3, &node, &options);
    ck_assert_uint_eq(result.max_pods, 700);
    ck_assert_uint_eq(result.max_pods_bound_by, LIMIT(NODE_QUOTA));
    /* The ceiling of IPVLAN is published for Pro only. */
    options = default_terway();
    options.ceilings.edition = CNICALC_EDITION_DEDICATED;
    options.ipvlan = 1;
    result = solve_terway(vswitches, 3, &node, &options);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(IPVLAN_POD_QUOTA)), CNICALC_UNKNOWN_COUNT);
}
END_TEST

/* rules.md 3: none is given for Terway on ACK Edge, so that addresses alone decide: 252 / 10. */
START_TEST(edge_has_no_published_quota)
{
    cnicalc_vswitch vswitch = vswitch_at(0, 24, 1, POD, 0);
    cnicalc_terway_node node = node_taking(10, 10, 0);
    cnicalc_terway_options options = default_terway();
    options.ceilings.edition = CNICALC_EDITION_EDGE_PRO;
    cnicalc_terway_result result = solve_terway(&vswitch, 1, &node, &options);
    ck_assert_uint_eq(result.max_nodes, 25);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(NODE_QUOTA)), CNICALC_UNKNOWN_COUNT);
    options.ceilings.node_quota = 20;
    result = solve_terway(&vswitch, 1, &node, &options);
    ck_assert_uint_eq(result.max_nodes, 20);
    ck_assert_uint_eq(result.max_pods, 200);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(POD_QUOTA)), CNICALC_UNKNOWN_COUNT);
}
END_TEST

START_TEST(a_node_that_cannot_join)
{
    cnicalc_vswitch vswitch = vswitch_at(0, 24, 1, POD, 0);
    cnicalc_terway_node node = node_taking(8, 8, 0);
    cnicalc_terway_options options = default_terway();
    node.joins = 0;
    cnicalc_terway_result result = solve_terway(&vswitch, 1, &node, &options);
    ck_assert_uint_eq(result.max_nodes, 0);
    ck_assert_uint_eq(result.max_pods, 0);
    ck_assert_uint_eq(result.bound_by, LIMIT(MIN_PODS_TO_JOIN));
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(POD_VSWITCH_ADDRESSES)), 31);
}
END_TEST

/* Zones differ: one has few node addresses, one no node vSwitch, one no pod vSwitch, so that pods
 * use that of the nodes. */
START_TEST(zones_are_solved_apart)
{
    cnicalc_vswitch vswitches[] = {
        vswitch_at(0, 24, 7, POD, 0),  vswitch_at(1, 29, 7, NODE, 1), vswitch_at(2, 24, 8, POD, 2),
        vswitch_at(3, 24, 9, NODE, 0), vswitch_at(4, 25, 6, BOTH, 0),
    };
    static const uint64_t nodes[] = {3, 0, 22, 11};
    static const uint32_t bound_by[] = {LIMIT(NODE_VSWITCH_ADDRESSES),
                                        LIMIT(NODE_VSWITCH_ADDRESSES), LIMIT(ZONE_ADDRESSES),
                                        LIMIT(ZONE_ADDRESSES)};
    static const uint32_t numbers[] = {7, 8, 9, 6};
    cnicalc_terway_node node = node_taking(10, 10, 0);
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_result result = solve_terway(vswitches, 5, &node, &options);
    cnicalc_terway_zone zones[4];
    size_t count = solve_zones(vswitches, 5, &node, zones, 4);
    ck_assert_uint_eq(count, 4);
    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_eq(zones[i].zone, numbers[i]);
        ck_assert_uint_eq(zones[i].max_nodes, nodes[i]);
        ck_assert_uint_eq(zones[i].bound_by, bound_by[i]);
        ck_assert_uint_eq(zones[i].falls_back, numbers[i] == 9);
    }
    ck_assert_uint_eq(zones[1].node_addresses, 0);
    ck_assert_uint_eq(AVAILABLE(zones[1], LIMIT(POD_VSWITCH_ADDRESSES)), 25);
    ck_assert_uint_eq(AVAILABLE(zones[3], LIMIT(POD_VSWITCH_ADDRESSES)), 12);
    ck_assert_uint_eq(AVAILABLE(zones[3], LIMIT(NODE_VSWITCH_ADDRESSES)), 124);
    ck_assert_uint_eq(result.zone_count, 4);
    ck_assert_uint_eq(result.max_nodes, 36);
    ck_assert_uint_eq(result.bound_by, LIMIT(ZONE_ADDRESSES));
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(POD_VSWITCH_ADDRESSES)), 25 + 25 + 25 + 12);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(NODE_VSWITCH_ADDRESSES)), 3 + 252 + 124);
    ck_assert_uint_eq(result.pod_addresses, 252 + 250 + 252 + 124);
}
END_TEST

/* Prefixes in a vSwitch that serves nodes too: 508 addresses with 30 blocks hold 29 nodes of one
 * prefix and one address, 29 * 17 = 493, however many single addresses are free beside it. */
START_TEST(prefixes_crowd_out_nodes)
{
    static const struct {
        uint32_t pod_len;
        uint64_t used, max_nodes;
    } rows[] = {{27, 0, 29}, {26, 0, 31}, {26, 60, 29}, {26, 44, 30}, {24, 252, 29}};
    cnicalc_terway_node node = node_taking(16, 0, 1);
    cnicalc_terway_options options = default_terway();
    for (size_t i = 0; i < COUNT(rows); i++) {
        cnicalc_vswitch vswitches[] = {vswitch_at(0, 23, 1, BOTH, 0),
                                       vswitch_at(1, rows[i].pod_len, 1, POD, rows[i].used),
                                       vswitch_at(2, 27, 1, POD, 0)};
        cnicalc_terway_result result = solve_terway(vswitches, 3, &node, &options);
        ck_assert_msg(result.max_nodes == rows[i].max_nodes, "row %u: %u", (unsigned)i,
                      (unsigned)result.max_nodes);
        ck_assert_uint_eq(result.bound_by, LIMIT(ZONE_ADDRESSES));
    }
}
END_TEST

/* Addresses in use count against the VPC's quota too. */
START_TEST(used_addresses_are_the_vpcs)
{
    cnicalc_vswitch vswitches[] = {vswitch_at(0, 16, 1, POD, 600), vswitch_at(1, 16, 1, NODE, 300)};
    cnicalc_terway_node node = node_taking(9, 9, 0);
    cnicalc_terway_options options = default_terway();
    options.ceilings.vpc_address_quota = 1000;
    cnicalc_terway_result result = solve_terway(vswitches, 2, &node, &options);
    ck_assert_uint_eq(result.max_nodes, 10);
    ck_assert_uint_eq(result.bound_by, LIMIT(VPC_ADDRESS_QUOTA));
    options.ceilings.vpc_address_quota = 899;
    ck_assert_uint_eq(solve_terway(vswitches, 2, &node, &options).max_nodes, 0);
}
END_TEST

/* A caller's own "no limit" stays one, whatever is in use. */
START_TEST(no_limit_is_no_number)
{
    cnicalc_vswitch vswitches[] = {vswitch_at(0, 16, 1, POD, 600), vswitch_at(1, 16, 1, NODE, 300)};
    cnicalc_terway_node node = node_taking(9, 9, 0);
    cnicalc_terway_options options = default_terway();
    options.ceilings.node_quota = options.ceilings.pod_quota = options.ceilings.vpc_address_quota =
        CNICALC_NO_LIMIT;
    cnicalc_terway_result result = solve_terway(vswitches, 2, &node, &options);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(VPC_ADDRESS_QUOTA)), CNICALC_NO_LIMIT);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(NODE_QUOTA)), CNICALC_NO_LIMIT);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(POD_QUOTA)), CNICALC_NO_LIMIT);
    ck_assert_uint_eq(result.max_nodes, (65532 - 600) / 9);
    ck_assert_uint_eq(result.bound_by, LIMIT(POD_VSWITCH_ADDRESSES));
}
END_TEST

START_TEST(nothing_to_draw_on_or_nothing_to_take)
{
    cnicalc_terway_node node = node_taking(10, 10, 0);
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_result result = solve_terway(NULL, 0, &node, &options);
    ck_assert_uint_eq(result.max_nodes, 0);
    ck_assert_uint_eq(result.bound_by, LIMIT(POD_VSWITCH_ADDRESSES));
    ck_assert_uint_eq(result.zone_count, 0);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(POD_VSWITCH_PREFIXES)), CNICALC_NO_LIMIT);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(POD_VSWITCH_ENIS)), CNICALC_NO_LIMIT);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(ZONE_ADDRESSES)), 0);
    cnicalc_terway_zone none;
    ck_assert_uint_eq(solve_zones(NULL, 0, &node, &none, 0), 0);

    cnicalc_vswitch vswitches[] = {vswitch_at(0, 24, 1, POD, 0), vswitch_at(1, 24, 1, NODE, 0)};
    cnicalc_terway_node idle = node_taking(0, 0, 0);
    cnicalc_terway_zone zone;
    result = solve_terway(vswitches, 1, &idle, &options);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(POD_VSWITCH_ADDRESSES)), CNICALC_NO_LIMIT);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(ZONE_ADDRESSES)), CNICALC_NO_LIMIT);
    ck_assert_uint_eq(result.max_nodes, 5000);
    ck_assert_uint_eq(result.max_pods, 0);
    ck_assert_uint_eq(solve_zones(vswitches, 1, &idle, &zone, 1), 1);
    ck_assert_uint_eq(zone.max_nodes, CNICALC_NO_LIMIT);
    ck_assert_uint_eq(solve_terway(vswitches, 2, &idle, &options).max_nodes, 252);
    vswitches[1].roles = BOTH;
    vswitches[1].zone = 2;
    ck_assert_uint_eq(solve_zones(&vswitches[1], 1, &idle, &zone, 1), 1);
    ck_assert_uint_eq(zone.max_nodes, 252);
    vswitches[1].roles = NODE;
    ck_assert_uint_eq(solve_terway(&vswitches[1], 1, &idle, &options).max_nodes, 252);
    idle.needs_pod_vswitch = 1;
    ck_assert_uint_eq(solve_terway(&vswitches[1], 1, &idle, &options).max_nodes, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terway");
    add_tests(suite, "known", one_zone, two_zones, one_zone_by_itself, NULL);
    add_tests(suite, "limits", each_limit_decides, pods_have_limits_of_their_own,
              edge_has_no_published_quota, no_limit_is_no_number, a_node_that_cannot_join,
              zones_are_solved_apart, prefixes_crowd_out_nodes, used_addresses_are_the_vpcs,
              nothing_to_draw_on_or_nothing_to_take, NULL);
    return run_suite(suite);
}
