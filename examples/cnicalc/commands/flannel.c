/* SPDX-License-Identifier: MIT */
/* cnicalc flannel: the split of a pod CIDR, and the smallest pod CIDR for a wish. */
#include "../ask/block.h"
#include "../command.h"
#include "../base/complaint.h"
#include "../answer/explain.h"
#include "flannel.h"
#include "../ask/number.h"
#include "../base/text_buffer.h"

#include <cnicalc.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct option options[] = {
    OLD_VALUE("node-mask"), OLD_VALUE("pods-per-node"), OLD_VALUE("nodes"),  OLD_VALUE("edition"),
    OLD_FLAG("raised"),     OLD_VALUE("routes-used"),   OLD_FLAG("explain"), OPTIONS_END,
};

static const struct column columns[] = {
    {"pod_cidr", "Pod CIDR"},
    {"pod_prefix_len", "Pod CIDR mask"},
    {"node_mask", "Node mask"},
    {"pods_per_node", "Pods per node"},
    {"usable_pod_ips", "Usable pod addresses per node"},
    {"max_nodes", "Max nodes"},
    {"max_pods", "Max pods"},
    {"bound_by", "Bound by"},
    {"max_pods_bound_by", NULL},
    {"limits.cidr", "Nodes by pod CIDR"},
    {"limits.routes", "Nodes by VPC routes"},
    {"limits.edition", "Nodes by edition"},
    {"limits.edition_pods", "Pods by edition"},
    {"limits.node_mask", NULL},
    {"edition", "Edition"},
    {"raised", "Raised quota"},
    {"fits", "Fits"},
    {"reason", "Reason"},
    {"notes", NULL},
};

#define AT(member) offsetof(struct flannel_row, member)

const struct field flannel_fields[] = {
    {"pod_cidr", "Pod CIDR", "", FIELD_CIDR, .where = AT(pod_cidr)},
    {"node_mask", "Node mask", "", FIELD_QUANTITY, .where = AT(result.node_mask)},
    {"pods_per_node", "Pods per node", "", FIELD_COUNT, .where = AT(result.pods_per_node)},
    {"usable_pod_ips", "", "", FIELD_COUNT, .where = AT(result.usable_pod_ips)},
    {"max_nodes", "Max nodes", "", FIELD_COUNT, .where = AT(result.max_nodes)},
    {"max_pods", "Max pods", "", FIELD_COUNT, .where = AT(result.max_pods)},
    {"bound_by", "Bound by", "", FIELD_NAME, .where = AT(result.bound_by),
     .name_of = cnicalc_flannel_limit_name},
    FIELDS_END};

#undef AT

/* What is asked, both ways round. */
struct question {
    const struct args *args;
    cnicalc_flannel_options options;
    cnicalc_cidr pod_cidr;
    const char *pod_cidr_text; /* NULL: the inverse */
    uint64_t nodes;
    uint64_t pods_per_node;
};

static uint64_t nearest_node_mask(uint64_t mask)
{
    if (mask < CNICALC_FLANNEL_NODE_MASK_MIN) {
        return CNICALC_FLANNEL_NODE_MASK_MIN;
    }
    return mask > CNICALC_FLANNEL_NODE_MASK_MAX ? CNICALC_FLANNEL_NODE_MASK_MAX : mask;
}

/* A number that the library may yet refuse. Without the option, *node_mask stays as it is. */
static int parse_node_mask(const struct args *args, uint32_t *node_mask)
{
    const char *text = args_value(args, "node-mask");
    uint64_t number = 0;
    if (text == NULL) {
        return 1;
    }
    const char *digits = text + (text[0] == '/');
    int is_number = number_parse(digits, strlen(digits), &number) && number <= UINT32_MAX;
    if (is_number && digits == text) {
        *node_mask = (uint32_t)number;
        return 1;
    }
    const char *why = cnicalc_status_string(CNICALC_ERR_FLANNEL_NODE_MASK);
    if (is_number) {
        complain(args->subcommand, args_label("node-mask", text), "%s; did you mean %" PRIu64 "?",
                 why, nearest_node_mask(number));
        return 0;
    }
    return args_refuse(args, "node-mask", why);
}

