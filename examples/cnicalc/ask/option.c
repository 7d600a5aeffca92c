/* SPDX-License-Identifier: MIT */
#include "option.h"

#include "args.h"
#include "arguments.h"
#include "nearest.h"
#include "number.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../base/text_buffer.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int option_is_repeatable(const struct option *option)
{
    return option->kind == OPTION_VALUES;
}

int option_is_in(const struct option *option, const struct option *options)
{
    const struct option *next = options;
    while (next->kind != OPTION_END && next != option) {
        next++;
    }
    return next->kind != OPTION_END;
}

static size_t count_of(const struct option *options)
{
    size_t count = 0;
    while (options[count].kind != OPTION_END) {
        count++;
    }
    return count;
}

static int applies(const struct option *group, const struct option *option)
{
    return group->only == 0 || option->bit == 0 || (group->only & option->bit) != 0;
}

static void add_slots(const struct option *options, const struct option *group, struct slot *slots,
                      size_t *count)
{
    for (const struct option *option = options; option->kind != OPTION_END; option++) {
        if (applies(group, option)) {
            const struct slot slot = {option, group, group->where + option->where,
                                      group->verbs | option->verbs};
            slots[(*count)++] = slot;
        }
    }
}

const struct slot *option_slots(const struct option *options, size_t *out_count)
{
    size_t room = 0;
    for (const struct option *option = options; option->kind != OPTION_END; option++) {
        room += option->kind == OPTION_GROUP ? count_of(option->group) : 1;
    }
    struct slot *slots = memory_take(room, sizeof *slots);
    *out_count = 0;
    for (const struct option *option = options; option->kind != OPTION_END; option++) {
        if (option->kind == OPTION_GROUP) {
            add_slots(option->group, option, slots, out_count);
        } else {
            const struct slot slot = {option, NULL, option->where, option->verbs};
            slots[(*out_count)++] = slot;
        }
    }
    return slots;
}

int asking_refuse(const struct asking *asking, const char *format, ...)
{
    char why[COMPLAINT_SIZE / 2];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    complain(asking->args->subcommand, asking->label, "%s", why);
    return 0;
}

int asking_count(const struct asking *asking, uint64_t low, uint64_t high, uint64_t *out_count)
{
    uint64_t count = 0;
    if (!number_parse(asking->text, strlen(asking->text), &count) || count < low || count > high) {
        return asking_refuse(asking, "not a whole number from %" PRIu64 " to %" PRIu64, low, high);
    }
    *out_count = count;
    return 1;
}

static uint64_t unless_zero(uint64_t number, uint64_t otherwise)
{
    return number != 0 ? number : otherwise;
}

static int fill_count32(const struct asking *asking, uint32_t *member)
{
    const struct option *option = asking->option;
    uint64_t count = *member;
    int is_filled =
        asking_count(asking, option->low, unless_zero(option->high, UINT32_MAX), &count);
    *member = (uint32_t)count;
    return is_filled;
}

static int fill_signed32(const struct asking *asking, int32_t *member)
{
    return number_parse_signed(asking->text, member) ||
           asking_refuse(asking, "not a whole number from %" PRId32 " to %" PRId32, INT32_MIN,
                         INT32_MAX);
}

static int fill_name(const struct asking *asking, uint32_t *member)
{
    char what[64];
    snprintf(what, sizeof what, "--%s ", asking->option->name);
    return choices_parse(asking->option->choices, asking->args->subcommand, what, asking->text,
                         member);
}

/* Fills the member of one value. Returns 1, or 0 after a complaint. */
static int fill(const struct asking *asking, void *member)
{
    const struct option *option = asking->option;
    switch (option->kind) {
    case OPTION_FLAG:
        *(uint32_t *)member = 1;
        return 1;
    case OPTION_COUNT:
        return asking_count(asking, option->low, unless_zero(option->high, CNICALC_NO_LIMIT - 1),
                            member);
    case OPTION_COUNT32:
        return fill_count32(asking, member);
    case OPTION_SIGNED32:
        return fill_signed32(asking, member);
    case OPTION_NAME:
        return fill_name(asking, member);
    case OPTION_TEXT:
        *(const char **)member = asking->text;
        return 1;
    case OPTION_VALUE:
    case OPTION_VALUES:
        return option->parse(asking, member);
    case OPTION_GROUP:
    case OPTION_END:
        break;
    }
    return 1;
}

static int refuse_missing(const struct args *args, const struct option *option)
{
    struct text_buffer what = {NULL, 0, 0};
    struct text_buffer why = {NULL, 0, 0};
    text_add(&what, "--%s", option->name);
    if (option->kind == OPTION_NAME) {
        choices_list(option->choices, NULL, &why);
    } else {
        text_add(&why, "see cnicalc %s --help", args->subcommand);
    }
    complain(args->subcommand, what.text, "none is given; %s", why.text);
    return 0;
}

int option_is_required(const struct slot *slot)
{
    return slot->option->is_required && (slot->group == NULL || !slot->group->is_relaxed);
}

/* Whether the option was given if it must be, and without the one that excludes it. */
static int check_given(const struct args *args, const struct slot *slot)
{
    const struct option *option = slot->option;
    int is_given = args_given(args, option->name);
    if (!is_given && option_is_required(slot)) {
        arguments_point_at_file();
        return refuse_missing(args, option);
    }
    if (is_given && option->not_with != NULL && args_given(args, option->not_with)) {
        struct text_buffer what = {NULL, 0, 0};
        text_add(&what, "--%s --%s", option->name, option->not_with);
        complain(args->subcommand, what.text, "the two exclude each other");
        return 0;
    }
    return 1;
}

static const struct slot *slot_of(const struct args *args, const struct option *option)
{
    const struct slot *slot = args->slots;
    while (slot->option != option) {
        slot++;
    }
    return slot;
}

/* Whether two options add to one list, which then has the order of the request. */
static int is_of_one_list(const struct slot *a, const struct slot *b)
{
    return a->option->kind == OPTION_VALUES && b->option->kind == OPTION_VALUES &&
           a->option->parse == b->option->parse && a->where == b->where;
}

/* Whether an option before this one has filled in its values. */
static int is_filled(const struct args *args, size_t index)
{
    size_t i = 0;
    while (i < index && !is_of_one_list(&args->slots[i], &args->slots[index])) {
        i++;
    }
    return i < index;
}

/* Fills in the values of an option, and of those that add to its list. */
static int fill_slot(const struct args *args, const struct slot *slot, void *request)
{
    for (size_t i = 0; i < args->given_count; i++) {
        const struct given *given = &args->given[i];
        const struct slot *own = slot_of(args, given->option);
        if (own != slot && !is_of_one_list(own, slot)) {
            continue;
        }
        const struct asking asking = {args, given->option, given->value,
                                      args_label(given->option->name, given->value)};
        arguments_point_at(given->value);
        if (!fill(&asking, (char *)request + slot->where)) {
            return 0;
        }
        arguments_point_at(NULL);
    }
    return 1;
}

int option_fill(const struct args *args, void *request)
{
    for (size_t i = 0; i < args->slot_count; i++) {
        if (!is_filled(args, i) && !fill_slot(args, &args->slots[i], request)) {
            return 0;
        }
        if (!check_given(args, &args->slots[i])) {
            return 0;
        }
    }
    return 1;
}
