/* SPDX-License-Identifier: MIT */
/* Random requests with fixed seeds: what is proposed is compared with a check and with arithmetic
 * of this file. */
#include "plan_question.h"

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 8;
}

/* A number whose length is random, at most limit. */
static uint64_t random_count(uint32_t *state, uint32_t limit)
{
    uint64_t value = (next_random(state) & 0xffffff) >> next_random(state) % 24;
    return 1 + value % limit;
}

static const char private_ranges[3][16] = {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"};

static cnicalc_cidr random_block(const cnicalc_cidr *range, uint32_t mask, uint32_t *state)
{
    uint64_t count;
    cnicalc_cidr block;
    ck_ok(cnicalc_cidr_subnet_count(range, mask, &count));
    ck_ok(cnicalc_cidr_nth(range, mask, next_random(state) % count, &block));
    return block;
}

static int overlaps_the_vpc(const question *asked, const cnicalc_cidr *block)
{
    uint32_t overlaps = 0;
    for (size_t i = 0; i < asked->count && !overlaps; i++) {
        if (asked->in_use[i].role == CNICALC_PLAN_ROLE_VPC) {
            ck_ok(cnicalc_cidr_overlaps(&asked->in_use[i].cidr, block, &overlaps));
        }
    }
    return (int)overlaps;
}

/* A secondary block, small ones as often as large ones, where there is room for it. */
static void add_random_secondary(question *asked, uint32_t *state)
{
    const cnicalc_cidr range = cidr_of(private_ranges[next_random(state) % 3]);
    cnicalc_plan_block *block = &asked->in_use[asked->count];
    memset(block, 0, sizeof *block);
    block->role = CNICALC_PLAN_ROLE_VPC;
    block->cidr = random_block(&range, 17 + next_random(state) % 12, state);
    asked->count += !overlaps_the_vpc(asked, &block->cidr);
}

/* A sub-block of a block of the VPC, one of the private ranges where the VPC is not, or a route to
 * any of it. */
static void add_random_other(question *asked, uint32_t *state)
{
    static const uint32_t roles[] = {CNICALC_PLAN_ROLE_OTHER, CNICALC_PLAN_ROLE_OTHER_SERVICE_CIDR,
                                     CNICALC_PLAN_ROLE_OTHER_VSWITCH,
                                     CNICALC_PLAN_ROLE_OTHER_VSWITCH, CNICALC_PLAN_ROLE_SUMMARY};
    cnicalc_plan_block *other = &asked->in_use[asked->count];
    memset(other, 0, sizeof *other);
    other->role = roles[next_random(state) % COUNT(roles)];
    cnicalc_cidr range = cidr_of(private_ranges[next_random(state) % 3]);
    if (other->role == CNICALC_PLAN_ROLE_OTHER_VSWITCH) {
        const cnicalc_plan_block *block = &asked->in_use[next_random(state) % asked->count];
        range = block->role == CNICALC_PLAN_ROLE_VPC ? block->cidr : asked->in_use[0].cidr;
    }
    uint32_t mask = range.prefix_len + next_random(state) % (30 - range.prefix_len);
    other->cidr = random_block(&range, mask, state);
    asked->count += other->role == CNICALC_PLAN_ROLE_OTHER_VSWITCH ||
                    other->role == CNICALC_PLAN_ROLE_SUMMARY ||
                    !overlaps_the_vpc(asked, &other->cidr);
}

/* A vSwitch for nodes with some addresses in use, where no other vSwitch is. */
static void add_random_node_vswitch(question *asked, uint32_t *state)
{
    cnicalc_plan_block *block = &asked->in_use[asked->count];
    const cnicalc_cidr vpc = asked->in_use[0].cidr;
    memset(block, 0, sizeof *block);
    block->role = CNICALC_PLAN_ROLE_NODE_VSWITCH;
    block->zone = next_random(state) % asked->options.zones;
    uint32_t mask = vpc.prefix_len < 20 ? 20 : vpc.prefix_len + 1;
    mask += next_random(state) % (30 - mask);
    block->cidr = random_block(&vpc, mask, state);
    block->used_addresses = next_random(state) % ((UINT64_C(1) << (32 - mask)) - 3);
    for (size_t i = 0; i < asked->count; i++) {
        uint32_t overlaps;
        ck_ok(cnicalc_cidr_overlaps(&asked->in_use[i].cidr, &block->cidr, &overlaps));
        if (overlaps && (asked->in_use[i].role == CNICALC_PLAN_ROLE_NODE_VSWITCH ||
                         asked->in_use[i].role == CNICALC_PLAN_ROLE_OTHER_VSWITCH)) {
            return;
        }
    }
    asked->count++;
}

static question random_question(uint32_t *state)
{
    static const char vpcs[5][16] = {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",
                                     "192.168.64.0/18", "10.7.4.0/22"};
    question asked = ask(vpcs[next_random(state) % 5], 1 + next_random(state) % 2,
                         random_count(state, 6000), random_count(state, 300));
    asked.options.zones = 1 + next_random(state) % (next_random(state) % 8 == 0 ? 32 : 4);
    asked.options.services = random_count(state, 12000) - 1;
    asked.options.growth_percent = next_random(state) % 3 == 0 ? next_random(state) % 120 : 0;
    asked.options.ceilings.edition = 1 + next_random(state) % 5;
    asked.options.ceilings.raised = next_random(state) % 2;
    asked.options.ceilings.node_quota = next_random(state) % 2 == 0 ? 8000 : 0;
    asked.options.ceilings.vswitch_quota = next_random(state) % 2 == 0 ? 1000 : 0;
    for (uint32_t i = next_random(state) % 8; i < 5; i++) {
        add_random_secondary(&asked, state);
    }
    for (uint32_t i = next_random(state) % 7; i > 0; i--) {
        add_random_other(&asked, state);
    }
    for (uint32_t i = next_random(state) % 8; i < 4; i++) {
        add_random_node_vswitch(&asked, state);
    }
    return asked;
}

static uint64_t nodes_of_zone(const question *asked, const answer *given, uint32_t zone)
{
    return given->proposal.nodes / asked->options.zones +
           (zone < given->proposal.nodes % asked->options.zones);
}

static uint64_t pods_of_nodes(const question *asked, const answer *given, uint64_t nodes)
{
    uint64_t factor = given->proposal.pods_factor;
    return asked->options.plugin == CNICALC_PLUGIN_TERWAY
               ? nodes * asked->options.pods_per_node * factor
               : 0;
}

static uint64_t subtract(uint64_t a, uint64_t b)
{
    return a > b ? a - b : 0;
}

/* What vSwitches for nodes that are there have free in a zone; *has is whether it has one. */
static uint64_t free_there(const question *asked, uint32_t zone, int *has)
{
    uint64_t sum = 0;
    *has = 0;
    for (size_t i = 0; i < asked->count; i++) {
        const cnicalc_plan_block *block = &asked->in_use[i];
        if (block->role == CNICALC_PLAN_ROLE_NODE_VSWITCH && block->zone == zone) {
            sum += (UINT64_C(1) << (32 - block->cidr.prefix_len)) - 4 - block->used_addresses;
            *has = 1;
        }
    }
    return sum;
}

/* Nodes of a zone that are without an address; *is_done is whether it needs no vSwitch. */
static uint64_t lack_of_zone(const question *asked, const answer *given, uint32_t zone,
                             int *is_done)
{
    uint64_t nodes = nodes_of_zone(asked, given, zone);
    uint64_t lack = subtract(nodes, free_there(asked, zone, is_done));
    *is_done = *is_done && lack == 0;
    return lack;
}

/* Addresses of the blocks of a zone and role that can be used; *smallest has the longest mask. */
static uint64_t usable(const answer *given, uint32_t role, uint32_t zone, uint32_t *smallest)
{
    uint64_t sum = 0;
    *smallest = 0;
    for (size_t i = 0; i < given->proposal.block_count; i++) {
        const cnicalc_plan_block *block = &given->blocks[i];
        if (block->role == role && block->zone == zone) {
            sum += (UINT64_C(1) << (32 - block->cidr.prefix_len)) - 4;
            *smallest = block->cidr.prefix_len > *smallest ? block->cidr.prefix_len : *smallest;
        }
    }
    return sum;
}

/* Each zone holds its nodes and its pods as often as the proposal says, by vSwitches that may serve
 * them. */
static void check_zones_hold(const question *asked, const answer *given)
{
    for (uint32_t zone = 0; zone < asked->options.zones; zone++) {
        uint64_t nodes = nodes_of_zone(asked, given, zone);
        uint64_t pods = pods_of_nodes(asked, given, nodes);
        uint32_t smallest, smallest_shared;
        int is_done;
        nodes = lack_of_zone(asked, given, zone, &is_done);
        nodes = subtract(nodes, usable(given, CNICALC_PLAN_ROLE_NODE_VSWITCH, zone, &smallest));
        ck_assert_uint_le(smallest, 29);
        pods = subtract(pods, usable(given, CNICALC_PLAN_ROLE_POD_VSWITCH, zone, &smallest));
        ck_assert_uint_le(nodes + pods,
                          usable(given, CNICALC_PLAN_ROLE_VSWITCH, zone, &smallest_shared));
        ck_assert_uint_le(smallest, 25);
        ck_assert_uint_le(smallest_shared, 25);
    }
}

/* Where each purpose of a zone has one vSwitch: one bit less of it would not do. */
static void check_minimal(const question *asked, const answer *given, uint32_t role,
                          uint32_t mask_max)
{
    for (uint32_t zone = 0; zone < asked->options.zones; zone++) {
        uint64_t nodes = nodes_of_zone(asked, given, zone);
        uint64_t needed =
            role == CNICALC_PLAN_ROLE_NODE_VSWITCH ? nodes : pods_of_nodes(asked, given, nodes);
        uint32_t smallest;
        uint64_t addresses = usable(given, role, zone, &smallest);
        int is_done = 0;
        if (role == CNICALC_PLAN_ROLE_NODE_VSWITCH) {
            needed = lack_of_zone(asked, given, zone, &is_done);
        }
        ck_assert_int_eq(addresses == 0, is_done);
        if (!is_done && smallest < mask_max) {
            ck_assert_uint_lt(addresses - (UINT64_C(1) << (31 - smallest)), needed);
        }
    }
}

static int is_taken(const cnicalc_plan_block *blocks, size_t count, const cnicalc_cidr *block)
{
    uint32_t overlaps = 0;
    for (size_t i = 0; i < count && !overlaps; i++) {
        if (blocks[i].role != CNICALC_PLAN_ROLE_VPC &&
            blocks[i].role != CNICALC_PLAN_ROLE_SUMMARY) {
            ck_ok(cnicalc_cidr_overlaps(block, &blocks[i].cidr, &overlaps));
        }
    }
    return (int)overlaps;
}

/* Blocks of a mask in the VPC that nothing touches, counted one by one. */
static uint64_t count_free(const question *asked, const answer *given, uint32_t mask)
{
    uint64_t free_count = 0;
    for (size_t i = 0; i < asked->count; i++) {
        const cnicalc_plan_block *vpc = &asked->in_use[i];
        uint64_t count = 0;
        if (vpc->role == CNICALC_PLAN_ROLE_VPC && mask >= vpc->cidr.prefix_len) {
            ck_ok(cnicalc_cidr_subnet_count(&vpc->cidr, mask, &count));
        }
        for (uint64_t j = 0; j < count; j++) {
            cnicalc_cidr block;
            ck_ok(cnicalc_cidr_nth(&vpc->cidr, mask, j, &block));
            free_count += !is_taken(given->blocks, given->proposal.block_count, &block) &&
                          !is_taken(asked->in_use, asked->count, &block);
        }
    }
    return free_count;
}

/* What one vSwitch for each purpose of a zone takes, as blocks of each mask. */
static void count_wanted(const question *asked, const answer *given, uint64_t wanted[33])
{
    memset(wanted, 0, 33 * sizeof *wanted);
    for (uint32_t zone = 0; zone < asked->options.zones; zone++) {
        uint64_t nodes = nodes_of_zone(asked, given, zone);
        int rounds = asked->options.plugin == CNICALC_PLUGIN_TERWAY ? 2 : 1;
        int is_done;
        uint64_t lack = lack_of_zone(asked, given, zone, &is_done);
        for (int round = is_done; round < rounds; round++) {
            uint64_t left = round == 0 ? lack : pods_of_nodes(asked, given, nodes);
            uint32_t mask = round == 0 ? 29 : 25;
            for (; left > 65532; left -= 65532) {
                wanted[16]++;
            }
            while ((UINT64_C(1) << (32 - mask)) - 4 < left) {
                mask--;
            }
            wanted[mask]++;
        }
    }
}

/* Blocks find places if and only if, for each mask, those of it and larger ones do not exceed the
 * places that are free. */
static int has_space(const question *asked, const uint64_t wanted[33])
{
    static answer nothing;
    uint64_t taken = 0;
    for (uint32_t mask = 16; mask <= 29; mask++) {
        taken = taken * 2 + wanted[mask];
        if (wanted[mask] != 0 && taken > count_free(asked, &nothing, mask)) {
            return 0;
        }
    }
    return 1;
}

/* Each vSwitch is in one block of the VPC, and what is beside them in none, nor in a summary. */
static void check_places(const question *asked, const answer *given)
{
    for (size_t i = 0; i < given->proposal.block_count; i++) {
        const cnicalc_plan_block *block = &given->blocks[i];
        uint32_t inside = 0;
        uint32_t outside = 1;
        for (size_t j = 0; j < asked->count; j++) {
            const cnicalc_plan_block *used = &asked->in_use[j];
            uint32_t contains, overlaps;
            ck_ok(cnicalc_cidr_contains(&used->cidr, &block->cidr, &contains));
            ck_ok(cnicalc_cidr_overlaps(&used->cidr, &block->cidr, &overlaps));
            inside |= used->role == CNICALC_PLAN_ROLE_VPC && contains;
            outside &= !overlaps;
        }
        if (cnicalc_plan_role_serves(block->role) != 0) {
            ck_assert(inside && !is_taken(asked->in_use, asked->count, &block->cidr));
        } else if (block->role != CNICALC_PLAN_ROLE_VPC) {
            ck_assert(outside);
        }
    }
}

static size_t count_of(const answer *given, uint32_t role, uint32_t zone)
{
    size_t count = 0;
    for (size_t i = 0; i < given->proposal.block_count; i++) {
        count += given->blocks[i].role == role && given->blocks[i].zone == zone;
    }
    return count;
}

/* Whether each zone has one vSwitch for its pods and one for its nodes, if they need any. */
static int is_single(const question *asked, const answer *given)
{
    size_t for_pods = asked->options.plugin == CNICALC_PLUGIN_TERWAY;
    for (uint32_t zone = 0; zone < asked->options.zones; zone++) {
        int is_done;
        (void)lack_of_zone(asked, given, zone, &is_done);
        if (count_of(given, CNICALC_PLAN_ROLE_NODE_VSWITCH, zone) != (size_t)!is_done ||
            count_of(given, CNICALC_PLAN_ROLE_POD_VSWITCH, zone) != for_pods ||
            count_of(given, CNICALC_PLAN_ROLE_VSWITCH, zone) != 0) {
            return 0;
        }
    }
    return 1;
}

START_TEST(check_accepts_every_proposal)
{
    uint32_t state = 20260302;
    size_t fitting = 0, single = 0;
    for (int i = 0; i < 4000; i++) {
        question asked = random_question(&state);
        answer given;
        const cnicalc_plan_proposal *proposal = &given.proposal;
        ck_ok(propose(&asked, &given, BLOCKS_MAX));
        if (!proposal->fits) {
            ck_assert_uint_gt(NEEDED(*proposal, proposal->bound_by),
                              AVAILABLE(*proposal, proposal->bound_by));
            continue;
        }
        fitting++;
        for (uint32_t j = 0; j < proposal->limit_count; j++) {
            ck_assert_uint_le(proposal->limits[j].needed, proposal->limits[j].available);
        }
        ck_accepted(&asked, &given);
        check_places(&asked, &given);
        check_zones_hold(&asked, &given);
        if (is_single(&asked, &given)) {
            single++;
            check_minimal(&asked, &given, CNICALC_PLAN_ROLE_NODE_VSWITCH, 29);
            if (asked.options.plugin == CNICALC_PLUGIN_TERWAY) {
                check_minimal(&asked, &given, CNICALC_PLAN_ROLE_POD_VSWITCH, 25);
            }
        }
        if (proposal->room_prefix_len != 0 && proposal->room_prefix_len <= 20) {
            ck_assert_uint_eq(proposal->room_pod_vswitches,
                              count_free(&asked, &given, proposal->room_prefix_len));
        }
    }
    ck_assert_uint_gt(fitting, 800);
    ck_assert_uint_lt(fitting, 3200);
    ck_assert_uint_gt(single, 600);
}
END_TEST

/* One vSwitch for each purpose is proposed if and only if there is room for that. Where none is
 * proposed, what is free is counted, unless it is in pieces alone. */
START_TEST(the_simplest_form_goes_first)
{
    static answer nothing;
    uint32_t state = 20260303;
    size_t full = 0, others = 0, short_of = 0;
    for (int i = 0; i < 1500; i++) {
        question asked = random_question(&state);
        uint64_t wanted[33];
        answer given;
        asked.in_use[0].cidr = cidr_of(i % 2 == 0 ? "192.168.0.0/16" : "192.168.64.0/18");
        asked.count = 1;
        if (i % 3 == 0) {
            add_random_secondary(&asked, &state);
        }
        for (int j = 0; j < i % 6; j++) {
            add_random_other(&asked, &state);
        }
        if (i % 4 == 0) {
            add_random_node_vswitch(&asked, &state);
        }
        ck_ok(propose(&asked, &given, BLOCKS_MAX));
        count_wanted(&asked, &given, wanted); /* for the pods as often as they were planned */
        uint64_t addresses = 0;
        for (uint32_t mask = 16; mask <= 29; mask++) {
            addresses += wanted[mask] << (32 - mask);
        }
        uint64_t needed = NEEDED(given.proposal, CNICALC_LIMIT_VPC_SPACE);
        uint64_t available = AVAILABLE(given.proposal, CNICALC_LIMIT_VPC_SPACE);
        if (has_space(&asked, wanted)) {
            ck_assert_uint_eq(needed, addresses);
            ck_assert_uint_eq(available, addresses);
        } else {
            full++;
            others += available == needed; /* several or shared ones */
            ck_assert(available == needed || needed == addresses);
            /* in blocks of the smallest vSwitch */
            uint64_t free_addresses = 8 * count_free(&asked, &nothing, 29);
            short_of += available != needed && free_addresses < needed;
            ck_assert(available == needed || available == free_addresses ||
                      (available < needed && needed <= free_addresses));
        }
    }
    ck_assert_uint_gt(short_of, 100);
    ck_assert_uint_gt(full, 200);
    ck_assert_uint_lt(full, 1300);
    ck_assert_uint_gt(others, 20);
}
END_TEST

START_TEST(fewer_nodes_fit_where_more_do)
{
    uint32_t state = 20260304;
    for (int i = 0; i < 1500; i++) {
        question asked = random_question(&state);
        answer given, smaller;
        ck_ok(propose(&asked, &given, BLOCKS_MAX));
        asked.options.nodes -= asked.options.nodes / 10 + 1;
        if (!given.proposal.fits || asked.options.nodes == 0) {
            continue;
        }
        ck_ok(propose(&asked, &smaller, BLOCKS_MAX));
        ck_assert_uint_eq(smaller.proposal.fits, 1);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan, random requests");
    add_tests(suite, "properties", check_accepts_every_proposal, the_simplest_form_goes_first,
              fewer_nodes_fit_where_more_do, NULL);
    return run_suite(suite);
}
