/* SPDX-License-Identifier: MIT */
/* What cnicalc terway says beside its numbers. */
#include "../ask/node_options.h"
#include "../base/complaint.h"
#include "../base/text_buffer.h"
#include "terway.h"

#include <inttypes.h>
#include <string.h>

/* The roles that the vSwitches of a zone have, or of all zones. */
static uint32_t roles_of(const struct terway_request *request, uint32_t zone)
{
    uint32_t roles = 0;
    for (size_t i = 0; i < request->vswitches.count; i++) {
        const cnicalc_vswitch *vswitch = &request->vswitches.vswitches[i];
        roles |= zone == CNICALC_UNKNOWN || vswitch->zone == zone ? vswitch->roles : 0;
    }
    return roles;
}

void terway_note_settings(const struct args *args, const struct terway_request *request,
                          struct answer *answer, struct words *notes)
{
    struct text_buffer note = {NULL, 0, 0};
    if (request->type != NULL) {
        return;
    }
    for (size_t i = 0; i < args->given_count; i++) {
        const struct option *given = args->given[i].option;
        if (strcmp(given->name, "catalog") == 0 || option_is_in(given, node_options)) {
            text_add(&note, "%s--%s",
                     note.length == 0 ? "without --type nothing depends on " : ", ", given->name);
        }
    }
    if (note.length != 0) {
        answer_note(answer, notes, note.text);
    }
}

void terway_note_trunk(const struct terway_request *request, const char *type,
                       const cnicalc_terway_node *node, struct answer *answer, struct words *notes)
{
    struct text_buffer note = {NULL, 0, 0};
    uint64_t wanted = node->pods_per_node + request->use.idle_addresses;
    if (type != NULL && node->mode == CNICALC_MODE_SHARED_ENI_TRUNK &&
        node->addresses_with_pool == CNICALC_UNKNOWN_COUNT && node->addresses < wanted) {
        text_add(&note,
                 "how many trunk pods %s runs is not known, so a full node may hold up to %" PRIu64
                 " more addresses; a row in a --catalog can say it",
                 type, wanted - node->addresses);
        answer_note(answer, notes, note.text);
    }
}

void terway_note_zones(const struct terway_request *request, struct answer *answer,
                       struct words *notes)
{
    uint32_t wanted = roles_of(request, CNICALC_UNKNOWN);
    for (uint32_t zone = 0; zone < request->plan.zones.count; zone++) {
        if ((wanted & ~roles_of(request, zone) & CNICALC_VSWITCH_NODE) != 0) {
            struct text_buffer note = {NULL, 0, 0};
            text_add_zone(&note, plan_zone(&request->plan, zone));
            text_add_plain(&note, " has no vSwitch for nodes, so no node fits there");
            answer_note(answer, notes, note.text);
        }
    }
}

void terway_note_masks(const struct terway_request *request, struct answer *answer,
                       struct words *notes)
{
    uint32_t low = 0;
    uint32_t high = 0;
    expect_ok(cnicalc_bound_range(CNICALC_BOUND_POD_VSWITCH_PREFIX_LEN, &low, &high));
    for (size_t i = 0; i < request->plan.count; i++) {
        const cnicalc_plan_block *block = &request->plan.blocks[i];
        int serves_pods = (cnicalc_plan_role_serves(block->role) & CNICALC_VSWITCH_POD) != 0;
        if (serves_pods && (block->cidr.prefix_len < low || block->cidr.prefix_len > high)) {
            struct text_buffer note = {NULL, 0, 0};
            text_add_plain(&note, request->plan.labels[i].text);
            text_add(&note, " must be /%" PRIu32 " to /%" PRIu32 " to serve pods", low, high);
            answer_note(answer, notes, note.text);
        }
    }
}

void terway_note_fallbacks(const struct terway_request *request, const struct list *zones,
                           struct answer *answer, struct words *notes)
{
    const struct zone_row *rows = zones->rows;
    uint32_t best_case = 0;
    for (size_t i = 0; i < zones->count; i++) {
        best_case = best_case || rows[i].zone.best_case;
        if (rows[i].zone.falls_back) {
            struct text_buffer note = {NULL, 0, 0};
            text_add_zone(&note, plan_zone(&request->plan, rows[i].zone.zone));
            text_add_plain(&note, " has no pod vSwitch, so its pods take addresses of the node "
                                  "vSwitches");
            answer_note(answer, notes, note.text);
        }
    }
    if (best_case) {
        answer_note(answer, notes,
                    "an ENI takes its addresses from one vSwitch, which Terway chooses: with "
                    "several in a zone this is the best case");
    }
}

void terway_note_prefixes(const struct terway_request *request, uint32_t mode,
                          struct answer *answer, struct words *notes)
{
    if (mode == CNICALC_MODE_IP_PREFIX && request->node.ipv4_prefix_count == CNICALC_UNKNOWN) {
        answer_note(answer, notes,
                    "in mode prefix this is what the pods need: Terway takes no prefix until "
                    "ipv4_prefix_count is set");
    }
}

void terway_note_quota(const struct terway_request *request, struct answer *answer,
                       struct words *notes)
{
    uint64_t nodes = 0;
    if (cnicalc_ceiling_value(&request->options.ceilings, CNICALC_PLUGIN_TERWAY,
                              CNICALC_LIMIT_NODE_QUOTA, &nodes) == CNICALC_ERR_QUOTA_UNKNOWN) {
        answer_note(answer, notes,
                    "the quota of nodes is not published for this edition and plugin, and is not "
                    "judged");
    }
}

void terway_note_pool(const cnicalc_terway_result *result, struct answer *answer,
                      struct words *notes)
{
    struct text_buffer note = {NULL, 0, 0};
    if (result->max_nodes_with_default_pool < result->max_nodes) {
        text_add(&note,
                 "with Terway's default pool of %d idle addresses on each node, %" PRIu64
                 " nodes fit",
                 CNICALC_TERWAY_DEFAULT_POOL, result->max_nodes_with_default_pool);
        answer_note(answer, notes, note.text);
    }
}

void terway_note_security_group(const struct terway_request *request, uint64_t held,
                                struct answer *answer, struct words *notes)
{
    const cnicalc_ceilings *ceilings = &request->options.ceilings;
    uint64_t all = held + ceilings->security_group_used;
    uint64_t advised = 0;
    struct text_buffer note = {NULL, 0, 0};
    expect_ok(cnicalc_quota_value(CNICALC_EDITION_PRO, CNICALC_PLUGIN_TERWAY,
                                  CNICALC_QUOTA_BASIC_SECURITY_GROUP_ADVISED, 0, &advised));
    if (ceilings->security_group == CNICALC_SECURITY_GROUP_BASIC && all > advised) {
        text_add(&note,
                 "%" PRIu64 " addresses are in a basic security group; CreateCluster's page allows "
                 "%" PRIu64 ", an advanced group counts ENIs instead",
                 all, advised);
        answer_note(answer, notes, note.text);
    }
}

void terway_note_dual_stack(const struct terway_request *request, const cnicalc_terway_node *node,
                            struct answer *answer, struct words *notes)
{
    if (request->dual_stack && !node->dual_stack) {
        answer_note(answer, notes,
                    "the nodes run IPv4 only, as their ENIs have not as many IPv6 as IPv4 "
                    "addresses; see cnicalc node --dual-stack");
    }
}
