/* SPDX-License-Identifier: MIT */
/* cnicalc node: pods on a Terway node. */
#include "node.h"

#include "../answer/explain.h"
#include "../ask/catalogue.h"
#include "../ask/node_options.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../base/text_buffer.h"
#include "../command.h"

#include <cnicalc.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What an answer about a type that is not running leaves out. */
#define MEMORY_NOTE                                                                                \
    "allocatable memory starts from the type's; a running node has less (3.7 % of a 32 GiB "       \
    "type), "                                                                                      \
    "and --memory-capacity takes what it has"

/* The first Kubernetes version with dual stack. */
#define DUAL_STACK_MINOR 22

struct request {
    cnicalc_node_options node; /* a mode of 0 is every mode whose rule is published */
    uint32_t dual_stack;
    uint32_t ipv6_only;
    const char *catalog; /* or NULL */
    uint32_t explain;
};

static void init(void *asked)
{
    struct request *request = asked;
    expect_ok(cnicalc_node_options_init(&request->node, sizeof request->node));
    request->node.mode = 0;
}

static const struct choices mode_or_all = {cnicalc_mode_name, 1, CNICALC_MODE_COUNT - 1, NULL,
                                           "all"};

#define AT(member) offsetof(struct request, member)

static const struct option options[] = {
    {"mode", "MODE", "%c", OPTION_NAME, .where = AT(node.mode), .choices = &mode_or_all,
     .more = "All is every mode whose rule is published: shared alone on Windows, exclusive alone "
             "for a Lingjun row of a catalogue, and prefix alone with --ipv6-only."},
    {"dual-stack", NULL, "pods have IPv4 and IPv6 addresses", OPTION_FLAG, .where = AT(dual_stack),
     .not_with = "ipv6-only",
     .more = "A type whose ENIs lack IPv6 addresses is still answered, with a warning on standard "
             "error: its node runs IPv4 only."},
    {"ipv6-only", NULL, "pods have IPv6 addresses alone (mode prefix)", OPTION_FLAG,
     .where = AT(ipv6_only)},
    {.kind = OPTION_GROUP, .group = node_options, .where = AT(node)},
    OPTION_CATALOG(struct request, catalog),
    OPTION_EXPLAIN(struct request, explain),
    OPTIONS_END};

#undef AT
#define AT(member) offsetof(struct node_row, member)

const struct field node_fields[] = {
    {"instance_type", "INSTANCE TYPE", "the name of the type", FIELD_TEXT,
     .where = AT(instance_type)},
    {"mode", "MODE", "the Terway mode", FIELD_NAME, .where = AT(mode),
     .name_of = cnicalc_mode_name},
    {"max_pods", "PODS", "what the ENIs of the node can serve", FIELD_COUNT,
     .where = AT(result.max_pods)},
    {"trunk_pods", "TRUNK", "pods with a member ENI of a trunk, besides those", FIELD_COUNT,
     .where = AT(result.trunk_pods)},
    {"max_trunk_pods", NULL, "their theoretical maximum", FIELD_COUNT,
     .where = AT(result.max_trunk_pods)},
    {"kubelet_max_pods", "KUBELET", "kubelet's maxPods, host-network pods included", FIELD_COUNT,
     .where = AT(result.kubelet_max_pods)},
    {"schedulable_pods", "SCHEDULABLE",
     "how many of these pods kubelet runs beside the host-network pods", FIELD_COUNT,
     .where = AT(result.schedulable_pods)},
    {"secondary_enis", "ENIS", "secondary ENIs that serve pods", FIELD_COUNT,
     .where = AT(result.secondary_enis)},
    {"ipv4_addresses", NULL, "IPv4 addresses that these ENIs take when the node is full",
     FIELD_COUNT, .where = AT(result.ipv4_addresses)},
    {"joins", "JOINS", "whether ACK accepts a node with that many pods", FIELD_BOOL,
     .where = AT(result.joins)},
    {"min_pods_to_join", NULL, "the fewest pods that ACK accepts", FIELD_COUNT,
     .where = AT(result.min_pods_to_join)},
    {"dual_stack", "DUAL STACK", "whether pods can have IPv4 and IPv6 addresses", FIELD_BOOL,
     .where = AT(result.dual_stack)},
    {"kubelet_reserved_memory_mib", NULL,
     "memory that kubelet keeps for the system; 300 MiB more stay free", FIELD_COUNT,
     .where = AT(result.kubelet_reserved_memory_mib)},
    {"kubelet_reserved_cpu_millicores", NULL, "CPU that kubelet keeps for the system", FIELD_COUNT,
     .where = AT(result.kubelet_reserved_cpu_millicores)},
    {"allocatable_cpu_millicores", NULL, "CPU that is left to pods", FIELD_COUNT,
     .where = AT(result.allocatable_cpu_millicores)},
    {"allocatable_memory_mib", NULL, "memory that is left to pods, cut to whole MiB", FIELD_COUNT,
     .where = AT(result.allocatable_memory_mib)},
    {"allocatable_memory_kib", NULL, "the same, as `kubectl describe node` shows it", FIELD_COUNT,
     .where = AT(result.allocatable_memory_kib)},
    {"bound_by", "BOUND BY", "the limit that decides max_pods", FIELD_NAME,
     .where = AT(result.bound_by), .name_of = cnicalc_limit_name},
    {"schedulable_bound_by", NULL, "the limit that decides schedulable_pods", FIELD_NAME,
     .where = AT(result.schedulable_bound_by), .name_of = cnicalc_limit_name},
    {"limits", NULL, "pods by each limit; null where it does not apply", FIELD_LIMITS,
     .where = AT(result.limits), .count_where = AT(result.limit_count)},
    {"formula", "FORMULA", "how max_pods is computed", FIELD_TEXT, .where = AT(formula)},
    {"notes", NULL, "remarks, in sentences", FIELD_WORDS, .where = AT(notes)},
    FIELD_EXPLAIN(struct node_row, explain),
    FIELDS_END};

