/* SPDX-License-Identifier: MIT */
/* Facts about the blocks of an address plan: their roles, masks, order and places. */
#include "plan.h"

#include "vswitch.h"

/* The network and the broadcast address of a Service CIDR, and the Service `kubernetes`. */
#define SERVICE_RESERVED 3

/* ---- Roles ---- */

#define VSWITCH   1
#define OF_OTHERS 2

/* Role, name, words, what it serves as a vSwitch of the cluster, and which of the two it is. */
#define ROLE_LIST(X)                                                                               \
    X(VPC, "vpc", "VPC block ", 0, 0)                                                              \
    X(NODE_VSWITCH, "node-vswitch", "node vSwitch ", CNICALC_VSWITCH_NODE, VSWITCH)                \
    X(POD_VSWITCH, "pod-vswitch", "pod vSwitch ", CNICALC_VSWITCH_POD, VSWITCH)                    \
    X(VSWITCH, "vswitch", "vSwitch ", CNICALC_VSWITCH_BOTH, VSWITCH)                               \
    X(POD_CIDR, "pod-cidr", "pod CIDR ", 0, 0)                                                     \
    X(SERVICE_CIDR, "service-cidr", "Service CIDR ", 0, 0)                                         \
    X(OTHER, "other", "network in use ", 0, OF_OTHERS)                                             \
    X(OTHER_SERVICE_CIDR, "other-service-cidr", "Service CIDR of another cluster ", 0, OF_OTHERS)  \
    X(OTHER_VSWITCH, "other-vswitch", "vSwitch in use ", 0, VSWITCH | OF_OTHERS)                   \
    X(SUMMARY, "summary", "summary route ", 0, OF_OTHERS)

static const struct {
    uint8_t serves;
    uint8_t kind;
} ROLES[CNICALC_PLAN_ROLE_COUNT] = {
#define ROW(role, name, words, serves, kind) [CNICALC_PLAN_ROLE_##role] = {serves, kind},
    ROLE_LIST(ROW)
#undef ROW
};

#define ROLE(role, name, words, serves, kind)  CNICALC_PLAN_ROLE_##role,
#define NAME(role, name, words, serves, kind)  name "\0"
#define WORDS(role, name, words, serves, kind) words "\0"

/* tests/check_counts.sh compares the enum of the header with this list. */
static const uint8_t ROLE_VALUES[] = {ROLE_LIST(ROLE)};

const char *cnicalc_plan_role_name(uint32_t role)
{
    static const char names[] = ROLE_LIST(NAME) "unknown";
    return cnicalc__text_of(ROLE_VALUES, sizeof ROLE_VALUES, names, role);
}

const char *cnicalc__plan_role_words(uint32_t role)
{
    static const char words[] = ROLE_LIST(WORDS);
    return cnicalc__text_of(ROLE_VALUES, sizeof ROLE_VALUES, words, role);
}

uint32_t cnicalc_plan_role_serves(uint32_t role)
{
    return role < CNICALC_PLAN_ROLE_COUNT ? ROLES[role].serves : 0;
}

int cnicalc__plan_role_is_vswitch(uint32_t role)
{
    return (ROLES[role].kind & VSWITCH) != 0;
}

int cnicalc__plan_role_is_of_others(uint32_t role)
{
    return (ROLES[role].kind & OF_OTHERS) != 0;
}

cnicalc_status cnicalc__plan_block_check(const cnicalc_plan_block *block)
{
    if (cnicalc__any_set(block->reserved, sizeof block->reserved)) {
        return CNICALC_ERR_RESERVED;
    }
    if (block->role == 0 || block->role >= CNICALC_PLAN_ROLE_COUNT) {
        return CNICALC_ERR_PLAN_ROLE;
    }
    return cnicalc__check_shape(block->cidr.hi, block->cidr.lo, block->cidr.family,
                                block->cidr.prefix_len);
}

/* ---- Masks and ranges ---- */

