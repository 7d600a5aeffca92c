/* SPDX-License-Identifier: MIT */
/* The rows of cnicalc size. */
#include "size.h"

#include "../answer/limits.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../base/text_buffer.h"

#include <inttypes.h>
#include <string.h>

#define KIB_PER_MIB 1024

/* One workload, and its equal part. */
struct part {
    const char *name; /* or NULL */
    uint64_t pods;
    uint64_t pods_per_node; /* or CNICALC_UNKNOWN_COUNT */
};

#define AT(member) offsetof(struct part, member)

static const struct field part_fields[] = {
    {"name", NULL, "the name of the workload, or null", FIELD_TEXT, .where = AT(name)},
    {"pods", NULL, "its pods", FIELD_COUNT, .where = AT(pods)},
    {"pods_per_node", NULL, "how many of them each node runs at most", FIELD_COUNT,
     .where = AT(pods_per_node)},
    FIELDS_END};

#undef AT
#define AT(member) offsetof(struct size_row, member)

const struct field size_fields[] = {
    {"instance_type", "INSTANCE TYPE", "the name of the type", FIELD_TEXT,
     .where = AT(instance_type)},
    {"vcpus", "VCPUS", "its vCPUs", FIELD_QUANTITY, .where = AT(vcpus)},
    {"memory_gib", "GIB", "its memory", FIELD_DECIMAL, .where = AT(memory_gib)},
    {"plugin", NULL, "the network plugin", FIELD_NAME, .where = AT(plugin),
     .name_of = cnicalc_plugin_name},
    {"mode", NULL, "the Terway mode, or null", FIELD_NAME, .where = AT(mode),
     .name_of = cnicalc_mode_name, .null_for_zero = 1},
    {"nodes", "NODES", "the fewest that hold all pods; null where no number does", FIELD_COUNT,
     .where = AT(result.nodes)},
    {"nodes_at_least", NULL, "no arrangement of several workloads takes fewer", FIELD_COUNT,
     .where = AT(result.nodes_at_least)},
    {"pods_per_node", "PODS/NODE", "the most that one node runs", FIELD_COUNT,
     .where = AT(result.pods_per_node)},
    {"used_cpu_percent", "CPU %", "of the nodes' allocatable CPU, what is requested", FIELD_DECIMAL,
     .where = AT(used_cpu_percent)},
    {"used_memory_percent", "MEMORY %", "of their allocatable memory, what is requested",
     FIELD_DECIMAL, .where = AT(used_memory_percent)},
    {"pod_addresses", "ADDRESSES", "addresses that the pods of all nodes take", FIELD_COUNT,
     .where = AT(result.pod_addresses)},
    {"joins", "JOINS", "whether ACK accepts such a node", FIELD_BOOL, .where = AT(joins)},
    {"fits", "FITS", "whether the nodes join and no limit is short", FIELD_BOOL, .where = AT(fits)},
    {"bound_by", NULL, "the limit that decides pods_per_node", FIELD_NAME,
     .where = AT(result.bound_by), .name_of = cnicalc_limit_name, .null_for_zero = 1},
    {"bound_by_text", "BOUND BY", "the same in words", FIELD_TEXT, .where = AT(bound_by_text)},
    {"short_of", NULL, "the first limit that is short, or null", FIELD_NAME,
     .where = AT(result.short_of), .name_of = cnicalc_limit_name, .null_for_zero = 1},
    {"reason", NULL, "why the type does not fit or is not known", FIELD_TEXT, .where = AT(reason)},
    {"limits", NULL, "pods per node by each limit, then what the cluster's allow", FIELD_LIMITS,
     .where = AT(result.limits), .count_where = AT(result.limit_count)},
    {"workloads", NULL, "the workloads, spread evenly", FIELD_LIST, .where = AT(workloads),
     .of = part_fields},
    {"kubelet_max_pods", NULL, "kubelet's maxPods", FIELD_COUNT,
     .where = AT(result.kubelet_max_pods)},
    {"allocatable_cpu_millicores", NULL, "CPU of a node that is left to pods", FIELD_COUNT,
     .where = AT(result.allocatable_cpu_millicores)},
    {"allocatable_memory_mib", NULL, "memory of a node that is left to pods, cut to whole MiB",
     FIELD_COUNT, .where = AT(allocatable_memory_mib)},
    {"pod_cpu_millicores", NULL, "of that CPU, what headroom and DaemonSets leave", FIELD_COUNT,
     .where = AT(result.pod_cpu_millicores)},
    {"pod_memory_bytes", NULL, "of that memory, what they leave", FIELD_COUNT,
     .where = AT(result.pod_memory_bytes)},
    {"idle_cpu_millicores", NULL, "CPU of all nodes that nothing requests", FIELD_COUNT,
     .where = AT(result.idle_cpu_millicores)},
    {"idle_memory_kib", NULL, "memory of all nodes that nothing requests", FIELD_COUNT,
     .where = AT(result.idle_memory_kib)},
    FIELD_EXPLAIN(struct size_row, explain),
    FIELDS_END};

