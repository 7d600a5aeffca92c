/* SPDX-License-Identifier: MIT */
/* Pods on one Terway node. */
#include "node.h"

#include "internal_instance.h"

#define DEFAULT_HOST_NETWORK_PODS 3 /* the least; real nodes run 5 or 6 */
#define PODS_PER_PREFIX           CNICALC__ADDRESSES_PER_PREFIX
#define PODS_PER_IPV6_PREFIX      65536 /* of a /80, the most that Terway hands out from it */
#define FIRST_DUAL_STACK_MINOR    22    /* Kubernetes 1.22 */

/* ---- The modes ---- */

#define PODS(expression)                                                                           \
    ((cnicalc__pods){(expression) > 0 ? (uint64_t)(expression) : 0, CNICALC__DIGITS(expression)})

/* The name and the formula of each mode: a node has E - 1 secondary ENIs with PODS() each, where I
 * is the addresses that an ENI can hold. Then come the IPv4 addresses that such an ENI takes from
 * the vSwitch, prefixes aside, and the pods from which a node joins: they "must exceed" 11 or 6
 * (ACK documentation, March 2026). */
CNICALC__INLINE cnicalc__mode mode_of(uint32_t mode, uint32_t addresses)
{
    const int64_t I = addresses;
    switch ((enum cnicalc_mode)mode) {
    case CNICALC_MODE_SHARED_ENI:
        return (cnicalc__mode){"shared", PODS(I), addresses, 12, CNICALC__ON_WINDOWS};
    case CNICALC_MODE_SHARED_ENI_TRUNK:
        return (cnicalc__mode){"trunk", PODS(I), addresses, 12, CNICALC__MEMBER_ENIS};
    case CNICALC_MODE_EXCLUSIVE_ENI:
        return (cnicalc__mode){"exclusive", PODS(1), 1, 7, CNICALC__WHOLE_ENIS};
    case CNICALC_MODE_IP_PREFIX:
        return (cnicalc__mode){"prefix", PODS((I - 1) * PODS_PER_PREFIX), 1, 12, CNICALC__PREFIXES};
    }
    return (cnicalc__mode){"unknown", {0, NULL}, 0, 0, 0};
}

const char *cnicalc_mode_name(uint32_t mode)
{
    return mode_of(mode, 0).name;
}

static int is_ipv6_alone(const cnicalc_node_options *options)
{
    return options->ip_stack == CNICALC_IP_STACK_IPV6;
}

/* Two choices change the pods of an ENI: on Windows its own address serves none, and IPv6 alone
 * needs no IPv4 address for any. */
CNICALC__INLINE void adapt_mode(cnicalc__node *node)
{
    const int64_t I = node->instance->eni_private_ip_address_quantity;
    if (node->options->windows) {
        node->mode.pods = PODS((I - 1));
    } else if (is_ipv6_alone(node->options)) {
        node->mode.pods =
            node->instance->eni_ipv6_address_quantity != 0 ? PODS(PODS_PER_IPV6_PREFIX) : PODS(0);
    }
}

/* ---- The question ---- */

cnicalc_status cnicalc_node_options_init(cnicalc_node_options *options, size_t struct_size)
{
    cnicalc_status status = cnicalc__options_begin(options, struct_size, sizeof *options);
    if (status == CNICALC_OK) {
        options->mode = CNICALC_MODE_SHARED_ENI;
        options->ip_stack = CNICALC_IP_STACK_IPV4;
        options->eni_cap_ratio_numerator = 1;
        options->eni_cap_ratio_denominator = 1;
        options->ipv4_prefix_count = CNICALC_UNKNOWN;
        options->host_network_pods = DEFAULT_HOST_NETWORK_PODS;
        options->erdma_ipam = CNICALC_ERDMA_IPAM_CENTRALISED;
    }
    return status;
}

CNICALC__INLINE cnicalc_status check_words(const cnicalc_node_options *options)
{
    static const cnicalc_node_options ZEROS = {0};
    if (options->struct_size != sizeof *options) {
        return CNICALC_ERR_STRUCT_SIZE;
    }
    if (memcmp(options->reserved, ZEROS.reserved, sizeof ZEROS.reserved) != 0) {
        return CNICALC_ERR_RESERVED;
    }
    return options->erdma > 1 || options->windows > 1 ? CNICALC_ERR_FLAG : CNICALC_OK;
}

