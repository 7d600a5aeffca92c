/* SPDX-License-Identifier: MIT */
/* The inverse of the Flannel split. */
#include "flannel_support.h"

#include <string.h>

START_TEST(fit_examples)
{
    static const struct {
        uint64_t nodes, pods;
        uint32_t edition, raised, fits, node_mask, pod_prefix_len, bound_by;
        uint64_t max_nodes;
    } requests[] = {
        {100, 100, CNICALC_EDITION_PRO, 0, 1, 25, 18, CNICALC_LIMIT_POD_CIDR, 128},
        {300, 64, CNICALC_EDITION_PRO, 0, 0, 26, 17, CNICALC_LIMIT_ROUTE_QUOTA, 200},
        {300, 64, CNICALC_EDITION_PRO, 1, 1, 26, 17, CNICALC_LIMIT_POD_CIDR, 512},
        {1, 1, CNICALC_EDITION_PRO, 0, 1, 28, 28, CNICALC_LIMIT_POD_CIDR, 1},
        {16, 256, CNICALC_EDITION_PRO, 0, 1, 24, 20, CNICALC_LIMIT_POD_CIDR, 16},
        {17, 256, CNICALC_EDITION_PRO, 0, 1, 24, 19, CNICALC_LIMIT_POD_CIDR, 32},
        {200, 16, CNICALC_EDITION_PRO, 0, 1, 28, 20, CNICALC_LIMIT_ROUTE_QUOTA, 200},
        {11, 16, CNICALC_EDITION_BASIC, 1, 0, 28, 24, CNICALC_LIMIT_NODE_QUOTA, 10},
        {10, 257, CNICALC_EDITION_PRO, 0, 0, 24, 20, CNICALC_LIMIT_NODE_MASK, 16},
        {10, UINT64_MAX, CNICALC_EDITION_PRO, 0, 0, 24, 20, CNICALC_LIMIT_NODE_MASK, 16},
        {UINT64_MAX, 256, CNICALC_EDITION_PRO, 0, 0, 24, 8, CNICALC_LIMIT_ROUTE_QUOTA, 200},
        {1001, 256, CNICALC_EDITION_EDGE_PRO, 0, 0, 24, 14, CNICALC_LIMIT_NODE_QUOTA, 1000},
        /* The quota of 300 pods caps max_pods and not the split. */
        {10, 256, CNICALC_EDITION_BASIC, 0, 1, 24, 20, CNICALC_LIMIT_NODE_QUOTA, 10},
    };
    for (size_t i = 0; i < COUNT(requests); i++) {
        cnicalc_flannel_options options = default_flannel();
        options.ceilings.edition = requests[i].edition;
        options.ceilings.raised = requests[i].raised;
        options.node_mask = UINT32_MAX; /* not read */
        options.pods_per_node = UINT32_MAX;
        cnicalc_flannel_result r;
        ck_ok(cnicalc_flannel_fit(requests[i].nodes, requests[i].pods, &options, &r));
        ck_assert_msg(r.fits == requests[i].fits && r.node_mask == requests[i].node_mask &&
                          r.pod_prefix_len == requests[i].pod_prefix_len &&
                          r.bound_by == requests[i].bound_by &&
                          r.max_nodes == requests[i].max_nodes,
                      "request %zu: fits %u, /%u in /%u, %u nodes by %s", i, r.fits, r.node_mask,
                      r.pod_prefix_len, (unsigned)r.max_nodes, cnicalc_limit_name(r.bound_by));
    }
}
END_TEST

/* Without ceilings, the pod CIDR itself is what a request may be too large for. */
START_TEST(fit_ends_at_slash_8)
{
    cnicalc_flannel_options options = default_flannel();
    cnicalc_flannel_result result;
    options.ceilings.edition = CNICALC_EDITION_EDGE_PRO;
    options.ceilings.node_quota = CNICALC_NO_LIMIT;
    for (size_t i = 0; i < COUNT(sizes); i++) {
        uint64_t most = count_blocks(8, sizes[i].node_mask);
        ck_ok(cnicalc_flannel_fit(most, sizes[i].pods_per_node, &options, &result));
        ck_assert_uint_eq(result.fits, 1);
        ck_assert_uint_eq(result.pod_prefix_len, 8);
        ck_assert_uint_eq(result.max_pods, 16777216);
        ck_ok(cnicalc_flannel_fit(most + 1, sizes[i].pods_per_node, &options, &result));
        ck_assert_uint_eq(result.fits, 0);
        ck_assert_uint_eq(result.bound_by, CNICALC_LIMIT_POD_CIDR);
        ck_assert_uint_eq(result.max_nodes, most);
    }
}
END_TEST

