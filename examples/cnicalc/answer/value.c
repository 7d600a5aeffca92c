/* SPDX-License-Identifier: MIT */
#include "value.h"

#include "../base/complaint.h"
#include "../base/memory.h"

#include <string.h>

struct value value_of_cidr(const cnicalc_cidr *block, char buffer[VALUE_TEXT_SIZE])
{
    if (block->family == 0) {
        return value_null();
    }
    expect_ok(cnicalc_cidr_format(block, buffer, VALUE_TEXT_SIZE));
    return value_text(buffer);
}

struct value value_of_address(const cnicalc_address *address, char buffer[VALUE_TEXT_SIZE])
{
    expect_ok(cnicalc_address_format(address, buffer, VALUE_TEXT_SIZE));
    return value_text(buffer);
}

struct value value_cidr(const cnicalc_cidr *block)
{
    char text[VALUE_TEXT_SIZE];
    return value_text(memory_copy_text(value_of_cidr(block, text).is.text));
}

struct value value_blocks(const cnicalc_cidr *blocks, size_t count)
{
    struct list *list = memory_take(1, sizeof *list);
    const struct value value = {.kind = VALUE_BLOCKS, .is.blocks = list};
    list->rows = blocks;
    list->count = count;
    list->size = sizeof *blocks;
    return value;
}

size_t value_digits(struct value number)
{
    size_t digits = 1;
    uint64_t rest = number.is.number;
    for (; rest >= 10000; rest /= 10000) {
        digits += 4;
    }
    digits += (size_t)(rest >= 10) + (rest >= 100) + (rest >= 1000);
    return number.places == 0       ? digits
           : digits > number.places ? digits + 1
                                    : number.places + (size_t)2;
}

char *value_write_before(struct value number, char *end)
{
    uint64_t rest = number.is.number;
    if (number.places != 0) {
        for (uint32_t i = 0; i < number.places; i++) {
            *--end = (char)('0' + rest % 10);
            rest /= 10;
        }
        *--end = '.';
    }
    do {
        *--end = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    return end;
}

char *value_write(struct value number, char *begin)
{
    char *end = begin + value_digits(number);
    value_write_before(number, end);
    return end;
}

static struct shown show_number(struct value number, char buffer[VALUE_TEXT_SIZE])
{
    char *end = value_write(number, buffer);
    const struct shown shown = {buffer, (size_t)(end - buffer)};
    *end = '\0';
    return shown;
}

struct shown value_show(struct value value, const char *yes, const char *no,
                        char buffer[VALUE_TEXT_SIZE])
{
    if (value.kind == VALUE_NUMBER) {
        return show_number(value, buffer);
    }
    const char *text = value.kind == VALUE_TEXT   ? value.is.text
                       : value.kind == VALUE_BOOL ? (value.is.number ? yes : no)
                                                  : "-";
    const struct shown shown = {text, strlen(text)};
    return shown;
}
