/* SPDX-License-Identifier: MIT */
/* Proposals for pods that take more than one IPv4 address each: IPv6 as well, or prefixes. */
#include "plan_question.h"

#include <cnicalc/node.h>
#include <cnicalc/terway.h>

static question ask_dual(const char *vpc, const char *vpc_ipv6, uint64_t nodes,
                         uint64_t pods_per_node)
{
    question asked = ask(vpc, CNICALC_PLUGIN_TERWAY, nodes, pods_per_node);
    add_other(&asked, CNICALC_PLAN_ROLE_VPC, vpc_ipv6);
    asked.options.dual_stack = 1;
    return asked;
}

/* ---- Dual stack (rules.md 4: VPC /56, vSwitch /64, Service CIDR ULA /112 to /120) ---- */

START_TEST(dual_stack_proposals)
{
    static const struct {
        const char *vpc, *vpc_ipv6, *other;
        uint64_t nodes, pods_per_node, services;
        uint32_t other_role, zones;
        const char *blocks;
    } known[] = {
        /* the IPv4 half as without dual stack; 4,096 addresses of each family for Services */
        {"192.168.0.0/16", "2001:db8:1:2300::/56", NULL, 100, 40, 0, 0, 1,
         "vpc 192.168.0.0/16, vpc 2001:db8:1:2300::/56, node-vswitch:0 192.168.32.0/25, "
         "node-vswitch:0 2001:db8:1:2301::/64, pod-vswitch:0 192.168.0.0/19, "
         "pod-vswitch:0 2001:db8:1:2300::/64, service-cidr 10.0.0.0/20, service-cidr fc00::/116"},
        /* 254 Services need more than 253 of a /24, so 512 addresses; a /64 of others is avoided */
        {"192.168.0.0/24", "2001:db8:1:2300::/56", "2001:db8:1:2300::/64", 10, 10, 254,
         CNICALC_PLAN_ROLE_OTHER_VSWITCH, 1,
         "vpc 192.168.0.0/24, vpc 2001:db8:1:2300::/56, vswitch:0 192.168.0.0/24, "
         "vswitch:0 2001:db8:1:2301::/64, service-cidr 10.0.0.0/23, service-cidr fc00::/119"},
        {"10.0.0.0/8", "fc00::/56", "fc00:0:0:100::/56", 2, 10, 1, CNICALC_PLAN_ROLE_OTHER, 2,
         "vpc 10.0.0.0/8, vpc fc00::/56, node-vswitch:0 10.0.1.0/29, node-vswitch:0 "
         "fc00:0:0:2::/64, node-vswitch:1 10.0.1.8/29, node-vswitch:1 fc00:0:0:3::/64, "
         "pod-vswitch:0 10.0.0.0/25, pod-vswitch:0 fc00::/64, pod-vswitch:1 10.0.0.128/25, "
         "pod-vswitch:1 fc00:0:0:1::/64, service-cidr 172.16.0.0/24, "
         "service-cidr fc00:0:0:200::/120"},
    };
    char text[1024];
    for (size_t i = 0; i < COUNT(known); i++) {
        question asked =
            ask_dual(known[i].vpc, known[i].vpc_ipv6, known[i].nodes, known[i].pods_per_node);
        answer given;
        asked.options.services = known[i].services;
        asked.options.zones = known[i].zones;
        if (known[i].other != NULL) {
            add_other(&asked, known[i].other_role, known[i].other);
        }
        ck_ok(propose(&asked, &given, BLOCKS_MAX));
        dump(&given, text, sizeof text);
        ck_assert_str_eq(text, known[i].blocks);
        ck_accepted(&asked, &given);
    }
}
END_TEST

/* A VPC that has IPv6 is named in a plan without dual stack too, and nothing of it is used. */
START_TEST(a_vpc_with_ipv6_alone)
{
    char text[512];
    question asked = ask_dual("192.168.0.0/16", "2001:db8:1:2300::/56", 100, 61);
    answer given;
    asked.options.dual_stack = 0;
    asked.options.plugin = CNICALC_PLUGIN_FLANNEL;
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER_VSWITCH, "2001:db8:1:2300::/64");
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    dump(&given, text, sizeof text);
    ck_assert_str_eq(text, "vpc 192.168.0.0/16, vpc 2001:db8:1:2300::/56, node-vswitch:0 "
                           "192.168.0.0/25, pod-cidr 10.0.0.0/19, service-cidr 10.0.32.0/20");
    ck_accepted(&asked, &given);
}
END_TEST

/* 128 zones of two vSwitches would fill a /56; 32 zones of two take 64 of 256, and others have the
 * rest but 63. One each for nodes and pods of a zone takes no fewer. */
