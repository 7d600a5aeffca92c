/* SPDX-License-Identifier: MIT */
/* cnicalc conntrack: connections that a DataPath V2 node can track. */
#include "../command.h"
#include "../base/complaint.h"
#include "../answer/explain.h"
#include "../ask/number.h"

#include <cnicalc.h>
#include <string.h>

/* Decimals of --memory-gib and of --ratio. */
#define GIB_PLACES   9
#define GIB_SCALE    UINT64_C(1000000000)
#define RATIO_PLACES 6

#define GIB_SHIFT 30
#define GIB_MAX   ((UINT64_C(1) << (64 - GIB_SHIFT)) - 1)

static const struct option options[] = {
    {"memory-gib", 1}, {"ratio", 1},    {"max-pods", 1},     {"tcp", 1},     {"any", 1},
    {"nat", 1},        {"neighbor", 1}, {"sock-rev-nat", 1}, {"explain", 0}, {NULL, 0},
};

static const struct column columns[] = {
    {"memory_bytes", "Memory, bytes"},
    {"ratio", "Ratio"},
    {"budget_bytes", "Budget, bytes"},
    {"tcp", "TCP connections"},
    {"any", "Other connections"},
    {"nat", "NAT entries"},
    {"neighbor", "Neighbors"},
    {"sock_rev_nat", "Socket reverse NAT entries"},
    {"max_pods", "Pods"},
    {"tcp_per_pod", "TCP connections per pod"},
    {"any_per_pod", "Other connections per pod"},
    {"bound_by.tcp", "TCP bound by"},
    {"bound_by.any", "Other bound by"},
    {"bound_by.nat", NULL},
    {"bound_by.neighbor", NULL},
    {"bound_by.sock_rev_nat", NULL},
};

/* Bytes, cut to whole ones. */
static int parse_memory(const struct args *args, uint64_t *out_bytes)
{
    const char *text = args_value(args, "memory-gib");
    uint64_t scaled = 0;
    if (text == NULL) {
        complain(args->subcommand, "--memory-gib", "none is given; see cnicalc conntrack --help");
        return 0;
    }
    if (!number_parse_decimal(text, strlen(text), GIB_PLACES, &scaled) ||
        scaled / GIB_SCALE > GIB_MAX) {
        return args_refuse(
            args, "memory-gib",
            "not a number such as 16 or 0.5, below 2^34, with at most nine decimals");
    }
    *out_bytes =
        ((scaled / GIB_SCALE) << GIB_SHIFT) + ((scaled % GIB_SCALE) << GIB_SHIFT) / GIB_SCALE;
    if (*out_bytes == 0) {
        return args_refuse(args, "memory-gib", cnicalc_status_string(CNICALC_ERR_CONNTRACK_MEMORY));
    }
    return 1;
}

static int parse_ratio(const struct args *args, uint32_t *out_millionths)
{
    const uint64_t most = 1000000;
    const char *text = args_value(args, "ratio");
    uint64_t scaled = 0;
    if (text == NULL) {
        return 1;
    }
    if (!number_parse_decimal(text, strlen(text), RATIO_PLACES, &scaled) || scaled == 0 ||
        scaled > most) {
        return args_refuse(args, "ratio",
                           "not a number from 0.000001 to 1, with at most six decimals");
    }
    *out_millionths = (uint32_t)scaled;
    return 1;
}

static int parse_options(const struct args *args, cnicalc_conntrack_options *tables)
{
    const uint64_t most = UINT32_MAX;
    expect_ok(cnicalc_conntrack_options_init(tables, sizeof *tables));
    return args_no_operands(args) && parse_memory(args, &tables->memory_bytes) &&
           parse_ratio(args, &tables->ratio_millionths) &&
           args_number(args, "max-pods", 1, most, &tables->max_pods) &&
           args_number(args, "tcp", 1, most, &tables->tcp_entries) &&
           args_number(args, "any", 1, most, &tables->any_entries) &&
           args_number(args, "nat", 1, most, &tables->nat_entries) &&
           args_number(args, "neighbor", 1, most, &tables->neighbor_entries) &&
           args_number(args, "sock-rev-nat", 1, most, &tables->sock_rev_nat_entries);
}

