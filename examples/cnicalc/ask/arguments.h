/* SPDX-License-Identifier: MIT */
/* Arguments from files: "@FILE" is replaced by those in a file, one a line. */
#ifndef CNICALC_TOOL_ARGUMENTS_H
#define CNICALC_TOOL_ARGUMENTS_H

#include "../base/words.h"

#include <stdint.h>

/* Copies the arguments after the first, of which there is one at least, and replaces "@FILE", or
 * "@-" for stdin, by those of the file. Blanks around a line, empty lines and comments that begin
 * with # are left out; a file may name others. After "--" nothing is replaced. Returns 1, or 0
 * after a complaint. */
int arguments_expand(int argc, char **argv, struct words *out_words);

/* Where an argument, or its value, is written: a line of a file. */
struct place {
    const char *file;
    uint64_t line; /* 0: not known */
};

/* Complaints are about this text from now on: one of those arguments, its value, or NULL. */
void arguments_point_at(const char *text);

/* Complaints are about the first file as a whole from now on, if there is one. */
void arguments_point_at_file(void);

/* Whether an argument can be the value of the option before it: that of a file is in the file. */
int arguments_follow(const char *word, const char *next);

/* The place of a text of those arguments; of NULL, or of one on the command line, the first file
 * without a line. Returns 1, or 0 where there is none: stdin has no name. */
int arguments_place(const char *text, struct place *out_place);

#endif
