/* SPDX-License-Identifier: MIT */
/* What a subcommand answers, as a table. From it come the lines or columns of a table, JSON, TSV,
 * and the keys of the manual. */
#ifndef CNICALC_TOOL_FIELD_H
#define CNICALC_TOOL_FIELD_H

#include "../base/words.h"
#include "value.h"

/* The type of the member that a field shows. */
enum field_kind {
    FIELD_END,      /* ends a table */
    FIELD_COUNT,    /* uint64_t; null for CNICALC_UNKNOWN_COUNT, which is CNICALC_NO_LIMIT */
    FIELD_QUANTITY, /* uint32_t; null for CNICALC_UNKNOWN */
    FIELD_BOOL,     /* uint32_t; null for CNICALC_UNKNOWN */
    FIELD_NAME,     /* uint32_t, by name_of() */
    FIELD_TEXT,     /* const char *; null for NULL */
    FIELD_CHARS,    /* char array */
    FIELD_CIDR,     /* cnicalc_cidr; null for a family of 0 */
    FIELD_ADDRESS,  /* cnicalc_address */
    FIELD_DECIMAL,  /* struct decimal; null for CNICALC_UNKNOWN_COUNT */
    FIELD_VALUE,    /* struct value */
    FIELD_WORDS,    /* struct words: a list of texts */
    FIELD_LIST,     /* struct list, of rows with the fields `of` */
    FIELD_EXTRA,    /* const char *; only in JSON, and only when it is not NULL */
    FIELD_LIMITS,   /* cnicalc_limit_row[]: a record of what is available, by names of limits; with
                       a heading its lines have the limits' own */
    FIELD_NEEDS,    /* the same, each a record of what is needed and available */
    FIELD_GROUP     /* no field: those of the table `of`, about a member */
};

struct field {
    const char *key;     /* "bound_by.tcp" is tcp of the record bound_by */
    const char *heading; /* of a line or a column of the table; NULL: it is in JSON and TSV only. A
                            list with a heading is a table below the lines. */
    const char *says;    /* a short phrase for the manual */
    enum field_kind kind;
    size_t where; /* of the member in the row */
    const char *(*name_of)(uint32_t value);
    int null_for_zero;  /* of a number or a name: 0 is null */
    size_t count_where; /* of the number of limits: uint32_t */
    const struct field *of;
};

/* clang-format off */
#define FIELDS_END {.kind = FIELD_END}
/* clang-format on */

/* clang-format off */
#define FIELD_EXPLAIN(type, member)                                                                \
    {"explain", NULL, "with --explain, the rule, its numbers and its source", FIELD_EXTRA,         \
     .where = offsetof(type, member)}
/* clang-format on */

/* scaled / 10^places. */
struct decimal {
    uint64_t scaled;
    uint32_t places;
};

/* The same number in as few places as say it. */
struct decimal decimal_shortest(struct decimal decimal);

/* A list that grows. Begin with zeros but for the size of its rows. */
struct growing {
    struct list list;
    char *room;
    size_t capacity;
};

/* Adds a copy of a row. */
void growing_add(struct growing *growing, const void *row);

/* The fields of some keys of a table, which have blanks between them. Returns how many there are.
 */
size_t field_pick(const struct field *fields, const char *keys, const struct field *picked[],
                  size_t room);

/* The value of a field that is one; its text may be in buffer. */
struct value field_value(const struct field *field, const void *row, char buffer[VALUE_TEXT_SIZE]);

/* The limits that a field shows. */
struct limits {
    const cnicalc_limit_row *rows;
    uint32_t count;
};

struct limits field_limits(const struct field *field, const void *row);

/* ---- As columns ---- */

/* One value as a column of a table, or as a line where the answer is one record. A table whose
 * only column has the heading "" shows bare values. */
struct column {
    const char *key; /* "limits.cidr" for one of a record */
    const char *heading;
    const struct field *field;
    size_t where;   /* of the group that it is in */
    uint32_t limit; /* of a column of limits */
};

/* More columns than limits and fields of a table together. */
#define COLUMNS_MAX (2 * CNICALC_LIMIT_ROWS + 64)

struct columns {
    struct column items[COLUMNS_MAX];
    size_t count;
};

/* The columns of a table of fields. Those of limits are the ones that a row has, or none without a
 * row. */
void columns_of(const struct field *fields, const void *row, struct columns *out_columns);

/* The value of a column that is one, and whether it is a list or a record. */
struct value column_value(const struct column *column, const void *row,
                          char buffer[VALUE_TEXT_SIZE]);
int column_is_tree(const struct column *column);

#endif
