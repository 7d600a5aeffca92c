/* SPDX-License-Identifier: MIT */
/* A check under way, and the facts about blocks that its rules and a proposal share. Calls run down
 * this list: plan_check.c, then plan_rules.c, plan_pairs.c, plan_dual.c and plan_capacity.c, then
 * plan_quotas.c, plan_node.c, plan_findings.c, plan_text.c, plan.c. */
#ifndef CNICALC_LIB_PLAN_H
#define CNICALC_LIB_PLAN_H

#include "cnicalc/plan.h"
#include "internal.h"
#include "internal_cidr.h"

#define CNICALC__PODS_TO_PLAN_FOR 2 /* addresses planned for each expected pod */

/* Secondary blocks of a VPC have masks 16..28 (VPC documentation, 2026). */
#define CNICALC__VPC_SECONDARY_PREFIX_LEN_MIN 16

/* The Service CIDR that CreateCluster takes when none is given has this mask; it can never change.
 */
#define CNICALC__SERVICE_PREFIX_LEN_ADVISED 20

typedef struct cnicalc__plan {
    const cnicalc_plan_block *given;
    uint32_t count;
    const cnicalc_plan_check_options *options;
    cnicalc_plan_finding *findings; /* NULL while they are only counted */
    size_t found;
    cnicalc_plan_finding counted; /* the last one then */
    /* Found once, and asked of every pair: */
    cnicalc_cidr blocks[CNICALC_PLAN_BLOCKS_MAX]; /* without host bits */
    uint8_t is_inside_vpc[CNICALC_PLAN_BLOCKS_MAX];
    /* Bits of enum cnicalc_vswitch_role: Flannel does not use the pods' part. */
    uint8_t serves[CNICALC_PLAN_BLOCKS_MAX];
    /* 1: the plugin does not use it. One finding says so, and no other rule judges it. */
    uint8_t is_idle[CNICALC_PLAN_BLOCKS_MAX];
    /* Their indexes in the order of cnicalc_cidr_compare(): */
    uint16_t order[CNICALC_PLAN_BLOCKS_MAX];
} cnicalc__plan;

/* ---- Roles (plan.c) ---- */

/* As in "pod vSwitch 10.0.0.0/20"; "" outside the enum. */
const char *cnicalc__plan_role_words(uint32_t role);

/* Whether a role is that of a vSwitch of this VPC, the cluster's or of others. */
int cnicalc__plan_role_is_vswitch(uint32_t role);

/* Whether a role is that of something that others use. */
int cnicalc__plan_role_is_of_others(uint32_t role);

/* ---- Blocks (plan.c) ---- */

/* Reserved words, role, family and prefix length; host bits are not looked at. */
cnicalc_status cnicalc__plan_block_check(const cnicalc_plan_block *block);

/* Fills what is found once of a plan whose other members are set. */
void cnicalc__plan_begin(cnicalc__plan *plan);

/* Whether the block of an index lies in a VPC block. */
uint8_t cnicalc__plan_is_inside_vpc(const cnicalc__plan *plan, uint32_t index);

/* The order of two blocks that does not depend on their places in the plan: by role, block, address
 * as given, zone and addresses in use. Index decides only between blocks that are the same in all.
 */
int cnicalc__plan_goes_first(const cnicalc__plan *plan, uint32_t a, uint32_t b);

/* The first forbidden range that an IPv4 block overlaps, or NULL. */
const cnicalc_cidr *cnicalc__plan_find_forbidden(const cnicalc_cidr *block);

/* Which of enum cnicalc_bound a code that speaks of masks goes by: VPC_MASK, VSWITCH_MASK,
 * OTHER_MASK, POD_VSWITCH_MASK, SERVICE_CIDR_MASK, NODE_MASK or NO_NODE_MASK. */
uint32_t cnicalc__plan_mask_bound(uint32_t code, uint32_t family);

/* Whether a mask is in the range that the bound of a code has. */
int cnicalc__plan_mask_is_legal(uint32_t code, uint32_t family, uint32_t prefix_len);

/* Services that an IPv4 Service CIDR has addresses for, besides `kubernetes`. */
uint64_t cnicalc__plan_service_addresses(uint32_t prefix_len);

/* What a number of Services is with `kubernetes`; 0: none was asked for. */
static inline uint64_t cnicalc__plan_all_services(uint64_t services)
{
    return services + (services != 0);
}

static inline int cnicalc__plan_is(const cnicalc__plan *plan, uint32_t index, uint32_t role,
                                   uint32_t family)
{
    return plan->given[index].role == role && plan->given[index].cidr.family == family;
}

/* Whether a plan has a block of a role and a family. */
int cnicalc__plan_has(const cnicalc__plan *plan, uint32_t role, uint32_t family);

static inline int cnicalc__plan_is_terway(const cnicalc__plan *plan)
{
    return plan->options->plugin == CNICALC_PLUGIN_TERWAY;
}

