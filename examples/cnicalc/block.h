/* SPDX-License-Identifier: MIT */
/* Blocks and addresses of a request. */
#ifndef CNICALC_TOOL_BLOCK_H
#define CNICALC_TOOL_BLOCK_H

#include "args.h"

#include <cnicalc.h>

/* Each returns 1, or 0 after a complaint that names the place and, where there is one, the block
 * that was meant. */
int block_parse(const struct args *args, const char *text, cnicalc_cidr *out_block);
int block_parse_address(const struct args *args, const char *text, cnicalc_address *out_address);

/* A block, or an address as the block of it alone. */
int block_parse_any(const struct args *args, const char *text, cnicalc_cidr *out_block);

#endif
