/* SPDX-License-Identifier: MIT */
#ifndef CNICALC_TESTS_EVALUATE_H
#define CNICALC_TESTS_EVALUATE_H

#include <stdint.h>

/* Whether a text "EXPRESSION = NUMBER" is true and its number is this one. Expressions have whole
 * numbers, + - * /, parentheses, min(), max() and trunc(). A compiler without 128-bit integers
 * takes the expression for true. */
int evaluates_to(const char *text, uint64_t number);

#endif
