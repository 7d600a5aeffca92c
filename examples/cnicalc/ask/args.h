/* SPDX-License-Identifier: MIT */
/* The options and operands of one subcommand. */
#ifndef CNICALC_TOOL_ARGS_H
#define CNICALC_TOOL_ARGS_H

#include <stddef.h>
#include <stdint.h>

/* An option: "--name VALUE", "--name=VALUE", or "--name" alone when it takes no value. A list of
 * options ends with one whose name is NULL. */
struct option {
    const char *name; /* without its dashes */
    int takes_value;  /* 0, 1, or OPTION_REPEATED */
};

/* takes_value of an option with a value that may be given any number of times. */
#define OPTION_REPEATED 2

/* One value of an option that may be repeated. */
struct repetition {
    const struct option *option;
    const char *value;
};

struct args {
    const char *subcommand;
    const struct option *options;
    const char **values;            /* of the options, in their order; NULL: not given */
    struct repetition *repetitions; /* as they stand in the request */
    size_t repetition_count;
    const char **operands;
    size_t operand_count;
    const char *output; /* -o, --output; NULL: not given */
    int help;           /* -h, --help */
};

/* The functions below return 1, or 0 after a complaint. */

/* Reads the arguments behind the subcommand's name. Options and operands may stand in any order;
 * behind "--" all are operands. The text of argv is kept, not copied. */
int args_parse(const char *subcommand, const struct option *options, int argc, char **argv,
               struct args *out_args);

/* Whether an option was given, and its value. The name must stand in the subcommand's list. */
int args_given(const struct args *args, const char *name);
const char *args_value(const struct args *args, const char *name);

/* The values of an option that may be repeated, one a call, in their order; *position begins at 0.
 * NULL behind the last. args_value() is the first. */
const char *args_next(const struct args *args, const char *name, size_t *position);

/* A whole number in a range. Without the option, *number stays as it is. */
int args_number(const struct args *args, const char *name, uint64_t low, uint64_t high,
                uint64_t *number);
int args_number32(const struct args *args, const char *name, uint32_t low, uint32_t *number);

/* One of some names, as its index. Without the option, *index stays as it is. */
int args_choice(const struct args *args, const char *name, const char *const *choices, size_t count,
                size_t *index);

/* Likewise for a text that is no option; what stands before it in a complaint, "" for nothing. */
int args_choose(const char *subcommand, const char *what, const char *text,
                const char *const *choices, size_t count, size_t *index);

/* --edition, by the library's names. */
int args_edition(const struct args *args, uint32_t *edition);

/* "--name value", as a complaint shows it. */
const char *args_label(const char *name, const char *value);

/* Complains about the value of an option: "cnicalc: SUBCOMMAND: --name value: why". Returns 0. */
int args_refuse(const struct args *args, const char *name, const char *why);

/* Likewise about one value of an option that may be repeated. */
int args_refuse_value(const struct args *args, const char *name, const char *value,
                      const char *why);

/* Complains about the first operand of a subcommand that takes none. */
int args_no_operands(const struct args *args);

#endif
