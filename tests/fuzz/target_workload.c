/* SPDX-License-Identifier: MIT */
/* Nodes for workloads: no row is below the pods of a node, the nodes hold all pods and one node
 * fewer does not, and a batch answers alike. */
#include "fuzz.h"

#include <cnicalc.h>

#define MIX_MAX 4

static uint64_t draw_amount(draw *input)
{
    return draw_below(input, 4) != 0 ? (uint64_t)draw_byte(input) << draw_below(input, 30)
                                     : draw_u64(input);
}

static uint32_t draw_quantity(draw *input)
{
    uint32_t choice = draw_below(input, 16);
    if (choice == 0) {
        return CNICALC_UNKNOWN;
    }
    return choice < 13 ? draw_below(input, 64) : draw_u32(input);
}

static cnicalc_instance draw_instance(draw *input)
{
    cnicalc_instance instance;
    require(cnicalc_instance_init(&instance, sizeof instance) == CNICALC_OK);
    instance.vcpus = draw_quantity(input);
    instance.memory_mib = draw_quantity(input);
    if (instance.memory_mib < 64) {
        instance.memory_mib *= 4096;
    }
    instance.eni_quantity = draw_quantity(input);
    instance.eni_private_ip_address_quantity = draw_quantity(input);
    instance.eni_ipv6_address_quantity = draw_quantity(input);
    if (draw_below(input, 8) == 1) {
        instance.leni_quota = draw_quantity(input);
        instance.high_dense_quantity = draw_quantity(input);
    }
    return instance;
}

static cnicalc_workload_options draw_options(draw *input)
{
    cnicalc_workload_options options;
    require(cnicalc_workload_options_init(&options, sizeof options) == CNICALC_OK);
    options.node.mode = 1 + draw_below(input, 4);
    options.headroom_percent = draw_below(input, 4) != 0 ? 0 : draw_below(input, 128);
    if (draw_below(input, 2)) {
        options.plugin = draw_below(input, 4);
        options.node_mask = 22 + draw_below(input, 8);
    }
    if (draw_below(input, 2)) {
        options.daemon_cpu_millicores = draw_amount(input);
        options.daemon_memory_bytes = draw_amount(input);
        options.daemon_pods = draw_u32(input);
    }
    if (draw_below(input, 2)) {
        options.node.host_network_pods = draw_u32(input);
        options.node.kubelet_max_pods = draw_u32(input);
        options.node.kubernetes_minor = draw_below(input, 64);
        options.node.memory_capacity_kib = draw_amount(input);
        options.node.max_eni = draw_u32(input);
        options.node.ipv4_prefix_count = draw_u32(input);
        options.node.windows = draw_below(input, 3);
        options.node.ip_stack = draw_below(input, 5);
    }
    if (draw_below(input, 4) == 1) {
        options.ceilings.edition = draw_below(input, 7);
        options.ceilings.node_quota = draw_u64(input);
        options.ceilings.pod_quota = draw_u64(input);
        options.reserved[draw_below(input, 7)] = draw_below(input, 8) == 1;
    }
    return options;
}

static size_t draw_mix(draw *input, cnicalc_workload *mix)
{
    size_t count = draw_below(input, MIX_MAX + 1);
    for (size_t i = 0; i < count; i++) {
        cnicalc_workload workload = {draw_amount(input), 0, 0, 0, {0, 0, 0}};
        workload.cpu_millicores = draw_below(input, 4) != 0 ? draw_amount(input) : 0;
        workload.memory_bytes = draw_below(input, 4) != 0 ? draw_amount(input) : 0;
        workload.host_network = draw_below(input, 8) == 1 ? draw_below(input, 3) : 0;
        workload.reserved[1] = draw_below(input, 64) == 1;
        mix[i] = workload;
    }
    return count;
}

static uint64_t available(const cnicalc_workload_result *result, uint32_t limit)
{
    const cnicalc_limit_row *row = cnicalc_limit_find(result->limits, result->limit_count, limit);
    require(row != NULL);
    return row->available;
}

/* No row is exceeded by the pods of a node but those that say so, and one row decides. */
static void check_rows(const cnicalc_workload_result *result)
{
    uint32_t exceeded = CNICALC_LIMIT_NONE;
    require(result->limit_count <= CNICALC_LIMIT_ROWS);
    for (uint32_t i = 0; i < result->limit_count; i++) {
        const cnicalc_limit_row *row = &result->limits[i];
        if (row->counts == CNICALC_COUNTS_PODS_PER_NODE) {
            require(row->available >= result->pods_per_node);
        }
        if (exceeded == CNICALC_LIMIT_NONE && row->needed > row->available) {
            exceeded = row->limit;
        }
    }
    require(result->fits == (exceeded == CNICALC_LIMIT_NONE));
    require(result->short_of == (result->nodes == CNICALC_NO_LIMIT ? result->bound_by : exceeded));
    require(result->bound_by == CNICALC_LIMIT_NONE ||
            available(result, result->bound_by) == result->pods_per_node);
    require(result->joins || exceeded != CNICALC_LIMIT_NONE);
}

