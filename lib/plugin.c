/* SPDX-License-Identifier: MIT */
/* What Terway and Flannel can do, and which one fits. */
#include "cnicalc/plugin.h"

#include "internal.h"
#include "quota.h"

/* Which plugins have a feature; none has a fact. */
enum support { FACT, TERWAY_HAS, FLANNEL_HAS };

/* By feature number (ACK documentation, March 2026); 0 is what lies outside the enum. Arrays of
 * characters, because pointers to texts would be relocated data. */
static const struct {
    char name[24];
    char note[96];
    uint8_t support;
} features[CNICALC_FEATURE_COUNT] = {
    {"unknown", "", FACT},
    [CNICALC_FEATURE_NETWORKPOLICY] = {"networkpolicy", "Terway: not on exclusive nodes",
                                       TERWAY_HAS},
    [CNICALC_FEATURE_DUAL_STACK] =
        {"dual-stack", "Terway: the instance type must have IPv6 addresses for its pods",
         TERWAY_HAS},
    [CNICALC_FEATURE_SOURCE_IP] =
        {"source-ip", "the VPC sees the pod's address with Terway, and the node's with Flannel",
         TERWAY_HAS},
    [CNICALC_FEATURE_EXCLUSIVE_ENI] = {"exclusive-eni",
                                       "Terway: exclusive nodes, one ENI for each pod", TERWAY_HAS},
    [CNICALC_FEATURE_DATAPATH_V2] = {"datapath-v2", "Terway: shared ENI nodes only", TERWAY_HAS},
    [CNICALC_FEATURE_POD_VSWITCH] =
        {"pod-vswitch",
         "own vSwitch and security group; Terway: trunk pods, and all pods of exclusive ECS nodes",
         TERWAY_HAS},
    [CNICALC_FEATURE_STATIC_POD_IP] = {"static-pod-ip",
                                       "Terway: trunk pods, and all pods of exclusive ECS nodes",
                                       TERWAY_HAS},
    [CNICALC_FEATURE_SESSION_PERSISTENCE] =
        {"session-persistence", "SLB reaches Terway pods directly, Flannel pods through a NodePort",
         TERWAY_HAS},
    [CNICALC_FEATURE_MULTI_CLUSTER] = {"multi-cluster",
                                       "Terway: where the security groups allow it", TERWAY_HAS},
    [CNICALC_FEATURE_ALB_CLUSTERIP] = {"alb-clusterip",
                                       "Flannel: NodePort and LoadBalancer Services only",
                                       TERWAY_HAS},
    [CNICALC_FEATURE_EXTENSIBLE_POD_CIDR] = {"extensible-pod-cidr",
                                             "Terway: add vSwitches; a Flannel pod CIDR is final",
                                             TERWAY_HAS},
    [CNICALC_FEATURE_INDEPENDENT_POD_CIDR] = {"independent-pod-cidr",
                                              "Terway pods take addresses of the VPC", FLANNEL_HAS},
    [CNICALC_FEATURE_BEST_FOR] = {"best-for", "a fact", FACT},
    [CNICALC_FEATURE_MAX_NODES_PRO] = {"max-nodes-pro", "a fact; ACK managed Pro", FACT},
    [CNICALC_FEATURE_MAX_NODES_BASIC] = {"max-nodes-basic", "a fact; ACK managed Basic", FACT},
    [CNICALC_FEATURE_NODE_LIMIT] = {"node-limit", "a fact; what limits the nodes", FACT},
    [CNICALC_FEATURE_PERFORMANCE] = {"performance", "a fact; against community Flannel", FACT},
    [CNICALC_FEATURE_PLUGIN_CHANGE] =
        {"plugin-change", "a fact; whether the plugin can be changed after the cluster exists",
         FACT},
};

static uint32_t row_of(uint32_t feature)
{
    return feature < CNICALC_FEATURE_COUNT ? feature : 0;
}

uint32_t cnicalc_feature_count(void)
{
    return CNICALC_FEATURE_COUNT - 1;
}

const char *cnicalc_feature_name(uint32_t feature)
{
    return features[row_of(feature)].name;
}

const char *cnicalc_feature_note(uint32_t feature)
{
    return features[row_of(feature)].note;
}

