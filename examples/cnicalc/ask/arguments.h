/* SPDX-License-Identifier: MIT */
/* Arguments from files: "@FILE" is replaced by those in a file, one a line. */
#ifndef CNICALC_TOOL_ARGUMENTS_H
#define CNICALC_TOOL_ARGUMENTS_H

#include "../base/words.h"

/* Copies the arguments after the first, of which there is one at least, and replaces "@FILE", or
 * "@-" for stdin, by those of the file. Blanks around a line, empty lines and comments that begin
 * with # are left out; a file may name others. After "--" nothing is replaced. Returns 1, or 0
 * after a complaint. */
int arguments_expand(int argc, char **argv, struct words *out_words);

#endif
