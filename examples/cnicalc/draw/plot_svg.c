/* SPDX-License-Identifier: MIT */
/* A plot as one SVG that needs nothing else; each dot says what it is when pointed at. */
#include "plot.h"
#include "svg.h"

#include <inttypes.h>

/* In pixels; the field is where the dots are. */
#define WIDTH        840
#define HEIGHT       560
#define LEFT         70
#define TOP          50
#define FIELD_WIDTH  740
#define FIELD_HEIGHT 440
#define BOTTOM       (TOP + FIELD_HEIGHT)

#define LEGEND_COLUMNS 3
#define LEGEND_LINE    22

static uint64_t at_x(const struct plot_axis *axis, uint64_t place)
{
    return LEFT + plot_step(axis, place, FIELD_WIDTH);
}

static uint64_t at_y(const struct plot_axis *axis, uint64_t place)
{
    return BOTTOM - plot_step(axis, place, FIELD_HEIGHT);
}

static void add_x_axis(struct text_buffer *svg, const struct plot_axis *axis)
{
    for (uint64_t place = axis->low; place <= axis->high; place += PLOT_DOUBLING) {
        uint64_t x = at_x(axis, place);
        text_add(svg,
                 "<path class=\"axis\" d=\"M%" PRIu64 " %dV%d\"/>\n"
                 "<text class=\"middle\" x=\"%" PRIu64 "\" y=\"%d\">%" PRIu64 "</text>\n",
                 x, TOP, BOTTOM, x, BOTTOM + 20, plot_count(place));
    }
}

static void add_y_axis(struct text_buffer *svg, const struct plot_axis *axis)
{
    for (uint64_t place = axis->low; place <= axis->high; place += PLOT_DOUBLING) {
        uint64_t y = at_y(axis, place);
        text_add(svg,
                 "<path class=\"axis\" d=\"M%d %" PRIu64 "H%d\"/>\n"
                 "<text class=\"end\" x=\"%d\" y=\"%" PRIu64 "\">%" PRIu64 "</text>\n",
                 LEFT, y, LEFT + FIELD_WIDTH, LEFT - 8, y + 4, plot_count(place));
    }
}

static void add_text(struct text_buffer *svg, const char *class, int x, int y, const char *text)
{
    text_add(svg, "<text class=\"%s\" x=\"%d\" y=\"%d\">", class, x, y);
    text_add_xml(svg, text);
    text_add_plain(svg, "</text>\n");
}

/* A dot and a name for each kind that there is, in rows of LEGEND_COLUMNS below the plot. Returns
 * how high they are. */
static int add_legend(struct text_buffer *svg, const struct plot *plot)
{
    int count = 0;
    for (size_t kind = 0; kind < plot->kind_count; kind++) {
        if (plot_has_kind(plot, kind)) {
            int x = LEFT + count % LEGEND_COLUMNS * (FIELD_WIDTH / LEGEND_COLUMNS);
            int y = HEIGHT + count / LEGEND_COLUMNS * LEGEND_LINE;
            text_add(svg, "<circle class=\"dot %s\" cx=\"%d\" cy=\"%d\" r=\"5\"/>\n",
                     plot->kinds[kind].class, x, y - 4);
            add_text(svg, "legend", x + 12, y, plot->kinds[kind].name);
            count++;
        }
    }
    return (count + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS * LEGEND_LINE;
}

const char *plot_svg(const struct plot *plot)
{
    struct text_buffer svg = {NULL, 0, 0};
    struct plot_axis x = plot_axis_x(plot);
    struct plot_axis y = plot_axis_y(plot);
    struct text_buffer legend = {NULL, 0, 0};
    int legend_height = add_legend(&legend, plot);
    svg_begin(&svg, plot->title, WIDTH, (uint64_t)(HEIGHT + legend_height));
    add_text(&svg, "title", LEFT, TOP - 28, plot->title);
    add_x_axis(&svg, &x);
    add_y_axis(&svg, &y);
    add_text(&svg, "middle", LEFT + FIELD_WIDTH / 2, BOTTOM + 44, plot->x_title);
    add_text(&svg, "end", LEFT - 8, TOP - 12, plot->y_title);
    for (size_t i = 0; i < plot->count; i++) {
        const struct plot_point *point = &plot->points[i];
        text_add(&svg,
                 "<circle class=\"dot%s%s\" cx=\"%" PRIu64 "\" cy=\"%" PRIu64 "\" r=\"5\"><title>",
                 plot->kinds != NULL ? " " : "",
                 plot->kinds != NULL ? plot->kinds[point->kind].class : "",
                 at_x(&x, plot_place(point->x)), at_y(&y, plot_place(point->y)));
        text_add_xml(&svg, point->name);
        text_add(&svg, ": %" PRIu64 ", %" PRIu64 "</title></circle>\n", point->x, point->y);
    }
    if (legend_height != 0) {
        text_add_plain(&svg, legend.text);
    }
    text_add_plain(&svg, "</svg>\n");
    return svg.text;
}
