/* SPDX-License-Identifier: MIT */
/* What can be in the place of a word: cnicalc --complete WORD... offers for the last one. */
#include "help.h"

#include "base/complaint.h"

#include <cnicalc.h>
#include <stdio.h>
#include <string.h>

/* A command line up to the word that is completed. */
struct line {
    const struct command *command;
    const struct slot *slots;
    size_t slot_count;
    char **words; /* after the subcommand */
    size_t count; /* without the one that is completed */
    const char *word;
};

static void offer(const char *word, const char *name)
{
    if (strncmp(name, word, strlen(word)) == 0) {
        puts(name);
    }
}

static void offer_commands(const char *word)
{
    for (size_t i = 0; command_at(i) != NULL; i++) {
        offer(word, command_at(i)->name);
    }
}

static void offer_types(const char *word)
{
    for (size_t i = 0; i < cnicalc_instance_count(); i++) {
        cnicalc_instance row;
        expect_ok(cnicalc_instance_at(i, &row));
        offer(word, row.name);
    }
}

/* The names are sorted, so that those of a family are together. */
static void offer_families(const char *word)
{
    char last[CNICALC_INSTANCE_NAME_SIZE] = "";
    for (size_t i = 0; i < cnicalc_instance_count(); i++) {
        cnicalc_instance row;
        expect_ok(cnicalc_instance_at(i, &row));
        char *family = row.name + strlen("ecs.");
        family[strcspn(family, ".")] = '\0';
        if (strcmp(family, last) != 0) {
            offer(word, family);
            memcpy(last, family, strlen(family) + 1);
        }
    }
}

/* The shell knows the files. */
static void offer_values(enum option_offer what, const char *word)
{
    switch (what) {
    case OFFER_FILES:
        puts(":files");
        break;
    case OFFER_TYPES:
        offer_types(word);
        break;
    case OFFER_FAMILIES:
        offer_families(word);
        break;
    case OFFER_NOTHING:
        break;
    }
}

static void offer_option_values(const struct option *option, const char *word)
{
    uint32_t value = 0;
    const char *name = NULL;
    for (size_t i = 0;
         option->choices != NULL && (name = choices_at(option->choices, i, &value)) != NULL; i++) {
        offer(word, name);
    }
    offer_values(option->offer, word);
}

static void offer_formats(const struct line *line)
{
    const char *names[OUTPUT_COUNT];
    size_t count = output_names(command_formats(line->command), names);
    for (size_t i = 0; i < count; i++) {
        offer(line->word, names[i]);
    }
}

static void offer_options(const struct line *line)
{
    for (size_t i = 0; i < line->slot_count; i++) {
        struct text_buffer name = {NULL, 0, 0};
        text_add(&name, "--%s", line->slots[i].option->name);
        offer(line->word, name.text);
    }
}

/* The option of a word such as "--mode" that takes the next one as its value; NULL for none. */
static const struct option *find_option(const struct line *line, const char *word)
{
    for (size_t i = 0; i < line->slot_count; i++) {
        const struct option *option = line->slots[i].option;
        if (strncmp(word, "--", 2) == 0 && strcmp(word + 2, option->name) == 0) {
            return option->argument != NULL ? option : NULL;
        }
    }
    return NULL;
}

static int is_output(const char *word)
{
    return strcmp(word, "-o") == 0 || strcmp(word, "--output") == 0;
}

static int takes_value(const struct line *line, const char *word)
{
    return is_output(word) || find_option(line, word) != NULL;
}

/* The verb among the words, or NULL; and how many operands there are. */
static const struct verb *find_verb(const struct line *line, size_t *out_operands)
{
    const struct verb *found = NULL;
    *out_operands = 0;
    for (size_t i = 0; i < line->count; i++) {
        if (takes_value(line, line->words[i])) {
            i++;
        } else if (line->words[i][0] != '-' && (*out_operands)++ == 0) {
            for (const struct verb *verb = line->command->verbs; verb != NULL && verb->name != NULL;
                 verb++) {
                found = strcmp(verb->name, line->words[i]) == 0 ? verb : found;
            }
        }
    }
    return found;
}

static void offer_operands(const struct line *line)
{
    size_t operands = 0;
    const struct verb *found = find_verb(line, &operands);
    if (line->command->verbs == NULL) {
        offer_values(line->command->offer, line->word);
    } else if (found != NULL) {
        offer_values(found->offer, line->word);
    }
    for (const struct verb *verb = line->command->verbs;
         operands == 0 && verb != NULL && verb->name != NULL; verb++) {
        offer(line->word, verb->name);
    }
}

void complete_print(int argc, char **argv)
{
    struct line line;
    memset(&line, 0, sizeof line);
    line.word = argc != 0 ? argv[argc - 1] : "";
    if (argc < 2) {
        offer_commands(line.word);
        offer(line.word, "help");
        offer(line.word, "--help");
        offer(line.word, "--version");
        return;
    }
    line.command = command_find(argv[0]);
    if (line.command == NULL) {
        if (strcmp(argv[0], "help") == 0) {
            offer_commands(line.word);
        }
        return;
    }
    line.slots = option_slots(line.command->options, &line.slot_count);
    line.words = argv + 1;
    line.count = (size_t)argc - 2;
    const char *previous = line.count != 0 ? line.words[line.count - 1] : "";
    if (is_output(previous)) {
        offer_formats(&line);
    } else if (find_option(&line, previous) != NULL) {
        offer_option_values(find_option(&line, previous), line.word);
    } else if (line.word[0] == '-') {
        offer_options(&line);
    } else {
        offer_operands(&line);
    }
}
