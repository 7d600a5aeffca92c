/* SPDX-License-Identifier: MIT */
/* Memory that lives until the program ends: the command answers one question and is done. */
#ifndef CNICALC_TOOL_MEMORY_H
#define CNICALC_TOOL_MEMORY_H

#include <stddef.h>

/* Zeroed room for count things of size bytes. Ends the program with one line when there is none. */
void *memory_take(size_t count, size_t size);

/* The same, for what is written anyway. */
void *memory_room(size_t count, size_t size);

/* A copy of a text of length bytes, with a NUL after it. */
char *memory_copy(const char *text, size_t length);

/* A copy of a text, or NULL for NULL. */
char *memory_copy_text(const char *text);

#endif
