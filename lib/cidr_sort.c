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
/* Words that are in the cache all the time. */
#define CACHED_WORDS 131072

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
    uint32_t is_mixed; /* families differ, and there are no words */
    uint32_t is_low;   /* the half */
    uint32_t shift;    /* of its lowest bit that differs */
    uint32_t bits;     /* from there to the highest one */
    uint32_t prefix_bits;
};

#define WORD_SIZE  sizeof(uint64_t)
#define DIGIT_BITS 10
#define DIGITS     (1 << DIGIT_BITS)
/* Of the digit that parts words: their parts are few, so that the place where each of them goes on
 * stays in the cache, and its page is known. */
#define PART_BITS 5

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

/* The bits of a word from one on. */
struct digit {
    uint32_t shift;
    uint32_t bits;
};

/* Copies words in the order of one of their digits; equal ones stay in order. Writes where those of
 * each digit end. */
CNICALC__APART static void sort_by_digit(const unsigned char *from, unsigned char *to, size_t count,
                                         struct digit digit, size_t *ends)
{
    size_t digits = (size_t)1 << digit.bits;
    size_t sum = 0;
    memset(ends, 0, digits * sizeof *ends);
    for (size_t i = 0; i < count; i++) {
        ends[load_word(from, i) >> digit.shift & (digits - 1)]++;
    }
    for (size_t i = 0; i < digits; i++) {
        size_t size = ends[i];
        ends[i] = sum;
        sum += size;
    }
    for (size_t i = 0; i < count; i++) {
        uint64_t word = load_word(from, i);
        store_word(to, ends[word >> digit.shift & (digits - 1)]++, word);
    }
}

/* Sorts words by their lowest bits, in as few digits as they take and all of one size, and returns
 * where they are now: from or to. */
static unsigned char *sort_by_digits(unsigned char *from, unsigned char *to, size_t count,
                                     uint32_t bits)
{
    size_t ends[DIGITS];
    uint64_t digits = cnicalc__divide_up(bits, DIGIT_BITS);
    struct digit digit = {0, (uint32_t)cnicalc__divide_up(bits, digits)};
    for (; digit.shift < bits; digit.shift += digit.bits) {
        unsigned char *swap = from;
        sort_by_digit(from, to, count, digit, ends);
        from = to;
        to = swap;
    }
    return from;
}

/* The same of any number of words: more than the cache holds are parted by their highest bits
 * first. Each part takes as many steps as an equal share, so that all end in one place. */
static unsigned char *sort_words(unsigned char *from, unsigned char *to, size_t count,
                                 uint32_t bits, size_t share)
{
    size_t ends[1 << PART_BITS];
    size_t start = 0;
    if (share <= CACHED_WORDS || bits <= PART_BITS) {
        return sort_by_digits(from, to, count, bits);
    }
    bits -= PART_BITS;
    struct digit digit = {bits, PART_BITS};
    sort_by_digit(from, to, count, digit, ends);
    unsigned char *sorted = to;
    for (size_t i = 0; i < 1 << PART_BITS; i++) {
        size_t offset = start * WORD_SIZE;
        sorted = sort_words(to + offset, from + offset, ends[i] - start, bits, share >> PART_BITS) -
                 offset;
        start = ends[i];
    }
    return sorted;
}

