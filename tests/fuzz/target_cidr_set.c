/* SPDX-License-Identifier: MIT */
/* Sets of blocks against a map of 64 cells: all blocks of a case lie in one window, whose cells
 * are single addresses or larger blocks, so that a set is 64 truths. */
#include "fuzz.h"

#include <cnicalc.h>

#include <string.h>

#define CELLS      64
#define CELL_BITS  6
#define BLOCKS_MAX 32
#define PAIRS_MAX  (BLOCKS_MAX * (BLOCKS_MAX - 1) / 2)

/* Where the window lies: 6 bits of the address, with others fixed above it and zeros below. */
struct window {
    uint64_t hi;
    uint64_t lo;
    uint32_t family;
    uint32_t shift; /* bits below the cells */
};

static const struct window WINDOWS[] = {
    {0, 0x0a000000, 4, 0},
    {0, 0xffffffc0, 4, 0},
    {0, 0, 4, 26},
    {0, 0xac100000, 4, 12},
    {UINT64_MAX, UINT64_MAX - 0x3f, 6, 0},
    {0xfd00000000000000, 0, 6, 61}, /* across both words */
    {0, 0, 6, 122},
    {0x20010db800000000, 0, 6, 64},
    {0x20010db800000000, 0, 6, 58},
};

#define WINDOW_COUNT (sizeof WINDOWS / sizeof WINDOWS[0])

struct cells {
    uint8_t is_in[CELLS];
};

static uint32_t family_width(uint32_t family)
{
    return family == 4 ? 32 : 128;
}

/* The block of 2^(CELL_BITS - bits) cells that holds a cell; bits at most CELL_BITS. */
static cnicalc_cidr window_block(const struct window *window, uint32_t cell, uint32_t bits)
{
    cnicalc_cidr block = {window->hi, window->lo, window->family, 0};
    uint64_t first = cell & ~((CELLS >> bits) - 1U) & (CELLS - 1U);
    if (window->shift >= 64) {
        block.hi |= first << (window->shift - 64);
    } else {
        block.lo |= first << window->shift;
        block.hi |= window->shift > 64 - CELL_BITS ? first >> (64 - window->shift) : 0;
    }
    block.prefix_len = family_width(window->family) - window->shift - CELL_BITS + bits;
    return block;
}

/* The first cell of a block of the window. */
static uint32_t first_cell(const struct window *window, const cnicalc_cidr *block)
{
    uint64_t cells;
    if (window->shift >= 64) {
        cells = block->hi >> (window->shift - 64);
    } else {
        cells = block->lo >> window->shift;
        cells |= window->shift > 64 - CELL_BITS ? block->hi << (64 - window->shift) : 0;
    }
    return (uint32_t)(cells & (CELLS - 1));
}

static uint32_t cell_count(const struct window *window, const cnicalc_cidr *block)
{
    return 1U << (family_width(window->family) - window->shift - block->prefix_len);
}

static void fill(struct cells *cells, const struct window *window, const cnicalc_cidr *block,
                 uint8_t value)
{
    memset(cells->is_in + first_cell(window, block), value, cell_count(window, block));
}

/* The shortest list for the cells that are in: from the lowest on, always the largest block. */
static size_t list_cells(const struct cells *cells, const struct window *window,
                         cnicalc_cidr *blocks)
{
    size_t count = 0;
    uint32_t cell = 0;
    while (cell < CELLS) {
        uint32_t size = 1;
        if (!cells->is_in[cell]) {
            cell++;
            continue;
        }
        while (size < CELLS && cell % (2 * size) == 0 &&
               memchr(cells->is_in + cell + size, 0, size) == NULL) {
            size *= 2;
        }
        uint32_t bits = CELL_BITS;
        while (1U << (CELL_BITS - bits) < size) {
            bits--;
        }
        blocks[count++] = window_block(window, cell, bits);
        cell += size;
    }
    return count;
}

