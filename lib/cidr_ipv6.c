/* SPDX-License-Identifier: MIT */
/* The quick reader of IPv6 addresses and blocks, without an embedded IPv4 address.
 *
 * How long the groups are and where "::" is are what a branch predictor cannot guess, so they are
 * not branched on. Sixteen characters at a time become digits, and bits that tell where the colons
 * are; then the four digits before each colon are moved to the place of their group, and all groups
 * together become the address. It never touches a byte outside the text. */
#include "internal_cidr_parse.h"
#include "word.h"

/* ---- Sixteen characters ----
 *
 * read_chunk() writes the digit that each of them is. Bit i of its answer: character i is a colon;
 * *faults gets bits when one is neither. join_digits() makes an address of 32 digits. With SSE2,
 * which every x86-64 has, and in plain C for all other machines. Both answer alike
 * (tests/check_plain.sh). */

#define CHUNK 16

#if defined(__SSE2__) && defined(__x86_64__)

#include <emmintrin.h>

typedef __m128i fault_bits;

CNICALC__INLINE fault_bits no_faults(void)
{
    return _mm_setzero_si128();
}

CNICALC__INLINE uint64_t has_faults(fault_bits faults)
{
    return (uint64_t)_mm_movemask_epi8(_mm_cmpeq_epi8(faults, no_faults())) ^ 0xffff;
}

