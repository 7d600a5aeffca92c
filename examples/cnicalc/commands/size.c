/* SPDX-License-Identifier: MIT */
/* cnicalc size: which instance types hold a workload, and on how many nodes. */
#include "size.h"

#include "../answer/shell.h"
#include "../ask/catalogue.h"
#include "../ask/node_options.h"
#include "../ask/picture.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../base/text_buffer.h"
#include "../command.h"

#include <inttypes.h>
#include <string.h>

#define DEFAULT_LIMIT 20

static void init(void *asked)
{
    struct size_request *request = asked;
    expect_ok(cnicalc_workload_options_init(&request->options, sizeof request->options));
    request->max_nodes = UINT64_MAX;
    request->limit = DEFAULT_LIMIT;
}

/* ---- The question ---- */

static int refuse(const struct args *args, const char *what, const char *why)
{
    complain(args->subcommand, what, "%s", why);
    return 0;
}

/* Whether the options go together. Returns 1, or 0 after a complaint. */
static int check_form(const struct args *args, const struct size_request *request)
{
    int is_flannel = request->options.plugin == CNICALC_PLUGIN_FLANNEL;
    if (request->mix.count == 0 && request->alone.pods == 0) {
        return refuse(args, "--pods", "none is given, nor --workload; see cnicalc size --help");
    }
    if (is_flannel && request->options.node_mask == 0) {
        return refuse(args, "--node-mask", "none is given, which --plugin flannel needs");
    }
    if (!is_flannel && request->options.node_mask != 0) {
        return refuse(args, "--node-mask", "it goes with --plugin flannel");
    }
    if (is_flannel && (args_given(args, "mode") || type_filter_asks_node(&request->filter))) {
        return refuse(args, args_given(args, "mode") ? "--mode" : "--plugin flannel",
                      args_given(args, "mode")
                          ? "it goes with --plugin terway"
                          : "ENIs serve no pods, so that no type is chosen by them");
    }
    if (request->options.node.memory_capacity_kib != 0 && request->types.count != 1) {
        return refuse(args, "--memory-capacity", "it goes with one --type");
    }
    return 1;
}

/* One workload without a name is a mix of one. */
static void complete_mix(struct size_request *request)
{
    if (request->mix.count == 0) {
        request->mix.workloads = &request->alone;
        request->mix.count = 1;
    }
}

static int passes(const struct size_request *request, const cnicalc_instance *instance)
{
    return type_filter_passes(&request->filter, instance) &&
           type_filter_passes_node(&request->filter, instance, &request->options.node);
}

/* Those of some types that pass the filters. Returns 1, or 0 after a complaint. */
static int pick(const struct args *args, const struct size_request *request,
                const cnicalc_instance *types, size_t count, struct sized *sized)
{
    cnicalc_instance *picked = memory_take(count, sizeof *picked);
    if (!type_filter_check(args->subcommand, &request->filter, types, count)) {
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        if (passes(request, &types[i])) {
            picked[sized->count++] = types[i];
        }
    }
    sized->instances = picked;
    return 1;
}

/* The same of the built-in table, of which no copy is made: that is most of the time of an answer.
 */
static void pick_built_in(const struct size_request *request, struct sized *sized)
{
    size_t count = cnicalc_instance_count();
    sized->index = memory_take(count, sizeof *sized->index);
    for (size_t i = 0; i < count; i++) {
        cnicalc_instance instance;
        expect_ok(cnicalc_instance_at(i, &instance));
        sized->index[sized->count] = (uint32_t)i;
        sized->count += passes(request, &instance) ? 1 : 0;
    }
}

/* The types that are asked for by name, or all. Returns 1, or 0 after a complaint. */
static int find_types(const struct args *args, const struct size_request *request,
                      struct sized *sized)
{
    struct instance_source source;
    size_t count = request->types.count;
    if (!instance_source_open(args->subcommand, request->catalog, &source)) {
        return 0;
    }
    if (count == 0 && source.count == 0 && request->filter.family_count == 0) {
        pick_built_in(request, sized);
        return 1;
    }
    if (count == 0) {
        const cnicalc_instance *all = instance_source_all(&source, &count);
        return pick(args, request, all, count, sized);
    }
    cnicalc_instance *types = memory_take(count, sizeof *types);
    for (size_t i = 0; i < count; i++) {
        const char *name = request->types.names[i];
        if (!instance_source_find(&source, args_label("type", name), name, &types[i])) {
            return 0;
        }
    }
    return pick(args, request, types, count, sized);
}

