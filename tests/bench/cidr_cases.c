/* SPDX-License-Identifier: MIT */
/* Blocks: ours, and what a C program does with glibc alone. */
#include "bench.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first four characters of a text, which is never shorter than "::/0". */
static uint64_t sum_of_text(const char *text)
{
    uint32_t word;
    memcpy(&word, text, sizeof word);
    return word;
}

/* ---- Ours ---- */

static uint64_t parse(const struct bench_texts *texts)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        size_t len;
        const char *text = bench_text(texts, i, &len);
        cnicalc_cidr cidr;
        if (cnicalc_cidr_parse(text, len, &cidr) == CNICALC_OK) {
            sum += cidr.hi + cidr.lo + cidr.prefix_len;
        }
    }
    return sum;
}

static uint64_t parse_mask_format(const struct bench_texts *texts)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        size_t len;
        const char *text = bench_text(texts, i, &len);
        char out[CNICALC_CIDR_TEXT_SIZE];
        cnicalc_cidr cidr;
        if (cnicalc_cidr_parse_masked(text, len, &cidr) == CNICALC_OK &&
            cnicalc_cidr_format(&cidr, out, sizeof out) == CNICALC_OK) {
            sum += sum_of_text(out);
        }
    }
    return sum;
}

static uint64_t parse_ipv4(void)
{
    return parse(&bench_ipv4);
}

static uint64_t parse_ipv6(void)
{
    return parse(&bench_ipv6);
}

static uint64_t parse_addresses(const struct bench_texts *texts)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        size_t len;
        const char *text = bench_text(texts, i, &len);
        cnicalc_address address;
        if (cnicalc_address_parse(text, len, &address) == CNICALC_OK) {
            sum += address.hi + address.lo;
        }
    }
    return sum;
}

static uint64_t address_ipv4(void)
{
    return parse_addresses(&bench_ipv4_addresses);
}

static uint64_t address_ipv6(void)
{
    return parse_addresses(&bench_ipv6_addresses);
}

static uint64_t text_ipv4(void)
{
    return parse_mask_format(&bench_ipv4_hosts);
}

static uint64_t text_ipv6(void)
{
    return parse_mask_format(&bench_ipv6_hosts);
}

static uint64_t parse_lines(const char *lines, size_t len)
{
    static cnicalc_cidr cidrs[BENCH_INPUTS];
    static cnicalc_status statuses[BENCH_INPUTS];
    size_t count;
    uint64_t sum = 0;
    if (cnicalc_cidr_parse_lines(lines, len, cidrs, statuses, BENCH_INPUTS, &count) != CNICALC_OK) {
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        sum += cidrs[i].hi + cidrs[i].lo + cidrs[i].prefix_len;
    }
    return sum;
}

static uint64_t lines_ipv4(void)
{
    return parse_lines(bench_ipv4_lines, bench_ipv4.offsets[BENCH_INPUTS]);
}

static uint64_t lines_ipv6(void)
{
    return parse_lines(bench_ipv6_lines, bench_ipv6.offsets[BENCH_INPUTS]);
}

static uint64_t contains(void)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        uint32_t is_inside;
        if (cnicalc_cidr_contains(&bench_outer[i], &bench_inner[i], &is_inside) == CNICALC_OK) {
            sum += is_inside;
        }
    }
    return sum;
}

/* The random node block of each random pod CIDR. */
static uint64_t nth(void)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        const cnicalc_cidr *pods = &bench_outer[i];
        uint64_t index = bench_inner[i].lo & ((UINT64_C(1) << (28 - pods->prefix_len)) - 1);
        cnicalc_cidr block;
        if (cnicalc_cidr_nth(pods, 28, index, &block) == CNICALC_OK) {
            sum += block.lo;
        }
    }
    return sum;
}

/* ---- glibc ---- */

struct glibc_block {
    unsigned char bytes[16];
    unsigned long prefix_len;
};

/* inet_pton() needs a NUL after the address, and so a copy of it. */
static int glibc_read(int family, const char *text, struct glibc_block *block)
{
    char address[INET6_ADDRSTRLEN];
    const char *slash = strchr(text, '/');
    char *end;
    if (slash == NULL || (size_t)(slash - text) >= sizeof address) {
        return 0;
    }
    memcpy(address, text, (size_t)(slash - text));
    address[slash - text] = '\0';
    block->prefix_len = strtoul(slash + 1, &end, 10);
    return inet_pton(family, address, block->bytes) == 1 && *end == '\0' &&
           block->prefix_len <= (family == AF_INET ? 32 : 128);
}

/* Clears the host bits; returns whether there were any. */
static int glibc_mask(int family, struct glibc_block *block)
{
    unsigned changed = 0;
    size_t size = family == AF_INET ? 4 : 16;
    for (size_t i = block->prefix_len / 8; i < size; i++) {
        unsigned kept = i > block->prefix_len / 8 ? 0 : 0xffu << (8 - block->prefix_len % 8);
        unsigned byte = block->bytes[i] & kept & 0xff;
        changed |= byte ^ block->bytes[i];
        block->bytes[i] = (unsigned char)byte;
    }
    return changed != 0;
}

