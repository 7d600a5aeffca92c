/* SPDX-License-Identifier: MIT */
/* Random wishes with fixed seeds: what is proposed is held against a check and against arithmetic
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

/* A sub-block of the VPC, or of the private ranges where the VPC is not. */
static void add_random_other(question *asked, uint32_t *state)
{
    static const char ranges[3][16] = {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"};
    cnicalc_plan_block *other = &asked->others[asked->other_count];
    cnicalc_cidr range = asked->vpc;
    uint64_t count;
    uint32_t overlaps;
    other->role = 6 + next_random(state) % 3;
    if (other->role != CNICALC_PLAN_ROLE_OTHER_VSWITCH) {
        range = cidr_of(ranges[next_random(state) % 3]);
    }
    uint32_t mask = range.prefix_len + next_random(state) % (30 - range.prefix_len);
    ck_ok(cnicalc_cidr_subnet_count(&range, mask, &count));
    ck_ok(cnicalc_cidr_nth(&range, mask, next_random(state) % count, &other->cidr));
    ck_ok(cnicalc_cidr_overlaps(&asked->vpc, &other->cidr, &overlaps));
    asked->other_count += other->role == CNICALC_PLAN_ROLE_OTHER_VSWITCH || !overlaps;
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
    asked.options.edition = 1 + next_random(state) % 5;
    asked.options.raised = next_random(state) % 2;
    asked.options.node_quota = next_random(state) % 2 == 0 ? 8000 : 0;
    for (uint32_t i = next_random(state) % (OTHERS_MAX + 1); i > 0; i--) {
        add_random_other(&asked, state);
    }
    return asked;
}

/* Addresses of the blocks of a zone and role that can be used; the smallest block is *smallest. */
static uint64_t usable(const answer *given, uint32_t role, uint32_t zone, uint32_t *smallest)
{
    uint64_t sum = 0;
    *smallest = 0;
    for (size_t i = 0; i < given->count; i++) {
        const cnicalc_plan_block *block = &given->blocks[i];
        if (block->role == role && block->zone == zone) {
            sum += (UINT64_C(1) << (32 - block->cidr.prefix_len)) - 4;
            *smallest = block->cidr.prefix_len > *smallest ? block->cidr.prefix_len : *smallest;
        }
    }
    return sum;
}

/* Each zone holds what it must, and one bit less of its smallest block would not. */
static void check_minimal(const question *asked, const answer *given, uint32_t role,
                          uint32_t mask_max, uint64_t per_node)
{
    for (uint32_t zone = 0; zone < asked->options.zones; zone++) {
        uint64_t nodes = given->proposal.nodes / asked->options.zones +
                         (zone < given->proposal.nodes % asked->options.zones);
        uint32_t smallest;
        uint64_t addresses = usable(given, role, zone, &smallest);
        ck_assert_uint_ge(addresses, nodes * per_node);
        ck_assert_uint_le(smallest, mask_max);
        if (smallest < mask_max) {
            ck_assert_uint_lt(addresses - (UINT64_C(1) << (31 - smallest)), nodes * per_node);
        }
    }
}

/* Blocks of a mask in the VPC that nothing touches, counted one by one. */
static uint64_t count_free(const question *asked, const answer *given, uint32_t mask)
{
    uint64_t count;
    uint64_t free_count = 0;
    ck_ok(cnicalc_cidr_subnet_count(&asked->vpc, mask, &count));
    for (uint64_t i = 0; i < count; i++) {
        cnicalc_cidr block;
        uint32_t overlaps = 0;
        ck_ok(cnicalc_cidr_nth(&asked->vpc, mask, i, &block));
        for (size_t j = 1; j < given->count && !overlaps; j++) {
            ck_ok(cnicalc_cidr_overlaps(&block, &given->blocks[j].cidr, &overlaps));
        }
        for (size_t j = 0; j < asked->other_count && !overlaps; j++) {
            ck_ok(cnicalc_cidr_overlaps(&block, &asked->others[j].cidr, &overlaps));
        }
        free_count += !overlaps;
    }
    return free_count;
}

/* What the vSwitches of a wish take, as blocks of each mask: the arithmetic of the rules. */
static void count_wanted(const question *asked, uint64_t nodes, uint64_t wanted[33])
{
    for (uint32_t zone = 0; zone < asked->options.zones; zone++) {
        uint64_t here = nodes / asked->options.zones + (zone < nodes % asked->options.zones);
        uint64_t pods = here * asked->options.pods_per_node * 2;
        for (int round = 0; round < (asked->options.plugin == CNICALC_PLUGIN_TERWAY ? 2 : 1);
             round++) {
            uint64_t left = round == 0 ? here : pods;
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
        if (wanted[mask] != 0 &&
            (mask < asked->vpc.prefix_len || taken > count_free(asked, &nothing, mask))) {
            return 0;
        }
    }
    return 1;
}

START_TEST(check_accepts_every_proposal)
{
    uint32_t state = 20260302;
    size_t fitting = 0;
    for (int i = 0; i < 4000; i++) {
        question asked = random_question(&state);
        answer given;
        ck_ok(propose(&asked, &given, BLOCKS_MAX));
        if (!given.proposal.fits) {
            uint32_t limit = given.proposal.bound_by;
            ck_assert_uint_gt(given.proposal.needed[limit], given.proposal.available[limit]);
            continue;
        }
        fitting++;
        for (uint32_t limit = 0; limit < CNICALC_PLAN_LIMIT_COUNT; limit++) {
            ck_assert_uint_le(given.proposal.needed[limit], given.proposal.available[limit]);
        }
        ck_assert_uint_eq(count_findings(&asked, &given, CNICALC_PLAN_ERROR), 0);
        check_minimal(&asked, &given, CNICALC_PLAN_ROLE_VSWITCH, 29, 1);
        if (asked.options.plugin == CNICALC_PLUGIN_TERWAY) {
            check_minimal(&asked, &given, CNICALC_PLAN_ROLE_POD_VSWITCH, 25,
                          asked.options.pods_per_node * 2);
        }
        if (given.proposal.room_mask != 0 && given.proposal.room_mask <= 20) {
            ck_assert_uint_eq(given.proposal.room_pod_vswitches,
                              count_free(&asked, &given, given.proposal.room_mask));
        }
    }
    ck_assert_uint_gt(fitting, 800);
    ck_assert_uint_lt(fitting, 3200);
}
END_TEST

START_TEST(space_is_found_when_there_is_some)
{
    uint32_t state = 20260303;
    size_t full = 0;
    for (int i = 0; i < 1500; i++) {
        question asked = random_question(&state);
        uint64_t wanted[33] = {0};
        answer given;
        asked.vpc = cidr_of(i % 2 == 0 ? "192.168.0.0/16" : "192.168.64.0/18");
        asked.other_count = 0;
        for (int j = 0; j < i % OTHERS_MAX; j++) {
            add_random_other(&asked, &state);
        }
        ck_ok(propose(&asked, &given, BLOCKS_MAX));
        count_wanted(&asked, given.proposal.nodes, wanted);
        uint64_t addresses = 0;
        for (uint32_t mask = 16; mask <= 29; mask++) {
            addresses += wanted[mask] << (32 - mask);
        }
        uint32_t limit = CNICALC_PLAN_LIMIT_VPC_SPACE;
        ck_assert_uint_eq(given.proposal.needed[limit], addresses);
        ck_assert_int_eq(given.proposal.available[limit] == addresses, has_space(&asked, wanted));
        full += given.proposal.available[limit] < addresses;
    }
    ck_assert_uint_gt(full, 200);
    ck_assert_uint_lt(full, 1300);
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
    Suite *suite = suite_create("plan, random wishes");
    add_tests(suite, "properties", check_accepts_every_proposal, space_is_found_when_there_is_some,
              fewer_nodes_fit_where_more_do, NULL);
    return run_suite(suite);
}
