/* SPDX-License-Identifier: MIT */
#include "block.h"

#include "../base/complaint.h"
#include "../base/memory.h"
#include "../base/stream.h"
#include "../base/text_buffer.h"

#include <inttypes.h>
#include <string.h>

uint32_t block_width(uint32_t family)
{
    return family == CNICALC_FAMILY_IPV4 ? 32 : 128;
}

/* The block of one address, as the text of an address without a prefix length means it. */
static cnicalc_status parse_lone_address(const char *text, cnicalc_cidr *out_block)
{
    cnicalc_address address;
    cnicalc_status status = cnicalc_address_parse(text, strlen(text), &address);
    return status == CNICALC_OK
               ? cnicalc_cidr_from_address(&address, block_width(address.family), out_block)
               : status;
}

/* The network that an address without a prefix length is likely to mean: what ends with zeros is
 * one of whole octets, or of 64 bits. */
static cnicalc_status parse_network(const char *text, cnicalc_cidr *out_block)
{
    cnicalc_address address;
    cnicalc_status status = cnicalc_address_parse(text, strlen(text), &address);
    if (status != CNICALC_OK) {
        return status;
    }
    uint32_t prefix_len = block_width(address.family);
    if (prefix_len == 128 && address.lo == 0) {
        prefix_len = 64;
    }
    while (prefix_len <= 32 && prefix_len > 8 && (address.lo >> (32 - prefix_len) & 0xff) == 0) {
        prefix_len -= 8;
    }
    return cnicalc_cidr_from_address(&address, prefix_len, out_block);
}

static size_t count_dots(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        count += text[i] == '.';
    }
    return count;
}

/* A block of IPv4 that leaves out its last octets, as networks are often written: 10.1/16. */
static cnicalc_status parse_short(const char *text, cnicalc_cidr *out_block)
{
    struct text_buffer full = {NULL, 0, 0};
    size_t length = strcspn(text, "/");
    text_add_plain(&full, memory_copy(text, length));
    for (size_t octets = 1 + count_dots(text, length); octets < 4; octets++) {
        text_add_plain(&full, ".0");
    }
    text_add_plain(&full, text + length);
    return cnicalc_cidr_parse_masked(full.text, full.length, out_block);
}

/* A block whose prefix length begins with zeros. An octet that does may be meant as octal. */
static cnicalc_status parse_without_zeros(const char *text, cnicalc_cidr *out_block)
{
    struct text_buffer plain = {NULL, 0, 0};
    size_t length = strcspn(text, "/");
    const char *zeros = text + length + (text[length] != '\0');
    text_add_plain(&plain, memory_copy(text, (size_t)(zeros - text)));
    zeros += strspn(zeros, "0");
    text_add_plain(&plain, *zeros == '\0' ? "0" : zeros);
    return cnicalc_cidr_parse_masked(plain.text, plain.length, out_block);
}

/* A block of IPv4 with a netmask, 10.0.0.0/255.255.255.0, which is a prefix length in longhand. */
static cnicalc_status parse_netmask(const char *text, cnicalc_cidr *out_block)
{
    size_t length = strcspn(text, "/");
    uint32_t prefix_len = 0;
    cnicalc_address address;
    cnicalc_address mask;
    cnicalc_status status = cnicalc_address_parse(text, length, &address);
    if (status == CNICALC_OK) {
        status = cnicalc_address_parse(text + length + 1, CNICALC_NUL_TERMINATED, &mask);
    }
    if (status != CNICALC_OK) {
        return status;
    }
    while (prefix_len < 32 && (mask.lo >> (31 - prefix_len) & 1) != 0) {
        prefix_len++;
    }
    return (uint32_t)(mask.lo << prefix_len) == 0
               ? cnicalc_cidr_from_address(&address, prefix_len, out_block)
               : CNICALC_ERR_CIDR_PREFIX_LEN;
}

/* The block that a faulty text means, if it means one. */
static cnicalc_status guess(const char *text, cnicalc_status fault, cnicalc_cidr *out_block)
{
    switch (fault) {
    case CNICALC_ERR_CIDR_HOST_BITS:
        return cnicalc_cidr_parse_masked(text, strlen(text), out_block);
    case CNICALC_ERR_CIDR_PREFIX_LEN:
        if (parse_netmask(text, out_block) == CNICALC_OK) {
            return CNICALC_OK;
        }
        return parse_lone_address(memory_copy(text, strcspn(text, "/")), out_block);
    case CNICALC_ERR_CIDR_NO_PREFIX:
        return parse_network(memory_copy(text, strcspn(text, "/")), out_block);
    case CNICALC_ERR_CIDR_LEADING_ZERO:
        return parse_without_zeros(text, out_block);
    case CNICALC_ERR_CIDR_OCTET_COUNT:
        return parse_short(text, out_block);
    default:
        return fault;
    }
}

