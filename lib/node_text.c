/* SPDX-License-Identifier: MIT */
/* Names of modes and limits, and the formula of a node with its numbers. */
#include "internal.h"
#include "node_terms.h"

const char *cnicalc_mode_name(uint32_t mode)
{
    switch ((enum cnicalc_mode)mode) {
    case CNICALC_MODE_SHARED_ENI:
        return "shared";
    case CNICALC_MODE_SHARED_ENI_TRUNK:
        return "trunk";
    case CNICALC_MODE_EXCLUSIVE_ENI:
        return "exclusive";
    case CNICALC_MODE_IP_PREFIX:
        return "prefix";
    }
    return "unknown";
}

cnicalc_status cnicalc_mode_parse(const char *name, size_t name_len, uint32_t *out_mode)
{
    return cnicalc__name_parse(cnicalc_mode_name, CNICALC_MODE_IP_PREFIX, CNICALC_ERR_NODE_MODE,
                               name, name_len, out_mode);
}

const char *cnicalc_node_limit_name(uint32_t limit)
{
    switch ((enum cnicalc_node_limit)limit) {
    case CNICALC_NODE_LIMIT_NONE:
        return "none";
    case CNICALC_NODE_LIMIT_ENI_QUANTITY:
        return "eni_quantity";
    case CNICALC_NODE_LIMIT_ENI_CAP:
        return "eni_cap";
    case CNICALC_NODE_LIMIT_MAX_ENI:
        return "max_eni";
    case CNICALC_NODE_LIMIT_ERDMA:
        return "erdma";
    case CNICALC_NODE_LIMIT_PREFIX_COUNT:
        return "ipv4_prefix_count";
    case CNICALC_NODE_LIMIT_IPV6_PREFIX:
        return "ipv6_prefix";
    case CNICALC_NODE_LIMIT_KUBELET:
        return "kubelet_max_pods";
    }
    return "unknown";
}

/* "8", "8 * 1 / 2" inside trunc(), and the shift with its sign. */
static void write_cap(cnicalc__text *text, const cnicalc__node_terms *terms,
                      const cnicalc_node_options *options)
{
    cnicalc__text_string(text, "trunc(");
    cnicalc__text_u64(text, terms->eni_quantity);
    cnicalc__text_string(text, " * ");
    cnicalc__text_u64(text, options->eni_cap_ratio_numerator != 0
                                ? options->eni_cap_ratio_numerator
                                : options->eni_cap_ratio_denominator);
    cnicalc__text_string(text, " / ");
    cnicalc__text_u64(text, options->eni_cap_ratio_denominator);
    cnicalc__text_string(text, ")");
    int64_t shift = options->eni_cap_shift;
    cnicalc__text_string(text, shift < 0 ? " - " : " + ");
    cnicalc__text_u64(text, (uint64_t)(shift < 0 ? -shift : shift));
    cnicalc__text_string(text, " - 1");
}

/* The secondary ENIs that are left, with no bracket around a bare difference: "8 - 1",
 * "min(8 - 1, 4) - 2", "max(0, min(8 - 1, 1) - 2)". One max() is enough for all differences: the
 * caps commute with it. */
static void write_enis(cnicalc__text *text, const cnicalc__node_terms *terms,
                       const cnicalc_node_options *options)
{
    int capped = terms->cap_enis != CNICALC_NO_LIMIT || terms->max_enis != CNICALC_NO_LIMIT;
    cnicalc__text_string(text, terms->below_zero ? "max(0, " : "");
    cnicalc__text_string(text, capped ? "min(" : "");
    cnicalc__text_u64(text, terms->eni_quantity);
    cnicalc__text_string(text, terms->primary_enis != 0 ? " - 1" : "");
    if (terms->cap_enis != CNICALC_NO_LIMIT) {
        cnicalc__text_string(text, ", ");
        write_cap(text, terms, options);
    }
    if (terms->max_enis != CNICALC_NO_LIMIT) {
        cnicalc__text_string(text, ", ");
        cnicalc__text_u64(text, terms->max_enis);
    }
    cnicalc__text_string(text, capped ? ")" : "");
    if (terms->erdma_enis != 0) {
        cnicalc__text_string(text, " - ");
        cnicalc__text_u64(text, terms->erdma_enis);
    }
    cnicalc__text_string(text, terms->below_zero ? ")" : "");
}

