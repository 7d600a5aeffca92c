/* SPDX-License-Identifier: MIT */
/* What the options of a node question take from its ENIs, and from what they hold. */
#include "node.h"

#define ROW(name, counts)                                                                          \
    [CNICALC__ROW_##name] = {CNICALC_LIMIT_##name, CNICALC_COUNTS_##counts, 0, CNICALC_NO_LIMIT}
const cnicalc_limit_row cnicalc__node_rows[CNICALC__NODE_ROWS] = {
    ROW(ENI_QUANTITY, PODS),
    ROW(ENI_CAP, PODS),
    ROW(MAX_ENI, PODS),
    ROW(ERDMA, PODS),
    ROW(IPV4_PREFIX_COUNT, PODS),
    ROW(IPV6_PREFIX, PODS),
    ROW(KUBELET_MAX_PODS, SCHEDULABLE_PODS),
};

/* What is left so far. */
struct left {
    uint64_t enis;
    uint64_t pods;
    uint32_t bound_by;
    int below_zero;
};

/* What cnicalc__bind() does with rows. */
CNICALC__INLINE void apply_limit(uint32_t limit, uint64_t pods, struct left *left)
{
    left->bound_by = pods < left->pods ? limit : left->bound_by;
    left->pods = cnicalc__min(pods, left->pods);
}

/* The same by a number of ENIs. */
CNICALC__INLINE cnicalc_status apply_enis(uint32_t limit, uint64_t enis, uint64_t pods_per_eni,
                                          struct left *left, uint64_t *out_pods)
{
    uint64_t pods = 0;
    if (cnicalc__mul_overflows(enis, pods_per_eni, &pods)) {
        return CNICALC_ERR_OVERFLOW;
    }
    *out_pods = pods;
    left->enis = cnicalc__min(enis, left->enis);
    apply_limit(limit, pods, left);
    return CNICALC_OK;
}

/* trunc(E * eni_cap_ratio) + eni_cap_shift - 1, at least 0 (Terway source, July 2026). Factors
 * below 2^32 leave room for the shift. */
CNICALC__INLINE uint64_t cap_enis(uint64_t enis, const cnicalc_node_options *options,
                                  struct left *left)
{
    if (!cnicalc__ratio_is_one(options)) {
        enis = enis * options->eni_cap_ratio_numerator / options->eni_cap_ratio_denominator;
    } else if (options->eni_cap_shift == 0) {
        return CNICALC_NO_LIMIT;
    }
    int64_t change = (int64_t)options->eni_cap_shift - 1;
    if (change < 0 && enis < (uint64_t)-change) {
        left->below_zero = 1;
        return 0;
    }
    return enis + (uint64_t)change;
}

/* What serves eRDMA: two ENIs where the daemon of a large node gives out addresses, which it does
 * not in exclusive mode (Terway source, July 2026). What is left are at most the type's pods. */
static void apply_erdma(const cnicalc_instance *instance, int has_daemon, uint64_t pods_per_eni,
                        struct left *left, cnicalc__node_limits *limits)
{
    uint64_t most = has_daemon && instance->eni_quantity >= 8 ? 2 : 1;
    uint64_t enis = cnicalc__min(instance->eri_quantity, most);
    if (enis != 0) {
        left->below_zero = left->enis < enis;
        left->enis = cnicalc__subtract_or_0(left->enis, enis);
        limits->erdma_enis = enis;
        limits->by_erdma = left->enis * pods_per_eni;
        apply_limit(CNICALC_LIMIT_ERDMA, limits->by_erdma, left);
    }
}

CNICALC__INLINE void apply_prefixes(uint64_t prefixes, uint64_t pods_per_eni, struct left *left,
                                    cnicalc__node_limits *limits)
{
    limits->by_prefixes = prefixes * CNICALC__ADDRESSES_PER_PREFIX;
    apply_limit(CNICALC_LIMIT_IPV4_PREFIX_COUNT, limits->by_prefixes, left);
    limits->serving_enis = cnicalc__node_prefix_enis(left->pods / CNICALC__ADDRESSES_PER_PREFIX,
                                                     pods_per_eni, left->enis);
}

/* Those that options set are laid over CNICALC_NO_LIMIT, in the order that breaks ties. */
cnicalc_status cnicalc__node_limit(const cnicalc_instance *instance,
                                   const cnicalc_node_options *options, uint32_t traits,
                                   uint64_t pods_per_eni, cnicalc__node_limits *limits)
{
    cnicalc_status status = CNICALC_OK;
    uint64_t enis = cnicalc__subtract_or_0(instance->eni_quantity, 1);
    struct left left = {enis, enis * pods_per_eni, CNICALC_LIMIT_ENI_QUANTITY, 0};
    memset(limits, 0xff, sizeof *limits);
    limits->erdma_enis = 0;
    uint64_t cap = cap_enis(instance->eni_quantity, options, &left);
    if (cap != CNICALC_NO_LIMIT) {
        limits->cap_enis = cap;
        status = apply_enis(CNICALC_LIMIT_ENI_CAP, cap, pods_per_eni, &left, &limits->by_cap);
    }
    if (status == CNICALC_OK && options->max_eni != 0) {
        limits->max_enis = options->max_eni;
        status = apply_enis(CNICALC_LIMIT_MAX_ENI, options->max_eni, pods_per_eni, &left,
                            &limits->by_max_eni);
    }
    if (cnicalc__node_wants_erdma(instance, traits)) {
        int has_daemon =
            options->erdma_ipam == CNICALC_ERDMA_IPAM_DAEMON && (traits & CNICALC__WHOLE_ENIS) == 0;
        apply_erdma(instance, has_daemon, pods_per_eni, &left, limits);
    }
    limits->serving_enis = left.enis;
    if ((traits & CNICALC__IPV6_PREFIX) != 0) {
        limits->by_ipv6 = CNICALC__PODS_PER_IPV6_PREFIX;
        apply_limit(CNICALC_LIMIT_IPV6_PREFIX, CNICALC__PODS_PER_IPV6_PREFIX, &left);
    } else if ((traits & CNICALC__PREFIXES) != 0 && options->ipv4_prefix_count != CNICALC_UNKNOWN) {
        apply_prefixes(options->ipv4_prefix_count, pods_per_eni, &left, limits);
    }
    limits->pod_enis = left.enis;
    limits->max_pods = left.pods;
    limits->bound_by = left.bound_by;
    limits->below_zero = left.below_zero;
    return status;
}
