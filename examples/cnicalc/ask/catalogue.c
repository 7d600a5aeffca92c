/* SPDX-License-Identifier: MIT */
#include "catalogue.h"

#include "../base/complaint.h"
#include "../base/file.h"
#include "../base/memory.h"
#include "arguments.h"
#include "nearest.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* How many names are offered for a miss. */
#define OFFER_MAX 2

#define PLACE_SIZE 256

/* What is wrong with a name in the header line: it names no column, or it occurs twice. */
static int refuse_column(const char *subcommand, const char *place, const char *name)
{
    struct nearest search = nearest_to(name);
    nearest_offer(&search, "instance_type");
    for (uint32_t column = 0; column < cnicalc_instance_column_count(); column++) {
        nearest_offer(&search, cnicalc_instance_column_name(column));
    }
    nearest_offer(&search, "sources");
    if (name[0] == '\0') {
        complain(subcommand, place, "a column has no name");
    } else if (search.best == NULL) {
        complain(subcommand, place, "no column of a catalogue has this name%s",
                 strpbrk(name, ", ;") == NULL ? "" : "; columns have tabs between them");
    } else if (strcmp(search.best, name) == 0) {
        complain(subcommand, place, "the column %s occurs twice", name);
    } else {
        complain(subcommand, place, "no column of a catalogue has this name; did you mean %s?",
                 search.best);
    }
    return 0;
}

/* Where the fault is, as FILE:LINE:COLUMN. */
static void format_place(const char *path, const cnicalc_catalog_fault *fault,
                         char place[PLACE_SIZE])
{
    snprintf(place, PLACE_SIZE, "%s:%" PRIu64 ":%" PRIu64, strcmp(path, "-") == 0 ? "stdin" : path,
             fault->line, fault->column);
}

static int refuse_catalogue(const char *subcommand, const char *path, const char *text,
                            cnicalc_status status, const cnicalc_catalog_fault *fault)
{
    const char *why = cnicalc_status_string(status);
    char place[PLACE_SIZE];
    format_place(path, fault, place);
    if (status == CNICALC_ERR_CATALOG_HEADER && fault->field == 0) {
        complain(subcommand, place, "the column instance_type is missing");
    } else if (status == CNICALC_ERR_CATALOG_HEADER) {
        const char *name = text + fault->column - 1;
        return refuse_column(subcommand, place, memory_copy(name, strcspn(name, "\t\n")));
    } else if (status == CNICALC_ERR_CATALOG_DUPLICATE) {
        complain(subcommand, place, "%s, first on line %" PRIu64, why, fault->first_line);
    } else {
        complain(subcommand, place, "%s", why);
    }
    return 0;
}

/* A byte that no text has, as in a catalogue that a spreadsheet has saved as UTF-16. */
static int refuse_nul(const char *subcommand, const char *path, const char *text, const char *nul)
{
    cnicalc_catalog_fault fault = {1, 1, 0, 1, {0, 0, 0}};
    char place[PLACE_SIZE];
    for (const char *next = text; next != nul; next++) {
        fault.column = *next == '\n' ? 1 : fault.column + 1;
        fault.line += *next == '\n';
    }
    format_place(path, &fault, place);
    complain(subcommand, place, "a NUL byte; a catalogue is plain text");
    return 0;
}

int instance_source_read(const char *subcommand, const char *what, const char *path,
                         struct instance_source *out_source)
{
    char *text = NULL;
    size_t length = 0;
    memset(out_source, 0, sizeof *out_source);
    out_source->subcommand = subcommand;
    const char *why = file_read(path, &text, &length);
    if (why != NULL) {
        complain(subcommand, what, "%s", why);
        return 0;
    }
    const char *nul = memchr(text, '\0', length);
    if (nul != NULL) {
        return refuse_nul(subcommand, path, text, nul);
    }
    cnicalc_catalog_fault fault = {1, 1, 0, 1, {0, 0, 0}};
    size_t count = 0;
    cnicalc_status status = cnicalc_catalog_parse(text, length, NULL, 0, &count, &fault);
    if (status == CNICALC_ERR_CAPACITY) {
        cnicalc_instance *rows = memory_take(count, sizeof *rows);
        status = cnicalc_catalog_parse(text, length, rows, count, &count, &fault);
        out_source->rows = rows;
        out_source->count = count;
    }
    if (status != CNICALC_OK) {
        return refuse_catalogue(subcommand, path, text, status, &fault);
    }
    return 1;
}