const cnicalc_instance *size_type(const struct sized *sized, size_t i)
{
    if (sized->instances != NULL) {
        return &sized->instances[i];
    }
    cnicalc_instance *instance = memory_take(1, sizeof *instance);
    expect_ok(cnicalc_instance_at(sized->index[i], instance));
    return instance;
}

/* Complains about the options if the library does, or if every type fails by them. Returns 1, or 0
 * after a complaint. */
static int check_answers(const struct args *args, const struct size_request *request,
                         const struct sized *sized, cnicalc_status status)
{
    size_t failed = 0;
    if (status != CNICALC_OK) {
        return refuse(args, request->mix.names == NULL ? "--pods" : "--workload",
                      cnicalc_status_string(status));
    }
    while (failed < sized->count && sized->status[failed] != CNICALC_OK &&
           sized->status[failed] != CNICALC_ERR_LIMITS_UNKNOWN &&
           sized->status[failed] != CNICALC_ERR_WORKLOAD_ALLOCATABLE) {
        failed++;
    }
    if (failed == 0 || failed < sized->count) {
        return 1;
    }
    node_options_refuse(args->subcommand, size_type(sized, 0), &request->options.node, "--mode ",
                        sized->status[0]);
    return 0;
}

static int solve(const struct args *args, const struct size_request *request, struct sized *sized)
{
    size_t count = sized->count;
    sized->vcpus = memory_take(count, sizeof *sized->vcpus);
    sized->nodes = memory_take(count, sizeof *sized->nodes);
    sized->pods_per_node = memory_take(count, sizeof *sized->pods_per_node);
    sized->idle_memory_kib = memory_take(count, sizeof *sized->idle_memory_kib);
    sized->bound_by = memory_take(count, sizeof *sized->bound_by);
    sized->short_of = memory_take(count, sizeof *sized->short_of);
    sized->status = memory_take(count, sizeof *sized->status);
    sized->rank = memory_take(count, sizeof *sized->rank);
    const cnicalc_workload_columns columns = {
        .instances = sized->instances,
        .instance_count = count,
        .instance_index = sized->index,
        .count = count,
        .out_vcpus = sized->vcpus,
        .out_nodes = sized->nodes,
        .out_pods_per_node = sized->pods_per_node,
        .out_idle_memory_kib = sized->idle_memory_kib,
        .out_bound_by = sized->bound_by,
        .out_short_of = sized->short_of,
        .out_status = sized->status,
        .out_rank = sized->rank,
    };
    cnicalc_status status = cnicalc_workload_solve_batch(request->mix.workloads, request->mix.count,
                                                         &request->options, &columns, NULL);
    return check_answers(args, request, sized, status);
}

/* ---- The answer ---- */

/* How many types there are of each sort. */
struct sorts {
    size_t fitting;
    size_t too_many_nodes; /* for --max-nodes; left out */
    size_t short_of;
    size_t unknown;
};

static struct sorts count_sorts(const struct size_request *request, const struct sized *sized)
{
    struct sorts sorts = {0, 0, 0, 0};
    for (size_t i = 0; i < sized->count; i++) {
        if (sized->status[i] != CNICALC_OK) {
            sorts.unknown++;
        } else if (sized->nodes[i] != CNICALC_NO_LIMIT && sized->nodes[i] > request->max_nodes) {
            sorts.too_many_nodes++;
        } else if (sized->short_of[i] != CNICALC_LIMIT_NONE) {
            sorts.short_of++;
        } else {
            sorts.fitting++;
        }
    }
    return sorts;
}

static const char *verb(size_t count, const char *one, const char *several)
{
    return count == 1 ? one : several;
}

