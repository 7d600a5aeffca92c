/* SPDX-License-Identifier: MIT */
#include "picture.h"

#include "../base/complaint.h"

#include <string.h>

int picture_is_asked(const struct args *args, uint32_t plot)
{
    return plot || (args->output != NULL && strcmp(args->output, "svg") == 0);
}

int picture_check(const struct args *args, uint32_t plot)
{
    if (!plot || args->output == NULL || strcmp(args->output, "table") == 0 ||
        strcmp(args->output, "svg") == 0) {
        return 1;
    }
    complain(args->subcommand, "--plot", "it goes with -o table or -o svg, not with %s",
             args->output);
    return 0;
}
