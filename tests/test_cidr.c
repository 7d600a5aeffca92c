/* SPDX-License-Identifier: MIT */
#include "cidr_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static cnicalc_cidr masked(const char *text)
{
    cnicalc_cidr block;
    ck_ok(cnicalc_cidr_parse_masked(text, strlen(text), &block));
    return block;
}

static void check_address(const cnicalc_address *got, const char *expected)
{
    char text[CNICALC_ADDRESS_TEXT_SIZE];
    ck_ok(cnicalc_address_format(got, text, sizeof text));
    ck_assert_str_eq(text, expected);
}

static uint32_t number(const char *text)
{
    return (uint32_t)strtoul(text, NULL, 10);
}

/* ---- Known: what peers answer ---- */

/* Rows that the peer's controller caps or reaches by wrapping are marked in the file; cnicalc
 * counts all sub-blocks of both families, and refuses a length outside the block or family. */
START_TEST(kubernetes_cidrset_capacity)
{
    tsv table = tsv_read("tests/vectors/k8s_cidrset_capacity.tsv");
    ck_assert_uint_eq(table.row_count, 42);
    for (size_t i = 1; i < table.row_count; i++) {
        char **row = table.rows[i];
        cnicalc_cidr cluster = masked(row[0]);
        cnicalc_cidr block;
        uint64_t count = 0;
        uint32_t mask = number(row[1]);
        if (strcmp(row[5], "peer-accepts-nonsense") == 0) {
            ck_status(cnicalc_cidr_subnet_count(&cluster, mask, &count),
                      CNICALC_ERR_CIDR_PREFIX_LEN);
            continue;
        }
        ck_ok(cnicalc_cidr_subnet_count(&cluster, mask, &count));
        if (strcmp(row[5], "error") == 0) {
            /* The peer refuses more than 16 bits of IPv6 blocks; cnicalc just counts them. */
            ck_assert_uint_gt(count, 65536);
            continue;
        }
        if (row[2][0] != '\0') {
            ck_assert_uint_eq(count, strtoull(row[2], NULL, 10));
        }
        if (row[3][0] != '\0') {
            ck_ok(cnicalc_cidr_nth(&cluster, mask, 0, &block));
            check_block(&block, row[3]);
        }
        if (strcmp(row[4], "(exhausted)") == 0) {
            ck_status(cnicalc_cidr_nth(&cluster, mask, 1, &block), CNICALC_ERR_INDEX);
        } else if (row[4][0] != '\0') {
            ck_ok(cnicalc_cidr_nth(&cluster, mask, 1, &block));
            check_block(&block, row[4]);
        }
    }
    tsv_free(&table);
}
END_TEST

/* The peer keeps the host bits of the cluster's block, and adds the index to them in one row. */
START_TEST(kubernetes_cidrset_nth_block)
{
    tsv table = tsv_read("tests/vectors/k8s_cidrset_nth_block.tsv");
    ck_assert_uint_eq(table.row_count, 30);
    for (size_t i = 1; i < table.row_count; i++) {
        char **row = table.rows[i];
        cnicalc_cidr cluster = masked(row[0]);
        cnicalc_cidr block;
        ck_ok(cnicalc_cidr_nth(&cluster, number(row[1]), strtoull(row[2], NULL, 10), &block));
        check_block(&block, row[3]);
    }
    tsv_free(&table);
}
END_TEST

START_TEST(kubernetes_cidrset_block_index)
{
    tsv table = tsv_read("tests/vectors/k8s_cidrset_block_index.tsv");
    ck_assert_uint_eq(table.row_count, 15);
    for (size_t i = 1; i < table.row_count; i++) {
        char **row = table.rows[i];
        cnicalc_cidr cluster = masked(row[0]);
        cnicalc_cidr block = cidr_of(row[2]);
        cnicalc_address first;
        uint64_t index = 0;
        ck_ok(cnicalc_cidr_first(&block, &first));
        if (strcmp(row[4], "error") == 0) {
            ck_status(cnicalc_cidr_index_of(&cluster, number(row[1]), &first, &index),
                      CNICALC_ERR_CIDR_NOT_INSIDE);
            continue;
        }
        ck_ok(cnicalc_cidr_index_of(&cluster, number(row[1]), &first, &index));
        ck_assert_uint_eq(index, strtoull(row[3], NULL, 10));
    }
    tsv_free(&table);
}
END_TEST

