/* SPDX-License-Identifier: MIT */
#include "flat.h"

#include <inttypes.h>

struct key flat_path(struct flat *flat, struct key key)
{
    struct level *level = &flat->levels[flat->depth];
    flat->path.length = level->length;
    text_add_plain(&flat->path, level->length == 0 ? "" : ".");
    if (key.text != NULL) {
        text_add_bytes(&flat->path, key.text, key.length);
    } else {
        text_add(&flat->path, "%" PRIu64, level->index++);
    }
    const struct key path = {flat->path.text, flat->path.length};
    return path;
}

void flat_open(struct flat *flat, struct key key)
{
    const struct level level = {flat_path(flat, key).length, 0};
    flat->levels[++flat->depth] = level;
}

void flat_close(struct flat *flat)
{
    flat->depth--;
}
