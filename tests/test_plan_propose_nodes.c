/* SPDX-License-Identifier: MIT */
/* Proposals for a VPC that has vSwitches for nodes. */
#include "plan_question.h"

static void add_node_vswitch(question *asked, const char *cidr, uint32_t zone, uint64_t used)
{
    cnicalc_plan_block *block = &asked->in_use[asked->count];
    add_other(asked, CNICALC_PLAN_ROLE_NODE_VSWITCH, cidr);
    block->zone = zone;
    block->used_addresses = used;
}

/* ---- Known ---- */

START_TEST(nodes_take_what_is_free)
{
    static const struct {
        const char *vpc[2], *there[2];
        uint32_t zone_there[2];
        uint64_t used[2];
        uint64_t nodes, pods_per_node;
        uint32_t plugin, zones, factor;
        const char *blocks;
    } known[] = {
        /* 252 - 152 = 100 addresses for 100 nodes; 2 * 4,000 pods are a /19, the second */
        {{"10.0.0.0/16"},
         {"10.0.0.0/24"},
         {0},
         {152},
         100,
         40,
         CNICALC_PLUGIN_TERWAY,
         1,
         2,
         "vpc 10.0.0.0/16, pod-vswitch:0 10.0.32.0/19, service-cidr 10.1.0.0/20"},
        /* one is without: 4 of a /29 */
        {{"10.0.0.0/16"},
         {"10.0.0.0/24"},
         {0},
         {153},
         100,
         40,
         CNICALC_PLUGIN_TERWAY,
         1,
         2,
         "vpc 10.0.0.0/16, node-vswitch:0 10.0.1.0/29, pod-vswitch:0 10.0.32.0/19, "
         "service-cidr 10.1.0.0/20"},
        /* two of 12 and 28 less 20 are 20 of 40: 20 in a /27 */
        {{"10.0.0.0/16"},
         {"10.0.0.0/28", "10.0.0.32/27"},
         {0, 0},
         {0, 20},
         40,
         61,
         CNICALC_PLUGIN_FLANNEL,
         1,
         0,
         "vpc 10.0.0.0/16, node-vswitch:0 10.0.0.64/27, pod-cidr 10.1.0.0/20, "
         "service-cidr 10.1.16.0/20"},
        /* 50 nodes in each of two zones, of which one has a vSwitch; 2 * 2,000 pods are a /20 */
        {{"10.0.0.0/16"},
         {"10.0.0.0/24"},
         {1},
         {0},
         100,
         40,
         CNICALC_PLUGIN_TERWAY,
         2,
         2,
         "vpc 10.0.0.0/16, node-vswitch:0 10.0.1.0/26, pod-vswitch:0 10.0.16.0/20, "
         "pod-vswitch:1 10.0.32.0/20, service-cidr 10.1.0.0/20"},
        /* a zone without nodes has a vSwitch for them: it gets one for pods, as ever */
        {{"10.0.0.0/16"},
         {"10.0.0.0/24"},
         {1},
         {252},
         1,
         10,
         CNICALC_PLUGIN_TERWAY,
         2,
         2,
         "vpc 10.0.0.0/16, node-vswitch:0 10.0.2.0/29, pod-vswitch:0 10.0.1.0/25, "
         "pod-vswitch:1 10.0.1.128/25, service-cidr 10.1.0.0/20"},
        /* of the /24 a /25 is free for 100 pods, once, and 6 of 10 nodes are without: a /28 */
        {{"192.168.0.0/24"},
         {"192.168.0.0/29"},
         {0},
         {0},
         10,
         10,
         CNICALC_PLUGIN_TERWAY,
         1,
         1,
         "vpc 192.168.0.0/24, node-vswitch:0 192.168.0.16/28, pod-vswitch:0 192.168.0.128/25, "
         "service-cidr 10.0.0.0/20"},
        /* 17 nodes and 2 * 119 pods are 255, of which 4 are there: the /24 has 252 */
        {{"192.168.0.0/24", "192.168.1.0/28"},
         {"192.168.1.0/29", "192.168.1.8/29"},
         {0, 1},
         {0, 4},
         17,
         7,
         CNICALC_PLUGIN_TERWAY,
         1,
         2,
         "vpc 192.168.0.0/24, vpc 192.168.1.0/28, vswitch:0 192.168.0.0/24, "
         "service-cidr 10.0.0.0/20"},
    };
    char text[512];
    for (size_t i = 0; i < COUNT(known); i++) {
        question asked =
            ask(known[i].vpc[0], known[i].plugin, known[i].nodes, known[i].pods_per_node);
        answer given;
        asked.options.zones = known[i].zones;
        if (known[i].vpc[1] != NULL) {
            add_other(&asked, CNICALC_PLAN_ROLE_VPC, known[i].vpc[1]);
        }
        for (size_t j = 0; j < 2 && known[i].there[j] != NULL; j++) {
            add_node_vswitch(&asked, known[i].there[j], known[i].zone_there[j] % known[i].zones,
                             known[i].used[j]);
        }
        ck_ok(propose(&asked, &given, BLOCKS_MAX));
        dump(&given, text, sizeof text);
        ck_assert_str_eq(text, known[i].blocks);
        ck_assert_uint_eq(given.proposal.pods_factor, known[i].factor);
        ck_accepted(&asked, &given);
    }
}
END_TEST

/* The pair of a vSwitch that has both families is there, and pods get one. */
START_TEST(nodes_with_ipv6)
{
    question asked = ask("192.168.0.0/16", CNICALC_PLUGIN_TERWAY, 100, 40);
    answer given;
    char text[512];
    asked.options.dual_stack = 1;
    add_other(&asked, CNICALC_PLAN_ROLE_VPC, "2001:db8:1:2300::/56");
    add_node_vswitch(&asked, "192.168.0.0/24", 0, 0);
    add_node_vswitch(&asked, "2001:db8:1:2300::/64", 0, 0);
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    dump(&given, text, sizeof text);
    ck_assert_str_eq(text, "vpc 192.168.0.0/16, vpc 2001:db8:1:2300::/56, pod-vswitch:0 "
                           "192.168.32.0/19, pod-vswitch:0 2001:db8:1:2301::/64, service-cidr "
                           "10.0.0.0/20, service-cidr fc00::/116");
    ck_accepted(&asked, &given);
}
END_TEST

/* What is in use counts: 100 nodes, 4,000 pods and 101 addresses are 4,201; and three vSwitches. */
START_TEST(quotas_count_what_is_there)
{
    question asked = ask("10.0.0.0/16", CNICALC_PLUGIN_TERWAY, 100, 40);
    answer given;
    add_node_vswitch(&asked, "10.0.0.0/24", 0, 101);
    add_node_vswitch(&asked, "10.0.1.0/24", 0, 0);
    asked.options.ceilings.vpc_address_quota = 4201;
    asked.options.ceilings.vswitch_quota = 3;
    ck_ok(propose(&asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 1);
    ck_accepted(&asked, &given);
    asked.options.ceilings.vswitch_quota = 2;
    expect_short(&asked, CNICALC_LIMIT_VSWITCH_QUOTA, 3, 2);
    asked.options.ceilings.vswitch_quota = 3;
    asked.options.ceilings.vpc_address_quota = 4200;
    expect_short(&asked, CNICALC_LIMIT_VPC_ADDRESS_QUOTA, 4100, 4099);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan, propose beside vSwitches for nodes");
    add_tests(suite, "known", nodes_take_what_is_free, nodes_with_ipv6, quotas_count_what_is_there,
              NULL);
    return run_suite(suite);
}
