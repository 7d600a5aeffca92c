/* SPDX-License-Identifier: MIT */
/* The order of blocks in an array.
 *
 * Blocks of a family are spread over buckets by the highest bits in which they differ, until few
 * are left in each, or until all that differs fits in one word. Then these words are sorted
 * instead: the array of many blocks is room for them twice. */
#include "cnicalc/cidr.h"
#include "internal_cidr.h"

#include <string.h>

/* Slices up to this length are sorted by insertion: fewer steps than spreading them. */
#define INSERTION_MAX 32
/* Blocks for each bit of a word that make a table for each digit worth its time. */
#define WORTH_A_BIT 8
/* Fewer words are in the cache all the time. */
#define PARTED_MIN 131072

cnicalc_status cnicalc_cidr_check_set(const cnicalc_cidr *blocks, size_t count, size_t *out_index)
{
    if (out_index == NULL || (blocks == NULL && count != 0)) {
        return CNICALC_ERR_NULL;
    }
    for (size_t i = 0; i < count; i++) {
        cnicalc_status status = cnicalc__check_cidr(&blocks[i]);
        if (status != CNICALC_OK) {
            *out_index = i;
            return status;
        }
    }
    return CNICALC_OK;
}

cnicalc_status cnicalc__check_set(const cnicalc_cidr *blocks, size_t count)
{
    size_t index;
    return cnicalc_cidr_check_set(blocks, count, &index);
}

static void sort_by_insertion(cnicalc_cidr *blocks, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        cnicalc_cidr moving = blocks[i];
        size_t hole = i;
        while (hole > 0 && cnicalc__before(&moving, &blocks[hole - 1])) {
            blocks[hole] = blocks[hole - 1];
            hole--;
        }
        blocks[hole] = moving;
    }
}

static int is_sorted(const cnicalc_cidr *blocks, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (cnicalc__before(&blocks[i], &blocks[i - 1])) {
            return 0;
        }
    }
    return 1;
}

/* ---- Blocks by words ---- */

/* A word is the bits of one half of the address in which blocks differ, and those of the prefix
 * length below them. What blocks have in common is that of any of them. */
struct words {
    uint32_t is_low; /* the half */
    uint32_t shift;  /* of its lowest bit that differs */
    uint32_t bits;   /* from there to the highest one */
    uint32_t prefix_bits;
};

#define WORD_SIZE  sizeof(uint64_t)
#define DIGIT_BITS 9
#define DIGITS     (1 << DIGIT_BITS)

/* Words lie where there are blocks; a copy is what may be read and written there. */
CNICALC__INLINE uint64_t load_word(const unsigned char *words, size_t index)
{
    uint64_t word;
    memcpy(&word, words + index * WORD_SIZE, WORD_SIZE);
    return word;
}

CNICALC__INLINE void store_word(unsigned char *words, size_t index, uint64_t word)
{
    memcpy(words + index * WORD_SIZE, &word, WORD_SIZE);
}

/* The lowest bits of a word, at most 64 of them. */
static uint64_t low_bits(uint32_t bits)
{
    return bits < 64 ? (UINT64_C(1) << bits) - 1 : UINT64_MAX;
}

/* Writes the words to the front of their blocks: no word reaches a block that is not read yet. */
static void pack(cnicalc_cidr *blocks, size_t count, const struct words *words)
{
    unsigned char *out = (unsigned char *)blocks;
    uint64_t mask = low_bits(words->bits);
    uint64_t prefix_mask = low_bits(words->prefix_bits);
    for (size_t i = 0; i < count; i++) {
        uint64_t half = words->is_low ? blocks[i].lo : blocks[i].hi;
        store_word(out, i,
                   (half >> words->shift & mask) << words->prefix_bits |
                       (blocks[i].prefix_len & prefix_mask));
    }
}

