/* SPDX-License-Identifier: MIT */
/* Proposals for a VPC that has secondary blocks. */
#include "plan_question.h"

/* ---- Known ---- */

START_TEST(vswitches_are_in_any_block)
{
    static const struct {
        const char *vpc[6], *others[3];
        uint64_t nodes, pods_per_node;
        uint32_t plugin, zones;
        uint64_t room;
        const char *blocks;
    } known[] = {
        /* 2 * 200 pods take a /23, which the /24 has not, and 10 nodes a /28; of the 128 blocks of
           /23 one is taken, and the Service CIDR is in neither block */
        {{"192.168.0.0/24", "10.0.0.0/16"},
         {NULL},
         10,
         20,
         CNICALC_PLUGIN_TERWAY,
         1,
         127,
         "vpc 192.168.0.0/24, vpc 10.0.0.0/16, node-vswitch:0 192.168.0.0/28, "
         "pod-vswitch:0 10.0.0.0/23, service-cidr 10.1.0.0/20"},
        /* in the order given, not that of their addresses */
        {{"172.16.0.0/16", "10.0.0.0/16"},
         {NULL},
         100,
         61,
         CNICALC_PLUGIN_FLANNEL,
         1,
         0,
         "vpc 172.16.0.0/16, vpc 10.0.0.0/16, node-vswitch:0 172.16.0.0/25, pod-cidr 10.1.0.0/19, "
         "service-cidr 10.1.32.0/20"},
        /* one that can be primary alone may come last; 5 nodes and 2 * 55 pods in each zone */
        {{"10.0.0.0/25", "10.2.0.0/15"},
         {NULL},
         10,
         11,
         CNICALC_PLUGIN_TERWAY,
         2,
         1022,
         "vpc 10.0.0.0/25, vpc 10.2.0.0/15, node-vswitch:0 10.2.0.128/28, node-vswitch:1 "
         "10.2.0.144/28, pod-vswitch:0 10.0.0.0/25, pod-vswitch:1 10.2.0.0/25, service-cidr "
         "10.0.16.0/20"},
        /* the same with no room but two of /25: each serves nodes and pods of a zone */
        {{"10.0.0.0/24", "10.1.0.0/25", "10.2.0.0/25"},
         {"10.0.0.0/24"},
         10,
         11,
         CNICALC_PLUGIN_TERWAY,
         2,
         0,
         "vpc 10.0.0.0/24, vpc 10.1.0.0/25, vpc 10.2.0.0/25, vswitch:0 10.1.0.0/25, "
         "vswitch:1 10.2.0.0/25, service-cidr 10.0.16.0/20"},
        /* two blocks side by side are no /24: 2 * 100 pods and 10 nodes are in two of 124 */
        {{"10.0.0.0/25", "10.0.0.128/25"},
         {NULL},
         10,
         10,
         CNICALC_PLUGIN_TERWAY,
         1,
         0,
         "vpc 10.0.0.0/25, vpc 10.0.0.128/25, pod-vswitch:0 10.0.0.0/25, vswitch:0 10.0.0.128/25, "
         "service-cidr 10.0.16.0/20"},
        /* nodes in pieces of three blocks: 29 are 12 + 12 + 5, so 12 + 12 + 12 */
        {{"10.0.0.0/28", "10.1.0.0/28", "10.2.0.0/27"},
         {"10.2.0.16/28"},
         29,
         13,
         CNICALC_PLUGIN_FLANNEL,
         1,
         0,
         "vpc 10.0.0.0/28, vpc 10.1.0.0/28, vpc 10.2.0.0/27, node-vswitch:0 10.0.0.0/28, "
         "node-vswitch:0 10.1.0.0/28, node-vswitch:0 10.2.0.0/28, pod-cidr 10.0.2.0/23, "
         "service-cidr 10.0.16.0/20"},
        /* 2 * 32,500 pods are in two /17 of 32,764; a /16 of 65,532 would do and is not free */
        {{"10.0.0.0/17", "10.1.0.0/17", "10.2.0.0/22"},
         {NULL},
         650,
         50,
         CNICALC_PLUGIN_TERWAY,
         1,
         0,
         "vpc 10.0.0.0/17, vpc 10.1.0.0/17, vpc 10.2.0.0/22, node-vswitch:0 10.2.0.0/22, "
         "pod-vswitch:0 10.0.0.0/17, pod-vswitch:0 10.1.0.0/17, service-cidr 10.0.128.0/20"},
    };
    char text[1024];
    for (size_t i = 0; i < COUNT(known); i++) {
        question asked =
            ask(known[i].vpc[0], known[i].plugin, known[i].nodes, known[i].pods_per_node);
        answer given;
        asked.options.zones = known[i].zones;
        for (size_t j = 1; j < COUNT(known[i].vpc) && known[i].vpc[j] != NULL; j++) {
            add_other(&asked, CNICALC_PLAN_ROLE_VPC, known[i].vpc[j]);
        }
        for (size_t j = 0; j < COUNT(known[i].others) && known[i].others[j] != NULL; j++) {
            add_other(&asked, CNICALC_PLAN_ROLE_OTHER_VSWITCH, known[i].others[j]);
        }
        ck_ok(propose(&asked, &given, BLOCKS_MAX));
        dump(&given, text, sizeof text);
        ck_assert_str_eq(text, known[i].blocks);
        ck_assert_uint_eq(given.proposal.room_pod_vswitches, known[i].room);
        ck_accepted(&asked, &given);
    }
}
END_TEST

