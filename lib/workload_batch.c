/* SPDX-License-Identifier: MIT */
/* One workload on many types, and how they rank. */
#include "internal_instance.h"
#include "node.h"
#include "rank.h"
#include "workload.h"

/* ---- Rows ---- */

/* What has a column. */
struct answer {
    uint64_t nodes, pods_per_node, idle_memory_kib;
    uint32_t vcpus, idle_cpu_thousandths, idle_memory_thousandths, bound_by, short_of;
    cnicalc_status status;
};

#define WRITE(name)                                                                                \
    if (columns->out_##name != NULL) {                                                             \
        columns->out_##name[row] = answer->name;                                                   \
    }

static void write_workload_row(const cnicalc_workload_columns *columns, size_t row,
                               const struct answer *answer)
{
    WRITE(vcpus)
    WRITE(nodes)
    WRITE(pods_per_node)
    WRITE(idle_memory_kib)
    WRITE(idle_cpu_thousandths)
    WRITE(idle_memory_thousandths)
    WRITE(bound_by)
    WRITE(short_of)
    WRITE(status)
}

static void set_failure(struct answer *answer, cnicalc_status status)
{
    memset(answer, 0xff, sizeof *answer); /* nothing is known */
    answer->bound_by = CNICALC_LIMIT_NONE;
    answer->short_of = CNICALC_LIMIT_NONE;
    answer->status = status;
}

/* Of a type whose node question has an answer. */
static void set_answer(const cnicalc__workload_question *question,
                       const cnicalc_workload_columns *columns, const cnicalc_instance *instance,
                       const cnicalc_node_result *node, struct answer *answer)
{
    cnicalc__room rooms[CNICALC__RESOURCE_COUNT];
    cnicalc_workload_result result;
    uint32_t column;
    cnicalc_status status =
        cnicalc__workload_find(question, instance, node, rooms, &result, &column);
    if (status != CNICALC_OK) {
        set_failure(answer, status);
        return;
    }
    answer->status = CNICALC_OK;
    answer->vcpus = instance->vcpus;
    answer->nodes = result.nodes;
    answer->pods_per_node = result.pods_per_node;
    answer->idle_memory_kib = result.idle_memory_kib;
    answer->bound_by = result.bound_by;
    answer->short_of = result.short_of;
    if (columns->out_idle_cpu_thousandths != NULL || columns->out_idle_memory_thousandths != NULL) {
        cnicalc__workload_set_thousandths(node, &result);
        answer->idle_cpu_thousandths = result.idle_cpu_thousandths;
        answer->idle_memory_thousandths = result.idle_memory_thousandths;
    }
}

static void solve_own_rows(const cnicalc__workload_question *question,
                           const cnicalc_workload_columns *columns)
{
    for (size_t row = 0; row < columns->count; row++) {
        size_t index = columns->instance_index == NULL ? row : columns->instance_index[row];
        cnicalc_node_result node;
        struct answer answer;
        cnicalc_status status = CNICALC_ERR_INDEX;
        if (index < columns->instance_count) {
            status = cnicalc__workload_node(&columns->instances[index], question->options, &node);
        }
        if (status == CNICALC_OK) {
            set_answer(question, columns, &columns->instances[index], &node, &answer);
        } else {
            set_failure(&answer, status);
        }
        write_workload_row(columns, row, &answer);
    }
}

/* ---- Rank: rows that fit, rows that do not, rows without a number of nodes ---- */

enum { FIT, SHORT, UNKNOWN_NODES, FIT_CLASSES };

static uint32_t class_of(uint64_t nodes, uint32_t short_of)
{
    if (nodes == CNICALC_UNKNOWN_COUNT) {
        return UNKNOWN_NODES;
    }
    return short_of == CNICALC_LIMIT_NONE ? FIT : SHORT;
}

/* Those without a number of nodes stay in their order. */
static void rank_workloads(cnicalc__ranking *ranking, const uint32_t *lists)
{
    uint32_t place = cnicalc__rank(ranking, lists[FIT], 0);
    place = cnicalc__rank(ranking, lists[SHORT], place);
    ranking->key_count = 0;
    (void)cnicalc__rank(ranking, lists[UNKNOWN_NODES], place);
}

static void rank_own_workloads(const cnicalc_workload_columns *columns)
{
    cnicalc__ranking ranking = {{{columns->out_nodes, NULL, 1, 0},
                                 {NULL, columns->out_vcpus, 1, 0},
                                 {columns->out_idle_memory_kib, NULL, 1, 0}},
                                3,
                                columns->out_rank,
                                NULL};
    uint32_t lists[FIT_CLASSES] = {CNICALC__RANK_END, CNICALC__RANK_END, CNICALC__RANK_END};
    for (uint32_t row = (uint32_t)columns->count; row-- > 0;) {
        uint32_t *list = &lists[class_of(columns->out_nodes[row], columns->out_short_of[row])];
        columns->out_rank[row] = *list;
        *list = row;
    }
    rank_workloads(&ranking, lists);
}

