/* SPDX-License-Identifier: MIT */
/* The rules of an address plan for single blocks, and for what must be there. */
#include "plan.h"

#include "quota.h"
#include "vswitch.h"

static void report(cnicalc__plan *plan, uint32_t code, uint32_t subject)
{
    cnicalc__plan_report(plan, code, subject, CNICALC_UNKNOWN, NULL);
}

static int has(const cnicalc__plan *plan, uint32_t role, uint32_t family)
{
    for (uint32_t i = 0; i < plan->block_count; i++) {
        if (cnicalc__plan_is(plan, i, role, family)) {
            return 1;
        }
    }
    return 0;
}

/* ---- Single blocks ---- */

static void check_host_bits(cnicalc__plan *plan, uint32_t index)
{
    const cnicalc_cidr *given = &plan->blocks[index].cidr;
    cnicalc__plan_facts facts = {0, 0, cnicalc__plan_cidr(plan, index)};
    if (given->hi != facts.block.hi || given->lo != facts.block.lo) {
        cnicalc__plan_report(plan, CNICALC_PLAN_HOST_BITS, index, CNICALC_UNKNOWN, &facts);
    }
}

/* Reports a mask that is not in first..last, with the nearest that is; 1 when it did. */
static int check_mask(cnicalc__plan *plan, uint32_t code, uint32_t index, uint32_t first,
                      uint32_t last)
{
    const cnicalc_cidr *cidr = &plan->blocks[index].cidr;
    if (cidr->prefix_len >= first && cidr->prefix_len <= last) {
        return 0;
    }
    uint32_t nearest = cidr->prefix_len < first ? first : last;
    cnicalc__plan_facts facts = {cidr->prefix_len, nearest,
                                 cnicalc__block_at(cidr->hi, cidr->lo, cidr->family, nearest)};
    cnicalc__plan_report(plan, code, index, CNICALC_UNKNOWN, &facts);
    return 1;
}

int cnicalc__plan_find_forbidden(const cnicalc_cidr *block, cnicalc_cidr *out_range)
{
    /* VPC documentation, 2026: carrier-grade NAT, loopback, link-local, multicast. */
    static const cnicalc_cidr forbidden[] = {
        {0, 0x64400000, CNICALC_FAMILY_IPV4, 10},
        {0, 0x7f000000, CNICALC_FAMILY_IPV4, 8},
        {0, 0xa9fe0000, CNICALC_FAMILY_IPV4, 16},
        {0, 0xe0000000, CNICALC_FAMILY_IPV4, 4},
    };
    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++) {
        if (cnicalc__contains(&forbidden[i], block) || cnicalc__contains(block, &forbidden[i])) {
            *out_range = forbidden[i];
            return 1;
        }
    }
    return 0;
}

static void check_vpc(cnicalc__plan *plan, uint32_t index)
{
    cnicalc_cidr block = cnicalc__plan_cidr(plan, index);
    if (block.family == CNICALC_FAMILY_IPV6) {
        check_mask(plan, CNICALC_PLAN_VPC_MASK, index, CNICALC__VPC_MASK_IPV6,
                   CNICALC__VPC_MASK_IPV6);
        return;
    }
    check_mask(plan, CNICALC_PLAN_VPC_MASK, index, CNICALC__VPC_MASK_MIN, CNICALC__VPC_MASK_MAX);
    cnicalc__plan_facts facts = {0, 0, {0, 0, 0, 0}};
    if (cnicalc__plan_find_forbidden(&block, &facts.block)) {
        cnicalc__plan_report(plan, CNICALC_PLAN_VPC_FORBIDDEN, index, CNICALC_UNKNOWN, &facts);
    } else if (!cnicalc__is_private(&block)) {
        report(plan, CNICALC_PLAN_VPC_NOT_PRIVATE, index);
    }
}

