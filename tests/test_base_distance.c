/* SPDX-License-Identifier: MIT */
/* How far two texts are apart. */
#include <cnicalc/base.h>

#include "support.h"

#include <stdlib.h>
#include <string.h>

static uint32_t steps_between(const char *a, const char *b)
{
    uint32_t steps = 99;
    uint32_t back = 99;
    ck_ok(cnicalc_text_distance(a, strlen(a), b, strlen(b), &steps));
    ck_ok(cnicalc_text_distance(b, CNICALC_NUL_TERMINATED, a, CNICALC_NUL_TERMINATED, &back));
    ck_assert_msg(steps == back, "%s, %s: %u, and backwards %u", a, b, steps, back);
    return steps;
}

static const struct {
    char a[16];
    char b[16];
    uint32_t steps;
} known[] = {
    {"", "", 0},
    {"", "abc", 3},
    {"abc", "abc", 0},
    {"abc", "AbC", 0},
    {"aZAz", "AzaZ", 0},
    {"@[`{", "`{@[", 4}, /* beside the letters, and no case of each other */
    {"exclusive", "exclusvie", 1},
    {"exclusive", "EXCLUSVIE", 1},
    {"shared", "share", 1},
    {"shared", "sharded", 1},
    {"prefix", "perfix", 1},
    {"kitten", "sitting", 3},
    {"ca", "abc", 3}, /* a swapped pair stays together, else it were 2 */
    {"abcd", "badc", 2},
    {"flaw", "lawn", 2},
};

START_TEST(known_distances)
{
    for (size_t i = 0; i < COUNT(known); i++) {
        uint32_t steps = steps_between(known[i].a, known[i].b);
        ck_assert_msg(steps == known[i].steps, "%s, %s: %u", known[i].a, known[i].b, steps);
    }
}
END_TEST

START_TEST(texts_with_nul)
{
    uint32_t steps = 99;
    ck_ok(cnicalc_text_distance("a", 1, "a\0", 2, &steps));
    ck_assert_uint_eq(steps, 1);
    ck_ok(cnicalc_text_distance("\0a", 2, "a\0", 2, &steps));
    ck_assert_uint_eq(steps, 1);
    ck_ok(cnicalc_text_distance("a\0b", 3, "a", CNICALC_NUL_TERMINATED, &steps));
    ck_assert_uint_eq(steps, 2);
}
END_TEST

START_TEST(texts_up_to_the_longest)
{
    char a[CNICALC_TEXT_DISTANCE_MAX + 2];
    char b[CNICALC_TEXT_DISTANCE_MAX + 2];
    uint32_t steps = 0;
    memset(a, 'a', sizeof a);
    memset(b, 'b', sizeof b);
    ck_ok(
        cnicalc_text_distance(a, CNICALC_TEXT_DISTANCE_MAX, b, CNICALC_TEXT_DISTANCE_MAX, &steps));
    ck_assert_uint_eq(steps, CNICALC_TEXT_DISTANCE_MAX);
    ck_ok(cnicalc_text_distance(a, CNICALC_TEXT_DISTANCE_MAX, a, 2, &steps));
    ck_assert_uint_eq(steps, CNICALC_TEXT_DISTANCE_MAX - 2);
    ck_ok(cnicalc_text_distance(a, CNICALC_TEXT_DISTANCE_MAX + 1, a, 2, &steps));
    ck_assert_uint_eq(steps, CNICALC_UNKNOWN);
    steps = 0;
    ck_ok(cnicalc_text_distance(a, 2, a, CNICALC_TEXT_DISTANCE_MAX + 1, &steps));
    ck_assert_uint_eq(steps, CNICALC_UNKNOWN);
}
END_TEST

START_TEST(null_pointers)
{
    uint32_t steps;
    fill_pattern(&steps, sizeof steps);
    ck_status(cnicalc_text_distance(NULL, 0, "a", 1, &steps), CNICALC_ERR_NULL);
    ck_status(cnicalc_text_distance("a", 1, NULL, 0, &steps), CNICALC_ERR_NULL);
    ck_status(cnicalc_text_distance("a", 1, "a", 1, NULL), CNICALC_ERR_NULL);
    ck_untouched(steps);
}
END_TEST

/* ---- properties ---- */

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* The definition, without a table: the last step of each way from a to b. */
static uint32_t defined(const char *a, size_t a_len, const char *b, size_t b_len)
{
    if (a_len == 0 || b_len == 0) {
        return (uint32_t)(a_len + b_len);
    }
    uint32_t other = a[a_len - 1] != b[b_len - 1];
    uint32_t steps = defined(a, a_len - 1, b, b_len - 1) + other;
    steps = smaller(steps, defined(a, a_len - 1, b, b_len) + 1);
    steps = smaller(steps, defined(a, a_len, b, b_len - 1) + 1);
    if (a_len > 1 && b_len > 1 && a[a_len - 1] == b[b_len - 2] && a[a_len - 2] == b[b_len - 1]) {
        steps = smaller(steps, defined(a, a_len - 2, b, b_len - 2) + 1);
    }
    return steps;
}

/* The text of that number over three letters, shorter ones first. */
static void nth_text(unsigned number, char *out)
{
    size_t len = 0;
    for (; number != 0; number = (number - 1) / 3) {
        out[len++] = "abc"[(number - 1) % 3];
    }
    out[len] = '\0';
}

START_TEST(all_pairs_of_short_texts)
{
    for (unsigned i = 0; i < 121; i++) { /* all of up to four letters */
        char a[8];
        nth_text(i, a);
        for (unsigned j = 0; j <= i; j++) {
            char b[8];
            nth_text(j, b);
            ck_assert_uint_eq(steps_between(a, b), defined(a, strlen(a), b, strlen(b)));
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("distance of texts");
    add_tests(suite, "known", known_distances, NULL);
    add_tests(suite, "limits", texts_with_nul, texts_up_to_the_longest, NULL);
    add_tests(suite, "hostile", null_pointers, NULL);
    add_tests(suite, "properties", all_pairs_of_short_texts, NULL);
    return run_suite(suite);
}
