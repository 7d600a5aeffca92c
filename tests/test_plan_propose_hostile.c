/* SPDX-License-Identifier: MIT */
/* Requests for a proposal that are malformed, or as large as they can be. */
#include "plan_question.h"

/* A request that must fail: nothing is written, and the fault has its place. */
static void expect_at(cnicalc_status expected, const question *asked, uint32_t index,
                      uint32_t other)
{
    const cnicalc_plan in_use = {asked->in_use, asked->count};
    int is_of_blocks = index != CNICALC_UNKNOWN || expected == CNICALC_ERR_PLAN_BLOCKS ||
                       expected == CNICALC_ERR_PLAN_VPC;
    answer given;
    cnicalc_fault fault;
    fill_pattern(&given, sizeof given);
    fill_pattern(&fault, sizeof fault);
    ck_status(cnicalc_plan_propose(&in_use, &asked->options, &given.proposal, given.blocks,
                                   BLOCKS_MAX, &fault),
              expected);
    ck_untouched(given);
    ck_assert_uint_eq(fault.array, is_of_blocks ? CNICALC_ARRAY_BLOCKS : CNICALC_ARRAY_NONE);
    ck_assert_uint_eq(fault.index, index);
    ck_assert_uint_eq(fault.other, other);
    ck_assert_uint_eq(fault.reserved, 0);
    ck_status(propose(asked, &given, BLOCKS_MAX), expected);
}

static void expect(cnicalc_status expected, const question *asked)
{
    expect_at(expected, asked, CNICALC_UNKNOWN, CNICALC_UNKNOWN);
}

START_TEST(options_statuses)
{
    const question good = ask("192.168.0.0/16", CNICALC_PLUGIN_TERWAY, 10, 10);
    cnicalc_plan_propose_options options;
    fill_pattern(&options, sizeof options);
    ck_status(cnicalc_plan_propose_options_init(NULL, sizeof options), CNICALC_ERR_NULL);
    ck_status(cnicalc_plan_propose_options_init(&options, 4), CNICALC_ERR_STRUCT_SIZE);
    ck_untouched(options);
    question asked = good;
    asked.options.struct_size++;
    expect(CNICALC_ERR_STRUCT_SIZE, &asked);
    asked = good;
    asked.options.ceilings.struct_size++;
    expect(CNICALC_ERR_STRUCT_SIZE, &asked);
    for (size_t i = 0; i < COUNT(good.options.reserved); i++) {
        asked = good;
        asked.options.reserved[i] = 1;
        expect(CNICALC_ERR_RESERVED, &asked);
    }
    asked = good;
    asked.options.ceilings.reserved[0] = 1;
    expect(CNICALC_ERR_RESERVED, &asked);
    asked = good;
    asked.options.ceilings.raised = 2;
    expect(CNICALC_ERR_FLAG, &asked);
    asked = good;
    asked.options.plugin = CNICALC_PLUGIN_ANY;
    expect(CNICALC_ERR_PLUGIN, &asked);
    asked = good;
    asked.options.ceilings.edition = CNICALC_EDITION_COUNT;
    expect(CNICALC_ERR_EDITION, &asked);
    asked = good;
    asked.options.zones = 0;
    expect(CNICALC_ERR_PLAN_ZONES, &asked);
    asked.options.zones = CNICALC_PLAN_ZONES_MAX + 1;
    expect(CNICALC_ERR_PLAN_ZONES, &asked);
    asked = good;
    asked.options.nodes = 0;
    expect(CNICALC_ERR_PLAN_NODES, &asked);
    asked = good;
    asked.options.pods_per_node = 0;
    expect(CNICALC_ERR_PLAN_PODS_PER_NODE, &asked);
}
END_TEST

