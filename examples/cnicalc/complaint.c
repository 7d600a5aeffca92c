/* SPDX-License-Identifier: MIT */
#include "complaint.h"

#include <stdarg.h>
#include <stdio.h>
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

int complain(const char *subcommand, const char *what, const char *format, ...)
{
    char line[COMPLAINT_SIZE];
    if (what != NULL) {
        what = complain_shown(what);
    }
    int length = what == NULL ? snprintf(line, sizeof line, "cnicalc: %s: ", subcommand)
                              : snprintf(line, sizeof line, "cnicalc: %s: %.*s%s: ", subcommand,
                                         WHAT_SIZE, what, strlen(what) > WHAT_SIZE ? "..." : "");
    if (length < 0 || (size_t)length >= sizeof line) {
        length = 0;
    }
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line + length, sizeof line - (size_t)length, format, arguments);
    va_end(arguments);
    complain_line(line);
    return EXIT_MALFORMED;
}
