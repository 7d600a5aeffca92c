/* SPDX-License-Identifier: MIT */
/* cnicalc terway: nodes and pods that vSwitches and quotas hold. */
#include "../command.h"
#include "../base/complaint.h"
#include "../answer/explain.h"
#include "../base/memory.h"
#include "../ask/node_options.h"
#include "terway_request.h"
#include "../base/text_buffer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct option options[] = {
    OLD_REPEATED("vswitch"),
    OLD_REPEATED("node-vswitch"),
    OLD_VALUE("type"),
    OLD_VALUE("pods-per-node"),
    OLD_REPEATED("pool"),
    OLD_VALUE("pool-size"),
    OLD_VALUE("edition"),
    OLD_FLAG("raised"),
    OLD_FLAG("ipvlan"),
    OLD_FLAG("explain"),
    OLD_VALUE("catalog"),
    OLD_VALUE("mode"),
    {.kind = OPTION_GROUP, .group = node_options},
    OPTIONS_END,
};

static const struct column columns[] = {
    {"instance_type", "Instance type"},
    {"mode", "Mode"},
    {"pods_per_node", "Pods per node"},
    {"addresses_per_node", "Pod addresses per node"},
    {"prefixes_per_node", "/28 prefixes per node"},
    {"joins", "Joins"},
    {"max_nodes", "Max nodes"},
    {"max_pods", "Max pods"},
    {"bound_by", "Bound by"},
    {"max_pods_bound_by", NULL},
    {"limits.pod_vswitch_addresses", "Nodes by pod vSwitch addresses"},
    {"limits.pod_vswitch_prefixes", "Nodes by pod vSwitch prefixes"},
    {"limits.node_vswitch_addresses", "Nodes by node vSwitch addresses"},
    {"limits.zone_addresses", "Nodes by zones"},
    {"limits.vpc_addresses", "Nodes by VPC addresses"},
    {"limits.edition", "Nodes by edition"},
    {"limits.join_floor", "Nodes by join floor"},
    {"limits.edition_pods", "Pods by edition"},
    {"limits.ipvlan_pods", "Pods by IPVLAN"},
    {"edition", "Edition"},
    {"raised", "Raised quota"},
    {"zones", NULL},
    {"notes", NULL},
};

static const struct column zone_columns[] = {
    {"zone", "ZONE"},           {"usable_addresses", "POD ADDRESSES"},
    {"usable_prefixes", NULL},  {"node_addresses", "NODE ADDRESSES"},
    {"max_nodes", "MAX NODES"}, {"bound_by", "BOUND BY"},
};

int terway_parse_mode(const struct args *args, const char *what, const char *text,
                      uint32_t *out_mode)
{
    const char *names[CNICALC_MODE_IP_PREFIX];
    size_t index = 0;
    for (uint32_t mode = CNICALC_MODE_SHARED_ENI; mode <= CNICALC_MODE_IP_PREFIX; mode++) {
        names[mode - CNICALC_MODE_SHARED_ENI] = cnicalc_mode_name(mode);
    }
    if (!args_choose(args->subcommand, what, text, names, CNICALC_MODE_IP_PREFIX, &index)) {
        return 0;
    }
    *out_mode = (uint32_t)index + CNICALC_MODE_SHARED_ENI;
    return 1;
}

/* Exactly one of the three says what the nodes are, and pods alone have no ENIs to speak of. */
static int check_form(const struct args *args)
{
    static const char *const of_types[] = {
        "erdma",         "windows",           "max-eni",          "eni-cap-ratio",
        "eni-cap-shift", "ipv4-prefix-count", "kubelet-max-pods", "host-network-pods",
        "catalog",       "min-pods-to-join"};
    int given =
        args_given(args, "type") + args_given(args, "pods-per-node") + args_given(args, "pool");
    if (given != 1) {
        complain(args->subcommand, "--type", "give one of --type, --pods-per-node and --pool");
        return 0;
    }
    for (size_t i = 0; i < sizeof of_types / sizeof of_types[0]; i++) {
        if (args_given(args, "pods-per-node") && args_given(args, of_types[i])) {
            char what[32];
            snprintf(what, sizeof what, "--%s", of_types[i]);
            complain(args->subcommand, what, "it goes with --type or --pool");
            return 0;
        }
    }
    return 1;
}

