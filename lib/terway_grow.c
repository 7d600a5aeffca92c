/* SPDX-License-Identifier: MIT */
/* What to add to a Terway cluster, so that further nodes fit. */
#include "terway_grow.h"

#include "internal_cidr.h"
#include "quota.h"

/* ---- The question ---- */

int cnicalc__growth_is_null(const cnicalc_terway_growth *growth)
{
    return growth == NULL || cnicalc__fit_is_null(growth->cluster) ||
           (growth->vpc_blocks == NULL && growth->vpc_block_count != 0) ||
           (growth->taken == NULL && growth->taken_count != 0);
}

static cnicalc_status blocks_fault(cnicalc_status status, size_t index, size_t other,
                                   cnicalc_fault *out_fault)
{
    return cnicalc__fault(status, CNICALC_ARRAY_BLOCKS, index, other, out_fault);
}

static cnicalc_status check_growth_vpc(const cnicalc_terway_growth *growth,
                                       cnicalc_fault *out_fault)
{
    if (growth->vpc_block_count == 0 ||
        growth->vpc_block_count > CNICALC_TERWAY_GROW_VPC_BLOCKS_MAX + 1) {
        return blocks_fault(CNICALC_ERR_TERWAY_VPC, CNICALC_UNKNOWN, CNICALC_UNKNOWN, out_fault);
    }
    for (size_t i = 0; i < growth->vpc_block_count; i++) {
        const cnicalc_cidr *block = &growth->vpc_blocks[i];
        cnicalc_status status = cnicalc_cidr_check(block);
        if (status != CNICALC_OK) {
            return blocks_fault(status, i, CNICALC_UNKNOWN, out_fault);
        }
        if (block->family != CNICALC_FAMILY_IPV4 ||
            cnicalc__bound_nearest(CNICALC_BOUND_VPC_PREFIX_LEN, block->prefix_len) !=
                block->prefix_len) {
            return blocks_fault(CNICALC_ERR_TERWAY_VPC, i, CNICALC_UNKNOWN, out_fault);
        }
        for (size_t j = 0; j < i; j++) {
            if (cnicalc__overlap(&growth->vpc_blocks[j], block)) {
                return blocks_fault(CNICALC_ERR_TERWAY_VPC, i, j, out_fault);
            }
        }
    }
    return CNICALC_OK;
}

static int is_in_vpc(const cnicalc_terway_growth *growth, const cnicalc_cidr *cidr)
{
    for (size_t i = 0; i < growth->vpc_block_count; i++) {
        if (cnicalc__contains(&growth->vpc_blocks[i], cidr)) {
            return 1;
        }
    }
    return 0;
}

static cnicalc_status check_places(const cnicalc_terway_growth *growth, cnicalc_fault *out_fault)
{
    for (size_t i = 0; i < growth->cluster->vswitch_count; i++) {
        if (!is_in_vpc(growth, &growth->cluster->vswitches[i].cidr)) {
            return cnicalc__fault(CNICALC_ERR_TERWAY_OUTSIDE_VPC, CNICALC_ARRAY_VSWITCHES, i,
                                  CNICALC_UNKNOWN, out_fault);
        }
    }
    for (size_t i = 0; i < growth->taken_count; i++) {
        cnicalc_status status = cnicalc_cidr_check(&growth->taken[i]);
        if (status != CNICALC_OK) {
            return cnicalc__fault(status, CNICALC_ARRAY_TAKEN, i, CNICALC_UNKNOWN, out_fault);
        }
    }
    return CNICALC_OK;
}

/* Each count by itself first, so that their sum does not exceed a size_t. */
static int has_too_much_to_grow(const cnicalc_terway_growth *growth)
{
    const size_t most = CNICALC_TERWAY_GROW_BLOCKS_MAX;
    return growth->cluster->vswitch_count > most || growth->taken_count > most ||
           growth->cluster->vswitch_count + growth->taken_count + growth->vpc_block_count > most;
}

