/* SPDX-License-Identifier: MIT */
#include "propose.h"
#include "../base/text_buffer.h"

#include <string.h>

/* Beyond so many columns a line is broken, which takes two more. */
#define LINE_WIDTH 78

static const char plain_characters[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789%+,-./:=@_";

/* Adds a word as a shell reads it, in quotes where it needs them. */
static void add_word(struct text_buffer *line, const char *word)
{
    if (word[strspn(word, plain_characters)] == '\0') {
        text_add_plain(line, word);
        return;
    }
    text_add_plain(line, "'");
    for (const char *next = word; *next != '\0'; next++) {
        text_add(line, *next == '\'' ? "'\\%c'" : "%c", *next);
    }
    text_add_plain(line, "'");
}

/* An option with its value, which may have two parts. */
static void add_option(struct value *words, const char *option, const char *name, const char *value)
{
    struct text_buffer word = {NULL, 0, 0};
    struct text_buffer both = {NULL, 0, 0};
    text_add_plain(&word, name);
    text_add_plain(&word, name[0] == '\0' ? "" : "=");
    text_add_plain(&word, value);
    text_add(&both, "--%s ", option);
    add_word(&both, word.text);
    value_add(words, value_text(both.text));
}

/* An option whose value stands in the record, unless it is null. */
static void add_value(struct value *words, const char *option, const struct value *value)
{
    char number[NUMBER_TEXT_SIZE];
    if (value->kind == VALUE_NUMBER) {
        value_format_number(value, number);
        add_option(words, option, "", number);
    } else if (value->kind == VALUE_TEXT) {
        add_option(words, option, "", value->text);
    }
}

static void add_vswitches(struct value *words, const char *option, const struct value *list)
{
    for (const struct value *member = list->first; member != NULL; member = member->next) {
        add_option(words, option, value_at(member, "zone")->text, value_at(member, "cidr")->text);
    }
}

/* What the request says of what is in use, as it stands there. */
static void add_given(struct value *words, const struct args *args, const char *option)
{
    size_t position = 0;
    for (const char *value = args_next(args, option, &position); value != NULL;
         value = args_next(args, option, &position)) {
        add_option(words, option, "", value);
    }
}

struct value *propose_check_words(const struct args *args, const struct value *record)
{
    struct value *words = value_list();
    value_add(words, value_text("cnicalc check"));
    add_value(words, "plugin", value_at(record, "plugin"));
    add_value(words, "vpc", value_at(record, "vpc"));
    add_vswitches(words, "vswitch", value_at(record, "vswitch"));
    add_vswitches(words, "pod-vswitch", value_at(record, "pod_vswitch"));
    add_value(words, "pod-cidr", value_at(record, "pod_cidr"));
    add_value(words, "node-mask", value_at(record, "node_mask"));
    add_value(words, "service-cidr", value_at(record, "service_cidr"));
    add_value(words, "nodes", value_at(record, "nodes"));
    add_value(words, "pods", value_at(record, "pods"));
    add_value(words, "services", value_at(record, "services"));
    add_given(words, args, "other");
    add_given(words, args, "other-service");
    add_given(words, args, "other-vswitch");
    if (args_given(args, "routes-used")) {
        add_option(words, "routes-used", "", args_value(args, "routes-used"));
    }
    if (args_given(args, "edition")) {
        add_option(words, "edition", "", args_value(args, "edition"));
    }
    if (args_given(args, "raised")) {
        value_add(words, value_text("--raised"));
    }
    return words;
}

struct value *propose_check_line(const struct value *words)
{
    struct text_buffer line = {NULL, 0, 0};
    for (const struct value *word = words->first; word != NULL; word = word->next) {
        text_add_plain(&line, word == words->first ? "" : " ");
        text_add_plain(&line, word->text);
    }
    return value_text(line.text);
}

struct value *propose_check_lines(const struct value *words)
{
    struct value *lines = value_list();
    struct text_buffer line = {NULL, 0, 0};
    for (const struct value *word = words->first; word != NULL; word = word->next) {
        if (line.length != 0 && line.length + 1 + strlen(word->text) > LINE_WIDTH) {
            const struct text_buffer empty = {NULL, 0, 0};
            text_add_plain(&line, " \\");
            value_add(lines, value_text(line.text));
            line = empty;
            text_add_plain(&line, "   ");
        }
        text_add_plain(&line, word == words->first ? "" : " ");
        text_add_plain(&line, word->text);
    }
    value_add(lines, value_text(line.text));
    return lines;
}
