/* SPDX-License-Identifier: MIT */
/* cnicalc map: an address plan drawn to scale. */
#include "../draw/map.h"

#include "../ask/ceilings.h"
#include "../base/complaint.h"
#include "../command.h"
#include "check.h"
#include "plan_node.h"

struct request {
    struct plan_blocks plan;
    struct plan_node node;
    cnicalc_plan_check_options unread; /* what check alone reads must be well-formed */
};

/* clang-format off */
static const struct option options[] = {
    OPTION_GROUP_OF(plan_options, struct request, plan, 0, NULL),
    {.kind = OPTION_GROUP, .group = check_options, .where = offsetof(struct request, unread),
     .help = CHECK_UNREAD, .is_relaxed = 1},
    OPTION_GROUP_OF(plan_node_options, struct request, node, 0, CHECK_UNREAD),
    CEILINGS_OPTIONS_AS(struct request, unread.ceilings, CHECK_CEILINGS, CHECK_UNREAD),
    OPTIONS_END};
/* clang-format on */

struct free_row {
    uint32_t mask;
    uint64_t blocks;
};

struct row {
    const char *range;
    const char *kind;
    const char *role;
    const char *name; /* or NULL */
    const char *cidr; /* or NULL */
    cnicalc_address first;
    cnicalc_address last;
    uint64_t addresses;
    struct decimal share_percent;
    uint32_t overlaps;
    struct list free_blocks; /* of struct free_row */
};

static const struct field free_fields[] = {{"mask", NULL, "the mask of a vSwitch", FIELD_QUANTITY,
                                            .where = offsetof(struct free_row, mask)},
                                           {"blocks", NULL, "how many of this mask, side by side",
                                            FIELD_COUNT,
                                            .where = offsetof(struct free_row, blocks)},
                                           FIELDS_END};

#define AT(member) offsetof(struct row, member)

static const struct field fields[] = {
    {"range", NULL, "the block or range of the bar", FIELD_TEXT, .where = AT(range)},
    {"kind", NULL, "what it is: vpc, private or other", FIELD_TEXT, .where = AT(kind)},
    {"role", NULL, "the role of a piece of the bar, or free", FIELD_TEXT, .where = AT(role)},
    {"name", NULL, "its zone or network", FIELD_TEXT, .where = AT(name)},
    {"cidr", NULL, "the block; null for what is free", FIELD_TEXT, .where = AT(cidr)},
    {"first", NULL, "the first address of the piece", FIELD_ADDRESS, .where = AT(first)},
    {"last", NULL, "its last address", FIELD_ADDRESS, .where = AT(last)},
    {"addresses", NULL, "how many addresses the piece has; null from 2^64 on", FIELD_COUNT,
     .where = AT(addresses), .null_for_zero = 1},
    {"share_percent", NULL, "its share of the bar, in percent", FIELD_DECIMAL,
     .where = AT(share_percent)},
    {"overlaps", NULL, "whether it overlaps a block that it must not", FIELD_BOOL,
     .where = AT(overlaps)},
    {"free_blocks", NULL,
     "of what is free of the VPC, how many vSwitches of each mask there is room for", FIELD_LIST,
     .where = AT(free_blocks), .of = free_fields},
    FIELDS_END};

#undef AT

static struct list free_blocks_of(const struct map_bar *bar, const struct map_piece *piece)
{
    struct growing growing = {{NULL, 0, sizeof(struct free_row)}, NULL, 0};
    uint32_t low = 0;
    uint32_t high = 0;
    map_masks(bar, &low, &high);
    for (uint32_t mask = low; mask <= high; mask++) {
        uint64_t blocks = map_free_blocks(bar, piece, mask);
        if (blocks != 0) {
            growing_add(&growing, &(struct free_row){mask, blocks});
        }
    }
    return growing.list;
}

static void add_row(const struct map_bar *bar, const struct map_piece *piece, struct answer *answer)
{
    const struct row row = {bar->cidr,
                            bar->kind,
                            piece->role,
                            piece->name,
                            piece->cidr,
                            piece->first,
                            piece->last,
                            map_addresses(piece),
                            {map_permille(bar, piece), 1},
                            piece->overlap != MAP_CLEAR,
                            free_blocks_of(bar, piece)};
    answer_add(answer, &row);
}

static void init(void *asked)
{
    struct request *request = asked;
    expect_ok(cnicalc_plan_check_options_init(&request->unread, sizeof request->unread));
    plan_node_init(&request->node);
}

static int run(const struct args *args, void *asked, struct answer *answer)
{
    const struct request *request = asked;
    struct map_plan map;
    map_plan_make(&request->plan, &map);
    if (map.count == 0) {
        return complain(args->subcommand, "plan", "there is no block to draw; give --vpc");
    }
    answer_rows(answer, fields, sizeof(struct row));
    for (size_t i = 0; i < map.count; i++) {
        for (size_t j = 0; j < map.bars[i].count; j++) {
            add_row(&map.bars[i], &map.bars[i].pieces[j], answer);
        }
    }
    if (answer->format == OUTPUT_TABLE) {
        answer->lines = map_text(&map);
    } else if (answer->format == OUTPUT_SVG) {
        answer->rendered = map_svg(&map);
    }
    return EXIT_ANSWERED;
}

const struct command map_command = {
    .name = "map",
    .summary = "an address plan drawn to scale, with what is free",
    .usage = "--vpc CIDR... [OPTION...]",
    .about =
        "Draws the blocks of an address plan: a bar for each block of the VPC, and one for "
        "each private range that is used, with what is free in between; IPv6 follows IPv4. Under "
        "a block of the VPC it says how many free blocks of each mask are left for vSwitches. -o "
        "table is text, -o svg one picture. A map does not judge a plan, but marks what overlaps.",
    .examples = "cnicalc map --vpc 192.168.0.0/16 --node-vswitch I=192.168.0.0/19 \\\n"
                "  --pod-vswitch I=192.168.32.0/19 --service-cidr 172.21.0.0/20",
    .options = options,
    .fields = fields,
    .formats = OUTPUT_PICTURES,
    .request_size = sizeof(struct request),
    .init = init,
    .run = run,
};
