/* SPDX-License-Identifier: MIT */
/* Several characters as one integer. The first character is the lowest byte on every machine. */
#ifndef CNICALC_LIB_WORD_H
#define CNICALC_LIB_WORD_H

#include "internal.h"

#include <stdint.h>
#include <string.h>

/* Where the machine's own order is that one, a copy is sure to become one load or one store;
 * compilers see it in the shifts of the portable form most of the time only. */
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

CNICALC__INLINE uint32_t cnicalc__load_four(const void *from)
{
    uint32_t word;
    memcpy(&word, from, sizeof word);
    return word;
}

CNICALC__INLINE uint64_t cnicalc__load_eight(const void *from)
{
    uint64_t word;
    memcpy(&word, from, sizeof word);
    return word;
}

CNICALC__INLINE void cnicalc__store_four(char *out, uint32_t word)
{
    memcpy(out, &word, sizeof word);
}

#else

CNICALC__INLINE uint32_t cnicalc__load_four(const void *from)
{
    const unsigned char *p = from;
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

CNICALC__INLINE uint64_t cnicalc__load_eight(const void *from)
{
    const unsigned char *p = from;
    return cnicalc__load_four(p) | (uint64_t)cnicalc__load_four(p + 4) << 32;
}

CNICALC__INLINE void cnicalc__store_four(char *out, uint32_t word)
{
    out[0] = (char)(word & 0xff);
    out[1] = (char)(word >> 8 & 0xff);
    out[2] = (char)(word >> 16 & 0xff);
    out[3] = (char)(word >> 24);
}

#endif

/* Compilers make one instruction of each of these two. */
CNICALC__INLINE uint32_t cnicalc__reverse_four(uint32_t word)
{
    return word >> 24 | (word >> 8 & 0xff00u) | (word << 8 & 0xff0000u) | word << 24;
}

CNICALC__INLINE uint64_t cnicalc__reverse_eight(uint64_t word)
{
    return (uint64_t)cnicalc__reverse_four((uint32_t)word) << 32 |
           cnicalc__reverse_four((uint32_t)(word >> 32));
}

#endif
