/* SPDX-License-Identifier: MIT */
/* Lines in and text out, of any length, in constant memory. */
#ifndef CNICALC_TOOL_STREAM_H
#define CNICALC_TOOL_STREAM_H

#include <stddef.h>
#include <stdint.h>

/* A line must fit in here. */
#define STREAM_SIZE ((size_t)65536)

/* Standard input. */
struct reader {
    char buffer[STREAM_SIZE];
    size_t start; /* of what is not read yet */
    size_t end;
    uint64_t lines; /* that were read */
    int ended;
    int skipping;        /* what is read belongs to a line that does not fit */
    const char *failure; /* why reading failed, or NULL */
};

struct line {
    const char *text; /* without a NUL, until the next call */
    size_t length;    /* without the end of the line, LF or CRLF, and without a byte order mark */
    uint64_t number;  /* from 1 */
    int is_whole;     /* 0: it is longer than STREAM_SIZE, and this is not all of it */
};

/* Standard output. Begin with zeros. */
struct writer {
    char buffer[STREAM_SIZE];
    size_t length;
    int failure; /* errno of a write that failed, or 0; what comes after it is dropped */
};

struct reader *reader_begin(void);

/* The next line; the last one may lack its end. Returns 1, or 0 where there is none. */
int reader_line(struct reader *reader, struct line *out_line);

void writer_put(struct writer *writer, const char *text, size_t length);
void writer_put_text(struct writer *writer, const char *text);
void writer_flush(struct writer *writer);

#endif
