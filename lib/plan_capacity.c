/* SPDX-License-Identifier: MIT */
/* What is wanted of an address plan against what it has: addresses, blocks and quotas. */
#include "plan.h"

#include "flannel.h"
#include "internal.h"
#include "quota.h"
#include "vswitch.h"

/* The network address, the broadcast address and the Service `kubernetes`. */
#define SERVICE_RESERVED 3

uint64_t cnicalc__plan_service_addresses(uint32_t prefix_len)
{
    return cnicalc__subtract_or_0(UINT64_C(1) << (32 - prefix_len), SERVICE_RESERVED);
}

/* ---- Ceilings ---- */

static uint64_t ceiling(const cnicalc_plan_options *options, uint64_t own, uint32_t what)
{
    return cnicalc__ceiling(own, options->edition, options->plugin, what, options->raised);
}

void cnicalc__plan_find_ceilings(const cnicalc_plan_options *options,
                                 cnicalc__plan_ceilings *out_ceilings)
{
    int takes_routes = options->plugin == CNICALC_PLUGIN_FLANNEL &&
                       cnicalc__flannel_takes_routes(options->edition);
    out_ceilings->nodes = ceiling(options, options->node_quota, CNICALC_QUOTA_NODES);
    out_ceilings->pods = ceiling(options, options->pod_quota, CNICALC_QUOTA_PODS);
    out_ceilings->services = ceiling(options, options->service_quota, CNICALC_QUOTA_SERVICES);
    out_ceilings->vpc_addresses =
        ceiling(options, options->vpc_address_quota, CNICALC_QUOTA_VPC_ADDRESSES);
    out_ceilings->routes = CNICALC_NO_LIMIT;
    if (takes_routes) {
        out_ceilings->routes = cnicalc__remaining(
            ceiling(options, options->route_quota, CNICALC_QUOTA_VPC_ROUTES), options->routes_used);
    }
}

/* Reports a wish that exceeds what there is. */
static void compare(cnicalc__plan *plan, uint32_t code, uint32_t subject, uint64_t wanted,
                    uint64_t limit)
{
    cnicalc__plan_facts facts = {wanted, limit, {0, 0, 0, 0}};
    if (wanted > limit) {
        cnicalc__plan_report(plan, code, subject, CNICALC_UNKNOWN, &facts);
    }
}

/* A quota for what is wanted: judged, or said to be unknown where the caller has none either. */
static void compare_quota(cnicalc__plan *plan, uint32_t code, uint64_t wanted, uint64_t own,
                          uint64_t quota, uint32_t what)
{
    cnicalc__plan_facts facts = {what, 0, {0, 0, 0, 0}};
    if (wanted != 0 && own == 0 && quota == CNICALC_NO_LIMIT) {
        cnicalc__plan_report(plan, CNICALC_PLAN_QUOTA_UNKNOWN, CNICALC_UNKNOWN, CNICALC_UNKNOWN,
                             &facts);
        return;
    }
    compare(plan, code, CNICALC_UNKNOWN, wanted, quota);
}

static void check_quotas(cnicalc__plan *plan)
{
    const cnicalc_plan_options *options = plan->options;
    cnicalc__plan_ceilings ceilings;
    cnicalc__plan_find_ceilings(options, &ceilings);
    compare_quota(plan, CNICALC_PLAN_NODES_QUOTA, options->nodes, options->node_quota,
                  ceilings.nodes, CNICALC_QUOTA_NODES);
    compare_quota(plan, CNICALC_PLAN_PODS_QUOTA, options->pods, options->pod_quota, ceilings.pods,
                  CNICALC_QUOTA_PODS);
    compare_quota(plan, CNICALC_PLAN_SERVICES_QUOTA, options->services, options->service_quota,
                  ceilings.services, CNICALC_QUOTA_SERVICES);
    compare(plan, CNICALC_PLAN_NODES_ROUTES, CNICALC_UNKNOWN, options->nodes, ceilings.routes);
    uint64_t pods = options->plugin == CNICALC_PLUGIN_TERWAY ? options->pods : 0;
    compare(plan, CNICALC_PLAN_VPC_ADDRESSES, CNICALC_UNKNOWN, options->nodes + pods,
            ceilings.vpc_addresses);
}

/* ---- vSwitches ---- */

/* Which of the two roles count into a sum. */
struct roles {
    int nodes;
    int pods;
};

static int counts(const cnicalc__plan *plan, uint32_t index, struct roles roles)
{
    return (roles.nodes &&
            cnicalc__plan_is(plan, index, CNICALC_PLAN_ROLE_VSWITCH, CNICALC_FAMILY_IPV4)) ||
           (roles.pods &&
            cnicalc__plan_is(plan, index, CNICALC_PLAN_ROLE_POD_VSWITCH, CNICALC_FAMILY_IPV4));
}

/* Addresses of all vSwitches of the roles. A block that stands in the plan twice counts once. */
static uint64_t sum_vswitches(const cnicalc__plan *plan, struct roles roles)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < plan->block_count; i++) {
        cnicalc_cidr block = cnicalc__plan_cidr(plan, i);
        int repeated = !counts(plan, i, roles);
        for (uint32_t j = 0; j < i && !repeated; j++) {
            cnicalc_cidr earlier = cnicalc__plan_cidr(plan, j);
            repeated = counts(plan, j, roles) && cnicalc__plan_equal(&earlier, &block);
        }
        sum += repeated ? 0 : cnicalc__vswitch_addresses(block.prefix_len);
    }
    return sum;
}

