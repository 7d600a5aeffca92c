/* SPDX-License-Identifier: MIT */
/* What cnicalc audit reads, what it judges a node to be, and what it adds up. */
#ifndef CNICALC_TOOL_AUDIT_H
#define CNICALC_TOOL_AUDIT_H

#include "../answer/answer.h"
#include "../answer/usage.h"
#include "../ask/args.h"
#include "../ask/catalogue.h"
#include "../ask/plan.h"
#include "../base/stream.h"

#include <cnicalc.h>

struct audit_request {
    struct plan_blocks plan;
    cnicalc_node_options node; /* without what a node says itself */
    cnicalc_ceilings ceilings;
    const char *catalog;    /* or NULL */
    uint32_t warn_at;       /* percent; 0: not asked for */
    cnicalc_terway_use use; /* of which bursts and pools of idle addresses are read */
    struct {                /* the rest of files that are kept */
        struct plan_blocks plan;
        cnicalc_plan_check_options options;
        uint32_t mode;
        uint32_t dual_stack;
        uint32_t ipvlan;
        cnicalc_node_options node;
    } unread;

    /* What follows from it. */
    struct plan_vswitches vswitches;
    struct instance_source source;
};

/* ---- A row of stdin ---- */

/* A node as its row has it. A text that is not given is NULL, a count CNICALC_UNKNOWN_COUNT. */
struct audit_node {
    const char *name;
    const char *instance_type;
    const char *zone;
    const char *node_pool;
    const char *pod_cidr;
    const char *kubernetes;
    cnicalc_node_signs signs;
    uint32_t has_erdma;
    uint32_t is_windows;
    uint64_t pods;
    uint64_t cpu_allocatable;
    uint64_t memory_capacity;
    uint64_t memory_allocatable;
    cnicalc_instance info; /* of its annotation */
};

/* The rows, whose columns are those that the first line names. */
struct audit_rows {
    const char *subcommand;
    struct reader *reader;
    size_t *columns; /* indexes into the table of columns */
    size_t column_count;
    char text[STREAM_SIZE + 1]; /* of the last line; the texts of the node are in it */
};

/* Reads the line with the names. Returns 1, or 0 after a complaint. */
int audit_rows_begin(const char *subcommand, struct audit_rows *rows);

/* The next row. Returns 1, or 0 where there is none; why is what is wrong with the row, or NULL. */
int audit_rows_next(struct audit_rows *rows, struct audit_node *out_node, const char **out_why);

/* ---- A node ---- */

struct audit_row {
    const char *node;
    const char *instance_type;
    const char *zone;
    const char *node_pool;
    uint32_t kind; /* enum cnicalc_node_kind; 0: the row cannot be read */
    uint32_t mode; /* 0: it has none */
    uint64_t pods_now;
    uint64_t kubelet_max_pods;
    uint64_t max_available_ip;
    uint64_t possible_pods;
    uint64_t headroom;
    uint64_t pods_without_address;
    uint64_t allocatable_cpu_millicores;
    uint64_t expected_cpu_millicores;
    uint64_t allocatable_memory_kib;
    uint64_t expected_memory_kib;
    uint32_t allocatable_agrees; /* or CNICALC_UNKNOWN */
    uint32_t bound_by;           /* enum cnicalc_limit; NONE: not known */
    const char *reason;          /* why it is not judged, or NULL */
    cnicalc_terway_node demand;  /* what it takes when full, where it is judged */
};

extern const struct field audit_row_fields[];

/* Judges a node. Its texts stay those of the node. */
void audit_judge(const struct audit_request *request, const struct audit_node *node,
                 struct audit_row *out_row);

/* ---- Sums ---- */

struct audit_total {
    const char *name; /* of a zone or a node pool; NULL: those without one */
    uint64_t nodes;
    uint64_t judged_nodes;
    uint64_t pods_now;
    uint64_t possible_pods;
    uint64_t headroom;
    uint64_t pods_without_address;
    uint64_t flannel_nodes;
    uint64_t prefix_nodes;
};

/* Equal nodes of a zone. */
struct audit_group {
    size_t zone; /* of the totals by zone */
    cnicalc_terway_node demand;
    uint64_t count;
};

struct audit_totals {
    struct audit_total *items;
    size_t count;
    size_t capacity;
};

struct audit_sums {
    struct audit_total all;
    uint64_t unread_rows;
    struct audit_totals zones;
    struct audit_totals node_pools;
    struct audit_group *groups;
    size_t group_count;
    size_t group_capacity;
};

void audit_add(struct audit_sums *sums, const struct audit_row *row);

/* A zone with its vSwitches. */
struct audit_zone {
    struct audit_total total;
    uint64_t usable_addresses; /* CNICALC_UNKNOWN_COUNT: no vSwitch of it is given; so below */
    uint64_t used_addresses;
    uint64_t needed_addresses;
    uint64_t short_addresses;
    uint32_t addresses_last; /* CNICALC_UNKNOWN: that depends on whose addresses are in use */
    const char *reason;      /* or NULL */
};

extern const struct field audit_zone_fields[];
extern const struct field audit_pool_fields[];

/* The zones, judged where they have vSwitches. A list of struct audit_zone. */
struct list audit_zones(const struct audit_request *request, const struct audit_sums *sums);

/* What is in use of addresses, of the quota of nodes and of routes. */
struct usages audit_usages(const struct audit_request *request, const struct audit_sums *sums,
                           const struct list *zones);

/* The text of -o openmetrics. */
const char *audit_metrics(const struct audit_sums *sums, const struct list *zones,
                          const struct usages *usages);

#endif
