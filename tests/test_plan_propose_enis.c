/* SPDX-License-Identifier: MIT */
/* Proposals for nodes whose ENIs are known, each of which is in one vSwitch, in VPCs that are cut
 * into pieces. What is proposed is judged by cnicalc_terway_solve(). */
#include "plan_question.h"

static void add_piece(question *asked, uint64_t first, uint32_t prefix_len)
{
    cnicalc_plan_block *block = &asked->in_use[asked->count++];
    block->cidr.family = CNICALC_FAMILY_IPV4;
    block->cidr.lo = first;
    block->cidr.prefix_len = prefix_len;
    block->role = CNICALC_PLAN_ROLE_OTHER_VSWITCH;
}

/* A VPC at 10.0.0.0, without quotas. */
static question ask_for(uint32_t prefix_len, uint64_t nodes, uint64_t pods_per_node,
                        const cnicalc_terway_node *node)
{
    question asked = ask("10.0.0.0/8", CNICALC_PLUGIN_TERWAY, nodes, pods_per_node);
    asked.in_use[0].cidr.prefix_len = prefix_len;
    asked.options.node = *node;
    asked.options.ceilings.node_quota = asked.options.ceilings.pod_quota = CNICALC_NO_LIMIT;
    asked.options.ceilings.vswitch_quota = CNICALC_NO_LIMIT;
    return asked;
}

/* The nodes that terway finds room for in the vSwitches of a proposal. */
static uint64_t nodes_of_terway(const question *asked, const answer *given)
{
    static cnicalc_vswitch vswitches[BLOCKS_MAX];
    cnicalc_terway_cluster cluster = {vswitches, 0, NULL, 0};
    cnicalc_terway_node node = asked->options.node;
    cnicalc_terway_options options;
    cnicalc_terway_result result;
    memset(vswitches, 0, sizeof vswitches);
    for (size_t i = 0; i < given->proposal.block_count; i++) {
        const cnicalc_plan_block *block = &given->blocks[i];
        cnicalc_vswitch *vswitch = &vswitches[cluster.vswitch_count];
        vswitch->cidr = block->cidr;
        vswitch->zone = block->zone;
        vswitch->roles = cnicalc_plan_role_serves(block->role);
        cluster.vswitch_count += vswitch->roles != 0;
    }
    node.pods_per_node = asked->options.pods_per_node;
    node.addresses = node.prefixes != 0 ? node.addresses : node.pods_per_node;
    ck_ok(cnicalc_terway_options_init(&options, sizeof options));
    options.ceilings = asked->options.ceilings;
    ck_ok(cnicalc_terway_solve(&cluster, &node, &options, &result, NULL));
    return result.max_nodes;
}

static size_t count_role(const answer *given, uint32_t role)
{
    size_t count = 0;
    for (size_t i = 0; i < given->proposal.block_count; i++) {
        count += given->blocks[i].role == role;
    }
    return count;
}

/* Every other /25 of a /19 is free: 32 of them. */
static question cut_in_halves(uint64_t nodes, uint64_t pods_per_node,
                              const cnicalc_terway_node *node)
{
    question asked = ask_for(19, nodes, pods_per_node, node);
    for (uint64_t i = 0; i < 32; i++) {
        add_piece(&asked, 0x0a000080 + (i << 8), 25);
    }
    return asked;
}

