/* SPDX-License-Identifier: MIT */
/* Reading addresses and blocks: quickly where that succeeds, and else with care. */
#include "internal.h"
#include "internal_cidr_parse.h"
#include "word.h"

/* ---- The quick reader of IPv4 ----
 *
 * How long the numbers are is what a branch predictor cannot guess, so it is not branched on. The
 * first eight characters, the head, hold two octets and a dot after each. The last eight, the tail,
 * hold two octets and a dot before each. Where their dots are chooses one of nine shapes of either,
 * which says how to add up the digits of both octets, and how to check them.
 *
 * It never touches a byte outside the text. The first character of a word is its lowest byte. */

/* No address: it would be above 2^32 - 1. */
#define NOT_IPV4 UINT64_MAX

/* The tables of shapes, in words for sixteen characters at once with SSE2, which every x86-64 has,
 * and for eight in plain C on all other machines. Both read alike (tests/check_plain.sh). */
#if defined(__SSE2__) && defined(__x86_64__)

#include <emmintrin.h>

struct shape {
    unsigned char least[8]; /* each character is this one or above */
    unsigned char most[8];  /* and this one or below */
    unsigned char first[8]; /* the bits of the first octet */
    uint16_t weights[8];    /* what each digit counts in its octet */
    uint64_t len;           /* the characters of both octets and dots */
};

/* An octet of 1, 2 or 3 characters. What is left to refuse is a number from 256 to 299. */
#define LEAST_1   '0'
#define LEAST_2   '1', '0'
#define LEAST_3   '1', '0', '0'
#define MOST_1    '9'
#define MOST_2    '9', '9'
#define MOST_3    '2', '9', '9'
#define BITS_1    0xff
#define BITS_2    0xff, 0xff
#define BITS_3    0xff, 0xff, 0xff
#define WEIGHTS_1 1
#define WEIGHTS_2 10, 1
#define WEIGHTS_3 100, 10, 1

/* Characters of the other shape. */
#define ANY_0
#define ANY_1 0xff,
#define ANY_2 0xff, 0xff,
#define ANY_3 0xff, 0xff, 0xff,
#define ANY_4 0xff, 0xff, 0xff, 0xff,

