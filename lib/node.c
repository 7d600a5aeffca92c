/* SPDX-License-Identifier: MIT */
/* Pods on one Terway node. The formulas are those of the table in node.h. */
#include "cnicalc/node.h"

#include "checked.h"
#include "inline.h"
#include "node_terms.h"

#include <stddef.h>
#include <string.h>

#define PODS_PER_IPV6_PREFIX 65536 /* of a /80, the most that Terway hands out from it */

#define DEFAULT_HOST_NETWORK_PODS 3 /* ACK documentation, March 2026: (8-1)*30 + 3 = 213 */

/* What a mode makes of an ENI with I addresses: the table of node.h as numbers, so that a mode,
 * which comes in any order, is a load and not a branch. */
struct mode_rule {
    uint8_t own_slots;     /* of the I slots, taken by the ENI's own address */
    uint8_t pods_per_slot; /* of the slots that are left */
    uint8_t pods_per_eni;  /* beside those, whatever I is */
    uint8_t ipv4_per_slot; /* addresses that an ENI takes from the vSwitch, its pods' apart */
    uint8_t ipv4_per_eni;  /* beside those */
    uint8_t join_floor;    /* "must exceed 11", "must exceed 6", ACK documentation, March 2026 */
    uint8_t is_trunk;
    uint8_t is_exclusive;
};

#define PREFIX_PODS CNICALC__PODS_PER_PREFIX

static const struct mode_rule RULES[] = {
    {0, 0, 0, 0, 0, 0, 0, 0},            /* no mode */
    {0, 1, 0, 1, 0, 12, 0, 0},           /* CNICALC_MODE_SHARED_ENI */
    {0, 1, 0, 1, 0, 12, 1, 0},           /* CNICALC_MODE_SHARED_ENI_TRUNK */
    {0, 0, 1, 0, 1, 7, 0, 1},            /* CNICALC_MODE_EXCLUSIVE_ENI */
    {1, PREFIX_PODS, 0, 0, 1, 12, 0, 0}, /* CNICALC_MODE_IP_PREFIX */
};

/* CNICALC_UNKNOWN_COUNT and CNICALC_NO_LIMIT are all ones, so they can be laid over a count, and a
 * count can be cut out, without a branch on what nobody can predict. */
static inline uint64_t ones_if(int condition)
{
    return 0 - (uint64_t)(condition != 0);
}

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

CNICALC__INLINE cnicalc_status check_options(const cnicalc_node_options *options)
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

CNICALC__INLINE int ratio_is_one(const cnicalc_node_options *options)
{
    return options->eni_cap_ratio_numerator == 0 ||
           options->eni_cap_ratio_numerator == options->eni_cap_ratio_denominator;
}

/* trunc(E * eni_cap_ratio) + eni_cap_shift - 1, at least 0 (Terway source, July 2026). Factors
 * below 2^32 leave room for the shift. */
