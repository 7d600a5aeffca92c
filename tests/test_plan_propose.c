/* SPDX-License-Identifier: MIT */
/* Proposals that were written down by hand, and wishes that are malformed. */
#include "plan_question.h"

#include <stdio.h>
#include <string.h>

static void add_other(question *asked, uint32_t role, const char *cidr)
{
    cnicalc_plan_block *other = &asked->others[asked->other_count++];
    other->cidr = cidr_of(cidr);
    other->role = role;
}

/* "pod-vswitch:0 192.168.0.0/19, ..." */
static void dump(const answer *given, char *text, size_t size)
{
    char cidr[CNICALC_CIDR_TEXT_SIZE];
    snprintf(text, size, "%s", "");
    for (size_t i = 0; i < given->count; i++) {
        const cnicalc_plan_block *block = &given->blocks[i];
        size_t len = strlen(text);
        ck_ok(cnicalc_cidr_format(&block->cidr, cidr, sizeof cidr));
        snprintf(text + len, size - len, "%s%s", i == 0 ? "" : ", ",
                 cnicalc_plan_role_name(block->role));
        len = strlen(text);
        if (block->zone != CNICALC_UNKNOWN) {
            snprintf(text + len, size - len, ":%u", block->zone);
        }
        len = strlen(text);
        snprintf(text + len, size - len, " %s", cidr);
    }
}

/* ---- Known ---- */

START_TEST(known_proposals)
{
    static const struct {
        const char *vpc;
        uint64_t nodes, pods_per_node, services;
        uint32_t plugin, zones, growth, node_mask;
        uint64_t room;
        const char *blocks;
    } known[] = {
        /* 2 * 100 * 40 + 4 addresses are a /19, 104 a /25; 8 of /19 in /16, two of them touched */
        {"192.168.0.0/16", 100, 40, 0, 1, 1, 0, 0, 6,
         "vpc 192.168.0.0/16, vswitch:0 192.168.32.0/25, pod-vswitch:0 192.168.0.0/19, "
         "service-cidr 10.0.0.0/24"},
        {"192.168.0.0/16", 100, 100, 0, 2, 1, 0, 25, 0,
         "vpc 192.168.0.0/16, vswitch:0 192.168.0.0/25, pod-cidr 10.0.0.0/18, "
         "service-cidr 10.0.64.0/24"},
        /* 150 nodes, 50 in each zone: 54 addresses, and 2 * 50 * 20 + 4; 253 Services */
        {"10.0.0.0/8", 100, 20, 253, 1, 3, 50, 0, 8188,
         "vpc 10.0.0.0/8, vswitch:0 10.0.24.0/26, vswitch:1 10.0.24.64/26, vswitch:2 "
         "10.0.24.128/26, pod-vswitch:0 10.0.0.0/21, pod-vswitch:1 10.0.8.0/21, pod-vswitch:2 "
         "10.0.16.0/21, service-cidr 172.16.0.0/23"},
        /* 7 nodes in 2 zones: 4 and 3; 124 pods in 2 * 62, one more address is a /24 */
        {"172.16.0.0/12", 7, 16, 254, 1, 2, 0, 0, 4094,
         "vpc 172.16.0.0/12, vswitch:0 172.16.1.128/29, vswitch:1 172.16.1.136/29, pod-vswitch:0 "
         "172.16.0.0/24, pod-vswitch:1 172.16.1.0/25, service-cidr 10.0.0.0/23"},
        /* 65,533 Services take all of a /16, which goes before the pod CIDR of 16 nodes */
        {"192.168.0.0/16", 16, 16, 65533, 2, 1, 0, 28, 0,
         "vpc 192.168.0.0/16, vswitch:0 192.168.0.0/27, pod-cidr 10.1.0.0/24, service-cidr "
         "10.0.0.0/16"},
        /* more than 65,532 addresses for pods: 2 * 1000 * 33 = 66,000 */
        {"10.0.0.0/8", 1000, 33, 0, 1, 1, 0, 0, 254,
         "vpc 10.0.0.0/8, vswitch:0 10.1.0.0/22, pod-vswitch:0 10.0.0.0/16, pod-vswitch:0 "
         "10.1.4.0/23, service-cidr 172.16.0.0/24"},
    };
    char text[1024];
    for (size_t i = 0; i < COUNT(known); i++) {
        question asked = ask(known[i].vpc, known[i].plugin, known[i].nodes, known[i].pods_per_node);
        asked.options.services = known[i].services;
        asked.options.zones = known[i].zones;
        asked.options.growth_percent = known[i].growth;
        asked.options.service_quota = 100000;
        answer given;
        ck_ok(propose(&asked, &given, BLOCKS_MAX));
        dump(&given, text, sizeof text);
        ck_assert_str_eq(text, known[i].blocks);
        ck_assert_uint_eq(given.proposal.fits, 1);
        ck_assert_uint_eq(given.proposal.bound_by, CNICALC_PLAN_LIMIT_NONE);
        ck_assert_uint_eq(given.proposal.node_mask, known[i].node_mask);
        ck_assert_uint_eq(given.proposal.room_pod_vswitches, known[i].room);
    }
}
END_TEST

