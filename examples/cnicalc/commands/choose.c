/* SPDX-License-Identifier: MIT */
/* cnicalc choose: Terway or Flannel. */
#include "../ask/ceilings.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../base/text_buffer.h"
#include "../command.h"

#include <cnicalc.h>
#include <string.h>

struct request {
    cnicalc_plugin_choose_options need;
};

static void init(void *asked)
{
    struct request *request = asked;
    expect_ok(cnicalc_plugin_choose_options_init(&request->need, sizeof request->need));
}

static int parse_feature(const struct asking *asking, const char *name, uint32_t *mask)
{
    uint32_t feature = 0;
    if (cnicalc_feature_parse(name, CNICALC_NUL_TERMINATED, &feature) == CNICALC_OK &&
        !cnicalc_feature_is_choice(feature)) {
        complain(asking->args->subcommand, args_label(asking->option->name, name), "%s",
                 cnicalc_status_string(CNICALC_ERR_FEATURE_FACT));
        return 0;
    }
    if (!choices_parse(asking->option->choices, asking->args->subcommand, "--need ", name,
                       &feature)) {
        return 0;
    }
    *mask |= CNICALC_FEATURE_BIT(feature);
    return 1;
}

/* A list with commas. */
static int parse_needs(const struct asking *asking, void *member)
{
    const char *next = asking->text;
    for (;;) {
        size_t length = strcspn(next, ",");
        if (!parse_feature(asking, memory_copy(next, length), member)) {
            return 0;
        }
        if (next[length] == '\0') {
            return 1;
        }
        next += length + 1;
    }
}

#define AT(member) offsetof(struct request, member)

static const struct option options[] = {
    {"nodes", "N", "nodes wanted", OPTION_COUNT, .where = AT(need.nodes), .low = 1},
    {"need", "FEATURE,...", "%c", OPTION_VALUES, .where = AT(need.needed_features),
     .parse = parse_needs, .choices = &feature_choices},
    CEILINGS_OPTIONS(struct request, need.ceilings, CEILING_NODES),
    OPTIONS_END};

#undef AT

/* ---- The answer ---- */

/* What is needed, whether each plugin has it, and whether it puts one out. */
struct reason {
    const char *feature;
    uint32_t terway; /* or CNICALC_UNKNOWN */
    uint32_t flannel;
    uint32_t needed;
    uint32_t decides;
};

#define AT(member) offsetof(struct reason, member)

static const struct field reason_fields[] = {
    {"feature", "FEATURE", "what is needed: a feature, or nodes", FIELD_TEXT, .where = AT(feature)},
    {"terway", "TERWAY", "whether Terway has it; null where its ceiling is not published",
     FIELD_BOOL, .where = AT(terway)},
    {"flannel", "FLANNEL", "the same of Flannel", FIELD_BOOL, .where = AT(flannel)},
    {"needed", "NEEDED", "true", FIELD_BOOL, .where = AT(needed)},
    {"decides", "DECIDES", "whether it rules out a plugin", FIELD_BOOL, .where = AT(decides)},
    FIELDS_END};

#undef AT

struct row {
    cnicalc_plugin_choose_options need;
    cnicalc_plugin_choose_result result;
    uint32_t increase[CNICALC_PLUGIN_COUNT]; /* of a plugin that does not fit, unknown */
    struct words conflicting;
    struct list reasons;
    struct words notes;
};

#define AT(member) offsetof(struct row, member)

#define TERWAY  CNICALC_PLUGIN_TERWAY
#define FLANNEL CNICALC_PLUGIN_FLANNEL

static const struct field fields[] = {
    {"plugin", "Plugin", "terway, flannel, either or none", FIELD_NAME, .where = AT(result.plugin),
     .name_of = cnicalc_choice_name},
    {"nodes", "Nodes", "the nodes wanted", FIELD_COUNT, .where = AT(need.nodes),
     .null_for_zero = 1},
    {"edition", "Edition", "the edition of the cluster", FIELD_NAME,
     .where = AT(need.ceilings.edition), .name_of = cnicalc_edition_name},
    {"terway_fits", "Terway fits", "whether it has the features and can have the nodes", FIELD_BOOL,
     .where = AT(result.candidates[TERWAY].fits)},
    {"flannel_fits", "Flannel fits", "the same of Flannel", FIELD_BOOL,
     .where = AT(result.candidates[FLANNEL].fits)},
    {"terway_max_nodes", "Max nodes with Terway, raised quota",
     "its ceiling after a quota increase; null where none is published", FIELD_COUNT,
     .where = AT(result.candidates[TERWAY].max_nodes)},
    {"flannel_max_nodes", "Max nodes with Flannel, raised quota", "the same of Flannel",
     FIELD_COUNT, .where = AT(result.candidates[FLANNEL].max_nodes)},
    {"terway_needs_quota_increase", "Terway needs a quota increase",
     "whether the nodes exceed the quota in force; null where it does not fit", FIELD_BOOL,
     .where = AT(increase[TERWAY])},
    {"flannel_needs_quota_increase", "Flannel needs a quota increase", "the same of Flannel",
     FIELD_BOOL, .where = AT(increase[FLANNEL])},
    {"conflicting_features", NULL, "needed features that no Terway node has together", FIELD_WORDS,
     .where = AT(conflicting)},
    {"reasons", "", "a row for each thing that is needed", FIELD_LIST, .where = AT(reasons),
     .of = reason_fields},
    {"notes", NULL, "remarks, in sentences", FIELD_WORDS, .where = AT(notes)},
    {"raised", NULL, "whether the raised quota is in force", FIELD_BOOL,
     .where = AT(need.ceilings.raised)},
    FIELDS_END};

