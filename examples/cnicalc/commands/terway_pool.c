/* SPDX-License-Identifier: MIT */
/* The node pools of cnicalc terway: whether they fit. */
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../ask/nearest.h"
#include "../ask/node_options.h"
#include "../ask/number.h"
#include "terway_request.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct named_form form = {"pool", "ZONE=TYPE[,mode=M][,count=N]", {"mode", "count"}};

static const struct column columns[] = {
    {"nodes", "Nodes"},     {"pods", "Pods"},           {"fits", "Fits"}, {"bound_by", "Short of"},
    {"edition", "Edition"}, {"raised", "Raised quota"}, {"limits", NULL}, {"zones", NULL},
};

static const struct column limit_columns[] = {
    {"limit", "LIMIT"}, {"needed", "NEEDED"}, {"available", "AVAILABLE"}, {"fits", "FITS"}};

static const struct column zone_columns[] = {
    {"zone", "ZONE"},
    {"nodes", "NODES"},
    {"node_addresses", "NODE ADDRESSES"},
    {"needed_addresses", "NEEDED"},
    {"usable_addresses", "POD ADDRESSES"},
    {"fits", "FITS"},
};

static int refuse_zone(const struct terway_request *request, const char *text, const char *zone)
{
    char why[160];
    const char *status = cnicalc_status_string(CNICALC_ERR_TERWAY_POOL_ZONE);
    struct nearest search = nearest_to(zone);
    for (uint32_t i = 0; i < request->zones.count; i++) {
        nearest_offer(&search, request->zones.texts[i]);
    }
    if (search.best != NULL) {
        snprintf(why, sizeof why, "%s; did you mean %.60s?", status, search.best);
    } else {
        snprintf(why, sizeof why, "%s; give a --vswitch there", status);
    }
    return args_refuse_value(request->args, form.option, text, why);
}

static int parse_pool(const struct terway_request *request, const char *text,
                      cnicalc_terway_pool *out_pool)
{
    const struct args *args = request->args;
    struct named named;
    cnicalc_instance instance;
    cnicalc_node_options node = request->node;
    uint64_t count = 1;
    if (!named_parse(args, &form, text, &named)) {
        return 0;
    }
    if (!names_find(&request->zones, named.name, &out_pool->zone)) {
        return refuse_zone(request, text, named.name);
    }
    if (named.extras[0] != NULL &&
        !terway_parse_mode(args, "--pool mode=", named.extras[0], &node.mode)) {
        return 0;
    }
    if (named.extras[1] != NULL &&
        (!number_parse(named.extras[1], strlen(named.extras[1]), &count) || count == 0 ||
         count > UINT32_MAX)) {
        return args_refuse_value(args, form.option, text,
                                 "count= is not a whole number from 1 to 4294967295");
    }
    if (!instance_source_find(&request->source, args_label(form.option, text), named.value,
                              &instance)) {
        return 0;
    }
    out_pool->count = count;
    cnicalc_status status =
        cnicalc_terway_node_from_type(&instance, &node, request->idle_addresses, &out_pool->node);
    if (status != CNICALC_OK) {
        node_options_refuse(args->subcommand, &instance, &node,
                            named.extras[0] != NULL ? "mode=" : "--mode ", status);
    }
    return status == CNICALC_OK;
}

/* A record of every limit; and a row for each that something is needed of. */
static struct value *make_limits(const cnicalc_terway_fit_result *result, struct value *rows)
{
    struct value *limits = value_record();
    for (uint32_t i = CNICALC_TERWAY_LIMIT_POD_VSWITCH; i < CNICALC_TERWAY_LIMIT_COUNT; i++) {
        const char *name = cnicalc_terway_limit_name(i);
        struct value *limit = value_record();
        value_put(limit, "needed", value_count(result->needed[i]));
        value_put(limit, "available", value_count(result->available[i]));
        value_put(limits, name, limit);
        if (result->needed[i] != 0 && result->available[i] != CNICALC_NO_LIMIT) {
            struct value *row = value_record();
            value_put(row, "limit", value_text(name));
            value_put(row, "needed", value_count(result->needed[i]));
            value_put(row, "available", value_count(result->available[i]));
            value_put(row, "fits", value_bool(result->needed[i] <= result->available[i]));
            value_add(rows, row);
        }
    }
    return limits;
}

