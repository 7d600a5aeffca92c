/* SPDX-License-Identifier: MIT */
#include "block.h"

#include "complaint.h"

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

/* The block that a faulty text means, if it means one. */
static cnicalc_status guess(const char *text, cnicalc_status fault, cnicalc_cidr *out_block)
{
    if (fault == CNICALC_ERR_CIDR_HOST_BITS) {
        return cnicalc_cidr_parse_masked(text, strlen(text), out_block);
    }
    return fault == CNICALC_ERR_CIDR_NO_PREFIX ? parse_lone_address(text, out_block) : fault;
}

static int refuse(const struct args *args, const char *text, cnicalc_status status, size_t offset)
{
    cnicalc_cidr meant;
    char meant_text[CNICALC_CIDR_TEXT_SIZE];
    const char *why = cnicalc_status_string(status);
    if (guess(text, status, &meant) == CNICALC_OK) {
        expect_ok(cnicalc_cidr_format(&meant, meant_text, sizeof meant_text));
        complain(args->subcommand, text, "%s; did you mean %s?", why, meant_text);
    } else {
        complain(args->subcommand, text, "%s, at character %zu", why, offset + 1);
    }
    return 0;
}

int block_parse(const struct args *args, const char *text, cnicalc_cidr *out_block)
{
    size_t offset = 0;
    cnicalc_status status = cnicalc_cidr_parse(text, strlen(text), out_block);
    if (status == CNICALC_OK) {
        return 1;
    }
    status = cnicalc_cidr_fault(text, strlen(text), &offset);
    return refuse(args, text, status, offset);
}

int block_parse_address(const struct args *args, const char *text, cnicalc_address *out_address)
{
    size_t offset = 0;
    cnicalc_status status = cnicalc_address_parse(text, strlen(text), out_address);
    if (status == CNICALC_OK) {
        return 1;
    }
    status = cnicalc_address_fault(text, strlen(text), &offset);
    return refuse(args, text, status, offset);
}

int block_parse_any(const struct args *args, const char *text, cnicalc_cidr *out_block)
{
    return parse_lone_address(text, out_block) == CNICALC_OK || block_parse(args, text, out_block);
}
