/* SPDX-License-Identifier: MIT */
/* A proposal as what other programs read. */
#include "../answer/shell.h"
#include "../answer/terraform.h"
#include "../base/text_buffer.h"
#include "propose.h"

/* ---- As arguments of check ---- */

/* What is in groups check is asked as well: as it was given. */
static void add_given(struct words *arguments, const struct args *args)
{
    for (size_t i = 0; i < args->slot_count; i++) {
        const struct slot *slot = &args->slots[i];
        for (size_t j = 0; j < args->given_count && slot->group != NULL; j++) {
            const struct given *given = &args->given[j];
            if (given->option == slot->option) {
                shell_add(arguments, slot->option->name, NULL,
                          slot->option->argument != NULL ? given->value : NULL);
            }
        }
    }
}

/* The role of each block of a proposal is the name of its option. */
struct words propose_arguments(const struct args *args, const struct propose_request *request,
                               const struct propose_row *row, const cnicalc_plan_block *blocks)
{
    struct words arguments = {NULL, 0, 0};
    shell_add(&arguments, "plugin", NULL, cnicalc_plugin_name(row->options.plugin));
    for (size_t i = 0; i < row->proposal.block_count; i++) {
        const cnicalc_plan_block *block = &blocks[i];
        int has_zone = cnicalc_plan_role_serves(block->role) != 0;
        shell_add(&arguments, cnicalc_plan_role_name(block->role),
                  has_zone ? request->zones.texts[block->zone] : NULL,
                  value_cidr(&block->cidr).is.text);
    }
    if (row->proposal.node_mask != 0) {
        shell_add_count(&arguments, "node-mask", row->proposal.node_mask);
    }
    shell_add_count(&arguments, "nodes", row->proposal.nodes);
    shell_add_count(&arguments, "pods", row->proposal.pods);
    shell_add_count(&arguments, "services", row->proposal.services);
    if (row->options.dual_stack) {
        shell_add(&arguments, "dual-stack", NULL, NULL);
    }
    add_given(&arguments, args);
    return arguments;
}

/* ---- As resources of Terraform ---- */

/* The zone of a vSwitch is its zone_id. */
const char *propose_resources(const struct propose_request *request, const struct propose_row *row,
                              const cnicalc_plan_block *blocks)
{
    struct text_buffer text = {NULL, 0, 0};
    terraform_add_variable(&text, blocks, row->proposal.block_count);
    terraform_add_locals(&text, blocks, row->proposal.block_count, row->proposal.node_mask);
    terraform_add_vswitches(&text, blocks, row->proposal.block_count, request->zones.texts);
    return text.text;
}
