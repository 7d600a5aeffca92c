/* SPDX-License-Identifier: MIT */
/* Published and upstream answers of the node question, one rule after the other. */
#include "node_support.h"

#include <stdlib.h>
#include <string.h>

START_TEST(published_types)
{
    cnicalc_instance c7 = instance_named("ecs.c7.4xlarge");
    cnicalc_instance c6 = instance_named("ecs.c6.4xlarge");
    cnicalc_node_result shared = solve_mode(&c7, CNICALC_MODE_SHARED_ENI);
    ck_assert_uint_eq(shared.max_pods, 210);
    ck_assert_uint_eq(shared.kubelet_max_pods, 213);
    ck_assert_uint_eq(shared.schedulable_pods, 210);
    ck_assert_uint_eq(shared.secondary_enis, 7);
    ck_assert_uint_eq(shared.ipv4_addresses, 210);
    ck_assert_uint_eq(shared.joins, 1);
    ck_assert_uint_eq(shared.min_pods_to_join, 12);
    ck_assert_uint_eq(shared.trunk_pods, 0);
    ck_assert_uint_eq(shared.bound_by, CNICALC_LIMIT_ENI_QUANTITY);
    ck_assert_uint_eq(shared.schedulable_bound_by, CNICALC_LIMIT_ENI_QUANTITY);
    ck_assert_uint_eq(AVAILABLE(shared, CNICALC_LIMIT_KUBELET_MAX_PODS), 210);
    ck_assert_uint_eq(AVAILABLE(shared, CNICALC_LIMIT_ENI_CAP), CNICALC_NO_LIMIT);
    cnicalc_node_result exclusive = solve_mode(&c7, CNICALC_MODE_EXCLUSIVE_ENI);
    ck_assert_uint_eq(exclusive.max_pods, 7);
    ck_assert_uint_eq(exclusive.kubelet_max_pods, 213);
    ck_assert_uint_eq(exclusive.schedulable_pods, 7);
    ck_assert_uint_eq(exclusive.ipv4_addresses, 7);
    ck_assert_uint_eq(exclusive.joins, 1);
    cnicalc_node_result prefix = solve_mode(&c7, CNICALC_MODE_IP_PREFIX);
    ck_assert_uint_eq(prefix.max_pods, 3248); /* 7 * 29 * 16 */
    ck_assert_uint_eq(prefix.ipv4_addresses, 3255);
    ck_assert_uint_eq(prefix.kubelet_max_pods, 213);
    ck_assert_uint_eq(prefix.schedulable_pods, 210);
    ck_assert_uint_eq(prefix.schedulable_bound_by, CNICALC_LIMIT_KUBELET_MAX_PODS);
    ck_assert_uint_eq(solve_mode(&c6, CNICALC_MODE_SHARED_ENI).max_pods, 140);
    ck_assert_uint_eq(solve_mode(&c6, CNICALC_MODE_SHARED_ENI_TRUNK).max_pods, 140);
}
END_TEST

/* The number or truth value of a key in a line of JSON. */
static uint32_t json_value(const char *line, const char *key)
{
    const char *at = strstr(line, key);
    ck_assert_msg(at != NULL, "%s is missing", key);
    at += strlen(key);
    ck_assert_msg(strncmp(at, "\": ", 3) == 0, "%s is no key", key);
    at += 3;
    return strncmp(at, "true", 4) == 0 ? 1 : (uint32_t)strtoul(at, NULL, 10);
}

/* Terway's own test vectors, a JSON object on each line. They are of the daemon's own IPAM. cnicalc
 * differs from none of them; it does not ask whether a type can have IPv6 at all. */
