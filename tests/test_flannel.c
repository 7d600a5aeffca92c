/* SPDX-License-Identifier: MIT */
#include "cidr_support.h"
#include "flannel_support.h"

#include <stdlib.h>
#include <string.h>

#define EDGE_NODES 1000

START_TEST(published_examples)
{
    static const struct {
        const char *pod_cidr;
        uint32_t node_mask, edition, raised;
        uint64_t routes_used, max_nodes, pods_per_node;
        uint32_t bound_by;
    } examples[] = {
        {"172.16.0.0/20", 24, CNICALC_EDITION_PRO, 0, 0, 16, 256, CNICALC_LIMIT_POD_CIDR},
        {"10.0.0.0/8", 24, CNICALC_EDITION_PRO, 0, 0, 200, 256, CNICALC_LIMIT_ROUTE_QUOTA},
        {"172.16.0.0/12", 24, CNICALC_EDITION_PRO, 1, 100, 900, 256, CNICALC_LIMIT_ROUTE_QUOTA},
        {"172.20.0.0/16", 24, CNICALC_EDITION_PRO, 1, 0, 256, 256, CNICALC_LIMIT_POD_CIDR},
        {"172.20.0.0/16", 26, CNICALC_EDITION_PRO, 1, 0, 1000, 64, CNICALC_LIMIT_ROUTE_QUOTA},
        {"172.20.0.0/16", 25, CNICALC_EDITION_BASIC, 1, 0, 10, 128, CNICALC_LIMIT_NODE_QUOTA},
        {"10.0.0.0/8", 28, CNICALC_EDITION_EDGE_PRO, 0, 999, EDGE_NODES, 16,
         CNICALC_LIMIT_NODE_QUOTA},
        {"10.0.0.0/8", 28, CNICALC_EDITION_EDGE_BASIC, 1, 0, 10, 16, CNICALC_LIMIT_NODE_QUOTA},
        {"192.168.0.0/24", 24, CNICALC_EDITION_PRO, 0, 0, 1, 256, CNICALC_LIMIT_POD_CIDR},
        {"192.168.0.0/24", 24, CNICALC_EDITION_PRO, 0, 200, 0, 256, CNICALC_LIMIT_ROUTE_QUOTA},
        {"192.168.0.0/24", 24, CNICALC_EDITION_PRO, 0, 201, 0, 256, CNICALC_LIMIT_ROUTE_QUOTA},
    };
    for (size_t i = 0; i < COUNT(examples); i++) {
        cnicalc_cidr pod_cidr = cidr_of(examples[i].pod_cidr);
        cnicalc_flannel_options options = default_flannel();
        options.node_mask = examples[i].node_mask;
        options.ceilings.edition = examples[i].edition;
        options.ceilings.raised = examples[i].raised;
        options.ceilings.routes_used = examples[i].routes_used;
        cnicalc_flannel_result result;
        ck_ok(cnicalc_flannel_solve(&pod_cidr, &options, &result));
        ck_assert_msg(result.max_nodes == examples[i].max_nodes &&
                          result.pods_per_node == examples[i].pods_per_node &&
                          result.bound_by == examples[i].bound_by && result.fits == 1,
                      "%s gives %u nodes by %s", examples[i].pod_cidr, (unsigned)result.max_nodes,
                      cnicalc_limit_name(result.bound_by));
        ck_assert_uint_eq(result.pod_prefix_len, pod_cidr.prefix_len);
        ck_assert_uint_eq(result.node_mask, examples[i].node_mask);
    }
}
END_TEST

