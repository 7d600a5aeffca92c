/* SPDX-License-Identifier: MIT */
/* What an address plan needs to know of the Flannel split beside its public answers. */
#ifndef CNICALC_LIB_FLANNEL_H
#define CNICALC_LIB_FLANNEL_H

#include "cnicalc/flannel.h"

/* The network address, the bridge's gateway and the broadcast address of a node's block. */
#define CNICALC__ADDRESSES_NO_POD_GETS 3

/* All addresses of a node's block, which are the published pods. */
uint64_t cnicalc__flannel_block_addresses(uint32_t node_mask);

/* The masks of the smallest split for a number of nodes and pods, neither being 0, or of the
 * largest that there is. */
void cnicalc__flannel_masks(uint64_t nodes, uint64_t pods_per_node, uint32_t *out_pod_prefix_len,
                            uint32_t *out_node_mask);

#endif
