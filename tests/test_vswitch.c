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

/* With a reservation its blocks alone serve prefixes, and nothing else; what is in use fills the
 * rest first. */
START_TEST(reserved_blocks)
{
    static const struct {
        uint32_t prefix_len;
        uint64_t reserved, used, addresses, blocks, single;
    } rows[] = {
        /* A /18 in a /16: 1,024 blocks, and 65,532 - 16,384 other addresses. */
        {16, 1024, 0, 65532, 1024, 49148},
        {16, 1024, 49148, 16384, 1024, 0},
        {16, 1024, 49149, 16383, 1023, 0},
        {16, 1024, 49164, 16368, 1023, 0},
        {16, 1024, 49165, 16367, 1022, 0},
        {16, 1024, 65532, 0, 0, 0},
        {24, 14, 0, 252, 14, 28},
        {24, 14, 28, 224, 14, 0},
        {26, 1, 0, 60, 1, 44},
        {26, 1, 43, 17, 1, 1},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        cnicalc_vswitch vswitch = vswitch_at(0, rows[i].prefix_len, 1, POD, rows[i].used);
        vswitch.reserved_prefixes = rows[i].reserved;
        cnicalc_vswitch_room room = room_of(&vswitch);
        ck_assert_msg(room.free_addresses == rows[i].addresses, "row %u", (unsigned)i);
        ck_assert_msg(room.free_prefixes == rows[i].blocks, "row %u", (unsigned)i);
        ck_assert_msg(room.single_addresses == rows[i].single, "row %u: %u", (unsigned)i,
                      (unsigned)room.single_addresses);
    }
    cnicalc_vswitch plain = vswitch_at(0, 24, 1, POD, 30);
    ck_assert_uint_eq(room_of(&plain).single_addresses, 222);
}
END_TEST

/* 10.0.x.0/len, or of no family: by mask. */
static cnicalc_cidr block(uint32_t family, uint64_t offset, uint32_t prefix_len)
{
    const cnicalc_cidr cidr = {0, family == 0 ? 0 : UINT64_C(0x0a000000) + offset, family,
                               prefix_len};
    return cidr;
}

/* By mask at least 2 bits longer than the vSwitch's and at most 28, by block a part of the vSwitch
 * without the first address and the last three. */
START_TEST(reservations)
{
    static const struct {
        uint32_t prefix_len, family;
        uint64_t offset;
        uint32_t reserved_len;
        uint64_t prefixes;
        cnicalc_status status;
    } rows[] = {
        {16, 4, 16384, 18, 1024, CNICALC_OK},
        {16, 4, 32768, 18, 1024, CNICALC_OK},
        {16, 4, 0, 18, 0, CNICALC_ERR_VSWITCH_RESERVATION},
        {16, 4, 49152, 18, 0, CNICALC_ERR_VSWITCH_RESERVATION},
        {16, 4, 0, 17, 0, CNICALC_ERR_VSWITCH_RESERVATION},
        {16, 4, 0, 16, 0, CNICALC_ERR_VSWITCH_RESERVATION},
        {16, 4, 0, 8, 0, CNICALC_ERR_VSWITCH_RESERVATION},
        {16, 4, 65536, 18, 0, CNICALC_ERR_VSWITCH_RESERVATION},
        {16, 4, 65520, 28, 0, CNICALC_ERR_VSWITCH_RESERVATION},
        {16, 4, 65504, 28, 1, CNICALC_OK},
        {16, 4, 16, 28, 1, CNICALC_OK},
        {16, 4, 16, 29, 0, CNICALC_OK},
        {16, 4, 65532, 32, 0, CNICALC_OK},
        {16, 4, 65533, 32, 0, CNICALC_ERR_VSWITCH_RESERVATION},
        {16, 4, 1, 32, 0, CNICALC_OK},
        {16, 4, 0, 32, 0, CNICALC_ERR_VSWITCH_RESERVATION},
        {16, 4, 17, 28, 0, CNICALC_ERR_CIDR_HOST_BITS},
        {16, 4, 16, 33, 0, CNICALC_ERR_CIDR_PREFIX_LEN},
        {16, 5, 16, 28, 0, CNICALC_ERR_CIDR_FAMILY},
        {16, 6, 16, 128, 0, CNICALC_ERR_VSWITCH_RESERVATION},
        {16, 0, 0, 18, 1024, CNICALC_OK},
        {16, 0, 0, 17, 0, CNICALC_ERR_VSWITCH_RESERVATION_MASK},
        {16, 0, 0, 0, 0, CNICALC_ERR_VSWITCH_RESERVATION_MASK},
        {16, 0, 0, 28, 1, CNICALC_OK},
        {16, 0, 0, 29, 0, CNICALC_ERR_VSWITCH_RESERVATION_MASK},
        {26, 0, 0, 28, 1, CNICALC_OK},
        {27, 0, 0, 28, 0, CNICALC_ERR_VSWITCH_RESERVATION_MASK},
        {27, 4, 16, 28, 0, CNICALC_ERR_VSWITCH_RESERVATION},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        cnicalc_vswitch vswitch = vswitch_at(0, rows[i].prefix_len, 1, POD, 0);
        const cnicalc_cidr reservation =
            block(rows[i].family, rows[i].offset, rows[i].reserved_len);
        uint64_t prefixes;
        cnicalc_fault fault;
        fill_pattern(&prefixes, sizeof prefixes);
        cnicalc_status status =
            cnicalc_vswitch_reserve(&vswitch, &reservation, 1, &prefixes, &fault);
        ck_assert_msg(status == rows[i].status, "row %u: %s", (unsigned)i,
                      cnicalc_status_name(status));
        if (status == CNICALC_OK) {
            ck_assert_msg(prefixes == rows[i].prefixes, "row %u", (unsigned)i);
        } else {
            ck_untouched(prefixes);
            ck_fault(fault, RESERVATIONS, 0, UNKNOWN);
        }
    }
}
END_TEST

