/* SPDX-License-Identifier: MIT */
/* Pods on one Terway node. The formulas are those of the table in node.h. */
#include "cnicalc/node.h"

#include "checked.h"
#include "node_terms.h"

#include <string.h>

#define PODS_PER_IPV6_PREFIX 65536 /* of a /80, the most that Terway hands out from it */

#define DEFAULT_HOST_NETWORK_PODS 3  /* ACK documentation, March 2026: (8-1)*30 + 3 = 213 */
#define SHARED_JOIN_FLOOR         12 /* "must exceed 11", ACK documentation, March 2026 */
#define EXCLUSIVE_JOIN_FLOOR      7  /* "must exceed 6", likewise */

uint32_t cnicalc_node_options_size(void)
{
    return (uint32_t)sizeof(cnicalc_node_options);
}

uint32_t cnicalc_node_result_size(void)
{
    return (uint32_t)sizeof(cnicalc_node_result);
}

cnicalc_status cnicalc_node_options_init(cnicalc_node_options *options, size_t struct_size)
{
    if (options == NULL) {
        return CNICALC_ERR_NULL;
    }
    if (struct_size != sizeof *options) {
        return CNICALC_ERR_STRUCT_SIZE;
    }
    memset(options, 0, sizeof *options);
    options->struct_size = sizeof *options;
    options->mode = CNICALC_MODE_SHARED_ENI;
    options->ip_stack = CNICALC_IP_STACK_IPV4;
    options->eni_cap_ratio_numerator = 1;
    options->eni_cap_ratio_denominator = 1;
    options->host_network_pods = DEFAULT_HOST_NETWORK_PODS;
    return CNICALC_OK;
}

static cnicalc_status check_options(const cnicalc_node_options *options)
{
    if (options->struct_size != sizeof *options) {
        return CNICALC_ERR_STRUCT_SIZE;
    }
    if ((options->reserved[0] | options->reserved[1] | options->reserved[2]) != 0) {
        return CNICALC_ERR_RESERVED;
    }
    if (options->erdma > 1 || options->windows > 1) {
        return CNICALC_ERR_FLAG;
    }
    if (options->mode - CNICALC_MODE_SHARED_ENI >
        CNICALC_MODE_IP_PREFIX - CNICALC_MODE_SHARED_ENI) {
        return CNICALC_ERR_NODE_MODE;
    }
    if (options->ip_stack != CNICALC_IP_STACK_IPV4 && options->ip_stack != CNICALC_IP_STACK_DUAL &&
        (options->ip_stack != CNICALC_IP_STACK_IPV6 || options->mode != CNICALC_MODE_IP_PREFIX)) {
        return CNICALC_ERR_NODE_IP_STACK;
    }
    if (options->eni_cap_ratio_denominator == 0) {
        return CNICALC_ERR_NODE_RATIO;
    }
    if (options->erdma && options->ip_stack != CNICALC_IP_STACK_IPV4) {
        return CNICALC_ERR_NODE_ERDMA_DUAL_STACK;
    }
    if (options->windows && options->mode != CNICALC_MODE_SHARED_ENI) {
        return CNICALC_ERR_NODE_WINDOWS_MODE;
    }
    return CNICALC_OK;
}

static int ratio_is_one(const cnicalc_node_options *options)
{
    return options->eni_cap_ratio_numerator == 0 ||
           options->eni_cap_ratio_numerator == options->eni_cap_ratio_denominator;
}

/* trunc(E * eni_cap_ratio) + eni_cap_shift - 1, at least 0 (Terway source, July 2026). Factors
 * below 2^32 leave room for the shift. */
static void set_cap(cnicalc__node_terms *terms, const cnicalc_node_options *options)
{
    terms->cap_enis = CNICALC_NO_LIMIT;
    if (ratio_is_one(options) && options->eni_cap_shift == 0) {
        return;
    }
    uint64_t enis = terms->eni_quantity;
    if (!ratio_is_one(options)) {
        enis = enis * options->eni_cap_ratio_numerator / options->eni_cap_ratio_denominator;
    }
    int64_t change = (int64_t)options->eni_cap_shift - 1;
    if (change >= 0) {
        terms->cap_enis = enis + (uint64_t)change;
        return;
    }
    terms->cap_enis = cnicalc__less(enis, (uint64_t)-change);
    terms->below_zero |= enis < (uint64_t)-change;
}

