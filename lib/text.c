/* SPDX-License-Identifier: MIT */
#include "text.h"

#include <string.h>

void cnicalc__text_begin(cnicalc__text *text)
{
    text->len = 0;
}

static void append(cnicalc__text *text, const char *bytes, size_t count)
{
    size_t room = CNICALC__TEXT_SIZE - text->len;
    size_t kept = count < room ? count : room;
    memcpy(text->buffer + text->len, bytes, kept);
    text->len += kept;
}

void cnicalc__text_string(cnicalc__text *text, const char *string)
{
    append(text, string, strlen(string));
}

void cnicalc__text_u64(cnicalc__text *text, uint64_t value)
{
    char digits[20]; /* 2^64 - 1 has 20 digits */
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    append(text, digits + at, sizeof digits - at);
}

cnicalc_status cnicalc__text_copy(const cnicalc__text *text, char *out_text, size_t capacity)
{
    if (text->len >= capacity || text->len == CNICALC__TEXT_SIZE) {
        return CNICALC_ERR_CAPACITY;
    }
    memcpy(out_text, text->buffer, text->len);
    out_text[text->len] = '\0';
    return CNICALC_OK;
}
