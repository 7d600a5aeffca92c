/* SPDX-License-Identifier: MIT */
/* One workload on many types, and how they rank. */
#include "internal_instance.h"
#include "node.h"
#include "workload.h"

/* ---- Rows ---- */

/* The members of a result that have a column, and what a row that fails has there. */
#define WORKLOAD_COLUMNS(X)                                                                        \
    X(nodes, CNICALC_UNKNOWN_COUNT)                                                                \
    X(pods_per_node, CNICALC_UNKNOWN_COUNT)                                                        \
    X(idle_memory_kib, CNICALC_UNKNOWN_COUNT)                                                      \
    X(idle_cpu_thousandths, CNICALC_UNKNOWN)                                                       \
    X(idle_memory_thousandths, CNICALC_UNKNOWN)                                                    \
    X(bound_by, CNICALC_LIMIT_NONE)                                                                \
    X(short_of, CNICALC_LIMIT_NONE)

#define WRITE(name, value)                                                                         \
    if (columns->out_##name != NULL) {                                                             \
        columns->out_##name[row] = value;                                                          \
    }
#define WRITE_MEMBER(name, at_fault) WRITE(name, result->name)
#define SET_MEMBER(name, at_fault)   result.name = at_fault;
#define COPY(name, at_fault)         WRITE(name, columns->out_##name[twin])

static void write_workload_row(const cnicalc_workload_columns *columns, size_t row, uint32_t vcpus,
                               cnicalc_status status, const cnicalc_workload_result *result)
{
    WRITE(vcpus, vcpus)
    WRITE(status, status)
    WORKLOAD_COLUMNS(WRITE_MEMBER)
}

static void write_failure(const cnicalc_workload_columns *columns, size_t row,
                          cnicalc_status status)
{
    cnicalc_workload_result result;
    WORKLOAD_COLUMNS(SET_MEMBER)
    write_workload_row(columns, row, CNICALC_UNKNOWN, status, &result);
}

static void copy_row(const cnicalc_workload_columns *columns, size_t row, size_t twin)
{
    WRITE(vcpus, columns->out_vcpus[twin])
    WRITE(status, columns->out_status[twin])
    WORKLOAD_COLUMNS(COPY)
}

/* A row whose node question has an answer. */
static void solve_row(const cnicalc__workload_question *question,
                      const cnicalc_workload_columns *columns, size_t row,
                      const cnicalc_instance *instance, const cnicalc_node_result *node)
{
    cnicalc__room rooms[CNICALC__RESOURCE_COUNT];
    cnicalc_workload_result result;
    uint32_t column;
    cnicalc_status status =
        cnicalc__workload_find(question, instance, node, rooms, &result, &column);
    if (status != CNICALC_OK) {
        write_failure(columns, row, status);
        return;
    }
    result.idle_cpu_thousandths = CNICALC_UNKNOWN;
    result.idle_memory_thousandths = CNICALC_UNKNOWN;
    if (columns->out_idle_cpu_thousandths != NULL || columns->out_idle_memory_thousandths != NULL) {
        cnicalc__workload_set_thousandths(node, &result);
    }
    write_workload_row(columns, row, instance->vcpus, CNICALC_OK, &result);
}

static void solve_own_rows(const cnicalc__workload_question *question,
                           const cnicalc_workload_columns *columns)
{
    for (size_t row = 0; row < columns->count; row++) {
        size_t index = columns->instance_index == NULL ? row : columns->instance_index[row];
        const cnicalc_instance *instance =
            index < columns->instance_count ? &columns->instances[index] : NULL;
        cnicalc_node_result node;
        cnicalc_status status = CNICALC_ERR_INDEX;
        if (instance != NULL) {
            status = cnicalc__workload_node(instance, question->options, &node);
        }
        if (status == CNICALC_OK) {
            solve_row(question, columns, row, instance, &node);
        } else {
            write_failure(columns, row, status);
        }
    }
}

/* ---- Rows of the built-in table ----
 *
 * They share few networks, and each is asked for its node once. Rows of one pair of network and
 * machine answer alike: the first is solved, the others are copied. */

/* What of a node's answer follows from the network alone. */
struct known_node {
    uint64_t max_pods, kubelet_max_pods, schedulable_pods;
    uint32_t bound_by, joins;
    cnicalc_status status;
    uint32_t is_known;
};

