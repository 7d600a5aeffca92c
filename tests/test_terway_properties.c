/* SPDX-License-Identifier: MIT */
/* The sums of terway.c against placing addresses one by one, and what must hold of any answer. */
#include "terway_support.h"

/* A small generator, so that a failure comes again. */
static uint64_t seed;

static uint32_t draw(uint32_t below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 33) % below;
}

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

/* ---- What must hold of any answer ---- */

enum { SLOTS = 6 };

struct plan {
    cnicalc_vswitch vswitches[SLOTS + 1];
    size_t count;
    cnicalc_terway_node node;
    cnicalc_terway_options options;
};

static struct plan draw_plan(void)
{
    struct plan plan;
    memset(&plan, 0, sizeof plan);
    plan.count = 1 + draw(SLOTS);
    for (uint32_t i = 0; i < plan.count; i++) {
        uint32_t len = draw(2) == 0 ? 17 + draw(13) : 23 + draw(7);
        uint32_t usable = (UINT32_C(1) << (32 - len)) - 4;
        plan.vswitches[i] =
            vswitch_at(i, len, draw(3), draw(3) == 0 ? POD : 1 + draw(3), draw(2) * draw(usable));
    }
    plan.node = draw(2) == 0 ? node_taking(1 + draw(300), 1 + draw(250), 0)
                             : node_taking(1 + draw(300), 1 + draw(3), 1 + draw(3) * draw(9));
    plan.options = default_terway();
    plan.options.ceilings.edition = CNICALC_EDITION_PRO + draw(3);
    plan.options.ipvlan = draw(2);
    plan.options.ceilings.node_quota = draw(4) == 0 ? 1 + draw(300) : 0;
    plan.options.ceilings.pod_quota = draw(4) == 0 ? 1 + draw(30000) : 0;
    plan.options.ceilings.vpc_address_quota = draw(4) == 0 ? 1 + draw(60000) : 0;
    return plan;
}

static cnicalc_terway_result solve_plan(const struct plan *plan)
{
    return solve_terway(plan->vswitches, plan->count, &plan->node, &plan->options);
}

START_TEST(the_smallest_limit_decides)
{
    seed = 1;
    for (uint32_t round = 0; round < 20000; round++) {
        struct plan plan = draw_plan();
        cnicalc_terway_result result = solve_plan(&plan);
        uint64_t pods = result.max_nodes * plan.node.pods_per_node;
        uint32_t nodes_by = LIMIT(NONE);
        uint32_t pods_by = LIMIT(NONE);
        for (uint32_t i = 0; i < result.limit_count; i++) {
            const cnicalc_limit_row *row = &result.limits[i];
            ck_assert_uint_eq(row->needed, 0);
            if (row->counts == CNICALC_COUNTS_NODES) {
                ck_assert_uint_ge(row->available, result.max_nodes);
                nodes_by = nodes_by == LIMIT(NONE) && row->available == result.max_nodes
                               ? row->limit
                               : nodes_by;
            } else {
                ck_assert_uint_eq(row->counts, CNICALC_COUNTS_PODS);
                pods_by = row->available < pods ? row->limit : pods_by;
                pods = row->available < pods ? row->available : pods;
            }
        }
        ck_assert_uint_eq(result.bound_by, nodes_by);
        ck_assert_uint_eq(result.max_pods, pods);
        ck_assert_uint_eq(result.max_pods_bound_by, pods_by == LIMIT(NONE) ? nodes_by : pods_by);
    }
}
END_TEST

START_TEST(no_more_is_given_out_than_there_is)
{
    seed = 2;
    for (uint32_t round = 0; round < 20000; round++) {
        struct plan plan = draw_plan();
        cnicalc_terway_result result = solve_plan(&plan);
        cnicalc_terway_zone zones[SLOTS];
        size_t count = solve_zones(plan.vswitches, plan.count, &plan.node, zones, SLOTS);
        uint64_t taken = plan.node.addresses + 16 * plan.node.prefixes;
        uint64_t sum = 0;
        ck_assert_uint_eq(result.zone_count, count);
        ck_assert_uint_le(result.max_nodes * taken, result.pod_addresses);
        ck_assert_uint_le(result.max_nodes * plan.node.prefixes, result.pod_prefixes);
        ck_assert_uint_le(result.max_nodes, result.node_addresses);
        for (size_t i = 0; i < count; i++) {
            ck_assert_uint_le(zones[i].max_nodes * taken, zones[i].usable_addresses);
            ck_assert_uint_le(zones[i].max_nodes * plan.node.prefixes, zones[i].usable_prefixes);
            ck_assert_uint_le(zones[i].max_nodes, zones[i].node_addresses);
            sum += zones[i].max_nodes;
        }
        ck_assert_uint_eq(sum, AVAILABLE(result, LIMIT(ZONE_ADDRESSES)));
    }
}
END_TEST

