/* SPDX-License-Identifier: MIT */
/* Values of options that give a thing a name: "NAME=VALUE", then ",KEY=VALUE" any number of times.
 */
#ifndef CNICALC_TOOL_NAMED_H
#define CNICALC_TOOL_NAMED_H

#include "option.h"

#define NAMED_KEYS_MAX 4

/* The form that a value has. */
struct named_form {
    const char *shown;                /* such as "ZONE=CIDR[,used=N]" */
    const char *keys[NAMED_KEYS_MAX]; /* NULL: no more */
};

struct named {
    const char *name;
    const char *value;
    const char *extras[NAMED_KEYS_MAX]; /* of the keys, in their order; NULL: not given */
};

/* Takes the text apart. A name is any text without "=", "," and control characters. Returns 1, or 0
 * after a complaint. */
int named_parse(const struct asking *asking, const struct named_form *form,
                struct named *out_named);

/* Whether a text can be a name. */
int named_is_name(const char *text);

/* Names in the order in which they first appear; the library wants numbers for them. */
struct names {
    const char **texts;
    uint32_t count;
};

/* No names yet, and room for count of them. */
void names_begin(struct names *names, size_t capacity);

/* The number of a name, which is added if it is new. */
uint32_t names_number(struct names *names, const char *text);

/* Whether there is such a name, and its number. */
int names_find(const struct names *names, const char *text, uint32_t *out_number);

/* Reads the name of a zone into struct names, for an option. */
int names_parse_zone(const struct asking *asking, void *member);

#endif
