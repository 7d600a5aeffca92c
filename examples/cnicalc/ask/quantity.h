/* SPDX-License-Identifier: MIT */
/* Quantities of Kubernetes as values of options. */
#ifndef CNICALC_TOOL_QUANTITY_H
#define CNICALC_TOOL_QUANTITY_H

#include "option.h"

/* The parse() of an option whose member is a uint64_t: millicores, or bytes. */
int quantity_parse_cpu(const struct asking *asking, void *member);
int quantity_parse_memory(const struct asking *asking, void *member);

#endif
