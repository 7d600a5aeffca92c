/* SPDX-License-Identifier: MIT */
/* What the Terway test programs share. */
#ifndef CNICALC_TESTS_TERWAY_SUPPORT_H
#define CNICALC_TESTS_TERWAY_SUPPORT_H

#include <cnicalc/terway.h>

#include "node_support.h"

#include <string.h>

#define POD  CNICALC_VSWITCH_POD
#define NODE CNICALC_VSWITCH_NODE
#define BOTH (CNICALC_VSWITCH_POD | CNICALC_VSWITCH_NODE)

#define LIMIT(name) CNICALC_TERWAY_LIMIT_##name

/* The vSwitch number slot of a zone: 10.slot.0.0, so that no two slots overlap. */
static inline cnicalc_terway_vswitch vswitch_at(uint32_t slot, uint32_t prefix_len, uint32_t zone,
                                                uint32_t roles, uint64_t used)
{
    cnicalc_terway_vswitch vswitch;
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

/* A node of so many pods that takes so many single addresses and prefixes. */
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

static inline cnicalc_terway_result solve_terway(const cnicalc_terway_vswitch *vswitches,
                                                 size_t count, const cnicalc_terway_node *node,
                                                 const cnicalc_terway_options *options)
{
    cnicalc_terway_result result;
    fill_pattern(&result, sizeof result);
    ck_ok(cnicalc_terway_solve(vswitches, count, node, options, &result, NULL, 0, NULL));
    for (size_t i = 0; i < COUNT(result.reserved); i++) {
        ck_assert_uint_eq(result.reserved[i], 0);
    }
    return result;
}

static inline cnicalc_terway_node node_of_type(const char *name, uint32_t mode, uint64_t idle)
{
    cnicalc_instance instance = instance_named(name);
    cnicalc_node_options options = options_of(mode);
    cnicalc_terway_node node;
    ck_ok(cnicalc_terway_node_from_type(&instance, &options, idle, &node));
    return node;
}

#endif
