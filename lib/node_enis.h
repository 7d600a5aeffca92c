/* SPDX-License-Identifier: MIT */
/* The ENIs of a node that serve pods, and the pods on each: a question reduced to its terms. */
#ifndef CNICALC_LIB_NODE_ENIS_H
#define CNICALC_LIB_NODE_ENIS_H

#include "internal.h"
#include "node_rules.h"

#define PODS_PER_IPV6_PREFIX 65536 /* of a /80, the most that Terway hands out from it */

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
    terms->cap_enis = cnicalc__subtract_or_0(enis, (uint64_t)-change);
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
    uint64_t slots = cnicalc__subtract_or_0(ipv4, rule->own_slots + options->windows);
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
    terms->type_enis = cnicalc__subtract_or_0(terms->eni_quantity, terms->primary_enis);
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
    terms->pod_enis = cnicalc__subtract_or_0(enis, terms->erdma_enis);
    terms->below_zero |= enis < terms->erdma_enis;
    return pods_per_eni(instance, options, &terms->pods_per_eni);
}

/* LeniQuota - 1, or HighDenseQuantity on a high-density node (ACK documentation, Terway source). */
static cnicalc_status lingjun_terms(const cnicalc_instance *instance,
                                    const cnicalc_node_options *options, cnicalc__node_terms *terms)
{
    if (options->mode != CNICALC_MODE_EXCLUSIVE_ENI || options->erdma || options->max_eni != 0 ||
        options->eni_cap_shift != 0 || !ratio_is_one(options)) {
        return CNICALC_ERR_NODE_LINGJUN_MODE;
    }
    int dense = is_quantity(instance->high_dense_quantity);
    terms->eni_quantity = dense ? instance->high_dense_quantity : instance->leni_quota;
    terms->primary_enis = dense ? 0 : 1;
    terms->type_enis = cnicalc__subtract_or_0(terms->eni_quantity, terms->primary_enis);
    terms->cap_enis = CNICALC_NO_LIMIT;
    terms->max_enis = CNICALC_NO_LIMIT;
    terms->erdma_enis = 0;
    terms->pod_enis = terms->type_enis;
    terms->below_zero = 0;
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

#endif
