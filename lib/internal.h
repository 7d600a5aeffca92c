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
 * inline. APART: one that a hot path calls now and then, and that would make it save registers each
 * time. COLD: one in a file of hot paths that is off them; it is optimised for size. Without
 * optimisation they say nothing: a debugger steps through each, and coverage counts each once. */

/* Asks for memory before it is needed. */
#if defined(__GNUC__)
#define CNICALC__FETCH(address) __builtin_prefetch(address)
#else
#define CNICALC__FETCH(address) ((void)0)
#endif

#if defined(__GNUC__) && defined(__OPTIMIZE__)
#define CNICALC__INLINE static inline __attribute__((always_inline))
#define CNICALC__APART  __attribute__((noinline))
#define CNICALC__COLD   __attribute__((noinline, cold))
#else
#define CNICALC__INLINE static inline
#define CNICALC__APART
#define CNICALC__COLD
#endif

/* ---- 64-bit arithmetic that says when the answer does not fit ---- */

/* 1 when a * b exceeds 64 bits, and then *out is not written. These two machines have the upper
 * half of a product anyway. Elsewhere the division, many times slower than all the rest, is reached
 * only by factors beyond 32 bits. */
static inline int cnicalc__mul_overflows(uint64_t a, uint64_t b, uint64_t *out)
{
#if defined(__GNUC__) && (defined(__x86_64__) || defined(__aarch64__))
    uint64_t product;
    if (__builtin_mul_overflow(a, b, &product)) {
        return 1;
    }
    *out = product;
#else
    if (((a | b) >> 32) != 0 && a != 0 && b > UINT64_MAX / a) {
        return 1;
    }
    *out = a * b;
#endif
    return 0;
}

static inline int cnicalc__add_overflows(uint64_t a, uint64_t b, uint64_t *out)
{
    *out = a + b;
    return *out < b;
}

