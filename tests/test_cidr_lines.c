/* SPDX-License-Identifier: MIT */
/* Blocks as lines of a text, both ways. */
#include <cnicalc/cidr.h>

#include "support.h"

#include <stdlib.h>
#include <string.h>

START_TEST(lines_keep_their_places)
{
    const char text[] = "10.0.0.0/8\nx\n\n::/0\n10.0.0.1/8";
    const cnicalc_status expected[] = {CNICALC_OK, CNICALC_ERR_CIDR_CHARACTER,
                                       CNICALC_ERR_CIDR_EMPTY, CNICALC_OK,
                                       CNICALC_ERR_CIDR_HOST_BITS};
    const cnicalc_cidr none = {0, 0, 0, 0};
    cnicalc_cidr cidrs[6];
    cnicalc_status statuses[6];
    size_t count;
    ck_ok(cnicalc_cidr_parse_lines(text, sizeof text - 1, cidrs, statuses, 5, &count));
    ck_assert_uint_eq(count, 5);
    for (size_t i = 0; i < 5; i++) {
        ck_status(statuses[i], expected[i]);
        ck_assert(expected[i] == CNICALC_OK || memcmp(&cidrs[i], &none, sizeof none) == 0);
    }
    ck_assert_uint_eq(cidrs[0].lo, 0x0a000000);
    ck_assert_uint_eq(cidrs[3].family, 6);
    ck_ok(cnicalc_cidr_parse_lines_masked(text, sizeof text - 1, cidrs, statuses, 6, &count));
    ck_ok(statuses[4]);
    ck_assert(memcmp(&cidrs[4], &cidrs[0], sizeof none) == 0);
    ck_ok(cnicalc_cidr_parse_lines("::/0\n", 5, cidrs, statuses, 1, &count));
    ck_assert_uint_eq(count, 1);
    ck_ok(cnicalc_cidr_parse_lines("", 0, NULL, NULL, 0, &count));
    ck_assert_uint_eq(count, 0);
}
END_TEST

/* A block after a line of every length, and before one without a newline. */
START_TEST(lines_of_every_length_end_where_they_do)
{
    for (size_t len = 0; len <= 200; len++) {
        static const char BLOCK[] = "\n10.0.0.0/8\n";
        size_t text_len = 2 * len + sizeof BLOCK - 1;
        char *text = malloc(text_len); /* of its own size, so that a checker sees a read past it */
        cnicalc_cidr cidrs[3];
        cnicalc_status statuses[3];
        size_t count;
        ck_assert_ptr_nonnull(text);
        memset(text, 'x', text_len);
        memcpy(text + len, BLOCK, sizeof BLOCK - 1);
        ck_ok(cnicalc_cidr_parse_lines(text, text_len, cidrs, statuses, 3, &count));
        ck_assert_uint_eq(count, len == 0 ? 2 : 3);
        ck_status(statuses[0], len == 0 ? CNICALC_ERR_CIDR_EMPTY : CNICALC_ERR_CIDR_CHARACTER);
        ck_ok(statuses[1]);
        ck_assert_uint_eq(cidrs[1].lo, 0x0a000000);
        if (len != 0) {
            ck_status(statuses[2], CNICALC_ERR_CIDR_CHARACTER);
        }
        memset(text, '\n', text_len);
        ck_status(cnicalc_cidr_parse_lines(text, text_len, NULL, NULL, 0, &count),
                  CNICALC_ERR_CAPACITY);
        ck_assert_uint_eq(count, text_len);
        free(text);
    }
}
END_TEST

START_TEST(lines_are_written)
{
    const cnicalc_cidr cidrs[] = {{0, 0x0a000000, 4, 8}, {0, 0, 6, 0}};
    char text[100];
    size_t needed;
    ck_ok(cnicalc_cidr_format_lines(cidrs, 2, text, sizeof text, &needed));
    ck_assert_str_eq(text, "10.0.0.0/8\n::/0\n");
    ck_assert_uint_eq(needed, 17);
    ck_ok(cnicalc_cidr_format_lines(NULL, 0, text, 1, &needed));
    ck_assert_str_eq(text, "");
    ck_assert_uint_eq(needed, 1);
}
END_TEST

START_TEST(short_line_buffers_are_not_written)
{
    const char input[] = "10.0.0.0/8\n::/0\n0.0.0.0/0\n";
    cnicalc_cidr cidrs[3];
    cnicalc_status statuses[3];
    char text[3 * CNICALC_CIDR_TEXT_SIZE + 5];
    size_t count = 0;
    fill_pattern(cidrs, sizeof cidrs);
    fill_pattern(statuses, sizeof statuses);
    ck_status(cnicalc_cidr_parse_lines(input, sizeof input - 1, cidrs, statuses, 2, &count),
              CNICALC_ERR_CAPACITY);
    ck_assert_uint_eq(count, 3);
    ck_untouched(cidrs);
    ck_untouched(statuses);
    ck_ok(cnicalc_cidr_parse_lines(input, sizeof input - 1, cidrs, statuses, 3, &count));
    for (size_t capacity = 0; capacity < sizeof text; capacity++) {
        size_t needed = 0;
        fill_pattern(text, sizeof text);
        if (capacity < sizeof input) {
            ck_status(cnicalc_cidr_format_lines(cidrs, 3, text, capacity, &needed),
                      CNICALC_ERR_CAPACITY);
            ck_untouched(text);
        } else {
            ck_ok(cnicalc_cidr_format_lines(cidrs, 3, text, capacity, &needed));
            ck_assert_str_eq(text, input);
            ck_assert(is_pattern(text + capacity, sizeof text - capacity));
        }
        ck_assert_uint_eq(needed, sizeof input);
    }
}
END_TEST

START_TEST(null_and_malformed_arguments_are_refused)
{
    const cnicalc_cidr good = {0, 0x0a000000, 4, 8};
    const cnicalc_cidr bad = {0, 1, 4, 8};
    cnicalc_cidr cidr;
    cnicalc_status status;
    size_t size;
    char text[50];
    fill_pattern(&cidr, sizeof cidr);
    fill_pattern(&status, sizeof status);
    fill_pattern(&size, sizeof size);
    fill_pattern(text, sizeof text);
    ck_status(cnicalc_cidr_parse_lines(NULL, 0, &cidr, &status, 1, &size), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_parse_lines("", 0, NULL, &status, 1, &size), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_parse_lines("", 0, &cidr, NULL, 1, &size), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_parse_lines("", 0, &cidr, &status, 1, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_parse_lines_masked(NULL, 0, &cidr, &status, 1, &size), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_format_lines(NULL, 1, text, 50, &size), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_format_lines(&good, 1, NULL, 50, &size), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_format_lines(&good, 1, text, 50, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_format_lines(&bad, 1, text, 50, &size), CNICALC_ERR_CIDR_HOST_BITS);
    ck_untouched(cidr);
    ck_untouched(status);
    ck_untouched(size);
    ck_untouched(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cidr_lines");
    add_tests(suite, "known", lines_keep_their_places, lines_of_every_length_end_where_they_do,
              lines_are_written, NULL);
    add_tests(suite, "limits", short_line_buffers_are_not_written, NULL);
    add_tests(suite, "hostile", null_and_malformed_arguments_are_refused, NULL);
    return run_suite(suite);
}
