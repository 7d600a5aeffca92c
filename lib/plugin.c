/* SPDX-License-Identifier: MIT */
/* What Terway and Flannel can do, and which one fits. The texts stand in plugin_text.c. */
#include "cnicalc/plugin.h"

#include "internal.h"
#include "plugin_features.h"
#include "quota.h"

#include <string.h>

uint32_t cnicalc_choose_options_size(void)
{
    return (uint32_t)sizeof(cnicalc_choose_options);
}

uint32_t cnicalc_choose_result_size(void)
{
    return (uint32_t)sizeof(cnicalc_choose_result);
}

uint32_t cnicalc_feature_count(void)
{
    return CNICALC__FEATURE_LAST;
}

uint32_t cnicalc_feature_is_choice(uint32_t feature)
{
    return feature - 1 < CNICALC__CHOICE_LAST;
}

/* The choices that a plugin has (ACK documentation, March 2026). */
static uint32_t features_of(uint32_t plugin)
{
    return plugin == CNICALC_PLUGIN_FLANNEL
               ? CNICALC_FEATURE_BIT(CNICALC_FEATURE_INDEPENDENT_POD_CIDR)
               : CNICALC_FEATURE_BIT(CNICALC_FEATURE_NETWORKPOLICY) |
                     CNICALC_FEATURE_BIT(CNICALC_FEATURE_DUAL_STACK) |
                     CNICALC_FEATURE_BIT(CNICALC_FEATURE_SOURCE_IP) |
                     CNICALC_FEATURE_BIT(CNICALC_FEATURE_EXCLUSIVE_ENI) |
                     CNICALC_FEATURE_BIT(CNICALC_FEATURE_DATAPATH_V2) |
                     CNICALC_FEATURE_BIT(CNICALC_FEATURE_POD_VSWITCH) |
                     CNICALC_FEATURE_BIT(CNICALC_FEATURE_STATIC_POD_IP) |
                     CNICALC_FEATURE_BIT(CNICALC_FEATURE_SESSION_PERSISTENCE) |
                     CNICALC_FEATURE_BIT(CNICALC_FEATURE_MULTI_CLUSTER) |
                     CNICALC_FEATURE_BIT(CNICALC_FEATURE_ALB_CLUSTERIP) |
                     CNICALC_FEATURE_BIT(CNICALC_FEATURE_EXTENSIBLE_POD_CIDR);
}

cnicalc_status cnicalc__feature_check(uint32_t feature, uint32_t plugin)
{
    if (feature - 1 >= CNICALC__FEATURE_LAST) {
        return CNICALC_ERR_FEATURE;
    }
    return cnicalc__is_plugin(plugin) ? CNICALC_OK : CNICALC_ERR_PLUGIN;
}

