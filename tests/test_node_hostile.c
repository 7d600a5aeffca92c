/* SPDX-License-Identifier: MIT */
/* Malformed and extreme node questions, and properties over large products of options.
 */
#include "node_support.h"

#include <string.h>

#define MOST (UINT32_MAX - 1) /* the largest quantity that is not unknown */

static void refuse(const cnicalc_instance *instance, const cnicalc_node_options *options,
                   cnicalc_status status)
{
    cnicalc_node_result result;
    fill_pattern(&result, sizeof result);
    ck_status(cnicalc_node_solve(instance, options, &result), status);
    ck_untouched(result);
}

START_TEST(defaults)
{
    cnicalc_node_options options;
    cnicalc_node_options expected;
    fill_pattern(&options, sizeof options);
    ck_ok(cnicalc_node_options_init(&options, sizeof options));
    memset(&expected, 0, sizeof expected);
    expected.struct_size = sizeof expected;
    expected.mode = CNICALC_MODE_SHARED_ENI;
    expected.ip_stack = CNICALC_IP_STACK_IPV4;
    expected.eni_cap_ratio_numerator = 1;
    expected.eni_cap_ratio_denominator = 1;
    expected.ipv4_prefix_count = CNICALC_UNKNOWN;
    expected.host_network_pods = 3;
    expected.erdma_ipam = CNICALC_ERDMA_IPAM_CENTRALISED;
    ck_assert_mem_eq(&options, &expected, sizeof options);
    ck_assert_uint_eq(cnicalc_struct_size("cnicalc_node_options"), sizeof(cnicalc_node_options));
    ck_assert_uint_eq(cnicalc_struct_size("cnicalc_node_result"), sizeof(cnicalc_node_result));
}
END_TEST

START_TEST(pointers_and_sizes)
{
    cnicalc_instance type = able_instance_of(8, 30);
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
    const uint32_t sizes[] = {0, sizeof options - 4, sizeof options + 4, UINT32_MAX};
    refuse(NULL, &options, CNICALC_ERR_NULL);
    refuse(&type, NULL, CNICALC_ERR_NULL);
    ck_status(cnicalc_node_solve(&type, &options, NULL), CNICALC_ERR_NULL);
    ck_status(cnicalc_node_options_init(NULL, sizeof options), CNICALC_ERR_NULL);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        options.struct_size = sizes[i];
        refuse(&type, &options, CNICALC_ERR_STRUCT_SIZE);
        fill_pattern(&options, sizeof options);
        ck_status(cnicalc_node_options_init(&options, sizes[i]), CNICALC_ERR_STRUCT_SIZE);
        ck_untouched(options);
    }
    for (size_t i = 0; i < COUNT(options.reserved); i++) {
        for (uint32_t bit = 0; bit < 32; bit += 31) {
            options = options_of(CNICALC_MODE_SHARED_ENI);
            options.reserved[i] = UINT32_C(1) << bit;
            refuse(&type, &options, CNICALC_ERR_RESERVED);
        }
    }
}
END_TEST

