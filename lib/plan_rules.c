/* SPDX-License-Identifier: MIT */
/* The rules of an address plan for single blocks, and for what must be there. */
#include "plan.h"

#include "quota.h"
#include "vswitch.h"

/* Whether a vSwitch of some kind has the zone. An IPv6 block alone is no vSwitch. */
static int has_vswitch(const cnicalc__plan *plan, uint32_t serves, uint32_t zone)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        if ((plan->serves[i] & serves) != 0 && cnicalc__plan_same_zone(plan->given[i].zone, zone) &&
            plan->given[i].cidr.family == CNICALC_FAMILY_IPV4) {
            return 1;
        }
    }
    return 0;
}

/* Whether some vSwitch serves pods, be it of IPv6 alone. */
static int serves_pods(const cnicalc__plan *plan)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        if ((plan->serves[i] & CNICALC_VSWITCH_POD) != 0) {
            return 1;
        }
    }
    return 0;
}

/* ---- Single blocks ---- */

static void check_host_bits(cnicalc__plan *plan, uint32_t index)
{
    const cnicalc_cidr *block = &plan->blocks[index];
    if (!cnicalc__equal(block, &plan->given[index].cidr)) {
        cnicalc__plan_report(plan, CNICALC_PLAN_HOST_BITS, index, CNICALC_UNKNOWN)->block = *block;
    }
}

static void report_mask(cnicalc__plan *plan, uint32_t code, uint32_t index, uint32_t nearest,
                        uint64_t bound)
{
    const cnicalc_cidr *cidr = &plan->given[index].cidr;
    const cnicalc_cidr block = cnicalc__cut(cidr, nearest);
    cnicalc_plan_finding *finding = cnicalc__plan_report(plan, code, index, CNICALC_UNKNOWN);
    finding->value = cidr->prefix_len;
    finding->bound = bound;
    if (cnicalc__plan_can_be(plan, index, &block)) {
        finding->block = block;
    }
}

/* Reports a mask that the bound of the code does not have, with the nearest that it has; 1 when it
 * did. */
static int check_mask(cnicalc__plan *plan, uint32_t code, uint32_t index)
{
    const cnicalc_cidr *cidr = &plan->given[index].cidr;
    uint32_t nearest =
        cnicalc__bound_nearest(cnicalc__plan_mask_bound(code, cidr->family), cidr->prefix_len);
    if (nearest == cidr->prefix_len) {
        return 0;
    }
    report_mask(plan, code, index, nearest, nearest);
    return 1;
}

static void check_vpc(cnicalc__plan *plan, uint32_t index)
{
    const cnicalc_cidr *block = &plan->blocks[index];
    check_mask(plan, CNICALC_PLAN_VPC_MASK, index);
    if (block->family == CNICALC_FAMILY_IPV6) {
        return;
    }
    const cnicalc_cidr *range = cnicalc__plan_find_forbidden(block);
    if (range != NULL) {
        cnicalc__plan_report(plan, CNICALC_PLAN_VPC_FORBIDDEN, index, CNICALC_UNKNOWN)->block =
            *range;
    } else if (!cnicalc__is_private(block)) {
        cnicalc__plan_report_code(plan, CNICALC_PLAN_VPC_NOT_PRIVATE, index);
    }
}

/* The lowest VPC block inside a block, or CNICALC_UNKNOWN. */
static uint32_t find_vpc_inside(const cnicalc__plan *plan, uint32_t index)
{
    uint32_t found = CNICALC_UNKNOWN;
    for (uint32_t i = 0; i < plan->count; i++) {
        if (plan->given[i].role == CNICALC_PLAN_ROLE_VPC &&
            cnicalc__contains(&plan->blocks[index], &plan->blocks[i]) &&
            (found == CNICALC_UNKNOWN || cnicalc__plan_goes_first(plan, i, found))) {
            found = i;
        }
    }
    return found;
}

