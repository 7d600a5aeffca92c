/* SPDX-License-Identifier: MIT */
/* The node pools of cnicalc terway: whether they fit. */
#include "../answer/limits.h"
#include "../ask/ceilings.h"
#include "../ask/nearest.h"
#include "../ask/number.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "terway.h"

#include <string.h>

enum { KEY_MODE, KEY_PODS, KEY_COUNT };

static const struct named_form form = {"ZONE=TYPE[,mode=M][,pods=N][,count=N]",
                                       {"mode", "pods", "count"}};

/* A number of 32 bits from 1 on; text may be NULL. */
static int parse_key(const struct asking *asking, const char *key, const char *text,
                     uint64_t *number)
{
    if (text == NULL) {
        return 1;
    }
    return (number_parse(text, strlen(text), number) && *number != 0 && *number <= UINT32_MAX) ||
           asking_refuse(asking, "%s= is not a whole number from 1 to 4294967295", key);
}

int terway_parse_pool(const struct asking *asking, void *member)
{
    struct pools *pools = member;
    struct named named;
    if (pools->items == NULL) {
        pools->items = memory_take(asking->args->given_count, sizeof *pools->items);
    }
    struct pool_text *pool = &pools->items[pools->count];
    pool->count = 1;
    if (!named_parse(asking, &form, &named) ||
        (named.extras[KEY_MODE] != NULL &&
         !choices_parse(&mode_choices, asking->args->subcommand,
                        "--pool mode=", named.extras[KEY_MODE], &pool->mode)) ||
        !parse_key(asking, "pods", named.extras[KEY_PODS], &pool->pods) ||
        !parse_key(asking, "count", named.extras[KEY_COUNT], &pool->count)) {
        return 0;
    }
    pool->label = asking->label;
    pool->zone = named.name;
    pool->type = named.value;
    pools->count++;
    return 1;
}

/* ---- The answer ---- */

struct pool_row {
    const char *zone;
    const char *type;
    cnicalc_terway_pool pool;
    uint64_t prefixes; /* or CNICALC_UNKNOWN_COUNT */
    uint64_t pods;
};

#define AT(member) offsetof(struct pool_row, member)

static const struct field pool_fields[] = {
    {"zone", "POOL IN ZONE", "the zone of a pool", FIELD_TEXT, .where = AT(zone)},
    {"instance_type", "INSTANCE TYPE", "the type of its nodes", FIELD_TEXT, .where = AT(type)},
    {"mode", "MODE", "their Terway mode", FIELD_NAME, .where = AT(pool.node.mode),
     .name_of = cnicalc_mode_name},
    {"nodes", "NODES", "nodes of the pool", FIELD_COUNT, .where = AT(pool.count)},
    {"pods_per_node", "PODS/NODE", "pods that each runs", FIELD_COUNT,
     .where = AT(pool.node.pods_per_node)},
    {"pods", "PODS", "pods of the pool", FIELD_COUNT, .where = AT(pods)},
    {"addresses_per_node", "ADDRESSES/NODE", "single addresses that the pods of a node take",
     FIELD_COUNT, .where = AT(pool.node.addresses)},
    {"prefixes_per_node", NULL, "/28 prefixes that they take, in mode prefix", FIELD_COUNT,
     .where = AT(prefixes)},
    {"joins", "JOINS", "whether ACK accepts the nodes", FIELD_BOOL, .where = AT(pool.node.joins)},
    FIELDS_END};

#undef AT
#define AT(member) offsetof(struct zone_row, member)

static const struct field zone_fields[] = {
    {"zone", "ZONE", "the name of the zone", FIELD_TEXT, .where = AT(name)},
    {"nodes", "NODES", "nodes of its pools", FIELD_COUNT, .where = AT(zone.nodes)},
    {"node_addresses", "NODE ADDRESSES",
     "free addresses of its node vSwitches; null where the cluster has none", FIELD_COUNT,
     .where = AT(zone.node_addresses)},
    {"needed_addresses", "NEEDED", "addresses that its pods take", FIELD_COUNT,
     .where = AT(needed_addresses)},
    {"usable_addresses", "POD ADDRESSES", "free addresses of its pod vSwitches", FIELD_COUNT,
     .where = AT(zone.usable_addresses)},
    {"needed_prefixes", NULL, "/28 blocks that its pods take", FIELD_COUNT,
     .where = AT(needed_prefixes)},
    {"usable_prefixes", NULL, "free /28 blocks of its pod vSwitches", FIELD_COUNT,
     .where = AT(zone.usable_prefixes)},
    {"max_nodes", NULL, "null", FIELD_TEXT, .where = AT(none)},
    {"fits", "FITS", "whether its nodes fit", FIELD_BOOL, .where = AT(zone.fits)},
    {"bound_by", NULL, "the first limit that is short", FIELD_NAME, .where = AT(zone.bound_by),
     .name_of = cnicalc_limit_name, .null_for_zero = 1},
    {"reason", "REASON", "what is short, in sentences", FIELD_TEXT, .where = AT(reason)},
    {"limits", NULL, "what is needed and available by each limit", FIELD_NEEDS,
     .where = AT(zone.limits), .count_where = AT(zone.limit_count)},
    FIELDS_END};

