/* SPDX-License-Identifier: MIT */
/* Proposals: a check accepts each one, a smaller wish fits where a larger one did, and a refusal
 * names what the wish exceeds. */
#include "fuzz.h"

#include <cnicalc.h>

#include <string.h>

#define OTHERS_MAX   6
#define BLOCKS_MAX   (CNICALC_PLAN_PROPOSAL_BLOCKS_MAX + OTHERS_MAX)
#define FINDINGS_MAX 1024

struct wish {
    cnicalc_cidr vpc;
    cnicalc_plan_block others[OTHERS_MAX];
    size_t other_count;
    cnicalc_plan_propose_options options;
};

/* Large plans take long to check, so most wishes are small. */
static uint64_t draw_amount(draw *input)
{
    uint32_t choice = draw_byte(input);
    return choice < 240 ? (uint64_t)choice * (1 + draw_below(input, 8)) : draw_u64(input);
}

static cnicalc_cidr draw_vpc(draw *input)
{
    static const uint32_t RANGES[] = {0x0a000000, 0xac100000, 0xc0a80000, 0xc0000000};
    uint32_t choice = draw_byte(input);
    cnicalc_cidr vpc = {0, RANGES[choice & 3], 4, 14 + (choice >> 2) % 14};
    if (choice >= 240) {
        vpc.prefix_len = draw_below(input, 34);
    }
    if (vpc.prefix_len <= 32) {
        vpc.lo &= ~((UINT64_C(1) << (32 - vpc.prefix_len)) - 1);
    }
    return vpc;
}

/* What is in use: vSwitches mostly inside the VPC, other networks mostly outside. */
static cnicalc_plan_block draw_other(draw *input, const cnicalc_cidr *vpc)
{
    cnicalc_plan_block block = {{0, 0, 4, 0}, 0, 0, {0, 0}};
    uint32_t choice = draw_byte(input);
    block.role = CNICALC_PLAN_ROLE_OTHER + choice % 3;
    block.cidr.prefix_len = 12 + (choice >> 2) % 18;
    uint64_t first = block.role == CNICALC_PLAN_ROLE_OTHER_VSWITCH ? vpc->lo : 0x0a000000;
    block.cidr.lo = first + ((uint64_t)draw_byte(input) << (8 + draw_below(input, 2) * 8));
    block.cidr.lo &= ~((UINT64_C(1) << (32 - block.cidr.prefix_len)) - 1) & 0xffffffff;
    if (choice == 255) {
        block.role = draw_byte(input);
        block.cidr.family = draw_byte(input);
    }
    return block;
}

static struct wish draw_wish(draw *input)
{
    struct wish wish;
    memset(&wish, 0, sizeof wish);
    cnicalc_plan_propose_options *options = &wish.options;
    require(cnicalc_plan_propose_options_init(options, sizeof *options) == CNICALC_OK);
    uint32_t choice = draw_byte(input);
    wish.vpc = draw_vpc(input);
    options->plugin = 1 + (choice & 1);
    options->edition = choice % 32 == 31 ? draw_u32(input) : 1 + (choice >> 1) % 5;
    options->raised = choice >> 6 & 1;
    options->zones = choice >= 240 ? draw_byte(input) : 1 + draw_below(input, 4);
    options->growth_percent = draw_below(input, 4) == 3 ? draw_u32(input) : 0;
    options->nodes = draw_amount(input);
    options->pods_per_node = draw_amount(input);
    options->services = draw_amount(input);
    if (choice >= 128) {
        options->routes_used = draw_byte(input);
        options->node_quota = draw_u64(input);
        options->pod_quota = draw_u64(input);
        options->service_quota = draw_u64(input);
        options->route_quota = draw_u64(input);
        options->vpc_address_quota = draw_u64(input);
    }
    while (wish.other_count < OTHERS_MAX && input->left != 0) {
        wish.others[wish.other_count++] = draw_other(input, &wish.vpc);
    }
    return wish;
}

