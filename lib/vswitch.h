/* SPDX-License-Identifier: MIT */
/* The addresses of an IPv4 vSwitch, for the capacity of a cluster and for the check of a plan. */
#ifndef CNICALC_LIB_VSWITCH_H
#define CNICALC_LIB_VSWITCH_H

#include "internal.h"

/* VPC documentation, 2026: the first address of a vSwitch and the last three. */
#define CNICALC__VSWITCH_RESERVED 4

/* Addresses that the reserved ones leave. */
static inline uint64_t cnicalc__vswitch_addresses(uint32_t prefix_len)
{
    return cnicalc__subtract_or_0(UINT64_C(1) << (32 - prefix_len), CNICALC__VSWITCH_RESERVED);
}

#endif
