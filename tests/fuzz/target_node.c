/* SPDX-License-Identifier: MIT */
/* Pods on a node: which limit decides, that no cap gives more, and the formula's text against its
 * own value. The formulas themselves are the model's business. */
#include "evaluate.h"
#include "fuzz.h"

#include <cnicalc.h>

#include <string.h>

static uint32_t draw_quantity(draw *input)
{
    uint32_t choice = draw_below(input, 16);
    if (choice == 0) {
        return CNICALC_UNKNOWN;
    }
    return choice < 12 ? draw_below(input, 64) : draw_u32(input);
}

static cnicalc_instance draw_instance(draw *input)
{
    cnicalc_instance instance;
    require(cnicalc_instance_init(&instance, sizeof instance) == CNICALC_OK);
    instance.memory_mib = draw_u32(input);
    /* Of the memory, so that older inputs still say what they said; one in 509 is unknown. */
    instance.vcpus = instance.memory_mib % 509 - 1;
    instance.eni_quantity = draw_quantity(input);
    instance.eni_private_ip_address_quantity = draw_quantity(input);
    instance.eni_ipv6_address_quantity =
        draw_below(input, 2) ? draw_quantity(input) : instance.eni_private_ip_address_quantity;
    instance.eni_total_quantity = draw_quantity(input);
    instance.eni_trunk_supported = draw_below(input, 2);
    instance.eri_quantity = draw_quantity(input);
    if (draw_below(input, 8) == 1) {
        instance.leni_quota = draw_quantity(input);
        instance.high_dense_quantity = draw_quantity(input);
    }
    if (draw_below(input, 8) == 1) {
        instance.eni_trunk_supported = CNICALC_UNKNOWN;
    }
    return instance;
}

static cnicalc_node_options draw_options(draw *input)
{
    cnicalc_node_options options;
    require(cnicalc_node_options_init(&options, sizeof options) == CNICALC_OK);
    options.mode = 1 + draw_below(input, 4);
    uint32_t stack = draw_below(input, 4);
    options.ip_stack = stack == 0 ? 1 : stack;
    options.erdma = draw_below(input, 4) == 1;
    options.windows = draw_below(input, 4) == 1;
    if (draw_below(input, 2)) {
        options.eni_cap_ratio_numerator = draw_u32(input);
        options.eni_cap_ratio_denominator = draw_u32(input);
        options.eni_cap_shift = (int32_t)(draw_u32(input) - draw_u32(input));
    }
    options.max_eni = draw_below(input, 2) ? draw_u32(input) : 0;
    options.ipv4_prefix_count = draw_below(input, 2) ? draw_u32(input) : CNICALC_UNKNOWN;
    options.host_network_pods = draw_u32(input);
    options.kubelet_max_pods = draw_below(input, 2) ? draw_u32(input) : 0;
    options.min_pods_to_join = draw_below(input, 2) ? draw_u32(input) : 0;
    if (draw_below(input, 32) == 1) {
        options.reserved[draw_below(input, 3)] = draw_u32(input);
        options.struct_size = draw_u32(input);
        options.mode = draw_u32(input);
        options.erdma = draw_u32(input);
    }
    options.erdma_ipam = draw_below(input, 2) + 1;
    if (draw_below(input, 2)) {
        options.kubernetes_minor = draw_below(input, 64);
        options.memory_capacity_kib = (uint64_t)draw_u32(input) << draw_below(input, 33);
        options.ipv4_prefix_count = draw_below(input, 256);
    }
    return options;
}

static int is_there(uint32_t quantity)
{
    return quantity != 0 && quantity != CNICALC_UNKNOWN;
}

static int is_lingjun(const cnicalc_instance *instance)
{
    return is_there(instance->leni_quota) || is_there(instance->high_dense_quantity);
}