static void check_accepts(const struct wish *wish, const cnicalc_plan_proposal *proposal,
                          cnicalc_plan_block *blocks, size_t count)
{
    static cnicalc_plan_finding findings[FINDINGS_MAX];
    cnicalc_plan_options options;
    size_t told = 0;
    require(cnicalc_plan_options_init(&options, sizeof options) == CNICALC_OK);
    options.plugin = wish->options.plugin;
    options.edition = wish->options.edition;
    options.raised = wish->options.raised;
    options.node_mask = proposal->node_mask;
    options.nodes = proposal->nodes;
    options.pods = proposal->pods;
    options.services = proposal->services;
    options.routes_used = wish->options.routes_used;
    options.node_quota = wish->options.node_quota;
    options.pod_quota = wish->options.pod_quota;
    options.service_quota = wish->options.service_quota;
    options.route_quota = wish->options.route_quota;
    options.vpc_address_quota = wish->options.vpc_address_quota;
    memcpy(blocks + count, wish->others, wish->other_count * sizeof *blocks);
    require(cnicalc_plan_check(blocks, count + wish->other_count, &options, findings, FINDINGS_MAX,
                               &told) == CNICALC_OK);
    for (size_t i = 0; i < told; i++) {
        /* What is in use may be at fault by itself. */
        int is_of_others = findings[i].subject != CNICALC_UNKNOWN && findings[i].subject >= count &&
                           findings[i].other >= count;
        require(findings[i].severity != CNICALC_PLAN_ERROR || is_of_others);
    }
}

static void check_limits(const cnicalc_plan_proposal *proposal)
{
    uint32_t bound_by = CNICALC_PLAN_LIMIT_NONE;
    for (uint32_t i = CNICALC_PLAN_LIMIT_COUNT - 1; i > CNICALC_PLAN_LIMIT_NONE; i--) {
        bound_by = proposal->needed[i] > proposal->available[i] ? i : bound_by;
    }
    require(proposal->bound_by == bound_by);
    require(proposal->fits == (bound_by == CNICALC_PLAN_LIMIT_NONE));
}

/* Half the nodes, half the pods or half the Services of a wish that fits. */
static void check_smaller(const struct wish *wish, uint32_t choice)
{
    static cnicalc_plan_block blocks[CNICALC_PLAN_PROPOSAL_BLOCKS_MAX];
    cnicalc_plan_proposal proposal;
    size_t count = 0;
    cnicalc_plan_propose_options options = wish->options;
    options.nodes -= choice == 0 ? options.nodes / 2 : 0;
    options.pods_per_node -= choice == 1 ? options.pods_per_node / 2 : 0;
    options.services -= choice == 2 ? options.services / 2 : 0;
    require(cnicalc_plan_propose(&wish->vpc, wish->others, wish->other_count, &options, &proposal,
                                 blocks, CNICALC_PLAN_PROPOSAL_BLOCKS_MAX, &count) == CNICALC_OK);
    require(proposal.fits == 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static cnicalc_plan_block blocks[BLOCKS_MAX];
    draw input = {data, size};
    struct wish wish = draw_wish(&input);
    cnicalc_plan_proposal proposal;
    size_t count = 77;
    poison(&proposal, sizeof proposal);
    cnicalc_status status =
        cnicalc_plan_propose(&wish.vpc, wish.others, wish.other_count, &wish.options, &proposal,
                             blocks, CNICALC_PLAN_PROPOSAL_BLOCKS_MAX, &count);
    if (status != CNICALC_OK) {
        require(status != CNICALC_ERR_CAPACITY);
        require(count == 77 && is_poisoned(&proposal, sizeof proposal));
        return 0;
    }
    check_limits(&proposal);
    if (!proposal.fits) {
        require(count == 0);
        return 0;
    }
    require(count >= 3 && count <= CNICALC_PLAN_PROPOSAL_BLOCKS_MAX);
    check_accepts(&wish, &proposal, blocks, count);
    check_smaller(&wish, (uint32_t)(size % 3));
    return 0;
}