/* Pod CIDR and Service CIDR stay out of all blocks, of what is in use, and of a summary. */
START_TEST(what_is_beside_the_vpc)
{
    question asked = ask("10.1.0.0/16", CNICALC_PLUGIN_FLANNEL, 100, 61);
    answer given;
    char text[512];
    add_other(&asked, CNICALC_PLAN_ROLE_SUMMARY, "10.0.0.0/8");
    add_other(&asked, CNICALC_PLAN_ROLE_VPC, "172.16.0.0/16");
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER, "172.17.0.0/16");
    add_other(&asked, CNICALC_PLAN_ROLE_OTHER_VSWITCH, "10.1.0.0/16");
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    dump(&given, text, sizeof text);
    ck_assert_str_eq(text, "vpc 10.1.0.0/16, vpc 172.16.0.0/16, node-vswitch:0 172.16.0.0/25, "
                           "pod-cidr 172.18.0.0/19, service-cidr 172.18.32.0/20");
    ck_accepted(&asked, &given);
}
END_TEST

/* 256 of /16 in the /8 and 5 beside it hold one node and its pods, and not one more. */
START_TEST(as_many_vswitches_as_there_can_be)
{
    static const char *secondary[] = {"172.16.0.0/16", "172.17.0.0/16", "172.18.0.0/16",
                                      "172.19.0.0/16", "192.168.0.0/16"};
    question asked = ask("10.0.0.0/8", CNICALC_PLUGIN_TERWAY, 1, UINT64_C(261) * 65532 - 1);
    static answer given;
    asked.options.ceilings.pod_quota = asked.options.ceilings.vpc_address_quota =
        asked.options.ceilings.vswitch_quota = CNICALC_NO_LIMIT;
    for (size_t i = 0; i < COUNT(secondary); i++) {
        add_other(&asked, CNICALC_PLAN_ROLE_VPC, secondary[i]);
    }
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 1);
    ck_assert_uint_eq(given.proposal.pods_factor, 1);
    ck_assert_uint_eq(given.proposal.block_count, 6 + 261 + 1);
    ck_accepted(&asked, &given);
    asked.options.pods_per_node++;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 0);
    ck_assert_uint_eq(given.proposal.bound_by, CNICALC_LIMIT_VPC_SPACE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan, propose in several blocks");
    add_tests(suite, "known", vswitches_are_in_any_block, what_is_beside_the_vpc,
              as_many_vswitches_as_there_can_be, NULL);
    return run_suite(suite);
}
