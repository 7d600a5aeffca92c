/* SPDX-License-Identifier: MIT */
/* cnicalc flannel: the split of a pod CIDR, and the smallest pod CIDR for a request. */
#include "flannel.h"

#include "../answer/explain.h"
#include "../answer/limits.h"
#include "../ask/block.h"
#include "../ask/ceilings.h"
#include "../ask/number.h"
#include "../base/complaint.h"
#include "../base/text_buffer.h"
#include "../command.h"

#include <cnicalc.h>
#include <inttypes.h>
#include <string.h>

struct request {
    cnicalc_flannel_options options; /* without pods_per_node */
    uint64_t nodes;
    uint64_t pods_per_node;
    uint32_t explain;
};

static void init(void *asked)
{
    struct request *request = asked;
    expect_ok(cnicalc_flannel_options_init(&request->options, sizeof request->options));
}

/* A number that the library may yet refuse. */
int flannel_parse_node_mask(const struct asking *asking, void *member)
{
    uint64_t number = 0;
    uint32_t nearest = 0;
    const char *digits = asking->text + (asking->text[0] == '/');
    const char *why = cnicalc_status_string(CNICALC_ERR_FLANNEL_NODE_MASK);
    if (!number_parse(digits, strlen(digits), &number) || number > UINT32_MAX) {
        return asking_refuse(asking, "%s", why);
    }
    expect_ok(cnicalc_bound_nearest(CNICALC_BOUND_NODE_MASK, number, &nearest));
    if (digits != asking->text || nearest != number) {
        return asking_refuse(asking, "%s; did you mean %" PRIu32 "?", why, nearest);
    }
    *(uint32_t *)member = nearest;
    return 1;
}

#define AT(member) offsetof(struct request, member)

static const struct option options[] = {
    {"node-mask", "N", "prefix length of each node's block, %b", OPTION_VALUE,
     .where = AT(options.node_mask), .parse = flannel_parse_node_mask, .not_with = "pods-per-node",
     .bound = CNICALC_BOUND_NODE_MASK},
    {"pods-per-node", "N", "%b, a power of two; with --nodes any number", OPTION_COUNT,
     .where = AT(pods_per_node), .low = 1, .bound = CNICALC_BOUND_PODS_PER_NODE},
    {"nodes", "N", "nodes wanted", OPTION_COUNT, .where = AT(nodes), .low = 1},
    CEILINGS_OPTIONS(struct request, options.ceilings,
                     CEILING_NODES | CEILING_PODS | CEILING_ROUTES),
    OPTION_EXPLAIN(struct request, explain),
    OPTIONS_END};

#undef AT
#define AT(member) offsetof(struct flannel_row, member)

const struct field flannel_fields[] = {
    {"pod_cidr", "Pod CIDR", "the pod CIDR that was given", FIELD_CIDR, .where = AT(pod_cidr)},
    {"pod_prefix_len", "Pod CIDR mask", "its prefix length, or that of the smallest one",
     FIELD_QUANTITY, .where = AT(result.pod_prefix_len)},
    {"node_mask", "Node mask", "the prefix length of each node's block", FIELD_QUANTITY,
     .where = AT(result.node_mask)},
    {"pods_per_node", "Pods per node", "the published pods of a node", FIELD_COUNT,
     .where = AT(result.pods_per_node)},
    {"usable_pod_ips", "Usable pod addresses per node", "addresses that the pods of a node can get",
     FIELD_COUNT, .where = AT(result.usable_pod_ips)},
    {"max_nodes", "Max nodes", "the smallest of the limits on nodes", FIELD_COUNT,
     .where = AT(result.max_nodes)},
    {"max_pods", "Max pods", "max_nodes * pods_per_node, at most the limit on pods", FIELD_COUNT,
     .where = AT(result.max_pods)},
    {"bound_by", "Bound by", "the limit that decides max_nodes", FIELD_NAME,
     .where = AT(result.bound_by), .name_of = cnicalc_limit_name},
    {"max_pods_bound_by", NULL, "the limit that decides max_pods", FIELD_NAME,
     .where = AT(result.max_pods_bound_by), .name_of = cnicalc_limit_name},
    {"limits", "", "what each limit allows; null where it does not apply", FIELD_LIMITS,
     .where = AT(result.limits), .count_where = AT(result.limit_count)},
    {.kind = FIELD_GROUP, .of = ceilings_fields, .where = AT(ceilings)},
    {"fits", "Fits", "with --nodes, whether they fit", FIELD_BOOL, .where = AT(fits)},
    {"reason", "Reason", "what is short, in sentences", FIELD_TEXT, .where = AT(reason)},
    {"shortages", "", "each limit that is short", FIELD_LIST, .where = AT(shortages),
     .of = shortage_fields},
    {"notes", NULL, "remarks, in sentences", FIELD_WORDS, .where = AT(notes)},
    FIELD_EXPLAIN(struct flannel_row, explain),
    FIELDS_END};

