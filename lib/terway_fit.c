/* SPDX-License-Identifier: MIT */
/* Whether given pools fit in a Terway cluster: at rest, and at times when their nodes hold more. */
#include "terway_fit.h"

int cnicalc__fit_is_null(const cnicalc_terway_cluster *cluster)
{
    return cnicalc__terway_is_null(cluster) || (cluster->pools == NULL && cluster->pool_count != 0);
}

/* ---- What pools take ---- */

/* *sum += count * each; 1 when that exceeds 64 bits. */
static int grow(uint64_t *sum, uint64_t count, uint64_t each)
{
    uint64_t product;
    return cnicalc__mul_overflows(count, each, &product) ||
           cnicalc__add_overflows(*sum, product, sum);
}

static int is_replaced(const cnicalc__fit *question, size_t index)
{
    return question->moment == CNICALC__WHILE_REPLACED && question->replaced == index;
}

/* A pool as it is at this moment; CNICALC_ERR_LIMITS_UNKNOWN where it has nodes that hold what is
 * not known. */
static cnicalc_status pool_at(const cnicalc__fit *question, size_t index,
                              cnicalc_terway_pool *out_pool)
{
    const cnicalc_terway_pool *pool = &question->cluster->pools[index];
    uint64_t addresses = question->moment == CNICALC__WITH_DEFAULT_POOL
                             ? pool->node.addresses_with_pool
                         : question->moment == CNICALC__IN_BURST ? pool->node.addresses_in_burst
                                                                 : 0;
    *out_pool = *pool;
    if (addresses == CNICALC_UNKNOWN_COUNT) {
        return pool->count == 0 ? CNICALC_OK : CNICALC_ERR_LIMITS_UNKNOWN;
    }
    out_pool->node = cnicalc__terway_node_with(&pool->node, addresses);
    return is_replaced(question, index) &&
                   cnicalc__add_overflows(pool->count, question->surge, &out_pool->count)
               ? CNICALC_ERR_OVERFLOW
               : CNICALC_OK;
}

/* Nodes of a pool that are out at one time while they are replaced. */
static uint64_t unavailable(const cnicalc__fit *question, size_t index)
{
    return cnicalc__min(question->max_unavailable, question->cluster->pools[index].count);
}

/* The pods of nodes that are out start elsewhere: their addresses. */
static int grow_elsewhere(const cnicalc__fit *question, const cnicalc_terway_node *node,
                          cnicalc__fit_load *load)
{
    uint64_t nodes = unavailable(question, question->replaced);
    uint64_t each = cnicalc__terway_restarted(node);
    return grow(&load->zone.pod_addresses, nodes, each) ||
           grow(&load->zone.group_addresses, nodes, each) ||
           (node->dual_stack && grow(&load->zone.group_addresses, nodes, each));
}

/* Adds a pool. Its pods are those at rest: what is replaced runs no more of them. */
static cnicalc_status add_pool(const cnicalc__fit *question, size_t index, cnicalc__fit_load *load)
{
    cnicalc__load one;
    cnicalc_terway_pool pool;
    uint64_t together;
    cnicalc_status status = pool_at(question, index, &pool);
    if (status == CNICALC_OK) {
        status = cnicalc__terway_load_of(&pool.node, &one);
    }
    if (status != CNICALC_OK) {
        return status;
    }
    int overflows = grow(&load->zone.nodes, pool.count, 1);
    overflows |= grow(&load->joining_nodes, pool.count, pool.node.joins);
    overflows |= grow(&load->pods, question->cluster->pools[index].count, pool.node.pods_per_node);
    overflows |= grow(&load->zone.prefixes, pool.count, one.prefixes);
    overflows |= grow(&load->zone.pod_addresses, pool.count, one.pod_addresses);
    overflows |= grow(&load->zone.group_addresses, pool.count, one.group_addresses);
    overflows |= grow(&load->zone.group_enis, pool.count, one.group_enis);
    overflows |= is_replaced(question, index) && grow_elsewhere(question, &pool.node, load);
    overflows |= cnicalc__add_overflows(load->zone.nodes, load->zone.pod_addresses, &together);
    load->zone.eni_addresses += overflows ? 0 : pool.count * one.eni_addresses;
    load->zone.needs_pod_vswitch |= pool.count != 0 && one.needs_pod_vswitch;
    load->zone.has_choice |= pool.count != 0 && one.has_choice;
    return overflows ? CNICALC_ERR_OVERFLOW : CNICALC_OK;
}

/* An earlier sum found that the sums of a zone fit in 64 bits. */
cnicalc__load cnicalc__fit_load_of(const cnicalc__fit *question, uint32_t zone)
{
    cnicalc__fit_load load;
    memset(&load, 0, sizeof load);
    for (size_t i = 0; i < question->cluster->pool_count; i++) {
        if (question->cluster->pools[i].zone == zone) {
            (void)add_pool(question, i, &load);
        }
    }
    return load.zone;
}

