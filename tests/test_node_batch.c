/* SPDX-License-Identifier: MIT */
/* Many node questions in one call. */
#include "node_support.h"

#define ROWS 8

/* The columns, and the type of their items. */
#define COLUMNS(X)                                                                                 \
    X(max_pods, uint64_t)                                                                          \
    X(trunk_pods, uint64_t)                                                                        \
    X(kubelet_max_pods, uint64_t)                                                                  \
    X(schedulable_pods, uint64_t)                                                                  \
    X(secondary_enis, uint64_t)                                                                    \
    X(ipv4_addresses, uint64_t)                                                                    \
    X(joins, uint32_t)                                                                             \
    X(bound_by, uint32_t)                                                                          \
    X(dual_stack, uint32_t)                                                                        \
    X(allocatable_cpu_millicores, uint64_t)                                                        \
    X(allocatable_memory_mib, uint64_t)

#define COLUMN_COUNT 13 /* status and rank, too */
#define ASK_MAX_PODS 1U /* its bit */
#define ASK_RANK     (1U << (COLUMN_COUNT - 1))

static struct {
#define DECLARE(name, type) type name[ROWS];
    COLUMNS(DECLARE)
    cnicalc_status status[ROWS];
    uint32_t rank[ROWS];
} got;

/* What a row has that fails. */
static const cnicalc_node_result NO_ANSWER = {
    .max_pods = CNICALC_UNKNOWN_COUNT,
    .trunk_pods = CNICALC_UNKNOWN_COUNT,
    .kubelet_max_pods = CNICALC_UNKNOWN_COUNT,
    .schedulable_pods = CNICALC_UNKNOWN_COUNT,
    .secondary_enis = CNICALC_UNKNOWN_COUNT,
    .ipv4_addresses = CNICALC_UNKNOWN_COUNT,
    .joins = CNICALC_UNKNOWN,
    .bound_by = CNICALC_LIMIT_NONE,
    .dual_stack = CNICALC_UNKNOWN,
    .allocatable_cpu_millicores = CNICALC_UNKNOWN_COUNT,
    .allocatable_memory_mib = CNICALC_UNKNOWN_COUNT,
};

/* A row as a question of its own. */
static cnicalc_status solve_alone(const cnicalc_node_columns *columns, size_t row,
                                  const cnicalc_node_options *options, cnicalc_node_result *result)
{
    cnicalc_instance type;
    cnicalc_node_options own = *options;
    cnicalc_status status = CNICALC_ERR_INDEX;
    uint32_t index = columns->instance_index[row];
    own.mode = columns->mode != NULL ? columns->mode[row] : options->mode;
    if (columns->instances == NULL) {
        status = cnicalc_instance_at(index, &type);
    } else if (index < columns->instance_count) {
        type = columns->instances[index];
        status = CNICALC_OK;
    }
    return status != CNICALC_OK ? status : cnicalc_node_solve(&type, &own, result);
}

/* The place of each row is the number of rows that are before it: those of more pods, where unknown
 * ones are fewer than 0, and those of as many that are earlier. */
static void check_ranks(const uint64_t *pods, const uint32_t *rank, size_t count)
{
    for (size_t row = 0; row < count; row++) {
        uint32_t before = 0;
        for (size_t other = 0; other < count; other++) {
            int is_more = pods[other] != CNICALC_UNKNOWN_COUNT &&
                          (pods[row] == CNICALC_UNKNOWN_COUNT || pods[other] > pods[row]);
            before += is_more || (pods[other] == pods[row] && other < row);
        }
        ck_assert_uint_eq(rank[row], before);
    }
}

