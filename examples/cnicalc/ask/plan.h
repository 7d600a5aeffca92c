/* SPDX-License-Identifier: MIT */
/* The blocks of an address plan, in the words that terway, check, propose and map share. */
#ifndef CNICALC_TOOL_PLAN_H
#define CNICALC_TOOL_PLAN_H

#include "named.h"
#include "option.h"

#include <cnicalc.h>

/* What is known of a block beside the block itself. */
struct plan_label {
    const char *given;  /* the value, where it was given */
    const char *option; /* "--node-vswitch I=192.168.0.0/19" */
    const char *text;   /* "node-vswitch I 192.168.0.0/19" */
    const char *cidr;   /* as it was given */
    const char *name;   /* of a zone or a network; NULL: none */
};

struct plan_blocks {
    cnicalc_plan_block *blocks;
    struct plan_label *labels;
    size_t count;
    struct names zones;
    /* 1: a block with host bits is kept, for a check that reports them; 0: it is refused. */
    int keeps_host_bits;
};

/* Which blocks a subcommand takes: bits for the `only` of its group. */
enum {
    PLAN_VPC = 1,
    PLAN_VSWITCHES = 2,
    PLAN_CIDRS = 4, /* the pod CIDR and the Service CIDR */
    PLAN_OTHERS = 8,
    PLAN_NODE_VSWITCHES = 16 /* of the vSwitches */
};

/* A group of struct plan_blocks. */
extern const struct option plan_options[];

/* Reads a block, of the role that the tag of the option is. */
int plan_parse(const struct asking *asking, void *member);

/* The plan as the library takes it. */
cnicalc_plan plan_of(const struct plan_blocks *plan);

/* The name of a zone. */
const char *plan_zone(const struct plan_blocks *plan, uint32_t zone);

/* The blocks as vSwitches of a cluster, which all of them must be. One that is given in both roles
 * is one; labels has the index of the block of each. IPv6 blocks beside IPv4 ones are left out:
 * capacities are in IPv4. Returns 1, or 0 after a complaint. */
struct plan_vswitches {
    cnicalc_vswitch *vswitches;
    size_t *indexes; /* of its block */
    size_t count;
};
int plan_vswitches(const struct args *args, const struct plan_blocks *plan,
                   struct plan_vswitches *out_vswitches);

#endif
