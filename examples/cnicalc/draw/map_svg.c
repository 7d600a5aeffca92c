/* SPDX-License-Identifier: MIT */
/* A plan as one SVG that needs nothing else: bars to scale and a legend under each. */
#include "map.h"
#include "svg.h"

#include <inttypes.h>
#include <string.h>

/* In pixels. */
#define WIDTH       880
#define MARGIN      20
#define BAR_WIDTH   (WIDTH - 2 * MARGIN)
#define BAR_HEIGHT  36
#define TITLE_SPACE 30
#define LINE_SPACE  20
#define BAR_SPACE   24

/* A label is written into a block that leaves each character so much, in pixels. */
#define CHARACTER_WIDTH 8

/* Hundredths of a pixel: enough for the eye, and exact for halves of halves. */
#define SCALE UINT64_C(100)

static uint64_t scaled(const struct map_bar *bar, uint64_t steps)
{
    return steps * BAR_WIDTH * SCALE / map_bar_steps(bar);
}

static void add_label(struct text_buffer *svg, const struct map_piece *piece, uint64_t x,
                      uint64_t width, uint64_t y)
{
    const char *title = map_title(piece);
    if (strlen(title) * CHARACTER_WIDTH * SCALE > width) {
        return;
    }
    text_add(svg, "<text class=\"in\" x=\"%" PRIu64 "\" y=\"%" PRIu64 "\">",
             (x + width / 2) / SCALE, y + BAR_HEIGHT / 2 + 5);
    text_add_xml(svg, title);
    text_add_plain(svg, "</text>\n");
}

/* The pieces are the shapes with a title, in the order of the rows of the answer. */
static void add_piece(struct text_buffer *svg, const struct map_bar *bar,
                      const struct map_piece *piece, uint64_t y)
{
    uint64_t x = scaled(bar, map_piece_start(bar, piece)) + MARGIN * SCALE;
    uint64_t width = scaled(bar, map_piece_steps(bar, piece));
    char range[MAP_RANGE_SIZE];
    map_range(piece, range);
    uint64_t drawn = piece->role_code != 0 && width < 2 * SCALE ? 2 * SCALE : width;
    text_add(svg,
             "<rect class=\"%s%s\" x=\"%" PRIu64 ".%02" PRIu64 "\" y=\"%" PRIu64
             "\" width=\"%" PRIu64 ".%02" PRIu64 "\" height=\"%d\"><title>",
             piece->role, piece->overlap != MAP_CLEAR ? " overlap" : "", x / SCALE, x % SCALE, y,
             drawn / SCALE, drawn % SCALE, BAR_HEIGHT);
    text_add_xml(svg, map_title(piece));
    text_add(svg, " %s</title></rect>\n", piece->cidr != NULL ? piece->cidr : range);
    add_label(svg, piece, x, drawn, y);
}

/* "8192 addresses, 12.5 %" */
static void add_facts(struct text_buffer *svg, const struct map_bar *bar,
                      const struct map_piece *piece)
{
    uint64_t permille = map_permille(bar, piece);
    char amount[MAP_AMOUNT_SIZE];
    map_piece_amount(piece, " addresses", amount);
    text_add(svg, "%s, ", amount);
    if (permille == 0) {
        text_add_plain(svg, "&lt;0.1 %");
    } else {
        text_add(svg, "%" PRIu64 ".%" PRIu64 " %%", permille / 10, permille % 10);
    }
    text_add_plain(svg, piece->overlap != MAP_CLEAR ? ", overlap" : "");
}

/* A block and its range have a column each in IPv4. In IPv6, where a range takes half of the
 * picture, what is free has its range alone and a block none. */
static void add_legend_line(struct text_buffer *svg, const struct map_bar *bar,
                            const struct map_piece *piece, uint64_t y)
{
    int is_ipv4 = bar->block.family == CNICALC_FAMILY_IPV4;
    char range[MAP_RANGE_SIZE];
    map_range(piece, range);
    text_add(svg, "<rect class=\"%s%s\" x=\"%d\" y=\"%" PRIu64 "\" width=\"12\" height=\"12\"/>\n",
             piece->role, piece->overlap != MAP_CLEAR ? " overlap" : "", MARGIN, y - 11);
    text_add(svg, "<text x=\"%d\" y=\"%" PRIu64 "\">", MARGIN + 20, y);
    text_add_xml(svg, map_title(piece));
    text_add_plain(svg, "</text>\n");
    if (is_ipv4) {
        text_add(svg, "<text x=\"%d\" y=\"%" PRIu64 "\">%s</text>\n", MARGIN + 245, y,
                 piece->cidr != NULL ? piece->cidr : "");
    }
    text_add(svg, "<text x=\"%d\" y=\"%" PRIu64 "\">%s, ", MARGIN + (is_ipv4 ? 375 : 245), y,
             is_ipv4 || piece->cidr == NULL ? range : piece->cidr);
    add_facts(svg, bar, piece);
    text_add_plain(svg, "</text>\n");
}

/* Where a further count of free blocks begins a line, in characters. */
#define FREE_WIDTH 60

static uint64_t bar_height(const struct map_bar *bar)
{
    size_t lines = bar->count + map_free_lines(bar, FREE_WIDTH).count;
    return TITLE_SPACE + BAR_HEIGHT + LINE_SPACE * lines + BAR_SPACE;
}

static void add_bar(struct text_buffer *svg, const struct map_bar *bar, uint64_t top)
{
    uint64_t y = top + TITLE_SPACE;
    char amount[MAP_AMOUNT_SIZE];
    map_bar_amount(bar, amount);
    text_add(svg, "<text class=\"title\" x=\"%d\" y=\"%" PRIu64 "\">%s %s, %s</text>\n", MARGIN,
             y - 9, map_heading(bar), bar->cidr, amount);
    for (size_t i = 0; i < bar->count; i++) {
        add_piece(svg, bar, &bar->pieces[i], y);
    }
    for (size_t i = 0; i < bar->count; i++) {
        add_legend_line(svg, bar, &bar->pieces[i], y + BAR_HEIGHT + LINE_SPACE * (i + 1));
    }
    y += BAR_HEIGHT + LINE_SPACE * bar->count;
    const struct words lines = map_free_lines(bar, FREE_WIDTH);
    for (size_t i = 0; i < lines.count; i++) {
        y += LINE_SPACE;
        text_add(svg, "<text x=\"%d\" y=\"%" PRIu64 "\">%s</text>\n", MARGIN, y, lines.texts[i]);
    }
}

const char *map_svg(const struct map_plan *plan)
{
    struct text_buffer svg = {NULL, 0, 0};
    uint64_t height = MARGIN;
    for (size_t i = 0; i < plan->count; i++) {
        height += bar_height(&plan->bars[i]);
    }
    svg_begin(&svg, "Address plan", WIDTH, height);
    uint64_t top = MARGIN / 2;
    for (size_t i = 0; i < plan->count; i++) {
        add_bar(&svg, &plan->bars[i], top);
        top += bar_height(&plan->bars[i]);
    }
    text_add_plain(&svg, "</svg>\n");
    return svg.text;
}
