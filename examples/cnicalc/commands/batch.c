/* SPDX-License-Identifier: MIT */
/* cnicalc batch: answers rows of any number as they come, in constant memory. */
#include "batch.h"

#include "../command.h"
#include "../base/complaint.h"
#include "../base/memory.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const struct option options[] = {
    {"mode", 1},
    {"max-eni", 1},
    {"host-network-pods", 1},
    {"kubelet-max-pods", 1},
    {"catalog", 1},
    {"edition", 1},
    {"raised", 0},
    {"routes-used", 1},
    {NULL, 0},
};

static const struct batch_verb *const verbs[] = {&batch_node, &batch_flannel, &batch_cidr};

/* Rows that come fast enough not to look at the clock; so are those of one read. */
#define ROWS_BETWEEN_LOOKS 16384

#define VERB_COUNT (sizeof verbs / sizeof verbs[0])

struct batch {
    const char *subcommand;
    const struct batch_verb *verb;
    void *state;
    struct reader reader;
    struct writer writer;
    uint64_t rows;
    uint64_t bad_rows;
    int on_terminal; /* whether progress is shown */
    time_t shown;    /* when it was shown last, or the beginning */
};

static time_t now(void)
{
    struct timespec time = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec;
}

/* Once a second, and never for what takes less. */
static void show_progress(struct batch *batch)
{
    time_t time = batch->on_terminal ? now() : batch->shown;
    if (time > batch->shown) {
        batch->shown = time;
        fprintf(stderr, "\rcnicalc: %s: %" PRIu64 " rows", batch->subcommand, batch->rows);
    }
}

/* The fields of a line. Returns how many there are, those that have no room included. */
static size_t split(const char *line, size_t length, size_t room, struct field *fields)
{
    size_t count = 0;
    const char *end = line + length;
    for (;;) {
        const char *tab = memchr(line, '\t', (size_t)(end - line));
        if (count < room) {
            fields[count].text = line;
            fields[count].length = (size_t)((tab != NULL ? tab : end) - line);
        }
        count++;
        if (tab == NULL) {
            return count;
        }
        line = tab + 1;
    }
}

/* A row that has no answer: what it gave, and why. */
static void put_bad_row(struct batch *batch, const struct field *fields, const char *why)
{
    const struct batch_verb *verb = batch->verb;
    for (size_t i = 0; i < verb->most_fields; i++) {
        if (fields[i].length != 0) {
            writer_put(&batch->writer, fields[i].text, fields[i].length);
        } else {
            writer_put(&batch->writer, "-", 1);
        }
        writer_put(&batch->writer, "\t", 1);
    }
    for (size_t i = 0; i < verb->answer_columns; i++) {
        writer_put(&batch->writer, "-\t", 2);
    }
    writer_put_text(&batch->writer, why);
    batch->bad_rows++;
}

static void answer_line(struct batch *batch, const char *line, size_t length, int is_whole)
{
    const struct batch_verb *verb = batch->verb;
    struct field fields[BATCH_FIELDS_MAX] = {{"", 0}, {"", 0}};
    const char *why = "the line is longer than 65535 bytes";
    if (is_whole) {
        size_t count = split(line, length, verb->most_fields, fields);
        why = count < verb->least_fields || count > verb->most_fields
                  ? verb->form
                  : verb->answer(batch->state, fields, &batch->writer);
    }
    if (why != NULL) {
        put_bad_row(batch, fields, why);
    }
    writer_put(&batch->writer, "\n", 1);
    batch->rows++;
}

/* Ends the batch. A reader of stdout that has seen enough is no fault. */
static int finish(struct batch *batch)
{
    const char *lead = batch->on_terminal ? "\r" : "";
    if (batch->reader.failure != 0) {
        return complain(batch->subcommand, "stdin", "cannot read: %s",
                        strerror(batch->reader.failure));
    }
    writer_flush(&batch->writer);
    if (batch->writer.failure != 0 && batch->writer.failure != EPIPE) {
        return complain(batch->subcommand, "stdout", "cannot write: %s",
                        strerror(batch->writer.failure));
    }
    if (batch->writer.failure == 0) {
        fprintf(stderr, "%scnicalc: %s: %" PRIu64 " rows, %" PRIu64 " bad\n", lead,
                batch->subcommand, batch->rows, batch->bad_rows);
    }
    return batch->bad_rows == 0 ? EXIT_ANSWERED : EXIT_NO;
}

