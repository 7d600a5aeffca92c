/* SPDX-License-Identifier: MIT */
/* Limits of a proposal: what a request is short of, and what it settles for. */
#include "plan_question.h"

START_TEST(what_a_request_is_short_of)
{
    question asked = ask("192.168.0.0/16", CNICALC_PLUGIN_TERWAY, 1000, 65);
    /* 65,000 pod addresses are a /16, and 1,000 nodes a /22 */
    expect_short(&asked, CNICALC_LIMIT_VPC_SPACE, 65536 + 1024, 65536);
    asked = ask("192.168.0.0/28", CNICALC_PLUGIN_TERWAY, 1, 1);
    expect_short(&asked, CNICALC_LIMIT_VPC_SPACE, 128 + 8, 16);
    /* 260 pods are a /23, 10 nodes a /28, and both together more than the 252 of the /24 */
    asked = ask("192.168.0.0/24", CNICALC_PLUGIN_TERWAY, 10, 26);
    expect_short(&asked, CNICALC_LIMIT_VPC_SPACE, 512 + 16, 256);
    /* 1,080 pods are a /21 and 36 nodes a /26; of the /22 three quarters are free, and a /24 */
    asked = ask("10.2.0.0/22", CNICALC_PLUGIN_TERWAY, 36, 30);
    add_other(&asked, CNICALC_PLAN_ROLE_VPC, "192.168.0.0/24");
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER_VSWITCH, "10.2.0.0/24");
    expect_short(&asked, CNICALC_LIMIT_VPC_SPACE, 2048 + 64, 768 + 256);
    /* 4 free /26 are 256 addresses, and enough for a /25 of pods and a /29; only the nodes fit */
    asked = ask("10.0.0.0/23", CNICALC_PLUGIN_TERWAY, 1, 1);
    for (int i = 0; i < 4; i++) {
        static const char *halves[] = {"10.0.0.0/26", "10.0.0.128/26", "10.0.1.0/26",
                                       "10.0.1.128/26"};
        add_other(&asked, CNICALC_PLAN_ROLE_OTHER_VSWITCH, halves[i]);
    }
    expect_short(&asked, CNICALC_LIMIT_VPC_SPACE, 128 + 8, 8);
    asked = ask("10.0.0.0/8", CNICALC_PLUGIN_TERWAY, 4000, 10);
    asked.options.growth_percent = 50;
    expect_short(&asked, CNICALC_LIMIT_NODE_QUOTA, 6000, 5000);
    asked.options.ceilings.raised = 1;
    answer given;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 1);
    asked.options.pods_per_node = 26;
    expect_short(&asked, CNICALC_LIMIT_POD_QUOTA, 156000, 150000);
    asked.options.ceilings.pod_quota = 400000;
    asked.options.pods_per_node = 49; /* 6,000 nodes and 294,000 pods are 300,000 addresses */
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 1);
    asked.options.pods_per_node = 50;
    expect_short(&asked, CNICALC_LIMIT_VPC_ADDRESS_QUOTA, 306000, 300000);
    asked = ask("10.0.0.0/8", CNICALC_PLUGIN_TERWAY, 10, 10);
    asked.options.services = 10000;
    expect_short(&asked, CNICALC_LIMIT_SERVICE_QUOTA, 10001, 10000);
    asked.options.ceilings.service_quota = 70000;
    asked.options.services = 65534;
    expect_short(&asked, CNICALC_LIMIT_SERVICE_CIDR, 65534, 65533);

    asked = ask("192.168.0.0/16", CNICALC_PLUGIN_FLANNEL, 100, 254);
    expect_short(&asked, CNICALC_LIMIT_NODE_MASK, 254, 253);
    asked.options.pods_per_node = 64;
    asked.options.ceilings.routes_used = 150;
    expect_short(&asked, CNICALC_LIMIT_ROUTE_QUOTA, 100, 50);
    asked.options.ceilings.route_quota = 160;
    expect_short(&asked, CNICALC_LIMIT_ROUTE_QUOTA, 100, 10);
    asked.options.ceilings.vpc_address_quota = 99;
    asked.options.ceilings.routes_used = 0;
    expect_short(&asked, CNICALC_LIMIT_VPC_ADDRESS_QUOTA, 100, 99);
    asked.options.ceilings.vpc_address_quota = 0;
    asked.options.ceilings.edition = CNICALC_EDITION_EDGE_PRO;
    asked.options.nodes = 1001;
    expect_short(&asked, CNICALC_LIMIT_NODE_QUOTA, 1001, 1000);
    asked.options.ceilings.node_quota = 100000;
    asked.options.ceilings.security_group_quota = CNICALC_NO_LIMIT;
    asked.options.nodes = 65537;
    asked.options.pods_per_node = 253;
    asked.in_use[0].cidr = cidr_of("11.0.0.0/8");
    expect_short(&asked, CNICALC_LIMIT_POD_CIDR, 65537, 65536);
    asked.options.nodes = 50000; /* of 256: a /8, and only 10.0.0.0/8 is one */
    asked.in_use[0].cidr = cidr_of("10.0.0.0/8");
    expect_short(&asked, CNICALC_LIMIT_PRIVATE_SPACE, (1 << 24) + 256,
                 256); /* the Service CIDR gives way to /24 */
}
END_TEST

