/* SPDX-License-Identifier: MIT */
/* What help and manual say alike. */
#include "help.h"

#include "base/complaint.h"

#include <inttypes.h>
#include <string.h>

static void add_default(const struct option *option, const void *member, struct text_buffer *text)
{
    if (option->kind == OPTION_COUNT) {
        text_add(text, "%" PRIu64, *(const uint64_t *)member);
    } else {
        text_add(text, "%" PRIu32, *(const uint32_t *)member);
    }
}

static void add_bound(uint32_t bound, struct text_buffer *text)
{
    uint32_t low = 0;
    uint32_t high = 0;
    expect_ok(cnicalc_bound_range(bound, &low, &high));
    text_add(text, "%" PRIu32 " to %" PRIu32, low, high);
}

void help_describe(const struct option *option, const void *defaults, size_t where,
                   struct text_buffer *text)
{
    const void *member = (const char *)defaults + where;
    text_add_plain(text, "");
    for (const char *next = option->help; *next != '\0'; next++) {
        if (*next != '%') {
            text_add(text, "%c", *next);
        } else if (*++next == 'c') {
            choices_list(option->choices, option->kind == OPTION_NAME ? member : NULL, text);
        } else if (*next == 'b') {
            add_bound(option->bound, text);
        } else {
            add_default(option, member, text);
        }
    }
}

const char *help_formats(const struct command *command)
{
    const char *names[OUTPUT_COUNT];
    struct text_buffer text = {NULL, 0, 0};
    size_t count = output_names(command_formats(command), names);
    for (size_t i = 0; i < count; i++) {
        text_add(&text, "%s%s", i == 0 ? "" : "|", names[i]);
    }
    return text.text;
}

static int is_in_one(const struct slot *slot)
{
    return slot->group != NULL && slot->group->help != NULL;
}

int help_is_together(const struct slot *a, const struct slot *b)
{
    return is_in_one(a) && is_in_one(b) && strcmp(a->group->help, b->group->help) == 0;
}
