/* SPDX-License-Identifier: MIT */
/* Terway clusters: the zones add up, the limit that is named decides, what solve answers is what
 * fit accepts, and one node more is what it refuses. */
#include "fuzz.h"

#include <cnicalc.h>

#include <string.h>

#define VSWITCHES_MAX 6
#define ZONES_MAX     4
#define POOLS_MAX     4

struct question {
    cnicalc_terway_vswitch vswitches[VSWITCHES_MAX];
    size_t count;
    cnicalc_terway_node node;
    cnicalc_terway_options options;
};

/* Legal more often than not: the blocks of one case seldom overlap. */
static cnicalc_terway_vswitch draw_vswitch(draw *input, uint32_t index)
{
    cnicalc_terway_vswitch vswitch = {{0, 0, 4, 0}, 0, 0, 0, {0, 0}};
    uint32_t choice = draw_byte(input);
    vswitch.zone = choice & 3;
    vswitch.roles = choice >> 2 & 3;
    vswitch.roles += vswitch.roles == 0;
    vswitch.cidr.prefix_len =
        draw_below(input, 2) ? 24 + draw_below(input, 6) : 16 + draw_below(input, 14);
    vswitch.cidr.lo = 0x0a000000 + ((uint64_t)index << 16);
    vswitch.used_addresses = choice >= 192 ? draw_u64(input) : 0;
    if (choice % 64 == 63) {
        vswitch.cidr.prefix_len = draw_byte(input);
        vswitch.cidr.lo = 0x0a000000;
        vswitch.roles = draw_byte(input);
        vswitch.reserved[1] = draw_byte(input);
    }
    return vswitch;
}

static cnicalc_terway_node draw_node(draw *input)
{
    cnicalc_terway_node node;
    memset(&node, 0, sizeof node);
    node.pods_per_node = draw_u64(input);
    node.addresses = draw_below(input, 4) == 3 ? draw_u64(input) : node.pods_per_node;
    node.prefixes = draw_below(input, 2) ? draw_below(input, 32) : 0;
    node.mode = draw_below(input, 32) == 31 ? draw_u32(input) : 1 + draw_below(input, 4);
    node.joins = draw_below(input, 16) == 15 ? draw_u32(input) : 1;
    return node;
}

static cnicalc_terway_options draw_options(draw *input)
{
    cnicalc_terway_options options;
    require(cnicalc_terway_options_init(&options, sizeof options) == CNICALC_OK);
    uint32_t choice = draw_byte(input);
    options.edition = choice % 16 == 15 ? draw_u32(input) : 1 + choice % 5;
    options.raised = choice >> 5 & 1;
    options.ipvlan = choice >> 6 & 1;
    if (choice >= 128) {
        options.node_quota = draw_u64(input);
        options.pod_quota = draw_u64(input);
        options.ipvlan_pod_quota = draw_u64(input);
        options.vpc_address_quota = draw_u64(input);
    }
    if (choice == 255) {
        options.struct_size = draw_u32(input);
        options.reserved[draw_below(input, 4)] = draw_u32(input);
        options.ipvlan = draw_u32(input);
    }
    return options;
}

