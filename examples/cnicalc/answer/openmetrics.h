/* SPDX-License-Identifier: MIT */
/* An answer for Prometheus, in the text format of OpenMetrics: gauges alone. */
#ifndef CNICALC_TOOL_OPENMETRICS_H
#define CNICALC_TOOL_OPENMETRICS_H

#include "../base/text_buffer.h"

#include <stdint.h>

/* Begin with zeros. */
struct openmetrics {
    struct text_buffer text;
    const char *family;
    const char *help; /* of a family without a sample so far; NULL: it is written */
};

/* Begins a family, whose samples follow. One without any is left out. */
void openmetrics_family(struct openmetrics *metrics, const char *name, const char *help);

/* A sample of the family with at most two labels; a name or a value of NULL leaves a label out. One
 * that is CNICALC_UNKNOWN_COUNT is left out. */
struct openmetrics_label {
    const char *name;
    const char *value;
};
void openmetrics_sample(struct openmetrics *metrics, const struct openmetrics_label labels[2],
                        uint64_t value);

/* The whole text. */
const char *openmetrics_end(struct openmetrics *metrics);

#endif
