/* SPDX-License-Identifier: MIT */
/* A document as JSON: what is directly in it has a line each, or all is without blanks. */
#include "print.h"

#include "../base/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* A whole number above 2^53 is written as a string: readers that have doubles alone would change
 * it.
 */
#define EXACT_MAX (UINT64_C(1) << 53)

/* RFC 8259, section 7. A byte that is no part of UTF-8 text is written as the character of that
 * number, so that the document is JSON whatever the bytes are. */
static void print_string(const char *text)
{
    putchar('"');
    while (*text != '\0') {
        unsigned char c = (unsigned char)*text;
        size_t length = utf8_length(text);
        if (c == '"' || c == '\\') {
            printf("\\%c", c);
        } else if (c < ' ' || c == 0x7f || length == 0) {
            printf("\\u%04x", c);
        } else {
            fwrite(text, 1, length, stdout);
        }
        text += length == 0 ? 1 : length;
    }
    putchar('"');
}

static void print_scalar(const struct value *value, int compact)
{
    char buffer[NUMBER_TEXT_SIZE];
    if (value->kind == VALUE_TEXT) {
        print_string(value->text);
    } else if (value->kind == VALUE_NULL) {
        fputs("null", stdout);
    } else if (value->kind == VALUE_BLOCKS) {
        putchar('[');
        output_blocks(value, compact ? "," : ", ", "\"");
        putchar(']');
    } else if (value->kind == VALUE_NUMBER && value->places == 0 && value->number > EXACT_MAX) {
        printf("\"%" PRIu64 "\"", value->number);
    } else {
        fputs(output_cell(value, "true", "false", buffer), stdout);
    }
}

static int is_container(const struct value *value)
{
    return value->kind == VALUE_LIST || value->kind == VALUE_RECORD;
}

/* What goes before a value: a comma, its line or blank, its key. */
static void print_lead(const struct value *value, const struct value *document, int compact)
{
    const struct value *parent = value->parent;
    if (value == document) {
        return;
    }
    if (value != parent->first) {
        putchar(',');
    }
    if (!compact && parent == document) {
        fputs("\n  ", stdout);
    } else if (!compact && value != parent->first) {
        putchar(' ');
    }
    if (value->key != NULL) {
        print_string(value->key);
        fputs(compact ? ":" : ": ", stdout);
    }
}

static void print_end(const struct value *value, const struct value *document, int compact)
{
    if (!compact && value == document && value->first != NULL) {
        putchar('\n');
    }
    putchar(value->kind == VALUE_LIST ? ']' : '}');
}

void output_json(const struct value *document, int compact)
{
    const struct value *value = document;
    while (value != NULL) {
        print_lead(value, document, compact);
        if (is_container(value)) {
            putchar(value->kind == VALUE_LIST ? '[' : '{');
            if (value->first != NULL) {
                value = value->first;
                continue;
            }
            print_end(value, document, compact);
        } else {
            print_scalar(value, compact);
        }
        while (value != document && value->next == NULL) {
            value = value->parent;
            print_end(value, document, compact);
        }
        value = value == document ? NULL : value->next;
    }
}
