/* SPDX-License-Identifier: MIT */
/* Each ENI is in one vSwitch: what the ENIs of nodes find in the vSwitches of a zone. */
#include "terway_support.h"

/* A node with this number of addresses, or prefixes, on ENIs of its own. */
static cnicalc_terway_node node_on(uint32_t enis, uint32_t per_eni, uint64_t addresses,
                                   uint64_t prefixes)
{
    cnicalc_terway_node node = node_taking(addresses, addresses, prefixes);
    node.pod_enis = enis;
    node.addresses_per_eni = per_eni;
    return node;
}

/* A vSwitch of a zone that has this much free, of mask 24. */
static cnicalc_vswitch with_free(uint32_t slot, uint32_t zone, uint64_t free_addresses)
{
    return vswitch_at(slot, 24, zone, POD, 252 - free_addresses);
}

static cnicalc_terway_zone zone_of(const cnicalc_vswitch *vswitches, size_t count,
                                   const cnicalc_terway_node *node)
{
    cnicalc_terway_zone zone;
    ck_assert_uint_eq(solve_zones(vswitches, count, node, &zone, 1), 1);
    return zone;
}

/* Terway source, July 2026: 11 vSwitches with 20 free addresses give a c7.4xlarge node 7 x 20 = 140
 * pods, not 210. */
START_TEST(eleven_small_vswitches)
{
    cnicalc_vswitch vswitches[11];
    for (uint32_t i = 0; i < 11; i++) {
        vswitches[i] = with_free(i, 1, 20);
    }
    cnicalc_terway_options options = default_terway();
    cnicalc_terway_node node = node_of_type("ecs.c7.4xlarge", CNICALC_MODE_SHARED_ENI, 0);
    cnicalc_terway_result result = solve_terway(vswitches, 11, &node, &options);
    ck_assert_uint_eq(result.max_nodes, 0);
    ck_assert_uint_eq(result.bound_by, LIMIT(POD_VSWITCH_ENIS));
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(POD_VSWITCH_ADDRESSES)), 1);
    ck_assert_uint_eq(result.best_case, 1);
    cnicalc_terway_pool pool = pool_of(node, 1, 1);
    const cnicalc_terway_cluster cluster = {vswitches, 11, &pool, 1};
    cnicalc_terway_fit_result fitted = fit_terway(&cluster, &options);
    ck_assert_uint_eq(fitted.fits, 0);
    ck_assert_uint_eq(fitted.bound_by, LIMIT(POD_VSWITCH_ENIS));
    ck_assert_uint_eq(NEEDED(fitted, LIMIT(POD_VSWITCH_ENIS)), 210);
    ck_assert_uint_eq(AVAILABLE(fitted, LIMIT(POD_VSWITCH_ENIS)), 140);
    ck_assert_uint_eq(fitted.best_case, 1);
    /* 140 planned pods find a place, and nothing is left for a second node. */
    cnicalc_instance instance = instance_named("ecs.c7.4xlarge");
    cnicalc_node_options shared = options_of(CNICALC_MODE_SHARED_ENI);
    ck_ok(from_type(&instance, &shared, 140, 0, &node));
    result = solve_terway(vswitches, 11, &node, &options);
    ck_assert_uint_eq(result.max_nodes, 1);
    ck_ok(from_type(&instance, &shared, 141, 0, &node));
    ck_assert_uint_eq(solve_terway(vswitches, 11, &node, &options).max_nodes, 0);
    /* Without its ENIs all addresses are added, which is the best case too. */
    ck_ok(from_pods(210, CNICALC_MODE_SHARED_ENI, 0, &node));
    result = solve_terway(vswitches, 11, &node, &options);
    ck_assert_uint_eq(result.max_nodes, 1);
    ck_assert_uint_eq(result.best_case, 1);
    ck_assert_uint_eq(AVAILABLE(result, LIMIT(POD_VSWITCH_ENIS)), CNICALC_NO_LIMIT);
}
END_TEST

/* Worked with a pencil: shares of the vSwitches, as many as the nodes have ENIs. Their order
 * changes nothing. */
