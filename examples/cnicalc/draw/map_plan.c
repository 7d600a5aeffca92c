/* SPDX-License-Identifier: MIT */
/* Which bars a plan has, and what is in them. */
#include "map.h"
#include "../base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The private ranges of RFC 1918. */
static const struct map_bar private_ranges[] = {
    {"private", "10.0.0.0/8", 0x0a000000, 0x0affffff, NULL, 0},
    {"private", "172.16.0.0/12", 0xac100000, 0xac1fffff, NULL, 0},
    {"private", "192.168.0.0/16", 0xc0a80000, 0xc0a8ffff, NULL, 0},
};

#define PRIVATE_COUNT (sizeof private_ranges / sizeof private_ranges[0])

/* Which blocks a bar shows. */
enum bar_content { BAR_VPC, BAR_RANGE };

static int is_vswitch(uint32_t role)
{
    return cnicalc_plan_role_serves(role) != 0 || role == CNICALC_PLAN_ROLE_OTHER_VSWITCH;
}

static uint64_t last_of(const cnicalc_cidr *block)
{
    return block->lo + (UINT64_C(1) << (32 - block->prefix_len)) - 1;
}

static int is_inside(const cnicalc_cidr *block, uint64_t first, uint64_t last)
{
    return block->lo >= first && last_of(block) <= last;
}

/* The blocks of IPv4 alone: what can be drawn. A summary takes no addresses. */
static int is_drawn(const cnicalc_plan_block *block)
{
    return block->cidr.family == CNICALC_FAMILY_IPV4 && block->role != CNICALC_PLAN_ROLE_SUMMARY;
}

/* Whether a VPC block holds all of a range. */
static int is_in_vpc(const struct plan_blocks *plan, uint64_t first, uint64_t last)
{
    for (size_t i = 0; i < plan->count; i++) {
        const cnicalc_plan_block *block = &plan->blocks[i];
        if (is_drawn(block) && block->role == CNICALC_PLAN_ROLE_VPC && first >= block->cidr.lo &&
            last <= last_of(&block->cidr)) {
            return 1;
        }
    }
    return 0;
}

static int by_address(const void *a, const void *b)
{
    const struct map_piece *left = a;
    const struct map_piece *right = b;
    if (left->first != right->first) {
        return left->first < right->first ? -1 : 1;
    }
    if (left->last != right->last) {
        return left->last > right->last ? -1 : 1;
    }
    return (left->role_code > right->role_code) - (left->role_code < right->role_code);
}

/* Terway's pods and nodes may share a vSwitch. */
static int may_share(const struct map_piece *a, const struct map_piece *b)
{
    return a->first == b->first && a->last == b->last &&
           a->role_code == CNICALC_PLAN_ROLE_NODE_VSWITCH &&
           b->role_code == CNICALC_PLAN_ROLE_POD_VSWITCH;
}

/* Blocks overlap only by one holding the other; in their order the one that holds comes first. */
static void mark_overlaps(struct map_bar *bar)
{
    for (size_t i = 0; i < bar->count; i++) {
        struct map_piece *outer = &bar->pieces[i];
        for (size_t j = i + 1; j < bar->count && bar->pieces[j].first <= outer->last; j++) {
            struct map_piece *inner = &bar->pieces[j];
            if (!may_share(outer, inner)) {
                inner->overlap = MAP_WHOLLY;
                outer->overlap = outer->overlap == MAP_CLEAR ? MAP_PARTLY : outer->overlap;
            }
        }
    }
}

static void add_free(struct map_bar *bar, uint64_t first, uint64_t end)
{
    const struct map_piece piece = {"free", 0, NULL, NULL, first, end - 1, MAP_CLEAR};
    if (first < end) {
        bar->pieces[bar->count++] = piece;
    }
}

/* Adds what lies between the blocks, which are sorted. */
static void add_gaps(struct map_bar *bar)
{
    size_t blocks = bar->count;
    uint64_t next = bar->first;
    for (size_t i = 0; i < blocks; i++) {
        add_free(bar, next, bar->pieces[i].first);
        next = bar->pieces[i].last >= next ? bar->pieces[i].last + 1 : next;
    }
    add_free(bar, next, bar->last + 1);
    qsort(bar->pieces, bar->count, sizeof *bar->pieces, by_address);
}

static int belongs(const struct plan_blocks *plan, const struct map_bar *bar, size_t index,
                   size_t own, enum bar_content content)
{
    const cnicalc_plan_block *block = &plan->blocks[index];
    if (!is_drawn(block) || index == own || block->cidr.lo > bar->last ||
        last_of(&block->cidr) < bar->first) {
        return 0;
    }
    return content == BAR_VPC || !is_vswitch(block->role) ||
           !is_in_vpc(plan, block->cidr.lo, last_of(&block->cidr));
}

