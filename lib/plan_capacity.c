/* SPDX-License-Identifier: MIT */
/* What is wanted of an address plan against what it has: vSwitches zone by zone, pod CIDR, Service
 * CIDR, quotas. */
#include "plan.h"

#include "quota.h"
#include "terway.h"

/* Pods for each Service that is advised: 150,000 pods and 10,000 Services are the ceilings of Pro.
 */
#define PODS_OF_A_SERVICE 15

/* ---- What vSwitches supply ---- */

struct supply {
    const cnicalc__plan *plan;
    uint32_t roles;       /* that are judged: some vSwitch serves them, whatever its mask */
    uint32_t is_one_zone; /* 1: an unknown zone is taken for any, so all are judged together */
    /* Those roles of each IPv4 vSwitch; 0 where an entry before it is the same one. */
    uint8_t serves[CNICALC_PLAN_BLOCKS_MAX];
};

static uint32_t roles_of(const cnicalc__plan *plan, uint32_t index)
{
    return plan->given[index].cidr.family == CNICALC_FAMILY_IPV4 ? cnicalc__plan_serves(plan, index)
                                                                 : 0;
}

static uint32_t zone_of(const struct supply *supply, uint32_t index)
{
    return supply->is_one_zone ? CNICALC_UNKNOWN : supply->plan->given[index].zone;
}

static cnicalc__plan_taken used_of(const struct supply *supply, uint32_t index)
{
    return cnicalc__plan_used(supply->plan, index, (int)supply->is_one_zone);
}

/* The first index below end of a vSwitch of this zone, or of this very vSwitch; else end. */
static uint32_t find_vswitch(const struct supply *supply, uint32_t end, uint32_t zone,
                             const cnicalc_cidr *block)
{
    uint32_t i = 0;
    while (i < end && (supply->serves[i] == 0 || zone_of(supply, i) != zone ||
                       (block != NULL && !cnicalc__plan_equal(&supply->plan->blocks[i], block)))) {
        i++;
    }
    return i;
}

/* What the vSwitches in the zone of one serve together. */
static uint32_t roles_beside(const struct supply *supply, uint32_t index)
{
    uint32_t roles = 0;
    for (uint32_t i = 0; i < supply->plan->count; i++) {
        roles |= zone_of(supply, i) == zone_of(supply, index) ? supply->serves[i] : 0;
    }
    return roles;
}

/* A zone without a vSwitch for pods uses those of its nodes. */
static void fall_back(struct supply *supply)
{
    uint8_t serves[CNICALC_PLAN_BLOCKS_MAX];
    for (uint32_t i = 0; i < supply->plan->count; i++) {
        int falls = supply->serves[i] != 0 && cnicalc__zone_falls_back(roles_beside(supply, i));
        serves[i] = falls ? CNICALC_VSWITCH_BOTH : supply->serves[i];
    }
    memcpy(supply->serves, serves, supply->plan->count * sizeof *serves);
}

static void find_supply(const cnicalc__plan *plan, struct supply *supply)
{
    supply->plan = plan;
    supply->roles = 0;
    supply->is_one_zone = !cnicalc__plan_is_terway(plan);
    for (uint32_t i = 0; i < plan->count; i++) {
        uint32_t roles = roles_of(plan, i);
        supply->roles |= roles;
        supply->is_one_zone |= roles != 0 && plan->given[i].zone == CNICALC_UNKNOWN;
    }
    for (uint32_t i = 0; i < plan->count; i++) {
        uint32_t roles = roles_of(plan, i);
        uint32_t first =
            roles == 0 ? i : find_vswitch(supply, i, zone_of(supply, i), &plan->blocks[i]);
        supply->serves[i] = 0;
        supply->serves[first] |= (uint8_t)roles;
    }
    if ((supply->roles & CNICALC_VSWITCH_POD) != 0) {
        fall_back(supply);
    }
}