/* a * b + *sum, or 0 where that passes 64 bits. */
static int add_product(uint64_t a, uint64_t b, uint64_t *sum)
{
    if (a != 0 && b > UINT64_MAX / a) {
        return 0;
    }
    *sum += a * b;
    return *sum >= a * b;
}

/* Whether one of the equal nodes holds its part by CPU, memory and as many pods as it runs. */
static int holds(const cnicalc_workload *mix, size_t count, const cnicalc_workload_result *result,
                 uint64_t nodes)
{
    uint64_t cpu = 0;
    uint64_t memory = 0;
    uint64_t pods = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t part = (mix[i].pods - 1) / nodes + 1;
        pods += part;
        if (!add_product(part, mix[i].cpu_millicores, &cpu) ||
            !add_product(part, mix[i].memory_bytes, &memory)) {
            return 0;
        }
    }
    return cpu <= result->pod_cpu_millicores && memory <= result->pod_memory_bytes &&
           pods <= result->pods_per_node;
}

static void check_nodes(const cnicalc_workload *mix, size_t count,
                        const cnicalc_workload_result *result)
{
    require(result->nodes_at_least <= result->nodes);
    require(count > 1 || result->nodes_at_least == result->nodes);
    if (result->nodes == CNICALC_NO_LIMIT) {
        require(result->pods_per_node == 0);
        require(result->idle_cpu_thousandths == CNICALC_UNKNOWN);
        require(result->pod_addresses == CNICALC_UNKNOWN_COUNT);
        return;
    }
    require(result->nodes >= 1 && holds(mix, count, result, result->nodes));
    require(result->nodes == 1 || !holds(mix, count, result, result->nodes - 1));
    require(result->idle_cpu_thousandths <= 1000 ||
            result->idle_cpu_thousandths == CNICALC_UNKNOWN);
    require(result->idle_memory_thousandths <= 1000 ||
            result->idle_memory_thousandths == CNICALC_UNKNOWN);
}

/* A batch of the type, no type, and the type again. */
static void check_batch(const cnicalc_instance *instance, const cnicalc_workload *mix, size_t count,
                        const cnicalc_workload_options *options, cnicalc_status expected,
                        const cnicalc_workload_result *result)
{
    static const uint32_t INDEXES[] = {0, 1, 0};
    uint64_t nodes[3];
    uint64_t idle[3];
    uint32_t vcpus[3];
    uint32_t short_of[3];
    uint32_t rank[3];
    cnicalc_status statuses[3];
    cnicalc_workload_columns columns = {.instances = instance,
                                        .instance_count = 1,
                                        .instance_index = INDEXES,
                                        .count = 3,
                                        .out_vcpus = vcpus,
                                        .out_nodes = nodes,
                                        .out_idle_memory_kib = idle,
                                        .out_short_of = short_of,
                                        .out_status = statuses,
                                        .out_rank = rank};
    cnicalc_status status = cnicalc_workload_solve_batch(mix, count, options, &columns, NULL);
    if (status != CNICALC_OK) {
        require(status == expected);
        return;
    }
    require(statuses[1] == CNICALC_ERR_INDEX && statuses[0] == statuses[2]);
    /* The addresses of the nodes may exceed 64 bits alone, which a batch does not count. */
    require(statuses[0] == expected || expected == CNICALC_ERR_OVERFLOW);
    if (expected == CNICALC_OK) {
        require(nodes[0] == result->nodes && idle[2] == result->idle_memory_kib);
        require(short_of[0] == result->short_of);
    }
    require(rank[0] + rank[1] + rank[2] == 3 && rank[0] < rank[2]);
    require(nodes[0] == CNICALC_UNKNOWN_COUNT ? rank[0] == 0 : rank[1] == 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    draw input = {data, size};
    cnicalc_workload mix[MIX_MAX];
    cnicalc_instance instance = draw_instance(&input);
    cnicalc_workload_options options = draw_options(&input);
    size_t count = draw_mix(&input, mix);
    cnicalc_workload_result result;
    cnicalc_fault fault;
    uint32_t column;
    poison(&result, sizeof result);
    poison(&fault, sizeof fault);
    cnicalc_status status =
        cnicalc_workload_solve(&instance, mix, count, &options, &result, &fault);
    check_batch(&instance, mix, count, &options, status, &result);
    cnicalc_status asked =
        cnicalc_workload_missing_column(&instance, mix, count, &options, &column);
    if (status == CNICALC_OK) {
        require(is_poisoned(&fault, sizeof fault));
        require(asked == CNICALC_OK && column == CNICALC_UNKNOWN);
        check_rows(&result);
        check_nodes(mix, count, &result);
        return 0;
    }
    require(is_poisoned(&result, sizeof result));
    require(fault.index == CNICALC_UNKNOWN || fault.index < count);
    if (status == CNICALC_ERR_LIMITS_UNKNOWN) {
        uint32_t value;
        require(asked == CNICALC_OK);
        require(cnicalc_instance_value(&instance, column, &value) == CNICALC_OK);
        require(value == CNICALC_UNKNOWN);
    } else {
        require(asked == status);
    }
    return 0;
}
