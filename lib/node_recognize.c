/* SPDX-License-Identifier: MIT */
/* What a node of a running cluster is, by what is on it. */
#include "cnicalc/node.h"

#include "internal.h"

enum { ALL_SIGNS = 2 * CNICALC_NODE_SIGN_VIRTUAL - 1 };

/* Whether a known quantity is above another, of which the difference counts. */
static int is_above(uint32_t quantity, uint32_t least)
{
    return quantity != CNICALC_UNKNOWN && quantity > least;
}

/* Whether Terway advertises this number of addresses in IP prefix mode. */
static int is_of_prefixes(const cnicalc_instance *instance, uint64_t addresses)
{
    uint64_t all = 0;
    if (instance == NULL || !is_above(instance->eni_private_ip_address_quantity, 1)) {
        return 0;
    }
    uint64_t per_eni =
        CNICALC__ADDRESSES_PER_PREFIX * ((uint64_t)instance->eni_private_ip_address_quantity - 1);
    if (instance->eni_total_quantity != CNICALC_UNKNOWN) {
        return is_above(instance->eni_total_quantity, 1) &&
               !cnicalc__mul_overflows(per_eni, instance->eni_total_quantity - 1, &all) &&
               addresses == all;
    }
    uint64_t shared = (uint64_t)instance->eni_private_ip_address_quantity *
                      (instance->eni_quantity - (uint64_t)1);
    return is_above(instance->eni_quantity, 0) && addresses > shared && addresses % per_eni == 0;
}

/* The mode of a Terway node, or 0. */
static uint32_t find_mode(const cnicalc_instance *instance, const cnicalc_node_signs *signs)
{
    if ((signs->signs & (CNICALC_NODE_SIGN_LINGJUN | CNICALC_NODE_SIGN_EXCLUSIVE)) != 0 ||
        signs->enis != 0) {
        return CNICALC_MODE_EXCLUSIVE_ENI;
    }
    if ((signs->signs & CNICALC_NODE_SIGN_TRUNK) != 0 || signs->member_enis != 0) {
        return CNICALC_MODE_SHARED_ENI_TRUNK;
    }
    if ((signs->signs & CNICALC_NODE_SIGN_IP_PREFIX) != 0 ||
        is_of_prefixes(instance, signs->max_available_ip)) {
        return CNICALC_MODE_IP_PREFIX;
    }
    return signs->max_available_ip != 0 ? CNICALC_MODE_SHARED_ENI : 0;
}

/* The kind of a node that has no mode. */
static uint32_t find_kind(uint32_t signs)
{
    if ((signs & CNICALC_NODE_SIGN_VIRTUAL) != 0) {
        return CNICALC_NODE_KIND_VIRTUAL;
    }
    return (signs & CNICALC_NODE_SIGN_IGNORED) != 0 ? CNICALC_NODE_KIND_IGNORED
                                                    : CNICALC_NODE_KIND_UNMARKED;
}

cnicalc_status cnicalc_node_recognize(const cnicalc_instance *instance,
                                      const cnicalc_node_signs *signs, uint32_t *out_kind,
                                      uint32_t *out_mode)
{
    if (signs == NULL || out_kind == NULL || out_mode == NULL) {
        return CNICALC_ERR_NULL;
    }
    if ((signs->reserved0 | signs->reserved[0] | signs->reserved[1] | signs->reserved[2]) != 0) {
        return CNICALC_ERR_RESERVED;
    }
    if ((signs->signs & ~(uint32_t)ALL_SIGNS) != 0) {
        return CNICALC_ERR_NODE_SIGN;
    }
    int is_flannel = (signs->signs & CNICALC_NODE_SIGN_POD_ROUTE) != 0;
    uint32_t mode = is_flannel ? 0 : find_mode(instance, signs);
    *out_kind = is_flannel  ? CNICALC_NODE_KIND_FLANNEL
                : mode != 0 ? CNICALC_NODE_KIND_TERWAY
                            : find_kind(signs->signs);
    *out_mode = mode;
    return CNICALC_OK;
}

const char *cnicalc_node_kind_name(uint32_t kind)
{
    switch ((enum cnicalc_node_kind)kind) {
    case CNICALC_NODE_KIND_TERWAY:
        return "terway";
    case CNICALC_NODE_KIND_FLANNEL:
        return "flannel";
    case CNICALC_NODE_KIND_IGNORED:
        return "ignored";
    case CNICALC_NODE_KIND_VIRTUAL:
        return "virtual";
    case CNICALC_NODE_KIND_UNMARKED:
        return "unmarked";
    }
    return "unknown";
}