START_TEST(go_netip_overlaps)
{
    tsv table = tsv_read("tests/vectors/go_netip_overlaps.tsv");
    ck_assert_uint_eq(table.row_count, 14);
    for (size_t i = 1; i < table.row_count; i++) {
        cnicalc_cidr a = masked(table.rows[i][0]);
        cnicalc_cidr b = masked(table.rows[i][1]);
        uint32_t expected = strcmp(table.rows[i][2], "true") == 0;
        uint32_t overlaps = 9;
        ck_ok(cnicalc_cidr_overlaps(&a, &b, &overlaps));
        ck_assert_msg(overlaps == expected, "%s %s", table.rows[i][0], table.rows[i][1]);
        ck_ok(cnicalc_cidr_overlaps(&b, &a, &overlaps));
        ck_assert_uint_eq(overlaps, expected);
    }
    tsv_free(&table);
}
END_TEST

/* cidrhost counts from the end for a negative number. */
static void check_cidrhost(char **row)
{
    cnicalc_cidr block = masked(row[1]);
    long long host = strtoll(row[2], NULL, 10);
    cnicalc_cidr got;
    uint64_t count;
    uint64_t index;
    ck_ok(cnicalc_cidr_address_count(&block, &count));
    index = host < 0 ? count + (uint64_t)host : (uint64_t)host;
    if (strcmp(row[5], "ok") == 0) {
        char expected[60];
        ck_ok(cnicalc_cidr_nth(&block, 32, index, &got));
        snprintf(expected, sizeof expected, "%s/32", row[4]);
        check_block(&got, expected);
    } else {
        ck_status(cnicalc_cidr_nth(&block, 32, index, &got), CNICALC_ERR_INDEX);
    }
}

static void check_cidrsubnet(char **row)
{
    cnicalc_cidr block = masked(row[1]);
    cnicalc_cidr got;
    cnicalc_status status = cnicalc_cidr_nth(&block, block.prefix_len + number(row[2]),
                                             strtoull(row[3], NULL, 10), &got);
    if (strncmp(row[1], "::ffff:", 7) == 0) {
        /* The peer turns the mapped block into IPv4; cnicalc stays in its family. */
        ck_ok(status);
        check_block(&got, "::ffff:192.168.6.0/120");
    } else if (strcmp(row[5], "ok") == 0) {
        cnicalc_cidr expected = masked(row[4]);
        ck_ok(status);
        ck_assert_int_eq(memcmp(&got, &expected, sizeof got), 0);
    } else {
        ck_assert(status == CNICALC_ERR_CIDR_PREFIX_LEN || status == CNICALC_ERR_INDEX);
    }
}

START_TEST(terraform_cidr_functions)
{
    tsv table = tsv_read("tests/vectors/terraform_cidr_functions.tsv");
    ck_assert_uint_eq(table.row_count, 28);
    for (size_t i = 1; i < table.row_count; i++) {
        char **row = table.rows[i];
        cnicalc_cidr block;
        cnicalc_status status = cnicalc_cidr_parse_masked(row[1], strlen(row[1]), &block);
        if (strncmp(row[6], "lenient", 7) == 0) {
            ck_status(status, CNICALC_ERR_CIDR_LEADING_ZERO); /* stricter than the peer */
        } else if (status != CNICALC_OK || strpbrk(row[2], "/.") != NULL) {
            ck_assert_str_eq(row[5], "error"); /* a fraction cannot be written in C's types */
        } else if (strcmp(row[0], "cidrhost") == 0) {
            check_cidrhost(row);
        } else if (strcmp(row[0], "cidrsubnet") == 0) {
            check_cidrsubnet(row);
        } else if (strcmp(row[5], "ok") == 0) {
            cnicalc_address mask;
            ck_ok(cnicalc_cidr_netmask(&block, &mask));
            check_address(&mask, row[4]);
        } else {
            ck_assert_uint_eq(block.family, 6); /* the peer has no IPv6 netmask; cnicalc has */
        }
    }
    tsv_free(&table);
}
END_TEST

/* A list with commas of one block, or one of each family, of at least this many addresses and at
 * most 2^host_bits. */
static int is_valid_list(const char *list, uint64_t min_addresses, uint32_t host_bits)
{
    int seen4 = 0;
    int seen6 = 0;
    for (const char *at = list;; at++) {
        size_t len = strcspn(at, ",");
        cnicalc_cidr block;
        uint64_t count;
        if (cnicalc_cidr_parse_masked(at, len, &block) != CNICALC_OK ||
            cnicalc_cidr_address_count(&block, &count) != CNICALC_OK || count < min_addresses ||
            count > UINT64_C(1) << host_bits) {
            return 0;
        }
        seen4 += block.family == CNICALC_FAMILY_IPV4;
        seen6 += block.family == CNICALC_FAMILY_IPV6;
        at += len;
        if (*at == '\0') {
            return seen4 <= 1 && seen6 <= 1;
        }
    }
}

