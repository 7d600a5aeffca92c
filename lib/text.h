/* SPDX-License-Identifier: MIT */
/* Writing short texts piece by piece: built aside, then copied to the caller whole or not at all.
 */
#ifndef CNICALC_LIB_TEXT_H
#define CNICALC_LIB_TEXT_H

#include "cnicalc/base.h"

/* Longer than any text of this library; a piece that would pass it is cut, and copy fails. */
#define CNICALC__TEXT_SIZE 512

typedef struct cnicalc__text {
    size_t len;
    char buffer[CNICALC__TEXT_SIZE];
} cnicalc__text;

void cnicalc__text_begin(cnicalc__text *text);
void cnicalc__text_string(cnicalc__text *text, const char *string);
void cnicalc__text_u64(cnicalc__text *text, uint64_t value);

/* Copies the text with its NUL, or returns CNICALC_ERR_CAPACITY and writes nothing. */
cnicalc_status cnicalc__text_copy(const cnicalc__text *text, char *out_text, size_t capacity);

#endif
