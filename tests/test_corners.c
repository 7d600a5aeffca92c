/* SPDX-License-Identifier: MIT */
/* Corners of all topics that their own tests left out: coverage and planted faults found them. */
#include "support.h"

#include <cnicalc.h>

#include <string.h>

static cnicalc_cidr block_of(const char *text)
{
    cnicalc_cidr block = {0, 0, 0, 0};
    ck_ok(cnicalc_cidr_parse(text, strlen(text), &block));
    return block;
}

/* ---- CIDR ---- */

START_TEST(everything_is_its_own_only_part)
{
    cnicalc_cidr all = block_of("::/0");
    cnicalc_cidr part;
    cnicalc_address address = {7, 5, CNICALC_FAMILY_IPV6, 0};
    uint64_t index = 77;
    ck_ok(cnicalc_cidr_nth(&all, 0, 0, &part));
    ck_assert_mem_eq(&part, &all, sizeof part);
    ck_ok(cnicalc_cidr_index_of(&all, 0, &address, &index));
    ck_assert_uint_eq(index, 0);
}
END_TEST

START_TEST(lines_can_be_measured_without_room)
{
    cnicalc_cidr block = block_of("10.0.0.0/8");
    size_t needed = 0;
    ck_status(cnicalc_cidr_format_lines(&block, 1, NULL, 0, &needed), CNICALC_ERR_CAPACITY);
    ck_assert_uint_eq(needed, 12);
    ck_status(cnicalc_cidr_format_lines(&block, 1, NULL, 12, &needed), CNICALC_ERR_NULL);
}
END_TEST

/* What follows the array is not looked at, even where it would lie in the last block. */
START_TEST(first_overlap_ends_with_the_array)
{
    cnicalc_cidr blocks[3] = {block_of("10.0.0.0/8"), block_of("11.0.0.0/8"),
                              block_of("11.1.0.0/16")};
    cnicalc_cidr_pair pair;
    uint32_t found = 77;
    ck_ok(cnicalc_cidr_first_overlap(blocks, 2, &found, &pair));
    ck_assert_uint_eq(found, 0);
    ck_ok(cnicalc_cidr_first_overlap(blocks, 3, &found, &pair));
    ck_assert_uint_eq(found, 1);
}
END_TEST

/* ---- Instance types ---- */

/* A header of several columns without the name: the fault points at the line's beginning. */
START_TEST(header_without_names)
{
    const char text[] = "vcpus\tmemory_mib\n1\t2\n";
    cnicalc_catalog_fault fault;
    size_t count = 77;
    ck_status(cnicalc_catalog_parse(text, sizeof text - 1, NULL, 0, &count, &fault),
              CNICALC_ERR_CATALOG_HEADER);
    ck_assert_uint_eq(fault.line, 1);
    ck_assert_uint_eq(fault.column, 1);
    ck_assert_uint_eq(fault.field, 0);
}
END_TEST

static void offers(const char *name, const char *first, const char *second)
{
    uint32_t indexes[2];
    size_t count = 0;
    cnicalc_instance row;
    ck_ok(cnicalc_instance_near(name, strlen(name), indexes, 2, &count));
    ck_assert_uint_eq(count, 2);
    ck_ok(cnicalc_instance_at(indexes[0], &row));
    ck_assert_str_eq(row.name, first);
    ck_ok(cnicalc_instance_at(indexes[1], &row));
    ck_assert_str_eq(row.name, second);
}

/* c7 has large, then 1, 2, 3, 4, 6, 8, 16 and 32 times xlarge. */
START_TEST(nearest_sizes_are_offered)
{
    offers("ecs.c7.10xlarge", "ecs.c7.8xlarge", "ecs.c7.6xlarge");
    offers("ecs.c7.20xlarge", "ecs.c7.16xlarge", "ecs.c7.8xlarge");
    offers("ecs.c7.40xlarge", "ecs.c7.32xlarge", "ecs.c7.16xlarge");
}
END_TEST

