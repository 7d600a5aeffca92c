/* SPDX-License-Identifier: MIT */
#include "cidr_support.h"

#include <string.h>

/* ---- Known ---- */

START_TEST(neighbours_and_supernets)
{
    cnicalc_cidr block = cidr_of("10.0.0.0/8");
    cnicalc_cidr got;
    ck_ok(cnicalc_cidr_next(&block, &got));
    check_block(&got, "11.0.0.0/8");
    ck_ok(cnicalc_cidr_previous(&block, &got));
    check_block(&got, "9.0.0.0/8");
    ck_ok(cnicalc_cidr_supernet(&block, 8, &got));
    check_block(&got, "10.0.0.0/8");
    ck_ok(cnicalc_cidr_supernet(&block, 0, &got));
    check_block(&got, "0.0.0.0/0");
    block = cidr_of("0:0:0:1::/64");
    ck_ok(cnicalc_cidr_previous(&block, &got));
    check_block(&got, "::/64");
    block = cidr_of("0:0:0:0:ffff:ffff:ffff:ffff/128");
    ck_ok(cnicalc_cidr_next(&block, &got));
    check_block(&got, "0:0:0:1::/128");
    ck_ok(cnicalc_cidr_previous(&got, &got)); /* in place */
    check_block(&got, "::ffff:ffff:ffff:ffff/128");
}
END_TEST

START_TEST(slices_of_a_split)
{
    cnicalc_cidr block = cidr_of("10.0.0.0/8");
    cnicalc_cidr got[3];
    ck_ok(cnicalc_cidr_split(&block, 16, 253, 3, got));
    check_blocks(got, 3, "10.253.0.0/16 10.254.0.0/16 10.255.0.0/16");
    ck_ok(cnicalc_cidr_split(&block, 8, 0, 1, got));
    check_blocks(got, 1, "10.0.0.0/8");
    ck_ok(cnicalc_cidr_split(&block, 16, 256, 0, NULL));
    block = cidr_of("::/0");
    ck_ok(cnicalc_cidr_split(&block, 128, UINT64_MAX, 1, got));
    check_blocks(got, 1, "::ffff:ffff:ffff:ffff/128");
    ck_ok(cnicalc_cidr_split(&block, 1, 0, 2, got));
    check_blocks(got, 2, "::/1 8000::/1");
    /* 2^63 blocks, the most whose count is a number of 64 bits */
    ck_ok(cnicalc_cidr_split(&block, 63, (UINT64_C(1) << 63) - 1, 1, got));
    check_blocks(got, 1, "ffff:ffff:ffff:fffe::/63");
    ck_status(cnicalc_cidr_split(&block, 63, UINT64_C(1) << 63, 1, got), CNICALC_ERR_INDEX);
}
END_TEST

/* ---- Exhaustive: every pair of prefix lengths ---- */

/* Sub-block i of a block begins at block + i * 2^(width - length): plain multiplication here, bit
 * operations there. */
START_TEST(every_pair_of_ipv4_lengths)
{
    const uint64_t base = 0xaaaaaaaa;
    for (uint32_t block_len = 0; block_len <= 32; block_len++) {
        for (uint32_t sub_len = 0; sub_len <= 33; sub_len++) {
            const uint64_t size = UINT64_C(1) << (32 - block_len);
            cnicalc_cidr block = {0, base / size * size, CNICALC_FAMILY_IPV4, block_len};
            cnicalc_cidr sub;
            uint64_t count = 0;
            if (sub_len < block_len || sub_len > 32) {
                ck_status(cnicalc_cidr_subnet_count(&block, sub_len, &count),
                          CNICALC_ERR_CIDR_PREFIX_LEN);
                ck_status(cnicalc_cidr_nth(&block, sub_len, 0, &sub), CNICALC_ERR_CIDR_PREFIX_LEN);
                continue;
            }
            const uint64_t sub_size = UINT64_C(1) << (32 - sub_len);
            const uint64_t expected = size / sub_size;
            const uint64_t indexes[] = {0, 1, expected / 3, expected / 2, expected - 1};
            ck_ok(cnicalc_cidr_subnet_count(&block, sub_len, &count));
            ck_assert_uint_eq(count, expected);
            ck_status(cnicalc_cidr_nth(&block, sub_len, count, &sub), CNICALC_ERR_INDEX);
            ck_status(cnicalc_cidr_nth(&block, sub_len, UINT64_MAX, &sub), CNICALC_ERR_INDEX);
            for (size_t i = 0; i < COUNT(indexes); i++) {
                cnicalc_address last = {0, 0, CNICALC_FAMILY_IPV4, 0};
                uint64_t index = 0;
                if (indexes[i] >= expected) {
                    continue;
                }
                ck_ok(cnicalc_cidr_nth(&block, sub_len, indexes[i], &sub));
                ck_assert_uint_eq(sub.lo, block.lo + indexes[i] * sub_size);
                ck_assert_uint_eq(sub.prefix_len, sub_len);
                last.lo = sub.lo + sub_size - 1;
                ck_ok(cnicalc_cidr_index_of(&block, sub_len, &last, &index));
                ck_assert_uint_eq(index, indexes[i]);
            }
        }
    }
}
END_TEST

