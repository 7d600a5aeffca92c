/* SPDX-License-Identifier: MIT */
/* A plan as text: a bar of columns for each range, and under it a line for each piece. */
#include "map.h"
#include "../base/text_buffer.h"
#include "../base/utf8.h"

#include <inttypes.h>
#include <string.h>

/* A power of two, like the sizes of blocks and bars. */
#define COLUMNS 64

/* At least as wide as "255.255.255.255 - 255.255.255.255", so that bars of IPv4 are alike. */
#define RANGE_WIDTH 33

/* The columns that a piece touches: from the first to before the end, at least one. A block is
 * whole columns, or lies in one. */
struct span {
    uint64_t first;
    uint64_t end;
};

static struct span find_span(const struct map_bar *bar, const struct map_piece *piece)
{
    uint64_t size = map_bar_steps(bar);
    uint64_t start = map_piece_start(bar, piece);
    uint64_t end = start + map_piece_steps(bar, piece);
    struct span span = {start * COLUMNS / size, (end * COLUMNS + size - 1) / size};
    return span;
}

/* Every mark of a block is a capital letter. */
static char lower(char mark)
{
    return (char)(mark - 'A' + 'a');
}

static int is_same_block(const struct map_piece *a, const struct map_piece *b)
{
    return memcmp(&a->first, &b->first, sizeof a->first) == 0 &&
           memcmp(&a->last, &b->last, sizeof a->last) == 0;
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

static void add_padded(struct text_buffer *line, const char *text, size_t width)
{
    size_t count = utf8_count(text, strlen(text));
    text_add_plain(line, text);
    text_add(line, "%*s", (int)(count < width ? width - count : 0) + 2, "");
}

/* How wide the columns of a bar's lines are. */
struct widths {
    size_t title;
    size_t cidr;
    size_t range;
};

static void add_line(const struct map_bar *bar, const struct map_piece *piece,
                     const struct widths *widths, struct words *lines)
{
    struct text_buffer line = {NULL, 0, 0};
    char range[MAP_RANGE_SIZE];
    char amount[MAP_AMOUNT_SIZE];
    uint64_t permille = map_permille(bar, piece);
    map_range(piece, range);
    map_piece_amount(piece, "", amount);
    text_add(&line, "  %c  ", map_mark(piece));
    add_padded(&line, map_title(piece), widths->title);
    add_padded(&line, piece->cidr != NULL ? piece->cidr : "-", widths->cidr);
    add_padded(&line, range, widths->range);
    text_add(&line, "%10s  ", amount);
    if (permille == 0) {
        text_add_plain(&line, "<0.1 %");
    } else {
        text_add(&line, "%3" PRIu64 ".%" PRIu64 " %%", permille / 10, permille % 10);
    }
    text_add_plain(&line, piece->overlap != MAP_CLEAR ? "  overlap" : "");
    words_add_text(lines, line.text);
}

static void widen(size_t *width, size_t needed)
{
    *width = needed > *width ? needed : *width;
}

/* Where a further count begins a line. */
#define FREE_WIDTH 74

static void add_free_blocks(const struct map_bar *bar, struct words *lines)
{
    const struct words free = map_free_lines(bar, FREE_WIDTH);
    for (size_t i = 0; i < free.count; i++) {
        struct text_buffer line = {NULL, 0, 0};
        text_add(&line, "  %s", free.texts[i]);
        words_add_text(lines, line.text);
    }
}

static void add_bar(const struct map_bar *bar, struct words *lines)
{
    char cells[COLUMNS + 1];
    char text[MAP_RANGE_SIZE];
    struct widths widths = {0, 1, RANGE_WIDTH};
    struct text_buffer line = {NULL, 0, 0};
    map_bar_amount(bar, text);
    text_add(&line, "%s %s, %s", map_heading(bar), bar->cidr, text);
    words_add_text(lines, line.text);
    draw_bar(bar, cells);
    line.length = 0;
    text_add(&line, "[%s]", cells);
    words_add_text(lines, line.text);
    for (size_t i = 0; i < bar->count; i++) {
        const struct map_piece *piece = &bar->pieces[i];
        const char *title = map_title(piece);
        map_range(piece, text);
        widen(&widths.title, utf8_count(title, strlen(title)));
        widen(&widths.cidr, piece->cidr != NULL ? strlen(piece->cidr) : 0);
        widen(&widths.range, strlen(text));
    }
    for (size_t i = 0; i < bar->count; i++) {
        add_line(bar, &bar->pieces[i], &widths, lines);
    }
    add_free_blocks(bar, lines);
    words_add_text(lines, "");
}

struct words map_text(const struct map_plan *plan)
{
    struct words lines = {NULL, 0, 0};
    for (size_t i = 0; i < plan->count; i++) {
        add_bar(&plan->bars[i], &lines);
    }
    words_add_text(&lines, "A capital begins a block; . is free, # an overlap, * more than one "
                           "block in a column.");
    return lines;
}