static void check_containment(cnicalc__plan *plan, uint32_t index)
{
    uint32_t family = plan->given[index].cidr.family;
    /* Without any IPv4 VPC block that alone is the fact. */
    if (plan->is_inside_vpc[index] || (family == CNICALC_FAMILY_IPV4 &&
                                       !cnicalc__plan_has(plan, CNICALC_PLAN_ROLE_VPC, family))) {
        return;
    }
    (void)cnicalc__plan_report(plan, CNICALC_PLAN_OUTSIDE_VPC, index, find_vpc_inside(plan, index));
}

/* ---- vSwitches ---- */

/* Whether some vSwitch for nodes is this very block in the same zone: its place is judged there. */
static int is_node_vswitch(const cnicalc__plan *plan, uint32_t index)
{
    for (uint32_t at = cnicalc__plan_equals_begin(plan, index);
         cnicalc__plan_equals_at(plan, at, index); at++) {
        uint32_t i = plan->order[at];
        if ((plan->serves[i] & CNICALC_VSWITCH_NODE) != 0 &&
            cnicalc__plan_same_zone(plan->given[i].zone, plan->given[index].zone)) {
            return 1;
        }
    }
    return 0;
}

/* Returns 1 where more addresses are in use than there are. */
static int check_used(cnicalc__plan *plan, uint32_t index)
{
    const cnicalc_cidr *cidr = &plan->given[index].cidr;
    uint64_t used = plan->given[index].used_addresses;
    if (cidr->family == CNICALC_FAMILY_IPV4 &&
        cnicalc__plan_mask_is_legal(CNICALC_PLAN_VSWITCH_MASK, cidr->family, cidr->prefix_len) &&
        used > cnicalc__vswitch_addresses(cidr->prefix_len)) {
        cnicalc__plan_report_numbers(plan, CNICALC_PLAN_VSWITCH_USED, index, used,
                                     cnicalc__vswitch_addresses(cidr->prefix_len));
        return 1;
    }
    return 0;
}

/* The mask of a vSwitch for pods, and what pods can use of it where what is in use is known. */
static void check_pod_mask(cnicalc__plan *plan, uint32_t index, int exceeds)
{
    const cnicalc_cidr *cidr = &plan->given[index].cidr;
    if (check_mask(plan, CNICALC_PLAN_POD_VSWITCH_MASK, index) ||
        cidr->family == CNICALC_FAMILY_IPV6) {
        return;
    }
    if (cidr->prefix_len > CNICALC__POD_VSWITCH_ADVISED) {
        cnicalc__plan_report_numbers(plan, CNICALC_PLAN_POD_VSWITCH_SMALL, index, cidr->prefix_len,
                                     CNICALC__POD_VSWITCH_ADVISED);
    }
    if (!exceeds) {
        cnicalc__plan_report_numbers(plan, CNICALC_PLAN_POD_VSWITCH_CAPACITY, index,
                                     cnicalc__vswitch_addresses(cidr->prefix_len) -
                                         cnicalc__plan_used(plan, index, 0).addresses,
                                     UINT64_C(1) << (32 - cidr->prefix_len));
    }
}

static void check_vswitch(cnicalc__plan *plan, uint32_t index)
{
    uint32_t serves = plan->serves[index];
    uint32_t zone = plan->given[index].zone;
    int exceeds = check_used(plan, index);
    if ((serves & CNICALC_VSWITCH_POD) != 0) {
        check_pod_mask(plan, index, exceeds);
    } else {
        check_mask(plan, CNICALC_PLAN_VSWITCH_MASK, index);
    }
    if ((serves & CNICALC_VSWITCH_NODE) != 0 || !is_node_vswitch(plan, index)) {
        check_containment(plan, index);
    }
    if (serves != cnicalc_plan_role_serves(plan->given[index].role)) {
        cnicalc__plan_report_code(plan, CNICALC_PLAN_POD_VSWITCH_FLANNEL, index);
    }
    if ((serves & CNICALC_VSWITCH_POD) != 0 && !has_vswitch(plan, CNICALC_VSWITCH_NODE, zone)) {
        cnicalc__plan_report_code(plan,
                                  plan->options->nodes != 0 &&
                                          has_vswitch(plan, CNICALC_VSWITCH_NODE, CNICALC_UNKNOWN)
                                      ? CNICALC_PLAN_POD_VSWITCH_IDLE
                                      : CNICALC_PLAN_POD_VSWITCH_ZONE,
                                  index);
    }
    if ((serves & CNICALC_VSWITCH_NODE) != 0 &&
        plan->given[index].cidr.family == CNICALC_FAMILY_IPV4 &&
        !has_vswitch(plan, CNICALC_VSWITCH_POD, zone) && serves_pods(plan)) {
        cnicalc__plan_report_code(plan, CNICALC_PLAN_ZONE_WITHOUT_PODS, index);
    }
}