/* Of ::/block_len, sub-block 1 has one bit set, the last one all bits between the two lengths. */
START_TEST(every_pair_of_ipv6_lengths)
{
    for (uint32_t block_len = 0; block_len <= 128; block_len++) {
        for (uint32_t sub_len = block_len; sub_len <= 128; sub_len++) {
            const cnicalc_cidr block = {0, 0, CNICALC_FAMILY_IPV6, block_len};
            const uint32_t index_bits = sub_len - block_len;
            cnicalc_cidr sub;
            uint64_t count = 0;
            ck_status(cnicalc_cidr_subnet_count(&block, sub_len, &count),
                      index_bits >= 64 ? CNICALC_ERR_OVERFLOW : CNICALC_OK);
            if (index_bits == 0) {
                ck_status(cnicalc_cidr_nth(&block, sub_len, 1, &sub), CNICALC_ERR_INDEX);
                continue;
            }
            ck_ok(cnicalc_cidr_nth(&block, sub_len, 1, &sub));
            uint64_t hi = 0;
            uint64_t lo = 1;
            for (uint32_t i = sub_len; i < 128; i++) {
                hi = hi * 2 + (lo >= UINT64_C(0x8000000000000000));
                lo = lo * 2;
            }
            ck_assert(sub.hi == hi && sub.lo == lo && sub.prefix_len == sub_len);
            cnicalc_address addr = {hi, lo, CNICALC_FAMILY_IPV6, 0};
            uint64_t index = 0;
            ck_ok(cnicalc_cidr_index_of(&block, sub_len, &addr, &index));
            ck_assert_uint_eq(index, 1);
            if (index_bits >= 64) {
                ck_ok(cnicalc_cidr_last(&block, &addr));
                ck_status(cnicalc_cidr_index_of(&block, sub_len, &addr, &index),
                          index_bits == 64 ? CNICALC_OK : CNICALC_ERR_OVERFLOW);
                ck_assert_uint_eq(index, index_bits == 64 ? UINT64_MAX : 1);
            } else {
                ck_status(cnicalc_cidr_nth(&block, sub_len, count, &sub), CNICALC_ERR_INDEX);
            }
        }
    }
}
END_TEST

/* ---- Limits ---- */

START_TEST(edges_are_refused)
{
    static const char *const LAST[] = {"0.0.0.0/0", "255.0.0.0/8", "255.255.255.255/32",
                                       "::/0",      "ff00::/8",    "ffff:ffff:ffff:ffff::/64"};
    static const char *const FIRST[] = {"0.0.0.0/0", "0.0.0.0/8", "0.0.0.0/32", "::/0", "::/128"};
    cnicalc_cidr got;
    fill_pattern(&got, sizeof got);
    for (size_t i = 0; i < COUNT(LAST); i++) {
        cnicalc_cidr block = cidr_of(LAST[i]);
        ck_status(cnicalc_cidr_next(&block, &got), CNICALC_ERR_CIDR_EDGE);
    }
    for (size_t i = 0; i < COUNT(FIRST); i++) {
        cnicalc_cidr block = cidr_of(FIRST[i]);
        ck_status(cnicalc_cidr_previous(&block, &got), CNICALC_ERR_CIDR_EDGE);
    }
    ck_untouched(got);
}
END_TEST