/* The pods on one ENI as a factor: " * 30", " * (30 - 1) * 16", nothing in exclusive mode. */
static void write_pods_per_eni(cnicalc__text *text, const cnicalc__node_terms *terms,
                               const cnicalc_instance *instance,
                               const cnicalc_node_options *options)
{
    uint32_t addresses = instance->eni_private_ip_address_quantity;
    int ipv6 = terms->ipv6_pods != CNICALC_NO_LIMIT;
    int prefix = options->mode == CNICALC_MODE_IP_PREFIX;
    if (options->mode == CNICALC_MODE_EXCLUSIVE_ENI) {
        return;
    }
    if (ipv6 || (!prefix && !options->windows)) {
        cnicalc__text_string(text, " * ");
        cnicalc__text_u64(text, terms->pods_per_eni);
        return;
    }
    cnicalc__text_string(text, addresses == 0 ? " * max(0, " : " * (");
    cnicalc__text_u64(text, addresses);
    cnicalc__text_string(text, prefix ? " - 1) * 16" : " - 1)");
}

/* Whether the ENIs come as a bare difference, which a factor must not tear apart. */
static int is_difference(const cnicalc__node_terms *terms)
{
    int capped = terms->cap_enis != CNICALC_NO_LIMIT || terms->max_enis != CNICALC_NO_LIMIT;
    return !terms->below_zero && (!capped || terms->erdma_enis != 0);
}

static void write_formula(cnicalc__text *text, const cnicalc__node_terms *terms,
                          const cnicalc_instance *instance, const cnicalc_node_options *options)
{
    int brackets = options->mode != CNICALC_MODE_EXCLUSIVE_ENI && is_difference(terms);
    int by_prefixes = terms->prefix_pods != CNICALC_NO_LIMIT;
    int by_ipv6 = terms->ipv6_pods != CNICALC_NO_LIMIT;
    cnicalc__text_string(text, by_prefixes || by_ipv6 ? "min(" : "");
    cnicalc__text_string(text, brackets ? "(" : "");
    write_enis(text, terms, options);
    cnicalc__text_string(text, brackets ? ")" : "");
    write_pods_per_eni(text, terms, instance, options);
    if (by_prefixes) {
        cnicalc__text_string(text, ", ");
        cnicalc__text_u64(text, options->ipv4_prefix_count);
        cnicalc__text_string(text, " * 16)");
    } else if (by_ipv6) {
        cnicalc__text_string(text, ", ");
        cnicalc__text_u64(text, terms->ipv6_pods);
        cnicalc__text_string(text, ")");
    }
}

cnicalc_status cnicalc_node_formula(const cnicalc_instance *instance,
                                    const cnicalc_node_options *options, char *out_text,
                                    size_t capacity)
{
    if (instance == NULL || options == NULL || out_text == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc__node_terms terms;
    cnicalc_status status = cnicalc__node_find_terms(instance, options, &terms);
    if (status != CNICALC_OK) {
        return status;
    }
    cnicalc_node_result result;
    status = cnicalc_node_solve(instance, options, &result);
    if (status != CNICALC_OK) {
        return status;
    }
    cnicalc__text text;
    cnicalc__text_begin(&text);
    write_formula(&text, &terms, instance, options);
    cnicalc__text_string(&text, " = ");
    cnicalc__text_u64(&text, result.max_pods);
    return cnicalc__text_copy(&text, out_text, capacity);
}