CNICALC__APART static void sort_by_words(cnicalc_cidr *blocks, size_t count,
                                         const struct words *words)
{
    const cnicalc_cidr common = blocks[0];
    unsigned char *front = (unsigned char *)blocks;
    unsigned char *back = front + count * WORD_SIZE;
    pack(blocks, count, words);
    if (sort_words(front, back, count, words->bits + words->prefix_bits, count) != front) {
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
struct top {
    uint32_t is_low;
    uint32_t shift;
};

#define TOP_BITS 9
#define BUCKETS  (1 << TOP_BITS)

CNICALC__INLINE uint32_t bucket_of(const cnicalc_cidr *block, struct top top)
{
    return (uint32_t)((top.is_low ? block->lo : block->hi) >> top.shift) & (BUCKETS - 1);
}

/* Moves blocks of a family to their buckets. */
CNICALC__APART static void spread(cnicalc_cidr *blocks, size_t count, struct top top)
{
    size_t next[BUCKETS];
    size_t ends[BUCKETS];
    memset(ends, 0, sizeof ends);
    for (size_t i = 0; i < count; i++) {
        ends[bucket_of(&blocks[i], top)]++;
    }
    next[0] = 0;
    for (size_t i = 1; i < BUCKETS; i++) {
        next[i] = ends[i - 1];
        ends[i] += ends[i - 1];
    }
    for (uint32_t home = 0; home < BUCKETS; home++) {
        while (next[home] < ends[home]) {
            cnicalc_cidr moving = blocks[next[home]];
            uint32_t bucket = bucket_of(&moving, top);
            while (bucket != home) {
                cnicalc_cidr *place = &blocks[next[bucket]++];
                size_t ahead = next[bucket] + FETCHED_AHEAD;
                CNICALC__FETCH(&blocks[ahead < count ? ahead : 0]);
                cnicalc_cidr other = *place;
                *place = moving;
                moving = other;
                bucket = bucket_of(&moving, top);
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

/* What makes words of blocks; returns whether it is all in which they differ. */
static int find_words(const cnicalc_cidr *blocks, size_t count, struct words *out_words)
{
    uint64_t hi = 0;
    uint64_t lo = 0;
    uint32_t family = 0;
    uint32_t prefix_len = 0;
    for (size_t i = 1; i < count; i++) {
        family |= blocks[i].family ^ blocks[0].family;
        hi |= blocks[i].hi ^ blocks[0].hi;
        lo |= blocks[i].lo ^ blocks[0].lo;
        prefix_len |= blocks[i].prefix_len ^ blocks[0].prefix_len;
    }
    uint64_t half = hi != 0 ? hi : lo;
    out_words->is_mixed = family != 0;
    out_words->is_low = hi == 0;
    out_words->shift = half != 0 ? bit_length(half & (~half + 1)) - 1 : 0;
    out_words->bits = bit_length(half) - out_words->shift;
    out_words->prefix_bits = bit_length(prefix_len);
    return (hi == 0 || lo == 0) && out_words->bits + out_words->prefix_bits <= 64;
}

/* Moves IPv4 before IPv6, where there are both; returns how many there are. */
static size_t part_families(cnicalc_cidr *blocks, size_t count)
{
    size_t front = 0;
    while (blocks[front].family == CNICALC_FAMILY_IPV4) {
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

/* Goes no deeper than an address has digits: each spread makes one of them alike in a bucket. */
static void sort_slice(cnicalc_cidr *blocks, size_t count)
{
    struct words words;
    size_t end;
    if (count <= INSERTION_MAX) {
        sort_by_insertion(blocks, count);
        return;
    }
    int is_all = find_words(blocks, count, &words);
    uint32_t bits = words.bits + words.prefix_bits;
    if (words.is_mixed) {
        size_t ipv4 = part_families(blocks, count);
        sort_slice(blocks, ipv4);
        sort_slice(blocks + ipv4, count - ipv4);
        return;
    }
    if (is_all && (bits <= DIGIT_BITS || count / WORTH_A_BIT >= bits)) {
        sort_by_words(blocks, count, &words);
        return;
    }
    uint32_t end_bit = words.shift + words.bits;
    struct top top = {words.is_low, end_bit > TOP_BITS ? end_bit - TOP_BITS : 0};
    spread(blocks, count, top);
    for (size_t start = 0; start < count; start = end) {
        uint32_t bucket = bucket_of(&blocks[start], top);
        end = start + 1;
        while (end < count && bucket_of(&blocks[end], top) == bucket) {
            end++;
        }
        sort_slice(blocks + start, end - start);
    }
}

void cnicalc__sort(cnicalc_cidr *blocks, size_t count)
{
    if (!is_sorted(blocks, count)) {
        sort_slice(blocks, count);
    }
}

cnicalc_status cnicalc_cidr_sort(cnicalc_cidr *blocks, size_t count)
{
    cnicalc_status status = cnicalc__check_set(blocks, count);
    if (status == CNICALC_OK) {
        cnicalc__sort(blocks, count);
    }
    return status;
}
