/* SPDX-License-Identifier: MIT */
/* Plans that are malformed, or as large as they can be; and the text of any finding. */
#include <cnicalc/plan.h>

#include "plan_node.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

#define FINDINGS_MAX 16

/* The published Terway plan. */
static const cnicalc_plan_block terway_blocks[] = {
    {{0, 0xc0a80000, CNICALC_FAMILY_IPV4, 16}, CNICALC_PLAN_ROLE_VPC, 0, 0, 0, {0}},
    {{0, 0xc0a80000, CNICALC_FAMILY_IPV4, 19}, CNICALC_PLAN_ROLE_NODE_VSWITCH, 1, 0, 0, {0}},
    {{0, 0xc0a82000, CNICALC_FAMILY_IPV4, 19}, CNICALC_PLAN_ROLE_POD_VSWITCH, 1, 0, 0, {0}},
    {{0, 0xac150000, CNICALC_FAMILY_IPV4, 20}, CNICALC_PLAN_ROLE_SERVICE_CIDR, 0, 0, 0, {0}},
};
static const cnicalc_plan terway_plan = {terway_blocks, 4};

static cnicalc_plan_check_options options_for(uint32_t plugin)
{
    cnicalc_plan_check_options options;
    ck_ok(cnicalc_plan_check_options_init(&options, sizeof options));
    options.plugin = plugin;
    return options;
}

/* A question that must fail: every output stays as it was, and the fault has its place. */
static void expect_at(cnicalc_status expected, const cnicalc_plan *plan,
                      const cnicalc_plan_check_options *options, uint32_t array, uint32_t index)
{
    cnicalc_plan_finding findings[FINDINGS_MAX];
    cnicalc_fault fault;
    size_t found;
    fill_pattern(findings, sizeof findings);
    fill_pattern(&found, sizeof found);
    fill_pattern(&fault, sizeof fault);
    ck_status(cnicalc_plan_check(plan, options, findings, FINDINGS_MAX, &found, &fault), expected);
    ck_untouched(findings);
    ck_untouched(found);
    if (expected == CNICALC_ERR_NULL) {
        ck_untouched(fault);
    } else {
        ck_assert_uint_eq(fault.array, array);
        ck_assert_uint_eq(fault.index, index);
        ck_assert_uint_eq(fault.other, CNICALC_UNKNOWN);
        ck_assert_uint_eq(fault.reserved, 0);
    }
    ck_status(cnicalc_plan_check(plan, options, findings, FINDINGS_MAX, &found, NULL), expected);
}

static void expect(cnicalc_status expected, const cnicalc_plan_check_options *options)
{
    expect_at(expected, &terway_plan, options, CNICALC_ARRAY_NONE, CNICALC_UNKNOWN);
}