/* The lowest VPC block inside a block, or CNICALC_UNKNOWN. */
static uint32_t find_vpc_inside(const cnicalc__plan *plan, uint32_t index)
{
    cnicalc_cidr outer = cnicalc__plan_cidr(plan, index);
    uint32_t found = CNICALC_UNKNOWN;
    for (uint32_t i = 0; i < plan->block_count; i++) {
        cnicalc_cidr inner = cnicalc__plan_cidr(plan, i);
        if (plan->blocks[i].role == CNICALC_PLAN_ROLE_VPC && cnicalc__contains(&outer, &inner) &&
            (found == CNICALC_UNKNOWN || cnicalc__plan_goes_first(plan, i, found))) {
            found = i;
        }
    }
    return found;
}

static void check_containment(cnicalc__plan *plan, uint32_t index)
{
    uint32_t family = plan->blocks[index].cidr.family;
    /* Without any IPv4 VPC block that alone is the fact. */
    if (plan->is_inside_vpc[index] ||
        (family == CNICALC_FAMILY_IPV4 && !has(plan, CNICALC_PLAN_ROLE_VPC, family))) {
        return;
    }
    cnicalc__plan_report(plan, CNICALC_PLAN_OUTSIDE_VPC, index, find_vpc_inside(plan, index), NULL);
}

/* Whether a vSwitch of a role has the same zone; with same_block, whether it is this very one. */
static int has_vswitch(const cnicalc__plan *plan, uint32_t index, uint32_t role, int same_block)
{
    cnicalc_cidr block = cnicalc__plan_cidr(plan, index);
    for (uint32_t i = 0; i < plan->block_count; i++) {
        cnicalc_cidr other = cnicalc__plan_cidr(plan, i);
        if (plan->blocks[i].role == role &&
            cnicalc__plan_same_zone(plan->blocks[i].zone, plan->blocks[index].zone) &&
            (!same_block || cnicalc__plan_equal(&block, &other))) {
            return 1;
        }
    }
    return 0;
}

static void check_vswitch(cnicalc__plan *plan, uint32_t index)
{
    if (plan->blocks[index].cidr.family == CNICALC_FAMILY_IPV6) {
        check_mask(plan, CNICALC_PLAN_VSWITCH_MASK, index, CNICALC__VSWITCH_MASK_IPV6,
                   CNICALC__VSWITCH_MASK_IPV6);
    } else {
        check_mask(plan, CNICALC_PLAN_VSWITCH_MASK, index, CNICALC_VSWITCH_PREFIX_LEN_MIN,
                   CNICALC_VSWITCH_PREFIX_LEN_MAX);
    }
    check_containment(plan, index);
    if (cnicalc__plan_is_terway(plan) &&
        !has_vswitch(plan, index, CNICALC_PLAN_ROLE_POD_VSWITCH, 0) &&
        (has(plan, CNICALC_PLAN_ROLE_POD_VSWITCH, CNICALC_FAMILY_IPV4) ||
         has(plan, CNICALC_PLAN_ROLE_POD_VSWITCH, CNICALC_FAMILY_IPV6))) {
        report(plan, CNICALC_PLAN_ZONE_WITHOUT_PODS, index);
    }
}

static void check_pod_vswitch_mask(cnicalc__plan *plan, uint32_t index)
{
    const cnicalc_cidr *cidr = &plan->blocks[index].cidr;
    if (cidr->family == CNICALC_FAMILY_IPV6) {
        check_mask(plan, CNICALC_PLAN_POD_VSWITCH_MASK, index, CNICALC__VSWITCH_MASK_IPV6,
                   CNICALC__VSWITCH_MASK_IPV6);
        return;
    }
    cnicalc__plan_facts facts = {cidr->prefix_len, CNICALC__POD_VSWITCH_MASK_ADVISED, {0, 0, 0, 0}};
    if (!check_mask(plan, CNICALC_PLAN_POD_VSWITCH_MASK, index, CNICALC_VSWITCH_PREFIX_LEN_MIN,
                    CNICALC__POD_VSWITCH_MASK_MAX) &&
        cidr->prefix_len > CNICALC__POD_VSWITCH_MASK_ADVISED) {
        cnicalc__plan_report(plan, CNICALC_PLAN_POD_VSWITCH_SMALL, index, CNICALC_UNKNOWN, &facts);
    }
}

