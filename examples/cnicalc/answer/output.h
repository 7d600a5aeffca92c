/* SPDX-License-Identifier: MIT */
/* Printing an answer. */
#ifndef CNICALC_TOOL_OUTPUT_H
#define CNICALC_TOOL_OUTPUT_H

#include "answer.h"
#include "../ask/args.h"

enum output_format { OUTPUT_TABLE, OUTPUT_JSON, OUTPUT_TSV, OUTPUT_SVG };

/* The format that -o asks for; svg is one if the subcommand draws. Returns 1, or 0 after a
 * complaint. */
int output_choose(const struct args *args, int draws, enum output_format *out_format);

/* Writes the warnings to stderr and the answer to stdout. */
void output_print(const struct answer *answer, enum output_format format);

/* Ends stdout. Returns 1, or 0 after a complaint when not all could be written. A reader that has
 * seen enough and closed the pipe is no fault. */
int output_end(const char *subcommand);

#endif
