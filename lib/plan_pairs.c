/* SPDX-License-Identifier: MIT */
/* The rules of an address plan for two blocks: what may overlap, and what there is one of. */
#include "plan.h"

/* What two vSwitches that overlap are; 0 when they are one vSwitch, given once for nodes and once
 * for pods. */
static uint32_t vswitch_pair_code(const cnicalc__plan *plan, uint32_t a, uint32_t b)
{
    uint32_t serves_a = plan->serves[a];
    uint32_t serves_b = plan->serves[b];
    if (serves_a == 0 || serves_b == 0 || !cnicalc__equal(&plan->blocks[a], &plan->blocks[b])) {
        return CNICALC_PLAN_OVERLAP;
    }
    if (!cnicalc__plan_same_zone(plan->given[a].zone, plan->given[b].zone)) {
        return CNICALC_PLAN_VSWITCH_ZONE;
    }
    return (serves_a & serves_b) != 0 ? CNICALC_PLAN_OVERLAP : 0;
}

/* Whether an overlap with a block is reported for the VPC block that the vSwitch is in. */
static int is_vswitch_in_vpc(const cnicalc__plan *plan, uint32_t index)
{
    return cnicalc__plan_role_is_vswitch(plan->given[index].role) && plan->is_inside_vpc[index];
}

static int is_one_of(const cnicalc__plan *plan, uint32_t a, uint32_t b, uint32_t role)
{
    return plan->given[a].role == role || plan->given[b].role == role;
}

/* What an overlap of two blocks is; 0 when there is none, or it is reported already. */
static uint32_t overlap_code(const cnicalc__plan *plan, uint32_t a, uint32_t b)
{
    uint32_t role_a = plan->given[a].role;
    uint32_t role_b = plan->given[b].role;
    int is_vswitch_a = cnicalc__plan_role_is_vswitch(role_a);
    int is_vswitch_b = cnicalc__plan_role_is_vswitch(role_b);
    if (cnicalc__plan_role_is_of_others(role_a) && cnicalc__plan_role_is_of_others(role_b)) {
        return is_vswitch_a && is_vswitch_b ? CNICALC_PLAN_OTHER_OVERLAP : 0;
    }
    if (is_vswitch_a && is_vswitch_b) {
        return vswitch_pair_code(plan, a, b);
    }
    /* The VPC has routes of its own, which are longer. */
    if (is_one_of(plan, a, b, CNICALC_PLAN_ROLE_SUMMARY) &&
        (is_vswitch_a || is_vswitch_b || is_one_of(plan, a, b, CNICALC_PLAN_ROLE_VPC))) {
        return 0;
    }
    /* Whether a vSwitch lies in a VPC block is a rule of its own. */
    if ((is_vswitch_a || is_vswitch_b) && is_one_of(plan, a, b, CNICALC_PLAN_ROLE_VPC)) {
        return 0;
    }
    if (is_vswitch_in_vpc(plan, a) || is_vswitch_in_vpc(plan, b)) {
        return 0;
    }
    if (is_one_of(plan, a, b, CNICALC_PLAN_ROLE_SERVICE_CIDR) &&
        is_one_of(plan, a, b, CNICALC_PLAN_ROLE_OTHER_SERVICE_CIDR)) {
        return CNICALC_PLAN_SERVICE_CIDR_SHARED;
    }
    return CNICALC_PLAN_OVERLAP;
}

/* Whether two IPv4 VPC blocks are larger than a secondary one may be: one of them is secondary. */
static int are_too_large(const cnicalc__plan *plan, uint32_t a, uint32_t b)
{
    return plan->given[a].cidr.family == CNICALC_FAMILY_IPV4 &&
           plan->blocks[a].prefix_len < CNICALC__VPC_SECONDARY_PREFIX_LEN_MIN &&
           plan->blocks[b].prefix_len < CNICALC__VPC_SECONDARY_PREFIX_LEN_MIN;
}

/* Whether a vSwitch is the block of a Flannel node, which is the destination of a route. */
static int is_node_block(const cnicalc__plan *plan, uint32_t vswitch, uint32_t pod_cidr)
{
    return cnicalc__plan_role_is_vswitch(plan->given[vswitch].role) &&
           plan->given[pod_cidr].role == CNICALC_PLAN_ROLE_POD_CIDR &&
           plan->blocks[vswitch].prefix_len == plan->options->node_mask &&
           cnicalc__contains(&plan->blocks[pod_cidr], &plan->blocks[vswitch]);
}

