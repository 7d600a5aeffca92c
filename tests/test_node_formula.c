/* SPDX-License-Identifier: MIT */
/* The formula of a node, letter by letter. tests/model evaluates many thousands more. */
#include "node_support.h"

#include <string.h>

struct node {
    uint32_t mode, enis, addresses, max_eni;
    uint32_t numerator, denominator;
    int32_t shift;
    uint32_t erdma, windows, prefix_count; /* eRDMA by the daemon's IPAM */
    const char *formula;
};

#define SHARED    CNICALC_MODE_SHARED_ENI
#define TRUNK     CNICALC_MODE_SHARED_ENI_TRUNK
#define EXCLUSIVE CNICALC_MODE_EXCLUSIVE_ENI
#define PREFIX    CNICALC_MODE_IP_PREFIX

/* mode, E, I, max_eni, ratio, shift, eRDMA (with R = 2), Windows, ipv4_prefix_count */
static const struct node nodes[] = {
    {SHARED, 8, 30, 0, 1, 1, 0, 0, 0, 0, "(8 - 1) * 30 = 210"},
    {TRUNK, 8, 20, 0, 1, 1, 0, 0, 0, 0, "(8 - 1) * 20 = 140"},
    {EXCLUSIVE, 8, 30, 0, 1, 1, 0, 0, 0, 0, "8 - 1 = 7"},
    {EXCLUSIVE, 8, CNICALC_UNKNOWN, 0, 1, 1, 0, 0, 0, 0, "8 - 1 = 7"},
    {PREFIX, 8, 30, 0, 1, 1, 0, 0, 0, 0, "(8 - 1) * (30 - 1) * 16 = 3248"},
    {PREFIX, 8, 30, 0, 1, 1, 0, 0, 0, 10, "min((8 - 1) * (30 - 1) * 16, 10 * 16) = 160"},
    {SHARED, 8, 30, 0, 1, 1, 0, 0, 0, 10, "(8 - 1) * 30 = 210"},
    {SHARED, 8, 30, 0, 1, 1, 0, 0, 1, 0, "(8 - 1) * (30 - 1) = 203"},
    {SHARED, 8, 30, 4, 1, 1, 0, 0, 0, 0, "min(8 - 1, 4) * 30 = 120"},
    {SHARED, 8, 30, 9, 1, 1, 0, 0, 0, 0, "min(8 - 1, 9) * 30 = 210"},
    {EXCLUSIVE, 8, 30, 4, 1, 1, 0, 0, 0, 0, "min(8 - 1, 4) = 4"},
    {SHARED, 8, 30, 0, 1, 1, 0, 1, 0, 0, "(8 - 1 - 2) * 30 = 150"},
    {SHARED, 2, 30, 0, 1, 1, 0, 1, 0, 0, "(2 - 1) * 30 = 30"},
    {EXCLUSIVE, 4, 30, 0, 1, 1, 0, 1, 0, 0, "4 - 1 - 1 = 2"},
    {SHARED, 8, 30, 4, 1, 1, 0, 1, 0, 0, "(min(8 - 1, 4) - 2) * 30 = 60"},
    {SHARED, 8, 30, 2, 1, 1, 0, 1, 0, 0, "(min(8 - 1, 2) - 2) * 30 = 0"},
    {SHARED, 8, 30, 1, 1, 1, 0, 1, 0, 0, "max(0, min(8 - 1, 1) - 2) * 30 = 0"},
    {EXCLUSIVE, 8, 30, 1, 1, 1, 0, 1, 0, 0, "min(8 - 1, 1) - 1 = 0"},
    {SHARED, 8, 30, 0, 1, 2, 0, 0, 0, 0, "min(8 - 1, trunc(8 * 1 / 2) + 0 - 1) * 30 = 90"},
    {SHARED, 8, 30, 0, 0, 5, -2, 0, 0, 0, "min(8 - 1, trunc(8 * 5 / 5) - 2 - 1) * 30 = 150"},
    {SHARED, 8, 30, 0, 1, 1, 3, 0, 0, 0, "min(8 - 1, trunc(8 * 1 / 1) + 3 - 1) * 30 = 210"},
    {SHARED, 8, 30, 0, 1, 1, -7, 0, 0, 0, "min(8 - 1, trunc(8 * 1 / 1) - 7 - 1) * 30 = 0"},
    {SHARED, 8, 30, 0, 1, 1, -8, 0, 0, 0, "max(0, min(8 - 1, trunc(8 * 1 / 1) - 8 - 1)) * 30 = 0"},
    {EXCLUSIVE, 8, 30, 6, 333, 1000, 1, 1, 0, 0,
     "min(8 - 1, trunc(8 * 333 / 1000) + 1 - 1, 6) - 1 = 1"},
    {EXCLUSIVE, 8, 30, 6, 333, 1000, INT32_MIN, 1, 0, 0,
     "max(0, min(8 - 1, trunc(8 * 333 / 1000) - 2147483648 - 1, 6) - 1) = 0"},
    {SHARED, 1, 30, 0, 1, 1, 0, 0, 0, 0, "(1 - 1) * 30 = 0"},
    {SHARED, 0, 30, 0, 1, 1, 0, 0, 0, 0, "max(0, 0 - 1) * 30 = 0"},
    {EXCLUSIVE, 0, 30, 0, 1, 1, 0, 0, 0, 0, "max(0, 0 - 1) = 0"},
    {SHARED, 8, 0, 0, 1, 1, 0, 0, 0, 0, "(8 - 1) * 0 = 0"},
    {SHARED, 8, 0, 0, 1, 1, 0, 0, 1, 0, "(8 - 1) * max(0, 0 - 1) = 0"},
    {SHARED, 8, 1, 0, 1, 1, 0, 0, 1, 0, "(8 - 1) * (1 - 1) = 0"},
    {PREFIX, 8, 0, 0, 1, 1, 0, 0, 0, 0, "(8 - 1) * max(0, 0 - 1) * 16 = 0"},
    {PREFIX, 0, 0, 0, 1, 1, 0, 0, 0, 1, "min(max(0, 0 - 1) * max(0, 0 - 1) * 16, 1 * 16) = 0"},
    /* The longest: with its NUL it fills CNICALC_NODE_FORMULA_SIZE. */
    {PREFIX, 1000000000, 1000000001, 1000000000, 4000000000, 1250000000, INT32_MIN, 1, 0,
     UINT32_MAX - 1,
     "min((min(1000000000 - 1, trunc(1000000000 * 4000000000 / 1250000000) - 2147483648 - 1, "
     "1000000000) - 2) * (1000000001 - 1) * 16, 4294967294 * 16) = 68719476704"},
};