/* What a table of the first rows does not show. */
static const char *describe(const struct size_request *request, const struct sorts *sorts,
                            size_t shown)
{
    struct text_buffer text = {NULL, 0, 0};
    if (sorts->fitting == 0) {
        text_add_plain(&text, "no type fits");
    } else {
        text_add(&text, "%zu %s", sorts->fitting, verb(sorts->fitting, "type fits", "types fit"));
    }
    if (sorts->fitting > shown && shown == 1) {
        text_add_plain(&text, ", of which the first is shown");
    } else if (sorts->fitting > shown) {
        text_add(&text, ", of which the first %zu are shown", shown);
    }
    if (sorts->too_many_nodes != 0) {
        text_add(&text, "; %zu %s more than %" PRIu64 " nodes", sorts->too_many_nodes,
                 verb(sorts->too_many_nodes, "needs", "need"), request->max_nodes);
    }
    if (sorts->short_of != 0) {
        text_add(&text, "; %zu %s not fit", sorts->short_of, verb(sorts->short_of, "does", "do"));
    }
    if (sorts->unknown != 0) {
        text_add(&text, "; of %zu a quantity is not published", sorts->unknown);
    }
    return text.text;
}

/* 64 CPUs and more, or less than a MiB, as of quantities without their unit. */
#define LARGE_MILLICORES 64000
#define SMALL_BYTES      (UINT64_C(1024) * 1024)

/* Requests that are legal and unlikely: of nothing, and of a number whose unit was forgotten. */
static void note_requests(const struct mix *mix, struct answer *answer)
{
    uint64_t cpu = 0;
    uint64_t memory = 0;
    for (size_t i = 0; i < mix->count; i++) {
        const cnicalc_workload *workload = &mix->workloads[i];
        cpu = workload->cpu_millicores > cpu ? workload->cpu_millicores : cpu;
        memory = workload->memory_bytes > memory ? workload->memory_bytes : memory;
    }
    if (cpu == 0 || memory == 0) {
        answer_explain(answer, cpu != 0 ? "no pod requests memory, so it limits nothing"
                               : memory != 0
                                   ? "no pod requests CPU, so it limits nothing"
                                   : "no pod requests CPU or memory, so they limit nothing");
    }
    if (cpu >= LARGE_MILLICORES && cpu % 1000 == 0) {
        struct text_buffer note = {NULL, 0, 0};
        text_add(&note, "a pod requests %" PRIu64 " CPUs; %" PRIu64 "m is a thousandth of that",
                 cpu / 1000, cpu / 1000);
        answer_explain(answer, note.text);
    }
    if (memory != 0 && memory < SMALL_BYTES) {
        struct text_buffer note = {NULL, 0, 0};
        text_add(&note,
                 "no pod requests more than %" PRIu64 " bytes of memory; %" PRIu64 "Mi are MiB",
                 memory, memory);
        answer_explain(answer, note.text);
    }
}

static void add_summary(const struct size_request *request, const struct sorts *sorts, size_t shown,
                        struct answer *answer)
{
    const char *summary = describe(request, sorts, shown);
    answer_explain(answer, summary);
    note_requests(&request->mix, answer);
    if (request->options.node.memory_capacity_kib == 0) {
        answer_explain(answer, "allocatable memory starts from the type's; a running node has less "
                               "(3.7 % of a 32 GiB type)");
    }
    if (sorts->fitting == 0) {
        struct text_buffer comment = {NULL, 0, 0};
        text_add(&comment, "# %s", summary);
        words_add_text(&answer->arguments, comment.text);
    }
}

/* Why a row does not fit, unless a row before says so of the same limit. */
static void add_reason(const struct size_row *row, uint64_t *said, struct answer *answer)
{
    uint64_t bit = UINT64_C(1) << (row->fits == CNICALC_UNKNOWN ? 0 : row->result.short_of);
    struct text_buffer text = {NULL, 0, 0};
    if (row->reason != NULL && (*said & bit) == 0) {
        *said |= bit;
        text_add(&text, "%s: %s", row->instance_type, row->reason);
        answer_explain(answer, text.text);
    }
}

