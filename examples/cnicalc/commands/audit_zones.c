/* SPDX-License-Identifier: MIT */
/* Whether the addresses of the zones last for the nodes of cnicalc audit. */
#include "../answer/limits.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "audit.h"

#include <string.h>

#define AT(member) offsetof(struct audit_total, member)

/* Of each sum. */
#define SUMS                                                                                       \
    {"nodes", "NODES", "how many nodes there are", FIELD_COUNT, .where = AT(nodes)},               \
        {"judged_nodes", "JUDGED", "those of them that are judged", FIELD_COUNT,                   \
         .where = AT(judged_nodes)},                                                               \
        {"pods_now", "NOW", "pods with an address that these accept now", FIELD_COUNT,             \
         .where = AT(pods_now)},                                                                   \
        {"possible_pods", "POSSIBLE", "what they could serve", FIELD_COUNT,                        \
         .where = AT(possible_pods)},                                                              \
        {"headroom", "HEADROOM", "the headroom of each added up", FIELD_COUNT,                     \
         .where = AT(headroom)},                                                                   \
    {                                                                                              \
        "pods_without_address", "NO ADDRESS", "pods that they accept and have no address for",     \
            FIELD_COUNT, .where = AT(pods_without_address)                                         \
    }

const struct field audit_pool_fields[] = {
    {"node_pool", "NODE POOL", "the id of the node pool", FIELD_TEXT, .where = AT(name)},
    SUMS,
    FIELDS_END};

static const struct field sum_fields[] = {SUMS, FIELDS_END};

#undef AT
#define AT(member) offsetof(struct audit_zone, member)

const struct field audit_zone_fields[] = {
    {"zone", "ZONE", "the name of the zone", FIELD_TEXT, .where = AT(total.name)},
    {.kind = FIELD_GROUP, .of = sum_fields, .where = AT(total)},
    {"usable_addresses", "ADDRESSES", "usable addresses of its vSwitches", FIELD_COUNT,
     .where = AT(usable_addresses)},
    {"used_addresses", "USED", "those of them that are in use", FIELD_COUNT,
     .where = AT(used_addresses)},
    {"needed_addresses", "NEEDED", "what the judged nodes and their pods take when all are full",
     FIELD_COUNT, .where = AT(needed_addresses)},
    {"addresses_last", "LAST",
     "whether that lasts: true, even if others than these nodes and pods hold all that is in use; "
     "false, even if no other does; null between, or where no vSwitch of the zone is given",
     FIELD_BOOL, .where = AT(addresses_last)},
    {"short_addresses", "UNLESS HELD",
     "how many of the addresses in use must be held by these nodes and pods so that it lasts",
     FIELD_COUNT, .where = AT(short_addresses)},
    {"reason", "REASON", "what is short, in sentences", FIELD_TEXT, .where = AT(reason)},
    FIELDS_END};

#undef AT

/* ---- The question to the library ---- */

/* The vSwitches of a zone, all in use given up to the nodes' own addresses, or all of it. */
static size_t gather_vswitches(const struct audit_request *request, uint32_t zone, uint64_t own,
                               cnicalc_vswitch *vswitches)
{
    size_t count = 0;
    for (size_t i = 0; i < request->vswitches.count; i++) {
        cnicalc_vswitch vswitch = request->vswitches.vswitches[i];
        if (vswitch.zone != zone) {
            continue;
        }
        if ((vswitch.roles & CNICALC_VSWITCH_NODE) != 0 || own == CNICALC_UNKNOWN_COUNT) {
            uint64_t taken = own < vswitch.used_addresses ? own : vswitch.used_addresses;
            vswitch.used_addresses -= taken;
            own -= own == CNICALC_UNKNOWN_COUNT ? 0 : taken;
        }
        vswitches[count++] = vswitch;
    }
    return count;
}