START_TEST(terway_vectors)
{
    tsv file = tsv_read("tests/vectors/terway_limits.json");
    int compared = 0;
    for (size_t i = 0; i < file.row_count; i++) {
        const char *line = file.rows[i][0];
        if (strstr(line, "EniQuantity") == NULL) {
            continue;
        }
        cnicalc_instance type = instance_of(json_value(line, "EniQuantity"),
                                            json_value(line, "EniPrivateIpAddressQuantity"));
        type.eni_ipv6_address_quantity = json_value(line, "EniIpv6AddressQuantity");
        type.eni_total_quantity = json_value(line, "EniTotalQuantity");
        type.eri_quantity = json_value(line, "EriQuantity");
        type.eni_trunk_supported = json_value(line, "EniTrunkSupported");
        cnicalc_node_result shared = solve_mode(&type, CNICALC_MODE_SHARED_ENI);
        cnicalc_node_result exclusive = solve_mode(&type, CNICALC_MODE_EXCLUSIVE_ENI);
        cnicalc_node_result trunk = solve_mode(&type, CNICALC_MODE_SHARED_ENI_TRUNK);
        cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
        options.erdma = 1;
        options.erdma_ipam = CNICALC_ERDMA_IPAM_DAEMON;
        cnicalc_node_result erdma = solve_node(&type, &options);
        ck_assert_uint_eq(shared.max_pods, json_value(line, "shared_pods"));
        ck_assert_uint_eq(exclusive.max_pods, json_value(line, "exclusive_pods"));
        ck_assert_uint_eq(trunk.max_pods, shared.max_pods);
        ck_assert_uint_eq(trunk.trunk_pods, json_value(line, "\"trunk_pods"));
        ck_assert_uint_eq(trunk.max_trunk_pods, json_value(line, "max_trunk_pods"));
        ck_assert_uint_eq(shared.secondary_enis - erdma.secondary_enis,
                          json_value(line, "erdma_enis"));
        ck_assert_uint_eq(shared.dual_stack, json_value(line, "support_multi_ip_ipv6"));
        compared++;
    }
    ck_assert_int_eq(compared, 10);
    tsv_free(&file);
}
END_TEST

/* The Karpenter providers' formulas. Their + 3 is kubelet's maxPods here. cnicalc differs where
 * one of them keeps a type from 11 pods on, since the page says "more than 11"; where a node
 * without ENIs gets -1 exclusive pods, which are none; and in that kubelet's maxPods stays that of
 * shared mode in exclusive mode, as the page shows. */
START_TEST(karpenter_vectors)
{
    enum { ENIS = 1, ADDRESSES, PODS, WITH_HOST_PODS, EXCLUSIVE, KEEPS, CAN_JOIN };
    tsv file = tsv_read("tests/vectors/alibaba_karpenter_pods.tsv");
    int looser = 0;
    for (size_t i = 1; i < file.row_count; i++) {
        uint32_t column[CAN_JOIN];
        for (size_t j = ENIS; j <= EXCLUSIVE; j++) {
            column[j] = (uint32_t)strtoul(file.rows[i][j], NULL, 10);
        }
        cnicalc_instance type = instance_of(column[ENIS], column[ADDRESSES]);
        cnicalc_node_result shared = solve_mode(&type, CNICALC_MODE_SHARED_ENI);
        cnicalc_node_result exclusive = solve_mode(&type, CNICALC_MODE_EXCLUSIVE_ENI);
        ck_assert_uint_eq(shared.max_pods, column[PODS]);
        ck_assert_uint_eq(shared.kubelet_max_pods, column[WITH_HOST_PODS]);
        ck_assert_uint_eq(exclusive.kubelet_max_pods, column[WITH_HOST_PODS]);
        ck_assert_uint_eq(exclusive.max_pods, column[ENIS] == 0 ? 0 : column[EXCLUSIVE] - 3);
        ck_assert_uint_eq(shared.joins, strcmp(file.rows[i][CAN_JOIN], "yes") == 0);
        looser += strcmp(file.rows[i][KEEPS], file.rows[i][CAN_JOIN]) != 0;
    }
    ck_assert_int_eq(looser, 1); /* 11 pods */
    ck_assert_uint_eq(file.row_count, 9);
    tsv_free(&file);
}
END_TEST

