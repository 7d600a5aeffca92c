/* SPDX-License-Identifier: MIT */
/* cnicalc check: all that is wrong or unwise with an address plan. */
#include "../command.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../ask/plan_args.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct option options[] = {
    OLD_VALUE("plugin"),
    OLD_REPEATED("vpc"),
    OLD_REPEATED("vswitch"),
    OLD_REPEATED("pod-vswitch"),
    OLD_REPEATED("pod-cidr"),
    OLD_VALUE("node-mask"),
    OLD_REPEATED("service-cidr"),
    OLD_REPEATED("other"),
    OLD_REPEATED("other-service"),
    OLD_REPEATED("other-vswitch"),
    OLD_VALUE("edition"),
    OLD_FLAG("raised"),
    OLD_VALUE("nodes"),
    OLD_VALUE("pods"),
    OLD_VALUE("services"),
    OLD_VALUE("routes-used"),
    OPTIONS_END,
};

/* A row of TSV for each finding. */
static const struct column columns[] = {
    {"severity", "SEVERITY"}, {"code", "CODE"},       {"subject", "SUBJECT"},
    {"other", "OTHER"},       {"message", "MESSAGE"}, {"block", "BLOCK"},
};

static int parse_options(const struct args *args, cnicalc_plan_options *out_options)
{
    const uint64_t most = UINT64_MAX / 2; /* so that nodes and pods can be added */
    expect_ok(cnicalc_plan_options_init(out_options, sizeof *out_options));
    out_options->raised = (uint32_t)args_given(args, "raised");
    return args_no_operands(args) && plan_args_plugin(args, &out_options->plugin) &&
           args_edition(args, &out_options->edition) &&
           args_number32(args, "node-mask", 1, &out_options->node_mask) &&
           args_number(args, "nodes", 1, most, &out_options->nodes) &&
           args_number(args, "pods", 1, most, &out_options->pods) &&
           args_number(args, "services", 0, most, &out_options->services) &&
           args_number(args, "routes-used", 0, most, &out_options->routes_used);
}

static struct value *block_text(const struct plan_args *plan, uint32_t index)
{
    return index == CNICALC_UNKNOWN ? value_null() : value_text(plan->texts[index]);
}

static struct value *make_finding(const struct plan_args *plan, const cnicalc_plan_finding *finding,
                                  const char *message)
{
    struct value *row = value_record();
    value_put(row, "severity", value_text(cnicalc_plan_severity_name(finding->severity)));
    value_put(row, "code", value_text(cnicalc_plan_code_name(finding->code)));
    value_put(row, "subject", block_text(plan, finding->subject));
    value_put(row, "other", block_text(plan, finding->other));
    value_put(row, "message", value_text(message));
    value_put(row, "block",
              finding->block.family == 0 ? value_null() : value_cidr(&finding->block));
    return row;
}

static const char *name_at(const struct plan_args *plan, uint32_t index)
{
    const char *name = index == CNICALC_UNKNOWN ? NULL : plan->names[index];
    return name == NULL ? "" : name;
}

/* "error: " and the message; the library does not know the names of zones and networks. */
static struct value *make_line(const struct plan_args *plan, const cnicalc_plan_finding *finding,
                               const char *message)
{
    const char *severity = cnicalc_plan_severity_name(finding->severity);
    const char *subject = name_at(plan, finding->subject);
    const char *other = name_at(plan, finding->other);
    size_t size =
        strlen(severity) + strlen(message) + strlen(subject) + strlen(other) + sizeof ":  (, )";
    char *line = memory_take(size, 1);
    int length = snprintf(line, size, "%s: %s", severity, message);
    if (*subject != '\0' || *other != '\0') {
        snprintf(line + length, size - (size_t)length, " (%s%s%s)", subject,
                 *subject != '\0' && *other != '\0' ? ", " : "", other);
    }
    return value_text(line);
}

static struct value *make_summary(const uint64_t counts[])
{
    char text[128];
    snprintf(text, sizeof text,
             "%s: %" PRIu64 " error%s, %" PRIu64 " warning%s, %" PRIu64 " note%s",
             counts[CNICALC_PLAN_ERROR] == 0 ? "ok" : "not ok", counts[CNICALC_PLAN_ERROR],
             counts[CNICALC_PLAN_ERROR] == 1 ? "" : "s", counts[CNICALC_PLAN_WARNING],
             counts[CNICALC_PLAN_WARNING] == 1 ? "" : "s", counts[CNICALC_PLAN_NOTE],
             counts[CNICALC_PLAN_NOTE] == 1 ? "" : "s");
    return value_text(text);
}