/* Addresses in use of all vSwitches. */
static uint64_t used_addresses(const struct supply *supply)
{
    uint64_t used = 0;
    for (uint32_t i = 0; i < supply->plan->count; i++) {
        used += supply->serves[i] != 0 ? used_of(supply, i).addresses : 0;
    }
    return used;
}

/* The next zone: searches from *at, which is 0 at first, and leaves it after what was found. 0 when
 * there is no further zone. Nodes that run no pods need no pod vSwitch. */
static int next_zone(const struct supply *supply, int runs_pods, uint32_t *at,
                     cnicalc__zone *out_zone)
{
    const cnicalc__plan *plan = supply->plan;
    uint32_t roles = supply->roles & (runs_pods ? CNICALC_VSWITCH_BOTH : CNICALC_VSWITCH_NODE);
    uint32_t first = *at;
    while (first < plan->count &&
           (supply->serves[first] == 0 ||
            find_vswitch(supply, first, zone_of(supply, first), NULL) != first)) {
        first++;
    }
    if (first == plan->count) {
        return 0;
    }
    *at = first + 1;
    *out_zone = cnicalc__zone_begin(zone_of(supply, first), (roles & CNICALC_VSWITCH_NODE) != 0);
    for (uint32_t i = first; i < plan->count; i++) {
        uint32_t serves = supply->serves[i] & roles;
        if (serves != 0 && zone_of(supply, i) == out_zone->zone) {
            cnicalc_vswitch vswitch;
            memset(&vswitch, 0, sizeof vswitch);
            vswitch.cidr = plan->blocks[i];
            cnicalc__plan_taken taken = used_of(supply, i);
            vswitch.used_addresses = taken.addresses;
            vswitch.reserved_prefixes = taken.prefixes;
            cnicalc__zone_add(out_zone, &vswitch, serves);
        }
    }
    out_zone->has_pod_vswitch |= !runs_pods;
    return 1;
}

/* ---- What is wanted of them ---- */

/* What is asked of the zones: what is wanted, and the same at other times. */
enum { NOW, TWICE, SURGE, BURST, REQUESTS };

struct request {
    uint64_t wanted;   /* nodes; or pods, any number of which may run on a node; 0: not asked */
    uint64_t each;     /* pods of each node; 0 where pods are wanted */
    int is_of_pods;    /* 1: pods are wanted */
    uint32_t prefixes; /* of each node, in place of each */
    uint32_t enis;     /* of a node with prefixes */
    uint32_t code;     /* of what is short */
    uint64_t held;     /* by all zones together */
};

/* What a number of nodes, or of pods on one node, takes. */
static cnicalc__load load_of(const struct request *request, uint64_t number)
{
    cnicalc__load load;
    memset(&load, 0, sizeof load);
    load.nodes = request->is_of_pods ? 1 : number;
    load.pod_addresses = request->is_of_pods ? number : number * request->each;
    if (request->prefixes != 0) {
        load.prefixes = number * request->prefixes;
        load.pod_addresses =
            cnicalc__plan_prefix_addresses(number, request->prefixes, request->enis);
    }
    return load;
}

