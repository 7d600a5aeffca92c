/* SPDX-License-Identifier: MIT */
/* cnicalc propose: the smallest address plan that holds a request. */
#include "../answer/findings.h"
#include "../answer/limits.h"
#include "../answer/shell.h"
#include "../ask/number.h"
#include "../ask/plan.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../base/text_buffer.h"
#include "../command.h"
#include "check.h"
#include "plan_node.h"
#include "propose.h"

#include <inttypes.h>
#include <string.h>

#define LINE_WIDTH 80

/* ---- The question ---- */

/* These go into the plan as they are given. */
#define AS_CHECK "as for cnicalc check"

/* Names of zones are easily given in the place of their number. */
static int parse_zone_count(const struct asking *asking, void *member)
{
    uint64_t count = 0;
    if (!number_parse(asking->text, strlen(asking->text), &count)) {
        return asking_refuse(asking, "not a whole number from 1 to %d; --zone names a zone",
                             CNICALC_PLAN_ZONES_MAX);
    }
    if (!asking_count(asking, 1, CNICALC_PLAN_ZONES_MAX, &count)) {
        return 0;
    }
    *(uint32_t *)member = (uint32_t)count;
    return 1;
}

#define AT(member) offsetof(struct propose_request, member)

static const struct option options[] = {
    {"vpc", "CIDR", "a block of the VPC, primary first; its IPv6 block", OPTION_VALUES,
     .where = AT(in_use), .parse = plan_parse, .tag = CNICALC_PLAN_ROLE_VPC, .is_required = 1,
     .more = "A vSwitch is in the first block that has room for it. Up to 5 secondary blocks of "
             "/16 to /28 may follow."},
    {"nodes", "N", "nodes, in all zones together", OPTION_COUNT, .where = AT(options.nodes),
     .low = 1, .high = CHECK_COUNT_MAX, .is_required = 1},
    {"pods-per-node", "N", "pods of each node", OPTION_COUNT, .where = AT(options.pods_per_node),
     .low = 1, .high = CHECK_COUNT_MAX, .more = "With --type, as many as it runs unless given."},
    {"plugin", "PLUGIN", "%c", OPTION_NAME, .where = AT(options.plugin), .choices = &plugin_choices,
     .is_required = 1},
    OPTION_GROUP_OF(plan_node_options, struct propose_request, node, PLAN_NODE_TYPE, NULL),
    {"zones", "N", "zones, named zone-1, zone-2, ... (default %d)", OPTION_VALUE,
     .where = AT(options.zones), .parse = parse_zone_count, .not_with = "zone"},
    {"zone", "NAME", "or the name of a zone", OPTION_VALUES, .where = AT(zones),
     .parse = names_parse_zone},
    {"services", "N", "Services besides kubernetes", OPTION_COUNT, .where = AT(options.services),
     .high = CHECK_COUNT_MAX,
     .more = "Without this option the Service CIDR is a /20, or the largest there is room for, as "
             "it can never change."},
    {"growth", "PERCENT", "growth of nodes, pods and Services to plan for", OPTION_COUNT32,
     .where = AT(options.growth_percent)},
    {"dual-stack", NULL, "pods and Services have IPv6 addresses as well", OPTION_FLAG,
     .where = AT(options.dual_stack),
     .more = "Each vSwitch takes a /64 of the IPv6 block of the VPC, a /56 that the cloud has "
             "assigned and --vpc gives."},
    OPTION_GROUP_OF(plan_options, struct propose_request, in_use, PLAN_NODE_VSWITCHES, NULL),
    OPTION_GROUP_OF(plan_options, struct propose_request, in_use, PLAN_OTHERS, AS_CHECK),
    CEILINGS_OPTIONS_AS(struct propose_request, options.ceilings, CHECK_CEILINGS, AS_CHECK),
    OPTIONS_END};

#undef AT

