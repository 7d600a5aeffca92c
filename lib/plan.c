/* SPDX-License-Identifier: MIT */
/* The question of cnicalc_plan_check(): its validity, and the array of its findings. */
#include "plan.h"

#include "internal.h"
#include "quota.h"

#include <string.h>

uint32_t cnicalc_plan_block_size(void)
{
    return (uint32_t)sizeof(cnicalc_plan_block);
}

uint32_t cnicalc_plan_options_size(void)
{
    return (uint32_t)sizeof(cnicalc_plan_options);
}

uint32_t cnicalc_plan_finding_size(void)
{
    return (uint32_t)sizeof(cnicalc_plan_finding);
}

cnicalc_status cnicalc_plan_options_init(cnicalc_plan_options *options, size_t struct_size)
{
    cnicalc_status status = cnicalc__options_begin(options, struct_size, sizeof *options);
    if (status != CNICALC_OK) {
        return status;
    }
    options->edition = CNICALC_EDITION_PRO;
    return CNICALC_OK;
}

cnicalc_status cnicalc__plan_check_words(uint32_t plugin, uint32_t edition, uint32_t raised)
{
    if (raised > 1) {
        return CNICALC_ERR_FLAG;
    }
    if (!cnicalc__is_plugin(plugin)) {
        return CNICALC_ERR_PLUGIN;
    }
    return cnicalc__is_edition(edition) ? CNICALC_OK : CNICALC_ERR_EDITION;
}

static cnicalc_status check_options(const cnicalc_plan_options *options)
{
    cnicalc_status status =
        cnicalc__options_check(options->struct_size, sizeof *options,
                               options->reserved0 | cnicalc__or4(options->reserved));
    if (status != CNICALC_OK) {
        return status;
    }
    status = cnicalc__plan_check_words(options->plugin, options->edition, options->raised);
    if (status != CNICALC_OK) {
        return status;
    }
    return options->pods > UINT64_MAX - options->nodes ? CNICALC_ERR_OVERFLOW : CNICALC_OK;
}

static cnicalc_status check_blocks(const cnicalc_plan_block *blocks, size_t block_count)
{
    if (block_count > CNICALC_PLAN_BLOCKS_MAX) {
        return CNICALC_ERR_PLAN_BLOCKS;
    }
    for (size_t i = 0; i < block_count; i++) {
        const cnicalc_plan_block *block = &blocks[i];
        if ((block->reserved[0] | block->reserved[1]) != 0) {
            return CNICALC_ERR_RESERVED;
        }
        if (block->role < CNICALC_PLAN_ROLE_VPC || block->role > CNICALC_PLAN_ROLE_OTHER_VSWITCH) {
            return CNICALC_ERR_PLAN_ROLE;
        }
        cnicalc_status status = cnicalc__check_shape(block->cidr.hi, block->cidr.lo,
                                                     block->cidr.family, block->cidr.prefix_len);
        if (status != CNICALC_OK) {
            return status;
        }
    }
    return CNICALC_OK;
}

void cnicalc__plan_report(cnicalc__plan *plan, uint32_t code, uint32_t subject, uint32_t other,
                          const cnicalc__plan_facts *facts)
{
    if (plan->findings != NULL) {
        cnicalc_plan_finding *finding = &plan->findings[plan->found];
        memset(finding, 0, sizeof *finding);
        finding->severity = cnicalc_plan_code_severity(code);
        finding->code = code;
        finding->subject = subject;
        finding->other = other;
        if (facts != NULL) {
            finding->value = facts->value;
            finding->limit = facts->limit;
            finding->block = facts->block;
        }
    }
    plan->found++;
}

/* The order of findings. Those that are equal in all of this are one fact. */
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
    return a->value < b->value;
}

/* Lets the root of a heap of findings sink to its place; the last in order is on top. */
static void sink(cnicalc_plan_finding *findings, size_t root, size_t count)
{
    cnicalc_plan_finding moved = findings[root];
    size_t child = 2 * root + 1;
    while (child < count) {
        if (child + 1 < count && comes_before(&findings[child], &findings[child + 1])) {
            child++;
        }
        if (!comes_before(&moved, &findings[child])) {
            break;
        }
        findings[root] = findings[child];
        root = child;
        child = 2 * root + 1;
    }
    findings[root] = moved;
}

/* Heapsort: in place, without recursion, and never quadratic in the caller's findings. */
static void sort_findings(cnicalc_plan_finding *findings, size_t count)
{
    for (size_t root = count / 2; root > 0; root--) {
        sink(findings, root - 1, count);
    }
    for (size_t end = count; end > 1; end--) {
        cnicalc_plan_finding last = findings[0];
        findings[0] = findings[end - 1];
        findings[end - 1] = last;
        sink(findings, 0, end - 1);
    }
}

static void find_all(cnicalc__plan *plan)
{
    cnicalc__plan_check_blocks(plan);
    cnicalc__plan_check_pairs(plan);
    cnicalc__plan_check_capacity(plan);
}

cnicalc_status cnicalc_plan_check(const cnicalc_plan_block *blocks, size_t block_count,
                                  const cnicalc_plan_options *options,
                                  cnicalc_plan_finding *out_findings, size_t capacity,
                                  size_t *out_count)
{
    if ((blocks == NULL && block_count != 0) || options == NULL || out_count == NULL ||
        (out_findings == NULL && capacity != 0)) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = check_options(options);
    if (status != CNICALC_OK) {
        return status;
    }
    status = check_blocks(blocks, block_count);
    if (status != CNICALC_OK) {
        return status;
    }
    cnicalc__plan plan = {blocks, (uint32_t)block_count, options, NULL, 0, {0}};
    cnicalc__plan_find_inside_vpc(&plan);
    find_all(&plan);
    *out_count = plan.found;
    if (plan.found > capacity) {
        return CNICALC_ERR_CAPACITY;
    }
    size_t count = plan.found;
    plan.findings = out_findings;
    plan.found = 0;
    find_all(&plan);
    sort_findings(out_findings, count);
    return CNICALC_OK;
}