CNICALC__INLINE cnicalc_status check_choices(const cnicalc_node_options *options, uint32_t traits)
{
    if (options->ip_stack - 1 >= CNICALC_IP_STACK_COUNT - 1 ||
        (is_ipv6_alone(options) && (traits & CNICALC__PREFIXES) == 0)) {
        return CNICALC_ERR_NODE_IP_STACK;
    }
    if (options->eni_cap_ratio_denominator == 0) {
        return CNICALC_ERR_NODE_RATIO;
    }
    if (options->erdma && options->ip_stack != CNICALC_IP_STACK_IPV4) {
        return CNICALC_ERR_NODE_ERDMA_DUAL_STACK;
    }
    if (options->windows && (traits & CNICALC__ON_WINDOWS) == 0) {
        return CNICALC_ERR_NODE_WINDOWS_MODE;
    }
    return options->erdma_ipam - 1 >= CNICALC_ERDMA_IPAM_COUNT - 1 ? CNICALC_ERR_NODE_ERDMA_IPAM
                                                                   : CNICALC_OK;
}

/* Whether some ENIs serve eRDMA, if the type has the interfaces (Terway source, July 2026). */
static int wants_erdma(const cnicalc__node *node)
{
    return node->options->erdma && node->instance->eni_quantity > 2;
}

/* The most ENIs that serve it: two where the daemon of a large node gives out addresses, which it
 * does not in exclusive mode. */
static uint64_t most_erdma_enis(const cnicalc__node *node)
{
    return node->options->erdma_ipam == CNICALC_ERDMA_IPAM_DAEMON && node->eni_quantity >= 8 &&
                   (node->mode.traits & CNICALC__WHOLE_ENIS) == 0
               ? 2
               : 1;
}

/* The first column of the instance that an ECS node needs and that is not published, or
 * CNICALC_UNKNOWN. */
CNICALC__INLINE uint32_t missing_column(const cnicalc__node *node)
{
    const cnicalc_instance *instance = node->instance;
    if (instance->eni_quantity == CNICALC_UNKNOWN) {
        return CNICALC__COLUMN_OF(eni_quantity);
    }
    if (wants_erdma(node) && instance->eri_quantity == CNICALC_UNKNOWN) {
        return CNICALC__COLUMN_OF(eri_quantity);
    }
    if (is_ipv6_alone(node->options)) {
        return instance->eni_ipv6_address_quantity != CNICALC_UNKNOWN
                   ? CNICALC_UNKNOWN
                   : CNICALC__COLUMN_OF(eni_ipv6_address_quantity);
    }
    return instance->eni_private_ip_address_quantity != CNICALC_UNKNOWN ||
                   (node->mode.traits & CNICALC__WHOLE_ENIS) != 0
               ? CNICALC_UNKNOWN
               : CNICALC__COLUMN_OF(eni_private_ip_address_quantity);
}

/* ---- ENIs ---- */

/* The ENIs of the type, which nothing else limits. */
CNICALC__INLINE void set_type_enis(cnicalc__node *node, uint64_t enis, uint64_t primary_enis)
{
    node->eni_quantity = enis;
    node->primary_enis = primary_enis;
    node->type_enis = cnicalc__subtract_or_0(enis, primary_enis);
    node->pod_enis = node->type_enis;
    node->below_zero = enis < primary_enis;
    node->erdma_enis = 0;
    node->cap_enis = CNICALC_NO_LIMIT;
    node->max_enis = CNICALC_NO_LIMIT;
    node->prefix_pods = CNICALC_NO_LIMIT;
    node->ipv6_pods = CNICALC_NO_LIMIT;
}

static int ratio_is_one(const cnicalc_node_options *options)
{
    return options->eni_cap_ratio_numerator == 0 ||
           options->eni_cap_ratio_numerator == options->eni_cap_ratio_denominator;
}

/* trunc(E * eni_cap_ratio) + eni_cap_shift - 1, at least 0 (Terway source, July 2026). Factors
 * below 2^32 leave room for the shift. */
