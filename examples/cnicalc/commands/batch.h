/* SPDX-License-Identifier: MIT */
/* The verbs of cnicalc batch, each of which answers one row at a time. */
#ifndef CNICALC_TOOL_BATCH_H
#define CNICALC_TOOL_BATCH_H

#include "../ask/args.h"
#include "../base/stream.h"

#define BATCH_FIELDS_MAX 2

/* A field of a row, without a NUL. */
struct field {
    const char *text;
    size_t length;
};

struct batch_verb {
    const char *name;
    const char *options;   /* those that go with it, each with a blank before and behind */
    const char *columns;   /* the header line; first what a row gives, last the error */
    const char *form;      /* what is said of a row that has another number of fields */
    size_t least_fields;   /* of a row */
    size_t most_fields;    /* at most BATCH_FIELDS_MAX; what is missing is empty */
    size_t answer_columns; /* between those and the error */
    /* Reads the options. Returns what answer() is given, or NULL after a complaint. */
    void *(*open)(const struct args *args);
    /* Writes all columns but the error, each with a tab behind it, and returns NULL; or writes
     * nothing and returns why the row cannot be answered. */
    const char *(*answer)(void *state, const struct field *fields, struct writer *writer);
};

extern const struct batch_verb batch_node;
extern const struct batch_verb batch_flannel;
extern const struct batch_verb batch_cidr;

#endif
