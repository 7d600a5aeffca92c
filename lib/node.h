/* SPDX-License-Identifier: MIT */
/* A node question in numbers: node_options.c checks, node.c finds and solves them, node_kubelet.c
 * tells what kubelet leaves of the node, node_formula.c writes the formula. */
#ifndef CNICALC_LIB_NODE_H
#define CNICALC_LIB_NODE_H

#include "cnicalc/node.h"
#include "internal.h"

/* What else a mode decides, and what the node is. */
enum cnicalc__trait {
    CNICALC__ON_WINDOWS = 1,  /* Windows nodes can have it */
    CNICALC__MEMBER_ENIS = 2, /* some pods have a member ENI of a trunk */
    CNICALC__WHOLE_ENIS = 4,  /* a pod has an ENI of its own, whatever addresses that could hold */
    CNICALC__PREFIXES = 8,    /* ENIs hold prefixes, which can be of IPv6 alone */
    CNICALC__LINGJUN = 16,    /* a Lingjun node: no kubelet limit is published */
    CNICALC__CAPPED = 32,     /* options may limit the ENIs */
    CNICALC__LIMITED = 64     /* that, or what they hold */
};

/* The pods of an ENI: those of a mode, or one of these. */
enum {
    CNICALC__PODS_ON_WINDOWS = CNICALC_MODE_COUNT,
    CNICALC__PODS_BY_IPV6,
    CNICALC__PODS_WITHOUT_IPV6
};

static inline int cnicalc__is_ipv6_alone(const cnicalc_node_options *options)
{
    return options->ip_stack == CNICALC_IP_STACK_IPV6;
}

static inline int cnicalc__ratio_is_one(const cnicalc_node_options *options)
{
    return options->eni_cap_ratio_numerator == 0 ||
           options->eni_cap_ratio_numerator == options->eni_cap_ratio_denominator;
}

/* Checked options, and what follows from them alone. */
typedef struct cnicalc__node_question {
    const cnicalc_node_options *options;
    uint32_t formula; /* as in cnicalc__node, as the two below */
    uint32_t min_pods_to_join;
    uint32_t traits;
} cnicalc__node_question;

/* max_pods is pod_enis * pods_per_eni, at most prefix_pods and ipv6_pods. */
typedef struct cnicalc__node {
    const cnicalc_instance *instance;
    const cnicalc_node_options *options;
    uint32_t formula; /* for cnicalc__node_pods_formula() */
    uint32_t min_pods_to_join;
    uint32_t traits; /* bits of enum cnicalc__trait */
    uint64_t pods_per_eni;
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
    uint64_t slots = node->pods_per_eni / CNICALC__ADDRESSES_PER_PREFIX;
    uint64_t enis = cnicalc__divide_up(prefixes, cnicalc__min(slots, CNICALC__PREFIXES_PER_CALL));
    return cnicalc__min(enis, node->pod_enis);
}

/* Checks options, which may have this mode in place of their own; the statuses are those of
 * cnicalc_node_solve(). */
cnicalc_status cnicalc__node_ask(const cnicalc_node_options *options, uint32_t mode,
                                 cnicalc__node_question *out_question);

/* Of an answer the numbers that it is made of, and its pods; likewise. Pods that are not known are
 * CNICALC_UNKNOWN_COUNT, bound by CNICALC_LIMIT_NONE. */
cnicalc_status cnicalc__node_pods(const cnicalc__node_question *question,
                                  const cnicalc_instance *instance, cnicalc__node *node,
                                  uint64_t *out_max_pods, uint32_t *out_bound_by);

/* The same numbers, after cnicalc_node_solve() has said that there is an answer, or lacks a column.
 */
void cnicalc__node_find(const cnicalc_instance *instance, const cnicalc_node_options *options,
                        cnicalc__node *node);

/* The pods of an ENI as text, with I in it. */
const char *cnicalc__node_pods_formula(uint32_t formula);

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

/* What is left of CPU and memory, once kubelet_max_pods is there. */
void cnicalc__node_set_allocatable(const cnicalc_instance *instance,
                                   const cnicalc_node_options *options,
                                   cnicalc_node_result *result);

#endif
