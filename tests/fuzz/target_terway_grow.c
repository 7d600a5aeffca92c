/* SPDX-License-Identifier: MIT */
/* What a cluster lacks: what is added overlaps nothing, is in the VPC and has a legal mask; fit
 * accepts the grown cluster, which lacks nothing; a question that is refused leaves the outputs
 * alone. */
#include "fuzz.h"

#include <cnicalc.h>

#include <string.h>

#define VSWITCHES_MAX 6
#define POOLS_MAX     4
#define TAKEN_MAX     12
#define BLOCKS_MAX    7
#define ROOM          (VSWITCHES_MAX + 2 * CNICALC_TERWAY_GROW_MAX)

struct question {
    cnicalc_vswitch vswitches[VSWITCHES_MAX];
    cnicalc_terway_pool pools[POOLS_MAX];
    cnicalc_cidr blocks[BLOCKS_MAX + CNICALC_TERWAY_GROW_VPC_BLOCKS_MAX];
    cnicalc_cidr taken[TAKEN_MAX];
    cnicalc_terway_cluster cluster;
    cnicalc_terway_growth growth;
    cnicalc_terway_options options;
};

/* A block in 10.10.0.0/16, or any. */
static cnicalc_cidr draw_block(draw *input, uint32_t shortest)
{
    cnicalc_cidr block = {0, 0x0a0a0000, CNICALC_FAMILY_IPV4, shortest};
    uint32_t choice = draw_byte(input);
    if (choice == 255) {
        block.lo = draw_u32(input);
        block.family = draw_byte(input);
        block.prefix_len = draw_byte(input);
        return block;
    }
    block.prefix_len += choice % 16;
    block.prefix_len = block.prefix_len > 29 ? 29 : block.prefix_len;
    block.lo += (uint64_t)draw_byte(input) << 8 | (choice >> 4) << 4;
    block.lo &= ~((UINT64_C(1) << (32 - block.prefix_len)) - 1);
    return block;
}

static cnicalc_terway_node draw_node(draw *input)
{
    cnicalc_terway_node node;
    uint32_t choice = draw_byte(input);
    memset(&node, 0, sizeof node);
    node.addresses = choice == 255 ? draw_u64(input) : draw_below(input, 100);
    node.prefixes = choice % 4 == 3 ? draw_below(input, 32) : 0;
    node.pods_per_node = node.addresses;
    node.mode = node.prefixes != 0 ? CNICALC_MODE_IP_PREFIX : CNICALC_MODE_SHARED_ENI;
    node.joins = 1;
    node.needs_pod_vswitch = choice >> 3 & 1;
    if (choice >> 4 & 1) {
        node.pod_enis = draw_below(input, 8);
        node.addresses_per_eni = draw_below(input, 40);
    }
    return node;
}

static void draw_options(draw *input, cnicalc_terway_options *options)
{
    uint32_t choice = draw_byte(input);
    require(cnicalc_terway_options_init(options, sizeof *options) == CNICALC_OK);
    options->roomy = choice & 1;
    if (choice >= 128) {
        options->ceilings.node_quota = options->ceilings.pod_quota = CNICALC_NO_LIMIT;
        options->ceilings.vpc_address_quota = CNICALC_NO_LIMIT;
        options->ceilings.security_group_quota = CNICALC_NO_LIMIT;
    }
    options->roomy = choice == 255 ? 2 : options->roomy;
}

