/* SPDX-License-Identifier: MIT */
#include "answer.h"

#include "../base/complaint.h"

#include <stdarg.h>
#include <stdio.h>

void answer_record(struct answer *answer, struct value *record, const struct column *columns,
                   size_t column_count)
{
    answer->document = record;
    answer->columns = columns;
    answer->column_count = column_count;
}

void answer_below(struct answer *answer, struct value *rows, const struct column *columns,
                  size_t column_count)
{
    struct below *below = &answer->below[answer->below_count++];
    below->rows = rows;
    below->columns = columns;
    below->column_count = column_count;
}

void answer_note(struct answer *answer, struct value *list, const char *paragraph)
{
    if (answer->notes == NULL) {
        answer->notes = value_list();
    }
    value_add(answer->notes, value_text(paragraph));
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
