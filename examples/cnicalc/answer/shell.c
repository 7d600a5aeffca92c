/* SPDX-License-Identifier: MIT */
#include "shell.h"

#include "../base/memory.h"
#include "../base/text_buffer.h"

#include <inttypes.h>
#include <string.h>

void shell_add(struct words *arguments, const char *option, const char *name, const char *value)
{
    struct text_buffer argument = {NULL, 0, 0};
    text_add(&argument, "--%s", option);
    for (size_t i = 0; i < 2; i++) {
        const char *part = i == 0 ? name : value;
        text_add_plain(&argument, part != NULL ? "=" : "");
        text_add_plain(&argument, part != NULL ? part : "");
    }
    words_add_text(arguments, argument.text);
}

void shell_add_count(struct words *arguments, const char *option, uint64_t count)
{
    struct text_buffer text = {NULL, 0, 0};
    text_add(&text, "%" PRIu64, count);
    shell_add(arguments, option, NULL, text.text);
}

/* ---- As a shell reads them ---- */

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

/* "--name value" of an argument "--name=value". */
static struct text_buffer words_of(const char *argument)
{
    struct text_buffer words = {NULL, 0, 0};
    size_t length = strcspn(argument, "=");
    text_add_plain(&words, memory_copy(argument, length));
    if (argument[length] == '=') {
        text_add_plain(&words, " ");
        add_word(&words, argument + length + 1);
    }
    return words;
}

struct words shell_lines(const char *command, const struct words *arguments, size_t width)
{
    const size_t end = strlen(" \\");
    struct words lines = {NULL, 0, 0};
    struct text_buffer line = {NULL, 0, 0};
    text_add_plain(&line, command);
    for (size_t i = 0; i < arguments->count; i++) {
        const struct text_buffer words = words_of(arguments->texts[i]);
        if (line.length + 1 + words.length + end > width) {
            const struct text_buffer empty = {NULL, 0, 0};
            text_add_plain(&line, " \\");
            words_add_text(&lines, line.text);
            line = empty;
            text_add_plain(&line, "   ");
        }
        text_add_plain(&line, " ");
        text_add_plain(&line, words.text);
    }
    words_add_text(&lines, line.text);
    return lines;
}
