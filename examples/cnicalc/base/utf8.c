/* SPDX-License-Identifier: MIT */
#include "utf8.h"

#include <string.h>

/* The bytes that the first one announces; 0 for one that begins nothing. */
static size_t announced_length(unsigned char first)
{
    if (first < 0x80) {
        return first != 0;
    }
    if (first >= 0xc2 && first <= 0xdf) {
        return 2;
    }
    if (first >= 0xe0 && first <= 0xef) {
        return 3;
    }
    return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

/* Whether a second byte makes the character one that has a shorter form, a surrogate or beyond
 * 0x10ffff. */
static int is_excluded(unsigned char first, unsigned char second)
{
    return (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
           (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f);
}

size_t utf8_length(const char *text)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t length = announced_length(bytes[0]);
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xc0) != 0x80) {
            return 0; /* the NUL too, so that nothing after it is read */
        }
    }
    return length > 1 && is_excluded(bytes[0], bytes[1]) ? 0 : length;
}

/* Those that are no ASCII have their highest bit. */
static uint64_t highest_bits(const char *text)
{
    uint64_t bytes;
    memcpy(&bytes, text, sizeof bytes);
    return bytes & UINT64_C(0x8080808080808080);
}

/* By words, of which the last overlaps the one before it. */
static int is_long_ascii(const char *text, size_t length)
{
    const size_t last = length - sizeof(uint64_t);
    uint64_t bits = highest_bits(text + last);
    for (size_t i = 0; i < last; i += sizeof(uint64_t)) {
        bits |= highest_bits(text + i);
    }
    return bits == 0;
}

size_t utf8_count(const char *text, size_t length)
{
    const char *end = text + length;
    size_t count = 0;
    if (length >= sizeof(uint64_t) && is_long_ascii(text, length)) {
        return length;
    }
    for (; text < end; count++) {
        size_t bytes = (unsigned char)*text < 0x80 ? 1 : utf8_length(text);
        text += bytes == 0 ? 1 : bytes;
    }
    return count;
}

size_t utf8_write(uint32_t character, char out_text[UTF8_SIZE])
{
    static const unsigned char leads[] = {0, 0, 0xc0, 0xe0, 0xf0};
    size_t length = 1;
    length += character >= 0x80;
    length += character >= 0x800;
    length += character >= 0x10000;
    for (size_t i = length - 1; i > 0; i--) {
        out_text[i] = (char)(0x80 | (character & 0x3f));
        character >>= 6;
    }
    out_text[0] = (char)(leads[length] | character);
    return length;
}
