/* SPDX-License-Identifier: MIT */
/* Pods on one Terway node. The formulas are those of the table in node.h. */
#include "cnicalc/node.h"

#include "node_enis.h"
#include "node_kubelet.h"

#include <stddef.h>
#include <string.h>

#define DEFAULT_HOST_NETWORK_PODS 3 /* ACK documentation, March 2026: (8-1)*30 + 3 = 213 */

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

CNICALC__COLD cnicalc_status cnicalc__node_find_terms(const cnicalc_instance *instance,
                                                      const cnicalc_node_options *options,
                                                      cnicalc__node_terms *terms)
{
    return find_terms(instance, options, terms);
}

/* Pods by a number of ENIs, where CNICALC_NO_LIMIT stays what it is. */
CNICALC__INLINE int pods_overflow(uint64_t enis, uint64_t pods_per_eni, uint64_t *out_pods)
{
    if (enis == CNICALC_NO_LIMIT) {
        *out_pods = CNICALC_NO_LIMIT;
        return 0;
    }
    return cnicalc__mul_overflows(enis, pods_per_eni, out_pods);
}

/* The limits, the smallest of them, and what follows from it that can overflow. */
struct capacity {
    uint64_t by_type;
    uint64_t by_cap;
    uint64_t by_max_eni;
    uint64_t by_erdma;
    uint64_t max_pods;
    uint64_t ipv4_addresses;
    uint32_t bound_by;
};

CNICALC__INLINE void apply_limit(uint32_t limit, uint64_t pods, struct capacity *capacity)
{
    capacity->bound_by = pods < capacity->max_pods ? limit : capacity->bound_by;
    capacity->max_pods = cnicalc__min(pods, capacity->max_pods);
}

/* Every limit but KUBELET; max_pods is the smallest, bound_by the first that is so small. */
CNICALC__INLINE cnicalc_status find_limits(const cnicalc__node_terms *terms,
                                           struct capacity *capacity)
{
    if (pods_overflow(terms->type_enis, terms->pods_per_eni, &capacity->by_type) ||
        pods_overflow(terms->cap_enis, terms->pods_per_eni, &capacity->by_cap) ||
        pods_overflow(terms->max_enis, terms->pods_per_eni, &capacity->by_max_eni)) {
        return CNICALC_ERR_OVERFLOW;
    }
    /* At most by_type, which did not overflow. */
    capacity->by_erdma =
        terms->erdma_enis != 0 ? terms->pod_enis * terms->pods_per_eni : CNICALC_NO_LIMIT;
    capacity->max_pods = capacity->by_type;
    capacity->bound_by = CNICALC_NODE_LIMIT_ENI_QUANTITY;
    apply_limit(CNICALC_NODE_LIMIT_ENI_CAP, capacity->by_cap, capacity);
    apply_limit(CNICALC_NODE_LIMIT_MAX_ENI, capacity->by_max_eni, capacity);
    apply_limit(CNICALC_NODE_LIMIT_ERDMA, capacity->by_erdma, capacity);
    apply_limit(CNICALC_NODE_LIMIT_PREFIX_COUNT, terms->prefix_pods, capacity);
    apply_limit(CNICALC_NODE_LIMIT_IPV6_PREFIX, terms->ipv6_pods, capacity);
    return CNICALC_OK;
}

/* The addresses that the ENIs of pods take from the vSwitch: all of an ENI in shared mode, its own
 * in the others, and in prefix mode its prefixes. */
CNICALC__INLINE cnicalc_status find_addresses(const cnicalc_instance *instance,
                                              const cnicalc_node_options *options,
                                              const cnicalc__node_terms *terms,
                                              struct capacity *capacity)
{
    const struct mode_rule *rule = &RULES[options->mode];
    uint64_t on_each = (uint64_t)instance->eni_private_ip_address_quantity * rule->ipv4_per_slot +
                       rule->ipv4_per_eni;
    uint64_t has_prefixes = ones_if(is_prefix_mode(options) & !is_ipv6_alone(options));
    return cnicalc__add_overflows(terms->pod_enis * on_each, capacity->max_pods & has_prefixes,
                                  &capacity->ipv4_addresses)
               ? CNICALC_ERR_OVERFLOW
               : CNICALC_OK;
}

static void set_limits(const cnicalc__node_terms *terms, const struct capacity *capacity,
                       cnicalc_node_result *result)
{
    result->limits[CNICALC_NODE_LIMIT_NONE] = CNICALC_NO_LIMIT;
    result->limits[CNICALC_NODE_LIMIT_ENI_QUANTITY] = capacity->by_type;
    result->limits[CNICALC_NODE_LIMIT_ENI_CAP] = capacity->by_cap;
    result->limits[CNICALC_NODE_LIMIT_MAX_ENI] = capacity->by_max_eni;
    result->limits[CNICALC_NODE_LIMIT_ERDMA] = capacity->by_erdma;
    result->limits[CNICALC_NODE_LIMIT_PREFIX_COUNT] = terms->prefix_pods;
    result->limits[CNICALC_NODE_LIMIT_IPV6_PREFIX] = terms->ipv6_pods;
    result->max_pods = capacity->max_pods;
    result->bound_by = capacity->bound_by;
    result->secondary_enis = terms->pod_enis;
    result->ipv4_addresses = capacity->ipv4_addresses;
}