START_TEST(options_statuses)
{
    cnicalc_plan_check_options options;
    fill_pattern(&options, sizeof options);
    ck_status(cnicalc_plan_check_options_init(NULL, sizeof options), CNICALC_ERR_NULL);
    ck_status(cnicalc_plan_check_options_init(&options, 0), CNICALC_ERR_STRUCT_SIZE);
    ck_status(cnicalc_plan_check_options_init(&options, sizeof options + 8),
              CNICALC_ERR_STRUCT_SIZE);
    ck_untouched(options);
    ck_ok(cnicalc_plan_check_options_init(&options, sizeof options));
    ck_assert_uint_eq(options.ceilings.edition, CNICALC_EDITION_PRO);
    ck_assert_uint_eq(options.plugin | options.ceilings.raised | options.node_mask, 0);
    ck_assert_uint_eq(options.nodes | options.pods | options.services, 0);
    expect(CNICALC_ERR_PLUGIN, &options);
    options.plugin = CNICALC_PLUGIN_COUNT;
    expect(CNICALC_ERR_PLUGIN, &options);

    options = options_for(CNICALC_PLUGIN_TERWAY);
    options.ceilings.edition = CNICALC_EDITION_ANY;
    expect(CNICALC_ERR_EDITION, &options);
    options.ceilings.edition = CNICALC_EDITION_COUNT;
    expect(CNICALC_ERR_EDITION, &options);
    options.ceilings.raised = 2;
    expect(CNICALC_ERR_FLAG, &options);
    options.ceilings.reserved[7] = 1;
    expect(CNICALC_ERR_RESERVED, &options);
    options.ceilings.struct_size--;
    expect(CNICALC_ERR_STRUCT_SIZE, &options);
    options.reserved[0] = 1;
    expect(CNICALC_ERR_RESERVED, &options);
    options.struct_size -= 4;
    expect(CNICALC_ERR_STRUCT_SIZE, &options);
    options = options_for(CNICALC_PLUGIN_TERWAY);
    options.dual_stack = 2;
    expect(CNICALC_ERR_FLAG, &options);
    for (size_t i = 0; i < COUNT(options.reserved); i++) {
        options = options_for(CNICALC_PLUGIN_TERWAY);
        options.reserved[i] = 1;
        expect(CNICALC_ERR_RESERVED, &options);
    }
    options = options_for(CNICALC_PLUGIN_TERWAY);
    options.node.pod_enis = 7; /* of a node that is not known */
    expect(CNICALC_ERR_NODE_MODE, &options);
    options.node = plan_node_of(8, 0);
    options.node.joins = 2;
    expect(CNICALC_ERR_FLAG, &options);
    options.node.reserved[0] = 1;
    expect(CNICALC_ERR_RESERVED, &options);
    options.node = plan_node_of(8, 1);
    options.node.prefixes = UINT64_MAX;
    expect(CNICALC_ERR_OVERFLOW, &options);
    options.node = plan_node_of(8, 0);
    options.node.addresses = UINT64_MAX - 1; /* all of them beside those of pods */
    options.nodes = options.pods = 1;
    expect(CNICALC_ERR_OVERFLOW, &options);
}
END_TEST

START_TEST(pointer_statuses)
{
    cnicalc_plan_check_options options = options_for(CNICALC_PLUGIN_TERWAY);
    const cnicalc_plan no_blocks = {NULL, 4};
    cnicalc_plan_finding finding;
    cnicalc_fault fault;
    size_t found;
    expect_at(CNICALC_ERR_NULL, NULL, &options, 0, 0);
    expect_at(CNICALC_ERR_NULL, &no_blocks, &options, 0, 0);
    expect_at(CNICALC_ERR_NULL, &terway_plan, NULL, 0, 0);
    fill_pattern(&found, sizeof found);
    fill_pattern(&finding, sizeof finding);
    fill_pattern(&fault, sizeof fault);
    ck_status(cnicalc_plan_check(&terway_plan, &options, NULL, 1, &found, &fault),
              CNICALC_ERR_NULL);
    ck_status(cnicalc_plan_check(&terway_plan, &options, &finding, 1, NULL, &fault),
              CNICALC_ERR_NULL);
    ck_untouched(found);
    ck_untouched(finding);
    ck_untouched(fault);
}
END_TEST

