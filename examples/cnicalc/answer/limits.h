/* SPDX-License-Identifier: MIT */
/* What the limits of an answer say to people: which is short, by how much, in which words. */
#ifndef CNICALC_TOOL_LIMITS_H
#define CNICALC_TOOL_LIMITS_H

#include "answer.h"

#include <cnicalc.h>

/* A limit that a request was judged by. */
struct need {
    uint32_t limit;
    uint64_t needed;
    uint64_t available;
    uint64_t lacking; /* 0 where it fits */
    uint32_t fits;
    const char *reason; /* a sentence, or NULL where it fits */
};

/* Of a struct need: of each limit in a table, and of those that are short. */
extern const struct field need_fields[];
extern const struct field shortage_fields[];

/* The limits that something is needed of and that have an end; those that are short. */
struct list limits_needs(const cnicalc_limit_row *rows, uint32_t count);
struct list limits_shortages(const cnicalc_limit_row *rows, uint32_t count);

/* The sentences of all that is short, or NULL. */
const char *limits_reason(const cnicalc_limit_row *rows, uint32_t count);

/* Marks the line of the limit that decides, among those of the key limits. */
void limits_mark(struct answer *answer, uint32_t bound_by);

/* A note, also in a list of the answer, where one limit bounds the nodes and another the pods. */
void limits_note_pods(struct answer *answer, struct words *notes, uint32_t bound_by,
                      uint32_t max_pods_bound_by);

#endif
