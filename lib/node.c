/* SPDX-License-Identifier: MIT */
/* Pods on one Terway node. */
#include "node.h"

#include "internal_instance.h"

#define EXTRA_PODS             3 /* ACK documentation, March 2026: (8-1)*30 + 3 = 213 */
#define PODS_PER_PREFIX        CNICALC__ADDRESSES_PER_PREFIX
#define PODS_PER_IPV6_PREFIX   65536 /* of a /80, the most that Terway hands out from it */
#define FIRST_DUAL_STACK_MINOR 22    /* Kubernetes 1.22 */

/* ---- The modes ---- */

/* A node has E - 1 secondary ENIs. These are the pods of each, where I is the addresses that an ENI
 * can hold: in each mode, and with two choices that change it. On Windows the ENI's own address
 * serves no pod, and IPv6 alone needs no IPv4 address for any. */
#define PODS_LIST(X)                                                                               \
    X(CNICALC_MODE_SHARED_ENI, I)                                                                  \
    X(CNICALC_MODE_SHARED_ENI_TRUNK, I)                                                            \
    X(CNICALC_MODE_EXCLUSIVE_ENI, 1)                                                               \
    X(CNICALC_MODE_IP_PREFIX, (I - 1) * PODS_PER_PREFIX)                                           \
    X(CNICALC__PODS_ON_WINDOWS, (I - 1))                                                           \
    X(CNICALC__PODS_BY_IPV6, PODS_PER_IPV6_PREFIX)                                                 \
    X(CNICALC__PODS_WITHOUT_IPV6, 0)

/* Each is a line over I, which two of its points give: a table needs no branch to find one. */
#define PODS(formula, pods) [formula] = (pods),
#define I                   0
static const int32_t PODS_AT_0[] = {PODS_LIST(PODS)};
#undef I
#define I 1
static const int32_t PODS_AT_1[] = {PODS_LIST(PODS)};
#undef I

CNICALC__INLINE uint64_t pods_per_eni(uint32_t formula, uint32_t addresses)
{
    int64_t at_0 = PODS_AT_0[formula];
    int64_t pods = at_0 + (PODS_AT_1[formula] - at_0) * addresses;
    return pods > 0 ? (uint64_t)pods : 0;
}

CNICALC__COLD const char *cnicalc__node_pods_formula(uint32_t formula)
{
#define TEXT(formula, pods) CNICALC__DIGITS(pods) "\0"
    return cnicalc__nth_text("\0" PODS_LIST(TEXT), formula);
}

/* ---- ENIs ---- */

/* Whether some ENIs serve eRDMA, if the type has the interfaces (Terway source, July 2026). */
CNICALC__INLINE int wants_erdma(const cnicalc__node *node)
{
    return node->options->erdma && node->instance->eni_quantity > 2;
}

/* The most ENIs that serve it: two where the daemon of a large node gives out addresses, which it
 * does not in exclusive mode. */
static uint64_t most_erdma_enis(const cnicalc__node *node)
{
    return node->options->erdma_ipam == CNICALC_ERDMA_IPAM_DAEMON && node->eni_quantity >= 8 &&
                   (node->traits & CNICALC__WHOLE_ENIS) == 0
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
    if (cnicalc__is_ipv6_alone(node->options)) {
        return instance->eni_ipv6_address_quantity != CNICALC_UNKNOWN
                   ? CNICALC_UNKNOWN
                   : CNICALC__COLUMN_OF(eni_ipv6_address_quantity);
    }
    return instance->eni_private_ip_address_quantity != CNICALC_UNKNOWN ||
                   (node->traits & CNICALC__WHOLE_ENIS) != 0
               ? CNICALC_UNKNOWN
               : CNICALC__COLUMN_OF(eni_private_ip_address_quantity);
}