START_TEST(kubeadm_lists)
{
    tsv list = tsv_read("tests/vectors/kubeadm_ipnet_list.tsv");
    tsv size = tsv_read("tests/vectors/kubeadm_service_subnet_size.tsv");
    ck_assert_uint_eq(list.row_count, 13);
    ck_assert_uint_eq(size.row_count, 9);
    for (size_t i = 1; i < list.row_count; i++) {
        int expected = strcmp(list.rows[i][2], "ok") == 0;
        ck_assert_msg(is_valid_list(list.rows[i][0], number(list.rows[i][1]), 63) == expected, "%s",
                      list.rows[i][0]);
    }
    for (size_t i = 1; i < size.row_count; i++) {
        int expected = strcmp(size.rows[i][1], "ok") == 0;
        ck_assert_msg(is_valid_list(size.rows[i][0], 0, 20) == expected, "%s", size.rows[i][0]);
    }
    tsv_free(&list);
    tsv_free(&size);
}
END_TEST

START_TEST(facts_of_a_block)
{
    static const struct {
        const char *block;
        const char *first;
        const char *last;
        const char *netmask;
        const char *count;
        uint32_t is_private;
    } ROWS[] = {
        {"0.0.0.0/0", "0.0.0.0", "255.255.255.255", "0.0.0.0", "4294967296", 0},
        {"192.168.0.0/19", "192.168.0.0", "192.168.31.255", "255.255.224.0", "8192", 1},
        {"1.2.3.4/32", "1.2.3.4", "1.2.3.4", "255.255.255.255", "1", 0},
        {"10.0.0.0/8", "10.0.0.0", "10.255.255.255", "255.0.0.0", "16777216", 1},
        {"10.0.0.0/7", "10.0.0.0", "11.255.255.255", "254.0.0.0", "33554432", 0},
        {"172.16.0.0/12", "172.16.0.0", "172.31.255.255", "255.240.0.0", "1048576", 1},
        {"172.32.0.0/12", "172.32.0.0", "172.47.255.255", "255.240.0.0", "1048576", 0},
        {"172.0.0.0/12", "172.0.0.0", "172.15.255.255", "255.240.0.0", "1048576", 0},
        {"192.169.0.0/16", "192.169.0.0", "192.169.255.255", "255.255.0.0", "65536", 0},
        {"::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
         "::", "340282366920938463463374607431768211456", 0},
        {"fd00::/64", "fd00::", "fd00::ffff:ffff:ffff:ffff",
         "ffff:ffff:ffff:ffff::", "18446744073709551616", 1},
        {"fd00::/65", "fd00::", "fd00::7fff:ffff:ffff:ffff",
         "ffff:ffff:ffff:ffff:8000::", "9223372036854775808", 1},
        {"fe00::/8", "fe00::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
         "ff00::", "1329227995784915872903807060280344576", 0},
        {"fc00::/7", "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
         "fe00::", "2658455991569831745807614120560689152", 1},
        {"::a00:0/104", "::a00:0", "::aff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ff00:0", "16777216",
         0},
    };
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        cnicalc_cidr block = cidr_of(ROWS[i].block);
        cnicalc_address got;
        uint64_t count;
        uint32_t is_private = 9;
        char text[CNICALC_COUNT_TEXT_SIZE];
        size_t size = strlen(ROWS[i].count) + 1;
        ck_ok(cnicalc_cidr_first(&block, &got));
        check_address(&got, ROWS[i].first);
        ck_ok(cnicalc_cidr_last(&block, &got));
        check_address(&got, ROWS[i].last);
        ck_ok(cnicalc_cidr_netmask(&block, &got));
        check_address(&got, ROWS[i].netmask);
        ck_ok(cnicalc_cidr_is_private(&block, &is_private));
        ck_assert_msg(is_private == ROWS[i].is_private, "%s", ROWS[i].block);
        ck_ok(cnicalc_cidr_address_count_text(&block, text, size));
        ck_assert_str_eq(text, ROWS[i].count);
        if (size <= 20) {
            ck_ok(cnicalc_cidr_address_count(&block, &count));
            ck_assert_uint_eq(count, strtoull(ROWS[i].count, NULL, 10));
        } else {
            ck_status(cnicalc_cidr_address_count(&block, &count), CNICALC_ERR_OVERFLOW);
        }
        fill_pattern(text, sizeof text);
        ck_status(cnicalc_cidr_address_count_text(&block, text, size - 1), CNICALC_ERR_CAPACITY);
        ck_untouched(text);
    }
}
END_TEST

