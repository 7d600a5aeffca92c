/* SPDX-License-Identifier: MIT */
/* The table of instance types, and nodes. */
#include "bench.h"

#include <stdlib.h>

#define MODES (CNICALC_MODE_COUNT - 1)

static uint64_t find(const struct bench_texts *names)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        size_t len;
        const char *name = bench_text(names, i, &len);
        cnicalc_instance instance;
        if (cnicalc_instance_find(name, len, &instance) == CNICALC_OK) {
            sum += instance.eni_quantity;
        }
    }
    return sum;
}

static uint64_t find_hit(void)
{
    return find(&bench_hits);
}

static uint64_t find_miss(void)
{
    return find(&bench_misses);
}

static uint64_t find_mixed(void)
{
    return find(&bench_mixed);
}

/* A node of a random type in a random mode for each input. */
struct nodes {
    cnicalc_instance *instances; /* the table */
    cnicalc_node_options options[MODES];
    uint32_t index[BENCH_INPUTS];
    uint32_t mode[BENCH_INPUTS];
};

static const struct nodes *nodes(void)
{
    static struct nodes made;
    size_t rows = cnicalc_instance_count();
    if (made.instances != NULL) {
        return &made;
    }
    made.instances = calloc(rows, sizeof *made.instances);
    bench_require(made.instances != NULL, "out of memory");
    bench_require(cnicalc_instance_rows(0, rows, made.instances) == CNICALC_OK, "no table");
    for (uint32_t i = 0; i < MODES; i++) {
        cnicalc_node_options *options = &made.options[i];
        bench_require(cnicalc_node_options_init(options, sizeof *options) == CNICALC_OK,
                      "no options");
        options->mode = CNICALC_MODE_SHARED_ENI + i;
    }
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        made.index[i] = (uint32_t)(bench_random() % rows);
        made.mode[i] = (uint32_t)((bench_random() >> 32) % MODES);
    }
    return &made;
}

static uint64_t solve_in_turn(const cnicalc_node_options *options)
{
    const struct nodes *all = nodes();
    uint64_t sum = 0;
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        cnicalc_node_result result;
        if (cnicalc_node_solve(&all->instances[all->index[i]], &options[i * MODES / BENCH_INPUTS],
                               &result) == CNICALC_OK) {
            sum += result.max_pods + result.bound_by;
        }
    }
    return sum;
}

static uint64_t solve(void)
{
    return solve_in_turn(nodes()->options);
}

/* With all that a node pool can set. */
static uint64_t solve_with_options(void)
{
    cnicalc_node_options options[MODES];
    for (size_t i = 0; i < MODES; i++) {
        options[i] = nodes()->options[i];
        options[i].eni_cap_ratio_numerator = 750;
        options[i].eni_cap_ratio_denominator = 1000;
        options[i].eni_cap_shift = 1;
        options[i].max_eni = 6;
        options[i].ipv4_prefix_count = 20;
        options[i].host_network_pods = 6;
        options[i].kubelet_max_pods = 110;
        options[i].min_pods_to_join = 30;
    }
    return solve_in_turn(options);
}

static uint64_t solve_any_mode(void)
{
    const struct nodes *all = nodes();
    uint64_t sum = 0;
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        cnicalc_node_result result;
        if (cnicalc_node_solve(&all->instances[all->index[i]], &all->options[all->mode[i]],
                               &result) == CNICALC_OK) {
            sum += result.max_pods + result.bound_by;
        }
    }
    return sum;
}

static uint64_t find_and_solve(void)
{
    const struct nodes *all = nodes();
    uint64_t sum = 0;
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        size_t len;
        const char *name = bench_text(&bench_hits, i, &len);
        cnicalc_instance instance;
        cnicalc_node_result result;
        if (cnicalc_instance_find(name, len, &instance) == CNICALC_OK &&
            cnicalc_node_solve(&instance, &all->options[all->mode[i]], &result) == CNICALC_OK) {
            sum += result.max_pods + result.bound_by;
        }
    }
    return sum;
}