CNICALC__INLINE void set_cap_enis(cnicalc__node *node)
{
    const cnicalc_node_options *options = node->options;
    if (ratio_is_one(options) && options->eni_cap_shift == 0) {
        return;
    }
    uint64_t enis = node->eni_quantity;
    if (!ratio_is_one(options)) {
        enis = enis * options->eni_cap_ratio_numerator / options->eni_cap_ratio_denominator;
    }
    int64_t change = (int64_t)options->eni_cap_shift - 1;
    if (change >= 0) {
        node->cap_enis = enis + (uint64_t)change;
        return;
    }
    node->cap_enis = cnicalc__subtract_or_0(enis, (uint64_t)-change);
    node->below_zero |= enis < (uint64_t)-change;
}

CNICALC__INLINE cnicalc_status find_ecs(cnicalc__node *node)
{
    const cnicalc_node_options *options = node->options;
    node->missing = missing_column(node);
    if (node->missing != CNICALC_UNKNOWN) {
        return CNICALC_ERR_LIMITS_UNKNOWN;
    }
    adapt_mode(node);
    set_type_enis(node, node->instance->eni_quantity, 1);
    set_cap_enis(node);
    if (options->max_eni != 0) {
        node->max_enis = options->max_eni;
    }
    if (wants_erdma(node)) {
        node->erdma_enis = cnicalc__min(node->instance->eri_quantity, most_erdma_enis(node));
    }
    uint64_t enis = cnicalc__min(node->type_enis, cnicalc__min(node->cap_enis, node->max_enis));
    node->pod_enis = cnicalc__subtract_or_0(enis, node->erdma_enis);
    node->below_zero |= enis < node->erdma_enis;
    if (is_ipv6_alone(options)) {
        node->ipv6_pods = PODS_PER_IPV6_PREFIX;
    } else if (options->ipv4_prefix_count != CNICALC_UNKNOWN &&
               (node->mode.traits & CNICALC__PREFIXES) != 0) {
        node->prefix_pods = (uint64_t)options->ipv4_prefix_count * PODS_PER_PREFIX;
    }
    return CNICALC_OK;
}

/* LeniQuota - 1, or HighDenseQuantity on a high-density node (ACK documentation, Terway source).
 * No join floor is published. */
CNICALC__INLINE cnicalc_status find_lingjun(cnicalc__node *node)
{
    const cnicalc_node_options *options = node->options;
    if (options->mode != CNICALC_MODE_EXCLUSIVE_ENI || options->erdma || options->max_eni != 0 ||
        options->eni_cap_shift != 0 || !ratio_is_one(options)) {
        return CNICALC_ERR_NODE_LINGJUN_MODE;
    }
    node->mode.traits |= CNICALC__LINGJUN;
    node->mode.min_pods_to_join = 0;
    if (cnicalc__is_quantity(node->instance->high_dense_quantity)) {
        set_type_enis(node, node->instance->high_dense_quantity, 0);
    } else {
        set_type_enis(node, node->instance->leni_quota, 1);
    }
    return CNICALC_OK;
}

CNICALC__INLINE cnicalc_status find_node(const cnicalc_instance *instance,
                                         const cnicalc_node_options *options, cnicalc__node *node)
{
    cnicalc_status status = check_words(options);
    if (status != CNICALC_OK) {
        return status;
    }
    node->instance = instance;
    node->options = options;
    node->mode = mode_of(options->mode, instance->eni_private_ip_address_quantity);
    if (node->mode.pods.formula == NULL) {
        return CNICALC_ERR_NODE_MODE;
    }
    status = check_choices(options, node->mode.traits);
    if (status != CNICALC_OK) {
        return status;
    }
    if (cnicalc__node_is_lingjun(instance)) {
        return find_lingjun(node);
    }
    return find_ecs(node);
}

CNICALC__COLD cnicalc_status cnicalc__node_find(const cnicalc_instance *instance,
                                                const cnicalc_node_options *options,
                                                cnicalc__node *node)
{
    return find_node(instance, options, node);
}

/* ---- The answer ---- */

