/* SPDX-License-Identifier: MIT */
#include <cnicalc.h>

#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

START_TEST(version_is_one_number_everywhere)
{
    char text[32];
    snprintf(text, sizeof text, "%d.%d.%d", CNICALC_VERSION_MAJOR, CNICALC_VERSION_MINOR,
             CNICALC_VERSION_PATCH);
    ck_assert_str_eq(text, CNICALC_VERSION_STRING);
    ck_assert_str_eq(text, cnicalc_version_string());
    ck_assert_uint_eq(cnicalc_version_number(), CNICALC_VERSION_NUMBER);
    ck_assert_uint_eq(cnicalc_version_number(), 100);
}
END_TEST

START_TEST(status_texts_are_total)
{
    const cnicalc_status outside[] = {-1, -7, 10, 19, 9999, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < COUNT(outside); i++) {
        ck_assert_str_eq(cnicalc_status_string(outside[i]), "unknown status");
        ck_assert_str_eq(cnicalc_status_name(outside[i]), "CNICALC_ERR_UNKNOWN");
    }
    ck_assert_str_eq(cnicalc_status_string(CNICALC_OK), "success");
    ck_assert_str_eq(cnicalc_status_name(CNICALC_OK), "CNICALC_OK");
}
END_TEST

/* The header is read as text: each "CNICALC_ERR_X = N" must have that name and a sentence. */
START_TEST(every_status_of_the_header_has_name_and_text)
{
    size_t len;
    char *header = file_read("include/cnicalc/base.h", &len);
    char name[80];
    int value;
    int seen = 0;
    for (char *at = header; (at = strstr(at, "    CNICALC_ERR_")) != NULL; at++) {
        if (sscanf(at, " %79[A-Z0-9_] = %d", name, &value) != 2) {
            continue;
        }
        ck_assert_str_eq(cnicalc_status_name(value), name);
        ck_assert_str_ne(cnicalc_status_string(value), "unknown status");
        ck_assert_uint_gt(strlen(cnicalc_status_string(value)), 10);
        seen++;
    }
    ck_assert_int_ge(seen, 35);
    free(header);
}
END_TEST

/* ---- Limits ---- */

/* Typed a second time, from design and documentation: name, unit. */
static const struct {
    uint32_t limit;
    const char *name;
    uint32_t counts;
} limits[] = {
    {CNICALC_LIMIT_ENI_QUANTITY, "eni_quantity", CNICALC_COUNTS_PODS},
    {CNICALC_LIMIT_ENI_CAP, "eni_cap", CNICALC_COUNTS_PODS},
    {CNICALC_LIMIT_MAX_ENI, "max_eni", CNICALC_COUNTS_PODS},
    {CNICALC_LIMIT_ERDMA, "erdma", CNICALC_COUNTS_PODS},
    {CNICALC_LIMIT_IPV4_PREFIX_COUNT, "ipv4_prefix_count", CNICALC_COUNTS_PODS},
    {CNICALC_LIMIT_IPV6_PREFIX, "ipv6_prefix", CNICALC_COUNTS_PODS},
    {CNICALC_LIMIT_KUBELET_MAX_PODS, "kubelet_max_pods", CNICALC_COUNTS_SCHEDULABLE_PODS},
    {CNICALC_LIMIT_NODE_QUOTA, "node_quota", CNICALC_COUNTS_NODES},
    {CNICALC_LIMIT_POD_QUOTA, "pod_quota", CNICALC_COUNTS_PODS},
    {CNICALC_LIMIT_SERVICE_QUOTA, "service_quota", CNICALC_COUNTS_SERVICES},
    {CNICALC_LIMIT_ROUTE_QUOTA, "route_quota", CNICALC_COUNTS_NODES},
    {CNICALC_LIMIT_IPVLAN_POD_QUOTA, "ipvlan_pod_quota", CNICALC_COUNTS_PODS},
    {CNICALC_LIMIT_MIN_PODS_TO_JOIN, "min_pods_to_join", CNICALC_COUNTS_NODES},
    {CNICALC_LIMIT_POD_CIDR, "pod_cidr", CNICALC_COUNTS_NODES},
    {CNICALC_LIMIT_NODE_MASK, "node_mask", CNICALC_COUNTS_PODS_PER_NODE},
    {CNICALC_LIMIT_POD_VSWITCH_ADDRESSES, "pod_vswitch_addresses", CNICALC_COUNTS_ADDRESSES},
    {CNICALC_LIMIT_POD_VSWITCH_PREFIXES, "pod_vswitch_prefixes", CNICALC_COUNTS_PREFIXES},
    {CNICALC_LIMIT_NODE_VSWITCH_ADDRESSES, "node_vswitch_addresses", CNICALC_COUNTS_ADDRESSES},
    {CNICALC_LIMIT_ZONE_ADDRESSES, "zone_addresses", CNICALC_COUNTS_ADDRESSES},
    {CNICALC_LIMIT_ZONES, "zones", CNICALC_COUNTS_ZONES},
    {CNICALC_LIMIT_VPC_ADDRESS_QUOTA, "vpc_address_quota", CNICALC_COUNTS_ADDRESSES},
    {CNICALC_LIMIT_VPC_SPACE, "vpc_space", CNICALC_COUNTS_ADDRESSES},
    {CNICALC_LIMIT_PRIVATE_SPACE, "private_space", CNICALC_COUNTS_ADDRESSES},
    {CNICALC_LIMIT_SERVICE_CIDR, "service_cidr", CNICALC_COUNTS_SERVICES},
    {CNICALC_LIMIT_SECURITY_GROUP_QUOTA, "security_group_quota", CNICALC_COUNTS_ADDRESSES},
    {CNICALC_LIMIT_POD_VSWITCH_ENIS, "pod_vswitch_enis", CNICALC_COUNTS_ADDRESSES},
    {CNICALC_LIMIT_NODE_MAX_PODS, "node_max_pods", CNICALC_COUNTS_PODS_PER_NODE},
    {CNICALC_LIMIT_VSWITCH_QUOTA, "vswitch_quota", CNICALC_COUNTS_VSWITCHES},
    {CNICALC_LIMIT_VPC_IPV6_SPACE, "vpc_ipv6_space", CNICALC_COUNTS_VSWITCHES},
    {CNICALC_LIMIT_CPU, "cpu", CNICALC_COUNTS_PODS_PER_NODE},
    {CNICALC_LIMIT_MEMORY, "memory", CNICALC_COUNTS_PODS_PER_NODE},
};

