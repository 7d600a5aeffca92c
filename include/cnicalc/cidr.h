/* SPDX-License-Identifier: MIT */
/**
 * @file cidr.h
 * IPv4 and IPv6 blocks: text, facts, splitting, and sets of blocks in the caller's arrays.
 *
 * An address is an integer of 32 bits (IPv4) or 128 bits (IPv6), held in two words in host order:
 *
 *      10.0.0.0/8     {hi 0, lo 0x0a000000, family 4, prefix_len 8}
 *      fd00::/8       {hi 0xfd00000000000000, lo 0, family 6, prefix_len 8}
 *
 * A block is valid when its family is 4 or 6, prefix_len is at most 32 or 128, and no bit is set
 * below the prefix or outside the family. A caller may fill a block by hand; every function checks
 * the blocks that it is given, and answers
 *
 *      CNICALC_ERR_CIDR_FAMILY      family is neither 4 nor 6
 *      CNICALC_ERR_CIDR_PREFIX_LEN  prefix_len exceeds the family's width
 *      CNICALC_ERR_CIDR_INVALID     an IPv4 block with bits above the 32nd
 *      CNICALC_ERR_CIDR_HOST_BITS   a bit below the prefix is set
 *
 * for the first one at fault; an address gives CNICALC_ERR_CIDR_FAMILY, CNICALC_ERR_CIDR_INVALID,
 * or CNICALC_ERR_RESERVED. These statuses, and CNICALC_ERR_NULL, are not repeated below.
 *
 * A yes or no is a uint32_t, 1 or 0, so that a malformed block can never pass for a "no".
 * An IPv4 block neither contains nor overlaps an IPv6 block, the mapped block ::ffff:0.0.0.0/96
 * included.
 */
#ifndef CNICALC_CIDR_H
#define CNICALC_CIDR_H

#include "cnicalc/base.h"