/* Makes blocks of words again, from the last one on: no block reaches a word that is not read. */
static void unpack(cnicalc_cidr *blocks, size_t count, const struct words *words,
                   const cnicalc_cidr *common)
{
    const unsigned char *from = (const unsigned char *)blocks;
    uint64_t mask = low_bits(words->bits) << words->shift;
    uint64_t prefix_mask = low_bits(words->prefix_bits);
    cnicalc_cidr block = *common;
    for (size_t i = count; i > 0; i--) {
        uint64_t word = load_word(from, i - 1);
        uint64_t half = word >> words->prefix_bits << words->shift;
        block.prefix_len = (uint32_t)((common->prefix_len & ~prefix_mask) | (word & prefix_mask));
        if (words->is_low) {
            block.lo = (common->lo & ~mask) | half;
        } else {
            block.hi = (common->hi & ~mask) | half;
        }
        blocks[i - 1] = block;
    }
}

/* Copies words in the order of one of their digits; equal ones stay in order. Writes where those of
 * each digit end. */
CNICALC__APART static void sort_by_digit(const unsigned char *from, unsigned char *to, size_t count,
                                         uint32_t shift, size_t ends[DIGITS])
{
    size_t sum = 0;
    memset(ends, 0, DIGITS * sizeof *ends);
    for (size_t i = 0; i < count; i++) {
        ends[load_word(from, i) >> shift & (DIGITS - 1)]++;
    }
    for (size_t i = 0; i < DIGITS; i++) {
        size_t size = ends[i];
        ends[i] = sum;
        sum += size;
    }
    for (size_t i = 0; i < count; i++) {
        uint64_t word = load_word(from, i);
        store_word(to, ends[word >> shift & (DIGITS - 1)]++, word);
    }
}

/* Sorts words by their lowest bits, and returns where they are now: from or to. */
static unsigned char *sort_by_digits(unsigned char *from, unsigned char *to, size_t count,
                                     uint32_t bits)
{
    size_t ends[DIGITS];
    for (uint32_t shift = 0; shift < bits; shift += DIGIT_BITS) {
        unsigned char *swap = from;
        sort_by_digit(from, to, count, shift, ends);
        from = to;
        to = swap;
    }
    return from;
}

/* Many words are parted by their highest digit first: the parts are sorted in the cache. */
CNICALC__APART static void sort_by_words(cnicalc_cidr *blocks, size_t count,
                                         const struct words *words)
{
    const cnicalc_cidr common = blocks[0];
    unsigned char *front = (unsigned char *)blocks;
    unsigned char *back = front + count * WORD_SIZE;
    uint32_t bits = words->bits + words->prefix_bits;
    unsigned char *sorted = front;
    pack(blocks, count, words);
    if (count < PARTED_MIN || bits <= DIGIT_BITS) {
        sorted = sort_by_digits(front, back, count, bits);
    } else {
        size_t ends[DIGITS];
        size_t start = 0;
        sort_by_digit(front, back, count, bits - DIGIT_BITS, ends);
        for (size_t i = 0; i < DIGITS; i++) {
            size_t offset = start * WORD_SIZE;
            sorted =
                sort_by_digits(back + offset, front + offset, ends[i] - start, bits - DIGIT_BITS) -
                offset;
            start = ends[i];
        }
    }
    if (sorted != front) {
        memcpy(front, back, count * WORD_SIZE);
    }
    unpack(blocks, count, words, &common);
}

/* ---- Blocks by the highest bits in which they differ ---- */

/* The place that a bucket fills next but five: each of its moves depends on the one before, so that
 * it would wait for memory every time. */
#define FETCHED_AHEAD 5

/* The highest bits in which blocks differ; where these are fewer, others stand beside them that are
 * alike in all. */
struct digit {
    uint32_t is_low;
    uint32_t shift;
};

CNICALC__INLINE uint32_t digit_of(const cnicalc_cidr *block, struct digit digit)
{
    return (uint32_t)((digit.is_low ? block->lo : block->hi) >> digit.shift) & (DIGITS - 1);
}