#undef AT

/* What is not idle. */
static struct decimal used_percent(uint32_t idle_thousandths)
{
    struct decimal percent = {CNICALC_UNKNOWN_COUNT, 1};
    if (idle_thousandths != CNICALC_UNKNOWN) {
        percent.scaled = 1000 - idle_thousandths;
    }
    return percent;
}

static const char *why_unknown(const struct size_request *request, const cnicalc_instance *instance,
                               cnicalc_status status)
{
    struct text_buffer text = {NULL, 0, 0};
    uint32_t column = CNICALC_UNKNOWN;
    if (status != CNICALC_ERR_LIMITS_UNKNOWN) {
        return cnicalc_status_string(status);
    }
    expect_ok(cnicalc_workload_missing_column(instance, request->mix.workloads, request->mix.count,
                                              &request->options, &column));
    text_add(&text, "its %s is not published", cnicalc_instance_column_name(column));
    return text.text;
}

/* The sentence of what is short; of a node that holds no pod, why. */
static const char *why_not(const cnicalc_workload_result *result)
{
    const cnicalc_limit_row *row =
        cnicalc_limit_find(result->limits, result->limit_count, result->short_of);
    struct text_buffer text = {NULL, 0, 0};
    if (row == NULL) {
        return NULL;
    }
    text_add_plain(&text, limits_reason(row, 1));
    if (result->nodes == CNICALC_NO_LIMIT && result->nodes_at_least != CNICALC_NO_LIMIT) {
        text_add(&text, "; nodes that differ may hold the pods, at least %" PRIu64,
                 result->nodes_at_least);
    }
    return text.text;
}

static void set_unknown(struct size_row *row)
{
    cnicalc_workload_result *result = &row->result;
    memset(result, 0, sizeof *result);
    memset(result, 0xff, offsetof(cnicalc_workload_result, idle_cpu_thousandths));
    result->idle_cpu_thousandths = CNICALC_UNKNOWN;
    result->idle_memory_thousandths = CNICALC_UNKNOWN;
    row->fits = CNICALC_UNKNOWN;
    row->joins = CNICALC_UNKNOWN;
}

static struct list spread(const struct mix *mix, uint64_t nodes)
{
    struct part *parts = memory_take(mix->count, sizeof *parts);
    const struct list list = {parts, mix->count, sizeof *parts};
    for (size_t i = 0; i < mix->count; i++) {
        const struct mix one = {&mix->workloads[i], NULL, 1};
        parts[i].name = mix->names == NULL ? NULL : mix->names[i];
        parts[i].pods = mix->workloads[i].pods;
        parts[i].pods_per_node =
            nodes == CNICALC_NO_LIMIT ? CNICALC_UNKNOWN_COUNT : mix_pods_on_node(&one, nodes, 0);
    }
    return list;
}

void size_fill_row(const struct size_request *request, const cnicalc_instance *instance,
                   struct size_row *row)
{
    cnicalc_workload_result *result = &row->result;
    memset(row, 0, sizeof *row);
    row->instance_type = instance->name;
    row->vcpus = instance->vcpus;
    row->memory_gib = type_memory_gib(instance);
    row->plugin = request->options.plugin;
    row->mode = row->plugin == CNICALC_PLUGIN_TERWAY ? request->options.node.mode : 0;
    cnicalc_status status = cnicalc_workload_solve(
        instance, request->mix.workloads, request->mix.count, &request->options, result, NULL);
    if (status == CNICALC_OK) {
        row->fits = result->fits;
        row->joins = result->joins;
        row->reason = result->fits ? NULL : why_not(result);
        row->explain = request->explain ? size_explain(request, instance, result) : NULL;
    } else {
        set_unknown(row);
        row->reason = why_unknown(request, instance, status);
    }
    row->workloads = spread(&request->mix, result->nodes);
    row->bound_by_text =
        result->bound_by == CNICALC_LIMIT_NONE ? NULL : cnicalc_limit_text(result->bound_by);
    row->allocatable_memory_mib = result->allocatable_memory_kib == CNICALC_UNKNOWN_COUNT
                                      ? CNICALC_UNKNOWN_COUNT
                                      : result->allocatable_memory_kib / KIB_PER_MIB;
    row->used_cpu_percent = used_percent(result->idle_cpu_thousandths);
    row->used_memory_percent = used_percent(result->idle_memory_thousandths);
}
