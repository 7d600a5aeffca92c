/* SPDX-License-Identifier: MIT */
#include "document.h"

#include "../base/complaint.h"
#include "../base/memory.h"

#include <string.h>

static struct value *make(enum value_kind kind)
{
    struct value *value = memory_take(1, sizeof *value);
    value->kind = kind;
    return value;
}

struct value *value_list(void)
{
    return make(VALUE_LIST);
}

struct value *value_record(void)
{
    return make(VALUE_RECORD);
}

struct value *value_null(void)
{
    return make(VALUE_NULL);
}

struct value *value_bool(int truth)
{
    struct value *value = make(VALUE_BOOL);
    value->number = truth != 0;
    return value;
}

struct value *value_decimal(uint64_t scaled, uint32_t places)
{
    struct value *value = make(VALUE_NUMBER);
    value->number = scaled;
    value->places = places;
    return value;
}

struct value *value_count(uint64_t count)
{
    return count == CNICALC_UNKNOWN_COUNT ? value_null() : value_decimal(count, 0);
}

struct value *value_quantity(uint32_t quantity)
{
    return quantity == CNICALC_UNKNOWN ? value_null() : value_decimal(quantity, 0);
}

struct value *value_text(const char *text)
{
    struct value *value = make(VALUE_TEXT);
    value->text = memory_copy(text, strlen(text));
    return value;
}

struct value *value_cidr(const cnicalc_cidr *block)
{
    char text[CNICALC_CIDR_TEXT_SIZE];
    expect_ok(cnicalc_cidr_format(block, text, sizeof text));
    return value_text(text);
}

struct value *value_blocks(const cnicalc_cidr *blocks, size_t count)
{
    struct value *value = make(VALUE_BLOCKS);
    value->blocks = blocks;
    value->number = count;
    return value;
}

struct value *value_address(const cnicalc_address *address)
{
    char text[CNICALC_ADDRESS_TEXT_SIZE];
    expect_ok(cnicalc_address_format(address, text, sizeof text));
    return value_text(text);
}

void value_add(struct value *list, struct value *value)
{
    value->parent = list;
    if (list->last == NULL) {
        list->first = value;
    } else {
        list->last->next = value;
    }
    list->last = value;
}

void value_put(struct value *record, const char *key, struct value *value)
{
    value->key = key;
    value_add(record, value);
}

static const struct value *find_member(const struct value *record, const char *key, size_t length)
{
    const struct value *member = record->first;
    while (member != NULL &&
           (strncmp(member->key, key, length) != 0 || member->key[length] != '\0')) {
        member = member->next;
    }
    return member;
}

/* The same, of a key that is in the record itself and not only one with its text, as those of the
 * columns of a table are; NULL when it is not. */
static const struct value *find_own_member(const struct value *record, const char *key)
{
    const struct value *member = record->first;
    while (member != NULL && member->key != key) {
        member = member->next;
    }
    return member;
}

const struct value *value_at(const struct value *record, const char *key)
{
    static const struct value absent = {.kind = VALUE_NULL};
    const struct value *value = find_own_member(record, key);
    if (value != NULL) {
        return value;
    }
    value = record;
    while (value->kind == VALUE_RECORD && *key != '\0') {
        size_t length = strcspn(key, ".");
        value = find_member(value, key, length);
        if (value == NULL) {
            return &absent;
        }
        key += length + (key[length] == '.');
    }
    return value;
}

void value_format_number(const struct value *number, char *out_text)
{
    char digits[NUMBER_TEXT_SIZE];
    char *end = digits + sizeof digits;
    char *digit = end;
    uint64_t rest = number->number;
    for (uint32_t i = 0; rest != 0 || i <= number->places; i++) {
        if (i == number->places && i != 0) {
            *--digit = '.';
        }
        *--digit = (char)('0' + rest % 10);
        rest /= 10;
    }
    memcpy(out_text, digit, (size_t)(end - digit));
    out_text[end - digit] = '\0';
}
