/* SPDX-License-Identifier: MIT */
/* Reading addresses and blocks: quickly where that succeeds, and else with care. */
#include "internal.h"
#include "internal_cidr_parse.h"
#include "word.h"

/* ---- The quick reader of IPv4 ----
 *
 * How long the numbers are is what a branch predictor cannot guess, so it is not branched on. The
 * first eight characters hold two octets and their dots, the last seven hold the other two. Where
 * their dots are chooses a shape, which says how to add up the digits of both octets. Nothing of
 * that is checked: the octets are right when writing them gives the text that was read.
 *
 * It never touches a byte outside the text. The first character of a word is its lowest byte. */

/* How two octets and the dot after each lie in a word. */
struct pair {
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

/* Of n and of m characters, at the beginning of a word and at its end. */
#define HEAD(n, m) PAIR(0, n, (n) + 1, m)
#define TAIL(m, n) PAIR(6 - (n) - (m), n, 7 - (m), m)
#define PAIRS(X)                                                                                   \
    {                                                                                              \
        X(1, 1), X(1, 2), X(1, 3), X(2, 1), X(2, 2), X(2, 3), X(3, 1), X(3, 2), X(3, 3)            \
    }

static const struct pair HEADS[9] = PAIRS(HEAD);
static const struct pair TAILS[9] = PAIRS(TAIL);

/* Which of the nine pairs it is, by the characters of a word that are dots. Bit i is character
 * i + 1 of a head, character 5 - i of a tail. */
static const uint8_t PAIR_OF_DOTS[128] = {
    0, 0, 0, 0, 8, 0, 0, 0, 0, 1, 3, 0, 0, 0, 0, 0, 0, 2, 4, 0, 6, 0, 0, 0, 0, 1, 3, 0, 0, 0, 0, 0,
    0, 0, 5, 0, 7, 0, 0, 0, 0, 1, 3, 0, 0, 0, 0, 0, 0, 2, 4, 0, 6, 0, 0, 0, 0, 1, 3, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 8, 0, 0, 0, 0, 1, 3, 0, 0, 0, 0, 0, 0, 2, 4, 0, 6, 0, 0, 0, 0, 1, 3, 0, 0, 0, 0, 0,
    0, 0, 5, 0, 7, 0, 0, 0, 0, 1, 3, 0, 0, 0, 0, 0, 0, 2, 4, 0, 6, 0, 0, 0, 0, 1, 3, 0, 0, 0, 0, 0};

/* A bit of each byte that a digit has and a dot has not. A product then collects these bits in the
 * highest byte, in their order or in the other one. */
CNICALC__INLINE uint64_t dots_of(uint64_t word)
{
    return ~word >> 4 & UINT64_C(0x0101010101010101);
}

CNICALC__INLINE const struct pair *find_head(uint64_t word)
{
    return &HEADS[PAIR_OF_DOTS[dots_of(word) * UINT64_C(0x0102040810204080) >> 57]];
}

CNICALC__INLINE const struct pair *find_tail(uint64_t word)
{
    return &TAILS[PAIR_OF_DOTS[dots_of(word) * UINT64_C(0x8040201008040201) >> 58]];
}

/* Two octets of a word as one number; *differs gets bits when their text is another one. */
CNICALC__INLINE uint64_t read_pair(const struct pair *pair, uint64_t word, uint64_t *differs)
{
    uint64_t first = (word & pair->digits[0]) * pair->weights[0] >> 56;
    uint64_t second = (word & pair->digits[1]) * pair->weights[1] >> 56;
    uint64_t text = cnicalc__load_four(cnicalc__numbers[first]) * pair->places[0] +
                    cnicalc__load_four(cnicalc__numbers[second]) * pair->places[1];
    *differs |= (text ^ word) & pair->text;
    return first << 8 | second;
}

/* No address, and no block: its prefix length would be above 32. */
#define NOT_IPV4 UINT64_MAX

/* The address whose first eight characters and last seven, with a dot after them, are these. */
CNICALC__INLINE uint64_t read_octets(uint64_t first_eight, uint64_t last_seven, size_t len)
{
    const struct pair *head = find_head(first_eight);
    const struct pair *tail = find_tail(last_seven);
    uint64_t differs = (head->len + tail->len) ^ (len + 1);
    uint64_t bits = read_pair(head, first_eight, &differs);
    bits = bits << 16 | read_pair(tail, last_seven, &differs);
    return differs == 0 ? bits : NOT_IPV4;
}

#define IPV4_LEN_MIN 7 /* of an address: 0.0.0.0 */
#define IPV4_LEN_MAX 15

/* The last byte of a word with that character in it. */
#define LAST(character) ((uint64_t)(character) << 56)

CNICALC__INLINE uint64_t quick_ipv4_address(const char *text, size_t len)
{
    if (len - IPV4_LEN_MIN > IPV4_LEN_MAX - IPV4_LEN_MIN) {
        return NOT_IPV4;
    }
    uint64_t first_eight;
    uint64_t last_seven;
    if (len == IPV4_LEN_MIN) {
        first_eight = cnicalc__load_four(text) | (uint64_t)cnicalc__load_four(text + 3) << 24;
        last_seven = first_eight;
    } else {
        first_eight = cnicalc__load_eight(text);
        last_seven = cnicalc__load_eight(text + len - 8) >> 8;
    }
    return read_octets(first_eight, last_seven | LAST('.'), len);
}

/* Prefix lengths by the last two characters of a block, '/' to '3' and '0' to '9'; 0xff: none. */
#define NONE  0xff
#define NONES NONE, NONE, NONE, NONE, NONE, NONE, NONE
static const uint8_t PREFIX_LENS[5][10] = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
                                           {NONES, NONE, NONE, NONE}, /* 08 is not written so */
                                           {10, 11, 12, 13, 14, 15, 16, 17, 18, 19},
                                           {20, 21, 22, 23, 24, 25, 26, 27, 28, 29},
                                           {30, 31, 32, NONES}};

