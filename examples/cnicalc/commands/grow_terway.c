/* SPDX-License-Identifier: MIT */
/* Further nodes of a Terway cluster: what each zone has for them, and what to add. */
#include "../answer/explain.h"
#include "../answer/limits.h"
#include "../answer/shell.h"
#include "../ask/ceilings.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "grow.h"

#include <string.h>

#define LINE_WIDTH 80

/* ---- Fields ---- */

#define AT(member) offsetof(struct grow_zone, member)

static const struct field zone_fields[] = {
    {"zone", "ZONE", "the name of the zone", FIELD_TEXT, .where = AT(name)},
    {"nodes_now", "NODES NOW", "of its further nodes, those that fit now", FIELD_COUNT,
     .where = AT(nodes_now)},
    {"nodes_wanted", "WANTED", "its further nodes", FIELD_COUNT, .where = AT(now.nodes)},
    {"usable_addresses", "POD ADDRESSES", "free addresses of its pod vSwitches", FIELD_COUNT,
     .where = AT(now.usable_addresses)},
    {"short_addresses", "PODS LACK", "addresses that its pods lack", FIELD_COUNT,
     .where = AT(short_addresses)},
    {"usable_prefixes", NULL, "free /28 blocks of its pod vSwitches", FIELD_COUNT,
     .where = AT(now.usable_prefixes)},
    {"short_prefixes", NULL, "/28 blocks that its pods lack", FIELD_COUNT,
     .where = AT(short_prefixes)},
    {"node_addresses", "NODE ADDRESSES",
     "free addresses of its node vSwitches; null where the cluster has none", FIELD_COUNT,
     .where = AT(now.node_addresses)},
    {"short_node_addresses", "NODES LACK", "addresses that its nodes lack", FIELD_COUNT,
     .where = AT(short_node_addresses)},
    {"fits", NULL, "whether its further nodes fit now", FIELD_BOOL, .where = AT(now.fits)},
    {"bound_by", NULL, "the first limit that is short now", FIELD_NAME, .where = AT(now.bound_by),
     .name_of = cnicalc_limit_name, .null_for_zero = 1},
    {"reason", NULL, "what is short now, in sentences", FIELD_TEXT, .where = AT(reason)},
    {"limits", NULL, "what is needed and available now by each limit", FIELD_NEEDS,
     .where = AT(now.limits), .count_where = AT(now.limit_count)},
    FIELDS_END};

#undef AT
#define AT(member) offsetof(struct grow_addition, member)

static const struct field addition_fields[] = {
    {"zone", "ZONE", "its zone", FIELD_TEXT, .where = AT(zone)},
    {"cidr", "BLOCK", "its block", FIELD_CIDR, .where = AT(cidr)},
    {"usable_addresses", "USABLE ADDRESSES", "without the reserved ones", FIELD_COUNT,
     .where = AT(usable_addresses)},
    FIELDS_END};

static const struct field block_fields[] = {
    {"cidr", NULL, "the block", FIELD_CIDR, .where = AT(cidr)}, FIELDS_END};

static const struct field table_fields[] = {
    {"role", "ADD", "", FIELD_NAME, .where = AT(role), .name_of = cnicalc_plan_role_name},
    {.kind = FIELD_GROUP, .of = addition_fields},
    FIELDS_END};

#undef AT

static const struct field line_fields[] = {{"check", "", "", FIELD_TEXT, .where = 0}, FIELDS_END};

#define AT(member) offsetof(struct grow_row, member)

