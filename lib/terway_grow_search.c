/* SPDX-License-Identifier: MIT */
/* Sizes for the vSwitches that a cluster lacks.
 *
 * Blocks are powers of two and are placed by falling size, so only how many of each level are free
 * matters, not where. The search puts one vSwitch after another into a set, in the order of
 * positions: from the largest level down, and on each level zone by zone, first for pods. A zone
 * that a set makes whole takes no more. Of a set that cannot become better than the best found, and
 * of one that the free space cannot complete, nothing follows.
 *
 * A vSwitch is never the one that completes a zone when half of it would. So the first set that is
 * found is the best one wherever there is room. Where the search ends without a set after STEPS, it
 * is thrifty instead: then a vSwitch completes a zone only if all of it is needed, or none is
 * smaller. Two halves give four addresses less than the whole, which is enough for any lesser need,
 * so no space is wasted, and a set is found soon. */
#include "terway_grow.h"

#define STEPS 1024

/* What serves pods, then nodes, of a zone. */
#define ROLES 2

/* A zone that is short: what its pools take, what it has without a set, and the answer with it. */
struct grow_zone {
    cnicalc__load load;
    cnicalc__zone before;
    cnicalc_terway_zone answer;
};

struct grow_search {
    const cnicalc__fit *question;
    cnicalc_vswitch *vswitches; /* of the cluster that the question is about, and the set after */
    size_t vswitch_count;
    const uint32_t *free_blocks;
    uint32_t zone_count;
    int is_thrifty;
    uint32_t steps;
    uint32_t count; /* of the set */
    cnicalc__growth *best;
    uint64_t best_size;
    uint64_t least; /* vSwitches of a set that cannot be better; 0: not known */
    uint32_t taken[CNICALC__LEVELS + 1];
    uint32_t positions[CNICALC_TERWAY_GROW_MAX];
    struct grow_zone zones[CNICALC__ZONES_MAX];
};

/* ---- Positions ---- */

static uint32_t position_count(const struct grow_search *search)
{
    return CNICALC__LEVELS * search->zone_count * ROLES;
}

static cnicalc__addition addition_at(const struct grow_search *search, uint32_t position)
{
    uint32_t per_level = (uint32_t)cnicalc__max(search->zone_count, 1) * ROLES;
    uint32_t in_level = position % per_level;
    const cnicalc__addition addition = {(uint8_t)(in_level / ROLES),
                                        in_level % ROLES == 0 ? CNICALC_VSWITCH_POD
                                                              : CNICALC_VSWITCH_NODE,
                                        (uint8_t)(CNICALC__LEVELS - position / per_level)};
    return addition;
}

static uint32_t least_level(uint32_t role)
{
    return role == CNICALC_VSWITCH_POD ? CNICALC__POD_LEVEL : 1;
}

/* ---- What zones lack ---- */

/* The rows of a zone, in the order that cnicalc/terway.h promises. */
enum { POD_ROW, PREFIX_ROW, ENI_ROW, NODE_ROW, ZONE_ROW };

static uint64_t lack_by(const cnicalc_terway_zone *zone, int row)
{
    return cnicalc__subtract_or_0(zone->limits[row].needed, zone->limits[row].available);
}

/* Addresses that only vSwitches for pods can give, at the least. Pods that need none lack a
 * vSwitch for pods all the same, of any size. */
static uint64_t lack_of_pods(const cnicalc_terway_zone *zone)
{
    uint64_t needed = zone->limits[ZONE_ROW].needed - zone->limits[NODE_ROW].needed;
    uint64_t addresses = lack_by(zone, POD_ROW);
    uint64_t blocks = lack_by(zone, PREFIX_ROW);
    int is_short = (addresses | blocks | lack_by(zone, ENI_ROW)) != 0;
    uint64_t lack =
        cnicalc__max(cnicalc__min(addresses, needed), blocks * CNICALC__ADDRESSES_PER_PREFIX);
    return cnicalc__max(lack, (uint64_t)is_short);
}

