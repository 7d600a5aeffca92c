/* SPDX-License-Identifier: MIT */
/* What Terway and Flannel can do, and which one fits. */
#include "cnicalc/plugin.h"

#include "internal.h"
#include "quota.h"

/* Which plugins have a feature; none has a fact. */
enum support { FACT, TERWAY_HAS, FLANNEL_HAS };

/* Feature, support, name, note (ACK documentation, March 2026). */
#define FEATURE_LIST(X)                                                                            \
    X(NETWORKPOLICY, TERWAY_HAS, "networkpolicy", "Terway: not on exclusive nodes")                \
    X(DUAL_STACK, TERWAY_HAS, "dual-stack",                                                        \
      "Terway: the instance type must have IPv6 addresses for its pods")                           \
    X(SOURCE_IP, TERWAY_HAS, "source-ip",                                                          \
      "the VPC sees the pod's address with Terway, and the node's with Flannel")                   \
    X(EXCLUSIVE_ENI, TERWAY_HAS, "exclusive-eni", "Terway: exclusive nodes, one ENI for each pod") \
    X(DATAPATH_V2, TERWAY_HAS, "datapath-v2", "Terway: shared ENI nodes only")                     \
    X(POD_VSWITCH, TERWAY_HAS, "pod-vswitch",                                                      \
      "own vSwitch and security group; Terway: trunk pods, and all pods of exclusive ECS nodes")   \
    X(STATIC_POD_IP, TERWAY_HAS, "static-pod-ip",                                                  \
      "Terway: trunk pods, and all pods of exclusive ECS nodes")                                   \
    X(SESSION_PERSISTENCE, TERWAY_HAS, "session-persistence",                                      \
      "SLB reaches Terway pods directly, Flannel pods through a NodePort")                         \
    X(MULTI_CLUSTER, TERWAY_HAS, "multi-cluster", "Terway: where the security groups allow it")    \
    X(ALB_CLUSTERIP, TERWAY_HAS, "alb-clusterip",                                                  \
      "Flannel: NodePort and LoadBalancer Services only")                                          \
    X(EXTENSIBLE_POD_CIDR, TERWAY_HAS, "extensible-pod-cidr",                                      \
      "Terway: add vSwitches; a Flannel pod CIDR is final")                                        \
    X(INDEPENDENT_POD_CIDR, FLANNEL_HAS, "independent-pod-cidr",                                   \
      "Terway pods take addresses of the VPC")                                                     \
    X(BEST_FOR, FACT, "best-for", "a fact")                                                        \
    X(MAX_NODES_PRO, FACT, "max-nodes-pro", "a fact; ACK managed Pro")                             \
    X(MAX_NODES_BASIC, FACT, "max-nodes-basic", "a fact; ACK managed Basic")                       \
    X(NODE_LIMIT, FACT, "node-limit", "a fact; what limits the nodes")                             \
    X(PERFORMANCE, FACT, "performance", "a fact; against community Flannel")                       \
    X(PLUGIN_CHANGE, FACT, "plugin-change",                                                        \
      "a fact; whether the plugin can be changed after the cluster exists")

#define FEATURE(feature, support, name, note) CNICALC_FEATURE_##feature,
#define SUPPORT(feature, support, name, note) [CNICALC_FEATURE_##feature] = (support),
#define NAME(feature, support, name, note)    name "\0"
#define NOTE(feature, support, name, note)    note "\0"

static const uint8_t FEATURES[] = {FEATURE_LIST(FEATURE)};
static const uint8_t SUPPORTS[CNICALC_FEATURE_COUNT] = {FEATURE_LIST(SUPPORT)};

static int is_feature(uint32_t feature)
{
    return feature != 0 && feature < CNICALC_FEATURE_COUNT;
}

uint32_t cnicalc_feature_count(void)
{
    return CNICALC_FEATURE_COUNT - 1;
}

const char *cnicalc_feature_name(uint32_t feature)
{
    static const char feature_names[] = FEATURE_LIST(NAME) "unknown";
    return cnicalc__text_of(FEATURES, sizeof FEATURES, feature_names, feature);
}

const char *cnicalc_feature_note(uint32_t feature)
{
    static const char notes[] = FEATURE_LIST(NOTE);
    return cnicalc__text_of(FEATURES, sizeof FEATURES, notes, feature);
}

cnicalc_status cnicalc_feature_parse(const char *name, size_t name_len, uint32_t *out_feature)
{
    return cnicalc__name_parse(cnicalc_feature_name, CNICALC_FEATURE_COUNT - 1, CNICALC_ERR_FEATURE,
                               name, name_len, out_feature);
}

uint32_t cnicalc_feature_is_choice(uint32_t feature)
{
    return is_feature(feature) && SUPPORTS[feature] != FACT;
}

static int has_feature(uint32_t plugin, uint32_t feature)
{
    return SUPPORTS[feature] == (plugin == CNICALC_PLUGIN_FLANNEL ? FLANNEL_HAS : TERWAY_HAS);
}

static cnicalc_status check_feature(uint32_t feature, uint32_t plugin)
{
    if (!is_feature(feature)) {
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

#define CHOICE_LIST(X)                                                                             \
    X(CNICALC_CHOICE_TERWAY, "terway")                                                             \
    X(CNICALC_CHOICE_FLANNEL, "flannel")                                                           \
    X(CNICALC_CHOICE_EITHER, "either")                                                             \
    X(CNICALC_CHOICE_NONE, "none")

const char *cnicalc_choice_name(uint32_t choice)
{
    static const uint8_t values[] = {CHOICE_LIST(CNICALC__VALUE)};
    static const char names[] = CHOICE_LIST(CNICALC__TEXT) "unknown";
    return cnicalc__text_of(values, sizeof values, names, choice);
}

cnicalc_status cnicalc_plugin_choose_options_init(cnicalc_plugin_choose_options *options,
                                                  size_t struct_size)
{
    return cnicalc__ceiled_begin(options, struct_size, sizeof *options,
                                 offsetof(cnicalc_plugin_choose_options, ceilings));
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
    cnicalc_status status = cnicalc__ceiled_check(options, sizeof *options, &options->ceilings,
                                                  options->reserved, sizeof options->reserved);
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
