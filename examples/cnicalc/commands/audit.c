/* SPDX-License-Identifier: MIT */
/* cnicalc audit: what the nodes of a running cluster run, and what they could. */
#include "audit.h"

#include "../ask/ceilings.h"
#include "../ask/node_options.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../command.h"
#include "check.h"

#include <inttypes.h>
#include <string.h>

#define CEILINGS (CEILING_NODES | CEILING_ROUTES)

static void init(void *asked)
{
    struct audit_request *request = asked;
    cnicalc_terway_options options;
    expect_ok(cnicalc_node_options_init(&request->node, sizeof request->node));
    expect_ok(cnicalc_node_options_init(&request->unread.node, sizeof request->unread.node));
    expect_ok(cnicalc_terway_options_init(&options, sizeof options));
    expect_ok(
        cnicalc_plan_check_options_init(&request->unread.options, sizeof request->unread.options));
    request->ceilings = options.ceilings;
}

#define AT(member) offsetof(struct audit_request, member)

#define UNREAD "as for cnicalc terway; each node shows its own, so they change nothing"

/* Settings that a kept file of options may have. */
static const struct option unread_options[] = {
    {"mode", "MODE", "%c", OPTION_NAME, .where = AT(unread.mode), .choices = &mode_choices},
    {"dual-stack", NULL, "", OPTION_FLAG, .where = AT(unread.dual_stack)},
    {"ipvlan", NULL, "", OPTION_FLAG, .where = AT(unread.ipvlan)},
    OPTIONS_END};

static const struct option options[] = {
    {.kind = OPTION_GROUP, .group = plan_options, .where = AT(plan), .only = PLAN_VSWITCHES},
    OPTION_WARN_AT(struct audit_request, warn_at),
    {.kind = OPTION_GROUP,
     .group = node_options,
     .where = AT(node),
     .only = NODE_SETTINGS,
     .help = "as for cnicalc node"},
    {"pool-size", "N", "idle addresses that each node holds (default %d)", OPTION_COUNT,
     .where = AT(use.idle_addresses), .high = UINT32_MAX},
    {"min-pool-size", "N", "as for cnicalc terway; it changes nothing", OPTION_COUNT,
     .where = AT(use.min_pool_size), .high = UINT32_MAX},
    CEILINGS_OPTIONS_AS(struct audit_request, ceilings, CEILINGS, "as for cnicalc flannel"),
    OPTION_CATALOG(struct audit_request, catalog),
    {.kind = OPTION_GROUP, .group = unread_options, .help = UNREAD},
    {.kind = OPTION_GROUP,
     .group = node_options,
     .where = AT(unread.node),
     .only = NODE_SHOWN,
     .help = UNREAD},
    CHECK_UNREAD_OPTIONS(struct audit_request, unread.plan, unread.options),
    OPTIONS_END};

#undef AT

/* ---- The answer ---- */

struct row {
    struct audit_sums sums;
    uint32_t addresses_last;
    struct growing rows;
    struct list node_pools;
    struct list zones;
    struct list usages;
    struct words notes;
};

#define AT(member) offsetof(struct row, member)

