/* SPDX-License-Identifier: MIT */
/* What a node of a running cluster is. */
#include "node_support.h"

#define KIND(name) CNICALC_NODE_KIND_##name
#define SIGN(name) CNICALC_NODE_SIGN_##name

static const cnicalc_node_signs NONE;

static void check_node(const cnicalc_instance *instance, const cnicalc_node_signs *signs,
                       uint32_t kind, uint32_t mode)
{
    uint32_t found_kind = 99;
    uint32_t found_mode = 99;
    ck_assert_int_eq(cnicalc_node_recognize(instance, signs, &found_kind, &found_mode), CNICALC_OK);
    ck_assert_uint_eq(found_kind, kind);
    ck_assert_uint_eq(found_mode, mode);
}

/* The signs from the first that decides to the last, and what each makes of the node. */
static const struct {
    uint32_t sign;
    uint64_t enis, member_enis, max_available_ip;
    uint32_t kind, mode;
} ORDER[] = {
    {SIGN(POD_ROUTE), 0, 0, 0, KIND(FLANNEL), 0},
    {SIGN(LINGJUN), 0, 0, 0, KIND(TERWAY), CNICALC_MODE_EXCLUSIVE_ENI},
    {SIGN(EXCLUSIVE), 0, 0, 0, KIND(TERWAY), CNICALC_MODE_EXCLUSIVE_ENI},
    {0, 7, 0, 0, KIND(TERWAY), CNICALC_MODE_EXCLUSIVE_ENI},
    {SIGN(TRUNK), 0, 0, 0, KIND(TERWAY), CNICALC_MODE_SHARED_ENI_TRUNK},
    {0, 0, 12, 0, KIND(TERWAY), CNICALC_MODE_SHARED_ENI_TRUNK},
    {SIGN(IP_PREFIX), 0, 0, 0, KIND(TERWAY), CNICALC_MODE_IP_PREFIX},
    {0, 0, 0, 8816, KIND(TERWAY), CNICALC_MODE_IP_PREFIX}, /* (30 - 1) * 16 * (20 - 1) */
    {0, 0, 0, 210, KIND(TERWAY), CNICALC_MODE_SHARED_ENI},
    {SIGN(VIRTUAL), 0, 0, 0, KIND(VIRTUAL), 0},
    {SIGN(IGNORED), 0, 0, 0, KIND(IGNORED), 0},
    {0, 0, 0, 0, KIND(UNMARKED), 0},
};

static cnicalc_instance type_of_total(uint32_t total)
{
    cnicalc_instance type = instance_of(8, 30);
    type.eni_total_quantity = total;
    return type;
}

/* Each sign alone, and with any later one. */
START_TEST(order)
{
    const cnicalc_instance type = type_of_total(20);
    for (size_t i = 0; i < COUNT(ORDER); i++) {
        for (size_t later = i; later < COUNT(ORDER); later++) {
            cnicalc_node_signs signs = NONE;
            signs.signs = ORDER[i].sign | ORDER[later].sign;
            signs.enis = ORDER[i].enis | ORDER[later].enis;
            signs.member_enis = ORDER[i].member_enis | ORDER[later].member_enis;
            signs.max_available_ip = ORDER[i].max_available_ip != 0 ? ORDER[i].max_available_ip
                                                                    : ORDER[later].max_available_ip;
            check_node(&type, &signs, ORDER[i].kind, ORDER[i].mode);
        }
    }
}
END_TEST

