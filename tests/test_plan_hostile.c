/* SPDX-License-Identifier: MIT */
/* Plans that are malformed, or as large as they can be; and the text of any finding. */
#include <cnicalc/plan.h>

#include "support.h"

#include <stdlib.h>
#include <string.h>

#define FINDINGS_MAX 16

/* The published Terway plan. */
static const cnicalc_plan_block terway_plan[] = {
    {{0, 0xc0a80000, CNICALC_FAMILY_IPV4, 16}, CNICALC_PLAN_ROLE_VPC, 0, {0, 0}},
    {{0, 0xc0a80000, CNICALC_FAMILY_IPV4, 19}, CNICALC_PLAN_ROLE_VSWITCH, 1, {0, 0}},
    {{0, 0xc0a82000, CNICALC_FAMILY_IPV4, 19}, CNICALC_PLAN_ROLE_POD_VSWITCH, 1, {0, 0}},
    {{0, 0xac150000, CNICALC_FAMILY_IPV4, 20}, CNICALC_PLAN_ROLE_SERVICE_CIDR, 0, {0, 0}},
};

static cnicalc_plan_options options_for(uint32_t plugin)
{
    cnicalc_plan_options options;
    ck_ok(cnicalc_plan_options_init(&options, sizeof options));
    options.plugin = plugin;
    return options;
}

/* A question that must fail: every output stays as it was. */
static void expect(cnicalc_status expected, const cnicalc_plan_block *blocks, size_t count,
                   const cnicalc_plan_options *options)
{
    cnicalc_plan_finding findings[FINDINGS_MAX];
    size_t found;
    fill_pattern(findings, sizeof findings);
    fill_pattern(&found, sizeof found);
    ck_status(cnicalc_plan_check(blocks, count, options, findings, FINDINGS_MAX, &found), expected);
    ck_untouched(findings);
    ck_untouched(found);
}

START_TEST(options_statuses)
{
    cnicalc_plan_options options;
    fill_pattern(&options, sizeof options);
    ck_status(cnicalc_plan_options_init(NULL, sizeof options), CNICALC_ERR_NULL);
    ck_status(cnicalc_plan_options_init(&options, 0), CNICALC_ERR_STRUCT_SIZE);
    ck_status(cnicalc_plan_options_init(&options, sizeof options + 8), CNICALC_ERR_STRUCT_SIZE);
    ck_untouched(options);
    ck_ok(cnicalc_plan_options_init(&options, sizeof options));
    ck_assert_uint_eq(options.edition, CNICALC_EDITION_PRO);
    ck_assert_uint_eq(options.plugin | options.raised | options.node_mask, 0);
    ck_assert_uint_eq(options.nodes | options.pods | options.services | options.routes_used, 0);
    expect(CNICALC_ERR_PLUGIN, terway_plan, 4, &options);
    options.plugin = 3;
    expect(CNICALC_ERR_PLUGIN, terway_plan, 4, &options);

    options = options_for(CNICALC_PLUGIN_TERWAY);
    options.edition = CNICALC_EDITION_ANY;
    expect(CNICALC_ERR_EDITION, terway_plan, 4, &options);
    options.edition = CNICALC_EDITION_EDGE_BASIC + 1;
    expect(CNICALC_ERR_EDITION, terway_plan, 4, &options);
    options.raised = 2;
    expect(CNICALC_ERR_FLAG, terway_plan, 4, &options);
    options.reserved0 = 1;
    expect(CNICALC_ERR_RESERVED, terway_plan, 4, &options);
    options.struct_size -= 4;
    expect(CNICALC_ERR_STRUCT_SIZE, terway_plan, 4, &options);
    for (size_t i = 0; i < 4; i++) {
        options = options_for(CNICALC_PLUGIN_TERWAY);
        options.reserved[i] = 1;
        expect(CNICALC_ERR_RESERVED, terway_plan, 4, &options);
    }
    options = options_for(CNICALC_PLUGIN_TERWAY);
    options.nodes = UINT64_MAX;
    options.pods = 1;
    expect(CNICALC_ERR_OVERFLOW, terway_plan, 4, &options);
}
END_TEST

