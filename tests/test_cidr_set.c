/* SPDX-License-Identifier: MIT */
#include <cnicalc/cidr.h>

#include "support.h"

#include <string.h>

/* Reads blocks from a text with blanks between them; returns how many. */
static size_t blocks_of(const char *text, cnicalc_cidr *out, size_t capacity)
{
    size_t count = 0;
    while (*text != '\0') {
        size_t len = strcspn(text, " ");
        ck_assert_uint_lt(count, capacity);
        ck_ok(cnicalc_cidr_parse(text, len, &out[count++]));
        text += len;
        text += *text == ' ';
    }
    return count;
}

static void check_blocks(const cnicalc_cidr *blocks, size_t count, const char *expected)
{
    cnicalc_cidr wanted[40];
    ck_assert_uint_eq(count, blocks_of(expected, wanted, COUNT(wanted)));
    ck_assert_msg(memcmp(blocks, wanted, count * sizeof *blocks) == 0, "not %s", expected);
}

/* ---- Known ---- */

/* A /16 less a /23, then less blocks that are smaller than what is counted, outside, or IPv6. */
START_TEST(free_blocks_are_counted)
{
    const cnicalc_cidr block = {0, 0x0a000000, CNICALC_FAMILY_IPV4, 16};
    static const struct {
        uint32_t prefix_len;
        uint64_t free;
    } rows[] = {{16, 0},
                {17, 1},
                {20, 14},
                {23, 125},
                {24, 252},
                {28, 16 * 252 + 15},
                {32, 65536 - 768 - 1}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        cnicalc_cidr used[] = {{0, 0x0a000000, CNICALC_FAMILY_IPV4, 23},
                               {0, 0x0a001001, CNICALC_FAMILY_IPV4, 32},
                               {0, 0x0a000300, CNICALC_FAMILY_IPV4, 24},
                               {0, 0x0b000000, CNICALC_FAMILY_IPV4, 8},
                               {0, 0x0a000000, CNICALC_FAMILY_IPV6, 120}};
        uint64_t count;
        ck_ok(cnicalc_cidr_count_free(&block, rows[i].prefix_len, used, COUNT(used), &count));
        ck_assert_uint_eq(count, rows[i].free);
    }
    cnicalc_cidr outer = {0, 0x0a000000, CNICALC_FAMILY_IPV4, 8};
    cnicalc_cidr six = {0, 0, CNICALC_FAMILY_IPV6, 64};
    uint64_t count = 7;
    ck_ok(cnicalc_cidr_count_free(&block, 24, &outer, 1, &count));
    ck_assert_uint_eq(count, 0);
    ck_ok(cnicalc_cidr_count_free(&six, 127, NULL, 0, &count));
    ck_assert_uint_eq(count, UINT64_C(1) << 63);
    count = 7;
    ck_status(cnicalc_cidr_count_free(&six, 128, NULL, 0, &count), CNICALC_ERR_OVERFLOW);
    ck_status(cnicalc_cidr_count_free(&six, 129, NULL, 0, &count), CNICALC_ERR_CIDR_PREFIX_LEN);
    ck_status(cnicalc_cidr_count_free(&block, 15, &outer, 1, &count), CNICALC_ERR_CIDR_PREFIX_LEN);
    outer.lo++;
    ck_status(cnicalc_cidr_count_free(&block, 24, &outer, 1, &count), CNICALC_ERR_CIDR_HOST_BITS);
    ck_status(cnicalc_cidr_count_free(&outer, 24, NULL, 0, &count), CNICALC_ERR_CIDR_HOST_BITS);
    ck_status(cnicalc_cidr_count_free(&block, 24, NULL, 1, &count), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_count_free(NULL, 24, NULL, 0, &count), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_count_free(&block, 24, NULL, 0, NULL), CNICALC_ERR_NULL);
    ck_assert_uint_eq(count, 7);
}
END_TEST

START_TEST(sets_are_sorted)
{
    cnicalc_cidr blocks[8];
    size_t count = blocks_of("::/0 10.0.0.0/9 9.0.0.0/8 10.0.0.0/8 ::/1 10.0.0.0/9 0.0.0.0/0",
                             blocks, COUNT(blocks));
    ck_ok(cnicalc_cidr_sort(blocks, count));
    check_blocks(blocks, count, "0.0.0.0/0 9.0.0.0/8 10.0.0.0/8 10.0.0.0/9 10.0.0.0/9 ::/0 ::/1");
    ck_ok(cnicalc_cidr_sort(NULL, 0));
}
END_TEST

