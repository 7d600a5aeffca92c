/* SPDX-License-Identifier: MIT */
/* Remarks on a proposal. */
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../base/text_buffer.h"
#include "../command.h"
#include "propose.h"

#include <inttypes.h>

/* What the vSwitches for nodes that are there have free in a zone; CNICALC_UNKNOWN_COUNT: the zone
 * has none. */
static uint64_t free_in_zone(const struct propose_request *request, uint32_t zone)
{
    uint64_t sum = CNICALC_UNKNOWN_COUNT;
    for (size_t i = 0; i < request->in_use.count; i++) {
        const cnicalc_plan_block *block = &request->in_use.blocks[i];
        const cnicalc_vswitch vswitch = {block->cidr, block->used_addresses, 0,
                                         zone,        CNICALC_VSWITCH_NODE,  {0}};
        cnicalc_vswitch_room room;
        if (cnicalc_plan_role_serves(block->role) != 0 && block->zone == zone &&
            block->cidr.family == CNICALC_FAMILY_IPV4) {
            expect_ok(cnicalc_vswitch_solve(&vswitch, &room));
            sum = (sum == CNICALC_UNKNOWN_COUNT ? 0 : sum) + room.free_addresses;
        }
    }
    return sum;
}

static void note_nodes(const struct propose_request *request, struct propose_row *row,
                       struct answer *answer)
{
    uint32_t zones = request->options.zones;
    for (uint32_t zone = 0; zone < zones; zone++) {
        uint64_t there = free_in_zone(request, zone);
        uint64_t nodes = row->proposal.nodes / zones + (zone < row->proposal.nodes % zones);
        struct text_buffer note = {NULL, 0, 0};
        if (there != CNICALC_UNKNOWN_COUNT) {
            text_add_zone(&note, request->zones.texts[zone]);
            text_add(&note, " has %" PRIu64 " free %s for %" PRIu64 " %s", there,
                     there == 1 ? "address" : "addresses", nodes, nodes == 1 ? "node" : "nodes");
            text_add_plain(&note, nodes <= there ? "" : ", and gets room for the others");
            answer_note(answer, &row->notes, note.text);
        }
    }
}

/* More findings than a block of a legal plan can have. */
#define FINDINGS_OF_A_BLOCK 4

/* How many vSwitches check finds smaller than is advised, and the advised mask. */
static size_t count_small(struct propose_row *row, const cnicalc_plan_block *blocks,
                          uint64_t *out_mask)
{
    const cnicalc_plan plan = {blocks, row->proposal.block_count};
    cnicalc_plan_check_options options;
    size_t most = FINDINGS_OF_A_BLOCK * plan.block_count;
    cnicalc_plan_finding *findings = memory_take(most, sizeof *findings);
    size_t count = 0;
    size_t small = 0;
    expect_ok(cnicalc_plan_check_options_init(&options, sizeof options));
    options.plugin = row->options.plugin;
    expect_ok(cnicalc_plan_check(&plan, &options, findings, most, &count, NULL));
    for (size_t i = 0; i < count; i++) {
        if (findings[i].code == CNICALC_PLAN_POD_VSWITCH_SMALL) {
            *out_mask = findings[i].bound;
            small++;
        }
    }
    return small;
}

void propose_add_notes(const struct propose_request *request, const cnicalc_plan_block *blocks,
                       struct propose_row *row, struct answer *answer)
{
    struct text_buffer note = {NULL, 0, 0};
    uint64_t mask = 0;
    size_t small = count_small(row, blocks, &mask);
    if (row->proposal.pods_factor == 1) {
        answer_note(answer, &row->notes,
                    "the VPC has no room for twice the pods, so the vSwitches hold them once");
    }
    if (small != 0) {
        text_add(&note,
                 "for pods a vSwitch of /%" PRIu64 " or shorter is recommended, and check warns of "
                 "%zu that %s smaller",
                 mask, small, small == 1 ? "is" : "are");
        answer_note(answer, &row->notes, note.text);
    }
    note_nodes(request, row, answer);
}