#undef AT

/* One question about one type. */
struct question {
    const char *subcommand;
    cnicalc_instance instance;
    cnicalc_node_options options;
    int every_mode;
    uint32_t explain;
};

/* Why a node that was asked for dual stack runs IPv4 only. */
static const char *ipv4_only_reason(const struct question *question)
{
    const cnicalc_instance *instance = &question->instance;
    struct text_buffer text = {NULL, 0, 0};
    uint32_t minor = question->options.kubernetes_minor;
    if (minor != 0 && minor < DUAL_STACK_MINOR) {
        text_add(&text, "dual stack needs Kubernetes 1.%d", DUAL_STACK_MINOR);
    } else if (instance->eni_ipv6_address_quantity == 0) {
        text_add_plain(&text, "an ENI has no IPv6 address");
    } else {
        text_add(&text, "an ENI has %" PRIu32 " IPv6 and %" PRIu32 " IPv4 addresses",
                 instance->eni_ipv6_address_quantity, instance->eni_private_ip_address_quantity);
    }
    return text.text;
}

/* The column that is not known when nobody knows whether a node can have dual stack. */
static const char *dual_stack_column(const cnicalc_instance *instance)
{
    return instance->eni_ipv6_address_quantity == CNICALC_UNKNOWN
               ? "eni_ipv6_address_quantity"
               : "eni_private_ip_address_quantity";
}

static void note_dual_stack(const struct question *question, struct node_row *row)
{
    struct text_buffer note = {NULL, 0, 0};
    if (question->options.ip_stack != CNICALC_IP_STACK_DUAL || row->result.dual_stack == 1) {
        return;
    }
    if (row->result.dual_stack == 0) {
        text_add(&note, "IPv4 only: %s", ipv4_only_reason(question));
    } else {
        text_add(&note, "IPv4 only or not: its %s is not published",
                 dual_stack_column(&question->instance));
    }
    words_add_text(&row->notes, note.text);
}

/* A table shows what it has no column for. */
static void add_notes(const struct question *question, struct node_row *row, struct answer *answer)
{
    const cnicalc_node_options *node = &question->options;
    note_dual_stack(question, row);
    if (row->mode == CNICALC_MODE_IP_PREFIX && node->ip_stack != CNICALC_IP_STACK_IPV6 &&
        node->ipv4_prefix_count == CNICALC_UNKNOWN) {
        answer_note(answer, &row->notes,
                    "in mode prefix this is what fits: Terway takes no prefix until "
                    "ipv4_prefix_count is set");
    }
    if (node->memory_capacity_kib == 0 &&
        row->result.allocatable_memory_kib != CNICALC_UNKNOWN_COUNT) {
        words_add_text(&row->notes, MEMORY_NOTE);
    }
}

/* Adds the row of a mode. */
static cnicalc_status answer_mode(const struct question *question, struct answer *answer,
                                  uint32_t *out_dual_stack)
{
    struct node_row row;
    char formula[CNICALC_NODE_FORMULA_SIZE];
    const cnicalc_instance *instance = &question->instance;
    const cnicalc_node_options *node = &question->options;
    memset(&row, 0, sizeof row);
    cnicalc_status status = cnicalc_node_solve(instance, node, &row.result);
    if (status == CNICALC_OK) {
        status = cnicalc_node_formula(instance, node, formula, sizeof formula);
    }
    if (status != CNICALC_OK) {
        return status;
    }
    row.instance_type = memory_copy_text(instance->name);
    row.mode = node->mode;
    row.formula = memory_copy_text(formula);
    add_notes(question, &row, answer);
    row.explain = question->explain ? explain_node(instance, node, &row.result, formula) : NULL;
    answer_add(answer, &row);
    answer_explain(answer, row.explain);
    *out_dual_stack = row.result.dual_stack;
    return CNICALC_OK;
}

