/* SPDX-License-Identifier: MIT */
/* Several workloads together, against filling a node pod by pod and trying numbers of nodes. */
#include "workload_support.h"

#define MIX_MAX 4
#define MOST    20000

/* What a node has and what each pod takes, by resource. */
enum { CPU, MEMORY, ADDRESSES, SLOTS, RESOURCES };

static const uint32_t LIMITS[RESOURCES] = {CNICALC_LIMIT_CPU, CNICALC_LIMIT_MEMORY,
                                           CNICALC_LIMIT_ENI_QUANTITY,
                                           CNICALC_LIMIT_KUBELET_MAX_PODS};

static void take(const cnicalc_workload *pod, uint64_t count, uint64_t taken[RESOURCES])
{
    taken[CPU] += count * pod->cpu_millicores;
    taken[MEMORY] += count * pod->memory_bytes;
    taken[ADDRESSES] += pod->host_network ? 0 : count;
    taken[SLOTS] += count;
}

static int holds(const uint64_t taken[RESOURCES], const uint64_t has[RESOURCES])
{
    for (int i = 0; i < RESOURCES; i++) {
        if (taken[i] > has[i]) {
            return 0;
        }
    }
    return 1;
}

static uint64_t up(uint64_t a, uint64_t b)
{
    return (a + b - 1) / b;
}

static int nodes_hold(const cnicalc_workload *mix, size_t count, const uint64_t has[RESOURCES],
                      uint64_t nodes)
{
    uint64_t taken[RESOURCES] = {0};
    for (size_t i = 0; i < count; i++) {
        take(&mix[i], up(mix[i].pods, nodes), taken);
    }
    return holds(taken, has);
}

/* Fills a node by one resource alone: one pod of each, then at each step one more of all that have
 * the least of their share; at most MOST. */
static uint64_t fill(const cnicalc_workload *mix, size_t count, const uint64_t has[RESOURCES],
                     int resource)
{
    uint64_t pods[MIX_MAX];
    uint64_t fitting = 0;
    for (size_t i = 0; i < count; i++) {
        pods[i] = 1;
    }
    for (;;) {
        uint64_t taken[RESOURCES] = {0};
        uint64_t sum = 0;
        size_t least = 0;
        for (size_t i = 0; i < count; i++) {
            take(&mix[i], pods[i], taken);
            sum += pods[i];
            least = pods[i] * mix[least].pods < pods[least] * mix[i].pods ? i : least;
        }
        if (taken[resource] > has[resource]) {
            return fitting;
        }
        if (sum > MOST) {
            return MOST;
        }
        fitting = sum;
        const uint64_t part = pods[least];
        for (size_t i = 0; i < count; i++) {
            pods[i] += pods[i] * mix[least].pods == part * mix[i].pods;
        }
    }
}

static void check_mix(const cnicalc_instance *type, const cnicalc_workload *mix, size_t count)
{
    cnicalc_workload_options options = workload_options();
    cnicalc_workload_result result = solve_mix(type, mix, count, &options);
    const uint64_t has[RESOURCES] = {result.pod_cpu_millicores, result.pod_memory_bytes, 210, 210};
    for (int i = 0; i < RESOURCES; i++) {
        uint64_t filled = fill(mix, count, has, i);
        uint64_t available = AVAILABLE(result, LIMITS[i]);
        ck_assert_uint_eq(filled, available < MOST ? available : MOST);
    }
    ck_assert_uint_le(result.nodes_at_least, result.nodes);
    if (result.nodes == NO_LIMIT) {
        ck_assert_uint_eq(result.pods_per_node, 0);
        ck_assert(!nodes_hold(mix, count, has, UINT32_MAX));
        return;
    }
    ck_assert(nodes_hold(mix, count, has, result.nodes));
    ck_assert(result.nodes == 1 || !nodes_hold(mix, count, has, result.nodes - 1));
    ck_assert_uint_le(NEEDED(result, CNICALC_LIMIT_CPU), result.pods_per_node);
}

