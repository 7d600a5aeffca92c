/* SPDX-License-Identifier: MIT */
/* Whether a Terway plan holds what is wanted, compared with a model that knows no formula: it
 * places nodes one by one in every zone and hands each its addresses one by one. */
#include <cnicalc/plan.h>

#include "support.h"

#include <string.h>

#define VSWITCHES_MAX 8
#define ZONES_MAX     3
#define ENTRIES_MAX   (2 * VSWITCHES_MAX + 4)
#define FINDINGS_MAX  128
#define PLANS         20000

/* ---- The model ---- */

struct vswitch {
    uint32_t zone;
    int serves_nodes;
    int serves_pods;
    uint64_t free_addresses;
};

struct cluster {
    struct vswitch vswitches[VSWITCHES_MAX];
    uint32_t count;
    uint32_t zones;
};

/* Takes one address for a node or for a pod, of a vSwitch that serves nothing else as long as there
 * is one; 0 when there is none. */
static int take(struct cluster *cluster, uint32_t zone, int is_node)
{
    struct vswitch *found = NULL;
    for (uint32_t i = 0; i < cluster->count; i++) {
        struct vswitch *vswitch = &cluster->vswitches[i];
        int serves = is_node ? vswitch->serves_nodes : vswitch->serves_pods;
        int serves_other = is_node ? vswitch->serves_pods : vswitch->serves_nodes;
        if (vswitch->zone == zone && serves && vswitch->free_addresses > 0 &&
            (found == NULL || !serves_other)) {
            found = vswitch;
        }
    }
    if (found != NULL) {
        found->free_addresses--;
    }
    return found != NULL;
}

static int has_node_vswitch(const struct cluster *cluster)
{
    for (uint32_t i = 0; i < cluster->count; i++) {
        if (cluster->vswitches[i].serves_nodes) {
            return 1;
        }
    }
    return 0;
}

/* How many nodes of some pods each find their addresses in a zone. */
static uint64_t place_nodes(struct cluster cluster, uint32_t zone, uint64_t pods, uint64_t most)
{
    int counts_nodes = has_node_vswitch(&cluster);
    uint64_t placed = 0;
    for (; placed < most; placed++) {
        if (counts_nodes && !take(&cluster, zone, 1)) {
            break;
        }
        for (uint64_t i = 0; i < pods; i++) {
            if (!take(&cluster, zone, 0)) {
                return placed;
            }
        }
    }
    return placed;
}

/* How many pods find an address in a zone, where one node runs them all. */
static uint64_t place_pods(struct cluster cluster, uint32_t zone, uint64_t most)
{
    uint64_t placed = 0;
    if (has_node_vswitch(&cluster) && !take(&cluster, zone, 1)) {
        return 0;
    }
    while (placed < most && take(&cluster, zone, 0)) {
        placed++;
    }
    return placed;
}

struct request {
    uint64_t nodes;
    uint64_t pods;
};

static uint64_t place(const struct cluster *cluster, uint32_t zone, const struct request *request,
                      uint64_t times)
{
    if (request->nodes == 0) {
        return place_pods(*cluster, zone, request->pods * times);
    }
    uint64_t each = request->pods / request->nodes + (request->pods % request->nodes != 0);
    return place_nodes(*cluster, zone, each * times, request->nodes);
}

/* Whether all zones together hold the nodes, or the pods, of a request with this many times its
 * pods.
 */
static int holds(const struct cluster *cluster, const struct request *request, uint64_t times)
{
    uint64_t placed = 0;
    for (uint32_t zone = 0; zone < cluster->zones; zone++) {
        placed += place(cluster, zone, request, times);
    }
    return placed >= (request->nodes != 0 ? request->nodes : request->pods * times);
}

/* What a zone has for a limit. */
static uint64_t available(const struct cluster *cluster, uint32_t zone, uint32_t limit)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < cluster->count; i++) {
        const struct vswitch *vswitch = &cluster->vswitches[i];
        int counts = limit == CNICALC_LIMIT_POD_VSWITCH_ADDRESSES    ? vswitch->serves_pods
                     : limit == CNICALC_LIMIT_NODE_VSWITCH_ADDRESSES ? vswitch->serves_nodes
                                                                     : 1;
        sum += vswitch->zone == zone && counts ? vswitch->free_addresses : 0;
    }
    return sum;
}

/* ---- Random plans ---- */

struct plan {
    cnicalc_plan_block entries[ENTRIES_MAX];
    uint32_t count;
};

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 8;
}

static void add_entry(struct plan *plan, uint32_t role, uint64_t address, uint32_t prefix_len,
                      uint32_t zone, uint64_t used)
{
    cnicalc_plan_block *entry = &plan->entries[plan->count++];
    memset(entry, 0, sizeof *entry);
    entry->cidr.lo = address;
    entry->cidr.family = CNICALC_FAMILY_IPV4;
    entry->cidr.prefix_len = prefix_len;
    entry->role = role;
    entry->zone = zone;
    entry->used_addresses = used;
}