START_TEST(join_floors)
{
    static const struct {
        uint32_t enis, addresses, mode, own_floor, floor, joins;
    } nodes[] = {
        {2, 11, CNICALC_MODE_SHARED_ENI, 0, 12, 0},
        {2, 12, CNICALC_MODE_SHARED_ENI, 0, 12, 1},
        {2, 11, CNICALC_MODE_SHARED_ENI_TRUNK, 0, 12, 0},
        {2, 12, CNICALC_MODE_SHARED_ENI_TRUNK, 0, 12, 1},
        {7, 30, CNICALC_MODE_EXCLUSIVE_ENI, 0, 7, 0},
        {8, 30, CNICALC_MODE_EXCLUSIVE_ENI, 0, 7, 1},
        {2, 1, CNICALC_MODE_IP_PREFIX, 0, 12, 0},
        {2, 2, CNICALC_MODE_IP_PREFIX, 0, 12, 1},
        {3, 4, CNICALC_MODE_SHARED_ENI, 0, 12, 0},
        /* Another page's floors, which the caller may take. */
        {2, 11, CNICALC_MODE_SHARED_ENI, 11, 11, 1},
        {7, 30, CNICALC_MODE_EXCLUSIVE_ENI, 6, 6, 1},
        {6, 30, CNICALC_MODE_EXCLUSIVE_ENI, 6, 6, 0},
        {8, 30, CNICALC_MODE_SHARED_ENI, 211, 211, 0},
        {8, 30, CNICALC_MODE_SHARED_ENI, UINT32_MAX, UINT32_MAX, 0},
    };
    for (size_t i = 0; i < COUNT(nodes); i++) {
        cnicalc_instance type = instance_of(nodes[i].enis, nodes[i].addresses);
        cnicalc_node_options options = options_of(nodes[i].mode);
        options.min_pods_to_join = nodes[i].own_floor;
        cnicalc_node_result result = solve_node(&type, &options);
        ck_assert_msg(result.joins == nodes[i].joins && result.min_pods_to_join == nodes[i].floor,
                      "node %zu: joins %u from %u", i, result.joins,
                      (unsigned)result.min_pods_to_join);
    }
}
END_TEST

/* A type with these ENIs and eRDMA interfaces, 10 addresses each. */
static void check_erdma(uint32_t enis, uint32_t interfaces, uint32_t ipam, uint32_t taken)
{
    cnicalc_instance type = instance_of(enis, 10);
    type.eri_quantity = interfaces;
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
    options.erdma = 1;
    options.erdma_ipam = ipam;
    cnicalc_node_result shared = solve_node(&type, &options);
    options.mode = CNICALC_MODE_EXCLUSIVE_ENI;
    cnicalc_node_result exclusive = solve_node(&type, &options);
    uint32_t left = enis == 0 ? 0 : enis - 1 - taken;
    ck_assert_uint_eq(shared.max_pods, left * UINT64_C(10));
    ck_assert_uint_eq(shared.secondary_enis, left);
    ck_assert_uint_eq(shared.kubelet_max_pods, left * UINT64_C(10) + 3);
    ck_assert_uint_eq(shared.bound_by,
                      taken != 0 ? CNICALC_LIMIT_ERDMA : CNICALC_LIMIT_ENI_QUANTITY);
    /* Its IPAM is always centralised: at most one. */
    ck_assert_uint_eq(exclusive.max_pods, taken == 2 ? left + 1 : left);
}

/* What eRDMA takes: rows are eri_quantity 0 to 4, columns eni_quantity 0 to 16. */
START_TEST(erdma_enis)
{
    const char *const by_daemon[] = {"00000000000000000", "00011111111111111", "00011111222222222",
                                     "00011111222222222", "00011111222222222"};
    for (uint32_t interfaces = 0; interfaces < COUNT(by_daemon); interfaces++) {
        for (uint32_t enis = 0; enis <= 16; enis++) {
            check_erdma(enis, interfaces, CNICALC_ERDMA_IPAM_DAEMON,
                        (uint32_t)(by_daemon[interfaces][enis] - '0'));
            check_erdma(enis, interfaces, CNICALC_ERDMA_IPAM_CENTRALISED,
                        interfaces > 0 && enis > 2);
        }
    }
}
END_TEST

