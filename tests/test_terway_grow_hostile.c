/* SPDX-License-Identifier: MIT */
#include "grow_support.h"

#include <cnicalc/plan.h>

/* ---- What is malformed ---- */

/* That the question is refused, with nothing written. */
static void ck_refused(struct growth *growth, size_t capacity, cnicalc_status expected,
                       cnicalc_fault *out_fault)
{
    fill_pattern(&growth->result, sizeof growth->result);
    fill_pattern(growth->grown, sizeof growth->grown);
    ck_status(cnicalc_terway_grow(&growth->asked, &growth->options, &growth->result, growth->grown,
                                  capacity, out_fault),
              expected);
    ck_untouched(growth->result);
    ck_untouched(growth->grown);
}

START_TEST(malformed_vpc)
{
    struct growth growth;
    cnicalc_fault fault;
    begin_two_zones(&growth);
    growth.asked.vpc_block_count = 0;
    ck_refused(&growth, ROOM, CNICALC_ERR_TERWAY_VPC, &fault);
    ck_fault(fault, BLOCKS, CNICALC_UNKNOWN, CNICALC_UNKNOWN);
    growth.asked.vpc_blocks = NULL;
    ck_refused(&growth, ROOM, CNICALC_ERR_TERWAY_VPC, NULL);
    growth.asked.vpc_blocks = growth.blocks;
    growth.asked.vpc_block_count = 7;
    ck_refused(&growth, ROOM, CNICALC_ERR_TERWAY_VPC, &fault);
    ck_fault(fault, BLOCKS, CNICALC_UNKNOWN, CNICALC_UNKNOWN);
    growth.asked.vpc_block_count = 2;
    static const struct {
        cnicalc_cidr block;
        cnicalc_status status;
        uint32_t other;
    } bad[] = {
        {{0, 0x0a0b0001, CNICALC_FAMILY_IPV4, 16}, CNICALC_ERR_CIDR_HOST_BITS, CNICALC_UNKNOWN},
        {{0, 0, CNICALC_FAMILY_IPV4, 7}, CNICALC_ERR_TERWAY_VPC, CNICALC_UNKNOWN},
        {{0, 0x0a0b0000, CNICALC_FAMILY_IPV4, 29}, CNICALC_ERR_TERWAY_VPC, CNICALC_UNKNOWN},
        {{0, 0, CNICALC_FAMILY_IPV6, 16}, CNICALC_ERR_TERWAY_VPC, CNICALC_UNKNOWN},
        {{0, 0x0a0a0000, CNICALC_FAMILY_IPV4, 24}, CNICALC_ERR_TERWAY_VPC, 0},
        {{0, 0x0a000000, CNICALC_FAMILY_IPV4, 8}, CNICALC_ERR_TERWAY_VPC, 0},
        {{0, 0, 5, 16}, CNICALC_ERR_CIDR_FAMILY, CNICALC_UNKNOWN},
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        growth.blocks[1] = bad[i].block;
        ck_refused(&growth, ROOM, bad[i].status, &fault);
        ck_fault(fault, BLOCKS, 1, bad[i].other);
        ck_refused(&growth, ROOM, bad[i].status, NULL);
    }
    growth.blocks[1] = VPC(0x0a0b0000, 28);
    grow(&growth);
    growth.blocks[1] = VPC(0xac000000, 8);
    grow(&growth);
}
END_TEST

START_TEST(malformed_rest)
{
    struct growth growth;
    cnicalc_fault fault;
    begin_two_zones(&growth);
    want(&growth, 1, 1, 1);
    take(&growth, 0x0a0a4000, 24);
    take(&growth, 0x0a0a4001, 24);
    ck_refused(&growth, ROOM, CNICALC_ERR_CIDR_HOST_BITS, &fault);
    ck_fault(fault, TAKEN, 1, CNICALC_UNKNOWN);
    growth.asked.taken_count = 1;
    growth.vswitches[1].cidr.lo = 0x0a0b0000;
    ck_refused(&growth, ROOM, CNICALC_ERR_TERWAY_OUTSIDE_VPC, &fault);
    ck_fault(fault, VSWITCHES, 1, CNICALC_UNKNOWN);
    growth.vswitches[1].cidr.lo = 0x0a0a1000;
    growth.pools[0].reserved = 1;
    ck_refused(&growth, ROOM, CNICALC_ERR_RESERVED, &fault);
    ck_fault(fault, POOLS, 0, CNICALC_UNKNOWN);
    growth.pools[0].reserved = 0;
    growth.options.roomy = 2;
    ck_refused(&growth, ROOM, CNICALC_ERR_FLAG, &fault);
    ck_fault(fault, NONE, CNICALC_UNKNOWN, CNICALC_UNKNOWN);
    growth.options.roomy = 1;
    ck_refused(&growth, GROW_MAX + 1, CNICALC_ERR_CAPACITY, &fault);
    ck_fault(fault, NONE, CNICALC_UNKNOWN, CNICALC_UNKNOWN);
    ck_ok(cnicalc_terway_grow(&growth.asked, &growth.options, &growth.result, growth.grown,
                              GROW_MAX + 2, NULL));
}
END_TEST

