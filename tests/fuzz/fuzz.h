/* SPDX-License-Identifier: MIT */
/* What every fuzz target needs: choices drawn from the input, properties, untouched outputs. */
#ifndef CNICALC_TESTS_FUZZ_H
#define CNICALC_TESTS_FUZZ_H

#include <cnicalc/terway.h>

#include <stddef.h>
#include <stdint.h>

/* What is left of an input. Drawing from an empty one gives zeros. */
typedef struct draw {
    const uint8_t *bytes;
    size_t left;
} draw;

/* A byte. */
uint32_t draw_byte(draw *input);

/* A number below limit, which is at least 1 and at most 256. */
uint32_t draw_below(draw *input, uint32_t limit);

/* Mostly small numbers, then those near the edges of 16, 32 and 64 bits, then any. */
uint32_t draw_u32(draw *input);
uint64_t draw_u64(draw *input);

/* A node, mostly one that the terway topic accepts. */
cnicalc_terway_node draw_terway_node(draw *input);

/* A property of the library: the program stops where it does not hold. */
#define require(condition)                                                                         \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            require_failed(__FILE__, __LINE__, #condition);                                        \
        }                                                                                          \
    } while (0)

void require_failed(const char *file, int line, const char *condition);

/* Fills an output before a call; is_poisoned() then tells whether the call left it alone. */
void poison(void *output, size_t size);
int is_poisoned(const void *output, size_t size);

/* The entry that libFuzzer and the replaying program call. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
