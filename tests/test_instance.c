/* SPDX-License-Identifier: MIT */
/* The built-in table against the TSV it is made from, row by row. */
#include <cnicalc/instance.h>

#include "instance_support.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TSV "lib/data/ecs-instance-types.tsv"

static uint32_t number_of(const char *field)
{
    return strcmp(field, "-") == 0 ? CNICALC_UNKNOWN : (uint32_t)strtoul(field, NULL, 10);
}

static uint32_t sources_of(const char *letters)
{
    uint32_t bits = 0;
    bits |= strchr(letters, 'Z') != NULL ? CNICALC_SOURCE_ZH_PAGE : 0;
    bits |= strchr(letters, 'E') != NULL ? CNICALC_SOURCE_EN_PAGE : 0;
    bits |= strchr(letters, 'O') != NULL ? CNICALC_SOURCE_OLD_PAGE : 0;
    bits |= strchr(letters, 'A') != NULL ? CNICALC_SOURCE_API : 0;
    bits |= strchr(letters, 'S') != NULL ? CNICALC_SOURCE_DUMP : 0;
    return bits;
}

/* The row that line i of the TSV should become, read without the library's parser. */
static cnicalc_instance expected_row(const tsv *table, size_t i)
{
    char **header = table->rows[0];
    char **fields = table->rows[i];
    size_t last = table->fields[0] - 1;
    size_t read = 0;
    cnicalc_instance row = unknown_row();
    ck_assert_uint_lt(strlen(fields[0]), sizeof row.name);
    memcpy(row.name, fields[0], strlen(fields[0]));
    for (size_t column = 0; column < KNOWN_COLUMN_COUNT; column++) {
        for (size_t field = 1; field < last; field++) {
            if (strcmp(header[field], known_columns[column].name) == 0) {
                set_member(&row, column, number_of(fields[field]));
                read++;
            }
        }
    }
    ck_assert_uint_eq(read, last - 1);
    ck_assert_str_eq(header[last], "sources");
    row.sources = sources_of(fields[last]);
    return row;
}

static int compare_name_to_row(const void *name, const void *row)
{
    return strcmp(name, **(char **const *)row);
}

/* Whether the TSV has the name, with or without "ecs.": the plain twin of the library's hash. */
static int is_listed(const tsv *table, const char *name)
{
    char full[128] = "ecs.";
    size_t skipped = strncmp(name, "ecs.", 4) == 0 ? 4 : 0;
    memcpy(full + 4, name + skipped, strlen(name + skipped) + 1);
    return bsearch(full, table->rows + 1, table->row_count - 1, sizeof *table->rows,
                   compare_name_to_row) != NULL;
}

static cnicalc_instance row_of(const char *name)
{
    cnicalc_instance row;
    ck_ok(cnicalc_instance_find(name, strlen(name), &row));
    return row;
}

/* ---- known ---- */

START_TEST(every_row_of_the_tsv_is_in_the_table)
{
    tsv table = tsv_read(TSV);
    ck_assert_uint_eq(table.row_count, 1174);
    ck_assert_uint_eq(cnicalc_instance_count(), table.row_count - 1);
    for (uint32_t i = 0; i < cnicalc_instance_count(); i++) {
        cnicalc_instance expected = expected_row(&table, i + 1);
        cnicalc_instance row;
        size_t index;
        size_t len = strlen(expected.name);
        ck_ok(cnicalc_instance_at(i, &row));
        ck_assert_msg(memcmp(&row, &expected, sizeof row) == 0, "at: %s", expected.name);
        fill_pattern(&row, sizeof row);
        ck_ok(cnicalc_instance_find(expected.name, len, &row));
        ck_assert_msg(memcmp(&row, &expected, sizeof row) == 0, "find: %s", expected.name);
        fill_pattern(&row, sizeof row);
        ck_ok(cnicalc_instance_find(expected.name + 4, len - 4, &row));
        ck_assert_msg(memcmp(&row, &expected, sizeof row) == 0, "bare: %s", expected.name);
        ck_ok(cnicalc_instance_find(row.name + 4, len - 4, &row));
        ck_assert_msg(memcmp(&row, &expected, sizeof row) == 0, "in place: %s", expected.name);
        ck_ok(cnicalc_instance_index(expected.name, len, &index));
        ck_assert_uint_eq(index, i);
        ck_assert_int_eq(is_listed(&table, expected.name), 1);
    }
    tsv_free(&table);
}
END_TEST

