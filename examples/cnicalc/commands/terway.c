/* SPDX-License-Identifier: MIT */
/* cnicalc terway: nodes and pods that vSwitches and quotas hold. */
#include "terway.h"

#include "../answer/explain.h"
#include "../answer/limits.h"
#include "../ask/ceilings.h"
#include "../ask/node_options.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../command.h"
#include "check.h"

#include <inttypes.h>
#include <string.h>

#define CEILINGS                                                                                   \
    (CEILING_NODES | CEILING_PODS | CEILING_VPC_ADDRESSES | CEILING_IPVLAN | CEILING_SECURITY_GROUP)
#define UNREAD_CEILINGS (CEILING_SERVICES | CEILING_ROUTES | CEILING_VSWITCHES)

static void init(void *asked)
{
    struct terway_request *request = asked;
    expect_ok(cnicalc_terway_options_init(&request->options, sizeof request->options));
    expect_ok(cnicalc_node_options_init(&request->node, sizeof request->node));
    expect_ok(
        cnicalc_plan_check_options_init(&request->unread.options, sizeof request->unread.options));
}

#define AT(member) offsetof(struct terway_request, member)

static const struct option options[] = {
    {.kind = OPTION_GROUP, .group = plan_options, .where = AT(plan), .only = PLAN_VSWITCHES},
    {"type", "TYPE", "the instance type of the nodes", OPTION_TEXT, .where = AT(type),
     .not_with = "pool", .offer = OFFER_TYPES},
    {"pods-per-node", "N", "pods that each node runs; may replace --type", OPTION_COUNT,
     .where = AT(pods_per_node), .low = 1, .high = UINT32_MAX, .not_with = "pool",
     .more = "With --type, at most as many as the type runs. Mode prefix needs a type."},
    {"pool", "ZONE=TYPE", "a node pool; ,mode=M, ,pods=N and ,count=N may follow", OPTION_VALUES,
     .where = AT(pools), .parse = terway_parse_pool,
     .more = "The answer is whether all pools fit together. A pool has count nodes (default 1) "
             "that run "
             "pods each (default: as many as the type runs)."},
    {"mode", "MODE", "%c", OPTION_NAME, .where = AT(node.mode), .choices = &mode_choices,
     .more = "In mode prefix a node runs at most the pods that kubelet allows."},
    {"pool-size", "N", "idle addresses that each node holds (default %d)", OPTION_COUNT,
     .where = AT(use.idle_addresses), .high = UINT32_MAX,
     .more = "Terway's own default is 5; the answer says what that leaves."},
    {"min-pool-size", "N", "Terway's min_pool_size, for --burst (default %d)", OPTION_COUNT,
     .where = AT(use.min_pool_size), .high = UINT32_MAX},
    {"burst", "N", "new pods that start on each node at one time", OPTION_COUNT,
     .where = AT(use.burst_pods), .high = UINT32_MAX,
     .more = "They hold up to twice as many addresses, and min_pool_size, for two minutes."},
    {"surge", "N", "further nodes while nodes are replaced", OPTION_COUNT32,
     .where = AT(options.surge)},
    {"max-unavailable", "N", "nodes out at one time meanwhile (default %d)", OPTION_COUNT32,
     .where = AT(options.max_unavailable)},
    {"dual-stack", NULL, "pods have IPv4 and IPv6 addresses", OPTION_FLAG, .where = AT(dual_stack)},
    {"ipvlan", NULL, "apply the pod ceiling of IPVLAN", OPTION_FLAG, .where = AT(options.ipvlan)},
    CEILINGS_OPTIONS(struct terway_request, options.ceilings, CEILINGS),
    {.kind = OPTION_GROUP,
     .group = node_options,
     .where = AT(node),
     .only = NODE_PODS,
     .help = "as for cnicalc node"},
    OPTION_CATALOG(struct terway_request, catalog),
    OPTION_WARN_AT(struct terway_request, warn_at),
    {"explain", NULL, "the rule, its numbers and its source in a paragraph", OPTION_FLAG,
     .where = AT(explain), .not_with = "pool"},
    CHECK_UNREAD_OPTIONS(struct terway_request, unread.plan, unread.options),
    {.kind = OPTION_GROUP,
     .group = ceilings_options,
     .where = AT(unread.options.ceilings),
     .only = UNREAD_CEILINGS,
     .help = CHECK_UNREAD},
    {.kind = OPTION_GROUP,
     .group = quota_options,
     .where = AT(unread.options.ceilings),
     .only = UNREAD_CEILINGS,
     .help = CHECK_UNREAD},
    OPTIONS_END};

