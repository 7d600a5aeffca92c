/* SPDX-License-Identifier: MIT */
/* cnicalc types: the instance types of the table that pass some filters. */
#include "../command.h"
#include "../base/complaint.h"
#include "../ask/catalogue.h"
#include "../base/memory.h"
#include "../draw/plot.h"
#include "types.h"

#include <cnicalc.h>
#include <stdio.h>
#include <string.h>

static const struct option options[] = {
    {"family", 1}, {"mode", 1},  {"min-pods", 1}, {"vcpus", 1}, {"memory-gib", 1},
    {"sort", 1},   {"limit", 1}, {"catalog", 1},  {"plot", 0},  {NULL, 0},
};

static const struct column columns[] = {
    {"instance_type", "INSTANCE TYPE"},
    {"vcpus", "VCPUS"},
    {"memory_gib", "GIB"},
    {"eni_quantity", "ENIS"},
    {"eni_private_ip_address_quantity", "IPV4/ENI"},
    {"eni_ipv6_address_quantity", "IPV6/ENI"},
    {"max_pods", "PODS"},
    {"pods_per_vcpu", "PODS/VCPU"},
    {"sources", "SOURCES"},
};

/* Hundredths of a pod for each vCPU, the nearest one. */
static uint64_t pods_per_vcpu(uint64_t max_pods, uint32_t vcpus)
{
    if (max_pods > UINT32_MAX || vcpus == CNICALC_UNKNOWN || vcpus == 0) {
        return TYPES_ABSENT;
    }
    return (max_pods * 200 + vcpus) / (2 * (uint64_t)vcpus);
}

static struct types_row make_row(const cnicalc_instance *instance,
                                 const struct types_filter *filter)
{
    cnicalc_node_result result;
    struct types_row row = {instance, CNICALC_UNKNOWN_COUNT, TYPES_ABSENT, 0, 0};
    if (cnicalc_node_solve(instance, &filter->node, &result) == CNICALC_OK) {
        row.max_pods = result.max_pods;
    }
    row.pods_per_vcpu = pods_per_vcpu(row.max_pods, instance->vcpus);
    return row;
}

static struct value *make_memory(uint32_t memory_mib)
{
    uint64_t scaled = memory_mib * TYPES_GIB_SCALED_PER_MIB;
    uint32_t places = TYPES_GIB_PLACES;
    if (memory_mib == CNICALC_UNKNOWN) {
        return value_null();
    }
    while (places != 0 && scaled % 10 == 0) {
        scaled /= 10;
        places--;
    }
    return value_decimal(scaled, places);
}

static struct value *make_sources(uint32_t sources)
{
    char letters[CNICALC_SOURCE_TEXT_SIZE];
    if (sources == 0) {
        return value_null();
    }
    expect_ok(cnicalc_source_format(sources, letters, sizeof letters));
    return value_text(letters);
}

static struct value *make_record(const struct types_row *row)
{
    const cnicalc_instance *instance = row->instance;
    struct value *record = value_record();
    value_put(record, "instance_type", value_text(instance->name));
    value_put(record, "vcpus", value_quantity(instance->vcpus));
    value_put(record, "memory_gib", make_memory(instance->memory_mib));
    value_put(record, "eni_quantity", value_quantity(instance->eni_quantity));
    value_put(record, "eni_private_ip_address_quantity",
              value_quantity(instance->eni_private_ip_address_quantity));
    value_put(record, "eni_ipv6_address_quantity",
              value_quantity(instance->eni_ipv6_address_quantity));
    value_put(record, "max_pods", value_count(row->max_pods));
    value_put(record, "pods_per_vcpu",
              row->pods_per_vcpu == TYPES_ABSENT ? value_null()
                                                 : value_decimal(row->pods_per_vcpu, 2));
    value_put(record, "sources", make_sources(instance->sources));
    return record;
}

/* The catalogue's rows, then the built-in ones that it does not hide. */
static const cnicalc_instance *gather(const struct instance_source *source, size_t *out_count)
{
    size_t built_in = cnicalc_instance_count();
    cnicalc_instance *all = memory_take(source->count + built_in, sizeof *all);
    size_t count = source->count;
    if (count != 0) {
        memcpy(all, source->rows, count * sizeof *all);
    }
    for (size_t i = 0; i < built_in; i++) {
        expect_ok(cnicalc_instance_at(i, &all[count]));
        count += instance_source_has(source, all[count].name) ? 0 : 1;
    }
    *out_count = count;
    return all;
}

