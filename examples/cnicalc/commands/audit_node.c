/* SPDX-License-Identifier: MIT */
/* What a node of a running cluster is, and what it could run. */
#include "../ask/number.h"
#include "../base/complaint.h"
#include "audit.h"

#include <string.h>

/* More minor versions than there will be. */
#define MINOR_MAX 9999

#define AT(member) offsetof(struct audit_row, member)

const struct field audit_row_fields[] = {
    {"node", "NODE", "the name of the node", FIELD_TEXT, .where = AT(node)},
    {"instance_type", "INSTANCE TYPE", "its instance type", FIELD_TEXT, .where = AT(instance_type)},
    {"zone", "ZONE", "its zone", FIELD_TEXT, .where = AT(zone)},
    {"node_pool", "NODE POOL", "the id of its node pool", FIELD_TEXT, .where = AT(node_pool)},
    {"kind", "KIND",
     "terway, flannel, ignored (by Terway), virtual (a virtual kubelet), or unmarked: nothing on "
     "the node says what it is; null where its row cannot be read",
     FIELD_NAME, .where = AT(kind), .name_of = cnicalc_node_kind_name, .null_for_zero = 1},
    {"mode", "MODE", "its Terway mode, as the node shows it", FIELD_NAME, .where = AT(mode),
     .name_of = cnicalc_mode_name, .null_for_zero = 1},
    {"pods_now", "NOW",
     "pods with an address that it accepts now: kubelet's limit less the host-network pods, in "
     "mode exclusive at most its ENIs",
     FIELD_COUNT, .where = AT(pods_now)},
    {"kubelet_max_pods", "KUBELET", "kubelet's limit, host-network pods included", FIELD_COUNT,
     .where = AT(kubelet_max_pods)},
    {"max_available_ip", NULL, "the addresses that Terway advertises", FIELD_COUNT,
     .where = AT(max_available_ip), .null_for_zero = 1},
    {"possible_pods", "POSSIBLE", "what its ENIs, or its block of the pod CIDR, could serve",
     FIELD_COUNT, .where = AT(possible_pods)},
    {"headroom", "HEADROOM", "possible pods that it does not accept now", FIELD_COUNT,
     .where = AT(headroom)},
    {"pods_without_address", "NO ADDRESS", "pods that it accepts and has no address for",
     FIELD_COUNT, .where = AT(pods_without_address)},
    {"allocatable_cpu_millicores", NULL, "CPU that it leaves to pods", FIELD_COUNT,
     .where = AT(allocatable_cpu_millicores)},
    {"expected_cpu_millicores", NULL, "the same by what kubelet keeps, as cnicalc node says it",
     FIELD_COUNT, .where = AT(expected_cpu_millicores)},
    {"allocatable_memory_kib", NULL, "memory that it leaves to pods", FIELD_COUNT,
     .where = AT(allocatable_memory_kib)},
    {"expected_memory_kib", NULL, "the same by what kubelet keeps", FIELD_COUNT,
     .where = AT(expected_memory_kib)},
    {"allocatable_agrees", "AGREES", "whether CPU and memory are as expected", FIELD_BOOL,
     .where = AT(allocatable_agrees)},
    {"bound_by", "BOUND BY", "the limit that decides how many pods run", FIELD_NAME,
     .where = AT(bound_by), .name_of = cnicalc_limit_name, .null_for_zero = 1},
    {"reason", "REASON", "why the node is not judged", FIELD_TEXT, .where = AT(reason)},
    FIELDS_END};

#undef AT

/* ---- Its type ---- */

/* What the annotation knows takes the place of what a row of the table says. */
static void overlay(const cnicalc_instance *info, cnicalc_instance *instance)
{
    const size_t where = offsetof(cnicalc_instance, vcpus);
    for (uint32_t i = 0; i < cnicalc_instance_column_count(); i++) {
        uint32_t value = CNICALC_UNKNOWN;
        expect_ok(cnicalc_instance_value(info, i, &value));
        if (value != CNICALC_UNKNOWN) {
            memcpy((char *)instance + where + i * sizeof value, &value, sizeof value);
        }
    }
}

/* The type of a node: a row of the catalogue; else what the table and its annotation say together.
 * Returns 1, or 0 where nothing is known of it. */
static int find_type(const struct audit_request *request, const struct audit_node *node,
                     cnicalc_instance *instance)
{
    const struct instance_source *source = &request->source;
    const char *name = node->instance_type == NULL ? "" : node->instance_type;
    size_t index = 0;
    if (cnicalc_catalog_find(source->rows, source->count, name, CNICALC_NUL_TERMINATED, &index) ==
        CNICALC_OK) {
        *instance = source->rows[index];
        return 1;
    }
    int is_known = cnicalc_instance_find(name, CNICALC_NUL_TERMINATED, instance) == CNICALC_OK;
    if (!is_known) {
        *instance = node->info;
    } else {
        overlay(&node->info, instance);
    }
    return is_known || node->info.eni_quantity != CNICALC_UNKNOWN;
}

