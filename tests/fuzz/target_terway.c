/* SPDX-License-Identifier: MIT */
/* Terway clusters: the zones add up, the limit that is named decides, what solve answers is what
 * fit accepts, and one node more is what it refuses; what nodes hold at other times is what others
 * hold at rest. */
#include "fuzz.h"

#include <cnicalc.h>

#include <string.h>

#define VSWITCHES_MAX 6
#define ZONES_MAX     4
#define POOLS_MAX     4

struct question {
    cnicalc_vswitch vswitches[VSWITCHES_MAX];
    size_t count;
    cnicalc_terway_node node;
    cnicalc_terway_options options;
};

/* Legal more often than not: the blocks of one case seldom overlap. */
static cnicalc_vswitch draw_vswitch(draw *input, uint32_t index)
{
    cnicalc_vswitch vswitch;
    uint32_t choice = draw_byte(input);
    memset(&vswitch, 0, sizeof vswitch);
    vswitch.cidr.family = CNICALC_FAMILY_IPV4;
    vswitch.zone = choice & 3;
    vswitch.roles = choice >> 2 & 3;
    vswitch.roles += vswitch.roles == 0;
    vswitch.cidr.prefix_len =
        draw_below(input, 2) ? 24 + draw_below(input, 6) : 16 + draw_below(input, 14);
    vswitch.cidr.lo = 0x0a000000 + ((uint64_t)index << 16);
    vswitch.used_addresses = choice >= 192 ? draw_u64(input) : 0;
    if (choice >= 128 && vswitch.cidr.prefix_len < 27) {
        vswitch.reserved_prefixes = draw_byte(input) & 15;
    }
    if (choice % 64 == 63) {
        vswitch.cidr.prefix_len = draw_byte(input);
        vswitch.cidr.lo = 0x0a000000;
        vswitch.roles = draw_byte(input);
        vswitch.reserved_prefixes = draw_u64(input);
        vswitch.reserved[1] = draw_byte(input);
    }
    return vswitch;
}

static cnicalc_terway_options draw_options(draw *input)
{
    cnicalc_terway_options options;
    require(cnicalc_terway_options_init(&options, sizeof options) == CNICALC_OK);
    uint32_t choice = draw_byte(input);
    options.ceilings.edition = choice % 16 == 15 ? draw_u32(input) : 1 + choice % 5;
    options.ceilings.raised = choice >> 5 & 1;
    options.ipvlan = choice >> 6 & 1;
    if (choice >= 128) {
        options.ceilings.node_quota = draw_u64(input);
        options.ceilings.pod_quota = draw_u64(input);
        options.ceilings.ipvlan_pod_quota = draw_u64(input);
        options.ceilings.vpc_address_quota = draw_u64(input);
        options.ceilings.security_group_quota = draw_u64(input);
        options.ceilings.security_group_used = draw_byte(input);
        options.ceilings.security_group = 1 + draw_below(input, 2);
        options.surge = draw_u32(input);
        options.max_unavailable = draw_u32(input);
    }
    if (choice == 255) {
        options.struct_size = draw_u32(input);
        options.reserved[draw_below(input, 3)] = draw_u32(input);
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

static uint64_t available(const cnicalc_limit_row *rows, uint32_t count, uint32_t limit)
{
    const cnicalc_limit_row *row = cnicalc_limit_find(rows, count, limit);
    require(row != NULL);
    return row->available;
}

/* The least of the rows that count this, and the first that has it. */
static cnicalc_limit_row least(const cnicalc_terway_result *result, uint32_t counts)
{
    cnicalc_limit_row found = {CNICALC_LIMIT_NONE, counts, 0, CNICALC_NO_LIMIT};
    for (uint32_t i = 0; i < result->limit_count; i++) {
        const cnicalc_limit_row *row = &result->limits[i];
        require(row->needed == 0 && strcmp(cnicalc_limit_name(row->limit), "unknown") != 0);
        if (row->counts == counts &&
            (found.limit == CNICALC_LIMIT_NONE || row->available < found.available)) {
            found = *row;
        }
    }
    return found;
}

static void check_limits(const cnicalc_terway_result *result)
{
    require(result->limit_count <= CNICALC_LIMIT_ROWS);
    cnicalc_limit_row nodes = least(result, CNICALC_COUNTS_NODES);
    cnicalc_limit_row pods = least(result, CNICALC_COUNTS_PODS);
    require(result->bound_by == nodes.limit && result->max_nodes == nodes.available);
    uint64_t all = nodes.available * result->pods_per_node;
    require(result->max_pods == smaller(all, pods.available));
    require(result->max_pods_bound_by == (pods.available < all ? pods.limit : nodes.limit));
}

/* The zones, each within what its own vSwitches hold, make up the row of zone addresses. */
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
        require(available(zones[i].limits, zones[i].limit_count, zones[i].bound_by) ==
                zones[i].max_nodes);
        if (zones[i].max_nodes != 0 && zones[i].max_nodes != CNICALC_NO_LIMIT) {
            uint64_t each = zones[i].usable_addresses / zones[i].max_nodes;
            require(each >= node->addresses + 16 * node->prefixes);
            require(zones[i].usable_prefixes / zones[i].max_nodes >= node->prefixes);
            require(zones[i].node_addresses >= zones[i].max_nodes);
        }
    }
    require(available(result->limits, result->limit_count, CNICALC_LIMIT_ZONE_ADDRESSES) == nodes);
    require(result->pod_addresses == addresses && result->pod_prefixes == prefixes);
    require(result->zone_count == count);
}