static int parse_request(const struct args *args, struct terway_request *request)
{
    const char *mode = args_value(args, "mode");
    memset(request, 0, sizeof *request);
    request->args = args;
    expect_ok(cnicalc_node_options_init(&request->node, sizeof request->node));
    expect_ok(cnicalc_terway_options_init(&request->options, sizeof request->options));
    request->options.raised = (uint32_t)args_given(args, "raised");
    request->options.ipvlan = (uint32_t)args_given(args, "ipvlan");
    return args_no_operands(args) && check_form(args) && terway_parse_vswitches(request) &&
           args_edition(args, &request->options.edition) &&
           option_fill_group(args, node_options, &request->node) &&
           (mode == NULL || terway_parse_mode(args, "--mode ", mode, &request->node.mode)) &&
           args_number(args, "pool-size", 0, UINT32_MAX, &request->idle_addresses) &&
           instance_source_open(args->subcommand, args_value(args, "catalog"), &request->source);
}

int terway_refuse(const struct terway_request *request, const char *what, cnicalc_status status)
{
    const char *subcommand = request->args->subcommand;
    const char *why = cnicalc_status_string(status);
    if (status != CNICALC_ERR_QUOTA_UNKNOWN) {
        return complain(subcommand, what, "%s", why);
    }
    struct text_buffer known = {NULL, 0, 0};
    for (uint32_t i = CNICALC_EDITION_PRO; i <= CNICALC_EDITION_EDGE_BASIC; i++) {
        uint64_t nodes = 0;
        if (cnicalc_quota_value(i, CNICALC_PLUGIN_TERWAY, CNICALC_QUOTA_NODES, 0, &nodes) ==
            CNICALC_OK) {
            text_add(&known, "%s%s", known.length == 0 ? "" : ", ", cnicalc_edition_name(i));
        }
    }
    return complain(subcommand,
                    args_label("edition", cnicalc_edition_name(request->options.edition)),
                    "%s; Terway's is for %s", why, known.text);
}

/* The node of --pods-per-node. Returns an exit status. */
static int make_node_of_pods(const struct terway_request *request, cnicalc_terway_node *out_node)
{
    const struct args *args = request->args;
    uint64_t pods = 0;
    if (!args_number(args, "pods-per-node", 1, UINT32_MAX, &pods)) {
        return EXIT_MALFORMED;
    }
    cnicalc_status status =
        cnicalc_terway_node_from_pods(pods, request->node.mode, request->idle_addresses, out_node);
    if (status == CNICALC_ERR_LIMITS_UNKNOWN) {
        return complain(args->subcommand, "--pods-per-node",
                        "mode prefix needs the ENIs of a type; did you mean --type?");
    }
    expect_ok(status);
    return EXIT_ANSWERED;
}

/* The node of --type. Returns an exit status. */
static int make_node_of_type(const struct terway_request *request, cnicalc_instance *out_instance,
                             cnicalc_terway_node *out_node)
{
    const struct args *args = request->args;
    const char *type = args_value(args, "type");
    if (!instance_source_find(&request->source, args_label("type", type), type, out_instance)) {
        return EXIT_MALFORMED;
    }
    cnicalc_status status = cnicalc_terway_node_from_type(out_instance, &request->node,
                                                          request->idle_addresses, out_node);
    return status == CNICALC_OK ? EXIT_ANSWERED
                                : node_options_refuse(args->subcommand, out_instance,
                                                      &request->node, "--mode ", status);
}

