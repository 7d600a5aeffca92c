/* SPDX-License-Identifier: MIT */
/* Checking the question of a Terway cluster, and adding up its zones. */
#include "terway_terms.h"

#include "internal.h"
#include "quota.h"
#include "vswitch.h"

#define PREFIX_LEN 28 /* of a prefix in IP prefix mode */

#define ALL_ROLES ((uint32_t)(CNICALC_VSWITCH_POD | CNICALC_VSWITCH_NODE))

cnicalc_status cnicalc__terway_check_options(const cnicalc_terway_options *options)
{
    cnicalc_status status = cnicalc__options_check(options->struct_size, sizeof *options,
                                                   cnicalc__or4(options->reserved));
    if (status != CNICALC_OK) {
        return status;
    }
    if (options->raised > 1 || options->ipvlan > 1) {
        return CNICALC_ERR_FLAG;
    }
    return cnicalc__is_edition(options->edition) ? CNICALC_OK : CNICALC_ERR_EDITION;
}

cnicalc_status cnicalc__terway_check_node(const cnicalc_terway_node *node)
{
    if (cnicalc__or4(node->reserved) != 0) {
        return CNICALC_ERR_RESERVED;
    }
    if (node->joins > 1) {
        return CNICALC_ERR_FLAG;
    }
    return cnicalc__is_mode(node->mode) ? CNICALC_OK : CNICALC_ERR_NODE_MODE;
}

static uint64_t usable_addresses(const cnicalc_terway_vswitch *vswitch)
{
    return cnicalc__vswitch_addresses(vswitch->cidr.prefix_len);
}

static uint64_t free_addresses(const cnicalc_terway_vswitch *vswitch)
{
    return usable_addresses(vswitch) - vswitch->used_addresses;
}

/* Aligned /28 blocks that are free: 2^(28 - m) - 2, less those that used addresses reach into when
 * they have filled the room outside the blocks. */
static uint64_t free_blocks(const cnicalc_terway_vswitch *vswitch)
{
    if (vswitch->cidr.prefix_len > PREFIX_LEN) {
        return 0;
    }
    uint64_t blocks =
        cnicalc__subtract_or_0(UINT64_C(1) << (PREFIX_LEN - vswitch->cidr.prefix_len), 2);
    uint64_t outside = usable_addresses(vswitch) - blocks * CNICALC__ADDRESSES_PER_PREFIX;
    uint64_t inside = cnicalc__subtract_or_0(vswitch->used_addresses, outside);
    return blocks - cnicalc_node_prefixes_for_pods(inside);
}

static cnicalc_status check_vswitch(const cnicalc_terway_vswitch *vswitch)
{
    if ((vswitch->reserved[0] | vswitch->reserved[1]) != 0) {
        return CNICALC_ERR_RESERVED;
    }
    cnicalc_status status = cnicalc_cidr_check(&vswitch->cidr);
    if (status != CNICALC_OK) {
        return status;
    }
    if (vswitch->cidr.family != CNICALC_FAMILY_IPV4) {
        return CNICALC_ERR_TERWAY_VSWITCH_FAMILY;
    }
    if (vswitch->cidr.prefix_len < CNICALC_VSWITCH_PREFIX_LEN_MIN ||
        vswitch->cidr.prefix_len > CNICALC_VSWITCH_PREFIX_LEN_MAX) {
        return CNICALC_ERR_TERWAY_VSWITCH_MASK;
    }
    if (vswitch->roles == 0 || (vswitch->roles & ~ALL_ROLES) != 0) {
        return CNICALC_ERR_TERWAY_VSWITCH_ROLES;
    }
    return vswitch->used_addresses > usable_addresses(vswitch) ? CNICALC_ERR_TERWAY_VSWITCH_USED
                                                               : CNICALC_OK;
}

/* Whether two valid IPv4 blocks overlap: they agree in the bits of the shorter prefix, which has
 * at least 16. */
static int overlaps(const cnicalc_cidr *a, const cnicalc_cidr *b)
{
    uint32_t prefix_len = a->prefix_len < b->prefix_len ? a->prefix_len : b->prefix_len;
    return (a->lo ^ b->lo) >> (32 - prefix_len) == 0;
}

