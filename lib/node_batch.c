/* SPDX-License-Identifier: MIT */
/* Many nodes in one call. */
#include "cnicalc/node.h"

#include "internal_instance.h"

#include <string.h>

#define MODES (CNICALC_MODE_IP_PREFIX - CNICALC_MODE_SHARED_ENI + 1)

struct answer {
    uint64_t max_pods;
    uint32_t bound_by;
    cnicalc_status status;
};

/* Answers about rows of the built-in table. Rows of one network answer alike, and the table has far
 * fewer networks than rows, so each is solved once in each mode. */
struct known_answers {
    uint8_t is_known[CNICALC__NETWORKS_MAX][MODES];
    struct answer answers[CNICALC__NETWORKS_MAX][MODES];
};

static struct answer solve(const cnicalc_instance *instance, const cnicalc_node_options *options)
{
    cnicalc_node_result result;
    struct answer answer = {CNICALC_UNKNOWN_COUNT, CNICALC_NODE_LIMIT_NONE, CNICALC_OK};
    answer.status = cnicalc_node_solve(instance, options, &result);
    if (answer.status == CNICALC_OK) {
        answer.max_pods = result.max_pods;
        answer.bound_by = result.bound_by;
    }
    return answer;
}

static struct answer no_such_row(void)
{
    struct answer answer = {CNICALC_UNKNOWN_COUNT, CNICALC_NODE_LIMIT_NONE, CNICALC_ERR_INDEX};
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
    uint32_t mode = options->mode - CNICALC_MODE_SHARED_ENI;
    uint32_t network = cnicalc__instance_network(index);
    if (mode >= MODES || network >= CNICALC__NETWORKS_MAX) {
        return solve_built_in(index, options);
    }
    if (!known->is_known[network][mode]) {
        known->answers[network][mode] = solve_built_in(index, options);
        known->is_known[network][mode] = 1;
    }
    return known->answers[network][mode];
}

cnicalc_status cnicalc_node_solve_batch(const cnicalc_instance *instances, size_t instance_count,
                                        const uint32_t *instance_index, const uint32_t *mode,
                                        size_t count, const cnicalc_node_options *options,
                                        uint64_t *out_max_pods, uint32_t *out_bound_by,
                                        cnicalc_status *out_status)
{
    struct known_answers known;
    if (instance_index == NULL || options == NULL || out_max_pods == NULL || out_bound_by == NULL ||
        out_status == NULL) {
        return CNICALC_ERR_NULL;
    }
    if (options->struct_size != sizeof *options) {
        return CNICALC_ERR_STRUCT_SIZE;
    }
    memset(known.is_known, 0, sizeof known.is_known);
    cnicalc_node_options row_options = *options;
    for (size_t i = 0; i < count; i++) {
        uint32_t index = instance_index[i];
        struct answer answer;
        row_options.mode = mode != NULL ? mode[i] : options->mode;
        if (instances == NULL) {
            answer = recall(&known, index, &row_options);
        } else {
            answer =
                index < instance_count ? solve(&instances[index], &row_options) : no_such_row();
        }
        out_max_pods[i] = answer.max_pods;
        out_bound_by[i] = answer.bound_by;
        out_status[i] = answer.status;
    }
    return CNICALC_OK;
}
