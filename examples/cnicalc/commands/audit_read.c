/* SPDX-License-Identifier: MIT */
/* The rows of cnicalc audit: cells between tabs, under the names of the first line. */
#include "../ask/nearest.h"
#include "../ask/number.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../base/text_buffer.h"
#include "audit.h"

#include <inttypes.h>
#include <string.h>

enum cell_kind {
    CELL_TEXT,
    CELL_SIGN,  /* something that shows what the node is */
    CELL_COUNT, /* quantities of Kubernetes: of things, */
    CELL_CPU,   /* in millicores, */
    CELL_MEMORY /* in KiB */
};

#define AT(member) offsetof(struct audit_node, member)

/* The columns of a node; after them come those of an instance type, by the library's names. */
static const struct column_of_node {
    const char *name;
    enum cell_kind kind;
    uint32_t bit; /* of a sign: what is set */
    size_t where;
    const char *value; /* where the cell is this; NULL: anything but "0" */
} columns_of_node[] = {
    {"node", CELL_TEXT, 0, AT(name), NULL},
    {"instance_type", CELL_TEXT, 0, AT(instance_type), NULL},
    {"zone", CELL_TEXT, 0, AT(zone), NULL},
    {"node_pool", CELL_TEXT, 0, AT(node_pool), NULL},
    {"pod_route", CELL_SIGN, CNICALC_NODE_SIGN_POD_ROUTE, AT(signs.signs), "true"},
    {"lingjun", CELL_SIGN, CNICALC_NODE_SIGN_LINGJUN, AT(signs.signs), "true"},
    {"exclusive", CELL_SIGN, CNICALC_NODE_SIGN_EXCLUSIVE, AT(signs.signs), "enionly"},
    {"trunk", CELL_SIGN, CNICALC_NODE_SIGN_TRUNK, AT(signs.signs), NULL},
    {"prefix", CELL_SIGN, CNICALC_NODE_SIGN_IP_PREFIX, AT(signs.signs), "true"},
    {"ignored", CELL_SIGN, CNICALC_NODE_SIGN_IGNORED, AT(signs.signs), "true"},
    {"virtual", CELL_SIGN, CNICALC_NODE_SIGN_VIRTUAL, AT(signs.signs), "virtual-kubelet"},
    {"windows", CELL_SIGN, 1, AT(is_windows), "windows"},
    {"erdma", CELL_SIGN, 1, AT(has_erdma), NULL},
    {"pod_cidr", CELL_TEXT, 0, AT(pod_cidr), NULL},
    {"enis", CELL_COUNT, 0, AT(signs.enis), NULL},
    {"member_enis", CELL_COUNT, 0, AT(signs.member_enis), NULL},
    {"max_available_ip", CELL_COUNT, 0, AT(signs.max_available_ip), NULL},
    {"kubernetes", CELL_TEXT, 0, AT(kubernetes), NULL},
    {"pods", CELL_COUNT, 0, AT(pods), NULL},
    {"cpu_allocatable", CELL_CPU, 0, AT(cpu_allocatable), NULL},
    {"memory_capacity", CELL_MEMORY, 0, AT(memory_capacity), NULL},
    {"memory_allocatable", CELL_MEMORY, 0, AT(memory_allocatable), NULL},
};

#undef AT

#define OWN_COUNT (sizeof columns_of_node / sizeof columns_of_node[0])

static size_t column_count(void)
{
    return OWN_COUNT + cnicalc_instance_column_count();
}

static const char *column_name(size_t index)
{
    return index < OWN_COUNT ? columns_of_node[index].name
                             : cnicalc_instance_column_name((uint32_t)(index - OWN_COUNT));
}

/* ---- The first line ---- */

static int refuse_name(const char *subcommand, const char *name)
{
    struct nearest search = nearest_to(name);
    struct text_buffer what = {NULL, 0, 0};
    text_add_plain(&what, "stdin, line 1: ");
    text_add_plain(&what, complain_shown(name));
    for (size_t i = 0; i < column_count(); i++) {
        nearest_offer(&search, column_name(i));
    }
    if (search.best != NULL) {
        complain(subcommand, what.text, "no such column; did you mean %s?", search.best);
    } else {
        complain(subcommand, what.text, "no such column; the recipe nodes.jq makes the rows");
    }
    return 0;
}

static int has_column(const struct audit_rows *rows, size_t column)
{
    size_t i = 0;
    while (i < rows->column_count && rows->columns[i] != column) {
        i++;
    }
    return i < rows->column_count;
}

static int add_column(struct audit_rows *rows, const char *name)
{
    size_t column = 0;
    while (column < column_count() && strcmp(column_name(column), name) != 0) {
        column++;
    }
    if (column == column_count()) {
        return refuse_name(rows->subcommand, name);
    }
    if (has_column(rows, column)) {
        complain(rows->subcommand, "stdin, line 1", "the column %s is there twice", name);
        return 0;
    }
    rows->columns[rows->column_count++] = column;
    return 1;
}

/* The next line as a text; 0 where there is none. */
static int take_line(struct audit_rows *rows, struct line *line)
{
    if (!reader_line(rows->reader, line)) {
        return 0;
    }
    memcpy(rows->text, line->text, line->length);
    rows->text[line->length] = '\0';
    return 1;
}

/* Cuts the cell that a text begins with off it. Returns what is after it, or NULL. */
static char *cut(char *text)
{
    char *tab = strchr(text, '\t');
    if (tab == NULL) {
        return NULL;
    }
    *tab = '\0';
    return tab + 1;
}