static int equal(const cnicalc_cidr *a, const cnicalc_cidr *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

/* Whether two blocks of the window overlap, by their cells. */
static int overlap(const struct window *window, const cnicalc_cidr *a, const cnicalc_cidr *b)
{
    uint32_t first_a = first_cell(window, a);
    uint32_t first_b = first_cell(window, b);
    return first_a < first_b + cell_count(window, b) && first_b < first_a + cell_count(window, a);
}

/* The functions of two blocks agree with the cells. */
static void check_two(const struct window *window, const cnicalc_cidr *a, const cnicalc_cidr *b)
{
    uint32_t overlaps = 2;
    uint32_t a_contains = 2;
    uint32_t b_contains = 2;
    require(cnicalc_cidr_overlaps(a, b, &overlaps) == CNICALC_OK);
    require(cnicalc_cidr_contains(a, b, &a_contains) == CNICALC_OK);
    require(cnicalc_cidr_contains(b, a, &b_contains) == CNICALC_OK);
    require(overlaps == (a_contains | b_contains));
    require((a_contains & b_contains) == (uint32_t)equal(a, b));
    require(overlaps == (uint32_t)overlap(window, a, b));
}

static void require_sorted(const cnicalc_cidr *blocks, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        int32_t order = 2;
        require(cnicalc_cidr_compare(&blocks[i - 1], &blocks[i], &order) == CNICALC_OK);
        require(order == (equal(&blocks[i - 1], &blocks[i]) ? 0 : -1));
    }
}

/* A number that the order of the blocks does not change, and almost any other change does. */
static uint64_t digest(const cnicalc_cidr *blocks, size_t count)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t words = blocks[i].hi * UINT64_C(0x9e3779b97f4a7c15) + blocks[i].lo;
        words =
            words * UINT64_C(0xbf58476d1ce4e5b9) + blocks[i].prefix_len * 256 + blocks[i].family;
        sum += (words ^ words >> 29) * UINT64_C(0x94d049bb133111eb);
    }
    return sum;
}

static void require_same_members(const cnicalc_cidr *a, const cnicalc_cidr *b, size_t count)
{
    require(digest(a, count) == digest(b, count));
}

/* A copy at the end of its room, so that a checker sees a step past it. */
static cnicalc_cidr *copy_to_end(cnicalc_cidr room[BLOCKS_MAX], const cnicalc_cidr *blocks,
                                 size_t count)
{
    cnicalc_cidr *copy = room + BLOCKS_MAX - count;
    memcpy(copy, blocks, count * sizeof *copy);
    return copy;
}

static void check_pairs(const struct window *window, const cnicalc_cidr *blocks, size_t count)
{
    cnicalc_cidr room[BLOCKS_MAX];
    cnicalc_cidr *sorted = copy_to_end(room, blocks, count);
    cnicalc_cidr_pair pairs[PAIRS_MAX];
    cnicalc_cidr_pair first = {9, 9};
    uint64_t told = UINT64_MAX;
    uint32_t found = 2;
    size_t at = 0;
    require(cnicalc_cidr_overlap_pairs(sorted, count, pairs, PAIRS_MAX, &told) == CNICALC_OK);
    require_sorted(sorted, count);
    require_same_members(sorted, blocks, count);
    for (size_t i = 0; i < count; i++) {
        check_two(window, &sorted[i], &sorted[count - 1 - i]);
        for (size_t j = i + 1; j < count; j++) {
            if (overlap(window, &sorted[i], &sorted[j])) {
                require(at < told && pairs[at].outer == i && pairs[at].inner == j);
                at++;
            }
        }
    }
    require(at == told);
    require(cnicalc_cidr_first_overlap(sorted, count, &found, &first) == CNICALC_OK);
    require(found == (told != 0));
    require(!found || memcmp(&first, &pairs[0], sizeof first) == 0);
    if (told != 0) {
        uint64_t needed = 0;
        poison(pairs, sizeof pairs);
        require(cnicalc_cidr_overlap_pairs(sorted, count, pairs, (size_t)told - 1, &needed) ==
                CNICALC_ERR_CAPACITY);
        require(needed == told && is_poisoned(pairs, sizeof pairs));
    }
}

static void check_merge(const struct window *window, const struct cells *cells,
                        const cnicalc_cidr *blocks, size_t count)
{
    cnicalc_cidr room[BLOCKS_MAX];
    cnicalc_cidr *merged = copy_to_end(room, blocks, count);
    cnicalc_cidr expected[CELLS];
    size_t merged_count = SIZE_MAX;
    require(cnicalc_cidr_merge(merged, count, &merged_count) == CNICALC_OK);
    require(merged_count == list_cells(cells, window, expected));
    require(memcmp(merged, expected, merged_count * sizeof *merged) == 0);
}

