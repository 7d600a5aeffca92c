/* SPDX-License-Identifier: MIT */
/* What the table of a subcommand says to people: its help, and what its options are. */
#ifndef CNICALC_TOOL_HELP_H
#define CNICALC_TOOL_HELP_H

#include "base/text_buffer.h"
#include "command.h"

/* The help of a subcommand, on stdout: 80 columns. */
void help_print(const struct command *command);

/* The help of an option, its choices and its default filled in. */
void help_describe(const struct option *option, const void *defaults, size_t where,
                   struct text_buffer *text);

/* The formats of a subcommand as the value of -o: "table|json|tsv". */
const char *help_formats(const struct command *command);

#endif
