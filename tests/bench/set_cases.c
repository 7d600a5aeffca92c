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

/* Networks of IPv6, as in a table of routes. */
static void fill_ipv6(cnicalc_cidr *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cnicalc_address address = {UINT64_C(0x2000000000000000) | bench_random() >> 3, 0,
                                   CNICALC_FAMILY_IPV6, 0};
        uint32_t prefix_len = 32 + (uint32_t)(bench_random() >> 59);
        bench_require(cnicalc_cidr_from_address(&address, prefix_len, &blocks[i]) == CNICALC_OK,
                      "a random network is not valid");
    }
}

static int sort(cnicalc_cidr *blocks, size_t count)
{
    return cnicalc_cidr_sort(blocks, count) == CNICALC_OK;
}

static int merge(cnicalc_cidr *blocks, size_t count)
{
    size_t kept;
    return cnicalc_cidr_merge(blocks, count, &kept) == CNICALC_OK && kept > 0;
}

static int exclude(cnicalc_cidr *blocks, size_t count)
{
    const cnicalc_cidr all = {0, 0, CNICALC_FAMILY_IPV4, 0};
    size_t needed;
    return cnicalc_cidr_exclude(&all, blocks, count, NULL, 0, &needed) == CNICALC_ERR_CAPACITY;
}

static int first_overlap(cnicalc_cidr *blocks, size_t count)
{
    uint32_t found = 1;
    cnicalc_cidr_pair pair;
    return cnicalc_cidr_first_overlap(blocks, count, &found, &pair) == CNICALC_OK && found == 0;
}

/* The limit: a sort of the same keys as words of 40 bits, by ten of them at a time, with as much
 * room again. */
#define PASS_BITS 10

static int sort_keys(cnicalc_cidr *blocks, size_t count)
{
    uint64_t *keys = (uint64_t *)(void *)blocks; /* 24 bytes a block: room for both */
    uint64_t *other = keys + count;
    for (size_t i = 0; i < count; i++) {
        uint64_t key = blocks[i].lo << 8 | blocks[i].prefix_len;
        keys[i] = key;
    }
    for (uint32_t shift = 0; shift < 40; shift += PASS_BITS) {
        size_t starts[1 << PASS_BITS] = {0};
        size_t sum = 0;
        for (size_t i = 0; i < count; i++) {
            starts[keys[i] >> shift & ((1 << PASS_BITS) - 1)]++;
        }
        for (size_t i = 0; i < 1 << PASS_BITS; i++) {
            size_t size = starts[i];
            starts[i] = sum;
            sum += size;
        }
        for (size_t i = 0; i < count; i++) {
            other[starts[keys[i] >> shift & ((1 << PASS_BITS) - 1)]++] = keys[i];
        }
        uint64_t *swap = keys;
        keys = other;
        other = swap;
    }
    return keys[0] <= keys[count - 1];
}

/* Random blocks, and room for a copy of them. */
struct set {
    cnicalc_cidr *source;
    cnicalc_cidr *blocks;
    size_t count;
};

static uint64_t time_of(int (*ask)(cnicalc_cidr *, size_t), const struct set *set)
{
    memcpy(set->blocks, set->source, set->count * sizeof *set->blocks);
    uint64_t start = bench_cpu_ns();
    bench_require(ask(set->blocks, set->count), "a set has no answer");
    return bench_cpu_ns() - start;
}

/* Takes turns with the limit, so that both see the same machine. There is none for IPv6, whose keys
 * are longer than a word. */
static void run(const char *what, int (*ask)(cnicalc_cidr *, size_t), const struct set *set)
{
    char name[32];
    uint64_t times[ROUNDS];
    uint64_t radix_times[ROUNDS];
    int has_limit = set->source[0].family == CNICALC_FAMILY_IPV4;
    for (size_t round = 0; round < ROUNDS; round++) {
        radix_times[round] = has_limit ? time_of(sort_keys, set) : 0;
        times[round] = time_of(ask, set);
    }
    double ns = (double)bench_median(times, ROUNDS);
    (void)snprintf(name, sizeof name, "%s_%zu", what, set->count);
    bench_report(name, ns, has_limit ? "radix-sort" : NULL,
                 (double)bench_median(radix_times, ROUNDS), 1 / 1.5);
    (void)printf("# %s: %.2f ns for each block\n", name, ns / (double)set->count);
    bench_report_figures(name, ns, 50);
}

void bench_run_sets(size_t count_max)
{
    struct set set = {malloc(count_max * sizeof *set.source),
                      malloc(count_max * sizeof *set.blocks), 0};
    if (set.source == NULL || set.blocks == NULL) {
        (void)printf("# sets: skipped, no memory for %zu blocks\n", count_max);
        count_max = 0;
    }
    for (set.count = 10000; set.count <= count_max; set.count *= 10) {
        fill(set.source, set.count);
        run("sort", sort, &set);
        run("merge", merge, &set);
        run("exclude", exclude, &set);
        fill_apart(set.source, set.count);
        run("first_overlap", first_overlap, &set);
        fill_ipv6(set.source, set.count);
        run("merge_ipv6", merge, &set);
    }
    free(set.source);
    free(set.blocks);
}
