/* SPDX-License-Identifier: MIT */
/* The columns of a catalogue of instance types. */
#ifndef CNICALC_LIB_INSTANCE_COLUMN_H
#define CNICALC_LIB_INSTANCE_COLUMN_H

#include "cnicalc/instance.h"

enum column {
    COLUMN_INSTANCE_TYPE,
    COLUMN_VCPUS,
    COLUMN_MEMORY_MIB,
    COLUMN_ENI_QUANTITY,
    COLUMN_ENI_PRIVATE_IP_ADDRESS_QUANTITY,
    COLUMN_ENI_IPV6_ADDRESS_QUANTITY,
    COLUMN_ENI_TOTAL_QUANTITY,
    COLUMN_ENI_TRUNK_SUPPORTED,
    COLUMN_ERI_QUANTITY,
    COLUMN_LENI_QUOTA,
    COLUMN_HIGH_DENSE_QUANTITY,
    COLUMN_SOURCES,
    COLUMN_COUNT
};

/* The column of that name in the header, or COLUMN_COUNT. */
enum column cnicalc__column_find(const char *name, size_t len);

/* Reads one field into a row; "-" leaves the row as it is. Fails with CNICALC_ERR_CATALOG_NAME,
 * CNICALC_ERR_CATALOG_NUMBER or CNICALC_ERR_SOURCE. */
cnicalc_status cnicalc__column_read(enum column column, const char *text, size_t len,
                                    cnicalc_instance *row);

#endif
