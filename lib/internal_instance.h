/* SPDX-License-Identifier: MIT */
/* Instance types inside the library. Names are bare there, which is without "ecs.". */
#ifndef CNICALC_LIB_INTERNAL_INSTANCE_H
#define CNICALC_LIB_INTERNAL_INSTANCE_H

#include "cnicalc/instance.h"

#include <stddef.h>
#include <string.h>

#define CNICALC__NAME_PREFIX     "ecs."
#define CNICALC__NAME_PREFIX_LEN ((size_t)4)

/* How many bytes of the name are its prefix: 4 or 0. */
static inline size_t cnicalc__name_prefix_len(const char *name, size_t name_len)
{
    return name_len >= CNICALC__NAME_PREFIX_LEN &&
                   memcmp(name, CNICALC__NAME_PREFIX, CNICALC__NAME_PREFIX_LEN) == 0
               ? CNICALC__NAME_PREFIX_LEN
               : 0;
}

/* ---- Rows ---- */

/* All of a row unknown and its name empty. */
void cnicalc__instance_clear(cnicalc_instance *row);

/* The row at an index below the table's count. */
void cnicalc__instance_row(size_t index, cnicalc_instance *out_row);

/* Writes the bare name of the row at an index below the table's count, without a NUL, to at least
 * CNICALC_INSTANCE_NAME_SIZE bytes; returns its length. Bytes after it are unspecified. */
size_t cnicalc__instance_name(size_t index, char *out_name);

#define CNICALC__NETWORKS_MAX 256

/* Which of less than CNICALC__NETWORKS_MAX sets of ENI quantities the row at an index has, or
 * CNICALC__NETWORKS_MAX when there is no such row. Rows of one set differ in nothing but name,
 * vCPUs and memory. */
uint32_t cnicalc__instance_network(size_t index);

/* The same of vCPUs and memory, of a row that there is. Rows that share network and machine differ
 * in nothing but name. */
uint32_t cnicalc__instance_machine(size_t index);

/* The table has no more pairs of a network and a machine. */
#define CNICALC__PAIRS_MAX 640

/* ---- Columns: the words of the struct from sources to reserved ---- */

#define CNICALC__COLUMNS_OFFSET (offsetof(cnicalc_instance, sources) + sizeof(uint32_t))

#define CNICALC__COLUMN_OF(member)                                                                 \
    ((uint32_t)((offsetof(cnicalc_instance, member) - CNICALC__COLUMNS_OFFSET) / sizeof(uint32_t)))

#define CNICALC__COLUMN_COUNT CNICALC__COLUMN_OF(reserved)

/* What a field of a catalogue is: one of two texts, or CNICALC__FIELD_COLUMNS + a column. */
enum { CNICALC__FIELD_NAME, CNICALC__FIELD_SOURCES, CNICALC__FIELD_COLUMNS };

#define CNICALC__FIELD_COUNT (CNICALC__FIELD_COLUMNS + CNICALC__COLUMN_COUNT)

/* What the header of a catalogue calls so, or CNICALC__FIELD_COUNT. */
uint32_t cnicalc__field_find(const char *name, size_t len);

/* Reads one field into a row; "-" leaves the row as it is. Fails with CNICALC_ERR_CATALOG_NAME,
 * CNICALC_ERR_CATALOG_NUMBER or CNICALC_ERR_SOURCE. */
cnicalc_status cnicalc__field_read(uint32_t field, const char *text, size_t len,
                                   cnicalc_instance *row);

#endif
