/* SPDX-License-Identifier: MIT */
/* An answer as lines of cells with tabs between. */
#include "output.h"
#include "print.h"

void output_tsv_head(struct text_buffer *out, const struct columns *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        text_add_plain(out, columns->items[i].key);
        text_add_bytes(out, i + 1 == columns->count ? "\n" : "\t", 1);
    }
}

static void add_value(struct text_buffer *out, const struct column *column, const void *row)
{
    char buffer[VALUE_TEXT_SIZE];
    const struct value value = column_value(column, row, buffer);
    if (value.kind == VALUE_NUMBER) {
        text_end(out, value_write(value, text_reserve(out, VALUE_TEXT_SIZE)));
    } else {
        const struct shown shown = value_show(value, "true", "false", buffer);
        text_add_bytes(out, shown.text, shown.length);
    }
}

void output_tsv_row(struct text_buffer *out, const struct columns *columns, const void *row)
{
    for (size_t i = 0; i < columns->count; i++) {
        const struct column *column = &columns->items[i];
        if (column_is_tree(column)) {
            output_json_field(out, column->field, (const char *)row + column->where);
        } else {
            add_value(out, column, row);
        }
        text_add_bytes(out, i + 1 == columns->count ? "\n" : "\t", 1);
    }
}

static void add_rows(struct text_buffer *out, const struct field *fields, const struct list *list)
{
    const char *row = list->rows;
    struct columns columns;
    columns_of(fields, list->count == 0 ? NULL : row, &columns);
    output_tsv_head(out, &columns);
    for (size_t i = 0; i < list->count; i++) {
        output_tsv_row(out, &columns, row);
        row += list->size;
    }
}

void output_tsv(struct text_buffer *out, const struct answer *answer)
{
    const struct list one = {answer->record, 1, 0};
    if (answer->blocks != NULL) {
        text_add_plain(out, answer->fields->key);
        text_add_plain(out, "\n");
        output_block_lines(out, answer);
    } else if (answer->row_fields != NULL) {
        add_rows(out, answer->row_fields, &answer->rows.list);
    } else {
        add_rows(out, answer->fields, &one);
    }
}
