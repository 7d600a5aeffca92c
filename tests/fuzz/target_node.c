/* SPDX-License-Identifier: MIT */
/* Pods on a node against the formulas, written a second time, and the formula's text against its
 * own value. */
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
    options.mode = 1 + draw_below(input, CNICALC_MODE_COUNT - 1);
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
    options.ipv4_prefix_count = draw_below(input, 2) ? draw_u32(input) : 0;
    options.host_network_pods = draw_u32(input);
    options.kubelet_max_pods = draw_below(input, 2) ? draw_u32(input) : 0;
    options.min_pods_to_join = draw_below(input, 2) ? draw_u32(input) : 0;
    if (draw_below(input, 32) == 1) {
        options.reserved[draw_below(input, 3)] = draw_u32(input);
        options.struct_size = draw_u32(input);
        options.mode = draw_u32(input);
        options.erdma = draw_u32(input);
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

static uint64_t less(uint64_t a, uint64_t b)
{
    return a > b ? a - b : 0;
}

static uint64_t smaller(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* Secondary ENIs of an ECS node that serve pods. */
static uint64_t pod_enis(const cnicalc_instance *instance, const cnicalc_node_options *options)
{
    uint64_t quantity = instance->eni_quantity;
    uint64_t numerator = options->eni_cap_ratio_numerator;
    uint64_t denominator = options->eni_cap_ratio_denominator;
    uint64_t capped = numerator == 0 ? quantity : quantity * numerator / denominator;
    int64_t shift = options->eni_cap_shift;
    capped = shift >= 0 ? capped + (uint64_t)shift : less(capped, (uint64_t)-shift);
    uint64_t enis = smaller(less(quantity, 1), less(capped, 1));
    if (options->max_eni != 0) {
        enis = smaller(enis, options->max_eni);
    }
    if (options->erdma && quantity > 2) {
        enis = less(enis, smaller(instance->eri_quantity, quantity >= 8 ? 2 : 1));
    }
    return enis;
}

static uint64_t pods_of_one_eni(const cnicalc_instance *instance,
                                const cnicalc_node_options *options)
{
    uint64_t addresses = instance->eni_private_ip_address_quantity;
    if (options->mode == CNICALC_MODE_EXCLUSIVE_ENI) {
        return 1;
    }
    if (options->ip_stack == CNICALC_IP_STACK_IPV6) {
        return instance->eni_ipv6_address_quantity != 0 ? 65536 : 0;
    }
    if (options->mode == CNICALC_MODE_IP_PREFIX) {
        return less(addresses, 1) * 16;
    }
    return options->windows ? less(addresses, 1) : addresses;
}

/* max_pods from the rules; all products that do not overflow in the library fit here too. */
static uint64_t expected_pods(const cnicalc_instance *instance, const cnicalc_node_options *options)
{
    if (is_lingjun(instance)) {
        return is_there(instance->high_dense_quantity) ? instance->high_dense_quantity
                                                       : instance->leni_quota - 1;
    }
    uint64_t pods = pod_enis(instance, options) * pods_of_one_eni(instance, options);
    if (options->ip_stack == CNICALC_IP_STACK_IPV6) {
        return smaller(pods, 65536);
    }
    if (options->mode == CNICALC_MODE_IP_PREFIX && options->ipv4_prefix_count != 0) {
        return smaller(pods, (uint64_t)options->ipv4_prefix_count * 16);
    }
    return pods;
}

static uint64_t expected_trunk_pods(const cnicalc_instance *instance,
                                    const cnicalc_node_options *options)
{
    if (options->mode != CNICALC_MODE_SHARED_ENI_TRUNK || instance->eni_trunk_supported == 0) {
        return 0;
    }
    if (instance->eni_trunk_supported == CNICALC_UNKNOWN ||
        instance->eni_total_quantity == CNICALC_UNKNOWN) {
        return CNICALC_UNKNOWN_COUNT;
    }
    return less(instance->eni_total_quantity, instance->eni_quantity);
}

static void check_bounds(const cnicalc_node_result *result)
{
    const cnicalc_limit_row *rows = result->limits;
    const uint32_t last = result->limit_count - 1; /* kubelet's; the others count pods */
    uint32_t first = 0;                            /* of the smallest */
    require(result->limit_count == 7);
    for (uint32_t i = 0; i < last; i++) {
        require(rows[i].counts == CNICALC_COUNTS_PODS && rows[i].needed == 0);
        first = rows[i].available < rows[first].available ? i : first;
    }
    require(result->max_pods == rows[first].available && result->bound_by == rows[first].limit);
    require(rows[last].limit == CNICALC_LIMIT_KUBELET_MAX_PODS);
    const uint64_t kubelet = rows[last].available;
    if (result->schedulable_pods == CNICALC_UNKNOWN_COUNT) {
        require(result->schedulable_bound_by == CNICALC_LIMIT_NONE);
        return;
    }
    require(result->schedulable_pods <= kubelet);
    require(result->trunk_pods == CNICALC_UNKNOWN_COUNT ||
            result->schedulable_pods == smaller(result->max_pods + result->trunk_pods, kubelet));
    require(result->schedulable_bound_by == result->bound_by ||
            (result->schedulable_bound_by == CNICALC_LIMIT_KUBELET_MAX_PODS &&
             result->schedulable_pods == kubelet));
}

static void check_kubelet(const cnicalc_instance *instance, const cnicalc_node_options *options,
                          const cnicalc_node_result *result)
{
    uint64_t addresses = instance->eni_private_ip_address_quantity;
    uint64_t pods = options->kubelet_max_pods;
    if (pods == 0) {
        pods = result->secondary_enis * (options->windows ? less(addresses, 1) : addresses) +
               options->host_network_pods;
        if (addresses == CNICALC_UNKNOWN || is_lingjun(instance)) {
            pods = CNICALC_UNKNOWN_COUNT;
        }
    }
    require(result->kubelet_max_pods == pods);
    if (pods == CNICALC_UNKNOWN_COUNT || instance->memory_mib == CNICALC_UNKNOWN) {
        require(result->kubelet_reserved_memory_mib == CNICALC_UNKNOWN_COUNT);
    } else {
        uint64_t quarter = instance->memory_mib / 4;
        require(result->kubelet_reserved_memory_mib ==
                (pods > quarter ? quarter : smaller(11 * pods + 255, quarter)));
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
    const cnicalc_node_columns columns = {instance, 1, INDEXES, NULL, 2, pods, bound_by, statuses};
    cnicalc_status status = cnicalc_node_solve_batch(options, &columns);
    if (status != CNICALC_OK) {
        require(status == CNICALC_ERR_STRUCT_SIZE && expected == status);
        return;
    }
    require(statuses[0] == expected && statuses[1] == CNICALC_ERR_INDEX);
    require(pods[0] == (expected == CNICALC_OK ? result->max_pods : CNICALC_UNKNOWN_COUNT));
    require(bound_by[0] == (expected == CNICALC_OK ? result->bound_by : CNICALC_LIMIT_NONE));
}

/* A missing column is named exactly when the question lacks one, and it is not published. */
static void check_missing(const cnicalc_instance *instance, const cnicalc_node_options *options,
                          cnicalc_status expected)
{
    uint32_t column = 0;
    cnicalc_status status = cnicalc_node_missing_column(instance, options, &column);
    if (expected != CNICALC_ERR_LIMITS_UNKNOWN) {
        require(status == expected && column == (status == CNICALC_OK ? CNICALC_UNKNOWN : 0));
        return;
    }
    uint32_t value = 0;
    require(status == CNICALC_OK && column < cnicalc_instance_column_count());
    require(cnicalc_instance_value(instance, column, &value) == CNICALC_OK);
    require(value == CNICALC_UNKNOWN);
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
    check_missing(&instance, &options, status);
    if (status != CNICALC_OK) {
        char text[CNICALC_NODE_FORMULA_SIZE];
        require(is_poisoned(&result, sizeof result));
        poison(text, sizeof text);
        /* A formula needs no count of addresses, which may overflow alone. */
        require(status == CNICALC_ERR_OVERFLOW ||
                cnicalc_node_formula(&instance, &options, text, sizeof text) == status);
        return 0;
    }
    require(result.max_pods == expected_pods(&instance, &options));
    require(result.trunk_pods == expected_trunk_pods(&instance, &options));
    require(result.joins == (result.max_pods >= result.min_pods_to_join));
    check_bounds(&result);
    check_kubelet(&instance, &options, &result);
    check_formula(&instance, &options, result.max_pods);
    return 0;
}
