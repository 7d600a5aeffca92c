/* SPDX-License-Identifier: MIT */
#include "nearest.h"

#include "../base/complaint.h"

#include <cnicalc.h>
#include <string.h>

uint32_t nearest_distance(const char *a, const char *b)
{
    uint32_t steps = 0;
    expect_ok(cnicalc_text_distance(a, CNICALC_NUL_TERMINATED, b, CNICALC_NUL_TERMINATED, &steps));
    return steps;
}

struct nearest nearest_to(const char *wanted)
{
    struct nearest search = {wanted, (uint32_t)(strlen(wanted) + 2) / 4, CNICALC_UNKNOWN, NULL};
    return search;
}

/* Whether a name begins with a text, or ends with it as a word of its own. */
static int has_part(const char *name, const char *part)
{
    size_t length = strlen(part);
    size_t name_length = strlen(name);
    if (length < 2 || length >= name_length) {
        return 0;
    }
    const char *tail = name + name_length - length;
    return strncmp(part, name, length) == 0 ||
           (strcmp(part, tail) == 0 && (tail[-1] == '-' || tail[-1] == '_'));
}

void nearest_offer(struct nearest *search, const char *name)
{
    uint32_t slips = nearest_distance(search->wanted, name);
    uint32_t distance = slips <= search->slips ? 2 * slips : CNICALC_UNKNOWN;
    if (has_part(name,
                 search->wanted)) { /* between one slip and two, or better than the same slips */
        distance = slips <= search->slips ? distance - 1 : 3;
    }
    if (distance < search->distance) {
        search->distance = distance;
        search->best = name;
    }
}
