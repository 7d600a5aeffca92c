/* SPDX-License-Identifier: MIT */
/* How types rank for a workload. */
#include "workload.h"

/* Rows are sorted by one digit of a key after the other, the least significant first: each pass
 * deals the list of rows out to piles and puts the piles together again. The list is linked by
 * out_rank, so that it needs no memory of its own. */

#define DIGIT_BITS 8
#define PILES      (1 << DIGIT_BITS)

/* The least significant first. */
enum key { IDLE_MEMORY, VCPUS, NODES, FITS };

CNICALC__INLINE uint64_t key_of(const cnicalc_workload_columns *columns, enum key key, uint32_t row)
{
    if (key == IDLE_MEMORY) {
        return columns->out_idle_memory_kib[row];
    }
    if (key == VCPUS) {
        return columns->out_vcpus[row];
    }
    return key == NODES ? columns->out_nodes[row]
                        : columns->out_short_of[row] != CNICALC_LIMIT_NONE;
}

/* Deals a list out by one digit of a key, and returns the list of all piles. */
CNICALC__INLINE uint32_t deal(const cnicalc_workload_columns *columns, enum key key, uint32_t shift,
                              uint32_t list)
{
    uint32_t heads[PILES];
    uint32_t *tails[PILES];
    for (size_t pile = 0; pile < PILES; pile++) {
        tails[pile] = &heads[pile];
    }
    while (list != CNICALC__RANK_END) {
        size_t pile = key_of(columns, key, list) >> shift & (PILES - 1);
        *tails[pile] = list;
        tails[pile] = &columns->out_rank[list];
        list = *tails[pile];
    }
    for (size_t pile = PILES; pile-- > 0;) {
        *tails[pile] = list;
        list = heads[pile];
    }
    return list;
}

/* The bits of a key that are not the same in all rows of a list. */
CNICALC__INLINE uint64_t differing(const cnicalc_workload_columns *columns, enum key key,
                                   uint32_t list)
{
    uint64_t any = 0;
    uint64_t all = UINT64_MAX;
    for (uint32_t row = list; row != CNICALC__RANK_END; row = columns->out_rank[row]) {
        any |= key_of(columns, key, row);
        all &= key_of(columns, key, row);
    }
    return any & ~all;
}

/* Sorts a list by the digits of a key in which its rows differ; equals stay in their order. */
CNICALC__INLINE uint32_t sort_by(const cnicalc_workload_columns *columns, enum key key,
                                 uint32_t list)
{
    uint64_t digits = differing(columns, key, list);
    uint32_t shift = 0;
    while (shift < 64 && digits >> shift != 0) {
        if ((digits >> shift & 1) != 0) {
            list = deal(columns, key, shift, list);
            shift += DIGIT_BITS;
        } else {
            shift++;
        }
    }
    return list;
}

uint32_t cnicalc__rank_sort(const cnicalc_workload_columns *columns, uint32_t list)
{
    list = sort_by(columns, IDLE_MEMORY, list);
    list = sort_by(columns, VCPUS, list);
    list = sort_by(columns, NODES, list);
    return sort_by(columns, FITS, list);
}

int cnicalc__rank_differs(const cnicalc_workload_columns *columns, uint32_t a, uint32_t b)
{
    uint64_t bits = key_of(columns, IDLE_MEMORY, a) ^ key_of(columns, IDLE_MEMORY, b);
    bits |= key_of(columns, VCPUS, a) ^ key_of(columns, VCPUS, b);
    bits |= key_of(columns, NODES, a) ^ key_of(columns, NODES, b);
    bits |= key_of(columns, FITS, a) ^ key_of(columns, FITS, b);
    return bits != 0;
}
