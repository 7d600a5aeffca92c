/* SPDX-License-Identifier: MIT */
#include "query.h"

#include "../base/memory.h"
#include "../base/utf8.h"

#include <stdint.h>
#include <string.h>

/* Terraform sends a handful. */
#define MEMBERS_MAX 256

struct cursor {
    const char *text;
    size_t length;
    size_t next;
    const char *fault; /* NULL: none so far */
};

/* Nothing is read after the first fault. */
static int fail(struct cursor *cursor, const char *why)
{
    cursor->fault = why;
    return 0;
}

/* The next byte, or 0 at the end: a text has no other 0 that is legal. */
static char peek(const struct cursor *cursor)
{
    return cursor->next < cursor->length ? cursor->text[cursor->next] : '\0';
}

static void skip_blanks(struct cursor *cursor)
{
    while (peek(cursor) != '\0' && strchr(" \t\r\n", peek(cursor)) != NULL) {
        cursor->next++;
    }
}

static int take(struct cursor *cursor, char wanted, const char *why)
{
    skip_blanks(cursor);
    if (peek(cursor) != wanted) {
        return fail(cursor, why);
    }
    cursor->next++;
    return 1;
}

static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    char lower = c >= 'A' && c <= 'F' ? (char)(c - 'A' + 'a') : c;
    const char *found = c == '\0' ? NULL : strchr(digits, lower);
    return found == NULL ? -1 : (int)(found - digits);
}

/* Four digits. */
static int take_unit(struct cursor *cursor, uint32_t *out_unit)
{
    uint32_t unit = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(peek(cursor));
        if (digit < 0) {
            return fail(cursor, "\\u needs four hexadecimal digits");
        }
        unit = unit * 16 + (uint32_t)digit;
        cursor->next++;
    }
    *out_unit = unit;
    return 1;
}

/* What follows \u: one unit, or a pair of surrogates. */
static int take_unicode(struct cursor *cursor, uint32_t *out_character)
{
    static const char lone[] = "half of a surrogate pair";
    uint32_t low = 0;
    if (!take_unit(cursor, out_character)) {
        return 0;
    }
    if (*out_character == 0) {
        return fail(cursor, "the character 0");
    }
    if (*out_character < 0xd800 || *out_character > 0xdfff) {
        return 1;
    }
    if (*out_character > 0xdbff || peek(cursor) != '\\') {
        return fail(cursor, lone);
    }
    cursor->next++;
    if (peek(cursor) != 'u') {
        return fail(cursor, lone);
    }
    cursor->next++;
    if (!take_unit(cursor, &low)) {
        return 0;
    }
    if (low < 0xdc00 || low > 0xdfff) {
        return fail(cursor, lone);
    }
    *out_character = 0x10000 + ((*out_character - 0xd800) << 10) + (low - 0xdc00);
    return 1;
}

static int take_escape(struct cursor *cursor, char *text, size_t *length)
{
    static const char names[] = "\"\\/bfnrt";
    static const char characters[] = "\"\\/\b\f\n\r\t";
    char name = peek(cursor);
    const char *found = name == '\0' ? NULL : strchr(names, name);
    uint32_t character = 0;
    if (found != NULL) {
        cursor->next++;
        text[(*length)++] = characters[found - names];
        return 1;
    }
    if (name != 'u') {
        return fail(cursor, "no such escape");
    }
    cursor->next++;
    if (!take_unicode(cursor, &character)) {
        return 0;
    }
    *length += utf8_write(character, text + *length);
    return 1;
}

/* One that is not escaped. The NUL after the text ends one that is cut off. */
static int take_character(struct cursor *cursor, char *text, size_t *length)
{
    size_t size = utf8_length(cursor->text + cursor->next);
    if (size == 0) {
        return fail(cursor, "a byte that is not UTF-8");
    }
    memcpy(text + *length, cursor->text + cursor->next, size);
    *length += size;
    cursor->next += size;
    return 1;
}

static int take_string(struct cursor *cursor, const char *why, const char **out_text)
{
    if (!take(cursor, '"', why)) {
        return 0;
    }
    /* No escape is shorter than its character. */
    char *text = memory_take(cursor->length - cursor->next + UTF8_SIZE, 1);
    size_t length = 0;
    while (peek(cursor) != '"') {
        char c = peek(cursor);
        if ((unsigned char)c < ' ') {
            return fail(cursor, cursor->next == cursor->length ? "a string has no end"
                                                               : "a control character");
        }
        if (c != '\\') {
            if (!take_character(cursor, text, &length)) {
                return 0;
            }
            continue;
        }
        cursor->next++;
        if (!take_escape(cursor, text, &length)) {
            return 0;
        }
    }
    cursor->next++;
    *out_text = text;
    return 1;
}

const char *query_value(const struct query *query, const char *key)
{
    for (size_t i = 0; i < query->count; i++) {
        if (strcmp(query->members[i].key, key) == 0) {
            return query->members[i].value;
        }
    }
    return NULL;
}

static int take_member(struct cursor *cursor, struct query *query)
{
    struct query_member member;
    if (query->count == MEMBERS_MAX) {
        return fail(cursor, "more than 256 members");
    }
    if (!take_string(cursor, "a key in double quotes is expected", &member.key) ||
        !take(cursor, ':', "a colon is expected") ||
        !take_string(cursor, "a string in double quotes is expected", &member.value)) {
        return 0;
    }
    if (query_value(query, member.key) != NULL) {
        return fail(cursor, "the key occurs twice");
    }
    query->members[query->count++] = member;
    return 1;
}

static int take_object(struct cursor *cursor, struct query *query)
{
    if (!take(cursor, '{', "an object in braces is expected")) {
        return 0;
    }
    skip_blanks(cursor);
    int is_open = peek(cursor) != '}';
    while (is_open) {
        if (!take_member(cursor, query)) {
            return 0;
        }
        skip_blanks(cursor);
        is_open = peek(cursor) == ',';
        cursor->next += (size_t)is_open;
    }
    if (!take(cursor, '}', "a comma or a closing brace is expected")) {
        return 0;
    }
    skip_blanks(cursor);
    if (cursor->next != cursor->length) {
        return fail(cursor, "there is text after the object");
    }
    return 1;
}

const char *query_parse(const char *text, size_t length, struct query *out_query,
                        size_t *out_offset)
{
    struct cursor cursor = {text, length, 0, NULL};
    out_query->members = memory_take(MEMBERS_MAX, sizeof *out_query->members);
    out_query->count = 0;
    take_object(&cursor, out_query);
    *out_offset = cursor.next;
    return cursor.fault;
}