static int parse_options(const struct args *args, struct question *question)
{
    memset(question, 0, sizeof *question);
    question->args = args;
    question->pod_cidr_text = args->operand_count != 0 ? args->operands[0] : NULL;
    cnicalc_flannel_options *flannel = &question->options;
    expect_ok(cnicalc_flannel_options_init(flannel, sizeof *flannel));
    flannel->raised = (uint32_t)args_given(args, "raised");
    return args_edition(args, &flannel->edition) &&
           args_number(args, "routes-used", 0, UINT64_MAX - 1, &flannel->routes_used) &&
           args_number(args, "nodes", 1, UINT64_MAX - 1, &question->nodes) &&
           args_number(args, "pods-per-node", 1, UINT64_MAX - 1, &question->pods_per_node) &&
           parse_node_mask(args, &flannel->node_mask);
}

/* Whether the options make one of the two questions. Returns 1, or 0 after a complaint. */
static int check_form(const struct args *args)
{
    int mask = args_given(args, "node-mask");
    int pods = args_given(args, "pods-per-node");
    int nodes = args_given(args, "nodes");
    const char *what = args->operand_count != 0 ? args->operands[0] : "POD_CIDR";
    const char *why = NULL;
    if (args->operand_count > 1) {
        what = args->operands[1];
        why = "one pod CIDR is enough";
    } else if (args->operand_count == 1 && nodes) {
        why = "--nodes asks for a pod CIDR; leave out the one or the other";
    } else if (args->operand_count == 1 && mask == pods) {
        why = "give either --node-mask, one of 24, 25, 26, 27, 28, or --pods-per-node, one of 256, "
              "128, 64, 32, 16";
    } else if (args->operand_count == 0 && !nodes) {
        why = "none is given, nor --nodes; see cnicalc flannel --help";
    } else if (args->operand_count == 0 && (mask || !pods)) {
        what = "--nodes";
        why = "it goes with --pods-per-node, which decides the node mask";
    }
    if (why != NULL) {
        complain(args->subcommand, what, "%s", why);
    }
    return why == NULL;
}

/* The legal number of pods per node that is nearest, the larger of two equally near ones. */
static uint64_t nearest_pods_per_node(uint64_t pods)
{
    uint64_t best = CNICALC_FLANNEL_PODS_PER_NODE_MAX;
    for (uint64_t legal = best; legal >= CNICALC_FLANNEL_PODS_PER_NODE_MIN; legal /= 2) {
        uint64_t distance = legal > pods ? legal - pods : pods - legal;
        uint64_t best_distance = best > pods ? best - pods : pods - best;
        best = distance < best_distance ? legal : best;
    }
    return best;
}

const char *flannel_why(const cnicalc_cidr *pod_cidr, cnicalc_status status)
{
    return status == CNICALC_ERR_FLANNEL_POD_CIDR_RANGE && pod_cidr->family == CNICALC_FAMILY_IPV6
               ? "the pod CIDR of Flannel is an IPv4 block"
               : cnicalc_status_string(status);
}

const char *flannel_note(uint64_t pods_per_node, const cnicalc_flannel_result *result)
{
    struct text_buffer text = {NULL, 0, 0};
    if (!result->fits || pods_per_node <= result->usable_pod_ips) {
        return NULL;
    }
    text_add(&text,
             "%" PRIu64 " pods per node are published for a /%" PRIu32
             ", of whose addresses pods can use %" PRIu64,
             result->pods_per_node, result->node_mask, result->usable_pod_ips);
    return text.text;
}

/* The node mask of a legal split, given as such or as pods per node. */
static uint32_t node_mask_of(const cnicalc_flannel_options *split)
{
    uint32_t mask = CNICALC_FLANNEL_NODE_MASK_MIN;
    while (split->pods_per_node != 0 && split->pods_per_node < UINT32_C(1) << (32 - mask)) {
        mask++;
    }
    return split->pods_per_node == 0 ? split->node_mask : mask;
}

/* Complains about a pod CIDR that is smaller than one node's block: a longer node mask would do, or
 * where none is long enough, the pod CIDR that has room for one. */
static int refuse_pod_mask(const struct question *question)
{
    const struct args *args = question->args;
    const char *why = cnicalc_status_string(CNICALC_ERR_FLANNEL_POD_MASK);
    uint32_t mask = question->pod_cidr.prefix_len;
    cnicalc_cidr larger;
    char text[CNICALC_CIDR_TEXT_SIZE];
    if (mask > CNICALC_FLANNEL_NODE_MASK_MAX &&
        cnicalc_cidr_supernet(&question->pod_cidr, node_mask_of(&question->options), &larger) ==
            CNICALC_OK &&
        cnicalc_cidr_format(&larger, text, sizeof text) == CNICALC_OK) {
        return complain(args->subcommand, question->pod_cidr_text, "%s; did you mean %s?", why,
                        text);
    }
    if (args_given(args, "node-mask")) {
        return complain(args->subcommand, question->pod_cidr_text,
                        "%s; did you mean --node-mask %" PRIu32 "?", why, mask);
    }
    return complain(args->subcommand, question->pod_cidr_text,
                    "%s; did you mean --pods-per-node %" PRIu32 "?", why,
                    UINT32_C(1) << (32 - mask));
}