static struct value *make_bounds(const cnicalc_conntrack_result *result)
{
    struct value *bounds = value_record();
    value_put(bounds, "tcp", value_text(cnicalc_conntrack_limit_name(result->tcp_bound_by)));
    value_put(bounds, "any", value_text(cnicalc_conntrack_limit_name(result->any_bound_by)));
    value_put(bounds, "nat", value_text(cnicalc_conntrack_limit_name(result->nat_bound_by)));
    value_put(bounds, "neighbor",
              value_text(cnicalc_conntrack_limit_name(result->neighbor_bound_by)));
    value_put(bounds, "sock_rev_nat",
              value_text(cnicalc_conntrack_limit_name(result->sock_rev_nat_bound_by)));
    return bounds;
}

/* As few digits as say it. */
static struct value *make_ratio(uint32_t millionths)
{
    uint32_t places = RATIO_PLACES;
    while (places > 0 && millionths % 10 == 0) {
        millionths /= 10;
        places--;
    }
    return value_decimal(millionths, places);
}

static struct value *make_record(const cnicalc_conntrack_options *tables,
                                 const cnicalc_conntrack_result *result)
{
    struct value *record = value_record();
    value_put(record, "tcp", value_count(result->tcp_entries));
    value_put(record, "any", value_count(result->any_entries));
    value_put(record, "nat", value_count(result->nat_entries));
    value_put(record, "neighbor", value_count(result->neighbor_entries));
    value_put(record, "sock_rev_nat", value_count(result->sock_rev_nat_entries));
    value_put(record, "memory_bytes", value_count(tables->memory_bytes));
    value_put(record, "ratio", make_ratio(tables->ratio_millionths));
    value_put(record, "budget_bytes", value_count(result->budget_bytes));
    value_put(record, "max_pods",
              tables->max_pods == 0 ? value_null() : value_count(tables->max_pods));
    value_put(record, "tcp_per_pod", value_count(result->tcp_per_pod));
    value_put(record, "any_per_pod", value_count(result->any_per_pod));
    value_put(record, "bound_by", make_bounds(result));
    return record;
}

static int run(const struct args *args, struct answer *answer)
{
    cnicalc_conntrack_options tables;
    cnicalc_conntrack_result result;
    if (!parse_options(args, &tables)) {
        return EXIT_MALFORMED;
    }
    expect_ok(cnicalc_conntrack_solve(&tables, &result)); /* memory and ratio are in range */
    answer_record(answer, make_record(&tables, &result), columns,
                  sizeof columns / sizeof columns[0]);
    if (args_given(args, "explain")) {
        explain_put(answer, answer->document, explain_conntrack(&result));
    }
    return EXIT_ANSWERED;
}

const struct command conntrack_command = {
    "conntrack", "connections that a DataPath V2 node can track",
    "Usage: cnicalc conntrack --memory-gib N [OPTION...]\n"
    "\n"
    "Entries of the connection tables of a node with DataPath V2. A connection takes\n"
    "one; a full table evicts its oldest.\n"
    "\n"
    "  --memory-gib N      the node's memory, such as 16 or 0.5, cut to whole bytes\n"
    "  --ratio R           the share of it for the tables (default 0.0025)\n"
    "  --max-pods N        pods on the node: connections for each of them\n"
    "  --tcp N             a size set by hand, in entries\n"
    "  --any N             likewise, for every protocol but TCP\n"
    "  --nat N             likewise\n"
    "  --neighbor N        likewise\n"
    "  --sock-rev-nat N    likewise\n"
    "  --explain           the rule, its numbers and its source in a paragraph\n"
    "  -o table|json|tsv\n"
    "\n"
    "Example: cnicalc conntrack --memory-gib 16 --max-pods 210\n",
    options, run};
