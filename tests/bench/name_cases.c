/* SPDX-License-Identifier: MIT */
/* Names, the texts that people read, and catalogues. */
#include "bench.h"

#include <stdio.h>
#include <string.h>

#define NAMES 64   /* a search for near names goes through the table */
#define TYPES 1024 /* fewer than the table has */

/* ---- Names of types ---- */

static uint64_t near_names(void)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < NAMES; i++) {
        size_t len;
        size_t count;
        uint32_t indexes[CNICALC_INSTANCE_NEAR_MAX];
        const char *name = bench_text(&bench_misses, i, &len);
        if (cnicalc_instance_near(name, len, indexes, CNICALC_INSTANCE_NEAR_MAX, &count) ==
            CNICALC_OK) {
            sum += count;
        }
    }
    return sum;
}

/* From a name that is not in the table to one that is. */
static uint64_t compare_names(void)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        size_t len;
        size_t near_len;
        uint32_t steps;
        const char *name = bench_text(&bench_misses, i, &len);
        const char *near = bench_text(&bench_hits, i, &near_len);
        if (cnicalc_text_distance(name, len, near, near_len, &steps) == CNICALC_OK) {
            sum += steps;
        }
    }
    return sum;
}

/* The lines of one text, at random in the table or not. */
static uint64_t find_many(void)
{
    static uint32_t indexes[BENCH_INPUTS];
    static cnicalc_status statuses[BENCH_INPUTS];
    size_t count;
    bench_require(cnicalc_instance_index_batch(bench_mixed_lines, bench_mixed.offsets[BENCH_INPUTS],
                                               indexes, statuses, BENCH_INPUTS,
                                               &count) == CNICALC_OK &&
                      count == BENCH_INPUTS,
                  "no names");
    return (uint64_t)indexes[0] + indexes[count / 2];
}

/* The family of each type of the table. */
static uint64_t find_families(void)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < TYPES; i++) {
        cnicalc_instance instance;
        size_t first;
        size_t count;
        bench_require(cnicalc_instance_at(i, &instance) == CNICALC_OK, "no row");
        size_t len = (size_t)(strrchr(instance.name, '.') - instance.name);
        if (cnicalc_instance_family(instance.name, len, &first, &count) == CNICALC_OK) {
            sum += count;
        }
    }
    return sum;
}

/* ---- Catalogues ---- */

static size_t put_quantity(char *out, size_t size, uint32_t quantity)
{
    return (size_t)(quantity == CNICALC_UNKNOWN ? snprintf(out, size, "\t-")
                                                : snprintf(out, size, "\t%u", (unsigned)quantity));
}

/* The built-in table as a catalogue of all columns; its length. */
static size_t write_catalogue(char *text, size_t size)
{
    size_t len = (size_t)snprintf(text, size, "instance_type");
    for (uint32_t column = 0; column < cnicalc_instance_column_count(); column++) {
        const char *name = cnicalc_instance_column_name(column);
        len += (size_t)snprintf(text + len, size - len, "\t%s", name);
    }
    text[len++] = '\n';
    for (size_t i = 0; i < cnicalc_instance_count(); i++) {
        cnicalc_instance row;
        bench_require(cnicalc_instance_at(i, &row) == CNICALC_OK && len + 200 < size, "no row");
        len += (size_t)snprintf(text + len, size - len, "%s", row.name);
        for (uint32_t column = 0; column < cnicalc_instance_column_count(); column++) {
            uint32_t value;
            bench_require(cnicalc_instance_value(&row, column, &value) == CNICALC_OK, "no column");
            len += put_quantity(text + len, size - len, value);
        }
        text[len++] = '\n';
    }
    return len;
}

static char catalogue[1 << 17];
static size_t catalogue_len;

static uint64_t parse_catalogue(void)
{
    static cnicalc_instance rows[2048];
    size_t count;
    cnicalc_catalog_fault fault;
    if (catalogue_len == 0) {
        catalogue_len = write_catalogue(catalogue, sizeof catalogue);
    }
    bench_require(cnicalc_catalog_parse(catalogue, catalogue_len, rows, 2048, &count, &fault) ==
                      CNICALC_OK,
                  "the table is no catalogue");
    return count;
}