/* What can overflow, and the smallest limit, which is max_pods. */
struct capacity {
    uint64_t by_type, by_cap, by_max_eni, by_erdma;
    uint64_t max_pods, serving_enis, ipv4_addresses;
    uint32_t bound_by;
};

/* Pods by a number of ENIs, where CNICALC_NO_LIMIT stays what it is. */
static int pods_overflow(uint64_t enis, uint64_t pods_per_eni, uint64_t *out_pods)
{
    if (enis == CNICALC_NO_LIMIT) {
        *out_pods = CNICALC_NO_LIMIT;
        return 0;
    }
    return cnicalc__mul_overflows(enis, pods_per_eni, out_pods);
}

/* What cnicalc__bind() does with rows, but in registers: over rows that were just written it takes
 * a quarter of the time of a call. */
CNICALC__INLINE void apply_limit(struct capacity *capacity, uint32_t limit, uint64_t pods)
{
    capacity->bound_by = pods < capacity->max_pods ? limit : capacity->bound_by;
    capacity->max_pods = cnicalc__min(pods, capacity->max_pods);
}

/* The ENIs that serve this number of pods: all, or those that hold the prefixes that the node
 * takes. */
CNICALC__INLINE uint64_t serving_enis(const cnicalc__node *node, uint64_t pods)
{
    if (node->prefix_pods == CNICALC_NO_LIMIT) {
        return node->pod_enis;
    }
    return cnicalc__node_prefix_enis(node, pods / PODS_PER_PREFIX);
}

CNICALC__INLINE cnicalc_status find_capacity(const cnicalc__node *node, struct capacity *capacity)
{
    uint64_t pods_per_eni = node->mode.pods.per_eni;
    if (pods_overflow(node->type_enis, pods_per_eni, &capacity->by_type) ||
        pods_overflow(node->cap_enis, pods_per_eni, &capacity->by_cap) ||
        pods_overflow(node->max_enis, pods_per_eni, &capacity->by_max_eni)) {
        return CNICALC_ERR_OVERFLOW;
    }
    /* At most by_type, which did not overflow. */
    capacity->by_erdma = node->erdma_enis != 0 ? node->pod_enis * pods_per_eni : CNICALC_NO_LIMIT;
    capacity->max_pods = capacity->by_type;
    capacity->bound_by = CNICALC_LIMIT_ENI_QUANTITY;
    apply_limit(capacity, CNICALC_LIMIT_ENI_CAP, capacity->by_cap);
    apply_limit(capacity, CNICALC_LIMIT_MAX_ENI, capacity->by_max_eni);
    apply_limit(capacity, CNICALC_LIMIT_ERDMA, capacity->by_erdma);
    apply_limit(capacity, CNICALC_LIMIT_IPV4_PREFIX_COUNT, node->prefix_pods);
    apply_limit(capacity, CNICALC_LIMIT_IPV6_PREFIX, node->ipv6_pods);
    int has_prefixes =
        (node->mode.traits & CNICALC__PREFIXES) != 0 && node->ipv6_pods == CNICALC_NO_LIMIT;
    capacity->serving_enis = serving_enis(node, capacity->max_pods);
    return cnicalc__add_overflows(capacity->serving_enis * node->mode.ipv4_per_eni,
                                  has_prefixes ? capacity->max_pods : 0, &capacity->ipv4_addresses)
               ? CNICALC_ERR_OVERFLOW
               : CNICALC_OK;
}

cnicalc_status cnicalc__node_max_pods(const cnicalc_instance *instance,
                                      const cnicalc_node_options *options, uint64_t *out_max_pods,
                                      uint32_t *out_bound_by)
{
    cnicalc__node node;
    struct capacity capacity;
    cnicalc_status status = cnicalc__node_find(instance, options, &node);
    if (status == CNICALC_OK) {
        status = find_capacity(&node, &capacity);
    }
    if (status == CNICALC_OK) {
        *out_max_pods = capacity.max_pods;
        *out_bound_by = capacity.bound_by;
    }
    return status;
}

