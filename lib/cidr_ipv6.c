/* SPDX-License-Identifier: MIT */
/* The quick reader of IPv6 addresses whose first group has four digits, as it has in every global
 * unicast, unique local and link-local address, and that have no embedded IPv4 address.
 *
 * How long the groups are and where "::" is are what a branch predictor cannot guess, so they are
 * not branched on. Colons tell where each piece ends; "::" makes one without digits. The four
 * characters before an end are loaded, with a colon and more before it where the piece is shorter.
 * The first four pieces make the high half of the address, the last four the low one. A text of
 * fewer than eight lacks groups, and "::" is where: what is after it in the high half moves by as
 * many down, and what is before it in the low half up. The piece that leaves its half is in the
 * other one too. It never touches a byte outside the text. */
#include "internal_cidr_parse.h"
#include "word.h"

#define CHUNK           16
#define PIECE_LEN       4
#define FIRST_END       (UINT64_C(1) << PIECE_LEN)
#define ADDRESS_LEN_MIN 6  /* four digits and "::" */
#define ADDRESS_LEN_MAX 39 /* eight groups of four and seven colons */
#define PREFIX_LEN_MIN  2  /* "/0" */
#define PREFIX_LEN_MAX  4  /* "/128" */
#define LACKING_MAX     6  /* all but the first piece and the empty one */

/* The bits of a half that stay where they are, by which of its pieces are empty: in the high half
 * those before the first empty one, in the low half those after the last one. Its first byte is the
 * lowest here. */
#define FIRST(n)   ((UINT64_C(1) << 16 * (n)) - 1)
#define ALL_BUT(n) (UINT64_MAX << 16 * (n))
static const uint64_t STAYS[2][16] = {
    {UINT64_MAX, 0, FIRST(1), 0, FIRST(2), 0, FIRST(1), 0, FIRST(3), 0, FIRST(1), 0, FIRST(2), 0,
     FIRST(1), 0},
    {UINT64_MAX, ALL_BUT(1), ALL_BUT(2), ALL_BUT(2), ALL_BUT(3), ALL_BUT(3), ALL_BUT(3),
     ALL_BUT(3)},
};

/* ---- Colons, digits and groups ----
 *
 * With SSE2, which every x86-64 has, and in plain C for all other machines. Both read alike
 * (tests/check_plain.sh). */

#if defined(__SSE2__) && defined(__x86_64__)

#include <emmintrin.h>

typedef __m128i four_pieces;

struct groups {
    __m128i halves;
    uint32_t empty[2]; /* bit i: piece i of that half */
    uint32_t faults;   /* not 0 where a digit is none */
};

CNICALC__INLINE uint64_t colons_in(__m128i chars)
{
    return (uint64_t)_mm_movemask_epi8(_mm_cmpeq_epi8(chars, _mm_set1_epi8(':')));
}

/* Bit i: character i of a word, or of a chunk, is a colon. */
CNICALC__INLINE uint64_t colons_of_word(uint64_t word)
{
    return colons_in(_mm_cvtsi64_si128((long long)word));
}

CNICALC__INLINE uint64_t colons_of_chunk(const char *text)
{
    return colons_in(_mm_loadu_si128((const __m128i *)(const void *)text));
}

CNICALC__INLINE __m128i load_two(const char *first, const char *second)
{
    return _mm_unpacklo_epi32(_mm_cvtsi32_si128((int)cnicalc__load_four(first)),
                              _mm_cvtsi32_si128((int)cnicalc__load_four(second)));
}

CNICALC__INLINE four_pieces load_pieces(const char *a, const char *b, const char *c, const char *d)
{
    return _mm_unpacklo_epi64(load_two(a, b), load_two(c, d));
}

/* The digits of four pieces, all else being 0; one above 15 is none. */
CNICALC__INLINE __m128i read_digits(__m128i chars, uint32_t *empty)
{
    __m128i others = _mm_cmpeq_epi8(chars, _mm_set1_epi8(':'));
    *empty = (uint32_t)_mm_movemask_ps(_mm_castsi128_ps(others));
    others = _mm_or_si128(others, _mm_srli_epi32(others, 8));
    others = _mm_or_si128(others, _mm_srli_epi32(others, 16));
    __m128i tens = _mm_add_epi8(chars, _mm_set1_epi8((char)(0xff - '9')));
    tens = _mm_sub_epi8(_mm_subs_epu8(tens, _mm_set1_epi8(6)), _mm_set1_epi8((char)0xf0));
    __m128i letters = _mm_and_si128(chars, _mm_set1_epi8((char)0xdf));
    letters = _mm_adds_epu8(_mm_sub_epi8(letters, _mm_set1_epi8('A')), _mm_set1_epi8(10));
    return _mm_andnot_si128(others, _mm_min_epu8(tens, letters));
}