/* Each name with one character replaced by one that no name has. */
START_TEST(no_other_name_passes_for_a_type)
{
    for (size_t i = 0; i < cnicalc_instance_count(); i++) {
        cnicalc_instance row;
        size_t index = 77;
        ck_ok(cnicalc_instance_at(i, &row));
        size_t length = strlen(row.name);
        for (size_t at = 0; at < length; at++) {
            char name[CNICALC_INSTANCE_NAME_SIZE];
            memcpy(name, row.name, sizeof name);
            name[at] = '~';
            ck_status(cnicalc_instance_index(name, length, &index), CNICALC_ERR_NO_SUCH_TYPE);
        }
        ck_status(cnicalc_instance_index(row.name, length - 1, &index), CNICALC_ERR_NO_SUCH_TYPE);
        ck_assert_uint_eq(index, 77);
    }
}
END_TEST

/* A size is digits before "xlarge": the characters beside '0' and '9' are none. */
START_TEST(sizes_are_digits)
{
    static const char *const NAMES[] = {"ecs.c7./xlarge",  "ecs.c7.:xlarge", "ecs.c7.1/xlarge",
                                        "ecs.c7.1:xlarge", "ecs.c7.0xlarge", "ecs.c7.9999xlarge"};
    uint32_t indexes[CNICALC_INSTANCE_NEAR_MAX];
    for (size_t i = 0; i < COUNT(NAMES); i++) {
        size_t count = 77;
        ck_ok(cnicalc_instance_near(NAMES[i], strlen(NAMES[i]), indexes, CNICALC_INSTANCE_NEAR_MAX,
                                    &count));
        ck_assert_uint_le(count, CNICALC_INSTANCE_NEAR_MAX);
        for (size_t j = 0; j < count; j++) {
            cnicalc_instance row;
            ck_ok(cnicalc_instance_at(indexes[j], &row));
        }
    }
}
END_TEST

/* ---- Plans ---- */

static cnicalc_plan_propose_options request_of(uint64_t nodes, uint64_t pods_per_node)
{
    cnicalc_plan_propose_options request;
    ck_ok(cnicalc_plan_propose_options_init(&request, sizeof request));
    request.plugin = CNICALC_PLUGIN_TERWAY;
    request.nodes = nodes;
    request.pods_per_node = pods_per_node;
    return request;
}

static cnicalc_plan_block block_in(const char *cidr, uint32_t role)
{
    cnicalc_plan_block block;
    memset(&block, 0, sizeof block);
    block.cidr = block_of(cidr);
    block.role = role;
    return block;
}

/* A proposal in a VPC, beside other blocks; blocks have CNICALC_PLAN_PROPOSAL_BLOCKS_MAX entries.
 */
static cnicalc_status propose_in(const char *vpc, const cnicalc_plan_block *others,
                                 size_t other_count, const cnicalc_plan_propose_options *request,
                                 cnicalc_plan_proposal *proposal, cnicalc_plan_block *blocks)
{
    cnicalc_plan_block in_use[8];
    const cnicalc_plan plan = {in_use, other_count + 1};
    in_use[0] = block_in(vpc, CNICALC_PLAN_ROLE_VPC);
    if (other_count != 0) {
        memcpy(in_use + 1, others, other_count * sizeof *others);
    }
    return cnicalc_plan_propose(&plan, request, proposal, blocks, CNICALC_PLAN_PROPOSAL_BLOCKS_MAX,
                                NULL);
}

static cnicalc_status propose(const cnicalc_plan_propose_options *request,
                              const cnicalc_plan_block *others, size_t other_count)
{
    cnicalc_plan_block blocks[CNICALC_PLAN_PROPOSAL_BLOCKS_MAX];
    cnicalc_plan_proposal proposal;
    return propose_in("192.168.0.0/16", others, other_count, request, &proposal, blocks);
}

/* The three steps of growth overflow one by one: the hundreds, the rest, the sum. */
START_TEST(growth_overflows)
{
    cnicalc_plan_propose_options request = request_of(UINT64_MAX / 2, 1);
    request.growth_percent = UINT32_MAX;
    ck_status(propose(&request, NULL, 0), CNICALC_ERR_OVERFLOW);
    request = request_of(UINT64_MAX, 1);
    request.growth_percent = 100;
    ck_status(propose(&request, NULL, 0), CNICALC_ERR_OVERFLOW);
    request = request_of(1, 1);
    request.services = UINT64_MAX;
    request.growth_percent = 1;
    ck_status(propose(&request, NULL, 0), CNICALC_ERR_OVERFLOW);
    /* 100 * q * p + rest * p passes 64 bits by the rest alone: 4294967295 = 3 * 5 * 17 * 257 *
     * 65537, and UINT64_MAX / 4294967295 = 4294967297. */
    request = request_of(UINT64_C(429496729799), 1);
    request.growth_percent = UINT32_MAX;
    ck_status(propose(&request, NULL, 0), CNICALC_ERR_OVERFLOW);
}
END_TEST

