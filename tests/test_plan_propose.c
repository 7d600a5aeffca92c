/* SPDX-License-Identifier: MIT */
/* Proposals that were written down by hand, and requests that are malformed. */
#include "plan_question.h"

#include <stdio.h>
#include <string.h>

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
         "vpc 192.168.0.0/16, node-vswitch:0 192.168.32.0/25, pod-vswitch:0 192.168.0.0/19, "
         "service-cidr 10.0.0.0/20"},
        /* 253 Services beside `kubernetes` are all 254 of a /24 */
        {"192.168.0.0/16", 100, 40, 253, 1, 1, 0, 0, 6,
         "vpc 192.168.0.0/16, node-vswitch:0 192.168.32.0/25, pod-vswitch:0 192.168.0.0/19, "
         "service-cidr 10.0.0.0/24"},
        {"192.168.0.0/16", 100, 100, 0, 2, 1, 0, 25, 0,
         "vpc 192.168.0.0/16, node-vswitch:0 192.168.0.0/25, pod-cidr 10.0.0.0/18, "
         "service-cidr 10.0.64.0/20"},
        /* issue 12: a pod of 62 on each node has an address in a /25 alone: 61 in a /26 */
        {"192.168.0.0/16", 100, 62, 0, 2, 1, 0, 25, 0,
         "vpc 192.168.0.0/16, node-vswitch:0 192.168.0.0/25, pod-cidr 10.0.0.0/18, "
         "service-cidr 10.0.64.0/20"},
        {"192.168.0.0/16", 100, 61, 0, 2, 1, 0, 26, 0,
         "vpc 192.168.0.0/16, node-vswitch:0 192.168.0.0/25, pod-cidr 10.0.0.0/19, "
         "service-cidr 10.0.32.0/20"},
        /* 16 nodes of 256 addresses are a /20 as well: of equals the pod CIDR is first */
        {"192.168.0.0/16", 16, 253, 0, 2, 1, 0, 24, 0,
         "vpc 192.168.0.0/16, node-vswitch:0 192.168.0.0/27, pod-cidr 10.0.0.0/20, "
         "service-cidr 10.0.16.0/20"},
        /* issue 12: 520 nodes of 60 pods, 31,200 of them, got a /24 for 253 Services */
        {"10.0.0.0/8", 520, 60, 0, 1, 1, 0, 0, 254,
         "vpc 10.0.0.0/8, node-vswitch:0 10.1.0.0/22, pod-vswitch:0 10.0.0.0/16, "
         "service-cidr 172.16.0.0/20"},
        /* 150 nodes, 50 in each zone: 54 addresses, and 2 * 50 * 20 + 4; 253 Services */
        {"10.0.0.0/8", 100, 20, 253, 1, 3, 50, 0, 8188,
         "vpc 10.0.0.0/8, node-vswitch:0 10.0.24.0/26, node-vswitch:1 10.0.24.64/26, "
         "node-vswitch:2 "
         "10.0.24.128/26, pod-vswitch:0 10.0.0.0/21, pod-vswitch:1 10.0.8.0/21, pod-vswitch:2 "
         "10.0.16.0/21, service-cidr 172.16.0.0/23"},
        /* 7 nodes in 2 zones: 4 and 3; 124 pods in 2 * 62, one more address is a /24 */
        {"172.16.0.0/12", 7, 16, 254, 1, 2, 0, 0, 4094,
         "vpc 172.16.0.0/12, node-vswitch:0 172.16.1.128/29, node-vswitch:1 172.16.1.136/29, "
         "pod-vswitch:0 "
         "172.16.0.0/24, pod-vswitch:1 172.16.1.0/25, service-cidr 10.0.0.0/23"},
        /* 65,533 Services take all of a /16, which goes before the pod CIDR of 16 nodes */
        {"192.168.0.0/16", 16, 13, 65533, 2, 1, 0, 28, 0,
         "vpc 192.168.0.0/16, node-vswitch:0 192.168.0.0/27, pod-cidr 10.1.0.0/24, service-cidr "
         "10.0.0.0/16"},
        /* more than 65,532 addresses for pods: 2 * 1000 * 33 = 66,000 */
        {"10.0.0.0/8", 1000, 33, 0, 1, 1, 0, 0, 254,
         "vpc 10.0.0.0/8, node-vswitch:0 10.1.0.0/22, pod-vswitch:0 10.0.0.0/16, pod-vswitch:0 "
         "10.1.4.0/23, service-cidr 172.16.0.0/20"},
        /* exactly the 65,532 addresses of a /16: 2 * 258 * 127 */
        {"10.0.0.0/8", 258, 127, 0, 1, 1, 0, 0, 254,
         "vpc 10.0.0.0/8, node-vswitch:0 10.1.0.0/23, pod-vswitch:0 10.0.0.0/16, "
         "service-cidr 172.16.0.0/20"},
    };
    char text[1024];
    for (size_t i = 0; i < COUNT(known); i++) {
        question asked = ask(known[i].vpc, known[i].plugin, known[i].nodes, known[i].pods_per_node);
        asked.options.services = known[i].services;
        asked.options.zones = known[i].zones;
        asked.options.growth_percent = known[i].growth;
        asked.options.ceilings.service_quota = 100000;
        answer given;
        ck_ok(propose(&asked, &given, BLOCKS_MAX));
        dump(&given, text, sizeof text);
        ck_assert_str_eq(text, known[i].blocks);
        ck_assert_uint_eq(given.proposal.fits, 1);
        ck_assert_uint_eq(given.proposal.bound_by, CNICALC_LIMIT_NONE);
        ck_assert_uint_eq(given.proposal.node_mask, known[i].node_mask);
        ck_assert_uint_eq(given.proposal.room_pod_vswitches, known[i].room);
    }
}
END_TEST