static const struct field fields[] = {
    {"nodes", "Nodes", "how many nodes there are", FIELD_COUNT, .where = AT(sums.all.nodes)},
    {"judged_nodes", "Judged", "those of them that are judged", FIELD_COUNT,
     .where = AT(sums.all.judged_nodes)},
    {"unread_rows", NULL, "rows that cannot be read", FIELD_COUNT, .where = AT(sums.unread_rows)},
    {"pods_now", "Pods now", "pods with an address that these accept now", FIELD_COUNT,
     .where = AT(sums.all.pods_now)},
    {"possible_pods", "Possible pods", "what they could serve", FIELD_COUNT,
     .where = AT(sums.all.possible_pods)},
    {"headroom", "Headroom", "the headroom of each added up", FIELD_COUNT,
     .where = AT(sums.all.headroom)},
    {"pods_without_address", "Pods without address",
     "pods that they accept and have no address for", FIELD_COUNT,
     .where = AT(sums.all.pods_without_address)},
    {"addresses_last", "Addresses last",
     "whether the addresses of every zone last when all nodes are full; null where that is not "
     "known",
     FIELD_BOOL, .where = AT(addresses_last)},
    {"rows", NULL, "a row for each node; TSV has these alone", FIELD_LIST, .where = AT(rows.list),
     .of = audit_row_fields},
    {"node_pools", "", "a row for each node pool", FIELD_LIST, .where = AT(node_pools),
     .of = audit_pool_fields},
    {"zones", "", "a row for each zone", FIELD_LIST, .where = AT(zones), .of = audit_zone_fields},
    {"usages", "",
     "what is in use of addresses, of the quota of nodes and, with Flannel, of routes", FIELD_LIST,
     .where = AT(usages), .of = usage_fields},
    {"notes", NULL, "remarks, in sentences", FIELD_WORDS, .where = AT(notes)},
    FIELDS_END};

#undef AT

/* ---- Answering ---- */

/* The texts are those of the line, which the next one overwrites. */
static void add_row(struct audit_row *row, struct growing *rows)
{
    row->node = memory_copy_text(row->node);
    row->instance_type = memory_copy_text(row->instance_type);
    row->zone = memory_copy_text(row->zone);
    row->node_pool = memory_copy_text(row->node_pool);
    row->reason = memory_copy_text(row->reason);
    growing_add(rows, row);
}

/* Reads and judges all rows; TSV is written as they come, in the room of one. Returns 1, or 0 after
 * a complaint. */
static int read_rows(const struct args *args, const struct audit_request *request,
                     enum output_format format, struct row *out)
{
    struct audit_rows *rows = memory_take(1, sizeof *rows);
    struct audit_node node;
    struct columns columns;
    struct text_buffer lines = {NULL, 0, 0};
    const char *why = NULL;
    if (!audit_rows_begin(args->subcommand, rows)) {
        return 0;
    }
    columns_of(audit_row_fields, NULL, &columns);
    output_tsv_head(&lines, &columns);
    while (audit_rows_next(rows, &node, &why)) {
        struct audit_row row;
        audit_judge(request, &node, &row);
        if (why != NULL) {
            row.kind = 0;
            row.mode = 0;
            row.reason = why;
        }
        audit_add(&out->sums, &row);
        if (format == OUTPUT_TSV) {
            output_tsv_row(&lines, &columns, &row);
            output_flush_long(&lines);
        } else if (format != OUTPUT_OPENMETRICS) {
            add_row(&row, &out->rows);
        }
    }
    if (rows->reader->failure != NULL) {
        complain(args->subcommand, "stdin", "cannot read: %s", rows->reader->failure);
        return 0;
    }
    if (format == OUTPUT_TSV) {
        output_flush(&lines);
    }
    return 1;
}

/* Not where one zone does not; and where all do that have nodes. */
static uint32_t all_last(const struct list *zones)
{
    const struct audit_zone *rows = zones->rows;
    uint32_t is_unknown = 0;
    uint32_t is_judged = 0;
    for (size_t i = 0; i < zones->count; i++) {
        if (rows[i].addresses_last == 0) {
            return 0;
        }
        is_judged |= rows[i].addresses_last == 1;
        is_unknown |= rows[i].addresses_last == CNICALC_UNKNOWN && rows[i].total.judged_nodes != 0;
    }
    return is_judged && !is_unknown ? 1 : CNICALC_UNKNOWN;
}

/* Whose the addresses in use are decides. */
static void note_unknown(const struct audit_zone *zone, struct answer *answer, struct words *notes)
{
    struct text_buffer note = {NULL, 0, 0};
    if (zone->addresses_last == CNICALC_UNKNOWN && zone->short_addresses != CNICALC_UNKNOWN_COUNT) {
        text_add_zone(&note, zone->total.name);
        text_add(&note,
                 ": whether its addresses last is not known; they do if %" PRIu64
                 " of those in use are these nodes' and pods' own, and the exit status takes it "
                 "for yes",
                 zone->short_addresses);
        answer_note(answer, notes, note.text);
    }
}