static cnicalc_node_options options_for(const struct node *node)
{
    cnicalc_node_options options;
    ck_ok(cnicalc_node_options_init(&options, sizeof options));
    options.mode = node->mode;
    options.max_eni = node->max_eni;
    options.eni_cap_ratio_numerator = node->numerator;
    options.eni_cap_ratio_denominator = node->denominator;
    options.eni_cap_shift = node->shift;
    options.erdma = node->erdma;
    options.erdma_ipam = CNICALC_ERDMA_IPAM_DAEMON;
    options.windows = node->windows;
    options.ipv4_prefix_count = node->prefix_count != 0 ? node->prefix_count : CNICALC_UNKNOWN;
    return options;
}

static void check_text(const cnicalc_instance *instance, const cnicalc_node_options *options,
                       const char *formula)
{
    char text[CNICALC_NODE_FORMULA_SIZE + 1];
    size_t room = strlen(formula) + 1;
    ck_assert_uint_le(room, CNICALC_NODE_FORMULA_SIZE);
    /* Exactly enough room, and not a byte after it. */
    fill_pattern(text, sizeof text);
    ck_ok(cnicalc_node_formula(instance, options, text, room));
    ck_assert_str_eq(text, formula);
    ck_assert(is_pattern(text + room, sizeof text - room));
    fill_pattern(text, sizeof text);
    ck_status(cnicalc_node_formula(instance, options, text, room - 1), CNICALC_ERR_CAPACITY);
    ck_status(cnicalc_node_formula(instance, options, text, 0), CNICALC_ERR_CAPACITY);
    ck_untouched(text);
}

START_TEST(formulas)
{
    size_t longest = 0;
    for (size_t i = 0; i < COUNT(nodes); i++) {
        cnicalc_instance instance = able_instance_of(nodes[i].enis, nodes[i].addresses);
        cnicalc_node_options options = options_for(&nodes[i]);
        check_text(&instance, &options, nodes[i].formula);
        size_t size = strlen(nodes[i].formula) + 1;
        longest = size > longest ? size : longest;
    }
    ck_assert_uint_eq(longest, CNICALC_NODE_FORMULA_SIZE);
}
END_TEST

