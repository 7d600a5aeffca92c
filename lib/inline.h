/* SPDX-License-Identifier: MIT */
/* Small functions on hot paths that compilers take for too large, or too often used, to inline. */
#ifndef CNICALC_LIB_INLINE_H
#define CNICALC_LIB_INLINE_H

#if defined(__GNUC__)
#define CNICALC__INLINE static inline __attribute__((always_inline))
#else
#define CNICALC__INLINE static inline
#endif

#endif
