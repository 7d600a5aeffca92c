/* SPDX-License-Identifier: MIT */
/* cnicalc propose: the smallest address plan that holds a wish. */
#include "../ask/block.h"
#include "../command.h"
#include "../base/complaint.h"
#include "flannel.h"
#include "../base/memory.h"
#include "../ask/plan_advice.h"
#include "../ask/plan_args.h"
#include "propose.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct option options[] = {
    OLD_VALUE("vpc"),
    OLD_VALUE("plugin"),
    OLD_VALUE("nodes"),
    OLD_VALUE("pods-per-node"),
    OLD_VALUE("zones"),
    OLD_REPEATED("zone"),
    OLD_VALUE("services"),
    OLD_VALUE("growth"),
    OLD_REPEATED("other"),
    OLD_REPEATED("other-service"),
    OLD_REPEATED("other-vswitch"),
    OLD_VALUE("routes-used"),
    OLD_VALUE("edition"),
    OLD_FLAG("raised"),
    OPTIONS_END,
};

static const struct column columns[] = {
    {"fits", "Fits"},
    {"reason", "Reason"},
    {"plugin", "Plugin"},
    {"vpc", "VPC"},
    {"vswitch", NULL},
    {"pod_vswitch", NULL},
    {"pod_cidr", "Pod CIDR"},
    {"node_mask", "Node mask"},
    {"service_cidr", "Service CIDR"},
    {"nodes", "Nodes"},
    {"pods_per_node", "Pods per node"},
    {"usable_pod_ips", "Usable pod addresses per node"},
    {"pods", "Pods"},
    {"services", "Services"},
    {"room_pod_vswitches", "Room for further pod vSwitches"},
    {"room_mask", "Mask of these"},
    {"edition", "Edition"},
    {"raised", "Raised quota"},
    {"bound_by", NULL},
    {"shortages", NULL},
    {"notes", NULL},
    {"check", NULL},
};

static const struct column vswitch_columns[] = {
    {"role", "VSWITCH FOR"}, {"zone", "ZONE"}, {"cidr", "BLOCK"}, {"usable", "USABLE ADDRESSES"}};

static const struct column shortage_columns[] = {
    {"limit", "SHORT OF"}, {"needed", "NEEDED"}, {"available", "AVAILABLE"}, {"short", "SHORT BY"}};

/* A shell reads these lines as they stand. */
static const struct column check_columns[] = {{"check", ""}};

struct question {
    const struct args *args;
    cnicalc_plan_propose_options options;
    cnicalc_cidr vpc;
    struct plan_args others;
    struct names zones;
};

static int name_zone(struct question *question, const char *name)
{
    uint32_t number = 0;
    if (names_find(&question->zones, name, &number)) {
        return args_refuse_value(question->args, "zone", name, "the zone is given twice");
    }
    if (!named_is_name(name)) {
        return args_refuse_value(question->args, "zone", name,
                                 "a name is a text without =, comma and control characters");
    }
    names_number(&question->zones, name);
    return 1;
}

/* Names from --zone, or zone-1, zone-2, ... for --zones. */
static int parse_zones(struct question *question)
{
    const struct args *args = question->args;
    size_t position = 0;
    names_begin(&question->zones, args->given_count + CNICALC_PLAN_ZONES_MAX);
    if (args_given(args, "zone") && args_given(args, "zones")) {
        complain(args->subcommand, "--zones --zone", "the two exclude each other");
        return 0;
    }
    for (const char *name = args_next(args, "zone", &position); name != NULL;
         name = args_next(args, "zone", &position)) {
        if (!name_zone(question, name)) {
            return 0;
        }
    }
    uint64_t count = question->zones.count != 0 ? question->zones.count : 1;
    if (!args_number(args, "zones", 1, CNICALC_PLAN_ZONES_MAX, &count)) {
        return 0;
    }
    question->options.zones = (uint32_t)count;
    while (question->zones.count < count) {
        char name[16];
        snprintf(name, sizeof name, "zone-%" PRIu32, question->zones.count + 1);
        names_number(&question->zones, memory_copy(name, strlen(name)));
    }
    return 1;
}

static int check_given(const struct args *args)
{
    static const char *const needed[] = {"vpc", "nodes", "pods-per-node"};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        if (!args_given(args, needed[i])) {
            char what[32];
            snprintf(what, sizeof what, "--%s", needed[i]);
            complain(args->subcommand, what, "none is given; see cnicalc propose --help");
            return 0;
        }
    }
    return 1;
}

static int parse_vpc(const struct args *args, cnicalc_cidr *out_vpc)
{
    const char *text = args_value(args, "vpc");
    return block_parse(args->subcommand, args_label("vpc", text), text, out_vpc);
}

