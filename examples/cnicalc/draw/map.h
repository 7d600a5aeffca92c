/* SPDX-License-Identifier: MIT */
/* An address plan as bars: the blocks of each VPC block and of each private range, and what is free
 * between them, IPv4 first. */
#ifndef CNICALC_TOOL_MAP_H
#define CNICALC_TOOL_MAP_H

#include "../ask/plan.h"
#include "../base/words.h"

/* How much of a piece shares its addresses with what it must not. */
enum map_overlap { MAP_CLEAR, MAP_PARTLY, MAP_WHOLLY };

/* A block in a bar, cut to it, or what is free. */
struct map_piece {
    const char *role;   /* as the library names it, or "free" */
    uint32_t role_code; /* 0: free */
    const char *name;   /* of a zone or a network; NULL: none */
    const char *cidr;   /* as it was given; NULL: free */
    cnicalc_address first;
    cnicalc_address last;
    enum map_overlap overlap;
};

struct map_bar {
    const char *kind; /* "vpc", "private" or "other" */
    const char *cidr;
    cnicalc_cidr block;
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

/* Steps of equal length: those of a bar, and those that a piece begins after and has. In IPv4 a
 * step is an address; an IPv6 bar has at most 2^46. */
uint64_t map_bar_steps(const struct map_bar *bar);
uint64_t map_piece_start(const struct map_bar *bar, const struct map_piece *piece);
uint64_t map_piece_steps(const struct map_bar *bar, const struct map_piece *piece);

/* What a piece takes of its bar, in thousandths, the nearest. */
uint64_t map_permille(const struct map_bar *bar, const struct map_piece *piece);

/* How many addresses; 0: 2^64 or more. */
uint64_t map_addresses(const struct map_piece *piece);

/* "8192", with the unit behind it, or "256 /64" where there are that many addresses. */
#define MAP_AMOUNT_SIZE 40
void map_piece_amount(const struct map_piece *piece, const char *unit, char text[MAP_AMOUNT_SIZE]);
void map_bar_amount(const struct map_bar *bar, char text[MAP_AMOUNT_SIZE]);

/* "192.168.0.0 - 192.168.31.255" */
#define MAP_RANGE_SIZE (2 * CNICALC_ADDRESS_TEXT_SIZE + 2)
void map_range(const struct map_piece *piece, char text[MAP_RANGE_SIZE]);

/* How many vSwitches of a mask have room in a piece, side by side. None where no vSwitch may be, as
 * outside the VPC. */
uint64_t map_free_blocks(const struct map_bar *bar, const struct map_piece *piece, uint32_t mask);

/* The masks that a vSwitch in a bar may have. */
void map_masks(const struct map_bar *bar, uint32_t *out_low, uint32_t *out_high);

/* "Free blocks: /17 1, /18 3," and lines like it that go on, of at most width characters; an
 * empty list where there is none. */
struct words map_free_lines(const struct map_bar *bar, size_t width);

/* "VPC", "Private range" or "Network". */
const char *map_heading(const struct map_bar *bar);

/* "vswitch I", or "free". */
const char *map_title(const struct map_piece *piece);

/* The lines of the plan as text, and the plan as SVG. */
struct words map_text(const struct map_plan *plan);
const char *map_svg(const struct map_plan *plan);

#endif