/* One block that differs from all others goes to the front or to the end, wherever it was. */
START_TEST(one_among_many_is_sorted)
{
    static const struct {
        cnicalc_cidr block;
        int is_first;
    } rows[] = {{{0, 0x09000000, CNICALC_FAMILY_IPV4, 24}, 1},
                {{0, 0x0a000000, CNICALC_FAMILY_IPV4, 23}, 1},
                {{0, 0x0a000000, CNICALC_FAMILY_IPV4, 25}, 0},
                {{0, 0, CNICALC_FAMILY_IPV6, 24}, 0}};
    const cnicalc_cidr usual = {0, 0x0a000000, CNICALC_FAMILY_IPV4, 24};
    for (size_t i = 0; i < COUNT(rows); i++) {
        for (size_t place = 0; place < 100; place++) {
            cnicalc_cidr blocks[100];
            size_t to = rows[i].is_first ? 0 : 99;
            for (size_t j = 0; j < 100; j++) {
                blocks[j] = j == place ? rows[i].block : usual;
            }
            ck_ok(cnicalc_cidr_sort(blocks, 100));
            for (size_t j = 0; j < 100; j++) {
                ck_assert_mem_eq(&blocks[j], j == to ? &rows[i].block : &usual, sizeof usual);
            }
        }
    }
}
END_TEST

/* 57 bits of the addresses differ and 8 of the lengths, one more than 64. */
START_TEST(long_keys_are_sorted)
{
    static cnicalc_cidr blocks[1000];
    uint64_t difference = 0;
    for (uint32_t i = 0; i < COUNT(blocks); i++) {
        blocks[i].lo = i * UINT64_C(0x9e3779b97f4a7c15) << 7;
        blocks[i].family = CNICALC_FAMILY_IPV6;
        blocks[i].prefix_len = 121 + i % 8;
        difference += blocks[i].lo + blocks[i].prefix_len;
    }
    ck_ok(cnicalc_cidr_sort(blocks, COUNT(blocks)));
    for (size_t i = 0; i < COUNT(blocks); i++) {
        ck_assert(i == 0 || blocks[i - 1].lo < blocks[i].lo);
        difference -= blocks[i].lo + blocks[i].prefix_len;
    }
    ck_assert_uint_eq(difference, 0);
}
END_TEST

/* 63 bits of the addresses differ and one of the lengths, 64 together; the highest bit is set in
 * all. */
START_TEST(keys_of_64_bits_are_sorted)
{
    static cnicalc_cidr blocks[1000];
    uint64_t difference = 0;
    for (uint32_t i = 0; i < COUNT(blocks); i++) {
        blocks[i].hi = i * UINT64_C(0x9e3779b97f4a7c15) | UINT64_C(1) << 63;
        blocks[i].family = CNICALC_FAMILY_IPV6;
        blocks[i].prefix_len = 64 + i % 2;
        difference += blocks[i].hi * blocks[i].prefix_len;
    }
    ck_ok(cnicalc_cidr_sort(blocks, COUNT(blocks)));
    for (size_t i = 0; i < COUNT(blocks); i++) {
        ck_assert(i == 0 || blocks[i - 1].hi < blocks[i].hi);
        ck_assert_uint_eq(blocks[i].hi >> 63, 1);
        difference -= blocks[i].hi * blocks[i].prefix_len;
    }
    ck_assert_uint_eq(difference, 0);
}
END_TEST