static uint64_t word_at(const unsigned char *bytes, size_t size)
{
    uint64_t word = 0;
    for (size_t i = 0; i < size; i++) {
        word = word << 8 | bytes[i];
    }
    return word;
}

static uint64_t glibc_parse(int family, const struct bench_texts *texts)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        size_t len;
        struct glibc_block block;
        if (glibc_read(family, bench_text(texts, i, &len), &block) && !glibc_mask(family, &block)) {
            sum += family == AF_INET ? word_at(block.bytes, 4)
                                     : word_at(block.bytes, 8) + word_at(block.bytes + 8, 8);
            sum += block.prefix_len;
        }
    }
    return sum;
}

static uint64_t glibc_parse_mask_format(int family, const struct bench_texts *texts)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        size_t len;
        struct glibc_block block;
        char out[INET6_ADDRSTRLEN + 4];
        if (!glibc_read(family, bench_text(texts, i, &len), &block)) {
            continue;
        }
        (void)glibc_mask(family, &block);
        if (inet_ntop(family, block.bytes, out, INET6_ADDRSTRLEN) != NULL) {
            (void)snprintf(out + strlen(out), 5, "/%lu", block.prefix_len);
            sum += sum_of_text(out);
        }
    }
    return sum;
}

uint64_t bench_glibc_parse_ipv4(void)
{
    return glibc_parse(AF_INET, &bench_ipv4);
}

static uint64_t glibc_parse_ipv6(void)
{
    return glibc_parse(AF_INET6, &bench_ipv6);
}

static uint64_t glibc_text_ipv4(void)
{
    return glibc_parse_mask_format(AF_INET, &bench_ipv4_hosts);
}

static uint64_t glibc_text_ipv6(void)
{
    return glibc_parse_mask_format(AF_INET6, &bench_ipv6_hosts);
}

/* The address alone, with its NUL at hand: less than the question, and the least that glibc asks.
 */
static uint64_t glibc_inet_pton(int family, const struct bench_texts *texts)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        size_t len;
        unsigned char bytes[16];
        if (inet_pton(family, bench_text(texts, i, &len), bytes) == 1) {
            sum +=
                family == AF_INET ? word_at(bytes, 4) : word_at(bytes, 8) + word_at(bytes + 8, 8);
        }
    }
    return sum;
}

static uint64_t glibc_address_ipv4(void)
{
    return glibc_inet_pton(AF_INET, &bench_ipv4_addresses);
}

static uint64_t glibc_address_ipv6(void)
{
    return glibc_inet_pton(AF_INET6, &bench_ipv6_addresses);
}

#ifdef BENCH_HAVE_SIMDZONE
static uint64_t simdzone_address_ipv4(void)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        size_t len;
        unsigned char bytes[4];
        const char *text = bench_text(&bench_ipv4_addresses, i, &len);
        if (bench_simdzone(text, len, bytes) == 1) {
            sum += word_at(bytes, 4);
        }
    }
    return sum;
}
#else
#define simdzone_address_ipv4 NULL
#endif

const struct bench_case bench_cidr_cases[] = {
    {"address_ipv4",
     BENCH_INPUTS,
     address_ipv4,
     {{"inet_pton", glibc_address_ipv4, 5, 1}, {"simdzone", simdzone_address_ipv4, 1 / 2.5, 1}},
     0},
    {"address_ipv6", BENCH_INPUTS, address_ipv6, {{"inet_pton", glibc_address_ipv6, 8, 1}}, 0},
    {"parse_ipv4",
     BENCH_INPUTS,
     parse_ipv4,
     {{"glibc", bench_glibc_parse_ipv4, 6, 1},
      {"libcidr", bench_libcidr_parse_ipv4, 12, 0},
      {"inet_pton-alone", glibc_address_ipv4, 0, 0}},
     0},
    {"parse_ipv6",
     BENCH_INPUTS,
     parse_ipv6,
     {{"glibc", glibc_parse_ipv6, 8, 1},
      {"libcidr", bench_libcidr_parse_ipv6, 0, 0},
      {"inet_pton-alone", glibc_address_ipv6, 0, 0}},
     0},
    {"lines_ipv4", BENCH_INPUTS, lines_ipv4, {{"glibc", bench_glibc_parse_ipv4, 0, 1}}, 0},
    {"lines_ipv6", BENCH_INPUTS, lines_ipv6, {{"glibc", glibc_parse_ipv6, 0, 1}}, 0},
    {"text_ipv4",
     BENCH_INPUTS,
     text_ipv4,
     {{"glibc", glibc_text_ipv4, 12, 1}, {"libcidr", bench_libcidr_text_ipv4, 0, 1}},
     0},
    {"text_ipv6",
     BENCH_INPUTS,
     text_ipv6,
     {{"glibc", glibc_text_ipv6, 10, 1}, {"libcidr", bench_libcidr_text_ipv6, 0, 0}},
     0},
    {"contains", BENCH_INPUTS, contains, {{"libcidr", bench_libcidr_contains, 0, 1}}, 0},
    {"nth_block", BENCH_INPUTS, nth, {{"glibc-parse", bench_glibc_parse_ipv4, 10, 0}}, 0},
    {NULL, 0, NULL, {{NULL, NULL, 0, 0}}, 0},
};
