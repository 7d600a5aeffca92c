/* SPDX-License-Identifier: MIT */
/* The tables: cnicalc_types, the types of the built-in table, and cnicalc_node(type), a row for
 * each mode of a type. Both are there without CREATE VIRTUAL TABLE. */
#include "tables.h"

#include "ask.h"

#include <stddef.h>
#include <string.h>

SQLITE_EXTENSION_INIT3

/* ---- What both share ---- */

/* Rows from at to end are still to come. */
struct cursor {
    sqlite3_vtab_cursor base;
    size_t at;
    size_t end;
    cnicalc_instance instance; /* of cnicalc_types the row, of cnicalc_node the type */
    cnicalc_node_options options;
    cnicalc_node_result result;
    int known; /* whether there is a result */
};

/* The table that a declaration describes; the declaration is freed. */
static int connect(sqlite3 *db, sqlite3_str *declaration, sqlite3_vtab **out_table)
{
    char *text = sqlite3_str_finish(declaration);
    int code = text == NULL ? SQLITE_NOMEM : sqlite3_declare_vtab(db, text);
    sqlite3_free(text);
    if (code == SQLITE_OK) {
        code = sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
    }
    *out_table = code == SQLITE_OK ? sqlite3_malloc(sizeof **out_table) : NULL;
    if (code != SQLITE_OK || *out_table == NULL) {
        return code == SQLITE_OK ? SQLITE_NOMEM : code;
    }
    memset(*out_table, 0, sizeof **out_table);
    return SQLITE_OK;
}

static int disconnect(sqlite3_vtab *table)
{
    sqlite3_free(table);
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **out_cursor)
{
    struct cursor *cursor = sqlite3_malloc(sizeof *cursor);
    (void)table;
    if (cursor == NULL) {
        return SQLITE_NOMEM;
    }
    memset(cursor, 0, sizeof *cursor);
    *out_cursor = &cursor->base;
    return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *base)
{
    sqlite3_free(base);
    return SQLITE_OK;
}

static int at_end(sqlite3_vtab_cursor *base)
{
    const struct cursor *cursor = (const struct cursor *)base;
    return cursor->at >= cursor->end;
}

static int rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out_rowid)
{
    *out_rowid = (sqlite3_int64)((struct cursor *)base)->at;
    return SQLITE_OK;
}

/* Takes the first "column = value" that can be used; 1 when there is one, 0 when there is none, and
 * -1 when there is one in another order of the tables. SQLite compares again what is a column, and
 * not what is a parameter. */
static int use_equal(sqlite3_index_info *info, int column, int is_parameter)
{
    int found = 0;
    for (int i = 0; i < info->nConstraint; i++) {
        if (info->aConstraint[i].iColumn != column ||
            info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ ||
            strcmp(sqlite3_vtab_collation(info, i), "BINARY") != 0) {
            continue;
        }
        if (info->aConstraint[i].usable) {
            info->aConstraintUsage[i].argvIndex = 1;
            info->aConstraintUsage[i].omit = (unsigned char)is_parameter;
            info->idxNum = 1;
            return 1;
        }
        found = -1;
    }
    return found;
}

/* ---- cnicalc_types ---- */

/* instance_type, the columns of the library, sources. */
static int connect_types(sqlite3 *db, void *unused, int argc, const char *const *argv,
                         sqlite3_vtab **out_table, char **error)
{
    sqlite3_str *declaration = sqlite3_str_new(db);
    (void)unused, (void)argc, (void)argv, (void)error;
    sqlite3_str_appendall(declaration, "CREATE TABLE x(instance_type TEXT");
    for (uint32_t i = 0; i < cnicalc_instance_column_count(); i++) {
        sqlite3_str_appendf(declaration, ", %s INTEGER", cnicalc_instance_column_name(i));
    }
    sqlite3_str_appendall(declaration, ", sources TEXT)");
    return connect(db, declaration, out_table);
}

static int plan_types(sqlite3_vtab *table, sqlite3_index_info *info)
{
    (void)table;
    int one = use_equal(info, 0, 0) == 1;
    info->estimatedRows = one ? 1 : (sqlite3_int64)cnicalc_instance_count();
    info->estimatedCost = (double)info->estimatedRows;
    info->idxFlags = one ? SQLITE_INDEX_SCAN_UNIQUE : 0;
    return SQLITE_OK;
}

