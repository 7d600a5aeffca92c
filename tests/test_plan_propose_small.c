/* SPDX-License-Identifier: MIT */
/* Requests for small VPCs, where every set of vSwitches can be tried: there is a proposal exactly
 * when some set holds the request.
 *
 * A vSwitch for nodes and pods holds what one of its size for nodes or pods alone holds. So a zone
 * is a set of larger vSwitches, to /25, for both, and of smaller ones for nodes; and blocks are
 * placed by falling size, so that only how many are free of each size matters. */
#include "plan_question.h"

#define ZONES_MAX 3

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 8;
}

/* ---- All sets of vSwitches ---- */

struct zone {
    int64_t all;  /* addresses that nodes and pods still need */
    int64_t pods; /* those of pods among them */
};

struct search {
    uint64_t free_blocks[33]; /* of each mask, larger ones not counted with the smaller */
    uint32_t zones;
};

static int64_t usable(uint32_t mask)
{
    return ((int64_t)1 << (32 - mask)) - 4;
}

/* Whether the addresses of all that is free are enough at all: for pods, and for pods and nodes. */
static int is_enough(const struct search *search, uint32_t mask, uint64_t count,
                     const struct zone *zones)
{
    int64_t given = (int64_t)count * usable(mask);
    int64_t given_pods = mask <= 25 ? given : 0;
    for (uint32_t i = mask + 1; i <= 29; i++) {
        int64_t addresses = (int64_t)search->free_blocks[i] * usable(i);
        given += addresses;
        given_pods += i <= 25 ? addresses : 0;
    }
    for (uint32_t zone = 0; zone < search->zones; zone++) {
        given -= zones[zone].all > 0 ? zones[zone].all : 0;
        given_pods -= zones[zone].pods > 0 ? zones[zone].pods : 0;
    }
    return given >= 0 && given_pods >= 0;
}

static int is_done(const struct search *search, const struct zone *zones)
{
    for (uint32_t zone = 0; zone < search->zones; zone++) {
        if (zones[zone].all > 0 || zones[zone].pods > 0) {
            return 0;
        }
    }
    return 1;
}

/* Gives each zone from this one on every number of the blocks of a mask, and goes on with the next
 * mask. More blocks than hold all that a zone needs are never tried. */
static int can_hold(const struct search *search, uint32_t mask, uint64_t count, uint32_t zone,
                    const struct zone *zones)
{
    if (zone == search->zones) {
        return is_done(search, zones) ||
               (mask < 29 &&
                is_enough(search, mask + 1, 2 * count + search->free_blocks[mask + 1], zones) &&
                can_hold(search, mask + 1, 2 * count + search->free_blocks[mask + 1], 0, zones));
    }
    int64_t size = usable(mask);
    int64_t needed =
        mask <= 25 && zones[zone].pods > zones[zone].all ? zones[zone].pods : zones[zone].all;
    int64_t most = needed > 0 ? (needed + size - 1) / size : 0;
    for (int64_t taken = most < (int64_t)count ? most : (int64_t)count; taken >= 0; taken--) {
        struct zone left[ZONES_MAX];
        memcpy(left, zones, sizeof left);
        left[zone].all -= taken * size;
        left[zone].pods -= mask <= 25 ? taken * size : 0;
        if (can_hold(search, mask, count - (uint64_t)taken, zone + 1, left)) {
            return 1;
        }
    }
    return 0;
}

/* ---- The request ---- */

static uint32_t overlaps_any(const question *asked, const cnicalc_cidr *block)
{
    uint32_t overlaps = 0;
    for (size_t i = 1; i < asked->count && !overlaps; i++) {
        ck_ok(cnicalc_cidr_overlaps(block, &asked->in_use[i].cidr, &overlaps));
    }
    return overlaps;
}

/* Counts the blocks of each mask that are free and lie in no larger one that is. */
static void count_free(const question *asked, uint64_t free_blocks[33])
{
    const cnicalc_cidr *vpc = &asked->in_use[0].cidr;
    memset(free_blocks, 0, 33 * sizeof *free_blocks);
    for (uint32_t mask = vpc->prefix_len; mask <= 29; mask++) {
        uint64_t count;
        ck_ok(cnicalc_cidr_subnet_count(vpc, mask, &count));
        for (uint64_t i = 0; i < count; i++) {
            cnicalc_cidr block, larger;
            ck_ok(cnicalc_cidr_nth(vpc, mask, i, &block));
            ck_ok(cnicalc_cidr_supernet(&block, mask - 1, &larger));
            int has_larger = mask > vpc->prefix_len && !overlaps_any(asked, &larger);
            free_blocks[mask] += !has_larger && !overlaps_any(asked, &block);
        }
    }
}

