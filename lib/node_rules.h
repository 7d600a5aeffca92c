/* SPDX-License-Identifier: MIT */
/* The modes of a Terway node as numbers, and the tests of its options. */
#ifndef CNICALC_LIB_NODE_RULES_H
#define CNICALC_LIB_NODE_RULES_H

#include "internal.h"
#include "node_terms.h"

/* What a mode makes of an ENI with I addresses: the table of cnicalc/node.h as numbers, so that a
 * mode, which comes in any order, is a load and not a branch. */
struct mode_rule {
    uint8_t own_slots;     /* of the I slots, taken by the ENI's own address */
    uint8_t pods_per_slot; /* of the slots that are left */
    uint8_t pods_per_eni;  /* beside those, whatever I is */
    uint8_t ipv4_per_slot; /* addresses that an ENI takes from the vSwitch, its pods' apart */
    uint8_t ipv4_per_eni;  /* beside those */
    uint8_t join_floor;    /* "must exceed 11", "must exceed 6", ACK documentation, March 2026 */
    uint8_t is_trunk;
    uint8_t is_exclusive;
    uint8_t any_ipv6_will_do; /* dual stack, where an ENI need not have as many IPv6 as IPv4 */
};

static const struct mode_rule RULES[] = {
    [CNICALC_MODE_SHARED_ENI] = {.pods_per_slot = 1, .ipv4_per_slot = 1, .join_floor = 12},
    [CNICALC_MODE_SHARED_ENI_TRUNK] = {.pods_per_slot = 1,
                                       .ipv4_per_slot = 1,
                                       .join_floor = 12,
                                       .is_trunk = 1},
    [CNICALC_MODE_EXCLUSIVE_ENI] = {.pods_per_eni = 1,
                                    .ipv4_per_eni = 1,
                                    .join_floor = 7,
                                    .is_exclusive = 1,
                                    .any_ipv6_will_do = 1},
    [CNICALC_MODE_IP_PREFIX] = {.own_slots = 1,
                                .pods_per_slot = CNICALC__PODS_PER_PREFIX,
                                .ipv4_per_eni = 1,
                                .join_floor = 12,
                                .any_ipv6_will_do = 1},
};

/* CNICALC_UNKNOWN_COUNT and CNICALC_NO_LIMIT are all ones, so they can be laid over a count, and a
 * count can be cut out, without a branch on what nobody can predict. */
static inline uint64_t ones_if(int condition)
{
    return 0 - (uint64_t)(condition != 0);
}

CNICALC__INLINE cnicalc_status check_options(const cnicalc_node_options *options)
{
    if (options->struct_size != sizeof *options) {
        return CNICALC_ERR_STRUCT_SIZE;
    }
    if ((options->reserved[0] | options->reserved[1] | options->reserved[2]) != 0) {
        return CNICALC_ERR_RESERVED;
    }
    if (options->erdma > 1 || options->windows > 1) {
        return CNICALC_ERR_FLAG;
    }
    if (options->mode - CNICALC_MODE_SHARED_ENI >
        CNICALC_MODE_IP_PREFIX - CNICALC_MODE_SHARED_ENI) {
        return CNICALC_ERR_NODE_MODE;
    }
    if (options->ip_stack != CNICALC_IP_STACK_IPV4 && options->ip_stack != CNICALC_IP_STACK_DUAL &&
        (options->ip_stack != CNICALC_IP_STACK_IPV6 || options->mode != CNICALC_MODE_IP_PREFIX)) {
        return CNICALC_ERR_NODE_IP_STACK;
    }
    if (options->eni_cap_ratio_denominator == 0) {
        return CNICALC_ERR_NODE_RATIO;
    }
    if (options->erdma && options->ip_stack != CNICALC_IP_STACK_IPV4) {
        return CNICALC_ERR_NODE_ERDMA_DUAL_STACK;
    }
    if (options->windows && options->mode != CNICALC_MODE_SHARED_ENI) {
        return CNICALC_ERR_NODE_WINDOWS_MODE;
    }
    return CNICALC_OK;
}

static inline int is_prefix_mode(const cnicalc_node_options *options)
{
    return options->mode == CNICALC_MODE_IP_PREFIX;
}

static inline int is_ipv6_alone(const cnicalc_node_options *options)
{
    return options->ip_stack == CNICALC_IP_STACK_IPV6;
}

/* Whether a quantity that only Lingjun nodes have is there: 0 says that it is not. */
static inline int is_quantity(uint32_t quantity)
{
    return quantity != 0 && quantity != CNICALC_UNKNOWN;
}

static inline int is_lingjun(const cnicalc_instance *instance)
{
    return is_quantity(instance->leni_quota) || is_quantity(instance->high_dense_quantity);
}

#endif
