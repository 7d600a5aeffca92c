/* SPDX-License-Identifier: MIT */
/**
 * @file vswitch.h
 * A vSwitch: its block and zone, what it serves, what is in use and what is left.
 *
 *      192.168.32.0/19     2^(32 - 19) = 8,192 addresses, 8,188 of them usable
 *                          2^(28 - 19) - 2 = 510 aligned /28 blocks
 *
 * The first address of a vSwitch and its last three are reserved. A block of IP prefix mode is an
 * aligned /28; the first and the last hold reserved addresses. Addresses in use are taken to lie
 * outside those blocks as long as there is room, then to fill whole blocks: what is scattered
 * leaves fewer.
 *
 * IP prefix mode needs a reservation in the vSwitch. With one its /28 blocks alone serve prefixes,
 * and they serve nothing else:
 *
 *      10.8.0.0/16, 10.8.64.0/18 reserved     2^(28 - 18) = 1,024 blocks
 *                                             65,532 - 16 * 1,024 = 49,148 other addresses
 *
 * Without one the answer is what the vSwitch could have.
 *
 * Sources: VPC documentation, 2026 (masks, reserved addresses, reservations). The sums are our
 * arithmetic.
 */
#ifndef CNICALC_VSWITCH_H
#define CNICALC_VSWITCH_H

#include "cnicalc/base.h"
#include "cnicalc/cidr.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a vSwitch serves: bits of cnicalc_vswitch.roles. */
enum cnicalc_vswitch_role {
    CNICALC_VSWITCH_POD = 1,  /**< addresses of pods */
    CNICALC_VSWITCH_NODE = 2, /**< addresses of nodes */
    CNICALC_VSWITCH_BOTH = 3  /**< both bits */
};

#define CNICALC_VSWITCH_ROLE_COUNT 4

/** A vSwitch of a cluster. One that serves pods and nodes is one entry with both roles. */
typedef struct cnicalc_vswitch {
    cnicalc_cidr cidr;          /**< IPv4, mask 16..29 */
    uint64_t used_addresses;    /**< usable addresses that are in use; the reserved do not count */
    uint64_t reserved_prefixes; /**< /28 blocks of its reservations, as cnicalc_vswitch_reserve()
                                     counts them; 0: it has none */
    uint32_t zone;              /**< the caller's number of the zone */
    uint32_t roles;             /**< CNICALC_VSWITCH_POD, CNICALC_VSWITCH_NODE or both */
    uint32_t reserved[6];       /**< zero */
} cnicalc_vswitch;

/** What a vSwitch has left. */
typedef struct cnicalc_vswitch_room {
    uint64_t usable_addresses; /**< without the reserved: 2^(32 - m) - 4 */
    uint64_t free_addresses;   /**< of those, not in use */
    uint64_t free_prefixes;    /**< /28 blocks: those of the reservations, or the aligned ones,
                                    2^(28 - m) - 2; less those in use */
    uint64_t single_addresses; /**< free ones that nodes, and pods outside prefixes, can have: none
                                    of the reservations */
    uint64_t reserved[2];
} cnicalc_vswitch_room;

/**
 * What one vSwitch has left.
 *
 * @return CNICALC_OK, CNICALC_ERR_NULL, or the status that cnicalc_vswitch_check() has for it
 *
 * Example: 192.168.32.0/19, used 0 -> usable_addresses 8188, free_addresses 8188, free_prefixes 510
 * Example: 10.8.0.0/16, reserved_prefixes 1024 -> free_prefixes 1024, single_addresses 49148
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_vswitch_solve(const cnicalc_vswitch *vswitch,
                                                                 cnicalc_vswitch_room *out_room);

/**
 * The /28 blocks of the reservations of a vSwitch, for its member reserved_prefixes.
 *
 * A reservation by block is a proper part of the vSwitch without the addresses that the VPC keeps.
 * One by mask has family 0 and a prefix_len alone: the VPC chooses its place. It is at least 2 bits
 * longer than that of the vSwitch, and at most 28. Blocks longer than 28 hold no /28.
 *
 * @param vswitch       its cidr alone is read
 * @param reservations  may be NULL when count is 0
 * @param out_fault     may be NULL; array is RESERVATIONS, and with an overlap other is the earlier
 *                      one
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL                      a pointer is NULL
 *         CNICALC_ERR_CIDR_INVALID, _PREFIX_LEN, _HOST_BITS, CNICALC_ERR_VSWITCH_FAMILY, _MASK
 *                                               cidr is none of a vSwitch; the fault is in no array
 *         CNICALC_ERR_CIDR_FAMILY, _INVALID, _PREFIX_LEN, _HOST_BITS   a reservation is no block
 *         CNICALC_ERR_VSWITCH_RESERVATION_MASK  the mask of one by mask is out of range
 *         CNICALC_ERR_VSWITCH_RESERVATION       a block is no such part or overlaps another one, or
 *                                               the reservations up to this one have more than
 *                                               2^(28 - m) - 2 blocks
 *
 * Example: 10.8.0.0/16, {10.8.64.0/18} -> 1024
 * Example: 10.8.0.0/16, {10.8.0.0/18} -> CNICALC_ERR_VSWITCH_RESERVATION
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_vswitch_reserve(const cnicalc_vswitch *vswitch,
                                                                   const cnicalc_cidr *reservations,
                                                                   size_t count,
                                                                   uint64_t *out_prefixes,
                                                                   cnicalc_fault *out_fault);

/**
 * Whether vSwitches are legal together, and which one is not. Time grows with the square of the
 * count.
 *
 * @param vswitches  may be NULL when count is 0
 * @param count      below CNICALC_UNKNOWN
 * @param out_fault  may be NULL; with an overlap, other is the earlier vSwitch
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL              vswitches is NULL, although count is not 0
 *         CNICALC_ERR_RESERVED          a reserved word of a vSwitch is not zero
 *         CNICALC_ERR_CIDR_FAMILY, _INVALID, _PREFIX_LEN, _HOST_BITS   cidr is no block
 *         CNICALC_ERR_VSWITCH_FAMILY    cidr is not IPv4
 *         CNICALC_ERR_VSWITCH_MASK      prefix_len is not in 16..29
 *         CNICALC_ERR_VSWITCH_ROLES     roles is 0 or has an unknown bit
 *         CNICALC_ERR_VSWITCH_RESERVATION  reserved_prefixes exceeds 2^(28 - m) - 2
 *         CNICALC_ERR_VSWITCH_USED      used_addresses exceeds the usable ones
 *         CNICALC_ERR_VSWITCH_OVERLAP   two entries overlap, or are the same block
 *
 * Example: {10.0.0.0/20, 10.0.0.0/24} -> CNICALC_ERR_VSWITCH_OVERLAP, index 1, other 0
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_vswitch_check(const cnicalc_vswitch *vswitches,
                                                                 size_t count,
                                                                 cnicalc_fault *out_fault);

#ifdef __cplusplus
}
#endif

#endif /* CNICALC_VSWITCH_H */
