/* SPDX-License-Identifier: MIT */
/* Checking any plan: findings come in order, each has its sentence, and the order of the blocks
 * changes nothing but indexes. */
#include "fuzz.h"

#include <cnicalc.h>

#include <string.h>

#define BLOCKS_MAX   12
#define FINDINGS_MAX 512
#define CODE_END     CNICALC_PLAN_CODE_END

static cnicalc_plan_block draw_block(draw *input)
{
    static const uint32_t RANGES[] = {0x0a000000, 0xac100000, 0xc0a80000, 0x64400000};
    static const uint32_t WIDTHS[] = {24, 20, 16, 22};
    cnicalc_plan_block block = {{0, 0, 4, 0}, 0, 0, 0, 0, {0}};
    uint32_t choice = draw_byte(input);
    block.role = 1 + choice % (CNICALC_PLAN_ROLE_COUNT - 1);
    block.zone = choice >> 3 & 1;
    if (choice >= 224) {
        block.zone = CNICALC_UNKNOWN;
    }
    block.used_addresses = choice % 8 == 5 ? draw_byte(input) : 0;
    uint32_t range = draw_below(input, 4);
    block.cidr.prefix_len = 8 + draw_below(input, 22);
    block.cidr.lo = RANGES[range] | ((uint64_t)draw_byte(input) << 16 >> (24 - WIDTHS[range])) %
                                        (UINT64_C(1) << 24);
    if (choice % 16 == 3) {
        block.cidr.family = 6;
        block.cidr.hi = UINT64_C(0xfd00000000000000) + draw_byte(input);
        block.cidr.lo = 0;
        block.cidr.prefix_len =
            draw_below(input, 2) ? 56 + 8 * draw_below(input, 2) : draw_below(input, 140);
    } else if (choice % 16 != 7 && block.cidr.prefix_len < 32) {
        block.cidr.lo &= ~((UINT64_C(1) << (32 - block.cidr.prefix_len)) - 1);
    }
    if (choice == 255) {
        block.role = draw_u32(input);
        block.cidr.family = draw_byte(input);
        block.reserved[0] = draw_byte(input);
    }
    return block;
}

static cnicalc_plan_check_options draw_options(draw *input)
{
    cnicalc_plan_check_options options;
    cnicalc_ceilings *ceilings = &options.ceilings;
    require(cnicalc_plan_check_options_init(&options, sizeof options) == CNICALC_OK);
    uint32_t choice = draw_byte(input);
    options.plugin = choice % 32 == 31 ? draw_u32(input) : 1 + (choice & 1);
    ceilings->edition = choice % 32 == 30 ? draw_u32(input) : 1 + (choice >> 1) % 5;
    ceilings->raised = choice >> 5 & 1;
    options.node_mask = draw_below(input, 4) ? 22 + draw_below(input, 9) : draw_u32(input);
    if (choice >= 128) {
        options.nodes = draw_u64(input);
        options.pods = draw_u64(input);
        options.services = draw_u64(input);
        ceilings->routes_used = draw_u64(input);
    }
    if (choice >= 192) {
        ceilings->node_quota = draw_u64(input);
        ceilings->pod_quota = draw_u64(input);
        ceilings->service_quota = draw_u64(input);
        ceilings->route_quota = draw_u64(input);
        ceilings->vpc_address_quota = draw_u64(input);
        ceilings->vswitch_quota = draw_byte(input);
        ceilings->security_group = 1 + draw_below(input, 2);
        options.node = draw_terway_node(input);
        options.dual_stack = draw_below(input, 2);
        options.surge = draw_u32(input);
        options.burst_pods = draw_u32(input);
        options.node_max_pods = draw_below(input, 4) == 3 ? draw_byte(input) : 0;
    }
    return options;
}

/* How many findings each code has. */
static void count_codes(const cnicalc_plan_finding *findings, size_t count,
                        uint16_t out_counts[CODE_END])
{
    memset(out_counts, 0, CODE_END * sizeof *out_counts);
    for (size_t i = 0; i < count; i++) {
        require(findings[i].code < CODE_END);
        out_counts[findings[i].code]++;
    }
}

static int comes_before(const cnicalc_plan_finding *a, const cnicalc_plan_finding *b)
{
    if (a->severity != b->severity) {
        return a->severity < b->severity;
    }
    if (a->code != b->code) {
        return a->code < b->code;
    }
    if (a->subject != b->subject) {
        return a->subject < b->subject;
    }
    if (a->other != b->other) {
        return a->other < b->other;
    }
    return a->zone != b->zone ? a->zone < b->zone : a->limit < b->limit;
}

