/* SPDX-License-Identifier: MIT */
/* The length of a text that goes in, for every function that takes one: with it nothing beyond is
 * read, and CNICALC_NUL_TERMINATED asks the same question about the text before the first NUL. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS is not in POSIX.1-2008 */

#include <cnicalc.h>

#include "support.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* All that a function can write, as bytes to compare. */
struct answer {
    cnicalc_cidr blocks[4];
    cnicalc_address address;
    cnicalc_instance rows[2];
    cnicalc_catalog_fault fault;
    cnicalc_status statuses[4];
    uint32_t values[8];
    uint64_t quantity;
    size_t size;
    size_t first;
};

typedef cnicalc_status ask(const char *text, size_t len, struct answer *out);

static cnicalc_status cidr_parse(const char *text, size_t len, struct answer *out)
{
    return cnicalc_cidr_parse(text, len, &out->blocks[0]);
}

static cnicalc_status cidr_parse_masked(const char *text, size_t len, struct answer *out)
{
    return cnicalc_cidr_parse_masked(text, len, &out->blocks[0]);
}

static cnicalc_status cidr_parse_address(const char *text, size_t len, struct answer *out)
{
    return cnicalc_cidr_parse_address(text, len, &out->address, &out->blocks[0]);
}

static cnicalc_status cidr_fault(const char *text, size_t len, struct answer *out)
{
    return cnicalc_cidr_fault(text, len, &out->size);
}

static cnicalc_status address_parse(const char *text, size_t len, struct answer *out)
{
    return cnicalc_address_parse(text, len, &out->address);
}

static cnicalc_status address_fault(const char *text, size_t len, struct answer *out)
{
    return cnicalc_address_fault(text, len, &out->size);
}

static cnicalc_status cidr_parse_lines(const char *text, size_t len, struct answer *out)
{
    return cnicalc_cidr_parse_lines(text, len, out->blocks, out->statuses, 4, &out->size);
}

static cnicalc_status cidr_parse_lines_masked(const char *text, size_t len, struct answer *out)
{
    return cnicalc_cidr_parse_lines_masked(text, len, out->blocks, out->statuses, 4, &out->size);
}

static cnicalc_status instance_find(const char *text, size_t len, struct answer *out)
{
    return cnicalc_instance_find(text, len, &out->rows[0]);
}

static cnicalc_status instance_index(const char *text, size_t len, struct answer *out)
{
    return cnicalc_instance_index(text, len, &out->first);
}

static cnicalc_status instance_index_batch(const char *text, size_t len, struct answer *out)
{
    return cnicalc_instance_index_batch(text, len, out->values, out->statuses, 4, &out->size);
}

static cnicalc_status instance_family(const char *text, size_t len, struct answer *out)
{
    return cnicalc_instance_family(text, len, &out->first, &out->size);
}

static cnicalc_status instance_column_parse(const char *text, size_t len, struct answer *out)
{
    return cnicalc_instance_column_parse(text, len, &out->values[0]);
}

static cnicalc_status text_distance(const char *text, size_t len, struct answer *out)
{
    cnicalc_status status = cnicalc_text_distance(text, len, "shared", 6, &out->values[0]);
    return status != CNICALC_OK ? status
                                : cnicalc_text_distance("shared", 6, text, len, &out->values[1]);
}

static cnicalc_status instance_near(const char *text, size_t len, struct answer *out)
{
    return cnicalc_instance_near(text, len, out->values, COUNT(out->values), &out->size);
}

static cnicalc_status catalog_parse(const char *text, size_t len, struct answer *out)
{
    return cnicalc_catalog_parse(text, len, out->rows, 2, &out->size, &out->fault);
}

static cnicalc_status catalog_find(const char *text, size_t len, struct answer *out)
{
    ck_ok(cnicalc_instance_init(&out->rows[0], sizeof out->rows[0]));
    ck_ok(cnicalc_instance_init(&out->rows[1], sizeof out->rows[1]));
    memcpy(out->rows[0].name, "ecs.a.large", sizeof "ecs.a.large");
    memcpy(out->rows[1].name, "ecs.b.large", sizeof "ecs.b.large");
    return cnicalc_catalog_find(out->rows, 2, text, len, &out->size);
}

