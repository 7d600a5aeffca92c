/* SPDX-License-Identifier: MIT */
/* The quick reader of IPv6 addresses whose first group has four digits, as it has in every global
 * unicast, unique local and link-local address, and that have no embedded IPv4 address.
 *
 * How long the groups are and where "::" is are what a branch predictor cannot guess, so they are
 * not branched on. The colons tell where each of eight pieces ends. The four characters before each
 * end are loaded at once, with a colon and more before it where the piece is shorter. All of them
 * together become digits and groups; then the groups after "::" move to their place. Nothing that
 * was just stored is loaded in other portions, for which a processor would have to wait. It never
 * touches a byte outside the text. */
#include "internal_cidr_parse.h"
#include "word.h"

#define CHUNK           16
#define PIECES          8
#define PIECE_LEN       4
#define ADDRESS_LEN_MIN 6  /* four digits and "::" */
#define ADDRESS_LEN_MAX 39 /* eight groups of four and seven colons */

/* Eight pieces as groups of an address. */
struct reading {
    uint64_t hi;
    uint64_t lo;
    uint64_t faults; /* not 0 where a digit is none */
    uint32_t empty;  /* bit i: piece i has no digit */
};

/* All bits of the pieces after the last that the text has: they begin four times as many bytes
 * after this as are lacking. */
#define FULL_4 0xff, 0xff, 0xff, 0xff
static const unsigned char LACKING[2 * PIECES * PIECE_LEN] = {
    [PIECES * PIECE_LEN] = FULL_4, FULL_4, FULL_4, FULL_4, FULL_4, FULL_4, FULL_4, FULL_4};

/* ---- Colons, digits and groups ----
 *
 * With SSE2, which every x86-64 has, and in plain C for all other machines. Both read alike
 * (tests/check_plain.sh). */

#if defined(__SSE2__) && defined(__x86_64__)

#include <emmintrin.h>

CNICALC__INLINE __m128i load_chunk(const void *from)
{
    return _mm_loadu_si128((const __m128i *)from);
}

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
    return colons_in(load_chunk(text));
}

/* Which bytes of four pieces are no digits: a colon, what is before it, and all that are lacking.
 */
CNICALC__INLINE __m128i find_others(__m128i chars, const unsigned char *lacking)
{
    __m128i others = _mm_cmpeq_epi8(chars, _mm_set1_epi8(':'));
    others = _mm_or_si128(others, _mm_srli_epi32(others, 8));
    others = _mm_or_si128(others, _mm_srli_epi32(others, 16));
    return _mm_or_si128(others, load_chunk(lacking));
}

