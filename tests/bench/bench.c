/* SPDX-License-Identifier: MIT */
/* Measures cnicalc beside its peers.
 *
 *     bench --write-inputs DIR       the random inputs, for peers that are programs of their own
 *     bench [--figures FILE] [--tool CNICALC] [--line PROGRAM] [--sets COUNT]
 *                                    all cases, with the figures of those programs
 *     bench --only CASE              that case alone, or "sets"
 *     bench --once all               a pass of each, for callgrind; prints how many calls it makes
 *
 * A line for each side: "bench<TAB>name<TAB>ours_ns<TAB>peer<TAB>peer_ns<TAB>ratio", where ratio is
 * how many times faster ours is. A figure is the median of its rounds. The rounds of the sides of a
 * case take turns, so that what disturbs the machine disturbs all alike. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS 41

static uint64_t read_clock(clockid_t clock)
{
    struct timespec now;
    (void)clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

uint64_t bench_wall_ns(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

uint64_t bench_cpu_ns(void)
{
    return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

uint64_t bench_median(uint64_t *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
    return values[count / 2];
}

/* ---- Figures of other programs ---- */

#define FIGURES_MAX 64

static struct {
    char name[32];
    char who[32];
    double ns;
} figures[FIGURES_MAX];

static size_t figure_count;

int bench_read_figures(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return 0;
    }
    while (figure_count < FIGURES_MAX &&
           fscanf(file, "%31s %31s %lf", figures[figure_count].name, figures[figure_count].who,
                  &figures[figure_count].ns) == 3) {
        figure_count++;
    }
    return fclose(file) == 0;
}

/* ---- The answer ---- */

void bench_report(const char *name, double ours_ns, const char *peer, double peer_ns,
                  double least_ratio)
{
    double ratio = peer_ns / ours_ns;
    if (peer == NULL) {
        (void)printf("bench\t%s\t%.1f\t-\t-\t-\n", name, ours_ns);
        return;
    }
    (void)printf("bench\t%s\t%.1f\t%s\t%.1f\t%.2f", name, ours_ns, peer, peer_ns, ratio);
    if (least_ratio > 0) {
        (void)printf("\t%s %.2f", ratio >= least_ratio ? "meets" : "misses", least_ratio);
    }
    (void)printf("\n");
    (void)fflush(stdout);
}

void bench_report_figures(const char *name, double ours_ns, double least_ratio)
{
    for (size_t i = 0; i < figure_count; i++) {
        if (strcmp(figures[i].name, name) == 0) {
            bench_report(name, ours_ns, figures[i].who, figures[i].ns, least_ratio);
        }
    }
}

/* ---- Cases ---- */

static uint64_t time_of(bench_pass *pass, uint64_t *sum)
{
    uint64_t start = bench_cpu_ns();
    *sum = pass();
    return bench_cpu_ns() - start;
}

static int same_answers(const struct bench_case *one)
{
    uint64_t ours = one->ours();
    for (size_t i = 0; one->peers[i].who != NULL; i++) {
        const struct bench_side *peer = &one->peers[i];
        if (peer->pass != NULL && peer->pass() != ours && peer->same_question) {
            return 0;
        }
    }
    return 1;
}

static void run_case(const struct bench_case *one)
{
    static uint64_t times[BENCH_PEERS_MAX + 1][ROUNDS];
    static volatile uint64_t sink;
    bench_require(same_answers(one), one->name);
    for (size_t round = 0; round < ROUNDS; round++) {
        uint64_t sum;
        times[BENCH_PEERS_MAX][round] = time_of(one->ours, &sum);
        sink = sum;
        for (size_t i = 0; one->peers[i].who != NULL; i++) {
            if (one->peers[i].pass != NULL) {
                times[i][round] = time_of(one->peers[i].pass, &sum);
                sink = sum;
            }
        }
    }
    (void)sink;
    double calls = (double)one->calls;
    double ours_ns = (double)bench_median(times[BENCH_PEERS_MAX], ROUNDS) / calls;
    if (one->peers[0].who == NULL) {
        bench_report(one->name, ours_ns, one->most_ns > 0 ? "aim" : NULL, one->most_ns, 1);
    }
    for (size_t i = 0; one->peers[i].who != NULL; i++) {
        const struct bench_side *peer = &one->peers[i];
        if (peer->pass == NULL) {
            (void)printf("# %s: %s is not installed, skipped\n", one->name, peer->who);
        } else {
            bench_report(one->name, ours_ns, peer->who,
                         (double)bench_median(times[i], ROUNDS) / calls, peer->least_ratio);
        }
    }
    bench_report_figures(one->name, ours_ns, 0);
    size_t bytes = bench_bytes_of(one->ours);
    if (bytes != 0) {
        (void)printf("# %s: %.0f MB/s\n", one->name, 1e3 * (double)bytes / (ours_ns * calls));
    }
}

static const struct bench_case *const PARTS[] = {
    bench_cidr_cases,    bench_node_cases, bench_workload_cases, bench_plan_cases,
    bench_cluster_cases, bench_name_cases, bench_other_cases};

#define PART_COUNT (sizeof PARTS / sizeof PARTS[0])

static const struct bench_case *find_case(const char *name)
{
    for (size_t part = 0; part < PART_COUNT; part++) {
        for (const struct bench_case *one = PARTS[part]; one->name != NULL; one++) {
            if (strcmp(one->name, name) == 0) {
                return one;
            }
        }
    }
    bench_require(0, "no such case");
    return NULL;
}

static int run_only(const char *name)
{
    if (strcmp(name, "sets") == 0) {
        bench_run_sets(1000000);
        return EXIT_SUCCESS;
    }
    run_case(find_case(name));
    return EXIT_SUCCESS;
}

/* Runs each case once to warm up and once counted; prints how many calls that were. */
static int run_once(void)
{
    for (size_t part = 0; part < PART_COUNT; part++) {
        for (const struct bench_case *one = PARTS[part]; one->name != NULL; one++) {
            uint64_t sum = one->ours();
            bench_require(bench_count_pass(one->ours) == sum, "a pass answers twice");
            (void)printf("%s\t%zu\n", one->name, one->calls);
        }
    }
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    const char *tool = NULL;
    const char *line = "no such program";
    size_t set_size = 0;
    bench_make_inputs();
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--only") == 0) {
            return run_only(argv[i + 1]);
        }
        if (strcmp(argv[i], "--write-inputs") == 0) {
            return bench_write_inputs(argv[i + 1]) ? EXIT_SUCCESS : EXIT_FAILURE;
        }
        if (strcmp(argv[i], "--once") == 0) {
            return run_once();
        }
        if (strcmp(argv[i], "--figures") == 0) {
            bench_require(bench_read_figures(argv[i + 1]), "cannot read the figures");
        } else if (strcmp(argv[i], "--tool") == 0) {
            tool = argv[i + 1];
        } else if (strcmp(argv[i], "--line") == 0) {
            line = argv[i + 1];
        } else if (strcmp(argv[i], "--sets") == 0) {
            set_size = (size_t)strtoul(argv[i + 1], NULL, 10);
        } else {
            bench_require(0, "no such option");
        }
    }
    for (size_t part = 0; part < PART_COUNT; part++) {
        for (const struct bench_case *one = PARTS[part]; one->name != NULL; one++) {
            run_case(one);
        }
    }
    bench_run_sets(set_size);
    if (tool != NULL) {
        bench_run_starts(tool, line);
    }
    return EXIT_SUCCESS;
}