START_TEST(block_statuses)
{
    static const struct {
        cnicalc_plan_block block;
        cnicalc_status status;
    } malformed[] = {
        {{{0, 0, 5, 8}, 1, 0, 0, 0, {0}}, CNICALC_ERR_CIDR_FAMILY},
        {{{0, 0, 0, 0}, 6, 0, 0, 0, {0}}, CNICALC_ERR_CIDR_FAMILY},
        {{{0, 0, 4, 33}, 1, 0, 0, 0, {0}}, CNICALC_ERR_CIDR_PREFIX_LEN},
        {{{0, 0, 6, 129}, 6, 0, 0, 0, {0}}, CNICALC_ERR_CIDR_PREFIX_LEN},
        {{{0, 0, 4, UINT32_MAX}, 1, 0, 0, 0, {0}}, CNICALC_ERR_CIDR_PREFIX_LEN},
        {{{1, 0, 4, 8}, 1, 0, 0, 0, {0}}, CNICALC_ERR_CIDR_INVALID},
        {{{0, UINT64_C(1) << 32, 4, 8}, 1, 0, 0, 0, {0}}, CNICALC_ERR_CIDR_INVALID},
        {{{0, 0, 4, 8}, 0, 0, 0, 0, {0}}, CNICALC_ERR_PLAN_ROLE},
        {{{0, 0, 4, 8}, CNICALC_PLAN_ROLE_COUNT, 0, 0, 0, {0}}, CNICALC_ERR_PLAN_ROLE},
        {{{0, 0, 4, 8}, UINT32_MAX, 0, 0, 0, {0}}, CNICALC_ERR_PLAN_ROLE},
        {{{0, 0, 4, 8}, 1, 0, 0, 0, {1}}, CNICALC_ERR_RESERVED},
        {{{0, 0, 4, 8}, 1, 0, 0, 0, {0, 1}}, CNICALC_ERR_RESERVED},
    };
    cnicalc_plan_check_options options = options_for(CNICALC_PLUGIN_TERWAY);
    cnicalc_plan_block blocks[5];
    cnicalc_plan plan = {blocks, 5};
    for (size_t i = 0; i < COUNT(malformed); i++) {
        memcpy(blocks, terway_blocks, sizeof terway_blocks);
        blocks[4] = malformed[i].block;
        expect_at(malformed[i].status, &plan, &options, CNICALC_ARRAY_BLOCKS, 4);
    }
    plan.block_count = CNICALC_PLAN_BLOCKS_MAX + 1;
    expect_at(CNICALC_ERR_PLAN_BLOCKS, &plan, &options, CNICALC_ARRAY_BLOCKS, CNICALC_UNKNOWN);
    plan.block_count = SIZE_MAX;
    expect_at(CNICALC_ERR_PLAN_BLOCKS, &plan, &options, CNICALC_ARRAY_BLOCKS, CNICALC_UNKNOWN);
}
END_TEST

START_TEST(capacity)
{
    cnicalc_plan_check_options options = options_for(CNICALC_PLUGIN_FLANNEL);
    const cnicalc_plan nothing = {NULL, 0};
    cnicalc_plan_finding findings[4];
    cnicalc_fault fault;
    size_t found = 99;
    /* Nothing at all: no VPC, no pod CIDR, no node mask, no Service CIDR, no vSwitch. */
    ck_status(cnicalc_plan_check(&nothing, &options, NULL, 0, &found, NULL), CNICALC_ERR_CAPACITY);
    ck_assert_uint_eq(found, 5);
    fill_pattern(findings, sizeof findings);
    found = 99;
    ck_status(cnicalc_plan_check(&nothing, &options, findings, 4, &found, &fault),
              CNICALC_ERR_CAPACITY);
    ck_untouched(findings);
    ck_assert_uint_eq(found, 5);
    ck_assert_uint_eq(fault.array, CNICALC_ARRAY_NONE);
    ck_assert_uint_eq(fault.index, CNICALC_UNKNOWN);
}
END_TEST

static size_t check(const cnicalc_plan *plan, const cnicalc_plan_check_options *options,
                    cnicalc_plan_finding findings[FINDINGS_MAX])
{
    size_t found;
    ck_ok(cnicalc_plan_check(plan, options, findings, FINDINGS_MAX, &found, NULL));
    return found;
}

