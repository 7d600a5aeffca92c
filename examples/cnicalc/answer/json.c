/* SPDX-License-Identifier: MIT */
/* An answer as JSON: what is directly in it has a line each, or all is without blanks. */
#include "print.h"

#include "../base/utf8.h"

/* A whole number above 2^53 is written as a string: readers that have doubles alone would change
 * it.
 */
#define EXACT_MAX (UINT64_C(1) << 53)

/* Whether a character is as it is in a string; the NUL is not. */
static int is_plain(char c)
{
    return c >= ' ' && c < 0x7f && c != '"' && c != '\\';
}

/* RFC 8259, section 7. A byte that is no part of UTF-8 text is written as the character of that
 * number, so that the answer is JSON whatever the bytes are. */
static void add_string(struct text_buffer *out, const char *text)
{
    text_add_plain(out, "\"");
    while (*text != '\0') {
        size_t length = 0;
        while (is_plain(text[length])) {
            length++;
        }
        text_add_bytes(out, text, length);
        text += length;
        unsigned char c = (unsigned char)*text;
        length = utf8_length(text);
        if (c == '"' || c == '\\') {
            text_add(out, "\\%c", c);
        } else if (c != '\0' && (c < ' ' || c == 0x7f || length == 0)) {
            text_add(out, "\\u%04x", c);
        } else {
            text_add_bytes(out, text, length);
        }
        text += length == 0 && c != '\0' ? 1 : length;
    }
    text_add_plain(out, "\"");
}

/* What goes before a value: a comma, its line or blank, its key. */
static void add_lead(struct json *json, const char *key)
{
    int is_first = json->is_first;
    json->is_first = 0;
    if (json->depth == 0) {
        return;
    }
    if (!json->compact && json->depth == 1) {
        text_add_plain(json->out, is_first ? "\n  " : ",\n  ");
    } else if (!is_first) {
        text_add_plain(json->out, json->compact ? "," : ", ");
    }
    if (key != NULL) { /* of which none needs an escape */
        text_add_plain(json->out, "\"");
        text_add_plain(json->out, key);
        text_add_plain(json->out, json->compact ? "\":" : "\": ");
    }
}

static void add_bracket(struct json *json, char bracket)
{
    text_add_bytes(json->out, &bracket, 1);
}

static void open_tree(struct visitor *visitor, const char *key, char bracket)
{
    struct json *json = (struct json *)visitor;
    add_lead(json, key);
    add_bracket(json, bracket);
    json->depth++;
    json->is_first = 1;
}

static void close_tree(struct visitor *visitor, char bracket)
{
    struct json *json = (struct json *)visitor;
    json->depth--;
    text_add_plain(json->out, json->depth == 0 && !json->compact && !json->is_first ? "\n" : "");
    add_bracket(json, bracket);
    json->is_first = 0;
}

static void add_value(struct visitor *visitor, const char *key, const struct value *value)
{
    struct json *json = (struct json *)visitor;
    char buffer[VALUE_TEXT_SIZE];
    add_lead(json, key);
    if (value->kind == VALUE_TEXT) {
        add_string(json->out, value->text);
    } else if (value->kind == VALUE_NULL) {
        text_add_plain(json->out, "null");
    } else if (value->kind == VALUE_BLOCKS) {
        add_bracket(json, '[');
        output_blocks(json->out, value, json->compact ? "," : ", ", "\"");
        add_bracket(json, ']');
    } else if (value->kind == VALUE_NUMBER && value->places == 0 && value->number > EXACT_MAX) {
        add_string(json->out, value_show(value, "", "", buffer).text);
    } else {
        const struct shown shown = value_show(value, "true", "false", buffer);
        text_add_bytes(json->out, shown.text, shown.length);
    }
}

struct json json_to(struct text_buffer *out, int compact)
{
    const struct json json = {{open_tree, add_value, close_tree}, out, compact, 0, 1};
    return json;
}

void output_json(struct text_buffer *out, const struct answer *answer)
{
    struct json json = json_to(out, 0);
    if (answer->record != NULL) {
        field_visit_record(NULL, answer->fields, answer->record, &json.visitor);
    } else {
        field_visit_list(NULL, answer->row_fields, &answer->rows.list, &json.visitor);
    }
}

void output_json_field(struct text_buffer *out, const struct field *field, const void *row)
{
    struct json json = json_to(out, 1);
    field_visit(field, row, &json.visitor);
}
