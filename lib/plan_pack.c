/* SPDX-License-Identifier: MIT */
/* Sizes for the vSwitches of a proposal, where one vSwitch for each purpose finds no room.
 *
 * Blocks are powers of two and are placed by falling size, so only how many of each level are free
 * matters, not where. A vSwitch of level j gives 4 * (2^j - 1) addresses, so needs are counted in
 * fours, rounded up. A bin is a need that several vSwitches serve together: pods or nodes of a
 * zone, or both, where small blocks, which cannot serve pods, serve nodes.
 *
 * From the largest level down, each bin takes as many blocks as it fills. A larger block is never
 * wasted on a rest: two halves give one four less than it, which is enough. Bins that need most are
 * served first; where that fails, the other ways to share the blocks of a level are tried, up to
 * STEPS of them. Of 200,000 random small VPCs, none that an exhaustive search filled needed 1,000.
 */
#include "plan_propose.h"

#define STEPS 4096
#define BINS  (2 * CNICALC_PLAN_ZONES_MAX)

/* /25, the smallest vSwitch that serves pods. */
#define POD_LEVEL CNICALC__LEVEL_MASK(CNICALC__POD_VSWITCH_PREFIX_LEN_MAX)

/* Beyond this, in fours, no VPC is large enough: the addresses of a /8 and of secondary /16. */
#define NEED_MAX ((INT32_C(1) << 22) + (CNICALC_PLAN_VPC_BLOCKS_MAX - 1) * (INT32_C(1) << 14))

struct bin {
    int32_t all;  /* fours */
    int32_t pods; /* of those, the ones that must come from POD_LEVEL or above */
    uint32_t zone;
    uint32_t purpose;
    uint16_t taken[CNICALC__LEVELS + 1];
};

struct packing {
    const uint32_t *free_blocks;
    uint32_t bin_count;
    struct bin bins[BINS];
};

/* How the blocks of one level are shared. */
struct share {
    int32_t all; /* what the bin still needs */
    int32_t pods;
    int32_t least; /* blocks that it must and can take */
    int32_t most;
    int32_t first;  /* blocks that it takes at first; the others are tried after */
    int32_t offset; /* how many were tried */
    int32_t taken;
};

struct level {
    int64_t free_blocks;
    struct share shares[BINS];
};

struct search {
    const struct packing *packing;
    struct level levels[CNICALC__LEVELS + 1];
};

/* Fours that a vSwitch of a level can give. */
static int32_t fours_of(uint32_t level)
{
    return (INT32_C(1) << level) - 1;
}

static int32_t positive(int32_t need)
{
    return need > 0 ? need : 0;
}

/* ---- One level ---- */

/* Whether the blocks from a level down to last can give a number of fours, split or not. */
static int can_give(const struct search *search, uint32_t level, uint32_t last, int64_t need)
{
    int64_t given = search->levels[level].free_blocks * fours_of(level);
    for (uint32_t i = last; i < level; i++) {
        given += (int64_t)search->packing->free_blocks[i] * fours_of(i);
    }
    return given >= need;
}

/* Hands out blocks, one after another, to the bin that needs most. */
static void find_first(struct level *level, uint32_t bin_count, int32_t fours, int64_t left)
{
    while (left-- > 0) {
        struct share *neediest = &level->shares[0];
        for (uint32_t i = 1; i < bin_count; i++) {
            const struct share *share = &level->shares[i];
            if (share->all - share->first * fours > neediest->all - neediest->first * fours) {
                neediest = &level->shares[i];
            }
        }
        if (neediest->all - neediest->first * fours < fours) {
            return;
        }
        neediest->first++;
    }
}

/* Prepares a level whose shares know what the bins need; 0 when it cannot be served. */
static int enter(struct search *search, uint32_t number, int64_t left_above)
{
    struct level *level = &search->levels[number];
    int32_t fours = fours_of(number);
    int64_t all = 0;
    int64_t pods = 0;
    int64_t least = 0;
    level->free_blocks = 2 * left_above + search->packing->free_blocks[number];
    for (uint32_t i = 0; i < search->packing->bin_count; i++) {
        struct share *share = &level->shares[i];
        share->least = number == POD_LEVEL ? (positive(share->pods) + fours - 1) / fours : 0;
        share->most = positive(share->all) / fours;
        share->most = share->most < share->least ? share->least : share->most;
        share->first = share->least;
        share->offset = 0;
        all += positive(share->all);
        pods += positive(share->pods);
        least += share->least;
    }
    if (least > level->free_blocks || !can_give(search, number, 1, all) ||
        (number >= POD_LEVEL && !can_give(search, number, POD_LEVEL, pods))) {
        return 0;
    }
    find_first(level, search->packing->bin_count, fours, level->free_blocks - least);
    return 1;
}

/* How many blocks each bin takes this time: the first try, and then every other number from least
 * to most. */
