/* SPDX-License-Identifier: MIT */
/* Which instance types are asked for, by what their rows say. */
#ifndef CNICALC_TOOL_TYPE_FILTER_H
#define CNICALC_TOOL_TYPE_FILTER_H

#include "../answer/field.h"
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
    const char **families; /* a type passes that is of one of them, or all where there are none */
    size_t family_count;
    struct range memory; /* GiB, scaled */
    struct {
        struct range range;
        uint32_t column;
    } conditions[TYPE_CONDITIONS_MAX];
    uint32_t condition_count;
    uint32_t dual_stack; /* 1: types whose pods can have IPv4 and IPv6 addresses */
    /* Of a Terway node of the type */
    struct range pods_per_vcpu; /* scaled */
    struct range schedulable_pods;
    uint32_t joins; /* 1: types that have enough pods to join */
};

/* A group of struct type_filter. */
extern const struct option type_filter_options[];

/* The column of an instance type with this name as a choice: the value is its number. */
extern const struct choices column_choices;

/* A GiB is 1,024 MiB, so that a MiB is 10^10 / 1024 of the tenth decimal of a GiB. */
#define GIB_PLACES         10
#define GIB_SCALED_PER_MIB UINT64_C(9765625)

int range_has(const struct range *range, uint64_t value, uint64_t scale);

/* Of a pods-per-vCPU. */
#define RATIO_PLACES 4
#define RATIO_SCALE  10000

int type_filter_passes(const struct type_filter *filter, const cnicalc_instance *instance);

/* Whether the node of the type passes what is asked of it, and whether anything is. */
int type_filter_passes_node(const struct type_filter *filter, const cnicalc_instance *instance,
                            const cnicalc_node_options *node);
int type_filter_asks_node(const struct type_filter *filter);

/* A quantity of 32 bits as one of 64: what is not published stays so. */
static inline uint64_t type_widen(uint32_t quantity)
{
    return quantity == CNICALC_UNKNOWN ? CNICALC_UNKNOWN_COUNT : quantity;
}

/* The memory of a type in GiB. */
struct decimal type_memory_gib(const cnicalc_instance *instance);

/* Complains about a --family of which none of the instances is. Returns 1, or 0 after a complaint.
 */
int type_filter_check(const char *subcommand, const struct type_filter *filter,
                      const cnicalc_instance *instances, size_t count);

#endif
