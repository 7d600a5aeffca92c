/* SPDX-License-Identifier: MIT */
/* cnicalc batch: answers any number of rows as they come, in constant memory. */
#include "batch.h"

#include "../ask/ceilings.h"
#include "../ask/node_options.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../base/stream.h"
#include "../command.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Rows that come fast enough not to look at the clock; so are those of one read. */
#define ROWS_BETWEEN_LOOKS 16384

/* More columns than any verb has. */
#define CELLS_MAX 16

struct batch {
    const char *subcommand;
    const struct batch_verb *verb;
    const struct field *columns[CELLS_MAX]; /* of the answer */
    size_t column_count;
    void *state;
    struct reader *reader;
    struct writer writer;
    uint64_t bad_rows;
    int on_terminal;         /* whether progress is shown */
    time_t shown;            /* when it was shown last, or the beginning */
    struct text_buffer text; /* of an answer */
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
        fprintf(stderr, "\rcnicalc: %s: %" PRIu64 " rows", batch->subcommand, batch->reader->lines);
    }
}

/* The cells of a line. Returns how many there are, those that have no room included. */
static size_t split(const struct line *line, size_t room, struct cell *cells)
{
    size_t count = 0;
    const char *text = line->text;
    const char *end = text + line->length;
    for (;;) {
        const char *tab = memchr(text, '\t', (size_t)(end - text));
        if (count < room) {
            cells[count].text = text;
            cells[count].length = (size_t)((tab != NULL ? tab : end) - text);
        }
        count++;
        if (tab == NULL) {
            return count;
        }
        text = tab + 1;
    }
}

/* A row that has no answer: what it gave, and why. */
static void put_bad_row(struct batch *batch, const struct cell *cells, const char *why)
{
    for (size_t i = 0; i < batch->column_count; i++) {
        if (i < batch->verb->most_cells && cells[i].length != 0) {
            writer_put(&batch->writer, cells[i].text, cells[i].length);
        } else {
            writer_put(&batch->writer, "-", 1);
        }
        writer_put(&batch->writer, "\t", 1);
    }
    writer_put_text(&batch->writer, why);
    batch->bad_rows++;
}

/* The text of an answer, from where it is kept or made now. */
static void put_answer(struct batch *batch, const struct reply *reply)
{
    struct text_buffer *text = &batch->text;
    if (reply->memo != NULL && reply->memo->text != NULL) {
        writer_put(&batch->writer, reply->memo->text, reply->memo->length);
        return;
    }
    text->length = 0;
    for (size_t i = 0; i < batch->column_count; i++) {
        char buffer[VALUE_TEXT_SIZE];
        const struct value value = field_value(batch->columns[i], reply->row, buffer);
        text_add_plain(text, value_show(value, "true", "false", buffer).text);
        text_add_plain(text, "\t");
    }
    if (reply->memo != NULL) {
        reply->memo->text = memory_copy(text->text, text->length);
        reply->memo->length = text->length;
    }
    writer_put(&batch->writer, text->text, text->length);
}

static void answer_line(struct batch *batch, const struct line *line)
{
    const struct batch_verb *verb = batch->verb;
    struct cell cells[BATCH_CELLS_MAX] = {{"", 0}, {"", 0}};
    struct reply reply = {"the line is longer than 65535 bytes", NULL, NULL};
    if (line->is_whole) {
        size_t count = split(line, verb->most_cells, cells);
        int fits = count >= verb->least_cells && count <= verb->most_cells;
        reply.why = fits ? NULL : verb->form;
        if (fits) {
            verb->answer(batch->state, cells, &reply);
        }
    }
    if (reply.why != NULL) {
        put_bad_row(batch, cells, reply.why);
    } else {
        put_answer(batch, &reply);
    }
    writer_put(&batch->writer, "\n", 1);
}

/* Ends the batch. A reader of stdout that has seen enough is no fault. */
static int finish(struct batch *batch)
{
    const char *lead = batch->on_terminal ? "\r" : "";
    if (batch->reader->failure != NULL) {
        return complain(batch->subcommand, "stdin", "cannot read: %s", batch->reader->failure);
    }
    writer_flush(&batch->writer);
    if (batch->writer.failure != 0 && batch->writer.failure != EPIPE) {
        return complain(batch->subcommand, "stdout", "cannot write: %s",
                        strerror(batch->writer.failure));
    }
    if (batch->writer.failure == 0) {
        fprintf(stderr, "%scnicalc: %s: %" PRIu64 " rows, %" PRIu64 " bad\n", lead,
                batch->subcommand, batch->reader->lines, batch->bad_rows);
    }
    return batch->bad_rows == 0 ? EXIT_ANSWERED : EXIT_NO;
}