START_TEST(pointer_statuses)
{
    cnicalc_plan_options options = options_for(CNICALC_PLUGIN_TERWAY);
    cnicalc_plan_finding finding;
    size_t found;
    expect(CNICALC_ERR_NULL, NULL, 4, &options);
    expect(CNICALC_ERR_NULL, terway_plan, 4, NULL);
    fill_pattern(&found, sizeof found);
    fill_pattern(&finding, sizeof finding);
    ck_status(cnicalc_plan_check(terway_plan, 4, &options, NULL, 1, &found), CNICALC_ERR_NULL);
    ck_status(cnicalc_plan_check(terway_plan, 4, &options, &finding, 1, NULL), CNICALC_ERR_NULL);
    ck_untouched(found);
    ck_untouched(finding);
}
END_TEST

START_TEST(block_statuses)
{
    static const struct {
        cnicalc_plan_block block;
        cnicalc_status status;
    } malformed[] = {
        {{{0, 0, 5, 8}, 1, 0, {0, 0}}, CNICALC_ERR_CIDR_FAMILY},
        {{{0, 0, 0, 0}, 6, 0, {0, 0}}, CNICALC_ERR_CIDR_FAMILY},
        {{{0, 0, 4, 33}, 1, 0, {0, 0}}, CNICALC_ERR_CIDR_PREFIX_LEN},
        {{{0, 0, 6, 129}, 6, 0, {0, 0}}, CNICALC_ERR_CIDR_PREFIX_LEN},
        {{{0, 0, 4, UINT32_MAX}, 1, 0, {0, 0}}, CNICALC_ERR_CIDR_PREFIX_LEN},
        {{{1, 0, 4, 8}, 1, 0, {0, 0}}, CNICALC_ERR_CIDR_INVALID},
        {{{0, UINT64_C(1) << 32, 4, 8}, 1, 0, {0, 0}}, CNICALC_ERR_CIDR_INVALID},
        {{{0, 0, 4, 8}, 0, 0, {0, 0}}, CNICALC_ERR_PLAN_ROLE},
        {{{0, 0, 4, 8}, 9, 0, {0, 0}}, CNICALC_ERR_PLAN_ROLE},
        {{{0, 0, 4, 8}, UINT32_MAX, 0, {0, 0}}, CNICALC_ERR_PLAN_ROLE},
        {{{0, 0, 4, 8}, 1, 0, {1, 0}}, CNICALC_ERR_RESERVED},
        {{{0, 0, 4, 8}, 1, 0, {0, 1}}, CNICALC_ERR_RESERVED},
    };
    cnicalc_plan_options options = options_for(CNICALC_PLUGIN_TERWAY);
    for (size_t i = 0; i < COUNT(malformed); i++) {
        cnicalc_plan_block blocks[5];
        memcpy(blocks, terway_plan, sizeof terway_plan);
        blocks[4] = malformed[i].block;
        expect(malformed[i].status, blocks, 5, &options);
    }
    expect(CNICALC_ERR_PLAN_BLOCKS, terway_plan, CNICALC_PLAN_BLOCKS_MAX + 1, &options);
    expect(CNICALC_ERR_PLAN_BLOCKS, terway_plan, SIZE_MAX, &options);
}
END_TEST

START_TEST(capacity)
{
    cnicalc_plan_options options = options_for(CNICALC_PLUGIN_FLANNEL);
    cnicalc_plan_finding findings[4];
    size_t found = 99;
    /* Nothing at all: no VPC, no pod CIDR, no node mask, no Service CIDR, no vSwitch. */
    ck_status(cnicalc_plan_check(NULL, 0, &options, NULL, 0, &found), CNICALC_ERR_CAPACITY);
    ck_assert_uint_eq(found, 5);
    fill_pattern(findings, sizeof findings);
    found = 99;
    ck_status(cnicalc_plan_check(NULL, 0, &options, findings, 4, &found), CNICALC_ERR_CAPACITY);
    ck_untouched(findings);
    ck_assert_uint_eq(found, 5);
}
END_TEST