#undef AT

struct row {
    cnicalc_terway_fit_result result;
    cnicalc_ceilings ceilings;
    const char *reason; /* or NULL */
    struct list pools;
    struct list zones;
    struct list shortages;
    struct words notes;
    const char *none; /* null */
};

#define AT(member) offsetof(struct row, member)

const struct field terway_pool_fields[] = {
    {"max_nodes", NULL, "null with --pool", FIELD_TEXT, .where = AT(none)},
    {"max_pods", NULL, "", FIELD_TEXT, .where = AT(none)},
    {"pods_per_node", NULL, "", FIELD_TEXT, .where = AT(none)},
    {"nodes", "Nodes", "nodes of all pools", FIELD_COUNT, .where = AT(result.nodes)},
    {"pods", "Pods", "pods that they run", FIELD_COUNT, .where = AT(result.pods)},
    {"fits", "Fits", "whether nothing is short", FIELD_BOOL, .where = AT(result.fits)},
    {"fits_with_default_pool", NULL,
     "whether each node can hold Terway's default of 5 idle addresses", FIELD_BOOL,
     .where = AT(result.fits_with_default_pool)},
    {"fits_with_burst", "Fits with bursts", "with --burst, whether there is room for them",
     FIELD_BOOL, .where = AT(result.fits_with_burst)},
    {"fits_with_surge", "Fits with surge",
     "with --surge or --max-unavailable, whether the nodes of any one pool can be replaced",
     FIELD_BOOL, .where = AT(result.fits_with_surge)},
    {"burst_addresses", "Addresses in bursts", "with --burst, those that pods hold beside",
     FIELD_COUNT, .where = AT(result.burst_addresses)},
    {"surge_addresses", "Addresses of surge",
     "with --surge or --max-unavailable, the most that are held beside", FIELD_COUNT,
     .where = AT(result.surge_addresses)},
    {"best_case", NULL, "whether an ENI may find fewer addresses than the sum says", FIELD_BOOL,
     .where = AT(result.best_case)},
    {"bound_by", "Short of", "the first limit that is short", FIELD_NAME,
     .where = AT(result.bound_by), .name_of = cnicalc_limit_name, .null_for_zero = 1},
    {.kind = FIELD_GROUP, .of = ceilings_fields, .where = AT(ceilings)},
    {"reason", "Reason", "what is short, in sentences", FIELD_TEXT, .where = AT(reason)},
    {"shortages", NULL, "each limit that is short", FIELD_LIST, .where = AT(shortages),
     .of = shortage_fields},
    {"limits", NULL, "what is needed and available by each limit", FIELD_NEEDS,
     .where = AT(result.limits), .count_where = AT(result.limit_count)},
    {"pools", "", "a row for each pool", FIELD_LIST, .where = AT(pools), .of = pool_fields},
    {"zones", "", "a row for each zone, judged by its own addresses alone", FIELD_LIST,
     .where = AT(zones), .of = zone_fields},
    {"notes", NULL, "remarks, in sentences", FIELD_WORDS, .where = AT(notes)},
    FIELDS_END};

#undef AT

/* ---- Answering ---- */

static int refuse_zone(const struct args *args, const struct names *zones,
                       const struct pool_text *pool)
{
    const char *why = cnicalc_status_string(CNICALC_ERR_TERWAY_POOL_ZONE);
    struct nearest search = nearest_to(pool->zone);
    for (uint32_t i = 0; i < zones->count; i++) {
        nearest_offer(&search, zones->texts[i]);
    }
    if (search.best != NULL) {
        complain(args->subcommand, pool->label, "%s; did you mean %.60s?", why, search.best);
    } else {
        complain(args->subcommand, pool->label, "%s; give a --pod-vswitch there", why);
    }
    return 0;
}

