/* SPDX-License-Identifier: MIT */
/* Many node questions in one call. */
#include "node_support.h"

static void check_batch(const cnicalc_instance *instances, const uint32_t *index,
                        const uint32_t *mode, size_t count, const cnicalc_node_options *options)
{
    uint64_t pods[8];
    uint32_t bound_by[8];
    cnicalc_status status[8];
    ck_assert_uint_lt(count, COUNT(pods));
    fill_pattern(pods, sizeof pods);
    fill_pattern(bound_by, sizeof bound_by);
    fill_pattern(status, sizeof status);
    const cnicalc_node_columns columns = {instances, 3, index, mode, count, pods, bound_by, status};
    ck_ok(cnicalc_node_solve_batch(options, &columns));
    for (size_t i = 0; i < count; i++) {
        cnicalc_node_options single = *options;
        cnicalc_node_result result = {.max_pods = CNICALC_UNKNOWN_COUNT};
        cnicalc_instance type;
        single.mode = mode != NULL ? mode[i] : options->mode;
        cnicalc_status expected = CNICALC_ERR_INDEX;
        if (instances == NULL) {
            expected = cnicalc_instance_at(index[i], &type);
        } else if (index[i] < 3) {
            type = instances[index[i]];
            expected = CNICALC_OK;
        }
        expected = expected != CNICALC_OK ? expected : cnicalc_node_solve(&type, &single, &result);
        ck_status(status[i], expected);
        ck_assert_uint_eq(pods[i], result.max_pods);
        ck_assert_uint_eq(bound_by[i], result.bound_by);
    }
    ck_assert(is_pattern(pods + count, (COUNT(pods) - count) * sizeof pods[0]));
    ck_assert(is_pattern(bound_by + count, (COUNT(pods) - count) * sizeof bound_by[0]));
    ck_assert(is_pattern(status + count, (COUNT(pods) - count) * sizeof status[0]));
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
    const cnicalc_node_columns columns = {NULL, 0, &index, NULL, 1, &pods, &bound_by, &status};
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
    const cnicalc_node_columns columns = {NULL, 0, index, NULL, 2, pods, bound_by, status};
    ck_ok(cnicalc_node_solve_batch(&options, &columns));
    ck_assert_uint_eq(pods[0], 210);
    ck_assert_uint_eq(pods[1], 140);
    ck_ok(status[0]);
    ck_ok(status[1]);
    ck_assert_uint_eq(bound_by[1], CNICALC_LIMIT_ENI_QUANTITY);
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
    fill_pattern(&pods, sizeof pods);
    fill_pattern(&bound_by, sizeof bound_by);
    fill_pattern(&status, sizeof status);
    cnicalc_node_columns columns = {&own, 1, &index, NULL, 1, &pods, &bound_by, &status};
    ck_status(cnicalc_node_solve_batch(NULL, &columns), CNICALC_ERR_NULL);
    ck_status(cnicalc_node_solve_batch(&options, NULL), CNICALC_ERR_NULL);
    columns.instance_index = NULL;
    ck_status(cnicalc_node_solve_batch(&options, &columns), CNICALC_ERR_NULL);
    columns.instance_index = &index;
    options.struct_size -= 4;
    ck_status(cnicalc_node_solve_batch(&options, &columns), CNICALC_ERR_STRUCT_SIZE);
    ck_untouched(pods);
    ck_untouched(bound_by);
    ck_untouched(status);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("node_batch");
    add_tests(suite, "known", batch_published, batch_with_fewer_outputs, NULL);
    add_tests(suite, "hostile", batch_that_is_malformed, batch_begins_with_nothing, NULL);
    add_tests(suite, "properties", batch_is_many_singles, NULL);
    return run_suite(suite);
}
