/* SPDX-License-Identifier: MIT */
/* Further nodes of a Flannel cluster: its pod CIDR has room for them, or never will. */
#include "../answer/explain.h"
#include "../answer/limits.h"
#include "../answer/shell.h"
#include "../ask/ceilings.h"
#include "../base/complaint.h"
#include "flannel.h"
#include "grow.h"

#include <string.h>

struct row {
    cnicalc_cidr pod_cidr;
    uint64_t nodes;        /* that there are */
    uint64_t nodes_wanted; /* further ones */
    uint64_t nodes_now;    /* those of them that fit */
    uint64_t free_blocks;
    uint64_t free_routes; /* or CNICALC_NO_LIMIT */
    cnicalc_flannel_result result;
    uint32_t bound_by; /* or NONE: they fit */
    cnicalc_ceilings ceilings;
    const char *reason;
    struct list shortages;
    struct words notes;
    const char *none; /* null */
};

#define AT(member) offsetof(struct row, member)

const struct field grow_flannel_fields[] = {
    {"fits", "Fits", "whether the further nodes fit", FIELD_BOOL, .where = AT(result.fits)},
    {"reason", "Reason", "what is short, in sentences", FIELD_TEXT, .where = AT(reason)},
    {"nodes", "Nodes", "nodes that there are", FIELD_COUNT, .where = AT(nodes)},
    {"nodes_now", "Further nodes that fit", "of the further nodes, those that fit", FIELD_COUNT,
     .where = AT(nodes_now)},
    {"nodes_wanted", "Further nodes wanted", "the further nodes", FIELD_COUNT,
     .where = AT(nodes_wanted)},
    {"pod_cidr", "Pod CIDR", "the pod CIDR", FIELD_CIDR, .where = AT(pod_cidr)},
    {"node_mask", "Node mask", "the prefix length of each node's block", FIELD_QUANTITY,
     .where = AT(result.node_mask)},
    {"free_blocks", "Free node blocks", "blocks of the pod CIDR that no node has", FIELD_COUNT,
     .where = AT(free_blocks)},
    {"free_routes", "Free routes", "routes that no node has; null where nodes need none",
     FIELD_COUNT, .where = AT(free_routes)},
    {"bound_by", "Short of", "the limit that is short", FIELD_NAME, .where = AT(bound_by),
     .name_of = cnicalc_limit_name, .null_for_zero = 1},
    {"shortages", "", "each limit that is short", FIELD_LIST, .where = AT(shortages),
     .of = shortage_fields},
    {"limits", NULL, "what is needed and available by each limit", FIELD_NEEDS,
     .where = AT(result.limits), .count_where = AT(result.limit_count)},
    {.kind = FIELD_GROUP, .of = ceilings_fields, .where = AT(ceilings)},
    {"zones", NULL, "null", FIELD_TEXT, .where = AT(none)},
    {"node_vswitch", NULL, "", FIELD_TEXT, .where = AT(none)},
    {"pod_vswitch", NULL, "", FIELD_TEXT, .where = AT(none)},
    {"notes", NULL, "remarks, in sentences", FIELD_WORDS, .where = AT(notes)},
    FIELDS_END};

#undef AT

/* The pod CIDR of the plan, or NULL after a complaint. */
static const struct plan_label *find_pod_cidr(const struct args *args,
                                              const struct grow_request *request,
                                              cnicalc_cidr *out_cidr)
{
    const struct plan_blocks *plan = &request->terway.unread.plan;
    const struct plan_label *found = NULL;
    for (size_t i = 0; i < plan->count; i++) {
        if (plan->blocks[i].role != CNICALC_PLAN_ROLE_POD_CIDR) {
            continue;
        }
        if (found != NULL) {
            complain(args->subcommand, plan->labels[i].option, "one pod CIDR is enough");
            return NULL;
        }
        found = &plan->labels[i];
        *out_cidr = plan->blocks[i].cidr;
    }
    if (found == NULL) {
        complain(args->subcommand, "--pod-cidr", "none is given, as --plugin flannel needs");
    }
    return found;
}

static uint64_t left_of(const cnicalc_flannel_result *result, uint32_t limit, uint64_t used)
{
    uint64_t all = cnicalc_limit_find(result->limits, result->limit_count, limit)->available;
    return all == CNICALC_NO_LIMIT ? all : all > used ? all - used : 0;
}

/* Its pods are not known. */
static struct words make_arguments(const struct args *args, const struct grow_request *request,
                                   const struct row *row)
{
    struct words arguments = {NULL, 0, 0};
    if (!row->result.fits) {
        words_add_text(&arguments, grow_comment(row->reason));
        return arguments;
    }
    arguments = grow_arguments(args, &request->terway, NULL, CNICALC_PLUGIN_FLANNEL);
    shell_add_count(&arguments, "nodes", row->nodes + row->nodes_wanted);
    return arguments;
}

int grow_flannel(const struct args *args, const struct grow_request *request, struct answer *answer)
{
    const cnicalc_plan_check_options *plan = &request->terway.unread.options;
    cnicalc_flannel_options options;
    struct row row;
    memset(&row, 0, sizeof row);
    const struct plan_label *label = find_pod_cidr(args, request, &row.pod_cidr);
    if (label == NULL) {
        return EXIT_MALFORMED;
    }
    expect_ok(cnicalc_flannel_options_init(&options, sizeof options));
    options.node_mask = plan->node_mask;
    options.ceilings = request->terway.options.ceilings;
    row.nodes = plan->nodes;
    row.nodes_wanted = request->add_nodes;
    cnicalc_status status =
        cnicalc_flannel_grow(&row.pod_cidr, row.nodes, row.nodes_wanted, &options, &row.result);
    if (status != CNICALC_OK) {
        return complain(args->subcommand,
                        status == CNICALC_ERR_FLANNEL_NODE_MASK ? "--node-mask" : label->option,
                        "%s", flannel_why(&row.pod_cidr, status));
    }
    uint64_t room = row.result.max_nodes > row.nodes ? row.result.max_nodes - row.nodes : 0;
    row.nodes_now = room < row.nodes_wanted ? room : row.nodes_wanted;
    row.free_blocks = left_of(&row.result, CNICALC_LIMIT_POD_CIDR, row.nodes);
    row.free_routes = left_of(&row.result, CNICALC_LIMIT_ROUTE_QUOTA, row.nodes);
    row.bound_by = row.result.fits ? CNICALC_LIMIT_NONE : row.result.bound_by;
    row.ceilings = options.ceilings;
    row.reason = limits_reason(row.result.limits, row.result.limit_count);
    row.shortages = limits_shortages(row.result.limits, row.result.limit_count);
    answer_note(answer, &row.notes,
                "the pod CIDR of a cluster can never be extended, nor its node mask changed: more "
                "nodes than its blocks need a new cluster");
    answer->arguments = make_arguments(args, request, &row);
    answer_record(answer, grow_flannel_fields, &row, sizeof row);
    return row.result.fits ? EXIT_ANSWERED : EXIT_NO;
}