START_TEST(vpc_statuses)
{
    const question good = ask("192.168.0.0/16", CNICALC_PLUGIN_TERWAY, 10, 10);
    static const char illegal[9][16] = {"10.0.0.0/7",  "10.0.0.0/29",  "100.64.0.0/16",
                                        "100.0.0.0/8", "127.0.0.0/16", "169.254.0.0/20",
                                        "224.0.0.0/8", "fd00::/55",    "fd00::/57"};
    question asked = good;
    for (size_t i = 0; i < COUNT(illegal); i++) {
        asked.in_use[0].cidr = cidr_of(illegal[i]);
        expect_at(CNICALC_ERR_PLAN_VPC, &asked, 0, CNICALC_UNKNOWN);
    }
    asked.in_use[0].cidr = cidr_of("fd00::/56"); /* legal, but none of IPv4 */
    expect(CNICALC_ERR_PLAN_VPC, &asked);
    asked = good;
    asked.in_use[0].cidr.lo++;
    expect_at(CNICALC_ERR_CIDR_HOST_BITS, &asked, 0, CNICALC_UNKNOWN);
    asked.in_use[0].cidr.prefix_len = 33;
    expect_at(CNICALC_ERR_CIDR_PREFIX_LEN, &asked, 0, CNICALC_UNKNOWN);
    asked.in_use[0].cidr.hi = 1;
    asked.in_use[0].cidr.prefix_len = 32;
    expect_at(CNICALC_ERR_CIDR_INVALID, &asked, 0, CNICALC_UNKNOWN);
    asked.in_use[0].cidr.family = 7;
    expect_at(CNICALC_ERR_CIDR_FAMILY, &asked, 0, CNICALC_UNKNOWN);
    asked.in_use[0].reserved[1] = 1;
    expect_at(CNICALC_ERR_RESERVED, &asked, 0, CNICALC_UNKNOWN);
    asked = good;
    asked.count = 0;
    expect(CNICALC_ERR_PLAN_VPC, &asked);
}
END_TEST

/* rules.md 4: up to 5 secondary blocks of mask 16..28, no overlap. */
START_TEST(secondary_block_statuses)
{
    static const struct {
        const char *primary, *secondary;
        uint32_t other;
    } illegal[] = {
        {"192.168.0.0/16", "192.168.0.0/16", 0},
        {"192.168.0.0/16", "192.168.4.0/24", 0},
        {"10.1.0.0/16", "10.0.0.0/15", 0},
        {"10.0.0.0/15", "172.16.0.0/15", 0},
        {"10.0.0.0/8", "192.168.0.0/29", UINT32_MAX},
        {"10.0.0.0/8", "100.64.0.0/16", UINT32_MAX},
    };
    for (size_t i = 0; i < COUNT(illegal); i++) {
        question asked = ask(illegal[i].primary, CNICALC_PLUGIN_TERWAY, 10, 10);
        add_other(&asked, CNICALC_PLAN_ROLE_OTHER, "192.0.0.0/16");
        add_other(&asked, CNICALC_PLAN_ROLE_VPC, illegal[i].secondary);
        expect_at(CNICALC_ERR_PLAN_VPC, &asked, 2, illegal[i].other);
    }
    question asked = ask("10.0.0.0/15", CNICALC_PLUGIN_TERWAY, 10, 10);
    const char *secondary[] = {"10.2.0.0/16", "10.3.0.0/28", "10.4.0.0/28", "10.5.0.0/28",
                               "10.6.0.0/28"};
    answer given;
    for (size_t i = 0; i < COUNT(secondary); i++) {
        add_other(&asked, CNICALC_PLAN_ROLE_VPC, secondary[i]);
        ck_ok(propose(&asked, &given, BLOCKS_MAX));
    }
    add_other(&asked, CNICALC_PLAN_ROLE_VPC, "2001:db8::/56"); /* counts for itself */
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    add_other(&asked, CNICALC_PLAN_ROLE_VPC, "10.7.0.0/28");
    expect_at(CNICALC_ERR_PLAN_VPC, &asked, 7, CNICALC_UNKNOWN);
    asked.in_use[7].role = CNICALC_PLAN_ROLE_OTHER;
    asked.in_use[7].cidr = cidr_of("10.4.0.0/14");
    expect_at(CNICALC_ERR_PLAN_OTHER, &asked, 7, 3);
    asked.in_use[7].role = CNICALC_PLAN_ROLE_OTHER_VSWITCH;
    expect_at(CNICALC_ERR_PLAN_OTHER, &asked, 7, CNICALC_UNKNOWN);
    asked.in_use[7].cidr = cidr_of("10.6.0.0/29");
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
}
END_TEST

