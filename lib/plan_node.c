/* SPDX-License-Identifier: MIT */
/* What the nodes of an address plan take. One node is that of the terway topic. */
#include "plan.h"

#include "quota.h"
#include "terway.h"

cnicalc_status cnicalc__plan_check_cluster(const cnicalc_terway_node *given, uint32_t dual_stack,
                                           uint32_t plugin)
{
    cnicalc__load one;
    cnicalc_status status =
        cnicalc__any_set(given, sizeof *given) ? cnicalc__terway_load_of(given, &one) : CNICALC_OK;
    if (status != CNICALC_OK) {
        return status;
    }
    if (dual_stack > 1) {
        return CNICALC_ERR_FLAG;
    }
    return cnicalc__is_plugin(plugin) ? CNICALC_OK : CNICALC_ERR_PLUGIN;
}

cnicalc_terway_node cnicalc__plan_node(const cnicalc_terway_node *given, uint64_t pods,
                                       uint32_t dual_stack)
{
    uint64_t beside = cnicalc__subtract_or_0(given->addresses, given->pods_per_node);
    cnicalc_terway_node node = *given;
    node.pods_per_node = pods;
    node.trunk_pods = cnicalc__min(given->trunk_pods, pods);
    node.addresses_with_pool = node.addresses_in_burst = 0;
    node.dual_stack = dual_stack;
    if (given->mode == 0) {
        node.mode = CNICALC_MODE_SHARED_ENI;
        node.joins = 1;
    }
    if (given->enis == 0) {
        node.enis = UINT64_C(1) + (pods != 0);
    }
    if (pods == 0) {
        node.prefixes = node.addresses = 0;
    } else if (node.prefixes == 0) {
        node.addresses = cnicalc__add_limits(pods, beside);
    }
    return node;
}

int cnicalc__plan_nodes_exceed(const cnicalc_terway_node *node, uint64_t nodes, uint64_t most)
{
    cnicalc__load one;
    return cnicalc__terway_load_of(node, &one) != CNICALC_OK ||
           nodes > most / (one.pod_addresses + 1);
}

/* Single addresses of pods, which need not divide evenly by the nodes. */
static uint64_t singles_of_plan(const cnicalc__plan_nodes *all)
{
    const cnicalc_terway_node *node = &all->node;
    return node->prefixes != 0 ? all->nodes * node->addresses
                               : all->pods + all->nodes * (node->addresses - node->pods_per_node);
}

uint64_t cnicalc__plan_addresses(const cnicalc__plan_nodes *all)
{
    return all->nodes + singles_of_plan(all) +
           all->nodes * all->node.prefixes * CNICALC__ADDRESSES_PER_PREFIX;
}

uint64_t cnicalc__plan_in_group(const cnicalc__plan_nodes *all, const cnicalc_ceilings *ceilings)
{
    uint64_t count;
    int overflows = ceilings->security_group == CNICALC_SECURITY_GROUP_BASIC
                        ? cnicalc__group_overflows(all->nodes + singles_of_plan(all),
                                                   all->nodes * all->node.prefixes,
                                                   all->node.dual_stack, &count)
                        : cnicalc__mul_overflows(all->nodes, all->node.enis, &count);
    return overflows ? UINT64_MAX : count;
}