const struct field grow_terway_fields[] = {
    {"fits", "Fits",
     "whether the further nodes fit when all is added; null where the search gave up", FIELD_BOOL,
     .where = AT(fits)},
    {"reason", "Reason", "what is short, in sentences", FIELD_TEXT, .where = AT(reason)},
    {"instance_type", "Instance type", "the type of the nodes", FIELD_TEXT,
     .where = AT(instance_type)},
    {"mode", "Mode", "their Terway mode", FIELD_NAME, .where = AT(node.mode),
     .name_of = cnicalc_mode_name},
    {"pods_per_node", "Pods per node", "pods that each runs", FIELD_COUNT,
     .where = AT(node.pods_per_node)},
    {"addresses_per_node", "Pod addresses per node", "single addresses that its pods take",
     FIELD_COUNT, .where = AT(node.addresses)},
    {"prefixes_per_node", "/28 prefixes per node",
     "/28 prefixes that its pods take, in mode prefix", FIELD_COUNT, .where = AT(prefixes)},
    {"nodes", "Nodes", "nodes that there are", FIELD_COUNT, .where = AT(nodes), .null_for_zero = 1},
    {"pods", "Pods", "pods that these run when full", FIELD_COUNT, .where = AT(pods),
     .null_for_zero = 1},
    {"nodes_now", "Wanted that fit now",
     "of the wanted nodes, those that fit as it is: none beyond those wanted in each zone",
     FIELD_COUNT, .where = AT(nodes_now)},
    {"nodes_wanted", "Nodes wanted", "the further nodes", FIELD_COUNT, .where = AT(result.nodes)},
    {"pods_wanted", "Pods wanted", "their pods", FIELD_COUNT, .where = AT(result.pods)},
    {"fits_now", NULL, "whether they fit and nothing is to be added", FIELD_BOOL,
     .where = AT(result.fits_now)},
    {"bound_by", "Short of", "the first limit that is short", FIELD_NAME,
     .where = AT(result.bound_by), .name_of = cnicalc_limit_name, .null_for_zero = 1},
    {"zones", "", "a row for each zone that has a vSwitch or is used, as it is now", FIELD_LIST,
     .where = AT(zones), .of = zone_fields},
    {"vpc", NULL, "secondary blocks to add to the VPC", FIELD_LIST, .where = AT(vpc),
     .of = block_fields},
    {"node_vswitch", NULL, "vSwitches for nodes to add", FIELD_LIST, .where = AT(node_vswitches),
     .of = addition_fields},
    {"pod_vswitch", NULL, "vSwitches for pods to add", FIELD_LIST, .where = AT(pod_vswitches),
     .of = addition_fields},
    {"shortages", "", "each limit that is short", FIELD_LIST, .where = AT(shortages),
     .of = shortage_fields},
    {"limits", NULL, "what is needed and available by each limit, when all is added", FIELD_NEEDS,
     .where = AT(result.limits), .count_where = AT(result.limit_count)},
    {.kind = FIELD_GROUP, .of = ceilings_fields, .where = AT(ceilings)},
    {"notes", NULL, "remarks, in sentences", FIELD_WORDS, .where = AT(notes)},
    {"check", NULL, "the command that checks the grown plan", FIELD_TEXT, .where = AT(check)},
    FIELD_EXPLAIN(struct grow_row, explain),
    FIELDS_END};

#undef AT

/* ---- The question ---- */

static int check_request(const struct args *args, const struct terway_request *request)
{
    if (request->type == NULL && request->pods_per_node == 0) {
        complain(args->subcommand, "--type", "give --type or --pods-per-node");
        return 0;
    }
    if (request->plan.count == 0) {
        complain(args->subcommand, "--pod-vswitch", "none is given; see cnicalc grow --help");
        return 0;
    }
    return 1;
}

static int complete_request(const struct args *args, struct terway_request *request)
{
    if (request->dual_stack) {
        request->node.ip_stack = CNICALC_IP_STACK_DUAL;
    }
    return check_request(args, request) &&
           plan_vswitches(args, &request->plan, &request->vswitches) &&
           instance_source_open(args->subcommand, request->catalog, &request->source);
}

/* Splits the rest of the plan into blocks of the VPC and what is taken. */
static void split_plan(const struct plan_blocks *plan, cnicalc_terway_growth *growth)
{
    cnicalc_cidr *vpc = memory_take(plan->count + 1, sizeof *vpc);
    cnicalc_cidr *taken = memory_take(plan->count + 1, sizeof *taken);
    for (size_t i = 0; i < plan->count; i++) {
        const cnicalc_plan_block *block = &plan->blocks[i];
        if (block->cidr.family != CNICALC_FAMILY_IPV4 || block->role == CNICALC_PLAN_ROLE_SUMMARY) {
            continue;
        }
        if (block->role == CNICALC_PLAN_ROLE_VPC) {
            vpc[growth->vpc_block_count++] = block->cidr;
        } else {
            taken[growth->taken_count++] = block->cidr;
        }
    }
    growth->vpc_blocks = vpc;
    growth->taken = taken;
}

/* A pool for each zone to use: the first take one node more. */
static void spread(const struct grow_request *request, const cnicalc_terway_node *node,
                   struct names *names, cnicalc_terway_cluster *cluster)
{
    uint32_t count = request->zones.count != 0 ? request->zones.count : names->count;
    cnicalc_terway_pool *pools = memory_take(count, sizeof *pools);
    for (uint32_t i = 0; i < count; i++) {
        pools[i].node = *node;
        pools[i].count = request->add_nodes / count + (i < request->add_nodes % count);
        pools[i].zone =
            request->zones.count != 0 ? names_number(names, request->zones.texts[i]) : i;
    }
    cluster->pools = pools;
    cluster->pool_count = count;
}

static int refuse(const struct args *args, const struct terway_request *request,
                  cnicalc_status status, const cnicalc_fault *fault)
{
    const char *why = cnicalc_status_string(status);
    if (fault->array == CNICALC_ARRAY_VSWITCHES) {
        size_t index = request->vswitches.indexes[fault->index];
        return complain(args->subcommand, request->plan.labels[index].option, "%s", why);
    }
    return complain(args->subcommand, status == CNICALC_ERR_TERWAY_VPC ? "--vpc" : "--add-nodes",
                    "%s", why);
}

