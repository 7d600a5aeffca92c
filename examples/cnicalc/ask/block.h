/* SPDX-License-Identifier: MIT */
/* Blocks and addresses of a request. */
#ifndef CNICALC_TOOL_BLOCK_H
#define CNICALC_TOOL_BLOCK_H

#include "args.h"

#include <cnicalc.h>

/* Each returns 1, or 0 after a complaint about what, the option or the operand that has the text.
 * It names the block or the address that was meant, or where there is none, the place. */
int block_parse(const struct args *args, const char *what, const char *text,
                cnicalc_cidr *out_block);
int block_parse_address(const struct args *args, const char *what, const char *text,
                        cnicalc_address *out_address);

/* A block, or an address as the block of it alone. */
int block_parse_any(const struct args *args, const char *what, const char *text,
                    cnicalc_cidr *out_block);

#endif
