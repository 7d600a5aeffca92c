/* SPDX-License-Identifier: MIT */
#include "terway_support.h"

#include <cnicalc/vswitch.h>

static cnicalc_vswitch_room room_of(const cnicalc_vswitch *vswitch)
{
    cnicalc_vswitch_room room;
    fill_pattern(&room, sizeof room);
    ck_ok(cnicalc_vswitch_solve(vswitch, &room));
    ck_assert_uint_eq(room.reserved[0] | room.reserved[1], 0);
    return room;
}

/* Worked with a pencil: free addresses and blocks of a vSwitch in use. */
START_TEST(addresses_and_blocks)
{
    static const struct {
        uint32_t prefix_len;
        uint64_t used, usable, addresses, blocks;
    } rows[] = {
        {16, 0, 65532, 65532, 4094},
        {19, 0, 8188, 8188, 510},
        {24, 0, 252, 252, 14},
        {25, 0, 124, 124, 6},
        {26, 0, 60, 60, 2},
        {27, 0, 28, 28, 0},
        {28, 0, 12, 12, 0},
        {29, 0, 4, 4, 0},
        {29, 4, 4, 0, 0},
        {28, 12, 12, 0, 0},
        {27, 28, 28, 0, 0},
        {26, 28, 60, 32, 2},
        {26, 29, 60, 31, 1},
        {26, 44, 60, 16, 1},
        {26, 45, 60, 15, 0},
        {26, 60, 60, 0, 0},
        {24, 28, 252, 224, 14},
        {24, 29, 252, 223, 13},
        {24, 252, 252, 0, 0},
        {16, 28, 65532, 65504, 4094},
        {16, 45, 65532, 65487, 4092},
        {16, 65532, 65532, 0, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        for (uint32_t roles = POD; roles <= BOTH; roles++) {
            cnicalc_vswitch vswitch = vswitch_at(0, rows[i].prefix_len, 1, roles, rows[i].used);
            cnicalc_vswitch_room room = room_of(&vswitch);
            ck_assert_msg(room.usable_addresses == rows[i].usable, "row %u", (unsigned)i);
            ck_assert_msg(room.free_addresses == rows[i].addresses, "row %u", (unsigned)i);
            ck_assert_msg(room.free_prefixes == rows[i].blocks, "row %u", (unsigned)i);
        }
    }
}
END_TEST

/* Every mask and every number of addresses in use, against a vSwitch whose addresses in use are put
 * on it one by one: those at the ends first, then block by block. */
START_TEST(placing_one_by_one_agrees)
{
    for (uint32_t len = 16; len <= 29; len++) {
        uint64_t size = UINT64_C(1) << (32 - len);
        uint64_t blocks = 0;
        for (uint64_t first = 0; first + 16 <= size; first += 16) {
            blocks += first > 0 && first + 15 < size - 3;
        }
        uint64_t whole = blocks;
        uint64_t left_in_block = 0;
        uint64_t outside = size - 4 - 16 * blocks;
        for (uint64_t used = 0; used <= size - 4; used++) {
            cnicalc_vswitch vswitch = vswitch_at(0, len, 1, POD, used);
            cnicalc_vswitch_room room = room_of(&vswitch);
            ck_assert_uint_eq(room.usable_addresses, size - 4);
            ck_assert_uint_eq(room.free_addresses, size - 4 - used);
            ck_assert_uint_eq(room.free_prefixes, whole);
            if (used >= outside) {
                whole -= left_in_block == 0 && whole > 0;
                left_in_block = (left_in_block + 15) % 16;
            }
        }
        ck_assert_uint_eq(whole, 0);
    }
}
END_TEST

/* Alone and as the last of two. */
static void vswitch_fails(const cnicalc_vswitch *bad, cnicalc_status expected)
{
    const cnicalc_vswitch two[] = {vswitch_at(200, 24, 1, POD, 0), *bad};
    cnicalc_vswitch_room room;
    cnicalc_fault fault;
    fill_pattern(&room, sizeof room);
    ck_status(cnicalc_vswitch_solve(bad, &room), expected);
    ck_untouched(room);
    ck_status(cnicalc_vswitch_check(two, 2, &fault), expected);
    ck_fault(fault, VSWITCHES, 1, UNKNOWN);
    ck_status(cnicalc_vswitch_check(two, 2, NULL), expected);
}

START_TEST(malformed)
{
    cnicalc_vswitch good = vswitch_at(1, 24, 1, NODE, 0);
    cnicalc_vswitch bad;
#define FAILS(change, status)                                                                      \
    bad = good;                                                                                    \
    bad.change;                                                                                    \
    vswitch_fails(&bad, status)
    for (size_t i = 0; i < COUNT(good.reserved); i++) {
        FAILS(reserved[i] = 1, CNICALC_ERR_RESERVED);
    }
    FAILS(cidr.family = 5, CNICALC_ERR_CIDR_FAMILY);
    FAILS(cidr.hi = 1, CNICALC_ERR_CIDR_INVALID);
    FAILS(cidr.prefix_len = 33, CNICALC_ERR_CIDR_PREFIX_LEN);
    FAILS(cidr.lo++, CNICALC_ERR_CIDR_HOST_BITS);
    FAILS(cidr.lo <<= 32; bad.cidr.family = CNICALC_FAMILY_IPV6, CNICALC_ERR_CIDR_HOST_BITS);
    FAILS(cidr.hi = bad.cidr.lo << 32; bad.cidr.lo = 0;
          bad.cidr.family = CNICALC_FAMILY_IPV6, CNICALC_ERR_VSWITCH_FAMILY);
    FAILS(cidr.prefix_len = 30, CNICALC_ERR_VSWITCH_MASK);
    FAILS(cidr.lo = 0; bad.cidr.prefix_len = 15, CNICALC_ERR_VSWITCH_MASK);
    FAILS(cidr.lo = 0; bad.cidr.prefix_len = 0, CNICALC_ERR_VSWITCH_MASK);
    FAILS(roles = 0, CNICALC_ERR_VSWITCH_ROLES);
    FAILS(roles = BOTH + 1, CNICALC_ERR_VSWITCH_ROLES);
    FAILS(roles |= UINT32_C(1) << 31, CNICALC_ERR_VSWITCH_ROLES);
    FAILS(used_addresses = 253, CNICALC_ERR_VSWITCH_USED);
    FAILS(used_addresses = UINT64_MAX, CNICALC_ERR_VSWITCH_USED);
#undef FAILS
}
END_TEST

START_TEST(missing_pointers)
{
    cnicalc_vswitch good = vswitch_at(1, 24, 1, NODE, 0);
    cnicalc_vswitch_room room;
    cnicalc_fault fault;
    fill_pattern(&room, sizeof room);
    fill_pattern(&fault, sizeof fault);
    ck_status(cnicalc_vswitch_solve(NULL, &room), CNICALC_ERR_NULL);
    ck_status(cnicalc_vswitch_solve(&good, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_vswitch_check(NULL, 1, &fault), CNICALC_ERR_NULL);
    ck_ok(cnicalc_vswitch_check(NULL, 0, &fault));
    ck_ok(cnicalc_vswitch_check(&good, 1, &fault));
    ck_ok(cnicalc_vswitch_check(&good, 1, NULL));
    ck_untouched(room);
    ck_untouched(fault);
}
END_TEST

static void must_overlap(const cnicalc_vswitch *vswitches, size_t count, uint32_t index,
                         uint32_t other)
{
    cnicalc_fault fault;
    ck_status(cnicalc_vswitch_check(vswitches, count, &fault), CNICALC_ERR_VSWITCH_OVERLAP);
    ck_fault(fault, VSWITCHES, index, other);
}

/* The same block, one inside the other either way round, and neighbours that only touch. */
START_TEST(overlapping)
{
    cnicalc_vswitch three[] = {vswitch_at(9, 24, 1, POD, 0), vswitch_at(0, 24, 1, POD, 0),
                               vswitch_at(0, 24, 2, NODE, 0)};
    must_overlap(three, 3, 2, 1);
    must_overlap(&three[1], 2, 1, 0);
    three[2].cidr.prefix_len = 16;
    must_overlap(three, 3, 2, 1);
    three[2].cidr.prefix_len = 29;
    three[2].cidr.lo += 248;
    must_overlap(three, 3, 2, 1);
    three[2].cidr.lo += 8;
    ck_ok(cnicalc_vswitch_check(three, 3, NULL));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("vswitch");
    add_tests(suite, "known", addresses_and_blocks, overlapping, NULL);
    add_tests(suite, "properties", placing_one_by_one_agrees, NULL);
    add_tests(suite, "hostile", malformed, missing_pointers, NULL);
    return run_suite(suite);
}