static uint64_t lack_of_zone(const cnicalc_terway_zone *zone, uint32_t role)
{
    return role == CNICALC_VSWITCH_POD ? lack_of_pods(zone) : lack_by(zone, NODE_ROW);
}

/* Whether a further vSwitch of this role is of use. */
static int lacks(const cnicalc_terway_zone *zone, uint32_t role)
{
    return lack_of_zone(zone, role) != 0 || lack_by(zone, ZONE_ROW) != 0;
}

/* ---- The set ---- */

/* No zone falls back on its node vSwitches: it gets one for pods where it needs to. */
static void judge_grown(struct grow_search *search, uint32_t index)
{
    struct grow_zone *zone = &search->zones[index];
    cnicalc__zone grown = zone->before;
    for (size_t i = search->question->cluster->vswitch_count; i < search->vswitch_count; i++) {
        const cnicalc_vswitch *vswitch = &search->vswitches[i];
        if (vswitch->zone == grown.zone) {
            cnicalc__zone_add(&grown, vswitch, vswitch->roles);
        }
    }
    grown.vswitches = search->vswitches;
    grown.vswitch_count = search->vswitch_count;
    cnicalc__fit_judge_zone(search->question, &grown, &zone->load, &zone->answer);
}

static void put(struct grow_search *search, const cnicalc__addition *addition)
{
    cnicalc_vswitch *vswitch = &search->vswitches[search->vswitch_count++];
    memset(vswitch, 0, sizeof *vswitch);
    vswitch->cidr.family = CNICALC_FAMILY_IPV4;
    vswitch->cidr.prefix_len = CNICALC__LEVEL_MASK((uint32_t)addition->level);
    vswitch->zone = search->zones[addition->zone].before.zone;
    vswitch->roles = addition->role;
    search->taken[addition->level]++;
    judge_grown(search, addition->zone);
}

static void take_back(struct grow_search *search, const cnicalc__addition *addition)
{
    search->vswitch_count--;
    search->taken[addition->level]--;
    judge_grown(search, addition->zone);
}

/* Whether another of the same zone and role, of this level, would leave the role nothing to do. */
static int completes(struct grow_search *search, cnicalc__addition addition, uint32_t level)
{
    const cnicalc_terway_zone before = search->zones[addition.zone].answer;
    addition.level = (uint8_t)level;
    put(search, &addition);
    int is_complete = !lacks(&search->zones[addition.zone].answer, addition.role);
    search->vswitch_count--;
    search->taken[level]--;
    search->zones[addition.zone].answer = before;
    return is_complete;
}

/* Whether half of a vSwitch, or both halves, would do where it does. */
static int is_wasteful(struct grow_search *search, const cnicalc__addition *addition)
{
    uint32_t half = addition->level - 1U;
    if (addition->level == least_level(addition->role)) {
        return 0;
    }
    if (completes(search, *addition, half)) {
        return 1;
    }
    const cnicalc_terway_zone *zone = &search->zones[addition->zone].answer;
    uint64_t lack = cnicalc__max(lack_of_zone(zone, addition->role), lack_by(zone, ZONE_ROW));
    return search->is_thrifty && lack <= 2 * cnicalc__level_addresses(half);
}

static int can_be_put(struct grow_search *search, const cnicalc__addition *addition)
{
    const cnicalc_terway_zone *zone = &search->zones[addition->zone].answer;
    if (addition->level < least_level(addition->role) || !lacks(zone, addition->role)) {
        return 0;
    }
    search->taken[addition->level]++;
    int has_place = cnicalc__vswitch_can_place(search->free_blocks, search->taken);
    search->taken[addition->level]--;
    return has_place && !is_wasteful(search, addition);
}

/* ---- Bounds ---- */

/* What the zones still lack. */
struct grow_rest {
    uint64_t pods;
    uint64_t all;
    uint64_t vswitches; /* at least */
    uint64_t size;      /* of these, with what is reserved in each */
};

