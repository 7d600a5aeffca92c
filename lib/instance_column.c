/* SPDX-License-Identifier: MIT */
/* The columns of a catalogue of instance types: their names and their values. */
#include "instance_column.h"

#include "instance_name.h"

/* By column: its name, and where in a row its quantity stands. */
static const struct {
    char name[32];
    size_t offset;
} columns[COLUMN_COUNT] = {
    [COLUMN_INSTANCE_TYPE] = {"instance_type", 0},
    [COLUMN_VCPUS] = {"vcpus", offsetof(cnicalc_instance, vcpus)},
    [COLUMN_MEMORY_MIB] = {"memory_mib", offsetof(cnicalc_instance, memory_mib)},
    [COLUMN_ENI_QUANTITY] = {"eni_quantity", offsetof(cnicalc_instance, eni_quantity)},
    [COLUMN_ENI_PRIVATE_IP_ADDRESS_QUANTITY] = {"eni_private_ip_address_quantity",
                                                offsetof(cnicalc_instance,
                                                         eni_private_ip_address_quantity)},
    [COLUMN_ENI_IPV6_ADDRESS_QUANTITY] = {"eni_ipv6_address_quantity",
                                          offsetof(cnicalc_instance, eni_ipv6_address_quantity)},
    [COLUMN_ENI_TOTAL_QUANTITY] = {"eni_total_quantity",
                                   offsetof(cnicalc_instance, eni_total_quantity)},
    [COLUMN_ENI_TRUNK_SUPPORTED] = {"eni_trunk_supported",
                                    offsetof(cnicalc_instance, eni_trunk_supported)},
    [COLUMN_ERI_QUANTITY] = {"eri_quantity", offsetof(cnicalc_instance, eri_quantity)},
    [COLUMN_LENI_QUOTA] = {"leni_quota", offsetof(cnicalc_instance, leni_quota)},
    [COLUMN_HIGH_DENSE_QUANTITY] = {"high_dense_quantity",
                                    offsetof(cnicalc_instance, high_dense_quantity)},
    [COLUMN_SOURCES] = {"sources", 0},
};

/* The letter of bit i of cnicalc_instance.sources. */
static const char source_letters[4] = {'Z', 'E', 'O', 'A'};

/* ---- Values ---- */

static int is_unknown(const char *text, size_t len)
{
    return len == 1 && text[0] == '-';
}

static cnicalc_status read_name(const char *text, size_t len, cnicalc_instance *row)
{
    if (len >= CNICALC_INSTANCE_NAME_SIZE || len == name_prefix_len(text, len)) {
        return CNICALC_ERR_CATALOG_NAME;
    }
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '!' || text[i] > '~') {
            return CNICALC_ERR_CATALOG_NAME;
        }
    }
    memcpy(row->name, text, len);
    return CNICALC_OK;
}

static cnicalc_status read_number(const char *text, size_t len, enum column column,
                                  cnicalc_instance *row)
{
    uint32_t maximum = column == COLUMN_ENI_TRUNK_SUPPORTED ? 1 : CNICALC_UNKNOWN - 1;
    uint64_t value = 0;
    if (is_unknown(text, len)) {
        return CNICALC_OK;
    }
    if (len == 0 || len > 10 || (text[0] == '0' && len > 1)) {
        return CNICALC_ERR_CATALOG_NUMBER;
    }
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return CNICALC_ERR_CATALOG_NUMBER;
        }
        value = value * 10 + (uint64_t)(text[i] - '0');
    }
    if (value > maximum) {
        return CNICALC_ERR_CATALOG_NUMBER;
    }
    uint32_t quantity = (uint32_t)value;
    memcpy((char *)row + columns[column].offset, &quantity, sizeof quantity);
    return CNICALC_OK;
}

static uint32_t source_bit(char letter)
{
    for (uint32_t i = 0; i < sizeof source_letters; i++) {
        if (source_letters[i] == letter) {
            return UINT32_C(1) << i;
        }
    }
    return 0;
}

static cnicalc_status read_sources(const char *text, size_t len, cnicalc_instance *row)
{
    uint32_t sources = 0;
    if (is_unknown(text, len)) {
        return CNICALC_OK;
    }
    for (size_t i = 0; i < len; i++) {
        uint32_t bit = source_bit(text[i]);
        if (bit == 0 || (sources & bit) != 0) {
            return CNICALC_ERR_SOURCE;
        }
        sources |= bit;
    }
    row->sources = sources;
    return len == 0 ? CNICALC_ERR_SOURCE : CNICALC_OK;
}

cnicalc_status cnicalc__column_read(enum column column, const char *text, size_t len,
                                    cnicalc_instance *row)
{
    if (column == COLUMN_INSTANCE_TYPE) {
        return read_name(text, len, row);
    }
    if (column == COLUMN_SOURCES) {
        return read_sources(text, len, row);
    }
    return read_number(text, len, column, row);
}

enum column cnicalc__column_find(const char *name, size_t len)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        if (strlen(columns[i].name) == len && memcmp(columns[i].name, name, len) == 0) {
            return (enum column)i;
        }
    }
    return COLUMN_COUNT;
}

cnicalc_status cnicalc_source_format(uint32_t sources, char *out_text, size_t capacity)
{
    char text[CNICALC_SOURCE_TEXT_SIZE] = "-";
    size_t len = 0;
    if (out_text == NULL) {
        return CNICALC_ERR_NULL;
    }
    if (sources >> sizeof source_letters != 0) {
        return CNICALC_ERR_SOURCE;
    }
    for (uint32_t i = 0; i < sizeof source_letters; i++) {
        if ((sources >> i & 1) != 0) {
            text[len++] = source_letters[i];
        }
    }
    size_t size = (len == 0 ? 1 : len) + 1;
    if (size > capacity) {
        return CNICALC_ERR_CAPACITY;
    }
    memcpy(out_text, text, size);
    return CNICALC_OK;
}
