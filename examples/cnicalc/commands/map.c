/* SPDX-License-Identifier: MIT */
/* cnicalc map: an address plan drawn to scale. */
#include "../draw/map.h"

#include "../command.h"
#include "../base/complaint.h"

#include <string.h>

/* Those of cnicalc check, so that its command line can be kept. */
static const struct option options[] = {
    OLD_REPEATED("vpc"),
    OLD_REPEATED("vswitch"),
    OLD_REPEATED("pod-vswitch"),
    OLD_REPEATED("pod-cidr"),
    OLD_REPEATED("service-cidr"),
    OLD_REPEATED("other"),
    OLD_REPEATED("other-service"),
    OLD_REPEATED("other-vswitch"),
    OLD_VALUE("plugin"),
    OLD_VALUE("node-mask"),
    OLD_VALUE("edition"),
    OLD_FLAG("raised"),
    OLD_VALUE("nodes"),
    OLD_VALUE("pods"),
    OLD_VALUE("services"),
    OLD_VALUE("routes-used"),
    OPTIONS_END,
};

static const struct column columns[] = {
    {"range", NULL},         {"kind", NULL},     {"role", NULL}, {"name", NULL},
    {"cidr", NULL},          {"first", NULL},    {"last", NULL}, {"addresses", NULL},
    {"share_percent", NULL}, {"overlaps", NULL},
};

static struct value *make_address(uint64_t lo)
{
    const cnicalc_address address = {0, lo, CNICALC_FAMILY_IPV4, 0};
    return value_address(&address);
}

static struct value *text_or_null(const char *text)
{
    return text == NULL ? value_null() : value_text(text);
}

static struct value *make_record(const struct map_bar *bar, const struct map_piece *piece)
{
    struct value *record = value_record();
    value_put(record, "range", value_text(bar->cidr));
    value_put(record, "kind", value_text(bar->kind));
    value_put(record, "role", value_text(piece->role));
    value_put(record, "name", text_or_null(piece->name));
    value_put(record, "cidr", text_or_null(piece->cidr));
    value_put(record, "first", make_address(piece->first));
    value_put(record, "last", make_address(piece->last));
    value_put(record, "addresses", value_count(piece->last - piece->first + 1));
    value_put(record, "share_percent", value_decimal(map_permille(bar, piece), 1));
    value_put(record, "overlaps", value_bool(piece->overlap != MAP_CLEAR));
    return record;
}

static void warn_ipv6(const struct args *args, const struct plan_args *plan, struct answer *answer)
{
    for (size_t i = 0; i < plan->count; i++) {
        if (plan->blocks[i].cidr.family == CNICALC_FAMILY_IPV6) {
            answer_warn(answer, args->subcommand, plan->texts[i], "only IPv4 blocks are drawn");
        }
    }
}

/* What cnicalc check alone reads changes nothing here, but must be well-formed. Returns 1, or 0
 * after a complaint. */
static int check_unread(const struct args *args)
{
    uint32_t plugin = 0;
    uint32_t edition = 0;
    uint32_t node_mask = 0;
    uint64_t count = 0;
    return (!args_given(args, "plugin") || plan_args_plugin(args, &plugin)) &&
           args_edition(args, &edition) && args_number32(args, "node-mask", 1, &node_mask) &&
           args_number(args, "nodes", 1, UINT64_MAX / 2, &count) &&
           args_number(args, "pods", 1, UINT64_MAX / 2, &count) &&
           args_number(args, "services", 0, UINT64_MAX / 2, &count) &&
           args_number(args, "routes-used", 0, UINT64_MAX / 2, &count);
}

static int run(const struct args *args, struct answer *answer)
{
    struct plan_args blocks;
    struct map_plan plan;
    if (!args_no_operands(args) || !check_unread(args) ||
        !plan_args_parse(args, PLAN_REFUSE_HOST_BITS, &blocks)) {
        return EXIT_MALFORMED;
    }
    map_plan_make(&blocks, &plan);
    if (plan.count == 0) {
        return complain(args->subcommand, "plan", "there is no IPv4 block to draw; give --vpc");
    }
    warn_ipv6(args, &blocks, answer);
    answer->document = value_list();
    answer->rows = answer->document;
    answer->columns = columns;
    answer->column_count = sizeof columns / sizeof columns[0];
    for (size_t i = 0; i < plan.count; i++) {
        for (size_t j = 0; j < plan.bars[i].count; j++) {
            value_add(answer->document, make_record(&plan.bars[i], &plan.bars[i].pieces[j]));
        }
    }
    answer->lines = map_text(&plan);
    answer->image = map_svg(&plan);
    return EXIT_ANSWERED;
}

const struct command map_command = {
    .name = "map",
    .summary = "an address plan drawn to scale, with what is free",
    .options = options,
    .formats = OUTPUT_PICTURES,
    .old_run = run,
    .help = "Usage: cnicalc map --vpc CIDR... [OPTION...]\n"
            "\n"
            "Draws the blocks of an address plan: a bar for each block of the VPC, and one\n"
            "for each private range that is used, with what is free in between.\n"
            "\n"
            "  --vpc CIDR                  a block of the VPC, each once\n"
            "  --vswitch ZONE=CIDR         a vSwitch for nodes, each once\n"
            "  --pod-vswitch ZONE=CIDR     a vSwitch for pods, each once\n"
            "  --pod-cidr CIDR             the pod CIDR\n"
            "  --service-cidr CIDR         the Service CIDR\n"
            "  --other NAME=CIDR           a connected network, or another pod CIDR\n"
            "  --other-service NAME=CIDR   the Service CIDR of another cluster of the VPC\n"
            "  --other-vswitch NAME=CIDR   a vSwitch of the VPC that others use\n"
            "  -o table|json|tsv|svg       table is text; svg one picture\n"
            "\n"
            "The other options of cnicalc check may be given and change nothing. A map does\n"
            "not judge a plan, but marks what overlaps.\n"
            "\n"
            "Example: cnicalc map --vpc 192.168.0.0/16 --vswitch I=192.168.0.0/19 \\\n"
            "           --pod-vswitch I=192.168.32.0/19 --service-cidr 172.21.0.0/20\n"};
