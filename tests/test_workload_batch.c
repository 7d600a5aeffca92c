/* SPDX-License-Identifier: MIT */
/* One workload on many types: each row is the answer about its type, and ranks are by the rule. */
#include "workload_support.h"

#define ROWS 1300 /* more than the table has */

/* All columns. */
struct answers {
    uint32_t vcpus[ROWS], idle_cpu_thousandths[ROWS], idle_memory_thousandths[ROWS];
    uint32_t bound_by[ROWS], short_of[ROWS], rank[ROWS];
    uint64_t nodes[ROWS], pods_per_node[ROWS], idle_memory_kib[ROWS];
    cnicalc_status status[ROWS];
};

static struct answers got;

static cnicalc_workload_columns columns_of(const cnicalc_instance *instances, size_t instances_len,
                                           const uint32_t *index, size_t count)
{
    cnicalc_workload_columns columns = {
        .instances = instances,
        .instance_count = instances_len,
        .instance_index = index,
        .count = count,
        .out_vcpus = got.vcpus,
        .out_nodes = got.nodes,
        .out_pods_per_node = got.pods_per_node,
        .out_idle_memory_kib = got.idle_memory_kib,
        .out_idle_cpu_thousandths = got.idle_cpu_thousandths,
        .out_idle_memory_thousandths = got.idle_memory_thousandths,
        .out_bound_by = got.bound_by,
        .out_short_of = got.short_of,
        .out_status = got.status,
        .out_rank = got.rank,
    };
    ck_assert_uint_le(count, ROWS);
    fill_pattern(&got, sizeof got);
    return columns;
}

/* The row against the answer of cnicalc_workload_solve(). */
static void check_row(const cnicalc_workload_columns *columns, size_t row,
                      const cnicalc_workload *mix, size_t mix_len,
                      const cnicalc_workload_options *options)
{
    size_t index = columns->instance_index == NULL ? row : columns->instance_index[row];
    cnicalc_instance type = {.vcpus = CNICALC_UNKNOWN};
    cnicalc_workload_result result = {.nodes = CNICALC_UNKNOWN_COUNT,
                                      .pods_per_node = CNICALC_UNKNOWN_COUNT,
                                      .idle_memory_kib = CNICALC_UNKNOWN_COUNT,
                                      .idle_cpu_thousandths = CNICALC_UNKNOWN,
                                      .idle_memory_thousandths = CNICALC_UNKNOWN};
    cnicalc_status status = CNICALC_ERR_INDEX;
    if (columns->instances == NULL) {
        status = cnicalc_instance_at(index, &type);
    } else if (index < columns->instance_count) {
        type = columns->instances[index];
        status = CNICALC_OK;
    }
    if (status == CNICALC_OK) {
        status = cnicalc_workload_solve(&type, mix, mix_len, options, &result, NULL);
    }
    ck_status(got.status[row], status);
    ck_assert_uint_eq(got.vcpus[row], status == CNICALC_OK ? type.vcpus : CNICALC_UNKNOWN);
    ck_assert_uint_eq(got.nodes[row], result.nodes);
    ck_assert_uint_eq(got.pods_per_node[row], result.pods_per_node);
    ck_assert_uint_eq(got.idle_memory_kib[row], result.idle_memory_kib);
    ck_assert_uint_eq(got.idle_cpu_thousandths[row], result.idle_cpu_thousandths);
    ck_assert_uint_eq(got.idle_memory_thousandths[row], result.idle_memory_thousandths);
    ck_assert_uint_eq(got.bound_by[row], result.bound_by);
    ck_assert_uint_eq(got.short_of[row], result.short_of);
}