START_TEST(reservations_together)
{
    cnicalc_vswitch vswitch = vswitch_at(0, 16, 1, POD, 0);
    cnicalc_cidr two[] = {block(4, 16384, 18), block(4, 32768, 18), block(0, 0, 18)};
    uint64_t prefixes;
    cnicalc_fault fault;
    fill_pattern(&fault, sizeof fault);
    ck_ok(cnicalc_vswitch_reserve(&vswitch, two, 3, &prefixes, &fault));
    ck_assert_uint_eq(prefixes, 3 * 1024);
    ck_ok(cnicalc_vswitch_reserve(&vswitch, NULL, 0, &prefixes, NULL));
    ck_assert_uint_eq(prefixes, 0);
    ck_untouched(fault);
    /* 4,094 blocks are not four times 1,024. */
    const cnicalc_cidr four[] = {two[2], two[2], two[0], two[2]};
    ck_status(cnicalc_vswitch_reserve(&vswitch, four, 4, &prefixes, &fault),
              CNICALC_ERR_VSWITCH_RESERVATION);
    ck_fault(fault, RESERVATIONS, 3, UNKNOWN);
    ck_ok(cnicalc_vswitch_reserve(&vswitch, four, 3, &prefixes, NULL));
    two[1] = block(4, 16384 + 4096, 20);
    ck_status(cnicalc_vswitch_reserve(&vswitch, two, 2, &prefixes, &fault),
              CNICALC_ERR_VSWITCH_RESERVATION);
    ck_fault(fault, RESERVATIONS, 1, 0);
    const cnicalc_cidr late[] = {two[2], two[1], two[2], two[0]};
    ck_status(cnicalc_vswitch_reserve(&vswitch, late, 4, &prefixes, &fault),
              CNICALC_ERR_VSWITCH_RESERVATION);
    ck_fault(fault, RESERVATIONS, 3, 1);
    /* What is wrong with the vSwitch is in no array of reservations. */
    vswitch.cidr.prefix_len = 15;
    ck_status(cnicalc_vswitch_reserve(&vswitch, two, 1, &prefixes, &fault),
              CNICALC_ERR_VSWITCH_MASK);
    ck_fault(fault, NONE, UNKNOWN, UNKNOWN);
    fill_pattern(&fault, sizeof fault);
    ck_status(cnicalc_vswitch_reserve(NULL, two, 1, &prefixes, &fault), CNICALC_ERR_NULL);
    ck_status(cnicalc_vswitch_reserve(&vswitch, NULL, 1, &prefixes, &fault), CNICALC_ERR_NULL);
    ck_status(cnicalc_vswitch_reserve(&vswitch, two, 1, NULL, &fault), CNICALC_ERR_NULL);
    ck_untouched(fault);
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
    FAILS(reserved_prefixes = 15, CNICALC_ERR_VSWITCH_RESERVATION);
    FAILS(reserved_prefixes = UINT64_MAX, CNICALC_ERR_VSWITCH_RESERVATION);
    FAILS(reserved_prefixes = 1; bad.cidr.prefix_len = 29, CNICALC_ERR_VSWITCH_RESERVATION);
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
    add_tests(suite, "known", addresses_and_blocks, overlapping, reserved_blocks, reservations,
              reservations_together, NULL);
    add_tests(suite, "properties", placing_one_by_one_agrees, NULL);
    add_tests(suite, "hostile", malformed, missing_pointers, NULL);
    return run_suite(suite);
}