/* ---- Hostile ---- */

static const struct {
    cnicalc_cidr block;
    cnicalc_status status;
} BAD_BLOCKS[] = {
    {{0, 0, 0, 0}, CNICALC_ERR_CIDR_FAMILY},
    {{0, 0, 5, 0}, CNICALC_ERR_CIDR_FAMILY},
    {{0, 0, UINT32_MAX, 0}, CNICALC_ERR_CIDR_FAMILY},
    {{0, 0, 4, 33}, CNICALC_ERR_CIDR_PREFIX_LEN},
    {{0, 0, 4, UINT32_MAX}, CNICALC_ERR_CIDR_PREFIX_LEN},
    {{0, 0, 6, 129}, CNICALC_ERR_CIDR_PREFIX_LEN},
    {{1, 0, 4, 8}, CNICALC_ERR_CIDR_INVALID},
    {{0, UINT64_C(0x100000000), 4, 8}, CNICALC_ERR_CIDR_INVALID},
    {{0, 1, 4, 31}, CNICALC_ERR_CIDR_HOST_BITS},
    {{0, 1, 4, 0}, CNICALC_ERR_CIDR_HOST_BITS},
    {{0, 1, 6, 127}, CNICALC_ERR_CIDR_HOST_BITS},
    {{1, 0, 6, 63}, CNICALC_ERR_CIDR_HOST_BITS},
    {{0, UINT64_C(0x8000000000000000), 6, 64}, CNICALC_ERR_CIDR_HOST_BITS},
};

START_TEST(every_function_checks_its_blocks)
{
    const cnicalc_cidr *bad = &BAD_BLOCKS[_i].block;
    const cnicalc_status status = BAD_BLOCKS[_i].status;
    const cnicalc_cidr good = {0, 0, 4, 0};
    const cnicalc_address host = {0, 0, 4, 0};
    cnicalc_cidr block;
    cnicalc_address addr;
    uint64_t count;
    uint32_t yes;
    int32_t order;
    char text[CNICALC_CIDR_TEXT_SIZE];
    fill_pattern(&block, sizeof block);
    fill_pattern(&addr, sizeof addr);
    fill_pattern(&count, sizeof count);
    fill_pattern(&yes, sizeof yes);
    fill_pattern(&order, sizeof order);
    fill_pattern(text, sizeof text);
    ck_status(cnicalc_cidr_check(bad), status);
    ck_status(cnicalc_cidr_format(bad, text, sizeof text), status);
    ck_status(cnicalc_cidr_address_count_text(bad, text, sizeof text), status);
    ck_status(cnicalc_cidr_first(bad, &addr), status);
    ck_status(cnicalc_cidr_last(bad, &addr), status);
    ck_status(cnicalc_cidr_netmask(bad, &addr), status);
    ck_status(cnicalc_cidr_address_count(bad, &count), status);
    ck_status(cnicalc_cidr_is_private(bad, &yes), status);
    ck_status(cnicalc_cidr_contains(bad, &good, &yes), status);
    ck_status(cnicalc_cidr_contains(&good, bad, &yes), status);
    ck_status(cnicalc_cidr_contains_address(bad, &host, &yes), status);
    ck_status(cnicalc_cidr_overlaps(bad, &good, &yes), status);
    ck_status(cnicalc_cidr_overlaps(&good, bad, &yes), status);
    ck_status(cnicalc_cidr_equal(bad, &good, &yes), status);
    ck_status(cnicalc_cidr_equal(&good, bad, &yes), status);
    ck_status(cnicalc_cidr_compare(bad, &good, &order), status);
    ck_status(cnicalc_cidr_compare(&good, bad, &order), status);
    ck_status(cnicalc_cidr_common(bad, &good, &block), status);
    ck_status(cnicalc_cidr_common(&good, bad, &block), status);
    ck_status(cnicalc_cidr_subnet_count(bad, 32, &count), status);
    ck_status(cnicalc_cidr_nth(bad, 32, 0, &block), status);
    ck_status(cnicalc_cidr_split(bad, 32, 0, 1, &block), status);
    ck_status(cnicalc_cidr_index_of(bad, 32, &host, &count), status);
    ck_status(cnicalc_cidr_next(bad, &block), status);
    ck_status(cnicalc_cidr_previous(bad, &block), status);
    ck_status(cnicalc_cidr_supernet(bad, 0, &block), status);
    ck_untouched(block);
    ck_untouched(addr);
    ck_untouched(count);
    ck_untouched(yes);
    ck_untouched(order);
    ck_untouched(text);
}
END_TEST