/* ENIs that serve eRDMA (Terway source, July 2026). */
static cnicalc_status erdma_enis(const cnicalc_instance *instance,
                                 const cnicalc_node_options *options, uint64_t *out_enis)
{
    *out_enis = 0;
    if (!options->erdma || instance->eni_quantity <= 2) {
        return CNICALC_OK;
    }
    if (instance->eri_quantity == CNICALC_UNKNOWN) {
        return CNICALC_ERR_LIMITS_UNKNOWN;
    }
    *out_enis = cnicalc__min(instance->eri_quantity, instance->eni_quantity >= 8 ? 2 : 1);
    return CNICALC_OK;
}

/* Pods on one secondary ENI; the formulas of the table in node.h. */
static cnicalc_status pods_per_eni(const cnicalc_instance *instance,
                                   const cnicalc_node_options *options, uint64_t *out_pods)
{
    if (options->mode == CNICALC_MODE_EXCLUSIVE_ENI) {
        *out_pods = 1;
        return CNICALC_OK;
    }
    if (options->ip_stack == CNICALC_IP_STACK_IPV6) {
        *out_pods = instance->eni_ipv6_address_quantity != 0 ? PODS_PER_IPV6_PREFIX : 0;
        return instance->eni_ipv6_address_quantity == CNICALC_UNKNOWN ? CNICALC_ERR_LIMITS_UNKNOWN
                                                                      : CNICALC_OK;
    }
    uint64_t addresses = instance->eni_private_ip_address_quantity;
    if (addresses == CNICALC_UNKNOWN) {
        return CNICALC_ERR_LIMITS_UNKNOWN;
    }
    if (options->mode == CNICALC_MODE_IP_PREFIX) {
        *out_pods = cnicalc__less(addresses, 1) * CNICALC__PODS_PER_PREFIX;
    } else {
        *out_pods = options->windows ? cnicalc__less(addresses, 1) : addresses;
    }
    return CNICALC_OK;
}

static cnicalc_status ecs_terms(const cnicalc_instance *instance,
                                const cnicalc_node_options *options, cnicalc__node_terms *terms)
{
    if (instance->eni_quantity == CNICALC_UNKNOWN) {
        return CNICALC_ERR_LIMITS_UNKNOWN;
    }
    terms->eni_quantity = instance->eni_quantity;
    terms->primary_enis = 1;
    terms->type_enis = cnicalc__less(terms->eni_quantity, terms->primary_enis);
    terms->below_zero = instance->eni_quantity == 0;
    set_cap(terms, options);
    terms->max_enis = options->max_eni != 0 ? options->max_eni : CNICALC_NO_LIMIT;
    terms->prefix_pods = CNICALC_NO_LIMIT;
    terms->ipv6_pods = CNICALC_NO_LIMIT;
    if (options->ip_stack == CNICALC_IP_STACK_IPV6) {
        terms->ipv6_pods = PODS_PER_IPV6_PREFIX;
    } else if (options->mode == CNICALC_MODE_IP_PREFIX && options->ipv4_prefix_count != 0) {
        terms->prefix_pods = (uint64_t)options->ipv4_prefix_count * CNICALC__PODS_PER_PREFIX;
    }
    cnicalc_status status = erdma_enis(instance, options, &terms->erdma_enis);
    if (status != CNICALC_OK) {
        return status;
    }
    uint64_t enis = cnicalc__min(terms->type_enis, cnicalc__min(terms->cap_enis, terms->max_enis));
    terms->pod_enis = cnicalc__less(enis, terms->erdma_enis);
    terms->below_zero |= enis < terms->erdma_enis;
    return pods_per_eni(instance, options, &terms->pods_per_eni);
}

static int is_lingjun(const cnicalc_instance *instance)
{
    return instance->leni_quota != CNICALC_UNKNOWN ||
           instance->high_dense_quantity != CNICALC_UNKNOWN;
}

static int is_high_density(const cnicalc_instance *instance)
{
    return instance->high_dense_quantity != CNICALC_UNKNOWN && instance->high_dense_quantity != 0;
}

/* LeniQuota - 1, or HighDenseQuantity on a high-density node (ACK documentation and Terway source).
 */