START_TEST(shares_of_vswitches)
{
    static const struct {
        uint64_t free[4];
        uint32_t enis, per_eni;
        uint64_t addresses, nodes;
    } rows[] = {
        {{60, 0, 0, 0}, 2, 30, 60, 1},
        {{59, 0, 0, 0}, 2, 30, 60, 0},
        {{30, 30, 0, 0}, 2, 30, 60, 1},
        {{31, 29, 0, 0}, 2, 30, 60, 0},
        {{45, 45, 0, 0}, 2, 30, 60, 1},
        {{119, 119, 119, 0}, 2, 30, 60, 4}, /* 9 full shares, not 357 / 60 */
        {{50, 50, 50, 50}, 2, 30, 50, 4},   /* 30 + 20 each */
        {{50, 50, 50, 50}, 2, 30, 51, 3},
        {{25, 25, 25, 25}, 2, 30, 50, 2},
        {{24, 25, 25, 25}, 2, 30, 50, 1},
        {{75, 5, 0, 0}, 2, 30, 40, 2}, /* the best case: 30 + 30 + 15 + 5 */
        {{75, 4, 0, 0}, 2, 30, 40, 1},
        {{29, 20, 5, 5}, 3, 30, 54, 1}, /* 29 + 20 + 5 */
        {{29, 20, 5, 5}, 3, 30, 55, 0},
        {{20, 20, 20, 20}, 3, 30, 60, 1},
        {{20, 20, 20, 20}, 4, 30, 60, 1},
        {{20, 20, 20, 20}, 4, 30, 10, 8}, /* few addresses of many ENIs */
        {{3, 3, 3, 3}, 3, 1, 3, 4},       /* one address to an ENI */
        {{0, 0, 0, 0}, 3, 30, 3, 0},
        {{250, 250, 250, 250}, 1, 30, 30, 32},
    };
    for (size_t k = 0; k < 2 * COUNT(rows); k++) {
        size_t i = k / 2;
        cnicalc_vswitch vswitches[4];
        for (uint32_t j = 0; j < 4; j++) {
            vswitches[j] = with_free(j, 1, rows[i].free[k % 2 == 0 ? j : 3 - j]);
        }
        cnicalc_terway_node node = node_on(rows[i].enis, rows[i].per_eni, rows[i].addresses, 0);
        cnicalc_terway_zone zone = zone_of(vswitches, 4, &node);
        ck_assert_msg(zone.max_nodes == rows[i].nodes, "row %u: %u", (unsigned)i,
                      (unsigned)zone.max_nodes);
        ck_assert_uint_eq(AVAILABLE(zone, LIMIT(POD_VSWITCH_ENIS)), rows[i].nodes);
    }
}
END_TEST

/* A zone has its own vSwitches alone, and those that serve pods. */
START_TEST(vswitches_that_count)
{
    cnicalc_vswitch vswitches[] = {with_free(0, 1, 40), with_free(1, 2, 90), with_free(2, 1, 20),
                                   with_free(3, 1, 90)};
    cnicalc_terway_node node = node_on(2, 30, 60, 0);
    cnicalc_terway_zone zones[2];
    vswitches[3].roles = NODE;
    ck_assert_uint_eq(solve_zones(vswitches, 4, &node, zones, 2), 2);
    ck_assert_uint_eq(AVAILABLE(zones[0], LIMIT(POD_VSWITCH_ENIS)), 0);
    ck_assert_uint_eq(AVAILABLE(zones[1], LIMIT(POD_VSWITCH_ENIS)), 1);
    /* Not one address of the others, however many ENIs there are. */
    node = node_on(4, 30, 61, 0);
    ck_assert_uint_eq(solve_zones(vswitches, 4, &node, zones, 2), 2);
    ck_assert_uint_eq(AVAILABLE(zones[0], LIMIT(POD_VSWITCH_ENIS)), 0);
    node = node_on(2, 30, 60, 0);
    vswitches[3].roles = BOTH;
    ck_assert_uint_eq(solve_zones(vswitches, 4, &node, zones, 2), 2);
    ck_assert_uint_eq(AVAILABLE(zones[0], LIMIT(POD_VSWITCH_ENIS)), 2);
    /* Pods use the vSwitches of nodes where there are no others. */
    for (size_t i = 0; i < 4; i++) {
        vswitches[i].roles = NODE;
    }
    ck_assert_uint_eq(solve_zones(vswitches, 4, &node, zones, 2), 2);
    ck_assert_uint_eq(zones[0].falls_back, 1);
    ck_assert_uint_eq(AVAILABLE(zones[0], LIMIT(POD_VSWITCH_ENIS)), 2);
    /* Reserved blocks are not for single addresses: 12 of 252 are left of each vSwitch. */
    for (size_t i = 0; i < 4; i++) {
        vswitches[i] = with_free((uint32_t)i, 1, 236);
        vswitches[i].reserved_prefixes = 14;
    }
    node = node_on(2, 30, 24, 0);
    ck_assert_uint_eq(AVAILABLE(zone_of(vswitches, 4, &node), LIMIT(POD_VSWITCH_ENIS)), 2);
    node = node_on(2, 30, 25, 0);
    ck_assert_uint_eq(AVAILABLE(zone_of(vswitches, 4, &node), LIMIT(POD_VSWITCH_ENIS)), 0);
}
END_TEST

