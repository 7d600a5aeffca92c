/* SPDX-License-Identifier: MIT */
/* --plot of a list. */
#ifndef CNICALC_TOOL_PICTURE_H
#define CNICALC_TOOL_PICTURE_H

#include "args.h"

/* Whether a picture is asked for, by --plot or -o svg. */
int picture_is_asked(const struct args *args, uint32_t plot);

/* Whether the output can hold what --plot draws. Returns 1, or 0 after a complaint. */
int picture_check(const struct args *args, uint32_t plot);

#endif