static void check_needed(const question *asked, const uint64_t *needed)
{
    answer given;
    ck_ok(propose(asked, &given, BLOCKS_MAX));
    for (uint32_t i = 0; i < CNICALC_PLAN_LIMIT_COUNT; i++) {
        ck_assert_msg(given.proposal.needed[i] == needed[i], "%s: %llu", cnicalc_plan_limit_name(i),
                      (unsigned long long)given.proposal.needed[i]);
    }
}

/* What a plugin has no use for is not needed. */
START_TEST(what_each_plugin_needs)
{
    static const uint64_t terway[CNICALC_PLAN_LIMIT_COUNT] = {
        [CNICALC_PLAN_LIMIT_NODE_QUOTA] = 100,    [CNICALC_PLAN_LIMIT_POD_QUOTA] = 4000,
        [CNICALC_PLAN_LIMIT_SERVICE_QUOTA] = 7,   [CNICALC_PLAN_LIMIT_VPC_ADDRESS_QUOTA] = 4100,
        [CNICALC_PLAN_LIMIT_SERVICE_CIDR] = 7,    [CNICALC_PLAN_LIMIT_VPC_SPACE] = 8192 + 128,
        [CNICALC_PLAN_LIMIT_PRIVATE_SPACE] = 256,
    };
    static const uint64_t flannel[CNICALC_PLAN_LIMIT_COUNT] = {
        [CNICALC_PLAN_LIMIT_NODE_QUOTA] = 100,
        [CNICALC_PLAN_LIMIT_ROUTES] = 100,
        [CNICALC_PLAN_LIMIT_POD_QUOTA] = 4000,
        [CNICALC_PLAN_LIMIT_SERVICE_QUOTA] = 7,
        [CNICALC_PLAN_LIMIT_VPC_ADDRESS_QUOTA] = 100,
        [CNICALC_PLAN_LIMIT_NODE_MASK] = 40,
        [CNICALC_PLAN_LIMIT_POD_CIDR] = 100,
        [CNICALC_PLAN_LIMIT_SERVICE_CIDR] = 7,
        [CNICALC_PLAN_LIMIT_VPC_SPACE] = 128,
        [CNICALC_PLAN_LIMIT_PRIVATE_SPACE] = 256 + 128 * 64,
    };
    question asked = ask("192.168.0.0/16", CNICALC_PLUGIN_TERWAY, 100, 40);
    asked.options.services = 7;
    check_needed(&asked, terway);
    asked = ask("192.168.0.0/16", CNICALC_PLUGIN_FLANNEL, 100, 40);
    asked.options.services = 7;
    check_needed(&asked, flannel);
}
END_TEST

START_TEST(blocks_in_use_are_avoided)
{
    question asked = ask("192.168.0.0/16", CNICALC_PLUGIN_TERWAY, 100, 40);
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER_VSWITCH, "192.168.0.0/24");
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER, "10.0.0.0/9");
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER_SERVICE_CIDR, "10.128.0.0/24");
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER, "::/0");
    answer given;
    char text[256];
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    dump(&given, text, sizeof text);
    ck_assert_str_eq(text, "vpc 192.168.0.0/16, vswitch:0 192.168.1.0/25, pod-vswitch:0 "
                           "192.168.32.0/19, service-cidr 10.128.1.0/24");
    ck_assert_uint_eq(given.proposal.room_pod_vswitches, 6);
    ck_assert_uint_eq(count_findings(&asked, &given, CNICALC_PLAN_ERROR), 0);
}
END_TEST