/* ---- Rows of the built-in table ----
 *
 * They share few networks, and each is asked for its node once. Rows of one pair of network and
 * machine answer alike: each pair is solved once. */

#define PAIRS         (CNICALC__PAIRS_MAX + 1) /* the last is that of an index that is no type's */
#define PAIRS_AT_ONCE 256

/* What of a node's answer follows from the network alone. */
struct known_node {
    uint64_t max_pods, kubelet_max_pods, schedulable_pods;
    uint32_t bound_by, joins;
    cnicalc_status status;
    uint32_t is_known;
};

struct known_answers {
    struct known_node nodes[CNICALC__NETWORKS_MAX];
    cnicalc_instance machine; /* nothing but vCPUs and memory, of the last pair */
    struct answer answers[PAIRS];
    uint32_t counts[PAIRS]; /* of rows; 0: the pair is not known yet */
    uint32_t links[PAIRS];
    uint32_t lists[FIT_CLASSES];
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
                       const cnicalc_workload_columns *columns, uint32_t pair,
                       struct known_answers *known)
{
    uint32_t network = cnicalc__pair_machine(pair, &known->machine);
    const struct known_node *of_network = &known->nodes[network];
    cnicalc_node_result node;
    if (!of_network->is_known) {
        learn_node(question, network, &known->nodes[network]);
    }
    if (of_network->status != CNICALC_OK) {
        set_failure(&known->answers[pair], of_network->status);
        return;
    }
    node.max_pods = of_network->max_pods;
    node.kubelet_max_pods = of_network->kubelet_max_pods;
    node.schedulable_pods = of_network->schedulable_pods;
    node.bound_by = of_network->bound_by;
    node.joins = of_network->joins;
    cnicalc__node_set_allocatable(&known->machine, &question->options->node, &node);
    set_answer(question, columns, &known->machine, &node, &known->answers[pair]);
}

static void learn_pair(const cnicalc__workload_question *question,
                       const cnicalc_workload_columns *columns, uint32_t pair,
                       struct known_answers *known)
{
    const struct answer *answer = &known->answers[pair];
    if (pair == CNICALC__PAIRS_MAX) {
        set_failure(&known->answers[pair], CNICALC_ERR_INDEX);
    } else {
        solve_pair(question, columns, pair, known);
    }
    uint32_t *list = &known->lists[class_of(answer->nodes, answer->short_of)];
    known->links[pair] = *list;
    *list = pair;
}

/* out_rank has the pairs until they are ranked. */
static void solve_built_in_rows(const cnicalc__workload_question *question,
                                const cnicalc_workload_columns *columns,
                                struct known_answers *known)
{
    uint16_t pairs[PAIRS_AT_ONCE];
    memset(known->nodes, 0, sizeof known->nodes);
    memset(known->counts, 0, sizeof known->counts);
    memset(known->lists, 0xff, sizeof known->lists); /* CNICALC__RANK_END */
    cnicalc__instance_clear(&known->machine);
    for (size_t first = 0; first < columns->count; first += PAIRS_AT_ONCE) {
        size_t count = (size_t)cnicalc__min(columns->count - first, PAIRS_AT_ONCE);
        cnicalc__instance_pairs(columns->instance_index, first, count, pairs);
        for (size_t i = 0; i < count; i++) {
            if (known->counts[pairs[i]]++ == 0) {
                learn_pair(question, columns, pairs[i], known);
            }
            write_workload_row(columns, first + i, &known->answers[pairs[i]]);
            if (columns->out_rank != NULL) {
                columns->out_rank[first + i] = pairs[i];
            }
        }
    }
}

#define STEP(type) (sizeof(struct answer) / sizeof(type))

static void rank_built_in_rows(const cnicalc_workload_columns *columns, struct known_answers *known)
{
    const struct answer *answers = known->answers;
    cnicalc__ranking ranking = {{{&answers->nodes, NULL, STEP(uint64_t), 0},
                                 {NULL, &answers->vcpus, STEP(uint32_t), 0},
                                 {&answers->idle_memory_kib, NULL, STEP(uint64_t), 0}},
                                3,
                                known->links,
                                known->counts};
    rank_workloads(&ranking, known->lists);
    cnicalc__rank_shared(known->links, known->counts, columns->out_rank, columns->count);
}

/* Apart, since what is known takes some 40 kB of the stack. */
static CNICALC__APART void solve_built_in(const cnicalc__workload_question *question,
                                          const cnicalc_workload_columns *columns)
{
    struct known_answers known;
    solve_built_in_rows(question, columns, &known);
    if (columns->out_rank != NULL) {
        rank_built_in_rows(columns, &known);
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
    if (columns->instances == NULL) {
        solve_built_in(&question, columns);
        return CNICALC_OK;
    }
    solve_own_rows(&question, columns);
    if (columns->out_rank != NULL) {
        rank_own_workloads(columns);
    }
    return CNICALC_OK;
}