static void find_taken(struct level *level, uint32_t bin_count)
{
    for (uint32_t i = 0; i < bin_count; i++) {
        struct share *share = &level->shares[i];
        share->taken = share->least + (share->first - share->least + share->offset) %
                                          (share->most - share->least + 1);
    }
}

/* Whether there are enough blocks. Of bins that need the same, an earlier one takes no less:
 * otherwise ways that differ in nothing would all be tried. */
static int is_possible(const struct level *level, uint32_t bin_count)
{
    int64_t taken = 0;
    for (uint32_t i = 0; i < bin_count; i++) {
        const struct share *share = &level->shares[i];
        const struct share *before = &level->shares[i > 0 ? i - 1 : 0];
        taken += share->taken;
        if (share->all == before->all && share->pods == before->pods &&
            share->taken > before->taken) {
            return 0;
        }
    }
    return taken <= level->free_blocks;
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

/* Hands the rest of the needs to the level below; 1 when nothing is left. */
static int descend(struct search *search, uint32_t number, int64_t *out_left)
{
    const struct level *level = &search->levels[number];
    int32_t fours = fours_of(number);
    int is_done = 1;
    *out_left = level->free_blocks;
    for (uint32_t i = 0; i < search->packing->bin_count; i++) {
        const struct share *share = &level->shares[i];
        struct share *below = &search->levels[number - 1].shares[i];
        below->all = share->all - share->taken * fours;
        below->pods = share->pods - share->taken * fours;
        *out_left -= share->taken;
        is_done &= below->all <= 0; /* pods are among all */
    }
    return is_done;
}

static void keep_taken(const struct search *search, uint32_t lowest, struct packing *packing)
{
    for (uint32_t i = 0; i < packing->bin_count; i++) {
        for (uint32_t level = lowest; level <= CNICALC__LEVELS; level++) {
            packing->bins[i].taken[level] = (uint16_t)search->levels[level].shares[i].taken;
        }
    }
}

/* Fills the bins; 0 when no way was found. */
static int fill(struct packing *packing)
{
    struct search search;
    uint32_t level = CNICALC__LEVELS;
    int64_t left = 0;
    search.packing = packing;
    for (uint32_t i = 0; i < packing->bin_count; i++) {
        search.levels[level].shares[i].all = packing->bins[i].all;
        search.levels[level].shares[i].pods = packing->bins[i].pods;
    }
    if (!enter(&search, level, left)) {
        return 0;
    }
    for (uint32_t step = 0; step < STEPS; step++) {
        struct level *here = &search.levels[level];
        find_taken(here, packing->bin_count);
        if (is_possible(here, packing->bin_count)) {
            if (descend(&search, level, &left)) {
                keep_taken(&search, level, packing);
                return 1;
            }
            /* Not on the last level: there were enough blocks of it, and all were given out. */
            if (enter(&search, level - 1, left)) {
                level--;
                continue;
            }
        }
        while (!advance(&search.levels[level], packing->bin_count)) {
            if (level == CNICALC__LEVELS) {
                return 0;
            }
            level++;
        }
    }
    return 0;
}

/* ---- Fewer blocks ---- */

/* Whether what the bins take can be placed. */
static int can_be_placed(const struct packing *packing)
{
    int64_t left = 0;
    for (uint32_t level = CNICALC__LEVELS; level > 0; level--) {
        left = 2 * left + packing->free_blocks[level];
        for (uint32_t i = 0; i < packing->bin_count; i++) {
            left -= packing->bins[i].taken[level];
        }
        if (left < 0) {
            return 0;
        }
    }
    return 1;
}

/* What a bin would lack without its blocks of level last and below. */
static int32_t lacking(int32_t need, const struct bin *bin, uint32_t last, uint32_t smallest)
{
    for (uint32_t level = CNICALC__LEVELS; level > last && level >= smallest; level--) {
        need -= bin->taken[level] * fours_of(level);
    }
    return need;
}

/* Puts one block in the place of a bin's blocks of level last and below; 0 when no block is as
 * large, or they are no more than one. */
static int replace(struct bin *bin, uint32_t last)
{
    int32_t all = lacking(bin->all, bin, last, 1);
    int32_t pods = lacking(bin->pods, bin, last, POD_LEVEL);
    uint32_t level = pods > 0 ? POD_LEVEL : 1;
    uint32_t count = 0;
    for (uint32_t i = 1; i <= last; i++) {
        count += bin->taken[i];
        bin->taken[i] = 0;
    }
    while (level < CNICALC__LEVELS && fours_of(level) < all) {
        level++;
    }
    bin->taken[level]++;
    return count > 1 && fours_of(level) >= all;
}

/* Replaces small blocks of each bin by one larger one, as long as there is room. */
static void fold(struct packing *packing)
{
    for (uint32_t i = 0; i < packing->bin_count; i++) {
        const struct bin found = packing->bins[i];
        for (uint32_t last = CNICALC__LEVELS; last > 0; last--) {
            if (replace(&packing->bins[i], last) && can_be_placed(packing)) {
                break;
            }
            packing->bins[i] = found;
        }
    }
}

/* ---- The request ---- */

static int32_t in_fours(uint64_t addresses)
{
    return (int32_t)cnicalc__min(addresses / 4 + (addresses % 4 != 0), NEED_MAX + 1);
}

/* Adds a bin for each zone that has nodes; 0 when one is larger than any VPC. */
static int add_bins(const cnicalc__request *request, uint32_t purpose, struct packing *packing)
{
    for (uint32_t zone = 0; zone < request->options->zones; zone++) {
        uint64_t nodes = cnicalc__zone_nodes(request, zone);
        uint64_t pods = cnicalc__pod_addresses(request, nodes);
        struct bin *bin = &packing->bins[packing->bin_count];
        if (nodes == 0) {
            break; /* the first zones have most */
        }
        memset(bin, 0, sizeof *bin);
        bin->zone = zone;
        bin->purpose = purpose;
        bin->pods = in_fours(purpose == CNICALC__FOR_NODES ? 0 : pods);
        bin->all = in_fours((purpose == CNICALC__FOR_PODS ? 0 : nodes) +
                            (purpose == CNICALC__FOR_NODES ? 0 : pods));
        if (bin->all > NEED_MAX) {
            return 0;
        }
        packing->bin_count++;
    }
    return 1;
}

static int64_t addresses_of(uint32_t level)
{
    return (int64_t)4 * fours_of(level);
}

/* The block of a shared bin that is to serve what nodes need: the smallest that holds it, or the
 * largest. */
static uint32_t pick_level(const struct bin *bin, int64_t need)
{
    uint32_t found = 0;
    for (uint32_t level = CNICALC__LEVELS; level >= POD_LEVEL; level--) {
        if (bin->taken[level] != 0 && (found == 0 || addresses_of(level) >= need)) {
            found = level;
        }
    }
    return found;
}

/* Says what each block of a shared bin serves: the small ones nodes, of the large ones as few as
 * possible nodes and pods, or nodes alone where the others hold the pods. */
static void split_roles(const cnicalc__request *request, struct bin *bin, cnicalc__shape *shape)
{
    uint64_t nodes = cnicalc__zone_nodes(request, bin->zone);
    int64_t need = (int64_t)nodes;
    int64_t for_pods = 0;
    uint16_t chosen[CNICALC__LEVELS + 1] = {0};
    for (uint32_t level = 1; level <= CNICALC__LEVELS; level++) {
        int64_t addresses = bin->taken[level] * addresses_of(level);
        need -= level < POD_LEVEL ? addresses : 0;
        for_pods += level < POD_LEVEL ? 0 : addresses;
    }
    while (need > 0) {
        uint32_t level = pick_level(bin, need);
        bin->taken[level]--;
        chosen[level]++;
        need -= addresses_of(level);
        for_pods -= addresses_of(level);
    }
    uint32_t purpose = for_pods >= (int64_t)cnicalc__pod_addresses(request, nodes)
                           ? CNICALC__FOR_NODES
                           : CNICALC__FOR_BOTH;
    for (uint32_t level = 1; level <= CNICALC__LEVELS; level++) {
        uint32_t rest = level < POD_LEVEL ? CNICALC__FOR_NODES : CNICALC__FOR_PODS;
        shape->count[rest][bin->zone][level] += bin->taken[level];
        shape->count[purpose][bin->zone][level] += chosen[level];
    }
}

/* Fills the bins and writes what they take to the shape; 0 when that is not possible. */
static int pack_bins(const cnicalc__request *request, struct packing *packing,
                     cnicalc__shape *shape)
{
    uint32_t count = 0;
    if (!fill(packing)) {
        return 0;
    }
    fold(packing);
    memset(shape, 0, sizeof *shape);
    for (uint32_t i = 0; i < packing->bin_count; i++) {
        struct bin *bin = &packing->bins[i];
        for (uint32_t level = 1; level <= CNICALC__LEVELS; level++) {
            count += bin->taken[level];
            if (bin->purpose != CNICALC__FOR_BOTH) {
                shape->count[bin->purpose][bin->zone][level] = bin->taken[level];
            }
        }
        if (bin->purpose == CNICALC__FOR_BOTH) {
            split_roles(request, bin, shape);
        }
    }
    return count <= CNICALC__VSWITCHES_MAX;
}

int cnicalc__plan_pack(const cnicalc__request *request, const uint32_t *free_blocks,
                       cnicalc__shape *shape)
{
    int is_terway = request->options->plugin == CNICALC_PLUGIN_TERWAY;
    struct packing packing;
    packing.free_blocks = free_blocks;
    packing.bin_count = 0;
    if ((!is_terway || add_bins(request, CNICALC__FOR_PODS, &packing)) &&
        add_bins(request, CNICALC__FOR_NODES, &packing) && pack_bins(request, &packing, shape)) {
        return 1;
    }
    packing.bin_count = 0;
    return is_terway && add_bins(request, CNICALC__FOR_BOTH, &packing) &&
           pack_bins(request, &packing, shape);
}
