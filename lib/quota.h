/* SPDX-License-Identifier: MIT */
/* What the topics above ask of the quotas. */
#ifndef CNICALC_LIB_QUOTA_H
#define CNICALC_LIB_QUOTA_H

#include "cnicalc/quota.h"

/* Fills the ceilings inside option structs with the defaults. */
void cnicalc__ceilings_begin(cnicalc_ceilings *ceilings);

/* The statuses of cnicalc_ceiling_value() that concern ceilings. */
cnicalc_status cnicalc__ceilings_check(const cnicalc_ceilings *ceilings);

/* cnicalc__options_begin() and cnicalc__options_check() of options that have ceilings, which begin
 * and are checked with them. ceilings_at is their offset. */
cnicalc_status cnicalc__ceiled_begin(void *options, size_t struct_size, size_t own_size,
                                     size_t ceilings_at);
cnicalc_status cnicalc__ceiled_check(const void *options, size_t own_size,
                                     const cnicalc_ceilings *ceilings, const void *reserved,
                                     size_t reserved_size);

/* What a ceiling leaves, as cnicalc_ceiling_value() but of checked ceilings and one of its limits:
 * CNICALC_ERR_QUOTA_UNKNOWN, and CNICALC_NO_LIMIT in *out_value, where none is published. */
cnicalc_status cnicalc__ceiling_find(const cnicalc_ceilings *ceilings, uint32_t plugin,
                                     uint32_t limit, uint64_t *out_value);

/* The same, where one that is not published bounds nothing. It is all ones: CNICALC_NO_LIMIT to
 * some callers, CNICALC_UNKNOWN_COUNT to others. */
uint64_t cnicalc__ceiling(const cnicalc_ceilings *ceilings, uint32_t plugin, uint32_t limit);

/* Whether a cluster can have this edition: CNICALC_EDITION_ANY is for rows of the table alone. */
static inline int cnicalc__is_edition(uint32_t edition)
{
    return edition != CNICALC_EDITION_ANY && edition < CNICALC_EDITION_COUNT;
}

static inline int cnicalc__is_plugin(uint32_t plugin)
{
    return plugin != CNICALC_PLUGIN_ANY && plugin < CNICALC_PLUGIN_COUNT;
}

#endif