CNICALC__INLINE uint64_t join_floor(const cnicalc_instance *instance,
                                    const cnicalc_node_options *options)
{
    if (options->min_pods_to_join != 0) {
        return options->min_pods_to_join;
    }
    if (is_lingjun(instance)) {
        return 0;
    }
    return RULES[options->mode].join_floor;
}

/* Whether pods can have IPv6 beside IPv4: in shared mode an ENI needs as many of the one as of the
 * other (ACK documentation, March 2026). */
CNICALC__INLINE uint32_t runs_dual_stack(const cnicalc_instance *instance,
                                         const cnicalc_node_options *options)
{
    uint32_t ipv4 = instance->eni_private_ip_address_quantity;
    uint32_t ipv6 = instance->eni_ipv6_address_quantity;
    uint32_t has_enough = (uint32_t)(ipv6 == ipv4) | RULES[options->mode].any_ipv6_will_do;
    uint64_t unknown = ones_if(ipv6 == CNICALC_UNKNOWN); /* CNICALC_UNKNOWN is all ones, too */
    uint64_t never = ones_if((options->erdma != 0) | (ipv6 == 0) | is_ipv6_alone(options));
    return (uint32_t)((has_enough | unknown) & ~never);
}

CNICALC__INLINE cnicalc_status solve_terms(const cnicalc_instance *instance,
                                           const cnicalc_node_options *options,
                                           const cnicalc__node_terms *terms,
                                           cnicalc_node_result *out_result)
{
    struct capacity capacity;
    cnicalc_status status = find_limits(terms, &capacity);
    if (status == CNICALC_OK) {
        status = find_addresses(instance, options, terms, &capacity);
    }
    if (status != CNICALC_OK) {
        return status;
    }
    set_limits(terms, &capacity, out_result);
    set_trunk(instance, options, out_result);
    set_kubelet(instance, options, out_result);
    out_result->min_pods_to_join = join_floor(instance, options);
    out_result->joins = out_result->max_pods >= out_result->min_pods_to_join;
    out_result->dual_stack = runs_dual_stack(instance, options);
    memset(out_result->reserved, 0, sizeof out_result->reserved);
    return CNICALC_OK;
}

CNICALC__COLD static cnicalc_status solve_any(const cnicalc_instance *instance,
                                              const cnicalc_node_options *options,
                                              cnicalc_node_result *out_result)
{
    cnicalc__node_terms terms;
    cnicalc_status status = cnicalc__node_find_terms(instance, options, &terms);
    return status == CNICALC_OK ? solve_terms(instance, options, &terms, out_result) : status;
}

/* ---- Speed ----
 *
 * Most questions leave all options but the mode and the host-network pods at their defaults, and
 * are about no Lingjun node. For those the solver above is compiled once more with all that known,
 * which is half its work. */

static const cnicalc_node_options PLAIN = {
    .struct_size = sizeof PLAIN,
    .ip_stack = CNICALC_IP_STACK_IPV4,
    .eni_cap_ratio_numerator = 1,
    .eni_cap_ratio_denominator = 1,
};

CNICALC__INLINE int is_plain(const cnicalc_instance *instance, const cnicalc_node_options *options)
{
    const char *asked = (const char *)options;
    const char *plain = (const char *)&PLAIN;
    const size_t middle = offsetof(cnicalc_node_options, ip_stack);
    const size_t host = offsetof(cnicalc_node_options, host_network_pods);
    const size_t rest = offsetof(cnicalc_node_options, kubelet_max_pods);
    uint32_t lingjun = ~(instance->leni_quota & instance->high_dense_quantity);
    return ((options->struct_size ^ PLAIN.struct_size) | lingjun) == 0 &&
           memcmp(asked + middle, plain + middle, host - middle) == 0 &&
           memcmp(asked + rest, plain + rest, sizeof PLAIN - rest) == 0;
}

/* Copies in which constants stand where is_plain() has found them. */
CNICALC__INLINE cnicalc_status solve_plain(const cnicalc_instance *instance,
                                           const cnicalc_node_options *options,
                                           cnicalc_node_result *out_result)
{
    cnicalc_node_options plain = PLAIN;
    cnicalc_instance known = *instance;
    cnicalc__node_terms terms;
    plain.mode = options->mode;
    plain.host_network_pods = options->host_network_pods;
    known.leni_quota = CNICALC_UNKNOWN;
    known.high_dense_quantity = CNICALC_UNKNOWN;
    cnicalc_status status = find_terms(&known, &plain, &terms);
    return status == CNICALC_OK ? solve_terms(&known, &plain, &terms, out_result) : status;
}

cnicalc_status cnicalc_node_solve(const cnicalc_instance *instance,
                                  const cnicalc_node_options *options,
                                  cnicalc_node_result *out_result)
{
    if (instance == NULL || options == NULL || out_result == NULL) {
        return CNICALC_ERR_NULL;
    }
    return is_plain(instance, options) ? solve_plain(instance, options, out_result)
                                       : solve_any(instance, options, out_result);
}

uint64_t cnicalc_node_prefixes_for_pods(uint64_t pods)
{
    return pods / CNICALC__PODS_PER_PREFIX + (pods % CNICALC__PODS_PER_PREFIX != 0);
}
