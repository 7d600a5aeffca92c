/* SPDX-License-Identifier: MIT */
/* The question and the answer of cnicalc_plan_propose(). */
#include "plan_propose.h"

#include "flannel.h"
#include "quota.h"

cnicalc_status cnicalc_plan_propose_options_init(cnicalc_plan_propose_options *options,
                                                 size_t struct_size)
{
    cnicalc_status status = cnicalc__options_begin(options, struct_size, sizeof *options);
    if (status == CNICALC_OK) {
        cnicalc__ceilings_begin(&options->ceilings);
        options->zones = 1;
    }
    return status;
}

/* ---- The question ---- */

static cnicalc_status check_propose_options(const cnicalc_plan_propose_options *options)
{
    cnicalc_status status =
        cnicalc__options_check(options->struct_size, sizeof *options,
                               cnicalc__any_set(options->reserved, sizeof options->reserved));
    if (status == CNICALC_OK) {
        status = cnicalc__ceilings_check(&options->ceilings);
    }
    if (status == CNICALC_OK) {
        status = cnicalc__plan_node_check(&options->node);
    }
    if (status != CNICALC_OK) {
        return status;
    }
    if (options->dual_stack > 1) {
        return CNICALC_ERR_FLAG;
    }
    if (!cnicalc__is_plugin(options->plugin) ||
        (options->dual_stack && options->plugin != CNICALC_PLUGIN_TERWAY)) {
        return CNICALC_ERR_PLUGIN;
    }
    if (cnicalc__bound_nearest(CNICALC_BOUND_ZONES, options->zones) != options->zones) {
        return CNICALC_ERR_PLAN_ZONES;
    }
    if (options->nodes == 0) {
        return CNICALC_ERR_PLAN_NODES;
    }
    return options->pods_per_node == 0 ? CNICALC_ERR_PLAN_PODS_PER_NODE : CNICALC_OK;
}

static int is_legal_vpc(const cnicalc_cidr *vpc)
{
    cnicalc_cidr range;
    return cnicalc__plan_mask_is_legal(CNICALC_PLAN_VPC_MASK, vpc->family, vpc->prefix_len) &&
           (vpc->family == CNICALC_FAMILY_IPV6 || !cnicalc__plan_find_forbidden(vpc, &range));
}

/* Whether a VPC can have both blocks: at most one of IPv6 here, and one IPv4 block that is larger
 * than a secondary one can be. */
static int are_of_one_vpc(const cnicalc_cidr *a, const cnicalc_cidr *b)
{
    return a->family != b->family ||
           (a->family == CNICALC_FAMILY_IPV4 && !cnicalc__collide(a, b) &&
            cnicalc__max(a->prefix_len, b->prefix_len) >= CNICALC__VPC_SECONDARY_PREFIX_LEN_MIN);
}

/* The block that is looked at. */
static const cnicalc_plan_block *block_at(const cnicalc__request *request)
{
    return &request->in_use->blocks[request->at];
}

/* Takes a further block of the VPC. */
static cnicalc_status add_vpc(cnicalc__request *request)
{
    const cnicalc_plan_block *blocks = request->in_use->blocks;
    const cnicalc_cidr *added = &block_at(request)->cidr;
    int is_ipv6 = added->family == CNICALC_FAMILY_IPV6;
    for (uint32_t i = 0; i < request->at; i++) {
        if (blocks[i].role == CNICALC_PLAN_ROLE_VPC && !are_of_one_vpc(&blocks[i].cidr, added)) {
            request->other = i;
            return CNICALC_ERR_PLAN_VPC;
        }
    }
    if (!is_legal_vpc(added) || (!is_ipv6 && request->vpc_count == CNICALC_PLAN_VPC_BLOCKS_MAX)) {
        return CNICALC_ERR_PLAN_VPC;
    }
    if (is_ipv6) {
        request->vpc_ipv6 = added;
    } else {
        request->vpc[request->vpc_count++] = added;
    }
    return CNICALC_OK;
}

/* Checks a block by itself, and takes it if it is of the VPC. */
static cnicalc_status check_block_in_use(cnicalc__request *request)
{
    const cnicalc_plan_block *block = block_at(request);
    cnicalc_status status = cnicalc__plan_block_check(block);
    if (status == CNICALC_OK) {
        status = cnicalc_cidr_check(&block->cidr);
    }
    if (status != CNICALC_OK || cnicalc__plan_role_is_of_others(block->role)) {
        return status;
    }
    if (block->role == CNICALC_PLAN_ROLE_VPC) {
        return add_vpc(request);
    }
    if (block->role != CNICALC_PLAN_ROLE_NODE_VSWITCH) {
        return CNICALC_ERR_PLAN_ROLE;
    }
    if (block->zone >= request->options->zones) {
        return CNICALC_ERR_PLAN_ZONES;
    }
    request->zones_with[block->cidr.family == CNICALC_FAMILY_IPV6] |= UINT32_C(1) << block->zone;
    return CNICALC_OK;
}

/* A vSwitch for nodes, whose zone has one of each family with dual stack: they find what it has
 * free. */
