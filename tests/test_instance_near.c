/* SPDX-License-Identifier: MIT */
/* What is offered for a name that is not in the table. */
#include <cnicalc/instance.h>

#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct near_case {
    char name[64];
    size_t count; /* of all offers; the first three are named */
    char offers[3][32];
};

static const struct near_case near_cases[] = {
    {"ecs.c7.5xlarge", 8, {"ecs.c7.4xlarge", "ecs.c7.6xlarge", "ecs.c7.3xlarge"}},
    {"c7.5xlarge", 8, {"ecs.c7.4xlarge", "ecs.c7.6xlarge", "ecs.c7.3xlarge"}},
    {"ecs.c7.64xlarge", 8, {"ecs.c7.32xlarge", "ecs.c7.16xlarge", "ecs.c7.8xlarge"}},
    {"ecs.c7.100xlarge", 8, {"ecs.c7.32xlarge", "ecs.c7.16xlarge", "ecs.c7.8xlarge"}},
    {"ecs.c7.999xlarge", 8, {"ecs.c7.32xlarge", "ecs.c7.16xlarge", "ecs.c7.8xlarge"}},
    {"ecs.c7.1000xlarge", 8, {"ecs.c7.32xlarge", "ecs.c7.16xlarge", "ecs.c7.8xlarge"}},
    {"ecs.c7.1000000xlarge", 8, {"ecs.c7.32xlarge", "ecs.c7.16xlarge", "ecs.c7.8xlarge"}},
    {"ecs.c7a.1024xlarge", 8, {"ecs.c7a.32xlarge", "ecs.c7a.16xlarge", "ecs.c7a-nps1.16xlarge"}},
    {"ecs.c7.2xlar", 1, {"ecs.c7.2xlarge", "", ""}},
    {"ecs.c7.nano", 8, {"ecs.c7.large", "ecs.c7.xlarge", "ecs.c7.2xlarge"}},
    {"ecs.c7a.15xlarge", 8, {"ecs.c7a.16xlarge", "ecs.c7a-nps1.16xlarge", "ecs.c7a.8xlarge"}},
    {"ecs.c7a.12xlarge", 8, {"ecs.c7a.8xlarge", "ecs.c7a.16xlarge", "ecs.c7a-nps1.8xlarge"}},
    {"ecs.7c.4xlarge", 1, {"ecs.c7.4xlarge", "", ""}},
    {"ecs.c77.4xlarg", 3, {"ecs.c7.4xlarge", "ecs.c7a.4xlarge", "ecs.c7t.4xlarge"}},
    {"ecs.c7.4xlargeab", 1, {"ecs.c7.4xlarge", "", ""}},
    {"ecs.c7.4xlbrgq", 1, {"ecs.c7.4xlarge", "", ""}},
    {"ecs.c7.4xlbrgqq", 8, {"ecs.c7.large", "ecs.c7.xlarge", "ecs.c7.2xlarge"}},
    {"ecs.c7.04xlarge", 1, {"ecs.c7.4xlarge", "", ""}},
    {"ecs.c7.4294967297xlarge", 8, {"ecs.c7.32xlarge", "ecs.c7.16xlarge", "ecs.c7.8xlarge"}},
    {"ecs.c7.99999999999999999999999999999999999999999999999999xlarge", /* the longest */
     8,
     {"ecs.c7.32xlarge", "ecs.c7.16xlarge", "ecs.c7.8xlarge"}},
    {"ecs.c7.1+6xlarge", 1, {"ecs.c7.16xlarge", "", ""}},
    {"ecs.c7.10x0xlarge", 8, {"ecs.c7.large", "ecs.c7.xlarge", "ecs.c7.2xlarge"}},
    {"ecs.video-trans", 1, {"ecs.video-trans.26xhevc", "", ""}},
    {"ecs.t5.nano", 8, {"ecs.t5-lc2m1.nano", "ecs.t5-lc1m1.small", "ecs.t5-lc1m2.small"}},
    {"ecs.e4.nano", 5, {"ecs.e4.small", "ecs.e4.large", "ecs.e4.xlarge"}},
    {"ecs.c77.4xlarge", 3, {"ecs.c7.4xlarge", "ecs.c7a.4xlarge", "ecs.c7t.4xlarge"}},
    {"c7.4xlrage", 1, {"ecs.c7.4xlarge", "", ""}},
    {"ECS.C7.4XLARGE", 1, {"ecs.c7.4xlarge", "", ""}},
    {"ECS.C7A.5XLARGE", 8, {"ecs.c7a.4xlarge", "ecs.c7a.2xlarge", "ecs.c7a.8xlarge"}},
    {"Ecs.c7.5xLarge", 8, {"ecs.c7.4xlarge", "ecs.c7.6xlarge", "ecs.c7.3xlarge"}},
    {"ecs.c7.4xlarge", 1, {"ecs.c7.4xlarge", "", ""}},
    {"ecs.c7-4xlarge", 1, {"ecs.c7.4xlarge", "", ""}},
    {"ecs.c7", 8, {"ecs.c7.large", "ecs.c7.xlarge", "ecs.c7.2xlarge"}},
    {"ecs.c7.huge!", 8, {"ecs.c7.large", "ecs.c7.xlarge", "ecs.c7.2xlarge"}},
    {"ecs.u1.xlarge", 8, {"ecs.u1-c1m1.xlarge", "ecs.u1-c1m2.xlarge", "ecs.u1-c1m4.xlarge"}},
    {"", 0, {"", "", ""}},
    {"ecs.", 0, {"", "", ""}},
    {"banana", 0, {"", "", ""}},
    {"xlarge", 0, {"", "", ""}},
    {"ecs.zzzzz.4xlarge", 0, {"", "", ""}},
};