/* Options that no node can have, alone or together. */
START_TEST(malformed_options)
{
    static const struct {
        uint32_t mode, stack, erdma, windows, denominator;
        cnicalc_status status;
    } bad[] = {
        {1, 1, 2, 0, 1, CNICALC_ERR_FLAG},
        {1, 1, UINT32_MAX, 0, 1, CNICALC_ERR_FLAG},
        {1, 1, 0, 2, 1, CNICALC_ERR_FLAG},
        {1, 1, 0, UINT32_MAX, 1, CNICALC_ERR_FLAG},
        {0, 1, 0, 0, 1, CNICALC_ERR_NODE_MODE},
        {CNICALC_MODE_COUNT, 1, 0, 0, 1, CNICALC_ERR_NODE_MODE},
        {UINT32_MAX, 1, 0, 0, 1, CNICALC_ERR_NODE_MODE},
        {1, 0, 0, 0, 1, CNICALC_ERR_NODE_IP_STACK},
        {1, CNICALC_IP_STACK_COUNT, 0, 0, 1, CNICALC_ERR_NODE_IP_STACK},
        {4, CNICALC_IP_STACK_COUNT, 0, 0, 1, CNICALC_ERR_NODE_IP_STACK},
        {1, UINT32_MAX, 0, 0, 1, CNICALC_ERR_NODE_IP_STACK},
        {1, 3, 0, 0, 1, CNICALC_ERR_NODE_IP_STACK},
        {2, 3, 0, 0, 1, CNICALC_ERR_NODE_IP_STACK},
        {3, 3, 0, 0, 1, CNICALC_ERR_NODE_IP_STACK},
        {1, 1, 0, 0, 0, CNICALC_ERR_NODE_RATIO},
        {1, 1, 1, 0, 0, CNICALC_ERR_NODE_RATIO},
        {1, 1, 0, 1, 0, CNICALC_ERR_NODE_RATIO},
        {1, 3, 0, 1, 1, CNICALC_ERR_NODE_IP_STACK},
        {1, 2, 1, 0, 1, CNICALC_ERR_NODE_ERDMA_DUAL_STACK},
        {4, 3, 1, 0, 1, CNICALC_ERR_NODE_ERDMA_DUAL_STACK},
        {2, 1, 0, 1, 1, CNICALC_ERR_NODE_WINDOWS_MODE},
        {3, 1, 0, 1, 1, CNICALC_ERR_NODE_WINDOWS_MODE},
        {4, 1, 0, 1, 1, CNICALC_ERR_NODE_WINDOWS_MODE},
    };
    cnicalc_instance type = able_instance_of(8, 30);
    for (size_t i = 0; i < COUNT(bad); i++) {
        cnicalc_node_options options = options_of(bad[i].mode);
        options.ip_stack = bad[i].stack;
        options.erdma = bad[i].erdma;
        options.windows = bad[i].windows;
        options.eni_cap_ratio_denominator = bad[i].denominator;
        refuse(&type, &options, bad[i].status);
    }
}
END_TEST

/* It is judged where no eRDMA is asked for, too. */
START_TEST(malformed_erdma_ipam)
{
    static const uint32_t ipams[] = {0, CNICALC_ERDMA_IPAM_COUNT, UINT32_MAX};
    cnicalc_instance type = able_instance_of(8, 30);
    for (size_t i = 0; i < COUNT(ipams); i++) {
        for (uint32_t mode = CNICALC_MODE_SHARED_ENI; mode < CNICALC_MODE_COUNT; mode++) {
            cnicalc_node_options options = options_of(mode);
            options.erdma_ipam = ipams[i];
            refuse(&type, &options, CNICALC_ERR_NODE_ERDMA_IPAM);
            options.erdma = 1;
            refuse(&type, &options, CNICALC_ERR_NODE_ERDMA_IPAM);
        }
    }
}
END_TEST

START_TEST(lingjun_has_one_mode_and_no_caps)
{
    cnicalc_instance type = able_instance_of(8, 30);
    type.leni_quota = 20;
    for (uint32_t mode = CNICALC_MODE_SHARED_ENI; mode < CNICALC_MODE_COUNT; mode++) {
        cnicalc_node_options options = options_of(mode);
        if (mode != CNICALC_MODE_EXCLUSIVE_ENI) {
            refuse(&type, &options, CNICALC_ERR_NODE_LINGJUN_MODE);
        }
    }
    cnicalc_node_options options = options_of(CNICALC_MODE_EXCLUSIVE_ENI);
    options.erdma = 1;
    refuse(&type, &options, CNICALC_ERR_NODE_LINGJUN_MODE);
    options = options_of(CNICALC_MODE_EXCLUSIVE_ENI);
    options.max_eni = 1;
    refuse(&type, &options, CNICALC_ERR_NODE_LINGJUN_MODE);
    options = options_of(CNICALC_MODE_EXCLUSIVE_ENI);
    options.eni_cap_shift = -1;
    refuse(&type, &options, CNICALC_ERR_NODE_LINGJUN_MODE);
    options = options_of(CNICALC_MODE_EXCLUSIVE_ENI);
    options.eni_cap_ratio_denominator = 2;
    refuse(&type, &options, CNICALC_ERR_NODE_LINGJUN_MODE);
    options = options_of(CNICALC_MODE_SHARED_ENI);
    type.leni_quota = CNICALC_UNKNOWN;
    type.high_dense_quantity = 64;
    refuse(&type, &options, CNICALC_ERR_NODE_LINGJUN_MODE);
}
END_TEST