/* Wishes beyond any address space are compared, never multiplied or added past 64 bits. */
START_TEST(extreme_wishes_do_not_wrap)
{
    cnicalc_plan_options options = options_for(CNICALC_PLUGIN_TERWAY);
    cnicalc_plan_finding findings[FINDINGS_MAX];
    size_t found;
    options.nodes = UINT64_MAX / 2;
    options.pods = UINT64_MAX / 2 + 1;
    options.services = UINT64_MAX;
    ck_ok(cnicalc_plan_check(terway_plan, 4, &options, findings, FINDINGS_MAX, &found));
    const uint32_t codes[] = {CNICALC_PLAN_NODES_VSWITCH,      CNICALC_PLAN_NODES_QUOTA,
                              CNICALC_PLAN_PODS_VSWITCH,       CNICALC_PLAN_PODS_QUOTA,
                              CNICALC_PLAN_SERVICES_ADDRESSES, CNICALC_PLAN_SERVICES_QUOTA,
                              CNICALC_PLAN_VPC_ADDRESSES,      CNICALC_PLAN_POD_VSWITCH_CAPACITY};
    ck_assert_uint_eq(found, COUNT(codes));
    for (size_t i = 0; i < COUNT(codes); i++) {
        ck_assert_uint_eq(findings[i].code, codes[i]);
    }
    ck_assert_uint_eq(findings[6].value, UINT64_MAX);

    cnicalc_plan_block flannel_plan[4];
    memcpy(flannel_plan, terway_plan, sizeof terway_plan);
    flannel_plan[2].role = CNICALC_PLAN_ROLE_POD_CIDR;
    flannel_plan[2].cidr.lo = 0x0a000000;
    flannel_plan[2].cidr.prefix_len = 8;
    options.plugin = CNICALC_PLUGIN_FLANNEL;
    options.node_mask = 28;
    options.routes_used = UINT64_MAX;
    ck_ok(cnicalc_plan_check(flannel_plan, 4, &options, findings, FINDINGS_MAX, &found));
    ck_assert_uint_eq(findings[found - 1].code, CNICALC_PLAN_POD_CIDR_CAPACITY);
    ck_assert_uint_eq(findings[found - 1].limit, UINT64_C(1) << 24);
    ck_assert_uint_eq(findings[found - 1].value, (UINT64_C(1) << 20) * 13);
}
END_TEST

/* As many blocks as a plan may have, all the same: a finding for each pair of vSwitches. */
START_TEST(most_blocks)
{
    cnicalc_plan_options options = options_for(CNICALC_PLUGIN_TERWAY);
    const size_t count = CNICALC_PLAN_BLOCKS_MAX;
    const size_t pairs = count * (count - 1) / 2;
    cnicalc_plan_block *blocks = calloc(count, sizeof *blocks);
    cnicalc_plan_finding *findings = calloc(pairs + 3, sizeof *findings);
    ck_assert(blocks != NULL && findings != NULL);
    for (size_t i = 0; i < count; i++) {
        blocks[i] = terway_plan[1];
    }
    size_t found;
    ck_ok(cnicalc_plan_check(blocks, count, &options, findings, pairs + 3, &found));
    ck_assert_uint_eq(found, pairs + 3); /* no VPC, no pod vSwitch, no Service CIDR */
    size_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t j = i + 1; j < count; j++, at++) {
            ck_assert(findings[at].code == CNICALC_PLAN_OVERLAP && findings[at].subject == i &&
                      findings[at].other == j);
        }
    }
    free(findings);
    free(blocks);
}
END_TEST