static int answer_all(struct batch *batch)
{
    const char *line = NULL;
    size_t length = 0;
    enum line_kind kind = LINE_NONE;
    writer_put_text(&batch->writer, batch->verb->columns);
    while (batch->writer.failure == 0 &&
           (kind = reader_line(&batch->reader, &line, &length)) != LINE_NONE) {
        answer_line(batch, line, length, kind == LINE_WHOLE);
        if (batch->rows % ROWS_BETWEEN_LOOKS == 0 || batch->reader.start == batch->reader.end) {
            show_progress(batch);
        }
    }
    return finish(batch);
}

static const struct batch_verb *find_verb(const struct args *args)
{
    const char *names[VERB_COUNT];
    size_t index = 0;
    for (size_t i = 0; i < VERB_COUNT; i++) {
        names[i] = verbs[i]->name;
    }
    if (args->operand_count == 0) {
        complain(args->subcommand, "VERB", "none is given; see cnicalc batch --help");
        return NULL;
    }
    if (!args_choose(args->subcommand, "", args->operands[0], names, VERB_COUNT, &index)) {
        return NULL;
    }
    return verbs[index];
}

/* Whether all that is given goes with the verb. Returns 1, or 0 after a complaint. */
static int check_form(const struct args *args, const struct batch_verb *verb)
{
    char name[32];
    if (args->operand_count > 1) {
        complain(args->subcommand, args->operands[1], "rows come from stdin, a line each");
        return 0;
    }
    if (args->output != NULL && strcmp(args->output, "tsv") != 0) {
        complain(args->subcommand, "-o", "rows come out as tsv only");
        return 0;
    }
    for (size_t i = 0; options[i].name != NULL; i++) {
        snprintf(name, sizeof name, " %s ", options[i].name);
        if (args->values[i] != NULL && strstr(verb->options, name) == NULL) {
            snprintf(name, sizeof name, "--%s", options[i].name);
            complain(args->subcommand, name, "the option does not go with batch %s", verb->name);
            return 0;
        }
    }
    return 1;
}

/* Writes the answer itself, so that the document stays empty. */
static int run(const struct args *args, struct answer *answer)
{
    (void)answer;
    const struct batch_verb *verb = find_verb(args);
    if (verb == NULL || !check_form(args, verb)) {
        return EXIT_MALFORMED;
    }
    struct batch *batch = memory_take(1, sizeof *batch);
    batch->subcommand = args->subcommand;
    batch->verb = verb;
    batch->state = verb->open(args);
    batch->on_terminal = isatty(STDERR_FILENO);
    batch->shown = now();
    return batch->state != NULL ? answer_all(batch) : EXIT_MALFORMED;
}

const struct command batch_command = {
    "batch", "rows of any number from stdin, answered as they come",
    "Usage: cnicalc batch node [OPTION...]      rows TYPE <tab> MODE\n"
    "       cnicalc batch flannel [OPTION...]   rows POD_CIDR <tab> NODE_MASK\n"
    "       cnicalc batch cidr                  rows BLOCK\n"
    "\n"
    "Answers each line of stdin by a line of TSV, under a line with the names of the\n"
    "columns. A row without an answer keeps its place, and the column error says why;\n"
    "exit status 1 when there was one. A summary ends stderr.\n"
    "\n"
    "  --mode MODE             node: of rows that give no mode (default shared)\n"
    "  --max-eni N             node: Terway's max_eni\n"
    "  --host-network-pods N   node: pods on the node's own address (default 3)\n"
    "  --kubelet-max-pods N    node: kubelet's maxPods, when set by hand\n"
    "  --catalog FILE          node: own rows before the built-in ones\n"
    "  --edition EDITION       flannel: pro (default), basic, dedicated, edge-pro,\n"
    "                          edge-basic\n"
    "  --raised                flannel: the ceilings after a quota increase\n"
    "  --routes-used N         flannel: custom routes of the VPC that others hold\n"
    "  -o tsv\n"
    "\n"
    "Example: cnicalc types -o tsv | sed -n 2,9p | cut -f 1 | cnicalc batch node\n",
    options, run};
