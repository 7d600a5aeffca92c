/* SPDX-License-Identifier: MIT */
/* Malformed Flannel questions, each with its status and an untouched result. */
#include "flannel_support.h"

#define EXPECT_BOTH(options_, status_)                                                             \
    do {                                                                                           \
        cnicalc_cidr pod_cidr_ = block(10, 0, 16);                                                 \
        cnicalc_flannel_result result_;                                                            \
        fill_pattern(&result_, sizeof result_);                                                    \
        ck_status(cnicalc_flannel_solve(&pod_cidr_, options_, &result_), status_);                 \
        ck_status(cnicalc_flannel_fit(10, 100, options_, &result_), status_);                      \
        ck_untouched(result_);                                                                     \
    } while (0)

START_TEST(bad_options_leave_the_result_alone)
{
    const cnicalc_flannel_options good = default_flannel();
    const uint32_t struct_sizes[] = {0, sizeof good - 4, sizeof good + 4, UINT32_MAX};
    cnicalc_flannel_options options;
    for (size_t i = 0; i < COUNT(struct_sizes); i++) {
        options = good;
        options.struct_size = struct_sizes[i];
        EXPECT_BOTH(&options, CNICALC_ERR_STRUCT_SIZE);
        fill_pattern(&options, sizeof options);
        ck_status(cnicalc_flannel_options_init(&options, struct_sizes[i]), CNICALC_ERR_STRUCT_SIZE);
        ck_untouched(options);
    }
    for (uint32_t bit = 0; bit < 32; bit += 31) {
        options = good;
        options.ceilings.reserved[0] = UINT32_C(1) << bit;
        EXPECT_BOTH(&options, CNICALC_ERR_RESERVED);
        for (size_t i = 0; i < COUNT(options.reserved); i++) {
            options = good;
            options.reserved[i] = UINT32_C(1) << bit;
            EXPECT_BOTH(&options, CNICALC_ERR_RESERVED);
        }
    }
    options = good;
    options.ceilings.struct_size = sizeof options.ceilings - 8;
    EXPECT_BOTH(&options, CNICALC_ERR_STRUCT_SIZE);
    options = good;
    options.ceilings.raised = 2;
    EXPECT_BOTH(&options, CNICALC_ERR_FLAG);
    options.ceilings.raised = UINT32_MAX;
    EXPECT_BOTH(&options, CNICALC_ERR_FLAG);
    const uint32_t editions[] = {CNICALC_EDITION_ANY, CNICALC_EDITION_COUNT, UINT32_MAX};
    for (size_t i = 0; i < COUNT(editions); i++) {
        options = good;
        options.ceilings.edition = editions[i];
        EXPECT_BOTH(&options, CNICALC_ERR_EDITION);
    }
    options = good;
    options.ceilings.security_group = 0;
    EXPECT_BOTH(&options, CNICALC_ERR_SECURITY_GROUP);
}
END_TEST

START_TEST(node_mask_and_pods_that_are_not_legal)
{
    static const struct {
        uint32_t node_mask, pods_per_node;
        cnicalc_status status;
    } bad[] = {
        {0, 0, CNICALC_ERR_FLANNEL_NODE_MASK},
        {23, 0, CNICALC_ERR_FLANNEL_NODE_MASK},
        {29, 0, CNICALC_ERR_FLANNEL_NODE_MASK},
        {UINT32_MAX, 0, CNICALC_ERR_FLANNEL_NODE_MASK},
        {23, 256, CNICALC_ERR_FLANNEL_NODE_MASK},
        {0, 1, CNICALC_ERR_FLANNEL_PODS_PER_NODE},
        {0, 8, CNICALC_ERR_FLANNEL_PODS_PER_NODE},
        {0, 15, CNICALC_ERR_FLANNEL_PODS_PER_NODE},
        {0, 17, CNICALC_ERR_FLANNEL_PODS_PER_NODE},
        {0, 255, CNICALC_ERR_FLANNEL_PODS_PER_NODE},
        {0, 257, CNICALC_ERR_FLANNEL_PODS_PER_NODE},
        {0, 512, CNICALC_ERR_FLANNEL_PODS_PER_NODE},
        {0, UINT32_MAX, CNICALC_ERR_FLANNEL_PODS_PER_NODE},
        {24, 128, CNICALC_ERR_FLANNEL_PODS_PER_NODE},
        {28, 256, CNICALC_ERR_FLANNEL_PODS_PER_NODE},
    };
    cnicalc_cidr pod_cidr = block(10, 0, 16);
    cnicalc_flannel_result result;
    fill_pattern(&result, sizeof result);
    for (size_t i = 0; i < COUNT(bad); i++) {
        cnicalc_flannel_options options = default_flannel();
        options.node_mask = bad[i].node_mask;
        options.pods_per_node = bad[i].pods_per_node;
        ck_status(cnicalc_flannel_solve(&pod_cidr, &options, &result), bad[i].status);
        ck_untouched(result);
    }
}
END_TEST

