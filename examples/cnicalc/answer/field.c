/* SPDX-License-Identifier: MIT */
#include "field.h"

#include "../base/memory.h"
#include "../base/text_buffer.h"

#include <string.h>

struct decimal decimal_shortest(struct decimal decimal)
{
    while (decimal.places != 0 && decimal.scaled % 10 == 0) {
        decimal.scaled /= 10;
        decimal.places--;
    }
    return decimal;
}

void growing_add(struct growing *growing, const void *row)
{
    struct list *list = &growing->list;
    if (list->count == growing->capacity) {
        size_t capacity = growing->capacity == 0 ? 4 : growing->capacity * 2;
        char *room = memory_room(capacity, list->size);
        if (list->count != 0) {
            memcpy(room, list->rows, list->count * list->size);
        }
        growing->room = room;
        growing->capacity = capacity;
        list->rows = room;
    }
    memcpy(growing->room + list->count++ * list->size, row, list->size);
}

size_t field_pick(const struct field *fields, const char *keys, const struct field *picked[],
                  size_t room)
{
    size_t count = 0;
    for (const char *key = keys; *key != '\0' && count < room; key += strspn(key, " ")) {
        size_t length = strcspn(key, " ");
        const struct field *field = fields;
        while (field->kind == FIELD_GROUP || strlen(field->key) != length ||
               memcmp(field->key, key, length) != 0) {
            field++;
        }
        picked[count++] = field;
        key += length;
    }
    return count;
}

/* ---- Values ---- */

static struct value value_of_count(const struct field *field, uint64_t count)
{
    return count == 0 && field->null_for_zero ? value_null() : value_count(count);
}

static struct value value_of_number(const struct field *field, uint32_t number)
{
    if (number == CNICALC_UNKNOWN || (number == 0 && field->null_for_zero)) {
        return value_null();
    }
    return field->kind == FIELD_BOOL ? value_bool(number != 0) : value_decimal(number, 0);
}

static struct value value_of_name(const struct field *field, uint32_t name)
{
    return name == 0 && field->null_for_zero ? value_null() : value_text(field->name_of(name));
}

static struct value value_of_decimal(const struct decimal *decimal)
{
    return decimal->scaled == CNICALC_UNKNOWN_COUNT
               ? value_null()
               : value_decimal(decimal->scaled, decimal->places);
}

struct value field_value(const struct field *field, const void *row, char buffer[VALUE_TEXT_SIZE])
{
    const void *member = (const char *)row + field->where;
    switch (field->kind) {
    case FIELD_COUNT:
        return value_of_count(field, *(const uint64_t *)member);
    case FIELD_QUANTITY:
    case FIELD_BOOL:
        return value_of_number(field, *(const uint32_t *)member);
    case FIELD_NAME:
        return value_of_name(field, *(const uint32_t *)member);
    case FIELD_TEXT:
    case FIELD_EXTRA:
        return value_text(*(const char *const *)member);
    case FIELD_CHARS:
        return value_text(member);
    case FIELD_CIDR:
        return value_of_cidr(member, buffer);
    case FIELD_ADDRESS:
        return value_of_address(member, buffer);
    case FIELD_DECIMAL:
        return value_of_decimal(member);
    case FIELD_VALUE:
        return *(const struct value *)member;
    case FIELD_WORDS:
    case FIELD_LIST:
    case FIELD_LIMITS:
    case FIELD_NEEDS:
    case FIELD_GROUP:
    case FIELD_END:
        break;
    }
    return value_null();
}

struct limits field_limits(const struct field *field, const void *row)
{
    const void *rows = (const char *)row + field->where;
    const void *count = (const char *)row + field->count_where;
    const struct limits limits = {rows, *(const uint32_t *)count};
    return limits;
}

/* ---- As columns ---- */

/* A column for each limit of a row; one on the pods of a node is no line beside those on the
 * cluster. */
static void add_limits(const struct column *all, const char *row, struct columns *columns)
{
    const struct limits limits = field_limits(all->field, row);
    for (uint32_t i = 0; i < limits.count; i++) {
        uint32_t limit = limits.rows[i].limit;
        struct text_buffer key = {NULL, 0, 0};
        struct column *column = &columns->items[columns->count++];
        int is_line =
            all->heading != NULL && cnicalc_limit_counts(limit) != CNICALC_COUNTS_PODS_PER_NODE;
        text_add_plain(&key, all->key);
        text_add_plain(&key, ".");
        text_add_plain(&key, cnicalc_limit_name(limit));
        *column = *all;
        column->key = key.text;
        column->heading = is_line ? cnicalc_limit_heading(limit) : NULL;
        column->limit = limit;
    }
}

static void add_columns(const struct field *fields, const char *row, size_t where,
                        struct columns *columns)
{
    for (const struct field *field = fields; field->kind != FIELD_END; field++) {
        struct column column = {field->key, field->heading, field, where, CNICALC_LIMIT_NONE};
        if (field->kind == FIELD_GROUP) {
            add_columns(field->of, row, where + field->where, columns);
        } else if (field->kind == FIELD_LIMITS) {
            if (row != NULL) {
                add_limits(&column, row + where, columns);
            }
        } else if (field->kind != FIELD_EXTRA) {
            column.heading = column_is_tree(&column) ? NULL : field->heading;
            columns->items[columns->count++] = column;
        }
    }
}

void columns_of(const struct field *fields, const void *row, struct columns *out_columns)
{
    out_columns->count = 0;
    add_columns(fields, row, 0, out_columns);
}

int column_is_tree(const struct column *column)
{
    enum field_kind kind = column->field->kind;
    return kind == FIELD_LIST || kind == FIELD_NEEDS || kind == FIELD_WORDS;
}

struct value column_value(const struct column *column, const void *row,
                          char buffer[VALUE_TEXT_SIZE])
{
    const char *bytes = (const char *)row + column->where;
    if (column->limit == CNICALC_LIMIT_NONE) {
        return field_value(column->field, bytes, buffer);
    }
    const struct limits limits = field_limits(column->field, bytes);
    const cnicalc_limit_row *found = cnicalc_limit_find(limits.rows, limits.count, column->limit);
    return found == NULL ? value_null() : value_count(found->available);
}
