/* SPDX-License-Identifier: MIT */
/* Several characters as one integer. The first character is the lowest byte on every machine. */
#ifndef CNICALC_LIB_WORD_H
#define CNICALC_LIB_WORD_H

#include "internal.h"

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

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

/* The number of bits that are set. */
CNICALC__INLINE uint32_t cnicalc__count_bits(uint64_t word)
{
    word -= word >> 1 & UINT64_C(0x5555555555555555);
    word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
    word = (word + (word >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (uint32_t)(word * UINT64_C(0x0101010101010101) >> 56);
}

/* The lowest bit that is set, of which there must be one. */
CNICALC__INLINE uint32_t cnicalc__lowest_bit(uint64_t word)
{
#if defined(__GNUC__)
    return (uint32_t)__builtin_ctzll(word);
#else
    return cnicalc__count_bits(~word & (word - 1));
#endif
}

/* The highest bit that is set and all below it. */
CNICALC__INLINE uint64_t cnicalc__fill_down(uint64_t word)
{
#if defined(__GNUC__)
    return word == 0 ? 0 : UINT64_MAX >> __builtin_clzll(word);
#else
    for (uint32_t shift = 1; shift < 64; shift *= 2) {
        word |= word >> shift;
    }
    return word;
#endif
}

/* The highest bit that is set, of which there must be one. */
CNICALC__INLINE uint32_t cnicalc__highest_bit(uint64_t word)
{
#if defined(__GNUC__)
    return 63 ^ (uint32_t)__builtin_clzll(word);
#else
    return cnicalc__count_bits(cnicalc__fill_down(word)) - 1;
#endif
}

/* ---- Lines ---- */

#define CNICALC__LINE_CHUNK 64

/* Bit i: character i of a chunk is a newline. */
#if defined(__SSE2__)

CNICALC__INLINE uint64_t cnicalc__newlines_of_chunk(const char *text)
{
    const __m128i newline = _mm_set1_epi8('\n');
    uint64_t newlines = 0;
    for (int i = CNICALC__LINE_CHUNK - 16; i >= 0; i -= 16) {
        __m128i chars = _mm_loadu_si128((const __m128i *)(const void *)(text + i));
        newlines <<= 16;
        newlines |= (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(chars, newline));
    }
    return newlines;
}

#else

/* The sum carries into the highest bit of each byte that is another one; the product collects what
 * is left. */
CNICALC__INLINE uint64_t cnicalc__newlines_of_chunk(const char *text)
{
    const uint64_t low_bits = UINT64_C(0x7f7f7f7f7f7f7f7f);
    uint64_t newlines = 0;
    for (size_t i = 0; i < CNICALC__LINE_CHUNK; i += 8) {
        uint64_t differs = cnicalc__load_eight(text + i) ^ UINT64_C(0x0a0a0a0a0a0a0a0a);
        uint64_t equal = ~(((differs & low_bits) + low_bits) | differs | low_bits) >> 7;
        newlines |= (equal * UINT64_C(0x0102040810204080) >> 56) << i;
    }
    return newlines;
}

#endif

/* The offset of the newline that ends the line at an offset, or of the end of the text. Most lines
 * end in one chunk, so that no branch depends on their length. */
static inline size_t cnicalc__line_end(const char *text, size_t text_len, size_t at)
{
    for (; text_len - at >= CNICALC__LINE_CHUNK; at += CNICALC__LINE_CHUNK) {
        uint64_t newlines = cnicalc__newlines_of_chunk(text + at);
        if (newlines != 0) {
            return at + cnicalc__lowest_bit(newlines);
        }
    }
    while (at < text_len && text[at] != '\n') {
        at++;
    }
    return at;
}

/* The number of lines; the last one may lack its newline. */
size_t cnicalc__count_lines(const char *text, size_t text_len);

#endif
