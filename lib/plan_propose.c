/* SPDX-License-Identifier: MIT */
/* The answer of cnicalc_plan_propose(). */
#include "plan_propose.h"

#include "flannel.h"
#include "quota.h"

/* vSwitches of the proposal, and IPv4 ones of others, each block once. */
static uint64_t count_wanted_vswitches(const cnicalc__request *request,
                                       const cnicalc__placing *placing)
{
    uint64_t count = placing->vswitch_count;
    for (size_t i = 0; i < request->in_use->block_count; i++) {
        count += request->in_use->blocks[i].cidr.family == CNICALC_FAMILY_IPV4 &&
                 cnicalc__plan_is_first_vswitch(request->in_use->blocks, i);
    }
    return count;
}

static uint64_t quota_left(const cnicalc__request *request, uint32_t limit)
{
    uint64_t ceiling =
        cnicalc__ceiling(&request->options->ceilings, request->options->plugin, limit);
    return cnicalc__remaining(
        ceiling, limit == CNICALC_LIMIT_VPC_ADDRESS_QUOTA ? request->used_addresses : 0);
}

static void judge_row(cnicalc_plan_proposal *proposal, uint32_t limit, uint64_t needed,
                      uint64_t available)
{
    cnicalc__add_judged_row(proposal->limits, &proposal->limit_count, limit, needed, available);
}

static void judge_quotas(const cnicalc__request *request, const cnicalc__placing *placing,
                         cnicalc_plan_proposal *proposal)
{
    const cnicalc_plan_propose_options *options = request->options;
    const struct {
        uint32_t limit;
        uint64_t needed;
    } rows[] = {
        {CNICALC_LIMIT_NODE_QUOTA, request->nodes},
        {CNICALC_LIMIT_ROUTE_QUOTA, options->plugin == CNICALC_PLUGIN_TERWAY ? 0 : request->nodes},
        {CNICALC_LIMIT_POD_QUOTA, request->pods},
        {CNICALC_LIMIT_SERVICE_QUOTA, cnicalc__plan_all_services(request->services)},
        {CNICALC_LIMIT_VPC_ADDRESS_QUOTA, cnicalc__plan_addresses(&request->all)},
        {CNICALC_LIMIT_VSWITCH_QUOTA, count_wanted_vswitches(request, placing)},
        {CNICALC_LIMIT_SECURITY_GROUP_QUOTA,
         cnicalc__plan_in_group(&request->all, &options->ceilings)},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        judge_row(proposal, rows[i].limit, rows[i].needed, quota_left(request, rows[i].limit));
    }
}

/* What a node and the blocks of the cluster hold; Terway takes no node blocks of a pod CIDR. */
static void judge_room(const cnicalc__request *request, const cnicalc__placing *placing,
                       cnicalc_plan_proposal *proposal)
{
    const cnicalc_plan_propose_options *options = request->options;
    int is_terway = options->plugin == CNICALC_PLUGIN_TERWAY;
    judge_row(proposal, CNICALC_LIMIT_NODE_MASK, is_terway ? 0 : options->pods_per_node,
              is_terway ? CNICALC_NO_LIMIT
                        : CNICALC__PODS_PER_NODE_MAX - CNICALC__ADDRESSES_NO_POD_GETS);
    judge_row(proposal, CNICALC_LIMIT_NODE_MAX_PODS, options->pods_per_node,
              options->node_max_pods != 0 ? options->node_max_pods : CNICALC_NO_LIMIT);
    judge_row(proposal, CNICALC_LIMIT_MIN_PODS_TO_JOIN, request->nodes,
              request->all.node.joins ? CNICALC_NO_LIMIT : 0);
    judge_row(proposal, CNICALC_LIMIT_POD_CIDR, is_terway ? 0 : request->nodes,
              is_terway ? CNICALC_NO_LIMIT
                        : UINT64_C(1) << (request->node_mask - CNICALC__POD_CIDR_PREFIX_LEN_MIN));
    judge_row(proposal, CNICALC_LIMIT_SERVICE_CIDR, request->services,
              cnicalc__plan_service_addresses(CNICALC__SERVICE_PREFIX_LEN_MIN));
    judge_row(proposal, CNICALC_LIMIT_VPC_SPACE, placing->vpc_needed, placing->vpc_available);
    judge_row(proposal, CNICALC_LIMIT_VPC_IPV6_SPACE, placing->ipv6_needed,
              options->dual_stack ? placing->ipv6_available : CNICALC_NO_LIMIT);
    judge_row(proposal, CNICALC_LIMIT_PRIVATE_SPACE, placing->private_needed,
              placing->private_available);
}

/* Finds places for one vSwitch for each purpose of a zone, or where there is no room for them for
 * the shape that has room, if any has. */