START_TEST(ipv6_vswitches_are_256_at_most)
{
    question asked = ask_dual("10.0.0.0/8", "2001:db8:1:2300::/56", 320, 10);
    answer given;
    asked.options.zones = CNICALC_PLAN_ZONES_MAX;
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER_VSWITCH, "2001:db8:1:2300::/57");
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER_VSWITCH, "2001:db8:1:2380::/58");
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 1);
    ck_assert_uint_eq(given.proposal.block_count, 2 + 2 * 64 + 2);
    ck_assert_uint_eq(NEEDED(given.proposal, CNICALC_LIMIT_VPC_IPV6_SPACE), 64);
    ck_accepted(&asked, &given);
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER_VSWITCH, "2001:db8:1:23c0::/64");
    expect_short(&asked, CNICALC_LIMIT_VPC_IPV6_SPACE, 64, 63);
    /* 257 vSwitches of /16 at least: more than any /56 has */
    asked = ask_dual("10.0.0.0/8", "2001:db8:1:2300::/56", 255, 32766);
    asked.options.ceilings.pod_quota = asked.options.ceilings.vpc_address_quota =
        asked.options.ceilings.vswitch_quota = CNICALC_NO_LIMIT;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 1);
    ck_assert_uint_eq(NEEDED(given.proposal, CNICALC_LIMIT_VPC_IPV6_SPACE), 256);
    ck_assert_uint_eq(given.proposal.block_count, 2 + 2 * 256 + 2);
    ck_accepted(&asked, &given);
    asked.options.zones = 2;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.pods_factor, 1); /* once takes half of them */
    ck_accepted(&asked, &given);
}
END_TEST

/* Where fc00::/7 is full there is no room for an IPv6 Service CIDR; where little is left, both
 * become smaller. */
START_TEST(ipv6_service_cidr_finds_room)
{
    question asked = ask_dual("192.168.0.0/16", "2001:db8:1:2300::/56", 10, 10);
    answer given;
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER, "fc00::/7");
    expect_short(&asked, CNICALC_LIMIT_PRIVATE_SPACE, 512, 256);
    asked.in_use[2].cidr = cidr_of("fc00::/8");
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER_SERVICE_CIDR, "fd00::/8");
    expect_short(&asked, CNICALC_LIMIT_PRIVATE_SPACE, 512, 256);
    asked.in_use[3].cidr = cidr_of("fd00::/9");
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 1);
    ck_assert_mem_eq(&given.blocks[given.proposal.block_count - 1].cidr,
                     &((cnicalc_cidr){UINT64_C(0xfd80) << 48, 0, 6, 116}), sizeof(cnicalc_cidr));
}
END_TEST

/* A basic group counts IPv6 addresses as well: 14 full nodes of c7.4xlarge, 5,908 addresses. */
START_TEST(basic_group_holds_half_with_ipv6)
{
    question asked = ask_dual("10.0.0.0/8", "2001:db8:1:2300::/56", 14, 210);
    answer given;
    asked.options.ceilings.security_group = CNICALC_SECURITY_GROUP_BASIC;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 1);
    asked.options.nodes = 15;
    expect_short(&asked, CNICALC_LIMIT_SECURITY_GROUP_QUOTA, 2 * 15 * 211, 6000);
}
END_TEST

static void expect(cnicalc_status expected, const question *asked, uint32_t array, uint32_t index,
                   uint32_t other)
{
    const cnicalc_plan in_use = {asked->in_use, asked->count};
    answer given;
    cnicalc_fault fault;
    fill_pattern(&given, sizeof given);
    ck_status(cnicalc_plan_propose(&in_use, &asked->options, &given.proposal, given.blocks,
                                   BLOCKS_MAX, &fault),
              expected);
    ck_untouched(given);
    ck_assert_uint_eq(fault.array, array);
    ck_assert_uint_eq(fault.index, index);
    ck_assert_uint_eq(fault.other, other);
}

