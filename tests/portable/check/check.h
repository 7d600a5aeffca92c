/* SPDX-License-Identifier: MIT */
/* As much of libcheck's interface as the tests use, for platforms that have no libcheck and for
 * MemorySanitizer, which needs all code instrumented. Tests run one after another in one process;
 * a failed assertion ends its test. */
#ifndef CNICALC_PORTABLE_CHECK_H
#define CNICALC_PORTABLE_CHECK_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct TTest {
    const char *name;
    void (*function)(int index);
} TTest;

typedef struct TCase TCase;
typedef struct Suite Suite;
typedef struct SRunner SRunner;

enum print_output { CK_SILENT, CK_MINIMAL, CK_NORMAL, CK_VERBOSE, CK_ENV };

#define START_TEST(name)                                                                           \
    static void name##_function(int _i);                                                           \
    static const TTest name##_test = {#name, name##_function};                                     \
    static const TTest *const name = &name##_test;                                                 \
    static void name##_function(int _i)                                                            \
    {                                                                                              \
        (void)_i;
#define END_TEST }

Suite *suite_create(const char *name);
void suite_add_tcase(Suite *suite, TCase *tcase);
TCase *tcase_create(const char *name);
void tcase_set_timeout(TCase *tcase, double seconds);
void tcase_set_tags(TCase *tcase, const char *tags);
const char *tcase_name(void);
void tcase_add_test(TCase *tcase, const TTest *test);
void tcase_add_loop_test(TCase *tcase, const TTest *test, int start, int end);
SRunner *srunner_create(Suite *suite);
void srunner_run_all(SRunner *runner, enum print_output output);
int srunner_ntests_failed(SRunner *runner);
int srunner_ntests_run(SRunner *runner);
void srunner_free(SRunner *runner);

#if defined(__GNUC__)
__attribute__((noreturn, format(printf, 3, 4)))
#endif
void ck_fail(const char *file, int line, const char *format, ...);

#define ck_abort_msg(...) ck_fail(__FILE__, __LINE__, __VA_ARGS__)
#define ck_assert_msg(condition, ...)                                                              \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            ck_fail(__FILE__, __LINE__, __VA_ARGS__);                                              \
        }                                                                                          \
    } while (0)
#define ck_assert(condition) ck_assert_msg(condition, "%s does not hold", #condition)

#define ck_compare_(type, a, relation, b, format)                                                  \
    do {                                                                                           \
        type a_ = (a);                                                                             \
        type b_ = (b);                                                                             \
        ck_assert_msg(a_ relation b_, "%s " #relation " %s: %" format ", %" format, #a, #b, a_,    \
                      b_);                                                                         \
    } while (0)

#define ck_assert_uint_eq(a, b)  ck_compare_(uintmax_t, a, ==, b, "ju")
#define ck_assert_uint_ne(a, b)  ck_compare_(uintmax_t, a, !=, b, "ju")
#define ck_assert_uint_lt(a, b)  ck_compare_(uintmax_t, a, <, b, "ju")
#define ck_assert_uint_le(a, b)  ck_compare_(uintmax_t, a, <=, b, "ju")
#define ck_assert_uint_gt(a, b)  ck_compare_(uintmax_t, a, >, b, "ju")
#define ck_assert_uint_ge(a, b)  ck_compare_(uintmax_t, a, >=, b, "ju")
#define ck_assert_int_eq(a, b)   ck_compare_(intmax_t, a, ==, b, "jd")
#define ck_assert_int_ne(a, b)   ck_compare_(intmax_t, a, !=, b, "jd")
#define ck_assert_int_lt(a, b)   ck_compare_(intmax_t, a, <, b, "jd")
#define ck_assert_int_le(a, b)   ck_compare_(intmax_t, a, <=, b, "jd")
#define ck_assert_int_gt(a, b)   ck_compare_(intmax_t, a, >, b, "jd")
#define ck_assert_int_ge(a, b)   ck_compare_(intmax_t, a, >=, b, "jd")
#define ck_assert_ptr_eq(a, b)   ck_compare_(const void *, a, ==, b, "p")
#define ck_assert_ptr_ne(a, b)   ck_compare_(const void *, a, !=, b, "p")
#define ck_assert_ptr_null(a)    ck_assert((a) == NULL)
#define ck_assert_ptr_nonnull(a) ck_assert((a) != NULL)

#define ck_compare_str_(a, relation, b)                                                            \
    do {                                                                                           \
        const char *a_ = (a);                                                                      \
        const char *b_ = (b);                                                                      \
        ck_assert_msg(a_ != NULL && b_ != NULL && strcmp(a_, b_) relation 0,                       \
                      "%s " #relation " %s: \"%s\", \"%s\"", #a, #b, a_ != NULL ? a_ : "NULL",     \
                      b_ != NULL ? b_ : "NULL");                                                   \
    } while (0)

#define ck_assert_str_eq(a, b) ck_compare_str_(a, ==, b)
#define ck_assert_str_ne(a, b) ck_compare_str_(a, !=, b)
#define ck_assert_mem_eq(a, b, size)                                                               \
    ck_assert_msg(memcmp(a, b, size) == 0, "the bytes of %s and %s differ", #a, #b)

#endif