static struct value *make_zones(const struct terway_request *request,
                                const cnicalc_terway_fit_zone *zones, size_t count)
{
    struct value *list = value_list();
    for (size_t i = 0; i < count; i++) {
        const cnicalc_terway_fit_zone *zone = &zones[i];
        struct value *row = value_record();
        value_put(row, "zone", value_text(request->zones.texts[zone->zone]));
        value_put(row, "usable_addresses", value_count(zone->available_addresses));
        value_put(row, "max_nodes", value_null());
        value_put(row, "nodes", value_count(zone->nodes));
        value_put(row, "needed_addresses", value_count(zone->needed_addresses));
        value_put(row, "needed_prefixes", value_count(zone->needed_prefixes));
        value_put(row, "usable_prefixes", value_count(zone->available_prefixes));
        value_put(row, "node_addresses", value_count(zone->node_addresses));
        value_put(row, "fits", value_bool(zone->fits != 0));
        value_put(row, "bound_by",
                  zone->fits ? value_null()
                             : value_text(cnicalc_terway_limit_name(zone->bound_by)));
        value_add(list, row);
    }
    return list;
}

static struct value *make_record(const struct terway_request *request,
                                 const cnicalc_terway_fit_result *result)
{
    struct value *record = value_record();
    value_put(record, "max_nodes", value_null());
    value_put(record, "max_pods", value_null());
    value_put(record, "pods_per_node", value_null());
    value_put(record, "bound_by",
              result->fits ? value_null()
                           : value_text(cnicalc_terway_limit_name(result->bound_by)));
    value_put(record, "fits", value_bool(result->fits != 0));
    value_put(record, "nodes", value_count(result->nodes));
    value_put(record, "pods", value_count(result->pods));
    value_put(record, "edition", value_text(cnicalc_edition_name(request->options.edition)));
    value_put(record, "raised", value_bool(request->options.raised != 0));
    return record;
}

static void fill_answer(const struct terway_request *request,
                        const cnicalc_terway_fit_result *result,
                        const cnicalc_terway_fit_zone *zones, size_t zone_count,
                        struct answer *answer)
{
    struct value *limit_rows = value_list();
    answer_old_record(answer, make_record(request, result), columns,
                      sizeof columns / sizeof columns[0]);
    value_put(answer->document, "limits", make_limits(result, limit_rows));
    value_put(answer->document, "zones", make_zones(request, zones, zone_count));
    answer_old_below(answer, limit_rows, limit_columns,
                     sizeof limit_columns / sizeof limit_columns[0]);
    answer_old_below(answer, answer->document->last, zone_columns,
                     sizeof zone_columns / sizeof zone_columns[0]);
}

int terway_answer_pools(const struct terway_request *request, struct answer *answer)
{
    const struct args *args = request->args;
    cnicalc_terway_pool *pools = memory_take(args->given_count, sizeof *pools);
    cnicalc_terway_fit_zone *zones = memory_take(request->vswitch_count, sizeof *zones);
    cnicalc_terway_fit_result result;
    size_t pool_count = 0;
    size_t zone_count = 0;
    size_t position = 0;
    const char *text = args_next(args, form.option, &position);
    while (text != NULL) {
        if (!parse_pool(request, text, &pools[pool_count++])) {
            return EXIT_MALFORMED;
        }
        text = args_next(args, form.option, &position);
    }
    cnicalc_status status =
        cnicalc_terway_fit(request->vswitches, request->vswitch_count, pools, pool_count,
                           &request->options, &result, zones, request->vswitch_count, &zone_count);
    if (status != CNICALC_OK) {
        return terway_refuse(request, "--pool", status);
    }
    fill_answer(request, &result, zones, zone_count, answer);
    return result.fits ? EXIT_ANSWERED : EXIT_NO;
}