enum { NO_ENIS = 1, NO_ADDRESSES = 2, NO_IPV6 = 4, NO_ERI = 8 };

static const char *column_of(uint32_t missing)
{
    if (missing == NO_ENIS) {
        return "eni_quantity";
    }
    if (missing == NO_ADDRESSES) {
        return "eni_private_ip_address_quantity";
    }
    return missing == NO_IPV6 ? "eni_ipv6_address_quantity" : "eri_quantity";
}

/* A quantity that is not published stops what needs it, is named, and stops nothing else. */
START_TEST(unknown_quantities)
{
    static const struct {
        uint32_t mode, stack, erdma, enis;
        uint32_t needs;
    } questions[] = {
        {CNICALC_MODE_SHARED_ENI, 1, 0, 8, NO_ENIS | NO_ADDRESSES},
        {CNICALC_MODE_SHARED_ENI, 2, 0, 8, NO_ENIS | NO_ADDRESSES},
        {CNICALC_MODE_SHARED_ENI, 1, 1, 8, NO_ENIS | NO_ADDRESSES | NO_ERI},
        {CNICALC_MODE_SHARED_ENI, 1, 1, 2, NO_ENIS | NO_ADDRESSES},
        {CNICALC_MODE_SHARED_ENI_TRUNK, 1, 0, 8, NO_ENIS | NO_ADDRESSES},
        {CNICALC_MODE_EXCLUSIVE_ENI, 1, 0, 8, NO_ENIS},
        {CNICALC_MODE_EXCLUSIVE_ENI, 1, 1, 3, NO_ENIS | NO_ERI},
        {CNICALC_MODE_IP_PREFIX, 1, 0, 8, NO_ENIS | NO_ADDRESSES},
        {CNICALC_MODE_IP_PREFIX, 3, 0, 8, NO_ENIS | NO_IPV6},
    };
    for (size_t i = 0; i < COUNT(questions); i++) {
        for (uint32_t missing = 1; missing <= NO_ERI; missing <<= 1) {
            cnicalc_instance type = able_instance_of(questions[i].enis, 30);
            cnicalc_node_options options = options_of(questions[i].mode);
            options.ip_stack = questions[i].stack;
            options.erdma = questions[i].erdma;
            type.eni_quantity = missing == NO_ENIS ? CNICALC_UNKNOWN : type.eni_quantity;
            type.eni_private_ip_address_quantity = missing == NO_ADDRESSES ? CNICALC_UNKNOWN : 30;
            type.eni_ipv6_address_quantity = missing == NO_IPV6 ? CNICALC_UNKNOWN : 30;
            type.eri_quantity = missing == NO_ERI ? CNICALC_UNKNOWN : 2;
            uint32_t column = 0;
            ck_ok(cnicalc_node_missing_column(&type, &options, &column));
            if ((questions[i].needs & missing) != 0) {
                refuse(&type, &options, CNICALC_ERR_LIMITS_UNKNOWN);
                ck_assert_str_eq(cnicalc_instance_column_name(column), column_of(missing));
            } else {
                cnicalc_node_result result;
                ck_ok(cnicalc_node_solve(&type, &options, &result));
                ck_assert_uint_eq(column, CNICALC_UNKNOWN);
            }
        }
    }
}
END_TEST

