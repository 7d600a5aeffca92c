/* SPDX-License-Identifier: MIT */
#include <cnicalc/conntrack.h>

#include "support.h"

#include <string.h>

#define GIB UINT64_C(1073741824)

static cnicalc_conntrack_options with_memory(uint64_t memory_bytes)
{
    cnicalc_conntrack_options options;
    ck_ok(cnicalc_conntrack_options_init(&options, sizeof options));
    options.memory_bytes = memory_bytes;
    return options;
}

static cnicalc_conntrack_result solve(const cnicalc_conntrack_options *options)
{
    cnicalc_conntrack_result result;
    fill_pattern(&result, sizeof result);
    ck_ok(cnicalc_conntrack_solve(options, &result));
    ck_assert_uint_eq(result.reserved[0] | result.reserved[1] | result.reserved[2], 0);
    return result;
}

START_TEST(sixteen_gib)
{
    cnicalc_conntrack_options options = with_memory(16 * GIB);
    cnicalc_conntrack_result result = solve(&options);
    ck_assert_uint_eq(result.tcp_entries, 151765);
    ck_assert_uint_eq(result.any_entries, 75882);
    ck_assert_uint_eq(result.nat_entries, 151765);
    ck_assert_uint_eq(result.neighbor_entries, 151765);
    ck_assert_uint_eq(result.sock_rev_nat_entries, 75882);
    ck_assert_uint_eq(result.budget_bytes, 42949672);
    ck_assert_uint_eq(result.tcp_per_pod, CNICALC_UNKNOWN_COUNT);
    ck_assert_uint_eq(result.any_per_pod, CNICALC_UNKNOWN_COUNT);
    ck_assert_uint_eq(result.tcp_bound_by, CNICALC_CONNTRACK_LIMIT_MEMORY);

    options.max_pods = 210;
    result = solve(&options);
    ck_assert_uint_eq(result.tcp_per_pod, 722);
    ck_assert_uint_eq(result.any_per_pod, 361);
}
END_TEST

/* Computed with integers of any length, outside this library. */
static const struct {
    uint64_t memory;
    uint32_t ratio;
    uint64_t budget, wide, narrow;
} rows[] = {
    {UINT64_C(1), 1, UINT64_C(0), 131072, 65536},
    {UINT64_C(999999), 1, UINT64_C(0), 131072, 65536},
    {UINT64_C(1000000), 1, UINT64_C(1), 131072, 65536},
    {UINT64_C(8589934592), 2500, UINT64_C(21474836), 131072, 65536},
    {UINT64_C(17179869184), 2500, UINT64_C(42949672), 151765, 75882},
    {UINT64_C(34359738368), 2500, UINT64_C(85899345), 303531, 151765},
    {UINT64_C(68719476736), 2500, UINT64_C(171798691), 607062, 303531},
    {UINT64_C(137438953472), 2500, UINT64_C(343597383), 1214125, 607062},
    {UINT64_C(274877906944), 2500, UINT64_C(687194767), 2428250, 1214125},
    {UINT64_C(549755813888), 2500, UINT64_C(1374389534), 4856500, 2428250},
    {UINT64_C(1099511627776), 2500, UINT64_C(2748779069), 9713000, 4856500},
    {UINT64_C(2199023255552), 2500, UINT64_C(5497558138), 16777216, 9713000},
    {UINT64_C(4398046511104), 2500, UINT64_C(10995116277), 16777216, 16777216},
    {UINT64_C(17179869184), 1, UINT64_C(17179), 131072, 65536},
    {UINT64_C(17179869184), 333333, UINT64_C(5726617334), 16777216, 10117698},
    {UINT64_C(35184372101177), 999999, UINT64_C(35184336916804), 16777216, 16777216},
    {UINT64_MAX, 1, UINT64_C(18446744073709), 16777216, 16777216},
    {UINT64_MAX, 2500, UINT64_C(46116860184273879), 16777216, 16777216},
    {UINT64_MAX, 1000000, UINT64_MAX, 16777216, 16777216},
};

START_TEST(computed_rows)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        cnicalc_conntrack_options options = with_memory(rows[i].memory);
        options.ratio_millionths = rows[i].ratio;
        cnicalc_conntrack_result result = solve(&options);
        ck_assert_msg(result.budget_bytes == rows[i].budget, "row %u", (unsigned)i);
        ck_assert_msg(result.tcp_entries == rows[i].wide, "row %u", (unsigned)i);
        ck_assert_uint_eq(result.nat_entries, rows[i].wide);
        ck_assert_uint_eq(result.neighbor_entries, rows[i].wide);
        ck_assert_msg(result.any_entries == rows[i].narrow, "row %u", (unsigned)i);
        ck_assert_uint_eq(result.sock_rev_nat_entries, rows[i].narrow);
    }
}
END_TEST

