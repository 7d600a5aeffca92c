/* SPDX-License-Identifier: MIT */
#include "args.h"

#include "../base/complaint.h"
#include "../base/memory.h"
#include "arguments.h"
#include "nearest.h"

#include <stdio.h>
#include <string.h>

/* What every subcommand has. */
static const struct option common_options[] = {
    {.name = "output", .argument = "FORMAT", .kind = OPTION_TEXT},
    {.name = "help", .kind = OPTION_FLAG},
    OPTIONS_END};

/* Where an argument vector is being read. */
struct cursor {
    int argc;
    char **argv;
    int next;
};

static int is_name(const struct option *option, const char *name, size_t length)
{
    return strlen(option->name) == length && memcmp(option->name, name, length) == 0;
}

/* The option of a name, or NULL. */
static const struct option *find_option(const struct args *args, const char *name, size_t length)
{
    for (size_t i = 0; i < args->slot_count; i++) {
        if (is_name(args->slots[i].option, name, length)) {
            return args->slots[i].option;
        }
    }
    for (size_t i = 0; common_options[i].kind != OPTION_END; i++) {
        if (is_name(&common_options[i], name, length)) {
            return &common_options[i];
        }
    }
    return NULL;
}

/* An option and its value in one, as they are easily written into a file. */
static int refuse_blank(const struct args *args, const char *argument)
{
    size_t length = strcspn(argument, " ");
    const char *value = argument + length + 1;
    if (strpbrk(argument, " =") == argument + length && strpbrk(value, " \t") == NULL) {
        complain(args->subcommand, argument, "one argument a line; did you mean %.*s=%s?",
                 (int)length, argument, value);
    } else {
        complain(args->subcommand, argument, "one argument a line");
    }
    return 0;
}

static int refuse_unknown(const struct args *args, const char *argument)
{
    size_t length = strcspn(argument, " ");
    if (argument[length] != '\0' && find_option(args, argument + 2, length - 2) != NULL) {
        return refuse_blank(args, argument);
    }
    struct nearest search = nearest_to(memory_copy(argument + 2, strcspn(argument + 2, "=")));
    search.slips = search.slips < 2 ? search.slips : 2; /* options differ in few letters */
    for (size_t i = 0; i < args->slot_count; i++) {
        nearest_offer(&search, args->slots[i].option->name);
    }
    for (size_t i = 0; common_options[i].kind != OPTION_END; i++) {
        nearest_offer(&search, common_options[i].name);
    }
    if (search.best != NULL) {
        complain(args->subcommand, argument, "no such option; did you mean --%s?", search.best);
    } else {
        complain(args->subcommand, argument, "no such option; see cnicalc %s --help",
                 args->subcommand);
    }
    return 0;
}

/* The first value of an option, or NULL. */
static const char *value_of(const struct args *args, const struct option *option)
{
    if (option == &common_options[0]) {
        return args->output;
    }
    for (size_t i = 0; i < args->given_count; i++) {
        if (args->given[i].option == option) {
            return args->given[i].value;
        }
    }
    return NULL;
}

static void keep_value(struct args *args, const struct option *option, const char *value)
{
    if (option == &common_options[0]) {
        args->output = value;
    } else if (option == &common_options[1]) {
        args->help = 1;
    } else {
        args->given[args->given_count].option = option;
        args->given[args->given_count++].value = value;
    }
}

/* Stores the value of an option; shown is how the user wrote it. */
static int take_value(struct args *args, const char *shown, const struct option *option,
                      const char *attached, struct cursor *cursor)
{
    const char *why = NULL;
    if (option->argument != NULL && attached == NULL && cursor->next < cursor->argc &&
        arguments_follow(cursor->argv[cursor->next - 1], cursor->argv[cursor->next])) {
        attached = cursor->argv[cursor->next++];
    } else if (option->argument != NULL && attached == NULL) {
        why = "the option needs a value";
    } else if (option->argument == NULL && attached != NULL) {
        why = "the option takes no value";
    }
    if (value_of(args, option) != NULL && !option_is_repeatable(option)) {
        why = "the option is given twice";
    }
    if (why != NULL) {
        complain(args->subcommand, shown, "%s", why);
        return 0;
    }
    keep_value(args, option, attached != NULL ? attached : "");
    return 1;
}

static int parse_long(struct args *args, const char *argument, struct cursor *cursor)
{
    const char *name = argument + 2;
    size_t length = strcspn(name, "=");
    const struct option *option = find_option(args, name, length);
    return option == NULL ? refuse_unknown(args, argument)
                          : take_value(args, argument, option,
                                       name[length] == '=' ? name + length + 1 : NULL, cursor);
}

static int parse_short(struct args *args, const char *argument, struct cursor *cursor)
{
    if (strcmp(argument, "-h") == 0) {
        args->help = 1;
        return 1;
    }
    if (argument[1] == 'o') {
        return take_value(args, "-o", &common_options[0], argument[2] != '\0' ? argument + 2 : NULL,
                          cursor);
    }
    complain(args->subcommand, argument, "no such option; see cnicalc %s --help", args->subcommand);
    return 0;
}

int args_parse(const char *subcommand, const struct option *options, int argc, char **argv,
               struct args *out_args)
{
    struct cursor cursor = {argc, argv, 0};
    int only_operands = 0;
    memset(out_args, 0, sizeof *out_args);
    out_args->subcommand = subcommand;
    out_args->slots = option_slots(options, &out_args->slot_count);
    out_args->operands = memory_take((size_t)argc, sizeof *out_args->operands);
    out_args->given = memory_take((size_t)argc, sizeof *out_args->given);
    while (cursor.next < argc && !out_args->help) {
        const char *argument = argv[cursor.next++];
        arguments_point_at(argument);
        if (only_operands || argument[0] != '-' || argument[1] == '\0') {
            out_args->operands[out_args->operand_count++] = argument;
        } else if (strcmp(argument, "--") == 0) {
            only_operands = 1;
        } else if (!(argument[1] == '-' ? parse_long(out_args, argument, &cursor)
                                        : parse_short(out_args, argument, &cursor))) {
            return 0;
        }
    }
    arguments_point_at(NULL);
    return 1;
}

int args_given(const struct args *args, const char *name)
{
    size_t i = 0;
    while (i < args->given_count && strcmp(args->given[i].option->name, name) != 0) {
        i++;
    }
    return i < args->given_count;
}

const char *args_label(const char *name, const char *value)
{
    const char *shown = complain_shown(value);
    size_t size = strlen(name) + strlen(shown) + sizeof "-- ";
    char *label = memory_take(size, 1);
    snprintf(label, size, "--%s %s", name, shown);
    return label;
}
