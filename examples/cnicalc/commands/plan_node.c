/* SPDX-License-Identifier: MIT */
#include "plan_node.h"

#include "../ask/catalogue.h"
#include "../ask/node_options.h"
#include "../base/complaint.h"

#include <string.h>

#define AT(member) offsetof(struct plan_node, member)

const struct option plan_node_options[] = {
    {"type", "TYPE", "the instance type of the nodes (terway)", OPTION_TEXT, .where = AT(type),
     .offer = OFFER_TYPES, .bit = PLAN_NODE_TYPE,
     .more =
         "An advanced security group counts its ENIs, and each ENI takes its addresses from one "
         "vSwitch. A node runs no more pods than the type does, and has enough of them to join."},
    {"mode", "MODE", "%c", OPTION_NAME, .where = AT(options.mode), .choices = &mode_choices,
     .bit = PLAN_NODE_TYPE},
    {"ipv4-prefix-count", "N", "Terway's ipv4_prefix_count (mode prefix)", OPTION_COUNT32,
     .where = AT(options.ipv4_prefix_count), .low = 1, .high = CNICALC_UNKNOWN - 1,
     .bit = PLAN_NODE_TYPE,
     .more = "A node takes 16 addresses for each, whatever its pods. Without this option as many "
             "as its pods need; Terway itself takes none until it is set."},
    {"min-pods-to-join", "N", "fewest pods of a node that joins, in place of ACK's", OPTION_COUNT32,
     .where = AT(options.min_pods_to_join), .low = 1, .bit = PLAN_NODE_PODS},
    {"catalog", "FILE", "its rows override the built-in ones; - is stdin", OPTION_TEXT,
     .where = AT(catalog), .offer = OFFER_FILES, .bit = PLAN_NODE_TYPE,
     .more = "The format is that of cnicalc-catalog(5)."},
    {"pods-per-node", "N", "as for cnicalc terway; it changes nothing", OPTION_COUNT,
     .where = AT(pods_per_node), .low = 1, .bit = PLAN_NODE_PODS},
    OPTIONS_END};

#undef AT

void plan_node_init(struct plan_node *asked)
{
    expect_ok(cnicalc_node_options_init(&asked->options, sizeof asked->options));
}

/* Whether the options go together. Returns 1, or 0 after a complaint. */
static int check_form(const struct args *args, const struct plan_node *asked, uint32_t plugin)
{
    const char *other = args_given(args, "mode")                ? "--mode"
                        : args_given(args, "ipv4-prefix-count") ? "--ipv4-prefix-count"
                        : args_given(args, "min-pods-to-join")  ? "--min-pods-to-join"
                                                                : "--catalog";
    if (asked->type != NULL && plugin != CNICALC_PLUGIN_TERWAY) {
        complain(args->subcommand, "--type", "it goes with --plugin terway");
        return 0;
    }
    if (asked->type == NULL && (args_given(args, "mode") || args_given(args, "ipv4-prefix-count") ||
                                args_given(args, "min-pods-to-join") || asked->catalog != NULL)) {
        complain(args->subcommand, other, "it goes with --type");
        return 0;
    }
    if (args_given(args, "ipv4-prefix-count") && asked->options.mode != CNICALC_MODE_IP_PREFIX) {
        complain(args->subcommand, "--ipv4-prefix-count", "it goes with --mode prefix");
        return 0;
    }
    return 1;
}

/* Whether a node of the type can run dual stack as asked. Returns 1, or 0 after a complaint. */
static int check_stack(const struct args *args, const struct plan_node *asked, uint32_t dual_stack,
                       const cnicalc_terway_node *node)
{
    if (dual_stack && !node->dual_stack) {
        complain(args->subcommand, args_label("type", asked->type),
                 "its nodes run IPv4 only, as their ENIs have not as many IPv6 as IPv4 addresses; "
                 "cnicalc types --dual-stack lists those that can run both");
        return 0;
    }
    return 1;
}

int plan_node_find(const struct args *args, const struct plan_node *asked, uint32_t plugin,
                   uint32_t dual_stack, uint64_t pods, struct plan_node_found *out_found)
{
    struct instance_source source;
    cnicalc_instance instance;
    cnicalc_node_options options = asked->options;
    cnicalc_terway_node node;
    cnicalc_terway_use use = {0, 0, 0, 0, {0}};
    memset(out_found, 0, sizeof *out_found);
    if (!check_form(args, asked, plugin)) {
        return 0;
    }
    if (asked->type == NULL) {
        return 1;
    }
    if (!instance_source_open(args->subcommand, asked->catalog, &source) ||
        !instance_source_find(&source, args_label("type", asked->type), asked->type, &instance)) {
        return 0;
    }
    options.ip_stack = dual_stack ? CNICALC_IP_STACK_DUAL : CNICALC_IP_STACK_IPV4;
    cnicalc_status status = cnicalc_terway_node_from_type(&instance, &options, &use, &node);
    if (status != CNICALC_OK) {
        node_options_refuse(args->subcommand, &instance, &options, "--mode ", status);
        return 0;
    }
    if (!check_stack(args, asked, dual_stack, &node)) {
        return 0;
    }
    out_found->most_pods = node.pods_per_node;
    if (pods != 0 && pods < node.pods_per_node) {
        use.pods_per_node = pods;
        expect_ok(cnicalc_terway_node_from_type(&instance, &options, &use, &node));
    }
    out_found->node = node;
    return 1;
}
