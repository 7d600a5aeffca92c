/* SPDX-License-Identifier: MIT */
/* cnicalc types: the instance types of the table that pass some filters. */
#include "../ask/catalogue.h"
#include "../ask/picture.h"
#include "../ask/type_filter.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../command.h"
#include "../draw/plot.h"

#include <cnicalc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- The request ---- */

struct order {
    uint32_t is_given;
    uint32_t descending;
    uint32_t key; /* of sort_key() */
};

struct request {
    struct type_filter filter;
    cnicalc_node_options node;
    struct range pods;
    struct order order;
    uint64_t limit;
    const char *catalog; /* or NULL */
    uint32_t plot;
};

static void init(void *asked)
{
    struct request *request = asked;
    expect_ok(cnicalc_node_options_init(&request->node, sizeof request->node));
    request->limit = UINT64_MAX;
}

static int parse_min_pods(const struct asking *asking, void *member)
{
    struct range *range = member;
    range->is_given = 1;
    range->high = CNICALC_UNKNOWN_COUNT - 1;
    return asking_count(asking, 0, range->high, &range->low);
}

static int parse_sort(const struct asking *asking, void *member)
{
    struct order *order = member;
    order->is_given = 1;
    order->descending = asking->text[0] == '-';
    return choices_parse(asking->option->choices, asking->args->subcommand,
                         order->descending ? "--sort -" : "--sort ",
                         asking->text + order->descending, &order->key);
}

/* Keys of rows: the fields of the answer but its last, then the columns of an instance that are no
 * field. */
enum { FIELD_KEYS = 11 };

static const char *sort_key(uint32_t key);
static uint32_t is_sort_key(uint32_t key);
static const struct choices sort_choices = {sort_key, 0, FIELD_KEYS + 64, is_sort_key, NULL};

#define AT(member) offsetof(struct request, member)

static const struct option options[] = {
    {.kind = OPTION_GROUP, .group = type_filter_options, .where = AT(filter)},
    {"mode", "MODE", "mode of the pods: %c", OPTION_NAME, .where = AT(node.mode),
     .choices = &mode_choices},
    {"min-pods", "N", "at least N pods", OPTION_VALUE, .where = AT(pods), .parse = parse_min_pods},
    {"sort", "KEY",
     "a column of -o tsv except sources, or of a catalogue; -KEY: descending; what is not known is "
     "last; default: by name",
     OPTION_VALUE, .where = AT(order), .parse = parse_sort, .choices = &sort_choices,
     .more = "Without this option rows are in the order of their names, the catalogue's first."},
    {"limit", "N", "the first N rows", OPTION_COUNT, .where = AT(limit), .low = 1,
     .high = UINT64_MAX},
    OPTION_CATALOG(struct request, catalog),
    {"plot", NULL, "draw pods against vCPUs, with -o table or -o svg", OPTION_FLAG,
     .where = AT(plot), .more = "Both axes double from mark to mark."},
    OPTIONS_END};

#undef AT

/* ---- The answer ---- */

struct row {
    const cnicalc_instance *instance;
    const char *name;
    uint32_t vcpus;
    uint32_t eni_quantity;
    uint32_t eni_private_ip_address_quantity;
    uint32_t eni_ipv6_address_quantity;
    struct decimal memory_gib;
    uint64_t max_pods; /* or CNICALC_UNKNOWN_COUNT, as the one below */
    uint64_t schedulable_pods;
    uint32_t joins; /* or CNICALC_UNKNOWN */
    uint64_t reserved_memory_mib;
    struct decimal pods_per_vcpu;
    const char *sources; /* or NULL */
    /* What it is sorted by; a denominator of 0 is not known. */
    uint64_t numerator;
    uint64_t denominator;
    int descending;
    size_t place; /* before sorting */
};

#define AT(member) offsetof(struct row, member)

static const struct field fields[] = {
    {"instance_type", "INSTANCE TYPE", "the name of the type", FIELD_TEXT, .where = AT(name)},
    {"vcpus", "VCPUS", "its vCPUs", FIELD_QUANTITY, .where = AT(vcpus)},
    {"memory_gib", "GIB", "its memory", FIELD_DECIMAL, .where = AT(memory_gib)},
    {"eni_quantity", "ENIS", "ENIs, the primary one included", FIELD_QUANTITY,
     .where = AT(eni_quantity)},
    {"eni_private_ip_address_quantity", "IPV4/ENI", "IPv4 addresses of an ENI", FIELD_QUANTITY,
     .where = AT(eni_private_ip_address_quantity)},
    {"eni_ipv6_address_quantity", "IPV6/ENI", "IPv6 addresses of an ENI", FIELD_QUANTITY,
     .where = AT(eni_ipv6_address_quantity)},
    {"max_pods", "PODS", "what the ENIs of a node can serve", FIELD_COUNT, .where = AT(max_pods)},
    {"pods_per_vcpu", "PODS/VCPU", "max_pods / vcpus, to the nearest hundredth", FIELD_DECIMAL,
     .where = AT(pods_per_vcpu)},
    {"schedulable_pods", "SCHEDULABLE", "of max_pods, what kubelet lets run", FIELD_COUNT,
     .where = AT(schedulable_pods)},
    {"joins", "JOINS", "whether ACK accepts a node with that many pods", FIELD_BOOL,
     .where = AT(joins)},
    {"kubelet_reserved_memory_mib", "RESERVED MIB",
     "memory that kubelet keeps for the system; 300 MiB more stay free", FIELD_COUNT,
     .where = AT(reserved_memory_mib)},
    {"sources", "SOURCES", "which sources have the row", FIELD_TEXT, .where = AT(sources)},
    FIELDS_END};

