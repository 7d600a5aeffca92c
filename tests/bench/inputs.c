/* SPDX-License-Identifier: MIT */
/* Random inputs, the same in every run. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bench_texts bench_ipv4;
struct bench_texts bench_ipv6;
struct bench_texts bench_ipv4_hosts;
struct bench_texts bench_ipv6_hosts;
struct bench_texts bench_ipv4_addresses;
struct bench_texts bench_ipv6_addresses;
char *bench_ipv4_lines;
char *bench_ipv6_lines;
char *bench_ipv4_host_lines;
char *bench_ipv6_host_lines;
struct bench_texts bench_hits;
struct bench_texts bench_misses;
struct bench_texts bench_mixed;
char *bench_mixed_lines;
cnicalc_cidr bench_outer[BENCH_INPUTS];
cnicalc_cidr bench_inner[BENCH_INPUTS];

#define TEXT_SIZE 64 /* room for any block or name */

void bench_require(int holds, const char *what)
{
    if (!holds) {
        (void)fprintf(stderr, "bench: %s\n", what);
        exit(2);
    }
}

/* xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators", 2016. */
uint64_t bench_random(void)
{
    static uint64_t state = UINT64_C(0x9e3779b97f4a7c15);
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * UINT64_C(0x2545f4914f6cdd1d);
}

static uint32_t below(uint32_t limit)
{
    return (uint32_t)((bench_random() >> 32) * limit >> 32);
}

static cnicalc_address random_address(uint32_t family)
{
    cnicalc_address address = {0, 0, family, 0};
    if (family == CNICALC_FAMILY_IPV4) {
        address.lo = bench_random() >> 32;
        return address;
    }
    /* Global unicast; a group in four is zero, as in addresses that people write. */
    address.hi = bench_random() >> 3 | UINT64_C(0x2000000000000000);
    address.lo = bench_random();
    for (uint32_t group = 0; group < 8; group++) {
        uint64_t *word = group < 4 ? &address.lo : &address.hi;
        if (group != 7 && below(4) == 0) {
            *word &= ~(UINT64_C(0xffff) << 16 * (group & 3));
        }
    }
    return address;
}

static void put_block(char *out, uint32_t family, int has_host_bits)
{
    cnicalc_address address = random_address(family);
    uint32_t prefix_len = family == CNICALC_FAMILY_IPV4 ? 8 + below(25) : 16 + below(113);
    cnicalc_cidr block;
    cnicalc_status status = cnicalc_cidr_from_address(&address, prefix_len, &block);
    bench_require(status == CNICALC_OK, "a random block is not valid");
    if (has_host_bits) {
        status = cnicalc_address_format(&address, out, TEXT_SIZE);
        (void)snprintf(out + strlen(out), 8, "/%u", (unsigned)prefix_len);
    } else {
        status = cnicalc_cidr_format(&block, out, TEXT_SIZE);
    }
    bench_require(status == CNICALC_OK, "a random block has no text");
}

static void put_ipv4(char *out)
{
    put_block(out, CNICALC_FAMILY_IPV4, 0);
}

static void put_ipv6(char *out)
{
    put_block(out, CNICALC_FAMILY_IPV6, 0);
}

static void put_ipv4_host(char *out)
{
    put_block(out, CNICALC_FAMILY_IPV4, 1);
}

static void put_ipv6_host(char *out)
{
    put_block(out, CNICALC_FAMILY_IPV6, 1);
}

static void put_hit(char *out)
{
    cnicalc_instance instance;
    cnicalc_status status =
        cnicalc_instance_at(below((uint32_t)cnicalc_instance_count()), &instance);
    bench_require(status == CNICALC_OK, "the table has no row where it should");
    memcpy(out, instance.name, sizeof instance.name);
}

/* A name of the table with one letter or digit after "ecs." replaced. */
static void put_miss(char *out)
{
    size_t index;
    do {
        put_hit(out);
        out[4 + below((uint32_t)strlen(out) - 4)] =
            "abcdefghijklmnopqrstuvwxyz0123456789"[below(36)];
    } while (cnicalc_instance_index(out, strlen(out), &index) == CNICALC_OK);
}

static void put_either(char *out)
{
    if (below(2) == 0) {
        put_hit(out);
    } else {
        put_miss(out);
    }
}