static int holds(const question *asked, uint64_t pods_factor)
{
    const cnicalc_plan_propose_options *options = &asked->options;
    struct zone zones[ZONES_MAX] = {{0, 0}};
    struct search search;
    uint32_t first = asked->in_use[0].cidr.prefix_len;
    search.zones = options->zones;
    count_free(asked, search.free_blocks);
    for (uint32_t zone = 0; zone < options->zones; zone++) {
        uint64_t nodes = options->nodes / options->zones + (zone < options->nodes % options->zones);
        uint64_t pods = options->plugin == CNICALC_PLUGIN_TERWAY
                            ? nodes * options->pods_per_node * pods_factor
                            : 0;
        zones[zone].all = (int64_t)(nodes + pods);
        zones[zone].pods = (int64_t)pods;
    }
    return is_enough(&search, first, search.free_blocks[first], zones) &&
           can_hold(&search, first, search.free_blocks[first], 0, zones);
}

static void add_random_other(question *asked, uint32_t *state)
{
    const cnicalc_cidr *vpc = &asked->in_use[0].cidr;
    cnicalc_plan_block *other = &asked->in_use[asked->count++];
    uint32_t mask = vpc->prefix_len + 1 + next_random(state) % (29 - vpc->prefix_len);
    uint64_t count;
    memset(other, 0, sizeof *other);
    other->role = CNICALC_PLAN_ROLE_OTHER_VSWITCH;
    ck_ok(cnicalc_cidr_subnet_count(vpc, mask, &count));
    ck_ok(cnicalc_cidr_nth(vpc, mask, next_random(state) % count, &other->cidr));
}

/* Addresses that vSwitches of the free blocks have, unsplit. */
static uint64_t count_addresses(const question *asked)
{
    uint64_t free_blocks[33];
    uint64_t addresses = 0;
    count_free(asked, free_blocks);
    for (uint32_t mask = 0; mask <= 29; mask++) {
        addresses += free_blocks[mask] * (uint64_t)usable(mask);
    }
    return addresses;
}

static question random_question(uint32_t *state)
{
    static const char vpcs[4][16] = {"10.0.0.0/22", "10.0.0.0/23", "10.0.0.0/24", "10.0.0.0/25"};
    question asked = ask(vpcs[next_random(state) % 4], CNICALC_PLUGIN_TERWAY, 1,
                         1 + next_random(state) % (1 + next_random(state) % 40));
    asked.options.zones = 1 + next_random(state) % ZONES_MAX;
    for (uint32_t i = next_random(state) % 9; i > 0; i--) {
        add_random_other(&asked, state);
    }
    if (next_random(state) % 8 == 0) {
        asked.options.plugin = CNICALC_PLUGIN_FLANNEL;
        asked.options.ceilings.node_quota = asked.options.ceilings.route_quota = CNICALC_NO_LIMIT;
    }
    return asked;
}

static void check_request(const question *asked, int *out_fits, int *out_is_shared)
{
    answer given;
    ck_ok(propose(asked, &given, BLOCKS_MAX));
    *out_fits = given.proposal.fits != 0;
    *out_is_shared = 0;
    for (uint32_t i = 0; i < given.proposal.block_count; i++) {
        *out_is_shared |= given.blocks[i].role == CNICALC_PLAN_ROLE_VSWITCH;
    }
    int is_twice = holds(asked, 2);
    ck_assert_msg(
        *out_fits == (is_twice || holds(asked, 1)), "%llu nodes of %llu pods in %u zones: %s",
        (unsigned long long)asked->options.nodes, (unsigned long long)asked->options.pods_per_node,
        asked->options.zones, *out_fits ? "proposed" : "refused");
    if (*out_fits) {
        ck_accepted(asked, &given);
        ck_assert_int_eq(given.proposal.pods_factor != 1, is_twice);
    }
}

/* Asks for as many nodes as the free addresses are enough for, and for fewer until it fits. */
START_TEST(a_request_fits_exactly_when_some_plan_holds_it)
{
    uint32_t state = 20261202;
    int proposed = 0, refused = 0, shared = 0;
    for (int i = 0; i < 4000; i++) {
        question asked = random_question(&state);
        int is_terway = asked.options.plugin == CNICALC_PLUGIN_TERWAY;
        uint64_t factor = 1 + next_random(&state) % 2; /* the edge of either */
        uint64_t each = 1 + (is_terway ? factor * asked.options.pods_per_node : 0);
        int fits = 0;
        for (asked.options.nodes = count_addresses(&asked) / each; asked.options.nodes > 0 && !fits;
             asked.options.nodes--) {
            int is_shared;
            check_request(&asked, &fits, &is_shared);
            proposed += fits;
            refused += !fits;
            shared += is_shared;
        }
    }
    ck_assert_int_gt(proposed, 500);
    ck_assert_int_gt(refused, 500);
    ck_assert_int_gt(shared, 100);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan, proposals for small VPCs");
    add_tests(suite, "properties", a_request_fits_exactly_when_some_plan_holds_it, NULL);
    return run_suite(suite);
}
