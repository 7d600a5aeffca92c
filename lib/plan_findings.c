/* SPDX-License-Identifier: MIT */
/* The findings of a check: how they are reported, and their order. */
#include "plan.h"

cnicalc_plan_finding *cnicalc__plan_report(cnicalc__plan *plan, uint32_t code, uint32_t subject,
                                           uint32_t other)
{
    cnicalc_plan_finding *finding =
        plan->findings != NULL ? &plan->findings[plan->found] : &plan->counted;
    plan->found++;
    memset(finding, 0, sizeof *finding);
    finding->severity = cnicalc_plan_code_severity(code);
    finding->code = code;
    finding->subject = subject;
    finding->other = other;
    finding->zone = CNICALC_UNKNOWN;
    return finding;
}

void cnicalc__plan_report_numbers(cnicalc__plan *plan, uint32_t code, uint32_t subject,
                                  uint64_t value, uint64_t bound)
{
    cnicalc_plan_finding *finding = cnicalc__plan_report(plan, code, subject, CNICALC_UNKNOWN);
    finding->value = value;
    finding->bound = bound;
}

void cnicalc__plan_report_code(cnicalc__plan *plan, uint32_t code, uint32_t subject)
{
    (void)cnicalc__plan_report(plan, code, subject, CNICALC_UNKNOWN);
}

void cnicalc__plan_report_row(cnicalc__plan *plan, uint32_t code, uint32_t subject, uint32_t zone,
                              const cnicalc_limit_row *row)
{
    cnicalc_plan_finding *finding = cnicalc__plan_report(plan, code, subject, CNICALC_UNKNOWN);
    finding->zone = zone;
    finding->limit = row->limit;
    finding->value = row->needed;
    finding->bound = row->available;
}

void cnicalc__plan_compare(cnicalc__plan *plan, uint32_t limit, uint32_t subject, uint64_t wanted,
                           uint64_t available)
{
    const cnicalc_limit_row row = {limit, 0, wanted, available};
    if (wanted > available) {
        cnicalc__plan_report_row(plan, CNICALC_PLAN_SHORTAGE, subject, CNICALC_UNKNOWN, &row);
    }
}

/* The order of findings. No two are equal in all of this. */
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

/* Lets the root of a heap of findings sink to its place; the last in order is on top. */
static void sink_finding(cnicalc_plan_finding *findings, size_t root, size_t count)
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
void cnicalc__plan_sort(cnicalc_plan_finding *findings, size_t count)
{
    for (size_t root = count / 2; root > 0; root--) {
        sink_finding(findings, root - 1, count);
    }
    for (size_t end = count; end > 1; end--) {
        cnicalc_plan_finding last = findings[0];
        findings[0] = findings[end - 1];
        findings[end - 1] = last;
        sink_finding(findings, 0, end - 1);
    }
}