START_TEST(vswitches_as_enis_need_them)
{
    static const struct {
        uint64_t nodes, pods;
        uint32_t enis, per_eni, prefixes;
        size_t pod_vswitches, shared; /* 0 and 0: there is no plan */
    } known[] = {
        /* A /25 has 4 shares of 30 and one of 4, and a node needs 7 of 30. */
        {10, 210, 7, 30, 0, 18, 0},
        {11, 210, 7, 30, 0, 20, 0},
        {10, 210, 0, 0, 0, 17, 0}, /* by addresses alone: 2,100 of 17 * 124 */
        /* 32 have 128 shares; where all serve pods, 18 nodes share those that are needed */
        {18, 210, 7, 30, 0, 31, 1},
        /* 19 * 205 are 3,895 addresses of 3,968, but the best 133 shares have 3,860 of 3,876 */
        {19, 204, 7, 30, 0, 0, 0},
        {19, 204, 0, 0, 0, 31, 1},
        {9, 210, 7, 30, 0, 31, 0}, /* twice: 3,780 of 31 * 124 */
        /* 70 shares: 68 of 30 and two of 4 are 2,048, and 16 vSwitches have 64 and 6, 1,944 */
        {10, 204, 7, 30, 0, 17, 0},
        /* An ENI of 125 finds 124 in each. */
        {31, 124, 1, 125, 0, 31, 0},
        {32, 124, 1, 125, 0, 0, 0},
        {1, 125, 1, 125, 0, 0, 0},
        /* A /25 has 6 blocks, an ENI of 10 slots holds 9 prefixes: 7 ENIs find 6 in each. */
        {4, 1, 7, 10, 42, 28, 0},
        {1, 1, 7, 10, 43, 0, 0},
    };
    for (size_t i = 0; i < COUNT(known); i++) {
        cnicalc_terway_node node =
            plan_node_with_enis(known[i].enis, known[i].per_eni, known[i].prefixes);
        question asked = cut_in_halves(known[i].nodes, known[i].pods, &node);
        answer given;
        ck_ok(propose(&asked, &given, BLOCKS_MAX));
        int is_expected = known[i].pod_vswitches != 0;
        ck_assert_msg(given.proposal.fits == (uint32_t)is_expected, "%zu", i);
        if (!is_expected) {
            ck_assert_uint_eq(given.proposal.bound_by, CNICALC_LIMIT_VPC_SPACE);
            ck_assert_uint_gt(NEEDED(given.proposal, CNICALC_LIMIT_VPC_SPACE),
                              AVAILABLE(given.proposal, CNICALC_LIMIT_VPC_SPACE));
            continue;
        }
        ck_assert_msg(count_role(&given, CNICALC_PLAN_ROLE_POD_VSWITCH) == known[i].pod_vswitches &&
                          count_role(&given, CNICALC_PLAN_ROLE_VSWITCH) == known[i].shared,
                      "%zu: %zu and %zu", i, count_role(&given, CNICALC_PLAN_ROLE_POD_VSWITCH),
                      count_role(&given, CNICALC_PLAN_ROLE_VSWITCH));
        ck_accepted(&asked, &given);
        ck_assert_uint_ge(nodes_of_terway(&asked, &given), known[i].nodes);
    }
}
END_TEST

/* A /16 has 65,532 addresses: 1,310 shares of 50 and one of 32. 1,313 nodes with one ENI, which
 * twice 25 pods fill, need 3 shares more: 118 addresses, but a /25 has 2 of 50. */
START_TEST(several_of_the_largest)
{
    cnicalc_terway_node node = plan_node_with_enis(1, 50, 0);
    static const struct {
        uint64_t nodes;
        uint32_t rest; /* mask of the second pod vSwitch */
    } known[] = {{1310, 0}, {1312, 25}, {1313, 24}};
    for (size_t i = 0; i < COUNT(known); i++) {
        question asked = ask_for(8, known[i].nodes, 25, &node);
        answer given;
        ck_ok(propose(&asked, &given, BLOCKS_MAX));
        uint32_t rest = 0;
        for (size_t j = 0; j < given.proposal.block_count; j++) {
            const cnicalc_plan_block *block = &given.blocks[j];
            rest = block->role == CNICALC_PLAN_ROLE_POD_VSWITCH && block->cidr.prefix_len > 16
                       ? block->cidr.prefix_len
                       : rest;
        }
        ck_assert_uint_eq(given.proposal.pods_factor, 2);
        ck_assert_msg(rest == known[i].rest, "%zu: /%u", i, rest);
        ck_accepted(&asked, &given);
    }
    /* An ENI that must find more than a vSwitch has is nowhere. */
    node = plan_node_with_enis(1, 70000, 0);
    question asked = ask_for(8, 1, 65533, &node);
    answer given;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.bound_by, CNICALC_LIMIT_VPC_SPACE);
    ck_assert_uint_eq(NEEDED(given.proposal, CNICALC_LIMIT_VPC_SPACE),
                      65537 * UINT64_C(65536) + 8); /* no VPC has as many */
    asked.options.pods_per_node = 65532;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 1);
}
END_TEST

