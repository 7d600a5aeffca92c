/* SPDX-License-Identifier: MIT */
/* What an address plan needs to know of the Flannel split beside its public answers. */
#ifndef CNICALC_LIB_FLANNEL_H
#define CNICALC_LIB_FLANNEL_H

#include "cnicalc/flannel.h"

/* 10.0.0.0/8 is the largest range that a pod CIDR may lie in. */
#define CNICALC__POD_CIDR_MASK_MIN 8

/* The masks of the smallest split for so many nodes and pods, neither being 0, or of the largest
 * that there is. */
void cnicalc__flannel_masks(uint64_t nodes, uint64_t pods_per_node, uint32_t *out_pod_mask,
                            uint32_t *out_node_mask);

/* Whether each node takes a route of the VPC: on ACK Edge the VXLAN backend needs none. */
static inline int cnicalc__flannel_takes_routes(uint32_t edition)
{
    return edition != CNICALC_EDITION_EDGE_PRO && edition != CNICALC_EDITION_EDGE_BASIC;
}

#endif
