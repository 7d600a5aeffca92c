/* SPDX-License-Identifier: MIT */
/* What a wish that does not fit is short of. */
#ifndef CNICALC_TOOL_PROPOSE_H
#define CNICALC_TOOL_PROPOSE_H

#include "document.h"

#include <cnicalc.h>

/* The first limit that is exceeded, in one sentence; null when the wish fits. */
struct value *propose_reason(const cnicalc_plan_proposal *proposal);

/* Every limit that is exceeded, with what is needed, what there is, and the difference. */
struct value *propose_shortages(const cnicalc_plan_proposal *proposal);

#endif
