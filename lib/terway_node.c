/* SPDX-License-Identifier: MIT */
/* What one Terway node takes from the vSwitches of its zone and from its security group. */
#include "terway.h"

#include "node.h"

/* What the pods of a mode get from a vSwitch. */
enum node_supply {
    NO_MODE,
    POOLED_ADDRESSES, /* single ones, of which some are idle */
    OWN_ENIS,         /* an ENI of one address for each pod */
    PREFIXES
};

static enum node_supply supply_of(uint32_t mode)
{
    switch ((enum cnicalc_mode)mode) {
    case CNICALC_MODE_SHARED_ENI:
    case CNICALC_MODE_SHARED_ENI_TRUNK:
        return POOLED_ADDRESSES;
    case CNICALC_MODE_EXCLUSIVE_ENI:
        return OWN_ENIS;
    case CNICALC_MODE_IP_PREFIX:
        return PREFIXES;
    }
    return NO_MODE;
}

/* ---- What a node takes ---- */

/* Whether what a node takes exceeds 64 bits when it holds this many addresses, and if not, what. */
static int load_overflows(const cnicalc_terway_node *node, uint64_t addresses, cnicalc__load *one)
{
    uint64_t in_prefixes;
    uint64_t own;
    uint64_t together;
    if (cnicalc__mul_overflows(node->prefixes, CNICALC__ADDRESSES_PER_PREFIX, &in_prefixes) ||
        cnicalc__add_overflows(addresses, 1, &own) ||
        cnicalc__add_overflows(own, in_prefixes, &together) ||
        cnicalc__group_overflows(own, node->prefixes, node->dual_stack, &one->group_addresses)) {
        return 1;
    }
    one->pod_addresses = together - 1;
    return 0;
}

/* Of the addresses of a node, those that its ENIs hold, if they are known. */
static uint64_t addresses_on_enis(const cnicalc_terway_node *node, const cnicalc__load *one)
{
    uint64_t held = cnicalc__add_limits(one->need.units, node->trunk_pods);
    return one->need.enis == 0     ? 0
           : one->need.of_prefixes ? one->pod_addresses
                                   : cnicalc__min(one->pod_addresses, held);
}

cnicalc_status cnicalc__terway_load_of(const cnicalc_terway_node *node, cnicalc__load *out_one)
{
    if (cnicalc__any_set(node->reserved, sizeof node->reserved)) {
        return CNICALC_ERR_RESERVED;
    }
    if (node->joins > 1 || node->dual_stack > 1 || node->needs_pod_vswitch > 1) {
        return CNICALC_ERR_FLAG;
    }
    if (supply_of(node->mode) == NO_MODE) {
        return CNICALC_ERR_NODE_MODE;
    }
    memset(out_one, 0, sizeof *out_one);
    out_one->nodes = 1;
    out_one->prefixes = node->prefixes;
    out_one->group_enis = node->enis;
    out_one->needs_pod_vswitch = node->needs_pod_vswitch;
    out_one->has_choice =
        supply_of(node->mode) != OWN_ENIS && (node->addresses | node->prefixes) != 0;
    out_one->need = cnicalc__eni_need_of(node);
    if ((node->addresses_with_pool != CNICALC_UNKNOWN_COUNT &&
         load_overflows(node, node->addresses_with_pool, out_one)) ||
        (node->addresses_in_burst != CNICALC_UNKNOWN_COUNT &&
         load_overflows(node, node->addresses_in_burst, out_one)) ||
        load_overflows(node, node->addresses, out_one)) {
        return CNICALC_ERR_OVERFLOW;
    }
    out_one->eni_addresses = addresses_on_enis(node, out_one);
    return CNICALC_OK;
}

cnicalc_terway_node cnicalc__terway_node_with(const cnicalc_terway_node *node, uint64_t addresses)
{
    cnicalc_terway_node then = *node;
    then.addresses = cnicalc__max(node->addresses, addresses);
    return then;
}

