/* SPDX-License-Identifier: MIT */
/* Workloads: the whole table solved and ranked for one of them, and one type at a time. */
#include "bench.h"

#define ROWS_MAX  2048
#define WORKLOADS 20 /* in a pass: one is too short for the clock */
#define SOLVES    8192

struct question {
    cnicalc_workload workloads[WORKLOADS];
    cnicalc_workload_options options;
    cnicalc_instance instance;
};

static struct question make_question(void)
{
    struct question question;
    bench_require(cnicalc_workload_options_init(&question.options, sizeof question.options) ==
                      CNICALC_OK,
                  "no options");
    bench_require(cnicalc_instance_find("c7.4xlarge", CNICALC_NUL_TERMINATED, &question.instance) ==
                      CNICALC_OK,
                  "no type");
    for (uint64_t i = 0; i < WORKLOADS; i++) {
        const cnicalc_workload workload = {
            3000 + i * 100, 250 + i * 50, (UINT64_C(512) + i * 128) << 20, 0, {0, 0, 0}};
        question.workloads[i] = workload;
    }
    return question;
}

static uint64_t rank_workloads(void)
{
    static uint32_t vcpus[ROWS_MAX];
    static uint64_t nodes[ROWS_MAX];
    static uint64_t pods_per_node[ROWS_MAX];
    static uint64_t idle_memory_kib[ROWS_MAX];
    static uint32_t bound_by[ROWS_MAX];
    static uint32_t short_of[ROWS_MAX];
    static cnicalc_status statuses[ROWS_MAX];
    static uint32_t ranks[ROWS_MAX];
    const struct question question = make_question();
    const cnicalc_workload_columns columns = {
        .count = cnicalc_instance_count(),
        .out_vcpus = vcpus,
        .out_nodes = nodes,
        .out_pods_per_node = pods_per_node,
        .out_idle_memory_kib = idle_memory_kib,
        .out_bound_by = bound_by,
        .out_short_of = short_of,
        .out_status = statuses,
        .out_rank = ranks,
    };
    uint64_t sum = 0;
    bench_require(columns.count <= ROWS_MAX, "the table has outgrown the benchmark");
    for (size_t i = 0; i < WORKLOADS; i++) {
        bench_require(cnicalc_workload_solve_batch(&question.workloads[i], 1, &question.options,
                                                   &columns, NULL) == CNICALC_OK,
                      "a workload");
        sum += ranks[0] + nodes[columns.count / 2];
    }
    return sum;
}

/* All of an answer: every row of limits, idle resources, addresses. */
static uint64_t solve_mixes(size_t workload_count)
{
    const struct question question = make_question();
    uint64_t sum = 0;
    for (size_t i = 0; i < SOLVES; i++) {
        cnicalc_workload_result result;
        const cnicalc_workload *mix = &question.workloads[i % (WORKLOADS - workload_count + 1)];
        if (cnicalc_workload_solve(&question.instance, mix, workload_count, &question.options,
                                   &result, NULL) == CNICALC_OK) {
            sum += result.nodes + result.bound_by;
        }
    }
    return sum;
}

static uint64_t solve_workloads(void)
{
    return solve_mixes(1);
}

static uint64_t solve_mixes_of_three(void)
{
    return solve_mixes(3);
}

/* What is missing of a type that has all of it. */
static uint64_t find_missing(void)
{
    const struct question question = make_question();
    uint64_t sum = 0;
    for (size_t i = 0; i < SOLVES; i++) {
        uint32_t column = 0;
        cnicalc_status status = cnicalc_workload_missing_column(
            &question.instance, &question.workloads[i % WORKLOADS], 1, &question.options, &column);
        sum += (uint64_t)status + column;
    }
    return sum;
}

const struct bench_case bench_workload_cases[] = {
    {"solve_workload", SOLVES, solve_workloads, {{NULL, NULL, 0, 0}}, 0},
    {"solve_mix", SOLVES, solve_mixes_of_three, {{NULL, NULL, 0, 0}}, 0},
    {"workload_missing", SOLVES, find_missing, {{NULL, NULL, 0, 0}}, 0},
    {"rank_workload", WORKLOADS, rank_workloads, {{NULL, NULL, 0, 0}}, 100000},
    {NULL, 0, NULL, {{NULL, NULL, 0, 0}}, 0},
};