/* The same of a row for each node mask. */
static const struct field split_fields[] = {
    {"pod_cidr", NULL, "the pod CIDR that was given", FIELD_CIDR, .where = AT(pod_cidr)},
    {"pod_prefix_len", NULL, "its prefix length", FIELD_QUANTITY,
     .where = AT(result.pod_prefix_len)},
    {"node_mask", "NODE MASK", "the prefix length of each node's block", FIELD_QUANTITY,
     .where = AT(result.node_mask)},
    {"pods_per_node", "PODS PER NODE", "the published pods of a node", FIELD_COUNT,
     .where = AT(result.pods_per_node)},
    {"usable_pod_ips", "WITH AN ADDRESS", "addresses that the pods of a node can get", FIELD_COUNT,
     .where = AT(result.usable_pod_ips)},
    {"max_nodes", "MAX NODES", "the smallest of the limits on nodes", FIELD_COUNT,
     .where = AT(result.max_nodes)},
    {"max_pods", "MAX PODS", "max_nodes * pods_per_node, at most the limit on pods", FIELD_COUNT,
     .where = AT(result.max_pods)},
    {"bound_by", "BOUND BY", "the limit that decides max_nodes", FIELD_NAME,
     .where = AT(result.bound_by), .name_of = cnicalc_limit_name},
    {"max_pods_bound_by", NULL, "the limit that decides max_pods", FIELD_NAME,
     .where = AT(result.max_pods_bound_by), .name_of = cnicalc_limit_name},
    {"limits", NULL, "what each limit allows; null where it does not apply", FIELD_LIMITS,
     .where = AT(result.limits), .count_where = AT(result.limit_count)},
    {"edition", NULL, "the edition of the cluster", FIELD_NAME, .where = AT(ceilings.edition),
     .name_of = cnicalc_edition_name},
    {"raised", NULL, "whether ceilings after a quota increase were used", FIELD_BOOL,
     .where = AT(ceilings.raised)},
    {"notes", NULL, "remarks, in sentences", FIELD_WORDS, .where = AT(notes)},
    FIELD_EXPLAIN(struct flannel_row, explain),
    FIELDS_END};

#undef AT

static const struct form forms[] = {{"Of one split", flannel_fields},
                                    {"Without a mask, a row for each", split_fields},
                                    {NULL, NULL}};

/* Whether the options make one of the questions. Returns 1, or 0 after a complaint. */
static int check_form(const struct args *args, const struct request *request)
{
    int has_pods = request->pods_per_node != 0;
    const char *what = args->operand_count != 0 ? args->operands[0] : "POD_CIDR";
    const char *why = NULL;
    if (args->operand_count > 1) {
        what = args->operands[1];
        why = "one pod CIDR is enough";
    } else if (args->operand_count == 1 && request->nodes != 0) {
        why = "--nodes asks for a pod CIDR; leave out the one or the other";
    } else if (args->operand_count == 0 && request->nodes == 0) {
        why = "none is given, nor --nodes; see cnicalc flannel --help";
    } else if (args->operand_count == 0 && !has_pods) {
        what = "--nodes";
        why = "it goes with --pods-per-node, which decides the node mask";
    }
    if (why != NULL) {
        complain(args->subcommand, what, "%s", why);
    }
    return why == NULL;
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
             "%" PRIu64 " pods per node are published for a /%" PRIu32 ", but it has %" PRIu64
             " addresses for pods",
             result->pods_per_node, result->node_mask, result->usable_pod_ips);
    return text.text;
}

/* ---- Faults ---- */

/* How the library splits a pod CIDR that is larger than any block of a node, by the same choice. */
static uint32_t node_mask_of(const struct request *request)
{
    cnicalc_flannel_result split;
    cnicalc_flannel_options any;
    if (request->options.node_mask != 0) {
        return request->options.node_mask;
    }
    expect_ok(cnicalc_flannel_options_init(&any, sizeof any));
    expect_ok(cnicalc_flannel_fit(1, request->pods_per_node, &any, &split));
    return split.node_mask;
}

