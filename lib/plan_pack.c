/* SPDX-License-Identifier: MIT */
/* Sizes for the vSwitches of a proposal.
 *
 * Blocks are powers of two and are placed by falling size, so only how many of each level are free
 * matters, not where. A bin is what several vSwitches serve together: pods or nodes of a zone, or
 * both, where small blocks, which cannot serve pods, serve nodes. A bin has several needs, each met
 * when its vSwitches give as much: addresses, those of pods, /28 blocks, and what ENIs find beyond
 * a share, since each ENI is in one vSwitch (terway_eni.c). Of any, a block gives at least what its
 * halves give together.
 *
 * From the largest level down, each bin takes blocks as long as two halves do not meet what is
 * left. Bins that need most addresses are served first; where that fails, the other ways to share
 * the blocks of a level are tried, up to STEPS of them. Of 200,000 random small VPCs, none that an
 * exhaustive search filled needed 1,000. */
#include "plan_propose.h"

#include "terway.h"

#define STEPS 4096
#define BINS  (2 * CNICALC_PLAN_ZONES_MAX)

/* More vSwitches of the last level than IPv4 has room for. */
#define NEVER (INT64_C(1) << CNICALC__VSWITCH_PREFIX_LEN_MIN)

/* What bins need, in this order; then what ENIs find beyond a share, for each level of pods. */
enum { ADDRESSES, OF_PODS, BLOCKS, BEYOND };
#define NEEDS (BEYOND + CNICALC__LEVELS - CNICALC__POD_LEVEL + 1)

struct need {
    int64_t each;                       /* of the pods of one node */
    int64_t given[CNICALC__LEVELS + 1]; /* by a vSwitch of a level */
};

struct bin {
    int64_t needs[NEEDS];
    uint32_t zone;
    uint32_t purpose;
    uint32_t taken[CNICALC__LEVELS + 1];
};

