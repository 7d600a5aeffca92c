/* SPDX-License-Identifier: MIT */
/* Operations that take more than 100 ns and that no peer has. */
#include "bench.h"

#include <string.h>

/* ---- Text ---- */

static uint64_t format(const struct bench_texts *texts)
{
    static cnicalc_address addresses[2][BENCH_INPUTS];
    cnicalc_address *all = addresses[texts == &bench_ipv6_addresses];
    uint64_t sum = 0;
    for (size_t i = 0; all[BENCH_INPUTS - 1].family == 0 && i < BENCH_INPUTS; i++) {
        size_t len;
        const char *text = bench_text(texts, i, &len);
        bench_require(cnicalc_address_parse(text, len, &all[i]) == CNICALC_OK, "no address");
    }
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        char text[CNICALC_ADDRESS_TEXT_SIZE];
        if (cnicalc_address_format(&all[i], text, sizeof text) == CNICALC_OK) {
            sum += (unsigned char)text[0];
        }
    }
    return sum;
}

static uint64_t format_ipv4(void)
{
    return format(&bench_ipv4_addresses);
}

static uint64_t format_ipv6(void)
{
    return format(&bench_ipv6_addresses);
}

/* Lines whose host bits are cleared. */
static uint64_t mask_lines(const char *lines, const struct bench_texts *texts)
{
    static cnicalc_cidr cidrs[BENCH_INPUTS];
    static cnicalc_status statuses[BENCH_INPUTS];
    size_t count;
    bench_require(cnicalc_cidr_parse_lines_masked(lines, texts->offsets[BENCH_INPUTS], cidrs,
                                                  statuses, BENCH_INPUTS, &count) == CNICALC_OK &&
                      count == BENCH_INPUTS,
                  "no lines");
    return cidrs[0].lo + cidrs[count / 2].lo;
}

static uint64_t mask_lines_ipv4(void)
{
    return mask_lines(bench_ipv4_host_lines, &bench_ipv4_hosts);
}

static uint64_t mask_lines_ipv6(void)
{
    return mask_lines(bench_ipv6_host_lines, &bench_ipv6_hosts);
}

#define COUNTS 1000

/* How many addresses an IPv6 block has, which no 64 bits hold. */
static uint64_t write_address_count(void)
{
    const cnicalc_cidr block = {UINT64_C(0x20010db8) << 32, 0, CNICALC_FAMILY_IPV6, 32};
    char text[CNICALC_COUNT_TEXT_SIZE];
    uint64_t sum = 0;
    for (size_t i = 0; i < COUNTS; i++) {
        bench_require(cnicalc_cidr_address_count_text(&block, text, sizeof text) == CNICALC_OK,
                      "no count");
        sum += (unsigned char)text[0];
    }
    return sum;
}

/* ---- Parts of a block ---- */

#define PARTS 256

/* The 256 parts of a /16; of a set in use, all but the last. */
static void split(cnicalc_cidr *parts)
{
    const cnicalc_cidr whole = {0, UINT32_C(0x0a0a0000), CNICALC_FAMILY_IPV4, 16};
    bench_require(cnicalc_cidr_split(&whole, 24, 0, PARTS, parts) == CNICALC_OK, "no parts");
}

static uint64_t split_block(void)
{
    cnicalc_cidr parts[PARTS];
    split(parts);
    return parts[PARTS - 1].lo;
}

static uint64_t find_free(void)
{
    const cnicalc_cidr whole = {0, UINT32_C(0x0a0a0000), CNICALC_FAMILY_IPV4, 16};
    cnicalc_cidr used[PARTS];
    cnicalc_cidr found;
    uint32_t is_found;
    split(used);
    bench_require(cnicalc_cidr_first_free(&whole, 24, used, PARTS - 1, &is_found, &found) ==
                      CNICALC_OK,
                  "no question");
    return found.lo + is_found;
}

static uint64_t count_free(void)
{
    const cnicalc_cidr whole = {0, UINT32_C(0x0a0a0000), CNICALC_FAMILY_IPV4, 16};
    cnicalc_cidr used[PARTS];
    uint64_t count;
    split(used);
    bench_require(cnicalc_cidr_count_free(&whole, 28, used, PARTS - 1, &count) == CNICALC_OK,
                  "no question");
    return count;
}

/* ---- Sets ---- */

#define SET 10000

/* A fresh copy of random IPv4 blocks, since what reads a set sorts it. */
static cnicalc_cidr *random_set(void)
{
    static cnicalc_cidr source[SET];
    static cnicalc_cidr blocks[SET];
    for (size_t i = 0; source[SET - 1].family == 0 && i < SET; i++) {
        const cnicalc_address address = {0, bench_random() >> 32, CNICALC_FAMILY_IPV4, 0};
        uint32_t prefix_len = 24 + (uint32_t)(bench_random() >> 61);
        bench_require(cnicalc_cidr_from_address(&address, prefix_len, &source[i]) == CNICALC_OK,
                      "a random block is not valid");
    }
    memcpy(blocks, source, sizeof blocks);
    return blocks;
}