START_TEST(sets_are_merged)
{
    static const struct {
        const char *blocks;
        const char *merged;
    } ROWS[] = {
        {"", ""},
        {"10.0.0.0/8", "10.0.0.0/8"},
        {"10.0.1.0/24 10.0.0.0/24 10.0.0.7/32", "10.0.0.0/23"},
        {"10.0.1.0/24 10.0.2.0/24", "10.0.1.0/24 10.0.2.0/24"},
        {"10.0.0.0/8 10.0.0.0/8", "10.0.0.0/8"},
        {"128.0.0.0/1 0.0.0.0/1", "0.0.0.0/0"},
        {"0.0.0.0/0 255.255.255.255/32 ::/128", "0.0.0.0/0 ::/128"},
        {"0.0.0.0/2 64.0.0.0/2 128.0.0.0/1 8000::/1 ::/1", "0.0.0.0/0 ::/0"},
        {"10.0.0.3/32 10.0.0.2/32 10.0.0.0/31 10.0.0.4/30", "10.0.0.0/29"},
        {"::1/128 ::/128 ::2/127", "::/126"},
        {"::ffff:ffff:ffff:ffff/128 0:0:0:1::/128", "::ffff:ffff:ffff:ffff/128 0:0:0:1::/128"},
    };
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        cnicalc_cidr blocks[8];
        size_t count = blocks_of(ROWS[i].blocks, blocks, COUNT(blocks));
        ck_ok(cnicalc_cidr_merge(blocks, count, &count));
        check_blocks(blocks, count, ROWS[i].merged);
    }
}
END_TEST

static const struct {
    const char *block;
    const char *used;
    const char *left;
} EXCLUDE[] = {
    {"10.0.0.0/22", "10.0.1.0/24", "10.0.0.0/24 10.0.2.0/23"},
    {"10.0.0.0/22", "", "10.0.0.0/22"},
    {"10.0.0.0/22", "10.0.0.0/8", ""},
    {"10.0.0.0/22", "10.0.0.0/22", ""},
    {"10.0.0.0/22", "10.0.2.0/23 10.0.0.0/23", ""},
    {"10.0.0.0/22", "11.0.0.0/8 9.0.0.0/8 ::/0", "10.0.0.0/22"},
    {"10.0.0.0/30", "10.0.0.2/32 10.0.0.1/32 10.0.0.1/32", "10.0.0.0/32 10.0.0.3/32"},
    {"10.0.0.0/24", "10.0.0.0/25 10.0.0.64/26 10.0.0.255/32",
     "10.0.0.128/26 10.0.0.192/27 10.0.0.224/28 10.0.0.240/29 10.0.0.248/30 10.0.0.252/31 "
     "10.0.0.254/32"},
    {"0.0.0.0/0", "128.0.0.0/1 0.0.0.0/2", "64.0.0.0/2"},
    {"0.0.0.0/0", "255.255.255.255/32 0.0.0.0/1 128.0.0.0/2 192.0.0.0/3 224.0.0.0/4",
     "240.0.0.0/5 248.0.0.0/6 252.0.0.0/7 254.0.0.0/8 255.0.0.0/9 255.128.0.0/10 255.192.0.0/11 "
     "255.224.0.0/12 255.240.0.0/13 255.248.0.0/14 255.252.0.0/15 255.254.0.0/16 255.255.0.0/17 "
     "255.255.128.0/18 255.255.192.0/19 255.255.224.0/20 255.255.240.0/21 255.255.248.0/22 "
     "255.255.252.0/23 255.255.254.0/24 255.255.255.0/25 255.255.255.128/26 255.255.255.192/27 "
     "255.255.255.224/28 255.255.255.240/29 255.255.255.248/30 255.255.255.252/31 "
     "255.255.255.254/32"},
    {"::/0", "8000::/1 0.0.0.0/0", "::/1"},
};

START_TEST(used_blocks_are_excluded)
{
    cnicalc_cidr block;
    cnicalc_cidr used[8];
    cnicalc_cidr left[40];
    size_t used_count = blocks_of(EXCLUDE[_i].used, used, COUNT(used));
    size_t needed = blocks_of(EXCLUDE[_i].left, left, COUNT(left));
    size_t count = 999;
    blocks_of(EXCLUDE[_i].block, &block, 1);
    if (needed > 0) {
        fill_pattern(left, sizeof left);
        ck_status(cnicalc_cidr_exclude(&block, used, used_count, left, needed - 1, &count),
                  CNICALC_ERR_CAPACITY);
        ck_assert_uint_eq(count, needed);
        ck_untouched(left);
        ck_status(cnicalc_cidr_exclude(&block, used, used_count, NULL, 0, &count),
                  CNICALC_ERR_CAPACITY);
    }
    fill_pattern(left, sizeof left);
    ck_ok(cnicalc_cidr_exclude(&block, used, used_count, left, needed, &count));
    check_blocks(left, count, EXCLUDE[_i].left);
    ck_assert(is_pattern(left + needed, sizeof left - needed * sizeof left[0]));
}
END_TEST