cnicalc_terway_node cnicalc__terway_node_in_burst(const cnicalc_terway_node *node,
                                                  uint32_t new_pods)
{
    enum node_supply supply = supply_of(node->mode);
    uint64_t each = supply == PREFIXES ? 0 : supply == OWN_ENIS ? 1 : 2;
    uint64_t of_enis = (uint64_t)node->pod_enis * node->addresses_per_eni;
    uint64_t most =
        of_enis != 0 ? cnicalc__add_limits(of_enis, node->trunk_pods) : CNICALC_NO_LIMIT;
    return cnicalc__terway_node_with(
        node, cnicalc__min(most, cnicalc__add_limits(node->addresses, each * new_pods)));
}

uint64_t cnicalc__terway_restarted(const cnicalc_terway_node *node)
{
    return supply_of(node->mode) == PREFIXES ? 0 : node->pods_per_node;
}

int cnicalc__terway_replacing_overflows(const cnicalc_terway_node *node, uint64_t surge,
                                        uint64_t unavailable, uint64_t *out_addresses)
{
    uint64_t restarted;
    /* Checked by cnicalc__terway_load_of(). */
    uint64_t held = 1 + node->addresses + node->prefixes * CNICALC__ADDRESSES_PER_PREFIX;
    return cnicalc__mul_overflows(surge, held, out_addresses) ||
           cnicalc__mul_overflows(unavailable, cnicalc__terway_restarted(node), &restarted) ||
           cnicalc__add_overflows(*out_addresses, restarted, out_addresses);
}

/* ---- How it is used ---- */

/* Idle addresses at rest and in a burst. */
struct idle {
    uint64_t at_rest;
    uint64_t in_burst;
};

/* Checks a use. No pod count with idle addresses, nor with new pods, exceeds 64 bits. */
static cnicalc_status check_use(const cnicalc_terway_use *use, uint64_t pods, struct idle *out_idle)
{
    uint64_t burst = use->min_pool_size;
    uint64_t sum;
    if (cnicalc__add_overflows(burst, use->burst_pods, &burst) ||
        cnicalc__add_overflows(burst, use->burst_pods, &burst) ||
        cnicalc__add_overflows(pods, burst, &sum) ||
        cnicalc__add_overflows(pods, use->idle_addresses, &sum)) {
        return CNICALC_ERR_OVERFLOW;
    }
    out_idle->at_rest = use->idle_addresses;
    out_idle->in_burst =
        use->burst_pods != 0 ? cnicalc__max(burst, use->idle_addresses) : use->idle_addresses;
    return CNICALC_OK;
}

/* a + b, or CNICALC_UNKNOWN_COUNT. */
static uint64_t add_or_unknown(uint64_t a, uint64_t b)
{
    uint64_t sum;
    return cnicalc__add_overflows(a, b, &sum) ? CNICALC_UNKNOWN_COUNT : sum;
}

/* ---- The node of a type ---- */

struct type_question {
    const cnicalc_node_options *options;
    cnicalc_node_result solved;
    cnicalc__node found;
    cnicalc__node_limits limits;
    uint64_t pods;
};

/* Pods that are planned, or all that run. Where trunk pods alone are unknown, kubelet lets more
 * than max_pods run. */
static cnicalc_status find_pods(struct type_question *question, uint64_t planned)
{
    const cnicalc_node_result *solved = &question->solved;
    question->pods = planned;
    if (solved->schedulable_pods != CNICALC_UNKNOWN_COUNT) {
        question->pods = planned == 0 ? solved->schedulable_pods : planned;
        return planned > solved->schedulable_pods ? CNICALC_ERR_TERWAY_PODS_PER_NODE : CNICALC_OK;
    }
    return planned != 0 && planned <= solved->max_pods &&
                   solved->kubelet_max_pods != CNICALC_UNKNOWN_COUNT
               ? CNICALC_OK
               : CNICALC_ERR_LIMITS_UNKNOWN;
}