/* An ENI of 30 slots has one for its own address and 29 for prefixes. /25 has 6 blocks. */
START_TEST(prefixes_on_enis)
{
    static const struct {
        uint32_t vswitches;
        uint64_t prefixes, nodes;
    } rows[] = {{7, 42, 1},  {8, 42, 1},  {9, 43, 0}, {9, 42, 1},
                {14, 42, 2}, {13, 42, 1}, {9, 1, 54}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        cnicalc_vswitch vswitches[14];
        for (uint32_t j = 0; j < rows[i].vswitches; j++) {
            vswitches[j] = vswitch_at(j, 25, 1, POD, 0);
        }
        cnicalc_terway_node node = node_on(7, 30, 0, rows[i].prefixes);
        cnicalc_terway_zone zone = zone_of(vswitches, rows[i].vswitches, &node);
        ck_assert_msg(zone.max_nodes == rows[i].nodes, "row %u: %u", (unsigned)i,
                      (unsigned)zone.max_nodes);
    }
    /* /24 has 14 blocks, an ENI of 3 slots holds 2 of them. */
    cnicalc_vswitch vswitches[8] = {vswitch_at(0, 24, 1, POD, 0)};
    cnicalc_terway_node small = node_on(1, 3, 0, 2);
    ck_assert_uint_eq(AVAILABLE(zone_of(vswitches, 1, &small), LIMIT(POD_VSWITCH_ENIS)), 7);
    /* 44 prefixes on 7 ENIs of 6 blocks each: 2 are not found. */
    for (uint32_t j = 0; j < 8; j++) {
        vswitches[j] = vswitch_at(j, 25, 1, POD, 0);
    }
    cnicalc_terway_pool pool = pool_of(node_on(7, 30, 7, 44), 1, 1);
    const cnicalc_terway_cluster cluster = {vswitches, 8, &pool, 1};
    cnicalc_terway_zone zone;
    ck_assert_uint_eq(fit_zones(&cluster, &zone, 1), 1);
    ck_assert_uint_eq(zone.bound_by, LIMIT(POD_VSWITCH_ENIS));
    ck_assert_uint_eq(NEEDED(zone, LIMIT(POD_VSWITCH_ENIS)), 7 + 44 * 16);
    ck_assert_uint_eq(AVAILABLE(zone, LIMIT(POD_VSWITCH_ENIS)), 7 + 42 * 16);
    /* An ENI of one slot holds no prefix: nothing is known of such a node. */
    pool.node.addresses_per_eni = 1;
    ck_assert_uint_eq(fit_zones(&cluster, &zone, 1), 1);
    ck_assert_uint_eq(zone.fits, 1);
    ck_assert_uint_eq(AVAILABLE(zone, LIMIT(POD_VSWITCH_ENIS)), CNICALC_NO_LIMIT);
}
END_TEST

/* A trunk pod has an ENI of one address: 40 on 2 ENIs, and 5 in any vSwitch. */
START_TEST(trunk_pods_find_a_place_anywhere)
{
    cnicalc_vswitch vswitches[] = {with_free(0, 1, 20), with_free(1, 1, 20), with_free(2, 1, 5)};
    cnicalc_terway_node node = node_on(2, 30, 45, 0);
    ck_assert_uint_eq(zone_of(vswitches, 3, &node).max_nodes, 0);
    node.trunk_pods = 5;
    ck_assert_uint_eq(zone_of(vswitches, 3, &node).max_nodes, 1);
    node.trunk_pods = 4;
    ck_assert_uint_eq(zone_of(vswitches, 3, &node).max_nodes, 0);
}
END_TEST

/* Pools of different ENIs: 3 nodes of 2 x 30, and 2 of 1 x 10, in vSwitches of 100: 100 / 30 gives
 * 3 full shares of each, and a rest of 10. */
