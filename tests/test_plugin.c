/* SPDX-License-Identifier: MIT */
#include <cnicalc/plugin.h>

#include "support.h"

#include <string.h>

#define CHOICES 12
#define FACTS   6

/* The published comparison, row by row. */
static const struct {
    uint32_t number;
    const char *name, *terway, *flannel;
} features[] = {
    {1, "networkpolicy", "yes", "no"},
    {2, "dual-stack", "yes", "no"},
    {3, "source-ip", "yes", "no"},
    {4, "exclusive-eni", "yes", "no"},
    {5, "datapath-v2", "yes", "no"},
    {6, "pod-vswitch", "yes", "no"},
    {7, "static-pod-ip", "yes", "no"},
    {8, "session-persistence", "yes", "no"},
    {9, "multi-cluster", "yes", "no"},
    {10, "alb-clusterip", "yes", "no"},
    {11, "extensible-pod-cidr", "yes", "no"},
    {12, "independent-pod-cidr", "no", "yes"},
    {13, "best-for", "high performance, large clusters, sensitive to security",
     "small clusters, simple networking"},
    {14, "max-nodes-pro", "5000, raised 15000", "200, raised 1000"},
    {15, "max-nodes-basic", "10", "10"},
    {16, "node-limit", "the quota of the cluster", "the VPC's route table, one entry per node"},
    {17, "performance", "better in TCP RR, UDP packets, bandwidth and latency", "the baseline"},
    {18, "plugin-change", "no", "no"},
};

START_TEST(every_feature)
{
    char text[CNICALC_FEATURE_TEXT_SIZE];
    ck_assert_uint_eq(cnicalc_feature_count(), CHOICES + FACTS);
    ck_assert_uint_eq(COUNT(features), CHOICES + FACTS);
    for (size_t i = 0; i < COUNT(features); i++) {
        uint32_t number = features[i].number;
        uint32_t parsed;
        ck_assert_uint_eq(number, i + 1);
        ck_assert_str_eq(cnicalc_feature_name(number), features[i].name);
        ck_ok(cnicalc_feature_parse(features[i].name, strlen(features[i].name), &parsed));
        ck_assert_uint_eq(parsed, number);
        ck_ok(cnicalc_feature_text(number, CNICALC_PLUGIN_TERWAY, text, sizeof text));
        ck_assert_str_eq(text, features[i].terway);
        ck_ok(cnicalc_feature_text(number, CNICALC_PLUGIN_FLANNEL, text, sizeof text));
        ck_assert_str_eq(text, features[i].flannel);
        ck_assert_uint_eq(cnicalc_feature_is_choice(number), i < CHOICES);
        ck_assert_uint_gt(strlen(cnicalc_feature_note(number)), 5);
    }
}
END_TEST

START_TEST(support_is_the_text)
{
    uint32_t supported;
    for (uint32_t i = 0; i < CHOICES; i++) {
        ck_ok(cnicalc_feature_supported(i + 1, CNICALC_PLUGIN_TERWAY, &supported));
        ck_assert_uint_eq(supported, strcmp(features[i].terway, "yes") == 0);
        ck_ok(cnicalc_feature_supported(i + 1, CNICALC_PLUGIN_FLANNEL, &supported));
        ck_assert_uint_eq(supported, strcmp(features[i].flannel, "yes") == 0);
    }
}
END_TEST

static cnicalc_plugin_choose_options need(uint32_t edition, uint64_t nodes, uint32_t mask)
{
    cnicalc_plugin_choose_options options;
    ck_ok(cnicalc_plugin_choose_options_init(&options, sizeof options));
    options.ceilings.edition = edition;
    options.nodes = nodes;
    options.needed_features = mask;
    return options;
}

static cnicalc_plugin_choose_result choose(const cnicalc_plugin_choose_options *options)
{
    cnicalc_plugin_choose_result result;
    fill_pattern(&result, sizeof result);
    ck_ok(cnicalc_plugin_choose(options, &result));
    for (size_t i = 0; i < COUNT(result.reserved); i++) {
        ck_assert_uint_eq(result.reserved[i], 0);
    }
    return result;
}

