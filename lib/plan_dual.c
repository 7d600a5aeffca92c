/* SPDX-License-Identifier: MIT */
/* The rules of an address plan with IPv6: what dual stack must have. A /56 of a VPC has room for a
 * /64 of 256 vSwitches, which is more than a VPC can have. */
#include "plan.h"

static int has_ipv6(const cnicalc__plan *plan, uint32_t role)
{
    return cnicalc__plan_has(plan, role, CNICALC_FAMILY_IPV6);
}

/* What the IPv6 vSwitches of a zone serve together; CNICALC_UNKNOWN: those of any. */
static uint32_t ipv6_serves(const cnicalc__plan *plan, uint32_t zone)
{
    uint32_t serves = 0;
    for (uint32_t i = 0; i < plan->count; i++) {
        if (plan->given[i].cidr.family == CNICALC_FAMILY_IPV6 &&
            cnicalc__plan_same_zone(plan->given[i].zone, zone)) {
            serves |= plan->serves[i];
        }
    }
    return serves;
}

static void check_ipv6_vswitches(cnicalc__plan *plan)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        uint32_t serves = plan->serves[i];
        if (plan->given[i].cidr.family == CNICALC_FAMILY_IPV4 &&
            (serves & ~ipv6_serves(plan, plan->given[i].zone)) != 0) {
            cnicalc__plan_report_code(plan, CNICALC_PLAN_NO_IPV6_VSWITCH, i);
        }
    }
}

void cnicalc__plan_check_dual(cnicalc__plan *plan)
{
    int has_vpc = has_ipv6(plan, CNICALC_PLAN_ROLE_VPC);
    if (plan->options->dual_stack && !cnicalc__plan_is_terway(plan)) {
        cnicalc__plan_report_code(plan, CNICALC_PLAN_DUAL_STACK_FLANNEL, CNICALC_UNKNOWN);
        return;
    }
    if (plan->options->dual_stack && !has_vpc) {
        cnicalc__plan_report_code(plan, CNICALC_PLAN_NO_VPC_IPV6, CNICALC_UNKNOWN);
    }
    if (plan->options->dual_stack && !has_ipv6(plan, CNICALC_PLAN_ROLE_SERVICE_CIDR)) {
        cnicalc__plan_report_code(plan, CNICALC_PLAN_NO_IPV6_SERVICE_CIDR, CNICALC_UNKNOWN);
    }
    if (plan->options->dual_stack && has_vpc) {
        check_ipv6_vswitches(plan);
    }
    for (uint32_t i = 0; i < plan->count && !plan->options->dual_stack; i++) {
        if (cnicalc__plan_is(plan, i, CNICALC_PLAN_ROLE_VPC, CNICALC_FAMILY_IPV6) &&
            !has_ipv6(plan, CNICALC_PLAN_ROLE_NODE_VSWITCH) &&
            !has_ipv6(plan, CNICALC_PLAN_ROLE_POD_VSWITCH) &&
            !has_ipv6(plan, CNICALC_PLAN_ROLE_VSWITCH) &&
            !has_ipv6(plan, CNICALC_PLAN_ROLE_OTHER_VSWITCH)) {
            cnicalc__plan_report_code(plan, CNICALC_PLAN_VPC_IPV6_UNUSED, i);
        }
    }
}