/* The groups of four pieces, each in the low halves of two times 16 bits. */
CNICALC__INLINE __m128i read_four(__m128i chars, __m128i others, __m128i *faults)
{
    __m128i tens = _mm_sub_epi8(chars, _mm_set1_epi8('0'));
    __m128i letters = _mm_sub_epi8(_mm_or_si128(chars, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
    __m128i above = _mm_min_epu8(_mm_subs_epu8(tens, _mm_set1_epi8(9)),
                                 _mm_subs_epu8(letters, _mm_set1_epi8(5)));
    __m128i digits = _mm_min_epu8(tens, _mm_add_epi8(letters, _mm_set1_epi8(10)));
    *faults = _mm_or_si128(*faults, _mm_andnot_si128(others, above));
    digits = _mm_andnot_si128(others, digits);
    digits = _mm_or_si128(_mm_slli_epi16(digits, 4), _mm_srli_epi16(digits, 8));
    return _mm_and_si128(digits, _mm_set1_epi16(0xff));
}

/* Moves the groups of an address from the first empty one on by as many as are lacking. The bytes
 * of the first group are the lowest. */
CNICALC__INLINE __m128i open_gap(__m128i address, __m128i is_empty, uint32_t lacking)
{
    int shift = (int)(16 * lacking);
    __m128i is_moved = _mm_or_si128(is_empty, _mm_slli_si128(is_empty, 2));
    is_moved = _mm_or_si128(is_moved, _mm_slli_si128(is_moved, 4));
    is_moved = _mm_or_si128(is_moved, _mm_slli_si128(is_moved, 8));
    __m128i moved = _mm_and_si128(is_moved, address);
    __m128i carried = _mm_slli_si128(moved, 8);
    /* Of the two last ones, one is shifted by more than 64 and so is 0, or they are the same. */
    moved = _mm_or_si128(_mm_sll_epi64(moved, _mm_cvtsi32_si128(shift)),
                         _mm_or_si128(_mm_srl_epi64(carried, _mm_cvtsi32_si128(64 - shift)),
                                      _mm_sll_epi64(carried, _mm_cvtsi32_si128(shift - 64))));
    return _mm_or_si128(moved, _mm_andnot_si128(is_moved, address));
}

CNICALC__INLINE __m128i four_pieces(const uint32_t *pieces)
{
    return _mm_set_epi32((int)pieces[3], (int)pieces[2], (int)pieces[1], (int)pieces[0]);
}

CNICALC__INLINE struct reading read_groups(const uint32_t *pieces, uint32_t lacking)
{
    __m128i faults = _mm_setzero_si128();
    __m128i first = four_pieces(pieces);
    __m128i last = four_pieces(pieces + 4);
    const unsigned char *lacks = LACKING + PIECE_LEN * (size_t)lacking;
    __m128i first_others = find_others(first, lacks);
    __m128i last_others = find_others(last, lacks + CHUNK);
    __m128i is_empty =
        _mm_packs_epi32(_mm_srai_epi32(first_others, 31), _mm_srai_epi32(last_others, 31));
    first = read_four(first, first_others, &faults);
    last = read_four(last, last_others, &faults);
    __m128i address = open_gap(_mm_packus_epi16(first, last), is_empty, lacking);
    __m128i low = _mm_unpackhi_epi64(address, address);
    struct reading reading;
    reading.hi = cnicalc__reverse_eight((uint64_t)_mm_cvtsi128_si64(address));
    reading.lo = cnicalc__reverse_eight((uint64_t)_mm_cvtsi128_si64(low));
    reading.empty = (uint32_t)_mm_movemask_epi8(_mm_packs_epi16(is_empty, _mm_setzero_si128()));
    reading.faults =
        (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(faults, _mm_setzero_si128())) ^ 0xffff;
    return reading;
}

#else

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

/* Which bytes of two pieces are no digits: a colon, what is before it, and all that are lacking. */
CNICALC__INLINE uint64_t find_others(uint64_t chars, const unsigned char *lacking)
{
    uint64_t colons = mark_colons(chars) >> 7;
    colons |= colons >> 8 & UINT64_C(0x0001010100010101);
    colons |= colons >> 16 & UINT64_C(0x0000010100000101);
    return colons * 0xff | cnicalc__load_eight(lacking);
}

/* The groups of two pieces. */
CNICALC__INLINE uint64_t read_two(uint64_t chars, uint64_t others, uint64_t *faults)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
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

/* Moves the groups of an address from the first empty one on by as many as are lacking. */
CNICALC__INLINE void open_gap(struct reading *reading, uint32_t lacking)
{
    struct cnicalc__bits mask =
        cnicalc__host_mask(16 * cnicalc__lowest_bit(reading->empty | 0x100));
    struct cnicalc__bits moved = {reading->hi & mask.hi, reading->lo & mask.lo};
    uint32_t shift = 16 * lacking;
    if (shift >= 64) {
        moved.lo = moved.hi >> (shift - 64);
        moved.hi = 0;
    } else if (shift > 0) {
        moved.lo = moved.lo >> shift | moved.hi << (64 - shift);
        moved.hi >>= shift;
    }
    reading->hi = moved.hi | (reading->hi & ~mask.hi);
    reading->lo = moved.lo | (reading->lo & ~mask.lo);
}

CNICALC__INLINE struct reading read_groups(const uint32_t *pieces, uint32_t lacking)
{
    struct reading reading = {0, 0, 0, 0};
    for (uint32_t i = 0; i < PIECES; i += 2) {
        uint64_t chars = pieces[i] | (uint64_t)pieces[i + 1] << 32;
        uint64_t others = find_others(chars, LACKING + PIECE_LEN * (lacking + (size_t)i));
        uint64_t two = read_two(chars, others, &reading.faults);
        reading.hi = reading.hi << 32 | reading.lo >> 32;
        reading.lo = reading.lo << 32 | two;
        reading.empty |= (uint32_t)((others >> 31 & 1) | (others >> 62 & 2)) << i;
    }
    open_gap(&reading, lacking);
    return reading;
}

#endif

/* ---- Pieces ---- */

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
    size_t middle = last < CHUNK ? last : CHUNK;
    return colons_of_chunk(text) | colons_of_chunk(text + middle) << middle |
           colons_of_chunk(text + last) << last;
}

struct cursor {
    const char *text;
    uint32_t len;
    uint32_t end;  /* of the piece that was read last */
    uint64_t ends; /* a bit where each one ends that was not */
};

/* The characters up to the end of a piece; where the text has none any more, up to its own. */
CNICALC__INLINE uint32_t next_piece(struct cursor *cursor)
{
    cursor->end = cnicalc__lowest_bit(cursor->ends);
    cursor->ends &= cursor->ends - 1;
    uint32_t end = cursor->end < cursor->len ? cursor->end : cursor->len;
    return cnicalc__load_four(cursor->text + end - PIECE_LEN);
}

/* Reads pieces that have no more than four digits. Those that the text lacks end behind it. */
CNICALC__INLINE int read_pieces(struct cursor cursor, uint64_t *out_hi, uint64_t *out_lo)
{
    uint32_t pieces[PIECES];
    pieces[0] = next_piece(&cursor);
    pieces[1] = next_piece(&cursor);
    pieces[2] = next_piece(&cursor);
    pieces[3] = next_piece(&cursor);
    pieces[4] = next_piece(&cursor);
    pieces[5] = next_piece(&cursor);
    pieces[6] = next_piece(&cursor);
    pieces[7] = next_piece(&cursor);
    uint32_t lacking = cursor.end - cursor.len;
    if (lacking >= PIECES) {
        return 0; /* there are more */
    }
    struct reading reading = read_groups(pieces, lacking);
    /* Of those that the text has, one at most is empty, and one is where it lacks any. */
    uint32_t gap = reading.empty ^ (0xff00u >> lacking & 0xff);
    uint32_t is_closed = (uint32_t)(gap == 0);
    if ((reading.faults | (gap & (gap - 1)) | (lacking & (0 - is_closed))) != 0) {
        return 0;
    }
    *out_hi = reading.hi;
    *out_lo = reading.lo;
    return 1;
}

CNICALC__INLINE int read_address(const char *text, size_t len, uint64_t *out_hi, uint64_t *out_lo)
{
    if (len - ADDRESS_LEN_MIN > ADDRESS_LEN_MAX - ADDRESS_LEN_MIN) {
        return 0;
    }
    uint64_t colons = find_colons(text, len);
    uint64_t beyond = UINT64_MAX << len;
    uint64_t last = (0 - beyond) >> 1;
    uint64_t second_of_two = colons & colons << 1;
    uint64_t others = ~(colons | beyond);
    uint64_t two = others & others >> 1;
    /* A first group of fewer than four, any of five, a single colon at the end. */
    if (((colons & 0xf) | (two & two >> 2 & others >> 4) | ((colons ^ second_of_two) & last)) !=
        0) {
        return 0;
    }
    /* Of "::" at the end, where two pieces are empty, one is left out. */
    struct cursor cursor = {text, (uint32_t)len, 0, (colons ^ (second_of_two & last)) | beyond};
    return read_pieces(cursor, out_hi, out_lo);
}

int cnicalc__quick_ipv6(const char *text, size_t len, uint64_t *out_hi, uint64_t *out_lo)
{
    return read_address(text, len, out_hi, out_lo);
}

/* ---- Blocks ---- */

/* Reads the digits after the slash; returns the length of the address before it, or 0. */
CNICALC__INLINE size_t read_prefix_len(const char *text, size_t len, uint32_t *out_prefix_len)
{
    const unsigned char *end = (const unsigned char *)text + len;
    if (len < 4) {
        return 0;
    }
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

int cnicalc__quick_ipv6_block(const char *text, size_t len, uint64_t *out_hi, uint64_t *out_lo,
                              uint32_t *out_prefix_len)
{
    size_t address_len = read_prefix_len(text, len, out_prefix_len);
    return read_address(text, address_len, out_hi, out_lo);
}
