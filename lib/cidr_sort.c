/* SPDX-License-Identifier: MIT */
/* The order of blocks in an array. */
#include "cnicalc/cidr.h"
#include "internal_cidr.h"

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

void cnicalc__sort(cnicalc_cidr *blocks, size_t count)
{
    if (!is_sorted(blocks, count)) {
        sort_by_parts(blocks, count);
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