static void check_exclude(const struct window *window, const struct cells *cells,
                          const cnicalc_cidr *outer, const cnicalc_cidr *blocks, size_t count)
{
    struct cells left = {{0}};
    cnicalc_cidr room[BLOCKS_MAX];
    cnicalc_cidr *used = copy_to_end(room, blocks, count);
    cnicalc_cidr out[CELLS];
    cnicalc_cidr expected[CELLS];
    size_t told = SIZE_MAX;
    fill(&left, window, outer, 1);
    for (size_t i = 0; i < CELLS; i++) {
        left.is_in[i] = left.is_in[i] && !cells->is_in[i];
    }
    size_t wanted = list_cells(&left, window, expected);
    require(cnicalc_cidr_exclude(outer, used, count, out, CELLS, &told) == CNICALC_OK);
    require(told == wanted && memcmp(out, expected, wanted * sizeof *out) == 0);
    require_same_members(used, blocks, count);
    if (wanted != 0) {
        poison(out, sizeof out);
        require(cnicalc_cidr_exclude(outer, used, count, out, wanted - 1, &told) ==
                CNICALC_ERR_CAPACITY);
        require(told == wanted && is_poisoned(out, sizeof out));
    }
}

static void check_free(const struct window *window, const struct cells *cells,
                       const cnicalc_cidr *outer, uint32_t bits, const cnicalc_cidr *blocks,
                       size_t count)
{
    cnicalc_cidr room[BLOCKS_MAX];
    cnicalc_cidr *used = copy_to_end(room, blocks, count);
    cnicalc_cidr block;
    uint32_t found = 2;
    uint32_t size = 1U << (CELL_BITS - bits);
    uint32_t prefix_len = family_width(window->family) - window->shift - CELL_BITS + bits;
    uint32_t cell = first_cell(window, outer);
    uint32_t end = cell + cell_count(window, outer);
    poison(&block, sizeof block);
    cnicalc_status status = cnicalc_cidr_first_free(outer, prefix_len, used, count, &found, &block);
    if (prefix_len < outer->prefix_len) {
        require(status == CNICALC_ERR_CIDR_PREFIX_LEN && found == 2);
        require(is_poisoned(&block, sizeof block));
        return;
    }
    require(status == CNICALC_OK);
    while (cell < end && memchr(cells->is_in + cell, 1, size) != NULL) {
        cell += size;
    }
    require(found == (cell < end));
    if (found == 1) {
        cnicalc_cidr expected = window_block(window, cell, bits);
        require(equal(&block, &expected));
    } else {
        require(is_poisoned(&block, sizeof block));
    }
}

static cnicalc_address last_of(const cnicalc_cidr *block)
{
    cnicalc_address last;
    require(cnicalc_cidr_last(block, &last) == CNICALC_OK);
    return last;
}

static void check_range(const struct window *window, uint32_t a, uint32_t b)
{
    struct cells cells = {{0}};
    cnicalc_cidr out[254];
    cnicalc_cidr expected[CELLS];
    size_t told = SIZE_MAX;
    cnicalc_cidr low = window_block(window, a, CELL_BITS);
    cnicalc_cidr high = window_block(window, b, CELL_BITS);
    cnicalc_address first;
    cnicalc_address last = last_of(&high);
    require(cnicalc_cidr_first(&low, &first) == CNICALC_OK);
    cnicalc_status status = cnicalc_cidr_from_range(&first, &last, out, 254, &told);
    if (a > b) {
        require(status == CNICALC_ERR_CIDR_RANGE && told == SIZE_MAX);
        return;
    }
    memset(cells.is_in + a, 1, b - a + 1);
    require(status == CNICALC_OK && told == list_cells(&cells, window, expected));
    require(memcmp(out, expected, told * sizeof *out) == 0);
}