static cnicalc_status add_all(const cnicalc__fit *question, cnicalc__fit_load *load)
{
    cnicalc_status status = CNICALC_OK;
    memset(load, 0, sizeof *load);
    for (size_t i = 0; status == CNICALC_OK && i < question->cluster->pool_count; i++) {
        status = add_pool(question, i, load);
    }
    return status;
}

/* ---- What their ENIs find ---- */

/* What all pools of a zone need beyond a share of each of their ENIs, of addresses or of prefixes.
 * of_all says of which, and gets what the largest ENI among them holds. */
static uint64_t demand_beyond(const cnicalc__fit *question, uint32_t zone, uint64_t share,
                              cnicalc__eni_need *of_all)
{
    uint64_t demand = 0;
    for (size_t i = 0; i < question->cluster->pool_count; i++) {
        cnicalc_terway_pool pool;
        if (question->cluster->pools[i].zone != zone) {
            continue;
        }
        (void)pool_at(question, i, &pool);
        cnicalc__eni_need need = cnicalc__eni_need_of(&pool.node);
        if (pool.count != 0 && need.enis != 0 && need.of_prefixes == of_all->of_prefixes) {
            demand += pool.count * cnicalc__eni_rest(&need, share);
            of_all->per_eni = cnicalc__max(of_all->per_eni, need.per_eni);
        }
    }
    return demand;
}

/* What the ENIs do not find, because each is in one vSwitch; 0 where no more is missing than there
 * is altogether. */
static uint64_t lack_of(const cnicalc__fit *question, const cnicalc__zone *zone, int of_prefixes)
{
    cnicalc__eni_need largest = {0, 0, 0, of_prefixes};
    uint64_t altogether = CNICALC_NO_LIMIT;
    uint64_t most = 0;
    uint64_t share = 0;
    uint64_t demand;
    /* Beyond larger shares pools need no more. */
    while ((demand = demand_beyond(question, zone->zone, share, &largest)) != 0) {
        uint64_t room = cnicalc__eni_room(zone, &largest, &share);
        most = cnicalc__max(most, cnicalc__subtract_or_0(demand, room));
        altogether = cnicalc__min(altogether, most);
        if (share == 0) {
            break;
        }
    }
    return most > altogether ? most : 0;
}

/* ---- Zones ---- */

void cnicalc__fit_judge_zone(const cnicalc__fit *question, const cnicalc__zone *zone,
                             const cnicalc__load *load, cnicalc_terway_zone *answer)
{
    cnicalc__load lacking = *load;
    if (load->eni_addresses != 0) {
        lacking.eni_lack =
            lack_of(question, zone, 0) + lack_of(question, zone, 1) * CNICALC__ADDRESSES_PER_PREFIX;
    }
    cnicalc__zone_judge(zone, &lacking, answer);
}

void cnicalc__fit_zone(const cnicalc__fit *question, uint32_t number, cnicalc_terway_zone *answer)
{
    const cnicalc__load load = cnicalc__fit_load_of(question, number);
    const cnicalc__zone zone = cnicalc__zone_of(question->cluster, number,
                                                !question->has_own_pods && !load.needs_pod_vswitch);
    cnicalc__fit_judge_zone(question, &zone, &load, answer);
}

/* ---- The answer ---- */

/* The rows of no zone, for those of zones to be added. What does not limit where nothing is asked
 * for may do so in a zone. */
static void begin_rows(const cnicalc_terway_cluster *cluster, cnicalc_terway_fit_result *result)
{
    const cnicalc__zone none = cnicalc__zone_begin(0, cnicalc__terway_counts_nodes(cluster));
    const cnicalc__load nothing = {0};
    cnicalc_terway_zone answer;
    cnicalc__zone_judge(&none, &nothing, &answer);
    result->limit_count = answer.limit_count;
    for (uint32_t i = 0; i < answer.limit_count; i++) {
        int is_of_nodes = answer.limits[i].limit == CNICALC_LIMIT_NODE_VSWITCH_ADDRESSES;
        result->limits[i] = answer.limits[i];
        result->limits[i].available = is_of_nodes ? answer.limits[i].available : 0;
    }
}

/* Adds the rows of a zone. One that is short is that of all, since the sum may hide it: then it has
 * its bit in *fixed. */
static void add_zone_rows(const cnicalc_terway_zone *zone, cnicalc_terway_fit_result *result,
                          uint32_t *fixed)
{
    for (uint32_t i = 0; i < zone->limit_count; i++) {
        const cnicalc_limit_row *row = &zone->limits[i];
        cnicalc_limit_row *sum = &result->limits[i];
        if ((*fixed >> i & 1) != 0) {
            continue;
        }
        if (row->needed > row->available) {
            *sum = *row;
            *fixed |= UINT32_C(1) << i;
        } else {
            sum->needed += row->needed;
            sum->available = cnicalc__add_limits(sum->available, row->available);
        }
    }
}