/* A block with host bits goes to the library: propose says no to what check finds an error in. */
static void init(void *asked)
{
    struct propose_request *request = asked;
    request->in_use.keeps_host_bits = 1;
    plan_node_init(&request->node);
    expect_ok(cnicalc_plan_propose_options_init(&request->options, sizeof request->options));
}

/* The zones that --zone names, else those of the vSwitches for nodes, else zone-1, zone-2, ... */
static void name_zones(const struct args *args, struct propose_request *request)
{
    if (request->zones.count == 0 && !args_given(args, "zones")) {
        request->zones = request->in_use.zones;
    }
    if (request->zones.count != 0) {
        request->options.zones = request->zones.count;
        return;
    }
    names_begin(&request->zones, request->options.zones);
    for (uint32_t i = 1; i <= request->options.zones; i++) {
        struct text_buffer name = {NULL, 0, 0};
        text_add(&name, "zone-%" PRIu32, i);
        names_number(&request->zones, name.text);
    }
}

/* Numbers the zones of the vSwitches for nodes as those of the plan. Returns 1, or 0 after a
 * complaint. */
static int number_zones(const struct args *args, struct propose_request *request)
{
    for (size_t i = 0; i < request->in_use.count; i++) {
        const char *name = request->in_use.labels[i].name;
        cnicalc_plan_block *block = &request->in_use.blocks[i];
        if (cnicalc_plan_role_serves(block->role) != 0 &&
            !names_find(&request->zones, name, &block->zone)) {
            complain(args->subcommand, request->in_use.labels[i].option,
                     "the plan has no such zone; name each of its zones with --zone");
            return 0;
        }
    }
    request->in_use.zones = request->zones;
    return 1;
}

/* Fills in what a node of the type runs. Returns 1, or 0 after a complaint. */
static int find_node(const struct args *args, struct propose_request *request)
{
    cnicalc_plan_propose_options *wanted = &request->options;
    struct plan_node_found found;
    if (!plan_node_find(args, &request->node, wanted->plugin, wanted->dual_stack,
                        wanted->pods_per_node, &found)) {
        return 0;
    }
    wanted->node_max_pods = found.most_pods;
    wanted->node = found.node;
    if (wanted->pods_per_node == 0) {
        wanted->pods_per_node = found.most_pods;
    }
    if (wanted->pods_per_node == 0) {
        complain(args->subcommand, "--pods-per-node", "none is given, nor --type");
        return 0;
    }
    return 1;
}

/* Complains about a request that is malformed whatever is in use. */
static int refuse(const struct args *args, const struct propose_request *request,
                  const cnicalc_fault *fault, cnicalc_status status)
{
    const char *why = cnicalc_status_string(status);
    if (status == CNICALC_ERR_PLAN_VPC) {
        return complain(args->subcommand, request->in_use.labels[fault->index].option,
                        "a plan is proposed for one IPv6 block of a VPC at most");
    }
    if (status == CNICALC_ERR_PLAN_BLOCKS) {
        return complain(args->subcommand, "--other", "%s; at most %d", why,
                        CNICALC_PLAN_OTHERS_MAX);
    }
    if (status == CNICALC_ERR_OVERFLOW) {
        return complain(args->subcommand,
                        request->options.growth_percent != 0 ? "--growth" : "--nodes", "%s", why);
    }
    return complain(args->subcommand, "--zone", "%s", why);
}

/* ---- What check says of what is in use ---- */

static int is_second_ipv6(const struct propose_request *request, const cnicalc_fault *fault)
{
    return fault->other != CNICALC_UNKNOWN &&
           request->in_use.blocks[fault->index].cidr.family == CNICALC_FAMILY_IPV6;
}

/* Whether check is asked why there is no plan, rather than that the request is malformed: a block
 * is at fault and not that there are too many, or Flannel cannot run what is asked for. */