static void check_near(const struct near_case *known)
{
    uint32_t indexes[CNICALC_INSTANCE_NEAR_MAX + 1];
    size_t count = 99;
    ck_ok(cnicalc_instance_near(known->name, strlen(known->name), indexes, COUNT(indexes), &count));
    ck_assert_msg(count == known->count, "%s: %zu offers", known->name, count);
    for (size_t i = 0; i < count && i < COUNT(known->offers); i++) {
        cnicalc_instance row;
        ck_ok(cnicalc_instance_at(indexes[i], &row));
        ck_assert_msg(strcmp(row.name, known->offers[i]) == 0, "%s: offer %zu is %s", known->name,
                      i, row.name);
    }
}

START_TEST(near_names)
{
    for (size_t i = 0; i < COUNT(near_cases); i++) {
        check_near(&near_cases[i]);
    }
}
END_TEST

START_TEST(near_writes_no_more_than_the_capacity)
{
    for (size_t capacity = 0; capacity <= CNICALC_INSTANCE_NEAR_MAX; capacity++) {
        uint32_t indexes[CNICALC_INSTANCE_NEAR_MAX + 1];
        size_t count;
        fill_pattern(indexes, sizeof indexes);
        ck_ok(cnicalc_instance_near("ecs.c7.5xlarge", 14, indexes, capacity, &count));
        ck_assert_uint_eq(count, capacity);
        ck_assert(is_pattern(&indexes[capacity], sizeof indexes - capacity * sizeof indexes[0]));
    }
}
END_TEST

/* One insertion, deletion, replacement or swap of neighbours, told without a distance table. */
static int is_one_step(const char *a, const char *b)
{
    size_t a_len = strlen(a);
    size_t b_len = strlen(b);
    if (a_len < b_len) {
        return is_one_step(b, a);
    }
    size_t same = 0;
    while (same < b_len && a[same] == b[same]) {
        same++;
    }
    if (a_len == b_len + 1) {
        return strcmp(a + same + 1, b + same) == 0;
    }
    if (a_len != b_len || same == a_len) {
        return 0;
    }
    return strcmp(a + same + 1, b + same + 1) == 0 ||
           (a[same] == b[same + 1] && a[same + 1] == b[same] &&
            strcmp(a + same + 2, b + same + 2) == 0);
}

/* Names whose size is misspelt by a swap: the offer is every name one step away. */
START_TEST(near_spellings_are_all_those_one_step_away)
{
    tsv table = tsv_read("lib/data/ecs-instance-types.tsv");
    size_t checked = 0;
    for (size_t i = 1; i < table.row_count; i += 7) {
        char name[64];
        size_t len = strlen(table.rows[i][0]);
        memcpy(name, table.rows[i][0], len + 1);
        name[len - 1] = name[len - 2];
        name[len - 2] = 'e';
        size_t expected = 0;
        for (size_t j = 1; j < table.row_count; j++) {
            expected += (size_t)is_one_step(name, table.rows[j][0]);
        }
        expected = expected < CNICALC_INSTANCE_NEAR_MAX ? expected : CNICALC_INSTANCE_NEAR_MAX;
        uint32_t indexes[CNICALC_INSTANCE_NEAR_MAX];
        size_t count;
        if (expected == 0) {
            continue;
        }
        checked++;
        ck_ok(cnicalc_instance_near(name, len, indexes, COUNT(indexes), &count));
        ck_assert_msg(count == expected, "%s: %zu of %zu", name, count, expected);
        for (size_t j = 0; j < count; j++) {
            ck_assert(is_one_step(name, table.rows[indexes[j] + 1][0]));
        }
    }
    ck_assert_uint_gt(checked, 100);
    tsv_free(&table);
}
END_TEST

/* ---- sizes, by a model that goes through the whole table ---- */

