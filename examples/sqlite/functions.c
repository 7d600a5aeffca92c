/* SPDX-License-Identifier: MIT */
/* The functions of a row. A NULL among the values gives NULL. */
#include "functions.h"

#include "ask.h"

SQLITE_EXTENSION_INIT3

/* ---- Pods ---- */

/* The node of a type in a mode, or 0 where the answer is NULL or an error. */
static int solve(sqlite3_context *context, sqlite3_value **values, cnicalc_node_result *out_result)
{
    cnicalc_instance instance;
    cnicalc_node_options options;
    char *why = NULL;
    if (ask_any_null(2, values)) {
        return 0;
    }
    if (!ask_node(values[0], values[1], &instance, &options, &why)) {
        answer_error(context, why);
        return 0;
    }
    cnicalc_status status = cnicalc_node_solve(&instance, &options, out_result);
    if (status != CNICALC_OK && status != CNICALC_ERR_LIMITS_UNKNOWN) {
        answer_error(context, ask_why(values[0], status));
    }
    return status == CNICALC_OK;
}

static void max_pods(sqlite3_context *context, int count, sqlite3_value **values)
{
    cnicalc_node_result result;
    (void)count;
    if (solve(context, values, &result)) {
        answer_count(context, result.max_pods);
    }
}

static void bound_by(sqlite3_context *context, int count, sqlite3_value **values)
{
    cnicalc_node_result result;
    (void)count;
    if (solve(context, values, &result)) {
        answer_text(context, cnicalc_limit_name(result.bound_by));
    }
}

/* ---- Blocks ---- */

typedef int ask_a_block(sqlite3_value *value, cnicalc_cidr *out_block, char **out_why);
typedef cnicalc_status relation(const cnicalc_cidr *a, const cnicalc_cidr *b, uint32_t *out_holds);

/* Whether a relation holds between a block and what is asked for as the second value. */
static void relate(sqlite3_context *context, sqlite3_value **values, ask_a_block *ask_second,
                   relation *holds)
{
    cnicalc_cidr a;
    cnicalc_cidr b;
    uint32_t yes = 0;
    char *why = NULL;
    if (ask_any_null(2, values)) {
        return;
    }
    if (!ask_block(values[0], &a, &why) || !ask_second(values[1], &b, &why) ||
        holds(&a, &b, &yes) != CNICALC_OK) {
        answer_error(context, why);
        return;
    }
    sqlite3_result_int(context, (int)yes);
}

static void contains(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    relate(context, values, ask_block_or_address, cnicalc_cidr_contains);
}

static void overlaps(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    relate(context, values, ask_block, cnicalc_cidr_overlaps);
}

/* What of a split is at fault, and what would be legal. */
static char *split_why(sqlite3_value **values, const cnicalc_cidr *block, uint64_t prefix_len,
                       cnicalc_status status)
{
    uint64_t count;
    char *why = ask_why(values[status == CNICALC_ERR_INDEX ? 2 : 1], status);
    if (status == CNICALC_ERR_INDEX &&
        cnicalc_cidr_subnet_count(block, (uint32_t)prefix_len, &count) == CNICALC_OK) {
        return sqlite3_mprintf("%z: from 0 to %llu", why, count - 1);
    }
    return sqlite3_mprintf("%z: from %u to %u", why, block->prefix_len, ask_width(block->family));
}

static void nth(sqlite3_context *context, int count, sqlite3_value **values)
{
    cnicalc_cidr block;
    cnicalc_cidr part;
    uint64_t prefix_len;
    uint64_t index;
    char *why = NULL;
    char text[CNICALC_CIDR_TEXT_SIZE];
    if (ask_any_null(count, values)) {
        return;
    }
    if (!ask_block(values[0], &block, &why) ||
        !ask_count(values[1], "a prefix length", 128, &prefix_len, &why) ||
        !ask_count(values[2], "an index", INT64_MAX, &index, &why)) {
        answer_error(context, why);
        return;
    }
    cnicalc_status status = cnicalc_cidr_nth(&block, (uint32_t)prefix_len, index, &part);
    if (status != CNICALC_OK || cnicalc_cidr_format(&part, text, sizeof text) != CNICALC_OK) {
        answer_error(context, split_why(values, &block, prefix_len, status));
        return;
    }
    answer_text(context, text);
}

/* ---- Their names ---- */

int functions_add(sqlite3 *db)
{
    static const struct {
        const char *name;
        int count;
        void (*function)(sqlite3_context *, int, sqlite3_value **);
        void (*step)(sqlite3_context *, int, sqlite3_value **);
        void (*final)(sqlite3_context *);
    } functions[] = {
        {"cnicalc_max_pods", 2, max_pods, NULL, NULL},
        {"cnicalc_bound_by", 2, bound_by, NULL, NULL},
        {"cnicalc_contains", 2, contains, NULL, NULL},
        {"cnicalc_overlaps", 2, overlaps, NULL, NULL},
        {"cnicalc_nth", 3, nth, NULL, NULL},
        {"cnicalc_more_nodes", 7, NULL, more_nodes_step, more_nodes_final},
    };
    int code = SQLITE_OK;
    for (size_t i = 0; i < sizeof functions / sizeof *functions && code == SQLITE_OK; i++) {
        code = sqlite3_create_function_v2(db, functions[i].name, functions[i].count,
                                          SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                          NULL, functions[i].function, functions[i].step,
                                          functions[i].final, NULL);
    }
    return code;
}
