/* SPDX-License-Identifier: MIT */
/* Writing addresses, blocks and counts; blocks as lines, both ways. */
#include "cnicalc/cidr.h"
#include "internal.h"
#include "internal_cidr.h"
#include "word.h"

#include <string.h>

/* ---- Numbers ----
 *
 * A number goes out as four characters at once, whatever its length, so that no branch depends on
 * how many digits it has. The bytes after it are overwritten by what follows; every buffer below
 * has room for the last of them. */

const char cnicalc__numbers[256][4] = {
    "0.",   "1.",   "2.",   "3.",   "4.",   "5.",   "6.",   "7.",   "8.",   "9.",   "10.",  "11.",
    "12.",  "13.",  "14.",  "15.",  "16.",  "17.",  "18.",  "19.",  "20.",  "21.",  "22.",  "23.",
    "24.",  "25.",  "26.",  "27.",  "28.",  "29.",  "30.",  "31.",  "32.",  "33.",  "34.",  "35.",
    "36.",  "37.",  "38.",  "39.",  "40.",  "41.",  "42.",  "43.",  "44.",  "45.",  "46.",  "47.",
    "48.",  "49.",  "50.",  "51.",  "52.",  "53.",  "54.",  "55.",  "56.",  "57.",  "58.",  "59.",
    "60.",  "61.",  "62.",  "63.",  "64.",  "65.",  "66.",  "67.",  "68.",  "69.",  "70.",  "71.",
    "72.",  "73.",  "74.",  "75.",  "76.",  "77.",  "78.",  "79.",  "80.",  "81.",  "82.",  "83.",
    "84.",  "85.",  "86.",  "87.",  "88.",  "89.",  "90.",  "91.",  "92.",  "93.",  "94.",  "95.",
    "96.",  "97.",  "98.",  "99.",  "100.", "101.", "102.", "103.", "104.", "105.", "106.", "107.",
    "108.", "109.", "110.", "111.", "112.", "113.", "114.", "115.", "116.", "117.", "118.", "119.",
    "120.", "121.", "122.", "123.", "124.", "125.", "126.", "127.", "128.", "129.", "130.", "131.",
    "132.", "133.", "134.", "135.", "136.", "137.", "138.", "139.", "140.", "141.", "142.", "143.",
    "144.", "145.", "146.", "147.", "148.", "149.", "150.", "151.", "152.", "153.", "154.", "155.",
    "156.", "157.", "158.", "159.", "160.", "161.", "162.", "163.", "164.", "165.", "166.", "167.",
    "168.", "169.", "170.", "171.", "172.", "173.", "174.", "175.", "176.", "177.", "178.", "179.",
    "180.", "181.", "182.", "183.", "184.", "185.", "186.", "187.", "188.", "189.", "190.", "191.",
    "192.", "193.", "194.", "195.", "196.", "197.", "198.", "199.", "200.", "201.", "202.", "203.",
    "204.", "205.", "206.", "207.", "208.", "209.", "210.", "211.", "212.", "213.", "214.", "215.",
    "216.", "217.", "218.", "219.", "220.", "221.", "222.", "223.", "224.", "225.", "226.", "227.",
    "228.", "229.", "230.", "231.", "232.", "233.", "234.", "235.", "236.", "237.", "238.", "239.",
    "240.", "241.", "242.", "243.", "244.", "245.", "246.", "247.", "248.", "249.", "250.", "251.",
    "252.", "253.", "254.", "255."};

/* The characters of an entry of that table, its dot among them. */
CNICALC__INLINE uint32_t number_len(uint32_t entry)
{
#if defined(__GNUC__)
    return 4 - (uint32_t)__builtin_clz(entry) / 8;
#else
    return 2 + (uint32_t)(entry >> 16 != 0) + (uint32_t)(entry >> 24 != 0);
#endif
}

/* Writes a number up to 255 and a dot; returns the end. */
CNICALC__INLINE char *put_decimal(char *out, uint32_t value)
{
    uint32_t entry = cnicalc__load_four(cnicalc__numbers[value]);
    cnicalc__store_four(out, entry);
    return out + number_len(entry);
}

/* ---- Addresses: each is written with a character after it that the caller replaces ---- */

CNICALC__INLINE char *put_ipv4(char *out, uint64_t bits)
{
    out = put_decimal(out, (uint32_t)(bits >> 24 & 0xff));
    out = put_decimal(out, (uint32_t)(bits >> 16 & 0xff));
    out = put_decimal(out, (uint32_t)(bits >> 8 & 0xff));
    return put_decimal(out, (uint32_t)(bits & 0xff));
}