START_TEST(format_statuses)
{
    cnicalc_plan_finding finding = {1, CNICALC_PLAN_OVERLAP, 0, 1, 0, 0, {0, 0, 0, 0}, {0, 0}};
    char text[CNICALC_PLAN_TEXT_SIZE];
    size_t len;
    ck_ok(cnicalc_plan_finding_format(&finding, terway_plan, 4, text, sizeof text));
    len = strlen(text);
    fill_pattern(text, sizeof text);
    ck_status(cnicalc_plan_finding_format(&finding, terway_plan, 4, text, len),
              CNICALC_ERR_CAPACITY);
    ck_status(cnicalc_plan_finding_format(&finding, terway_plan, 4, text, 0), CNICALC_ERR_CAPACITY);
    ck_status(cnicalc_plan_finding_format(NULL, terway_plan, 4, text, sizeof text),
              CNICALC_ERR_NULL);
    ck_status(cnicalc_plan_finding_format(&finding, NULL, 4, text, sizeof text), CNICALC_ERR_NULL);
    ck_status(cnicalc_plan_finding_format(&finding, terway_plan, 4, NULL, sizeof text),
              CNICALC_ERR_NULL);
    ck_status(cnicalc_plan_finding_format(&finding, terway_plan, 1, text, sizeof text),
              CNICALC_ERR_INDEX);
    ck_status(cnicalc_plan_finding_format(&finding, NULL, 0, text, sizeof text), CNICALC_ERR_INDEX);
    finding.other = CNICALC_UNKNOWN;
    ck_status(cnicalc_plan_finding_format(&finding, terway_plan, 4, text, sizeof text),
              CNICALC_ERR_INDEX);
    finding.code = CNICALC_PLAN_HOST_BITS; /* whose corrected block is missing */
    ck_status(cnicalc_plan_finding_format(&finding, terway_plan, 4, text, sizeof text),
              CNICALC_ERR_CIDR_FAMILY);
    cnicalc_plan_block block = terway_plan[0];
    block.cidr.prefix_len = 33;
    ck_status(cnicalc_plan_finding_format(&finding, &block, 1, text, sizeof text),
              CNICALC_ERR_CIDR_PREFIX_LEN);
    block.cidr.prefix_len = 8;
    block.cidr.hi = 1;
    ck_status(cnicalc_plan_finding_format(&finding, &block, 1, text, sizeof text),
              CNICALC_ERR_CIDR_INVALID);
    block.role = 0;
    ck_status(cnicalc_plan_finding_format(&finding, &block, 1, text, sizeof text),
              CNICALC_ERR_PLAN_ROLE);
    ck_untouched(text);
    finding.code = CNICALC_PLAN_QUOTA_UNKNOWN;
    finding.value = UINT64_MAX;
    ck_ok(cnicalc_plan_finding_format(&finding, NULL, 0, text, sizeof text));
    ck_assert_ptr_nonnull(strstr(text, "unknown"));
}
END_TEST

/* Every code has a sentence for each family, and the longest blocks and numbers fit in it. */
START_TEST(every_finding_has_a_sentence)
{
    char text[CNICALC_PLAN_TEXT_SIZE];
    cnicalc_plan_block longest = {
        {UINT64_MAX, UINT64_MAX, CNICALC_FAMILY_IPV6, 128}, 7, CNICALC_UNKNOWN, {0, 0}};
    for (uint32_t code = 0; code < 256; code++) {
        cnicalc_plan_finding finding = {1,          code,         0,     0, UINT64_MAX,
                                        UINT64_MAX, longest.cidr, {0, 0}};
        if (cnicalc_plan_code_severity(code) == 0) {
            ck_status(cnicalc_plan_finding_format(&finding, &longest, 1, text, sizeof text),
                      CNICALC_ERR_PLAN_FINDING);
            continue;
        }
        ck_ok(cnicalc_plan_finding_format(&finding, &longest, 1, text, sizeof text));
        ck_assert_ptr_eq(strchr(text, '%'), NULL);
        longest.cidr.family = CNICALC_FAMILY_IPV4;
        longest.cidr.hi = 0;
        longest.cidr.lo = 0;
        longest.cidr.prefix_len = 32;
        ck_ok(cnicalc_plan_finding_format(&finding, &longest, 1, text, sizeof text));
        ck_assert_ptr_eq(strchr(text, '%'), NULL);
        longest.cidr = finding.block;
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan, hostile");
    add_tests(suite, "hostile", options_statuses, pointer_statuses, block_statuses, capacity,
              extreme_wishes_do_not_wrap, most_blocks, NULL);
    add_tests(suite, "texts", format_statuses, every_finding_has_a_sentence, NULL);
    return run_suite(suite);
}