START_TEST(block_statuses)
{
    const question good = ask("192.168.0.0/16", CNICALC_PLUGIN_TERWAY, 10, 10);
    static const uint32_t roles[] = {0,
                                     CNICALC_PLAN_ROLE_POD_VSWITCH,
                                     CNICALC_PLAN_ROLE_VSWITCH,
                                     CNICALC_PLAN_ROLE_POD_CIDR,
                                     CNICALC_PLAN_ROLE_SERVICE_CIDR,
                                     CNICALC_PLAN_ROLE_COUNT,
                                     UINT32_MAX};
    question asked = good;
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER, "10.0.0.0/8");
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER, "192.168.0.0/24");
    expect_at(CNICALC_ERR_PLAN_OTHER, &asked, 2, 0);
    asked.in_use[2].cidr = cidr_of("192.0.0.0/8");
    expect_at(CNICALC_ERR_PLAN_OTHER, &asked, 2, 0);
    asked.in_use[2].role = CNICALC_PLAN_ROLE_OTHER_SERVICE_CIDR;
    expect_at(CNICALC_ERR_PLAN_OTHER, &asked, 2, 0);
    asked.in_use[2].role = CNICALC_PLAN_ROLE_OTHER_VSWITCH;
    expect_at(CNICALC_ERR_PLAN_OTHER, &asked, 2, CNICALC_UNKNOWN);
    asked.in_use[2].cidr = cidr_of("fd00::/64");
    expect_at(CNICALC_ERR_PLAN_OTHER, &asked, 2, CNICALC_UNKNOWN);
    asked.in_use[2].cidr.lo++;
    expect_at(CNICALC_ERR_CIDR_HOST_BITS, &asked, 2, CNICALC_UNKNOWN);
    asked.in_use[2].cidr.lo = 0;
    for (size_t i = 0; i < COUNT(roles); i++) {
        asked.in_use[2].role = roles[i];
        expect_at(CNICALC_ERR_PLAN_ROLE, &asked, 2, CNICALC_UNKNOWN);
    }
    asked.in_use[2].reserved[1] = 1;
    expect_at(CNICALC_ERR_RESERVED, &asked, 2, CNICALC_UNKNOWN);
    asked.count = CNICALC_PLAN_OTHERS_MAX + 8; /* which is found before they are looked at */
    expect(CNICALC_ERR_PLAN_BLOCKS, &asked);
}
END_TEST

/* A vSwitch for nodes that is there is one that check finds no error in. */
START_TEST(node_vswitch_statuses)
{
    static const struct {
        const char *cidr;
        uint64_t used;
        uint32_t zone;
        cnicalc_status status;
        uint32_t other;
    } known[] = {
        {"10.2.0.0/24", 252, 1, CNICALC_OK, 0},
        {"10.2.0.0/24", 253, 1, CNICALC_ERR_VSWITCH_USED, UINT32_MAX},
        {"10.2.0.0/24", 0, 2, CNICALC_ERR_PLAN_ZONES, UINT32_MAX},
        {"10.2.0.0/24", 0, UINT32_MAX, CNICALC_ERR_PLAN_ZONES, UINT32_MAX},
        {"10.2.0.0/30", 0, 0, CNICALC_ERR_VSWITCH_MASK, UINT32_MAX},
        {"10.2.0.0/15", 0, 0, CNICALC_ERR_VSWITCH_MASK, UINT32_MAX},
        {"192.168.0.0/24", 0, 0, CNICALC_ERR_PLAN_OTHER, UINT32_MAX},
        {"10.1.0.0/24", 0, 0, CNICALC_ERR_VSWITCH_OVERLAP, 1},
        {"10.0.0.0/20", 0, 0, CNICALC_ERR_VSWITCH_OVERLAP, 2},
        {"10.0.1.0/24", 0, 1, CNICALC_ERR_VSWITCH_OVERLAP, 2},
        {"2001:db8::/64", 9, 0, CNICALC_OK, 0},
        {"2001:db8::/65", 0, 0, CNICALC_ERR_VSWITCH_MASK, UINT32_MAX},
    };
    for (size_t i = 0; i < COUNT(known); i++) {
        question asked = ask("10.0.0.0/14", CNICALC_PLUGIN_TERWAY, 10, 10);
        answer given;
        asked.options.zones = 2;
        add_other(&asked, CNICALC_PLAN_ROLE_OTHER_VSWITCH, "10.1.0.0/20");
        add_other(&asked, CNICALC_PLAN_ROLE_NODE_VSWITCH, "10.0.1.0/24");
        add_other(&asked, CNICALC_PLAN_ROLE_VPC, "2001:db8::/56");
        add_other(&asked, CNICALC_PLAN_ROLE_NODE_VSWITCH, known[i].cidr);
        asked.in_use[4].used_addresses = known[i].used;
        asked.in_use[4].zone = known[i].zone;
        if (known[i].status == CNICALC_OK) {
            ck_ok(propose(&asked, &given, BLOCKS_MAX));
        } else if (known[i].status == CNICALC_ERR_VSWITCH_OVERLAP && known[i].other == 2) {
            expect_at(known[i].status, &asked, 2, 4); /* of two vSwitches the first is at fault */
        } else {
            expect_at(known[i].status, &asked, 4, known[i].other);
        }
    }
    question asked = ask("10.0.0.0/14", CNICALC_PLUGIN_TERWAY, 10, 10);
    answer given;
    asked.options.zones = 2;
    asked.options.dual_stack = 1;
    add_other(&asked, CNICALC_PLAN_ROLE_VPC, "2001:db8::/56");
    add_other(&asked, CNICALC_PLAN_ROLE_NODE_VSWITCH, "10.0.1.0/24");
    expect_at(CNICALC_ERR_PLAN_OTHER, &asked, 2, CNICALC_UNKNOWN);
    add_other(&asked, CNICALC_PLAN_ROLE_NODE_VSWITCH, "2001:db8::/64");
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    asked.in_use[3].zone = 1;
    expect_at(CNICALC_ERR_PLAN_OTHER, &asked, 2, CNICALC_UNKNOWN);
}
END_TEST