START_TEST(blocks_that_are_none)
{
    static const struct {
        cnicalc_cidr cidr;
        cnicalc_status status;
    } bad[] = {
        {{0, 0x0a000000, 0, 16}, CNICALC_ERR_CIDR_FAMILY},
        {{0, 0x0a000000, UINT32_MAX, 16}, CNICALC_ERR_CIDR_FAMILY},
        {{1, 0x0a000000, CNICALC_FAMILY_IPV4, 16}, CNICALC_ERR_CIDR_INVALID},
        {{0, UINT64_C(0x10a000000), CNICALC_FAMILY_IPV4, 16}, CNICALC_ERR_CIDR_INVALID},
        {{0, 0x0a000000, CNICALC_FAMILY_IPV4, 33}, CNICALC_ERR_CIDR_PREFIX_LEN},
        {{0, 0x0a000000, CNICALC_FAMILY_IPV4, UINT32_MAX}, CNICALC_ERR_CIDR_PREFIX_LEN},
        {{0, 0x0a000001, CNICALC_FAMILY_IPV4, 16}, CNICALC_ERR_CIDR_HOST_BITS},
    };
    cnicalc_flannel_options options = default_flannel();
    cnicalc_flannel_result result;
    options.node_mask = 24;
    fill_pattern(&result, sizeof result);
    for (size_t i = 0; i < COUNT(bad); i++) {
        ck_status(cnicalc_flannel_solve(&bad[i].cidr, &options, &result), bad[i].status);
        ck_untouched(result);
    }
}
END_TEST

START_TEST(null_and_zero)
{
    cnicalc_cidr pod_cidr = block(10, 0, 16);
    cnicalc_flannel_options options = default_flannel();
    cnicalc_flannel_result result;
    fill_pattern(&result, sizeof result);
    options.node_mask = 24;
    ck_status(cnicalc_flannel_options_init(NULL, sizeof options), CNICALC_ERR_NULL);
    ck_status(cnicalc_flannel_solve(NULL, &options, &result), CNICALC_ERR_NULL);
    ck_status(cnicalc_flannel_solve(&pod_cidr, NULL, &result), CNICALC_ERR_NULL);
    ck_status(cnicalc_flannel_solve(&pod_cidr, &options, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_flannel_fit(1, 1, NULL, &result), CNICALC_ERR_NULL);
    ck_status(cnicalc_flannel_fit(1, 1, &options, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_flannel_fit(0, 1, &options, &result), CNICALC_ERR_FLANNEL_NODES);
    ck_status(cnicalc_flannel_fit(1, 0, &options, &result), CNICALC_ERR_FLANNEL_PODS_PER_NODE);
    ck_untouched(result);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("flannel_hostile");
    add_tests(suite, "hostile", bad_options_leave_the_result_alone,
              node_mask_and_pods_that_are_not_legal, blocks_that_are_none, null_and_zero, NULL);
    return run_suite(suite);
}
