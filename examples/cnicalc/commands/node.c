/* SPDX-License-Identifier: MIT */
/* cnicalc node: pods on a Terway node. */
#include "../command.h"
#include "../base/complaint.h"
#include "../answer/explain.h"
#include "../ask/catalogue.h"
#include "../ask/node_options.h"

#include <cnicalc.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define MODE_COUNT CNICALC_MODE_IP_PREFIX

static const struct option options[] = {
    {"dual-stack", 0}, {"ipv6-only", 0}, {"explain", 0}, {"catalog", 1}, NODE_OPTIONS, {NULL, 0},
};

static const struct column columns[] = {
    {"instance_type", "INSTANCE TYPE"},
    {"mode", "MODE"},
    {"max_pods", "PODS"},
    {"trunk_pods", "TRUNK"},
    {"max_trunk_pods", NULL},
    {"kubelet_max_pods", "KUBELET"},
    {"schedulable_pods", "SCHEDULABLE"},
    {"secondary_enis", "ENIS"},
    {"ipv4_addresses", NULL},
    {"joins", "JOINS"},
    {"min_pods_to_join", NULL},
    {"dual_stack", NULL},
    {"kubelet_reserved_memory_mib", NULL},
    {"bound_by", "BOUND BY"},
    {"schedulable_bound_by", NULL},
    {"limits.eni_quantity", NULL},
    {"limits.eni_cap", NULL},
    {"limits.max_eni", NULL},
    {"limits.erdma", NULL},
    {"limits.ipv4_prefix_count", NULL},
    {"limits.ipv6_prefix", NULL},
    {"limits.kubelet_max_pods", NULL},
    {"formula", "FORMULA"},
};

/* One question about one type. */
struct question {
    const struct args *args;
    cnicalc_instance instance;
    cnicalc_node_options options;
    int every_mode; /* --mode all: those modes whose rule is published */
};

static int parse_stack(const struct args *args, cnicalc_node_options *node)
{
    if (args_given(args, "dual-stack") && args_given(args, "ipv6-only")) {
        complain(args->subcommand, "--dual-stack --ipv6-only", "the two exclude each other");
        return 0;
    }
    if (args_given(args, "dual-stack") && args_given(args, "erdma")) {
        complain(args->subcommand, "--dual-stack --erdma", "%s",
                 cnicalc_status_string(CNICALC_ERR_NODE_ERDMA_DUAL_STACK));
        return 0;
    }
    if (args_given(args, "dual-stack")) {
        node->ip_stack = CNICALC_IP_STACK_DUAL;
    }
    if (args_given(args, "ipv6-only")) {
        node->ip_stack = CNICALC_IP_STACK_IPV6;
    }
    return 1;
}

static int parse_options(const struct args *args, cnicalc_node_options *node)
{
    return node_options_parse(args, node) && parse_stack(args, node);
}

/* Whether --mode all takes in a mode. Windows, Lingjun and IPv6 alone have a rule for one each. */
static int is_published(const struct question *question, uint32_t mode)
{
    const cnicalc_instance *instance = &question->instance;
    if (question->options.windows) {
        return mode == CNICALC_MODE_SHARED_ENI;
    }
    if (node_is_lingjun(instance)) {
        return mode == CNICALC_MODE_EXCLUSIVE_ENI;
    }
    return question->options.ip_stack != CNICALC_IP_STACK_IPV6 || mode == CNICALC_MODE_IP_PREFIX;
}

static struct value *make_limits(const cnicalc_node_result *result)
{
    struct value *limits = value_record();
    for (uint32_t i = CNICALC_NODE_LIMIT_ENI_QUANTITY; i < CNICALC_NODE_LIMIT_COUNT; i++) {
        value_put(limits, cnicalc_node_limit_name(i), value_count(result->limits[i]));
    }
    return limits;
}

