/* SPDX-License-Identifier: MIT */
/* A document as one record of texts. */
#ifndef CNICALC_TOOL_EXTERNAL_H
#define CNICALC_TOOL_EXTERNAL_H

#include "document.h"

/* The texts of a record, or of the one row of a list, under dotted keys: "limits.cidr",
 * "zones.0.zone". Numbers are decimal, a bool is "true" or "false", null is "". NULL when a list
 * has another number of rows. */
struct value *external_flatten(const struct value *document);

#endif