/* The annotation alone, with what is known of the type. */
START_TEST(annotation)
{
    static const struct {
        uint32_t enis, addresses, total;
        uint64_t max_available_ip;
        uint32_t mode;
    } nodes[] = {
        {8, 30, 20, 8816, CNICALC_MODE_IP_PREFIX},
        {8, 30, 20, 8815, CNICALC_MODE_SHARED_ENI},
        {8, 30, 20, 3248, CNICALC_MODE_SHARED_ENI}, /* (30 - 1) * 16 * (8 - 1) */
        {8, 30, 8, 3248, CNICALC_MODE_IP_PREFIX},
        {8, 30, UNKNOWN, 3248, CNICALC_MODE_IP_PREFIX},
        {8, 30, UNKNOWN, 464, CNICALC_MODE_IP_PREFIX}, /* (30 - 1) * 16, above 210 */
        {8, 30, UNKNOWN, 465, CNICALC_MODE_SHARED_ENI},
        {8, 30, UNKNOWN, 210, CNICALC_MODE_SHARED_ENI},
        {8, 30, UNKNOWN, 180, CNICALC_MODE_SHARED_ENI},  /* eRDMA has an ENI */
        {20, 30, UNKNOWN, 464, CNICALC_MODE_SHARED_ENI}, /* below 19 * 30 */
        {UNKNOWN, 30, UNKNOWN, 464, CNICALC_MODE_SHARED_ENI},
        {0, 30, UNKNOWN, 464, CNICALC_MODE_SHARED_ENI},
        {8, UNKNOWN, 20, 8816, CNICALC_MODE_SHARED_ENI},
        {8, 1, 20, 8816, CNICALC_MODE_SHARED_ENI},
        {8, 0, 20, 8816, CNICALC_MODE_SHARED_ENI},
        {8, 30, 1, 8816, CNICALC_MODE_SHARED_ENI},
        {8, UINT32_MAX - 1, UINT32_MAX - 1, 8816, CNICALC_MODE_SHARED_ENI}, /* 2^68 */
    };
    for (size_t i = 0; i < COUNT(nodes); i++) {
        cnicalc_instance type = instance_of(nodes[i].enis, nodes[i].addresses);
        cnicalc_node_signs signs = NONE;
        type.eni_total_quantity = nodes[i].total;
        signs.max_available_ip = nodes[i].max_available_ip;
        check_node(&type, &signs, KIND(TERWAY), nodes[i].mode);
        check_node(NULL, &signs, KIND(TERWAY), CNICALC_MODE_SHARED_ENI);
    }
}
END_TEST

START_TEST(hostile)
{
    uint32_t kind = 99;
    uint32_t mode = 99;
    ck_assert_int_eq(cnicalc_node_recognize(NULL, NULL, &kind, &mode), CNICALC_ERR_NULL);
    ck_assert_int_eq(cnicalc_node_recognize(NULL, &NONE, NULL, &mode), CNICALC_ERR_NULL);
    ck_assert_int_eq(cnicalc_node_recognize(NULL, &NONE, &kind, NULL), CNICALC_ERR_NULL);
    for (uint32_t i = 0; i < 4; i++) {
        cnicalc_node_signs signs = NONE;
        if (i == 3) {
            signs.reserved0 = 1;
        } else {
            signs.reserved[i] = 1;
        }
        ck_assert_int_eq(cnicalc_node_recognize(NULL, &signs, &kind, &mode), CNICALC_ERR_RESERVED);
    }
    for (uint32_t bit = 7; bit < 32; bit++) {
        cnicalc_node_signs signs = NONE;
        signs.signs = SIGN(POD_ROUTE) | UINT32_C(1) << bit;
        ck_assert_int_eq(cnicalc_node_recognize(NULL, &signs, &kind, &mode), CNICALC_ERR_NODE_SIGN);
    }
    ck_assert_uint_eq(kind, 99);
    ck_assert_uint_eq(mode, 99);
}
END_TEST

START_TEST(kind_names)
{
    static const char *const names[] = {"unknown", "terway",   "flannel", "ignored",
                                        "virtual", "unmarked", "unknown"};
    for (uint32_t kind = 0; kind < COUNT(names); kind++) {
        ck_assert_str_eq(cnicalc_node_kind_name(kind), names[kind]);
    }
    ck_assert_str_eq(cnicalc_node_kind_name(UINT32_MAX), "unknown");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("node_recognize");
    add_tests(suite, "limits", order, annotation, kind_names, NULL);
    add_tests(suite, "hostile", hostile, NULL);
    return run_suite(suite);
}
