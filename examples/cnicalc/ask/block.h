/* SPDX-License-Identifier: MIT */
/* Blocks and addresses of a request. */
#ifndef CNICALC_TOOL_BLOCK_H
#define CNICALC_TOOL_BLOCK_H

#include <cnicalc.h>
#include <stddef.h>

/* The longest prefix length of a family. */
uint32_t block_width(uint32_t family);

/* Each returns 1, or 0 after a complaint about what, the option or the operand that has the text.
 * It names the block or the address that was meant, or where there is none, the place. */
int block_parse(const char *subcommand, const char *what, const char *text,
                cnicalc_cidr *out_block);
int block_parse_address(const char *subcommand, const char *what, const char *text,
                        cnicalc_address *out_address);

/* A block, or an address as the block of it alone. */
int block_parse_any(const char *subcommand, const char *what, const char *text,
                    cnicalc_cidr *out_block);

/* One of these that reads a block. */
typedef int block_parser(const char *subcommand, const char *what, const char *text,
                         cnicalc_cidr *out_block);

/* Blocks, by the million. Begin with zeros. */
struct block_list {
    cnicalc_cidr *blocks;
    size_t count;
    size_t capacity;
};

void block_list_add(struct block_list *list, const cnicalc_cidr *block);

/* Adds those of stdin, one a line; empty lines and comments that begin with # are left out. Returns
 * 1, or 0 after a complaint that names the line. */
int block_list_read(const char *subcommand, block_parser *parse, struct block_list *list);

#endif
