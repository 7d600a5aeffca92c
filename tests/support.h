/* SPDX-License-Identifier: MIT */
/* What several test programs need: vector files, untouched outputs, and main() around a suite. */
#ifndef CNICALC_TESTS_SUPPORT_H
#define CNICALC_TESTS_SUPPORT_H

#include <check.h>
#include <cnicalc/base.h>
#include <stddef.h>
#include <stdint.h>

/* libcheck writes to a file for each assertion that holds, to say where a crash was near. That is
 * most of the time of a test with a million assertions. */
#undef mark_point
#define _mark_point(file, line) ((void)0)

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A file of lines of tab-separated fields, split in place. Paths are relative to CNICALC_ROOT. */
typedef struct tsv {
    char *text;     /* the file, with NULs in place of tabs and line ends */
    char ***rows;   /* rows[i][j] is field j of line i; line 0 is the header */
    size_t *fields; /* how many fields line i has */
    size_t row_count;
} tsv;

/* Ends the test when the file cannot be read or is empty. */
tsv tsv_read(const char *path);
void tsv_free(tsv *table);

/* The whole file with a NUL after it; *out_len does not count the NUL. The caller frees it. */
char *file_read(const char *path, size_t *out_len);

/* Fills an output with a pattern before a call that must fail, and asks afterwards whether all of
 * it is still there. */
void fill_pattern(void *output, size_t size);
int is_pattern(const void *output, size_t size);

#define ck_untouched(output)                                                                       \
    ck_assert_msg(is_pattern(&(output), sizeof(output)), #output " was written")

/* A status assertion whose message shows names. */
#define ck_status(expression, expected)                                                            \
    do {                                                                                           \
        cnicalc_status status_ = (expression);                                                     \
        ck_assert_msg(status_ == (expected), "%s is %s, expected %s", #expression,                 \
                      cnicalc_status_name(status_), cnicalc_status_name(expected));                \
    } while (0)

#define ck_ok(expression) ck_status(expression, CNICALC_OK)

/* What a row of an answer says; the test ends when the answer has no such row. */
#define AVAILABLE(result, which)                                                                   \
    (limit_row_of((result).limits, (result).limit_count, (which))->available)
#define NEEDED(result, which) (limit_row_of((result).limits, (result).limit_count, (which))->needed)
const cnicalc_limit_row *limit_row_of(const cnicalc_limit_row *rows, uint32_t count,
                                      uint32_t limit);

/* A test case with these tests in this suite; the list ends with NULL. */
void add_tests(Suite *suite, const char *tcase_name, ...);

/* Runs the suite and returns main()'s exit status. */
int run_suite(Suite *suite);

#endif
