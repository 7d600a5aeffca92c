/* SPDX-License-Identifier: MIT */
/* Reading addresses and blocks: quickly where that succeeds, and else with care. */
#include "internal.h"
#include "internal_cidr_parse.h"
#include "word.h"

/* ---- The quick reader of IPv4 blocks ----
 *
 * It never touches a byte outside the text. How long the numbers are is what a branch predictor
 * cannot guess, so it is not branched on: the dots are found first, as bits of one word; the octets
 * between them are then loaded four characters at a time and moved into place. Faults are collected
 * and looked at once. The first character of a load is its lowest byte.
 *
 * Two steps work on many characters at once: with SSE2, which every x86-64 has, and in plain C for
 * all other machines. Both answer alike (tests/check_plain.sh). */

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

/* Bit i is set where character i of the first eight is a dot, bit 8 + i for the second eight. */
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

/* Bit i is set where character i of the first eight is a dot, bit 8 + i for the second eight. */
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

/* The shortest block, 0.0.0.0/0, and the longest; any octet of such a text can be loaded by four
 * characters, from its beginning or up to its end. */
#define IPV4_LEN_MIN 9
#define IPV4_LEN_MAX 18

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

/* No block: its prefix length would be above 32. */
#define NOT_IPV4 UINT64_MAX

/* Three dots after the end of any text, so that three are always found. */
#define NO_DOTS UINT32_C(0xe0000000)

/* The lowest bit that is set, of which there must be one. */
CNICALC__INLINE uint32_t lowest_bit(uint32_t word)
{
#if defined(__GNUC__)
    return (uint32_t)__builtin_ctz(word);
#else
    uint32_t below = ~word & (word - 1); /* as many ones as the answer says */
    uint32_t count = 0;
    for (; below != 0; below >>= 1) {
        count++;
    }
    return count;
#endif
}

/* Reads four octets up to an offset, of which these are the dots. Returns whether all is well. */
CNICALC__INLINE int read_octets(const unsigned char *chars, size_t end, uint32_t dots,
                                uint64_t *out_bits)
{
    struct octets octets;
    dots |= NO_DOTS;
    size_t dot0 = lowest_bit(dots);
    dots &= dots - 1;
    size_t dot1 = lowest_bit(dots);
    dots &= dots - 1;
    size_t dot2 = lowest_bit(dots);
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
        return NOT_IPV4;
    }
    return bits | (uint64_t)prefix_len << 32;
}

/* The prefix length over the 32 bits of the address, in one register, or NOT_IPV4. */
CNICALC__INLINE uint64_t quick_ipv4(const char *text, size_t len)
{
    const unsigned char *chars = (const unsigned char *)text;
    if (len < IPV4_LEN_MIN || len > IPV4_LEN_MAX) {
        return NOT_IPV4;
    }
    size_t next = (len < 16 ? len : 16) - 8; /* the address is in the first sixteen */
    uint32_t dots = find_dots(chars, chars + next);
    dots = (dots & 0xff) | dots >> 8 << next;
    return dots != 0 ? read_block(chars, len, dots) : NOT_IPV4;
}

/* ---- All readers ---- */

/* The longest address: eight groups of four and seven colons. */
#define ADDRESS_LEN_MAX 39

/* Takes apart what quick_ipv4() returns. */
static inline void set_ipv4(uint64_t block, cnicalc_cidr *reading)
{
    reading->hi = 0;
    reading->lo = block & UINT32_MAX;
    reading->family = CNICALC_FAMILY_IPV4;
    reading->prefix_len = (uint32_t)(block >> 32);
}

/* The bits below its prefix. */
static inline uint64_t ipv4_host_mask(uint64_t block)
{
    return (uint64_t)UINT32_MAX >> (block >> 32);
}

int cnicalc__quick_block(const char *text, size_t len, cnicalc_cidr *reading)
{
    uint64_t block = quick_ipv4(text, len);
    if (block == NOT_IPV4) {
        return cnicalc__quick_ipv6(text, len, reading);
    }
    set_ipv4(block, reading);
    return 1;
}

int cnicalc__quick_address(const char *text, size_t len, cnicalc_cidr *reading)
{
    char block[ADDRESS_LEN_MAX + 2];
    if (len > ADDRESS_LEN_MAX) {
        return 0;
    }
    memcpy(block, text, len);
    block[len] = '/';
    block[len + 1] = '0';
    return cnicalc__quick_block(block, len + 2, reading);
}