/* Each column has the answers of single questions, and nothing else is written. */
static void check_answers(const cnicalc_node_columns *columns, const cnicalc_node_options *options)
{
    for (size_t row = 0; row < columns->count; row++) {
        cnicalc_node_result result = NO_ANSWER;
        cnicalc_status status = solve_alone(columns, row, options, &result);
        ck_assert(columns->out_status == NULL || got.status[row] == status);
#define CHECK_ROW(name, type)                                                                      \
    ck_assert(columns->out_##name == NULL || got.name[row] == result.name);
        COLUMNS(CHECK_ROW)
    }
#define WRITTEN(name) (columns->out_##name == NULL ? 0 : columns->count)
#define CHECK_REST(name, type)                                                                     \
    ck_assert(is_pattern(got.name + WRITTEN(name), (ROWS - WRITTEN(name)) * sizeof(type)));
    COLUMNS(CHECK_REST)
    CHECK_REST(status, cnicalc_status)
    CHECK_REST(rank, uint32_t)
    if (columns->out_rank != NULL) {
        check_ranks(got.max_pods, got.rank, columns->count);
    }
}

/* Asks for the columns that have a bit in asked. */
static void check_columns(cnicalc_node_columns columns, const cnicalc_node_options *options,
                          unsigned asked)
{
    unsigned bit = 1;
    fill_pattern(&got, sizeof got);
#define POINT(name, type)                                                                          \
    columns.out_##name = (asked & bit) != 0 ? got.name : NULL;                                     \
    bit <<= 1;
    COLUMNS(POINT)
    POINT(status, cnicalc_status)
    POINT(rank, uint32_t)
    ck_assert_uint_eq(bit, 1U << COLUMN_COUNT);
    ck_ok(cnicalc_node_solve_batch(options, &columns));
    check_answers(&columns, options);
}

static void check_batch(const cnicalc_instance *instances, const uint32_t *index,
                        const uint32_t *mode, size_t count, const cnicalc_node_options *options)
{
    const cnicalc_node_columns columns = {.instances = instances,
                                          .instance_count = 3,
                                          .instance_index = index,
                                          .mode = mode,
                                          .count = count};
    ck_assert_uint_lt(count, ROWS);
    check_columns(columns, options, (1U << COLUMN_COUNT) - 1);
    for (unsigned column = 0; column < COLUMN_COUNT - 1; column++) {
        check_columns(columns, options, 1U << column);
    }
    check_columns(columns, options, ASK_RANK | ASK_MAX_PODS);
    check_columns(columns, options, 0);
}

/* Leaves ones where the next call has its variables. */
static unsigned dirty_stack(void)
{
    volatile unsigned char room[65536];
    unsigned sum = 0;
    for (size_t i = 0; i < sizeof room; i++) {
        room[i] = 0xff;
        sum += room[i];
    }
    return sum;
}

static uint32_t index_of(const char *name)
{
    size_t index = 0;
    ck_ok(cnicalc_instance_index(name, CNICALC_NUL_TERMINATED, &index));
    return (uint32_t)index;
}

/* What the batch remembers of rows begins as nothing, whatever lay in its memory. */
START_TEST(batch_begins_with_nothing)
{
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
    uint32_t index = index_of("c7.4xlarge");
    uint64_t pods = 0;
    uint32_t bound_by;
    cnicalc_status status;
    ck_assert_uint_eq(dirty_stack(), 65536 * 255);
    const cnicalc_node_columns columns = {.instance_index = &index,
                                          .count = 1,
                                          .out_max_pods = &pods,
                                          .out_bound_by = &bound_by,
                                          .out_status = &status};
    ck_ok(cnicalc_node_solve_batch(&options, &columns));
    ck_assert_uint_eq(pods, 210);
}
END_TEST

START_TEST(batch_is_many_singles)
{
    cnicalc_instance own[3] = {able_instance_of(8, 30), able_instance_of(CNICALC_UNKNOWN, 1),
                               able_instance_of(4, 10)};
    cnicalc_node_options options = options_of(CNICALC_MODE_EXCLUSIVE_ENI);
    const uint32_t index[] = {0, 1, 2, 3, UINT32_MAX, 0, 2};
    const uint32_t table_index[] = {0, 1172, 1173, 600, UINT32_MAX, 0, 5};
    const uint32_t twice_index[] = {600, 0, 600, 600, 0, 0, 600};
    const uint32_t twice_mode[] = {1, 1, 3, 1, 3, 1, 3};
    const uint32_t mode[] = {1, 1, 4, 1, 2, CNICALC_MODE_COUNT, 3};
    check_batch(own, index, mode, COUNT(index), &options);
    check_batch(own, index, NULL, COUNT(index), &options);
    check_batch(NULL, table_index, mode, COUNT(index), &options);
    check_batch(NULL, twice_index, twice_mode, COUNT(index), &options);
    check_batch(own, index, mode, 0, &options);
    options.windows = 1; /* which only some of the modes can have */
    check_batch(own, index, mode, COUNT(index), &options);
    options.reserved[0] = 1;
    check_batch(own, index, mode, COUNT(index), &options);
}
END_TEST

#define MANY_ROWS                                                                                  \
    7040 /* each row of the table and a few more in six modes, of which two are none */

/* Leaves something below on the stack, where the next call may forget to clear it. */
static void fill_stack(void)
{
    unsigned char bytes[1 << 16];
    fill_pattern(bytes, sizeof bytes);
}

/* The pods alone are remembered, so they are asked for often: of types without published ENIs, too,
 * and of no type. */
static void check_many_pods(int has_modes)
{
    static uint32_t index[MANY_ROWS];
    static uint32_t mode[MANY_ROWS];
    static uint64_t pods[MANY_ROWS];
    static uint32_t bound_by[MANY_ROWS];
    static cnicalc_status status[MANY_ROWS];
    static uint32_t rank[MANY_ROWS];
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
    size_t refused = 0;
    options.max_eni = 5;
    for (uint32_t row = 0; row < MANY_ROWS; row++) {
        index[row] = row * 7 % 1180;
        mode[row] = row / 7 % 6;
    }
    cnicalc_node_columns columns = {.instance_index = index,
                                    .mode = has_modes ? mode : NULL,
                                    .count = MANY_ROWS,
                                    .out_max_pods = pods,
                                    .out_bound_by = bound_by,
                                    .out_status = status,
                                    .out_rank = rank};
    fill_stack();
    ck_ok(cnicalc_node_solve_batch(&options, &columns));
    check_ranks(pods, rank, MANY_ROWS);
    for (size_t row = 0; row < 2 * MANY_ROWS; row++) {
        size_t i = row % MANY_ROWS;
        cnicalc_node_result result = NO_ANSWER;
        if (row == MANY_ROWS) {
            columns.out_rank = NULL;
            fill_pattern(pods, sizeof pods);
            ck_ok(cnicalc_node_solve_batch(&options, &columns));
        }
        ck_assert_int_eq(status[i], solve_alone(&columns, i, &options, &result));
        ck_assert_uint_eq(pods[i], result.max_pods);
        ck_assert_uint_eq(bound_by[i], result.bound_by);
        refused += status[i] == CNICALC_ERR_LIMITS_UNKNOWN;
    }
    ck_assert_uint_gt(refused, 0);
}

START_TEST(batch_of_pods)
{
    check_many_pods(1);
}
END_TEST

START_TEST(batch_of_pods_in_one_mode)
{
    check_many_pods(0);
}
END_TEST

/* An output that is NULL is not asked for; the others are as with it. */
START_TEST(batch_with_fewer_outputs)
{
    const cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
    const uint32_t index[2] = {index_of("c7.4xlarge"), UINT32_MAX};
    for (unsigned asked = 0; asked < 8; asked++) {
        uint64_t pods[2] = {1, 1};
        uint32_t bound_by[2] = {UINT32_MAX, UINT32_MAX};
        cnicalc_status status[2] = {-1, -1};
        const cnicalc_node_columns columns = {
            .instance_index = index,
            .count = 2,
            .out_max_pods = (asked & 1) != 0 ? pods : NULL,
            .out_bound_by = (asked & 2) != 0 ? bound_by : NULL,
            .out_status = (asked & 4) != 0 ? status : NULL,
        };
        ck_ok(cnicalc_node_solve_batch(&options, &columns));
        ck_assert_uint_eq(pods[0], (asked & 1) != 0 ? 210 : 1);
        ck_assert_uint_eq(pods[1], (asked & 1) != 0 ? CNICALC_UNKNOWN_COUNT : 1);
        ck_assert_uint_eq(bound_by[0],
                          (asked & 2) != 0 ? (uint32_t)CNICALC_LIMIT_ENI_QUANTITY : UINT32_MAX);
        ck_assert_uint_eq(bound_by[1],
                          (asked & 2) != 0 ? (uint32_t)CNICALC_LIMIT_NONE : UINT32_MAX);
        ck_assert_int_eq(status[0], (asked & 4) != 0 ? CNICALC_OK : -1);
        ck_assert_int_eq(status[1], (asked & 4) != 0 ? CNICALC_ERR_INDEX : -1);
    }
    const cnicalc_node_columns none = {.count = 0};
    ck_ok(cnicalc_node_solve_batch(&options, &none));
}
END_TEST

START_TEST(batch_published)
{
    const uint32_t index[2] = {index_of("c7.4xlarge"), index_of("c6.4xlarge")};
    uint64_t pods[2];
    uint32_t bound_by[2];
    cnicalc_status status[2];
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
    const cnicalc_node_columns columns = {.instance_index = index,
                                          .count = 2,
                                          .out_max_pods = pods,
                                          .out_bound_by = bound_by,
                                          .out_status = status};
    ck_ok(cnicalc_node_solve_batch(&options, &columns));
    ck_assert_uint_eq(pods[0], 210);
    ck_assert_uint_eq(pods[1], 140);
    ck_ok(status[0]);
    ck_ok(status[1]);
    ck_assert_uint_eq(bound_by[1], CNICALC_LIMIT_ENI_QUANTITY);
}
END_TEST

/* ACK documentation: 210 pods of a c7.4xlarge, 140 of a c6.4xlarge, shared; 7 of both, exclusive.
 */
START_TEST(rank_of_known_nodes)
{
    const uint32_t c7 = index_of("c7.4xlarge");
    const uint32_t c6 = index_of("c6.4xlarge");
    const uint32_t index[] = {c6, UINT32_MAX, c7, c6, c7, c7};
    const uint32_t mode[] = {1, 1, 1, 3, 3, 0};
    const uint32_t expected[] = {1, 4, 0, 2, 3, 5};
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
    uint64_t pods[COUNT(index)];
    uint64_t more[COUNT(index)];
    uint32_t rank[COUNT(index)];
    cnicalc_node_columns columns = {.instance_index = index,
                                    .mode = mode,
                                    .count = COUNT(index),
                                    .out_max_pods = pods,
                                    .out_rank = rank};
    ck_ok(cnicalc_node_solve_batch(&options, &columns));
    ck_assert_mem_eq(rank, expected, sizeof rank);
    ck_assert_uint_eq(pods[0], 140);
    ck_assert_uint_eq(pods[3], 7);
    fill_pattern(rank, sizeof rank);
    columns.out_secondary_enis = more; /* each row on its own */
    ck_ok(cnicalc_node_solve_batch(&options, &columns));
    ck_assert_mem_eq(rank, expected, sizeof rank);
}
END_TEST

/* Counts of pods that are far apart, and almost all ones. */
START_TEST(rank_of_large_nodes)
{
    static uint32_t index[512];
    cnicalc_instance own[64];
    uint64_t pods[COUNT(index)];
    uint32_t rank[COUNT(index)];
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
    for (uint32_t i = 0; i < COUNT(own); i++) {
        own[i] = instance_of(1U << i / 2 | 1, i % 2 == 0 ? 3 : UINT32_MAX - 1 - i);
    }
    for (uint32_t row = 0; row < COUNT(index); row++) {
        index[row] = row * 37 % 65; /* one of them is none */
    }
    const cnicalc_node_columns columns = {.instances = own,
                                          .instance_count = COUNT(own),
                                          .instance_index = index,
                                          .count = COUNT(index),
                                          .out_max_pods = pods,
                                          .out_rank = rank};
    ck_ok(cnicalc_node_solve_batch(&options, &columns));
    check_ranks(pods, rank, COUNT(index));
}
END_TEST

/* 0 pods and 2^63: (2^30 + 1 - 1) * (2^29 + 1 - 1) * 16. */
START_TEST(rank_by_the_top_bit)
{
    const cnicalc_instance own[] = {instance_of(1, 30), instance_of(0x40000001, 0x20000001)};
    const uint32_t index[] = {0, 1};
    uint64_t pods[2];
    uint32_t rank[2];
    cnicalc_node_options options = options_of(CNICALC_MODE_IP_PREFIX);
    const cnicalc_node_columns columns = {.instances = own,
                                          .instance_count = 2,
                                          .instance_index = index,
                                          .count = 2,
                                          .out_max_pods = pods,
                                          .out_rank = rank};
    ck_ok(cnicalc_node_solve_batch(&options, &columns));
    ck_assert(pods[0] == 0 && pods[1] == UINT64_C(1) << 63);
    ck_assert(rank[0] == 1 && rank[1] == 0);
}
END_TEST

START_TEST(batch_that_is_malformed)
{
    cnicalc_instance own = able_instance_of(8, 30);
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
    const uint32_t index = 0;
    uint64_t pods;
    uint32_t bound_by;
    cnicalc_status status;
    uint32_t rank;
    fill_pattern(&rank, sizeof rank);
    fill_pattern(&pods, sizeof pods);
    fill_pattern(&bound_by, sizeof bound_by);
    fill_pattern(&status, sizeof status);
    cnicalc_node_columns columns = {.instances = &own,
                                    .instance_count = 1,
                                    .instance_index = &index,
                                    .count = 1,
                                    .out_max_pods = &pods,
                                    .out_bound_by = &bound_by,
                                    .out_status = &status,
                                    .out_rank = &rank};
    ck_status(cnicalc_node_solve_batch(NULL, &columns), CNICALC_ERR_NULL);
    ck_status(cnicalc_node_solve_batch(&options, NULL), CNICALC_ERR_NULL);
    columns.instance_index = NULL;
    ck_status(cnicalc_node_solve_batch(&options, &columns), CNICALC_ERR_NULL);
    columns.instance_index = &index;
    columns.out_max_pods = NULL;
    ck_status(cnicalc_node_solve_batch(&options, &columns), CNICALC_ERR_NULL);
    columns.instances = NULL;
    ck_status(cnicalc_node_solve_batch(&options, &columns), CNICALC_ERR_NULL);
    columns.count = 0;
    ck_ok(cnicalc_node_solve_batch(&options, &columns));
    columns.out_max_pods = &pods;
#if SIZE_MAX > UINT32_MAX
    columns.count = SIZE_MAX;
    ck_status(cnicalc_node_solve_batch(&options, &columns), CNICALC_ERR_CAPACITY);
#endif
    columns.count = 1;
    options.struct_size -= 4;
    ck_status(cnicalc_node_solve_batch(&options, &columns), CNICALC_ERR_STRUCT_SIZE);
    ck_untouched(pods);
    ck_untouched(bound_by);
    ck_untouched(status);
    ck_untouched(rank);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("node_batch");
    add_tests(suite, "known", batch_published, batch_with_fewer_outputs, batch_of_pods,
              batch_of_pods_in_one_mode, rank_of_known_nodes, rank_of_large_nodes,
              rank_by_the_top_bit, NULL);
    add_tests(suite, "hostile", batch_that_is_malformed, batch_begins_with_nothing, NULL);
    add_tests(suite, "properties", batch_is_many_singles, NULL);
    return run_suite(suite);
}
