/* SPDX-License-Identifier: MIT */
#ifndef CNICALC_TESTS_JSON_H
#define CNICALC_TESTS_JSON_H

#include <stddef.h>

/* Whether a text is one JSON document (RFC 8259) of ASCII or UTF-8, with a newline at its end. */
int is_json(const char *text, size_t length);

#endif