static cnicalc_status limit_parse(const char *text, size_t len, struct answer *out)
{
    return cnicalc_limit_parse(text, len, &out->values[0]);
}

static cnicalc_status cpu_parse(const char *text, size_t len, struct answer *out)
{
    return cnicalc_cpu_parse(text, len, &out->quantity);
}

static cnicalc_status memory_parse(const char *text, size_t len, struct answer *out)
{
    return cnicalc_memory_parse(text, len, &out->quantity);
}

static cnicalc_status mode_parse(const char *text, size_t len, struct answer *out)
{
    return cnicalc_mode_parse(text, len, &out->values[0]);
}

static cnicalc_status edition_parse(const char *text, size_t len, struct answer *out)
{
    return cnicalc_edition_parse(text, len, &out->values[0]);
}

static cnicalc_status plugin_parse(const char *text, size_t len, struct answer *out)
{
    return cnicalc_plugin_parse(text, len, &out->values[0]);
}

static cnicalc_status security_group_parse(const char *text, size_t len, struct answer *out)
{
    return cnicalc_security_group_parse(text, len, &out->values[0]);
}

static cnicalc_status feature_parse(const char *text, size_t len, struct answer *out)
{
    return cnicalc_feature_parse(text, len, &out->values[0]);
}

/* A sound text of each function. Its last character counts, and one more, 'x', spoils it. */
static const struct {
    ask *ask;
    const char *text;
    cnicalc_status spoilt;
} QUESTIONS[] = {{cidr_parse, "10.244.0.0/16", CNICALC_ERR_CIDR_CHARACTER},
                 {cidr_parse, "10.0.0.0/8", CNICALC_ERR_CIDR_CHARACTER},
                 {cidr_parse, "255.255.255.255/32", CNICALC_ERR_CIDR_CHARACTER},
                 {cidr_parse, "fd00::/8", CNICALC_ERR_CIDR_CHARACTER},
                 {cidr_parse_masked, "10.1.2.3/8", CNICALC_ERR_CIDR_CHARACTER},
                 {cidr_parse_masked, "fd00::1/64", CNICALC_ERR_CIDR_CHARACTER},
                 {cidr_parse_address, "10.1.2.3/8", CNICALC_ERR_CIDR_CHARACTER},
                 {cidr_parse_address, "2001:db8::1.2.3.4/64", CNICALC_ERR_CIDR_CHARACTER},
                 {cidr_fault, "10.244.0.0/16", CNICALC_ERR_CIDR_CHARACTER},
                 {address_parse, "192.168.0.1", CNICALC_ERR_CIDR_CHARACTER},
                 {address_parse, "::1", CNICALC_ERR_CIDR_CHARACTER},
                 {address_fault, "fe80::1:2", CNICALC_ERR_CIDR_CHARACTER},
                 {cidr_parse_lines, "10.0.0.0/8\n::/0\n1/3\n", CNICALC_OK},
                 {text_distance, "shared", CNICALC_OK},
                 {instance_column_parse, "eni_quantity", CNICALC_ERR_NO_SUCH_COLUMN},
                 {cidr_parse_lines_masked, "10.1.2.3/8\n::1/64", CNICALC_OK},
                 {instance_find, "ecs.c7.4xlarge", CNICALC_ERR_NO_SUCH_TYPE},
                 {instance_index, "c7.4xlarge", CNICALC_ERR_NO_SUCH_TYPE},
                 {instance_index_batch, "ecs.c7.4xlarge\nbanana\ng7.large", CNICALC_OK},
                 {instance_family, "ecs.c7", CNICALC_ERR_NO_SUCH_FAMILY},
                 {instance_near, "ecs.c7.5xlarge", CNICALC_OK},
                 {catalog_parse, "instance_type\tvcpus\nx.large\t2", CNICALC_ERR_CATALOG_NUMBER},
                 {catalog_find, "b.large", CNICALC_ERR_NO_SUCH_TYPE},
                 {limit_parse, "route_quota", CNICALC_ERR_LIMIT},
                 {cpu_parse, "1.5", CNICALC_ERR_QUANTITY},
                 {memory_parse, "1.5Gi", CNICALC_ERR_QUANTITY},
                 {mode_parse, "shared", CNICALC_ERR_NODE_MODE},
                 {edition_parse, "pro", CNICALC_ERR_EDITION},
                 {plugin_parse, "terway", CNICALC_ERR_PLUGIN},
                 {security_group_parse, "basic", CNICALC_ERR_SECURITY_GROUP},
                 {feature_parse, "networkpolicy", CNICALC_ERR_FEATURE}};