START_TEST(different_enis_together)
{
    cnicalc_vswitch vswitches[] = {with_free(0, 1, 100), with_free(1, 1, 100)};
    cnicalc_terway_pool pools[] = {pool_of(node_on(2, 30, 60, 0), 3, 1),
                                   pool_of(node_on(1, 10, 10, 0), 2, 1),
                                   pool_of(node_taking(0, 0, 0), 0, 1)};
    const cnicalc_terway_cluster cluster = {vswitches, 2, pools, 3};
    cnicalc_terway_zone zone;
    ck_assert_uint_eq(fit_zones(&cluster, &zone, 1), 1);
    ck_assert_uint_eq(zone.fits, 1);
    ck_assert_uint_eq(NEEDED(zone, LIMIT(POD_VSWITCH_ENIS)), 200);
    ck_assert_uint_eq(AVAILABLE(zone, LIMIT(POD_VSWITCH_ENIS)), 200);
    vswitches[0].used_addresses++;
    ck_assert_uint_eq(fit_zones(&cluster, &zone, 1), 1);
    ck_assert_uint_eq(zone.bound_by, LIMIT(POD_VSWITCH_ADDRESSES));
    ck_assert_uint_eq(AVAILABLE(zone, LIMIT(POD_VSWITCH_ADDRESSES)), 199);
    /* What is not there altogether is no shortage of ENIs as well. */
    ck_assert_uint_eq(AVAILABLE(zone, LIMIT(POD_VSWITCH_ENIS)), 200);
    /* Others without known ENIs take addresses, and no share. */
    vswitches[0].used_addresses = 152 + 20;
    pools[1] = pool_of(node_taking(5, 5, 0), 2, 1);
    ck_assert_uint_eq(fit_zones(&cluster, &zone, 1), 1);
    ck_assert_uint_eq(NEEDED(zone, LIMIT(POD_VSWITCH_ENIS)), 180);
    ck_assert_uint_eq(AVAILABLE(zone, LIMIT(POD_VSWITCH_ENIS)), 170); /* 5 * 30 + 20 */
    ck_assert_uint_eq(NEEDED(zone, LIMIT(POD_VSWITCH_ADDRESSES)), 190);
    ck_assert_uint_eq(AVAILABLE(zone, LIMIT(POD_VSWITCH_ADDRESSES)), 180);
    /* 4 * 30 + 25 + 25 are all that there is; 5 * 30 + 15 are not. */
    vswitches[0] = with_free(0, 1, 55);
    vswitches[1] = with_free(1, 1, 115);
    ck_assert_uint_eq(fit_zones(&cluster, &zone, 1), 1);
    ck_assert_uint_eq(AVAILABLE(zone, LIMIT(POD_VSWITCH_ENIS)), 180);
    vswitches[1] = with_free(1, 1, 95);
    vswitches[0] = with_free(0, 1, 75);
    ck_assert_uint_eq(fit_zones(&cluster, &zone, 1), 1);
    ck_assert_uint_eq(AVAILABLE(zone, LIMIT(POD_VSWITCH_ENIS)), 180 - 15);
}
END_TEST

/* One node of 2 x 10 in vSwitches of 15 and 5: 10 + 5. A pool without nodes has no ENIs, be they
 * larger ones. */
START_TEST(a_pool_without_nodes_has_no_enis)
{
    const cnicalc_vswitch vswitches[] = {with_free(0, 1, 15), with_free(1, 1, 5)};
    const cnicalc_terway_pool pools[] = {pool_of(node_on(2, 10, 20, 0), 1, 1),
                                         pool_of(node_on(2, 30, 60, 0), 0, 1)};
    for (size_t pool_count = 1; pool_count <= 2; pool_count++) {
        const cnicalc_terway_cluster cluster = {vswitches, 2, pools, pool_count};
        cnicalc_terway_zone zone;
        ck_assert_uint_eq(fit_zones(&cluster, &zone, 1), 1);
        ck_assert_uint_eq(zone.bound_by, LIMIT(POD_VSWITCH_ENIS));
        ck_assert_uint_eq(NEEDED(zone, LIMIT(POD_VSWITCH_ENIS)), 20);
        ck_assert_uint_eq(AVAILABLE(zone, LIMIT(POD_VSWITCH_ENIS)), 15);
    }
}
END_TEST