START_TEST(the_first_free_block_is_found)
{
    static const struct {
        const char *block;
        uint32_t prefix_len;
        const char *used;
        const char *found; /* NULL: none */
    } ROWS[] = {
        {"10.0.0.0/16", 24, "10.0.0.0/23", "10.0.2.0/24"},
        {"10.0.0.0/16", 24, "", "10.0.0.0/24"},
        {"10.0.0.0/16", 16, "", "10.0.0.0/16"},
        {"10.0.0.0/16", 16, "10.0.255.255/32", NULL},
        {"10.0.0.0/16", 24, "10.0.0.0/8", NULL},
        {"10.0.0.0/16", 17, "10.0.0.1/32", "10.0.128.0/17"},
        {"10.0.0.0/16", 17, "10.0.128.0/32 10.0.0.1/32", NULL},
        {"10.0.0.0/24", 26, "10.0.0.0/32 10.0.0.64/27 10.0.0.192/26", "10.0.0.128/26"},
        {"10.0.0.0/24", 26, "10.0.0.0/32 10.0.0.0/25 10.0.0.1/32", "10.0.0.128/26"},
        {"10.0.0.0/24", 25, "9.0.0.0/8 11.0.0.0/8 ::/0", "10.0.0.0/25"},
        {"0.0.0.0/0", 32, "0.0.0.0/1 128.0.0.0/2 192.0.0.0/3", "224.0.0.0/32"},
        {"0.0.0.0/0", 1, "128.0.0.0/1 0.0.0.0/1", NULL},
        {"255.255.255.254/31", 32, "255.255.255.254/32 255.255.255.255/32", NULL},
        {"::/0", 64, "0.0.0.0/0 ::/64 0:0:0:2::/63", "0:0:0:1::/64"},
        {"::/0", 128, "::/1 8000::/1", NULL},
    };
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        cnicalc_cidr block;
        cnicalc_cidr used[8];
        cnicalc_cidr free_block;
        uint32_t found = 9;
        size_t used_count = blocks_of(ROWS[i].used, used, COUNT(used));
        blocks_of(ROWS[i].block, &block, 1);
        fill_pattern(&free_block, sizeof free_block);
        ck_ok(cnicalc_cidr_first_free(&block, ROWS[i].prefix_len, used, used_count, &found,
                                      &free_block));
        ck_assert_msg(found == (ROWS[i].found != NULL), "row %zu", i);
        if (found != 0) {
            check_blocks(&free_block, 1, ROWS[i].found);
        } else {
            ck_untouched(free_block);
        }
    }
}
END_TEST

