/* SPDX-License-Identifier: MIT */
/* Points of two counts, drawn as text or as SVG. Both axes are logarithmic: each doubling is as
 * long as the next, and 0 is one such step below 1. Between powers of two a place is linear. */
#ifndef CNICALC_TOOL_PLOT_H
#define CNICALC_TOOL_PLOT_H

#include "../base/words.h"

#include <stdint.h>

struct plot_point {
    const char *name;
    uint64_t x;
    uint64_t y;
    size_t kind; /* of the plot's kinds, where it has some */
};

/* What points may be: a class of the SVG, the name of the kind, and its mark in text. */
struct plot_kind {
    const char *class;
    const char *name;
    char mark;
};

struct plot {
    const char *title;
    const char *x_title;
    const char *y_title;
    const struct plot_point *points;
    size_t count;                  /* at least 1 */
    const struct plot_kind *kinds; /* with a legend; NULL: all points are alike */
    size_t kind_count;
};

/* Where a count is on an axis, in 256ths of a doubling. */
uint64_t plot_place(uint64_t count);

/* The count at a whole doubling. */
uint64_t plot_count(uint64_t place);

#define PLOT_DOUBLING 256

/* The ends of an axis, whole doublings. */
struct plot_axis {
    uint64_t low;
    uint64_t high;
};

struct plot_axis plot_axis_x(const struct plot *plot);
struct plot_axis plot_axis_y(const struct plot *plot);

/* Whether a point is of a kind. */
int plot_has_kind(const struct plot *plot, size_t kind);

/* Where a place is on an axis of this many steps, the nearest one from 0 to steps. */
uint64_t plot_step(const struct plot_axis *axis, uint64_t place, uint64_t steps);

/* The lines of the picture as text, and the picture as SVG. */
struct words plot_text(const struct plot *plot);
const char *plot_svg(const struct plot *plot);

#endif
