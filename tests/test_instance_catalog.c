/* SPDX-License-Identifier: MIT */
/* The catalogue parser: the built-in TSV through it, every fault with its place, and its order. */
#include <cnicalc/instance.h>

#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TSV       "lib/data/ecs-instance-types.tsv"
#define ROW_COUNT 1173

static cnicalc_instance rows[ROW_COUNT + 8];
static cnicalc_instance table[ROW_COUNT];

static cnicalc_status parse(const char *text, size_t *out_count, cnicalc_catalog_fault *out_fault)
{
    return cnicalc_catalog_parse(text, strlen(text), rows, COUNT(rows), out_count, out_fault);
}

/* The rows that a sound text has. */
static size_t parsed(const char *text)
{
    size_t count = 0;
    cnicalc_catalog_fault fault;
    fill_pattern(&fault, sizeof fault);
    ck_ok(parse(text, &count, &fault));
    ck_untouched(fault);
    return count;
}

static void check_is_table(size_t count)
{
    ck_ok(cnicalc_instance_rows(0, ROW_COUNT, table));
    ck_assert_uint_eq(count, ROW_COUNT);
    ck_assert_int_eq(memcmp(rows, table, sizeof table), 0);
}

/* The same lines after the header, the last one first. */
static char *reversed(const char *text, size_t len)
{
    char *out = malloc(len + 1);
    ck_assert_ptr_nonnull(out);
    size_t header_len = (size_t)(strchr(text, '\n') - text) + 1;
    size_t end = len;
    size_t written = header_len;
    memcpy(out, text, header_len);
    while (end > header_len) {
        size_t start = end - 1;
        while (text[start - 1] != '\n') {
            start--;
        }
        memcpy(out + written, text + start, end - start);
        written += end - start;
        end = start;
    }
    out[len] = '\0';
    return out;
}

/* ---- known ---- */

START_TEST(the_built_in_tsv_parses_to_the_built_in_table)
{
    size_t len;
    char *text = file_read(TSV, &len);
    check_is_table(parsed(text));
    memset(rows, 0, sizeof rows);
    char *backwards = reversed(text, len);
    check_is_table(parsed(backwards));
    free(backwards);
    free(text);
}
END_TEST

START_TEST(columns_in_any_order_with_the_optional_ones)
{
    size_t count =
        parsed("high_dense_quantity\tsources\teri_quantity\tinstance_type\tleni_quota\tvcpus\n"
               "5\tAZ\t2\tefg2.node\t17\t-\n"
               "-\t-\t0\tx.large\t-\t4294967294\n");
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(rows[0].name, "efg2.node");
    ck_assert_uint_eq(rows[0].high_dense_quantity, 5);
    ck_assert_uint_eq(rows[0].sources, CNICALC_SOURCE_ZH_PAGE | CNICALC_SOURCE_API);
    ck_assert_uint_eq(rows[0].eri_quantity, 2);
    ck_assert_uint_eq(rows[0].leni_quota, 17);
    ck_assert_uint_eq(rows[0].vcpus, CNICALC_UNKNOWN);
    ck_assert_uint_eq(rows[0].eni_quantity, CNICALC_UNKNOWN);
    ck_assert_uint_eq(rows[0].reserved[0], CNICALC_UNKNOWN);
    ck_assert_uint_eq(rows[1].vcpus, 4294967294);
    ck_assert_uint_eq(rows[1].eri_quantity, 0);
    ck_assert_uint_eq(rows[1].sources, 0);
}
END_TEST

START_TEST(rows_come_sorted_without_their_prefix)
{
    size_t count = parsed("instance_type\nz\necs.b\na\necs.ab\nc\nB");
    static const char sorted[6][8] = {"B", "a", "ecs.ab", "ecs.b", "c", "z"};
    ck_assert_uint_eq(count, COUNT(sorted));
    for (size_t i = 0; i < count; i++) {
        ck_assert_str_eq(rows[i].name, sorted[i]);
    }
}
END_TEST