/* The mask and the pods per node name the same thing; both are accepted, together too. */
START_TEST(published_sizes_by_mask_and_by_pods)
{
    cnicalc_cidr pod_cidr = cidr_of("172.16.0.0/20");
    for (size_t i = 0; i < COUNT(sizes); i++) {
        cnicalc_flannel_result by_mask;
        cnicalc_flannel_result by_pods;
        cnicalc_flannel_result by_both;
        cnicalc_flannel_options options = default_flannel();
        options.node_mask = sizes[i].node_mask;
        ck_ok(cnicalc_flannel_solve(&pod_cidr, &options, &by_mask));
        options.pods_per_node = sizes[i].pods_per_node;
        ck_ok(cnicalc_flannel_solve(&pod_cidr, &options, &by_both));
        options.node_mask = 0;
        ck_ok(cnicalc_flannel_solve(&pod_cidr, &options, &by_pods));
        ck_assert_mem_eq(&by_mask, &by_pods, sizeof by_mask);
        ck_assert_mem_eq(&by_mask, &by_both, sizeof by_mask);
        ck_assert_uint_eq(by_mask.node_mask, sizes[i].node_mask);
        ck_assert_uint_eq(by_mask.pods_per_node, sizes[i].pods_per_node);
        ck_assert_uint_eq(by_mask.usable_pod_ips, sizes[i].usable);
    }
}
END_TEST

START_TEST(quota_of_pods_caps_the_cluster)
{
    cnicalc_cidr pod_cidr = cidr_of("10.0.0.0/8");
    cnicalc_flannel_options options = default_flannel();
    cnicalc_flannel_result result;
    options.node_mask = 24;
    options.ceilings.raised = 1;
    ck_ok(cnicalc_flannel_solve(&pod_cidr, &options, &result));
    ck_assert_uint_eq(result.max_pods, 150000); /* of 1,000 * 256 */
    ck_assert_uint_eq(result.max_pods_bound_by, CNICALC_LIMIT_POD_QUOTA);
    ck_assert_uint_eq(result.bound_by, CNICALC_LIMIT_ROUTE_QUOTA);
    options.ceilings.edition = CNICALC_EDITION_BASIC;
    ck_ok(cnicalc_flannel_solve(&pod_cidr, &options, &result));
    ck_assert_uint_eq(result.max_pods, 300); /* of 10 * 256 */
    options.node_mask = 27;
    ck_ok(cnicalc_flannel_solve(&pod_cidr, &options, &result));
    ck_assert_uint_eq(result.max_pods, 300); /* of 10 * 32 */
    options.node_mask = 28;
    ck_ok(cnicalc_flannel_solve(&pod_cidr, &options, &result));
    ck_assert_uint_eq(result.max_pods, 160); /* 10 * 16 */
    ck_assert_uint_eq(result.max_pods_bound_by, CNICALC_LIMIT_NODE_QUOTA);
    options.ceilings.edition = CNICALC_EDITION_EDGE_PRO;
    options.node_mask = 24;
    ck_ok(cnicalc_flannel_solve(&pod_cidr, &options, &result));
    ck_assert_uint_eq(result.max_pods, 256000); /* no quota of pods is published there */
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_POD_QUOTA), CNICALC_NO_LIMIT);
    options.ceilings.pod_quota = 256000;
    ck_ok(cnicalc_flannel_solve(&pod_cidr, &options, &result));
    ck_assert_uint_eq(result.max_pods_bound_by, CNICALC_LIMIT_NODE_QUOTA);
    options.ceilings.pod_quota = 255999;
    ck_ok(cnicalc_flannel_solve(&pod_cidr, &options, &result));
    ck_assert_uint_eq(result.max_pods, 255999);
}
END_TEST

