/* SPDX-License-Identifier: MIT */
/* One workload on many types, and how they rank. */
#include "workload.h"

#include "internal_instance.h"
#include "node.h"

/* ---- Rows ---- */

/* The members of a result that have a column. */
#define COLUMN_LIST(X)                                                                             \
    X(nodes)                                                                                       \
    X(pods_per_node)                                                                               \
    X(idle_memory_kib)                                                                             \
    X(idle_cpu_thousandths)                                                                        \
    X(idle_memory_thousandths)                                                                     \
    X(bound_by)                                                                                    \
    X(short_of)

#define WRITE(name, value)                                                                         \
    if (columns->out_##name != NULL) {                                                             \
        columns->out_##name[row] = value;                                                          \
    }
#define WRITE_MEMBER(name) WRITE(name, result->name)
#define COPY(name)         WRITE(name, columns->out_##name[twin])

static void write_result(const cnicalc_workload_columns *columns, size_t row, uint32_t vcpus,
                         const cnicalc_workload_result *result)
{
    WRITE(vcpus, vcpus)
    WRITE(status, CNICALC_OK)
    COLUMN_LIST(WRITE_MEMBER)
}

static void write_failure(const cnicalc_workload_columns *columns, size_t row,
                          cnicalc_status status)
{
    WRITE(vcpus, CNICALC_UNKNOWN)
    WRITE(nodes, CNICALC_UNKNOWN_COUNT)
    WRITE(pods_per_node, CNICALC_UNKNOWN_COUNT)
    WRITE(idle_memory_kib, CNICALC_UNKNOWN_COUNT)
    WRITE(idle_cpu_thousandths, CNICALC_UNKNOWN)
    WRITE(idle_memory_thousandths, CNICALC_UNKNOWN)
    WRITE(bound_by, CNICALC_LIMIT_NONE)
    WRITE(short_of, CNICALC_LIMIT_NONE)
    WRITE(status, status)
}

static void copy_row(const cnicalc_workload_columns *columns, size_t row, size_t twin)
{
    COPY(vcpus)
    COPY(status)
    COLUMN_LIST(COPY)
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
        cnicalc__workload_check_known(instance, &question->mix, question->options, node, &column);
    if (status == CNICALC_OK) {
        status = cnicalc__workload_rooms(question, node, rooms);
    }
    if (status == CNICALC_OK) {
        status = cnicalc__workload_find(question, node, rooms, &result);
    }
    if (status == CNICALC_OK) {
        write_result(columns, row, instance->vcpus, &result);
    } else {
        write_failure(columns, row, status);
    }
}

static void solve_own(const cnicalc__workload_question *question,
                      const cnicalc_workload_columns *columns, size_t row, size_t index)
{
    cnicalc_node_result node;
    cnicalc_status status = CNICALC_ERR_INDEX;
    if (index < columns->instance_count) {
        status = cnicalc__workload_node(&columns->instances[index], question->options, &node);
    }
    if (status == CNICALC_OK) {
        solve_row(question, columns, row, &columns->instances[index], &node);
    } else {
        write_failure(columns, row, status);
    }
}

/* ---- The built-in table ----
 *
 * Its rows share few networks, and each is asked for its node once. Rows that share network and
 * machine answer alike: the first of such twins is solved, the others are copied. */

/* What of a node's answer follows from the network alone. */
struct known_node {
    uint64_t max_pods, kubelet_max_pods, schedulable_pods;
    uint32_t bound_by, joins;
    cnicalc_status status;
    uint16_t is_known;
    uint16_t twins; /* the first of the network, or CNICALC__PAIRS_MAX */
};

struct twin {
    size_t row;
    uint16_t machine;
    uint16_t next; /* of the same network, or CNICALC__PAIRS_MAX */
};

struct known_answers {
    struct known_node nodes[CNICALC__NETWORKS_MAX];
    struct twin twins[CNICALC__PAIRS_MAX];
    uint16_t twin_count;
};

static void forget(struct known_answers *known)
{
    known->twin_count = 0;
    for (size_t i = 0; i < CNICALC__NETWORKS_MAX; i++) {
        known->nodes[i].is_known = 0;
        known->nodes[i].twins = CNICALC__PAIRS_MAX;
    }
}

static void remember_node(struct known_node *known, cnicalc_status status,
                          const cnicalc_node_result *node)
{
    known->is_known = 1;
    known->status = status;
    if (status == CNICALC_OK) {
        known->max_pods = node->max_pods;
        known->kubelet_max_pods = node->kubelet_max_pods;
        known->schedulable_pods = node->schedulable_pods;
        known->bound_by = node->bound_by;
        known->joins = node->joins;
    }
}

static void recall_node(const struct known_node *known, const cnicalc_instance *instance,
                        const cnicalc_node_options *options, cnicalc_node_result *node)
{
    node->max_pods = known->max_pods;
    node->kubelet_max_pods = known->kubelet_max_pods;
    node->schedulable_pods = known->schedulable_pods;
    node->bound_by = known->bound_by;
    node->joins = known->joins;
    cnicalc__node_set_allocatable(instance, options, node);
}

/* Solves a row of a known or unknown network. */
static void solve_first(struct known_node *known, const cnicalc__workload_question *question,
                        const cnicalc_workload_columns *columns, size_t row,
                        const cnicalc_instance *instance)
{
    cnicalc_node_result node;
    if (!known->is_known) {
        cnicalc_status status = cnicalc__workload_node(instance, question->options, &node);
        remember_node(known, status, &node);
    } else if (known->status == CNICALC_OK) {
        recall_node(known, instance, &question->options->node, &node);
    }
    if (known->status == CNICALC_OK) {
        solve_row(question, columns, row, instance, &node);
    } else {
        write_failure(columns, row, known->status);
    }
}

