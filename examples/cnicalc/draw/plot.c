/* SPDX-License-Identifier: MIT */
#include "plot.h"

#include "../base/text_buffer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Of the grid in text. */
#define COLUMNS 66
#define ROWS    21

/* Room for the numbers beside it. */
#define LABEL_WIDTH 7

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

/* How many points a place of the grid has, as one character. */
static char count_mark(unsigned points)
{
    if (points == 0) {
        return ' ';
    }
    return points < 10 ? (char)('0' + points) : '#';
}

static void count_points(const struct plot *plot, const struct plot_axis *x,
                         const struct plot_axis *y, unsigned counts[ROWS][COLUMNS])
{
    memset(counts, 0, sizeof(unsigned) * ROWS * COLUMNS);
    for (size_t i = 0; i < plot->count; i++) {
        uint64_t row = plot_step(y, plot_place(plot->points[i].y), ROWS - 1);
        uint64_t column = plot_step(x, plot_place(plot->points[i].x), COLUMNS - 1);
        counts[row][column]++;
    }
}

/* One line of the grid, with the number of its doubling if it has one. */
static struct value *make_row(const struct plot_axis *y, uint64_t row,
                              const unsigned counts[COLUMNS])
{
    struct text_buffer line = {NULL, 0, 0};
    char label[NUMBER_TEXT_SIZE] = "";
    char cells[COLUMNS + 1];
    size_t length = 0;
    for (uint64_t place = y->low; place <= y->high; place += PLOT_DOUBLING) {
        if (plot_step(y, place, ROWS - 1) == row) {
            snprintf(label, sizeof label, "%" PRIu64, plot_count(place));
        }
    }
    for (size_t i = 0; i < COLUMNS; i++) {
        cells[i] = count_mark(counts[i]);
        length = counts[i] != 0 ? i + 1 : length;
    }
    cells[length] = '\0';
    text_add(&line, "%*s |%s", LABEL_WIDTH, label, cells);
    return value_text(line.text);
}

/* The numbers under the grid, each under its column; one that has no room is left out. */
static struct value *make_numbers(const struct plot_axis *x)
{
    struct text_buffer line = {NULL, 0, 0};
    char label[NUMBER_TEXT_SIZE];
    for (uint64_t place = x->low; place <= x->high; place += PLOT_DOUBLING) {
        size_t at = LABEL_WIDTH + 2 + (size_t)plot_step(x, place, COLUMNS - 1);
        if (line.length == 0 || at > line.length) {
            snprintf(label, sizeof label, "%" PRIu64, plot_count(place));
            text_add(&line, "%*s%s", (int)(at - line.length), "", label);
        }
    }
    return value_text(line.text);
}

struct value *plot_text(const struct plot *plot)
{
    struct plot_axis x = plot_axis_x(plot);
    struct plot_axis y = plot_axis_y(plot);
    unsigned counts[ROWS][COLUMNS];
    struct value *lines = value_list();
    struct text_buffer line = {NULL, 0, 0};
    char rule[COLUMNS + 1];
    count_points(plot, &x, &y, counts);
    value_add(lines, value_text(plot->title));
    value_add(lines, value_text(""));
    for (uint64_t row = ROWS; row > 0; row--) {
        value_add(lines, make_row(&y, row - 1, counts[row - 1]));
    }
    memset(rule, '-', COLUMNS);
    rule[COLUMNS] = '\0';
    text_add(&line, "%*s +%s", LABEL_WIDTH, "", rule);
    value_add(lines, value_text(line.text));
    value_add(lines, make_numbers(&x));
    line.length = 0;
    text_add(&line, "Across %s, up %s; a digit is how many are there, # ten or more.",
             plot->x_title, plot->y_title);
    value_add(lines, value_text(line.text));
    return lines;
}
