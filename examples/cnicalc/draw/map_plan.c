/* SPDX-License-Identifier: MIT */
/* Which bars a plan has, and what is in them. */
#include "map.h"
#include "../base/complaint.h"
#include "../base/memory.h"

#include <stdlib.h>

/* The private ranges of RFC 1918. */
static const struct map_bar private_ranges[] = {
    {"private", "10.0.0.0/8", {0, 0x0a000000, CNICALC_FAMILY_IPV4, 8}, NULL, 0},
    {"private", "172.16.0.0/12", {0, 0xac100000, CNICALC_FAMILY_IPV4, 12}, NULL, 0},
    {"private", "192.168.0.0/16", {0, 0xc0a80000, CNICALC_FAMILY_IPV4, 16}, NULL, 0},
};

#define PRIVATE_COUNT (sizeof private_ranges / sizeof private_ranges[0])

/* Which blocks a bar shows. */
enum bar_content { BAR_VPC, BAR_RANGE };

static int is_vswitch(uint32_t role)
{
    return cnicalc_plan_role_serves(role) != 0 || role == CNICALC_PLAN_ROLE_OTHER_VSWITCH;
}

static int compare(const cnicalc_address *a, const cnicalc_address *b)
{
    if (a->hi != b->hi) {
        return a->hi < b->hi ? -1 : 1;
    }
    return (a->lo > b->lo) - (a->lo < b->lo);
}

static cnicalc_address first_of(const cnicalc_cidr *block)
{
    const cnicalc_address first = {block->hi, block->lo, block->family, 0};
    return first;
}

/* The bits of a word of 64 below a prefix. */
static uint64_t bits_below(uint32_t prefix_len)
{
    return prefix_len < 64 ? UINT64_MAX >> prefix_len : 0;
}

static cnicalc_address last_of(const cnicalc_cidr *block)
{
    cnicalc_address last = first_of(block);
    uint32_t len = block->prefix_len;
    if (block->family == CNICALC_FAMILY_IPV4) {
        last.lo |= bits_below(len + 32);
    } else {
        last.hi |= bits_below(len);
        last.lo |= bits_below(len > 64 ? len - 64 : 0);
    }
    return last;
}

static cnicalc_address after(cnicalc_address address)
{
    address.hi += address.lo == UINT64_MAX;
    address.lo++;
    return address;
}

static cnicalc_address before(cnicalc_address address)
{
    address.hi -= address.lo == 0;
    address.lo--;
    return address;
}

static int is_inside(const cnicalc_cidr *block, const cnicalc_cidr *outer)
{
    uint32_t is_it = 0;
    expect_ok(cnicalc_cidr_contains(outer, block, &is_it));
    return is_it != 0;
}

/* A summary takes no addresses. */
static int is_drawn(const cnicalc_plan_block *block, uint32_t family)
{
    return block->cidr.family == family && block->role != CNICALC_PLAN_ROLE_SUMMARY;
}

/* Whether a VPC block holds all of a block. */
static int is_in_vpc(const struct plan_blocks *plan, const cnicalc_cidr *inner)
{
    for (size_t i = 0; i < plan->count; i++) {
        const cnicalc_plan_block *block = &plan->blocks[i];
        if (is_drawn(block, inner->family) && block->role == CNICALC_PLAN_ROLE_VPC &&
            is_inside(inner, &block->cidr)) {
            return 1;
        }
    }
    return 0;
}

static int by_address(const void *a, const void *b)
{
    const struct map_piece *left = a;
    const struct map_piece *right = b;
    int order = compare(&left->first, &right->first);
    order = order != 0 ? order : compare(&right->last, &left->last);
    return order != 0 ? order
                      : (left->role_code > right->role_code) - (left->role_code < right->role_code);
}

/* Terway's pods and nodes may share a vSwitch. */
static int may_share(const struct map_piece *a, const struct map_piece *b)
{
    return compare(&a->first, &b->first) == 0 && compare(&a->last, &b->last) == 0 &&
           a->role_code == CNICALC_PLAN_ROLE_NODE_VSWITCH &&
           b->role_code == CNICALC_PLAN_ROLE_POD_VSWITCH;
}

