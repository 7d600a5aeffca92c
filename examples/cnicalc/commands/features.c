/* SPDX-License-Identifier: MIT */
/* cnicalc features: what Terway and Flannel can do. */
#include "../command.h"
#include "../base/complaint.h"
#include "../base/memory.h"

#include <cnicalc.h>

static const struct option options[] = {OPTIONS_END};

struct row {
    uint32_t feature;
    struct value terway;
    struct value flannel;
    const char *note; /* or NULL */
};

static const struct field fields[] = {
    {"feature", "FEATURE", "the name of the feature", FIELD_NAME,
     .where = offsetof(struct row, feature), .name_of = cnicalc_feature_name},
    {"terway", "TERWAY", "whether Terway has it, or a text about it", FIELD_VALUE,
     .where = offsetof(struct row, terway)},
    {"flannel", "FLANNEL", "the same of Flannel", FIELD_VALUE,
     .where = offsetof(struct row, flannel)},
    {"note", "NOTE", "conditions and remarks", FIELD_TEXT, .where = offsetof(struct row, note)},
    FIELDS_END};

/* Yes or no for a choice, a text for a fact. */
static struct value make_cell(uint32_t feature, uint32_t plugin)
{
    uint32_t supported = 0;
    char text[CNICALC_FEATURE_TEXT_SIZE];
    if (cnicalc_feature_supported(feature, plugin, &supported) == CNICALC_OK) {
        return value_bool(supported != 0);
    }
    expect_ok(cnicalc_feature_text(feature, plugin, text, sizeof text));
    return value_text(memory_copy_text(text));
}

static int run(const struct args *args, void *asked, struct answer *answer)
{
    (void)args;
    (void)asked;
    answer_rows(answer, fields, sizeof(struct row));
    for (uint32_t feature = 1; feature <= cnicalc_feature_count(); feature++) {
        const char *note = cnicalc_feature_note(feature);
        const struct row row = {feature, make_cell(feature, CNICALC_PLUGIN_TERWAY),
                                make_cell(feature, CNICALC_PLUGIN_FLANNEL),
                                note[0] == '\0' ? NULL : note};
        answer_add(answer, &row);
    }
    return EXIT_ANSWERED;
}

const struct command features_command = {
    .name = "features",
    .summary = "what Terway and Flannel can do",
    .usage = "[-o table|json|tsv]",
    .about = "What Terway and Flannel can do. Those with yes and no are choices, which cnicalc "
             "choose --need takes; the others are facts. The plugin of a cluster cannot be changed "
             "later.",
    .examples = "cnicalc features",
    .options = options,
    .fields = fields,
    .run = run,
};
