/* SPDX-License-Identifier: MIT */
/* Sizes for the vSwitches of a proposal, where one for each purpose finds no room.
 *
 * Blocks are powers of two and are placed by falling size, so only how many of each level are free
 * matters, not where. From the largest level down, each bin (plan_bin.h) takes blocks as long as
 * two halves do not meet what is left. Bins that need most addresses are served first; where that
 * fails, the other ways to share the blocks of a level are tried, up to STEPS of them. Of 200,000
 * random small VPCs, none that an exhaustive search filled needed 1,000. */
#include "plan_bin.h"

#define STEPS 4096
#define BINS  (2 * CNICALC_PLAN_ZONES_MAX)

struct packing {
    const uint32_t *free_blocks;
    uint32_t bin_count;
    cnicalc__bin_needs needs;
    cnicalc__bin bins[BINS];
};

/* How the blocks of one level are shared. */
struct share {
    int32_t least; /* blocks that the bin must and can take */
    int32_t most;
    int32_t first;   /* blocks that it takes at first; the others are tried after */
    int32_t offset;  /* how many were tried */
    int32_t is_same; /* 1: it needs the same as the bin before */
};

struct level {
    int64_t free_blocks;
    struct share shares[BINS];
};

struct search {
    struct packing *packing;
    struct level levels[CNICALC__LEVELS + 1];
};

/* ---- One level ---- */

/* What the blocks from a level down give of a need, split or not. */
static int64_t volume(const struct search *search, uint32_t number, uint32_t need)
{
    const int64_t *given = search->packing->needs.needs[need].given;
    int64_t all = search->levels[number].free_blocks * given[number];
    for (uint32_t i = 1; i < number; i++) {
        all += search->packing->free_blocks[i] * given[i];
    }
    return all;
}

/* How many blocks a bin takes for a need of which it lacks some: as long as two halves do not do,
 * and where halves give nothing all that it needs. */
static void widen_range(const cnicalc__bin_need *need, uint32_t number, int64_t left,
                        struct share *share)
{
    int64_t given = need->given[number];
    int64_t half = need->given[number - 1];
    int64_t count = given == 0 ? 0 : cnicalc__bin_blocks_for(left - 2 * half, given);
    int32_t blocks = count < INT32_MAX ? (int32_t)count : INT32_MAX;
    share->most = blocks > share->most ? blocks : share->most;
    share->least = half == 0 && blocks > share->least ? blocks : share->least;
}

/* Finds what bins can take of a level; 0 when it and smaller ones do not give what they lack. */
static int find_ranges(struct search *search, uint32_t number)
{
    const struct packing *packing = search->packing;
    struct share *shares = search->levels[number].shares;
    memset(shares, 0, packing->bin_count * sizeof *shares);
    for (uint32_t j = 0; j < packing->needs.count; j++) {
        int64_t given = volume(search, number, j);
        int64_t before = 0;
        for (uint32_t i = 0; i < packing->bin_count; i++) {
            int64_t left = cnicalc__bin_lacks(&packing->needs, &packing->bins[i], j);
            widen_range(&packing->needs.needs[j], number, left, &shares[i]);
            shares[i].is_same += left == before && i > 0;
            given -= left > 0 ? left : 0;
            before = left;
        }
        if (given < 0) {
            return 0;
        }
    }
    return 1;
}

/* Hands out blocks, one after another, to the bin that needs most addresses. */
static void find_first(struct search *search, uint32_t number, int64_t left)
{
    const struct packing *packing = search->packing;
    while (left-- > 0) {
        struct share *neediest = NULL;
        int64_t most = 0;
        for (uint32_t i = 0; i < packing->bin_count; i++) {
            struct share *share = &search->levels[number].shares[i];
            int64_t need =
                cnicalc__bin_lacks(&packing->needs, &packing->bins[i], CNICALC__BIN_ADDRESSES) -
                share->first * packing->needs.needs[CNICALC__BIN_ADDRESSES].given[number];
            if (share->first < share->most && (neediest == NULL || need > most)) {
                neediest = share;
                most = need;
            }
        }
        if (neediest == NULL) {
            return;
        }
        neediest->first++;
    }
}

/* Prepares a level of which no bin has a block; 0 when it cannot be served. */
static int enter(struct search *search, uint32_t number, int64_t left_above)
{
    struct level *level = &search->levels[number];
    int64_t left = 2 * left_above + search->packing->free_blocks[number];
    level->free_blocks = left;
    if (!find_ranges(search, number)) {
        return 0;
    }
    for (uint32_t i = 0; i < search->packing->bin_count; i++) {
        level->shares[i].first = level->shares[i].least;
        left -= level->shares[i].least;
    }
    if (left < 0) {
        return 0;
    }
    find_first(search, number, left);
    return 1;
}