/* Trunk pods that may be among the pods, and take addresses beside those of the ENIs. */
static uint64_t trunk_pods(const struct type_question *question)
{
    return question->solved.trunk_pods == CNICALC_UNKNOWN_COUNT
               ? 0
               : cnicalc__min(question->solved.trunk_pods, question->pods);
}

/* Shared and trunk: where trunk pods are not published, there are max_pods at most, and only idle
 * addresses can ask for more; where no pod runs, no trunk pod does. Below 64 bits: ipv4_addresses
 * is (E - 1) * I of 32-bit quantities, trunk pods are T - E. */
static uint64_t pooled_addresses(const struct type_question *question, uint64_t wanted)
{
    const cnicalc_node_result *solved = &question->solved;
    int is_unknown = solved->trunk_pods == CNICALC_UNKNOWN_COUNT && question->pods != 0;
    return is_unknown && wanted > solved->ipv4_addresses
               ? CNICALC_UNKNOWN_COUNT
               : cnicalc__min(wanted, solved->ipv4_addresses + trunk_pods(question));
}

/* Windows: the primary address of an ENI serves no pod and comes on top. */
static uint64_t windows_addresses(const struct type_question *question, uint64_t wanted)
{
    uint64_t taken = cnicalc__min(wanted, question->solved.max_pods);
    return taken + cnicalc__divide_up(taken, question->found.pods_per_eni);
}

/* The prefixes that the node is told to take, or those of its pods. */
static uint64_t prefixes_of(const struct type_question *question)
{
    uint64_t fitting = question->solved.max_pods / CNICALC__ADDRESSES_PER_PREFIX;
    if (supply_of(question->options->mode) != PREFIXES ||
        question->options->ip_stack == CNICALC_IP_STACK_IPV6) {
        return 0;
    }
    return question->options->ipv4_prefix_count != CNICALC_UNKNOWN
               ? fitting
               : cnicalc__min(cnicalc_node_prefixes_for_pods(question->pods), fitting);
}

/* Single addresses when `idle` of them are idle, or new_pods start where there is no pool;
 * CNICALC_UNKNOWN_COUNT where unknown trunk pods decide. */
static uint64_t addresses_with(const struct type_question *question, uint64_t idle,
                               uint64_t new_pods)
{
    enum node_supply supply = supply_of(question->options->mode);
    if (supply == OWN_ENIS) {
        return cnicalc__min(question->pods + new_pods, question->solved.ipv4_addresses);
    }
    if (supply == PREFIXES) {
        return question->options->ip_stack == CNICALC_IP_STACK_IPV6
                   ? question->solved.max_pods != 0
                   : cnicalc__node_prefix_enis(prefixes_of(question), question->found.pods_per_eni,
                                               question->found.pod_enis);
    }
    return question->options->windows ? windows_addresses(question, question->pods + idle)
                                      : pooled_addresses(question, question->pods + idle);
}

/* Its ENIs: the primary one, those of eRDMA, a member ENI for each trunk pod, and others in use, of
 * as many as there can be. On Lingjun they are not known. */
static void set_enis(const struct type_question *question, cnicalc_terway_node *node)
{
    const cnicalc__node *found = &question->found;
    uint32_t per_eni = found->instance->eni_private_ip_address_quantity;
    if ((found->traits & CNICALC__LINGJUN) != 0) {
        node->needs_pod_vswitch = 1;
        return;
    }
    int is_pooled = supply_of(node->mode) == POOLED_ADDRESSES;
    uint64_t in_use = is_pooled ? cnicalc__divide_up(node->addresses - node->trunk_pods, per_eni)
                                : node->addresses;
    node->enis = 1 + question->limits.erdma_enis + in_use + node->trunk_pods;
    node->pod_enis = (uint32_t)found->pod_enis;
    node->addresses_per_eni = supply_of(node->mode) == OWN_ENIS ? 1
                              : per_eni == CNICALC_UNKNOWN      ? 0
                                                                : per_eni;
}