static void add_fit_row(cnicalc_terway_fit_result *result, uint32_t limit, uint64_t needed,
                        uint64_t available)
{
    cnicalc__add_judged_row(result->limits, &result->limit_count, limit, needed, available);
}

static void add_fit_zones(const cnicalc__fit *question, cnicalc_terway_fit_result *result)
{
    uint32_t fixed = 0;
    uint32_t in_use = 0;  /* pools have nodes there */
    uint32_t holding = 0; /* and there is room for them */
    uint32_t number;
    size_t at = 0;
    begin_rows(question->cluster, result);
    while (cnicalc__zone_next(question->cluster, &at, &number)) {
        cnicalc_terway_zone answer;
        cnicalc__fit_zone(question, number, &answer);
        add_zone_rows(&answer, result, &fixed);
        in_use += answer.nodes != 0;
        holding += answer.nodes != 0 && answer.fits;
        result->best_case |= answer.best_case;
        result->zone_count++;
    }
    add_fit_row(result, CNICALC_LIMIT_ZONES, in_use, holding);
}

static void add_quotas(const cnicalc__fit *question, const cnicalc__fit_load *load,
                       cnicalc_terway_fit_result *result)
{
    const cnicalc_terway_options *options = question->options;
    uint64_t vpc = cnicalc__terway_ceiling(options, CNICALC_LIMIT_VPC_ADDRESS_QUOTA);
    uint64_t pods = cnicalc__add_limits(load->pods, options->present_pods);
    int is_basic = options->ceilings.security_group == CNICALC_SECURITY_GROUP_BASIC;
    add_fit_row(result, CNICALC_LIMIT_VPC_ADDRESS_QUOTA,
                load->zone.nodes + load->zone.pod_addresses,
                cnicalc__remaining(vpc, cnicalc__terway_used(question->cluster)));
    cnicalc__add_row(result->limits, &result->limit_count, CNICALC_LIMIT_SECURITY_GROUP_QUOTA,
                     is_basic ? CNICALC_COUNTS_ADDRESSES : CNICALC_COUNTS_ENIS,
                     cnicalc__terway_group_of(options, &load->zone),
                     cnicalc__terway_ceiling(options, CNICALC_LIMIT_SECURITY_GROUP_QUOTA));
    add_fit_row(result, CNICALC_LIMIT_NODE_QUOTA,
                cnicalc__add_limits(load->zone.nodes, options->present_nodes),
                cnicalc__terway_ceiling(options, CNICALC_LIMIT_NODE_QUOTA));
    add_fit_row(result, CNICALC_LIMIT_MIN_PODS_TO_JOIN, load->zone.nodes, load->joining_nodes);
    add_fit_row(result, CNICALC_LIMIT_POD_QUOTA, pods,
                cnicalc__terway_ceiling(options, CNICALC_LIMIT_POD_QUOTA));
    add_fit_row(result, CNICALC_LIMIT_IPVLAN_POD_QUOTA, pods,
                cnicalc__terway_ceiling(options, CNICALC_LIMIT_IPVLAN_POD_QUOTA));
}

void cnicalc__fit_judge(const cnicalc__fit *question, const cnicalc__fit_load *load,
                        cnicalc_terway_fit_result *result)
{
    memset(result, 0, sizeof *result);
    add_fit_zones(question, result);
    add_quotas(question, load, result);
    result->nodes = load->zone.nodes;
    result->pods = load->pods;
    result->bound_by = cnicalc__first_shortage(result->limits, result->limit_count);
    result->fits = result->bound_by == CNICALC_LIMIT_NONE;
}

/* ---- At other times ---- */

/* Whether the pools fit at another moment. What exceeds 64 bits does not. */
static uint32_t fits_at(const cnicalc__fit *question)
{
    cnicalc_terway_fit_result result;
    cnicalc__fit_load load;
    cnicalc_status status = add_all(question, &load);
    if (status != CNICALC_OK) {
        return status == CNICALC_ERR_LIMITS_UNKNOWN ? CNICALC_UNKNOWN : 0;
    }
    cnicalc__fit_judge(question, &load, &result);
    return result.fits;
}

static uint32_t fits_at_moment(const cnicalc__fit *question, enum cnicalc__moment moment)
{
    cnicalc__fit then = *question;
    then.moment = moment;
    return fits_at(&then);
}