/* A vSwitch for both may be one entry or two, of which one may not know what is in use. */
static void add_vswitch(struct plan *plan, struct cluster *cluster, uint32_t *state)
{
    struct vswitch *vswitch = &cluster->vswitches[cluster->count];
    uint64_t address = 0x0a000000 + (uint64_t)cluster->count++ * 256;
    uint32_t kind = next_random(state) % 4;
    vswitch->serves_nodes = kind != 1;
    vswitch->serves_pods = kind != 0;
    uint32_t prefix_len =
        vswitch->serves_pods ? 24 + next_random(state) % 2 : 25 + next_random(state) % 5;
    uint64_t usable = (UINT64_C(1) << (32 - prefix_len)) - 4;
    uint64_t used = next_random(state) % 3 == 0 ? next_random(state) % (usable + 1) : 0;
    vswitch->zone = next_random(state) % cluster->zones;
    vswitch->free_addresses = usable - used;
    if (kind == 3) {
        add_entry(plan, CNICALC_PLAN_ROLE_VSWITCH, address, prefix_len, vswitch->zone, used);
        return;
    }
    if (vswitch->serves_nodes) {
        add_entry(plan, CNICALC_PLAN_ROLE_NODE_VSWITCH, address, prefix_len, vswitch->zone, used);
    }
    if (vswitch->serves_pods) {
        add_entry(plan, CNICALC_PLAN_ROLE_POD_VSWITCH, address, prefix_len, vswitch->zone,
                  kind == 2 ? used / 2 : used);
    }
}

static void shuffle(struct plan *plan, uint32_t *state)
{
    for (uint32_t i = plan->count; i > 1; i--) {
        uint32_t j = next_random(state) % i;
        cnicalc_plan_block entry = plan->entries[j];
        plan->entries[j] = plan->entries[i - 1];
        plan->entries[i - 1] = entry;
    }
}

/* Where some zone has a vSwitch for pods, one that has none uses those of its nodes. */
static void fall_back(struct cluster *cluster)
{
    int serves[ZONES_MAX] = {0}, any = 0;
    for (uint32_t i = 0; i < cluster->count; i++) {
        serves[cluster->vswitches[i].zone] |= cluster->vswitches[i].serves_pods;
        any |= cluster->vswitches[i].serves_pods;
    }
    for (uint32_t i = 0; i < cluster->count && any; i++) {
        struct vswitch *vswitch = &cluster->vswitches[i];
        vswitch->serves_pods |= !serves[vswitch->zone];
    }
}

/* Some vSwitches, and what capacities must not look at: IPv6 and what others have. */
static void make_plan(struct plan *plan, struct cluster *cluster, uint32_t *state)
{
    plan->count = 0;
    memset(cluster, 0, sizeof *cluster);
    cluster->zones = 1 + next_random(state) % ZONES_MAX;
    for (uint32_t i = 1 + next_random(state) % VSWITCHES_MAX; i > 0; i--) {
        add_vswitch(plan, cluster, state);
    }
    add_entry(plan, CNICALC_PLAN_ROLE_VPC, 0x0a000000, 16, CNICALC_UNKNOWN, 0);
    add_entry(plan, CNICALC_PLAN_ROLE_OTHER_VSWITCH, 0x0a00ff00, 24, 0, 0);
    add_entry(plan, CNICALC_PLAN_ROLE_VSWITCH, 0, 64, 0, 0);
    plan->entries[plan->count - 1].cidr.hi = UINT64_C(0xfd00000000000000);
    plan->entries[plan->count - 1].cidr.family = CNICALC_FAMILY_IPV6;
    if (next_random(state) % 8 == 0) { /* one unknown zone, and all are one */
        plan->entries[0].zone = CNICALC_UNKNOWN;
        cluster->zones = 1;
        for (uint32_t i = 0; i < cluster->count; i++) {
            cluster->vswitches[i].zone = 0;
        }
    }
    fall_back(cluster);
    shuffle(plan, state);
}

static struct request make_request(uint32_t *state)
{
    static const uint32_t most[] = {4, 30, 300, 1200};
    struct request request = {next_random(state) % most[next_random(state) % 4],
                              next_random(state) % most[next_random(state) % 4]};
    if (next_random(state) % 2 == 0) {
        request.pods *= 1 + next_random(state) % 8;
    }
    return request;
}

/* ---- The check ---- */

struct findings {
    cnicalc_plan_finding all[FINDINGS_MAX];
    size_t count;
};

static void check(const struct plan *plan, const struct request *request, struct findings *found)
{
    const cnicalc_plan asked = {plan->entries, plan->count};
    cnicalc_plan_check_options options;
    ck_ok(cnicalc_plan_check_options_init(&options, sizeof options));
    options.plugin = CNICALC_PLUGIN_TERWAY;
    options.nodes = request->nodes;
    options.pods = request->pods;
    ck_ok(cnicalc_plan_check(&asked, &options, found->all, FINDINGS_MAX, &found->count, NULL));
}

static int has(const struct findings *found, uint32_t code)
{
    for (size_t i = 0; i < found->count; i++) {
        if (found->all[i].code == code) {
            return 1;
        }
    }
    return 0;
}