#define HEAD(n, m, any)                                                                            \
    {                                                                                              \
        {LEAST_##n, '.', LEAST_##m, '.'}, {MOST_##n, '.', MOST_##m, '.', ANY_##any}, {BITS_##n},   \
            {WEIGHTS_##n, 0, WEIGHTS_##m}, (n) + (m) + 2                                           \
    }
#define TAIL(n, m, any)                                                                            \
    {                                                                                              \
        {[any] = '.', LEAST_##n, '.', LEAST_##m}, {ANY_##any '.', MOST_##n, '.', MOST_##m},        \
            {[(any) + 1] = BITS_##n}, {[(any) + 1] = WEIGHTS_##n, 0, WEIGHTS_##m}, (n) + (m) + 2   \
    }
#define SHAPES(X)                                                                                  \
    {                                                                                              \
        X(1, 1, 4), X(1, 2, 3), X(1, 3, 2), X(2, 1, 3), X(2, 2, 2), X(2, 3, 1), X(3, 1, 2),        \
            X(3, 2, 1), X(3, 3, 0)                                                                 \
    }

#else

/* How two octets and the dot after each lie in a word. */
struct shape {
    uint64_t digits[2];  /* the bits of a word that are digits of an octet */
    uint64_t weights[2]; /* a product with these adds them up in the highest byte */
    uint64_t places[2];  /* a product with these moves the text of an octet to its place */
    uint64_t text;       /* the bits of both octets and dots */
    uint64_t len;        /* their characters */
};

/* An octet of n characters from an offset on. */
#define DIGITS(at, n) ((UINT64_C(0x0f0f0f) >> (24 - 8 * (n))) << 8 * (at))
#define WEIGHTS(at, n)                                                                             \
    ((UINT64_C(0x640a01) & UINT64_C(0xffffff) >> (24 - 8 * (n))) << 8 * (8 - (at) - (n)))
#define TEXT(at, n) ((UINT64_C(0xffffffff) >> (24 - 8 * (n))) << 8 * (at))
#define PAIR(a, n, b, m)                                                                           \
    {                                                                                              \
        {DIGITS(a, n), DIGITS(b, m)}, {WEIGHTS(a, n), WEIGHTS(b, m)},                              \
            {UINT64_C(1) << 8 * (a), UINT64_C(1) << 8 * (b)}, TEXT(a, n) | TEXT(b, m),             \
            (n) + (m) + 2                                                                          \
    }
#define HEAD(n, m) PAIR(0, n, (n) + 1, m)
#define TAIL(n, m) PAIR(6 - (n) - (m), n, 7 - (m), m)
#define SHAPES(X)                                                                                  \
    {                                                                                              \
        X(1, 1), X(1, 2), X(1, 3), X(2, 1), X(2, 2), X(2, 3), X(3, 1), X(3, 2), X(3, 3)            \
    }

#endif

/* Where a shape is, in words from the first one, by which of a word's characters are dots, bit i
 * for character i. The first one and the last are not looked at. Where it is none of the nine
 * shapes, any of them: the text then differs from it. All tables are one object: one address serves
 * them. */
#define WORDS (sizeof(struct shape) / 8)
#define ROW(a, b, c, d, e, f, g, h)                                                                \
    WORDS *(a), WORDS *(a), WORDS *(b), WORDS *(b), WORDS *(c), WORDS *(c), WORDS *(d),            \
        WORDS *(d), WORDS *(e), WORDS *(e), WORDS *(f), WORDS *(f), WORDS *(g), WORDS *(g),        \
        WORDS *(h), WORDS *(h)
#define HEAD_ROWS                                                                                  \
    ROW(0, 0, 0, 0, 8, 0, 0, 0), ROW(0, 1, 3, 1, 8, 0, 3, 0), ROW(0, 2, 4, 2, 6, 0, 4, 0),         \
        ROW(0, 1, 3, 1, 6, 0, 3, 0), ROW(0, 0, 5, 0, 7, 0, 5, 0), ROW(0, 1, 3, 1, 7, 0, 3, 0),     \
        ROW(0, 2, 4, 2, 6, 0, 4, 0), ROW(0, 1, 3, 1, 6, 0, 3, 0)
#define TAIL_ROWS                                                                                  \
    ROW(0, 0, 0, 0, 0, 0, 0, 0), ROW(8, 5, 2, 2, 8, 5, 2, 2), ROW(0, 7, 4, 4, 1, 1, 1, 1),         \
        ROW(0, 7, 4, 4, 1, 1, 1, 1), ROW(0, 0, 6, 6, 3, 3, 3, 3), ROW(0, 0, 0, 0, 0, 0, 0, 0),     \
        ROW(0, 0, 6, 6, 3, 3, 3, 3), ROW(0, 0, 0, 0, 0, 0, 0, 0)

static const struct {
    struct shape heads[9];
    struct shape tails[9];
    uint8_t head_of_dots[256];
    uint8_t tail_of_dots[256];
} TABLES = {SHAPES(HEAD), SHAPES(TAIL), {HEAD_ROWS, HEAD_ROWS}, {TAIL_ROWS, TAIL_ROWS}};

CNICALC__INLINE const struct shape *shape_at(const struct shape *shapes, uint8_t words)
{
    return (const struct shape *)(const void *)((const char *)shapes + 8 * (size_t)words);
}

#if defined(__SSE2__) && defined(__x86_64__)

CNICALC__INLINE __m128i two_words(const void *low, const void *high)
{
    return _mm_set_epi64x((long long)cnicalc__load_eight(high),
                          (long long)cnicalc__load_eight(low));
}

CNICALC__INLINE __m128i weigh(__m128i digits, const struct shape *shape)
{
    return _mm_mullo_epi16(digits, _mm_loadu_si128((const __m128i *)(const void *)shape->weights));
}

/* The address that is all of a text of eight characters or more, or NOT_IPV4. */
CNICALC__INLINE uint64_t read_octets(const char *text, size_t len)
{
    const __m128i zero = _mm_setzero_si128();
    __m128i chars = two_words(text, text + len - 8);
    uint32_t dots = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(chars, _mm_set1_epi8('.')));
    const struct shape *head = shape_at(TABLES.heads, TABLES.head_of_dots[dots & 255]);
    const struct shape *tail = shape_at(TABLES.tails, TABLES.tail_of_dots[dots >> 8]);
    __m128i faults = _mm_or_si128(_mm_subs_epu8(two_words(head->least, tail->least), chars),
                                  _mm_subs_epu8(chars, two_words(head->most, tail->most)));
    __m128i digits = _mm_and_si128(chars, _mm_set1_epi8(0x0f));
    __m128i parts = _mm_packus_epi16(weigh(_mm_unpacklo_epi8(digits, zero), head),
                                     weigh(_mm_unpackhi_epi8(digits, zero), tail));
    __m128i first_parts = _mm_and_si128(parts, two_words(head->first, tail->first));
    __m128i first = _mm_sad_epu8(first_parts, zero);
    __m128i second = _mm_sad_epu8(_mm_xor_si128(parts, first_parts), zero);
    __m128i pairs = _mm_or_si128(_mm_slli_epi64(first, 8), second);
    faults = _mm_or_si128(faults, _mm_srli_epi16(_mm_or_si128(first, second), 8));
    if (_mm_movemask_epi8(_mm_cmpeq_epi8(faults, zero)) != 0xffff ||
        head->len + tail->len != len + 1) {
        return NOT_IPV4;
    }
    return (uint32_t)_mm_cvtsi128_si32(pairs) << 16 | (uint32_t)_mm_extract_epi16(pairs, 4);
}

#else

/* Which characters of a word are dots: a digit has a bit that a dot has not. */
CNICALC__INLINE uint8_t dots_of(uint64_t word)
{
    uint64_t dots = ~word >> 4 & UINT64_C(0x0101010101010101);
    return (uint8_t)(dots * UINT64_C(0x0102040810204080) >> 56);
}

/* Two octets of a word as one number; *differs gets bits when their text is another one. */
CNICALC__INLINE uint64_t read_pair(const struct shape *shape, uint64_t word, uint64_t *differs)
{
    uint64_t first = (word & shape->digits[0]) * shape->weights[0] >> 56;
    uint64_t second = (word & shape->digits[1]) * shape->weights[1] >> 56;
    uint64_t text = cnicalc__load_four(cnicalc__numbers[first]) * shape->places[0] +
                    cnicalc__load_four(cnicalc__numbers[second]) * shape->places[1];
    *differs |= (text ^ word) & shape->text;
    return first << 8 | second;
}

/* The same. No digit is checked: the octets are right when writing them gives the text that was
 * read. */
CNICALC__INLINE uint64_t read_octets(const char *text, size_t len)
{
    uint64_t first_eight = cnicalc__load_eight(text);
    uint64_t last_eight = cnicalc__load_eight(text + len - 8);
    const struct shape *head = shape_at(TABLES.heads, TABLES.head_of_dots[dots_of(first_eight)]);
    const struct shape *tail = shape_at(TABLES.tails, TABLES.tail_of_dots[dots_of(last_eight)]);
    uint64_t differs = (head->len + tail->len) ^ (len + 1);
    uint64_t bits = read_pair(head, first_eight, &differs) << 16;
    bits |= read_pair(tail, last_eight >> 8 | (uint64_t)'.' << 56, &differs);
    return differs == 0 ? bits : NOT_IPV4;
}

#endif

#define IPV4_LEN_MIN 8 /* of an address that fills a word; 1.2.3.4 does not */
#define IPV4_LEN_MAX 15

/* What the quick reader of IPv6 reads has its first colon there. */
CNICALC__INLINE uint64_t quick_ipv4_address(const char *text, size_t len)
{
    return len - IPV4_LEN_MIN <= IPV4_LEN_MAX - IPV4_LEN_MIN && text[4] != ':'
               ? read_octets(text, len)
               : NOT_IPV4;
}

/* The address of a block, or NOT_IPV4; bits below the prefix may be set. A prefix length of two
 * digits is what is most likely: to guess so costs less than to wait for where the slash is. The
 * bound on the length leaves out CNICALC_NUL_TERMINATED as well. */
CNICALC__INLINE uint64_t quick_ipv4(const char *text, size_t len, uint32_t *out_prefix_len)
{
    if (len - (IPV4_LEN_MIN + 2) > IPV4_LEN_MAX + 3 - (IPV4_LEN_MIN + 2) || text[4] == ':') {
        return NOT_IPV4;
    }
    uint32_t ones = (uint32_t)(unsigned char)text[len - 1] - '0';
    uint32_t tens = (uint32_t)(unsigned char)text[len - 2] - '0';
    size_t slash = len - 3;
    uint32_t prefix_len = tens * 10 + ones;
    if (text[slash] != '/') {
        slash = len - 2;
        if (text[slash] != '/') {
            return NOT_IPV4;
        }
        prefix_len = ones;
    } else if (prefix_len - 10 > 32 - 10) {
        return NOT_IPV4;
    }
    if (ones > 9) {
        return NOT_IPV4;
    }
    *out_prefix_len = prefix_len;
    return quick_ipv4_address(text, slash);
}

static void set_ipv4(uint64_t bits, uint32_t prefix_len, cnicalc_cidr *out_cidr)
{
    out_cidr->hi = 0;
    out_cidr->lo = bits;
    out_cidr->family = CNICALC_FAMILY_IPV4;
    out_cidr->prefix_len = prefix_len;
}

static void set_ipv4_address(uint64_t bits, cnicalc_address *out_address)
{
    out_address->hi = 0;
    out_address->lo = bits;
    out_address->family = CNICALC_FAMILY_IPV4;
    out_address->reserved = 0;
}

/* ---- All readers ---- */

int cnicalc__quick_block(const char *text, size_t len, cnicalc_cidr *reading)
{
    uint32_t prefix_len;
    uint64_t bits = quick_ipv4(text, len, &prefix_len);
    if (bits == NOT_IPV4) {
        return cnicalc__parse_ipv6_block(text, len, CNICALC__KEEP_HOST_BITS, reading) == CNICALC_OK;
    }
    set_ipv4(bits, prefix_len, reading);
    return 1;
}

/* A public function reads IPv4 itself, and so saves no register. */

cnicalc_status cnicalc_cidr_parse(const char *text, size_t text_len, cnicalc_cidr *out_cidr)
{
    uint32_t prefix_len;
    if (text == NULL || out_cidr == NULL) {
        return CNICALC_ERR_NULL;
    }
    uint64_t bits = quick_ipv4(text, text_len, &prefix_len);
    if (bits == NOT_IPV4) {
        return cnicalc__parse_ipv6_block(text, text_len, CNICALC__REFUSE_HOST_BITS, out_cidr);
    }
    if ((bits << prefix_len & UINT32_MAX) != 0) {
        return CNICALC_ERR_CIDR_HOST_BITS;
    }
    set_ipv4(bits, prefix_len, out_cidr);
    return CNICALC_OK;
}

cnicalc_status cnicalc_cidr_parse_masked(const char *text, size_t text_len, cnicalc_cidr *out_cidr)
{
    uint32_t prefix_len;
    if (text == NULL || out_cidr == NULL) {
        return CNICALC_ERR_NULL;
    }
    uint64_t bits = quick_ipv4(text, text_len, &prefix_len);
    if (bits == NOT_IPV4) {
        return cnicalc__parse_ipv6_block(text, text_len, CNICALC__CLEAR_HOST_BITS, out_cidr);
    }
    set_ipv4(bits & ~((uint64_t)UINT32_MAX >> prefix_len), prefix_len, out_cidr);
    return CNICALC_OK;
}

cnicalc_status cnicalc_cidr_parse_address(const char *text, size_t text_len,
                                          cnicalc_address *out_address, cnicalc_cidr *out_block)
{
    cnicalc_cidr reading;
    if (text == NULL || out_address == NULL || out_block == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = CNICALC_OK;
    size_t len = cnicalc__text_len(text, text_len);
    size_t offset;
    if (!cnicalc__quick_block(text, len, &reading)) {
        status = cnicalc__scan_block(text, len, &reading, &offset);
    }
    if (status == CNICALC_OK) {
        cnicalc__set_address(&reading, out_address);
        *out_block = cnicalc__block_of(&reading);
    }
    return status;
}

cnicalc_status cnicalc_address_parse(const char *text, size_t text_len,
                                     cnicalc_address *out_address)
{
    if (text == NULL || out_address == NULL) {
        return CNICALC_ERR_NULL;
    }
    uint64_t bits = quick_ipv4_address(text, text_len);
    if (bits == NOT_IPV4) {
        return cnicalc__parse_ipv6_address(text, text_len, out_address);
    }
    set_ipv4_address(bits, out_address);
    return CNICALC_OK;
}