/* The size of a name in eighths of an xlarge, 0 for what is no such size. */
static uint64_t eighths_of(const char *name)
{
    static const char *const words[] = {"nano", "small", "large"};
    static const uint64_t eighths[] = {1, 2, 4};
    const char *size = strrchr(name, '.') + 1;
    for (size_t i = 0; i < COUNT(words); i++) {
        if (strcmp(size, words[i]) == 0) {
            return eighths[i];
        }
    }
    size_t digits = strspn(size, "0123456789");
    if (strcmp(size + digits, "xlarge") != 0) {
        return 0;
    }
    return digits == 0 ? 8 : 8 * strtoull(size, NULL, 10);
}

static int is_of_family(const char *name, const char *family)
{
    size_t len = strlen(family);
    return strncmp(name, family, len) == 0 && (name[len] == '.' || name[len] == '-');
}

static uint64_t distance(uint64_t a, uint64_t b)
{
    return a > b ? a - b : b - a;
}

/* What is offered for a size that a family lacks: its rows, none farther than the one after it, and
 * no row of the family that is left out nearer than the last one. */
static void check_sizes(const tsv *table, const char *family, const char *digits)
{
    char name[128];
    uint32_t indexes[CNICALC_INSTANCE_NEAR_MAX];
    unsigned char is_offered[2048] = {0};
    size_t count = 99;
    uint64_t farthest = 0;
    snprintf(name, sizeof name, "%s.%sxlarge", family, digits);
    uint64_t wanted = eighths_of(name);
    ck_ok(cnicalc_instance_near(name, CNICALC_NUL_TERMINATED, indexes, COUNT(indexes), &count));
    for (size_t i = 0; i < count; i++) {
        const char *offer = table->rows[indexes[i] + 1][0];
        uint64_t apart = distance(eighths_of(offer), wanted);
        ck_assert_msg(is_of_family(offer, family), "%s: %s", name, offer);
        ck_assert_msg(apart >= farthest, "%s: %s is nearer than the one before", name, offer);
        ck_assert_uint_eq(is_offered[indexes[i]], 0);
        is_offered[indexes[i]] = 1;
        farthest = apart;
    }
    for (size_t i = 1; i < table->row_count; i++) {
        const char *row = table->rows[i][0];
        if (is_of_family(row, family) && !is_offered[i - 1]) {
            ck_assert_msg(count == CNICALC_INSTANCE_NEAR_MAX &&
                              distance(eighths_of(row), wanted) >= farthest,
                          "%s: %s is nearer", name, row);
        }
    }
}

/* Sizes of one to eighteen digits that no type has, for every family. */
START_TEST(near_sizes_are_the_nearest)
{
    tsv table = tsv_read("lib/data/ecs-instance-types.tsv");
    for (size_t i = 1; i < table.row_count; i++) {
        char family[64];
        size_t len = strcspn(table.rows[i][0] + 4, ".") + 4;
        memcpy(family, table.rows[i][0], len);
        family[len] = '\0';
        if (i > 1 && is_of_family(table.rows[i - 1][0], family)) {
            continue;
        }
        check_sizes(&table, family, "17");
        check_sizes(&table, family, "55");
        for (size_t digits = 3; digits <= 18; digits++) {
            static const char nines[] = "999999999999999999";
            static const char falling[] = "987654321987654321";
            check_sizes(&table, family, &nines[18 - digits]);
            check_sizes(&table, family, &falling[18 - digits]);
        }
    }
    tsv_free(&table);
}
END_TEST

START_TEST(near_long_names)
{
    char name[300];
    uint32_t indexes[2];
    size_t count = 99;
    memset(name, 'x', sizeof name);
    memcpy(name, "ecs.c7.4xlarge", 14);
    ck_ok(cnicalc_instance_near(name, sizeof name, indexes, 2, &count));
    ck_assert_uint_eq(count, 0);
    for (size_t len = 0; len <= 80; len++) {
        ck_ok(cnicalc_instance_near(name, len, indexes, 2, &count));
        ck_assert_uint_le(count, 2);
    }
}
END_TEST

START_TEST(near_null_pointers)
{
    uint32_t indexes[2];
    size_t count;
    fill_pattern(indexes, sizeof indexes);
    fill_pattern(&count, sizeof count);
    ck_status(cnicalc_instance_near(NULL, 0, indexes, 2, &count), CNICALC_ERR_NULL);
    ck_status(cnicalc_instance_near("c7", 2, NULL, 2, &count), CNICALC_ERR_NULL);
    ck_status(cnicalc_instance_near("c7", 2, indexes, 2, NULL), CNICALC_ERR_NULL);
    ck_untouched(indexes);
    ck_untouched(count);
    ck_ok(cnicalc_instance_near("ecs.c7.5xlarge", 14, NULL, 0, &count));
    ck_assert_uint_eq(count, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("instance near names");
    add_tests(suite, "known", near_names, NULL);
    add_tests(suite, "limits", near_writes_no_more_than_the_capacity, NULL);
    add_tests(suite, "hostile", near_long_names, near_null_pointers, NULL);
    add_tests(suite, "properties", near_spellings_are_all_those_one_step_away,
              near_sizes_are_the_nearest, NULL);
    return run_suite(suite);
}