static inline uint64_t cnicalc__min(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static inline uint64_t cnicalc__max(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* a - b, or 0 where b is the greater. */
static inline uint64_t cnicalc__subtract_or_0(uint64_t a, uint64_t b)
{
    return a > b ? a - b : 0;
}

/* How many of a size hold this many; none where a size is 0. */
static inline uint64_t cnicalc__divide_up(uint64_t count, uint64_t size)
{
    return size == 0 ? 0 : count / size + (count % size != 0);
}

/* ---- Legal ranges, both ends included: ACK, VPC and ECS documentation, 2026 ---- */

#define CNICALC__VPC_PREFIX_LEN_MIN          8
#define CNICALC__VPC_PREFIX_LEN_MAX          28
#define CNICALC__VPC_IPV6_PREFIX_LEN         56
#define CNICALC__VSWITCH_PREFIX_LEN_MIN      16
#define CNICALC__VSWITCH_PREFIX_LEN_MAX      29
#define CNICALC__VSWITCH_IPV6_PREFIX_LEN     64
#define CNICALC__POD_VSWITCH_PREFIX_LEN_MAX  25
#define CNICALC__POD_VSWITCH_ADVISED         19 /* the longest recommended */
#define CNICALC__POD_CIDR_PREFIX_LEN_MIN     8  /* 10.0.0.0/8, the largest range it may lie in */
#define CNICALC__NODE_MASK_MIN               24
#define CNICALC__NODE_MASK_MAX               28
#define CNICALC__PODS_PER_NODE_MIN           16 /* addresses of the longest node mask */
#define CNICALC__PODS_PER_NODE_MAX           256
#define CNICALC__SERVICE_PREFIX_LEN_MIN      16
#define CNICALC__SERVICE_PREFIX_LEN_MAX      24
#define CNICALC__SERVICE_IPV6_PREFIX_LEN_MIN 112
#define CNICALC__SERVICE_IPV6_PREFIX_LEN_MAX 120
#define CNICALC__ZONES_MAX                   32 /* of a proposal; our own bound */

#define CNICALC__PREFIX_LEN           28 /* of a block of IP prefix mode */
#define CNICALC__ADDRESSES_PER_PREFIX 16 /* each of them serves a pod */

/* A number of these in the text of a message. */
#define CNICALC__DIGITS(macro)   CNICALC__DIGITS_2(macro)
#define CNICALC__DIGITS_2(value) #value

/* The legal value next to a value; bound is one of enum cnicalc_bound. */
uint32_t cnicalc__bound_nearest(uint32_t bound, uint64_t value);

/* ---- Limits ---- */

/* What remains of a limit when some of it is used; all of it where there is no limit. */
static inline uint64_t cnicalc__remaining(uint64_t limit, uint64_t used)
{
    return limit == CNICALC_NO_LIMIT ? CNICALC_NO_LIMIT : cnicalc__subtract_or_0(limit, used);
}

/* The smallest row that counts this, the first of equals; rows have one. */
const cnicalc_limit_row *cnicalc__bind(const cnicalc_limit_row *rows, uint32_t count,
                                       uint32_t counts);

/* The limit of the first row that needs more than is available, or CNICALC_LIMIT_NONE. */
uint32_t cnicalc__first_shortage(const cnicalc_limit_row *rows, uint32_t count);

/* Puts a row after the *count that are there. */
static inline void cnicalc__add_row(cnicalc_limit_row *rows, uint32_t *count, uint32_t limit,
                                    uint32_t counts, uint64_t needed, uint64_t available)
{
    cnicalc_limit_row *row = &rows[(*count)++];
    row->limit = limit;
    row->counts = counts;
    row->needed = needed;
    row->available = available;
}

/* The same in the unit of cnicalc_limit_counts(): a row that judges a request. */
void cnicalc__add_judged_row(cnicalc_limit_row *rows, uint32_t *count, uint32_t limit,
                             uint64_t needed, uint64_t available);

/* Writes a fault and returns the status; out_fault may be NULL. */
cnicalc_status cnicalc__fault(cnicalc_status status, uint32_t array, size_t index, size_t other,
                              cnicalc_fault *out_fault);

/* The same for the question as a whole. */
cnicalc_status cnicalc__whole_fault(cnicalc_status status, cnicalc_fault *out_fault);

/* ---- Option structs: struct_size first, defaults from an init, reserved words zero ---- */

/* What every _init() begins with: all of the struct zero but for its struct_size. own_size is the
 * size that this library knows; CNICALC_ERR_NULL or CNICALC_ERR_STRUCT_SIZE leave it untouched. */
cnicalc_status cnicalc__options_begin(void *options, size_t struct_size, size_t own_size);

/* What every question checks first: the size of a struct, and that its reserved words are zero. */
cnicalc_status cnicalc__options_check(const void *options, size_t own_size, const void *reserved,
                                      size_t reserved_size);

/* Not 0 when some of these reserved words are not, whose size is a multiple of 4. */
uint32_t cnicalc__any_set(const void *words, size_t size);

/* ---- Names and texts that go in ---- */

/* The length of a caller's text, which may be CNICALC_NUL_TERMINATED. */
static inline size_t cnicalc__text_len(const char *text, size_t text_len)
{
    return text_len == CNICALC_NUL_TERMINATED ? strlen(text) : text_len;
}

/* Whether a text is this word. */
int cnicalc__text_is(const char *text, size_t text_len, const char *word);

/* Where each character, in either case, is in a text of at most CNICALC_TEXT_DISTANCE_MAX bytes:
 * bit i for place i. */
typedef struct cnicalc__spelling {
    uint64_t of[256];
    uint32_t text_len;
} cnicalc__spelling;

void cnicalc__spell(const char *text, size_t text_len, cnicalc__spelling *out_spelling);

/* cnicalc_text_distance() of that text and another such one, or anything above the limit where it
 * is above that. */
uint32_t cnicalc__text_distance(const cnicalc__spelling *a, const char *b, size_t b_len,
                                uint32_t limit);

/* From a name back to its enumerator: the value from 1 to last that name_of() names so.
 * CNICALC_ERR_NULL, or no_such where there is none, and then *out_value is untouched. */
cnicalc_status cnicalc__name_parse(const char *(*name_of)(uint32_t), uint32_t last,
                                   cnicalc_status no_such, const char *name, size_t name_len,
                                   uint32_t *out_value);

/* The text at an index of texts in one array, each with its NUL: an array of pointers would need
 * relocation. */
const char *cnicalc__nth_text(const char *texts, size_t index);

/* Of a list of X(value, text), the values and the texts: a switch with a case for each would take
 * more code than the texts. */
#define CNICALC__VALUE(value, text) value,
#define CNICALC__TEXT(value, text)  text "\0"

/* The index of a value, or count where it is none of them. */
size_t cnicalc__index_of(const uint8_t *values, size_t count, uint32_t value);

/* The text of a value. Texts have one more than values, which is that of any other value. */
const char *cnicalc__text_of(const uint8_t *values, size_t count, const char *texts,
                             uint32_t value);

/* ---- Texts that come out: written piece by piece, then copied to the caller whole or not at all
 * ---- */

/* Longer than any text of this library; a piece that would pass it is cut, and copy fails. */
#define CNICALC__TEXT_SIZE 512

typedef struct cnicalc__text {
    size_t len;
    char buffer[CNICALC__TEXT_SIZE];
} cnicalc__text;

void cnicalc__text_begin(cnicalc__text *text);
void cnicalc__text_bytes(cnicalc__text *text, const char *bytes, size_t count);
void cnicalc__text_string(cnicalc__text *text, const char *string);
void cnicalc__text_u64(cnicalc__text *text, uint64_t value);

/* Copies the text with its NUL, or returns CNICALC_ERR_CAPACITY and writes nothing. */
cnicalc_status cnicalc__text_copy(const cnicalc__text *text, char *out_text, size_t capacity);

#endif