/* Whether row a ranks before row b. */
static int is_better(size_t a, size_t b)
{
    int a_unknown = got.nodes[a] == CNICALC_UNKNOWN_COUNT;
    int b_unknown = got.nodes[b] == CNICALC_UNKNOWN_COUNT;
    if (a_unknown || b_unknown) {
        return a_unknown == b_unknown ? a < b : b_unknown;
    }
    if ((got.short_of[a] == 0) != (got.short_of[b] == 0)) {
        return got.short_of[a] == 0;
    }
    if (got.nodes[a] != got.nodes[b]) {
        return got.nodes[a] < got.nodes[b];
    }
    if (got.vcpus[a] != got.vcpus[b]) {
        return got.vcpus[a] < got.vcpus[b];
    }
    if (got.idle_memory_kib[a] != got.idle_memory_kib[b]) {
        return got.idle_memory_kib[a] < got.idle_memory_kib[b];
    }
    return a < b;
}

/* Each place is taken once, and each row is better than the next. */
static void check_ranks(size_t count)
{
    static size_t rows[ROWS];
    for (size_t row = 0; row < count; row++) {
        rows[row] = ROWS;
    }
    for (size_t row = 0; row < count; row++) {
        ck_assert_uint_lt(got.rank[row], count);
        ck_assert_uint_eq(rows[got.rank[row]], ROWS);
        rows[got.rank[row]] = row;
    }
    for (size_t place = 1; place < count; place++) {
        ck_assert(is_better(rows[place - 1], rows[place]));
    }
}

static void check_batch(const cnicalc_workload_columns *columns, const cnicalc_workload *mix,
                        size_t mix_len, const cnicalc_workload_options *options)
{
    cnicalc_fault fault;
    fill_pattern(&fault, sizeof fault);
    ck_ok(cnicalc_workload_solve_batch(mix, mix_len, options, columns, &fault));
    ck_untouched(fault);
    for (size_t row = 0; row < columns->count; row++) {
        check_row(columns, row, mix, mix_len, options);
    }
    check_ranks(columns->count);
    ck_assert(is_pattern(got.nodes + columns->count, (ROWS - columns->count) * sizeof(uint64_t)));
    ck_assert(is_pattern(got.rank + columns->count, (ROWS - columns->count) * sizeof(uint32_t)));
}

static void check_table(const cnicalc_workload *mix, size_t mix_len,
                        const cnicalc_workload_options *options)
{
    cnicalc_workload_columns columns = columns_of(NULL, 0, NULL, cnicalc_instance_count());
    check_batch(&columns, mix, mix_len, options);
}

START_TEST(whole_table)
{
    const cnicalc_workload mix[] = {pods_of(3000, 500, GIB), pods_of(500, 2000, 16 * GIB)};
    for (uint32_t mode = CNICALC_MODE_SHARED_ENI; mode < CNICALC_MODE_COUNT; mode++) {
        cnicalc_workload_options options = workload_options();
        options.node.mode = mode;
        check_table(mix, 1, &options);
        options.node.kubernetes_minor = 27;
        options.node.ip_stack =
            mode == CNICALC_MODE_IP_PREFIX ? CNICALC_IP_STACK_IPV6 : CNICALC_IP_STACK_DUAL;
        options.headroom_percent = 20;
        options.daemon_pods = 3;
        options.daemon_cpu_millicores = 250;
        options.daemon_memory_bytes = 300 * MIB;
        check_table(mix, 1, &options);
        check_table(mix, 2, &options);
    }
    cnicalc_workload_options options = flannel_options(26);
    check_table(mix, 1, &options);
    options.ceilings.node_quota = 20; /* some types fit and some do not */
    check_table(mix, 1, &options);
}
END_TEST

/* Pods that CPU, memory, ENIs and kubelet bind, that request nothing, that few types hold. */
START_TEST(random_workloads)
{
    seed = 11;
    for (int i = 0; i < 60; i++) {
        cnicalc_workload pods =
            pods_of(1 + draw(5000), draw(3) ? draw(6000) : 0, draw(3) ? draw(1 << 15) * MIB : 0);
        cnicalc_workload_options options = workload_options();
        pods.host_network = draw(6) == 0;
        options.node.mode = 1 + draw(CNICALC_MODE_COUNT - 1);
        options.node.kubelet_max_pods = draw(4) ? 0 : 1 + draw(500);
        check_table(&pods, 1, &options);
    }
}
END_TEST

