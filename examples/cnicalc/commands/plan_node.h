/* SPDX-License-Identifier: MIT */
/* The instance type that an address plan is for. */
#ifndef CNICALC_TOOL_PLAN_NODE_H
#define CNICALC_TOOL_PLAN_NODE_H

#include "../ask/args.h"
#include "../ask/option.h"

#include <cnicalc.h>

struct plan_node {
    const char *type; /* or NULL: any */
    cnicalc_node_options options;
    const char *catalog;    /* or NULL */
    uint64_t pods_per_node; /* read, so that a plan for cnicalc terway can be kept, and not used */
};

/* What a node of the type is to a plan; zeros where none is given. */
struct plan_node_found {
    uint64_t most_pods; /* that it runs */
    cnicalc_terway_node node;
};

/* A group of struct plan_node, and its parts: bits for `only`. */
extern const struct option plan_node_options[];
enum { PLAN_NODE_TYPE = 1, PLAN_NODE_PODS = 2 };

void plan_node_init(struct plan_node *asked);

/* With dual_stack the type must be able to run it; pods of each node, or 0: as many as it runs.
 * Returns 1, or 0 after a complaint. */
int plan_node_find(const struct args *args, const struct plan_node *asked, uint32_t plugin,
                   uint32_t dual_stack, uint64_t pods, struct plan_node_found *out_found);

#endif
