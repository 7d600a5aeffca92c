/* SPDX-License-Identifier: MIT */
/* What the topics above ask of the quotas. */
#ifndef CNICALC_LIB_QUOTA_H
#define CNICALC_LIB_QUOTA_H

#include "cnicalc/quota.h"

/* The caller's own ceiling where it is not 0, or else the published one. Where none is published,
 * all ones: CNICALC_NO_LIMIT to some callers, CNICALC_UNKNOWN_COUNT to others. */
uint64_t cnicalc__ceiling(uint64_t own, uint32_t edition, uint32_t plugin, uint32_t what,
                          uint32_t raised);

/* Whether a cluster can have this edition: CNICALC_EDITION_ANY stands in the table alone. */
static inline int cnicalc__is_edition(uint32_t edition)
{
    return edition >= CNICALC_EDITION_PRO && edition <= CNICALC_EDITION_EDGE_BASIC;
}

static inline int cnicalc__is_plugin(uint32_t plugin)
{
    return plugin == CNICALC_PLUGIN_TERWAY || plugin == CNICALC_PLUGIN_FLANNEL;
}

#endif
