/* SPDX-License-Identifier: MIT */
/* The table of subcommands, and what all of them do before they answer. */
#include "command.h"

#include "ask/arguments.h"
#include "base/complaint.h"
#include "base/memory.h"
#include "base/text_buffer.h"

#include <string.h>

static const struct command *const commands[] = {
    &node_command,
#ifndef CNICALC_PAGE /* which has no view for these */
    &types_command,
#endif
    &size_command,      &flannel_command, &terway_command,   &check_command,   &propose_command,
    &grow_command,
#ifndef CNICALC_PAGE
    &audit_command,
#endif
    &map_command,       &choose_command,  &features_command, &cidr_command,
#ifndef CNICALC_PAGE
    &conntrack_command, &quota_command,   &batch_command,    &catalog_command, &external_command,
#endif
};

const struct command *command_at(size_t index)
{
    return index < sizeof commands / sizeof commands[0] ? commands[index] : NULL;
}

const struct command *command_find(const char *name)
{
    size_t index = 0;
    while (command_at(index) != NULL && strcmp(name, commands[index]->name) != 0) {
        index++;
    }
    return command_at(index);
}

uint32_t command_formats(const struct command *command)
{
    return command->formats != 0 ? command->formats : OUTPUT_TEXTS;
}

void *command_defaults(const struct command *command)
{
    void *request = memory_take(1, command->request_size + 1); /* some ask nothing */
    if (command->init != NULL) {
        command->init(request);
    }
    return request;
}

/* The first word of a list of operands. */
static const char *first_word(const char *operands)
{
    return memory_copy(operands, strcspn(operands, " ."));
}

/* Complains unless there are as many operands as the subcommand wants. */
static int check_operands(const struct command *command, const struct args *args)
{
    if (command->operands == NULL && args->operand_count != 0) {
        arguments_point_at(args->operands[0]);
        if (command->instead != NULL) {
            complain(args->subcommand, args->operands[0], "the subcommand takes options only; %s",
                     command->instead);
        } else {
            complain(args->subcommand, args->operands[0],
                     "the subcommand takes options only; see cnicalc %s --help", args->subcommand);
        }
        return 0;
    }
    if (command->operands != NULL && args->operand_count < command->least) {
        complain(args->subcommand, first_word(command->operands),
                 "none is given; see cnicalc %s --help", args->subcommand);
        return 0;
    }
    return 1;
}

static size_t count_verbs(const struct command *command)
{
    size_t count = 0;
    while (command->verbs != NULL && command->verbs[count].name != NULL) {
        count++;
    }
    return count;
}

/* Complains about the first option that does not go with a verb. */
static int check_verb(const struct args *args, const struct verb *verb)
{
    for (size_t i = 0; i < args->slot_count; i++) {
        const struct slot *slot = &args->slots[i];
        if (slot->verbs != 0 && (slot->verbs & verb->bit) == 0 &&
            args_given(args, slot->option->name)) {
            struct text_buffer what = {NULL, 0, 0};
            text_add(&what, "--%s", slot->option->name);
            complain(args->subcommand, what.text, "the option does not go with %s %s",
                     args->subcommand, verb->name);
            return 0;
        }
    }
    return 1;
}

/* The verb of the request, which is taken off the operands; NULL after a complaint. */
static const struct verb *take_verb(const struct command *command, struct args *args)
{
    const char **names = memory_take(count_verbs(command), sizeof *names);
    const struct names_of choices = {args->subcommand, "", names, count_verbs(command)};
    size_t index = 0;
    for (size_t i = 0; i < choices.count; i++) {
        names[i] = command->verbs[i].name;
    }
    if (!names_parse(&choices, args->operands[0], &index)) {
        return NULL;
    }
    const struct verb *verb = &command->verbs[index];
    args->operands++;
    args->operand_count--;
    if (args->operand_count > verb->most && verb->most == 0) {
        complain(args->subcommand, args->operands[0], "%s", command->instead);
        return NULL;
    }
    if (args->operand_count < verb->least || args->operand_count > verb->most) {
        complain(args->subcommand, verb->name,
                 verb->most == 1 ? "its operand is %s" : "its operands are %s", verb->operands);
        return NULL;
    }
    return check_verb(args, verb) ? verb : NULL;
}

int command_answer(const struct command *command, struct args *args, struct answer *answer)
{
    const struct verb *verb = NULL;
    if (!check_operands(command, args) ||
        (command->verbs != NULL && (verb = take_verb(command, args)) == NULL)) {
        return EXIT_MALFORMED;
    }
    void *request = command_defaults(command);
    if (!option_fill(args, request)) {
        return EXIT_MALFORMED;
    }
    return verb != NULL ? verb->run(args, request, answer) : command->run(args, request, answer);
}
