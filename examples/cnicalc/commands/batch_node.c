/* SPDX-License-Identifier: MIT */
/* cnicalc batch node: rows of an instance type and a mode. */
#include "batch.h"
#include "../base/complaint.h"
#include "../ask/catalogue.h"
#include "../base/memory.h"

#include <cnicalc.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define MODE_COUNT CNICALC_MODE_IP_PREFIX

/* Room for the columns of any answer: two names, eight numbers, a limit. */
#define ANSWER_SIZE 320

/* The question of a type in a mode, asked before. Rows are many, and their types are few. */
struct memo {
    const char *why;  /* it has no answer, or NULL */
    const char *text; /* the columns of its answer; NULL with why NULL: not asked yet */
    size_t length;
};

struct node_state {
    struct instance_source source;
    cnicalc_node_options options;
    struct field modes[MODE_COUNT]; /* their names */
    struct memo *memos; /* of the built-in types and then the catalogue's, MODE_COUNT each */
};

static void *open_node(const struct args *args)
{
    struct node_state *state = memory_take(1, sizeof *state);
    const char *names[MODE_COUNT];
    size_t mode = 0;
    const char *catalogue = args_value(args, "catalog");
    for (uint32_t i = 0; i < MODE_COUNT; i++) {
        names[i] = cnicalc_mode_name(i + CNICALC_MODE_SHARED_ENI);
        state->modes[i].text = names[i];
        state->modes[i].length = strlen(names[i]);
    }
    if (catalogue != NULL && strcmp(catalogue, "-") == 0) {
        args_refuse(args, "catalog", "stdin has the rows; name a file");
        return NULL;
    }
    expect_ok(cnicalc_node_options_init(&state->options, sizeof state->options));
    if (!args_choice(args, "mode", names, MODE_COUNT, &mode) ||
        !args_number32(args, "max-eni", 0, &state->options.max_eni) ||
        !args_number32(args, "host-network-pods", 0, &state->options.host_network_pods) ||
        !args_number32(args, "kubelet-max-pods", 1, &state->options.kubelet_max_pods) ||
        !instance_source_open(args, &state->source)) {
        return NULL;
    }
    state->options.mode = (uint32_t)mode + CNICALC_MODE_SHARED_ENI;
    state->memos = memory_take((cnicalc_instance_count() + state->source.count) * MODE_COUNT,
                               sizeof *state->memos);
    return state;
}

/* The place of a type among the memos. */
static cnicalc_status find_type(const struct node_state *state, const struct field *type,
                                size_t *out_place)
{
    if (state->source.count != 0 &&
        cnicalc_catalog_find(state->source.rows, state->source.count, type->text, type->length,
                             out_place) == CNICALC_OK) {
        *out_place += cnicalc_instance_count();
        return CNICALC_OK;
    }
    return cnicalc_instance_index(type->text, type->length, out_place);
}

/* What cnicalc_mode_parse() does, without measuring the names for each of a million rows. */
static cnicalc_status find_mode(const struct node_state *state, const struct field *name,
                                uint32_t *out_mode)
{
    for (uint32_t i = 0; i < MODE_COUNT; i++) {
        const struct field *known = &state->modes[i];
        if (known->length == name->length && memcmp(known->text, name->text, name->length) == 0) {
            *out_mode = i + CNICALC_MODE_SHARED_ENI;
            return CNICALC_OK;
        }
    }
    return CNICALC_ERR_NODE_MODE;
}

static int print_count(char *text, size_t size, uint64_t count)
{
    return count == CNICALC_UNKNOWN_COUNT ? snprintf(text, size, "-\t")
                                          : snprintf(text, size, "%" PRIu64 "\t", count);
}

/* Asks the library, for the first row of this type and mode. */
static void fill_memo(const struct node_state *state, size_t place, uint32_t mode,
                      struct memo *memo)
{
    size_t built_in = cnicalc_instance_count();
    cnicalc_instance instance;
    cnicalc_node_result result;
    cnicalc_node_options options = state->options;
    options.mode = mode;
    if (place >= built_in) {
        instance = state->source.rows[place - built_in];
    } else {
        expect_ok(cnicalc_instance_at(place, &instance));
    }
    cnicalc_status status = cnicalc_node_solve(&instance, &options, &result);
    if (status != CNICALC_OK) {
        memo->why = cnicalc_status_string(status);
        return;
    }
    const uint64_t counts[] = {result.max_pods,         result.trunk_pods,
                               result.kubelet_max_pods, result.schedulable_pods,
                               result.secondary_enis,   result.ipv4_addresses};
    char text[ANSWER_SIZE];
    size_t length =
        (size_t)snprintf(text, sizeof text, "%s\t%s\t", instance.name, cnicalc_mode_name(mode));
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        length += (size_t)print_count(text + length, sizeof text - length, counts[i]);
    }
    length +=
        (size_t)snprintf(text + length, sizeof text - length, "%s\t%s\t",
                         result.joins ? "true" : "false", cnicalc_node_limit_name(result.bound_by));
    memo->text = memory_copy(text, length);
    memo->length = length;
}

static const char *answer_node(void *state_of_batch, const struct field *fields,
                               struct writer *writer)
{
    const struct node_state *state = state_of_batch;
    size_t place = 0;
    uint32_t mode = state->options.mode;
    cnicalc_status status = find_type(state, &fields[0], &place);
    if (status == CNICALC_OK && fields[1].length != 0) {
        status = find_mode(state, &fields[1], &mode);
    }
    if (status != CNICALC_OK) {
        return cnicalc_status_string(status);
    }
    struct memo *memo = &state->memos[place * MODE_COUNT + mode - CNICALC_MODE_SHARED_ENI];
    if (memo->text == NULL && memo->why == NULL) {
        fill_memo(state, place, mode, memo);
    }
    if (memo->why == NULL) {
        writer_put(writer, memo->text, memo->length);
    }
    return memo->why;
}

const struct batch_verb batch_node = {
    "node",
    " mode max-eni host-network-pods kubelet-max-pods catalog ",
    "instance_type\tmode\tmax_pods\ttrunk_pods\tkubelet_max_pods\tschedulable_pods\tsecondary_"
    "enis\t"
    "ipv4_addresses\tjoins\tbound_by\terror\n",
    "a row is an instance type and a mode, with a tab between them",
    1,
    2,
    8,
    open_node,
    answer_node};