static int answer_all(struct batch *batch)
{
    struct line line;
    for (size_t i = 0; i < batch->column_count; i++) {
        writer_put_text(&batch->writer, batch->columns[i]->key);
        writer_put(&batch->writer, "\t", 1);
    }
    writer_put_text(&batch->writer, "error\n");
    while (batch->writer.failure == 0 && reader_line(batch->reader, &line)) {
        answer_line(batch, &line);
        if (batch->reader->lines % ROWS_BETWEEN_LOOKS == 0 ||
            batch->reader->start == batch->reader->end) {
            show_progress(batch);
        }
    }
    return finish(batch);
}

/* Writes the answer itself, so that there is no other. */
static int run(const struct args *args, const struct batch_request *request,
               const struct batch_verb *verb)
{
    struct batch *batch = memory_take(1, sizeof *batch);
    batch->subcommand = args->subcommand;
    batch->verb = verb;
    batch->column_count = field_pick(verb->fields, verb->keys, batch->columns, CELLS_MAX);
    batch->state = verb->open(args, request);
    batch->reader = reader_begin();
    batch->on_terminal = isatty(STDERR_FILENO);
    batch->shown = now();
    return batch->state != NULL ? answer_all(batch) : EXIT_MALFORMED;
}

static int run_node(const struct args *args, void *request, struct answer *answer)
{
    (void)answer;
    return run(args, request, &batch_node);
}

static int run_flannel(const struct args *args, void *request, struct answer *answer)
{
    (void)answer;
    return run(args, request, &batch_flannel);
}

static int run_cidr(const struct args *args, void *request, struct answer *answer)
{
    (void)answer;
    return run(args, request, &batch_cidr);
}

enum { VERB_NODE = 1, VERB_FLANNEL = 2, VERB_CIDR = 4 };

static const struct verb verbs[] = {
    {"node", "[OPTION...]", "rows TYPE <tab> MODE", 0, 0, NULL, VERB_NODE, run_node, OFFER_NOTHING},
    {"flannel", "[OPTION...]", "rows POD_CIDR <tab> NODE_MASK", 0, 0, NULL, VERB_FLANNEL,
     run_flannel, OFFER_NOTHING},
    {"cidr", "", "rows BLOCK", 0, 0, NULL, VERB_CIDR, run_cidr, OFFER_NOTHING},
    {.name = NULL}};

#define FLANNEL_CEILINGS (CEILING_NODES | CEILING_PODS | CEILING_ROUTES)

#define AT(member) offsetof(struct batch_request, member)

static const struct option options[] = {
    {"mode", "MODE", "node: mode of rows without one: %c", OPTION_NAME, .where = AT(node.mode),
     .choices = &mode_choices, .verbs = VERB_NODE},
    {.kind = OPTION_GROUP,
     .help = "as for cnicalc node",
     .group = node_options,
     .where = AT(node),
     .verbs = VERB_NODE},
    {"catalog", "FILE", "node: its rows override the built-in ones", OPTION_TEXT,
     .where = AT(catalog), .verbs = VERB_NODE, .offer = OFFER_FILES},
    {.kind = OPTION_GROUP,
     .help = "as for cnicalc flannel",
     .group = ceilings_options,
     .where = AT(flannel.ceilings),
     .only = FLANNEL_CEILINGS | CEILING_EDITION,
     .verbs = VERB_FLANNEL},
    {.kind = OPTION_GROUP,
     .help = "as for cnicalc flannel",
     .group = quota_options,
     .where = AT(flannel.ceilings),
     .only = FLANNEL_CEILINGS,
     .verbs = VERB_FLANNEL},
    OPTIONS_END};

static void init(void *asked)
{
    struct batch_request *request = asked;
    expect_ok(cnicalc_node_options_init(&request->node, sizeof request->node));
    expect_ok(cnicalc_flannel_options_init(&request->flannel, sizeof request->flannel));
}

const struct command batch_command = {
    .name = "batch",
    .summary = "answers to rows from stdin, by the million",
    .operands = "VERB",
    .least = 1,
    .about = "Answers each line of stdin with a line of TSV, after a line with the names of the "
             "columns. A row without an answer keeps its place, and the column error says why; "
             "the exit status is then 1. The last line of stderr is a summary.",
    .examples = "cnicalc types -o tsv | sed -n 2,9p | cut -f 1 | cnicalc batch node",
    .instead = "rows come from stdin, one a line",
    .options = options,
    .verbs = verbs,
    .formats = OUTPUT_BIT(OUTPUT_TSV),
    .request_size = sizeof(struct batch_request),
    .init = init,
};
