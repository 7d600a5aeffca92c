/* SPDX-License-Identifier: MIT */
/* The grown plan: what was given of it, and what is added. */
#include "../answer/findings.h"
#include "../answer/limits.h"
#include "../answer/shell.h"
#include "../ask/node_options.h"
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
    const char *cidr = value_cidr(&added->cidr).is.text;
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

/* Errors of the grown plan, one of each code told. */
struct faults {
    struct text_buffer told;
    uint32_t code; /* of the last one */
    size_t count;
    size_t told_count;
};

static void add_fault(const struct finding *finding, struct faults *faults)
{
    if (faults->count++ == 0 || finding->found.code != faults->code) {
        text_add_plain(&faults->told, faults->told_count++ == 0
                                          ? "cnicalc check does not accept the grown plan: "
                                          : "; ");
        text_add_plain(&faults->told, finding->sentence);
    }
    faults->code = finding->found.code;
}

static void add_faults(struct faults *faults, struct words *notes)
{
    if (faults->count > faults->told_count) {
        text_add(&faults->told, "; and %zu more", faults->count - faults->told_count);
    }
    if (faults->count != 0) {
        words_add_text(notes, faults->told.text);
    }
}

/* A type whose ENIs cannot run it runs IPv4 alone. */
static int has_dual_stack(const struct terway_request *terway, const cnicalc_terway_node *node)
{
    return terway->dual_stack && (terway->type == NULL || node->dual_stack);
}

/* The question that the arguments put to check. */
static cnicalc_plan_check_options options_of(const struct terway_request *terway,
                                             const cnicalc_terway_grow_result *result,
                                             const cnicalc_terway_node *node)
{
    cnicalc_plan_check_options options = terway->unread.options;
    options.plugin = CNICALC_PLUGIN_TERWAY;
    options.ceilings = terway->options.ceilings;
    options.dual_stack = (uint32_t)has_dual_stack(terway, node);
    options.nodes = result->nodes;
    options.pods = result->pods;
    if (terway->type != NULL) {
        options.node = *node;
    }
    return options;
}

/* What check warns of in what is added, and the errors of the whole. Returns 1, or 0 after a
 * complaint. */
static int find_notes(const struct args *args, const struct plan_blocks *plan, size_t added,
                      const cnicalc_plan_check_options *options, struct words *notes)
{
    struct list all;
    struct faults faults = {{NULL, 0, 0}, 0, 0, 0};
    if (!findings_find(args, plan, options, &all)) {
        return 0;
    }
    for (size_t i = 0; i < all.count; i++) {
        const struct finding *finding = &((const struct finding *)all.rows)[i];
        uint32_t subject = finding->found.subject;
        if (finding->found.severity == CNICALC_PLAN_ERROR) {
            add_fault(finding, &faults);
        } else if (finding->found.severity == CNICALC_PLAN_WARNING && subject != CNICALC_UNKNOWN &&
                   subject >= plan->count - added) {
            words_add_text(notes, finding->sentence);
        }
    }
    add_faults(&faults, notes);
    return 1;
}

/* ---- As arguments ---- */

static int is_one_of(const char *name, const char *const names[])
{
    while (*names != NULL && strcmp(*names, name) != 0) {
        names++;
    }
    return *names != NULL;
}

static int is_of(const struct command *command, const struct option *option)
{
    size_t count = 0;
    const struct slot *slots = option_slots(command->options, &count);
    size_t i = 0;
    while (i < count && strcmp(option->name, slots[i].option->name) != 0) {
        i++;
    }
    return i < count;
}

/* Whether the grown plan has an option: check knows it, as the rest of what is given has it, and
 * the answer has no other value for it. */
static int is_kept(const struct terway_request *terway, const cnicalc_terway_node *node,
                   const struct option *option)
{
    static const char *const replaced[] = {"plugin", "nodes", "pods", NULL};
    static const char *const of_type[] = {
        "type", "mode", "ipv4-prefix-count", "min-pods-to-join", "catalog", NULL};
    int has_type = node != NULL && terway->type != NULL;
    if (is_one_of(option->name, replaced) || (!has_type && is_one_of(option->name, of_type)) ||
        (terway->node.mode != CNICALC_MODE_IP_PREFIX &&
         strcmp(option->name, "ipv4-prefix-count") == 0) ||
        (node != NULL && !has_dual_stack(terway, node) &&
         strcmp(option->name, "dual-stack") == 0)) {
        return 0;
    }
    return is_of(&check_command, option);
}

