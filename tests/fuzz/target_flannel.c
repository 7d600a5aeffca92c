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
    options.edition = draw_below(input, 16) == 0 ? draw_u32(input) : 1 + draw_below(input, 5);
    options.raised = draw_below(input, 16) == 0 ? draw_u32(input) : draw_below(input, 2);
    options.routes_used = draw_u64(input);
    options.route_quota = draw_u64(input);
    options.node_quota = draw_u64(input);
    options.pod_quota = draw_u64(input);
    if (draw_below(input, 32) == 1) {
        options.reserved[draw_below(input, 4)] = draw_u32(input);
        options.struct_size = draw_u32(input);
    }
    return options;
}

static uint64_t published(const cnicalc_flannel_options *options, uint32_t what)
{
    uint64_t value = CNICALC_NO_LIMIT;
    cnicalc_status status = cnicalc_quota_value(options->edition, CNICALC_PLUGIN_FLANNEL, what,
                                                options->raised, &value);
    require(status == CNICALC_OK || status == CNICALC_ERR_QUOTA_UNKNOWN);
    return value;
}

/* What every answer has, and how it follows from the masks. */
static void check_answer(const cnicalc_flannel_result *result,
                         const cnicalc_flannel_options *options)
{
    const uint64_t *limits = result->limits;
    int is_edge = options->edition >= CNICALC_EDITION_EDGE_PRO;
    uint64_t nodes = CNICALC_NO_LIMIT;
    require(result->node_mask >= 24 && result->node_mask <= 28);
    require(result->pod_prefix_len <= result->node_mask);
    require(result->pods_per_node == UINT64_C(1) << (32 - result->node_mask));
    require(result->usable_pod_ips == result->pods_per_node - 3);
    require(limits[CNICALC_FLANNEL_LIMIT_CIDR] << result->pod_prefix_len ==
            UINT64_C(1) << result->node_mask);
    uint64_t routes = options->route_quota != 0 ? options->route_quota
                                                : published(options, CNICALC_QUOTA_VPC_ROUTES);
    if (routes != CNICALC_NO_LIMIT) {
        routes = routes > options->routes_used ? routes - options->routes_used : 0;
    }
    require(limits[CNICALC_FLANNEL_LIMIT_ROUTES] == (is_edge ? CNICALC_NO_LIMIT : routes));
    require(
        limits[CNICALC_FLANNEL_LIMIT_EDITION] ==
        (options->node_quota != 0 ? options->node_quota : published(options, CNICALC_QUOTA_NODES)));
    require(
        limits[CNICALC_FLANNEL_LIMIT_EDITION_PODS] ==
        (options->pod_quota != 0 ? options->pod_quota : published(options, CNICALC_QUOTA_PODS)));
    for (uint32_t i = CNICALC_FLANNEL_LIMIT_CIDR; i <= CNICALC_FLANNEL_LIMIT_EDITION; i++) {
        nodes = limits[i] < nodes ? limits[i] : nodes;
    }
    require(result->max_nodes == nodes);
    uint64_t pods = nodes * result->pods_per_node;
    int by_quota = limits[CNICALC_FLANNEL_LIMIT_EDITION_PODS] < pods;
    require(result->max_pods == (by_quota ? limits[CNICALC_FLANNEL_LIMIT_EDITION_PODS] : pods));
    require(limits[CNICALC_FLANNEL_LIMIT_NONE] == CNICALC_NO_LIMIT);
    require(strcmp(cnicalc_flannel_limit_name(result->bound_by), "unknown") != 0);
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
    require(result.limits[result.bound_by] == result.max_nodes);
    for (uint32_t i = CNICALC_FLANNEL_LIMIT_CIDR; i < result.bound_by; i++) {
        require(result.limits[i] > result.max_nodes);
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
    /* The next smaller of each would not hold the wish. */
    require(result.node_mask == 28 || result.pods_per_node / 2 < pods_per_node);
    require(result.pod_prefix_len == result.node_mask ||
            result.limits[CNICALC_FLANNEL_LIMIT_CIDR] / 2 < nodes);
    require(result.pod_prefix_len >= 8);
    if (result.fits) {
        require(result.pods_per_node >= pods_per_node);
        cnicalc_cidr cidr = {0, 0x0a000000, 4, result.pod_prefix_len};
        cnicalc_flannel_options split = *options;
        cnicalc_flannel_result again;
        split.node_mask = result.node_mask;
        split.pods_per_node = 0;
        require(cnicalc_flannel_solve(&cidr, &split, &again) == CNICALC_OK);
        require(memcmp(&again, &result, sizeof again) == 0);
    } else {
        require(pods_per_node > 256 ? result.bound_by == CNICALC_FLANNEL_LIMIT_NODE_MASK
                                    : result.limits[result.bound_by] == result.max_nodes);
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
