/* SPDX-License-Identifier: MIT */
/* What a subcommand can be asked, as a table. From it come the parser, the help, the options and
 * the synopsis of the manual, the completion, and what `external` reads. */
#ifndef CNICALC_TOOL_OPTION_H
#define CNICALC_TOOL_OPTION_H

#include "choices.h"

#include <cnicalc.h>
#include <stddef.h>
#include <stdint.h>

struct args;

/* What the value of an option is, and the type of the request's member that holds it. */
enum option_kind {
    OPTION_END,      /* ends a table */
    OPTION_FLAG,     /* uint32_t, 1 where it is given; the option takes no value */
    OPTION_COUNT,    /* uint64_t, from low to high; a high of 0 is the largest count */
    OPTION_COUNT32,  /* the same as uint32_t */
    OPTION_SIGNED32, /* int32_t */
    OPTION_NAME,     /* uint32_t, one of the choices */
    OPTION_TEXT,     /* const char * */
    OPTION_VALUE,    /* what parse() makes of it */
    OPTION_VALUES,   /* the same, and the option may be repeated */
    OPTION_GROUP     /* not an option: the table `group`, whose request is a member of this one */
};

/* What completion offers for a value that has no choices. */
enum option_offer { OFFER_NOTHING, OFFER_FILES, OFFER_TYPES, OFFER_FAMILIES };

/* A value on its way into the request. */
struct asking {
    const struct args *args;
    const struct option *option;
    const char *text;  /* the value */
    const char *label; /* "--name value", for a complaint */
};

struct option {
    const char *name;     /* without its dashes */
    const char *argument; /* what the value is called; NULL: the option takes none */
    /* A short phrase. "%c" becomes the choices, "%b" the legal range, and "%d" the default, which
     * is what init() of the subcommand wrote. Of a group: what is said of all its options in one;
     * NULL: each has its own line. */
    const char *help;
    enum option_kind kind;
    size_t where; /* of the member in the request, or of the group's request */
    uint64_t low;
    uint64_t high;
    uint32_t bound; /* enum cnicalc_bound, for "%b" */
    const struct choices *choices;
    int (*parse)(const struct asking *asking, void *member); /* returns 1, or 0 after a complaint */
    uint32_t tag;                                            /* for parse() */
    const struct option *group;
    uint32_t only;        /* of a group: the bits of the options that apply; 0: all */
    uint32_t bit;         /* inside a group: the one of this option */
    uint32_t verbs;       /* the bits of the verbs that it goes with; 0: all */
    int is_required;      /* the request is malformed without it */
    int is_relaxed;       /* of a group: none of its options is required */
    const char *not_with; /* the option of the table that excludes it, or NULL */
    enum option_offer offer;
    const char *more; /* sentences for the manual alone, or NULL */
};

/* clang-format off */
#define OPTIONS_END {.kind = OPTION_END}

/* The options of another table that have one of some bits, or all of them for 0. */
#define OPTION_GROUP_OF(table, type, member, bits, says)                                           \
    {.kind = OPTION_GROUP, .group = (table), .where = offsetof(type, member), .only = (bits),      \
     .help = (says)}
/* clang-format on */

/* What several subcommands have. */
/* clang-format off */
#define OPTION_EXPLAIN(type, member)                                                               \
    {"explain", NULL, "the rule, its numbers and its source in a paragraph", OPTION_FLAG,          \
     .where = offsetof(type, member)}
#define OPTION_CATALOG(type, member)                                                               \
    {"catalog", "FILE", "its rows override the built-in ones; - is stdin", OPTION_TEXT,            \
     .where = offsetof(type, member), .offer = OFFER_FILES,                                        \
     .more = "The format is that of cnicalc-catalog(5)."}
/* clang-format on */

/* An option of a table, or of a group in it. */
struct slot {
    const struct option *option;
    const struct option *group; /* the row that includes it, or NULL */
    size_t where;               /* of its member in the whole request */
    uint32_t verbs;
};

/* All options of a table, those of its groups in their place. */
const struct slot *option_slots(const struct option *options, size_t *out_count);

int option_is_repeatable(const struct option *option);

/* Whether a request without this option is malformed. */
int option_is_required(const struct slot *slot);

/* Whether an option is one of a table. */
int option_is_in(const struct option *option, const struct option *options);

/* Complains about the value: "cnicalc: SUBCOMMAND: --name value: why". Returns 0. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
int asking_refuse(const struct asking *asking, const char *format, ...);

/* A whole number, as OPTION_COUNT reads it; for parse(). Returns 1, or 0 after a complaint. */
int asking_count(const struct asking *asking, uint64_t low, uint64_t high, uint64_t *out_count);

/* Fills the request with what was given, in the order of the table; what options with one parse()
 * add to one list is in the order of the request. Returns 1, or 0 after a complaint. */
int option_fill(const struct args *args, void *request);

#endif
