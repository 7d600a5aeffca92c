/* SPDX-License-Identifier: MIT */
/* What one Terway node takes from the vSwitches of its zone. */
#include "terway.h"

/* What the pods of a mode get from a vSwitch. */
enum supply { NO_MODE, SINGLE_ADDRESSES, PREFIXES };

static enum supply supply_of(uint32_t mode)
{
    switch ((enum cnicalc_mode)mode) {
    case CNICALC_MODE_SHARED_ENI:
    case CNICALC_MODE_SHARED_ENI_TRUNK:
    case CNICALC_MODE_EXCLUSIVE_ENI:
        return SINGLE_ADDRESSES;
    case CNICALC_MODE_IP_PREFIX:
        return PREFIXES;
    }
    return NO_MODE;
}

cnicalc_status cnicalc__terway_load_of(const cnicalc_terway_node *node, cnicalc__load *out_one)
{
    uint64_t prefix_addresses;
    uint64_t together;
    if (cnicalc__any_set(node->reserved, sizeof node->reserved)) {
        return CNICALC_ERR_RESERVED;
    }
    if (node->joins > 1) {
        return CNICALC_ERR_FLAG;
    }
    if (supply_of(node->mode) == NO_MODE) {
        return CNICALC_ERR_NODE_MODE;
    }
    out_one->nodes = 1;
    out_one->prefixes = node->prefixes;
    return cnicalc__mul_overflows(node->prefixes, CNICALC__ADDRESSES_PER_PREFIX,
                                  &prefix_addresses) ||
                   cnicalc__add_overflows(node->addresses, prefix_addresses,
                                          &out_one->pod_addresses) ||
                   cnicalc__add_overflows(out_one->pod_addresses, 1, &together)
               ? CNICALC_ERR_OVERFLOW
               : CNICALC_OK;
}

/* ENIs in use by count addresses or prefixes; where an ENI holds none, none are in use. */
static uint64_t enis_for(uint64_t count, uint64_t per_eni)
{
    return per_eni == 0 ? 0 : count / per_eni + (count % per_eni != 0);
}

/* Pods that are planned, or all that run. Where trunk pods alone are unknown, kubelet lets more
 * than max_pods run. */
static cnicalc_status find_pods(const cnicalc_node_result *solved, uint64_t planned,
                                uint64_t *out_pods)
{
    *out_pods = planned;
    if (solved->schedulable_pods != CNICALC_UNKNOWN_COUNT) {
        *out_pods = planned == 0 ? solved->schedulable_pods : planned;
        return planned > solved->schedulable_pods ? CNICALC_ERR_TERWAY_PODS_PER_NODE : CNICALC_OK;
    }
    return planned != 0 && planned <= solved->max_pods &&
                   solved->kubelet_max_pods != CNICALC_UNKNOWN_COUNT
               ? CNICALC_OK
               : CNICALC_ERR_LIMITS_UNKNOWN;
}

/* Trunk pods that may be among those pods and take addresses beside those of the ENIs. Where they
 * are not published, there are max_pods at most, and only idle addresses can ask for more; where no
 * pod runs, no trunk pod does. */
static cnicalc_status find_trunk_pods(const cnicalc_node_result *solved, uint64_t pods,
                                      uint64_t wanted, uint64_t *out_trunk_pods)
{
    *out_trunk_pods = 0;
    if (solved->trunk_pods != CNICALC_UNKNOWN_COUNT) {
        *out_trunk_pods = cnicalc__min(solved->trunk_pods, pods);
        return CNICALC_OK;
    }
    return pods != 0 && wanted > solved->ipv4_addresses ? CNICALC_ERR_LIMITS_UNKNOWN : CNICALC_OK;
}

/* Shared, trunk and exclusive: an address for each pod and each idle one. */
static cnicalc_status take_addresses(const cnicalc_node_result *solved, uint64_t wanted,
                                     cnicalc_terway_node *node)
{
    uint64_t trunk_pods;
    cnicalc_status status = find_trunk_pods(solved, node->pods_per_node, wanted, &trunk_pods);
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
    if (cnicalc__add_overflows(node->pods_per_node, idle_addresses, &wanted)) {
        return CNICALC_ERR_OVERFLOW;
    }
    if (options->ip_stack == CNICALC_IP_STACK_IPV6) {
        node->addresses = solved->max_pods != 0;
    } else if (supply_of(options->mode) == PREFIXES) {
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
                                             uint64_t pods_per_node, uint64_t idle_addresses,
                                             cnicalc_terway_node *out_node)
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
    node.mode = options->mode;
    node.joins = solved.joins;
    status = find_pods(&solved, pods_per_node, &node.pods_per_node);
    if (status == CNICALC_OK) {
        status = take(instance, options, &solved, idle_addresses, &node);
    }
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
    enum supply supply = supply_of(mode);
    if (supply == NO_MODE) {
        return CNICALC_ERR_NODE_MODE;
    }
    if (pods_per_node == 0) {
        return CNICALC_ERR_TERWAY_PODS_PER_NODE;
    }
    if (supply == PREFIXES) {
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
