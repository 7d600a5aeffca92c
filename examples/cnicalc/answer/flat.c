/* SPDX-License-Identifier: MIT */
/* A record as JSON of texts alone, each under the path to it. */
#include "print.h"

#include <inttypes.h>

/* More than there are in one another. */
#define DEPTH_MAX 8

/* The path to a value, the texts and indexes on it. */
struct flat {
    struct visitor visitor; /* the first member: a pointer to it is one to the whole */
    struct json json;
    struct text_buffer path;
    struct level {
        size_t length;  /* of the path to here */
        uint64_t index; /* of the next in a list */
    } levels[DEPTH_MAX];
    size_t depth;
};

static void add_step(struct flat *flat, const char *key)
{
    struct level *level = &flat->levels[flat->depth];
    flat->path.length = level->length;
    text_add_plain(&flat->path, level->length == 0 ? "" : ".");
    if (key != NULL) {
        text_add_plain(&flat->path, key);
    } else {
        text_add(&flat->path, "%" PRIu64, level->index++);
    }
}

static void open_flat(struct visitor *visitor, const char *key, char bracket)
{
    struct flat *flat = (struct flat *)visitor;
    (void)bracket;
    add_step(flat, key);
    flat->depth++;
    flat->levels[flat->depth].length = flat->path.length;
    flat->levels[flat->depth].index = 0;
}

static void close_flat(struct visitor *visitor, char bracket)
{
    struct flat *flat = (struct flat *)visitor;
    (void)bracket;
    flat->depth--;
}

static void add_text(struct flat *flat, const char *key, const char *shown)
{
    const struct value text = value_text(shown);
    add_step(flat, key);
    flat->json.visitor.value(&flat->json.visitor, flat->path.text, &text);
}

static void add_flat(struct visitor *visitor, const char *key, const struct value *value)
{
    struct flat *flat = (struct flat *)visitor;
    char buffer[VALUE_TEXT_SIZE];
    if (value->kind != VALUE_BLOCKS) {
        add_text(flat, key,
                 value->kind == VALUE_NULL ? "" : value_show(value, "true", "false", buffer).text);
        return;
    }
    open_flat(visitor, key, '[');
    for (uint64_t i = 0; i < value->number; i++) {
        add_text(flat, NULL, value_cidr(&value->blocks[i]).text);
    }
    close_flat(visitor, ']');
}

void output_json_flat(struct text_buffer *out, const struct field *fields, const void *row)
{
    struct flat flat = {.visitor = {open_flat, add_flat, close_flat}, .json = json_to(out, 0)};
    flat.json.visitor.open(&flat.json.visitor, NULL, '{');
    field_visit_record("", fields, row, &flat.visitor);
    flat.json.visitor.close(&flat.json.visitor, '}');
}