/* A caller's own "no limit" stays one, whatever is in use. */
START_TEST(no_limit_is_no_number)
{
    question asked = ask("192.168.0.0/16", CNICALC_PLUGIN_FLANNEL, 10, 64);
    asked.options.node_quota = asked.options.pod_quota = asked.options.service_quota =
        asked.options.route_quota = asked.options.vpc_address_quota = CNICALC_NO_LIMIT;
    asked.options.routes_used = 5;
    answer given;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 1);
    for (uint32_t i = CNICALC_PLAN_LIMIT_NODE_QUOTA; i <= CNICALC_PLAN_LIMIT_VPC_ADDRESS_QUOTA;
         i++) {
        ck_assert_uint_eq(given.proposal.available[i], CNICALC_NO_LIMIT);
    }
}
END_TEST

static void expect_short(const question *asked, uint32_t limit, uint64_t needed, uint64_t available)
{
    answer given;
    given.count = 99;
    fill_pattern(given.blocks, sizeof given.blocks);
    ck_ok(propose(asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 0);
    ck_assert_str_eq(cnicalc_plan_limit_name(given.proposal.bound_by),
                     cnicalc_plan_limit_name(limit));
    ck_assert_uint_eq(given.proposal.needed[limit], needed);
    ck_assert_uint_eq(given.proposal.available[limit], available);
    ck_assert_uint_eq(given.count, 0);
    ck_untouched(given.blocks);
}

START_TEST(what_a_wish_is_short_of)
{
    question asked = ask("192.168.0.0/16", CNICALC_PLUGIN_TERWAY, 1000, 40);
    /* 80,000 pod addresses are a /16 and a /18, and 1,000 nodes a /22 */
    expect_short(&asked, CNICALC_PLAN_LIMIT_VPC_SPACE, 65536 + 16384 + 1024, 65536);
    asked = ask("192.168.0.0/28", CNICALC_PLUGIN_TERWAY, 1, 1);
    expect_short(&asked, CNICALC_PLAN_LIMIT_VPC_SPACE, 128 + 8, 8);
    asked = ask("10.0.0.0/8", CNICALC_PLUGIN_TERWAY, 4000, 10);
    asked.options.growth_percent = 50;
    expect_short(&asked, CNICALC_PLAN_LIMIT_NODE_QUOTA, 6000, 5000);
    asked.options.raised = 1;
    answer given;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 1);
    asked.options.pods_per_node = 26;
    expect_short(&asked, CNICALC_PLAN_LIMIT_POD_QUOTA, 156000, 150000);
    asked.options.pod_quota = 400000;
    asked.options.pods_per_node = 49; /* 6,000 nodes and 294,000 pods are 300,000 addresses */
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 1);
    asked.options.pods_per_node = 50;
    expect_short(&asked, CNICALC_PLAN_LIMIT_VPC_ADDRESS_QUOTA, 306000, 300000);
    asked = ask("10.0.0.0/8", CNICALC_PLUGIN_TERWAY, 10, 10);
    asked.options.services = 10001;
    expect_short(&asked, CNICALC_PLAN_LIMIT_SERVICE_QUOTA, 10001, 10000);
    asked.options.service_quota = 70000;
    asked.options.services = 65534;
    expect_short(&asked, CNICALC_PLAN_LIMIT_SERVICE_CIDR, 65534, 65533);

    asked = ask("192.168.0.0/16", CNICALC_PLUGIN_FLANNEL, 100, 257);
    expect_short(&asked, CNICALC_PLAN_LIMIT_NODE_MASK, 257, 256);
    asked.options.pods_per_node = 64;
    asked.options.routes_used = 150;
    expect_short(&asked, CNICALC_PLAN_LIMIT_ROUTES, 100, 50);
    asked.options.route_quota = 160;
    expect_short(&asked, CNICALC_PLAN_LIMIT_ROUTES, 100, 10);
    asked.options.vpc_address_quota = 99;
    asked.options.routes_used = 0;
    expect_short(&asked, CNICALC_PLAN_LIMIT_VPC_ADDRESS_QUOTA, 100, 99);
    asked.options.vpc_address_quota = 0;
    asked.options.edition = CNICALC_EDITION_EDGE_PRO;
    asked.options.nodes = 1001;
    expect_short(&asked, CNICALC_PLAN_LIMIT_NODE_QUOTA, 1001, 1000);
    asked.options.node_quota = 100000;
    asked.options.nodes = 65537;
    asked.options.pods_per_node = 256;
    asked.vpc = cidr_of("11.0.0.0/8");
    expect_short(&asked, CNICALC_PLAN_LIMIT_POD_CIDR, 65537, 65536);
    asked.options.nodes = 50000; /* of 256: a /8, and only 10.0.0.0/8 is one */
    asked.vpc = cidr_of("10.0.0.0/8");
    expect_short(&asked, CNICALC_PLAN_LIMIT_PRIVATE_SPACE, (1 << 24) + 256, 256);
}
END_TEST