static void make_texts(struct bench_texts *texts, void (*put)(char *out))
{
    uint32_t at = 0;
    texts->bytes = malloc((size_t)BENCH_INPUTS * TEXT_SIZE);
    texts->offsets = malloc((BENCH_INPUTS + 1) * sizeof *texts->offsets);
    bench_require(texts->bytes != NULL && texts->offsets != NULL, "out of memory");
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        texts->offsets[i] = at;
        put(texts->bytes + at);
        at += (uint32_t)strlen(texts->bytes + at) + 1;
    }
    texts->offsets[BENCH_INPUTS] = at;
}

/* The addresses of blocks, without the slash and what follows it. */
static void make_addresses(struct bench_texts *texts, const struct bench_texts *blocks)
{
    uint32_t at = 0;
    texts->bytes = malloc(blocks->offsets[BENCH_INPUTS] + 16); /* readable after the last one */
    texts->offsets = malloc((BENCH_INPUTS + 1) * sizeof *texts->offsets);
    bench_require(texts->bytes != NULL && texts->offsets != NULL, "out of memory");
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        const char *block = blocks->bytes + blocks->offsets[i];
        uint32_t len = (uint32_t)strcspn(block, "/");
        texts->offsets[i] = at;
        memcpy(texts->bytes + at, block, len);
        texts->bytes[at + len] = '\0';
        at += len + 1;
    }
    texts->offsets[BENCH_INPUTS] = at;
}

static char *make_lines(const struct bench_texts *texts)
{
    size_t len = texts->offsets[BENCH_INPUTS];
    char *lines = malloc(len);
    bench_require(lines != NULL, "out of memory");
    for (size_t i = 0; i < len; i++) {
        lines[i] = (char)(texts->bytes[i] == '\0' ? '\n' : texts->bytes[i]);
    }
    return lines;
}

static void make_pairs(void)
{
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        cnicalc_address address = random_address(CNICALC_FAMILY_IPV4);
        uint32_t prefix_len = 8 + below(17);
        cnicalc_status status = cnicalc_cidr_from_address(&address, prefix_len, &bench_outer[i]);
        bench_require(status == CNICALC_OK, "a random block is not valid");
        if (below(2) == 0) {
            address = random_address(CNICALC_FAMILY_IPV4);
        }
        status = cnicalc_cidr_from_address(&address, prefix_len + below(8), &bench_inner[i]);
        bench_require(status == CNICALC_OK, "a random block is not valid");
    }
}

void bench_make_inputs(void)
{
    make_texts(&bench_ipv4, put_ipv4);
    make_texts(&bench_ipv6, put_ipv6);
    make_texts(&bench_ipv4_hosts, put_ipv4_host);
    make_texts(&bench_ipv6_hosts, put_ipv6_host);
    make_addresses(&bench_ipv4_addresses, &bench_ipv4);
    make_addresses(&bench_ipv6_addresses, &bench_ipv6);
    bench_ipv4_lines = make_lines(&bench_ipv4);
    bench_ipv6_lines = make_lines(&bench_ipv6);
    bench_ipv4_host_lines = make_lines(&bench_ipv4_hosts);
    bench_ipv6_host_lines = make_lines(&bench_ipv6_hosts);
    make_texts(&bench_hits, put_hit);
    make_texts(&bench_misses, put_miss);
    make_texts(&bench_mixed, put_either);
    bench_mixed_lines = make_lines(&bench_mixed);
    make_pairs();
}

static int write_texts(const char *directory, const char *name, const struct bench_texts *texts)
{
    char path[1024];
    if (snprintf(path, sizeof path, "%s/%s.txt", directory, name) >= (int)sizeof path) {
        return 0;
    }
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        return 0;
    }
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        (void)fprintf(file, "%s\n", texts->bytes + texts->offsets[i]);
    }
    return fclose(file) == 0;
}

int bench_write_inputs(const char *directory)
{
    return write_texts(directory, "ipv4", &bench_ipv4) &&
           write_texts(directory, "ipv6", &bench_ipv6) &&
           write_texts(directory, "ipv4_hosts", &bench_ipv4_hosts) &&
           write_texts(directory, "ipv6_hosts", &bench_ipv6_hosts) &&
           write_texts(directory, "hits", &bench_hits) &&
           write_texts(directory, "misses", &bench_misses) &&
           write_texts(directory, "mixed", &bench_mixed);
}

uint64_t bench_count_pass(bench_pass *pass)
{
    return pass();
}
