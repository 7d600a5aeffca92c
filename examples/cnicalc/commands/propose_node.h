/* SPDX-License-Identifier: MIT */
/* The instance type that a plan of cnicalc propose is for. */
#ifndef CNICALC_TOOL_PROPOSE_NODE_H
#define CNICALC_TOOL_PROPOSE_NODE_H

#include "../ask/args.h"
#include "../ask/option.h"

#include <cnicalc.h>

struct propose_node {
    const char *type; /* or NULL: any */
    cnicalc_node_options node;
    const char *catalog; /* or NULL */
};

/* A group of struct propose_node. */
extern const struct option propose_node_options[];

void propose_node_init(struct propose_node *asked);

/* Fills in what a node of the type runs, and whether it joins. Returns 1, or 0 after a complaint.
 */
int propose_node_find(const struct args *args, const struct propose_node *asked,
                      cnicalc_plan_propose_options *options);

#endif
