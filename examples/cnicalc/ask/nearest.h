/* SPDX-License-Identifier: MIT */
/* Which of some names a mistyped one was meant to be. */
#ifndef CNICALC_TOOL_NEAREST_H
#define CNICALC_TOOL_NEAREST_H

#include <stdint.h>

struct nearest {
    const char *wanted;
    uint32_t slips;    /* with more it is another name: one in four letters */
    uint32_t distance; /* of best: twice its slips, or one less */
    const char *best;  /* NULL while nothing offered is near */
};

struct nearest nearest_to(const char *wanted);

/* Considers one name, which must outlive the search; of equally near ones the first stays. */
void nearest_offer(struct nearest *search, const char *name);

/* cnicalc_text_distance(): texts too long to be any of our names are the farthest. */
uint32_t nearest_distance(const char *a, const char *b);

#endif
