/* SPDX-License-Identifier: MIT */
/* The numbers that a node question comes down to: node.c solves from them, node_text.c shows them.
 */
#ifndef CNICALC_LIB_NODE_TERMS_H
#define CNICALC_LIB_NODE_TERMS_H

#include "cnicalc/node.h"

#define CNICALC__PODS_PER_PREFIX 16 /* addresses of a /28 */

/* max_pods is the ENIs that are left, times the pods on each. */
typedef struct cnicalc__node_terms {
    uint64_t eni_quantity; /* E */
    uint64_t primary_enis; /* 1; 0 on a high-density Lingjun node, whose quota leaves it out */
    uint64_t type_enis;    /* E - 1, what the type can attach beside the primary */
    uint64_t cap_enis;     /* by eni_cap_ratio and eni_cap_shift, or CNICALC_NO_LIMIT */
    uint64_t max_enis;     /* by max_eni, or CNICALC_NO_LIMIT */
    uint64_t erdma_enis;   /* taken from those */
    uint64_t pod_enis;     /* what is left */
    uint64_t pods_per_eni;
    uint64_t prefix_pods; /* by ipv4_prefix_count, or CNICALC_NO_LIMIT */
    uint64_t ipv6_pods;   /* by the one IPv6 prefix, or CNICALC_NO_LIMIT */
    int below_zero;       /* 1: a difference on the way to pod_enis passed 0 and counts as 0 */
} cnicalc__node_terms;

/* Checks the question and reduces it; the statuses are those of cnicalc_node_solve(). */
cnicalc_status cnicalc__node_find_terms(const cnicalc_instance *instance,
                                        const cnicalc_node_options *options,
                                        cnicalc__node_terms *terms);

#endif
