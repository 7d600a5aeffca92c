/* SPDX-License-Identifier: MIT */
#include "explain.h"

#include "../ask/node_options.h"
#include "../base/text_buffer.h"

#include <inttypes.h>
#include <string.h>

void explain_put(struct answer *answer, struct value *record, const char *paragraph)
{
    value_put(record, "explain", value_text(paragraph));
    answer_explain(answer, paragraph);
}

void explain_pods_bound(struct answer *answer, struct value *notes, const char *bound_by,
                        const char *max_pods_bound_by)
{
    struct text_buffer note = {NULL, 0, 0};
    if (strcmp(bound_by, max_pods_bound_by) != 0) {
        text_add(&note, "%s bounds the nodes, and %s the pods: so many nodes could run more",
                 bound_by, max_pods_bound_by);
        answer_note(answer, notes, note.text);
    }
}

/* ---- A node ---- */

/* What makes a place for a pod, by mode. */
static const char *node_rule(const cnicalc_instance *instance, const cnicalc_node_options *options)
{
    switch ((enum cnicalc_mode)options->mode) {
    case CNICALC_MODE_SHARED_ENI:
    case CNICALC_MODE_SHARED_ENI_TRUNK:
        return options->windows ? "every address of the others but their primary ones serves a pod"
                                : "every address of the others serves a pod";
    case CNICALC_MODE_EXCLUSIVE_ENI:
        return node_is_lingjun(instance)
                   ? "A Lingjun node has a place for each further LENI, or for "
                     "each pod that its high density allows"
                   : "each of the others serves one pod";
    case CNICALC_MODE_IP_PREFIX:
    default:
        return options->ip_stack == CNICALC_IP_STACK_IPV6
                   ? "the others share one IPv6 prefix of 65536 addresses"
                   : "each of the others keeps one address, and each further one makes room for a "
                     "/28 of 16";
    }
}

/* What lowers the pods of the node below those of its type. */
static const char *node_cap(uint32_t bound_by)
{
    switch ((enum cnicalc_node_limit)bound_by) {
    case CNICALC_NODE_LIMIT_ENI_CAP:
        return " Terway's eni_cap_ratio and eni_cap_shift leave it fewer ENIs.";
    case CNICALC_NODE_LIMIT_MAX_ENI:
        return " Terway's max_eni leaves it fewer ENIs.";
    case CNICALC_NODE_LIMIT_ERDMA:
        return " eRDMA takes ENIs of its own.";
    case CNICALC_NODE_LIMIT_PREFIX_COUNT:
        return " Terway's ipv4_prefix_count leaves it fewer prefixes.";
    case CNICALC_NODE_LIMIT_NONE:
    case CNICALC_NODE_LIMIT_ENI_QUANTITY:
    case CNICALC_NODE_LIMIT_IPV6_PREFIX:
    case CNICALC_NODE_LIMIT_KUBELET:
    default:
        return "";
    }
}

/* Prefixes, trunks, Lingjun and every cap are known from Terway alone. */
static int is_of_terway_source(const cnicalc_instance *instance,
                               const cnicalc_node_options *options, uint32_t bound_by)
{
    return options->mode == CNICALC_MODE_IP_PREFIX ||
           options->mode == CNICALC_MODE_SHARED_ENI_TRUNK || node_is_lingjun(instance) ||
           bound_by != CNICALC_NODE_LIMIT_ENI_QUANTITY;
}

