/* SPDX-License-Identifier: MIT */
/* What is said of a Flannel split wherever one is answered. */
#ifndef CNICALC_TOOL_FLANNEL_H
#define CNICALC_TOOL_FLANNEL_H

#include "../answer/field.h"
#include "../ask/option.h"

#include <cnicalc.h>

struct flannel_row {
    cnicalc_cidr pod_cidr; /* of family 0: none */
    cnicalc_flannel_result result;
    cnicalc_ceilings ceilings;
    uint32_t fits; /* or CNICALC_UNKNOWN: no number of nodes is wanted */
    const char *reason;
    struct list shortages;
    struct words notes;
    const char *explain; /* or NULL */
};

extern const struct field flannel_fields[];

/* The parse() of --node-mask, whose member is a uint32_t. */
int flannel_parse_node_mask(const struct asking *asking, void *member);

/* Why the library refuses a pod CIDR that was parsed. */
const char *flannel_why(const cnicalc_cidr *pod_cidr, cnicalc_status status);

/* The note on a request for more pods per node than can get an address, or NULL. */
const char *flannel_note(uint64_t pods_per_node, const cnicalc_flannel_result *result);

#endif
