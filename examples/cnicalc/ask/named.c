/* SPDX-License-Identifier: MIT */
#include "named.h"

#include "../base/memory.h"
#include "args.h"
#include "nearest.h"

#include <string.h>

int named_is_name(const char *text)
{
    for (const char *next = text; *next != '\0'; next++) {
        unsigned char c = (unsigned char)*next;
        if (c < ' ' || c == 0x7f || c == '=' || c == ',') {
            return 0;
        }
    }
    return *text != '\0';
}

static int refuse_form(const struct asking *asking, const struct named_form *form)
{
    return asking_refuse(asking, "not of the form %s", form->shown);
}

static int refuse_key(const struct asking *asking, const struct named_form *form, const char *key)
{
    struct nearest search = nearest_to(key);
    for (size_t i = 0; i < NAMED_KEYS_MAX && form->keys[i] != NULL; i++) {
        nearest_offer(&search, form->keys[i]);
    }
    return search.best == NULL
               ? refuse_form(asking, form)
               : asking_refuse(asking, "no such key; did you mean %s=?", search.best);
}

/* One "KEY=VALUE" of length bytes. */
static int take_extra(const struct asking *asking, const struct named_form *form, const char *extra,
                      size_t length, struct named *named)
{
    const char *equals = memchr(extra, '=', length);
    if (equals == NULL) {
        return refuse_form(asking, form);
    }
    const char *key = memory_copy(extra, (size_t)(equals - extra));
    for (size_t i = 0; i < NAMED_KEYS_MAX && form->keys[i] != NULL; i++) {
        if (strcmp(key, form->keys[i]) == 0) {
            if (named->extras[i] != NULL) {
                return asking_refuse(asking, "a key is given twice");
            }
            named->extras[i] = memory_copy(equals + 1, (size_t)(extra + length - equals) - 1);
            return 1;
        }
    }
    return refuse_key(asking, form, key);
}

int named_parse(const struct asking *asking, const struct named_form *form, struct named *out_named)
{
    const char *text = asking->text;
    memset(out_named, 0, sizeof *out_named);
    size_t name_length = strcspn(text, "=,");
    if (name_length == 0 || text[name_length] != '=') {
        return refuse_form(asking, form);
    }
    out_named->name = memory_copy(text, name_length);
    if (!named_is_name(out_named->name)) {
        return asking_refuse(asking, "the name has a control character");
    }
    const char *next = text + name_length + 1;
    size_t length = strcspn(next, ",");
    out_named->value = memory_copy(next, length);
    while (next[length] == ',') {
        next += length + 1;
        length = strcspn(next, ",");
        if (!take_extra(asking, form, next, length, out_named)) {
            return 0;
        }
    }
    return 1;
}

void names_begin(struct names *names, size_t capacity)
{
    names->texts = memory_take(capacity, sizeof *names->texts);
    names->count = 0;
}

int names_find(const struct names *names, const char *text, uint32_t *out_number)
{
    for (uint32_t i = 0; i < names->count; i++) {
        if (strcmp(names->texts[i], text) == 0) {
            *out_number = i;
            return 1;
        }
    }
    return 0;
}

uint32_t names_number(struct names *names, const char *text)
{
    uint32_t number = names->count;
    if (!names_find(names, text, &number)) {
        names->texts[names->count++] = text;
    }
    return number;
}

int names_parse_zone(const struct asking *asking, void *member)
{
    struct names *names = member;
    uint32_t number = 0;
    if (names->texts == NULL) {
        names_begin(names, asking->args->given_count);
    }
    if (names_find(names, asking->text, &number)) {
        return asking_refuse(asking, "the zone is given twice");
    }
    if (!named_is_name(asking->text)) {
        return asking_refuse(asking, "a name is a text without =, comma and control characters");
    }
    names_number(names, asking->text);
    return 1;
}