START_TEST(formula_of_no_prefix)
{
    cnicalc_instance instance = able_instance_of(8, 30);
    cnicalc_node_options options = options_for(&nodes[4]);
    options.ipv4_prefix_count = 0;
    check_text(&instance, &options, "min((8 - 1) * (30 - 1) * 16, 0 * 16) = 0");
}
END_TEST

/* One ENI where IPAM is centralised. */
START_TEST(formula_of_centralised_erdma)
{
    cnicalc_instance instance = able_instance_of(8, 30);
    cnicalc_node_options options = options_for(&nodes[0]);
    options.erdma = 1;
    options.erdma_ipam = CNICALC_ERDMA_IPAM_CENTRALISED;
    check_text(&instance, &options, "(8 - 1 - 1) * 30 = 180");
}
END_TEST

START_TEST(formulas_of_one_ipv6_prefix)
{
    static const struct {
        uint32_t enis, ipv6, max_eni;
        const char *formula;
    } ipv6_nodes[] = {
        {8, 1, 0, "min((8 - 1) * 65536, 65536) = 65536"},
        {8, 30, 3, "min(min(8 - 1, 3) * 65536, 65536) = 65536"},
        {1, 1, 0, "min((1 - 1) * 65536, 65536) = 0"},
        {0, 1, 0, "min(max(0, 0 - 1) * 65536, 65536) = 0"},
        {8, 0, 0, "min((8 - 1) * 0, 65536) = 0"},
    };
    for (size_t i = 0; i < COUNT(ipv6_nodes); i++) {
        const struct node node = {PREFIX, 0, 0, ipv6_nodes[i].max_eni, 1, 1, 0, 0, 0, 7, ""};
        cnicalc_instance instance = able_instance_of(ipv6_nodes[i].enis, CNICALC_UNKNOWN);
        cnicalc_node_options options = options_for(&node);
        instance.eni_ipv6_address_quantity = ipv6_nodes[i].ipv6;
        options.ip_stack = CNICALC_IP_STACK_IPV6;
        check_text(&instance, &options, ipv6_nodes[i].formula);
    }
}
END_TEST

START_TEST(formulas_of_lingjun)
{
    cnicalc_instance instance = able_instance_of(CNICALC_UNKNOWN, CNICALC_UNKNOWN);
    cnicalc_node_options options = options_for(&nodes[2]);
    instance.leni_quota = 20;
    check_text(&instance, &options, "20 - 1 = 19");
    instance.leni_quota = 1;
    check_text(&instance, &options, "1 - 1 = 0");
    instance.high_dense_quantity = 64;
    check_text(&instance, &options, "64 = 64");
}
END_TEST

START_TEST(formulas_of_malformed_questions)
{
    cnicalc_instance instance = able_instance_of(8, 30);
    cnicalc_node_options options = options_for(&nodes[0]);
    char text[CNICALC_NODE_FORMULA_SIZE];
    fill_pattern(text, sizeof text);
    ck_status(cnicalc_node_formula(&instance, &options, NULL, sizeof text), CNICALC_ERR_NULL);
    ck_status(cnicalc_node_formula(NULL, &options, text, sizeof text), CNICALC_ERR_NULL);
    ck_status(cnicalc_node_formula(&instance, NULL, text, sizeof text), CNICALC_ERR_NULL);
    options.mode = 0;
    ck_status(cnicalc_node_formula(&instance, &options, text, sizeof text), CNICALC_ERR_NODE_MODE);
    options.mode = SHARED;
    options.struct_size = 0;
    ck_status(cnicalc_node_formula(&instance, &options, text, sizeof text),
              CNICALC_ERR_STRUCT_SIZE);
    options.struct_size = sizeof options;
    options.mode = PREFIX;
    instance.eni_quantity = UINT32_MAX - 1;
    instance.eni_private_ip_address_quantity = UINT32_MAX - 1;
    ck_status(cnicalc_node_formula(&instance, &options, text, sizeof text), CNICALC_ERR_OVERFLOW);
    instance.eni_quantity = CNICALC_UNKNOWN;
    ck_status(cnicalc_node_formula(&instance, &options, text, sizeof text),
              CNICALC_ERR_LIMITS_UNKNOWN);
    ck_untouched(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("node_formula");
    add_tests(suite, "known", formulas, formula_of_no_prefix, formula_of_centralised_erdma,
              formulas_of_one_ipv6_prefix, formulas_of_lingjun, NULL);
    add_tests(suite, "hostile", formulas_of_malformed_questions, NULL);
    return run_suite(suite);
}
