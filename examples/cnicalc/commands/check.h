/* SPDX-License-Identifier: MIT */
/* What is wanted of a plan: options that check has, and map takes so that a plan can be kept. */
#ifndef CNICALC_TOOL_CHECK_H
#define CNICALC_TOOL_CHECK_H

#include "../answer/field.h"
#include "../ask/plan.h"

/* Groups of cnicalc_plan_check_options. */
extern const struct option check_options[];
#define CHECK_CEILINGS                                                                             \
    (CEILING_NODES | CEILING_PODS | CEILING_SERVICES | CEILING_ROUTES | CEILING_VPC_ADDRESSES)

/* So that nodes and twice the pods can be added. */
#define CHECK_COUNT_MAX (UINT64_MAX / 4)

/* A finding as check answers it. */
struct finding_row {
    cnicalc_plan_finding finding;
    const char *subject; /* or NULL, like the texts below */
    const char *other;
    const char *zone;
    const char *message;
};

extern const struct field finding_fields[];

struct list check_rows(const struct plan_blocks *plan, const struct plan_findings *findings);

/* "error: MESSAGE (zone I)": the library does not know the names of zones and networks. */
const char *check_line(const struct plan_blocks *plan, const struct finding_row *row);

#endif
