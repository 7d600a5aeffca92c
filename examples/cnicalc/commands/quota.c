/* SPDX-License-Identifier: MIT */
/* cnicalc quota: the table of ceilings. */
#include "../command.h"
#include "../base/complaint.h"

#include <cnicalc.h>

static const struct option options[] = {{"edition", 1}, {NULL, 0}};

static const struct column columns[] = {
    {"edition", "EDITION"}, {"plugin", "PLUGIN"}, {"what", "WHAT"},
    {"default", "DEFAULT"}, {"raised", "RAISED"}, {"source", "SOURCE"},
};

static struct value *make_row(uint32_t index, const cnicalc_quota *quota)
{
    struct value *row = value_record();
    value_put(row, "edition",
              quota->edition == CNICALC_EDITION_ANY
                  ? value_null()
                  : value_text(cnicalc_edition_name(quota->edition)));
    value_put(row, "plugin",
              quota->plugin == CNICALC_PLUGIN_ANY ? value_null()
                                                  : value_text(cnicalc_plugin_name(quota->plugin)));
    value_put(row, "what", value_text(cnicalc_quota_what_name(quota->what)));
    value_put(row, "default", value_count(quota->default_value));
    value_put(row, "raised", value_count(quota->raised_value));
    value_put(row, "source", value_text(cnicalc_quota_source(index)));
    return row;
}

static int run(const struct args *args, struct answer *answer)
{
    uint32_t edition = CNICALC_EDITION_ANY;
    if (args->operand_count != 0) {
        return complain(args->subcommand, args->operands[0],
                        "the subcommand takes options only; did you mean --edition?");
    }
    if (!args_edition(args, &edition)) {
        return EXIT_MALFORMED;
    }
    answer->document = value_list();
    answer->rows = answer->document;
    answer->columns = columns;
    answer->column_count = sizeof columns / sizeof columns[0];
    for (uint32_t i = 0; i < cnicalc_quota_count(); i++) {
        cnicalc_quota quota;
        expect_ok(cnicalc_quota_at(i, &quota));
        if (edition == CNICALC_EDITION_ANY || quota.edition == CNICALC_EDITION_ANY ||
            quota.edition == edition) {
            value_add(answer->document, make_row(i, &quota));
        }
    }
    return EXIT_ANSWERED;
}

const struct command quota_command = {
    "quota", "ceilings of clusters, VPCs and security groups",
    "Usage: cnicalc quota [--edition EDITION] [-o table|json|tsv]\n"
    "\n"
    "The ceilings that the other subcommands reckon with, by cluster edition and\n"
    "network plugin: the default, the value after a quota increase where one is\n"
    "published, and where it stands. A ceiling without edition or plugin holds for\n"
    "each of them.\n"
    "\n"
    "  --edition EDITION    pro, basic, dedicated, edge-pro or edge-basic, with the\n"
    "                       ceilings that hold for every edition; default: all\n"
    "  -o table|json|tsv\n"
    "\n"
    "Example: cnicalc quota --edition basic\n",
    options, run};
