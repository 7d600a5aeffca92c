/* SPDX-License-Identifier: MIT */
/* How long the pieces of a bar are, and how they are named. */
#include "map.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../base/text_buffer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* So that steps in hundredths of a pixel fit into 64 bits. */
#define STEPS_BITS 46

/* Bits of an address below the prefix of a bar. */
static uint32_t bits_of(const struct map_bar *bar)
{
    uint32_t width = bar->block.family == CNICALC_FAMILY_IPV4 ? 32 : 128;
    return width - bar->block.prefix_len;
}

uint64_t map_bar_steps(const struct map_bar *bar)
{
    uint32_t bits = bits_of(bar);
    return UINT64_C(1) << (bits < STEPS_BITS ? bits : STEPS_BITS);
}

/* The step of a bar in which an address is. */
static uint64_t step_of(const struct map_bar *bar, const cnicalc_address *address)
{
    uint32_t bits = bits_of(bar);
    uint32_t shift = bits < STEPS_BITS ? 0 : bits - STEPS_BITS;
    uint64_t hi = address->hi - bar->block.hi;
    uint64_t lo = address->lo - bar->block.lo;
    if (shift >= 64) {
        return hi >> (shift - 64);
    }
    return shift == 0 ? lo : hi << (64 - shift) | lo >> shift;
}

uint64_t map_piece_start(const struct map_bar *bar, const struct map_piece *piece)
{
    return step_of(bar, &piece->first);
}

uint64_t map_piece_steps(const struct map_bar *bar, const struct map_piece *piece)
{
    return step_of(bar, &piece->last) - step_of(bar, &piece->first) + 1;
}

uint64_t map_permille(const struct map_bar *bar, const struct map_piece *piece)
{
    uint64_t size = map_bar_steps(bar);
    return (map_piece_steps(bar, piece) * 2000 + size) / (2 * size);
}

/* ---- Counts ---- */

uint64_t map_addresses(const struct map_piece *piece)
{
    return piece->first.hi == piece->last.hi ? piece->last.lo - piece->first.lo + 1 : 0;
}

/* How many /64 lie whole in a piece; 0 also for all 2^64 of them. */
static uint64_t count_networks(const struct map_piece *piece)
{
    uint64_t steps = piece->last.hi - piece->first.hi;
    uint64_t whole_ends = (uint64_t)(piece->first.lo == 0) + (piece->last.lo == UINT64_MAX);
    return steps == 0 && whole_ends == 0 ? 0 : steps + whole_ends - 1;
}

static void write_networks(uint64_t count, int is_all, char text[MAP_AMOUNT_SIZE])
{
    if (is_all) {
        snprintf(text, MAP_AMOUNT_SIZE, "2^64 /64");
    } else {
        snprintf(text, MAP_AMOUNT_SIZE, "%" PRIu64 " /64", count);
    }
}

void map_piece_amount(const struct map_piece *piece, const char *unit, char text[MAP_AMOUNT_SIZE])
{
    uint64_t addresses = map_addresses(piece);
    if (addresses != 0) {
        snprintf(text, MAP_AMOUNT_SIZE, "%" PRIu64 "%s", addresses, unit);
    } else {
        write_networks(count_networks(piece), piece->last.hi - piece->first.hi == UINT64_MAX, text);
    }
}

void map_bar_amount(const struct map_bar *bar, char text[MAP_AMOUNT_SIZE])
{
    uint32_t bits = bits_of(bar);
    if (bits < 64) {
        snprintf(text, MAP_AMOUNT_SIZE, "%" PRIu64 " addresses", UINT64_C(1) << bits);
    } else {
        write_networks(UINT64_C(1) << (bits & 63), bits == 128, text);
    }
}

void map_range(const struct map_piece *piece, char text[MAP_RANGE_SIZE])
{
    char first[CNICALC_ADDRESS_TEXT_SIZE];
    char last[CNICALC_ADDRESS_TEXT_SIZE];
    expect_ok(cnicalc_address_format(&piece->first, first, sizeof first));
    expect_ok(cnicalc_address_format(&piece->last, last, sizeof last));
    snprintf(text, MAP_RANGE_SIZE, "%s - %s", first, last);
}

/* ---- What is free ---- */

void map_masks(const struct map_bar *bar, uint32_t *out_low, uint32_t *out_high)
{
    uint32_t bound = bar->block.family == CNICALC_FAMILY_IPV4
                         ? CNICALC_BOUND_VSWITCH_PREFIX_LEN
                         : CNICALC_BOUND_VSWITCH_IPV6_PREFIX_LEN;
    expect_ok(cnicalc_bound_range(bound, out_low, out_high));
}

uint64_t map_free_blocks(const struct map_bar *bar, const struct map_piece *piece, uint32_t mask)
{
    if (strcmp(bar->kind, "vpc") != 0 || piece->role_code != 0) {
        return 0;
    }
    if (bar->block.family == CNICALC_FAMILY_IPV6) { /* whose vSwitches are /64 */
        return count_networks(piece);
    }
    uint64_t size = UINT64_C(1) << (32 - mask);
    uint64_t begin = (piece->first.lo + size - 1) / size;
    uint64_t end = (piece->last.lo + 1) / size;
    return end > begin ? end - begin : 0;
}

struct words map_free_lines(const struct map_bar *bar, size_t width)
{
    struct words lines = {NULL, 0, 0};
    struct text_buffer line = {NULL, 0, 0};
    uint32_t low = 0;
    uint32_t high = 0;
    map_masks(bar, &low, &high);
    for (uint32_t mask = low; mask <= high; mask++) {
        uint64_t count = 0;
        for (size_t i = 0; i < bar->count; i++) {
            count += map_free_blocks(bar, &bar->pieces[i], mask);
        }
        if (count == 0) {
            continue;
        }
        if (line.length > width) {
            text_add_plain(&line, ",");
            words_add_text(&lines, line.text);
            line = (struct text_buffer){NULL, 0, 0};
            text_add(&line, "%13s", ""); /* below the first count */
        } else {
            text_add_plain(&line, line.length == 0 ? "Free blocks: " : ", ");
        }
        text_add(&line, "/%" PRIu32 " %" PRIu64, mask, count);
    }
    if (line.length != 0) {
        words_add_text(&lines, line.text);
    }
    return lines;
}

/* ---- Names ---- */

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
