/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <string.h>

cnicalc_status cnicalc__options_begin(void *options, size_t struct_size, size_t own_size)
{
    if (options == NULL) {
        return CNICALC_ERR_NULL;
    }
    if (struct_size != own_size) {
        return CNICALC_ERR_STRUCT_SIZE;
    }
    uint32_t *first_member = options;
    memset(options, 0, own_size);
    *first_member = (uint32_t)own_size;
    return CNICALC_OK;
}

cnicalc_status cnicalc__options_check(uint32_t struct_size, size_t own_size, uint32_t reserved)
{
    if (struct_size != own_size) {
        return CNICALC_ERR_STRUCT_SIZE;
    }
    return reserved == 0 ? CNICALC_OK : CNICALC_ERR_RESERVED;
}
