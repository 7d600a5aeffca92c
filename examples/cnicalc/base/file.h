/* SPDX-License-Identifier: MIT */
#ifndef CNICALC_TOOL_FILE_H
#define CNICALC_TOOL_FILE_H

#include <stddef.h>

/* The whole of a file, or of stdin for "-", with a NUL after it, without a byte order mark and with
 * newlines alone. Returns NULL, or why it could not be read. */
const char *file_read(const char *path, char **out_text, size_t *out_length);

/* Before stdin is read, which can be done once. Returns NULL, or why it cannot be read. */
const char *file_take_stdin(void);

#endif
