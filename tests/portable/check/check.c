/* SPDX-License-Identifier: MIT */
#include "check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#define TESTS_MAX  512
#define TCASES_MAX 32

struct TCase {
    const char *name;
    const char *tags;
    const TTest *tests[TESTS_MAX];
    int starts[TESTS_MAX];
    int ends[TESTS_MAX];
    int count;
};

struct Suite {
    const char *name;
    TCase *tcases[TCASES_MAX];
    int count;
};

struct SRunner {
    Suite *suite;
    int failed;
    int run;
};

static jmp_buf end_of_test;
static const char *running_tcase;

static void *take(size_t size)
{
    void *taken = calloc(1, size);
    if (taken == NULL) {
        abort();
    }
    return taken;
}

Suite *suite_create(const char *name)
{
    Suite *suite = take(sizeof *suite);
    suite->name = name;
    return suite;
}

void suite_add_tcase(Suite *suite, TCase *tcase)
{
    if (suite->count == TCASES_MAX) {
        abort();
    }
    suite->tcases[suite->count++] = tcase;
}

TCase *tcase_create(const char *name)
{
    TCase *tcase = take(sizeof *tcase);
    tcase->name = name;
    return tcase;
}

void tcase_set_timeout(TCase *tcase, double seconds)
{
    (void)tcase;
    (void)seconds;
}

void tcase_set_tags(TCase *tcase, const char *tags)
{
    tcase->tags = tags;
}

const char *tcase_name(void)
{
    return running_tcase;
}

void tcase_add_test(TCase *tcase, const TTest *test)
{
    tcase_add_loop_test(tcase, test, 0, 1);
}

void tcase_add_loop_test(TCase *tcase, const TTest *test, int start, int end)
{
    if (tcase->count == TESTS_MAX) {
        abort();
    }
    tcase->tests[tcase->count] = test;
    tcase->starts[tcase->count] = start;
    tcase->ends[tcase->count] = end;
    tcase->count++;
}

SRunner *srunner_create(Suite *suite)
{
    SRunner *runner = take(sizeof *runner);
    runner->suite = suite;
    return runner;
}

void ck_fail(const char *file, int line, const char *format, ...)
{
    va_list arguments;
    fprintf(stderr, "%s:%d: ", file, line);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    longjmp(end_of_test, 1);
}

static int fails(const TTest *test, int index)
{
    if (setjmp(end_of_test) != 0) {
        return 1;
    }
    test->function(index);
    return 0;
}

/* Of the two lists that libcheck compares, each is one word here. */
static int is_excluded(const TCase *tcase)
{
    const char *excluded = getenv("CK_EXCLUDE_TAGS");
    return excluded != NULL && tcase->tags != NULL && strcmp(excluded, tcase->tags) == 0;
}

static void run_tcase(SRunner *runner, const TCase *tcase)
{
    if (is_excluded(tcase)) {
        return;
    }
    running_tcase = tcase->name;
    for (int i = 0; i < tcase->count; i++) {
        for (int index = tcase->starts[i]; index < tcase->ends[i]; index++) {
            runner->run++;
            if (fails(tcase->tests[i], index)) {
                runner->failed++;
                fprintf(stderr, "%s: %s, %d: failed\n", tcase->name, tcase->tests[i]->name, index);
            }
        }
    }
}

void srunner_run_all(SRunner *runner, enum print_output output)
{
    (void)output;
    for (int i = 0; i < runner->suite->count; i++) {
        run_tcase(runner, runner->suite->tcases[i]);
    }
    printf("%s: checks: %d, failures: %d\n", runner->suite->name, runner->run, runner->failed);
}

int srunner_ntests_failed(SRunner *runner)
{
    return runner->failed;
}

int srunner_ntests_run(SRunner *runner)
{
    return runner->run;
}

void srunner_free(SRunner *runner)
{
    for (int i = 0; i < runner->suite->count; i++) {
        free(runner->suite->tcases[i]);
    }
    free(runner->suite);
    free(runner);
}