int instance_source_open(const char *subcommand, const char *path,
                         struct instance_source *out_source)
{
    char what[256];
    if (path == NULL) {
        memset(out_source, 0, sizeof *out_source);
        out_source->subcommand = subcommand;
        return 1;
    }
    snprintf(what, sizeof what, "--catalog %s", complain_shown(path));
    return instance_source_read(subcommand, what, path, out_source);
}

static int find_in_catalogue(const struct instance_source *source, const char *name, size_t *index)
{
    return cnicalc_catalog_find(source->rows, source->count, name, strlen(name), index) ==
           CNICALC_OK;
}

int instance_source_has(const struct instance_source *source, const char *name)
{
    size_t index = 0;
    return find_in_catalogue(source, name, &index);
}

/* The name of the catalogue that is near, or NULL. */
static const char *nearest_in_catalogue(const struct instance_source *source, const char *name)
{
    const char *best = NULL;
    uint32_t distance = 3; /* farther than two slips is another type */
    int bare = strncmp(name, "ecs.", 4) != 0;
    for (size_t i = 0; i < source->count; i++) {
        const char *offered = source->rows[i].name;
        const char *compared = bare && strncmp(offered, "ecs.", 4) == 0 ? offered + 4 : offered;
        uint32_t offered_distance = nearest_distance(name, compared);
        if (offered_distance < distance) {
            distance = offered_distance;
            best = offered;
        }
    }
    return best;
}

static void offer_names(const struct instance_source *source, const char *name,
                        char offers[OFFER_MAX][CNICALC_INSTANCE_NAME_SIZE], size_t *out_count)
{
    uint32_t indexes[OFFER_MAX];
    size_t near = 0;
    size_t count = 0;
    const char *own = nearest_in_catalogue(source, name);
    if (own != NULL) {
        snprintf(offers[count++], CNICALC_INSTANCE_NAME_SIZE, "%s", own);
    }
    expect_ok(cnicalc_instance_near(name, strlen(name), indexes, OFFER_MAX, &near));
    for (size_t i = 0; i < near && count < OFFER_MAX; i++) {
        cnicalc_instance row;
        expect_ok(cnicalc_instance_at(indexes[i], &row));
        if (!instance_source_has(source, row.name)) {
            memcpy(offers[count++], row.name, sizeof row.name);
        }
    }
    *out_count = count;
}

static int refuse_name(const struct instance_source *source, const char *what, const char *name)
{
    char offers[OFFER_MAX][CNICALC_INSTANCE_NAME_SIZE];
    size_t count = 0;
    const char *why = cnicalc_status_string(CNICALC_ERR_NO_SUCH_TYPE);
    const char *where = source->count != 0 ? " or the catalogue" : "";
    offer_names(source, name, offers, &count);
    if (count == 0) {
        complain(source->subcommand, what, "%s%s; see cnicalc types", why, where);
    } else if (count == 1) {
        complain(source->subcommand, what, "%s%s; did you mean %s?", why, where, offers[0]);
    } else {
        complain(source->subcommand, what, "%s%s; did you mean %s or %s?", why, where, offers[0],
                 offers[1]);
    }
    return 0;
}

int instance_source_find(const struct instance_source *source, const char *what, const char *name,
                         cnicalc_instance *out_instance)
{
    size_t index = 0;
    if (find_in_catalogue(source, name, &index)) {
        *out_instance = source->rows[index];
        return 1;
    }
    if (cnicalc_instance_find(name, strlen(name), out_instance) == CNICALC_OK) {
        return 1;
    }
    arguments_point_at(name);
    return refuse_name(source, what, name);
}

const cnicalc_instance *instance_source_all(const struct instance_source *source, size_t *out_count)
{
    size_t built_in = cnicalc_instance_count();
    cnicalc_instance *all = memory_take(source->count + built_in, sizeof *all);
    size_t count = source->count;
    if (count != 0) {
        memcpy(all, source->rows, count * sizeof *all);
    }
    for (size_t i = 0; i < built_in; i++) {
        expect_ok(cnicalc_instance_at(i, &all[count]));
        count += instance_source_has(source, all[count].name) ? 0 : 1;
    }
    *out_count = count;
    return all;
}