static void check_pod_vswitch(cnicalc__plan *plan, uint32_t index)
{
    check_pod_vswitch_mask(plan, index);
    /* Where nodes have this very vSwitch, its place is judged with theirs. */
    if (!has_vswitch(plan, index, CNICALC_PLAN_ROLE_VSWITCH, 1)) {
        check_containment(plan, index);
    }
    if (!has_vswitch(plan, index, CNICALC_PLAN_ROLE_VSWITCH, 0)) {
        report(plan, CNICALC_PLAN_POD_VSWITCH_ZONE, index);
    }
    const cnicalc_cidr *cidr = &plan->blocks[index].cidr;
    if (cidr->family == CNICALC_FAMILY_IPV4 && cidr->prefix_len >= CNICALC_VSWITCH_PREFIX_LEN_MIN &&
        cidr->prefix_len <= CNICALC__POD_VSWITCH_MASK_MAX) {
        cnicalc__plan_facts facts = {cnicalc__vswitch_addresses(cidr->prefix_len),
                                     UINT64_C(1) << (32 - cidr->prefix_len),
                                     {0, 0, 0, 0}};
        cnicalc__plan_report(plan, CNICALC_PLAN_POD_VSWITCH_CAPACITY, index, CNICALC_UNKNOWN,
                             &facts);
    }
}

static void check_pod_cidr(cnicalc__plan *plan, uint32_t index)
{
    cnicalc_cidr block = cnicalc__plan_cidr(plan, index);
    uint32_t node_mask = plan->options->node_mask;
    if (block.family != CNICALC_FAMILY_IPV4 || !cnicalc__is_private(&block)) {
        report(plan, CNICALC_PLAN_POD_CIDR_RANGE, index);
    } else if (node_mask >= CNICALC_FLANNEL_NODE_MASK_MIN &&
               node_mask <= CNICALC_FLANNEL_NODE_MASK_MAX) {
        check_mask(plan, CNICALC_PLAN_POD_CIDR_MASK, index, 0, node_mask);
    }
}

static void check_service_cidr(cnicalc__plan *plan, uint32_t index)
{
    cnicalc_cidr block = cnicalc__plan_cidr(plan, index);
    int is_ipv4 = block.family == CNICALC_FAMILY_IPV4;
    if (!is_ipv4 && !cnicalc__plan_is_terway(plan)) {
        report(plan, CNICALC_PLAN_SERVICE_CIDR_FLANNEL, index);
        return;
    }
    if (!cnicalc__is_private(&block)) {
        report(plan, CNICALC_PLAN_SERVICE_CIDR_RANGE, index);
    }
    check_mask(plan, CNICALC_PLAN_SERVICE_CIDR_MASK, index,
               is_ipv4 ? CNICALC__SERVICE_MASK_MIN : CNICALC__SERVICE_MASK_MIN_IPV6,
               is_ipv4 ? CNICALC__SERVICE_MASK_MAX : CNICALC__SERVICE_MASK_MAX_IPV6);
}

static void check_block(cnicalc__plan *plan, uint32_t index)
{
    check_host_bits(plan, index);
    if (cnicalc__plan_is_idle(plan, index)) {
        report(plan,
               cnicalc__plan_is_terway(plan) ? CNICALC_PLAN_POD_CIDR_TERWAY
                                             : CNICALC_PLAN_POD_VSWITCH_FLANNEL,
               index);
        return;
    }
    /* cnicalc_plan_check() has refused every other role, so no way leads past the cases. */
    switch ((enum cnicalc_plan_role)plan->blocks[index].role) { /* GCOVR_EXCL_BR_LINE */
    case CNICALC_PLAN_ROLE_VPC:
        check_vpc(plan, index);
        break;
    case CNICALC_PLAN_ROLE_VSWITCH:
        check_vswitch(plan, index);
        break;
    case CNICALC_PLAN_ROLE_POD_VSWITCH:
        check_pod_vswitch(plan, index);
        break;
    case CNICALC_PLAN_ROLE_POD_CIDR:
        check_pod_cidr(plan, index);
        break;
    case CNICALC_PLAN_ROLE_SERVICE_CIDR:
        check_service_cidr(plan, index);
        break;
    case CNICALC_PLAN_ROLE_OTHER_VSWITCH:
        check_containment(plan, index);
        break;
    case CNICALC_PLAN_ROLE_OTHER:
    case CNICALC_PLAN_ROLE_OTHER_SERVICE_CIDR:
        break;
    }
}