START_TEST(every_limit_has_name_unit_and_texts)
{
    ck_assert_uint_eq(COUNT(limits), CNICALC_LIMIT_COUNT - 1);
    for (size_t i = 0; i < COUNT(limits); i++) {
        uint32_t limit = limits[i].limit;
        uint32_t parsed = 0;
        ck_assert_str_eq(cnicalc_limit_name(limit), limits[i].name);
        ck_assert_uint_eq(cnicalc_limit_counts(limit), limits[i].counts);
        ck_assert_uint_gt(strlen(cnicalc_limit_heading(limit)), 4);
        ck_assert_uint_gt(strlen(cnicalc_limit_text(limit)), 4);
        ck_ok(cnicalc_limit_parse(limits[i].name, CNICALC_NUL_TERMINATED, &parsed));
        ck_assert_uint_eq(parsed, limit);
    }
}
END_TEST

START_TEST(limits_outside_the_enum)
{
    const uint32_t outside[] = {CNICALC_LIMIT_COUNT, 1000, UINT32_MAX};
    uint32_t parsed;
    ck_assert_str_eq(cnicalc_limit_name(CNICALC_LIMIT_NONE), "none");
    ck_assert_uint_eq(cnicalc_limit_counts(CNICALC_LIMIT_NONE), 0);
    for (size_t i = 0; i < COUNT(outside); i++) {
        ck_assert_str_eq(cnicalc_limit_name(outside[i]), "unknown");
        ck_assert_str_eq(cnicalc_limit_heading(outside[i]), "unknown");
        ck_assert_str_eq(cnicalc_limit_text(outside[i]), "unknown");
        ck_assert_str_eq(cnicalc_counts_name(outside[i]), "unknown");
        ck_assert_uint_eq(cnicalc_limit_counts(outside[i]), 0);
    }
    fill_pattern(&parsed, sizeof parsed);
    ck_status(cnicalc_limit_parse("none", 4, &parsed), CNICALC_ERR_LIMIT);
    ck_status(cnicalc_limit_parse("unknown", 7, &parsed), CNICALC_ERR_LIMIT);
    ck_status(cnicalc_limit_parse(NULL, 0, &parsed), CNICALC_ERR_NULL);
    ck_untouched(parsed);
}
END_TEST

START_TEST(units_have_names)
{
    const char *const names[] = {"unknown",       "nodes",    "pods",      "schedulable_pods",
                                 "pods_per_node", "services", "addresses", "prefixes",
                                 "zones",         "enis",     "vswitches"};
    ck_assert_uint_eq(COUNT(names), CNICALC_COUNTS_COUNT);
    for (uint32_t i = 0; i < COUNT(names); i++) {
        ck_assert_str_eq(cnicalc_counts_name(i), names[i]);
    }
}
END_TEST

