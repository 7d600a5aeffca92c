/* SPDX-License-Identifier: MIT */
/* The printers of an answer, and what they share. */
#ifndef CNICALC_TOOL_OUTPUT_TEXT_H
#define CNICALC_TOOL_OUTPUT_TEXT_H

#include "../base/text_buffer.h"
#include "answer.h"

/* With colour, headings and the binding limit are bold. */
void output_table(struct text_buffer *out, const struct answer *answer, int colour);

void output_tsv(struct text_buffer *out, const struct answer *answer);

/* Without a newline at the end: a line for each value that is directly in the answer. */
void output_json(struct text_buffer *out, const struct answer *answer);

/* The list or the record that a field is, without any blank. */
void output_json_field(struct text_buffer *out, const struct field *field, const void *row);

/* A record of texts: "limits.pod_cidr", "zones.0.zone". Numbers are decimal, a bool is "true" or
 * "false", null is "". */
void output_json_flat(struct text_buffer *out, const struct field *fields, const void *row);

/* Writes each of some blocks, with a text before each but the first, and one around each. There may
 * be millions: what is before them may go to stdout. */
void output_blocks(struct text_buffer *out, const struct list *list, const char *between,
                   const char *around);

/* The same as lines, of an answer that is nothing else. Returns 0 where it is not. */
int output_block_lines(struct text_buffer *out, const struct answer *answer);

#endif
