/* SPDX-License-Identifier: MIT */
/* cnicalc features: what Terway and Flannel can do. */
#include "../command.h"
#include "../base/complaint.h"
#include "../base/complaint.h"

#include <cnicalc.h>

static const struct option options[] = {{NULL, 0}};

static const struct column columns[] = {
    {"feature", "FEATURE"}, {"terway", "TERWAY"}, {"flannel", "FLANNEL"}, {"note", "NOTE"}};

/* Yes or no for a choice, a text for a fact. */
static struct value *make_cell(uint32_t feature, uint32_t plugin)
{
    uint32_t supported = 0;
    char text[CNICALC_FEATURE_TEXT_SIZE];
    if (cnicalc_feature_supported(feature, plugin, &supported) == CNICALC_OK) {
        return value_bool(supported != 0);
    }
    expect_ok(cnicalc_feature_text(feature, plugin, text, sizeof text));
    return value_text(text);
}

static int run(const struct args *args, struct answer *answer)
{
    if (!args_no_operands(args)) {
        return EXIT_MALFORMED;
    }
    answer->document = value_list();
    answer->rows = answer->document;
    answer->columns = columns;
    answer->column_count = sizeof columns / sizeof columns[0];
    for (uint32_t feature = 1; feature <= cnicalc_feature_count(); feature++) {
        const char *note = cnicalc_feature_note(feature);
        struct value *row = value_record();
        value_put(row, "feature", value_text(cnicalc_feature_name(feature)));
        value_put(row, "terway", make_cell(feature, CNICALC_PLUGIN_TERWAY));
        value_put(row, "flannel", make_cell(feature, CNICALC_PLUGIN_FLANNEL));
        value_put(row, "note", note[0] == '\0' ? value_null() : value_text(note));
        value_add(answer->document, row);
    }
    return EXIT_ANSWERED;
}

const struct command features_command = {
    "features", "what Terway and Flannel can do",
    "Usage: cnicalc features [-o table|json|tsv]\n"
    "\n"
    "What Terway and Flannel can do. Those with yes and no are choices, which\n"
    "cnicalc choose --need takes; the others are facts. The plugin of a cluster\n"
    "cannot be changed later.\n"
    "\n"
    "  -o table|json|tsv\n"
    "\n"
    "Example: cnicalc features\n",
    options, run};
