/* SPDX-License-Identifier: MIT */
#include "support.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static FILE *open_in_root(const char *path)
{
    const char *root = getenv("CNICALC_ROOT");
    char full[4096];
    int len = snprintf(full, sizeof full, "%s/%s", root != NULL ? root : ".", path);
    ck_assert(len > 0 && (size_t)len < sizeof full);
    FILE *file = fopen(full, "rb");
    ck_assert_msg(file != NULL, "cannot open %s", full);
    return file;
}

char *file_read(const char *path, size_t *out_len)
{
    FILE *file = open_in_root(path);
    ck_assert_int_eq(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    ck_assert_int_gt(size, 0);
    rewind(file);
    char *text = malloc((size_t)size + 1);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(fread(text, 1, (size_t)size, file), (size_t)size);
    ck_assert_int_eq(fclose(file), 0);
    text[size] = '\0';
    *out_len = (size_t)size;
    return text;
}

static size_t count_char(const char *text, char wanted)
{
    size_t count = 0;
    for (; *text != '\0'; text++) {
        count += *text == wanted;
    }
    return count;
}

/* Cuts one line into its fields; the NUL after the line is already there. */
static char **split_fields(char *line, size_t *out_count)
{
    size_t count = count_char(line, '\t') + 1;
    char **fields = malloc(count * sizeof *fields);
    ck_assert_ptr_nonnull(fields);
    for (size_t i = 0; i < count; i++) {
        fields[i] = line;
        line += strcspn(line, "\t");
        *line++ = '\0';
    }
    *out_count = count;
    return fields;
}

tsv tsv_read(const char *path)
{
    size_t len;
    tsv table = {0};
    table.text = file_read(path, &len);
    size_t line_count = count_char(table.text, '\n');
    ck_assert_msg(line_count > 1, "%s has no rows", path);
    table.rows = malloc(line_count * sizeof *table.rows);
    table.fields = malloc(line_count * sizeof *table.fields);
    ck_assert(table.rows != NULL && table.fields != NULL);
    char *line = table.text;
    for (size_t i = 0; i < line_count; i++) {
        char *end = strchr(line, '\n');
        *end = '\0';
        table.rows[i] = split_fields(line, &table.fields[i]);
        line = end + 1;
    }
    table.row_count = line_count;
    return table;
}

void tsv_free(tsv *table)
{
    for (size_t i = 0; i < table->row_count; i++) {
        free(table->rows[i]);
    }
    free(table->rows);
    free(table->fields);
    free(table->text);
}

void fill_pattern(void *output, size_t size)
{
    memset(output, 0xA5, size);
}

int is_pattern(const void *output, size_t size)
{
    const unsigned char *bytes = output;
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != 0xA5) {
            return 0;
        }
    }
    return 1;
}

const cnicalc_limit_row *limit_row_of(const cnicalc_limit_row *rows, uint32_t count, uint32_t limit)
{
    for (uint32_t i = 0; i < count; i++) {
        if (rows[i].limit == limit) {
            return &rows[i];
        }
    }
    ck_abort_msg("no row of %s", cnicalc_limit_name(limit));
    return rows;
}

void add_tests(Suite *suite, const char *tcase_name, ...)
{
    TCase *tcase = tcase_create(tcase_name);
    /* So that CK_EXCLUDE_TAGS can leave a kind of case out in every program. */
    tcase_set_tags(tcase, tcase_name);
    /* Exhaustive tests run under valgrind and under emulated processors too. */
    tcase_set_timeout(tcase, 600);
    va_list tests;
    va_start(tests, tcase_name);
    const TTest *test;
    while ((test = va_arg(tests, const TTest *)) != NULL) {
        tcase_add_test(tcase, test);
    }
    va_end(tests);
    suite_add_tcase(suite, tcase);
}

int run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    int run = srunner_ntests_run(runner);
    srunner_free(runner);
    /* A suite that runs nothing has not passed, unless the caller left its tests out. */
    int ran = run > 0 || getenv("CK_EXCLUDE_TAGS") != NULL;
    return failed == 0 && ran ? EXIT_SUCCESS : EXIT_FAILURE;
}