#undef AT

/* ---- The answer for equal nodes ---- */

#define AT(member) offsetof(struct zone_row, member)

static const struct field zone_fields[] = {
    {"zone", "ZONE", "the name of the zone", FIELD_TEXT, .where = AT(name)},
    {"usable_addresses", "POD ADDRESSES", "free addresses of its pod vSwitches", FIELD_COUNT,
     .where = AT(zone.usable_addresses)},
    {"usable_prefixes", NULL, "free /28 blocks among them", FIELD_COUNT,
     .where = AT(zone.usable_prefixes)},
    {"node_addresses", "NODE ADDRESSES",
     "free addresses of its node vSwitches; null where the cluster has none", FIELD_COUNT,
     .where = AT(zone.node_addresses)},
    {"falls_back", NULL, "whether its pods take addresses of the node vSwitches", FIELD_BOOL,
     .where = AT(zone.falls_back)},
    {"max_nodes", "MAX NODES", "nodes that its addresses hold", FIELD_COUNT,
     .where = AT(zone.max_nodes)},
    {"bound_by", "BOUND BY", "the limit that decides max_nodes", FIELD_NAME,
     .where = AT(zone.bound_by), .name_of = cnicalc_limit_name},
    {"limits", NULL, "nodes by each limit", FIELD_LIMITS, .where = AT(zone.limits),
     .count_where = AT(zone.limit_count)},
    FIELDS_END};

#undef AT

struct row {
    const char *instance_type; /* or NULL */
    cnicalc_terway_node node;
    uint64_t prefixes; /* or CNICALC_UNKNOWN_COUNT */
    uint32_t joins;    /* or CNICALC_UNKNOWN */
    cnicalc_terway_result result;
    cnicalc_ceilings ceilings;
    struct list zones;
    struct words notes;
    const char *explain; /* or NULL */
};

#define AT(member) offsetof(struct row, member)

static const struct field fields[] = {
    {"instance_type", "Instance type", "the type of the nodes", FIELD_TEXT,
     .where = AT(instance_type)},
    {"mode", "Mode", "their Terway mode", FIELD_NAME, .where = AT(node.mode),
     .name_of = cnicalc_mode_name},
    {"pods_per_node", "Pods per node", "pods that each runs", FIELD_COUNT,
     .where = AT(result.pods_per_node)},
    {"addresses_per_node", "Pod addresses per node", "single addresses that its pods take",
     FIELD_COUNT, .where = AT(node.addresses)},
    {"prefixes_per_node", "/28 prefixes per node",
     "/28 prefixes that its pods take, in mode prefix", FIELD_COUNT, .where = AT(prefixes)},
    {"joins", "Joins", "whether ACK accepts the node; null without a type", FIELD_BOOL,
     .where = AT(joins)},
    {"max_nodes", "Max nodes", "the smallest of the limits on nodes", FIELD_COUNT,
     .where = AT(result.max_nodes)},
    {"max_pods", "Max pods", "max_nodes * pods_per_node, at most the limits on pods", FIELD_COUNT,
     .where = AT(result.max_pods)},
    {"max_nodes_with_default_pool", NULL,
     "nodes where each holds Terway's default of 5 idle addresses", FIELD_COUNT,
     .where = AT(result.max_nodes_with_default_pool)},
    {"max_nodes_with_burst", "Max nodes with bursts",
     "with --burst, nodes that leave room for them", FIELD_COUNT,
     .where = AT(result.max_nodes_with_burst)},
    {"max_nodes_with_surge", "Max nodes with surge",
     "with --surge or --max-unavailable, nodes that leave room to replace nodes", FIELD_COUNT,
     .where = AT(result.max_nodes_with_surge)},
    {"held_addresses", NULL, "addresses of max_nodes nodes and their pods", FIELD_COUNT,
     .where = AT(result.held_addresses)},
    {"burst_addresses", "Addresses in bursts", "with --burst, those that they hold beside",
     FIELD_COUNT, .where = AT(result.burst_addresses)},
    {"surge_addresses", "Addresses of surge",
     "with --surge or --max-unavailable, those that are held beside while nodes are replaced",
     FIELD_COUNT, .where = AT(result.surge_addresses)},
    {"security_group_held", NULL,
     "what max_nodes nodes take of the security group: addresses of a basic one, ENIs of an "
     "advanced one; null where these are not known",
     FIELD_COUNT, .where = AT(result.security_group_held), .null_for_zero = 1},
    {"best_case", NULL, "whether an ENI may find fewer addresses than the sum says", FIELD_BOOL,
     .where = AT(result.best_case)},
    {"bound_by", "Bound by", "the limit that decides max_nodes", FIELD_NAME,
     .where = AT(result.bound_by), .name_of = cnicalc_limit_name},
    {"max_pods_bound_by", NULL, "the limit that decides max_pods", FIELD_NAME,
     .where = AT(result.max_pods_bound_by), .name_of = cnicalc_limit_name},
    {"limits", "", "what each limit allows; null where it does not apply", FIELD_LIMITS,
     .where = AT(result.limits), .count_where = AT(result.limit_count)},
    {.kind = FIELD_GROUP, .of = ceilings_fields, .where = AT(ceilings)},
    {"zones", "", "a row for each zone, judged by its own addresses alone", FIELD_LIST,
     .where = AT(zones), .of = zone_fields},
    {"notes", NULL, "remarks, in sentences", FIELD_WORDS, .where = AT(notes)},
    FIELD_EXPLAIN(struct row, explain),
    FIELDS_END};

