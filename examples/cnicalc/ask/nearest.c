/* SPDX-License-Identifier: MIT */
#include "nearest.h"

#include <stdint.h>
#include <string.h>

#define LENGTH_MAX 47
#define FAR        SIZE_MAX

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t nearest_distance(const char *a, const char *b)
{
    size_t a_length = strlen(a);
    size_t b_length = strlen(b);
    size_t cost[LENGTH_MAX + 1][LENGTH_MAX + 1];
    if (a_length > LENGTH_MAX || b_length > LENGTH_MAX) {
        return FAR;
    }
    for (size_t i = 0; i <= a_length; i++) {
        for (size_t j = 0; j <= b_length; j++) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            char x = lower(a[i - 1]);
            char y = lower(b[j - 1]);
            size_t step = smaller(cost[i - 1][j], cost[i][j - 1]) + 1;
            cost[i][j] = smaller(step, cost[i - 1][j - 1] + (x != y));
            if (i > 1 && j > 1 && x == lower(b[j - 2]) && lower(a[i - 2]) == y) {
                cost[i][j] = smaller(cost[i][j], cost[i - 2][j - 2] + 1);
            }
        }
    }
    return cost[a_length][b_length];
}

struct nearest nearest_to(const char *wanted)
{
    struct nearest search = {wanted, FAR, NULL};
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
    size_t length = strlen(search->wanted);
    size_t distance = nearest_distance(search->wanted, name);
    if (has_part(name, search->wanted)) {
        distance = smaller(distance, 1); /* a part of a name is as good as one slip */
    }
    /* With more slips than one in four letters, a name is another name. */
    if (distance <= (length + 2) / 4 && distance < search->distance) {
        search->distance = distance;
        search->best = name;
    }
}
