/* SPDX-License-Identifier: MIT */
#include "output.h"

#include "../base/complaint.h"
#include "print.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

const char *output_cell(const struct value *value, const char *yes, const char *no,
                        char buffer[NUMBER_TEXT_SIZE])
{
    switch (value->kind) {
    case VALUE_BOOL:
        return value->number ? yes : no;
    case VALUE_NUMBER:
        value_format_number(value, buffer);
        return buffer;
    case VALUE_TEXT:
        return value->text;
    case VALUE_NULL:
    case VALUE_BLOCKS:
    case VALUE_LIST:
    case VALUE_RECORD:
        break;
    }
    return "-";
}

void output_blocks(const struct value *blocks, const char *between, const char *around)
{
    char text[CNICALC_CIDR_TEXT_SIZE];
    for (uint64_t i = 0; i < blocks->number; i++) {
        expect_ok(cnicalc_cidr_format(&blocks->blocks[i], text, sizeof text));
        fputs(i == 0 ? "" : between, stdout);
        fputs(around, stdout);
        fputs(text, stdout);
        fputs(around, stdout);
    }
}

/* A list of blocks as lines. */
static int print_block_lines(const struct answer *answer)
{
    if (answer->rows == NULL || answer->rows->kind != VALUE_BLOCKS) {
        return 0;
    }
    output_blocks(answer->rows, "\n", "");
    fputs(answer->rows->number == 0 ? "" : "\n", stdout);
    return 1;
}

void output_tsv_head(const struct answer *answer)
{
    for (size_t i = 0; i < answer->column_count; i++) {
        printf("%s%s", i == 0 ? "" : "\t", answer->columns[i].key);
    }
    putchar('\n');
}

void output_tsv_row(const struct answer *answer, const struct value *row)
{
    for (size_t i = 0; i < answer->column_count; i++) {
        char buffer[NUMBER_TEXT_SIZE];
        const struct value *value = value_at(row, answer->columns[i].key);
        fputs(i == 0 ? "" : "\t", stdout);
        if (value->kind == VALUE_LIST || value->kind == VALUE_RECORD) {
            output_json(value, 1);
        } else {
            fputs(output_cell(value, "true", "false", buffer), stdout);
        }
    }
    putchar('\n');
}

static void print_tsv(const struct answer *answer)
{
    output_tsv_head(answer);
    if (print_block_lines(answer)) {
        return;
    }
    if (answer->rows == NULL) {
        output_tsv_row(answer, answer->document);
        return;
    }
    for (const struct value *row = answer->rows->first; row != NULL; row = row->next) {
        output_tsv_row(answer, row);
    }
}

static int wants_colour(void)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    return isatty(STDOUT_FILENO) && (no_colour == NULL || *no_colour == '\0') && terminal != NULL &&
           strcmp(terminal, "dumb") != 0;
}

/* Texts, one a line. */
static void print_texts(const struct value *texts)
{
    for (const struct value *text = texts->first; text != NULL; text = text->next) {
        puts(text->text);
    }
}

void output_print(const struct answer *answer, enum output_format format)
{
    if (answer->warnings != NULL) {
        for (const struct value *line = answer->warnings->first; line != NULL; line = line->next) {
            complain_line(line->text);
        }
    }
    if (answer->document == NULL) {
        return;
    }
    int colour = wants_colour();
    errno = 0; /* from here on, what fails is a write; see output_end() */
    if (format == OUTPUT_JSON) {
        output_json(answer->document, 0);
        putchar('\n');
    } else if (format == OUTPUT_TSV) {
        print_tsv(answer);
    } else if (format == OUTPUT_ARGS) {
        print_texts(answer->arguments);
    } else if (format != OUTPUT_TABLE) {
        fputs(answer->rendered, stdout);
    } else if (!print_block_lines(answer)) {
        output_table(answer, colour);
    }
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