/* Of several, the first that is needed is named: that of the ENIs before that of their pods. */
START_TEST(several_unknown_quantities)
{
    cnicalc_instance type = able_instance_of(8, CNICALC_UNKNOWN);
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
    uint32_t column = 0;
    options.erdma = 1;
    type.eri_quantity = CNICALC_UNKNOWN;
    ck_ok(cnicalc_node_missing_column(&type, &options, &column));
    ck_assert_str_eq(cnicalc_instance_column_name(column), "eri_quantity");
    type.eri_quantity = 0;
    ck_ok(cnicalc_node_missing_column(&type, &options, &column));
    ck_assert_str_eq(cnicalc_instance_column_name(column), "eni_private_ip_address_quantity");
    type.leni_quota = 20; /* a Lingjun node needs no other */
    options = options_of(CNICALC_MODE_EXCLUSIVE_ENI);
    ck_ok(cnicalc_node_missing_column(&type, &options, &column));
    ck_assert_uint_eq(column, CNICALC_UNKNOWN);
}
END_TEST

START_TEST(missing_column_of_malformed_questions)
{
    cnicalc_instance type = able_instance_of(CNICALC_UNKNOWN, 30);
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
    uint32_t column;
    fill_pattern(&column, sizeof column);
    ck_status(cnicalc_node_missing_column(NULL, &options, &column), CNICALC_ERR_NULL);
    ck_status(cnicalc_node_missing_column(&type, NULL, &column), CNICALC_ERR_NULL);
    ck_status(cnicalc_node_missing_column(&type, &options, NULL), CNICALC_ERR_NULL);
    options.mode = 0;
    ck_status(cnicalc_node_missing_column(&type, &options, &column), CNICALC_ERR_NODE_MODE);
    options = options_of(CNICALC_MODE_IP_PREFIX);
    type = able_instance_of(MOST, MOST);
    ck_status(cnicalc_node_missing_column(&type, &options, &column), CNICALC_ERR_OVERFLOW);
    ck_untouched(column);
}
END_TEST

/* The last answers that 64 bits hold, and the first that they do not. */
START_TEST(largest_quantities)
{
    cnicalc_instance type = able_instance_of(MOST, MOST);
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
    cnicalc_node_result result;
    options.host_network_pods = UINT32_MAX;
    type.memory_mib = MOST;
    ck_ok(cnicalc_node_solve(&type, &options, &result));
    ck_assert_uint_eq(result.max_pods, UINT64_C(18446744052234715142)); /* (2^32-3) * (2^32-2) */
    ck_assert_uint_eq(result.kubelet_max_pods, result.max_pods + 3);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_KUBELET_MAX_PODS),
                      result.max_pods + 3 - UINT32_MAX);
    ck_assert_uint_eq(result.ipv4_addresses, result.max_pods);
    ck_assert_uint_eq(result.kubelet_reserved_memory_mib, MOST / 4);
    options.mode = CNICALC_MODE_IP_PREFIX;
    refuse(&type, &options, CNICALC_ERR_OVERFLOW);
    options.mode = CNICALC_MODE_EXCLUSIVE_ENI;
    ck_ok(cnicalc_node_solve(&type, &options, &result));
    ck_assert_uint_eq(result.max_pods, MOST - 1);
}
END_TEST

START_TEST(largest_prefixes_and_caps)
{
    /* (2^30 - 1) * (2^30 + 1) * 16 = 2^64 - 16 pods, but more addresses. */
    cnicalc_node_options options = options_of(CNICALC_MODE_IP_PREFIX);
    cnicalc_instance type = able_instance_of(1 << 30, (1 << 30) + 2);
    cnicalc_node_result result;
    refuse(&type, &options, CNICALC_ERR_OVERFLOW);
    options.ipv4_prefix_count = UINT32_MAX - 1;
    ck_ok(cnicalc_node_solve(&type, &options, &result));
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_ENI_QUANTITY), UINT64_MAX - 15);
    ck_assert_uint_eq(result.max_pods, UINT64_C(68719476704));
    ck_assert_uint_eq(result.secondary_enis, UINT64_C(429496730)); /* of 10 prefixes each */

    /* Nothing times the most is nothing. */
    type = able_instance_of(1, MOST);
    options.ipv4_prefix_count = CNICALC_UNKNOWN;
    ck_ok(cnicalc_node_solve(&type, &options, &result));
    ck_assert_uint_eq(result.max_pods, 0);

    /* A cap that no one can count. */
    type = able_instance_of(8, MOST);
    options.max_eni = UINT32_MAX;
    refuse(&type, &options, CNICALC_ERR_OVERFLOW);
    options = options_of(CNICALC_MODE_SHARED_ENI);
    type = able_instance_of(MOST, 2);
    options.eni_cap_ratio_numerator = UINT32_MAX;
    refuse(&type, &options, CNICALC_ERR_OVERFLOW);
    type.eni_private_ip_address_quantity = 1;
    options.eni_cap_shift = INT32_MAX;
    ck_ok(cnicalc_node_solve(&type, &options, &result)); /* (2^32-2)(2^32-1) + 2^31 - 2 */
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_ENI_CAP), UINT64_C(18446744062972133376));
    ck_assert_uint_eq(result.max_pods, MOST - 1);
}
END_TEST

