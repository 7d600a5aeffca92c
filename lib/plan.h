/* SPDX-License-Identifier: MIT */
/* A check under way: what its rules look at, and where they report. */
#ifndef CNICALC_LIB_PLAN_H
#define CNICALC_LIB_PLAN_H

#include "cnicalc/plan.h"
#include "cnicalc/terway.h"
#include "internal_cidr.h"

/* Masks that the documents allow, in bits, both ends included. Those of IPv4 vSwitches stand in
 * cnicalc/terway.h. */
#define CNICALC__VPC_MASK_MIN             8
#define CNICALC__VPC_MASK_MAX             28
#define CNICALC__VPC_MASK_IPV6            56
#define CNICALC__VSWITCH_MASK_IPV6        64
#define CNICALC__POD_VSWITCH_MASK_MAX     25
#define CNICALC__POD_VSWITCH_MASK_ADVISED 19 /* the longest recommended */
#define CNICALC__SERVICE_MASK_MIN         16
#define CNICALC__SERVICE_MASK_MAX         24
#define CNICALC__SERVICE_MASK_MIN_IPV6    112
#define CNICALC__SERVICE_MASK_MAX_IPV6    120
#define CNICALC__PODS_TO_PLAN_FOR         2 /* addresses planned for each expected pod */

typedef struct cnicalc__plan {
    const cnicalc_plan_block *blocks;
    uint32_t block_count;
    const cnicalc_plan_options *options;
    cnicalc_plan_finding *findings; /* NULL while they are only counted */
    size_t found;
    /* 1 where a block lies inside a VPC block: found once, and asked of every pair. */
    uint8_t is_inside_vpc[CNICALC_PLAN_BLOCKS_MAX];
} cnicalc__plan;

/* Numbers and block of a finding; all zero where its code has none. */
typedef struct cnicalc__plan_facts {
    uint64_t value;
    uint64_t limit;
    cnicalc_cidr block;
} cnicalc__plan_facts;

void cnicalc__plan_report(cnicalc__plan *plan, uint32_t code, uint32_t subject, uint32_t other,
                          const cnicalc__plan_facts *facts);

/* The rules of single blocks and of what must be there; those of pairs. */
void cnicalc__plan_check_blocks(cnicalc__plan *plan);
void cnicalc__plan_check_pairs(cnicalc__plan *plan);

/* What is wanted against what there is. */
void cnicalc__plan_check_capacity(cnicalc__plan *plan);

/* The order of two blocks that does not depend on their places in the plan: by role, block, address
 * as given and zone. Index decides only between blocks that are the same in all. */
int cnicalc__plan_goes_first(const cnicalc__plan *plan, uint32_t a, uint32_t b);

/* Fills is_inside_vpc, for the rules of single blocks and of pairs. */
void cnicalc__plan_find_inside_vpc(cnicalc__plan *plan);

/* The block that a member of the plan lies in, without host bits. */
static inline cnicalc_cidr cnicalc__plan_cidr(const cnicalc__plan *plan, uint32_t index)
{
    const cnicalc_cidr *cidr = &plan->blocks[index].cidr;
    return cnicalc__block_at(cidr->hi, cidr->lo, cidr->family, cidr->prefix_len);
}

static inline int cnicalc__plan_is(const cnicalc__plan *plan, uint32_t index, uint32_t role,
                                   uint32_t family)
{
    return plan->blocks[index].role == role && plan->blocks[index].cidr.family == family;
}

static inline int cnicalc__plan_is_terway(const cnicalc__plan *plan)
{
    return plan->options->plugin == CNICALC_PLUGIN_TERWAY;
}

/* Whether the plugin has no use for a block. That is said once, and no other rule looks at it. */
static inline int cnicalc__plan_is_idle(const cnicalc__plan *plan, uint32_t index)
{
    uint32_t idle_role =
        cnicalc__plan_is_terway(plan) ? CNICALC_PLAN_ROLE_POD_CIDR : CNICALC_PLAN_ROLE_POD_VSWITCH;
    return plan->blocks[index].role == idle_role;
}

static inline int cnicalc__plan_equal(const cnicalc_cidr *a, const cnicalc_cidr *b)
{
    return a->prefix_len == b->prefix_len && cnicalc__contains(a, b);
}

/* Whether two vSwitches can be in one zone: an unknown zone can be any. */
static inline int cnicalc__plan_same_zone(uint32_t a, uint32_t b)
{
    return a == b || a == CNICALC_UNKNOWN || b == CNICALC_UNKNOWN;
}

/* The first forbidden range that an IPv4 block overlaps; 0 when there is none. */
int cnicalc__plan_find_forbidden(const cnicalc_cidr *block, cnicalc_cidr *out_range);

/* Services that an IPv4 Service CIDR has addresses for, besides `kubernetes`. */
uint64_t cnicalc__plan_service_addresses(uint32_t prefix_len);

/* The ceilings of a question, whichever of the two it is. */
typedef struct cnicalc__plan_ceilings {
    uint64_t nodes;
    uint64_t pods;
    uint64_t services;
    uint64_t routes; /* that are free; CNICALC_NO_LIMIT where nodes take none */
    uint64_t vpc_addresses;
} cnicalc__plan_ceilings;

/* Unpublished ceilings are CNICALC_NO_LIMIT. */
void cnicalc__plan_find_ceilings(const cnicalc_plan_options *options,
                                 cnicalc__plan_ceilings *out_ceilings);

/* The statuses of options that both questions share. */
cnicalc_status cnicalc__plan_check_words(uint32_t plugin, uint32_t edition, uint32_t raised);

#endif