/* Has bins take blocks: the first try, and then every other number from least to most. Returns the
 * blocks that are left; below 0 when there are too few, or when of bins that need the same an
 * earlier one takes less: otherwise ways that differ in nothing would all be tried. */
static int64_t take_blocks(struct search *search, uint32_t number)
{
    const struct packing *packing = search->packing;
    int64_t left = search->levels[number].free_blocks;
    int is_repeated = 0;
    for (uint32_t i = 0; i < packing->bin_count; i++) {
        const struct share *share = &search->levels[number].shares[i];
        uint32_t *taken = &search->packing->bins[i].taken[number];
        *taken = (uint32_t)(share->least + (share->first - share->least + share->offset) %
                                               (share->most - share->least + 1));
        is_repeated |= share->is_same == (int32_t)packing->needs.count &&
                       *taken > search->packing->bins[i - 1].taken[number];
        left -= *taken;
    }
    return is_repeated ? -1 : left;
}

static void give_back(struct search *search, uint32_t number)
{
    for (uint32_t i = 0; i < search->packing->bin_count; i++) {
        search->packing->bins[i].taken[number] = 0;
    }
}

/* Goes on to the next way to share the blocks; 0 when there is none. */
static int advance(struct level *level, uint32_t bin_count)
{
    for (uint32_t i = bin_count; i > 0; i--) {
        struct share *share = &level->shares[i - 1];
        if (share->offset < share->most - share->least) {
            share->offset++;
            return 1;
        }
        share->offset = 0;
    }
    return 0;
}

/* ---- All levels ---- */

static int are_met(const struct packing *packing)
{
    for (uint32_t i = 0; i < packing->bin_count; i++) {
        if (!cnicalc__bin_is_met(&packing->needs, &packing->bins[i])) {
            return 0;
        }
    }
    return 1;
}

/* Fills the bins; 0 when no way was found. */
static int fill(struct packing *packing)
{
    struct search search;
    uint32_t level = CNICALC__LEVELS;
    search.packing = packing;
    if (!enter(&search, level, 0)) {
        return 0;
    }
    for (uint32_t step = 0; step < STEPS; step++) {
        int64_t left = take_blocks(&search, level);
        if (left >= 0 && are_met(packing)) {
            return 1;
        }
        /* Not from the last level, where each bin must take all that it lacks. */
        if (left >= 0 && enter(&search, level - 1, left)) {
            level--;
            continue;
        }
        give_back(&search, level);
        while (!advance(&search.levels[level], packing->bin_count)) {
            if (level == CNICALC__LEVELS) {
                return 0;
            }
            level++;
            give_back(&search, level);
        }
    }
    return 0;
}

/* ---- Fewer blocks ---- */

/* Whether what the bins take can be placed. */
static int can_be_placed(const struct packing *packing)
{
    uint32_t taken[CNICALC__LEVELS + 1] = {0};
    for (uint32_t i = 0; i < packing->bin_count; i++) {
        for (uint32_t level = 1; level <= CNICALC__LEVELS; level++) {
            taken[level] += packing->bins[i].taken[level];
        }
    }
    return cnicalc__vswitch_can_place(packing->free_blocks, taken);
}

/* Puts one block in the place of a bin's blocks of level last and below; 0 when no block is as
 * large, or they are no more than one. */
static int replace(const struct packing *packing, cnicalc__bin *bin, uint32_t last)
{
    uint32_t count = 0;
    for (uint32_t i = 1; i <= last; i++) {
        count += bin->taken[i];
        bin->taken[i] = 0;
    }
    (void)cnicalc__bin_put_block(&packing->needs, bin);
    return count > 1 && cnicalc__bin_is_met(&packing->needs, bin);
}

/* Replaces small blocks of each bin by one larger one, as long as there is room. */
static void fold(struct packing *packing)
{
    for (uint32_t i = 0; i < packing->bin_count; i++) {
        const cnicalc__bin found = packing->bins[i];
        for (uint32_t last = CNICALC__LEVELS; last > 0; last--) {
            if (replace(packing, &packing->bins[i], last) && can_be_placed(packing)) {
                break;
            }
            packing->bins[i] = found;
        }
    }
}

/* ---- The request ---- */

