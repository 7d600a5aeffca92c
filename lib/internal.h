/* SPDX-License-Identifier: MIT */
/* The few helpers that all topics share: how functions are compiled, arithmetic, option structs,
 * names, limits, texts. */
#ifndef CNICALC_LIB_INTERNAL_H
#define CNICALC_LIB_INTERNAL_H

#include "cnicalc/base.h"

#include <string.h>

/* ---- How a function is compiled ----
 *
 * INLINE: a small function on a hot path that compilers take for too large, or too often used, to
 * inline. NOINLINE: one that would make its caller slower inside it. COLD: one in a file of hot
 * paths that is off them; it is optimised for size. Without optimisation they say nothing: a
 * debugger steps through each, and coverage counts each once. */

#if defined(__GNUC__) && defined(__OPTIMIZE__)
#define CNICALC__INLINE   static inline __attribute__((always_inline))
#define CNICALC__NOINLINE __attribute__((noinline))
#define CNICALC__COLD     __attribute__((noinline, cold))
#else
#define CNICALC__INLINE static inline
#define CNICALC__NOINLINE
#define CNICALC__COLD
#endif

/* ---- 64-bit arithmetic that says when the answer does not fit ---- */

/* 1 when a * b exceeds 64 bits, and then *out is not written. The division, many times slower than
 * all the rest, is reached only by factors beyond 32 bits. */
static inline int cnicalc__mul_overflows(uint64_t a, uint64_t b, uint64_t *out)
{
    if (((a | b) >> 32) != 0 && a != 0 && b > UINT64_MAX / a) {
        return 1;
    }
    *out = a * b;
    return 0;
}

static inline int cnicalc__add_overflows(uint64_t a, uint64_t b, uint64_t *out)
{
    if (b > UINT64_MAX - a) {
        return 1;
    }
    *out = a + b;
    return 0;
}

static inline uint64_t cnicalc__min(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* a - b, or 0 where b is the greater. */
static inline uint64_t cnicalc__subtract_or_0(uint64_t a, uint64_t b)
{
    return a > b ? a - b : 0;
}

/* ---- Limits: indexed by an enum whose 0 is that none decides ---- */

/* What remains of a limit when some of it is used; all of it where there is no limit. */
static inline uint64_t cnicalc__remaining(uint64_t limit, uint64_t used)
{
    return limit == CNICALC_NO_LIMIT ? CNICALC_NO_LIMIT : cnicalc__subtract_or_0(limit, used);
}

/* The index of the smallest limit from first to last, the first of equals. */
static inline uint32_t cnicalc__smallest_limit(const uint64_t *limits, uint32_t first,
                                               uint32_t last)
{
    uint32_t found = first;
    for (uint32_t i = first + 1; i <= last; i++) {
        if (limits[i] < limits[found]) {
            found = i;
        }
    }
    return found;
}

/* The first index from 1 to count - 1 where more is needed than available, or 0. */
static inline uint32_t cnicalc__first_shortage(const uint64_t *needed, const uint64_t *available,
                                               uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        if (needed[i] > available[i]) {
            return i;
        }
    }
    return 0;
}

/* ---- Option structs: struct_size first, defaults from an init, reserved words zero ---- */

/* What every _init() begins with: all of the struct zero but for its struct_size. own_size is the
 * size that this library knows; CNICALC_ERR_NULL or CNICALC_ERR_STRUCT_SIZE leave it untouched. */
cnicalc_status cnicalc__options_begin(void *options, size_t struct_size, size_t own_size);

/* What every question checks first. reserved is zero when all reserved words are. */
cnicalc_status cnicalc__options_check(uint32_t struct_size, size_t own_size, uint32_t reserved);

/* The bits of four reserved words in one. */
static inline uint32_t cnicalc__or4(const uint32_t *words)
{
    return words[0] | words[1] | words[2] | words[3];
}

/* ---- Names and texts that go in ---- */

/* The length of a caller's text, which may be CNICALC_NUL_TERMINATED. */
static inline size_t cnicalc__text_len(const char *text, size_t text_len)
{
    return text_len == CNICALC_NUL_TERMINATED ? strlen(text) : text_len;
}

/* cnicalc_text_distance() of texts of at most CNICALC_TEXT_DISTANCE_MAX bytes. */
uint32_t cnicalc__text_distance(const char *a, size_t a_len, const char *b, size_t b_len);

/* From a name back to its enumerator: the value from 1 to last that name_of() names so.
 * CNICALC_ERR_NULL, or no_such where there is none, and then *out_value is untouched. */
cnicalc_status cnicalc__name_parse(const char *(*name_of)(uint32_t), uint32_t last,
                                   cnicalc_status no_such, const char *name, size_t name_len,
                                   uint32_t *out_value);

/* The offset of the newline that ends the line at an offset, or of the end of the text. */
static inline size_t cnicalc__line_end(const char *text, size_t text_len, size_t at)
{
    while (at < text_len && text[at] != '\n') {
        at++;
    }
    return at;
}

/* The number of lines; the last one may lack its newline. */
static inline size_t cnicalc__count_lines(const char *text, size_t text_len)
{
    size_t count = text_len > 0 && text[text_len - 1] != '\n';
    for (size_t i = 0; i < text_len; i++) {
        count += text[i] == '\n';
    }
    return count;
}

/* ---- Texts that come out: written piece by piece, then copied to the caller whole or not at all
 * ---- */

/* Longer than any text of this library; a piece that would pass it is cut, and copy fails. */
#define CNICALC__TEXT_SIZE 512

typedef struct cnicalc__text {
    size_t len;
    char buffer[CNICALC__TEXT_SIZE];
} cnicalc__text;

void cnicalc__text_begin(cnicalc__text *text);
void cnicalc__text_string(cnicalc__text *text, const char *string);
void cnicalc__text_u64(cnicalc__text *text, uint64_t value);

/* Copies the text with its NUL, or returns CNICALC_ERR_CAPACITY and writes nothing. */
cnicalc_status cnicalc__text_copy(const cnicalc__text *text, char *out_text, size_t capacity);

#endif