/* What two blocks are together, or 0. */
static uint32_t pair_code(const cnicalc__plan *plan, uint32_t a, uint32_t b)
{
    uint32_t role = plan->given[a].role;
    int is_twin =
        role == plan->given[b].role && plan->given[a].cidr.family == plan->given[b].cidr.family;
    if (is_twin && role == CNICALC_PLAN_ROLE_POD_CIDR) {
        return CNICALC_PLAN_POD_CIDR_REPEATED;
    }
    if (is_twin && role == CNICALC_PLAN_ROLE_SERVICE_CIDR) {
        return CNICALC_PLAN_SERVICE_CIDR_REPEATED;
    }
    if (!cnicalc__overlap(&plan->blocks[a], &plan->blocks[b])) {
        return is_twin && role == CNICALC_PLAN_ROLE_VPC && are_too_large(plan, a, b)
                   ? CNICALC_PLAN_VPC_SECONDARY_MASK
                   : 0;
    }
    return is_node_block(plan, a, b) || is_node_block(plan, b, a) ? CNICALC_PLAN_VSWITCH_ROUTE
                                                                  : overlap_code(plan, a, b);
}

static int is_at_peace(const cnicalc__plan *plan, uint32_t index)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        uint32_t code = i == index || plan->is_idle[i] ? 0 : pair_code(plan, index, i);
        if (cnicalc_plan_code_severity(code) == CNICALC_PLAN_ERROR) {
            return 0;
        }
    }
    return 1;
}

int cnicalc__plan_can_be(cnicalc__plan *plan, uint32_t index, const cnicalc_cidr *block)
{
    const cnicalc_cidr given = plan->blocks[index];
    const uint8_t was_inside = plan->is_inside_vpc[index];
    uint32_t role = plan->given[index].role;
    plan->blocks[index] = *block;
    plan->is_inside_vpc[index] = cnicalc__plan_is_inside_vpc(plan, index);
    int can_be = is_at_peace(plan, index) &&
                 (!cnicalc__plan_role_is_vswitch(role) || plan->is_inside_vpc[index]) &&
                 (role != CNICALC_PLAN_ROLE_SERVICE_CIDR || cnicalc__is_private(block));
    plan->blocks[index] = given;
    plan->is_inside_vpc[index] = was_inside;
    return can_be;
}

/* Reports what two blocks are together, if anything. */
static void check_pair(cnicalc__plan *plan, uint32_t a, uint32_t b)
{
    uint32_t code = pair_code(plan, a, b);
    if (code != 0) {
        int in_order = code == CNICALC_PLAN_VSWITCH_ROUTE ? is_node_block(plan, a, b)
                                                          : cnicalc__plan_goes_first(plan, a, b);
        (void)cnicalc__plan_report(plan, code, in_order ? a : b, in_order ? b : a);
    }
}

/* Whether two blocks of this role are judged wherever they lie. */
static int is_judged_apart(uint32_t role)
{
    return role == CNICALC_PLAN_ROLE_VPC || role == CNICALC_PLAN_ROLE_POD_CIDR ||
           role == CNICALC_PLAN_ROLE_SERVICE_CIDR;
}

/* What lies in a block follows it in their order. Blocks that share no address are judged in a few
 * roles alone. */
void cnicalc__plan_check_pairs(cnicalc__plan *plan)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        uint32_t a = plan->order[i];
        uint32_t role = plan->given[a].role;
        uint32_t j = plan->is_idle[a] ? plan->count : i + 1;
        for (; j < plan->count; j++) {
            uint32_t b = plan->order[j];
            if (!cnicalc__contains(&plan->blocks[a], &plan->blocks[b])) {
                break;
            }
            if (!plan->is_idle[b]) {
                check_pair(plan, a, b);
            }
        }
        for (; j < plan->count && is_judged_apart(role); j++) {
            if (plan->given[plan->order[j]].role == role) {
                check_pair(plan, a, plan->order[j]);
            }
        }
    }
}
