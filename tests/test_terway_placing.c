/* SPDX-License-Identifier: MIT */
/* The sums of a zone against placing addresses one by one, and against every way to share out. */
#include "terway_support.h"

/* ---- Address by address ---- */

enum { MOST = 256, BLOCK = 16 };

/* One vSwitch of mask 24..29 as a map of its addresses. */
struct map {
    uint32_t count;
    uint32_t taken[MOST];
};

static int block_is_free(const struct map *map, uint32_t first)
{
    for (uint32_t i = first; i < first + BLOCK; i++) {
        if (i >= map->count || map->taken[i]) {
            return 0;
        }
    }
    return 1;
}

/* A single address: outside whole free blocks while there is one. */
static int place_single(struct map *map)
{
    for (int break_blocks = 0; break_blocks <= 1; break_blocks++) {
        for (uint32_t i = 0; i < map->count; i++) {
            if (!map->taken[i] && (break_blocks || !block_is_free(map, i / BLOCK * BLOCK))) {
                map->taken[i] = 1;
                return 1;
            }
        }
    }
    return 0;
}

static int place_prefix(struct map *map)
{
    for (uint32_t first = 0; first < map->count; first += BLOCK) {
        if (block_is_free(map, first)) {
            for (uint32_t i = first; i < first + BLOCK; i++) {
                map->taken[i] = 1;
            }
            return 1;
        }
    }
    return 0;
}

static struct map map_of(const cnicalc_vswitch *vswitch)
{
    struct map map;
    memset(&map, 0, sizeof map);
    map.count = UINT32_C(1) << (32 - vswitch->cidr.prefix_len);
    map.taken[0] = 1;
    for (uint32_t i = 1; i <= 3; i++) {
        map.taken[map.count - i] = 1;
    }
    for (uint64_t i = 0; i < vswitch->used_addresses; i++) {
        ck_assert_int_eq(place_single(&map), 1);
    }
    return map;
}

/* Puts one node: pods draw on the first vSwitch, the node on the second when there is one, else on
 * the first when that serves nodes. */
static int place_node(struct map *pods, struct map *nodes, int node_address, uint64_t addresses,
                      uint64_t prefixes)
{
    int placed = 1;
    for (uint64_t i = 0; i < prefixes; i++) {
        placed = placed && place_prefix(pods);
    }
    for (uint64_t i = 0; i < addresses; i++) {
        placed = placed && place_single(pods);
    }
    if (node_address) {
        placed = placed && ((nodes != NULL && place_single(nodes)) ||
                            (node_address == 2 && place_single(pods)));
    }
    return placed;
}

/* vswitches[0] serves pods, or both; vswitches[1], when count is 2, nodes. */
static uint64_t place_all(const cnicalc_vswitch *vswitches, size_t count, uint64_t addresses,
                          uint64_t prefixes)
{
    struct map pods = map_of(&vswitches[0]);
    struct map nodes;
    int both = vswitches[0].roles == BOTH;
    uint64_t placed = 0;
    if (count == 2) {
        nodes = map_of(&vswitches[1]);
    }
    while (
        place_node(&pods, count == 2 ? &nodes : NULL, both ? 2 : count == 2, addresses, prefixes)) {
        placed++;
    }
    return placed;
}

static uint64_t zone_nodes(const cnicalc_vswitch *vswitches, size_t count,
                           const cnicalc_terway_node *node)
{
    cnicalc_terway_zone zone;
    ck_assert_uint_eq(solve_zones(vswitches, count, node, &zone, 1), 1);
    return zone.max_nodes;
}

START_TEST(placing_one_by_one_agrees)
{
    uint32_t cases = 0;
    for (uint32_t len = 24; len <= 29; len++) {
        uint32_t usable = (UINT32_C(1) << (32 - len)) - 4;
        for (uint32_t used = 0; used <= usable; used += 1 + usable / 30) {
            for (uint32_t kind = 0; kind < 4 * 4 * 3; kind++) {
                uint32_t addresses = kind % 4;
                uint32_t prefixes = kind / 4 % 3;
                uint32_t layout = kind / 12;
                /* pods alone; pods, and nodes apart; both in one; both in one, and nodes apart */
                cnicalc_vswitch vswitches[] = {vswitch_at(0, len, 1, layout < 2 ? POD : BOTH, used),
                                               vswitch_at(1, 29, 1, NODE, used % 4)};
                size_t count = 1 + layout % 2;
                cnicalc_terway_node node = node_taking(1, addresses, prefixes);
                if (layout == 0 && addresses + prefixes == 0) {
                    continue;
                }
                uint64_t placed = place_all(vswitches, count, addresses, prefixes);
                uint64_t solved = zone_nodes(vswitches, count, &node);
                ck_assert_msg(placed == solved, "/%u used %u, %u and %u, layout %u: %u, not %u",
                              len, used, addresses, prefixes, layout, (unsigned)solved,
                              (unsigned)placed);
                cases++;
            }
        }
    }
    ck_assert_uint_gt(cases, 3000);
}
END_TEST

/* ---- Every way to share out ---- */

struct demand {
    uint64_t nodes, addresses, prefixes;
};

