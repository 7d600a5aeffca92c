/* SPDX-License-Identifier: MIT */
/* What one Terway node takes from the vSwitches of its zone. */
#include "internal.h"
#include "terway_terms.h"

#include <string.h>

uint32_t cnicalc_terway_node_size(void)
{
    return (uint32_t)sizeof(cnicalc_terway_node);
}

/* ENIs in use by so many addresses or prefixes; where an ENI holds none, none are in use. */
static uint64_t enis_for(uint64_t count, uint64_t per_eni)
{
    return per_eni == 0 ? 0 : count / per_eni + (count % per_eni != 0);
}

/* Trunk pods that may run and take addresses beside those of the ENIs. Where they are unknown, the
 * schedulable pods that are known are max_pods at most, and only idle addresses can ask for more;
 * where no pod runs, no trunk pod does. */
static cnicalc_status find_trunk_pods(const cnicalc_node_result *solved, uint64_t wanted,
                                      uint64_t *out_pods)
{
    *out_pods = 0;
    if (solved->trunk_pods != CNICALC_UNKNOWN_COUNT) {
        *out_pods = cnicalc__min(solved->trunk_pods, solved->schedulable_pods);
        return CNICALC_OK;
    }
    return solved->schedulable_pods != 0 && wanted > solved->ipv4_addresses
               ? CNICALC_ERR_LIMITS_UNKNOWN
               : CNICALC_OK;
}

/* Shared, trunk and exclusive: an address for each pod and each idle one. */
static cnicalc_status take_addresses(const cnicalc_node_result *solved, uint64_t wanted,
                                     cnicalc_terway_node *node)
{
    uint64_t trunk_pods;
    cnicalc_status status = find_trunk_pods(solved, wanted, &trunk_pods);
    if (status == CNICALC_OK) {
        /* Below 64 bits: ipv4_addresses is (E - 1) * I of 32-bit quantities, trunk pods T - E. */
        node->addresses = cnicalc__min(wanted, solved->ipv4_addresses + trunk_pods);
    }
    return status;
}

/* Windows: the primary address of an ENI serves no pod and comes on top. */
static void take_windows_addresses(const cnicalc_instance *instance,
                                   const cnicalc_node_result *solved, uint64_t wanted,
                                   cnicalc_terway_node *node)
{
    uint64_t pods_per_eni = cnicalc__subtract_or_0(instance->eni_private_ip_address_quantity, 1);
    uint64_t taken = cnicalc__min(wanted, solved->max_pods);
    node->addresses = taken + enis_for(taken, pods_per_eni);
}

/* IP prefix mode: prefixes, and the own address of each ENI that holds I - 1 of them. */
static void take_prefixes(const cnicalc_instance *instance, const cnicalc_node_result *solved,
                          uint64_t wanted, cnicalc_terway_node *node)
{
    uint64_t prefixes_per_eni =
        cnicalc__subtract_or_0(instance->eni_private_ip_address_quantity, 1);
    node->prefixes = cnicalc__min(cnicalc_node_prefixes_for_pods(wanted),
                                  solved->max_pods / CNICALC__ADDRESSES_PER_PREFIX);
    node->addresses = enis_for(node->prefixes, prefixes_per_eni);
}

static cnicalc_status take(const cnicalc_instance *instance, const cnicalc_node_options *options,
                           const cnicalc_node_result *solved, uint64_t idle_addresses,
                           cnicalc_terway_node *node)
{
    uint64_t wanted;
    if (solved->schedulable_pods == CNICALC_UNKNOWN_COUNT) {
        return CNICALC_ERR_LIMITS_UNKNOWN;
    }
    if (cnicalc__add_overflows(solved->schedulable_pods, idle_addresses, &wanted)) {
        return CNICALC_ERR_OVERFLOW;
    }
    if (options->ip_stack == CNICALC_IP_STACK_IPV6) {
        node->addresses = solved->max_pods != 0;
    } else if (options->mode == CNICALC_MODE_IP_PREFIX) {
        take_prefixes(instance, solved, wanted, node);
    } else if (options->windows) {
        take_windows_addresses(instance, solved, wanted, node);
    } else {
        return take_addresses(solved, wanted, node);
    }
    return CNICALC_OK;
}

cnicalc_status cnicalc_terway_node_from_type(const cnicalc_instance *instance,
                                             const cnicalc_node_options *options,
                                             uint64_t idle_addresses, cnicalc_terway_node *out_node)
{
    if (out_node == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_node_result solved;
    cnicalc_status status = cnicalc_node_solve(instance, options, &solved);
    if (status != CNICALC_OK) {
        return status;
    }
    cnicalc_terway_node node;
    memset(&node, 0, sizeof node);
    node.pods_per_node = solved.schedulable_pods;
    node.mode = options->mode;
    node.joins = solved.joins;
    status = take(instance, options, &solved, idle_addresses, &node);
    if (status == CNICALC_OK) {
        *out_node = node;
    }
    return status;
}

cnicalc_status cnicalc_terway_node_from_pods(uint64_t pods_per_node, uint32_t mode,
                                             uint64_t idle_addresses, cnicalc_terway_node *out_node)
{
    if (out_node == NULL) {
        return CNICALC_ERR_NULL;
    }
    if (!cnicalc__is_mode(mode)) {
        return CNICALC_ERR_NODE_MODE;
    }
    if (pods_per_node == 0) {
        return CNICALC_ERR_TERWAY_PODS_PER_NODE;
    }
    if (mode == CNICALC_MODE_IP_PREFIX) {
        return CNICALC_ERR_LIMITS_UNKNOWN;
    }
    uint64_t addresses;
    if (cnicalc__add_overflows(pods_per_node, idle_addresses, &addresses)) {
        return CNICALC_ERR_OVERFLOW;
    }
    memset(out_node, 0, sizeof *out_node);
    out_node->pods_per_node = pods_per_node;
    out_node->addresses = addresses;
    out_node->mode = mode;
    out_node->joins = 1;
    return CNICALC_OK;
}
