/* SPDX-License-Identifier: MIT */
/* Proposals: a check accepts each one, a smaller request fits where a larger one did, and a refusal
 * names what the request exceeds. */
#include "fuzz.h"

#include <cnicalc.h>

#include <string.h>

#define VPC_MAX      (CNICALC_PLAN_VPC_BLOCKS_MAX + 1)
#define OTHERS_MAX   6
#define BLOCKS_MAX   (CNICALC_PLAN_PROPOSAL_BLOCKS_MAX + OTHERS_MAX)
#define FINDINGS_MAX 1024

struct request {
    cnicalc_plan_block blocks[VPC_MAX + OTHERS_MAX]; /* the VPC first */
    cnicalc_plan in_use;
    cnicalc_plan_propose_options options;
};

/* Large plans take long to check, so most requests are small. */
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

/* Secondary blocks are mostly beside the primary one, and may overlap each other. */
static cnicalc_cidr draw_secondary(draw *input)
{
    cnicalc_cidr block = {0, 0xac180000, 4, 16 + draw_byte(input) % 14};
    block.lo += (uint64_t)draw_byte(input) << 13;
    block.lo &= ~((UINT64_C(1) << (32 - block.prefix_len)) - 1);
    return block;
}

/* A vSwitch for nodes, mostly inside the VPC and in a zone that is asked for. */
static cnicalc_plan_block draw_node_vswitch(draw *input, const cnicalc_cidr *vpc)
{
    cnicalc_plan_block block = {{0, 0, 4, 0}, CNICALC_PLAN_ROLE_NODE_VSWITCH, 0, 0, 0, {0}};
    block.zone = draw_below(input, 3);
    block.cidr.prefix_len = 20 + draw_byte(input) % 11;
    block.cidr.lo = vpc->lo + ((uint64_t)draw_byte(input) << 7);
    block.cidr.lo &= ~((UINT64_C(1) << (32 - block.cidr.prefix_len)) - 1);
    block.used_addresses = draw_byte(input);
    return block;
}