START_TEST(names)
{
    ck_assert_str_eq(cnicalc_plan_limit_name(CNICALC_PLAN_LIMIT_VPC_SPACE), "vpc_space");
    ck_assert_str_eq(cnicalc_plan_limit_name(0), "none");
    for (uint32_t i = 0; i < CNICALC_PLAN_LIMIT_COUNT; i++) {
        ck_assert_str_ne(cnicalc_plan_limit_name(i), "unknown");
    }
    ck_assert_str_eq(cnicalc_plan_limit_name(CNICALC_PLAN_LIMIT_COUNT), "unknown");
    ck_assert_str_eq(cnicalc_plan_limit_name(UINT32_MAX), "unknown");
    ck_assert_uint_eq(cnicalc_plan_propose_options_size(), sizeof(cnicalc_plan_propose_options));
    ck_assert_uint_eq(cnicalc_plan_proposal_size(), sizeof(cnicalc_plan_proposal));
}
END_TEST

/* ---- Hostile ---- */

static void expect(cnicalc_status expected, const question *asked)
{
    answer given;
    fill_pattern(&given, sizeof given);
    ck_status(propose(asked, &given, BLOCKS_MAX), expected);
    ck_untouched(given);
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
    for (size_t i = 0; i < 4; i++) {
        asked = good;
        asked.options.reserved[i] = 1;
        expect(CNICALC_ERR_RESERVED, &asked);
    }
    asked = good;
    asked.options.raised = 2;
    expect(CNICALC_ERR_FLAG, &asked);
    asked = good;
    asked.options.plugin = CNICALC_PLUGIN_ANY;
    expect(CNICALC_ERR_PLUGIN, &asked);
    asked = good;
    asked.options.edition = 6;
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

START_TEST(block_statuses)
{
    const question good = ask("192.168.0.0/16", CNICALC_PLUGIN_TERWAY, 10, 10);
    static const char illegal[8][16] = {"10.0.0.0/7",  "10.0.0.0/29",  "100.64.0.0/16",
                                        "100.0.0.0/8", "127.0.0.0/16", "169.254.0.0/20",
                                        "224.0.0.0/8", "fd00::/56"};
    question asked = good;
    for (size_t i = 0; i < COUNT(illegal); i++) {
        asked.vpc = cidr_of(illegal[i]);
        expect(CNICALC_ERR_PLAN_VPC, &asked);
    }
    asked = good;
    asked.vpc.lo++;
    expect(CNICALC_ERR_CIDR_HOST_BITS, &asked);
    asked.vpc.prefix_len = 33;
    expect(CNICALC_ERR_CIDR_PREFIX_LEN, &asked);
    asked.vpc.hi = 1;
    asked.vpc.prefix_len = 32;
    expect(CNICALC_ERR_CIDR_INVALID, &asked);
    asked.vpc.family = 7;
    expect(CNICALC_ERR_CIDR_FAMILY, &asked);
    asked = good;
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER, "192.168.0.0/24");
    expect(CNICALC_ERR_PLAN_OTHER, &asked);
    asked.others[0].cidr = cidr_of("192.0.0.0/8");
    expect(CNICALC_ERR_PLAN_OTHER, &asked);
    asked.others[0].role = CNICALC_PLAN_ROLE_OTHER_VSWITCH;
    expect(CNICALC_ERR_PLAN_OTHER, &asked);
    asked.others[0].cidr = cidr_of("fd00::/64");
    expect(CNICALC_ERR_PLAN_OTHER, &asked);
    asked.others[0].cidr.lo++;
    expect(CNICALC_ERR_CIDR_HOST_BITS, &asked);
    asked.others[0].role = CNICALC_PLAN_ROLE_SERVICE_CIDR;
    expect(CNICALC_ERR_PLAN_ROLE, &asked);
    asked.others[0].role = 9;
    expect(CNICALC_ERR_PLAN_ROLE, &asked);
    asked.others[0].reserved[1] = 1;
    expect(CNICALC_ERR_RESERVED, &asked);
    asked.other_count = CNICALC_PLAN_OTHERS_MAX + 1;
    expect(CNICALC_ERR_PLAN_BLOCKS, &asked);
}
END_TEST

