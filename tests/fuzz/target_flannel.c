/* SPDX-License-Identifier: MIT */
/* The Flannel split against its formulas, and its inverse against the split. */
#include "fuzz.h"

#include <cnicalc.h>

#include <string.h>

static cnicalc_cidr draw_pod_cidr(draw *input)
{
    static const uint32_t RANGES[] = {0x0a000000, 0xac100000, 0xc0a80000, 0x64400000};
    cnicalc_cidr cidr = {0, RANGES[draw_below(input, 4)], 4, draw_below(input, 40)};
    cidr.lo |= (uint64_t)draw_byte(input) << draw_below(input, 24);
    if (draw_below(input, 8) == 0) {
        cidr.family = draw_byte(input);
        cidr.hi = draw_u64(input);
    } else if (cidr.prefix_len <= 32) {
        cidr.lo &= ~((UINT64_C(1) << (32 - cidr.prefix_len)) - 1);
    }
    return cidr;
}

static cnicalc_flannel_options draw_options(draw *input)
{
    cnicalc_flannel_options options;
    require(cnicalc_flannel_options_init(&options, sizeof options) == CNICALC_OK);
    switch (draw_below(input, 4)) {
    case 0:
        options.node_mask = draw_u32(input);
        break;
    case 1:
        options.pods_per_node = 16U << draw_below(input, 5);
        break;
    case 2:
        options.pods_per_node = draw_u32(input);
        options.node_mask = draw_u32(input);
        break;
    default:
        options.node_mask = 24 + draw_below(input, 5);
    }
    options.ceilings.edition =
        draw_below(input, 16) == 0 ? draw_u32(input) : 1 + draw_below(input, 5);
    options.ceilings.raised = draw_below(input, 16) == 0 ? draw_u32(input) : draw_below(input, 2);
    options.ceilings.routes_used = draw_u64(input);
    options.ceilings.route_quota = draw_u64(input);
    options.ceilings.node_quota = draw_u64(input);
    options.ceilings.pod_quota = draw_u64(input);
    if (draw_below(input, 32) == 1) {
        options.reserved[draw_below(input, 4)] = draw_u32(input);
        options.struct_size = draw_u32(input);
    }
    return options;
}

static uint64_t available(const cnicalc_flannel_result *result, uint32_t limit)
{
    const cnicalc_limit_row *row = cnicalc_limit_find(result->limits, result->limit_count, limit);
    require(row != NULL);
    return row->available;
}

static uint64_t ceiling(const cnicalc_flannel_options *options, uint32_t limit)
{
    uint64_t value = CNICALC_NO_LIMIT;
    cnicalc_status status =
        cnicalc_ceiling_value(&options->ceilings, CNICALC_PLUGIN_FLANNEL, limit, &value);
    require(status == CNICALC_OK || status == CNICALC_ERR_QUOTA_UNKNOWN);
    return value;
}

/* What every answer has, and how it follows from the masks. */
static void check_answer(const cnicalc_flannel_result *result,
                         const cnicalc_flannel_options *options)
{
    uint64_t nodes = CNICALC_NO_LIMIT;
    require(result->limit_count <= CNICALC_LIMIT_ROWS);
    require(result->node_mask >= 24 && result->node_mask <= 28);
    require(result->pod_prefix_len <= result->node_mask);
    require(result->pods_per_node == UINT64_C(1) << (32 - result->node_mask));
    require(result->usable_pod_ips == result->pods_per_node - 3);
    require(available(result, CNICALC_LIMIT_POD_CIDR) << result->pod_prefix_len ==
            UINT64_C(1) << result->node_mask);
    for (uint32_t i = 0; i < result->limit_count; i++) {
        const cnicalc_limit_row *row = &result->limits[i];
        if (row->limit != CNICALC_LIMIT_POD_CIDR && row->limit != CNICALC_LIMIT_NODE_MASK) {
            require(row->available == ceiling(options, row->limit));
        }
        if (row->counts == CNICALC_COUNTS_NODES && row->available < nodes) {
            nodes = row->available;
        }
    }
    require(result->max_nodes == nodes);
    uint64_t pods = nodes * result->pods_per_node;
    uint64_t pod_quota = available(result, CNICALC_LIMIT_POD_QUOTA);
    require(result->max_pods == (pod_quota < pods ? pod_quota : pods));
    require(strcmp(cnicalc_limit_name(result->bound_by), "unknown") != 0);
}

static void check_solve(const cnicalc_cidr *pod_cidr, const cnicalc_flannel_options *options)
{
    cnicalc_flannel_result result;
    poison(&result, sizeof result);
    cnicalc_status status = cnicalc_flannel_solve(pod_cidr, options, &result);
    if (status != CNICALC_OK) {
        require(is_poisoned(&result, sizeof result));
        return;
    }
    check_answer(&result, options);
    require(result.fits == 1);
    require(result.pod_prefix_len == pod_cidr->prefix_len);
    require(options->node_mask == 0 || options->node_mask == result.node_mask);
    require(options->pods_per_node == 0 || options->pods_per_node == result.pods_per_node);
    require(available(&result, result.bound_by) == result.max_nodes);
    for (uint32_t i = 0; result.limits[i].limit != result.bound_by; i++) {
        require(result.limits[i].available > result.max_nodes);
        require(result.limits[i].needed == 0);
    }
}

static void check_fit(uint64_t nodes, uint64_t pods_per_node,
                      const cnicalc_flannel_options *options)
{
    cnicalc_flannel_result result;
    poison(&result, sizeof result);
    cnicalc_status status = cnicalc_flannel_fit(nodes, pods_per_node, options, &result);
    if (status != CNICALC_OK) {
        require(is_poisoned(&result, sizeof result));
        return;
    }
    check_answer(&result, options);
    require(nodes != 0 && pods_per_node != 0);
    require(result.fits == (pods_per_node <= 256 && result.max_nodes >= nodes));
    /* The next smaller of each would not hold the request. */
    require(result.node_mask == 28 || result.pods_per_node / 2 < pods_per_node);
    require(result.pod_prefix_len == result.node_mask ||
            available(&result, CNICALC_LIMIT_POD_CIDR) / 2 < nodes);
    require(result.pod_prefix_len >= 8);
    if (result.fits) {
        require(result.pods_per_node >= pods_per_node);
        cnicalc_cidr cidr = {0, 0x0a000000, 4, result.pod_prefix_len};
        cnicalc_flannel_options split = *options;
        cnicalc_flannel_result again;
        split.node_mask = result.node_mask;
        split.pods_per_node = 0;
        require(cnicalc_flannel_solve(&cidr, &split, &again) == CNICALC_OK);
        require(again.max_nodes == result.max_nodes && again.max_pods == result.max_pods);
        require(again.bound_by == result.bound_by);
        require(again.max_pods_bound_by == result.max_pods_bound_by);
    } else {
        require(pods_per_node > 256 ? result.bound_by == CNICALC_LIMIT_NODE_MASK
                                    : available(&result, result.bound_by) == result.max_nodes);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    draw input = {data, size};
    cnicalc_cidr pod_cidr = draw_pod_cidr(&input);
    cnicalc_flannel_options options = draw_options(&input);
    uint64_t nodes = draw_u64(&input);
    check_solve(&pod_cidr, &options);
    check_fit(nodes, draw_u64(&input), &options);
    return 0;
}
