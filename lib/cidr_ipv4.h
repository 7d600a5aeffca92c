/* SPDX-License-Identifier: MIT */
/* The quick reader of IPv4 blocks. It never touches a byte outside the text.
 *
 * How long the numbers are is what a branch predictor cannot guess, so it is not branched on: the
 * dots are found first, eight characters at a time, as bits of one word; the octets between them
 * are then loaded four characters at a time and shifted into place. Faults are collected and
 * looked at once. The first character of a load is its lowest byte. */
#ifndef CNICALC_LIB_CIDR_IPV4_H
#define CNICALC_LIB_CIDR_IPV4_H

#include "word.h"

#include <stddef.h>

/* The shortest block, 0.0.0.0/0, and the longest; any octet of such a text can be loaded by four
 * characters, from its beginning or up to its end. */
#define IPV4_LEN_MIN 9
#define IPV4_LEN_MAX 18

/* No block: its prefix length would be above 32. */
#define CNICALC__NOT_IPV4 UINT64_MAX

/* Bit i set where character i of eight is a dot. The sum carries into bit 7 of every byte that
 * differs; the product then collects the eight bits in its highest byte. */
CNICALC__INLINE uint32_t find_dots(uint64_t word)
{
    const uint64_t low_bits = UINT64_C(0x7f7f7f7f7f7f7f7f);
    uint64_t differs = word ^ UINT64_C(0x2e2e2e2e2e2e2e2e);
    uint64_t equal = ~(((differs & low_bits) + low_bits) | differs | low_bits);
    return (uint32_t)((equal >> 7) * UINT64_C(0x0102040810204080) >> 56);
}

/* What is wrong with the octets so far: bits 7..4 of any byte of digits when a character was no
 * digit, bit 31 of range when a number was out of range. */
struct faults {
    uint32_t digits;
    uint32_t range;
};

/* Of octets by their length: the least, its digits reversed; a factor that moves the first n bytes
 * of a word to its end; a mask that keeps the last n. Loads are cheaper than computed shifts. */
struct octet_rule {
    uint32_t least;
    uint32_t to_end;
    uint32_t at_end;
};

static const struct octet_rule OCTET_RULES[5] = {{0, 0, 0},
                                                 {0, 0x1000000, 0xff000000},
                                                 {0x000100, 0x10000, 0xffff0000},
                                                 {0x010000, 0x100, 0xffffff00},
                                                 {0x030000, 1, 0xffffffff}};

/* The octet whose digits are the last bytes of a word, zero bytes before them once '0' is taken
 * off. Reversed, digits compare like the numbers they are: the differences are negative for a
 * leading zero, above 255, and always for four. A product adds up hundreds, tens and ones. */
CNICALC__INLINE uint32_t read_octet(uint32_t digits, const struct octet_rule *rule,
                                    struct faults *faults)
{
    uint32_t number = cnicalc__reverse_four(digits);
    faults->digits |= digits | (digits + 0x06060606u);
    faults->range |= (number - rule->least) | (0x020505u - number);
    return digits * 0x640a01u >> 24;
}

/* The octet of n characters, 1..4, from p on. */
CNICALC__INLINE uint32_t octet_from_front(const unsigned char *p, size_t n, struct faults *faults)
{
    const struct octet_rule *rule = &OCTET_RULES[n];
    return read_octet((cnicalc__load_four(p) ^ 0x30303030u) * rule->to_end, rule, faults);
}

/* The octet of n characters, 1..4, up to end. */
CNICALC__INLINE uint32_t octet_from_end(const unsigned char *end, size_t n, struct faults *faults)
{
    const struct octet_rule *rule = &OCTET_RULES[n];
    return read_octet((cnicalc__load_four(end - 4) ^ 0x30303030u) & rule->at_end, rule, faults);
}

/* Three dots behind any text, so that three are always found. */
#define NO_DOTS UINT32_C(0xe0000000)

/* Reads four octets at the beginning of at least eight characters, up to an offset; dots are those
 * of the first eight. Returns whether all is well. */
CNICALC__INLINE int read_octets(const unsigned char *chars, size_t len, size_t end, uint32_t dots,
                                uint64_t *out_bits)
{
    size_t next = (len < 12 ? len : 12) - 8; /* the last dot is one of the first twelve */
    struct faults faults = {0, 0};
    dots |= find_dots(cnicalc__load_eight(chars + next)) << next | NO_DOTS;
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
    uint32_t bits = octet_from_front(chars, dot0, &faults) << 24;
    bits |= octet_from_front(chars + dot0 + 1, n1, &faults) << 16;
    bits |= octet_from_end(chars + dot2, n2, &faults) << 8;
    bits |= octet_from_end(chars + end, n3, &faults);
    *out_bits = bits;
    return ((faults.digits & 0xf0f0f0f0u) | (faults.range & 0x80000000u)) == 0;
}

/* Reads a block whose first eight characters have these dots. Whether the prefix length has one
 * digit or two is not branched on either. */
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
    if (is_bad != 0 || !read_octets(chars, len, slash, dots, &bits)) {
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
    uint32_t dots = find_dots(cnicalc__load_eight(chars));
    return dots != 0 ? read_block(chars, len, dots) : CNICALC__NOT_IPV4;
}

/* The same, called. */
uint64_t cnicalc__read_ipv4_block(const char *text, size_t len);

#endif
