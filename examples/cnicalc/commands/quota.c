/* SPDX-License-Identifier: MIT */
/* cnicalc quota: the table of ceilings. */
#include "../command.h"
#include "../base/complaint.h"

#include <cnicalc.h>

struct request {
    uint32_t edition; /* or CNICALC_EDITION_ANY */
};

static const struct option options[] = {
    {"edition", "EDITION", "%c, with the ceilings that hold for every edition; default: all",
     OPTION_NAME, .where = offsetof(struct request, edition), .choices = &edition_choices},
    OPTIONS_END};

struct row {
    cnicalc_quota quota;
    const char *source;
};

static const struct field fields[] = {
    {"edition", "EDITION", "the edition of the cluster; null for every edition", FIELD_NAME,
     .where = offsetof(struct row, quota.edition), .name_of = cnicalc_edition_name,
     .null_for_zero = 1},
    {"plugin", "PLUGIN", "the network plugin; null for both", FIELD_NAME,
     .where = offsetof(struct row, quota.plugin), .name_of = cnicalc_plugin_name,
     .null_for_zero = 1},
    {"what", "WHAT", "what is counted", FIELD_NAME, .where = offsetof(struct row, quota.what),
     .name_of = cnicalc_quota_what_name},
    {"default", "DEFAULT", "the ceiling", FIELD_COUNT,
     .where = offsetof(struct row, quota.default_value)},
    {"raised", "RAISED", "the ceiling after a quota increase; null where none is published",
     FIELD_COUNT, .where = offsetof(struct row, quota.raised_value)},
    {"source", "SOURCE", "where it is published", FIELD_TEXT,
     .where = offsetof(struct row, source)},
    FIELDS_END};

static int run(const struct args *args, void *asked, struct answer *answer)
{
    const struct request *request = asked;
    (void)args;
    answer_rows(answer, fields, sizeof(struct row));
    for (uint32_t i = 0; i < cnicalc_quota_count(); i++) {
        struct row row;
        row.source = cnicalc_quota_source(i);
        expect_ok(cnicalc_quota_at(i, &row.quota));
        if (request->edition == CNICALC_EDITION_ANY || row.quota.edition == CNICALC_EDITION_ANY ||
            row.quota.edition == request->edition) {
            answer_add(answer, &row);
        }
    }
    return EXIT_ANSWERED;
}

const struct command quota_command = {
    .name = "quota",
    .summary = "ceilings of clusters, VPCs and security groups",
    .usage = "[--edition EDITION] [-o table|json|tsv]",
    .about = "The ceilings that the other subcommands use, by cluster edition and network plugin: "
             "the default, the value after a quota increase where one is published, and its "
             "source. A ceiling without edition or plugin holds for all of them.",
    .examples = "cnicalc quota --edition basic",
    .instead = "did you mean --edition?",
    .options = options,
    .fields = fields,
    .request_size = sizeof(struct request),
    .run = run,
};
