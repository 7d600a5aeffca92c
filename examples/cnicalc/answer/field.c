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

static struct value *make_decimal(const struct decimal *decimal)
{
    return decimal->scaled == CNICALC_UNKNOWN_COUNT
               ? NULL
               : value_decimal(decimal->scaled, decimal->places);
}

/* What each limit allows; of a request, what it needs and there is. */
static struct value *make_limits(const struct field *field, const cnicalc_limit_row *rows,
                                 uint32_t count)
{
    struct value *record = value_record();
    for (uint32_t i = 0; i < count; i++) {
        struct value *value = value_count(rows[i].available);
        if (field->kind == FIELD_NEEDS) {
            struct value *both = value_record();
            value_put(both, "needed", value_count(rows[i].needed));
            value_put(both, "available", value);
            value = both;
        }
        value_put(record, cnicalc_limit_name(rows[i].limit), value);
    }
    return record;
}

/* The value of a field; NULL where it is left out, or is null. */
static struct value *make_value(const struct field *field, const char *row)
{
    const void *member = row + field->where;
    switch (field->kind) {
    case FIELD_COUNT:
        return value_count(*(const uint64_t *)member);
    case FIELD_QUANTITY:
        return value_quantity(*(const uint32_t *)member);
    case FIELD_BOOL:
        return *(const uint32_t *)member == CNICALC_UNKNOWN
                   ? NULL
                   : value_bool(*(const uint32_t *)member != 0);
    case FIELD_NAME:
        return value_text(field->name_of(*(const uint32_t *)member));
    case FIELD_TEXT:
    case FIELD_EXTRA:
        return *(const char *const *)member == NULL ? NULL
                                                    : value_text(*(const char *const *)member);
    case FIELD_CHARS:
        return value_text(member);
    case FIELD_CIDR:
        return ((const cnicalc_cidr *)member)->family == 0 ? NULL : value_cidr(member);
    case FIELD_ADDRESS:
        return value_address(member);
    case FIELD_DECIMAL:
        return make_decimal(member);
    case FIELD_VALUE:
        return *(struct value *const *)member;
    case FIELD_LIST:
        return field_list(field->of, member);
    case FIELD_LIMITS:
    case FIELD_NEEDS:
        return make_limits(field, member,
                           *(const uint32_t *)(const void *)(row + field->count_where));
    case FIELD_GROUP:
    case FIELD_END:
        break;
    }
    return NULL;
}

/* Whether a number or a name is 0, which means null. */
static int is_zero(const struct field *field, const char *row)
{
    const void *member = row + field->where;
    return field->null_for_zero && (field->kind == FIELD_COUNT ? *(const uint64_t *)member == 0
                                                               : *(const uint32_t *)member == 0);
}

/* ---- Without a document ---- */

static size_t format_text(const char *shown, char *text, size_t room)
{
    size_t length = strlen(shown);
    memcpy(text, shown, length < room ? length : room);
    return length;
}

static size_t format_count(uint64_t count, char *text, size_t room)
{
    const struct value number = {.kind = VALUE_NUMBER, .number = count};
    char digits[NUMBER_TEXT_SIZE];
    value_format_number(&number, digits);
    return format_text(digits, text, room);
}