START_TEST(dual_stack_statuses)
{
    question asked = ask_dual("10.0.0.0/8", "2001:db8:1:2300::/56", 14, 210);
    const uint32_t none = CNICALC_UNKNOWN;
    asked.options.dual_stack = 2;
    expect(CNICALC_ERR_FLAG, &asked, CNICALC_ARRAY_NONE, none, none);
    asked.options.dual_stack = 1;
    asked.options.plugin = CNICALC_PLUGIN_FLANNEL;
    expect(CNICALC_ERR_PLUGIN, &asked, CNICALC_ARRAY_NONE, none, none);
    asked.options.plugin = CNICALC_PLUGIN_TERWAY;
    add_other(&asked, CNICALC_PLAN_ROLE_VPC, "2001:db8:1:2400::/56");
    expect(CNICALC_ERR_PLAN_VPC, &asked, CNICALC_ARRAY_BLOCKS, 2, 1);
    asked.in_use[2].role = CNICALC_PLAN_ROLE_OTHER_VSWITCH;
    expect(CNICALC_ERR_PLAN_OTHER, &asked, CNICALC_ARRAY_BLOCKS, 2, none);
    asked.in_use[2].role = CNICALC_PLAN_ROLE_OTHER;
    asked.in_use[2].cidr = cidr_of("2001:db8::/32");
    expect(CNICALC_ERR_PLAN_OTHER, &asked, CNICALC_ARRAY_BLOCKS, 2, 1);
    asked.count = 1;
    expect(CNICALC_ERR_PLAN_VPC, &asked, CNICALC_ARRAY_BLOCKS, none, none);
}
END_TEST

/* ---- Prefixes (rules.md 1.3: 1 + the ENIs + 16 * count; all blocks but two of a vSwitch) ---- */

static question ask_prefixes(uint64_t nodes, uint32_t prefixes, uint32_t enis)
{
    question asked = ask("10.0.0.0/8", CNICALC_PLUGIN_TERWAY, nodes, 1);
    asked.options.node = plan_node_of(enis, prefixes);
    return asked;
}

START_TEST(prefixes_of_nodes)
{
    static const struct {
        uint64_t nodes;
        uint32_t prefixes, enis;
        const char *pod_vswitches;
    } known[] = {
        {254, 16, 3, "pod-vswitch:0 10.0.0.0/16"}, /* ecs.c7.4xlarge: 4,064 of 4,094 blocks */
        {255, 16, 3, "pod-vswitch:0 10.0.0.0/16, pod-vswitch:0 10.1.2.0/23"},
        {97, 42, 4, "pod-vswitch:0 10.0.0.0/16"}, /* ecs.g9i.2xlarge: 4,074 */
        {1, 6, 2, "pod-vswitch:0 10.0.0.0/25"},   /* a /25 has 6 blocks */
        {1, 7, 2, "pod-vswitch:0 10.0.0.0/24"},   /* 113 addresses of 124, but 7 blocks */
        {1, 14, 9, "pod-vswitch:0 10.0.0.0/24"},  /* 232 addresses of 252 */
        {1, 14, 30, "pod-vswitch:0 10.0.0.0/23"}, /* 253 */
        {1, 4094, 2, "pod-vswitch:0 10.0.0.0/16"},
        {1, 4095, 2, "pod-vswitch:0 10.0.0.0/16, pod-vswitch:0 10.1.0.0/25"},
    };
    char text[512];
    for (size_t i = 0; i < COUNT(known); i++) {
        question asked = ask_prefixes(known[i].nodes, known[i].prefixes, known[i].enis);
        answer given;
        ck_ok(propose(&asked, &given, BLOCKS_MAX));
        ck_assert_uint_eq(given.proposal.pods_factor, 0);
        dump(&given, text, sizeof text);
        const char *found = strstr(text, "pod-vswitch");
        ck_assert_ptr_ne(found, NULL);
        ck_assert_msg(strncmp(found, known[i].pod_vswitches, strlen(known[i].pod_vswitches)) == 0 &&
                          strncmp(found + strlen(known[i].pod_vswitches), ", service", 9) == 0,
                      "%zu: %s", i, found);
        ck_accepted(&asked, &given);
    }
}
END_TEST