#undef AT

/* Whether a plugin can have the nodes. */
static uint32_t has_nodes(const cnicalc_plugin_candidate *candidate)
{
    return candidate->max_nodes == CNICALC_UNKNOWN_COUNT ? CNICALC_UNKNOWN : candidate->has_nodes;
}

/* A row for each needed feature, and one for the nodes where they are asked for. */
static struct list make_reasons(const cnicalc_plugin_choose_options *need,
                                const cnicalc_plugin_choose_result *result)
{
    const cnicalc_plugin_candidate *terway = &result->candidates[TERWAY];
    const cnicalc_plugin_candidate *flannel = &result->candidates[FLANNEL];
    struct reason *reasons = memory_take(CNICALC_FEATURE_COUNT + 1, sizeof *reasons);
    struct list list = {reasons, 0, sizeof *reasons};
    for (uint32_t feature = 1; feature < CNICALC_FEATURE_COUNT; feature++) {
        uint32_t bit = CNICALC_FEATURE_BIT(feature);
        const struct reason reason = {
            cnicalc_feature_name(feature), (terway->missing_features & bit) == 0,
            (flannel->missing_features & bit) == 0, 1, (result->deciding_features & bit) != 0};
        if ((need->needed_features & bit) != 0) {
            reasons[list.count++] = reason;
        }
    }
    if (need->nodes != 0) {
        const struct reason reason = {"nodes", has_nodes(terway), has_nodes(flannel), 1,
                                      result->nodes_decide};
        reasons[list.count++] = reason;
    }
    return list;
}

/* Adds why a plugin is out whose ceiling is not published. */
static void note_unpublished(struct row *row, uint32_t plugin, const char *name,
                             struct answer *answer)
{
    struct text_buffer text = {NULL, 0, 0};
    text_add(&text, "%s is not offered: its ceiling of nodes is not published for edition %s", name,
             cnicalc_edition_name(row->need.ceilings.edition));
    if (row->result.candidates[plugin].max_nodes == CNICALC_UNKNOWN_COUNT) {
        answer_note(answer, &row->notes, text.text);
    }
}

static struct words make_names(uint32_t mask)
{
    struct words list = {NULL, 0, 0};
    for (uint32_t feature = 1; feature < CNICALC_FEATURE_COUNT; feature++) {
        if ((mask & CNICALC_FEATURE_BIT(feature)) != 0) {
            words_add_text(&list, cnicalc_feature_name(feature));
        }
    }
    return list;
}

static int run(const struct args *args, void *asked, struct answer *answer)
{
    const struct request *request = asked;
    struct row row;
    memset(&row, 0, sizeof row);
    row.need = request->need;
    expect_ok(cnicalc_plugin_choose(&row.need, &row.result)); /* all of it has been looked up */
    for (uint32_t plugin = 1; plugin < CNICALC_PLUGIN_COUNT; plugin++) {
        const cnicalc_plugin_candidate *candidate = &row.result.candidates[plugin];
        row.increase[plugin] = candidate->fits ? candidate->needs_quota_increase : CNICALC_UNKNOWN;
    }
    if (row.result.conflicting_features != 0 && row.result.candidates[TERWAY].fits) {
        answer_warn(answer, args->subcommand, "--need",
                    "no Terway node has all of these features; put them on different nodes");
    }
    row.conflicting = make_names(row.result.conflicting_features);
    row.reasons = make_reasons(&row.need, &row.result);
    note_unpublished(&row, TERWAY, "Terway", answer);
    note_unpublished(&row, FLANNEL, "Flannel", answer);
    answer_record(answer, fields, &row, sizeof row);
    return row.result.plugin == CNICALC_CHOICE_NONE ? EXIT_NO : EXIT_ANSWERED;
}

const struct command choose_command = {
    .name = "choose",
    .summary = "Terway or Flannel, for what a cluster needs",
    .usage = "[--nodes N] [--edition EDITION] [--need FEATURE,...]",
    .about = "The plugin that has the needed features and can have the nodes, and the rows that "
             "decide: terway, flannel, either, or none with exit status 1. Nodes are judged by the "
             "ceiling after a quota increase; the answer says which plugin needs one. A plugin "
             "whose ceiling is not published for the edition is not offered.",
    .examples = "cnicalc choose --nodes 500 --need networkpolicy,dual-stack",
    .options = options,
    .fields = fields,
    .has_one_answer = 1,
    .request_size = sizeof(struct request),
    .init = init,
    .run = run,
};
