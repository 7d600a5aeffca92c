/* SPDX-License-Identifier: MIT */
/* What the pictures share: one look, for light and for dark. */
#ifndef CNICALC_TOOL_SVG_H
#define CNICALC_TOOL_SVG_H

#include "../base/text_buffer.h"

#include <stdint.h>

/* The beginning of a picture: its size, to which it is scaled down in a narrower container, its
 * title, styles and background. The classes of its shapes are
 * the roles of a plan's blocks, "free", "overlap", "axis", "dot" and with it by-cpu, -memory,
 * -enis, -kubelet or -other; of its texts "title", "in", "end", "middle". */
void svg_begin(struct text_buffer *svg, const char *title, uint64_t width, uint64_t height);

#endif