/* The zones of what is proposed hold the nodes, as cnicalc_terway_zones() sees them. */
START_TEST(terway_finds_room_for_the_prefixes)
{
    uint32_t fitting = 0;
    for (uint32_t i = 0; i < 3000; i++) {
        uint32_t prefixes = 1 + i * 7919 % 90;
        question asked = ask_prefixes(1 + i * 104729 % 700, prefixes, 2 + i % 9);
        answer given;
        asked.options.zones = 1 + i % 3;
        ck_ok(propose(&asked, &given, BLOCKS_MAX));
        cnicalc_vswitch vswitches[BLOCKS_MAX];
        cnicalc_terway_cluster cluster = {vswitches, 0, NULL, 0};
        memset(vswitches, 0, sizeof vswitches);
        for (size_t j = 0; j < given.proposal.block_count; j++) {
            const cnicalc_plan_block *block = &given.blocks[j];
            cnicalc_vswitch *vswitch = &vswitches[cluster.vswitch_count];
            vswitch->cidr = block->cidr;
            vswitch->zone = block->zone;
            vswitch->roles = cnicalc_plan_role_serves(block->role);
            cluster.vswitch_count += vswitch->roles != 0;
        }
        cnicalc_terway_node node;
        memset(&node, 0, sizeof node);
        node.pods_per_node = 1;
        node.addresses = node.addresses_with_pool = node.addresses_in_burst = 1 + i % 9;
        node.prefixes = prefixes;
        node.mode = CNICALC_MODE_IP_PREFIX;
        node.joins = 1;
        cnicalc_terway_options options;
        cnicalc_terway_result result;
        ck_ok(cnicalc_terway_options_init(&options, sizeof options));
        options.ceilings.vpc_address_quota = CNICALC_NO_LIMIT;
        if (given.proposal.fits) {
            ck_ok(cnicalc_terway_solve(&cluster, &node, &options, &result, NULL));
            ck_assert_uint_ge(result.max_nodes, asked.options.nodes);
            ck_accepted(&asked, &given);
            fitting++;
        }
    }
    ck_assert_uint_gt(fitting, 1000);
}
END_TEST

static void expect_shared(const question *asked, const char *expected)
{
    char text[512];
    answer given;
    ck_ok(propose(asked, &given, BLOCKS_MAX));
    dump(&given, text, sizeof text);
    ck_assert_msg(strstr(text, expected) != NULL, "%s", text);
    ck_accepted(asked, &given);
}

START_TEST(quotas_of_prefixes)
{
    question asked = ask_prefixes(10, 2, 3);
    asked.options.ceilings.vpc_address_quota = 349;
    expect_short(&asked, CNICALC_LIMIT_VPC_ADDRESS_QUOTA, 10 * (1 + 2 + 32), 349);
    asked = ask_prefixes(10, 2, 3);
    asked.options.ceilings.security_group = CNICALC_SECURITY_GROUP_BASIC;
    asked.options.ceilings.security_group_quota = 49;
    expect_short(&asked, CNICALC_LIMIT_SECURITY_GROUP_QUOTA, 10 * (1 + 2 + 2), 49);
    /* A /24 has 14 blocks and 252 addresses: a node, 14 prefixes and 27 ENIs take all of them */
    asked = ask("192.168.0.0/24", CNICALC_PLUGIN_TERWAY, 1, 1);
    asked.options.node = plan_node_of(28, 14);
    expect_shared(&asked, ", vswitch:0 192.168.0.0/24");
    asked.options.node = plan_node_of(29, 14);
    expect_short(&asked, CNICALC_LIMIT_VPC_SPACE, 256 + 8, 256);
    /* Two /25 have 248 addresses, 12 blocks among them: all serve both */
    asked = ask("10.0.0.0/23", CNICALC_PLUGIN_TERWAY, 1, 1);
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER_VSWITCH, "10.0.0.128/25");
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER_VSWITCH, "10.0.1.128/25");
    asked.options.node = plan_node_of(56, 12);
    expect_shared(&asked, ", vswitch:0 10.0.0.0/25, vswitch:0 10.0.1.0/25");
    asked.options.node = plan_node_of(57, 12);
    expect_short(&asked, CNICALC_LIMIT_VPC_SPACE, 256 + 8, 2 * 128);
    /* an eighth of 64 bits is the most, and Flannel does not read it */
    asked = ask_prefixes(UINT64_MAX / 8 / 34, 2, 0);
    expect_short(&asked, CNICALC_LIMIT_NODE_QUOTA, UINT64_MAX / 8 / 34, 5000);
    asked.options.nodes++;
    expect(CNICALC_ERR_OVERFLOW, &asked, CNICALC_ARRAY_NONE, CNICALC_UNKNOWN, CNICALC_UNKNOWN);
    asked = ask_prefixes(10, 2, 3);
    asked.options.plugin = CNICALC_PLUGIN_FLANNEL;
    answer given;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 1);
    ck_assert_uint_eq(NEEDED(given.proposal, CNICALC_LIMIT_VPC_ADDRESS_QUOTA), 10);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan, propose, IPv6 and prefixes");
    add_tests(suite, "dual stack", dual_stack_proposals, a_vpc_with_ipv6_alone,
              ipv6_vswitches_are_256_at_most, ipv6_service_cidr_finds_room,
              basic_group_holds_half_with_ipv6, dual_stack_statuses, NULL);
    add_tests(suite, "prefixes", prefixes_of_nodes, terway_finds_room_for_the_prefixes,
              quotas_of_prefixes, NULL);
    return run_suite(suite);
}
