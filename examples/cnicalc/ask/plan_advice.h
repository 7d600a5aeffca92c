/* SPDX-License-Identifier: MIT */
/* What cnicalc check would say of one block, where another subcommand refuses it. */
#ifndef CNICALC_TOOL_PLAN_ADVICE_H
#define CNICALC_TOOL_PLAN_ADVICE_H

#include <cnicalc.h>

/* The nearest block whose mask is legal for a role, as text; NULL where the mask is legal. */
const char *plan_advice_block(const cnicalc_cidr *cidr, uint32_t role);

/* The sentence about a range that no VPC may use, and that a block overlaps; NULL for none. */
const char *plan_advice_forbidden(const cnicalc_cidr *cidr);

#endif