START_TEST(a_catalogue_without_rows)
{
    ck_assert_uint_eq(parsed("instance_type"), 0);
    ck_assert_uint_eq(parsed("vcpus\tinstance_type\n"), 0);
}
END_TEST

START_TEST(a_type_is_found_in_a_catalogue)
{
    size_t index = 99;
    ck_ok(cnicalc_instance_rows(0, ROW_COUNT, table));
    for (size_t i = 0; i < ROW_COUNT; i++) {
        const char *name = table[i].name;
        ck_ok(cnicalc_catalog_find(table, ROW_COUNT, name, strlen(name), &index));
        ck_assert_uint_eq(index, i);
        ck_ok(cnicalc_catalog_find(table, ROW_COUNT, name + 4, strlen(name) - 4, &index));
        ck_assert_uint_eq(index, i);
        fill_pattern(&index, sizeof index);
        ck_status(cnicalc_catalog_find(table, ROW_COUNT, name, strlen(name) - 1, &index),
                  CNICALC_ERR_NO_SUCH_TYPE);
        ck_status(cnicalc_catalog_find(table, ROW_COUNT, name, strlen(name) + 1, &index),
                  CNICALC_ERR_NO_SUCH_TYPE);
        ck_status(cnicalc_catalog_find(table, i, name, strlen(name), &index),
                  CNICALC_ERR_NO_SUCH_TYPE);
        ck_untouched(index);
    }
    ck_assert_uint_eq(parsed("instance_type\nb\nc"), 2);
    ck_ok(cnicalc_catalog_find(rows, 2, "ecs.c", 5, &index));
    ck_assert_uint_eq(index, 1);
}
END_TEST

START_TEST(source_letters)
{
    static const char texts[32][8] = {"-",  "Z",   "E",   "ZE",   "O",   "ZO",   "EO",   "ZEO",
                                      "A",  "ZA",  "EA",  "ZEA",  "OA",  "ZOA",  "EOA",  "ZEOA",
                                      "S",  "ZS",  "ES",  "ZES",  "OS",  "ZOS",  "EOS",  "ZEOS",
                                      "AS", "ZAS", "EAS", "ZEAS", "OAS", "ZOAS", "EOAS", "ZEOAS"};
    for (uint32_t sources = 0; sources < COUNT(texts); sources++) {
        char text[CNICALC_SOURCE_TEXT_SIZE];
        ck_ok(cnicalc_source_format(sources, text, strlen(texts[sources]) + 1));
        ck_assert_str_eq(text, texts[sources]);
        fill_pattern(text, sizeof text);
        ck_status(cnicalc_source_format(sources, text, strlen(texts[sources])),
                  CNICALC_ERR_CAPACITY);
        ck_untouched(text);
    }
}
END_TEST

/* ---- faults ---- */

#define HEADER "instance_type\tvcpus\teni_trunk_supported\tsources\n"

struct fault_case {
    const char *text;
    cnicalc_status status;
    uint64_t line;
    uint64_t column;
    uint32_t field;
    uint64_t first_line;
};

