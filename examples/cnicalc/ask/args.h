/* SPDX-License-Identifier: MIT */
/* The options and operands of one subcommand, as they were given. */
#ifndef CNICALC_TOOL_ARGS_H
#define CNICALC_TOOL_ARGS_H

#include "option.h"

/* An option that was given. */
struct given {
    const struct option *option;
    const char *value; /* "" of an option without one */
};

struct args {
    const char *subcommand;
    const struct slot *slots; /* of the table of options */
    size_t slot_count;
    struct given *given;
    size_t given_count;
    const char **operands;
    size_t operand_count;
    const char *output; /* -o, --output; NULL: not given */
    int help;           /* -h, --help */
};

/* The functions below return 1, or 0 after a complaint. */

/* Reads the arguments after the subcommand's name. Options and operands may be in any order; after
 * "--" all are operands. The text of argv is kept, not copied. */
int args_parse(const char *subcommand, const struct option *options, int argc, char **argv,
               struct args *out_args);

/* Whether an option was given. The name must be one of the table. */
int args_given(const struct args *args, const char *name);

/* "--name value", as a complaint shows it. */
const char *args_label(const char *name, const char *value);

#endif
