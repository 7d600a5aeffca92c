/* SPDX-License-Identifier: MIT */
/* Quantities of Kubernetes, as its documentation and its own tests have them, read exactly. */
#include "workload_support.h"

#include <stdio.h>
#include <string.h>

typedef cnicalc_status parser(const char *, size_t, uint64_t *);

static void check(parser *parse, const char *text, cnicalc_status status, uint64_t expected)
{
    uint64_t value;
    fill_pattern(&value, sizeof value);
    ck_status(parse(text, strlen(text), &value), status);
    if (status == CNICALC_OK) {
        ck_assert_msg(value == expected, "%s is %llu", text, (unsigned long long)value);
        ck_ok(parse(text, CNICALC_NUL_TERMINATED, &value));
    } else {
        ck_assert_msg(is_pattern(&value, sizeof value), "%s was written", text);
    }
}

/* Kubernetes documentation, "Managing Resources for Containers" and "Quantity": the first two are
 * its examples. */
START_TEST(quantities_of_cpu)
{
    static const struct {
        const char *text;
        uint64_t millicores;
    } good[] = {
        {"100m", 100},
        {"0.1", 100},
        {"1", 1000},
        {"0.5", 500},
        {"2", 2000},
        {"+1.5", 1500},
        {"1.", 1000},
        {".5", 500},
        {"0", 0},
        {"0m", 0},
        {"000", 0},
        {"0.000", 0},
        {"0n", 0},
        {"1000u", 1},
        {"1000000n", 1},
        {"1e3", 1000000},
        {"1E-3", 1},
        {"5e-1", 500},
        {"1e+0", 1000},
        {"1k", 1000000},
        {"0.001", 1},
        {"1Ki", 1024000},
        {"0.25Ki", 256000},
        {"0.0010", 1},
        {"1.500", 1500},
        {"0.001k", 1000},
        {"1000m", 1000},
        {"0e99", 0},
        {"0.0e-999", 0},
        {"18446744073709551.615", UINT64_MAX},
        {"18446744073709551615m", UINT64_MAX},
    };
    for (size_t i = 0; i < COUNT(good); i++) {
        check(cnicalc_cpu_parse, good[i].text, CNICALC_OK, good[i].millicores);
    }
}
END_TEST

/* Documentation: 128974848, 129e6, 129M, 128974848000m and 123Mi are roughly the same memory. */
START_TEST(quantities_of_memory)
{
    static const struct {
        const char *text;
        uint64_t bytes;
    } good[] = {
        {"128974848", 128974848},
        {"129e6", 129000000},
        {"129M", 129000000},
        {"128974848000m", 128974848},
        {"123Mi", 128974848},
        {"1Ki", 1024},
        {"1Gi", 1073741824},
        {"1G", 1000000000},
        {"1.5Gi", 1610612736},
        {"0.5Ki", 512},
        {"0.1k", 100},
        {"1Ti", UINT64_C(1) << 40},
        {"1Pi", UINT64_C(1) << 50},
        {"1Ei", UINT64_C(1) << 60},
        {"15Ei", UINT64_C(15) << 60},
        {"1E", UINT64_C(1000000000000000000)},
        {"1E3", 1000},
        {"18E", UINT64_C(18000000000000000000)},
        {"1T", UINT64_C(1000000000000)},
        {"1P", UINT64_C(1000000000000000)},
        {"0.0009765625Ki", 1}, /* 1 / 1024 */
        {"3000000000n", 3},
        {"3000000u", 3},
        {"18446744073709551615", UINT64_MAX},
        {"18446744073709551615.000", UINT64_MAX},
        {"000000000000000000000000000001", 1},
        {"0.000000000000000000000000000000001e33", 1},
        {"1.0000000000000000000000000000000000", 1},
        {"0Ei", 0},
    };
    for (size_t i = 0; i < COUNT(good); i++) {
        check(cnicalc_memory_parse, good[i].text, CNICALC_OK, good[i].bytes);
    }
}
END_TEST

START_TEST(no_whole_number)
{
    static const char *const memory[] = {
        "500m",  "0.5",   "1n",      "1u",           "1e-1",           "0.1Ki",
        "0.3Gi", "1.5e0", "0.0001k", "1e-999999999", "0.00048828125Ki"}; /* half a byte */
    static const char *const cpu[] = {"0.0005", "0.5m", "1.5m", "999u", "1n", "1e-4", "1.0001"};
    for (size_t i = 0; i < COUNT(memory); i++) {
        check(cnicalc_memory_parse, memory[i], CNICALC_ERR_QUANTITY_UNIT, 0);
    }
    for (size_t i = 0; i < COUNT(cpu); i++) {
        check(cnicalc_cpu_parse, cpu[i], CNICALC_ERR_QUANTITY_UNIT, 0);
    }
}
END_TEST

