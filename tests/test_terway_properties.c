/* SPDX-License-Identifier: MIT */
/* What must hold of any answer about a Terway cluster. */
#include "terway_support.h"

enum { SLOTS = 6 };

struct plan {
    cnicalc_vswitch vswitches[SLOTS + 1];
    size_t count;
    cnicalc_terway_node node;
    cnicalc_terway_options options;
};

static cnicalc_terway_node draw_node(void)
{
    cnicalc_terway_node node = draw(2) == 0
                                   ? node_taking(1 + draw(300), 1 + draw(250), 0)
                                   : node_taking(1 + draw(300), 1 + draw(3), 1 + draw(3) * draw(9));
    node.enis = draw(9);
    node.dual_stack = draw(2);
    node.needs_pod_vswitch = draw(8) == 0;
    node.addresses_per_eni = draw(3) == 0 ? 0 : 2 + draw(30);
    node.pod_enis =
        draw(3) + (uint32_t)(node.addresses + node.prefixes) / (1 + node.addresses_per_eni / 2);
    node.addresses_with_pool = node.addresses + (uint64_t)draw(2) * 5;
    node.addresses_in_burst = node.addresses + (uint64_t)draw(2) * draw(20);
    return node;
}

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
        if (len < 27 && draw(4) == 0) {
            plan.vswitches[i].reserved_prefixes = draw((UINT32_C(1) << (28 - len)) - 1);
        }
    }
    plan.node = draw_node();
    plan.options = default_terway();
    plan.options.surge = draw(3);
    plan.options.max_unavailable = draw(3);
    plan.options.ceilings.security_group = 1 + draw(2);
    plan.options.ceilings.security_group_used = draw(4) == 0 ? draw(6000) : 0;
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

/* Of all vSwitches, or of those of a zone. */
static uint32_t roles_of(const struct plan *plan, uint32_t zone)
{
    uint32_t roles = 0;
    for (size_t i = 0; i < plan->count; i++) {
        roles |= zone == UNKNOWN || plan->vswitches[i].zone == zone ? plan->vswitches[i].roles : 0;
    }
    return roles;
}

/* What a question is about: whether nodes' addresses count, and in which zones pods use the
 * vSwitches of nodes. */
static uint32_t kind_of(const struct plan *plan)
{
    uint32_t kind = roles_of(plan, UNKNOWN) & NODE;
    for (uint32_t zone = 0; zone < 3; zone++) {
        kind |= roles_of(plan, zone) == NODE ? UINT32_C(4) << zone : 0;
    }
    return kind;
}

START_TEST(more_is_never_less)
{
    uint32_t better = 0;
    seed = 3;
    for (uint32_t round = 0; round < 40000; round++) {
        struct plan plan = draw_plan();
        cnicalc_terway_result before = solve_plan(&plan);
        uint32_t kind = kind_of(&plan);
        improve(&plan, round % 8);
        /* The first node vSwitch makes nodes' addresses count, and the first pod vSwitch of a zone
         * is then the one that pods use: other questions. */
        if (kind_of(&plan) != kind) {
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
            plan.options.ceilings.vpc_address_quota = plan.options.ceilings.security_group_quota =
                UINT32_MAX;
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

/* What is held at other times is that of a node which holds so much at rest. */
START_TEST(other_times_are_other_nodes)
{
    uint32_t fewer = 0;
    seed = 7;
    for (uint32_t round = 0; round < 10000; round++) {
        struct plan plan = draw_plan();
        cnicalc_terway_result result = solve_plan(&plan);
        struct plan then = plan;
        then.node.addresses = plan.node.addresses_with_pool;
        ck_assert_uint_eq(result.max_nodes_with_default_pool, solve_plan(&then).max_nodes);
        then.node.addresses = plan.node.addresses_in_burst;
        ck_assert_uint_eq(result.max_nodes_with_burst, solve_plan(&then).max_nodes);
        fewer += result.max_nodes_with_burst < result.max_nodes;
        ck_assert_uint_le(result.max_nodes_with_burst, result.max_nodes);
        ck_assert_uint_eq(result.burst_addresses,
                          result.max_nodes * (plan.node.addresses_in_burst - plan.node.addresses));
        ck_assert_uint_eq(result.held_addresses,
                          result.max_nodes * (1 + plan.node.addresses + 16 * plan.node.prefixes));
    }
    ck_assert_uint_gt(fewer, 500);
}
END_TEST

/* In one zone, the nodes that leave room to replace some are those that fit while they are
 * replaced, and one more does not. */
START_TEST(replacing_and_fitting_agree)
{
    uint32_t fewer = 0;
    seed = 8;
    for (uint32_t round = 0; round < 20000; round++) {
        struct plan plan = draw_plan();
        for (size_t i = 0; i < plan.count; i++) {
            plan.vswitches[i].zone = 1;
            plan.vswitches[i].reserved_prefixes = 0;
        }
        plan.node.pod_enis = 0;
        plan.node.pods_per_node = plan.node.addresses;
        plan.options.ceilings.pod_quota = CNICALC_NO_LIMIT;
        plan.options.ipvlan = 0;
        cnicalc_terway_result result = solve_plan(&plan);
        cnicalc_terway_pool pool = pool_of(plan.node, result.max_nodes_with_surge, 1);
        const cnicalc_terway_cluster cluster = {plan.vswitches, plan.count, &pool, 1};
        fewer += result.max_nodes_with_surge < result.max_nodes;
        /* No more nodes are out than there are. */
        if (pool.count != 0 && pool.count >= plan.options.max_unavailable) {
            ck_assert_uint_eq(fit_terway(&cluster, &plan.options).fits_with_surge, 1);
            pool.count++;
            ck_assert_msg(fit_terway(&cluster, &plan.options).fits_with_surge == 0, "round %u",
                          round);
        }
    }
    ck_assert_uint_gt(fewer, 5000);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terway_properties");
    add_tests(suite, "properties", the_smallest_limit_decides, no_more_is_given_out_than_there_is,
              more_is_never_less, order_does_not_matter, solve_and_fit_agree,
              other_times_are_other_nodes, replacing_and_fitting_agree, NULL);
    return run_suite(suite);
}
