/* SPDX-License-Identifier: MIT */
/* UTF-8, as far as names of the user's need it. */
#ifndef CNICALC_TOOL_UTF8_H
#define CNICALC_TOOL_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of the well-formed character at the beginning of a text with a NUL after it (RFC 3629);
 * 0 where there is none. */
size_t utf8_length(const char *text);

/* How many characters a text of some bytes has, with a NUL after it; a byte that is no part of one
 * counts as one. */
size_t utf8_count(const char *text, size_t length);

/* Room for one character. */
#define UTF8_SIZE 4

/* Writes a character of at most 0x10ffff, without a NUL. Returns its bytes. */
size_t utf8_write(uint32_t character, char out_text[UTF8_SIZE]);

#endif
