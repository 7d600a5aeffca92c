/* SPDX-License-Identifier: MIT */
/* The names of modes, and the defaults of a node question. */
#include "cnicalc/node.h"

#include "internal.h"

/* ---- The modes ---- */

const char *cnicalc_mode_name(uint32_t mode)
{
    switch ((enum cnicalc_mode)mode) {
    case CNICALC_MODE_SHARED_ENI:
        return "shared";
    case CNICALC_MODE_SHARED_ENI_TRUNK:
        return "trunk";
    case CNICALC_MODE_EXCLUSIVE_ENI:
        return "exclusive";
    case CNICALC_MODE_IP_PREFIX:
        return "prefix";
    }
    return "unknown";
}

cnicalc_status cnicalc_mode_parse(const char *name, size_t name_len, uint32_t *out_mode)
{
    return cnicalc__name_parse(cnicalc_mode_name, CNICALC_MODE_COUNT - 1, CNICALC_ERR_NODE_MODE,
                               name, name_len, out_mode);
}

/* ---- The options ---- */

#define DEFAULT_HOST_NETWORK_PODS 3 /* the least; real nodes run 5 or 6 */

cnicalc_status cnicalc_node_options_init(cnicalc_node_options *options, size_t struct_size)
{
    cnicalc_status status = cnicalc__options_begin(options, struct_size, sizeof *options);
    if (status == CNICALC_OK) {
        options->mode = CNICALC_MODE_SHARED_ENI;
        options->ip_stack = CNICALC_IP_STACK_IPV4;
        options->eni_cap_ratio_numerator = 1;
        options->eni_cap_ratio_denominator = 1;
        options->ipv4_prefix_count = CNICALC_UNKNOWN;
        options->host_network_pods = DEFAULT_HOST_NETWORK_PODS;
        options->erdma_ipam = CNICALC_ERDMA_IPAM_CENTRALISED;
    }
    return status;
}