/* Complains about a pod CIDR that is smaller than one node's block: a longer node mask would do, or
 * where none is long enough, the pod CIDR that has room for one. */
static int refuse_pod_mask(const char *subcommand, const struct request *request,
                           const cnicalc_cidr *pod_cidr, const char *what)
{
    const char *why = cnicalc_status_string(CNICALC_ERR_FLANNEL_POD_MASK);
    uint32_t mask = pod_cidr->prefix_len;
    uint32_t nearest = 0;
    cnicalc_cidr larger;
    cnicalc_flannel_options split;
    cnicalc_flannel_result result;
    char text[CNICALC_CIDR_TEXT_SIZE];
    expect_ok(cnicalc_bound_nearest(CNICALC_BOUND_NODE_MASK, mask, &nearest));
    if (nearest != mask) {
        expect_ok(cnicalc_cidr_supernet(pod_cidr, node_mask_of(request), &larger));
        expect_ok(cnicalc_cidr_format(&larger, text, sizeof text));
        return complain(subcommand, what, "%s; did you mean %s?", why, text);
    }
    if (request->options.node_mask != 0) {
        return complain(subcommand, what, "%s; did you mean --node-mask %" PRIu32 "?", why, mask);
    }
    expect_ok(cnicalc_flannel_options_init(&split, sizeof split));
    split.node_mask = mask;
    expect_ok(cnicalc_flannel_solve(pod_cidr, &split, &result));
    return complain(subcommand, what, "%s; did you mean --pods-per-node %" PRIu64 "?", why,
                    result.pods_per_node);
}

static int refuse(const char *subcommand, const struct request *request,
                  const cnicalc_cidr *pod_cidr, const char *what, cnicalc_status status)
{
    if (status == CNICALC_ERR_FLANNEL_PODS_PER_NODE) {
        struct text_buffer label = {NULL, 0, 0};
        uint32_t nearest = 0;
        expect_ok(
            cnicalc_bound_nearest(CNICALC_BOUND_PODS_PER_NODE, request->pods_per_node, &nearest));
        text_add(&label, "--pods-per-node %" PRIu64, request->pods_per_node);
        return complain(subcommand, label.text, "%s; did you mean %" PRIu32 "?",
                        cnicalc_status_string(status), nearest);
    }
    return status == CNICALC_ERR_FLANNEL_POD_MASK
               ? refuse_pod_mask(subcommand, request, pod_cidr, what)
               : complain(subcommand, what, "%s", flannel_why(pod_cidr, status));
}

/* ---- Answering ---- */

static uint64_t ceiling(const cnicalc_ceilings *ceilings, uint32_t limit)
{
    uint64_t value = 0;
    return cnicalc_ceiling_value(ceilings, CNICALC_PLUGIN_FLANNEL, limit, &value) == CNICALC_OK
               ? value
               : CNICALC_NO_LIMIT;
}

/* The nodes above which two quotas must be raised, the one of nodes and the one of routes. */
static uint64_t nodes_of_defaults(uint32_t edition)
{
    cnicalc_ceilings published;
    expect_ok(cnicalc_ceilings_init(&published, sizeof published));
    published.edition = edition;
    uint64_t nodes = ceiling(&published, CNICALC_LIMIT_NODE_QUOTA);
    uint64_t routes = ceiling(&published, CNICALC_LIMIT_ROUTE_QUOTA);
    published.raised = 1;
    int can_be_raised = ceiling(&published, CNICALC_LIMIT_NODE_QUOTA) > nodes;
    return !can_be_raised ? CNICALC_NO_LIMIT : nodes > routes ? nodes : routes;
}

static void note_quotas(uint64_t nodes, struct flannel_row *row, struct answer *answer)
{
    uint64_t most = nodes_of_defaults(row->ceilings.edition);
    struct text_buffer note = {NULL, 0, 0};
    if (nodes > most) {
        text_add(&note,
                 "above %" PRIu64
                 " nodes two quotas must be raised: ACK's of nodes and the VPC's of routes",
                 most);
        answer_note(answer, &row->notes, note.text);
    }
}

