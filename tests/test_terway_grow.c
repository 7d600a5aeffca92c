/* SPDX-License-Identifier: MIT */
#include "grow_support.h"

/* ---- Known answers ---- */

/* 150 * 30 = 4,500 addresses, 42 of them free: a /19, since a /20 has 4,092. */
START_TEST(one_zone)
{
    struct growth growth;
    begin_two_zones(&growth);
    want(&growth, 150, 30, 1);
    ck_assert_uint_eq(grow(&growth), 1);
    ck_added(&growth, 0, 0x0a0a2000, 19, 1, POD);
    static const cnicalc_limit_row rows[] = {
        ROW(VPC_SPACE, ADDRESSES, 8192, 8192),
        ROW(VSWITCH_QUOTA, VSWITCHES, 3, 150),
        ROW(POD_VSWITCH_ADDRESSES, ADDRESSES, 4500, 42 + 8188 + 3192),
        ROW(POD_VSWITCH_PREFIXES, PREFIXES, 0, 2 + 510 + 199),
        ROW(POD_VSWITCH_ENIS, ADDRESSES, 0, CNICALC_NO_LIMIT),
        ROW(NODE_VSWITCH_ADDRESSES, ADDRESSES, 150, CNICALC_NO_LIMIT),
        ROW(ZONE_ADDRESSES, ADDRESSES, 4650, CNICALC_NO_LIMIT),
        ROW(ZONES, ZONES, 1, 1),
        ROW(VPC_ADDRESS_QUOTA, ADDRESSES, 4650, 300000 - 4950),
        ROW(SECURITY_GROUP_QUOTA, ENIS, 0, 65536),
        ROW(NODE_QUOTA, NODES, 150, 5000),
        ROW(MIN_PODS_TO_JOIN, NODES, 150, 150),
        ROW(POD_QUOTA, PODS, 4500, 150000),
        ROW(IPVLAN_POD_QUOTA, PODS, 4500, CNICALC_NO_LIMIT),
    };
    ck_rows(growth.result.limits, growth.result.limit_count, rows, COUNT(rows));
    ck_assert_uint_eq(growth.result.nodes, 150);
    ck_assert_uint_eq(growth.result.pods, 4500);
}
END_TEST

/* 75 * 30 = 2,250 in each: zone 2 has 3,192, zone 1 lacks 2,208. */
START_TEST(both_zones)
{
    struct growth growth;
    begin_two_zones(&growth);
    want(&growth, 75, 30, 1);
    want(&growth, 75, 30, 2);
    ck_assert_uint_eq(grow(&growth), 1);
    ck_added(&growth, 0, 0x0a0a2000, 20, 1, POD);
    growth.options.roomy = 1;
    ck_assert_uint_eq(grow(&growth), 1);
    ck_added(&growth, 0, 0x0a0a2000, 19, 1, POD);
    growth.blocks[0].prefix_len = 18; /* a /19 is free, and no second one */
    growth.pools[1].count = 200;      /* lacks 2,808 */
    ck_assert_uint_eq(grow(&growth), 2);
    ck_added(&growth, 0, 0x0a0a2000, 20, 1, POD);
    ck_added(&growth, 1, 0x0a0a3000, 20, 2, POD);
}
END_TEST

START_TEST(nothing_to_add)
{
    struct growth growth;
    begin_two_zones(&growth);
    ck_assert_uint_eq(grow(&growth), 0);
    ck_assert_uint_eq(growth.result.fits_now, 1);
    want(&growth, 1, 30, 1);
    want(&growth, 106, 30, 2);
    want(&growth, 0, 30, 3); /* a pool without nodes needs no zone */
    ck_assert_uint_eq(grow(&growth), 0);
    ck_assert_uint_eq(growth.result.fits_now, 1);
    ck_assert_uint_eq(growth.result.limits[0].needed, 0);
}
END_TEST

/* A new zone gets a vSwitch for its nodes where others have one: 130 nodes take a /24, 10 pods each
 * a /21; a zone of nodes alone lacks 3 of 130. */
