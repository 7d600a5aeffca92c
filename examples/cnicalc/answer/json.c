/* SPDX-License-Identifier: MIT */
/* An answer as JSON: what is directly in it has a line each, or all is without blanks. */
#include "print.h"

#include "../base/utf8.h"
#include "flat.h"

#include <stdlib.h>

/* A whole number above 2^53 is written as a string: readers that have doubles alone would change
 * it. */
#define EXACT_MAX (UINT64_C(1) << 53)

#define SEPARATOR_MAX 4

/* Where a value is. */
enum json_place { JSON_OUTSIDE, JSON_LINE, JSON_IN_LINE, JSON_COMPACT };

struct json {
    struct text_buffer *out;
    struct flat *flat; /* the path to what is written, or NULL: it is a tree */
    int compact;
    size_t depth;
    enum json_place place;
    int is_first; /* what comes next, in its list or record */
};

/* Whether a character is as it is in a string; the NUL is not. */
static int is_plain(char c)
{
    return c > '\\' ? c < 0x7f : c >= ' ' && c != '"' && c != '\\';
}

/* A character that may need an escape: RFC 8259, section 7. A byte that is no part of UTF-8 text is
 * written as the character of that number, so that the answer is JSON whatever the bytes are.
 * Returns how many bytes it is of. */
static size_t add_escaped(struct text_buffer *out, const char *text)
{
    unsigned char c = (unsigned char)*text;
    size_t length = utf8_length(text);
    if (c == '"' || c == '\\') {
        text_add(out, "\\%c", c);
    } else if (c < ' ' || c == 0x7f || length == 0) {
        text_add(out, "\\u%04x", c);
    } else {
        text_add_bytes(out, text, length);
    }
    return length == 0 ? 1 : length;
}

static void add_string(struct text_buffer *out, const char *text)
{
    text_add_bytes(out, "\"", 1);
    while (*text != '\0') {
        size_t length = 0;
        while (is_plain(text[length])) {
            length++;
        }
        text_add_bytes(out, text, length);
        text += length;
        if (*text != '\0') {
            text += add_escaped(out, text);
        }
    }
    text_add_bytes(out, "\"", 1);
}

/* What is between a value and what is before it, by where it is; the first has less. */
static const struct separator {
    char text[SEPARATOR_MAX + 1];
    size_t length;
} separators[][2] = {[JSON_OUTSIDE] = {{"", 0}, {"", 0}},
                     [JSON_LINE] = {{",\n  ", 4}, {"\n  ", 3}},
                     [JSON_IN_LINE] = {{", ", 2}, {"", 0}},
                     [JSON_COMPACT] = {{",", 1}, {"", 0}}};

static enum json_place place_of(const struct json *json)
{
    return json->depth == 0   ? JSON_OUTSIDE
           : json->compact    ? JSON_COMPACT
           : json->depth == 1 ? JSON_LINE
                              : JSON_IN_LINE;
}

/* Begins a value of so many bytes at most with a separator and its key, of which none needs an
 * escape. Returns where the value is. */
static inline char *begin_value(struct json *json, struct key key, size_t length)
{
    const struct separator *separator = &separators[json->place][json->is_first];
    char *at = text_reserve(json->out, SEPARATOR_MAX + key.length + sizeof "\"\": " + length);
    json->is_first = 0;
    memcpy(at, separator->text, SEPARATOR_MAX);
    at += separator->length;
    if (key.text != NULL) {
        *at++ = '"';
        memcpy(at, key.text, key.length);
        at += key.length;
        memcpy(at, "\": ", 3);
        at += json->compact ? 2 : 3;
    }
    return at;
}

static void open_tree(struct json *json, struct key key, char bracket)
{
    if (json->flat != NULL) {
        flat_open(json->flat, key);
        return;
    }
    char *at = begin_value(json, key, 1);
    *at++ = bracket;
    text_end(json->out, at);
    json->depth++;
    json->place = place_of(json);
    json->is_first = 1;
}

static void close_tree(struct json *json, char bracket)
{
    if (json->flat != NULL) {
        flat_close(json->flat);
        return;
    }
    json->depth--;
    json->place = place_of(json);
    if (json->depth == 0 && !json->compact && !json->is_first) {
        text_add_bytes(json->out, "\n", 1);
    }
    text_add_bytes(json->out, &bracket, 1);
    json->is_first = 0;
}

/* ---- Values ---- */

static void add_text(struct json *json, struct key key, const char *text)
{
    text_end(json->out, begin_value(json, key, 0));
    add_string(json->out, text);
}