/* A judged answer fits when no row is short, and names the first that is. */
static void check_judged(const cnicalc_limit_row *rows, uint32_t count, uint32_t bound_by,
                         uint32_t fits)
{
    uint32_t short_of = CNICALC_LIMIT_NONE;
    require(count <= CNICALC_LIMIT_ROWS);
    for (uint32_t i = count; i-- > 0;) {
        require(rows[i].counts == cnicalc_limit_counts(rows[i].limit) ||
                (rows[i].limit == CNICALC_LIMIT_SECURITY_GROUP_QUOTA &&
                 rows[i].counts == CNICALC_COUNTS_ENIS));
        short_of = rows[i].needed > rows[i].available ? rows[i].limit : short_of;
    }
    require(bound_by == short_of && fits == (short_of == CNICALC_LIMIT_NONE));
}

/* Judges pools, all together and zone by zone; the zones come out. */
static cnicalc_status fit(const struct question *question, const cnicalc_terway_pool *pools,
                          size_t pool_count, cnicalc_terway_zone *zones, uint32_t *out_fits)
{
    const cnicalc_terway_cluster cluster = {question->vswitches, question->count, pools,
                                            pool_count};
    cnicalc_terway_fit_result result;
    cnicalc_fault fault = {CNICALC_ARRAY_COUNT, 0, 0, 0};
    size_t count;
    poison(&result, sizeof result);
    cnicalc_status status = cnicalc_terway_fit(&cluster, &question->options, &result, &fault);
    if (status != CNICALC_OK) {
        require(is_poisoned(&result, sizeof result) && fault.array < CNICALC_ARRAY_BLOCKS);
        return status;
    }
    /* What does not fit at rest does not fit when nodes hold more. */
    require(result.fits || (result.fits_with_default_pool != 1 && result.fits_with_burst != 1 &&
                            result.fits_with_surge == 0));
    require(cnicalc_terway_fit_zones(&cluster, zones, ZONES_MAX, &count, NULL) == CNICALC_OK);
    require(result.zone_count == count);
    check_judged(result.limits, result.limit_count, result.bound_by, result.fits);
    for (size_t i = 0; i < count; i++) {
        check_judged(zones[i].limits, zones[i].limit_count, zones[i].bound_by, zones[i].fits);
        require(!result.fits || zones[i].fits);
    }
    *out_fits = result.fits;
    return CNICALC_OK;
}

/* As many nodes in each zone as it was said to hold, and one more in one of them. */
static void check_fit(const struct question *question, const cnicalc_terway_zone *zones,
                      size_t count)
{
    cnicalc_terway_pool pools[ZONES_MAX];
    cnicalc_terway_zone fit_zones[ZONES_MAX];
    uint32_t fits;
    memset(pools, 0, sizeof pools);
    for (size_t i = 0; i < count; i++) {
        pools[i].node = question->node;
        pools[i].zone = zones[i].zone;
        pools[i].count = smaller(zones[i].max_nodes, 1000000);
    }
    cnicalc_status status = fit(question, pools, count, fit_zones, &fits);
    if (status == CNICALC_ERR_OVERFLOW) {
        return;
    }
    require(status == CNICALC_OK);
    for (size_t i = 0; i < count; i++) {
        require(fit_zones[i].zone == zones[i].zone && fit_zones[i].fits == 1);
        /* Pools without nodes need no pod vSwitch. */
        require(fit_zones[i].usable_addresses == zones[i].usable_addresses ||
                (question->node.needs_pod_vswitch && pools[i].count == 0));
    }
    for (size_t i = 0; i < count; i++) {
        if (zones[i].max_nodes >= 1000000) {
            continue;
        }
        pools[i].count = zones[i].max_nodes + 1;
        status = fit(question, pools, count, fit_zones, &fits);
        require(status == CNICALC_ERR_OVERFLOW ||
                (status == CNICALC_OK && fit_zones[i].fits == 0 && fits == 0));
        pools[i].count = zones[i].max_nodes;
    }
}