/* ---- Properties ---- */

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 8;
}

static cnicalc_terway_node random_node(uint32_t *state, uint64_t *pods)
{
    static const uint32_t sizes[] = {2, 6, 10, 20, 30, 50, 125};
    uint32_t enis = 1 + next_random(state) % 15;
    uint32_t per_eni = sizes[next_random(state) % COUNT(sizes)];
    uint32_t most = enis * per_eni;
    *pods = next_random(state) % 2 == 0 ? most : 1 + next_random(state) % most;
    if (per_eni > 2 && next_random(state) % 4 == 0) {
        *pods = 1;
        most = enis * (per_eni - 1);
        return plan_node_with_enis(enis, per_eni, 1 + next_random(state) % (most < 99 ? most : 99));
    }
    return plan_node_with_enis(enis, per_eni, 0);
}

static question random_question(uint32_t *state)
{
    uint64_t pods;
    cnicalc_terway_node node = random_node(state, &pods);
    uint32_t prefix_len = 16 + next_random(state) % 6;
    uint64_t each = pods + 1 + node.addresses + node.prefixes * 16;
    uint64_t most = (UINT64_C(1) << (32 - prefix_len)) / each + 1;
    uint64_t less = next_random(state) % (next_random(state) % 2 == 0 ? most : most / 8 + 1);
    question asked = ask_for(prefix_len, most - less, pods, &node);
    asked.options.zones = 1 + next_random(state) % 4;
    for (uint32_t i = next_random(state) % OTHERS_MAX; i > 0; i--) {
        uint32_t mask = 24 + next_random(state) % 6;
        uint64_t index = next_random(state) % (UINT64_C(1) << (mask - prefix_len));
        add_piece(&asked, 0x0a000000 + (index << (32 - mask)), mask);
    }
    return asked;
}

START_TEST(terway_holds_the_nodes_of_every_plan)
{
    uint32_t state = 20260712;
    size_t fitting = 0, several = 0, shared = 0;
    for (int i = 0; i < 4000; i++) {
        question asked = random_question(&state);
        answer given;
        ck_ok(propose(&asked, &given, BLOCKS_MAX));
        if (!given.proposal.fits) {
            ck_assert_uint_gt(NEEDED(given.proposal, given.proposal.bound_by),
                              AVAILABLE(given.proposal, given.proposal.bound_by));
            continue;
        }
        fitting++;
        several += count_role(&given, CNICALC_PLAN_ROLE_POD_VSWITCH) > asked.options.zones;
        shared += count_role(&given, CNICALC_PLAN_ROLE_VSWITCH) != 0;
        ck_assert_msg(nodes_of_terway(&asked, &given) >= asked.options.nodes, "%d", i);
        ck_accepted(&asked, &given);
        asked.options.nodes -= asked.options.nodes / 10 + 1;
        if (asked.options.nodes != 0) {
            ck_ok(propose(&asked, &given, BLOCKS_MAX));
            ck_assert_msg(given.proposal.fits, "%d: fewer nodes", i);
        }
    }
    ck_assert_uint_gt(fitting, 1200);
    ck_assert_uint_gt(several, 400);
    ck_assert_uint_gt(shared, 15);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan, propose, ENIs");
    add_tests(suite, "known", vswitches_as_enis_need_them, several_of_the_largest, NULL);
    add_tests(suite, "properties", terway_holds_the_nodes_of_every_plan, NULL);
    return run_suite(suite);
}
