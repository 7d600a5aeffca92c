/* SPDX-License-Identifier: MIT */
/* What a subcommand hands back: a record or rows with their fields, how people see it, and what
 * they should be warned of. */
#ifndef CNICALC_TOOL_ANSWER_H
#define CNICALC_TOOL_ANSWER_H

#include "field.h"

enum output_format {
    OUTPUT_TABLE,
    OUTPUT_JSON,
    OUTPUT_TSV,
    OUTPUT_SVG,
    OUTPUT_ARGS,
    OUTPUT_GITHUB,
    OUTPUT_OPENMETRICS,
    OUTPUT_TERRAFORM
};

#define OUTPUT_COUNT 8

/* A table under the lines of a record; none when it has no rows. */
struct below {
    struct list list;
    const struct field *fields;
};

#define ANSWER_BELOW_MAX 4

/* All texts and rows that it points to stay until the program ends. Without a record and without
 * fields of rows, the subcommand has written all itself. */
struct answer {
    enum output_format format; /* that is asked for: what others need may be left out */
    const struct field *fields;
    const void *record; /* shown line by line, or NULL: the answer is the rows */
    const struct field *row_fields;
    struct growing rows;
    const struct list *blocks; /* of a record that is nothing else: a line each; or NULL */
    int is_flat;               /* a record as JSON of texts alone */
    const char *binding_key;   /* of the column that holds the limit that decided, or NULL */
    struct below below[ANSWER_BELOW_MAX];
    size_t below_count;
    struct words lines;     /* that a table shows instead of all this, if there are any */
    const char *rendered;   /* the whole of -o svg, github, openmetrics or terraform */
    struct words arguments; /* of -o args, for another subcommand */
    struct words notes;     /* paragraphs under a table */
    struct words warnings;  /* for stderr */
};

/* Makes the answer a copy of one record; its lists that have a heading are tables below it. TSV
 * shows every column under its key, a table those with a heading. A list or a record is JSON in a
 * TSV cell. */
void answer_record(struct answer *answer, const struct field *fields, const void *row, size_t size);

/* Makes the answer a list, of rows of a size, and adds a copy of a row to it. */
void answer_rows(struct answer *answer, const struct field *fields, size_t size);
void answer_add(struct answer *answer, const void *row);

/* Makes the answer a list that is there, or the rows of TSV those of a list in the record. */
void answer_list(struct answer *answer, const struct field *fields, const struct list *list);

/* Adds a table below the lines that only people see, at most ANSWER_BELOW_MAX of them; one of
 * words, which have the fields of a const char *. */
void answer_below(struct answer *answer, const struct list *list, const struct field *fields);
void answer_below_words(struct answer *answer, const struct words *words,
                        const struct field *fields);

/* Adds a paragraph under the table, unless it is NULL. */
void answer_explain(struct answer *answer, const char *paragraph);

/* Adds a paragraph under the table, once, and to a list of the answer. */
void answer_note(struct answer *answer, struct words *list, const char *paragraph);

#if defined(__GNUC__)
#define ANSWER_FORMAT __attribute__((format(printf, 4, 5)))
#else
#define ANSWER_FORMAT
#endif

/* Adds a line for stderr, in the form of complain(); it is shown only if the whole is answered. */
ANSWER_FORMAT void answer_warn(struct answer *answer, const char *subcommand, const char *what,
                               const char *format, ...);

#endif