START_TEST(first_bad_other_is_told)
{
    cnicalc_plan_propose_options request = request_of(10, 10);
    cnicalc_plan_block others[] = {block_in("10.0.0.0/8", CNICALC_PLAN_ROLE_POD_CIDR),
                                   block_in("10.0.0.0/8", CNICALC_PLAN_ROLE_OTHER)};
    others[1].reserved[0] = 1;
    ck_status(propose(&request, others, 2), CNICALC_ERR_PLAN_ROLE);
    others[0].role = CNICALC_PLAN_ROLE_OTHER;
    ck_status(propose(&request, others, 2), CNICALC_ERR_RESERVED);
}
END_TEST

/* The room can be asked for without an array. */
START_TEST(proposal_can_be_counted)
{
    cnicalc_plan_propose_options request = request_of(10, 10);
    cnicalc_plan_block vpc = block_in("192.168.0.0/16", CNICALC_PLAN_ROLE_VPC);
    const cnicalc_plan plan = {&vpc, 1};
    cnicalc_plan_proposal proposal;
    ck_status(cnicalc_plan_propose(&plan, &request, &proposal, NULL, 0, NULL),
              CNICALC_ERR_CAPACITY);
    ck_assert_uint_eq(proposal.block_count, 4);
    ck_status(cnicalc_plan_propose(&plan, &request, &proposal, NULL, 4, NULL), CNICALC_ERR_NULL);
}
END_TEST

/* A vSwitch that is larger than the whole VPC finds no place. */
START_TEST(vpc_smaller_than_a_vswitch)
{
    cnicalc_plan_propose_options request = request_of(100, 10);
    cnicalc_plan_block blocks[CNICALC_PLAN_PROPOSAL_BLOCKS_MAX];
    cnicalc_plan_proposal proposal;
    ck_ok(propose_in("192.168.0.0/28", NULL, 0, &request, &proposal, blocks));
    ck_assert_uint_eq(proposal.fits, 0);
    ck_assert_uint_eq(proposal.bound_by, CNICALC_LIMIT_VPC_SPACE);
    ck_assert_uint_eq(proposal.block_count, 0);
}
END_TEST

static size_t count_code(const cnicalc_plan_block *block, uint32_t code)
{
    const cnicalc_plan plan = {block, 1};
    cnicalc_plan_check_options options;
    cnicalc_plan_finding findings[32];
    size_t count = 0;
    size_t matching = 0;
    ck_ok(cnicalc_plan_check_options_init(&options, sizeof options));
    options.plugin = CNICALC_PLUGIN_TERWAY;
    ck_ok(cnicalc_plan_check(&plan, &options, findings, COUNT(findings), &count, NULL));
    for (size_t i = 0; i < count; i++) {
        matching += findings[i].code == code;
    }
    return matching;
}

/* Only a pod vSwitch that is IPv4 and of a legal mask has a capacity to tell. */
START_TEST(illegal_pod_vswitch_has_no_capacity)
{
    static const char *const TEXTS[] = {"10.0.0.0/15", "10.0.0.0/26", "10.0.0.0/8", "fd00::/20",
                                        "fd00::/25",   "fd00::/16",   "fd00::/64"};
    cnicalc_plan_block block = block_in("10.0.0.0/16", CNICALC_PLAN_ROLE_POD_VSWITCH);
    for (size_t i = 0; i < COUNT(TEXTS); i++) {
        block.cidr = block_of(TEXTS[i]);
        ck_assert_uint_eq(count_code(&block, CNICALC_PLAN_POD_VSWITCH_CAPACITY), 0);
    }
    block.cidr = block_of("10.0.0.0/16");
    ck_assert_uint_eq(count_code(&block, CNICALC_PLAN_POD_VSWITCH_CAPACITY), 1);
    block.cidr = block_of("10.0.0.0/25");
    ck_assert_uint_eq(count_code(&block, CNICALC_PLAN_POD_VSWITCH_CAPACITY), 1);
}
END_TEST

