/* SPDX-License-Identifier: MIT */
/* The numbers of a request, read strictly: decimal, no sign, no leading zero, no blank. */
#ifndef CNICALC_TOOL_NUMBER_H
#define CNICALC_TOOL_NUMBER_H

#include <stddef.h>
#include <stdint.h>

/* Each returns 1 and writes its answer, or returns 0. */
int number_parse(const char *text, size_t length, uint64_t *out_number);

/* A whole or decimal number as scaled / 10^places, with at most that many digits after the
 * point: "0.5" with 3 places is 500. */
int number_parse_decimal(const char *text, size_t length, uint32_t places, uint64_t *out_scaled);

/* "0.5" or "1/2" as the reduced fraction 1/2; both parts fit 32 bits, neither is lost to a
 * rounding. */
int number_parse_ratio(const char *text, uint32_t *out_numerator, uint32_t *out_denominator);

/* Whether a text has that form, whatever the size of its numbers. */
int number_is_ratio(const char *text);

/* A whole number that may have a "-" before it. */
int number_parse_signed(const char *text, int32_t *out_number);

/* "A..B", "A..", "..B", or "A" for A..A, in the manner of number_parse_decimal(). An open end is 0
 * or UINT64_MAX. B is not below A. */
int number_parse_range(const char *text, uint32_t places, uint64_t *out_low, uint64_t *out_high);

#endif
