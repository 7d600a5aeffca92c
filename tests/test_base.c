/* SPDX-License-Identifier: MIT */
#include <cnicalc/base.h>

#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

START_TEST(version_is_one_number_everywhere)
{
    char text[32];
    snprintf(text, sizeof text, "%d.%d.%d", CNICALC_VERSION_MAJOR, CNICALC_VERSION_MINOR,
             CNICALC_VERSION_PATCH);
    ck_assert_str_eq(text, CNICALC_VERSION_STRING);
    ck_assert_str_eq(text, cnicalc_version_string());
    ck_assert_uint_eq(cnicalc_version_number(), CNICALC_VERSION_NUMBER);
    ck_assert_uint_eq(cnicalc_version_number(), 100);
}
END_TEST

START_TEST(status_texts_are_total)
{
    const cnicalc_status outside[] = {-1, -7, 8, 19, 9999, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < COUNT(outside); i++) {
        ck_assert_str_eq(cnicalc_status_string(outside[i]), "unknown status");
        ck_assert_str_eq(cnicalc_status_name(outside[i]), "CNICALC_ERR_UNKNOWN");
    }
    ck_assert_str_eq(cnicalc_status_string(CNICALC_OK), "success");
    ck_assert_str_eq(cnicalc_status_name(CNICALC_OK), "CNICALC_OK");
}
END_TEST

/* The header is read as text: each "CNICALC_ERR_X = N" must have that name and a sentence. */
START_TEST(every_status_of_the_header_has_name_and_text)
{
    size_t len;
    char *header = file_read("include/cnicalc/base.h", &len);
    char name[80];
    int value;
    int seen = 0;
    for (char *at = header; (at = strstr(at, "    CNICALC_ERR_")) != NULL; at++) {
        if (sscanf(at, " %79[A-Z0-9_] = %d", name, &value) != 2) {
            continue;
        }
        ck_assert_str_eq(cnicalc_status_name(value), name);
        ck_assert_str_ne(cnicalc_status_string(value), "unknown status");
        ck_assert_uint_gt(strlen(cnicalc_status_string(value)), 10);
        seen++;
    }
    ck_assert_int_ge(seen, 35);
    free(header);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base");
    add_tests(suite, "known", version_is_one_number_everywhere,
              every_status_of_the_header_has_name_and_text, NULL);
    add_tests(suite, "hostile", status_texts_are_total, NULL);
    return run_suite(suite);
}