struct known_answers {
    struct known_node nodes[CNICALC__NETWORKS_MAX];
    cnicalc_instance machine;                /* nothing but vCPUs and memory, of the last pair */
    uint32_t counts[CNICALC__PAIRS_MAX + 1]; /* of rows of each pair */
    uint32_t firsts[CNICALC__PAIRS_MAX + 1]; /* the first of them */
};

static CNICALC__APART void learn_node(const cnicalc__workload_question *question, uint32_t network,
                                      struct known_node *known)
{
    cnicalc_instance instance;
    cnicalc_node_result node;
    cnicalc__network_columns(network, &instance);
    known->is_known = 1;
    known->status = cnicalc__workload_node(&instance, question->options, &node);
    if (known->status == CNICALC_OK) {
        known->max_pods = node.max_pods;
        known->kubelet_max_pods = node.kubelet_max_pods;
        known->schedulable_pods = node.schedulable_pods;
        known->bound_by = node.bound_by;
        known->joins = node.joins;
    }
}

static void solve_pair(const cnicalc__workload_question *question,
                       const cnicalc_workload_columns *columns, size_t row, uint32_t pair,
                       struct known_answers *known)
{
    uint32_t network = cnicalc__pair_machine(pair, &known->machine);
    const struct known_node *of_network = &known->nodes[network];
    cnicalc_node_result node;
    if (!of_network->is_known) {
        learn_node(question, network, &known->nodes[network]);
    }
    if (of_network->status != CNICALC_OK) {
        write_failure(columns, row, of_network->status);
        return;
    }
    node.max_pods = of_network->max_pods;
    node.kubelet_max_pods = of_network->kubelet_max_pods;
    node.schedulable_pods = of_network->schedulable_pods;
    node.bound_by = of_network->bound_by;
    node.joins = of_network->joins;
    cnicalc__node_set_allocatable(&known->machine, &question->options->node, &node);
    solve_row(question, columns, row, &known->machine, &node);
}

static void solve_built_in_row(const cnicalc__workload_question *question,
                               const cnicalc_workload_columns *columns, size_t row, uint32_t pair,
                               struct known_answers *known)
{
    if (known->counts[pair]++ != 0) {
        copy_row(columns, row, known->firsts[pair]);
        return;
    }
    known->firsts[pair] = (uint32_t)row;
    if (pair == CNICALC__PAIRS_MAX) {
        write_failure(columns, row, CNICALC_ERR_INDEX);
    } else {
        solve_pair(question, columns, row, pair, known);
    }
}

#define PAIRS_AT_ONCE 256

static void solve_built_in_rows(const cnicalc__workload_question *question,
                                const cnicalc_workload_columns *columns,
                                struct known_answers *known)
{
    uint16_t pairs[PAIRS_AT_ONCE];
    memset(known, 0, sizeof *known);
    cnicalc__instance_clear(&known->machine);
    for (size_t first = 0; first < columns->count; first += PAIRS_AT_ONCE) {
        size_t count = (size_t)cnicalc__min(columns->count - first, PAIRS_AT_ONCE);
        cnicalc__instance_pairs(columns->instance_index, first, count, pairs);
        for (size_t i = 0; i < count; i++) {
            solve_built_in_row(question, columns, first + i, pairs[i], known);
        }
    }
}

/* ---- Rank: rows without a number of nodes stay in their order, after the others ---- */

static int is_ranked(const cnicalc_workload_columns *columns, uint32_t row)
{
    return columns->out_nodes[row] != CNICALC_UNKNOWN_COUNT;
}

/* Makes places of the links of a list, from one on, and returns the one after. */
static uint32_t number(const cnicalc_workload_columns *columns, uint32_t list, uint32_t place)
{
    while (list != CNICALC__RANK_END) {
        uint32_t row = list;
        list = columns->out_rank[row];
        columns->out_rank[row] = place++;
    }
    return place;
}

static void rank_own_rows(const cnicalc_workload_columns *columns)
{
    uint32_t list = CNICALC__RANK_END;
    uint32_t unknown = CNICALC__RANK_END;
    for (uint32_t row = (uint32_t)columns->count; row-- > 0;) {
        uint32_t *to = is_ranked(columns, row) ? &list : &unknown;
        columns->out_rank[row] = *to;
        *to = row;
    }
    list = cnicalc__rank_sort(columns, list);
    (void)number(columns, unknown, number(columns, list, 0));
}

