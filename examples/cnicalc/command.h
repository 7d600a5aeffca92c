/* SPDX-License-Identifier: MIT */
/* A subcommand. Each has a file of its name and a line in the table of commands.c. */
#ifndef CNICALC_TOOL_COMMAND_H
#define CNICALC_TOOL_COMMAND_H

#include "answer/answer.h"
#include "ask/args.h"

#include <stddef.h>

struct command {
    const char *name;
    const char *summary; /* for cnicalc --help */
    const char *help;    /* at most 24 lines of 80 columns, with an example */
    const struct option *options;
    /* Fills the answer and returns an exit status; after a complaint, EXIT_MALFORMED. */
    int (*run)(const struct args *args, struct answer *answer);
};

extern const struct command node_command;
extern const struct command types_command;
extern const struct command flannel_command;
extern const struct command cidr_command;
extern const struct command quota_command;
extern const struct command terway_command;
extern const struct command check_command;
extern const struct command propose_command;
extern const struct command choose_command;
extern const struct command features_command;
extern const struct command conntrack_command;
extern const struct command external_command;
extern const struct command batch_command;
extern const struct command catalog_command;
extern const struct command map_command;

/* Every subcommand in the order of the help; NULL behind the last. */
const struct command *command_at(size_t index);

/* The subcommand of a name, or NULL. */
const struct command *command_find(const char *name);

#endif