START_TEST(pointer_statuses)
{
    const question good = ask("192.168.0.0/16", CNICALC_PLUGIN_TERWAY, 10, 10);
    const cnicalc_plan_propose_options *options = &good.options;
    cnicalc_plan_proposal proposal;
    cnicalc_plan_block blocks[4];
    size_t count;
    const cnicalc_status null = CNICALC_ERR_NULL;
    fill_pattern(&proposal, sizeof proposal);
    fill_pattern(blocks, sizeof blocks);
    fill_pattern(&count, sizeof count);
    ck_status(cnicalc_plan_propose(NULL, NULL, 0, options, &proposal, blocks, 4, &count), null);
    ck_status(cnicalc_plan_propose(&good.vpc, NULL, 1, options, &proposal, blocks, 4, &count),
              null);
    ck_status(cnicalc_plan_propose(&good.vpc, NULL, 0, NULL, &proposal, blocks, 4, &count), null);
    ck_status(cnicalc_plan_propose(&good.vpc, NULL, 0, options, NULL, blocks, 4, &count), null);
    ck_status(cnicalc_plan_propose(&good.vpc, NULL, 0, options, &proposal, NULL, 4, &count), null);
    ck_status(cnicalc_plan_propose(&good.vpc, NULL, 0, options, &proposal, blocks, 4, NULL), null);
    ck_untouched(count);
    /* Three entries for a VPC, a vSwitch, a pod vSwitch and a Service CIDR. */
    ck_status(cnicalc_plan_propose(&good.vpc, NULL, 0, options, &proposal, blocks, 3, &count),
              CNICALC_ERR_CAPACITY);
    ck_assert_uint_eq(count, 4);
    ck_untouched(proposal);
    ck_untouched(blocks);
    ck_ok(cnicalc_plan_propose(&good.vpc, NULL, 0, options, &proposal, blocks, 4, &count));
}
END_TEST

START_TEST(extreme_wishes_do_not_wrap)
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
    asked.options.growth_percent = 0;
    expect_short(&asked, CNICALC_PLAN_LIMIT_SERVICE_QUOTA, UINT64_MAX, 10000);
    /* the most that is not refused: 2^59 - 1 nodes, in blocks of 65,532 */
    asked = ask("10.0.0.0/8", CNICALC_PLUGIN_TERWAY, UINT64_MAX / 32, 1);
    expect_short(&asked, CNICALC_PLAN_LIMIT_NODE_QUOTA, UINT64_MAX / 32, 5000);
    asked.options.plugin = CNICALC_PLUGIN_FLANNEL;
    asked.options.zones = CNICALC_PLAN_ZONES_MAX;
    expect_short(&asked, CNICALC_PLAN_LIMIT_NODE_QUOTA, UINT64_MAX / 32, 200);
}
END_TEST

/* Growth is exact: 4,294,967,295 % of 3 is 128,849,018.85, and is rounded up. */
START_TEST(growth_is_rounded_up)
{
    question asked = ask("10.0.0.0/8", CNICALC_PLUGIN_TERWAY, 3, 1);
    answer given;
    asked.options.growth_percent = UINT32_MAX;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.nodes, 3 + 128849019);
    asked.options.growth_percent = 1;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.nodes, 4);
    asked.options.nodes = 1; /* 1.01 */
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.nodes, 2);
    asked.options.nodes = 200;
    asked.options.services = 100;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.nodes, 202);
    ck_assert_uint_eq(given.proposal.pods, 202);
    ck_assert_uint_eq(given.proposal.services, 101);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan, propose");
    add_tests(suite, "known", known_proposals, what_each_plugin_needs, blocks_in_use_are_avoided,
              no_limit_is_no_number, what_a_wish_is_short_of, growth_is_rounded_up, names, NULL);
    add_tests(suite, "hostile", options_statuses, block_statuses, pointer_statuses,
              extreme_wishes_do_not_wrap, NULL);
    return run_suite(suite);
}
