/* SPDX-License-Identifier: MIT */
/* Names that a value is one of. */
#ifndef CNICALC_TOOL_CHOICES_H
#define CNICALC_TOOL_CHOICES_H

#include "../base/text_buffer.h"

#include <stddef.h>
#include <stdint.h>

/* Those that the library gives to values. */
struct choices {
    const char *(*name)(uint32_t value);
    uint32_t first; /* the values are first, first + 1, ... */
    uint32_t count;
    uint32_t (*is)(uint32_t value); /* which of them are choices; NULL: each */
    const char *zero;               /* a further choice, of value 0; NULL: none */
};

extern const struct choices edition_choices;
extern const struct choices security_group_choices;
extern const struct choices plugin_choices;
extern const struct choices mode_choices;
extern const struct choices feature_choices;

/* The name of choice i, and its value; NULL after the last. */
const char *choices_at(const struct choices *choices, size_t i, uint32_t *out_value);

/* Adds "a, b or c", with "(default)" after the one of a value, which may be NULL. */
void choices_list(const struct choices *choices, const uint32_t *default_value,
                  struct text_buffer *text);

/* One of the choices. What is before the text in a complaint is "--mode ", or "" for an operand.
 * Returns 1, or 0 after a complaint. */
int choices_parse(const struct choices *choices, const char *subcommand, const char *what,
                  const char *text, uint32_t *out_value);

/* The same for one of some names. */
struct names_of {
    const char *subcommand;
    const char *what;
    const char *const *names;
    size_t count;
};
int names_parse(const struct names_of *choices, const char *text, size_t *out_index);

#endif