/* Judges the groups of a zone by vSwitches of which `own` addresses in use are the nodes' own. */
static cnicalc_terway_zone ask(const struct audit_request *request, const struct audit_sums *sums,
                               size_t index, uint32_t zone, uint64_t own)
{
    cnicalc_vswitch *vswitches = memory_take(request->vswitches.count, sizeof *vswitches);
    cnicalc_terway_pool *pools = memory_take(sums->group_count + 1, sizeof *pools);
    cnicalc_terway_zone answer;
    cnicalc_terway_cluster cluster = {vswitches, 0, pools, 0};
    size_t count = 0;
    cluster.vswitch_count = gather_vswitches(request, zone, own, vswitches);
    for (size_t i = 0; i < sums->group_count; i++) {
        if (sums->groups[i].zone == index) {
            cnicalc_terway_pool *pool = &pools[cluster.pool_count++];
            pool->node = sums->groups[i].demand;
            pool->count = sums->groups[i].count;
            pool->zone = zone;
        }
    }
    expect_ok(cnicalc_terway_fit_zones(&cluster, &answer, 1, &count, NULL));
    return answer;
}

static uint64_t needed_of(const cnicalc_terway_zone *zone, uint32_t limit)
{
    const cnicalc_limit_row *row = cnicalc_limit_find(zone->limits, zone->limit_count, limit);
    return row == NULL ? 0 : row->needed;
}

/* The greatest shortage, in addresses. */
static uint64_t find_short(const cnicalc_terway_zone *zone)
{
    uint64_t most = 0;
    for (uint32_t i = 0; i < zone->limit_count; i++) {
        const cnicalc_limit_row *row = &zone->limits[i];
        uint64_t unit = row->counts == CNICALC_COUNTS_PREFIXES ? 16 : 1;
        if (row->needed > row->available && (row->needed - row->available) * unit > most) {
            most = (row->needed - row->available) * unit;
        }
    }
    return most;
}

/* ---- Zones ---- */

static void add_room(const struct audit_request *request, uint32_t zone, struct audit_zone *row)
{
    row->usable_addresses = 0;
    row->used_addresses = 0;
    for (size_t i = 0; i < request->vswitches.count; i++) {
        const cnicalc_vswitch *vswitch = &request->vswitches.vswitches[i];
        cnicalc_vswitch_room room;
        if (vswitch->zone == zone) {
            expect_ok(cnicalc_vswitch_solve(vswitch, &room));
            row->usable_addresses += room.usable_addresses;
            row->used_addresses += vswitch->used_addresses;
        }
    }
}

/* At worst the addresses in use are others', but for one of each node; at best they are all of
 * these nodes and pods. */
static void judge(const struct audit_request *request, const struct audit_sums *sums, size_t index,
                  uint32_t zone, struct audit_zone *row)
{
    const cnicalc_terway_zone worst = ask(request, sums, index, zone, row->total.judged_nodes);
    const cnicalc_terway_zone best = ask(request, sums, index, zone, CNICALC_UNKNOWN_COUNT);
    const cnicalc_terway_zone *shown = best.fits ? &worst : &best;
    add_room(request, zone, row);
    row->needed_addresses = needed_of(&worst, CNICALC_LIMIT_POD_VSWITCH_ADDRESSES) +
                            needed_of(&worst, CNICALC_LIMIT_NODE_VSWITCH_ADDRESSES);
    row->addresses_last = worst.fits ? 1 : best.fits ? CNICALC_UNKNOWN : 0;
    row->reason = limits_reason(shown->limits, shown->limit_count);
    if (row->addresses_last == CNICALC_UNKNOWN) {
        row->short_addresses = find_short(&worst);
    }
}

struct list audit_zones(const struct audit_request *request, const struct audit_sums *sums)
{
    struct audit_zone *rows = memory_take(sums->zones.count + 1, sizeof *rows);
    const struct list list = {rows, sums->zones.count, sizeof *rows};
    for (size_t i = 0; i < sums->zones.count; i++) {
        uint32_t zone = CNICALC_UNKNOWN;
        rows[i].total = sums->zones.items[i];
        rows[i].usable_addresses = CNICALC_UNKNOWN_COUNT;
        rows[i].used_addresses = CNICALC_UNKNOWN_COUNT;
        rows[i].needed_addresses = CNICALC_UNKNOWN_COUNT;
        rows[i].short_addresses = CNICALC_UNKNOWN_COUNT;
        rows[i].addresses_last = CNICALC_UNKNOWN;
        if (rows[i].total.name != NULL &&
            names_find(&request->plan.zones, rows[i].total.name, &zone)) {
            judge(request, sums, i, zone, &rows[i]);
        }
    }
    return list;
}

/* ---- What is in use ---- */