/* What propose and terway ask: the node of a row, and how many. */
static void add_arguments(const struct size_request *request, const struct size_row *row,
                          struct answer *answer)
{
    uint64_t pods = mix_pods_on_node(&request->mix, row->result.nodes, 1);
    shell_add(&answer->arguments, "plugin", cnicalc_plugin_name(row->plugin), NULL);
    if (row->plugin == CNICALC_PLUGIN_TERWAY) {
        shell_add(&answer->arguments, "type", row->instance_type, NULL);
        shell_add(&answer->arguments, "mode", cnicalc_mode_name(row->mode), NULL);
    }
    shell_add_count(&answer->arguments, "nodes", row->result.nodes);
    shell_add_count(&answer->arguments, "pods-per-node", pods + request->options.daemon_pods);
}

/* Indexes of types, those that rank first before the others. */
static const size_t *in_order(const struct sized *sized)
{
    size_t *order = memory_take(sized->count, sizeof *order);
    for (size_t i = 0; i < sized->count; i++) {
        order[sized->rank[i]] = i;
    }
    return order;
}

/* Adds the rows; those that need too many nodes are left out. Returns how many there are. */
static size_t add_rows(const struct size_request *request, const struct sized *sized,
                       struct answer *answer)
{
    const size_t *order = in_order(sized);
    size_t shown = 0;
    uint64_t said = 0;
    size_t most = sized->count < request->limit ? sized->count : (size_t)request->limit;
    struct size_row *rows = memory_room(most, sizeof *rows);
    for (size_t i = 0; i < sized->count && shown < most; i++) {
        struct size_row *row = &rows[shown];
        uint64_t nodes = sized->nodes[order[i]];
        if (nodes != CNICALC_NO_LIMIT && nodes > request->max_nodes) {
            continue;
        }
        size_fill_row(request, size_type(sized, order[i]), row);
        add_reason(row, &said, answer);
        if (shown++ == 0) {
            answer_explain(answer, row->explain);
            if (row->fits == 1) {
                add_arguments(request, row, answer);
            }
        }
    }
    const struct list list = {rows, shown, sizeof *rows};
    answer_list(answer, size_fields, &list);
    return shown;
}

static int run(const struct args *args, void *asked, struct answer *answer)
{
    struct size_request *request = asked;
    struct sized sized;
    memset(&sized, 0, sizeof sized);
    if (!picture_check(args, request->plot) || !check_form(args, request)) {
        return EXIT_MALFORMED;
    }
    complete_mix(request);
    if (!find_types(args, request, &sized) || !solve(args, request, &sized)) {
        return EXIT_MALFORMED;
    }
    struct sorts sorts = count_sorts(request, &sized);
    size_t shown = add_rows(request, &sized, answer);
    add_summary(request, &sorts, shown, answer);
    if (picture_is_asked(args, request->plot) &&
        size_draw(args, request, &sized, answer) != EXIT_ANSWERED) {
        return EXIT_MALFORMED;
    }
    return sorts.fitting != 0 ? EXIT_ANSWERED : EXIT_NO;
}

const struct command size_command = {
    .name = "size",
    .summary = "nodes for a workload, by instance type",
    .usage = "--pods N [--cpu Q] [--memory Q] [OPTION...]\n"
             " --workload NAME=PODS,cpu=Q,memory=Q... [OPTION...]",
    .about = "How many nodes of each instance type hold pods of a given CPU and memory, and what "
             "binds: CPU, memory, the ENIs, kubelet or Flannel's block. The type that needs the "
             "fewest nodes is first, then fewer vCPUs, then less idle memory.\n"
             "A type that does not fit comes after, one of which a quantity is not published last.",
    .examples = "cnicalc size --pods 3000 --cpu 500m --memory 1Gi --family c7",
    .instead = "did you mean --type?",
    .options = size_options,
    .fields = size_fields,
    .formats = OUTPUT_PICTURES | OUTPUT_BIT(OUTPUT_ARGS),
    .has_one_answer = 1,
    .request_size = sizeof(struct size_request),
    .init = init,
    .run = run,
};