#ifdef __cplusplus
extern "C" {
#endif

enum cnicalc_family { CNICALC_FAMILY_IPV4 = 4, CNICALC_FAMILY_IPV6 = 6 };

/** The number of families. */
#define CNICALC_FAMILY_COUNT 2

/** A block of addresses; see the top of this file. */
typedef struct cnicalc_cidr {
    uint64_t hi;         /**< bits 127..64 of the first address; 0 for IPv4 */
    uint64_t lo;         /**< bits 63..0; for IPv4 the address, below 2^32 */
    uint32_t family;     /**< enum cnicalc_family */
    uint32_t prefix_len; /**< bits, 0..32 or 0..128 */
} cnicalc_cidr;

/** One address. */
typedef struct cnicalc_address {
    uint64_t hi;       /**< bits 127..64; 0 for IPv4 */
    uint64_t lo;       /**< bits 63..0; for IPv4 the address, below 2^32 */
    uint32_t family;   /**< enum cnicalc_family */
    uint32_t reserved; /**< 0 */
} cnicalc_address;

/** Two members of one array, by index: the second is inside the first, or equal to it. */
typedef struct cnicalc_cidr_pair {
    uint32_t outer; /**< index, below inner */
    uint32_t inner; /**< index */
} cnicalc_cidr_pair;

/** Bytes that hold any block as text, NUL included: 8 groups of 4, 7 colons, "/128", NUL. */
#define CNICALC_CIDR_TEXT_SIZE 44

/** Bytes that hold any address as text, NUL included. */
#define CNICALC_ADDRESS_TEXT_SIZE 40

/** Bytes that hold any address count as text, NUL included: 2^128 has 39 digits. */
#define CNICALC_COUNT_TEXT_SIZE 40

/* ---- Text ------------------------------------------------------------------------------------
 *
 * Read strictly. IPv4 is four decimal octets without leading zeros. IPv6 is as in RFC 4291: groups
 * of one to four hexadecimal digits in either case, "::" once for one or more zero groups, and
 * optionally an IPv4 address for the last two groups. The prefix length is decimal, without sign
 * or leading zero. No blanks, no zone, no netmask after the slash, nothing after the end.
 * Written as RFC 5952 says: lower case, no leading zeros, "::" for the longest run of two or more
 * zero groups, the first of equal runs; ::ffff:0:0/96 with its last 32 bits as an IPv4 address.
 *
 * What a text can be at fault for:
 *
 *      CNICALC_ERR_CIDR_EMPTY         nothing, or none before the slash   "" "/8"
 *      CNICALC_ERR_CIDR_CHARACTER     a character that cannot be here     " 10.0.0.0/8" "10..0.0/8"
 *      CNICALC_ERR_CIDR_OCTET         above 255                           "10.256.0.0/16"
 *      CNICALC_ERR_CIDR_LEADING_ZERO  in an octet or the prefix length    "010.0.0.0/8" "::/08"
 *      CNICALC_ERR_CIDR_OCTET_COUNT   not four octets                     "10/8" "1.2.3.4.5/32"
 *      CNICALC_ERR_CIDR_GROUP         empty, or more than four digits     "fe80:/16" "fe800::/16"
 *      CNICALC_ERR_CIDR_GROUP_COUNT   not eight groups                    "1:2:3/48"
 *      CNICALC_ERR_CIDR_DOUBLE_COLON  twice, or three colons              "1::2::/64" ":::/0"
 *      CNICALC_ERR_CIDR_NO_PREFIX     no slash, or nothing after it       "10.0.0.0" "10.0.0.0/"
 *      CNICALC_ERR_CIDR_PREFIX_LEN    above 32 or 128                     "10.0.0.0/33"
 *      CNICALC_ERR_CIDR_HOST_BITS     bits set below the prefix           "10.0.0.1/8"
 */

/**
 * Reads a block. Bits below the prefix are CNICALC_ERR_CIDR_HOST_BITS.
 *
 * Returns any status of the list above.
 *
 * Example: cnicalc_cidr_parse("10.0.0.0/8", 10, &cidr) -> {0, 0x0a000000, 4, 8}
 * Example: cnicalc_cidr_parse("10.0.0.1/8", 10, &cidr) -> CNICALC_ERR_CIDR_HOST_BITS
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_parse(const char *text, size_t text_len,
                                                              cnicalc_cidr *out_cidr);

/**
 * Reads a block and clears the bits below its prefix.
 *
 * Returns any status of the list above but CNICALC_ERR_CIDR_HOST_BITS.
 *
 * Example: cnicalc_cidr_parse_masked("10.1.2.3/8", 10, &cidr) -> 10.0.0.0/8
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_parse_masked(const char *text,
                                                                     size_t text_len,
                                                                     cnicalc_cidr *out_cidr);

/**
 * Reads an address with a prefix length, as an interface has it, and keeps both the address and the
 * block that it is in.
 *
 * Returns any status of the list above but CNICALC_ERR_CIDR_HOST_BITS.
 *
 * Example: cnicalc_cidr_parse_address("10.1.2.3/8", 10, &address, &block) -> 10.1.2.3, 10.0.0.0/8
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_parse_address(const char *text,
                                                                      size_t text_len,
                                                                      cnicalc_address *out_address,
                                                                      cnicalc_cidr *out_block);

/**
 * Where cnicalc_cidr_parse() fails: returns the status that it returns, and writes the offset of
 * the number, group or character at fault, text_len where more was expected. The offset is
 * written for every text that fails, and not when the status is CNICALC_OK or CNICALC_ERR_NULL.
 * Host bits are reported at offset 0.
 *
 * Example: cnicalc_cidr_fault("10.256.0.0/16", 13, &offset) -> CNICALC_ERR_CIDR_OCTET, 3
 * Example: cnicalc_cidr_fault("10.0.0.0", 8, &offset) -> CNICALC_ERR_CIDR_NO_PREFIX, 8
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_fault(const char *text, size_t text_len,
                                                              size_t *out_offset);

/**
 * Writes a block: address, slash, prefix length, NUL. CNICALC_CIDR_TEXT_SIZE bytes are always
 * enough, and with that many the bytes after the NUL are unspecified.
 *
 * CNICALC_ERR_CAPACITY  the text and its NUL need more than capacity bytes; nothing is written
 *
 * Example: cnicalc_cidr_format(&(cnicalc_cidr){0, 0x0a000000, 4, 8}, text, 44) -> "10.0.0.0/8"
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_format(const cnicalc_cidr *cidr,
                                                               char *out_text, size_t capacity);

/**
 * Reads an address without a prefix length.
 *
 * Returns any status of the list above but those of the prefix length and host bits. A slash is
 * CNICALC_ERR_CIDR_CHARACTER.
 *
 * Example: cnicalc_address_parse("::1", 3, &address) -> {0, 1, 6, 0}
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_address_parse(const char *text, size_t text_len,
                                                                 cnicalc_address *out_address);

/**
 * Where cnicalc_address_parse() fails, in the manner of cnicalc_cidr_fault().
 *
 * Example: cnicalc_address_fault("10.0.0", 6, &offset) -> CNICALC_ERR_CIDR_OCTET_COUNT, 6
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_address_fault(const char *text, size_t text_len,
                                                                 size_t *out_offset);

/**
 * Writes an address and a NUL. CNICALC_ADDRESS_TEXT_SIZE bytes are always enough, and with that
 * many the bytes after the NUL are unspecified.
 *
 * CNICALC_ERR_CAPACITY  the text and its NUL need more than capacity bytes; nothing is written
 *
 * Example: cnicalc_address_format(&(cnicalc_address){0, 1, 6, 0}, text, 40) -> "::1"
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_address_format(const cnicalc_address *address,
                                                                  char *out_text, size_t capacity);

/**
 * Reads one block a line, as cnicalc_cidr_parse() does. The newline at the very end is optional. A
 * line that is no block keeps its place: its status is in out_statuses and its block is all zero,
 * which no function accepts.
 *
 * @param out_cidrs     capacity entries; NULL when capacity is 0
 * @param out_statuses  capacity entries; NULL when capacity is 0
 * @param out_count     the number of lines; written with CNICALC_ERR_CAPACITY too
 *
 * CNICALC_ERR_CAPACITY  more lines than capacity; the arrays are not written
 *
 * Example: cnicalc_cidr_parse_lines("10.0.0.0/8\nx\n", 13, cidrs, statuses, 2, &count)
 *          -> count 2, statuses {CNICALC_OK, CNICALC_ERR_CIDR_CHARACTER}
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_cidr_parse_lines(const char *text, size_t text_len, cnicalc_cidr *out_cidrs,
                         cnicalc_status *out_statuses, size_t capacity, size_t *out_count);

/**
 * The same as cnicalc_cidr_parse_masked() reads them.
 *
 * Example: cnicalc_cidr_parse_lines_masked("10.1.2.3/8\n", 11, cidrs, statuses, 1, &count)
 *          -> count 1, statuses {CNICALC_OK}
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_cidr_parse_lines_masked(const char *text, size_t text_len, cnicalc_cidr *out_cidrs,
                                cnicalc_status *out_statuses, size_t capacity, size_t *out_count);

/**
 * Writes one block a line, each line with its newline, and a NUL at the end.
 * count * CNICALC_CIDR_TEXT_SIZE + 1 bytes are always enough, and written in one pass.
 *
 * @param cidrs       NULL when count is 0
 * @param out_text    NULL when capacity is 0
 * @param out_needed  bytes, NUL included; written with CNICALC_ERR_CAPACITY too
 *
 * CNICALC_ERR_CAPACITY  the text and its NUL need more than capacity bytes; out_text is not written
 *
 * Example: cnicalc_cidr_format_lines({10.0.0.0/8, ::/0}, 2, text, 100, &needed)
 *          -> "10.0.0.0/8\n::/0\n", 17
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_format_lines(const cnicalc_cidr *cidrs,
                                                                     size_t count, char *out_text,
                                                                     size_t capacity,
                                                                     size_t *out_needed);

/* ---- Facts of one block ---- */

/**
 * Whether a block is valid: CNICALC_OK, or the status that every other function would return.
 *
 * Example: cnicalc_cidr_check(&(cnicalc_cidr){0, 1, 4, 8}) -> CNICALC_ERR_CIDR_HOST_BITS
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_check(const cnicalc_cidr *cidr);

/**
 * Whether an address is valid.
 *
 * Example: cnicalc_address_check(&(cnicalc_address){1, 0, 4, 0}) -> CNICALC_ERR_CIDR_INVALID
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_address_check(const cnicalc_address *address);

/**
 * The block of prefix_len bits that an address is in.
 *
 * CNICALC_ERR_CIDR_PREFIX_LEN  prefix_len exceeds the family's width
 *
 * Example: cnicalc_cidr_from_address(10.1.2.3, 8, &block) -> 10.0.0.0/8
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_from_address(const cnicalc_address *address,
                                                                     uint32_t prefix_len,
                                                                     cnicalc_cidr *out_block);

/**
 * The lowest address of a block.
 *
 * Example: cnicalc_cidr_first(192.168.0.0/19, &address) -> 192.168.0.0
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_first(const cnicalc_cidr *block,
                                                              cnicalc_address *out_address);

/**
 * The highest address of a block.
 *
 * Example: cnicalc_cidr_last(192.168.0.0/19, &address) -> 192.168.31.255
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_last(const cnicalc_cidr *block,
                                                             cnicalc_address *out_address);

/**
 * The mask that keeps the prefix, as an address of the block's family.
 *
 * Example: cnicalc_cidr_netmask(10.0.0.0/20, &mask) -> 255.255.240.0
 * Example: cnicalc_cidr_netmask(fd00::/48, &mask) -> ffff:ffff:ffff::
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_netmask(const cnicalc_cidr *block,
                                                                cnicalc_address *out_mask);

/**
 * How many addresses a block has, the first and last included.
 *
 * CNICALC_ERR_OVERFLOW  an IPv6 block of /64 or shorter: 2^64 or more
 *
 * Example: cnicalc_cidr_address_count(0.0.0.0/0, &count) -> 4294967296
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_address_count(const cnicalc_cidr *block,
                                                                      uint64_t *out_count);

/**
 * The same as decimal text, exact for every block. CNICALC_COUNT_TEXT_SIZE bytes are always enough.
 *
 * CNICALC_ERR_CAPACITY  the text and its NUL need more than capacity bytes; nothing is written
 *
 * Example: cnicalc_cidr_address_count_text(::/64, text, 40) -> "18446744073709551616"
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_cidr_address_count_text(const cnicalc_cidr *block, char *out_text, size_t capacity);

/**
 * Whether a block is private: inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 (RFC 1918), or
 * inside fc00::/7, the unique local addresses (RFC 4193). A block that is partly outside them is
 * not.
 *
 * Example: cnicalc_cidr_is_private(172.16.0.0/12, &is_private) -> 1
 * Example: cnicalc_cidr_is_private(172.0.0.0/11, &is_private) -> 0
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_is_private(const cnicalc_cidr *block,
                                                                   uint32_t *out_is_private);

/* ---- Two blocks ---- */

/**
 * Whether every address of inner is in outer. A block contains itself.
 *
 * Example: cnicalc_cidr_contains(10.0.0.0/8, 10.1.0.0/16, &contains) -> 1
 * Example: cnicalc_cidr_contains(::/0, 10.1.0.0/16, &contains) -> 0
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_contains(const cnicalc_cidr *outer,
                                                                 const cnicalc_cidr *inner,
                                                                 uint32_t *out_contains);

/**
 * Whether an address is in a block.
 *
 * Example: cnicalc_cidr_contains_address(10.0.0.0/8, 11.0.0.0, &contains) -> 0
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_contains_address(
    const cnicalc_cidr *block, const cnicalc_address *address, uint32_t *out_contains);

/**
 * Whether two blocks share an address; two blocks do so only when one contains the other.
 *
 * Example: cnicalc_cidr_overlaps(1.2.3.0/24, 1.2.0.0/16, &overlaps) -> 1
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_overlaps(const cnicalc_cidr *a,
                                                                 const cnicalc_cidr *b,
                                                                 uint32_t *out_overlaps);

/**
 * Whether two blocks are the same.
 *
 * Example: cnicalc_cidr_equal(10.0.0.0/8, 10.0.0.0/9, &equal) -> 0
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_equal(const cnicalc_cidr *a,
                                                              const cnicalc_cidr *b,
                                                              uint32_t *out_equal);

/**
 * The order of two blocks, -1, 0 or 1: IPv4 before IPv6, then the lower first address, then the
 * larger block. It is total, and 0 only for equal blocks.
 *
 * Example: cnicalc_cidr_compare(10.0.0.0/8, 10.0.0.0/9, &order) -> -1
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_compare(const cnicalc_cidr *a,
                                                                const cnicalc_cidr *b,
                                                                int32_t *out_order);

/**
 * The smallest block that contains both.
 *
 * CNICALC_ERR_CIDR_FAMILY_MIXED  one is IPv4 and the other IPv6
 *
 * Example: cnicalc_cidr_common(10.0.0.0/24, 10.0.3.0/24, &block) -> 10.0.0.0/22
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_common(const cnicalc_cidr *a,
                                                               const cnicalc_cidr *b,
                                                               cnicalc_cidr *out_block);

/* ---- Splitting -------------------------------------------------------------------------------
 *
 * A block is cut into equal sub-blocks of prefix_len bits, numbered from 0 by address:
 *
 *      10.244.0.0/16 by /24: 2^(24-16) = 256 sub-blocks
 *      0: 10.244.0.0/24   1: 10.244.1.0/24   ...   255: 10.244.255.0/24
 *
 * In this section CNICALC_ERR_CIDR_PREFIX_LEN also means that prefix_len is shorter than the
 * block's, or longer than the family's width.
 */

/**
 * How many sub-blocks a block has.
 *
 * CNICALC_ERR_OVERFLOW  2^64 or more
 *
 * Example: cnicalc_cidr_subnet_count(10.244.0.0/16, 24, &count) -> 256
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_subnet_count(const cnicalc_cidr *block,
                                                                     uint32_t prefix_len,
                                                                     uint64_t *out_count);

/**
 * The sub-block of a number.
 *
 * CNICALC_ERR_INDEX  index is not below the number of sub-blocks
 *
 * Example: cnicalc_cidr_nth(10.244.0.0/16, 24, 255, &block) -> 10.244.255.0/24
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_nth(const cnicalc_cidr *block,
                                                            uint32_t prefix_len, uint64_t index,
                                                            cnicalc_cidr *out_block);

/**
 * Sub-blocks of consecutive numbers, count of them from first_index on.
 *
 * @param out_blocks  count entries; NULL when count is 0
 *
 * CNICALC_ERR_INDEX  count is not 0, and first_index + count exceeds the number of sub-blocks
 *
 * Example: cnicalc_cidr_split(10.0.0.0/8, 16, 254, 2, blocks) -> {10.254.0.0/16, 10.255.0.0/16}
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_split(const cnicalc_cidr *block,
                                                              uint32_t prefix_len,
                                                              uint64_t first_index, size_t count,
                                                              cnicalc_cidr *out_blocks);

/**
 * The number of the sub-block that an address is in: the inverse of cnicalc_cidr_nth().
 *
 * CNICALC_ERR_CIDR_NOT_INSIDE  the address is not in the block, or of the other family
 * CNICALC_ERR_OVERFLOW         the number is 2^64 or more
 *
 * Example: cnicalc_cidr_index_of(10.244.0.0/16, 24, 10.244.7.9, &index) -> 7
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_index_of(const cnicalc_cidr *block,
                                                                 uint32_t prefix_len,
                                                                 const cnicalc_address *address,
                                                                 uint64_t *out_index);

/**
 * The block of the same size that follows.
 *
 * CNICALC_ERR_CIDR_EDGE  the block ends with the last address of its family
 *
 * Example: cnicalc_cidr_next(10.0.0.0/8, &block) -> 11.0.0.0/8
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_next(const cnicalc_cidr *block,
                                                             cnicalc_cidr *out_block);

/**
 * The block of the same size that precedes it.
 *
 * CNICALC_ERR_CIDR_EDGE  the block begins with the first address of its family
 *
 * Example: cnicalc_cidr_previous(10.0.0.0/8, &block) -> 9.0.0.0/8
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_previous(const cnicalc_cidr *block,
                                                                 cnicalc_cidr *out_block);

/**
 * The block of prefix_len bits that contains this one; the block itself for its own length.
 *
 * CNICALC_ERR_CIDR_PREFIX_LEN  prefix_len is longer than the block's
 *
 * Example: cnicalc_cidr_supernet(10.244.7.0/24, 16, &block) -> 10.244.0.0/16
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_supernet(const cnicalc_cidr *block,
                                                                 uint32_t prefix_len,
                                                                 cnicalc_cidr *out_block);

/**
 * The shortest list of blocks that covers first..last, both included, and nothing else; sorted.
 *
 * @param out_blocks  capacity entries; NULL when capacity is 0. 62 entries hold any IPv4 range, 254
 *                    any IPv6 range
 * @param out_count   how many blocks the range needs; written with CNICALC_ERR_CAPACITY too
 *
 * CNICALC_ERR_CIDR_FAMILY_MIXED  one address is IPv4 and the other IPv6
 * CNICALC_ERR_CIDR_RANGE         first is above last
 * CNICALC_ERR_CAPACITY           more blocks than capacity; out_blocks is not written
 *
 * Example: cnicalc_cidr_from_range(0.0.0.4, 0.0.0.11, blocks, 62, &count)
 *          -> {0.0.0.4/30, 0.0.0.8/30}, 2
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_from_range(const cnicalc_address *first,
                                                                   const cnicalc_address *last,
                                                                   cnicalc_cidr *out_blocks,
                                                                   size_t capacity,
                                                                   size_t *out_count);

/* ---- Sets ------------------------------------------------------------------------------------
 *
 * A set is a caller's array, in any order, with repetitions, and of one family or both. An array of
 * no entries may be NULL. Functions that need order sort the array in place: it then holds
 * the same blocks in the order of cnicalc_cidr_compare(). Everything here takes O(n log n) time,
 * whatever the input, and O(n) when the array is sorted already. Not even the order changes when
 * a block is invalid; cnicalc_cidr_check_set() says which one.
 */

/**
 * Whether all blocks are valid: CNICALC_OK, or the status that every function of this section would
 * return.
 *
 * @param out_index  the first invalid block; written with the status that it causes, and with no
 *                   other
 *
 * Example: cnicalc_cidr_check_set({10.0.0.0/8, {0, 1, 4, 8}}, 2, &index)
 *          -> CNICALC_ERR_CIDR_HOST_BITS, index 1
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_check_set(const cnicalc_cidr *blocks,
                                                                  size_t count, size_t *out_index);

/**
 * Sorts blocks in the order of cnicalc_cidr_compare().
 *
 * Example: cnicalc_cidr_sort({::/0, 10.0.0.0/9, 10.0.0.0/8}, 3)
 *          -> {10.0.0.0/8, 10.0.0.0/9, ::/0}
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_sort(cnicalc_cidr *blocks, size_t count);

/**
 * Replaces blocks by the shortest list that covers the same addresses, sorted, at the array's
 * beginning. The entries after it are unspecified.
 *
 * Example: cnicalc_cidr_merge({10.0.1.0/24, 10.0.0.0/24, 10.0.0.7/32}, 3, &count)
 *          -> {10.0.0.0/23}, 1
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_merge(cnicalc_cidr *blocks, size_t count,
                                                              size_t *out_count);

/**
 * What of a block is left when the used blocks are taken out: the shortest list, sorted. Used
 * blocks may lie outside, contain the block, and overlap each other.
 *
 * @param used        sorted in place
 * @param out_blocks  capacity entries; NULL when capacity is 0; not the array of used
 * @param out_count   how many blocks are left; written with CNICALC_ERR_CAPACITY too
 *
 * CNICALC_ERR_CAPACITY  more blocks than capacity; out_blocks is not written
 *
 * Example: cnicalc_cidr_exclude(10.0.0.0/22, {10.0.1.0/24}, 1, blocks, 22, &count)
 *          -> {10.0.0.0/24, 10.0.2.0/23}, 2
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_exclude(const cnicalc_cidr *block,
                                                                cnicalc_cidr *used,
                                                                size_t used_count,
                                                                cnicalc_cidr *out_blocks,
                                                                size_t capacity, size_t *out_count);

/**
 * The lowest sub-block of prefix_len bits that overlaps no used block.
 *
 * @param used       sorted in place
 * @param out_found  1, or 0 when there is none
 * @param out_block  written when out_found is 1
 *
 * CNICALC_ERR_CIDR_PREFIX_LEN  prefix_len is shorter than the block's or exceeds the family's width
 *
 * Example: cnicalc_cidr_first_free(10.0.0.0/16, 24, {10.0.0.0/23}, 1, &found, &block)
 *          -> 1, 10.0.2.0/24
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_cidr_first_free(const cnicalc_cidr *block, uint32_t prefix_len, cnicalc_cidr *used,
                        size_t used_count, uint32_t *out_found, cnicalc_cidr *out_block);

/**
 * How many sub-blocks of prefix_len bits overlap no used block, of those that lie side by side.
 *
 * @param used  overwritten
 *
 * CNICALC_ERR_CIDR_PREFIX_LEN  prefix_len is shorter than the block's or exceeds the family's width
 * CNICALC_ERR_OVERFLOW         prefix_len exceeds the block's by more than 63
 *
 * Example: cnicalc_cidr_count_free(10.0.0.0/16, 24, {10.0.0.0/23}, 1, &count) -> 254
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_count_free(const cnicalc_cidr *block,
                                                                   uint32_t prefix_len,
                                                                   cnicalc_cidr *used,
                                                                   size_t used_count,
                                                                   uint64_t *out_count);

/**
 * Whether any two blocks overlap, and the first pair of cnicalc_cidr_overlap_pairs().
 *
 * @param blocks     sorted in place; the indexes are those after sorting
 * @param out_found  1 or 0
 * @param out_pair   written when out_found is 1
 *
 * CNICALC_ERR_OVERFLOW  2^32 blocks or more: their indexes have 32 bits
 *
 * Example: cnicalc_cidr_first_overlap({11.0.0.0/8, 10.1.0.0/16, 10.0.0.0/8}, 3, &found, &pair)
 *          -> 1, {0, 1}
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_first_overlap(cnicalc_cidr *blocks,
                                                                      size_t count,
                                                                      uint32_t *out_found,
                                                                      cnicalc_cidr_pair *out_pair);

/**
 * All pairs of blocks that overlap, ordered by outer, then by inner. The time is O(n log n) and the
 * number of pairs.
 *
 * @param blocks     sorted in place; the indexes are those after sorting
 * @param out_pairs  capacity entries; NULL when capacity is 0
 * @param out_count  how many pairs there are; written with CNICALC_ERR_CAPACITY too
 *
 * CNICALC_ERR_OVERFLOW  2^32 blocks or more: their indexes have 32 bits
 * CNICALC_ERR_CAPACITY  more pairs than capacity; out_pairs is not written
 *
 * Example: cnicalc_cidr_overlap_pairs({10.0.0.0/8, 10.1.0.0/16, 10.1.0.0/24}, 3, pairs, 3, &count)
 *          -> {{0, 1}, {0, 2}, {1, 2}}, 3
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cidr_overlap_pairs(cnicalc_cidr *blocks,
                                                                      size_t count,
                                                                      cnicalc_cidr_pair *out_pairs,
                                                                      size_t capacity,
                                                                      uint64_t *out_count);

#ifdef __cplusplus
}
#endif

#endif /* CNICALC_CIDR_H */
