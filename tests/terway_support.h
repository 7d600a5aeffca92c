/* SPDX-License-Identifier: MIT */
/* What the Terway test programs share. */
#ifndef CNICALC_TESTS_TERWAY_SUPPORT_H
#define CNICALC_TESTS_TERWAY_SUPPORT_H

#include <cnicalc/terway.h>

#include "node_support.h"

#include <string.h>

#define POD  CNICALC_VSWITCH_POD
#define NODE CNICALC_VSWITCH_NODE
#define BOTH CNICALC_VSWITCH_BOTH

#define LIMIT(name) CNICALC_LIMIT_##name

#define ROW(limit, counts, needed, available)                                                      \
    {                                                                                              \
        LIMIT(limit), CNICALC_COUNTS_##counts, needed, available                                   \
    }

/* That an answer has these rows, in this order. */
static inline void ck_rows(const cnicalc_limit_row *rows, uint32_t count,
                           const cnicalc_limit_row *expected, size_t expected_count)
{
    ck_assert_uint_eq(count, expected_count);
    for (size_t i = 0; i < expected_count; i++) {
        ck_assert_uint_eq(rows[i].limit, expected[i].limit);
        ck_assert_uint_eq(rows[i].counts, expected[i].counts);
        ck_assert_uint_eq(rows[i].needed, expected[i].needed);
        ck_assert_uint_eq(rows[i].available, expected[i].available);
    }
}

/* A small generator, so that a failure comes again. */
static uint64_t seed;

static inline uint32_t draw(uint32_t below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 33) % below;
}

/* The vSwitch number slot of a zone: 10.slot.0.0, so that no two slots overlap. */
static inline cnicalc_vswitch vswitch_at(uint32_t slot, uint32_t prefix_len, uint32_t zone,
                                         uint32_t roles, uint64_t used)
{
    cnicalc_vswitch vswitch;
    memset(&vswitch, 0, sizeof vswitch);
    vswitch.cidr.lo = UINT64_C(0x0a000000) + (uint64_t)slot * 65536;
    vswitch.cidr.family = CNICALC_FAMILY_IPV4;
    vswitch.cidr.prefix_len = prefix_len;
    vswitch.zone = zone;
    vswitch.roles = roles;
    vswitch.used_addresses = used;
    return vswitch;
}

static inline cnicalc_terway_options default_terway(void)
{
    cnicalc_terway_options options;
    ck_ok(cnicalc_terway_options_init(&options, sizeof options));
    return options;
}

/* A node with these numbers of pods, single addresses and prefixes. */
static inline cnicalc_terway_node node_taking(uint64_t pods, uint64_t addresses, uint64_t prefixes)
{
    cnicalc_terway_node node;
    memset(&node, 0, sizeof node);
    node.pods_per_node = pods;
    node.addresses = addresses;
    node.prefixes = prefixes;
    node.mode = prefixes != 0 ? CNICALC_MODE_IP_PREFIX : CNICALC_MODE_SHARED_ENI;
    node.joins = 1;
    return node;
}

static inline cnicalc_terway_pool pool_of(cnicalc_terway_node node, uint64_t count, uint32_t zone)
{
    cnicalc_terway_pool pool;
    memset(&pool, 0, sizeof pool);
    pool.node = node;
    pool.count = count;
    pool.zone = zone;
    return pool;
}

static inline cnicalc_terway_cluster cluster_of(const cnicalc_vswitch *vswitches, size_t count)
{
    const cnicalc_terway_cluster cluster = {vswitches, count, NULL, 0};
    return cluster;
}

static inline cnicalc_terway_result solve_terway(const cnicalc_vswitch *vswitches, size_t count,
                                                 const cnicalc_terway_node *node,
                                                 const cnicalc_terway_options *options)
{
    cnicalc_terway_cluster cluster = cluster_of(vswitches, count);
    cnicalc_terway_result result;
    cnicalc_fault fault;
    fill_pattern(&result, sizeof result);
    fill_pattern(&fault, sizeof fault);
    ck_ok(cnicalc_terway_solve(&cluster, node, options, &result, &fault));
    ck_untouched(fault);
    return result;
}

/* Zone by zone; returns how many there are. */
static inline size_t solve_zones(const cnicalc_vswitch *vswitches, size_t count,
                                 const cnicalc_terway_node *node, cnicalc_terway_zone *zones,
                                 size_t capacity)
{
    cnicalc_terway_cluster cluster = cluster_of(vswitches, count);
    size_t zone_count;
    fill_pattern(zones, capacity * sizeof *zones);
    ck_ok(cnicalc_terway_zones(&cluster, node, zones, capacity, &zone_count, NULL));
    return zone_count;
}

static inline cnicalc_terway_fit_result fit_terway(const cnicalc_terway_cluster *cluster,
                                                   const cnicalc_terway_options *options)
{
    cnicalc_terway_fit_result result;
    cnicalc_fault fault;
    fill_pattern(&result, sizeof result);
    fill_pattern(&fault, sizeof fault);
    ck_ok(cnicalc_terway_fit(cluster, options, &result, &fault));
    ck_untouched(fault);
    return result;
}

static inline size_t fit_zones(const cnicalc_terway_cluster *cluster, cnicalc_terway_zone *zones,
                               size_t capacity)
{
    size_t zone_count;
    fill_pattern(zones, capacity * sizeof *zones);
    ck_ok(cnicalc_terway_fit_zones(cluster, zones, capacity, &zone_count, NULL));
    return zone_count;
}

/* Where a fault must be. */
#define ck_fault(fault, expected_array, expected_index, expected_other)                            \
    do {                                                                                           \
        ck_assert_uint_eq((fault).array, CNICALC_ARRAY_##expected_array);                          \
        ck_assert_uint_eq((fault).index, expected_index);                                          \
        ck_assert_uint_eq((fault).other, expected_other);                                          \
        ck_assert_uint_eq((fault).reserved, 0);                                                    \
    } while (0)

static inline cnicalc_terway_use use_of(uint64_t pods, uint64_t idle)
{
    cnicalc_terway_use use;
    memset(&use, 0, sizeof use);
    use.pods_per_node = pods;
    use.idle_addresses = idle;
    return use;
}

static inline cnicalc_status from_type(const cnicalc_instance *instance,
                                       const cnicalc_node_options *options, uint64_t pods,
                                       uint64_t idle, cnicalc_terway_node *out_node)
{
    cnicalc_terway_use use = use_of(pods, idle);
    return cnicalc_terway_node_from_type(instance, options, &use, out_node);
}

static inline cnicalc_status from_pods(uint64_t pods, uint32_t mode, uint64_t idle,
                                       cnicalc_terway_node *out_node)
{
    cnicalc_terway_use use = use_of(pods, idle);
    return cnicalc_terway_node_from_pods(&use, mode, out_node);
}

static inline cnicalc_terway_node node_of_type(const char *name, uint32_t mode, uint64_t idle)
{
    cnicalc_instance instance = instance_named(name);
    cnicalc_node_options options = options_of(mode);
    cnicalc_terway_node node;
    ck_ok(from_type(&instance, &options, 0, idle, &node));
    return node;
}

#endif