/* Secondary ENIs of a type with 8 ENIs. */
START_TEST(eni_caps)
{
    static const struct {
        uint32_t numerator, denominator;
        int32_t shift;
        uint32_t max_eni, enis, bound_by;
    } caps[] = {
        {1, 2, 0, 0, 3, CNICALC_LIMIT_ENI_CAP},
        {500, 1000, 0, 0, 3, CNICALC_LIMIT_ENI_CAP},
        {999, 1000, 0, 0, 6, CNICALC_LIMIT_ENI_CAP}, /* trunc(7.992) - 1 */
        {1, 3, 0, 0, 1, CNICALC_LIMIT_ENI_CAP},      /* trunc(2.67) - 1 */
        {1, 8, 0, 0, 0, CNICALC_LIMIT_ENI_CAP},
        {1, UINT32_MAX, 0, 0, 0, CNICALC_LIMIT_ENI_CAP},
        {0, 1000, 0, 0, 7, CNICALC_LIMIT_ENI_QUANTITY},
        {1000, 1000, 0, 0, 7, CNICALC_LIMIT_ENI_QUANTITY},
        {2, 1, 0, 0, 7, CNICALC_LIMIT_ENI_QUANTITY},
        {UINT32_MAX, 1, INT32_MAX, 0, 7, CNICALC_LIMIT_ENI_QUANTITY},
        {1, 1, 1, 0, 7, CNICALC_LIMIT_ENI_QUANTITY},
        {1, 1, INT32_MAX, 0, 7, CNICALC_LIMIT_ENI_QUANTITY},
        {1, 1, -1, 0, 6, CNICALC_LIMIT_ENI_CAP},
        {1, 1, -7, 0, 0, CNICALC_LIMIT_ENI_CAP},
        {1, 1, -8, 0, 0, CNICALC_LIMIT_ENI_CAP},
        {1, 1, INT32_MIN, 0, 0, CNICALC_LIMIT_ENI_CAP},
        {1, 2, 1, 0, 4, CNICALC_LIMIT_ENI_CAP},
        {1, 2, 4, 0, 7, CNICALC_LIMIT_ENI_QUANTITY}, /* the first of equals */
        {1, 1, 0, 4, 4, CNICALC_LIMIT_MAX_ENI},
        {1, 1, 0, 7, 7, CNICALC_LIMIT_ENI_QUANTITY},
        {1, 1, 0, UINT32_MAX, 7, CNICALC_LIMIT_ENI_QUANTITY},
        {1, 2, 0, 3, 3, CNICALC_LIMIT_ENI_CAP},
        {1, 2, 0, 2, 2, CNICALC_LIMIT_MAX_ENI},
        {1, 2, INT32_MIN, 2, 0, CNICALC_LIMIT_ENI_CAP},
    };
    cnicalc_instance type = instance_of(8, 30);
    for (size_t i = 0; i < COUNT(caps); i++) {
        cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
        options.eni_cap_ratio_numerator = caps[i].numerator;
        options.eni_cap_ratio_denominator = caps[i].denominator;
        options.eni_cap_shift = caps[i].shift;
        options.max_eni = caps[i].max_eni;
        cnicalc_node_result result = solve_node(&type, &options);
        ck_assert_msg(result.secondary_enis == caps[i].enis &&
                          result.max_pods == caps[i].enis * UINT64_C(30) &&
                          result.kubelet_max_pods == caps[i].enis * UINT64_C(30) + 3 &&
                          result.bound_by == caps[i].bound_by,
                      "cap %zu: %u ENIs by %s", i, (unsigned)result.secondary_enis,
                      cnicalc_limit_name(result.bound_by));
    }
}
END_TEST

/* eRDMA may take more than the caps leave: that is none, not fewer than none. */
START_TEST(erdma_beyond_the_caps)
{
    cnicalc_instance type = instance_of(8, 30);
    type.eri_quantity = 2;
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
    options.erdma = 1;
    options.erdma_ipam = CNICALC_ERDMA_IPAM_DAEMON;
    options.max_eni = 1;
    cnicalc_node_result result = solve_node(&type, &options);
    ck_assert_uint_eq(result.max_pods, 0);
    ck_assert_uint_eq(result.secondary_enis, 0);
    ck_assert_uint_eq(result.kubelet_max_pods, 3);
    ck_assert_uint_eq(result.bound_by, CNICALC_LIMIT_ERDMA);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_MAX_ENI), 30);
    ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_ENI_QUANTITY), 210);
    options.max_eni = 3;
    result = solve_node(&type, &options);
    ck_assert_uint_eq(result.max_pods, 30);
}
END_TEST

START_TEST(windows_loses_one_address_an_eni)
{
    cnicalc_instance type = instance_of(8, 30);
    cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
    options.windows = 1;
    cnicalc_node_result result = solve_node(&type, &options);
    ck_assert_uint_eq(result.max_pods, 203);
    ck_assert_uint_eq(result.kubelet_max_pods, 206);
    ck_assert_uint_eq(result.ipv4_addresses, 210);
    type.eni_private_ip_address_quantity = 0;
    ck_assert_uint_eq(solve_node(&type, &options).max_pods, 0);
}
END_TEST