static const struct fault_case fault_cases[] = {
    {"", CNICALC_ERR_CATALOG_HEADER, 1, 1, 1, 0},
    {"\n", CNICALC_ERR_CATALOG_HEADER, 1, 1, 1, 0},
    {"\ninstance_type\n", CNICALC_ERR_CATALOG_HEADER, 1, 1, 1, 0},
    {"vcpus\n4\n", CNICALC_ERR_CATALOG_HEADER, 1, 1, 0, 0},
    {"vcpus\tinstance_typ\n", CNICALC_ERR_CATALOG_HEADER, 1, 7, 2, 0},
    {"vcpus\tinstance_types\n", CNICALC_ERR_CATALOG_HEADER, 1, 7, 2, 0},
    {"instance_type\tvcpus\tvcpus\n", CNICALC_ERR_CATALOG_HEADER, 1, 21, 3, 0},
    {"instance_type\tinstance_type\n", CNICALC_ERR_CATALOG_HEADER, 1, 15, 2, 0},
    {"instance_type\t\n", CNICALC_ERR_CATALOG_HEADER, 1, 15, 2, 0},
    {"instance_type\r\nc7.large\r\n", CNICALC_ERR_CATALOG_HEADER, 1, 1, 1, 0},
    {"Instance_type\n", CNICALC_ERR_CATALOG_HEADER, 1, 1, 1, 0},
    {"instance_type\n\n", CNICALC_ERR_CATALOG_NAME, 2, 1, 1, 0},
    {"instance_type\na\n\nb\n", CNICALC_ERR_CATALOG_NAME, 3, 1, 1, 0},
    {"instance_type\na b\n", CNICALC_ERR_CATALOG_NAME, 2, 1, 1, 0},
    {"instance_type\n ab\n", CNICALC_ERR_CATALOG_NAME, 2, 1, 1, 0},
    {"instance_type\nab \n", CNICALC_ERR_CATALOG_NAME, 2, 1, 1, 0},
    {"instance_type\na\r\n", CNICALC_ERR_CATALOG_NAME, 2, 1, 1, 0},
    {"\xef\xbb\xbfinstance_type\na\n", CNICALC_ERR_CATALOG_HEADER, 1, 1, 1, 0},
    {"instance_type\na\x7f\n", CNICALC_ERR_CATALOG_NAME, 2, 1, 1, 0},
    {"instance_type\na\xc3\xa9\n", CNICALC_ERR_CATALOG_NAME, 2, 1, 1, 0},
    {"instance_type\necs.\n", CNICALC_ERR_CATALOG_NAME, 2, 1, 1, 0},
    {"vcpus\tinstance_type\n16\tecs.\n", CNICALC_ERR_CATALOG_NAME, 2, 4, 2, 0},
    {"instance_type\n1234567890123456789012345678901234567890\n", CNICALC_ERR_CATALOG_NAME, 2, 1, 1,
     0},
    {HEADER "a\t\t1\tZ\n", CNICALC_ERR_CATALOG_NUMBER, 2, 3, 2, 0},
    {HEADER "a\t+4\t1\tZ\n", CNICALC_ERR_CATALOG_NUMBER, 2, 3, 2, 0},
    {HEADER "a\t-4\t1\tZ\n", CNICALC_ERR_CATALOG_NUMBER, 2, 3, 2, 0},
    {HEADER "a\t--\t1\tZ\n", CNICALC_ERR_CATALOG_NUMBER, 2, 3, 2, 0},
    {HEADER "a\t04\t1\tZ\n", CNICALC_ERR_CATALOG_NUMBER, 2, 3, 2, 0},
    {HEADER "a\t00\t1\tZ\n", CNICALC_ERR_CATALOG_NUMBER, 2, 3, 2, 0},
    {HEADER "a\t4 \t1\tZ\n", CNICALC_ERR_CATALOG_NUMBER, 2, 3, 2, 0},
    {HEADER "a\t0x4\t1\tZ\n", CNICALC_ERR_CATALOG_NUMBER, 2, 3, 2, 0},
    {HEADER "a\t4.0\t1\tZ\n", CNICALC_ERR_CATALOG_NUMBER, 2, 3, 2, 0},
    {HEADER "a\t4294967295\t1\tZ\n", CNICALC_ERR_CATALOG_NUMBER, 2, 3, 2, 0},
    {HEADER "a\t9999999999\t1\tZ\n", CNICALC_ERR_CATALOG_NUMBER, 2, 3, 2, 0},
    {HEADER "a\t18446744073709551617\t1\tZ\n", CNICALC_ERR_CATALOG_NUMBER, 2, 3, 2, 0},
    {HEADER "a\t4\t2\tZ\n", CNICALC_ERR_CATALOG_NUMBER, 2, 5, 3, 0},
    {HEADER "a\t4\ttrue\tZ\n", CNICALC_ERR_CATALOG_NUMBER, 2, 5, 3, 0},
    {HEADER "a\t4\t1\tZ\nb\t4\t-\t-\nc\t4\t0\tzE\n", CNICALC_ERR_SOURCE, 4, 7, 4, 0},
    {HEADER "a\t4\t1\tZEZ\n", CNICALC_ERR_SOURCE, 2, 7, 4, 0},
    {HEADER "a\t4\t1\tZ-\n", CNICALC_ERR_SOURCE, 2, 7, 4, 0},
    {HEADER "a\t4\t1\t\n", CNICALC_ERR_SOURCE, 2, 7, 4, 0},
    {HEADER "a\t4\t1\tZ\r\n", CNICALC_ERR_SOURCE, 2, 7, 4, 0},
    {HEADER "a\t4\t1\n", CNICALC_ERR_CATALOG_COLUMNS, 2, 6, 4, 0},
    {HEADER "a", CNICALC_ERR_CATALOG_COLUMNS, 2, 2, 2, 0},
    {HEADER "a\t4\t1\tZ\t\n", CNICALC_ERR_CATALOG_COLUMNS, 2, 9, 5, 0},
    {HEADER "a\t4\t1\tZ\nb\t4\t1\tZ\t9\t9\n", CNICALC_ERR_CATALOG_COLUMNS, 3, 9, 5, 0},
    {"instance_type\na\nb\na\n", CNICALC_ERR_CATALOG_DUPLICATE, 4, 1, 1, 2},
    {"instance_type\nb\na\na\nb\nb", CNICALC_ERR_CATALOG_DUPLICATE, 4, 1, 1, 3},
    {"instance_type\nz\na\nz\na\n", CNICALC_ERR_CATALOG_DUPLICATE, 4, 1, 1, 2},
    {"instance_type\na\na\na\na\n", CNICALC_ERR_CATALOG_DUPLICATE, 3, 1, 1, 2},
    {"instance_type\necs.c7.large\nc7.large\n", CNICALC_ERR_CATALOG_DUPLICATE, 3, 1, 1, 2},
    {"vcpus\tinstance_type\n2\tc\n-\td\n1024\tc\n", CNICALC_ERR_CATALOG_DUPLICATE, 4, 6, 2, 2},
};

