/* SPDX-License-Identifier: MIT */
/* Ranges cut into blocks. */
#include "cidr_support.h"

#include <string.h>

START_TEST(netipx_ranges)
{
    tsv table = tsv_read("tests/vectors/netipx_range.tsv");
    ck_assert_uint_eq(table.row_count, 16);
    for (size_t i = 1; i < table.row_count; i++) {
        char **row = table.rows[i];
        if (strcmp(row[0], "last_ip") == 0) {
            cnicalc_cidr block = cidr_of(row[1]);
            const cnicalc_address expected = address_of(row[3]);
            cnicalc_address last;
            ck_ok(cnicalc_cidr_last(&block, &last));
            ck_assert_int_eq(memcmp(&last, &expected, sizeof last), 0);
            continue;
        }
        cnicalc_address first = address_of(row[1]);
        cnicalc_address last = address_of(row[2]);
        cnicalc_cidr blocks[62];
        size_t count = 0;
        ck_ok(cnicalc_cidr_from_range(&first, &last, blocks, COUNT(blocks), &count));
        check_blocks(blocks, count, row[3]);
    }
    tsv_free(&table);
}
END_TEST

/* The longest lists: all addresses but the first and last. */
START_TEST(widest_ranges_need_what_the_header_says)
{
    static const struct {
        const char *first;
        const char *last;
        size_t count;
    } ROWS[] = {{"0.0.0.1", "255.255.255.254", 62},
                {"::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe", 254}};
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        cnicalc_address first = address_of(ROWS[i].first);
        cnicalc_address last = address_of(ROWS[i].last);
        cnicalc_cidr blocks[255];
        size_t count = 0;
        fill_pattern(blocks, sizeof blocks);
        ck_status(cnicalc_cidr_from_range(&first, &last, blocks, ROWS[i].count - 1, &count),
                  CNICALC_ERR_CAPACITY);
        ck_assert_uint_eq(count, ROWS[i].count);
        ck_untouched(blocks);
        ck_status(cnicalc_cidr_from_range(&first, &last, NULL, 0, &count), CNICALC_ERR_CAPACITY);
        ck_ok(cnicalc_cidr_from_range(&first, &last, blocks, count, &count));
        ck_assert(is_pattern(blocks + count, sizeof blocks - count * sizeof blocks[0]));
    }
}
END_TEST

/* Sixteen cells of 2^shift addresses, cut the plain way: from the first cell on, each time the
 * largest block that is aligned and ends in the range. */
#define CELLS 16

static cnicalc_address cell_address(uint64_t base, uint32_t cell, uint32_t shift)
{
    cnicalc_address address = {base, base, CNICALC_FAMILY_IPV6, 0};
    for (uint32_t bit = 0; bit < 4; bit++) {
        uint64_t *word = shift + bit < 64 ? &address.lo : &address.hi;
        uint64_t mask = UINT64_C(1) << (shift + bit) % 64;
        *word = (cell >> bit & 1) != 0 ? *word | mask : *word & ~mask;
    }
    for (uint32_t bit = 0; bit < shift; bit++) {
        uint64_t *word = bit < 64 ? &address.lo : &address.hi;
        *word &= ~(UINT64_C(1) << bit % 64);
    }
    return address;
}

static size_t cut_plainly(uint64_t base, uint32_t from, uint32_t to, uint32_t shift,
                          cnicalc_cidr *out)
{
    size_t count = 0;
    while (from <= to) {
        uint32_t bits = 0;
        while (bits < 4 && from % (2u << bits) == 0 && from + (2u << bits) - 1 <= to) {
            bits++;
        }
        cnicalc_address address = cell_address(base, from, shift);
        ck_ok(cnicalc_cidr_from_address(&address, 128 - shift - bits, &out[count++]));
        from += 1u << bits;
    }
    return count;
}

static void check_ranges(uint64_t base, uint32_t shift)
{
    for (uint32_t from = 0; from < CELLS; from++) {
        for (uint32_t to = from; to < CELLS; to++) {
            cnicalc_cidr expected[CELLS];
            cnicalc_cidr blocks[CELLS];
            cnicalc_address first = cell_address(base, from, shift);
            cnicalc_address start = cell_address(base, to, shift);
            cnicalc_cidr cell;
            cnicalc_address last;
            size_t count = 0;
            ck_ok(cnicalc_cidr_from_address(&start, 128 - shift, &cell));
            ck_ok(cnicalc_cidr_last(&cell, &last));
            fill_pattern(blocks, sizeof blocks);
            ck_ok(cnicalc_cidr_from_range(&first, &last, blocks, CELLS, &count));
            ck_assert_uint_eq(count, cut_plainly(base, from, to, shift, expected));
            ck_assert_mem_eq(blocks, expected, count * sizeof *blocks);
            ck_assert(is_pattern(blocks + count, sizeof blocks - count * sizeof *blocks));
        }
    }
}

START_TEST(every_range_of_some_cells)
{
    for (uint32_t shift = 0; shift <= 124; shift++) {
        check_ranges(0, shift);
        check_ranges(UINT64_MAX, shift);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cidr_range");
    add_tests(suite, "known", netipx_ranges, widest_ranges_need_what_the_header_says, NULL);
    add_tests(suite, "exhaustive", every_range_of_some_cells, NULL);
    return run_suite(suite);
}
