/* SPDX-License-Identifier: MIT */
#include "usage.h"

#include "../base/memory.h"
#include "../base/text_buffer.h"

#include <inttypes.h>
#include <string.h>

#define AT(member) offsetof(struct usage, member)

static const char *limit_of(uint32_t limit)
{
    return limit == CNICALC_LIMIT_NONE ? "zone_addresses" : cnicalc_limit_name(limit);
}

const struct field usage_fields[] = {
    {"limit", "IN USE", "zone_addresses, the addresses of a zone; or the name of a limit",
     FIELD_NAME, .where = AT(limit), .name_of = limit_of},
    {"zone", "ZONE", "the zone of addresses", FIELD_TEXT, .where = AT(zone)},
    {"used", "USED", "what is in use", FIELD_COUNT, .where = AT(used)},
    {"available", "OF", "what there is in all", FIELD_COUNT, .where = AT(available)},
    {"used_percent", "PERCENT", "the same as a percentage", FIELD_DECIMAL, .where = AT(percent)},
    {"is_beyond", NULL, "whether that is more than --warn-at", FIELD_BOOL, .where = AT(is_beyond)},
    FIELDS_END};

#undef AT

/* floor(number * percent / 100), which does not overflow. */
static uint64_t part_of(uint64_t number, uint64_t percent)
{
    return number / 100 * percent + number % 100 * percent / 100;
}

/* In tenths; of nothing, all is in use. */
static struct decimal percent_of(uint64_t used, uint64_t available)
{
    const struct decimal percent = {available == 0 || used > UINT64_MAX / 1000
                                        ? CNICALC_UNKNOWN_COUNT
                                        : used * 1000 / available,
                                    1};
    return percent;
}

void usage_add(struct usages *usages, uint32_t limit, const char *zone, uint64_t used,
               uint64_t available)
{
    if (available == CNICALC_NO_LIMIT) {
        return;
    }
    if (usages->count == usages->capacity) {
        size_t capacity = usages->capacity == 0 ? 16 : usages->capacity * 2;
        struct usage *items = memory_take(capacity, sizeof *items);
        if (usages->count != 0) {
            memcpy(items, usages->items, usages->count * sizeof *items);
        }
        usages->items = items;
        usages->capacity = capacity;
    }
    const struct usage usage = {limit,
                                zone,
                                used,
                                available,
                                usages->warn_at == 0 ? CNICALC_UNKNOWN
                                                     : used > part_of(available, usages->warn_at),
                                percent_of(used, available)};
    usages->items[usages->count++] = usage;
}

struct list usage_list(const struct usages *usages)
{
    const struct list list = {usages->items, usages->count, sizeof *usages->items};
    return list;
}

size_t usage_warn(const struct usages *usages, struct answer *answer, const char *subcommand)
{
    size_t count = 0;
    for (size_t i = 0; i < usages->count; i++) {
        const struct usage *usage = &usages->items[i];
        if (usage->is_beyond != 1) {
            continue;
        }
        count++;
        if (usage->limit == CNICALC_LIMIT_NONE) {
            struct text_buffer zone = {NULL, 0, 0};
            text_add_zone(&zone, usage->zone);
            answer_warn(answer, subcommand, zone.text,
                        "%" PRIu64 " of %" PRIu64 " addresses are in use, more than %" PRIu32 " %%",
                        usage->used, usage->available, usages->warn_at);
        } else {
            answer_warn(answer, subcommand, cnicalc_limit_name(usage->limit),
                        "%" PRIu64 " of %" PRIu64 " are in use, more than %" PRIu32 " %%",
                        usage->used, usage->available, usages->warn_at);
        }
    }
    return count;
}

/* One of the two numbers of all zones, or of all limits. */
static void add_samples(const struct usages *usages, int of_zones, int is_used,
                        struct openmetrics *metrics)
{
    for (size_t i = 0; i < usages->count; i++) {
        const struct usage *usage = &usages->items[i];
        const struct openmetrics_label labels[2] = {
            {"zone", usage->zone}, {"limit", of_zones ? NULL : cnicalc_limit_name(usage->limit)}};
        if (of_zones == (usage->limit == CNICALC_LIMIT_NONE)) {
            openmetrics_sample(metrics, labels, is_used ? usage->used : usage->available);
        }
    }
}

void usage_metrics(const struct usages *usages, struct openmetrics *metrics)
{
    openmetrics_family(metrics, "cnicalc_zone_addresses", "Usable addresses of the vSwitches.");
    add_samples(usages, 1, 0, metrics);
    openmetrics_family(metrics, "cnicalc_zone_used_addresses", "Those of them that are in use.");
    add_samples(usages, 1, 1, metrics);
    openmetrics_family(metrics, "cnicalc_limit", "What a limit allows.");
    add_samples(usages, 0, 0, metrics);
    openmetrics_family(metrics, "cnicalc_limit_used", "What is in use of it.");
    add_samples(usages, 0, 1, metrics);
}
