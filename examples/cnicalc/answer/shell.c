/* SPDX-License-Identifier: MIT */
#include "shell.h"

#include "../base/memory.h"
#include "../base/text_buffer.h"

#include <string.h>

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

struct value *shell_lines(const char *command, const struct value *arguments, size_t width)
{
    const size_t end = strlen(" \\");
    struct value *lines = value_list();
    struct text_buffer line = {NULL, 0, 0};
    text_add_plain(&line, command);
    for (const struct value *next = arguments->first; next != NULL; next = next->next) {
        const struct text_buffer words = words_of(next->text);
        if (line.length + 1 + words.length + end > width) {
            const struct text_buffer empty = {NULL, 0, 0};
            text_add_plain(&line, " \\");
            value_add(lines, value_text(line.text));
            line = empty;
            text_add_plain(&line, "   ");
        }
        text_add_plain(&line, " ");
        text_add_plain(&line, words.text);
    }
    value_add(lines, value_text(line.text));
    return lines;
}
