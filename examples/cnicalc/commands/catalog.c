/* SPDX-License-Identifier: MIT */
/* cnicalc catalog: where a catalogue differs from the built-in table. */
#include "../ask/catalogue.h"
#include "../base/complaint.h"
#include "../command.h"

#include <cnicalc.h>
#include <stdio.h>
#include <string.h>

struct request {
    uint32_t all;
};

static const struct option options[] = {
    {"all", NULL,
     "also quantities that only one of the two knows: filled in by FILE, or left out of it",
     OPTION_FLAG, .where = offsetof(struct request, all)},
    OPTIONS_END};

struct row {
    const char *instance_type;
    const char *change;
    const char *quantity; /* NULL: of a new type, none */
    uint32_t built_in;
    uint32_t catalog;
};

#define AT(member) offsetof(struct row, member)

static const struct field fields[] = {
    {"instance_type", "INSTANCE TYPE", "the type that differs", FIELD_TEXT,
     .where = AT(instance_type)},
    {"change", "CHANGE", "new, changed, filled or left out", FIELD_TEXT, .where = AT(change)},
    {"quantity", "QUANTITY", "the column that differs; null for a new type", FIELD_TEXT,
     .where = AT(quantity)},
    {"built_in", "BUILT-IN", "its value in the built-in table", FIELD_QUANTITY,
     .where = AT(built_in)},
    {"catalog", "CATALOG", "its value in the catalogue", FIELD_QUANTITY, .where = AT(catalog)},
    FIELDS_END};

#undef AT

/* What only one of the two knows is no drift. */
static const char *change_of(uint32_t built_in, uint32_t own)
{
    if (built_in == CNICALC_UNKNOWN) {
        return "filled";
    }
    return own == CNICALC_UNKNOWN ? "left out" : "changed";
}

/* Adds a row for each quantity that differs; with --all also where only one of the two knows it. */
static void compare(const cnicalc_instance *built_in, const cnicalc_instance *own, uint32_t all,
                    struct answer *answer)
{
    for (uint32_t column = 0; column < cnicalc_instance_column_count(); column++) {
        struct row row = {own->name, NULL, cnicalc_instance_column_name(column), 0, 0};
        expect_ok(cnicalc_instance_value(built_in, column, &row.built_in));
        expect_ok(cnicalc_instance_value(own, column, &row.catalog));
        row.change = change_of(row.built_in, row.catalog);
        if (row.built_in != row.catalog && (all || strcmp(row.change, "changed") == 0)) {
            answer_add(answer, &row);
        }
    }
}

static void say_same(size_t count, struct answer *answer)
{
    char line[80];
    snprintf(line, sizeof line, "%zu type%s, none new and none changed", count,
             count == 1 ? "" : "s");
    words_add_text(&answer->lines, line);
}

static int run_check(const struct args *args, void *asked, struct answer *answer)
{
    const struct request *request = asked;
    const char *path = args->operands[0];
    struct instance_source source;
    if (!instance_source_read(args->subcommand, path, path, &source)) {
        return EXIT_MALFORMED;
    }
    if (source.count == 0) {
        complain(args->subcommand, path, "the catalogue has no instance type");
        return EXIT_MALFORMED;
    }
    answer_rows(answer, fields, sizeof(struct row));
    for (size_t i = 0; i < source.count; i++) {
        const cnicalc_instance *own = &source.rows[i];
        const struct row row = {own->name, "new", NULL, CNICALC_UNKNOWN, CNICALC_UNKNOWN};
        cnicalc_instance built_in;
        if (cnicalc_instance_find(own->name, strlen(own->name), &built_in) == CNICALC_OK) {
            compare(&built_in, own, request->all, answer);
        } else {
            answer_add(answer, &row);
        }
    }
    if (answer->rows.list.count != 0) {
        return EXIT_NO;
    }
    say_same(source.count, answer);
    return EXIT_ANSWERED;
}

static const struct verb verbs[] = {{"check", "FILE", "compare FILE, - for stdin, with the table",
                                     1, 1, fields, 1, run_check, OFFER_FILES},
                                    {.name = NULL}};

const struct command catalog_command = {
    .name = "catalog",
    .summary = "where a catalogue differs from the built-in table",
    .operands = "VERB",
    .least = 1,
    .about = "Validates a catalogue of instance types, and lists where it differs from the "
             "built-in table: types that are new, and quantities that both know and that have "
             "changed. Types that FILE leaves out are not reported.",
    .notes = "Exit status 0 when nothing is listed, 1 when something is, and 2 when FILE is no "
             "catalogue, of which one line names the line and the column, or has no type.",
    .examples = "cnicalc catalog check lib/data/ecs-instance-types.tsv",
    .options = options,
    .verbs = verbs,
    .request_size = sizeof(struct request),
};
