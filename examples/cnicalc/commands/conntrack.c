/* SPDX-License-Identifier: MIT */
/* cnicalc conntrack: connections that a DataPath V2 node can track. */
#include "../answer/explain.h"
#include "../ask/number.h"
#include "../base/complaint.h"
#include "../command.h"

#include <cnicalc.h>
#include <string.h>

/* Decimals of --memory-gib and of --ratio. */
#define GIB_PLACES   9
#define GIB_SCALE    UINT64_C(1000000000)
#define RATIO_PLACES 6

#define GIB_SHIFT 30
#define GIB_MAX   ((UINT64_C(1) << (64 - GIB_SHIFT)) - 1)

struct request {
    cnicalc_conntrack_options tables;
    uint32_t explain;
};

/* Bytes, cut to whole ones. */
static int parse_memory(const struct asking *asking, void *member)
{
    uint64_t scaled = 0;
    if (!number_parse_decimal(asking->text, strlen(asking->text), GIB_PLACES, &scaled) ||
        scaled / GIB_SCALE > GIB_MAX) {
        return asking_refuse(
            asking, "not a number such as 16 or 0.5, below 2^34, with at most nine decimals");
    }
    uint64_t bytes =
        ((scaled / GIB_SCALE) << GIB_SHIFT) + ((scaled % GIB_SCALE) << GIB_SHIFT) / GIB_SCALE;
    *(uint64_t *)member = bytes;
    return bytes != 0 ||
           asking_refuse(asking, "%s", cnicalc_status_string(CNICALC_ERR_CONNTRACK_MEMORY));
}

static int parse_ratio(const struct asking *asking, void *member)
{
    const uint64_t most = 1000000;
    uint64_t scaled = 0;
    if (!number_parse_decimal(asking->text, strlen(asking->text), RATIO_PLACES, &scaled) ||
        scaled == 0 || scaled > most) {
        return asking_refuse(asking, "not a number from 0.000001 to 1, with at most six decimals");
    }
    *(uint32_t *)member = (uint32_t)scaled;
    return 1;
}

#define AT(member) offsetof(struct request, member)

static const struct option options[] = {
    {"memory-gib", "N", "the node's memory, such as 16 or 0.5, cut to whole bytes", OPTION_VALUE,
     .where = AT(tables.memory_bytes), .parse = parse_memory, .is_required = 1,
     .more = "At most nine decimals."},
    {"ratio", "R", "the share of it for the tables (default 0.0025)", OPTION_VALUE,
     .where = AT(tables.ratio_millionths), .parse = parse_ratio, .more = "At most six decimals."},
    {"max-pods", "N", "pods on the node: connections for each of them", OPTION_COUNT,
     .where = AT(tables.max_pods), .low = 1, .high = UINT32_MAX},
    {"tcp", "N", "a size set by hand, in entries", OPTION_COUNT, .where = AT(tables.tcp_entries),
     .low = 1, .high = UINT32_MAX},
    {"any", "N", "the same for every protocol but TCP", OPTION_COUNT,
     .where = AT(tables.any_entries), .low = 1, .high = UINT32_MAX},
    {"nat", "N", "the same for NAT", OPTION_COUNT, .where = AT(tables.nat_entries), .low = 1,
     .high = UINT32_MAX},
    {"neighbor", "N", "the same for neighbors", OPTION_COUNT, .where = AT(tables.neighbor_entries),
     .low = 1, .high = UINT32_MAX},
    {"sock-rev-nat", "N", "the same for socket reverse NAT", OPTION_COUNT,
     .where = AT(tables.sock_rev_nat_entries), .low = 1, .high = UINT32_MAX},
    OPTION_EXPLAIN(struct request, explain),
    OPTIONS_END};

#undef AT

struct row {
    cnicalc_conntrack_options tables;
    cnicalc_conntrack_result result;
    struct decimal ratio;
    const char *explain; /* or NULL */
};

#define AT(member) offsetof(struct row, member)

