/* SPDX-License-Identifier: MIT */
/* Many nodes in one call. */
#include "node.h"

#include "internal_instance.h"
#include "rank.h"

/* A question, as it is of each mode; of the first, where all rows have one. */
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

/* ---- Rank: most pods first, unknown ones last ---- */

enum { RANKED, UNRANKED, NODE_CLASSES };

static void rank_nodes(const uint64_t *max_pods, const uint32_t *lists, uint32_t *links,
                       uint32_t *counts)
{
    const cnicalc__ranking ranking = {{{max_pods, NULL, 1, UINT64_MAX}}, 1, links, counts};
    (void)cnicalc__rank(&ranking, lists[UNRANKED], cnicalc__rank(&ranking, lists[RANKED], 0));
}

static void rank_rows(const cnicalc_node_columns *columns)
{
    uint32_t lists[NODE_CLASSES] = {CNICALC__RANK_END, CNICALC__RANK_END};
    for (uint32_t row = (uint32_t)columns->count; row-- > 0;) {
        uint32_t *list = &lists[columns->out_max_pods[row] == CNICALC_UNKNOWN_COUNT];
        columns->out_rank[row] = *list;
        *list = row;
    }
    rank_nodes(columns->out_max_pods, lists, columns->out_rank, NULL);
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
    if (columns->out_rank != NULL) {
        rank_rows(columns);
    }
}

/* ---- The pods of rows of the built-in table ----
 *
 * Rows of one network have the same, and the table has far fewer networks than rows, so each is
 * solved once in each mode. */

#define BLOCK   256                       /* rows at a time */
#define ANSWERS (CNICALC_MODE_COUNT << 8) /* by mode, then by network, which is a byte */

enum { NOT_ASKED = -1 }; /* no status; all its bytes are alike */

struct known_pods {
    uint64_t max_pods[ANSWERS];
    uint32_t bound_by[ANSWERS];
    cnicalc_status status[ANSWERS];
    uint32_t counts[ANSWERS]; /* of rows, if they are ranked */
    uint32_t links[ANSWERS];
    uint32_t lists[NODE_CLASSES]; /* of the answers */
};

static int are_pods_alone(const cnicalc_node_columns *columns)
{
    return columns->out_trunk_pods == NULL && columns->out_kubelet_max_pods == NULL &&
           columns->out_schedulable_pods == NULL && columns->out_secondary_enis == NULL &&
           columns->out_ipv4_addresses == NULL && columns->out_joins == NULL &&
           columns->out_dual_stack == NULL && columns->out_allocatable_cpu_millicores == NULL &&
           columns->out_allocatable_memory_mib == NULL;
}

static CNICALC__APART void learn_pods(const struct batch *batch, uint32_t answer,
                                      struct known_pods *known)
{
    uint32_t network = answer & 0xff;
    cnicalc_status status = CNICALC_ERR_INDEX;
    cnicalc_instance instance;
    cnicalc__node node;
    cnicalc__node_limits limits;
    known->max_pods[answer] = CNICALC_UNKNOWN_COUNT;
    known->bound_by[answer] = CNICALC_LIMIT_NONE;
    if (network != CNICALC__NETWORKS_MAX) {
        status = batch->statuses[answer >> 8];
    }
    if (status == CNICALC_OK) {
        cnicalc__network_columns(network, &instance);
        status = cnicalc__node_pods(&batch->questions[answer >> 8], &instance, &node, &limits);
    }
    if (status == CNICALC_OK) {
        known->max_pods[answer] = node.max_pods;
        known->bound_by[answer] = node.bound_by;
    }
    known->status[answer] = status;
    uint32_t *list = &known->lists[known->max_pods[answer] == CNICALC_UNKNOWN_COUNT];
    known->links[answer] = *list;
    *list = answer;
}

/* A column from some row on, or room for what nobody asks for: so no row needs a branch. */
#define COLUMN(name, room) (columns->out_##name != NULL ? columns->out_##name + first : (room))