int audit_rows_begin(const char *subcommand, struct audit_rows *rows)
{
    struct line line = {NULL, 0, 0, 1};
    rows->subcommand = subcommand;
    rows->reader = reader_begin();
    rows->columns = memory_take(column_count(), sizeof *rows->columns);
    int has_line = take_line(rows, &line);
    if (rows->reader->failure != NULL) {
        complain(subcommand, "stdin", "cannot read: %s", rows->reader->failure);
        return 0;
    }
    if (!has_line || rows->text[0] == '\0') {
        complain(subcommand, "stdin", "there are no rows; did the command before fail?");
        return 0;
    }
    if (!line.is_whole || strlen(rows->text) != line.length) {
        complain(subcommand, "stdin, line 1", "not the names of columns");
        return 0;
    }
    for (char *cell = rows->text; cell != NULL;) {
        char *next = cut(cell);
        if (!add_column(rows, cell)) {
            return 0;
        }
        cell = next;
    }
    if (!has_column(rows, 0)) {
        complain(subcommand, "stdin, line 1", "the column node is missing");
        return 0;
    }
    return 1;
}

/* ---- The others ---- */

static const char *refuse_cell(size_t column, const char *cell, const char *why)
{
    struct text_buffer text = {NULL, 0, 0};
    text_add(&text, "%s %.100s: %s", column_name(column), cell, why);
    return text.text;
}

/* A quantity of the instance type. */
static const char *read_column(struct audit_node *node, uint32_t column, const char *cell)
{
    char *member = (char *)&node->info + offsetof(cnicalc_instance, vcpus);
    uint64_t count = strcmp(cell, "true") == 0;
    int is_count =
        count == 1 || strcmp(cell, "false") == 0 || number_parse(cell, strlen(cell), &count);
    if (!is_count || count > cnicalc_instance_column_max(column)) {
        return "not a whole number in the range of the column";
    }
    const uint32_t quantity = (uint32_t)count;
    memcpy(member + column * sizeof quantity, &quantity, sizeof quantity);
    return NULL;
}

/* A quantity of Kubernetes, of which a thing is one. */
static const char *read_quantity(enum cell_kind kind, const char *cell, uint64_t *out_count)
{
    uint64_t count = 0;
    cnicalc_status status = kind == CELL_CPU
                                ? cnicalc_cpu_parse(cell, CNICALC_NUL_TERMINATED, &count)
                                : cnicalc_memory_parse(cell, CNICALC_NUL_TERMINATED, &count);
    if (status != CNICALC_OK || count == CNICALC_UNKNOWN_COUNT) {
        return "no quantity of Kubernetes, or not a whole number of its unit";
    }
    *out_count = kind == CELL_MEMORY ? count / 1024 : count;
    return NULL;
}

/* Writes a cell that is given to its member. Returns NULL, or what is wrong with it. */
static const char *read_cell(struct audit_node *node, size_t column, const char *cell)
{
    if (column >= OWN_COUNT) {
        return read_column(node, (uint32_t)(column - OWN_COUNT), cell);
    }
    const struct column_of_node *of = &columns_of_node[column];
    char *member = (char *)node + of->where;
    if (of->kind == CELL_TEXT) {
        memcpy(member, &cell, sizeof cell);
        return NULL;
    }
    if (of->kind == CELL_SIGN) {
        int is_set = of->value != NULL ? strcmp(cell, of->value) == 0 : strcmp(cell, "0") != 0;
        *(uint32_t *)(void *)member |= is_set ? of->bit : 0;
        return NULL;
    }
    return read_quantity(of->kind, cell, (uint64_t *)(void *)member);
}

static void begin(struct audit_node *node)
{
    memset(node, 0, sizeof *node);
    node->pods = CNICALC_UNKNOWN_COUNT;
    node->cpu_allocatable = CNICALC_UNKNOWN_COUNT;
    node->memory_capacity = CNICALC_UNKNOWN_COUNT;
    node->memory_allocatable = CNICALC_UNKNOWN_COUNT;
    expect_ok(cnicalc_instance_init(&node->info, sizeof node->info));
}

/* Reads the cells of the line. Returns NULL, or what is wrong with it. */
static const char *read_line(struct audit_rows *rows, struct audit_node *node)
{
    const char *why = NULL;
    size_t count = 0;
    for (char *cell = rows->text; cell != NULL; count++) {
        char *next = cut(cell);
        int is_given = cell[0] != '\0' && strcmp(cell, "-") != 0;
        if (count < rows->column_count && is_given) {
            const char *fault = read_cell(node, rows->columns[count], cell);
            if (fault != NULL && why == NULL) {
                why = refuse_cell(rows->columns[count], cell, fault);
            }
        }
        cell = next;
    }
    if (count != rows->column_count) {
        return "the line has not as many cells as the first";
    }
    return why == NULL && node->name == NULL ? "the node has no name" : why;
}

int audit_rows_next(struct audit_rows *rows, struct audit_node *out_node, const char **out_why)
{
    struct line line;
    begin(out_node);
    if (!take_line(rows, &line)) {
        return 0;
    }
    *out_why = !line.is_whole                      ? "the line is longer than 65535 bytes"
               : strlen(rows->text) != line.length ? "the line has a NUL byte"
                                                   : read_line(rows, out_node);
    return 1;
}