static int parse_question(const struct args *args, struct question *question)
{
    cnicalc_plan_propose_options *wish = &question->options;
    memset(question, 0, sizeof *question);
    question->args = args;
    expect_ok(cnicalc_plan_propose_options_init(wish, sizeof *wish));
    wish->raised = (uint32_t)args_given(args, "raised");
    return args_no_operands(args) && check_given(args) && plan_args_plugin(args, &wish->plugin) &&
           parse_vpc(args, &question->vpc) &&
           plan_args_parse(args, PLAN_REFUSE_HOST_BITS, &question->others) &&
           parse_zones(question) && args_edition(args, &wish->edition) &&
           args_number(args, "nodes", 1, UINT32_MAX, &wish->nodes) &&
           args_number(args, "pods-per-node", 1, UINT32_MAX, &wish->pods_per_node) &&
           args_number(args, "services", 0, UINT32_MAX, &wish->services) &&
           args_number(args, "routes-used", 0, UINT32_MAX, &wish->routes_used) &&
           args_number32(args, "growth", 0, &wish->growth_percent);
}

/* Adds the vSwitches of a role to the document, and to the rows of the table. */
static struct value *make_vswitches(const struct question *question,
                                    const cnicalc_plan_block *blocks, size_t count, uint32_t role,
                                    struct value *rows)
{
    struct value *list = value_list();
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].role != role) {
            continue;
        }
        const char *zone = question->zones.texts[blocks[i].zone];
        struct value *member = value_record();
        value_put(member, "zone", value_text(zone));
        value_put(member, "cidr", value_cidr(&blocks[i].cidr));
        value_add(list, member);
        struct value *row = value_record();
        value_put(row, "role", value_text(role == CNICALC_PLAN_ROLE_VSWITCH ? "nodes" : "pods"));
        value_put(row, "zone", value_text(zone));
        value_put(row, "cidr", value_cidr(&blocks[i].cidr));
        /* The first and the last three addresses of a vSwitch are reserved. */
        value_put(row, "usable",
                  value_count((UINT64_C(1) << (32 - blocks[i].cidr.prefix_len)) - 4));
        value_add(rows, row);
    }
    return list;
}

/* The one block of a role, or null. */
static struct value *make_block(const cnicalc_plan_block *blocks, size_t count, uint32_t role)
{
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].role == role) {
            return value_cidr(&blocks[i].cidr);
        }
    }
    return value_null();
}

static struct value *unless_zero(uint32_t number)
{
    return number == 0 ? value_null() : value_quantity(number);
}

static void put_plan(const struct question *question, const cnicalc_plan_proposal *proposal,
                     const cnicalc_plan_block *blocks, size_t count, struct value *record,
                     struct value *rows)
{
    value_put(record, "vpc", value_cidr(&question->vpc));
    value_put(record, "vswitch",
              make_vswitches(question, blocks, count, CNICALC_PLAN_ROLE_VSWITCH, rows));
    value_put(record, "pod_vswitch",
              make_vswitches(question, blocks, count, CNICALC_PLAN_ROLE_POD_VSWITCH, rows));
    value_put(record, "pod_cidr", make_block(blocks, count, CNICALC_PLAN_ROLE_POD_CIDR));
    value_put(record, "node_mask", unless_zero(proposal->fits ? proposal->node_mask : 0));
    value_put(record, "service_cidr", make_block(blocks, count, CNICALC_PLAN_ROLE_SERVICE_CIDR));
}

static struct value *make_record(const struct question *question,
                                 const cnicalc_plan_proposal *proposal,
                                 const cnicalc_plan_block *blocks, size_t count, struct value *rows)
{
    const cnicalc_plan_propose_options *wish = &question->options;
    struct value *record = value_record();
    put_plan(question, proposal, blocks, count, record, rows);
    value_put(record, "plugin", value_text(cnicalc_plugin_name(wish->plugin)));
    value_put(record, "edition", value_text(cnicalc_edition_name(wish->edition)));
    value_put(record, "raised", value_bool(wish->raised != 0));
    value_put(record, "nodes", value_count(proposal->nodes));
    value_put(record, "pods_per_node", value_count(wish->pods_per_node));
    value_put(record, "pods", value_count(proposal->pods));
    value_put(record, "services", value_count(proposal->services));
    value_put(record, "fits", value_bool(proposal->fits != 0));
    value_put(record, "bound_by",
              proposal->fits ? value_null()
                             : value_text(cnicalc_plan_limit_name(proposal->bound_by)));
    value_put(record, "reason", propose_reason(proposal));
    value_put(record, "shortages", propose_shortages(proposal));
    value_put(record, "room_pod_vswitches",
              proposal->fits && proposal->room_mask != 0 ? value_count(proposal->room_pod_vswitches)
                                                         : value_null());
    value_put(record, "room_mask", unless_zero(proposal->fits ? proposal->room_mask : 0));
    return record;
}

