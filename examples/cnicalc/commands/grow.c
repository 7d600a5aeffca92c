/* SPDX-License-Identifier: MIT */
/* cnicalc grow: what a cluster that exists lacks for further nodes. */
#include "grow.h"

#include "../ask/ceilings.h"
#include "../ask/node_options.h"
#include "../base/complaint.h"
#include "../command.h"
#include "check.h"

static void init(void *asked)
{
    struct grow_request *request = asked;
    struct terway_request *terway = &request->terway;
    expect_ok(cnicalc_terway_options_init(&terway->options, sizeof terway->options));
    expect_ok(cnicalc_node_options_init(&terway->node, sizeof terway->node));
    expect_ok(
        cnicalc_plan_check_options_init(&terway->unread.options, sizeof terway->unread.options));
}

#define AT(member) offsetof(struct grow_request, member)

static const struct option options[] = {
    {"add-nodes", "N", "further nodes, spread evenly over the zones", OPTION_COUNT,
     .where = AT(add_nodes), .low = 1, .high = UINT32_MAX, .is_required = 1},
    {"zone", "NAME", "a zone to use, also one without a vSwitch yet; default: all", OPTION_VALUES,
     .where = AT(zones), .parse = names_parse_zone},
    {.kind = OPTION_GROUP, .group = plan_options, .where = AT(terway.plan), .only = PLAN_VSWITCHES},
    {.kind = OPTION_GROUP,
     .group = plan_options,
     .where = AT(terway.unread.plan),
     .only = PLAN_VPC | PLAN_CIDRS | PLAN_OTHERS},
    {"type", "TYPE", "the instance type of the nodes (terway)", OPTION_TEXT,
     .where = AT(terway.type), .offer = OFFER_TYPES},
    {"pods-per-node", "N", "pods that each node runs; may replace --type", OPTION_COUNT,
     .where = AT(terway.pods_per_node), .low = 1, .high = UINT32_MAX},
    {"mode", "MODE", "%c", OPTION_NAME, .where = AT(terway.node.mode), .choices = &mode_choices},
    {"pool-size", "N", "idle addresses that each node holds (default %d)", OPTION_COUNT,
     .where = AT(terway.use.idle_addresses), .high = UINT32_MAX,
     .more = "Terway's own default is 5."},
    {"min-pool-size", "N", "as for cnicalc terway; it changes nothing", OPTION_COUNT,
     .where = AT(terway.use.min_pool_size), .high = UINT32_MAX},
    {"roomy", NULL, "vSwitches for pods are /19 or shorter where there is room", OPTION_FLAG,
     .where = AT(terway.options.roomy)},
    {"dual-stack", NULL, "pods have IPv4 and IPv6 addresses", OPTION_FLAG,
     .where = AT(terway.dual_stack)},
    {"ipvlan", NULL, "apply the pod ceiling of IPVLAN", OPTION_FLAG,
     .where = AT(terway.options.ipvlan)},
    {.kind = OPTION_GROUP,
     .group = check_options,
     .where = AT(terway.unread.options),
     .only = CHECK_SPLIT | CHECK_WANTED,
     .help = "as for cnicalc check; --nodes and --pods are those that there are",
     .is_relaxed = 1},
    CEILINGS_OPTIONS_AS(struct grow_request, terway.options.ceilings,
                        CHECK_CEILINGS | CEILING_IPVLAN, "as for cnicalc terway and check"),
    {.kind = OPTION_GROUP,
     .group = node_options,
     .where = AT(terway.node),
     .only = NODE_PODS,
     .help = "as for cnicalc node"},
    OPTION_CATALOG(struct grow_request, terway.catalog),
    OPTION_EXPLAIN(struct grow_request, terway.explain),
    OPTIONS_END};

#undef AT

static const struct form forms[] = {{"Of a Terway cluster", grow_terway_fields},
                                    {"Of a Flannel cluster", grow_flannel_fields},
                                    {NULL, NULL}};

static int run(const struct args *args, void *asked, struct answer *answer)
{
    struct grow_request *request = asked;
    uint32_t plugin = request->terway.unread.options.plugin;
    int is_flannel = plugin != 0 ? plugin == CNICALC_PLUGIN_FLANNEL : args_given(args, "pod-cidr");
    return is_flannel ? grow_flannel(args, request, answer) : grow_terway(args, request, answer);
}

const struct command grow_command = {
    .name = "grow",
    .summary = "what a cluster that exists lacks for further nodes",
    .usage = "--add-nodes N --vpc CIDR... VSWITCH...\n (--type TYPE | --pods-per-node N) "
             "[OPTION...]\n"
             "--add-nodes N --pod-cidr CIDR --node-mask N [OPTION...]",
    .about = "For each zone, what fits today, what is short, and the fewest and then smallest "
             "vSwitches to add, at the lowest free places; where the VPC is full, the block to add "
             "to it first. -o args writes the grown plan, which cnicalc terway @FILE and, with the "
             "cluster's Service CIDR in it, cnicalc check @FILE accept. The pod CIDR of a Flannel "
             "cluster cannot grow. Exit status 1 "
             "when the nodes cannot fit.",
    .examples = "cnicalc grow --vpc 10.10.0.0/16 --add-nodes 150 --pods-per-node 30 \\\n"
                "  --pod-vswitch i=10.10.0.0/20,used=4050",
    .options = options,
    .forms = forms,
    .formats = OUTPUT_ARGUMENTS,
    .has_one_answer = 1,
    .request_size = sizeof(struct grow_request),
    .init = init,
    .run = run,
};