START_TEST(own_ceilings_replace_the_published)
{
    cnicalc_cidr pod_cidr = cidr_of("172.16.0.0/14");
    cnicalc_flannel_options options = default_flannel();
    cnicalc_flannel_result result;
    options.node_mask = 24; /* 1,024 blocks */
    options.ceilings.route_quota = 500;
    options.ceilings.routes_used = 20;
    options.ceilings.node_quota = 600;
    ck_ok(cnicalc_flannel_solve(&pod_cidr, &options, &result));
    ck_assert_uint_eq(result.max_nodes, 480);
    ck_assert_uint_eq(result.bound_by, CNICALC_LIMIT_ROUTE_QUOTA);
    options.ceilings.node_quota = 480; /* the first of equals */
    ck_ok(cnicalc_flannel_solve(&pod_cidr, &options, &result));
    ck_assert_uint_eq(result.bound_by, CNICALC_LIMIT_ROUTE_QUOTA);
    options.ceilings.node_quota = 479;
    ck_ok(cnicalc_flannel_solve(&pod_cidr, &options, &result));
    ck_assert_uint_eq(result.max_nodes, 479);
    ck_assert_uint_eq(result.bound_by, CNICALC_LIMIT_NODE_QUOTA);
    options.ceilings.node_quota = options.ceilings.route_quota = options.ceilings.pod_quota =
        CNICALC_NO_LIMIT;
    ck_ok(cnicalc_flannel_solve(&pod_cidr, &options, &result));
    ck_assert_uint_eq(result.max_nodes, 1024);
    ck_assert_uint_eq(result.bound_by, CNICALC_LIMIT_POD_CIDR);
    ck_assert_uint_eq(result.max_pods, 262144);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_ROUTE_QUOTA), CNICALC_NO_LIMIT);
    options.ceilings.routes_used = UINT64_MAX;
    options.ceilings.route_quota = UINT64_MAX - 1;
    ck_ok(cnicalc_flannel_solve(&pod_cidr, &options, &result));
    ck_assert_uint_eq(result.max_nodes, 0);
}
END_TEST

/* The node blocks that Kubernetes' own allocator counts, where its case is one of ACK's. */
START_TEST(kubernetes_counts_the_same_blocks)
{
    tsv table = tsv_read("tests/vectors/k8s_cidrset_capacity.tsv");
    int compared = 0;
    for (size_t i = 1; i < table.row_count; i++) {
        char **row = table.rows[i];
        cnicalc_cidr pod_cidr;
        cnicalc_flannel_options options = default_flannel();
        cnicalc_flannel_result result;
        options.node_mask = (uint32_t)strtoul(row[1], NULL, 10);
        if (row[2][0] == '\0' ||
            cnicalc_cidr_parse(row[0], strlen(row[0]), &pod_cidr) != CNICALC_OK ||
            cnicalc_flannel_solve(&pod_cidr, &options, &result) != CNICALC_OK) {
            continue;
        }
        ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_POD_CIDR), strtoull(row[2], NULL, 10));
        compared++;
    }
    ck_assert_int_gt(compared, 0);
    tsv_free(&table);
}
END_TEST

/* ---- Every mask, edition and ceiling ---- */

struct nodes_quota {
    uint32_t edition;
    uint64_t nodes[2];  /* default, raised */
    uint64_t routes[2]; /* 0: none is needed */
};

static const struct nodes_quota quotas[] = {
    {CNICALC_EDITION_PRO, {200, 1000}, {200, 1000}},
    {CNICALC_EDITION_BASIC, {10, 10}, {200, 1000}},
    {CNICALC_EDITION_DEDICATED, {200, 1000}, {200, 1000}},
    {CNICALC_EDITION_EDGE_PRO, {1000, 1000}, {0, 0}},
    {CNICALC_EDITION_EDGE_BASIC, {10, 10}, {0, 0}},
};

static cnicalc_status expected_status(uint32_t pod_mask, uint32_t node_mask)
{
    if (pod_mask < 8) {
        return CNICALC_ERR_FLANNEL_POD_CIDR_RANGE;
    }
    if (node_mask < 24 || node_mask > 28) {
        return CNICALC_ERR_FLANNEL_NODE_MASK;
    }
    return pod_mask > node_mask ? CNICALC_ERR_FLANNEL_POD_MASK : CNICALC_OK;
}

