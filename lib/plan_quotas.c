/* SPDX-License-Identifier: MIT */
/* What an address plan takes of quotas: of the cluster, of its node pools, of the VPC and of the
 * security group; and of what a node of its type runs. */
#include "plan.h"

#include "quota.h"

/* A ceiling that the table has for every edition and plugin. */
static uint64_t published(const cnicalc__plan *plan, uint32_t what)
{
    uint64_t value = CNICALC_NO_LIMIT;
    cnicalc_status status = cnicalc_quota_value(plan->options->ceilings.edition,
                                                plan->options->plugin, what, 0, &value);
    return status == CNICALC_OK ? value : CNICALC_NO_LIMIT; /* GCOVR_EXCL_BR_LINE */
}

/* What is wanted of a quota beside what is used: judged, or said to be unknown where the caller has
 * none either. */
static void check_quota(cnicalc__plan *plan, uint32_t limit, uint64_t wanted, uint64_t used)
{
    cnicalc_limit_row row = {limit, 0, 0, 0};
    if (wanted == 0) {
        return;
    }
    if (cnicalc__ceiling_find(&plan->options->ceilings, plan->options->plugin, limit,
                              &row.available) == CNICALC_OK) {
        cnicalc__plan_compare(plan, limit, CNICALC_UNKNOWN, wanted,
                              cnicalc__remaining(row.available, used));
        return;
    }
    row.available = 0;
    cnicalc__plan_report_row(plan, CNICALC_PLAN_QUOTA_UNKNOWN, CNICALC_UNKNOWN, CNICALC_UNKNOWN,
                             &row);
}

static void check_security_group(cnicalc__plan *plan, uint64_t wanted)
{
    const cnicalc_ceilings *ceilings = &plan->options->ceilings;
    uint64_t all;
    uint64_t advised = published(plan, CNICALC_QUOTA_BASIC_SECURITY_GROUP_ADVISED);
    check_quota(plan, CNICALC_LIMIT_SECURITY_GROUP_QUOTA, wanted, 0);
    if (cnicalc__add_overflows(wanted, ceilings->security_group_used, &all)) {
        all = UINT64_MAX;
    }
    if (wanted != 0 && ceilings->security_group == CNICALC_SECURITY_GROUP_BASIC && all > advised) {
        cnicalc__plan_report_numbers(plan, CNICALC_PLAN_SECURITY_GROUP_LARGE, CNICALC_UNKNOWN, all,
                                     advised);
    }
}

/* ---- Zones, node pools, vSwitches ---- */

int cnicalc__plan_is_first_vswitch(const cnicalc_plan_block *blocks, size_t index)
{
    const cnicalc_cidr *cidr = &blocks[index].cidr;
    if (!cnicalc__plan_role_is_vswitch(blocks[index].role)) {
        return 0;
    }
    for (size_t i = 0; i < index; i++) {
        if (cnicalc__plan_role_is_vswitch(blocks[i].role) &&
            cnicalc__equal(&blocks[i].cidr, cidr)) {
            return 0;
        }
    }
    return 1;
}

/* The same block given twice is one vSwitch: the two follow each other in their order. */
static uint64_t count_vswitches(const cnicalc__plan *plan)
{
    const cnicalc_cidr *last = NULL;
    uint64_t count = 0;
    for (uint32_t i = 0; i < plan->count; i++) {
        const cnicalc_cidr *block = &plan->blocks[plan->order[i]];
        if (block->family == CNICALC_FAMILY_IPV4 &&
            cnicalc__plan_role_is_vswitch(plan->given[plan->order[i]].role) &&
            (last == NULL || !cnicalc__equal(last, block))) {
            last = block;
            count++;
        }
    }
    return count;
}

