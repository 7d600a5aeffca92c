/* SPDX-License-Identifier: MIT */
/* cnicalc check: all that is wrong or unwise with an address plan. */
#include "check.h"

#include "../ask/ceilings.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../base/text_buffer.h"
#include "../command.h"

#include <inttypes.h>
#include <string.h>

struct request {
    struct plan_blocks plan;
    cnicalc_plan_check_options options;
};

static void init(void *asked)
{
    struct request *request = asked;
    request->plan.keeps_host_bits = 1;
    expect_ok(cnicalc_plan_check_options_init(&request->options, sizeof request->options));
}

#define AT(member) offsetof(cnicalc_plan_check_options, member)

const struct option check_options[] = {
    {"plugin", "PLUGIN", "%c", OPTION_NAME, .where = AT(plugin), .choices = &plugin_choices,
     .is_required = 1},
    {"node-mask", "N", "prefix length of each node's block (flannel)", OPTION_COUNT32,
     .where = AT(node_mask), .low = 1},
    {"nodes", "N", "nodes wanted", OPTION_COUNT, .where = AT(nodes), .low = 1,
     .high = CHECK_COUNT_MAX},
    {"pods", "N", "pods wanted; with --nodes, N nodes run them evenly", OPTION_COUNT,
     .where = AT(pods), .low = 1, .high = CHECK_COUNT_MAX},
    {"services", "N", "Services wanted besides kubernetes", OPTION_COUNT, .where = AT(services),
     .high = CHECK_COUNT_MAX},
    OPTIONS_END};

#undef AT
#define AT(member) offsetof(struct request, member)

static const struct option options[] = {
    {.kind = OPTION_GROUP, .group = plan_options, .where = AT(plan)},
    {.kind = OPTION_GROUP, .group = check_options, .where = AT(options)},
    CEILINGS_OPTIONS(struct request, options.ceilings, CHECK_CEILINGS),
    OPTIONS_END};

#undef AT

/* ---- The answer ---- */

#define AT(member) offsetof(struct finding_row, member)

const struct field finding_fields[] = {
    {"severity", "SEVERITY", "error, warning or note", FIELD_NAME, .where = AT(finding.severity),
     .name_of = cnicalc_plan_severity_name},
    {"code", "CODE", "which rule it is", FIELD_NAME, .where = AT(finding.code),
     .name_of = cnicalc_plan_code_name},
    {"subject", "SUBJECT", "the block that it is about, as it was given", FIELD_TEXT,
     .where = AT(subject)},
    {"other", "OTHER", "the other block of a pair", FIELD_TEXT, .where = AT(other)},
    {"message", "MESSAGE", "a sentence", FIELD_TEXT, .where = AT(message)},
    {"block", "BLOCK", "the corrected or forbidden block", FIELD_CIDR, .where = AT(finding.block)},
    {"zone", "ZONE", "the zone that is short", FIELD_TEXT, .where = AT(zone)},
    {"limit", "LIMIT", "the limit that is short or not published", FIELD_NAME,
     .where = AT(finding.limit), .name_of = cnicalc_limit_name, .null_for_zero = 1},
    {"needed", "NEEDED", "what a limit that is short would need", FIELD_COUNT,
     .where = AT(finding.value), .null_for_zero = 1},
    {"available", "AVAILABLE", "what there is of it", FIELD_COUNT, .where = AT(finding.bound)},
    FIELDS_END};

#undef AT

struct row {
    uint64_t counts[CNICALC_PLAN_SEVERITY_COUNT];
    uint32_t ok;
    struct list findings;
};

#define AT(member) offsetof(struct row, member)

static const struct field fields[] = {
    {"ok", NULL, "whether there is no error", FIELD_BOOL, .where = AT(ok)},
    {"errors", NULL, "how many errors there are", FIELD_COUNT,
     .where = AT(counts[CNICALC_PLAN_ERROR])},
    {"warnings", NULL, "how many warnings", FIELD_COUNT, .where = AT(counts[CNICALC_PLAN_WARNING])},
    {"notes", NULL, "how many notes", FIELD_COUNT, .where = AT(counts[CNICALC_PLAN_NOTE])},
    {"findings", NULL, "the findings, the most serious first; TSV has a row for each", FIELD_LIST,
     .where = AT(findings), .of = finding_fields},
    FIELDS_END};

#undef AT

static const struct form forms[] = {{NULL, fields}, {NULL, NULL}};

static const struct plan_label *label_at(const struct plan_blocks *plan, uint32_t index)
{
    return index == CNICALC_UNKNOWN ? NULL : &plan->labels[index];
}

static const char *text_at(const struct plan_blocks *plan, uint32_t index)
{
    const struct plan_label *label = label_at(plan, index);
    return label == NULL ? NULL : label->text;
}

