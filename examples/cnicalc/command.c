/* SPDX-License-Identifier: MIT */
/* The table of subcommands. */
#include "command.h"

#include <string.h>

static const struct command *const commands[] = {
    &node_command,      &types_command, &flannel_command, &terway_command,   &check_command,
    &propose_command,   &map_command,   &choose_command,  &features_command, &cidr_command,
    &conntrack_command, &quota_command, &batch_command,   &catalog_command,  &external_command,
};

const struct command *command_at(size_t index)
{
    return index < sizeof commands / sizeof commands[0] ? commands[index] : NULL;
}

const struct command *command_find(const char *name)
{
    size_t index = 0;
    while (command_at(index) != NULL && strcmp(name, commands[index]->name) != 0) {
        index++;
    }
    return command_at(index);
}
