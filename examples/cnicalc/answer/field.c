/* SPDX-License-Identifier: MIT */
#include "field.h"

#include "../base/complaint.h"
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

static struct value value_of_number(uint32_t number, int is_bool)
{
    if (number == CNICALC_UNKNOWN) {
        return value_null();
    }
    return is_bool ? value_bool(number != 0) : value_decimal(number, 0);
}

static struct value value_of_decimal(const struct decimal *decimal)
{
    return decimal->scaled == CNICALC_UNKNOWN_COUNT
               ? value_null()
               : value_decimal(decimal->scaled, decimal->places);
}

/* Whether a number or a name is 0, which means null. */
static int is_zero(const struct field *field, const void *member)
{
    return field->null_for_zero && (field->kind == FIELD_COUNT ? *(const uint64_t *)member == 0
                                                               : *(const uint32_t *)member == 0);
}

static struct value value_of_block(const cnicalc_cidr *block, char buffer[VALUE_TEXT_SIZE])
{
    if (block->family == 0) {
        return value_null();
    }
    expect_ok(cnicalc_cidr_format(block, buffer, VALUE_TEXT_SIZE));
    return value_text(buffer);
}

struct value field_value(const struct field *field, const void *row, char buffer[VALUE_TEXT_SIZE])
{
    const void *member = (const char *)row + field->where;
    if (is_zero(field, member)) {
        return value_null();
    }
    switch (field->kind) {
    case FIELD_COUNT:
        return value_count(*(const uint64_t *)member);
    case FIELD_QUANTITY:
    case FIELD_BOOL:
        return value_of_number(*(const uint32_t *)member, field->kind == FIELD_BOOL);
    case FIELD_NAME:
        return value_text(field->name_of(*(const uint32_t *)member));
    case FIELD_TEXT:
    case FIELD_EXTRA:
        return value_text(*(const char *const *)member);
    case FIELD_CHARS:
        return value_text(member);
    case FIELD_CIDR:
        return value_of_block(member, buffer);
    case FIELD_ADDRESS:
        expect_ok(cnicalc_address_format(member, buffer, VALUE_TEXT_SIZE));
        return value_text(buffer);
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

/* ---- As a tree ---- */

struct limits {
    const cnicalc_limit_row *rows;
    uint32_t count;
};

static struct limits limits_of(const struct field *field, const char *row)
{
    const void *rows = row + field->where;
    const void *count = row + field->count_where;
    const struct limits limits = {rows, *(const uint32_t *)count};
    return limits;
}

/* What each limit allows; of a request, what it needs and there is. */
static void visit_limits(const struct field *field, const struct limits *limits,
                         struct visitor *visitor)
{
    for (uint32_t i = 0; i < limits->count; i++) {
        const char *name = cnicalc_limit_name(limits->rows[i].limit);
        const struct value needed = value_count(limits->rows[i].needed);
        const struct value available = value_count(limits->rows[i].available);
        if (field->kind == FIELD_NEEDS) {
            visitor->open(visitor, name, '{');
            visitor->value(visitor, "needed", &needed);
            visitor->value(visitor, "available", &available);
            visitor->close(visitor, '}');
        } else {
            visitor->value(visitor, name, &available);
        }
    }
}

static void visit_words(const char *key, const struct words *words, struct visitor *visitor)
{
    visitor->open(visitor, key, '[');
    for (size_t i = 0; i < words->count; i++) {
        const struct value text = value_text(words->texts[i]);
        visitor->value(visitor, NULL, &text);
    }
    visitor->close(visitor, ']');
}

static void visit_field(const char *key, const struct field *field, const char *row,
                        struct visitor *visitor)
{
    const void *member = row + field->where;
    char buffer[VALUE_TEXT_SIZE];
    if (field->kind == FIELD_LIST) {
        field_visit_list(key, field->of, member, visitor);
    } else if (field->kind == FIELD_WORDS) {
        visit_words(key, member, visitor);
    } else if (field->kind == FIELD_LIMITS || field->kind == FIELD_NEEDS) {
        const struct limits limits = limits_of(field, row);
        visitor->open(visitor, key, '{');
        visit_limits(field, &limits, visitor);
        visitor->close(visitor, '}');
    } else {
        const struct value value = field_value(field, row, buffer);
        if (value.kind != VALUE_NULL || field->kind != FIELD_EXTRA) {
            visitor->value(visitor, key, &value);
        }
    }
}

void field_visit(const struct field *field, const void *row, struct visitor *visitor)
{
    visit_field(NULL, field, row, visitor);
}

/* Of a key, what is before the dot. */
static size_t outer_length(const struct field *field)
{
    const char *dot = field->kind == FIELD_GROUP ? NULL : strchr(field->key, '.');
    return dot == NULL ? 0 : (size_t)(dot - field->key);
}

/* Fields in a row whose keys begin alike are in one record. */
static void visit_fields(const struct field *fields, const char *row, struct visitor *visitor)
{
    const char *outer = "";
    size_t outside = 0;
    for (const struct field *field = fields; field->kind != FIELD_END; field++) {
        size_t length = outer_length(field);
        if (outside != 0 && (length != outside || memcmp(field->key, outer, length) != 0)) {
            visitor->close(visitor, '}');
            outside = 0;
        }
        if (length != outside) {
            outer = memory_copy(field->key, length);
            outside = length;
            visitor->open(visitor, outer, '{');
        }
        if (field->kind == FIELD_GROUP) {
            visit_fields(field->of, row + field->where, visitor);
        } else {
            visit_field(field->key + length + (length != 0), field, row, visitor);
        }
    }
    if (outside != 0) {
        visitor->close(visitor, '}');
    }
}

void field_visit_record(const char *key, const struct field *fields, const void *row,
                        struct visitor *visitor)
{
    visitor->open(visitor, key, '{');
    visit_fields(fields, row, visitor);
    visitor->close(visitor, '}');
}

void field_visit_list(const char *key, const struct field *fields, const struct list *list,
                      struct visitor *visitor)
{
    const char *row = list->rows;
    visitor->open(visitor, key, '[');
    for (size_t i = 0; i < list->count; i++) {
        field_visit_record(NULL, fields, row, visitor);
        row += list->size;
    }
    visitor->close(visitor, ']');
}

/* ---- As columns ---- */

/* A column for each limit of a row; one on the pods of a node is no line beside those on the
 * cluster. */
static void add_limits(const struct column *all, const char *row, struct columns *columns)
{
    const struct limits limits = limits_of(all->field, row);
    for (uint32_t i = 0; i < limits.count; i++) {
        uint32_t limit = limits.rows[i].limit;
        struct text_buffer key = {NULL, 0, 0};
        struct column *column = &columns->items[columns->count++];
        int is_line =
            all->heading != NULL && cnicalc_limit_counts(limit) != CNICALC_COUNTS_PODS_PER_NODE;
        text_add(&key, "%s.%s", all->key, cnicalc_limit_name(limit));
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
    const struct limits limits = limits_of(column->field, bytes);
    const cnicalc_limit_row *found = cnicalc_limit_find(limits.rows, limits.count, column->limit);
    return found == NULL ? value_null() : value_count(found->available);
}