/* Quantities of the type that no page prints show in what the node itself offers. */
static void add_offered(const cnicalc_node_signs *signs, cnicalc_instance *instance)
{
    const int is_lingjun = (signs->signs & CNICALC_NODE_SIGN_LINGJUN) != 0;
    if (is_lingjun && instance->high_dense_quantity == CNICALC_UNKNOWN &&
        instance->leni_quota == CNICALC_UNKNOWN && signs->enis - 1 < CNICALC_UNKNOWN - 1) {
        instance->high_dense_quantity = (uint32_t)signs->enis;
    }
    if (signs->member_enis != 0 && instance->eni_quantity != CNICALC_UNKNOWN &&
        instance->eni_total_quantity == CNICALC_UNKNOWN &&
        signs->member_enis < CNICALC_UNKNOWN - instance->eni_quantity) {
        instance->eni_total_quantity = instance->eni_quantity + (uint32_t)signs->member_enis;
        instance->eni_trunk_supported = 1;
    }
}

/* ---- Its answer ---- */

/* The minor version of "v1.30.7-aliyun.1"; 0: not known. */
static uint32_t minor_of(const char *kubernetes)
{
    uint64_t minor = 0;
    if (kubernetes == NULL || strncmp(kubernetes, "v1.", 3) != 0) {
        return 0;
    }
    const char *text = kubernetes + 3;
    int is_number = number_parse(text, strcspn(text, "."), &minor);
    return is_number && minor <= MINOR_MAX ? (uint32_t)minor : 0;
}

static uint64_t subtract_or_0(uint64_t a, uint64_t b)
{
    return a > b ? a - b : 0;
}

/* Where what is possible is known. */
static void compare(uint64_t possible, struct audit_row *row)
{
    row->possible_pods = possible;
    if (possible == CNICALC_UNKNOWN_COUNT) {
        return;
    }
    row->headroom = subtract_or_0(possible, row->pods_now);
    row->pods_without_address = subtract_or_0(row->pods_now, possible);
}

static void compare_allocatable(const cnicalc_node_result *result, struct audit_row *row)
{
    const uint64_t unknown = CNICALC_UNKNOWN_COUNT;
    row->expected_cpu_millicores = result->allocatable_cpu_millicores;
    row->expected_memory_kib = result->allocatable_memory_kib;
    if (row->allocatable_cpu_millicores != unknown && row->expected_cpu_millicores != unknown &&
        row->allocatable_memory_kib != unknown && row->expected_memory_kib != unknown) {
        row->allocatable_agrees = row->allocatable_cpu_millicores == row->expected_cpu_millicores &&
                                  row->allocatable_memory_kib == row->expected_memory_kib;
    }
}

static void judge_terway(const struct audit_request *request, const cnicalc_instance *instance,
                         const cnicalc_node_options *options, const cnicalc_node_signs *signs,
                         struct audit_row *row)
{
    cnicalc_node_result result;
    cnicalc_status status = cnicalc_node_solve(instance, options, &result);
    if (status != CNICALC_OK) {
        row->reason = cnicalc_status_string(status);
        return;
    }
    /* Of a trunk whose ENIs are not known, some of this is. */
    status = cnicalc_terway_node_from_type(instance, options, &request->use, &row->demand);
    row->reason = status == CNICALC_OK ? NULL : cnicalc_status_string(status);
    if (row->kubelet_max_pods == CNICALC_UNKNOWN_COUNT) {
        row->kubelet_max_pods = result.kubelet_max_pods;
    }
    uint64_t accepted = row->kubelet_max_pods == CNICALC_UNKNOWN_COUNT
                            ? result.max_pods
                            : subtract_or_0(row->kubelet_max_pods, options->host_network_pods);
    if (row->mode == CNICALC_MODE_EXCLUSIVE_ENI) {
        uint64_t offered = signs->enis != 0 ? signs->enis : result.max_pods;
        accepted = offered < accepted ? offered : accepted;
    }
    row->pods_now = accepted;
    row->bound_by = result.schedulable_bound_by;
    compare(result.trunk_pods == CNICALC_UNKNOWN_COUNT ? CNICALC_UNKNOWN_COUNT
                                                       : result.max_pods + result.trunk_pods,
            row);
    compare_allocatable(&result, row);
}