/* The pods of all nodes in one call. */
static uint64_t solve_batch(void)
{
    static uint32_t modes[BENCH_INPUTS];
    static uint64_t pods[BENCH_INPUTS];
    static uint32_t bound_by[BENCH_INPUTS];
    static cnicalc_status statuses[BENCH_INPUTS];
    const struct nodes *all = nodes();
    const cnicalc_node_columns columns = {
        .instance_index = all->index,
        .mode = modes,
        .count = BENCH_INPUTS,
        .out_max_pods = pods,
        .out_bound_by = bound_by,
        .out_status = statuses,
    };
    if (modes[0] == 0) {
        for (size_t i = 0; i < BENCH_INPUTS; i++) {
            modes[i] = all->options[all->mode[i]].mode;
        }
    }
    bench_require(cnicalc_node_solve_batch(all->options, &columns) == CNICALC_OK, "a batch");
    return pods[0] + bound_by[BENCH_INPUTS / 2];
}

/* ---- The whole table ---- */

#define ROWS_MAX 2048
#define RANKINGS 20 /* in a pass: one is too short for the clock */

/* The pods of the whole table in each of the four modes, and the places of its rows by them. */
static uint64_t rank_table(void)
{
    static uint32_t indexes[ROWS_MAX];
    static uint64_t pods[ROWS_MAX];
    static uint32_t places[ROWS_MAX];
    const struct nodes *all = nodes();
    size_t rows = cnicalc_instance_count();
    uint64_t sum = 0;
    const cnicalc_node_columns columns = {
        .instance_index = indexes,
        .count = rows,
        .out_max_pods = pods,
        .out_rank = places,
    };
    bench_require(rows <= ROWS_MAX, "the table has outgrown the benchmark");
    for (uint32_t i = 0; i < rows; i++) {
        indexes[i] = i;
    }
    for (size_t mode = 0; mode < MODES; mode++) {
        bench_require(cnicalc_node_solve_batch(&all->options[mode], &columns) == CNICALC_OK,
                      "a ranking");
        sum += pods[rows / 2] + places[rows / 2];
    }
    return sum;
}

static uint64_t rank_tables(void)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < RANKINGS; i++) {
        sum += rank_table();
    }
    return sum;
}

const struct bench_case bench_node_cases[] = {
    {"find_hit", BENCH_INPUTS, find_hit, {{"glibc-parse", bench_glibc_parse_ipv4, 1 / 0.4, 0}}, 0},
    {"find_miss",
     BENCH_INPUTS,
     find_miss,
     {{"glibc-parse", bench_glibc_parse_ipv4, 1 / 0.4, 0}},
     0},
    {"find_mixed",
     BENCH_INPUTS,
     find_mixed,
     {{"glibc-parse", bench_glibc_parse_ipv4, 1 / 0.4, 0}},
     0},
    {"solve_node", BENCH_INPUTS, solve, {{"glibc-parse", bench_glibc_parse_ipv4, 1 / 0.15, 0}}, 0},
    {"solve_any_mode",
     BENCH_INPUTS,
     solve_any_mode,
     {{"glibc-parse", bench_glibc_parse_ipv4, 1 / 0.15, 0}},
     0},
    {"solve_with_options", BENCH_INPUTS, solve_with_options, {{NULL, NULL, 0, 0}}, 0},
    {"find_and_solve", BENCH_INPUTS, find_and_solve, {{NULL, NULL, 0, 0}}, 0},
    {"batch_node", BENCH_INPUTS, solve_batch, {{NULL, NULL, 0, 0}}, 3},
    {"rank_table", RANKINGS, rank_tables, {{NULL, NULL, 0, 0}}, 15000},
    {NULL, 0, NULL, {{NULL, NULL, 0, 0}}, 0},
};