START_TEST(pointer_statuses)
{
    const question good = ask("192.168.0.0/16", CNICALC_PLUGIN_TERWAY, 10, 10);
    const cnicalc_plan in_use = {good.in_use, good.count};
    const cnicalc_plan no_blocks = {NULL, 1};
    const cnicalc_plan_propose_options *options = &good.options;
    cnicalc_plan_proposal proposal;
    cnicalc_plan_block blocks[4];
    cnicalc_fault fault;
    const cnicalc_status null = CNICALC_ERR_NULL;
    fill_pattern(&proposal, sizeof proposal);
    fill_pattern(blocks, sizeof blocks);
    fill_pattern(&fault, sizeof fault);
    ck_status(cnicalc_plan_propose(NULL, options, &proposal, blocks, 4, &fault), null);
    ck_status(cnicalc_plan_propose(&no_blocks, options, &proposal, blocks, 4, &fault), null);
    ck_status(cnicalc_plan_propose(&in_use, NULL, &proposal, blocks, 4, &fault), null);
    ck_status(cnicalc_plan_propose(&in_use, options, NULL, blocks, 4, &fault), null);
    ck_status(cnicalc_plan_propose(&in_use, options, &proposal, NULL, 4, &fault), null);
    ck_untouched(proposal);
    ck_untouched(blocks);
    ck_untouched(fault);
    const cnicalc_plan nothing = {NULL, 0};
    ck_status(cnicalc_plan_propose(&nothing, options, &proposal, blocks, 4, NULL),
              CNICALC_ERR_PLAN_VPC);
}
END_TEST

/* A VPC, a node vSwitch, a pod vSwitch and a Service CIDR are four entries. */
START_TEST(capacity)
{
    const question good = ask("192.168.0.0/16", CNICALC_PLUGIN_TERWAY, 10, 10);
    const cnicalc_plan in_use = {good.in_use, good.count};
    cnicalc_plan_proposal proposal;
    cnicalc_plan_block blocks[4];
    cnicalc_fault fault;
    fill_pattern(blocks, sizeof blocks);
    fill_pattern(&proposal, sizeof proposal);
    ck_status(cnicalc_plan_propose(&in_use, &good.options, &proposal, blocks, 3, &fault),
              CNICALC_ERR_CAPACITY);
    ck_assert_uint_eq(proposal.block_count, 4);
    ck_assert_uint_eq(proposal.fits, 1);
    ck_assert_uint_eq(fault.array, CNICALC_ARRAY_NONE);
    ck_untouched(blocks);
    ck_status(cnicalc_plan_propose(&in_use, &good.options, &proposal, NULL, 0, NULL),
              CNICALC_ERR_CAPACITY);
    ck_ok(cnicalc_plan_propose(&in_use, &good.options, &proposal, blocks, 4, NULL));
    ck_assert_uint_eq(blocks[3].role, CNICALC_PLAN_ROLE_SERVICE_CIDR);
}
END_TEST