static const struct {
    uint8_t code;
    uint8_t ipv4; /* enum cnicalc_bound */
    uint8_t ipv6;
} MASKS[] = {
    {CNICALC_PLAN_VPC_MASK, CNICALC_BOUND_VPC_PREFIX_LEN, CNICALC_BOUND_VPC_IPV6_PREFIX_LEN},
    {CNICALC_PLAN_VSWITCH_MASK, CNICALC_BOUND_VSWITCH_PREFIX_LEN,
     CNICALC_BOUND_VSWITCH_IPV6_PREFIX_LEN},
    {CNICALC_PLAN_OTHER_MASK, CNICALC_BOUND_VSWITCH_PREFIX_LEN,
     CNICALC_BOUND_VSWITCH_IPV6_PREFIX_LEN},
    {CNICALC_PLAN_POD_VSWITCH_MASK, CNICALC_BOUND_POD_VSWITCH_PREFIX_LEN,
     CNICALC_BOUND_VSWITCH_IPV6_PREFIX_LEN},
    {CNICALC_PLAN_SERVICE_CIDR_MASK, CNICALC_BOUND_SERVICE_PREFIX_LEN,
     CNICALC_BOUND_SERVICE_IPV6_PREFIX_LEN},
    {CNICALC_PLAN_NODE_MASK, CNICALC_BOUND_NODE_MASK, CNICALC_BOUND_NODE_MASK},
    {CNICALC_PLAN_NO_NODE_MASK, CNICALC_BOUND_NODE_MASK, CNICALC_BOUND_NODE_MASK},
};

uint32_t cnicalc__plan_mask_bound(uint32_t code, uint32_t family)
{
    size_t i = 0;
    while (MASKS[i].code != code) {
        i++;
    }
    return family == CNICALC_FAMILY_IPV6 ? MASKS[i].ipv6 : MASKS[i].ipv4;
}

int cnicalc__plan_mask_is_legal(uint32_t code, uint32_t family, uint32_t prefix_len)
{
    return cnicalc__bound_nearest(cnicalc__plan_mask_bound(code, family), prefix_len) == prefix_len;
}

const cnicalc_cidr *cnicalc__plan_find_forbidden(const cnicalc_cidr *block)
{
    /* VPC documentation, 2026: carrier-grade NAT, loopback, link-local, multicast, this network,
     * reserved. */
    static const cnicalc_cidr forbidden[] = {
        {0, 0x64400000, CNICALC_FAMILY_IPV4, 10}, {0, 0x7f000000, CNICALC_FAMILY_IPV4, 8},
        {0, 0xa9fe0000, CNICALC_FAMILY_IPV4, 16}, {0, 0xe0000000, CNICALC_FAMILY_IPV4, 4},
        {0, 0x00000000, CNICALC_FAMILY_IPV4, 8},  {0, 0xf0000000, CNICALC_FAMILY_IPV4, 4},
    };
    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++) {
        if (cnicalc__overlap(&forbidden[i], block)) {
            return &forbidden[i];
        }
    }
    return NULL;
}

uint64_t cnicalc__plan_service_addresses(uint32_t prefix_len)
{
    return (UINT64_C(1) << (32 - prefix_len)) - SERVICE_RESERVED;
}

/* ---- Blocks ---- */

int cnicalc__plan_has(const cnicalc__plan *plan, uint32_t role, uint32_t family)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        if (cnicalc__plan_is(plan, i, role, family)) {
            return 1;
        }
    }
    return 0;
}

uint8_t cnicalc__plan_is_inside_vpc(const cnicalc__plan *plan, uint32_t index)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        if (plan->given[i].role == CNICALC_PLAN_ROLE_VPC &&
            cnicalc__contains(&plan->blocks[i], &plan->blocks[index])) {
            return 1;
        }
    }
    return 0;
}

