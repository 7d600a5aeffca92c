/* SPDX-License-Identifier: MIT */
#include "file.h"

#include "memory.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* A catalogue of every type of the cloud is a tenth of a MiB. */
#define FILE_SIZE_MAX ((size_t)64 * 1024 * 1024)

static const char *read_stream(FILE *stream, char **out_text, size_t *out_length)
{
    size_t capacity = 64 * (size_t)1024;
    size_t length = 0;
    char *text = memory_take(capacity, 1);
    for (;;) {
        length += fread(text + length, 1, capacity - length, stream);
        if (ferror(stream)) {
            return strerror(errno);
        }
        if (length < capacity) {
            break;
        }
        if (capacity >= FILE_SIZE_MAX) {
            return "the file exceeds 64 MiB";
        }
        char *longer = memory_take(capacity, 2);
        memcpy(longer, text, length);
        text = longer;
        capacity *= 2;
    }
    *out_text = memory_copy(text, length);
    *out_length = length;
    return NULL;
}

/* Takes off what other systems write: a byte order mark, and a carriage return before a newline. */
static size_t normalise(char *text, size_t length)
{
    size_t from = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    size_t to = 0;
    for (; from < length; from++) {
        int ends_line = text[from] == '\r' && (from + 1 == length || text[from + 1] == '\n');
        if (!ends_line) {
            text[to++] = text[from];
        }
    }
    text[to] = '\0';
    return to;
}

const char *file_take_stdin(void)
{
    static int is_taken;
    const char *why = is_taken ? "it is read already" : NULL;
    is_taken = 1;
    return why;
}

const char *file_read(const char *path, char **out_text, size_t *out_length)
{
    int is_stdin = strcmp(path, "-") == 0;
    const char *why = is_stdin ? file_take_stdin() : NULL;
    FILE *stream = is_stdin ? stdin : fopen(path, "rb");
    if (stream == NULL) {
        return strerror(errno);
    }
    if (why == NULL) {
        why = read_stream(stream, out_text, out_length);
    }
    if (why == NULL) {
        *out_length = normalise(*out_text, *out_length);
    }
    if (!is_stdin) {
        fclose(stream);
    }
    return why;
}