#define TERWAY       result.candidates[CNICALC_PLUGIN_TERWAY]
#define FLANNEL      result.candidates[CNICALC_PLUGIN_FLANNEL]
#define BIT(feature) CNICALC_FEATURE_BIT(CNICALC_FEATURE_##feature)

START_TEST(chosen_plugins)
{
    static const struct {
        uint32_t edition, mask;
        uint64_t nodes;
        uint32_t plugin, terway_increase, flannel_increase, nodes_decide;
    } rows[] = {
        {CNICALC_EDITION_PRO, 0, 0, CNICALC_CHOICE_EITHER, 0, 0, 0},
        {CNICALC_EDITION_PRO, 0, 200, CNICALC_CHOICE_EITHER, 0, 0, 0},
        {CNICALC_EDITION_PRO, 0, 201, CNICALC_CHOICE_EITHER, 0, 1, 0},
        {CNICALC_EDITION_PRO, 0, 1000, CNICALC_CHOICE_EITHER, 0, 1, 0},
        {CNICALC_EDITION_PRO, 0, 1001, CNICALC_CHOICE_TERWAY, 0, 0, 1},
        {CNICALC_EDITION_PRO, 0, 5000, CNICALC_CHOICE_TERWAY, 0, 0, 1},
        {CNICALC_EDITION_PRO, 0, 5001, CNICALC_CHOICE_TERWAY, 1, 0, 1},
        {CNICALC_EDITION_PRO, 0, 15000, CNICALC_CHOICE_TERWAY, 1, 0, 1},
        {CNICALC_EDITION_PRO, 0, 15001, CNICALC_CHOICE_NONE, 0, 0, 1},
        {CNICALC_EDITION_PRO, 0, UINT64_MAX, CNICALC_CHOICE_NONE, 0, 0, 1},
        {CNICALC_EDITION_DEDICATED, 0, 15000, CNICALC_CHOICE_TERWAY, 1, 0, 1},
        {CNICALC_EDITION_BASIC, 0, 10, CNICALC_CHOICE_EITHER, 0, 0, 0},
        {CNICALC_EDITION_BASIC, 0, 11, CNICALC_CHOICE_NONE, 0, 0, 1},
        {CNICALC_EDITION_EDGE_PRO, 0, 1000, CNICALC_CHOICE_FLANNEL, 0, 0, 1},
        {CNICALC_EDITION_EDGE_PRO, 0, 1001, CNICALC_CHOICE_NONE, 0, 0, 1},
        {CNICALC_EDITION_EDGE_BASIC, 0, 0, CNICALC_CHOICE_FLANNEL, 0, 0, 1},
        {CNICALC_EDITION_EDGE_PRO, BIT(NETWORKPOLICY), 0, CNICALC_CHOICE_NONE, 0, 0, 1},
        {CNICALC_EDITION_PRO, BIT(NETWORKPOLICY), 0, CNICALC_CHOICE_TERWAY, 0, 0, 0},
        {CNICALC_EDITION_PRO, BIT(INDEPENDENT_POD_CIDR), 0, CNICALC_CHOICE_FLANNEL, 0, 0, 0},
        {CNICALC_EDITION_PRO, BIT(INDEPENDENT_POD_CIDR), 500, CNICALC_CHOICE_FLANNEL, 0, 1, 0},
        {CNICALC_EDITION_PRO, BIT(INDEPENDENT_POD_CIDR), 2000, CNICALC_CHOICE_NONE, 0, 0, 1},
        {CNICALC_EDITION_PRO, BIT(INDEPENDENT_POD_CIDR) | BIT(DUAL_STACK), 0, CNICALC_CHOICE_NONE,
         0, 0, 0},
        {CNICALC_EDITION_PRO, BIT(NETWORKPOLICY), 500, CNICALC_CHOICE_TERWAY, 0, 0, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        cnicalc_plugin_choose_options options = need(rows[i].edition, rows[i].nodes, rows[i].mask);
        cnicalc_plugin_choose_result result = choose(&options);
        ck_assert_msg(result.plugin == rows[i].plugin, "row %u: %s", (unsigned)i,
                      cnicalc_choice_name(result.plugin));
        ck_assert_uint_eq(TERWAY.needs_quota_increase, rows[i].terway_increase);
        ck_assert_uint_eq(FLANNEL.needs_quota_increase, rows[i].flannel_increase);
        ck_assert_uint_eq(result.nodes_decide, rows[i].nodes_decide);
        ck_assert_uint_eq(result.deciding_features, rows[i].mask);
    }
}
END_TEST

START_TEST(ceilings_of_the_answer)
{
    cnicalc_plugin_choose_options options = need(CNICALC_EDITION_PRO, 0, 0);
    cnicalc_plugin_choose_result result = choose(&options);
    ck_assert_uint_eq(TERWAY.max_nodes, 15000);
    ck_assert_uint_eq(FLANNEL.max_nodes, 1000);
    options.ceilings.edition = CNICALC_EDITION_EDGE_PRO;
    result = choose(&options);
    ck_assert_uint_eq(TERWAY.max_nodes, CNICALC_UNKNOWN_COUNT);
    ck_assert_uint_eq(FLANNEL.max_nodes, 1000);
    ck_assert_uint_eq(TERWAY.fits, 0);
    ck_assert_uint_eq(TERWAY.missing_features, 0);
}
END_TEST

START_TEST(own_quotas_take_the_place_of_both)
{
    cnicalc_plugin_choose_options options = need(CNICALC_EDITION_PRO, 300, 0);
    options.node_quota[CNICALC_PLUGIN_TERWAY] = 299;
    options.node_quota[CNICALC_PLUGIN_FLANNEL] = 300;
    cnicalc_plugin_choose_result result = choose(&options);
    ck_assert_uint_eq(result.plugin, CNICALC_CHOICE_FLANNEL);
    ck_assert_uint_eq(FLANNEL.needs_quota_increase, 0);
    ck_assert_uint_eq(TERWAY.max_nodes, 299);
    ck_assert_uint_eq(FLANNEL.max_nodes, 300);
    options.ceilings.edition = CNICALC_EDITION_EDGE_PRO;
    options.node_quota[CNICALC_PLUGIN_TERWAY] = 300;
    options.node_quota[CNICALC_PLUGIN_FLANNEL] = 299;
    result = choose(&options);
    ck_assert_uint_eq(result.plugin, CNICALC_CHOICE_TERWAY);
    options.nodes = UINT64_MAX - 1;
    options.node_quota[CNICALC_PLUGIN_TERWAY] =
        CNICALC_NO_LIMIT; /* none, where the published one is unknown */
    result = choose(&options);
    ck_assert_uint_eq(result.plugin, CNICALC_CHOICE_TERWAY);
}
END_TEST

/* One own quota for both plugins; with a quota raised, no increase is left to ask for. */
START_TEST(ceilings_of_the_question)
{
    cnicalc_plugin_choose_options options = need(CNICALC_EDITION_PRO, 300, 0);
    options.ceilings.raised = 1;
    cnicalc_plugin_choose_result result = choose(&options);
    ck_assert_uint_eq(FLANNEL.fits, 1);
    ck_assert_uint_eq(FLANNEL.needs_quota_increase, 0);
    options.ceilings.node_quota = 300;
    result = choose(&options);
    ck_assert_uint_eq(TERWAY.max_nodes, 300);
    ck_assert_uint_eq(FLANNEL.max_nodes, 300);
    options.nodes = 301;
    options.node_quota[CNICALC_PLUGIN_TERWAY] = 301; /* overrides the one for both */
    result = choose(&options);
    ck_assert_uint_eq(result.plugin, CNICALC_CHOICE_TERWAY);
    ck_assert_uint_eq(FLANNEL.has_nodes, 0);
}
END_TEST

START_TEST(conflicts_warn_and_decide_nothing)
{
    static const uint32_t masks[][2] = {
        {BIT(EXCLUSIVE_ENI), 0},
        {BIT(NETWORKPOLICY) | BIT(DATAPATH_V2), 0},
        {BIT(EXCLUSIVE_ENI) | BIT(DUAL_STACK), 0},
        {BIT(EXCLUSIVE_ENI) | BIT(DATAPATH_V2) | BIT(DUAL_STACK),
         BIT(EXCLUSIVE_ENI) | BIT(DATAPATH_V2)},
        {BIT(EXCLUSIVE_ENI) | BIT(NETWORKPOLICY), BIT(EXCLUSIVE_ENI) | BIT(NETWORKPOLICY)},
    };
    for (size_t i = 0; i < COUNT(masks); i++) {
        cnicalc_plugin_choose_options options = need(CNICALC_EDITION_PRO, 0, masks[i][0]);
        cnicalc_plugin_choose_result result = choose(&options);
        ck_assert_uint_eq(result.conflicting_features, masks[i][1]);
        ck_assert_uint_eq(result.plugin, CNICALC_CHOICE_TERWAY);
    }
}
END_TEST

/* Whether a plugin has all of a mask, read off the table above. */
static uint32_t missing(uint32_t mask, int terway)
{
    uint32_t lacks = 0;
    for (uint32_t i = 0; i < CHOICES; i++) {
        const char *text = terway ? features[i].terway : features[i].flannel;
        if ((mask >> (i + 1) & 1) != 0 && strcmp(text, "no") == 0) {
            lacks |= UINT32_C(1) << (i + 1);
        }
    }
    return lacks;
}

START_TEST(every_set_of_features)
{
    for (uint32_t set = 0; set < UINT32_C(1) << CHOICES; set++) {
        cnicalc_plugin_choose_options options = need(CNICALC_EDITION_PRO, 100, set << 1);
        cnicalc_plugin_choose_result result = choose(&options);
        uint32_t terway = missing(set << 1, 1);
        uint32_t flannel = missing(set << 1, 0);
        ck_assert_uint_eq(TERWAY.missing_features, terway);
        ck_assert_uint_eq(FLANNEL.missing_features, flannel);
        ck_assert_uint_eq(result.deciding_features, terway | flannel);
        ck_assert_uint_eq(TERWAY.fits, terway == 0);
        ck_assert_uint_eq(FLANNEL.fits, flannel == 0);
        ck_assert_uint_eq(result.plugin,
                          terway == 0 ? (flannel == 0 ? 3u : 1u) : (flannel == 0 ? 2u : 4u));
    }
}
END_TEST

START_TEST(names_outside_the_enums)
{
    static const uint32_t outside[] = {0, 19, 32, UINT32_MAX};
    for (size_t i = 0; i < COUNT(outside); i++) {
        ck_assert_str_eq(cnicalc_feature_name(outside[i]), "unknown");
        ck_assert_str_eq(cnicalc_feature_note(outside[i]), "");
        ck_assert_uint_eq(cnicalc_feature_is_choice(outside[i]), 0);
        ck_assert_str_eq(cnicalc_choice_name(outside[i]), "unknown");
    }
    ck_assert_str_eq(cnicalc_choice_name(1), "terway");
    ck_assert_str_eq(cnicalc_choice_name(2), "flannel");
    ck_assert_str_eq(cnicalc_choice_name(3), "either");
    ck_assert_str_eq(cnicalc_choice_name(4), "none");
}
END_TEST

START_TEST(malformed_features)
{
    uint32_t number;
    char text[CNICALC_FEATURE_TEXT_SIZE];
    fill_pattern(&number, sizeof number);
    fill_pattern(text, sizeof text);
    ck_status(cnicalc_feature_parse(NULL, 0, &number), CNICALC_ERR_NULL);
    ck_status(cnicalc_feature_parse("dual-stack", 10, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_feature_parse("dual-stack", 9, &number), CNICALC_ERR_FEATURE);
    ck_status(cnicalc_feature_parse("dual-stackx", 11, &number), CNICALC_ERR_FEATURE);
    ck_status(cnicalc_feature_parse("unknown", 7, &number), CNICALC_ERR_FEATURE);
    ck_status(cnicalc_feature_parse("", 0, &number), CNICALC_ERR_FEATURE);
    ck_status(cnicalc_feature_supported(1, 1, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_feature_supported(0, 1, &number), CNICALC_ERR_FEATURE);
    ck_status(cnicalc_feature_supported(19, 1, &number), CNICALC_ERR_FEATURE);
    ck_status(cnicalc_feature_supported(13, 1, &number), CNICALC_ERR_FEATURE_FACT);
    ck_status(cnicalc_feature_supported(18, 2, &number), CNICALC_ERR_FEATURE_FACT);
    ck_status(cnicalc_feature_supported(1, 0, &number), CNICALC_ERR_PLUGIN);
    ck_status(cnicalc_feature_supported(12, 3, &number), CNICALC_ERR_PLUGIN);
    ck_status(cnicalc_feature_text(1, 1, NULL, 4), CNICALC_ERR_NULL);
    ck_status(cnicalc_feature_text(0, 1, text, sizeof text), CNICALC_ERR_FEATURE);
    ck_status(cnicalc_feature_text(19, 1, text, sizeof text), CNICALC_ERR_FEATURE);
    ck_status(cnicalc_feature_text(1, 0, text, sizeof text), CNICALC_ERR_PLUGIN);
    ck_status(cnicalc_feature_text(1, 3, text, sizeof text), CNICALC_ERR_PLUGIN);
    ck_status(cnicalc_feature_text(1, 1, text, 3), CNICALC_ERR_CAPACITY);
    ck_status(cnicalc_feature_text(1, 1, text, 0), CNICALC_ERR_CAPACITY);
    ck_untouched(number);
    ck_untouched(text);
    ck_ok(cnicalc_feature_text(1, 1, text, 4));
}
END_TEST

static void must_fail(const cnicalc_plugin_choose_options *options, cnicalc_status expected)
{
    cnicalc_plugin_choose_result result;
    fill_pattern(&result, sizeof result);
    ck_status(cnicalc_plugin_choose(options, &result), expected);
    ck_untouched(result);
}

START_TEST(malformed_questions)
{
    cnicalc_plugin_choose_options good = need(CNICALC_EDITION_PRO, 1, 0);
    cnicalc_plugin_choose_options options = good;
    must_fail(NULL, CNICALC_ERR_NULL);
    ck_status(cnicalc_plugin_choose(&good, NULL), CNICALC_ERR_NULL);
    options.struct_size--;
    must_fail(&options, CNICALC_ERR_STRUCT_SIZE);
    options = good;
    options.ceilings.reserved[7] = 1;
    must_fail(&options, CNICALC_ERR_RESERVED);
    options = good;
    options.ceilings.raised = 2;
    must_fail(&options, CNICALC_ERR_FLAG);
    for (size_t i = 0; i < COUNT(options.reserved); i++) {
        options = good;
        options.reserved[i] = 1;
        must_fail(&options, CNICALC_ERR_RESERVED);
    }
    static const uint32_t editions[] = {CNICALC_EDITION_ANY, 6, UINT32_MAX};
    for (size_t i = 0; i < COUNT(editions); i++) {
        options = need(editions[i], 1, 0);
        must_fail(&options, CNICALC_ERR_EDITION);
    }
    for (uint32_t bit = 0; bit < 32; bit++) {
        options = need(CNICALC_EDITION_PRO, 1, UINT32_C(1) << bit);
        if (bit == 0 || bit > CHOICES + FACTS) {
            must_fail(&options, CNICALC_ERR_FEATURE);
        } else if (bit > CHOICES) {
            must_fail(&options, CNICALC_ERR_FEATURE_FACT);
        }
    }
    ck_status(cnicalc_plugin_choose_options_init(NULL, sizeof options), CNICALC_ERR_NULL);
    fill_pattern(&options, sizeof options);
    ck_status(cnicalc_plugin_choose_options_init(&options, sizeof options + 1),
              CNICALC_ERR_STRUCT_SIZE);
    ck_untouched(options);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plugin");
    add_tests(suite, "known", every_feature, support_is_the_text, chosen_plugins,
              ceilings_of_the_answer, NULL);
    add_tests(suite, "limits", own_quotas_take_the_place_of_both, ceilings_of_the_question,
              conflicts_warn_and_decide_nothing, NULL);
    add_tests(suite, "hostile", names_outside_the_enums, malformed_features, malformed_questions,
              NULL);
    add_tests(suite, "properties", every_set_of_features, NULL);
    return run_suite(suite);
}