static struct value *make_zones(const struct terway_request *request,
                                const cnicalc_terway_zone *zones, size_t count)
{
    struct value *list = value_list();
    for (size_t i = 0; i < count; i++) {
        struct value *row = value_record();
        value_put(row, "zone", value_text(request->zones.texts[zones[i].zone]));
        value_put(row, "usable_addresses", value_count(zones[i].usable_addresses));
        value_put(row, "usable_prefixes", value_count(zones[i].usable_prefixes));
        value_put(row, "node_addresses", value_count(zones[i].node_addresses));
        value_put(row, "max_nodes", value_count(zones[i].max_nodes));
        value_put(row, "bound_by", value_text(cnicalc_terway_limit_name(zones[i].bound_by)));
        value_add(list, row);
    }
    return list;
}

static struct value *make_limits(const cnicalc_terway_result *result)
{
    struct value *limits = value_record();
    for (uint32_t i = CNICALC_TERWAY_LIMIT_POD_VSWITCH; i < CNICALC_TERWAY_LIMIT_COUNT; i++) {
        value_put(limits, cnicalc_terway_limit_name(i), value_count(result->limits[i]));
    }
    return limits;
}

static struct value *make_record(const struct terway_request *request,
                                 const cnicalc_terway_node *node, const char *type,
                                 const cnicalc_terway_result *result)
{
    struct value *record = value_record();
    value_put(record, "max_nodes", value_count(result->max_nodes));
    value_put(record, "max_pods", value_count(result->max_pods));
    value_put(record, "pods_per_node", value_count(result->pods_per_node));
    value_put(record, "bound_by", value_text(cnicalc_terway_limit_name(result->bound_by)));
    value_put(record, "max_pods_bound_by",
              value_text(cnicalc_terway_limit_name(result->max_pods_bound_by)));
    value_put(record, "limits", make_limits(result));
    value_put(record, "instance_type", type == NULL ? value_null() : value_text(type));
    value_put(record, "mode", value_text(cnicalc_mode_name(node->mode)));
    value_put(record, "addresses_per_node", value_count(node->addresses));
    value_put(record, "prefixes_per_node",
              node->mode == CNICALC_MODE_IP_PREFIX ? value_count(node->prefixes) : value_null());
    value_put(record, "joins", type == NULL ? value_null() : value_bool(node->joins != 0));
    value_put(record, "edition", value_text(cnicalc_edition_name(request->options.edition)));
    value_put(record, "raised", value_bool(request->options.raised != 0));
    return record;
}

/* The key of the line that is marked as the one that binds. */
static const char *binding_key(uint32_t bound_by)
{
    const char *name = cnicalc_terway_limit_name(bound_by);
    size_t size = strlen(name) + sizeof "limits.";
    char *key = memory_take(size, 1);
    snprintf(key, size, "limits.%s", name);
    return key;
}

/* Whether a zone has a vSwitch of one of the roles. */
static int has_role(const struct terway_request *request, uint32_t zone, uint32_t roles)
{
    for (size_t i = 0; i < request->vswitch_count; i++) {
        if (request->vswitches[i].zone == zone && (request->vswitches[i].roles & roles) != 0) {
            return 1;
        }
    }
    return 0;
}

/* Says which zone is left out for want of a vSwitch, as a misspelt name leaves two. */
static void note_zones(const struct terway_request *request, const cnicalc_terway_zone *zones,
                       size_t count, struct answer *answer, struct value *notes)
{
    int wants_nodes = args_given(request->args, "node-vswitch");
    for (size_t i = 0; i < count; i++) {
        int has_pods = has_role(request, zones[i].zone, CNICALC_VSWITCH_POD);
        int has_nodes = has_role(request, zones[i].zone, CNICALC_VSWITCH_NODE);
        if (!has_pods || (wants_nodes && !has_nodes)) {
            struct text_buffer note = {NULL, 0, 0};
            text_add(&note, "zone %s has no vSwitch for %s, so no node fits there",
                     request->zones.texts[zones[i].zone], has_pods ? "nodes" : "pods");
            answer_note(answer, notes, note.text);
        }
    }
}

