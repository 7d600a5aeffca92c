/* SPDX-License-Identifier: MIT */
/* The quick reader of IPv4 blocks. It never touches a byte outside the text.
 *
 * How long the numbers are is what a branch predictor cannot guess, so it is not branched on: the
 * dots are found first, as bits of one word; the octets between them are then loaded four
 * characters at a time and moved into place. Faults are collected and looked at once. The first
 * character of a load is its lowest byte. */
#ifndef CNICALC_LIB_CIDR_IPV4_H
#define CNICALC_LIB_CIDR_IPV4_H

#include "cidr_octets.h"

#include <stddef.h>

/* The shortest block, 0.0.0.0/0, and the longest; any octet of such a text can be loaded by four
 * characters, from its beginning or up to its end. */
#define IPV4_LEN_MIN 9
#define IPV4_LEN_MAX 18

/* No block: its prefix length would be above 32. */
#define CNICALC__NOT_IPV4 UINT64_MAX

/* The octet of n characters, 1..4, that begins at p, as octet i: a product moves the first n bytes
 * of a load to its end. Factors and masks are loaded, which is cheaper than a computed shift. */
CNICALC__INLINE void take_from_front(struct octets *octets, size_t i, const unsigned char *p,
                                     size_t n)
{
    static const uint32_t TO_END[5] = {0, 0x1000000, 0x10000, 0x100, 1};
    octets->digits[i] = (cnicalc__load_four(p) ^ 0x30303030u) * TO_END[n];
    octets->least[i] = LEAST_OCTET[n];
}

/* The octet of n characters, 1..4, that ends before end: a mask keeps the last n bytes. */
CNICALC__INLINE void take_from_end(struct octets *octets, size_t i, const unsigned char *end,
                                   size_t n)
{
    static const uint32_t AT_END[5] = {0, 0xff000000, 0xffff0000, 0xffffff00, 0xffffffff};
    octets->digits[i] = (cnicalc__load_four(end - 4) ^ 0x30303030u) & AT_END[n];
    octets->least[i] = LEAST_OCTET[n];
}

/* Three dots behind any text, so that three are always found. */
#define NO_DOTS UINT32_C(0xe0000000)

/* Reads four octets up to an offset, of which these are the dots. Returns whether all is well. */
CNICALC__INLINE int read_octets(const unsigned char *chars, size_t end, uint32_t dots,
                                uint64_t *out_bits)
{
    struct octets octets;
    dots |= NO_DOTS;
    size_t dot0 = cnicalc__lowest_bit(dots);
    dots &= dots - 1;
    size_t dot1 = cnicalc__lowest_bit(dots);
    dots &= dots - 1;
    size_t dot2 = cnicalc__lowest_bit(dots);
    size_t n1 = dot1 - dot0 - 1;
    size_t n2 = dot2 - dot1 - 1;
    size_t n3 = end - dot2 - 1;
    /* Less one, lengths from 1 to 4 have no bits but the lowest two. */
    if (((dot0 - 1) | (n1 - 1) | (n2 - 1) | (n3 - 1)) > 3) {
        return 0;
    }
    take_from_front(&octets, 0, chars, dot0);
    take_from_front(&octets, 1, chars + dot0 + 1, n1);
    take_from_end(&octets, 2, chars + dot2, n2);
    take_from_end(&octets, 3, chars + end, n3);
    return join_octets(&octets, out_bits);
}

/* Reads a block with these dots. Whether the prefix length has one digit or two is not branched on
 * either. */
CNICALC__INLINE uint64_t read_block(const unsigned char *chars, size_t len, uint32_t dots)
{
    uint32_t ones = (uint32_t)chars[len - 1] - '0';
    uint32_t is_short = chars[len - 2] == '/';
    uint32_t tens = ((uint32_t)chars[len - 2] - '0') & (is_short - 1);
    size_t slash = len - 3 + is_short;
    uint32_t prefix_len = tens * 10 + ones;
    uint32_t is_bad = (uint32_t)(ones > 9) | (uint32_t)(tens > 3) | (uint32_t)(prefix_len > 32) |
                      (uint32_t)((is_short | tens) == 0) | (uint32_t)(chars[slash] != '/');
    uint64_t bits;
    if (is_bad != 0 || !read_octets(chars, slash, dots, &bits)) {
        return CNICALC__NOT_IPV4;
    }
    return bits | (uint64_t)prefix_len << 32;
}

/* The prefix length over the 32 bits of the address, or CNICALC__NOT_IPV4: one register. */
CNICALC__INLINE uint64_t cnicalc__read_ipv4_inline(const char *text, size_t len)
{
    const unsigned char *chars = (const unsigned char *)text;
    if (len < IPV4_LEN_MIN || len > IPV4_LEN_MAX) {
        return CNICALC__NOT_IPV4;
    }
    size_t next = (len < 16 ? len : 16) - 8; /* the address is in the first sixteen */
    uint32_t dots = find_dots(chars, chars + next);
    dots = (dots & 0xff) | dots >> 8 << next;
    return dots != 0 ? read_block(chars, len, dots) : CNICALC__NOT_IPV4;
}

/* The same, called. */
uint64_t cnicalc__read_ipv4_block(const char *text, size_t len);

#endif
