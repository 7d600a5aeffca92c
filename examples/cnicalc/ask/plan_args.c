/* SPDX-License-Identifier: MIT */
#include "plan_args.h"

#include "block.h"
#include "../base/complaint.h"
#include "../base/memory.h"

#include <stdio.h>
#include <string.h>

struct plan_option {
    struct named_form form; /* shown is NULL where the block has no name */
    uint32_t role;
};

static const struct plan_option plan_options[] = {
    {{"vpc", NULL, {NULL, NULL}}, CNICALC_PLAN_ROLE_VPC},
    {{"vswitch", "ZONE=CIDR", {NULL, NULL}}, CNICALC_PLAN_ROLE_VSWITCH},
    {{"pod-vswitch", "ZONE=CIDR", {NULL, NULL}}, CNICALC_PLAN_ROLE_POD_VSWITCH},
    {{"pod-cidr", NULL, {NULL, NULL}}, CNICALC_PLAN_ROLE_POD_CIDR},
    {{"service-cidr", NULL, {NULL, NULL}}, CNICALC_PLAN_ROLE_SERVICE_CIDR},
    {{"other", "NAME=CIDR", {NULL, NULL}}, CNICALC_PLAN_ROLE_OTHER},
    {{"other-service", "NAME=CIDR", {NULL, NULL}}, CNICALC_PLAN_ROLE_OTHER_SERVICE_CIDR},
    {{"other-vswitch", "NAME=CIDR", {NULL, NULL}}, CNICALC_PLAN_ROLE_OTHER_VSWITCH},
};

/* A block whose host bits are kept: a check reports them. */
static int parse_kept(const struct args *args, const char *label, const char *text,
                      cnicalc_cidr *out_cidr)
{
    cnicalc_address address;
    cnicalc_cidr block;
    cnicalc_status status = cnicalc_cidr_parse_address(text, strlen(text), &address, &block);
    if (status != CNICALC_OK) {
        return block_parse(args->subcommand, label, text, out_cidr);
    }
    out_cidr->hi = address.hi;
    out_cidr->lo = address.lo;
    out_cidr->family = block.family;
    out_cidr->prefix_len = block.prefix_len;
    return 1;
}

static const char *make_text(const char *option, const char *name, const char *cidr)
{
    const char *shown = name == NULL ? "" : name;
    size_t size = strlen(option) + strlen(shown) + strlen(cidr) + sizeof "  ";
    char *text = memory_take(size, 1);
    snprintf(text, size, "%s%s%s %s", option, name == NULL ? "" : " ", shown, cidr);
    return text;
}

static int add_block(const struct args *args, const struct plan_option *option, const char *text,
                     enum plan_host_bits host_bits, struct plan_args *plan)
{
    struct named named = {NULL, text, {NULL, NULL}};
    cnicalc_plan_block *block = &plan->blocks[plan->count];
    if (option->form.shown != NULL && !named_parse(args, &option->form, text, &named)) {
        return 0;
    }
    const char *label = args_label(option->form.option, text);
    if (host_bits == PLAN_KEEP_HOST_BITS
            ? !parse_kept(args, label, named.value, &block->cidr)
            : !block_parse(args->subcommand, label, named.value, &block->cidr)) {
        return 0;
    }
    block->role = option->role;
    block->zone = CNICALC_UNKNOWN;
    if (option->role == CNICALC_PLAN_ROLE_VSWITCH ||
        option->role == CNICALC_PLAN_ROLE_POD_VSWITCH) {
        block->zone = names_number(&plan->zones, named.name);
    }
    plan->names[plan->count] = named.name;
    plan->labels[plan->count] = label;
    plan->texts[plan->count++] = make_text(option->form.option, named.name, named.value);
    return 1;
}

int plan_args_parse(const struct args *args, enum plan_host_bits host_bits,
                    struct plan_args *out_plan)
{
    size_t capacity = args->given_count;
    memset(out_plan, 0, sizeof *out_plan);
    out_plan->blocks = memory_take(capacity, sizeof *out_plan->blocks);
    out_plan->texts = memory_take(capacity, sizeof *out_plan->texts);
    out_plan->labels = memory_take(capacity, sizeof *out_plan->labels);
    out_plan->names = memory_take(capacity, sizeof *out_plan->names);
    names_begin(&out_plan->zones, capacity);
    for (size_t i = 0; i < sizeof plan_options / sizeof plan_options[0]; i++) {
        size_t position = 0;
        const char *text = args_next(args, plan_options[i].form.option, &position);
        while (text != NULL) {
            if (!add_block(args, &plan_options[i], text, host_bits, out_plan)) {
                return 0;
            }
            text = args_next(args, plan_options[i].form.option, &position);
        }
    }
    return 1;
}

int plan_args_plugin(const struct args *args, uint32_t *out_plugin)
{
    const char *names[] = {cnicalc_plugin_name(CNICALC_PLUGIN_TERWAY),
                           cnicalc_plugin_name(CNICALC_PLUGIN_FLANNEL)};
    size_t index = 0;
    if (!args_given(args, "plugin")) {
        complain(args->subcommand, "--plugin", "none is given; terway or flannel");
        return 0;
    }
    if (!args_choice(args, "plugin", names, 2, &index)) {
        return 0;
    }
    *out_plugin = (uint32_t)index + CNICALC_PLUGIN_TERWAY;
    return 1;
}