#undef AT

static const char *sort_key(uint32_t key)
{
    return key < FIELD_KEYS ? fields[key].key : cnicalc_instance_column_name(key - FIELD_KEYS);
}

static uint32_t is_sort_key(uint32_t key)
{
    uint32_t is_new = key < FIELD_KEYS || key - FIELD_KEYS < cnicalc_instance_column_count();
    for (uint32_t i = 0; key >= FIELD_KEYS && i < FIELD_KEYS; i++) {
        is_new = is_new && strcmp(fields[i].key, sort_key(key)) != 0;
    }
    return is_new;
}

/* Hundredths, the nearest. */
static struct decimal pods_per_vcpu(uint64_t max_pods, uint32_t vcpus)
{
    struct decimal decimal = {CNICALC_UNKNOWN_COUNT, 2};
    if (max_pods <= UINT32_MAX && vcpus != CNICALC_UNKNOWN && vcpus != 0) {
        decimal.scaled = (max_pods * 200 + vcpus) / (2 * (uint64_t)vcpus);
    }
    return decimal;
}

static const char *format_sources(uint32_t sources)
{
    char letters[CNICALC_SOURCE_TEXT_SIZE];
    if (sources == 0) {
        return NULL;
    }
    expect_ok(cnicalc_source_format(sources, letters, sizeof letters));
    return memory_copy_text(letters);
}

static void fill_row(const cnicalc_instance *instance, const cnicalc_node_options *node,
                     struct row *row)
{
    cnicalc_node_result result;
    memset(row, 0, sizeof *row);
    row->instance = instance;
    row->name = instance->name;
    row->vcpus = instance->vcpus;
    row->memory_gib = type_memory_gib(instance);
    row->eni_quantity = instance->eni_quantity;
    row->eni_private_ip_address_quantity = instance->eni_private_ip_address_quantity;
    row->eni_ipv6_address_quantity = instance->eni_ipv6_address_quantity;
    row->max_pods = row->schedulable_pods = row->reserved_memory_mib = CNICALC_UNKNOWN_COUNT;
    row->joins = CNICALC_UNKNOWN;
    if (cnicalc_node_solve(instance, node, &result) == CNICALC_OK) {
        row->max_pods = result.max_pods;
        row->schedulable_pods = result.schedulable_pods;
        row->joins = result.joins;
        row->reserved_memory_mib = result.kubelet_reserved_memory_mib;
    }
    row->pods_per_vcpu = pods_per_vcpu(row->max_pods, instance->vcpus);
    row->sources = format_sources(instance->sources);
}

/* ---- Which rows ---- */

static int passes(const struct row *row, const struct request *request)
{
    return range_has(&request->pods, row->max_pods, 1) &&
           type_filter_passes(&request->filter, row->instance) &&
           type_filter_passes_node(&request->filter, row->instance, &request->node);
}

/* ---- Their order ---- */

static void set_number(struct row *row, uint64_t number)
{
    row->numerator = number;
    row->denominator = number != CNICALC_UNKNOWN_COUNT;
}

/* The value of a key as an exact fraction. */
static void set_fraction(struct row *row, uint32_t key)
{
    uint32_t column = 0;
    uint32_t value = row->instance->memory_mib; /* of memory_gib, which is no column */
    const char *name = sort_key(key);
    if (strcmp(name, "max_pods") == 0) {
        set_number(row, row->max_pods);
    } else if (strcmp(name, "pods_per_vcpu") == 0) {
        row->numerator = row->max_pods;
        row->denominator = row->pods_per_vcpu.scaled == CNICALC_UNKNOWN_COUNT ? 0 : row->vcpus;
    } else if (strcmp(name, "schedulable_pods") == 0) {
        set_number(row, row->schedulable_pods);
    } else if (strcmp(name, "kubelet_reserved_memory_mib") == 0) {
        set_number(row, row->reserved_memory_mib);
    } else if (strcmp(name, "joins") == 0) {
        set_number(row, type_widen(row->joins));
    } else {
        if (cnicalc_instance_column_parse(name, CNICALC_NUL_TERMINATED, &column) == CNICALC_OK) {
            expect_ok(cnicalc_instance_value(row->instance, column, &value));
        }
        set_number(row, type_widen(value));
    }
}