START_TEST(nodes)
{
    struct growth growth;
    begin(&growth);
    have(&growth, 0, 25, 1, NODE, 0);
    have(&growth, 256, 24, 1, POD, 0);
    want(&growth, 130, 1, 1);
    want(&growth, 130, 10, 7);
    ck_assert_uint_eq(grow(&growth), 3);
    ck_added(&growth, 0, 0x0a0a0800, 21, 7, POD);
    ck_added(&growth, 1, 0x0a0a0200, 24, 7, NODE);
    ck_added(&growth, 2, 0x0a0a0080, 28, 1, NODE); /* 124 of 130: six more, and a /29 has four */
}
END_TEST

/* One vSwitch for both: 252 addresses; 10 nodes of 24 pods take 250. Of 26 pods, pods alone lack 8
 * of 260, which only a vSwitch for pods gives. Of 25, pods find 250 and nodes 2 of 10: a vSwitch
 * for nodes is the smaller one. */
START_TEST(shared)
{
    struct growth growth;
    begin(&growth);
    have(&growth, 0, 24, 1, BOTH, 0);
    want(&growth, 10, 24, 1);
    ck_assert_uint_eq(grow(&growth), 0);
    growth.pools[0] = pool_of(node_taking(26, 26, 0), 10, 1);
    ck_assert_uint_eq(grow(&growth), 1);
    ck_added(&growth, 0, 0x0a0a0100, 25, 1, POD);
    growth.pools[0] = pool_of(node_taking(25, 25, 0), 10, 1); /* 260 */
    ck_assert_uint_eq(grow(&growth), 1);
    ck_added(&growth, 0, 0x0a0a0100, 28, 1, NODE);
}
END_TEST

/* Pods use node vSwitches where there are no others, until those are too small; on Lingjun never.
 */
START_TEST(falling_back)
{
    struct growth growth;
    begin(&growth);
    have(&growth, 0, 26, 1, NODE, 0);
    want(&growth, 5, 11, 1); /* 60 */
    ck_assert_uint_eq(grow(&growth), 0);
    want(&growth, 1, 0, 1); /* 61 */
    ck_assert_uint_eq(grow(&growth), 1);
    ck_added(&growth, 0, 0x0a0a0080, 25, 1, POD);
    growth.cluster.pool_count = 1;
    growth.pools[0].node.needs_pod_vswitch = 1;
    ck_assert_uint_eq(grow(&growth), 1);
    ck_added(&growth, 0, 0x0a0a0080, 25, 1, POD);
    growth.pools[0].count = 60;
    growth.pools[0].node.addresses = 0; /* no address, but a vSwitch for pods */
    ck_assert_uint_eq(grow(&growth), 1);
    ck_added(&growth, 0, 0x0a0a0080, 25, 1, POD);
}
END_TEST

/* 14 prefixes and two addresses a node: 10 nodes take 140 blocks and 2,260 addresses. A /21 has 126
 * blocks. Five nodes take 70 of 126. */
START_TEST(prefixes)
{
    struct growth growth;
    begin(&growth);
    have(&growth, 0, 25, 1, POD, 124);
    growth.pools[0] = pool_of(node_taking(210, 2, 14), 10, 1);
    growth.cluster.pool_count = 1;
    ck_assert_uint_eq(grow(&growth), 1);
    ck_added(&growth, 0, 0x0a0a1000, 20, 1, POD);
    growth.pools[0].count = 5;
    ck_assert_uint_eq(grow(&growth), 1);
    ck_added(&growth, 0, 0x0a0a0800, 21, 1, POD);
    /* 31 * 2 = 62 blocks of a /22: 62 too, but 31 * (32 + 1) = 1,023 addresses of 1,020 */
    growth.pools[0] = pool_of(node_taking(32, 1, 2), 31, 1);
    ck_assert_uint_eq(grow(&growth), 1);
    ck_added(&growth, 0, 0x0a0a0800, 21, 1, POD);
}
END_TEST

/* Nodes of two ENIs of 100 addresses. Where only /25 are free, each has one full ENI and a rest of
 * 24: three nodes need six full ENIs, so six of them, though five hold 620 and 600 are needed. */