static int is_for_check(const struct propose_request *request, const cnicalc_fault *fault,
                        cnicalc_status status)
{
    return status == CNICALC_ERR_PLUGIN ||
           (fault->array == CNICALC_ARRAY_BLOCKS && status != CNICALC_ERR_PLAN_BLOCKS &&
            (status != CNICALC_ERR_PLAN_VPC || !is_second_ipv6(request, fault)));
}

/* Whether a finding is not about what a plan of the VPC alone lacks. */
static int is_of_use(const struct finding *finding)
{
    return finding->subject != NULL || finding->found.code == CNICALC_PLAN_NO_VPC ||
           finding->found.code == CNICALC_PLAN_NO_VPC_IPV6 ||
           finding->found.code == CNICALC_PLAN_VPC_BLOCK_COUNT ||
           finding->found.code == CNICALC_PLAN_DUAL_STACK_FLANNEL ||
           finding->found.code == CNICALC_PLAN_QUOTA_UNKNOWN;
}

/* Keeps the findings about what is in use: errors are the reason, others are notes. */
static void keep_findings(const struct list *all, struct propose_row *row, struct answer *answer)
{
    const struct finding *findings = all->rows;
    struct finding *kept = memory_take(all->count, sizeof *kept);
    struct text_buffer reason = {NULL, 0, 0};
    const struct list list = {kept, 0, sizeof *kept};
    row->findings = list;
    for (size_t i = 0; i < all->count; i++) {
        if (!is_of_use(&findings[i])) {
            continue;
        }
        kept[row->findings.count++] = findings[i];
        if (findings[i].found.severity != CNICALC_PLAN_ERROR) {
            answer_note(answer, &row->notes, findings[i].sentence);
            continue;
        }
        text_add_plain(&reason, reason.length == 0 ? "" : ". ");
        text_add_plain(&reason, findings[i].sentence);
    }
    row->reason = reason.text;
}

/* Asks check about the VPC and what is in use. Returns 1, or 0 after a complaint. */
static int add_findings(const struct args *args, const struct propose_request *request,
                        struct propose_row *row, struct answer *answer)
{
    cnicalc_plan_check_options wanted;
    struct list all;
    expect_ok(cnicalc_plan_check_options_init(&wanted, sizeof wanted));
    wanted.plugin = request->options.plugin;
    wanted.ceilings = request->options.ceilings;
    wanted.nodes = row->proposal.nodes;
    wanted.pods = row->proposal.pods;
    wanted.services = row->proposal.services;
    wanted.node = request->options.node;
    wanted.dual_stack = request->options.dual_stack;
    if (!findings_find(args, &request->in_use, &wanted, &all)) {
        return 0;
    }
    keep_findings(&all, row, answer);
    return 1;
}

/* ---- The plan ---- */

/* Not known of an IPv6 block: no plan counts its addresses. */
static uint64_t usable_addresses(const cnicalc_plan_block *block)
{
    if (block->cidr.family == CNICALC_FAMILY_IPV6) {
        return CNICALC_UNKNOWN_COUNT;
    }
    cnicalc_vswitch vswitch = {block->cidr, 0, 0, 0, cnicalc_plan_role_serves(block->role), {0}};
    cnicalc_vswitch_room room;
    expect_ok(cnicalc_vswitch_solve(&vswitch, &room));
    return room.usable_addresses;
}

/* The block of the VPC that a vSwitch is in. */
static cnicalc_cidr vpc_of(const struct propose_request *request, const cnicalc_cidr *vswitch)
{
    const cnicalc_plan_block *blocks = request->in_use.blocks;
    size_t i = 0;
    for (uint32_t contains = 0; !contains; i++) {
        expect_ok(cnicalc_cidr_contains(&blocks[i].cidr, vswitch, &contains));
        contains &= blocks[i].role == CNICALC_PLAN_ROLE_VPC;
    }
    return blocks[i - 1].cidr;
}

/* The rows of one role, which are together. */
static struct list rows_of(const struct list *all, uint32_t role)
{
    const struct vswitch_row *rows = all->rows;
    struct list list = {rows, 0, all->size};
    for (size_t i = 0; i < all->count; i++) {
        if (rows[i].role == role) {
            list.rows = list.count++ == 0 ? &rows[i] : list.rows;
        }
    }
    return list;
}