cnicalc_status cnicalc_feature_parse(const char *name, size_t name_len, uint32_t *out_feature)
{
    return cnicalc__name_parse(cnicalc_feature_name, CNICALC_FEATURE_COUNT - 1, CNICALC_ERR_FEATURE,
                               name, name_len, out_feature);
}

uint32_t cnicalc_feature_is_choice(uint32_t feature)
{
    return features[row_of(feature)].support != FACT;
}

static int has_feature(uint32_t plugin, uint32_t feature)
{
    return features[feature].support ==
           (plugin == CNICALC_PLUGIN_FLANNEL ? FLANNEL_HAS : TERWAY_HAS);
}

static cnicalc_status check_feature(uint32_t feature, uint32_t plugin)
{
    if (row_of(feature) == 0) {
        return CNICALC_ERR_FEATURE;
    }
    return cnicalc__is_plugin(plugin) ? CNICALC_OK : CNICALC_ERR_PLUGIN;
}

cnicalc_status cnicalc_feature_supported(uint32_t feature, uint32_t plugin, uint32_t *out_supported)
{
    if (out_supported == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = check_feature(feature, plugin);
    if (status == CNICALC_ERR_FEATURE) {
        return status;
    }
    if (!cnicalc_feature_is_choice(feature)) {
        return CNICALC_ERR_FEATURE_FACT;
    }
    if (status != CNICALC_OK) {
        return status;
    }
    *out_supported = (uint32_t)has_feature(plugin, feature);
    return CNICALC_OK;
}

/* "5000, raised 15000", or "10" where no increase is published. A ceiling is, of Pro and Basic. */
static void write_ceiling(uint32_t edition, uint32_t plugin, cnicalc__text *text)
{
    cnicalc_ceilings ceilings;
    cnicalc__ceilings_begin(&ceilings);
    ceilings.edition = edition;
    uint64_t by_default = cnicalc__ceiling(&ceilings, plugin, CNICALC_LIMIT_NODE_QUOTA);
    ceilings.raised = 1;
    uint64_t raised = cnicalc__ceiling(&ceilings, plugin, CNICALC_LIMIT_NODE_QUOTA);
    cnicalc__text_u64(text, by_default);
    if (raised != by_default) {
        cnicalc__text_string(text, ", raised ");
        cnicalc__text_u64(text, raised);
    }
}

/* The text of a fact that is no number. */
static const char *fact(uint32_t feature, int terway)
{
    if (feature == CNICALC_FEATURE_BEST_FOR) {
        return terway ? "high performance, large clusters, sensitive to security"
                      : "small clusters, simple networking";
    }
    if (feature == CNICALC_FEATURE_NODE_LIMIT) {
        return terway ? "the quota of the cluster" : "the VPC's route table, one entry per node";
    }
    if (feature == CNICALC_FEATURE_PERFORMANCE) {
        return terway ? "better in TCP RR, UDP packets, bandwidth and latency" : "the baseline";
    }
    return "no";
}

cnicalc_status cnicalc_feature_text(uint32_t feature, uint32_t plugin, char *out_text,
                                    size_t capacity)
{
    if (out_text == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = check_feature(feature, plugin);
    if (status != CNICALC_OK) {
        return status;
    }
    cnicalc__text text;
    cnicalc__text_begin(&text);
    uint32_t supported;
    if (cnicalc_feature_supported(feature, plugin, &supported) == CNICALC_OK) {
        cnicalc__text_string(&text, supported ? "yes" : "no");
    } else if (feature == CNICALC_FEATURE_MAX_NODES_PRO) {
        write_ceiling(CNICALC_EDITION_PRO, plugin, &text);
    } else if (feature == CNICALC_FEATURE_MAX_NODES_BASIC) {
        write_ceiling(CNICALC_EDITION_BASIC, plugin, &text);
    } else {
        cnicalc__text_string(&text, fact(feature, plugin == CNICALC_PLUGIN_TERWAY));
    }
    return cnicalc__text_copy(&text, out_text, capacity);
}

/* ---- The choice ---- */

const char *cnicalc_choice_name(uint32_t choice)
{
    switch ((enum cnicalc_choice)choice) {
    case CNICALC_CHOICE_TERWAY:
        return "terway";
    case CNICALC_CHOICE_FLANNEL:
        return "flannel";
    case CNICALC_CHOICE_EITHER:
        return "either";
    case CNICALC_CHOICE_NONE:
        return "none";
    }
    return "unknown";
}

cnicalc_status cnicalc_plugin_choose_options_init(cnicalc_plugin_choose_options *options,
                                                  size_t struct_size)
{
    cnicalc_status status = cnicalc__options_begin(options, struct_size, sizeof *options);
    if (status == CNICALC_OK) {
        cnicalc__ceilings_begin(&options->ceilings);
    }
    return status;
}

/* CNICALC_OK when a mask has bits of choices alone. */
static cnicalc_status check_features(uint32_t mask)
{
    uint32_t facts = 0;
    for (uint32_t feature = 1; feature < CNICALC_FEATURE_COUNT; feature++) {
        uint32_t bit = mask & CNICALC_FEATURE_BIT(feature);
        mask &= ~bit;
        facts |= cnicalc_feature_is_choice(feature) ? 0 : bit;
    }
    if (mask != 0) {
        return CNICALC_ERR_FEATURE;
    }
    return facts != 0 ? CNICALC_ERR_FEATURE_FACT : CNICALC_OK;
}

static cnicalc_status check_choose_options(const cnicalc_plugin_choose_options *options)
{
    cnicalc_status status =
        cnicalc__options_check(options->struct_size, sizeof *options,
                               cnicalc__any_set(options->reserved, sizeof options->reserved));
    if (status == CNICALC_OK) {
        status = cnicalc__ceilings_check(&options->ceilings);
    }
    return status == CNICALC_OK ? check_features(options->needed_features) : status;
}

static uint32_t missing_features(uint32_t plugin, uint32_t needed)
{
    uint32_t missing = 0;
    for (uint32_t feature = 1; feature < CNICALC_FEATURE_COUNT; feature++) {
        missing |= has_feature(plugin, feature) ? 0 : needed & CNICALC_FEATURE_BIT(feature);
    }
    return missing;
}

static cnicalc_plugin_candidate judge(uint32_t plugin, const cnicalc_plugin_choose_options *options)
{
    cnicalc_plugin_candidate candidate = {0, 0, 0, 0, 0};
    cnicalc_ceilings ceilings = options->ceilings;
    if (options->node_quota[plugin] != 0) {
        ceilings.node_quota = options->node_quota[plugin];
    }
    uint64_t now = cnicalc__ceiling(&ceilings, plugin, CNICALC_LIMIT_NODE_QUOTA);
    ceilings.raised = 1;
    int is_known = cnicalc__ceiling_find(&ceilings, plugin, CNICALC_LIMIT_NODE_QUOTA,
                                         &candidate.max_nodes) == CNICALC_OK;
    candidate.missing_features = missing_features(plugin, options->needed_features);
    candidate.has_nodes = is_known && options->nodes <= candidate.max_nodes;
    candidate.fits = candidate.has_nodes && candidate.missing_features == 0;
    candidate.needs_quota_increase = candidate.fits && options->nodes > now;
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

cnicalc_status cnicalc_plugin_choose(const cnicalc_plugin_choose_options *options,
                                     cnicalc_plugin_choose_result *out_result)
{
    if (options == NULL || out_result == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = check_choose_options(options);
    if (status != CNICALC_OK) {
        return status;
    }
    cnicalc_plugin_candidate terway = judge(CNICALC_PLUGIN_TERWAY, options);
    cnicalc_plugin_candidate flannel = judge(CNICALC_PLUGIN_FLANNEL, options);
    memset(out_result, 0, sizeof *out_result);
    out_result->plugin = choice_of(terway.fits, flannel.fits);
    out_result->deciding_features = terway.missing_features | flannel.missing_features;
    out_result->conflicting_features = conflicting(options->needed_features);
    out_result->nodes_decide = !terway.has_nodes || !flannel.has_nodes;
    out_result->candidates[CNICALC_PLUGIN_TERWAY] = terway;
    out_result->candidates[CNICALC_PLUGIN_FLANNEL] = flannel;
    return CNICALC_OK;
}
