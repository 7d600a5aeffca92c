/* SPDX-License-Identifier: MIT */
/* Nodes of a plan by hand, for the programs that test plans. */
#ifndef CNICALC_TESTS_PLAN_NODE_H
#define CNICALC_TESTS_PLAN_NODE_H

#include <cnicalc/terway.h>

#include <string.h>

/* A node with some ENIs, 0: not known. One with prefixes has an address on each ENI but the first.
 */
static inline cnicalc_terway_node plan_node_of(uint32_t enis, uint32_t prefixes)
{
    cnicalc_terway_node node;
    memset(&node, 0, sizeof node);
    node.enis = enis;
    node.prefixes = prefixes;
    node.addresses = prefixes == 0 ? 0 : enis > 2 ? enis - 1 : 1;
    node.mode = prefixes != 0 ? CNICALC_MODE_IP_PREFIX : CNICALC_MODE_SHARED_ENI;
    node.joins = 1;
    return node;
}

/* The same for pods that take their addresses from ENIs, each of which can have some. */
static inline cnicalc_terway_node plan_node_with_enis(uint32_t pod_enis, uint32_t per_eni,
                                                      uint32_t prefixes)
{
    cnicalc_terway_node node = plan_node_of(1 + pod_enis, prefixes);
    node.pod_enis = pod_enis;
    node.addresses_per_eni = per_eni;
    return node;
}

#endif
