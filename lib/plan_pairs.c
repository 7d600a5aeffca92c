/* SPDX-License-Identifier: MIT */
/* The rules of an address plan for two blocks: what may overlap, and what there is one of. */
#include "plan.h"

static int is_vswitch(uint32_t role)
{
    return role == CNICALC_PLAN_ROLE_VSWITCH || role == CNICALC_PLAN_ROLE_POD_VSWITCH ||
           role == CNICALC_PLAN_ROLE_OTHER_VSWITCH;
}

static int is_in_use_by_others(uint32_t role)
{
    return role == CNICALC_PLAN_ROLE_OTHER || role == CNICALC_PLAN_ROLE_OTHER_SERVICE_CIDR ||
           role == CNICALC_PLAN_ROLE_OTHER_VSWITCH;
}

static uint8_t is_inside_vpc(const cnicalc__plan *plan, uint32_t index)
{
    cnicalc_cidr inner = cnicalc__plan_cidr(plan, index);
    for (uint32_t i = 0; i < plan->block_count; i++) {
        cnicalc_cidr outer = cnicalc__plan_cidr(plan, i);
        if (plan->blocks[i].role == CNICALC_PLAN_ROLE_VPC && cnicalc__contains(&outer, &inner)) {
            return 1;
        }
    }
    return 0;
}

void cnicalc__plan_find_inside_vpc(cnicalc__plan *plan)
{
    for (uint32_t i = 0; i < plan->block_count; i++) {
        plan->is_inside_vpc[i] = is_inside_vpc(plan, i);
    }
}

/* What two vSwitches that overlap are; 0 when they are one vSwitch with two roles. */
static uint32_t vswitch_pair_code(const cnicalc__plan *plan, uint32_t a, uint32_t b)
{
    cnicalc_cidr block_a = cnicalc__plan_cidr(plan, a);
    cnicalc_cidr block_b = cnicalc__plan_cidr(plan, b);
    if (is_in_use_by_others(plan->blocks[b].role) || !cnicalc__plan_equal(&block_a, &block_b)) {
        return CNICALC_PLAN_OVERLAP;
    }
    if (!cnicalc__plan_same_zone(plan->blocks[a].zone, plan->blocks[b].zone)) {
        return CNICALC_PLAN_VSWITCH_ZONE;
    }
    return plan->blocks[a].role == plan->blocks[b].role ? CNICALC_PLAN_OVERLAP : 0;
}

/* What an overlap of two blocks is, the lower role first; 0 when it is none, or is said already. */
static uint32_t overlap_code(const cnicalc__plan *plan, uint32_t a, uint32_t b)
{
    uint32_t role_a = plan->blocks[a].role;
    uint32_t role_b = plan->blocks[b].role;
    /* The roles of others are the highest, so b's is one of them too. */
    if (is_in_use_by_others(role_a)) {
        return 0;
    }
    if (is_vswitch(role_a) && is_vswitch(role_b)) {
        return vswitch_pair_code(plan, a, b);
    }
    if (role_a == CNICALC_PLAN_ROLE_VPC && is_vswitch(role_b)) {
        return 0;
    }
    /* What overlaps a vSwitch inside the VPC overlaps the VPC block, and that is said. */
    if ((is_vswitch(role_a) && plan->is_inside_vpc[a]) ||
        (is_vswitch(role_b) && plan->is_inside_vpc[b])) {
        return 0;
    }
    if (role_a == CNICALC_PLAN_ROLE_SERVICE_CIDR &&
        role_b == CNICALC_PLAN_ROLE_OTHER_SERVICE_CIDR) {
        return CNICALC_PLAN_SERVICE_CIDR_SHARED;
    }
    return CNICALC_PLAN_OVERLAP;
}

static uint32_t pair_code(const cnicalc__plan *plan, uint32_t a, uint32_t b)
{
    uint32_t role = plan->blocks[a].role;
    cnicalc_cidr block_a = cnicalc__plan_cidr(plan, a);
    cnicalc_cidr block_b = cnicalc__plan_cidr(plan, b);
    if (block_a.family == block_b.family && role == plan->blocks[b].role) {
        if (role == CNICALC_PLAN_ROLE_POD_CIDR) {
            return CNICALC_PLAN_POD_CIDR_REPEATED;
        }
        if (role == CNICALC_PLAN_ROLE_SERVICE_CIDR) {
            return CNICALC_PLAN_SERVICE_CIDR_REPEATED;
        }
    }
    if (!cnicalc__contains(&block_a, &block_b) && !cnicalc__contains(&block_b, &block_a)) {
        return 0;
    }
    return overlap_code(plan, a, b);
}

int cnicalc__plan_goes_first(const cnicalc__plan *plan, uint32_t a, uint32_t b)
{
    const cnicalc_cidr *given_a = &plan->blocks[a].cidr;
    const cnicalc_cidr *given_b = &plan->blocks[b].cidr;
    cnicalc_cidr block_a = cnicalc__plan_cidr(plan, a);
    cnicalc_cidr block_b = cnicalc__plan_cidr(plan, b);
    if (plan->blocks[a].role != plan->blocks[b].role) {
        return plan->blocks[a].role < plan->blocks[b].role;
    }
    if (!cnicalc__plan_equal(&block_a, &block_b)) {
        return cnicalc__before(&block_a, &block_b);
    }
    if (given_a->hi != given_b->hi || given_a->lo != given_b->lo) {
        return cnicalc__before(given_a, given_b);
    }
    if (plan->blocks[a].zone != plan->blocks[b].zone) {
        return plan->blocks[a].zone < plan->blocks[b].zone;
    }
    return a < b;
}

void cnicalc__plan_check_pairs(cnicalc__plan *plan)
{
    for (uint32_t i = 0; i < plan->block_count; i++) {
        for (uint32_t j = i + 1; j < plan->block_count && !cnicalc__plan_is_idle(plan, i); j++) {
            int in_order = cnicalc__plan_goes_first(plan, i, j);
            uint32_t first = in_order ? i : j;
            uint32_t second = in_order ? j : i;
            uint32_t code = cnicalc__plan_is_idle(plan, j) ? 0 : pair_code(plan, first, second);
            if (code != 0) {
                cnicalc__plan_report(plan, code, first, second, NULL);
            }
        }
    }
}
