/* SPDX-License-Identifier: MIT */
/* What the programs that test workloads share. */
#ifndef CNICALC_TESTS_WORKLOAD_SUPPORT_H
#define CNICALC_TESTS_WORKLOAD_SUPPORT_H

#include <cnicalc/workload.h>

#include "node_support.h"

#define NO_LIMIT CNICALC_NO_LIMIT
#define MIB      (UINT64_C(1) << 20)
#define GIB      (UINT64_C(1) << 30)

/* A small generator, so that a failure comes again. */
static uint64_t seed;

static inline uint32_t draw(uint32_t below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 33) % below;
}

static inline cnicalc_workload pods_of(uint64_t pods, uint64_t millicores, uint64_t bytes)
{
    cnicalc_workload workload = {pods, millicores, bytes, 0, {0, 0, 0}};
    return workload;
}

static inline cnicalc_workload_options workload_options(void)
{
    cnicalc_workload_options options;
    ck_ok(cnicalc_workload_options_init(&options, sizeof options));
    return options;
}

static inline cnicalc_workload_options flannel_options(uint32_t node_mask)
{
    cnicalc_workload_options options = workload_options();
    options.plugin = CNICALC_PLUGIN_FLANNEL;
    options.node_mask = node_mask;
    return options;
}

/* The rows that the header lists, in its order and units, and what follows from them. */
static inline void check_workload_rows(const cnicalc_workload_result *result)
{
    static const uint32_t limits[] = {CNICALC_LIMIT_CPU,
                                      CNICALC_LIMIT_MEMORY,
                                      CNICALC_LIMIT_ENI_QUANTITY,
                                      CNICALC_LIMIT_ENI_CAP,
                                      CNICALC_LIMIT_MAX_ENI,
                                      CNICALC_LIMIT_ERDMA,
                                      CNICALC_LIMIT_IPV4_PREFIX_COUNT,
                                      CNICALC_LIMIT_IPV6_PREFIX,
                                      CNICALC_LIMIT_NODE_MASK,
                                      CNICALC_LIMIT_KUBELET_MAX_PODS,
                                      CNICALC_LIMIT_MIN_PODS_TO_JOIN,
                                      CNICALC_LIMIT_NODE_QUOTA,
                                      CNICALC_LIMIT_ROUTE_QUOTA,
                                      CNICALC_LIMIT_POD_QUOTA};
    const uint64_t zeros[COUNT(result->reserved)] = {0};
    uint32_t exceeded = CNICALC_LIMIT_NONE;
    ck_assert_uint_eq(result->limit_count, COUNT(limits));
    for (size_t i = 0; i < COUNT(limits); i++) {
        const cnicalc_limit_row *row = &result->limits[i];
        ck_assert_uint_eq(row->limit, limits[i]);
        ck_assert_uint_eq(row->counts, i < 10   ? CNICALC_COUNTS_PODS_PER_NODE
                                       : i < 13 ? CNICALC_COUNTS_NODES
                                                : CNICALC_COUNTS_PODS);
        if (i < 10) {
            ck_assert_uint_ge(row->available, result->pods_per_node);
            ck_assert_uint_eq(row->needed, result->limits[0].needed);
        }
        if (exceeded == CNICALC_LIMIT_NONE && row->needed > row->available) {
            exceeded = row->limit;
        }
    }
    if (result->nodes == NO_LIMIT) {
        exceeded = result->bound_by;
    }
    ck_assert_uint_eq(result->short_of, exceeded);
    ck_assert_uint_eq(result->fits, exceeded == CNICALC_LIMIT_NONE);
    if (result->bound_by == CNICALC_LIMIT_NONE) {
        ck_assert_uint_eq(result->pods_per_node, NO_LIMIT);
    } else {
        ck_assert_uint_eq(AVAILABLE(*result, result->bound_by), result->pods_per_node);
    }
    ck_assert_mem_eq(result->reserved, zeros, sizeof zeros);
    ck_assert_uint_eq(result->reserved0, 0);
}

static inline cnicalc_workload_result solve_mix(const cnicalc_instance *instance,
                                                const cnicalc_workload *workloads, size_t count,
                                                const cnicalc_workload_options *options)
{
    cnicalc_workload_result result;
    cnicalc_fault fault;
    fill_pattern(&result, sizeof result);
    fill_pattern(&fault, sizeof fault);
    ck_ok(cnicalc_workload_solve(instance, workloads, count, options, &result, &fault));
    ck_untouched(fault);
    check_workload_rows(&result);
    return result;
}

static inline cnicalc_workload_result solve_pods(const cnicalc_instance *instance,
                                                 const cnicalc_workload *workload,
                                                 const cnicalc_workload_options *options)
{
    cnicalc_workload_result result = solve_mix(instance, workload, 1, options);
    ck_assert_uint_eq(result.nodes_at_least, result.nodes);
    ck_assert_uint_eq(result.pods, workload->pods);
    return result;
}

#endif