START_TEST(overlaps_are_paired)
{
    cnicalc_cidr blocks[8];
    cnicalc_cidr_pair pair;
    cnicalc_cidr_pair pairs[8];
    uint32_t found = 9;
    uint64_t count = 0;
    const uint64_t expected[][2] = {{1, 2}, {1, 3}, {1, 4}, {2, 3}, {2, 4}, {3, 4}};
    size_t n = blocks_of("11.0.0.0/8 10.1.0.0/16 10.0.0.0/8 9.0.0.0/8 10.1.0.0/16 10.1.2.0/24 ::/0",
                         blocks, COUNT(blocks));
    ck_ok(cnicalc_cidr_first_overlap(blocks, n, &found, &pair));
    ck_assert(found == 1 && pair.outer == 1 && pair.inner == 2);
    ck_ok(cnicalc_cidr_overlap_pairs(blocks, n, pairs, COUNT(pairs), &count));
    ck_assert_uint_eq(count, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        ck_assert(pairs[i].outer == expected[i][0] && pairs[i].inner == expected[i][1]);
    }
    fill_pattern(pairs, sizeof pairs);
    count = 0;
    ck_status(cnicalc_cidr_overlap_pairs(blocks, n, pairs, 5, &count), CNICALC_ERR_CAPACITY);
    ck_assert_uint_eq(count, 6);
    ck_untouched(pairs);
    ck_status(cnicalc_cidr_overlap_pairs(blocks, n, NULL, 0, &count), CNICALC_ERR_CAPACITY);
    fill_pattern(&pair, sizeof pair);
    n = blocks_of("10.0.0.0/9 10.128.0.0/9 ::/0", blocks, COUNT(blocks));
    ck_ok(cnicalc_cidr_first_overlap(blocks, n, &found, &pair));
    ck_assert_uint_eq(found, 0);
    ck_untouched(pair);
    ck_ok(cnicalc_cidr_overlap_pairs(blocks, n, NULL, 0, &count));
    ck_assert_uint_eq(count, 0);
    /* What is behind the last is not asked. */
    (void)blocks_of("10.0.0.0/9 10.128.0.0/9 10.128.0.0/10", blocks, COUNT(blocks));
    ck_ok(cnicalc_cidr_overlap_pairs(blocks, 2, NULL, 0, &count));
    ck_assert_uint_eq(count, 0);
    /* The first holds all that follow. */
    n = blocks_of("10.1.2.0/24 10.0.0.0/8 10.1.0.0/16", blocks, COUNT(blocks));
    ck_ok(cnicalc_cidr_first_overlap(blocks, n, &found, &pair));
    ck_assert(found == 1 && pair.outer == 0 && pair.inner == 1);
    ck_ok(cnicalc_cidr_overlap_pairs(blocks, n, pairs, 3, &count));
    ck_assert(count == 3 && pairs[0].outer == 0 && pairs[0].inner == 1);
    ck_assert(pairs[1].outer == 0 && pairs[1].inner == 2);
    ck_assert(pairs[2].outer == 1 && pairs[2].inner == 2);
}
END_TEST

/* ---- Hostile ---- */

START_TEST(an_invalid_block_changes_nothing)
{
    const cnicalc_cidr block = {0, 0x0a000000, 4, 8};
    const cnicalc_cidr bad = {0, 1, 4, 8};
    cnicalc_cidr set[] = {{0, 9, 4, 32}, {0, 8, 4, 32}, {0, 1, 4, 8}};
    cnicalc_cidr before[3];
    cnicalc_cidr out[4];
    cnicalc_cidr_pair pair;
    uint64_t pairs;
    size_t count;
    uint32_t found;
    const cnicalc_status status = CNICALC_ERR_CIDR_HOST_BITS;
    memcpy(before, set, sizeof set);
    fill_pattern(out, sizeof out);
    fill_pattern(&pair, sizeof pair);
    fill_pattern(&pairs, sizeof pairs);
    fill_pattern(&count, sizeof count);
    fill_pattern(&found, sizeof found);
    ck_status(cnicalc_cidr_sort(set, 3), status);
    ck_status(cnicalc_cidr_merge(set, 3, &count), status);
    ck_status(cnicalc_cidr_exclude(&block, set, 3, out, 4, &count), status);
    ck_status(cnicalc_cidr_exclude(&bad, set, 2, out, 4, &count), status);
    ck_status(cnicalc_cidr_first_free(&block, 9, set, 3, &found, out), status);
    ck_status(cnicalc_cidr_first_free(&bad, 9, set, 2, &found, out), status);
    ck_status(cnicalc_cidr_first_free(&block, 7, set, 2, &found, out), CNICALC_ERR_CIDR_PREFIX_LEN);
    ck_status(cnicalc_cidr_first_free(&block, 33, set, 2, &found, out),
              CNICALC_ERR_CIDR_PREFIX_LEN);
    ck_status(cnicalc_cidr_first_overlap(set, 3, &found, &pair), status);
    ck_status(cnicalc_cidr_overlap_pairs(set, 3, &pair, 1, &pairs), status);
    ck_assert_int_eq(memcmp(before, set, sizeof set), 0);
    ck_untouched(out);
    ck_untouched(pair);
    ck_untouched(pairs);
    ck_untouched(count);
    ck_untouched(found);
}
END_TEST

