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

/* Writes the bare name of the row at an index below the table's count, without a NUL, to at least
 * CNICALC_INSTANCE_NAME_SIZE bytes; returns its length. Bytes after it are unspecified. */
size_t cnicalc__instance_name(size_t index, char *out_name);

/* ---- What rows share ----
 *
 * Rows of one network differ in nothing but name, vCPUs and memory, those of one pair of network
 * and machine in nothing but name. Both are numbered from 0. */

/* The table has no more. */
#define CNICALC__NETWORKS_MAX 160
#define CNICALC__PAIRS_MAX    640

/* The pair of each row, or CNICALC__PAIRS_MAX for an index that is none of the table. The indexes
 * begin at first; NULL: they are first, first + 1 and so on. */
void cnicalc__instance_pairs(const uint32_t *indexes, size_t first, size_t count,
                             uint16_t *out_pairs);

/* The network of each row, or CNICALC__NETWORKS_MAX. */
void cnicalc__instance_networks(const uint32_t *indexes, size_t count, uint32_t *out_networks);

/* Sets vCPUs and memory of a row, and returns the network. */
uint32_t cnicalc__pair_machine(uint32_t pair, cnicalc_instance *row);

/* All columns that rows of a network share. There is no name. */
void cnicalc__network_columns(uint32_t network, cnicalc_instance *out_row);

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