static void answer_split(const struct request *request, struct flannel_row *row,
                         struct answer *answer)
{
    const cnicalc_flannel_result *result = &row->result;
    const char *note = flannel_note(request->pods_per_node, result);
    int is_wanted = request->nodes != 0;
    row->ceilings = request->options.ceilings;
    row->fits = is_wanted ? result->fits : CNICALC_UNKNOWN;
    row->reason = limits_reason(result->limits, result->limit_count);
    row->shortages = limits_shortages(result->limits, result->limit_count);
    if (is_wanted && note != NULL) {
        answer_note(answer, &row->notes, note);
    }
    note_quotas(is_wanted ? request->nodes : result->max_nodes, row, answer);
    if (result->fits) {
        limits_note_pods(answer, &row->notes, result->bound_by, result->max_pods_bound_by);
    }
    row->explain = request->explain ? explain_flannel(result) : NULL;
    answer_explain(answer, row->explain);
    answer_record(answer, flannel_fields, row, sizeof *row);
    limits_mark(answer, result->bound_by);
}

/* A row for each node mask, so that the trade is seen. */
static int answer_masks(const struct args *args, struct request *request, struct flannel_row *row,
                        struct answer *answer)
{
    uint32_t low = 0;
    uint32_t high = 0;
    cnicalc_status status = CNICALC_OK;
    expect_ok(cnicalc_bound_range(CNICALC_BOUND_NODE_MASK, &low, &high));
    row->ceilings = request->options.ceilings;
    answer_rows(answer, split_fields, sizeof *row);
    for (request->options.node_mask = low; request->options.node_mask <= high;
         request->options.node_mask++) {
        status = cnicalc_flannel_solve(&row->pod_cidr, &request->options, &row->result);
        if (status == CNICALC_OK) {
            memset(&row->notes, 0, sizeof row->notes);
            note_quotas(row->result.max_nodes, row, answer);
            row->explain = request->explain ? explain_flannel(&row->result) : NULL;
            answer_explain(answer, row->explain);
            answer_add(answer, row);
        }
    }
    request->options.node_mask = high; /* the last one: shorter ones may be too short */
    return status == CNICALC_OK
               ? EXIT_ANSWERED
               : refuse(args->subcommand, request, &row->pod_cidr, args->operands[0], status);
}

static int run(const struct args *args, void *asked, struct answer *answer)
{
    struct request *request = asked;
    struct flannel_row row;
    cnicalc_status status = CNICALC_ERR_FLANNEL_PODS_PER_NODE; /* of more than 32 bits */
    const char *text = args->operand_count != 0 ? args->operands[0] : NULL;
    memset(&row, 0, sizeof row);
    if (!check_form(args, request) ||
        (text != NULL && !block_parse(args->subcommand, text, text, &row.pod_cidr))) {
        return EXIT_MALFORMED;
    }
    if (text != NULL && request->options.node_mask == 0 && request->pods_per_node == 0) {
        return answer_masks(args, request, &row, answer);
    }
    if (text == NULL) {
        status = cnicalc_flannel_fit(request->nodes, request->pods_per_node, &request->options,
                                     &row.result);
    } else if (request->pods_per_node <= UINT32_MAX) {
        request->options.pods_per_node = (uint32_t)request->pods_per_node;
        status = cnicalc_flannel_solve(&row.pod_cidr, &request->options, &row.result);
    }
    if (status != CNICALC_OK) {
        return refuse(args->subcommand, request, &row.pod_cidr, text, status);
    }
    answer_split(request, &row, answer);
    return row.result.fits ? EXIT_ANSWERED : EXIT_NO;
}

const struct command flannel_command = {
    .name = "flannel",
    .summary = "nodes and pods of a Flannel pod CIDR, and the inverse",
    .usage = "POD_CIDR [--node-mask N | --pods-per-node N] [OPTION...]\n"
             "--nodes N --pods-per-node N [OPTION...]",
    .operands = "[POD_CIDR]",
    .about =
        "The first form splits a pod CIDR into a block for each node; without a mask it has a row "
        "for each. The second finds the "
        "smallest pod CIDR for N nodes with M pods each, rounded up to a legal size; exit "
        "status 1 when they do not fit.",
    .examples = "cnicalc flannel 172.16.0.0/20 --pods-per-node 256\n"
                "cnicalc flannel --nodes 100 --pods-per-node 100",
    .options = options,
    .forms = forms,
    .has_one_answer = 1,
    .request_size = sizeof(struct request),
    .init = init,
    .run = run,
};