/* A VPC that holds the pods once is proposed: check accepts it, with the warning about twice. */
START_TEST(once_where_there_is_no_room_for_twice)
{
    static findings found;
    static const struct {
        uint64_t nodes, pods_per_node, factor;
        const char *blocks;
    } known[] = {
        /* 12 + 2 * 120 are the 252 of the /24; 13 + 2 * 130 are more */
        {12, 10, 2, "vpc 192.168.0.0/24, vswitch:0 192.168.0.0/24, service-cidr 10.0.0.0/20"},
        /* 130 pods would take a /24, or two of /25, alone */
        {13, 10, 1, "vpc 192.168.0.0/24, vswitch:0 192.168.0.0/24, service-cidr 10.0.0.0/20"},
        /* 120 pods and 60 nodes */
        {60, 2, 1,
         "vpc 192.168.0.0/24, node-vswitch:0 192.168.0.128/26, pod-vswitch:0 192.168.0.0/25, "
         "service-cidr 10.0.0.0/20"},
        {12, 20, 1, "vpc 192.168.0.0/24, vswitch:0 192.168.0.0/24, service-cidr 10.0.0.0/20"},
    };
    char text[256];
    for (size_t i = 0; i < COUNT(known); i++) {
        question asked =
            ask("192.168.0.0/24", CNICALC_PLUGIN_TERWAY, known[i].nodes, known[i].pods_per_node);
        answer given;
        size_t warnings = 0;
        ck_ok(propose(&asked, &given, BLOCKS_MAX));
        dump(&given, text, sizeof text);
        ck_assert_str_eq(text, known[i].blocks);
        ck_assert_uint_eq(given.proposal.pods_factor, known[i].factor);
        check_proposal(&asked, &given, &found);
        for (size_t j = 0; j < found.count; j++) {
            ck_assert_uint_ne(found.all[j].severity, CNICALC_PLAN_ERROR);
            warnings += found.all[j].code == CNICALC_PLAN_PODS_TWICE;
        }
        ck_assert_uint_eq(warnings != 0, known[i].factor == 1);
    }
    question asked = ask("192.168.0.0/24", CNICALC_PLUGIN_TERWAY, 13, 20); /* 273 addresses */
    expect_short(&asked, CNICALC_LIMIT_VPC_SPACE, 512 + 32, 256);
    asked = ask("192.168.0.0/24", CNICALC_PLUGIN_FLANNEL, 10, 10);
    answer given;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.pods_factor, 0);
}
END_TEST

