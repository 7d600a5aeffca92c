/* SPDX-License-Identifier: MIT */
/* What the tests of growth share. */
#ifndef CNICALC_TESTS_GROW_SUPPORT_H
#define CNICALC_TESTS_GROW_SUPPORT_H

#include "terway_support.h"

#define ROOM      (64 + CNICALC_TERWAY_GROW_MAX)
#define GROW_MAX  CNICALC_TERWAY_GROW_MAX
#define VPC(a, b) block_at(UINT64_C(a), b)

static inline cnicalc_cidr block_at(uint64_t lo, uint32_t prefix_len)
{
    const cnicalc_cidr block = {0, lo, CNICALC_FAMILY_IPV4, prefix_len};
    return block;
}

/* A question that begins with a VPC of 10.10.0.0/16 and has room for more. */
struct growth {
    cnicalc_vswitch vswitches[64];
    cnicalc_terway_pool pools[40];
    cnicalc_cidr blocks[6];
    cnicalc_cidr taken[600];
    cnicalc_terway_cluster cluster;
    cnicalc_terway_growth asked;
    cnicalc_terway_options options;
    cnicalc_terway_grow_result result;
    cnicalc_vswitch grown[ROOM];
};

static inline void begin(struct growth *growth)
{
    memset(growth, 0, sizeof *growth);
    growth->options = default_terway();
    growth->cluster.vswitches = growth->vswitches;
    growth->cluster.pools = growth->pools;
    growth->asked.cluster = &growth->cluster;
    growth->asked.vpc_blocks = growth->blocks;
    growth->asked.taken = growth->taken;
    growth->asked.vpc_block_count = 1;
    growth->blocks[0] = VPC(0x0a0a0000, 16);
}

static inline void have(struct growth *growth, uint64_t offset, uint32_t prefix_len, uint32_t zone,
                        uint32_t roles, uint64_t used)
{
    cnicalc_vswitch *vswitch = &growth->vswitches[growth->cluster.vswitch_count++];
    *vswitch = vswitch_at(0, prefix_len, zone, roles, used);
    vswitch->cidr.lo = growth->blocks[0].lo + offset;
}

static inline void take(struct growth *growth, uint64_t lo, uint32_t prefix_len)
{
    growth->taken[growth->asked.taken_count++] = block_at(lo, prefix_len);
}

static inline void want(struct growth *growth, uint64_t nodes, uint64_t pods, uint32_t zone)
{
    growth->pools[growth->cluster.pool_count++] = pool_of(node_taking(pods, pods, 0), nodes, zone);
}

static inline uint32_t added_of(const struct growth *growth)
{
    return growth->result.vswitch_count - (uint32_t)growth->cluster.vswitch_count;
}

/* Asks, and checks what is true of every answer. Returns how many vSwitches are added. */
static inline uint32_t grow(struct growth *growth)
{
    cnicalc_terway_grow_result *result = &growth->result;
    size_t own = growth->cluster.vswitch_count;
    cnicalc_fault fault;
    fill_pattern(result, sizeof *result);
    fill_pattern(growth->grown, sizeof growth->grown);
    fill_pattern(&fault, sizeof fault);
    ck_ok(
        cnicalc_terway_grow(&growth->asked, &growth->options, result, growth->grown, ROOM, &fault));
    ck_untouched(fault);
    ck_assert_uint_ge(result->vswitch_count, own);
    ck_assert_int_eq(memcmp(growth->grown, growth->vswitches, own * sizeof *growth->grown), 0);
    ck_assert_uint_eq(result->fits, result->bound_by == LIMIT(NONE));
    ck_assert_uint_eq(result->fits_now, result->fits && result->vswitch_count == own);
    if (!result->fits) {
        ck_assert_uint_eq(result->vswitch_count, own);
        ck_assert_uint_eq(result->vpc_block_count, 0);
        return 0;
    }
    const cnicalc_terway_cluster grown = {growth->grown, result->vswitch_count, growth->pools,
                                          growth->cluster.pool_count};
    cnicalc_terway_fit_result fit = fit_terway(&grown, &growth->options);
    ck_assert_uint_eq(fit.fits, 1);
    ck_assert_uint_eq(fit.nodes, result->nodes);
    ck_assert_uint_eq(fit.pods, result->pods);
    ck_assert_int_eq(memcmp(fit.limits, &result->limits[2], fit.limit_count * sizeof fit.limits[0]),
                     0);
    return added_of(growth);
}

static inline void ck_added(const struct growth *growth, uint32_t index, uint64_t lo,
                            uint32_t prefix_len, uint32_t zone, uint32_t roles)
{
    cnicalc_vswitch expected = vswitch_at(0, prefix_len, zone, roles, 0);
    expected.cidr.lo = lo;
    const cnicalc_vswitch *added = &growth->grown[growth->cluster.vswitch_count + index];
    ck_assert_uint_eq(added->cidr.lo, lo);
    ck_assert_uint_eq(added->cidr.prefix_len, prefix_len);
    ck_assert_int_eq(memcmp(added, &expected, sizeof expected), 0);
}

/* Zone 1: 10.10.0.0/20 with 4,050 of 4,092 in use; zone 2: 10.10.16.0/20 with 900. */
static inline void begin_two_zones(struct growth *growth)
{
    begin(growth);
    have(growth, 0, 20, 1, POD, 4050);
    have(growth, 4096, 20, 2, POD, 900);
}

#endif
