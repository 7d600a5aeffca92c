/* SPDX-License-Identifier: MIT */
/* Pods on one Terway node. */
#include "node.h"

#include "internal_instance.h"

#define EXTRA_PODS             3 /* ACK documentation, March 2026: (8-1)*30 + 3 = 213 */
#define PODS_PER_PREFIX        CNICALC__ADDRESSES_PER_PREFIX
#define PODS_PER_IPV6_PREFIX   CNICALC__PODS_PER_IPV6_PREFIX
#define FIRST_DUAL_STACK_MINOR 22 /* Kubernetes 1.22 */

/* ---- The modes ---- */

/* A node has E - 1 secondary ENIs. These are the pods of each, where I is the addresses that an ENI
 * can hold: in each mode, and with three choices that change it. On Windows the ENI's own address
 * serves no pod, and IPv6 alone needs no IPv4 address for any. Beside them: the single IPv4
 * addresses that the ENI takes, the fewest pods of a node that joins ("must exceed" 11 or 6: ACK
 * documentation, March 2026), and the mode's traits.
 *
 *    mode, pods of an ENI, its single addresses, joins from, traits */
#define PODS_LIST(X)                                                                               \
    X(CNICALC_MODE_SHARED_ENI, I, I, 12, CNICALC__ON_WINDOWS)                                      \
    X(CNICALC_MODE_SHARED_ENI_TRUNK, I, I, 12, CNICALC__MEMBER_ENIS)                               \
    X(CNICALC_MODE_EXCLUSIVE_ENI, 1, 1, 7, CNICALC__WHOLE_ENIS)                                    \
    X(CNICALC_MODE_IP_PREFIX, (I - 1) * PODS_PER_PREFIX, 1, 12, CNICALC__PREFIXES)                 \
    X(CNICALC__PODS_ON_WINDOWS, (I - 1), I, 0, 0)                                                  \
    X(CNICALC__PODS_BY_IPV6, PODS_PER_IPV6_PREFIX, 1, 0, 0)                                        \
    X(CNICALC__PODS_WITHOUT_IPV6, 0, 1, 0, 0)

/* Both are lines over I, which two points give: no branch finds the formula of a mode, which
 * nothing foretells. */
struct line {
    int32_t at_0;
    int32_t slope;
};

struct mode {
    struct line pods;
    struct line addresses;
    uint32_t min_pods_to_join;
    uint32_t traits;
};

#define AT_0(formula, pods, addresses, joins_from, traits)                                         \
    PODS_AT_0_##formula = (pods), ADDRESSES_AT_0_##formula = (addresses),
#define AT_1(formula, pods, addresses, joins_from, traits)                                         \
    PODS_AT_1_##formula = (pods), ADDRESSES_AT_1_##formula = (addresses),
#define I 0
enum { PODS_LIST(AT_0) };
#undef I
#define I 1
enum { PODS_LIST(AT_1) };
#undef I

/* Of a negative size, which no compiler takes, where a formula is no line. */
#define LINES(formula, pods, addresses, joins_from, traits)                                        \
    typedef char formula##_is_a_line[(pods) == 2 * PODS_AT_1_##formula - PODS_AT_0_##formula &&    \
                                             (addresses) == 2 * ADDRESSES_AT_1_##formula -         \
                                                                ADDRESSES_AT_0_##formula           \
                                         ? 1                                                       \
                                         : -1];
#define I 2
PODS_LIST(LINES)
#undef I