/* Moves blocks of a family to their buckets. */
CNICALC__APART static void spread(cnicalc_cidr *blocks, size_t count, struct digit digit)
{
    size_t next[DIGITS];
    size_t ends[DIGITS];
    memset(ends, 0, sizeof ends);
    for (size_t i = 0; i < count; i++) {
        ends[digit_of(&blocks[i], digit)]++;
    }
    next[0] = 0;
    for (size_t i = 1; i < DIGITS; i++) {
        next[i] = ends[i - 1];
        ends[i] += ends[i - 1];
    }
    for (uint32_t home = 0; home < DIGITS; home++) {
        while (next[home] < ends[home]) {
            cnicalc_cidr moving = blocks[next[home]];
            uint32_t bucket = digit_of(&moving, digit);
            while (bucket != home) {
                cnicalc_cidr *place = &blocks[next[bucket]++];
                size_t ahead = next[bucket] + FETCHED_AHEAD;
                CNICALC__FETCH(&blocks[ahead < count ? ahead : 0]);
                cnicalc_cidr other = *place;
                *place = moving;
                moving = other;
                bucket = digit_of(&moving, digit);
            }
            blocks[next[home]++] = moving;
        }
    }
}

static uint32_t bit_length(uint64_t word)
{
    uint32_t bits = 0;
    for (; word != 0; word >>= 1) {
        bits++;
    }
    return bits;
}

/* What makes words of blocks of a family; returns whether it is all in which they differ. */
static int find_words(const cnicalc_cidr *blocks, size_t count, struct words *out_words)
{
    uint64_t hi = 0;
    uint64_t lo = 0;
    uint32_t prefix_len = 0;
    for (size_t i = 1; i < count; i++) {
        hi |= blocks[i].hi ^ blocks[0].hi;
        lo |= blocks[i].lo ^ blocks[0].lo;
        prefix_len |= blocks[i].prefix_len ^ blocks[0].prefix_len;
    }
    uint64_t half = hi != 0 ? hi : lo;
    out_words->is_low = hi == 0;
    out_words->shift = half != 0 ? bit_length(half & (~half + 1)) - 1 : 0;
    out_words->bits = bit_length(half) - out_words->shift;
    out_words->prefix_bits = bit_length(prefix_len);
    return (hi == 0 || lo == 0) && out_words->bits + out_words->prefix_bits <= 64;
}

/* Goes no deeper than an address has digits: each spread makes one of them alike in a bucket. */
static void sort_family(cnicalc_cidr *blocks, size_t count)
{
    struct words words;
    size_t end;
    if (count <= INSERTION_MAX) {
        sort_by_insertion(blocks, count);
        return;
    }
    int is_all = find_words(blocks, count, &words);
    uint32_t bits = words.bits + words.prefix_bits;
    if (is_all && (bits <= DIGIT_BITS || count / WORTH_A_BIT >= bits)) {
        sort_by_words(blocks, count, &words);
        return;
    }
    uint32_t top = words.shift + words.bits;
    struct digit digit = {words.is_low, top > DIGIT_BITS ? top - DIGIT_BITS : 0};
    spread(blocks, count, digit);
    for (size_t start = 0; start < count; start = end) {
        uint32_t bucket = digit_of(&blocks[start], digit);
        end = start + 1;
        while (end < count && digit_of(&blocks[end], digit) == bucket) {
            end++;
        }
        sort_family(blocks + start, end - start);
    }
}

/* Moves IPv4 to the front; returns how many there are. */
static size_t part_families(cnicalc_cidr *blocks, size_t count)
{
    size_t front = 0;
    while (front < count && blocks[front].family == CNICALC_FAMILY_IPV4) {
        front++;
    }
    for (size_t i = front; i < count; i++) {
        if (blocks[i].family == CNICALC_FAMILY_IPV4) {
            cnicalc_cidr swap = blocks[front];
            blocks[front++] = blocks[i];
            blocks[i] = swap;
        }
    }
    return front;
}

void cnicalc__sort(cnicalc_cidr *blocks, size_t count)
{
    if (is_sorted(blocks, count)) {
        return;
    }
    size_t ipv4 = part_families(blocks, count);
    sort_family(blocks, ipv4);
    sort_family(blocks + ipv4, count - ipv4);
}

cnicalc_status cnicalc_cidr_sort(cnicalc_cidr *blocks, size_t count)
{
    cnicalc_status status = cnicalc__check_set(blocks, count);
    if (status == CNICALC_OK) {
        cnicalc__sort(blocks, count);
    }
    return status;
}