/* Where in the order of a plan the blocks that equal that of an index begin. */
uint32_t cnicalc__plan_equals_begin(const cnicalc__plan *plan, uint32_t index);

/* Whether the block at a place of the order is that of an index. */
static inline int cnicalc__plan_equals_at(const cnicalc__plan *plan, uint32_t place, uint32_t index)
{
    return place < plan->count &&
           cnicalc__equal(&plan->blocks[plan->order[place]], &plan->blocks[index]);
}

/* Whether two vSwitches can be in one zone: an unknown zone can be any. */
static inline int cnicalc__plan_same_zone(uint32_t a, uint32_t b)
{
    return a == b || a == CNICALC_UNKNOWN || b == CNICALC_UNKNOWN;
}

/* What is taken of an IPv4 vSwitch, at most what it has: the most that entries of this block have,
 * in this zone or, with any_zone, in all. */
typedef struct cnicalc__plan_taken {
    uint64_t addresses; /* in use */
    uint64_t prefixes;  /* reserved */
} cnicalc__plan_taken;

cnicalc__plan_taken cnicalc__plan_used(const cnicalc__plan *plan, uint32_t index, int any_zone);

/* ---- Nodes (plan_node.c) ---- */

/* What the options of a check and of a proposal have in common: the node, all zero where it is not
 * known or what the terway topic accepts, the flag and the plugin. */
cnicalc_status cnicalc__plan_check_cluster(const cnicalc_terway_node *given, uint32_t dual_stack,
                                           uint32_t plugin);

/* That node with a number of pods. Where it is not known, pods take an address each, and ENIs are
 * the least. */
cnicalc_terway_node cnicalc__plan_node(const cnicalc_terway_node *given, uint64_t pods,
                                       uint32_t dual_stack);

/* Whether a node is malformed, or the addresses of nodes are more than this. */
int cnicalc__plan_nodes_exceed(const cnicalc_terway_node *node, uint64_t nodes, uint64_t most);

/* All nodes of a plan. */
typedef struct cnicalc__plan_nodes {
    cnicalc_terway_node node;
    uint64_t nodes;
    uint64_t pods; /* of all, with addresses of the VPC: those of Terway */
} cnicalc__plan_nodes;

/* What they take of the VPC, and of their security group: at most 64 bits. */
uint64_t cnicalc__plan_addresses(const cnicalc__plan_nodes *all);
uint64_t cnicalc__plan_in_group(const cnicalc__plan_nodes *all, const cnicalc_ceilings *ceilings);

/* ---- Findings (plan_findings.c) ---- */

/* Reports a code and two blocks; the rules fill in what the code has beside. */
cnicalc_plan_finding *cnicalc__plan_report(cnicalc__plan *plan, uint32_t code, uint32_t subject,
                                           uint32_t other);

/* The same of one block alone, without and with a value and a bound. */
void cnicalc__plan_report_code(cnicalc__plan *plan, uint32_t code, uint32_t subject);
void cnicalc__plan_report_numbers(cnicalc__plan *plan, uint32_t code, uint32_t subject,
                                  uint64_t value, uint64_t bound);

/* The same about a limit, in a zone or CNICALC_UNKNOWN. */
void cnicalc__plan_report_row(cnicalc__plan *plan, uint32_t code, uint32_t subject, uint32_t zone,
                              const cnicalc_limit_row *row);

/* Reports a limit that has less than is wanted. */
void cnicalc__plan_compare(cnicalc__plan *plan, uint32_t limit, uint32_t subject, uint64_t wanted,
                           uint64_t available);

/* Puts findings in the order of cnicalc_plan_check(). */
void cnicalc__plan_sort(cnicalc_plan_finding *findings, size_t count);

/* ---- Rules ---- */

/* Those of single blocks and of what must be there (plan_rules.c), of two blocks (plan_pairs.c), of
 * IPv6 (plan_dual.c), and what is needed against what is available (plan_capacity.c). */
void cnicalc__plan_check_blocks(cnicalc__plan *plan);
void cnicalc__plan_check_pairs(cnicalc__plan *plan);

/* Whether a block could have another block: it would lie where its role has to, and no rule of two
 * blocks would have an error. */
int cnicalc__plan_can_be(cnicalc__plan *plan, uint32_t index, const cnicalc_cidr *block);
void cnicalc__plan_check_dual(cnicalc__plan *plan);
void cnicalc__plan_check_capacity(cnicalc__plan *plan);

/* What is wanted of quotas (plan_quotas.c), where vSwitches have some addresses in use. */
void cnicalc__plan_check_quotas(cnicalc__plan *plan, const cnicalc__plan_nodes *all,
                                uint64_t used_addresses);

/* Whether a block is a vSwitch, and no vSwitch before it in the plan is the same block. */
int cnicalc__plan_is_first_vswitch(const cnicalc_plan_block *blocks, size_t index);

#endif
