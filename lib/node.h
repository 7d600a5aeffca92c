/* SPDX-License-Identifier: MIT */
/* A node question in numbers: node.c checks, finds and solves them, node_limits.c tells what
 * options take from the ENIs, node_kubelet.c what kubelet leaves of the node, node_formula.c writes
 * the formula. */
#ifndef CNICALC_LIB_NODE_H
#define CNICALC_LIB_NODE_H

#include "cnicalc/node.h"
#include "internal.h"

/* What else a mode decides, and what the node is. */
enum cnicalc__trait {
    CNICALC__ON_WINDOWS = 1,   /* Windows nodes can have it */
    CNICALC__MEMBER_ENIS = 2,  /* some pods have a member ENI of a trunk */
    CNICALC__WHOLE_ENIS = 4,   /* a pod has an ENI of its own, whatever addresses that could hold */
    CNICALC__PREFIXES = 8,     /* ENIs hold prefixes of IPv4 */
    CNICALC__IPV6_PREFIX = 16, /* the node has one of IPv6 in their place */
    CNICALC__ERDMA = 32,       /* ENIs serve eRDMA, if the type has the interfaces */
    CNICALC__CAPPED = 64,      /* options may limit the ENIs */
    CNICALC__LIMITED = 128,    /* that, or what they hold */
    CNICALC__LINGJUN = 256     /* a Lingjun node: no kubelet limit is published */
};

/* The pods of an ENI: those of a mode, or one of these. */
enum {
    CNICALC__PODS_ON_WINDOWS = CNICALC_MODE_COUNT,
    CNICALC__PODS_BY_IPV6,
    CNICALC__PODS_WITHOUT_IPV6
};

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

typedef struct cnicalc__node {
    const cnicalc_instance *instance;
    const cnicalc_node_options *options;
    uint32_t formula; /* for cnicalc__node_pods_formula() */
    uint32_t min_pods_to_join;
    uint32_t traits; /* bits of enum cnicalc__trait */
    uint32_t bound_by;
    uint32_t missing; /* with CNICALC_ERR_LIMITS_UNKNOWN: the column of the instance */
    uint64_t pods_per_eni;
    uint64_t addresses_per_eni; /* of IPv4, but for those in prefixes */
    uint64_t eni_quantity;      /* E */
    uint64_t primary_enis;      /* 1; 0 on a high-density Lingjun node, whose quota leaves it out */
    uint64_t pod_enis;          /* E - 1, or what options leave of them */
    uint64_t serving_enis; /* those that hold prefixes, where their number is given; else all */
    uint64_t by_type;      /* pods */
    uint64_t max_pods;     /* those, or fewer that options leave */
    uint64_t ipv4_addresses;
} cnicalc__node;

/* What options leave of the ENIs. Each number is CNICALC_NO_LIMIT where they do not say. */
typedef struct cnicalc__node_limits {
    uint64_t cap_enis;     /* by eni_cap_ratio and eni_cap_shift */
    uint64_t max_enis;     /* by max_eni */
    uint64_t erdma_enis;   /* taken from those, or 0 */
    uint64_t pod_enis;     /* what is left */
    uint64_t serving_enis; /* of them */
    uint64_t by_cap;       /* pods */
    uint64_t by_max_eni;
    uint64_t by_erdma;
    uint64_t by_prefixes; /* by ipv4_prefix_count */
    uint64_t by_ipv6;     /* by the one IPv6 prefix */
    uint64_t max_pods;    /* the smallest of these and of what the type can have */
    uint32_t bound_by;
    int below_zero; /* 1: a difference on the way to pod_enis passes 0 and counts as 0 */
} cnicalc__node_limits;

/* Of a /80, the most that Terway hands out from it. */
#define CNICALC__PODS_PER_IPV6_PREFIX 65536

/* Whether some ENIs serve eRDMA, if the type has the interfaces (Terway source, July 2026). */
static inline int cnicalc__node_wants_erdma(const cnicalc_instance *instance, uint32_t traits)
{
    return (traits & CNICALC__ERDMA) != 0 && instance->eni_quantity > 2;
}

#define CNICALC__PREFIXES_PER_CALL 10 /* of the API, the most: a new ENI starts with no more */

/* The ENIs, of this many, that hold a number of prefixes. */
static inline uint64_t cnicalc__node_prefix_enis(uint64_t prefixes, uint64_t pods_per_eni,
                                                 uint64_t pod_enis)
{
    uint64_t slots = pods_per_eni / CNICALC__ADDRESSES_PER_PREFIX;
    uint64_t enis = cnicalc__divide_up(prefixes, cnicalc__min(slots, CNICALC__PREFIXES_PER_CALL));
    return cnicalc__min(enis, pod_enis);
}

/* Checks options, which may have this mode in place of their own; the statuses are those of
 * cnicalc_node_solve(). */
cnicalc_status cnicalc__node_ask(const cnicalc_node_options *options, uint32_t mode,
                                 cnicalc__node_question *out_question);

/* The numbers that an answer is made of; likewise. The limits are written where the traits have
 * CNICALC__LIMITED. */
cnicalc_status cnicalc__node_pods(const cnicalc__node_question *question,
                                  const cnicalc_instance *instance, cnicalc__node *out_node,
                                  cnicalc__node_limits *out_limits);

/* The rows of an answer, in the order that breaks ties. */
enum {
    CNICALC__ROW_ENI_QUANTITY,
    CNICALC__ROW_ENI_CAP,
    CNICALC__ROW_MAX_ENI,
    CNICALC__ROW_ERDMA,
    CNICALC__ROW_IPV4_PREFIX_COUNT,
    CNICALC__ROW_IPV6_PREFIX,
    CNICALC__ROW_KUBELET_MAX_PODS,
    CNICALC__NODE_ROWS
};

/* Those of a node that no option limits. */
extern const cnicalc_limit_row cnicalc__node_rows[CNICALC__NODE_ROWS];

/* What options leave of a type's ENIs, or CNICALC_ERR_OVERFLOW. */
cnicalc_status cnicalc__node_limit(const cnicalc_instance *instance,
                                   const cnicalc_node_options *options, uint32_t traits,
                                   uint64_t pods_per_eni, cnicalc__node_limits *out_limits);

/* All these numbers, after cnicalc_node_solve() has said that there is an answer, or lacks a
 * column. */
void cnicalc__node_find(const cnicalc_instance *instance, const cnicalc_node_options *options,
                        cnicalc__node *out_node, cnicalc__node_limits *out_limits);

/* The pods of an ENI as text, with I in it. */
const char *cnicalc__node_pods_formula(uint32_t formula);

/* Whether a quantity that only Lingjun nodes have is there: 0 says that it is not. */
static inline int cnicalc__is_quantity(uint32_t quantity)
{
    return quantity != 0 && quantity != CNICALC_UNKNOWN;
}

/* Of most types neither is known, which is asked first. */
static inline int cnicalc__node_is_lingjun(const cnicalc_instance *instance)
{
    return (instance->leni_quota & instance->high_dense_quantity) != CNICALC_UNKNOWN &&
           (cnicalc__is_quantity(instance->leni_quota) ||
            cnicalc__is_quantity(instance->high_dense_quantity));
}

/* What is left of CPU and memory, once kubelet_max_pods is there. */
void cnicalc__node_set_allocatable(const cnicalc_instance *instance,
                                   const cnicalc_node_options *options,
                                   cnicalc_node_result *result);

#endif
