/* SPDX-License-Identifier: MIT */
/* The help of a subcommand. */
#include "help.h"

#include "base/memory.h"

#include <stdio.h>
#include <string.h>

#define LINE_WIDTH 80

/* Before an option, and between it and what is said of it. */
#define INDENT 2
#define GAP    2

/* A longer option does not move what is said of the others. */
#define HEAD_MAX 25

/* ---- Options ---- */

/* "--name VALUE" of an option, or of all that a group has. */
static void add_head(const struct option *option, struct text_buffer *head)
{
    text_add(head, "--%s%s%s", option->name, option->argument != NULL ? " " : "",
             option->argument != NULL ? option->argument : "");
}

/* What begins in a column is broken at blanks; each further line begins in the same. */
static void print_item(const char *head, size_t column, const char *text)
{
    size_t at = (size_t)printf("%*s%s", INDENT, "", head);
    size_t begin = at + GAP > column ? at + GAP : column;
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        int breaks = at > begin && at + 1 + length > LINE_WIDTH;
        size_t blanks = at < begin ? begin - at : 1;
        if (breaks) {
            putchar('\n');
            at = 0;
            begin = column;
            blanks = column;
        }
        at += (size_t)printf("%*s%.*s", (int)blanks, "", (int)length, text);
        text += length + strspn(text + length, " ");
    }
    putchar('\n');
}

static int is_in_one(const struct slot *slot)
{
    return help_is_together(slot, slot);
}

/* The heads of a group with commas between, broken at the end of a line, and what is said of them.
 */
static void print_group(const struct slot *slots, size_t count, size_t first)
{
    size_t at = (size_t)printf("%*s", INDENT, "");
    for (size_t i = first; i < count && help_is_together(&slots[first], &slots[i]); i++) {
        struct text_buffer head = {NULL, 0, 0};
        add_head(slots[i].option, &head);
        if (i != first && at + head.length + 3 > LINE_WIDTH) {
            printf(",\n%*s", INDENT, "");
            at = INDENT;
        } else {
            at += (size_t)printf("%s", i == first ? "" : ", ");
        }
        at += (size_t)printf("%s", head.text);
    }
    at += strlen(slots[first].group->help) + 2;
    printf(at > LINE_WIDTH ? ":\n%*s%s\n" : ": %*s%s\n", at > LINE_WIDTH ? 2 * INDENT : 0, "",
           slots[first].group->help);
}

static size_t find_column(const struct slot *slots, size_t count)
{
    size_t width = 0;
    for (size_t i = 0; i < count; i++) {
        struct text_buffer head = {NULL, 0, 0};
        add_head(slots[i].option, &head);
        if (!is_in_one(&slots[i]) && head.length > width && head.length <= HEAD_MAX) {
            width = head.length;
        }
    }
    return INDENT + width + GAP;
}

static void print_options(const struct command *command)
{
    size_t count = 0;
    const struct slot *slots = option_slots(command->options, &count);
    const void *defaults = command_defaults(command);
    size_t column = find_column(slots, count);
    for (size_t i = 0; i < count; i++) {
        struct text_buffer head = {NULL, 0, 0};
        struct text_buffer text = {NULL, 0, 0};
        if (is_in_one(&slots[i])) {
            if (i == 0 || !help_is_together(&slots[i - 1], &slots[i])) {
                print_group(slots, count, i);
            }
        } else {
            add_head(slots[i].option, &head);
            help_describe(slots[i].option, defaults, slots[i].where, &text);
            print_item(head.text, column, text.text);
        }
    }
    printf("  -o %s\n", help_formats(command));
}

/* ---- The rest ---- */

static void print_verbs(const struct command *command)
{
    size_t width = 0;
    for (const struct verb *verb = command->verbs; verb->name != NULL; verb++) {
        size_t length = strlen(verb->name) + 1 + strlen(verb->operands);
        width = length > width ? length : width;
    }
    for (const struct verb *verb = command->verbs; verb->name != NULL; verb++) {
        int length = printf("%s cnicalc %s %s %s", verb == command->verbs ? "Usage:" : "      ",
                            command->name, verb->name, verb->operands);
        int end = (int)(strlen("Usage: cnicalc  ") + strlen(command->name) + width);
        printf("%*s  %s\n", end - length, "", verb->says);
    }
}

/* Each line of a text, with what is put before it; before a line that begins with a blank, blanks.
 */
static void print_lines(const char *first, const char *next, const char *lines)
{
    const char *line = lines;
    while (*line != '\0') {
        size_t length = strcspn(line, "\n");
        const char *lead = line == lines ? first : next;
        printf("%*s%.*s\n", (int)strlen(lead), *line == ' ' ? "" : lead,
               (int)length - (*line == ' '), line + (*line == ' '));
        line += length + (line[length] == '\n');
    }
}

static void print_paragraphs(const char *text)
{
    putchar('\n');
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        struct text_buffer lines = {NULL, 0, 0};
        text_add_filled(&lines, memory_copy(text, length), LINE_WIDTH);
        fputs(lines.text, stdout);
        text += length + (text[length] == '\n');
    }
}

void help_print(const struct command *command)
{
    struct text_buffer first = {NULL, 0, 0};
    struct text_buffer next = {NULL, 0, 0};
    text_add(&first, "Usage: cnicalc %s ", command->name);
    text_add(&next, "       cnicalc %s ", command->name);
    if (command->verbs != NULL) {
        print_verbs(command);
    } else {
        print_lines(first.text, next.text, command->usage);
    }
    print_paragraphs(command->about);
    putchar('\n');
    print_options(command);
    if (command->notes != NULL) {
        print_paragraphs(command->notes);
    }
    putchar('\n');
    print_lines("Example: ", "         ", command->examples);
}