/* A /20 where there is room, else the largest there is room for; a number of Services decides. */
START_TEST(service_cidr_without_services)
{
    static const struct {
        const char *in_use[3]; /* beside 10.0.0.0/8, the VPC, and 172.16.0.0/12 */
        uint64_t services;
        const char *service_cidr; /* NULL: no room */
    } known[] = {
        {{NULL}, 0, "192.168.0.0/20"},
        {{"192.168.0.0/17", "192.168.128.0/18", "192.168.192.0/19"}, 0, "192.168.224.0/20"},
        {{"192.168.0.0/17", "192.168.128.0/17", NULL}, 0, NULL},
        {{"192.168.8.0/21", "192.168.16.0/20", "192.168.32.0/19"}, 0, "192.168.64.0/20"},
        {{NULL}, 1, "192.168.0.0/24"},
        {{NULL}, 254, "192.168.0.0/23"},
        {{NULL}, 4094, "192.168.0.0/19"},
    };
    for (size_t i = 0; i < COUNT(known); i++) {
        question asked = ask("10.0.0.0/8", CNICALC_PLUGIN_TERWAY, 10, 10);
        answer given;
        asked.options.services = known[i].services;
        add_other(&asked, CNICALC_PLAN_ROLE_OTHER, "172.16.0.0/12");
        for (size_t j = 0; j < 3 && known[i].in_use[j] != NULL; j++) {
            add_other(&asked, CNICALC_PLAN_ROLE_OTHER, known[i].in_use[j]);
        }
        ck_ok(propose(&asked, &given, BLOCKS_MAX));
        ck_assert_uint_eq(given.proposal.fits, known[i].service_cidr != NULL);
        if (known[i].service_cidr != NULL) {
            const cnicalc_cidr expected = cidr_of(known[i].service_cidr);
            ck_assert_mem_eq(&given.blocks[given.proposal.block_count - 1].cidr, &expected,
                             sizeof expected);
        } else {
            ck_assert_uint_eq(given.proposal.bound_by, CNICALC_LIMIT_PRIVATE_SPACE);
        }
    }
    /* Of 192.168.0.0/16 the first block of a mask alone is free. */
    for (uint32_t mask = 21; mask <= 25; mask++) {
        question asked = ask("10.0.0.0/8", CNICALC_PLUGIN_TERWAY, 10, 10);
        answer given;
        cnicalc_cidr rest = cidr_of("192.168.0.0/16");
        add_other(&asked, CNICALC_PLAN_ROLE_OTHER, "172.16.0.0/12");
        for (; rest.prefix_len < mask; rest.prefix_len++) {
            cnicalc_plan_block *other = &asked.in_use[asked.count++];
            other->role = CNICALC_PLAN_ROLE_OTHER;
            ck_ok(cnicalc_cidr_nth(&rest, rest.prefix_len + 1, 1, &other->cidr));
        }
        ck_ok(propose(&asked, &given, BLOCKS_MAX));
        ck_assert_uint_eq(given.proposal.fits, mask <= 24);
        if (given.proposal.fits) {
            ck_assert_uint_eq(given.blocks[given.proposal.block_count - 1].cidr.prefix_len, mask);
        }
    }
}
END_TEST

/* ecs.c7.4xlarge runs 210 pods in shared mode (rules.md 1); a type that cannot join has no plan. */
START_TEST(pods_of_a_type)
{
    question asked = ask("10.0.0.0/8", CNICALC_PLUGIN_TERWAY, 10, 210);
    answer given;
    asked.options.node_max_pods = 210;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 1);
    asked.options.pods_per_node = 211;
    expect_short(&asked, CNICALC_LIMIT_NODE_MAX_PODS, 211, 210);
    asked.options.pods_per_node = 5;
    asked.options.node = plan_node_of(0, 0);
    asked.options.node.joins = 0;
    expect_short(&asked, CNICALC_LIMIT_MIN_PODS_TO_JOIN, 10, 0);
    asked.options.node.joins = 2;
    ck_assert_int_eq(propose(&asked, &given, BLOCKS_MAX), CNICALC_ERR_FLAG);
    asked.options.node.joins = 1;
    asked.options.node.mode = 0;
    ck_assert_int_eq(propose(&asked, &given, BLOCKS_MAX), CNICALC_ERR_NODE_MODE);
    asked.options.node.reserved[3] = 1;
    ck_assert_int_eq(propose(&asked, &given, BLOCKS_MAX), CNICALC_ERR_RESERVED);
    asked.options.node = plan_node_of(0, 0);
    asked.options.reserved[1] = 1;
    ck_assert_int_eq(propose(&asked, &given, BLOCKS_MAX), CNICALC_ERR_RESERVED);
}
END_TEST