/* ---- The whole ---- */

static void check_vpc_count(cnicalc__plan *plan)
{
    cnicalc__plan_facts facts = {0, 1, {0, 0, 0, 0}};
    for (uint32_t i = 0; i < plan->block_count; i++) {
        facts.value +=
            (uint64_t)cnicalc__plan_is(plan, i, CNICALC_PLAN_ROLE_VPC, CNICALC_FAMILY_IPV4);
    }
    /* Published for every edition. */
    facts.limit += cnicalc__ceiling(0, plan->options->edition, plan->options->plugin,
                                    CNICALC_QUOTA_VPC_SECONDARY_BLOCKS, plan->options->raised);
    if (facts.value > facts.limit) {
        cnicalc__plan_report(plan, CNICALC_PLAN_VPC_BLOCK_COUNT, CNICALC_UNKNOWN, CNICALC_UNKNOWN,
                             &facts);
    }
}

static void check_missing(cnicalc__plan *plan, uint32_t role, uint32_t code)
{
    if (!has(plan, role, CNICALC_FAMILY_IPV4)) {
        report(plan, code, CNICALC_UNKNOWN);
    }
}

static void check_node_mask(cnicalc__plan *plan)
{
    uint32_t mask = plan->options->node_mask;
    cnicalc__plan_facts facts = {mask, 0, {0, 0, 0, 0}};
    uint32_t code = 0;
    if (cnicalc__plan_is_terway(plan)) {
        code = mask != 0 ? CNICALC_PLAN_NODE_MASK_TERWAY : 0;
    } else if (mask == 0) {
        code = CNICALC_PLAN_NO_NODE_MASK;
    } else if (mask < CNICALC_FLANNEL_NODE_MASK_MIN) {
        code = CNICALC_PLAN_NODE_MASK;
        facts.limit = CNICALC_FLANNEL_NODE_MASK_MIN;
    } else if (mask > CNICALC_FLANNEL_NODE_MASK_MAX) {
        code = CNICALC_PLAN_NODE_MASK;
        facts.limit = CNICALC_FLANNEL_NODE_MASK_MAX;
    }
    if (code != 0) {
        cnicalc__plan_report(plan, code, CNICALC_UNKNOWN, CNICALC_UNKNOWN, &facts);
    }
}

void cnicalc__plan_check_blocks(cnicalc__plan *plan)
{
    for (uint32_t i = 0; i < plan->block_count; i++) {
        check_block(plan, i);
    }
    check_vpc_count(plan);
    check_missing(plan, CNICALC_PLAN_ROLE_VPC, CNICALC_PLAN_NO_VPC);
    check_missing(plan, CNICALC_PLAN_ROLE_SERVICE_CIDR, CNICALC_PLAN_NO_SERVICE_CIDR);
    check_node_mask(plan);
    if (cnicalc__plan_is_terway(plan)) {
        check_missing(plan, CNICALC_PLAN_ROLE_POD_VSWITCH, CNICALC_PLAN_NO_POD_VSWITCH);
    } else if (!has(plan, CNICALC_PLAN_ROLE_POD_CIDR, CNICALC_FAMILY_IPV6)) {
        check_missing(plan, CNICALC_PLAN_ROLE_POD_CIDR, CNICALC_PLAN_NO_POD_CIDR);
    }
    /* Where there are pod vSwitches, each one says that its zone has no nodes. */
    if (!cnicalc__plan_is_terway(plan) ||
        !has(plan, CNICALC_PLAN_ROLE_POD_VSWITCH, CNICALC_FAMILY_IPV4)) {
        check_missing(plan, CNICALC_PLAN_ROLE_VSWITCH, CNICALC_PLAN_NO_VSWITCH);
    }
}