START_TEST(dual_stack)
{
    static const struct {
        uint32_t ipv4, ipv6, mode, erdma, expected;
    } nodes[] = {
        /* Terway source, July 2026: I6 = I > 0 in every mode. */
        {30, 30, CNICALC_MODE_SHARED_ENI, 0, 1},
        {30, 29, CNICALC_MODE_SHARED_ENI, 0, 0},
        {5, 10, CNICALC_MODE_SHARED_ENI, 0, 0},
        {30, 0, CNICALC_MODE_SHARED_ENI, 0, 0},
        {0, 0, CNICALC_MODE_SHARED_ENI, 0, 0},
        {30, UNKNOWN, CNICALC_MODE_SHARED_ENI, 0, UNKNOWN},
        {30, 30, CNICALC_MODE_SHARED_ENI, 1, 0},
        {30, UNKNOWN, CNICALC_MODE_SHARED_ENI, 1, 0},
        {30, 30, CNICALC_MODE_SHARED_ENI_TRUNK, 0, 1},
        {30, 1, CNICALC_MODE_SHARED_ENI_TRUNK, 0, 0},
        {30, 30, CNICALC_MODE_EXCLUSIVE_ENI, 0, 1},
        {30, 1, CNICALC_MODE_EXCLUSIVE_ENI, 0, 0},
        {30, 0, CNICALC_MODE_EXCLUSIVE_ENI, 0, 0},
        {0, UNKNOWN, CNICALC_MODE_EXCLUSIVE_ENI, 0, 0},
        {UNKNOWN, 0, CNICALC_MODE_EXCLUSIVE_ENI, 0, 0},
        {UNKNOWN, 30, CNICALC_MODE_EXCLUSIVE_ENI, 0, UNKNOWN},
        {UNKNOWN, UNKNOWN, CNICALC_MODE_EXCLUSIVE_ENI, 0, UNKNOWN},
        {15, 15, CNICALC_MODE_IP_PREFIX, 0, 1},
        {30, 1, CNICALC_MODE_IP_PREFIX, 0, 0},
        {30, 0, CNICALC_MODE_IP_PREFIX, 0, 0},
    };
    for (size_t i = 0; i < COUNT(nodes); i++) {
        cnicalc_instance type = instance_of(8, nodes[i].ipv4);
        type.eni_ipv6_address_quantity = nodes[i].ipv6;
        type.eri_quantity = 0;
        cnicalc_node_options options = options_of(nodes[i].mode);
        options.erdma = nodes[i].erdma;
        cnicalc_node_result asked_for_ipv4 = solve_node(&type, &options);
        ck_assert_msg(asked_for_ipv4.dual_stack == nodes[i].expected, "node %zu", i);
        if (!nodes[i].erdma) {
            /* Asking for it changes no count: a node that cannot runs IPv4 only. */
            options.ip_stack = CNICALC_IP_STACK_DUAL;
            cnicalc_node_result asked_for_both = solve_node(&type, &options);
            ck_assert_mem_eq(&asked_for_both, &asked_for_ipv4, sizeof asked_for_both);
        }
    }
}
END_TEST

/* Kubernetes 1.22 is the first that can. */
START_TEST(dual_stack_by_kubernetes)
{
    static const uint32_t minors[][2] = {{0, 1},  {1, 0},  {21, 0}, {22, 1},
                                         {27, 1}, {28, 1}, {99, 1}, {UINT32_MAX, 1}};
    cnicalc_instance type = able_instance_of(8, 30);
    for (size_t i = 0; i < COUNT(minors); i++) {
        cnicalc_node_options options = options_of(CNICALC_MODE_SHARED_ENI);
        options.ip_stack = CNICALC_IP_STACK_DUAL;
        options.kubernetes_minor = minors[i][0];
        ck_assert_uint_eq(solve_node(&type, &options).dual_stack, minors[i][1]);
    }
}
END_TEST

