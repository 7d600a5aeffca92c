/* SPDX-License-Identifier: MIT */
/* The rows of cnicalc batch: a type, a pod CIDR, a block. */
#include "../ask/catalogue.h"
#include "../ask/number.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "batch.h"
#include "cidr.h"
#include "flannel.h"
#include "node.h"

#include <string.h>

/* ---- An instance type and a mode ---- */

#define MODE_COUNT (CNICALC_MODE_COUNT - 1)

/* The question of a type in a mode, asked before. Rows are many, and their types are few. */
struct memo {
    const char *why;
    struct cell text;
};

struct node_state {
    struct instance_source source;
    cnicalc_node_options options;
    struct cell modes[MODE_COUNT]; /* their names */
    struct memo *memos; /* of the built-in types and then the catalogue's, MODE_COUNT each */
    cnicalc_instance instance;
    struct node_row row;
};

static void *open_node(const struct args *args, const struct batch_request *request)
{
    struct node_state *state = memory_take(1, sizeof *state);
    for (uint32_t i = 0; i < MODE_COUNT; i++) {
        state->modes[i].text = cnicalc_mode_name(i + 1);
        state->modes[i].length = strlen(state->modes[i].text);
    }
    if (request->catalog != NULL && strcmp(request->catalog, "-") == 0) {
        complain(args->subcommand, "--catalog -", "stdin has the rows; name a file");
        return NULL;
    }
    if (!instance_source_open(args->subcommand, request->catalog, &state->source)) {
        return NULL;
    }
    state->options = request->node;
    state->memos = memory_take((cnicalc_instance_count() + state->source.count) * MODE_COUNT,
                               sizeof *state->memos);
    return state;
}

/* The place of a type: the built-in ones first, then those of the catalogue. */
static cnicalc_status find_type(const struct node_state *state, const struct cell *type,
                                size_t *out_place)
{
    if (cnicalc_catalog_find(state->source.rows, state->source.count, type->text, type->length,
                             out_place) == CNICALC_OK) {
        *out_place += cnicalc_instance_count();
        return CNICALC_OK;
    }
    return cnicalc_instance_index(type->text, type->length, out_place);
}

/* What cnicalc_mode_parse() does, without measuring the names for each of a million rows. */
static cnicalc_status find_mode(const struct node_state *state, const struct cell *name,
                                uint32_t *out_mode)
{
    for (uint32_t i = 0; i < MODE_COUNT; i++) {
        const struct cell *known = &state->modes[i];
        if (known->length == name->length && memcmp(known->text, name->text, name->length) == 0) {
            *out_mode = i + 1;
            return CNICALC_OK;
        }
    }
    return CNICALC_ERR_NODE_MODE;
}

/* Asks the library, for the first row of this type and mode. */
static void solve_node(struct node_state *state, size_t place, uint32_t mode, struct memo *memo)
{
    size_t built_in = cnicalc_instance_count();
    if (place >= built_in) {
        state->instance = state->source.rows[place - built_in];
    } else {
        expect_ok(cnicalc_instance_at(place, &state->instance));
    }
    state->options.mode = mode;
    cnicalc_status status =
        cnicalc_node_solve(&state->instance, &state->options, &state->row.result);
    memo->why = status == CNICALC_OK ? NULL : cnicalc_status_string(status);
    state->row.instance_type = state->instance.name;
    state->row.mode = mode;
}

static void answer_node(void *state_of_batch, const struct cell *cells, struct reply *out_reply)
{
    struct node_state *state = state_of_batch;
    size_t place = 0;
    uint32_t mode = state->options.mode;
    cnicalc_status status = find_type(state, &cells[0], &place);
    if (status == CNICALC_OK && cells[1].length != 0) {
        status = find_mode(state, &cells[1], &mode);
    }
    if (status != CNICALC_OK) {
        out_reply->why = cnicalc_status_string(status);
        return;
    }
    struct memo *memo = &state->memos[place * MODE_COUNT + mode - 1];
    if (memo->text.text == NULL && memo->why == NULL) {
        uint32_t default_mode = state->options.mode;
        solve_node(state, place, mode, memo);
        state->options.mode = default_mode;
    }
    out_reply->why = memo->why;
    out_reply->row = &state->row;
    out_reply->memo = &memo->text;
}

const struct batch_verb batch_node = {
    node_fields,
    "instance_type mode max_pods trunk_pods kubelet_max_pods schedulable_pods secondary_enis "
    "ipv4_addresses joins bound_by dual_stack allocatable_cpu_millicores allocatable_memory_mib",
    "a row is an instance type and a mode, with a tab between them",
    1,
    2,
    open_node,
    answer_node};

/* ---- A pod CIDR and a node mask ---- */

struct flannel_state {
    cnicalc_flannel_options options;
    struct flannel_row row;
};

static void *open_flannel(const struct args *args, const struct batch_request *request)
{
    struct flannel_state *state = memory_take(1, sizeof *state);
    (void)args;
    state->options = request->flannel;
    return state;
}

static void answer_flannel(void *state_of_batch, const struct cell *cells, struct reply *out_reply)
{
    struct flannel_state *state = state_of_batch;
    struct flannel_row *row = &state->row;
    uint64_t mask = 0;
    memset(&row->pod_cidr, 0, sizeof row->pod_cidr);
    cnicalc_status status = cnicalc_cidr_parse(cells[0].text, cells[0].length, &row->pod_cidr);
    if (status == CNICALC_OK) {
        /* A number that is none is a mask that is none. */
        state->options.node_mask =
            number_parse(cells[1].text, cells[1].length, &mask) && mask <= UINT32_MAX
                ? (uint32_t)mask
                : CNICALC_UNKNOWN;
        status = cnicalc_flannel_solve(&row->pod_cidr, &state->options, &row->result);
    }
    out_reply->why = status == CNICALC_OK ? NULL : flannel_why(&row->pod_cidr, status);
    out_reply->row = row;
}

const struct batch_verb batch_flannel = {
    flannel_fields,
    "pod_cidr node_mask pods_per_node usable_pod_ips max_nodes max_pods bound_by",
    "a row is a pod CIDR and a node mask, with a tab between them",
    2,
    2,
    open_flannel,
    answer_flannel};

/* ---- A block ---- */

static void *open_cidr(const struct args *args, const struct batch_request *request)
{
    (void)args;
    (void)request;
    return memory_take(1, sizeof(struct cidr_info));
}

static void answer_cidr(void *state, const struct cell *cells, struct reply *out_reply)
{
    struct cidr_info *info = state;
    cnicalc_status status = cnicalc_cidr_parse(cells[0].text, cells[0].length, &info->block);
    out_reply->row = info;
    if (status == CNICALC_OK) {
        cidr_inform(info);
    } else {
        out_reply->why = cnicalc_status_string(status);
    }
}

const struct batch_verb batch_cidr = {
    cidr_info_fields,
    "cidr family prefix_len first last address_count netmask private",
    "a row is one block",
    1,
    1,
    open_cidr,
    answer_cidr};
