/* SPDX-License-Identifier: MIT */
/* A plan as text: a bar of columns for each range, and under it a line for each piece. */
#include "map.h"
#include "../base/complaint.h"
#include "../base/text_buffer.h"
#include "../base/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* A power of two, like the sizes of blocks and bars. */
#define COLUMNS 64

/* Room for "255.255.255.255 - 255.255.255.255". */
#define RANGE_SIZE 40

/* The columns that a piece touches: from the first to before the end, at least one. A block is
 * whole columns, or lies in one. */
struct span {
    uint64_t first;
    uint64_t end;
};

static struct span find_span(const struct map_bar *bar, const struct map_piece *piece)
{
    uint64_t size = bar->last - bar->first + 1;
    struct span span = {(piece->first - bar->first) * COLUMNS / size,
                        ((piece->last - bar->first + 1) * COLUMNS + size - 1) / size};
    return span;
}

/* Every mark of a block is a capital letter. */
static char lower(char mark)
{
    return (char)(mark - 'A' + 'a');
}

static int is_same_block(const struct map_piece *a, const struct map_piece *b)
{
    return a->first == b->first && a->last == b->last;
}

/* What a column shows when a piece has reached it: the piece, the vSwitch that serves nodes and
 * pods, or that blocks overlap or are too small to tell. */
static char choose_mark(const struct map_piece *piece, const struct map_piece *before,
                        char mark_before, int is_first)
{
    if (piece->overlap == MAP_WHOLLY) {
        return '#';
    }
    if (before != NULL) {
        return is_same_block(before, piece) ? mark_before : '*';
    }
    return is_first ? map_mark(piece) : lower(map_mark(piece));
}

static void draw_bar(const struct map_bar *bar, char cells[COLUMNS + 1])
{
    const struct map_piece *owners[COLUMNS] = {NULL};
    memset(cells, '.', COLUMNS);
    cells[COLUMNS] = '\0';
    for (size_t i = 0; i < bar->count; i++) {
        const struct map_piece *piece = &bar->pieces[i];
        struct span span = find_span(bar, piece);
        for (uint64_t at = span.first; at < span.end && piece->role_code != 0; at++) {
            cells[at] = choose_mark(piece, owners[at], cells[at], at == span.first);
            owners[at] = piece;
        }
    }
}

static void format_range(const struct map_piece *piece, char text[RANGE_SIZE])
{
    const uint64_t ends[] = {piece->first, piece->last};
    size_t length = 0;
    for (size_t i = 0; i < 2; i++) {
        length += (size_t)snprintf(text + length, RANGE_SIZE - length, "%s%d.%d.%d.%d",
                                   i == 0 ? "" : " - ", (int)(ends[i] >> 24 & 255),
                                   (int)(ends[i] >> 16 & 255), (int)(ends[i] >> 8 & 255),
                                   (int)(ends[i] & 255));
    }
}

static void add_padded(struct text_buffer *line, const char *text, size_t width)
{
    size_t count = utf8_count(text);
    text_add_plain(line, text);
    text_add(line, "%*s", (int)(count < width ? width - count : 0) + 2, "");
}

static struct value *make_line(const struct map_bar *bar, const struct map_piece *piece,
                               size_t title_width, size_t cidr_width)
{
    struct text_buffer line = {NULL, 0, 0};
    char range[RANGE_SIZE];
    uint64_t permille = map_permille(bar, piece);
    format_range(piece, range);
    text_add(&line, "  %c  ", map_mark(piece));
    add_padded(&line, map_title(piece), title_width);
    add_padded(&line, piece->cidr != NULL ? piece->cidr : "-", cidr_width);
    text_add(&line, "%-33s  %10" PRIu64 "  ", range, piece->last - piece->first + 1);
    if (permille == 0) {
        text_add_plain(&line, "<0.1 %");
    } else {
        text_add(&line, "%3" PRIu64 ".%" PRIu64 " %%", permille / 10, permille % 10);
    }
    text_add_plain(&line, piece->overlap != MAP_CLEAR ? "  overlap" : "");
    return value_text(line.text);
}

/* Where a further count begins a line. */
#define FREE_WIDTH 76

/* "  Free blocks: /17 1, /18 3", of the masks of vSwitches; no line where there is none. */
static void add_free_blocks(const struct map_bar *bar, struct value *lines)
{
    struct text_buffer line = {NULL, 0, 0};
    uint32_t low = 0;
    uint32_t high = 0;
    expect_ok(cnicalc_bound_range(CNICALC_BOUND_VSWITCH_PREFIX_LEN, &low, &high));
    for (uint32_t mask = low; mask <= high; mask++) {
        uint64_t count = 0;
        for (size_t i = 0; i < bar->count; i++) {
            count += map_free_blocks(bar, &bar->pieces[i], mask);
        }
        if (count == 0) {
            continue;
        }
        if (line.length > FREE_WIDTH) {
            text_add_plain(&line, ",");
            value_add(lines, value_text(line.text));
            line = (struct text_buffer){NULL, 0, 0};
            text_add(&line, "%15s", "");
        } else {
            text_add_plain(&line, line.length == 0 ? "  Free blocks: " : ", ");
        }
        text_add(&line, "/%" PRIu32 " %" PRIu64, mask, count);
    }
    if (line.length != 0) {
        value_add(lines, value_text(line.text));
    }
}

static void add_bar(const struct map_bar *bar, struct value *lines)
{
    char cells[COLUMNS + 1];
    size_t title_width = 0;
    size_t cidr_width = 0;
    struct text_buffer line = {NULL, 0, 0};
    text_add(&line, "%s %s, %" PRIu64 " addresses", map_heading(bar), bar->cidr,
             bar->last - bar->first + 1);
    value_add(lines, value_text(line.text));
    draw_bar(bar, cells);
    line.length = 0;
    text_add(&line, "[%s]", cells);
    value_add(lines, value_text(line.text));
    for (size_t i = 0; i < bar->count; i++) {
        size_t title = utf8_count(map_title(&bar->pieces[i]));
        size_t cidr = bar->pieces[i].cidr != NULL ? strlen(bar->pieces[i].cidr) : 1;
        title_width = title > title_width ? title : title_width;
        cidr_width = cidr > cidr_width ? cidr : cidr_width;
    }
    for (size_t i = 0; i < bar->count; i++) {
        value_add(lines, make_line(bar, &bar->pieces[i], title_width, cidr_width));
    }
    add_free_blocks(bar, lines);
    value_add(lines, value_text(""));
}

struct value *map_text(const struct map_plan *plan)
{
    struct value *lines = value_list();
    for (size_t i = 0; i < plan->count; i++) {
        add_bar(&plan->bars[i], lines);
    }
    value_add(lines,
              value_text("A capital begins a block; . is free, # an overlap, * more than one "
                         "block in a column."));
    return lines;
}