/* Numbers speak of a shortage where a limit is named, and of other things elsewhere. */
static struct finding_row make_row(const struct plan_blocks *plan, const cnicalc_plan *blocks,
                                   const cnicalc_plan_finding *finding)
{
    struct finding_row row = {*finding, text_at(plan, finding->subject),
                              text_at(plan, finding->other), NULL, plan_sentence(blocks, finding)};
    if (finding->zone != CNICALC_UNKNOWN) {
        row.zone = plan_zone(plan, finding->zone);
    }
    if (finding->limit == CNICALC_LIMIT_NONE || finding->value == 0) {
        row.finding.value = CNICALC_UNKNOWN_COUNT;
        row.finding.bound = CNICALC_UNKNOWN_COUNT;
    }
    return row;
}

struct list check_rows(const struct plan_blocks *plan, const struct plan_findings *findings)
{
    const cnicalc_plan blocks = plan_of(plan);
    struct finding_row *rows = memory_take(findings->count, sizeof *rows);
    const struct list list = {rows, findings->count, sizeof *rows};
    for (size_t i = 0; i < findings->count; i++) {
        rows[i] = make_row(plan, &blocks, &findings->items[i]);
    }
    return list;
}

/* Adds a name in parentheses that are closed later. */
static void add_name(struct text_buffer *line, const char *name, int *is_open)
{
    if (name != NULL) {
        text_add_plain(line, *is_open ? ", " : " (");
        text_add_plain(line, name);
        *is_open = 1;
    }
}

const char *check_line(const struct plan_blocks *plan, const struct finding_row *row)
{
    const struct plan_label *subject = label_at(plan, row->finding.subject);
    const struct plan_label *other = label_at(plan, row->finding.other);
    struct text_buffer line = {NULL, 0, 0};
    int is_open = 0;
    text_add(&line, "%s: ", cnicalc_plan_severity_name(row->finding.severity));
    text_add_plain(&line, row->message);
    add_name(&line, subject != NULL ? subject->name : NULL, &is_open);
    add_name(&line, other != NULL ? other->name : NULL, &is_open);
    add_name(&line, subject == NULL ? row->zone : NULL, &is_open);
    text_add_plain(&line, is_open ? ")" : "");
    return line.text;
}

static const char *make_summary(const uint64_t counts[])
{
    struct text_buffer text = {NULL, 0, 0};
    text_add_plain(&text, counts[CNICALC_PLAN_ERROR] == 0 ? "ok:" : "not ok:");
    for (uint32_t severity = 1; severity < CNICALC_PLAN_SEVERITY_COUNT; severity++) {
        text_add(&text, "%s %" PRIu64 " %s%s", severity == 1 ? "" : ",", counts[severity],
                 cnicalc_plan_severity_name(severity), counts[severity] == 1 ? "" : "s");
    }
    return text.text;
}

/* The document has the counts, then the findings; a table their lines, then the counts. */
static int run(const struct args *args, void *asked, struct answer *answer)
{
    const struct request *request = asked;
    const cnicalc_plan plan = plan_of(&request->plan);
    struct plan_findings findings;
    struct row row;
    memset(&row, 0, sizeof row);
    if (!plan_check(args, &plan, &request->options, &findings)) {
        return EXIT_MALFORMED;
    }
    row.findings = check_rows(&request->plan, &findings);
    const struct finding_row *rows = row.findings.rows;
    answer->lines = value_list();
    for (size_t i = 0; i < findings.count; i++) {
        row.counts[rows[i].finding.severity]++;
        value_add(answer->lines, value_text(check_line(&request->plan, &rows[i])));
    }
    value_add(answer->lines, value_text(make_summary(row.counts)));
    row.ok = row.counts[CNICALC_PLAN_ERROR] == 0;
    answer_record(answer, fields, &row);
    answer_list(answer, finding_fields);
    return row.ok ? EXIT_ANSWERED : EXIT_NO;
}

const struct command check_command = {
    .name = "check",
    .summary = "whether an address plan is legal and holds what is wanted",
    .usage = "--plugin terway|flannel --vpc CIDR... [OPTION...]",
    .about = "All that is wrong or unwise with an address plan; exit status 1 for errors. What is "
             "wanted is judged zone by zone. @FILE stands for the arguments in a file.",
    .examples = "cnicalc check --plugin flannel --vpc 192.168.0.0/16 --node-mask 26 \\\n"
                "  --node-vswitch A=192.168.0.0/24 --pod-cidr 172.20.0.0/16 \\\n"
                "  --service-cidr 172.21.0.0/20",
    .options = options,
    .forms = forms,
    .has_one_answer = 1,
    .request_size = sizeof(struct request),
    .init = init,
    .run = run,
};
