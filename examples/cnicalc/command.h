/* SPDX-License-Identifier: MIT */
/* A subcommand. Each has a file of its name in commands/ and a line in the table of command.c. */
#ifndef CNICALC_TOOL_COMMAND_H
#define CNICALC_TOOL_COMMAND_H

#include "answer/answer.h"
#include "answer/output.h"
#include "ask/args.h"

#include <stddef.h>

/* The first operand of a subcommand that does several things. */
struct verb {
    const char *name;
    const char *operands; /* as the help shows them */
    const char *says;     /* a short phrase */
    size_t least;         /* operands */
    size_t most;
    const struct field *fields; /* of its answer */
    uint32_t bit;               /* for the options that go with some verbs only */
    /* As run() of the command, which has none then. The operands begin after the verb. */
    int (*run)(const struct args *args, void *request, struct answer *answer);
    enum option_offer offer; /* of its operands */
};

/* One of several answers of a subcommand: which, in words of the manual, and what is in it. */
struct form {
    const char *title;
    const struct field *fields;
};

struct command {
    const char *name;
    const char *summary;     /* for cnicalc --help */
    const char *usage;       /* what follows the name, a form in a line */
    const char *operands;    /* as the synopsis shows them; NULL: there are none */
    size_t least;            /* operands */
    enum option_offer offer; /* of them */
    const char *about;       /* paragraphs, a line each */
    const char *notes;       /* more of them, after the options; or NULL */
    const char *examples;    /* a command in a line */
    const char *instead; /* what was meant, perhaps, by an operand where there are none; or NULL */
    const struct option *options;
    const struct verb *verbs;   /* ends with one without a name; NULL: there are none */
    const struct field *fields; /* of the answer; NULL: see forms or verbs */
    const struct form *forms;   /* of several answers; ends with one without fields */
    uint32_t formats;           /* bits of enum output_format; 0: table, json and tsv */
    int has_one_answer;         /* so that `external` offers it */
    size_t request_size;
    void (*init)(void *request); /* fills in the defaults; NULL: zeros */
    /* Fills the answer and returns an exit status; after a complaint, EXIT_MALFORMED. */
    int (*run)(const struct args *args, void *request, struct answer *answer);
};

extern const struct command node_command;
extern const struct command types_command;
extern const struct command size_command;
extern const struct command flannel_command;
extern const struct command cidr_command;
extern const struct command quota_command;
extern const struct command terway_command;
extern const struct command check_command;
extern const struct command propose_command;
extern const struct command grow_command;
extern const struct command choose_command;
extern const struct command features_command;
extern const struct command conntrack_command;
extern const struct command external_command;
extern const struct command batch_command;
extern const struct command audit_command;
extern const struct command catalog_command;
extern const struct command map_command;

/* Every subcommand in the order of the help; NULL after the last. */
const struct command *command_at(size_t index);

/* The subcommand of a name, or NULL. */
const struct command *command_find(const char *name);

/* The request of a subcommand before anything is asked. */
void *command_defaults(const struct command *command);

/* Its formats. */
uint32_t command_formats(const struct command *command);

/* Answers what was read of the arguments. Returns an exit status. */
int command_answer(const struct command *command, struct args *args, struct answer *answer);

#endif