START_TEST(shortages_are_sentences_with_both_numbers)
{
    char text[CNICALC_SHORTAGE_TEXT_SIZE];
    cnicalc_limit_row row = {CNICALC_LIMIT_NODE_QUOTA, CNICALC_COUNTS_NODES, 200, 10};
    ck_ok(cnicalc_shortage_format(&row, text, sizeof text));
    ck_assert_str_eq(text, "200 nodes are wanted, but the quota is 10");
    row = (cnicalc_limit_row){CNICALC_LIMIT_ROUTE_QUOTA, CNICALC_COUNTS_NODES, 1, 0};
    ck_ok(cnicalc_shortage_format(&row, text, sizeof text));
    ck_assert_str_eq(text, "1 node takes a route of the VPC, but 0 are free");
    row = (cnicalc_limit_row){CNICALC_LIMIT_ROUTE_QUOTA, CNICALC_COUNTS_NODES, 2, 1};
    ck_ok(cnicalc_shortage_format(&row, text, sizeof text));
    ck_assert_str_eq(text, "2 nodes take a route of the VPC each, but 1 is free");
    for (size_t i = 0; i < COUNT(limits); i++) {
        cnicalc_limit_row longest = {limits[i].limit, limits[i].counts, UINT64_MAX, UINT64_MAX - 1};
        fill_pattern(text, sizeof text);
        ck_ok(cnicalc_shortage_format(&longest, text, sizeof text));
        ck_assert_ptr_nonnull(strstr(text, "18446744073709551615"));
        ck_assert_ptr_nonnull(strstr(text, "18446744073709551614"));
        ck_assert_ptr_null(strpbrk(text, "%|()"));
    }
}
END_TEST

START_TEST(malformed_shortages)
{
    char text[42]; /* the sentence has 41 characters */
    cnicalc_limit_row row = {CNICALC_LIMIT_NODE_QUOTA, CNICALC_COUNTS_NODES, 200, 10};
    const uint32_t none[] = {CNICALC_LIMIT_NONE, CNICALC_LIMIT_COUNT, UINT32_MAX};
    fill_pattern(text, sizeof text);
    ck_status(cnicalc_shortage_format(NULL, text, sizeof text), CNICALC_ERR_NULL);
    ck_status(cnicalc_shortage_format(&row, NULL, sizeof text), CNICALC_ERR_NULL);
    ck_status(cnicalc_shortage_format(&row, text, 41), CNICALC_ERR_CAPACITY);
    ck_status(cnicalc_shortage_format(&row, text, 0), CNICALC_ERR_CAPACITY);
    for (size_t i = 0; i < COUNT(none); i++) {
        row.limit = none[i];
        ck_status(cnicalc_shortage_format(&row, text, sizeof text), CNICALC_ERR_LIMIT);
    }
    ck_untouched(text);
    row.limit = CNICALC_LIMIT_NODE_QUOTA;
    ck_ok(cnicalc_shortage_format(&row, text, sizeof text));
}
END_TEST

START_TEST(rows_are_found_by_their_limit)
{
    const cnicalc_limit_row rows[] = {{CNICALC_LIMIT_ZONES, CNICALC_COUNTS_ZONES, 3, 2},
                                      {CNICALC_LIMIT_NODE_QUOTA, CNICALC_COUNTS_NODES, 0, 5000}};
    ck_assert_ptr_eq(cnicalc_limit_find(rows, 2, CNICALC_LIMIT_NODE_QUOTA), &rows[1]);
    ck_assert_ptr_eq(cnicalc_limit_find(rows, 2, CNICALC_LIMIT_ZONES), &rows[0]);
    ck_assert_ptr_null(cnicalc_limit_find(rows, 1, CNICALC_LIMIT_NODE_QUOTA));
    ck_assert_ptr_null(cnicalc_limit_find(NULL, 2, CNICALC_LIMIT_NODE_QUOTA));
}
END_TEST

/* ---- Legal ranges, typed a second time from the documents ---- */