/* ---- Properties ---- */

static const uint32_t enis[] = {0, 1, 2, 3, 7, 8, 9, 16, 32};
static const uint32_t addresses[] = {0, 1, 2, 10, 30};
static const int32_t shifts[] = {0, -1, -6, -20, 2};
static const uint32_t max_enis[] = {0, 1, 4, 7};
static const uint32_t ratios[][2] = {{1, 1}, {1, 2}, {750, 1000}, {3, 2}};
static const uint32_t prefix_counts[] = {CNICALC_UNKNOWN, 0, 1, 50};

typedef void visit(const cnicalc_instance *type, const cnicalc_node_options *options);

/* Where no prefix is taken, one of them is enough. */
static size_t prefix_counts_of(const cnicalc_node_options *options)
{
    return options->mode == CNICALC_MODE_IP_PREFIX ? COUNT(prefix_counts) : 1;
}

static void visit_caps(const cnicalc_instance *type, cnicalc_node_options *options, visit *each)
{
    for (size_t m = 0; m < COUNT(max_enis); m++) {
        for (size_t s = 0; s < COUNT(shifts); s++) {
            for (size_t r = 0; r < COUNT(ratios); r++) {
                for (size_t p = 0; p < prefix_counts_of(options); p++) {
                    options->max_eni = max_enis[m];
                    options->eni_cap_shift = shifts[s];
                    options->eni_cap_ratio_numerator = ratios[r][0];
                    options->eni_cap_ratio_denominator = ratios[r][1];
                    options->ipv4_prefix_count = prefix_counts[p];
                    each(type, options);
                }
            }
        }
    }
}

/* Every legal question that these values make. */
static void visit_all(visit *each)
{
    const uint32_t modes = CNICALC_MODE_COUNT - 1;
    const uint32_t choices = modes * 3 * 3 * 2; /* stacks, eRDMA, Windows */
    for (uint32_t question = 0; question < COUNT(enis) * COUNT(addresses) * choices; question++) {
        cnicalc_instance type = able_instance_of(enis[question / choices % COUNT(enis)],
                                                 addresses[question / choices / COUNT(enis)]);
        cnicalc_node_options options = options_of(question % modes + 1);
        cnicalc_node_result result;
        options.ip_stack = question / modes % 3 + 1;
        uint32_t erdma = question / modes / 3 % 3; /* none, centralised, daemon */
        options.erdma = erdma != 0;
        options.erdma_ipam = erdma != 0 ? erdma : 1;
        options.windows = question / modes / 9 % 2;
        type.eni_total_quantity = 20;
        type.eni_trunk_supported = 1;
        if (cnicalc_node_solve(&type, &options, &result) == CNICALC_OK) {
            visit_caps(&type, &options, each);
        }
    }
}

