/* SPDX-License-Identifier: MIT */
/* The answer of cnicalc propose. */
#ifndef CNICALC_TOOL_PROPOSE_H
#define CNICALC_TOOL_PROPOSE_H

#include "../answer/field.h"

#include <cnicalc.h>

struct vswitch_row {
    uint32_t role;
    const char *zone;
    cnicalc_cidr cidr;
    uint64_t usable_addresses;
};

struct propose_row {
    cnicalc_plan_propose_options options;
    cnicalc_plan_proposal proposal;
    const char *reason;
    const char *vpc; /* or NULL */
    const char *vpc_ipv6;
    struct list node_vswitches; /* of struct vswitch_row */
    struct list pod_vswitches;
    struct list vswitches;
    cnicalc_cidr pod_cidr; /* of family 0: none */
    cnicalc_cidr service_cidr;
    cnicalc_cidr service_cidr_ipv6;
    uint64_t usable_pod_ips;
    struct list shortages; /* of struct need */
    struct list findings;  /* of struct finding */
    struct value *notes;
    const char *check;
};

extern const struct field propose_fields[];

/* A vSwitch of any role, and a line that a shell reads as it is. */
extern const struct field propose_table_fields[];
extern const struct field propose_line_fields[];

#endif
