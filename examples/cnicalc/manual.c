/* SPDX-License-Identifier: MIT */
/* The parts of cnicalc(1) that follow from the tables, in mdoc(7). */
#include "help.h"

#include "base/memory.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define LINE_WIDTH 80

/* A text in lower case, as the manual calls values. */
static const char *lower(const char *text)
{
    char *copy = memory_copy_text(text);
    for (char *next = copy; *next != '\0'; next++) {
        *next = (char)tolower((unsigned char)*next);
    }
    return copy;
}

/* A sentence on lines of its own. Its dashes are those of options. */
static void print_sentence(const char *text, size_t length)
{
    struct text_buffer escaped = {NULL, 0, 0};
    struct text_buffer filled = {NULL, 0, 0};
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '-' && (i == 0 || text[i - 1] == ' ' || text[i - 1] == '-')) {
            text_add_plain(&escaped, "\\-");
        } else if (text[i] == '\\') {
            text_add_plain(&escaped, "\\e");
        } else {
            text_add(&escaped, "%c", text[i]);
        }
    }
    text_add_filled(&filled, escaped.text, LINE_WIDTH);
    fputs(filled.text, stdout);
}

/* Sentences, each of which ends with a full stop before a blank. */
static void print_text(const char *text)
{
    while (*text != '\0') {
        const char *end = strstr(text, ". ");
        while (end != NULL && !isupper((unsigned char)end[2])) {
            end = strstr(end + 1, ". ");
        }
        size_t length = end != NULL ? (size_t)(end - text) + 1 : strlen(text);
        print_sentence(text, length);
        text += length + (text[length] == ' ');
    }
}

/* A phrase as a sentence. A name at its beginning keeps its small letter. */
static void print_phrase(const char *phrase, int is_name)
{
    char *text = memory_copy_text(phrase);
    struct text_buffer sentence = {NULL, 0, 0};
    if (!is_name && strcspn(text, "_") >= strcspn(text, " ")) {
        text[0] = (char)toupper((unsigned char)text[0]);
    }
    text_add_plain(&sentence, text);
    text_add_plain(&sentence, ".");
    print_text(sentence.text);
}

/* ---- Synopsis ---- */

static void print_head(const struct option *option)
{
    printf("Fl -%s", option->name);
    if (option->argument != NULL) {
        printf(" Ar %s", lower(option->argument));
    }
}

static int excludes(const struct option *a, const struct option *b)
{
    return (a->not_with != NULL && strcmp(a->not_with, b->name) == 0) ||
           (b->not_with != NULL && strcmp(b->not_with, a->name) == 0);
}

static void print_synopsis(const struct command *command)
{
    size_t count = 0;
    const struct slot *slots = option_slots(command->options, &count);
    printf(".Nm\n.Cm %s\n", command->name);
    if (command->operands != NULL) {
        printf(".Ar %s\n", lower(command->operands));
    }
    for (size_t i = 0; i < count; i++) {
        printf(option_is_required(&slots[i]) ? "." : ".Op ");
        print_head(slots[i].option);
        while (i + 1 < count && excludes(slots[i].option, slots[i + 1].option)) {
            printf(" | ");
            print_head(slots[++i].option);
        }
        putchar('\n');
    }
    printf(".Op Fl o Ar %s\n", help_formats(command));
}

/* ---- Options ---- */

/* Whether the page describes an option of a group under a subcommand. */
static int is_told(const struct command *command, const struct option *option)
{
    size_t count = 0;
    const struct slot *slots = option_slots(command->options, &count);
    for (size_t i = 0; i < count; i++) {
        if (slots[i].option == option && slots[i].group->help == NULL) {
            return 1;
        }
    }
    return 0;
}

/* What is said in one of an option and its neighbours: that they are those of an earlier
 * subcommand, or what their group says. NULL: it is described by itself. */
static const char *said_of(const struct command *command, const struct slot *slot)
{
    struct text_buffer text = {NULL, 0, 0};
    if (slot->group == NULL || slot->group->help != NULL) {
        return slot->group == NULL ? NULL : slot->group->help;
    }
    size_t i = 0;
    while (command_at(i) != command && !is_told(command_at(i), slot->option)) {
        i++;
    }
    text_add(&text, "as for cnicalc %s", command_at(i)->name);
    return command_at(i) == command ? NULL : text.text;
}

