/* SPDX-License-Identifier: MIT */
#include "arguments.h"

#include "../base/complaint.h"
#include "../base/file.h"
#include "../base/memory.h"

#include <string.h>

/* Only a file that names itself has more. */
#define FILES_MAX 16

static const char blanks[] = " \t";

/* An argument from a file. */
struct origin {
    const char *word;
    size_t length;
    struct place place;
    struct origin *next;
};

/* Those of the one request that there is. */
static struct origin *origins;

/* What is being read: the texts of files, the innermost last. */
struct expansion {
    const char *subcommand;
    struct words *words;
    const char *files[FILES_MAX];   /* what is left of each */
    struct place places[FILES_MAX]; /* of the line that is read */
    size_t depth;
    size_t file_count;
    int only_operands;
};

static int refuse(const struct expansion *expansion, const char *argument, const char *why)
{
    if (strcmp(expansion->subcommand, argument) == 0) {
        complain(argument, NULL, "%s", why);
    } else {
        complain(expansion->subcommand, argument, "%s", why);
    }
    return 0;
}

/* Begins to read the file of an argument "@FILE". */
static int open_file(struct expansion *expansion, const char *argument)
{
    char *text = NULL;
    size_t length = 0;
    if (expansion->file_count == FILES_MAX) {
        return refuse(expansion, argument,
                      "more than 16 files of arguments; does one name itself?");
    }
    const char *why = file_read(argument + 1, &text, &length);
    if (why != NULL) {
        return refuse(expansion, argument, why);
    }
    if (strlen(text) != length) {
        return refuse(expansion, argument, "a NUL byte; a file of arguments is plain text");
    }
    expansion->file_count++;
    expansion->places[expansion->depth].file = argument + 1;
    expansion->places[expansion->depth].line = 0;
    expansion->files[expansion->depth++] = text;
    return 1;
}

static void add_origin(const struct expansion *expansion, const char *word)
{
    struct origin *origin = memory_take(1, sizeof *origin);
    origin->word = word;
    origin->length = strlen(word);
    origin->place = expansion->places[expansion->depth - 1];
    origin->next = origins;
    origins = origin;
}

static int take(struct expansion *expansion, const char *argument, size_t length)
{
    struct words *words = expansion->words;
    words_add(words, argument, length);
    const char *word = words->texts[words->count - 1];
    if (!expansion->only_operands && word[0] == '@') {
        words->count--;
        return open_file(expansion, word);
    }
    if (expansion->depth != 0) {
        add_origin(expansion, word);
    }
    expansion->only_operands |= strcmp(word, "--") == 0;
    return 1;
}

/* Takes the next line of the innermost file, or leaves the file. */
static int take_line(struct expansion *expansion)
{
    const char **next = &expansion->files[expansion->depth - 1];
    const char *line = *next + strspn(*next, blanks);
    size_t length = strcspn(line, "\n");
    if (**next == '\0') {
        expansion->depth--;
        return 1;
    }
    *next = line + length + (line[length] == '\n');
    expansion->places[expansion->depth - 1].line++;
    while (length != 0 && strchr(blanks, line[length - 1]) != NULL) {
        length--;
    }
    return length == 0 || line[0] == '#' || take(expansion, line, length);
}

void arguments_point_at(const char *text)
{
    const struct origin *origin = text == NULL ? NULL : origins;
    while (origin != NULL && (text < origin->word || text > origin->word + origin->length)) {
        origin = origin->next;
    }
    complain_at(origin == NULL                         ? NULL
                : strcmp(origin->place.file, "-") == 0 ? "stdin"
                                                       : origin->place.file,
                origin == NULL ? 0 : origin->place.line);
}

int arguments_expand(int argc, char **argv, struct words *out_words)
{
    struct expansion expansion;
    memset(&expansion, 0, sizeof expansion);
    memset(out_words, 0, sizeof *out_words);
    origins = NULL;
    arguments_point_at(NULL);
    expansion.subcommand = argv[1];
    expansion.words = out_words;
    for (int i = 1; i < argc; i++) {
        if (!take(&expansion, argv[i], strlen(argv[i]))) {
            return 0;
        }
        while (expansion.depth != 0) {
            if (!take_line(&expansion)) {
                return 0;
            }
        }
    }
    return 1;
}

static int is_file(const struct origin *origin)
{
    return strcmp(origin->place.file, "-") != 0;
}

int arguments_place(const char *text, struct place *out_place)
{
    int has_file = 0;
    for (const struct origin *origin = origins; origin != NULL; origin = origin->next) {
        if (text != NULL && text >= origin->word && text <= origin->word + origin->length) {
            *out_place = origin->place;
            return is_file(origin);
        }
        if (is_file(origin)) { /* the last of the list is the first of the request */
            out_place->file = origin->place.file;
            out_place->line = 0;
            has_file = 1;
        }
    }
    return has_file;
}