static int split_holds(uint32_t pod_prefix_len, uint32_t node_mask, uint64_t nodes, uint64_t pods)
{
    return pod_prefix_len <= node_mask && sizes[size_index(node_mask)].pods_per_node >= pods &&
           count_blocks(pod_prefix_len, node_mask) >= nodes;
}

/* Nothing smaller holds the request: no CIDR one bit longer with any mask, no longer mask. */
static int is_smallest(const cnicalc_flannel_result *r, uint64_t nodes, uint64_t pods)
{
    for (uint32_t mask = 24; mask <= 28; mask++) {
        if (split_holds(r->pod_prefix_len + 1, mask, nodes, pods) ||
            (mask > r->node_mask && sizes[size_index(mask)].pods_per_node >= pods)) {
            return 0;
        }
    }
    return 1;
}

static int is_right(uint64_t nodes, uint64_t pods, uint64_t most, const cnicalc_flannel_result *r)
{
    if (pods > 256) {
        return r->fits == 0 && r->bound_by == CNICALC_LIMIT_NODE_MASK;
    }
    uint64_t blocks = count_blocks(r->pod_prefix_len, r->node_mask);
    return split_holds(r->pod_prefix_len, r->node_mask, nodes, pods) &&
           is_smallest(r, nodes, pods) && r->fits == (nodes <= most) &&
           r->max_nodes == (blocks < most ? blocks : most);
}

START_TEST(fit_is_the_smallest)
{
    static const struct {
        uint32_t edition, raised;
        uint64_t most;
    } ceilings[] = {{CNICALC_EDITION_PRO, 0, 200},
                    {CNICALC_EDITION_PRO, 1, 1000},
                    {CNICALC_EDITION_EDGE_BASIC, 0, 10}};
    for (size_t i = 0; i < COUNT(ceilings); i++) {
        cnicalc_flannel_options options = default_flannel();
        options.ceilings.edition = ceilings[i].edition;
        options.ceilings.raised = ceilings[i].raised;
        for (uint64_t nodes = 1; nodes <= 1100; nodes++) {
            for (uint64_t pods = 1; pods <= 257; pods++) {
                cnicalc_flannel_result r;
                cnicalc_status status = cnicalc_flannel_fit(nodes, pods, &options, &r);
                /* An assertion that holds costs more than the answer. */
                if (status != CNICALC_OK || !is_right(nodes, pods, ceilings[i].most, &r)) {
                    ck_abort_msg("%u nodes of %u pods: /%u in /%u, %u nodes", (unsigned)nodes,
                                 (unsigned)pods, r.node_mask, r.pod_prefix_len,
                                 (unsigned)r.max_nodes);
                }
            }
        }
    }
}
END_TEST

/* What a request takes is in the rows, in the unit of each. */
START_TEST(rows_say_what_is_needed)
{
    cnicalc_flannel_options options = default_flannel();
    cnicalc_flannel_result result;
    ck_ok(cnicalc_flannel_fit(300, 64, &options, &result));
    ck_assert_uint_eq(NEEDED(result, CNICALC_LIMIT_POD_CIDR), 300);
    ck_assert_uint_eq(NEEDED(result, CNICALC_LIMIT_ROUTE_QUOTA), 300);
    ck_assert_uint_eq(NEEDED(result, CNICALC_LIMIT_NODE_QUOTA), 300);
    ck_assert_uint_eq(NEEDED(result, CNICALC_LIMIT_POD_QUOTA), 19200);
    ck_assert_uint_eq(NEEDED(result, CNICALC_LIMIT_NODE_MASK), 64);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_NODE_MASK), 256);
    ck_ok(cnicalc_flannel_fit(UINT64_MAX, 2, &options, &result));
    ck_assert_uint_eq(NEEDED(result, CNICALC_LIMIT_POD_QUOTA), UINT64_MAX);
}
END_TEST

/* A CIDR of the length that fit() names gives, forwards, what fit() promised. */
START_TEST(fit_and_solve_agree)
{
    cnicalc_flannel_options options = default_flannel();
    options.ceilings.raised = 1;
    for (uint64_t nodes = 1; nodes <= 1000; nodes += 7) {
        for (uint64_t pods = 1; pods <= 256; pods += 5) {
            cnicalc_flannel_result backwards;
            cnicalc_flannel_result forwards;
            ck_ok(cnicalc_flannel_fit(nodes, pods, &options, &backwards));
            cnicalc_flannel_options split = options;
            split.node_mask = backwards.node_mask;
            cnicalc_cidr pod_cidr = block(10, 0, backwards.pod_prefix_len);
            ck_ok(cnicalc_flannel_solve(&pod_cidr, &split, &forwards));
            ck_assert_uint_eq(NEEDED(backwards, CNICALC_LIMIT_ROUTE_QUOTA), nodes);
            for (uint32_t i = 0; i < backwards.limit_count; i++) {
                backwards.limits[i].needed = 0;
            }
            ck_assert_mem_eq(&forwards, &backwards, sizeof forwards);
        }
    }
}
END_TEST