/* rules.md 3: 28 full nodes of ecs.c7.4xlarge are 28 * 211 = 5,908 addresses, 29 are 6,119 */
START_TEST(security_groups)
{
    question asked = ask("10.0.0.0/8", CNICALC_PLUGIN_TERWAY, 28, 210);
    answer given;
    asked.options.ceilings.security_group = CNICALC_SECURITY_GROUP_BASIC;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 1);
    asked.options.nodes = 29;
    expect_short(&asked, CNICALC_LIMIT_SECURITY_GROUP_QUOTA, 6119, 6000);
    asked.options.ceilings.security_group = CNICALC_SECURITY_GROUP_ADVANCED;
    asked.options.ceilings.security_group_used = 65536 - 231;
    asked.options.node = plan_node_of(8, 0);
    expect_short(&asked, CNICALC_LIMIT_SECURITY_GROUP_QUOTA, 232, 231);
    asked.options.ceilings.security_group_used--;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 1);
    asked.options.plugin = CNICALC_PLUGIN_FLANNEL;
    asked.options.ceilings.security_group = CNICALC_SECURITY_GROUP_BASIC;
    asked.options.ceilings.security_group_quota = 28;
    asked.options.ceilings.security_group_used = 0;
    expect_short(&asked, CNICALC_LIMIT_SECURITY_GROUP_QUOTA, 29, 28);
}
END_TEST

/* 150 vSwitches in a VPC, those of others included, each block once and IPv4 alone. */
START_TEST(vswitches_of_the_vpc)
{
    question asked = ask("10.0.0.0/8", CNICALC_PLUGIN_TERWAY, 10, 10);
    asked.options.ceilings.vswitch_quota = 4;
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER_VSWITCH, "10.1.0.0/24");
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER_VSWITCH, "10.1.0.0/24");
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER_VSWITCH, "10.1.1.0/24");
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER, "172.16.0.0/24");
    answer given;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 1);
    asked.options.zones = 2;
    expect_short(&asked, CNICALC_LIMIT_VSWITCH_QUOTA, 6, 4);
    asked.options.ceilings.vswitch_quota = 0;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(AVAILABLE(given.proposal, CNICALC_LIMIT_VSWITCH_QUOTA), 150);
}
END_TEST

/* 70,000 nodes are 65,532 of a /16 and 4,468 of a /19; twice as many pods are two /16 and 8,936 of
 * a /18. */
START_TEST(more_than_a_vswitch_holds)
{
    question asked = ask("10.0.0.0/8", CNICALC_PLUGIN_TERWAY, 70000, 1);
    cnicalc_ceilings *ceilings = &asked.options.ceilings;
    answer given;
    uint32_t nodes[30] = {0}, pods[30] = {0};
    ceilings->node_quota = ceilings->vpc_address_quota = CNICALC_NO_LIMIT;
    ceilings->security_group_quota = CNICALC_NO_LIMIT;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 1);
    for (size_t i = 0; i < given.proposal.block_count; i++) {
        const cnicalc_plan_block *block = &given.blocks[i];
        nodes[block->cidr.prefix_len] += block->role == CNICALC_PLAN_ROLE_NODE_VSWITCH;
        pods[block->cidr.prefix_len] += block->role == CNICALC_PLAN_ROLE_POD_VSWITCH;
    }
    ck_assert_uint_eq(nodes[16], 1);
    ck_assert_uint_eq(nodes[19], 1);
    ck_assert_uint_eq(pods[16], 2);
    ck_assert_uint_eq(pods[18], 1);
    ck_accepted(&asked, &given);
}
END_TEST

/* Twice the pods takes two vSwitches of /25 for pods and one for nodes, once takes one less. */
START_TEST(fewer_vswitches_hold_the_pods_once)
{
    question asked = ask("10.0.0.0/23", CNICALC_PLUGIN_TERWAY, 10, 9);
    answer given;
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER_VSWITCH, "10.0.0.0/25");
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER_VSWITCH, "10.0.1.0/26");
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.pods_factor, 2);
    ck_assert_uint_eq(NEEDED(given.proposal, CNICALC_LIMIT_VSWITCH_QUOTA), 5);
    asked.options.ceilings.vswitch_quota = 4;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.pods_factor, 1);
    ck_assert_uint_eq(NEEDED(given.proposal, CNICALC_LIMIT_VSWITCH_QUOTA), 4);
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
    Suite *suite = suite_create("plan, limits of proposals");
    add_tests(suite, "known", what_a_request_is_short_of, once_where_there_is_no_room_for_twice,
              service_cidr_without_services, pods_of_a_type, security_groups, vswitches_of_the_vpc,
              more_than_a_vswitch_holds, fewer_vswitches_hold_the_pods_once, growth_is_rounded_up,
              NULL);
    return run_suite(suite);
}
