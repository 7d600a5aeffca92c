/* SPDX-License-Identifier: MIT */
/* How far two names are apart, for those who offer what may have been meant. */
#include "cnicalc/base.h"

#include "internal.h"

enum { LEN_MAX = CNICALC_TEXT_DISTANCE_MAX };

static unsigned char lower(char character)
{
    return (unsigned char)(character >= 'A' && character <= 'Z' ? character - 'A' + 'a'
                                                                : character);
}

static uint8_t least(uint8_t a, uint8_t b)
{
    return a < b ? a : b;
}

/* The optimal string alignment distance. Three rows of its table are kept at a time. */
uint32_t cnicalc__text_distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    uint8_t rows[3][LEN_MAX + 1];
    unsigned char b_lower[LEN_MAX + 1];
    int before = 256; /* the character of a before this one; at first none */
    for (size_t j = 0; j <= b_len; j++) {
        rows[0][j] = (uint8_t)j;
    }
    for (size_t j = 0; j < b_len; j++) {
        b_lower[j + 1] = lower(b[j]);
    }
    for (size_t i = 1; i <= a_len; i++) {
        uint8_t *row = rows[i % 3];
        const uint8_t *above = rows[(i - 1) % 3];
        const uint8_t *two_above = rows[(i + 1) % 3];
        unsigned char character = lower(a[i - 1]);
        row[0] = (uint8_t)i;
        for (size_t j = 1; j <= b_len; j++) {
            uint8_t replaced = (uint8_t)(above[j - 1] + (character != b_lower[j]));
            uint8_t added = (uint8_t)(least(above[j], row[j - 1]) + 1);
            row[j] = least(replaced, added);
            if (j > 1 && character == b_lower[j - 1] && before == b_lower[j]) {
                row[j] = least(row[j], (uint8_t)(two_above[j - 2] + 1));
            }
        }
        before = character;
    }
    return rows[a_len % 3][b_len];
}

cnicalc_status cnicalc_text_distance(const char *a, size_t a_len, const char *b, size_t b_len,
                                     uint32_t *out_steps)
{
    if (a == NULL || b == NULL || out_steps == NULL) {
        return CNICALC_ERR_NULL;
    }
    a_len = cnicalc__text_len(a, a_len);
    b_len = cnicalc__text_len(b, b_len);
    *out_steps = a_len <= LEN_MAX && b_len <= LEN_MAX ? cnicalc__text_distance(a, a_len, b, b_len)
                                                      : CNICALC_UNKNOWN;
    return CNICALC_OK;
}