START_TEST(malformed_nulls)
{
    struct growth growth;
    const cnicalc_terway_growth *asked = &growth.asked;
    begin_two_zones(&growth);
    want(&growth, 1, 1, 1);
    take(&growth, 0x0a0a4000, 24);
#define NULLS(a, b, c, d)                                                                          \
    ck_assert_int_eq(cnicalc_terway_grow(a, b, c, d, ROOM, NULL), CNICALC_ERR_NULL)
    NULLS(NULL, &growth.options, &growth.result, growth.grown);
    NULLS(asked, NULL, &growth.result, growth.grown);
    NULLS(asked, &growth.options, NULL, growth.grown);
    NULLS(asked, &growth.options, &growth.result, NULL);
    growth.asked.cluster = NULL;
    NULLS(asked, &growth.options, &growth.result, growth.grown);
    growth.asked.cluster = &growth.cluster;
    growth.cluster.pools = NULL;
    NULLS(asked, &growth.options, &growth.result, growth.grown);
    growth.cluster.pools = growth.pools;
    growth.asked.vpc_blocks = NULL;
    NULLS(asked, &growth.options, &growth.result, growth.grown);
    growth.asked.vpc_blocks = growth.blocks;
    growth.asked.taken = NULL;
    NULLS(asked, &growth.options, &growth.result, growth.grown);
    growth.asked.taken_count = 0;
    growth.cluster.vswitches = NULL;
    growth.cluster.vswitch_count = 0;
    ck_ok(cnicalc_terway_grow(asked, &growth.options, &growth.result, growth.grown, ROOM, NULL));
    ck_assert_uint_eq(growth.result.vswitch_count, 1);
#undef NULLS
}
END_TEST

/* 1,024 blocks altogether, and 32 zones that lack room, are the most. */
START_TEST(sizes)
{
    struct growth growth;
    static cnicalc_cidr many[1030];
    cnicalc_fault fault;
    begin(&growth);
    for (size_t i = 0; i < COUNT(many); i++) {
        many[i] = block_at(0x0b000000 + 256 * (uint64_t)i, 24);
    }
    growth.asked.taken = many;
    growth.asked.taken_count = 1023;
    grow(&growth);
    growth.asked.taken_count = 1024;
    ck_refused(&growth, ROOM, CNICALC_ERR_TERWAY_GROW_SIZE, &fault);
    ck_fault(fault, NONE, CNICALC_UNKNOWN, CNICALC_UNKNOWN);
    growth.asked.taken_count = SIZE_MAX;
    ck_refused(&growth, ROOM, CNICALC_ERR_TERWAY_GROW_SIZE, &fault);
    growth.asked.taken_count = 0;
    growth.cluster.vswitch_count = SIZE_MAX;
    ck_refused(&growth, ROOM, CNICALC_ERR_TERWAY_GROW_SIZE, &fault);
    growth.cluster.vswitch_count = 0;
    for (uint32_t zone = 0; zone < 32; zone++) {
        want(&growth, 1, 10, zone);
    }
    ck_assert_uint_eq(grow(&growth), 32);
    want(&growth, 1, 10, 32);
    ck_refused(&growth, ROOM, CNICALC_ERR_TERWAY_GROW_SIZE, &fault);
    ck_fault(fault, NONE, CNICALC_UNKNOWN, CNICALC_UNKNOWN);
}
END_TEST

/* ---- Properties ---- */

/* A cluster among the vSwitches of others, in a VPC of two blocks at most. */
static void draw_growth(struct growth *growth)
{
    begin(growth);
    growth->blocks[0].prefix_len = 16 + draw(5);
    growth->blocks[1] = VPC(0x0a0b0000, 22);
    growth->asked.vpc_block_count = 1 + draw(2);
    growth->options.roomy = draw(2);
    for (uint32_t i = draw(7); i > 0; i--) {
        uint32_t mask = 22 + draw(8);
        uint64_t size = UINT64_C(1) << (32 - mask);
        uint64_t places = (UINT64_C(1) << (32 - growth->blocks[0].prefix_len)) / size;
        uint32_t roles = 1 + draw(3);
        int is_free = mask <= 25 || roles == NODE;
        have(growth, draw((uint32_t)places) * size, mask, draw(3), roles, draw((uint32_t)size - 3));
        for (size_t j = 0; j + 1 < growth->cluster.vswitch_count; j++) {
            uint32_t overlaps;
            const cnicalc_vswitch *all = growth->vswitches;
            ck_ok(cnicalc_cidr_overlaps(&all[j].cidr, &all[growth->cluster.vswitch_count - 1].cidr,
                                        &overlaps));
            is_free &= !overlaps;
        }
        growth->cluster.vswitch_count -= !is_free;
    }
    for (uint32_t i = draw(4) != 0 ? draw(300) : 0; i > 0; i--) {
        take(growth, growth->blocks[0].lo + 64 * (uint64_t)draw(1024), 26 + draw(4));
    }
    for (uint32_t zone = draw(2); zone < 3; zone++) {
        want(growth, 1 + draw(draw(3) != 0 ? 60 : 400), 5 + draw(40), zone);
    }
}

