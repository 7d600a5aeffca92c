/* SPDX-License-Identifier: MIT */
/* What is wanted of a plan: options that check has, and map and terway take so that a plan can be
 * kept. */
#ifndef CNICALC_TOOL_CHECK_H
#define CNICALC_TOOL_CHECK_H

#include "../ask/ceilings.h"
#include "../ask/option.h"
#include "../ask/plan.h"

/* A group of cnicalc_plan_check_options, and its parts: bits for `only`. */
extern const struct option check_options[];
enum { CHECK_SPLIT = 1, CHECK_WANTED = 2, CHECK_DUAL_STACK = 4, CHECK_TIMES = 8 };

/* The ceilings that check judges. */
#define CHECK_CEILINGS                                                                             \
    (CEILING_NODES | CEILING_PODS | CEILING_SERVICES | CEILING_ROUTES | CEILING_VPC_ADDRESSES |    \
     CEILING_VSWITCHES | CEILING_SECURITY_GROUP)

/* What a subcommand says of options that it reads, as a kept plan has them, and does not judge. */
#define CHECK_UNREAD "as for cnicalc check; they change nothing"

/* The blocks of a plan that are no vSwitches, and what is wanted of it: groups of two members. */
#define CHECK_UNREAD_OPTIONS(type, plan_member, options_member)                                    \
    OPTION_GROUP_OF(plan_options, type, plan_member, PLAN_VPC | PLAN_CIDRS | PLAN_OTHERS,          \
                    CHECK_UNREAD),                                                                 \
    {                                                                                              \
        .kind = OPTION_GROUP, .group = check_options, .where = offsetof(type, options_member),     \
        .only = CHECK_SPLIT | CHECK_WANTED, .help = CHECK_UNREAD, .is_relaxed = 1                  \
    }

/* So that nodes and pods can be added. */
#define CHECK_COUNT_MAX (UINT64_MAX / 2)

#endif
