/* SPDX-License-Identifier: MIT */
/* Proposals that were written down by hand. */
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
        /* 62 pods of a node have addresses in a /25, not in a /26, which has 61 */
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
        /* 520 nodes of 60 pods are 31,200 pods: a /24 is too few Services */
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

int main(void)
{
    Suite *suite = suite_create("plan, propose");
    add_tests(suite, "known", known_proposals, several_and_shared_vswitches,
              what_has_no_room_to_spare, room_for_more, what_each_plugin_needs,
              blocks_in_use_are_avoided, summary_holds_the_vpc_alone, summary_leaves_free_blocks,
              no_limit_is_no_number, NULL);
    return run_suite(suite);
}
