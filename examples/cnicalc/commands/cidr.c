/* SPDX-License-Identifier: MIT */
/* cnicalc cidr: arithmetic of blocks. */
#include "cidr.h"

#include "../ask/block.h"
#include "../ask/number.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../command.h"

#include <cnicalc.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* More sub-blocks are listed only with --limit, and never more than LIMIT_MAX. */
#define SPLIT_MAX 65536
#define LIMIT_MAX 1048576

struct request {
    uint64_t limit; /* 0: none */
    uint32_t count;
};

enum { VERB_SPLIT = 1, VERB_OTHER = 2, VERB_FREE = 4 };

static const struct option options[] = {
    {"limit", "N", "of split, the first N; needed beyond 65536 sub-blocks, at most 1048576",
     OPTION_COUNT, .where = offsetof(struct request, limit), .low = 1, .high = LIMIT_MAX,
     .verbs = VERB_SPLIT},
    {"count", NULL, "of free, how many such sub-blocks are left", OPTION_FLAG,
     .where = offsetof(struct request, count), .verbs = VERB_FREE},
    OPTIONS_END};

/* ---- Answers ---- */

struct row {
    struct value result;
};

static const struct field result_fields[] = {
    {"result", "", "the answer: a block, a list of blocks, a number, true or false; null for none",
     FIELD_VALUE, .where = offsetof(struct row, result)},
    FIELDS_END};

/* Makes a value the one result; a list has a row for each member. */
static void answer_result(struct answer *answer, struct value result)
{
    const struct row row = {result};
    answer_record(answer, result_fields, &row, sizeof row);
    answer->blocks = result.kind == VALUE_BLOCKS ? result.is.blocks : NULL;
}

/* ---- Operands ---- */

/* The operand that is a prefix length not shorter than the block's. Returns 1, or 0 after a
 * complaint. */
static int parse_length(const struct args *args, const char *text, const cnicalc_cidr *block,
                        uint32_t *out_prefix_len)
{
    uint32_t width = block_width(block->family);
    const char *digits = text + (text[0] == '/');
    uint64_t number = 0;
    int is_length = number_parse(digits, strlen(digits), &number) && number >= block->prefix_len &&
                    number <= width;
    if (!is_length || digits != text) {
        complain(args->subcommand, text,
                 "not a prefix length inside the block, from %" PRIu32 " to %" PRIu32 "%s%s%s",
                 block->prefix_len, width, is_length ? "; did you mean " : "",
                 is_length ? digits : "", is_length ? "?" : "");
        return 0;
    }
    *out_prefix_len = (uint32_t)number;
    return 1;
}

static int parse_block(const struct args *args, cnicalc_cidr *block)
{
    return block_parse(args->subcommand, args->operands[0], args->operands[0], block);
}

/* The block and the prefix length that split, nth, index and free begin with. */
static int parse_grid(const struct args *args, cnicalc_cidr *block, uint32_t *prefix_len)
{
    return parse_block(args, block) && parse_length(args, args->operands[1], block, prefix_len);
}

/* The operands from one on, as blocks; "-" is those of stdin. Returns 1, or 0 after a complaint. */
static int parse_blocks(const struct args *args, size_t first, block_parser *parse,
                        struct block_list *out_list)
{
    memset(out_list, 0, sizeof *out_list);
    for (size_t i = first; i < args->operand_count; i++) {
        const char *text = args->operands[i];
        cnicalc_cidr block;
        if (strcmp(text, "-") == 0) {
            if (!block_list_read(args->subcommand, parse, out_list)) {
                return 0;
            }
            continue;
        }
        if (!parse(args->subcommand, text, text, &block)) {
            return 0;
        }
        block_list_add(out_list, &block);
    }
    return 1;
}

/* ---- One block ---- */

#define AT(member) offsetof(struct cidr_info, member)

const struct field cidr_info_fields[] = {
    {"cidr", "Block", "the block", FIELD_CIDR, .where = AT(block)},
    {"family", "IP version", "4 or 6", FIELD_QUANTITY, .where = AT(block.family)},
    {"prefix_len", "Prefix length", "its prefix length", FIELD_QUANTITY,
     .where = AT(block.prefix_len)},
    {"first", "First", "its first address", FIELD_ADDRESS, .where = AT(first)},
    {"last", "Last", "its last address", FIELD_ADDRESS, .where = AT(last)},
    {"address_count", "Addresses", "how many it has, as text", FIELD_CHARS,
     .where = AT(address_count)},
    {"netmask", "Netmask", "its prefix length as an address", FIELD_ADDRESS, .where = AT(netmask)},
    {"private", "Private", "whether it lies in a private range", FIELD_BOOL,
     .where = AT(is_private)},
    FIELDS_END};

