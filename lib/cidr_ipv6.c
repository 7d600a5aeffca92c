/* SPDX-License-Identifier: MIT */
/* The quick reader of IPv6 addresses whose first group has four digits, as it has in every global
 * unicast, unique local and link-local address, and that have no embedded IPv4 address.
 *
 * How long the groups are and where "::" is are what a branch predictor cannot guess, so they are
 * not branched on. Colons tell where each piece ends; "::" makes one without digits, and two at the
 * end of a text. The four characters before an end are loaded, with a colon and more before it
 * where the piece is shorter. The first four pieces make the high half of the address, the last
 * four the low one.
 *
 * Eight pieces are in their places. Of seven, those of the high half that are after "::" move one
 * place down, and those of the low half that are before it one place up. Of fewer, all these are
 * left out: the other half has them, in their places. It never touches a byte outside the text. */
#include "internal_cidr_parse.h"
#include "word.h"

#define CHUNK           16
#define PIECE_LEN       4
#define FIRST_END       (UINT64_C(1) << PIECE_LEN)
#define ADDRESS_LEN_MIN 6  /* four digits and "::" */
#define ADDRESS_LEN_MAX 39 /* eight groups of four and seven colons */
#define PREFIX_LEN_MIN  2  /* "/0" */
#define PREFIX_LEN_MAX  4  /* "/128" */

/* The bits of a half that stay where they are, by which of its pieces are empty, the lowest bit for
 * the last one: in the high half those before the first empty one, in the low half those after the
 * last one. Several are empty together only at the end of a text. */
#define FIRST(n) (~(UINT64_MAX >> 16 * (n)))
#define LAST(n)  ((UINT64_C(1) << 16 * (n)) - 1)
static const uint64_t STAYS[2][9] = {
    {UINT64_MAX, FIRST(3), FIRST(2), FIRST(2), FIRST(1), [7] = FIRST(1)},
    {UINT64_MAX, [2] = LAST(1), [4] = LAST(2), [8] = LAST(3)},
};

/* ---- Colons, digits and groups ----
 *
 * With SSE2, which every x86-64 has, and in plain C for all other machines. Both read alike
 * (tests/check_plain.sh). */

#if defined(__SSE2__) && defined(__x86_64__)

#include <emmintrin.h>

typedef __m128i four_pieces;
typedef __m128i address_bits; /* in memory hi and lo, as the first members of results are */

