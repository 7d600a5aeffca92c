/* SPDX-License-Identifier: MIT */
/* A plot as text: a grid of marks, with numbers beside it. */
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
#define LABEL_SIZE  32

/* A place of the grid with a further point: its kind, or * for several; or how many there are. */
static char add_mark(const struct plot *plot, const struct plot_point *point, char cell)
{
    if (plot->kinds != NULL) {
        char mark = plot->kinds[point->kind].mark;
        return cell == ' ' || cell == mark ? mark : '*';
    }
    if (cell == ' ') {
        return '1';
    }
    return cell == '9' || cell == '#' ? '#' : (char)(cell + 1);
}

static void mark_points(const struct plot *plot, const struct plot_axis *x,
                        const struct plot_axis *y, char cells[ROWS][COLUMNS])
{
    memset(cells, ' ', sizeof(char) * ROWS * COLUMNS);
    for (size_t i = 0; i < plot->count; i++) {
        const struct plot_point *point = &plot->points[i];
        char *cell = &cells[plot_step(y, plot_place(point->y), ROWS - 1)]
                           [plot_step(x, plot_place(point->x), COLUMNS - 1)];
        *cell = add_mark(plot, point, *cell);
    }
}

/* One line of the grid, with the number of its doubling if it has one. */
static void add_row(const struct plot_axis *y, uint64_t row, const char cells[COLUMNS],
                    struct words *lines)
{
    struct text_buffer line = {NULL, 0, 0};
    char label[LABEL_SIZE] = "";
    int length = COLUMNS;
    for (uint64_t place = y->low; place <= y->high; place += PLOT_DOUBLING) {
        if (plot_step(y, place, ROWS - 1) == row) {
            snprintf(label, sizeof label, "%" PRIu64, plot_count(place));
        }
    }
    while (length > 0 && cells[length - 1] == ' ') {
        length--;
    }
    text_add(&line, "%*s |%.*s", LABEL_WIDTH, label, length, cells);
    words_add_text(lines, line.text);
}

/* The numbers under the grid, each under its column; one that has no room is left out. */
static void add_numbers(const struct plot_axis *x, struct words *lines)
{
    struct text_buffer line = {NULL, 0, 0};
    char label[LABEL_SIZE];
    for (uint64_t place = x->low; place <= x->high; place += PLOT_DOUBLING) {
        size_t at = LABEL_WIDTH + 2 + (size_t)plot_step(x, place, COLUMNS - 1);
        if (line.length == 0 || at > line.length) {
            snprintf(label, sizeof label, "%" PRIu64, plot_count(place));
            text_add(&line, "%*s%s", (int)(at - line.length), "", label);
        }
    }
    words_add_text(lines, line.text);
}

static void add_legend(const struct plot *plot, struct words *lines)
{
    struct text_buffer line = {NULL, 0, 0};
    text_add(&line, "Across %s, up %s; ", plot->x_title, plot->y_title);
    text_add_plain(&line, plot->kinds == NULL ? "a digit is how many are there, # ten or more."
                                              : "* is several of these:");
    words_add_text(lines, line.text);
    for (size_t kind = 0; plot->kinds != NULL && kind < plot->kind_count; kind++) {
        if (plot_has_kind(plot, kind)) {
            line.length = 0;
            text_add(&line, "%c %s", plot->kinds[kind].mark, plot->kinds[kind].name);
            words_add_text(lines, line.text);
        }
    }
}

struct words plot_text(const struct plot *plot)
{
    struct plot_axis x = plot_axis_x(plot);
    struct plot_axis y = plot_axis_y(plot);
    char cells[ROWS][COLUMNS];
    struct words lines = {NULL, 0, 0};
    struct text_buffer line = {NULL, 0, 0};
    char rule[COLUMNS + 1];
    mark_points(plot, &x, &y, cells);
    words_add_text(&lines, plot->title);
    words_add_text(&lines, "");
    for (uint64_t row = ROWS; row > 0; row--) {
        add_row(&y, row - 1, cells[row - 1], &lines);
    }
    memset(rule, '-', COLUMNS);
    rule[COLUMNS] = '\0';
    text_add(&line, "%*s +%s", LABEL_WIDTH, "", rule);
    words_add_text(&lines, line.text);
    add_numbers(&x, &lines);
    add_legend(plot, &lines);
    return lines;
}