/* Whether three vSwitches hold a demand: all ways to cut blocks from each and to put the nodes, by
 * trying them. The free blocks are counted on the map. */
static int can_share_out(const cnicalc_vswitch *vswitches, const struct demand *demand)
{
    uint64_t blocks[3], room[3];
    for (size_t i = 0; i < 3; i++) {
        struct map map = map_of(&vswitches[i]);
        int serves_pods = (vswitches[i].roles & POD) != 0;
        room[i] = map.count - 4 - vswitches[i].used_addresses;
        for (blocks[i] = 0; serves_pods && place_prefix(&map); blocks[i]++) {
        }
    }
    uint64_t ways = (blocks[0] + 1) * (blocks[1] + 1) * (blocks[2] + 1);
    for (uint64_t way = 0; way < ways; way++) {
        uint64_t cut[3] = {way % (blocks[0] + 1), way / (blocks[0] + 1) % (blocks[1] + 1),
                           way / (blocks[0] + 1) / (blocks[1] + 1)};
        if (cut[0] + cut[1] + cut[2] != demand->prefixes) {
            continue;
        }
        uint64_t left[3], most[3];
        for (size_t i = 0; i < 3; i++) {
            left[i] = room[i] - BLOCK * cut[i];
            most[i] = (vswitches[i].roles & NODE) != 0 ? left[i] : 0;
        }
        for (uint64_t a = 0; a <= most[0] && a <= demand->nodes; a++) {
            for (uint64_t b = 0; b <= most[1] && a + b <= demand->nodes; b++) {
                uint64_t c = demand->nodes - a - b;
                uint64_t nodes[3] = {a, b, c};
                uint64_t singles = 0;
                for (size_t i = 0; c <= most[2] && i < 3; i++) {
                    singles += (vswitches[i].roles & POD) != 0 ? left[i] - nodes[i] : 0;
                }
                if (c <= most[2] && singles >= demand->addresses) {
                    return 1;
                }
            }
        }
    }
    return 0;
}

static cnicalc_terway_zone fit_demand(const cnicalc_vswitch *vswitches, const struct demand *demand)
{
    cnicalc_terway_options options = default_terway();
    const cnicalc_terway_pool pools[] = {
        pool_of(node_taking(1, demand->addresses, demand->prefixes), 1, 5),
        pool_of(node_taking(0, 0, 0), demand->nodes - 1, 5)};
    const cnicalc_terway_cluster cluster = {vswitches, 3, pools, 2};
    cnicalc_terway_zone zone;
    ck_assert_uint_eq(fit_zones(&cluster, &zone, 1), 1);
    ck_assert_uint_eq(fit_terway(&cluster, &options).fits, zone.fits);
    return zone;
}

/* Where pods and nodes share too little, the row says how many nodes are too many. */
static void check_shortage(const cnicalc_vswitch *vswitches, struct demand demand,
                           const cnicalc_terway_zone *zone)
{
    uint64_t missing =
        NEEDED(*zone, LIMIT(ZONE_ADDRESSES)) - AVAILABLE(*zone, LIMIT(ZONE_ADDRESSES));
    if (missing < demand.nodes) {
        demand.nodes -= missing;
        ck_assert_int_eq(can_share_out(vswitches, &demand), 1);
        demand.nodes++;
        ck_assert_int_eq(can_share_out(vswitches, &demand), 0);
    }
}

START_TEST(sharing_out_every_way_agrees)
{
    uint32_t by_limit[CNICALC_LIMIT_COUNT] = {0};
    seed = 4;
    for (uint32_t round = 0; round < 4000; round++) {
        cnicalc_vswitch vswitches[3];
        for (uint32_t i = 0; i < 3; i++) {
            uint32_t len = 26 + draw(4);
            uint32_t usable = (UINT32_C(1) << (32 - len)) - 4;
            vswitches[i] = vswitch_at(i, len, 5, 1 + draw(3), draw(2) * draw(usable + 1));
        }
        /* Some vSwitch must serve nodes, or their addresses would not count. */
        vswitches[0].roles |= NODE;
        vswitches[1].roles |= POD;
        struct demand demand = {1 + draw(60), draw(2) * draw(90), draw(5)};
        cnicalc_terway_zone zone = fit_demand(vswitches, &demand);
        ck_assert_msg((int)zone.fits == can_share_out(vswitches, &demand), "round %u", round);
        by_limit[zone.bound_by]++;
        if (zone.bound_by == LIMIT(ZONE_ADDRESSES)) {
            check_shortage(vswitches, demand, &zone);
        }
    }
    ck_assert_uint_gt(by_limit[LIMIT(NONE)], 400);
    ck_assert_uint_gt(by_limit[LIMIT(POD_VSWITCH_ADDRESSES)], 40);
    ck_assert_uint_gt(by_limit[LIMIT(POD_VSWITCH_PREFIXES)], 40);
    ck_assert_uint_gt(by_limit[LIMIT(NODE_VSWITCH_ADDRESSES)], 40);
    ck_assert_uint_gt(by_limit[LIMIT(ZONE_ADDRESSES)], 40);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terway_placing");
    add_tests(suite, "known", placing_one_by_one_agrees, sharing_out_every_way_agrees, NULL);
    return run_suite(suite);
}
