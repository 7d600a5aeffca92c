/* SPDX-License-Identifier: MIT */
#include "block.h"

#include "../base/complaint.h"
#include "../base/memory.h"
#include "../base/text_buffer.h"

#include <string.h>

static uint32_t width_of(uint32_t family)
{
    return family == CNICALC_FAMILY_IPV4 ? 32 : 128;
}

/* The block of one address, as the text of an address without a prefix length means it. */
static cnicalc_status parse_lone_address(const char *text, cnicalc_cidr *out_block)
{
    cnicalc_address address;
    cnicalc_status status = cnicalc_address_parse(text, strlen(text), &address);
    return status == CNICALC_OK
               ? cnicalc_cidr_from_address(&address, width_of(address.family), out_block)
               : status;
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

/* The block that a faulty text means, if it means one. */
static cnicalc_status guess(const char *text, cnicalc_status fault, cnicalc_cidr *out_block)
{
    switch (fault) {
    case CNICALC_ERR_CIDR_HOST_BITS:
        return cnicalc_cidr_parse_masked(text, strlen(text), out_block);
    case CNICALC_ERR_CIDR_NO_PREFIX:
    case CNICALC_ERR_CIDR_PREFIX_LEN:
        return parse_lone_address(memory_copy(text, strcspn(text, "/")), out_block);
    case CNICALC_ERR_CIDR_LEADING_ZERO:
        return parse_without_zeros(text, out_block);
    case CNICALC_ERR_CIDR_OCTET_COUNT:
        return parse_short(text, out_block);
    default:
        return fault;
    }
}

/* Complains with what was meant, or where there is nothing that was, with the place. Returns 0. */
static int refuse(const struct args *args, const char *what, cnicalc_status fault, size_t offset,
                  const char *meant)
{
    const char *why = cnicalc_status_string(fault);
    if (meant != NULL) {
        complain(args->subcommand, what, "%s; did you mean %s?", why, meant);
    } else {
        complain(args->subcommand, what, "%s, at character %zu", why, offset + 1);
    }
    return 0;
}

int block_parse(const struct args *args, const char *what, const char *text,
                cnicalc_cidr *out_block)
{
    size_t offset = 0;
    cnicalc_cidr meant;
    char meant_text[CNICALC_CIDR_TEXT_SIZE];
    if (cnicalc_cidr_parse(text, strlen(text), out_block) == CNICALC_OK) {
        return 1;
    }
    cnicalc_status fault = cnicalc_cidr_fault(text, strlen(text), &offset);
    int is_meant = guess(text, fault, &meant) == CNICALC_OK &&
                   cnicalc_cidr_format(&meant, meant_text, sizeof meant_text) == CNICALC_OK;
    return refuse(args, what, fault, offset, is_meant ? meant_text : NULL);
}

int block_parse_address(const struct args *args, const char *what, const char *text,
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
    return refuse(args, what, fault, offset, is_meant ? memory_copy(text, length) : NULL);
}

int block_parse_any(const struct args *args, const char *what, const char *text,
                    cnicalc_cidr *out_block)
{
    return parse_lone_address(text, out_block) == CNICALC_OK ||
           block_parse(args, what, text, out_block);
}
