/* SPDX-License-Identifier: MIT */
#include "output.h"

#include "../base/complaint.h"
#include "print.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of a text that goes to stdout before it is whole. */
#define LONG ((size_t)64 * 1024)

static const char *const format_names[OUTPUT_COUNT] = {
    "table", "json", "tsv", "svg", "args", "github", "openmetrics", "terraform"};

size_t output_names(uint32_t formats, const char *names[OUTPUT_COUNT])
{
    size_t count = 0;
    for (uint32_t i = 0; i < OUTPUT_COUNT; i++) {
        if ((formats & OUTPUT_BIT(i)) != 0) {
            names[count++] = format_names[i];
        }
    }
    return count;
}

int output_choose(const struct args *args, uint32_t formats, enum output_format *out_format)
{
    const char *names[OUTPUT_COUNT];
    const struct names_of choices = {args->subcommand, "-o ", names, output_names(formats, names)};
    size_t index = 0;
    if (args->output != NULL && !names_parse(&choices, args->output, &index)) {
        return 0;
    }
    for (uint32_t i = 0; i < OUTPUT_COUNT; i++) {
        if (format_names[i] == names[index]) {
            *out_format = (enum output_format)i;
        }
    }
    return 1;
}

void output_begin(void)
{
    if (fileno(stdout) >= 0) { /* a stream in memory keeps its buffer */
        setvbuf(stdout, NULL, _IONBF, 0);
    }
}

void output_flush(struct text_buffer *out)
{
    if (out->length != 0) {
        fwrite(out->text, 1, out->length, stdout);
    }
    out->length = 0;
}

void output_flush_long(struct text_buffer *out)
{
    if (out->length >= LONG) {
        output_flush(out);
    }
}

void output_blocks(struct text_buffer *out, const struct list *list, const char *between,
                   const char *around)
{
    const cnicalc_cidr *blocks = list->rows;
    char text[CNICALC_CIDR_TEXT_SIZE];
    for (size_t i = 0; i < list->count; i++) {
        expect_ok(cnicalc_cidr_format(&blocks[i], text, sizeof text));
        text_add_plain(out, i == 0 ? "" : between);
        text_add_plain(out, around);
        text_add_plain(out, text);
        text_add_plain(out, around);
        output_flush_long(out);
    }
}

int output_block_lines(struct text_buffer *out, const struct answer *answer)
{
    if (answer->blocks == NULL) {
        return 0;
    }
    output_blocks(out, answer->blocks, "\n", "");
    text_add_plain(out, answer->blocks->count == 0 ? "" : "\n");
    return 1;
}

static int wants_colour(void)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    return isatty(STDOUT_FILENO) && (no_colour == NULL || *no_colour == '\0') && terminal != NULL &&
           strcmp(terminal, "dumb") != 0;
}

/* Texts, one a line. */
static void add_lines(struct text_buffer *out, const struct words *texts)
{
    for (size_t i = 0; i < texts->count; i++) {
        text_add_plain(out, texts->texts[i]);
        text_add_plain(out, "\n");
    }
}

static void add_answer(struct text_buffer *out, const struct answer *answer,
                       enum output_format format)
{
    if (format == OUTPUT_JSON && answer->is_flat) {
        output_json_flat(out, answer->fields, answer->record);
        text_add_plain(out, "\n");
    } else if (format == OUTPUT_JSON) {
        output_json(out, answer);
        text_add_plain(out, "\n");
    } else if (format == OUTPUT_TSV) {
        output_tsv(out, answer);
    } else if (format == OUTPUT_ARGS) {
        add_lines(out, &answer->arguments);
    } else if (format != OUTPUT_TABLE) {
        text_add_plain(out, answer->rendered);
    } else if (answer->lines.count != 0) {
        add_lines(out, &answer->lines);
    } else if (!output_block_lines(out, answer)) {
        output_table(out, answer, wants_colour());
    }
}

void output_print(const struct answer *answer, enum output_format format)
{
    struct text_buffer out = {NULL, 0, 0};
    for (size_t i = 0; i < answer->warnings.count; i++) {
        complain_line(answer->warnings.texts[i]);
    }
    if (answer->record == NULL && answer->row_fields == NULL) {
        return;
    }
    errno = 0; /* from here on, what fails is a write; see output_end() */
    add_answer(&out, answer, format);
    output_flush(&out);
}

int output_end(const char *subcommand)
{
    int failed = ferror(stdout) != 0; /* then errno is still that of the write */
    failed |= fclose(stdout) != 0;
    if (!failed || errno == EPIPE) {
        return 1;
    }
    complain(subcommand, "stdout", "cannot write: %s", strerror(errno));
    return 0;
}
