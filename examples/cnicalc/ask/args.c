/* SPDX-License-Identifier: MIT */
#include "args.h"

#include "../base/complaint.h"
#include "../base/memory.h"
#include "nearest.h"
#include "number.h"
#include "../base/text_buffer.h"

#include <cnicalc.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define WHAT_SIZE 256

/* What every subcommand has. */
static const struct option common_options[] = {{"output", 1}, {"help", 0}, {NULL, 0}};

/* Where an argument vector is being read. */
struct cursor {
    int argc;
    char **argv;
    int next;
};

static size_t count_options(const struct option *options)
{
    size_t count = 0;
    while (options[count].name != NULL) {
        count++;
    }
    return count;
}

/* The option of that name, or the number of options. */
static size_t find_option(const struct option *options, const char *name, size_t length)
{
    size_t i = 0;
    while (options[i].name != NULL &&
           (strlen(options[i].name) != length || memcmp(options[i].name, name, length) != 0)) {
        i++;
    }
    return i;
}

static int refuse_unknown(const struct args *args, const char *argument)
{
    struct nearest search = nearest_to(memory_copy(argument + 2, strcspn(argument + 2, "=")));
    for (size_t i = 0; args->options[i].name != NULL; i++) {
        nearest_offer(&search, args->options[i].name);
    }
    for (size_t i = 0; common_options[i].name != NULL; i++) {
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

/* Stores the value of an option; shown is how the user wrote it. */
static int take_value(struct args *args, const char *shown, const struct option *option,
                      const char *attached, struct cursor *cursor, const char **slot)
{
    if (*slot != NULL && option->takes_value != OPTION_REPEATED) {
        complain(args->subcommand, shown, "the option is given twice");
        return 0;
    }
    if (!option->takes_value) {
        *slot = "";
        if (attached != NULL) {
            complain(args->subcommand, shown, "the option takes no value");
        }
        return attached == NULL;
    }
    if (attached == NULL && cursor->next < cursor->argc) {
        attached = cursor->argv[cursor->next++];
    }
    if (attached == NULL) {
        complain(args->subcommand, shown, "the option needs a value");
        return 0;
    }
    if (option->takes_value == OPTION_REPEATED) {
        args->repetitions[args->repetition_count].option = option;
        args->repetitions[args->repetition_count++].value = attached;
    }
    if (*slot == NULL) {
        *slot = attached;
    }
    return 1;
}

static int parse_long(struct args *args, const char *argument, struct cursor *cursor)
{
    const char *name = argument + 2;
    size_t length = strcspn(name, "=");
    const char *attached = name[length] == '=' ? name + length + 1 : NULL;
    size_t i = find_option(args->options, name, length);
    if (args->options[i].name != NULL) {
        return take_value(args, argument, &args->options[i], attached, cursor, &args->values[i]);
    }
    size_t common = find_option(common_options, name, length);
    if (common_options[common].name == NULL) {
        return refuse_unknown(args, argument);
    }
    const char *help = NULL;
    const char **slot = common == 0 ? &args->output : &help;
    int taken = take_value(args, argument, &common_options[common], attached, cursor, slot);
    args->help = help != NULL;
    return taken;
}

static int parse_short(struct args *args, const char *argument, struct cursor *cursor)
{
    if (strcmp(argument, "-h") == 0) {
        args->help = 1;
        return 1;
    }
    if (argument[1] == 'o') {
        const char *attached = argument[2] != '\0' ? argument + 2 : NULL;
        return take_value(args, "-o", &common_options[0], attached, cursor, &args->output);
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
    out_args->options = options;
    out_args->values = memory_take(count_options(options), sizeof *out_args->values);
    out_args->operands = memory_take((size_t)argc, sizeof *out_args->operands);
    out_args->repetitions = memory_take((size_t)argc, sizeof *out_args->repetitions);
    while (cursor.next < argc && !out_args->help) {
        const char *argument = argv[cursor.next++];
        if (only_operands || argument[0] != '-' || argument[1] == '\0') {
            out_args->operands[out_args->operand_count++] = argument;
        } else if (strcmp(argument, "--") == 0) {
            only_operands = 1;
        } else if (!(argument[1] == '-' ? parse_long(out_args, argument, &cursor)
                                        : parse_short(out_args, argument, &cursor))) {
            return 0;
        }
    }
    return 1;
}

const char *args_value(const struct args *args, const char *name)
{
    return args->values[find_option(args->options, name, strlen(name))];
}

int args_given(const struct args *args, const char *name)
{
    return args_value(args, name) != NULL;
}

const char *args_next(const struct args *args, const char *name, size_t *position)
{
    while (*position < args->repetition_count) {
        const struct repetition *repetition = &args->repetitions[(*position)++];
        if (strcmp(repetition->option->name, name) == 0) {
            return repetition->value;
        }
    }
    return NULL;
}

const char *args_label(const char *name, const char *value)
{
    const char *shown = complain_shown(value);
    size_t size = strlen(name) + strlen(shown) + sizeof "-- ";
    char *label = memory_take(size, 1);
    snprintf(label, size, "--%s %s", name, shown);
    return label;
}

int args_refuse_value(const struct args *args, const char *name, const char *value, const char *why)
{
    complain(args->subcommand, args_label(name, value), "%s", why);
    return 0;
}

int args_refuse(const struct args *args, const char *name, const char *why)
{
    return args_refuse_value(args, name, args_value(args, name), why);
}

int args_no_operands(const struct args *args)
{
    if (args->operand_count != 0) {
        complain(args->subcommand, args->operands[0],
                 "the subcommand takes options only; see cnicalc %s --help", args->subcommand);
    }
    return args->operand_count == 0;
}

int args_number(const struct args *args, const char *name, uint64_t low, uint64_t high,
                uint64_t *number)
{
    const char *value = args_value(args, name);
    uint64_t parsed = 0;
    if (value == NULL) {
        return 1;
    }
    if (!number_parse(value, strlen(value), &parsed) || parsed < low || parsed > high) {
        char why[WHAT_SIZE];
        snprintf(why, sizeof why, "not a whole number from %" PRIu64 " to %" PRIu64, low, high);
        return args_refuse(args, name, why);
    }
    *number = parsed;
    return 1;
}

int args_number32(const struct args *args, const char *name, uint32_t low, uint32_t *number)
{
    uint64_t wide = *number;
    int is_number = args_number(args, name, low, UINT32_MAX, &wide);
    *number = (uint32_t)wide;
    return is_number;
}

int args_choose(const char *subcommand, const char *what, const char *text,
                const char *const *choices, size_t count, size_t *index)
{
    struct nearest search = nearest_to(text);
    struct text_buffer list = {NULL, 0, 0};
    for (size_t i = 0; i < count; i++) {
        if (strcmp(text, choices[i]) == 0) {
            *index = i;
            return 1;
        }
        nearest_offer(&search, choices[i]);
        text_add(&list, "%s%s", i == 0 ? "" : ", ", choices[i]);
    }
    char shown[WHAT_SIZE];
    snprintf(shown, sizeof shown, "%s%s", what, complain_shown(text));
    if (search.best != NULL) {
        complain(subcommand, shown, "not one of %s; did you mean %s?", list.text, search.best);
    } else {
        complain(subcommand, shown, "not one of %s", list.text);
    }
    return 0;
}

int args_choice(const struct args *args, const char *name, const char *const *choices, size_t count,
                size_t *index)
{
    const char *value = args_value(args, name);
    char what[WHAT_SIZE];
    snprintf(what, sizeof what, "--%s ", name);
    return value == NULL || args_choose(args->subcommand, what, value, choices, count, index);
}

int args_edition(const struct args *args, uint32_t *edition)
{
    const char *names[CNICALC_EDITION_EDGE_BASIC];
    size_t index = 0;
    for (uint32_t i = CNICALC_EDITION_PRO; i <= CNICALC_EDITION_EDGE_BASIC; i++) {
        names[i - CNICALC_EDITION_PRO] = cnicalc_edition_name(i);
    }
    if (!args_choice(args, "edition", names, CNICALC_EDITION_EDGE_BASIC, &index)) {
        return 0;
    }
    if (args_given(args, "edition")) {
        *edition = (uint32_t)index + CNICALC_EDITION_PRO;
    }
    return 1;
}
