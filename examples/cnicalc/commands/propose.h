/* SPDX-License-Identifier: MIT */
/* What a wish that does not fit is short of; and the plan of one that fits as a request of check.
 */
#ifndef CNICALC_TOOL_PROPOSE_H
#define CNICALC_TOOL_PROPOSE_H

#include "../ask/args.h"
#include "../answer/document.h"

#include <cnicalc.h>

/* The first limit that is exceeded, in one sentence; null when the wish fits. */
struct value *propose_reason(const cnicalc_plan_proposal *proposal);

/* Every limit that is exceeded, with what is needed, what there is, and the difference. */
struct value *propose_shortages(const cnicalc_plan_proposal *proposal);

/* The request of cnicalc check about the plan of a record, for what it holds with its growth: a
 * list of texts, each an option with its value as a shell reads it. */
struct value *propose_check_words(const struct args *args, const struct value *record);

/* These words as one line, and as lines that a terminal shows and a shell joins. */
struct value *propose_check_line(const struct value *words);
struct value *propose_check_lines(const struct value *words);

#endif
