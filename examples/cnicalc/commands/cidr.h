/* SPDX-License-Identifier: MIT */
/* The facts of a block, which batch has too. */
#ifndef CNICALC_TOOL_CIDR_H
#define CNICALC_TOOL_CIDR_H

#include "../answer/field.h"

struct cidr_info {
    cnicalc_cidr block;
    cnicalc_address first;
    cnicalc_address last;
    cnicalc_address netmask;
    char address_count[CNICALC_COUNT_TEXT_SIZE];
    uint32_t is_private;
};

extern const struct field cidr_info_fields[];

/* Fills in what follows from the block. */
void cidr_inform(struct cidr_info *info);

#endif
