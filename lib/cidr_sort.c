/* SPDX-License-Identifier: MIT */
/* The order of blocks in an array. */
#include "cnicalc/cidr.h"
#include "internal_cidr.h"

#include <string.h>

/* Slices up to this length are sorted by insertion: fewer steps than partitioning them. */
#define INSERTION_MAX 24

/* A slice that waits to be sorted. The larger half waits, so the slices halve and 64 are enough. */
struct slice {
    cnicalc_cidr *blocks;
    size_t count;
    uint32_t splits_left; /* before the slice is given to heap sort */
};

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

/* Lets the block at root sink below its larger children. */
static void sift_down(cnicalc_cidr *blocks, size_t count, size_t root)
{
    cnicalc_cidr moving = blocks[root];
    size_t child = 2 * root + 1;
    while (child < count) {
        if (child + 1 < count && cnicalc__before(&blocks[child], &blocks[child + 1])) {
            child++;
        }
        if (!cnicalc__before(&moving, &blocks[child])) {
            break;
        }
        blocks[root] = blocks[child];
        root = child;
        child = 2 * root + 1;
    }
    blocks[root] = moving;
}

static void sort_by_heap(cnicalc_cidr *blocks, size_t count)
{
    for (size_t i = count / 2; i > 0; i--) {
        sift_down(blocks, count, i - 1);
    }
    for (size_t i = count; i > 1; i--) {
        cnicalc_cidr largest = blocks[0];
        blocks[0] = blocks[i - 1];
        blocks[i - 1] = largest;
        sift_down(blocks, i - 1, 0);
    }
}

static cnicalc_cidr median_of_three(const cnicalc_cidr *a, const cnicalc_cidr *b,
                                    const cnicalc_cidr *c)
{
    if (cnicalc__before(b, a)) {
        const cnicalc_cidr *swap = a;
        a = b;
        b = swap;
    }
    if (!cnicalc__before(c, b)) {
        return *b;
    }
    return cnicalc__before(c, a) ? *a : *c;
}

/* Moves blocks before the pivot to the front, those after it to the back, and returns where the
 * back begins: at least 1 and below count, since the pivot is one of at least three blocks and the
 * median of its sample. */
static size_t partition(cnicalc_cidr *blocks, size_t count)
{
    cnicalc_cidr pivot = median_of_three(&blocks[0], &blocks[count / 2], &blocks[count - 1]);
    size_t low = 0;
    size_t high = count - 1;
    for (;;) {
        cnicalc_cidr swap;
        while (cnicalc__before(&blocks[low], &pivot)) {
            low++;
        }
        while (cnicalc__before(&pivot, &blocks[high])) {
            high--;
        }
        if (low >= high) {
            return low;
        }
        swap = blocks[low];
        blocks[low++] = blocks[high];
        blocks[high--] = swap;
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

/* Quicksort that gives a slice to heap sort when it was split too often without shrinking. */
static void sort_by_parts(cnicalc_cidr *blocks, size_t count)
{
    struct slice waiting[64];
    struct slice slice = {blocks, count, 0};
    size_t depth = 0;
    for (size_t n = count; n != 0; n >>= 1) {
        slice.splits_left += 2;
    }
    for (;;) {
        while (slice.count > INSERTION_MAX && slice.splits_left > 0) {
            size_t front = partition(slice.blocks, slice.count);
            struct slice *other = &waiting[depth++];
            slice.splits_left--;
            *other = slice;
            if (front <= slice.count - front) {
                other->blocks += front;
                other->count -= front;
                slice.count = front;
            } else {
                other->count = front;
                slice.blocks += front;
                slice.count -= front;
            }
        }
        if (slice.count > INSERTION_MAX) {
            sort_by_heap(slice.blocks, slice.count);
        } else {
            sort_by_insertion(slice.blocks, slice.count);
        }
        if (depth == 0) {
            return;
        }
        slice = waiting[--depth];
    }
}

/* ---- Many blocks: by eight bits of the address at once, then by parts ---- */

/* Fewer are sorted by parts in less time. */
#define SPREAD_MIN 512
#define SPREADS    2 /* a third one would find too few in a bucket */
#define BUCKETS    256
/* The place that a bucket fills next but five: each of its moves depends on the one before, so that
 * it would wait for memory every time. */
#define FETCHED_AHEAD 5

/* Eight bits of an address. */
struct digit {
    uint32_t is_low; /* of the low half */
    uint32_t shift;
};

CNICALC__INLINE uint32_t digit_of(const cnicalc_cidr *block, struct digit digit)
{
    return (uint32_t)((digit.is_low ? block->lo : block->hi) >> digit.shift) & (BUCKETS - 1);
}

/* The highest eight bits from the first one in which blocks of a family differ, if any does. */
static struct digit find_digit(const cnicalc_cidr *blocks, size_t count)
{
    uint64_t hi = 0;
    uint64_t lo = 0;
    for (size_t i = 1; i < count; i++) {
        hi |= blocks[i].hi ^ blocks[0].hi;
        lo |= blocks[i].lo ^ blocks[0].lo;
    }
    struct digit digit = {hi == 0, 0};
    while ((hi != 0 ? hi : lo) >> digit.shift >= BUCKETS) {
        digit.shift++;
    }
    return digit;
}

/* Moves blocks of a family to their buckets, of which it writes the ends. */
static void spread(cnicalc_cidr *blocks, size_t count, size_t ends[BUCKETS])
{
    size_t next[BUCKETS];
    struct digit digit = find_digit(blocks, count);
    memset(ends, 0, BUCKETS * sizeof *ends);
    for (size_t i = 0; i < count; i++) {
        ends[digit_of(&blocks[i], digit)]++;
    }
    next[0] = 0;
    for (size_t i = 1; i < BUCKETS; i++) {
        next[i] = ends[i - 1];
        ends[i] += ends[i - 1];
    }
    for (uint32_t home = 0; home < BUCKETS; home++) {
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

/* Blocks of a family, spread over buckets at most `spreads` times. */
static void sort_family(cnicalc_cidr *blocks, size_t count, unsigned spreads)
{
    size_t ends[BUCKETS];
    size_t start = 0;
    if (spreads == 0 || count < SPREAD_MIN) {
        sort_by_parts(blocks, count);
        return;
    }
    spread(blocks, count, ends);
    for (size_t i = 0; i < BUCKETS; i++) {
        sort_family(blocks + start, ends[i] - start, spreads - 1);
        start = ends[i];
    }
}

/* Moves IPv4 to the front; returns how many there are. */
static size_t part_families(cnicalc_cidr *blocks, size_t count)
{
    size_t front = 0;
    for (size_t i = 0; i < count; i++) {
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
    sort_family(blocks, ipv4, SPREADS);
    sort_family(blocks + ipv4, count - ipv4, SPREADS);
}

cnicalc_status cnicalc_cidr_sort(cnicalc_cidr *blocks, size_t count)
{
    cnicalc_status status = cnicalc__check_set(blocks, count);
    if (status == CNICALC_OK) {
        cnicalc__sort(blocks, count);
    }
    return status;
}