/* The ENIs of the type, which nothing else limits. */
CNICALC__INLINE void set_type_enis(cnicalc__node *node, uint64_t enis, uint64_t primary_enis)
{
    node->pods_per_eni =
        pods_per_eni(node->formula, node->instance->eni_private_ip_address_quantity);
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

/* trunc(E * eni_cap_ratio) + eni_cap_shift - 1, at least 0 (Terway source, July 2026). Factors
 * below 2^32 leave room for the shift. */
CNICALC__INLINE void set_cap_enis(cnicalc__node *node)
{
    const cnicalc_node_options *options = node->options;
    if (cnicalc__ratio_is_one(options) && options->eni_cap_shift == 0) {
        return;
    }
    uint64_t enis = node->eni_quantity;
    if (!cnicalc__ratio_is_one(options)) {
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

/* All that options take from the ENIs of the type, and from what they hold. */
CNICALC__INLINE void set_limits(cnicalc__node *node)
{
    const cnicalc_node_options *options = node->options;
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
    if (cnicalc__is_ipv6_alone(options)) {
        node->ipv6_pods = PODS_PER_IPV6_PREFIX;
    } else if (options->ipv4_prefix_count != CNICALC_UNKNOWN &&
               (node->traits & CNICALC__PREFIXES) != 0) {
        node->prefix_pods = (uint64_t)options->ipv4_prefix_count * PODS_PER_PREFIX;
    }
}

CNICALC__INLINE cnicalc_status find_ecs(cnicalc__node *node)
{
    node->missing = missing_column(node);
    if (node->missing != CNICALC_UNKNOWN) {
        return CNICALC_ERR_LIMITS_UNKNOWN;
    }
    if (cnicalc__is_ipv6_alone(node->options) && node->instance->eni_ipv6_address_quantity == 0) {
        node->formula = CNICALC__PODS_WITHOUT_IPV6;
    }
    set_type_enis(node, node->instance->eni_quantity, 1);
    if ((node->traits & CNICALC__LIMITED) != 0) {
        set_limits(node);
    }
    return CNICALC_OK;
}

/* LeniQuota - 1, or HighDenseQuantity on a high-density node (ACK documentation, Terway source).
 * No join floor is published. */
CNICALC__INLINE cnicalc_status find_lingjun(cnicalc__node *node)
{
    if ((node->traits & (CNICALC__WHOLE_ENIS | CNICALC__CAPPED)) != CNICALC__WHOLE_ENIS) {
        return CNICALC_ERR_NODE_LINGJUN_MODE;
    }
    node->traits |= CNICALC__LINGJUN;
    node->min_pods_to_join = node->options->min_pods_to_join;
    if (cnicalc__is_quantity(node->instance->high_dense_quantity)) {
        set_type_enis(node, node->instance->high_dense_quantity, 0);
    } else {
        set_type_enis(node, node->instance->leni_quota, 1);
    }
    return CNICALC_OK;
}

CNICALC__INLINE cnicalc_status find(const cnicalc__node_question *question,
                                    const cnicalc_instance *instance, cnicalc__node *node)
{
    node->instance = instance;
    node->options = question->options;
    node->formula = question->formula;
    node->min_pods_to_join = question->min_pods_to_join;
    node->traits = question->traits;
    return cnicalc__node_is_lingjun(instance) ? find_lingjun(node) : find_ecs(node);
}

/* ---- Pods ---- */

/* What can overflow, and the smallest limit, which is max_pods. */
struct capacity {
    uint64_t by_type, by_cap, by_max_eni, by_erdma;
    uint64_t max_pods, serving_enis, ipv4_addresses;
    uint32_t bound_by;
};

/* Pods by a number of ENIs, where CNICALC_NO_LIMIT stays what it is. */
static int pods_overflow(uint64_t enis, uint64_t per_eni, uint64_t *out_pods)
{
    *out_pods = CNICALC_NO_LIMIT;
    return enis != CNICALC_NO_LIMIT && cnicalc__mul_overflows(enis, per_eni, out_pods);
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

/* Overflows where the IPv4 addresses of the ENIs do: all of a shared ENI, and else its own and its
 * prefixes. */
CNICALC__INLINE int addresses_overflow(const cnicalc__node *node, struct capacity *capacity)
{
    int has_prefixes =
        (node->traits & CNICALC__PREFIXES) != 0 && node->ipv6_pods == CNICALC_NO_LIMIT;
    uint64_t per_eni = (node->traits & (CNICALC__WHOLE_ENIS | CNICALC__PREFIXES)) != 0
                           ? 1
                           : node->instance->eni_private_ip_address_quantity;
    capacity->serving_enis = serving_enis(node, capacity->max_pods);
    return cnicalc__add_overflows(capacity->serving_enis * per_eni,
                                  has_prefixes ? capacity->max_pods : 0, &capacity->ipv4_addresses);
}

CNICALC__INLINE cnicalc_status find_capacity(const cnicalc__node *node, struct capacity *capacity)
{
    uint64_t per_eni = node->pods_per_eni;
    if (cnicalc__mul_overflows(node->type_enis, per_eni, &capacity->by_type)) {
        return CNICALC_ERR_OVERFLOW;
    }
    capacity->by_cap = CNICALC_NO_LIMIT;
    capacity->by_max_eni = CNICALC_NO_LIMIT;
    capacity->by_erdma = CNICALC_NO_LIMIT;
    capacity->max_pods = capacity->by_type;
    capacity->bound_by = CNICALC_LIMIT_ENI_QUANTITY;
    if ((node->traits & CNICALC__LIMITED) != 0) {
        if (pods_overflow(node->cap_enis, per_eni, &capacity->by_cap) ||
            pods_overflow(node->max_enis, per_eni, &capacity->by_max_eni)) {
            return CNICALC_ERR_OVERFLOW;
        }
        if (node->erdma_enis != 0) {
            capacity->by_erdma = node->pod_enis * per_eni; /* at most by_type */
        }
        apply_limit(capacity, CNICALC_LIMIT_ENI_CAP, capacity->by_cap);
        apply_limit(capacity, CNICALC_LIMIT_MAX_ENI, capacity->by_max_eni);
        apply_limit(capacity, CNICALC_LIMIT_ERDMA, capacity->by_erdma);
        apply_limit(capacity, CNICALC_LIMIT_IPV4_PREFIX_COUNT, node->prefix_pods);
        apply_limit(capacity, CNICALC_LIMIT_IPV6_PREFIX, node->ipv6_pods);
    }
    return addresses_overflow(node, capacity) ? CNICALC_ERR_OVERFLOW : CNICALC_OK;
}

CNICALC__COLD cnicalc_status cnicalc__node_pods(const cnicalc__node_question *question,
                                                const cnicalc_instance *instance,
                                                cnicalc__node *node, uint64_t *out_max_pods,
                                                uint32_t *out_bound_by)
{
    struct capacity capacity;
    capacity.max_pods = CNICALC_UNKNOWN_COUNT;
    capacity.bound_by = CNICALC_LIMIT_NONE;
    cnicalc_status status = find(question, instance, node);
    if (status == CNICALC_OK) {
        status = find_capacity(node, &capacity);
    }
    *out_max_pods = capacity.max_pods;
    *out_bound_by = capacity.bound_by;
    return status;
}

CNICALC__COLD void cnicalc__node_find(const cnicalc_instance *instance,
                                      const cnicalc_node_options *options, cnicalc__node *node)
{
    cnicalc__node_question question;
    uint64_t max_pods;
    uint32_t bound_by;
    (void)cnicalc__node_ask(options, options->mode, &question);
    (void)cnicalc__node_pods(&question, instance, node, &max_pods, &bound_by);
}

/* ---- The answer ----
 *
 * Types differ in what is known of them, so a branch on it is mispredicted often. What is not known
 * is all ones, and laid over the answer instead. */

CNICALC__INLINE uint64_t ones_if(int condition)
{
    return 0 - (uint64_t)condition;
}

/* In trunk mode, the pods with a member ENI: T - E, and Terway's theoretical T - 2. */
CNICALC__INLINE void set_trunk_pods(const cnicalc__node *node, cnicalc_node_result *result)
{
    uint32_t total = node->instance->eni_total_quantity;
    uint32_t supported = node->instance->eni_trunk_supported;
    uint64_t unknown = ones_if((supported == CNICALC_UNKNOWN) | (total == CNICALC_UNKNOWN));
    uint64_t any = ones_if(supported != 0);
    result->trunk_pods = (cnicalc__subtract_or_0(total, node->eni_quantity) | unknown) & any;
    result->max_trunk_pods = (cnicalc__subtract_or_0(total, 2) | unknown) & any;
}

/* maxPods: what is set by hand, or the pods of shared ENI mode and a constant, all of 32-bit
 * factors. */
CNICALC__INLINE uint64_t kubelet_max_pods(const cnicalc__node *node)
{
    uint64_t addresses = node->instance->eni_private_ip_address_quantity;
    if (node->options->kubelet_max_pods != 0) {
        return node->options->kubelet_max_pods;
    }
    if (addresses == CNICALC_UNKNOWN || (node->traits & CNICALC__LINGJUN) != 0) {
        return CNICALC_UNKNOWN_COUNT;
    }
    return node->pod_enis * cnicalc__subtract_or_0(addresses, node->options->windows) + EXTRA_PODS;
}

/* How many pods can run at one time. kubelet's limit decides alone when max_pods reaches it; above
 * that, unknown trunk pods leave the answer open. It never lowers a mode of whole ENIs. */
CNICALC__INLINE void set_schedulable(uint64_t by_kubelet, uint32_t traits,
                                     cnicalc_node_result *result)
{
    int trunk_unknown = result->trunk_pods == CNICALC_UNKNOWN_COUNT;
    int kubelet_unknown =
        result->kubelet_max_pods == CNICALC_UNKNOWN_COUNT && (traits & CNICALC__WHOLE_ENIS) == 0;
    if (kubelet_unknown || (trunk_unknown && by_kubelet > result->max_pods)) {
        result->schedulable_pods = CNICALC_UNKNOWN_COUNT;
        result->schedulable_bound_by = CNICALC_LIMIT_NONE;
        return;
    }
    uint64_t pods = trunk_unknown ? CNICALC_UNKNOWN_COUNT : result->max_pods + result->trunk_pods;
    result->schedulable_pods = cnicalc__min(by_kubelet, pods);
    result->schedulable_bound_by =
        by_kubelet < pods ? CNICALC_LIMIT_KUBELET_MAX_PODS : result->bound_by;
}

/* Whether pods can have IPv6 beside IPv4: as many addresses of an ENI, in every mode. */
CNICALC__INLINE uint32_t runs_dual_stack(const cnicalc__node *node)
{
    const cnicalc_node_options *options = node->options;
    uint64_t ipv4 = node->instance->eni_private_ip_address_quantity;
    uint64_t ipv6 = node->instance->eni_ipv6_address_quantity;
    if (options->erdma || cnicalc__is_ipv6_alone(options) ||
        options->kubernetes_minor - 1 < FIRST_DUAL_STACK_MINOR - 1) { /* 0: no word */
        return 0;
    }
    uint64_t any = ones_if(cnicalc__min(ipv4, ipv6) != 0);
    uint64_t unknown = ones_if(cnicalc__max(ipv4, ipv6) == CNICALC_UNKNOWN);
    return (uint32_t)(((uint64_t)(ipv4 == ipv6) | unknown) & any);
}

CNICALC__INLINE void set_rows(const cnicalc__node *node, const struct capacity *capacity,
                              uint64_t by_kubelet, cnicalc_node_result *result)
{
    const uint32_t pods = CNICALC_COUNTS_PODS;
    cnicalc_limit_row *rows = result->limits;
    uint32_t count = 0;
    cnicalc__add_row(rows, &count, CNICALC_LIMIT_ENI_QUANTITY, pods, 0, capacity->by_type);
    cnicalc__add_row(rows, &count, CNICALC_LIMIT_ENI_CAP, pods, 0, capacity->by_cap);
    cnicalc__add_row(rows, &count, CNICALC_LIMIT_MAX_ENI, pods, 0, capacity->by_max_eni);
    cnicalc__add_row(rows, &count, CNICALC_LIMIT_ERDMA, pods, 0, capacity->by_erdma);
    cnicalc__add_row(rows, &count, CNICALC_LIMIT_IPV4_PREFIX_COUNT, pods, 0, node->prefix_pods);
    cnicalc__add_row(rows, &count, CNICALC_LIMIT_IPV6_PREFIX, pods, 0, node->ipv6_pods);
    cnicalc__add_row(rows, &count, CNICALC_LIMIT_KUBELET_MAX_PODS, CNICALC_COUNTS_SCHEDULABLE_PODS,
                     0, by_kubelet);
    result->limit_count = count;
}

CNICALC__INLINE cnicalc_status answer(const cnicalc__node_question *question,
                                      const cnicalc_instance *instance, cnicalc_node_result *result)
{
    cnicalc__node node;
    struct capacity capacity;
    cnicalc_status status = find(question, instance, &node);
    if (status == CNICALC_OK) {
        status = find_capacity(&node, &capacity);
    }
    if (status != CNICALC_OK) {
        return status;
    }
    result->max_pods = capacity.max_pods;
    result->bound_by = capacity.bound_by;
    result->secondary_enis = capacity.serving_enis;
    result->ipv4_addresses = capacity.ipv4_addresses;
    result->min_pods_to_join = node.min_pods_to_join;
    result->joins = capacity.max_pods >= node.min_pods_to_join;
    result->dual_stack = runs_dual_stack(&node);
    result->trunk_pods = 0;
    result->max_trunk_pods = 0;
    if ((node.traits & CNICALC__MEMBER_ENIS) != 0) {
        set_trunk_pods(&node, result);
    }
    result->kubelet_max_pods = kubelet_max_pods(&node);
    uint64_t by_kubelet =
        cnicalc__remaining(result->kubelet_max_pods, node.options->host_network_pods);
    set_schedulable(by_kubelet, node.traits, result);
    set_rows(&node, &capacity, by_kubelet, result);
    result->reserved0 = 0;
    memset(result->reserved, 0, sizeof result->reserved);
    return CNICALC_OK;
}

cnicalc_status cnicalc_node_solve(const cnicalc_instance *instance,
                                  const cnicalc_node_options *options,
                                  cnicalc_node_result *out_result)
{
    if (instance == NULL || options == NULL || out_result == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc__node_question question;
    cnicalc_status status = cnicalc__node_ask(options, options->mode, &question);
    if (status == CNICALC_OK) {
        status = answer(&question, instance, out_result);
    }
    if (status == CNICALC_OK) {
        cnicalc__node_set_allocatable(instance, options, out_result);
    }
    return status;
}
