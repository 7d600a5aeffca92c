/* SPDX-License-Identifier: MIT */
/* The verbs of cnicalc cidr about one block or two. */
#include "../ask/block.h"
#include "cidr.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../ask/number.h"

#include <cnicalc.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* So many sub-blocks are listed without being asked twice, and so many with --limit. */
#define SPLIT_DEFAULT_MAX 65536
#define SPLIT_LIMIT_MAX   1048576

static const struct column info_columns[] = {
    {"cidr", "Block"},      {"family", "IP version"}, {"prefix_len", "Prefix length"},
    {"first", "First"},     {"last", "Last"},         {"address_count", "Addresses"},
    {"netmask", "Netmask"}, {"private", "Private"},
};

static void fill_info(const cnicalc_cidr *block, struct value *record)
{
    cnicalc_address first;
    cnicalc_address last;
    cnicalc_address mask;
    char count[CNICALC_COUNT_TEXT_SIZE];
    uint32_t is_private = 0;
    expect_ok(cnicalc_cidr_first(block, &first));
    expect_ok(cnicalc_cidr_last(block, &last));
    expect_ok(cnicalc_cidr_netmask(block, &mask));
    expect_ok(cnicalc_cidr_is_private(block, &is_private));
    expect_ok(cnicalc_cidr_address_count_text(block, count, sizeof count));
    value_put(record, "cidr", value_cidr(block));
    value_put(record, "family", value_quantity(block->family));
    value_put(record, "prefix_len", value_quantity(block->prefix_len));
    value_put(record, "first", value_address(&first));
    value_put(record, "last", value_address(&last));
    value_put(record, "address_count", value_text(count));
    value_put(record, "netmask", value_address(&mask));
    value_put(record, "private", value_bool(is_private != 0));
}

int cidr_info(const struct args *args, struct answer *answer)
{
    cnicalc_cidr block;
    if (!block_parse(args, args->operands[0], args->operands[0], &block)) {
        return EXIT_MALFORMED;
    }
    answer->document = value_record();
    answer->columns = info_columns;
    answer->column_count = sizeof info_columns / sizeof info_columns[0];
    fill_info(&block, answer->document);
    return EXIT_ANSWERED;
}

/* The block and the prefix length that split, nth and index begin with. */
static int parse_grid(const struct args *args, cnicalc_cidr *block, uint32_t *prefix_len)
{
    return block_parse(args, args->operands[0], args->operands[0], block) &&
           cidr_parse_length(args, args->operands[1], block, prefix_len);
}

/* How many sub-blocks to list. Returns 1, or 0 after a complaint. */
static int choose_split_count(const struct args *args, const cnicalc_cidr *block,
                              uint32_t prefix_len, uint64_t *out_count)
{
    uint64_t count = 0;
    uint64_t limit = SPLIT_DEFAULT_MAX;
    if (!args_number(args, "limit", 1, SPLIT_LIMIT_MAX, &limit)) {
        return 0;
    }
    cnicalc_status status = cnicalc_cidr_subnet_count(block, prefix_len, &count);
    int more = status == CNICALC_ERR_OVERFLOW || count > limit;
    if (more && !args_given(args, "limit")) {
        char what[64];
        snprintf(what, sizeof what, "split %s %" PRIu32, args->operands[0], prefix_len);
        complain(args->subcommand, what, "more than %d sub-blocks; give --limit N",
                 SPLIT_DEFAULT_MAX);
        return 0;
    }
    *out_count = more ? limit : count;
    return 1;
}

int cidr_split(const struct args *args, struct answer *answer)
{
    cnicalc_cidr block;
    uint32_t prefix_len = 0;
    uint64_t count = 0;
    if (!parse_grid(args, &block, &prefix_len) ||
        !choose_split_count(args, &block, prefix_len, &count)) {
        return EXIT_MALFORMED;
    }
    cnicalc_cidr *parts = memory_take((size_t)count, sizeof *parts);
    expect_ok(cnicalc_cidr_split(&block, prefix_len, 0, (size_t)count, parts));
    struct value *list = value_list();
    for (size_t i = 0; i < count; i++) {
        value_add(list, value_cidr(&parts[i]));
    }
    cidr_answer(answer, list);
    return EXIT_ANSWERED;
}

int cidr_nth(const struct args *args, struct answer *answer)
{
    cnicalc_cidr block;
    cnicalc_cidr part;
    uint32_t prefix_len = 0;
    uint64_t count = 0;
    uint64_t index = 0;
    const char *text = args->operands[2];
    if (!parse_grid(args, &block, &prefix_len)) {
        return EXIT_MALFORMED;
    }
    cnicalc_status status = cnicalc_cidr_subnet_count(&block, prefix_len, &count);
    uint64_t highest = status == CNICALC_ERR_OVERFLOW ? UINT64_MAX : count - 1;
    if (!number_parse(text, strlen(text), &index) || index > highest) {
        return complain(args->subcommand, text,
                        "not an index of the split, from 0 to %" PRIu64 "%s", highest,
                        status == CNICALC_ERR_OVERFLOW ? "; higher ones exceed 64 bits" : "");
    }
    expect_ok(cnicalc_cidr_nth(&block, prefix_len, index, &part));
    cidr_answer(answer, value_cidr(&part));
    return EXIT_ANSWERED;
}

int cidr_index(const struct args *args, struct answer *answer)
{
    cnicalc_cidr block;
    cnicalc_address address;
    uint32_t prefix_len = 0;
    uint64_t index = 0;
    const char *text = args->operands[2];
    if (!parse_grid(args, &block, &prefix_len) ||
        !block_parse_address(args, text, text, &address)) {
        return EXIT_MALFORMED;
    }
    cnicalc_status status = cnicalc_cidr_index_of(&block, prefix_len, &address, &index);
    if (status == CNICALC_ERR_OVERFLOW) {
        return complain(args->subcommand, text, "its index exceeds 64 bits");
    }
    if (status != CNICALC_OK) {
        return complain(args->subcommand, text, "%s %s", cnicalc_status_string(status),
                        args->operands[0]);
    }
    /* Not value_count(): every 64-bit index is one, the highest too. */
    cidr_answer(answer, value_decimal(index, 0));
    return EXIT_ANSWERED;
}

/* The answer of a relation of two blocks. */
static int answer_relation(const struct args *args, struct answer *answer,
                           cnicalc_status (*relate)(const cnicalc_cidr *a, const cnicalc_cidr *b,
                                                    uint32_t *out_holds))
{
    cnicalc_cidr a;
    cnicalc_cidr b;
    uint32_t holds = 0;
    if (!block_parse_any(args, args->operands[0], args->operands[0], &a) ||
        !block_parse_any(args, args->operands[1], args->operands[1], &b)) {
        return EXIT_MALFORMED;
    }
    expect_ok(relate(&a, &b, &holds));
    cidr_answer(answer, value_bool(holds != 0));
    return holds ? EXIT_ANSWERED : EXIT_NO;
}

int cidr_contains(const struct args *args, struct answer *answer)
{
    return answer_relation(args, answer, cnicalc_cidr_contains);
}

int cidr_overlaps(const struct args *args, struct answer *answer)
{
    return answer_relation(args, answer, cnicalc_cidr_overlaps);
}
