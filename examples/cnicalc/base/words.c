/* SPDX-License-Identifier: MIT */
#include "words.h"

#include "memory.h"

#include <string.h>

void words_add(struct words *words, const char *text, size_t length)
{
    if (words->count + 1 >= words->capacity) {
        size_t capacity = words->capacity == 0 ? 8 : words->capacity * 2;
        char **texts = memory_take(capacity, sizeof *texts);
        if (words->count != 0) {
            memcpy(texts, words->texts, words->count * sizeof *texts);
        }
        words->texts = texts;
        words->capacity = capacity;
    }
    words->texts[words->count++] = memory_copy(text, length);
}

void words_add_text(struct words *words, const char *text)
{
    words_add(words, text, strlen(text));
}
