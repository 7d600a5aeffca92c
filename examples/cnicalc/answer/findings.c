/* SPDX-License-Identifier: MIT */
#include "findings.h"

#include "../base/complaint.h"
#include "../base/memory.h"
#include "../base/text_buffer.h"

#include <string.h>

#define AT(member) offsetof(struct finding, member)

const struct field finding_fields[] = {
    {"severity", NULL, "error, warning or note", FIELD_NAME, .where = AT(found.severity),
     .name_of = cnicalc_plan_severity_name},
    {"code", NULL, "the name of the rule", FIELD_NAME, .where = AT(found.code),
     .name_of = cnicalc_plan_code_name},
    {"subject", NULL, "the block that it is about, as it was given", FIELD_TEXT,
     .where = AT(subject)},
    {"other", NULL, "the other block of a pair", FIELD_TEXT, .where = AT(other)},
    {"message", NULL, "the finding as a sentence", FIELD_TEXT, .where = AT(message)},
    {"block", NULL, "the nearest legal block, or the range that is forbidden", FIELD_CIDR,
     .where = AT(found.block)},
    {"zone", NULL, "the zone that is short", FIELD_TEXT, .where = AT(zone)},
    {"limit", NULL, "the limit that is short or not published", FIELD_NAME,
     .where = AT(found.limit), .name_of = cnicalc_limit_name, .null_for_zero = 1},
    {"needed", NULL, "what is needed of that limit", FIELD_COUNT, .where = AT(needed)},
    {"available", NULL, "what is available of it", FIELD_COUNT, .where = AT(available)},
    FIELDS_END};

#undef AT

/* What is known of a block beside the block itself. */
static struct plan_label label_of(const struct plan_blocks *plan, uint32_t index)
{
    const struct plan_label none = {NULL, NULL, NULL, NULL, NULL};
    return index == CNICALC_UNKNOWN ? none : plan->labels[index];
}

static const char *format_message(const struct plan_blocks *plan, const cnicalc_plan_finding *found)
{
    const cnicalc_plan blocks = plan_of(plan);
    char text[CNICALC_PLAN_TEXT_SIZE];
    expect_ok(cnicalc_plan_finding_format(found, &blocks, text, sizeof text));
    return memory_copy_text(text);
}

/* Adds a name in parentheses that are closed later. */
static void add_name(struct text_buffer *sentence, const char *name, const char **before)
{
    if (name != NULL) {
        text_add_plain(sentence, *before);
        text_add_plain(sentence, name);
        *before = ", ";
    }
}

static const char *make_sentence(const struct finding *finding, const char *subject,
                                 const char *other)
{
    const char *before = " (";
    struct text_buffer sentence = {NULL, 0, 0};
    text_add_plain(&sentence, finding->message);
    add_name(&sentence, subject, &before);
    add_name(&sentence, other, &before);
    if (finding->zone != NULL) {
        text_add_plain(&sentence, before);
        text_add_zone(&sentence, finding->zone);
        before = ", ";
    }
    text_add_plain(&sentence, before[0] == ',' ? ")" : "");
    return sentence.text;
}

static void fill(const struct plan_blocks *plan, const cnicalc_plan_finding *found,
                 struct finding *finding)
{
    const struct plan_label subject = label_of(plan, found->subject);
    const struct plan_label other = label_of(plan, found->other);
    int is_short = found->limit != CNICALC_LIMIT_NONE && found->code != CNICALC_PLAN_QUOTA_UNKNOWN;
    finding->found = *found;
    finding->given = subject.given;
    finding->subject = subject.text;
    finding->other = other.text;
    finding->zone = found->zone == CNICALC_UNKNOWN ? NULL : plan_zone(plan, found->zone);
    finding->message = format_message(plan, found);
    finding->sentence = make_sentence(finding, subject.name, other.name);
    finding->needed = is_short ? found->value : CNICALC_UNKNOWN_COUNT;
    finding->available = is_short ? found->bound : CNICALC_UNKNOWN_COUNT;
}

int findings_find(const struct args *args, const struct plan_blocks *plan,
                  const cnicalc_plan_check_options *options, struct list *out_findings)
{
    const cnicalc_plan blocks = plan_of(plan);
    size_t count = 0;
    cnicalc_status status = cnicalc_plan_check(&blocks, options, NULL, 0, &count, NULL);
    cnicalc_plan_finding *found = memory_take(count, sizeof *found);
    struct finding *findings = memory_take(count, sizeof *findings);
    if (status == CNICALC_ERR_CAPACITY) {
        status = cnicalc_plan_check(&blocks, options, found, count, &count, NULL);
    }
    if (status != CNICALC_OK) {
        complain(args->subcommand, "--nodes --pods", "%s", cnicalc_status_string(status));
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        fill(plan, &found[i], &findings[i]);
    }
    out_findings->rows = findings;
    out_findings->count = count;
    out_findings->size = sizeof *findings;
    return 1;
}