/* Two digits as one byte, in the low halves of 16 bits. */
CNICALC__INLINE __m128i join_digits(__m128i digits)
{
    return _mm_srli_epi16(_mm_add_epi16(digits, _mm_slli_epi16(digits, 12)), 8);
}

CNICALC__INLINE struct groups read_groups(four_pieces first, four_pieces last)
{
    struct groups groups;
    first = read_digits(first, &groups.empty[0]);
    last = read_digits(last, &groups.empty[1]);
    __m128i faults = _mm_adds_epu8(_mm_or_si128(first, last), _mm_set1_epi8(0x70));
    groups.faults = (uint32_t)_mm_movemask_epi8(faults);
    groups.halves = _mm_packus_epi16(join_digits(first), join_digits(last));
    return groups;
}

CNICALC__INLINE struct cnicalc__bits place_groups(const struct groups *groups, uint32_t shift)
{
    __m128i stays = _mm_set_epi64x((long long)STAYS[1][groups->empty[1]],
                                   (long long)STAYS[0][groups->empty[0]]);
    stays = _mm_and_si128(stays, groups->halves);
    __m128i moves = _mm_xor_si128(stays, groups->halves);
    __m128d high = _mm_castsi128_pd(_mm_sll_epi64(moves, _mm_cvtsi32_si128((int)shift)));
    __m128d low = _mm_castsi128_pd(_mm_srl_epi64(moves, _mm_cvtsi32_si128((int)shift)));
    __m128i all = _mm_or_si128(stays, _mm_castpd_si128(_mm_move_sd(low, high)));
    struct cnicalc__bits address;
    address.hi = cnicalc__reverse_eight((uint64_t)_mm_cvtsi128_si64(all));
    all = _mm_unpackhi_epi64(all, all);
    address.lo = cnicalc__reverse_eight((uint64_t)_mm_cvtsi128_si64(all));
    return address;
}

#else

typedef struct {
    uint64_t two[2]; /* pieces each */
} four_pieces;

struct groups {
    uint64_t halves[2];
    uint32_t empty[2];
    uint64_t faults;
};

/* The highest bit of each byte that is a colon. The sum carries into it where the byte is not. */
CNICALC__INLINE uint64_t mark_colons(uint64_t word)
{
    const uint64_t low_bits = UINT64_C(0x7f7f7f7f7f7f7f7f);
    uint64_t differs = word ^ UINT64_C(0x3a3a3a3a3a3a3a3a);
    return ~(((differs & low_bits) + low_bits) | differs | low_bits);
}

