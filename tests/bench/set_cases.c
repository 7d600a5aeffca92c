/* SPDX-License-Identifier: MIT */
/* Sets of 10^4 blocks and more: the union and the first overlap. Every round takes a fresh copy of
 * the same random blocks, since both functions sort what they are given. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS 7

static void fill(cnicalc_cidr *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cnicalc_address address = {0, bench_random() >> 32, CNICALC_FAMILY_IPV4, 0};
        uint32_t prefix_len = 24 + (uint32_t)(bench_random() >> 61);
        bench_require(cnicalc_cidr_from_address(&address, prefix_len, &blocks[i]) == CNICALC_OK,
                      "a random block is not valid");
    }
}

/* Blocks of 16 addresses in random order, none of them twice: no overlap ends the search early. */
static void fill_apart(cnicalc_cidr *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cnicalc_cidr block = {0, (uint64_t)i * 16, CNICALC_FAMILY_IPV4, 28};
        size_t other = (size_t)(bench_random() % (i + 1));
        blocks[i] = blocks[other];
        blocks[other] = block;
    }
}

static int merge(cnicalc_cidr *blocks, size_t count)
{
    size_t kept;
    return cnicalc_cidr_merge(blocks, count, &kept) == CNICALC_OK && kept > 0;
}

static int first_overlap(cnicalc_cidr *blocks, size_t count)
{
    uint32_t found = 1;
    cnicalc_cidr_pair pair;
    return cnicalc_cidr_first_overlap(blocks, count, &found, &pair) == CNICALC_OK && found == 0;
}

static double median_of(int (*ask)(cnicalc_cidr *, size_t), const cnicalc_cidr *source,
                        cnicalc_cidr *blocks, size_t count)
{
    uint64_t times[ROUNDS];
    for (size_t round = 0; round < ROUNDS; round++) {
        memcpy(blocks, source, count * sizeof *blocks);
        uint64_t start = bench_cpu_ns();
        bench_require(ask(blocks, count), "a set has no answer");
        times[round] = bench_cpu_ns() - start;
    }
    return (double)bench_median(times, ROUNDS);
}

static void run(const char *what, size_t count, double ns)
{
    char name[32];
    uint32_t log2_count = 0;
    for (size_t n = count; n > 1; n >>= 1) {
        log2_count++;
    }
    (void)snprintf(name, sizeof name, "%s_%zu", what, count);
    bench_report(name, ns, NULL, 0, 0);
    (void)printf("# %s: %.2f ns for each block and doubling\n", name,
                 ns / (double)count / log2_count);
    bench_report_figures(name, ns, 50);
}

void bench_run_sets(size_t count_max)
{
    cnicalc_cidr *source = malloc(count_max * sizeof *source);
    cnicalc_cidr *blocks = malloc(count_max * sizeof *blocks);
    if (source == NULL || blocks == NULL) {
        (void)printf("# sets: skipped, no memory for %zu blocks\n", count_max);
        count_max = 0;
    }
    for (size_t count = 10000; count <= count_max; count *= 10) {
        fill(source, count);
        run("merge", count, median_of(merge, source, blocks, count));
        fill_apart(source, count);
        run("first_overlap", count, median_of(first_overlap, source, blocks, count));
    }
    free(source);
    free(blocks);
}