/* ---- Pod CIDR and Service CIDR ---- */

static int node_mask_is_legal(const cnicalc__plan *plan)
{
    return cnicalc__plan_mask_is_legal(CNICALC_PLAN_NODE_MASK, CNICALC_FAMILY_IPV4,
                                       plan->options->node_mask);
}

static void check_pod_cidr_block(cnicalc__plan *plan, uint32_t index)
{
    const cnicalc_cidr *block = &plan->blocks[index];
    uint32_t node_mask = plan->options->node_mask;
    int is_ipv4 = block->family == CNICALC_FAMILY_IPV4;
    if (!is_ipv4 || !cnicalc__is_private(block)) {
        cnicalc__plan_report_code(plan, CNICALC_PLAN_POD_CIDR_RANGE, index);
    }
    if (is_ipv4 && node_mask_is_legal(plan) && block->prefix_len > node_mask) {
        report_mask(plan, CNICALC_PLAN_POD_CIDR_MASK, index, node_mask, node_mask);
    }
}

static void check_service_cidr(cnicalc__plan *plan, uint32_t index)
{
    const cnicalc_cidr *block = &plan->blocks[index];
    if (block->family == CNICALC_FAMILY_IPV6 && !cnicalc__plan_is_terway(plan)) {
        cnicalc__plan_report_code(plan, CNICALC_PLAN_SERVICE_CIDR_FLANNEL, index);
        return;
    }
    if (!cnicalc__is_private(block)) {
        cnicalc__plan_report_code(plan, CNICALC_PLAN_SERVICE_CIDR_RANGE, index);
    }
    check_mask(plan, CNICALC_PLAN_SERVICE_CIDR_MASK, index);
}

static void check_block(cnicalc__plan *plan, uint32_t index)
{
    check_host_bits(plan, index);
    if (plan->is_idle[index]) {
        cnicalc__plan_report_code(plan,
                                  cnicalc__plan_is_terway(plan) ? CNICALC_PLAN_POD_CIDR_TERWAY
                                                                : CNICALC_PLAN_POD_VSWITCH_FLANNEL,
                                  index);
        return;
    }
    /* cnicalc_plan_check() has refused every other role, so no way leads past the cases. */
    switch ((enum cnicalc_plan_role)plan->given[index].role) { /* GCOVR_EXCL_BR_LINE */
    case CNICALC_PLAN_ROLE_VPC:
        check_vpc(plan, index);
        break;
    case CNICALC_PLAN_ROLE_NODE_VSWITCH:
    case CNICALC_PLAN_ROLE_POD_VSWITCH:
    case CNICALC_PLAN_ROLE_VSWITCH:
        check_vswitch(plan, index);
        break;
    case CNICALC_PLAN_ROLE_POD_CIDR:
        check_pod_cidr_block(plan, index);
        break;
    case CNICALC_PLAN_ROLE_SERVICE_CIDR:
        check_service_cidr(plan, index);
        break;
    case CNICALC_PLAN_ROLE_OTHER_VSWITCH:
        check_mask(plan, CNICALC_PLAN_OTHER_MASK, index);
        check_containment(plan, index);
        break;
    case CNICALC_PLAN_ROLE_OTHER:
    case CNICALC_PLAN_ROLE_OTHER_SERVICE_CIDR:
    case CNICALC_PLAN_ROLE_SUMMARY:
        break;
    }
}

