/* SPDX-License-Identifier: MIT */
/* The rows of cnicalc node, which batch has too. */
#ifndef CNICALC_TOOL_NODE_H
#define CNICALC_TOOL_NODE_H

#include "../answer/field.h"

#include <cnicalc.h>

struct node_row {
    const char *instance_type;
    uint32_t mode;
    cnicalc_node_result result;
    struct words notes; /* of node alone */
    const char *formula;
    const char *explain; /* or NULL */
};

extern const struct field node_fields[];

#endif
