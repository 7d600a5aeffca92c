/* SPDX-License-Identifier: MIT */
/* The columns of an instance type: what they are, and how a catalogue writes their values. */
#include "cnicalc/instance.h"

#include "instance_columns.inc"
#include "internal.h"
#include "internal_instance.h"

/* ---- The list ----
 *
 * Made of the struct; where the two differ, a column was added without `make table`, and the
 * program does not compile. */

#define ENUMERATOR(member, most) COLUMN_##member,
enum { COLUMN_LIST(ENUMERATOR) COLUMN_COUNT };

#define IN_PLACE(member, most)                                                                     \
    typedef char member##_is_in_place[CNICALC__COLUMN_OF(member) == COLUMN_##member ? 1 : -1];
COLUMN_LIST(IN_PLACE)
typedef char list_is_complete[CNICALC__COLUMN_COUNT == COLUMN_COUNT ? 1 : -1];

/* Names follow each other, each with its NUL: an array of pointers would need relocation. */
#define NAME(member, most) #member "\0"
#define MOST(member, most) most,

static const char names[] = COLUMN_LIST(NAME);
static const uint32_t maxima[COLUMN_COUNT] = {COLUMN_LIST(MOST)};

uint32_t cnicalc_instance_column_count(void)
{
    return COLUMN_COUNT;
}

const char *cnicalc_instance_column_name(uint32_t column)
{
    return column < COLUMN_COUNT ? cnicalc__nth_text(names, column) : "unknown";
}

uint32_t cnicalc_instance_column_max(uint32_t column)
{
    return column < COLUMN_COUNT ? maxima[column] : 0;
}

/* The column, or COLUMN_COUNT. */
static uint32_t find_column(const char *name, size_t len)
{
    uint32_t column = 0;
    while (column < COLUMN_COUNT &&
           !cnicalc__text_is(name, len, cnicalc__nth_text(names, column))) {
        column++;
    }
    return column;
}

cnicalc_status cnicalc_instance_column_parse(const char *name, size_t name_len,
                                             uint32_t *out_column)
{
    if (name == NULL || out_column == NULL) {
        return CNICALC_ERR_NULL;
    }
    uint32_t column = find_column(name, cnicalc__text_len(name, name_len));
    if (column == COLUMN_COUNT) {
        return CNICALC_ERR_NO_SUCH_COLUMN;
    }
    *out_column = column;
    return CNICALC_OK;
}

static size_t offset_of(uint32_t column)
{
    return CNICALC__COLUMNS_OFFSET + column * sizeof(uint32_t);
}

cnicalc_status cnicalc_instance_value(const cnicalc_instance *instance, uint32_t column,
                                      uint32_t *out_value)
{
    if (instance == NULL || out_value == NULL) {
        return CNICALC_ERR_NULL;
    }
    if (column >= COLUMN_COUNT) {
        return CNICALC_ERR_NO_SUCH_COLUMN;
    }
    memcpy(out_value, (const char *)instance + offset_of(column), sizeof *out_value);
    return CNICALC_OK;
}

/* ---- Fields of a catalogue ---- */

static int is_unknown(const char *text, size_t len)
{
    return len == 1 && text[0] == '-';
}

static cnicalc_status read_name(const char *text, size_t len, cnicalc_instance *row)
{
    if (len >= CNICALC_INSTANCE_NAME_SIZE || len == cnicalc__name_prefix_len(text, len)) {
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

static cnicalc_status read_number(const char *text, size_t len, uint32_t column,
                                  cnicalc_instance *row)
{
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
    if (value > maxima[column]) {
        return CNICALC_ERR_CATALOG_NUMBER;
    }
    uint32_t quantity = (uint32_t)value;
    memcpy((char *)row + offset_of(column), &quantity, sizeof quantity);
    return CNICALC_OK;
}

/* ---- Sources ---- */

#define SOURCE_BIT(bit, letter)    bit,
#define SOURCE_LETTER(bit, letter) letter,

static const uint32_t source_bits[] = {SOURCE_LIST(SOURCE_BIT)};
static const char source_letters[] = {SOURCE_LIST(SOURCE_LETTER)};

typedef char sources_fit_text[sizeof source_letters < CNICALC_SOURCE_TEXT_SIZE ? 1 : -1];

/* The bit of a letter, or 0. */
static uint32_t source_bit(char letter)
{
    for (size_t i = 0; i < sizeof source_letters; i++) {
        if (source_letters[i] == letter) {
            return source_bits[i];
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

uint32_t cnicalc__field_find(const char *name, size_t len)
{
    if (cnicalc__text_is(name, len, "instance_type")) {
        return CNICALC__FIELD_NAME;
    }
    if (cnicalc__text_is(name, len, "sources")) {
        return CNICALC__FIELD_SOURCES;
    }
    return CNICALC__FIELD_COLUMNS + find_column(name, len);
}

cnicalc_status cnicalc__field_read(uint32_t field, const char *text, size_t len,
                                   cnicalc_instance *row)
{
    if (field == CNICALC__FIELD_NAME) {
        return read_name(text, len, row);
    }
    if (field == CNICALC__FIELD_SOURCES) {
        return read_sources(text, len, row);
    }
    return read_number(text, len, field - CNICALC__FIELD_COLUMNS, row);
}

cnicalc_status cnicalc_source_format(uint32_t sources, char *out_text, size_t capacity)
{
    char text[CNICALC_SOURCE_TEXT_SIZE] = "-";
    size_t len = 0;
    if (out_text == NULL) {
        return CNICALC_ERR_NULL;
    }
    for (size_t i = 0; i < sizeof source_letters; i++) {
        if ((sources & source_bits[i]) != 0) {
            text[len++] = source_letters[i];
            sources &= ~source_bits[i];
        }
    }
    if (sources != 0) {
        return CNICALC_ERR_SOURCE;
    }
    size_t size = (len == 0 ? 1 : len) + 1;
    if (size > capacity) {
        return CNICALC_ERR_CAPACITY;
    }
    memcpy(out_text, text, size);
    return CNICALC_OK;
}
