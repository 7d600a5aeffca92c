/* SPDX-License-Identifier: MIT */
/* The verbs of cnicalc cidr. */
#ifndef CNICALC_TOOL_CIDR_H
#define CNICALC_TOOL_CIDR_H

#include "../answer/answer.h"
#include "../ask/args.h"

/* args->operands begin behind the verb, and are as many as the verb wants. Each fills the answer
 * and returns an exit status. */
int cidr_info(const struct args *args, struct answer *answer);
int cidr_split(const struct args *args, struct answer *answer);
int cidr_nth(const struct args *args, struct answer *answer);
int cidr_index(const struct args *args, struct answer *answer);
int cidr_contains(const struct args *args, struct answer *answer);
int cidr_overlaps(const struct args *args, struct answer *answer);
int cidr_merge(const struct args *args, struct answer *answer);
int cidr_exclude(const struct args *args, struct answer *answer);
int cidr_free(const struct args *args, struct answer *answer);

/* Makes a value the one result of the document; a list has a row for each member. */
void cidr_answer(struct answer *answer, struct value *result);

/* The operand that is a prefix length not shorter than the block's. Returns 1, or 0 after a
 * complaint. */
int cidr_parse_length(const struct args *args, const char *text, const cnicalc_cidr *block,
                      uint32_t *out_prefix_len);

#endif
