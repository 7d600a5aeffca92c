/* SPDX-License-Identifier: MIT */
/* The arithmetic of one row of cnicalc size. */
#include "size.h"

#include "../base/complaint.h"
#include "../base/text_buffer.h"

#include <inttypes.h>

#define MIB           (UINT64_C(1) << 20)
#define KIB_PER_MIB   1024
#define EVICTION_MIB  300
#define BLOCK_NO_PODS 3 /* addresses of a Flannel node's block that no pod gets */

/* "1 pod", "29 pods" */
static void add_count(struct text_buffer *text, uint64_t count, const char *what)
{
    text_add(text, "%" PRIu64 " %s%s", count, what, count == 1 ? "" : "s");
}

static uint64_t available(const cnicalc_workload_result *result, uint32_t limit)
{
    return cnicalc_limit_find(result->limits, result->limit_count, limit)->available;
}

/* ", less 10 % of headroom, less 250 millicores of DaemonSets is 14051 millicores", as far as there
 * are such. */
static void add_reductions(struct text_buffer *text, const struct size_request *request,
                           uint64_t daemons, uint64_t left, const char *unit)
{
    uint32_t percent = request->options.headroom_percent;
    if (percent != 0) {
        text_add(text, ", less %" PRIu32 " %% of headroom", percent);
    }
    if (daemons != 0) {
        text_add(text, ", less %" PRIu64 " %s of DaemonSets", daemons, unit);
    }
    if (percent != 0 || daemons != 0) {
        text_add(text, " is %" PRIu64 " %s", left, unit);
    }
}

/* "; 15890 / 500 = 31 pods.", or what a node holds of a mix. */
static void add_quotient(struct text_buffer *text, const struct size_request *request,
                         uint64_t left, uint64_t each, uint64_t pods)
{
    if (pods == CNICALC_NO_LIMIT) {
        text_add_plain(text, ", of which no pod requests any.");
    } else if (request->mix.count == 1 && each != 0) {
        text_add(text, "; %" PRIu64 " / %" PRIu64 " = ", left, each);
        add_count(text, pods, "pod");
        text_add_plain(text, ".");
    } else {
        text_add_plain(text, "; that is ");
        add_count(text, pods, "pod");
        text_add_plain(text, ".");
    }
}

static void add_cpu(struct text_buffer *text, const struct size_request *request,
                    const cnicalc_instance *instance, const cnicalc_workload_result *result)
{
    uint64_t capacity = UINT64_C(1000) * instance->vcpus;
    uint64_t left = result->allocatable_cpu_millicores;
    if (left == CNICALC_UNKNOWN_COUNT) {
        return;
    }
    text_add(text, " CPU: %" PRIu64 " - %" PRIu64 " = %" PRIu64 " millicores are allocatable",
             capacity, capacity - left, left);
    add_reductions(text, request, request->options.daemon_cpu_millicores,
                   result->pod_cpu_millicores, "millicores");
    add_quotient(text, request, result->pod_cpu_millicores,
                 request->mix.workloads[0].cpu_millicores, available(result, CNICALC_LIMIT_CPU));
}

/* Bytes as MiB where they are whole ones. */
static void add_memory(struct text_buffer *text, const struct size_request *request,
                       const cnicalc_instance *instance, const cnicalc_workload_result *result)
{
    uint64_t capacity = request->options.node.memory_capacity_kib;
    uint64_t left = result->allocatable_memory_kib;
    uint64_t each = request->mix.workloads[0].memory_bytes;
    uint64_t daemons = request->options.daemon_memory_bytes;
    int in_mib = result->pod_memory_bytes % MIB == 0 && each % MIB == 0 && daemons % MIB == 0;
    uint64_t unit = in_mib ? MIB : 1;
    if (left == CNICALC_UNKNOWN_COUNT) {
        return;
    }
    capacity = capacity != 0 ? capacity : (uint64_t)instance->memory_mib * KIB_PER_MIB;
    if (capacity % KIB_PER_MIB == 0 && left != 0) {
        text_add(text, " Memory: %" PRIu64 " - %" PRIu64 " - %d = %" PRIu64 " MiB are allocatable",
                 capacity / KIB_PER_MIB, (capacity - left) / KIB_PER_MIB - EVICTION_MIB,
                 EVICTION_MIB, left / KIB_PER_MIB);
    } else {
        text_add(text, " Memory: %" PRIu64 " - %" PRIu64 " = %" PRIu64 " KiB are allocatable",
                 capacity, capacity - left, left);
    }
    if (!in_mib) {
        text_add(text, ", %" PRIu64 " bytes", left * KIB_PER_MIB);
    }
    add_reductions(text, request, daemons / unit, result->pod_memory_bytes / unit,
                   in_mib ? "MiB" : "bytes");
    add_quotient(text, request, result->pod_memory_bytes / unit, each / unit,
                 available(result, CNICALC_LIMIT_MEMORY));
}