/* Requests beyond any address space are compared, or refused where a sum would wrap. */
START_TEST(extreme_requests_do_not_wrap)
{
    cnicalc_plan_check_options options = options_for(CNICALC_PLUGIN_TERWAY);
    cnicalc_plan_finding findings[FINDINGS_MAX];
    /* Twice one pod for each node, and the node, are 3 * (2^64 - 1) / 3 addresses. */
    options.nodes = UINT64_MAX / 3;
    options.pods = UINT64_MAX / 3;
    options.services = UINT64_MAX - 1;
    ck_assert_uint_eq(check(&terway_plan, &options, findings), 11);
    const struct {
        uint32_t limit;
        uint64_t value;
    } known[] = {
        {CNICALC_LIMIT_SERVICE_CIDR, UINT64_MAX - 1},
        {CNICALC_LIMIT_POD_VSWITCH_ADDRESSES, UINT64_MAX / 3},
        {CNICALC_LIMIT_NODE_VSWITCH_ADDRESSES, UINT64_MAX / 3},
        {CNICALC_LIMIT_NODE_QUOTA, UINT64_MAX / 3},
        {CNICALC_LIMIT_POD_QUOTA, UINT64_MAX / 3},
        {CNICALC_LIMIT_SERVICE_QUOTA, UINT64_MAX},
        {CNICALC_LIMIT_VPC_ADDRESS_QUOTA, UINT64_MAX / 3 * 2},
        {CNICALC_LIMIT_SECURITY_GROUP_QUOTA, UINT64_MAX / 3 * 2}, /* ENIs: two of each node */
    };
    for (size_t i = 0; i < COUNT(known); i++) {
        ck_assert_uint_eq(findings[i].code, CNICALC_PLAN_SHORTAGE);
        ck_assert_uint_eq(findings[i].limit, known[i].limit);
        ck_assert_uint_eq(findings[i].value, known[i].value);
    }
    options.node = plan_node_of(4, 0);
    options.ceilings.security_group_used = UINT64_MAX;
    ck_assert_uint_eq(check(&terway_plan, &options, findings), 11);
    ck_assert_uint_eq(findings[7].value, UINT64_MAX);
    ck_assert_uint_eq(findings[7].bound, 0);
    options.ceilings.security_group = CNICALC_SECURITY_GROUP_BASIC;
    ck_assert_uint_eq(check(&terway_plan, &options, findings), 12);
    ck_assert_uint_eq(findings[8].code, CNICALC_PLAN_SECURITY_GROUP_LARGE);
    ck_assert_uint_eq(findings[8].value, UINT64_MAX);
    options.pods++; /* two pods for each node */
    expect(CNICALC_ERR_OVERFLOW, &options);
    options.nodes = UINT64_MAX;
    options.pods = 0;
    check(&terway_plan, &options, findings);
    options.pods = 1;
    expect(CNICALC_ERR_OVERFLOW, &options);
    options.nodes = 0;
    options.pods = UINT64_MAX / 2; /* with one node: all of 64 bits */
    check(&terway_plan, &options, findings);
    options.pods++;
    expect(CNICALC_ERR_OVERFLOW, &options);
    options.pods = UINT64_MAX;
    expect(CNICALC_ERR_OVERFLOW, &options);
    /* In a burst, and while nodes are replaced: surge + 1 times the pods of a node, and nodes. */
    options.surge = UINT32_MAX;
    options.burst_pods = UINT32_MAX;
    options.pods = UINT64_MAX / 2; /* without nodes neither is asked */
    check(&terway_plan, &options, findings);
    options.nodes = 1;
    expect(CNICALC_ERR_OVERFLOW, &options);
    options.burst_pods = 0;
    expect(CNICALC_ERR_OVERFLOW, &options);
    options.surge = 0;
    check(&terway_plan, &options, findings);
    options.surge = 1; /* three times the pods */
    expect(CNICALC_ERR_OVERFLOW, &options);
    options.pods = (UINT64_MAX - 2) / 3;
    check(&terway_plan, &options, findings);
    options.pods++;
    expect(CNICALC_ERR_OVERFLOW, &options);
    options.surge = 0;
    options.pods = options.nodes = UINT64_C(1) << 31; /* times 2^33 - 2 and 2 */
    options.burst_pods = UINT32_MAX;
    expect(CNICALC_ERR_OVERFLOW, &options);
    options.burst_pods--;
    check(&terway_plan, &options, findings);
    options.nodes = UINT64_MAX;
    options.burst_pods = 0;
    options.pods = 0;
    options.surge = 1;
    expect(CNICALC_ERR_OVERFLOW, &options);
    options.nodes = UINT64_MAX - 1;
    check(&terway_plan, &options, findings);
    options.services = UINT64_MAX;
    expect(CNICALC_ERR_OVERFLOW, &options);
}
END_TEST

/* A node with two prefixes takes 34 addresses. */
START_TEST(prefixes_that_exceed_64_bits)
{
    cnicalc_plan_check_options options = options_for(CNICALC_PLUGIN_TERWAY);
    cnicalc_plan_finding findings[FINDINGS_MAX];
    options.node = plan_node_of(2, 2);
    options.nodes = UINT64_MAX / 34;
    options.pods = 1;
    check(&terway_plan, &options, findings);
    options.nodes++;
    expect(CNICALC_ERR_OVERFLOW, &options);
    options.pods = 0; /* without pods they are not read */
    check(&terway_plan, &options, findings);
}
END_TEST