START_TEST(lingjun)
{
    static const struct {
        uint32_t leni_quota, high_dense_quantity, pods;
    } nodes[] = {{20, UNKNOWN, 19}, {1, UNKNOWN, 0},   {20, 0, 19},
                 {20, 64, 64},      {UNKNOWN, 64, 64}, {0, 64, 64}};
    for (size_t i = 0; i < COUNT(nodes); i++) {
        cnicalc_instance type = instance_of(UNKNOWN, UNKNOWN);
        type.leni_quota = nodes[i].leni_quota;
        type.high_dense_quantity = nodes[i].high_dense_quantity;
        cnicalc_node_result result = solve_mode(&type, CNICALC_MODE_EXCLUSIVE_ENI);
        ck_assert_uint_eq(result.max_pods, nodes[i].pods);
        ck_assert_uint_eq(result.secondary_enis, nodes[i].pods);
        ck_assert_uint_eq(result.schedulable_pods, nodes[i].pods);
        ck_assert_uint_eq(result.kubelet_max_pods, CNICALC_UNKNOWN_COUNT);
        ck_assert_uint_eq(AVAILABLE(result, CNICALC_LIMIT_KUBELET_MAX_PODS), CNICALC_NO_LIMIT);
        ck_assert_uint_eq(result.min_pods_to_join, 0);
        ck_assert_uint_eq(result.joins, 1);
    }
    /* The ENIs of the ECS rule do not count here, nor does its kubelet. */
    cnicalc_instance type = instance_of(8, 30);
    type.leni_quota = 20;
    cnicalc_node_options options = options_of(CNICALC_MODE_EXCLUSIVE_ENI);
    options.min_pods_to_join = 20;
    cnicalc_node_result result = solve_node(&type, &options);
    ck_assert_uint_eq(result.max_pods, 19);
    ck_assert_uint_eq(result.kubelet_max_pods, CNICALC_UNKNOWN_COUNT);
    ck_assert_uint_eq(result.joins, 0);
}
END_TEST

/* A catalogue may have Lingjun's columns for every type; 0 there is no quota of a Lingjun node. */
START_TEST(no_lingjun)
{
    static const uint32_t nothing[] = {UNKNOWN, 0};
    for (size_t i = 0; i < COUNT(nothing); i++) {
        for (size_t j = 0; j < COUNT(nothing); j++) {
            cnicalc_instance type = instance_of(8, 30);
            type.leni_quota = nothing[i];
            type.high_dense_quantity = nothing[j];
            cnicalc_node_result exclusive = solve_mode(&type, CNICALC_MODE_EXCLUSIVE_ENI);
            ck_assert_uint_eq(exclusive.max_pods, 7);
            ck_assert_uint_eq(exclusive.min_pods_to_join, 7);
            ck_assert_uint_eq(exclusive.kubelet_max_pods, 213);
            ck_assert_uint_eq(solve_mode(&type, CNICALC_MODE_SHARED_ENI).max_pods, 210);
        }
    }
}
END_TEST

START_TEST(names)
{
    const char *const modes[] = {"unknown", "shared", "trunk", "exclusive", "prefix", "unknown"};
    ck_assert_uint_eq(COUNT(modes), CNICALC_MODE_COUNT + 1);
    for (uint32_t i = 0; i < COUNT(modes); i++) {
        uint32_t mode;
        size_t len = strlen(modes[i]);
        fill_pattern(&mode, sizeof mode);
        ck_assert_str_eq(cnicalc_mode_name(i), modes[i]);
        if (strcmp(modes[i], "unknown") != 0) {
            ck_ok(cnicalc_mode_parse(modes[i], len, &mode));
            ck_assert_uint_eq(mode, i);
            fill_pattern(&mode, sizeof mode);
        }
        ck_status(cnicalc_mode_parse(modes[i], len - 1, &mode), CNICALC_ERR_NODE_MODE);
        ck_status(cnicalc_mode_parse(modes[i], len + 1, &mode), CNICALC_ERR_NODE_MODE);
        ck_untouched(mode);
    }
    ck_assert_str_eq(cnicalc_mode_name(UINT32_MAX), "unknown");
}
END_TEST

START_TEST(names_that_are_none)
{
    uint32_t mode;
    fill_pattern(&mode, sizeof mode);
    ck_status(cnicalc_mode_parse("unknown", 7, &mode), CNICALC_ERR_NODE_MODE);
    ck_status(cnicalc_mode_parse("", 0, &mode), CNICALC_ERR_NODE_MODE);
    ck_status(cnicalc_mode_parse("Shared", 6, &mode), CNICALC_ERR_NODE_MODE);
    ck_status(cnicalc_mode_parse(NULL, 0, &mode), CNICALC_ERR_NULL);
    ck_status(cnicalc_mode_parse("shared", 6, NULL), CNICALC_ERR_NULL);
    ck_untouched(mode);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("node");
    add_tests(suite, "known", published_types, terway_vectors, karpenter_vectors, names,
              names_that_are_none, NULL);
    add_tests(suite, "limits", join_floors, erdma_enis, eni_caps, erdma_beyond_the_caps,
              windows_loses_one_address_an_eni, dual_stack, dual_stack_by_kubernetes, lingjun,
              no_lingjun, NULL);
    return run_suite(suite);
}
