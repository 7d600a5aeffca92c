/* SPDX-License-Identifier: MIT */
/* Many nodes in one call. */
#include "node.h"

#include "internal_instance.h"

/* A question, as it is of each mode. */
struct batch {
    const cnicalc_node_columns *columns;
    const cnicalc_node_options *options;
    cnicalc__node_question questions[CNICALC_MODE_COUNT];
    cnicalc_status statuses[CNICALC_MODE_COUNT]; /* of the options with the mode */
};

/* All that are no mode are the same one. */
CNICALC__INLINE uint32_t known_mode(uint32_t mode)
{
    return mode < CNICALC_MODE_COUNT ? mode : 0;
}

/* ---- Any columns: a row after the other ---- */

/* The members of a result that have a column, and what a row that fails has there. */
#define NODE_COLUMNS(X)                                                                            \
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

#define SET_FAULT(name, at_fault) result.name = at_fault;
#define WRITE_NODE(name, at_fault)                                                                 \
    if (columns->out_##name != NULL) {                                                             \
        columns->out_##name[row] = result.name;                                                    \
    }

/* The type of a row, one of the table in room for it, or NULL. */
static const cnicalc_instance *find_type(const cnicalc_node_columns *columns, uint32_t index,
                                         cnicalc_instance *room)
{
    if (columns->instances == NULL) {
        return cnicalc_instance_at(index, room) == CNICALC_OK ? room : NULL;
    }
    return index < columns->instance_count ? &columns->instances[index] : NULL;
}

static void solve_rows(const struct batch *batch)
{
    const cnicalc_node_columns *columns = batch->columns;
    cnicalc_node_options options = *batch->options;
    for (size_t row = 0; row < columns->count; row++) {
        cnicalc_instance room;
        cnicalc_node_result result;
        cnicalc_status status = CNICALC_ERR_INDEX;
        const cnicalc_instance *type = find_type(columns, columns->instance_index[row], &room);
        if (type != NULL) {
            options.mode = columns->mode != NULL ? columns->mode[row] : batch->options->mode;
            status = cnicalc_node_solve(type, &options, &result);
        }
        if (status != CNICALC_OK) {
            NODE_COLUMNS(SET_FAULT)
        }
        NODE_COLUMNS(WRITE_NODE)
        if (columns->out_status != NULL) {
            columns->out_status[row] = status;
        }
    }
}

/* ---- The pods of rows of the built-in table ----
 *
 * Rows of one network have the same, and the table has far fewer networks than rows, so each is
 * solved once in each mode. */

#define BLOCK 256 /* rows; their columns are written one after the other */

struct answer {
    uint64_t max_pods;
    uint32_t bound_by;
    cnicalc_status status;
};

enum { NOT_ASKED = -1 }; /* no status */

struct known_pods {
    struct answer answers[CNICALC_MODE_COUNT << 8]; /* by mode, then by network, which is a byte */
};

/* Of a batch of one mode, that one is enough. */
static void forget(struct known_pods *known, uint32_t first_mode, uint32_t last_mode)
{
    for (uint32_t mode = first_mode; mode <= last_mode; mode++) {
        for (size_t i = 0; i <= CNICALC__NETWORKS_MAX; i++) {
            known->answers[mode << 8 | i].status = NOT_ASKED;
        }
    }
}

static int are_pods_alone(const cnicalc_node_columns *columns)
{
    return columns->out_trunk_pods == NULL && columns->out_kubelet_max_pods == NULL &&
           columns->out_schedulable_pods == NULL && columns->out_secondary_enis == NULL &&
           columns->out_ipv4_addresses == NULL && columns->out_joins == NULL &&
           columns->out_dual_stack == NULL && columns->out_allocatable_cpu_millicores == NULL &&
           columns->out_allocatable_memory_mib == NULL;
}

static CNICALC__APART struct answer solve_pods(const struct batch *batch, uint32_t mode,
                                               uint32_t network)
{
    struct answer answer = {CNICALC_UNKNOWN_COUNT, CNICALC_LIMIT_NONE, CNICALC_ERR_INDEX};
    cnicalc_instance instance;
    if (network == CNICALC__NETWORKS_MAX) {
        return answer;
    }
    answer.status = batch->statuses[mode];
    if (answer.status == CNICALC_OK) {
        cnicalc__network_columns(network, &instance);
        answer.status = cnicalc__node_pods(&batch->questions[mode], &instance, &answer.max_pods,
                                           &answer.bound_by);
    }
    return answer;
}

/* Finds the answers of some rows from first on. */
static void find_answers(const struct batch *batch, struct known_pods *known, size_t first,
                         size_t count, const struct answer **answers)
{
    const uint32_t *modes = batch->columns->mode;
    uint32_t mode = known_mode(batch->options->mode);
    uint8_t networks[BLOCK];
    cnicalc__instance_networks(batch->columns->instance_index + first, count, networks);
    for (size_t i = 0; i < count; i++) {
        if (modes != NULL) {
            mode = known_mode(modes[first + i]);
        }
        struct answer *answer = &known->answers[mode << 8 | networks[i]];
        if (answer->status == NOT_ASKED) {
            *answer = solve_pods(batch, mode, networks[i]);
        }
        answers[i] = answer;
    }
}

#define WRITE_PODS(name)                                                                           \
    if (columns->out_##name != NULL) {                                                             \
        for (size_t i = 0; i < count; i++) {                                                       \
            columns->out_##name[first + i] = answers[i]->name;                                     \
        }                                                                                          \
    }

static void solve_all_pods(const struct batch *batch)
{
    const cnicalc_node_columns *columns = batch->columns;
    struct known_pods known;
    const struct answer *answers[BLOCK];
    if (columns->mode != NULL) {
        forget(&known, 0, CNICALC_MODE_COUNT - 1);
    } else {
        forget(&known, known_mode(batch->options->mode), known_mode(batch->options->mode));
    }
    for (size_t first = 0; first < columns->count; first += BLOCK) {
        size_t count = (size_t)cnicalc__min(columns->count - first, BLOCK);
        find_answers(batch, &known, first, count, answers);
        WRITE_PODS(max_pods)
        WRITE_PODS(bound_by)
        WRITE_PODS(status)
    }
}

/* ---- The question ---- */

cnicalc_status cnicalc_node_solve_batch(const cnicalc_node_options *options,
                                        const cnicalc_node_columns *columns)
{
    struct batch batch;
    if (options == NULL || columns == NULL ||
        (columns->instance_index == NULL && columns->count != 0)) {
        return CNICALC_ERR_NULL;
    }
    if (options->struct_size != sizeof *options) {
        return CNICALC_ERR_STRUCT_SIZE;
    }
    batch.columns = columns;
    batch.options = options;
    if (columns->instances != NULL || !are_pods_alone(columns)) {
        solve_rows(&batch);
        return CNICALC_OK;
    }
    for (uint32_t mode = 0; mode < CNICALC_MODE_COUNT; mode++) {
        batch.statuses[mode] = cnicalc__node_ask(options, mode, &batch.questions[mode]);
    }
    solve_all_pods(&batch);
    return CNICALC_OK;
}