/* Pools of different nodes together. */
static void check_pools(const struct question *question, draw *input)
{
    cnicalc_terway_pool pools[POOLS_MAX];
    cnicalc_terway_zone zones[ZONES_MAX];
    uint32_t fits;
    size_t count = draw_below(input, POOLS_MAX + 1);
    memset(pools, 0, sizeof pools);
    for (size_t i = 0; i < count; i++) {
        pools[i].node = draw_terway_node(input);
        pools[i].count = draw_u64(input);
        pools[i].zone = draw_below(input, 4);
    }
    (void)fit(question, pools, count, zones, &fits);
}

/* What a node holds at another time, as if it held it at rest. */
static void check_moment(const struct question *question, uint64_t addresses, uint64_t nodes)
{
    const cnicalc_terway_cluster cluster = {question->vswitches, question->count, NULL, 0};
    cnicalc_terway_node node = question->node;
    cnicalc_terway_result result;
    if (addresses == CNICALC_UNKNOWN_COUNT) {
        require(nodes == CNICALC_UNKNOWN_COUNT);
        return;
    }
    node.addresses = addresses > node.addresses ? addresses : node.addresses;
    node.addresses_with_pool = node.addresses_in_burst = node.addresses;
    node.pods_per_node = 0;
    cnicalc_status status =
        cnicalc_terway_solve(&cluster, &node, &question->options, &result, NULL);
    require(status == CNICALC_ERR_OVERFLOW || (status == CNICALC_OK && result.max_nodes == nodes));
}

/* At no other time do more nodes fit, and what they hold is a product. */
static void check_moments(const struct question *question, const cnicalc_terway_result *result)
{
    const cnicalc_terway_node *node = &question->node;
    check_moment(question, node->addresses_with_pool, result->max_nodes_with_default_pool);
    check_moment(question, node->addresses_in_burst, result->max_nodes_with_burst);
    require(result->max_nodes_with_surge <= result->max_nodes);
    require(result->held_addresses ==
            result->max_nodes * (1 + node->addresses + 16 * node->prefixes));
}

/* One address more in use never makes room. */
static void check_monotone(struct question *question, const cnicalc_terway_result *before)
{
    const cnicalc_terway_cluster cluster = {question->vswitches, question->count, NULL, 0};
    cnicalc_terway_result result;
    for (size_t i = 0; i < question->count; i++) {
        cnicalc_fault fault;
        question->vswitches[i].used_addresses++;
        cnicalc_status status =
            cnicalc_terway_solve(&cluster, &question->node, &question->options, &result, &fault);
        require(status == CNICALC_ERR_VSWITCH_USED
                    ? fault.index == i
                    : status == CNICALC_OK && result.max_nodes <= before->max_nodes);
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
    question.node = draw_terway_node(&input);
    question.count = draw_below(&input, VSWITCHES_MAX + 1);
    for (uint32_t i = 0; i < question.count; i++) {
        question.vswitches[i] = draw_vswitch(&input, i);
    }
    const cnicalc_terway_cluster cluster = {question.vswitches, question.count, NULL, 0};
    poison(&result, sizeof result);
    poison(zones, sizeof zones);
    cnicalc_status status =
        cnicalc_terway_solve(&cluster, &question.node, &question.options, &result, NULL);
    cnicalc_status zones_status =
        cnicalc_terway_zones(&cluster, &question.node, zones, ZONES_MAX, &zone_count, NULL);
    if (zones_status != CNICALC_OK) {
        require(is_poisoned(zones, sizeof zones) && zone_count == 77 && status != CNICALC_OK);
    }
    if (status != CNICALC_OK) {
        require(is_poisoned(&result, sizeof result));
    } else {
        check_limits(&result);
        check_zones(&question, &result, zones, zone_count);
        check_fit(&question, zones, zone_count);
        check_moments(&question, &result);
        check_monotone(&question, &result);
    }
    check_pools(&question, &input);
    return 0;
}