/* " - 4 of DaemonSets = 206" */
static void add_daemon_pods(struct text_buffer *text, const struct size_request *request,
                            uint64_t pods)
{
    uint32_t daemons = request->options.daemon_pods;
    if (daemons != 0) {
        text_add(text, ", less %" PRIu32 " of DaemonSets is %" PRIu64, daemons,
                 pods > daemons ? pods - daemons : 0);
    }
    text_add_plain(text, ".");
}

static void add_addresses(struct text_buffer *text, const struct size_request *request,
                          const cnicalc_instance *instance)
{
    const cnicalc_workload_options *options = &request->options;
    char formula[CNICALC_NODE_FORMULA_SIZE];
    cnicalc_node_result node;
    if (options->plugin == CNICALC_PLUGIN_FLANNEL) {
        uint64_t block = UINT64_C(1) << (32 - options->node_mask);
        text_add(text, " Addresses of a /%" PRIu32 ": %" PRIu64 " - %d = %" PRIu64 " pods",
                 options->node_mask, block, BLOCK_NO_PODS, block - BLOCK_NO_PODS);
        add_daemon_pods(text, request, block - BLOCK_NO_PODS);
        return;
    }
    expect_ok(cnicalc_node_formula(instance, &options->node, formula, sizeof formula));
    expect_ok(cnicalc_node_solve(instance, &options->node, &node));
    text_add(text, " ENIs: %s pods", formula);
    add_daemon_pods(text, request, node.max_pods);
}

static void add_kubelet(struct text_buffer *text, const struct size_request *request,
                        const cnicalc_workload_result *result)
{
    uint64_t host = request->options.node.host_network_pods;
    uint64_t most = result->kubelet_max_pods;
    if (most != CNICALC_UNKNOWN_COUNT) {
        text_add(text, " kubelet: %" PRIu64 " - %" PRIu64 " = %" PRIu64 " pods", most, host,
                 most > host ? most - host : 0);
        add_daemon_pods(text, request, most > host ? most - host : 0);
    }
}

static void add_nodes(struct text_buffer *text, const struct size_request *request,
                      const cnicalc_workload_result *result)
{
    if (result->bound_by == CNICALC_LIMIT_NONE) {
        text_add_plain(text, " Nothing limits these pods.");
        return;
    }
    text_add(text, " The least, %" PRIu64 ", is limited by %s", result->pods_per_node,
             cnicalc_limit_text(result->bound_by));
    if (result->nodes == CNICALC_NO_LIMIT) {
        text_add_plain(text, request->mix.count == 1
                                 ? ": no number of nodes holds the pods."
                                 : ": no number of nodes holds equal parts of the workloads.");
    } else if (request->mix.count == 1) {
        text_add(text, "; %" PRIu64 " / %" PRIu64 ", rounded up, is ", result->pods,
                 result->pods_per_node);
        add_count(text, result->nodes, "node");
        text_add_plain(text, ".");
    } else if (result->nodes == 1) {
        text_add_plain(text, "; one node runs all pods.");
    } else {
        text_add(text,
                 "; on %" PRIu64 " nodes each runs its equal part of every workload, at most ",
                 result->nodes);
        add_count(text, mix_pods_on_node(&request->mix, result->nodes, 0), "pod");
        text_add(text, ". No arrangement takes fewer than %" PRIu64 ".", result->nodes_at_least);
    }
}

const char *size_explain(const struct size_request *request, const cnicalc_instance *instance,
                         const cnicalc_workload_result *result)
{
    struct text_buffer text = {NULL, 0, 0};
    text_add(&text, "%s, %s:", instance->name,
             request->options.plugin == CNICALC_PLUGIN_FLANNEL
                 ? cnicalc_plugin_name(CNICALC_PLUGIN_FLANNEL)
                 : cnicalc_mode_name(request->options.node.mode));
    add_cpu(&text, request, instance, result);
    add_memory(&text, request, instance, result);
    add_addresses(&text, request, instance);
    add_kubelet(&text, request, result);
    add_nodes(&text, request, result);
    text_add_plain(&text, " Source: ACK documentation, March 2026; for what it starts from, see "
                          "cnicalc node --explain.");
    return text.text;
}
