/* SPDX-License-Identifier: MIT */
/* The one JSON text that the command reads: an object whose values are strings. */
#ifndef CNICALC_TOOL_QUERY_H
#define CNICALC_TOOL_QUERY_H

#include <stddef.h>

struct query_member {
    const char *key;
    const char *value;
};

struct query {
    struct query_member *members;
    size_t count;
};

/* Reads RFC 8259 from length bytes, with a NUL after them. Refuses values other than strings, a key
 * that occurs twice, the character 0 and what is not UTF-8. Returns NULL; or what is at fault, and
 * where. */
const char *query_parse(const char *text, size_t length, struct query *out_query,
                        size_t *out_offset);

/* The value of a key, or NULL. */
const char *query_value(const struct query *query, const char *key);

#endif
