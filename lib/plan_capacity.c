/* SPDX-License-Identifier: MIT */
/* What is wanted of an address plan against what it has: vSwitches zone by zone, pod CIDR, Service
 * CIDR, quotas. */
#include "plan.h"

#include "quota.h"
#include "terway_fit.h"

/* Pods for each Service that is advised: 150,000 pods and 10,000 Services are the ceilings of Pro.
 */
#define PODS_OF_A_SERVICE 15

/* ---- What vSwitches supply ---- */

/* The IPv4 vSwitches of a plan as a cluster of the terway topic. */
struct supply {
    cnicalc_terway_cluster cluster;
    uint32_t roles;     /* that are judged: some vSwitch serves them, whatever its mask */
    uint32_t runs_pods; /* 1: nodes run pods, and need a vSwitch for them */
    cnicalc_vswitch vswitches[CNICALC_PLAN_BLOCKS_MAX];
};

static uint32_t roles_of(const cnicalc__plan *plan, uint32_t index)
{
    return plan->given[index].cidr.family == CNICALC_FAMILY_IPV4 ? plan->serves[index] : 0;
}

/* Adds what a block serves to the vSwitch that it is, or a vSwitch. Blocks come in their order, so
 * that equal ones follow each other. */
static void add_vswitch(const cnicalc__plan *plan, uint32_t index, int is_one_zone,
                        struct supply *supply)
{
    uint32_t zone = is_one_zone ? CNICALC_UNKNOWN : plan->given[index].zone;
    cnicalc_vswitch *vswitch = &supply->vswitches[supply->cluster.vswitch_count];
    while (vswitch > supply->vswitches && cnicalc__equal(&vswitch[-1].cidr, &plan->blocks[index])) {
        vswitch--;
        if (vswitch->zone == zone) {
            vswitch->roles |= roles_of(plan, index);
            return;
        }
    }
    const cnicalc__plan_taken taken = cnicalc__plan_used(plan, index, is_one_zone);
    const cnicalc_vswitch added = {
        plan->blocks[index], taken.addresses, taken.prefixes, zone, roles_of(plan, index), {0}};
    supply->vswitches[supply->cluster.vswitch_count++] = added;
}

/* An unknown zone is taken for any: then all are judged together, as they are with Flannel. */
static void find_supply(const cnicalc__plan *plan, struct supply *supply)
{
    int is_one_zone = !cnicalc__plan_is_terway(plan);
    memset(&supply->cluster, 0, sizeof supply->cluster);
    supply->cluster.vswitches = supply->vswitches;
    supply->roles = 0;
    for (uint32_t i = 0; i < plan->count; i++) {
        uint32_t roles = roles_of(plan, i);
        supply->roles |= roles;
        is_one_zone |= roles != 0 && plan->given[i].zone == CNICALC_UNKNOWN;
    }
    for (uint32_t i = 0; i < plan->count; i++) {
        if (roles_of(plan, plan->order[i]) != 0) {
            add_vswitch(plan, plan->order[i], is_one_zone, supply);
        }
    }
    supply->runs_pods = cnicalc__plan_is_terway(plan) && plan->options->pods != 0 &&
                        (supply->roles & CNICALC_VSWITCH_POD) != 0;
    for (size_t i = 0; i < supply->cluster.vswitch_count && !supply->runs_pods; i++) {
        supply->vswitches[i].roles &= CNICALC_VSWITCH_NODE;
    }
}

/* ---- What is wanted of them ---- */

/* What is asked of the zones: what is wanted, and the same at other times. */
enum { NOW, TWICE, SURGE, BURST, REQUESTS };

struct request {
    uint64_t wanted; /* nodes; or pods, any number of which may run on a node; 0: not asked */
    int is_of_pods;  /* 1: pods are wanted */
    uint32_t code;   /* of what is short */
    uint64_t held;   /* by all zones together */
    cnicalc_terway_node node;
};

static int is_pod_limit(uint32_t limit)
{
    return limit == CNICALC_LIMIT_POD_VSWITCH_ADDRESSES ||
           limit == CNICALC_LIMIT_POD_VSWITCH_ENIS || limit == CNICALC_LIMIT_ZONE_ADDRESSES;
}

/* A zone. Nodes that run no pods need no pod vSwitch. */
static cnicalc__zone zone_of_plan(const struct supply *supply, uint32_t number,
                                  const cnicalc_terway_node *node)
{
    cnicalc__zone zone =
        cnicalc__zone_of(&supply->cluster, number, supply->runs_pods && !node->needs_pod_vswitch);
    zone.has_pod_vswitch |= !supply->runs_pods;
    return zone;
}

