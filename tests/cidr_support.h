/* SPDX-License-Identifier: MIT */
/* Blocks and addresses as the text that a test shows. */
#ifndef CNICALC_TESTS_CIDR_SUPPORT_H
#define CNICALC_TESTS_CIDR_SUPPORT_H

#include <cnicalc/cidr.h>

#include "support.h"

#include <string.h>

static inline cnicalc_cidr cidr_of(const char *text)
{
    cnicalc_cidr cidr;
    ck_ok(cnicalc_cidr_parse(text, strlen(text), &cidr));
    return cidr;
}

static inline cnicalc_address address_of(const char *text)
{
    cnicalc_address address;
    ck_ok(cnicalc_address_parse(text, strlen(text), &address));
    return address;
}

static inline void check_block(const cnicalc_cidr *block, const char *expected)
{
    char text[CNICALC_CIDR_TEXT_SIZE];
    ck_ok(cnicalc_cidr_format(block, text, sizeof text));
    ck_assert_str_eq(text, expected);
}

/* Blocks as one text, a blank between them. */
static inline void check_blocks(const cnicalc_cidr *blocks, size_t count, const char *expected)
{
    char text[4096];
    size_t needed;
    ck_ok(cnicalc_cidr_format_lines(blocks, count, text, sizeof text, &needed));
    for (size_t i = 0; i + 1 < needed; i++) {
        text[i] = text[i] == '\n' ? ' ' : text[i];
    }
    text[needed >= 2 ? needed - 2 : 0] = '\0';
    ck_assert_str_eq(text, expected);
}

#endif
