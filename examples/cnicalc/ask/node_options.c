/* SPDX-License-Identifier: MIT */
#include "node_options.h"

#include "../base/complaint.h"
#include "number.h"

#include <stdio.h>

static int parse_eni_cap(const struct args *args, cnicalc_node_options *node)
{
    const char *ratio = args_value(args, "eni-cap-ratio");
    const char *shift = args_value(args, "eni-cap-shift");
    if (ratio != NULL && !number_parse_ratio(ratio, &node->eni_cap_ratio_numerator,
                                             &node->eni_cap_ratio_denominator)) {
        return args_refuse(args, "eni-cap-ratio",
                           number_is_ratio(ratio)
                               ? "it does not fit a fraction of two 32-bit numbers"
                               : "not a number such as 0.5 or 1/2, with at most nine decimals");
    }
    if (shift != NULL && !number_parse_signed(shift, &node->eni_cap_shift)) {
        return args_refuse(args, "eni-cap-shift",
                           "not a whole number from -2147483648 to 2147483647");
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

/* How the library answers the type in another mode. */
static cnicalc_status solve_in(const cnicalc_instance *instance, const cnicalc_node_options *node,
                               uint32_t mode)
{
    cnicalc_node_options other = *node;
    cnicalc_node_result result;
    other.mode = mode;
    return cnicalc_node_solve(instance, &other, &result);
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

/* The node is known, but not how many trunk pods run on it. */
static int refuse_trunk(const char *subcommand, const char *what, const cnicalc_instance *instance,
                        const char *mode_form)
{
    int total = instance->eni_total_quantity == CNICALC_UNKNOWN;
    int supported = instance->eni_trunk_supported == CNICALC_UNKNOWN;
    const char *names = total ? "eni_total_quantity is" : "eni_trunk_supported is";
    const char *pronoun = "it";
    if (total && supported) {
        names = "eni_total_quantity and eni_trunk_supported are";
        pronoun = "them";
    }
    return complain(subcommand, what,
                    "its %s not published, on which its trunk pods depend; %sshared does without "
                    "%s, and a row in a --catalog can give %s",
                    names, mode_form, pronoun, pronoun);
}

static int refuse_unknown(const char *subcommand, const cnicalc_instance *instance,
                          const cnicalc_node_options *node, const char *mode_form)
{
    const char *missing = missing_quantity(instance, node);
    if (solve_in(instance, node, CNICALC_MODE_EXCLUSIVE_ENI) == CNICALC_OK) {
        return complain(subcommand, instance->name,
                        "its %s is not published; %sexclusive does without it", missing, mode_form);
    }
    return complain(subcommand, instance->name,
                    "its %s is not published; a row in a --catalog can give it", missing);
}

/* Complains about a mode that the node cannot have, and names the one that was meant if it can. */
static int refuse_mode(const char *subcommand, const char *what, const char *why,
                       const cnicalc_instance *instance, const cnicalc_node_options *node,
                       const char *mode_form, uint32_t meant)
{
    cnicalc_status status = solve_in(instance, node, meant);
    return status == CNICALC_OK || status == CNICALC_ERR_LIMITS_UNKNOWN
               ? complain(subcommand, what, "%s; did you mean %s%s?", why, mode_form,
                          cnicalc_mode_name(meant))
               : complain(subcommand, what, "%s", why);
}

int node_options_refuse(const char *subcommand, const cnicalc_instance *instance,
                        const cnicalc_node_options *node, const char *mode_form,
                        cnicalc_status status)
{
    const char *why = cnicalc_status_string(status);
    char what[128];
    snprintf(what, sizeof what, "%s %s%s", instance->name, mode_form,
             cnicalc_mode_name(node->mode));
    if (status == CNICALC_ERR_LIMITS_UNKNOWN) {
        return node->mode == CNICALC_MODE_SHARED_ENI_TRUNK &&
                       solve_in(instance, node, node->mode) == CNICALC_OK
                   ? refuse_trunk(subcommand, what, instance, mode_form)
                   : refuse_unknown(subcommand, instance, node, mode_form);
    }
    if (status == CNICALC_ERR_NODE_WINDOWS_MODE) {
        return refuse_mode(subcommand, what, why, instance, node, mode_form,
                           CNICALC_MODE_SHARED_ENI);
    }
    if (status == CNICALC_ERR_NODE_LINGJUN_MODE && node->mode != CNICALC_MODE_EXCLUSIVE_ENI) {
        return refuse_mode(subcommand, what, why, instance, node, mode_form,
                           CNICALC_MODE_EXCLUSIVE_ENI);
    }
    if (status == CNICALC_ERR_NODE_LINGJUN_MODE) {
        return complain(subcommand, instance->name,
                        "a Lingjun node has neither ENI caps nor eRDMA");
    }
    if (status == CNICALC_ERR_NODE_IP_STACK) {
        return refuse_mode(subcommand, what, "IPv6 alone exists in IP prefix mode only", instance,
                           node, mode_form, CNICALC_MODE_IP_PREFIX);
    }
    return complain(subcommand, what, "%s", why);
}