START_TEST(too_large)
{
    static const char *const both[] = {"18446744073709551616",
                                       "99999999999999999999",
                                       "16Ei",
                                       "19E",
                                       "1e20",
                                       "1e999999999999",
                                       "1844674407370955161600m",
                                       "0.184467440737095516151e21",
                                       "0.00000000000000000086736173798840354720596Ei"};
    for (size_t i = 0; i < COUNT(both); i++) {
        check(cnicalc_cpu_parse, both[i], CNICALC_ERR_OVERFLOW, 0);
        check(cnicalc_memory_parse, both[i], CNICALC_ERR_OVERFLOW, 0);
    }
    check(cnicalc_cpu_parse, "18446744073709552", CNICALC_ERR_OVERFLOW, 0);
}
END_TEST

START_TEST(no_quantity)
{
    static const char *const texts[] = {
        "",     " ",     "1 ",   " 1",   "m",     ".",    "+",   "-1",   "-0",    "1K",    "1mi",
        "1ki",  "1KI",   "1GB",  "1GiB", "1 Gi",  "1g",   "1b",  "1i",   "1 i",   "1e",    "1e+",
        "1E-",  "1ex",   "1e1x", "1mm",  "1.2.3", "1..2", "1,5", "0x10", "1_000", "1e1.5", "inf",
        "nan",  "++1",   "+-1",  "1+",   "1-",    "--",   "e3",  "Gi",   "1Eii",  "1Mii",  "1M1",
        "1e3m", "1e3Gi", "1ni",  "1ui",  ".m",    "+.",   "1\n", "1\t",  "500mm", "1Zi",   "1Z"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        check(cnicalc_cpu_parse, texts[i], CNICALC_ERR_QUANTITY, 0);
        check(cnicalc_memory_parse, texts[i], CNICALC_ERR_QUANTITY, 0);
    }
    check(cnicalc_memory_parse, "99999999999999999999x", CNICALC_ERR_OVERFLOW, 0);
}
END_TEST

/* Nothing beyond the length is read, and a NUL is a character like any other. */
START_TEST(lengths)
{
    uint64_t value = 7;
    ck_ok(cnicalc_memory_parse("1Gi", 1, &value));
    ck_assert_uint_eq(value, 1);
    ck_status(cnicalc_memory_parse("1Gi", 0, &value), CNICALC_ERR_QUANTITY);
    ck_status(cnicalc_memory_parse("1Gi", 4, &value), CNICALC_ERR_QUANTITY);
    ck_status(cnicalc_memory_parse("1", 2, &value), CNICALC_ERR_QUANTITY);
    ck_ok(cnicalc_memory_parse("1Gi", 2, &value));
    ck_assert_uint_eq(value, 1000000000);
    ck_ok(cnicalc_memory_parse("1Ei", 2, &value));
    ck_assert_uint_eq(value, UINT64_C(1000000000000000000));
    ck_ok(cnicalc_memory_parse("1.5", 2, &value));
    ck_assert_uint_eq(value, 1);
    ck_status(cnicalc_memory_parse(NULL, 0, &value), CNICALC_ERR_NULL);
    ck_status(cnicalc_cpu_parse("1", 1, NULL), CNICALC_ERR_NULL);
    ck_assert_uint_eq(value, 1);
}
END_TEST

/* A whole number of any unit is that number of units. */
START_TEST(every_suffix)
{
    static const struct {
        const char *suffix;
        uint64_t unit;
    } suffixes[] = {{"", 1},
                    {"k", 1000},
                    {"M", 1000000},
                    {"G", 1000000000},
                    {"T", UINT64_C(1000000000000)},
                    {"P", UINT64_C(1000000000000000)},
                    {"E", UINT64_C(1000000000000000000)},
                    {"Ki", UINT64_C(1) << 10},
                    {"Mi", UINT64_C(1) << 20},
                    {"Gi", UINT64_C(1) << 30},
                    {"Ti", UINT64_C(1) << 40},
                    {"Pi", UINT64_C(1) << 50},
                    {"Ei", UINT64_C(1) << 60}};
    for (size_t i = 0; i < COUNT(suffixes); i++) {
        for (uint64_t number = 0; number < 3000; number += 1 + number / 7) {
            char text[32];
            (void)snprintf(text, sizeof text, "%u%s", (unsigned)number, suffixes[i].suffix);
            int fits = number <= UINT64_MAX / suffixes[i].unit;
            check(cnicalc_memory_parse, text, fits ? CNICALC_OK : CNICALC_ERR_OVERFLOW,
                  number * suffixes[i].unit);
            (void)snprintf(text, sizeof text, "%u.5%s", (unsigned)number, suffixes[i].suffix);
            fits = number < UINT64_MAX / suffixes[i].unit;
            if (suffixes[i].unit > 1 && fits) {
                check(cnicalc_memory_parse, text, CNICALC_OK,
                      number * suffixes[i].unit + suffixes[i].unit / 2);
            }
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("workload quantity");
    add_tests(suite, "known", quantities_of_cpu, quantities_of_memory, every_suffix, NULL);
    add_tests(suite, "refused", no_whole_number, too_large, no_quantity, lengths, NULL);
    return run_suite(suite);
}
