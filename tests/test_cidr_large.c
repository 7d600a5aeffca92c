/* SPDX-License-Identifier: MIT */
/* Large sets of blocks: every order is sorted, and none of them slowly. */
#include <cnicalc/cidr.h>

#include "support.h"

#include <stdlib.h>
#include <string.h>

#define MANY 20000

/* The same numbers every time (xorshift). */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static int by_fields(const void *left, const void *right)
{
    const cnicalc_cidr *a = left;
    const cnicalc_cidr *b = right;
    const uint64_t keys[][2] = {
        {a->family, b->family}, {a->hi, b->hi}, {a->lo, b->lo}, {a->prefix_len, b->prefix_len}};
    for (size_t i = 0; i < COUNT(keys); i++) {
        if (keys[i][0] != keys[i][1]) {
            return keys[i][0] < keys[i][1] ? -1 : 1;
        }
    }
    return 0;
}

enum pattern {
    RANDOM,
    ASCENDING,
    DESCENDING,
    EQUAL,
    FEW_VALUES,
    ORGAN_PIPE,
    SAW_TOOTH,
    MIXED,
    MEDIAN_KILLER,
    NETWORKS,
    HOSTS,
    WIDE,
    NESTED,
    PATTERNS
};

/* The key of entry i of count; orders that are known to be hard for quicksort are among them. */
static uint64_t key_of(enum pattern pattern, size_t i, size_t count, uint64_t *state)
{
    switch (pattern) {
    case ASCENDING:
        return i;
    case DESCENDING:
        return count - i;
    case EQUAL:
        return 7;
    case FEW_VALUES:
        return next_random(state) % 3;
    case ORGAN_PIPE:
        return i < count / 2 ? i : count - i;
    case SAW_TOOTH:
        return i % 100;
    case MEDIAN_KILLER: /* McIlroy's even and odd halves: 1, k+1, 3, k+3, ..., 2, 4, 6 ... */
        if (i < count / 2) {
            return i % 2 == 0 ? i + 1 : count / 2 + i;
        }
        return 2 * (i - count / 2 + 1);
    case RANDOM:
    case MIXED:
    case NETWORKS:
    case HOSTS:
    case WIDE:
    case NESTED:
    case PATTERNS:
        break;
    }
    return next_random(state) & UINT32_MAX;
}

/* A block of the patterns of IPv6: networks that differ in their high half alone, hosts of one
 * network, blocks that differ in all bits, and blocks each of which halves the one before. */
static cnicalc_cidr ipv6_block(enum pattern pattern, size_t i, uint64_t *state)
{
    uint64_t random = next_random(state);
    uint32_t prefix_len = pattern == NETWORKS ? 20 + (uint32_t)(random % 45)
                          : pattern == NESTED ? (uint32_t)(i * 37 % 129)
                          : pattern == HOSTS  ? 128
                                              : 128 - (uint32_t)(random % 3);
    cnicalc_address address = {UINT64_C(0x20010db800000000), 0, CNICALC_FAMILY_IPV6, 0};
    cnicalc_cidr block;
    if (pattern == NETWORKS || pattern == WIDE) {
        address.hi = next_random(state);
    }
    if (pattern == HOSTS || pattern == WIDE) {
        address.lo = next_random(state);
    }
    if (pattern == NESTED) {
        address.hi = UINT64_MAX;
        address.lo = i % 2 == 0 ? UINT64_MAX : UINT64_MAX << 9;
    }
    ck_ok(cnicalc_cidr_from_address(&address, prefix_len, &block));
    return block;
}

static void fill_set(enum pattern pattern, cnicalc_cidr *blocks, size_t count)
{
    uint64_t state = 88172645463325252u;
    for (size_t i = 0; i < count; i++) {
        uint64_t key = key_of(pattern, i, count, &state);
        uint32_t prefix_len = pattern == RANDOM ? 8 + (uint32_t)(next_random(&state) % 25) : 32;
        cnicalc_cidr block = {0, key, CNICALC_FAMILY_IPV4, prefix_len};
        block.lo &= UINT32_MAX << (32 - prefix_len);
        if (pattern == MIXED && key % 2 == 0) {
            block.family = CNICALC_FAMILY_IPV6;
            block.hi = key % 5;
            block.prefix_len = 128;
        }
        blocks[i] = pattern < NETWORKS ? block : ipv6_block(pattern, i, &state);
    }
}

START_TEST(sorting_agrees_with_qsort)
{
    static cnicalc_cidr blocks[MANY];
    static cnicalc_cidr expected[MANY];
    for (size_t count = 0; count <= MANY; count = count < 100 ? count + 1 : count * 3) {
        fill_set((enum pattern)_i, blocks, count);
        memcpy(expected, blocks, count * sizeof *blocks);
        qsort(expected, count, sizeof *expected, by_fields);
        ck_ok(cnicalc_cidr_sort(blocks, count));
        ck_assert_int_eq(memcmp(blocks, expected, count * sizeof *blocks), 0);
    }
}
END_TEST