static void set_max_pods(const cnicalc__node *node, const struct capacity *capacity,
                         cnicalc_node_result *result)
{
    const uint32_t pods = CNICALC_COUNTS_PODS;
    result->limit_count = 0;
    cnicalc__node_add_row(result, CNICALC_LIMIT_ENI_QUANTITY, pods, capacity->by_type);
    cnicalc__node_add_row(result, CNICALC_LIMIT_ENI_CAP, pods, capacity->by_cap);
    cnicalc__node_add_row(result, CNICALC_LIMIT_MAX_ENI, pods, capacity->by_max_eni);
    cnicalc__node_add_row(result, CNICALC_LIMIT_ERDMA, pods, capacity->by_erdma);
    cnicalc__node_add_row(result, CNICALC_LIMIT_IPV4_PREFIX_COUNT, pods, node->prefix_pods);
    cnicalc__node_add_row(result, CNICALC_LIMIT_IPV6_PREFIX, pods, node->ipv6_pods);
    result->max_pods = capacity->max_pods;
    result->bound_by = capacity->bound_by;
    result->secondary_enis = capacity->serving_enis;
    result->ipv4_addresses = capacity->ipv4_addresses;
}

/* In trunk mode, the pods with a member ENI: T - E, and Terway's theoretical T - 2. */
static void set_trunk_pods(const cnicalc__node *node, cnicalc_node_result *result)
{
    uint32_t total = node->instance->eni_total_quantity;
    uint32_t supported = node->instance->eni_trunk_supported;
    if ((node->mode.traits & CNICALC__MEMBER_ENIS) == 0 || supported == 0) {
        result->trunk_pods = 0;
        result->max_trunk_pods = 0;
    } else if (supported == CNICALC_UNKNOWN || total == CNICALC_UNKNOWN) {
        result->trunk_pods = CNICALC_UNKNOWN_COUNT;
        result->max_trunk_pods = CNICALC_UNKNOWN_COUNT;
    } else {
        result->trunk_pods = cnicalc__subtract_or_0(total, node->eni_quantity);
        result->max_trunk_pods = cnicalc__subtract_or_0(total, 2);
    }
}

/* Whether pods can have IPv6 beside IPv4: as many addresses of an ENI, in every mode. Types differ
 * in it, so a branch on it is mispredicted often, which costs a fifth of a call: CNICALC_UNKNOWN,
 * all ones, is laid over the answer instead. */
static uint32_t runs_dual_stack(const cnicalc__node *node)
{
    const cnicalc_node_options *options = node->options;
    uint32_t ipv4 = node->instance->eni_private_ip_address_quantity;
    uint32_t ipv6 = node->instance->eni_ipv6_address_quantity;
    uint32_t unknown = 0 - (uint32_t)((ipv4 == CNICALC_UNKNOWN) | (ipv6 == CNICALC_UNKNOWN));
    int is_too_old = options->kubernetes_minor - 1 < FIRST_DUAL_STACK_MINOR - 1; /* 0: no word */
    int is_none =
        (ipv4 == 0) | (ipv6 == 0) | (options->erdma != 0) | is_ipv6_alone(options) | is_too_old;
    return is_none ? 0 : (uint32_t)(ipv4 == ipv6) | unknown;
}

cnicalc_status cnicalc_node_solve(const cnicalc_instance *instance,
                                  const cnicalc_node_options *options,
                                  cnicalc_node_result *out_result)
{
    if (instance == NULL || options == NULL || out_result == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc__node node;
    struct capacity capacity;
    cnicalc_status status = find_node(instance, options, &node);
    if (status == CNICALC_OK) {
        status = find_capacity(&node, &capacity);
    }
    if (status != CNICALC_OK) {
        return status;
    }
    set_max_pods(&node, &capacity, out_result);
    set_trunk_pods(&node, out_result);
    cnicalc__node_set_kubelet(&node, out_result);
    out_result->min_pods_to_join =
        options->min_pods_to_join != 0 ? options->min_pods_to_join : node.mode.min_pods_to_join;
    out_result->joins = out_result->max_pods >= out_result->min_pods_to_join;
    out_result->dual_stack = runs_dual_stack(&node);
    out_result->reserved0 = 0;
    memset(out_result->reserved, 0, sizeof out_result->reserved);
    return CNICALC_OK;
}
