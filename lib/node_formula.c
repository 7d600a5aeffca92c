/* SPDX-License-Identifier: MIT */
/* What is asked about nodes beside their pods, most of all the formula. */
#include "node.h"

cnicalc_status cnicalc_node_missing_column(const cnicalc_instance *instance,
                                           const cnicalc_node_options *options,
                                           uint32_t *out_column)
{
    cnicalc_node_result result;
    cnicalc__node node;
    cnicalc__node_limits limits;
    if (out_column == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = cnicalc_node_solve(instance, options, &result);
    if (status == CNICALC_OK) {
        *out_column = CNICALC_UNKNOWN;
    } else if (status == CNICALC_ERR_LIMITS_UNKNOWN) {
        status = CNICALC_OK;
        cnicalc__node_find(instance, options, &node, &limits);
        *out_column = node.missing;
    }
    return status;
}

uint64_t cnicalc_node_prefixes_for_pods(uint64_t pods)
{
    return cnicalc__divide_up(pods, CNICALC__ADDRESSES_PER_PREFIX);
}

/* "8", "8 * 1 / 2" inside trunc(), and the shift with its sign. */
static void write_cap(cnicalc__text *text, const cnicalc__node *node)
{
    const cnicalc_node_options *options = node->options;
    cnicalc__text_string(text, "trunc(");
    cnicalc__text_u64(text, node->eni_quantity);
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

static int are_capped(const cnicalc__node_limits *limits)
{
    return limits->cap_enis != CNICALC_NO_LIMIT || limits->max_enis != CNICALC_NO_LIMIT;
}

/* Whether a difference on the way to the ENIs does. */
static int passes_zero(const cnicalc__node *node, const cnicalc__node_limits *limits)
{
    return node->eni_quantity < node->primary_enis || limits->below_zero;
}

/* The secondary ENIs that are left, with no bracket around a bare difference: "8 - 1",
 * "min(8 - 1, 4) - 2", "max(0, min(8 - 1, 1) - 2)". One max() is enough for all differences: the
 * caps commute with it. */
static void write_enis(cnicalc__text *text, const cnicalc__node *node,
                       const cnicalc__node_limits *limits)
{
    int capped = are_capped(limits);
    int below_zero = passes_zero(node, limits);
    cnicalc__text_string(text, below_zero ? "max(0, " : "");
    cnicalc__text_string(text, capped ? "min(" : "");
    cnicalc__text_u64(text, node->eni_quantity);
    cnicalc__text_string(text, node->primary_enis != 0 ? " - 1" : "");
    if (limits->cap_enis != CNICALC_NO_LIMIT) {
        cnicalc__text_string(text, ", ");
        write_cap(text, node);
    }
    if (limits->max_enis != CNICALC_NO_LIMIT) {
        cnicalc__text_string(text, ", ");
        cnicalc__text_u64(text, limits->max_enis);
    }
    cnicalc__text_string(text, capped ? ")" : "");
    if (limits->erdma_enis != 0) {
        cnicalc__text_string(text, " - ");
        cnicalc__text_u64(text, limits->erdma_enis);
    }
    cnicalc__text_string(text, below_zero ? ")" : "");
}

/* Pods on one ENI: the text of node.c with its number for I, "30" or "(30 - 1) * 16", and where
 * that is 0 "max(0, 0 - 1) * 16". */
static void write_pods_per_eni(cnicalc__text *text, const char *formula, uint64_t addresses)
{
    for (; *formula != '\0'; formula++) {
        const char other[] = {*formula, '\0'};
        if (*formula == 'I') {
            cnicalc__text_u64(text, addresses);
        } else {
            cnicalc__text_string(text, *formula == '(' && addresses == 0 ? "max(0, " : other);
        }
    }
}

/* Whether the ENIs come as a bare difference, which a factor must not tear apart. */
static int is_difference(const cnicalc__node *node, const cnicalc__node_limits *limits)
{
    return !passes_zero(node, limits) && (!are_capped(limits) || limits->erdma_enis != 0);
}

static void write_formula(cnicalc__text *text, const cnicalc__node *node,
                          const cnicalc__node_limits *limits)
{
    const char *pods = cnicalc__node_pods_formula(node->formula);
    int has_factor = memcmp(pods, "1", 2) != 0;
    int brackets = has_factor && is_difference(node, limits);
    int by_prefixes = limits->by_prefixes != CNICALC_NO_LIMIT;
    int by_ipv6 = limits->by_ipv6 != CNICALC_NO_LIMIT;
    cnicalc__text_string(text, by_prefixes || by_ipv6 ? "min(" : "");
    cnicalc__text_string(text, brackets ? "(" : "");
    write_enis(text, node, limits);
    cnicalc__text_string(text, brackets ? ")" : "");
    if (has_factor) {
        cnicalc__text_string(text, " * ");
        write_pods_per_eni(text, pods, node->instance->eni_private_ip_address_quantity);
    }
    if (by_prefixes) {
        cnicalc__text_string(text, ", ");
        cnicalc__text_u64(text, node->options->ipv4_prefix_count);
        cnicalc__text_string(text, " * " CNICALC__DIGITS(CNICALC__ADDRESSES_PER_PREFIX) ")");
    } else if (by_ipv6) {
        cnicalc__text_string(text, ", ");
        cnicalc__text_u64(text, limits->by_ipv6);
        cnicalc__text_string(text, ")");
    }
}

cnicalc_status cnicalc_node_formula(const cnicalc_instance *instance,
                                    const cnicalc_node_options *options, char *out_text,
                                    size_t capacity)
{
    if (out_text == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc__node node;
    cnicalc__node_limits limits;
    cnicalc_node_result result;
    cnicalc_status status = cnicalc_node_solve(instance, options, &result);
    if (status != CNICALC_OK) {
        return status;
    }
    cnicalc__node_find(instance, options, &node, &limits);
    cnicalc__text text;
    cnicalc__text_begin(&text);
    write_formula(&text, &node, &limits);
    cnicalc__text_string(&text, " = ");
    cnicalc__text_u64(&text, result.max_pods);
    return cnicalc__text_copy(&text, out_text, capacity);
}