static cnicalc_status lingjun_terms(const cnicalc_instance *instance,
                                    const cnicalc_node_options *options, cnicalc__node_terms *terms)
{
    if (options->mode != CNICALC_MODE_EXCLUSIVE_ENI || options->erdma || options->max_eni != 0 ||
        options->eni_cap_shift != 0 || !ratio_is_one(options)) {
        return CNICALC_ERR_NODE_LINGJUN_MODE;
    }
    if (!is_high_density(instance) && instance->leni_quota == CNICALC_UNKNOWN) {
        return CNICALC_ERR_LIMITS_UNKNOWN;
    }
    int dense = is_high_density(instance);
    terms->eni_quantity = dense ? instance->high_dense_quantity : instance->leni_quota;
    terms->primary_enis = dense ? 0 : 1;
    terms->type_enis = cnicalc__less(terms->eni_quantity, terms->primary_enis);
    terms->cap_enis = CNICALC_NO_LIMIT;
    terms->max_enis = CNICALC_NO_LIMIT;
    terms->erdma_enis = 0;
    terms->pod_enis = terms->type_enis;
    terms->below_zero = terms->eni_quantity < terms->primary_enis;
    terms->pods_per_eni = 1;
    terms->prefix_pods = CNICALC_NO_LIMIT;
    terms->ipv6_pods = CNICALC_NO_LIMIT;
    return CNICALC_OK;
}

cnicalc_status cnicalc__node_find_terms(const cnicalc_instance *instance,
                                        const cnicalc_node_options *options,
                                        cnicalc__node_terms *terms)
{
    cnicalc_status status = check_options(options);
    if (status != CNICALC_OK) {
        return status;
    }
    return is_lingjun(instance) ? lingjun_terms(instance, options, terms)
                                : ecs_terms(instance, options, terms);
}

/* Pods by a number of ENIs, where CNICALC_NO_LIMIT stays what it is. */
static int pods_overflow(uint64_t enis, uint64_t pods_per_eni, uint64_t *out_pods)
{
    if (enis == CNICALC_NO_LIMIT) {
        *out_pods = CNICALC_NO_LIMIT;
        return 0;
    }
    return cnicalc__mul_overflows(enis, pods_per_eni, out_pods);
}

/* Every limit but KUBELET, and the smallest of them as max_pods. */
static cnicalc_status set_limits(const cnicalc__node_terms *terms, cnicalc_node_result *result)
{
    uint64_t *limits = result->limits;
    if (pods_overflow(terms->type_enis, terms->pods_per_eni,
                      &limits[CNICALC_NODE_LIMIT_ENI_QUANTITY]) ||
        pods_overflow(terms->cap_enis, terms->pods_per_eni, &limits[CNICALC_NODE_LIMIT_ENI_CAP]) ||
        pods_overflow(terms->max_enis, terms->pods_per_eni, &limits[CNICALC_NODE_LIMIT_MAX_ENI])) {
        return CNICALC_ERR_OVERFLOW;
    }
    /* At most limits[ENI_QUANTITY], which did not overflow. */
    limits[CNICALC_NODE_LIMIT_ERDMA] =
        terms->erdma_enis != 0 ? terms->pod_enis * terms->pods_per_eni : CNICALC_NO_LIMIT;
    limits[CNICALC_NODE_LIMIT_NONE] = CNICALC_NO_LIMIT;
    limits[CNICALC_NODE_LIMIT_PREFIX_COUNT] = terms->prefix_pods;
    limits[CNICALC_NODE_LIMIT_IPV6_PREFIX] = terms->ipv6_pods;
    uint32_t bound_by = CNICALC_NODE_LIMIT_ENI_QUANTITY;
    for (uint32_t i = bound_by + 1; i <= CNICALC_NODE_LIMIT_IPV6_PREFIX; i++) {
        if (limits[i] < limits[bound_by]) {
            bound_by = i;
        }
    }
    result->bound_by = bound_by;
    result->max_pods = limits[bound_by];
    result->secondary_enis = terms->pod_enis;
    return CNICALC_OK;
}

/* In trunk mode, the pods with a member ENI: T - E, and Terway's theoretical T - 2. */
static void set_trunk(const cnicalc_instance *instance, const cnicalc_node_options *options,
                      cnicalc_node_result *result)
{
    result->trunk_pods = 0;
    result->max_trunk_pods = 0;
    if (options->mode != CNICALC_MODE_SHARED_ENI_TRUNK || instance->eni_trunk_supported == 0) {
        return;
    }
    if (instance->eni_trunk_supported == CNICALC_UNKNOWN ||
        instance->eni_total_quantity == CNICALC_UNKNOWN) {
        result->trunk_pods = CNICALC_UNKNOWN_COUNT;
        result->max_trunk_pods = CNICALC_UNKNOWN_COUNT;
        return;
    }
    result->trunk_pods = cnicalc__less(instance->eni_total_quantity, instance->eni_quantity);
    result->max_trunk_pods = cnicalc__less(instance->eni_total_quantity, 2);
}