/* How many pods a zone holds beside the one node that runs them. */
static uint64_t pods_held(const cnicalc__zone *zone, const cnicalc__load *node)
{
    cnicalc_terway_zone answer;
    uint64_t pods = CNICALC_NO_LIMIT;
    cnicalc__zone_judge(zone, node, &answer);
    for (uint32_t i = 0; i < answer.limit_count && answer.fits; i++) {
        const cnicalc_limit_row *row = &answer.limits[i];
        if (is_pod_limit(row->limit)) {
            pods = cnicalc__min(pods, row->available - row->needed);
        }
    }
    return answer.fits ? pods : 0;
}

/* How many nodes, or pods, a zone holds. */
static uint64_t held_by(const struct supply *supply, uint32_t number, const struct request *request)
{
    cnicalc__zone zone = zone_of_plan(supply, number, &request->node);
    cnicalc_terway_zone answer;
    cnicalc__load one;
    (void)cnicalc__terway_load_of(&request->node, &one); /* as checked */
    if (request->is_of_pods) {
        return pods_held(&zone, &one);
    }
    cnicalc__zone_hold(&zone, &one, &answer);
    return answer.max_nodes;
}

/* Judges a zone by its share, which is what the others do not hold; no rows where nothing is short.
 */
static void judge_share(const struct supply *supply, uint32_t number, const struct request *request,
                        cnicalc_terway_zone *answer)
{
    cnicalc_terway_pool pool = {request->node, 1, number, 0};
    cnicalc_terway_cluster cluster = supply->cluster;
    const cnicalc__fit question = {&cluster,         NULL, 0, 0,
                                   CNICALC__AT_REST, 0,    0, !supply->runs_pods};
    answer->limit_count = 0;
    if (request->held < request->wanted) {
        uint64_t share = request->wanted - (request->held - held_by(supply, number, request));
        *(request->is_of_pods ? &pool.node.addresses : &pool.count) = share;
        cluster.pools = &pool;
        cluster.pool_count = 1;
        cnicalc__fit_zone(&question, number, answer);
    }
}

static int is_short(const cnicalc_terway_zone *answer, uint32_t index)
{
    return index < answer->limit_count &&
           answer->limits[index].needed > answer->limits[index].available;
}

/* Whether it is a request's to say that a zone is short of a limit. Nodes alone ask for nothing but
 * their own addresses. */
static int is_told(const struct supply *supply, const struct request *request, uint32_t limit)
{
    int is_of_nodes = request->code == CNICALC_PLAN_SHORTAGE || request->code == CNICALC_PLAN_SURGE;
    return supply->runs_pods ? is_of_nodes || is_pod_limit(limit)
                             : limit == CNICALC_LIMIT_NODE_VSWITCH_ADDRESSES;
}

/* Reports what a zone is short of; and of what at other times, unless it is already. */
static void judge_zone(cnicalc__plan *plan, const struct supply *supply, uint32_t number,
                       const struct request requests[REQUESTS])
{
    cnicalc_terway_zone answers[REQUESTS];
    for (int k = NOW; k < REQUESTS; k++) {
        judge_share(supply, number, &requests[k], &answers[k]);
    }
    for (uint32_t i = 0; i < CNICALC_LIMIT_ROWS; i++) {
        int is_short_now = is_short(&answers[NOW], i);
        for (int k = NOW; k < REQUESTS; k++) {
            const cnicalc_limit_row *row = &answers[k].limits[i];
            if (is_short(&answers[k], i) && is_told(supply, &requests[k], row->limit) &&
                (k == NOW || !is_short_now)) {
                cnicalc__plan_report_row(plan, requests[k].code, CNICALC_UNKNOWN, number, row);
            }
        }
    }
}

/* Nodes, and pods on them or on any number of nodes; and at other times. */
static void find_requests(const cnicalc_plan_check_options *options, const cnicalc__plan_nodes *all,
                          struct request requests[REQUESTS])
{
    static const uint32_t codes[REQUESTS] = {CNICALC_PLAN_SHORTAGE, CNICALC_PLAN_PODS_TWICE,
                                             CNICALC_PLAN_SURGE, CNICALC_PLAN_BURST};
    int is_of_pods = all->nodes == 0;
    uint64_t wanted = is_of_pods ? all->pods : all->nodes;
    uint64_t twice = CNICALC__PODS_TO_PLAN_FOR;
    for (int k = NOW; k < REQUESTS; k++) {
        memset(&requests[k], 0, sizeof requests[k]);
        requests[k].code = codes[k];
        requests[k].is_of_pods = is_of_pods;
        requests[k].node = all->node;
    }
    requests[NOW].wanted = wanted;
    requests[TWICE].wanted = is_of_pods ? twice * wanted : wanted;
    requests[TWICE].node =
        cnicalc__plan_node(&options->node, twice * all->node.pods_per_node, options->dual_stack);
    requests[SURGE].wanted =
        options->nodes != 0 && options->surge != 0 ? all->nodes + options->surge : 0;
    requests[BURST].wanted =
        options->nodes != 0 && all->pods != 0 && options->burst_pods != 0 ? all->nodes : 0;
    requests[BURST].node = cnicalc__terway_node_in_burst(&all->node, options->burst_pods);
    for (int k = NOW; k < REQUESTS; k++) {
        /* Pods find ENIs where any number of nodes may run them. */
        requests[k].node.pod_enis = is_of_pods ? 0 : requests[k].node.pod_enis;
    }
}