/* Whether pools that fit do so while the nodes of one are replaced: no other zone takes more. */
static uint32_t fits_while_replaced(const cnicalc__fit *question)
{
    cnicalc_terway_zone zone;
    cnicalc_terway_fit_result result;
    cnicalc__fit_load load;
    if (add_all(question, &load) != CNICALC_OK) {
        return 0;
    }
    memset(&result, 0, sizeof result);
    add_quotas(question, &load, &result);
    cnicalc__fit_zone(question, question->cluster->pools[question->replaced].zone, &zone);
    return zone.fits &&
           cnicalc__first_shortage(result.limits, result.limit_count) == CNICALC_LIMIT_NONE;
}

/* The nodes of each pool are replaced in turn. */
static uint32_t fits_with_surge(const cnicalc__fit *question, uint32_t fits)
{
    cnicalc__fit then = *question;
    then.moment = CNICALC__WHILE_REPLACED;
    for (size_t i = 0; fits && i < question->cluster->pool_count; i++) {
        then.replaced = i;
        fits = question->cluster->pools[i].count == 0 || fits_while_replaced(&then);
    }
    return fits;
}

/* Addresses that are held beside; 1 when they exceed 64 bits. */
static int beside_overflows(const cnicalc__fit *question, cnicalc_terway_fit_result *result)
{
    int overflows = 0;
    int is_known = 1;
    for (size_t i = 0; i < question->cluster->pool_count; i++) {
        const cnicalc_terway_pool *pool = &question->cluster->pools[i];
        uint64_t surge = 0;
        uint64_t burst =
            cnicalc__subtract_or_0(pool->node.addresses_in_burst, pool->node.addresses);
        if (pool->count == 0) {
            continue;
        }
        if (pool->node.addresses_in_burst == CNICALC_UNKNOWN_COUNT) {
            is_known = 0;
        } else {
            overflows |= grow(&result->burst_addresses, pool->count, burst);
        }
        overflows |= cnicalc__terway_replacing_overflows(&pool->node, question->surge,
                                                         unavailable(question, i), &surge);
        result->surge_addresses = surge > result->surge_addresses ? surge : result->surge_addresses;
    }
    result->burst_addresses = is_known ? result->burst_addresses : CNICALC_UNKNOWN_COUNT;
    return overflows;
}

/* ---- The questions ---- */

static int has_zone(const cnicalc_terway_cluster *cluster, uint32_t zone)
{
    for (size_t i = 0; i < cluster->vswitch_count; i++) {
        if (cluster->vswitches[i].zone == zone) {
            return 1;
        }
    }
    return 0;
}

cnicalc_status cnicalc__fit_check(const cnicalc__fit *question, cnicalc__fit_load *load,
                                  cnicalc_fault *out_fault)
{
    const cnicalc_terway_cluster *cluster = question->cluster;
    cnicalc_status status =
        cnicalc_vswitch_check(cluster->vswitches, cluster->vswitch_count, out_fault);
    memset(load, 0, sizeof *load);
    for (size_t i = 0; status == CNICALC_OK && i < cluster->pool_count; i++) {
        const cnicalc_terway_pool *pool = &cluster->pools[i];
        if (pool->reserved != 0) {
            status = CNICALC_ERR_RESERVED;
        } else if (pool->count != 0 && !question->may_lack_zones &&
                   !has_zone(cluster, pool->zone)) {
            status = CNICALC_ERR_TERWAY_POOL_ZONE;
        } else {
            status = add_pool(question, i, load);
        }
        if (status != CNICALC_OK) {
            return cnicalc__fault(status, CNICALC_ARRAY_POOLS, i, CNICALC_UNKNOWN, out_fault);
        }
    }
    return status;
}

cnicalc_status cnicalc_terway_fit(const cnicalc_terway_cluster *cluster,
                                  const cnicalc_terway_options *options,
                                  cnicalc_terway_fit_result *out_result, cnicalc_fault *out_fault)
{
    if (cnicalc__fit_is_null(cluster) || options == NULL || out_result == NULL) {
        return CNICALC_ERR_NULL;
    }
    const cnicalc__fit question = {
        cluster, options, options->surge, options->max_unavailable, CNICALC__AT_REST, 0, 0, 0};
    cnicalc_terway_fit_result result;
    cnicalc__fit_load load;
    cnicalc_status status = cnicalc__terway_check_options(options);
    if (status != CNICALC_OK) {
        return cnicalc__whole_fault(status, out_fault);
    }
    status = cnicalc__fit_check(&question, &load, out_fault);
    if (status != CNICALC_OK) {
        return status;
    }
    cnicalc__fit_judge(&question, &load, &result);
    if (beside_overflows(&question, &result)) {
        return cnicalc__whole_fault(CNICALC_ERR_OVERFLOW, out_fault);
    }
    result.fits_with_default_pool = fits_at_moment(&question, CNICALC__WITH_DEFAULT_POOL);
    result.fits_with_burst = fits_at_moment(&question, CNICALC__IN_BURST);
    result.fits_with_surge = fits_with_surge(&question, result.fits);
    *out_result = result;
    return CNICALC_OK;
}
