/* SPDX-License-Identifier: MIT */
/* Which limit decides. Limits are indexed by an enum whose 0 is that none does. */
#ifndef CNICALC_LIB_LIMITS_H
#define CNICALC_LIB_LIMITS_H

#include "cnicalc/base.h"

/* What is left of a limit when some of it is used; all of it where there is no limit. */
static inline uint64_t cnicalc__left_of(uint64_t limit, uint64_t used)
{
    if (limit == CNICALC_NO_LIMIT) {
        return CNICALC_NO_LIMIT;
    }
    return limit > used ? limit - used : 0;
}

/* The index of the smallest limit from first to last, the first of equals. */
static inline uint32_t cnicalc__smallest_limit(const uint64_t *limits, uint32_t first,
                                               uint32_t last)
{
    uint32_t found = first;
    for (uint32_t i = first + 1; i <= last; i++) {
        if (limits[i] < limits[found]) {
            found = i;
        }
    }
    return found;
}

/* The first index from 1 to count - 1 where more is needed than available, or 0. */
static inline uint32_t cnicalc__first_shortage(const uint64_t *needed, const uint64_t *available,
                                               uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        if (needed[i] > available[i]) {
            return i;
        }
    }
    return 0;
}

#endif
