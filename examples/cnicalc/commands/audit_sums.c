/* SPDX-License-Identifier: MIT */
/* Sums of cnicalc audit: by zone, by node pool, and of equal nodes. */
#include "../base/memory.h"
#include "audit.h"

#include <string.h>

/* Room for one more in an array that doubles; items is a copy then. */
static void *grow(void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity) {
        return items;
    }
    size_t larger = *capacity == 0 ? 16 : *capacity * 2;
    void *copy = memory_take(larger, size);
    if (count != 0) {
        memcpy(copy, items, count * size);
    }
    *capacity = larger;
    return copy;
}

static int is_named(const struct audit_total *total, const char *name)
{
    return name == NULL || total->name == NULL ? name == total->name
                                               : strcmp(name, total->name) == 0;
}

/* The index of the total of a name, which is added if it is new. */
static size_t find_total(struct audit_totals *totals, const char *name)
{
    size_t index = 0;
    while (index < totals->count && !is_named(&totals->items[index], name)) {
        index++;
    }
    if (index == totals->count) {
        totals->items = grow(totals->items, index, &totals->capacity, sizeof *totals->items);
        totals->items[index].name = memory_copy_text(name);
        totals->count++;
    }
    return index;
}

static uint64_t known(uint64_t count)
{
    return count == CNICALC_UNKNOWN_COUNT ? 0 : count;
}

static void count_row(struct audit_total *total, const struct audit_row *row)
{
    total->nodes++;
    if (row->reason != NULL) {
        return;
    }
    total->judged_nodes++;
    total->pods_now += known(row->pods_now);
    total->possible_pods += known(row->possible_pods);
    total->headroom += known(row->headroom);
    total->pods_without_address += known(row->pods_without_address);
    total->prefix_nodes += row->mode == CNICALC_MODE_IP_PREFIX;
    total->flannel_nodes += row->kind == CNICALC_NODE_KIND_FLANNEL;
}

static void count_demand(struct audit_sums *sums, size_t zone, const cnicalc_terway_node *demand)
{
    size_t index = 0;
    while (index < sums->group_count &&
           (sums->groups[index].zone != zone ||
            memcmp(&sums->groups[index].demand, demand, sizeof *demand) != 0)) {
        index++;
    }
    if (index == sums->group_count) {
        sums->groups = grow(sums->groups, index, &sums->group_capacity, sizeof *sums->groups);
        sums->groups[index].zone = zone;
        sums->groups[index].demand = *demand;
        sums->group_count++;
    }
    sums->groups[index].count++;
}

void audit_add(struct audit_sums *sums, const struct audit_row *row)
{
    if (row->kind == 0) {
        sums->unread_rows++;
        return;
    }
    size_t zone = find_total(&sums->zones, row->zone);
    size_t pool = find_total(&sums->node_pools, row->node_pool);
    count_row(&sums->all, row);
    count_row(&sums->zones.items[zone], row);
    count_row(&sums->node_pools.items[pool], row);
    if (row->reason == NULL) {
        count_demand(sums, zone, &row->demand);
    }
}