START_TEST(where_it_is_the_best_case)
{
    cnicalc_vswitch vswitches[] = {vswitch_at(0, 24, 1, POD, 0), vswitch_at(1, 24, 1, POD, 252),
                                   vswitch_at(2, 24, 2, POD, 0)};
    cnicalc_terway_node nodes[] = {node_taking(10, 10, 0), node_taking(16, 1, 1),
                                   node_taking(0, 0, 0), node_taking(7, 7, 0)};
    cnicalc_terway_options options = default_terway();
    static const uint32_t is_best[] = {1, 1, 0, 0};
    nodes[3].mode = CNICALC_MODE_EXCLUSIVE_ENI;
    for (size_t i = 0; i < COUNT(nodes); i++) {
        cnicalc_terway_pool pools[] = {pool_of(nodes[i], 1, 1), pool_of(nodes[0], 0, 1),
                                       pool_of(nodes[0], 1, 2)};
        const cnicalc_terway_cluster cluster = {vswitches, 3, pools, 3};
        cnicalc_terway_zone zones[2];
        /* A full vSwitch is none to choose. */
        vswitches[1].used_addresses = 252;
        ck_assert_uint_eq(solve_terway(vswitches, 3, &nodes[i], &options).best_case, 0);
        ck_assert_uint_eq(fit_terway(&cluster, &options).best_case, 0);
        vswitches[1].used_addresses = 251;
        ck_assert_uint_eq(solve_terway(vswitches, 3, &nodes[i], &options).best_case, is_best[i]);
        ck_assert_uint_eq(solve_zones(vswitches, 3, &nodes[i], zones, 2), 2);
        ck_assert_uint_eq(zones[0].best_case, is_best[i]);
        ck_assert_uint_eq(zones[1].best_case, 0);
        ck_assert_uint_eq(fit_terway(&cluster, &options).best_case, is_best[i]);
        ck_assert_uint_eq(fit_zones(&cluster, zones, 2), 2);
        ck_assert_uint_eq(zones[0].best_case, is_best[i]);
        ck_assert_uint_eq(zones[1].best_case, 0);
    }
}
END_TEST

/* ---- All ways to place a few nodes ---- */

enum { VSWITCHES = 3 };

struct placing {
    uint64_t free[VSWITCHES];
    uint64_t enis, per_eni, addresses;
};

/* Whether this number of nodes find ENIs, the first of which has some left and wants this much. */
static int can_place(const struct placing *placing, uint64_t nodes, uint64_t enis, uint64_t wanted)
{
    if (wanted == 0) {
        return nodes == 1 || can_place(placing, nodes - 1, placing->enis, placing->addresses);
    }
    uint64_t all = placing->free[0] + placing->free[1] + placing->free[2];
    int is_enough = all >= wanted + (nodes - 1) * placing->addresses;
    for (size_t i = 0; is_enough && enis != 0 && i < VSWITCHES; i++) {
        uint64_t most = placing->free[i] < placing->per_eni ? placing->free[i] : placing->per_eni;
        for (uint64_t taken = 1; taken <= most && taken <= wanted; taken++) {
            struct placing left = *placing;
            left.free[i] -= taken;
            if (can_place(&left, nodes, enis - 1, wanted - taken)) {
                return 1;
            }
        }
    }
    return 0;
}

/* No placing holds more than the answer; one node, and nodes that fill their ENIs, are exact. */
START_TEST(placing_every_way_agrees)
{
    uint32_t rounds = 0;
    uint32_t exact = 0;
    seed = 9;
    for (; rounds < 2000; rounds++) {
        struct placing placing = {{draw(8), draw(8), draw(8)}, 1 + draw(3), 1 + draw(4), 0};
        uint64_t most = placing.enis * placing.per_eni;
        placing.addresses = 1 + draw((uint32_t)most);
        cnicalc_vswitch vswitches[VSWITCHES];
        for (uint32_t i = 0; i < VSWITCHES; i++) {
            vswitches[i] = with_free(i, 1, placing.free[i]);
        }
        cnicalc_terway_node node =
            node_on((uint32_t)placing.enis, (uint32_t)placing.per_eni, placing.addresses, 0);
        uint64_t solved = zone_of(vswitches, VSWITCHES, &node).max_nodes;
        uint64_t placed = 0;
        while (can_place(&placing, placed + 1, placing.enis, placing.addresses)) {
            placed++;
        }
        ck_assert_uint_le(placed, solved);
        ck_assert_int_eq(placed == 0, solved == 0);
        ck_assert(placing.addresses != most || placed == solved);
        exact += placed == solved;
    }
    ck_assert_uint_gt(exact, rounds - rounds / 20);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terway_enis");
    add_tests(suite, "known", eleven_small_vswitches, shares_of_vswitches, prefixes_on_enis,
              trunk_pods_find_a_place_anywhere, different_enis_together,
              a_pool_without_nodes_has_no_enis, placing_every_way_agrees, NULL);
    add_tests(suite, "limits", vswitches_that_count, where_it_is_the_best_case, NULL);
    return run_suite(suite);
}
