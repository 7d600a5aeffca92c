/* SPDX-License-Identifier: MIT */
#include "explain.h"

#include "../ask/node_options.h"
#include "../base/text_buffer.h"

#include <inttypes.h>

/* From this Kubernetes version on, what kubelet keeps is documented. */
#define RESERVED_MINOR 28

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
        return node_is_lingjun(instance) ? "A Lingjun node runs one pod on each LENI but its own, "
                                           "or the pods that high density allows"
                                         : "each of the others serves one pod";
    case CNICALC_MODE_IP_PREFIX:
        break;
    }
    return options->ip_stack == CNICALC_IP_STACK_IPV6
               ? "the others share one IPv6 prefix of 65536 addresses"
               : "each of the others keeps one address for itself and can hold a /28 of 16 in "
                 "place of each further one";
}

/* Prefixes, trunks, Lingjun, dual stack and every cap are known from Terway alone. */
static int is_of_terway_source(const cnicalc_instance *instance,
                               const cnicalc_node_options *options, uint32_t bound_by)
{
    return options->mode == CNICALC_MODE_IP_PREFIX || options->ip_stack == CNICALC_IP_STACK_DUAL ||
           options->mode == CNICALC_MODE_SHARED_ENI_TRUNK || node_is_lingjun(instance) ||
           bound_by != CNICALC_LIMIT_ENI_QUANTITY;
}

/* What kubelet keeps before that version is no documentation's. */
static int is_of_running_nodes(const cnicalc_node_options *options)
{
    return options->kubernetes_minor != 0 && options->kubernetes_minor < RESERVED_MINOR &&
           !options->windows;
}

static void add_max_pods(struct text_buffer *text, const cnicalc_node_options *options,
                         const cnicalc_node_result *result)
{
    uint64_t pods = options->host_network_pods;
    uint64_t left = result->kubelet_max_pods > pods ? result->kubelet_max_pods - pods : 0;
    text_add(text,
             " kubelet's maxPods is %" PRIu64 "; %" PRIu64
             " pods on the node's own address leave %" PRIu64 ".",
             result->kubelet_max_pods, pods, left);
}

static void add_allocatable(struct text_buffer *text, const cnicalc_node_options *options,
                            const cnicalc_node_result *result)
{
    if (result->allocatable_cpu_millicores != CNICALC_UNKNOWN_COUNT) {
        text_add(text, " kubelet keeps %" PRIu64 " millicores and leaves %" PRIu64 ".",
                 result->kubelet_reserved_cpu_millicores, result->allocatable_cpu_millicores);
    }
    if (result->allocatable_memory_kib != CNICALC_UNKNOWN_COUNT) {
        text_add(text,
                 " Of memory it keeps %" PRIu64 " MiB, 300 MiB more stay free, and %" PRIu64
                 " KiB are left%s.",
                 result->kubelet_reserved_memory_mib, result->allocatable_memory_kib,
                 options->memory_capacity_kib == 0
                     ? " of the type's; a running node has less memory than its type"
                     : "");
    }
}

const char *explain_node(const cnicalc_instance *instance, const cnicalc_node_options *options,
                         const cnicalc_node_result *result, const char *formula)
{
    struct text_buffer text = {NULL, 0, 0};
    text_add(&text, "%s, %s: %s pods, limited by %s. %s%s.", instance->name,
             cnicalc_mode_name(options->mode), formula, cnicalc_limit_text(result->bound_by),
             node_is_lingjun(instance) ? "" : "The primary ENI belongs to the node; ",
             node_rule(instance, options));
    if (options->mode == CNICALC_MODE_SHARED_ENI_TRUNK &&
        result->trunk_pods != CNICALC_UNKNOWN_COUNT) {
        text_add(&text, " A trunk adds %" PRIu64 " pods with an ENI of their own.",
                 result->trunk_pods);
    }
    if (result->kubelet_max_pods != CNICALC_UNKNOWN_COUNT) {
        add_max_pods(&text, options, result);
    }
    add_allocatable(&text, options, result);
    if (result->min_pods_to_join != 0) {
        text_add(&text, " A node needs %" PRIu64 " pods to join.", result->min_pods_to_join);
    }
    text_add_plain(&text, " Source: ACK documentation, March 2026");
    text_add_plain(&text, is_of_terway_source(instance, options, result->bound_by)
                              ? "; Terway source, July 2026"
                              : "");
    text_add_plain(&text, is_of_running_nodes(options)
                              ? "; running nodes (what kubelet keeps before 1.28)."
                              : ".");
    return text.text;
}

