/* SPDX-License-Identifier: MIT */
/* Rows in the order of their keys: they are sorted by one digit of a key after the other, the least
 * significant first. Each pass deals the list of rows out to piles and puts the piles together
 * again. */
#include "rank.h"

#define DIGIT_BITS 6
#define PILES      (1 << DIGIT_BITS)

CNICALC__INLINE uint64_t key_of(const cnicalc__rank_key *key, int is_wide, uint32_t row)
{
    size_t at = row * key->step;
    return (is_wide ? key->wide[at] : key->narrow[at]) ^ key->flip;
}

/* Deals a list out by one digit of a key, and returns the list of all piles. */
CNICALC__INLINE uint32_t deal(const cnicalc__rank_key *key, int is_wide, uint32_t shift,
                              uint32_t *links, uint32_t list)
{
    uint32_t heads[PILES];
    uint32_t *tails[PILES];
    for (size_t pile = 0; pile < PILES; pile++) {
        tails[pile] = &heads[pile];
    }
    while (list != CNICALC__RANK_END) {
        size_t pile = key_of(key, is_wide, list) >> shift & (PILES - 1);
        *tails[pile] = list;
        tails[pile] = &links[list];
        list = *tails[pile];
    }
    for (size_t pile = PILES; pile-- > 0;) {
        *tails[pile] = list;
        list = heads[pile];
    }
    return list;
}

/* Sorts a list by the digits of a key in which its rows differ; equals stay in their order. */
CNICALC__INLINE uint32_t sort_by(const cnicalc__rank_key *key, int is_wide, uint32_t *links,
                                 uint32_t list)
{
    uint64_t any = 0;
    uint64_t all = UINT64_MAX;
    uint32_t shift = 0;
    for (uint32_t row = list; row != CNICALC__RANK_END; row = links[row]) {
        any |= key_of(key, is_wide, row);
        all &= key_of(key, is_wide, row);
    }
    while (shift < 64 && (any & ~all) >> shift != 0) {
        if (((any & ~all) >> shift & 1) != 0) {
            list = deal(key, is_wide, shift, links, list);
            shift += DIGIT_BITS;
        } else {
            shift++;
        }
    }
    return list;
}

static int differ(const cnicalc__ranking *ranking, uint32_t a, uint32_t b)
{
    for (size_t i = 0; i < ranking->key_count; i++) {
        const cnicalc__rank_key *key = &ranking->keys[i];
        int is_wide = key->wide != NULL;
        if (key_of(key, is_wide, a) != key_of(key, is_wide, b)) {
            return 1;
        }
    }
    return 0;
}

uint32_t cnicalc__rank(const cnicalc__ranking *ranking, uint32_t list, uint32_t place)
{
    uint32_t *links = ranking->links;
    for (size_t i = ranking->key_count; i-- > 0;) {
        const cnicalc__rank_key *key = &ranking->keys[i];
        list = key->wide != NULL ? sort_by(key, 1, links, list) : sort_by(key, 0, links, list);
    }
    uint32_t first = list;
    while (list != CNICALC__RANK_END) {
        uint32_t row = list;
        uint32_t count = 1;
        list = links[row];
        links[row] = place;
        if (ranking->counts != NULL) {
            first = differ(ranking, first, row) ? row : first;
            links[row] = first;
            count = ranking->counts[row];
            ranking->counts[row] = place;
        }
        place += count;
    }
    return place;
}

void cnicalc__rank_shared(const uint32_t *links, uint32_t *counts, uint32_t *places, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        places[i] = counts[links[places[i]]]++;
    }
}
