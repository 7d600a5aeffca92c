/* SPDX-License-Identifier: MIT */
/* A catalogue of instance types: what is read can be written and read again, every row is found,
 * and a fault lies where the text has one. */
#include "fuzz.h"

#include <cnicalc.h>

#include <stdio.h>
#include <string.h>

#define ROWS_MAX  16
#define TEXT_SIZE 8192

static size_t write_number(const cnicalc_instance *row, uint32_t column, char *text, size_t size)
{
    uint32_t value = 0;
    require(cnicalc_instance_value(row, column, &value) == CNICALC_OK);
    require(value == CNICALC_UNKNOWN || value <= cnicalc_instance_column_max(column));
    int length = value == CNICALC_UNKNOWN ? snprintf(text, size, "\t-")
                                          : snprintf(text, size, "\t%lu", (unsigned long)value);
    return (size_t)length;
}

/* The rows as a catalogue with every column; returns its length. */
static size_t write_rows(const cnicalc_instance *rows, size_t count, char *text)
{
    size_t length = (size_t)snprintf(text, TEXT_SIZE, "sources");
    for (uint32_t j = 0; j < cnicalc_instance_column_count(); j++) {
        length += (size_t)snprintf(text + length, TEXT_SIZE - length, "\t%s",
                                   cnicalc_instance_column_name(j));
    }
    length += (size_t)snprintf(text + length, TEXT_SIZE - length, "\tinstance_type\n");
    for (size_t i = 0; i < count; i++) {
        char sources[CNICALC_SOURCE_TEXT_SIZE];
        require(cnicalc_source_format(rows[i].sources, sources, sizeof sources) == CNICALC_OK);
        length += (size_t)snprintf(text + length, TEXT_SIZE - length, "%s", sources);
        for (uint32_t j = 0; j < cnicalc_instance_column_count(); j++) {
            length += write_number(&rows[i], j, text + length, TEXT_SIZE - length);
        }
        length += (size_t)snprintf(text + length, TEXT_SIZE - length, "\t%s\n", rows[i].name);
    }
    require(length < TEXT_SIZE);
    return length;
}

static void check_row(const cnicalc_instance *rows, size_t count, size_t at)
{
    const cnicalc_instance *row = &rows[at];
    size_t length = strlen(row->name);
    size_t index = SIZE_MAX;
    require(length > 0 && length < sizeof row->name);
    for (size_t i = length; i < sizeof row->name; i++) {
        require(row->name[i] == '\0');
    }
    for (size_t i = 0; i < sizeof row->reserved / sizeof row->reserved[0]; i++) {
        require(row->reserved[i] == CNICALC_UNKNOWN);
    }
    require(cnicalc_catalog_find(rows, count, row->name, length, &index) == CNICALC_OK);
    require(index == at);
    /* Of "ecs.ecs.x" no name is left that means it: "ecs.x" is "x". */
    if (strncmp(row->name, "ecs.", 4) == 0 && strncmp(row->name + 4, "ecs.", 4) != 0) {
        require(cnicalc_catalog_find(rows, count, row->name + 4, length - 4, &index) == CNICALC_OK);
        require(index == at);
    }
}

static void check_rows(const cnicalc_instance *rows, size_t count)
{
    static char text[TEXT_SIZE];
    cnicalc_instance again[ROWS_MAX];
    cnicalc_catalog_fault fault;
    size_t told = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        check_row(rows, count, i);
    }
    size_t length = write_rows(rows, count, text);
    require(cnicalc_catalog_parse(text, length, again, ROWS_MAX, &told, &fault) == CNICALC_OK);
    require(told == count && memcmp(again, rows, count * sizeof *rows) == 0);
}

/* The line of that number, from 1; NULL when the text has fewer. */
static const char *find_line(const char *text, size_t text_len, uint64_t number, size_t *out_length)
{
    const char *end = text + text_len;
    for (; number > 1; number--) {
        text = memchr(text, '\n', (size_t)(end - text));
        if (text == NULL) {
            return NULL;
        }
        text++;
    }
    const char *stop = memchr(text, '\n', (size_t)(end - text));
    *out_length = (size_t)((stop != NULL ? stop : end) - text);
    return text;
}

/* The number of tabs before a column. */
static uint32_t tabs_before(const char *line, uint64_t column)
{
    uint32_t tabs = 0;
    for (uint64_t i = 0; i + 1 < column; i++) {
        tabs += line[i] == '\t';
    }
    return tabs;
}

static void check_fault(const char *text, size_t text_len, cnicalc_status status,
                        const cnicalc_catalog_fault *fault)
{
    size_t length = 0;
    require(fault->line >= 1 && fault->column >= 1);
    const char *line = find_line(text, text_len, fault->line, &length);
    require(line != NULL && fault->column <= length + 1);
    require((fault->reserved[0] | fault->reserved[1] | fault->reserved[2]) == 0);
    if (fault->field == 0) {
        require(status == CNICALC_ERR_CATALOG_HEADER && fault->line == 1);
    } else if (status != CNICALC_ERR_CATALOG_COLUMNS) {
        require(tabs_before(line, fault->column) + 1 == fault->field);
    }
    require((fault->first_line != 0) == (status == CNICALC_ERR_CATALOG_DUPLICATE));
    require(fault->first_line < fault->line);
}

static int is_catalog_status(cnicalc_status status)
{
    return status == CNICALC_ERR_SOURCE ||
           (status >= CNICALC_ERR_CATALOG_HEADER && status <= CNICALC_ERR_CATALOG_DUPLICATE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = size != 0 ? (const char *)data : "";
    cnicalc_instance rows[ROWS_MAX];
    cnicalc_catalog_fault fault;
    size_t count = 77;
    poison(rows, sizeof rows);
    poison(&fault, sizeof fault);
    cnicalc_status status = cnicalc_catalog_parse(text, size, rows, ROWS_MAX, &count, &fault);
    if (status == CNICALC_OK) {
        require(count <= ROWS_MAX && is_poisoned(&fault, sizeof fault));
        check_rows(rows, count);
        size_t needed = 77;
        if (count != 0) {
            poison(rows, sizeof rows);
            require(cnicalc_catalog_parse(text, size, rows, count - 1, &needed, &fault) ==
                    CNICALC_ERR_CAPACITY);
            require(needed == count && is_poisoned(rows, sizeof rows));
        }
        return 0;
    }
    require(is_poisoned(rows, sizeof rows));
    if (status == CNICALC_ERR_CAPACITY) {
        require(count > ROWS_MAX && is_poisoned(&fault, sizeof fault));
        return 0;
    }
    require(is_catalog_status(status) && count == 77);
    check_fault(text, size, status, &fault);
    return 0;
}