START_TEST(every_function_checks_its_addresses)
{
    static const struct {
        cnicalc_address address;
        cnicalc_status status;
    } ROWS[] = {{{0, 0, 0, 0}, CNICALC_ERR_CIDR_FAMILY},
                {{0, 0, 4, 1}, CNICALC_ERR_RESERVED},
                {{1, 0, 4, 0}, CNICALC_ERR_CIDR_INVALID},
                {{0, UINT64_C(0x100000000), 4, 0}, CNICALC_ERR_CIDR_INVALID}};
    const cnicalc_cidr good = {0, 0, 4, 0};
    const cnicalc_address host = {0, 0, 4, 0};
    cnicalc_cidr block;
    uint64_t count;
    size_t size;
    uint32_t yes;
    fill_pattern(&block, sizeof block);
    fill_pattern(&count, sizeof count);
    fill_pattern(&size, sizeof size);
    fill_pattern(&yes, sizeof yes);
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        const cnicalc_address *bad = &ROWS[i].address;
        ck_status(cnicalc_address_check(bad), ROWS[i].status);
        ck_status(cnicalc_cidr_from_address(bad, 0, &block), ROWS[i].status);
        ck_status(cnicalc_cidr_contains_address(&good, bad, &yes), ROWS[i].status);
        ck_status(cnicalc_cidr_index_of(&good, 8, bad, &count), ROWS[i].status);
        ck_status(cnicalc_cidr_from_range(bad, &host, &block, 1, &size), ROWS[i].status);
        ck_status(cnicalc_cidr_from_range(&host, bad, &block, 1, &size), ROWS[i].status);
    }
    ck_untouched(block);
    ck_untouched(count);
    ck_untouched(size);
    ck_untouched(yes);
}
END_TEST

START_TEST(malformed_questions_are_refused)
{
    const cnicalc_cidr ten = {0, 0x0a000000, 4, 8};
    const cnicalc_cidr all6 = {0, 0, 6, 0};
    const cnicalc_address inside = {0, 0x0a000001, 4, 0};
    const cnicalc_address outside = {0, 0x0b000000, 4, 0};
    const cnicalc_address other = {0, 0x0a000001, 6, 0};
    cnicalc_cidr block[2];
    uint64_t count;
    size_t size;
    fill_pattern(block, sizeof block);
    fill_pattern(&count, sizeof count);
    fill_pattern(&size, sizeof size);
    ck_status(cnicalc_cidr_from_address(&inside, 33, block), CNICALC_ERR_CIDR_PREFIX_LEN);
    ck_status(cnicalc_cidr_from_address(&other, 129, block), CNICALC_ERR_CIDR_PREFIX_LEN);
    ck_status(cnicalc_cidr_supernet(&ten, 9, block), CNICALC_ERR_CIDR_PREFIX_LEN);
    ck_status(cnicalc_cidr_nth(&ten, 7, 0, block), CNICALC_ERR_CIDR_PREFIX_LEN);
    ck_status(cnicalc_cidr_nth(&ten, UINT32_MAX, 0, block), CNICALC_ERR_CIDR_PREFIX_LEN);
    ck_status(cnicalc_cidr_nth(&all6, 129, 0, block), CNICALC_ERR_CIDR_PREFIX_LEN);
    ck_status(cnicalc_cidr_split(&ten, 33, 0, 1, block), CNICALC_ERR_CIDR_PREFIX_LEN);
    ck_status(cnicalc_cidr_split(&ten, 9, 2, 1, block), CNICALC_ERR_INDEX);
    ck_status(cnicalc_cidr_split(&ten, 9, 1, 2, block), CNICALC_ERR_INDEX);
    ck_status(cnicalc_cidr_split(&ten, 9, 1, SIZE_MAX, block), CNICALC_ERR_INDEX);
    ck_status(cnicalc_cidr_split(&ten, 9, UINT64_MAX, 2, block), CNICALC_ERR_INDEX);
    ck_status(cnicalc_cidr_split(&all6, 64, UINT64_MAX, 2, block), CNICALC_ERR_INDEX);
    ck_status(cnicalc_cidr_index_of(&ten, 24, &outside, &count), CNICALC_ERR_CIDR_NOT_INSIDE);
    ck_status(cnicalc_cidr_index_of(&ten, 24, &other, &count), CNICALC_ERR_CIDR_NOT_INSIDE);
    ck_status(cnicalc_cidr_index_of(&ten, 7, &inside, &count), CNICALC_ERR_CIDR_PREFIX_LEN);
    ck_status(cnicalc_cidr_from_range(&inside, &other, block, 1, &size),
              CNICALC_ERR_CIDR_FAMILY_MIXED);
    ck_status(cnicalc_cidr_from_range(&outside, &inside, block, 1, &size), CNICALC_ERR_CIDR_RANGE);
    ck_untouched(block);
    ck_untouched(count);
    ck_untouched(size);
}
END_TEST

