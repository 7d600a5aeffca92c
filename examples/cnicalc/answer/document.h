/* SPDX-License-Identifier: MIT */
/* An answer, built whole in memory before any of it is printed: a record, or a list of records, of
 * typed values. */
#ifndef CNICALC_TOOL_DOCUMENT_H
#define CNICALC_TOOL_DOCUMENT_H

#include <cnicalc.h>
#include <stddef.h>
#include <stdint.h>

enum value_kind {
    VALUE_NULL,
    VALUE_BOOL,
    VALUE_NUMBER,
    VALUE_TEXT,
    VALUE_BLOCKS, /* a list of texts, made when they are printed: there may be millions */
    VALUE_LIST,
    VALUE_RECORD
};

struct value {
    enum value_kind kind;
    uint32_t places;            /* of a number: digits after the point */
    uint64_t number;            /* of a bool: 0 or 1; of a number: itself times 10^places */
    const char *text;           /* of a text */
    const cnicalc_cidr *blocks; /* of blocks; number is how many */
    const char *key;            /* inside a record: static, never NULL */
    struct value *first;        /* of a list or a record: what is in it */
    struct value *last;
    struct value *next; /* beside this one in the same list or record */
    struct value *parent;
};

struct value *value_list(void);
struct value *value_record(void);
struct value *value_null(void);
struct value *value_bool(int truth);
/* A 64-bit count; null for CNICALC_UNKNOWN_COUNT and CNICALC_NO_LIMIT. */
struct value *value_count(uint64_t count);
/* A 32-bit quantity; null for CNICALC_UNKNOWN. */
struct value *value_quantity(uint32_t quantity);
/* scaled / 10^places, with all its places. */
struct value *value_decimal(uint64_t scaled, uint32_t places);
/* A copy of the text. */
struct value *value_text(const char *text);
/* The text of a block or an address that the library made, and so is valid. */
struct value *value_cidr(const cnicalc_cidr *block);
struct value *value_blocks(const cnicalc_cidr *blocks, size_t count);
struct value *value_address(const cnicalc_address *address);

/* Puts a value at the end of a list, or of a record under a key. A value goes into one place. */
void value_add(struct value *list, struct value *value);
void value_put(struct value *record, const char *key, struct value *value);

/* The value under a key of a record, "limits.cidr" for one of a record inside. A value that is no
 * record answers for itself. Never NULL: a key that is not there is null. */
const struct value *value_at(const struct value *record, const char *key);

/* Room for any number as text. */
#define NUMBER_TEXT_SIZE 32

/* Writes a number as decimal text. */
void value_format_number(const struct value *number, char *out_text);

#endif
