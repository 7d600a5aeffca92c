/* SPDX-License-Identifier: MIT */
#include "type_filter.h"

#include "args.h"
#include "choices.h"
#include "nearest.h"
#include "number.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../base/text_buffer.h"

#include <string.h>

/* ---- Columns ---- */

static uint32_t is_column(uint32_t value)
{
    return value < cnicalc_instance_column_count();
}

/* More than there are columns: is_column() tells where they end. */
const struct choices column_choices = {cnicalc_instance_column_name, 0, 64, is_column, NULL};

/* ---- Ranges ---- */

int range_has(const struct range *range, uint64_t value, uint64_t scale)
{
    return !range->is_given || (value != CNICALC_UNKNOWN_COUNT && value * scale >= range->low &&
                                value * scale <= range->high);
}

/* "ten decimals" */
static const char *decimals(uint32_t places)
{
    return places == RATIO_PLACES ? "four" : "ten";
}

static int refuse_range(const struct asking *asking, const char *text, uint32_t places)
{
    const char *dots = strstr(text, "..");
    struct text_buffer turned = {NULL, 0, 0};
    uint64_t low = 0;
    uint64_t high = 0;
    if (dots != NULL) {
        text_add(&turned, "%s..%s", dots + 2, memory_copy(text, (size_t)(dots - text)));
        if (number_parse_range(turned.text, places, &low, &high)) {
            return asking_refuse(asking, "the range ends before it begins; did you mean %s?",
                                 turned.text);
        }
    }
    if (places == 0) {
        return asking_refuse(asking, "not a range such as 4..16, 4.., ..16 or 8");
    }
    return asking_refuse(asking,
                         "not a range such as 4..16, 4.., ..16 or 8.5, with at most %s decimals",
                         decimals(places));
}

static int read_range(const struct asking *asking, const char *text, uint32_t places,
                      struct range *range)
{
    range->is_given = 1;
    return number_parse_range(text, places, &range->low, &range->high) ||
           refuse_range(asking, text, places);
}

static int add_condition(const struct asking *asking, uint32_t column, const char *text,
                         struct type_filter *filter)
{
    if (filter->condition_count == TYPE_CONDITIONS_MAX) {
        return asking_refuse(asking, "more than %d conditions", TYPE_CONDITIONS_MAX);
    }
    filter->conditions[filter->condition_count].column = column;
    return read_range(asking, text, 0, &filter->conditions[filter->condition_count++].range);
}

/* ---- Options: each parse() has the whole filter as its member ---- */

static int parse_vcpus(const struct asking *asking, void *member)
{
    uint32_t column = 0;
    expect_ok(cnicalc_instance_column_parse("vcpus", CNICALC_NUL_TERMINATED, &column));
    return add_condition(asking, column, asking->text, member);
}

static int parse_enis(const struct asking *asking, void *member)
{
    uint32_t column = 0;
    expect_ok(cnicalc_instance_column_parse("eni_quantity", CNICALC_NUL_TERMINATED, &column));
    return add_condition(asking, column, asking->text, member);
}

static int parse_ipv4_per_eni(const struct asking *asking, void *member)
{
    uint32_t column = 0;
    expect_ok(cnicalc_instance_column_parse("eni_private_ip_address_quantity",
                                            CNICALC_NUL_TERMINATED, &column));
    return add_condition(asking, column, asking->text, member);
}

static int parse_family(const struct asking *asking, void *member)
{
    struct type_filter *filter = member;
    if (filter->families == NULL) {
        filter->families = memory_take(asking->args->given_count, sizeof *filter->families);
    }
    filter->families[filter->family_count++] = asking->text;
    return 1;
}

static int parse_memory(const struct asking *asking, void *member)
{
    struct type_filter *filter = member;
    return read_range(asking, asking->text, GIB_PLACES, &filter->memory);
}

static int parse_pods_per_vcpu(const struct asking *asking, void *member)
{
    struct type_filter *filter = member;
    return read_range(asking, asking->text, RATIO_PLACES, &filter->pods_per_vcpu);
}

static int parse_schedulable_pods(const struct asking *asking, void *member)
{
    struct type_filter *filter = member;
    return read_range(asking, asking->text, 0, &filter->schedulable_pods);
}

static int parse_where(const struct asking *asking, void *member)
{
    size_t length = strcspn(asking->text, "=");
    uint32_t column = 0;
    if (asking->text[length] == '\0') {
        return asking_refuse(asking, "not of the form COLUMN=A..B");
    }
    return choices_parse(&column_choices, asking->args->subcommand, "--where ",
                         memory_copy(asking->text, length), &column) &&
           add_condition(asking, column, asking->text + length + 1, member);
}

const struct option type_filter_options[] = {
    {"family", "F", "a family, such as c7, or several", OPTION_VALUES, .parse = parse_family,
     .offer = OFFER_FAMILIES},
    {"vcpus", "A..B", "also A.., ..B, or A alone; both ends are included", OPTION_VALUE,
     .parse = parse_vcpus},
    {"memory-gib", "A..B", "the same, decimals allowed", OPTION_VALUE, .parse = parse_memory},
    {"enis", "A..B", "ENIs, the primary one included", OPTION_VALUE, .parse = parse_enis},
    {"ipv4-per-eni", "A..B", "IPv4 addresses of each ENI", OPTION_VALUE,
     .parse = parse_ipv4_per_eni},
    {"pods-per-vcpu", "A..B", "pods by the ENIs over vCPUs, four decimals allowed", OPTION_VALUE,
     .parse = parse_pods_per_vcpu},
    {"schedulable-pods", "A..B", "of those pods, what kubelet lets run", OPTION_VALUE,
     .parse = parse_schedulable_pods},
    {"joins", NULL, "types that have enough pods to join", OPTION_FLAG,
     .where = offsetof(struct type_filter, joins)},
    {"dual-stack", NULL, "types whose pods can have IPv4 and IPv6 addresses", OPTION_FLAG,
     .where = offsetof(struct type_filter, dual_stack)},
    {"where", "COLUMN=A..B", "the same of any column of a catalogue", OPTION_VALUES,
     .parse = parse_where, .choices = &column_choices,
     .more = "The columns are those of cnicalc-catalog(5) that hold a number."},
    OPTIONS_END};