/* One thing more, or one thing less to take. */
static void improve(struct plan *plan, uint32_t what)
{
    uint32_t i = draw((uint32_t)plan->count);
    cnicalc_vswitch *vswitch = &plan->vswitches[i];
    if (what == 0) {
        vswitch->used_addresses /= 2;
    } else if (what == 1) {
        vswitch->cidr.prefix_len--;
    } else if (what == 2) {
        plan->vswitches[plan->count++] =
            vswitch_at(SLOTS, 24 + draw(6), 9, POD | draw(2) * NODE, 0);
    } else if (what == 3) {
        plan->vswitches[plan->count++] = vswitch_at(SLOTS, 24 + draw(6), draw(3), POD, 0);
    } else if (what == 4) {
        plan->options.ceilings.raised = 1;
    } else if (what == 5) {
        plan->options.ceilings.node_quota += plan->options.ceilings.node_quota != 0;
        plan->options.ceilings.pod_quota *= 2;
        plan->options.ceilings.vpc_address_quota *= 2;
    } else if (what == 6) {
        plan->node.addresses--;
    } else if (plan->node.prefixes != 0) {
        plan->node.prefixes--;
    }
}

static int serves_nodes(const struct plan *plan)
{
    uint32_t roles = 0;
    for (size_t i = 0; i < plan->count; i++) {
        roles |= plan->vswitches[i].roles;
    }
    return (roles & NODE) != 0;
}

START_TEST(more_is_never_less)
{
    uint32_t better = 0;
    seed = 3;
    for (uint32_t round = 0; round < 40000; round++) {
        struct plan plan = draw_plan();
        cnicalc_terway_result before = solve_plan(&plan);
        int served_nodes = serves_nodes(&plan);
        improve(&plan, round % 8);
        /* The first node vSwitch makes nodes' addresses count: another question. */
        if (serves_nodes(&plan) != served_nodes) {
            continue;
        }
        cnicalc_terway_result after = solve_plan(&plan);
        ck_assert_msg(after.max_nodes >= before.max_nodes, "round %u", round);
        ck_assert_msg(after.max_pods >= before.max_pods, "round %u", round);
        better += after.max_nodes > before.max_nodes;
    }
    ck_assert_uint_gt(better, 2000);
}
END_TEST

START_TEST(order_does_not_matter)
{
    seed = 5;
    for (uint32_t round = 0; round < 5000; round++) {
        struct plan plan = draw_plan();
        struct plan turned = plan;
        for (size_t i = 0; i < plan.count; i++) {
            turned.vswitches[i] = plan.vswitches[plan.count - 1 - i];
        }
        cnicalc_terway_result a = solve_plan(&plan);
        cnicalc_terway_result b = solve_plan(&turned);
        ck_assert_mem_eq(&a, &b, sizeof a);
    }
}
END_TEST

/* A zone of a fit holds its nodes when no row is short, and the first that is short is named. */
static void check_zone(const cnicalc_terway_zone *zone)
{
    uint32_t short_of = LIMIT(NONE);
    for (uint32_t i = zone->limit_count; i-- > 0;) {
        const cnicalc_limit_row *row = &zone->limits[i];
        ck_assert_uint_eq(row->counts, cnicalc_limit_counts(row->limit));
        short_of = row->needed > row->available ? row->limit : short_of;
    }
    ck_assert_uint_eq(zone->bound_by, short_of);
    ck_assert_uint_eq(zone->fits, short_of == LIMIT(NONE));
}

/* The most that solve answers fits, and one node more in any zone does not. */
START_TEST(solve_and_fit_agree)
{
    seed = 6;
    for (uint32_t round = 0; round < 5000; round++) {
        struct plan plan = draw_plan();
        plan.options = default_terway();
        plan.options.ceilings.node_quota = plan.options.ceilings.pod_quota =
            plan.options.ceilings.vpc_address_quota = UINT32_MAX;
        cnicalc_terway_result result = solve_plan(&plan);
        cnicalc_terway_zone zones[SLOTS];
        size_t count = solve_zones(plan.vswitches, plan.count, &plan.node, zones, SLOTS);
        cnicalc_terway_pool pools[SLOTS];
        for (size_t i = 0; i < count; i++) {
            pools[i] = pool_of(plan.node, zones[i].max_nodes, zones[i].zone);
        }
        const cnicalc_terway_cluster cluster = {plan.vswitches, plan.count, pools, count};
        cnicalc_terway_fit_result fitted = fit_terway(&cluster, &plan.options);
        ck_assert_uint_eq(fitted.fits, 1);
        ck_assert_uint_eq(fitted.nodes, result.max_nodes);
        ck_assert_uint_eq(fitted.zone_count, count);
        uint32_t more = draw((uint32_t)count);
        pools[more].count++;
        ck_assert_uint_eq(fit_terway(&cluster, &plan.options).fits, 0);
        ck_assert_uint_eq(fit_zones(&cluster, zones, SLOTS), count);
        for (size_t i = 0; i < count; i++) {
            ck_assert_uint_eq(zones[i].fits, i != more);
            check_zone(&zones[i]);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terway_properties");
    add_tests(suite, "known", placing_one_by_one_agrees, sharing_out_every_way_agrees, NULL);
    add_tests(suite, "properties", the_smallest_limit_decides, no_more_is_given_out_than_there_is,
              more_is_never_less, order_does_not_matter, solve_and_fit_agree, NULL);
    return run_suite(suite);
}
