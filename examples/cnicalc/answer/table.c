/* SPDX-License-Identifier: MIT */
/* An answer for people: a table, or a line for each value of one record that is known and applies.
 */
#include "print.h"

#include "../base/memory.h"
#include "../base/text_buffer.h"
#include "../base/utf8.h"

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

/* Of a row, the text of a column. */
struct cell {
    size_t at; /* in the texts of all */
    size_t width;
};

static const char *shown(const struct value *value, char buffer[VALUE_TEXT_SIZE])
{
    return value_show(value, "yes", "no", buffer);
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* Fills the cells of a row and makes room for them. */
static void lay_out(const struct columns *columns, const void *row, struct text_buffer *texts,
                    struct cell *cells, struct layout *layouts)
{
    for (size_t i = 0; i < columns->count; i++) {
        char buffer[VALUE_TEXT_SIZE];
        if (columns->items[i].heading != NULL) {
            const struct value value = column_value(&columns->items[i], row, buffer);
            const char *text = shown(&value, buffer);
            cells[i].at = texts->length;
            cells[i].width = utf8_count(text);
            text_add_bytes(texts, text, strlen(text) + 1);
            layouts[i].width = larger(layouts[i].width, cells[i].width);
            layouts[i].is_number &= value.kind == VALUE_NUMBER || value.kind == VALUE_NULL;
        }
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

static void print_headings(struct text_buffer *out, const struct columns *columns,
                           const struct layout *layouts, size_t last, int colour)
{
    text_add_plain(out, colour ? BOLD : "");
    for (size_t i = 0; i <= last; i++) {
        const char *heading = columns->items[i].heading;
        if (heading != NULL) {
            print_aligned(out, heading, utf8_count(heading), &layouts[i], i == last);
        }
    }
    text_add_plain(out, colour ? PLAIN "\n" : "\n");
}

/* Makes room for the headings. Returns the last column that has one. */
static size_t begin_layouts(const struct columns *columns, struct layout *layouts)
{
    size_t last = 0;
    for (size_t i = 0; i < columns->count; i++) {
        const char *heading = columns->items[i].heading;
        layouts[i].width = heading == NULL ? 0 : utf8_count(heading);
        layouts[i].is_number = 1;
        last = heading == NULL ? last : i;
    }
    return last;
}

static void print_rows(struct text_buffer *out, const struct field *fields, const struct list *list,
                       int colour)
{
    struct columns columns;
    struct layout layouts[COLUMNS_MAX];
    struct text_buffer texts = {NULL, 0, 0};
    const char *row = list->rows;
    columns_of(fields, list->count == 0 ? NULL : row, &columns);
    struct cell *cells = memory_take(list->count * columns.count, sizeof *cells);
    struct cell *line = cells;
    size_t last = begin_layouts(&columns, layouts);
    for (size_t i = 0; i < list->count; i++) {
        lay_out(&columns, row, &texts, line, layouts);
        row += list->size;
        line += columns.count;
    }
    if (columns.items[last].heading[0] != '\0') {
        print_headings(out, &columns, layouts, last, colour);
    }
    for (; cells != line; cells += columns.count) {
        for (size_t i = 0; i <= last; i++) {
            if (columns.items[i].heading != NULL) {
                print_aligned(out, texts.text + cells[i].at, cells[i].width, &layouts[i],
                              i == last);
            }
        }
        text_add_plain(out, "\n");
    }
}

/* A value of a record that has a line: it is not null, unless it is all there is. */
struct line {
    const struct column *column;
    struct value value;
    char buffer[VALUE_TEXT_SIZE];
};

static int is_line(const struct answer *answer, const struct column *column, struct line *out_line)
{
    if (column->heading == NULL) {
        return 0;
    }
    out_line->column = column;
    out_line->value = column_value(column, answer->record, out_line->buffer);
    return column->heading[0] == '\0' || out_line->value.kind != VALUE_NULL;
}

/* The width of the headings of a record, and of its numbers. */
static void measure_lines(const struct answer *answer, const struct columns *columns,
                          struct layout *headings, struct layout *numbers)
{
    for (size_t i = 0; i < columns->count; i++) {
        struct line line;
        if (!is_line(answer, &columns->items[i], &line)) {
            continue;
        }
        headings->width = larger(headings->width, strlen(line.column->heading));
        if (line.value.kind == VALUE_NUMBER) {
            numbers->width = larger(numbers->width, strlen(shown(&line.value, line.buffer)));
        }
    }
}

static void print_line(struct text_buffer *out, const struct answer *answer, struct line *line,
                       const struct layout *headings, const struct layout *numbers, int colour)
{
    const struct layout text = {0, 0};
    const char *heading = line->column->heading;
    const char *value = shown(&line->value, line->buffer);
    int binds = answer->binding_key != NULL && strcmp(answer->binding_key, line->column->key) == 0;
    text_add_plain(out, colour && binds ? BOLD : "");
    if (heading[0] != '\0') {
        print_aligned(out, heading, utf8_count(heading), headings, 0);
    }
    print_aligned(out, value, utf8_count(value), line->value.kind == VALUE_NUMBER ? numbers : &text,
                  1);
    text_add_plain(out, binds ? "  <- binds" : "");
    text_add_plain(out, colour && binds ? PLAIN "\n" : "\n");
}

static void print_record(struct text_buffer *out, const struct answer *answer, int colour)
{
    struct columns columns;
    struct layout headings = {0, 0};
    struct layout numbers = {0, 1};
    columns_of(answer->fields, answer->record, &columns);
    measure_lines(answer, &columns, &headings, &numbers);
    for (size_t i = 0; i < columns.count; i++) {
        struct line line;
        if (is_line(answer, &columns.items[i], &line)) {
            print_line(out, answer, &line, &headings, &numbers, colour);
        }
    }
}

static void print_body(struct text_buffer *out, const struct answer *answer, int colour)
{
    if (answer->record == NULL) {
        print_rows(out, answer->row_fields, &answer->rows.list, colour);
        return;
    }
    print_record(out, answer, colour);
    for (size_t i = 0; i < answer->below_count; i++) {
        const struct below *below = &answer->below[i];
        if (below->list.count != 0) {
            text_add_plain(out, "\n");
            print_rows(out, below->fields, &below->list, colour);
        }
    }
}

void output_table(struct text_buffer *out, const struct answer *answer, int colour)
{
    print_body(out, answer, colour);
    for (size_t i = 0; i < answer->notes.count; i++) {
        text_add_plain(out, "\n");
        text_add_filled(out, answer->notes.texts[i], LINE_WIDTH);
    }
}
