/* SPDX-License-Identifier: MIT */
/* An answer for people: a table, or a line for each value of one record that is known and applies.
 */
#include "print.h"

#include "../base/text_buffer.h"
#include "../base/utf8.h"

#include <string.h>

#define BOLD  "\033[1m"
#define PLAIN "\033[0m"

#define YES "yes"
#define NO  "no"

/* Blanks between a column and the next. */
#define GAP 2

/* Of a paragraph. */
#define LINE_WIDTH 80

struct layout {
    size_t width;
    int is_number; /* then it is aligned to the right */
};

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t text_width(const char *text)
{
    return utf8_count(text, strlen(text));
}

static size_t width_of(struct value value)
{
    char buffer[VALUE_TEXT_SIZE];
    return value.kind == VALUE_NUMBER ? value_digits(value)
           : value.kind == VALUE_TEXT ? text_width(value.is.text)
                                      : value_show(value, YES, NO, buffer).length;
}

/* Leaves out the columns that a table does not show. */
static void keep_headed(struct columns *columns)
{
    size_t count = 0;
    for (size_t i = 0; i < columns->count; i++) {
        if (columns->items[i].heading != NULL) {
            columns->items[count++] = columns->items[i];
        }
    }
    columns->count = count;
}

/* ---- Lines ---- */

/* A line while it is printed: blanks, and texts at their places among them. */
struct line {
    struct text_buffer *out;
    size_t room;
    char *text;
    size_t begin; /* of the next column */
    size_t end;   /* of the last text */
};

/* A line of columns of a width in sum, and of some bytes besides. */
static struct line line_begin(struct text_buffer *out, size_t width, size_t bytes)
{
    size_t room = width * UTF8_SIZE + bytes;
    const struct line line = {out, room, text_room(out, room), 0, 0};
    memset(line.text, ' ', room);
    return line;
}

static void line_put(struct line *line, const struct shown *shown, size_t width,
                     const struct layout *layout)
{
    size_t missing = larger(layout->width, width) - width;
    size_t at = line->begin + (layout->is_number ? missing : 0);
    memcpy(line->text + at, shown->text, shown->length);
    line->end = at + shown->length;
    line->begin += missing + shown->length + GAP;
}

static void line_put_text(struct line *line, const char *text, const struct layout *layout)
{
    const struct shown shown = {text, strlen(text)};
    line_put(line, &shown, utf8_count(text, shown.length), layout);
}

static void line_put_number(struct line *line, struct value number, const struct layout *layout)
{
    line->end = line->begin + layout->width;
    line->begin = line->end + GAP;
    value_write_before(number, line->text + line->end);
}

static void line_put_value(struct line *line, struct value value, const struct layout *layout)
{
    char buffer[VALUE_TEXT_SIZE];
    const struct shown shown = value_show(value, YES, NO, buffer);
    line_put(line, &shown, utf8_count(shown.text, shown.length), layout);
}

/* Nothing is after the last text but what ends the line. */
static void line_end(struct line *line, const char *end)
{
    text_end(line->out, line->text + line->end);
    text_add_plain(line->out, end);
}

/* ---- Rows ---- */

/* Whether both are numbers, and the first takes no more room. */
static int is_within(struct value value, struct value number)
{
    return value.kind == VALUE_NUMBER && number.kind == VALUE_NUMBER &&
           value.places == number.places && value.is.number <= number.is.number;
}

/* Makes room for a heading and what is below it. */
static struct layout lay_out_column(const struct column *column, const struct list *list)
{
    struct layout layout = {text_width(column->heading), 1};
    struct value largest = value_null();
    const char *row = list->rows;
    for (size_t i = 0; i < list->count; i++, row += list->size) {
        char buffer[VALUE_TEXT_SIZE];
        const struct value value = column_value(column, row, buffer);
        if (is_within(value, largest)) {
            continue;
        }
        layout.width = larger(layout.width, width_of(value));
        layout.is_number &= value.kind == VALUE_NUMBER || value.kind == VALUE_NULL;
        largest = value.kind == VALUE_NUMBER ? value : largest;
    }
    return layout;
}