const char *explain_node(const cnicalc_instance *instance, const cnicalc_node_options *options,
                         const cnicalc_node_result *result, const char *formula)
{
    struct text_buffer text = {NULL, 0, 0};
    text_add(&text, "%s, %s: %s pods. %s%s.%s", instance->name, cnicalc_mode_name(options->mode),
             formula, node_is_lingjun(instance) ? "" : "The primary ENI belongs to the node; ",
             node_rule(instance, options), node_cap(result->bound_by));
    if (options->mode == CNICALC_MODE_SHARED_ENI_TRUNK &&
        result->trunk_pods != CNICALC_UNKNOWN_COUNT) {
        text_add(&text, " A trunk adds %" PRIu64 " pods with an ENI of their own.",
                 result->trunk_pods);
    }
    if (result->kubelet_max_pods != CNICALC_UNKNOWN_COUNT) {
        text_add(&text,
                 " kubelet's maxPods is %" PRIu64 ", %" PRIu32
                 " of them for pods on the node's own address.",
                 result->kubelet_max_pods, options->host_network_pods);
    }
    if (result->min_pods_to_join != 0) {
        text_add(&text, " A node joins from %" PRIu64 " pods on.", result->min_pods_to_join);
    }
    text_add_plain(&text, " Source: ACK documentation, March 2026");
    text_add_plain(&text, is_of_terway_source(instance, options, result->bound_by)
                              ? "; Terway source, July 2026."
                              : ".");
    return text.text;
}

/* ---- A Flannel cluster ---- */

const char *explain_flannel(const cnicalc_flannel_result *result)
{
    struct text_buffer text = {NULL, 0, 0};
    uint64_t routes = result->limits[CNICALC_FLANNEL_LIMIT_ROUTES];
    text_add(&text,
             "Each node gets a /%" PRIu32 " of the pod CIDR: 2^(%" PRIu32 " - %" PRIu32
             ") = %" PRIu64 " nodes with 2^(32 - %" PRIu32 ") = %" PRIu64
             " addresses each, of which network, gateway and broadcast are no pod's: %" PRIu64 ".",
             result->node_mask, result->node_mask, result->pod_prefix_len,
             result->limits[CNICALC_FLANNEL_LIMIT_CIDR], result->node_mask, result->pods_per_node,
             result->usable_pod_ips);
    if (routes == CNICALC_NO_LIMIT) {
        text_add_plain(&text, " ACK Edge needs no VPC route for a node.");
    } else {
        text_add(&text, " Each node takes a custom route of the VPC, and %" PRIu64 " are free.",
                 routes);
    }
    text_add(&text,
             " The edition allows %" PRIu64 " nodes. The least of these is %" PRIu64
             ". Source: ACK and VPC documentation, 2026.",
             result->limits[CNICALC_FLANNEL_LIMIT_EDITION], result->max_nodes);
    return text.text;
}

/* ---- A Terway cluster ---- */

const char *explain_terway(const cnicalc_terway_result *result)
{
    struct text_buffer text = {NULL, 0, 0};
    text_add(&text,
             "A vSwitch of mask m has 2^(32 - m) - 4 addresses, and %" PRIu64
             " are free for pods. A node takes those of its zone, up to %" PRIu64 " pods.",
             result->pod_addresses, result->pods_per_node);
    for (uint32_t i = CNICALC_TERWAY_LIMIT_POD_VSWITCH; i <= CNICALC_TERWAY_LIMIT_JOIN_FLOOR; i++) {
        if (result->limits[i] != CNICALC_NO_LIMIT) {
            text_add(&text, " %s: %" PRIu64 " nodes.", cnicalc_terway_limit_name(i),
                     result->limits[i]);
        }
    }
    text_add(&text,
             " The least is %" PRIu64 ", by %s. Source: ACK, VPC and ECS documentation, 2026; "
             "Terway source, July 2026.",
             result->max_nodes, cnicalc_terway_limit_name(result->bound_by));
    return text.text;
}

/* ---- Connection tables ---- */

const char *explain_conntrack(const cnicalc_conntrack_result *result)
{
    struct text_buffer text = {NULL, 0, 0};
    text_add(&text,
             "The tables share trunc(memory * ratio) = %" PRIu64
             " bytes in proportion to their defaults: 524288 TCP, 262144 other, 524288 NAT and "
             "524288 neighbor entries and 262144 of socket reverse NAT, of 94, 94, 94, 24 and 48 "
             "bytes, 148373504 in all. So TCP has 524288 * %" PRIu64
             " / 148373504, cut, at least 131072 and at most 16777216 (the two tables of 262144: "
             "at least 65536). A size given by hand replaces its own. A full table evicts its "
             "oldest connection. Source: Cilium source, July 2026.",
             result->budget_bytes, result->budget_bytes);
    return text.text;
}
