/* SPDX-License-Identifier: MIT */
/* Rows in the order of their keys. A list of rows is linked by a word for each of them, so that it
 * needs no memory of its own, and ends with CNICALC__RANK_END. */
#ifndef CNICALC_LIB_RANK_H
#define CNICALC_LIB_RANK_H

#include "internal.h"

#define CNICALC__RANK_END      UINT32_MAX
#define CNICALC__RANK_KEYS_MAX 3

/* A column of one width. */
typedef struct cnicalc__rank_key {
    const uint64_t *wide; /* or NULL */
    const uint32_t *narrow;
    size_t step;   /* from a row to the next, in numbers */
    uint64_t flip; /* 0: the least is first; UINT64_MAX: the greatest */
} cnicalc__rank_key;

/* A key decides where those before it are equal; where key_count is 0, all rows are. */
typedef struct cnicalc__ranking {
    cnicalc__rank_key keys[CNICALC__RANK_KEYS_MAX];
    size_t key_count;
    uint32_t *links;
    uint32_t *counts; /* NULL: each row has its own place; or how many places equals share */
} cnicalc__ranking;

/* Gives places from one on to the rows of a list, equals in their order, and returns the one after
 * them. links then has the place of each row; with counts it has the first of its equals, which has
 * their first place in counts. */
uint32_t cnicalc__rank(const cnicalc__ranking *ranking, uint32_t list, uint32_t place);

/* After that, with counts: the places of things in their order, each of which is one of the rows
 * until it is a place. */
void cnicalc__rank_shared(const uint32_t *links, uint32_t *counts, uint32_t *places, size_t count);

#endif
