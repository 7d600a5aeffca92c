/* SPDX-License-Identifier: MIT */
/* Where what is wanted exceeds a limit, or the search does. */
#include "grow_support.h"

/* More vSwitches than can be added: 20 million addresses of pods, of which a /16 has 65,532. The
 * VPC has 255 more of 65,536, and five secondary blocks. */
START_TEST(beyond_all_vswitches)
{
    struct growth growth;
    begin(&growth);
    growth.blocks[0] = VPC(0x0a000000, 8);
    have(&growth, 0, 16, 1, POD, 0);
    want(&growth, 100000, 200, 1);
    ck_assert_uint_eq(grow(&growth), 0);
    ck_assert_uint_eq(growth.result.bound_by, LIMIT(VPC_SPACE));
    ck_assert_uint_eq(growth.result.limits[0].needed, 20000000 - 65532);
    ck_assert_uint_eq(growth.result.limits[0].available, (255 + 5) * 65536);
    growth.pools[0] = pool_of(node_taking(1, UINT64_MAX - 2, 0), 1, 1);
    ck_assert_uint_eq(grow(&growth), 0);
    ck_assert_uint_eq(growth.result.limits[0].needed, UINT64_MAX - 2 - 65532);
    ck_assert_uint_eq(growth.result.gave_up, 0);
}
END_TEST

/* vSwitches of others count once each, and outside the VPC not at all. */
START_TEST(quotas)
{
    struct growth growth;
    begin_two_zones(&growth);
    want(&growth, 150, 30, 1);
    take(&growth, 0x0a0a4000, 24);
    take(&growth, 0x0a0a4000, 24);
    take(&growth, 0x0a0a5000, 24);
    take(&growth, 0x0a0b0000, 16);
    growth.options.ceilings.vswitch_quota = 5;
    ck_assert_uint_eq(grow(&growth), 1);
    ck_assert_uint_eq(NEEDED(growth.result, LIMIT(VSWITCH_QUOTA)), 5);
    growth.options.ceilings.vswitch_quota = 4;
    ck_assert_uint_eq(grow(&growth), 0);
    ck_assert_uint_eq(growth.result.bound_by, LIMIT(VSWITCH_QUOTA));
    growth.options.ceilings.vswitch_quota = 0;
    growth.options.ceilings.node_quota = 149;
    ck_assert_uint_eq(grow(&growth), 0);
    ck_assert_uint_eq(growth.result.bound_by, LIMIT(NODE_QUOTA));
    ck_assert_uint_eq(growth.result.limits[0].available, 8192); /* there is room for vSwitches */
}
END_TEST

/* 4,900 nodes and 149,000 pods are there, and 150 of 30 come: 5,050 of 5,000, and 153,500 of
 * 150,000. IPVLAN has its own ceiling. What zones need is the further ones'. */
START_TEST(present)
{
    struct growth growth;
    begin_two_zones(&growth);
    want(&growth, 150, 30, 1);
    growth.options.present_nodes = 4900;
    growth.options.present_pods = 149000;
    growth.options.ipvlan = 1;
    growth.options.ceilings.ipvlan_pod_quota = 153500;
    ck_assert_uint_eq(grow(&growth), 0);
    ck_assert_uint_eq(growth.result.bound_by, LIMIT(NODE_QUOTA));
    ck_assert_uint_eq(NEEDED(growth.result, LIMIT(NODE_QUOTA)), 5050);
    ck_assert_uint_eq(AVAILABLE(growth.result, LIMIT(NODE_QUOTA)), 5000);
    ck_assert_uint_eq(NEEDED(growth.result, LIMIT(POD_QUOTA)), 153500);
    ck_assert_uint_eq(NEEDED(growth.result, LIMIT(IPVLAN_POD_QUOTA)), 153500);
    ck_assert_uint_eq(NEEDED(growth.result, LIMIT(POD_VSWITCH_ADDRESSES)), 4500);
    ck_assert_uint_eq(NEEDED(growth.result, LIMIT(VPC_ADDRESS_QUOTA)), 4650);
    ck_assert_uint_eq(NEEDED(growth.result, LIMIT(MIN_PODS_TO_JOIN)), 150);
    ck_assert_uint_eq(growth.result.nodes, 150);
    ck_assert_uint_eq(growth.result.pods, 4500);
    growth.options.present_nodes = 4850;
    ck_assert_uint_eq(grow(&growth), 0);
    ck_assert_uint_eq(growth.result.bound_by, LIMIT(POD_QUOTA));
    growth.options.present_pods = 145500;
    ck_assert_uint_eq(grow(&growth), 1);
    growth.options.ceilings.ipvlan_pod_quota = 149999;
    ck_assert_uint_eq(grow(&growth), 0);
    ck_assert_uint_eq(growth.result.bound_by, LIMIT(IPVLAN_POD_QUOTA));
}
END_TEST