static int is_pod_limit(uint32_t limit)
{
    return limit == CNICALC_LIMIT_POD_VSWITCH_ADDRESSES || limit == CNICALC_LIMIT_ZONE_ADDRESSES;
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
static uint64_t held_by(const cnicalc__zone *zone, const struct request *request)
{
    cnicalc_terway_zone answer;
    cnicalc__load load = load_of(request, !request->is_of_pods);
    if (request->is_of_pods) {
        return pods_held(zone, &load);
    }
    cnicalc__zone_hold(zone, &load, &answer);
    return answer.max_nodes;
}

/* Judges a zone by its share, which is what the others do not hold; no rows where nothing is short.
 */
static void judge_share(const cnicalc__zone *zone, const struct request *request,
                        cnicalc_terway_zone *answer)
{
    answer->limit_count = 0;
    if (request->held < request->wanted) {
        cnicalc__load load =
            load_of(request, request->wanted - (request->held - held_by(zone, request)));
        cnicalc__zone_judge(zone, &load, answer);
    }
}

static int is_short(const cnicalc_terway_zone *answer, uint32_t index)
{
    return index < answer->limit_count &&
           answer->limits[index].needed > answer->limits[index].available;
}

/* What a zone is short of in a request, if that is the request's to say. */
static int is_told(const struct request *request, const cnicalc_terway_zone *answer, uint32_t index)
{
    int is_of_nodes = request->code == CNICALC_PLAN_SHORTAGE || request->code == CNICALC_PLAN_SURGE;
    return is_short(answer, index) && (is_of_nodes || is_pod_limit(answer->limits[index].limit));
}

/* Reports what a zone is short of; and of what at other times, unless it is already. */
static void judge_zone(cnicalc__plan *plan, const cnicalc__zone *zone,
                       const struct request requests[REQUESTS])
{
    cnicalc_terway_zone answers[REQUESTS];
    for (int k = NOW; k < REQUESTS; k++) {
        judge_share(zone, &requests[k], &answers[k]);
    }
    for (uint32_t i = 0; i < CNICALC_LIMIT_ROWS; i++) {
        int is_short_now = is_short(&answers[NOW], i);
        for (int k = NOW; k < REQUESTS; k++) {
            if (is_told(&requests[k], &answers[k], i) && (k == NOW || !is_short_now)) {
                cnicalc__plan_report_row(plan, requests[k].code, CNICALC_UNKNOWN, zone->zone,
                                         &answers[k].limits[i]);
            }
        }
    }
}

/* Nodes, and pods on them or on any number of nodes; and at other times. */
static void find_requests(const cnicalc_plan_check_options *options, uint64_t nodes, uint64_t pods,
                          struct request requests[REQUESTS])
{
    const struct request now = {nodes != 0 ? nodes : pods,
                                nodes != 0 ? cnicalc__divide_up(pods, nodes) : 0,
                                nodes == 0,
                                pods != 0 ? cnicalc__plan_prefixes(options) : 0,
                                options->enis_per_node,
                                CNICALC_PLAN_SHORTAGE,
                                0};
    int is_asked = options->nodes != 0;
    for (int k = NOW; k < REQUESTS; k++) {
        requests[k] = now;
    }
    requests[TWICE].code = CNICALC_PLAN_PODS_TWICE;
    requests[TWICE].wanted *= now.is_of_pods ? CNICALC__PODS_TO_PLAN_FOR : 1;
    requests[TWICE].each *= CNICALC__PODS_TO_PLAN_FOR;
    requests[SURGE].code = CNICALC_PLAN_SURGE;
    requests[SURGE].wanted = is_asked && options->surge != 0 ? nodes + options->surge : 0;
    requests[BURST].code = CNICALC_PLAN_BURST;
    requests[BURST].wanted = is_asked && pods != 0 && options->burst_pods != 0 ? nodes : 0;
    requests[BURST].each += cnicalc__plan_burst(options);
}

/* Where all zones hold the nodes while some are replaced: whether they have addresses for the pods
 * of one that is out, which start elsewhere. Prefixes are there already. */
static void check_elsewhere(cnicalc__plan *plan, const struct request *surge,
                            const cnicalc__zone *all)
{
    cnicalc__load load = load_of(surge, surge->wanted);
    load.pod_addresses += surge->each;
    cnicalc_limit_row row = {CNICALC_LIMIT_POD_VSWITCH_ADDRESSES, 0, load.pod_addresses,
                             all->pod_free};
    if (surge->each == 0 || surge->prefixes != 0 || surge->held < surge->wanted) {
        return;
    }
    if (row.needed <= row.available && all->counts_nodes) {
        row.limit = CNICALC_LIMIT_ZONE_ADDRESSES;
        row.needed += load.nodes;
        row.available = all->all_free;
    }
    if (row.needed > row.available) {
        cnicalc__plan_report_row(plan, surge->code, CNICALC_UNKNOWN, CNICALC_UNKNOWN, &row);
    }
}

/* Judges nodes, and pods on them or on any number of nodes. */
static void check_vswitches(cnicalc__plan *plan, const struct supply *supply, uint64_t nodes,
                            uint64_t pods)
{
    struct request requests[REQUESTS];
    cnicalc__zone all = cnicalc__zone_begin(CNICALC_UNKNOWN, 0);
    cnicalc__zone zone;
    uint32_t zones = 0;
    find_requests(plan->options, nodes, pods, requests);
    for (uint32_t at = 0; next_zone(supply, pods != 0, &at, &zone);) {
        for (int k = NOW; k < REQUESTS; k++) {
            requests[k].held += held_by(&zone, &requests[k]);
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
    for (uint32_t at = 0; next_zone(supply, pods != 0, &at, &zone);) {
        judge_zone(plan, &zone, requests);
    }
    if (requests[SURGE].wanted != 0) {
        check_elsewhere(plan, &requests[SURGE], &all);
    }
}

/* Roles that are not judged ask nothing of the zones. */
static void check_zones(cnicalc__plan *plan, const struct supply *supply, uint64_t nodes)
{
    int takes_pods = cnicalc__plan_is_terway(plan) && (supply->roles & CNICALC_VSWITCH_POD) != 0;
    uint64_t pods = takes_pods ? plan->options->pods : 0;
    if (pods != 0 || (nodes != 0 && (supply->roles & CNICALC_VSWITCH_NODE) != 0)) {
        check_vswitches(plan, supply, nodes, pods);
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
    cnicalc_plan_finding finding =
        cnicalc__plan_finding(CNICALC_PLAN_POD_CIDR_CAPACITY, index, CNICALC_UNKNOWN);
    finding.value = blocks * split->usable_pod_ips;
    finding.bound = blocks * split->pods_per_node;
    cnicalc__plan_report(plan, &finding);
    cnicalc__plan_compare(plan, CNICALC_LIMIT_POD_CIDR, index, nodes, blocks);
    cnicalc__plan_compare(plan, CNICALC_LIMIT_NODE_MASK, index, pods_per_node,
                          split->pods_per_node);

    finding = cnicalc__plan_finding(CNICALC_PLAN_PODS_ADDRESSES, index, CNICALC_UNKNOWN);
    finding.value = pods;
    if (nodes <= split->max_nodes && pods_per_node <= split->pods_per_node) {
        finding.bound = (asked != 0 ? asked : split->max_nodes) * split->usable_pod_ips;
        if (pods > finding.bound) {
            cnicalc__plan_report(plan, &finding);
        }
    }
    return nodes;
}

/* Warns of few addresses for Services beside the pods, where no number of Services was asked for.
 */
static void check_service_advice(cnicalc__plan *plan, uint32_t index)
{
    cnicalc_plan_finding finding =
        cnicalc__plan_finding(CNICALC_PLAN_SERVICE_CIDR_SMALL, index, CNICALC_UNKNOWN);
    finding.value = cnicalc__plan_service_addresses(plan->blocks[index].prefix_len);
    finding.bound =
        cnicalc__min(cnicalc__divide_up(plan->options->pods, PODS_OF_A_SERVICE),
                     cnicalc__plan_service_addresses(CNICALC__SERVICE_PREFIX_LEN_ADVISED));
    if (plan->options->services == 0 && finding.value < finding.bound) {
        cnicalc__plan_report(plan, &finding);
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

void cnicalc__plan_check_capacity(cnicalc__plan *plan)
{
    struct supply supply;
    cnicalc_flannel_result split;
    uint32_t pod_cidr;
    uint64_t nodes = plan->options->nodes;
    find_supply(plan, &supply);
    if (find_split(plan, &pod_cidr, &split)) {
        nodes = check_split_nodes(plan, pod_cidr, &split);
    }
    cnicalc__plan_check_quotas(plan, nodes, used_addresses(&supply));
    check_zones(plan, &supply, nodes);
    check_services(plan, CNICALC_FAMILY_IPV4);
    if (cnicalc__plan_is_terway(plan)) {
        check_services(plan, CNICALC_FAMILY_IPV6);
    }
}
