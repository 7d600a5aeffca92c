/* SPDX-License-Identifier: MIT */
/* The grown plan: what was given of it, and what is added. */
#include "../answer/findings.h"
#include "../answer/limits.h"
#include "../answer/shell.h"
#include "../base/memory.h"
#include "../base/text_buffer.h"
#include "../command.h"
#include "grow.h"

#include <string.h>

/* ---- For check ---- */

static void add_blocks(const struct plan_blocks *from, struct plan_blocks *to)
{
    for (size_t i = 0; i < from->count; i++) {
        to->blocks[to->count] = from->blocks[i];
        to->labels[to->count++] = from->labels[i];
    }
}

/* Adds a block as if it had been given. */
static void add_block(const struct grow_addition *added, struct plan_blocks *plan)
{
    const char *option = cnicalc_plan_role_name(added->role);
    const char *cidr = value_cidr(&added->cidr)->text;
    cnicalc_plan_block *block = &plan->blocks[plan->count];
    struct plan_label *label = &plan->labels[plan->count++];
    struct text_buffer text = {NULL, 0, 0};
    block->cidr = added->cidr;
    block->role = added->role;
    block->zone = CNICALC_UNKNOWN;
    if (added->zone != NULL) {
        (void)names_find(&plan->zones, added->zone, &block->zone);
    }
    text_add_plain(&text, option);
    text_add_plain(&text, " ");
    text_add_plain(&text, added->zone != NULL ? added->zone : "");
    text_add_plain(&text, added->zone != NULL ? " " : "");
    text_add_plain(&text, cidr);
    label->option = text.text;
    label->text = text.text;
    label->cidr = cidr;
    label->name = added->zone;
}

static struct plan_blocks merge_plan(const struct terway_request *terway, const struct list *added)
{
    size_t most = terway->plan.count + terway->unread.plan.count + added->count;
    struct plan_blocks plan;
    memset(&plan, 0, sizeof plan);
    plan.blocks = memory_take(most, sizeof *plan.blocks);
    plan.labels = memory_take(most, sizeof *plan.labels);
    plan.zones = terway->plan.zones;
    add_blocks(&terway->unread.plan, &plan);
    add_blocks(&terway->plan, &plan);
    for (size_t i = 0; i < added->count; i++) {
        add_block(&((const struct grow_addition *)added->rows)[i], &plan);
    }
    return plan;
}

/* What check warns of in what is added. Returns 1, or 0 after a complaint. */
static int find_warnings(const struct args *args, const struct terway_request *terway,
                         const struct list *added, struct value *warnings)
{
    const struct plan_blocks plan = merge_plan(terway, added);
    cnicalc_plan_check_options wanted = terway->unread.options;
    struct list all;
    wanted.plugin = CNICALC_PLUGIN_TERWAY;
    wanted.ceilings = terway->options.ceilings;
    if (!findings_find(args, &plan, &wanted, &all)) {
        return 0;
    }
    for (size_t i = 0; i < all.count; i++) {
        const struct finding *finding = &((const struct finding *)all.rows)[i];
        uint32_t subject = finding->found.subject;
        if (finding->found.severity == CNICALC_PLAN_WARNING && subject != CNICALC_UNKNOWN &&
            subject >= plan.count - added->count) {
            value_add(warnings, value_text(finding->sentence));
        }
    }
    return 1;
}

/* ---- As arguments ---- */

/* Whether a kept plan has an option: check knows it, and the answer has no other value for it. */
static int is_kept(const struct option *option)
{
    static const char *const replaced[] = {"plugin", "nodes", "pods"};
    size_t count = 0;
    const struct slot *slots = option_slots(check_command.options, &count);
    for (size_t i = 0; i < sizeof replaced / sizeof replaced[0]; i++) {
        if (strcmp(option->name, replaced[i]) == 0) {
            return 0;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(option->name, slots[i].option->name) == 0) {
            return 1;
        }
    }
    return 0;
}

static void add_given(const struct args *args, struct value *arguments)
{
    for (size_t i = 0; i < args->slot_count; i++) {
        const struct option *option = args->slots[i].option;
        for (size_t j = 0; j < args->given_count && is_kept(option); j++) {
            const struct given *given = &args->given[j];
            if (given->option == option) {
                shell_add(arguments, option->name, NULL,
                          option->argument != NULL ? given->value : NULL);
            }
        }
    }
}

static struct value *make_arguments(const struct args *args, const struct list *added,
                                    const cnicalc_terway_grow_result *result)
{
    const struct grow_addition *rows = added->rows;
    struct value *arguments = value_list();
    shell_add(arguments, "plugin", NULL, cnicalc_plugin_name(CNICALC_PLUGIN_TERWAY));
    add_given(args, arguments);
    for (size_t i = 0; i < added->count; i++) {
        shell_add(arguments, cnicalc_plan_role_name(rows[i].role), rows[i].zone,
                  value_cidr(&rows[i].cidr)->text);
    }
    shell_add_count(arguments, "nodes", result->nodes);
    shell_add_count(arguments, "pods", result->pods);
    return arguments;
}

/* What does not fit has no plan. */
static struct value *make_comment(const cnicalc_terway_grow_result *result)
{
    struct value *arguments = value_list();
    struct text_buffer comment = {NULL, 0, 0};
    text_add_plain(&comment, "# ");
    text_add_plain(&comment, limits_reason(result->limits, result->limit_count));
    value_add(arguments, value_text(comment.text));
    return arguments;
}

int grow_plan_make(const struct args *args, const struct grow_request *request,
                   const struct list *added, const cnicalc_terway_grow_result *result,
                   struct grow_plan *out_plan)
{
    out_plan->warnings = value_list();
    if (!find_warnings(args, &request->terway, added, out_plan->warnings)) {
        return 0;
    }
    out_plan->arguments = result->fits ? make_arguments(args, added, result) : make_comment(result);
    return 1;
}
