/* SPDX-License-Identifier: MIT */
/* cnicalc_more_nodes(type, mode, nodes, role, zone, block, free): how many further nodes of a type
 * a cluster can take. Each row is a vSwitch of the cluster: what it serves, its zone and block, and
 * how many of its addresses are free. Type, mode and nodes are those of the cluster. */
#include "ask.h"
#include "functions.h"

#include <string.h>

SQLITE_EXTENSION_INIT3

enum { TYPE, MODE, NODES, ROLE, ZONE, BLOCK, FREE };

/* What has been seen of a cluster. */
struct seen {
    int has_null;
    uint64_t nodes;
    cnicalc_instance instance;
    cnicalc_node_options options;
    cnicalc_vswitch *vswitches;
    char **zones; /* the name that each vSwitch has */
    size_t count;
    size_t capacity;
};

/* The same type, mode and nodes in every row. */
static int take_cluster(struct seen *seen, sqlite3_value **values, char **out_why)
{
    cnicalc_instance instance;
    cnicalc_node_options options;
    uint64_t nodes;
    if (!ask_node(values[TYPE], values[MODE], &instance, &options, out_why) ||
        !ask_count(values[NODES], "a number of nodes", CNICALC_UNKNOWN, &nodes, out_why)) {
        return 0;
    }
    if (seen->count == 0) {
        seen->instance = instance;
        seen->options = options;
        seen->nodes = nodes;
    }
    if (strcmp(seen->instance.name, instance.name) != 0 || seen->options.mode != options.mode ||
        seen->nodes != nodes) {
        *out_why = sqlite3_mprintf("%s, %s, %llu nodes: the group has %s, %s, %llu nodes too",
                                   instance.name, cnicalc_mode_name(options.mode), nodes,
                                   seen->instance.name, cnicalc_mode_name(seen->options.mode),
                                   seen->nodes);
        return 0;
    }
    return 1;
}

static int ask_vswitch(sqlite3_value **values, cnicalc_vswitch *out_vswitch, char **out_why)
{
    static const struct ask_names roles = {cnicalc_plan_role_name, CNICALC_PLAN_ROLE_COUNT,
                                           cnicalc_plan_role_serves};
    cnicalc_vswitch_room room;
    uint32_t role;
    uint64_t free_addresses;
    memset(out_vswitch, 0, sizeof *out_vswitch);
    if (!ask_name(values[ROLE], &roles, &role, out_why) ||
        !ask_block(values[BLOCK], &out_vswitch->cidr, out_why)) {
        return 0;
    }
    out_vswitch->roles = cnicalc_plan_role_serves(role);
    cnicalc_status status = cnicalc_vswitch_solve(out_vswitch, &room);
    if (status != CNICALC_OK) {
        *out_why = ask_why(values[BLOCK], status);
        return 0;
    }
    if (!ask_count(values[FREE], "the number of free addresses", room.usable_addresses,
                   &free_addresses, out_why)) {
        return 0;
    }
    out_vswitch->used_addresses = room.usable_addresses - free_addresses;
    return 1;
}

static int grow(struct seen *seen)
{
    size_t capacity = seen->count < seen->capacity ? seen->capacity : 2 * seen->capacity + 8;
    cnicalc_vswitch *vswitches =
        sqlite3_realloc64(seen->vswitches, capacity * sizeof *seen->vswitches);
    seen->vswitches = vswitches == NULL ? seen->vswitches : vswitches;
    char **zones = sqlite3_realloc64(seen->zones, capacity * sizeof *seen->zones);
    seen->zones = zones == NULL ? seen->zones : zones;
    if (vswitches == NULL || zones == NULL) {
        return 0;
    }
    seen->capacity = capacity;
    return 1;
}

/* A zone has the number of the first vSwitch in it. */
static int add(struct seen *seen, const cnicalc_vswitch *vswitch, sqlite3_value *zone)
{
    const unsigned char *name = sqlite3_value_text(zone);
    if (name == NULL || !grow(seen)) {
        return 0;
    }
    char *copy = sqlite3_mprintf("%s", name);
    if (copy == NULL) {
        return 0;
    }
    uint32_t number = 0;
    while (number < seen->count && strcmp(seen->zones[number], copy) != 0) {
        number++;
    }
    seen->zones[seen->count] = copy;
    seen->vswitches[seen->count] = *vswitch;
    seen->vswitches[seen->count++].zone = number;
    return 1;
}

