/* SPDX-License-Identifier: MIT */
/* What the two readers of addresses share.
 *
 * The quick one knows the common shapes, has few branches, and gives up without saying why. The
 * careful one knows every shape and finds the fault; it reads whatever the quick one gave up on. */
#ifndef CNICALC_LIB_INTERNAL_CIDR_PARSE_H
#define CNICALC_LIB_INTERNAL_CIDR_PARSE_H

#include "internal_cidr.h"

/* The quick readers of IPv6 and of all blocks. They return whether the text was read; if not,
 * *reading and *out_prefix_len are unspecified, and *out_hi and *out_lo are not written. Bits below
 * the prefix may be set. */
int cnicalc__quick_ipv6(const char *text, size_t len, uint64_t *out_hi, uint64_t *out_lo);
int cnicalc__quick_ipv6_block(const char *text, size_t len, uint64_t *out_hi, uint64_t *out_lo,
                              uint32_t *out_prefix_len);
int cnicalc__quick_block(const char *text, size_t len, cnicalc_cidr *reading);

/* The careful readers. Only after a fault *out_offset is written: where it is. */
cnicalc_status cnicalc__scan_block(const char *text, size_t len, cnicalc_cidr *reading,
                                   size_t *out_offset);
cnicalc_status cnicalc__scan_address(const char *text, size_t len, cnicalc_cidr *reading,
                                     size_t *out_offset);

/* The public functions on what the quick readers leave. Bits below the prefix are cleared, or
 * refused. */
cnicalc_status cnicalc__parse_with_care(const char *text, size_t len, int is_masked,
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

/* The groups of an IPv6 address, before and after its "::". */
struct cnicalc__groups {
    struct cnicalc__bits bits; /* the groups since the beginning or since "::" */
    struct cnicalc__bits head; /* those before "::" */
    uint32_t count;            /* of all groups read */
    uint32_t head_count;
    uint32_t has_gap;
};

static inline void cnicalc__push_group(struct cnicalc__groups *groups, uint32_t value)
{
    groups->bits.hi = groups->bits.hi << 16 | groups->bits.lo >> 48;
    groups->bits.lo = groups->bits.lo << 16 | value;
    groups->count++;
}

static inline void cnicalc__push_gap(struct cnicalc__groups *groups)
{
    groups->head = groups->bits;
    groups->head_count = groups->count;
    groups->bits.hi = 0;
    groups->bits.lo = 0;
    groups->has_gap = 1;
}

/* Whether there are eight groups, the gap being one at least. */
static inline int cnicalc__is_complete(const struct cnicalc__groups *groups)
{
    return groups->has_gap != 0 ? groups->count < 8 : groups->count == 8;
}

/* Moves the groups before "::", seven at most, to the front of those after it. */
static inline void cnicalc__set_groups(const struct cnicalc__groups *groups, cnicalc_cidr *reading)
{
    uint32_t shift = 16 * (8 - groups->head_count);
    reading->hi = groups->bits.hi;
    reading->lo = groups->bits.lo;
    reading->family = CNICALC_FAMILY_IPV6;
    if (groups->head_count > 4) {
        reading->hi |= groups->head.hi << shift | groups->head.lo >> (64 - shift);
        reading->lo |= groups->head.lo << shift;
    } else if (groups->head_count > 0) {
        reading->hi |= groups->head.lo << (shift - 64);
    }
}

#endif /* CNICALC_LIB_INTERNAL_CIDR_PARSE_H */