static void check_fault(const char *text, size_t len, const struct fault_case *expected)
{
    size_t count;
    cnicalc_catalog_fault fault;
    cnicalc_catalog_fault wanted = {
        expected->line, expected->column, expected->first_line, expected->field, {0, 0, 0}};
    fill_pattern(rows, sizeof rows);
    fill_pattern(&count, sizeof count);
    cnicalc_status status = cnicalc_catalog_parse(text, len, rows, COUNT(rows), &count, &fault);
    ck_assert_msg(status == expected->status, "%s: %s", text, cnicalc_status_name(status));
    ck_assert_msg(memcmp(&fault, &wanted, sizeof fault) == 0,
                  "%s: line %u, column %u, field %u, first line %u", text, (unsigned)fault.line,
                  (unsigned)fault.column, (unsigned)fault.field, (unsigned)fault.first_line);
    ck_untouched(rows);
    ck_untouched(count);
}

START_TEST(every_fault_has_its_place)
{
    for (size_t i = 0; i < COUNT(fault_cases); i++) {
        check_fault(fault_cases[i].text, strlen(fault_cases[i].text), &fault_cases[i]);
    }
}
END_TEST

START_TEST(a_nul_is_no_character_of_a_name)
{
    static const char text[] = "instance_type\nb\nc7\0large\n";
    const struct fault_case expected = {text, CNICALC_ERR_CATALOG_NAME, 3, 1, 1, 0};
    check_fault(text, sizeof text - 1, &expected);
}
END_TEST

/* ---- limits ---- */

START_TEST(numbers_and_names_at_their_ends)
{
    ck_assert_uint_eq(parsed(HEADER "a\t0\t0\tSAOEZ\nb\t4294967294\t-\tE\n"), 2);
    ck_assert_uint_eq(rows[0].vcpus, 0);
    ck_assert_uint_eq(rows[0].sources, 31);
    ck_assert_uint_eq(rows[1].eni_trunk_supported, CNICALC_UNKNOWN);
    ck_assert_uint_eq(parsed("instance_type\n!~3456789012345678901234567890123456789\n"), 1);
    ck_assert_uint_eq(strlen(rows[0].name), 39);
    ck_assert_uint_eq(parsed("instance_type\necs.a\necs.ecs.a\n"), 2);
}
END_TEST