/* What is short is less than what is needed of it. */
static void check_numbers(const cnicalc_plan_finding *finding)
{
    int is_short = finding->code == CNICALC_PLAN_SHORTAGE ||
                   finding->code == CNICALC_PLAN_PODS_TWICE ||
                   finding->code == CNICALC_PLAN_SURGE || finding->code == CNICALC_PLAN_BURST;
    require(!is_short || finding->value > finding->bound);
    require(!is_short || cnicalc_limit_counts(finding->limit) != 0);
    require(is_short || finding->zone == CNICALC_UNKNOWN);
}

static void check_findings(const cnicalc_plan_finding *findings, size_t count,
                           const cnicalc_plan *plan)
{
    char text[CNICALC_PLAN_TEXT_SIZE];
    for (size_t i = 0; i < count; i++) {
        const cnicalc_plan_finding *finding = &findings[i];
        require(finding->severity == cnicalc_plan_code_severity(finding->code));
        require(finding->subject < plan->block_count || finding->subject == CNICALC_UNKNOWN);
        require(finding->other < plan->block_count || finding->other == CNICALC_UNKNOWN);
        require(strcmp(cnicalc_plan_code_name(finding->code), "unknown") != 0);
        require(cnicalc_plan_finding_format(finding, plan, text, sizeof text) == CNICALC_OK);
        require(strlen(text) > 10);
        check_numbers(finding);
        const cnicalc_cidr *block = &finding->block;
        require(block->family != 0 || (block->hi | block->lo | block->prefix_len) == 0);
        require(i == 0 || comes_before(&findings[i - 1], finding));
    }
}

/* The blocks the other way round. */
static void check_order(const cnicalc_plan *plan, const cnicalc_plan_check_options *options,
                        const cnicalc_plan_finding *findings, size_t count)
{
    cnicalc_plan_block turned[BLOCKS_MAX];
    const cnicalc_plan other = {turned, plan->block_count};
    cnicalc_plan_finding others[FINDINGS_MAX];
    uint16_t codes[CODE_END];
    uint16_t other_codes[CODE_END];
    size_t told = 0;
    for (size_t i = 0; i < plan->block_count; i++) {
        turned[i] = plan->blocks[plan->block_count - 1 - i];
    }
    require(cnicalc_plan_check(&other, options, others, FINDINGS_MAX, &told, NULL) == CNICALC_OK);
    require(told == count);
    count_codes(findings, count, codes);
    count_codes(others, told, other_codes);
    require(memcmp(codes, other_codes, sizeof codes) == 0);
}

static void check_fault(const cnicalc_plan *plan, const cnicalc_fault *fault)
{
    require(fault->array == CNICALC_ARRAY_NONE || fault->array == CNICALC_ARRAY_BLOCKS);
    require(fault->index < plan->block_count || fault->index == CNICALC_UNKNOWN);
    require(fault->other == CNICALC_UNKNOWN && fault->reserved == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    draw input = {data, size};
    cnicalc_plan_block blocks[BLOCKS_MAX];
    cnicalc_plan plan = {blocks, 0};
    cnicalc_plan_finding findings[FINDINGS_MAX];
    cnicalc_fault fault;
    size_t count = 77;
    size_t needed = 77;
    cnicalc_plan_check_options options = draw_options(&input);
    while (plan.block_count < BLOCKS_MAX && input.left != 0) {
        blocks[plan.block_count++] = draw_block(&input);
    }
    cnicalc_status status =
        cnicalc_plan_check(&plan, &options, findings, FINDINGS_MAX, &count, &fault);
    if (status != CNICALC_OK) {
        require(status != CNICALC_ERR_CAPACITY && count == 77);
        check_fault(&plan, &fault);
        return 0;
    }
    require(count <= FINDINGS_MAX);
    check_findings(findings, count, &plan);
    check_order(&plan, &options, findings, count);
    if (count != 0) {
        cnicalc_plan_finding kept;
        poison(&kept, sizeof kept);
        require(cnicalc_plan_check(&plan, &options, &kept, count == 1 ? 0 : 1, &needed, NULL) ==
                CNICALC_ERR_CAPACITY);
        require(needed == count && is_poisoned(&kept, sizeof kept));
    }
    return 0;
}