/* What is in use: vSwitches mostly inside the VPC, other networks mostly outside. */
static cnicalc_plan_block draw_other(draw *input, const cnicalc_cidr *vpc)
{
    static const uint32_t ROLES[] = {CNICALC_PLAN_ROLE_OTHER, CNICALC_PLAN_ROLE_OTHER_SERVICE_CIDR,
                                     CNICALC_PLAN_ROLE_OTHER_VSWITCH, CNICALC_PLAN_ROLE_SUMMARY};
    cnicalc_plan_block block = {{0, 0, 4, 0}, 0, 0, 0, 0, {0}};
    uint32_t choice = draw_byte(input);
    block.role = ROLES[choice % 4];
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

static void draw_request(draw *input, struct request *request)
{
    cnicalc_plan_propose_options *options = &request->options;
    cnicalc_ceilings *ceilings = &options->ceilings;
    memset(request, 0, sizeof *request);
    require(cnicalc_plan_propose_options_init(options, sizeof *options) == CNICALC_OK);
    uint32_t choice = draw_byte(input);
    request->in_use.blocks = request->blocks;
    request->in_use.block_count = 1;
    request->blocks[0].role = CNICALC_PLAN_ROLE_VPC;
    request->blocks[0].cidr = draw_vpc(input);
    options->plugin = 1 + (choice & 1);
    ceilings->edition = choice % 32 == 31 ? draw_u32(input) : 1 + (choice >> 1) % 5;
    ceilings->raised = choice >> 6 & 1;
    options->zones = choice >= 240 ? draw_byte(input) : 1 + draw_below(input, 4);
    options->growth_percent = draw_below(input, 4) == 3 ? draw_u32(input) : 0;
    options->nodes = draw_amount(input);
    options->pods_per_node = draw_amount(input);
    options->services = draw_amount(input);
    options->node_max_pods = draw_below(input, 4) == 3 ? draw_byte(input) : 0;
    ceilings->security_group = 1 + draw_below(input, 2);
    if (draw_below(input, 2) == 1) {
        options->node = draw_terway_node(input);
    }
    if (draw_below(input, 4) == 3) {
        const cnicalc_cidr ipv6 = {UINT64_C(0x20010db800010000) + (draw_byte(input) << 8), 0, 6,
                                   56};
        request->blocks[request->in_use.block_count].role = CNICALC_PLAN_ROLE_VPC;
        request->blocks[request->in_use.block_count++].cidr = ipv6;
        options->dual_stack = draw_below(input, 2);
    }
    if (choice >= 128) {
        ceilings->routes_used = draw_byte(input);
        ceilings->node_quota = draw_u64(input);
        ceilings->pod_quota = draw_u64(input);
        ceilings->service_quota = draw_u64(input);
        ceilings->route_quota = draw_u64(input);
        ceilings->vpc_address_quota = draw_u64(input);
        ceilings->vswitch_quota = draw_byte(input);
    }
    for (uint32_t i = draw_below(input, 8); i < 5; i++) {
        request->blocks[request->in_use.block_count].role = CNICALC_PLAN_ROLE_VPC;
        request->blocks[request->in_use.block_count++].cidr = draw_secondary(input);
    }
    size_t vpc_count = request->in_use.block_count;
    for (uint32_t i = draw_below(input, 4); i < 2; i++) {
        request->blocks[request->in_use.block_count++] =
            draw_node_vswitch(input, &request->blocks[0].cidr);
    }
    while (request->in_use.block_count < vpc_count + OTHERS_MAX && input->left != 0) {
        size_t vpc = draw_below(input, (uint32_t)vpc_count);
        request->blocks[request->in_use.block_count++] =
            draw_other(input, &request->blocks[vpc].cidr);
    }
}

static void check_accepts(const struct request *request, const cnicalc_plan_proposal *proposal,
                          cnicalc_plan_block *blocks)
{
    static cnicalc_plan_finding findings[FINDINGS_MAX];
    size_t count = proposal->block_count;
    cnicalc_plan_check_options options;
    size_t told = 0;
    require(cnicalc_plan_check_options_init(&options, sizeof options) == CNICALC_OK);
    options.plugin = request->options.plugin;
    options.node_mask = proposal->node_mask;
    options.nodes = proposal->nodes;
    options.pods = proposal->pods;
    options.services = proposal->services;
    options.node = request->options.node;
    options.ceilings = request->options.ceilings;
    options.dual_stack = request->options.dual_stack;
    for (size_t i = 0; i < request->in_use.block_count; i++) {
        if (request->blocks[i].role != CNICALC_PLAN_ROLE_VPC) {
            blocks[count++] = request->blocks[i];
        }
    }
    const cnicalc_plan plan = {blocks, count};
    require(cnicalc_plan_check(&plan, &options, findings, FINDINGS_MAX, &told, NULL) == CNICALC_OK);
    for (size_t i = 0; i < told; i++) {
        require(findings[i].severity != CNICALC_PLAN_ERROR);
        require(findings[i].code != CNICALC_PLAN_PODS_TWICE || proposal->pods_factor == 1);
    }
}

static void check_limits(const cnicalc_plan_proposal *proposal)
{
    uint32_t bound_by = CNICALC_LIMIT_NONE;
    for (uint32_t i = proposal->limit_count; i > 0; i--) {
        const cnicalc_limit_row *row = &proposal->limits[i - 1];
        bound_by = row->needed > row->available ? row->limit : bound_by;
    }
    require(proposal->bound_by == bound_by);
    require(proposal->fits == (bound_by == CNICALC_LIMIT_NONE));
}

/* Half the nodes, half the pods or half the Services of a request that fits. */
static void check_smaller(const struct request *request, uint32_t choice)
{
    static cnicalc_plan_block blocks[CNICALC_PLAN_PROPOSAL_BLOCKS_MAX];
    cnicalc_plan_proposal proposal;
    cnicalc_plan_propose_options options = request->options;
    options.ceilings.vswitch_quota = CNICALC_NO_LIMIT; /* twice fewer pods can take more of them */
    options.nodes -= choice == 0 ? options.nodes / 2 : 0;
    options.pods_per_node -= choice == 1 ? options.pods_per_node / 2 : 0;
    options.services -= choice == 2 ? options.services / 2 : 0;
    require(cnicalc_plan_propose(&request->in_use, &options, &proposal, blocks,
                                 CNICALC_PLAN_PROPOSAL_BLOCKS_MAX, NULL) == CNICALC_OK);
    require(proposal.fits == 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static cnicalc_plan_block blocks[BLOCKS_MAX];
    draw input = {data, size};
    struct request request;
    cnicalc_plan_proposal proposal;
    cnicalc_fault fault;
    draw_request(&input, &request);
    poison(&proposal, sizeof proposal);
    cnicalc_status status = cnicalc_plan_propose(&request.in_use, &request.options, &proposal,
                                                 blocks, CNICALC_PLAN_PROPOSAL_BLOCKS_MAX, &fault);
    if (status != CNICALC_OK) {
        require(status != CNICALC_ERR_CAPACITY && is_poisoned(&proposal, sizeof proposal));
        require(fault.index == CNICALC_UNKNOWN || fault.index < request.in_use.block_count);
        return 0;
    }
    check_limits(&proposal);
    if (!proposal.fits) {
        require(proposal.block_count == 0);
        return 0;
    }
    require(proposal.block_count >= 3);
    require(proposal.block_count <= CNICALC_PLAN_PROPOSAL_BLOCKS_MAX);
    check_accepts(&request, &proposal, blocks);
    check_smaller(&request, (uint32_t)(size % 3));
    return 0;
}
