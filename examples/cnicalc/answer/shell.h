/* SPDX-License-Identifier: MIT */
/* Arguments of a request that is an answer. */
#ifndef CNICALC_TOOL_SHELL_H
#define CNICALC_TOOL_SHELL_H

#include "../base/words.h"

#include <stdint.h>

/* Adds "--option=name=value" to a list, of which name and value may be NULL; or "--option=count".
 */
void shell_add(struct words *arguments, const char *option, const char *name, const char *value);
void shell_add_count(struct words *arguments, const char *option, uint64_t count);

/* A command with such arguments as lines that a shell joins, each of at most width columns where
 * its words allow it. */
struct words shell_lines(const char *command, const struct words *arguments, size_t width);

#endif