/* Where one vSwitch for each purpose finds no room: several, then some for nodes and pods. */
START_TEST(several_and_shared_vswitches)
{
    static const struct {
        const char *vpc, *others[5];
        uint64_t nodes, pods_per_node;
        uint32_t plugin, zones;
        const char *vswitches;
    } known[] = {
        /* 2 * 100 pods and 10 nodes are 210 of 252 */
        {"192.168.0.0/24", {NULL}, 10, 10, CNICALC_PLUGIN_TERWAY, 1, "vswitch:0 192.168.0.0/24"},
        /* 2 * 120 + 12 are all 252 */
        {"192.168.0.0/24", {NULL}, 12, 10, CNICALC_PLUGIN_TERWAY, 1, "vswitch:0 192.168.0.0/24"},
        /* 2 * 110 pods are 220 of twice 124; a /24 is nowhere free */
        {"10.0.0.0/22",
         {"10.0.0.0/25", "10.0.1.0/25", "10.0.2.0/25", "10.0.3.0/25"},
         10,
         11,
         CNICALC_PLUGIN_TERWAY,
         1,
         "node-vswitch:0 10.0.2.128/28, pod-vswitch:0 10.0.0.128/25, pod-vswitch:0 10.0.1.128/25"},
        /* 5 nodes and 2 * 55 pods in each zone, 115 of 124 */
        {"192.168.0.0/24",
         {NULL},
         10,
         11,
         CNICALC_PLUGIN_TERWAY,
         2,
         "vswitch:0 192.168.0.0/25, vswitch:1 192.168.0.128/25"},
        /* 2 * 121 + 11 are 253: 252 of the /24 and one of the /29, which can serve nodes alone */
        {"192.168.0.0/23",
         {"192.168.1.8/29", "192.168.1.16/28", "192.168.1.32/27", "192.168.1.64/26",
          "192.168.1.128/25"},
         11,
         11,
         CNICALC_PLUGIN_TERWAY,
         1,
         "node-vswitch:0 192.168.1.0/29, vswitch:0 192.168.0.0/24"},
        /* 100 nodes of twice 60 */
        {"192.168.0.0/24",
         {"192.168.0.64/26", "192.168.0.192/26"},
         100,
         10,
         CNICALC_PLUGIN_FLANNEL,
         1,
         "node-vswitch:0 192.168.0.0/26, node-vswitch:0 192.168.0.128/26"},
        /* 85 nodes and 170 pods: 4 + 252; 84 and 168: 4 + 124 + 124, where the last serve both */
        {"10.0.0.0/22",
         {"10.0.1.0/25", "10.0.2.0/25", "10.0.3.0/25"},
         169,
         1,
         CNICALC_PLUGIN_TERWAY,
         2,
         "node-vswitch:0 10.0.3.128/29, node-vswitch:1 10.0.3.136/29, pod-vswitch:1 "
         "10.0.1.128/25, vswitch:0 10.0.0.0/24, vswitch:1 10.0.2.128/25"},
        /* 127 nodes and 254 pods: 12 + 252 and 117 of 124; 126 and 252: 4 + 124, 252. A /25 serves
         * nodes alone where the /24 holds the pods. */
        {"10.0.0.0/22",
         {"10.0.0.224/27", "10.0.1.128/25"},
         253,
         1,
         CNICALC_PLUGIN_TERWAY,
         2,
         "node-vswitch:0 10.0.0.128/28, node-vswitch:1 10.0.0.144/29, node-vswitch:1 10.0.1.0/25, "
         "pod-vswitch:0 10.0.2.0/24, pod-vswitch:1 10.0.3.0/24, vswitch:0 10.0.0.0/25"},
        /* 140 nodes and 140 pods, once: the /25 is too small for either, so that the /24 serves
           both */
        {"192.168.0.0/23",
         {"192.168.1.128/25"},
         176,
         1,
         CNICALC_PLUGIN_TERWAY,
         1,
         "pod-vswitch:0 192.168.1.0/25, vswitch:0 192.168.0.0/24"},
        /* one node: the second zone gets nothing */
        {"192.168.0.0/25", {NULL}, 1, 60, CNICALC_PLUGIN_TERWAY, 2, "vswitch:0 192.168.0.0/25"},
    };
    char text[512], expected[512];
    for (size_t i = 0; i < COUNT(known); i++) {
        question asked = ask(known[i].vpc, known[i].plugin, known[i].nodes, known[i].pods_per_node);
        asked.options.zones = known[i].zones;
        for (size_t j = 0; j < COUNT(known[i].others) && known[i].others[j] != NULL; j++) {
            add_other(&asked, CNICALC_PLAN_ROLE_OTHER_VSWITCH, known[i].others[j]);
        }
        answer given;
        ck_ok(propose(&asked, &given, BLOCKS_MAX));
        dump(&given, text, sizeof text);
        snprintf(expected, sizeof expected, "vpc %s, %s, ", known[i].vpc, known[i].vswitches);
        ck_assert_msg(strncmp(text, expected, strlen(expected)) == 0, "%s\nexpected %s", text,
                      expected);
        ck_accepted(&asked, &given);
        ck_assert_uint_eq(NEEDED(given.proposal, CNICALC_LIMIT_VPC_SPACE),
                          AVAILABLE(given.proposal, CNICALC_LIMIT_VPC_SPACE));
    }
}
END_TEST