/* The node mask is that of its own block. */
static void judge_flannel(const struct audit_node *node, const cnicalc_instance *instance,
                          const cnicalc_node_options *options, struct audit_row *row)
{
    cnicalc_flannel_options flannel;
    cnicalc_flannel_result split;
    cnicalc_node_result result;
    cnicalc_cidr block;
    expect_ok(cnicalc_flannel_options_init(&flannel, sizeof flannel));
    cnicalc_status status = cnicalc_cidr_parse(node->pod_cidr == NULL ? "" : node->pod_cidr,
                                               CNICALC_NUL_TERMINATED, &block);
    if (status == CNICALC_OK) {
        flannel.node_mask = block.prefix_len;
        status = cnicalc_flannel_solve(&block, &flannel, &split);
    }
    if (status != CNICALC_OK) {
        row->reason = cnicalc_status_string(status);
        return;
    }
    if (row->kubelet_max_pods == CNICALC_UNKNOWN_COUNT) {
        row->kubelet_max_pods = split.pods_per_node;
    }
    row->pods_now = subtract_or_0(row->kubelet_max_pods, options->host_network_pods);
    row->bound_by = row->pods_now < split.usable_pod_ips ? CNICALC_LIMIT_KUBELET_MAX_PODS
                                                         : CNICALC_LIMIT_NODE_MASK;
    compare(split.usable_pod_ips, row);
    row->demand.mode = CNICALC_MODE_SHARED_ENI;
    row->demand.joins = 1;
    if (cnicalc_node_solve(instance, options, &result) == CNICALC_OK) {
        compare_allocatable(&result, row);
    }
}

static const char *reason_of(uint32_t kind)
{
    switch ((enum cnicalc_node_kind)kind) {
    case CNICALC_NODE_KIND_IGNORED:
        return "Terway ignores the node, as its label says";
    case CNICALC_NODE_KIND_VIRTUAL:
        return "a virtual node";
    case CNICALC_NODE_KIND_UNMARKED:
        return "nothing on the node says its mode";
    case CNICALC_NODE_KIND_TERWAY:
    case CNICALC_NODE_KIND_FLANNEL:
        break;
    }
    return "the instance type is not in the table, and the node does not describe it";
}

/* What the row of a node says before it is judged. */
static void begin_row(const struct audit_node *node, struct audit_row *row)
{
    memset(row, 0, sizeof *row);
    row->node = node->name;
    row->instance_type = node->instance_type;
    row->zone = node->zone;
    row->node_pool = node->node_pool;
    row->kubelet_max_pods = node->pods;
    row->max_available_ip = node->signs.max_available_ip;
    row->allocatable_cpu_millicores = node->cpu_allocatable;
    row->allocatable_memory_kib = node->memory_allocatable;
    row->pods_now = CNICALC_UNKNOWN_COUNT;
    row->possible_pods = CNICALC_UNKNOWN_COUNT;
    row->headroom = CNICALC_UNKNOWN_COUNT;
    row->pods_without_address = CNICALC_UNKNOWN_COUNT;
    row->expected_cpu_millicores = CNICALC_UNKNOWN_COUNT;
    row->expected_memory_kib = CNICALC_UNKNOWN_COUNT;
    row->allocatable_agrees = CNICALC_UNKNOWN;
}

void audit_judge(const struct audit_request *request, const struct audit_node *node,
                 struct audit_row *out_row)
{
    cnicalc_node_options options = request->node;
    cnicalc_instance instance;
    begin_row(node, out_row);
    int is_known = find_type(request, node, &instance);
    expect_ok(cnicalc_node_recognize(is_known ? &instance : NULL, &node->signs, &out_row->kind,
                                     &out_row->mode));
    if (out_row->kind == CNICALC_NODE_KIND_TERWAY) {
        add_offered(&node->signs, &instance);
    }
    int is_lingjun = instance.high_dense_quantity != CNICALC_UNKNOWN;
    options.mode = out_row->mode != 0 ? out_row->mode : CNICALC_MODE_SHARED_ENI;
    options.erdma = node->has_erdma;
    options.windows = node->is_windows;
    options.kubernetes_minor = minor_of(node->kubernetes);
    if (node->pods < CNICALC_UNKNOWN) {
        options.kubelet_max_pods = (uint32_t)node->pods;
    }
    if (node->memory_capacity != CNICALC_UNKNOWN_COUNT) {
        options.memory_capacity_kib = node->memory_capacity;
    }
    if (out_row->kind == CNICALC_NODE_KIND_FLANNEL) {
        judge_flannel(node, &instance, &options, out_row);
    } else if (out_row->kind == CNICALC_NODE_KIND_TERWAY && (is_known || is_lingjun)) {
        judge_terway(request, &instance, &options, &node->signs, out_row);
    } else {
        out_row->reason = reason_of(out_row->kind);
    }
}
