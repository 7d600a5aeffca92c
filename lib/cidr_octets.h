/* SPDX-License-Identifier: MIT */
/* Two steps of the quick reader of IPv4 blocks that work on many characters at once: with SSE2,
 * which every x86-64 has, and in plain C for all other machines. Both answer alike. */
#ifndef CNICALC_LIB_CIDR_OCTETS_H
#define CNICALC_LIB_CIDR_OCTETS_H

#include "word.h"

#include <stddef.h>

/* Four octets of 1..4 characters. The digits of each, '0' taken off, are the last bytes of a word
 * with zero bytes before them; least is the least octet of that many characters. */
struct octets {
    uint32_t digits[4];
    uint32_t least[4];
};

#if defined(__SSE2__)

#include <emmintrin.h>

/* By number of characters; no octet has four. */
static const uint32_t LEAST_OCTET[5] = {0, 0, 10, 100, 1000};

/* Bit i set where character i of eight is a dot, and bit 8 + i for eight others. */
CNICALC__INLINE uint32_t find_dots(const unsigned char *first, const unsigned char *second)
{
    __m128i chars = _mm_unpacklo_epi64(_mm_loadl_epi64((const __m128i *)(const void *)first),
                                       _mm_loadl_epi64((const __m128i *)(const void *)second));
    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(chars, _mm_set1_epi8('.')));
}

CNICALC__INLINE __m128i four_words(const uint32_t words[4])
{
    return _mm_set_epi32((int)words[3], (int)words[2], (int)words[1], (int)words[0]);
}

/* The address of four octets. Returns whether all characters are digits and all octets in range. */
CNICALC__INLINE int join_octets(const struct octets *octets, uint64_t *out_bits)
{
    __m128i digits = four_words(octets->digits);
    __m128i hundreds_and_ones = _mm_srli_epi16(digits, 8);
    __m128i tens = _mm_and_si128(digits, _mm_set1_epi16(0xff));
    __m128i values = _mm_add_epi32(
        _mm_madd_epi16(hundreds_and_ones, _mm_set_epi16(1, 100, 1, 100, 1, 100, 1, 100)),
        _mm_madd_epi16(tens, _mm_set_epi16(10, 0, 10, 0, 10, 0, 10, 0)));
    __m128i faults = _mm_subs_epu8(digits, _mm_set1_epi8(9));
    faults = _mm_or_si128(faults, _mm_cmpgt_epi32(values, _mm_set1_epi32(255)));
    faults = _mm_or_si128(faults, _mm_cmpgt_epi32(four_words(octets->least), values));
    __m128i shorts = _mm_packs_epi32(values, values);
    __m128i bytes = _mm_packus_epi16(shorts, shorts);
    *out_bits = cnicalc__reverse_four((uint32_t)_mm_cvtsi128_si32(bytes));
    return _mm_movemask_epi8(_mm_cmpeq_epi8(faults, _mm_setzero_si128())) == 0xffff;
}

#else

/* By number of characters, the digits reversed; no octet has four. */
static const uint32_t LEAST_OCTET[5] = {0, 0, 0x000100, 0x010000, 0x030000};

/* Bit i set where character i of eight is a dot. The sum carries into bit 7 of every byte that
 * differs; the product then collects the eight bits in its highest byte. */
CNICALC__INLINE uint32_t find_dots_in(uint64_t word)
{
    const uint64_t low_bits = UINT64_C(0x7f7f7f7f7f7f7f7f);
    uint64_t differs = word ^ UINT64_C(0x2e2e2e2e2e2e2e2e);
    uint64_t equal = ~(((differs & low_bits) + low_bits) | differs | low_bits);
    return (uint32_t)((equal >> 7) * UINT64_C(0x0102040810204080) >> 56);
}

/* Bit i set where character i of eight is a dot, and bit 8 + i for eight others. */
CNICALC__INLINE uint32_t find_dots(const unsigned char *first, const unsigned char *second)
{
    return find_dots_in(cnicalc__load_eight(first)) | find_dots_in(cnicalc__load_eight(second))
                                                          << 8;
}

/* The address of four octets. Returns whether all characters are digits and all octets in range.
 * Reversed, digits compare like the numbers they are: the differences are negative for a leading
 * zero, above 255, and always for four. A product adds up hundreds, tens and ones. */
CNICALC__INLINE int join_octets(const struct octets *octets, uint64_t *out_bits)
{
    uint32_t bits = 0;
    uint32_t not_digits = 0;   /* bits 7..4 of any byte */
    uint32_t out_of_range = 0; /* bit 31 */
    for (size_t i = 0; i < 4; i++) {
        uint32_t digits = octets->digits[i];
        uint32_t number = cnicalc__reverse_four(digits);
        not_digits |= digits | (digits + 0x06060606u);
        out_of_range |= (number - octets->least[i]) | (0x020505u - number);
        bits = bits << 8 | digits * 0x640a01u >> 24;
    }
    *out_bits = bits;
    return ((not_digits & 0xf0f0f0f0u) | (out_of_range & 0x80000000u)) == 0;
}

#endif

#endif
