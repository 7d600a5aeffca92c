/* SPDX-License-Identifier: MIT */
/* What a subcommand hands back: a document, how people see it, and what they should be warned of.
 */
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
    struct value *rows;
    const struct column *columns;
    size_t column_count;
};

#define ANSWER_BELOW_MAX 4

struct answer {
    enum output_format format; /* that is asked for: what others need may be left out */
    struct value *document;    /* NULL: the subcommand has written all itself */
    /* The list whose members are the rows; NULL: the document is a record, shown line by line. */
    struct value *rows;
    const struct field *fields;
    const struct column *columns; /* of the fields */
    size_t column_count;
    const char *binding_key; /* of the column that holds the limit that decided, or NULL */
    struct below below[ANSWER_BELOW_MAX];
    size_t below_count;
    struct value *lines;     /* texts that a table shows instead of all this, or NULL */
    const char *rendered;    /* the whole of -o svg, github, openmetrics or terraform */
    struct value *arguments; /* of -o args, texts for another subcommand */
    struct value *notes;     /* paragraphs under a table, or NULL */
    struct value *warnings;  /* texts, for stderr; NULL when there is none */
};

/* Makes the answer one record; its lists that have a heading are tables below it. TSV shows every
 * column under its key, a table those with a heading. A list or a record is JSON in a TSV cell. */
void answer_record(struct answer *answer, const struct field *fields, const void *row);

/* Makes the answer a list, and adds a row to it. */
void answer_rows(struct answer *answer, const struct field *fields);
void answer_add(struct answer *answer, const void *row);

/* Makes the rows of TSV those of a list in the record, which is its last value. */
void answer_list(struct answer *answer, const struct field *fields);

/* Adds a table below the lines that only people see, at most ANSWER_BELOW_MAX of them. */
void answer_below(struct answer *answer, struct value *rows, const struct field *fields);
void answer_below_list(struct answer *answer, const struct list *list, const struct field *fields);

/* Adds a paragraph under the table, unless it is NULL. */
void answer_explain(struct answer *answer, const char *paragraph);

/* Adds a paragraph under the table, once, and to a list of the document. */
void answer_note(struct answer *answer, struct value *list, const char *paragraph);

#if defined(__GNUC__)
#define ANSWER_FORMAT __attribute__((format(printf, 4, 5)))
#else
#define ANSWER_FORMAT
#endif

/* Adds a line for stderr, in the form of complain(); it is shown only if the whole is answered. */
ANSWER_FORMAT void answer_warn(struct answer *answer, const char *subcommand, const char *what,
                               const char *format, ...);

#endif