static int is_same(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static void print_option(const struct slot *slot, const void *defaults)
{
    struct text_buffer text = {NULL, 0, 0};
    const struct option *option = slot->option;
    printf(".It ");
    print_head(option);
    putchar('\n');
    help_describe(option, defaults, slot->where, &text);
    print_phrase(text.text, strncmp(option->help, "%c", 2) == 0);
    if (option_is_repeatable(option)) {
        puts("It may be repeated.");
    }
    if (option->more != NULL) {
        print_text(option->more);
    }
}

static void print_options(const struct command *command)
{
    size_t count = 0;
    const struct slot *slots = option_slots(command->options, &count);
    const void *defaults = command_defaults(command);
    printf(count == 0 ? "" : ".Bl -tag -width Ds\n");
    for (size_t i = 0; i < count; i++) {
        const char *said = said_of(command, &slots[i]);
        if (said == NULL) {
            print_option(&slots[i], defaults);
            continue;
        }
        printf(".It ");
        print_head(slots[i].option);
        while (i + 1 < count && is_same(said, said_of(command, &slots[i + 1]))) {
            printf(" , ");
            print_head(slots[++i].option);
        }
        putchar('\n');
        print_phrase(said, 0);
    }
    printf(count == 0 ? "" : ".El\n");
}

static void print_verbs(const struct command *command)
{
    printf(".Bl -tag -width Ds\n");
    for (const struct verb *verb = command->verbs; verb->name != NULL; verb++) {
        printf(".It Cm %s%s%s\n", verb->name, verb->operands[0] != '\0' ? " Ar " : "",
               lower(verb->operands));
        print_phrase(verb->says, 0);
    }
    printf(".El\n");
}

/* ---- Keys ---- */

/* The key of a field, and those of the following ones that have nothing to say of their own.
 * Returns the last of them. */
static const struct field *print_key(const char *prefix, const struct field *field)
{
    struct text_buffer says = {NULL, 0, 0};
    text_add_plain(&says, field->says);
    if (field->heading != NULL && field->heading[0] != '\0') {
        text_add(&says, " (%s)", field->heading);
    }
    printf(".It Ql %s%s", prefix, field->key);
    while (field[1].kind != FIELD_END && field[1].says != NULL && field[1].says[0] == '\0') {
        field++;
        printf(" , %s%s", prefix, field->key);
    }
    putchar('\n');
    print_phrase(says.text, 0);
    return field;
}

/* The keys of a table; those inside a list after its own. */
static void print_table(const struct field *fields, const char *prefix)
{
    for (const struct field *field = fields; field->kind != FIELD_END; field++) {
        if (field->kind != FIELD_GROUP) {
            const struct field *last = print_key(prefix, field);
            if (field->of != NULL) {
                struct text_buffer inner = {NULL, 0, 0};
                text_add(&inner, "%s%s[].", prefix, field->key);
                print_table(field->of, inner.text);
            }
            field = last;
        } else {
            print_table(field->of, prefix);
        }
    }
}

static void print_form(const char *title, const struct field *fields)
{
    if (title != NULL) {
        printf(".Pp\n%s:\n", title);
    }
    printf(".Bl -tag -width Ds\n");
    print_table(fields, "");
    printf(".El\n");
}

static void print_keys(const struct command *command)
{
    const struct field *last = NULL;
    if (command->fields != NULL) {
        print_form(NULL, command->fields);
    }
    for (const struct form *form = command->forms; form != NULL && form->fields != NULL; form++) {
        print_form(form->title, form->fields);
    }
    for (const struct verb *verb = command->verbs; verb != NULL && verb->name != NULL; verb++) {
        if (verb->fields != NULL && verb->fields != last) {
            struct text_buffer title = {NULL, 0, 0};
            text_add(&title, ".Cm %s", verb->name);
            for (const struct verb *next = verb + 1;
                 next->name != NULL && next->fields == verb->fields; next++) {
                text_add(&title, " , %s", next->name);
            }
            text_add(&title, " :");
            printf(".Pp\n%s\n.Bl -tag -width Ds\n", title.text);
            print_table(verb->fields, "");
            printf(".El\n");
        }
        last = verb->fields;
    }
}

/* ---- Limits ---- */

static void print_limits(void)
{
    printf(".Bl -tag -width Ds\n");
    for (uint32_t limit = 1; limit < CNICALC_LIMIT_COUNT; limit++) {
        struct text_buffer says = {NULL, 0, 0};
        text_add(&says, "%s (%s)", cnicalc_limit_text(limit), cnicalc_limit_heading(limit));
        printf(".It Ql %s\n", cnicalc_limit_name(limit));
        print_phrase(says.text, 0);
    }
    printf(".El\n");
}

/* ---- The parts ---- */

int manual_print(const char *what, const struct command *command)
{
    if (command != NULL && strcmp(what, "synopsis") == 0) {
        print_synopsis(command);
    } else if (command != NULL && strcmp(what, "options") == 0) {
        print_options(command);
    } else if (command != NULL && strcmp(what, "verbs") == 0 && command->verbs != NULL) {
        print_verbs(command);
    } else if (command != NULL && strcmp(what, "keys") == 0) {
        print_keys(command);
    } else if (strcmp(what, "limits") == 0) {
        print_limits();
    } else {
        return 0;
    }
    return 1;
}
