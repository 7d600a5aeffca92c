/* SPDX-License-Identifier: MIT */
/* What cnicalc grow is asked, of either plugin. */
#ifndef CNICALC_TOOL_GROW_H
#define CNICALC_TOOL_GROW_H

#include "terway.h"

struct grow_request {
    struct terway_request terway; /* its `unread` is read here: the rest of the plan */
    uint64_t add_nodes;
    struct names zones; /* to use; none: all that have a vSwitch */
};

/* A block to add. */
struct grow_addition {
    uint32_t role;    /* enum cnicalc_plan_role */
    const char *zone; /* NULL: of a block of the VPC */
    cnicalc_cidr cidr;
    uint64_t usable_addresses;
};

/* A zone of the answer for a Terway cluster, and the answer. */
struct grow_zone {
    const char *name;
    cnicalc_terway_zone now;
    uint64_t nodes_now;
    uint64_t short_addresses; /* for pods */
    uint64_t short_prefixes;
    uint64_t short_node_addresses;
    const char *reason; /* or NULL */
};

struct grow_row {
    const char *instance_type; /* or NULL */
    cnicalc_terway_node node;
    uint64_t prefixes; /* or CNICALC_UNKNOWN_COUNT */
    uint64_t nodes;    /* that there are; 0: not given, as pods */
    uint64_t pods;
    uint64_t nodes_now;
    uint32_t fits; /* or CNICALC_UNKNOWN */
    cnicalc_terway_grow_result result;
    cnicalc_ceilings ceilings;
    const char *reason;
    struct list zones;
    struct list vpc; /* of struct grow_addition */
    struct list node_vswitches;
    struct list pod_vswitches;
    struct list shortages;
    struct words notes;
    const char *check; /* or NULL */
    const char *explain;
};

/* Adds the notes. */
void grow_note(const struct args *args, const struct grow_request *request, struct grow_row *row,
               struct answer *answer);

/* The grown plan as arguments of check and terway; and notes: what check warns of in what is added,
 * and why it does not accept the whole. */
struct grow_plan {
    struct words arguments;
    struct words notes;
    const char *left_out; /* what the arguments lack, in a sentence, or NULL */
};

/* Makes the plan with a list of struct grow_addition. Returns 1, or 0 after a complaint. */
int grow_plan_make(const struct args *args, const struct terway_request *terway,
                   const struct list *added, const cnicalc_terway_grow_result *result,
                   const cnicalc_terway_node *node, struct grow_plan *out_plan);

/* What was given of the plan, node NULL for Flannel; and a reason in place of a plan that does not
 * fit. */
struct words grow_arguments(const struct args *args, const struct terway_request *terway,
                            const cnicalc_terway_node *node, uint32_t plugin);
const char *grow_comment(const char *reason);

/* What is short, in sentences; NULL where nothing is. */
const char *grow_reason(const cnicalc_terway_grow_result *result);

/* The answers. Each returns an exit status. */
int grow_terway(const struct args *args, struct grow_request *request, struct answer *answer);
int grow_flannel(const struct args *args, const struct grow_request *request,
                 struct answer *answer);

extern const struct field grow_terway_fields[];
extern const struct field grow_flannel_fields[];

#endif
