/* SPDX-License-Identifier: MIT */
#include "name.h"

#include <string.h>

cnicalc_status cnicalc__name_parse(const char *(*name_of)(uint32_t), uint32_t last,
                                   cnicalc_status no_such, const char *name, size_t name_len,
                                   uint32_t *out_value)
{
    if (name == NULL || out_value == NULL) {
        return CNICALC_ERR_NULL;
    }
    for (uint32_t value = 1; value <= last; value++) {
        const char *known = name_of(value);
        if (strlen(known) == name_len && memcmp(known, name, name_len) == 0) {
            *out_value = value;
            return CNICALC_OK;
        }
    }
    return no_such;
}