START_TEST(capacity_is_told)
{
    static const char text[] = "instance_type\na\nb\nc\n";
    size_t count = 99;
    cnicalc_catalog_fault fault;
    fill_pattern(rows, sizeof rows);
    fill_pattern(&fault, sizeof fault);
    ck_status(cnicalc_catalog_parse(text, strlen(text), rows, 2, &count, &fault),
              CNICALC_ERR_CAPACITY);
    ck_assert_uint_eq(count, 3);
    count = 99;
    ck_status(cnicalc_catalog_parse(text, strlen(text), NULL, 0, &count, &fault),
              CNICALC_ERR_CAPACITY);
    ck_assert_uint_eq(count, 3);
    ck_untouched(rows);
    ck_untouched(fault);
    ck_ok(cnicalc_catalog_parse(text, strlen(text), rows, 3, &count, &fault));
    ck_assert_uint_eq(count, 3);
    ck_assert(is_pattern(&rows[3], sizeof rows - 3 * sizeof rows[0]));
    ck_ok(cnicalc_catalog_parse("instance_type", 13, NULL, 0, &count, &fault));
    ck_assert_uint_eq(count, 0);
}
END_TEST

/* A name that grows with its number: "t", and four letters. */
static void number_name(unsigned number, char *out_name)
{
    out_name[0] = 't';
    for (size_t place = 4; place > 0; place--) {
        out_name[place] = (char)('u' + number % 6);
        number /= 6;
    }
    out_name[5] = '\0';
}

/* More rows than the parser sorts at one time, in orders that have none. */
START_TEST(shuffled_rows_come_sorted)
{
    static char text[16 + ROW_COUNT * 6];
    /* No step has 3, 17 or 23 in it, of which 1,173 is the product, so each row comes once. */
    static const unsigned steps[] = {1, 2, 13, 29, 100, 256, 331, 397};
    for (size_t s = 0; s < COUNT(steps); s++) {
        size_t len = (size_t)snprintf(text, sizeof text, "instance_type\n");
        char name[8];
        for (unsigned i = 0; i < ROW_COUNT; i++) {
            number_name(i * steps[s] % ROW_COUNT, name);
            len += (size_t)snprintf(text + len, sizeof text - len, "%s\n", name);
        }
        ck_assert_uint_eq(parsed(text), ROW_COUNT);
        for (unsigned i = 0; i < ROW_COUNT; i++) {
            number_name(i, name);
            ck_assert_str_eq(rows[i].name, name);
        }
    }
}
END_TEST

/* A copy of one row at the end of the table, for rows on both sides of the parser's 1,024. */
START_TEST(a_duplicate_is_seen_anywhere)
{
    static const size_t doubled[] = {0, 1, 511, 1022, 1023, 1024, 1025, ROW_COUNT - 1};
    size_t len;
    char *text = file_read(TSV, &len);
    char *longer = malloc(len + 256);
    ck_assert_ptr_nonnull(longer);
    for (size_t i = 0; i < COUNT(doubled); i++) {
        const struct fault_case expected = {
            "duplicate", CNICALC_ERR_CATALOG_DUPLICATE, ROW_COUNT + 2, 1, 1, doubled[i] + 2};
        const char *line = text;
        for (size_t j = 0; j <= doubled[i]; j++) {
            line = strchr(line, '\n') + 1;
        }
        size_t line_len = strcspn(line, "\n");
        memcpy(longer, text, len);
        memcpy(longer + len, line, line_len);
        longer[len + line_len] = '\0';
        check_fault(longer, len + line_len, &expected);
    }
    free(longer);
    free(text);
}
END_TEST

/* ---- hostile ---- */

