/* SPDX-License-Identifier: MIT */
/* The rule of an answer, with its numbers and its source, in one short paragraph. */
#ifndef CNICALC_TOOL_EXPLAIN_H
#define CNICALC_TOOL_EXPLAIN_H

#include <cnicalc.h>

/* Each makes the paragraph of an answer that the library gave. */
const char *explain_node(const cnicalc_instance *instance, const cnicalc_node_options *options,
                         const cnicalc_node_result *result, const char *formula);
const char *explain_flannel(const cnicalc_flannel_result *result);
const char *explain_conntrack(const cnicalc_conntrack_result *result);
const char *explain_terway(const cnicalc_terway_result *result);
const char *explain_grow(const cnicalc_terway_grow_result *result);

#endif
