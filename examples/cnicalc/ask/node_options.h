/* SPDX-License-Identifier: MIT */
/* The options about a node, as the subcommands that ask about nodes share them. */
#ifndef CNICALC_TOOL_NODE_OPTIONS_H
#define CNICALC_TOOL_NODE_OPTIONS_H

#include "args.h"

#include <cnicalc.h>

/* Their lines of a list of options. */
/* clang-format off */
#define NODE_OPTIONS                                                                               \
    {"mode", 1}, {"erdma", 0}, {"windows", 0}, {"max-eni", 1}, {"eni-cap-ratio", 1},               \
    {"eni-cap-shift", 1}, {"host-network-pods", 1}, {"kubelet-max-pods", 1},                       \
    {"ipv4-prefix-count", 1}, {"min-pods-to-join", 1}
/* clang-format on */

/* Reads them all but --mode. Returns 1, or 0 after a complaint. */
int node_options_parse(const struct args *args, cnicalc_node_options *out_node);

/* Whether the rule for Lingjun nodes holds: one of its quantities is there, and is not 0. */
int node_is_lingjun(const cnicalc_instance *instance);

/* Complains that a type cannot be answered under its options; mode_form is how the request gave the
 * mode, "--mode " or "mode=". Returns an exit status. */
int node_options_refuse(const char *subcommand, const cnicalc_instance *instance,
                        const cnicalc_node_options *node, const char *mode_form,
                        cnicalc_status status);

#endif