static const struct twin *find_twin(const struct known_answers *known, uint32_t network,
                                    uint32_t machine)
{
    uint32_t twin = known->nodes[network].twins;
    while (twin != CNICALC__PAIRS_MAX && known->twins[twin].machine != machine) {
        twin = known->twins[twin].next;
    }
    return twin == CNICALC__PAIRS_MAX ? NULL : &known->twins[twin];
}

static void solve_built_in(struct known_answers *known, const cnicalc__workload_question *question,
                           const cnicalc_workload_columns *columns, size_t row, size_t index)
{
    cnicalc_instance instance;
    uint32_t network = cnicalc__instance_network(index);
    if (network == CNICALC__NETWORKS_MAX) {
        write_failure(columns, row, CNICALC_ERR_INDEX);
        return;
    }
    uint32_t machine = cnicalc__instance_machine(index);
    const struct twin *twin = find_twin(known, network, machine);
    if (twin != NULL) {
        copy_row(columns, row, twin->row);
        return;
    }
    struct known_node *node = &known->nodes[network];
    struct twin first = {row, (uint16_t)machine, node->twins};
    node->twins = known->twin_count;
    known->twins[known->twin_count++] = first;
    cnicalc__instance_row(index, &instance);
    solve_first(node, question, columns, row, &instance);
}

/* ---- Rank ----
 *
 * Rows are sorted by one digit of a key after the other, the least significant first: each pass
 * deals the list of rows out to piles and puts the piles together again. The list is linked by
 * out_rank, so that it needs no memory of its own. */

#define END        UINT32_MAX
#define DIGIT_BITS 8
#define PILES      (1 << DIGIT_BITS)

/* The least significant first. */
enum key { IDLE_MEMORY, VCPUS, NODES, FITS };

#define KEY_COUNT 4

CNICALC__INLINE uint64_t key_of(const cnicalc_workload_columns *columns, enum key key, uint32_t row)
{
    if (key == IDLE_MEMORY) {
        return columns->out_idle_memory_kib[row];
    }
    if (key == VCPUS) {
        return columns->out_vcpus[row];
    }
    return key == NODES ? columns->out_nodes[row]
                        : columns->out_short_of[row] != CNICALC_LIMIT_NONE;
}

/* Deals a list out by one digit of a key, and returns the list of all piles. */
CNICALC__INLINE uint32_t deal(const cnicalc_workload_columns *columns, enum key key, uint32_t shift,
                              uint32_t list)
{
    uint32_t heads[PILES];
    uint32_t *tails[PILES];
    for (size_t pile = 0; pile < PILES; pile++) {
        tails[pile] = &heads[pile];
    }
    while (list != END) {
        size_t pile = key_of(columns, key, list) >> shift & (PILES - 1);
        *tails[pile] = list;
        tails[pile] = &columns->out_rank[list];
        list = *tails[pile];
    }
    for (size_t pile = PILES; pile-- > 0;) {
        *tails[pile] = list;
        list = heads[pile];
    }
    return list;
}

/* Sorts a list by a key, in the digits of which its rows differ; equals stay in their order. */
CNICALC__INLINE uint32_t sort_by(const cnicalc_workload_columns *columns, enum key key,
                                 uint64_t differing, uint32_t list)
{
    for (uint32_t shift = 0; shift < 64; shift += DIGIT_BITS) {
        if ((differing >> shift & (PILES - 1)) != 0) {
            list = deal(columns, key, shift, list);
        }
    }
    return list;
}

/* Makes places of the links of a list, from one on, and returns the one after. */
static uint32_t number(const cnicalc_workload_columns *columns, uint32_t list, uint32_t place)
{
    while (list != END) {
        uint32_t row = list;
        list = columns->out_rank[row];
        columns->out_rank[row] = place++;
    }
    return place;
}

/* Rows without a number of nodes stay in their order, after the others. */
static void rank(const cnicalc_workload_columns *columns)
{
    uint64_t any[KEY_COUNT] = {0, 0, 0, 0};
    uint64_t all[KEY_COUNT] = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX};
    uint32_t list = END;
    uint32_t unknown = END;
    for (uint32_t row = (uint32_t)columns->count; row-- > 0;) {
        uint32_t *to = columns->out_nodes[row] == CNICALC_UNKNOWN_COUNT ? &unknown : &list;
        columns->out_rank[row] = *to;
        *to = row;
        for (uint32_t key = 0; to == &list && key < KEY_COUNT; key++) {
            any[key] |= key_of(columns, (enum key)key, row);
            all[key] &= key_of(columns, (enum key)key, row);
        }
    }
    list = sort_by(columns, IDLE_MEMORY, any[IDLE_MEMORY] & ~all[IDLE_MEMORY], list);
    list = sort_by(columns, VCPUS, any[VCPUS] & ~all[VCPUS], list);
    list = sort_by(columns, NODES, any[NODES] & ~all[NODES], list);
    list = sort_by(columns, FITS, any[FITS] & ~all[FITS], list);
    (void)number(columns, unknown, number(columns, list, 0));
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
    forget(&known);
    for (size_t row = 0; row < columns->count; row++) {
        size_t index = columns->instance_index == NULL ? row : columns->instance_index[row];
        if (columns->instances == NULL) {
            solve_built_in(&known, &question, columns, row, index);
        } else {
            solve_own(&question, columns, row, index);
        }
    }
    if (columns->out_rank != NULL) {
        rank(columns);
    }
    return CNICALC_OK;
}
