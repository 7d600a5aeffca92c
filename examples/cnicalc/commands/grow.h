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

/* The grown plan as arguments of check and terway; and notes: what check warns of in what is added,
 * and why it does not accept the whole. */
struct grow_plan {
    struct value *arguments;
    struct value *notes;
};

/* Makes the plan with a list of struct grow_addition. Returns 1, or 0 after a complaint. */
int grow_plan_make(const struct args *args, const struct terway_request *terway,
                   const struct list *added, const cnicalc_terway_grow_result *result,
                   const cnicalc_terway_node *node, struct grow_plan *out_plan);

/* What is short, in sentences; NULL where nothing is. */
const char *grow_reason(const cnicalc_terway_grow_result *result);

/* The answers. Each returns an exit status. */
int grow_terway(const struct args *args, struct grow_request *request, struct answer *answer);
int grow_flannel(const struct args *args, const struct grow_request *request,
                 struct answer *answer);

extern const struct field grow_terway_fields[];
extern const struct field grow_flannel_fields[];

#endif
