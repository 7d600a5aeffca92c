/* SPDX-License-Identifier: MIT */
#include "output.h"

#include "../base/complaint.h"
#include "print.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int output_choose(const struct args *args, int draws, enum output_format *out_format)
{
    static const char *const names[] = {"table", "json", "tsv", "svg"};
    size_t index = OUTPUT_TABLE;
    if (args->output != NULL &&
        !args_choose(args->subcommand, "-o ", args->output, names, draws ? 4 : 3, &index)) {
        return 0;
    }
    *out_format = (enum output_format)index;
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
    case VALUE_LIST:
    case VALUE_RECORD:
    default:
        return "-";
    }
}

static void print_tsv_row(const struct answer *answer, const struct value *row)
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
    for (size_t i = 0; i < answer->column_count; i++) {
        printf("%s%s", i == 0 ? "" : "\t", answer->columns[i].key);
    }
    putchar('\n');
    if (answer->rows == NULL) {
        print_tsv_row(answer, answer->document);
        return;
    }
    for (const struct value *row = answer->rows->first; row != NULL; row = row->next) {
        print_tsv_row(answer, row);
    }
}

static int wants_colour(void)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    return isatty(STDOUT_FILENO) && (no_colour == NULL || *no_colour == '\0') && terminal != NULL &&
           strcmp(terminal, "dumb") != 0;
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
    if (format == OUTPUT_JSON || answer->only_json) {
        output_json(answer->document, 0);
        putchar('\n');
    } else if (format == OUTPUT_TSV) {
        print_tsv(answer);
    } else if (format == OUTPUT_SVG) {
        fputs(answer->image, stdout);
    } else {
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