/* Adds a bin for each zone that has nodes, which are the first, and needs any. */
static void add_bins(struct packing *packing, uint32_t purpose)
{
    const cnicalc__request *request = packing->needs.request;
    for (uint32_t zone = 0; zone < request->options->zones && zone < request->nodes; zone++) {
        cnicalc__bin *bin = &packing->bins[packing->bin_count];
        *bin = cnicalc__bin_of(&packing->needs, purpose, zone);
        packing->bin_count +=
            purpose != CNICALC__FOR_NODES || bin->needs[CNICALC__BIN_ADDRESSES] != 0;
    }
}

/* The block of a shared bin that is to serve what nodes need: the smallest that holds it, or the
 * largest; 0 when there is none. */
static uint32_t pick_level(const cnicalc__bin *bin, int64_t need)
{
    uint32_t found = 0;
    for (uint32_t level = CNICALC__LEVELS; level >= CNICALC__POD_LEVEL; level--) {
        if (bin->taken[level] != 0 &&
            (found == 0 || (int64_t)cnicalc__level_addresses(level) >= need)) {
            found = level;
        }
    }
    return found;
}

/* Has large blocks of a shared bin serve nodes, as few as possible: pods as well, or nodes alone
 * where the others hold the pods. Small ones serve nodes already. Where prefixes are taken, all
 * large ones serve both, as only then nodes find all addresses that prefixes leave. */
static void share_blocks(const struct packing *packing, cnicalc__bin *bin, cnicalc__shape *shape)
{
    cnicalc__bin pods = cnicalc__bin_of(&packing->needs, CNICALC__FOR_PODS, bin->zone);
    int64_t need =
        bin->needs[CNICALC__BIN_ADDRESSES] - pods.needs[CNICALC__BIN_ADDRESSES]; /* of nodes */
    uint32_t chosen[CNICALC__LEVELS + 1] = {0};
    uint32_t level;
    for (level = 1; level < CNICALC__POD_LEVEL; level++) {
        need -= bin->taken[level] * (int64_t)cnicalc__level_addresses(level);
    }
    need = need > 0 && packing->needs.needs[CNICALC__BIN_BLOCKS].each != 0 ? INT64_MAX : need;
    while (need > 0 && (level = pick_level(bin, need)) != 0) {
        bin->taken[level]--;
        chosen[level]++;
        need -= (int64_t)cnicalc__level_addresses(level);
    }
    memcpy(&pods.taken[CNICALC__POD_LEVEL], &bin->taken[CNICALC__POD_LEVEL],
           (CNICALC__LEVELS - CNICALC__POD_LEVEL + 1) * sizeof bin->taken[0]);
    uint32_t purpose =
        cnicalc__bin_is_met(&packing->needs, &pods) ? CNICALC__FOR_NODES : CNICALC__FOR_BOTH;
    for (level = 1; level <= CNICALC__LEVELS; level++) {
        shape->count[purpose][bin->zone][level] = chosen[level];
    }
}

/* Fills the bins and writes what they take to the shape; 0 when that is not possible. */
static int pack_bins(struct packing *packing, cnicalc__shape *shape)
{
    uint64_t count = 0;
    if (!fill(packing)) {
        return 0;
    }
    fold(packing);
    memset(shape, 0, sizeof *shape);
    for (uint32_t i = 0; i < packing->bin_count; i++) {
        cnicalc__bin *bin = &packing->bins[i];
        if (bin->purpose == CNICALC__FOR_BOTH) {
            share_blocks(packing, bin, shape);
        }
        for (uint32_t level = 1; level <= CNICALC__LEVELS; level++) {
            uint32_t purpose = bin->purpose != CNICALC__FOR_BOTH ? bin->purpose
                               : level < CNICALC__POD_LEVEL      ? CNICALC__FOR_NODES
                                                                 : CNICALC__FOR_PODS;
            shape->count[purpose][bin->zone][level] += bin->taken[level];
        }
    }
    for (size_t i = 0; i < sizeof shape->count / sizeof(uint64_t); i++) {
        count += (&shape->count[0][0][0])[i];
    }
    return count <= CNICALC__VSWITCHES_MAX;
}

int cnicalc__plan_pack(const cnicalc__request *request, const uint32_t *free_blocks,
                       cnicalc__shape *shape)
{
    int is_terway = request->options->plugin == CNICALC_PLUGIN_TERWAY;
    struct packing packing;
    cnicalc__bin_find_needs(request, &packing.needs);
    packing.free_blocks = free_blocks;
    packing.bin_count = 0;
    if (is_terway) {
        add_bins(&packing, CNICALC__FOR_PODS);
    }
    add_bins(&packing, CNICALC__FOR_NODES);
    if (pack_bins(&packing, shape)) {
        return 1;
    }
    packing.bin_count = 0;
    add_bins(&packing, CNICALC__FOR_BOTH);
    return is_terway && pack_bins(&packing, shape);
}