START_TEST(null_pointers_are_refused)
{
    cnicalc_cidr block = {0, 0, 4, 0};
    cnicalc_address host = {0, 0, 4, 0};
    uint64_t count;
    size_t size;
    uint32_t yes;
    int32_t order;
    char text[4];
    ck_status(cnicalc_cidr_check(NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_address_check(NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_from_address(NULL, 0, &block), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_from_address(&host, 0, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_first(NULL, &host), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_first(&block, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_last(NULL, &host), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_last(&block, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_netmask(NULL, &host), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_netmask(&block, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_address_count(NULL, &count), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_address_count(&block, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_address_count_text(NULL, text, 4), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_address_count_text(&block, NULL, 4), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_is_private(NULL, &yes), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_is_private(&block, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_contains(NULL, &block, &yes), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_contains(&block, NULL, &yes), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_contains(&block, &block, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_contains_address(NULL, &host, &yes), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_contains_address(&block, NULL, &yes), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_contains_address(&block, &host, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_overlaps(NULL, &block, &yes), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_overlaps(&block, NULL, &yes), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_overlaps(&block, &block, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_equal(NULL, &block, &yes), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_equal(&block, NULL, &yes), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_equal(&block, &block, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_compare(NULL, &block, &order), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_compare(&block, NULL, &order), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_compare(&block, &block, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_common(NULL, &block, &block), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_common(&block, NULL, &block), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_common(&block, &block, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_subnet_count(NULL, 8, &count), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_subnet_count(&block, 8, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_nth(NULL, 8, 0, &block), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_nth(&block, 8, 0, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_split(NULL, 8, 0, 1, &block), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_split(&block, 8, 0, 1, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_index_of(NULL, 8, &host, &count), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_index_of(&block, 8, NULL, &count), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_index_of(&block, 8, &host, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_next(NULL, &block), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_next(&block, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_previous(NULL, &block), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_previous(&block, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_supernet(NULL, 0, &block), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_supernet(&block, 0, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_from_range(NULL, &host, &block, 1, &size), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_from_range(&host, NULL, &block, 1, &size), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_from_range(&host, &host, NULL, 1, &size), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_from_range(&host, &host, &block, 1, NULL), CNICALC_ERR_NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cidr_split");
    TCase *blocks = tcase_create("hostile blocks");
    tcase_add_loop_test(blocks, every_function_checks_its_blocks, 0, (int)COUNT(BAD_BLOCKS));
    add_tests(suite, "known", neighbours_and_supernets, slices_of_a_split, NULL);
    add_tests(suite, "exhaustive", every_pair_of_ipv4_lengths, every_pair_of_ipv6_lengths, NULL);
    add_tests(suite, "limits", edges_are_refused, NULL);
    suite_add_tcase(suite, blocks);
    add_tests(suite, "hostile", every_function_checks_its_addresses,
              malformed_questions_are_refused, null_pointers_are_refused, NULL);
    return run_suite(suite);
}