/* 172.16.0.0/18 has 128 blocks of /25. */
START_TEST(further_nodes)
{
    static const struct {
        uint64_t nodes, more;
        uint32_t fits, bound_by;
    } rows[] = {{0, 128, 1, CNICALC_LIMIT_POD_CIDR},
                {100, 28, 1, CNICALC_LIMIT_POD_CIDR},
                {100, 29, 0, CNICALC_LIMIT_POD_CIDR},
                {129, 1, 0, CNICALC_LIMIT_POD_CIDR},
                {UINT64_MAX - 1, 1, 0, CNICALC_LIMIT_POD_CIDR}};
    const cnicalc_cidr pod_cidr = {0, 0xac100000, CNICALC_FAMILY_IPV4, 18};
    cnicalc_flannel_options options = default_flannel();
    cnicalc_flannel_result r;
    options.node_mask = 25;
    for (size_t i = 0; i < COUNT(rows); i++) {
        uint64_t all = rows[i].nodes + rows[i].more;
        ck_ok(cnicalc_flannel_grow(&pod_cidr, rows[i].nodes, rows[i].more, &options, &r));
        ck_assert_uint_eq(r.fits, rows[i].fits);
        ck_assert_uint_eq(r.max_nodes, 128);
        ck_assert_uint_eq(r.bound_by, rows[i].bound_by);
        ck_assert_uint_eq(NEEDED(r, CNICALC_LIMIT_POD_CIDR), all);
        ck_assert_uint_eq(NEEDED(r, CNICALC_LIMIT_ROUTE_QUOTA), all);
        ck_assert_uint_eq(NEEDED(r, CNICALC_LIMIT_NODE_QUOTA), all);
        ck_assert_uint_eq(NEEDED(r, CNICALC_LIMIT_POD_QUOTA), 0);
    }
    options.ceilings.routes_used = 80; /* of 200 */
    ck_ok(cnicalc_flannel_grow(&pod_cidr, 100, 21, &options, &r));
    ck_assert_uint_eq(r.fits, 0);
    ck_assert_uint_eq(r.bound_by, CNICALC_LIMIT_ROUTE_QUOTA);
    ck_assert_uint_eq(r.max_nodes, 120);
}
END_TEST

START_TEST(further_nodes_are_refused)
{
    const cnicalc_cidr pod_cidr = {0, 0xac100000, CNICALC_FAMILY_IPV4, 26};
    const cnicalc_cidr host_bits = {0, 0xac100001, CNICALC_FAMILY_IPV4, 18};
    cnicalc_flannel_options options = default_flannel();
    cnicalc_flannel_result r;
    fill_pattern(&r, sizeof r);
    options.node_mask = 26;
#define REFUSED(cidr, nodes, more, status)                                                         \
    ck_status(cnicalc_flannel_grow(cidr, nodes, more, &options, &r), status)
    REFUSED(&pod_cidr, 1, 0, CNICALC_ERR_FLANNEL_NODES);
    REFUSED(&pod_cidr, UINT64_MAX, 1, CNICALC_ERR_OVERFLOW);
    REFUSED(&host_bits, 1, 1, CNICALC_ERR_CIDR_HOST_BITS);
    options.node_mask = 25;
    REFUSED(&pod_cidr, 1, 1, CNICALC_ERR_FLANNEL_POD_MASK);
    options.node_mask = 0;
    REFUSED(&pod_cidr, 1, 1, CNICALC_ERR_FLANNEL_NODE_MASK);
    options.reserved[0] = 1;
    REFUSED(&pod_cidr, 1, 1, CNICALC_ERR_RESERVED);
    REFUSED(NULL, 1, 1, CNICALC_ERR_NULL);
    ck_status(cnicalc_flannel_grow(&pod_cidr, 1, 1, NULL, &r), CNICALC_ERR_NULL);
    ck_status(cnicalc_flannel_grow(&pod_cidr, 1, 1, &options, NULL), CNICALC_ERR_NULL);
    ck_untouched(r);
#undef REFUSED
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("flannel_fit");
    add_tests(suite, "known", fit_examples, rows_say_what_is_needed, further_nodes, NULL);
    add_tests(suite, "limits", fit_ends_at_slash_8, further_nodes_are_refused, NULL);
    add_tests(suite, "properties", fit_is_the_smallest, fit_and_solve_agree, NULL);
    return run_suite(suite);
}