/* The addresses that the ENIs of pods take from the vSwitch; in prefix mode an ENI takes its own
 * address and its prefixes. */
static cnicalc_status set_addresses(const cnicalc_instance *instance,
                                    const cnicalc_node_options *options,
                                    cnicalc_node_result *result)
{
    uint64_t enis = result->secondary_enis;
    if (options->mode == CNICALC_MODE_EXCLUSIVE_ENI || options->ip_stack == CNICALC_IP_STACK_IPV6) {
        result->ipv4_addresses = enis;
        return CNICALC_OK;
    }
    if (options->mode != CNICALC_MODE_IP_PREFIX) {
        result->ipv4_addresses = enis * instance->eni_private_ip_address_quantity;
        return CNICALC_OK;
    }
    return cnicalc__add_overflows(enis, result->max_pods, &result->ipv4_addresses)
               ? CNICALC_ERR_OVERFLOW
               : CNICALC_OK;
}

/* kubelet's maxPods: what is set by hand, or the pods of shared ENI mode and the host network's. */
static uint64_t kubelet_max_pods(const cnicalc_instance *instance,
                                 const cnicalc_node_options *options, uint64_t enis)
{
    uint64_t addresses = instance->eni_private_ip_address_quantity;
    if (options->kubelet_max_pods != 0) {
        return options->kubelet_max_pods;
    }
    if (addresses == CNICALC_UNKNOWN || is_lingjun(instance)) {
        return CNICALC_UNKNOWN_COUNT;
    }
    return enis * (options->windows ? cnicalc__less(addresses, 1) : addresses) +
           options->host_network_pods;
}

/* min(11 * maxPods + 255, a quarter of the memory) MiB, Kubernetes 1.28 and later. */
static uint64_t reserved_memory_mib(uint64_t max_pods, uint32_t memory_mib)
{
    if (max_pods == CNICALC_UNKNOWN_COUNT || memory_mib == CNICALC_UNKNOWN) {
        return CNICALC_UNKNOWN_COUNT;
    }
    uint64_t quarter = memory_mib / 4;
    return max_pods >= quarter ? quarter : cnicalc__min(11 * max_pods + 255, quarter);
}

/* How many pods can run at one time. kubelet's limit decides alone when max_pods reaches it; above
 * that, unknown trunk pods leave the answer open. */
static void set_schedulable(const cnicalc_node_options *options, cnicalc_node_result *result)
{
    uint64_t kubelet = result->limits[CNICALC_NODE_LIMIT_KUBELET];
    int trunk_open = result->trunk_pods == CNICALC_UNKNOWN_COUNT && kubelet > result->max_pods;
    /* kubelet never lowers exclusive mode, whose ENIs have an address each. */
    int kubelet_open = result->kubelet_max_pods == CNICALC_UNKNOWN_COUNT &&
                       options->mode != CNICALC_MODE_EXCLUSIVE_ENI;
    if (trunk_open || kubelet_open) {
        result->schedulable_pods = CNICALC_UNKNOWN_COUNT;
        result->schedulable_bound_by = CNICALC_NODE_LIMIT_NONE;
        return;
    }
    uint64_t pods = CNICALC_NO_LIMIT;
    if (result->trunk_pods != CNICALC_UNKNOWN_COUNT) {
        pods = result->max_pods + result->trunk_pods;
    }
    result->schedulable_pods = cnicalc__min(pods, kubelet);
    result->schedulable_bound_by = kubelet < pods ? CNICALC_NODE_LIMIT_KUBELET : result->bound_by;
}

/* Everything that follows from kubelet's maxPods. All sums are of 32-bit factors and summands. */
static void set_kubelet(const cnicalc_instance *instance, const cnicalc_node_options *options,
                        cnicalc_node_result *result)
{
    uint64_t max_pods = kubelet_max_pods(instance, options, result->secondary_enis);
    result->kubelet_max_pods = max_pods;
    result->limits[CNICALC_NODE_LIMIT_KUBELET] =
        max_pods == CNICALC_UNKNOWN_COUNT ? CNICALC_NO_LIMIT
                                          : cnicalc__less(max_pods, options->host_network_pods);
    result->kubelet_reserved_memory_mib = reserved_memory_mib(max_pods, instance->memory_mib);
    set_schedulable(options, result);
}

