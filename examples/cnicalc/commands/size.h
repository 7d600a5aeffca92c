/* SPDX-License-Identifier: MIT */
/* The parts of cnicalc size. */
#ifndef CNICALC_TOOL_SIZE_H
#define CNICALC_TOOL_SIZE_H

#include "../answer/answer.h"
#include "../ask/args.h"
#include "../ask/type_filter.h"
#include "../ask/workload.h"

#include <cnicalc.h>

struct size_request {
    struct mix mix;
    cnicalc_workload alone; /* without --workload */
    cnicalc_workload_options options;
    uint64_t daemon_pods;
    struct size_types {
        const char **names;
        size_t count;
    } types;
    struct type_filter filter;
    uint64_t max_nodes;
    uint64_t limit;
    const char *catalog; /* or NULL */
    uint32_t explain;
    uint32_t plot;
};

/* The types that are asked about, and what the library answers about each. */
struct sized {
    const cnicalc_instance *instances; /* count of them, or NULL: those of the built-in table */
    uint32_t *index;                   /* into that table, or NULL */
    size_t count;
    uint32_t *vcpus;
    uint64_t *nodes;
    uint64_t *pods_per_node;
    uint64_t *idle_memory_kib;
    uint32_t *bound_by;
    uint32_t *short_of;
    cnicalc_status *status;
    uint32_t *rank;
};

/* A row of the answer. */
struct size_row {
    const char *instance_type;
    uint32_t vcpus;
    struct decimal memory_gib;
    uint32_t plugin;
    uint32_t mode; /* 0 with Flannel */
    struct list workloads;
    cnicalc_workload_result result;
    uint64_t allocatable_memory_mib;
    struct decimal used_cpu_percent;
    struct decimal used_memory_percent;
    uint32_t fits; /* or CNICALC_UNKNOWN, as joins */
    uint32_t joins;
    const char *bound_by_text; /* or NULL */
    const char *reason;        /* of a type that does not fit, or is not known; else NULL */
    const char *explain;       /* or NULL */
};

extern const struct option size_options[];
extern const struct field size_fields[];

/* One of the types. */
const cnicalc_instance *size_type(const struct sized *sized, size_t i);

/* Fills a row about a type. */
void size_fill_row(const struct size_request *request, const cnicalc_instance *instance,
                   struct size_row *row);

/* The arithmetic of an answer, in a paragraph. */
const char *size_explain(const struct size_request *request, const cnicalc_instance *instance,
                         const cnicalc_workload_result *result);

/* Pods per node against vCPUs, with what binds. Returns an exit status. */
int size_draw(const struct args *args, const struct size_request *request,
              const struct sized *sized, struct answer *answer);

#endif