static cnicalc_status add_node_vswitch(cnicalc__request *request)
{
    const cnicalc_plan_block *block = block_at(request);
    uint32_t prefix_len = block->cidr.prefix_len;
    if (!cnicalc__plan_mask_is_legal(CNICALC_PLAN_VSWITCH_MASK, block->cidr.family, prefix_len)) {
        return CNICALC_ERR_VSWITCH_MASK;
    }
    if (block->cidr.family == CNICALC_FAMILY_IPV6) {
        return CNICALC_OK;
    }
    uint64_t addresses = cnicalc__vswitch_addresses(prefix_len);
    if (block->used_addresses > addresses) {
        return CNICALC_ERR_VSWITCH_USED;
    }
    request->node_free[block->zone] += addresses - block->used_addresses;
    request->used_addresses += block->used_addresses;
    return request->of_dual == NULL || (request->zones_with[1] >> block->zone & 1) != 0
               ? CNICALC_OK
               : CNICALC_ERR_PLAN_OTHER;
}

/* A vSwitch in use is inside a block of the VPC, and other networks overlap none, but for a
 * summary; a vSwitch for nodes overlaps no vSwitch. */
static cnicalc_status check_place(cnicalc__request *request)
{
    const cnicalc_plan_block *block = block_at(request);
    int is_vswitch = cnicalc__plan_role_is_vswitch(block->role);
    int is_for_nodes = block->role == CNICALC_PLAN_ROLE_NODE_VSWITCH;
    int is_inside = 0;
    if (block->role == CNICALC_PLAN_ROLE_VPC || block->role == CNICALC_PLAN_ROLE_SUMMARY) {
        return CNICALC_OK;
    }
    for (uint32_t i = 0; i < request->in_use->block_count; i++) {
        const cnicalc_plan_block *other = &request->in_use->blocks[i];
        int is_vpc = other->role == CNICALC_PLAN_ROLE_VPC;
        int is_excluded = is_vswitch ? is_for_nodes && i != request->at &&
                                           cnicalc__plan_role_is_vswitch(other->role)
                                     : is_vpc;
        if (is_excluded && cnicalc__collide(&other->cidr, &block->cidr)) {
            request->other = i;
            return is_vswitch ? CNICALC_ERR_VSWITCH_OVERLAP : CNICALC_ERR_PLAN_OTHER;
        }
        is_inside |= is_vpc && cnicalc__encloses(&other->cidr, &block->cidr);
    }
    return is_inside != is_vswitch ? CNICALC_ERR_PLAN_OTHER
           : is_for_nodes          ? add_node_vswitch(request)
                                   : CNICALC_OK;
}

