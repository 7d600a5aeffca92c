/* SPDX-License-Identifier: MIT */
/* INLINE: a small function on a hot path that compilers take for too large, or too often used, to
 * inline. APART: one that would make its caller slower inside it. SMALL: one in a file of hot paths
 * that is off them, and is made for size. Without optimization they say nothing: a
 * debugger steps through each, and coverage counts each once. */
#ifndef CNICALC_LIB_INLINE_H
#define CNICALC_LIB_INLINE_H

#if defined(__GNUC__) && defined(__OPTIMIZE__)
#define CNICALC__INLINE static inline __attribute__((always_inline))
#define CNICALC__APART  __attribute__((noinline))
#define CNICALC__SMALL  __attribute__((noinline, cold))
#else
#define CNICALC__INLINE static inline
#define CNICALC__APART
#define CNICALC__SMALL
#endif

#endif