#define GROUP_LEN 4

/* Which groups "::" replaces, by which are zero: the first of the longest runs of two or more.
 * Bit i is group i in both. */
static const uint8_t GAPS[256] = {
    0x00, 0x00, 0x00, 0x03, 0x00, 0x00, 0x06, 0x07, 0x00, 0x00, 0x00, 0x03, 0x0c, 0x0c, 0x0e, 0x0f,
    0x00, 0x00, 0x00, 0x03, 0x00, 0x00, 0x06, 0x07, 0x18, 0x18, 0x18, 0x03, 0x1c, 0x1c, 0x1e, 0x1f,
    0x00, 0x00, 0x00, 0x03, 0x00, 0x00, 0x06, 0x07, 0x00, 0x00, 0x00, 0x03, 0x0c, 0x0c, 0x0e, 0x0f,
    0x30, 0x30, 0x30, 0x03, 0x30, 0x30, 0x06, 0x07, 0x38, 0x38, 0x38, 0x38, 0x3c, 0x3c, 0x3e, 0x3f,
    0x00, 0x00, 0x00, 0x03, 0x00, 0x00, 0x06, 0x07, 0x00, 0x00, 0x00, 0x03, 0x0c, 0x0c, 0x0e, 0x0f,
    0x00, 0x00, 0x00, 0x03, 0x00, 0x00, 0x06, 0x07, 0x18, 0x18, 0x18, 0x03, 0x1c, 0x1c, 0x1e, 0x1f,
    0x60, 0x60, 0x60, 0x03, 0x60, 0x60, 0x06, 0x07, 0x60, 0x60, 0x60, 0x03, 0x0c, 0x0c, 0x0e, 0x0f,
    0x70, 0x70, 0x70, 0x70, 0x70, 0x70, 0x70, 0x07, 0x78, 0x78, 0x78, 0x78, 0x7c, 0x7c, 0x7e, 0x7f,
    0x00, 0x00, 0x00, 0x03, 0x00, 0x00, 0x06, 0x07, 0x00, 0x00, 0x00, 0x03, 0x0c, 0x0c, 0x0e, 0x0f,
    0x00, 0x00, 0x00, 0x03, 0x00, 0x00, 0x06, 0x07, 0x18, 0x18, 0x18, 0x03, 0x1c, 0x1c, 0x1e, 0x1f,
    0x00, 0x00, 0x00, 0x03, 0x00, 0x00, 0x06, 0x07, 0x00, 0x00, 0x00, 0x03, 0x0c, 0x0c, 0x0e, 0x0f,
    0x30, 0x30, 0x30, 0x03, 0x30, 0x30, 0x06, 0x07, 0x38, 0x38, 0x38, 0x38, 0x3c, 0x3c, 0x3e, 0x3f,
    0xc0, 0xc0, 0xc0, 0x03, 0xc0, 0xc0, 0x06, 0x07, 0xc0, 0xc0, 0xc0, 0x03, 0x0c, 0x0c, 0x0e, 0x0f,
    0xc0, 0xc0, 0xc0, 0x03, 0xc0, 0xc0, 0x06, 0x07, 0x18, 0x18, 0x18, 0x03, 0x1c, 0x1c, 0x1e, 0x1f,
    0xe0, 0xe0, 0xe0, 0xe0, 0xe0, 0xe0, 0xe0, 0x07, 0xe0, 0xe0, 0xe0, 0xe0, 0xe0, 0xe0, 0x0e, 0x0f,
    0xf0, 0xf0, 0xf0, 0xf0, 0xf0, 0xf0, 0xf0, 0xf0, 0xf8, 0xf8, 0xf8, 0xf8, 0xfc, 0xfc, 0xfe, 0xff};

/* The 32 digits of an address, and how many characters of each group and of the colon after it are
 * left out: its leading zeros, and in the gap all but the first colon. */
struct digits {
    char text[8 * GROUP_LEN];
    uint8_t cuts[8];
};

/* With SSE2, which every x86-64 has, and in plain C for all other machines (tests/check_plain.sh).
 * They return the gap. */

#if defined(__SSE2__) && defined(__x86_64__)

