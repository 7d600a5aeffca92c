/* SPDX-License-Identifier: MIT */
/* Rows inside the library, most of them the built-in table's. Names are bare, which is without
 * "ecs.". */
#ifndef CNICALC_LIB_INSTANCE_NAME_H
#define CNICALC_LIB_INSTANCE_NAME_H

#include "cnicalc/instance.h"

#include <stddef.h>
#include <string.h>

#define NAME_PREFIX     "ecs."
#define NAME_PREFIX_LEN ((size_t)4)

/* How many bytes of the name are its prefix: 4 or 0. */
static inline size_t name_prefix_len(const char *name, size_t name_len)
{
    if (name_len < NAME_PREFIX_LEN) {
        return 0;
    }
    return memcmp(name, NAME_PREFIX, NAME_PREFIX_LEN) == 0 ? NAME_PREFIX_LEN : 0;
}

/* Writes the bare name of the row at an index below the table's count, without a NUL, to at least
 * CNICALC_INSTANCE_NAME_SIZE bytes; returns its length. Bytes behind it are unspecified. */
size_t cnicalc__instance_name(uint32_t index, char *out_name);

/* All of a row unknown and its name empty. */
void cnicalc__instance_clear(cnicalc_instance *row);

#define CNICALC__NETWORKS_MAX 256

/* Which of less than CNICALC__NETWORKS_MAX sets of ENI quantities the row at an index has, or
 * CNICALC__NETWORKS_MAX when there is no such row. Rows of one set differ in nothing but name,
 * vCPUs and memory. */
uint32_t cnicalc__instance_network(uint32_t index);

#endif