cnicalc_status cnicalc_terway_check_vswitches(const cnicalc_terway_vswitch *vswitches,
                                              size_t vswitch_count, uint64_t *out_index,
                                              uint64_t *out_other)
{
    if ((vswitches == NULL && vswitch_count != 0) || out_index == NULL || out_other == NULL) {
        return CNICALC_ERR_NULL;
    }
    for (size_t i = 0; i < vswitch_count; i++) {
        cnicalc_status status = check_vswitch(&vswitches[i]);
        size_t other = i;
        for (size_t j = 0; status == CNICALC_OK && j < i; j++) {
            if (overlaps(&vswitches[i].cidr, &vswitches[j].cidr)) {
                status = CNICALC_ERR_TERWAY_VSWITCH_OVERLAP;
                other = j;
            }
        }
        if (status != CNICALC_OK) {
            *out_index = i;
            *out_other = other;
            return status;
        }
    }
    return CNICALC_OK;
}

cnicalc_status cnicalc__terway_check_vswitches(const cnicalc_terway_vswitch *vswitches,
                                               size_t count)
{
    uint64_t index;
    uint64_t other;
    return cnicalc_terway_check_vswitches(vswitches, count, &index, &other);
}

static uint64_t ceiling(uint64_t own, const cnicalc_terway_options *options, uint32_t what)
{
    return cnicalc__ceiling(own, options->edition, CNICALC_PLUGIN_TERWAY, what, options->raised);
}

cnicalc_status cnicalc__terway_ceilings(const cnicalc_terway_options *options,
                                        cnicalc__ceilings *ceilings)
{
    ceilings->nodes = ceiling(options->node_quota, options, CNICALC_QUOTA_NODES);
    ceilings->pods = ceiling(options->pod_quota, options, CNICALC_QUOTA_PODS);
    ceilings->vpc_addresses =
        ceiling(options->vpc_address_quota, options, CNICALC_QUOTA_VPC_ADDRESSES);
    ceilings->ipvlan_pods =
        options->ipvlan ? ceiling(options->ipvlan_pod_quota, options, CNICALC_QUOTA_IPVLAN_PODS)
                        : CNICALC_NO_LIMIT;
    return options->node_quota == 0 && ceilings->nodes == CNICALC_NO_LIMIT
               ? CNICALC_ERR_QUOTA_UNKNOWN
               : CNICALC_OK;
}

int cnicalc__terway_opens_zone(const cnicalc_terway_vswitch *vswitches, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (vswitches[i].zone == vswitches[index].zone) {
            return 0;
        }
    }
    return 1;
}

size_t cnicalc__terway_zone_count(const cnicalc_terway_vswitch *vswitches, size_t count)
{
    size_t zones = 0;
    for (size_t i = 0; i < count; i++) {
        zones += (size_t)cnicalc__terway_opens_zone(vswitches, i);
    }
    return zones;
}

int cnicalc__terway_has_node_vswitch(const cnicalc_terway_vswitch *vswitches, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if ((vswitches[i].roles & CNICALC_VSWITCH_NODE) != 0) {
            return 1;
        }
    }
    return 0;
}

/* The sums cannot overflow: vSwitches are disjoint blocks of one 32-bit space. */
static void add_vswitch(const cnicalc_terway_vswitch *vswitch, cnicalc__zone *zone)
{
    uint64_t addresses = free_addresses(vswitch);
    zone->all_free += addresses;
    if ((vswitch->roles & CNICALC_VSWITCH_NODE) != 0) {
        zone->node_free += addresses;
    }
    if ((vswitch->roles & CNICALC_VSWITCH_POD) != 0) {
        uint64_t blocks = free_blocks(vswitch);
        zone->has_pod_vswitch = 1;
        zone->pod_free += addresses;
        zone->pod_blocks += blocks;
        zone->pod_only_blocks += (vswitch->roles & CNICALC_VSWITCH_NODE) == 0 ? blocks : 0;
    }
}

cnicalc__zone cnicalc__terway_zone_at(const cnicalc_terway_vswitch *vswitches, size_t count,
                                      size_t index)
{
    cnicalc__zone zone = {0, 0, 0, 0, 0, 0, 0};
    zone.zone = vswitches[index].zone;
    for (size_t i = index; i < count; i++) {
        if (vswitches[i].zone == zone.zone) {
            add_vswitch(&vswitches[i], &zone);
        }
    }
    if (!cnicalc__terway_has_node_vswitch(vswitches, count)) {
        zone.node_free = CNICALC_NO_LIMIT;
    }
    return zone;
}

uint64_t cnicalc__terway_used(const cnicalc_terway_vswitch *vswitches, size_t count)
{
    uint64_t used = 0;
    for (size_t i = 0; i < count; i++) {
        used += vswitches[i].used_addresses;
    }
    return used;
}
