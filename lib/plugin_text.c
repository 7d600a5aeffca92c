/* SPDX-License-Identifier: MIT */
/* Names and texts of the features. */
#include "cnicalc/plugin.h"

#include "internal.h"
#include "plugin_features.h"
#include "quota.h"

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

/* By feature number; 0 is what lies outside the enum. Arrays of characters, because pointers to
 * texts would be relocated data. */
static const struct {
    char name[24];
    char note[96];
} features[CNICALC__FEATURE_LAST + 1] = {
    {"unknown", ""},
    [CNICALC_FEATURE_NETWORKPOLICY] = {"networkpolicy", "Terway: not on exclusive nodes"},
    [CNICALC_FEATURE_DUAL_STACK] =
        {"dual-stack", "Terway: the instance type must have IPv6 addresses for its pods"},
    [CNICALC_FEATURE_SOURCE_IP] =
        {"source-ip",
         "towards the VPC, Terway keeps the pod's address and Flannel shows the node's"},
    [CNICALC_FEATURE_EXCLUSIVE_ENI] = {"exclusive-eni",
                                       "Terway: exclusive nodes, one ENI for each pod"},
    [CNICALC_FEATURE_DATAPATH_V2] = {"datapath-v2", "Terway: shared ENI nodes only"},
    [CNICALC_FEATURE_POD_VSWITCH] =
        {"pod-vswitch",
         "own vSwitch and security group; Terway: trunk pods, and all pods of exclusive ECS nodes"},
    [CNICALC_FEATURE_STATIC_POD_IP] = {"static-pod-ip",
                                       "Terway: trunk pods, and all pods of exclusive ECS nodes"},
    [CNICALC_FEATURE_SESSION_PERSISTENCE] =
        {"session-persistence",
         "SLB reaches Terway pods directly, Flannel pods through a NodePort"},
    [CNICALC_FEATURE_MULTI_CLUSTER] = {"multi-cluster",
                                       "Terway: where the security groups allow it"},
    [CNICALC_FEATURE_ALB_CLUSTERIP] = {"alb-clusterip",
                                       "Flannel: NodePort and LoadBalancer Services only"},
    [CNICALC_FEATURE_EXTENSIBLE_POD_CIDR] = {"extensible-pod-cidr",
                                             "Terway: add vSwitches; a Flannel pod CIDR is final"},
    [CNICALC_FEATURE_INDEPENDENT_POD_CIDR] = {"independent-pod-cidr",
                                              "Terway pods take addresses of the VPC"},
    [CNICALC_FEATURE_BEST_FOR] = {"best-for", "a fact"},
    [CNICALC_FEATURE_MAX_NODES_PRO] = {"max-nodes-pro", "a fact; ACK managed Pro"},
    [CNICALC_FEATURE_MAX_NODES_BASIC] = {"max-nodes-basic", "a fact; ACK managed Basic"},
    [CNICALC_FEATURE_NODE_LIMIT] = {"node-limit", "a fact; what limits the nodes"},
    [CNICALC_FEATURE_PERFORMANCE] = {"performance", "a fact; against community Flannel"},
    [CNICALC_FEATURE_PLUGIN_CHANGE] =
        {"plugin-change", "a fact; whether the plugin can be changed after the cluster exists"},
};

static uint32_t row_of(uint32_t feature)
{
    return feature <= CNICALC__FEATURE_LAST ? feature : 0;
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
    return cnicalc__name_parse(cnicalc_feature_name, CNICALC__FEATURE_LAST, CNICALC_ERR_FEATURE,
                               name, name_len, out_feature);
}

/* "5000, raised 15000", or "10" where no increase is published. A ceiling is, of Pro and Basic. */
static void write_ceiling(uint32_t edition, uint32_t plugin, cnicalc__text *text)
{
    uint64_t by_default = cnicalc__ceiling(0, edition, plugin, CNICALC_QUOTA_NODES, 0);
    uint64_t raised = cnicalc__ceiling(0, edition, plugin, CNICALC_QUOTA_NODES, 1);
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
    cnicalc_status status = cnicalc__feature_check(feature, plugin);
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
