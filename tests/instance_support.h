/* SPDX-License-Identifier: MIT */
/* The columns of an instance type, written a second time on purpose: what the library makes of its
 * own list is compared with this one. */
#ifndef CNICALC_TESTS_INSTANCE_SUPPORT_H
#define CNICALC_TESTS_INSTANCE_SUPPORT_H

#include <cnicalc/instance.h>

#include <stddef.h>
#include <string.h>

#define NUMBER_MAX UINT32_C(4294967294)

struct known_column {
    const char *name;
    uint32_t max;
    size_t offset; /* of the member */
};

#define KNOWN(member, max)                                                                         \
    {                                                                                              \
#member, max, offsetof(cnicalc_instance, member)                                           \
    }

static const struct known_column known_columns[] = {
    KNOWN(vcpus, NUMBER_MAX),
    KNOWN(memory_mib, NUMBER_MAX),
    KNOWN(eni_quantity, NUMBER_MAX),
    KNOWN(eni_private_ip_address_quantity, NUMBER_MAX),
    KNOWN(eni_ipv6_address_quantity, NUMBER_MAX),
    KNOWN(eni_total_quantity, NUMBER_MAX),
    KNOWN(eni_trunk_supported, 1),
    KNOWN(eri_quantity, NUMBER_MAX),
    KNOWN(leni_quota, NUMBER_MAX),
    KNOWN(high_dense_quantity, NUMBER_MAX),
};

#define KNOWN_COLUMN_COUNT (sizeof known_columns / sizeof known_columns[0])

static inline uint32_t member_of(const cnicalc_instance *row, size_t column)
{
    uint32_t value;
    memcpy(&value, (const char *)row + known_columns[column].offset, sizeof value);
    return value;
}

static inline void set_member(cnicalc_instance *row, size_t column, uint32_t value)
{
    memcpy((char *)row + known_columns[column].offset, &value, sizeof value);
}

/* A row without a name of which nothing is known. */
static inline cnicalc_instance unknown_row(void)
{
    cnicalc_instance row;
    memset(&row, 0xff, sizeof row);
    memset(row.name, 0, sizeof row.name);
    row.sources = 0;
    return row;
}

#endif