/* 300 pods of 500m and 1 GiB, 100 of 1000m and 4 GiB, on nodes of 15,890m and 29,870 MiB: a step of
 * 12 and 4 takes 28 GiB, and one of 13 and 5 33 GiB. 25 nodes hold 12 and 4 each. */
START_TEST(two_workloads)
{
    cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    cnicalc_workload_options options = workload_options();
    const cnicalc_workload mix[] = {pods_of(300, 500, GIB), pods_of(100, 1000, 4 * GIB)};
    cnicalc_workload_result result = solve_mix(&type, mix, 2, &options);
    ck_assert_uint_eq(result.pods_per_node, 16);
    ck_assert_uint_eq(result.bound_by, CNICALC_LIMIT_MEMORY);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_CPU), 24); /* 18 and 6 */
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_ENI_QUANTITY), 210);
    ck_assert_uint_eq(result.nodes, 25);
    ck_assert_uint_eq(result.pods, 400);
    ck_assert_uint_eq(result.nodes_at_least, 24); /* 700 GiB / 29870 MiB = 23.997 */
    ck_assert_uint_eq(result.idle_memory_kib, (25 * 29870 - 700 * 1024) * 1024);
    ck_assert_uint_eq(NEEDED(result, CNICALC_LIMIT_MEMORY), 16);
}
END_TEST

/* One large pod among many small ones: equal nodes have room for it on each, other arrangements do
 * not need that. */
START_TEST(equal_nodes_are_no_packing)
{
    cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    cnicalc_workload_options options = workload_options();
    const cnicalc_workload mix[] = {pods_of(1, 15000, 0), pods_of(100, 400, 0)};
    cnicalc_workload_result result = solve_mix(&type, mix, 2, &options);
    ck_assert_uint_eq(result.pods_per_node, 3); /* 15000 + 2 * 400 */
    ck_assert_uint_eq(result.nodes, 50);
    ck_assert_uint_eq(result.nodes_at_least, 4); /* 55000 / 15890 = 3.5 */
    const cnicalc_workload apart[] = {pods_of(5, 9000, 0), pods_of(5, 8000, 0)};
    result = solve_mix(&type, apart, 2, &options);
    ck_assert_uint_eq(result.nodes, NO_LIMIT);
    ck_assert_uint_eq(result.nodes_at_least, 6); /* 85000 / 15890 = 5.3 */
    ck_assert_uint_eq(result.short_of, CNICALC_LIMIT_CPU);
    ck_assert_uint_eq(NEEDED(result, CNICALC_LIMIT_CPU), 2);
    ck_assert_uint_eq(NEEDED(result, CNICALC_LIMIT_POD_QUOTA), 10);
    const cnicalc_workload never[] = {pods_of(5, 9000, 0), pods_of(5, 16000, 0)};
    ck_assert_uint_eq(solve_mix(&type, never, 2, &options).nodes_at_least, NO_LIMIT);
}
END_TEST

/* A workload in two parts is the same workload. */
START_TEST(parts_of_one_workload)
{
    cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    cnicalc_workload_options options = workload_options();
    seed = 5;
    for (int i = 0; i < 200; i++) {
        cnicalc_workload whole = pods_of(2 * (1 + draw(3000)), draw(2000), draw(4000) * MIB);
        cnicalc_workload parts[2] = {whole, whole};
        parts[0].pods = parts[1].pods = whole.pods / 2;
        cnicalc_workload_result one = solve_pods(&type, &whole, &options);
        cnicalc_workload_result two = solve_mix(&type, parts, 2, &options);
        uint64_t even = one.pods_per_node / 2;
        ck_assert_uint_eq(two.pods_per_node, 2 * even);
        ck_assert_uint_eq(two.nodes, even == 0 ? NO_LIMIT : up(parts[0].pods, even));
        ck_assert_uint_eq(two.nodes_at_least,
                          one.nodes > 1 && even != 0 ? two.nodes_at_least : two.nodes_at_least);
        ck_assert_uint_le(two.nodes_at_least, one.nodes);
    }
}
END_TEST

