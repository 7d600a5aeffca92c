/* SPDX-License-Identifier: MIT */
/* What the two readers of addresses share.
 *
 * The quick one knows the common shapes, has few branches, and gives up without saying why. The
 * careful one knows every shape and finds the fault; it reads whatever the quick one gave up on. */
#ifndef CNICALC_LIB_INTERNAL_CIDR_PARSE_H
#define CNICALC_LIB_INTERNAL_CIDR_PARSE_H

#include "internal_cidr.h"

/* What becomes of bits below the prefix. */
enum { CNICALC__REFUSE_HOST_BITS, CNICALC__CLEAR_HOST_BITS, CNICALC__KEEP_HOST_BITS };

/* The quick reader of all blocks, which keeps these bits, returns whether the text was read; if
 * not, *reading is unspecified. */
int cnicalc__quick_block(const char *text, size_t len, cnicalc_cidr *reading);

/* The careful readers. Only after a fault *out_offset is written: where it is. */
cnicalc_status cnicalc__scan_block(const char *text, size_t len, cnicalc_cidr *reading,
                                   size_t *out_offset);
cnicalc_status cnicalc__scan_address(const char *text, size_t len, cnicalc_cidr *reading,
                                     size_t *out_offset);

/* The public functions on what the quick reader of IPv4 leaves, and on what both leave. The quick
 * reader of IPv6 with KEEP_HOST_BITS leaves nothing to the careful one: it fails. */
cnicalc_status cnicalc__parse_ipv6_block(const char *text, size_t len, uint32_t host_bits,
                                         cnicalc_cidr *out_cidr);
cnicalc_status cnicalc__parse_ipv6_address(const char *text, size_t len,
                                           cnicalc_address *out_address);
cnicalc_status cnicalc__parse_with_care(const char *text, size_t len, uint32_t host_bits,
                                        cnicalc_cidr *out_cidr);
cnicalc_status cnicalc__parse_address_with_care(const char *text, size_t len,
                                                cnicalc_address *out_address);

static inline cnicalc_cidr cnicalc__block_of(const cnicalc_cidr *reading)
{
    return cnicalc__block_at(reading->hi, reading->lo, reading->family, reading->prefix_len);
}

static inline void cnicalc__set_address(const cnicalc_cidr *reading, cnicalc_address *out_address)
{
    out_address->hi = reading->hi;
    out_address->lo = reading->lo;
    out_address->family = reading->family;
    out_address->reserved = 0;
}

#endif /* CNICALC_LIB_INTERNAL_CIDR_PARSE_H */
