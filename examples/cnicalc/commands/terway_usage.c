/* SPDX-License-Identifier: MIT */
/* What cnicalc terway says of what is in use, for --warn-at and for Prometheus. */
#include "../base/complaint.h"
#include "terway.h"

#include <string.h>

/* The addresses of the vSwitches of a zone, or of all for CNICALC_UNKNOWN. */
static void add_up(const struct terway_request *request, uint32_t zone, uint64_t *out_used,
                   uint64_t *out_usable)
{
    *out_used = 0;
    *out_usable = 0;
    for (size_t i = 0; i < request->vswitches.count; i++) {
        const cnicalc_vswitch *vswitch = &request->vswitches.vswitches[i];
        cnicalc_vswitch_room room;
        if (zone == CNICALC_UNKNOWN || vswitch->zone == zone) {
            expect_ok(cnicalc_vswitch_solve(vswitch, &room));
            *out_used += vswitch->used_addresses;
            *out_usable += room.usable_addresses;
        }
    }
}

static uint64_t needed_of(const cnicalc_terway_zone *zone, uint32_t limit)
{
    const cnicalc_limit_row *row = cnicalc_limit_find(zone->limits, zone->limit_count, limit);
    return row == NULL ? 0 : row->needed;
}

/* Of a zone: what is in use, and what the pools take besides. */
static void add_zone(const struct terway_request *request, const struct zone_row *row,
                     struct usages *usages)
{
    uint64_t used = 0;
    uint64_t usable = 0;
    add_up(request, row->zone.zone, &used, &usable);
    used += needed_of(&row->zone, CNICALC_LIMIT_POD_VSWITCH_ADDRESSES) +
            needed_of(&row->zone, CNICALC_LIMIT_NODE_VSWITCH_ADDRESSES);
    usage_add(usages, CNICALC_LIMIT_NONE, row->name, used, usable);
}

/* What is in use of a quota without the pools. */
static uint64_t in_use(const struct terway_request *request, uint32_t limit)
{
    uint64_t used = 0;
    uint64_t usable = 0;
    if (limit == CNICALC_LIMIT_SECURITY_GROUP_QUOTA) {
        return request->options.ceilings.security_group_used;
    }
    if (limit == CNICALC_LIMIT_VPC_ADDRESS_QUOTA) {
        add_up(request, CNICALC_UNKNOWN, &used, &usable);
    }
    return used;
}

/* The quotas that the pools were judged by. */
static void add_quotas(const struct terway_request *request, const struct terway_outcome *outcome,
                       struct usages *usages)
{
    static const uint32_t quotas[] = {CNICALC_LIMIT_VPC_ADDRESS_QUOTA,
                                      CNICALC_LIMIT_SECURITY_GROUP_QUOTA, CNICALC_LIMIT_NODE_QUOTA,
                                      CNICALC_LIMIT_POD_QUOTA, CNICALC_LIMIT_IPVLAN_POD_QUOTA};
    cnicalc_ceilings ceilings = request->options.ceilings;
    ceilings.security_group_used = 0; /* it counts as used */
    for (size_t i = 0; i < sizeof quotas / sizeof quotas[0]; i++) {
        const cnicalc_limit_row *row =
            cnicalc_limit_find(outcome->limits, outcome->limit_count, quotas[i]);
        uint64_t available = 0;
        if (row != NULL && row->available != CNICALC_NO_LIMIT &&
            cnicalc_ceiling_value(&ceilings, CNICALC_PLUGIN_TERWAY, quotas[i], &available) ==
                CNICALC_OK) {
            usage_add(usages, quotas[i], NULL, row->needed + in_use(request, quotas[i]), available);
        }
    }
}

static void add_zone_nodes(const struct list *zones, struct openmetrics *metrics)
{
    const struct zone_row *rows = zones->rows;
    openmetrics_family(metrics, "cnicalc_zone_max_nodes", "Nodes that a zone holds.");
    for (size_t i = 0; i < zones->count; i++) {
        const struct openmetrics_label labels[2] = {{"zone", rows[i].name}, {NULL, NULL}};
        openmetrics_sample(metrics, labels, rows[i].zone.max_nodes);
    }
}

static const char *make_metrics(const struct terway_outcome *outcome, const struct usages *usages)
{
    const struct openmetrics_label none[2] = {{NULL, NULL}, {NULL, NULL}};
    struct openmetrics metrics = {{NULL, 0, 0}, NULL, NULL};
    for (size_t i = 0; i < outcome->number_count; i++) {
        openmetrics_family(&metrics, outcome->numbers[i].name, outcome->numbers[i].help);
        openmetrics_sample(&metrics, none, outcome->numbers[i].value);
    }
    if (outcome->limits == NULL) {
        add_zone_nodes(outcome->zones, &metrics);
    }
    usage_metrics(usages, &metrics);
    return openmetrics_end(&metrics);
}

int terway_end(const struct args *args, const struct terway_request *request,
               const struct terway_outcome *outcome, struct answer *answer)
{
    const struct zone_row *rows = outcome->zones->rows;
    struct usages usages = {NULL, 0, 0, request->warn_at};
    for (size_t i = 0; i < outcome->zones->count; i++) {
        add_zone(request, &rows[i], &usages);
    }
    if (outcome->limits != NULL) {
        add_quotas(request, outcome, &usages);
    }
    if (answer->format == OUTPUT_OPENMETRICS) {
        answer->rendered = make_metrics(outcome, &usages);
    }
    return usage_warn(&usages, answer, args->subcommand) != 0 || !outcome->fits ? EXIT_NO
                                                                                : EXIT_ANSWERED;
}
