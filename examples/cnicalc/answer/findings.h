/* SPDX-License-Identifier: MIT */
/* What there is to say about an address plan, with the names of zones and networks, which the
 * library does not know. */
#ifndef CNICALC_TOOL_FINDINGS_H
#define CNICALC_TOOL_FINDINGS_H

#include "../ask/args.h"
#include "../ask/plan.h"
#include "field.h"

#include <cnicalc.h>

struct finding {
    cnicalc_plan_finding found;
    const char *given;   /* the value of the option that it is about, or NULL */
    const char *subject; /* "node-vswitch I 192.168.0.0/19", or NULL */
    const char *other;   /* the same, of the other block */
    const char *zone;    /* that is short, or NULL */
    const char *message;
    const char *sentence; /* the message, and in parentheses the names that it leaves out */
    uint64_t needed;      /* of a limit that is short; else CNICALC_UNKNOWN_COUNT */
    uint64_t available;   /* there; the same */
};

extern const struct field finding_fields[];

/* Checks a plan, and makes a list of struct finding. Returns 1, or 0 after a complaint. */
int findings_find(const struct args *args, const struct plan_blocks *plan,
                  const cnicalc_plan_check_options *options, struct list *out_findings);

#endif