CNICALC__INLINE __m128i hex_digits(__m128i nibbles)
{
    __m128i letters = _mm_cmpgt_epi8(nibbles, _mm_set1_epi8(9));
    return _mm_add_epi8(_mm_add_epi8(nibbles, _mm_set1_epi8('0')),
                        _mm_and_si128(letters, _mm_set1_epi8('a' - 10 - '0')));
}

/* All bits of each group that has none of these. Its first byte is the lowest here. */
CNICALC__INLINE __m128i has_none(__m128i groups, int bits)
{
    return _mm_cmpeq_epi16(_mm_and_si128(groups, _mm_set1_epi16((short)bits)), _mm_setzero_si128());
}

CNICALC__INLINE uint32_t write_digits(struct digits *out, uint64_t hi, uint64_t lo)
{
    const __m128i low_bits = _mm_set1_epi8(0x0f);
    const __m128i bits = _mm_set_epi16(0x80, 0x40, 0x20, 0x10, 8, 4, 2, 1);
    __m128i groups = _mm_set_epi64x((long long)cnicalc__reverse_eight(lo),
                                    (long long)cnicalc__reverse_eight(hi));
    __m128i low = _mm_and_si128(groups, low_bits);
    __m128i high = _mm_and_si128(_mm_srli_epi16(groups, 4), low_bits);
    _mm_storeu_si128((__m128i *)(void *)out->text, hex_digits(_mm_unpacklo_epi8(high, low)));
    _mm_storeu_si128((__m128i *)(void *)(out->text + 16), hex_digits(_mm_unpackhi_epi8(high, low)));
    __m128i zeros = has_none(groups, 0xffff);
    __m128i cuts = _mm_add_epi16(has_none(groups, 0xf0),
                                 _mm_add_epi16(has_none(groups, 0xff), has_none(groups, 0xf0ff)));
    uint32_t gap = GAPS[_mm_movemask_epi8(_mm_packs_epi16(zeros, _mm_setzero_si128()))];
    __m128i in_gap = _mm_cmpeq_epi16(_mm_and_si128(_mm_set1_epi16((short)gap), bits), bits);
    __m128i after_first = _mm_and_si128(in_gap, _mm_slli_si128(in_gap, 2));
    cuts = _mm_add_epi16(cuts, _mm_add_epi16(in_gap, after_first));
    cuts = _mm_sub_epi16(_mm_setzero_si128(), cuts);
    _mm_storel_epi64((__m128i *)(void *)out->cuts, _mm_packus_epi16(cuts, cuts));
    return gap;
}

#else

/* Writes the hexadecimal digits of a number. */
static inline void put_hex(char *out, uint64_t number)
{
    uint64_t nibbles = number;
    nibbles = (nibbles | nibbles << 16) & UINT64_C(0x0000ffff0000ffff);
    nibbles = (nibbles | nibbles << 8) & UINT64_C(0x00ff00ff00ff00ff);
    nibbles = (nibbles | nibbles << 4) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    uint64_t letters = (nibbles + UINT64_C(0x0606060606060606)) >> 4 & UINT64_C(0x0101010101010101);
    uint64_t digits =
        cnicalc__reverse_eight(nibbles + UINT64_C(0x3030303030303030) + letters * ('a' - 10 - '0'));
    cnicalc__store_four(out, (uint32_t)(digits & UINT32_MAX));
    cnicalc__store_four(out + 4, (uint32_t)(digits >> 32));
}

/* Bit i set where group i of four, the highest first, is zero. The sum carries into the highest bit
 * of a group that is not; the product collects these bits in its highest four. */
static inline uint32_t find_zeros_in(uint64_t half)
{
    const uint64_t low_bits = UINT64_C(0x7fff7fff7fff7fff);
    uint64_t zeros = ~(((half & low_bits) + low_bits) | half | low_bits) >> 15;
    return (uint32_t)(zeros * UINT64_C(0x8000400020001) >> 48 & 0xf);
}

static inline uint32_t write_digits(struct digits *out, uint64_t hi, uint64_t lo)
{
    put_hex(out->text, hi >> 32);
    put_hex(out->text + 8, hi & UINT32_MAX);
    put_hex(out->text + 16, lo >> 32);
    put_hex(out->text + 24, lo & UINT32_MAX);
    uint32_t gap = GAPS[find_zeros_in(hi) | find_zeros_in(lo) << 4];
    for (uint32_t i = 0; i < 8; i++) {
        uint32_t group = cnicalc__load_four(out->text + GROUP_LEN * (size_t)i);
        uint32_t zeros = cnicalc__lowest_bit((group ^ 0x30303030) | 1 << 24) / 8;
        out->cuts[i] = (uint8_t)(zeros + (gap >> i & 1) + ((gap & gap << 1) >> i & 1));
    }
    return gap;
}