static cnicalc_status take(const struct type_question *question, const cnicalc_terway_use *use,
                           cnicalc_terway_node *node)
{
    struct idle idle;
    cnicalc_status status = check_use(use, question->pods, &idle);
    if (status != CNICALC_OK) {
        return status;
    }
    uint64_t with_pool = cnicalc__max(idle.at_rest, CNICALC_TERWAY_DEFAULT_POOL);
    memset(node, 0, sizeof *node);
    node->pods_per_node = question->pods;
    node->addresses = addresses_with(question, idle.at_rest, 0);
    node->prefixes = prefixes_of(question);
    node->addresses_with_pool = addresses_with(question, with_pool, 0);
    node->addresses_in_burst = addresses_with(question, idle.in_burst, use->burst_pods);
    node->trunk_pods = trunk_pods(question);
    node->mode = question->options->mode;
    node->joins = question->solved.joins;
    node->dual_stack =
        question->options->ip_stack == CNICALC_IP_STACK_IPV6 ||
        (question->options->ip_stack == CNICALC_IP_STACK_DUAL && question->solved.dual_stack != 0);
    set_enis(question, node);
    return node->addresses == CNICALC_UNKNOWN_COUNT ? CNICALC_ERR_LIMITS_UNKNOWN : CNICALC_OK;
}

cnicalc_status cnicalc_terway_node_from_type(const cnicalc_instance *instance,
                                             const cnicalc_node_options *options,
                                             const cnicalc_terway_use *use,
                                             cnicalc_terway_node *out_node)
{
    if (use == NULL || out_node == NULL) {
        return CNICALC_ERR_NULL;
    }
    struct type_question question;
    cnicalc_terway_node node;
    cnicalc_status status = cnicalc_node_solve(instance, options, &question.solved);
    if (status != CNICALC_OK) {
        return status;
    }
    if (cnicalc__any_set(use->reserved, sizeof use->reserved)) {
        return CNICALC_ERR_RESERVED;
    }
    question.options = options;
    cnicalc__node_find(instance, options, &question.found, &question.limits);
    status = find_pods(&question, use->pods_per_node);
    if (status == CNICALC_OK) {
        status = take(&question, use, &node);
    }
    if (status == CNICALC_OK) {
        *out_node = node;
    }
    return status;
}

/* ---- The node of a number of pods ---- */

cnicalc_status cnicalc_terway_node_from_pods(const cnicalc_terway_use *use, uint32_t mode,
                                             cnicalc_terway_node *out_node)
{
    if (use == NULL || out_node == NULL) {
        return CNICALC_ERR_NULL;
    }
    enum node_supply supply = supply_of(mode);
    uint64_t pods = use->pods_per_node;
    struct idle idle;
    if (cnicalc__any_set(use->reserved, sizeof use->reserved)) {
        return CNICALC_ERR_RESERVED;
    }
    if (supply == NO_MODE) {
        return CNICALC_ERR_NODE_MODE;
    }
    if (pods == 0) {
        return CNICALC_ERR_TERWAY_PODS_PER_NODE;
    }
    if (supply == PREFIXES) {
        return CNICALC_ERR_LIMITS_UNKNOWN;
    }
    cnicalc_status status = check_use(use, pods, &idle);
    if (status != CNICALC_OK) {
        return status;
    }
    int is_pooled = supply == POOLED_ADDRESSES;
    uint64_t with_pool = cnicalc__max(idle.at_rest, CNICALC_TERWAY_DEFAULT_POOL);
    memset(out_node, 0, sizeof *out_node);
    out_node->pods_per_node = pods;
    out_node->addresses = pods + (is_pooled ? idle.at_rest : 0);
    out_node->addresses_with_pool = add_or_unknown(pods, is_pooled ? with_pool : 0);
    out_node->addresses_in_burst = pods + (is_pooled ? idle.in_burst : use->burst_pods);
    out_node->enis = is_pooled ? 0 : add_or_unknown(pods, 1);
    out_node->mode = mode;
    out_node->joins = 1;
    return CNICALC_OK;
}