/* Figures of the documentation's examples: 8 ENIs of 30 and of 20 addresses. */
START_TEST(documented_types)
{
    cnicalc_instance c7 = row_of("ecs.c7.4xlarge");
    ck_assert_uint_eq(c7.vcpus, 16);
    ck_assert_uint_eq(c7.memory_mib, 32 * 1024);
    ck_assert_uint_eq(c7.eni_quantity, 8);
    ck_assert_uint_eq(c7.eni_private_ip_address_quantity, 30);
    cnicalc_instance c6 = row_of("c6.4xlarge");
    ck_assert_str_eq(c6.name, "ecs.c6.4xlarge");
    ck_assert_uint_eq(c6.eni_private_ip_address_quantity, 20);
    cnicalc_instance largest = row_of("ecs.ebmre7p.32xlarge");
    ck_assert_uint_eq(largest.eni_total_quantity, 110);
    ck_assert_uint_eq(largest.eni_trunk_supported, 1);
    cnicalc_instance erdma = row_of("ecs.g8a.xlarge"); /* replies of the API */
    ck_assert_uint_eq(erdma.eni_total_quantity, 5);
    ck_assert_uint_eq(erdma.eri_quantity, 1);
    ck_assert_uint_eq(c7.eri_quantity, CNICALC_UNKNOWN);
    cnicalc_instance dumped = row_of("ecs.hpc8i.32xlarge"); /* vCPUs of the dump of 2026-01-31 */
    ck_assert_uint_eq(dumped.vcpus, 64);
    ck_assert_uint_eq(dumped.sources, CNICALC_SOURCE_ZH_PAGE | CNICALC_SOURCE_DUMP);
    ck_assert_uint_eq(dumped.eni_quantity, CNICALC_UNKNOWN);
}
END_TEST

START_TEST(provenance_is_text)
{
    size_t len;
    char *generated = file_read("lib/instance_table.inc", &len);
    const char *version = cnicalc_instance_table_version();
    static const char before[] = "SHA-256\n *     ";
    const char *digest = strstr(generated, before);
    ck_assert_ptr_nonnull(digest);
    ck_assert_uint_eq(strlen(version), 16);
    ck_assert_uint_eq(strspn(version, "0123456789abcdef"), 16);
    ck_assert_int_eq(strncmp(digest + strlen(before), version, 16), 0);
    ck_assert_str_eq(cnicalc_instance_table_date(), "2026");
    free(generated);
}
END_TEST

/* ---- limits ---- */

START_TEST(rows_are_sorted_and_padded)
{
    cnicalc_instance before;
    cnicalc_instance row;
    ck_ok(cnicalc_instance_at(0, &before));
    for (uint32_t i = 1; i < cnicalc_instance_count(); i++) {
        ck_ok(cnicalc_instance_at(i, &row));
        ck_assert_int_lt(strcmp(before.name, row.name), 0);
        for (size_t j = strlen(row.name); j < sizeof row.name; j++) {
            ck_assert_int_eq(row.name[j], '\0');
        }
        before = row;
    }
}
END_TEST

START_TEST(ranges_of_rows)
{
    size_t count = cnicalc_instance_count();
    cnicalc_instance *rows = malloc(count * sizeof *rows);
    cnicalc_instance row;
    ck_assert_ptr_nonnull(rows);
    ck_ok(cnicalc_instance_rows(0, count, rows));
    for (size_t i = 0; i < count; i++) {
        ck_ok(cnicalc_instance_at(i, &row));
        ck_assert_int_eq(memcmp(&row, &rows[i], sizeof row), 0);
    }
    ck_ok(cnicalc_instance_rows(count, 0, NULL));
    ck_ok(cnicalc_instance_rows(count - 1, 1, rows));
    ck_assert_int_eq(memcmp(&row, &rows[0], sizeof row), 0);
    fill_pattern(rows, count * sizeof *rows);
    ck_status(cnicalc_instance_rows(count, 1, rows), CNICALC_ERR_INDEX);
    ck_status(cnicalc_instance_rows(1, count, rows), CNICALC_ERR_INDEX);
    ck_status(cnicalc_instance_rows(count + 1, 0, rows), CNICALC_ERR_INDEX);
    ck_status(cnicalc_instance_rows(1, SIZE_MAX, rows), CNICALC_ERR_INDEX);
    ck_status(cnicalc_instance_rows(SIZE_MAX, 1, rows), CNICALC_ERR_INDEX);
    ck_status(cnicalc_instance_rows(0, 1, NULL), CNICALC_ERR_NULL);
    ck_assert(is_pattern(rows, count * sizeof *rows));
    free(rows);
}
END_TEST