static struct value *make_row(const struct question *question, const cnicalc_node_result *result,
                              const char *formula)
{
    struct value *row = value_record();
    value_put(row, "instance_type", value_text(question->instance.name));
    value_put(row, "mode", value_text(cnicalc_mode_name(question->options.mode)));
    value_put(row, "max_pods", value_count(result->max_pods));
    value_put(row, "trunk_pods", value_count(result->trunk_pods));
    value_put(row, "max_trunk_pods", value_count(result->max_trunk_pods));
    value_put(row, "kubelet_max_pods", value_count(result->kubelet_max_pods));
    value_put(row, "schedulable_pods", value_count(result->schedulable_pods));
    value_put(row, "secondary_enis", value_count(result->secondary_enis));
    value_put(row, "ipv4_addresses", value_count(result->ipv4_addresses));
    value_put(row, "joins", value_bool(result->joins != 0));
    value_put(row, "min_pods_to_join", value_count(result->min_pods_to_join));
    value_put(row, "dual_stack",
              result->dual_stack == CNICALC_UNKNOWN ? value_null()
                                                    : value_bool(result->dual_stack != 0));
    value_put(row, "kubelet_reserved_memory_mib", value_count(result->kubelet_reserved_memory_mib));
    value_put(row, "bound_by", value_text(cnicalc_node_limit_name(result->bound_by)));
    value_put(row, "schedulable_bound_by",
              value_text(cnicalc_node_limit_name(result->schedulable_bound_by)));
    value_put(row, "limits", make_limits(result));
    value_put(row, "formula", value_text(formula));
    return row;
}

/* Adds one row. Returns 1, or 0 after a complaint. */
static int answer_mode(const struct question *question, struct answer *answer,
                       uint32_t *out_dual_stack)
{
    cnicalc_node_result result;
    char formula[CNICALC_NODE_FORMULA_SIZE];
    cnicalc_status status = cnicalc_node_solve(&question->instance, &question->options, &result);
    if (status == CNICALC_OK) {
        status =
            cnicalc_node_formula(&question->instance, &question->options, formula, sizeof formula);
    }
    if (status != CNICALC_OK) {
        node_options_refuse(question->args->subcommand, &question->instance, &question->options,
                            "--mode ", status);
        return 0;
    }
    struct value *row = make_row(question, &result, formula);
    value_add(answer->document, row);
    if (args_given(question->args, "explain")) {
        explain_put(answer, row,
                    explain_node(&question->instance, &question->options, &result, formula));
    }
    *out_dual_stack = result.dual_stack;
    return 1;
}

/* One line for a type that was asked for dual stack and runs IPv4 only in some modes. */
static void warn_ipv4_only(const struct question *question, const char *modes,
                           struct answer *answer)
{
    const cnicalc_instance *instance = &question->instance;
    if (instance->eni_ipv6_address_quantity == 0) {
        answer_warn(answer, question->args->subcommand, instance->name,
                    "IPv4 only: mode %s: an ENI has no IPv6 address", modes);
        return;
    }
    answer_warn(answer, question->args->subcommand, instance->name,
                "IPv4 only: mode %s: an ENI has %" PRIu32 " IPv6 and %" PRIu32 " IPv4 addresses",
                modes, instance->eni_ipv6_address_quantity,
                instance->eni_private_ip_address_quantity);
}

static void warn_dual_stack(const struct question *question, const uint32_t dual_stack[],
                            struct answer *answer)
{
    char modes[64] = "";
    size_t length = 0;
    int unknown = 0;
    for (uint32_t mode = CNICALC_MODE_SHARED_ENI; mode <= MODE_COUNT; mode++) {
        unknown = unknown || dual_stack[mode] == CNICALC_UNKNOWN;
        if (dual_stack[mode] == 0) {
            length += (size_t)snprintf(modes + length, sizeof modes - length, "%s%s",
                                       length == 0 ? "" : ", ", cnicalc_mode_name(mode));
        }
    }
    if (unknown) {
        answer_warn(answer, question->args->subcommand, question->instance.name,
                    "IPv4 only or not: its eni_ipv6_address_quantity is not published");
    } else if (length != 0) {
        warn_ipv4_only(question, modes, answer);
    }
}

