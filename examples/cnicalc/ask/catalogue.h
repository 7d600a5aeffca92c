/* SPDX-License-Identifier: MIT */
/* The instance types of a request: those of the user's catalogue override the built-in ones. */
#ifndef CNICALC_TOOL_INSTANCE_SOURCE_H
#define CNICALC_TOOL_INSTANCE_SOURCE_H

#include <cnicalc.h>
#include <stddef.h>

struct instance_source {
    const char *subcommand;
    const cnicalc_instance *rows; /* of the catalogue, sorted as the library wants them */
    size_t count;
};

/* Reads a catalogue, "-" for stdin; what names the file in a complaint that it cannot be read.
 * Returns 1, or 0 after a complaint that names file, line and column. */
int instance_source_read(const char *subcommand, const char *what, const char *path,
                         struct instance_source *out_source);

/* Reads the file that --catalog names, "-" for stdin; no rows for NULL. Returns 1, or 0 after a
 * complaint that names file, line and column. */
int instance_source_open(const char *subcommand, const char *path,
                         struct instance_source *out_source);

/* The row of a type. Returns 1, or 0 after a complaint about what, the option or the operand that
 * has the name, with the nearest names. */
int instance_source_find(const struct instance_source *source, const char *what, const char *name,
                         cnicalc_instance *out_instance);

/* All types: the rows of the catalogue, then the built-in ones that they do not override. */
const cnicalc_instance *instance_source_all(const struct instance_source *source,
                                            size_t *out_count);

/* Whether the catalogue has a row of this name, and so hides the built-in one. */
int instance_source_has(const struct instance_source *source, const char *name);

#endif