#undef AT

static const struct form forms[] = {
    {"Of equal nodes", fields}, {"With --pool", terway_pool_fields}, {NULL, NULL}};

/* ---- The request ---- */

static int check_form(const struct args *args, const struct terway_request *request)
{
    if (request->type == NULL && request->pods_per_node == 0 && request->pools.count == 0) {
        complain(args->subcommand, "--type", "give --type, --pods-per-node or --pool");
        return 0;
    }
    return 1;
}

/* Whether the plan, if a plugin is given with it, is one of a Terway cluster. */
static int check_plugin(const struct args *args, const struct terway_request *request)
{
    uint32_t plugin = request->unread.options.plugin;
    if (plugin != 0 && plugin != CNICALC_PLUGIN_TERWAY) {
        const char *name = cnicalc_plugin_name(plugin);
        complain(args->subcommand, args_label("plugin", name),
                 "not a plan of a Terway cluster; did you mean cnicalc %s?", name);
        return 0;
    }
    return 1;
}

static int complete_request(const struct args *args, struct terway_request *request)
{
    uint32_t roles = 0;
    if (!check_plugin(args, request) || !check_form(args, request) ||
        !plan_vswitches(args, &request->plan, &request->vswitches)) {
        return 0;
    }
    if (request->dual_stack) {
        request->node.ip_stack = CNICALC_IP_STACK_DUAL;
    }
    for (size_t i = 0; i < request->vswitches.count; i++) {
        roles |= request->vswitches.vswitches[i].roles;
    }
    if (roles == 0) {
        complain(args->subcommand, "--pod-vswitch", "none is given; see cnicalc terway --help");
        return 0;
    }
    return instance_source_open(args->subcommand, request->catalog, &request->source);
}

static int refuse_pods(const struct args *args, const struct node_question *question,
                       const cnicalc_instance *instance)
{
    cnicalc_node_result result;
    expect_ok(cnicalc_node_solve(instance, question->options, &result));
    complain(args->subcommand, question->label, "%s runs at most %" PRIu64 " pods in mode %s",
             instance->name, result.schedulable_pods, cnicalc_mode_name(question->options->mode));
    return 0;
}

/* A node whose trunk pods are not known may hold idle addresses beside those of its ENIs: without
 * these. */
