/* SPDX-License-Identifier: MIT */
/* The quick reader of addresses and blocks. It never touches a byte outside the text. */
#include "internal_cidr_parse.h"

#include <string.h>

/* ---- IPv4 ----
 *
 * How long the numbers are is what a branch predictor cannot guess, so it is not branched on: the
 * dots are found first, eight characters at a time, as bits of one word; the octets between them
 * are then loaded four characters at a time and shifted into place. Faults are collected and
 * looked at once. The first character of a load is its lowest byte. */

/* The shortest block, 0.0.0.0/0, and the longest; any octet of such a text can be loaded by four
 * characters, from its beginning or up to its end. */
#define IPV4_LEN_MIN 9
#define IPV4_LEN_MAX 18

/* The lowest of the bits 0..3 that is set; 5 when none is. */
static const uint8_t LOWEST[16] = {5, 0, 1, 0, 2, 0, 1, 0, 3, 0, 1, 0, 2, 0, 1, 0};

/* Compilers make one load of each of these two. */
static inline uint32_t load_four(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline uint64_t load_eight(const unsigned char *p)
{
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
           (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
           (uint64_t)p[7] << 56;
}

/* Compilers make one instruction of this. */
static inline uint32_t reverse_bytes(uint32_t word)
{
    return word >> 24 | (word >> 8 & 0xff00u) | (word << 8 & 0xff0000u) | word << 24;
}

/* Bit i set where character i of eight is a dot. The sum carries into bit 7 of every byte that
 * differs; the product then collects the eight bits in its highest byte. */
static inline uint32_t find_dots(uint64_t word)
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

/* The octet of n characters, 1..4, that are the last bytes of a word, zero bytes before them once
 * '0' is taken off. Reversed, digits compare like the numbers they are: the differences are
 * negative for a leading zero, above 255, and always for four. A product adds up hundreds, tens and
 * ones. */
static inline uint32_t read_octet(uint32_t digits, size_t n, struct faults *faults)
{
    static const uint32_t LEAST[5] = {0, 0, 0x000100, 0x010000, 0x030000}; /* by length */
    uint32_t number = reverse_bytes(digits);
    faults->digits |= digits | (digits + 0x06060606u);
    faults->range |= (number - LEAST[n]) | (0x020505u - number);
    return digits * 0x640a01u >> 24;
}

static inline uint32_t octet_from_front(const unsigned char *p, size_t n, struct faults *faults)
{
    return read_octet((load_four(p) ^ 0x30303030u) << 8 * (4 - n), n, faults);
}

static inline uint32_t octet_from_end(const unsigned char *end, size_t n, struct faults *faults)
{
    return read_octet((load_four(end - 4) ^ 0x30303030u) & UINT32_MAX << 8 * (4 - n), n, faults);
}

/* Reads four octets at the beginning of at least eight characters, up to an offset; dots are those
 * of the first eight. Returns whether all is well. */
static inline int read_octets(const unsigned char *chars, size_t len, size_t end, uint32_t dots,
                              uint64_t *out_bits)
{
    size_t next = (len < 12 ? len : 12) - 8; /* the last dot is one of the first twelve */
    struct faults faults = {0, 0};
    uint32_t bits;
    size_t n0;
    size_t n1;
    size_t n2;
    size_t n3;
    size_t dot;
    dots |= find_dots(load_eight(chars + next)) << next;
    n0 = LOWEST[dots & 15];
    n1 = LOWEST[dots >> (n0 + 1) & 15];
    dot = n0 + 1 + n1;
    n2 = LOWEST[dots >> (dot + 1) & 15];
    dot += 1 + n2;
    n3 = end - dot - 1;
    /* Less one, lengths from 1 to 4 have no bits but the lowest two; only n3 can be 4. */
    if (((n0 - 1) | (n1 - 1) | (n2 - 1) | (n3 - 1)) > 3) {
        return 0;
    }
    bits = octet_from_front(chars, n0, &faults) << 24;
    bits |= octet_from_front(chars + n0 + 1, n1, &faults) << 16;
    bits |= octet_from_end(chars + dot, n2, &faults) << 8;
    bits |= octet_from_end(chars + end, n3, &faults);
    *out_bits = bits;
    return ((faults.digits & 0xf0f0f0f0u) | (faults.range & 0x80000000u)) == 0;
}

/* Reads a block whose first eight characters have these dots. */
static inline int read_ipv4_block(const unsigned char *chars, size_t len, uint32_t dots,
                                  cnicalc_cidr *reading)
{
    uint32_t ones = (uint32_t)chars[len - 1] - '0';
    uint32_t is_short = chars[len - 2] == '/';
    uint32_t tens = is_short != 0 ? 0 : (uint32_t)chars[len - 2] - '0';
    size_t slash = len - 3 + is_short;
    uint32_t prefix_len = tens * 10 + ones;
    if (ones > 9 || tens > 3 || prefix_len > 32 || (is_short | tens) == 0 || chars[slash] != '/' ||
        !read_octets(chars, len, slash, dots, &reading->lo)) {
        return 0;
    }
    reading->hi = 0;
    reading->family = CNICALC_FAMILY_IPV4;
    reading->prefix_len = prefix_len;
    return 1;
}

/* ---- IPv6 ----
 *
 * The prefix length is read first, from the text's end. The slash before it then stops every scan
 * of the address, since no group and no separator contains it: no scan needs to ask where the text
 * ends, nor can it leave it. */

/* The longest address: eight groups of four and seven colons. */
#define IPV6_ADDRESS_MAX 39

/* The value of each hexadecimal digit; 0xff for every other character. */
static const uint8_t HEX[256] = {
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0,    1,    2,    3,    4,    5,    6,    7,    8,    9,    0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 10,   11,   12,   13,   14,   15,   0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 10,   11,   12,   13,   14,   15,   0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

/* Reads a group of up to four digits; returns its end, p itself when there is none. */
static inline const unsigned char *read_group(const unsigned char *p, uint32_t *out_group)
{
    uint32_t value = 0;
    uint32_t i;
    for (i = 0; i < 4; i++) {
        uint32_t digit = HEX[*p];
        if (digit > 15) {
            break;
        }
        value = value << 4 | digit;
        p++;
    }
    *out_group = value;
    return p;
}

/* Reads groups and "::", without an embedded IPv4 address; returns whether they end at the slash.
 */
static int read_ipv6(const unsigned char *p, const unsigned char *slash, cnicalc_cidr *reading)
{
    struct cnicalc__groups groups = {{0, 0}, {0, 0}, 0, 0, 0};
    int is_behind_gap = p[0] == ':' && p[1] == ':';
    if (is_behind_gap) {
        cnicalc__push_gap(&groups);
        p += 2;
    }
    while (!(is_behind_gap && p == slash)) {
        uint32_t group;
        const unsigned char *end = read_group(p, &group);
        if (end == p) {
            return 0;
        }
        cnicalc__push_group(&groups, group);
        p = end;
        if (*p != ':') {
            break;
        }
        p++;
        is_behind_gap = *p == ':';
        if (is_behind_gap) {
            if (groups.has_gap != 0) {
                return 0;
            }
            cnicalc__push_gap(&groups);
            p++;
        }
    }
    if (p != slash || !cnicalc__is_complete(&groups)) {
        return 0;
    }
    cnicalc__set_groups(&groups, reading);
    return 1;
}

/* Reads the digits behind the last slash of a text; returns the slash, or NULL. */
static inline const unsigned char *read_prefix_len(const unsigned char *chars, size_t len,
                                                   uint32_t *out_prefix_len)
{
    const unsigned char *p = chars + len;
    uint32_t ones = (uint32_t)p[-1] - '0';
    uint32_t tens = (uint32_t)p[-2] - '0';
    uint32_t hundreds = (uint32_t)p[-3] - '0';
    if (ones > 9) {
        return NULL;
    }
    if (tens > 9) {
        *out_prefix_len = ones;
        return p[-2] == '/' ? p - 2 : NULL;
    }
    if (hundreds > 9) {
        *out_prefix_len = tens * 10 + ones;
        return p[-3] == '/' && tens != 0 ? p - 3 : NULL;
    }
    *out_prefix_len = hundreds * 100 + tens * 10 + ones;
    return p[-4] == '/' && hundreds != 0 ? p - 4 : NULL;
}

/* ---- Both ---- */

int cnicalc__read_block_quickly(const char *text, size_t len, cnicalc_cidr *reading)
{
    const unsigned char *chars = (const unsigned char *)text;
    const unsigned char *slash;
    if (len >= IPV4_LEN_MIN && len <= IPV4_LEN_MAX) {
        uint32_t dots = find_dots(load_eight(chars));
        if (dots != 0) {
            return read_ipv4_block(chars, len, dots, reading);
        }
    }
    if (len < 4) {
        return 0;
    }
    slash = read_prefix_len(chars, len, &reading->prefix_len);
    return slash != NULL && slash - chars >= 2 && read_ipv6(chars, slash, reading) &&
           reading->prefix_len <= 128;
}

int cnicalc__read_address_quickly(const char *text, size_t len, cnicalc_cidr *reading)
{
    char block[IPV6_ADDRESS_MAX + 2];
    if (len > IPV6_ADDRESS_MAX) {
        return 0;
    }
    memcpy(block, text, len);
    block[len] = '/';
    block[len + 1] = '0';
    return cnicalc__read_block_quickly(block, len + 2, reading);
}