/* All memory as budget: the bytes at which the share of a table reaches its least and passes its
 * most, from the sum of 148,373,504 bytes for the default sizes. */
START_TEST(bounds_of_a_table)
{
    static const struct {
        uint64_t bytes, tcp, any;
        uint32_t tcp_bound_by, any_bound_by;
    } edges[] = {
        {37093375, 131072, 65536, CNICALC_CONNTRACK_LIMIT_LEAST, CNICALC_CONNTRACK_LIMIT_LEAST},
        {37093376, 131072, 65536, CNICALC_CONNTRACK_LIMIT_MEMORY, CNICALC_CONNTRACK_LIMIT_MEMORY},
        {148373504, 524288, 262144, CNICALC_CONNTRACK_LIMIT_MEMORY, CNICALC_CONNTRACK_LIMIT_MEMORY},
        {UINT64_C(4747952410), 16777216, 8388608, CNICALC_CONNTRACK_LIMIT_MEMORY,
         CNICALC_CONNTRACK_LIMIT_MEMORY},
        {UINT64_C(4747952411), 16777216, 8388608, CNICALC_CONNTRACK_LIMIT_MOST,
         CNICALC_CONNTRACK_LIMIT_MEMORY},
        {UINT64_C(9495904821), 16777216, 16777216, CNICALC_CONNTRACK_LIMIT_MOST,
         CNICALC_CONNTRACK_LIMIT_MEMORY},
        {UINT64_C(9495904822), 16777216, 16777216, CNICALC_CONNTRACK_LIMIT_MOST,
         CNICALC_CONNTRACK_LIMIT_MOST},
    };
    for (size_t i = 0; i < COUNT(edges); i++) {
        cnicalc_conntrack_options options = with_memory(edges[i].bytes);
        options.ratio_millionths = 1000000;
        cnicalc_conntrack_result result = solve(&options);
        ck_assert_uint_eq(result.tcp_entries, edges[i].tcp);
        ck_assert_uint_eq(result.any_entries, edges[i].any);
        ck_assert_uint_eq(result.tcp_bound_by, edges[i].tcp_bound_by);
        ck_assert_uint_eq(result.nat_bound_by, edges[i].tcp_bound_by);
        ck_assert_uint_eq(result.neighbor_bound_by, edges[i].tcp_bound_by);
        ck_assert_uint_eq(result.any_bound_by, edges[i].any_bound_by);
        ck_assert_uint_eq(result.sock_rev_nat_bound_by, edges[i].any_bound_by);
    }
}
END_TEST

START_TEST(a_size_by_hand_changes_its_table_only)
{
    static const uint64_t sizes[] = {1, 1000, 16777217, UINT64_MAX};
    cnicalc_conntrack_options plain = with_memory(16 * GIB);
    cnicalc_conntrack_result computed = solve(&plain);
    for (size_t table = 0; table < 5; table++) {
        for (size_t i = 0; i < COUNT(sizes); i++) {
            cnicalc_conntrack_options options = plain;
            uint64_t *by_hand[] = {&options.tcp_entries, &options.any_entries, &options.nat_entries,
                                   &options.neighbor_entries, &options.sock_rev_nat_entries};
            *by_hand[table] = sizes[i];
            cnicalc_conntrack_result result = solve(&options);
            cnicalc_conntrack_result expected = computed;
            uint64_t *entries[] = {&expected.tcp_entries, &expected.any_entries,
                                   &expected.nat_entries, &expected.neighbor_entries,
                                   &expected.sock_rev_nat_entries};
            uint32_t *bound_by[] = {&expected.tcp_bound_by, &expected.any_bound_by,
                                    &expected.nat_bound_by, &expected.neighbor_bound_by,
                                    &expected.sock_rev_nat_bound_by};
            *entries[table] = sizes[i];
            *bound_by[table] = CNICALC_CONNTRACK_LIMIT_BY_HAND;
            ck_assert_mem_eq(&result, &expected, sizeof result);
        }
    }
}
END_TEST

START_TEST(pods_share_the_sizes_by_hand)
{
    cnicalc_conntrack_options options = with_memory(16 * GIB);
    options.tcp_entries = 1000;
    options.any_entries = 99;
    options.max_pods = 100;
    cnicalc_conntrack_result result = solve(&options);
    ck_assert_uint_eq(result.tcp_per_pod, 10);
    ck_assert_uint_eq(result.any_per_pod, 0);
}
END_TEST

