/* SPDX-License-Identifier: MIT */
/* Malformed and extreme questions about workloads, and what is not published. */
#include "workload_support.h"

#include <string.h>

static const cnicalc_workload PODS = {3000, 500, GIB, 0, {0, 0, 0}};

/* A question that fails, and where; what it would answer stays as it was. */
static void refuse_mix(const cnicalc_instance *type, const cnicalc_workload *mix, size_t count,
                       const cnicalc_workload_options *options, cnicalc_status status,
                       uint32_t index)
{
    cnicalc_workload_result result;
    cnicalc_fault fault;
    uint32_t column;
    fill_pattern(&result, sizeof result);
    fill_pattern(&fault, sizeof fault);
    fill_pattern(&column, sizeof column);
    ck_status(cnicalc_workload_solve(type, mix, count, options, &result, &fault), status);
    ck_untouched(result);
    ck_assert_uint_eq(fault.array,
                      index == CNICALC_UNKNOWN ? CNICALC_ARRAY_NONE : CNICALC_ARRAY_WORKLOADS);
    ck_assert_uint_eq(fault.index, index);
    ck_assert_uint_eq(fault.other, CNICALC_UNKNOWN);
    ck_status(cnicalc_workload_solve(type, mix, count, options, &result, NULL), status);
    if (status != CNICALC_ERR_LIMITS_UNKNOWN) {
        ck_status(cnicalc_workload_missing_column(type, mix, count, options, &column), status);
        ck_untouched(column);
    }
}

static void refuse(const cnicalc_instance *type, const cnicalc_workload_options *options,
                   cnicalc_status status)
{
    refuse_mix(type, &PODS, 1, options, status, CNICALC_UNKNOWN);
}

START_TEST(defaults)
{
    cnicalc_workload_options options;
    cnicalc_workload_options expected;
    fill_pattern(&options, sizeof options);
    ck_ok(cnicalc_workload_options_init(&options, sizeof options));
    memset(&expected, 0, sizeof expected);
    expected.struct_size = sizeof expected;
    expected.plugin = CNICALC_PLUGIN_TERWAY;
    ck_ok(cnicalc_node_options_init(&expected.node, sizeof expected.node));
    ck_ok(cnicalc_ceilings_init(&expected.ceilings, sizeof expected.ceilings));
    ck_assert_mem_eq(&options, &expected, sizeof options);
}
END_TEST

START_TEST(null_pointers)
{
    cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    cnicalc_workload_options options = workload_options();
    cnicalc_workload_result result;
    cnicalc_fault fault;
    uint32_t column;
    fill_pattern(&result, sizeof result);
    fill_pattern(&fault, sizeof fault);
    fill_pattern(&column, sizeof column);
    ck_status(cnicalc_workload_options_init(NULL, sizeof options), CNICALC_ERR_NULL);
    for (int i = 0; i < 3; i++) {
        const cnicalc_instance *a = i == 0 ? NULL : &type;
        const cnicalc_workload *b = i == 1 ? NULL : &PODS;
        const cnicalc_workload_options *c = i == 2 ? NULL : &options;
        ck_status(cnicalc_workload_solve(a, b, 1, c, &result, &fault), CNICALC_ERR_NULL);
        ck_status(cnicalc_workload_missing_column(a, b, 1, c, &column), CNICALC_ERR_NULL);
    }
    ck_status(cnicalc_workload_solve(&type, &PODS, 1, &options, NULL, &fault), CNICALC_ERR_NULL);
    ck_status(cnicalc_workload_missing_column(&type, &PODS, 1, &options, NULL), CNICALC_ERR_NULL);
    ck_untouched(result);
    ck_untouched(fault);
    ck_untouched(column);
    refuse_mix(&type, NULL, 0, &options, CNICALC_ERR_WORKLOAD_PODS, CNICALC_UNKNOWN);
}
END_TEST

