/* SPDX-License-Identifier: MIT */
/* The rows of cnicalc types: which are asked for, and in which order. */
#ifndef CNICALC_TOOL_TYPES_H
#define CNICALC_TOOL_TYPES_H

#include "../ask/args.h"

#include <cnicalc.h>

/* What rows can be sorted by: every column but the last, which is text. */
enum types_sort_key {
    TYPES_SORT_NAME,
    TYPES_SORT_VCPUS,
    TYPES_SORT_MEMORY,
    TYPES_SORT_ENIS,
    TYPES_SORT_IPV4,
    TYPES_SORT_IPV6,
    TYPES_SORT_PODS,
    TYPES_SORT_PODS_PER_VCPU,
    TYPES_SORT_KEYS
};

/* A GiB is 1,024 MiB, so that a GiB has at most ten decimals: a MiB is 10^10 / 1024 of them. */
#define TYPES_GIB_PLACES         10
#define TYPES_GIB_SCALED_PER_MIB UINT64_C(9765625)

/* A value that is not known. */
#define TYPES_ABSENT UINT64_MAX

struct types_row {
    const cnicalc_instance *instance;
    uint64_t max_pods;      /* or CNICALC_UNKNOWN_COUNT */
    uint64_t pods_per_vcpu; /* in hundredths, or TYPES_ABSENT */
    uint64_t sort_value;    /* or TYPES_ABSENT */
    size_t place;           /* before sorting */
};

struct types_filter {
    const char *family;
    cnicalc_node_options node;
    int by_pods; /* whether the filters are given: what is not known passes none of them */
    int by_vcpus;
    int by_memory;
    uint64_t min_pods;
    uint64_t low_vcpus;
    uint64_t high_vcpus;
    uint64_t low_memory; /* GiB, scaled */
    uint64_t high_memory;
    int sorted;
    int descending;
    enum types_sort_key sort_key;
    uint64_t limit;
};

/* Reads the filters and the order. Returns 1, or 0 after a complaint. */
int types_filter_parse(const struct args *args, struct types_filter *out_filter);

int types_filter_passes(const struct types_row *row, const struct types_filter *filter);

/* Complains about --family unless one of the instances is of it, or there is no such option.
 * Returns 1, or 0 after a complaint. */
int types_family_check(const struct args *args, const cnicalc_instance *instances, size_t count);

/* Sorts by the filter's key. What is not known goes last; equal rows keep their order. */
void types_sort(struct types_row *rows, size_t count, const struct types_filter *filter);

#endif