#endif

/* Whether a group is in the gap is not branched on: there the digits are overwritten, and the colon
 * is written once more where it is. */
static char *put_ipv6(char *out, uint64_t hi, uint64_t lo)
{
    struct digits digits;
    if (hi == 0 && lo >> 32 == 0xffff) {
        memcpy(out, "::ffff:", 7);
        return put_ipv4(out + 7, lo);
    }
    uint32_t gap = write_digits(&digits, hi, lo);
    *out = ':';
    size_t at = gap & 1;
    for (size_t i = 0; i < 8; i++) {
        uint64_t group = cnicalc__load_four(digits.text + GROUP_LEN * i);
        cnicalc__store_four(out + at, (uint32_t)(group >> 8 * digits.cuts[i]));
        at -= digits.cuts[i];
        out[at + GROUP_LEN] = ':';
        at += GROUP_LEN + 1;
    }
    return out + at + (gap >> 7); /* a colon that ends the text has one more after it */
}

/* Writes an address and the character after it; returns the end. */
CNICALC__INLINE char *put_address(char *out, uint64_t hi, uint64_t lo, uint32_t family, char after)
{
    out = family == CNICALC_FAMILY_IPV4 ? put_ipv4(out, lo) : put_ipv6(out, hi, lo);
    out[-1] = after;
    return out;
}

static char *put_cidr(char *out, const cnicalc_cidr *cidr, char after)
{
    out = put_address(out, cidr->hi, cidr->lo, cidr->family, '/');
    out = put_decimal(out, cidr->prefix_len);
    out[-1] = after;
    return out;
}

static cnicalc_status copy_text(const char *text, size_t size, char *out_text, size_t capacity)
{
    if (size > capacity) {
        return CNICALC_ERR_CAPACITY;
    }
    memcpy(out_text, text, size);
    return CNICALC_OK;
}

