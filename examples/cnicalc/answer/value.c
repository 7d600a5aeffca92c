/* SPDX-License-Identifier: MIT */
#include "value.h"

#include "../base/complaint.h"
#include "../base/memory.h"

#include <string.h>

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

size_t value_digits(const struct value *number)
{
    size_t digits = 1;
    for (uint64_t rest = number->number; rest >= 10; rest /= 10) {
        digits++;
    }
    return number->places == 0       ? digits
           : digits > number->places ? digits + 1
                                     : number->places + (size_t)2;
}

/* Writes the number at the end of the buffer. */
static struct shown show_number(const struct value *value, char buffer[VALUE_TEXT_SIZE])
{
    char *end = &buffer[VALUE_TEXT_SIZE - 1];
    char *digit = end;
    uint64_t rest = value->number;
    *end = '\0';
    for (uint32_t places = value->places; places != 0; places--) {
        *--digit = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (digit != end) {
        *--digit = '.';
    }
    do {
        *--digit = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    const struct shown shown = {digit, (size_t)(end - digit)};
    return shown;
}

struct shown value_show(const struct value *value, const char *yes, const char *no,
                        char buffer[VALUE_TEXT_SIZE])
{
    if (value->kind == VALUE_NUMBER) {
        return show_number(value, buffer);
    }
    const char *text = value->kind == VALUE_TEXT   ? value->text
                       : value->kind == VALUE_BOOL ? (value->number ? yes : no)
                                                   : "-";
    const struct shown shown = {text, strlen(text)};
    return shown;
}
