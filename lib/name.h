/* SPDX-License-Identifier: MIT */
/* From a name back to its enumerator. */
#ifndef CNICALC_LIB_NAME_H
#define CNICALC_LIB_NAME_H

#include "cnicalc/base.h"

/* The value from 1 to last that name_of() names so. CNICALC_ERR_NULL, or no_such where none is, and
 * then *out_value is untouched. */
cnicalc_status cnicalc__name_parse(const char *(*name_of)(uint32_t), uint32_t last,
                                   cnicalc_status no_such, const char *name, size_t name_len,
                                   uint32_t *out_value);

#endif
