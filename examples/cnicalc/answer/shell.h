/* SPDX-License-Identifier: MIT */
/* Arguments as a shell reads them. */
#ifndef CNICALC_TOOL_SHELL_H
#define CNICALC_TOOL_SHELL_H

#include "document.h"

/* A command with arguments, texts such as "--name=value", as lines that a shell joins, each of at
 * most so many columns where its words allow it. */
struct value *shell_lines(const char *command, const struct value *arguments, size_t width);

#endif
