/* SPDX-License-Identifier: MIT */
/* One value of an answer, as a field gives it, and its text. */
#ifndef CNICALC_TOOL_VALUE_H
#define CNICALC_TOOL_VALUE_H

#include <cnicalc.h>
#include <stddef.h>
#include <stdint.h>

enum value_kind {
    VALUE_NULL,
    VALUE_BOOL,
    VALUE_NUMBER,
    VALUE_TEXT,
    VALUE_BLOCKS /* a list of texts, made when they are printed: there may be millions */
};

/* Rows of a list, size bytes each. */
struct list {
    const void *rows;
    size_t count;
    size_t size;
};

/* Two words, which functions return in registers. */
struct value {
    enum value_kind kind;
    uint32_t places; /* of a number: digits after the point */
    union {
        uint64_t number; /* itself times 10^places; of a bool 0 or 1 */
        const char *text;
        const struct list *blocks; /* of cnicalc_cidr */
    } is;
};

static inline struct value value_null(void)
{
    const struct value value = {.kind = VALUE_NULL};
    return value;
}

static inline struct value value_bool(int truth)
{
    const struct value value = {.kind = VALUE_BOOL, .is.number = truth != 0};
    return value;
}

/* scaled / 10^places, with all its places. */
static inline struct value value_decimal(uint64_t scaled, uint32_t places)
{
    const struct value value = {.kind = VALUE_NUMBER, .places = places, .is.number = scaled};
    return value;
}

/* A 64-bit count; null for CNICALC_UNKNOWN_COUNT and CNICALC_NO_LIMIT. */
static inline struct value value_count(uint64_t count)
{
    return count == CNICALC_UNKNOWN_COUNT ? value_null() : value_decimal(count, 0);
}

/* A text, or null for NULL. */
static inline struct value value_text(const char *text)
{
    const struct value value = {.kind = text == NULL ? VALUE_NULL : VALUE_TEXT, .is.text = text};
    return value;
}

/* Room for the text of any number, block or address. */
#define VALUE_TEXT_SIZE CNICALC_CIDR_TEXT_SIZE

/* The text of a block or an address that the library made, and so is valid, in buffer; null for a
 * block of no family. */
struct value value_of_cidr(const cnicalc_cidr *block, char buffer[VALUE_TEXT_SIZE]);
struct value value_of_address(const cnicalc_address *address, char buffer[VALUE_TEXT_SIZE]);

/* A copy of the text of a block. */
struct value value_cidr(const cnicalc_cidr *block);
struct value value_blocks(const cnicalc_cidr *blocks, size_t count);

/* The bytes of a number as text. */
size_t value_digits(struct value number);

/* Writes a number, without a NUL, so that it ends before a place; or begins at one. Returns its
 * other end. */
char *value_write_before(struct value number, char *end);
char *value_write(struct value number, char *begin);

/* With a NUL after it. */
struct shown {
    const char *text;
    size_t length;
};

/* A value as text: "-" for null and for blocks, the two given words for a bool. The text is the
 * value's own, or in buffer. */
struct shown value_show(struct value value, const char *yes, const char *no,
                        char buffer[VALUE_TEXT_SIZE]);

#endif
