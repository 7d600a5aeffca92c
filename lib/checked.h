/* SPDX-License-Identifier: MIT */
/* 64-bit arithmetic that says when the answer does not fit. */
#ifndef CNICALC_LIB_CHECKED_H
#define CNICALC_LIB_CHECKED_H

#include <stdint.h>

/* 1 when a * b exceeds 64 bits, and then *out is not written. The division, many times slower than
 * all the rest, is reached only by factors beyond 32 bits. */
static inline int cnicalc__mul_overflows(uint64_t a, uint64_t b, uint64_t *out)
{
    if (((a | b) >> 32) != 0 && a != 0 && b > UINT64_MAX / a) {
        return 1;
    }
    *out = a * b;
    return 0;
}

static inline int cnicalc__add_overflows(uint64_t a, uint64_t b, uint64_t *out)
{
    if (b > UINT64_MAX - a) {
        return 1;
    }
    *out = a + b;
    return 0;
}

static inline uint64_t cnicalc__min(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* a - b, or 0 where b is the greater. */
static inline uint64_t cnicalc__less(uint64_t a, uint64_t b)
{
    return a > b ? a - b : 0;
}

#endif
