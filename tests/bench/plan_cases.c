/* SPDX-License-Identifier: MIT */
/* Address plans, which no peer has. */
#include "bench.h"

#define PLAN_BLOCKS 1000

/* A VPC, 998 vSwitches without a gap between them, and Services. */
static void make_plan(cnicalc_plan_block *blocks)
{
    for (uint32_t i = 0; i < PLAN_BLOCKS; i++) {
        cnicalc_cidr vswitch = {0, UINT32_C(0x0a000000) + 128 * i, CNICALC_FAMILY_IPV4, 25};
        blocks[i].cidr = vswitch;
        blocks[i].zone = i % 3;
        blocks[i].role = CNICALC_PLAN_ROLE_OTHER_VSWITCH;
    }
    blocks[0].cidr.prefix_len = 8;
    blocks[0].role = CNICALC_PLAN_ROLE_VPC;
    blocks[1].role = CNICALC_PLAN_ROLE_NODE_VSWITCH;
    blocks[2].role = CNICALC_PLAN_ROLE_POD_VSWITCH;
    blocks[3].cidr.lo = UINT32_C(0xac150000);
    blocks[3].cidr.prefix_len = 20;
    blocks[3].role = CNICALC_PLAN_ROLE_SERVICE_CIDR;
}

static cnicalc_plan_block blocks_of_plan[PLAN_BLOCKS];
static cnicalc_plan_finding findings[4 * PLAN_BLOCKS];

static size_t find_faults(uint64_t nodes)
{
    const cnicalc_plan plan = {blocks_of_plan, PLAN_BLOCKS};
    cnicalc_plan_check_options options;
    size_t count;
    bench_require(cnicalc_plan_check_options_init(&options, sizeof options) == CNICALC_OK, "plan");
    options.plugin = CNICALC_PLUGIN_TERWAY;
    options.nodes = nodes;
    options.pods = 30 * nodes;
    bench_require(cnicalc_plan_check(&plan, &options, findings, 4 * PLAN_BLOCKS, &count, NULL) ==
                      CNICALC_OK,
                  "no plan");
    return count;
}

static uint64_t check_plan(void)
{
    make_plan(blocks_of_plan);
    return find_faults(0);
}

/* The same where the cluster has all of the vSwitches, each for nodes or for pods. */
static uint64_t check_cluster(void)
{
    make_plan(blocks_of_plan);
    for (uint32_t i = 4; i < PLAN_BLOCKS; i++) {
        blocks_of_plan[i].role =
            i % 2 == 0 ? CNICALC_PLAN_ROLE_NODE_VSWITCH : CNICALC_PLAN_ROLE_POD_VSWITCH;
    }
    return find_faults(500);
}

static uint64_t write_findings(void)
{
    const cnicalc_plan plan = {blocks_of_plan, PLAN_BLOCKS};
    size_t count = (size_t)check_cluster();
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        char text[CNICALC_PLAN_TEXT_SIZE];
        bench_require(cnicalc_plan_finding_format(&findings[i], &plan, text, sizeof text) ==
                          CNICALC_OK,
                      "no sentence");
        sum += (unsigned char)text[0];
    }
    return sum;
}

static uint64_t propose_plan(void)
{
    const cnicalc_plan_block vpc = {.cidr = {0, UINT32_C(0x0a000000), CNICALC_FAMILY_IPV4, 8},
                                    .role = CNICALC_PLAN_ROLE_VPC};
    const cnicalc_plan in_use = {&vpc, 1};
    cnicalc_plan_propose_options options;
    cnicalc_plan_proposal proposal;
    cnicalc_plan_block blocks[CNICALC_PLAN_PROPOSAL_BLOCKS_MAX];
    bench_require(cnicalc_plan_propose_options_init(&options, sizeof options) == CNICALC_OK,
                  "no request");
    options.plugin = CNICALC_PLUGIN_TERWAY;
    options.nodes = 500;
    options.pods_per_node = 60;
    options.zones = 3;
    bench_require(cnicalc_plan_propose(&in_use, &options, &proposal, blocks,
                                       CNICALC_PLAN_PROPOSAL_BLOCKS_MAX, NULL) == CNICALC_OK &&
                      proposal.fits,
                  "no proposal");
    return blocks[proposal.block_count - 1].cidr.lo;
}

const struct bench_case bench_plan_cases[] = {
    {"check_plan_1000", 1, check_plan, {{NULL, NULL, 0, 0}}, 0},
    {"check_cluster_1000", 1, check_cluster, {{NULL, NULL, 0, 0}}, 0},
    {"write_findings_1000", 1, write_findings, {{NULL, NULL, 0, 0}}, 0},
    {"propose_plan", 1, propose_plan, {{NULL, NULL, 0, 0}}, 0},
    {NULL, 0, NULL, {{NULL, NULL, 0, 0}}, 0},
};
