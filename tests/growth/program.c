/* SPDX-License-Identifier: MIT */
/* A program of today, for tests/check_growth.sh: it asks every question whose result has rows,
 * looks at memory after each result, and prints what decided and how many rows there were. It is
 * run with this library and with one that has three more limits. */
#include <cnicalc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A result, and memory that the library must not touch. */
#define GUARDED(type, name)                                                                        \
    struct {                                                                                       \
        type result;                                                                               \
        unsigned char guard[256];                                                                  \
    } name;                                                                                        \
    memset(name.guard, 0xA5, sizeof name.guard)

static void require(int condition, const char *what)
{
    if (!condition) {
        printf("%s\n", what);
        exit(1);
    }
}

static void tell(const char *question, uint32_t bound_by, const cnicalc_limit_row *rows,
                 uint32_t count, const unsigned char *guard)
{
    require(count <= CNICALC_LIMIT_ROWS, "more rows than there is room for");
    for (size_t i = 0; i < 256; i++) {
        require(guard[i] == 0xA5, "memory after a result was written");
    }
    require(bound_by == CNICALC_LIMIT_NONE || cnicalc_limit_find(rows, count, bound_by) != NULL,
            "what decided has no row");
    printf("%s: %s of %u\n", question, cnicalc_limit_name(bound_by), count);
}

static void ask_node(cnicalc_terway_node *node)
{
    cnicalc_instance instance;
    cnicalc_node_options options;
    const cnicalc_terway_use use = {0};
    GUARDED(cnicalc_node_result, node_answer);
    require(cnicalc_instance_find("ecs.c7.4xlarge", CNICALC_NUL_TERMINATED, &instance) ==
                    CNICALC_OK &&
                cnicalc_node_options_init(&options, sizeof options) == CNICALC_OK &&
                cnicalc_node_solve(&instance, &options, &node_answer.result) == CNICALC_OK &&
                cnicalc_terway_node_from_type(&instance, &options, &use, node) == CNICALC_OK,
            "node");
    tell("node", node_answer.result.bound_by, node_answer.result.limits,
         node_answer.result.limit_count, node_answer.guard);
}

static void ask_flannel(void)
{
    cnicalc_cidr pod_cidr;
    cnicalc_flannel_options options;
    GUARDED(cnicalc_flannel_result, split);
    require(cnicalc_cidr_parse("172.16.0.0/20", CNICALC_NUL_TERMINATED, &pod_cidr) == CNICALC_OK &&
                cnicalc_flannel_options_init(&options, sizeof options) == CNICALC_OK,
            "flannel options");
    options.node_mask = 24;
    require(cnicalc_flannel_solve(&pod_cidr, &options, &split.result) == CNICALC_OK, "flannel");
    tell("flannel", split.result.bound_by, split.result.limits, split.result.limit_count,
         split.guard);
}

static void ask_terway(const cnicalc_terway_node *node)
{
    cnicalc_vswitch vswitch;
    cnicalc_terway_pool pool;
    cnicalc_terway_options options;
    size_t count;
    memset(&vswitch, 0, sizeof vswitch);
    memset(&pool, 0, sizeof pool);
    vswitch.roles = CNICALC_VSWITCH_POD;
    pool.node = *node;
    pool.count = 10;
    const cnicalc_terway_cluster cluster = {&vswitch, 1, &pool, 1};
    GUARDED(cnicalc_terway_result, cluster_answer);
    GUARDED(cnicalc_terway_fit_result, fit);
    GUARDED(cnicalc_terway_zone, zone);
    GUARDED(cnicalc_terway_zone, fit_zone);
    require(cnicalc_cidr_parse("10.0.0.0/20", CNICALC_NUL_TERMINATED, &vswitch.cidr) ==
                    CNICALC_OK &&
                cnicalc_terway_options_init(&options, sizeof options) == CNICALC_OK &&
                cnicalc_terway_solve(&cluster, node, &options, &cluster_answer.result, NULL) ==
                    CNICALC_OK &&
                cnicalc_terway_fit(&cluster, &options, &fit.result, NULL) == CNICALC_OK &&
                cnicalc_terway_zones(&cluster, node, &zone.result, 1, &count, NULL) == CNICALC_OK &&
                cnicalc_terway_fit_zones(&cluster, &fit_zone.result, 1, &count, NULL) == CNICALC_OK,
            "terway");
    tell("terway", cluster_answer.result.bound_by, cluster_answer.result.limits,
         cluster_answer.result.limit_count, cluster_answer.guard);
    tell("terway fit", fit.result.bound_by, fit.result.limits, fit.result.limit_count, fit.guard);
    tell("terway zone", zone.result.bound_by, zone.result.limits, zone.result.limit_count,
         zone.guard);
    tell("terway fit zone", fit_zone.result.bound_by, fit_zone.result.limits,
         fit_zone.result.limit_count, fit_zone.guard);
}

static void ask_plan(void)
{
    cnicalc_plan_block vpc;
    cnicalc_plan_propose_options options;
    static cnicalc_plan_block blocks[CNICALC_PLAN_PROPOSAL_BLOCKS_MAX];
    GUARDED(cnicalc_plan_proposal, proposal);
    memset(&vpc, 0, sizeof vpc);
    vpc.role = CNICALC_PLAN_ROLE_VPC;
    const cnicalc_plan in_use = {&vpc, 1};
    require(cnicalc_cidr_parse("192.168.0.0/16", CNICALC_NUL_TERMINATED, &vpc.cidr) == CNICALC_OK &&
                cnicalc_plan_propose_options_init(&options, sizeof options) == CNICALC_OK,
            "plan options");
    options.plugin = CNICALC_PLUGIN_TERWAY;
    options.nodes = 10;
    options.pods_per_node = 10;
    require(cnicalc_plan_propose(&in_use, &options, &proposal.result, blocks,
                                 CNICALC_PLAN_PROPOSAL_BLOCKS_MAX, NULL) == CNICALC_OK,
            "plan");
    tell("plan", proposal.result.bound_by, proposal.result.limits, proposal.result.limit_count,
         proposal.guard);
}

int main(void)
{
    cnicalc_terway_node node;
    ask_node(&node);
    ask_flannel();
    ask_terway(&node);
    ask_plan();
    return 0;
}
