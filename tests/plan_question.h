/* SPDX-License-Identifier: MIT */
/* A request and its proposal, for the programs that test them. */
#ifndef CNICALC_TESTS_PLAN_QUESTION_H
#define CNICALC_TESTS_PLAN_QUESTION_H

#include <cnicalc/plan.h>

#include "cidr_support.h"
#include "plan_node.h"

#include <stdio.h>
#include <string.h>

#define BLOCKS_MAX CNICALC_PLAN_PROPOSAL_BLOCKS_MAX
#define OTHERS_MAX 64

typedef struct question {
    cnicalc_plan_block in_use[CNICALC_PLAN_VPC_BLOCKS_MAX + OTHERS_MAX]; /* the VPC first */
    size_t count;
    cnicalc_plan_propose_options options;
} question;

typedef struct answer {
    cnicalc_plan_proposal proposal;
    cnicalc_plan_block blocks[BLOCKS_MAX + OTHERS_MAX];
} answer;

static inline question ask(const char *vpc, uint32_t plugin, uint64_t nodes, uint64_t pods_per_node)
{
    question asked;
    memset(&asked, 0, sizeof asked);
    asked.in_use[0].cidr = cidr_of(vpc);
    asked.in_use[0].role = CNICALC_PLAN_ROLE_VPC;
    asked.count = 1;
    ck_ok(cnicalc_plan_propose_options_init(&asked.options, sizeof asked.options));
    asked.options.plugin = plugin;
    asked.options.nodes = nodes;
    asked.options.pods_per_node = pods_per_node;
    return asked;
}

static inline void add_other(question *asked, uint32_t role, const char *cidr)
{
    cnicalc_plan_block *other = &asked->in_use[asked->count++];
    other->cidr = cidr_of(cidr);
    other->role = role;
}

static inline cnicalc_status propose(const question *asked, answer *out, size_t capacity)
{
    const cnicalc_plan in_use = {asked->in_use, asked->count};
    return cnicalc_plan_propose(&in_use, &asked->options, &out->proposal, out->blocks, capacity,
                                NULL);
}

/* The findings of a check for a proposal, its request and what is in use. */
typedef struct findings {
    cnicalc_plan_finding all[BLOCKS_MAX * 4];
    size_t count;
} findings;

static inline void check_proposal(const question *asked, const answer *given, findings *found)
{
    cnicalc_plan_block blocks[BLOCKS_MAX + OTHERS_MAX];
    cnicalc_plan_check_options options;
    size_t block_count = given->proposal.block_count;
    ck_ok(cnicalc_plan_check_options_init(&options, sizeof options));
    options.plugin = asked->options.plugin;
    options.ceilings = asked->options.ceilings;
    options.nodes = given->proposal.nodes;
    options.pods = given->proposal.pods;
    options.services = given->proposal.services;
    options.node = asked->options.node;
    options.dual_stack = asked->options.dual_stack;
    options.node_mask = given->proposal.node_mask;
    memcpy(blocks, given->blocks, block_count * sizeof *blocks);
    for (size_t i = 0; i < asked->count; i++) {
        if (asked->in_use[i].role != CNICALC_PLAN_ROLE_VPC) {
            blocks[block_count++] = asked->in_use[i];
        }
    }
    const cnicalc_plan plan = {blocks, block_count};
    ck_ok(cnicalc_plan_check(&plan, &options, found->all, COUNT(found->all), &found->count, NULL));
}

/* Such a check finds no error, and room for twice the pods unless the proposal says
 * once. A check lets zones share nodes as they can, so that it may find room all the same. */
static inline void ck_accepted(const question *asked, const answer *given)
{
    static findings found;
    int is_once = 0;
    check_proposal(asked, given, &found);
    for (size_t i = 0; i < found.count; i++) {
        ck_assert_msg(found.all[i].severity != CNICALC_PLAN_ERROR, "%s",
                      cnicalc_plan_code_name(found.all[i].code));
        is_once |= found.all[i].code == CNICALC_PLAN_PODS_TWICE;
    }
    ck_assert(!is_once || given->proposal.pods_factor == 1);
}

/* "pod-vswitch:0 192.168.0.0/19, ..." */
static inline void dump(const answer *given, char *text, size_t size)
{
    char cidr[CNICALC_CIDR_TEXT_SIZE];
    snprintf(text, size, "%s", "");
    for (size_t i = 0; i < given->proposal.block_count; i++) {
        const cnicalc_plan_block *block = &given->blocks[i];
        size_t len = strlen(text);
        ck_ok(cnicalc_cidr_format(&block->cidr, cidr, sizeof cidr));
        snprintf(text + len, size - len, "%s%s", i == 0 ? "" : ", ",
                 cnicalc_plan_role_name(block->role));
        len = strlen(text);
        if (block->zone != CNICALC_UNKNOWN) {
            snprintf(text + len, size - len, ":%u", block->zone);
        }
        len = strlen(text);
        snprintf(text + len, size - len, " %s", cidr);
    }
}

/* A request that is short of a limit first, by so much; nothing is proposed. */
static inline void expect_short(const question *asked, uint32_t limit, uint64_t needed,
                                uint64_t available)
{
    answer given;
    fill_pattern(given.blocks, sizeof given.blocks);
    ck_ok(propose(asked, &given, BLOCKS_MAX));
    ck_assert_uint_eq(given.proposal.fits, 0);
    ck_assert_str_eq(cnicalc_limit_name(given.proposal.bound_by), cnicalc_limit_name(limit));
    ck_assert_uint_eq(NEEDED(given.proposal, limit), needed);
    ck_assert_uint_eq(AVAILABLE(given.proposal, limit), available);
    ck_assert_uint_eq(given.proposal.block_count, 0);
    ck_untouched(given.blocks);
}

#endif
