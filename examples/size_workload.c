/* SPDX-License-Identifier: MIT */
/* size_workload: which instance types hold pods of a given CPU and memory on the fewest nodes, and
 * what binds each.
 *
 *      cc size_workload.c $(pkg-config --cflags --libs cnicalc)
 *      ./a.out 3000 500m 1Gi
 */
#include <cnicalc.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN     5
#define TYPES_MAX 2048

static uint32_t vcpus[TYPES_MAX], short_of[TYPES_MAX], bound_by[TYPES_MAX], ranks[TYPES_MAX];
static uint64_t nodes[TYPES_MAX], pods_per_node[TYPES_MAX], idle_kib[TYPES_MAX];

static int fail(const char *what, cnicalc_status status)
{
    fprintf(stderr, "size_workload: %s: %s\n", what, cnicalc_status_string(status));
    return 2;
}

/* The row that has this place, if its type fits. */
static void print_place(uint32_t place, size_t count)
{
    for (uint32_t row = 0; row < count; row++) {
        cnicalc_instance instance;
        if (ranks[row] == place && nodes[row] != CNICALC_UNKNOWN_COUNT &&
            short_of[row] == CNICALC_LIMIT_NONE &&
            cnicalc_instance_at(row, &instance) == CNICALC_OK) {
            printf("%-22s %4" PRIu64 " nodes of %3" PRIu64 " pods, bound by %s\n", instance.name,
                   nodes[row], pods_per_node[row], cnicalc_limit_name(bound_by[row]));
        }
    }
}

int main(int argc, char **argv)
{
    if (argc != 4 || strspn(argv[1], "0123456789") != strlen(argv[1])) {
        fprintf(stderr, "usage: size_workload PODS CPU MEMORY\n");
        return 2;
    }
    cnicalc_workload workload = {strtoull(argv[1], NULL, 10), 0, 0, 0, {0, 0, 0}};
    cnicalc_status status =
        cnicalc_cpu_parse(argv[2], CNICALC_NUL_TERMINATED, &workload.cpu_millicores);
    if (status != CNICALC_OK) {
        return fail(argv[2], status);
    }
    status = cnicalc_memory_parse(argv[3], CNICALC_NUL_TERMINATED, &workload.memory_bytes);
    if (status != CNICALC_OK) {
        return fail(argv[3], status);
    }
    size_t count = cnicalc_instance_count() < TYPES_MAX ? cnicalc_instance_count() : TYPES_MAX;
    const cnicalc_workload_columns columns = {.count = count,
                                              .out_vcpus = vcpus,
                                              .out_nodes = nodes,
                                              .out_pods_per_node = pods_per_node,
                                              .out_idle_memory_kib = idle_kib,
                                              .out_bound_by = bound_by,
                                              .out_short_of = short_of,
                                              .out_rank = ranks};
    cnicalc_workload_options options;
    status = cnicalc_workload_options_init(&options, sizeof options);
    if (status == CNICALC_OK) {
        status = cnicalc_workload_solve_batch(&workload, 1, &options, &columns, NULL);
    }
    if (status != CNICALC_OK) {
        return fail(argv[1], status);
    }
    for (uint32_t place = 0; place < SHOWN; place++) {
        print_place(place, count);
    }
    return 0;
}
