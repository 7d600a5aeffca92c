/* SPDX-License-Identifier: MIT */
/* The question and the answer of cnicalc_plan_propose(); plan_place.c finds the places. */
#include "plan_wish.h"

#include "flannel.h"
#include "internal.h"

#include <string.h>

uint32_t cnicalc_plan_propose_options_size(void)
{
    return (uint32_t)sizeof(cnicalc_plan_propose_options);
}

uint32_t cnicalc_plan_proposal_size(void)
{
    return (uint32_t)sizeof(cnicalc_plan_proposal);
}

cnicalc_status cnicalc_plan_propose_options_init(cnicalc_plan_propose_options *options,
                                                 size_t struct_size)
{
    cnicalc_status status = cnicalc__options_begin(options, struct_size, sizeof *options);
    if (status != CNICALC_OK) {
        return status;
    }
    options->edition = CNICALC_EDITION_PRO;
    options->zones = 1;
    return CNICALC_OK;
}

/* ---- The question ---- */

static cnicalc_status check_options(const cnicalc_plan_propose_options *options)
{
    cnicalc_status status = cnicalc__options_check(options->struct_size, sizeof *options,
                                                   cnicalc__or4(options->reserved));
    if (status != CNICALC_OK) {
        return status;
    }
    status = cnicalc__plan_check_words(options->plugin, options->edition, options->raised);
    if (status != CNICALC_OK) {
        return status;
    }
    if (options->zones == 0 || options->zones > CNICALC_PLAN_ZONES_MAX) {
        return CNICALC_ERR_PLAN_ZONES;
    }
    if (options->nodes == 0) {
        return CNICALC_ERR_PLAN_NODES;
    }
    return options->pods_per_node == 0 ? CNICALC_ERR_PLAN_PODS_PER_NODE : CNICALC_OK;
}

static cnicalc_status check_vpc(const cnicalc_cidr *vpc)
{
    cnicalc_cidr range;
    cnicalc_status status = cnicalc_cidr_check(vpc);
    if (status != CNICALC_OK) {
        return status;
    }
    int is_legal = vpc->family == CNICALC_FAMILY_IPV4 && vpc->prefix_len >= CNICALC__VPC_MASK_MIN &&
                   vpc->prefix_len <= CNICALC__VPC_MASK_MAX &&
                   !cnicalc__plan_find_forbidden(vpc, &range);
    return is_legal ? CNICALC_OK : CNICALC_ERR_PLAN_VPC;
}

static cnicalc_status check_other(const cnicalc_plan_block *other, const cnicalc_cidr *vpc)
{
    if ((other->reserved[0] | other->reserved[1]) != 0) {
        return CNICALC_ERR_RESERVED;
    }
    if (other->role < CNICALC_PLAN_ROLE_OTHER || other->role > CNICALC_PLAN_ROLE_OTHER_VSWITCH) {
        return CNICALC_ERR_PLAN_ROLE;
    }
    cnicalc_status status = cnicalc_cidr_check(&other->cidr);
    if (status != CNICALC_OK) {
        return status;
    }
    int is_inside = cnicalc__contains(vpc, &other->cidr);
    int overlaps = is_inside || cnicalc__contains(&other->cidr, vpc);
    int is_legal = other->role == CNICALC_PLAN_ROLE_OTHER_VSWITCH ? is_inside : !overlaps;
    return is_legal ? CNICALC_OK : CNICALC_ERR_PLAN_OTHER;
}

static cnicalc_status check_others(const cnicalc__plan_wish *wish)
{
    cnicalc_status status = CNICALC_OK;
    if (wish->other_count > CNICALC_PLAN_OTHERS_MAX) {
        return CNICALC_ERR_PLAN_BLOCKS;
    }
    for (size_t i = 0; i < wish->other_count && status == CNICALC_OK; i++) {
        status = check_other(&wish->others[i], wish->vpc);
    }
    return status;
}

/* count * (100 + percent) / 100, rounded up; 1 when it exceeds 64 bits. */
static int grow_overflows(uint64_t count, uint32_t percent, uint64_t *out)
{
    uint64_t growth;
    uint64_t rest = (count % 100 * percent + 99) / 100;
    return cnicalc__mul_overflows(count / 100, percent, &growth) ||
           cnicalc__add_overflows(growth, rest, &growth) ||
           cnicalc__add_overflows(count, growth, out);
}

/* The wish with growth. Its pods, and its nodes that are no more, stay below a 32nd of 64 bits, so
 * that no sum of blocks passes 64 bits: each pod is planned for twice, each node once. */
static cnicalc_status find_counts(cnicalc__plan_wish *wish)
{
    const cnicalc_plan_propose_options *options = wish->options;
    if (grow_overflows(options->nodes, options->growth_percent, &wish->nodes) ||
        grow_overflows(options->services, options->growth_percent, &wish->services) ||
        cnicalc__mul_overflows(wish->nodes, options->pods_per_node, &wish->pods) ||
        wish->pods > UINT64_MAX / 32) {
        return CNICALC_ERR_OVERFLOW;
    }
    return CNICALC_OK;
}

static void find_masks(cnicalc__plan_wish *wish, cnicalc_plan_proposal *proposal)
{
    wish->service_mask = CNICALC__SERVICE_MASK_MAX;
    while (wish->service_mask > CNICALC__SERVICE_MASK_MIN &&
           cnicalc__plan_service_addresses(wish->service_mask) < wish->services) {
        wish->service_mask--;
    }
    if (wish->options->plugin == CNICALC_PLUGIN_FLANNEL) {
        cnicalc__flannel_masks(wish->nodes, wish->options->pods_per_node, &wish->pod_mask,
                               &wish->node_mask);
        proposal->node_mask = wish->node_mask;
    }
}

