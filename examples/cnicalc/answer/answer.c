/* SPDX-License-Identifier: MIT */
#include "answer.h"

#include "../base/complaint.h"
#include "../base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void answer_below(struct answer *answer, const struct list *list, const struct field *fields)
{
    struct below *below = &answer->below[answer->below_count++];
    below->list = *list;
    below->fields = fields;
}

void answer_below_words(struct answer *answer, const struct words *words,
                        const struct field *fields)
{
    const struct list list = {words->texts, words->count, sizeof *words->texts};
    answer_below(answer, &list, fields);
}

void answer_record(struct answer *answer, const struct field *fields, const void *row, size_t size)
{
    char *record = memory_take(1, size);
    memcpy(record, row, size);
    answer->fields = fields;
    answer->record = record;
    for (const struct field *field = fields; field->kind != FIELD_END; field++) {
        if (field->kind == FIELD_LIST && field->heading != NULL) {
            const void *list = record + field->where;
            answer_below(answer, list, field->of);
        }
    }
}

void answer_list(struct answer *answer, const struct field *fields, const struct list *list)
{
    answer->row_fields = fields;
    answer->rows.list = *list;
}

void answer_rows(struct answer *answer, const struct field *fields, size_t size)
{
    answer->row_fields = fields;
    answer->rows.list.size = size;
}

void answer_add(struct answer *answer, const void *row)
{
    growing_add(&answer->rows, row);
}

void answer_explain(struct answer *answer, const char *paragraph)
{
    if (paragraph != NULL) {
        words_add_text(&answer->notes, paragraph);
    }
}

/* Whether the table has the paragraph, which rows may share. */
static int is_shown(const struct answer *answer, const char *paragraph)
{
    size_t i = 0;
    while (i < answer->notes.count && strcmp(answer->notes.texts[i], paragraph) != 0) {
        i++;
    }
    return i < answer->notes.count;
}

void answer_note(struct answer *answer, struct words *list, const char *paragraph)
{
    if (!is_shown(answer, paragraph)) {
        answer_explain(answer, paragraph);
    }
    words_add_text(list, paragraph);
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
    words_add_text(&answer->warnings, line);
}