static void expect_first(const question *asked, uint32_t limit, uint64_t needed)
{
    answer given;
    fill_pattern(given.blocks, sizeof given.blocks);
    ck_ok(propose(asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 0);
    ck_assert_uint_eq(given.proposal.bound_by, limit);
    ck_assert_uint_eq(NEEDED(given.proposal, limit), needed);
    ck_assert_uint_eq(given.proposal.block_count, 0);
    ck_untouched(given.blocks);
}

START_TEST(extreme_requests_do_not_wrap)
{
    const uint64_t extremes[] = {UINT64_MAX, UINT64_MAX / 2, UINT64_MAX / 100, UINT64_MAX / 32 + 1};
    for (size_t i = 0; i < COUNT(extremes); i++) {
        question asked = ask("10.0.0.0/8", CNICALC_PLUGIN_TERWAY, extremes[i], 33);
        expect(CNICALC_ERR_OVERFLOW, &asked);
        asked.options.nodes = 33;
        asked.options.pods_per_node = extremes[i];
        expect(CNICALC_ERR_OVERFLOW, &asked);
    }
    question asked = ask("10.0.0.0/8", CNICALC_PLUGIN_TERWAY, UINT64_MAX / 4, 1);
    asked.options.growth_percent = UINT32_MAX;
    expect(CNICALC_ERR_OVERFLOW, &asked);
    asked.options.nodes = 1;
    asked.options.services = UINT64_MAX;
    expect(CNICALC_ERR_OVERFLOW, &asked);
    asked.options.growth_percent = 0; /* `kubernetes` is one more */
    expect(CNICALC_ERR_OVERFLOW, &asked);
    asked.options.services = UINT64_MAX - 1;
    expect_first(&asked, CNICALC_LIMIT_SERVICE_QUOTA, UINT64_MAX);
    /* the most that is not refused: 2^59 - 1 nodes, in blocks of 65,532 */
    asked = ask("10.0.0.0/8", CNICALC_PLUGIN_TERWAY, UINT64_MAX / 32, 1);
    expect_first(&asked, CNICALC_LIMIT_NODE_QUOTA, UINT64_MAX / 32);
    asked.options.plugin = CNICALC_PLUGIN_FLANNEL;
    asked.options.zones = CNICALC_PLAN_ZONES_MAX;
    expect_first(&asked, CNICALC_LIMIT_NODE_QUOTA, UINT64_MAX / 32);
}
END_TEST

/* As much in use as may be, in pieces of every size: what is left is proposed or refused at once.
 */
START_TEST(most_blocks_in_use)
{
    static cnicalc_plan_block blocks[CNICALC_PLAN_OTHERS_MAX + 1];
    static cnicalc_plan_block proposed[BLOCKS_MAX];
    question asked = ask("10.0.0.0/16", CNICALC_PLUGIN_TERWAY, 1, 1);
    cnicalc_plan in_use = {blocks, COUNT(blocks)};
    cnicalc_plan_proposal proposal;
    uint64_t fitting = 0;
    asked.in_use[0].cidr.prefix_len = 17;
    blocks[0] = asked.in_use[0];
    for (uint32_t i = 1; i < COUNT(blocks); i++) { /* one or two of /29 inside each of 256 /25 */
        blocks[i].role = CNICALC_PLAN_ROLE_OTHER_VSWITCH;
        blocks[i].cidr = cidr_of("10.0.0.0/29");
        blocks[i].cidr.lo += (uint64_t)((i - 1) % 256) * 128 + (i <= 256 ? 64 : 32);
    }
    asked.options.zones = 32;
    ck_ok(cnicalc_plan_propose(&in_use, &asked.options, &proposal, proposed, BLOCKS_MAX, NULL));
    ck_assert_uint_eq(proposal.fits, 0); /* no /25 is free for pods */
    asked.options.plugin = CNICALC_PLUGIN_FLANNEL;
    asked.options.ceilings.node_quota = asked.options.ceilings.route_quota =
        asked.options.ceilings.vswitch_quota = CNICALC_NO_LIMIT;
    for (asked.options.nodes = 1; asked.options.nodes < 70000; asked.options.nodes += 499) {
        ck_ok(cnicalc_plan_propose(&in_use, &asked.options, &proposal, proposed, BLOCKS_MAX, NULL));
        fitting += proposal.fits;
    }
    ck_assert_uint_gt(fitting, 15);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan, propose, hostile");
    add_tests(suite, "hostile", options_statuses, vpc_statuses, secondary_block_statuses,
              node_vswitch_statuses, block_statuses, pointer_statuses, capacity, most_blocks_in_use,
              extreme_requests_do_not_wrap, NULL);
    return run_suite(suite);
}