/* Where all zones hold the nodes while some are replaced: whether they have addresses for the pods
 * of one that is out, which start elsewhere. Prefixes are there already. */
static void check_elsewhere(cnicalc__plan *plan, const struct request *request,
                            const cnicalc__zone *all)
{
    uint64_t held;
    if (cnicalc__terway_restarted(&request->node) == 0 || request->held < request->wanted) {
        return;
    }
    (void)cnicalc__terway_replacing_overflows(&request->node, request->wanted, 1, &held);
    cnicalc_limit_row row = {CNICALC_LIMIT_POD_VSWITCH_ADDRESSES, 0, held - request->wanted,
                             all->pod_free};
    if (row.needed <= row.available && all->counts_nodes) {
        row.limit = CNICALC_LIMIT_ZONE_ADDRESSES;
        row.needed = held;
        row.available = all->all_free;
    }
    if (row.needed > row.available) {
        cnicalc__plan_report_row(plan, request->code, CNICALC_UNKNOWN, CNICALC_UNKNOWN, &row);
    }
}

/* Judges nodes, and pods on them or on any number of nodes. */
static void check_vswitches(cnicalc__plan *plan, const struct supply *supply,
                            const cnicalc__plan_nodes *nodes)
{
    struct request requests[REQUESTS];
    cnicalc__zone all = cnicalc__zone_begin(CNICALC_UNKNOWN, 0);
    uint32_t zones = 0;
    uint32_t number;
    find_requests(plan->options, nodes, requests);
    for (size_t at = 0; cnicalc__zone_next(&supply->cluster, &at, &number);) {
        cnicalc__zone zone = zone_of_plan(supply, number, &nodes->node);
        for (int k = NOW; k < REQUESTS; k++) {
            requests[k].held += held_by(supply, number, &requests[k]);
        }
        all.pod_free += zone.pod_free;
        all.all_free += zone.all_free;
        all.counts_nodes |= zone.counts_nodes;
        zones++;
    }
    if (zones > 1 && requests[NOW].held < requests[NOW].wanted) {
        cnicalc__plan_report_numbers(
            plan, requests[NOW].is_of_pods ? CNICALC_PLAN_ZONES_PODS : CNICALC_PLAN_ZONES_NODES,
            CNICALC_UNKNOWN, requests[NOW].held, requests[NOW].wanted);
    }
    for (size_t at = 0; cnicalc__zone_next(&supply->cluster, &at, &number);) {
        judge_zone(plan, supply, number, requests);
    }
    if (requests[SURGE].wanted != 0) {
        check_elsewhere(plan, &requests[SURGE], &all);
    }
}

/* ---- The pod CIDR and the Service CIDR ---- */

/* The one block of a role, or CNICALC_UNKNOWN when there is none or more than one. */
static uint32_t find_only(const cnicalc__plan *plan, uint32_t role, uint32_t family)
{
    uint32_t found = CNICALC_UNKNOWN;
    for (uint32_t i = 0; i < plan->count; i++) {
        if (!cnicalc__plan_is(plan, i, role, family)) {
            continue;
        }
        if (found != CNICALC_UNKNOWN) {
            return CNICALC_UNKNOWN;
        }
        found = i;
    }
    return found;
}

/* The split of the pod CIDR, and its index; 0 where there is none, or it is not legal. */
static int find_split(const cnicalc__plan *plan, uint32_t *out_index,
                      cnicalc_flannel_result *out_split)
{
    cnicalc_flannel_options options;
    *out_index = find_only(plan, CNICALC_PLAN_ROLE_POD_CIDR, CNICALC_FAMILY_IPV4);
    if (cnicalc__plan_is_terway(plan) || *out_index == CNICALC_UNKNOWN) {
        return 0;
    }
    memset(&options, 0, sizeof options);
    options.struct_size = sizeof options;
    options.node_mask = plan->options->node_mask;
    options.ceilings = plan->options->ceilings;
    return cnicalc_flannel_solve(&plan->blocks[*out_index], &options, out_split) == CNICALC_OK;
}