/* ---- Passing ---- */

static const char *bare_name(const char *name)
{
    return strncmp(name, "ecs.", 4) == 0 ? name + 4 : name;
}

/* As cnicalc_instance_family() says: the name goes on with "." or "-" after the family's. */
static int is_of_family(const char *name, const char *family)
{
    const char *bare = bare_name(name);
    size_t length = strlen(bare_name(family));
    return strncmp(bare, bare_name(family), length) == 0 &&
           (bare[length] == '.' || bare[length] == '-');
}

/* As in every mode. Exclusive mode needs the fewest columns. */
static int has_dual_stack(const cnicalc_instance *instance)
{
    cnicalc_node_options node;
    cnicalc_node_result result;
    expect_ok(cnicalc_node_options_init(&node, sizeof node));
    node.mode = CNICALC_MODE_EXCLUSIVE_ENI;
    return cnicalc_node_solve(instance, &node, &result) == CNICALC_OK && result.dual_stack == 1;
}

static int is_of_families(const struct type_filter *filter, const char *name)
{
    size_t i = 0;
    while (i < filter->family_count && !is_of_family(name, filter->families[i])) {
        i++;
    }
    return filter->family_count == 0 || i < filter->family_count;
}

int type_filter_passes(const struct type_filter *filter, const cnicalc_instance *instance)
{
    int passes = is_of_families(filter, instance->name) &&
                 range_has(&filter->memory, type_widen(instance->memory_mib), GIB_SCALED_PER_MIB) &&
                 (!filter->dual_stack || has_dual_stack(instance));
    for (uint32_t i = 0; i < filter->condition_count; i++) {
        uint32_t value = 0;
        expect_ok(cnicalc_instance_value(instance, filter->conditions[i].column, &value));
        passes = passes && range_has(&filter->conditions[i].range, type_widen(value), 1);
    }
    return passes;
}

/* The quotient is between what it is when cut and the number after that, and both ends of the range
 * are such numbers. */
static int has_ratio(const struct range *range, uint64_t pods, uint32_t vcpus)
{
    if (!range->is_given) {
        return 1;
    }
    if (pods > UINT32_MAX || vcpus == CNICALC_UNKNOWN || vcpus == 0) {
        return 0;
    }
    uint64_t scaled = pods * RATIO_SCALE;
    return scaled / vcpus >= range->low && scaled / vcpus + (scaled % vcpus != 0) <= range->high;
}

int type_filter_asks_node(const struct type_filter *filter)
{
    return filter->pods_per_vcpu.is_given || filter->schedulable_pods.is_given || filter->joins;
}

int type_filter_passes_node(const struct type_filter *filter, const cnicalc_instance *instance,
                            const cnicalc_node_options *node)
{
    cnicalc_node_result result;
    if (!type_filter_asks_node(filter)) {
        return 1;
    }
    return cnicalc_node_solve(instance, node, &result) == CNICALC_OK &&
           has_ratio(&filter->pods_per_vcpu, result.max_pods, instance->vcpus) &&
           range_has(&filter->schedulable_pods, result.schedulable_pods, 1) &&
           (!filter->joins || result.joins);
}

struct decimal type_memory_gib(const cnicalc_instance *instance)
{
    struct decimal decimal = {instance->memory_mib * GIB_SCALED_PER_MIB, GIB_PLACES};
    if (instance->memory_mib == CNICALC_UNKNOWN) {
        decimal.scaled = CNICALC_UNKNOWN_COUNT;
        return decimal;
    }
    return decimal_shortest(decimal);
}

static int refuse_family(const char *subcommand, const char *family,
                         const cnicalc_instance *instances, size_t count)
{
    struct nearest search = nearest_to(bare_name(family));
    const char *why = cnicalc_status_string(CNICALC_ERR_NO_SUCH_FAMILY);
    const char *label = args_label("family", family);
    for (size_t i = 0; i < count; i++) {
        const char *bare = bare_name(instances[i].name);
        nearest_offer(&search, memory_copy(bare, strcspn(bare, ".")));
    }
    if (search.best == NULL) {
        complain(subcommand, label, "%s", why);
    } else {
        complain(subcommand, label, "%s; did you mean %s?", why, search.best);
    }
    return 0;
}

static int is_family_of(const char *family, const cnicalc_instance *instances, size_t count)
{
    size_t i = 0;
    while (i < count && !is_of_family(instances[i].name, family)) {
        i++;
    }
    return i < count;
}

int type_filter_check(const char *subcommand, const struct type_filter *filter,
                      const cnicalc_instance *instances, size_t count)
{
    for (size_t i = 0; i < filter->family_count; i++) {
        if (!is_family_of(filter->families[i], instances, count)) {
            return refuse_family(subcommand, filter->families[i], instances, count);
        }
    }
    return 1;
}