/* ---- The answer ---- */

static uint64_t short_of(const cnicalc_terway_zone *zone, uint32_t limit)
{
    const cnicalc_limit_row *row = cnicalc_limit_find(zone->limits, zone->limit_count, limit);
    return row->needed > row->available ? row->needed - row->available : 0;
}

/* Nodes that a zone holds now, of all zones that have a vSwitch. */
static uint64_t max_nodes(const cnicalc_terway_zone *zones, size_t count, uint32_t zone)
{
    for (size_t i = 0; i < count; i++) {
        if (zones[i].zone == zone) {
            return zones[i].max_nodes;
        }
    }
    return 0;
}

static void fill_zone(struct grow_zone *row)
{
    uint64_t both = short_of(&row->now, CNICALC_LIMIT_ZONE_ADDRESSES);
    uint64_t pods = short_of(&row->now, CNICALC_LIMIT_POD_VSWITCH_ADDRESSES);
    uint64_t enis = short_of(&row->now, CNICALC_LIMIT_POD_VSWITCH_ENIS);
    uint64_t nodes = short_of(&row->now, CNICALC_LIMIT_NODE_VSWITCH_ADDRESSES);
    pods = pods > enis ? pods : enis;
    row->short_addresses = pods + nodes > both ? pods : both - nodes;
    row->short_prefixes = short_of(&row->now, CNICALC_LIMIT_POD_VSWITCH_PREFIXES);
    row->short_node_addresses = nodes;
    row->reason = limits_reason(row->now.limits, row->now.limit_count);
}

/* What each zone has now. */
static void fill_zones(const struct terway_request *request, const cnicalc_terway_growth *growth,
                       struct grow_row *row)
{
    size_t most = request->plan.zones.count;
    cnicalc_terway_zone *now = memory_take(most, sizeof *now);
    cnicalc_terway_zone *held = memory_take(most, sizeof *held);
    struct grow_zone *rows = memory_take(most, sizeof *rows);
    size_t count = 0;
    size_t held_count = 0;
    expect_ok(cnicalc_terway_grow_zones(growth, now, most, &count, NULL));
    expect_ok(cnicalc_terway_zones(growth->cluster, &row->node, held, most, &held_count, NULL));
    for (size_t i = 0; i < count; i++) {
        uint64_t room = max_nodes(held, held_count, now[i].zone);
        rows[i].name = plan_zone(&request->plan, now[i].zone);
        rows[i].now = now[i];
        rows[i].nodes_now = room < now[i].nodes ? room : now[i].nodes;
        row->nodes_now += rows[i].nodes_now;
        fill_zone(&rows[i]);
    }
    const struct list list = {rows, count, sizeof *rows};
    row->zones = list;
}

/* Further nodes, each of some units, that a quota leaves beside those that there are. */
static uint64_t left_by(const struct grow_row *row, uint32_t limit, uint64_t present, uint64_t each)
{
    uint64_t all =
        cnicalc_limit_find(row->result.limits, row->result.limit_count, limit)->available;
    return all == CNICALC_NO_LIMIT ? all : all > present ? (all - present) / each : 0;
}

static void cap_nodes_now(struct grow_row *row)
{
    uint64_t each = row->node.pods_per_node != 0 ? row->node.pods_per_node : 1;
    uint64_t nodes = left_by(row, CNICALC_LIMIT_NODE_QUOTA, row->nodes, 1);
    uint64_t pods = left_by(row, CNICALC_LIMIT_POD_QUOTA, row->pods, each);
    uint64_t left = nodes < pods ? nodes : pods;
    row->nodes_now = row->nodes_now < left ? row->nodes_now : left;
}

/* Fills in what is to be added, in one list: blocks of the VPC, then vSwitches of each role. */
static struct list fill_additions(const struct terway_request *request,
                                  const cnicalc_vswitch *vswitches, struct grow_row *row)
{
    size_t own = request->vswitches.count;
    struct grow_addition *all =
        memory_take(row->result.vpc_block_count + row->result.vswitch_count, sizeof *all);
    struct list lists[3];
    size_t at = 0;
    for (uint32_t roles = 0; roles < 3; roles++) {
        size_t first = at;
        for (uint32_t i = 0; roles == 0 && i < row->result.vpc_block_count; i++) {
            all[at++] = (struct grow_addition){CNICALC_PLAN_ROLE_VPC, NULL,
                                               row->result.vpc_blocks[i], CNICALC_UNKNOWN_COUNT};
        }
        for (size_t i = own; roles != 0 && i < row->result.vswitch_count; i++) {
            cnicalc_vswitch_room room;
            uint32_t role = vswitches[i].roles == CNICALC_VSWITCH_NODE
                                ? CNICALC_PLAN_ROLE_NODE_VSWITCH
                                : CNICALC_PLAN_ROLE_POD_VSWITCH;
            if ((role == CNICALC_PLAN_ROLE_NODE_VSWITCH) != (roles == 1)) {
                continue;
            }
            expect_ok(cnicalc_vswitch_solve(&vswitches[i], &room));
            all[at++] = (struct grow_addition){role, plan_zone(&request->plan, vswitches[i].zone),
                                               vswitches[i].cidr, room.usable_addresses};
        }
        lists[roles] = (struct list){&all[first], at - first, sizeof *all};
    }
    row->vpc = lists[0];
    row->node_vswitches = lists[1];
    row->pod_vswitches = lists[2];
    return (struct list){all, at, sizeof *all};
}

