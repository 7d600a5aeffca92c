/* SPDX-License-Identifier: MIT */
/* How far two names are apart, for those who offer what may have been meant. */
#include "cnicalc/base.h"

#include "internal.h"
#include "word.h"

enum { LEN_MAX = CNICALC_TEXT_DISTANCE_MAX };

void cnicalc__spell(const char *text, size_t text_len, cnicalc__spelling *out_spelling)
{
    memset(out_spelling, 0, sizeof *out_spelling);
    out_spelling->text_len = (uint32_t)text_len;
    for (size_t i = 0; i < text_len; i++) {
        unsigned char character = (unsigned char)text[i];
        unsigned char letter = character & 0xdf; /* in upper case, if it is one */
        out_spelling->of[character] |= UINT64_C(1) << i;
        if (letter >= 'A' && letter <= 'Z') {
            out_spelling->of[character ^ 0x20] |= UINT64_C(1) << i;
        }
    }
}

/* Whether two texts are further apart than a limit for their lengths, or for the characters of each
 * that are not in the other: each of these takes a step of its own. */
static int are_far(const cnicalc__spelling *a, const char *b, size_t b_len, uint32_t limit)
{
    uint64_t left = (UINT64_C(1) << a->text_len) - 1;
    uint32_t strange = 0;
    if (a->text_len > b_len + limit || b_len > a->text_len + limit) {
        return 1;
    }
    for (size_t i = 0; i < b_len; i++) {
        uint64_t at = a->of[(unsigned char)b[i]];
        left &= ~at;
        strange += at == 0;
    }
    return strange > limit || cnicalc__count_bits(left) > limit;
}

/* The optimal string alignment distance, by a column of its table at a time (Hyyro, "A bit-vector
 * algorithm for computing Levenshtein and Damerau edit distances", 2003). All that is known of a
 * column is which cells are one more, and which are one less, than the cell above them. */
uint32_t cnicalc__text_distance(const cnicalc__spelling *a, const char *b, size_t b_len,
                                uint32_t limit)
{
    uint64_t all = (UINT64_C(1) << a->text_len) - 1;
    uint64_t rises = all;
    uint64_t falls = 0;
    uint64_t kept = 0;   /* cells that are the one up and to the left of them */
    uint64_t before = 0; /* where the character before this one is in a */
    if (are_far(a, b, b_len, limit)) {
        return limit + 1;
    }
    for (size_t i = 0; i < b_len; i++) {
        uint64_t at = a->of[(unsigned char)b[i]];
        uint64_t swapped = (~kept & at) << 1 & before;
        kept = (((at & rises) + rises) ^ rises) | at | falls | swapped;
        uint64_t more = falls | ~(kept | rises); /* than the cell to the left */
        uint64_t fewer = kept & rises;
        more = more << 1 | 1;
        rises = fewer << 1 | ~(kept | more);
        falls = more & kept;
        before = at;
    }
    return (uint32_t)b_len + cnicalc__count_bits(rises & all) - cnicalc__count_bits(falls & all);
}

cnicalc_status cnicalc_text_distance(const char *a, size_t a_len, const char *b, size_t b_len,
                                     uint32_t *out_steps)
{
    if (a == NULL || b == NULL || out_steps == NULL) {
        return CNICALC_ERR_NULL;
    }
    a_len = cnicalc__text_len(a, a_len);
    b_len = cnicalc__text_len(b, b_len);
    *out_steps = CNICALC_UNKNOWN;
    if (a_len <= LEN_MAX && b_len <= LEN_MAX) {
        cnicalc__spelling spelling;
        cnicalc__spell(a, a_len, &spelling);
        *out_steps = cnicalc__text_distance(&spelling, b, b_len, LEN_MAX);
    }
    return CNICALC_OK;
}