static uint64_t smaller(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* The rows that count pods decide max_pods, the first of equals; the last row is kubelet's. */
static void check_bounds(const cnicalc_node_result *result)
{
    uint64_t least = CNICALC_NO_LIMIT;
    uint32_t bound_by = CNICALC_LIMIT_NONE;
    require(result->limit_count <= CNICALC_LIMIT_ROWS);
    for (uint32_t i = 0; i < result->limit_count; i++) {
        const cnicalc_limit_row *row = &result->limits[i];
        require(row->needed == 0);
        if (row->counts == CNICALC_COUNTS_PODS && row->available < least) {
            least = row->available;
            bound_by = row->limit;
        }
    }
    require(result->max_pods == least && result->bound_by == bound_by);
}

static void check_schedulable(const cnicalc_node_result *result)
{
    const cnicalc_limit_row *kubelet =
        cnicalc_limit_find(result->limits, result->limit_count, CNICALC_LIMIT_KUBELET_MAX_PODS);
    require(kubelet != NULL);
    if (result->schedulable_pods == CNICALC_UNKNOWN_COUNT) {
        require(result->schedulable_bound_by == CNICALC_LIMIT_NONE);
        return;
    }
    require(result->schedulable_pods <= kubelet->available);
    require(result->trunk_pods == CNICALC_UNKNOWN_COUNT ||
            result->schedulable_pods ==
                smaller(result->max_pods + result->trunk_pods, kubelet->available));
    require(result->schedulable_bound_by == result->bound_by ||
            (result->schedulable_bound_by == CNICALC_LIMIT_KUBELET_MAX_PODS &&
             result->schedulable_pods == kubelet->available));
}

/* The same question under other options, where the rules allow it. */
static int solve_as(const cnicalc_instance *instance, const cnicalc_node_options *options,
                    cnicalc_node_result *out_result)
{
    return cnicalc_node_solve(instance, options, out_result) == CNICALC_OK;
}

static void check_caps(const cnicalc_instance *instance, cnicalc_node_options options,
                       uint64_t max_pods)
{
    cnicalc_node_result free_of_caps;
    options.eni_cap_ratio_numerator = options.eni_cap_ratio_denominator = 1;
    options.eni_cap_shift = 0;
    options.max_eni = 0;
    options.ipv4_prefix_count = CNICALC_UNKNOWN;
    require(!solve_as(instance, &options, &free_of_caps) || free_of_caps.max_pods >= max_pods);
    options.erdma = 0;
    require(!solve_as(instance, &options, &free_of_caps) || free_of_caps.max_pods >= max_pods);
    if (instance->eni_quantity < CNICALC_UNKNOWN - 1 && !is_lingjun(instance)) {
        cnicalc_instance larger = *instance;
        larger.eni_quantity++;
        require(!solve_as(&larger, &options, &free_of_caps) || free_of_caps.max_pods >= max_pods);
    }
}

/* Unless it is set by hand, kubelet's maxPods is that of shared ENI mode on as many ENIs: in
 * exclusive mode IPAM is always centralised. */
static void check_kubelet(const cnicalc_instance *instance, cnicalc_node_options options,
                          const cnicalc_node_result *result)
{
    cnicalc_node_result shared;
    uint32_t by_hand = options.kubelet_max_pods;
    require(by_hand == 0 || result->kubelet_max_pods == by_hand);
    if (options.mode == CNICALC_MODE_EXCLUSIVE_ENI) {
        options.erdma_ipam = CNICALC_ERDMA_IPAM_CENTRALISED;
    }
    options.mode = CNICALC_MODE_SHARED_ENI;
    options.ip_stack = CNICALC_IP_STACK_IPV4;
    if (by_hand == 0 && solve_as(instance, &options, &shared)) {
        require(result->kubelet_max_pods == shared.kubelet_max_pods);
        require(shared.kubelet_max_pods == shared.max_pods + 3);
    }
}

/* What kubelet keeps and leaves is never more than there is, and more is never less. */
static void check_allocatable(cnicalc_instance instance, const cnicalc_node_options *options,
                              const cnicalc_node_result *result)
{
    cnicalc_node_result more;
    uint64_t millicores = result->allocatable_cpu_millicores;
    uint64_t kib = result->allocatable_memory_kib;
    uint64_t capacity = options->memory_capacity_kib != 0 ? options->memory_capacity_kib
                                                          : instance.memory_mib * UINT64_C(1024);
    require(millicores == CNICALC_UNKNOWN_COUNT || millicores <= instance.vcpus * UINT64_C(1000));
    require(result->allocatable_memory_mib == (kib == CNICALC_UNKNOWN_COUNT ? kib : kib / 1024));
    if (kib != CNICALC_UNKNOWN_COUNT) {
        uint64_t reserved = result->kubelet_reserved_memory_mib;
        require(options->windows || reserved <= capacity / 4096);
        require(kib == 0 ? (reserved + 300) * 1024 >= capacity
                         : kib + (reserved + 300) * 1024 == capacity);
    }
    if (instance.vcpus < CNICALC_UNKNOWN - 1 && millicores != CNICALC_UNKNOWN_COUNT) {
        instance.vcpus++;
        require(solve_as(&instance, options, &more));
        require(more.allocatable_cpu_millicores >= millicores);
    }
    uint64_t left = cnicalc_node_allocatable_storage_bytes(capacity);
    require(left <= capacity && left >= capacity - capacity / 9);
}

/* A prefix is 16 pods; each ENI has one address of its own, and holds its first ten at once. */
static void check_prefixes(const cnicalc_node_options *options, const cnicalc_node_result *result)
{
    if (options->mode != CNICALC_MODE_IP_PREFIX || options->ip_stack == CNICALC_IP_STACK_IPV6) {
        return;
    }
    require(result->max_pods % 16 == 0);
    require(result->ipv4_addresses == result->max_pods + result->secondary_enis);
    if (options->ipv4_prefix_count != CNICALC_UNKNOWN) {
        uint64_t prefixes = result->max_pods / 16;
        require(prefixes <= options->ipv4_prefix_count);
        require((prefixes == 0) == (result->secondary_enis == 0));
        require(result->secondary_enis <= prefixes);
    }
}

static void check_trunk(const cnicalc_instance *instance, const cnicalc_node_options *options,
                        uint64_t trunk_pods)
{
    if (options->mode != CNICALC_MODE_SHARED_ENI_TRUNK || instance->eni_trunk_supported == 0) {
        require(trunk_pods == 0);
    } else {
        require(trunk_pods == CNICALC_UNKNOWN_COUNT || trunk_pods <= instance->eni_total_quantity);
    }
}

static void check_formula(const cnicalc_instance *instance, const cnicalc_node_options *options,
                          uint64_t max_pods)
{
    char text[CNICALC_NODE_FORMULA_SIZE];
    require(cnicalc_node_formula(instance, options, text, sizeof text) == CNICALC_OK);
    if (!evaluates_to(text, max_pods)) {
        require_failed(__FILE__, __LINE__, text);
    }
    size_t length = strlen(text);
    poison(text, sizeof text);
    require(cnicalc_node_formula(instance, options, text, length) == CNICALC_ERR_CAPACITY);
    require(is_poisoned(text, sizeof text));
}

static void check_batch(const cnicalc_instance *instance, const cnicalc_node_options *options,
                        cnicalc_status expected, const cnicalc_node_result *result)
{
    static const uint32_t INDEXES[] = {0, 1};
    uint64_t pods[2];
    uint32_t bound_by[2];
    cnicalc_status statuses[2];
    uint32_t ranks[2];
    const cnicalc_node_columns columns = {.instances = instance,
                                          .instance_count = 1,
                                          .instance_index = INDEXES,
                                          .count = 2,
                                          .out_max_pods = pods,
                                          .out_bound_by = bound_by,
                                          .out_status = statuses,
                                          .out_rank = ranks};
    cnicalc_status status = cnicalc_node_solve_batch(options, &columns);
    if (status != CNICALC_OK) {
        require(status == CNICALC_ERR_STRUCT_SIZE && expected == status);
        return;
    }
    require(statuses[0] == expected && statuses[1] == CNICALC_ERR_INDEX);
    require(pods[0] == (expected == CNICALC_OK ? result->max_pods : CNICALC_UNKNOWN_COUNT));
    require(bound_by[0] == (expected == CNICALC_OK ? result->bound_by : CNICALC_LIMIT_NONE));
    require(ranks[0] == 0 && ranks[1] == 1); /* the second is of no type */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    draw input = {data, size};
    cnicalc_instance instance = draw_instance(&input);
    cnicalc_node_options options = draw_options(&input);
    cnicalc_node_result result;
    poison(&result, sizeof result);
    cnicalc_status status = cnicalc_node_solve(&instance, &options, &result);
    check_batch(&instance, &options, status, &result);
    if (status != CNICALC_OK) {
        char text[CNICALC_NODE_FORMULA_SIZE];
        require(is_poisoned(&result, sizeof result));
        poison(text, sizeof text);
        require(cnicalc_node_formula(&instance, &options, text, sizeof text) == status);
        return 0;
    }
    require(result.joins == (result.max_pods >= result.min_pods_to_join));
    check_bounds(&result);
    check_schedulable(&result);
    check_caps(&instance, options, result.max_pods);
    check_trunk(&instance, &options, result.trunk_pods);
    check_kubelet(&instance, options, &result);
    check_allocatable(instance, &options, &result);
    check_prefixes(&options, &result);
    check_formula(&instance, &options, result.max_pods);
    return 0;
}
