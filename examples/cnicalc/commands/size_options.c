/* SPDX-License-Identifier: MIT */
/* What cnicalc size can be asked. */
#include "size.h"

#include "../ask/ceilings.h"
#include "../ask/node_options.h"
#include "../ask/quantity.h"
#include "../base/memory.h"
#include "flannel.h"

static int parse_type(const struct asking *asking, void *member)
{
    struct size_types *types = member;
    if (types->names == NULL) {
        types->names = memory_take(asking->args->given_count, sizeof *types->names);
    }
    types->names[types->count++] = asking->text;
    return 1;
}

#define AT(member) offsetof(struct size_request, member)

const struct option size_options[] = {
    {"pods", "N", "pods wanted", OPTION_COUNT, .where = AT(alone.pods), .low = 1,
     .high = UINT32_MAX, .not_with = "workload"},
    {"cpu", "Q", "CPU that each requests, such as 500m or 0.5", OPTION_VALUE,
     .where = AT(alone.cpu_millicores), .parse = quantity_parse_cpu, .not_with = "workload",
     .more = "All containers of a pod together, as the scheduler counts them. Quantities are those "
             "of Kubernetes and are read exactly; finer than a millicore is an error."},
    {"memory", "Q", "memory that each requests, such as 1Gi or 512Mi", OPTION_VALUE,
     .where = AT(alone.memory_bytes), .parse = quantity_parse_memory, .not_with = "workload"},
    {"host-network", NULL, "the pods use the node's own address", OPTION_FLAG,
     .where = AT(alone.host_network), .not_with = "workload"},
    {"workload", "NAME=PODS", "one of several; ,cpu=Q ,memory=Q and ,network=host may follow",
     OPTION_VALUES, .where = AT(mix), .parse = mix_parse,
     .more = "Nodes are then alike: each has room for its equal part of every workload. Their "
             "number is the exact minimum of such nodes; other arrangements may take fewer, and "
             "nodes_at_least says how few none goes below."},
    {"daemon-cpu", "Q", "CPU that all DaemonSet pods of a node request", OPTION_VALUE,
     .where = AT(options.daemon_cpu_millicores), .parse = quantity_parse_cpu},
    {"daemon-memory", "Q", "memory that they request", OPTION_VALUE,
     .where = AT(options.daemon_memory_bytes), .parse = quantity_parse_memory},
    {"daemon-pods", "N", "how many of them have an address of their own", OPTION_COUNT32,
     .where = AT(options.daemon_pods),
     .more = "Those on the host network are among --host-network-pods."},
    {"headroom", "PERCENT", "of CPU and memory, to stay free", OPTION_COUNT32,
     .where = AT(options.headroom_percent), .high = 100},
    {"type", "TYPE", "an instance type to judge, or several", OPTION_VALUES, .where = AT(types),
     .parse = parse_type, .offer = OFFER_TYPES},
    OPTION_GROUP_OF(type_filter_options, struct size_request, filter, 0, "as for cnicalc types"),
    {"plugin", "PLUGIN", "%c", OPTION_NAME, .where = AT(options.plugin),
     .choices = &plugin_choices},
    {"mode", "MODE", "%c", OPTION_NAME, .where = AT(options.node.mode), .choices = &mode_choices},
    {"node-mask", "N", "prefix length of a node's block (flannel), %b", OPTION_VALUE,
     .where = AT(options.node_mask), .parse = flannel_parse_node_mask,
     .bound = CNICALC_BOUND_NODE_MASK},
    {"max-nodes", "N", "leave out types that need more nodes", OPTION_COUNT, .where = AT(max_nodes),
     .low = 1},
    {"limit", "N", "the first N rows (default %d)", OPTION_COUNT, .where = AT(limit), .low = 1,
     .high = UINT64_MAX},
    CEILINGS_OPTIONS(struct size_request, options.ceilings,
                     CEILING_NODES | CEILING_PODS | CEILING_ROUTES),
    OPTION_GROUP_OF(node_options, struct size_request, options.node, 0, "as for cnicalc node"),
    OPTION_CATALOG(struct size_request, catalog),
    OPTION_EXPLAIN(struct size_request, explain),
    {"plot", NULL, "draw pods per node against vCPUs, with -o table or -o svg", OPTION_FLAG,
     .where = AT(plot),
     .more = "Both axes double from mark to mark. A mark or a colour is what binds. -o svg draws "
             "without this option, too."},
    OPTIONS_END};

#undef AT