static uint64_t check_set(void)
{
    size_t index;
    bench_require(cnicalc_cidr_check_set(random_set(), SET, &index) == CNICALC_OK, "no set");
    return 0;
}

static uint64_t merge(void)
{
    size_t kept;
    bench_require(cnicalc_cidr_merge(random_set(), SET, &kept) == CNICALC_OK, "no union");
    return kept;
}

static uint64_t exclude(void)
{
    static cnicalc_cidr rest[20 * SET];
    const cnicalc_cidr all = {0, 0, CNICALC_FAMILY_IPV4, 0};
    size_t count;
    bench_require(cnicalc_cidr_exclude(&all, random_set(), SET, rest, 20 * SET, &count) ==
                      CNICALC_OK,
                  "no difference");
    return count;
}

static uint64_t find_pairs(void)
{
    static cnicalc_cidr_pair pairs[SET];
    uint64_t count;
    bench_require(cnicalc_cidr_overlap_pairs(random_set(), SET, pairs, SET, &count) == CNICALC_OK,
                  "no pairs");
    return count;
}

static uint64_t write_lines(void)
{
    static char text[SET * CNICALC_CIDR_TEXT_SIZE];
    size_t len;
    bench_require(cnicalc_cidr_format_lines(random_set(), SET, text, sizeof text, &len) ==
                      CNICALC_OK,
                  "no lines");
    return len;
}

/* 0.0.0.1-255.255.255.254, the range of the most blocks. */
static uint64_t cut_range(void)
{
    const cnicalc_address first = {0, 1, CNICALC_FAMILY_IPV4, 0};
    const cnicalc_address last = {0, UINT32_MAX - 1, CNICALC_FAMILY_IPV4, 0};
    cnicalc_cidr blocks[64];
    size_t count;
    bench_require(cnicalc_cidr_from_range(&first, &last, blocks, 64, &count) == CNICALC_OK,
                  "no range");
    return count;
}

/* ---- Choices ---- */

static uint64_t choose_plugin(void)
{
    cnicalc_plugin_choose_options options;
    cnicalc_plugin_choose_result result;
    bench_require(cnicalc_plugin_choose_options_init(&options, sizeof options) == CNICALC_OK,
                  "no options");
    options.nodes = 1200;
    bench_require(cnicalc_plugin_choose(&options, &result) == CNICALC_OK, "no choice");
    return result.plugin;
}

static uint64_t size_conntrack(void)
{
    cnicalc_conntrack_options options;
    cnicalc_conntrack_result result;
    bench_require(cnicalc_conntrack_options_init(&options, sizeof options) == CNICALC_OK,
                  "no options");
    options.memory_bytes = UINT64_C(32) << 30;
    options.max_pods = 110;
    bench_require(cnicalc_conntrack_solve(&options, &result) == CNICALC_OK, "no tables");
    return result.tcp_entries;
}

const struct bench_case bench_other_cases[] = {
    {"format_ipv4", BENCH_INPUTS, format_ipv4, {{NULL, NULL, 0, 0}}, 0},
    {"format_ipv6", BENCH_INPUTS, format_ipv6, {{NULL, NULL, 0, 0}}, 0},
    {"lines_masked_ipv4", BENCH_INPUTS, mask_lines_ipv4, {{NULL, NULL, 0, 0}}, 0},
    {"lines_masked_ipv6", BENCH_INPUTS, mask_lines_ipv6, {{NULL, NULL, 0, 0}}, 0},
    {"address_count_text", COUNTS, write_address_count, {{NULL, NULL, 0, 0}}, 0},
    {"split_256", 1, split_block, {{NULL, NULL, 0, 0}}, 0},
    {"first_free_255", 1, find_free, {{NULL, NULL, 0, 0}}, 0},
    {"count_free_255", 1, count_free, {{NULL, NULL, 0, 0}}, 0},
    {"check_set_10000", 1, check_set, {{NULL, NULL, 0, 0}}, 0},
    {"merge_set_10000", 1, merge, {{NULL, NULL, 0, 0}}, 0},
    {"exclude_set_10000", 1, exclude, {{NULL, NULL, 0, 0}}, 0},
    {"overlap_pairs_10000", 1, find_pairs, {{NULL, NULL, 0, 0}}, 0},
    {"format_lines_10000", 1, write_lines, {{NULL, NULL, 0, 0}}, 0},
    {"from_range_62", 1, cut_range, {{NULL, NULL, 0, 0}}, 0},
    {"choose_plugin", 1, choose_plugin, {{NULL, NULL, 0, 0}}, 0},
    {"conntrack", 1, size_conntrack, {{NULL, NULL, 0, 0}}, 0},
    {NULL, 0, NULL, {{NULL, NULL, 0, 0}}, 0},
};