static void check_bound(const cnicalc_instance *type, const cnicalc_node_options *options)
{
    cnicalc_node_result r;
    ck_ok(cnicalc_node_solve(type, options, &r));
    int right = 1;
    int found = 0; /* the row of bound_by has passed */
    for (uint32_t i = 0; right && i < r.limit_count; i++) {
        if (r.limits[i].counts == CNICALC_COUNTS_PODS) {
            found |= r.limits[i].limit == r.bound_by;
            right =
                found ? r.limits[i].available >= r.max_pods : r.limits[i].available > r.max_pods;
        }
    }
    uint64_t kubelet = AVAILABLE(r, CNICALC_LIMIT_KUBELET_MAX_PODS);
    uint64_t pods = r.max_pods + r.trunk_pods;
    right = right && found && AVAILABLE(r, r.bound_by) == r.max_pods &&
            r.schedulable_pods == (kubelet < pods ? kubelet : pods) &&
            r.schedulable_bound_by ==
                (kubelet < pods ? (uint32_t)CNICALC_LIMIT_KUBELET_MAX_PODS : r.bound_by) &&
            r.joins == (r.max_pods >= r.min_pods_to_join);
    if (!right) {
        ck_abort_msg("E %u, I %u, mode %u: %u pods by %s", type->eni_quantity,
                     type->eni_private_ip_address_quantity, options->mode, (unsigned)r.max_pods,
                     cnicalc_limit_name(r.bound_by));
    }
}

START_TEST(bound_by_is_the_first_of_the_smallest)
{
    visit_all(check_bound);
}
END_TEST

static void check_not_less(const cnicalc_node_result *base, const cnicalc_instance *type,
                           const cnicalc_node_options *options, const char *what)
{
    cnicalc_node_result more;
    int right = cnicalc_node_solve(type, options, &more) == CNICALC_OK;
    /* A number of prefixes lies on fewer ENIs where each holds more. */
    int has_all_enis = options->ipv4_prefix_count == CNICALC_UNKNOWN ||
                       options->mode != CNICALC_MODE_IP_PREFIX ||
                       options->ip_stack == CNICALC_IP_STACK_IPV6;
    if (!right || more.max_pods < base->max_pods ||
        (has_all_enis && more.secondary_enis < base->secondary_enis) ||
        more.kubelet_max_pods < base->kubelet_max_pods ||
        more.schedulable_pods < base->schedulable_pods || more.joins < base->joins) {
        ck_abort_msg("more %s lowers E %u, I %u, mode %u", what, type->eni_quantity,
                     type->eni_private_ip_address_quantity, options->mode);
    }
}

static void check_more(const cnicalc_instance *type, const cnicalc_node_options *options)
{
    cnicalc_node_result base;
    if (cnicalc_node_solve(type, options, &base) != CNICALC_OK) {
        ck_abort_msg("a legal question became malformed");
    }
    cnicalc_instance bigger = *type;
    cnicalc_node_options wider = *options;
    bigger.eni_quantity++;
    /* From 3 and from 8 ENIs on eRDMA takes one more, under a cap from fewer; trunk pods are T - E,
     * and each ENI without addresses takes one of them. */
    if (!options->erdma && type->eni_private_ip_address_quantity > 0) {
        check_not_less(&base, &bigger, options, "ENIs");
    }
    bigger = *type;
    bigger.eni_private_ip_address_quantity++;
    check_not_less(&base, &bigger, options, "addresses");
    bigger = *type;
    bigger.eni_total_quantity++;
    check_not_less(&base, &bigger, options, "trunk ENIs");
    wider.eni_cap_shift++;
    check_not_less(&base, type, &wider, "shift");
    wider = *options;
    wider.eni_cap_ratio_numerator++;
    check_not_less(&base, type, &wider, "ratio");
    wider = *options;
    wider.max_eni += options->max_eni != 0;
    check_not_less(&base, type, &wider, "max_eni");
    wider = *options;
    wider.ipv4_prefix_count += options->ipv4_prefix_count != CNICALC_UNKNOWN;
    check_not_less(&base, type, &wider, "prefixes");
}

START_TEST(more_never_gives_less)
{
    visit_all(check_more);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("node_hostile");
    add_tests(suite, "known", defaults, NULL);
    add_tests(suite, "limits", largest_quantities, largest_prefixes_and_caps, unknown_quantities,
              several_unknown_quantities, NULL);
    add_tests(suite, "hostile", pointers_and_sizes, malformed_options, malformed_erdma_ipam,
              lingjun_has_one_mode_and_no_caps, missing_column_of_malformed_questions, NULL);
    add_tests(suite, "properties", bound_by_is_the_first_of_the_smallest, more_never_gives_less,
              NULL);
    return run_suite(suite);
}
