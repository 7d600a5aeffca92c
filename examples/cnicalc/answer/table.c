/* SPDX-License-Identifier: MIT */
/* An answer for people: a table, or a line for each value of one record that is known and applies.
 */
#include "print.h"

#include "../base/memory.h"
#include "../base/text_buffer.h"
#include "../base/utf8.h"

#include <stdio.h>
#include <string.h>

#define BOLD  "\033[1m"
#define PLAIN "\033[0m"

/* Blanks between a column and the next. */
#define GAP 2

/* Of a paragraph. */
#define LINE_WIDTH 80

struct layout {
    size_t width;
    int is_number; /* then it is aligned to the right */
};

struct cell {
    const struct value *value;
    size_t width;
};

static const char *shown(const struct value *value, char buffer[NUMBER_TEXT_SIZE])
{
    return output_cell(value, "yes", "no", buffer);
}

static struct cell make_cell(const struct value *value)
{
    char buffer[NUMBER_TEXT_SIZE];
    const struct cell cell = {value, utf8_count(shown(value, buffer))};
    return cell;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* Fills the cells of a row and makes room for them. The value of a column mostly follows that of
 * the column before. */
static void lay_out(const struct answer *answer, const struct value *row, struct cell *cells,
                    struct layout *layouts)
{
    const struct value *value = row->first;
    for (size_t i = 0; i < answer->column_count; i++) {
        const struct column *column = &answer->columns[i];
        int is_next = value != NULL && value->key == column->key;
        if (column->heading != NULL) {
            value = is_next ? value : value_at(row, column->key);
            cells[i] = make_cell(value);
            layouts[i].width = larger(layouts[i].width, cells[i].width);
            layouts[i].is_number &= value->kind == VALUE_NUMBER || value->kind == VALUE_NULL;
        }
        value = is_next || column->heading != NULL ? value->next : value;
    }
}

/* The last column of text needs no blanks after it. */
static void print_aligned(struct text_buffer *out, const char *text, size_t width,
                          const struct layout *layout, int is_last)
{
    size_t missing = width < layout->width ? layout->width - width : 0;
    size_t before = layout->is_number ? missing : 0;
    text_add_padded(out, before, text, is_last ? 0 : missing - before + GAP);
}

static void print_headings(struct text_buffer *out, const struct column *columns,
                           const struct layout *layouts, size_t last, int colour)
{
    text_add_plain(out, colour ? BOLD : "");
    for (size_t i = 0; i <= last; i++) {
        if (columns[i].heading != NULL) {
            print_aligned(out, columns[i].heading, utf8_count(columns[i].heading), &layouts[i],
                          i == last);
        }
    }
    text_add_plain(out, colour ? PLAIN "\n" : "\n");
}

static size_t count_values(const struct value *list)
{
    size_t count = 0;
    for (const struct value *value = list->first; value != NULL; value = value->next) {
        count++;
    }
    return count;
}

static void print_rows(struct text_buffer *out, const struct answer *answer, int colour)
{
    const struct column *columns = answer->columns;
    size_t count = answer->column_count;
    struct layout *layouts = memory_take(count, sizeof *layouts);
    struct cell *cells = memory_take(count_values(answer->rows) * count, sizeof *cells);
    struct cell *line = cells;
    const char *heading = "";
    size_t last = 0;
    for (size_t i = 0; i < count; i++) {
        if (columns[i].heading != NULL) {
            layouts[i].width = utf8_count(columns[i].heading);
            layouts[i].is_number = 1;
            heading = columns[i].heading;
            last = i;
        }
    }
    for (const struct value *row = answer->rows->first; row != NULL; row = row->next) {
        lay_out(answer, row, line, layouts);
        line += count;
    }
    if (heading[0] != '\0') {
        print_headings(out, columns, layouts, last, colour);
    }
    for (; cells != line; cells += count) {
        for (size_t i = 0; i <= last; i++) {
            char buffer[NUMBER_TEXT_SIZE];
            if (columns[i].heading != NULL) {
                print_aligned(out, shown(cells[i].value, buffer), cells[i].width, &layouts[i],
                              i == last);
            }
        }
        text_add_plain(out, "\n");
    }
}

/* Whether a value of a record has a line: not when it is null, unless it is all there is. */
static int is_line(const struct answer *answer, const struct column *column)
{
    return column->heading != NULL && (column->heading[0] == '\0' ||
                                       value_at(answer->document, column->key)->kind != VALUE_NULL);
}

/* The width of the headings of a record, and of its numbers. */
static void measure_lines(const struct answer *answer, struct layout *headings,
                          struct layout *numbers)
{
    for (size_t i = 0; i < answer->column_count; i++) {
        const struct column *column = &answer->columns[i];
        if (!is_line(answer, column)) {
            continue;
        }
        headings->width = larger(headings->width, strlen(column->heading));
        const struct value *value = value_at(answer->document, column->key);
        if (value->kind == VALUE_NUMBER) {
            numbers->width = larger(numbers->width, make_cell(value).width);
        }
    }
}

static void print_line(struct text_buffer *out, const struct answer *answer,
                       const struct column *column, const struct layout *headings,
                       const struct layout *numbers, int colour)
{
    const struct cell cell = make_cell(value_at(answer->document, column->key));
    const struct layout text = {0, 0};
    char buffer[NUMBER_TEXT_SIZE];
    int binds = answer->binding_key != NULL && strcmp(answer->binding_key, column->key) == 0;
    text_add_plain(out, colour && binds ? BOLD : "");
    if (column->heading[0] != '\0') {
        print_aligned(out, column->heading, utf8_count(column->heading), headings, 0);
    }
    print_aligned(out, shown(cell.value, buffer), cell.width,
                  cell.value->kind == VALUE_NUMBER ? numbers : &text, 1);
    text_add_plain(out, binds ? "  <- binds" : "");
    text_add_plain(out, colour && binds ? PLAIN "\n" : "\n");
}

static void print_record(struct text_buffer *out, const struct answer *answer, int colour)
{
    struct layout headings = {0, 0};
    struct layout numbers = {0, 1};
    measure_lines(answer, &headings, &numbers);
    for (size_t i = 0; i < answer->column_count; i++) {
        if (is_line(answer, &answer->columns[i])) {
            print_line(out, answer, &answer->columns[i], &headings, &numbers, colour);
        }
    }
}

static void print_below(struct text_buffer *out, const struct below *below, int colour)
{
    struct answer table;
    memset(&table, 0, sizeof table);
    table.rows = below->rows;
    table.columns = below->columns;
    table.column_count = below->column_count;
    if (below->rows->first != NULL) {
        text_add_plain(out, "\n");
        print_rows(out, &table, colour);
    }
}

static void print_body(struct text_buffer *out, const struct answer *answer, int colour)
{
    if (answer->rows != NULL) {
        print_rows(out, answer, colour);
        return;
    }
    print_record(out, answer, colour);
    for (size_t i = 0; i < answer->below_count; i++) {
        print_below(out, &answer->below[i], colour);
    }
}

static void print_table(struct text_buffer *out, const struct answer *answer, int colour)
{
    if (answer->lines != NULL) {
        for (const struct value *line = answer->lines->first; line != NULL; line = line->next) {
            text_add_plain(out, line->text);
            text_add_plain(out, "\n");
        }
        return;
    }
    print_body(out, answer, colour);
    if (answer->notes != NULL) {
        for (const struct value *note = answer->notes->first; note != NULL; note = note->next) {
            text_add_plain(out, "\n");
            text_add_filled(out, note->text, LINE_WIDTH);
        }
    }
}

void output_table(const struct answer *answer, int colour)
{
    struct text_buffer out = {NULL, 0, 0};
    print_table(&out, answer, colour);
    fwrite(out.text, 1, out.length, stdout);
}
