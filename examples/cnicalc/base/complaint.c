/* SPDX-License-Identifier: MIT */
#include "complaint.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of what the user wrote, this much is repeated. */
#define WHAT_SIZE 200

/* Where the argument in question is written: NULL is the command line, line 0 the whole file. */
static const char *place_file;
static uint64_t place_line;
static int has_annotations;

void complain_at(const char *file, uint64_t line)
{
    place_file = file;
    place_line = line;
}

void complain_as_annotations(int are_annotations)
{
    has_annotations = are_annotations;
}

/* What a command of GitHub Actions reads as its own, percent-encoded. */
static void print_escaped(const char *text, const char *reserved)
{
    for (; *text != '\0'; text++) {
        fprintf(stderr, strchr(reserved, *text) != NULL ? "%%%02X" : "%c", (unsigned char)*text);
    }
}

static int is_annotation(void)
{
    return has_annotations && place_file != NULL;
}

void complain_line(const char *line)
{
    char clean[COMPLAINT_SIZE + 1];
    size_t length = 0;
    for (; length < COMPLAINT_SIZE - 1 && line[length] != '\0'; length++) {
        unsigned char c = (unsigned char)line[length];
        clean[length] = c < ' ' || c == 0x7f ? '?' : line[length];
    }
    clean[length] = '\0';
    /* There is nowhere to report that stderr itself cannot be written. */
    if (is_annotation()) {
        fputs("::error file=", stderr);
        print_escaped(place_file, "%\r\n:,");
        if (place_line != 0) {
            fprintf(stderr, ",line=%" PRIu64, place_line);
        }
        fputs(",title=malformed::", stderr);
        print_escaped(clean, "%");
    } else {
        fputs(clean, stderr);
    }
    fputc('\n', stderr);
}

const char *complain_shown(const char *text)
{
    return text[0] == '\0' ? "\"\"" : text;
}

/* Adds a text of the request, a colon and a blank to a line that has room for them. */
static size_t add_part(char *line, const char *text)
{
    const char *end = strlen(text) > WHAT_SIZE ? "..." : "";
    return (size_t)sprintf(line, "%.*s%s: ", WHAT_SIZE, text, end);
}

int complain(const char *subcommand, const char *what, const char *format, ...)
{
    char line[COMPLAINT_SIZE] = "cnicalc: ";
    size_t length = strlen(line);
    length += add_part(line + length, subcommand);
    if (place_line != 0 && !is_annotation()) {
        length += (size_t)sprintf(line + length, "%.*s, line %" PRIu64 ": ", WHAT_SIZE, place_file,
                                  place_line);
    }
    if (what != NULL) {
        length += add_part(line + length, complain_shown(what));
    }
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line + length, sizeof line - length, format, arguments);
    va_end(arguments);
    complain_line(line);
    return EXIT_MALFORMED;
}

void expect_ok(cnicalc_status status)
{
    /* GCOVR_EXCL_START: it takes another library than the one that the command is built with. */
    if (status != CNICALC_OK) {
        complain("library", NULL, "%s", cnicalc_status_string(status));
        exit(EXIT_MALFORMED);
    }
    /* GCOVR_EXCL_STOP */
}