static void find_shape(const cnicalc__request *request, cnicalc__placing *placing,
                       cnicalc__shape *shape)
{
    uint32_t free_blocks[CNICALC__LEVELS + 1];
    cnicalc__plan_single(request, shape);
    cnicalc__plan_place_all(request, shape, placing);
    if (placing->vpc_needed == placing->vpc_available) {
        return;
    }
    cnicalc__plan_free_blocks(request, placing, free_blocks);
    if (cnicalc__plan_pack(request, free_blocks, shape)) {
        cnicalc__plan_place_all(request, shape, placing);
    } else {
        cnicalc__plan_single(request, shape);
    }
}

/* Where not all vSwitches find a place, all that is free counts, unless it is enough for them and
 * only lies in pieces: then what found a place counts. */
static void count_free_addresses(const cnicalc__request *request, cnicalc__placing *placing)
{
    uint32_t free_blocks[CNICALC__LEVELS + 1];
    uint64_t addresses = 0;
    cnicalc__plan_free_blocks(request, placing, free_blocks);
    for (uint32_t level = 1; level <= CNICALC__LEVELS; level++) {
        addresses += (uint64_t)free_blocks[level] << (32 - CNICALC__LEVEL_MASK(level));
    }
    if (addresses < placing->vpc_needed) {
        placing->vpc_available = addresses;
    }
}

/* Whether the vSwitches are too many for the VPC, or for its IPv6 block. */
static int has_too_many(const cnicalc__request *request, const cnicalc__placing *placing)
{
    return placing->ipv6_needed != placing->ipv6_available ||
           count_wanted_vswitches(request, placing) >
               quota_left(request, CNICALC_LIMIT_VSWITCH_QUOTA);
}

/* The same for a Service CIDR as large as there is room for where no size was asked for, and for
 * twice the pods, or once where there is no room for twice, or none for that number of vSwitches.
 */
static void find_places(cnicalc__request *request, cnicalc__placing *placing, cnicalc__shape *shape)
{
    int counts_pods =
        request->options->plugin == CNICALC_PLUGIN_TERWAY && request->all.node.prefixes == 0;
    request->pods_factor = counts_pods ? CNICALC__PODS_TO_PLAN_FOR : 0;
    find_shape(request, placing, shape);
    while (request->options->services == 0 &&
           placing->private_available != placing->private_needed &&
           request->service_mask < CNICALC__SERVICE_PREFIX_LEN_MAX) {
        request->service_mask++;
        cnicalc__plan_place_all(request, shape, placing);
    }
    if (request->pods_factor > 1 &&
        (placing->vpc_available != placing->vpc_needed || has_too_many(request, placing))) {
        request->pods_factor = 1;
        find_shape(request, placing, shape);
    }
    if (placing->vpc_available != placing->vpc_needed) {
        count_free_addresses(request, placing);
    }
}

static void answer_request(const cnicalc__request *request, cnicalc__placing *placing,
                           cnicalc_plan_proposal *proposal)
{
    memset(proposal, 0, sizeof *proposal);
    proposal->nodes = request->nodes;
    proposal->pods = request->pods;
    proposal->services = request->services;
    proposal->node_mask = request->node_mask;
    proposal->pods_factor = request->pods_factor;
    judge_quotas(request, placing, proposal);
    judge_room(request, placing, proposal);
    proposal->bound_by = cnicalc__first_shortage(proposal->limits, proposal->limit_count);
    proposal->fits = proposal->bound_by == CNICALC_LIMIT_NONE;
    if (!proposal->fits) {
        return;
    }
    proposal->block_count = (uint32_t)placing->block_count;
    proposal->room_prefix_len = placing->pod_prefix_len;
    if (placing->pod_prefix_len != 0) {
        proposal->room_pod_vswitches = cnicalc__plan_count_room(request, placing);
    }
}

cnicalc_status cnicalc_plan_propose(const cnicalc_plan *in_use,
                                    const cnicalc_plan_propose_options *options,
                                    cnicalc_plan_proposal *out_proposal,
                                    cnicalc_plan_block *out_blocks, size_t capacity,
                                    cnicalc_fault *out_fault)
{
    if (in_use == NULL || (in_use->blocks == NULL && in_use->block_count != 0) || options == NULL ||
        out_proposal == NULL || (out_blocks == NULL && capacity != 0)) {
        return CNICALC_ERR_NULL;
    }
    cnicalc__request request;
    cnicalc__placing placing;
    cnicalc__shape shape;
    cnicalc_status status = cnicalc__plan_check_request(in_use, options, out_fault, &request);
    if (status != CNICALC_OK) {
        return status;
    }
    placing.blocks = NULL;
    find_places(&request, &placing, &shape);
    answer_request(&request, &placing, out_proposal);
    if (out_proposal->block_count > capacity) {
        return cnicalc__whole_fault(CNICALC_ERR_CAPACITY, out_fault);
    }
    if (out_proposal->fits) {
        placing.blocks = out_blocks;
        cnicalc__plan_place_all(&request, &shape, &placing);
    }
    return CNICALC_OK;
}
