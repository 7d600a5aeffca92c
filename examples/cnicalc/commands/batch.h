/* SPDX-License-Identifier: MIT */
/* The verbs of cnicalc batch, each of which answers one row at a time. */
#ifndef CNICALC_TOOL_BATCH_H
#define CNICALC_TOOL_BATCH_H

#include "../answer/field.h"
#include "../ask/args.h"

#include <cnicalc.h>

#define BATCH_CELLS_MAX 2

struct batch_request {
    cnicalc_node_options node;
    const char *catalog; /* or NULL */
    cnicalc_flannel_options flannel;
};

/* A cell of a row, without a NUL. */
struct cell {
    const char *text;
    size_t length;
};

/* The answer to a row of stdin. */
struct reply {
    const char *why; /* there is none, or NULL */
    const void *row; /* which the fields describe */
    /* Where the text of the answer is kept: not empty, it is the answer. NULL: it is not kept. */
    struct cell *memo;
};

struct batch_verb {
    const struct field *fields;
    const char *keys; /* of the columns, with blanks between */
    const char *form; /* what is said of a row that has another number of cells */
    size_t least_cells;
    size_t most_cells; /* what is missing is empty */
    /* Returns what answer() is given, or NULL after a complaint. */
    void *(*open)(const struct args *args, const struct batch_request *request);
    void (*answer)(void *state, const struct cell *cells, struct reply *out_reply);
};

extern const struct batch_verb batch_node;
extern const struct batch_verb batch_flannel;
extern const struct batch_verb batch_cidr;

#endif
