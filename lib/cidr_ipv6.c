/* SPDX-License-Identifier: MIT */
/* The quick reader of IPv6 blocks. It never touches a byte outside the text.
 *
 * The prefix length is read first, from the text's end. The slash before it then stops every scan
 * of the address, since no group and no separator contains it: no scan needs to ask where the text
 * ends, nor can it leave it. */
#include "internal_cidr_parse.h"

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
    for (uint32_t i = 0; i < 4; i++) {
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
static int read_groups(const unsigned char *p, const unsigned char *slash, cnicalc_cidr *reading)
{
    struct cnicalc__groups groups = {{0, 0}, {0, 0}, 0, 0, 0};
    int is_after_gap = p[0] == ':' && p[1] == ':';
    if (is_after_gap) {
        cnicalc__push_gap(&groups);
        p += 2;
    }
    while (!(is_after_gap && p == slash)) {
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
        is_after_gap = *p == ':';
        if (is_after_gap) {
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

/* Reads the digits after the last slash of a text; returns the slash, or NULL. */
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

int cnicalc__quick_ipv6(const char *text, size_t len, cnicalc_cidr *reading)
{
    const unsigned char *chars = (const unsigned char *)text;
    if (len < 4) {
        return 0;
    }
    const unsigned char *slash = read_prefix_len(chars, len, &reading->prefix_len);
    return slash != NULL && slash - chars >= 2 && read_groups(chars, slash, reading) &&
           reading->prefix_len <= 128;
}

/* The longest address: eight groups of four and seven colons. */
#define ADDRESS_LEN_MAX 39

int cnicalc__quick_ipv6_address(const char *text, size_t len, cnicalc_cidr *reading)
{
    char block[ADDRESS_LEN_MAX + 2];
    if (len > ADDRESS_LEN_MAX) {
        return 0;
    }
    memcpy(block, text, len);
    block[len] = '/';
    block[len + 1] = '0';
    return cnicalc__quick_ipv6(block, len + 2, reading);
}
