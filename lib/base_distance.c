/* SPDX-License-Identifier: MIT */
/* How far two names are apart, for those who offer what may have been meant. */
#include "cnicalc/base.h"

#include "internal.h"

enum { LEN_MAX = CNICALC_TEXT_DISTANCE_MAX };

struct table {
    uint8_t rows[3][LEN_MAX + 2];
    unsigned char b[LEN_MAX + 2]; /* from 1 on */
    size_t b_len;
    uint32_t limit;
};

static unsigned char lower(char character)
{
    return (unsigned char)(character >= 'A' && character <= 'Z' ? character - 'A' + 'a'
                                                                : character);
}

static uint8_t least(uint8_t a, uint8_t b)
{
    return a < b ? a : b;
}

/* A row of the table of distances, for one character of a. Only cells at most `limit` off the
 * diagonal are looked at; one that is further off exceeds the limit. Returns the least of them. */
static uint32_t fill_row(struct table *table, size_t i, int character, int before)
{
    uint8_t *row = table->rows[i % 3];
    const uint8_t *above = table->rows[(i + 2) % 3];
    const uint8_t *two_above = table->rows[(i + 1) % 3];
    size_t first = i > table->limit ? i - table->limit : 1;
    size_t last = i + table->limit < table->b_len ? i + table->limit : table->b_len;
    uint8_t smallest = row[first - 1] = (uint8_t)(first == 1 ? i : table->limit + 1);
    for (size_t j = first; j <= last; j++) {
        uint8_t replaced = (uint8_t)(above[j - 1] + (character != table->b[j]));
        uint8_t added = (uint8_t)(least(above[j], row[j - 1]) + 1);
        row[j] = least(replaced, added);
        if (j > 1 && character == table->b[j - 1] && before == table->b[j]) {
            row[j] = least(row[j], (uint8_t)(two_above[j - 2] + 1));
        }
        smallest = least(smallest, row[j]);
    }
    row[last + 1] = (uint8_t)(table->limit + 1); /* the next row looks at one more */
    return smallest;
}

/* The optimal string alignment distance. Three rows of its table are kept at a time. */
uint32_t cnicalc__text_distance(const char *a, size_t a_len, const char *b, size_t b_len,
                                uint32_t limit)
{
    struct table table;
    int before = 256; /* the character of a before this one; at first none */
    if (a_len > b_len + limit || b_len > a_len + limit) {
        return limit + 1;
    }
    table.b_len = b_len;
    table.limit = limit;
    for (size_t j = 0; j <= b_len && j <= (size_t)limit + 1; j++) {
        table.rows[0][j] = (uint8_t)j;
    }
    size_t b_read = 0;
    for (size_t i = 1; i <= a_len; i++) {
        int character = lower(a[i - 1]);
        for (; b_read < b_len && b_read < i + limit; b_read++) {
            table.b[b_read + 1] = lower(b[b_read]);
        }
        if (fill_row(&table, i, character, before) > limit) {
            return limit + 1; /* no row after this one has less */
        }
        before = character;
    }
    return table.rows[a_len % 3][b_len];
}

cnicalc_status cnicalc_text_distance(const char *a, size_t a_len, const char *b, size_t b_len,
                                     uint32_t *out_steps)
{
    if (a == NULL || b == NULL || out_steps == NULL) {
        return CNICALC_ERR_NULL;
    }
    a_len = cnicalc__text_len(a, a_len);
    b_len = cnicalc__text_len(b, b_len);
    *out_steps = a_len <= LEN_MAX && b_len <= LEN_MAX
                     ? cnicalc__text_distance(a, a_len, b, b_len, LEN_MAX)
                     : CNICALC_UNKNOWN;
    return CNICALC_OK;
}