START_TEST(the_invalid_block_is_named)
{
    const cnicalc_cidr set[] = {{0, 9, 4, 32}, {0, 0, 5, 0}, {0, 1, 4, 8}, {0, 0, 4, 33}};
    size_t index;
    fill_pattern(&index, sizeof index);
    ck_ok(cnicalc_cidr_check_set(set, 1, &index));
    ck_ok(cnicalc_cidr_check_set(NULL, 0, &index));
    ck_untouched(index);
    ck_status(cnicalc_cidr_check_set(set, 4, &index), CNICALC_ERR_CIDR_FAMILY);
    ck_assert_uint_eq(index, 1);
    ck_status(cnicalc_cidr_check_set(set + 2, 2, &index), CNICALC_ERR_CIDR_HOST_BITS);
    ck_assert_uint_eq(index, 0);
    ck_status(cnicalc_cidr_check_set(set + 3, 1, &index), CNICALC_ERR_CIDR_PREFIX_LEN);
}
END_TEST

/* Asked before any block is looked at, of which there is one only. */
START_TEST(no_index_is_cut)
{
#if SIZE_MAX > UINT32_MAX
    cnicalc_cidr block = {0, 0, 4, 0};
    cnicalc_cidr bad = {0, 1, 4, 0}; /* as many as indexes have numbers for are looked at */
    cnicalc_cidr_pair pair;
    uint64_t pairs;
    uint32_t found;
    fill_pattern(&pair, sizeof pair);
    fill_pattern(&pairs, sizeof pairs);
    fill_pattern(&found, sizeof found);
    for (size_t count = (size_t)1 << 32; count != 0; count <<= 1) {
        ck_status(cnicalc_cidr_first_overlap(&block, count, &found, &pair), CNICALC_ERR_OVERFLOW);
        ck_status(cnicalc_cidr_overlap_pairs(&block, count, &pair, 1, &pairs),
                  CNICALC_ERR_OVERFLOW);
    }
    ck_status(cnicalc_cidr_first_overlap(&bad, UINT32_MAX, &found, &pair),
              CNICALC_ERR_CIDR_HOST_BITS);
    ck_status(cnicalc_cidr_overlap_pairs(&bad, UINT32_MAX, &pair, 1, &pairs),
              CNICALC_ERR_CIDR_HOST_BITS);
    ck_untouched(pair);
    ck_untouched(pairs);
    ck_untouched(found);
#endif
}
END_TEST

START_TEST(null_pointers_are_refused)
{
    cnicalc_cidr block = {0, 0, 4, 0};
    cnicalc_cidr_pair pair;
    uint64_t pairs;
    size_t count;
    uint32_t found;
    ck_status(cnicalc_cidr_check_set(NULL, 1, &count), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_check_set(&block, 1, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_sort(NULL, 1), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_merge(NULL, 1, &count), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_merge(&block, 1, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_exclude(NULL, &block, 1, &block, 1, &count), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_exclude(&block, NULL, 1, &block, 1, &count), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_exclude(&block, &block, 1, NULL, 1, &count), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_exclude(&block, &block, 1, &block, 1, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_first_free(NULL, 8, &block, 1, &found, &block), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_first_free(&block, 8, NULL, 1, &found, &block), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_first_free(&block, 8, &block, 1, NULL, &block), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_first_free(&block, 8, &block, 1, &found, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_first_overlap(NULL, 1, &found, &pair), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_first_overlap(&block, 1, NULL, &pair), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_first_overlap(&block, 1, &found, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_overlap_pairs(NULL, 1, &pair, 1, &pairs), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_overlap_pairs(&block, 1, NULL, 1, &pairs), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_overlap_pairs(&block, 1, &pair, 1, NULL), CNICALC_ERR_NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cidr_set");
    TCase *known = tcase_create("known");
    tcase_add_loop_test(known, used_blocks_are_excluded, 0, (int)COUNT(EXCLUDE));
    suite_add_tcase(suite, known);
    add_tests(suite, "sets", sets_are_sorted, one_among_many_is_sorted, long_keys_are_sorted,
              keys_of_64_bits_are_sorted, sets_are_merged, the_first_free_block_is_found,
              free_blocks_are_counted, overlaps_are_paired, NULL);
    add_tests(suite, "hostile", an_invalid_block_changes_nothing, the_invalid_block_is_named,
              no_index_is_cut, null_pointers_are_refused, NULL);
    return run_suite(suite);
}
