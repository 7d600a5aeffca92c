/* SPDX-License-Identifier: MIT */
#include "openmetrics.h"

#include <cnicalc.h>
#include <inttypes.h>
#include <string.h>

void openmetrics_family(struct openmetrics *metrics, const char *name, const char *help)
{
    metrics->family = name;
    metrics->help = help;
}

/* A backslash, a quote and a newline are escaped. */
static void add_escaped(struct text_buffer *text, const char *value)
{
    for (const char *next = value; *next != '\0'; next++) {
        if (*next == '\n') {
            text_add_plain(text, "\\n");
        } else {
            text_add(text, *next == '\\' || *next == '"' ? "\\%c" : "%c", *next);
        }
    }
}

void openmetrics_sample(struct openmetrics *metrics, const struct openmetrics_label labels[2],
                        uint64_t value)
{
    struct text_buffer *text = &metrics->text;
    const char *before = "{";
    if (value == CNICALC_UNKNOWN_COUNT) {
        return;
    }
    if (metrics->help != NULL) {
        text_add(text, "# TYPE %s gauge\n# HELP %s %s\n", metrics->family, metrics->family,
                 metrics->help);
        metrics->help = NULL;
    }
    text_add_plain(text, metrics->family);
    for (size_t i = 0; i < 2; i++) {
        if (labels[i].name != NULL && labels[i].value != NULL) {
            text_add(text, "%s%s=\"", before, labels[i].name);
            add_escaped(text, labels[i].value);
            text_add_plain(text, "\"");
            before = ",";
        }
    }
    text_add(text, "%s %" PRIu64 "\n", before[0] == ',' ? "}" : "", value);
}

const char *openmetrics_end(struct openmetrics *metrics)
{
    text_add_plain(&metrics->text, "# EOF\n");
    return metrics->text.text;
}