/* As texts; each of some blocks has a path of its own. */
static void add_flat(struct json *json, struct key key, struct value value)
{
    char buffer[VALUE_TEXT_SIZE];
    if (value.kind != VALUE_BLOCKS) {
        add_text(json, flat_path(json->flat, key),
                 value.kind == VALUE_NULL ? "" : value_show(value, "true", "false", buffer).text);
        return;
    }
    const cnicalc_cidr *blocks = value.is.blocks->rows;
    flat_open(json->flat, key);
    for (size_t i = 0; i < value.is.blocks->count; i++) {
        add_text(json, flat_path(json->flat, KEY_NONE), value_cidr(&blocks[i]).is.text);
    }
    flat_close(json->flat);
}

/* Writes a value that is no number where it begins. Returns where it ends. */
static char *write_other(struct json *json, struct value value, char *at)
{
    if (value.kind == VALUE_TEXT || value.kind == VALUE_BLOCKS) {
        text_end(json->out, at);
        if (value.kind == VALUE_TEXT) {
            add_string(json->out, value.is.text);
        } else {
            text_add_bytes(json->out, "[", 1);
            output_blocks(json->out, value.is.blocks, json->compact ? "," : ", ", "\"");
            text_add_bytes(json->out, "]", 1);
        }
        return text_reserve(json->out, 0);
    }
    const char *word = value.kind == VALUE_NULL ? "null" : value.is.number ? "true" : "false";
    size_t length = strlen(word);
    memcpy(at, word, length);
    return at + length;
}

static char *write_number(struct value number, char *at)
{
    if (number.places != 0 || number.is.number <= EXACT_MAX) {
        return value_write(number, at);
    }
    *at = '"';
    at = value_write(number, at + 1);
    *at = '"';
    return at + 1;
}

static inline void add_value(struct json *json, struct key key, struct value value)
{
    if (json->flat != NULL) {
        add_flat(json, key, value);
        return;
    }
    char *at = begin_value(json, key, VALUE_TEXT_SIZE);
    text_end(json->out,
             value.kind == VALUE_NUMBER ? write_number(value, at) : write_other(json, value, at));
}

/* ---- Records and lists ---- */

static struct key key_of(const char *text)
{
    const struct key key = {text, strlen(text)};
    return key;
}

/* What each limit allows; of a request, what it needs and there is. */
static void add_limits(struct json *json, const struct field *field, const struct limits *limits)
{
    for (uint32_t i = 0; i < limits->count; i++) {
        const struct key name = key_of(cnicalc_limit_name(limits->rows[i].limit));
        const struct value needed = value_count(limits->rows[i].needed);
        const struct value available = value_count(limits->rows[i].available);
        if (field->kind == FIELD_NEEDS) {
            open_tree(json, name, '{');
            add_value(json, key_of("needed"), needed);
            add_value(json, key_of("available"), available);
            close_tree(json, '}');
        } else {
            add_value(json, name, available);
        }
    }
}

static void add_words(struct json *json, struct key key, const struct words *words)
{
    open_tree(json, key, '[');
    for (size_t i = 0; i < words->count; i++) {
        add_value(json, KEY_NONE, value_text(words->texts[i]));
    }
    close_tree(json, ']');
}

static void add_list(struct json *json, struct key key, const struct field *fields,
                     const struct list *list);

static void add_field(struct json *json, struct key key, const struct field *field, const char *row)
{
    const void *member = row + field->where;
    char buffer[VALUE_TEXT_SIZE];
    if (field->kind == FIELD_LIST) {
        add_list(json, key, field->of, member);
    } else if (field->kind == FIELD_WORDS) {
        add_words(json, key, member);
    } else if (field->kind == FIELD_LIMITS || field->kind == FIELD_NEEDS) {
        const struct limits limits = field_limits(field, row);
        open_tree(json, key, '{');
        add_limits(json, field, &limits);
        close_tree(json, '}');
    } else {
        const struct value value = field_value(field, row, buffer);
        if (value.kind != VALUE_NULL || field->kind != FIELD_EXTRA) {
            add_value(json, key, value);
        }
    }
}

/* One of what there is to do for each record of a table: its fields without groups, and the
 * beginnings and ends of records in it. */
struct step {
    struct key key;            /* none: the end of a record */
    const struct field *field; /* NULL: no field */
    size_t where;              /* of the group that it is in */
    int is_value;              /* always: no list, no record, and it is not left out */
};

/* More than fields of a table and records in it, all of which tests print. */
#define STEPS_MAX 64

struct steps {
    struct step items[STEPS_MAX];
    size_t count;
};

