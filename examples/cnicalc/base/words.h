/* SPDX-License-Identifier: MIT */
/* A list of texts that grows. */
#ifndef CNICALC_TOOL_WORDS_H
#define CNICALC_TOOL_WORDS_H

#include <stddef.h>

/* Begin with zeros. */
struct words {
    char **texts; /* with a NULL after the last */
    size_t count;
    size_t capacity;
};

/* Adds a copy of length bytes, or of a whole text. */
void words_add(struct words *words, const char *text, size_t length);
void words_add_text(struct words *words, const char *text);

#endif