static struct types_row *pick(const cnicalc_instance *instances, size_t count,
                              const struct types_filter *filter, size_t *out_count)
{
    struct types_row *rows = memory_take(count, sizeof *rows);
    size_t picked = 0;
    for (size_t i = 0; i < count; i++) {
        rows[picked] = make_row(&instances[i], filter);
        picked += types_filter_passes(&rows[picked], filter) ? 1 : 0;
    }
    *out_count = picked;
    return rows;
}

/* Pods against vCPUs, of the rows that know both. */
static void draw(const struct types_row *rows, size_t count, const struct types_filter *filter,
                 struct answer *answer)
{
    struct plot_point *points = memory_take(count, sizeof *points);
    char title[128];
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        const cnicalc_instance *instance = rows[i].instance;
        if (rows[i].max_pods != CNICALC_UNKNOWN_COUNT && instance->vcpus != CNICALC_UNKNOWN) {
            const struct plot_point point = {instance->name, instance->vcpus, rows[i].max_pods};
            points[known++] = point;
        }
    }
    snprintf(title, sizeof title, "Pods of %zu instance types in mode %s; %zu without figures",
             known, cnicalc_mode_name(filter->node.mode), count - known);
    const struct plot plot = {title, "vCPUs", "pods", points, known};
    if (known != 0) {
        answer->lines = plot_text(&plot);
        answer->image = plot_svg(&plot);
    }
}

/* Whether a picture is asked for in a way that can be answered. Returns 1, or 0 after a complaint.
 */
static int check_picture(const struct args *args)
{
    int is_picture = args->output != NULL && strcmp(args->output, "svg") == 0;
    int is_text = args->output == NULL || strcmp(args->output, "table") == 0;
    int plot = args_given(args, "plot");
    if (is_picture && !plot) {
        complain(args->subcommand, "-o svg", "it goes with --plot");
        return 0;
    }
    if (plot && !is_picture && !is_text) {
        complain(args->subcommand, "--plot", "it goes with -o table or -o svg, not with %s",
                 args->output);
        return 0;
    }
    return 1;
}

static int run(const struct args *args, struct answer *answer)
{
    struct types_filter filter;
    struct instance_source source;
    size_t count = 0;
    size_t picked = 0;
    if (args->operand_count != 0) {
        return complain(args->subcommand, args->operands[0],
                        "the subcommand takes options only; did you mean cnicalc node, or "
                        "--family?");
    }
    if (!check_picture(args) || !types_filter_parse(args, &filter) ||
        !instance_source_open(args, &source)) {
        return EXIT_MALFORMED;
    }
    const cnicalc_instance *instances = gather(&source, &count);
    if (!types_family_check(args, instances, count)) {
        return EXIT_MALFORMED;
    }
    struct types_row *rows = pick(instances, count, &filter, &picked);
    if (filter.sorted) {
        types_sort(rows, picked, &filter);
    }
    answer->document = value_list();
    answer->rows = answer->document;
    answer->columns = columns;
    answer->column_count = sizeof columns / sizeof columns[0];
    picked = picked < filter.limit ? picked : (size_t)filter.limit;
    for (size_t i = 0; i < picked; i++) {
        value_add(answer->document, make_record(&rows[i]));
    }
    if (args_given(args, "plot")) {
        draw(rows, picked, &filter, answer);
        return answer->image != NULL
                   ? EXIT_ANSWERED
                   : complain(args->subcommand, "--plot", "no type has figures to draw");
    }
    return EXIT_ANSWERED;
}

const struct command types_command = {
    "types", "instance types, their limits and their pods",
    "Usage: cnicalc types [OPTION...]\n"
    "\n"
    "The instance types of the table that pass every filter, with their pods.\n"
    "What no source prints is shown as - and passes no filter on it.\n"
    "\n"
    "  --family F          one family, such as c7\n"
    "  --mode MODE         mode of the pods: shared (default), trunk, exclusive or\n"
    "                      prefix\n"
    "  --min-pods N        at least so many pods\n"
    "  --vcpus A..B        also A.., ..B, or A alone; both ends are included\n"
    "  --memory-gib A..B   likewise, decimals allowed\n"
    "  --sort KEY          a column of -o tsv but sources; -KEY: descending;\n"
    "                      what is not known goes last; default: by name\n"
    "  --limit N           the first N rows\n"
    "  --catalog FILE      own rows before the built-in ones; - is stdin\n"
    "  --plot              draw pods against vCPUs, with -o table or -o svg\n"
    "  -o table|json|tsv|svg\n"
    "\n"
    "Sources: Z the Chinese page and E the English page of 2026, O the page of\n"
    "July 2021, A a reply of the DescribeInstanceTypes API.\n"
    "\n"
    "Example: cnicalc types --family c7 --min-pods 100 --sort -pods_per_vcpu\n",
    options, run};