static int is_value(enum field_kind kind)
{
    return kind != FIELD_LIST && kind != FIELD_WORDS && kind != FIELD_LIMITS &&
           kind != FIELD_NEEDS && kind != FIELD_EXTRA;
}

static void add_step(struct steps *steps, struct key key, const struct field *field, size_t where)
{
    const struct step step = {key, field, where, field != NULL && is_value(field->kind)};
    if (steps->count == STEPS_MAX) {
        abort();
    }
    steps->items[steps->count++] = step;
}

/* Of a key, what is before the dot. */
static struct key outer_key(const struct field *field)
{
    const char *dot = field->kind == FIELD_GROUP ? NULL : strchr(field->key, '.');
    const struct key outer = {field->key, dot == NULL ? 0 : (size_t)(dot - field->key)};
    return outer;
}

/* Fields in a row whose keys begin alike are in one record. */
static void add_steps(const struct field *fields, size_t where, struct steps *steps)
{
    struct key inside = KEY_NONE;
    for (const struct field *field = fields; field->kind != FIELD_END; field++) {
        const struct key outer = outer_key(field);
        int is_same = outer.length == inside.length &&
                      (outer.length == 0 || memcmp(outer.text, inside.text, outer.length) == 0);
        if (!is_same && inside.length != 0) {
            add_step(steps, KEY_NONE, NULL, where);
        }
        if (!is_same && outer.length != 0) {
            add_step(steps, outer, NULL, where);
        }
        inside = outer;
        if (field->kind == FIELD_GROUP) {
            add_steps(field->of, where + field->where, steps);
        } else {
            add_step(steps, key_of(field->key + outer.length + (outer.length != 0)), field, where);
        }
    }
    if (inside.length != 0) {
        add_step(steps, KEY_NONE, NULL, where);
    }
}

static void set_steps(struct steps *steps, const struct field *fields)
{
    steps->count = 0;
    add_steps(fields, 0, steps);
}

static void add_values(struct json *json, const struct steps *steps, const char *row)
{
    for (size_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->items[i];
        if (step->is_value) {
            char buffer[VALUE_TEXT_SIZE];
            add_value(json, step->key, field_value(step->field, row + step->where, buffer));
        } else if (step->field != NULL) {
            add_field(json, step->key, step->field, row + step->where);
        } else if (step->key.length != 0) {
            open_tree(json, step->key, '{');
        } else {
            close_tree(json, '}');
        }
    }
}

static void add_record(struct json *json, struct key key, const struct steps *steps,
                       const char *row)
{
    open_tree(json, key, '{');
    add_values(json, steps, row);
    close_tree(json, '}');
}

static void add_list(struct json *json, struct key key, const struct field *fields,
                     const struct list *list)
{
    const char *row = list->rows;
    struct steps steps;
    set_steps(&steps, fields);
    open_tree(json, key, '[');
    for (size_t i = 0; i < list->count; i++) {
        add_record(json, KEY_NONE, &steps, row);
        row += list->size;
    }
    close_tree(json, ']');
}

/* ---- Answers ---- */

static struct json json_to(struct text_buffer *out, int compact)
{
    const struct json json = {out, NULL, compact, 0, JSON_OUTSIDE, 1};
    return json;
}

/* Makes room for rows, as long as they mostly are. */
static void make_room(struct text_buffer *out, const struct field *fields, size_t count)
{
    size_t length = 0;
    for (const struct field *field = fields; field->kind != FIELD_END; field++) {
        length += field->kind == FIELD_GROUP ? 0 : strlen(field->key) + sizeof "\"\": \"value\", ";
    }
    text_grow(out, count * length);
}

void output_json(struct text_buffer *out, const struct answer *answer)
{
    struct json json = json_to(out, 0);
    if (answer->record != NULL) {
        struct steps steps;
        set_steps(&steps, answer->fields);
        add_record(&json, KEY_NONE, &steps, answer->record);
    } else {
        make_room(out, answer->row_fields, answer->rows.list.count);
        add_list(&json, KEY_NONE, answer->row_fields, &answer->rows.list);
    }
}

void output_json_field(struct text_buffer *out, const struct field *field, const void *row)
{
    struct json json = json_to(out, 1);
    add_field(&json, KEY_NONE, field, row);
}

void output_json_flat(struct text_buffer *out, const struct field *fields, const void *row)
{
    struct json json = json_to(out, 0);
    struct flat flat = {.depth = 0};
    struct steps steps;
    set_steps(&steps, fields);
    open_tree(&json, KEY_NONE, '{');
    json.flat = &flat;
    add_values(&json, &steps, row);
    json.flat = NULL;
    close_tree(&json, '}');
}