START_TEST(null_pointers)
{
    size_t count;
    cnicalc_catalog_fault fault;
    fill_pattern(rows, sizeof rows);
    fill_pattern(&count, sizeof count);
    fill_pattern(&fault, sizeof fault);
    ck_status(cnicalc_catalog_parse(NULL, 0, rows, 1, &count, &fault), CNICALC_ERR_NULL);
    ck_status(cnicalc_catalog_parse("x", 1, NULL, 1, &count, &fault), CNICALC_ERR_NULL);
    ck_status(cnicalc_catalog_parse("x", 1, rows, 1, NULL, &fault), CNICALC_ERR_NULL);
    ck_status(cnicalc_catalog_parse("x", 1, rows, 1, &count, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_catalog_find(NULL, 1, "x", 1, &count), CNICALC_ERR_NULL);
    ck_status(cnicalc_catalog_find(rows, 1, NULL, 1, &count), CNICALC_ERR_NULL);
    ck_status(cnicalc_catalog_find(rows, 1, "x", 1, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_catalog_find(NULL, 0, "x", 1, &count), CNICALC_ERR_NO_SUCH_TYPE);
    ck_untouched(rows);
    ck_untouched(count);
    ck_untouched(fault);
    ck_assert_uint_eq(cnicalc_struct_size("cnicalc_catalog_fault"), 40);
    ck_assert_uint_eq(cnicalc_struct_size("cnicalc_catalog_fault"), sizeof fault);
}
END_TEST

START_TEST(sources_without_a_letter)
{
    char text[CNICALC_SOURCE_TEXT_SIZE];
    fill_pattern(text, sizeof text);
    ck_status(cnicalc_source_format(32, text, sizeof text), CNICALC_ERR_SOURCE);
    ck_status(cnicalc_source_format(33, text, sizeof text), CNICALC_ERR_SOURCE);
    ck_status(cnicalc_source_format(UINT32_MAX, text, sizeof text), CNICALC_ERR_SOURCE);
    ck_untouched(text);
    ck_status(cnicalc_source_format(0, NULL, 5), CNICALC_ERR_NULL);
}
END_TEST

START_TEST(a_name_without_nul_ends_with_its_array)
{
    cnicalc_instance row;
    size_t index = 99;
    memset(&row, 'x', sizeof row);
    ck_ok(cnicalc_catalog_find(&row, 1, row.name, sizeof row.name, &index));
    ck_assert_uint_eq(index, 0);
    ck_status(cnicalc_catalog_find(&row, 1, row.name, sizeof row.name + 1, &index),
              CNICALC_ERR_NO_SUCH_TYPE);
}
END_TEST

/* A text cut anywhere: sound rows or a fault inside the text, from memory of its own length. */
START_TEST(a_cut_text_is_answered)
{
    static const char whole[] = HEADER "ecs.a\t4\t1\tZ\nb\t-\t-\t-\nccc\t16\t0\tZEOA\n";
    for (size_t len = 0; len < sizeof whole; len++) {
        char *text = malloc(len + (len == 0));
        size_t count = 0;
        cnicalc_catalog_fault fault = {0, 0, 0, 0, {0, 0, 0}};
        ck_assert_ptr_nonnull(text);
        memcpy(text, whole, len);
        cnicalc_status status = cnicalc_catalog_parse(text, len, rows, COUNT(rows), &count, &fault);
        if (status == CNICALC_OK) {
            ck_assert_uint_le(count, 3);
        } else {
            ck_assert_uint_ge(fault.line, 1);
            ck_assert_uint_le(fault.line, 5);
            ck_assert_uint_le(fault.column, len + 1);
        }
        free(text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("instance catalogue");
    add_tests(suite, "known", the_built_in_tsv_parses_to_the_built_in_table,
              columns_in_any_order_with_the_optional_ones, rows_come_sorted_without_their_prefix,
              a_catalogue_without_rows, a_type_is_found_in_a_catalogue, source_letters, NULL);
    add_tests(suite, "limits", numbers_and_names_at_their_ends, capacity_is_told,
              shuffled_rows_come_sorted, a_duplicate_is_seen_anywhere, NULL);
    add_tests(suite, "hostile", every_fault_has_its_place, a_nul_is_no_character_of_a_name,
              null_pointers, sources_without_a_letter, a_name_without_nul_ends_with_its_array,
              a_cut_text_is_answered, NULL);
    return run_suite(suite);
}