static const struct {
    uint32_t bound, low, high;
} ranges[] = {
    {CNICALC_BOUND_VPC_PREFIX_LEN, 8, 28},
    {CNICALC_BOUND_VSWITCH_PREFIX_LEN, 16, 29},
    {CNICALC_BOUND_POD_VSWITCH_PREFIX_LEN, 16, 25},
    {CNICALC_BOUND_POD_VSWITCH_ADVISED, 16, 19},
    {CNICALC_BOUND_POD_CIDR_PREFIX_LEN, 8, 28},
    {CNICALC_BOUND_NODE_MASK, 24, 28},
    {CNICALC_BOUND_PODS_PER_NODE, 16, 256},
    {CNICALC_BOUND_SERVICE_PREFIX_LEN, 16, 24},
    {CNICALC_BOUND_VPC_IPV6_PREFIX_LEN, 56, 56},
    {CNICALC_BOUND_VSWITCH_IPV6_PREFIX_LEN, 64, 64},
    {CNICALC_BOUND_SERVICE_IPV6_PREFIX_LEN, 112, 120},
    {CNICALC_BOUND_ZONES, 1, 32},
};

START_TEST(every_range_and_what_is_nearest)
{
    ck_assert_uint_eq(COUNT(ranges), CNICALC_BOUND_COUNT - 1);
    for (size_t i = 0; i < COUNT(ranges); i++) {
        uint32_t low;
        uint32_t high;
        uint32_t nearest;
        ck_ok(cnicalc_bound_range(ranges[i].bound, &low, &high));
        ck_assert_uint_eq(low, ranges[i].low);
        ck_assert_uint_eq(high, ranges[i].high);
        for (uint32_t value = 0; value < 300; value++) {
            uint32_t expected = value < low ? low : value > high ? high : value;
            if (ranges[i].bound == CNICALC_BOUND_PODS_PER_NODE) {
                expected = value <= 16 ? 16 : value <= 32 ? 32 : value <= 64 ? 64 : 0;
                expected = expected != 0 ? expected : value <= 128 ? 128 : 256;
            }
            ck_ok(cnicalc_bound_nearest(ranges[i].bound, value, &nearest));
            ck_assert_uint_eq(nearest, expected);
        }
        ck_ok(cnicalc_bound_nearest(ranges[i].bound, UINT64_MAX, &nearest));
        ck_assert_uint_eq(nearest, high);
    }
}
END_TEST

START_TEST(ranges_that_are_none)
{
    const uint32_t none[] = {0, CNICALC_BOUND_COUNT, UINT32_MAX};
    uint32_t low;
    uint32_t high;
    fill_pattern(&low, sizeof low);
    fill_pattern(&high, sizeof high);
    for (size_t i = 0; i < COUNT(none); i++) {
        ck_status(cnicalc_bound_range(none[i], &low, &high), CNICALC_ERR_BOUND);
        ck_status(cnicalc_bound_nearest(none[i], 5, &low), CNICALC_ERR_BOUND);
    }
    ck_status(cnicalc_bound_range(CNICALC_BOUND_ZONES, NULL, &high), CNICALC_ERR_NULL);
    ck_status(cnicalc_bound_range(CNICALC_BOUND_ZONES, &low, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_bound_nearest(CNICALC_BOUND_ZONES, 5, NULL), CNICALC_ERR_NULL);
    ck_untouched(low);
    ck_untouched(high);
}
END_TEST

START_TEST(sizes_of_structs_by_name)
{
    ck_assert_uint_eq(cnicalc_struct_size("cnicalc_limit_row"), 24);
    ck_assert_uint_eq(cnicalc_struct_size("cnicalc_cidr"), sizeof(cnicalc_cidr));
    ck_assert_uint_eq(cnicalc_struct_size("cnicalc_vswitch_room"), sizeof(cnicalc_vswitch_room));
    ck_assert_uint_eq(cnicalc_struct_size("cnicalc_address"), sizeof(cnicalc_address));
    ck_assert_uint_eq(cnicalc_struct_size("cnicalc_node_result"), sizeof(cnicalc_node_result));
    ck_assert_uint_eq(cnicalc_struct_size("cnicalc_cid"), 0);
    ck_assert_uint_eq(cnicalc_struct_size("cnicalc_cidrs"), 0);
    ck_assert_uint_eq(cnicalc_struct_size("another_cidr"), 0);
    ck_assert_uint_eq(cnicalc_struct_size(""), 0);
    ck_assert_uint_eq(cnicalc_struct_size(NULL), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base");
    add_tests(suite, "known", version_is_one_number_everywhere,
              every_status_of_the_header_has_name_and_text, every_limit_has_name_unit_and_texts,
              units_have_names, shortages_are_sentences_with_both_numbers,
              rows_are_found_by_their_limit, every_range_and_what_is_nearest,
              sizes_of_structs_by_name, NULL);
    add_tests(suite, "hostile", status_texts_are_total, limits_outside_the_enum,
              malformed_shortages, ranges_that_are_none, NULL);
    return run_suite(suite);
}
