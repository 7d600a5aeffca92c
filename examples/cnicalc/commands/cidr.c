/* SPDX-License-Identifier: MIT */
/* cnicalc cidr: which verb, with how many operands. */
#include "cidr.h"

#include "../command.h"
#include "../base/complaint.h"
#include "../ask/number.h"

#include <cnicalc.h>
#include <inttypes.h>
#include <string.h>

struct verb {
    const char *name;
    const char *operands;
    size_t least;
    size_t most;
    int (*run)(const struct args *args, struct answer *answer);
};

static const struct verb verbs[] = {
    {"info", "BLOCK", 1, 1, cidr_info},
    {"split", "BLOCK LEN", 2, 2, cidr_split},
    {"nth", "BLOCK LEN INDEX", 3, 3, cidr_nth},
    {"index", "BLOCK LEN ADDRESS", 3, 3, cidr_index},
    {"contains", "A B", 2, 2, cidr_contains},
    {"overlaps", "A B", 2, 2, cidr_overlaps},
    {"merge", "BLOCK...", 1, SIZE_MAX, cidr_merge},
    {"exclude", "BLOCK USED...", 2, SIZE_MAX, cidr_exclude},
    {"free", "BLOCK LEN [USED...]", 2, SIZE_MAX, cidr_free},
};

#define VERB_COUNT (sizeof verbs / sizeof verbs[0])

static const struct option options[] = {{"limit", 1}, {NULL, 0}};

void cidr_answer(struct answer *answer, struct value *result)
{
    static const struct column columns[] = {{"result", ""}};
    answer->document = value_record();
    answer->rows = result->kind == VALUE_LIST ? result : NULL;
    answer->columns = columns;
    answer->column_count = 1;
    value_put(answer->document, "result", result);
}

int cidr_parse_length(const struct args *args, const char *text, const cnicalc_cidr *block,
                      uint32_t *out_prefix_len)
{
    uint32_t width = block->family == CNICALC_FAMILY_IPV4 ? 32 : 128;
    uint64_t number = 0;
    if (!number_parse(text, strlen(text), &number) || number < block->prefix_len ||
        number > width) {
        int is_meant = text[0] == '/' && number_parse(text + 1, strlen(text + 1), &number) &&
                       number >= block->prefix_len && number <= width;
        complain(args->subcommand, text,
                 "not a prefix length inside the block, from %" PRIu32 " to %" PRIu32 "%s%s%s",
                 block->prefix_len, width, is_meant ? "; did you mean " : "",
                 is_meant ? text + 1 : "", is_meant ? "?" : "");
        return 0;
    }
    *out_prefix_len = (uint32_t)number;
    return 1;
}

static int find_verb(const struct args *args, const struct verb **out_verb)
{
    const char *names[VERB_COUNT];
    size_t index = 0;
    for (size_t i = 0; i < VERB_COUNT; i++) {
        names[i] = verbs[i].name;
    }
    if (!args_choose(args->subcommand, "", args->operands[0], names, VERB_COUNT, &index)) {
        return 0;
    }
    *out_verb = &verbs[index];
    return 1;
}

static int run(const struct args *args, struct answer *answer)
{
    const struct verb *verb = NULL;
    struct args rest = *args;
    if (args->operand_count == 0) {
        return complain(args->subcommand, "VERB", "none is given; see cnicalc cidr --help");
    }
    if (!find_verb(args, &verb)) {
        return EXIT_MALFORMED;
    }
    rest.operands++;
    rest.operand_count--;
    if (rest.operand_count < verb->least || rest.operand_count > verb->most) {
        return complain(args->subcommand, verb->name, "its operands are %s", verb->operands);
    }
    if (args_given(args, "limit") && verb->run != cidr_split) {
        return complain(args->subcommand, verb->name, "--limit goes with split only");
    }
    return verb->run(&rest, answer);
}

const struct command cidr_command = {
    "cidr", "arithmetic of IPv4 and IPv6 blocks",
    "Usage: cnicalc cidr info BLOCK            facts of one block\n"
    "       cnicalc cidr split BLOCK LEN       its sub-blocks of LEN bits\n"
    "       cnicalc cidr nth BLOCK LEN INDEX   one of them, numbered from 0\n"
    "       cnicalc cidr index BLOCK LEN ADDR  the number of the one with ADDR in it\n"
    "       cnicalc cidr contains A B          whether all of B is in A\n"
    "       cnicalc cidr overlaps A B          whether A and B share an address\n"
    "       cnicalc cidr merge BLOCK...        the shortest list that covers the same\n"
    "       cnicalc cidr exclude BLOCK USED... what is left of BLOCK without USED\n"
    "       cnicalc cidr free BLOCK LEN USED... the lowest free sub-block of LEN\n"
    "\n"
    "Blocks are IPv4 or IPv6, such as 10.0.0.0/8 or fd00::/8, without host bits; the\n"
    "A and B of contains and overlaps may be addresses. Exit status 1 when contains\n"
    "or overlaps says no, or when nothing is free.\n"
    "\n"
    "  --limit N         of split, the first N; needed beyond 65536 sub-blocks,\n"
    "                    at most 1048576\n"
    "  -o table|json|tsv\n"
    "\n"
    "Example: cnicalc cidr split 192.168.0.0/16 19 --limit 4\n"
    "         cnicalc cidr free 10.0.0.0/16 24 10.0.0.0/23\n",
    options, run};