/* The one sentence of check about a VPC that lies elsewhere than in the private ranges. */
static void note_vpc(const struct question *question, struct answer *answer, struct value *notes)
{
    const cnicalc_plan_block block = {question->vpc, CNICALC_PLAN_ROLE_VPC, CNICALC_UNKNOWN, {0}};
    cnicalc_plan_finding finding;
    char text[CNICALC_PLAN_TEXT_SIZE];
    uint32_t is_private = 0;
    memset(&finding, 0, sizeof finding);
    finding.code = CNICALC_PLAN_VPC_NOT_PRIVATE;
    finding.other = CNICALC_UNKNOWN;
    expect_ok(cnicalc_cidr_is_private(&question->vpc, &is_private));
    if (!is_private) {
        expect_ok(cnicalc_plan_finding_format(&finding, &block, 1, text, sizeof text));
        answer_note(answer, notes, text);
    }
}

/* The sentences of check about quotas that are not published. */
static void note_quotas(const cnicalc_plan_proposal *proposal, struct answer *answer,
                        struct value *notes)
{
    static const struct {
        uint32_t limit;
        uint32_t what;
    } quotas[] = {
        {CNICALC_PLAN_LIMIT_NODE_QUOTA, CNICALC_QUOTA_NODES},
        {CNICALC_PLAN_LIMIT_POD_QUOTA, CNICALC_QUOTA_PODS},
        {CNICALC_PLAN_LIMIT_SERVICE_QUOTA, CNICALC_QUOTA_SERVICES},
    };
    for (size_t i = 0; i < sizeof quotas / sizeof quotas[0]; i++) {
        cnicalc_plan_finding finding;
        char text[CNICALC_PLAN_TEXT_SIZE];
        memset(&finding, 0, sizeof finding);
        finding.code = CNICALC_PLAN_QUOTA_UNKNOWN;
        finding.subject = CNICALC_UNKNOWN;
        finding.other = CNICALC_UNKNOWN;
        finding.value = quotas[i].what;
        if (proposal->needed[quotas[i].limit] != 0 &&
            proposal->available[quotas[i].limit] == CNICALC_NO_LIMIT &&
            cnicalc_plan_finding_format(&finding, NULL, 0, text, sizeof text) == CNICALC_OK) {
            answer_note(answer, notes, text);
        }
    }
}

/* Puts what pods of one node can really get, and the notes. */
static void put_notes(const struct question *question, const cnicalc_plan_proposal *proposal,
                      struct answer *answer)
{
    const cnicalc_plan_propose_options *wish = &question->options;
    struct value *notes = value_list();
    struct value *usable = value_null();
    cnicalc_flannel_options defaults;
    cnicalc_flannel_result split;
    note_vpc(question, answer, notes);
    note_quotas(proposal, answer, notes);
    if (proposal->fits && wish->plugin == CNICALC_PLUGIN_FLANNEL) {
        expect_ok(cnicalc_flannel_options_init(&defaults, sizeof defaults));
        expect_ok(cnicalc_flannel_fit(1, wish->pods_per_node, &defaults, &split));
        const char *note = flannel_note(wish->pods_per_node, &split);
        usable = value_count(split.usable_pod_ips);
        if (note != NULL) {
            answer_note(answer, notes, note);
        }
    }
    value_put(answer->document, "usable_pod_ips", usable);
    value_put(answer->document, "notes", notes);
}

/* Puts the request that checks the plan; null without a plan. */
static void put_check(const struct args *args, const cnicalc_plan_proposal *proposal,
                      struct answer *answer)
{
    if (!proposal->fits) {
        value_put(answer->document, "check", value_null());
        return;
    }
    struct value *words = propose_check_words(args, answer->document);
    value_put(answer->document, "check", propose_check_line(words));
    answer_old_below(answer, propose_check_lines(words), check_columns, 1);
}

/* Complains about the block in use that alone makes the question malformed. */
static int refuse_other(const struct question *question)
{
    const struct args *args = question->args;
    const struct plan_args *others = &question->others;
    for (size_t i = 0; i < others->count; i++) {
        cnicalc_plan_proposal proposal;
        size_t count = 0;
        if (cnicalc_plan_propose(&question->vpc, &others->blocks[i], 1, &question->options,
                                 &proposal, NULL, 0, &count) == CNICALC_ERR_PLAN_OTHER) {
            int is_vswitch = others->blocks[i].role == CNICALC_PLAN_ROLE_OTHER_VSWITCH;
            return complain(args->subcommand, others->labels[i], "the block %s --vpc %s",
                            is_vswitch ? "is not inside" : "overlaps", args_value(args, "vpc"));
        }
    }
    return complain(args->subcommand, "--other", "%s",
                    cnicalc_status_string(CNICALC_ERR_PLAN_OTHER));
}