/* Sums beyond 64 bits are more than any quota, but for none. What is solved is beside what there
 * is. */
START_TEST(present_beyond_64_bits)
{
    struct growth growth;
    begin_two_zones(&growth);
    want(&growth, 1, 30, 1);
    growth.options.present_nodes = growth.options.present_pods = UINT64_MAX;
    ck_assert_uint_eq(grow(&growth), 0);
    ck_assert_uint_eq(growth.result.bound_by, LIMIT(NODE_QUOTA));
    ck_assert_uint_eq(NEEDED(growth.result, LIMIT(NODE_QUOTA)), UINT64_MAX);
    ck_assert_uint_eq(NEEDED(growth.result, LIMIT(POD_QUOTA)), UINT64_MAX);
    growth.options.ceilings.node_quota = CNICALC_NO_LIMIT;
    growth.options.ceilings.pod_quota = CNICALC_NO_LIMIT;
    ck_assert_uint_eq(grow(&growth), 0);
    ck_assert_uint_eq(growth.result.fits_now, 1);
}
END_TEST

/* Nodes of two ENIs of 100 addresses in eight zones, where only /25 are free: three nodes of a zone
 * need six of them, as each has one full ENI and a rest of 24, though five hold their 600
 * addresses. 48 are needed. Of 44 there is no other proof than to try all sets, which takes too
 * many steps. */
START_TEST(gives_up)
{
    struct growth growth;
    begin(&growth);
    growth.blocks[0].prefix_len = 18;
    cnicalc_terway_node node = node_taking(200, 200, 0);
    node.pod_enis = 2;
    node.addresses_per_eni = 100;
    for (uint32_t zone = 0; zone < 8; zone++) {
        growth.pools[zone] = pool_of(node, 3, zone);
    }
    growth.cluster.pool_count = 8;
    for (uint32_t prefix_len = 9; prefix_len <= 18; prefix_len++) { /* 10.0.0.0/8 but the VPC */
        uint64_t size = UINT64_C(1) << (32 - prefix_len);
        take(&growth, ((0x0a0a0000 ^ size) / size) * size, prefix_len);
    }
    take(&growth, 0xac100000, 12);
    take(&growth, 0xc0a80000, 16);
    for (uint64_t i = 0; i < 64; i++) {
        take(&growth, growth.blocks[0].lo + 256 * i + 128, 25);
    }
    for (uint64_t i = 0; i < 20; i++) {
        take(&growth, growth.blocks[0].lo + 256 * i, 25);
    }
    ck_assert_uint_eq(grow(&growth), 0);
    ck_assert_uint_eq(growth.result.gave_up, 1);
    ck_assert_uint_eq(growth.result.fits_now, 0);
    ck_assert_uint_eq(growth.result.bound_by, LIMIT(VPC_SPACE));
    ck_assert_uint_eq(growth.result.limits[0].limit, LIMIT(VPC_SPACE));
    ck_assert_uint_eq(growth.result.limits[0].needed, CNICALC_UNKNOWN_COUNT);
    ck_assert_uint_eq(growth.result.limits[0].available, CNICALC_UNKNOWN_COUNT);
    /* 4,800 addresses: no search is needed to know that 30 blocks of 128 hold fewer. */
    growth.asked.taken_count += 14;
    for (uint64_t i = 0; i < 14; i++) {
        growth.taken[growth.asked.taken_count - 1 - i] =
            block_at(growth.blocks[0].lo + 256 * (20 + i), 25);
    }
    ck_assert_uint_eq(grow(&growth), 0);
    ck_assert_uint_eq(growth.result.gave_up, 0);
    ck_assert_uint_eq(growth.result.bound_by, LIMIT(VPC_SPACE));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terway_grow_limits");
    add_tests(suite, "limits", beyond_all_vswitches, quotas, present, present_beyond_64_bits,
              gives_up, NULL);
    return run_suite(suite);
}