START_TEST(two_blocks)
{
    static const struct {
        const char *a;
        const char *b;
        uint32_t contains;
        uint32_t equal;
        int32_t order;
        const char *common; /* NULL: mixed families */
    } ROWS[] = {
        {"10.0.0.0/8", "10.1.0.0/16", 1, 0, -1, "10.0.0.0/8"},
        {"10.1.0.0/16", "10.0.0.0/8", 0, 0, 1, "10.0.0.0/8"},
        {"10.0.0.0/8", "10.0.0.0/8", 1, 1, 0, "10.0.0.0/8"},
        {"10.0.0.0/8", "10.0.0.0/9", 1, 0, -1, "10.0.0.0/8"},
        {"10.0.0.0/24", "10.0.3.0/24", 0, 0, -1, "10.0.0.0/22"},
        {"0.0.0.0/1", "128.0.0.0/1", 0, 0, -1, "0.0.0.0/0"},
        {"255.255.255.255/32", "::/0", 0, 0, -1, NULL},
        {"::/0", "10.0.0.0/8", 0, 0, 1, NULL},
        {"::/96", "0.0.0.0/0", 0, 0, 1, NULL},
        {"::/0", "ffff::/16", 1, 0, -1, "::/0"},
        {"fd00::/64", "fd00:0:0:1::/64", 0, 0, -1, "fd00::/63"},
        {"fd00::1/128", "fd00::/128", 0, 0, 1, "fd00::/127"},
    };
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        cnicalc_cidr a = cidr_of(ROWS[i].a);
        cnicalc_cidr b = cidr_of(ROWS[i].b);
        cnicalc_cidr common;
        uint32_t yes = 9;
        int32_t order = 9;
        ck_ok(cnicalc_cidr_contains(&a, &b, &yes));
        ck_assert_msg(yes == ROWS[i].contains, "%s %s", ROWS[i].a, ROWS[i].b);
        ck_ok(cnicalc_cidr_equal(&a, &b, &yes));
        ck_assert_uint_eq(yes, ROWS[i].equal);
        ck_ok(cnicalc_cidr_compare(&a, &b, &order));
        ck_assert_int_eq(order, ROWS[i].order);
        if (ROWS[i].common == NULL) {
            ck_status(cnicalc_cidr_common(&a, &b, &common), CNICALC_ERR_CIDR_FAMILY_MIXED);
        } else {
            ck_ok(cnicalc_cidr_common(&a, &b, &common));
            check_block(&common, ROWS[i].common);
        }
    }
}
END_TEST

START_TEST(a_block_holds_addresses)
{
    cnicalc_cidr block = cidr_of("10.0.0.0/8");
    const cnicalc_address inside = address_of("10.255.255.255");
    const cnicalc_address outside = address_of("11.0.0.0");
    const cnicalc_address other = address_of("::a00:1");
    uint32_t contains = 9;
    ck_ok(cnicalc_cidr_contains_address(&block, &inside, &contains));
    ck_assert_uint_eq(contains, 1);
    ck_ok(cnicalc_cidr_contains_address(&block, &outside, &contains));
    ck_assert_uint_eq(contains, 0);
    contains = 9;
    ck_ok(cnicalc_cidr_contains_address(&block, &other, &contains));
    ck_assert_uint_eq(contains, 0);
    ck_ok(cnicalc_cidr_from_address(&inside, 12, &block));
    check_block(&block, "10.240.0.0/12");
    ck_ok(cnicalc_cidr_from_address(&other, 0, &block));
    check_block(&block, "::/0");
}
END_TEST

START_TEST(struct_sizes_are_those_of_the_header)
{
    ck_assert_uint_eq(cnicalc_struct_size("cnicalc_cidr"), 24);
    ck_assert_uint_eq(cnicalc_struct_size("cnicalc_address"), 24);
    ck_assert_uint_eq(cnicalc_struct_size("cnicalc_cidr_pair"), 8);
    ck_assert_uint_eq(sizeof(cnicalc_cidr), 24);
    ck_assert_uint_eq(sizeof(cnicalc_address), 24);
    ck_assert_uint_eq(sizeof(cnicalc_cidr_pair), 8);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cidr");
    add_tests(suite, "known", kubernetes_cidrset_capacity, kubernetes_cidrset_nth_block,
              kubernetes_cidrset_block_index, go_netip_overlaps, terraform_cidr_functions,
              kubeadm_lists, facts_of_a_block, two_blocks, a_block_holds_addresses,
              struct_sizes_are_those_of_the_header, NULL);
    return run_suite(suite);
}