struct groups {
    __m128i halves;
    uint32_t empty[2]; /* by half: which pieces are, the lowest bit for the last one */
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

/* Of the first piece come the highest bits. */
CNICALC__INLINE four_pieces load_pieces(const char *a, const char *b, const char *c, const char *d)
{
    return _mm_unpacklo_epi64(load_two(d, c), load_two(b, a));
}

/* The values of digits. A colon is ten: it is left out later. What is neither is above 15. */
CNICALC__INLINE __m128i read_digits(__m128i chars)
{
    __m128i tens = _mm_add_epi8(chars, _mm_set1_epi8((char)(0xff - ':')));
    tens = _mm_sub_epi8(_mm_subs_epu8(tens, _mm_set1_epi8(5)), _mm_set1_epi8((char)0xf0));
    __m128i letters = _mm_and_si128(chars, _mm_set1_epi8((char)0xdf));
    letters = _mm_adds_epu8(_mm_sub_epi8(letters, _mm_set1_epi8('A')), _mm_set1_epi8(10));
    return _mm_min_epu8(tens, letters);
}

/* Two digits as one byte, in the low halves of 16 bits. */
CNICALC__INLINE __m128i join_digits(__m128i digits)
{
    return _mm_srli_epi16(_mm_add_epi16(digits, _mm_slli_epi16(digits, 12)), 8);
}

/* The bits of joined digits that are of a colon or before it in their piece: all eight where it is
 * the second of two, the higher four where it is the first one; and all of the byte before. */
CNICALC__INLINE __m128i find_others(__m128i first_colons, __m128i last_colons)
{
    const __m128i of_two = _mm_set1_epi16(0x7ff0); /* above 0xff when the second is a colon */
    __m128i others =
        _mm_packus_epi16(_mm_and_si128(first_colons, of_two), _mm_and_si128(last_colons, of_two));
    return _mm_or_si128(others, _mm_srli_epi16(_mm_srai_epi16(others, 15), 8));
}

CNICALC__INLINE struct groups read_groups(four_pieces first, four_pieces last)
{
    struct groups groups;
    __m128i first_colons = _mm_cmpeq_epi8(first, _mm_set1_epi8(':'));
    __m128i last_colons = _mm_cmpeq_epi8(last, _mm_set1_epi8(':'));
    groups.empty[0] = (uint32_t)_mm_movemask_ps(_mm_castsi128_ps(first_colons));
    groups.empty[1] = (uint32_t)_mm_movemask_ps(_mm_castsi128_ps(last_colons));
    first = read_digits(first);
    last = read_digits(last);
    __m128i faults = _mm_adds_epu8(_mm_or_si128(first, last), _mm_set1_epi8(0x70));
    groups.faults = (uint32_t)_mm_movemask_epi8(faults);
    __m128i bytes = _mm_packus_epi16(join_digits(first), join_digits(last));
    bytes = _mm_andnot_si128(find_others(first_colons, last_colons), bytes);
    groups.halves = _mm_or_si128(_mm_slli_epi16(bytes, 8), _mm_srli_epi16(bytes, 8));
    return groups;
}

CNICALC__INLINE address_bits place_groups(const struct groups *groups, uint32_t shift)
{
    __m128i stays = _mm_set_epi64x((long long)STAYS[1][groups->empty[1]],
                                   (long long)STAYS[0][groups->empty[0]]);
    stays = _mm_and_si128(stays, groups->halves);
    __m128i moves = _mm_xor_si128(stays, groups->halves);
    __m128d high = _mm_castsi128_pd(_mm_srl_epi64(moves, _mm_cvtsi32_si128((int)shift)));
    __m128d low = _mm_castsi128_pd(_mm_sll_epi64(moves, _mm_cvtsi32_si128((int)shift)));
    return _mm_or_si128(stays, _mm_castpd_si128(_mm_move_sd(low, high)));
}

/* The bits below a prefix; a shift by 64 or more leaves none. */
CNICALC__INLINE address_bits host_bits_of(address_bits all, uint32_t prefix_len)
{
    const __m128i ones = _mm_set1_epi32(-1);
    __m128i in_high = _mm_cvtsi32_si128((int)prefix_len);
    __m128i in_low = _mm_subs_epu16(in_high, _mm_cvtsi32_si128(64));
    __m128i mask = _mm_unpacklo_epi64(_mm_srl_epi64(ones, in_high), _mm_srl_epi64(ones, in_low));
    return _mm_and_si128(all, mask);
}

CNICALC__INLINE int is_zero(address_bits bits)
{
    return _mm_movemask_epi8(_mm_cmpeq_epi8(bits, _mm_setzero_si128())) == 0xffff;
}

CNICALC__INLINE address_bits without_bits(address_bits all, address_bits some)
{
    return _mm_xor_si128(all, some);
}

#else

typedef struct {
    uint64_t two[2]; /* pieces each */
} four_pieces;
typedef struct cnicalc__bits address_bits;

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
    *empty = (uint32_t)((others >> 23 & 2) | (others >> 56 & 1));
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
    uint32_t first;
    uint64_t half = read_two(pieces.two[0], &first, faults) << 32;
    half |= read_two(pieces.two[1], empty, faults);
    *empty |= first << 2;
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

CNICALC__INLINE address_bits place_groups(const struct groups *groups, uint32_t shift)
{
    address_bits stays = {groups->halves[0] & STAYS[0][groups->empty[0]],
                          groups->halves[1] & STAYS[1][groups->empty[1]]};
    address_bits all = {stays.hi | (groups->halves[0] ^ stays.hi) >> shift,
                        stays.lo | (groups->halves[1] ^ stays.lo) << shift};
    return all;
}

CNICALC__INLINE address_bits host_bits_of(address_bits all, uint32_t prefix_len)
{
    struct cnicalc__bits mask = cnicalc__host_mask(prefix_len);
    address_bits bits = {all.hi & mask.hi, all.lo & mask.lo};
    return bits;
}

CNICALC__INLINE int is_zero(address_bits bits)
{
    return (bits.hi | bits.lo) == 0;
}

CNICALC__INLINE address_bits without_bits(address_bits all, address_bits some)
{
    address_bits rest = {all.hi ^ some.hi, all.lo ^ some.lo};
    return rest;
}

#endif

/* ---- Addresses ---- */

/* Where the colons of a text of four characters or more are. */
CNICALC__INLINE uint64_t find_colons(const char *text, size_t len)
{
    size_t last = len - CHUNK;
    if (len >= CHUNK) {
        return colons_of_chunk(text) | colons_of_chunk(text + last / 2) << last / 2 |
               colons_of_chunk(text + last) << last;
    }
    if (len >= 8) {
        return colons_of_word(cnicalc__load_eight(text)) |
               colons_of_word(cnicalc__load_eight(text + len - 8)) << (len - 8);
    }
    return colons_of_word(cnicalc__load_four(text)) |
           colons_of_word(cnicalc__load_four(text + len - 4)) << (len - 4);
}

CNICALC__INLINE uint64_t without_lowest(uint64_t bits)
{
    return bits & (bits - 1);
}

/* The first four pieces, the first of which has its end left out. Those that the text has not are
 * its last one. *ends is left without those of the second and the third. */
CNICALC__INLINE four_pieces load_first(const char *text, uint64_t end, uint64_t *ends)
{
    size_t second = cnicalc__lowest_bit(*ends);
    *ends = without_lowest(*ends) | end;
    size_t third = cnicalc__lowest_bit(*ends);
    *ends = without_lowest(*ends) | end;
    size_t fourth = cnicalc__lowest_bit(*ends);
    return load_pieces(text, text + second - PIECE_LEN, text + third - PIECE_LEN,
                       text + fourth - PIECE_LEN);
}

/* The last four. Those that the text has not are its first one. *colons is left without the last
 * two. */
CNICALC__INLINE four_pieces load_last(const char *text, size_t len, uint64_t *colons)
{
    size_t third = cnicalc__highest_bit(*colons);
    *colons = (*colons ^ UINT64_C(1) << third) | FIRST_END;
    size_t second = cnicalc__highest_bit(*colons);
    *colons = (*colons ^ UINT64_C(1) << second) | FIRST_END;
    size_t first = cnicalc__highest_bit(*colons);
    return load_pieces(text + first - PIECE_LEN, text + second - PIECE_LEN,
                       text + third - PIECE_LEN, text + len - PIECE_LEN);
}

/* Whether the first piece has four characters and no other has more, and "::" is there once at most
 * and at the end where a colon is. */
CNICALC__INLINE int has_shape(uint64_t colons, uint64_t seconds, uint64_t end)
{
    /* Those and the four characters after each: no hole is among them, and nothing before. */
    uint64_t around = colons | end;
    around |= around << 1;
    around |= around << 2;
    around |= around << 1;
    uint64_t last = (colons ^ seconds) << 1 & end;
    return ((around & (around + FIRST_END)) | without_lowest(seconds) | last) == 0;
}

CNICALC__INLINE int read_address(const char *text, size_t len, address_bits *out_address)
{
    if (len - ADDRESS_LEN_MIN > ADDRESS_LEN_MAX - ADDRESS_LEN_MIN) {
        return 0;
    }
    uint64_t colons = find_colons(text, len);
    uint64_t seconds = colons & colons << 1; /* of two colons */
    uint64_t end = UINT64_C(1) << len;
    if (!has_shape(colons, seconds, end)) {
        return 0;
    }
    uint64_t ends = (colons | end) - FIRST_END;
    four_pieces first_pieces = load_first(text, end, &ends);
    four_pieces last_pieces = load_last(text, len, &colons);
    /* The colons from the end of the fourth piece to that of the fourth from behind: two where
     * there are eight pieces, one of seven, none of fewer. */
    uint64_t of_seven = ends & colons;
    uint64_t of_eight = without_lowest(of_seven);
    struct groups groups = read_groups(first_pieces, last_pieces);
    if (groups.faults != 0 || without_lowest(of_eight) != 0 || (of_eight | seconds) == 0) {
        return 0;
    }
    /* By no place, by one, or by all: 63 bits leave nothing of what moves then, since its last
     * group is that of "::". */
    uint32_t shift = (uint32_t)((of_eight - 1) >> 59 & 16) | (uint32_t)((of_seven - 1) >> 58);
    *out_address = place_groups(&groups, shift);
    return 1;
}

cnicalc_status cnicalc__parse_ipv6_address(const char *text, size_t len,
                                           cnicalc_address *out_address)
{
    address_bits address;
    if (!read_address(text, len, &address)) {
        return cnicalc__parse_address_with_care(text, len, out_address);
    }
    memcpy(out_address, &address, sizeof address);
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
    uint32_t two = ((uint32_t)end[-2] - '0') * 10 + ones;
    if (ones > 9) {
        return 0;
    }
    if (end[-3] == '/') {
        *out_prefix_len = two;
        return two - 10 <= 99 - 10 ? len - 3 : 0;
    }
    if (end[-4] == '/') {
        *out_prefix_len = 100 + two;
        return end[-3] == '1' && two <= 28 ? len - 4 : 0;
    }
    *out_prefix_len = ones;
    return end[-2] == '/' ? len - 2 : 0;
}

CNICALC__INLINE int read_block(const char *text, size_t len, address_bits *out_address,
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
    address_bits address;
    uint32_t prefix_len;
    if (!read_block(text, len, &address, &prefix_len)) {
        return host_bits == CNICALC__KEEP_HOST_BITS
                   ? CNICALC_ERR_CIDR_CHARACTER
                   : cnicalc__parse_with_care(text, len, host_bits, out_cidr);
    }
    if (host_bits != CNICALC__KEEP_HOST_BITS) {
        address_bits below = host_bits_of(address, prefix_len);
        if (host_bits == CNICALC__REFUSE_HOST_BITS && !is_zero(below)) {
            return CNICALC_ERR_CIDR_HOST_BITS;
        }
        address = without_bits(address, below);
    }
    memcpy(out_cidr, &address, sizeof address);
    out_cidr->family = CNICALC_FAMILY_IPV6;
    out_cidr->prefix_len = prefix_len;
    return CNICALC_OK;
}