START_TEST(names)
{
    ck_assert_str_eq(cnicalc_conntrack_limit_name(0), "none");
    ck_assert_str_eq(cnicalc_conntrack_limit_name(1), "memory");
    ck_assert_str_eq(cnicalc_conntrack_limit_name(2), "least");
    ck_assert_str_eq(cnicalc_conntrack_limit_name(3), "most");
    ck_assert_str_eq(cnicalc_conntrack_limit_name(4), "by_hand");
    ck_assert_str_eq(cnicalc_conntrack_limit_name(5), "unknown");
    ck_assert_str_eq(cnicalc_conntrack_limit_name(UINT32_MAX), "unknown");
}
END_TEST

static void must_fail(const cnicalc_conntrack_options *options, cnicalc_status expected)
{
    cnicalc_conntrack_result result;
    fill_pattern(&result, sizeof result);
    ck_status(cnicalc_conntrack_solve(options, &result), expected);
    ck_untouched(result);
}

START_TEST(malformed_questions)
{
    cnicalc_conntrack_options options;
    cnicalc_conntrack_options good = with_memory(GIB);
    must_fail(NULL, CNICALC_ERR_NULL);
    ck_status(cnicalc_conntrack_solve(&good, NULL), CNICALC_ERR_NULL);
    options = good;
    options.struct_size = 0;
    must_fail(&options, CNICALC_ERR_STRUCT_SIZE);
    options.struct_size = good.struct_size + 8;
    must_fail(&options, CNICALC_ERR_STRUCT_SIZE);
    for (size_t i = 0; i < COUNT(options.reserved); i++) {
        options = good;
        options.reserved[i] = 1;
        must_fail(&options, CNICALC_ERR_RESERVED);
    }
    static const uint32_t ratios[] = {0, 1000001, UINT32_MAX};
    for (size_t i = 0; i < COUNT(ratios); i++) {
        options = good;
        options.ratio_millionths = ratios[i];
        must_fail(&options, CNICALC_ERR_CONNTRACK_RATIO);
    }
    options = with_memory(0);
    must_fail(&options, CNICALC_ERR_CONNTRACK_MEMORY);
}
END_TEST

START_TEST(init_and_sizes)
{
    cnicalc_conntrack_options options;
    fill_pattern(&options, sizeof options);
    ck_status(cnicalc_conntrack_options_init(NULL, sizeof options), CNICALC_ERR_NULL);
    ck_status(cnicalc_conntrack_options_init(&options, sizeof options - 1),
              CNICALC_ERR_STRUCT_SIZE);
    ck_untouched(options);
    ck_ok(cnicalc_conntrack_options_init(&options, sizeof options));
    ck_assert_uint_eq(options.ratio_millionths, 2500);
    ck_assert_uint_eq(options.max_pods, 0);
    ck_assert_uint_eq(cnicalc_struct_size("cnicalc_conntrack_options"),
                      sizeof(cnicalc_conntrack_options));
    ck_assert_uint_eq(cnicalc_struct_size("cnicalc_conntrack_result"),
                      sizeof(cnicalc_conntrack_result));
}
END_TEST

/* More memory or a greater share never makes a table smaller. */
START_TEST(more_memory_is_never_less)
{
    cnicalc_conntrack_result before;
    memset(&before, 0, sizeof before);
    for (uint32_t bit = 0; bit < 64; bit++) {
        for (uint64_t part = 4; part < 8; part++) {
            uint64_t memory = part << bit;
            if (memory >> bit != part) {
                continue;
            }
            cnicalc_conntrack_options options = with_memory(memory);
            cnicalc_conntrack_result result = solve(&options);
            ck_assert_uint_ge(result.tcp_entries, before.tcp_entries);
            ck_assert_uint_ge(result.any_entries, before.any_entries);
            ck_assert_uint_ge(result.budget_bytes, before.budget_bytes);
            before = result;
        }
    }
    memset(&before, 0, sizeof before);
    for (uint32_t ratio = 1; ratio <= 1000000; ratio += 997) {
        cnicalc_conntrack_options options = with_memory(100 * GIB);
        options.ratio_millionths = ratio;
        cnicalc_conntrack_result result = solve(&options);
        ck_assert_uint_ge(result.tcp_entries, before.tcp_entries);
        ck_assert_uint_ge(result.any_entries, before.any_entries);
        before = result;
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("conntrack");
    add_tests(suite, "known", sixteen_gib, computed_rows, names, NULL);
    add_tests(suite, "limits", bounds_of_a_table, a_size_by_hand_changes_its_table_only,
              pods_share_the_sizes_by_hand, NULL);
    add_tests(suite, "hostile", malformed_questions, init_and_sizes, NULL);
    add_tests(suite, "properties", more_memory_is_never_less, NULL);
    return run_suite(suite);
}