static uint64_t smaller(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static uint64_t sum_of(uint64_t a, uint64_t b)
{
    return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

static void check_limits(const cnicalc_terway_result *result)
{
    const uint64_t *limits = result->limits;
    uint64_t nodes = CNICALC_NO_LIMIT;
    for (uint32_t i = CNICALC_TERWAY_LIMIT_POD_VSWITCH; i <= CNICALC_TERWAY_LIMIT_JOIN_FLOOR; i++) {
        nodes = smaller(nodes, limits[i]);
    }
    require(result->max_nodes == nodes && limits[result->bound_by] == nodes);
    for (uint32_t i = CNICALC_TERWAY_LIMIT_POD_VSWITCH; i < result->bound_by; i++) {
        require(limits[i] > nodes);
    }
    uint64_t ceiling = smaller(limits[CNICALC_TERWAY_LIMIT_EDITION_PODS],
                               limits[CNICALC_TERWAY_LIMIT_IPVLAN_PODS]);
    require(result->max_pods <= ceiling);
    require(result->max_pods == ceiling || result->max_pods == nodes * result->pods_per_node);
    require(limits[CNICALC_TERWAY_LIMIT_NONE] == CNICALC_NO_LIMIT);
    require(strcmp(cnicalc_terway_limit_name(result->bound_by), "unknown") != 0);
    require(strcmp(cnicalc_terway_limit_name(result->max_pods_bound_by), "unknown") != 0);
}

/* The zones, each within what its own vSwitches hold, make up limits[ZONES]. */
static void check_zones(const struct question *question, const cnicalc_terway_result *result,
                        const cnicalc_terway_zone *zones, size_t count)
{
    const cnicalc_terway_node *node = &question->node;
    uint64_t nodes = 0;
    uint64_t addresses = 0;
    uint64_t prefixes = 0;
    for (size_t i = 0; i < count; i++) {
        nodes = sum_of(nodes, zones[i].max_nodes);
        addresses += zones[i].usable_addresses;
        prefixes += zones[i].usable_prefixes;
        if (zones[i].max_nodes != 0 && zones[i].max_nodes != CNICALC_NO_LIMIT) {
            uint64_t each = zones[i].usable_addresses / zones[i].max_nodes;
            require(each >= node->addresses + 16 * node->prefixes);
            require(zones[i].usable_prefixes / zones[i].max_nodes >= node->prefixes);
            require(zones[i].node_addresses >= zones[i].max_nodes);
        }
    }
    require(result->limits[CNICALC_TERWAY_LIMIT_ZONES] == nodes);
    require(result->pod_addresses == addresses && result->pod_prefixes == prefixes);
}

/* As many nodes in each zone as it was said to hold, and one more in one of them. */
static void check_fit(const struct question *question, const cnicalc_terway_zone *zones,
                      size_t count)
{
    cnicalc_terway_pool pools[ZONES_MAX];
    cnicalc_terway_fit_result result;
    cnicalc_terway_fit_zone fit_zones[ZONES_MAX];
    size_t told = 0;
    memset(pools, 0, sizeof pools);
    for (size_t i = 0; i < count; i++) {
        pools[i].node = question->node;
        pools[i].zone = zones[i].zone;
        pools[i].count = smaller(zones[i].max_nodes, 1000000);
    }
    cnicalc_status status =
        cnicalc_terway_fit(question->vswitches, question->count, pools, count, &question->options,
                           &result, fit_zones, ZONES_MAX, &told);
    if (status == CNICALC_ERR_OVERFLOW) {
        return;
    }
    require(status == CNICALC_OK && told == count);
    for (size_t i = 0; i < count; i++) {
        require(fit_zones[i].zone == zones[i].zone && fit_zones[i].fits == 1);
        require(fit_zones[i].available_addresses == zones[i].usable_addresses);
    }
    for (size_t i = 0; i < count; i++) {
        if (zones[i].max_nodes >= 1000000) {
            continue;
        }
        pools[i].count = zones[i].max_nodes + 1;
        status = cnicalc_terway_fit(question->vswitches, question->count, pools, count,
                                    &question->options, &result, fit_zones, ZONES_MAX, &told);
        require(status == CNICALC_ERR_OVERFLOW ||
                (status == CNICALC_OK && fit_zones[i].fits == 0 && result.fits == 0));
        pools[i].count = zones[i].max_nodes;
    }
}

static void check_fit_result(const cnicalc_terway_fit_result *result)
{
    uint32_t bound_by = CNICALC_TERWAY_LIMIT_NONE;
    for (uint32_t i = CNICALC_TERWAY_LIMIT_COUNT - 1; i > CNICALC_TERWAY_LIMIT_NONE; i--) {
        bound_by = result->needed[i] > result->available[i] ? i : bound_by;
    }
    require(result->bound_by == bound_by);
    require(result->fits == (bound_by == CNICALC_TERWAY_LIMIT_NONE));
}

/* Pools of different nodes together. */
static void check_pools(const struct question *question, draw *input)
{
    cnicalc_terway_pool pools[POOLS_MAX];
    cnicalc_terway_fit_result result;
    size_t count = draw_below(input, POOLS_MAX + 1);
    memset(pools, 0, sizeof pools);
    for (size_t i = 0; i < count; i++) {
        pools[i].node = draw_node(input);
        pools[i].count = draw_u64(input);
        pools[i].zone = draw_below(input, 4);
    }
    poison(&result, sizeof result);
    cnicalc_status status = cnicalc_terway_fit(question->vswitches, question->count, pools, count,
                                               &question->options, &result, NULL, 0, NULL);
    if (status == CNICALC_OK) {
        check_fit_result(&result);
    } else {
        require(is_poisoned(&result, sizeof result));
    }
}

/* One address more in use never makes room. */
static void check_monotone(struct question *question, const cnicalc_terway_result *before)
{
    cnicalc_terway_result result;
    for (size_t i = 0; i < question->count; i++) {
        question->vswitches[i].used_addresses++;
        cnicalc_status status =
            cnicalc_terway_solve(question->vswitches, question->count, &question->node,
                                 &question->options, &result, NULL, 0, NULL);
        require(status == CNICALC_ERR_TERWAY_VSWITCH_USED ||
                (status == CNICALC_OK && result.max_nodes <= before->max_nodes));
        question->vswitches[i].used_addresses--;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    draw input = {data, size};
    struct question question;
    cnicalc_terway_result result;
    cnicalc_terway_zone zones[ZONES_MAX];
    size_t zone_count = 77;
    memset(&question, 0, sizeof question);
    question.options = draw_options(&input);
    question.node = draw_node(&input);
    question.count = draw_below(&input, VSWITCHES_MAX + 1);
    for (uint32_t i = 0; i < question.count; i++) {
        question.vswitches[i] = draw_vswitch(&input, i);
    }
    poison(&result, sizeof result);
    poison(zones, sizeof zones);
    cnicalc_status status =
        cnicalc_terway_solve(question.vswitches, question.count, &question.node, &question.options,
                             &result, zones, ZONES_MAX, &zone_count);
    if (status != CNICALC_OK) {
        require(is_poisoned(&result, sizeof result) && is_poisoned(zones, sizeof zones));
        require(zone_count == 77);
    } else {
        require(zone_count <= ZONES_MAX);
        check_limits(&result);
        check_zones(&question, &result, zones, zone_count);
        check_fit(&question, zones, zone_count);
        check_monotone(&question, &result);
    }
    check_pools(&question, &input);
    return 0;
}