static cnicalc_status check_blocks(cnicalc__request *request)
{
    size_t count = request->in_use->block_count;
    cnicalc_status status = CNICALC_OK;
    request->at = request->other = CNICALC_UNKNOWN;
    if (count > CNICALC__IN_USE_MAX) {
        return CNICALC_ERR_PLAN_BLOCKS;
    }
    for (uint32_t i = 0; i < count && status == CNICALC_OK; i++) {
        request->at = i;
        status = check_block_in_use(request);
    }
    if (status != CNICALC_OK) {
        return status;
    }
    request->of_dual = request->options->dual_stack ? request->vpc_ipv6 : NULL;
    if (request->vpc_count == 0 || (request->options->dual_stack && request->vpc_ipv6 == NULL)) {
        request->at = CNICALC_UNKNOWN;
        return CNICALC_ERR_PLAN_VPC;
    }
    for (uint32_t i = 0; i < count && status == CNICALC_OK; i++) {
        request->at = i;
        status = check_place(request);
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

/* The request with growth. */
static cnicalc_status find_counts(cnicalc__request *request)
{
    const cnicalc_plan_propose_options *options = request->options;
    int is_terway = options->plugin == CNICALC_PLUGIN_TERWAY;
    int overflows =
        grow_overflows(options->nodes, options->growth_percent, &request->nodes) ||
        grow_overflows(options->services, options->growth_percent, &request->services) ||
        cnicalc__mul_overflows(request->nodes, options->pods_per_node, &request->pods);
    if (overflows || request->pods > UINT64_MAX / 32 || request->services == UINT64_MAX) {
        return CNICALC_ERR_OVERFLOW;
    }
    request->all.nodes = request->nodes;
    request->all.pods = is_terway ? request->pods : 0;
    request->all.node = cnicalc__plan_node(&options->node, is_terway ? options->pods_per_node : 0,
                                           options->dual_stack);
    const cnicalc_terway_node doubled = cnicalc__plan_node(
        &options->node, CNICALC__PODS_TO_PLAN_FOR * options->pods_per_node, options->dual_stack);
    /* No sum of blocks, which are up to twice as large, exceeds 64 bits. */
    return cnicalc__plan_nodes_exceed(&doubled, request->nodes, UINT64_MAX / 8)
               ? CNICALC_ERR_OVERFLOW
               : CNICALC_OK;
}

/* Without a number of Services the CIDR is the advised one; find_places() makes it smaller where it
 * finds no place. */
static void find_masks(cnicalc__request *request)
{
    request->pod_mask = request->node_mask = 0;
    request->service_mask = request->options->services == 0 ? CNICALC__SERVICE_PREFIX_LEN_ADVISED
                                                            : CNICALC__SERVICE_PREFIX_LEN_MAX;
    while (request->service_mask > CNICALC__SERVICE_PREFIX_LEN_MIN &&
           cnicalc__plan_service_addresses(request->service_mask) < request->services) {
        request->service_mask--;
    }
    if (request->options->plugin == CNICALC_PLUGIN_FLANNEL) {
        cnicalc__flannel_masks(request->nodes,
                               request->options->pods_per_node + CNICALC__ADDRESSES_NO_POD_GETS,
                               &request->pod_mask, &request->node_mask);
    }
}

static cnicalc_status check_request(cnicalc__request *request, cnicalc_fault *out_fault)
{
    cnicalc_status status = check_propose_options(request->options);
    if (status == CNICALC_OK) {
        status = find_counts(request);
    }
    if (status != CNICALC_OK) {
        return cnicalc__whole_fault(status, out_fault);
    }
    find_masks(request);
    status = check_blocks(request);
    return status == CNICALC_OK ? status
                                : cnicalc__fault(status, CNICALC_ARRAY_BLOCKS, request->at,
                                                 request->other, out_fault);
}

/* ---- The answer ---- */

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

/* The rows of a proposal; the first are judged by quotas. */
static const uint8_t LIMITS[] = {
    CNICALC_LIMIT_NODE_QUOTA,
    CNICALC_LIMIT_ROUTE_QUOTA,
    CNICALC_LIMIT_POD_QUOTA,
    CNICALC_LIMIT_SERVICE_QUOTA,
    CNICALC_LIMIT_VPC_ADDRESS_QUOTA,
    CNICALC_LIMIT_VSWITCH_QUOTA,
    CNICALC_LIMIT_SECURITY_GROUP_QUOTA,
    CNICALC_LIMIT_NODE_MASK,
    CNICALC_LIMIT_NODE_MAX_PODS,
    CNICALC_LIMIT_MIN_PODS_TO_JOIN,
    CNICALC_LIMIT_POD_CIDR,
    CNICALC_LIMIT_SERVICE_CIDR,
    CNICALC_LIMIT_VPC_SPACE,
    CNICALC_LIMIT_VPC_IPV6_SPACE,
    CNICALC_LIMIT_PRIVATE_SPACE,
};
#define QUOTAS 7

static uint64_t quota_left(const cnicalc__request *request, uint32_t limit)
{
    uint64_t ceiling =
        cnicalc__ceiling(&request->options->ceilings, request->options->plugin, limit);
    return cnicalc__remaining(
        ceiling, limit == CNICALC_LIMIT_VPC_ADDRESS_QUOTA ? request->used_addresses : 0);
}

static void add_rows(const cnicalc__request *request, const cnicalc__placing *placing,
                     cnicalc_plan_proposal *proposal)
{
    const cnicalc_plan_propose_options *options = request->options;
    int is_terway = options->plugin == CNICALC_PLUGIN_TERWAY;
    uint64_t split_nodes = is_terway ? 0 : request->nodes;
    const uint64_t needed[] = {request->nodes,
                               split_nodes,
                               request->pods,
                               cnicalc__plan_all_services(request->services),
                               cnicalc__plan_addresses(&request->all),
                               count_wanted_vswitches(request, placing),
                               cnicalc__plan_in_group(&request->all, &options->ceilings),
                               is_terway ? 0 : options->pods_per_node,
                               options->pods_per_node,
                               request->nodes,
                               split_nodes,
                               request->services,
                               placing->vpc_needed,
                               placing->ipv6_needed,
                               placing->private_needed};
    const uint64_t available[] = {
        is_terway ? CNICALC_NO_LIMIT : CNICALC__PODS_PER_NODE_MAX - CNICALC__ADDRESSES_NO_POD_GETS,
        options->node_max_pods != 0 ? options->node_max_pods : CNICALC_NO_LIMIT,
        request->all.node.joins ? CNICALC_NO_LIMIT : 0,
        is_terway ? CNICALC_NO_LIMIT
                  : UINT64_C(1) << (request->node_mask - CNICALC__POD_CIDR_PREFIX_LEN_MIN),
        cnicalc__plan_service_addresses(CNICALC__SERVICE_PREFIX_LEN_MIN),
        placing->vpc_available,
        options->dual_stack ? placing->ipv6_available : CNICALC_NO_LIMIT,
        placing->private_available};
    for (size_t i = 0; i < sizeof LIMITS; i++) {
        cnicalc__add_judged_row(proposal->limits, &proposal->limit_count, LIMITS[i], needed[i],
                                i < QUOTAS ? quota_left(request, LIMITS[i])
                                           : available[i - QUOTAS]);
    }
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
    add_rows(request, placing, proposal);
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
    memset(&request, 0, sizeof request);
    request.in_use = in_use;
    request.options = options;
    cnicalc_status status = check_request(&request, out_fault);
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