size_t field_format(const struct field *field, const void *row, char *text, size_t room)
{
    const void *member = (const char *)row + field->where;
    switch (field->kind) {
    case FIELD_COUNT:
        return *(const uint64_t *)member == CNICALC_UNKNOWN_COUNT
                   ? format_text("-", text, room)
                   : format_count(*(const uint64_t *)member, text, room);
    case FIELD_QUANTITY:
        return format_count(*(const uint32_t *)member, text, room);
    case FIELD_BOOL:
        return format_text(*(const uint32_t *)member ? "true" : "false", text, room);
    case FIELD_NAME:
        return format_text(field->name_of(*(const uint32_t *)member), text, room);
    case FIELD_TEXT:
        return format_text(*(const char *const *)member, text, room);
    case FIELD_CHARS:
        return format_text(member, text, room);
    case FIELD_CIDR:
        expect_ok(cnicalc_cidr_format(member, text, room));
        return strlen(text);
    case FIELD_ADDRESS:
        expect_ok(cnicalc_address_format(member, text, room));
        return strlen(text);
    case FIELD_DECIMAL:
    case FIELD_VALUE:
    case FIELD_LIST:
    case FIELD_LIMITS:
    case FIELD_NEEDS:
    case FIELD_EXTRA:
    case FIELD_GROUP:
    case FIELD_END:
        break;
    }
    return 0;
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

/* ---- Documents ---- */

/* The record under a key of a record, which is the last one or made now. */
static struct value *inner_record(struct value *record, const char *key, size_t length)
{
    struct value *last = record->last;
    if (last != NULL && strlen(last->key) == length && memcmp(last->key, key, length) == 0) {
        return last;
    }
    struct value *inner = value_record();
    value_put(record, memory_copy(key, length), inner);
    return inner;
}

static void put(struct value *record, const char *key, struct value *value)
{
    const char *dot = strchr(key, '.');
    if (dot == NULL) {
        value_put(record, key, value);
    } else {
        value_put(inner_record(record, key, (size_t)(dot - key)), dot + 1, value);
    }
}

static void put_field(struct value *record, const struct field *field, const char *row)
{
    struct value *value = is_zero(field, row) ? NULL : make_value(field, row);
    if (value != NULL || field->kind != FIELD_EXTRA) {
        put(record, field->key, value != NULL ? value : value_null());
    }
}

struct value *field_record(const struct field *fields, const void *row)
{
    struct value *record = value_record();
    const char *bytes = row;
    for (const struct field *field = fields; field->kind != FIELD_END; field++) {
        if (field->kind != FIELD_GROUP) {
            put_field(record, field, bytes);
            continue;
        }
        for (const struct field *inner = field->of; inner->kind != FIELD_END; inner++) {
            put_field(record, inner, bytes + field->where);
        }
    }
    return record;
}

struct value *field_list(const struct field *fields, const struct list *list)
{
    struct value *value = value_list();
    const char *row = list->rows;
    for (size_t i = 0; i < list->count; i++) {
        value_add(value, field_record(fields, row));
        row += list->size;
    }
    return value;
}

/* ---- Columns ---- */

/* More columns than limits and fields of a table together. */
#define COLUMNS_MAX (2 * CNICALC_LIMIT_ROWS + 64)

/* The heading of a limit; one on the pods of a node is no line beside those on the cluster. */
static const char *limit_heading(const char *name)
{
    uint32_t limit = CNICALC_LIMIT_NONE;
    expect_ok(cnicalc_limit_parse(name, CNICALC_NUL_TERMINATED, &limit));
    return cnicalc_limit_counts(limit) == CNICALC_COUNTS_PODS_PER_NODE
               ? NULL
               : cnicalc_limit_heading(limit);
}

/* A column for each limit of a record. */
static void add_limits(const struct field *field, const struct value *record,
                       struct column *columns, size_t *count)
{
    const struct value *limits = value_at(record, field->key);
    for (const struct value *limit = limits->first; limit != NULL; limit = limit->next) {
        struct text_buffer key = {NULL, 0, 0};
        text_add(&key, "%s.%s", field->key, limit->key);
        columns[*count].key = key.text;
        columns[*count].heading = field->heading == NULL ? NULL : limit_heading(limit->key);
        (*count)++;
    }
}

/* Adds the columns of a field. */
static void add_column(const struct field *field, const struct value *record,
                       struct column *columns, size_t *count)
{
    int is_table = field->kind == FIELD_LIST || field->kind == FIELD_NEEDS;
    if (field->kind == FIELD_LIMITS) {
        add_limits(field, record, columns, count);
    } else if (field->kind != FIELD_EXTRA) {
        columns[*count].key = field->key;
        columns[*count].heading = is_table ? NULL : field->heading;
        (*count)++;
    }
}

const struct column *field_columns(const struct field *fields, const struct value *record,
                                   size_t *out_count)
{
    static const struct value none = {.kind = VALUE_RECORD};
    struct column *columns = memory_take(COLUMNS_MAX, sizeof *columns);
    *out_count = 0;
    record = record == NULL ? &none : record;
    for (const struct field *field = fields; field->kind != FIELD_END; field++) {
        if (field->kind != FIELD_GROUP) {
            add_column(field, record, columns, out_count);
            continue;
        }
        for (const struct field *inner = field->of; inner->kind != FIELD_END; inner++) {
            add_column(inner, record, columns, out_count);
        }
    }
    return columns;
}