static uint64_t join_floor(const cnicalc_instance *instance, const cnicalc_node_options *options)
{
    if (options->min_pods_to_join != 0) {
        return options->min_pods_to_join;
    }
    if (is_lingjun(instance)) {
        return 0;
    }
    return options->mode == CNICALC_MODE_EXCLUSIVE_ENI ? EXCLUSIVE_JOIN_FLOOR : SHARED_JOIN_FLOOR;
}

/* Whether pods can have IPv6 beside IPv4: in shared mode an ENI needs as many of the one as of the
 * other (ACK documentation, March 2026). */
static uint32_t runs_dual_stack(const cnicalc_instance *instance,
                                const cnicalc_node_options *options)
{
    uint32_t ipv4 = instance->eni_private_ip_address_quantity;
    uint32_t ipv6 = instance->eni_ipv6_address_quantity;
    if (options->erdma || ipv6 == 0 || options->ip_stack == CNICALC_IP_STACK_IPV6) {
        return 0;
    }
    if (ipv6 == CNICALC_UNKNOWN) {
        return CNICALC_UNKNOWN;
    }
    return options->mode == CNICALC_MODE_EXCLUSIVE_ENI || options->mode == CNICALC_MODE_IP_PREFIX ||
           ipv6 == ipv4;
}

cnicalc_status cnicalc_node_solve(const cnicalc_instance *instance,
                                  const cnicalc_node_options *options,
                                  cnicalc_node_result *out_result)
{
    if (instance == NULL || options == NULL || out_result == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc__node_terms terms;
    cnicalc_status status = cnicalc__node_find_terms(instance, options, &terms);
    if (status != CNICALC_OK) {
        return status;
    }
    cnicalc_node_result result;
    status = set_limits(&terms, &result);
    if (status != CNICALC_OK) {
        return status;
    }
    status = set_addresses(instance, options, &result);
    if (status != CNICALC_OK) {
        return status;
    }
    set_trunk(instance, options, &result);
    set_kubelet(instance, options, &result);
    result.min_pods_to_join = join_floor(instance, options);
    result.joins = result.max_pods >= result.min_pods_to_join;
    result.dual_stack = runs_dual_stack(instance, options);
    memset(result.reserved, 0, sizeof result.reserved);
    *out_result = result;
    return CNICALC_OK;
}

/* One row of a batch, solved from its own copy of the options. */
static cnicalc_status solve_row(const cnicalc_instance *instances, size_t instance_count,
                                uint32_t index, const cnicalc_node_options *options,
                                cnicalc_node_result *result)
{
    if (instances != NULL) {
        return index < instance_count ? cnicalc_node_solve(&instances[index], options, result)
                                      : CNICALC_ERR_INDEX;
    }
    cnicalc_instance instance;
    cnicalc_status status = cnicalc_instance_at(index, &instance);
    return status == CNICALC_OK ? cnicalc_node_solve(&instance, options, result) : status;
}

cnicalc_status cnicalc_node_solve_batch(const cnicalc_instance *instances, size_t instance_count,
                                        const uint32_t *instance_index, const uint32_t *mode,
                                        size_t count, const cnicalc_node_options *options,
                                        uint64_t *out_max_pods, uint32_t *out_bound_by,
                                        cnicalc_status *out_status)
{
    if (instance_index == NULL || options == NULL || out_max_pods == NULL || out_bound_by == NULL ||
        out_status == NULL) {
        return CNICALC_ERR_NULL;
    }
    if (options->struct_size != sizeof *options) {
        return CNICALC_ERR_STRUCT_SIZE;
    }
    cnicalc_node_options row_options = *options;
    for (size_t i = 0; i < count; i++) {
        cnicalc_node_result result;
        result.max_pods = CNICALC_UNKNOWN_COUNT;
        result.bound_by = CNICALC_NODE_LIMIT_NONE;
        row_options.mode = mode != NULL ? mode[i] : options->mode;
        out_status[i] =
            solve_row(instances, instance_count, instance_index[i], &row_options, &result);
        out_max_pods[i] = result.max_pods;
        out_bound_by[i] = result.bound_by;
    }
    return CNICALC_OK;
}

uint64_t cnicalc_node_prefixes_for_pods(uint64_t pods)
{
    return pods / CNICALC__PODS_PER_PREFIX + (pods % CNICALC__PODS_PER_PREFIX != 0);
}