/* No address to spare in 3 zones of a /22: the zone that needs most must not have the largest
 * block, which the first way that is tried gives it. That there is a way was found by trying all.
 */
START_TEST(what_has_no_room_to_spare)
{
    static const struct {
        const char *others[3];
        uint64_t nodes, pods_per_node;
    } known[] = {
        {{"192.168.1.48/28", "192.168.3.64/26", NULL}, 295, 1},
        {{"192.168.1.80/28", "192.168.2.64/26", NULL}, 178, 2},
        {{"192.168.0.24/29", "192.168.0.32/27", "192.168.2.192/27"}, 296, 1},
        {{"192.168.0.176/29", "192.168.2.192/28", NULL}, 317, 1},
        {{"192.168.0.96/28", "192.168.0.224/28", NULL}, 316, 1},
    };
    for (size_t i = 0; i < COUNT(known); i++) {
        question asked =
            ask("192.168.0.0/22", CNICALC_PLUGIN_TERWAY, known[i].nodes, known[i].pods_per_node);
        asked.options.zones = 3;
        for (size_t j = 0; j < COUNT(known[i].others) && known[i].others[j] != NULL; j++) {
            add_other(&asked, CNICALC_PLAN_ROLE_OTHER_VSWITCH, known[i].others[j]);
        }
        answer given;
        ck_ok(propose(&asked, &given, BLOCKS_MAX));
        ck_assert_uint_eq(given.proposal.pods_factor, 2);
        ck_accepted(&asked, &given);
    }
}
END_TEST

/* The largest vSwitch for pods, be it shared. */
START_TEST(room_for_more)
{
    question asked = ask("192.168.0.0/23", CNICALC_PLUGIN_TERWAY, 10, 10);
    answer given;
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER_VSWITCH, "192.168.1.0/25");
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.room_prefix_len, 24);
    ck_assert_uint_eq(given.proposal.room_pod_vswitches, 0);
    asked = ask("192.168.0.0/24", CNICALC_PLUGIN_TERWAY, 5, 11);
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER_VSWITCH, "192.168.0.192/26");
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER_VSWITCH, "192.168.0.128/26");
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.room_prefix_len, 25);
    ck_assert_uint_eq(given.proposal.room_pod_vswitches, 0);
    asked = ask("192.168.0.0/16", CNICALC_PLUGIN_FLANNEL, 5, 11);
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.room_prefix_len, 0);
    ck_assert_uint_eq(given.proposal.room_pod_vswitches, 0);
}
END_TEST

struct need {
    uint32_t limit;
    uint64_t needed;
};

