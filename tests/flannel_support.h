/* SPDX-License-Identifier: MIT */
/* What the Flannel test programs share. */
#ifndef CNICALC_TESTS_FLANNEL_SUPPORT_H
#define CNICALC_TESTS_FLANNEL_SUPPORT_H

#include <cnicalc/flannel.h>

#include "support.h"

/* The published node masks: addresses of the block, which is the pods per node, and our usable. */
static const struct size {
    uint32_t node_mask;
    uint32_t pods_per_node;
    uint32_t usable;
} sizes[] = {{24, 256, 253}, {25, 128, 125}, {26, 64, 61}, {27, 32, 29}, {28, 16, 13}};

static inline uint32_t size_index(uint32_t node_mask)
{
    if (node_mask < 24 || node_mask > 28) {
        ck_abort_msg("node mask %u", node_mask);
    }
    return node_mask - 24;
}

/* Blocks found by halving, as one would with a pencil. */
static inline uint64_t count_blocks(uint32_t pod_mask, uint32_t node_mask)
{
    uint64_t blocks = 1;
    for (uint32_t mask = pod_mask; mask < node_mask; mask++) {
        blocks += blocks;
    }
    return blocks;
}

static inline cnicalc_flannel_options default_flannel(void)
{
    cnicalc_flannel_options options;
    ck_ok(cnicalc_flannel_options_init(&options, sizeof options));
    return options;
}

static inline cnicalc_cidr block(uint32_t a, uint32_t b, uint32_t prefix_len)
{
    cnicalc_cidr cidr = {0, (uint64_t)a << 24 | b << 16, CNICALC_FAMILY_IPV4, prefix_len};
    return cidr;
}

#endif