static uint32_t index_of(const char *name)
{
    size_t index = 0;
    ck_ok(cnicalc_instance_index(name, CNICALC_NUL_TERMINATED, &index));
    return (uint32_t)index;
}

START_TEST(rows_of_the_table)
{
    const cnicalc_workload pods = pods_of(3000, 500, GIB);
    cnicalc_workload_options options = workload_options();
    const uint32_t two[] = {index_of("c7.large"), index_of("c7.4xlarge")};
    cnicalc_workload_columns columns = columns_of(NULL, 0, two, 2);
    check_batch(&columns, &pods, 1, &options);
    ck_assert_uint_eq(got.nodes[0], 1000); /* 3376 MiB / 1024 = 3.3 */
    ck_assert_uint_eq(got.nodes[1], 104);
    ck_assert_uint_eq(got.rank[0], 1);
    ck_assert_uint_eq(got.rank[1], 0);
    const uint32_t rows = (uint32_t)cnicalc_instance_count();
    const uint32_t any[] = {rows - 1, 0, rows, 600, UINT32_MAX, 0, 5, 600, two[1], 0};
    columns = columns_of(NULL, 0, any, COUNT(any));
    check_batch(&columns, &pods, 1, &options);
    ck_status(got.status[2], CNICALC_ERR_INDEX);
}
END_TEST

START_TEST(own_types)
{
    const cnicalc_workload pods = pods_of(100, 500, GIB);
    cnicalc_workload_options options = workload_options();
    cnicalc_instance own[4] = {instance_of(8, 30), instance_of(8, 30), instance_of(2, 20),
                               instance_of(8, 30)};
    const uint32_t index[] = {3, 2, 1, 0, 4, UINT32_MAX, 0};
    for (uint32_t i = 0; i < 4; i++) {
        own[i].vcpus = 8U << i;
        own[i].memory_mib = 32768;
    }
    own[1].eni_quantity = CNICALC_UNKNOWN;
    cnicalc_workload_columns columns = columns_of(own, 4, index, COUNT(index));
    check_batch(&columns, &pods, 1, &options);
    columns = columns_of(own, 4, NULL, 6);
    check_batch(&columns, &pods, 1, &options);
}
END_TEST

/* Pods of 100 vCPUs on types without published memory, which they do not request: 128 vCPUs hold
 * one, and the others, the one of unknown vCPUs and an index of none keep their order, whatever
 * their vCPUs. So do rows of the table. */
START_TEST(rows_without_a_number_of_nodes)
{
    static const uint32_t vcpus[] = {32, 16, CNICALC_UNKNOWN, 8, 128};
    static const cnicalc_status statuses[] = {CNICALC_OK, CNICALC_OK, CNICALC_ERR_LIMITS_UNKNOWN,
                                              CNICALC_OK, CNICALC_OK, CNICALC_ERR_INDEX};
    static const uint32_t ranks[] = {1, 2, 3, 4, 0, 5};
    const cnicalc_workload pods = pods_of(10, 100000, 0);
    cnicalc_workload_options options = workload_options();
    cnicalc_instance own[COUNT(vcpus)];
    for (size_t i = 0; i < COUNT(vcpus); i++) {
        own[i] = instance_of(8, 30);
        own[i].vcpus = vcpus[i];
    }
    cnicalc_workload_columns columns = columns_of(own, COUNT(own), NULL, COUNT(ranks));
    check_batch(&columns, &pods, 1, &options);
    for (size_t row = 0; row < COUNT(ranks); row++) {
        ck_status(got.status[row], statuses[row]);
        ck_assert_uint_eq(got.nodes[row], row == 4 ? 10 : CNICALC_UNKNOWN_COUNT);
        ck_assert_uint_eq(got.vcpus[row], row == 5 ? CNICALC_UNKNOWN : vcpus[row]);
        ck_assert_uint_eq(got.rank[row], ranks[row]);
    }
    const uint32_t index[] = {index_of("c7.4xlarge"), index_of("c7.large"), index_of("c7.4xlarge")};
    columns = columns_of(NULL, 0, index, COUNT(index));
    check_batch(&columns, &pods, 1, &options);
    for (uint32_t row = 0; row < COUNT(index); row++) {
        ck_assert_uint_eq(got.rank[row], row);
    }
}
END_TEST

