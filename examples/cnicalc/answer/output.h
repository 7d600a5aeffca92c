/* SPDX-License-Identifier: MIT */
/* Printing an answer. */
#ifndef CNICALC_TOOL_OUTPUT_H
#define CNICALC_TOOL_OUTPUT_H

#include "answer.h"
#include "../ask/args.h"

/* A set of formats. */
#define OUTPUT_BIT(format) (UINT32_C(1) << (format))

/* Those of every subcommand that draws no picture. */
#define OUTPUT_TEXTS (OUTPUT_BIT(OUTPUT_TABLE) | OUTPUT_BIT(OUTPUT_JSON) | OUTPUT_BIT(OUTPUT_TSV))

#define OUTPUT_PICTURES (OUTPUT_TEXTS | OUTPUT_BIT(OUTPUT_SVG))

/* Those of one whose answer can be asked about. */
#define OUTPUT_ARGUMENTS (OUTPUT_TEXTS | OUTPUT_BIT(OUTPUT_ARGS))

/* The names of a set of formats, in their order. Returns how many there are. */
size_t output_names(uint32_t formats, const char *names[OUTPUT_COUNT]);

/* The format that -o asks for, or the first of the set. Returns 1, or 0 after a complaint. */
int output_choose(const struct args *args, uint32_t formats, enum output_format *out_format);

/* Writes the warnings to stderr and the answer to stdout. */
void output_print(const struct answer *answer, enum output_format format);

/* The lines of TSV of an answer with columns: their keys, and one row. For rows by the million,
 * which are in no document. */
void output_tsv_head(const struct answer *answer);
void output_tsv_row(const struct answer *answer, const struct value *row);

/* Ends stdout. Returns 1, or 0 after a complaint when not all could be written. A reader that has
 * seen enough and closed the pipe is no fault. */
int output_end(const char *subcommand);

#endif
