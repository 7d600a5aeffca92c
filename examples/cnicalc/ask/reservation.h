/* SPDX-License-Identifier: MIT */
/* reserved=CIDR of a vSwitch: what it keeps for the prefixes of pods. */
#ifndef CNICALC_TOOL_RESERVATION_H
#define CNICALC_TOOL_RESERVATION_H

#include "option.h"

#include <cnicalc.h>

/* A block, or a mask such as /20 whose place the VPC chooses, as the /28 blocks that it holds. Host
 * bits of the vSwitch do not matter, and one that is no vSwitch has none. Returns 1, or 0 after a
 * complaint. */
int reservation_parse(const struct asking *asking, const char *text, const cnicalc_cidr *vswitch,
                      uint64_t *out_prefixes);

#endif