/* Check finds no error in the grown plan: what is added overlaps nothing, is in the VPC, and has a
 * legal mask. What it says of plans without vSwitches for nodes is no matter here. */
static void ck_check_accepts(const struct growth *growth)
{
    static cnicalc_plan_block blocks[1024];
    static cnicalc_plan_finding findings[4096];
    cnicalc_plan plan = {blocks, 0};
    cnicalc_plan_check_options options;
    size_t count = 0;
    ck_ok(cnicalc_plan_check_options_init(&options, sizeof options));
    options.plugin = CNICALC_PLUGIN_TERWAY;
    memset(blocks, 0, sizeof blocks);
    for (size_t i = 0; i < growth->asked.vpc_block_count; i++) {
        blocks[plan.block_count].cidr = growth->blocks[i];
        blocks[plan.block_count++].role = CNICALC_PLAN_ROLE_VPC;
    }
    for (size_t i = 0; i < growth->result.vpc_block_count; i++) {
        blocks[plan.block_count].cidr = growth->result.vpc_blocks[i];
        blocks[plan.block_count++].role = CNICALC_PLAN_ROLE_VPC;
    }
    size_t first = plan.block_count;
    for (size_t i = 0; i < growth->result.vswitch_count; i++) {
        const cnicalc_vswitch *vswitch = &growth->grown[i];
        blocks[plan.block_count].cidr = vswitch->cidr;
        blocks[plan.block_count].zone = vswitch->zone;
        blocks[plan.block_count].used_addresses = vswitch->used_addresses;
        blocks[plan.block_count++].role = vswitch->roles == BOTH   ? CNICALC_PLAN_ROLE_VSWITCH
                                          : vswitch->roles == NODE ? CNICALC_PLAN_ROLE_NODE_VSWITCH
                                                                   : CNICALC_PLAN_ROLE_POD_VSWITCH;
    }
    size_t others = plan.block_count;
    for (size_t i = 0; i < growth->asked.taken_count; i++) {
        blocks[plan.block_count].cidr = growth->taken[i];
        blocks[plan.block_count++].role = CNICALC_PLAN_ROLE_OTHER_VSWITCH;
    }
    ck_ok(cnicalc_plan_check(&plan, &options, findings, COUNT(findings), &count, NULL));
    for (size_t i = 0; i < count; i++) {
        const cnicalc_plan_finding *finding = &findings[i];
        size_t added = first + growth->cluster.vswitch_count;
        int is_of_added = (finding->subject >= added && finding->subject < others) ||
                          (finding->other >= added && finding->other < others) ||
                          finding->subject < first;
        ck_assert_msg(!is_of_added || finding->severity != CNICALC_PLAN_ERROR ||
                          finding->code == CNICALC_PLAN_POD_VSWITCH_ZONE,
                      "finding %u", finding->code);
    }
}

START_TEST(grown_plans_are_accepted)
{
    uint32_t answered[3] = {0, 0, 0};
    seed = 14;
    for (int round = 0; round < 500; round++) {
        static struct growth growth;
        draw_growth(&growth);
        uint32_t added = grow(&growth);
        answered[added == 0 ? 0 : growth.result.vpc_block_count == 0 ? 1 : 2]++;
        ck_check_accepts(&growth);
        /* What is grown lacks nothing. */
        growth.cluster.vswitches = growth.grown;
        growth.cluster.vswitch_count = growth.result.vswitch_count;
        for (uint32_t i = 0; i < growth.result.vpc_block_count; i++) {
            growth.blocks[growth.asked.vpc_block_count++] = growth.result.vpc_blocks[i];
        }
        static cnicalc_vswitch again[2 * ROOM];
        cnicalc_terway_grow_result result;
        ck_ok(cnicalc_terway_grow(&growth.asked, &growth.options, &result, again, COUNT(again),
                                  NULL));
        ck_assert_uint_eq(result.fits_now, growth.result.fits);
    }
    ck_assert_uint_gt(answered[1], 100);
    ck_assert_uint_gt(answered[2], 50);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terway_grow_hostile");
    add_tests(suite, "hostile", malformed_vpc, malformed_rest, malformed_nulls, sizes, NULL);
    add_tests(suite, "properties", grown_plans_are_accepted, NULL);
    return run_suite(suite);
}