/* ---- The whole ---- */

static void check_vpc_count(cnicalc__plan *plan)
{
    const cnicalc_ceilings *ceilings = &plan->options->ceilings;
    uint64_t count = 0;
    uint64_t secondary;
    for (uint32_t i = 0; i < plan->count; i++) {
        count += (uint64_t)cnicalc__plan_is(plan, i, CNICALC_PLAN_ROLE_VPC, CNICALC_FAMILY_IPV4);
    }
    cnicalc_status status =
        cnicalc_quota_value(ceilings->edition, plan->options->plugin,
                            CNICALC_QUOTA_VPC_SECONDARY_BLOCKS, ceilings->raised, &secondary);
    /* The quota is published for every edition. */
    if (status == CNICALC_OK && count > secondary + 1) { /* GCOVR_EXCL_BR_LINE */
        cnicalc__plan_report_numbers(plan, CNICALC_PLAN_VPC_BLOCK_COUNT, CNICALC_UNKNOWN, count,
                                     secondary + 1);
    }
}

static void check_node_mask(cnicalc__plan *plan)
{
    uint32_t mask = plan->options->node_mask;
    if (cnicalc__plan_is_terway(plan)) {
        if (mask != 0) {
            cnicalc__plan_report_numbers(plan, CNICALC_PLAN_NODE_MASK_TERWAY, CNICALC_UNKNOWN, mask,
                                         0);
        }
    } else if (mask == 0) {
        cnicalc__plan_report_code(plan, CNICALC_PLAN_NO_NODE_MASK, CNICALC_UNKNOWN);
    } else if (!node_mask_is_legal(plan)) {
        cnicalc__plan_report_numbers(plan, CNICALC_PLAN_NODE_MASK, CNICALC_UNKNOWN, mask,
                                     cnicalc__bound_nearest(CNICALC_BOUND_NODE_MASK, mask));
    }
}

/* What a cluster must have and the plan has not. */
static void check_missing(cnicalc__plan *plan)
{
    int is_terway = cnicalc__plan_is_terway(plan);
    int has_pods = has_vswitch(plan, CNICALC_VSWITCH_POD, CNICALC_UNKNOWN);
    if (!cnicalc__plan_has(plan, CNICALC_PLAN_ROLE_VPC, CNICALC_FAMILY_IPV4)) {
        cnicalc__plan_report_code(plan, CNICALC_PLAN_NO_VPC, CNICALC_UNKNOWN);
    }
    if (!cnicalc__plan_has(plan, CNICALC_PLAN_ROLE_SERVICE_CIDR, CNICALC_FAMILY_IPV4)) {
        cnicalc__plan_report_code(plan, CNICALC_PLAN_NO_SERVICE_CIDR, CNICALC_UNKNOWN);
    }
    if (is_terway && !has_pods) {
        cnicalc__plan_report_code(plan, CNICALC_PLAN_NO_POD_VSWITCH, CNICALC_UNKNOWN);
    }
    if (!is_terway && !cnicalc__plan_has(plan, CNICALC_PLAN_ROLE_POD_CIDR, CNICALC_FAMILY_IPV4) &&
        !cnicalc__plan_has(plan, CNICALC_PLAN_ROLE_POD_CIDR, CNICALC_FAMILY_IPV6)) {
        cnicalc__plan_report_code(plan, CNICALC_PLAN_NO_POD_CIDR, CNICALC_UNKNOWN);
    }
    /* Where there are pod vSwitches, each one says that its zone has no nodes. */
    if (!has_pods && !has_vswitch(plan, CNICALC_VSWITCH_NODE, CNICALC_UNKNOWN)) {
        cnicalc__plan_report_code(plan, CNICALC_PLAN_NO_VSWITCH, CNICALC_UNKNOWN);
    }
}

void cnicalc__plan_check_blocks(cnicalc__plan *plan)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        check_block(plan, i);
    }
    check_vpc_count(plan);
    check_node_mask(plan);
    check_missing(plan);
}
