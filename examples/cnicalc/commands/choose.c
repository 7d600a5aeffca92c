/* SPDX-License-Identifier: MIT */
/* cnicalc choose: Terway or Flannel. */
#include "../command.h"
#include "../base/complaint.h"
#include "../base/memory.h"

#include <cnicalc.h>
#include <stdio.h>
#include <string.h>

static const struct option options[] = {OLD_VALUE("nodes"), OLD_VALUE("edition"),
                                        OLD_REPEATED("need"), OPTIONS_END};

static const struct column columns[] = {
    {"plugin", "Plugin"},
    {"nodes", "Nodes"},
    {"edition", "Edition"},
    {"terway_fits", "Terway fits"},
    {"flannel_fits", "Flannel fits"},
    {"terway_max_nodes", "Max nodes with Terway, raised quota"},
    {"flannel_max_nodes", "Max nodes with Flannel, raised quota"},
    {"terway_needs_quota_increase", "Terway needs a quota increase"},
    {"flannel_needs_quota_increase", "Flannel needs a quota increase"},
    {"conflicting_features", NULL},
    {"reasons", NULL},
    {"notes", NULL},
};

static const struct column reason_columns[] = {
    {"feature", "FEATURE"}, {"terway", "TERWAY"},   {"flannel", "FLANNEL"},
    {"needed", "NEEDED"},   {"decides", "DECIDES"},
};

/* Finds a feature among the choices. */
static int parse_feature(const struct args *args, const char *name, uint32_t *mask)
{
    uint32_t features = cnicalc_feature_count();
    const char **names = memory_take(features, sizeof *names);
    uint32_t *numbers = memory_take(features, sizeof *numbers);
    size_t count = 0;
    size_t index = 0;
    uint32_t fact = 0;
    for (uint32_t feature = 1; feature <= features; feature++) {
        if (cnicalc_feature_is_choice(feature)) {
            numbers[count] = feature;
            names[count++] = cnicalc_feature_name(feature);
        }
    }
    if (cnicalc_feature_parse(name, strlen(name), &fact) == CNICALC_OK &&
        !cnicalc_feature_is_choice(fact)) {
        return args_refuse_value(args, "need", name,
                                 cnicalc_status_string(CNICALC_ERR_FEATURE_FACT));
    }
    if (!args_choose(args->subcommand, "--need ", name, names, count, &index)) {
        return 0;
    }
    *mask |= CNICALC_FEATURE_BIT(numbers[index]);
    return 1;
}

/* Every --need, each a list with commas. */
static int parse_needs(const struct args *args, uint32_t *mask)
{
    size_t position = 0;
    for (const char *list = args_next(args, "need", &position); list != NULL;
         list = args_next(args, "need", &position)) {
        const char *next = list;
        for (;;) {
            size_t length = strcspn(next, ",");
            if (!parse_feature(args, memory_copy(next, length), mask)) {
                return 0;
            }
            if (next[length] == '\0') {
                break;
            }
            next += length + 1;
        }
    }
    return 1;
}

/* What is needed, whether each plugin has it, and whether it puts one out. */
static struct value *make_reason(const char *name, struct value *terway, struct value *flannel,
                                 int decides)
{
    struct value *row = value_record();
    value_put(row, "feature", value_text(name));
    value_put(row, "terway", terway);
    value_put(row, "flannel", flannel);
    value_put(row, "needed", value_bool(1));
    value_put(row, "decides", value_bool(decides));
    return row;
}

/* Whether a plugin can have the nodes; null where its ceiling is not published. */
static struct value *make_holds(uint64_t max_nodes, uint64_t nodes)
{
    return max_nodes == CNICALC_UNKNOWN_COUNT ? value_null() : value_bool(nodes <= max_nodes);
}

static struct value *make_has(uint32_t missing_features, uint32_t bit)
{
    return value_bool((missing_features & bit) == 0);
}

/* A row for each needed feature, and one for the nodes where they are asked for. */
static struct value *make_reasons(const cnicalc_choose_options *need,
                                  const cnicalc_choose_result *result)
{
    struct value *list = value_list();
    for (uint32_t feature = 1; feature <= cnicalc_feature_count(); feature++) {
        uint32_t bit = CNICALC_FEATURE_BIT(feature);
        if ((need->needed_features & bit) != 0) {
            value_add(list, make_reason(cnicalc_feature_name(feature),
                                        make_has(result->terway_missing_features, bit),
                                        make_has(result->flannel_missing_features, bit),
                                        (result->deciding_features & bit) != 0));
        }
    }
    if (need->nodes != 0) {
        value_add(list, make_reason("nodes", make_holds(result->terway_max_nodes, need->nodes),
                                    make_holds(result->flannel_max_nodes, need->nodes),
                                    result->nodes_decide != 0));
    }
    return list;
}