/* What a node holds at another time is no matter of a plan, even where IPv6 doubles it beyond 64
 * bits. */
START_TEST(other_times_of_a_node_are_not_read)
{
    cnicalc_plan_check_options options = options_for(CNICALC_PLUGIN_TERWAY);
    cnicalc_plan_finding usual[FINDINGS_MAX];
    cnicalc_plan_finding findings[FINDINGS_MAX];
    options.dual_stack = 1;
    options.node = plan_node_of(8, 0);
    options.nodes = options.pods = 1;
    size_t count = check(&terway_plan, &options, usual);
    options.node.addresses_with_pool = UINT64_C(1) << 63;
    ck_assert_uint_eq(check(&terway_plan, &options, findings), count);
    ck_assert_mem_eq(findings, usual, count * sizeof *usual);
    options.node.addresses_with_pool = 0;
    options.node.addresses_in_burst = UINT64_C(1) << 63;
    ck_assert_uint_eq(check(&terway_plan, &options, findings), count);
    ck_assert_mem_eq(findings, usual, count * sizeof *usual);
}
END_TEST

START_TEST(extreme_splits_do_not_wrap)
{
    cnicalc_plan_check_options options = options_for(CNICALC_PLUGIN_FLANNEL);
    cnicalc_plan_finding findings[FINDINGS_MAX];
    cnicalc_plan_block blocks[4];
    const cnicalc_plan plan = {blocks, 4};
    memcpy(blocks, terway_blocks, sizeof terway_blocks);
    blocks[2].role = CNICALC_PLAN_ROLE_POD_CIDR;
    blocks[2].cidr.lo = 0x0a000000;
    blocks[2].cidr.prefix_len = 8;
    options.nodes = UINT64_MAX / 3;
    options.pods = UINT64_MAX / 3;
    options.node_mask = 28;
    options.ceilings.routes_used = UINT64_MAX;
    size_t at = check(&plan, &options, findings) - 3; /* then node pools and one zone */
    ck_assert_uint_eq(findings[at].code, CNICALC_PLAN_POD_CIDR_CAPACITY);
    ck_assert_uint_eq(findings[at].bound, UINT64_C(1) << 24);
    ck_assert_uint_eq(findings[at].value, (UINT64_C(1) << 20) * 13);
}
END_TEST

