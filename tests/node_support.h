/* SPDX-License-Identifier: MIT */
/* What the programs that test nodes share. */
#ifndef CNICALC_TESTS_NODE_SUPPORT_H
#define CNICALC_TESTS_NODE_SUPPORT_H

#include <cnicalc/node.h>

#include "support.h"

#include <string.h>

#define UNKNOWN CNICALC_UNKNOWN

/* A type of which no more than this is known. */
static inline cnicalc_instance instance_of(uint32_t enis, uint32_t addresses)
{
    cnicalc_instance instance;
    ck_ok(cnicalc_instance_init(&instance, sizeof instance));
    instance.eni_quantity = enis;
    instance.eni_private_ip_address_quantity = addresses;
    return instance;
}

/* A type for dual stack and eRDMA too. */
static inline cnicalc_instance able_instance_of(uint32_t enis, uint32_t addresses)
{
    cnicalc_instance instance = instance_of(enis, addresses);
    instance.eni_ipv6_address_quantity = addresses;
    instance.eri_quantity = 2;
    return instance;
}

/* The row of a type in the built-in table. */
static inline cnicalc_instance instance_named(const char *name)
{
    cnicalc_instance instance;
    ck_ok(cnicalc_instance_find(name, strlen(name), &instance));
    return instance;
}

static inline cnicalc_node_options options_of(uint32_t mode)
{
    cnicalc_node_options options;
    ck_ok(cnicalc_node_options_init(&options, sizeof options));
    options.mode = mode;
    return options;
}

/* The rows that the header lists, in its order. */
static inline void check_node_rows(const cnicalc_node_result *result)
{
    static const uint32_t limits[] = {CNICALC_LIMIT_ENI_QUANTITY,      CNICALC_LIMIT_ENI_CAP,
                                      CNICALC_LIMIT_MAX_ENI,           CNICALC_LIMIT_ERDMA,
                                      CNICALC_LIMIT_IPV4_PREFIX_COUNT, CNICALC_LIMIT_IPV6_PREFIX,
                                      CNICALC_LIMIT_KUBELET_MAX_PODS};
    ck_assert_uint_eq(result->limit_count, COUNT(limits));
    for (size_t i = 0; i < COUNT(limits); i++) {
        const cnicalc_limit_row *row = &result->limits[i];
        ck_assert_uint_eq(row->limit, limits[i]);
        ck_assert_uint_eq(row->counts, i + 1 < COUNT(limits) ? CNICALC_COUNTS_PODS
                                                             : CNICALC_COUNTS_SCHEDULABLE_PODS);
        ck_assert_uint_eq(row->needed, 0);
    }
}

static inline cnicalc_node_result solve_node(const cnicalc_instance *instance,
                                             const cnicalc_node_options *options)
{
    cnicalc_node_result result;
    fill_pattern(&result, sizeof result);
    ck_ok(cnicalc_node_solve(instance, options, &result));
    check_node_rows(&result);
    const uint64_t zeros[COUNT(result.reserved)] = {0};
    ck_assert_mem_eq(result.reserved, zeros, sizeof zeros);
    ck_assert_uint_eq(result.reserved0, 0);
    return result;
}

static inline cnicalc_node_result solve_mode(const cnicalc_instance *instance, uint32_t mode)
{
    cnicalc_node_options options = options_of(mode);
    return solve_node(instance, &options);
}

#endif