/* One line for a type that was asked for dual stack and runs IPv4 only in some modes. */
static void warn_dual_stack(const struct question *question, const uint32_t dual_stack[],
                            struct answer *answer)
{
    char modes[64] = "";
    size_t length = 0;
    int unknown = 0;
    for (uint32_t mode = 1; mode < CNICALC_MODE_COUNT; mode++) {
        unknown = unknown || dual_stack[mode] == CNICALC_UNKNOWN;
        if (dual_stack[mode] == 0) {
            length += (size_t)snprintf(modes + length, sizeof modes - length, "%s%s",
                                       length == 0 ? "" : ", ", cnicalc_mode_name(mode));
        }
    }
    if (unknown) {
        answer_warn(answer, question->subcommand, question->instance.name,
                    "IPv4 only or not: its %s is not published",
                    dual_stack_column(&question->instance));
    } else if (length != 0) {
        answer_warn(answer, question->subcommand, question->instance.name, "IPv4 only: mode %s: %s",
                    modes, ipv4_only_reason(question));
    }
}

/* Adds the rows of one type. */
static int answer_type(struct question *question, struct answer *answer)
{
    uint32_t dual_stack[CNICALC_MODE_COUNT];
    uint32_t only = question->every_mode ? 0 : question->options.mode;
    cnicalc_node_options other = question->options; /* of the first mode that has no rule */
    cnicalc_status refused = CNICALC_OK;
    int answered = 0;
    for (uint32_t mode = 1; mode < CNICALC_MODE_COUNT; mode++) {
        dual_stack[mode] = 1;
        if (only != 0 && mode != only) {
            continue;
        }
        question->options.mode = mode;
        cnicalc_status status = answer_mode(question, answer, &dual_stack[mode]);
        if (only == 0 && node_is_of_other_mode(status) && refused == CNICALC_OK) {
            refused = status;
            other = question->options;
        } else if (only == 0 && node_is_of_other_mode(status)) {
            continue;
        } else if (status != CNICALC_OK) {
            node_options_refuse(question->subcommand, &question->instance, &question->options,
                                "--mode ", status);
            return 0;
        }
        answered += status == CNICALC_OK;
    }
    if (answered == 0) {
        node_options_refuse(question->subcommand, &question->instance, &other, "--mode ", refused);
    } else if (question->options.ip_stack == CNICALC_IP_STACK_DUAL) {
        warn_dual_stack(question, dual_stack, answer);
    }
    return answered != 0;
}

static int ask_stack(const struct args *args, struct request *request)
{
    if (request->dual_stack && request->node.erdma) {
        complain(args->subcommand, "--dual-stack --erdma", "%s",
                 cnicalc_status_string(CNICALC_ERR_NODE_ERDMA_DUAL_STACK));
        return 0;
    }
    if (request->dual_stack) {
        request->node.ip_stack = CNICALC_IP_STACK_DUAL;
    }
    if (request->ipv6_only) {
        request->node.ip_stack = CNICALC_IP_STACK_IPV6;
    }
    return 1;
}

static int run(const struct args *args, void *asked, struct answer *answer)
{
    struct request *request = asked;
    struct instance_source source;
    struct question question;
    if (!ask_stack(args, request) ||
        !instance_source_open(args->subcommand, request->catalog, &source)) {
        return EXIT_MALFORMED;
    }
    memset(&question, 0, sizeof question);
    question.subcommand = args->subcommand;
    question.options = request->node;
    question.every_mode = request->node.mode == 0;
    question.explain = request->explain;
    answer_rows(answer, node_fields, sizeof(struct node_row));
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
    .name = "node",
    .summary = "pods on a Terway node, in every mode",
    .usage = "TYPE... [OPTION...]",
    .operands = "TYPE...",
    .least = 1,
    .offer = OFFER_TYPES,
    .about = "Pods on a Terway node of each instance type, with the limit that decides.",
    .examples = "cnicalc node ecs.c7.4xlarge ecs.g7.xlarge --mode shared",
    .options = options,
    .fields = node_fields,
    .has_one_answer = 1,
    .request_size = sizeof(struct request),
    .init = init,
    .run = run,
};
