/* SPDX-License-Identifier: MIT */
/* The columns of an instance type: what the library says of them, and their values. */
#include <cnicalc/instance.h>

#include "instance_support.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

#define COUNT_OF_COLUMNS ((uint32_t)KNOWN_COLUMN_COUNT)

/* ---- known ---- */

START_TEST(the_columns_are_the_known_ones)
{
    ck_assert_uint_eq(cnicalc_instance_column_count(), COUNT_OF_COLUMNS);
    for (uint32_t i = 0; i < COUNT_OF_COLUMNS; i++) {
        uint32_t column = 99;
        const char *name = known_columns[i].name;
        ck_assert_str_eq(cnicalc_instance_column_name(i), name);
        ck_assert_uint_eq(cnicalc_instance_column_max(i), known_columns[i].max);
        ck_ok(cnicalc_instance_column_parse(name, strlen(name), &column));
        ck_assert_uint_eq(column, i);
        ck_ok(cnicalc_instance_column_parse(name, CNICALC_NUL_TERMINATED, &column));
        ck_assert_uint_eq(column, i);
    }
}
END_TEST

START_TEST(a_value_is_that_of_its_member)
{
    cnicalc_instance row = unknown_row();
    for (uint32_t i = 0; i < COUNT_OF_COLUMNS; i++) {
        uint32_t value = 0;
        ck_ok(cnicalc_instance_value(&row, i, &value));
        ck_assert_uint_eq(value, CNICALC_UNKNOWN);
        set_member(&row, i, 1000 + i);
    }
    for (uint32_t i = 0; i < COUNT_OF_COLUMNS; i++) {
        uint32_t value = 0;
        ck_ok(cnicalc_instance_value(&row, i, &value));
        ck_assert_uint_eq(value, 1000 + i);
    }
}
END_TEST

/* ---- limits ---- */

START_TEST(numbers_that_no_column_has)
{
    const uint32_t numbers[] = {COUNT_OF_COLUMNS, COUNT_OF_COLUMNS + 1, UINT32_MAX};
    cnicalc_instance row = unknown_row();
    for (size_t i = 0; i < COUNT(numbers); i++) {
        uint32_t value;
        fill_pattern(&value, sizeof value);
        ck_assert_str_eq(cnicalc_instance_column_name(numbers[i]), "unknown");
        ck_assert_uint_eq(cnicalc_instance_column_max(numbers[i]), 0);
        ck_status(cnicalc_instance_value(&row, numbers[i], &value), CNICALC_ERR_NO_SUCH_COLUMN);
        ck_untouched(value);
    }
}
END_TEST

/* The largest value of a column is read from a catalogue, and the next one is refused. */
START_TEST(a_catalogue_takes_values_up_to_the_largest)
{
    for (size_t i = 0; i < KNOWN_COLUMN_COUNT; i++) {
        for (uint64_t above = 0; above < 2; above++) {
            char text[128];
            cnicalc_instance row;
            cnicalc_instance expected = unknown_row();
            size_t count = 99;
            cnicalc_catalog_fault fault = {0, 0, 0, 0, {0, 0, 0}};
            snprintf(text, sizeof text, "instance_type\t%s\na.b\t%llu\n", known_columns[i].name,
                     (unsigned long long)(known_columns[i].max + above));
            cnicalc_status status =
                cnicalc_catalog_parse(text, CNICALC_NUL_TERMINATED, &row, 1, &count, &fault);
            if (above != 0) {
                ck_status(status, CNICALC_ERR_CATALOG_NUMBER);
                ck_assert_uint_eq(fault.field, 2);
                continue;
            }
            ck_ok(status);
            memcpy(expected.name, "a.b", 3);
            set_member(&expected, i, known_columns[i].max);
            ck_assert_msg(memcmp(&row, &expected, sizeof row) == 0, "%s", known_columns[i].name);
        }
    }
}
END_TEST

/* ---- hostile ---- */

START_TEST(names_that_no_column_has)
{
    static const char names[][32] = {"",        "instance_type", "sources",  "vcpu", "vcpuss",
                                     "vcpus\t", "Vcpus",         "reserved", "name", "unknown"};
    uint32_t column;
    fill_pattern(&column, sizeof column);
    for (size_t i = 0; i < COUNT(names); i++) {
        ck_status(cnicalc_instance_column_parse(names[i], strlen(names[i]), &column),
                  CNICALC_ERR_NO_SUCH_COLUMN);
    }
    ck_status(cnicalc_instance_column_parse("vcpus\0memory_mib", 16, &column),
              CNICALC_ERR_NO_SUCH_COLUMN);
    ck_status(cnicalc_instance_column_parse(NULL, 5, &column), CNICALC_ERR_NULL);
    ck_status(cnicalc_instance_column_parse("vcpus", 5, NULL), CNICALC_ERR_NULL);
    ck_untouched(column);
}
END_TEST

START_TEST(value_null_pointers)
{
    uint32_t value;
    cnicalc_instance row = unknown_row();
    fill_pattern(&value, sizeof value);
    ck_status(cnicalc_instance_value(NULL, 0, &value), CNICALC_ERR_NULL);
    ck_status(cnicalc_instance_value(&row, 0, NULL), CNICALC_ERR_NULL);
    ck_untouched(value);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("instance columns");
    add_tests(suite, "known", the_columns_are_the_known_ones, a_value_is_that_of_its_member, NULL);
    add_tests(suite, "limits", numbers_that_no_column_has,
              a_catalogue_takes_values_up_to_the_largest, NULL);
    add_tests(suite, "hostile", names_that_no_column_has, value_null_pointers, NULL);
    return run_suite(suite);
}