START_TEST(enis)
{
    struct growth growth;
    begin(&growth);
    growth.blocks[0].prefix_len = 21;
    have(&growth, 0, 29, 1, POD, 4);
    for (uint64_t i = 0; i < 7; i++) {
        take(&growth, growth.blocks[0].lo + 256 * (i + 1) + 128, 26);
    }
    cnicalc_terway_node node = node_taking(200, 200, 0);
    node.pod_enis = 2;
    node.addresses_per_eni = 100;
    growth.pools[0] = pool_of(node, 3, 1);
    growth.cluster.pool_count = 1;
    ck_assert_uint_eq(grow(&growth), 6);
    for (uint32_t i = 0; i < 6; i++) {
        ck_added(&growth, i, 0x0a0a0080 + (i != 0 ? 256 * i - 128 : 0), 25, 1, POD);
    }
}
END_TEST

/* ---- The VPC ---- */

/* 64 addresses of the VPC are free. A zone that lacks 248 takes a /24 of a block of its own, and
 * one that lacks 60 as well still finds the /26. */
START_TEST(further_blocks)
{
    struct growth growth;
    begin(&growth);
    growth.blocks[0] = VPC(0x0a000000, 24);
    have(&growth, 0, 25, 1, POD, 124);
    have(&growth, 128, 26, 1, NODE, 0);
    want(&growth, 4, 62, 1);
    want(&growth, 20, 12, 2); /* 240 of pods, 20 of nodes */
    take(&growth, 0x0a000100, 24);
    take(&growth, 0x0a000400, 24); /* 10.0.2.0/23 is the lowest for two /24 */
    ck_assert_uint_eq(grow(&growth), 3);
    ck_assert_uint_eq(growth.result.vpc_block_count, 1);
    ck_assert_uint_eq(growth.result.vpc_blocks[0].lo, 0x0a000200);
    ck_assert_uint_eq(growth.result.vpc_blocks[0].prefix_len, 23);
    ck_added(&growth, 0, 0x0a000200, 24, 1, POD);
    ck_added(&growth, 1, 0x0a000300, 24, 2, POD);
    ck_added(&growth, 2, 0x0a0000c0, 27, 2, NODE);
    /* All of 10.0.0.0/8 is connected but for the VPC, and some of 172.16.0.0/12 */
    growth.asked.taken_count = 0;
    for (uint32_t prefix_len = 9; prefix_len <= 24; prefix_len++) {
        take(&growth, 0x0a000000 + (UINT64_C(1) << (32 - prefix_len)), prefix_len);
    }
    take(&growth, 0xac100100, 24);
    ck_assert_uint_eq(grow(&growth), 3);
    ck_assert_uint_eq(growth.result.vpc_blocks[0].lo, 0xac100200);
    growth.options.roomy = 1;
    ck_assert_uint_eq(grow(&growth), 3);
    ck_assert_uint_eq(growth.result.vpc_blocks[0].prefix_len, 18);
    ck_added(&growth, 0, 0xac104000, 19, 1, POD);
    ck_added(&growth, 1, 0xac106000, 19, 2, POD);
}
END_TEST

/* 200,000 addresses are three /16 and a /18, or four; a VPC that is full gets four blocks, the last
 * a /18. The fifth is the last that it can have. */
START_TEST(several_further_blocks)
{
    struct growth growth;
    begin(&growth);
    growth.options.ceilings.vpc_address_quota = CNICALC_NO_LIMIT;
    growth.options.ceilings.pod_quota = CNICALC_NO_LIMIT;
    growth.blocks[0] = VPC(0x0a000000, 24);
    have(&growth, 0, 24, 1, POD, 252);
    want(&growth, 1000, 200, 1);
    ck_assert_uint_eq(grow(&growth), 4);
    ck_assert_uint_eq(growth.result.vpc_block_count, 4);
    for (uint32_t i = 0; i < 3; i++) {
        ck_assert_uint_eq(growth.result.vpc_blocks[i].lo, 0x0a010000 + i * 65536);
        ck_assert_uint_eq(growth.result.vpc_blocks[i].prefix_len, 16);
    }
    ck_assert_uint_eq(growth.result.vpc_blocks[3].lo, 0x0a001000);
    ck_assert_uint_eq(growth.result.vpc_blocks[3].prefix_len, 20);
    ck_added(&growth, 3, 0x0a001000, 20, 1, POD);
    growth.pools[0].count = 1637; /* 327,400, and five /16 have 327,660 */
    ck_assert_uint_eq(grow(&growth), 5);
    ck_assert_uint_eq(growth.result.vpc_block_count, 5);
    growth.pools[0].count = 1639; /* 327,800: six, of which five find a place */
    ck_assert_uint_eq(grow(&growth), 0);
    ck_assert_uint_eq(growth.result.bound_by, LIMIT(VPC_SPACE));
    ck_assert_uint_eq(growth.result.limits[0].needed, 5 * 65536 + 256);
    ck_assert_uint_eq(growth.result.limits[0].available, 5 * 65536);
    ck_assert_uint_eq(AVAILABLE(growth.result, LIMIT(POD_VSWITCH_ADDRESSES)), 0);
}
END_TEST