/* Fills in the blocks of a proposal, which are in the order of their roles. */
static struct list add_blocks(const struct propose_request *request,
                              const cnicalc_plan_block *blocks, struct propose_row *row)
{
    struct vswitch_row *rows = memory_take(row->proposal.block_count, sizeof *rows);
    struct list all = {rows, 0, sizeof *rows};
    for (size_t i = 0; i < row->proposal.block_count; i++) {
        const cnicalc_plan_block *block = &blocks[i];
        if (cnicalc_plan_role_serves(block->role) != 0) {
            rows[all.count++] =
                (struct vswitch_row){block->role, request->zones.texts[block->zone], block->cidr,
                                     usable_addresses(block), vpc_of(request, &block->cidr)};
        } else if (block->role == CNICALC_PLAN_ROLE_POD_CIDR) {
            row->pod_cidr = block->cidr;
        } else if (block->role == CNICALC_PLAN_ROLE_SERVICE_CIDR) {
            *(block->cidr.family == CNICALC_FAMILY_IPV6 ? &row->service_cidr_ipv6
                                                        : &row->service_cidr) = block->cidr;
        }
    }
    row->node_vswitches = rows_of(&all, CNICALC_PLAN_ROLE_NODE_VSWITCH);
    row->pod_vswitches = rows_of(&all, CNICALC_PLAN_ROLE_POD_VSWITCH);
    row->vswitches = rows_of(&all, CNICALC_PLAN_ROLE_VSWITCH);
    return all;
}

/* What pods of one node can really get. */
static void add_split(struct propose_row *row)
{
    cnicalc_flannel_options split;
    cnicalc_flannel_result result;
    if (row->pod_cidr.family == 0) {
        return;
    }
    expect_ok(cnicalc_flannel_options_init(&split, sizeof split));
    split.node_mask = row->proposal.node_mask;
    expect_ok(cnicalc_flannel_solve(&row->pod_cidr, &split, &result));
    row->usable_pod_ips = result.usable_pod_ips;
}

/* ---- The command ---- */

static void answer_plan(const struct args *args, const struct propose_request *request,
                        const cnicalc_plan_block *blocks, struct propose_row *row,
                        struct answer *answer)
{
    const struct list vswitches = add_blocks(request, blocks, row);
    add_split(row);
    propose_add_notes(request, blocks, row, answer);
    answer->arguments = propose_arguments(args, request, row, blocks);
    if (answer->format == OUTPUT_TERRAFORM) {
        answer->rendered = propose_resources(request, row, blocks);
    }
    row->check = shell_lines("cnicalc check", &answer->arguments, SIZE_MAX).texts[0];
    answer_record(answer, propose_fields, row, sizeof *row);
    answer_below(answer, &vswitches,
                 row->secondary_vpc.count != 0 ? propose_blocks_fields : propose_table_fields);
    const struct words lines = shell_lines("cnicalc check", &answer->arguments, LINE_WIDTH);
    answer_below_words(answer, &lines, propose_line_fields);
}

/* A request that does not fit, or whose VPC or what is in use is not legal. */
static void answer_no(struct propose_row *row, struct answer *answer)
{
    struct text_buffer comment = {NULL, 0, 0};
    row->proposal.node_mask = 0;
    answer_record(answer, propose_fields, row, sizeof *row);
    text_add_plain(&comment, "# ");
    text_add_plain(&comment, row->reason);
    words_add_text(&answer->arguments, comment.text);
    text_add_plain(&comment, "\n");
    answer->rendered = comment.text;
}