#undef AT

void cidr_inform(struct cidr_info *info)
{
    /* Of a block that the library has read, none of these can fail. */
    expect_ok(cnicalc_cidr_first(&info->block, &info->first));
    expect_ok(cnicalc_cidr_last(&info->block, &info->last));
    expect_ok(cnicalc_cidr_netmask(&info->block, &info->netmask));
    expect_ok(cnicalc_cidr_is_private(&info->block, &info->is_private));
    expect_ok(cnicalc_cidr_address_count_text(&info->block, info->address_count,
                                              sizeof info->address_count));
}

static int run_info(const struct args *args, void *request, struct answer *answer)
{
    struct cidr_info info;
    (void)request;
    if (!parse_block(args, &info.block)) {
        return EXIT_MALFORMED;
    }
    cidr_inform(&info);
    answer_record(answer, cidr_info_fields, &info, sizeof info);
    return EXIT_ANSWERED;
}

/* ---- Sub-blocks ---- */

static int run_split(const struct args *args, void *asked, struct answer *answer)
{
    const struct request *request = asked;
    cnicalc_cidr block;
    uint32_t prefix_len = 0;
    uint64_t count = 0;
    uint64_t most = request->limit != 0 ? request->limit : SPLIT_MAX;
    if (!parse_grid(args, &block, &prefix_len)) {
        return EXIT_MALFORMED;
    }
    cnicalc_status status = cnicalc_cidr_subnet_count(&block, prefix_len, &count);
    int more = status == CNICALC_ERR_OVERFLOW || count > most;
    if (more && request->limit == 0) {
        char what[64];
        snprintf(what, sizeof what, "split %s %" PRIu32, args->operands[0], prefix_len);
        return complain(args->subcommand, what, "more than %d sub-blocks; give --limit N",
                        SPLIT_MAX);
    }
    count = more ? most : count;
    cnicalc_cidr *parts = memory_take((size_t)count, sizeof *parts);
    expect_ok(cnicalc_cidr_split(&block, prefix_len, 0, (size_t)count, parts));
    answer_result(answer, value_blocks(parts, (size_t)count));
    return EXIT_ANSWERED;
}

static int run_nth(const struct args *args, void *request, struct answer *answer)
{
    cnicalc_cidr block;
    cnicalc_cidr part;
    uint32_t prefix_len = 0;
    uint64_t count = 0;
    uint64_t index = 0;
    const char *text = args->operands[2];
    (void)request;
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
    answer_result(answer, value_cidr(&part));
    return EXIT_ANSWERED;
}