/* Asks with the outputs all zero before. */
static cnicalc_status ask_fresh(ask *question, const char *text, size_t len, struct answer *out)
{
    memset(out, 0, sizeof *out);
    return question(text, len, out);
}

/* The bytes at the end of a page whose next one cannot be read. */
static const char *at_the_end(const char *bytes, size_t len)
{
    static char *pages;
    size_t size = (size_t)sysconf(_SC_PAGESIZE);
    if (pages == NULL) {
        pages = mmap(NULL, 2 * size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        ck_assert_ptr_ne(pages, MAP_FAILED);
        ck_assert_int_eq(mprotect(pages + size, size, PROT_NONE), 0);
    }
    char *place = pages + size - len;
    memcpy(place, bytes, len);
    return place;
}

START_TEST(both_forms_answer_alike)
{
    const char *text = QUESTIONS[_i].text;
    size_t whole = strlen(text);
    for (size_t len = 0; len <= whole; len++) {
        char cut[64] = {0};
        struct answer by_length;
        struct answer by_nul;
        memcpy(cut, text, len);
        cnicalc_status status = ask_fresh(QUESTIONS[_i].ask, at_the_end(cut, len), len, &by_length);
        ck_status(
            ask_fresh(QUESTIONS[_i].ask, at_the_end(cut, len + 1), CNICALC_NUL_TERMINATED, &by_nul),
            status);
        ck_assert_mem_eq(&by_nul, &by_length, sizeof by_nul);
    }
}
END_TEST

/* The sound text is one by its length, though its characters go on, and one by its NUL, though
 * there are characters after it; the NUL itself is no character of any text. */
START_TEST(what_follows_does_not_count)
{
    char text[64] = {0};
    size_t len = strlen(QUESTIONS[_i].text);
    struct answer plain;
    struct answer answer;
    memcpy(text, QUESTIONS[_i].text, len);
    ck_ok(ask_fresh(QUESTIONS[_i].ask, text, len, &plain));

    text[len] = 'x';
    ck_ok(ask_fresh(QUESTIONS[_i].ask, text, len, &answer));
    ck_assert_mem_eq(&answer, &plain, sizeof answer);
    ck_status(ask_fresh(QUESTIONS[_i].ask, text, len + 1, &answer), QUESTIONS[_i].spoilt);
    ck_status(ask_fresh(QUESTIONS[_i].ask, text, CNICALC_NUL_TERMINATED, &answer),
              QUESTIONS[_i].spoilt);

    text[len] = '\0';
    text[len + 1] = 'x';
    ck_ok(ask_fresh(QUESTIONS[_i].ask, text, CNICALC_NUL_TERMINATED, &answer));
    ck_assert_mem_eq(&answer, &plain, sizeof answer);
    ck_status(ask_fresh(QUESTIONS[_i].ask, text, len + 1, &answer), QUESTIONS[_i].spoilt);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text_len");
    TCase *tcase = tcase_create("every function");
    tcase_add_loop_test(tcase, both_forms_answer_alike, 0, (int)COUNT(QUESTIONS));
    tcase_add_loop_test(tcase, what_follows_does_not_count, 0, (int)COUNT(QUESTIONS));
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