static struct grow_rest find_rest(const struct grow_search *search, uint32_t level)
{
    uint64_t each = cnicalc__level_addresses(level);
    struct grow_rest rest = {0, 0, 0, 0};
    for (uint32_t i = 0; i < search->zone_count; i++) {
        const cnicalc_terway_zone *zone = &search->zones[i].answer;
        uint64_t pods = lack_of_zone(zone, CNICALC_VSWITCH_POD);
        uint64_t nodes = lack_of_zone(zone, CNICALC_VSWITCH_NODE);
        uint64_t all = cnicalc__max(pods + nodes, lack_by(zone, ZONE_ROW));
        uint64_t count =
            cnicalc__max(cnicalc__divide_up(pods, each) + cnicalc__divide_up(nodes, each),
                         cnicalc__divide_up(all, each));
        rest.pods += pods;
        rest.all += all;
        rest.vswitches += count;
        rest.size += all + count * CNICALC__VSWITCH_RESERVED;
    }
    return rest;
}

/* Whether the free blocks, those above a level split, hold a rest. */
static int has_room(const struct grow_search *search, uint32_t level, const struct grow_rest *rest)
{
    uint64_t left = 0;
    uint64_t pods = 0;
    uint64_t all = 0;
    for (uint32_t i = CNICALC__LEVELS; i > 0; i--) {
        left = 2 * left + search->free_blocks[i] - search->taken[i];
        if (i > level) {
            continue;
        }
        all += left * cnicalc__level_addresses(i);
        pods += i >= CNICALC__POD_LEVEL ? left * cnicalc__level_addresses(i) : 0;
        left = 0;
    }
    return pods >= rest->pods && all >= rest->all;
}

/* Whether nothing better follows from the set, whose last vSwitch has this level. */
static int is_hopeless(const struct grow_search *search, uint32_t level)
{
    const struct grow_rest rest = find_rest(search, level);
    uint64_t count = search->count + rest.vswitches;
    uint64_t size = rest.size;
    for (uint32_t i = 1; i <= CNICALC__LEVELS; i++) {
        size += (uint64_t)search->taken[i] << (32 - CNICALC__LEVEL_MASK(i));
    }
    if (search->best->count != 0 && (count > search->best->count ||
                                     (count == search->best->count && size >= search->best_size))) {
        return 1;
    }
    return count > CNICALC_TERWAY_GROW_MAX || !has_room(search, level, &rest);
}

static int is_whole(const struct grow_search *search)
{
    for (uint32_t i = 0; i < search->zone_count; i++) {
        if (!search->zones[i].answer.fits) {
            return 0;
        }
    }
    return 1;
}

static void keep(struct grow_search *search)
{
    search->best->count = search->count;
    for (uint32_t i = 0; i < search->count; i++) {
        search->best->additions[i] = addition_at(search, search->positions[i]);
    }
    search->best_size = cnicalc__grow_size(search->best);
}

/* ---- The search ---- */

/* The first position from one on where a vSwitch can be put, or position_count(). */
static uint32_t next_position(struct grow_search *search, uint32_t position)
{
    while (position < position_count(search)) {
        const cnicalc__addition addition = addition_at(search, position);
        if (can_be_put(search, &addition)) {
            break;
        }
        position++;
    }
    return position;
}

/* Goes through the sets, as far as STEPS reach. Returns 1 when it went through all. */
static int go_through(struct grow_search *search)
{
    uint32_t position = 0;
    for (search->steps = 0; search->steps < STEPS; search->steps++) {
        position = next_position(search, position);
        if (position == position_count(search)) {
            if (search->count == 0) {
                return 1;
            }
            position = search->positions[--search->count];
            const cnicalc__addition last = addition_at(search, position++);
            take_back(search, &last);
            continue;
        }
        const cnicalc__addition addition = addition_at(search, position);
        search->positions[search->count++] = position;
        put(search, &addition);
        int is_done = is_hopeless(search, addition.level);
        if (!is_done && is_whole(search)) {
            keep(search);
            if (search->count == search->least) {
                return 1;
            }
            is_done = 1;
        }
        if (is_done) {
            search->count--;
            take_back(search, &addition);
            position++;
        }
    }
    return 0;
}

