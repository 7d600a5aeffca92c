/* SPDX-License-Identifier: MIT */
#include "choices.h"

#include "nearest.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../base/text_buffer.h"

#include <cnicalc.h>
#include <string.h>

const struct choices edition_choices = {cnicalc_edition_name, 1, CNICALC_EDITION_COUNT - 1, NULL,
                                        NULL};
const struct choices security_group_choices = {cnicalc_security_group_name, 1,
                                               CNICALC_SECURITY_GROUP_COUNT - 1, NULL, NULL};
const struct choices plugin_choices = {cnicalc_plugin_name, 1, CNICALC_PLUGIN_COUNT - 1, NULL,
                                       NULL};
const struct choices mode_choices = {cnicalc_mode_name, 1, CNICALC_MODE_COUNT - 1, NULL, NULL};
const struct choices feature_choices = {cnicalc_feature_name, 1, CNICALC_FEATURE_COUNT - 1,
                                        cnicalc_feature_is_choice, NULL};

const char *choices_at(const struct choices *choices, size_t i, uint32_t *out_value)
{
    for (uint32_t value = choices->first; value < choices->first + choices->count; value++) {
        if ((choices->is == NULL || choices->is(value)) && i-- == 0) {
            *out_value = value;
            return choices->name(value);
        }
    }
    *out_value = 0;
    return i == 0 ? choices->zero : NULL;
}

int names_parse(const struct names_of *choices, const char *text, size_t *out_index)
{
    struct nearest search = nearest_to(text);
    struct text_buffer list = {NULL, 0, 0};
    struct text_buffer shown = {NULL, 0, 0};
    for (size_t i = 0; i < choices->count; i++) {
        if (strcmp(text, choices->names[i]) == 0) {
            *out_index = i;
            return 1;
        }
        nearest_offer(&search, choices->names[i]);
        text_add(&list, "%s%s", i == 0 ? "" : ", ", choices->names[i]);
    }
    text_add_plain(&shown, choices->what);
    text_add_plain(&shown, complain_shown(text));
    if (search.best != NULL) {
        complain(choices->subcommand, shown.text, "not one of %s; did you mean %s?", list.text,
                 search.best);
    } else {
        complain(choices->subcommand, shown.text, "not one of %s", list.text);
    }
    return 0;
}

int choices_parse(const struct choices *choices, const char *subcommand, const char *what,
                  const char *text, uint32_t *out_value)
{
    struct names_of named = {subcommand, what, NULL, 0};
    const char **names = memory_take((size_t)choices->count + 2, sizeof *names); /* zero, NULL */
    uint32_t value = 0;
    size_t index = 0;
    named.names = names;
    while ((names[named.count] = choices_at(choices, named.count, &value)) != NULL) {
        named.count++;
    }
    return names_parse(&named, text, &index) && choices_at(choices, index, out_value) != NULL;
}

void choices_list(const struct choices *choices, const uint32_t *default_value,
                  struct text_buffer *text)
{
    uint32_t value = 0;
    const char *name = choices_at(choices, 0, &value);
    for (size_t i = 1; name != NULL; i++) {
        int is_default = default_value != NULL && *default_value == value;
        const char *next = choices_at(choices, i, &value);
        const char *after = choices_at(choices, i + 1, &value);
        text_add(text, "%s%s", name, is_default ? " (default)" : "");
        if (next != NULL) {
            text_add_plain(text, after == NULL ? " or " : ", ");
            choices_at(choices, i, &value);
        }
        name = next;
    }
}
