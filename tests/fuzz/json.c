/* SPDX-License-Identifier: MIT */
/* A reader that keeps nothing: it walks over values, and a stack of brackets says what may follow.
 */
#include "json.h"

#include <string.h>

#define DEPTH_MAX 64

struct reader {
    const char *at;
    const char *end;
    char brackets[DEPTH_MAX];
    int depth;
};

static void skip_blanks(struct reader *reader)
{
    while (reader->at < reader->end && strchr(" \t\r\n", *reader->at) != NULL &&
           *reader->at != '\0') {
        reader->at++;
    }
}

static int take(struct reader *reader, char wanted)
{
    skip_blanks(reader);
    if (reader->at == reader->end || *reader->at != wanted) {
        return 0;
    }
    reader->at++;
    return 1;
}

/* After the opening quote. */
static int take_string(struct reader *reader)
{
    while (reader->at < reader->end) {
        unsigned char c = (unsigned char)*reader->at++;
        if (c == '"') {
            return 1;
        }
        if (c < ' ') {
            return 0;
        }
        if (c == '\\') {
            size_t length = reader->at < reader->end && *reader->at == 'u' ? 5 : 1;
            if ((size_t)(reader->end - reader->at) < length ||
                strchr("\"\\/bfnrtu", *reader->at) == NULL || *reader->at == '\0') {
                return 0;
            }
            reader->at += length;
        }
    }
    return 0;
}

static size_t skip_digits(struct reader *reader)
{
    const char *first = reader->at;
    while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9') {
        reader->at++;
    }
    return (size_t)(reader->at - first);
}

static int take_number(struct reader *reader)
{
    const char *first = reader->at;
    size_t digits = skip_digits(reader);
    if (digits == 0 || (digits > 1 && *first == '0')) {
        return 0;
    }
    if (reader->at < reader->end && *reader->at == '.') {
        reader->at++;
        return skip_digits(reader) != 0;
    }
    return 1;
}

static int take_word(struct reader *reader)
{
    static const char WORDS[][6] = {"true", "false", "null"};
    for (int i = 0; i < 3; i++) {
        size_t length = strlen(WORDS[i]);
        if ((size_t)(reader->end - reader->at) >= length &&
            memcmp(reader->at, WORDS[i], length) == 0) {
            reader->at += length;
            return 1;
        }
    }
    return 0;
}

/* A key and its colon, where the innermost bracket asks for one. */
static int take_key(struct reader *reader)
{
    if (reader->depth == 0 || reader->brackets[reader->depth - 1] != '{') {
        return 1;
    }
    return take(reader, '"') && take_string(reader) && take(reader, ':');
}

/* Closes as many brackets as close here. */
static void close_brackets(struct reader *reader)
{
    while (reader->depth > 0 &&
           take(reader, reader->brackets[reader->depth - 1] == '{' ? '}' : ']')) {
        reader->depth--;
    }
}

static int take_scalar(struct reader *reader)
{
    if (take(reader, '"')) {
        return take_string(reader);
    }
    return take_word(reader) || take_number(reader);
}

/* One value, or the brackets that open one; 1 when a value ended. */
static int take_value(struct reader *reader, int *out_is_open)
{
    *out_is_open = 0;
    skip_blanks(reader);
    if (reader->at < reader->end && (*reader->at == '{' || *reader->at == '[')) {
        if (reader->depth == DEPTH_MAX) {
            return 0;
        }
        reader->brackets[reader->depth++] = *reader->at++;
        *out_is_open = !take(reader, reader->brackets[reader->depth - 1] == '{' ? '}' : ']');
        reader->depth -= !*out_is_open;
        return 1;
    }
    return take_scalar(reader);
}

int is_json(const char *text, size_t length)
{
    struct reader reader = {text, text + length, {0}, 0};
    int is_open = 0;
    do {
        if (!take_key(&reader) || !take_value(&reader, &is_open)) {
            return 0;
        }
        if (!is_open) {
            close_brackets(&reader);
        }
    } while (reader.depth > 0 && (is_open || take(&reader, ',')));
    skip_blanks(&reader);
    return reader.depth == 0 && reader.at == reader.end && length != 0 && text[length - 1] == '\n';
}
