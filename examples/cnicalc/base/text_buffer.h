/* SPDX-License-Identifier: MIT */
/* A text that grows at its end. */
#ifndef CNICALC_TOOL_TEXT_BUFFER_H
#define CNICALC_TOOL_TEXT_BUFFER_H

#include <stddef.h>
#include <string.h>

/* Begin with zeros. */
struct text_buffer {
    char *text; /* with a NUL after it; NULL while it is empty */
    size_t length;
    size_t capacity;
};

#if defined(__GNUC__)
#define TEXT_BUFFER_FORMAT __attribute__((format(printf, 2, 3)))
#else
#define TEXT_BUFFER_FORMAT
#endif

/* Makes room for a text that is longer by so many bytes. */
void text_grow(struct text_buffer *buffer, size_t length);

/* Where the text ends, with room for so many bytes and a NUL. text_end() says what became of it. */
static inline char *text_reserve(struct text_buffer *buffer, size_t length)
{
    if (buffer->text == NULL || length >= buffer->capacity - buffer->length) {
        text_grow(buffer, length);
    }
    return buffer->text + buffer->length;
}

/* Makes the text end somewhere else in its room. */
static inline void text_end(struct text_buffer *buffer, char *end)
{
    buffer->length = (size_t)(end - buffer->text);
    *end = '\0';
}

/* Makes the text longer. Returns where the new bytes begin, which the caller writes. */
static inline char *text_room(struct text_buffer *buffer, size_t length)
{
    char *begin = text_reserve(buffer, length);
    text_end(buffer, begin + length);
    return begin;
}

/* Adds a piece of at most 1023 bytes. */
TEXT_BUFFER_FORMAT void text_add(struct text_buffer *buffer, const char *format, ...);

/* Adds a text of any length, or some bytes. */
static inline void text_add_bytes(struct text_buffer *buffer, const char *text, size_t length)
{
    memcpy(text_room(buffer, length), text, length);
}
static inline void text_add_plain(struct text_buffer *buffer, const char *text)
{
    text_add_bytes(buffer, text, strlen(text));
}

/* Adds the name of a zone, after "zone " where it does not begin like that itself. */
void text_add_zone(struct text_buffer *buffer, const char *name);

/* Adds a paragraph, broken at blanks into lines of a width, each with a newline. A word that is
 * longer than a line has one of its own. */
void text_add_filled(struct text_buffer *buffer, const char *paragraph, size_t width);

/* Adds a text to XML 1.0: with references for its special characters, and with U+FFFD in place of
 * what is no character. */
void text_add_xml(struct text_buffer *buffer, const char *text);

#endif