START_TEST(struct_sizes_and_reserved_words)
{
    cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    cnicalc_workload_options options = workload_options();
    const uint32_t sizes[] = {0, sizeof options - 4, sizeof options + 4, UINT32_MAX};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        options.struct_size = sizes[i];
        refuse(&type, &options, CNICALC_ERR_STRUCT_SIZE);
        fill_pattern(&options, sizeof options);
        ck_status(cnicalc_workload_options_init(&options, sizes[i]), CNICALC_ERR_STRUCT_SIZE);
        ck_untouched(options);
    }
    for (size_t i = 0; i < COUNT(options.reserved); i++) {
        options = workload_options();
        options.reserved[i] = UINT32_C(1) << 31;
        refuse(&type, &options, CNICALC_ERR_RESERVED);
    }
    for (int plugin = CNICALC_PLUGIN_TERWAY; plugin < CNICALC_PLUGIN_COUNT; plugin++) {
        const cnicalc_workload_options good =
            plugin == CNICALC_PLUGIN_FLANNEL ? flannel_options(26) : workload_options();
        options = good;
        options.node.struct_size--;
        refuse(&type, &options, CNICALC_ERR_STRUCT_SIZE);
        options = good;
        options.node.reserved[COUNT(options.node.reserved) - 1] = 1;
        refuse(&type, &options, CNICALC_ERR_RESERVED);
        options = good;
        options.node.windows = 2;
        refuse(&type, &options, CNICALC_ERR_FLAG);
        options = good;
        options.ceilings.struct_size++;
        refuse(&type, &options, CNICALC_ERR_STRUCT_SIZE);
        options = good;
        options.ceilings.reserved[0] = 1;
        refuse(&type, &options, CNICALC_ERR_RESERVED);
    }
}
END_TEST

START_TEST(malformed_options)
{
    cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    const uint32_t plugins[] = {CNICALC_PLUGIN_ANY, CNICALC_PLUGIN_COUNT, UINT32_MAX};
    const uint32_t masks[] = {0, 23, 29, UINT32_MAX};
    for (size_t i = 0; i < COUNT(plugins); i++) {
        cnicalc_workload_options options = workload_options();
        options.plugin = plugins[i];
        refuse(&type, &options, CNICALC_ERR_PLUGIN);
    }
    for (size_t i = 0; i < COUNT(masks); i++) {
        cnicalc_workload_options options = flannel_options(masks[i]);
        refuse(&type, &options, CNICALC_ERR_FLANNEL_NODE_MASK);
        options.plugin = CNICALC_PLUGIN_TERWAY; /* which reads none */
        ck_assert_uint_eq(solve_pods(&type, &PODS, &options).nodes, 104);
    }
    for (uint32_t percent = 101; percent != 0; percent = percent == 101 ? UINT32_MAX : 0) {
        cnicalc_workload_options options = workload_options();
        options.headroom_percent = percent;
        refuse(&type, &options, CNICALC_ERR_WORKLOAD_HEADROOM);
    }
    cnicalc_workload_options options = workload_options();
    options.ceilings.edition = CNICALC_EDITION_ANY;
    refuse(&type, &options, CNICALC_ERR_EDITION);
    options = workload_options();
    options.ceilings.raised = 2;
    refuse(&type, &options, CNICALC_ERR_FLAG);
    options = workload_options();
    options.node.mode = CNICALC_MODE_COUNT;
    refuse(&type, &options, CNICALC_ERR_NODE_MODE);
}
END_TEST

START_TEST(malformed_workloads)
{
    cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    cnicalc_workload_options options = workload_options();
    cnicalc_workload bad[] = {pods_of(0, 1, 1),          pods_of(UINT64_C(1) << 32, 1, 1),
                              pods_of(1, 1, 1),          pods_of(1, 1, 1),
                              pods_of(2, UINT64_MAX, 1), pods_of(2, 1, UINT64_MAX)};
    const cnicalc_status statuses[] = {CNICALC_ERR_WORKLOAD_PODS, CNICALC_ERR_WORKLOAD_PODS,
                                       CNICALC_ERR_FLAG,          CNICALC_ERR_RESERVED,
                                       CNICALC_ERR_OVERFLOW,      CNICALC_ERR_OVERFLOW};
    bad[2].host_network = 2;
    bad[3].reserved[2] = 1;
    for (size_t i = 0; i < COUNT(bad); i++) {
        cnicalc_workload mix[3] = {PODS, PODS, PODS};
        for (uint32_t at = 0; at < COUNT(mix); at++) {
            mix[at] = bad[i];
            refuse_mix(&type, mix, COUNT(mix), &options, statuses[i], at);
            mix[at] = PODS;
        }
    }
    /* Only together they are too much. */
    const cnicalc_workload together[] = {pods_of(1, UINT64_MAX, 0), pods_of(1, 1, 0)};
    refuse_mix(&type, together, 2, &options, CNICALC_ERR_OVERFLOW, 1);
}
END_TEST