/* Reads what quick_ipv4() leaves. */
static cnicalc_status read_other(const char *text, size_t len, cnicalc_cidr *reading)
{
    size_t offset;
    if (cnicalc__quick_ipv6(text, len, reading)) {
        return CNICALC_OK;
    }
    return cnicalc__scan_block(text, len, reading, &offset);
}

static cnicalc_cidr block_of(const cnicalc_cidr *reading)
{
    return cnicalc__block_at(reading->hi, reading->lo, reading->family, reading->prefix_len);
}

static void set_address(const cnicalc_cidr *reading, cnicalc_address *out_address)
{
    out_address->hi = reading->hi;
    out_address->lo = reading->lo;
    out_address->family = reading->family;
    out_address->reserved = 0;
}

/* cnicalc_cidr_parse() of what quick_ipv4() leaves. */
static cnicalc_status parse_other(const char *text, size_t len, cnicalc_cidr *out_cidr)
{
    cnicalc_cidr reading;
    cnicalc_status status = read_other(text, len, &reading);
    if (status == CNICALC_OK && cnicalc__has_host_bits(&reading)) {
        status = CNICALC_ERR_CIDR_HOST_BITS;
    }
    if (status == CNICALC_OK) {
        *out_cidr = reading;
    }
    return status;
}

cnicalc_status cnicalc_cidr_parse(const char *text, size_t text_len, cnicalc_cidr *out_cidr)
{
    if (text == NULL || out_cidr == NULL) {
        return CNICALC_ERR_NULL;
    }
    size_t len = cnicalc__text_len(text, text_len);
    uint64_t block = quick_ipv4(text, len);
    if (block == NOT_IPV4) {
        return parse_other(text, len, out_cidr);
    }
    if ((block & ipv4_host_mask(block)) != 0) {
        return CNICALC_ERR_CIDR_HOST_BITS;
    }
    set_ipv4(block, out_cidr);
    return CNICALC_OK;
}

cnicalc_status cnicalc_cidr_parse_masked(const char *text, size_t text_len, cnicalc_cidr *out_cidr)
{
    if (text == NULL || out_cidr == NULL) {
        return CNICALC_ERR_NULL;
    }
    size_t len = cnicalc__text_len(text, text_len);
    uint64_t block = quick_ipv4(text, len);
    if (block != NOT_IPV4) {
        set_ipv4(block & ~ipv4_host_mask(block), out_cidr);
        return CNICALC_OK;
    }
    cnicalc_cidr reading;
    cnicalc_status status = read_other(text, len, &reading);
    if (status == CNICALC_OK) {
        *out_cidr = block_of(&reading);
    }
    return status;
}

cnicalc_status cnicalc_cidr_parse_address(const char *text, size_t text_len,
                                          cnicalc_address *out_address, cnicalc_cidr *out_block)
{
    if (text == NULL || out_address == NULL || out_block == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_cidr reading;
    cnicalc_status status = CNICALC_OK;
    size_t len = cnicalc__text_len(text, text_len);
    size_t offset;
    if (!cnicalc__quick_block(text, len, &reading)) {
        status = cnicalc__scan_block(text, len, &reading, &offset);
    }
    if (status == CNICALC_OK) {
        set_address(&reading, out_address);
        *out_block = block_of(&reading);
    }
    return status;
}

cnicalc_status cnicalc_address_parse(const char *text, size_t text_len,
                                     cnicalc_address *out_address)
{
    if (text == NULL || out_address == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_cidr reading;
    cnicalc_status status = CNICALC_OK;
    size_t len = cnicalc__text_len(text, text_len);
    size_t offset;
    if (!cnicalc__quick_address(text, len, &reading)) {
        status = cnicalc__scan_address(text, len, &reading, &offset);
    }
    if (status == CNICALC_OK) {
        set_address(&reading, out_address);
    }
    return status;
}

/* ---- The place of a fault ---- */

cnicalc_status cnicalc_cidr_fault(const char *text, size_t text_len, size_t *out_offset)
{
    if (text == NULL || out_offset == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_cidr reading;
    size_t len = cnicalc__text_len(text, text_len);
    cnicalc_status status = cnicalc__scan_block(text, len, &reading, out_offset);
    if (status == CNICALC_OK && cnicalc__has_host_bits(&reading)) {
        *out_offset = 0;
        status = CNICALC_ERR_CIDR_HOST_BITS;
    }
    return status;
}

cnicalc_status cnicalc_address_fault(const char *text, size_t text_len, size_t *out_offset)
{
    if (text == NULL || out_offset == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_cidr reading;
    size_t len = cnicalc__text_len(text, text_len);
    return cnicalc__scan_address(text, len, &reading, out_offset);
}
