/* SPDX-License-Identifier: MIT */
#include "types.h"

#include <stdlib.h>
#include <string.h>

static uint64_t widen(uint32_t quantity)
{
    return quantity == CNICALC_UNKNOWN ? TYPES_ABSENT : quantity;
}

static uint64_t sort_value(const cnicalc_instance *instance, const struct types_row *row,
                           enum types_sort_key key)
{
    switch (key) {
    case TYPES_SORT_VCPUS:
        return widen(instance->vcpus);
    case TYPES_SORT_MEMORY:
        return widen(instance->memory_mib);
    case TYPES_SORT_ENIS:
        return widen(instance->eni_quantity);
    case TYPES_SORT_IPV4:
        return widen(instance->eni_private_ip_address_quantity);
    case TYPES_SORT_IPV6:
        return widen(instance->eni_ipv6_address_quantity);
    case TYPES_SORT_PODS:
        return row->max_pods;
    case TYPES_SORT_PODS_PER_VCPU:
    case TYPES_SORT_NAME: /* it is no number; see types_sort() */
    case TYPES_SORT_KEYS:
    default:
        return row->pods_per_vcpu;
    }
}

static int by_name(const void *left, const void *right)
{
    const struct types_row *a = left;
    const struct types_row *b = right;
    return strcmp(a->instance->name, b->instance->name);
}

/* Equal rows keep their order. */
static int by_value(const void *left, const void *right)
{
    const struct types_row *a = left;
    const struct types_row *b = right;
    if (a->sort_value != b->sort_value) {
        return a->sort_value < b->sort_value ? -1 : 1;
    }
    return (a->place > b->place) - (a->place < b->place);
}

static void reverse(struct types_row *rows, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        struct types_row other = rows[i];
        rows[i] = rows[count - 1 - i];
        rows[count - 1 - i] = other;
    }
}

void types_sort(struct types_row *rows, size_t count, const struct types_filter *filter)
{
    if (filter->sort_key == TYPES_SORT_NAME) {
        qsort(rows, count, sizeof *rows, by_name);
        if (filter->descending) {
            reverse(rows, count);
        }
        return;
    }
    for (size_t i = 0; i < count; i++) {
        uint64_t value = sort_value(rows[i].instance, &rows[i], filter->sort_key);
        /* What is not known stays last, whichever way the rest is sorted. */
        rows[i].sort_value =
            filter->descending && value != TYPES_ABSENT ? TYPES_ABSENT - 1 - value : value;
        rows[i].place = i;
    }
    qsort(rows, count, sizeof *rows, by_value);
}
