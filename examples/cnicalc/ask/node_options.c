/* SPDX-License-Identifier: MIT */
#include "node_options.h"

#include "../base/complaint.h"
#include "number.h"

#include <stdio.h>

/* Two members of the options. */
static int parse_ratio(const struct asking *asking, void *member)
{
    cnicalc_node_options *node = member;
    return number_parse_ratio(asking->text, &node->eni_cap_ratio_numerator,
                              &node->eni_cap_ratio_denominator) ||
           asking_refuse(asking, "%s",
                         number_is_ratio(asking->text)
                             ? "it does not fit a fraction of two 32-bit numbers"
                             : "not a number such as 0.5 or 1/2, with at most nine decimals");
}

#define AT(member) offsetof(cnicalc_node_options, member)

const struct option node_options[] = {
    {"erdma", NULL, "some ENIs serve eRDMA", OPTION_FLAG, .where = AT(erdma),
     .more = "The built-in table does not know how many a type has; a catalogue can say so."},
    {"windows", NULL, "a Windows node (mode shared)", OPTION_FLAG, .where = AT(windows)},
    {"max-eni", "N", "Terway's max_eni; 0: no cap", OPTION_COUNT32, .where = AT(max_eni)},
    {"eni-cap-ratio", "R", "Terway's eni_cap_ratio, such as 0.5 or 1/2", OPTION_VALUE,
     .parse = parse_ratio,
     .more = "A decimal with at most nine places or a fraction; 0 reads as 1. In lowest terms both "
             "of its numbers fit 32 bits."},
    {"eni-cap-shift", "N", "Terway's eni_cap_shift, may be negative", OPTION_SIGNED32,
     .where = AT(eni_cap_shift)},
    {"ipv4-prefix-count", "N", "Terway's ipv4_prefix_count; 0: no cap", OPTION_COUNT32,
     .where = AT(ipv4_prefix_count)},
    {"host-network-pods", "N", "pods on the node's own address (default %d)", OPTION_COUNT32,
     .where = AT(host_network_pods)},
    {"kubelet-max-pods", "N", "kubelet's maxPods, when set by hand", OPTION_COUNT32,
     .where = AT(kubelet_max_pods), .low = 1},
    {"min-pods-to-join", "N", "fewest pods of a node that joins, in place of ACK's", OPTION_COUNT32,
     .where = AT(min_pods_to_join), .low = 1},
    OPTIONS_END};

#undef AT

/* How the library answers the type in another mode. */
static cnicalc_status solve_in(const cnicalc_instance *instance, const cnicalc_node_options *node,
                               uint32_t mode)
{
    cnicalc_node_options other = *node;
    cnicalc_node_result result;
    other.mode = mode;
    return cnicalc_node_solve(instance, &other, &result);
}

int node_is_lingjun(const cnicalc_instance *instance)
{
    cnicalc_node_options node;
    expect_ok(cnicalc_node_options_init(&node, sizeof node));
    return solve_in(instance, &node, CNICALC_MODE_SHARED_ENI) == CNICALC_ERR_NODE_LINGJUN_MODE;
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
    uint32_t column = CNICALC_UNKNOWN;
    expect_ok(cnicalc_node_missing_column(instance, node, &column));
    const char *missing = cnicalc_instance_column_name(column);
    if (solve_in(instance, node, CNICALC_MODE_EXCLUSIVE_ENI) == CNICALC_OK) {
        return complain(subcommand, instance->name,
                        "its %s is not published; %sexclusive does without it", missing, mode_form);
    }
    return complain(subcommand, instance->name,
                    "its %s is not published; a row in a --catalog can give it", missing);
}

int node_is_of_other_mode(cnicalc_status status)
{
    return status == CNICALC_ERR_NODE_WINDOWS_MODE || status == CNICALC_ERR_NODE_LINGJUN_MODE ||
           status == CNICALC_ERR_NODE_IP_STACK;
}

/* The first mode in which the node could be answered, or 0. */
static uint32_t find_mode(const cnicalc_instance *instance, const cnicalc_node_options *node)
{
    for (uint32_t mode = 1; mode < CNICALC_MODE_COUNT; mode++) {
        cnicalc_status status = solve_in(instance, node, mode);
        if (status == CNICALC_OK || status == CNICALC_ERR_LIMITS_UNKNOWN) {
            return mode;
        }
    }
    return 0;
}

int node_options_refuse(const char *subcommand, const cnicalc_instance *instance,
                        const cnicalc_node_options *node, const char *mode_form,
                        cnicalc_status status)
{
    const char *why = status == CNICALC_ERR_NODE_IP_STACK
                          ? "IPv6 alone exists in IP prefix mode only"
                          : cnicalc_status_string(status);
    uint32_t meant = find_mode(instance, node);
    char what[128];
    snprintf(what, sizeof what, "%s %s%s", instance->name, mode_form,
             cnicalc_mode_name(node->mode));
    if (status == CNICALC_ERR_LIMITS_UNKNOWN) {
        return node->mode == CNICALC_MODE_SHARED_ENI_TRUNK &&
                       solve_in(instance, node, node->mode) == CNICALC_OK
                   ? refuse_trunk(subcommand, what, instance, mode_form)
                   : refuse_unknown(subcommand, instance, node, mode_form);
    }
    if (status == CNICALC_ERR_NODE_LINGJUN_MODE &&
        solve_in(instance, node, CNICALC_MODE_EXCLUSIVE_ENI) == status) {
        return complain(subcommand, instance->name,
                        "a Lingjun node has neither ENI caps nor eRDMA");
    }
    if (meant != 0 && node_is_of_other_mode(status)) {
        return complain(subcommand, what, "%s; did you mean %s%s?", why, mode_form,
                        cnicalc_mode_name(meant));
    }
    return complain(subcommand, what, "%s", why);
}
