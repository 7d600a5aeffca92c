/* SPDX-License-Identifier: MIT */
/* Memory that lives until the program ends: the command answers one question and is done. */
#ifndef CNICALC_TOOL_MEMORY_H
#define CNICALC_TOOL_MEMORY_H

#include <stddef.h>

/* Zeroed room for count things of size bytes. Ends the program with one line when there is none. */
void *memory_take(size_t count, size_t size);

/* What is taken after a mark goes back at the release, so that rows by the million take the room of
 * one. */
struct memory_mark {
    void *chunk;
    size_t used;
};
struct memory_mark memory_mark(void);
void memory_release(const struct memory_mark *mark);

/* A copy of a text of length bytes, with a NUL after it. */
char *memory_copy(const char *text, size_t length);

#endif