cnicalc_status cnicalc_cidr_format(const cnicalc_cidr *cidr, char *out_text, size_t capacity)
{
    char text[CNICALC_CIDR_TEXT_SIZE];
    if (cidr == NULL || out_text == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = cnicalc__check_cidr(cidr);
    if (status != CNICALC_OK) {
        return status;
    }
    if (capacity >= CNICALC_CIDR_TEXT_SIZE) {
        (void)put_cidr(out_text, cidr, '\0');
        return CNICALC_OK;
    }
    return copy_text(text, (size_t)(put_cidr(text, cidr, '\0') - text), out_text, capacity);
}

CNICALC__COLD cnicalc_status cnicalc_address_format(const cnicalc_address *address, char *out_text,
                                                    size_t capacity)
{
    char text[CNICALC_ADDRESS_TEXT_SIZE];
    if (address == NULL || out_text == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = cnicalc__check_address(address);
    if (status != CNICALC_OK) {
        return status;
    }
    if (capacity >= CNICALC_ADDRESS_TEXT_SIZE) {
        (void)put_address(out_text, address->hi, address->lo, address->family, '\0');
        return CNICALC_OK;
    }
    return copy_text(
        text, (size_t)(put_address(text, address->hi, address->lo, address->family, '\0') - text),
        out_text, capacity);
}

/* ---- Counts ---- */

#define BILLION 1000000000u

/* Divides a number of five 32-bit digits, the highest first, by a billion; returns the rest. */
static uint32_t divide_by_billion(uint32_t digits[5])
{
    uint64_t rest = 0;
    for (uint32_t i = 0; i < 5; i++) {
        uint64_t value = rest << 32 | digits[i];
        digits[i] = (uint32_t)(value / BILLION);
        rest = value % BILLION;
    }
    return (uint32_t)rest;
}

CNICALC__COLD cnicalc_status cnicalc_cidr_address_count_text(const cnicalc_cidr *block,
                                                             char *out_text, size_t capacity)
{
    cnicalc_status status = cnicalc__check_block(block, out_text);
    if (status != CNICALC_OK) {
        return status;
    }
    uint32_t host_bits = cnicalc__width(block->family) - block->prefix_len;
    uint32_t digits[5] = {0, 0, 0, 0, 0};
    digits[4 - host_bits / 32] = UINT32_C(1) << host_bits % 32;
    char text[CNICALC_COUNT_TEXT_SIZE + 6]; /* five times nine digits, and NUL */
    char *end = text + sizeof text - 1;
    char *out = end;
    *end = '\0';
    for (uint32_t i = 0; i < 5; i++) {
        uint32_t rest = divide_by_billion(digits);
        for (uint32_t j = 0; j < 9; j++) {
            *--out = (char)('0' + rest % 10);
            rest /= 10;
        }
    }
    while (*out == '0') {
        out++;
    }
    return copy_text(out, (size_t)(end - out) + 1, out_text, capacity);
}

/* ---- Lines ---- */

struct lines {
    const char *text;
    size_t len;
    cnicalc_status (*parse)(const char *text, size_t text_len, cnicalc_cidr *out_cidr);
};

static cnicalc_status parse_lines(struct lines lines, cnicalc_cidr *out_cidrs,
                                  cnicalc_status *out_statuses, size_t capacity, size_t *out_count)
{
    if (lines.text == NULL || out_count == NULL ||
        (capacity != 0 && (out_cidrs == NULL || out_statuses == NULL))) {
        return CNICALC_ERR_NULL;
    }
    size_t len = cnicalc__text_len(lines.text, lines.len);
    size_t count = cnicalc__count_lines(lines.text, len);
    *out_count = count;
    if (count > capacity) {
        return CNICALC_ERR_CAPACITY;
    }
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        size_t end = cnicalc__line_end(lines.text, len, at);
        out_statuses[i] = lines.parse(lines.text + at, end - at, &out_cidrs[i]);
        if (out_statuses[i] != CNICALC_OK) {
            memset(&out_cidrs[i], 0, sizeof out_cidrs[i]);
        }
        at = end + 1;
    }
    return CNICALC_OK;
}

cnicalc_status cnicalc_cidr_parse_lines(const char *text, size_t text_len, cnicalc_cidr *out_cidrs,
                                        cnicalc_status *out_statuses, size_t capacity,
                                        size_t *out_count)
{
    struct lines lines = {text, text_len, cnicalc_cidr_parse};
    return parse_lines(lines, out_cidrs, out_statuses, capacity, out_count);
}

cnicalc_status cnicalc_cidr_parse_lines_masked(const char *text, size_t text_len,
                                               cnicalc_cidr *out_cidrs,
                                               cnicalc_status *out_statuses, size_t capacity,
                                               size_t *out_count)
{
    struct lines lines = {text, text_len, cnicalc_cidr_parse_masked};
    return parse_lines(lines, out_cidrs, out_statuses, capacity, out_count);
}

CNICALC__COLD static size_t size_of_lines(const cnicalc_cidr *cidrs, size_t count)
{
    char text[CNICALC_CIDR_TEXT_SIZE];
    size_t size = 1;
    for (size_t i = 0; i < count; i++) {
        size += (size_t)(put_cidr(text, &cidrs[i], '\n') - text);
    }
    return size;
}

/* Writes a block and a newline where they are known to fit; returns their size. */
static size_t put_line(char *out, size_t room, const cnicalc_cidr *cidr)
{
    char text[CNICALC_CIDR_TEXT_SIZE];
    if (room >= CNICALC_CIDR_TEXT_SIZE) {
        return (size_t)(put_cidr(out, cidr, '\n') - out);
    }
    size_t size = (size_t)(put_cidr(text, cidr, '\n') - text);
    memcpy(out, text, size);
    return size;
}

cnicalc_status cnicalc_cidr_format_lines(const cnicalc_cidr *cidrs, size_t count, char *out_text,
                                         size_t capacity, size_t *out_needed)
{
    if (out_needed == NULL || (out_text == NULL && capacity != 0)) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = cnicalc__check_set(cidrs, count);
    if (status != CNICALC_OK) {
        return status;
    }
    if (capacity == 0 || (capacity - 1) / CNICALC_CIDR_TEXT_SIZE < count) {
        size_t needed = size_of_lines(cidrs, count);
        if (capacity == 0 || needed > capacity) { /* needed is 1 or more: for analyzers */
            *out_needed = needed;
            return CNICALC_ERR_CAPACITY;
        }
    }
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        at += put_line(out_text + at, capacity - at, &cidrs[i]);
    }
    out_text[at] = '\0';
    *out_needed = at + 1;
    return CNICALC_OK;
}
