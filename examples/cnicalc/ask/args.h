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

/* Whether an option was given, and its first value or NULL. The name must be one of the table. */
int args_given(const struct args *args, const char *name);
const char *args_value(const struct args *args, const char *name);

/* The values of an option that may be repeated, one a call, in their order; *position begins at 0.
 * NULL after the last. */
const char *args_next(const struct args *args, const char *name, size_t *position);

/* "--name value", as a complaint shows it. */
const char *args_label(const char *name, const char *value);

/* ---- For subcommands that are not described by tables yet ---- */

/* clang-format off */
#define OLD_FLAG(n) {.name = n, .kind = OPTION_OLD}
#define OLD_VALUE(n) {.name = n, .argument = "", .kind = OPTION_OLD}
#define OLD_REPEATED(n) {.name = n, .argument = "", .kind = OPTION_OLD_REPEATED}
/* clang-format on */

int args_number(const struct args *args, const char *name, uint64_t low, uint64_t high,
                uint64_t *number);
int args_number32(const struct args *args, const char *name, uint32_t low, uint32_t *number);
int args_choice(const struct args *args, const char *name, const char *const *choices, size_t count,
                size_t *index);
int args_choose(const char *subcommand, const char *what, const char *text,
                const char *const *choices, size_t count, size_t *index);
int args_edition(const struct args *args, uint32_t *edition);
int args_refuse(const struct args *args, const char *name, const char *why);
int args_refuse_value(const struct args *args, const char *name, const char *value,
                      const char *why);
int args_no_operands(const struct args *args);

#endif
