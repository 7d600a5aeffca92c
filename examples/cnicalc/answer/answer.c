/* SPDX-License-Identifier: MIT */
#include "answer.h"

#include "../base/complaint.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void answer_below(struct answer *answer, struct value *rows, const struct field *fields)
{
    struct below *below = &answer->below[answer->below_count++];
    below->rows = rows;
    below->columns = field_columns(fields, NULL, &below->column_count);
}

void answer_below_list(struct answer *answer, const struct list *list, const struct field *fields)
{
    answer_below(answer, field_list(fields, list), fields);
}

void answer_record(struct answer *answer, const struct field *fields, const void *row)
{
    answer->document = field_record(fields, row);
    answer->columns = field_columns(fields, answer->document, &answer->column_count);
    for (const struct field *field = fields; field->kind != FIELD_END; field++) {
        if (field->kind == FIELD_LIST && field->heading != NULL) {
            const void *list = (const char *)row + field->where;
            answer_below_list(answer, list, field->of);
        }
    }
}

void answer_list(struct answer *answer, const struct field *fields)
{
    answer->rows = answer->document->last;
    answer->columns = field_columns(fields, NULL, &answer->column_count);
}

void answer_rows(struct answer *answer, const struct field *fields)
{
    answer->document = value_list();
    answer->rows = answer->document;
    answer->fields = fields;
    answer->columns = field_columns(fields, NULL, &answer->column_count);
}

void answer_add(struct answer *answer, const void *row)
{
    struct value *record = field_record(answer->fields, row);
    if (answer->document->first == NULL) {
        answer->columns = field_columns(answer->fields, record, &answer->column_count);
    }
    value_add(answer->document, record);
}

void answer_explain(struct answer *answer, const char *paragraph)
{
    if (paragraph != NULL && answer->notes == NULL) {
        answer->notes = value_list();
    }
    if (paragraph != NULL) {
        value_add(answer->notes, value_text(paragraph));
    }
}

/* Whether the table has the paragraph, which rows may share. */
static int is_shown(const struct answer *answer, const char *paragraph)
{
    const struct value *note = answer->notes == NULL ? NULL : answer->notes->first;
    while (note != NULL && strcmp(note->text, paragraph) != 0) {
        note = note->next;
    }
    return note != NULL;
}

void answer_note(struct answer *answer, struct value *list, const char *paragraph)
{
    if (!is_shown(answer, paragraph)) {
        answer_explain(answer, paragraph);
    }
    value_add(list, value_text(paragraph));
}

void answer_warn(struct answer *answer, const char *subcommand, const char *what,
                 const char *format, ...)
{
    char why[COMPLAINT_SIZE / 2];
    char line[COMPLAINT_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    snprintf(line, sizeof line, "cnicalc: %s: %s: %s", subcommand, what, why);
    if (answer->warnings == NULL) {
        answer->warnings = value_list();
    }
    value_add(answer->warnings, value_text(line));
}