/* Fills in the row of a pool. */
static int make_pool(const struct args *args, const struct terway_request *request,
                     const struct pool_text *text, struct pool_row *row)
{
    cnicalc_instance instance;
    cnicalc_node_options node = request->node;
    cnicalc_terway_pool *pool = &row->pool;
    node.mode = text->mode != 0 ? text->mode : node.mode;
    const struct node_question question = {text->label, text->type, &node,
                                           text->mode != 0 ? "mode=" : "--mode ", text->pods};
    if (!names_find(&request->plan.zones, text->zone, &pool->zone)) {
        return refuse_zone(args, &request->plan.zones, text);
    }
    if (!terway_node(args, request, &question, &instance, &pool->node)) {
        return 0;
    }
    pool->count = text->count;
    row->zone = text->zone;
    row->type = memory_copy_text(instance.name);
    row->pods = text->count * pool->node.pods_per_node; /* both are below 2^32 */
    row->prefixes =
        node.mode == CNICALC_MODE_IP_PREFIX ? pool->node.prefixes : CNICALC_UNKNOWN_COUNT;
    return 1;
}

static uint64_t held_of_group(const cnicalc_terway_fit_result *result)
{
    const cnicalc_limit_row *row =
        cnicalc_limit_find(result->limits, result->limit_count, CNICALC_LIMIT_SECURITY_GROUP_QUOTA);
    return row == NULL ? 0 : row->needed;
}

/* What was not asked for is not known. */
static void leave_out(const struct args *args, const struct terway_request *request,
                      cnicalc_terway_fit_result *result)
{
    if (request->use.burst_pods == 0) {
        result->fits_with_burst = CNICALC_UNKNOWN;
        result->burst_addresses = CNICALC_UNKNOWN_COUNT;
    }
    if (!args_given(args, "surge") && !args_given(args, "max-unavailable")) {
        result->fits_with_surge = CNICALC_UNKNOWN;
        result->surge_addresses = CNICALC_UNKNOWN_COUNT;
    }
}

static int answer_fit(const struct args *args, const struct terway_request *request,
                      const cnicalc_terway_cluster *cluster, struct row *row, struct answer *answer)
{
    cnicalc_terway_zone *zones = memory_take(request->plan.zones.count, sizeof *zones);
    const cnicalc_terway_fit_result *result = &row->result;
    size_t count = 0;
    cnicalc_status status = cnicalc_terway_fit(cluster, &request->options, &row->result, NULL);
    if (status == CNICALC_OK) {
        status = cnicalc_terway_fit_zones(cluster, zones, request->plan.zones.count, &count, NULL);
    }
    if (status != CNICALC_OK) {
        return complain(args->subcommand, "--pool", "%s", cnicalc_status_string(status));
    }
    const struct list needs = limits_needs(result->limits, result->limit_count);
    row->ceilings = request->options.ceilings;
    row->reason = limits_reason(result->limits, result->limit_count);
    row->shortages = limits_shortages(result->limits, result->limit_count);
    row->zones = terway_zones(request, zones, count);
    for (size_t i = 0; i < row->pools.count; i++) {
        const struct pool_row *pool = &((const struct pool_row *)row->pools.rows)[i];
        terway_note_trunk(request, pool->type, &pool->pool.node, answer, &row->notes);
    }
    terway_note_masks(request, answer, &row->notes);
    terway_note_fallbacks(request, &row->zones, answer, &row->notes);
    terway_note_quota(request, answer, &row->notes);
    terway_note_security_group(request, held_of_group(result), answer, &row->notes);
    leave_out(args, request, &row->result);
    answer_record(answer, terway_pool_fields, row, sizeof *row);
    answer_below(answer, &needs, need_fields);
    const struct terway_number numbers[] = {
        {"cnicalc_fits", "1: the node pools fit.", result->fits},
        {"cnicalc_nodes", "Nodes of all pools.", result->nodes},
        {"cnicalc_pods", "Pods that they run.", result->pods}};
    const struct terway_outcome outcome = {
        &row->zones, result->limits, result->limit_count, numbers, 3, (int)result->fits};
    return terway_end(args, request, &outcome, answer);
}

int terway_answer_pools(const struct args *args, const struct terway_request *request,
                        struct answer *answer)
{
    size_t count = request->pools.count;
    struct pool_row *rows = memory_take(count, sizeof *rows);
    cnicalc_terway_pool *pools = memory_take(count, sizeof *pools);
    cnicalc_terway_cluster cluster = terway_cluster(request);
    struct row row;
    memset(&row, 0, sizeof row);
    for (size_t i = 0; i < count; i++) {
        if (!make_pool(args, request, &request->pools.items[i], &rows[i])) {
            return EXIT_MALFORMED;
        }
        pools[i] = rows[i].pool;
    }
    row.pools.rows = rows;
    row.pools.count = count;
    row.pools.size = sizeof *rows;
    cluster.pools = pools;
    cluster.pool_count = count;
    return answer_fit(args, request, &cluster, &row, answer);
}