/* The document has the counts, then the findings; a table their lines, then the counts. */
static int fill_answer(const struct plan_args *plan, const cnicalc_plan_finding *findings,
                       size_t count, struct answer *answer)
{
    uint64_t counts[CNICALC_PLAN_NOTE + 1] = {0};
    char message[CNICALC_PLAN_TEXT_SIZE];
    struct value *rows = value_list();
    struct value *record = value_record();
    answer->lines = value_list();
    for (size_t i = 0; i < count; i++) {
        expect_ok(cnicalc_plan_finding_format(&findings[i], plan->blocks, plan->count, message,
                                              sizeof message));
        value_add(rows, make_finding(plan, &findings[i], message));
        value_add(answer->lines, make_line(plan, &findings[i], message));
        counts[findings[i].severity]++;
    }
    value_add(answer->lines, make_summary(counts));
    value_put(record, "ok", value_bool(counts[CNICALC_PLAN_ERROR] == 0));
    value_put(record, "errors", value_count(counts[CNICALC_PLAN_ERROR]));
    value_put(record, "warnings", value_count(counts[CNICALC_PLAN_WARNING]));
    value_put(record, "notes", value_count(counts[CNICALC_PLAN_NOTE]));
    value_put(record, "findings", rows);
    answer_old_record(answer, record, columns, sizeof columns / sizeof columns[0]);
    answer->rows = rows;
    return counts[CNICALC_PLAN_ERROR] == 0 ? EXIT_ANSWERED : EXIT_NO;
}

static int run(const struct args *args, struct answer *answer)
{
    cnicalc_plan_options plan_options;
    struct plan_args plan;
    size_t count = 0;
    if (!parse_options(args, &plan_options) || !plan_args_parse(args, PLAN_KEEP_HOST_BITS, &plan)) {
        return EXIT_MALFORMED;
    }
    cnicalc_status status =
        cnicalc_plan_check(plan.blocks, plan.count, &plan_options, NULL, 0, &count);
    cnicalc_plan_finding *findings = memory_take(count, sizeof *findings);
    if (status == CNICALC_ERR_CAPACITY) {
        status =
            cnicalc_plan_check(plan.blocks, plan.count, &plan_options, findings, count, &count);
    }
    if (status == CNICALC_ERR_PLAN_BLOCKS) {
        return complain(args->subcommand, "plan", "%s; at most %d", cnicalc_status_string(status),
                        CNICALC_PLAN_BLOCKS_MAX);
    }
    if (status != CNICALC_OK) {
        return complain(args->subcommand, "plan", "%s", cnicalc_status_string(status));
    }
    return fill_answer(&plan, findings, count, answer);
}

const struct command check_command = {
    .name = "check",
    .summary = "whether an address plan is legal and holds what is wanted",
    .options = options,
    .has_one_answer = 1,
    .old_run = run,
    .help = "Usage: cnicalc check --plugin terway|flannel --vpc CIDR... [OPTION...]\n"
            "\n"
            "All that is wrong or unwise with an address plan; exit status 1 for errors.\n"
            "\n"
            "  --vpc CIDR                  a block of the VPC, each once\n"
            "  --vswitch ZONE=CIDR         a vSwitch for nodes, each once\n"
            "  --pod-vswitch ZONE=CIDR     a vSwitch for pods (terway), each once\n"
            "  --pod-cidr CIDR             the pod CIDR (flannel)\n"
            "  --node-mask N               the mask of each node's block (flannel)\n"
            "  --service-cidr CIDR         the Service CIDR\n"
            "  --other NAME=CIDR           a connected network, or another pod CIDR\n"
            "  --other-service NAME=CIDR   the Service CIDR of another cluster of the VPC\n"
            "  --other-vswitch NAME=CIDR   a vSwitch of the VPC that others use\n"
            "  --nodes N, --pods N, --services N   wanted in all zones together\n"
            "  --routes-used N             custom routes of the VPC that others hold\n"
            "  --edition EDITION, --raised         as for cnicalc flannel\n"
            "  -o table|json|tsv\n"
            "\n"
            "Example: cnicalc check --plugin flannel --vpc 192.168.0.0/16 --node-mask 26 \\\n"
            "           --vswitch A=192.168.0.0/24 --pod-cidr 172.20.0.0/16 \\\n"
            "           --service-cidr 172.21.0.0/20\n"};