/* Steps along the cells, and back to where they began. */
static void check_split(const struct window *window, const cnicalc_cidr *outer, uint32_t cell)
{
    uint32_t prefix_len = family_width(window->family) - window->shift;
    uint32_t count = cell_count(window, outer);
    uint32_t first = first_cell(window, outer);
    uint64_t told = 0;
    uint64_t index = UINT64_MAX;
    cnicalc_cidr all[CELLS];
    cnicalc_cidr block;
    require(cnicalc_cidr_subnet_count(outer, prefix_len, &told) == CNICALC_OK && told == count);
    require(cnicalc_cidr_split(outer, prefix_len, 0, count, all) == CNICALC_OK);
    cell %= count;
    cnicalc_cidr expected = window_block(window, first + cell, CELL_BITS);
    require(equal(&all[cell], &expected));
    require(cnicalc_cidr_nth(outer, prefix_len, cell, &block) == CNICALC_OK);
    require(equal(&block, &expected));
    require(cnicalc_cidr_nth(outer, prefix_len, count, &block) == CNICALC_ERR_INDEX);
    cnicalc_address inside = last_of(&expected);
    require(cnicalc_cidr_index_of(outer, prefix_len, &inside, &index) == CNICALC_OK);
    require(index == cell);
    require(cnicalc_cidr_supernet(&expected, outer->prefix_len, &block) == CNICALC_OK);
    require(equal(&block, outer));
    require(cnicalc_cidr_common(&all[0], &expected, &block) == CNICALC_OK);
    require(overlap(window, outer, &block) && block.prefix_len >= outer->prefix_len);
    if (cell + 1 < count) {
        require(cnicalc_cidr_next(&all[cell], &block) == CNICALC_OK);
        require(equal(&block, &all[cell + 1]));
        require(cnicalc_cidr_previous(&block, &block) == CNICALC_OK);
        require(equal(&block, &expected));
    }
}

/* One block that is none: every function refuses the set and leaves even its order alone. */
static void check_refusals(const cnicalc_cidr *outer, const cnicalc_cidr *blocks, size_t count,
                           draw *input)
{
    cnicalc_cidr room[BLOCKS_MAX];
    cnicalc_cidr *bad = copy_to_end(room, blocks, count);
    cnicalc_cidr copy[BLOCKS_MAX];
    cnicalc_cidr out[1];
    size_t told = 77;
    uint64_t pairs = 77;
    uint32_t found = 77;
    cnicalc_cidr *victim = &bad[draw_below(input, (uint32_t)count)];
    victim->family = draw_byte(input);
    victim->prefix_len = draw_u32(input);
    victim->hi ^= draw_u64(input);
    cnicalc_status status = cnicalc_cidr_check(victim);
    if (status == CNICALC_OK) {
        return;
    }
    memcpy(copy, bad, count * sizeof *bad);
    require(cnicalc_cidr_sort(bad, count) == status);
    require(cnicalc_cidr_merge(bad, count, &told) == status);
    require(cnicalc_cidr_exclude(outer, bad, count, out, 0, &told) == status);
    require(cnicalc_cidr_first_free(outer, outer->prefix_len, bad, count, &found, out) == status);
    require(cnicalc_cidr_overlap_pairs(bad, count, NULL, 0, &pairs) == status);
    require(told == 77 && pairs == 77 && found == 77);
    require(memcmp(copy, bad, count * sizeof *bad) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    draw input = {data, size};
    const struct window *window = &WINDOWS[draw_below(&input, WINDOW_COUNT)];
    struct cells cells = {{0}};
    cnicalc_cidr blocks[BLOCKS_MAX];
    cnicalc_cidr room[BLOCKS_MAX];
    uint32_t outer_bits = draw_below(&input, CELL_BITS + 1);
    cnicalc_cidr outer = window_block(window, draw_byte(&input), outer_bits);
    uint32_t free_bits = draw_below(&input, CELL_BITS + 1);
    uint32_t cell = draw_below(&input, CELLS);
    check_range(window, cell, draw_below(&input, CELLS));
    size_t count = 0;
    memset(blocks, 0, sizeof blocks);
    while (count < BLOCKS_MAX && input.left > 10) {
        uint32_t bits = draw_below(&input, CELL_BITS + 1);
        blocks[count] = window_block(window, draw_byte(&input), bits);
        fill(&cells, window, &blocks[count], 1);
        count++;
    }
    cnicalc_cidr *sorted = copy_to_end(room, blocks, count);
    require(cnicalc_cidr_sort(sorted, count) == CNICALC_OK);
    require_sorted(sorted, count);
    check_pairs(window, blocks, count);
    check_merge(window, &cells, blocks, count);
    check_exclude(window, &cells, &outer, blocks, count);
    check_free(window, &cells, &outer, free_bits, blocks, count);
    check_split(window, &outer, cell);
    if (count != 0) {
        check_refusals(&outer, blocks, count, &input);
    }
    return 0;
}