/* The prefix length over the 32 bits of the address, in one register, or NOT_IPV4. Whether the
 * prefix length has one digit or two is not branched on either. */
CNICALC__INLINE uint64_t quick_ipv4(const char *text, size_t len)
{
    if (len - (IPV4_LEN_MIN + 2) > IPV4_LEN_MAX + 3 - (IPV4_LEN_MIN + 2)) {
        return NOT_IPV4;
    }
    uint32_t ones = (uint32_t)(unsigned char)text[len - 1] - '0';
    uint32_t before = (uint32_t)(unsigned char)text[len - 2] - '/';
    size_t slash = len - 3 + (before == 0);
    if (ones > 9 || before > 4 || slash - IPV4_LEN_MIN > IPV4_LEN_MAX - IPV4_LEN_MIN) {
        return NOT_IPV4;
    }
    uint64_t prefix_len = PREFIX_LENS[before][ones];
    uint64_t last_seven = cnicalc__load_eight(text + slash - 7) ^ LAST('/' ^ '.');
    uint64_t bits = read_octets(cnicalc__load_eight(text), last_seven, slash);
    return bits == NOT_IPV4 || prefix_len == NONE ? NOT_IPV4 : bits | prefix_len << 32;
}

/* ---- All readers ---- */

static void set_ipv4_address(uint64_t bits, cnicalc_address *out_address)
{
    out_address->hi = 0;
    out_address->lo = bits;
    out_address->family = CNICALC_FAMILY_IPV4;
    out_address->reserved = 0;
}

/* Takes apart what quick_ipv4() returns. */
static void set_ipv4(uint64_t block, cnicalc_cidr *out_cidr)
{
    out_cidr->hi = 0;
    out_cidr->lo = block & UINT32_MAX;
    out_cidr->family = CNICALC_FAMILY_IPV4;
    out_cidr->prefix_len = (uint32_t)(block >> 32);
}

/* The bits below its prefix. */
static uint64_t ipv4_host_mask(uint64_t block)
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

/* The public functions on what quick_ipv4() leaves. */

CNICALC__APART static cnicalc_status parse_other(const char *text, size_t len,
                                                 cnicalc_cidr *out_cidr)
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

CNICALC__APART static cnicalc_status parse_other_masked(const char *text, size_t len,
                                                        cnicalc_cidr *out_cidr)
{
    cnicalc_cidr reading;
    cnicalc_status status = read_other(text, len, &reading);
    if (status == CNICALC_OK) {
        *out_cidr = block_of(&reading);
    }
    return status;
}

CNICALC__APART static cnicalc_status parse_other_address(const char *text, size_t len,
                                                         cnicalc_address *out_address)
{
    cnicalc_cidr reading;
    cnicalc_status status = CNICALC_OK;
    size_t offset;
    if (!cnicalc__quick_ipv6_address(text, len, &reading)) {
        status = cnicalc__scan_address(text, len, &reading, &offset);
    }
    if (status == CNICALC_OK) {
        set_address(&reading, out_address);
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
    if (block == NOT_IPV4) {
        return parse_other_masked(text, len, out_cidr);
    }
    set_ipv4(block & ~ipv4_host_mask(block), out_cidr);
    return CNICALC_OK;
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
    size_t len = cnicalc__text_len(text, text_len);
    uint64_t bits = quick_ipv4_address(text, len);
    if (bits == NOT_IPV4) {
        return parse_other_address(text, len, out_address);
    }
    set_ipv4_address(bits, out_address);
    return CNICALC_OK;
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
