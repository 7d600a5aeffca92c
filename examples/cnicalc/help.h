/* SPDX-License-Identifier: MIT */
/* What the table of a subcommand says to people: its help, its part of the manual, and what can be
 * in the place of a word. */
#ifndef CNICALC_TOOL_HELP_H
#define CNICALC_TOOL_HELP_H

#include "base/text_buffer.h"
#include "command.h"

/* The help of a subcommand, on stdout: 80 columns. */
void help_print(const struct command *command);

/* The help of an option, its choices and its default filled in. */
void help_describe(const struct option *option, const void *defaults, size_t where,
                   struct text_buffer *text);

/* Whether two options are of groups of which the same is said. */
int help_is_together(const struct slot *a, const struct slot *b);

/* The formats of a subcommand as the value of -o: "table|json|tsv". */
const char *help_formats(const struct command *command);

/* A generated part of cnicalc(1), on stdout: "synopsis", "options", "verbs" or "keys" of a
 * subcommand, or "limits". Returns 1, or 0 for another part. */
int manual_print(const char *what, const struct command *command);

/* What completes the last of the words after "cnicalc", a line each; ":files" for a file. */
void complete_print(int argc, char **argv);

#endif