static cnicalc_status cut_pool(const cnicalc_instance *instance, const cnicalc_node_options *node,
                               cnicalc_terway_use use, cnicalc_terway_node *out_node)
{
    cnicalc_node_result solved;
    use.idle_addresses = 0;
    cnicalc_status status = cnicalc_terway_node_from_type(instance, node, &use, out_node);
    if (status == CNICALC_OK) {
        expect_ok(cnicalc_node_solve(instance, node, &solved));
        use.idle_addresses = solved.ipv4_addresses - out_node->pods_per_node;
        expect_ok(cnicalc_terway_node_from_type(instance, node, &use, out_node));
        out_node->addresses_with_pool = out_node->addresses_in_burst = CNICALC_UNKNOWN_COUNT;
    }
    return status;
}

int terway_node(const struct args *args, const struct terway_request *request,
                const struct node_question *question, cnicalc_instance *out_instance,
                cnicalc_terway_node *out_node)
{
    cnicalc_terway_use use = request->use;
    use.pods_per_node = question->pods;
    if (question->type == NULL) {
        cnicalc_status status =
            cnicalc_terway_node_from_pods(&use, question->options->mode, out_node);
        if (status == CNICALC_ERR_LIMITS_UNKNOWN) {
            complain(args->subcommand, "--pods-per-node",
                     "mode prefix needs the ENIs of a type; did you mean --type?");
            return 0;
        }
        expect_ok(status);
        out_node->dual_stack = request->dual_stack;
        return 1;
    }
    if (!instance_source_find(&request->source, question->label, question->type, out_instance)) {
        return 0;
    }
    cnicalc_status status =
        cnicalc_terway_node_from_type(out_instance, question->options, &use, out_node);
    if (status == CNICALC_ERR_LIMITS_UNKNOWN && use.idle_addresses != 0 &&
        question->options->mode == CNICALC_MODE_SHARED_ENI_TRUNK) {
        status = cut_pool(out_instance, question->options, use, out_node);
    }
    if (status == CNICALC_ERR_TERWAY_PODS_PER_NODE) {
        return refuse_pods(args, question, out_instance);
    }
    if (status != CNICALC_OK) {
        node_options_refuse(args->subcommand, out_instance, question->options, question->mode_form,
                            status);
    }
    return status == CNICALC_OK;
}

cnicalc_terway_cluster terway_cluster(const struct terway_request *request)
{
    const cnicalc_terway_cluster cluster = {request->vswitches.vswitches, request->vswitches.count,
                                            NULL, 0};
    return cluster;
}

/* ---- Zones ---- */

static uint64_t needed_of(const cnicalc_terway_zone *zone, uint32_t limit)
{
    const cnicalc_limit_row *row = cnicalc_limit_find(zone->limits, zone->limit_count, limit);
    return row == NULL ? 0 : row->needed;
}

struct list terway_zones(const struct terway_request *request, const cnicalc_terway_zone *zones,
                         size_t count)
{
    struct zone_row *rows = memory_take(count, sizeof *rows);
    const struct list list = {rows, count, sizeof *rows};
    for (size_t i = 0; i < count; i++) {
        rows[i].name = plan_zone(&request->plan, zones[i].zone);
        rows[i].zone = zones[i];
        rows[i].needed_addresses = needed_of(&zones[i], CNICALC_LIMIT_POD_VSWITCH_ADDRESSES);
        rows[i].needed_prefixes = needed_of(&zones[i], CNICALC_LIMIT_POD_VSWITCH_PREFIXES);
        rows[i].reason = limits_reason(zones[i].limits, zones[i].limit_count);
    }
    return list;
}

/* ---- Answering ---- */

/* What was not asked for is not known. */
static void leave_out(const struct args *args, const struct terway_request *request,
                      cnicalc_terway_result *result)
{
    if (request->use.burst_pods == 0) {
        result->max_nodes_with_burst = CNICALC_UNKNOWN_COUNT;
        result->burst_addresses = CNICALC_UNKNOWN_COUNT;
    }
    if (!args_given(args, "surge") && !args_given(args, "max-unavailable")) {
        result->max_nodes_with_surge = CNICALC_UNKNOWN_COUNT;
        result->surge_addresses = CNICALC_UNKNOWN_COUNT;
    }
}

static int end_nodes(const struct args *args, const struct terway_request *request,
                     const struct row *row, struct answer *answer)
{
    const struct terway_number numbers[] = {
        {"cnicalc_max_nodes", "Nodes that the vSwitches and quotas hold.", row->result.max_nodes},
        {"cnicalc_max_pods", "Pods on them.", row->result.max_pods}};
    const struct terway_outcome outcome = {&row->zones, NULL, 0, numbers, 2, 1};
    return terway_end(args, request, &outcome, answer);
}

