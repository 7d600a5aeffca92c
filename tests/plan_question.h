/* SPDX-License-Identifier: MIT */
/* A wish and its proposal, for the two programs that test them. */
#ifndef CNICALC_TESTS_PLAN_QUESTION_H
#define CNICALC_TESTS_PLAN_QUESTION_H

#include <cnicalc/plan.h>

#include "cidr_support.h"

#include <string.h>

#define BLOCKS_MAX CNICALC_PLAN_PROPOSAL_BLOCKS_MAX
#define OTHERS_MAX 6

typedef struct question {
    cnicalc_cidr vpc;
    cnicalc_plan_block others[OTHERS_MAX];
    size_t other_count;
    cnicalc_plan_propose_options options;
} question;

typedef struct answer {
    cnicalc_plan_proposal proposal;
    cnicalc_plan_block blocks[BLOCKS_MAX + OTHERS_MAX];
    size_t count;
} answer;

static inline question ask(const char *vpc, uint32_t plugin, uint64_t nodes, uint64_t pods_per_node)
{
    question asked;
    memset(&asked, 0, sizeof asked);
    asked.vpc = cidr_of(vpc);
    ck_ok(cnicalc_plan_propose_options_init(&asked.options, sizeof asked.options));
    asked.options.plugin = plugin;
    asked.options.nodes = nodes;
    asked.options.pods_per_node = pods_per_node;
    return asked;
}

static inline cnicalc_status propose(const question *asked, answer *out, size_t capacity)
{
    return cnicalc_plan_propose(&asked->vpc, asked->others, asked->other_count, &asked->options,
                                &out->proposal, out->blocks, capacity, &out->count);
}

/* How many findings of a severity a check has for a proposal, its wish and what is in use. */
static inline size_t count_findings(const question *asked, const answer *given, uint32_t severity)
{
    cnicalc_plan_finding findings[BLOCKS_MAX * 2];
    cnicalc_plan_block blocks[BLOCKS_MAX + OTHERS_MAX];
    cnicalc_plan_options options;
    size_t found;
    size_t counted = 0;
    ck_ok(cnicalc_plan_options_init(&options, sizeof options));
    options.plugin = asked->options.plugin;
    options.edition = asked->options.edition;
    options.raised = asked->options.raised;
    options.routes_used = asked->options.routes_used;
    options.node_quota = asked->options.node_quota;
    options.nodes = given->proposal.nodes;
    options.pods = given->proposal.pods;
    options.services = given->proposal.services;
    options.node_mask = given->proposal.node_mask;
    memcpy(blocks, given->blocks, given->count * sizeof *blocks);
    memcpy(blocks + given->count, asked->others, asked->other_count * sizeof *blocks);
    ck_ok(cnicalc_plan_check(blocks, given->count + asked->other_count, &options, findings,
                             COUNT(findings), &found));
    for (size_t i = 0; i < found; i++) {
        counted += findings[i].severity == severity;
    }
    return counted;
}

#endif