static int refuse(const struct question *question, cnicalc_status status)
{
    const struct args *args = question->args;
    const char *why = cnicalc_status_string(status);
    uint32_t mask = question->options.node_mask;
    char what[64];
    if (status == CNICALC_ERR_FLANNEL_PODS_PER_NODE) {
        snprintf(what, sizeof what, "--pods-per-node %" PRIu64, question->pods_per_node);
        return complain(args->subcommand, what, "%s; did you mean %" PRIu64 "?", why,
                        nearest_pods_per_node(question->pods_per_node));
    }
    if (status == CNICALC_ERR_FLANNEL_NODE_MASK) {
        snprintf(what, sizeof what, "--node-mask %" PRIu32, mask);
        return complain(args->subcommand, what, "%s; did you mean %" PRIu64 "?", why,
                        nearest_node_mask(mask));
    }
    if (status == CNICALC_ERR_FLANNEL_POD_MASK) {
        return refuse_pod_mask(question);
    }
    return complain(args->subcommand, question->pod_cidr_text, "%s",
                    flannel_why(&question->pod_cidr, status));
}

static cnicalc_status solve(struct question *question, cnicalc_flannel_result *result)
{
    cnicalc_flannel_options *flannel = &question->options;
    if (question->pod_cidr_text == NULL) {
        return cnicalc_flannel_fit(question->nodes, question->pods_per_node, flannel, result);
    }
    if (question->pods_per_node > UINT32_MAX) {
        return CNICALC_ERR_FLANNEL_PODS_PER_NODE;
    }
    flannel->pods_per_node = (uint32_t)question->pods_per_node;
    return cnicalc_flannel_solve(&question->pod_cidr, flannel, result);
}

/* Why the wish does not fit, in one sentence; null when it does. */
static struct value *make_reason(const struct question *question,
                                 const cnicalc_flannel_result *result)
{
    char text[160];
    uint64_t limit = result->limits[result->bound_by];
    if (result->fits) {
        return value_null();
    }
    switch ((enum cnicalc_flannel_limit)result->bound_by) {
    case CNICALC_FLANNEL_LIMIT_NODE_MASK:
        snprintf(text, sizeof text,
                 "%" PRIu64 " pods per node are wanted, and no node mask gives more than %d",
                 question->pods_per_node, CNICALC_FLANNEL_PODS_PER_NODE_MAX);
        break;
    case CNICALC_FLANNEL_LIMIT_ROUTES:
        snprintf(text, sizeof text,
                 "%" PRIu64 " nodes are wanted, and %" PRIu64 " custom routes of the VPC are free",
                 question->nodes, limit);
        break;
    case CNICALC_FLANNEL_LIMIT_EDITION:
    case CNICALC_FLANNEL_LIMIT_NONE:
    case CNICALC_FLANNEL_LIMIT_CIDR: /* 10.0.0.0/8 has more blocks than any edition has nodes */
    case CNICALC_FLANNEL_LIMIT_EDITION_PODS:
    default:
        snprintf(text, sizeof text,
                 "%" PRIu64 " nodes are wanted, and the edition has at most %" PRIu64,
                 question->nodes, limit);
        break;
    }
    return value_text(text);
}

static struct value *make_limits(const cnicalc_flannel_result *result)
{
    struct value *limits = value_record();
    for (uint32_t i = CNICALC_FLANNEL_LIMIT_CIDR; i < CNICALC_FLANNEL_LIMIT_COUNT; i++) {
        value_put(limits, cnicalc_flannel_limit_name(i), value_count(result->limits[i]));
    }
    return limits;
}

