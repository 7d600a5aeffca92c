/* SPDX-License-Identifier: MIT */
/* What two blocks of a plan are together is the same with and without the others: the findings
 * about pairs in a plan are those of all its pairs, each checked alone with the VPC blocks beside
 * it. */
#include <cnicalc/plan.h>

#include "support.h"

#include <stdlib.h>
#include <string.h>

#define BLOCKS       28
#define FINDINGS_MAX 4096
#define PLANS        400

struct found {
    cnicalc_plan_finding all[FINDINGS_MAX];
    size_t count;
};

static uint32_t draw(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525 + 1013904223;
    return (*state >> 8) % below;
}

/* A block among few places, so that many lie in others and some are equal. */
static cnicalc_plan_block random_block(uint32_t *state)
{
    static const uint32_t networks[] = {0x0a000000, 0x0a010000, 0x0a012000, 0xac150000};
    cnicalc_plan_block block = {{0, 0, CNICALC_FAMILY_IPV4, 0}, 0, 0, 0, 0, {0}};
    block.role = 1 + draw(state, CNICALC_PLAN_ROLE_COUNT - 1);
    block.zone = draw(state, 4) == 0 ? CNICALC_UNKNOWN : draw(state, 2);
    if (draw(state, 4) == 0) {
        block.cidr.family = CNICALC_FAMILY_IPV6;
        block.cidr.hi = UINT64_C(0xfd00000000000000) + draw(state, 3) * 256;
        block.cidr.prefix_len = 48 + 8 * draw(state, 4);
        return block;
    }
    block.cidr.lo = networks[draw(state, COUNT(networks))] + 256 * draw(state, 4);
    block.cidr.prefix_len = 7 + draw(state, 22);
    return block;
}

static int is_about_a_pair(uint32_t code)
{
    static const uint32_t codes[] = {CNICALC_PLAN_OVERLAP,
                                     CNICALC_PLAN_VSWITCH_ZONE,
                                     CNICALC_PLAN_OTHER_OVERLAP,
                                     CNICALC_PLAN_SERVICE_CIDR_SHARED,
                                     CNICALC_PLAN_POD_CIDR_REPEATED,
                                     CNICALC_PLAN_SERVICE_CIDR_REPEATED,
                                     CNICALC_PLAN_VPC_SECONDARY_MASK,
                                     CNICALC_PLAN_VSWITCH_ROUTE};
    for (size_t i = 0; i < COUNT(codes); i++) {
        if (codes[i] == code) {
            return 1;
        }
    }
    return 0;
}

/* Appends what is found about pairs of some blocks of a plan, with the indexes of the plan; where
 * pair is not NULL, about that pair alone. */
static void append(const cnicalc_plan_block *blocks, const uint32_t *indexes, size_t count,
                   const cnicalc_plan_check_options *options, const uint32_t *pair,
                   struct found *out)
{
    static cnicalc_plan_finding findings[FINDINGS_MAX];
    cnicalc_plan_block chosen[BLOCKS];
    const cnicalc_plan plan = {chosen, count};
    size_t finding_count = 0;
    for (size_t i = 0; i < count; i++) {
        chosen[i] = blocks[indexes[i]];
    }
    ck_ok(cnicalc_plan_check(&plan, options, findings, FINDINGS_MAX, &finding_count, NULL));
    for (size_t i = 0; i < finding_count; i++) {
        cnicalc_plan_finding finding = findings[i];
        if (!is_about_a_pair(finding.code)) {
            continue;
        }
        finding.subject = indexes[finding.subject];
        finding.other = indexes[finding.other];
        if (pair == NULL || (finding.subject == pair[0] && finding.other == pair[1]) ||
            (finding.subject == pair[1] && finding.other == pair[0])) {
            out->all[out->count++] = finding;
        }
    }
}

/* The documented order. */
static int by_order(const void *left, const void *right)
{
    const cnicalc_plan_finding *a = left;
    const cnicalc_plan_finding *b = right;
    const uint32_t keys[][2] = {{a->severity, b->severity},
                                {a->code, b->code},
                                {a->subject, b->subject},
                                {a->other, b->other}};
    for (size_t i = 0; i < COUNT(keys); i++) {
        if (keys[i][0] != keys[i][1]) {
            return keys[i][0] < keys[i][1] ? -1 : 1;
        }
    }
    return 0;
}

