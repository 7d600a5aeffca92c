/* SPDX-License-Identifier: MIT */
#include "limits.h"

#include "../base/complaint.h"
#include "../base/memory.h"
#include "../base/text_buffer.h"

#define AT(member) offsetof(struct need, member)

const struct field need_fields[] = {
    {"limit", "LIMIT", "the name of the limit", FIELD_NAME, .where = AT(limit),
     .name_of = cnicalc_limit_name},
    {"needed", "NEEDED", "what the request takes", FIELD_COUNT, .where = AT(needed)},
    {"available", "AVAILABLE", "what is available", FIELD_COUNT, .where = AT(available)},
    {"fits", "FITS", "whether that is enough", FIELD_BOOL, .where = AT(fits)},
    FIELDS_END};

const struct field shortage_fields[] = {
    {"limit", "SHORT OF", "the name of the limit", FIELD_NAME, .where = AT(limit),
     .name_of = cnicalc_limit_name},
    {"needed", "NEEDED", "what the request takes", FIELD_COUNT, .where = AT(needed)},
    {"available", "AVAILABLE", "what is available", FIELD_COUNT, .where = AT(available)},
    {"short", "SHORT BY", "the difference", FIELD_COUNT, .where = AT(lacking)},
    FIELDS_END};

#undef AT

static const char *format_shortage(const cnicalc_limit_row *row)
{
    char text[CNICALC_SHORTAGE_TEXT_SIZE];
    expect_ok(cnicalc_shortage_format(row, text, sizeof text));
    return memory_copy_text(text);
}

static struct need need_of(const cnicalc_limit_row *row)
{
    int is_short = row->needed > row->available;
    const struct need need = {row->limit,     row->needed,
                              row->available, is_short ? row->needed - row->available : 0,
                              !is_short,      is_short ? format_shortage(row) : NULL};
    return need;
}

/* The rows that are to be shown. */
static struct list gather(const cnicalc_limit_row *rows, uint32_t count, int only_short)
{
    struct need *needs = memory_take(count, sizeof *needs);
    struct list list = {needs, 0, sizeof *needs};
    for (uint32_t i = 0; i < count; i++) {
        needs[list.count] = need_of(&rows[i]);
        list.count += only_short ? !needs[list.count].fits
                                 : rows[i].needed != 0 && rows[i].available != CNICALC_NO_LIMIT;
    }
    return list;
}

struct list limits_needs(const cnicalc_limit_row *rows, uint32_t count)
{
    return gather(rows, count, 0);
}

struct list limits_shortages(const cnicalc_limit_row *rows, uint32_t count)
{
    return gather(rows, count, 1);
}

const char *limits_reason(const cnicalc_limit_row *rows, uint32_t count)
{
    struct text_buffer reason = {NULL, 0, 0};
    for (uint32_t i = 0; i < count; i++) {
        if (rows[i].needed > rows[i].available) {
            text_add_plain(&reason, reason.length == 0 ? "" : "; ");
            text_add_plain(&reason, format_shortage(&rows[i]));
        }
    }
    return reason.text;
}

void limits_mark(struct answer *answer, uint32_t bound_by)
{
    struct text_buffer binding = {NULL, 0, 0};
    text_add(&binding, "limits.%s", cnicalc_limit_name(bound_by));
    answer->binding_key = cnicalc_limit_counts(bound_by) == CNICALC_COUNTS_PODS_PER_NODE
                              ? "pods_per_node"
                              : binding.text;
}

void limits_note_pods(struct answer *answer, struct words *notes, uint32_t bound_by,
                      uint32_t max_pods_bound_by)
{
    struct text_buffer note = {NULL, 0, 0};
    if (bound_by != max_pods_bound_by) {
        text_add(&note, "nodes are limited by %s, pods by %s", cnicalc_limit_text(bound_by),
                 cnicalc_limit_text(max_pods_bound_by));
        answer_note(answer, notes, note.text);
    }
}