CNICALC__INLINE uint64_t read_chunk(const char *text, char *out_digits, fault_bits *faults)
{
    __m128i chars = _mm_loadu_si128((const __m128i *)(const void *)text);
    __m128i tens = _mm_sub_epi8(chars, _mm_set1_epi8('0'));
    __m128i letters = _mm_sub_epi8(_mm_or_si128(chars, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
    __m128i is_colon = _mm_cmpeq_epi8(chars, _mm_set1_epi8(':'));
    __m128i above = _mm_min_epu8(_mm_subs_epu8(tens, _mm_set1_epi8(9)),
                                 _mm_subs_epu8(letters, _mm_set1_epi8(5)));
    *faults = _mm_or_si128(*faults, _mm_andnot_si128(is_colon, above));
    _mm_storeu_si128((__m128i *)(void *)out_digits,
                     _mm_min_epu8(tens, _mm_add_epi8(letters, _mm_set1_epi8(10))));
    return (uint64_t)_mm_movemask_epi8(is_colon);
}

CNICALC__INLINE __m128i join_pairs(const char *digits)
{
    __m128i words = _mm_loadu_si128((const __m128i *)(const void *)digits);
    words = _mm_or_si128(_mm_slli_epi16(words, 4), _mm_srli_epi16(words, 8));
    return _mm_and_si128(words, _mm_set1_epi16(0xff));
}

CNICALC__INLINE struct cnicalc__bits join_digits(const char *digits)
{
    __m128i bytes = _mm_packus_epi16(join_pairs(digits), join_pairs(digits + 16));
    __m128i low = _mm_unpackhi_epi64(bytes, bytes);
    struct cnicalc__bits bits = {cnicalc__reverse_eight((uint64_t)_mm_cvtsi128_si64(bytes)),
                                 cnicalc__reverse_eight((uint64_t)_mm_cvtsi128_si64(low))};
    return bits;
}

#else

typedef uint64_t fault_bits;

CNICALC__INLINE fault_bits no_faults(void)
{
    return 0;
}

CNICALC__INLINE uint64_t has_faults(fault_bits faults)
{
    return faults;
}

/* The same of eight characters. A colon counts as a digit of ten. */
CNICALC__INLINE uint64_t read_word(const char *text, char *out_digits, fault_bits *faults)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t word = cnicalc__load_eight(text);
    uint64_t letters = word >> 6 & ones;
    uint64_t colons = word >> 1 & word >> 3 & ones; /* no digit and no letter has both bits */
    uint64_t below_ten = (word & 0x0f * ones) - letters;
    uint64_t digits = below_ten + 10 * letters;
    uint64_t base = 0x30 * ones + 0x30 * letters; /* '0', or what is before 'a' */
    *faults |= ((word | letters << 5) ^ (base + (word & 0x0f * ones))) |
               ((below_ten | (below_ten + 6 * ones + 4 * letters - colons)) & 0xf0 * ones);
    cnicalc__store_eight(out_digits, digits);
    return colons * UINT64_C(0x0102040810204080) >> 56;
}

CNICALC__INLINE uint64_t read_chunk(const char *text, char *out_digits, fault_bits *faults)
{
    return read_word(text, out_digits, faults) | read_word(text + 8, out_digits + 8, faults) << 8;
}

/* Eight digits, the first one in the lowest byte, as one number. */
CNICALC__INLINE uint64_t join_eight(const char *digits)
{
    uint64_t word = cnicalc__load_eight(digits);
    word = (word << 4 | word >> 8) & UINT64_C(0x00ff00ff00ff00ff);
    word = (word << 8 | word >> 16) & UINT64_C(0x0000ffff0000ffff);
    return (word << 16 | word >> 32) & UINT32_MAX;
}

CNICALC__INLINE struct cnicalc__bits join_digits(const char *digits)
{
    struct cnicalc__bits bits = {join_eight(digits) << 32 | join_eight(digits + 8),
                                 join_eight(digits + 16) << 32 | join_eight(digits + 24)};
    return bits;
}

#endif

/* ---- Addresses ---- */

#define ADDRESS_LEN_MAX 39 /* eight groups of four and seven colons */
#define GROUP_DIGITS    4

/* The digits of an address, with zeros before it: every group can be loaded by four from its end.
 */
struct digits {
    char text[GROUP_DIGITS + 3 * CHUNK];
};

/* Reads 16 characters or more. Returns where the colons are. */
CNICALC__INLINE uint64_t read_digits(const char *text, size_t len, struct digits *digits,
                                     fault_bits *faults)
{
    size_t last = len - CHUNK;
    size_t middle = last < CHUNK ? last : CHUNK;
    uint64_t colons = read_chunk(text, digits->text + GROUP_DIGITS, faults);
    colons |= read_chunk(text + middle, digits->text + GROUP_DIGITS + middle, faults) << middle;
    return colons | read_chunk(text + last, digits->text + GROUP_DIGITS + last, faults) << last;
}

/* The same of 2 to 15: zeros follow them. */
CNICALC__INLINE uint64_t read_few_digits(const char *text, size_t len, struct digits *digits,
                                         fault_bits *faults)
{
    char padded[CHUNK] = "000000000000000";
    padded[CHUNK - 1] = '0';
    if (len >= 8) {
        memmove(padded + len - 8, text + len - 8, 8);
        memcpy(padded, text, 8);
    } else if (len >= 4) {
        memcpy(padded + len - 4, text + len - 4, 4);
        memcpy(padded, text, 4);
    } else {
        memcpy(padded + len - 2, text + len - 2, 2);
        memcpy(padded, text, 2);
    }
    return read_chunk(padded, digits->text + GROUP_DIGITS, faults);
}

/* Moves each group to its place. ends has a bit where each piece between colons ends, the first of
 * which begins at a character, and eight at least; the one that ends where the gap does is "::" and
 * lacks `lacking` groups. Pieces after the last one go to places after the eighth. */
CNICALC__INLINE void place_groups(const struct digits *digits, uint32_t start, uint64_t ends,
                                  uint64_t gap, uint32_t lacking, cnicalc_cidr *reading)
{
    static const uint32_t KEPT[] = {0, 0xff000000, 0xffff0000, 0xffffff00, 0xffffffff};
    char groups[16 * GROUP_DIGITS];
    char *group = groups;
    memset(groups, 0, sizeof groups / 2);
    for (uint32_t i = 0; i < 8; i++) {
        uint32_t end = cnicalc__lowest_bit(ends);
        uint32_t four = cnicalc__load_four(digits->text + end) & KEPT[end - start];
        cnicalc__store_four(group, four);
        group += GROUP_DIGITS + ((gap >> end & 1) != 0 ? lacking * GROUP_DIGITS : 0);
        start = end + 1;
        ends &= ends - 1;
    }
    struct cnicalc__bits bits = join_digits(groups);
    reading->hi = bits.hi;
    reading->lo = bits.lo;
}

/* Reads the address that is all of a text. */
CNICALC__INLINE int read_address(const char *text, size_t len, cnicalc_cidr *reading)
{
    struct digits digits;
    fault_bits strangers = no_faults();
    memset(digits.text, 0, GROUP_DIGITS);
    if (len - 2 > ADDRESS_LEN_MAX - 2) {
        return 0;
    }
    uint64_t colons = len >= CHUNK ? read_digits(text, len, &digits, &strangers)
                                   : read_few_digits(text, len, &digits, &strangers);
    uint64_t end = UINT64_C(1) << len;
    uint64_t others = ~colons & (end - 1);
    uint64_t gap = colons & colons << 1; /* the second colon of two */
    uint64_t at_front = gap >> 1 & 1;
    uint64_t at_back = gap >> (len - 1) & 1;
    uint32_t pieces = cnicalc__count_bits(colons) + 1 - (uint32_t)(at_front + at_back);
    /* A group of five, a second gap, one colon at an end. */
    uint64_t two = others & others >> 1;
    uint64_t faults = (two & two >> 2 & others >> 4) | (gap & (gap - 1)) | has_faults(strangers);
    faults |= ((colons & 1) ^ at_front) | ((colons >> (len - 1) & 1) ^ at_back);
    faults |= (pieces ^ 8) & ((uint64_t)(gap != 0) - 1);
    if (faults != 0 || pieces > 8) {
        return 0;
    }
    /* At an end of the text, the gap is two empty pieces: one is left out. */
    uint64_t ends = (colons | (UINT64_MAX << len)) & ~at_front & ~(at_back << len);
    place_groups(&digits, (uint32_t)at_front, ends, gap, 8 - pieces, reading);
    reading->family = CNICALC_FAMILY_IPV6;
    return 1;
}

/* ---- Blocks ---- */

/* Reads the digits after the last slash of a text of four characters or more; returns the length
 * of the address before it, or 0. */
CNICALC__INLINE size_t read_prefix_len(const char *text, size_t len, uint32_t *out_prefix_len)
{
    const unsigned char *p = (const unsigned char *)text + len;
    uint32_t ones = (uint32_t)p[-1] - '0';
    uint32_t tens = (uint32_t)p[-2] - '0';
    uint32_t hundreds = (uint32_t)p[-3] - '0';
    if (ones > 9) {
        return 0;
    }
    if (tens > 9) {
        *out_prefix_len = ones;
        return p[-2] == '/' ? len - 2 : 0;
    }
    if (hundreds > 9) {
        *out_prefix_len = tens * 10 + ones;
        return p[-3] == '/' && tens != 0 ? len - 3 : 0;
    }
    *out_prefix_len = hundreds * 100 + tens * 10 + ones;
    return p[-4] == '/' && hundreds != 0 ? len - 4 : 0;
}

int cnicalc__quick_ipv6(const char *text, size_t len, cnicalc_cidr *reading)
{
    size_t address_len = len < 4 ? 0 : read_prefix_len(text, len, &reading->prefix_len);
    return address_len != 0 && reading->prefix_len <= 128 &&
           read_address(text, address_len, reading);
}

int cnicalc__quick_ipv6_address(const char *text, size_t len, cnicalc_cidr *reading)
{
    return read_address(text, len, reading);
}
