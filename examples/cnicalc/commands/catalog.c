/* SPDX-License-Identifier: MIT */
/* cnicalc catalog: what a catalogue says otherwise than the built-in table. */
#include "../command.h"
#include "../base/complaint.h"
#include "../ask/catalogue.h"

#include <cnicalc.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct option options[] = {{"all", 0}, {NULL, 0}};

static const struct column columns[] = {
    {"instance_type", "INSTANCE TYPE"}, {"change", "CHANGE"},   {"quantity", "QUANTITY"},
    {"built_in", "BUILT-IN"},           {"catalog", "CATALOG"},
};

#define QUANTITY_COUNT 10

/* The quantities of a type, named as the columns of a catalogue. */
struct quantity {
    const char *name;
    uint32_t value;
};

static void list_quantities(const cnicalc_instance *instance, struct quantity *quantities)
{
    const struct quantity all[QUANTITY_COUNT] = {
        {"vcpus", instance->vcpus},
        {"memory_mib", instance->memory_mib},
        {"eni_quantity", instance->eni_quantity},
        {"eni_private_ip_address_quantity", instance->eni_private_ip_address_quantity},
        {"eni_ipv6_address_quantity", instance->eni_ipv6_address_quantity},
        {"eni_total_quantity", instance->eni_total_quantity},
        {"eni_trunk_supported", instance->eni_trunk_supported},
        {"eri_quantity", instance->eri_quantity},
        {"leni_quota", instance->leni_quota},
        {"high_dense_quantity", instance->high_dense_quantity},
    };
    memcpy(quantities, all, sizeof all);
}

static void add_row(struct answer *answer, const char *type, const char *change,
                    const char *quantity, uint32_t built_in, uint32_t catalog)
{
    struct value *row = value_record();
    value_put(row, "instance_type", value_text(type));
    value_put(row, "change", value_text(change));
    value_put(row, "quantity", quantity == NULL ? value_null() : value_text(quantity));
    value_put(row, "built_in", value_quantity(built_in));
    value_put(row, "catalog", value_quantity(catalog));
    value_add(answer->document, row);
}

/* Adds a row for each quantity that differs; what only one of the two knows is no drift, and is
 * shown with --all alone. */
static void compare(const cnicalc_instance *built_in, const cnicalc_instance *own, int all,
                    struct answer *answer)
{
    struct quantity before[QUANTITY_COUNT];
    struct quantity after[QUANTITY_COUNT];
    list_quantities(built_in, before);
    list_quantities(own, after);
    for (size_t i = 0; i < QUANTITY_COUNT; i++) {
        uint32_t a = before[i].value;
        uint32_t b = after[i].value;
        const char *change = "changed";
        if (a == CNICALC_UNKNOWN || b == CNICALC_UNKNOWN) {
            change = a == CNICALC_UNKNOWN ? "filled" : "left out";
        }
        if (a != b && (all || strcmp(change, "changed") == 0)) {
            add_row(answer, own->name, change, before[i].name, a, b);
        }
    }
}

static void say_same(size_t count, struct answer *answer)
{
    char line[80];
    snprintf(line, sizeof line, "%zu type%s, none new and none changed", count,
             count == 1 ? "" : "s");
    answer->lines = value_list();
    value_add(answer->lines, value_text(line));
}

static int check(const struct args *args, const struct instance_source *source,
                 struct answer *answer)
{
    answer->document = value_list();
    answer->rows = answer->document;
    answer->columns = columns;
    answer->column_count = sizeof columns / sizeof columns[0];
    for (size_t i = 0; i < source->count; i++) {
        const cnicalc_instance *own = &source->rows[i];
        cnicalc_instance built_in;
        if (cnicalc_instance_find(own->name, strlen(own->name), &built_in) == CNICALC_OK) {
            compare(&built_in, own, args_given(args, "all"), answer);
        } else {
            add_row(answer, own->name, "new", NULL, CNICALC_UNKNOWN, CNICALC_UNKNOWN);
        }
    }
    if (answer->document->first != NULL) {
        return EXIT_NO;
    }
    say_same(source->count, answer);
    return EXIT_ANSWERED;
}

static int run(const struct args *args, struct answer *answer)
{
    static const char *const verbs[] = {"check"};
    struct instance_source source;
    size_t verb = 0;
    if (args->operand_count == 0) {
        return complain(args->subcommand, "VERB", "none is given; see cnicalc catalog --help");
    }
    if (!args_choose(args->subcommand, "", args->operands[0], verbs, 1, &verb)) {
        return EXIT_MALFORMED;
    }
    if (args->operand_count != 2) {
        return complain(args->subcommand, verbs[verb], "its operand is FILE");
    }
    const char *path = args->operands[1];
    return instance_source_read(args->subcommand, path, path, &source)
               ? check(args, &source, answer)
               : EXIT_MALFORMED;
}

const struct command catalog_command = {
    "catalog", "what a catalogue says otherwise than the built-in table",
    "Usage: cnicalc catalog check FILE [OPTION...]\n"
    "\n"
    "Validates a catalogue of instance types, - for stdin, and lists where it differs\n"
    "from the built-in table: types that are new, and quantities that both know and\n"
    "that have changed. Types that FILE leaves out are not reported.\n"
    "\n"
    "  --all    also quantities that only one of the two knows: filled in by FILE, or\n"
    "           left out of it\n"
    "  -o table|json|tsv\n"
    "\n"
    "Exit status 0 when nothing is listed, 1 when something is, and 2 when FILE is no\n"
    "catalogue: then one line names the line and the column.\n"
    "\n"
    "Example: cnicalc catalog check lib/data/ecs-instance-types.tsv\n",
    options, run};
