/* SPDX-License-Identifier: MIT */
/* The request of cnicalc_plan_propose(): whether it is well-formed, and what follows from it. */
#include "plan_propose.h"

#include "flannel.h"
#include "quota.h"

cnicalc_status cnicalc_plan_propose_options_init(cnicalc_plan_propose_options *options,
                                                 size_t struct_size)
{
    cnicalc_status status = cnicalc__ceiled_begin(options, struct_size, sizeof *options,
                                                  offsetof(cnicalc_plan_propose_options, ceilings));
    if (status == CNICALC_OK) {
        options->zones = 1;
    }
    return status;
}

static cnicalc_status check_propose_options(const cnicalc_plan_propose_options *options)
{
    cnicalc_status status = cnicalc__ceiled_check(options, sizeof *options, &options->ceilings,
                                                  options->reserved, sizeof options->reserved);
    if (status == CNICALC_OK) {
        status = cnicalc__plan_check_cluster(&options->node, options->dual_stack, options->plugin);
    }
    if (status != CNICALC_OK) {
        return status;
    }
    if (options->dual_stack && options->plugin != CNICALC_PLUGIN_TERWAY) {
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
    return cnicalc__plan_mask_is_legal(CNICALC_PLAN_VPC_MASK, vpc->family, vpc->prefix_len) &&
           (vpc->family == CNICALC_FAMILY_IPV6 || cnicalc__plan_find_forbidden(vpc) == NULL);
}

/* Whether a VPC can have both blocks: at most one of IPv6 here, and one IPv4 block that is larger
 * than a secondary one can be. */
static int are_of_one_vpc(const cnicalc_cidr *a, const cnicalc_cidr *b)
{
    return a->family != b->family ||
           (a->family == CNICALC_FAMILY_IPV4 && !cnicalc__overlap(a, b) &&
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
        if (is_excluded && cnicalc__overlap(&other->cidr, &block->cidr)) {
            request->other = i;
            return is_vswitch ? CNICALC_ERR_VSWITCH_OVERLAP : CNICALC_ERR_PLAN_OTHER;
        }
        is_inside |= is_vpc && cnicalc__contains(&other->cidr, &block->cidr);
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

/* Without a number of Services the CIDR is the advised one; plan_propose.c makes it smaller where
 * it finds no place. */
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

cnicalc_status cnicalc__plan_check_request(const cnicalc_plan *in_use,
                                           const cnicalc_plan_propose_options *options,
                                           cnicalc_fault *out_fault, cnicalc__request *request)
{
    memset(request, 0, sizeof *request);
    request->in_use = in_use;
    request->options = options;
    cnicalc_status status = check_propose_options(options);
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
