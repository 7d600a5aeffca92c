/* SPDX-License-Identifier: MIT */
/* cnicalc external: any subcommand, asked and answered in flat JSON of strings, as the "external"
 * data source of Terraform wants it. */
#include "../command.h"
#include "../base/complaint.h"
#include "../base/file.h"
#include "../base/memory.h"
#include "../base/words.h"
#include "../ask/query.h"

#include <string.h>

/* More subcommands than there are. */
#define COMMANDS_MAX 32

static const struct option options[] = {OPTIONS_END};

/* Keys of operands of any subcommand; an option of the same name overrides them. */
static const char *const operand_keys[] = {"operands", "type", "pod_cidr"};

/* Each word of a value between blanks; after "--name" if that is not NULL. */
static void add_each(struct words *words, const char *option, const char *value)
{
    static const char blanks[] = " \t\r\n";
    const char *next = value + strspn(value, blanks);
    while (*next != '\0') {
        size_t length = strcspn(next, blanks);
        if (option != NULL) {
            words_add_text(words, option);
        }
        words_add(words, next, length);
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
    size_t count = 0;
    const struct slot *slots = option_slots(command->options, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(slots[i].option->name, name) == 0) {
            return slots[i].option;
        }
    }
    return NULL;
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
        words_add_text(words, option);
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
    } else if (option != NULL && option->argument == NULL) {
        return add_flag(words, option_text, member);
    } else if (option != NULL && option_is_repeatable(option)) {
        add_each(words, option_text, member->value);
    } else {
        words_add_text(words, option_text); /* one that does not exist gets its complaint there */
        words_add_text(words, member->value);
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
    words_add_text(out_words, "--");
    for (size_t i = 0; i < operands.count; i++) {
        words_add_text(out_words, operands.texts[i]);
    }
    return 1;
}

/* The subcommand of a name, among those with one answer. NULL after a complaint. */
static const struct command *find_command(const char *name)
{
    const char *names[COMMANDS_MAX];
    struct names_of choices = {"external", "subcommand ", names, 0};
    size_t index = 0;
    for (size_t i = 0; command_at(i) != NULL; i++) {
        if (command_at(i)->has_one_answer) {
            names[choices.count++] = command_at(i)->name;
        }
    }
    return names_parse(&choices, name, &index) ? command_find(names[index]) : NULL;
}

/* Runs the subcommand of a query. Returns its exit status. */
static int run_query(const struct query *query, struct answer *answer)
{
    const char *name = query_value(query, "subcommand");
    struct words words;
    struct args args;
    if (name == NULL) {
        return complain("external", "subcommand", "the query on stdin does not name one");
    }
    const struct command *command = find_command(name);
    if (command == NULL || !make_words(command, query, &words) ||
        !args_parse(command->name, command->options, (int)words.count, words.texts, &args)) {
        return EXIT_MALFORMED;
    }
    args.output = "json"; /* which a subcommand that draws must know */
    return command_answer(command, &args, answer);
}

static int run(const struct args *args, void *request, struct answer *answer)
{
    struct query query;
    char *text = NULL;
    size_t length = 0;
    size_t offset = 0;
    (void)request;
    const char *why = file_read("-", &text, &length);
    if (why != NULL) {
        return complain(args->subcommand, "stdin", "%s", why);
    }
    why = query_parse(text, length, &query, &offset);
    if (why != NULL) {
        return complain(args->subcommand, "stdin", "%s, at character %zu", why, offset + 1);
    }
    if (run_query(&query, answer) == EXIT_MALFORMED) {
        return EXIT_MALFORMED;
    }
    if (answer->record == NULL && answer->rows.list.count == 1) {
        answer->fields = answer->row_fields;
        answer->record = answer->rows.list.rows;
    }
    answer->is_flat = 1;
    if (answer->record == NULL) {
        return complain(args->subcommand, query_value(&query, "subcommand"),
                        "the answer does not have exactly one row; ask for one, as by mode, "
                        "node_mask or limit");
    }
    /* Terraform takes any other status for a failure; the answer itself says no. */
    return EXIT_ANSWERED;
}

const struct command external_command = {
    .name = "external",
    .summary = "most of these for Terraform: flat JSON in, flat JSON out",
    .usage = "<QUERY",
    .about =
        "Reads one JSON object of strings, runs a subcommand, and writes one JSON object of "
        "strings, for Terraform's external data source. Its members are subcommand; operands, with "
        "blanks between them (type and pod_cidr are operands too); and options, with _ or - "
        "between words: true or false for one without a value, and blanks between the values of "
        "one that may be repeated.",
    .notes = "An answer of one row becomes limits.eni_quantity, zones.0.max_nodes and so on; a "
             "value that is not known is empty. Exit status 0 also where the answer is no.",
    .examples = "echo '{\"subcommand\": \"choose\", \"nodes\": \"500\"}' | cnicalc external",
    .options = options,
    .formats = OUTPUT_BIT(OUTPUT_JSON),
    .run = run,
};
