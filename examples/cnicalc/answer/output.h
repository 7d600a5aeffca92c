/* SPDX-License-Identifier: MIT */
/* Printing an answer. */
#ifndef CNICALC_TOOL_OUTPUT_H
#define CNICALC_TOOL_OUTPUT_H

#include "../ask/args.h"
#include "../base/text_buffer.h"
#include "answer.h"

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

/* Lines of TSV: the keys of columns, and a row. */
void output_tsv_head(struct text_buffer *out, const struct columns *columns);
void output_tsv_row(struct text_buffer *out, const struct columns *columns, const void *row);

/* From here on, what is written to stdout goes to the system at once. */
void output_begin(void);

/* Writes a text to stdout and makes it empty; or only where it has become long. */
void output_flush(struct text_buffer *out);
void output_flush_long(struct text_buffer *out);

/* Ends stdout. Returns 1, or 0 after a complaint when not all could be written. A reader that has
 * seen enough and closed the pipe is no fault. */
int output_end(const char *subcommand);

#endif