/* In the order in which it was given, which is that of the zones. */
static void add_given(const struct args *args, const struct terway_request *terway,
                      const cnicalc_terway_node *node, struct words *arguments)
{
    for (size_t i = 0; i < args->given_count; i++) {
        const struct given *given = &args->given[i];
        if (is_kept(terway, node, given->option)) {
            shell_add(arguments, given->option->name, NULL,
                      given->option->argument != NULL ? given->value : NULL);
        }
    }
}

struct words grow_arguments(const struct args *args, const struct terway_request *terway,
                            const cnicalc_terway_node *node, uint32_t plugin)
{
    struct words arguments = {NULL, 0, 0};
    shell_add(&arguments, "plugin", NULL, cnicalc_plugin_name(plugin));
    add_given(args, terway, node, &arguments);
    return arguments;
}

static struct words make_arguments(const struct args *args, const struct terway_request *terway,
                                   const cnicalc_terway_node *node, const struct list *added,
                                   const cnicalc_terway_grow_result *result)
{
    const struct grow_addition *rows = added->rows;
    struct words arguments = grow_arguments(args, terway, node, CNICALC_PLUGIN_TERWAY);
    for (size_t i = 0; i < added->count; i++) {
        shell_add(&arguments, cnicalc_plan_role_name(rows[i].role), rows[i].zone,
                  value_cidr(&rows[i].cidr).is.text);
    }
    shell_add_count(&arguments, "nodes", result->nodes);
    shell_add_count(&arguments, "pods", result->pods);
    return arguments;
}

const char *grow_reason(const cnicalc_terway_grow_result *result)
{
    return result->gave_up
               ? "the search for vSwitches gave up, so whether the VPC has room for them is not "
                 "known; ask for one zone after another with --zone"
               : limits_reason(result->limits, result->limit_count);
}

/* What terway is to be given beside the plan, as check does not take it: it changes the answer, and
 * is no part of the plan. */
static const char *find_left_out(const struct args *args, const struct terway_request *terway,
                                 const cnicalc_terway_node *node)
{
    static const char *const idle[] = {"plugin",  "nodes",      "pods",    "min-pool-size",
                                       "explain", "dual-stack", "catalog", "ipv4-prefix-count",
                                       NULL};
    struct text_buffer text = {NULL, 0, 0};
    for (size_t i = 0; i < args->given_count; i++) {
        const struct option *option = args->given[i].option;
        if (!is_of(&terway_command, option) || is_kept(terway, node, option) ||
            is_one_of(option->name, idle) ||
            (terway->type == NULL && option_is_in(option, node_options))) {
            continue;
        }
        text_add_plain(&text, text.length == 0 ? "-o args leaves out what cnicalc check does not "
                                                 "take; give it to cnicalc terway again: --"
                                               : " --");
        text_add_plain(&text, option->name);
        text_add_plain(&text, option->argument != NULL ? "=" : "");
        text_add_plain(&text, option->argument != NULL ? args->given[i].value : "");
    }
    return text.text;
}

const char *grow_comment(const char *reason)
{
    struct text_buffer comment = {NULL, 0, 0};
    text_add_plain(&comment, "# ");
    text_add_plain(&comment, reason);
    return comment.text;
}

int grow_plan_make(const struct args *args, const struct terway_request *terway,
                   const struct list *added, const cnicalc_terway_grow_result *result,
                   const cnicalc_terway_node *node, struct grow_plan *out_plan)
{
    const struct plan_blocks plan = merge_plan(terway, added);
    const cnicalc_plan_check_options options = options_of(terway, result, node);
    memset(out_plan, 0, sizeof *out_plan);
    if (!result->fits) {
        words_add_text(&out_plan->arguments, grow_comment(grow_reason(result)));
        return 1;
    }
    out_plan->arguments = make_arguments(args, terway, node, added, result);
    out_plan->left_out = find_left_out(args, terway, node);
    return find_notes(args, &plan, added->count, &options, &out_plan->notes);
}