static void add_notes(const struct args *args, const struct terway_request *request,
                      struct row *row, struct answer *answer)
{
    terway_note_settings(args, request, answer, &row->notes);
    terway_note_trunk(request, row->instance_type, &row->node, answer, &row->notes);
    terway_note_zones(request, answer, &row->notes);
    terway_note_masks(request, answer, &row->notes);
    terway_note_fallbacks(request, &row->zones, answer, &row->notes);
    terway_note_prefixes(request, row->node.mode, answer, &row->notes);
    terway_note_dual_stack(request, &row->node, answer, &row->notes);
    terway_note_quota(request, answer, &row->notes);
    terway_note_pool(&row->result, answer, &row->notes);
    terway_note_security_group(request, row->result.security_group_held, answer, &row->notes);
    limits_note_pods(answer, &row->notes, row->result.bound_by, row->result.max_pods_bound_by);
}

static int answer_nodes(const struct args *args, const struct terway_request *request,
                        struct answer *answer)
{
    const struct node_question question = {
        args_label("type", request->type == NULL ? "" : request->type), request->type,
        &request->node, "--mode ", request->pods_per_node};
    const cnicalc_terway_cluster cluster = terway_cluster(request);
    cnicalc_terway_zone *zones = memory_take(request->plan.zones.count, sizeof *zones);
    cnicalc_instance instance;
    struct row row;
    size_t count = 0;
    memset(&row, 0, sizeof row);
    if (!terway_node(args, request, &question, &instance, &row.node)) {
        return EXIT_MALFORMED;
    }
    cnicalc_status status =
        cnicalc_terway_solve(&cluster, &row.node, &request->options, &row.result, NULL);
    if (status == CNICALC_OK) {
        status = cnicalc_terway_zones(&cluster, &row.node, zones, request->plan.zones.count, &count,
                                      NULL);
    }
    if (status != CNICALC_OK) {
        return complain(args->subcommand, "--type", "%s", cnicalc_status_string(status));
    }
    int has_type = request->type != NULL;
    int has_prefixes = row.node.mode == CNICALC_MODE_IP_PREFIX;
    row.instance_type = has_type ? memory_copy_text(instance.name) : NULL;
    row.joins = has_type ? row.node.joins : CNICALC_UNKNOWN;
    row.prefixes = has_prefixes ? row.node.prefixes : CNICALC_UNKNOWN_COUNT;
    row.ceilings = request->options.ceilings;
    leave_out(args, request, &row.result);
    row.zones = terway_zones(request, zones, count);
    add_notes(args, request, &row, answer);
    row.explain = request->explain ? explain_terway(&row.result) : NULL;
    answer_explain(answer, row.explain);
    answer_record(answer, fields, &row, sizeof row);
    limits_mark(answer, row.result.bound_by);
    return end_nodes(args, request, &row, answer);
}

static int run(const struct args *args, void *asked, struct answer *answer)
{
    struct terway_request *request = asked;
    if (!complete_request(args, request)) {
        return EXIT_MALFORMED;
    }
    return request->pools.count != 0 ? terway_answer_pools(args, request, answer)
                                     : answer_nodes(args, request, answer);
}

const struct command terway_command = {
    .name = "terway",
    .summary = "nodes and pods that the vSwitches of a Terway cluster hold",
    .usage = "VSWITCH... --type TYPE [--pods-per-node N] [OPTION...]\n"
             "VSWITCH... --pods-per-node N [OPTION...]\n"
             "VSWITCH... --pool ZONE=TYPE... [OPTION...]",
    .about = "How many equal nodes the vSwitches hold, or whether the pools fit; exit status 1 "
             "when not. A VSWITCH is one of the first three options.",
    .examples = "cnicalc terway --pod-vswitch I=192.168.32.0/19 --type ecs.c7.4xlarge",
    .options = options,
    .forms = forms,
    .formats = OUTPUT_TEXTS | OUTPUT_BIT(OUTPUT_OPENMETRICS),
    .has_one_answer = 1,
    .request_size = sizeof(struct terway_request),
    .init = init,
    .run = run,
};
