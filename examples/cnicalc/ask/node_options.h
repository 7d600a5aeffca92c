/* SPDX-License-Identifier: MIT */
/* The options about a node, as the subcommands that ask about nodes share them. */
#ifndef CNICALC_TOOL_NODE_OPTIONS_H
#define CNICALC_TOOL_NODE_OPTIONS_H

#include "option.h"

#include <cnicalc.h>

/* Which options a subcommand takes: bits for the `only` of its group. */
enum {
    NODE_ALLOCATABLE = 1,                  /* what moves its CPU and memory alone */
    NODE_SETTINGS = 2,                     /* what Terway is told, and what people decide */
    NODE_SHOWN = 4,                        /* what a running node shows itself */
    NODE_PODS = NODE_SETTINGS | NODE_SHOWN /* what moves its pods or addresses */
};

/* A group of cnicalc_node_options: all but --mode. */
extern const struct option node_options[];

/* Whether a type is one of Lingjun nodes, which have a rule of their own. */
int node_is_lingjun(const cnicalc_instance *instance);

/* Whether a type has no rule in a mode: Windows, Lingjun and IPv6 alone have one mode each. */
int node_is_of_other_mode(cnicalc_status status);

/* Complains that a type cannot be answered under its options; mode_form is how the request gave the
 * mode, "--mode " or "mode=". Returns an exit status. */
int node_options_refuse(const char *subcommand, const cnicalc_instance *instance,
                        const cnicalc_node_options *node, const char *mode_form,
                        cnicalc_status status);

#endif