/* What the pencil says of a legal split: limits in the order of the enum, the smallest first. */
static int is_right(const cnicalc_flannel_result *r, const struct nodes_quota *quota,
                    const cnicalc_flannel_options *options)
{
    uint64_t routes = quota->routes[options->ceilings.raised];
    uint64_t left =
        options->ceilings.routes_used < routes ? routes - options->ceilings.routes_used : 0;
    uint64_t by_cidr = count_blocks(r->pod_prefix_len, options->node_mask);
    uint64_t by_routes = routes != 0 ? left : CNICALC_NO_LIMIT;
    uint64_t by_edition = quota->nodes[options->ceilings.raised];
    uint64_t nodes = by_cidr;
    uint32_t bound_by = CNICALC_LIMIT_POD_CIDR;
    if (by_routes < nodes) {
        nodes = by_routes;
        bound_by = CNICALC_LIMIT_ROUTE_QUOTA;
    }
    if (by_edition < nodes) {
        nodes = by_edition;
        bound_by = CNICALC_LIMIT_NODE_QUOTA;
    }
    const struct size *size = &sizes[size_index(options->node_mask)];
    return AVAILABLE(*r, CNICALC_LIMIT_POD_CIDR) == by_cidr &&
           AVAILABLE(*r, CNICALC_LIMIT_ROUTE_QUOTA) == by_routes &&
           AVAILABLE(*r, CNICALC_LIMIT_NODE_QUOTA) == by_edition &&
           AVAILABLE(*r, CNICALC_LIMIT_NODE_MASK) == 256 && r->max_nodes == nodes &&
           r->bound_by == bound_by && r->pods_per_node == size->pods_per_node &&
           r->usable_pod_ips == size->usable && r->node_mask == options->node_mask;
}

static void check_split(uint32_t pod_mask, const struct nodes_quota *quota,
                        const cnicalc_flannel_options *options)
{
    uint32_t address = pod_mask < 5 ? 0 : pod_mask < 7 ? 8 : 10;
    cnicalc_cidr pod_cidr = block(address, 0, pod_mask);
    cnicalc_status expected = expected_status(pod_mask, options->node_mask);
    cnicalc_flannel_result result;
    fill_pattern(&result, sizeof result);
    cnicalc_status status = cnicalc_flannel_solve(&pod_cidr, options, &result);
    int right = status == expected &&
                (expected == CNICALC_OK
                     ? result.pod_prefix_len == pod_mask && is_right(&result, quota, options)
                     : is_pattern(&result, sizeof result));
    /* An assertion that holds costs more than the answer. */
    if (!right) {
        ck_abort_msg("/%u in /%u, edition %u: %s, %u nodes by %u", options->node_mask, pod_mask,
                     options->ceilings.edition, cnicalc_status_name(status),
                     (unsigned)result.max_nodes, result.bound_by);
    }
}

START_TEST(all_masks_editions_and_routes)
{
    const uint64_t routes_used[] = {0, 1, 150, 199, 200, 201, 999, 1000, 1001, UINT64_MAX};
    for (size_t q = 0; q < COUNT(quotas); q++) {
        for (uint32_t choice = 0; choice < 2 * COUNT(routes_used); choice++) {
            cnicalc_flannel_options options = default_flannel();
            options.ceilings.edition = quotas[q].edition;
            options.ceilings.raised = choice & 1;
            options.ceilings.routes_used = routes_used[choice / 2];
            for (uint32_t pair = 0; pair < 33 * 33; pair++) {
                options.node_mask = pair % 33;
                /* Node mask 0 is "not set"; the status is the same. */
                check_split(pair / 33, &quotas[q], &options);
            }
        }
    }
}
END_TEST