/* Complains about a block that no VPC has, with the nearest that one has. */
static int refuse_vpc(const struct question *question)
{
    const char *subcommand = question->args->subcommand;
    const char *label = args_label("vpc", args_value(question->args, "vpc"));
    const char *forbidden = plan_advice_forbidden(&question->vpc);
    const char *meant = plan_advice_block(&question->vpc, CNICALC_PLAN_ROLE_VPC);
    const char *why = cnicalc_status_string(CNICALC_ERR_PLAN_VPC);
    if (question->vpc.family == CNICALC_FAMILY_IPV6) {
        return complain(subcommand, label, "a plan is proposed for an IPv4 block of the VPC");
    }
    if (forbidden != NULL) {
        return complain(subcommand, label, "%s", forbidden);
    }
    return meant == NULL ? complain(subcommand, label, "%s", why)
                         : complain(subcommand, label, "%s; did you mean %s?", why, meant);
}

static int refuse(const struct question *question, cnicalc_status status)
{
    const struct args *args = question->args;
    const char *why = cnicalc_status_string(status);
    switch (status) {
    case CNICALC_ERR_PLAN_OTHER:
        return refuse_other(question);
    case CNICALC_ERR_PLAN_VPC:
        return refuse_vpc(question);
    case CNICALC_ERR_PLAN_BLOCKS:
        return complain(args->subcommand, "--other", "%s; at most %d", why,
                        CNICALC_PLAN_OTHERS_MAX);
    case CNICALC_ERR_OVERFLOW:
        return complain(args->subcommand, args_given(args, "growth") ? "--growth" : "--nodes", "%s",
                        why);
    default:
        return complain(args->subcommand, "--zone", "%s", why);
    }
}

static int run(const struct args *args, struct answer *answer)
{
    struct question question;
    cnicalc_plan_proposal proposal;
    size_t count = 0;
    cnicalc_plan_block *blocks = memory_take(CNICALC_PLAN_PROPOSAL_BLOCKS_MAX, sizeof *blocks);
    struct value *rows = value_list();
    if (!parse_question(args, &question)) {
        return EXIT_MALFORMED;
    }
    cnicalc_status status = cnicalc_plan_propose(
        &question.vpc, question.others.blocks, question.others.count, &question.options, &proposal,
        blocks, CNICALC_PLAN_PROPOSAL_BLOCKS_MAX, &count);
    if (status != CNICALC_OK) {
        return refuse(&question, status);
    }
    answer_old_record(answer, make_record(&question, &proposal, blocks, count, rows), columns,
                      sizeof columns / sizeof columns[0]);
    answer_old_below(answer, rows, vswitch_columns,
                     sizeof vswitch_columns / sizeof vswitch_columns[0]);
    answer_old_below(answer, propose_shortages(&proposal), shortage_columns,
                     sizeof shortage_columns / sizeof shortage_columns[0]);
    put_notes(&question, &proposal, answer);
    put_check(args, &proposal, answer);
    return proposal.fits ? EXIT_ANSWERED : EXIT_NO;
}

const struct command propose_command = {
    .name = "propose",
    .summary = "the smallest address plan for so many nodes and pods",
    .options = options,
    .has_one_answer = 1,
    .old_run = run,
    .help = "Usage: cnicalc propose --vpc CIDR --plugin terway|flannel --nodes N\n"
            "                       --pods-per-node N [OPTION...]\n"
            "\n"
            "A plan that cnicalc check accepts, of the smallest blocks that hold the wish;\n"
            "exit status 1, and what is short, where there is none. A vSwitch for nodes has\n"
            "room for the nodes of its zone and 4 reserved addresses, one for pods for twice\n"
            "the pods with growth, its mask at most 25. A request of check follows the plan.\n"
            "\n"
            "  --zones N                   zones, named zone-1, zone-2, ... (default 1)\n"
            "  --zone NAME                 or a zone of this name, each once\n"
            "  --services N                Services besides kubernetes\n"
            "  --growth PERCENT            by which nodes, pods and Services will grow\n"
            "  --other NAME=CIDR           a connected network, or another pod CIDR\n"
            "  --other-service NAME=CIDR   the Service CIDR of another cluster of the VPC\n"
            "  --other-vswitch NAME=CIDR   a vSwitch of the VPC that others use\n"
            "  --routes-used N             custom routes of the VPC that others hold\n"
            "  --edition EDITION, --raised         as for cnicalc flannel\n"
            "  -o table|json|tsv\n"
            "\n"
            "Example: cnicalc propose --vpc 192.168.0.0/16 --plugin terway --nodes 100 \\\n"
            "           --pods-per-node 40 --zones 2\n"};
