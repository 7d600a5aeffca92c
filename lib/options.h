/* SPDX-License-Identifier: MIT */
/* The protocol of option structs: struct_size first, defaults from an init, reserved words zero. */
#ifndef CNICALC_LIB_OPTIONS_H
#define CNICALC_LIB_OPTIONS_H

#include "cnicalc/base.h"

/* What every _init() begins with: all of the struct zero but for its struct_size. own_size is the
 * size that this library knows; CNICALC_ERR_NULL or CNICALC_ERR_STRUCT_SIZE leave it untouched. */
cnicalc_status cnicalc__options_begin(void *options, size_t struct_size, size_t own_size);

/* What every question checks first. reserved is zero when all reserved words are. */
cnicalc_status cnicalc__options_check(uint32_t struct_size, size_t own_size, uint32_t reserved);

/* The bits of four reserved words in one. */
static inline uint32_t cnicalc__or4(const uint32_t *words)
{
    return words[0] | words[1] | words[2] | words[3];
}

#endif