/* Fills a bar; own is the block that the bar is, which is no piece of it. */
static void fill_bar(const struct plan_blocks *plan, struct map_bar *bar, size_t own,
                     enum bar_content content)
{
    bar->pieces = memory_take(2 * plan->count + 1, sizeof *bar->pieces);
    bar->count = 0;
    for (size_t i = 0; i < plan->count; i++) {
        const cnicalc_plan_block *block = &plan->blocks[i];
        if (!belongs(plan, bar, i, own, content)) {
            continue;
        }
        struct map_piece *piece = &bar->pieces[bar->count++];
        uint64_t last = last_of(&block->cidr);
        piece->role = cnicalc_plan_role_name(block->role);
        piece->role_code = block->role;
        piece->name = plan->labels[i].name;
        piece->cidr = plan->labels[i].cidr;
        piece->first = block->cidr.lo > bar->first ? block->cidr.lo : bar->first;
        piece->last = last < bar->last ? last : bar->last;
        /* Nothing but a vSwitch may lie in a VPC block. */
        piece->overlap = content == BAR_VPC && !is_vswitch(block->role) ? MAP_WHOLLY : MAP_CLEAR;
    }
    qsort(bar->pieces, bar->count, sizeof *bar->pieces, by_address);
    mark_overlaps(bar);
    add_gaps(bar);
}

static void add_block_bar(const struct plan_blocks *plan, size_t index, const char *kind,
                          enum bar_content content, struct map_plan *map)
{
    const cnicalc_cidr *block = &plan->blocks[index].cidr;
    struct map_bar *bar = &map->bars[map->count++];
    bar->kind = kind;
    bar->cidr = plan->labels[index].cidr;
    bar->first = block->lo;
    bar->last = last_of(block);
    fill_bar(plan, bar, content == BAR_VPC ? index : SIZE_MAX, content);
}

/* Whether one of the bars so far shows all of a block. */
static int is_shown(const struct map_plan *map, const cnicalc_cidr *block)
{
    for (size_t i = 0; i < map->count; i++) {
        if (is_inside(block, map->bars[i].first, map->bars[i].last)) {
            return 1;
        }
    }
    return 0;
}

static void add_private_bars(const struct plan_blocks *plan, struct map_plan *map)
{
    for (size_t i = 0; i < PRIVATE_COUNT; i++) {
        struct map_bar bar = private_ranges[i];
        fill_bar(plan, &bar, SIZE_MAX, BAR_RANGE);
        int is_used = bar.count != 1 || bar.pieces[0].role_code != 0;
        if (is_used && !is_in_vpc(plan, bar.first, bar.last)) {
            map->bars[map->count++] = bar;
        }
    }
}

void map_plan_make(const struct plan_blocks *plan, struct map_plan *out_plan)
{
    out_plan->bars = memory_take(plan->count + PRIVATE_COUNT, sizeof *out_plan->bars);
    out_plan->count = 0;
    for (size_t i = 0; i < plan->count; i++) {
        if (is_drawn(&plan->blocks[i]) && plan->blocks[i].role == CNICALC_PLAN_ROLE_VPC) {
            add_block_bar(plan, i, "vpc", BAR_VPC, out_plan);
        }
    }
    add_private_bars(plan, out_plan);
    for (size_t i = 0; i < plan->count; i++) {
        if (is_drawn(&plan->blocks[i]) && !is_shown(out_plan, &plan->blocks[i].cidr)) {
            add_block_bar(plan, i, "other", BAR_RANGE, out_plan);
        }
    }
}

char map_mark(const struct map_piece *piece)
{
    static const char marks[CNICALC_PLAN_ROLE_COUNT] = {
        [0] = '.', /* free */
        [CNICALC_PLAN_ROLE_VPC] = 'V',
        [CNICALC_PLAN_ROLE_NODE_VSWITCH] = 'N',
        [CNICALC_PLAN_ROLE_POD_VSWITCH] = 'P',
        [CNICALC_PLAN_ROLE_VSWITCH] = 'B',
        [CNICALC_PLAN_ROLE_POD_CIDR] = 'C',
        [CNICALC_PLAN_ROLE_SERVICE_CIDR] = 'S',
        [CNICALC_PLAN_ROLE_OTHER] = 'O',
        [CNICALC_PLAN_ROLE_OTHER_SERVICE_CIDR] = 'T',
        [CNICALC_PLAN_ROLE_OTHER_VSWITCH] = 'X',
    };
    return marks[piece->role_code];
}

uint64_t map_permille(const struct map_bar *bar, const struct map_piece *piece)
{
    uint64_t size = bar->last - bar->first + 1;
    return ((piece->last - piece->first + 1) * 2000 + size) / (2 * size);
}

uint64_t map_free_blocks(const struct map_bar *bar, const struct map_piece *piece, uint32_t mask)
{
    uint64_t size = UINT64_C(1) << (32 - mask);
    uint64_t begin = (piece->first + size - 1) / size;
    uint64_t end = (piece->last + 1) / size;
    return strcmp(bar->kind, "vpc") == 0 && piece->role_code == 0 && end > begin ? end - begin : 0;
}

const char *map_heading(const struct map_bar *bar)
{
    if (strcmp(bar->kind, "vpc") == 0) {
        return "VPC";
    }
    return strcmp(bar->kind, "private") == 0 ? "Private range" : "Network";
}

const char *map_title(const struct map_piece *piece)
{
    const char *name = piece->name != NULL ? piece->name : "";
    size_t size = strlen(piece->role) + strlen(name) + 2;
    char *title = memory_take(size, 1);
    snprintf(title, size, "%s%s%s", piece->role, *name != '\0' ? " " : "", name);
    return title;
}
