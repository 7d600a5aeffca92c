/* SPDX-License-Identifier: MIT */
#include "memory.h"

#include "complaint.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Most things taken are small and many, so they share chunks. */
#define CHUNK_SIZE ((size_t)64 * 1024)

/* What is taken may hold 64-bit numbers and pointers. */
#define ALIGNMENT sizeof(uint64_t)

/* More bytes than any machine has for one thing; sums with it do not wrap. */
#define MOST (SIZE_MAX - SIZE_MAX / 4)

struct chunk {
    struct chunk *next;
    size_t used;
    size_t size;
    uint64_t *room;
};

/* The first is there from the start; most requests take no other. */
static uint64_t first_room[CHUNK_SIZE / ALIGNMENT];
static struct chunk first = {NULL, 0, CHUNK_SIZE, first_room};
static struct chunk *chunks = &first;

static void release_all(void)
{
    while (chunks != &first) {
        struct chunk *next = chunks->next;
        free(chunks);
        chunks = next;
    }
}

static void add_chunk(size_t size)
{
    struct chunk *chunk = malloc(sizeof *chunk + size);
    if (chunk == NULL) {
        complain("memory", NULL, "there is not enough for this request");
        exit(EXIT_MALFORMED);
    }
    if (chunks == &first) {
        atexit(release_all);
    }
    chunk->size = size;
    chunk->used = 0;
    chunk->room = (uint64_t *)(chunk + 1);
    chunk->next = chunks;
    chunks = chunk;
}

void *memory_room(size_t count, size_t size)
{
    /* More than there can be takes the most that can be asked for, which malloc() refuses. No
     * request comes so far on a machine of 64 bits: GCOVR_EXCL_BR_START */
    size_t bytes = count > MOST / size ? MOST : count * size;
    /* GCOVR_EXCL_BR_STOP */
    size_t needed = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (needed > chunks->size - chunks->used) {
        add_chunk(needed > CHUNK_SIZE ? needed : CHUNK_SIZE);
    }
    void *taken = (char *)chunks->room + chunks->used;
    chunks->used += needed;
    return taken;
}

/* Not the whole chunk is zeroed: a short run touches little of it. */
void *memory_take(size_t count, size_t size)
{
    return memset(memory_room(count, size), 0, count * size);
}

char *memory_copy(const char *text, size_t length)
{
    char *copy = memory_room(length + 1, 1);
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *memory_copy_text(const char *text)
{
    return text == NULL ? NULL : memory_copy(text, strlen(text));
}