static cnicalc_status check_growth(const cnicalc__fit *question,
                                   const cnicalc_terway_growth *growth, cnicalc__fit_load *load,
                                   cnicalc_fault *out_fault)
{
    cnicalc_status status = check_growth_vpc(growth, out_fault);
    if (status != CNICALC_OK) {
        return status;
    }
    if (has_too_much_to_grow(growth)) {
        return cnicalc__whole_fault(CNICALC_ERR_TERWAY_GROW_SIZE, out_fault);
    }
    status = cnicalc__fit_check(question, load, out_fault);
    return status == CNICALC_OK ? check_places(growth, out_fault) : status;
}

/* ---- Zones ---- */

/* Finds the zones that do not hold their nodes as they are. */
static cnicalc_status find_zones(const cnicalc__fit *question, cnicalc__growth *growth,
                                 cnicalc_fault *out_fault)
{
    uint32_t zone;
    size_t at = 0;
    growth->zone_count = 0;
    growth->count = 0;
    while (cnicalc__fit_next_zone(question->cluster, &at, &zone)) {
        cnicalc_terway_zone answer;
        cnicalc__fit_zone(question, zone, &answer);
        if (answer.fits) {
            continue;
        }
        if (growth->zone_count == CNICALC__ZONES_MAX) {
            return cnicalc__whole_fault(CNICALC_ERR_TERWAY_GROW_SIZE, out_fault);
        }
        growth->zones[growth->zone_count++] = zone;
    }
    return CNICALC_OK;
}

/* ---- The search ---- */

/* A search, and where its vSwitches find places. */
struct work {
    const cnicalc__fit *question;
    cnicalc_vswitch *vswitches;
    uint64_t needed; /* addresses of the vSwitches to add */
    uint64_t available;
    uint32_t free_blocks[CNICALC__LEVELS + 1];
    cnicalc__growth growth;
    cnicalc__places places;
};

static int search(struct work *work)
{
    int is_found =
        cnicalc__grow_search(work->question, work->vswitches, work->free_blocks, &work->growth);
    if (is_found && work->question->options->roomy) {
        cnicalc__grow_widen(work->free_blocks, &work->growth);
    }
    return is_found;
}

/* Gives the VPC one block after another until there is room. */
static int search_further_blocks(struct work *work)
{
    uint32_t without[CNICALC__LEVELS + 1];
    do {
        memcpy(without, work->free_blocks, sizeof without);
        if (!cnicalc__grow_add_block(&work->places, CNICALC__VSWITCH_PREFIX_LEN_MIN,
                                     work->free_blocks)) {
            return 0;
        }
    } while (!search(work));
    cnicalc__grow_trim_block(&work->places, without, &work->growth);
    return 1;
}

/* Finds by how much there is too little room, where that is known. */
static void find_lack(struct work *work)
{
    uint32_t plenty[CNICALC__LEVELS + 1] = {0};
    int is_known = !work->growth.gave_up;
    plenty[CNICALC__LEVELS] = CNICALC_TERWAY_GROW_MAX;
    work->needed = work->growth.lack;
    work->available = 0;
    for (uint32_t level = CNICALC__LEVELS; level > 0; level--) {
        work->available = 2 * work->available + work->free_blocks[level];
    }
    work->available <<= 32 - CNICALC__LEVEL_MASK(1);
    if (is_known && cnicalc__grow_search(work->question, work->vswitches, plenty, &work->growth)) {
        work->needed = cnicalc__grow_size(&work->growth);
        work->available = cnicalc__grow_placed(&work->growth, work->free_blocks);
    }
    work->growth.gave_up = work->needed <= work->available;
    if (work->growth.gave_up) {
        work->needed = work->available = CNICALC_UNKNOWN_COUNT;
    }
    work->growth.count = 0;
    work->places.block_count = 0;
}

static void find_vswitches(struct work *work)
{
    cnicalc__grow_free_blocks(&work->places, work->free_blocks);
    if (work->growth.zone_count == 0) {
        return;
    }
    if (search(work) || search_further_blocks(work)) {
        work->needed = work->available = cnicalc__grow_size(&work->growth);
        cnicalc__grow_place(&work->places, &work->growth,
                            work->vswitches + work->question->cluster->vswitch_count);
    } else {
        find_lack(work);
    }
}

/* ---- The answer ---- */

