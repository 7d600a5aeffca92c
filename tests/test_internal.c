/* SPDX-License-Identifier: MIT */
/* The text builder, where no public text is long enough to go: its end. */
#include "../lib/internal.h"

#include "support.h"

#include <string.h>

START_TEST(numbers_and_strings)
{
    cnicalc__text text;
    char out[64];
    cnicalc__text_begin(&text);
    cnicalc__text_u64(&text, 0);
    cnicalc__text_string(&text, "");
    cnicalc__text_string(&text, ", ");
    cnicalc__text_u64(&text, UINT64_MAX);
    cnicalc__text_string(&text, ".");
    ck_ok(cnicalc__text_copy(&text, out, sizeof out));
    ck_assert_str_eq(out, "0, 18446744073709551615.");
}
END_TEST

/* A text of each length around the end: all of it, or a status and nothing. */
START_TEST(a_full_text_is_refused)
{
    for (size_t len = CNICALC__TEXT_SIZE - 3; len < CNICALC__TEXT_SIZE + 40; len++) {
        struct {
            cnicalc__text text;
            char after[8];
        } guarded;
        char out[2 * CNICALC__TEXT_SIZE];
        fill_pattern(&guarded, sizeof guarded);
        fill_pattern(out, sizeof out);
        cnicalc__text_begin(&guarded.text);
        for (size_t i = 0; i < len; i++) {
            cnicalc__text_string(&guarded.text, i + 2 < len ? "x" : "");
        }
        cnicalc__text_string(&guarded.text, "yz"); /* in one piece, across the end */
        ck_untouched(guarded.after);
        if (len < CNICALC__TEXT_SIZE) {
            ck_ok(cnicalc__text_copy(&guarded.text, out, sizeof out));
            ck_assert_uint_eq(strlen(out), len);
            ck_assert_str_eq(out + len - 2, "yz");
        } else {
            ck_status(cnicalc__text_copy(&guarded.text, out, sizeof out), CNICALC_ERR_CAPACITY);
            ck_untouched(out);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text");
    add_tests(suite, "known", numbers_and_strings, NULL);
    add_tests(suite, "hostile", a_full_text_is_refused, NULL);
    return run_suite(suite);
}
