/* SPDX-License-Identifier: MIT */
/* An address plan as bars: the blocks of each VPC block and of each private range, and what is free
 * between them. IPv4 only. */
#ifndef CNICALC_TOOL_MAP_H
#define CNICALC_TOOL_MAP_H

#include "../answer/document.h"
#include "../ask/plan.h"

/* How much of a piece shares its addresses with what it must not. */
enum map_overlap { MAP_CLEAR, MAP_PARTLY, MAP_WHOLLY };

/* A block in a bar, cut to it, or what is free. */
struct map_piece {
    const char *role;   /* as the library names it, or "free" */
    uint32_t role_code; /* 0: free */
    const char *name;   /* of a zone or a network; NULL: none */
    const char *cidr;   /* as it was given; NULL: free */
    uint64_t first;     /* addresses, both included */
    uint64_t last;
    enum map_overlap overlap;
};

struct map_bar {
    const char *kind; /* "vpc", "private" or "other" */
    const char *cidr;
    uint64_t first;
    uint64_t last;
    struct map_piece *pieces; /* by address */
    size_t count;
};

struct map_plan {
    struct map_bar *bars;
    size_t count;
};

void map_plan_make(const struct plan_blocks *plan, struct map_plan *out_plan);

/* The letter of a piece in text. */
char map_mark(const struct map_piece *piece);

/* What a piece takes of its bar, in thousandths, the nearest. */
uint64_t map_permille(const struct map_bar *bar, const struct map_piece *piece);

/* How many vSwitches of a mask have room in a piece, side by side. None where no vSwitch may be, as
 * outside the VPC. */
uint64_t map_free_blocks(const struct map_bar *bar, const struct map_piece *piece, uint32_t mask);

/* "VPC", "Private range" or "Network". */
const char *map_heading(const struct map_bar *bar);

/* "vswitch I", or "free". */
const char *map_title(const struct map_piece *piece);

/* The lines of the plan as text, and the plan as SVG. */
struct value *map_text(const struct map_plan *plan);
const char *map_svg(const struct map_plan *plan);

#endif
