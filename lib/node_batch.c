/* SPDX-License-Identifier: MIT */
/* Many nodes in one call. */
#include "node.h"

#include "internal_instance.h"

struct answer {
    uint64_t max_pods;
    uint32_t bound_by;
    cnicalc_status status;
};

/* Answers about rows of the built-in table. Rows of one network answer alike, and the table has far
 * fewer networks than rows, so each is solved once in each mode. */
struct known_answers {
    uint8_t is_known[CNICALC__NETWORKS_MAX][CNICALC_MODE_COUNT];
    struct answer answers[CNICALC__NETWORKS_MAX][CNICALC_MODE_COUNT];
};

static struct answer solve(const cnicalc_instance *instance, const cnicalc_node_options *options)
{
    struct answer answer = {CNICALC_UNKNOWN_COUNT, CNICALC_LIMIT_NONE, CNICALC_OK};
    answer.status = cnicalc__node_max_pods(instance, options, &answer.max_pods, &answer.bound_by);
    return answer;
}

static struct answer no_such_row(void)
{
    struct answer answer = {CNICALC_UNKNOWN_COUNT, CNICALC_LIMIT_NONE, CNICALC_ERR_INDEX};
    return answer;
}

static struct answer solve_built_in(uint32_t index, const cnicalc_node_options *options)
{
    cnicalc_instance instance;
    return cnicalc_instance_at(index, &instance) == CNICALC_OK ? solve(&instance, options)
                                                               : no_such_row();
}

static struct answer recall(struct known_answers *known, uint32_t index,
                            const cnicalc_node_options *options)
{
    uint32_t network = cnicalc__instance_network(index);
    if (options->mode >= CNICALC_MODE_COUNT || network >= CNICALC__NETWORKS_MAX) {
        return solve_built_in(index, options);
    }
    if (!known->is_known[network][options->mode]) {
        known->answers[network][options->mode] = solve_built_in(index, options);
        known->is_known[network][options->mode] = 1;
    }
    return known->answers[network][options->mode];
}

static void write_row(const cnicalc_node_columns *columns, size_t row, struct answer answer)
{
    if (columns->out_max_pods != NULL) {
        columns->out_max_pods[row] = answer.max_pods;
    }
    if (columns->out_bound_by != NULL) {
        columns->out_bound_by[row] = answer.bound_by;
    }
    if (columns->out_status != NULL) {
        columns->out_status[row] = answer.status;
    }
}

cnicalc_status cnicalc_node_solve_batch(const cnicalc_node_options *options,
                                        const cnicalc_node_columns *columns)
{
    struct known_answers known;
    if (options == NULL || columns == NULL ||
        (columns->instance_index == NULL && columns->count != 0)) {
        return CNICALC_ERR_NULL;
    }
    if (options->struct_size != sizeof *options) {
        return CNICALC_ERR_STRUCT_SIZE;
    }
    memset(known.is_known, 0, sizeof known.is_known);
    cnicalc_node_options row_options = *options;
    for (size_t i = 0; i < columns->count; i++) {
        uint32_t index = columns->instance_index[i];
        struct answer answer;
        if (columns->mode != NULL) {
            row_options.mode = columns->mode[i];
        }
        if (columns->instances == NULL) {
            answer = recall(&known, index, &row_options);
        } else {
            answer = index < columns->instance_count
                         ? solve(&columns->instances[index], &row_options)
                         : no_such_row();
        }
        write_row(columns, i, answer);
    }
    return CNICALC_OK;
}
