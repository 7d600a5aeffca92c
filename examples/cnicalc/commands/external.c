/* SPDX-License-Identifier: MIT */
/* cnicalc external: any subcommand, asked and answered in flat JSON of strings, as the "external"
 * data source of Terraform wants it. */
#include "../command.h"
#include "../base/complaint.h"
#include "../answer/flatten.h"
#include "../base/file.h"
#include "../base/memory.h"
#include "../ask/query.h"

#include <stdio.h>
#include <string.h>

static const struct option options[] = {{NULL, 0}};

/* Those with one answer. */
static const struct command *const commands[] = {
    &node_command,    &types_command,  &flannel_command, &terway_command,    &check_command,
    &propose_command, &choose_command, &cidr_command,    &conntrack_command,
};

#define COMMAND_COUNT (sizeof commands / sizeof commands[0])

/* Keys of operands, whatever the subcommand; an option of the same name goes before. */
static const char *const operand_keys[] = {"operands", "type", "pod_cidr"};

/* An argument vector that grows. */
struct words {
    char **texts;
    int count;
    int capacity;
};

static void add_word(struct words *words, const char *text)
{
    if (words->count == words->capacity) {
        int capacity = words->capacity == 0 ? 64 : words->capacity * 2;
        char **texts = memory_take((size_t)capacity, sizeof *texts);
        if (words->count != 0) {
            memcpy(texts, words->texts, (size_t)words->count * sizeof *texts);
        }
        words->texts = texts;
        words->capacity = capacity;
    }
    words->texts[words->count++] = memory_copy(text, strlen(text));
}

/* Each word of a value between blanks; behind "--name" if that is not NULL. */
static void add_each(struct words *words, const char *option, const char *value)
{
    static const char blanks[] = " \t\r\n";
    const char *next = value + strspn(value, blanks);
    while (*next != '\0') {
        size_t length = strcspn(next, blanks);
        if (option != NULL) {
            add_word(words, option);
        }
        add_word(words, memory_copy(next, length));
        next += length;
        next += strspn(next, blanks);
    }
}

/* "max_eni" and "max-eni" are both --max-eni. */
static char *make_option(const char *key)
{
    size_t length = strlen(key);
    char *option = memory_take(length + sizeof "--", 1);
    memcpy(option, "--", 2);
    for (size_t i = 0; i < length; i++) {
        option[i + 2] = key[i];
        if (key[i] == '_') {
            option[i + 2] = '-';
        }
    }
    return option;
}

static const struct option *find_option(const struct command *command, const char *name)
{
    const struct option *option = command->options;
    while (option->name != NULL && strcmp(option->name, name) != 0) {
        option++;
    }
    return option->name == NULL ? NULL : option;
}

