/* SPDX-License-Identifier: MIT */
/* The picture of cnicalc size. */
#include "size.h"

#include "../base/complaint.h"
#include "../base/memory.h"
#include "../base/text_buffer.h"
#include "../draw/plot.h"

#include <inttypes.h>

/* What binds, in the order of the legend; any other limit is the last. */
static const struct {
    const char *class;
    uint32_t limit;
    char mark;
} kinds[] = {{"by-cpu", CNICALC_LIMIT_CPU, 'c'},
             {"by-memory", CNICALC_LIMIT_MEMORY, 'm'},
             {"by-enis", CNICALC_LIMIT_ENI_QUANTITY, 'e'},
             {"by-enis", CNICALC_LIMIT_NODE_MASK, 'b'},
             {"by-kubelet", CNICALC_LIMIT_KUBELET_MAX_PODS, 'k'}};

#define MIB (UINT64_C(1) << 20)

#define KIND_COUNT (sizeof kinds / sizeof kinds[0])

static size_t kind_of(uint32_t limit)
{
    size_t kind = 0;
    while (kind < KIND_COUNT && kinds[kind].limit != limit) {
        kind++;
    }
    return kind;
}

/* "512 MiB", or bytes where it is no whole number of them. */
static void add_memory(struct text_buffer *text, uint64_t bytes)
{
    int in_mib = bytes % MIB == 0;
    text_add(text, "%" PRIu64 " %s", in_mib ? bytes / MIB : bytes, in_mib ? "MiB" : "bytes");
}

static const char *make_title(const struct size_request *request, size_t known, size_t others)
{
    const cnicalc_workload *workload = &request->mix.workloads[0];
    struct text_buffer title = {NULL, 0, 0};
    text_add(&title, "Pods per node of %zu %s", known, known == 1 ? "type" : "types");
    if (request->mix.count == 1) {
        text_add(&title, ", pods of %" PRIu64 "m CPU and ", workload->cpu_millicores);
        add_memory(&title, workload->memory_bytes);
    }
    if (others != 0) {
        text_add(&title, "; %zu without figures", others);
    }
    return title.text;
}

int size_draw(const struct args *args, const struct size_request *request,
              const struct sized *sized, struct answer *answer)
{
    struct plot_point *points = memory_take(sized->count, sizeof *points);
    struct plot_kind named[KIND_COUNT + 1] = {{NULL, NULL, 0}};
    size_t known = 0;
    for (size_t i = 0; i < sized->count; i++) {
        if (sized->status[i] == CNICALC_OK && sized->vcpus[i] != CNICALC_UNKNOWN &&
            sized->pods_per_node[i] != CNICALC_NO_LIMIT) {
            const struct plot_point point = {size_type(sized, i)->name, sized->vcpus[i],
                                             sized->pods_per_node[i], kind_of(sized->bound_by[i])};
            points[known++] = point;
        }
    }
    for (size_t i = 0; i < KIND_COUNT; i++) {
        const struct plot_kind kind = {kinds[i].class, cnicalc_limit_text(kinds[i].limit),
                                       kinds[i].mark};
        named[i] = kind;
    }
    const struct plot_kind other = {"by-other", "another limit", 'o'};
    named[KIND_COUNT] = other;
    const struct plot plot = {make_title(request, known, sized->count - known),
                              "vCPUs",
                              "pods",
                              points,
                              known,
                              named,
                              KIND_COUNT + 1};
    if (known == 0) {
        return complain(args->subcommand, request->plot ? "--plot" : "-o svg",
                        "no type has figures to draw");
    }
    if (answer->format == OUTPUT_SVG) {
        answer->rendered = plot_svg(&plot);
    } else if (answer->format == OUTPUT_TABLE) {
        answer->lines = plot_text(&plot);
    }
    return EXIT_ANSWERED;
}