/* Four nodes of 2^53 - 1 KiB, less 2,598 and 300 MiB each, of which DaemonSets request 2^62 - 1
 * bytes and a pod one byte: together 2^64 bytes. */
START_TEST(requests_beyond_64_bits)
{
    cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    cnicalc_workload_options options = workload_options();
    cnicalc_workload pods = pods_of(4, 15890, 1);
    cnicalc_workload_result result;
    options.node.memory_capacity_kib = (UINT64_C(1) << 53) - 1;
    options.daemon_memory_bytes = (UINT64_C(1) << 62) - 1;
    ck_ok(cnicalc_workload_solve(&type, &pods, 1, &options, &result, NULL));
    ck_assert_uint_eq(result.nodes, 4);
    ck_assert_uint_eq(result.idle_memory_kib,
                      4 * ((UINT64_C(1) << 53) - 1 - 2898 * 1024) - (UINT64_C(1) << 54));
    ck_assert_uint_eq(result.idle_memory_thousandths, 499);
}
END_TEST

START_TEST(counts_that_overflow)
{
    cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    cnicalc_workload_options options = workload_options();
    cnicalc_workload pods = pods_of(UINT32_MAX, 0, 0);
    options.node.memory_capacity_kib = UINT64_MAX; /* in bytes */
    refuse_mix(&type, &pods, 1, &options, CNICALC_ERR_OVERFLOW, CNICALC_UNKNOWN);
    options.node.memory_capacity_kib = UINT64_MAX / 1024; /* on all nodes */
    refuse_mix(&type, &pods, 1, &options, CNICALC_ERR_OVERFLOW, CNICALC_UNKNOWN);
    pods.pods = 211; /* on two, in thousandths */
    refuse_mix(&type, &pods, 1, &options, CNICALC_ERR_OVERFLOW, CNICALC_UNKNOWN);
    /* CPU in thousandths: 2^42 millicores of a node on 2^31 nodes. */
    type.vcpus = UINT32_MAX - 1;
    options = workload_options();
    options.node.kubelet_max_pods = 4; /* one beside the host network's */
    pods = pods_of(UINT32_C(1) << 31, 0, 0);
    refuse_mix(&type, &pods, 1, &options, CNICALC_ERR_OVERFLOW, CNICALC_UNKNOWN);
}
END_TEST

/* Two nodes of 9 * 10^15 KiB, of which 2,898 MiB are kept, and a KiB of pods: the most in
 * thousandths that 64 bits hold, UINT64_MAX / 1000 KiB, and one more without the pods. */
START_TEST(most_that_is_idle)
{
    const cnicalc_instance type = instance_named("ecs.c7.4xlarge");
    cnicalc_workload_options options = workload_options();
    cnicalc_workload pods = pods_of(2, 8000, 512);
    options.node.memory_capacity_kib = UINT64_C(9223372036854776) + UINT64_C(2898) * 1024;
    cnicalc_workload_result result = solve_pods(&type, &pods, &options);
    ck_assert_uint_eq(result.nodes, 2);
    ck_assert_uint_eq(result.idle_memory_kib, UINT64_C(18446744073709551));
    ck_assert_uint_eq(result.idle_memory_thousandths, 999);
    pods.memory_bytes = 0;
    refuse_mix(&type, &pods, 1, &options, CNICALC_ERR_OVERFLOW, CNICALC_UNKNOWN);
}
END_TEST