/* ---- The command ---- */

static int answer_growth(const struct args *args, const struct grow_request *request,
                         const cnicalc_vswitch *vswitches, struct grow_row *row,
                         struct answer *answer)
{
    const struct terway_request *terway = &request->terway;
    const struct list needs = limits_needs(row->result.limits, row->result.limit_count);
    const struct list added = fill_additions(terway, vswitches, row);
    struct grow_plan plan;
    row->reason = grow_reason(&row->result);
    row->shortages = limits_shortages(row->result.limits, row->result.limit_count);
    grow_note(args, request, row, answer);
    if (!grow_plan_make(args, terway, &added, &row->result, &row->node, &plan)) {
        return EXIT_MALFORMED;
    }
    for (size_t i = 0; i < plan.notes.count; i++) {
        answer_note(answer, &row->notes, plan.notes.texts[i]);
    }
    if (plan.left_out != NULL) {
        answer_note(answer, &row->notes, plan.left_out);
    }
    row->explain = terway->explain ? explain_grow(&row->result) : NULL;
    answer_explain(answer, row->explain);
    if (row->result.fits) {
        row->check = shell_lines("cnicalc check", &plan.arguments, SIZE_MAX).texts[0];
    }
    answer_record(answer, grow_terway_fields, row, sizeof *row);
    answer_below(answer, &added, table_fields);
    if (row->result.fits) {
        const struct words lines = shell_lines("cnicalc check", &plan.arguments, LINE_WIDTH);
        answer_below_words(answer, &lines, line_fields);
        if (plan.left_out != NULL) {
            words_add_text(&plan.arguments, grow_comment(plan.left_out));
        }
    } else {
        answer_below(answer, &needs, need_fields);
    }
    answer->arguments = plan.arguments;
    return row->result.fits ? EXIT_ANSWERED : EXIT_NO;
}

int grow_terway(const struct args *args, struct grow_request *request, struct answer *answer)
{
    struct terway_request *terway = &request->terway;
    cnicalc_terway_growth growth = {NULL, NULL, 0, NULL, 0};
    cnicalc_instance instance;
    cnicalc_fault fault;
    struct grow_row row;
    memset(&row, 0, sizeof row);
    if (!complete_request(args, terway)) {
        return EXIT_MALFORMED;
    }
    const struct node_question question = {
        args_label("type", terway->type == NULL ? "" : terway->type), terway->type, &terway->node,
        "--mode ", terway->pods_per_node};
    if (!terway_node(args, terway, &question, &instance, &row.node)) {
        return EXIT_MALFORMED;
    }
    cnicalc_terway_cluster cluster = terway_cluster(terway);
    size_t capacity = cluster.vswitch_count + CNICALC_TERWAY_GROW_MAX;
    cnicalc_vswitch *vswitches = memory_take(capacity, sizeof *vswitches);
    spread(request, &row.node, &terway->plan.zones, &cluster);
    split_plan(&terway->unread.plan, &growth);
    growth.cluster = &cluster;
    terway->options.present_nodes = row.nodes = terway->unread.options.nodes;
    terway->options.present_pods = row.pods = terway->unread.options.pods;
    cnicalc_status status =
        cnicalc_terway_grow(&growth, &terway->options, &row.result, vswitches, capacity, &fault);
    if (status != CNICALC_OK) {
        return refuse(args, terway, status, &fault);
    }
    row.fits = row.result.gave_up ? CNICALC_UNKNOWN : row.result.fits;
    row.instance_type = terway->type != NULL ? memory_copy_text(instance.name) : NULL;
    row.prefixes =
        row.node.mode == CNICALC_MODE_IP_PREFIX ? row.node.prefixes : CNICALC_UNKNOWN_COUNT;
    row.ceilings = terway->options.ceilings;
    fill_zones(terway, &growth, &row);
    cap_nodes_now(&row);
    return answer_growth(args, request, vswitches, &row, answer);
}
