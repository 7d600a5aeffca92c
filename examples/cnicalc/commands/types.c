/* SPDX-License-Identifier: MIT */
/* cnicalc types: the instance types of the table that pass some filters. */
#include "../ask/catalogue.h"
#include "../ask/nearest.h"
#include "../ask/number.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../base/text_buffer.h"
#include "../command.h"
#include "../draw/plot.h"

#include <cnicalc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A GiB is 1,024 MiB, so that a MiB is 10^10 / 1024 of the tenth decimal of a GiB. */
#define GIB_PLACES         10
#define GIB_SCALED_PER_MIB UINT64_C(9765625)

/* ---- The request ---- */

/* Both ends are included. */
struct range {
    uint64_t low;
    uint64_t high;
    uint32_t is_given; /* what is not known is in no range */
};

struct order {
    uint32_t is_given;
    uint32_t descending;
    uint32_t column; /* of the fields below */
};

struct request {
    const char *family; /* or NULL */
    cnicalc_node_options node;
    struct range pods;
    struct range vcpus;
    struct range memory; /* GiB, scaled */
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

/* The tag is how many decimals there may be. */
static int parse_range(const struct asking *asking, void *member)
{
    struct range *range = member;
    uint32_t places = asking->option->tag;
    range->is_given = 1;
    if (number_parse_range(asking->text, places, &range->low, &range->high)) {
        return 1;
    }
    const char *dots = strstr(asking->text, "..");
    struct text_buffer turned = {NULL, 0, 0};
    text_add_plain(&turned, dots == NULL ? "" : dots + 2);
    text_add_plain(&turned, "..");
    text_add_plain(&turned,
                   dots == NULL ? "" : memory_copy(asking->text, (size_t)(dots - asking->text)));
    if (dots != NULL && number_parse_range(turned.text, places, &range->low, &range->high)) {
        return asking_refuse(asking, "the range ends before it begins; did you mean %s?",
                             turned.text);
    }
    return asking_refuse(asking, places == 0
                                     ? "not a range such as 4..16, 4.., ..16 or 8"
                                     : "not a range such as 4..16, 4.., ..16 or 8.5, with at most "
                                       "ten decimals");
}

static int parse_sort(const struct asking *asking, void *member)
{
    struct order *order = member;
    order->is_given = 1;
    order->descending = asking->text[0] == '-';
    return choices_parse(asking->option->choices, asking->args->subcommand,
                         order->descending ? "--sort -" : "--sort ",
                         asking->text + order->descending, &order->column);
}

static const char *sort_key(uint32_t column);
static const struct choices sort_choices = {sort_key, 0, 8, NULL, NULL};

#define AT(member) offsetof(struct request, member)

static const struct option options[] = {
    {"family", "F", "one family, such as c7", OPTION_TEXT, .where = AT(family),
     .offer = OFFER_FAMILIES},
    {"mode", "MODE", "mode of the pods: %c", OPTION_NAME, .where = AT(node.mode),
     .choices = &mode_choices},
    {"min-pods", "N", "at least N pods", OPTION_VALUE, .where = AT(pods), .parse = parse_min_pods},
    {"vcpus", "A..B", "also A.., ..B, or A alone; both ends are included", OPTION_VALUE,
     .where = AT(vcpus), .parse = parse_range},
    {"memory-gib", "A..B", "the same, decimals allowed", OPTION_VALUE, .where = AT(memory),
     .parse = parse_range, .tag = GIB_PLACES},
    {"sort", "KEY",
     "a column of -o tsv but sources; -KEY: descending; what is not known goes last; default: by "
     "name",
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
    uint64_t max_pods; /* or CNICALC_UNKNOWN_COUNT */
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
    {"instance_type", "INSTANCE TYPE", "its name", FIELD_TEXT, .where = AT(name)},
    {"vcpus", "VCPUS", "its vCPUs", FIELD_QUANTITY, .where = AT(vcpus)},
    {"memory_gib", "GIB", "its memory", FIELD_DECIMAL, .where = AT(memory_gib)},
    {"eni_quantity", "ENIS", "ENIs, the primary one included", FIELD_QUANTITY,
     .where = AT(eni_quantity)},
    {"eni_private_ip_address_quantity", "IPV4/ENI", "IPv4 addresses of an ENI", FIELD_QUANTITY,
     .where = AT(eni_private_ip_address_quantity)},
    {"eni_ipv6_address_quantity", "IPV6/ENI", "IPv6 addresses of an ENI", FIELD_QUANTITY,
     .where = AT(eni_ipv6_address_quantity)},
    {"max_pods", "PODS", "what the ENIs of a node can serve", FIELD_COUNT, .where = AT(max_pods)},
    {"pods_per_vcpu", "PODS/VCPU", "these for each vCPU, to the nearest hundredth", FIELD_DECIMAL,
     .where = AT(pods_per_vcpu)},
    {"sources", "SOURCES", "which sources have the row", FIELD_TEXT, .where = AT(sources)},
    FIELDS_END};

#undef AT

static const struct form forms[] = {{NULL, fields}, {NULL, NULL}};

static const char *sort_key(uint32_t column)
{
    return fields[column].key;
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

static struct decimal memory_gib(uint32_t memory_mib)
{
    struct decimal decimal = {memory_mib * GIB_SCALED_PER_MIB, GIB_PLACES};
    if (memory_mib == CNICALC_UNKNOWN) {
        decimal.scaled = CNICALC_UNKNOWN_COUNT;
        return decimal;
    }
    return decimal_shortest(decimal);
}

static const char *format_sources(uint32_t sources)
{
    char letters[CNICALC_SOURCE_TEXT_SIZE];
    if (sources == 0) {
        return NULL;
    }
    expect_ok(cnicalc_source_format(sources, letters, sizeof letters));
    return memory_copy(letters, strlen(letters));
}

static void fill_row(const cnicalc_instance *instance, const cnicalc_node_options *node,
                     struct row *row)
{
    cnicalc_node_result result;
    memset(row, 0, sizeof *row);
    row->instance = instance;
    row->name = instance->name;
    row->vcpus = instance->vcpus;
    row->memory_gib = memory_gib(instance->memory_mib);
    row->eni_quantity = instance->eni_quantity;
    row->eni_private_ip_address_quantity = instance->eni_private_ip_address_quantity;
    row->eni_ipv6_address_quantity = instance->eni_ipv6_address_quantity;
    row->max_pods = cnicalc_node_solve(instance, node, &result) == CNICALC_OK
                        ? result.max_pods
                        : CNICALC_UNKNOWN_COUNT;
    row->pods_per_vcpu = pods_per_vcpu(row->max_pods, instance->vcpus);
    row->sources = format_sources(instance->sources);
}

/* ---- Which rows ---- */

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

static int is_in(const struct range *range, uint64_t value, uint64_t scale)
{
    return !range->is_given || (value != CNICALC_UNKNOWN_COUNT && value * scale >= range->low &&
                                value * scale <= range->high);
}

static uint64_t widen(uint32_t quantity)
{
    return quantity == CNICALC_UNKNOWN ? CNICALC_UNKNOWN_COUNT : quantity;
}

static int passes(const struct row *row, const struct request *request)
{
    return (request->family == NULL || is_of_family(row->name, request->family)) &&
           is_in(&request->pods, row->max_pods, 1) &&
           is_in(&request->vcpus, widen(row->vcpus), 1) &&
           is_in(&request->memory, widen(row->instance->memory_mib), GIB_SCALED_PER_MIB);
}

static int refuse_family(const struct args *args, const char *family,
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
        complain(args->subcommand, label, "%s", why);
    } else {
        complain(args->subcommand, label, "%s; did you mean %s?", why, search.best);
    }
    return 0;
}

/* Complains about --family unless one of the instances is of it, or there is no such option. */
static int check_family(const struct args *args, const char *family,
                        const cnicalc_instance *instances, size_t count)
{
    size_t i = 0;
    while (family != NULL && i < count && !is_of_family(instances[i].name, family)) {
        i++;
    }
    return family == NULL || i < count || refuse_family(args, family, instances, count);
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

/* ---- Their order ---- */

/* The value of a column as an exact fraction. */
static void set_fraction(struct row *row, const struct field *field)
{
    const char *member = (const char *)row + field->where;
    row->denominator = 1;
    if (field->where == offsetof(struct row, pods_per_vcpu)) {
        row->numerator = row->max_pods;
        row->denominator = row->pods_per_vcpu.scaled == CNICALC_UNKNOWN_COUNT ? 0 : row->vcpus;
    } else if (field->where == offsetof(struct row, memory_gib)) {
        row->numerator = row->instance->memory_mib;
        row->denominator = row->numerator != CNICALC_UNKNOWN;
    } else if (field->kind == FIELD_COUNT) {
        row->numerator = *(const uint64_t *)(const void *)member;
        row->denominator = row->numerator != CNICALC_UNKNOWN_COUNT;
    } else {
        row->numerator = *(const uint32_t *)(const void *)member;
        row->denominator = row->numerator != CNICALC_UNKNOWN;
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
        if (order->column != 0) {
            set_fraction(&rows[i], &fields[order->column]);
        }
    }
    qsort(rows, count, sizeof *rows, order->column == 0 ? by_name : by_fraction);
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
            const struct plot_point point = {rows[i].name, rows[i].vcpus, rows[i].max_pods};
            points[known++] = point;
        }
    }
    snprintf(title, sizeof title, "Pods of %zu instance types in mode %s; %zu without figures",
             known, cnicalc_mode_name(mode), count - known);
    const struct plot plot = {title, "vCPUs", "pods", points, known};
    if (known == 0) {
        return complain(args->subcommand, "--plot", "no type has figures to draw");
    }
    answer->lines = plot_text(&plot);
    answer->image = plot_svg(&plot);
    return EXIT_ANSWERED;
}

/* Whether a picture is asked for in a way that can be answered. Returns 1, or 0 after a complaint.
 */
static int check_picture(const struct args *args, uint32_t plot)
{
    int is_picture = args->output != NULL && strcmp(args->output, "svg") == 0;
    int is_text = args->output == NULL || strcmp(args->output, "table") == 0;
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
    const cnicalc_instance *instances = gather(&source, &count);
    if (!check_family(args, request->family, instances, count)) {
        return EXIT_MALFORMED;
    }
    struct row *rows = memory_take(count, sizeof *rows);
    for (size_t i = 0; i < count; i++) {
        fill_row(&instances[i], &request->node, &rows[picked]);
        picked += passes(&rows[picked], request) ? 1 : 0;
    }
    if (request->order.is_given) {
        sort(rows, picked, &request->order);
    }
    picked = picked < request->limit ? picked : (size_t)request->limit;
    answer_rows(answer, fields);
    for (size_t i = 0; i < picked; i++) {
        answer_add(answer, &rows[i]);
    }
    return request->plot ? draw(args, rows, picked, request->node.mode, answer) : EXIT_ANSWERED;
}

const struct command types_command = {
    .name = "types",
    .summary = "instance types, their limits and their pods",
    .usage = "[OPTION...]",
    .about = "The instance types of the table that pass every filter, with their pods. What no "
             "source prints is shown as - and passes no filter on it.",
    .notes = "Sources: Z the Chinese page and E the English page of 2026, O the page of July 2021, "
             "A a reply of the DescribeInstanceTypes API.",
    .examples = "cnicalc types --family c7 --min-pods 100 --sort -pods_per_vcpu",
    .instead = "did you mean cnicalc node, or --family?",
    .options = options,
    .forms = forms,
    .formats = OUTPUT_PICTURES,
    .has_one_answer = 1,
    .request_size = sizeof(struct request),
    .init = init,
    .run = run,
};
