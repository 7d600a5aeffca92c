/* SPDX-License-Identifier: MIT */
/* cnicalc batch cidr: rows of one block. */
#include "batch.h"
#include "../base/complaint.h"
#include "../base/memory.h"

#include <cnicalc.h>

/* A row needs nothing but itself. */
static void *open_cidr(const struct args *args)
{
    (void)args;
    return memory_take(1, 1);
}

/* The facts of a block, as text. */
struct facts {
    char cidr[CNICALC_CIDR_TEXT_SIZE];
    char first[CNICALC_ADDRESS_TEXT_SIZE];
    char last[CNICALC_ADDRESS_TEXT_SIZE];
    char count[CNICALC_COUNT_TEXT_SIZE];
    char netmask[CNICALC_ADDRESS_TEXT_SIZE];
    uint32_t is_private;
};

typedef cnicalc_status address_of(const cnicalc_cidr *block, cnicalc_address *out_address);

static void format_address(address_of *find, const cnicalc_cidr *block,
                           char text[CNICALC_ADDRESS_TEXT_SIZE])
{
    cnicalc_address address;
    expect_ok(find(block, &address));
    expect_ok(cnicalc_address_format(&address, text, CNICALC_ADDRESS_TEXT_SIZE));
}

/* Of a block that the library has read, none of these can fail. */
static void find_facts(const cnicalc_cidr *block, struct facts *facts)
{
    expect_ok(cnicalc_cidr_format(block, facts->cidr, sizeof facts->cidr));
    format_address(cnicalc_cidr_first, block, facts->first);
    format_address(cnicalc_cidr_last, block, facts->last);
    expect_ok(cnicalc_cidr_address_count_text(block, facts->count, sizeof facts->count));
    format_address(cnicalc_cidr_netmask, block, facts->netmask);
    expect_ok(cnicalc_cidr_is_private(block, &facts->is_private));
}

static const char *answer_cidr(void *state, const struct field *fields, struct writer *writer)
{
    cnicalc_cidr block;
    struct facts facts;
    (void)state;
    cnicalc_status status = cnicalc_cidr_parse(fields[0].text, fields[0].length, &block);
    if (status != CNICALC_OK) {
        return cnicalc_status_string(status);
    }
    find_facts(&block, &facts);
    writer_put_text(writer, facts.cidr);
    writer_put(writer, "\t", 1);
    writer_put_number(writer, block.family);
    writer_put(writer, "\t", 1);
    writer_put_number(writer, block.prefix_len);
    const char *const texts[] = {facts.first, facts.last, facts.count, facts.netmask,
                                 facts.is_private ? "true" : "false"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        writer_put(writer, "\t", 1);
        writer_put_text(writer, texts[i]);
    }
    writer_put(writer, "\t", 1);
    return NULL;
}

const struct batch_verb batch_cidr = {
    "cidr",
    "",
    "cidr\tfamily\tprefix_len\tfirst\tlast\taddress_count\tnetmask\tprivate\terror\n",
    "a row is one block",
    1,
    1,
    7,
    open_cidr,
    answer_cidr};