/* All of 192.168.0.0/16 is there for a pod CIDR, where the rest of the private ranges is taken. */
START_TEST(pod_cidr_takes_the_last_range_whole)
{
    static const char *const TAKEN[] = {"172.16.0.0/13", "172.24.0.0/14", "172.28.0.0/15",
                                        "172.30.0.0/16", "172.31.0.0/17"};
    cnicalc_plan_propose_options request = request_of(256, 253);
    cnicalc_plan_block blocks[CNICALC_PLAN_PROPOSAL_BLOCKS_MAX];
    cnicalc_plan_block others[COUNT(TAKEN)];
    cnicalc_plan_proposal proposal;
    for (size_t i = 0; i < COUNT(TAKEN); i++) {
        others[i] = block_in(TAKEN[i], CNICALC_PLAN_ROLE_OTHER);
    }
    request.plugin = CNICALC_PLUGIN_FLANNEL;
    request.ceilings.raised = 1;
    ck_ok(propose_in("10.0.0.0/8", others, COUNT(others), &request, &proposal, blocks));
    ck_assert_uint_eq(proposal.fits, 1);
    cnicalc_cidr pod_cidr = block_of("192.168.0.0/16");
    cnicalc_cidr service_cidr = block_of("172.31.128.0/20");
    size_t found = 0;
    for (size_t i = 0; i < proposal.block_count; i++) {
        found += blocks[i].role == CNICALC_PLAN_ROLE_POD_CIDR &&
                 memcmp(&blocks[i].cidr, &pod_cidr, sizeof pod_cidr) == 0;
        found += blocks[i].role == CNICALC_PLAN_ROLE_SERVICE_CIDR &&
                 memcmp(&blocks[i].cidr, &service_cidr, sizeof service_cidr) == 0;
    }
    ck_assert_uint_eq(found, 2);
}
END_TEST

/* Two IPv6 blocks that differ below their prefix only, in either word: the same overlap, whatever
 * their order. */
START_TEST(blocks_with_host_bits_are_ordered)
{
    for (int low = 0; low < 2; low++) {
        cnicalc_plan_check_options options;
        cnicalc_plan_block blocks[2];
        const cnicalc_plan plan = {blocks, 2};
        cnicalc_plan_finding forward[16];
        cnicalc_plan_finding backward[16];
        size_t count = 0;
        size_t again = 0;
        memset(blocks, 0, sizeof blocks);
        ck_ok(cnicalc_plan_check_options_init(&options, sizeof options));
        options.plugin = CNICALC_PLUGIN_TERWAY;
        for (uint64_t i = 0; i < 2; i++) {
            cnicalc_cidr cidr = {UINT64_C(0xfd00000000000000), 0, 6, 56};
            cidr.hi |= low ? 0 : i + 1;
            cidr.lo |= low ? i + 1 : 0;
            blocks[i].cidr = cidr;
            blocks[i].role = CNICALC_PLAN_ROLE_VPC;
        }
        ck_ok(cnicalc_plan_check(&plan, &options, forward, COUNT(forward), &count, NULL));
        cnicalc_plan_block kept = blocks[0];
        blocks[0] = blocks[1];
        blocks[1] = kept;
        ck_ok(cnicalc_plan_check(&plan, &options, backward, COUNT(backward), &again, NULL));
        ck_assert_uint_eq(count, again);
        for (size_t i = 0; i < count; i++) {
            ck_assert_uint_eq(forward[i].code, backward[i].code);
            if (forward[i].code == CNICALC_PLAN_OVERLAP) {
                ck_assert_uint_eq(forward[i].subject, 0);
                ck_assert_uint_eq(backward[i].subject, 1);
            }
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("corners");
    add_tests(suite, "cidr", everything_is_its_own_only_part, lines_can_be_measured_without_room,
              first_overlap_ends_with_the_array, NULL);
    add_tests(suite, "instance", no_other_name_passes_for_a_type, sizes_are_digits,
              header_without_names, nearest_sizes_are_offered, NULL);
    add_tests(suite, "plan", growth_overflows, first_bad_other_is_told, proposal_can_be_counted,
              vpc_smaller_than_a_vswitch, illegal_pod_vswitch_has_no_capacity,
              pod_cidr_takes_the_last_range_whole, blocks_with_host_bits_are_ordered, NULL);
    return run_suite(suite);
}
