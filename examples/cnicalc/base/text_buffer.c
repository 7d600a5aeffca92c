/* SPDX-License-Identifier: MIT */
#include "text_buffer.h"

#include "memory.h"
#include "utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define FIRST_CAPACITY ((size_t)64)
#define PIECE_SIZE     1024

void text_grow(struct text_buffer *buffer, size_t length)
{
    size_t capacity = (buffer->length + length + FIRST_CAPACITY) * 2;
    char *longer = memory_room(capacity, 1);
    if (buffer->text != NULL) {
        memcpy(longer, buffer->text, buffer->length);
    }
    buffer->text = longer;
    buffer->capacity = capacity;
}

void text_add_zone(struct text_buffer *buffer, const char *name)
{
    text_add_plain(buffer, strncmp(name, "zone-", 5) == 0 ? "" : "zone ");
    text_add_plain(buffer, name);
}

void text_add(struct text_buffer *buffer, const char *format, ...)
{
    char piece[PIECE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(piece, sizeof piece, format, arguments);
    va_end(arguments);
    text_add_plain(buffer, piece);
}

void text_add_filled(struct text_buffer *buffer, const char *paragraph, size_t width)
{
    size_t column = 0;
    while (*paragraph != '\0') {
        size_t length = strcspn(paragraph, " ");
        int breaks = column != 0 && column + 1 + length > width;
        text_add_plain(buffer, column == 0 ? "" : breaks ? "\n" : " ");
        text_add_bytes(buffer, paragraph, length);
        column = column == 0 || breaks ? length : column + 1 + length;
        paragraph += length + strspn(paragraph + length, " ");
    }
    text_add_plain(buffer, "\n");
}

/* How a byte is written in XML text and attributes; NULL: as it is. */
static const char *reference(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* The Char production of XML 1.0: no control characters, no U+FFFE and U+FFFF. */
static int is_xml_character(const char *text, size_t length)
{
    return length > 1 ? memcmp(text, "\xef\xbf\xbe", 3) != 0 && memcmp(text, "\xef\xbf\xbf", 3) != 0
                      : length == 1 && (unsigned char)*text >= ' ';
}

void text_add_xml(struct text_buffer *buffer, const char *text)
{
    while (*text != '\0') {
        size_t length = utf8_length(text);
        const char *shown = is_xml_character(text, length) ? reference(*text) : "\xef\xbf\xbd";
        if (shown != NULL) {
            text_add_plain(buffer, shown);
        } else {
            text_add_bytes(buffer, text, length);
        }
        text += length == 0 ? 1 : length;
    }
}
