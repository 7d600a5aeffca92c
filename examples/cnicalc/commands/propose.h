/* SPDX-License-Identifier: MIT */
/* What cnicalc propose is asked, and its answer. */
#ifndef CNICALC_TOOL_PROPOSE_H
#define CNICALC_TOOL_PROPOSE_H

#include "../answer/answer.h"
#include "../ask/plan.h"
#include "plan_node.h"

#include <cnicalc.h>

struct propose_request {
    cnicalc_plan_propose_options options;
    struct plan_node node;
    struct plan_blocks in_use; /* the VPC first */
    struct names zones;
};

struct vswitch_row {
    uint32_t role;
    const char *zone;
    cnicalc_cidr cidr;
    uint64_t usable_addresses;
    cnicalc_cidr vpc; /* the block of the VPC that it is in */
};

struct propose_row {
    cnicalc_plan_propose_options options;
    cnicalc_plan_proposal proposal;
    const char *reason;
    const char *vpc;           /* or NULL */
    struct list secondary_vpc; /* of const char * */
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
    struct words notes;
    const char *check;
};

extern const struct field propose_fields[];

/* A vSwitch of any role, the same with the block of the VPC, and a line that a shell reads as it
 * is. */
extern const struct field propose_table_fields[];
extern const struct field propose_blocks_fields[];
extern const struct field propose_line_fields[];

/* Adds the remarks on a plan. */
void propose_add_notes(const struct propose_request *request, const cnicalc_plan_block *blocks,
                       struct propose_row *row, struct answer *answer);

/* The plan as arguments of check, with what was given of it, and as resources of Terraform. */
struct words propose_arguments(const struct args *args, const struct propose_request *request,
                               const struct propose_row *row, const cnicalc_plan_block *blocks);
const char *propose_resources(const struct propose_request *request, const struct propose_row *row,
                              const cnicalc_plan_block *blocks);

#endif