/* Begins with the empty set. Where pods and nodes share no vSwitch, a set of as many vSwitches as
 * there must be at least is a best one: each but the last of a zone and role is as large as can be,
 * and the last is the smallest that does. */
static void begin(struct grow_search *search)
{
    int is_shared = 0;
    search->count = 0;
    search->vswitch_count = search->question->cluster->vswitch_count;
    memset(search->taken, 0, sizeof search->taken);
    for (uint32_t i = 0; i < search->zone_count; i++) {
        judge_grown(search, i);
        is_shared |= lack_by(&search->zones[i].answer, ZONE_ROW) != 0;
    }
    const struct grow_rest rest = find_rest(search, CNICALC__LEVELS);
    search->least = is_shared ? 0 : rest.vswitches;
    search->best->lack = rest.all;
}

int cnicalc__grow_search(const cnicalc__fit *question, cnicalc_vswitch *vswitches,
                         const uint32_t *free_blocks, cnicalc__growth *growth)
{
    struct grow_search search;
    search.question = question;
    search.vswitches = vswitches;
    search.free_blocks = free_blocks;
    search.zone_count = growth->zone_count;
    for (uint32_t i = 0; i < growth->zone_count; i++) {
        search.zones[i].load = cnicalc__fit_load_of(question, growth->zones[i]);
        search.zones[i].before = cnicalc__zone_of(question->cluster, growth->zones[i], 0);
    }
    search.best = growth;
    search.best_size = 0;
    growth->count = 0;
    search.is_thrifty = 0;
    begin(&search);
    int is_whole_search = go_through(&search);
    if (!is_whole_search && growth->count == 0) {
        search.is_thrifty = 1;
        begin(&search);
        (void)go_through(&search);
    }
    growth->gave_up = !is_whole_search && growth->count == 0;
    return growth->count != 0;
}

/* ---- Sets ---- */

static void count_levels(const cnicalc__growth *growth, uint32_t *out_taken)
{
    memset(out_taken, 0, (CNICALC__LEVELS + 1) * sizeof *out_taken);
    for (uint32_t i = 0; i < growth->count; i++) {
        out_taken[growth->additions[i].level]++;
    }
}

void cnicalc__grow_widen(const uint32_t *free_blocks, cnicalc__growth *growth)
{
    uint32_t taken[CNICALC__LEVELS + 1];
    count_levels(growth, taken);
    for (uint32_t i = 0; i < growth->count; i++) {
        cnicalc__addition *addition = &growth->additions[i];
        if (addition->role != CNICALC_VSWITCH_POD || addition->level >= CNICALC__ADVISED_LEVEL) {
            continue;
        }
        taken[addition->level]--;
        taken[CNICALC__ADVISED_LEVEL]++;
        if (cnicalc__vswitch_can_place(free_blocks, taken)) {
            addition->level = CNICALC__ADVISED_LEVEL;
        } else {
            taken[addition->level]++;
            taken[CNICALC__ADVISED_LEVEL]--;
        }
    }
}

uint64_t cnicalc__grow_size(const cnicalc__growth *growth)
{
    uint64_t size = 0;
    for (uint32_t i = 0; i < growth->count; i++) {
        size += UINT64_C(1) << (32 - CNICALC__LEVEL_MASK((uint32_t)growth->additions[i].level));
    }
    return size;
}

uint64_t cnicalc__grow_placed(const cnicalc__growth *growth, const uint32_t *free_blocks)
{
    uint32_t taken[CNICALC__LEVELS + 1];
    uint64_t left = 0;
    uint64_t placed = 0;
    count_levels(growth, taken);
    for (uint32_t level = CNICALC__LEVELS; level > 0; level--) {
        left = 2 * left + free_blocks[level];
        uint64_t count = cnicalc__min(left, taken[level]);
        left -= count;
        placed += count << (32 - CNICALC__LEVEL_MASK(level));
    }
    return placed;
}