/* ---- Limits that need no place ---- */

static void set_limit(cnicalc_plan_proposal *proposal, uint32_t limit, uint64_t needed,
                      uint64_t available)
{
    proposal->needed[limit] = needed;
    proposal->available[limit] = available;
}

static void find_limits(const cnicalc__plan_wish *wish, cnicalc_plan_proposal *proposal)
{
    const cnicalc_plan_propose_options *options = wish->options;
    cnicalc_plan_options quotas = {0};
    cnicalc__plan_ceilings ceilings;
    quotas.plugin = options->plugin;
    quotas.edition = options->edition;
    quotas.raised = options->raised;
    quotas.routes_used = options->routes_used;
    quotas.node_quota = options->node_quota;
    quotas.pod_quota = options->pod_quota;
    quotas.service_quota = options->service_quota;
    quotas.route_quota = options->route_quota;
    quotas.vpc_address_quota = options->vpc_address_quota;
    cnicalc__plan_find_ceilings(&quotas, &ceilings);
    int is_terway = options->plugin == CNICALC_PLUGIN_TERWAY;
    set_limit(proposal, CNICALC_PLAN_LIMIT_NONE, 0, CNICALC_NO_LIMIT);
    set_limit(proposal, CNICALC_PLAN_LIMIT_NODE_QUOTA, wish->nodes, ceilings.nodes);
    set_limit(proposal, CNICALC_PLAN_LIMIT_ROUTES, is_terway ? 0 : wish->nodes, ceilings.routes);
    set_limit(proposal, CNICALC_PLAN_LIMIT_POD_QUOTA, wish->pods, ceilings.pods);
    set_limit(proposal, CNICALC_PLAN_LIMIT_SERVICE_QUOTA, wish->services, ceilings.services);
    set_limit(proposal, CNICALC_PLAN_LIMIT_VPC_ADDRESS_QUOTA,
              wish->nodes + (is_terway ? wish->pods : 0), ceilings.vpc_addresses);
    set_limit(proposal, CNICALC_PLAN_LIMIT_NODE_MASK, is_terway ? 0 : options->pods_per_node,
              is_terway ? CNICALC_NO_LIMIT : CNICALC_FLANNEL_PODS_PER_NODE_MAX);
    set_limit(proposal, CNICALC_PLAN_LIMIT_POD_CIDR, is_terway ? 0 : wish->nodes,
              is_terway ? CNICALC_NO_LIMIT
                        : UINT64_C(1) << (wish->node_mask - CNICALC__POD_CIDR_MASK_MIN));
    set_limit(proposal, CNICALC_PLAN_LIMIT_SERVICE_CIDR, wish->services,
              cnicalc__plan_service_addresses(CNICALC__SERVICE_MASK_MIN));
}

/* ---- The answer ---- */

/* The whole proposal, counted; the places that it takes are left in placing. */
static cnicalc_status solve(cnicalc__plan_wish *wish, cnicalc__plan_placing *placing,
                            cnicalc_plan_proposal *proposal)
{
    cnicalc_status status = find_counts(wish);
    if (status != CNICALC_OK) {
        return status;
    }
    find_masks(wish, proposal);
    proposal->nodes = wish->nodes;
    proposal->pods = wish->pods;
    proposal->services = wish->services;
    find_limits(wish, proposal);
    cnicalc__plan_place_all(wish, placing, proposal);
    proposal->bound_by =
        cnicalc__first_shortage(proposal->needed, proposal->available, CNICALC_PLAN_LIMIT_COUNT);
    proposal->fits = proposal->bound_by == CNICALC_PLAN_LIMIT_NONE;
    if (proposal->fits && wish->options->plugin == CNICALC_PLUGIN_TERWAY) {
        proposal->room_mask = cnicalc__plan_room_mask(wish);
        proposal->room_pod_vswitches =
            cnicalc__plan_count_room(wish->vpc, proposal->room_mask, placing);
    }
    return CNICALC_OK;
}

cnicalc_status cnicalc_plan_propose(const cnicalc_cidr *vpc, const cnicalc_plan_block *others,
                                    size_t other_count, const cnicalc_plan_propose_options *options,
                                    cnicalc_plan_proposal *out_proposal,
                                    cnicalc_plan_block *out_blocks, size_t capacity,
                                    size_t *out_count)
{
    if (vpc == NULL || (others == NULL && other_count != 0) || options == NULL ||
        out_proposal == NULL || (out_blocks == NULL && capacity != 0) || out_count == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc__plan_wish wish = {vpc, others, other_count, options, 0, 0, 0, 0, 0, 0};
    cnicalc_status status = check_options(options);
    if (status == CNICALC_OK) {
        status = check_vpc(vpc);
    }
    if (status == CNICALC_OK) {
        status = check_others(&wish);
    }
    if (status != CNICALC_OK) {
        return status;
    }
    cnicalc__plan_placing placing;
    cnicalc_plan_proposal proposal;
    memset(&proposal, 0, sizeof proposal);
    placing.blocks = NULL;
    status = solve(&wish, &placing, &proposal);
    if (status != CNICALC_OK) {
        return status;
    }
    *out_count = proposal.fits ? placing.block_count : 0;
    if (*out_count > capacity) {
        return CNICALC_ERR_CAPACITY;
    }
    *out_proposal = proposal;
    if (proposal.fits) {
        placing.blocks = out_blocks;
        cnicalc__plan_place_all(&wish, &placing, &proposal);
    }
    return CNICALC_OK;
}