/* A limit on all nodes, of which some are there. One that is not published is left out. */
static void add_limit(const struct audit_request *request, uint32_t plugin, uint32_t limit,
                      uint64_t used, struct usages *usages)
{
    cnicalc_ceilings ceilings = request->ceilings;
    uint64_t available = 0;
    ceilings.routes_used = 0; /* those count as used */
    if (cnicalc_ceiling_value(&ceilings, plugin, limit, &available) == CNICALC_OK) {
        usage_add(usages, limit, NULL, used, available);
    }
}

struct usages audit_usages(const struct audit_request *request, const struct audit_sums *sums,
                           const struct list *zones)
{
    const struct audit_zone *rows = zones->rows;
    uint64_t routed = sums->all.flannel_nodes;
    uint32_t plugin = routed != 0 ? CNICALC_PLUGIN_FLANNEL : CNICALC_PLUGIN_TERWAY;
    struct usages usages = {NULL, 0, 0, request->warn_at};
    for (size_t i = 0; i < zones->count; i++) {
        usage_add(&usages, CNICALC_LIMIT_NONE, rows[i].total.name, rows[i].used_addresses,
                  rows[i].usable_addresses);
    }
    add_limit(request, plugin, CNICALC_LIMIT_NODE_QUOTA, sums->all.nodes, &usages);
    if (routed != 0) {
        add_limit(request, plugin, CNICALC_LIMIT_ROUTE_QUOTA,
                  routed + request->ceilings.routes_used, &usages);
    }
    return usages;
}

/* ---- For Prometheus ---- */

/* What is a number of each zone or node pool. */
static const struct family {
    const char *name; /* after "cnicalc_zone_" and "cnicalc_node_pool_" */
    const char *help;
    size_t where;
} families[] = {
    {"nodes", "Nodes.", offsetof(struct audit_total, nodes)},
    {"judged_nodes", "Nodes whose pods are known.", offsetof(struct audit_total, judged_nodes)},
    {"accepted_pods", "Pods with an address that the nodes accept now.",
     offsetof(struct audit_total, pods_now)},
    {"possible_pods", "Pods that the nodes could serve.",
     offsetof(struct audit_total, possible_pods)},
    {"headroom_pods", "Possible pods that the nodes do not accept now.",
     offsetof(struct audit_total, headroom)},
    {"pods_without_address", "Pods that the nodes accept and have no address for.",
     offsetof(struct audit_total, pods_without_address)},
};

/* The families of totals that begin each of some rows. */
static void add_totals(const char *label, const struct list *list, struct openmetrics *metrics)
{
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
        struct text_buffer name = {NULL, 0, 0};
        text_add(&name, "cnicalc_%s_%s", label, families[i].name);
        openmetrics_family(metrics, name.text, families[i].help);
        for (size_t j = 0; j < list->count; j++) {
            const struct audit_total *total =
                (const void *)((const char *)list->rows + j * list->size);
            const struct openmetrics_label labels[2] = {
                {label, total->name == NULL ? "" : total->name}, {NULL, NULL}};
            uint64_t value = 0;
            memcpy(&value, (const char *)total + families[i].where, sizeof value);
            openmetrics_sample(metrics, labels, value);
        }
    }
}

static void add_needs(const struct list *zones, struct openmetrics *metrics)
{
    const struct audit_zone *rows = zones->rows;
    openmetrics_family(metrics, "cnicalc_zone_needed_addresses",
                       "Addresses of the nodes and their pods when all are full.");
    for (size_t i = 0; i < zones->count; i++) {
        const struct openmetrics_label labels[2] = {{"zone", rows[i].total.name}, {NULL, NULL}};
        openmetrics_sample(metrics, labels, rows[i].needed_addresses);
    }
}

const char *audit_metrics(const struct audit_sums *sums, const struct list *zones,
                          const struct usages *usages)
{
    struct openmetrics metrics = {{NULL, 0, 0}, NULL, NULL};
    const struct list pools = {sums->node_pools.items, sums->node_pools.count,
                               sizeof *sums->node_pools.items};
    add_totals("zone", zones, &metrics);
    add_totals("node_pool", &pools, &metrics);
    usage_metrics(usages, &metrics);
    add_needs(zones, &metrics);
    return openmetrics_end(&metrics);
}
