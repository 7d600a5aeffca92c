/* SPDX-License-Identifier: MIT */
/* propose_plan: the smallest address plan for a number of nodes with a number of pods each.
 *
 *      cc propose_plan.c $(pkg-config --cflags --libs cnicalc)
 *      ./a.out terway 192.168.0.0/16 100 40
 */
#include <cnicalc.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fail(const char *what, cnicalc_status status)
{
    fprintf(stderr, "propose_plan: %s: %s\n", what, cnicalc_status_string(status));
    return 2;
}

/* A whole number; strtoull() alone would take "", "-1" and "7x" for one. */
static int is_number(const char *text)
{
    return *text != '\0' && strspn(text, "0123456789") == strlen(text);
}

static int print_plan(const cnicalc_plan_block *blocks, const cnicalc_plan_proposal *proposal)
{
    char text[CNICALC_CIDR_TEXT_SIZE];
    for (uint32_t i = 0; i < proposal->block_count; i++) {
        cnicalc_status status = cnicalc_cidr_format(&blocks[i].cidr, text, sizeof text);
        if (status != CNICALC_OK) {
            return fail("block", status);
        }
        printf("%-12s  %s\n", cnicalc_plan_role_name(blocks[i].role), text);
    }
    if (proposal->node_mask != 0) {
        printf("%-12s  %u\n", "node mask", proposal->node_mask);
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 5 || !is_number(argv[3]) || !is_number(argv[4])) {
        fprintf(stderr, "usage: propose_plan PLUGIN VPC NODES PODS_PER_NODE\n");
        return 2;
    }
    cnicalc_plan_propose_options options;
    cnicalc_status status = cnicalc_plan_propose_options_init(&options, sizeof options);
    if (status == CNICALC_OK) {
        status = cnicalc_plugin_parse(argv[1], CNICALC_NUL_TERMINATED, &options.plugin);
    }
    cnicalc_plan_block vpc = {.role = CNICALC_PLAN_ROLE_VPC};
    if (status == CNICALC_OK) {
        status = cnicalc_cidr_parse(argv[2], CNICALC_NUL_TERMINATED, &vpc.cidr);
    }
    if (status != CNICALC_OK) {
        return fail("PLUGIN and VPC", status);
    }
    options.nodes = strtoull(argv[3], NULL, 10);
    options.pods_per_node = strtoull(argv[4], NULL, 10);
    const cnicalc_plan in_use = {&vpc, 1};
    cnicalc_plan_proposal proposal;
    cnicalc_plan_block blocks[CNICALC_PLAN_PROPOSAL_BLOCKS_MAX];
    status = cnicalc_plan_propose(&in_use, &options, &proposal, blocks,
                                  CNICALC_PLAN_PROPOSAL_BLOCKS_MAX, NULL);
    if (status != CNICALC_OK) {
        return fail("the request", status);
    }
    if (proposal.fits) {
        return print_plan(blocks, &proposal);
    }
    char text[CNICALC_SHORTAGE_TEXT_SIZE];
    status = cnicalc_shortage_format(
        cnicalc_limit_find(proposal.limits, proposal.limit_count, proposal.bound_by), text,
        sizeof text);
    printf("does not fit: %s\n", status == CNICALC_OK ? text : cnicalc_status_string(status));
    return 1;
}
