/* SPDX-License-Identifier: MIT */
/* The verbs of cnicalc cidr about sets of blocks. */
#include "../ask/block.h"
#include "cidr.h"
#include "../base/complaint.h"
#include "../base/memory.h"

#include <cnicalc.h>

/* The operands from one on, as blocks. Returns NULL after a complaint. */
static cnicalc_cidr *parse_blocks(const struct args *args, size_t first, size_t *out_count)
{
    size_t count = args->operand_count - first;
    cnicalc_cidr *blocks = memory_take(count + 1, sizeof *blocks);
    for (size_t i = 0; i < count; i++) {
        if (!block_parse(args, args->operands[first + i], args->operands[first + i], &blocks[i])) {
            return NULL;
        }
    }
    *out_count = count;
    return blocks;
}

static void answer_blocks(struct answer *answer, const cnicalc_cidr *blocks, size_t count)
{
    struct value *list = value_list();
    for (size_t i = 0; i < count; i++) {
        value_add(list, value_cidr(&blocks[i]));
    }
    cidr_answer(answer, list);
}

int cidr_merge(const struct args *args, struct answer *answer)
{
    size_t count = 0;
    cnicalc_cidr *blocks = parse_blocks(args, 0, &count);
    if (blocks == NULL) {
        return EXIT_MALFORMED;
    }
    expect_ok(cnicalc_cidr_merge(blocks, count, &count));
    answer_blocks(answer, blocks, count);
    return EXIT_ANSWERED;
}

int cidr_exclude(const struct args *args, struct answer *answer)
{
    cnicalc_cidr block;
    size_t used_count = 0;
    size_t count = 0;
    cnicalc_cidr *left = NULL;
    if (!block_parse(args, args->operands[0], args->operands[0], &block)) {
        return EXIT_MALFORMED;
    }
    cnicalc_cidr *used = parse_blocks(args, 1, &used_count);
    if (used == NULL) {
        return EXIT_MALFORMED;
    }
    cnicalc_status status = cnicalc_cidr_exclude(&block, used, used_count, NULL, 0, &count);
    if (status == CNICALC_ERR_CAPACITY) {
        left = memory_take(count, sizeof *left);
        status = cnicalc_cidr_exclude(&block, used, used_count, left, count, &count);
    }
    expect_ok(status);
    answer_blocks(answer, left, count);
    return EXIT_ANSWERED;
}

int cidr_free(const struct args *args, struct answer *answer)
{
    cnicalc_cidr block;
    cnicalc_cidr found_block;
    uint32_t prefix_len = 0;
    uint32_t found = 0;
    size_t used_count = 0;
    if (!block_parse(args, args->operands[0], args->operands[0], &block) ||
        !cidr_parse_length(args, args->operands[1], &block, &prefix_len)) {
        return EXIT_MALFORMED;
    }
    cnicalc_cidr *used = parse_blocks(args, 2, &used_count);
    if (used == NULL) {
        return EXIT_MALFORMED;
    }
    expect_ok(cnicalc_cidr_first_free(&block, prefix_len, used, used_count, &found, &found_block));
    cidr_answer(answer, found ? value_cidr(&found_block) : value_null());
    return found ? EXIT_ANSWERED : EXIT_NO;
}