/* Blocks overlap only by one holding the other; in their order the one that holds comes first. */
static void mark_overlaps(struct map_bar *bar)
{
    for (size_t i = 0; i < bar->count; i++) {
        struct map_piece *outer = &bar->pieces[i];
        for (size_t j = i + 1; j < bar->count && compare(&bar->pieces[j].first, &outer->last) <= 0;
             j++) {
            struct map_piece *inner = &bar->pieces[j];
            if (!may_share(outer, inner)) {
                inner->overlap = MAP_WHOLLY;
                outer->overlap = outer->overlap == MAP_CLEAR ? MAP_PARTLY : outer->overlap;
            }
        }
    }
}

static void add_free(struct map_bar *bar, cnicalc_address first, cnicalc_address last)
{
    const struct map_piece piece = {"free", 0, NULL, NULL, first, last, MAP_CLEAR};
    bar->pieces[bar->count++] = piece;
}

/* Adds what lies between the blocks, which are sorted. */
static void add_gaps(struct map_bar *bar)
{
    size_t blocks = bar->count;
    const cnicalc_address end = last_of(&bar->block);
    cnicalc_address next = first_of(&bar->block);
    int is_full = 0;
    for (size_t i = 0; i < blocks && !is_full; i++) {
        const struct map_piece *piece = &bar->pieces[i];
        if (compare(&next, &piece->first) < 0) {
            add_free(bar, next, before(piece->first));
        }
        is_full = compare(&piece->last, &end) == 0;
        next = compare(&piece->last, &next) >= 0 ? after(piece->last) : next;
    }
    if (!is_full) {
        add_free(bar, next, end);
    }
    qsort(bar->pieces, bar->count, sizeof *bar->pieces, by_address);
}

static int belongs(const struct plan_blocks *plan, const struct map_bar *bar, size_t index,
                   size_t own, enum bar_content content)
{
    const cnicalc_plan_block *block = &plan->blocks[index];
    if (!is_drawn(block, bar->block.family) || index == own ||
        (!is_inside(&block->cidr, &bar->block) && !is_inside(&bar->block, &block->cidr))) {
        return 0;
    }
    return content == BAR_VPC || !is_vswitch(block->role) || !is_in_vpc(plan, &block->cidr);
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
        const cnicalc_cidr *shown =
            is_inside(&block->cidr, &bar->block) ? &block->cidr : &bar->block;
        piece->role = cnicalc_plan_role_name(block->role);
        piece->role_code = block->role;
        piece->name = plan->labels[i].name;
        piece->cidr = plan->labels[i].cidr;
        piece->first = first_of(shown);
        piece->last = last_of(shown);
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
    struct map_bar *bar = &map->bars[map->count++];
    bar->kind = kind;
    bar->cidr = plan->labels[index].cidr;
    bar->block = plan->blocks[index].cidr;
    fill_bar(plan, bar, content == BAR_VPC ? index : SIZE_MAX, content);
}

/* Whether one of the bars so far shows all of a block. */
static int is_shown(const struct map_plan *map, const cnicalc_cidr *block)
{
    for (size_t i = 0; i < map->count; i++) {
        if (is_inside(block, &map->bars[i].block)) {
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
        if (is_used && !is_in_vpc(plan, &bar.block)) {
            map->bars[map->count++] = bar;
        }
    }
}

/* Adds the bars of a family: the VPC, the private ranges, which IPv4 alone has, and the rest. */
static void add_family(const struct plan_blocks *plan, uint32_t family, struct map_plan *map)
{
    for (size_t i = 0; i < plan->count; i++) {
        if (is_drawn(&plan->blocks[i], family) && plan->blocks[i].role == CNICALC_PLAN_ROLE_VPC) {
            add_block_bar(plan, i, "vpc", BAR_VPC, map);
        }
    }
    if (family == CNICALC_FAMILY_IPV4) {
        add_private_bars(plan, map);
    }
    for (size_t i = 0; i < plan->count; i++) {
        if (is_drawn(&plan->blocks[i], family) && !is_shown(map, &plan->blocks[i].cidr)) {
            add_block_bar(plan, i, "other", BAR_RANGE, map);
        }
    }
}

void map_plan_make(const struct plan_blocks *plan, struct map_plan *out_plan)
{
    out_plan->bars = memory_take(plan->count + PRIVATE_COUNT, sizeof *out_plan->bars);
    out_plan->count = 0;
    add_family(plan, CNICALC_FAMILY_IPV4, out_plan);
    add_family(plan, CNICALC_FAMILY_IPV6, out_plan);
}