void more_nodes_step(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct seen *seen = sqlite3_aggregate_context(context, sizeof *seen);
    cnicalc_vswitch vswitch;
    char *why = NULL;
    if (seen == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    seen->has_null |= ask_any_null(count, values);
    if (!seen->has_null &&
        (!take_cluster(seen, values, &why) || !ask_vswitch(values, &vswitch, &why) ||
         !add(seen, &vswitch, values[ZONE]))) {
        answer_error(context, why);
    }
}

/* The ceilings that the nodes that are there leave; 0 where they leave no node. */
static cnicalc_status set_ceilings(const struct seen *seen, const cnicalc_terway_node *node,
                                   cnicalc_ceilings *ceilings)
{
    uint64_t quota;
    cnicalc_status status =
        cnicalc_ceiling_value(ceilings, CNICALC_PLUGIN_TERWAY, CNICALC_LIMIT_NODE_QUOTA, &quota);
    if (status == CNICALC_OK) {
        ceilings->node_quota = seen->nodes < quota ? quota - seen->nodes : 0;
        ceilings->security_group_used = seen->nodes * node->enis;
    }
    return status;
}

/* *out_more is CNICALC_UNKNOWN_COUNT where the type does not say enough. */
static cnicalc_status solve(const struct seen *seen, uint64_t *out_more, cnicalc_fault *out_fault)
{
    const cnicalc_terway_cluster cluster = {seen->vswitches, seen->count, NULL, 0};
    const cnicalc_terway_use use = {0};
    cnicalc_terway_node node;
    cnicalc_terway_options options;
    cnicalc_terway_result result;
    *out_more = CNICALC_UNKNOWN_COUNT;
    cnicalc_status status =
        cnicalc_terway_node_from_type(&seen->instance, &seen->options, &use, &node);
    if (status == CNICALC_ERR_LIMITS_UNKNOWN) {
        return CNICALC_OK;
    }
    if (status == CNICALC_OK) {
        status = cnicalc_terway_options_init(&options, sizeof options);
    }
    if (status == CNICALC_OK) {
        status = set_ceilings(seen, &node, &options.ceilings);
    }
    if (status == CNICALC_OK) {
        status = cnicalc_terway_solve(&cluster, &node, &options, &result, out_fault);
    }
    if (status == CNICALC_OK) {
        *out_more = options.ceilings.node_quota == 0 ? 0 : result.max_nodes;
    }
    return status;
}

static char *why_not(const struct seen *seen, const cnicalc_fault *fault, cnicalc_status status)
{
    char block[CNICALC_CIDR_TEXT_SIZE];
    int is_vswitch =
        fault->array == CNICALC_ARRAY_VSWITCHES &&
        cnicalc_cidr_format(&seen->vswitches[fault->index].cidr, block, sizeof block) == CNICALC_OK;
    return sqlite3_mprintf("%s: %s", is_vswitch ? block : seen->instance.name,
                           cnicalc_status_string(status));
}

void more_nodes_final(sqlite3_context *context)
{
    struct seen *seen = sqlite3_aggregate_context(context, 0);
    cnicalc_fault fault = {CNICALC_ARRAY_NONE, 0, 0, 0};
    uint64_t more;
    if (seen == NULL) {
        return;
    }
    if (!seen->has_null && seen->count != 0) {
        cnicalc_status status = solve(seen, &more, &fault);
        if (status == CNICALC_OK) {
            answer_count(context, more);
        } else {
            answer_error(context, why_not(seen, &fault, status));
        }
    }
    for (size_t i = 0; i < seen->count; i++) {
        sqlite3_free(seen->zones[i]);
    }
    sqlite3_free(seen->zones);
    sqlite3_free(seen->vswitches);
}