static int answer_nodes(const struct terway_request *request, struct answer *answer)
{
    cnicalc_instance instance;
    cnicalc_terway_node node;
    cnicalc_terway_result result;
    size_t count = 0;
    int has_type = args_given(request->args, "type");
    cnicalc_terway_zone *zones = memory_take(request->vswitch_count, sizeof *zones);
    if ((has_type ? make_node_of_type(request, &instance, &node)
                  : make_node_of_pods(request, &node)) != EXIT_ANSWERED) {
        return EXIT_MALFORMED;
    }
    cnicalc_status status =
        cnicalc_terway_solve(request->vswitches, request->vswitch_count, &node, &request->options,
                             &result, zones, request->vswitch_count, &count);
    if (status != CNICALC_OK) {
        return terway_refuse(request, "--vswitch", status);
    }
    answer_old_record(answer, make_record(request, &node, has_type ? instance.name : NULL, &result),
                      columns, sizeof columns / sizeof columns[0]);
    value_put(answer->document, "zones", make_zones(request, zones, count));
    answer_old_below(answer, answer->document->last, zone_columns,
                     sizeof zone_columns / sizeof zone_columns[0]);
    answer->binding_key = binding_key(result.bound_by);
    struct value *notes = value_list();
    value_put(answer->document, "notes", notes);
    note_zones(request, zones, count, answer, notes);
    explain_pods_bound(answer, notes, cnicalc_terway_limit_name(result.bound_by),
                       cnicalc_terway_limit_name(result.max_pods_bound_by));
    if (args_given(request->args, "explain")) {
        explain_put(answer, answer->document, explain_terway(&result));
    }
    return EXIT_ANSWERED;
}

static int run(const struct args *args, struct answer *answer)
{
    struct terway_request request;
    if (!parse_request(args, &request)) {
        return EXIT_MALFORMED;
    }
    if (args_given(args, "pool") && args_given(args, "explain")) {
        return complain(args->subcommand, "--explain", "it goes without --pool");
    }
    return args_given(args, "pool") ? terway_answer_pools(&request, answer)
                                    : answer_nodes(&request, answer);
}

const struct command terway_command = {
    .name = "terway",
    .summary = "nodes and pods that the vSwitches of a Terway cluster hold",
    .options = options,
    .has_one_answer = 1,
    .old_run = run,
    .help = "Usage: cnicalc terway --vswitch ZONE=CIDR... (--type TYPE | --pods-per-node N |\n"
            "                      --pool ZONE=TYPE[,mode=M][,count=N]...) [OPTION...]\n"
            "\n"
            "How many equal nodes fit, or whether the pools do; exit status 1 when not.\n"
            "\n"
            "  --vswitch ZONE=CIDR[,used=N]       for pods; N addresses are in use\n"
            "  --node-vswitch ZONE=CIDR[,used=N]  for nodes, perhaps the same block\n"
            "  --pool ZONE=TYPE[,mode=M][,count=N]  N nodes, 1 or more (default 1)\n"
            "  --mode MODE         shared (default), trunk, exclusive or prefix, where\n"
            "                      pods per node are kubelet's: see --kubelet-max-pods\n"
            "  --pool-size N       idle addresses that each node holds (default 0)\n"
            "  --edition EDITION   pro (default), basic or dedicated\n"
            "  --raised            the ceilings after a quota increase\n"
            "  --ipvlan            the pod ceiling of IPVLAN holds too\n"
            "  --erdma, --windows, --max-eni N, --eni-cap-ratio R, --eni-cap-shift N,\n"
            "  --ipv4-prefix-count N, --host-network-pods N, --kubelet-max-pods N,\n"
            "  --min-pods-to-join N, --catalog FILE\n"
            "                      as for cnicalc node\n"
            "  --explain           the rule, its numbers and its source, without --pool\n"
            "  -o table|json|tsv\n"
            "\n"
            "Example: cnicalc terway --vswitch I=192.168.32.0/19 --type ecs.c7.4xlarge\n"};
