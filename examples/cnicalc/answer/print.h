/* SPDX-License-Identifier: MIT */
/* The two printers that need more than a few lines. */
#ifndef CNICALC_TOOL_OUTPUT_TEXT_H
#define CNICALC_TOOL_OUTPUT_TEXT_H

#include "answer.h"

/* With colour, headings and the binding limit are bold. */
void output_table(const struct answer *answer, int colour);

/* Without a newline at the end: compact, without any blank, or with a line for each value that is
 * directly in the document. */
void output_json(const struct value *document, int compact);

/* Writes each of some blocks, with a text before each but the first, and one around each. */
void output_blocks(const struct value *blocks, const char *between, const char *around);

/* A scalar as text: "-" for null, the two given words for a bool. The text is the value's own, or
 * in buffer. */
const char *output_cell(const struct value *value, const char *yes, const char *no,
                        char buffer[NUMBER_TEXT_SIZE]);

#endif