static int read_type(struct cursor *cursor)
{
    if (cursor->at < cursor->end &&
        cnicalc_instance_at(cursor->at, &cursor->instance) != CNICALC_OK) {
        return SQLITE_ERROR;
    }
    return SQLITE_OK;
}

static int filter_types(sqlite3_vtab_cursor *base, int by_name, const char *unused, int argc,
                        sqlite3_value **argv)
{
    struct cursor *cursor = (struct cursor *)base;
    (void)unused, (void)argc;
    cursor->at = 0;
    cursor->end = by_name ? 0 : cnicalc_instance_count();
    if (by_name && sqlite3_value_type(argv[0]) == SQLITE_TEXT) {
        const char *name = (const char *)sqlite3_value_text(argv[0]);
        size_t length = (size_t)sqlite3_value_bytes(argv[0]);
        if (cnicalc_instance_index(name, length, &cursor->at) == CNICALC_OK) {
            cursor->end = cursor->at + 1;
        }
    }
    return read_type(cursor);
}

static int next_type(sqlite3_vtab_cursor *base)
{
    struct cursor *cursor = (struct cursor *)base;
    cursor->at++;
    return read_type(cursor);
}

static int column_of_type(sqlite3_vtab_cursor *base, sqlite3_context *context, int column)
{
    const struct cursor *cursor = (const struct cursor *)base;
    char sources[CNICALC_SOURCE_TEXT_SIZE];
    uint32_t value;
    if (column == 0) {
        answer_text(context, cursor->instance.name);
    } else if (cnicalc_instance_value(&cursor->instance, (uint32_t)column - 1, &value) ==
               CNICALC_OK) {
        answer_count(context, value == CNICALC_UNKNOWN ? CNICALC_UNKNOWN_COUNT : value);
    } else if (cnicalc_source_format(cursor->instance.sources, sources, sizeof sources) ==
               CNICALC_OK) {
        answer_text(context, sources);
    }
    return SQLITE_OK;
}

/* ---- cnicalc_node ---- */

enum kind { COUNT, FLAG, LIMIT };

#define MEMBER(member, kind)                                                                       \
    {                                                                                              \
#member, offsetof(cnicalc_node_result, member), kind                                       \
    }

/* The members of the answer, after mode; formula and the hidden type follow. */
static const struct {
    const char *name;
    size_t where;
    enum kind kind;
} members[] = {
    MEMBER(max_pods, COUNT),
    MEMBER(trunk_pods, COUNT),
    MEMBER(max_trunk_pods, COUNT),
    MEMBER(kubelet_max_pods, COUNT),
    MEMBER(schedulable_pods, COUNT),
    MEMBER(secondary_enis, COUNT),
    MEMBER(ipv4_addresses, COUNT),
    MEMBER(joins, FLAG),
    MEMBER(min_pods_to_join, COUNT),
    MEMBER(dual_stack, FLAG),
    MEMBER(kubelet_reserved_memory_mib, COUNT),
    MEMBER(kubelet_reserved_cpu_millicores, COUNT),
    MEMBER(allocatable_cpu_millicores, COUNT),
    MEMBER(allocatable_memory_mib, COUNT),
    MEMBER(allocatable_memory_kib, COUNT),
    MEMBER(bound_by, LIMIT),
    MEMBER(schedulable_bound_by, LIMIT),
};

enum { MEMBERS = sizeof members / sizeof *members, FORMULA = MEMBERS + 1, TYPE };

static int connect_node(sqlite3 *db, void *unused, int argc, const char *const *argv,
                        sqlite3_vtab **out_table, char **error)
{
    sqlite3_str *declaration = sqlite3_str_new(db);
    (void)unused, (void)argc, (void)argv, (void)error;
    sqlite3_str_appendall(declaration, "CREATE TABLE x(mode TEXT");
    for (size_t i = 0; i < MEMBERS; i++) {
        sqlite3_str_appendf(declaration, ", %s %s", members[i].name,
                            members[i].kind == LIMIT ? "TEXT" : "INTEGER");
    }
    sqlite3_str_appendall(declaration, ", formula TEXT, type TEXT HIDDEN)");
    return connect(db, declaration, out_table);
}