size_t bench_bytes_of(bench_pass *pass)
{
    return pass == parse_catalogue ? catalogue_len : 0;
}

/* Own rows are few; each is sought once. */
static uint64_t find_own(void)
{
    static cnicalc_instance rows[NAMES];
    uint64_t sum = 0;
    bench_require(cnicalc_instance_rows(0, NAMES, rows) == CNICALC_OK, "no rows");
    for (size_t i = 0; i < NAMES; i++) {
        size_t index;
        bench_require(cnicalc_catalog_find(rows, NAMES, rows[i].name, CNICALC_NUL_TERMINATED,
                                           &index) == CNICALC_OK,
                      "no such row");
        sum += index;
    }
    return sum;
}

/* ---- Names of limits and findings ---- */

static uint64_t parse_limits(void)
{
    uint64_t sum = 0;
    for (uint32_t i = 1; i < CNICALC_LIMIT_COUNT; i++) {
        uint32_t limit;
        bench_require(cnicalc_limit_parse(cnicalc_limit_name(i), CNICALC_NUL_TERMINATED, &limit) ==
                          CNICALC_OK,
                      "no limit");
        sum += limit;
    }
    return sum;
}

/* All codes, and the numbers between them. */
#define CODES 128

static uint64_t name_codes(void)
{
    uint64_t sum = 0;
    for (uint32_t code = 0; code < CODES; code++) {
        sum += (unsigned char)cnicalc_plan_code_name(code)[0];
    }
    return sum;
}

static uint64_t write_shortages(void)
{
    uint64_t sum = 0;
    for (uint32_t i = 1; i < CNICALC_LIMIT_COUNT; i++) {
        const cnicalc_limit_row row = {.limit = i, .needed = 9000, .available = 200};
        char text[CNICALC_SHORTAGE_TEXT_SIZE];
        if (cnicalc_shortage_format(&row, text, sizeof text) == CNICALC_OK) {
            sum += (unsigned char)text[0];
        }
    }
    return sum;
}

/* The name that a binding to another language asks for first. */
static uint64_t find_struct(void)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < TYPES; i++) {
        sum += cnicalc_struct_size("cnicalc_instance");
    }
    return sum;
}

/* The formula of each type of the table, in shared ENI mode. */
static uint64_t write_formulas(void)
{
    cnicalc_node_options options;
    uint64_t sum = 0;
    bench_require(cnicalc_node_options_init(&options, sizeof options) == CNICALC_OK, "no options");
    for (size_t i = 0; i < TYPES; i++) {
        char text[CNICALC_NODE_FORMULA_SIZE];
        cnicalc_instance instance;
        if (cnicalc_instance_at(i, &instance) == CNICALC_OK &&
            cnicalc_node_formula(&instance, &options, text, sizeof text) == CNICALC_OK) {
            sum += (unsigned char)text[0];
        }
    }
    return sum;
}

const struct bench_case bench_name_cases[] = {
    {"near_name", NAMES, near_names, {{NULL, NULL, 0, 0}}, 0},
    {"text_distance", BENCH_INPUTS, compare_names, {{NULL, NULL, 0, 0}}, 0},
    {"index_batch", BENCH_INPUTS, find_many, {{NULL, NULL, 0, 0}}, 0},
    {"instance_family", TYPES, find_families, {{NULL, NULL, 0, 0}}, 0},
    {"catalog_parse", 1, parse_catalogue, {{NULL, NULL, 0, 0}}, 0},
    {"catalog_find_64", NAMES, find_own, {{NULL, NULL, 0, 0}}, 0},
    {"limit_parse", CNICALC_LIMIT_COUNT - 1, parse_limits, {{NULL, NULL, 0, 0}}, 0},
    {"plan_code_name", CODES, name_codes, {{NULL, NULL, 0, 0}}, 0},
    {"shortage_format", CNICALC_LIMIT_COUNT - 1, write_shortages, {{NULL, NULL, 0, 0}}, 0},
    {"struct_size", TYPES, find_struct, {{NULL, NULL, 0, 0}}, 0},
    {"node_formula", TYPES, write_formulas, {{NULL, NULL, 0, 0}}, 0},
    {NULL, 0, NULL, {{NULL, NULL, 0, 0}}, 0},
};