/* Numbers the rows of a sorted list from 0, equals alike, and returns how many numbers there are.
 */
static uint32_t number_groups(const cnicalc_workload_columns *columns, uint32_t list)
{
    uint32_t last = CNICALC__RANK_END;
    uint32_t count = 0;
    while (list != CNICALC__RANK_END) {
        uint32_t row = list;
        count += last == CNICALC__RANK_END || cnicalc__rank_differs(columns, last, row);
        list = columns->out_rank[row];
        columns->out_rank[row] = count - 1;
        last = row;
    }
    return count;
}

/* Of the built-in table, the first rows of pairs are sorted. All rows of pairs that are equals are
 * then a group, in which they keep their order. */
static void rank_built_in_rows(const cnicalc_workload_columns *columns,
                               const struct known_answers *known)
{
    uint16_t groups[CNICALC__PAIRS_MAX + 1]; /* of each pair */
    uint32_t places[CNICALC__PAIRS_MAX + 2]; /* of the next row of each group */
    uint16_t pairs[PAIRS_AT_ONCE];
    uint32_t list = CNICALC__RANK_END;
    for (uint32_t pair = 0; pair <= CNICALC__PAIRS_MAX; pair++) {
        if (known->counts[pair] != 0 && is_ranked(columns, known->firsts[pair])) {
            columns->out_rank[known->firsts[pair]] = list;
            list = known->firsts[pair];
        }
    }
    uint32_t unknown = number_groups(columns, cnicalc__rank_sort(columns, list));
    memset(places, 0, sizeof places);
    for (uint32_t pair = 0; pair <= CNICALC__PAIRS_MAX; pair++) {
        uint32_t row = known->firsts[pair];
        if (known->counts[pair] != 0) {
            groups[pair] = (uint16_t)(is_ranked(columns, row) ? columns->out_rank[row] : unknown);
            places[groups[pair] + 1] += known->counts[pair];
        }
    }
    for (uint32_t group = 0; group < unknown; group++) {
        places[group + 1] += places[group];
    }
    for (size_t first = 0; first < columns->count; first += PAIRS_AT_ONCE) {
        size_t count = (size_t)cnicalc__min(columns->count - first, PAIRS_AT_ONCE);
        cnicalc__instance_pairs(columns->instance_index, first, count, pairs);
        for (size_t i = 0; i < count; i++) {
            columns->out_rank[first + i] = places[groups[pairs[i]]]++;
        }
    }
}

/* ---- The question ---- */

static int is_batch_null(const cnicalc_workload *workloads, size_t workload_count,
                         const cnicalc_workload_options *options,
                         const cnicalc_workload_columns *columns)
{
    if (options == NULL || columns == NULL || (workloads == NULL && workload_count != 0)) {
        return 1;
    }
    return columns->out_rank != NULL && columns->count != 0 &&
           (columns->out_vcpus == NULL || columns->out_nodes == NULL ||
            columns->out_idle_memory_kib == NULL || columns->out_short_of == NULL);
}

cnicalc_status cnicalc_workload_solve_batch(const cnicalc_workload *workloads,
                                            size_t workload_count,
                                            const cnicalc_workload_options *options,
                                            const cnicalc_workload_columns *columns,
                                            cnicalc_fault *out_fault)
{
    cnicalc__workload_question question;
    struct known_answers known;
    if (is_batch_null(workloads, workload_count, options, columns)) {
        return CNICALC_ERR_NULL;
    }
    if ((uint64_t)columns->count > UINT32_MAX) {
        return cnicalc__whole_fault(CNICALC_ERR_CAPACITY, out_fault);
    }
    cnicalc_status status =
        cnicalc__workload_begin(workloads, workload_count, options, &question, out_fault);
    if (status != CNICALC_OK) {
        return status;
    }
    if (columns->instances != NULL) {
        solve_own_rows(&question, columns);
    } else {
        solve_built_in_rows(&question, columns, &known);
    }
    if (columns->out_rank == NULL) {
        return CNICALC_OK;
    }
    if (columns->instances != NULL) {
        rank_own_rows(columns);
    } else {
        rank_built_in_rows(columns, &known);
    }
    return CNICALC_OK;
}