/* Returns the width of all columns. */
static size_t lay_out(const struct columns *columns, const struct list *list,
                      struct layout *layouts)
{
    size_t width = 0;
    for (size_t i = 0; i < columns->count; i++) {
        layouts[i] = lay_out_column(&columns->items[i], list);
        width += layouts[i].width + GAP;
    }
    return width;
}

static void print_headings(struct text_buffer *out, const struct columns *columns,
                           const struct layout *layouts, size_t width, int colour)
{
    text_add_plain(out, colour ? BOLD : "");
    struct line line = line_begin(out, width, 0);
    for (size_t i = 0; i < columns->count; i++) {
        line_put_text(&line, columns->items[i].heading, &layouts[i]);
    }
    line_end(&line, colour ? PLAIN "\n" : "\n");
}

static void print_rows(struct text_buffer *out, const struct field *fields, const struct list *list,
                       int colour)
{
    const char *row = list->rows;
    struct columns columns;
    struct layout layouts[COLUMNS_MAX];
    columns_of(fields, list->count == 0 ? NULL : row, &columns);
    keep_headed(&columns);
    size_t width = lay_out(&columns, list, layouts);
    text_grow(out, (list->count + 1) * width);
    if (columns.items[0].heading[0] != '\0') {
        print_headings(out, &columns, layouts, width, colour);
    }
    for (size_t i = 0; i < list->count; i++, row += list->size) {
        struct line line = line_begin(out, width, 0);
        for (size_t j = 0; j < columns.count; j++) {
            char buffer[VALUE_TEXT_SIZE];
            const struct value value = column_value(&columns.items[j], row, buffer);
            if (value.kind == VALUE_NUMBER && layouts[j].is_number) {
                line_put_number(&line, value, &layouts[j]);
            } else {
                line_put_value(&line, value, &layouts[j]);
            }
        }
        line_end(&line, "\n");
    }
}

/* ---- A record ---- */

/* Whether a value has a line: not when it is null, unless it is all there is. */
static int is_line(const struct column *column, struct value value)
{
    return column->heading[0] == '\0' || value.kind != VALUE_NULL;
}

/* Makes room for the headings, and for the values that are numbers. */
static void lay_out_record(const struct columns *columns, const void *record,
                           struct layout *headings, struct layout *numbers)
{
    for (size_t i = 0; i < columns->count; i++) {
        char buffer[VALUE_TEXT_SIZE];
        const struct value value = column_value(&columns->items[i], record, buffer);
        if (is_line(&columns->items[i], value)) {
            headings->width = larger(headings->width, text_width(columns->items[i].heading));
        }
        if (value.kind == VALUE_NUMBER) {
            numbers->width = larger(numbers->width, width_of(value));
        }
    }
}

static void print_record(struct text_buffer *out, const struct answer *answer, int colour)
{
    struct columns columns;
    struct layout headings = {0, 0};
    struct layout numbers = {0, 1};
    const struct layout others = {0, 0};
    columns_of(answer->fields, answer->record, &columns);
    keep_headed(&columns);
    lay_out_record(&columns, answer->record, &headings, &numbers);
    for (size_t i = 0; i < columns.count; i++) {
        const struct column *column = &columns.items[i];
        char buffer[VALUE_TEXT_SIZE];
        const struct value value = column_value(column, answer->record, buffer);
        int binds = answer->binding_key != NULL && strcmp(answer->binding_key, column->key) == 0;
        if (!is_line(column, value)) {
            continue;
        }
        text_add_plain(out, colour && binds ? BOLD : "");
        struct line line = line_begin(out, headings.width + GAP + numbers.width,
                                      value.kind == VALUE_TEXT ? strlen(value.is.text) : 0);
        if (column->heading[0] != '\0') {
            line_put_text(&line, column->heading, &headings);
        }
        if (value.kind == VALUE_NUMBER) {
            line_put_number(&line, value, &numbers);
        } else {
            line_put_value(&line, value, &others);
        }
        line_end(&line, binds ? "  <- binds" : "");
        text_add_plain(out, colour && binds ? PLAIN "\n" : "\n");
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