/* As far as the quota of secondary blocks goes: the number is the quota's. */
START_TEST(no_further_block)
{
    struct growth growth;
    uint64_t secondary;
    ck_ok(cnicalc_quota_value(CNICALC_EDITION_PRO, CNICALC_PLUGIN_TERWAY,
                              CNICALC_QUOTA_VPC_SECONDARY_BLOCKS, 0, &secondary));
    ck_assert_uint_eq(CNICALC_TERWAY_GROW_VPC_BLOCKS_MAX, secondary);
    begin(&growth);
    growth.asked.vpc_block_count = secondary + 1;
    for (uint32_t i = 0; i <= secondary; i++) {
        growth.blocks[i] = block_at(0x0a0a0000 + i * 256, 26);
    }
    have(&growth, 0, 26, 1, POD, 60);
    want(&growth, 1, 1, 1);
    ck_assert_uint_eq(grow(&growth), 0);
    ck_assert_uint_eq(growth.result.bound_by, LIMIT(VPC_SPACE));
    ck_assert_uint_eq(growth.result.limits[0].needed, 128);
    ck_assert_uint_eq(growth.result.limits[0].available, 0);
    /* The first block that has room is taken, whatever is below it. */
    growth.blocks[3] = VPC(0x0a140000, 24);
    growth.blocks[4] = VPC(0x0a130000, 24);
    ck_assert_uint_eq(grow(&growth), 1);
    ck_added(&growth, 0, 0x0a140000, 25, 1, POD);
    /* Private space is full. */
    growth.asked.vpc_block_count = 1;
    take(&growth, 0x0a000000, 8);
    take(&growth, 0xac100000, 12);
    take(&growth, 0xc0a80000, 16);
    ck_assert_uint_eq(grow(&growth), 0);
    ck_assert_uint_eq(growth.result.bound_by, LIMIT(VPC_SPACE));
    growth.taken[2] = block_at(0xc0a80000, 17); /* 192.168.128.0/17 is free */
    ck_assert_uint_eq(grow(&growth), 1);
    ck_assert_uint_eq(growth.result.vpc_blocks[0].lo, 0xc0a88000);
    ck_assert_uint_eq(growth.result.vpc_blocks[0].prefix_len, 25);
}
END_TEST

/* One /25 is free, and private space beyond the VPC is not: 120 pods need it, and their 30 nodes a
 * /26 beside it. */
START_TEST(room_for_pods_alone)
{
    struct growth growth;
    begin(&growth);
    growth.blocks[0] = VPC(0xc0a8fe00, 23);
    have(&growth, 0, 25, 1, NODE, 124);
    have(&growth, 256, 24, 1, POD, 252);
    take(&growth, 0x0a000000, 8);
    take(&growth, 0xac100000, 12);
    for (uint32_t prefix_len = 17; prefix_len <= 23;
         prefix_len++) { /* 192.168.0.0/16 but the VPC */
        take(&growth, 0xc0a90000 - (UINT64_C(1) << (33 - prefix_len)), prefix_len);
    }
    want(&growth, 30, 4, 1);
    ck_assert_uint_eq(grow(&growth), 0);
    ck_assert_uint_eq(growth.result.bound_by, LIMIT(VPC_SPACE));
    ck_assert_uint_eq(growth.result.limits[0].needed, 128 + 64);
    ck_assert_uint_eq(growth.result.limits[0].available, 128);
}
END_TEST

/* ---- Where the VPC is nearly full ---- */

/* Free are 16 /25 of 124 addresses, and nothing larger. 800 addresses are seven of them, 248 two.
 * Where 310 are needed there is no room: the zones get two /22 and a /23 in a /20 of their own. */