static void add_notes(const struct audit_request *request, const struct list *zones,
                      uint64_t prefix_nodes, struct answer *answer, struct words *notes)
{
    const struct audit_zone *rows = zones->rows;
    for (size_t i = 0; i < zones->count && request->vswitches.count != 0; i++) {
        note_unknown(&rows[i], answer, notes);
        if (rows[i].usable_addresses == CNICALC_UNKNOWN_COUNT && rows[i].total.judged_nodes != 0) {
            struct text_buffer note = {NULL, 0, 0};
            if (rows[i].total.name == NULL) {
                text_add_plain(&note, "nodes without a zone");
            } else {
                text_add_zone(&note, rows[i].total.name);
            }
            text_add_plain(&note, ": no vSwitch is given, so its addresses are not judged");
            answer_note(answer, notes, note.text);
        }
    }
    if (prefix_nodes != 0 && request->node.ipv4_prefix_count == CNICALC_UNKNOWN) {
        answer_note(answer, notes,
                    "in mode prefix possible pods are what fits: a node has as many prefixes as "
                    "ipv4_prefix_count said when it joined");
    }
}

static int run(const struct args *args, void *asked, struct answer *answer)
{
    struct audit_request *request = asked;
    struct row row;
    memset(&row, 0, sizeof row);
    row.rows.list.size = sizeof(struct audit_row);
    if (!plan_vswitches(args, &request->plan, &request->vswitches) ||
        !instance_source_open(args->subcommand, request->catalog, &request->source) ||
        !read_rows(args, request, answer->format, &row)) {
        return EXIT_MALFORMED;
    }
    row.zones = audit_zones(request, &row.sums);
    const struct usages usages = audit_usages(request, &row.sums, &row.zones);
    row.addresses_last = all_last(&row.zones);
    row.usages = usage_list(&usages);
    row.node_pools.rows = row.sums.node_pools.items;
    row.node_pools.count = row.sums.node_pools.count;
    row.node_pools.size = sizeof *row.sums.node_pools.items;
    size_t beyond = usage_warn(&usages, answer, args->subcommand);
    if (answer->format != OUTPUT_TSV) {
        add_notes(request, &row.zones, row.sums.all.prefix_nodes, answer, &row.notes);
        answer_below(answer, &row.rows.list, audit_row_fields);
        answer_record(answer, fields, &row, sizeof row);
    }
    if (answer->format == OUTPUT_OPENMETRICS) {
        answer->rendered = audit_metrics(&row.sums, &row.zones, &usages);
    }
    return row.sums.unread_rows == 0 && row.addresses_last != 0 && beyond == 0 ? EXIT_ANSWERED
                                                                               : EXIT_NO;
}

const struct command audit_command = {
    .name = "audit",
    .summary = "what the nodes of a running cluster run, and what they could",
    .usage = "[OPTION...] <ROWS",
    .about = "Reads nodes from stdin, a line each, as a recipe makes them of what kubectl says: "
             "kubectl get nodes -o json | jq -rnf nodes.jq | cnicalc audit. The mode of a node "
             "follows from what is on it. Exit status 1 when addresses do not last, when more "
             "than --warn-at is in use, or for a row that cannot be read.",
    .examples = "printf 'node\\tinstance_type\\tmax_available_ip\\na\\tc7.4xlarge\\t210\\n' |\\\n"
                "  cnicalc audit",
    .instead = "rows come from stdin, one a line",
    .options = options,
    .fields = fields,
    .formats = OUTPUT_TEXTS | OUTPUT_BIT(OUTPUT_OPENMETRICS),
    .request_size = sizeof(struct audit_request),
    .init = init,
    .run = run,
};