/* Complains with what was meant, or where there is nothing that was, with the place. Returns 0. */
static int refuse(const char *subcommand, const char *what, cnicalc_status fault, size_t offset,
                  const char *meant)
{
    const char *why = cnicalc_status_string(fault);
    if (meant != NULL) {
        complain(subcommand, what, "%s; did you mean %s?", why, meant);
    } else {
        complain(subcommand, what, "%s, at character %zu", why, offset + 1);
    }
    return 0;
}

int block_parse(const char *subcommand, const char *what, const char *text, cnicalc_cidr *out_block)
{
    size_t offset = 0;
    cnicalc_cidr meant;
    char meant_text[CNICALC_CIDR_TEXT_SIZE];
    if (cnicalc_cidr_parse(text, strlen(text), out_block) == CNICALC_OK) {
        return 1;
    }
    size_t comma = strcspn(text, ",");
    if (text[comma] != '\0' && cnicalc_cidr_parse(text, comma, &meant) == CNICALC_OK) {
        complain(subcommand, what, "each block takes an option of its own");
        return 0;
    }
    cnicalc_status fault = cnicalc_cidr_fault(text, strlen(text), &offset);
    int is_meant = guess(text, fault, &meant) == CNICALC_OK &&
                   cnicalc_cidr_format(&meant, meant_text, sizeof meant_text) == CNICALC_OK;
    return refuse(subcommand, what, fault, offset, is_meant ? meant_text : NULL);
}

int block_parse_address(const char *subcommand, const char *what, const char *text,
                        cnicalc_address *out_address)
{
    size_t offset = 0;
    size_t length = strcspn(text, "/");
    cnicalc_address meant;
    if (cnicalc_address_parse(text, strlen(text), out_address) == CNICALC_OK) {
        return 1;
    }
    cnicalc_status fault = cnicalc_address_fault(text, strlen(text), &offset);
    int is_meant = cnicalc_address_parse(text, length, &meant) == CNICALC_OK;
    return refuse(subcommand, what, fault, offset, is_meant ? memory_copy(text, length) : NULL);
}

int block_parse_any(const char *subcommand, const char *what, const char *text,
                    cnicalc_cidr *out_block)
{
    return parse_lone_address(text, out_block) == CNICALC_OK ||
           block_parse(subcommand, what, text, out_block);
}

void block_list_add(struct block_list *list, const cnicalc_cidr *block)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? 64 : list->capacity * 2;
        cnicalc_cidr *blocks = memory_take(capacity, sizeof *blocks);
        if (list->count != 0) {
            memcpy(blocks, list->blocks, list->count * sizeof *blocks);
        }
        list->blocks = blocks;
        list->capacity = capacity;
    }
    list->blocks[list->count++] = *block;
}

/* A line that the library did not read at once, as a text of its own. */
static int add_line(const char *subcommand, block_parser *parse, const struct line *line,
                    struct block_list *list)
{
    struct text_buffer what = {NULL, 0, 0};
    cnicalc_cidr block;
    const char *text = memory_copy(line->text, line->length);
    if (line->length == 0 || text[0] == '#') {
        return 1;
    }
    text_add(&what, "stdin:%" PRIu64 ": ", line->number);
    text_add_plain(&what, text);
    if (!parse(subcommand, what.text, text, &block)) {
        return 0;
    }
    block_list_add(list, &block);
    return 1;
}

int block_list_read(const char *subcommand, block_parser *parse, struct block_list *list)
{
    struct reader *reader = reader_begin();
    struct line line;
    cnicalc_cidr block;
    while (reader_line(reader, &line)) {
        if (!line.is_whole) {
            complain(subcommand, "stdin", "line %" PRIu64 " is longer than 65535 bytes",
                     line.number);
            return 0;
        }
        if (cnicalc_cidr_parse(line.text, line.length, &block) == CNICALC_OK) {
            block_list_add(list, &block);
        } else if (!add_line(subcommand, parse, &line, list)) {
            return 0;
        }
    }
    if (reader->failure != NULL) {
        complain(subcommand, "stdin", "cannot read: %s", reader->failure);
    }
    return reader->failure == NULL;
}
