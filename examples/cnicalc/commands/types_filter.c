/* SPDX-License-Identifier: MIT */
#include "types.h"

#include "../base/complaint.h"
#include "../base/memory.h"
#include "../ask/nearest.h"
#include "../ask/number.h"
#include "../base/text_buffer.h"

#include <string.h>

/* By enum types_sort_key. */
static const char *const sort_keys[TYPES_SORT_KEYS] = {
    "instance_type",
    "vcpus",
    "memory_gib",
    "eni_quantity",
    "eni_private_ip_address_quantity",
    "eni_ipv6_address_quantity",
    "max_pods",
    "pods_per_vcpu",
};

static int parse_sort(const struct args *args, struct types_filter *filter)
{
    const char *value = args_value(args, "sort");
    size_t index = 0;
    if (value == NULL) {
        return 1;
    }
    filter->sorted = 1;
    filter->descending = value[0] == '-';
    if (!args_choose(args->subcommand, filter->descending ? "--sort -" : "--sort ",
                     value + filter->descending, sort_keys, TYPES_SORT_KEYS, &index)) {
        return 0;
    }
    filter->sort_key = (enum types_sort_key)index;
    return 1;
}

static int parse_range(const struct args *args, const char *name, uint32_t places, uint64_t *low,
                       uint64_t *high)
{
    const char *value = args_value(args, name);
    if (value == NULL || number_parse_range(value, places, low, high)) {
        return 1;
    }
    const char *dots = strstr(value, "..");
    struct text_buffer turned = {NULL, 0, 0};
    text_add_plain(&turned, dots == NULL ? "" : dots + 2);
    text_add_plain(&turned, "..");
    text_add_plain(&turned, dots == NULL ? "" : memory_copy(value, (size_t)(dots - value)));
    if (dots != NULL && number_parse_range(turned.text, places, low, high)) {
        complain(args->subcommand, args_label(name, value),
                 "the range ends before it begins; did you mean %s?", turned.text);
        return 0;
    }
    return args_refuse(args, name,
                       places == 0 ? "not a range such as 4..16, 4.., ..16 or 8"
                                   : "not a range such as 4..16, 4.., ..16 or 8.5, with at most "
                                     "ten decimals");
}

static int parse_mode(const struct args *args, cnicalc_node_options *node)
{
    const char *names[CNICALC_MODE_IP_PREFIX];
    size_t index = 0;
    expect_ok(cnicalc_node_options_init(node, sizeof *node));
    for (uint32_t mode = CNICALC_MODE_SHARED_ENI; mode <= CNICALC_MODE_IP_PREFIX; mode++) {
        names[mode - CNICALC_MODE_SHARED_ENI] = cnicalc_mode_name(mode);
    }
    if (!args_choice(args, "mode", names, CNICALC_MODE_IP_PREFIX, &index)) {
        return 0;
    }
    node->mode = (uint32_t)index + CNICALC_MODE_SHARED_ENI;
    return 1;
}

int types_filter_parse(const struct args *args, struct types_filter *filter)
{
    memset(filter, 0, sizeof *filter);
    filter->family = args_value(args, "family");
    filter->by_pods = args_given(args, "min-pods");
    filter->by_vcpus = args_given(args, "vcpus");
    filter->by_memory = args_given(args, "memory-gib");
    filter->limit = UINT64_MAX;
    return parse_mode(args, &filter->node) && parse_sort(args, filter) &&
           parse_range(args, "vcpus", 0, &filter->low_vcpus, &filter->high_vcpus) &&
           parse_range(args, "memory-gib", TYPES_GIB_PLACES, &filter->low_memory,
                       &filter->high_memory) &&
           args_number(args, "min-pods", 0, UINT64_MAX - 1, &filter->min_pods) &&
           args_number(args, "limit", 1, UINT64_MAX, &filter->limit);
}

static const char *bare_name(const char *name)
{
    return strncmp(name, "ecs.", 4) == 0 ? name + 4 : name;
}

/* As cnicalc_instance_family() says: the name goes on with "." or "-" behind the family's. */
static int is_of_family(const char *name, const char *family)
{
    const char *bare = bare_name(name);
    size_t length = strlen(bare_name(family));
    return strncmp(bare, bare_name(family), length) == 0 &&
           (bare[length] == '.' || bare[length] == '-');
}

static int is_within(uint32_t quantity, uint64_t scale, uint64_t low, uint64_t high)
{
    return quantity != CNICALC_UNKNOWN && quantity * scale >= low && quantity * scale <= high;
}

int types_filter_passes(const struct types_row *row, const struct types_filter *filter)
{
    const cnicalc_instance *instance = row->instance;
    if (filter->family != NULL && !is_of_family(instance->name, filter->family)) {
        return 0;
    }
    if (filter->by_pods &&
        (row->max_pods == CNICALC_UNKNOWN_COUNT || row->max_pods < filter->min_pods)) {
        return 0;
    }
    return (!filter->by_vcpus ||
            is_within(instance->vcpus, 1, filter->low_vcpus, filter->high_vcpus)) &&
           (!filter->by_memory || is_within(instance->memory_mib, TYPES_GIB_SCALED_PER_MIB,
                                            filter->low_memory, filter->high_memory));
}

static int refuse_family(const struct args *args, const cnicalc_instance *instances, size_t count)
{
    struct nearest search = nearest_to(bare_name(args_value(args, "family")));
    const char *why = cnicalc_status_string(CNICALC_ERR_NO_SUCH_FAMILY);
    for (size_t i = 0; i < count; i++) {
        const char *bare = bare_name(instances[i].name);
        nearest_offer(&search, memory_copy(bare, strcspn(bare, ".")));
    }
    if (search.best == NULL) {
        return args_refuse(args, "family", why);
    }
    complain(args->subcommand, args_label("family", args_value(args, "family")),
             "%s; did you mean %s?", why, search.best);
    return 0;
}

int types_family_check(const struct args *args, const cnicalc_instance *instances, size_t count)
{
    const char *family = args_value(args, "family");
    if (family == NULL) {
        return 1;
    }
    for (size_t i = 0; i < count; i++) {
        if (is_of_family(instances[i].name, family)) {
            return 1;
        }
    }
    return refuse_family(args, instances, count);
}
