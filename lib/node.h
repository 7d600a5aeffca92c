/* SPDX-License-Identifier: MIT */
/* A node question in numbers: node.c finds and solves them, node_kubelet.c tells what kubelet
 * leaves of the node, node_formula.c writes the formula. */
#ifndef CNICALC_LIB_NODE_H
#define CNICALC_LIB_NODE_H

#include "cnicalc/node.h"
#include "internal.h"

/* Pods on one secondary ENI, as a number and as text with I in it. */
typedef struct cnicalc__pods {
    uint64_t per_eni;
    const char *formula; /* NULL: there is no such mode */
} cnicalc__pods;

/* What else a mode decides, and what the node is. */
enum cnicalc__trait {
    CNICALC__ON_WINDOWS = 1,  /* Windows nodes can have it */
    CNICALC__MEMBER_ENIS = 2, /* some pods have a member ENI of a trunk */
    CNICALC__WHOLE_ENIS = 4,  /* a pod has an ENI of its own, whatever addresses that could hold */
    CNICALC__PREFIXES = 8,    /* ENIs hold prefixes, which can be of IPv6 alone */
    CNICALC__LINGJUN = 16     /* a Lingjun node: no kubelet limit is published */
};

/* A mode, and what it makes of a secondary ENI. */
typedef struct cnicalc__mode {
    const char *name;
    cnicalc__pods pods;
    uint64_t ipv4_per_eni; /* what the ENI takes from the vSwitch, its prefixes not counted */
    uint32_t min_pods_to_join;
    uint32_t traits; /* bits of enum cnicalc__trait */
} cnicalc__mode;

/* max_pods is pod_enis * mode.pods.per_eni, at most prefix_pods and ipv6_pods. */
typedef struct cnicalc__node {
    const cnicalc_instance *instance;
    const cnicalc_node_options *options;
    cnicalc__mode mode;
    uint64_t eni_quantity; /* E */
    uint64_t primary_enis; /* 1; 0 on a high-density Lingjun node, whose quota leaves it out */
    uint64_t type_enis;    /* E - 1, what the type can attach beside the primary */
    uint64_t cap_enis;     /* by eni_cap_ratio and eni_cap_shift, or CNICALC_NO_LIMIT */
    uint64_t max_enis;     /* by max_eni, or CNICALC_NO_LIMIT */
    uint64_t erdma_enis;   /* taken from those */
    uint64_t pod_enis;     /* what is left */
    uint64_t prefix_pods;  /* by ipv4_prefix_count, or CNICALC_NO_LIMIT */
    uint64_t ipv6_pods;    /* by the one IPv6 prefix, or CNICALC_NO_LIMIT */
    uint32_t missing;      /* with CNICALC_ERR_LIMITS_UNKNOWN: the column of the instance */
    int below_zero;        /* 1: a difference on the way to pod_enis passes 0 and counts as 0 */
} cnicalc__node;

#define CNICALC__PREFIXES_PER_CALL 10 /* of the API, the most: a new ENI starts with no more */

/* The ENIs that hold a number of prefixes. */
static inline uint64_t cnicalc__node_prefix_enis(const cnicalc__node *node, uint64_t prefixes)
{
    uint64_t slots = node->mode.pods.per_eni / CNICALC__ADDRESSES_PER_PREFIX;
    uint64_t enis = cnicalc__divide_up(prefixes, cnicalc__min(slots, CNICALC__PREFIXES_PER_CALL));
    return cnicalc__min(enis, node->pod_enis);
}

/* Checks a question and finds its numbers; the statuses are those of cnicalc_node_solve(). */
cnicalc_status cnicalc__node_find(const cnicalc_instance *instance,
                                  const cnicalc_node_options *options, cnicalc__node *node);

/* Whether a quantity that only Lingjun nodes have is there: 0 says that it is not. */
static inline int cnicalc__is_quantity(uint32_t quantity)
{
    return quantity != 0 && quantity != CNICALC_UNKNOWN;
}

static inline int cnicalc__node_is_lingjun(const cnicalc_instance *instance)
{
    return cnicalc__is_quantity(instance->leni_quota) ||
           cnicalc__is_quantity(instance->high_dense_quantity);
}

/* Of what cnicalc_node_solve() answers, the pods alone; the statuses are the same. */
cnicalc_status cnicalc__node_max_pods(const cnicalc_instance *instance,
                                      const cnicalc_node_options *options, uint64_t *out_max_pods,
                                      uint32_t *out_bound_by);

/* All that kubelet decides, once max_pods and trunk_pods are there. */
void cnicalc__node_set_kubelet(const cnicalc__node *node, cnicalc_node_result *result);

/* What is left of CPU and memory, once kubelet_max_pods is there. */
void cnicalc__node_set_allocatable(const cnicalc_instance *instance,
                                   const cnicalc_node_options *options,
                                   cnicalc_node_result *result);

static inline void cnicalc__node_add_row(cnicalc_node_result *result, uint32_t limit,
                                         uint32_t counts, uint64_t pods)
{
    cnicalc__add_row(result->limits, &result->limit_count, limit, counts, 0, pods);
}

#endif
