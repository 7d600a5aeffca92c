/* SPDX-License-Identifier: MIT */
/* Plans and clusters, which no peer has. */
#include "bench.h"

#include <string.h>

/* ---- Plans ---- */

#define PLAN_BLOCKS 1000
#define FITS        1000

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

static uint64_t fit_flannel(void)
{
    cnicalc_flannel_options options;
    cnicalc_flannel_result result;
    uint64_t sum = 0;
    bench_require(cnicalc_flannel_options_init(&options, sizeof options) == CNICALC_OK, "flannel");
    for (uint32_t i = 1; i <= FITS; i++) {
        if (cnicalc_flannel_fit(i, i % 256 + 1, &options, &result) == CNICALC_OK) {
            sum += result.max_nodes;
        }
    }
    return sum;
}

static uint64_t solve_flannel(void)
{
    const cnicalc_cidr pods = {0, UINT32_C(0xac100000), CNICALC_FAMILY_IPV4, 16};
    cnicalc_flannel_options options;
    cnicalc_flannel_result result;
    uint64_t sum = 0;
    bench_require(cnicalc_flannel_options_init(&options, sizeof options) == CNICALC_OK, "flannel");
    for (uint32_t i = 0; i < BENCH_INPUTS; i++) {
        options.node_mask = 24 + i % 5;
        if (cnicalc_flannel_solve(&pods, &options, &result) == CNICALC_OK) {
            sum += result.max_nodes;
        }
    }
    return sum;
}

/* ---- Clusters ---- */

#define ZONES          32
#define ZONE_VSWITCHES 4
#define VSWITCHES      (ZONES * ZONE_VSWITCHES)
#define POOLS          64

static cnicalc_vswitch vswitches[VSWITCHES];
static cnicalc_terway_pool pools[POOLS];

/* Four vSwitches in each of many zones, and two pools; half of what they hold is in use. */
static cnicalc_terway_cluster make_cluster(uint64_t nodes_per_pool)
{
    const cnicalc_terway_cluster cluster = {vswitches, VSWITCHES, pools, POOLS};
    const cnicalc_terway_use use = {.pods_per_node = 30};
    memset(vswitches, 0, sizeof vswitches);
    memset(pools, 0, sizeof pools);
    for (uint32_t i = 0; i < VSWITCHES; i++) {
        vswitches[i].cidr.lo = UINT32_C(0x0a000000) + 4096 * i;
        vswitches[i].cidr.family = CNICALC_FAMILY_IPV4;
        vswitches[i].cidr.prefix_len = 20;
        vswitches[i].used_addresses = 2000;
        vswitches[i].zone = i % ZONES;
        vswitches[i].roles = i % 2 == i / ZONES % 2 ? CNICALC_VSWITCH_POD : CNICALC_VSWITCH_BOTH;
    }
    for (uint32_t i = 0; i < POOLS; i++) {
        bench_require(cnicalc_terway_node_from_pods(&use, CNICALC_MODE_SHARED_ENI,
                                                    &pools[i].node) == CNICALC_OK,
                      "no node");
        pools[i].count = nodes_per_pool;
        pools[i].zone = i % ZONES;
    }
    return cluster;
}

static uint64_t fit_zones(void)
{
    const cnicalc_terway_cluster cluster = make_cluster(1);
    cnicalc_terway_options options;
    cnicalc_terway_fit_result result;
    bench_require(cnicalc_terway_options_init(&options, sizeof options) == CNICALC_OK &&
                      cnicalc_terway_fit(&cluster, &options, &result, NULL) == CNICALC_OK,
                  "no cluster");
    return result.nodes + result.bound_by;
}

/* How many nodes the vSwitches hold, whatever the pools. */
static uint64_t solve_cluster(void)
{
    const cnicalc_terway_cluster cluster = make_cluster(0);
    cnicalc_terway_options options;
    cnicalc_terway_result result;
    bench_require(cnicalc_terway_options_init(&options, sizeof options) == CNICALC_OK &&
                      cnicalc_terway_solve(&cluster, &pools[0].node, &options, &result, NULL) ==
                          CNICALC_OK,
                  "no cluster");
    return result.max_nodes;
}

/* A hundred reservations, the most that a VPC has, in a /16. */
static uint64_t reserve(void)
{
    cnicalc_cidr reservations[100];
    uint64_t prefixes;
    cnicalc_vswitch vswitch = {.cidr = {0, UINT32_C(0x0a000000), CNICALC_FAMILY_IPV4, 16},
                               .roles = CNICALC_VSWITCH_POD};
    for (uint32_t i = 0; i < 100; i++) {
        const cnicalc_cidr reservation = {0, UINT32_C(0x0a000100) + 256 * i, CNICALC_FAMILY_IPV4,
                                          24};
        reservations[i] = reservation;
    }
    bench_require(cnicalc_vswitch_reserve(&vswitch, reservations, 100, &prefixes, NULL) ==
                      CNICALC_OK,
                  "no reservations");
    return prefixes;
}

static uint64_t grow(void)
{
    static cnicalc_vswitch grown[VSWITCHES + CNICALC_TERWAY_GROW_MAX];
    const cnicalc_cidr vpc = {0, UINT32_C(0x0a000000), CNICALC_FAMILY_IPV4, 8};
    const cnicalc_terway_cluster cluster = make_cluster(200);
    const cnicalc_terway_growth growth = {&cluster, &vpc, 1, NULL, 0};
    cnicalc_terway_options options;
    cnicalc_terway_grow_result result;
    bench_require(cnicalc_terway_options_init(&options, sizeof options) == CNICALC_OK, "options");
    options.ceilings.node_quota = 100000;
    options.ceilings.pod_quota = 1000000;
    options.ceilings.vpc_address_quota = 1000000;
    options.ceilings.vswitch_quota = 1000;
    options.ceilings.security_group = CNICALC_SECURITY_GROUP_ADVANCED;
    bench_require(cnicalc_terway_grow(&growth, &options, &result, grown,
                                      sizeof grown / sizeof grown[0], NULL) == CNICALC_OK,
                  "no growth");
    return result.vswitch_count;
}

const struct bench_case bench_plan_cases[] = {
    {"check_plan_1000", 1, check_plan, {{NULL, NULL, 0, 0}}, 0},
    {"check_cluster_1000", 1, check_cluster, {{NULL, NULL, 0, 0}}, 0},
    {"write_findings_1000", 1, write_findings, {{NULL, NULL, 0, 0}}, 0},
    {"propose_plan", 1, propose_plan, {{NULL, NULL, 0, 0}}, 0},
    {"solve_flannel", BENCH_INPUTS, solve_flannel, {{NULL, NULL, 0, 0}}, 0},
    {"fit_flannel", FITS, fit_flannel, {{NULL, NULL, 0, 0}}, 0},
    {"terway_solve_32_zones", 1, solve_cluster, {{NULL, NULL, 0, 0}}, 0},
    {"terway_fit_32_zones", 1, fit_zones, {{NULL, NULL, 0, 0}}, 0},
    {"terway_grow_32_zones", 1, grow, {{NULL, NULL, 0, 0}}, 0},
    {"vswitch_reserve_100", 1, reserve, {{NULL, NULL, 0, 0}}, 0},
    {NULL, 0, NULL, {{NULL, NULL, 0, 0}}, 0},
};
