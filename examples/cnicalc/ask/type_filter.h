/* SPDX-License-Identifier: MIT */
/* Which instance types are asked for, by what their rows say. */
#ifndef CNICALC_TOOL_TYPE_FILTER_H
#define CNICALC_TOOL_TYPE_FILTER_H

#include "option.h"

#include <cnicalc.h>
#include <stddef.h>

/* Both ends are included. */
struct range {
    uint64_t low;
    uint64_t high;
    uint32_t is_given; /* what is not known is in no range */
};

#define TYPE_CONDITIONS_MAX 32

struct type_filter {
    const char *family;  /* or NULL */
    struct range memory; /* GiB, scaled */
    struct {
        struct range range;
        uint32_t column;
    } conditions[TYPE_CONDITIONS_MAX];
    uint32_t condition_count;
    uint32_t dual_stack; /* 1: types whose pods can have IPv4 and IPv6 addresses */
};

/* A group of struct type_filter. */
extern const struct option type_filter_options[];

/* The column of an instance type with this name as a choice: the value is its number. */
extern const struct choices column_choices;

/* A GiB is 1,024 MiB, so that a MiB is 10^10 / 1024 of the tenth decimal of a GiB. */
#define GIB_PLACES         10
#define GIB_SCALED_PER_MIB UINT64_C(9765625)

int range_has(const struct range *range, uint64_t value, uint64_t scale);

int type_filter_passes(const struct type_filter *filter, const cnicalc_instance *instance);

/* Complains about --family unless one of the instances is of it, or there is no such option.
 * Returns 1, or 0 after a complaint. */
int type_filter_check(const char *subcommand, const struct type_filter *filter,
                      const cnicalc_instance *instances, size_t count);

#endif