CNICALC__INLINE uint64_t colons_of_word(uint64_t word)
{
    return (mark_colons(word) >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

CNICALC__INLINE uint64_t colons_of_chunk(const char *text)
{
    return colons_of_word(cnicalc__load_eight(text)) | colons_of_word(cnicalc__load_eight(text + 8))
                                                           << 8;
}

CNICALC__INLINE uint64_t load_two(const char *first, const char *second)
{
    return cnicalc__load_four(first) | (uint64_t)cnicalc__load_four(second) << 32;
}

CNICALC__INLINE four_pieces load_pieces(const char *a, const char *b, const char *c, const char *d)
{
    four_pieces pieces = {{load_two(a, b), load_two(c, d)}};
    return pieces;
}

/* The groups of two pieces; *empty gets a bit for each without a digit. */
CNICALC__INLINE uint64_t read_two(uint64_t chars, uint32_t *empty, uint64_t *faults)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t others = mark_colons(chars) >> 7; /* colons, and then what is before them */
    *empty = (uint32_t)((others >> 24 & 1) | (others >> 55 & 2));
    others |= others >> 8 & UINT64_C(0x0001010100010101);
    others |= others >> 16 & UINT64_C(0x0000010100000101);
    others *= 0xff;
    uint64_t letters = chars >> 6 & ones;
    uint64_t below_ten = (chars & 0x0f * ones) - letters;
    uint64_t base = 0x30 * ones + 0x30 * letters; /* '0', or what is before 'a' */
    *faults |= (((chars | letters << 5) ^ (base + (chars & 0x0f * ones))) |
                ((below_ten | (below_ten + 6 * ones + 4 * letters)) & 0xf0 * ones)) &
               ~others;
    uint64_t digits = (below_ten + 10 * letters) & ~others;
    digits = (digits << 4 | digits >> 8) & UINT64_C(0x00ff00ff00ff00ff);
    digits = (digits << 8 | digits >> 16) & UINT64_C(0x0000ffff0000ffff);
    return (digits << 16 | digits >> 32) & UINT32_MAX;
}

CNICALC__INLINE uint64_t read_four(four_pieces pieces, uint32_t *empty, uint64_t *faults)
{
    uint32_t last;
    uint64_t half = read_two(pieces.two[0], empty, faults) << 32;
    half |= read_two(pieces.two[1], &last, faults);
    *empty |= last << 2;
    return half;
}

CNICALC__INLINE struct groups read_groups(four_pieces first, four_pieces last)
{
    struct groups groups;
    groups.faults = 0;
    groups.halves[0] = read_four(first, &groups.empty[0], &groups.faults);
    groups.halves[1] = read_four(last, &groups.empty[1], &groups.faults);
    return groups;
}

/* The shift may exceed a half, but not the double. */
CNICALC__INLINE struct cnicalc__bits place_groups(const struct groups *groups, uint32_t shift)
{
    uint64_t stays = groups->halves[0] & cnicalc__reverse_eight(STAYS[0][groups->empty[0]]);
    struct cnicalc__bits address;
    address.hi = stays | (groups->halves[0] ^ stays) >> shift / 2 >> shift / 2;
    stays = groups->halves[1] & cnicalc__reverse_eight(STAYS[1][groups->empty[1]]);
    address.lo = stays | (groups->halves[1] ^ stays) << shift / 2 << shift / 2;
    return address;
}

#endif

/* ---- Addresses ---- */

/* Where the colons of a text of four characters or more are. */
CNICALC__INLINE uint64_t find_colons(const char *text, size_t len)
{
    if (len < 8) {
        return colons_of_word(cnicalc__load_four(text)) |
               colons_of_word(cnicalc__load_four(text + len - 4)) << (len - 4);
    }
    if (len < CHUNK) {
        return colons_of_word(cnicalc__load_eight(text)) |
               colons_of_word(cnicalc__load_eight(text + len - 8)) << (len - 8);
    }
    size_t last = len - CHUNK;
    return colons_of_chunk(text) | colons_of_chunk(text + last / 2) << last / 2 |
           colons_of_chunk(text + last) << last;
}

/* The first four pieces of a text. Those that it has not are its last one. *ends is left without
 * the ends of the first seven. */
CNICALC__INLINE four_pieces load_first(const char *text, size_t len, uint64_t *ends)
{
    size_t second = cnicalc__lowest_bit(*ends &= *ends - 1);
    size_t third = cnicalc__lowest_bit(*ends &= *ends - 1);
    size_t fourth = cnicalc__lowest_bit(*ends &= *ends - 1);
    third = third < len ? third : len;
    fourth = fourth < len ? fourth : len;
    *ends &= *ends - 1;
    *ends &= *ends - 1;
    *ends &= *ends - 1;
    *ends &= *ends - 1;
    return load_pieces(text, text + second - PIECE_LEN, text + third - PIECE_LEN,
                       text + fourth - PIECE_LEN);
}

/* The last four. Those that it has not are its first one. */
CNICALC__INLINE four_pieces load_last(const char *text, size_t len, uint64_t colons)
{
    size_t third = cnicalc__highest_bit(colons);
    colons = (colons ^ UINT64_C(1) << third) | FIRST_END;
    size_t second = cnicalc__highest_bit(colons);
    colons = (colons ^ UINT64_C(1) << second) | FIRST_END;
    size_t first = cnicalc__highest_bit(colons);
    return load_pieces(text + first - PIECE_LEN, text + second - PIECE_LEN,
                       text + third - PIECE_LEN, text + len - PIECE_LEN);
}

CNICALC__INLINE int read_address(const char *text, size_t len, struct cnicalc__bits *out_address)
{
    if (len - ADDRESS_LEN_MIN > ADDRESS_LEN_MAX - ADDRESS_LEN_MIN) {
        return 0;
    }
    uint64_t colons = find_colons(text, len);
    uint64_t beyond = UINT64_MAX << len;
    uint64_t last = colons & beyond >> 1;    /* a colon that ends the text */
    uint64_t seconds = colons & colons << 1; /* of two colons */
    uint64_t gaps = seconds | last;
    uint64_t around = colons | colons << 1; /* colons and the four characters after each */
    around |= around << 2 | colons << 4;
    if ((colons & (FIRST_END - 1)) != 0 || (around | beyond | (FIRST_END - 1)) != UINT64_MAX ||
        (gaps & (gaps - 1)) != 0) {
        return 0;
    }
    /* Where "::" ends the text, the second colon does not end a piece, but the text does. */
    uint64_t ends = (colons ^ last) | beyond;
    four_pieces first_pieces = load_first(text, len, &ends);
    struct groups groups = read_groups(first_pieces, load_last(text, len, colons ^ last));
    uint32_t lacking = cnicalc__lowest_bit(ends) - (uint32_t)len;
    uint32_t without_gap = (uint32_t)((seconds - 1) >> 40); /* all bits, or none */
    uint32_t gap = groups.empty[0] | groups.empty[1] | lacking;
    if ((groups.faults | (without_gap & gap)) != 0 || lacking > LACKING_MAX) {
        return 0;
    }
    *out_address = place_groups(&groups, 16 * lacking);
    return 1;
}

cnicalc_status cnicalc__parse_ipv6_address(const char *text, size_t len,
                                           cnicalc_address *out_address)
{
    struct cnicalc__bits address;
    if (!read_address(text, len, &address)) {
        return cnicalc__parse_address_with_care(text, len, out_address);
    }
    out_address->hi = address.hi;
    out_address->lo = address.lo;
    out_address->family = CNICALC_FAMILY_IPV6;
    out_address->reserved = 0;
    return CNICALC_OK;
}

/* ---- Blocks ---- */

/* Reads the digits after the slash; returns the length of the address before it, or 0. */
CNICALC__INLINE size_t read_prefix_len(const char *text, size_t len, uint32_t *out_prefix_len)
{
    const unsigned char *end = (const unsigned char *)text + len;
    uint32_t ones = (uint32_t)end[-1] - '0';
    uint32_t tens = (uint32_t)end[-2] - '0';
    if (end[-3] == '/') {
        *out_prefix_len = tens * 10 + ones;
        return ones <= 9 && tens - 1 <= 8 ? len - 3 : 0;
    }
    if (end[-4] == '/') {
        *out_prefix_len = 100 + tens * 10 + ones;
        return ones <= 9 && tens <= 9 && end[-3] == '1' && *out_prefix_len <= 128 ? len - 4 : 0;
    }
    *out_prefix_len = ones;
    return ones <= 9 && end[-2] == '/' ? len - 2 : 0;
}

/* The bits below a prefix. Where it ends is not branched on. */
CNICALC__INLINE struct cnicalc__bits host_mask(uint32_t prefix_len)
{
    uint64_t is_in_hi = 0 - (uint64_t)(prefix_len < 64);
    uint64_t is_less = (uint64_t)(prefix_len == 128) - 1;
    uint64_t cut = UINT64_MAX >> (prefix_len & 63) & is_less;
    struct cnicalc__bits mask = {cut & is_in_hi, cut | is_in_hi};
    return mask;
}

CNICALC__INLINE int read_block(const char *text, size_t len, struct cnicalc__bits *out_address,
                               uint32_t *out_prefix_len)
{
    size_t least = ADDRESS_LEN_MIN + PREFIX_LEN_MIN;
    if (len - least > ADDRESS_LEN_MAX + PREFIX_LEN_MAX - least) {
        return 0;
    }
    return read_address(text, read_prefix_len(text, len, out_prefix_len), out_address);
}

cnicalc_status cnicalc__parse_ipv6_block(const char *text, size_t len, uint32_t host_bits,
                                         cnicalc_cidr *out_cidr)
{
    struct cnicalc__bits address;
    uint32_t prefix_len;
    if (!read_block(text, len, &address, &prefix_len)) {
        return host_bits == CNICALC__KEEP_HOST_BITS
                   ? CNICALC_ERR_CIDR_CHARACTER
                   : cnicalc__parse_with_care(text, len, host_bits, out_cidr);
    }
    struct cnicalc__bits mask = host_mask(prefix_len);
    if (host_bits != CNICALC__CLEAR_HOST_BITS) {
        if (host_bits == CNICALC__REFUSE_HOST_BITS &&
            ((address.hi & mask.hi) | (address.lo & mask.lo)) != 0) {
            return CNICALC_ERR_CIDR_HOST_BITS;
        }
        mask.hi = 0;
        mask.lo = 0;
    }
    out_cidr->hi = address.hi & ~mask.hi;
    out_cidr->lo = address.lo & ~mask.lo;
    out_cidr->family = CNICALC_FAMILY_IPV6;
    out_cidr->prefix_len = prefix_len;
    return CNICALC_OK;
}