static struct value *make_record(const struct question *question,
                                 const cnicalc_flannel_result *result)
{
    struct value *record = value_record();
    value_put(record, "pod_cidr",
              question->pod_cidr_text == NULL ? value_null() : value_cidr(&question->pod_cidr));
    value_put(record, "pod_prefix_len", value_quantity(result->pod_prefix_len));
    value_put(record, "node_mask", value_quantity(result->node_mask));
    value_put(record, "pods_per_node", value_count(result->pods_per_node));
    value_put(record, "usable_pod_ips", value_count(result->usable_pod_ips));
    value_put(record, "max_nodes", value_count(result->max_nodes));
    value_put(record, "max_pods", value_count(result->max_pods));
    value_put(record, "bound_by", value_text(cnicalc_flannel_limit_name(result->bound_by)));
    value_put(record, "max_pods_bound_by",
              value_text(cnicalc_flannel_limit_name(result->max_pods_bound_by)));
    value_put(record, "limits", make_limits(result));
    value_put(record, "edition", value_text(cnicalc_edition_name(question->options.edition)));
    value_put(record, "raised", value_bool(question->options.raised != 0));
    /* Without a number of nodes nothing is wanted that could fit. */
    value_put(record, "fits",
              question->pod_cidr_text == NULL ? value_bool(result->fits != 0) : value_null());
    value_put(record, "reason", make_reason(question, result));
    value_put(record, "notes", value_list());
    return record;
}

/* The key of the line that is marked as the one that binds. */
static const char *binding_key(uint32_t bound_by)
{
    switch ((enum cnicalc_flannel_limit)bound_by) {
    case CNICALC_FLANNEL_LIMIT_CIDR:
        return "limits.cidr";
    case CNICALC_FLANNEL_LIMIT_ROUTES:
        return "limits.routes";
    case CNICALC_FLANNEL_LIMIT_EDITION:
        return "limits.edition";
    case CNICALC_FLANNEL_LIMIT_NODE_MASK:
    case CNICALC_FLANNEL_LIMIT_NONE:
    case CNICALC_FLANNEL_LIMIT_EDITION_PODS: /* it binds pods, and never nodes */
    default:
        return "pods_per_node";
    }
}

static int run(const struct args *args, struct answer *answer)
{
    struct question question;
    cnicalc_flannel_result result;
    if (!parse_options(args, &question) || !check_form(args)) {
        return EXIT_MALFORMED;
    }
    if (question.pod_cidr_text != NULL &&
        !block_parse(args->subcommand, question.pod_cidr_text, question.pod_cidr_text,
                     &question.pod_cidr)) {
        return EXIT_MALFORMED;
    }
    cnicalc_status status = solve(&question, &result);
    if (status != CNICALC_OK) {
        return refuse(&question, status);
    }
    answer->document = make_record(&question, &result);
    answer->columns = columns;
    answer->column_count = sizeof columns / sizeof columns[0];
    answer->binding_key = binding_key(result.bound_by);
    const char *note = flannel_note(question.pods_per_node, &result);
    if (question.pod_cidr_text == NULL && note != NULL) {
        answer_note(answer, answer->document->last, note);
    }
    if (result.fits) {
        explain_pods_bound(answer, answer->document->last,
                           cnicalc_flannel_limit_name(result.bound_by),
                           cnicalc_flannel_limit_name(result.max_pods_bound_by));
    }
    if (args_given(args, "explain")) {
        explain_put(answer, answer->document, explain_flannel(&result));
    }
    return result.fits ? EXIT_ANSWERED : EXIT_NO;
}

const struct command flannel_command = {
    .name = "flannel",
    .summary = "nodes and pods of a Flannel pod CIDR, and the inverse",
    .options = options,
    .has_one_answer = 1,
    .old_run = run,
    .help = "Usage: cnicalc flannel POD_CIDR (--node-mask N | --pods-per-node N) [OPTION...]\n"
            "       cnicalc flannel --nodes N --pods-per-node N [OPTION...]\n"
            "\n"
            "The first form splits a pod CIDR into a block for each node. The second finds\n"
            "the smallest pod CIDR for so many nodes with so many pods each, rounded up to a\n"
            "legal size; exit status 1 when they do not fit.\n"
            "\n"
            "  --node-mask N        24 to 28\n"
            "  --pods-per-node N    16, 32, 64, 128 or 256\n"
            "  --nodes N            nodes wanted\n"
            "  --edition EDITION    pro (default), basic, dedicated, edge-pro, edge-basic\n"
            "  --raised             the ceilings after a quota increase\n"
            "  --routes-used N      custom routes of the VPC that others hold\n"
            "  --explain            the rule, its numbers and its source in a paragraph\n"
            "  -o table|json|tsv\n"
            "\n"
            "Example: cnicalc flannel 172.16.0.0/20 --pods-per-node 256\n"
            "         cnicalc flannel --nodes 100 --pods-per-node 100\n"};