/* ---- A cluster ---- */

/* " Nodes by quota: 200." for each limit that applies. */
static void add_limits(struct text_buffer *text, const cnicalc_limit_row *rows, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (rows[i].available != CNICALC_NO_LIMIT) {
            text_add(text, " %s: %" PRIu64 ".", cnicalc_limit_heading(rows[i].limit),
                     rows[i].available);
        }
    }
}

const char *explain_flannel(const cnicalc_flannel_result *result)
{
    struct text_buffer text = {NULL, 0, 0};
    text_add(&text,
             "Each node gets a /%" PRIu32 " of the pod CIDR: 2^(%" PRIu32 " - %" PRIu32
             ") blocks of 2^(32 - %" PRIu32 ") = %" PRIu64
             " addresses. Less those of network, gateway and broadcast, %" PRIu64 " are for pods. "
             "Pods on the host network count inside the pods per node.",
             result->node_mask, result->node_mask, result->pod_prefix_len, result->node_mask,
             result->pods_per_node, result->usable_pod_ips);
    add_limits(&text, result->limits, result->limit_count);
    text_add(&text,
             " So %" PRIu64 " nodes, limited by %s. Source: ACK and VPC documentation, 2026.",
             result->max_nodes, cnicalc_limit_text(result->bound_by));
    return text.text;
}

const char *explain_terway(const cnicalc_terway_result *result)
{
    struct text_buffer text = {NULL, 0, 0};
    text_add(
        &text,
        "A vSwitch of mask m has 2^(32 - m) - 4 addresses, and %" PRIu64
        " are free for pods. A node takes those of its zone, up to %" PRIu64
        " pods, and each of its ENIs takes them from one vSwitch. A basic security group counts "
        "addresses, an advanced one ENIs.",
        result->pod_addresses, result->pods_per_node);
    add_limits(&text, result->limits, result->limit_count);
    text_add(&text,
             " So %" PRIu64 " nodes, limited by %s. Source: ACK, VPC and ECS documentation, 2026; "
             "Terway source, July 2026.",
             result->max_nodes, cnicalc_limit_text(result->bound_by));
    return text.text;
}

/* ---- Connection tables ---- */

const char *explain_conntrack(const cnicalc_conntrack_result *result)
{
    struct text_buffer text = {NULL, 0, 0};
    text_add(
        &text,
        "The tables share trunc(memory * ratio) = %" PRIu64
        " bytes in proportion to their defaults: 524288 TCP, 262144 other, 524288 NAT and "
        "524288 neighbor entries and 262144 of socket reverse NAT, of 94, 94, 94, 24 and 48 "
        "bytes, 148373504 in all. So TCP has 524288 * %" PRIu64
        " / 148373504, rounded down, at least 131072 and at most 16777216 (the two tables of "
        "262144: "
        "at least 65536). A size set by hand replaces the computed one. A full table evicts its "
        "oldest connection. Source: Cilium source, July 2026.",
        result->budget_bytes, result->budget_bytes);
    return text.text;
}

const char *explain_grow(const cnicalc_terway_grow_result *result)
{
    struct text_buffer text = {NULL, 0, 0};
    const cnicalc_limit_row *space =
        cnicalc_limit_find(result->limits, result->limit_count, CNICALC_LIMIT_VPC_SPACE);
    text_add(&text,
             "A vSwitch of mask m has 2^(32 - m) - 4 addresses, pods take those of their node's "
             "zone. What pods lack goes to vSwitches for pods, /16 to /25, what nodes lack to "
             "vSwitches for nodes, /16 to /29: as few as possible, then as small as possible, at "
             "the lowest free places. %" PRIu64 " nodes and their %" PRIu64
             " pods need vSwitches of %" PRIu64
             " further addresses. Source: ACK and VPC documentation, 2026; Terway source, July "
             "2026.",
             result->nodes, result->pods, space->needed);
    return text.text;
}