/* More pairs of network and machine than are remembered do not exist in the table, but the same row
 * again and again is a row like any other. */
START_TEST(the_same_rows_again)
{
    static uint32_t index[ROWS];
    const cnicalc_workload pods = pods_of(100, 500, GIB);
    cnicalc_workload_options options = workload_options();
    seed = 13;
    for (size_t i = 0; i < ROWS; i++) {
        index[i] = draw(20);
    }
    cnicalc_workload_columns columns = columns_of(NULL, 0, index, ROWS);
    check_batch(&columns, &pods, 1, &options);
}
END_TEST

/* Each column alone has what it has beside the others. */
/* All that they answer but their places, which nobody asked for. */
START_TEST(own_types_without_ranks)
{
    static struct answers all;
    const cnicalc_workload pods = pods_of(3000, 500, GIB);
    cnicalc_workload_options options = workload_options();
    const cnicalc_instance own[] = {instance_of(8, 30), instance_of(3, 6)};
    cnicalc_workload_columns columns = columns_of(own, COUNT(own), NULL, COUNT(own));
    ck_ok(cnicalc_workload_solve_batch(&pods, 1, &options, &columns, NULL));
    all = got;
    columns = columns_of(own, COUNT(own), NULL, COUNT(own));
    memcpy(all.rank, got.rank, sizeof all.rank);
    columns.out_rank = NULL;
    ck_ok(cnicalc_workload_solve_batch(&pods, 1, &options, &columns, NULL));
    ck_assert_mem_eq(&got, &all, sizeof got);
}
END_TEST

START_TEST(columns_not_asked_for)
{
    static struct answers all;
    const cnicalc_workload pods = pods_of(3000, 500, GIB);
    cnicalc_workload_options options = workload_options();
    size_t count = cnicalc_instance_count();
    cnicalc_workload_columns columns = columns_of(NULL, 0, NULL, count);
    ck_ok(cnicalc_workload_solve_batch(&pods, 1, &options, &columns, NULL));
    all = got;
    for (int i = 0; i < 10; i++) {
        struct answers expected;
        columns = columns_of(NULL, 0, NULL, count);
        fill_pattern(&expected, sizeof expected);
#define KEEP(number, member)                                                                       \
    if (i == (number)) {                                                                           \
        memcpy(expected.member, all.member, count * sizeof all.member[0]);                         \
    } else if (i != 9 || ((number) != 0 && (number) != 1 && (number) != 3 && (number) != 7)) {     \
        columns.out_##member = NULL;                                                               \
    } else {                                                                                       \
        memcpy(expected.member, all.member, count * sizeof all.member[0]);                         \
    }
        KEEP(0, vcpus)
        KEEP(1, nodes)
        KEEP(2, pods_per_node)
        KEEP(3, idle_memory_kib)
        KEEP(4, idle_cpu_thousandths)
        KEEP(5, idle_memory_thousandths)
        KEEP(6, bound_by)
        KEEP(7, short_of)
        KEEP(8, status)
        KEEP(9, rank)
        ck_ok(cnicalc_workload_solve_batch(&pods, 1, &options, &columns, NULL));
        ck_assert_mem_eq(&got, &expected, sizeof got);
    }
}
END_TEST