static void draw_question(draw *input, struct question *question)
{
    memset(question, 0, sizeof *question);
    draw_options(input, &question->options);
    question->growth.vpc_block_count = 1 + draw_below(input, 16) / 8;
    question->growth.vpc_block_count = draw_below(input, 64) == 63
                                           ? draw_below(input, BLOCKS_MAX + 1)
                                           : question->growth.vpc_block_count;
    for (uint32_t i = 0; i < question->growth.vpc_block_count; i++) {
        question->blocks[i] = draw_block(input, 16);
        question->blocks[i].lo += (uint64_t)i << 16;
    }
    question->cluster.vswitch_count = draw_below(input, VSWITCHES_MAX + 1);
    for (size_t i = 0; i < question->cluster.vswitch_count; i++) {
        uint32_t choice = draw_byte(input);
        question->vswitches[i].cidr = draw_block(input, 20);
        question->vswitches[i].zone = choice & 3;
        question->vswitches[i].roles = 1 + (choice >> 2) % 3;
        question->vswitches[i].used_addresses = choice >= 128 ? draw_byte(input) : 0;
    }
    question->growth.taken_count = draw_below(input, TAKEN_MAX + 1);
    for (size_t i = 0; i < question->growth.taken_count; i++) {
        question->taken[i] = draw_block(input, 18);
    }
    question->cluster.pool_count = draw_below(input, POOLS_MAX + 1);
    for (size_t i = 0; i < question->cluster.pool_count; i++) {
        question->pools[i].node = draw_node(input);
        question->pools[i].count = draw_u32(input);
        question->pools[i].zone = draw_below(input, 5);
    }
    question->cluster.vswitches = question->vswitches;
    question->cluster.pools = question->pools;
    question->growth.cluster = &question->cluster;
    question->growth.vpc_blocks = question->blocks;
    question->growth.taken = question->taken;
}

static int overlap(const cnicalc_cidr *a, const cnicalc_cidr *b)
{
    uint32_t overlaps = 0;
    require(cnicalc_cidr_overlaps(a, b, &overlaps) == CNICALC_OK);
    return overlaps != 0;
}

static int is_in_vpc(const struct question *question, const cnicalc_cidr *cidr)
{
    uint32_t is_inside = 0;
    for (size_t i = 0; i < question->growth.vpc_block_count && !is_inside; i++) {
        require(cnicalc_cidr_contains(&question->blocks[i], cidr, &is_inside) == CNICALC_OK);
    }
    return is_inside != 0;
}

/* A vSwitch that was added, among those before it. */
static void check_added(const struct question *question, const cnicalc_vswitch *vswitches,
                        size_t index)
{
    const cnicalc_vswitch *added = &vswitches[index];
    require(added->used_addresses == 0 && added->roles != CNICALC_VSWITCH_BOTH);
    require(added->roles == CNICALC_VSWITCH_NODE || added->cidr.prefix_len <= 25);
    require(is_in_vpc(question, &added->cidr));
    for (size_t i = 0; i < question->growth.taken_count; i++) {
        require(!overlap(&question->taken[i], &added->cidr));
    }
}

/* Checks the answer, and asks again with all that is added. */
static void check_grown(struct question *question, const cnicalc_terway_grow_result *result,
                        const cnicalc_vswitch *vswitches)
{
    static cnicalc_vswitch again[ROOM];
    cnicalc_terway_grow_result second;
    cnicalc_terway_fit_result fit;
    size_t own = question->cluster.vswitch_count;
    for (uint32_t i = 0; i < result->vpc_block_count; i++) {
        require(!is_in_vpc(question, &result->vpc_blocks[i]));
        question->blocks[question->growth.vpc_block_count++] = result->vpc_blocks[i];
    }
    for (size_t i = own; i < result->vswitch_count; i++) {
        check_added(question, vswitches, i);
    }
    question->cluster.vswitches = vswitches;
    question->cluster.vswitch_count = result->vswitch_count;
    require(cnicalc_terway_fit(&question->cluster, &question->options, &fit, NULL) == CNICALC_OK);
    require(fit.fits);
    require(cnicalc_terway_grow(&question->growth, &question->options, &second, again, ROOM,
                                NULL) == CNICALC_OK);
    require(second.fits_now);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct question question;
    static cnicalc_vswitch vswitches[ROOM];
    draw input = {data, size};
    cnicalc_terway_grow_result result;
    draw_question(&input, &question);
    poison(&result, sizeof result);
    poison(vswitches, sizeof vswitches);
    cnicalc_status status =
        cnicalc_terway_grow(&question.growth, &question.options, &result, vswitches, ROOM, NULL);
    if (status != CNICALC_OK) {
        require(is_poisoned(&result, sizeof result));
        require(is_poisoned(vswitches, sizeof vswitches));
        return 0;
    }
    require(result.vswitch_count - question.cluster.vswitch_count <= CNICALC_TERWAY_GROW_MAX);
    require(result.fits == (result.bound_by == CNICALC_LIMIT_NONE));
    require(result.fits || result.vswitch_count == question.cluster.vswitch_count);
    if (result.fits) {
        check_grown(&question, &result, vswitches);
    }
    return 0;
}