/* Whether all IPv4 vSwitches of the cluster for nodes, of which there are some, are in one zone. */
static int is_in_one_zone(const cnicalc__plan *plan)
{
    uint32_t zone = CNICALC_UNKNOWN;
    for (uint32_t i = 0; i < plan->count; i++) {
        if ((plan->serves[i] & CNICALC_VSWITCH_NODE) == 0 ||
            plan->given[i].cidr.family != CNICALC_FAMILY_IPV4) {
            continue;
        }
        if (plan->given[i].zone == CNICALC_UNKNOWN ||
            (zone != CNICALC_UNKNOWN && zone != plan->given[i].zone)) {
            return 0;
        }
        zone = plan->given[i].zone;
    }
    return zone != CNICALC_UNKNOWN;
}

static void check_nodes(cnicalc__plan *plan, uint64_t nodes)
{
    uint64_t pool = published(plan, CNICALC_QUOTA_NODE_POOL_NODES);
    uint64_t advised = published(plan, CNICALC_QUOTA_ONE_ZONE_NODES);
    if (nodes > pool) {
        cnicalc__plan_report_numbers(plan, CNICALC_PLAN_NODE_POOLS, CNICALC_UNKNOWN,
                                     cnicalc__divide_up(nodes, pool), pool);
    }
    if (nodes >= advised && is_in_one_zone(plan)) {
        cnicalc__plan_report_numbers(plan, CNICALC_PLAN_ONE_ZONE, CNICALC_UNKNOWN, nodes, advised);
    }
}

/* Flannel above the default quota of routes, which no default quota of nodes that take routes
 * exceeds: the two are raised separately. */
static void check_raised(cnicalc__plan *plan, uint64_t nodes)
{
    const cnicalc_ceilings *ceilings = &plan->options->ceilings;
    uint64_t usual = published(plan, CNICALC_QUOTA_VPC_ROUTES);
    if (ceilings->raised && nodes > usual &&
        cnicalc__ceiling(ceilings, plan->options->plugin, CNICALC_LIMIT_ROUTE_QUOTA) !=
            CNICALC_NO_LIMIT) {
        cnicalc__plan_report_numbers(plan, CNICALC_PLAN_QUOTAS_TO_RAISE, CNICALC_UNKNOWN, nodes,
                                     usual);
    }
}

/* Whether the nodes run the pods of Terway, and join. */
static void check_type(cnicalc__plan *plan, const cnicalc__plan_nodes *all)
{
    if (plan->options->node_max_pods != 0) {
        cnicalc__plan_compare(plan, CNICALC_LIMIT_NODE_MAX_PODS, CNICALC_UNKNOWN,
                              all->node.pods_per_node, plan->options->node_max_pods);
    }
    if (!all->node.joins) {
        cnicalc__plan_compare(plan, CNICALC_LIMIT_MIN_PODS_TO_JOIN, CNICALC_UNKNOWN, all->nodes, 0);
    }
}

void cnicalc__plan_check_quotas(cnicalc__plan *plan, const cnicalc__plan_nodes *all,
                                uint64_t used_addresses)
{
    check_quota(plan, CNICALC_LIMIT_NODE_QUOTA, all->nodes, 0);
    check_quota(plan, CNICALC_LIMIT_POD_QUOTA, plan->options->pods, 0);
    check_quota(plan, CNICALC_LIMIT_SERVICE_QUOTA,
                cnicalc__plan_all_services(plan->options->services), 0);
    check_quota(plan, CNICALC_LIMIT_ROUTE_QUOTA, all->nodes, 0);
    if (cnicalc__plan_is_terway(plan) &&
        (plan->options->ceilings.route_quota | plan->options->ceilings.routes_used) != 0) {
        cnicalc__plan_report_code(plan, CNICALC_PLAN_ROUTES_TERWAY, CNICALC_UNKNOWN);
    }
    check_quota(plan, CNICALC_LIMIT_VPC_ADDRESS_QUOTA, cnicalc__plan_addresses(all),
                used_addresses);
    check_quota(plan, CNICALC_LIMIT_VSWITCH_QUOTA, count_vswitches(plan), 0);
    check_security_group(plan, cnicalc__plan_in_group(all, &plan->options->ceilings));
    check_type(plan, all);
    check_nodes(plan, all->nodes);
    check_raised(plan, all->nodes);
}