START_TEST(malformed_batches)
{
    const cnicalc_workload pods = pods_of(3000, 500, GIB);
    const cnicalc_workload none = pods_of(0, 0, 0);
    cnicalc_workload_options options = workload_options();
    cnicalc_workload_columns columns = columns_of(NULL, 0, NULL, 5);
    cnicalc_fault fault;
    fill_pattern(&fault, sizeof fault);
    ck_status(cnicalc_workload_solve_batch(NULL, 1, &options, &columns, &fault), CNICALC_ERR_NULL);
    ck_status(cnicalc_workload_solve_batch(&pods, 1, NULL, &columns, &fault), CNICALC_ERR_NULL);
    ck_status(cnicalc_workload_solve_batch(&pods, 1, &options, NULL, &fault), CNICALC_ERR_NULL);
    for (int i = 0; i < 4; i++) {
        columns = columns_of(NULL, 0, NULL, 5);
        columns.out_vcpus = i == 0 ? NULL : columns.out_vcpus;
        columns.out_nodes = i == 1 ? NULL : columns.out_nodes;
        columns.out_idle_memory_kib = i == 2 ? NULL : columns.out_idle_memory_kib;
        columns.out_short_of = i == 3 ? NULL : columns.out_short_of;
        ck_status(cnicalc_workload_solve_batch(&pods, 1, &options, &columns, &fault),
                  CNICALC_ERR_NULL);
        columns.count = 0;
        ck_ok(cnicalc_workload_solve_batch(&pods, 1, &options, &columns, NULL));
    }
    columns = columns_of(NULL, 0, NULL, 5);
    ck_untouched(fault);
    ck_status(cnicalc_workload_solve_batch(NULL, 0, &options, &columns, &fault),
              CNICALC_ERR_WORKLOAD_PODS);
    ck_status(cnicalc_workload_solve_batch(&none, 1, &options, &columns, &fault),
              CNICALC_ERR_WORKLOAD_PODS);
    ck_assert_uint_eq(fault.array, CNICALC_ARRAY_WORKLOADS);
    options.plugin = CNICALC_PLUGIN_ANY;
    ck_status(cnicalc_workload_solve_batch(&pods, 1, &options, &columns, &fault),
              CNICALC_ERR_PLUGIN);
    ck_assert_uint_eq(fault.array, CNICALC_ARRAY_NONE);
    ck_untouched(got);
#if SIZE_MAX > UINT32_MAX
    options = workload_options();
    columns.count = SIZE_MAX;
    ck_status(cnicalc_workload_solve_batch(&pods, 1, &options, &columns, &fault),
              CNICALC_ERR_CAPACITY);
    ck_untouched(got);
#endif
}
END_TEST

/* What the options of the node are at fault for is the status of each row. */
START_TEST(options_of_the_node)
{
    const cnicalc_workload pods = pods_of(3000, 500, GIB);
    cnicalc_workload_options options = workload_options();
    options.node.mode = CNICALC_MODE_COUNT;
    check_table(&pods, 1, &options);
    ck_status(got.status[0], CNICALC_ERR_NODE_MODE);
    options = flannel_options(26);
    options.node.windows = 2;
    check_table(&pods, 1, &options);
    ck_status(got.status[0], CNICALC_ERR_FLAG);
    options = workload_options();
    options.node.memory_capacity_kib = UINT64_MAX;
    check_table(&pods, 1, &options);
    ck_status(got.status[0], CNICALC_ERR_OVERFLOW);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("workload batch");
    add_tests(suite, "batch", rows_of_the_table, own_types, rows_without_a_number_of_nodes,
              the_same_rows_again, own_types_without_ranks, columns_not_asked_for,
              malformed_batches, options_of_the_node, NULL);
    add_tests(suite, "properties", whole_table, random_workloads, NULL);
    return run_suite(suite);
}