struct packing {
    const cnicalc__request *request;
    const uint32_t *free_blocks;
    uint32_t need_count;
    uint32_t bin_count;
    struct need needs[NEEDS];
    struct bin bins[BINS];
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

static int64_t positive(int64_t need)
{
    return need > 0 ? need : 0;
}

/* Blocks that meet a need when each gives as much, which is not 0. */
static int64_t blocks_for(int64_t need, int64_t given)
{
    return (positive(need) + given - 1) / given;
}

/* ---- What is needed ---- */

/* What a vSwitch of a level has for ENIs, or for single addresses. */
static uint64_t units_of_level(uint32_t level, int of_prefixes)
{
    uint32_t mask = CNICALC__LEVEL_MASK(level);
    return of_prefixes ? cnicalc__vswitch_blocks(mask) : cnicalc__vswitch_addresses(mask);
}

/* Adds a need of what ENIs find beyond a share in vSwitches of a level and larger ones. */
static void add_need(struct packing *packing, const cnicalc__eni_need *enis, uint64_t share,
                     uint64_t each, uint32_t smallest)
{
    struct need *need = &packing->needs[packing->need_count++];
    memset(need, 0, sizeof *need);
    need->each = (int64_t)each;
    for (uint32_t level = smallest; level <= CNICALC__LEVELS; level++) {
        need->given[level] = (int64_t)cnicalc__eni_found(units_of_level(level, enis->of_prefixes),
                                                         enis->per_eni, share);
    }
}

/* Beyond no share, an ENI without end finds all that there is. The shares are those that vSwitches
 * have, the rests that they leave of ENIs. */
static void find_needs(const cnicalc__request *request, struct packing *packing)
{
    const cnicalc__eni_need singles = {0, 0, UINT64_MAX, 0};
    const cnicalc__eni_need prefixes = {0, 0, UINT64_MAX, 1};
    const cnicalc_terway_node *node = &request->all.node;
    cnicalc_terway_node planned = *node;
    cnicalc__load one;
    if (request->pods_factor > 1) {
        planned = cnicalc__plan_node(&request->options->node,
                                     request->pods_factor * node->pods_per_node, node->dual_stack);
    }
    (void)cnicalc__terway_load_of(&planned, &one); /* as checked */
    packing->request = request;
    packing->need_count = packing->bin_count = 0;
    add_need(packing, &singles, 0, one.pod_addresses, 1);
    add_need(packing, &singles, 0, one.pod_addresses, CNICALC__POD_LEVEL);
    add_need(packing, &prefixes, 0, one.prefixes, CNICALC__POD_LEVEL);
    for (uint32_t i = CNICALC__POD_LEVEL; i <= CNICALC__LEVELS && one.need.enis != 0; i++) {
        uint64_t share = units_of_level(i, one.need.of_prefixes) % one.need.per_eni;
        uint64_t rest = cnicalc__eni_rest(&one.need, share);
        if (share != 0 && rest != 0) {
            add_need(packing, &one.need, share, rest, CNICALC__POD_LEVEL);
        }
    }
}

/* The bin of a purpose in a zone. */
static struct bin bin_of(const struct packing *packing, uint32_t purpose, uint32_t zone)
{
    int64_t nodes = (int64_t)cnicalc__zone_nodes(packing->request, zone);
    struct bin bin;
    memset(&bin, 0, sizeof bin);
    bin.zone = zone;
    bin.purpose = purpose;
    for (uint32_t i = 0; i < packing->need_count && purpose != CNICALC__FOR_NODES; i++) {
        bin.needs[i] = nodes * packing->needs[i].each;
    }
    if (purpose != CNICALC__FOR_PODS) { /* nodes find addresses in vSwitches that are there */
        bin.needs[ADDRESSES] += positive(nodes - (int64_t)packing->request->node_free[zone]);
    }
    return bin;
}

/* What of a need the blocks of a bin leave. */
static int64_t lacking(const struct packing *packing, const struct bin *bin, uint32_t need)
{
    int64_t left = bin->needs[need];
    for (uint32_t level = 1; level <= CNICALC__LEVELS; level++) {
        left -= bin->taken[level] * packing->needs[need].given[level];
    }
    return left;
}

static int is_met(const struct packing *packing, const struct bin *bin)
{
    for (uint32_t i = 0; i < packing->need_count; i++) {
        if (lacking(packing, bin, i) > 0) {
            return 0;
        }
    }
    return 1;
}

/* Adds the smallest block that meets what a bin lacks, or the largest. Returns its level. */
static uint32_t put_block(const struct packing *packing, struct bin *bin)
{
    uint32_t level = bin->purpose == CNICALC__FOR_PODS ? CNICALC__POD_LEVEL : 1;
    bin->taken[level]++;
    while (level < CNICALC__LEVELS && !is_met(packing, bin)) {
        bin->taken[level++]--;
        bin->taken[level]++;
    }
    return level;
}

/* ---- One vSwitch ---- */

/* As many of the largest as leave something, and the smallest that meets it. */
static void find_single(const struct packing *packing, struct bin bin, cnicalc__shape *shape)
{
    uint64_t *count = shape->count[bin.purpose][bin.zone];
    int64_t filled = 0;
    for (uint32_t i = 0; i < packing->need_count; i++) {
        int64_t given = packing->needs[i].given[CNICALC__LEVELS];
        int64_t beyond = bin.needs[i] - given;
        int64_t needed = given != 0 ? blocks_for(beyond, given) : beyond > 0 ? NEVER : 0;
        filled = needed > filled ? needed : filled;
    }
    for (uint32_t i = 0; i < packing->need_count; i++) {
        bin.needs[i] -= filled * packing->needs[i].given[CNICALC__LEVELS];
    }
    count[CNICALC__LEVELS] = (uint64_t)filled;
    count[put_block(packing, &bin)]++;
}

void cnicalc__plan_single(const cnicalc__request *request, cnicalc__shape *shape)
{
    struct packing packing;
    find_needs(request, &packing);
    memset(shape, 0, sizeof *shape);
    for (uint32_t zone = 0; zone < request->options->zones; zone++) {
        const struct bin nodes = bin_of(&packing, CNICALC__FOR_NODES, zone);
        if (nodes.needs[ADDRESSES] != 0 || (request->zones_with[0] >> zone & 1) == 0) {
            find_single(&packing, nodes, shape);
        }
        if (request->options->plugin == CNICALC_PLUGIN_TERWAY) {
            find_single(&packing, bin_of(&packing, CNICALC__FOR_PODS, zone), shape);
        }
    }
}

/* ---- One level ---- */

/* What the blocks from a level down give of a need, split or not. */
static int64_t volume(const struct search *search, uint32_t number, uint32_t need)
{
    const int64_t *given = search->packing->needs[need].given;
    int64_t all = search->levels[number].free_blocks * given[number];
    for (uint32_t i = 1; i < number; i++) {
        all += search->packing->free_blocks[i] * given[i];
    }
    return all;
}

/* How many blocks a bin takes for a need of which it lacks some: as long as two halves do not do,
 * and where halves give nothing all that it needs. */
static void widen_range(const struct need *need, uint32_t number, int64_t left, struct share *share)
{
    int64_t given = need->given[number];
    int64_t half = need->given[number - 1];
    int64_t count = given == 0 ? 0 : blocks_for(left - 2 * half, given);
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
    for (uint32_t j = 0; j < packing->need_count; j++) {
        int64_t given = volume(search, number, j);
        int64_t before = 0;
        for (uint32_t i = 0; i < packing->bin_count; i++) {
            int64_t left = lacking(packing, &packing->bins[i], j);
            widen_range(&packing->needs[j], number, left, &shares[i]);
            shares[i].is_same += left == before && i > 0;
            given -= positive(left);
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
            int64_t need = lacking(packing, &packing->bins[i], ADDRESSES) -
                           share->first * packing->needs[ADDRESSES].given[number];
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
        is_repeated |= share->is_same == (int32_t)packing->need_count &&
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
        if (!is_met(packing, &packing->bins[i])) {
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
static int replace(const struct packing *packing, struct bin *bin, uint32_t last)
{
    uint32_t count = 0;
    for (uint32_t i = 1; i <= last; i++) {
        count += bin->taken[i];
        bin->taken[i] = 0;
    }
    (void)put_block(packing, bin);
    return count > 1 && is_met(packing, bin);
}

/* Replaces small blocks of each bin by one larger one, as long as there is room. */
static void fold(struct packing *packing)
{
    for (uint32_t i = 0; i < packing->bin_count; i++) {
        const struct bin found = packing->bins[i];
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
    const cnicalc__request *request = packing->request;
    for (uint32_t zone = 0; zone < request->options->zones && zone < request->nodes; zone++) {
        struct bin *bin = &packing->bins[packing->bin_count];
        *bin = bin_of(packing, purpose, zone);
        packing->bin_count += purpose != CNICALC__FOR_NODES || bin->needs[ADDRESSES] != 0;
    }
}

/* The block of a shared bin that is to serve what nodes need: the smallest that holds it, or the
 * largest; 0 when there is none. */
static uint32_t pick_level(const struct bin *bin, int64_t need)
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
static void share_blocks(const struct packing *packing, struct bin *bin, cnicalc__shape *shape)
{
    struct bin pods = bin_of(packing, CNICALC__FOR_PODS, bin->zone);
    int64_t need = bin->needs[ADDRESSES] - pods.needs[ADDRESSES]; /* of nodes */
    uint32_t chosen[CNICALC__LEVELS + 1] = {0};
    uint32_t level;
    for (level = 1; level < CNICALC__POD_LEVEL; level++) {
        need -= bin->taken[level] * (int64_t)cnicalc__level_addresses(level);
    }
    need = need > 0 && packing->needs[BLOCKS].each != 0 ? INT64_MAX : need;
    while (need > 0 && (level = pick_level(bin, need)) != 0) {
        bin->taken[level]--;
        chosen[level]++;
        need -= (int64_t)cnicalc__level_addresses(level);
    }
    memcpy(&pods.taken[CNICALC__POD_LEVEL], &bin->taken[CNICALC__POD_LEVEL],
           (CNICALC__LEVELS - CNICALC__POD_LEVEL + 1) * sizeof bin->taken[0]);
    uint32_t purpose = is_met(packing, &pods) ? CNICALC__FOR_NODES : CNICALC__FOR_BOTH;
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
        struct bin *bin = &packing->bins[i];
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
    find_needs(request, &packing);
    packing.free_blocks = free_blocks;
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
