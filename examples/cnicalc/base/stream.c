/* SPDX-License-Identifier: MIT */
#include "stream.h"

#include "file.h"
#include "memory.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Moves what is left to the beginning and reads on after it. */
static void fill(struct reader *reader)
{
    ssize_t got = -1;
    if (reader->start != 0) {
        memmove(reader->buffer, reader->buffer + reader->start, reader->end - reader->start);
        reader->end -= reader->start;
        reader->start = 0;
    }
    do {
        got = read(STDIN_FILENO, reader->buffer + reader->end, STREAM_SIZE - reader->end);
    } while (got < 0 && errno == EINTR);
    if (got > 0) {
        reader->end += (size_t)got;
        return;
    }
    reader->ended = 1;
    reader->failure = got < 0 ? strerror(errno) : NULL;
}

struct reader *reader_begin(void)
{
    struct reader *reader = memory_take(1, sizeof *reader);
    reader->failure = file_take_stdin();
    return reader;
}

/* Hands out what is before the end of a line, which takes `end` bytes. */
static int take(struct reader *reader, size_t length, size_t end, struct line *line)
{
    static const char mark[] = "\xef\xbb\xbf";
    line->text = reader->buffer + reader->start;
    line->length = length;
    line->number = ++reader->lines;
    line->is_whole = !reader->skipping;
    reader->start += length + end;
    reader->skipping = 0;
    if (length != 0 && line->text[length - 1] == '\r') {
        line->length--;
    }
    if (line->number == 1 && line->length >= 3 && memcmp(line->text, mark, 3) == 0) {
        line->text += 3;
        line->length -= 3;
    }
    return 1;
}

int reader_line(struct reader *reader, struct line *out_line)
{
    for (;;) {
        const char *text = reader->buffer + reader->start;
        size_t length = reader->end - reader->start;
        const char *newline = length != 0 ? memchr(text, '\n', length) : NULL;
        if (newline != NULL) {
            return take(reader, (size_t)(newline - text), 1, out_line);
        }
        if (reader->failure != NULL) {
            return 0;
        }
        if (reader->ended) {
            return (length != 0 || reader->skipping) && take(reader, length, 0, out_line);
        }
        if (length == STREAM_SIZE) {
            reader->skipping = 1;
            reader->start = reader->end;
        }
        fill(reader);
    }
}

void writer_flush(struct writer *writer)
{
    size_t written = 0;
    while (written < writer->length && writer->failure == 0) {
        ssize_t got = write(STDOUT_FILENO, writer->buffer + written, writer->length - written);
        if (got >= 0) {
            written += (size_t)got;
        } else if (errno != EINTR) {
            writer->failure = errno;
        }
    }
    writer->length = 0;
}

void writer_put(struct writer *writer, const char *text, size_t length)
{
    if (length > STREAM_SIZE - writer->length) {
        writer_flush(writer);
    }
    memcpy(writer->buffer + writer->length, text, length);
    writer->length += length;
}

void writer_put_text(struct writer *writer, const char *text)
{
    writer_put(writer, text, strlen(text));
}
