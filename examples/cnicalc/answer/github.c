/* SPDX-License-Identifier: MIT */
#include "github.h"

#include "../ask/arguments.h"
#include "../base/text_buffer.h"

#include <inttypes.h>
#include <string.h>

static const char *command_of(uint32_t severity)
{
    return severity == CNICALC_PLAN_ERROR     ? "error"
           : severity == CNICALC_PLAN_WARNING ? "warning"
                                              : "notice";
}

/* What a command reads as its own, percent-encoded: in a property a colon and a comma, too. */
static void add_escaped(struct text_buffer *text, const char *value, const char *reserved)
{
    for (const char *next = value; *next != '\0'; next++) {
        text_add(text, strchr(reserved, *next) != NULL ? "%%%02X" : "%c", (unsigned char)*next);
    }
}

static void add_annotation(struct text_buffer *text, const struct finding *finding)
{
    struct place place = {NULL, 0};
    text_add(text, "::%s ", command_of(finding->found.severity));
    if (arguments_place(finding->given, &place)) {
        text_add_plain(text, "file=");
        add_escaped(text, place.file, "%\r\n:,");
        if (place.line != 0) {
            text_add(text, ",line=%" PRIu64, place.line);
        }
        text_add_plain(text, ",");
    }
    text_add(text, "title=%s::", cnicalc_plan_code_name(finding->found.code));
    add_escaped(text, finding->sentence, "%\r\n");
    text_add_plain(text, "\n");
}

const char *github_annotations(const struct list *findings)
{
    const struct finding *rows = findings->rows;
    struct text_buffer text = {NULL, 0, 0};
    text_add_plain(&text, "");
    for (size_t i = 0; i < findings->count; i++) {
        add_annotation(&text, &rows[i]);
    }
    return text.text;
}
