/* SPDX-License-Identifier: MIT */
/* The question of cnicalc_plan_check(), and its answer by all rules. */
#include "plan.h"

#include "quota.h"
#include "terway.h"

cnicalc_status cnicalc_plan_check_options_init(cnicalc_plan_check_options *options,
                                               size_t struct_size)
{
    return cnicalc__ceiled_begin(options, struct_size, sizeof *options,
                                 offsetof(cnicalc_plan_check_options, ceilings));
}

/* Whether what the rules compute exceeds 64 bits: `kubernetes` beside the Services, and the
 * addresses of the nodes and of twice the pods, in a burst, and while nodes are replaced. */
static int overflows(const cnicalc_plan_check_options *options)
{
    uint64_t nodes = options->nodes != 0 ? options->nodes : 1;
    uint64_t surge = options->nodes != 0 ? options->surge : 0;
    uint64_t each = cnicalc__divide_up(options->pods, nodes);
    uint64_t twice;
    if (options->services == UINT64_MAX ||
        cnicalc__mul_overflows(each, CNICALC__PODS_TO_PLAN_FOR, &twice)) {
        return 1;
    }
    cnicalc_terway_node node = cnicalc__plan_node(&options->node, each, options->dual_stack);
    cnicalc_terway_node doubled = cnicalc__plan_node(&options->node, twice, options->dual_stack);
    cnicalc_terway_node in_burst = cnicalc__terway_node_in_burst(&node, options->burst_pods);
    return cnicalc__plan_nodes_exceed(&doubled, nodes, UINT64_MAX) ||
           cnicalc__plan_nodes_exceed(&in_burst, nodes, UINT64_MAX) ||
           cnicalc__add_overflows(nodes, surge, &nodes) ||
           cnicalc__plan_nodes_exceed(&node, nodes, UINT64_MAX - each);
}

static cnicalc_status check_plan_options(const cnicalc_plan_check_options *options)
{
    cnicalc_status status = cnicalc__ceiled_check(options, sizeof *options, &options->ceilings,
                                                  options->reserved, sizeof options->reserved);
    if (status == CNICALC_OK) {
        status = cnicalc__plan_check_cluster(&options->node, options->dual_stack, options->plugin);
    }
    return status == CNICALC_OK && overflows(options) ? CNICALC_ERR_OVERFLOW : status;
}

static cnicalc_status check_plan(const cnicalc_plan *plan,
                                 const cnicalc_plan_check_options *options,
                                 cnicalc_fault *out_fault)
{
    cnicalc_status status = check_plan_options(options);
    if (status != CNICALC_OK) {
        return cnicalc__whole_fault(status, out_fault);
    }
    if (plan->block_count > CNICALC_PLAN_BLOCKS_MAX) {
        return cnicalc__fault(CNICALC_ERR_PLAN_BLOCKS, CNICALC_ARRAY_BLOCKS, CNICALC_UNKNOWN,
                              CNICALC_UNKNOWN, out_fault);
    }
    for (size_t i = 0; i < plan->block_count; i++) {
        status = cnicalc__plan_block_check(&plan->blocks[i]);
        if (status != CNICALC_OK) {
            return cnicalc__fault(status, CNICALC_ARRAY_BLOCKS, i, CNICALC_UNKNOWN, out_fault);
        }
    }
    return CNICALC_OK;
}

static void find_all(cnicalc__plan *plan)
{
    plan->found = 0;
    cnicalc__plan_check_blocks(plan);
    cnicalc__plan_check_pairs(plan);
    cnicalc__plan_check_dual(plan);
    cnicalc__plan_check_capacity(plan);
}

/* The rules run twice: out_findings stays as it was when it is too small, and how many there are is
 * known only after the last rule. */
cnicalc_status cnicalc_plan_check(const cnicalc_plan *plan,
                                  const cnicalc_plan_check_options *options,
                                  cnicalc_plan_finding *out_findings, size_t capacity,
                                  size_t *out_count, cnicalc_fault *out_fault)
{
    if (plan == NULL || (plan->blocks == NULL && plan->block_count != 0) || options == NULL ||
        (out_findings == NULL && capacity != 0) || out_count == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = check_plan(plan, options, out_fault);
    if (status != CNICALC_OK) {
        return status;
    }
    cnicalc__plan checked;
    checked.given = plan->blocks;
    checked.count = (uint32_t)plan->block_count;
    checked.options = options;
    checked.findings = NULL;
    cnicalc__plan_begin(&checked);
    find_all(&checked);
    *out_count = checked.found;
    if (checked.found > capacity) {
        return cnicalc__whole_fault(CNICALC_ERR_CAPACITY, out_fault);
    }
    checked.findings = out_findings;
    find_all(&checked);
    cnicalc__plan_sort(out_findings, checked.found);
    return CNICALC_OK;
}
