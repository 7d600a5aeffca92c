/* SPDX-License-Identifier: MIT */
/* Many nodes in one call. */
#include "node.h"

#include "internal_instance.h"

/* ---- Rows ---- */

/* The members of a result that have a column, and what a row that fails has there. */
#define COLUMN_LIST(X)                                                                             \
    X(max_pods, CNICALC_UNKNOWN_COUNT)                                                             \
    X(trunk_pods, CNICALC_UNKNOWN_COUNT)                                                           \
    X(kubelet_max_pods, CNICALC_UNKNOWN_COUNT)                                                     \
    X(schedulable_pods, CNICALC_UNKNOWN_COUNT)                                                     \
    X(secondary_enis, CNICALC_UNKNOWN_COUNT)                                                       \
    X(ipv4_addresses, CNICALC_UNKNOWN_COUNT)                                                       \
    X(joins, CNICALC_UNKNOWN)                                                                      \
    X(bound_by, CNICALC_LIMIT_NONE)                                                                \
    X(dual_stack, CNICALC_UNKNOWN)                                                                 \
    X(allocatable_cpu_millicores, CNICALC_UNKNOWN_COUNT)                                           \
    X(allocatable_memory_mib, CNICALC_UNKNOWN_COUNT)

#define WRITE(name, value)                                                                         \
    if (columns->out_##name != NULL) {                                                             \
        columns->out_##name[row] = value;                                                          \
    }
#define WRITE_MEMBER(name, at_fault) WRITE(name, result.name)
#define WRITE_FAULT(name, at_fault)  WRITE(name, at_fault)

static void write_node_failure(const cnicalc_node_columns *columns, size_t row,
                               cnicalc_status status)
{
    COLUMN_LIST(WRITE_FAULT)
    WRITE(status, status)
}

static void solve_node(const cnicalc_node_columns *columns, size_t row,
                       const cnicalc_instance *instance, const cnicalc_node_options *options)
{
    cnicalc_node_result result;
    cnicalc_status status = cnicalc_node_solve(instance, options, &result);
    if (status != CNICALC_OK) {
        write_node_failure(columns, row, status);
        return;
    }
    COLUMN_LIST(WRITE_MEMBER)
    WRITE(status, CNICALC_OK)
}

static void solve_own_node(const cnicalc_node_columns *columns, size_t row, uint32_t index,
                           const cnicalc_node_options *options)
{
    if (index < columns->instance_count) {
        solve_node(columns, row, &columns->instances[index], options);
    } else {
        write_node_failure(columns, row, CNICALC_ERR_INDEX);
    }
}

static void solve_built_in_node(const cnicalc_node_columns *columns, size_t row, uint32_t index,
                                const cnicalc_node_options *options)
{
    cnicalc_instance instance;
    if (cnicalc_instance_at(index, &instance) == CNICALC_OK) {
        solve_node(columns, row, &instance, options);
    } else {
        write_node_failure(columns, row, CNICALC_ERR_INDEX);
    }
}

/* ---- Rows of the built-in table, of which only what follows from the network is asked ----
 *
 * Rows of one network answer alike, and the table has far fewer networks than rows, so each is
 * solved once in each mode. */

struct answer {
    uint64_t max_pods;
    uint32_t bound_by;
    cnicalc_status status;
};

struct known_nodes {
    uint8_t is_known[CNICALC__NETWORKS_MAX][CNICALC_MODE_COUNT];
    struct answer answers[CNICALC__NETWORKS_MAX][CNICALC_MODE_COUNT];
};

static int are_columns_of_network(const cnicalc_node_columns *columns)
{
    return columns->out_trunk_pods == NULL && columns->out_kubelet_max_pods == NULL &&
           columns->out_schedulable_pods == NULL && columns->out_secondary_enis == NULL &&
           columns->out_ipv4_addresses == NULL && columns->out_joins == NULL &&
           columns->out_dual_stack == NULL && columns->out_allocatable_cpu_millicores == NULL &&
           columns->out_allocatable_memory_mib == NULL;
}

static struct answer solve_network(uint32_t index, const cnicalc_node_options *options)
{
    struct answer answer = {CNICALC_UNKNOWN_COUNT, CNICALC_LIMIT_NONE, CNICALC_ERR_INDEX};
    cnicalc_instance instance;
    if (cnicalc_instance_at(index, &instance) == CNICALC_OK) {
        answer.status =
            cnicalc__node_max_pods(&instance, options, &answer.max_pods, &answer.bound_by);
    }
    return answer;
}

static struct answer recall(struct known_nodes *known, uint32_t index,
                            const cnicalc_node_options *options)
{
    uint32_t network = cnicalc__instance_network(index);
    if (options->mode >= CNICALC_MODE_COUNT || network >= CNICALC__NETWORKS_MAX) {
        return solve_network(index, options);
    }
    if (!known->is_known[network][options->mode]) {
        known->answers[network][options->mode] = solve_network(index, options);
        known->is_known[network][options->mode] = 1;
    }
    return known->answers[network][options->mode];
}

static void write_answer(const cnicalc_node_columns *columns, size_t row, struct answer answer)
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
    struct known_nodes known;
    if (options == NULL || columns == NULL ||
        (columns->instance_index == NULL && columns->count != 0)) {
        return CNICALC_ERR_NULL;
    }
    if (options->struct_size != sizeof *options) {
        return CNICALC_ERR_STRUCT_SIZE;
    }
    memset(known.is_known, 0, sizeof known.is_known);
    cnicalc_node_options row_options = *options;
    int of_network = are_columns_of_network(columns);
    for (size_t i = 0; i < columns->count; i++) {
        uint32_t index = columns->instance_index[i];
        if (columns->mode != NULL) {
            row_options.mode = columns->mode[i];
        }
        if (columns->instances != NULL) {
            solve_own_node(columns, i, index, &row_options);
        } else if (of_network) {
            write_answer(columns, i, recall(&known, index, &row_options));
        } else {
            solve_built_in_node(columns, i, index, &row_options);
        }
    }
    return CNICALC_OK;
}
