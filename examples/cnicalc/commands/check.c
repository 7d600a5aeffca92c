/* SPDX-License-Identifier: MIT */
/* cnicalc check: all that is wrong or unwise with an address plan. */
#include "check.h"

#include "../answer/findings.h"
#include "../answer/github.h"
#include "../base/complaint.h"
#include "../base/text_buffer.h"
#include "../command.h"
#include "plan_node.h"

#include <inttypes.h>
#include <string.h>

struct request {
    struct plan_blocks plan;
    cnicalc_plan_check_options options;
    struct plan_node node;
};

static void init(void *asked)
{
    struct request *request = asked;
    request->plan.keeps_host_bits = 1;
    plan_node_init(&request->node);
    expect_ok(cnicalc_plan_check_options_init(&request->options, sizeof request->options));
}

#define AT(member) offsetof(cnicalc_plan_check_options, member)

const struct option check_options[] = {
    {"plugin", "PLUGIN", "%c", OPTION_NAME, .where = AT(plugin), .choices = &plugin_choices,
     .is_required = 1, .bit = CHECK_SPLIT},
    {"node-mask", "N", "prefix length of each node's block (flannel)", OPTION_COUNT32,
     .where = AT(node_mask), .low = 1, .bit = CHECK_SPLIT},
    {"nodes", "N", "nodes", OPTION_COUNT, .where = AT(nodes), .low = 1, .high = CHECK_COUNT_MAX,
     .bit = CHECK_WANTED},
    {"pods", "N", "pods", OPTION_COUNT, .where = AT(pods), .low = 1, .high = CHECK_COUNT_MAX,
     .bit = CHECK_WANTED},
    {"services", "N", "Services", OPTION_COUNT, .where = AT(services), .high = CHECK_COUNT_MAX,
     .bit = CHECK_WANTED},
    {"dual-stack", NULL, "pods and Services have IPv6 addresses as well", OPTION_FLAG,
     .where = AT(dual_stack), .bit = CHECK_DUAL_STACK},
    {"surge", "N", "further nodes while nodes are replaced", OPTION_COUNT32, .where = AT(surge),
     .bit = CHECK_TIMES},
    {"burst", "N", "new pods that start on each node at one time", OPTION_COUNT32,
     .where = AT(burst_pods), .bit = CHECK_TIMES},
    OPTIONS_END};

#undef AT

static const struct option options[] = {
    OPTION_GROUP_OF(plan_options, struct request, plan, 0, NULL),
    OPTION_GROUP_OF(check_options, struct request, options, CHECK_SPLIT, NULL),
    OPTION_GROUP_OF(check_options, struct request, options, CHECK_DUAL_STACK | CHECK_TIMES,
                    "as for cnicalc terway"),
    OPTION_GROUP_OF(plan_node_options, struct request, node, 0, NULL),
    OPTION_GROUP_OF(check_options, struct request, options, CHECK_WANTED,
                    "wanted, in all zones together"),
    CEILINGS_OPTIONS_AS(struct request, options.ceilings, CHECK_CEILINGS, "as for cnicalc flannel"),
    OPTIONS_END};

/* ---- The answer ---- */

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

/* JSON has the counts, then the findings; a table their lines, then the counts. */
static int run(const struct args *args, void *asked, struct answer *answer)
{
    struct request *request = asked;
    struct plan_node_found node;
    struct row row;
    memset(&row, 0, sizeof row);
    const cnicalc_plan_check_options *wanted = &request->options;
    uint64_t pods =
        wanted->nodes == 0 ? 0 : wanted->pods / wanted->nodes + (wanted->pods % wanted->nodes != 0);
    if (!plan_node_find(args, &request->node, wanted->plugin, wanted->dual_stack, pods, &node)) {
        return EXIT_MALFORMED;
    }
    request->options.node = node.node;
    request->options.node_max_pods = node.most_pods;
    if (!findings_find(args, &request->plan, &request->options, &row.findings)) {
        return EXIT_MALFORMED;
    }
    const struct finding *findings = row.findings.rows;
    for (size_t i = 0; i < row.findings.count; i++) {
        uint32_t severity = findings[i].found.severity;
        struct text_buffer line = {NULL, 0, 0};
        row.counts[severity]++;
        text_add(&line, "%s: ", cnicalc_plan_severity_name(severity));
        text_add_plain(&line, findings[i].sentence);
        words_add_text(&answer->lines, line.text);
    }
    words_add_text(&answer->lines, make_summary(row.counts));
    row.ok = row.counts[CNICALC_PLAN_ERROR] == 0;
    answer_record(answer, fields, &row, sizeof row);
    answer_list(answer, finding_fields, &row.findings);
    if (answer->format == OUTPUT_GITHUB) {
        answer->rendered = github_annotations(&row.findings);
    }
    return row.ok ? EXIT_ANSWERED : EXIT_NO;
}

const struct command check_command = {
    .name = "check",
    .summary = "whether an address plan is legal and large enough",
    .usage = "--plugin terway|flannel --vpc CIDR... [OPTION...]",
    .about = "All that is wrong or unwise with an address plan; exit status 1 for errors. Pods "
             "are spread evenly over nodes; a zone holds the nodes that others cannot.",
    .examples = "cnicalc check --plugin flannel --vpc 192.168.0.0/16 --node-mask 26 \\\n"
                "  --node-vswitch A=192.168.0.0/24 --service-cidr 172.21.0.0/20 \\\n"
                "  --pod-cidr 172.20.0.0/16",
    .options = options,
    .fields = fields,
    .formats = OUTPUT_TEXTS | OUTPUT_BIT(OUTPUT_GITHUB),
    .has_one_answer = 1,
    .request_size = sizeof(struct request),
    .init = init,
    .run = run,
};