static int plan_node(sqlite3_vtab *table, sqlite3_index_info *info)
{
    int found = use_equal(info, TYPE, 1);
    info->estimatedRows = CNICALC_MODE_COUNT - 1;
    info->estimatedCost = 4;
    if (found == 0) {
        sqlite3_free(table->zErrMsg);
        table->zErrMsg = sqlite3_mprintf("cnicalc_node: of which type? cnicalc_node(type)");
        return SQLITE_ERROR;
    }
    return found == 1 ? SQLITE_OK : SQLITE_CONSTRAINT;
}

/* at is the mode. */
static void read_mode(struct cursor *cursor)
{
    cursor->options.mode = (uint32_t)cursor->at;
    cursor->known =
        cursor->at < cursor->end &&
        cnicalc_node_solve(&cursor->instance, &cursor->options, &cursor->result) == CNICALC_OK;
}

static int filter_node(sqlite3_vtab_cursor *base, int unused, const char *unused_text, int argc,
                       sqlite3_value **argv)
{
    struct cursor *cursor = (struct cursor *)base;
    char *why = NULL;
    (void)unused, (void)unused_text;
    cursor->at = 1;
    cursor->end = 1;
    if (ask_any_null(argc, argv)) {
        return SQLITE_OK;
    }
    if (cnicalc_node_options_init(&cursor->options, sizeof cursor->options) != CNICALC_OK ||
        !ask_type(argv[0], &cursor->instance, &why)) {
        sqlite3_free(base->pVtab->zErrMsg);
        base->pVtab->zErrMsg = why;
        return why == NULL ? SQLITE_NOMEM : SQLITE_ERROR;
    }
    cursor->end = CNICALC_MODE_COUNT;
    read_mode(cursor);
    return SQLITE_OK;
}

static int next_mode(sqlite3_vtab_cursor *base)
{
    struct cursor *cursor = (struct cursor *)base;
    cursor->at++;
    read_mode(cursor);
    return SQLITE_OK;
}

static void answer_member(const struct cursor *cursor, sqlite3_context *context, size_t i)
{
    const char *member = (const char *)&cursor->result + members[i].where;
    uint64_t count = 0;
    uint32_t word = 0;
    memcpy(&count, member, sizeof count);
    memcpy(&word, member, sizeof word);
    switch (members[i].kind) {
    case COUNT:
        answer_count(context, count);
        break;
    case FLAG:
        answer_count(context, word == CNICALC_UNKNOWN ? CNICALC_UNKNOWN_COUNT : word);
        break;
    case LIMIT:
        answer_text(context, cnicalc_limit_name(word));
        break;
    }
}

static int column_of_mode(sqlite3_vtab_cursor *base, sqlite3_context *context, int column)
{
    const struct cursor *cursor = (const struct cursor *)base;
    char formula[CNICALC_NODE_FORMULA_SIZE];
    if (column == 0) {
        answer_text(context, cnicalc_mode_name(cursor->options.mode));
    } else if (column == TYPE) {
        answer_text(context, cursor->instance.name);
    } else if (cursor->known && column <= MEMBERS) {
        answer_member(cursor, context, (size_t)column - 1);
    } else if (cursor->known && cnicalc_node_formula(&cursor->instance, &cursor->options, formula,
                                                     sizeof formula) == CNICALC_OK) {
        answer_text(context, formula);
    }
    return SQLITE_OK;
}

/* ---- Their names ---- */

static const sqlite3_module types_module = {
    .xConnect = connect_types,
    .xBestIndex = plan_types,
    .xDisconnect = disconnect,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = filter_types,
    .xNext = next_type,
    .xEof = at_end,
    .xColumn = column_of_type,
    .xRowid = rowid,
};

static const sqlite3_module node_module = {
    .xConnect = connect_node,
    .xBestIndex = plan_node,
    .xDisconnect = disconnect,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = filter_node,
    .xNext = next_mode,
    .xEof = at_end,
    .xColumn = column_of_mode,
    .xRowid = rowid,
};

int tables_add(sqlite3 *db)
{
    int code = sqlite3_create_module_v2(db, "cnicalc_types", &types_module, NULL, NULL);
    return code == SQLITE_OK
               ? sqlite3_create_module_v2(db, "cnicalc_node", &node_module, NULL, NULL)
               : code;
}