static int run_index(const struct args *args, void *request, struct answer *answer)
{
    cnicalc_cidr block;
    cnicalc_address address;
    uint32_t prefix_len = 0;
    uint64_t index = 0;
    const char *text = args->operands[2];
    (void)request;
    if (!parse_grid(args, &block, &prefix_len) ||
        !block_parse_address(args->subcommand, text, text, &address)) {
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
    answer_result(answer, value_decimal(index, 0));
    return EXIT_ANSWERED;
}

static int run_free(const struct args *args, void *asked, struct answer *answer)
{
    const struct request *request = asked;
    cnicalc_cidr block;
    cnicalc_cidr found_block;
    struct block_list used;
    uint32_t prefix_len = 0;
    uint32_t found = 0;
    uint64_t count = 0;
    if (!parse_grid(args, &block, &prefix_len) || !parse_blocks(args, 2, block_parse, &used)) {
        return EXIT_MALFORMED;
    }
    if (request->count) {
        cnicalc_status status =
            cnicalc_cidr_count_free(&block, prefix_len, used.blocks, used.count, &count);
        if (status != CNICALC_OK) {
            return complain(args->subcommand, args->operands[1], "%s",
                            cnicalc_status_string(status));
        }
        answer_result(answer, value_count(count));
        return count != 0 ? EXIT_ANSWERED : EXIT_NO;
    }
    expect_ok(
        cnicalc_cidr_first_free(&block, prefix_len, used.blocks, used.count, &found, &found_block));
    answer_result(answer, found ? value_cidr(&found_block) : value_null());
    return found ? EXIT_ANSWERED : EXIT_NO;
}

/* ---- Relations and sets ---- */

static int answer_relation(struct answer *answer, uint32_t holds)
{
    answer_result(answer, value_bool(holds != 0));
    return holds ? EXIT_ANSWERED : EXIT_NO;
}

static int run_contains(const struct args *args, void *request, struct answer *answer)
{
    cnicalc_cidr outer;
    cnicalc_cidr inner;
    uint32_t holds = 0;
    const char *const *texts = args->operands;
    (void)request;
    if (!block_parse_any(args->subcommand, texts[0], texts[0], &outer) ||
        !block_parse_any(args->subcommand, texts[1], texts[1], &inner)) {
        return EXIT_MALFORMED;
    }
    expect_ok(cnicalc_cidr_contains(&outer, &inner, &holds));
    return answer_relation(answer, holds);
}

static int run_overlaps(const struct args *args, void *request, struct answer *answer)
{
    struct block_list list;
    cnicalc_cidr_pair pair;
    uint32_t holds = 0;
    (void)request;
    if (!parse_blocks(args, 0, block_parse_any, &list)) {
        return EXIT_MALFORMED;
    }
    expect_ok(cnicalc_cidr_first_overlap(list.blocks, list.count, &holds, &pair));
    return answer_relation(answer, holds);
}

static int run_merge(const struct args *args, void *request, struct answer *answer)
{
    struct block_list list;
    (void)request;
    if (!parse_blocks(args, 0, block_parse, &list)) {
        return EXIT_MALFORMED;
    }
    expect_ok(cnicalc_cidr_merge(list.blocks, list.count, &list.count));
    answer_result(answer, value_blocks(list.blocks, list.count));
    return EXIT_ANSWERED;
}

static int run_exclude(const struct args *args, void *request, struct answer *answer)
{
    cnicalc_cidr block;
    struct block_list used;
    cnicalc_cidr *left = NULL;
    size_t count = 0;
    (void)request;
    if (!parse_block(args, &block) || !parse_blocks(args, 1, block_parse, &used)) {
        return EXIT_MALFORMED;
    }
    cnicalc_status status = cnicalc_cidr_exclude(&block, used.blocks, used.count, NULL, 0, &count);
    if (status == CNICALC_ERR_CAPACITY) {
        left = memory_take(count, sizeof *left);
        status = cnicalc_cidr_exclude(&block, used.blocks, used.count, left, count, &count);
    }
    expect_ok(status);
    answer_result(answer, value_blocks(left, count));
    return EXIT_ANSWERED;
}

static const struct verb verbs[] = {
    {"info", "BLOCK", "facts of one block", 1, 1, cidr_info_fields, VERB_OTHER, run_info,
     OFFER_NOTHING},
    {"split", "BLOCK LEN", "its sub-blocks of LEN bits", 2, 2, result_fields, VERB_SPLIT, run_split,
     OFFER_NOTHING},
    {"nth", "BLOCK LEN INDEX", "one of them, numbered from 0", 3, 3, result_fields, VERB_OTHER,
     run_nth, OFFER_NOTHING},
    {"index", "BLOCK LEN ADDR", "the number of the one with ADDR", 3, 3, result_fields, VERB_OTHER,
     run_index, OFFER_NOTHING},
    {"contains", "A B", "whether all of B is in A", 2, 2, result_fields, VERB_OTHER, run_contains,
     OFFER_NOTHING},
    {"overlaps", "A B...", "whether two share an address", 1, SIZE_MAX, result_fields, VERB_OTHER,
     run_overlaps, OFFER_NOTHING},
    {"merge", "BLOCK...", "the shortest list of the same", 1, SIZE_MAX, result_fields, VERB_OTHER,
     run_merge, OFFER_NOTHING},
    {"exclude", "BLOCK USED...", "what is left of BLOCK without USED", 2, SIZE_MAX, result_fields,
     VERB_OTHER, run_exclude, OFFER_NOTHING},
    {"free", "BLOCK LEN [USED...]", "the lowest free sub-block of LEN", 2, SIZE_MAX, result_fields,
     VERB_FREE, run_free, OFFER_NOTHING},
    {.name = NULL}};

const struct command cidr_command = {
    .name = "cidr",
    .summary = "arithmetic of IPv4 and IPv6 blocks",
    .operands = "VERB OPERAND...",
    .least = 1,
    .about =
        "Blocks are IPv4 or IPv6, such as 10.0.0.0/8 or fd00::/8, without host bits; those of "
        "contains and overlaps may be addresses. - as a block of a list is the lines of stdin. "
        "Exit status 1 when contains or overlaps says no, or when nothing is free.",
    .examples = "cnicalc cidr split 192.168.0.0/16 19 --limit 4\n"
                "cnicalc cidr free 10.0.0.0/16 24 10.0.0.0/23",
    .options = options,
    .verbs = verbs,
    .has_one_answer = 1,
    .request_size = sizeof(struct request),
};