/* The rows of a proposal, in the order in which they are tried. */
static void check_needed(const question *asked, const struct need *needs, size_t count)
{
    answer given;
    ck_ok(propose(asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.limit_count, count);
    for (size_t i = 0; i < count; i++) {
        const cnicalc_limit_row *row = &given.proposal.limits[i];
        ck_assert_uint_eq(row->limit, needs[i].limit);
        ck_assert_uint_eq(row->counts, cnicalc_limit_counts(row->limit));
        ck_assert_msg(row->needed == needs[i].needed, "%s: %llu", cnicalc_limit_name(row->limit),
                      (unsigned long long)row->needed);
    }
}

/* What a plugin has no use for is not needed. 7 Services are 8 with `kubernetes`. */
START_TEST(what_each_plugin_needs)
{
    static const struct need terway[] = {
        {CNICALC_LIMIT_NODE_QUOTA, 100},
        {CNICALC_LIMIT_ROUTE_QUOTA, 0},
        {CNICALC_LIMIT_POD_QUOTA, 4000},
        {CNICALC_LIMIT_SERVICE_QUOTA, 8},
        {CNICALC_LIMIT_VPC_ADDRESS_QUOTA, 4100},
        {CNICALC_LIMIT_VSWITCH_QUOTA, 2},
        {CNICALC_LIMIT_SECURITY_GROUP_QUOTA, 200}, /* two ENIs of each node, at least */
        {CNICALC_LIMIT_NODE_MASK, 0},
        {CNICALC_LIMIT_NODE_MAX_PODS, 40},
        {CNICALC_LIMIT_MIN_PODS_TO_JOIN, 100},
        {CNICALC_LIMIT_POD_CIDR, 0},
        {CNICALC_LIMIT_SERVICE_CIDR, 7},
        {CNICALC_LIMIT_VPC_SPACE, 8192 + 128},
        {CNICALC_LIMIT_VPC_IPV6_SPACE, 0},
        {CNICALC_LIMIT_PRIVATE_SPACE, 256},
    };
    static const struct need flannel[] = {
        {CNICALC_LIMIT_NODE_QUOTA, 100},
        {CNICALC_LIMIT_ROUTE_QUOTA, 100},
        {CNICALC_LIMIT_POD_QUOTA, 4000},
        {CNICALC_LIMIT_SERVICE_QUOTA, 8},
        {CNICALC_LIMIT_VPC_ADDRESS_QUOTA, 100},
        {CNICALC_LIMIT_VSWITCH_QUOTA, 1},
        {CNICALC_LIMIT_SECURITY_GROUP_QUOTA, 100},
        {CNICALC_LIMIT_NODE_MASK, 40},
        {CNICALC_LIMIT_NODE_MAX_PODS, 40},
        {CNICALC_LIMIT_MIN_PODS_TO_JOIN, 100},
        {CNICALC_LIMIT_POD_CIDR, 100},
        {CNICALC_LIMIT_SERVICE_CIDR, 7},
        {CNICALC_LIMIT_VPC_SPACE, 128},
        {CNICALC_LIMIT_VPC_IPV6_SPACE, 0},
        {CNICALC_LIMIT_PRIVATE_SPACE, 256 + 128 * 64},
    };
    question asked = ask("192.168.0.0/16", CNICALC_PLUGIN_TERWAY, 100, 40);
    asked.options.services = 7;
    check_needed(&asked, terway, COUNT(terway));
    asked = ask("192.168.0.0/16", CNICALC_PLUGIN_FLANNEL, 100, 40);
    asked.options.services = 7;
    check_needed(&asked, flannel, COUNT(flannel));
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
    ck_assert_str_eq(text, "vpc 192.168.0.0/16, node-vswitch:0 192.168.1.0/25, pod-vswitch:0 "
                           "192.168.32.0/19, service-cidr 10.128.16.0/20");
    ck_assert_uint_eq(given.proposal.room_pod_vswitches, 6);
    ck_accepted(&asked, &given);
}
END_TEST

/* The VPC is in the route, and what is placed in it; what is beside it is not. */
START_TEST(summary_holds_the_vpc_alone)
{
    question asked = ask("10.1.0.0/16", CNICALC_PLUGIN_TERWAY, 100, 40);
    answer given;
    char text[256];
    add_other(&asked, CNICALC_PLAN_ROLE_SUMMARY, "10.0.0.0/8");
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    dump(&given, text, sizeof text);
    ck_assert_str_eq(text, "vpc 10.1.0.0/16, node-vswitch:0 10.1.32.0/25, pod-vswitch:0 "
                           "10.1.0.0/19, service-cidr 172.16.0.0/20");
    /* Seven further /19 beside the first, but for the one that the nodes are in: six. */
    ck_assert_uint_eq(given.proposal.room_pod_vswitches, 6);
    ck_accepted(&asked, &given);

    asked = ask("10.1.0.0/24", CNICALC_PLUGIN_FLANNEL, 100, 100);
    add_other(&asked, CNICALC_PLAN_ROLE_SUMMARY, "10.1.0.0/24");
    add_other(&asked, CNICALC_PLAN_ROLE_SUMMARY, "10.0.0.0/16");
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    dump(&given, text, sizeof text);
    ck_assert_str_eq(text, "vpc 10.1.0.0/24, node-vswitch:0 10.1.0.0/25, pod-cidr 10.1.64.0/18, "
                           "service-cidr 10.1.16.0/20");
    ck_accepted(&asked, &given);
}
END_TEST

/* A vSwitch for nodes and pods is found among the free blocks, which a summary does not take. */
START_TEST(summary_leaves_free_blocks)
{
    question asked = ask("10.1.0.0/24", CNICALC_PLUGIN_TERWAY, 10, 10);
    answer given;
    char text[256];
    add_other(&asked, CNICALC_PLAN_ROLE_SUMMARY, "10.0.0.0/8");
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    dump(&given, text, sizeof text);
    ck_assert_str_eq(text, "vpc 10.1.0.0/24, vswitch:0 10.1.0.0/24, service-cidr 172.16.0.0/20");
    ck_accepted(&asked, &given);
}
END_TEST

/* A caller's own "no limit" stays one, whatever is in use. */
START_TEST(no_limit_is_no_number)
{
    question asked = ask("192.168.0.0/16", CNICALC_PLUGIN_FLANNEL, 10, 64);
    asked.options.ceilings.node_quota = asked.options.ceilings.pod_quota =
        asked.options.ceilings.service_quota = asked.options.ceilings.route_quota =
            asked.options.ceilings.vpc_address_quota = CNICALC_NO_LIMIT;
    asked.options.ceilings.routes_used = 5;
    answer given;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 1);
    const uint32_t quotas[] = {CNICALC_LIMIT_NODE_QUOTA, CNICALC_LIMIT_POD_QUOTA,
                               CNICALC_LIMIT_SERVICE_QUOTA, CNICALC_LIMIT_ROUTE_QUOTA,
                               CNICALC_LIMIT_VPC_ADDRESS_QUOTA};
    for (size_t i = 0; i < COUNT(quotas); i++) {
        ck_assert_uint_eq(AVAILABLE(given.proposal, quotas[i]), CNICALC_NO_LIMIT);
    }
}
END_TEST

