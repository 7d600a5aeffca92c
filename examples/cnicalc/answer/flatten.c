/* SPDX-License-Identifier: MIT */
#include "flatten.h"

#include "../base/memory.h"
#include "print.h"

#include <stdio.h>
#include <string.h>

/* A document is no deeper: record, list, record, and one to spare. */
#define DEPTH_MAX 8

/* Where the walk stands, and its key so far. */
struct level {
    const struct value *value;
    const char *prefix; /* with its dot, or "" */
    size_t index;       /* among the members of a list */
};

static char *make_key(const struct level *level, int is_list)
{
    char number[24];
    snprintf(number, sizeof number, "%zu", level->index);
    const char *name = is_list ? number : level->value->key;
    size_t size = strlen(level->prefix) + strlen(name) + 1;
    char *key = memory_take(size, 1);
    snprintf(key, size, "%s%s", level->prefix, name);
    return key;
}

static int is_container(const struct value *value)
{
    return value->kind == VALUE_LIST || value->kind == VALUE_RECORD;
}

static void put_text(struct value *record, const char *key, const struct value *value)
{
    char buffer[NUMBER_TEXT_SIZE];
    value_put(
        record, key,
        value_text(value->kind == VALUE_NULL ? "" : output_cell(value, "true", "false", buffer)));
}

struct value *external_flatten(const struct value *document)
{
    struct value *record = value_record();
    struct level levels[DEPTH_MAX];
    size_t depth = 1;
    const struct value *root = document;
    if (document->kind == VALUE_LIST) {
        root = document->first;
        if (root == NULL || root->next != NULL) {
            return NULL;
        }
    }
    levels[0].value = root->first;
    levels[0].prefix = "";
    levels[0].index = 0;
    while (depth > 0) {
        struct level *level = &levels[depth - 1];
        const struct value *value = level->value;
        if (value == NULL) {
            depth--;
            continue;
        }
        char *key = make_key(level, value->parent->kind == VALUE_LIST);
        level->value = value->next;
        level->index++;
        if (!is_container(value)) {
            put_text(record, key, value);
        } else if (depth < DEPTH_MAX) {
            size_t size = strlen(key) + 2;
            char *prefix = memory_take(size, 1);
            snprintf(prefix, size, "%s.", key);
            levels[depth].value = value->first;
            levels[depth].prefix = prefix;
            levels[depth].index = 0;
            depth++;
        }
    }
    return record;
}
