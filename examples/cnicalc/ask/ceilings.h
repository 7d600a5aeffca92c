/* SPDX-License-Identifier: MIT */
/* The ceilings that a question is judged by, as the subcommands that judge any share them. */
#ifndef CNICALC_TOOL_CEILINGS_H
#define CNICALC_TOOL_CEILINGS_H

#include "../answer/field.h"
#include "option.h"

#include <cnicalc.h>

/* Which of the ceilings a subcommand judges: bits for the `only` of its groups. */
enum {
    CEILING_NODES = 1,
    CEILING_PODS = 2,
    CEILING_SERVICES = 4,
    CEILING_ROUTES = 8,
    CEILING_VPC_ADDRESSES = 16,
    CEILING_IPVLAN = 32,
    CEILING_EDITION = 64, /* the edition and whether its ceilings are raised */
    CEILING_VSWITCHES = 128,
    CEILING_SECURITY_GROUP = 256
};

/* Groups of cnicalc_ceilings: the edition and what is in use; own ceilings. */
extern const struct option ceilings_options[];
extern const struct option quota_options[];

/* Both groups of a member of the request: each option with what it is, or with one text for all. */
#define CEILINGS_OPTIONS(type, member, bits)                                                       \
    OPTION_GROUP_OF(ceilings_options, type, member, (bits) | CEILING_EDITION, NULL),               \
        OPTION_GROUP_OF(quota_options, type, member, bits,                                         \
                        "your own ceilings instead of the published ones")
#define CEILINGS_OPTIONS_AS(type, member, bits, says)                                              \
    OPTION_GROUP_OF(ceilings_options, type, member, (bits) | CEILING_EDITION, says),               \
        OPTION_GROUP_OF(quota_options, type, member, bits, says)

/* The fields of an answer that say what it was judged by: a group of cnicalc_ceilings. */
extern const struct field ceilings_fields[];

#endif