/* Adds the rows of one type. */
static int answer_type(struct question *question, struct answer *answer)
{
    uint32_t dual_stack[MODE_COUNT + 1];
    uint32_t only = question->every_mode ? 0 : question->options.mode;
    for (uint32_t mode = CNICALC_MODE_SHARED_ENI; mode <= MODE_COUNT; mode++) {
        dual_stack[mode] = 1;
        if (only != 0 ? mode != only : !is_published(question, mode)) {
            continue;
        }
        question->options.mode = mode;
        if (!answer_mode(question, answer, &dual_stack[mode])) {
            return 0;
        }
    }
    if (question->options.ip_stack == CNICALC_IP_STACK_DUAL) {
        warn_dual_stack(question, dual_stack, answer);
    }
    return 1;
}

static int parse_mode(const struct args *args, struct question *question)
{
    const char *names[MODE_COUNT + 1];
    size_t index = MODE_COUNT;
    for (uint32_t mode = CNICALC_MODE_SHARED_ENI; mode <= MODE_COUNT; mode++) {
        names[mode - CNICALC_MODE_SHARED_ENI] = cnicalc_mode_name(mode);
    }
    names[MODE_COUNT] = "all";
    if (!args_choice(args, "mode", names, MODE_COUNT + 1, &index)) {
        return 0;
    }
    question->every_mode = index == MODE_COUNT;
    if (!question->every_mode) {
        question->options.mode = (uint32_t)index + CNICALC_MODE_SHARED_ENI;
    }
    return 1;
}

static int run(const struct args *args, struct answer *answer)
{
    struct instance_source source;
    struct question question;
    memset(&question, 0, sizeof question);
    question.args = args;
    if (!parse_options(args, &question.options) || !parse_mode(args, &question)) {
        return EXIT_MALFORMED;
    }
    if (args->operand_count == 0) {
        return complain(args->subcommand, "TYPE", "none is given; see cnicalc node --help");
    }
    if (!instance_source_open(args, &source)) {
        return EXIT_MALFORMED;
    }
    answer->document = value_list();
    answer->rows = answer->document;
    answer->columns = columns;
    answer->column_count = sizeof columns / sizeof columns[0];
    for (size_t i = 0; i < args->operand_count; i++) {
        if (!instance_source_find(&source, args->operands[i], args->operands[i],
                                  &question.instance) ||
            !answer_type(&question, answer)) {
            return EXIT_MALFORMED;
        }
    }
    return EXIT_ANSWERED;
}

const struct command node_command = {
    "node", "pods on a Terway node, in every mode",
    "Usage: cnicalc node TYPE... [OPTION...]\n"
    "\n"
    "Pods on a Terway node of each instance type, with the limit that decides.\n"
    "\n"
    "  --mode MODE             shared, trunk, exclusive, prefix or all (default)\n"
    "  --dual-stack            pods have IPv4 and IPv6 addresses\n"
    "  --ipv6-only             pods have IPv6 addresses alone (mode prefix)\n"
    "  --erdma                 some ENIs serve eRDMA\n"
    "  --windows               a Windows node (mode shared)\n"
    "  --max-eni N             Terway's max_eni; 0: no cap\n"
    "  --eni-cap-ratio R       Terway's eni_cap_ratio, such as 0.5 or 1/2\n"
    "  --eni-cap-shift N       Terway's eni_cap_shift, may be negative\n"
    "  --ipv4-prefix-count N   Terway's ipv4_prefix_count; 0: no cap\n"
    "  --host-network-pods N   pods on the node's own address (default 3)\n"
    "  --kubelet-max-pods N    kubelet's maxPods, when set by hand\n"
    "  --min-pods-to-join N    fewest pods of a node (default 12, exclusive 7)\n"
    "  --catalog FILE          own rows before the built-in ones; - is stdin\n"
    "  --explain               the rule, its numbers and its source in a paragraph\n"
    "  -o table|json|tsv\n"
    "\n"
    "Example: cnicalc node ecs.c7.4xlarge ecs.g7.xlarge --mode shared\n",
    options, run};
