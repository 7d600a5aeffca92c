/* SPDX-License-Identifier: MIT */
#include <cnicalc/cidr.h>

#include "support.h"

#include <stdio.h>
#include <string.h>

/* ---- Known ---- */

struct good {
    const char *text;
    cnicalc_cidr cidr;
    const char *canonical; /* NULL: the text itself */
};

static const struct good GOOD[] = {
    {"0.0.0.0/0", {0, 0, 4, 0}, NULL},
    {"0.0.0.0/32", {0, 0, 4, 32}, NULL},
    {"1.2.3.4/32", {0, 0x01020304, 4, 32}, NULL},
    {"10.0.0.0/8", {0, 0x0a000000, 4, 8}, NULL},
    {"9.10.99.100/30", {0, 0x090a6364, 4, 30}, NULL},
    {"172.16.0.0/12", {0, 0xac100000, 4, 12}, NULL},
    {"199.200.249.250/31", {0, 0xc7c8f9fa, 4, 31}, NULL},
    {"255.255.255.255/32", {0, 0xffffffff, 4, 32}, NULL},
    {"::/0", {0, 0, 6, 0}, NULL},
    {"::1/128", {0, 1, 6, 128}, NULL},
    {"::ABCD:1.2.3.4/128", {0, UINT64_C(0xabcd01020304), 6, 128}, "::abcd:102:304/128"},
    {"a::/16", {UINT64_C(0x000a000000000000), 0, 6, 16}, NULL},
    {"FD00::/8", {UINT64_C(0xfd00000000000000), 0, 6, 8}, "fd00::/8"},
    {"1:2:3:4:5:6:7:8/128",
     {UINT64_C(0x0001000200030004), UINT64_C(0x0005000600070008), 6, 128},
     NULL},
    {"1:2:3:4:5:6:7::/128",
     {UINT64_C(0x0001000200030004), UINT64_C(0x0005000600070000), 6, 128},
     "1:2:3:4:5:6:7:0/128"},
    {"::2:3:4:5:6:7:8/128",
     {UINT64_C(0x0000000200030004), UINT64_C(0x0005000600070008), 6, 128},
     "0:2:3:4:5:6:7:8/128"},
    {"1:2:3:4::8/128",
     {UINT64_C(0x0001000200030004), UINT64_C(0x0000000000000008), 6, 128},
     "1:2:3:4::8/128"},
    {"1:2:3:4:5::8/128",
     {UINT64_C(0x0001000200030004), UINT64_C(0x0005000000000008), 6, 128},
     NULL},
    {"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128",
     {UINT64_C(0xffffffffffffffff), UINT64_C(0xffffffffffffffff), 6, 128},
     NULL},
    {"::ffff:1.2.3.4/128", {0, UINT64_C(0xffff01020304), 6, 128}, NULL},
    {"::ffff:0.0.0.0/96", {0, UINT64_C(0xffff00000000), 6, 96}, NULL},
    {"1:2:3:4:5:6:7.8.9.10/128",
     {UINT64_C(0x0001000200030004), UINT64_C(0x000500060708090a), 6, 128},
     "1:2:3:4:5:6:708:90a/128"},
    {"::1.2.3.4/128", {0, UINT64_C(0x01020304), 6, 128}, "::102:304/128"},
    {"ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255/128",
     {UINT64_C(0xffffffffffffffff), UINT64_C(0xffffffffffffffff), 6, 128},
     "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128"},
    {"64:ff9b::192.0.2.33/128",
     {UINT64_C(0x0064ff9b00000000), UINT64_C(0xc0000221), 6, 128},
     "64:ff9b::c000:221/128"},
};

