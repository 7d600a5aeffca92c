/* SPDX-License-Identifier: MIT */
/* How much of what has an end is in use: the addresses of a zone, routes, quotas. */
#ifndef CNICALC_TOOL_USAGE_H
#define CNICALC_TOOL_USAGE_H

#include "answer.h"
#include "openmetrics.h"

#include <cnicalc.h>

struct usage {
    uint32_t limit;   /* enum cnicalc_limit; NONE: the addresses of a zone */
    const char *zone; /* or NULL */
    uint64_t used;
    uint64_t available; /* in all */
    uint32_t is_beyond; /* what was asked about; CNICALC_UNKNOWN: nothing was */
    struct decimal percent;
};

/* Begin with zeros. */
struct usages {
    struct usage *items;
    size_t count;
    size_t capacity;
    uint32_t warn_at; /* percent; 0: not asked */
};

extern const struct field usage_fields[];

/* Adds one, unless it has no end. */
void usage_add(struct usages *usages, uint32_t limit, const char *zone, uint64_t used,
               uint64_t available);

/* As rows of an answer. */
struct list usage_list(const struct usages *usages);

/* A warning for each that is used beyond what was asked about. Returns how many there are. */
size_t usage_warn(const struct usages *usages, struct answer *answer, const char *subcommand);

/* Adds their families. */
void usage_metrics(const struct usages *usages, struct openmetrics *metrics);

/* clang-format off */
#define OPTION_WARN_AT(type, member)                                                               \
    {"warn-at", "PERCENT", "exit 1 when more than that is in use", OPTION_COUNT32,                 \
     .where = offsetof(type, member), .low = 1, .high = 100,                                       \
     .more = "Of the addresses of a zone, of routes and of quotas; a line on standard error "      \
             "names each."}
/* clang-format on */

#endif