static void check_every_pair(const cnicalc_plan_block *blocks,
                             const cnicalc_plan_check_options *options, struct found *out)
{
    for (uint32_t a = 0; a < BLOCKS; a++) {
        for (uint32_t b = a + 1; b < BLOCKS; b++) {
            const uint32_t pair[] = {a, b};
            uint32_t indexes[BLOCKS];
            size_t count = 0;
            for (uint32_t i = 0; i < BLOCKS; i++) {
                if (i == a || i == b || blocks[i].role == CNICALC_PLAN_ROLE_VPC) {
                    indexes[count++] = i;
                }
            }
            append(blocks, indexes, count, options, pair, out);
        }
    }
    qsort(out->all, out->count, sizeof out->all[0], by_order);
}

START_TEST(every_pair_is_found)
{
    static struct found whole;
    static struct found pairs;
    uint32_t state = 20260302;
    size_t total = 0;
    for (uint32_t round = 0; round < PLANS; round++) {
        cnicalc_plan_block blocks[BLOCKS];
        uint32_t indexes[BLOCKS];
        cnicalc_plan_check_options options;
        ck_ok(cnicalc_plan_check_options_init(&options, sizeof options));
        options.plugin = round % 2 == 0 ? CNICALC_PLUGIN_TERWAY : CNICALC_PLUGIN_FLANNEL;
        options.node_mask = round % 2 == 0 ? 0 : 24 + draw(&state, 5);
        for (uint32_t i = 0; i < BLOCKS; i++) {
            blocks[i] = random_block(&state);
            indexes[i] = i;
        }
        whole.count = 0;
        pairs.count = 0;
        append(blocks, indexes, BLOCKS, &options, NULL, &whole);
        check_every_pair(blocks, &options, &pairs);
        ck_assert_uint_eq(whole.count, pairs.count);
        for (size_t i = 0; i < whole.count; i++) {
            ck_assert_msg(memcmp(&whole.all[i], &pairs.all[i], sizeof whole.all[i]) == 0,
                          "plan %u, finding %zu", (unsigned)round, i);
        }
        total += whole.count;
    }
    ck_assert_uint_gt(total, PLANS * 10);
}
END_TEST

/* A vSwitch that is the only node block of a pod CIDR, given before it or after it. */
START_TEST(a_node_block_is_a_whole_pod_cidr)
{
    const uint32_t indexes[] = {0, 1};
    for (uint32_t vswitch = 0; vswitch < 2; vswitch++) {
        static struct found found;
        cnicalc_plan_block blocks[2];
        cnicalc_plan_check_options options;
        memset(blocks, 0, sizeof blocks);
        for (uint32_t i = 0; i < 2; i++) {
            blocks[i].cidr.lo = 0xac100000;
            blocks[i].cidr.family = CNICALC_FAMILY_IPV4;
            blocks[i].cidr.prefix_len = 26;
            blocks[i].role =
                i == vswitch ? CNICALC_PLAN_ROLE_NODE_VSWITCH : CNICALC_PLAN_ROLE_POD_CIDR;
        }
        ck_ok(cnicalc_plan_check_options_init(&options, sizeof options));
        options.plugin = CNICALC_PLUGIN_FLANNEL;
        options.node_mask = 26;
        found.count = 0;
        append(blocks, indexes, 2, &options, NULL, &found);
        ck_assert_uint_eq(found.count, 1);
        ck_assert_uint_eq(found.all[0].code, CNICALC_PLAN_VSWITCH_ROUTE);
        ck_assert_uint_eq(found.all[0].subject, vswitch);
        ck_assert_uint_eq(found.all[0].other, 1 - vswitch);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan_pairs");
    add_tests(suite, "known", a_node_block_is_a_whole_pod_cidr, NULL);
    TCase *properties = tcase_create("properties");
    tcase_set_tags(properties, "properties");
    tcase_set_timeout(properties, 120);
    tcase_add_test(properties, every_pair_is_found);
    suite_add_tcase(suite, properties);
    return run_suite(suite);
}
