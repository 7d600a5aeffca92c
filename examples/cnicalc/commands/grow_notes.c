/* SPDX-License-Identifier: MIT */
/* What cnicalc grow says beside its numbers, of a Terway cluster. */
#include "../ask/nearest.h"
#include "../base/text_buffer.h"
#include "grow.h"

#include <string.h>

static void note_additions(const struct terway_request *terway, struct grow_row *row,
                           struct answer *answer)
{
    int has_dual_stack = terway->dual_stack && (terway->type == NULL || row->node.dual_stack);
    if (row->vpc.count != 0) {
        answer_note(answer, &row->notes,
                    "the VPC has no room, so it gets a secondary block first, which a connected "
                    "network must not use");
    }
    if (row->node_vswitches.count + row->pod_vswitches.count != 0) {
        answer_note(answer, &row->notes,
                    "Terway chooses the vSwitch of an ENI when it creates the ENI: a new vSwitch "
                    "serves new nodes and new ENIs, and nodes whose ENIs are all attached keep "
                    "theirs");
    }
    if (row->node_vswitches.count + row->pod_vswitches.count != 0 && has_dual_stack) {
        answer_note(answer, &row->notes,
                    "each vSwitch to add needs a /64 of the VPC's IPv6 block as well, which is not "
                    "chosen here");
    }
}

/* A zone that no vSwitch is in may be a slip. */
static void note_new_zones(const struct grow_request *request, struct grow_row *row,
                           struct answer *answer)
{
    const struct terway_request *terway = &request->terway;
    for (uint32_t i = 0; i < request->zones.count; i++) {
        const char *name = request->zones.texts[i];
        struct nearest search = nearest_to(name);
        struct text_buffer note = {NULL, 0, 0};
        uint32_t zone = 0;
        size_t given = 0;
        (void)names_find(&terway->plan.zones, name, &zone);
        for (size_t j = 0; j < terway->vswitches.count; j++) {
            uint32_t other = terway->vswitches.vswitches[j].zone;
            nearest_offer(&search, plan_zone(&terway->plan, other));
            given += other == zone;
        }
        text_add_plain(&note, "no vSwitch of zone ");
        text_add_plain(&note, name);
        text_add_plain(&note, " is given, so it is taken for a new one");
        text_add_plain(&note, search.best != NULL ? "; did you mean " : "");
        text_add_plain(&note, search.best != NULL ? search.best : "");
        text_add_plain(&note, search.best != NULL ? "?" : "");
        if (given == 0) {
            answer_note(answer, &row->notes, note.text);
        }
    }
}

static void note_zones(const struct terway_request *request, struct grow_row *row,
                       struct answer *answer)
{
    const struct grow_zone *zones = row->zones.rows;
    if (zones[0].now.node_addresses == CNICALC_NO_LIMIT) {
        answer_note(answer, &row->notes,
                    "no vSwitch for nodes is given, so the addresses of nodes are not counted");
    }
    for (size_t i = 0; i < row->zones.count; i++) {
        struct text_buffer note = {NULL, 0, 0};
        if (zones[i].now.falls_back && zones[i].now.nodes != 0) {
            text_add_zone(&note, plan_zone(&request->plan, zones[i].now.zone));
            text_add(&note, " has no pod vSwitch, so its pods %s",
                     zones[i].now.fits ? "take addresses of the node vSwitches"
                                       : "get one for all pods of the further nodes");
            answer_note(answer, &row->notes, note.text);
        }
    }
}

/* What the nodes and pods there are hold is known from used= or free= alone. */
static void note_used(const struct terway_request *terway, struct grow_row *row,
                      struct answer *answer)
{
    int is_known = row->nodes == 0 && row->pods == 0;
    for (size_t i = 0; i < terway->plan.count; i++) {
        const char *given = terway->plan.labels[i].given;
        is_known |= strstr(given, ",used=") != NULL || strstr(given, ",free=") != NULL;
    }
    if (!is_known) {
        answer_note(
            answer, &row->notes,
            "without used= or free= of a vSwitch the addresses that existing nodes and pods "
            "hold are not counted");
    }
}

/* Nodes and pods that are not given are not none. */
static void note_quotas(struct grow_row *row, struct answer *answer)
{
    struct text_buffer note = {NULL, 0, 0};
    const char *missing = row->nodes != 0  ? "--pods"
                          : row->pods != 0 ? "--nodes"
                                           : "--nodes and --pods";
    text_add(&note,
             "without %s of the cluster as it is, quotas are judged for the further ones alone",
             missing);
    if (row->nodes == 0 || row->pods == 0) {
        answer_note(answer, &row->notes, note.text);
    }
}

void grow_note(const struct args *args, const struct grow_request *request, struct grow_row *row,
               struct answer *answer)
{
    const struct terway_request *terway = &request->terway;
    note_new_zones(request, row, answer);
    note_zones(terway, row, answer);
    note_additions(terway, row, answer);
    note_used(terway, row, answer);
    note_quotas(row, answer);
    terway_note_settings(args, terway, answer, &row->notes);
    terway_note_trunk(terway, row->instance_type, &row->node, answer, &row->notes);
    terway_note_prefixes(terway, row->node.mode, answer, &row->notes);
    terway_note_dual_stack(terway, &row->node, answer, &row->notes);
    terway_note_quota(terway, answer, &row->notes);
}