/* The ends of the three ranges. */
START_TEST(pod_cidr_outside_the_private_ranges)
{
    const char *const outside[] = {"9.255.0.0/16",   "11.0.0.0/16",    "172.15.0.0/16",
                                   "172.32.0.0/16",  "172.0.0.0/11",   "192.167.0.0/16",
                                   "192.169.0.0/16", "192.168.0.0/15", "100.64.0.0/16",
                                   "0.0.0.0/0",      "8.0.0.0/7",      "fd00::/16"};
    const char *const inside[] = {"10.0.0.0/8",      "10.255.0.0/16",   "172.16.0.0/12",
                                  "172.31.0.0/16",   "192.168.0.0/16",  "10.255.255.0/24",
                                  "172.31.255.0/24", "192.168.255.0/24"};
    cnicalc_flannel_options options = default_flannel();
    options.node_mask = 24;
    cnicalc_flannel_result result;
    fill_pattern(&result, sizeof result);
    for (size_t i = 0; i < COUNT(outside); i++) {
        cnicalc_cidr pod_cidr = cidr_of(outside[i]);
        ck_status(cnicalc_flannel_solve(&pod_cidr, &options, &result),
                  CNICALC_ERR_FLANNEL_POD_CIDR_RANGE);
        ck_untouched(result);
    }
    for (size_t i = 0; i < COUNT(inside); i++) {
        cnicalc_cidr pod_cidr = cidr_of(inside[i]);
        ck_ok(cnicalc_flannel_solve(&pod_cidr, &options, &result));
    }
    /* The same bits as IPv6 are no IPv4 range. */
    cnicalc_cidr ipv6 = {UINT64_C(0x0a00000000000000), 0, CNICALC_FAMILY_IPV6, 8};
    ck_status(cnicalc_flannel_solve(&ipv6, &options, &result), CNICALC_ERR_FLANNEL_POD_CIDR_RANGE);
}
END_TEST

START_TEST(more_never_gives_less)
{
    cnicalc_flannel_options options = default_flannel();
    for (uint32_t node_mask = 24; node_mask <= 28; node_mask++) {
        for (uint32_t pod_mask = 9; pod_mask <= node_mask; pod_mask++) {
            for (uint64_t used = 0; used < 1200; used += 50) {
                cnicalc_cidr smaller = block(10, 0, pod_mask);
                cnicalc_cidr larger = block(10, 0, pod_mask - 1);
                cnicalc_flannel_result base;
                cnicalc_flannel_result more;
                options.node_mask = node_mask;
                options.ceilings.routes_used = used;
                ck_ok(cnicalc_flannel_solve(&smaller, &options, &base));
                ck_ok(cnicalc_flannel_solve(&larger, &options, &more));
                ck_assert(more.max_nodes >= base.max_nodes && more.max_pods >= base.max_pods);
                options.ceilings.raised = 1;
                ck_ok(cnicalc_flannel_solve(&smaller, &options, &more));
                ck_assert(more.max_nodes >= base.max_nodes && more.max_pods >= base.max_pods);
                options.ceilings.raised = 0;
            }
        }
    }
}
END_TEST

START_TEST(defaults)
{
    cnicalc_flannel_options options;
    fill_pattern(&options, sizeof options);
    ck_ok(cnicalc_flannel_options_init(&options, sizeof options));
    cnicalc_flannel_options expected;
    memset(&expected, 0, sizeof expected);
    expected.struct_size = sizeof expected;
    expected.ceilings.struct_size = sizeof expected.ceilings;
    expected.ceilings.edition = CNICALC_EDITION_PRO;
    expected.ceilings.security_group = CNICALC_SECURITY_GROUP_ADVANCED;
    ck_assert_mem_eq(&options, &expected, sizeof options);
    cnicalc_cidr pod_cidr = block(10, 0, 16);
    cnicalc_flannel_result result;
    fill_pattern(&result, sizeof result);
    options.node_mask = 24;
    ck_ok(cnicalc_flannel_solve(&pod_cidr, &options, &result));
    const uint32_t zeros[COUNT(result.reserved)] = {0};
    ck_assert_mem_eq(result.reserved, zeros, sizeof zeros);
    ck_assert_uint_eq(result.limit_count, 5);
    ck_assert_uint_eq(NEEDED(result, CNICALC_LIMIT_POD_CIDR), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("flannel");
    add_tests(suite, "known", published_examples, published_sizes_by_mask_and_by_pods,
              quota_of_pods_caps_the_cluster, own_ceilings_replace_the_published,
              kubernetes_counts_the_same_blocks, defaults, NULL);
    add_tests(suite, "limits", all_masks_editions_and_routes, pod_cidr_outside_the_private_ranges,
              NULL);
    add_tests(suite, "properties", more_never_gives_less, NULL);
    return run_suite(suite);
}