#define MODE(formula, pods, addresses, joins_from, traits)                                         \
    [formula] = {{PODS_AT_0_##formula, PODS_AT_1_##formula - PODS_AT_0_##formula},                 \
                 {ADDRESSES_AT_0_##formula, ADDRESSES_AT_1_##formula - ADDRESSES_AT_0_##formula},  \
                 joins_from,                                                                       \
                 traits},
static const struct mode MODES[] = {PODS_LIST(MODE)};

CNICALC__INLINE uint64_t value_at(struct line line, uint32_t addresses)
{
    int64_t value = line.at_0 + (int64_t)line.slope * addresses;
    return value > 0 ? (uint64_t)value : 0;
}

CNICALC__COLD const char *cnicalc__node_pods_formula(uint32_t formula)
{
#define TEXT(formula, pods, addresses, joins_from, traits) CNICALC__DIGITS(pods) "\0"
    return cnicalc__nth_text("\0" PODS_LIST(TEXT), formula);
}

/* ---- The question ---- */

CNICALC__INLINE cnicalc_status check_words(const cnicalc_node_options *options)
{
    static const uint32_t ZEROS[sizeof options->reserved / sizeof *options->reserved] = {0};
    if (options->struct_size != sizeof *options) {
        return CNICALC_ERR_STRUCT_SIZE;
    }
    if (memcmp(options->reserved, ZEROS, sizeof ZEROS) != 0) {
        return CNICALC_ERR_RESERVED;
    }
    return (options->erdma | options->windows) > 1 ? CNICALC_ERR_FLAG : CNICALC_OK;
}

/* IPv6 beside IPv4 or alone, which a mode of prefixes allows. */
static cnicalc_status apply_stack(cnicalc__node_question *question)
{
    uint32_t stack = question->options->ip_stack;
    if (stack == CNICALC_IP_STACK_IPV6 && (question->traits & CNICALC__PREFIXES) != 0) {
        question->formula = CNICALC__PODS_BY_IPV6;
        question->traits &= ~(uint32_t)CNICALC__PREFIXES;
        question->traits |= CNICALC__IPV6_PREFIX | CNICALC__LIMITED;
        return CNICALC_OK;
    }
    return stack == CNICALC_IP_STACK_DUAL ? CNICALC_OK : CNICALC_ERR_NODE_IP_STACK;
}

/* eRDMA and Windows. */
static cnicalc_status apply_flags(cnicalc__node_question *question)
{
    const cnicalc_node_options *options = question->options;
    if (options->erdma) {
        if (options->ip_stack != CNICALC_IP_STACK_IPV4) {
            return CNICALC_ERR_NODE_ERDMA_DUAL_STACK;
        }
        question->traits |= CNICALC__ERDMA | CNICALC__CAPPED | CNICALC__LIMITED;
    }
    if (options->windows) {
        if ((question->traits & CNICALC__ON_WINDOWS) == 0) {
            return CNICALC_ERR_NODE_WINDOWS_MODE;
        }
        question->formula = CNICALC__PODS_ON_WINDOWS;
    }
    return CNICALC_OK;
}

CNICALC__INLINE cnicalc_status apply_choices(cnicalc__node_question *question)
{
    const cnicalc_node_options *options = question->options;
    cnicalc_status status = CNICALC_OK;
    if (((uint32_t)options->eni_cap_shift | options->max_eni) != 0 ||
        !cnicalc__ratio_is_one(options)) {
        question->traits |= CNICALC__CAPPED | CNICALC__LIMITED;
    }
    if (options->ipv4_prefix_count != CNICALC_UNKNOWN) {
        question->traits |= CNICALC__LIMITED;
    }
    if (options->ip_stack != CNICALC_IP_STACK_IPV4) {
        status = apply_stack(question);
    }
    if (status == CNICALC_OK && options->eni_cap_ratio_denominator == 0) {
        status = CNICALC_ERR_NODE_RATIO;
    }
    if (status == CNICALC_OK && (options->erdma | options->windows) != 0) {
        status = apply_flags(question);
    }
    if (status == CNICALC_OK && options->erdma_ipam - 1 >= CNICALC_ERDMA_IPAM_COUNT - 1) {
        status = CNICALC_ERR_NODE_ERDMA_IPAM;
    }
    return status;
}

CNICALC__INLINE cnicalc_status ask(const cnicalc_node_options *options, uint32_t mode,
                                   cnicalc__node_question *question)
{
    cnicalc_status status = check_words(options);
    if (status != CNICALC_OK) {
        return status;
    }
    if (mode - 1 >= CNICALC_MODE_COUNT - 1) {
        return CNICALC_ERR_NODE_MODE;
    }
    question->options = options;
    question->formula = mode;
    question->min_pods_to_join = options->min_pods_to_join;
    if (options->min_pods_to_join == 0) {
        question->min_pods_to_join = MODES[mode].min_pods_to_join;
    }
    question->traits = MODES[mode].traits;
    return apply_choices(question);
}

CNICALC__COLD cnicalc_status cnicalc__node_ask(const cnicalc_node_options *options, uint32_t mode,
                                               cnicalc__node_question *question)
{
    return ask(options, mode, question);
}

/* ---- ENIs ---- */

/* The first column of the instance that an ECS node needs and that is not published, or
 * CNICALC_UNKNOWN. */
CNICALC__INLINE uint32_t missing_column(const cnicalc__node *node)
{
    const cnicalc_instance *instance = node->instance;
    if (instance->eni_quantity == CNICALC_UNKNOWN) {
        return CNICALC__COLUMN_OF(eni_quantity);
    }
    if (cnicalc__node_wants_erdma(instance, node->traits) &&
        instance->eri_quantity == CNICALC_UNKNOWN) {
        return CNICALC__COLUMN_OF(eri_quantity);
    }
    if ((node->traits & CNICALC__IPV6_PREFIX) != 0) {
        return instance->eni_ipv6_address_quantity != CNICALC_UNKNOWN
                   ? CNICALC_UNKNOWN
                   : CNICALC__COLUMN_OF(eni_ipv6_address_quantity);
    }
    return instance->eni_private_ip_address_quantity != CNICALC_UNKNOWN ||
                   (node->traits & CNICALC__WHOLE_ENIS) != 0
               ? CNICALC_UNKNOWN
               : CNICALC__COLUMN_OF(eni_private_ip_address_quantity);
}

CNICALC__INLINE cnicalc_status find_ecs(cnicalc__node *node)
{
    node->missing = missing_column(node);
    if (node->missing != CNICALC_UNKNOWN) {
        return CNICALC_ERR_LIMITS_UNKNOWN;
    }
    if ((node->traits & CNICALC__IPV6_PREFIX) != 0 &&
        node->instance->eni_ipv6_address_quantity == 0) {
        node->formula = CNICALC__PODS_WITHOUT_IPV6;
    }
    node->eni_quantity = node->instance->eni_quantity;
    node->primary_enis = 1;
    return CNICALC_OK;
}

/* LeniQuota - 1, or HighDenseQuantity on a high-density node (ACK documentation, Terway source).
 * No join floor is published, and no option limits the pods. */
CNICALC__INLINE cnicalc_status find_lingjun(cnicalc__node *node)
{
    if ((node->traits & (CNICALC__WHOLE_ENIS | CNICALC__CAPPED)) != CNICALC__WHOLE_ENIS) {
        return CNICALC_ERR_NODE_LINGJUN_MODE;
    }
    node->traits = CNICALC__WHOLE_ENIS | CNICALC__LINGJUN;
    node->min_pods_to_join = node->options->min_pods_to_join;
    node->primary_enis = !cnicalc__is_quantity(node->instance->high_dense_quantity);
    node->eni_quantity =
        node->primary_enis != 0 ? node->instance->leni_quota : node->instance->high_dense_quantity;
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

CNICALC__INLINE uint64_t ones_if(int condition)
{
    return 0 - (uint64_t)condition;
}

/* Overflows where the IPv4 addresses of the ENIs do, those of their prefixes included. */
CNICALC__INLINE int addresses_overflow(cnicalc__node *node)
{
    uint64_t in_prefixes = node->max_pods & ones_if((node->traits & CNICALC__PREFIXES) != 0);
    return cnicalc__add_overflows(node->serving_enis * node->addresses_per_eni, in_prefixes,
                                  &node->ipv4_addresses);
}

CNICALC__INLINE cnicalc_status count_pods(cnicalc__node *node, cnicalc__node_limits *limits)
{
    uint32_t addresses = node->instance->eni_private_ip_address_quantity;
    node->pods_per_eni = value_at(MODES[node->formula].pods, addresses);
    node->addresses_per_eni = value_at(MODES[node->formula].addresses, addresses);
    node->pod_enis = cnicalc__subtract_or_0(node->eni_quantity, node->primary_enis);
    node->serving_enis = node->pod_enis;
    node->bound_by = CNICALC_LIMIT_ENI_QUANTITY;
    if (cnicalc__mul_overflows(node->pod_enis, node->pods_per_eni, &node->by_type)) {
        return CNICALC_ERR_OVERFLOW;
    }
    node->max_pods = node->by_type;
    if ((node->traits & CNICALC__LIMITED) != 0) {
        if (cnicalc__node_limit(node->instance, node->options, node->traits, node->pods_per_eni,
                                limits) != CNICALC_OK) {
            return CNICALC_ERR_OVERFLOW;
        }
        node->pod_enis = limits->pod_enis;
        node->serving_enis = limits->serving_enis;
        node->max_pods = limits->max_pods;
        node->bound_by = limits->bound_by;
    }
    return addresses_overflow(node) ? CNICALC_ERR_OVERFLOW : CNICALC_OK;
}

CNICALC__APART cnicalc_status cnicalc__node_pods(const cnicalc__node_question *question,
                                                 const cnicalc_instance *instance,
                                                 cnicalc__node *node, cnicalc__node_limits *limits)
{
    cnicalc_status status = find(question, instance, node);
    return status == CNICALC_OK ? count_pods(node, limits) : status;
}

CNICALC__COLD void cnicalc__node_find(const cnicalc_instance *instance,
                                      const cnicalc_node_options *options, cnicalc__node *node,
                                      cnicalc__node_limits *limits)
{
    cnicalc__node_question question = {options, 0, 0, 0};
    memset(limits, 0xff, sizeof *limits); /* CNICALC_NO_LIMIT */
    limits->erdma_enis = 0;
    limits->below_zero = 0;
    (void)cnicalc__node_ask(options, options->mode, &question);
    (void)cnicalc__node_pods(&question, instance, node, limits);
}

/* ---- The answer ---- */

/* In trunk mode, the pods with a member ENI: T - E, and Terway's theoretical T - 2. All ones where
 * they are not known, which is so of most types. Other modes have none; no branch says so, since
 * nothing foretells the mode. Returns them and max_pods. */
CNICALC__INLINE uint64_t set_trunk_pods(const cnicalc__node *node, cnicalc_node_result *result)
{
    const cnicalc_instance *instance = node->instance;
    uint32_t total = instance->eni_trunk_supported != 0 ? instance->eni_total_quantity : 0;
    uint64_t unknown_or_0 = ones_if((node->traits & CNICALC__MEMBER_ENIS) != 0);
    result->trunk_pods = unknown_or_0;
    result->max_trunk_pods = unknown_or_0;
    if (instance->eni_trunk_supported != CNICALC_UNKNOWN && total != CNICALC_UNKNOWN &&
        unknown_or_0 != 0) {
        result->trunk_pods = cnicalc__subtract_or_0(total, instance->eni_quantity);
        result->max_trunk_pods = cnicalc__subtract_or_0(total, 2);
        return node->max_pods + result->trunk_pods;
    }
    return node->max_pods | unknown_or_0;
}

/* maxPods: what is set by hand, or the pods of shared ENI mode and a constant, all of 32-bit
 * factors. */
CNICALC__INLINE uint64_t kubelet_max_pods(const cnicalc__node *node)
{
    uint32_t addresses = node->instance->eni_private_ip_address_quantity;
    if (node->options->kubelet_max_pods != 0) {
        return node->options->kubelet_max_pods;
    }
    if (addresses == CNICALC_UNKNOWN || (node->traits & CNICALC__LINGJUN) != 0) {
        return CNICALC_UNKNOWN_COUNT;
    }
    uint64_t per_eni = node->formula == CNICALC__PODS_ON_WINDOWS ? node->pods_per_eni : addresses;
    return node->pod_enis * per_eni + EXTRA_PODS;
}

/* How many pods can run at one time, of all that have an ENI. kubelet's limit decides alone when
 * max_pods reaches it; above that, unknown trunk pods leave the answer open. It never lowers a mode
 * of whole ENIs. */
CNICALC__INLINE void set_schedulable(uint64_t all, uint64_t by_kubelet, uint32_t traits,
                                     cnicalc_node_result *result)
{
    uint64_t pods = cnicalc__min(by_kubelet, all);
    uint32_t other = CNICALC_LIMIT_KUBELET_MAX_PODS ^ result->bound_by;
    result->schedulable_pods = pods;
    result->schedulable_bound_by = result->bound_by ^ (other & (uint32_t)ones_if(by_kubelet < all));
    if ((pods > result->max_pods && all == CNICALC_UNKNOWN_COUNT) ||
        (result->kubelet_max_pods == CNICALC_UNKNOWN_COUNT &&
         (traits & CNICALC__WHOLE_ENIS) == 0)) {
        result->schedulable_pods = CNICALC_UNKNOWN_COUNT;
        result->schedulable_bound_by = CNICALC_LIMIT_NONE;
    }
}

/* Whether pods can have IPv6 beside IPv4: as many addresses of an ENI, in every mode. */
CNICALC__INLINE uint32_t runs_dual_stack(const cnicalc__node *node)
{
    uint32_t ipv4 = node->instance->eni_private_ip_address_quantity;
    uint32_t ipv6 = node->instance->eni_ipv6_address_quantity;
    if ((node->traits & (CNICALC__ERDMA | CNICALC__IPV6_PREFIX)) != 0 || ipv4 == 0 || ipv6 == 0 ||
        node->options->kubernetes_minor - 1 < FIRST_DUAL_STACK_MINOR - 1) { /* 0: not given */
        return 0;
    }
    uint32_t more = ipv4 > ipv6 ? ipv4 : ipv6;
    return (uint32_t)(ipv4 == ipv6) | (uint32_t)ones_if(more == CNICALC_UNKNOWN);
}

CNICALC__INLINE void set_rows(const cnicalc__node *node, const cnicalc__node_limits *limits,
                              uint64_t by_kubelet, cnicalc_node_result *result)
{
    cnicalc_limit_row *rows = result->limits;
    memcpy(rows, cnicalc__node_rows, sizeof cnicalc__node_rows);
    rows[CNICALC__ROW_ENI_QUANTITY].available = node->by_type;
    if ((node->traits & CNICALC__LIMITED) != 0) {
        rows[CNICALC__ROW_ENI_CAP].available = limits->by_cap;
        rows[CNICALC__ROW_MAX_ENI].available = limits->by_max_eni;
        rows[CNICALC__ROW_ERDMA].available = limits->by_erdma;
        rows[CNICALC__ROW_IPV4_PREFIX_COUNT].available = limits->by_prefixes;
        rows[CNICALC__ROW_IPV6_PREFIX].available = limits->by_ipv6;
    }
    rows[CNICALC__ROW_KUBELET_MAX_PODS].available = by_kubelet;
    result->limit_count = CNICALC__NODE_ROWS;
}

CNICALC__INLINE cnicalc_status answer(const cnicalc__node_question *question,
                                      const cnicalc_instance *instance, cnicalc_node_result *result)
{
    cnicalc__node node;
    cnicalc__node_limits limits;
    cnicalc_status status = find(question, instance, &node);
    if (status == CNICALC_OK) {
        status = count_pods(&node, &limits);
    }
    if (status != CNICALC_OK) {
        return status;
    }
    result->max_pods = node.max_pods;
    result->bound_by = node.bound_by;
    result->secondary_enis = node.serving_enis;
    result->ipv4_addresses = node.ipv4_addresses;
    result->min_pods_to_join = node.min_pods_to_join;
    result->joins = node.max_pods >= node.min_pods_to_join;
    result->dual_stack = runs_dual_stack(&node);
    uint64_t all = set_trunk_pods(&node, result);
    result->kubelet_max_pods = kubelet_max_pods(&node);
    uint64_t by_kubelet =
        cnicalc__remaining(result->kubelet_max_pods, node.options->host_network_pods);
    set_schedulable(all, by_kubelet, node.traits, result);
    set_rows(&node, &limits, by_kubelet, result);
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
    cnicalc_status status = ask(options, options->mode, &question);
    if (status == CNICALC_OK) {
        status = answer(&question, instance, out_result);
    }
    if (status == CNICALC_OK) {
        cnicalc__node_set_allocatable(instance, options, out_result);
    }
    return status;
}
