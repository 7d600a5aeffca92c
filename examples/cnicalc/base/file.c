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

const char *file_read(const char *path, char **out_text, size_t *out_length)
{
    if (strcmp(path, "-") == 0) {
        return read_stream(stdin, out_text, out_length);
    }
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        return strerror(errno);
    }
    const char *why = read_stream(stream, out_text, out_length);
    fclose(stream);
    return why;
}
