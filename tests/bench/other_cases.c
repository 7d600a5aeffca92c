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

/* ---- Plans and clusters ---- */

#define PLAN_BLOCKS 1000

/* A VPC, 998 vSwitches without a gap between them, and Services. */
static void make_plan(cnicalc_plan_block *blocks)
{
    for (uint32_t i = 0; i < PLAN_BLOCKS; i++) {
        cnicalc_cidr vswitch = {0, UINT32_C(0x0a000000) + 64 * i, CNICALC_FAMILY_IPV4, 26};
        blocks[i].cidr = vswitch;
        blocks[i].zone = i % 3;
        blocks[i].role = CNICALC_PLAN_ROLE_OTHER_VSWITCH;
    }
    blocks[0].cidr.prefix_len = 8;
    blocks[0].role = CNICALC_PLAN_ROLE_VPC;
    blocks[1].role = CNICALC_PLAN_ROLE_NODE_VSWITCH;
    blocks[2].role = CNICALC_PLAN_ROLE_POD_VSWITCH;
    blocks[3].cidr.lo = UINT32_C(0xac150000);
    blocks[3].cidr.prefix_len = 20;
    blocks[3].role = CNICALC_PLAN_ROLE_SERVICE_CIDR;
}

static uint64_t check_plan(void)
{
    static cnicalc_plan_block blocks[PLAN_BLOCKS];
    static cnicalc_plan_finding findings[4 * PLAN_BLOCKS];
    const cnicalc_plan plan = {blocks, PLAN_BLOCKS};
    cnicalc_plan_check_options options;
    size_t count;
    make_plan(blocks);
    bench_require(cnicalc_plan_check_options_init(&options, sizeof options) == CNICALC_OK, "plan");
    options.plugin = CNICALC_PLUGIN_TERWAY;
    bench_require(cnicalc_plan_check(&plan, &options, findings, 4 * PLAN_BLOCKS, &count, NULL) ==
                      CNICALC_OK,
                  "no plan");
    return count;
}

const struct bench_case bench_other_cases[] = {
    {"format_ipv4", BENCH_INPUTS, format_ipv4, {{NULL, NULL, 0, 0}}, 0},
    {"format_ipv6", BENCH_INPUTS, format_ipv6, {{NULL, NULL, 0, 0}}, 0},
    {"near_name", NAMES, near_names, {{NULL, NULL, 0, 0}}, 0},
    {"catalog_parse", 1, parse_catalogue, {{NULL, NULL, 0, 0}}, 0},
    {"check_plan_1000", 1, check_plan, {{NULL, NULL, 0, 0}}, 0},
    {NULL, 0, NULL, {{NULL, NULL, 0, 0}}, 0},
};