static const struct field fields[] = {
    {"memory_bytes", "Memory, bytes", "the node's memory", FIELD_COUNT,
     .where = AT(tables.memory_bytes)},
    {"ratio", "Ratio", "the share of it for the tables", FIELD_DECIMAL, .where = AT(ratio)},
    {"budget_bytes", "Budget, bytes", "what the tables share", FIELD_COUNT,
     .where = AT(result.budget_bytes)},
    {"tcp", "TCP connections", "entries for TCP", FIELD_COUNT, .where = AT(result.tcp_entries)},
    {"any", "Other connections", "entries for every other protocol", FIELD_COUNT,
     .where = AT(result.any_entries)},
    {"nat", "NAT entries", "entries for NAT", FIELD_COUNT, .where = AT(result.nat_entries)},
    {"neighbor", "Neighbors", "entries for neighbors", FIELD_COUNT,
     .where = AT(result.neighbor_entries)},
    {"sock_rev_nat", "Socket reverse NAT entries", "entries for socket reverse NAT", FIELD_COUNT,
     .where = AT(result.sock_rev_nat_entries)},
    {"max_pods", "Pods", "pods on the node, as given", FIELD_COUNT, .where = AT(tables.max_pods),
     .null_for_zero = 1},
    {"tcp_per_pod", "TCP connections per pod", "TCP entries for each of them", FIELD_COUNT,
     .where = AT(result.tcp_per_pod)},
    {"any_per_pod", "Other connections per pod", "other entries for each of them", FIELD_COUNT,
     .where = AT(result.any_per_pod)},
    {"bound_by.tcp", "TCP bound by", "what decides: memory, least, most or by_hand", FIELD_NAME,
     .where = AT(result.tcp_bound_by), .name_of = cnicalc_conntrack_limit_name},
    {"bound_by.any", "Other bound by", "the same of the other tables", FIELD_NAME,
     .where = AT(result.any_bound_by), .name_of = cnicalc_conntrack_limit_name},
    {"bound_by.nat", NULL, "", FIELD_NAME, .where = AT(result.nat_bound_by),
     .name_of = cnicalc_conntrack_limit_name},
    {"bound_by.neighbor", NULL, "", FIELD_NAME, .where = AT(result.neighbor_bound_by),
     .name_of = cnicalc_conntrack_limit_name},
    {"bound_by.sock_rev_nat", NULL, "", FIELD_NAME, .where = AT(result.sock_rev_nat_bound_by),
     .name_of = cnicalc_conntrack_limit_name},
    FIELD_EXPLAIN(struct row, explain),
    FIELDS_END};

#undef AT

static void init(void *asked)
{
    struct request *request = asked;
    expect_ok(cnicalc_conntrack_options_init(&request->tables, sizeof request->tables));
}

static int run(const struct args *args, void *asked, struct answer *answer)
{
    const struct request *request = asked;
    struct row row = {request->tables, {0}, {request->tables.ratio_millionths, RATIO_PLACES}, NULL};
    (void)args;
    expect_ok(
        cnicalc_conntrack_solve(&row.tables, &row.result)); /* memory and ratio are in range */
    row.ratio = decimal_shortest(row.ratio);
    row.explain = request->explain ? explain_conntrack(&row.result) : NULL;
    answer_record(answer, fields, &row, sizeof row);
    answer_explain(answer, row.explain);
    return EXIT_ANSWERED;
}

const struct command conntrack_command = {
    .name = "conntrack",
    .summary = "connections that a DataPath V2 node can track",
    .usage = "--memory-gib N [OPTION...]",
    .about = "Entries of the connection tables of a node with DataPath V2. A connection takes one; "
             "a full table evicts its oldest.",
    .examples = "cnicalc conntrack --memory-gib 16 --max-pods 210",
    .options = options,
    .fields = fields,
    .has_one_answer = 1,
    .request_size = sizeof(struct request),
    .init = init,
    .run = run,
};