START_TEST(index_ends_at_the_count)
{
    cnicalc_instance row;
    ck_ok(cnicalc_instance_at(1172, &row));
    ck_assert_str_eq(row.name, "ecs.xn4.small");
    fill_pattern(&row, sizeof row);
    ck_status(cnicalc_instance_at(1173, &row), CNICALC_ERR_INDEX);
    ck_status(cnicalc_instance_at(SIZE_MAX, &row), CNICALC_ERR_INDEX);
    ck_untouched(row);
}
END_TEST

/* Every family name and every part of one that a hyphen ends: counted line by line. */
START_TEST(families_are_side_by_side)
{
    tsv table = tsv_read(TSV);
    for (size_t i = 1; i < table.row_count; i++) {
        const char *name = table.rows[i][0];
        for (size_t len = strcspn(name + 4, "-.") + 4; name[len] != '\0'; len++) {
            size_t lines = 0;
            size_t first = 0;
            size_t count = 0;
            if (name[len] != '-' && name[len] != '.') {
                continue;
            }
            for (size_t j = 1; j < table.row_count; j++) {
                const char *other = table.rows[j][0];
                lines += strncmp(other, name, len) == 0 && (other[len] == '-' || other[len] == '.');
            }
            ck_ok(cnicalc_instance_family(name, len, &first, &count));
            ck_assert_msg(count == lines, "%.*s: %zu", (int)len, name, count);
            ck_assert(first < i && i <= first + count);
            ck_assert_int_eq(strncmp(table.rows[first + 1][0], name, len), 0);
            size_t bare_first = 0;
            ck_ok(cnicalc_instance_family(name + 4, len - 4, &bare_first, &count));
            ck_assert_uint_eq(bare_first, first);
        }
    }
    tsv_free(&table);
}
END_TEST

/* ---- hostile ---- */

static const char no_types[][64] = {
    "",
    "e",
    "ecs",
    "ecs.",
    "ecs.c7",
    "ecs.c7.",
    ".large",
    "c7large",
    "ecs.ecs.c7.4xlarge",
    "ECS.c7",
    "ecs.C7.4xlarge",
    " ecs.c7.4xlarge",
    "ecs.c7.4xlarge ",
    "ecs.c7.4xlarge\n",
    "ecs..c7.4xlarge",
    "c7.4xlargeX",
    "cs.c7.4xlarge",
    "ecs.video-enhance-xsr.4xlargee",
    "ecs.video-enhance-xsr.4xlarg",
    "ecs.video-enhance-xsX.4xlarge",
    "video-enhance-xsr.4xlargf",
};

START_TEST(a_miss_is_a_miss)
{
    cnicalc_instance row;
    size_t index;
    fill_pattern(&row, sizeof row);
    fill_pattern(&index, sizeof index);
    for (size_t i = 0; i < COUNT(no_types); i++) {
        const char *name = no_types[i];
        ck_status(cnicalc_instance_find(name, strlen(name), &row), CNICALC_ERR_NO_SUCH_TYPE);
        ck_status(cnicalc_instance_index(name, strlen(name), &index), CNICALC_ERR_NO_SUCH_TYPE);
    }
    ck_untouched(row);
    ck_untouched(index);
}
END_TEST

/* Whatever byte is another: some of these have the slot of the name itself. */
START_TEST(a_name_with_another_byte_is_none)
{
    const char name[] = "video-enhance-xsr.4xlarge";
    size_t len = sizeof name - 1;
    for (size_t i = 0; i < len * 256; i++) {
        char other[sizeof name];
        size_t index;
        memcpy(other, name, sizeof name);
        other[i / 256] = (char)(i % 256);
        cnicalc_status status = cnicalc_instance_index(other, len, &index);
        ck_status(status, other[i / 256] == name[i / 256] ? CNICALC_OK : CNICALC_ERR_NO_SUCH_TYPE);
    }
}
END_TEST

static const char no_families[][32] = {"",    "ecs.", "c", "ecs.c7.", "c7.4xlarge", "c77",  "C7",
                                       "c7-", "-",    ".", "zz",      "a",          "u1-c1"};