/* A shell sort, with Ciura's gaps: short, and near linear in the blocks of a plan. */
static void sort_blocks(cnicalc__plan *plan)
{
    static const uint16_t gaps[] = {701, 301, 132, 57, 23, 10, 4, 1};
    for (size_t k = 0; k < sizeof gaps / sizeof gaps[0]; k++) {
        uint32_t gap = gaps[k];
        for (uint32_t i = gap; i < plan->count; i++) {
            uint16_t moving = plan->order[i];
            uint32_t hole = i;
            while (hole >= gap &&
                   cnicalc__before(&plan->blocks[moving], &plan->blocks[plan->order[hole - gap]])) {
                plan->order[hole] = plan->order[hole - gap];
                hole -= gap;
            }
            plan->order[hole] = moving;
        }
    }
}

void cnicalc__plan_begin(cnicalc__plan *plan)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        const cnicalc_cidr *cidr = &plan->given[i].cidr;
        plan->blocks[i] = cnicalc__cut(cidr, cidr->prefix_len);
    }
    int is_terway = cnicalc__plan_is_terway(plan);
    uint32_t used = is_terway ? CNICALC_VSWITCH_BOTH : CNICALC_VSWITCH_NODE;
    for (uint32_t i = 0; i < plan->count; i++) {
        uint32_t role = plan->given[i].role;
        uint32_t serves = cnicalc_plan_role_serves(role);
        plan->serves[i] = (uint8_t)(serves & used);
        plan->is_idle[i] = role == CNICALC_PLAN_ROLE_POD_CIDR ? is_terway != 0
                                                              : serves != 0 && (serves & used) == 0;
        plan->is_inside_vpc[i] = cnicalc__plan_is_inside_vpc(plan, i);
        plan->order[i] = (uint16_t)i;
    }
    sort_blocks(plan);
}

uint32_t cnicalc__plan_equals_begin(const cnicalc__plan *plan, uint32_t index)
{
    uint32_t begin = 0;
    uint32_t end = plan->count;
    while (begin < end) {
        uint32_t middle = (begin + end) / 2;
        if (cnicalc__before(&plan->blocks[plan->order[middle]], &plan->blocks[index])) {
            begin = middle + 1;
        } else {
            end = middle;
        }
    }
    return begin;
}

int cnicalc__plan_goes_first(const cnicalc__plan *plan, uint32_t a, uint32_t b)
{
    const cnicalc_plan_block *given_a = &plan->given[a];
    const cnicalc_plan_block *given_b = &plan->given[b];
    if (given_a->role != given_b->role) {
        return given_a->role < given_b->role;
    }
    if (!cnicalc__equal(&plan->blocks[a], &plan->blocks[b])) {
        return cnicalc__before(&plan->blocks[a], &plan->blocks[b]);
    }
    if (given_a->cidr.hi != given_b->cidr.hi || given_a->cidr.lo != given_b->cidr.lo) {
        return cnicalc__before(&given_a->cidr, &given_b->cidr);
    }
    if (given_a->zone != given_b->zone) {
        return given_a->zone < given_b->zone;
    }
    if (given_a->used_addresses != given_b->used_addresses) {
        return given_a->used_addresses < given_b->used_addresses;
    }
    return a < b;
}

cnicalc__plan_taken cnicalc__plan_used(const cnicalc__plan *plan, uint32_t index, int any_zone)
{
    uint32_t zone = plan->given[index].zone;
    uint32_t prefix_len = plan->blocks[index].prefix_len;
    cnicalc__plan_taken taken = {0, 0};
    for (uint32_t at = cnicalc__plan_equals_begin(plan, index);
         cnicalc__plan_equals_at(plan, at, index); at++) {
        uint32_t i = plan->order[at];
        const cnicalc_plan_block *given = &plan->given[i];
        if (plan->serves[i] != 0 && (any_zone || cnicalc__plan_same_zone(given->zone, zone))) {
            taken.addresses = cnicalc__max(taken.addresses, given->used_addresses);
            taken.prefixes = cnicalc__max(taken.prefixes, given->reserved_prefixes);
        }
    }
    taken.addresses = cnicalc__min(taken.addresses, cnicalc__vswitch_addresses(prefix_len));
    taken.prefixes = cnicalc__min(taken.prefixes, cnicalc__vswitch_blocks(prefix_len));
    return taken;
}
