/* SPDX-License-Identifier: MIT */
/* The blocks of an address plan, as cnicalc check and cnicalc propose read them. */
#ifndef CNICALC_TOOL_PLAN_ARGS_H
#define CNICALC_TOOL_PLAN_ARGS_H

#include "args.h"
#include "named.h"

#include <cnicalc.h>

struct plan_args {
    cnicalc_plan_block *blocks;
    const char **texts;  /* of the blocks, as they were given: "vswitch I 192.168.0.0/19" */
    const char **labels; /* of the blocks, as options: "--vswitch I=192.168.0.0/19" */
    const char **names;  /* of the blocks: a zone or another network; NULL: none */
    size_t count;
    struct names zones;
};

enum plan_host_bits { PLAN_REFUSE_HOST_BITS, PLAN_KEEP_HOST_BITS };

/* Reads those options of a block that the subcommand has and that may be repeated. Returns 1, or 0
 * after a complaint. */
int plan_args_parse(const struct args *args, enum plan_host_bits host_bits,
                    struct plan_args *out_plan);

/* --plugin, which must be given. */
int plan_args_plugin(const struct args *args, uint32_t *out_plugin);

#endif