static int is_operand_key(const char *key)
{
    for (size_t i = 0; i < sizeof operand_keys / sizeof operand_keys[0]; i++) {
        if (strcmp(key, operand_keys[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

static int add_flag(struct words *words, const char *option, const struct query_member *member)
{
    if (strcmp(member->value, "true") == 0) {
        add_word(words, option);
    } else if (strcmp(member->value, "false") != 0) {
        complain("external", member->key, "neither true nor false");
        return 0;
    }
    return 1;
}

/* Adds what one member of the query means; operands are kept for the end. */
static int add_member(const struct command *command, const struct query_member *member,
                      struct words *words, struct words *operands)
{
    char *option_text = make_option(member->key);
    const struct option *option = find_option(command, option_text + 2);
    if (option == NULL && is_operand_key(member->key)) {
        add_each(operands, NULL, member->value);
    } else if (strcmp(option_text, "--output") == 0 || strcmp(option_text, "--help") == 0) {
        complain("external", member->key, "the answer is always flat JSON");
        return 0;
    } else if (option != NULL && !option->takes_value) {
        return add_flag(words, option_text, member);
    } else if (option != NULL && option->takes_value == OPTION_REPEATED) {
        add_each(words, option_text, member->value);
    } else {
        add_word(words, option_text); /* one that does not exist gets its complaint there */
        add_word(words, member->value);
    }
    return 1;
}

static int make_words(const struct command *command, const struct query *query,
                      struct words *out_words)
{
    struct words operands = {NULL, 0, 0};
    memset(out_words, 0, sizeof *out_words);
    for (size_t i = 0; i < query->count; i++) {
        if (strcmp(query->members[i].key, "subcommand") != 0 &&
            !add_member(command, &query->members[i], out_words, &operands)) {
            return 0;
        }
    }
    add_word(out_words, "--");
    for (int i = 0; i < operands.count; i++) {
        add_word(out_words, operands.texts[i]);
    }
    return 1;
}

/* Runs the subcommand of a query. Returns its exit status. */
static int run_query(const struct query *query, struct answer *inner)
{
    const char *name = query_value(query, "subcommand");
    const char *names[COMMAND_COUNT];
    size_t index = 0;
    struct words words;
    struct args args;
    memset(inner, 0, sizeof *inner);
    if (name == NULL) {
        return complain("external", "subcommand", "the query on stdin does not name one");
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        names[i] = commands[i]->name;
    }
    if (!args_choose("external", "subcommand ", name, names, COMMAND_COUNT, &index)) {
        return EXIT_MALFORMED;
    }
    const struct command *command = commands[index];
    if (!make_words(command, query, &words) ||
        !args_parse(command->name, command->options, words.count, words.texts, &args)) {
        return EXIT_MALFORMED;
    }
    args.output = "json"; /* which a subcommand that draws must know */
    return command->run(&args, inner);
}

static int run(const struct args *args, struct answer *answer)
{
    struct query query;
    struct answer inner;
    char *text = NULL;
    size_t length = 0;
    size_t offset = 0;
    if (!args_no_operands(args)) {
        return EXIT_MALFORMED;
    }
    if (args->output != NULL && strcmp(args->output, "json") != 0) {
        return complain(args->subcommand, "-o", "the answer is always flat JSON");
    }
    const char *why = file_read("-", &text, &length);
    if (why != NULL) {
        return complain(args->subcommand, "stdin", "%s", why);
    }
    why = query_parse(text, length, &query, &offset);
    if (why != NULL) {
        return complain(args->subcommand, "stdin", "%s, at character %zu", why, offset + 1);
    }
    if (run_query(&query, &inner) == EXIT_MALFORMED) {
        return EXIT_MALFORMED;
    }
    answer->document = external_flatten(inner.document);
    answer->warnings = inner.warnings;
    answer->only_json = 1;
    if (answer->document == NULL) {
        return complain(args->subcommand, query_value(&query, "subcommand"),
                        "the answer does not have exactly one row; ask for one");
    }
    /* Terraform takes any other status for a failure; the answer itself says no. */
    return EXIT_ANSWERED;
}

const struct command external_command = {
    "external", "most of these for Terraform: flat JSON in, flat JSON out",
    "Usage: cnicalc external <QUERY\n"
    "\n"
    "Reads one JSON object of strings, runs a subcommand, and writes one JSON object\n"
    "of strings, as the external data source of Terraform wants it.\n"
    "\n"
    "  subcommand   node, types, flannel, terway, check, propose, choose, cidr or\n"
    "               conntrack\n"
    "  operands     its operands, with blanks between; also type and pod_cidr\n"
    "  max_eni      and so on: its options, with _ or - between words; true and false\n"
    "               for one without a value, blanks between values of one that may be\n"
    "               repeated\n"
    "\n"
    "An answer of one row becomes limits.eni_quantity, zones.0.max_nodes and so on; a\n"
    "value that is not known is empty. Exit status 0 also where the answer is no.\n"
    "\n"
    "Example: echo '{\"subcommand\": \"choose\", \"nodes\": \"500\"}' | cnicalc external\n",
    options, run};
