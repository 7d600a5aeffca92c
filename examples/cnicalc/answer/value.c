/* SPDX-License-Identifier: MIT */
#include "value.h"

#include "../base/complaint.h"
#include "../base/memory.h"

#include <string.h>

struct value value_null(void)
{
    const struct value value = {.kind = VALUE_NULL};
    return value;
}

struct value value_bool(int truth)
{
    const struct value value = {.kind = VALUE_BOOL, .number = truth != 0};
    return value;
}

struct value value_count(uint64_t count)
{
    return count == CNICALC_UNKNOWN_COUNT ? value_null() : value_decimal(count, 0);
}

struct value value_decimal(uint64_t scaled, uint32_t places)
{
    const struct value value = {.kind = VALUE_NUMBER, .places = places, .number = scaled};
    return value;
}

struct value value_text(const char *text)
{
    const struct value value = {.kind = text == NULL ? VALUE_NULL : VALUE_TEXT, .text = text};
    return value;
}

struct value value_cidr(const cnicalc_cidr *block)
{
    char text[CNICALC_CIDR_TEXT_SIZE];
    expect_ok(cnicalc_cidr_format(block, text, sizeof text));
    return value_text(memory_copy_text(text));
}

struct value value_blocks(const cnicalc_cidr *blocks, size_t count)
{
    const struct value value = {.kind = VALUE_BLOCKS, .number = count, .blocks = blocks};
    return value;
}

/* Writes the number at the end of the buffer. Returns where it begins. */
static const char *format_number(const struct value *value, char buffer[VALUE_TEXT_SIZE])
{
    char *digit = buffer + VALUE_TEXT_SIZE - 1;
    uint64_t rest = value->number;
    *digit = '\0';
    for (uint32_t places = value->places; places != 0; places--) {
        *--digit = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (value->places != 0) {
        *--digit = '.';
    }
    do {
        *--digit = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    return digit;
}

const char *value_show(const struct value *value, const char *yes, const char *no,
                       char buffer[VALUE_TEXT_SIZE])
{
    switch (value->kind) {
    case VALUE_BOOL:
        return value->number ? yes : no;
    case VALUE_NUMBER:
        return format_number(value, buffer);
    case VALUE_TEXT:
        return value->text;
    case VALUE_NULL:
    case VALUE_BLOCKS:
        break;
    }
    return "-";
}
