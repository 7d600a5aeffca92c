/* SPDX-License-Identifier: MIT */
/* Arguments from files: "@FILE" stands for those in a file, one a line. */
#ifndef CNICALC_TOOL_ARGUMENTS_H
#define CNICALC_TOOL_ARGUMENTS_H

#include "../base/words.h"

/* Copies the arguments after the first, of which there is one at least, those of files in the place
 * of "@FILE" or "@-", which is stdin. Blanks around a line, empty lines and comments that begin
 * with # are left out; a file may name others. After "--" an argument stands for itself. Returns 1,
 * or 0 after a complaint. */
int arguments_expand(int argc, char **argv, struct words *out_words);

#endif
