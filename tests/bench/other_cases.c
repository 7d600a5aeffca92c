/* SPDX-License-Identifier: MIT */
/* Operations that take more than 100 ns and that no peer has. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAMES 64 /* a search for near names goes through the table */

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

static uint64_t near_names(void)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < NAMES; i++) {
        size_t len;
        size_t count;
        uint32_t indexes[CNICALC_INSTANCE_NEAR_MAX];
        const char *name = bench_text(&bench_misses, i, &len);
        if (cnicalc_instance_near(name, len, indexes, CNICALC_INSTANCE_NEAR_MAX, &count) ==
            CNICALC_OK) {
            sum += count;
        }
    }
    return sum;
}

/* ---- Catalogues ---- */

static size_t put_quantity(char *out, size_t size, uint32_t quantity)
{
    return (size_t)(quantity == CNICALC_UNKNOWN ? snprintf(out, size, "\t-")
                                                : snprintf(out, size, "\t%u", (unsigned)quantity));
}

/* The built-in table as a catalogue of three columns; its length. */
static size_t write_catalogue(char *text, size_t size)
{
    size_t len = (size_t)snprintf(text, size, "instance_type\tvcpus\teni_quantity\n");
    for (size_t i = 0; i < cnicalc_instance_count(); i++) {
        cnicalc_instance row;
        bench_require(cnicalc_instance_at(i, &row) == CNICALC_OK && len + 100 < size, "no row");
        len += (size_t)snprintf(text + len, size - len, "%s", row.name);
        len += put_quantity(text + len, size - len, row.vcpus);
        len += put_quantity(text + len, size - len, row.eni_quantity);
        text[len++] = '\n';
    }
    return len;
}

static uint64_t parse_catalogue(void)
{
    static char text[1 << 17];
    static size_t len;
    static cnicalc_instance rows[2048];
    size_t count;
    cnicalc_catalog_fault fault;
    if (len == 0) {
        len = write_catalogue(text, sizeof text);
    }
    bench_require(cnicalc_catalog_parse(text, len, rows, 2048, &count, &fault) == CNICALC_OK,
                  "the table is no catalogue");
    return count;
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

const struct bench_case bench_other_cases[] = {
    {"format_ipv4", BENCH_INPUTS, format_ipv4, {{NULL, NULL, 0, 0}}, 0},
    {"format_ipv6", BENCH_INPUTS, format_ipv6, {{NULL, NULL, 0, 0}}, 0},
    {"near_name", NAMES, near_names, {{NULL, NULL, 0, 0}}, 0},
    {"catalog_parse", 1, parse_catalogue, {{NULL, NULL, 0, 0}}, 0},
    {"split_256", 1, split_block, {{NULL, NULL, 0, 0}}, 0},
    {"first_free_255", 1, find_free, {{NULL, NULL, 0, 0}}, 0},
    {"count_free_255", 1, count_free, {{NULL, NULL, 0, 0}}, 0},
    {NULL, 0, NULL, {{NULL, NULL, 0, 0}}, 0},
};
