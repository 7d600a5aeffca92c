/* SPDX-License-Identifier: MIT */
/* cnicalc: the command. Finds the subcommand, lets it answer, prints the answer. */
#include "command.h"
#include "base/complaint.h"
#include "ask/arguments.h"
#include "ask/nearest.h"
#include "help.h"

#include <cnicalc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

/* What is in the place of a subcommand and looks like an option. */
static int refuse_option(const char *argument)
{
    struct nearest search = nearest_to(argument);
    nearest_offer(&search, "--version");
    nearest_offer(&search, "--help");
    search.best = strcmp(argument, "-v") == 0 ? "--version" : search.best;
    if (search.best != NULL) {
        return complain(argument, NULL, "no such option; did you mean %s?", search.best);
    }
    return complain(argument, NULL, "no such option before the subcommand; see cnicalc --help");
}

static int refuse_command(const char *name)
{
    struct nearest search = nearest_to(name);
    for (size_t i = 0; command_at(i) != NULL; i++) {
        nearest_offer(&search, command_at(i)->name);
    }
    nearest_offer(&search, "help");
    search.best = strcmp(name, "version") == 0 ? "--version" : search.best;
    if (search.best != NULL) {
        return complain(complain_shown(name), NULL, "no such subcommand; did you mean %s?",
                        search.best);
    }
    return complain(complain_shown(name), NULL, "no such subcommand; see cnicalc --help");
}

static void print_help(void)
{
    fputs("Usage: cnicalc SUBCOMMAND ... [-o table|json|tsv]\n"
          "Alibaba Cloud ACK: pods per node, nodes per cluster, and which limit decides.\n"
          "\n",
          stdout);
    for (size_t i = 0; command_at(i) != NULL; i++) {
        printf("  %-9s  %s\n", command_at(i)->name, command_at(i)->summary);
    }
    fputs("\n"
          "SUBCOMMAND --help says more, --version names the release and its table of types.\n"
          "Exit status: 0 answered; 1 answered, and the answer is no; 2 malformed request.\n"
          "Example: cnicalc node ecs.c7.4xlarge --mode shared\n",
          stdout);
}

static int print_version(void)
{
    printf("cnicalc %s\ninstance types: %s, version %s\n", cnicalc_version_string(),
           cnicalc_instance_table_date(), cnicalc_instance_table_version());
    return EXIT_ANSWERED;
}

/* What follows "help" or "--help". */
static int run_help(int argc, char **argv)
{
    if (argc == 0 || strcmp(argv[0], "help") == 0) {
        print_help();
        return EXIT_ANSWERED;
    }
    const struct command *command = command_find(argv[0]);
    if (command == NULL) {
        return refuse_command(argv[0]);
    }
    help_print(command);
    return EXIT_ANSWERED;
}

static int run_command(const struct command *command, int argc, char **argv)
{
    struct args args;
    struct answer answer;
    enum output_format format = OUTPUT_TABLE;
    memset(&answer, 0, sizeof answer);
    if (!args_parse(command->name, command->options, argc, argv, &args)) {
        return EXIT_MALFORMED;
    }
    if (args.help) {
        help_print(command);
        return EXIT_ANSWERED;
    }
    if (!output_choose(&args, command_formats(command), &format)) {
        return EXIT_MALFORMED;
    }
    answer.format = format;
    output_begin();
    int status = command_answer(command, &args, &answer);
    if (status != EXIT_MALFORMED) {
        output_print(&answer, format);
    }
    return status;
}

/* For the files that are made from the tables: a part of the manual, of a subcommand or NULL. */
static int print_manual(const char *part, const char *name)
{
    const struct command *command = name == NULL ? NULL : command_find(name);
    if (name != NULL && command == NULL) {
        return refuse_command(name);
    }
    return manual_print(part, command) ? EXIT_ANSWERED
                                       : complain("--manual", part, "no such part of the manual");
}

static int dispatch(int argc, char **argv)
{
    const char *first = argv[0];
    const struct command *command = command_find(first);
    if (command != NULL) {
        return run_command(command, argc - 1, argv + 1);
    }
    if (strcmp(first, "--version") == 0 || strcmp(first, "-V") == 0) {
        return print_version();
    }
    if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0 || strcmp(first, "help") == 0) {
        return run_help(argc - 1, argv + 1);
    }
    if (strcmp(first, "--manual") == 0 && argc > 1) {
        return print_manual(argv[1], argv[2]);
    }
    if (first[0] == '-') {
        return refuse_option(first);
    }
    return refuse_command(first);
}

/* Whether the answer is one of GitHub Actions, so that complaints are, too. */
static int is_for_github(int argc, char **argv)
{
    static const char *const forms[] = {"-ogithub", "--output=github"};
    for (int i = 1; i < argc; i++) {
        int is_name = strcmp(argv[i], "-o") == 0 || strcmp(argv[i], "--output") == 0;
        if (strcmp(argv[i], forms[0]) == 0 || strcmp(argv[i], forms[1]) == 0 ||
            (is_name && i + 1 < argc && strcmp(argv[i + 1], "github") == 0)) {
            return 1;
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    /* A closed pipe then shows as EPIPE, which is no fault of stdout, and stderr is not read. */
    signal(SIGPIPE, SIG_IGN);
    if (argc < 2) {
        return complain("SUBCOMMAND", NULL, "none is given; see cnicalc --help");
    }
    if (strcmp(argv[1], "--complete") == 0) {
        complete_print(argc - 2, argv + 2);
        return output_end(argv[1]) ? EXIT_ANSWERED : EXIT_MALFORMED;
    }
    complain_as_annotations(is_for_github(argc, argv));
    struct words words;
    if (!arguments_expand(argc, argv, &words)) {
        return EXIT_MALFORMED;
    }
    if (words.count == 0) {
        return complain(argv[1], NULL, "there is no argument in it; see cnicalc --help");
    }
    int status = dispatch((int)words.count, words.texts);
    if (status == EXIT_MALFORMED) {
        return status; /* its line is written, and nothing else is */
    }
    return output_end(words.texts[0]) ? status : EXIT_MALFORMED;
}
