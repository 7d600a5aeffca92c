/* SPDX-License-Identifier: MIT */
/* Where points are on their axes. */
#include "plot.h"

uint64_t plot_place(uint64_t count)
{
    uint64_t doublings = 0;
    if (count == 0) {
        return 0;
    }
    while (count >> doublings > 1) {
        doublings++;
    }
    uint64_t rest = count - (UINT64_C(1) << doublings);
    uint64_t part = doublings <= 8 ? rest << (8 - doublings) : rest >> (doublings - 8);
    return (doublings + 1) * PLOT_DOUBLING + part;
}

uint64_t plot_count(uint64_t place)
{
    return place == 0 ? 0 : UINT64_C(1) << (place / PLOT_DOUBLING - 1);
}

/* Widens an axis to whole doublings, at least one. */
static struct plot_axis round_axis(uint64_t least, uint64_t most)
{
    struct plot_axis axis = {least / PLOT_DOUBLING * PLOT_DOUBLING,
                             (most + PLOT_DOUBLING - 1) / PLOT_DOUBLING * PLOT_DOUBLING};
    axis.high += axis.high == axis.low ? PLOT_DOUBLING : 0;
    return axis;
}

struct plot_axis plot_axis_x(const struct plot *plot)
{
    uint64_t least = plot->points[0].x;
    uint64_t most = least;
    for (size_t i = 1; i < plot->count; i++) {
        least = plot->points[i].x < least ? plot->points[i].x : least;
        most = plot->points[i].x > most ? plot->points[i].x : most;
    }
    return round_axis(plot_place(least), plot_place(most));
}

struct plot_axis plot_axis_y(const struct plot *plot)
{
    uint64_t least = plot->points[0].y;
    uint64_t most = least;
    for (size_t i = 1; i < plot->count; i++) {
        least = plot->points[i].y < least ? plot->points[i].y : least;
        most = plot->points[i].y > most ? plot->points[i].y : most;
    }
    return round_axis(plot_place(least), plot_place(most));
}

uint64_t plot_step(const struct plot_axis *axis, uint64_t place, uint64_t steps)
{
    uint64_t length = axis->high - axis->low;
    return ((place - axis->low) * steps * 2 + length) / (length * 2);
}

int plot_has_kind(const struct plot *plot, size_t kind)
{
    size_t i = 0;
    while (i < plot->count && plot->points[i].kind != kind) {
        i++;
    }
    return i < plot->count;
}
