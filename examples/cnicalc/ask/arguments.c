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

/* Those of the one request that there is, and the first file that it names; stdin has no name. */
static struct origin *origins;
static const char *first_file;

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

static int is_stdin(const char *file)
{
    return strcmp(file, "-") == 0;
}

static void point_at(const struct place *place)
{
    complain_at(place == NULL           ? NULL
                : is_stdin(place->file) ? "stdin"
                                        : place->file,
                place == NULL ? 0 : place->line);
}

static int refuse(const struct expansion *expansion, const char *argument, const char *why)
{
    point_at(expansion->depth == 0 ? NULL : &expansion->places[expansion->depth - 1]);
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
    if (first_file == NULL && !is_stdin(argument + 1)) {
        first_file = argument + 1;
    }
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

/* The place of a text, or NULL. */
static const struct place *find_place(const char *text)
{
    const struct origin *origin = text == NULL ? NULL : origins;
    while (origin != NULL && (text < origin->word || text > origin->word + origin->length)) {
        origin = origin->next;
    }
    return origin == NULL ? NULL : &origin->place;
}

void arguments_point_at(const char *text)
{
    point_at(find_place(text));
}

void arguments_point_at_file(void)
{
    complain_at(first_file, 0);
}

int arguments_follow(const char *word, const char *next)
{
    const struct place *place = find_place(word);
    const struct place *other = find_place(next);
    return place == NULL || (other != NULL && place->file == other->file);
}

int arguments_expand(int argc, char **argv, struct words *out_words)
{
    struct expansion expansion;
    memset(&expansion, 0, sizeof expansion);
    memset(out_words, 0, sizeof *out_words);
    origins = NULL;
    first_file = NULL;
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

int arguments_place(const char *text, struct place *out_place)
{
    const struct place *place = find_place(text);
    const struct place whole = {first_file, 0};
    *out_place = place == NULL ? whole : *place;
    return out_place->file != NULL && !is_stdin(out_place->file);
}