/* The blocks of the VPC as given. */
static void name_vpc(const struct propose_request *request, struct propose_row *row)
{
    const char **secondary = memory_take(request->in_use.count, sizeof *secondary);
    row->secondary_vpc = (struct list){secondary, 0, sizeof *secondary};
    for (size_t i = 0; i < request->in_use.count; i++) {
        const cnicalc_plan_block *block = &request->in_use.blocks[i];
        const char *given = request->in_use.labels[i].cidr;
        if (block->role != CNICALC_PLAN_ROLE_VPC) {
            continue;
        }
        if (block->cidr.family == CNICALC_FAMILY_IPV6) {
            row->vpc_ipv6 = given;
        } else if (row->vpc == NULL) {
            row->vpc = given;
        } else {
            secondary[row->secondary_vpc.count++] = given;
        }
    }
}

/* The reasons, and what a request that is not legal leaves unknown. */
static void explain_row(int is_legal, struct propose_row *row)
{
    cnicalc_plan_proposal *proposal = &row->proposal;
    if (is_legal) {
        row->reason = limits_reason(proposal->limits, proposal->limit_count);
        row->shortages = limits_shortages(proposal->limits, proposal->limit_count);
    } else {
        proposal->nodes = proposal->pods = proposal->services = CNICALC_UNKNOWN_COUNT;
    }
    if (proposal->room_prefix_len == 0) {
        proposal->room_pod_vswitches = CNICALC_UNKNOWN_COUNT;
    }
}

static int run(const struct args *args, void *asked, struct answer *answer)
{
    struct propose_request *request = asked;
    cnicalc_plan_block *blocks = memory_take(CNICALC_PLAN_PROPOSAL_BLOCKS_MAX, sizeof *blocks);
    const cnicalc_plan in_use = plan_of(&request->in_use);
    cnicalc_fault fault;
    struct propose_row row;
    memset(&row, 0, sizeof row);
    if (!find_node(args, request)) {
        return EXIT_MALFORMED;
    }
    name_zones(args, request);
    if (!number_zones(args, request)) {
        return EXIT_MALFORMED;
    }
    cnicalc_status status = cnicalc_plan_propose(&in_use, &request->options, &row.proposal, blocks,
                                                 CNICALC_PLAN_PROPOSAL_BLOCKS_MAX, &fault);
    int is_legal = status == CNICALC_OK;
    if (!is_legal && !is_for_check(request, &fault, status)) {
        return refuse(args, request, &fault, status);
    }
    row.options = request->options;
    name_vpc(request, &row);
    row.usable_pod_ips = CNICALC_UNKNOWN_COUNT;
    if (!add_findings(args, request, &row, answer)) {
        return EXIT_MALFORMED;
    }
    explain_row(is_legal, &row);
    if (!row.proposal.fits) {
        answer_no(&row, answer);
        return EXIT_NO;
    }
    answer_plan(args, request, blocks, &row, answer);
    return EXIT_ANSWERED;
}

const struct command propose_command = {
    .name = "propose",
    .summary = "the smallest address plan for N nodes and pods",
    .usage = "--vpc CIDR --plugin terway|flannel --nodes N\n (--pods-per-node N | --type TYPE) "
             "[OPTION...]",
    .about = "The smallest plan for a new cluster: it holds the request and twice its pods, or its "
             "pods once where there is no room for more, and cnicalc check accepts it. Exit status "
             "1: there is none, and the answer says why. -o args writes a file for cnicalc check "
             "@FILE, -o terraform resources alicloud_vswitch.",
    .notes = "Nodes take the addresses that --node-vswitch has free; pods get vSwitches of their "
             "own. For a cluster that runs: cnicalc grow.",
    .examples = "cnicalc propose --vpc 192.168.0.0/16 --plugin terway --nodes 100 \\\n"
                "  --pods-per-node 40 --zones 2",
    .options = options,
    .fields = propose_fields,
    .formats = OUTPUT_ARGUMENTS | OUTPUT_BIT(OUTPUT_TERRAFORM),
    .has_one_answer = 1,
    .request_size = sizeof(struct propose_request),
    .init = init,
    .run = run,
};