START_TEST(no_such_family)
{
    size_t out[2];
    fill_pattern(out, sizeof out);
    for (size_t i = 0; i < COUNT(no_families); i++) {
        const char *family = no_families[i];
        ck_status(cnicalc_instance_family(family, strlen(family), &out[0], &out[1]),
                  CNICALC_ERR_NO_SUCH_FAMILY);
    }
    ck_untouched(out);
}
END_TEST

START_TEST(names_with_nul_and_long_names)
{
    char name[300];
    cnicalc_instance row;
    fill_pattern(&row, sizeof row);
    ck_status(cnicalc_instance_find("ecs.c7.4xlarge", 15, &row), CNICALC_ERR_NO_SUCH_TYPE);
    ck_status(cnicalc_instance_find("ecs.c7\0004xlarge", 14, &row), CNICALC_ERR_NO_SUCH_TYPE);
    memset(name, 'x', sizeof name);
    memcpy(name, "ecs.c7.4xlarge", 14);
    ck_status(cnicalc_instance_find(name, sizeof name, &row), CNICALC_ERR_NO_SUCH_TYPE);
    ck_untouched(row);
}
END_TEST

START_TEST(null_pointers)
{
    cnicalc_instance row;
    size_t words[2];
    fill_pattern(&row, sizeof row);
    fill_pattern(words, sizeof words);
    ck_status(cnicalc_instance_init(NULL, sizeof row), CNICALC_ERR_NULL);
    ck_status(cnicalc_instance_find(NULL, 0, &row), CNICALC_ERR_NULL);
    ck_status(cnicalc_instance_find("c7.large", 8, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_instance_at(0, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_instance_index(NULL, 0, words), CNICALC_ERR_NULL);
    ck_status(cnicalc_instance_index("c7.large", 8, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_instance_family(NULL, 0, words, words), CNICALC_ERR_NULL);
    ck_status(cnicalc_instance_family("c7", 2, NULL, words), CNICALC_ERR_NULL);
    ck_status(cnicalc_instance_family("c7", 2, words, NULL), CNICALC_ERR_NULL);
    ck_untouched(row);
    ck_untouched(words);
}
END_TEST

START_TEST(struct_size_is_checked)
{
    struct {
        cnicalc_instance row;
        unsigned char guard[8];
    } guarded;
    const size_t sizes[] = {0, sizeof(cnicalc_instance) - 4, sizeof(cnicalc_instance) + 4};
    ck_assert_uint_eq(cnicalc_struct_size("cnicalc_instance"), 128);
    ck_assert_uint_eq(cnicalc_struct_size("cnicalc_instance"), sizeof(cnicalc_instance));
    fill_pattern(&guarded, sizeof guarded);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        ck_status(cnicalc_instance_init(&guarded.row, sizes[i]), CNICALC_ERR_STRUCT_SIZE);
    }
    ck_untouched(guarded);
    ck_ok(cnicalc_instance_init(&guarded.row, sizeof guarded.row));
    ck_untouched(guarded.guard);
    cnicalc_instance expected = unknown_row();
    ck_assert_int_eq(memcmp(&guarded.row, &expected, sizeof expected), 0);
}
END_TEST

/* ---- properties ---- */

/* The name is in memory of its own length, so that a checker sees a read beyond it. */
static void find_as_listed(const tsv *table, const char *name)
{
    size_t len = strlen(name);
    char *alone = malloc(len);
    cnicalc_instance row;
    ck_assert_ptr_nonnull(alone);
    memcpy(alone, name, len);
    fill_pattern(&row, sizeof row);
    cnicalc_status status = cnicalc_instance_find(alone, len, &row);
    if (is_listed(table, name)) {
        ck_assert_msg(status == CNICALC_OK, "%s", name);
        ck_assert(strcmp(row.name, name) == 0 || strcmp(row.name + 4, name) == 0);
    } else {
        ck_assert_msg(status == CNICALC_ERR_NO_SUCH_TYPE, "%s", name);
        ck_untouched(row);
    }
    free(alone);
}

/* Each character of each name replaced by others, removed, and doubled. */
START_TEST(a_changed_name_is_found_only_if_listed)
{
    static const char characters[] = "-.0123456789abcxyzAE\x01\xff";
    tsv table = tsv_read(TSV);
    for (size_t i = 1; i < table.row_count; i++) {
        const char *original = table.rows[i][0];
        size_t len = strlen(original);
        for (size_t at = 0; at < len; at++) {
            char name[64];
            memcpy(name, original, len + 1);
            for (size_t c = 0; c < sizeof characters - 1; c++) {
                name[at] = characters[c];
                find_as_listed(&table, name);
            }
            memcpy(name + at, original + at + 1, len - at);
            find_as_listed(&table, name);
            memcpy(name, original, at + 1);
            memcpy(name + at + 1, original + at, len - at + 1);
            find_as_listed(&table, name);
        }
    }
    tsv_free(&table);
}
END_TEST

START_TEST(a_batch_answers_as_single_calls)
{
    size_t text_len;
    char *text = file_read(TSV, &text_len);
    size_t capacity = 1174;
    uint32_t *indexes = malloc(capacity * sizeof *indexes);
    cnicalc_status *statuses = malloc(capacity * sizeof *statuses);
    size_t count = 0;
    ck_assert(indexes != NULL && statuses != NULL);
    char *names = malloc(text_len);
    size_t names_len = 0;
    ck_assert_ptr_nonnull(names);
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        size_t len = strcspn(line, "\t");
        memcpy(names + names_len, line, len);
        names[names_len + len] = '\n';
        names_len += len + 1;
    }
    for (size_t end = names_len - 1; end <= names_len; end++) {
        ck_ok(cnicalc_instance_index_batch(names, end, indexes, statuses, capacity, &count));
        ck_assert_uint_eq(count, 1174);
        ck_assert_int_eq(statuses[0], CNICALC_ERR_NO_SUCH_TYPE);
        ck_assert_uint_eq(indexes[0], CNICALC_UNKNOWN);
        for (uint32_t i = 1; i < count; i++) {
            ck_assert_int_eq(statuses[i], CNICALC_OK);
            ck_assert_uint_eq(indexes[i], i - 1);
        }
    }
    free(names);
    free(statuses);
    free(indexes);
    free(text);
}
END_TEST

START_TEST(batch_edges)
{
    uint32_t indexes[3];
    cnicalc_status statuses[3];
    size_t count = 99;
    ck_ok(cnicalc_instance_index_batch("", 0, NULL, NULL, 0, &count));
    ck_assert_uint_eq(count, 0);
    ck_ok(cnicalc_instance_index_batch("\n\nc5.16xlarge", 13, indexes, statuses, 3, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(statuses[0], CNICALC_ERR_NO_SUCH_TYPE);
    ck_assert_int_eq(statuses[1], CNICALC_ERR_NO_SUCH_TYPE);
    ck_assert_uint_eq(indexes[2], 0);
    fill_pattern(indexes, sizeof indexes);
    fill_pattern(statuses, sizeof statuses);
    ck_status(cnicalc_instance_index_batch("a\nb\nc\nd", 7, indexes, statuses, 3, &count),
              CNICALC_ERR_CAPACITY);
    ck_assert_uint_eq(count, 4);
    fill_pattern(&count, sizeof count);
    ck_status(cnicalc_instance_index_batch(NULL, 0, indexes, statuses, 3, &count),
              CNICALC_ERR_NULL);
    ck_status(cnicalc_instance_index_batch("a", 1, NULL, statuses, 3, &count), CNICALC_ERR_NULL);
    ck_status(cnicalc_instance_index_batch("a", 1, indexes, NULL, 3, &count), CNICALC_ERR_NULL);
    ck_status(cnicalc_instance_index_batch("a", 1, indexes, statuses, 3, NULL), CNICALC_ERR_NULL);
    ck_untouched(indexes);
    ck_untouched(statuses);
    ck_untouched(count);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("instance");
    add_tests(suite, "known", every_row_of_the_tsv_is_in_the_table, documented_types,
              provenance_is_text, NULL);
    add_tests(suite, "limits", rows_are_sorted_and_padded, ranges_of_rows, index_ends_at_the_count,
              families_are_side_by_side, NULL);
    add_tests(suite, "hostile", a_miss_is_a_miss, a_name_with_another_byte_is_none, no_such_family,
              names_with_nul_and_long_names, null_pointers, struct_size_is_checked, batch_edges,
              NULL);
    add_tests(suite, "properties", a_changed_name_is_found_only_if_listed,
              a_batch_answers_as_single_calls, NULL);
    return run_suite(suite);
}
