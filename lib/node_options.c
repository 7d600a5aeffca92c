/* SPDX-License-Identifier: MIT */
/* The options of a node question: defaults, checks, and what follows from them alone. */
#include "node.h"

/* ---- The modes ---- */

struct mode {
    uint8_t min_pods_to_join; /* "must exceed" 11 or 6 (ACK documentation, March 2026) */
    uint8_t traits;
};

static const struct mode MODES[CNICALC_MODE_COUNT] = {
    [CNICALC_MODE_SHARED_ENI] = {12, CNICALC__ON_WINDOWS},
    [CNICALC_MODE_SHARED_ENI_TRUNK] = {12, CNICALC__MEMBER_ENIS},
    [CNICALC_MODE_EXCLUSIVE_ENI] = {7, CNICALC__WHOLE_ENIS},
    [CNICALC_MODE_IP_PREFIX] = {12, CNICALC__PREFIXES},
};

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
    return cnicalc__name_parse(cnicalc_mode_name, CNICALC_MODE_COUNT - 1, CNICALC_ERR_NODE_MODE,
                               name, name_len, out_mode);
}

/* ---- The options ---- */

#define DEFAULT_HOST_NETWORK_PODS 3 /* the least; real nodes run 5 or 6 */

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

static cnicalc_status check_words(const cnicalc_node_options *options)
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

static cnicalc_status check_choices(const cnicalc_node_options *options, uint32_t traits)
{
    if (options->ip_stack - 1 >= CNICALC_IP_STACK_COUNT - 1 ||
        (cnicalc__is_ipv6_alone(options) && (traits & CNICALC__PREFIXES) == 0)) {
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

static int is_capped(const cnicalc_node_options *options)
{
    return ((uint32_t)options->eni_cap_shift | options->max_eni | options->erdma) != 0 ||
           !cnicalc__ratio_is_one(options);
}

/* Whether anything but the type may limit the ENIs, or what they hold. */
static uint32_t limits_of(const cnicalc_node_options *options)
{
    if (is_capped(options)) {
        return CNICALC__CAPPED | CNICALC__LIMITED;
    }
    return options->ipv4_prefix_count != CNICALC_UNKNOWN || cnicalc__is_ipv6_alone(options)
               ? CNICALC__LIMITED
               : 0;
}

cnicalc_status cnicalc__node_ask(const cnicalc_node_options *options, uint32_t mode,
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
    question->formula = options->windows                  ? CNICALC__PODS_ON_WINDOWS
                        : cnicalc__is_ipv6_alone(options) ? CNICALC__PODS_BY_IPV6
                                                          : mode;
    question->min_pods_to_join = options->min_pods_to_join;
    if (options->min_pods_to_join == 0) {
        question->min_pods_to_join = MODES[mode].min_pods_to_join;
    }
    question->traits = MODES[mode].traits | limits_of(options);
    return check_choices(options, question->traits);
}
