/* SPDX-License-Identifier: MIT */
/* What cnicalc terway is asked, in parts. */
#ifndef CNICALC_TOOL_TERWAY_REQUEST_H
#define CNICALC_TOOL_TERWAY_REQUEST_H

#include "../answer/answer.h"
#include "../ask/args.h"
#include "../ask/catalogue.h"
#include "../ask/named.h"

#include <cnicalc.h>

struct terway_request {
    const struct args *args;
    cnicalc_terway_options options;
    cnicalc_node_options node;
    uint64_t idle_addresses;
    struct instance_source source;
    cnicalc_terway_vswitch *vswitches;
    const char **labels; /* of the vSwitches, as they were given */
    size_t vswitch_count;
    struct names zones;
};

/* Reads and checks --vswitch and --node-vswitch. Returns 1, or 0 after a complaint. */
int terway_parse_vswitches(struct terway_request *request);

/* Complains about a node of some type or number of pods; what it is called there. Returns an exit
 * status. */
int terway_refuse(const struct terway_request *request, const char *what, cnicalc_status status);

/* Whether the nodes of --pool fit. Returns an exit status. */
int terway_answer_pools(const struct terway_request *request, struct answer *answer);

/* One of the four modes, from a text that an option gave. Returns 1, or 0 after a complaint that
 * puts what before it. */
int terway_parse_mode(const struct args *args, const char *what, const char *text,
                      uint32_t *out_mode);

#endif
