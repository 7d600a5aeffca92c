/* SPDX-License-Identifier: MIT */
/* The path to a value: the keys and indexes of the records and lists that it is in. */
#ifndef CNICALC_TOOL_FLAT_H
#define CNICALC_TOOL_FLAT_H

#include "../base/text_buffer.h"

#include <stddef.h>
#include <stdint.h>

/* A key of a record; in a list it has no text. */
struct key {
    const char *text; /* without a NUL */
    size_t length;
};

#define KEY_NONE ((struct key){NULL, 0})

/* More than there are in one another. */
#define FLAT_DEPTH_MAX 8

/* Begin with zeros. */
struct flat {
    struct text_buffer path;
    struct level {
        size_t length;  /* of the path to here */
        uint64_t index; /* of the next in a list */
    } levels[FLAT_DEPTH_MAX];
    size_t depth;
};

/* The path to a value: "limits.pod_cidr", "zones.0.zone". It is the caller's until the next call.
 */
struct key flat_path(struct flat *flat, struct key key);

/* Goes into a record or a list, and out of it. */
void flat_open(struct flat *flat, struct key key);
void flat_close(struct flat *flat);

#endif