/* As many blocks as a plan may have, all the same: a finding for each pair of vSwitches. */
START_TEST(most_blocks)
{
    cnicalc_plan_check_options options = options_for(CNICALC_PLUGIN_TERWAY);
    const size_t count = CNICALC_PLAN_BLOCKS_MAX;
    const size_t pairs = count * (count - 1) / 2;
    cnicalc_plan_block *blocks = calloc(count, sizeof *blocks);
    cnicalc_plan_finding *findings = calloc(pairs + 3, sizeof *findings);
    ck_assert(blocks != NULL && findings != NULL);
    for (size_t i = 0; i < count; i++) {
        blocks[i] = terway_blocks[1];
    }
    const cnicalc_plan plan = {blocks, count};
    size_t found;
    ck_ok(cnicalc_plan_check(&plan, &options, findings, pairs + 3, &found, NULL));
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

/* As many zones as blocks: each is asked for its share. */
START_TEST(most_zones)
{
    cnicalc_plan_check_options options = options_for(CNICALC_PLUGIN_TERWAY);
    const size_t count = CNICALC_PLAN_BLOCKS_MAX;
    cnicalc_plan_block *blocks = calloc(count, sizeof *blocks);
    cnicalc_plan_finding *findings = calloc(5 * count, sizeof *findings);
    ck_assert(blocks != NULL && findings != NULL);
    for (size_t i = 0; i < count; i++) {
        blocks[i] = terway_blocks[1];
        blocks[i].role = CNICALC_PLAN_ROLE_VSWITCH;
        blocks[i].cidr.lo = 0x0a000000 + i * 256;
        blocks[i].cidr.prefix_len = 24;
        blocks[i].zone = (uint32_t)(count - i);
    }
    const cnicalc_plan plan = {blocks, count};
    size_t found;
    /* Each zone holds 126 nodes of one pod: one node is too much, and so is each share, 127. */
    options.nodes = options.pods = count * 126 + 1;
    options.ceilings.node_quota = options.ceilings.vswitch_quota =
        options.ceilings.security_group_quota = CNICALC_NO_LIMIT;
    ck_ok(cnicalc_plan_check(&plan, &options, findings, 5 * count, &found, NULL));
    size_t short_zones = 0;
    for (size_t i = 0; i < found; i++) {
        if (findings[i].code == CNICALC_PLAN_SHORTAGE) {
            ck_assert_uint_eq(findings[i].limit, CNICALC_LIMIT_ZONE_ADDRESSES);
            ck_assert_uint_eq(findings[i].zone, ++short_zones);
            ck_assert_uint_eq(findings[i].value, 254);
            ck_assert_uint_eq(findings[i].bound, 252);
        }
    }
    ck_assert_uint_eq(short_zones, count);
    free(findings);
    free(blocks);
}
END_TEST

static cnicalc_plan_finding finding_of(uint32_t code)
{
    cnicalc_plan_finding finding;
    memset(&finding, 0, sizeof finding);
    finding.code = code;
    return finding;
}

START_TEST(format_statuses)
{
    cnicalc_plan_finding finding = finding_of(CNICALC_PLAN_OVERLAP);
    char text[CNICALC_PLAN_TEXT_SIZE];
    const cnicalc_plan nothing = {NULL, 0};
    const cnicalc_plan no_blocks = {NULL, 4};
    const cnicalc_plan first = {terway_blocks, 1};
    size_t len;
    finding.other = 1;
    ck_ok(cnicalc_plan_finding_format(&finding, &terway_plan, text, sizeof text));
    len = strlen(text);
    fill_pattern(text, sizeof text);
    ck_status(cnicalc_plan_finding_format(&finding, &terway_plan, text, len), CNICALC_ERR_CAPACITY);
    ck_status(cnicalc_plan_finding_format(&finding, &terway_plan, text, 0), CNICALC_ERR_CAPACITY);
    ck_status(cnicalc_plan_finding_format(NULL, &terway_plan, text, sizeof text), CNICALC_ERR_NULL);
    ck_status(cnicalc_plan_finding_format(&finding, NULL, text, sizeof text), CNICALC_ERR_NULL);
    ck_status(cnicalc_plan_finding_format(&finding, &no_blocks, text, sizeof text),
              CNICALC_ERR_NULL);
    ck_status(cnicalc_plan_finding_format(&finding, &terway_plan, NULL, sizeof text),
              CNICALC_ERR_NULL);
    ck_status(cnicalc_plan_finding_format(&finding, &first, text, sizeof text), CNICALC_ERR_INDEX);
    ck_status(cnicalc_plan_finding_format(&finding, &nothing, text, sizeof text),
              CNICALC_ERR_INDEX);
    finding.other = CNICALC_UNKNOWN;
    ck_status(cnicalc_plan_finding_format(&finding, &terway_plan, text, sizeof text),
              CNICALC_ERR_INDEX);
    finding.code = CNICALC_PLAN_HOST_BITS; /* whose corrected block is missing */
    ck_status(cnicalc_plan_finding_format(&finding, &terway_plan, text, sizeof text),
              CNICALC_ERR_CIDR_FAMILY);
    finding.code = CNICALC_PLAN_SHORTAGE; /* whose limit is missing, or is none */
    ck_status(cnicalc_plan_finding_format(&finding, &nothing, text, sizeof text),
              CNICALC_ERR_LIMIT);
    finding.limit = CNICALC_LIMIT_COUNT;
    ck_status(cnicalc_plan_finding_format(&finding, &nothing, text, sizeof text),
              CNICALC_ERR_LIMIT);
    ck_untouched(text);
    finding.code = CNICALC_PLAN_QUOTA_UNKNOWN;
    finding.limit = UINT32_MAX;
    ck_ok(cnicalc_plan_finding_format(&finding, &nothing, text, sizeof text));
    ck_assert_ptr_nonnull(strstr(text, "unknown"));
}
END_TEST

START_TEST(format_refuses_malformed_blocks)
{
    cnicalc_plan_finding finding = finding_of(CNICALC_PLAN_HOST_BITS);
    cnicalc_plan_block block = terway_blocks[0];
    const cnicalc_plan plan = {&block, 1};
    char text[CNICALC_PLAN_TEXT_SIZE];
    fill_pattern(text, sizeof text);
    finding.block = block.cidr;
    block.cidr.prefix_len = 33;
    ck_status(cnicalc_plan_finding_format(&finding, &plan, text, sizeof text),
              CNICALC_ERR_CIDR_PREFIX_LEN);
    block.cidr.prefix_len = 8;
    block.cidr.hi = 1;
    ck_status(cnicalc_plan_finding_format(&finding, &plan, text, sizeof text),
              CNICALC_ERR_CIDR_INVALID);
    block.role = CNICALC_PLAN_ROLE_COUNT;
    ck_status(cnicalc_plan_finding_format(&finding, &plan, text, sizeof text),
              CNICALC_ERR_PLAN_ROLE);
    ck_untouched(text);
}
END_TEST

static void check_sentence(cnicalc_plan_finding finding, const cnicalc_cidr *cidr)
{
    char text[CNICALC_PLAN_TEXT_SIZE];
    const cnicalc_plan_block block = {
        *cidr, CNICALC_PLAN_ROLE_OTHER_SERVICE_CIDR, CNICALC_UNKNOWN, 0, 0, {0}};
    const cnicalc_plan plan = {&block, 1};
    finding.block = *cidr;
    ck_ok(cnicalc_plan_finding_format(&finding, &plan, text, sizeof text));
    ck_assert_ptr_eq(strchr(text, '%'), NULL);
    ck_assert_uint_gt(strlen(text), 15);
}

/* Every code has a sentence for each family and limit, and the longest blocks and numbers fit in
 * it. */
START_TEST(every_finding_has_a_sentence)
{
    const cnicalc_cidr ipv6 = {UINT64_MAX, UINT64_MAX, CNICALC_FAMILY_IPV6, 128};
    const cnicalc_cidr ipv4 = {0, UINT32_MAX, CNICALC_FAMILY_IPV4, 32};
    const cnicalc_plan_block block = {ipv6, CNICALC_PLAN_ROLE_OTHER_SERVICE_CIDR, 0, 0, 0, {0}};
    const cnicalc_plan plan = {&block, 1};
    char text[CNICALC_SHORTAGE_TEXT_SIZE];
    for (uint32_t code = 0; code < CNICALC_PLAN_CODE_END + 9; code++) {
        cnicalc_plan_finding finding = finding_of(code);
        finding.value = UINT64_MAX;
        finding.bound = UINT64_MAX;
        if (cnicalc_plan_code_severity(code) == 0) {
            ck_status(cnicalc_plan_finding_format(&finding, &plan, text, sizeof text),
                      CNICALC_ERR_PLAN_FINDING);
            continue;
        }
        ck_assert_uint_lt(code, CNICALC_PLAN_CODE_END);
        for (uint32_t limit = 1; limit < CNICALC_LIMIT_COUNT; limit++) {
            const cnicalc_limit_row row = {limit, 0, 0, 0};
            finding.limit = limit;
            if (cnicalc_shortage_format(&row, text, sizeof text) == CNICALC_OK) {
                check_sentence(finding, &ipv6);
                check_sentence(finding, &ipv4);
            }
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan, hostile");
    add_tests(suite, "hostile", options_statuses, pointer_statuses, block_statuses, capacity,
              extreme_requests_do_not_wrap, prefixes_that_exceed_64_bits,
              other_times_of_a_node_are_not_read, extreme_splits_do_not_wrap, most_blocks,
              most_zones, NULL);
    add_tests(suite, "texts", format_statuses, format_refuses_malformed_blocks,
              every_finding_has_a_sentence, NULL);
    return run_suite(suite);
}
