/* SPDX-License-Identifier: MIT */
/* The one line on stderr that says what of a request is malformed and why. */
#ifndef CNICALC_TOOL_COMPLAINT_H
#define CNICALC_TOOL_COMPLAINT_H

#include <cnicalc.h>
#include <stddef.h>
#include <stdint.h>

enum exit_status { EXIT_ANSWERED = 0, EXIT_NO = 1, EXIT_MALFORMED = 2 };

#if defined(__GNUC__)
#define COMPLAINT_FORMAT __attribute__((format(printf, 3, 4)))
#else
#define COMPLAINT_FORMAT
#endif

/* Room for any line; a longer one is cut. */
#define COMPLAINT_SIZE 1024

/* Writes "cnicalc: SUBCOMMAND: what: why" on stderr; what may be NULL. Always one line: control
 * characters of the request are replaced. Returns EXIT_MALFORMED, so that callers can pass it on.
 */
COMPLAINT_FORMAT int complain(const char *subcommand, const char *what, const char *format, ...);

/* What complaints are about from now on: a line of a file of arguments, which stands before what;
 * line 0: all of it, which annotations alone name; NULL: the command line. */
void complain_at(const char *file, uint64_t line);

/* Whether complaints about a line of a file are annotations of GitHub Actions. */
void complain_as_annotations(int are_annotations);

/* A text of the request as a complaint shows it: "" in quotes when it is empty. */
const char *complain_shown(const char *text);

/* For a call of the library that cannot fail, whatever the request is. If it does, the library is
 * not the one that the command was written for: one line says so, and the program ends. */
void expect_ok(cnicalc_status status);

/* Writes a line that was made before, in the same form. */
void complain_line(const char *line);

#endif
