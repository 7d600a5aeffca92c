/* SPDX-License-Identifier: MIT */
#include "plan_node.h"

#include "../ask/catalogue.h"
#include "../ask/node_options.h"
#include "../base/complaint.h"

#define AT(member) offsetof(struct plan_node, member)

const struct option plan_node_options[] = {
    {"type", "TYPE", "the instance type of the nodes (terway)", OPTION_TEXT, .where = AT(type),
     .offer = OFFER_TYPES, .bit = PLAN_NODE_TYPE,
     .more =
         "An advanced security group counts its ENIs. propose has no plan for more pods per node "
         "than the type runs, nor for one that cannot join."},
    {"mode", "MODE", "%c", OPTION_NAME, .where = AT(options.mode), .choices = &mode_choices,
     .bit = PLAN_NODE_TYPE},
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
    const char *other = args_given(args, "mode") ? "--mode" : "--catalog";
    if (asked->type != NULL && plugin != CNICALC_PLUGIN_TERWAY) {
        complain(args->subcommand, "--type", "it goes with --plugin terway");
        return 0;
    }
    if (asked->type == NULL && (args_given(args, "mode") || asked->catalog != NULL)) {
        complain(args->subcommand, other, "it goes with --type");
        return 0;
    }
    return 1;
}

int plan_node_find(const struct args *args, const struct plan_node *asked, uint32_t plugin,
                   struct plan_node_found *out_found)
{
    struct instance_source source;
    cnicalc_instance instance;
    cnicalc_terway_node node;
    const cnicalc_terway_use use = {0, 0, 0, 0, {0}};
    const struct plan_node_found none = {0, 1, 0};
    *out_found = none;
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
    cnicalc_status status = cnicalc_terway_node_from_type(&instance, &asked->options, &use, &node);
    if (status != CNICALC_OK) {
        node_options_refuse(args->subcommand, &instance, &asked->options, "--mode ", status);
        return 0;
    }
    out_found->pods = node.pods_per_node;
    out_found->joins = node.joins;
    out_found->enis = (uint32_t)node.enis;
    return 1;
}