START_TEST(fragments)
{
    struct growth growth;
    begin(&growth);
    growth.blocks[0].prefix_len = 20;
    have(&growth, 128, 29, 1, POD, 4);
    for (uint64_t i = 0; i < 16; i++) {
        take(&growth, growth.blocks[0].lo + 256 * i + 128, 25);
    }
    for (uint32_t zone = 1; zone <= 2; zone++) {
        want(&growth, 10, 80, zone); /* 800: seven of 124 */
    }
    growth.asked.taken_count = 16;
    ck_assert_uint_eq(grow(&growth), 14);
    ck_added(&growth, 0, 0x0a0a0000, 25, 1, POD);
    ck_added(&growth, 13, 0x0a0a0d00, 25, 2, POD);
    want(&growth, 4, 62, 3); /* 248: the last two */
    ck_assert_uint_eq(grow(&growth), 16);
    growth.pools[2].count = 5;
    ck_assert_uint_eq(grow(&growth), 3);
    ck_assert_uint_eq(growth.result.vpc_block_count, 1);
    ck_assert_uint_eq(growth.result.vpc_blocks[0].prefix_len, 20);
}
END_TEST

/* ---- Zones ---- */

START_TEST(zones_now)
{
    struct growth growth;
    cnicalc_terway_zone zones[5];
    size_t count = 7;
    begin_two_zones(&growth);
    want(&growth, 150, 30, 1);
    want(&growth, 0, 30, 5);
    want(&growth, 2, 30, 9);
    want(&growth, 3, 30, 9);
    want(&growth, 1, 30, 5);
    fill_pattern(zones, sizeof zones);
    ck_ok(cnicalc_terway_grow_zones(&growth.asked, zones, 5, &count, NULL));
    ck_assert_uint_eq(count, 4);
    static const uint32_t numbers[] = {1, 2, 9, 5};
    static const uint64_t needed[] = {4500, 0, 150, 30};
    static const uint64_t available[] = {42, 3192, 0, 0};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_uint_eq(zones[i].zone, numbers[i]);
        ck_assert_uint_eq(NEEDED(zones[i], LIMIT(POD_VSWITCH_ADDRESSES)), needed[i]);
        ck_assert_uint_eq(AVAILABLE(zones[i], LIMIT(POD_VSWITCH_ADDRESSES)), available[i]);
        ck_assert_uint_eq(zones[i].fits, needed[i] <= available[i]);
    }
    ck_untouched(zones[4]);
    cnicalc_fault fault;
    fill_pattern(zones, sizeof zones);
    ck_status(cnicalc_terway_grow_zones(&growth.asked, zones, 3, &count, &fault),
              CNICALC_ERR_CAPACITY);
    ck_assert_uint_eq(count, 4);
    ck_fault(fault, NONE, CNICALC_UNKNOWN, CNICALC_UNKNOWN);
    ck_untouched(zones);
    ck_status(cnicalc_terway_grow_zones(&growth.asked, NULL, 0, &count, NULL),
              CNICALC_ERR_CAPACITY);
    count = 7;
    growth.vswitches[1].cidr.prefix_len = 30;
    ck_status(cnicalc_terway_grow_zones(&growth.asked, zones, 5, &count, &fault),
              CNICALC_ERR_VSWITCH_MASK);
    ck_assert_uint_eq(count, 7);
    ck_fault(fault, VSWITCHES, 1, CNICALC_UNKNOWN);
    ck_assert_int_eq(cnicalc_terway_grow_zones(NULL, zones, 5, &count, &fault), CNICALC_ERR_NULL);
    ck_assert_int_eq(cnicalc_terway_grow_zones(&growth.asked, NULL, 5, &count, &fault),
                     CNICALC_ERR_NULL);
    ck_assert_int_eq(cnicalc_terway_grow_zones(&growth.asked, zones, 5, NULL, &fault),
                     CNICALC_ERR_NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terway_grow");
    add_tests(suite, "known", one_zone, both_zones, nothing_to_add, nodes, shared, falling_back,
              prefixes, enis, zones_now, NULL);
    add_tests(suite, "vpc", further_blocks, several_further_blocks, no_further_block,
              room_for_pods_alone, fragments, NULL);
    return run_suite(suite);
}
