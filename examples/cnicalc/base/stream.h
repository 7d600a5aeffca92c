/* SPDX-License-Identifier: MIT */
/* Lines in and text out, of any length, in constant memory. */
#ifndef CNICALC_TOOL_STREAM_H
#define CNICALC_TOOL_STREAM_H

#include <stddef.h>
#include <stdint.h>

/* A line must fit in here. */
#define STREAM_SIZE ((size_t)65536)

/* Standard input. Begin with zeros. */
struct reader {
    char buffer[STREAM_SIZE];
    size_t start; /* of what is not read yet */
    size_t end;
    int ended;
    int skipping; /* what is read belongs to a line that does not fit */
    int failure;  /* errno of a read that failed, or 0 */
};

/* Standard output. Begin with zeros. */
struct writer {
    char buffer[STREAM_SIZE];
    size_t length;
    int failure; /* errno of a write that failed, or 0; what comes behind it is dropped */
};

enum line_kind { LINE_NONE, LINE_WHOLE, LINE_TOO_LONG };

/* The next line, without its newline and without a NUL, until the next call. The last one may lack
 * its newline. */
enum line_kind reader_line(struct reader *reader, const char **out_line, size_t *out_length);

void writer_put(struct writer *writer, const char *text, size_t length);
void writer_put_text(struct writer *writer, const char *text);
void writer_put_number(struct writer *writer, uint64_t number);
void writer_flush(struct writer *writer);

#endif
