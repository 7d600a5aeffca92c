/* SPDX-License-Identifier: MIT */
/* Clusters of Flannel and Terway, which no peer has. */
#include "bench.h"

#include <string.h>

/* ---- Flannel ---- */

#define FITS 1000

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

/* More nodes in a /16, which holds 256 of them: some fit, some do not. */
static uint64_t grow_flannel(void)
{
    const cnicalc_cidr pods = {0, UINT32_C(0xac100000), CNICALC_FAMILY_IPV4, 16};
    cnicalc_flannel_options options;
    cnicalc_flannel_result result;
    uint64_t sum = 0;
    bench_require(cnicalc_flannel_options_init(&options, sizeof options) == CNICALC_OK, "flannel");
    options.node_mask = 24;
    for (uint32_t i = 1; i <= FITS; i++) {
        if (cnicalc_flannel_grow(&pods, i % 200, 100, &options, &result) == CNICALC_OK) {
            sum += result.max_nodes;
        }
    }
    return sum;
}

/* ---- Terway ---- */

#define ZONES          32
#define ZONE_VSWITCHES 4
#define VSWITCHES      (ZONES * ZONE_VSWITCHES)
#define POOLS          64
#define TYPES          1024 /* fewer than the table has */

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

static uint64_t fit_cluster(void)
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

/* The same cluster with 200 further nodes in each pool. */
static cnicalc_terway_growth make_growth(void)
{
    static const cnicalc_cidr vpc = {0, UINT32_C(0x0a000000), CNICALC_FAMILY_IPV4, 8};
    static cnicalc_terway_cluster cluster;
    const cnicalc_terway_growth growth = {&cluster, &vpc, 1, NULL, 0};
    cluster = make_cluster(200);
    return growth;
}

static uint64_t grow(void)
{
    const cnicalc_terway_growth growth = make_growth();
    static cnicalc_vswitch grown[VSWITCHES + CNICALC_TERWAY_GROW_MAX];
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

/* ---- Zone by zone ---- */

static cnicalc_terway_zone zones[ZONES];

static uint64_t solve_zones(void)
{
    const cnicalc_terway_cluster cluster = make_cluster(0);
    size_t count;
    bench_require(cnicalc_terway_zones(&cluster, &pools[0].node, zones, ZONES, &count, NULL) ==
                      CNICALC_OK,
                  "no zones");
    return zones[count - 1].max_nodes;
}

static uint64_t fit_zones(void)
{
    const cnicalc_terway_cluster cluster = make_cluster(1);
    size_t count;
    bench_require(cnicalc_terway_fit_zones(&cluster, zones, ZONES, &count, NULL) == CNICALC_OK,
                  "no zones");
    return zones[count - 1].nodes;
}

static uint64_t grow_zones(void)
{
    const cnicalc_terway_growth growth = make_growth();
    size_t count;
    bench_require(cnicalc_terway_grow_zones(&growth, zones, ZONES, &count, NULL) == CNICALC_OK,
                  "no zones");
    return zones[count - 1].nodes;
}

/* What a node of each type of the table takes, in shared ENI mode. */
static uint64_t nodes_from_types(void)
{
    const cnicalc_terway_use use = {.pods_per_node = 0};
    cnicalc_node_options options;
    uint64_t sum = 0;
    bench_require(cnicalc_node_options_init(&options, sizeof options) == CNICALC_OK, "no options");
    for (size_t i = 0; i < TYPES; i++) {
        cnicalc_instance instance;
        cnicalc_terway_node node;
        if (cnicalc_instance_at(i, &instance) == CNICALC_OK &&
            cnicalc_terway_node_from_type(&instance, &options, &use, &node) == CNICALC_OK) {
            sum += node.addresses;
        }
    }
    return sum;
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

const struct bench_case bench_cluster_cases[] = {
    {"solve_flannel", BENCH_INPUTS, solve_flannel, {{NULL, NULL, 0, 0}}, 0},
    {"fit_flannel", FITS, fit_flannel, {{NULL, NULL, 0, 0}}, 0},
    {"grow_flannel", FITS, grow_flannel, {{NULL, NULL, 0, 0}}, 0},
    {"terway_solve_32_zones", 1, solve_cluster, {{NULL, NULL, 0, 0}}, 0},
    {"terway_fit_32_zones", 1, fit_cluster, {{NULL, NULL, 0, 0}}, 0},
    {"terway_grow_32_zones", 1, grow, {{NULL, NULL, 0, 0}}, 0},
    {"terway_zones_32", 1, solve_zones, {{NULL, NULL, 0, 0}}, 0},
    {"terway_fit_zones_32", 1, fit_zones, {{NULL, NULL, 0, 0}}, 0},
    {"terway_grow_zones_32", 1, grow_zones, {{NULL, NULL, 0, 0}}, 0},
    {"terway_node_from_type", TYPES, nodes_from_types, {{NULL, NULL, 0, 0}}, 0},
    {"vswitch_reserve_100", 1, reserve, {{NULL, NULL, 0, 0}}, 0},
    {NULL, 0, NULL, {{NULL, NULL, 0, 0}}, 0},
};