START_TEST(what_a_request_is_short_of)
{
    question asked = ask("192.168.0.0/16", CNICALC_PLUGIN_TERWAY, 1000, 65);
    /* 65,000 pod addresses are a /16, and 1,000 nodes a /22 */
    expect_short(&asked, CNICALC_LIMIT_VPC_SPACE, 65536 + 1024, 65536);
    asked = ask("192.168.0.0/28", CNICALC_PLUGIN_TERWAY, 1, 1);
    expect_short(&asked, CNICALC_LIMIT_VPC_SPACE, 128 + 8, 8);
    /* 260 pods are a /23, 10 nodes a /28, and both together more than the 252 of the /24 */
    asked = ask("192.168.0.0/24", CNICALC_PLUGIN_TERWAY, 10, 26);
    expect_short(&asked, CNICALC_LIMIT_VPC_SPACE, 512 + 16, 16);
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
    expect_short(&asked, CNICALC_LIMIT_VPC_SPACE, 512 + 32, 32);
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
    asked.options.node_joins = 0;
    expect_short(&asked, CNICALC_LIMIT_MIN_PODS_TO_JOIN, 10, 0);
    asked.options.node_joins = 2;
    ck_assert_int_eq(propose(&asked, &given, BLOCKS_MAX), CNICALC_ERR_FLAG);
    asked.options.node_joins = 1;
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
    asked.options.enis_per_node = 8;
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
    Suite *suite = suite_create("plan, propose");
    add_tests(suite, "known", known_proposals, several_and_shared_vswitches,
              what_has_no_room_to_spare, room_for_more, what_each_plugin_needs,
              blocks_in_use_are_avoided, summary_holds_the_vpc_alone, summary_leaves_free_blocks,
              no_limit_is_no_number, what_a_request_is_short_of,
              once_where_there_is_no_room_for_twice, service_cidr_without_services, pods_of_a_type,
              security_groups, vswitches_of_the_vpc, fewer_vswitches_hold_the_pods_once,
              growth_is_rounded_up, NULL);
    return run_suite(suite);
}
