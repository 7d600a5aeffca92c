/* SPDX-License-Identifier: MIT */
#include "node_options.h"

#include "complaint.h"
#include "number.h"

#include <stdio.h>

static int parse_eni_cap(const struct args *args, cnicalc_node_options *node)
{
    const char *ratio = args_value(args, "eni-cap-ratio");
    const char *shift = args_value(args, "eni-cap-shift");
    if (ratio != NULL && !number_parse_ratio(ratio, &node->eni_cap_ratio_numerator,
                                             &node->eni_cap_ratio_denominator)) {
        return args_refuse(args, "eni-cap-ratio",
                           "not a number such as 0.5 or 1/2, with at most nine decimals");
    }
    if (shift != NULL && !number_parse_signed(shift, &node->eni_cap_shift)) {
        return args_refuse(args, "eni-cap-shift",
                           "not a whole number from -2147483647 to 2147483647");
    }
    return 1;
}

int node_options_parse(const struct args *args, cnicalc_node_options *out_node)
{
    expect_ok(cnicalc_node_options_init(out_node, sizeof *out_node));
    out_node->erdma = (uint32_t)args_given(args, "erdma");
    out_node->windows = (uint32_t)args_given(args, "windows");
    return parse_eni_cap(args, out_node) && args_number32(args, "max-eni", 0, &out_node->max_eni) &&
           args_number32(args, "host-network-pods", 0, &out_node->host_network_pods) &&
           args_number32(args, "kubelet-max-pods", 1, &out_node->kubelet_max_pods) &&
           args_number32(args, "ipv4-prefix-count", 0, &out_node->ipv4_prefix_count) &&
           args_number32(args, "min-pods-to-join", 1, &out_node->min_pods_to_join);
}

static int is_quantity(uint32_t quantity)
{
    return quantity != 0 && quantity != CNICALC_UNKNOWN;
}

int node_is_lingjun(const cnicalc_instance *instance)
{
    return is_quantity(instance->leni_quota) || is_quantity(instance->high_dense_quantity);
}

/* The unpublished quantity that stands in the way, in the order in which the library needs them. */
static const char *missing_quantity(const cnicalc_instance *instance,
                                    const cnicalc_node_options *node)
{
    if (instance->eni_quantity == CNICALC_UNKNOWN) {
        return "eni_quantity";
    }
    if (node->erdma && instance->eni_quantity > 2 && instance->eri_quantity == CNICALC_UNKNOWN) {
        return "eri_quantity";
    }
    return node->ip_stack == CNICALC_IP_STACK_IPV6 ? "eni_ipv6_address_quantity"
                                                   : "eni_private_ip_address_quantity";
}

/* Whether exclusive mode could be answered where another cannot. */
static int exclusive_answers(const cnicalc_instance *instance, const cnicalc_node_options *node)
{
    cnicalc_node_options other = *node;
    cnicalc_node_result result;
    other.mode = CNICALC_MODE_EXCLUSIVE_ENI;
    return cnicalc_node_solve(instance, &other, &result) == CNICALC_OK;
}

int node_options_refuse(const char *subcommand, const cnicalc_instance *instance,
                        const cnicalc_node_options *node, cnicalc_status status)
{
    const char *type = instance->name;
    const char *why = cnicalc_status_string(status);
    char what[128];
    snprintf(what, sizeof what, "%s --mode %s", type, cnicalc_mode_name(node->mode));
    if (status == CNICALC_ERR_LIMITS_UNKNOWN) {
        const char *hint = exclusive_answers(instance, node) ? "--mode exclusive does without it"
                                                             : "a row in a --catalog can give it";
        return complain(subcommand, type, "its %s is not published; %s",
                        missing_quantity(instance, node), hint);
    }
    if (status == CNICALC_ERR_NODE_WINDOWS_MODE) {
        return complain(subcommand, what, "%s; did you mean --mode shared?", why);
    }
    if (status == CNICALC_ERR_NODE_LINGJUN_MODE && node->mode != CNICALC_MODE_EXCLUSIVE_ENI) {
        return complain(subcommand, what, "%s; did you mean --mode exclusive?", why);
    }
    if (status == CNICALC_ERR_NODE_LINGJUN_MODE) {
        return complain(subcommand, type, "a Lingjun node has neither ENI caps nor eRDMA");
    }
    if (status == CNICALC_ERR_NODE_IP_STACK) {
        return complain(subcommand, what,
                        "IPv6 alone exists in IP prefix mode only; "
                        "did you mean --mode prefix?");
    }
    return complain(subcommand, what, "%s", why);
}