/* vSwitches of the VPC, each block once: those that are taken in it, and those of the cluster. */
static uint64_t count_grown_vswitches(const cnicalc_terway_growth *growth)
{
    uint64_t count = growth->cluster->vswitch_count;
    for (size_t i = 0; i < growth->taken_count; i++) {
        int is_counted = is_in_vpc(growth, &growth->taken[i]);
        for (size_t j = 0; j < i; j++) {
            is_counted &= !cnicalc__overlap(&growth->taken[j], &growth->taken[i]);
        }
        count += (uint64_t)is_counted;
    }
    return count;
}

static void solve(const struct work *work, const cnicalc__fit_load *load,
                  cnicalc_terway_grow_result *result)
{
    const cnicalc_terway_growth *question = work->places.question;
    cnicalc_terway_cluster grown = *question->cluster;
    cnicalc__fit fit = *work->question;
    cnicalc_terway_fit_result judged;
    grown.vswitches = work->vswitches;
    grown.vswitch_count += work->growth.count;
    fit.cluster = &grown;
    cnicalc__fit_judge(&fit, load, &judged);
    memset(result, 0, sizeof *result);
    cnicalc__add_judged_row(result->limits, &result->limit_count, CNICALC_LIMIT_VPC_SPACE,
                            work->needed, work->available);
    cnicalc__add_judged_row(result->limits, &result->limit_count, CNICALC_LIMIT_VSWITCH_QUOTA,
                            count_grown_vswitches(question) + work->growth.count,
                            cnicalc__terway_ceiling(fit.options, CNICALC_LIMIT_VSWITCH_QUOTA));
    memcpy(&result->limits[result->limit_count], judged.limits,
           judged.limit_count * sizeof judged.limits[0]);
    result->limit_count += judged.limit_count;
    result->nodes = judged.nodes;
    result->pods = judged.pods;
    result->gave_up = (uint32_t)work->growth.gave_up;
    result->bound_by = result->gave_up
                           ? (uint32_t)CNICALC_LIMIT_VPC_SPACE
                           : cnicalc__first_shortage(result->limits, result->limit_count);
    result->fits = result->bound_by == CNICALC_LIMIT_NONE;
    result->fits_now = result->fits && work->growth.count == 0;
    result->vswitch_count = (uint32_t)question->cluster->vswitch_count;
    if (result->fits) {
        result->vswitch_count += work->growth.count;
        result->vpc_block_count = work->places.block_count;
        memcpy(result->vpc_blocks, work->places.blocks,
               work->places.block_count * sizeof work->places.blocks[0]);
    }
}

cnicalc_status cnicalc_terway_grow(const cnicalc_terway_growth *growth,
                                   const cnicalc_terway_options *options,
                                   cnicalc_terway_grow_result *out_result,
                                   cnicalc_vswitch *out_vswitches, size_t capacity,
                                   cnicalc_fault *out_fault)
{
    if (cnicalc__growth_is_null(growth) || options == NULL || out_result == NULL ||
        out_vswitches == NULL) {
        return CNICALC_ERR_NULL;
    }
    const cnicalc__fit question = {growth->cluster, options, 0, 0, CNICALC__AT_REST, 0, 1, 0};
    cnicalc__fit_load load;
    struct work work;
    cnicalc_status status = cnicalc__terway_check_options(options);
    if (status != CNICALC_OK) {
        return cnicalc__whole_fault(status, out_fault);
    }
    status = check_growth(&question, growth, &load, out_fault);
    if (status == CNICALC_OK) {
        status = find_zones(&question, &work.growth, out_fault);
    }
    if (status != CNICALC_OK) {
        return status;
    }
    if (capacity < growth->cluster->vswitch_count + CNICALC_TERWAY_GROW_MAX) {
        return cnicalc__whole_fault(CNICALC_ERR_CAPACITY, out_fault);
    }
    work.question = &question;
    work.vswitches = out_vswitches;
    work.places.question = growth;
    work.needed = work.available = 0;
    work.growth.gave_up = 0;
    if (growth->cluster->vswitch_count != 0) {
        memcpy(out_vswitches, growth->cluster->vswitches,
               growth->cluster->vswitch_count * sizeof *out_vswitches);
    }
    find_vswitches(&work);
    solve(&work, &load, out_result);
    return CNICALC_OK;
}