/* Adds why a plugin is out whose ceiling is not published. */
static void note_unpublished(const cnicalc_choose_options *need, uint64_t max_nodes,
                             const char *plugin, struct answer *answer, struct value *notes)
{
    char text[160];
    snprintf(text, sizeof text,
             "%s is not offered: its ceiling of nodes is not published for edition %s", plugin,
             cnicalc_edition_name(need->edition));
    if (max_nodes == CNICALC_UNKNOWN_COUNT) {
        answer_note(answer, notes, text);
    }
}

static void put_notes(const cnicalc_choose_options *need, const cnicalc_choose_result *result,
                      struct answer *answer)
{
    struct value *notes = value_list();
    note_unpublished(need, result->terway_max_nodes, "Terway", answer, notes);
    note_unpublished(need, result->flannel_max_nodes, "Flannel", answer, notes);
    value_put(answer->document, "notes", notes);
}

static struct value *make_names(uint32_t mask)
{
    struct value *list = value_list();
    for (uint32_t feature = 1; feature <= cnicalc_feature_count(); feature++) {
        if ((mask & CNICALC_FEATURE_BIT(feature)) != 0) {
            value_add(list, value_text(cnicalc_feature_name(feature)));
        }
    }
    return list;
}

/* Of a plugin that does not fit, a quota increase is no question. */
static struct value *make_increase(uint32_t fits, uint32_t needed)
{
    return fits ? value_bool(needed != 0) : value_null();
}

static struct value *make_record(const cnicalc_choose_options *need,
                                 const cnicalc_choose_result *result)
{
    struct value *record = value_record();
    value_put(record, "plugin", value_text(cnicalc_choice_name(result->plugin)));
    value_put(record, "nodes", need->nodes == 0 ? value_null() : value_count(need->nodes));
    value_put(record, "edition", value_text(cnicalc_edition_name(need->edition)));
    value_put(record, "terway_fits", value_bool(result->terway_fits != 0));
    value_put(record, "flannel_fits", value_bool(result->flannel_fits != 0));
    value_put(record, "terway_max_nodes", value_count(result->terway_max_nodes));
    value_put(record, "flannel_max_nodes", value_count(result->flannel_max_nodes));
    value_put(record, "terway_needs_quota_increase",
              make_increase(result->terway_fits, result->terway_needs_quota_increase));
    value_put(record, "flannel_needs_quota_increase",
              make_increase(result->flannel_fits, result->flannel_needs_quota_increase));
    value_put(record, "conflicting_features", make_names(result->conflicting_features));
    value_put(record, "reasons", make_reasons(need, result));
    return record;
}

static int run(const struct args *args, struct answer *answer)
{
    cnicalc_choose_options need;
    cnicalc_choose_result result;
    expect_ok(cnicalc_choose_options_init(&need, sizeof need));
    if (!args_no_operands(args) || !args_edition(args, &need.edition) ||
        !parse_needs(args, &need.needed_features) ||
        !args_number(args, "nodes", 1, UINT64_MAX - 1, &need.nodes)) {
        return EXIT_MALFORMED;
    }
    expect_ok(cnicalc_choose(&need, &result)); /* all that it is asked has been looked up */
    if (result.conflicting_features != 0 && result.terway_fits) {
        answer_warn(answer, args->subcommand, "--need",
                    "no Terway node has all of these features; put them on different nodes");
    }
    answer_old_record(answer, make_record(&need, &result), columns,
                      sizeof columns / sizeof columns[0]);
    answer_old_below(answer, answer->document->last, reason_columns,
                     sizeof reason_columns / sizeof reason_columns[0]);
    put_notes(&need, &result, answer);
    return result.plugin == CNICALC_CHOICE_NONE ? EXIT_NO : EXIT_ANSWERED;
}

const struct command choose_command = {
    .name = "choose",
    .summary = "Terway or Flannel, for what a cluster needs",
    .options = options,
    .has_one_answer = 1,
    .old_run = run,
    .help = "Usage: cnicalc choose [--nodes N] [--edition EDITION] [--need FEATURE,...]\n"
            "\n"
            "The plugin that has the needed features and can have the nodes, and the rows\n"
            "that decide: terway, flannel, either, or none with exit status 1. Nodes are\n"
            "judged by the ceiling after a quota increase; the answer says who needs one.\n"
            "A plugin whose ceiling is not published for the edition is not offered.\n"
            "\n"
            "  --nodes N            nodes wanted\n"
            "  --edition EDITION    pro (default), basic, dedicated, edge-pro, edge-basic\n"
            "  --need FEATURE,...   networkpolicy, dual-stack, source-ip, exclusive-eni,\n"
            "                       datapath-v2, pod-vswitch, static-pod-ip,\n"
            "                       session-persistence, multi-cluster, alb-clusterip,\n"
            "                       extensible-pod-cidr, independent-pod-cidr\n"
            "  -o table|json|tsv\n"
            "\n"
            "Example: cnicalc choose --nodes 500 --need networkpolicy,dual-stack\n"};