/* 2^32 - 1 nodes with as many DaemonSet pods: the sum of all pods, and of their addresses. */
START_TEST(pods_that_overflow)
{
    cnicalc_instance type = instance_of(UINT32_MAX - 1, UINT32_MAX - 1);
    cnicalc_workload_options options = workload_options();
    const cnicalc_workload pods = pods_of(UINT32_MAX, 643, 0);
    const cnicalc_workload mix[] = {pods, pods, pods};
    type.vcpus = 2; /* 3 pods of 643m */
    type.memory_mib = 4096;
    options.ceilings.node_quota = options.ceilings.pod_quota = NO_LIMIT;
    options.daemon_pods = UINT32_MAX;
    refuse_mix(&type, mix, 3, &options, CNICALC_ERR_OVERFLOW, CNICALC_UNKNOWN);
    cnicalc_workload_result result = solve_mix(&type, mix, 2, &options);
    ck_assert_uint_eq(NEEDED(result, CNICALC_LIMIT_POD_QUOTA),
                      UINT32_MAX * UINT64_C(0xffffffff) + 2 * UINT64_C(0xffffffff));
    ck_assert_uint_eq(result.fits, 1);
    const cnicalc_workload large = pods_of(UINT32_MAX, 1000, 0); /* one on a node */
    ck_assert_uint_eq(solve_pods(&type, &large, &options).pod_addresses,
                      UINT32_MAX * (UINT64_C(1) << 32));
    options.node.mode = CNICALC_MODE_IP_PREFIX; /* whose ENIs have addresses of their own */
    type.eni_private_ip_address_quantity = UINT32_MAX / 32;
    refuse_mix(&type, &large, 1, &options, CNICALC_ERR_OVERFLOW, CNICALC_UNKNOWN);
}
END_TEST

static void check_column(const cnicalc_instance *type, const cnicalc_workload *pods,
                         const cnicalc_workload_options *options, uint32_t offset)
{
    uint32_t column = 0;
    uint32_t expected = (offset - (uint32_t)offsetof(cnicalc_instance, vcpus)) / 4;
    refuse_mix(type, pods, 1, options, CNICALC_ERR_LIMITS_UNKNOWN, CNICALC_UNKNOWN);
    ck_ok(cnicalc_workload_missing_column(type, pods, 1, options, &column));
    ck_assert_uint_eq(column, expected);
}

#define COLUMN(member) ((uint32_t)offsetof(cnicalc_instance, member))

/* Only what is requested must be known. */
START_TEST(quantities_that_are_not_published)
{
    const cnicalc_instance good = instance_named("ecs.c7.4xlarge");
    cnicalc_workload_options options = workload_options();
    cnicalc_workload cpu = pods_of(10, 1, 0);
    cnicalc_workload memory = pods_of(10, 0, 1);
    cnicalc_workload none = pods_of(10, 0, 0);
    uint32_t column;
    ck_ok(cnicalc_workload_missing_column(&good, &PODS, 1, &options, &column));
    ck_assert_uint_eq(column, CNICALC_UNKNOWN);

    cnicalc_instance type = good;
    type.vcpus = CNICALC_UNKNOWN;
    check_column(&type, &cpu, &options, COLUMN(vcpus));
    cnicalc_workload_result result = solve_pods(&type, &memory, &options);
    ck_assert_uint_eq(result.allocatable_cpu_millicores, CNICALC_UNKNOWN_COUNT);
    ck_assert_uint_eq(result.pod_cpu_millicores, CNICALC_UNKNOWN_COUNT);
    ck_assert_uint_eq(result.idle_cpu_millicores, CNICALC_UNKNOWN_COUNT);
    ck_assert_uint_eq(result.idle_cpu_thousandths, CNICALC_UNKNOWN);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_CPU), NO_LIMIT);
    options.daemon_cpu_millicores = 1;
    check_column(&type, &memory, &options, COLUMN(vcpus));

    options = workload_options();
    type = good;
    type.memory_mib = CNICALC_UNKNOWN;
    check_column(&type, &memory, &options, COLUMN(memory_mib));
    result = solve_pods(&type, &cpu, &options);
    ck_assert_uint_eq(result.idle_memory_kib, CNICALC_UNKNOWN_COUNT);
    ck_assert_uint_eq(result.idle_memory_thousandths, CNICALC_UNKNOWN);
    options.daemon_memory_bytes = 1;
    check_column(&type, &none, &options, COLUMN(memory_mib));
    options.node.memory_capacity_kib = 31555380;
    ck_assert_uint_eq(solve_pods(&type, &memory, &options).allocatable_memory_kib, 28587828);

    options = workload_options();
    type = good;
    type.eni_quantity = CNICALC_UNKNOWN;
    check_column(&type, &none, &options, COLUMN(eni_quantity));
    type = good;
    type.eni_private_ip_address_quantity = CNICALC_UNKNOWN;
    check_column(&type, &none, &options, COLUMN(eni_private_ip_address_quantity));
    /* In exclusive mode kubelet does not limit, but keeps memory by maxPods. */
    options.node.mode = CNICALC_MODE_EXCLUSIVE_ENI;
    ck_assert_uint_eq(solve_pods(&type, &cpu, &options).pods_per_node, 7);
    check_column(&type, &memory, &options, COLUMN(eni_private_ip_address_quantity));
    type.memory_mib = CNICALC_UNKNOWN;
    options.node.memory_capacity_kib = 31555380;
    check_column(&type, &memory, &options, COLUMN(eni_private_ip_address_quantity));
    options.node.kubernetes_minor = 27; /* which did not */
    ck_assert_uint_eq(solve_pods(&type, &memory, &options).pods_per_node, 7);
    /* IPv6 alone needs no I, but maxPods does. */
    options = workload_options();
    type.eni_ipv6_address_quantity = 1;
    options.node.mode = CNICALC_MODE_IP_PREFIX;
    options.node.ip_stack = CNICALC_IP_STACK_IPV6;
    check_column(&type, &none, &options, COLUMN(eni_private_ip_address_quantity));
}
END_TEST

