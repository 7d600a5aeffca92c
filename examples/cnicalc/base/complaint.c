/* SPDX-License-Identifier: MIT */
#include "complaint.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of what the user wrote, this much is repeated. */
#define WHAT_SIZE 200

void complain_line(const char *line)
{
    char clean[COMPLAINT_SIZE + 1];
    size_t length = 0;
    for (; length < COMPLAINT_SIZE - 1 && line[length] != '\0'; length++) {
        unsigned char c = (unsigned char)line[length];
        clean[length] = c < ' ' || c == 0x7f ? '?' : line[length];
    }
    clean[length] = '\n';
    clean[length + 1] = '\0';
    /* There is nowhere to report that stderr itself cannot be written. */
    fputs(clean, stderr);
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