static void solve_block(const struct batch *batch, size_t first, size_t count,
                        struct known_pods *known)
{
    const cnicalc_node_columns *columns = batch->columns;
    uint64_t pods_room[BLOCK];
    uint32_t room[BLOCK];
    cnicalc_status status_room[BLOCK];
    uint64_t *max_pods = COLUMN(max_pods, pods_room);
    uint32_t *bound_by = COLUMN(bound_by, room);
    cnicalc_status *status = COLUMN(status, status_room);
    uint32_t answers[BLOCK];
    cnicalc__instance_networks(columns->instance_index + first, count, answers);
    for (size_t i = 0; i < count; i++) {
        uint32_t answer = answers[i];
        if (columns->mode != NULL) {
            answer |= known_mode(columns->mode[first + i]) << 8;
        }
        if (known->status[answer] == NOT_ASKED) {
            learn_pods(batch, answer, known);
        }
        max_pods[i] = known->max_pods[answer];
        bound_by[i] = known->bound_by[answer];
        status[i] = known->status[answer];
    }
}

static void solve_all_pods(const struct batch *batch, struct known_pods *known)
{
    size_t rows = batch->columns->count;
    memset(known->status, NOT_ASKED, sizeof known->status);
    for (size_t first = 0; first < rows; first += BLOCK) {
        solve_block(batch, first, (size_t)cnicalc__min(rows - first, BLOCK), known);
    }
}

/* The same, ranked. What rows ask for is counted first, and out_rank has it meanwhile. */

static void count_answers(const cnicalc_node_columns *columns, uint32_t *answers, uint32_t *counts)
{
    memset(counts, 0, sizeof(uint32_t[ANSWERS]));
    cnicalc__instance_networks(columns->instance_index, columns->count, answers);
    for (size_t row = 0; columns->mode != NULL && row < columns->count; row++) {
        answers[row] |= known_mode(columns->mode[row]) << 8;
    }
    for (size_t row = 0; row < columns->count; row++) {
        counts[answers[row]]++;
    }
}

#define WRITE_PODS(name)                                                                           \
    if (columns->out_##name != NULL) {                                                             \
        for (size_t row = 0; row < columns->count; row++) {                                        \
            columns->out_##name[row] = known->name[answers[row]];                                  \
        }                                                                                          \
    }

static void rank_all_pods(const struct batch *batch, struct known_pods *known)
{
    const cnicalc_node_columns *columns = batch->columns;
    uint32_t *answers = columns->out_rank;
    count_answers(columns, answers, known->counts);
    for (uint32_t answer = 0; answer < ANSWERS; answer++) {
        if (known->counts[answer] != 0) {
            learn_pods(batch, answer, known);
        }
    }
    WRITE_PODS(max_pods)
    WRITE_PODS(bound_by)
    WRITE_PODS(status)
    rank_nodes(known->max_pods, known->lists, known->links, known->counts);
    cnicalc__rank_shared(known->links, known->counts, answers, columns->count);
}

/* ---- The question ---- */

cnicalc_status cnicalc_node_solve_batch(const cnicalc_node_options *options,
                                        const cnicalc_node_columns *columns)
{
    struct batch batch;
    if (options == NULL || columns == NULL ||
        (columns->count != 0 && (columns->instance_index == NULL ||
                                 (columns->out_rank != NULL && columns->out_max_pods == NULL)))) {
        return CNICALC_ERR_NULL;
    }
    if ((uint64_t)columns->count > UINT32_MAX) {
        return CNICALC_ERR_CAPACITY;
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
        uint32_t asked = columns->mode != NULL ? mode : options->mode;
        batch.statuses[mode] = cnicalc__node_ask(options, asked, &batch.questions[mode]);
    }
    struct known_pods known;
    memset(known.lists, 0xff, sizeof known.lists); /* CNICALC__RANK_END */
    if (columns->out_rank != NULL) {
        rank_all_pods(&batch, &known);
    } else {
        solve_all_pods(&batch, &known);
    }
    return CNICALC_OK;
}
