/* SPDX-License-Identifier: MIT */
/* choose_plugin: whether Terway or Flannel has the nodes and the features that a cluster needs, and
 * which features decided.
 *
 *      cc choose_plugin.c $(pkg-config --cflags --libs cnicalc)
 *      ./a.out 500 networkpolicy dual-stack
 */
#include <cnicalc.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fail(const char *what, cnicalc_status status)
{
    fprintf(stderr, "choose_plugin: %s: %s\n", what, cnicalc_status_string(status));
    return 2;
}

/* A whole number; strtoull() alone would take "", "-1" and "7x" for one. */
static int is_number(const char *text)
{
    return *text != '\0' && strspn(text, "0123456789") == strlen(text);
}

static void print_reason(uint32_t feature, const cnicalc_plugin_choose_result *result)
{
    uint32_t bit = CNICALC_FEATURE_BIT(feature);
    printf("  %s: %s\n", cnicalc_feature_name(feature),
           (result->candidates[CNICALC_PLUGIN_TERWAY].missing_features & bit) != 0
               ? "Terway lacks it"
               : "Flannel lacks it");
}

int main(int argc, char **argv)
{
    cnicalc_plugin_choose_options options;
    cnicalc_status status = cnicalc_plugin_choose_options_init(&options, sizeof options);
    if (status != CNICALC_OK) {
        return fail("options", status);
    }
    if (argc < 2 || !is_number(argv[1])) {
        fprintf(stderr, "usage: choose_plugin NODES [FEATURE...]\n");
        return 2;
    }
    options.nodes = strtoull(argv[1], NULL, 10);
    for (int i = 2; i < argc; i++) {
        uint32_t feature;
        status = cnicalc_feature_parse(argv[i], CNICALC_NUL_TERMINATED, &feature);
        if (status != CNICALC_OK) {
            return fail(argv[i], status);
        }
        options.needed_features |= CNICALC_FEATURE_BIT(feature);
    }
    cnicalc_plugin_choose_result result;
    status = cnicalc_plugin_choose(&options, &result);
    if (status != CNICALC_OK) {
        return fail("features", status);
    }
    const cnicalc_plugin_candidate *terway = &result.candidates[CNICALC_PLUGIN_TERWAY];
    const cnicalc_plugin_candidate *flannel = &result.candidates[CNICALC_PLUGIN_FLANNEL];
    printf("%s\n", cnicalc_choice_name(result.plugin));
    for (uint32_t feature = 1; feature <= cnicalc_feature_count(); feature++) {
        if ((result.deciding_features & CNICALC_FEATURE_BIT(feature)) != 0) {
            print_reason(feature, &result);
        }
    }
    if (result.nodes_decide) { /* a Pro cluster, whose ceilings are both published */
        printf("  nodes: Terway up to %" PRIu64 ", Flannel up to %" PRIu64 "\n", terway->max_nodes,
               flannel->max_nodes);
    }
    if (terway->needs_quota_increase || flannel->needs_quota_increase) {
        printf("  a quota increase is needed for%s%s\n",
               terway->needs_quota_increase ? " Terway" : "",
               flannel->needs_quota_increase ? " Flannel" : "");
    }
    return result.plugin == CNICALC_CHOICE_NONE;
}