CNICALC__INLINE void set_cap(cnicalc__node_terms *terms, const cnicalc_node_options *options)
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
CNICALC__INLINE cnicalc_status erdma_enis(const cnicalc_instance *instance,
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

static inline int is_prefix_mode(const cnicalc_node_options *options)
{
    return options->mode == CNICALC_MODE_IP_PREFIX;
}

static inline int is_ipv6_alone(const cnicalc_node_options *options)
{
    return options->ip_stack == CNICALC_IP_STACK_IPV6;
}

/* Pods on one secondary ENI. */
CNICALC__INLINE cnicalc_status pods_per_eni(const cnicalc_instance *instance,
                                            const cnicalc_node_options *options, uint64_t *out_pods)
{
    const struct mode_rule *rule = &RULES[options->mode];
    uint32_t ipv6 = instance->eni_ipv6_address_quantity;
    uint32_t ipv4 = instance->eni_private_ip_address_quantity;
    if ((is_ipv6_alone(options) ? ipv6 : ipv4) == CNICALC_UNKNOWN && !rule->is_exclusive) {
        return CNICALC_ERR_LIMITS_UNKNOWN;
    }
    if (is_ipv6_alone(options)) {
        *out_pods = ipv6 != 0 ? PODS_PER_IPV6_PREFIX : 0;
        return CNICALC_OK;
    }
    uint64_t slots = cnicalc__less(ipv4, rule->own_slots + options->windows);
    *out_pods = slots * rule->pods_per_slot + rule->pods_per_eni;
    return CNICALC_OK;
}

CNICALC__INLINE cnicalc_status ecs_terms(const cnicalc_instance *instance,
                                         const cnicalc_node_options *options,
                                         cnicalc__node_terms *terms)
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
    if (is_ipv6_alone(options)) {
        terms->ipv6_pods = PODS_PER_IPV6_PREFIX;
    } else if (is_prefix_mode(options) && options->ipv4_prefix_count != 0) {
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

CNICALC__INLINE int is_lingjun(const cnicalc_instance *instance)
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

CNICALC__INLINE cnicalc_status find_terms(const cnicalc_instance *instance,
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

CNICALC__SMALL cnicalc_status cnicalc__node_find_terms(const cnicalc_instance *instance,
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

/* In trunk mode, the pods with a member ENI: T - E, and Terway's theoretical T - 2. */
CNICALC__INLINE void set_trunk(const cnicalc_instance *instance,
                               const cnicalc_node_options *options, cnicalc_node_result *result)
{
    uint32_t total = instance->eni_total_quantity;
    uint32_t supported = instance->eni_trunk_supported;
    uint64_t applies = ones_if(RULES[options->mode].is_trunk & (supported != 0));
    uint64_t unknown = ones_if((supported == CNICALC_UNKNOWN) | (total == CNICALC_UNKNOWN));
    result->trunk_pods = (cnicalc__less(total, instance->eni_quantity) | unknown) & applies;
    result->max_trunk_pods = (cnicalc__less(total, 2) | unknown) & applies;
}

/* kubelet's maxPods: what is set by hand, or the pods of shared ENI mode and the host network's;
 * and what that leaves to the pods with an address. */
CNICALC__INLINE void set_kubelet_pods(const cnicalc_instance *instance,
                                      const cnicalc_node_options *options,
                                      cnicalc_node_result *result)
{
    uint64_t addresses = instance->eni_private_ip_address_quantity;
    uint64_t host = options->host_network_pods;
    uint64_t pods =
        result->secondary_enis * (options->windows ? cnicalc__less(addresses, 1) : addresses);
    uint64_t max_pods = pods + host;
    if (options->kubelet_max_pods != 0) {
        max_pods = options->kubelet_max_pods;
        pods = cnicalc__less(max_pods, host);
    } else if (addresses == CNICALC_UNKNOWN || is_lingjun(instance)) {
        max_pods = CNICALC_UNKNOWN_COUNT;
        pods = CNICALC_NO_LIMIT;
    }
    result->kubelet_max_pods = max_pods;
    result->limits[CNICALC_NODE_LIMIT_KUBELET] = pods;
}

/* min(11 * maxPods + 255, a quarter of the memory) MiB, Kubernetes 1.28 and later. */
CNICALC__INLINE uint64_t reserved_memory_mib(uint64_t max_pods, uint32_t memory_mib)
{
    if (max_pods == CNICALC_UNKNOWN_COUNT || memory_mib == CNICALC_UNKNOWN) {
        return CNICALC_UNKNOWN_COUNT;
    }
    uint64_t quarter = memory_mib / 4;
    /* A maxPods that reaches the quarter may be too large to be multiplied. */
    return cnicalc__min(11 * cnicalc__min(max_pods, quarter) + 255, quarter);
}

/* How many pods can run at one time. kubelet's limit decides alone when max_pods reaches it; above
 * that, unknown trunk pods leave the answer open. */
CNICALC__INLINE void set_schedulable(const cnicalc_node_options *options,
                                     cnicalc_node_result *result)
{
    uint64_t kubelet = result->limits[CNICALC_NODE_LIMIT_KUBELET];
    int trunk_unknown = result->trunk_pods == CNICALC_UNKNOWN_COUNT;
    int trunk_open = trunk_unknown & (kubelet > result->max_pods);
    /* kubelet never lowers exclusive mode, whose ENIs have an address each. */
    int kubelet_open =
        (result->kubelet_max_pods == CNICALC_UNKNOWN_COUNT) & !RULES[options->mode].is_exclusive;
    uint64_t open = ones_if(trunk_open | kubelet_open);
    uint64_t pods = (result->max_pods + result->trunk_pods) | ones_if(trunk_unknown);
    uint32_t by_kubelet = (uint32_t)ones_if(kubelet < pods);
    uint32_t bound_by =
        (result->bound_by & ~by_kubelet) | (CNICALC_NODE_LIMIT_KUBELET & by_kubelet);
    result->schedulable_pods = cnicalc__min(pods, kubelet) | open;
    result->schedulable_bound_by = bound_by & ~(uint32_t)open; /* CNICALC_NODE_LIMIT_NONE is 0 */
}

/* Everything that follows from kubelet's maxPods. All sums are of 32-bit factors and summands. */
CNICALC__INLINE void set_kubelet(const cnicalc_instance *instance,
                                 const cnicalc_node_options *options, cnicalc_node_result *result)
{
    set_kubelet_pods(instance, options, result);
    result->kubelet_reserved_memory_mib =
        reserved_memory_mib(result->kubelet_max_pods, instance->memory_mib);
    set_schedulable(options, result);
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
    uint32_t any_number_will_do = RULES[options->mode].ipv4_per_eni;
    uint32_t has_enough = (uint32_t)(ipv6 == ipv4) | any_number_will_do;
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

CNICALC__SMALL static cnicalc_status solve_any(const cnicalc_instance *instance,
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