cnicalc_status cnicalc_feature_supported(uint32_t feature, uint32_t plugin, uint32_t *out_supported)
{
    if (out_supported == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = cnicalc__feature_check(feature, plugin);
    if (status == CNICALC_ERR_FEATURE) {
        return status;
    }
    if (!cnicalc_feature_is_choice(feature)) {
        return CNICALC_ERR_FEATURE_FACT;
    }
    if (status != CNICALC_OK) {
        return status;
    }
    *out_supported = (features_of(plugin) & CNICALC_FEATURE_BIT(feature)) != 0;
    return CNICALC_OK;
}

cnicalc_status cnicalc_choose_options_init(cnicalc_choose_options *options, size_t struct_size)
{
    cnicalc_status status = cnicalc__options_begin(options, struct_size, sizeof *options);
    if (status != CNICALC_OK) {
        return status;
    }
    options->edition = CNICALC_EDITION_PRO;
    return CNICALC_OK;
}

/* The bits of features 1..last. */
static uint32_t bits_up_to(uint32_t last)
{
    return CNICALC_FEATURE_BIT(last + 1) - CNICALC_FEATURE_BIT(1);
}

static cnicalc_status check_options(const cnicalc_choose_options *options)
{
    cnicalc_status status =
        cnicalc__options_check(options->struct_size, sizeof *options,
                               options->reserved0 | cnicalc__or4(options->reserved));
    if (status != CNICALC_OK) {
        return status;
    }
    if (!cnicalc__is_edition(options->edition)) {
        return CNICALC_ERR_EDITION;
    }
    if ((options->needed_features & ~bits_up_to(CNICALC__FEATURE_LAST)) != 0) {
        return CNICALC_ERR_FEATURE;
    }
    if ((options->needed_features & ~bits_up_to(CNICALC__CHOICE_LAST)) != 0) {
        return CNICALC_ERR_FEATURE_FACT;
    }
    return CNICALC_OK;
}

/* How one plugin does. */
struct candidate {
    uint64_t max_nodes; /* CNICALC_UNKNOWN_COUNT: not published, and then it is not offered */
    uint32_t missing;
    uint32_t has_nodes;
    uint32_t fits;
    uint32_t needs_quota_increase;
};

/* The ceiling by default or raised; an own one is both. */
static uint64_t node_ceiling(uint32_t plugin, const cnicalc_choose_options *options,
                             uint64_t own_quota, uint32_t raised)
{
    return cnicalc__ceiling(own_quota, options->edition, plugin, CNICALC_QUOTA_NODES, raised);
}

static struct candidate judge(uint32_t plugin, const cnicalc_choose_options *options,
                              uint64_t own_quota)
{
    struct candidate candidate;
    uint64_t default_nodes = node_ceiling(plugin, options, own_quota, 0);
    candidate.max_nodes = node_ceiling(plugin, options, own_quota, 1);
    candidate.missing = options->needed_features & ~features_of(plugin);
    int is_unknown = own_quota == 0 && candidate.max_nodes == CNICALC_UNKNOWN_COUNT;
    candidate.has_nodes = !is_unknown && options->nodes <= candidate.max_nodes;
    candidate.fits = candidate.has_nodes && candidate.missing == 0;
    candidate.needs_quota_increase = candidate.fits && options->nodes > default_nodes;
    return candidate;
}

static uint32_t choice_of(uint32_t terway_fits, uint32_t flannel_fits)
{
    if (terway_fits && flannel_fits) {
        return CNICALC_CHOICE_EITHER;
    }
    if (terway_fits) {
        return CNICALC_CHOICE_TERWAY;
    }
    return flannel_fits ? CNICALC_CHOICE_FLANNEL : CNICALC_CHOICE_NONE;
}

/* In exclusive ENI mode a node has neither NetworkPolicy nor DataPath V2. */
static uint32_t conflicting(uint32_t needed)
{
    uint32_t exclusive = CNICALC_FEATURE_BIT(CNICALC_FEATURE_EXCLUSIVE_ENI);
    uint32_t excluded = needed & (CNICALC_FEATURE_BIT(CNICALC_FEATURE_NETWORKPOLICY) |
                                  CNICALC_FEATURE_BIT(CNICALC_FEATURE_DATAPATH_V2));
    return (needed & exclusive) != 0 && excluded != 0 ? exclusive | excluded : 0;
}

cnicalc_status cnicalc_choose(const cnicalc_choose_options *options,
                              cnicalc_choose_result *out_result)
{
    if (options == NULL || out_result == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = check_options(options);
    if (status != CNICALC_OK) {
        return status;
    }
    struct candidate terway = judge(CNICALC_PLUGIN_TERWAY, options, options->terway_node_quota);
    struct candidate flannel = judge(CNICALC_PLUGIN_FLANNEL, options, options->flannel_node_quota);
    cnicalc_choose_result result;
    memset(&result, 0, sizeof result);
    result.plugin = choice_of(terway.fits, flannel.fits);
    result.terway_fits = terway.fits;
    result.flannel_fits = flannel.fits;
    result.terway_needs_quota_increase = terway.needs_quota_increase;
    result.flannel_needs_quota_increase = flannel.needs_quota_increase;
    result.deciding_features = terway.missing | flannel.missing;
    result.terway_missing_features = terway.missing;
    result.flannel_missing_features = flannel.missing;
    result.nodes_decide = !terway.has_nodes || !flannel.has_nodes;
    result.conflicting_features = conflicting(options->needed_features);
    result.terway_max_nodes = terway.max_nodes;
    result.flannel_max_nodes = flannel.max_nodes;
    *out_result = result;
    return CNICALC_OK;
}