static int same_cidr(const cnicalc_cidr *a, const cnicalc_cidr *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

START_TEST(good_text_is_read_and_written)
{
    const struct good *good = &GOOD[_i];
    const char *canonical = good->canonical != NULL ? good->canonical : good->text;
    cnicalc_cidr cidr;
    char text[CNICALC_CIDR_TEXT_SIZE];
    ck_ok(cnicalc_cidr_parse(good->text, strlen(good->text), &cidr));
    ck_assert_msg(same_cidr(&cidr, &good->cidr), "%s", good->text);
    ck_ok(cnicalc_cidr_format(&cidr, text, sizeof text));
    ck_assert_str_eq(text, canonical);
}
END_TEST

START_TEST(rfc5952_texts_are_canonical)
{
    tsv table = tsv_read("tests/vectors/rfc5952_format.tsv");
    ck_assert_uint_eq(table.row_count, 36);
    for (size_t i = 1; i < table.row_count; i++) {
        const char *input = table.rows[i][0];
        cnicalc_address address;
        char text[CNICALC_ADDRESS_TEXT_SIZE];
        ck_ok(cnicalc_address_parse(input, strlen(input), &address));
        ck_ok(cnicalc_address_format(&address, text, sizeof text));
        ck_assert_str_eq(text, table.rows[i][1]);
    }
    tsv_free(&table);
}
END_TEST

/* Every group of four digits, in an even and in an odd place, as the C library writes it. */
START_TEST(every_group_is_written)
{
    for (uint32_t group = 1; group < 65536; group++) {
        cnicalc_cidr block = {(uint64_t)group << 48, (uint64_t)group, CNICALC_FAMILY_IPV6, 128};
        char text[CNICALC_CIDR_TEXT_SIZE];
        char expected[CNICALC_CIDR_TEXT_SIZE];
        ck_ok(cnicalc_cidr_format(&block, text, sizeof text));
        snprintf(expected, sizeof expected, "%x::%x/128", group, group);
        ck_assert_str_eq(text, expected);
    }
}
END_TEST

START_TEST(host_bits_are_masked_or_kept_apart)
{
    const cnicalc_cidr block = {0, 0x0a000000, 4, 8};
    const cnicalc_cidr block6 = {UINT64_C(0x20010db800000000), 0, 6, 64};
    cnicalc_cidr cidr;
    cnicalc_address address;
    ck_ok(cnicalc_cidr_parse_masked("10.1.2.3/8", 10, &cidr));
    ck_assert(same_cidr(&cidr, &block));
    ck_ok(cnicalc_cidr_parse_masked("10.1.2.3/0", 10, &cidr));
    ck_assert_uint_eq(cidr.lo | cidr.prefix_len, 0);
    ck_ok(cnicalc_cidr_parse_address("10.1.2.3/8", 10, &address, &cidr));
    ck_assert(same_cidr(&cidr, &block));
    ck_assert_uint_eq(address.lo, 0x0a010203);
    ck_assert_uint_eq(address.family, 4);
    ck_assert_uint_eq(address.hi | address.reserved, 0);
    ck_ok(cnicalc_cidr_parse_address("2001:db8::7/64", 14, &address, &cidr));
    ck_assert(same_cidr(&cidr, &block6));
    ck_assert_uint_eq(address.hi, block6.hi);
    ck_assert_uint_eq(address.lo, 7);
}
END_TEST

/* ---- Faults ---- */

struct bad {
    const char *text;
    cnicalc_status status;
    size_t offset;
};

static const struct bad BAD_BLOCKS[] = {
    {"", CNICALC_ERR_CIDR_EMPTY, 0},
    {"/8", CNICALC_ERR_CIDR_EMPTY, 0},
    {"/", CNICALC_ERR_CIDR_EMPTY, 0},
    {" 10.0.0.0/8", CNICALC_ERR_CIDR_CHARACTER, 0},
    {"10.0.0.0/8 ", CNICALC_ERR_CIDR_CHARACTER, 10},
    {"10.0.0.0 /8", CNICALC_ERR_CIDR_CHARACTER, 8},
    {"10.0.0.0/ 8", CNICALC_ERR_CIDR_CHARACTER, 9},
    {"10..0.0/8", CNICALC_ERR_CIDR_CHARACTER, 3},
    {".10.0.0/8", CNICALC_ERR_CIDR_CHARACTER, 0},
    {"0x0a.0.0.0/8", CNICALC_ERR_CIDR_CHARACTER, 1},
    {"::a.2.3.4/96", CNICALC_ERR_CIDR_CHARACTER, 3},
    {"10.0.0.a/8", CNICALC_ERR_CIDR_CHARACTER, 7},
    {"10.0.0.0/+8", CNICALC_ERR_CIDR_CHARACTER, 9},
    {"10.0.0.0/-1", CNICALC_ERR_CIDR_CHARACTER, 9},
    {"10.0.0.0/8/8", CNICALC_ERR_CIDR_CHARACTER, 10},
    {"10.0.0.0//8", CNICALC_ERR_CIDR_CHARACTER, 9},
    {"10.0.0.0/1e1", CNICALC_ERR_CIDR_CHARACTER, 10},
    {"10.0.0.0/255.0.0.0", CNICALC_ERR_CIDR_PREFIX_LEN, 9},
    {"not-a-cidr", CNICALC_ERR_CIDR_CHARACTER, 0},
    {"1.2.3.4:80/8", CNICALC_ERR_CIDR_CHARACTER, 7},
    {"10.256.0.0/16", CNICALC_ERR_CIDR_OCTET, 3},
    {"10.0.0.1000/8", CNICALC_ERR_CIDR_OCTET, 7},
    {"0.0.0.0100/0", CNICALC_ERR_CIDR_LEADING_ZERO, 6},
    {"0.0.0100.0/0", CNICALC_ERR_CIDR_LEADING_ZERO, 4},
    {"0.0100.0.0/0", CNICALC_ERR_CIDR_LEADING_ZERO, 2},
    {"0100.0.0.0/0", CNICALC_ERR_CIDR_LEADING_ZERO, 0},
    {"99999999999999999999.0.0.0/8", CNICALC_ERR_CIDR_OCTET, 0},
    {"010.0.0.0/8", CNICALC_ERR_CIDR_LEADING_ZERO, 0},
    {"10.0.00.0/8", CNICALC_ERR_CIDR_LEADING_ZERO, 5},
    {"10.0.0.0/08", CNICALC_ERR_CIDR_LEADING_ZERO, 9},
    {"10.0.0.0/00", CNICALC_ERR_CIDR_LEADING_ZERO, 9},
    {"::/00", CNICALC_ERR_CIDR_LEADING_ZERO, 3},
    {"10/8", CNICALC_ERR_CIDR_OCTET_COUNT, 2},
    {"10.0.0/8", CNICALC_ERR_CIDR_OCTET_COUNT, 6},
    {"10.0.0./8", CNICALC_ERR_CIDR_OCTET_COUNT, 7},
    {"1.2.3.4.5/32", CNICALC_ERR_CIDR_OCTET_COUNT, 7},
    {"1.2.3.4./32", CNICALC_ERR_CIDR_OCTET_COUNT, 7},
    {"10.0.0.0", CNICALC_ERR_CIDR_NO_PREFIX, 8},
    {"10.0.0.0/", CNICALC_ERR_CIDR_NO_PREFIX, 9},
    {"::", CNICALC_ERR_CIDR_NO_PREFIX, 2},
    {"::/", CNICALC_ERR_CIDR_NO_PREFIX, 3},
    {"10.0.0.0/33", CNICALC_ERR_CIDR_PREFIX_LEN, 9},
    {"10.0.0.0/128", CNICALC_ERR_CIDR_PREFIX_LEN, 9},
    {"10.0.0.0/4294967304", CNICALC_ERR_CIDR_PREFIX_LEN, 9},
    {"10.0.0.0/99999999999999999999", CNICALC_ERR_CIDR_PREFIX_LEN, 9},
    {"::/129", CNICALC_ERR_CIDR_PREFIX_LEN, 3},
    {"::/999", CNICALC_ERR_CIDR_PREFIX_LEN, 3},
    {"10.0.0.1/8", CNICALC_ERR_CIDR_HOST_BITS, 0},
    {"0.0.0.1/0", CNICALC_ERR_CIDR_HOST_BITS, 0},
    {"0.0.0.1/31", CNICALC_ERR_CIDR_HOST_BITS, 0},
    {"::1/127", CNICALC_ERR_CIDR_HOST_BITS, 0},
    {"1::/0", CNICALC_ERR_CIDR_HOST_BITS, 0},
    {"0:0:0:1::/63", CNICALC_ERR_CIDR_HOST_BITS, 0},
    {"0:0:0:0:8000::/64", CNICALC_ERR_CIDR_HOST_BITS, 0},
    {"fe80:/16", CNICALC_ERR_CIDR_GROUP, 5},
    {":1::/16", CNICALC_ERR_CIDR_GROUP, 0},
    {":/16", CNICALC_ERR_CIDR_GROUP, 0},
    {"fe800::/16", CNICALC_ERR_CIDR_GROUP, 0},
    {"::00001/128", CNICALC_ERR_CIDR_GROUP, 2},
    {"1::2:/128", CNICALC_ERR_CIDR_GROUP, 5},
    {"fe80::%1/64", CNICALC_ERR_CIDR_CHARACTER, 6},
    {"fe80::1%eth0/64", CNICALC_ERR_CIDR_CHARACTER, 7},
    {"fe8g::/16", CNICALC_ERR_CIDR_CHARACTER, 3},
    {"g::/16", CNICALC_ERR_CIDR_CHARACTER, 0},
    {"::-1/16", CNICALC_ERR_CIDR_CHARACTER, 2},
    {"1:2:3/48", CNICALC_ERR_CIDR_GROUP_COUNT, 5},
    {"1:2:3:4:5:6:7:8:9/48", CNICALC_ERR_CIDR_GROUP_COUNT, 16},
    {"1:2:3:4:5:6:7:8::/48", CNICALC_ERR_CIDR_GROUP_COUNT, 17},
    {"1:2:3:4::5:6:7:8/48", CNICALC_ERR_CIDR_GROUP_COUNT, 16},
    {"1:2:3:4:5:6:7:1.2.3.4/48", CNICALC_ERR_CIDR_GROUP_COUNT, 14},
    {"1::2::/64", CNICALC_ERR_CIDR_DOUBLE_COLON, 5},
    {":::/0", CNICALC_ERR_CIDR_DOUBLE_COLON, 2},
    {"1:::2/0", CNICALC_ERR_CIDR_DOUBLE_COLON, 3},
    {"::1.2.3/128", CNICALC_ERR_CIDR_OCTET_COUNT, 7},
    {"::1.2.3.256/128", CNICALC_ERR_CIDR_OCTET, 8},
    {"::ffff:1.2.03.4/128", CNICALC_ERR_CIDR_LEADING_ZERO, 11},
    {"::1.2.3.4:5/128", CNICALC_ERR_CIDR_CHARACTER, 9},
    {"::1.2.3.4.5/128", CNICALC_ERR_CIDR_OCTET_COUNT, 9},
};

START_TEST(bad_blocks_say_what_and_where)
{
    const struct bad *bad = &BAD_BLOCKS[_i];
    size_t len = strlen(bad->text);
    cnicalc_cidr cidr;
    cnicalc_address address;
    size_t offset = 999;
    fill_pattern(&cidr, sizeof cidr);
    fill_pattern(&address, sizeof address);
    ck_status(cnicalc_cidr_parse(bad->text, len, &cidr), bad->status);
    ck_untouched(cidr);
    ck_status(cnicalc_cidr_fault(bad->text, len, &offset), bad->status);
    ck_assert_msg(offset == bad->offset, "%s: offset %zu", bad->text, offset);
    if (bad->status == CNICALC_ERR_CIDR_HOST_BITS) {
        ck_ok(cnicalc_cidr_parse_masked(bad->text, len, &cidr));
        ck_ok(cnicalc_cidr_parse_address(bad->text, len, &address, &cidr));
        return;
    }
    ck_status(cnicalc_cidr_parse_masked(bad->text, len, &cidr), bad->status);
    ck_status(cnicalc_cidr_parse_address(bad->text, len, &address, &cidr), bad->status);
    ck_untouched(cidr);
    ck_untouched(address);
}
END_TEST

static const struct bad BAD_ADDRESSES[] = {
    {"", CNICALC_ERR_CIDR_EMPTY, 0},
    {"10.0.0.0/8", CNICALC_ERR_CIDR_CHARACTER, 8},
    {"::/0", CNICALC_ERR_CIDR_CHARACTER, 2},
    {"10.0.0", CNICALC_ERR_CIDR_OCTET_COUNT, 6},
    {"10.0.0.", CNICALC_ERR_CIDR_OCTET_COUNT, 7},
    {"1.1.1.1\n", CNICALC_ERR_CIDR_CHARACTER, 7},
    {"300.1.1.1", CNICALC_ERR_CIDR_OCTET, 0},
    {"1.1.1.01", CNICALC_ERR_CIDR_LEADING_ZERO, 6},
    {"1111.1.1", CNICALC_ERR_CIDR_OCTET, 0},
    {"fe80::1%eth0", CNICALC_ERR_CIDR_CHARACTER, 7},
    {"12345::", CNICALC_ERR_CIDR_GROUP, 0},
    {"1:2", CNICALC_ERR_CIDR_GROUP_COUNT, 3},
    {"1::2::3", CNICALC_ERR_CIDR_DOUBLE_COLON, 5},
    {"1::1::", CNICALC_ERR_CIDR_DOUBLE_COLON, 5},
};

START_TEST(bad_addresses_say_what_and_where)
{
    const struct bad *bad = &BAD_ADDRESSES[_i];
    cnicalc_address address;
    size_t offset = 999;
    fill_pattern(&address, sizeof address);
    ck_status(cnicalc_address_parse(bad->text, strlen(bad->text), &address), bad->status);
    ck_untouched(address);
    ck_status(cnicalc_address_fault(bad->text, strlen(bad->text), &offset), bad->status);
    ck_assert_msg(offset == bad->offset, "%s: offset %zu", bad->text, offset);
}
END_TEST

START_TEST(no_fault_leaves_the_offset)
{
    size_t offset;
    fill_pattern(&offset, sizeof offset);
    ck_ok(cnicalc_cidr_fault("10.0.0.0/8", 10, &offset));
    ck_ok(cnicalc_address_fault("::1", 3, &offset));
    ck_untouched(offset);
}
END_TEST

/* ---- Limits ---- */

START_TEST(small_buffers_are_not_written)
{
    const struct good *good = &GOOD[_i];
    const char *canonical = good->canonical != NULL ? good->canonical : good->text;
    size_t size = strlen(canonical) + 1;
    char text[CNICALC_CIDR_TEXT_SIZE + 4];
    for (size_t capacity = 0; capacity <= CNICALC_CIDR_TEXT_SIZE; capacity++) {
        fill_pattern(text, sizeof text);
        if (capacity < size) {
            ck_status(cnicalc_cidr_format(&good->cidr, text, capacity), CNICALC_ERR_CAPACITY);
            ck_untouched(text);
            continue;
        }
        ck_ok(cnicalc_cidr_format(&good->cidr, text, capacity));
        ck_assert_str_eq(text, canonical);
        ck_assert(is_pattern(text + capacity, sizeof text - capacity));
    }
}
END_TEST

START_TEST(small_address_buffers_are_not_written)
{
    const struct good *good = &GOOD[_i];
    const char *canonical = good->canonical != NULL ? good->canonical : good->text;
    size_t len = strcspn(canonical, "/");
    cnicalc_address address;
    char text[CNICALC_ADDRESS_TEXT_SIZE + 4];
    ck_ok(cnicalc_address_parse(good->text, strcspn(good->text, "/"), &address));
    for (size_t capacity = 0; capacity <= CNICALC_ADDRESS_TEXT_SIZE; capacity++) {
        fill_pattern(text, sizeof text);
        if (capacity < len + 1) {
            ck_status(cnicalc_address_format(&address, text, capacity), CNICALC_ERR_CAPACITY);
            ck_untouched(text);
            continue;
        }
        ck_ok(cnicalc_address_format(&address, text, capacity));
        ck_assert_uint_eq(strlen(text), len);
        ck_assert_int_eq(memcmp(text, canonical, len), 0);
        ck_assert(is_pattern(text + capacity, sizeof text - capacity));
    }
}
END_TEST

/* ---- Hostile ---- */

START_TEST(null_and_malformed_arguments_are_refused)
{
    const cnicalc_cidr good = {0, 0x0a000000, 4, 8};
    const cnicalc_cidr bad = {0, 1, 4, 8};
    const cnicalc_address bad_address = {0, 1, 4, 1};
    const cnicalc_address good_address = {0, 1, 4, 0};
    cnicalc_cidr cidr;
    cnicalc_address address;
    size_t size;
    char text[50];
    fill_pattern(&cidr, sizeof cidr);
    fill_pattern(&address, sizeof address);
    fill_pattern(text, sizeof text);
    fill_pattern(&size, sizeof size);
    ck_status(cnicalc_cidr_parse(NULL, 0, &cidr), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_parse("::/0", 4, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_parse_masked(NULL, 0, &cidr), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_parse_masked("::/0", 4, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_parse_address(NULL, 0, &address, &cidr), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_parse_address("::/0", 4, NULL, &cidr), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_parse_address("::/0", 4, &address, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_fault(NULL, 0, &size), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_fault("x", 1, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_address_parse(NULL, 0, &address), CNICALC_ERR_NULL);
    ck_status(cnicalc_address_parse("::", 2, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_address_fault(NULL, 0, &size), CNICALC_ERR_NULL);
    ck_status(cnicalc_address_fault("x", 1, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_format(NULL, text, 50), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_format(&good, NULL, 50), CNICALC_ERR_NULL);
    ck_status(cnicalc_cidr_format(&bad, text, 50), CNICALC_ERR_CIDR_HOST_BITS);
    ck_status(cnicalc_address_format(NULL, text, 50), CNICALC_ERR_NULL);
    ck_status(cnicalc_address_format(&good_address, NULL, 50), CNICALC_ERR_NULL);
    ck_status(cnicalc_address_format(&bad_address, text, 50), CNICALC_ERR_RESERVED);
    ck_untouched(cidr);
    ck_untouched(address);
    ck_untouched(text);
    ck_untouched(size);
}
END_TEST
/* An address with one bit set is a block of every prefix length that keeps it, and of no other. */
START_TEST(host_bits_of_ipv6_are_refused_or_cleared)
{
    for (uint32_t bit = 4; bit < 128; bit++) { /* the first group has four digits */
        for (uint32_t prefix_len = 4; prefix_len <= 128; prefix_len++) {
            uint64_t halves[2] = {UINT64_C(0x1000000000000000), 0};
            char text[64];
            cnicalc_cidr cidr;
            halves[bit / 64] |= UINT64_C(1) << (63 - bit % 64);
            snprintf(text, sizeof text, "%04x:%x:%x:%x:%x:%x:%x:%x/%u", (unsigned)(halves[0] >> 48),
                     (unsigned)(halves[0] >> 32 & 0xffff), (unsigned)(halves[0] >> 16 & 0xffff),
                     (unsigned)(halves[0] & 0xffff), (unsigned)(halves[1] >> 48),
                     (unsigned)(halves[1] >> 32 & 0xffff), (unsigned)(halves[1] >> 16 & 0xffff),
                     (unsigned)(halves[1] & 0xffff), (unsigned)prefix_len);
            ck_status(cnicalc_cidr_parse(text, strlen(text), &cidr),
                      bit < prefix_len ? CNICALC_OK : CNICALC_ERR_CIDR_HOST_BITS);
            if (bit >= prefix_len) {
                halves[bit / 64] ^= UINT64_C(1) << (63 - bit % 64);
            }
            ck_ok(cnicalc_cidr_parse_masked(text, CNICALC_NUL_TERMINATED, &cidr));
            ck_assert(cidr.hi == halves[0] && cidr.lo == halves[1]);
            ck_assert(cidr.family == CNICALC_FAMILY_IPV6 && cidr.prefix_len == prefix_len);
        }
    }
}
END_TEST

int main(void)
{
    const int good = (int)COUNT(GOOD);
    Suite *suite = suite_create("cidr_text");
    TCase *known = tcase_create("known");
    TCase *faults = tcase_create("faults");
    TCase *limits = tcase_create("limits");
    tcase_add_loop_test(known, good_text_is_read_and_written, 0, good);
    tcase_add_test(known, rfc5952_texts_are_canonical);
    tcase_add_test(known, host_bits_are_masked_or_kept_apart);
    tcase_add_test(known, host_bits_of_ipv6_are_refused_or_cleared);
    tcase_add_loop_test(faults, bad_blocks_say_what_and_where, 0, (int)COUNT(BAD_BLOCKS));
    tcase_add_loop_test(faults, bad_addresses_say_what_and_where, 0, (int)COUNT(BAD_ADDRESSES));
    tcase_add_test(faults, no_fault_leaves_the_offset);
    tcase_add_loop_test(limits, small_buffers_are_not_written, 0, good);
    tcase_add_loop_test(limits, small_address_buffers_are_not_written, 0, good);
    suite_add_tcase(suite, known);
    suite_add_tcase(suite, faults);
    suite_add_tcase(suite, limits);
    add_tests(suite, "hostile", null_and_malformed_arguments_are_refused, NULL);
    add_tests(suite, "properties", every_group_is_written, NULL);
    return run_suite(suite);
}