/* Known quantities, of which nothing is published that tells what kubelet keeps. */
START_TEST(what_kubelet_keeps_is_not_published)
{
    cnicalc_instance type = instance_named("ecs.c7.large"); /* 2 vCPUs */
    cnicalc_workload_options options = workload_options();
    cnicalc_workload cpu = pods_of(10, 1, 0);
    cnicalc_workload memory = pods_of(10, 0, 1);
    options.node.kubernetes_minor = 27;
    refuse_mix(&type, &cpu, 1, &options, CNICALC_ERR_WORKLOAD_ALLOCATABLE, CNICALC_UNKNOWN);
    ck_assert_uint_eq(solve_pods(&type, &memory, &options).pods_per_node, 12);
    type = instance_of(CNICALC_UNKNOWN, CNICALC_UNKNOWN);
    type.leni_quota = 9; /* a Lingjun node: maxPods is not published */
    type.vcpus = 128;
    type.memory_mib = 1 << 20;
    options = workload_options();
    options.node.mode = CNICALC_MODE_EXCLUSIVE_ENI;
    refuse_mix(&type, &memory, 1, &options, CNICALC_ERR_WORKLOAD_ALLOCATABLE, CNICALC_UNKNOWN);
    ck_assert_uint_eq(solve_pods(&type, &cpu, &options).pods_per_node, 8);
    type.high_dense_quantity = 40;
    ck_assert_uint_eq(solve_pods(&type, &cpu, &options).pods_per_node, 40);
    /* Nothing bounds pods on the host network that request nothing. */
    cnicalc_workload host = pods_of(1000, 0, 0);
    host.host_network = 1;
    cnicalc_workload_result result = solve_pods(&type, &host, &options);
    ck_assert_uint_eq(result.pods_per_node, NO_LIMIT);
    ck_assert_uint_eq(result.nodes, 1);
    ck_assert_uint_eq(result.bound_by, CNICALC_LIMIT_NONE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("workload hostile");
    add_tests(suite, "malformed", defaults, null_pointers, struct_sizes_and_reserved_words,
              malformed_options, malformed_workloads, counts_that_overflow, requests_beyond_64_bits,
              most_that_is_idle, pods_that_overflow, NULL);
    add_tests(suite, "unknown", quantities_that_are_not_published,
              what_kubelet_keeps_is_not_published, NULL);
    return run_suite(suite);
}
