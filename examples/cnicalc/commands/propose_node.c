/* SPDX-License-Identifier: MIT */
#include "propose_node.h"

#include "../ask/catalogue.h"
#include "../ask/node_options.h"
#include "../base/complaint.h"

#define AT(member) offsetof(struct propose_node, member)

const struct option propose_node_options[] = {
    {"type", "TYPE", "the instance type of the nodes (terway)", OPTION_TEXT, .where = AT(type),
     .offer = OFFER_TYPES,
     .more =
         "A plan for more pods per node than it runs, or for a type that cannot join, is none."},
    {"mode", "MODE", "%c", OPTION_NAME, .where = AT(node.mode), .choices = &mode_choices},
    OPTION_CATALOG(struct propose_node, catalog),
    OPTIONS_END};

#undef AT

void propose_node_init(struct propose_node *asked)
{
    expect_ok(cnicalc_node_options_init(&asked->node, sizeof asked->node));
}

/* Whether the options go together. Returns 1, or 0 after a complaint. */
static int check_form(const struct args *args, const struct propose_node *asked, uint32_t plugin)
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

int propose_node_find(const struct args *args, const struct propose_node *asked,
                      cnicalc_plan_propose_options *options)
{
    struct instance_source source;
    cnicalc_instance instance;
    cnicalc_terway_node node;
    if (!check_form(args, asked, options->plugin)) {
        return 0;
    }
    if (asked->type == NULL) {
        return 1;
    }
    if (!instance_source_open(args->subcommand, asked->catalog, &source) ||
        !instance_source_find(&source, args_label("type", asked->type), asked->type, &instance)) {
        return 0;
    }
    cnicalc_status status = cnicalc_terway_node_from_type(&instance, &asked->node, 0, 0, &node);
    if (status != CNICALC_OK) {
        node_options_refuse(args->subcommand, &instance, &asked->node, "--mode ", status);
        return 0;
    }
    options->node_max_pods = node.pods_per_node;
    options->node_joins = node.joins;
    return 1;
}