/* How many vSwitches of the roles there are, or 0 when the mask of one is illegal. */
static uint32_t count_legal_vswitches(const cnicalc__plan *plan, struct roles roles)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < plan->block_count; i++) {
        uint32_t prefix_len = plan->blocks[i].cidr.prefix_len;
        uint32_t mask_max = plan->blocks[i].role == CNICALC_PLAN_ROLE_POD_VSWITCH
                                ? CNICALC__POD_VSWITCH_MASK_MAX
                                : CNICALC_VSWITCH_PREFIX_LEN_MAX;
        if (!counts(plan, i, roles)) {
            continue;
        }
        if (prefix_len < CNICALC_VSWITCH_PREFIX_LEN_MIN || prefix_len > mask_max) {
            return 0;
        }
        count++;
    }
    return count;
}

/* Addresses that nodes leave to pods: nodes take those first that pods cannot. */
static void check_vswitches(cnicalc__plan *plan)
{
    const cnicalc_plan_options *options = plan->options;
    const struct roles nodes_only = {1, 0};
    const struct roles pods_only = {0, 1};
    const struct roles both = {1, 1};
    if (count_legal_vswitches(plan, nodes_only) != 0) {
        compare(plan, CNICALC_PLAN_NODES_VSWITCH, CNICALC_UNKNOWN, options->nodes,
                sum_vswitches(plan, nodes_only));
    }
    if (options->plugin != CNICALC_PLUGIN_TERWAY || count_legal_vswitches(plan, pods_only) == 0) {
        return;
    }
    uint64_t left = sum_vswitches(plan, pods_only);
    if (count_legal_vswitches(plan, nodes_only) != 0) {
        left =
            cnicalc__min(left, cnicalc__subtract_or_0(sum_vswitches(plan, both), options->nodes));
    }
    cnicalc__plan_facts facts = {options->pods, left, {0, 0, 0, 0}};
    if (options->pods > left) {
        cnicalc__plan_report(plan, CNICALC_PLAN_PODS_VSWITCH, CNICALC_UNKNOWN, CNICALC_UNKNOWN,
                             &facts);
    } else if (options->pods > left / CNICALC__PODS_TO_PLAN_FOR) {
        cnicalc__plan_report(plan, CNICALC_PLAN_PODS_VSWITCH_TWICE, CNICALC_UNKNOWN,
                             CNICALC_UNKNOWN, &facts);
    }
}

/* ---- The pod CIDR and the Service CIDR ---- */

/* The one IPv4 block of a role, or CNICALC_UNKNOWN when there is none or more than one. */
static uint32_t find_only(const cnicalc__plan *plan, uint32_t role)
{
    uint32_t found = CNICALC_UNKNOWN;
    for (uint32_t i = 0; i < plan->block_count; i++) {
        if (!cnicalc__plan_is(plan, i, role, CNICALC_FAMILY_IPV4)) {
            continue;
        }
        if (found != CNICALC_UNKNOWN) {
            return CNICALC_UNKNOWN;
        }
        found = i;
    }
    return found;
}

/* Blocks and addresses of the split; 0 when it is not legal. */
static int solve_split(const cnicalc__plan *plan, uint32_t index, cnicalc_flannel_result *result)
{
    cnicalc_cidr pod_cidr = cnicalc__plan_cidr(plan, index);
    const cnicalc_flannel_options options = {
        .struct_size = sizeof options,
        .edition = plan->options->edition,
        .node_mask = plan->options->node_mask,
    };
    return cnicalc_flannel_solve(&pod_cidr, &options, result) == CNICALC_OK;
}

static void check_split(cnicalc__plan *plan)
{
    const cnicalc_plan_options *options = plan->options;
    uint32_t index = find_only(plan, CNICALC_PLAN_ROLE_POD_CIDR);
    cnicalc_flannel_result split;
    if (options->plugin != CNICALC_PLUGIN_FLANNEL || index == CNICALC_UNKNOWN ||
        !solve_split(plan, index, &split)) {
        return;
    }
    uint64_t blocks = split.limits[CNICALC_FLANNEL_LIMIT_CIDR];
    cnicalc__plan_facts capacity = {
        blocks * split.usable_pod_ips, blocks * split.pods_per_node, {0, 0, 0, 0}};
    cnicalc__plan_report(plan, CNICALC_PLAN_POD_CIDR_CAPACITY, index, CNICALC_UNKNOWN, &capacity);
    compare(plan, CNICALC_PLAN_NODES_POD_CIDR, index, options->nodes, blocks);
    uint64_t nodes = options->nodes != 0 ? cnicalc__min(options->nodes, blocks) : blocks;
    if (options->pods > nodes * split.pods_per_node) {
        compare(plan, CNICALC_PLAN_PODS_POD_CIDR, index, options->pods,
                nodes * split.pods_per_node);
    } else {
        compare(plan, CNICALC_PLAN_PODS_ADDRESSES, index, options->pods,
                nodes * split.usable_pod_ips);
    }
}

static void check_services(cnicalc__plan *plan)
{
    uint32_t index = find_only(plan, CNICALC_PLAN_ROLE_SERVICE_CIDR);
    if (index == CNICALC_UNKNOWN) {
        return;
    }
    uint32_t prefix_len = plan->blocks[index].cidr.prefix_len;
    if (prefix_len >= CNICALC__SERVICE_MASK_MIN && prefix_len <= CNICALC__SERVICE_MASK_MAX) {
        compare(plan, CNICALC_PLAN_SERVICES_ADDRESSES, index, plan->options->services,
                cnicalc__plan_service_addresses(prefix_len));
    }
}

void cnicalc__plan_check_capacity(cnicalc__plan *plan)
{
    check_quotas(plan);
    check_vswitches(plan);
    check_split(plan);
    check_services(plan);
}