/* Judges nodes and pods by a split; returns the nodes that both take. */
static uint64_t check_split_nodes(cnicalc__plan *plan, uint32_t index,
                                  const cnicalc_flannel_result *split)
{
    uint64_t pods = plan->options->pods;
    uint64_t asked = plan->options->nodes;
    uint64_t nodes = asked != 0 ? asked : cnicalc__divide_up(pods, split->pods_per_node);
    uint64_t pods_per_node = nodes != 0 ? cnicalc__divide_up(pods, nodes) : 0;
    uint64_t blocks = UINT64_C(1) << (split->node_mask - split->pod_prefix_len);
    uint64_t held = (asked != 0 ? asked : split->max_nodes) * split->usable_pod_ips;
    cnicalc__plan_report_numbers(plan, CNICALC_PLAN_POD_CIDR_CAPACITY, index,
                                 blocks * split->usable_pod_ips, blocks * split->pods_per_node);
    cnicalc__plan_compare(plan, CNICALC_LIMIT_POD_CIDR, index, nodes, blocks);
    cnicalc__plan_compare(plan, CNICALC_LIMIT_NODE_MASK, index, pods_per_node,
                          split->pods_per_node);
    if (nodes <= split->max_nodes && pods_per_node <= split->pods_per_node && pods > held) {
        cnicalc__plan_report_numbers(plan, CNICALC_PLAN_PODS_ADDRESSES, index, pods, held);
    }
    return nodes;
}

/* Warns of few addresses for Services beside the pods, where no number of Services was asked for.
 */
static void check_service_advice(cnicalc__plan *plan, uint32_t index)
{
    uint64_t addresses = cnicalc__plan_service_addresses(plan->blocks[index].prefix_len);
    uint64_t advised =
        cnicalc__min(cnicalc__divide_up(plan->options->pods, PODS_OF_A_SERVICE),
                     cnicalc__plan_service_addresses(CNICALC__SERVICE_PREFIX_LEN_ADVISED));
    if (plan->options->services == 0 && addresses < advised) {
        cnicalc__plan_report_numbers(plan, CNICALC_PLAN_SERVICE_CIDR_SMALL, index, addresses,
                                     advised);
    }
}

/* The Service CIDR of a family: each Service has an address of each. */
static void check_services(cnicalc__plan *plan, uint32_t family)
{
    uint32_t index = find_only(plan, CNICALC_PLAN_ROLE_SERVICE_CIDR, family);
    if (index == CNICALC_UNKNOWN ||
        !cnicalc__plan_mask_is_legal(CNICALC_PLAN_SERVICE_CIDR_MASK, family,
                                     plan->blocks[index].prefix_len)) {
        return;
    }
    uint32_t prefix_len = plan->blocks[index].prefix_len;
    uint64_t addresses = family == CNICALC_FAMILY_IPV6
                             ? (UINT64_C(1) << (128 - prefix_len)) - 1
                             : cnicalc__plan_service_addresses(prefix_len);
    cnicalc__plan_compare(plan, CNICALC_LIMIT_SERVICE_CIDR, index, plan->options->services,
                          addresses);
    if (family == CNICALC_FAMILY_IPV4) {
        check_service_advice(plan, index);
    }
}

/* What the nodes of a plan take; nodes is 0 where pods may run on any number of them. */
static cnicalc__plan_nodes nodes_of_plan(const cnicalc__plan *plan, uint64_t nodes, uint64_t pods)
{
    const cnicalc_plan_check_options *options = plan->options;
    const cnicalc__plan_nodes all = {
        cnicalc__plan_node(&options->node, cnicalc__divide_up(pods, nodes), options->dual_stack),
        nodes, pods};
    return all;
}

void cnicalc__plan_check_capacity(cnicalc__plan *plan)
{
    struct supply supply;
    cnicalc_flannel_result split;
    uint32_t pod_cidr;
    uint64_t nodes = plan->options->nodes;
    uint64_t pods = cnicalc__plan_is_terway(plan) ? plan->options->pods : 0;
    find_supply(plan, &supply);
    if (find_split(plan, &pod_cidr, &split)) {
        nodes = check_split_nodes(plan, pod_cidr, &split);
    }
    const cnicalc__plan_nodes all = nodes_of_plan(plan, nodes, pods);
    cnicalc__plan_check_quotas(plan, &all, cnicalc__terway_used(&supply.cluster));
    /* Roles that are not judged ask nothing of the zones. */
    const cnicalc__plan_nodes judged = nodes_of_plan(plan, nodes, supply.runs_pods ? pods : 0);
    if (judged.pods != 0 || (nodes != 0 && (supply.roles & CNICALC_VSWITCH_NODE) != 0)) {
        check_vswitches(plan, &supply, &judged);
    }
    check_services(plan, CNICALC_FAMILY_IPV4);
    if (cnicalc__plan_is_terway(plan)) {
        check_services(plan, CNICALC_FAMILY_IPV6);
    }
}