/* Most of many blocks are in one part of all addresses, so that parts are of very different sizes,
 * and each number of steps ends in a place of its own. */
START_TEST(crowded_sets_are_sorted)
{
    enum { CROWD = 450000 };
    static cnicalc_cidr blocks[CROWD];
    static cnicalc_cidr expected[CROWD];
    uint64_t state = 88172645463325252u;
    for (size_t i = 0; i < CROWD; i++) {
        uint64_t key = next_random(&state) & UINT32_MAX;
        const cnicalc_cidr block = {0, i % 10 < 7 ? key >> 12 | 0x0a000000 : key,
                                    CNICALC_FAMILY_IPV4, 32};
        blocks[i] = block;
    }
    memcpy(expected, blocks, sizeof blocks);
    qsort(expected, CROWD, sizeof *expected, by_fields);
    ck_ok(cnicalc_cidr_sort(blocks, CROWD));
    ck_assert_int_eq(memcmp(blocks, expected, sizeof blocks), 0);
}
END_TEST

/* The same for the same blocks in any order, and hardly for others. */
static uint64_t sum_of(const cnicalc_cidr *blocks, size_t count)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t mixed =
            blocks[i].hi * 31 + blocks[i].lo * 37 + blocks[i].prefix_len * 41 + blocks[i].family;
        sum += mixed * mixed;
    }
    return sum;
}

/* A million equal or hard inputs finish in a moment; quadratic time would take hours. */
START_TEST(no_order_of_a_million_is_slow)
{
    const size_t count = 1000000;
    cnicalc_cidr *blocks = malloc(count * sizeof *blocks);
    ck_assert_ptr_nonnull(blocks);
    fill_set((enum pattern)_i, blocks, count);
    uint64_t sum = sum_of(blocks, count);
    ck_ok(cnicalc_cidr_sort(blocks, count));
    ck_assert_uint_eq(sum_of(blocks, count), sum);
    for (size_t i = 1; i < count; i++) {
        if (by_fields(&blocks[i - 1], &blocks[i]) > 0) {
            ck_abort_msg("entry %zu", i);
        }
    }
    free(blocks);
}
END_TEST

/* A million equal blocks have 499,999,500,000 pairs; counting them does not visit them. */
START_TEST(pairs_are_counted_without_being_visited)
{
    const size_t count = 1000000;
    cnicalc_cidr *blocks = malloc(count * sizeof *blocks);
    uint64_t pairs = 0;
    ck_assert_ptr_nonnull(blocks);
    fill_set(EQUAL, blocks, count);
    ck_status(cnicalc_cidr_overlap_pairs(blocks, count, NULL, 0, &pairs), CNICALC_ERR_CAPACITY);
    ck_assert_uint_eq(pairs, UINT64_C(499999500000));
    free(blocks);
}
END_TEST

/* What is merged covers what was there: the used blocks and what they leave merge to the whole. */
START_TEST(used_and_left_make_the_whole)
{
    static cnicalc_cidr used[MANY];
    static cnicalc_cidr left[30 * MANY];
    const cnicalc_cidr whole = {0, 0, CNICALC_FAMILY_IPV4, 0};
    const size_t count = MANY / 4;
    size_t left_count = 0;
    size_t merged = 0;
    uint32_t found = 9;
    cnicalc_cidr_pair pair;
    fill_set(RANDOM, used, count);
    for (size_t i = 0; i < count; i++) {
        used[i].prefix_len = 32; /* single addresses, so that much is left */
    }
    ck_ok(cnicalc_cidr_merge(used, count, &merged));
    ck_ok(cnicalc_cidr_exclude(&whole, used, merged, left, COUNT(left) - count, &left_count));
    ck_assert_uint_gt(left_count, count);
    memcpy(left + left_count, used, merged * sizeof *used);
    ck_ok(cnicalc_cidr_first_overlap(left, left_count + merged, &found, &pair));
    ck_assert_uint_eq(found, 0);
    ck_ok(cnicalc_cidr_merge(left, left_count + merged, &left_count));
    ck_assert_uint_eq(left_count, 1);
    ck_assert_int_eq(memcmp(left, &whole, sizeof whole), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cidr_large");
    TCase *properties = tcase_create("properties");
    tcase_set_tags(properties, "properties");
    tcase_set_timeout(properties, 120);
    tcase_add_loop_test(properties, sorting_agrees_with_qsort, 0, PATTERNS);
    tcase_add_test(properties, crowded_sets_are_sorted);
    tcase_add_loop_test(properties, no_order_of_a_million_is_slow, 0, PATTERNS);
    tcase_add_test(properties, pairs_are_counted_without_being_visited);
    tcase_add_test(properties, used_and_left_make_the_whole);
    suite_add_tcase(suite, properties);
    return run_suite(suite);
}