/* What pods and nodes ask for where no vSwitch serves them is not judged. */
static void leave_out_what_is_not_served(const struct cluster *cluster, struct request *request)
{
    int serves_pods = 0;
    for (uint32_t i = 0; i < cluster->count; i++) {
        serves_pods |= cluster->vswitches[i].serves_pods;
    }
    request->pods = serves_pods ? request->pods : 0;
    if (request->pods == 0 && !has_node_vswitch(cluster)) {
        request->nodes = 0;
    }
}

/* What each finding says of its zone: its share is more than it holds, and what it has is true. */
static void check_finding(const struct cluster *cluster, const struct request *request,
                          const cnicalc_plan_finding *finding)
{
    uint64_t times = finding->code == CNICALC_PLAN_PODS_TWICE ? 2 : 1;
    uint64_t each =
        request->nodes == 0
            ? 0
            : times * (request->pods / request->nodes + (request->pods % request->nodes != 0));
    uint32_t zone = finding->zone == CNICALC_UNKNOWN ? 0 : finding->zone;
    uint64_t share = request->nodes != 0 ? request->nodes : request->pods * times;
    ck_assert_uint_lt(zone, cluster->zones);
    for (uint32_t other = 0; other < cluster->zones; other++) {
        share -= other == zone ? 0 : place(cluster, other, request, times);
    }
    ck_assert_uint_gt(share, place(cluster, zone, request, times));
    ck_assert_uint_eq(finding->bound, available(cluster, zone, finding->limit));
    ck_assert_uint_gt(finding->value, finding->bound);
    uint64_t nodes = request->nodes != 0 ? share : 1;
    uint64_t pods = request->nodes != 0 ? share * each : share;
    uint64_t value = finding->limit == CNICALC_LIMIT_POD_VSWITCH_ADDRESSES    ? pods
                     : finding->limit == CNICALC_LIMIT_NODE_VSWITCH_ADDRESSES ? nodes
                                                                              : nodes + pods;
    ck_assert_uint_eq(finding->value, value);
}

/* How many zones are short of something. */
static uint32_t count_short_zones(const struct findings *found)
{
    uint32_t count = 0;
    uint32_t last = 0;
    for (size_t i = 0; i < found->count; i++) {
        if (found->all[i].code == CNICALC_PLAN_SHORTAGE) {
            count += count == 0 || found->all[i].zone != last;
            last = found->all[i].zone; /* they come zone by zone */
        }
    }
    return count;
}

/* How many zones have a vSwitch. */
static uint32_t count_zones(const struct cluster *cluster)
{
    uint32_t seen = 0;
    for (uint32_t i = 0; i < cluster->count; i++) {
        seen |= UINT32_C(1) << cluster->vswitches[i].zone;
    }
    return (seen & 1) + (seen >> 1 & 1) + (seen >> 2 & 1);
}

START_TEST(a_plan_is_short_exactly_where_the_model_places_less)
{
    uint32_t state = 20261130;
    int fitting = 0, warned = 0, refused = 0;
    for (int i = 0; i < PLANS; i++) {
        struct plan plan;
        struct cluster cluster;
        struct findings found;
        make_plan(&plan, &cluster, &state);
        struct request request = make_request(&state);
        check(&plan, &request, &found);
        leave_out_what_is_not_served(&cluster, &request);
        int fits = holds(&cluster, &request, 1);
        int fits_twice = holds(&cluster, &request, 2);
        ck_assert_msg(has(&found, CNICALC_PLAN_SHORTAGE) == !fits, "plan %d", i);
        ck_assert_uint_eq(count_short_zones(&found), fits ? 0 : count_zones(&cluster));
        if (fits) {
            ck_assert_msg(has(&found, CNICALC_PLAN_PODS_TWICE) == !fits_twice, "plan %d", i);
        }
        for (size_t j = 0; j < found.count; j++) {
            if (found.all[j].limit != CNICALC_LIMIT_NONE) {
                check_finding(&cluster, &request, &found.all[j]);
            }
        }
        fitting += fits && fits_twice;
        warned += fits && !fits_twice;
        refused += !fits;
    }
    ck_assert_int_gt(fitting, PLANS / 10);
    ck_assert_int_gt(warned, PLANS / 20);
    ck_assert_int_gt(refused, PLANS / 10);
}
END_TEST

/* A limit that is an error of a zone is no warning of it too. */
START_TEST(an_error_is_not_a_warning_too)
{
    uint32_t state = 20261201;
    for (int i = 0; i < PLANS / 4; i++) {
        struct plan plan;
        struct cluster cluster;
        struct findings found;
        make_plan(&plan, &cluster, &state);
        struct request request = make_request(&state);
        check(&plan, &request, &found);
        for (size_t j = 0; j < found.count; j++) {
            for (size_t k = 0; k < j; k++) {
                ck_assert(found.all[j].limit == CNICALC_LIMIT_NONE ||
                          found.all[j].limit != found.all[k].limit ||
                          found.all[j].zone != found.all[k].zone);
            }
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan, capacity");
    add_tests(suite, "properties", a_plan_is_short_exactly_where_the_model_places_less,
              an_error_is_not_a_warning_too, NULL);
    return run_suite(suite);
}