static int by_name(const void *left, const void *right)
{
    const struct row *a = left;
    const struct row *b = right;
    return a->descending ? strcmp(b->name, a->name) : strcmp(a->name, b->name);
}

/* What is not known is last in both orders; equal rows keep their order. */
static int by_fraction(const void *left, const void *right)
{
    const struct row *a = left;
    const struct row *b = right;
    if ((a->denominator == 0) != (b->denominator == 0)) {
        return a->denominator == 0 ? 1 : -1;
    }
    /* Both factors are below 2^32. */
    uint64_t first = a->numerator * b->denominator;
    uint64_t second = b->numerator * a->denominator;
    if (first != second && a->denominator != 0) {
        return (first < second) != a->descending ? -1 : 1;
    }
    return (a->place > b->place) - (a->place < b->place);
}

static void sort(struct row *rows, size_t count, const struct order *order)
{
    for (size_t i = 0; i < count; i++) {
        rows[i].place = i;
        rows[i].descending = (int)order->descending;
        if (order->key != 0) {
            set_fraction(&rows[i], order->key);
        }
    }
    qsort(rows, count, sizeof *rows, order->key == 0 ? by_name : by_fraction);
}

/* ---- Answering ---- */

/* Pods against vCPUs, of the rows that know both. Returns an exit status. */
static int draw(const struct args *args, const struct row *rows, size_t count, uint32_t mode,
                struct answer *answer)
{
    struct plot_point *points = memory_take(count, sizeof *points);
    char title[128];
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].max_pods != CNICALC_UNKNOWN_COUNT && rows[i].vcpus != CNICALC_UNKNOWN) {
            const struct plot_point point = {rows[i].name, rows[i].vcpus, rows[i].max_pods, 0};
            points[known++] = point;
        }
    }
    snprintf(title, sizeof title, "Pods of %zu instance types in mode %s; %zu without figures",
             known, cnicalc_mode_name(mode), count - known);
    const struct plot plot = {title, "vCPUs", "pods", points, known, NULL, 0};
    if (known == 0) {
        return complain(args->subcommand, "--plot", "no type has figures to draw");
    }
    if (answer->format == OUTPUT_SVG) {
        answer->rendered = plot_svg(&plot);
    } else if (answer->format == OUTPUT_TABLE) {
        answer->lines = plot_text(&plot);
    }
    return EXIT_ANSWERED;
}

/* -o svg goes with --plot. Returns 1, or 0 after a complaint. */
static int check_picture(const struct args *args, uint32_t plot)
{
    if (picture_is_asked(args, 0) && !plot) {
        complain(args->subcommand, "-o svg", "it goes with --plot");
        return 0;
    }
    return picture_check(args, plot);
}

static int run(const struct args *args, void *asked, struct answer *answer)
{
    const struct request *request = asked;
    struct instance_source source;
    size_t count = 0;
    size_t picked = 0;
    if (!check_picture(args, request->plot) ||
        !instance_source_open(args->subcommand, request->catalog, &source)) {
        return EXIT_MALFORMED;
    }
    const cnicalc_instance *instances = instance_source_all(&source, &count);
    if (!type_filter_check(args->subcommand, &request->filter, instances, count)) {
        return EXIT_MALFORMED;
    }
    struct row *rows = memory_room(count, sizeof *rows);
    for (size_t i = 0; i < count; i++) {
        fill_row(&instances[i], &request->node, &rows[picked]);
        picked += passes(&rows[picked], request) ? 1 : 0;
    }
    if (request->order.is_given) {
        sort(rows, picked, &request->order);
    }
    picked = picked < request->limit ? picked : (size_t)request->limit;
    const struct list list = {rows, picked, sizeof *rows};
    answer_list(answer, fields, &list);
    return request->plot ? draw(args, rows, picked, request->node.mode, answer) : EXIT_ANSWERED;
}

const struct command types_command = {
    .name = "types",
    .summary = "instance types, their limits and their pods",
    .usage = "[OPTION...]",
    .about = "The instance types of the table that pass every filter, with their pods. A "
             "value that no source prints is shown as - and passes no filter on it.",
    .notes = "cnicalc-catalog(5) says what the letters of the sources mean.",
    .examples = "cnicalc types --family c7 --min-pods 100 --sort -pods_per_vcpu",
    .instead = "did you mean cnicalc node, or --family?",
    .options = options,
    .fields = fields,
    .formats = OUTPUT_PICTURES,
    .has_one_answer = 1,
    .request_size = sizeof(struct request),
    .init = init,
    .run = run,
};