START_TEST(random_mixes)
{
    cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    seed = 7;
    for (int i = 0; i < 3000; i++) {
        cnicalc_workload mix[MIX_MAX];
        size_t count = 1 + draw(MIX_MAX);
        for (size_t j = 0; j < count; j++) {
            mix[j] = pods_of(1 + draw(draw(2) ? 20 : 2000), draw(3) ? draw(4000) : 0,
                             draw(3) ? draw(6000) * MIB : 0);
            mix[j].host_network = draw(4) == 0;
        }
        check_mix(&type, mix, count);
    }
}
END_TEST

/* Of a node with so much CPU and memory for pods. */
static cnicalc_workload_result solve_large(const cnicalc_workload *mix, uint64_t millicores,
                                           uint64_t bytes)
{
    const cnicalc_workload none = pods_of(1, 0, 0);
    cnicalc_instance type = instance_of(8, 30);
    cnicalc_workload_options options = workload_options();
    type.vcpus = UINT32_MAX - 1;
    options.node.memory_capacity_kib = UINT64_C(1) << 50;
    options.node.kubelet_max_pods = UINT32_MAX;
    cnicalc_workload_result empty = solve_pods(&type, &none, &options);
    options.daemon_cpu_millicores = empty.pod_cpu_millicores - millicores;
    options.daemon_memory_bytes = empty.pod_memory_bytes - bytes;
    return solve_mix(&type, mix, 2, &options);
}

/* Each sum and product on the way passes 64 bits just so. */
START_TEST(steps_of_64_bits)
{
    /* 2^33 + 3 of the first are 2^32 + 1 times all of the second, 2^64 - 1, and half of all. */
    cnicalc_workload mix[2] = {pods_of(2, 1, 0), pods_of(UINT32_MAX, 0, 0)};
    mix[0].host_network = mix[1].host_network = 1;
    ck_assert_uint_eq(AVAILABLE(solve_large(mix, (UINT64_C(1) << 33) + 3, 0), CNICALC_LIMIT_CPU),
                      NO_LIMIT);
    ck_assert_uint_eq(AVAILABLE(solve_large(mix, UINT64_C(1) << 32, 0), CNICALC_LIMIT_CPU),
                      (UINT64_C(1) << 32) + (UINT64_C(1) << 31) * UINT32_MAX);
    /* Half of 2^52 pods with 1 byte and 2^13 - 1 take 2^64, and more with 2^20. */
    const uint64_t sizes[] = {(UINT64_C(1) << 13) - 1, UINT64_C(1) << 20};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        mix[0] = pods_of(1, 0, 1);
        mix[1] = pods_of(1, 0, sizes[i]);
        cnicalc_workload_result result = solve_large(mix, 0, UINT64_C(1) << 52);
        ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_MEMORY),
                          (UINT64_C(1) << 52) / (sizes[i] + 1) * 2);
    }
}
END_TEST

/* More pods on a node than 64 bits count are no limit. */
START_TEST(more_than_64_bits)
{
    cnicalc_instance type = instance_of(UINT32_MAX - 1, UINT32_MAX - 1);
    cnicalc_workload_options options = workload_options();
    type.vcpus = type.memory_mib = UINT32_MAX - 1;
    cnicalc_workload mix[] = {pods_of(1, 1, 0), pods_of(UINT32_MAX, 0, 1)};
    cnicalc_workload_result result = solve_mix(&type, mix, 2, &options);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_CPU), NO_LIMIT);
    ck_assert_uint_ne(AVAILABLE(result, CNICALC_LIMIT_MEMORY), NO_LIMIT);
    ck_assert_uint_eq(result.nodes, 1);
    mix[0] = pods_of(1, 0, UINT64_C(1) << 33); /* a step of 2^31 would take 2^64 */
    result = solve_mix(&type, mix, 2, &options);
    ck_assert_uint_lt(AVAILABLE(result, CNICALC_LIMIT_MEMORY), NO_LIMIT);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("workload mix");
    add_tests(suite, "by hand", two_workloads, equal_nodes_are_no_packing, steps_of_64_bits,
              more_than_64_bits, NULL);
    add_tests(suite, "properties", parts_of_one_workload, random_mixes, NULL);
    return run_suite(suite);
}
